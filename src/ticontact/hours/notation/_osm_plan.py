"""What an opening_hours expression means on a day.

The rules are applied in their order: a rule after `;` replaces what the rules before it gave for the days that it is
about, a rule after `,` adds to it, a rule after `||` speaks only where nothing is open. A closing rule takes its times
away, or the whole day. A half-day holiday closes from its hour on. `unknown`, and a rule that says nothing but words,
mean that nobody is there for whoever just comes: such time is not open, and it is kept apart because of its words ("by
appointment").
Source: OpenStreetMap wiki, Key:opening_hours/specification.

Most days of a year have the same hours as many others. So a rule is applied once to each set of hours that a year has,
for all days that have it, and not once to each day.

What people are told is found by applying the rules once more to the one day: the last rule that changes, or confirms,
the second that was asked about decides. A comment is told with the hours that it stands at; comments that ticontact
itself writes are known in all languages.
"""

import enum
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date
from typing import Final, NamedTuple

import attrs

from ticontact.hours._explanation import Reason, RuleKind
from ticontact.hours._intervals import Span, Spans, difference, intersection, merged, union
from ticontact.hours._open_time import DayPlan
from ticontact.hours._window import DAY, TimeWindow
from ticontact.hours.notation._foreign_words import foreign_text
from ticontact.hours.notation._selectors import Dates, Holidays, Selector, Weekdays, Weeks, all_days, day_of_year
from ticontact.i18n import LANGUAGES
from ticontact.i18n._dates import WEEKDAYS
from ticontact.i18n._texts.hours import (
    IT_IS,
    NO_LONGER,
    NOT_YET,
    OUR_CLOSURE,
    OUTSIDE_HOURS,
    STANDING_HOURS,
    hours_called,
)

__all__ = ["Meaning", "OsmPlan", "OsmRule", "Relation"]

_KEPT: Final = 4  # years; a year is compiled from its own days and the last two of the year before
_APPOINTMENT_WORDS: Final = (
    "appuntamento", "vereinbarung", "voranmeldung", "termin", "rendez-vous", "rendezvous", "rdv", "cunvegna",
    "appointment",
)  # fmt: skip


class Relation(enum.Enum):
    """How a rule follows the ones before it."""

    REPLACES = ";"
    ADDS = ","
    FALLS_BACK = "||"

    def __repr__(self) -> str:
        return f"Relation.{self.name}"


class Meaning(enum.Enum):
    """What a rule says of its times."""

    OPEN = "open"
    CLOSED = "off"
    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return f"Meaning.{self.name}"


Hours = tuple[Span, ...]
"""The hours of a day, in seconds after its midnight."""


class DayState(NamedTuple):
    """What some days have, each in seconds after midnight.

    Attributes:
        open: The hours.
        unknown: The hours of which only words are known; none of them is open.
        off: The hours that are closed for a reason that people are told.
    """

    open: Hours
    unknown: Hours
    off: Hours


_NOTHING: Final = DayState((), (), ())


def _as_set(spans: Iterable[Span]) -> Hours:
    return tuple(merged(spans))


