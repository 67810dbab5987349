"""In what time is a target counted: open time of a calendar, time as it passes, or working days?

Instants and amounts are whole microseconds.
"""

from datetime import date, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import MICROSECONDS, from_epoch, to_epoch, zone_named
from ticontact.errors import NeverOpen
from ticontact.hours import BusinessCalendar

__all__ = ["ELAPSED", "Measure", "Workdays", "local_midnight", "microseconds"]

_DAY: Final = timedelta(days=1)


class Measure(Protocol):
    """What a clock counts in; a `BusinessCalendar` is one."""

    def between_epoch(self, start: int, end: int) -> int:
        """The time that counts from one instant to another; negative if the second is earlier."""

    def add_epoch(self, amount: int, *, at: int) -> int:
        """The first instant by which an amount of it has passed."""


@attrs.frozen
class _Elapsed:
    """Time as it passes, day and night."""

    def between_epoch(self, start: int, end: int) -> int:
        return end - start

    def add_epoch(self, amount: int, *, at: int) -> int:
        return at + amount


ELAPSED: Final[Measure] = _Elapsed()
"""Time as it passes, day and night."""


def microseconds(amount: timedelta) -> int:
    """An amount of time as whole microseconds, exactly."""
    return (amount.days * 86_400 + amount.seconds) * MICROSECONDS + amount.microseconds


def local_midnight(day: date, zone: ZoneInfo) -> int:
    """The instant at which a date begins in a zone."""
    return to_epoch(datetime.combine(day, time(), tzinfo=zone))


@attrs.frozen(kw_only=True)
class Workdays:
    """Working days of a calendar: dates on which it opens at all, half days included.

    Attributes:
        calendar: The calendar.
        at_same_clock: Whether a term ends at the time of day at which it began, instead of with the last window.
        cut_off: A time of day; what comes in later counts as come in on the next working day. None for no cut-off.
    """

    calendar: BusinessCalendar
    at_same_clock: bool = False
    cut_off: time | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The calendar's zone."""
        return zone_named(self.calendar.zone)

    def day_zero(self, start: int) -> date:
        """The day of arrival, from which the days are counted: by the cut-off the next working day, perhaps."""
        local = from_epoch(start, self.zone)
        if self.cut_off is not None and local.time() > self.cut_off and self.calendar.spans_on(local.date()):
            return self.next_day(local.date())
        return local.date()

    def next_day(self, day: date) -> date:
        """The first working day after a date.

        Raises:
            NeverOpen: If there is none within the calendar's horizon.
        """
        for ahead in range(1, self.calendar.horizon.days + 1):
            later = day + ahead * _DAY
            if self.calendar.spans_on(later):
                return later
        horizon = self.calendar.horizon
        raise NeverOpen(f"calendar: no working day within its horizon of {horizon.days} days", horizon=horizon)

    def end_of(self, day: date, *, start: int) -> int:
        """When a term that began at `start` ends on a working day."""
        if self.at_same_clock:
            return to_epoch(datetime.combine(day, from_epoch(start, self.zone).time(), tzinfo=self.zone))
        return self.calendar.spans_on(day)[-1][1]
