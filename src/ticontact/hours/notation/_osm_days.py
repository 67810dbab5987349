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
            return Years(start, 9999)
        end = self._year() if self._reader.take_if("-") else start
        return Years(start, end, step=self._step())

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
        end = self._reader.number(allowed, least=1, most=53) if self._reader.take_if("-") else start
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
        if not self._reader.sees("-"):
            return Dates(start, Edge(start.month, _LAST_DAY, year=start.year) if whole_month else start)
        self._reader.read()
        if self._sees_day_number() and start.month and not whole_month:
            return Dates(start, Edge(start.month, self._day_number(), year=start.year))
        end, whole_month = self._edge()
        return Dates(start, Edge(end.month, _LAST_DAY, year=end.year) if whole_month else end)

    def _edge(self, *, month: int = 0) -> tuple[Edge, bool]:
        """One end of a range, and whether it is a whole month."""
        if month:
            return Edge(month, self._day_number()), False
        year = self._year() if self._sees_year() else None
        if self._reader.take_if("easter"):
            return Edge(0, self._offset(), year=year), False
        if not self._reader.sees(*MONTHS):
            raise self._reader.fault("a month such as Jan, or easter")
        found = MONTHS.index(self._reader.read().text.capitalize()) + 1
        if self._sees_day_number():
            return Edge(found, self._day_number(), year=year), False
        return Edge(found, 1, year=year), True

    def _day_number(self) -> int:
        return self._reader.number("a day of the month", least=1, most=_LAST_DAY)

    def _offset(self) -> int:
        """Days before or after: `+1 day`, `-2 days`; zero if there is none."""
        if not (self._reader.sees("+", "-") and self._reader.sees("day", "days", ahead=2)):
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
        count = (self._weekday() - start) % 7 if self._reader.take_if("-") else 0
        days = frozenset((start + step) % 7 for step in range(count + 1))
        return Weekdays(days, self._nth())

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
        if not self._reader.take_if("]"):
            raise self._reader.fault("]")
        return frozenset(found)

    def _nth_range(self) -> set[int]:
        allowed = "which of the month, 1 to 5 or -1 to -5"
        sign = -1 if self._reader.take_if("-") else 1
        start = sign * self._reader.number(allowed, least=1, most=5)
        if sign < 0 or not self._reader.take_if("-"):
            return {start}
        return set(range(start, self._reader.number(allowed, least=1, most=5) + 1))
