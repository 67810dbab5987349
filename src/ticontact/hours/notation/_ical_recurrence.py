"""The recurrence rules of iCalendar (RFC 5545, 3.3.10), as far as they are about days.

Theory of operation. The days of a year are the bits of one number, as in `_selectors`, so that a rule is a few `&` and
`|` a year, whatever it asks for and whether or not any day has it. A library that walks from one occurrence to the next
looks for the 30th of February until the year 9999: eleven seconds for a rule of forty letters. Rules by hours, minutes
and seconds, and by days of the year, are none that an office closes by; they are refused.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from ticontact.hours._wall_clock import FURTHEST, LAST_YEAR
from ticontact.hours._week import read_weekdays
from ticontact.hours.notation._selectors import Weekdays, Weeks, all_days, day_of_year

__all__ = ["Recurrence", "Unreadable", "recurrence_of"]

_FREQUENCIES: Final = {"DAILY": 30, "WEEKLY": 30, "MONTHLY": FURTHEST, "YEARLY": FURTHEST}
"""How often a rule may recur, and for how many years it is followed."""
_LONGEST: Final = 500  # characters of a rule
_MOST: Final = 100_000
_BY_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?\d{1,6}", re.ASCII)
_KNOWN: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYWEEKNO", "BYSETPOS", "WKST"}
)
_MONTHS: Final = 12
_WEEK: Final = 7


class Unreadable(ValueError):
    """A rule that is not read, with what is wrong about it. It never leaves the package."""


@attrs.frozen(kw_only=True)
class Recurrence:
    """When an event comes again.

    Attributes:
        frequency: `DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`.
        interval: Every how many days, weeks, months or years.
        count: How many occurrences there are, the first one included; 0 for no such end.
        until: The text of the last instant or date; empty for none.
        months: In which months; empty for all.
        month_days: On which days of a month, counted from its end below zero.
        weekdays: On which weekdays, each with which one of them; 0 for every one.
        weeks: In which weeks of the year.
        positions: Which of the days of a period, counted from its end below zero; empty for all.
        week_start: On which weekday a week begins.
    """

    frequency: str
    interval: int = 1
    count: int = 0
    until: str = ""
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    weeks: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether it has no end of its own."""
        return not self.count and not self.until

    def is_every_year_on(self, start: date) -> bool:
        """Whether it means nothing but the same day of every year, without an end."""
        on_day = self.months in {(), (start.month,)} and self.month_days in {(), (start.day,)}
        plain = self.interval == 1 and not (self.weekdays or self.weeks or self.positions)
        return self.frequency == "YEARLY" and self.goes_on and on_day and plain

    def is_every_day(self) -> bool:
        """Whether it means every day, without an end."""
        return self == Recurrence(frequency="DAILY", week_start=self.week_start)

    def last_followed(self, start: date) -> date:
        """The last date up to which the rule is followed."""
        return date(min(start.year + _FREQUENCIES[self.frequency], LAST_YEAR), 12, 31)

    def days(self, start: date, last: date) -> Iterator[date]:
        """The days from a start on, the start itself included, up to a last one."""
        yielded = 1
        yield start
        for year in range(start.year, last.year + 1):
            new_year = date(year, 1, 1).toordinal()
            bits = self._in_year(year, start)
            while bits:
                lowest = bits & -bits
                bits ^= lowest
                day = date.fromordinal(new_year + lowest.bit_length() - 1)
                if day <= start:
                    continue
                if day > last or (self.count and yielded >= self.count):
                    return
                yielded += 1
                yield day

    def _in_year(self, year: int, start: date) -> int:
        """The days of a year that the rule means, a bit each."""
        found = self._periods(year, start)
        if found:
            found &= self._of_months(year) & self._of_month_days(year, start) & self._of_weekdays(year, start)
        if found and self.weeks:
            in_weeks = 0
            for week in self.weeks:
                in_weeks |= Weeks(week, week).in_year(year)
            found &= in_weeks
        return self._at_positions(found, year) if self.positions else found

    def _periods(self, year: int, start: date) -> int:
        """The days of the years, months, weeks or days that the interval leaves."""
        every = all_days(year)
        if self.frequency == "YEARLY":
            return every if (year - start.year) % self.interval == 0 else 0
        if self.interval == 1:
            return every
        if self.frequency == "MONTHLY":
            months = (year - start.year) * _MONTHS - start.month
            return sum(_month(year, month) for month in range(1, 13) if (months + month) % self.interval == 0)
        step, length, first = self.interval, 1, start.toordinal()
        if self.frequency == "WEEKLY":
            step, length = self.interval * _WEEK, _WEEK
            first -= (start.weekday() - self.week_start) % _WEEK
        new_year, found = date(year, 1, 1).toordinal(), 0
        block = (1 << length) - 1
        # A week that begins in the year before may reach into this one.
        for number in range((first - new_year) % step - step, every.bit_length(), step):
            found |= block << number if number >= 0 else block >> -number
        return found & every

    def _of_months(self, year: int) -> int:
        return sum(_month(year, month) for month in self.months) if self.months else all_days(year)

    def _of_month_days(self, year: int, start: date) -> int:
        days = self.month_days
        if not days and not self.weekdays and not self.weeks:
            if self.frequency == "MONTHLY" or (self.frequency == "YEARLY" and self.months):
                days = (start.day,)
            elif self.frequency == "YEARLY":
                return _month_day(year, start.month, start.day)
        if not days:
            return all_days(year)
        found = 0
        for month in range(1, 13):
            for day in days:
                found |= _month_day(year, month, day)
        return found

    def _of_weekdays(self, year: int, start: date) -> int:
        weekdays = self.weekdays
        if not weekdays and (self.frequency == "WEEKLY" or self.weeks):
            weekdays = ((0, start.weekday()),)
        if not weekdays:
            return all_days(year)
        found = 0
        for nth, weekday in weekdays:
            if not nth:
                found |= Weekdays(frozenset({weekday})).in_year(year)
            elif self.frequency == "MONTHLY" or self.months:
                found |= Weekdays(frozenset({weekday}), frozenset({nth})).in_year(year)
            else:
                found |= _nth_of_year(year, nth, weekday)
        return found

    def _at_positions(self, bits: int, year: int) -> int:
        """Of the days of each month, or of the year, those at some positions."""
        periods = [all_days(year)] if self.frequency == "YEARLY" else [_month(year, month) for month in range(1, 13)]
        found = 0
        for period in periods:
            days = _numbers(bits & period)
            for position in self.positions:
                if abs(position) <= len(days):
                    found |= 1 << days[position - 1 if position > 0 else position]
        return found


