"""The three instants around a closing: the last entry, the end of what still waits, and the release of the staff."""

from datetime import datetime, timedelta
from typing import Final

import attrs
import pendulum

from ticontact._time import from_epoch, microseconds, to_epoch
from ticontact.errors import HoursError
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._wall_clock import FURTHEST
from ticontact.plain import checked

__all__ = ["Closing", "ClosingRule"]

_NOTHING: Final = timedelta(0)
_LONGEST: Final = timedelta(days=365 * FURTHEST)


def _check(name: str, amount: timedelta) -> None:
    if not _NOTHING <= amount <= _LONGEST:
        problem = "a negative amount" if amount < _NOTHING else f"{amount.days} days"
        raise HoursError(
            f"{name}: {problem} was given; allowed: zero to {_LONGEST.days} days ({FURTHEST} years)", field=name
        )


def _an_amount(_: object, field: "attrs.Attribute[timedelta]", value: timedelta) -> None:
    _check(field.name, value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Closing:
    """What happens around one closing.

    Attributes:
        last_entry: From then on nobody is let in.
        closes: The closing itself.
        drain_until: Until then those who wait are still served.
        released: Then the staff may go.
    """

    last_entry: pendulum.DateTime
    closes: pendulum.DateTime
    drain_until: pendulum.DateTime
    released: pendulum.DateTime


@attrs.frozen(kw_only=True, field_transformer=checked)
class ClosingRule:
    """How a queue closes.

    Attributes:
        last_entry: How long before the closing the last entry is.
        drain: How long after the closing those who wait are still served.
        release: How long after the closing the staff may go; never before the drain ends.

    Raises:
        HoursError: If an amount is negative, or longer than 100 years.
    """

    last_entry: timedelta = attrs.field(default=_NOTHING, validator=_an_amount)
    drain: timedelta = attrs.field(default=_NOTHING, validator=_an_amount)
    release: timedelta = attrs.field(default=_NOTHING, validator=_an_amount)

    def next(self, calendar: BusinessCalendar, *, at: datetime, estimated_wait: timedelta = _NOTHING) -> Closing | None:
        """The instants around the next closing; None if there is none within the horizon.

        Args:
            calendar: The hours of the queue.
            at: From when to look.
            estimated_wait: How long who enters now is expected to wait; the last entry is early enough for it.

        Raises:
            NaiveTime: If the instant has no zone.
            HoursError: If the estimated wait is negative, or longer than 100 years.
        """
        _check("estimated_wait", estimated_wait)
        closes = calendar.next_closing(at=at)
        if closes is None:
            return None
        return Closing(
            last_entry=_moved(calendar, closes, -max(self.last_entry, estimated_wait)),
            closes=closes,
            drain_until=_moved(calendar, closes, self.drain),
            released=_moved(calendar, closes, max(self.drain, self.release)),
        )

    def admits(self, calendar: BusinessCalendar, *, at: datetime, estimated_wait: timedelta = _NOTHING) -> bool:
        """Whether somebody who comes at an instant is still let in.

        Raises:
            NaiveTime: If the instant has no zone.
            HoursError: If the estimated wait is negative, or longer than 100 years.
        """
        if not calendar.is_open(at=at):
            return False
        closing = self.next(calendar, at=at, estimated_wait=estimated_wait)
        return closing is None or to_epoch(at) < to_epoch(closing.last_entry)


def _moved(calendar: BusinessCalendar, moment: pendulum.DateTime, by: timedelta) -> pendulum.DateTime:
    return from_epoch(to_epoch(moment) + microseconds(by), calendar.timeline.zone)
