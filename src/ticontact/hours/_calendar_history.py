"""Calendars that follow one another: an office changes its hours, and what was counted on the old ones stays."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

import attrs

from ticontact._time import zone_named
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._explanation import Reason
from ticontact.hours._wall_clock import opening_at
from ticontact.plain import checked

__all__ = ["CalendarHistory", "OfficeCalendar"]


@attrs.frozen(field_transformer=checked)
class CalendarHistory:
    """Calendars that follow one another, each from a date on; it can stand wherever service levels name a calendar.

    The hours of a day are those of the calendar that holds on it. So a clock that runs over the change counts the days
    before it on the old hours and those after it on the new ones, and what was said of a day before stays true.

    Attributes:
        first: The calendar that holds before any change.
        later: The calendars that follow, each by the date from which it holds.

    Raises:
        ConfigurationError: If a calendar is in another zone than the first, so that its dates would be others.

    >>> from datetime import date
    >>> from ticontact.hours import BusinessCalendar, Week
    >>> split = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
    >>> through = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-16:00"))
    >>> hours = CalendarHistory(split, {date(2026, 6, 1): through})
    >>> [len(hours.spans_on(day)) for day in (date(2026, 5, 29), date(2026, 6, 1))]
    [2, 1]
    """

    first: BusinessCalendar
    later: Mapping[date, BusinessCalendar]

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(f"later.{day.isoformat()}", f"a calendar in {calendar.zone}", f"one in {self.zone}, as the first")
            for day, calendar in self.later.items()
            if calendar.zone != self.zone
        ]
        if faults:
            raise ConfigurationError(faults)

    @property
    def zone(self) -> str:
        """The zone of all of them."""
        return self.first.zone

    @property
    def horizon(self) -> timedelta:
        """After how long without an opening a search gives up: the longest of theirs."""
        return max(calendar.horizon for calendar in (self.first, *self.later.values()))

    @cached_property
    def _last(self) -> BusinessCalendar:
        return self.later[max(self.later)] if self.later else self.first

    @cached_property
    def _replaced(self) -> tuple[tuple[int, BusinessCalendar], ...]:
        """Every calendar but the last, with the instant at which the next one follows."""
        days = sorted(self.later)
        ends = [opening_at(zone_named(self.zone), day.toordinal(), 0) for day in days]
        return tuple(zip(ends, [self.first, *map(self.later.__getitem__, days)], strict=False))

    @property
    def days(self) -> "SuccessionDays":
        """The dates on which a window begins: `day in hours.days`."""
        return SuccessionDays(self)

    def calendar_on(self, day: date) -> BusinessCalendar:
        """The calendar that holds on a date."""
        changes = [change for change in self.later if change <= day]
        return self.later[max(changes)] if changes else self.first

    def spans_on(self, day: date) -> list[tuple[int, int]]:
        """The open stretches of the windows that begin on a date, by the calendar that holds on it."""
        return self.calendar_on(day).spans_on(day)

    def because_epoch(self, at: int) -> Reason:
        """Why it is open or closed at an instant, by the calendar that holds then."""
        return next((calendar for end, calendar in self._replaced if at < end), self._last).because_epoch(at)

    def between_epoch(self, start: int, end: int) -> int:
        """The open time from one instant to another; negative if the second is earlier."""
        if end < start:
            return -self.between_epoch(end, start)
        total, here = 0, start
        for change, calendar in self._replaced:
            stop = min(change, end)
            if here < stop:
                total += calendar.between_epoch(here, stop)
                here = stop
        return total + self._last.between_epoch(here, end)

    def add_epoch(self, amount: int, *, at: int) -> int:
        """The first instant by which an amount of open time has passed.

        Raises:
            NeverOpen: If the last calendar stays closed for longer than its horizon before the amount has passed.
        """
        rest, here = amount, at
        for change, calendar in self._replaced:
            if here < change:
                open_time = calendar.between_epoch(here, change)
                if open_time and open_time >= rest:
                    return calendar.add_epoch(rest, at=here)
                rest -= open_time
                here = change
        return self._last.add_epoch(rest, at=here)


@attrs.frozen
class SuccessionDays:
    """The dates on which one of several calendars, the one that holds then, has windows.

    Attributes:
        calendars: The calendars.
    """

    calendars: CalendarHistory

    def __contains__(self, day: date) -> bool:
        return day in self.calendars.calendar_on(day).days


OfficeCalendar = BusinessCalendar | CalendarHistory
"""A calendar, or several that follow one another."""