def _numbers(bits: int) -> list[int]:
    found = []
    while bits:
        lowest = bits & -bits
        bits ^= lowest
        found.append(lowest.bit_length() - 1)
    return found


def _month(year: int, month: int) -> int:
    """The days of a month."""
    first = day_of_year(date(year, month, 1))
    end = all_days(year).bit_length() if month == _MONTHS else day_of_year(date(year, month + 1, 1))
    return ((1 << (end - first)) - 1) << first


def _month_day(year: int, month: int, day: int) -> int:
    """A day of a month, counted from its end below zero; nothing where the month has no such day."""
    of_month = _month(year, month)
    first, end = (of_month & -of_month).bit_length() - 1, of_month.bit_length()
    number = first + day - 1 if day > 0 else end + day
    return 1 << number if first <= number < end else 0


def _nth_of_year(year: int, nth: int, weekday: int) -> int:
    days = _numbers(Weekdays(frozenset({weekday})).in_year(year))
    return 1 << days[nth - 1 if nth > 0 else nth] if abs(nth) <= len(days) else 0


def recurrence_of(rule: str) -> Recurrence:
    """The recurrence that a rule describes.

    Raises:
        Unreadable: If it is none, or one of a kind that is not read.
    """
    if len(rule) > _LONGEST:
        raise Unreadable("its rule is too long")
    parts: dict[str, str] = {}
    for part in rule.upper().strip("; ").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts:
            raise Unreadable("its rule cannot be read")
        parts[name.strip()] = value.strip()
    unknown = sorted(set(parts) - _KNOWN)
    frequency = parts.get("FREQ", "")
    if unknown or frequency not in _FREQUENCIES:
        what = unknown[0][:20] if unknown else f"FREQ={frequency[:20]}"
        raise Unreadable(f"its rule has {what}, which is not read")
    found = Recurrence(
        frequency=frequency,
        interval=_numbers_of(parts, "INTERVAL", 1, _MOST, one=True)[0] if "INTERVAL" in parts else 1,
        count=_numbers_of(parts, "COUNT", 1, _MOST, one=True)[0] if "COUNT" in parts else 0,
        until=parts.get("UNTIL", ""),
        months=_numbers_of(parts, "BYMONTH", 1, _MONTHS),
        month_days=_numbers_of(parts, "BYMONTHDAY", 1, 31, from_end=True),
        weekdays=tuple(_weekdays_of(parts.get("BYDAY", ""))),
        weeks=_numbers_of(parts, "BYWEEKNO", 1, 53),
        positions=_numbers_of(parts, "BYSETPOS", 1, 366, from_end=True),
        week_start=_weekday(parts.get("WKST", "MO")),
    )
    _check(found)
    return found


def _check(found: Recurrence) -> None:
    """Refuse what RFC 5545 forbids, and what would need more than the days of one year."""
    is_weekly = found.frequency in {"DAILY", "WEEKLY"}
    if found.count and found.until:
        raise Unreadable("its rule has COUNT and UNTIL")
    if any(nth for nth, _ in found.weekdays) and (is_weekly or found.weeks):
        raise Unreadable("its rule names the nth weekday of no month and no year")
    if found.positions and is_weekly:
        raise Unreadable("its rule has BYSETPOS for days or weeks, which is not read")
    if found.weeks and (found.frequency != "YEARLY" or found.interval != 1):
        raise Unreadable("its rule has BYWEEKNO for no plain year, which is not read")
    if found.frequency == "WEEKLY" and found.month_days:
        raise Unreadable("its rule has BYMONTHDAY for weeks")


def _numbers_of(
    parts: dict[str, str], name: str, least: int, most: int, *, from_end: bool = False, one: bool = False
) -> tuple[int, ...]:
    texts = parts[name].split(",") if name in parts else []
    if any(_NUMBER.fullmatch(text) is None for text in texts) or (one and len(texts) != 1):
        raise Unreadable(f"its rule has a {name} that is no number")
    found = tuple(map(int, texts))
    if not all(least <= (abs(number) if from_end else number) <= most for number in found):
        raise Unreadable(f"its rule has a {name} outside of {least} to {most}")
    return found


def _weekdays_of(text: str) -> Iterator[tuple[int, int]]:
    for part in filter(None, text.split(",")):
        match = _BY_DAY.fullmatch(part.strip())
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):  # noqa: PLR2004 - weeks of a year
            raise Unreadable("its rule has a BYDAY that cannot be read")
        yield int(match[1] or 0), _weekday(match[2])


def _weekday(name: str) -> int:
    if _BY_DAY.fullmatch(name) is None or len(name) != 2:  # noqa: PLR2004 - two letters
        raise Unreadable("its rule has a WKST that cannot be read")
    return next(read_weekdays(name))
