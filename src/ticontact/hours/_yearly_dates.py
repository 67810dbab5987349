"""On which day of a year a feast falls.

Theory of operation. A rule is a small frozen value with one question, `on(year)`, so that a holiday calendar can be
compared, pickled and shown. The movable feasts hang on Easter Sunday (Gregorian computus: O. Gauss as corrected by
Meeus, Jones and Butcher) or on a weekday of a month; a condition may take the feast away in some years.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Protocol

import attrs

from ticontact.plain import kinds

__all__ = ["After", "DateOf", "Easter", "Every", "NthWeekday", "Once", "UnlessWeekday", "easter_sunday"]

_WEEK: Final = timedelta(days=7)


class DateOf(Protocol):
    """Which day of a year something is on."""

    def on(self, year: int) -> date | None:
        """The day in this year; None if there is none."""


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    The algorithm of Meeus, Jones and Butcher: J. Meeus, Astronomical Algorithms, 2nd edition, chapter 8.

    >>> easter_sunday(2026)
    datetime.date(2026, 4, 5)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leap_years, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@attrs.frozen
class Every:
    """The same day every year."""

    month: int
    day: int

    def on(self, year: int) -> date | None:
        """The day in this year; None for 29 February in a common year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@attrs.frozen
class Once:
    """One day, once."""

    day: date

    def on(self, year: int) -> date | None:
        """The day, in its own year alone."""
        return self.day if self.day.year == year else None


@attrs.frozen
class Easter:
    """Some days after Easter Sunday; a negative number lies before it."""

    days: int

    def on(self, year: int) -> date:
        """The day in this year."""
        return easter_sunday(year) + timedelta(days=self.days)


@attrs.frozen
class NthWeekday:
    """The first, second, ... of a weekday in a month, moved by some days.

    Attributes:
        month: 1 for January.
        nth: 1 for the first.
        weekday: 0 for Monday.
        then: Days after it.
    """

    month: int
    nth: int
    weekday: int = attrs.field(kw_only=True)
    then: int = attrs.field(default=0, kw_only=True)

    def on(self, year: int) -> date:
        """The day in this year."""
        first = date(year, self.month, 1)
        wait = (self.weekday - first.weekday()) % 7
        return first + timedelta(days=wait + 7 * (self.nth - 1) + self.then)


@attrs.frozen
class After:
    """A feast that gives way by a week when it falls on another one."""

    feast: DateOf
    other: DateOf

    def on(self, year: int) -> date | None:
        """The day in this year."""
        day = self.feast.on(year)
        return day + _WEEK if day is not None and day == self.other.on(year) else day


def _frozen(weekdays: Iterable[int]) -> frozenset[int]:
    return frozenset(weekdays)


@attrs.frozen
class UnlessWeekday:
    """A feast that is dropped in the years in which it falls on some weekdays.

    Attributes:
        feast: The feast.
        weekdays: The weekdays on which it is none; 0 for Monday.
    """

    feast: DateOf
    weekdays: frozenset[int] = attrs.field(converter=_frozen)

    def on(self, year: int) -> date | None:
        """The day in this year; None where it is dropped."""
        day = self.feast.on(year)
        return None if day is None or day.weekday() in self.weekdays else day


kinds(DateOf, Every, Once, Easter, NthWeekday, After, UnlessWeekday)
