"""A call that the office makes: when it may be made, how often it is tried, and what it means that nobody answers."""

from datetime import datetime, timedelta
from typing import Final, Literal

import attrs

from ticontact._limits import AnyAmount, TimerInstant
from ticontact._time import to_epoch
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked

__all__ = ["Callback", "CallbackKind"]

CallbackKind = Literal["keeps_place", "window", "promised"]
"""The citizen keeps the place in line; has named a time; or was promised a call by a time."""

_ATTEMPTS: Final = 3
_SPACING: Final = timedelta(minutes=30)
_LEAD: Final = timedelta(hours=1)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Callback:
    """A call that the office makes. It is never made outside the hours of its queue.

    Use `in_turn`, `between` or `promised`, which say what the kinds mean.

    Attributes:
        kind: Which of the three.
        opens: Not before this instant; None for at once.
        closes: After this instant it is too late; None for never.
        urgent_from: From this instant on it is served as live work; None if it always is.
        due: By when the office has promised to call; None if it has not.
        attempts: How often the person is called before it counts as not reached.
        spacing: The time between two attempts, in open time if the queue has a calendar.
    """

    kind: CallbackKind
    opens: TimerInstant | None = None
    closes: TimerInstant | None = None
    urgent_from: TimerInstant | None = None
    attempts: int = _ATTEMPTS
    spacing: AnyAmount = _SPACING
    due: TimerInstant | None = None

    def __attrs_post_init__(self) -> None:
        faults = []
        if self.attempts < 1:
            faults.append(Fault("callback.attempts", f"{self.attempts} was given", "1 or more"))
        if self.spacing < timedelta(0):
            faults.append(Fault("callback.spacing", f"{self.spacing} was given", "0 or more"))
        if self.opens is not None and self.closes is not None and to_epoch(self.closes) <= to_epoch(self.opens):
            faults.append(Fault("callback.closes", "it is not after the opening of the window", "a later instant"))
        if faults:
            raise ConfigurationError(faults)

    @classmethod
    def in_turn(cls, *, attempts: int = _ATTEMPTS, spacing: timedelta = _SPACING) -> "Callback":
        """The citizen hangs up and keeps the place in line: the call is made when it would have been answered."""
        return cls(kind="keeps_place", attempts=attempts, spacing=spacing)

    @classmethod
    def between(
        cls, opens: datetime, closes: datetime, *, attempts: int = _ATTEMPTS, spacing: timedelta = _SPACING
    ) -> "Callback":
        """The citizen can be reached in a window; the place in line counts within it.

        A window that ends before anybody was free sends the work to the fallback of its queue; without a fallback it is
        still tried.

        Raises:
            NaiveTime: If an instant has no zone.
            ConfigurationError: If the window ends before it opens.
        """
        return cls(kind="window", opens=opens, closes=closes, attempts=attempts, spacing=spacing)

    @classmethod
    def promised(
        cls, by: datetime, *, lead: timedelta = _LEAD, attempts: int = _ATTEMPTS, spacing: timedelta = _SPACING
    ) -> "Callback":
        """The office has given its word: until `lead` before the instant it is deferred work, then it is live work.

        A promise that was missed is still kept, late. Its clock is the ticket's (`ticontact.tickets.Promise`).

        Raises:
            NaiveTime: If the instant has no zone.
        """
        to_epoch(by, name="by")
        return cls(kind="promised", urgent_from=by - lead, due=by, attempts=attempts, spacing=spacing)
