"""The figures of a day: counted from the stories of its contacts, each with its definition.

* Offered: arrived while the queue was open.
* Reachability: answered over offered; of live channels alone, as it is a promise to who waits.
* Wait: from joining the queue to the answer, or to hanging up; who is gone in the announcement has not waited.
* Service level: the share of those offered that were answered within a time of joining the queue; the same holds.

All four look at who arrived in opening hours. The 90th percentile is the nearest rank: the smallest wait that at least
90 % of the waits do not exceed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Final

import attrs

from ticontact._time import MICROSECONDS
from ticontact.contacts import Outcome
from ticontact.replay._journal import Story

__all__ = ["Figures", "figures", "figures_by", "outcomes"]

_ABANDONED: Final = frozenset({Outcome.ABANDONED_SHORT, Outcome.ABANDONED_LONG})


@attrs.frozen(kw_only=True)
class Figures:
    """The figures of some contacts. Waits are seconds; a share or a mean of nothing is None.

    Attributes:
        contacts: How many there were.
        out_of_hours: How many arrived while the queue was closed.
        offered: How many arrived while it was open. The figures below are of these alone.
        answered: How many were answered.
        abandoned: How many hung up in the queue.
        abandoned_announcement: How many hung up before joining it.
        fallback: How many ended in the queue's fallback.
        waiting: How many still waited, or were in hand, at the end of the day.
        mean_wait: The mean wait.
        p90_wait: The 90th percentile of the waits.
        live_offered: How many of those offered came on a live channel.
        live_answered: How many of these were answered.
        live_in_time: How many of these were answered in time.
    """

    contacts: int
    out_of_hours: int
    offered: int
    answered: int
    abandoned: int
    abandoned_announcement: int
    fallback: int
    waiting: int
    mean_wait: float | None
    p90_wait: float | None
    live_offered: int
    live_answered: int
    live_in_time: int

    @property
    def reachability(self) -> float | None:
        """Answered over offered, on live channels."""
        return self.live_answered / self.live_offered if self.live_offered else None

    @property
    def service_level(self) -> float | None:
        """The share of those offered that was answered in time, on live channels."""
        return self.live_in_time / self.live_offered if self.live_offered else None


def figures(stories: Iterable[Story], *, within: timedelta) -> Figures:
    """The figures of some contacts.

    Args:
        stories: The contacts.
        within: The time in which an answer counts for the service level.
    """
    told = list(stories)
    offered = [story for story in told if story.in_hours]
    waits = sorted(wait for story in offered if (wait := _wait(story)) is not None)
    ended = Counter(story.outcome for story in offered)
    answered = [story for story in offered if story.answered is not None]
    live = [story for story in answered if story.is_live]
    return Figures(
        contacts=len(told),
        out_of_hours=len(told) - len(offered),
        offered=len(offered),
        answered=len(answered),
        abandoned=sum(ended[outcome] for outcome in _ABANDONED),
        abandoned_announcement=ended[Outcome.ABANDONED_ANNOUNCEMENT],
        fallback=ended[Outcome.FALLBACK],
        waiting=sum(story.answered is None for story in offered if story.outcome is None),
        mean_wait=sum(waits) / len(waits) if waits else None,
        p90_wait=waits[-(-9 * len(waits) // 10) - 1] if waits else None,
        live_offered=sum(story.is_live for story in offered),
        live_answered=len(live),
        live_in_time=sum((_wait(story) or 0) <= within.total_seconds() for story in live),
    )


def figures_by(key: Callable[[Story], str], stories: Iterable[Story], *, within: timedelta) -> Mapping[str, Figures]:
    """The figures of each group of contacts, the groups in the order of their names.

    Args:
        key: The name of a contact's group, such as its queue or its half-hour.
        stories: The contacts.
        within: The time in which an answer counts for the service level.
    """
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(key(story), []).append(story)
    return {name: figures(groups[name], within=within) for name in sorted(groups)}


def outcomes(stories: Iterable[Story]) -> Mapping[Outcome | None, int]:
    """How many contacts ended how; None for those that had not at the end of the day. The counts add up to all."""
    return Counter(story.outcome for story in stories)


def _wait(story: Story) -> float | None:
    left = story.answered if story.answered is not None else story.ended
    if story.joined is None or left is None:
        return None
    return (left - story.joined) / MICROSECONDS
