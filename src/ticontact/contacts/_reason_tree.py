"""Why did the citizen come: which reasons does a department tell apart, and since when?

A department's reasons form a tree that changes over the years. A contact keeps keys; what a key meant on a day, the
tree says.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from ticontact.contacts._dates import holds_on
from ticontact.errors import ConfigurationError, ContactError, Fault
from ticontact.i18n import Text
from ticontact.plain import checked

__all__ = ["ContactReason", "ReasonTree"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class ContactReason:
    """One reason.

    Attributes:
        key: Its key, such as `permit.renewal`; a key is never given a second meaning.
        label: Its name for people.
        parent: The key of the wider reason; empty at the top.
        valid_from: The first day it can be chosen; None if it always could.
        valid_to: The last day it can be chosen; None if no end is known.
    """

    key: str
    label: Text = attrs.field(repr=False)
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, *, on: date) -> bool:
        """Whether it can be chosen on a day, the first and the last day included."""
        return holds_on(on, self.valid_from, self.valid_to)


def _reasons(reasons: Iterable[ContactReason]) -> tuple[ContactReason, ...]:
    return tuple(reasons)


@attrs.frozen(field_transformer=checked)
class ReasonTree:
    """The reasons of a department, checked when it is made.

    Attributes:
        reasons: All of them, in the order in which they are shown.

    Raises:
        ConfigurationError: With every key that stands twice, every parent that is missing and every circle.
    """

    reasons: tuple[ContactReason, ...] = attrs.field(converter=_reasons)

    def __attrs_post_init__(self) -> None:
        if faults := [*self._faults()]:
            raise ConfigurationError(faults)

    def _faults(self) -> Iterator[Fault]:
        keys = [reason.key for reason in self.reasons]
        for place, reason in enumerate(self.reasons):
            path = f"reason[{place + 1}]"
            if keys.index(reason.key) != place:
                yield Fault(path, f"{reason.key!r} stands twice", "a key once")
            if reason.parent and reason.parent not in keys:
                yield Fault(f"{path}.parent", f"no reason {reason.parent!r}", ", ".join(keys))
            elif reason in self.path(reason.key)[:-1] or reason.parent == reason.key:
                yield Fault(f"{path}.parent", "it would be wider than itself", "another reason")

    def on(self, day: date) -> tuple[ContactReason, ...]:
        """The reasons that can be chosen on a day."""
        return tuple(reason for reason in self.reasons if reason.holds(on=day))

    def chosen(self, keys: Iterable[str], *, on: date) -> tuple[ContactReason, ...]:
        """The reasons that somebody has chosen on a day, each once: their keys go to `Contact.reasons`.

        Raises:
            ContactError: If a key cannot be chosen on that day; the error names those that can.
        """
        known = {reason.key: reason for reason in self.on(on)}
        given = tuple(dict.fromkeys(keys))
        if unknown := [key for key in given if key not in known]:
            raise ContactError(
                f"reasons: allowed: {', '.join(known)}", given=unknown, field="reasons", allowed=tuple(known)
            )
        return tuple(known[key] for key in given)

    def path(self, key: str) -> tuple[ContactReason, ...]:
        """The reason of a key with those above it, the widest first; empty if there is none of this key."""
        by_key = {reason.key: reason for reason in self.reasons}
        found: list[ContactReason] = []
        while key in by_key and len(found) <= len(by_key):
            found.append(by_key[key])
            key = by_key[key].parent
        return tuple(reversed(found))
