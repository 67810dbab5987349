"""What an opening_hours expression means on a day.

The rules are applied in their order: a rule after `;` replaces what the rules before it gave for the days that it is
about, a rule after `,` adds to it, a rule after `||` speaks only where nothing is open. A closing rule takes its times
away, or the whole day. A half-day holiday closes from its hour on.
Source: OpenStreetMap wiki, Key:opening_hours/specification.
"""

import enum
from datetime import date

import attrs

from ticontact.hours._explanation import Reason, RuleKind
from ticontact.hours._intervals import Spans, difference, merged, union
from ticontact.hours._open_time import DayPlan
from ticontact.hours._window import TimeWindow
from ticontact.hours.notation._selectors import Holidays, Selector
from ticontact.i18n import Text
from ticontact.i18n.hours import OUTSIDE_HOURS, STANDING_HOURS

__all__ = ["OsmPlan", "OsmRule", "Relation"]


class Relation(enum.Enum):
    """How a rule follows the ones before it."""

    REPLACES = ";"
    ADDS = ","
    FALLS_BACK = "||"

    def __repr__(self) -> str:
        return f"Relation.{self.name}"


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
    spans: tuple[tuple[int, int], ...]
    closed: bool
    comment: str

    def matches(self, day: date) -> bool:
        """Whether the rule is about a day."""
        return all(any(selector.matches(day) for selector in group) for group in self.selectors)

    def applied(self, day: date, before: Spans) -> Spans:
        """The times of a day after this rule, from those before it."""
        if self.relation is Relation.FALLS_BACK and before:
            return before
        if self.closed:
            return difference(before, self.closing(day))
        if self.relation is Relation.REPLACES:
            return merged(self.spans)
        return union(before, self.spans)

    def closing(self, day: date) -> Spans:
        """The times that a closing rule takes away on a day."""
        starts = [holiday.closed_from for selector in self.holidays() if (holiday := selector.calendar.on(day))]
        return [(max(start, max(starts, default=0)), end) for start, end in merged(self.spans)]

    def holidays(self) -> list[Holidays]:
        """The holidays that the rule is about."""
        found = [selector for group in self.selectors for selector in group if isinstance(selector, Holidays)]
        return [selector for selector in found if selector.offset == 0]


@attrs.frozen(repr=False)
class OsmPlan(DayPlan):
    """The hours of an expression.

    Attributes:
        text: The expression as it was written.
        rules: Its rules in their order.
    """

    text: str
    rules: tuple[OsmRule, ...]

    def __str__(self) -> str:
        return self.text

    def windows(self, day: date) -> tuple[TimeWindow, ...]:
        """The windows that begin on a date."""
        spans: Spans = []
        for rule in self.rules:
            if rule.matches(day):
                spans = rule.applied(day, spans)
        return tuple(TimeWindow(start, end) for start, end in spans)

    def decided_by(self, day: date, second: int) -> Reason:
        """The rule that decides about a second of a date: the last closing one that is about it."""
        for rule in reversed(self.rules):
            closes = any(start <= second < end for start, end in rule.closing(day)) if rule.closed else False
            if closes and rule.matches(day):
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