@attrs.frozen(kw_only=True)
class OsmRule:
    """One rule of an expression.

    Attributes:
        relation: How it follows the ones before it.
        selectors: Groups of days; a day is meant if each group has a selector that matches it.
        spans: Its times in seconds after midnight.
        meaning: What it says of these times.
        comment: What it says to people; may be empty.
        alone: What a day has on which nothing but this rule speaks.
    """

    relation: Relation
    selectors: tuple[tuple[Selector, ...], ...]
    spans: Hours = attrs.field(converter=_as_set)
    meaning: Meaning
    comment: str
    alone: DayState = attrs.field(init=False, eq=False, repr=False)

    @alone.default
    def _hours_alone(self) -> DayState:
        return DayState(self.spans, (), ()) if self.meaning is Meaning.OPEN else DayState((), self.spans, ())

    @property
    def closed(self) -> bool:
        """Whether it closes its times."""
        return self.meaning is Meaning.CLOSED

    @property
    def is_for_whole_days(self) -> bool:
        """Whether it is about whole days."""
        return self.spans == ((0, 2 * DAY),)

    @property
    def kind(self) -> RuleKind:
        """The kind of rule that it is: for one date, for some, or for every week."""
        dates = [each for group in self.selectors for each in group if not isinstance(each, Weekdays | Weeks)]
        if not dates and not self.comment:
            return RuleKind.WEEK
        if self.closed:
            return RuleKind.CLOSURE if self.is_for_whole_days else RuleKind.BREAK
        if not dates:
            return RuleKind.WEEK
        once = all(isinstance(each, Dates) and each.start == each.end for each in dates)
        return RuleKind.OVERRIDE if once else RuleKind.SEASON

    @property
    def has_no_end(self) -> bool:
        """Whether it holds from a date on, without an end."""
        dates = [each for group in self.selectors for each in group if isinstance(each, Dates)]
        return any(each.end.year == MAXYEAR for each in dates)

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

    def applied(self, before: DayState, start: int) -> DayState:
        """The hours of some days after this rule, from those before it."""
        if self.relation is Relation.FALLS_BACK and before.open and self.meaning is not Meaning.UNKNOWN:
            return before
        if self.closed:
            taken = self.closing(start)
            told: Spans = []
            if self.comment or self.holidays():
                told = taken if self.is_for_whole_days else intersection(before.open, taken)
            return DayState(
                tuple(difference(before.open, taken)),
                tuple(difference(before.unknown, taken)),
                tuple(union(before.off, told)),
            )
        if self.relation is Relation.REPLACES or before == _NOTHING:
            return self.alone
        if self.meaning is Meaning.OPEN:
            return DayState(
                tuple(union(before.open, self.spans)),
                tuple(difference(before.unknown, self.spans)),
                tuple(difference(before.off, self.spans)),
            )
        spans = self.spans
        if self.relation is Relation.FALLS_BACK:  # where it is not open, and not closed for a reason that is told
            spans = tuple(difference(spans, merged([*before.open, *before.off])))
        return DayState(tuple(difference(before.open, spans)), tuple(union(before.unknown, spans)), before.off)

    def closing(self, start: int) -> Spans:
        """The times that a closing rule takes away on days on which it holds from a second on."""
        return [(max(start, opening), closing) for opening, closing in self.spans if start < closing]

    def holidays(self) -> list[Holidays]:
        """The holidays that the rule is about."""
        found = [selector for group in self.selectors for selector in group if isinstance(selector, Holidays)]
        return [selector for selector in found if selector.offset == 0]


class _Year(NamedTuple):
    """A compiled year.

    Attributes:
        windows: The windows of each day.
        rules: For each rule, the days that it is about, apart by the second from which it holds on them.
    """

    windows: list[tuple[TimeWindow, ...]]
    rules: list[tuple[tuple[int, int], ...]]


