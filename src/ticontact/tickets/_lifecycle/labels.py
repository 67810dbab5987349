"""The names for people of a lifecycle's states and triggers."""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ticontact.i18n import Text

__all__ = ["NO_LABELS", "Labels", "listed"]


@attrs.frozen
class Labels:
    """What people call states and triggers; a name that has no label stands for itself.

    Attributes:
        states: By the state's name.
        triggers: By the trigger's name.
    """

    states: Mapping[str, Text]
    triggers: Mapping[str, Text]

    def state(self, name: str) -> Text:
        """What people call a state; a dash for none."""
        return self.states.get(name) or Text.same(name or "-")

    def trigger(self, name: str) -> Text:
        """What people call a trigger."""
        return self.triggers.get(name) or Text.same(name)


NO_LABELS: Final = Labels({}, {})
"""Every name stands for itself: for programs, and for whoever mends one."""


def listed(words: Iterable[Text]) -> Text:
    """Some words in a row, with commas; a dash for none."""
    named = {f"word{number}": word for number, word in enumerate(words)}
    return Text.same(", ".join(f"{{{name}}}" for name in named) or "-").fill(named)
