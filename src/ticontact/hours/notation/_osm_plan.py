"""What an opening_hours expression means on a day.

The rules are applied in their order: a rule after `;` replaces what the rules before it gave for the days that it is
about, a rule after `,` adds to it, a rule after `||` speaks only where nothing is open. A closing rule takes its times
away, or the whole day. A half-day holiday closes from its hour on.
Source: OpenStreetMap wiki, Key:opening_hours/specification.

Most days of a year have the same hours as many others. So a rule is applied once to each set of hours that a year has,
for all days that have it, and not once to each day.
"""

import enum
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from ticontact.hours._explanation import Reason, RuleKind
from ticontact.hours._intervals import DateRange, Spans, difference, merged, union
from ticontact.hours._open_time import DayPlan
from ticontact.hours._window import TimeWindow
from ticontact.hours.notation._selectors import Holidays, Selector, all_days, day_of_year
from ticontact.i18n import Text
from ticontact.i18n._texts.hours import OUTSIDE_HOURS, STANDING_HOURS

__all__ = ["OsmPlan", "OsmRule", "Relation"]

_KEPT: Final = 4  # years; a year is compiled from its own days and the last two of the year before


class Relation(enum.Enum):
    """How a rule follows the ones before it."""

    REPLACES = ";"
    ADDS = ","
    FALLS_BACK = "||"

    def __repr__(self) -> str:
        return f"Relation.{self.name}"


Hours = tuple[DateRange, ...]
"""The hours of a day, in seconds after its midnight."""


def _as_set(spans: Iterable[DateRange]) -> Hours:
    return tuple(merged(spans))


@attrs.frozen(kw_only=True)
class OsmRule:
    """One rule of an expression.

    Attributes:
        relation: How it follows the ones before it.
        selectors: Groups of days; a day is meant if each group has a selector that matches it.
        spans: Its times in seconds after midnight.
        closed: Whether it closes these times.
        comment: What it says to people; may be empty.
    """

    relation: Relation
    selectors: tuple[tuple[Selector, ...], ...]
    spans: Hours = attrs.field(converter=_as_set)
    closed: bool
    comment: str

    def in_year(self, year: int) -> int:
        """The days of a year that the rule is about, a bit each."""
        found = all_days(year)
        for group in self.selectors:
            of_group = 0
            for selector in group:
                of_group |= selector.in_year(year)
            found &= of_group
        return found

    def in_parts(self, year: int) -> Iterator[tuple[int, int]]:
        """The days of a year that the rule is about, apart by the second from which it holds on them."""
        days = self.in_year(year)
        by_start: dict[int, int] = {}
        for number, start in self._half_days(year).items():
            if days >> number & 1:
                by_start[start] = by_start.get(start, 0) | 1 << number
                days &= ~(1 << number)
        if days:
            yield 0, days
        yield from by_start.items()

    def _half_days(self, year: int) -> dict[int, int]:
        """From when on the rule closes on half-day holidays that it is about, by the number of the day."""
        found: dict[int, int] = {}
        for selector in self.holidays() if self.closed else ():
            for holiday in selector.calendar.in_year(year):
                if holiday.closed_from and holiday.day.year == year:
                    number = day_of_year(holiday.day)
                    found[number] = max(found.get(number, 0), holiday.closed_from)
        return found

    def applied(self, before: Hours, start: int) -> Hours:
        """The hours of some days after this rule, from those before it."""
        if self.relation is Relation.FALLS_BACK and before:
            return before
        if self.closed:
            return tuple(difference(before, self.closing(start)))
        if self.relation is Relation.REPLACES or not before:
            return self.spans
        return tuple(union(before, self.spans))

    def closing(self, start: int) -> Spans:
        """The times that a closing rule takes away on days on which it holds from a second on."""
        return [(max(start, opening), closing) for opening, closing in self.spans if start < closing]

    def holidays(self) -> list[Holidays]:
        """The holidays that the rule is about."""
        found = [selector for group in self.selectors for selector in group if isinstance(selector, Holidays)]
        return [selector for selector in found if selector.offset == 0]


@attrs.frozen(repr=False)
class OsmPlan(DayPlan):
    """The hours of an expression. Compared by its text and rules; it remembers the years it was asked for.

    Attributes:
        text: The expression as it was written.
        rules: Its rules in their order.
    """

    text: str
    rules: tuple[OsmRule, ...]
    _years: dict[int, list[tuple[TimeWindow, ...]]] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle without the years that were asked for."""
        return OsmPlan, (self.text, self.rules)

    def windows(self, day: date) -> tuple[TimeWindow, ...]:
        """The windows that begin on a date."""
        year = self._years.get(day.year)
        return (self._year(day.year) if year is None else year)[day_of_year(day)]

    def _year(self, year: int) -> list[tuple[TimeWindow, ...]]:
        """The windows of each day of a year."""
        found: list[tuple[TimeWindow, ...]] = [()] * all_days(year).bit_length()
        for hours, days in self._days_by_hours(year):
            windows = tuple(TimeWindow(start, end) for start, end in hours)
            for number in range(len(found)):
                if days >> number & 1:
                    found[number] = windows
        if len(self._years) >= _KEPT:
            self._years.clear()
        self._years[year] = found
        return found

    def _days_by_hours(self, year: int) -> list[tuple[Hours, int]]:
        """The days of a year, apart by their hours; there are never more parts than days."""
        found: list[tuple[Hours, int]] = [((), all_days(year))]
        for rule in self.rules:
            for start, about in rule.in_parts(year):
                # Days leave the hours that they had for those after the rule, all days of one part together. Parts that
                # get the very same hours become one; comparing them all would cost more than it saves.
                staying = [(hours, days & ~about) for hours, days in found if days & ~about]
                moved: dict[int, tuple[Hours, int]] = {}
                for hours, days in found:
                    if days & about:
                        after = rule.applied(hours, start)
                        _, others = moved.get(id(after), (after, 0))
                        moved[id(after)] = after, others | days & about
                found = [*staying, *moved.values()]
        return found

    def decided_by(self, day: date, second: int) -> Reason:
        """The rule that decides about a second of a date: the last closing one that is about it."""
        number = day_of_year(day)
        for rule in reversed(self.rules):
            if not rule.closed:
                continue
            start = next((start for start, days in rule.in_parts(day.year) if days >> number & 1), None)
            if start is not None and any(opening <= second < closing for opening, closing in rule.closing(start)):
                return _closing_reason(rule, day)
        if any(window.start <= second < window.end for window in self.windows(day)):
            return Reason("standing_hours", STANDING_HOURS, kind=RuleKind.WEEK, source=self.text)
        return Reason("outside_hours", OUTSIDE_HOURS, kind=RuleKind.WEEK, source=self.text)


def _closing_reason(rule: OsmRule, day: date) -> Reason:
    for selector in rule.holidays():
        holiday = selector.calendar.on(day)
        if holiday is not None:
            return holiday.because()
    words = Text.same(rule.comment) if rule.comment else OUTSIDE_HOURS
    return Reason("closed", words, kind=RuleKind.CLOSURE if rule.comment else RuleKind.WEEK)
