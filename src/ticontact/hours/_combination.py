"""Two calendars as one: open in both, in one of them, or in the first alone.

The algebra works on instants, so that calendars of different zones combine. Its dates and years are those of the first.
"""

import enum
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from ticontact.hours._epochs import EpochQuestions
from ticontact.hours._intervals import Spans, difference, intersection, union
from ticontact.hours._open_time import Plan
from ticontact.hours._reason import Reason, RuleKind
from ticontact.hours._wall_clock import opening_at, year_start
from ticontact.i18n import Text
from ticontact.i18n.hours import CLOSED_FOR, EXCLUDED

__all__ = ["Combination", "Operator"]

_LONGEST: Final = 2 * 24 * 3600 * 1_000_000
"""A window begins and ends within two days."""


class Operator(enum.Enum):
    """How two calendars are combined."""

    BOTH = "&"
    EITHER = "|"
    WITHOUT = "-"

    def __repr__(self) -> str:
        return f"Operator.{self.name}"


_SETS: Final[Mapping[Operator, Callable[[Spans, Spans], Spans]]] = {
    Operator.BOTH: intersection,
    Operator.EITHER: union,
    Operator.WITHOUT: difference,
}


@attrs.frozen
class Combination(Plan):
    """What is open in two calendars.

    Attributes:
        operator: How they are combined.
        left: The first calendar, whose zone and dates the result follows.
        right: The second one.
    """

    operator: Operator
    left: EpochQuestions
    right: EpochQuestions = attrs.field(kw_only=True)

    def __str__(self) -> str:
        return f"({self.left.plan}) {self.operator.value} ({self.right.plan})"

    def spans(self, zone: ZoneInfo, year: int) -> Spans:
        """The open stretches of a local year, cut at its ends."""
        start, end = year_start(zone, year), year_start(zone, year + 1)
        return _SETS[self.operator](self.left.timeline.within(start, end), self.right.timeline.within(start, end))

    def spans_on(self, zone: ZoneInfo, day: date) -> Spans:
        """What is left of the stretches that begin on a local date in the calendars they come from."""
        ours, theirs = self.left.spans_on(day), self.right.spans_on(day)
        if self.operator is Operator.EITHER:
            return union(ours, theirs)
        midnight = opening_at(zone, day.toordinal(), 0)
        later = opening_at(zone, (day + timedelta(days=4)).toordinal(), 0)
        return _SETS[self.operator](ours, self.right.timeline.within(midnight - _LONGEST, later))

    def because(self, zone: ZoneInfo, instant: int) -> Reason:  # noqa: ARG002 - each part answers in its own zone
        """The reason of the part that decides."""
        left_open, right_open = self.left.timeline.is_open(instant), self.right.timeline.is_open(instant)
        if self.operator is Operator.WITHOUT:
            return self._excluded() if left_open and right_open else self.left.because_epoch(instant)
        if self.operator is Operator.BOTH:
            return (self.left if not left_open or right_open else self.right).because_epoch(instant)
        return (self.left if left_open or not right_open else self.right).because_epoch(instant)

    def _excluded(self) -> Reason:
        name = self.right.name
        words = CLOSED_FOR.fill({"name": Text.same(name)}) if name else EXCLUDED
        return Reason("excluded", words, kind=RuleKind.COMBINATION)
