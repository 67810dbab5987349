"""May this agent take this piece of work now, and which of several comes first?

The answers here look at one agent at a time. `AgentIndex` gives the same answers without a look at everybody; the tests
hold the two together.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from ticontact.routing._agents.agent_state import AgentState, AgentStatus, Room
from ticontact.routing._agents.assignment import AssignmentState
from ticontact.routing._matching.current_requirement import CurrentRequirement
from ticontact.routing._requirements.condition import Profile
from ticontact.routing._requirements.eligibility_reason import EligibilityReason, IneligibleReason
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.strategies import Strategy

__all__ = ["fits_in", "is_attended", "kept_for", "misses", "rank", "unavailable", "unfit", "why_not", "wished"]


def fits_in(room: Room, item: WorkItem) -> bool:
    """Return whether a piece of work fits into the capacity that an agent has left."""
    units, left = room
    if units < item.cost:
        return False
    return not left or all(rest > 0 for channel, rest in left if channel == item.channel.name)


def unfit(current: CurrentRequirement, agent_state: AgentState) -> EligibilityReason | None:
    """Return why the agent is not eligible, whatever the agent is doing; None if the agent is."""
    agent = agent_state.agent
    if (reason := current.condition.lacks(agent.profile)) is not None:
        return reason
    if agent.id in current.requirement.never:
        return EligibilityReason(IneligibleReason.EXCLUDED)
    if agent.id in current.declined:
        return EligibilityReason(IneligibleReason.DECLINED)
    if current.kept_for not in ("", agent.id):
        return EligibilityReason(IneligibleReason.KEPT_FOR, {"agent": current.kept_for})
    if agent.limits.get(current.item.channel.name) == 0:
        return EligibilityReason(IneligibleReason.CHANNEL_NOT_TAKEN, {"channel": current.item.channel.label})
    return None


def unavailable(current: CurrentRequirement, agent_state: AgentState) -> EligibilityReason | None:
    """Return why an eligible agent cannot take the work just now; None if the agent can."""
    if agent_state.status is AgentStatus.NOT_RESPONDING:
        return EligibilityReason(IneligibleReason.NOT_RESPONDING)
    if agent_state.status is not AgentStatus.AVAILABLE:
        return EligibilityReason(IneligibleReason.NOT_PRESENT, {"status": agent_state.status.value})
    if fits_in(agent_state.room, current.item):
        return None
    states = {assignment.state for assignment in agent_state.assignments}
    if AssignmentState.OFFERED in states:
        return EligibilityReason(IneligibleReason.BEING_OFFERED)
    if states == {AssignmentState.WRAP_UP}:
        return EligibilityReason(IneligibleReason.IN_WRAP_UP)
    return EligibilityReason(IneligibleReason.BUSY)


def why_not(current: CurrentRequirement, agent_state: AgentState) -> EligibilityReason | None:
    """Return the first reason against an offer to an agent; None if there is none."""
    return unfit(current, agent_state) or unavailable(current, agent_state)


def kept_for(current: CurrentRequirement, agent_states: Mapping[str, AgentState], elapsed: timedelta) -> str:
    """Return the agent for whom the work is reserved now: the first one named that is there, while the hold lasts."""
    for preference in current.requirement.preferences:
        agent_state = agent_states.get(preference.agent)
        if agent_state is None or preference.reserve_for <= elapsed:
            continue
        if agent_state.status is AgentStatus.AVAILABLE and unfit(current, agent_state) is None:
            return preference.agent
    return ""


def is_attended(current: CurrentRequirement, agent_states: Iterable[AgentState]) -> bool:
    """Return whether any available agent is eligible, ignoring capacity."""
    return any(
        agent_state.status is AgentStatus.AVAILABLE and unfit(current, agent_state) is None
        for agent_state in agent_states
    )


def wished(current: CurrentRequirement, strategy: Strategy) -> tuple[str, ...]:
    """Return the agents that come before all others, in their order."""
    named = [preference.agent for preference in current.requirement.preferences if preference.agent]
    return tuple(dict.fromkeys((*named, *strategy.wishes(current.item))))


def misses(current: CurrentRequirement, profile: Profile) -> tuple[int, ...]:
    """Return how far a profile is from the preferences: each condition missed, then the sum of weights met."""
    if not current.requirement.preferences:
        return ()
    missed: list[int] = []
    weight = 0
    for preference in current.requirement.preferences:
        if preference.condition is not None:
            meets = preference.condition.lacks(profile) is None
            if preference.weight:
                weight += preference.weight * meets
            else:
                missed.append(not meets)
    return (*missed, -weight)


def rank(current: CurrentRequirement, agent_state: AgentState, strategy: Strategy, *, at: int) -> tuple[Any, ...]:
    """Return the key by which eligible agents are compared; the smallest comes first."""
    wishes = wished(current, strategy)
    agent = agent_state.agent
    return (
        # Who has not answered, or has declined some time ago, comes after everybody who was not asked yet.
        current.asked.index(agent.id) + 1 if agent.id in current.asked else 0,
        wishes.index(agent.id) if agent.id in wishes else len(wishes),
        misses(current, agent.profile),
        strategy.fit(agent.profile, current.requirement),
        strategy.order(agent_state, current.lot, at),
        agent.id,
    )
