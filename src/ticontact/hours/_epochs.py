"""The questions to a calendar on integers, for bulk work and for whoever keeps instants as numbers.

Instants are microseconds since 1970-01-01T00:00Z, and so are amounts of open time. Nothing is converted, so a question
costs a fraction of the one on datetimes.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from ticontact.errors import InvalidAmount, InvalidInstant, NeverOpen
from ticontact.hours._plan import Plan
from ticontact.hours._reason import Reason
from ticontact.hours._spans import Span, Spans
from ticontact.hours._timeline import Timeline
from ticontact.hours._wall import FIRST_YEAR, LAST_YEAR

__all__ = ["EpochQuestions"]


class EpochQuestions:
    """The questions to a calendar on integers."""

    __slots__ = ()

    plan: Plan
    name: str
    horizon: timedelta
    reach: int
    timeline: Timeline

    def is_open_epoch(self, at: int) -> bool:
        """Whether it is open at an instant."""
        return self.timeline.is_open(at)

    def because_epoch(self, at: int) -> Reason:
        """The rule that decides about an instant."""
        return self.plan.because(self.timeline.zone, at)

    def next_opening_epoch(self, at: int) -> int | None:
        """The first opening after an instant; None if there is none within the horizon."""
        return self.timeline.next_opening(at, at + self.reach)

    def next_closing_epoch(self, at: int) -> int | None:
        """The first closing after an instant; None if there is none within the horizon."""
        return self.timeline.next_closing(at, at + self.reach)

    def previous_opening_epoch(self, at: int) -> int | None:
        """The last opening before an instant; None if there is none within the horizon."""
        return self.timeline.previous_opening(at, at - self.reach)

    def previous_closing_epoch(self, at: int) -> int | None:
        """The last closing before an instant; None if there is none within the horizon."""
        return self.timeline.previous_closing(at, at - self.reach)

    def between_epoch(self, start: int, end: int) -> int:
        """The open time from one instant to another; negative if the second is earlier."""
        return self.timeline.between(start, end)

    def add_epoch(self, amount: int, *, at: int, landing: Literal["closing", "next_opening"] = "closing") -> int:
        """The instant at which an amount of open time has passed since another.

        Raises:
            InvalidAmount: If the amount is negative.
            NeverOpen: If the calendar stays closed for longer than the horizon before that.
        """
        _refuse_negative(amount, "subtract")
        if amount == 0:
            return at if self.timeline.is_open(at) else self.found(self.next_opening_epoch(at))
        found = self.found(self.timeline.after(at, amount, self.reach))
        if landing == "next_opening" and not self.timeline.is_open(found):
            return self.found(self.next_opening_epoch(found))
        return found

    def subtract_epoch(
        self, amount: int, *, at: int, landing: Literal["opening", "previous_closing"] = "opening"
    ) -> int:
        """The instant from which an amount of open time passes until another.

        Raises:
            InvalidAmount: If the amount is negative.
            NeverOpen: If the calendar was closed for longer than the horizon before that.
        """
        _refuse_negative(amount, "add")
        if amount == 0:
            return at if self.timeline.is_open(at - 1) else self.found(self.previous_closing_epoch(at))
        found = self.found(self.timeline.before(at, amount, self.reach))
        if landing == "previous_closing" and not self.timeline.is_open(found - 1):
            return self.found(self.previous_closing_epoch(found))
        return found

    def are_open_epochs(self, instants: Iterable[int]) -> list[bool]:
        """Whether it is open at each of many instants."""
        is_open = self.timeline.is_open
        return [is_open(instant) for instant in instants]

    def between_epochs(self, pairs: Iterable[tuple[int, int]]) -> list[int]:
        """The open time between each of many pairs of instants."""
        between = self.timeline.between
        return [between(start, end) for start, end in pairs]

    def add_epochs(self, amount: int, instants: Iterable[int]) -> list[int]:
        """The instants at which an amount of open time has passed since each of many others.

        Raises:
            InvalidAmount: If the amount is negative.
            NeverOpen: If the calendar stays closed for longer than the horizon before that.
        """
        return [self.add_epoch(amount, at=instant) for instant in instants]

    def spans_on(self, day: date) -> Spans:
        """The stretches of open time that begin on a local date.

        Raises:
            InvalidInstant: If the year is outside the years that can be computed.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise InvalidInstant(f"day: the year {day.year} was given; allowed: {FIRST_YEAR} to {LAST_YEAR}")
        return self.plan.spans_on(self.timeline.zone, day)

    def found(self, instant: int | None) -> int:
        """An instant that a search has found.

        Raises:
            NeverOpen: If it has found none within the horizon.
        """
        if instant is None:
            raise NeverOpen(
                f"calendar: nothing is open within its horizon of {self.horizon.days} days", horizon=self.horizon
            )
        return instant

    def _walk_forward(self, at: int) -> Iterator[Span]:
        while (span := next(self.timeline.forward(at, at + self.reach), None)) is not None:
            limit = span[0] + self.reach
            if span[1] > limit:
                yield span[0], limit
                return
            yield span
            at = span[1]

    def _walk_backward(self, at: int) -> Iterator[Span]:
        while (span := next(self.timeline.backward(at, at - self.reach), None)) is not None:
            limit = span[1] - self.reach
            if span[0] < limit:
                yield limit, span[1]
                return
            yield span
            at = span[0]


def _refuse_negative(amount: int, other: str) -> None:
    if amount < 0:
        raise InvalidAmount(f"amount: a negative one was given; allowed: zero or more (to go back: `{other}`)")
