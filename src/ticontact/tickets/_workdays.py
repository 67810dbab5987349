"""Which days are working days, which one is the day of arrival, and when does a term end on one of them?

Instants are whole microseconds since 1970-01-01T00:00Z.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.errors import NeverOpen
from ticontact.tickets._succession import OfficeCalendar

__all__ = ["Workdays"]

_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Workdays:
    """Working days of a calendar: dates on which it opens at all, half days included.

    Attributes:
        calendar: The calendar.
        at_same_clock: Whether a term ends at the time of day at which it began, instead of with the last window.
        cut_off: A time of day; what comes in later counts as come in on the next working day. None for no cut-off.
    """

    calendar: OfficeCalendar
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
