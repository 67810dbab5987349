"""Which days an opening_hours rule is about: years, dates, weeks of the year, weekdays, holidays.

A selector names its days a year at a time, as a whole number with a bit for each day: bit 0 is 1 January. So "all of
these groups" is `&`, "one of these selectors" is `|`, and an expression of a thousand rules costs a few operations a
rule and year instead of a question a rule and day.
"""

from calendar import isleap, monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from typing import Final, Protocol

import attrs

from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._yearly_dates import easter_sunday

__all__ = ["Dates", "Edge", "Holidays", "Selector", "Weekdays", "Weeks", "Years", "all_days", "day_of_year"]

_LAST_ORDINAL: Final = date.max.toordinal()

_Place = tuple[int, int, int]
"""Year, month and day of a date, which may be none that exists: 30 February, or a day beyond the calendar's years."""


class Selector(Protocol):
    """Something that a day is, or is not."""

    def in_year(self, year: int) -> int:
        """The days of a year that are meant, a bit each."""


def all_days(year: int) -> int:
    """All days of a year."""
    return (1 << _length(year)) - 1


def day_of_year(day: date) -> int:
    """The number of a day in its year; 0 for 1 January."""
    return day.toordinal() - date(day.year, 1, 1).toordinal()


def _length(year: int) -> int:
    return 366 if isleap(year) else 365


