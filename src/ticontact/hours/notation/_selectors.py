"""Which days an opening_hours rule is about: years, dates, weeks of the year, weekdays, holidays."""

from datetime import date, timedelta
from typing import Protocol

import attrs

from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._yearly_dates import easter_sunday

__all__ = ["Dates", "Edge", "Holidays", "Selector", "Weekdays", "Weeks", "Years"]


class Selector(Protocol):
    """Something that a day is, or is not."""

    def matches(self, day: date) -> bool:
        """Whether the day is meant."""


def _stepped(number: int, start: int, end: int, step: int) -> bool:
    return start <= number <= end and (number - start) % step == 0


@attrs.frozen
class Years:
    """Some years."""

    start: int
    end: int
    step: int = attrs.field(default=1, kw_only=True)

    def matches(self, day: date) -> bool:
        """Whether the day is in one of them."""
        return _stepped(day.year, self.start, self.end, self.step)


@attrs.frozen
class Weeks:
    """Some weeks of the year (ISO 8601)."""

    start: int
    end: int
    step: int = attrs.field(default=1, kw_only=True)

    def matches(self, day: date) -> bool:
        """Whether the day is in one of them."""
        return _stepped(day.isocalendar().week, self.start, self.end, self.step)


@attrs.frozen
class Edge:
    """One end of a range of dates: a day of a month, or some days from Easter Sunday.

    Attributes:
        month: The month; 0 for Easter.
        day: The day of the month, or the days after Easter Sunday.
        year: The year it is in; None for every year.
    """

    month: int
    day: int
    year: int | None = attrs.field(default=None, kw_only=True)

    def within(self, year: int) -> tuple[int, int, int]:
        """Its place in a year, to be compared with that of a day; 29 February has one in every year."""
        if self.month:
            return year, self.month, self.day
        return _place(easter_sunday(year) + timedelta(days=self.day))


def _place(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


@attrs.frozen
class Dates:
    """The days from one date to another, every year or in the years that are named; over New Year if need be."""

    start: Edge
    end: Edge

    def matches(self, day: date) -> bool:
        """Whether the day lies there."""
        place = _place(day)
        if self.start.year is not None:
            return self._in_named_years(place, self.start.year)
        start, end = self.start.within(day.year), self.end.within(day.year)
        if start <= end:
            return start <= place <= end
        return place >= start or place <= end

    def _in_named_years(self, place: tuple[int, int, int], year: int) -> bool:
        start = self.start.within(year)
        end = self.end.within(year if self.end.year is None else self.end.year)
        if end < start and self.end.year is None:
            end = self.end.within(year + 1)
        return start <= place <= end


@attrs.frozen
class Weekdays:
    """Some weekdays, of every week or the first, second, ... or last of a month.

    Attributes:
        days: The weekdays; 0 for Monday.
        nth: Which of the month, counted from its end below zero; empty for every one.
    """

    days: frozenset[int]
    nth: frozenset[int] = frozenset()

    def matches(self, day: date) -> bool:
        """Whether the day is one of them."""
        if day.weekday() not in self.days:
            return False
        if not self.nth:
            return True
        following = day.replace(day=28) + timedelta(days=4)
        length = (following - timedelta(days=following.day)).day
        return (day.day - 1) // 7 + 1 in self.nth or -((length - day.day) // 7 + 1) in self.nth


@attrs.frozen
class Holidays:
    """The days of a holiday calendar, or some days before or after them.

    Attributes:
        calendar: The holidays.
        offset: Days after them; below zero before them.
    """

    calendar: HolidayCalendar
    offset: int = 0

    def matches(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.calendar.on(day - timedelta(days=self.offset)) is not None
