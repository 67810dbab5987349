"""Several calendars as one: open in all of them, in one of them, or in the first alone.

The algebra works on instants, so that calendars of different zones combine. Its dates and years are those of the first.

`a | b | c` is one combination of three parts and not a combination in a combination: every part compiles its year once,
the parts are merged once, and a thousand of them need no deeper recursion than two. The same holds for `a & b & c`, and
for `a - b - c`, which is `a` without the others. Combinations of different kinds nest, down to a limit.
"""

import enum
from datetime import date, timedelta
from functools import reduce
from itertools import chain
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import attrs

from ticontact.errors import HoursError
from ticontact.hours._explanation import Reason, RuleKind
from ticontact.hours._intervals import Spans, difference, intersection, merged
from ticontact.hours._open_time import Plan
from ticontact.hours._timeline import Timeline
from ticontact.hours._wall_clock import opening_at, year_start
from ticontact.i18n import Text
from ticontact.i18n._texts.hours import EXCLUDED

__all__ = ["Combination", "Operator", "Part"]

_LONGEST: Final = 2 * 24 * 3600 * 1_000_000
"""A window begins and ends within two days."""

_DEEPEST: Final = 32
"""How many combinations may lie within each other. Each takes about ten calls, of the thousand that Python allows."""


class Operator(enum.Enum):
    """How calendars are combined."""

    BOTH = "&"
    EITHER = "|"
    WITHOUT = "-"

    def __repr__(self) -> str:
        return f"Operator.{self.name}"


class Part(Protocol):
    """A calendar, as far as a combination asks it."""

    @property
    def name(self) -> str:
        """What people call it; may be empty."""

    @property
    def plan(self) -> Plan:
        """Where its open time comes from."""

    @property
    def timeline(self) -> Timeline:
        """Its compiled years."""


def _depth(parts: tuple[Part, ...]) -> int:
    return max((part.plan.depth for part in parts if isinstance(part.plan, Combination)), default=0) + 1


@attrs.frozen
class Combination(Plan):
    """What is open in some calendars.

    Attributes:
        operator: How they are combined.
        parts: The calendars; the result follows the zone and the dates of the first.
        depth: How many combinations lie within each other, this one included.

    Raises:
        HoursError: If too many combinations lie within each other.
    """

    operator: Operator
    parts: tuple[Part, ...]
    depth: int = attrs.field(init=False, eq=False, repr=False)

    @depth.default
    def _depth_of_parts(self) -> int:
        return _depth(self.parts)

    def __attrs_post_init__(self) -> None:
        if self.depth > _DEEPEST:
            raise HoursError(
                f"calendar: combinations lie {self.depth} deep in each other; allowed: {_DEEPEST}", field="calendar"
            )

    @classmethod
    def of(cls, operator: Operator, left: Part, right: Part) -> "Combination":
        """The combination of two calendars; what is one of the same kind itself gives its parts to it.

        Raises:
            HoursError: If too many combinations lie within each other.
        """
        # a - (b - c) is not a - b - c, so only the first calendar of a difference is taken apart.
        theirs = (right,) if operator is Operator.WITHOUT else _parts_of(right, operator)
        return cls(operator, (*_parts_of(left, operator), *theirs))

    def __str__(self) -> str:
        return f" {self.operator.value} ".join(f"({part.plan})" for part in self.parts)

    def spans(self, zone: ZoneInfo, year: int) -> Spans:
        """The open stretches of a local year, cut at its ends."""
        start, end = year_start(zone, year), year_start(zone, year + 1)
        first, *others = (part.timeline.within(start, end) for part in self.parts)
        return self._combined(first, others)

    def spans_on(self, zone: ZoneInfo, day: date) -> Spans:
        """What is left of the stretches that begin on a local date in the calendars they come from."""
        if self.operator is Operator.EITHER:
            return merged(chain.from_iterable(part.timeline.spans_on(day) for part in self.parts))
        midnight = opening_at(zone, day.toordinal(), 0)
        later = opening_at(zone, (day + timedelta(days=4)).toordinal(), 0)
        first, *others = self.parts
        cut_by = [part.timeline.within(midnight - _LONGEST, later) for part in others]
        return self._combined(first.timeline.spans_on(day), cut_by)

    def because(self, zone: ZoneInfo, instant: int) -> Reason:  # noqa: ARG002 - each part answers in its own zone
        """The reason of the part that decides."""
        first, *others = self.parts
        if self.operator is Operator.WITHOUT:
            return self._because_without(first, others, instant)
        # Of `|` the first that is open decides, of `&` the first that is closed; if there is none, the first of all.
        wanted = self.operator is Operator.EITHER
        decides = next((part for part in self.parts if part.timeline.is_open(instant) is wanted), first)
        return decides.timeline.because(instant)

    def _because_without(self, first: Part, others: list[Part], instant: int) -> Reason:
        if first.timeline.is_open(instant):
            for part in others:
                if part.timeline.is_open(instant):
                    words = Text.same(part.name) if part.name else EXCLUDED
                    return Reason("excluded", words, kind=RuleKind.COMBINATION)
        return first.timeline.because(instant)

    def _combined(self, first: Spans, others: list[Spans]) -> Spans:
        if self.operator is Operator.EITHER:
            return merged(chain(first, *others))
        if self.operator is Operator.BOTH:
            return reduce(intersection, others, first)
        return difference(first, merged(chain.from_iterable(others)))


def _parts_of(calendar: Part, operator: Operator) -> tuple[Part, ...]:
    plan = calendar.plan
    return plan.parts if isinstance(plan, Combination) and plan.operator is operator else (calendar,)
