"""How long did it take: waiting, handling, coming to the second level?"""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._fact import Fact
from ticontact.measures._share import Share

__all__ = ["HandOvers", "HandleTime", "Spread", "hand_overs", "handle_time", "occupancy", "speed_of_answer", "waits"]


def _sorted(values: Iterable[timedelta]) -> tuple[timedelta, ...]:
    return tuple(sorted(values))


@attrs.frozen
class Spread:
    """How some amounts of time are spread.

    Attributes:
        values: The amounts, in order.
    """

    values: tuple[timedelta, ...] = attrs.field(converter=_sorted)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.values)

    @property
    def mean(self) -> timedelta | None:
        """The arithmetic mean; None of nothing."""
        return sum(self.values, timedelta(0)) / len(self.values) if self.values else None

    @property
    def longest(self) -> timedelta | None:
        """The longest; None of nothing."""
        return self.values[-1] if self.values else None

    def quantile(self, share: float) -> timedelta | None:
        """The smallest of the amounts that at least this share of them does not exceed (the nearest rank).

        Args:
            share: Above 0 and up to 1.

        Returns:
            One of the amounts, never one in between; None of nothing.

        Raises:
            ConfigurationError: If the share is not above 0 and up to 1.
        """
        if not 0 < share <= 1:
            raise ConfigurationError([Fault("share", f"{share} was given", "above 0 and up to 1")])
        if not self.values:
            return None
        rank = ceil(round(share * len(self.values), 9))  # 0.07 * 100 is a little above 7 in binary
        return self.values[max(rank, 1) - 1]


def speed_of_answer(facts: Iterable[Fact]) -> Spread:
    """How long the answered live contacts had waited in the queue."""
    return Spread(_waits(fact for fact in facts if fact.is_answered))


def waits(facts: Iterable[Fact]) -> Spread:
    """How long all live contacts waited in the queue, whether they were answered or not."""
    return Spread(_waits(facts))


def _waits(facts: Iterable[Fact]) -> tuple[timedelta, ...]:
    return tuple(fact.waited for fact in facts if fact.is_live and fact.waited is not None)


@attrs.frozen(kw_only=True)
class HandleTime:
    """How long an answered contact occupies agents, on average.

    Attributes:
        talk: Talking.
        hold: With the citizen held.
        wrap_up: The work after it.
        count: Over how many contacts.
    """

    talk: timedelta
    hold: timedelta
    wrap_up: timedelta
    count: int

    @property
    def total(self) -> timedelta:
        """All three together."""
        return self.talk + self.hold + self.wrap_up


def handle_time(facts: Iterable[Fact]) -> HandleTime:
    """How long the answered contacts occupied agents, on average; zero of nothing."""
    answered = [fact for fact in facts if fact.is_answered]
    share = 1 / max(len(answered), 1)
    return HandleTime(
        talk=_total(fact.talk for fact in answered) * share,
        hold=_total(fact.hold for fact in answered) * share,
        wrap_up=_total(fact.wrap_up for fact in answered) * share,
        count=len(answered),
    )


def occupancy(facts: Iterable[Fact], *, staffed: timedelta) -> float | None:
    """The share of the staffed time in which agents had work in hand; None if nobody was there.

    Args:
        facts: What was done in that time.
        staffed: The time that all agents were present, added up.
    """
    if staffed <= timedelta(0):
        return None
    return _total(fact.talk + fact.hold + fact.wrap_up for fact in facts) / staffed


@attrs.frozen
class HandOvers:
    """How often, and how soon, the second level took over.

    Attributes:
        share: Of the answered contacts.
        after: From joining the queue until then.
    """

    share: Share
    after: Spread


def hand_overs(facts: Iterable[Fact]) -> HandOvers:
    """How often, and how soon, the second level took over."""
    answered = [fact for fact in facts if fact.is_answered]
    after = tuple(
        timedelta(microseconds=fact.handed_over_at - (fact.offered_at if fact.entered_at is None else fact.entered_at))
        for fact in answered
        if fact.handed_over_at is not None
    )
    return HandOvers(Share(len(after), len(answered)), Spread(after))


def _total(amounts: Iterable[timedelta]) -> timedelta:
    return sum(amounts, timedelta(0))
