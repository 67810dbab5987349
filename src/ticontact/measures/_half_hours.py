"""The half-hour table: how a centre is steered, because the mean of a day hides the half-hour before lunch."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

import attrs
import pendulum

from ticontact._time import MICROSECONDS, from_epoch, zone_named
from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._fact import Fact, Instant, instant_of
from ticontact.measures._service import ServiceLevel, service_level
from ticontact.measures._share import Share
from ticontact.measures._times import HandleTime, handle_time, waits

__all__ = ["HALF_HOUR", "HalfHour", "half_hours"]

HALF_HOUR: Final = 30 * 60 * MICROSECONDS
"""In microseconds. Half-hours are those of UTC, which are those of every zone whose offset is a multiple of them."""


@attrs.frozen(kw_only=True)
class HalfHour:
    """One half-hour. What became of a contact belongs to the half-hour in which it reached the office.

    Attributes:
        start: Its beginning.
        offered: How many contacts reached the office.
        answered: How many of them an agent took.
        abandoned_short: How many of them left the queue before the threshold of the service level's `short`.
        abandoned_long: How many of them left it later.
        abandoned_announcement: How many of them left before they joined it.
        longest_wait: The longest that one of them waited, answered or not; None if none has waited.
        service_level: The share answered in time, by the definition of the table.
        handle_time: How long one of the answered occupied agents: talk, hold and wrap-up.
        staffed: The time that agents were present in this half-hour, added up.
        worked: The time of this half-hour in which they had contacts in hand, whenever these came. A contact is taken
            to be in hand from its answer on for as long as its talk, hold and wrap-up lasted.
    """

    start: pendulum.DateTime
    offered: int
    answered: int
    abandoned_short: int
    abandoned_long: int
    abandoned_announcement: int
    longest_wait: timedelta | None
    service_level: Share
    handle_time: HandleTime
    staffed: timedelta
    worked: timedelta

    @property
    def agents(self) -> float:
        """How many agents were present, on average."""
        return self.staffed / timedelta(microseconds=HALF_HOUR)

    @property
    def occupancy(self) -> float | None:
        """The share of the staffed time in which agents had contacts in hand; None if nobody was there."""
        return self.worked / self.staffed if self.staffed else None


def half_hours(
    facts: Iterable[Fact],
    *,
    definition: ServiceLevel,
    present: Iterable[tuple[Instant, Instant]] = (),
    zone: str = "Europe/Zurich",
) -> tuple[HalfHour, ...]:
    """The table: every half-hour in which something came, or somebody was there or at work, in order.

    Args:
        facts: The facts of one queue, say; each belongs to the half-hour in which it reached the office.
        definition: What the service level counts, and which abandonment is short.
        present: From when to when an agent was there, for each agent and shift; whose shift it is does not matter.
        zone: The zone of the instants that come out.

    Raises:
        ConfigurationError: If a shift ends before it begins.
        UnknownZone: If the time-zone database has no such name.
    """
    place, told = zone_named(zone), list(facts)
    by_start: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in told:
        by_start[fact.offered_at // HALF_HOUR].append(fact)
    staffed = _spread(_shifts(present))
    worked = _spread(_in_hand(told))
    return tuple(
        _half_hour(
            from_epoch(number * HALF_HOUR, place),
            by_start[number],
            definition,
            staffed=_amount(staffed[number]),
            worked=_amount(worked[number]),
        )
        for number in sorted({*by_start, *staffed, *worked})
    )


def _half_hour(
    start: pendulum.DateTime, facts: list[Fact], definition: ServiceLevel, *, staffed: timedelta, worked: timedelta
) -> HalfHour:
    gone = [fact for fact in facts if fact.is_abandoned]
    short = sum((definition.took(fact) or timedelta(0)) < definition.short for fact in gone)
    return HalfHour(
        start=start,
        offered=len(facts),
        answered=sum(fact.is_answered for fact in facts),
        abandoned_short=short,
        abandoned_long=len(gone) - short,
        abandoned_announcement=sum(fact.outcome is Outcome.ABANDONED_ANNOUNCEMENT for fact in facts),
        longest_wait=waits(facts).longest,
        service_level=service_level(facts, definition),
        handle_time=handle_time(facts),
        staffed=staffed,
        worked=worked,
    )


def _shifts(present: Iterable[tuple[Instant, Instant]]) -> Iterator[tuple[int, int]]:
    for number, shift in enumerate(present):
        start, end = map(instant_of, shift)
        if end < start:
            raise ConfigurationError([Fault(f"present[{number}]", "it ends before it begins", "begin, end")])
        yield start, end


def _in_hand(facts: Iterable[Fact]) -> Iterator[tuple[int, int]]:
    for fact in facts:
        if fact.answered_at is not None:
            length = (fact.talk + fact.hold + fact.wrap_up) // timedelta(microseconds=1)
            yield fact.answered_at, fact.answered_at + length


def _spread(spans: Iterable[tuple[int, int]]) -> Counter[int]:
    """How much of some spans of time falls into each half-hour, in microseconds."""
    spread: Counter[int] = Counter()
    for start, end in spans:
        for number in range(start // HALF_HOUR, -(-end // HALF_HOUR)):
            spread[number] += min(end, (number + 1) * HALF_HOUR) - max(start, number * HALF_HOUR)
    return spread


def _amount(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)