@attrs.frozen(repr=False)
class OsmPlan(DayPlan):
    """The hours of an expression. Compared by its text and rules; it remembers the years it was asked for.

    Attributes:
        text: The expression as it was written.
        rules: Its rules in their order.
    """

    text: str
    rules: tuple[OsmRule, ...]
    _years: dict[int, _Year] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    _weekdays: frozenset[int] = attrs.field(init=False, eq=False, repr=False)

    @_weekdays.default
    def _ordinary_weekdays(self) -> frozenset[int]:
        """The weekdays that are open by the rules of every week."""
        found: set[int] = set()
        for rule in self.rules:
            days = _of_every_week(rule)
            if not rule.closed:
                found |= days if rule.meaning is Meaning.OPEN else set()
            elif rule.is_for_whole_days:
                found -= days
        return frozenset(found)

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle without the years that were asked for."""
        return OsmPlan, (self.text, self.rules)

    def windows(self, day: date) -> tuple[TimeWindow, ...]:
        """The windows that begin on a date."""
        return self._year(day.year).windows[day_of_year(day)]

    def _year(self, number: int) -> _Year:
        known = self._years.get(number)
        if known is None:
            if len(self._years) >= _KEPT:
                self._years.clear()
            known = self._years[number] = self._compiled(number)
        return known

    def _compiled(self, year: int) -> _Year:
        rules = [tuple(rule.in_parts(year)) for rule in self.rules]
        windows: list[tuple[TimeWindow, ...]] = [()] * all_days(year).bit_length()
        for hours, days in self._days_by_hours(year, rules):
            of_these = tuple(TimeWindow(start, end) for start, end in hours.open)
            for number in range(len(windows)):
                if days >> number & 1:
                    windows[number] = of_these
        return _Year(windows, rules)

    def _days_by_hours(self, year: int, parts: list[tuple[tuple[int, int], ...]]) -> list[tuple[DayState, int]]:
        """The days of a year, apart by their hours; there are never more parts than days."""
        found: list[tuple[DayState, int]] = [(_NOTHING, all_days(year))]
        for rule, of_rule in zip(self.rules, parts, strict=True):
            for start, about in of_rule:
                # Days leave the hours that they had for those after the rule, all days of one part together. Parts that
                # get the very same hours become one; comparing them all would cost more than it saves.
                staying = [(hours, days & ~about) for hours, days in found if days & ~about]
                moved: dict[int, tuple[DayState, int]] = {}
                for hours, days in found:
                    if days & about:
                        after = rule.applied(hours, start)
                        _, others = moved.get(id(after), (after, 0))
                        moved[id(after)] = after, others | days & about
                found = [*staying, *moved.values()]
        return found

    def decided_by(self, day: date, second: int) -> Reason:
        """The rule that decides about a second of a date: the last that says anything of it."""
        number = day_of_year(day)
        year = self._year(day.year)
        hours, by = _NOTHING, None
        for rule, parts in zip(self.rules, year.rules, strict=True):
            start = next((start for start, days in parts if days >> number & 1), None)
            if start is None:
                continue
            after = rule.applied(hours, start)
            by = _deciding(rule, second, before=hours, after=after, start=start, so_far=by)
            hours = after
        if _holds(hours.open, second):
            return self._open(by)
        if _holds(hours.unknown, second) and by is not None:
            return _unknown(by)
        return self._closed(by, day)

    def _open(self, by: OsmRule | None) -> Reason:
        kind = RuleKind.WEEK if by is None else by.kind
        words = STANDING_HOURS
        if by is not None and by.comment:
            words = hours_called(STANDING_HOURS, foreign_text(by.comment))
        return Reason("standing_hours", words, kind=kind, source=self.text)

    def _closed(self, by: OsmRule | None, day: date) -> Reason:
        if by is not None and by.closed:
            holiday = next((found for each in by.holidays() if (found := each.calendar.on(day)) is not None), None)
            if holiday is not None:
                return holiday.because()
            if by.comment:
                return _closing(by)
        elif by is not None and by.comment:  # it has other hours on a day that would be open at this time
            words = hours_called(STANDING_HOURS, foreign_text(by.comment))
            return Reason("other_hours", words, kind=by.kind, source=self.text)
        if self._years[day.year].windows[day_of_year(day)]:
            return Reason("outside_hours", OUTSIDE_HOURS, kind=RuleKind.WEEK, source=self.text)
        if self._weekdays and day.weekday() not in self._weekdays:
            words = IT_IS.fill({"weekday": WEEKDAYS[day.weekday()]})
            return Reason("day_off", words, kind=RuleKind.WEEK, source=self.text)
        kind = RuleKind.WEEK if by is None else by.kind
        return Reason("closed", OUR_CLOSURE, kind=kind, source=self.text)


def _of_every_week(rule: OsmRule) -> frozenset[int]:
    """The weekdays that a rule is about in every week; none where it is about dates, or some weeks only."""
    found = frozenset(range(7))
    for group in rule.selectors:
        days: set[int] = set()
        for selector in group:
            if isinstance(selector, Weekdays) and not selector.nth:
                days |= selector.days
        found &= days
    return found


def _holds(hours: Hours, second: int) -> bool:
    return any(opening <= second < closing for opening, closing in hours)


def _deciding(
    rule: OsmRule, second: int, *, before: DayState, after: DayState, start: int, so_far: OsmRule | None
) -> OsmRule | None:
    """The rule that decides about a second once this one has been applied."""
    if after is before:
        return so_far
    had_hours = _holds(before.open, second) or _holds(before.unknown, second)
    if rule.closed:
        speaks = _holds(tuple(rule.closing(start)), second) and (had_hours or rule.is_for_whole_days)
        return rule if speaks else so_far
    if _holds(after.open if rule.meaning is Meaning.OPEN else after.unknown, second):
        return rule if _holds(rule.spans, second) else so_far
    if rule.relation is not Relation.REPLACES:
        return so_far
    if _holds(before.open, second):
        return rule
    # What was closed stays so for the same reason, where it has one: other hours on a holiday leave its evening to it.
    return so_far if so_far is not None and so_far.closed else None


def _unknown(by: OsmRule) -> Reason:
    """Time of which an expression knows words only: by appointment if they say so, or else closed."""
    words = foreign_text(by.comment)
    said = " ".join(words.text(language) for language in LANGUAGES).casefold()
    if any(word in said for word in _APPOINTMENT_WORDS):
        return Reason("by_appointment", words, kind=RuleKind.APPOINTMENT)
    return Reason("unknown", words if by.comment else OUR_CLOSURE, kind=RuleKind.WEEK)


def _closing(by: OsmRule) -> Reason:
    words = foreign_text(by.comment)
    if words in {NOT_YET, NO_LONGER}:
        return Reason("closed", words, kind=RuleKind.VALIDITY)
    return Reason("closed", words, kind=by.kind, until_further_notice=by.has_no_end)
