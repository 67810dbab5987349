"""Refusals: why a ticket does not do what it was asked, as a value that says what would be allowed."""

import enum
from collections.abc import Iterable, Mapping
from typing import Final, final

import attrs

from ticontact.errors import TransitionRefused
from ticontact.i18n import Text
from ticontact.i18n._texts import tickets as texts
from ticontact.plain import checked

__all__ = ["Labels", "Refusal", "RefusalReason"]


class RefusalReason(enum.Enum):
    """Why a command is refused."""

    NO_EDGE = "no_edge"
    """The state has no such trigger."""
    GUARD = "guard"
    """A guard says no."""
    GUARD_FAILED = "guard_failed"
    """A guard raised an error instead of an answer."""
    REASON = "reason"
    """A reason is needed, or is none of those that count."""
    WINDOW = "window"
    """The time in which the ticket could be opened again is over."""
    FOLLOW_UP = "follow_up"
    """The ticket is over, and nothing opens it again: what comes in belongs in a ticket that follows it up."""
    MISSING = "missing"
    """The ticket is not opened yet."""
    EXISTS = "exists"
    """The ticket is opened already."""
    MERGED = "merged"
    """The ticket goes on in another one."""
    DONE = "done"
    """A ticket that is solved or closed cannot do this."""
    ITSELF = "itself"
    """A ticket cannot be merged into, or linked to, itself."""
    UNMAPPED = "unmapped"
    """The map between two lifecycles has no answer for this state."""
    TIMER = "timer"
    """The timer does not run in this state, or has gone off already."""
    EARLY = "early"
    """The timer has not run out yet."""
    LIFECYCLE = "lifecycle"
    """The ticket follows another lifecycle."""
    NOT_MERGED = "not_merged"
    """The ticket does not go on in that other one."""
    CONTACT = "contact"
    """The ticket has no such contact."""
    PROMISE = "promise"
    """There is an open promise of this name already, or none."""
    NAMELESS = "nameless"
    """A ticket cannot be opened under an empty id."""
    UNKNOWN = "unknown"
    """What was asked is no command."""


@attrs.frozen(field_transformer=checked)
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


_NO_LABELS: Final = Labels({}, {})
"""Every name stands for itself: for programs, and for whoever mends one."""


@final
@attrs.frozen(kw_only=True, field_transformer=checked)
class Refusal:
    """The answer no. The ticket stays as it was.

    Attributes:
        cause: Why.
        state: The state of the ticket; empty if it is not opened.
        trigger: The trigger, or the name of the command.
        allowed: The triggers that would be accepted now.
        guard: The guard that said no, or failed; empty if none did.
        failure: The name of the error that the guard raised; empty if it raised none.
        reasons: The reasons that count, where one was missing.
        labels: What people call the states and triggers.
    """

    cause: RefusalReason
    state: str
    trigger: str
    allowed: tuple[str, ...] = ()
    guard: str = ""
    failure: str = ""
    reasons: tuple[str, ...] = ()
    labels: Labels = attrs.field(default=_NO_LABELS, repr=False, eq=False)

    def explain(self) -> Text:
        """The refusal in five languages, in the lifecycle's words for people."""
        return self._said(self.labels)

    def error(self) -> TransitionRefused:
        """The refusal as the error that `Lifecycle.apply` raises; it names states and triggers as programs do."""
        message = self._said(_NO_LABELS).text("en")
        return TransitionRefused(
            message, state=self.state, trigger=self.trigger, allowed=self.allowed, guard=self.guard
        )

    def _said(self, labels: Labels) -> Text:
        return texts.REFUSED[self.cause.value].fill(
            {
                "trigger": labels.trigger(self.trigger),
                "state": labels.state(self.state),
                "guard": self.guard,
                "failure": self.failure,
                "allowed": _listed(map(labels.trigger, self.allowed)),
                "reasons": ", ".join(self.reasons) or "-",
            }
        )


def _listed(words: Iterable[Text]) -> Text:
    """Some words in a row, with commas; a dash for none."""
    named = {f"word{number}": word for number, word in enumerate(words)}
    return Text.same(", ".join(f"{{{name}}}" for name in named) or "-").fill(named)
