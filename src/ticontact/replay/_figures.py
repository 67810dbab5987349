"""The figures of a day that a report shows: counts, and the measures of `ticontact.measures`."""

from collections.abc import Iterable
from datetime import timedelta

import attrs

from ticontact.contacts import Outcome
from ticontact.measures import Fact, ServiceLevel, Share, reachability, service_level, tally, waits

__all__ = ["Figures", "figures"]


@attrs.frozen(kw_only=True)
class Figures:
    """The figures of some contacts.

    Attributes:
        contacts: How many there were.
        out_of_hours: How many arrived while the queue was closed. The figures below are of the others.
        offered: How many arrived while it was open.
        answered: How many were answered.
        abandoned: How many hung up in the queue.
        abandoned_announcement: How many hung up before joining it.
        fallback: How many ended in the queue's fallback.
        going_on: How many still waited, or were in hand, at the end of the day.
        reachability: Answered of offered, on live channels.
        service_level: Answered in time of those who joined a queue, on live channels.
        mean_wait: The mean wait on live channels, from joining the queue to the answer or to leaving; None of nothing.
        p90_wait: The wait that 90 % do not exceed (the nearest rank); None of nothing.
    """

    contacts: int
    out_of_hours: int
    offered: int
    answered: int
    abandoned: int
    abandoned_announcement: int
    fallback: int
    going_on: int
    reachability: Share
    service_level: Share
    mean_wait: timedelta | None
    p90_wait: timedelta | None


def figures(facts: Iterable[Fact], *, within: timedelta) -> Figures:
    """The figures of some contacts.

    Args:
        facts: What became of them.
        within: The time in which an answer counts for the service level.
    """
    told = list(facts)
    offered = [fact for fact in told if fact.in_hours]
    ended = tally(offered)
    waited = waits(offered)
    return Figures(
        contacts=len(told),
        out_of_hours=len(told) - len(offered),
        offered=len(offered),
        answered=sum(fact.is_answered for fact in offered),
        abandoned=sum(fact.is_abandoned for fact in offered),
        abandoned_announcement=ended.outcomes[Outcome.ABANDONED_ANNOUNCEMENT],
        fallback=ended.outcomes[Outcome.FALLBACK],
        going_on=ended.going_on,
        reachability=reachability(offered),
        service_level=service_level(offered, ServiceLevel(within=within)),
        mean_wait=waited.mean,
        p90_wait=waited.quantile(0.9),
    )
