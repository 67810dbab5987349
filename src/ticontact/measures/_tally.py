"""Is everything counted, and once? And how is it spread over queues, channels and half-hours?"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

import attrs
import pendulum

from ticontact._time import from_epoch, zone_named
from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._fact import Fact
from ticontact.measures._half_hours import HALF_HOUR

__all__ = ["Tally", "by_channel", "by_half_hour", "by_queue", "tally"]

K = TypeVar("K", bound=Hashable)


@attrs.frozen
class Tally:
    """How everything ended.

    Attributes:
        outcomes: How many ended in each way; every outcome is there, if only with 0.
        going_on: How many have not ended.
    """

    outcomes: Mapping[Outcome, int]
    going_on: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.outcomes.values()) + self.going_on

    def check(self, *, offered: int) -> None:
        """Hold the sum against the number of contacts as somebody else counted them.

        Raises:
            ConfigurationError: If they differ: something was lost, or counted twice.
        """
        if self.total != offered:
            raise ConfigurationError(
                [Fault("outcomes", f"they add up to {self.total}", f"{offered}, all that was offered")]
            )


def tally(facts: Iterable[Fact]) -> Tally:
    """How everything ended.

    Raises:
        ConfigurationError: If two facts are about one piece of work, or it was answered by an outcome that says it was
            not.
    """
    known = list(facts)
    faults = [
        Fault(item, f"counted {times} times", "once")
        for item, times in Counter(fact.item for fact in known).items()
        if times > 1
    ]
    faults += [
        Fault(fact.item, "answered by nobody", "another outcome")
        for fact in known
        if fact.outcome is Outcome.ANSWERED and not fact.is_answered
    ]
    if faults:
        raise ConfigurationError(faults)
    count = Counter(fact.outcome for fact in known)
    return Tally(MappingProxyType({outcome: count[outcome] for outcome in Outcome}), count[None])


def by_queue(facts: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    """The facts of each queue, by its name."""
    return _grouped(facts, lambda fact: fact.queue)


def by_channel(facts: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    """The facts of each channel, by its name."""
    return _grouped(facts, lambda fact: fact.channel)


def by_half_hour(facts: Iterable[Fact], *, zone: str = "Europe/Zurich") -> Mapping[pendulum.DateTime, tuple[Fact, ...]]:
    """The facts of each half-hour in which something reached the office, by its beginning.

    Args:
        facts: The facts; each belongs to the half-hour in which it was offered.
        zone: The zone of the instants that come out. Half-hours are those of UTC, which are those of every zone whose
            offset is a multiple of 30 minutes.

    Raises:
        UnknownZone: If the time-zone database has no such name.
    """
    place = zone_named(zone)
    grouped = _grouped(facts, lambda fact: fact.offered_at // HALF_HOUR)
    return MappingProxyType({from_epoch(start * HALF_HOUR, place): some for start, some in grouped.items()})


def _grouped(facts: Iterable[Fact], key: Callable[[Fact], K]) -> Mapping[K, tuple[Fact, ...]]:
    groups: defaultdict[K, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: (fact.offered_at, fact.item)):
        groups[key(fact)].append(fact)
    return MappingProxyType({name: tuple(some) for name, some in groups.items()})
