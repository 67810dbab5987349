"""When are terms suspended? Parts of every year, and the days that they are in each.

A suspension is a rule (from the 7th day before Easter to the 7th after it); a span is what it means in one year.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from typing import Final, Protocol

import attrs

from ticontact._bounded import quoted, shortened
from ticontact.errors import HoursError
from ticontact.hours._yearly_dates import Easter
from ticontact.plain import checked

__all__ = ["DateRange", "TermSuspension", "covering", "days_a_year", "spans_from"]

_ALWAYS: Final = date(1, 1, 1)
_COMMON_YEAR: Final = 2001
_FURTHEST_FROM_EASTER: Final = 60


def _not_before_first(days: "DateRange", field: "attrs.Attribute[date]", value: date) -> None:
    if value < days.first:
        raise HoursError(f"{field.name}: {value} is before the first day {days.first}", field=field.name)


@attrs.frozen(field_transformer=checked)
class DateRange:
    """Days in a row during which terms are suspended.

    Attributes:
        first: The first of them.
        last: The last of them, included.

    Raises:
        HoursError: If the last day is before the first.
    """

    first: date
    last: date = attrs.field(validator=_not_before_first)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class _DayOfYear(Protocol):
    def on(self, year: int) -> date: ...


@attrs.frozen
class _Yearly:
    month: int
    day: int

    def on(self, year: int) -> date:
        return date(year, self.month, self.day)


def _yearly(name: str, month_and_day: tuple[int, int]) -> _Yearly:
    try:
        day = _Yearly(*month_and_day)
        day.on(_COMMON_YEAR)
    except (TypeError, ValueError):  # no two numbers, or no day of that year: both are refused below
        pass
    else:
        return day
    given = shortened(repr(month_and_day), 40)
    raise HoursError(f"{name}: {given} was given; allowed: month and day of a day that every year has", field=name)


@attrs.frozen(field_transformer=checked)
class TermSuspension:
    """A part of every year in which terms do not run. Build it with `yearly` or `around_easter`.

    Attributes:
        first: Which day of a year is its first.
        last: Which day of a year is its last, included; of the following year if it would lie before the first.
        source: The article.
        since: The first day for which the rule is known in this form.
        exceptions: What it was in some years, each by the year of its first day.
        exceptions_source: What these rest on.

    >>> TermSuspension.around_easter(before=7, after=7).in_year(2026)
    DateRange(first=datetime.date(2026, 3, 29), last=datetime.date(2026, 4, 12))
    """

    first: _DayOfYear
    last: _DayOfYear
    source: str = attrs.field(default="", kw_only=True)
    since: date = attrs.field(default=_ALWAYS, kw_only=True)
    exceptions: tuple[DateRange, ...] = attrs.field(default=(), kw_only=True, converter=tuple[DateRange, ...])
    exceptions_source: str = attrs.field(default="", kw_only=True)

    @classmethod
    def yearly(
        cls, first: tuple[int, int], last: tuple[int, int], *, source: str = "", since: date = _ALWAYS
    ) -> "TermSuspension":
        """A suspension between two days of the year, each as month and day, both included.

        Raises:
            HoursError: If one of the two is no day that every year has.
        """
        return cls(_yearly("first", first), _yearly("last", last), source=source, since=since)

    @classmethod
    def around_easter(cls, *, before: int, after: int, source: str = "", since: date = _ALWAYS) -> "TermSuspension":
        """A suspension of some days before and after Easter Sunday, which is itself among them.

        That Easter means the Sunday alone is settled by BGE 139 V 490 E. 2.2.

        Raises:
            HoursError: If a number of days is not between 0 and 60.
        """
        for name, days in (("before", before), ("after", after)):
            if type(days) is not int or not 0 <= days <= _FURTHEST_FROM_EASTER:
                raise HoursError(
                    f"{name}: {quoted(days)} days from Easter were given; allowed: 0 to {_FURTHEST_FROM_EASTER}",
                    field=name,
                )
        return cls(Easter(-before), Easter(after), source=source, since=since)

    def in_year(self, year: int) -> DateRange:
        """The days of the suspension that begins in a year."""
        for exception in self.exceptions:
            if exception.first.year == year:
                return exception
        first, last = self.first.on(year), self.last.on(year)
        return DateRange(first, last if first <= last else self.last.on(year + 1))

    def source_in(self, year: int) -> str:
        """What the suspension that begins in a year rests on."""
        return self.exceptions_source if self.in_year(year) in self.exceptions else self.source


def spans_from(day: date, suspensions: Iterable[TermSuspension]) -> Iterator[DateRange]:
    """The spans that end on a day or later, in the order of their first days; without end unless there are none."""
    rules = tuple(suspensions)
    for year in count(max(day.year - 1, date.min.year)) if rules else ():
        spans = sorted((rule.in_year(year) for rule in rules), key=lambda span: span.first)
        yield from (span for span in spans if span.last >= day)


def covering(day: date, suspensions: Iterable[TermSuspension]) -> DateRange | None:
    """The span that a day lies in; None if terms run on it."""
    for span in spans_from(day, suspensions):
        if span.first > day:
            break
        return span
    return None


def days_a_year(suspensions: Iterable[TermSuspension]) -> int:
    """How many days of a year the suspensions take."""
    spans = (suspension.in_year(_COMMON_YEAR) for suspension in suspensions)
    return sum((span.last - span.first).days + 1 for span in spans)
