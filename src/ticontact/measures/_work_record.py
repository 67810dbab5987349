"""What became of one piece of work: the record that all figures are counted from."""

from datetime import timedelta
from itertools import pairwise

import attrs

from ticontact._time import Instant, instant_of
from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import Epoch, checked, form

__all__ = ["WorkRecord"]


def _epoch_or_none(at: Instant | None) -> int | None:
    return None if at is None else instant_of(at)


@form("work_record")
@attrs.frozen(kw_only=True, field_transformer=checked)
class WorkRecord:
    """What became of one piece of work. Instants are kept as microseconds since the epoch.

    Attributes:
        item: Its id.
        queue: The name of its queue.
        channel: The name of its channel.
        offered_at: When it reached the office.
        entered_at: When it joined its queue, after any announcement; None if it never did.
        answered_at: When an agent took it; None if nobody did.
        left_at: When it was over; None if it is not.
        handed_over_at: When the second level took over; None if it did not.
        due_at: By when it was promised (a callback, say); None if nothing was.
        outcome: How it ended; None if it has not.
        talk: How long agents talked, all together.
        hold: How long the citizen was held.
        wrap_up: The work after it.
        in_hours: Whether the queue was open when it reached the office.
        is_live: Whether the citizen waits while it lasts.
        case: The case that it is about, under a name that tells nobody anything; empty if none is known.
    """

    item: str
    queue: str
    channel: str
    offered_at: Epoch = attrs.field(converter=instant_of)
    entered_at: Epoch | None = attrs.field(default=None, converter=_epoch_or_none)
    answered_at: Epoch | None = attrs.field(default=None, converter=_epoch_or_none)
    left_at: Epoch | None = attrs.field(default=None, converter=_epoch_or_none)
    handed_over_at: Epoch | None = attrs.field(default=None, converter=_epoch_or_none)
    due_at: Epoch | None = attrs.field(default=None, converter=_epoch_or_none)
    outcome: Outcome | None = None
    talk: timedelta = timedelta(0)
    hold: timedelta = timedelta(0)
    wrap_up: timedelta = timedelta(0)
    in_hours: bool = True
    is_live: bool = True
    case: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        names = ("offered_at", "entered_at", "answered_at", "handed_over_at", "left_at")
        known = [(name, getattr(self, name)) for name in names if getattr(self, name) is not None]
        for (before, earlier), (after, later) in pairwise(known):
            if later < earlier:
                raise ConfigurationError(
                    [Fault(f"{self.item}.{after}", f"it is before {before}", f"{before} or later")]
                )

    @property
    def waited(self) -> timedelta | None:
        """From joining the queue to the answer, or to leaving unanswered; None if it never joined, or still waits."""
        until = self.answered_at if self.answered_at is not None else self.left_at
        if self.entered_at is None or until is None:
            return None
        return timedelta(microseconds=until - self.entered_at)

    @property
    def is_answered(self) -> bool:
        """Whether an agent took it."""
        return self.answered_at is not None

    @property
    def is_abandoned(self) -> bool:
        """Whether the citizen left the queue without an answer."""
        return self.outcome in {Outcome.ABANDONED_SHORT, Outcome.ABANDONED_LONG}