def _bits(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def _run(first: int, last: int) -> int:
    """The days from one number to another, both included; none if the second is smaller."""
    return ((1 << (last - first + 1)) - 1) << first if first <= last else 0


def _stepped(number: int, start: int, end: int, step: int) -> bool:
    return start <= number <= end and (number - start) % step == 0


@attrs.frozen
class Years:
    """Some years."""

    start: int
    end: int
    step: int = attrs.field(default=1, kw_only=True)

    def in_year(self, year: int) -> int:
        """All days of the year, or none."""
        return all_days(year) if _stepped(year, self.start, self.end, self.step) else 0


@attrs.frozen
class Weeks:
    """Some weeks of the year (ISO 8601)."""

    start: int
    end: int
    step: int = attrs.field(default=1, kw_only=True)

    def in_year(self, year: int) -> int:
        """The days that lie in one of them; the first and the last may be in a week of a neighbouring year."""
        new_year, length = date(year, 1, 1), _length(year)
        found, first = 0, 0
        while first < length:
            monday = first + 7 if first else 7 - new_year.weekday()
            week = date.fromordinal(new_year.toordinal() + first).isocalendar().week
            if _stepped(week, self.start, self.end, self.step):
                found |= _run(first, min(monday, length) - 1)
            first = monday
        return found


@attrs.frozen
class Edge:
    """One end of a range of dates: a day of a month, the nth of a weekday in it, or Easter Sunday; moved by some days.

    Attributes:
        month: The month; 0 for Easter.
        day: The day of the month; where a weekday is named, which of the month, counted from its end below zero.
        year: The year it is in; None for every year.
        weekday: The weekday, 0 for Monday; None for a day of the month.
        offset: Days after that day; below zero before it.
    """

    month: int
    day: int
    year: int | None = attrs.field(default=None, kw_only=True)
    weekday: int | None = attrs.field(default=None, kw_only=True)
    offset: int = attrs.field(default=0, kw_only=True)

    def within(self, year: int) -> _Place:
        """Its place in a year, to be compared with that of a day; 29 February has one in every year."""
        if year > MAXYEAR or (self.month and self.weekday is None and not self.offset):
            return year, self.month, self.day
        ordinal = self._day_named(year) + self.offset
        if ordinal > _LAST_ORDINAL:
            return MAXYEAR + 1, 1, 1
        if ordinal < 1:
            return MINYEAR - 1, 1, 1
        found = date.fromordinal(ordinal)
        return found.year, found.month, found.day

    def _day_named(self, year: int) -> int:
        """The ordinal of the day that the days of the offset are counted from."""
        if not self.month:
            return easter_sunday(year).toordinal()
        weekday, length = monthrange(year, self.month)
        first = date(year, self.month, 1).toordinal()
        if self.weekday is None:
            return first + min(self.day, length) - 1
        return first + range((self.weekday - weekday) % 7, length, 7)[_index(self.day)]


def _first_from(place: _Place, year: int) -> int:
    """The number of the first day of a year at a place or after it; the year's length where there is none."""
    return _number(place, year, beyond=1)


def _last_until(place: _Place, year: int) -> int:
    """The number of the last day of a year at a place or before it; -1 where there is none."""
    return _number(place, year, beyond=0)


def _number(place: _Place, year: int, *, beyond: int) -> int:
    place_year, month, day = place
    if place_year != year:
        return _length(year) - 1 + beyond if place_year > year else beyond - 1
    # A day that the month does not have lies between its last day and the first of the next month.
    return day_of_year(date(year, month, 1)) + min(day, monthrange(year, month)[1] + beyond) - 1


@attrs.frozen
class Dates:
    """The days from one date to another, every year or in the years that are named; over New Year if need be."""

    start: Edge
    end: Edge

    def in_year(self, year: int) -> int:
        """The days that lie there."""
        if self.start.year is not None:
            start, end = self._named(self.start.year)
            return _run(_first_from(start, year), _last_until(end, year))
        start, end = self.start.within(year), self.end.within(year)
        if start <= end:
            return _run(_first_from(start, year), _last_until(end, year))
        return _run(0, _last_until(end, year)) | _run(_first_from(start, year), _length(year) - 1)

    def _named(self, year: int) -> tuple[_Place, _Place]:
        """Both ends of a range whose first year is named."""
        start = self.start.within(year)
        end = self.end.within(year if self.end.year is None else self.end.year)
        if end < start and self.end.year is None:
            end = self.end.within(year + 1)
        return start, end


@attrs.frozen
class Weekdays:
    """Some weekdays, of every week or the first, second, ... or last of a month.

    Attributes:
        days: The weekdays; 0 for Monday.
        nth: Which of the month, counted from its end below zero; empty for every one.
        offset: Days after them; below zero before them.
    """

    days: frozenset[int]
    nth: frozenset[int] = frozenset()
    offset: int = 0

    def in_year(self, year: int) -> int:
        """The days that are one of them."""
        if not self.nth:
            new_year = date(year, 1, 1).weekday()
            return _bits(number for day in self.days for number in range((day - new_year) % 7, _length(year), 7))
        if not self.offset:
            return self._of_months(year)
        # A day that is moved may come from a neighbouring year; the bits of all three lie in one number, in a row.
        before = _length(year - 1) if year > MINYEAR else 0
        found = self._of_months(year) << before
        if year > MINYEAR:
            found |= self._of_months(year - 1)
        if year < MAXYEAR:
            found |= self._of_months(year + 1) << before + _length(year)
        moved = found << self.offset if self.offset > 0 else found >> -self.offset
        return moved >> before & all_days(year)

    def _of_months(self, year: int) -> int:
        """The first, second, ... of the months of a year."""
        found, first = 0, 0
        for month in range(1, 13):
            weekday, length = monthrange(year, month)
            for day in self.days:
                dates = range(first + (day - weekday) % 7, first + length, 7)
                found |= _bits(dates[_index(nth)] for nth in self.nth if abs(nth) <= len(dates))
            first += length
        return found


def _index(nth: int) -> int:
    return nth - 1 if nth > 0 else nth


@attrs.frozen
class Holidays:
    """The days of a holiday calendar, or some days before or after them.

    Attributes:
        calendar: The holidays.
        offset: Days after them; below zero before them.
    """

    calendar: HolidayCalendar
    offset: int = 0

    def in_year(self, year: int) -> int:
        """The days that are one of them."""
        new_year, length = date(year, 1, 1).toordinal(), _length(year)
        near = range(max(year - 1, MINYEAR), min(year + 1, MAXYEAR) + 1) if self.offset else (year,)
        numbers = (
            holiday.day.toordinal() + self.offset - new_year
            for each in near
            for holiday in self.calendar.in_year(each)
            if holiday.day.year == each
        )
        return _bits(number for number in numbers if 0 <= number < length)
