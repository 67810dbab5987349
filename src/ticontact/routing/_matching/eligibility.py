"""May this agent take this piece of work now, and who of several goes first?

The answers here look at one agent at a time. The dispatcher's index gives the same answers without looking at
everybody.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import attrs

from ticontact._time import microseconds, to_epoch
from ticontact.routing._agents.agent_state import Phase, Presence, Room, Standing
from ticontact.routing._requirements.condition import Condition, Profile, Step, Waited
from ticontact.routing._requirements.reason import Reason, Why
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.strategies import Strategy

__all__ = [
    "Asking",
    "Coming",
    "comes_early",
    "coming",
    "fits_in",
    "is_attended",
    "kept_for",
    "misses",
    "next_step",
    "rank",
    "unavailable",
    "unfit",
    "why_not",
    "wished",
]


@attrs.frozen(kw_only=True)
class Coming:
    """What time alone will change about what a piece of work asks.

    Attributes:
        at: When, in microseconds since the epoch.
        step: The step that holds from then on; None if it is the end of a hold, or the beginning.
        condition: What is asked from then on.
        is_hold: Whether it is kept for one agent until then; otherwise, and without a step, it is not offered before.
    """

    at: int
    condition: Condition
    step: Step | None = None
    is_hold: bool = False


@attrs.frozen(kw_only=True)
class Asking:
    """What one piece of work asks at one moment.

    Attributes:
        item: The piece of work.
        requirement: What it and the rules ask, over all steps.
        condition: What that comes to at this moment.
        kept_for: The only agent it may go to for now; empty if there is no such hold.
        declined: Who has declined it in this round.
        round: The number of the round, for strategies that draw lots.
        coming: What time will change about it; filled in only where it is to be explained.
    """

    item: WorkItem
    requirement: Requirement
    condition: Condition
    kept_for: str = ""
    declined: frozenset[str] = frozenset()
    round: int = 0
    coming: tuple[Coming, ...] = ()

    @property
    def lot(self) -> str:
        """What a lottery draws for: the item and the round."""
        return f"{self.item.id}\0{self.round}"


def coming(
    asking: Asking, due: Callable[[Step], int], waited: Callable[[int], Waited], *, entered: int, now: int
) -> tuple[Coming, ...]:
    """What time will change about what is asked, the next thing first.

    Args:
        asking: What is asked now.
        due: When a step holds, in microseconds since the epoch.
        waited: How long it has waited, or will have, at an instant.
        entered: When its waiting began.
        now: The present instant.
    """
    return tuple(sorted(_coming(asking, due, waited, entered=entered, now=now), key=lambda each: each.at))


def _coming(
    asking: Asking, due: Callable[[Step], int], waited: Callable[[int], Waited], *, entered: int, now: int
) -> Iterator[Coming]:
    stepped = asking.requirement.condition
    steps = stepped.steps
    so_far = waited(now) if steps else None
    for step in steps:
        if so_far is not None and so_far.by(step.clock) < step.after:
            at = due(step)
            yield Coming(at=at, condition=stepped.at(waited(at)), step=step)
    for preference in asking.requirement.preferences if asking.kept_for else ():
        if preference.agent == asking.kept_for:
            at = entered + microseconds(preference.hold)
            yield Coming(at=at, condition=asking.condition, is_hold=True)
    begins = asking.item.begins_at
    if begins is not None and (at := to_epoch(begins)) > now:
        yield Coming(at=at, condition=asking.condition)


def fits_in(room: Room, item: WorkItem) -> bool:
    """Whether a piece of work fits into what an agent has left."""
    units, left = room
    if units < item.cost:
        return False
    return not left or all(rest > 0 for channel, rest in left if channel == item.channel.name)


def unfit(asking: Asking, standing: Standing) -> Reason | None:
    """Why the agent may not take the work, whatever the agent is doing; None if the agent may."""
    agent = standing.agent
    if (reason := asking.condition.lacks(agent.profile)) is not None:
        return reason
    if agent.id in asking.requirement.never:
        return Reason(Why.EXCLUDED)
    if agent.id in asking.declined:
        return Reason(Why.DECLINED)
    if asking.kept_for not in ("", agent.id):
        return Reason(Why.KEPT_FOR, {"agent": asking.kept_for})
    if agent.limits.get(asking.item.channel.name) == 0:
        return Reason(Why.CHANNEL_NOT_TAKEN, {"channel": asking.item.channel.label})
    return None


def unavailable(asking: Asking, standing: Standing) -> Reason | None:
    """Why an agent who may take the work cannot just now; None if the agent can."""
    if standing.presence is Presence.NOT_RESPONDING:
        return Reason(Why.NOT_RESPONDING)
    if standing.presence is not Presence.AVAILABLE:
        return Reason(Why.NOT_PRESENT, {"presence": standing.presence.value})
    if fits_in(standing.room, asking.item):
        return None
    phases = {holding.phase for holding in standing.holdings}
    if Phase.RINGING in phases:
        return Reason(Why.BEING_OFFERED)
    if phases == {Phase.WRAP_UP}:
        return Reason(Why.IN_WRAP_UP)
    return Reason(Why.BUSY)


def why_not(asking: Asking, standing: Standing) -> Reason | None:
    """The first reason why an agent gets no offer; None if the agent may get one."""
    return unfit(asking, standing) or unavailable(asking, standing)


def kept_for(asking: Asking, standings: Mapping[str, Standing], elapsed: timedelta) -> str:
    """The agent for whom a piece of work is kept: the first one wished for who is there, while the hold lasts."""
    for preference in asking.requirement.preferences:
        standing = standings.get(preference.agent)
        if standing is None or preference.hold <= elapsed:
            continue
        if standing.presence is Presence.AVAILABLE and unfit(asking, standing) is None:
            return preference.agent
    return ""


def is_attended(asking: Asking, standings: Iterable[Standing]) -> bool:
    """Whether somebody who is there may take the work, with hands full or not."""
    return any(standing.presence is Presence.AVAILABLE and unfit(asking, standing) is None for standing in standings)


def next_step(asking: Asking, waited: Waited) -> timedelta | None:
    """The waiting time of the next step that time will bring; None if there is none."""
    return min((step.after for step in _to_come(asking, waited)), default=None)


def comes_early(asking: Asking, waited: Waited) -> timedelta | None:
    """The waiting time of the next step, if that comes sooner where nobody is there; None otherwise."""
    after = next_step(asking, waited)
    return after if any(step.or_if_absent for step in _to_come(asking, waited) if step.after == after) else None


def _to_come(asking: Asking, waited: Waited) -> list[Step]:
    return [step for step in asking.requirement.condition.steps if step.after > waited.by(step.clock)]


def wished(asking: Asking, strategy: Strategy) -> tuple[str, ...]:
    """The agents who go before all others, the first one first."""
    named = [preference.agent for preference in asking.requirement.preferences if preference.agent]
    return tuple(dict.fromkeys((*named, *strategy.wishes(asking.item))))


def misses(asking: Asking, profile: Profile) -> tuple[int, ...]:
    """How far a profile is from what is preferred: each condition that is missed in its order, then the weights met."""
    if not asking.requirement.preferences:
        return ()
    missed: list[int] = []
    weight = 0
    for preference in asking.requirement.preferences:
        if preference.condition is not None:
            meets = preference.condition.lacks(profile) is None
            if preference.weight:
                weight += preference.weight * meets
            else:
                missed.append(not meets)
    return (*missed, -weight)


def rank(asking: Asking, standing: Standing, strategy: Strategy, *, at: int) -> tuple[Any, ...]:
    """The key by which agents who may take the work are compared; the smallest goes first."""
    wishes = wished(asking, strategy)
    agent = standing.agent
    return (
        wishes.index(agent.id) if agent.id in wishes else len(wishes),
        misses(asking, agent.profile),
        strategy.fit(agent.profile, asking.requirement),
        strategy.order(standing, asking.lot, at),
        agent.id,
    )
