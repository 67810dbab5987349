"""Reading the days that an opening_hours rule is about."""

from typing import Final

from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._week import WEEKDAYS
from ticontact.hours.notation._selectors import Dates, Edge, Holidays, Selector, Weekdays, Weeks, Years
from ticontact.hours.notation._tokens import Reader

__all__ = ["MONTHS", "DayReader"]

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_YEAR_DIGITS: Final = 4
_LAST_DAY: Final = 31
_LAST_YEAR: Final = 9999
_LONGEST_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DayReader:
    """Reads the days of a rule. It is mutable: it reads on in the expression.

    Args:
        reader: The expression.
        public: What PH means; None if the expression may not name it.
        school: What SH means; None if the expression may not name it.
    """

    def __init__(self, reader: Reader, public: HolidayCalendar | None, school: HolidayCalendar | None) -> None:
        self._reader = reader
        self._holidays = {"PH": public, "SH": school}

    def groups(self) -> tuple[tuple[Selector, ...], ...]:
        """The groups of days; a day must be in each of them."""
        found: list[tuple[Selector, ...]] = []
        while True:
            if self._sees_year() and not self._sees_date():
                found.append(self._years())
            elif self._sees_date():
                found.append(self._dates())
            elif self._reader.sees("week"):
                found.append(self._weeks())
            else:
                break
        self._reader.take_if(":")
        while self._sees_day():
            found.append(self._weekdays())
            self._reader.take_if(":")
        return tuple(found)

    def _sees_year(self, ahead: int = 0) -> bool:
        token = self._reader.peek(ahead)
        return token.kind == "number" and len(token.text) == _YEAR_DIGITS

    def _sees_date(self, ahead: int = 0) -> bool:
        return self._reader.sees("easter", *MONTHS, ahead=ahead + self._sees_year(ahead))

    def _sees_day(self, ahead: int = 0) -> bool:
        return self._reader.sees("PH", "SH", *WEEKDAYS, ahead=ahead)

    def _year(self) -> int:
        return self._reader.number("a year such as 2026", least=1, most=9999)

    def _years(self) -> tuple[Selector, ...]:
        found: list[Selector] = [self._year_range()]
        while self._reader.sees(",") and self._sees_year(1):
            self._reader.read()
            found.append(self._year_range())
        return tuple(found)

    def _year_range(self) -> Years:
        start = self._year()
        if self._reader.take_if("+"):
            return Years(start, _LAST_YEAR)
        end = self._end_from(start, "a year such as 2026", most=_LAST_YEAR) if self._reader.take_if("-") else start
        return Years(start, end, step=self._step())

    def _end_from(self, start: int, allowed: str, *, most: int) -> int:
        """The end of a range, which cannot lie before its start: nobody could tell what is meant."""
        return self._reader.number(f"{allowed}, {start} or later", least=start, most=most)

    def _step(self) -> int:
        return self._reader.number("a step such as 2", least=1, most=99) if self._reader.take_if("/") else 1

    def _weeks(self) -> tuple[Selector, ...]:
        self._reader.read()
        found: list[Selector] = [self._week_range()]
        while self._reader.sees(",") and self._reader.peek(1).kind == "number":
            self._reader.read()
            found.append(self._week_range())
        return tuple(found)

    def _week_range(self) -> Weeks:
        allowed = "a week of the year, 1 to 53"
        start = self._reader.number(allowed, least=1, most=53)
        end = self._end_from(start, allowed, most=53) if self._reader.take_if("-") else start
        return Weeks(start, end, step=self._step())

    def _dates(self) -> tuple[Selector, ...]:
        found = [self._date_range()]
        while self._reader.sees(",") and (self._sees_date(1) or self._sees_day_number(1)):
            self._reader.read()
            month = 0 if self._sees_date() else found[-1].end.month
            found.append(self._date_range(month=month))
        return tuple(found)

    def _sees_day_number(self, ahead: int = 0) -> bool:
        token = self._reader.peek(ahead)
        return token.kind == "number" and len(token.text) < _YEAR_DIGITS

    def _date_range(self, *, month: int = 0) -> Dates:
        start, whole_month = self._edge(month=month)
        if start.year is not None and not whole_month and self._reader.take_if("+"):
            return Dates(start, Edge(12, _LAST_DAY, year=_LAST_YEAR))
        if not self._reader.sees("-"):
            if not whole_month and start.weekday is None and start.month:
                self._refuse_missing_day(start)
            return Dates(start, Edge(start.month, _LAST_DAY, year=start.year) if whole_month else start)
        self._reader.read()
        if self._sees_day_number() and start.month and not whole_month and start.weekday is None:
            return Dates(start, Edge(start.month, self._later_day(start), year=start.year))
        # `Jan-Mar Mo[1]` are the first Mondays of three months, `Jan 10-Mar Mo[1]` the days up to a first Monday.
        allowed = "a month such as Jan, or easter"
        before = self._reader.peek()
        end, whole_month = self._edge(ends=not whole_month)
        if end.year is not None and (start.year is None or end.year < start.year):
            problem = f"the year {end.year} ends a range that begins in {start.year or 'no year'}"
            raise self._reader.fault(f"{allowed}, no earlier than the start", problem=problem, token=before)
        return Dates(start, Edge(end.month, _LAST_DAY, year=end.year) if whole_month else end)

    def _later_day(self, start: Edge) -> int:
        """The day that ends a range within a month."""
        allowed = f"a day of the month, {start.day} or later; a range into another month names that"
        return self._reader.number(allowed, least=start.day, most=_LAST_DAY)

    def _refuse_missing_day(self, day: Edge) -> None:
        if day.day > _LONGEST_MONTHS[day.month - 1]:
            what = f"{MONTHS[day.month - 1]} {day.day} is in no year"
            raise self._reader.fault("a day that the month has", problem=what)

    def _edge(self, *, month: int = 0, ends: bool | None = None) -> tuple[Edge, bool]:
        """One end of a range, and whether it is a whole month.

        Args:
            month: The month, where it stands before; 0 where it is to be read.
            ends: Whether it ends a range that begins on a day; False after a whole month, None for a start.
        """
        if month:
            return Edge(month, self._day_number(), offset=self._offset()), False
        year = self._year() if self._sees_year() else None
        if self._reader.take_if("easter"):
            return Edge(0, 0, year=year, offset=self._offset()), False
        if not self._reader.sees(*MONTHS):
            raise self._reader.fault("a month such as Jan, or easter")
        found = MONTHS.index(self._reader.read().text.capitalize()) + 1
        if self._sees_day_number():
            return Edge(found, self._day_number(), year=year, offset=self._offset()), False
        if self._sees_nth_edge(ends=ends):
            return self._nth_edge(found, year), False
        return Edge(found, 1, year=year), True

    def _sees_nth_edge(self, *, ends: bool | None) -> bool:
        """Whether a weekday that comes belongs to a date (`Oct Su[-1]-May 31`), and not to the days of the rule."""
        if not (self._reader.sees(*WEEKDAYS) and self._reader.sees("[", ahead=1)):
            return False
        closing = 4 if self._reader.sees("-", ahead=2) else 3
        if ends is not None or not self._reader.sees("]", ahead=closing):
            return ends is True
        after = closing + 1
        return self._sees_offset(after) or (self._reader.sees("-", ahead=after) and self._sees_date(after + 1))

    def _nth_edge(self, month: int, year: int | None) -> Edge:
        """The nth of a weekday in a month as one end of a range, or moved by some days."""
        weekday = self._weekday()
        self._reader.read()
        sign = -1 if self._reader.take_if("-") else 1
        # A fifth one is not in every month, so that a range would begin or end nowhere in some years.
        number = self._reader.number("which of the month, 1 to 4 or -1 to -4", least=1, most=4)
        self._take_bracket()
        return Edge(month, sign * number, year=year, weekday=weekday, offset=self._offset())

    def _take_bracket(self) -> None:
        if not self._reader.take_if("]"):
            raise self._reader.fault("]")

    def _day_number(self) -> int:
        return self._reader.number("a day of the month", least=1, most=_LAST_DAY)

    def _sees_offset(self, ahead: int) -> bool:
        return self._reader.sees("+", "-", ahead=ahead) and self._reader.sees("day", "days", ahead=ahead + 2)

    def _offset(self) -> int:
        """Days before or after: `+1 day`, `-2 days`; zero if there is none."""
        if not self._sees_offset(0):
            return 0
        sign = 1 if self._reader.read().text == "+" else -1
        days = self._reader.number("a number of days", least=1, most=366)
        self._reader.read()
        return sign * days

    def _weekdays(self) -> tuple[Selector, ...]:
        found = [self._weekday_range()]
        while self._reader.sees(",") and self._sees_day(1):
            self._reader.read()
            found.append(self._weekday_range())
        return tuple(found)

    def _weekday_range(self) -> Selector:
        if self._reader.sees("PH", "SH"):
            return self._named_holidays()
        start = self._weekday()
        if self._reader.take_if("-"):
            count = (self._weekday() - start) % 7
            return Weekdays(frozenset((start + step) % 7 for step in range(count + 1)))
        nth = self._nth()
        return Weekdays(frozenset({start}), nth, self._offset() if nth else 0)

    def _named_holidays(self) -> Holidays:
        calendar = self._holidays[self._reader.peek().text.upper()]
        if calendar is None:
            allowed = "a calendar for it in the call (holidays=, school_holidays=)"
            raise self._reader.fault(allowed, problem=f"{self._reader.peek().text} has no meaning here")
        self._reader.read()
        return Holidays(calendar, self._offset())

    def _weekday(self) -> int:
        if not self._reader.sees(*WEEKDAYS):
            raise self._reader.fault(f"a weekday, {', '.join(WEEKDAYS)}")
        return WEEKDAYS.index(self._reader.read().text.capitalize())

    def _nth(self) -> frozenset[int]:
        if not self._reader.take_if("["):
            return frozenset()
        found = set(self._nth_range())
        while self._reader.take_if(","):
            found |= self._nth_range()
        self._take_bracket()
        return frozenset(found)

    def _nth_range(self) -> set[int]:
        allowed = "which of the month, 1 to 5 or -1 to -5"
        sign = -1 if self._reader.take_if("-") else 1
        start = sign * self._reader.number(allowed, least=1, most=5)
        if sign < 0 or not self._reader.take_if("-"):
            return {start}
        return set(range(start, self._end_from(start, allowed, most=5) + 1))
