"""Who takes what, decided once for all that waits, by looking at everybody: a pure function.

It is for those who keep agents and work in a database of their own and ask once in a while. The `Dispatcher` gives the
same offers without looking at everybody.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import attrs

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact.priority import Priority
from ticontact.routing._agents.agent_state import AgentState
from ticontact.routing._agents.assignment import Assignment, AssignmentState
from ticontact.routing._decision.decision import Assessment, Offer, RoutingDecision
from ticontact.routing._decision.effects import Effects
from ticontact.routing._matching.current_requirement import CurrentRequirement, comes_early, next_relaxations
from ticontact.routing._matching.eligibility import is_attended, kept_for, rank, why_not
from ticontact.routing._requirements.condition import Waited
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.routing_rule import RoutingRule, apply_rules
from ticontact.routing._work.work_item import WorkItem, credited
from ticontact.routing.strategies import Strategy, longest_idle

__all__ = ["decide"]

_NO_HEAD_START: Final[Mapping[Priority, timedelta]] = MappingProxyType({})


def decide(
    waiting: Iterable[WorkItem],
    agents: Iterable[AgentState],
    *,
    at: datetime,
    rules: Iterable[RoutingRule] = (),
    strategy: Strategy = longest_idle,
    head_start: Mapping[Priority, timedelta] = _NO_HEAD_START,
    zone: str = "Europe/Zurich",
) -> RoutingDecision:
    """The offers to make: what waits in its order, each to the best of the agents who may take it and are still free.

    It knows of no past: a step with `or_if_absent` holds if nobody is there now, whoever was there before.

    Args:
        waiting: What waits, in any order.
        agents: Where the agents stand.
        at: The instant.
        rules: The department's rules.
        strategy: The order among agents.
        head_start: The waiting time that each priority is worth.
        zone: The zone of the instants that come out.

    Returns:
        The offers, all of round 1 and without an end, and an explanation for each piece of work.
    """
    now, place, laws = to_epoch(at), zone_named(zone), tuple(rules)
    effects = Effects()
    agent_states = {agent_state.agent.id: agent_state for agent_state in agents}
    turn = max((agent_state.turn for agent_state in agent_states.values()), default=0)  # counted over all agents
    due = (item for item in waiting if item.begins_at is None or to_epoch(item.begins_at) <= now)
    for item in sorted(due, key=lambda item: _place(item, now, head_start)):
        asked, failures = apply_rules(laws, item, at=from_epoch(now, place))
        current = _current(item, asked, agent_states, now)
        free = [agent_state for agent_state in agent_states.values() if why_not(current, agent_state) is None]
        if any(failure.item for failure in failures):  # a rule that must not be passed over has failed
            free = []
        chosen = [min(free, key=lambda agent_state: rank(current, agent_state, strategy, at=now))] if free else []
        for failure in failures:
            effects.tell("failures", failure)
        assessment = Assessment(
            current=current,
            agent_states=dict(agent_states),
            chosen=tuple(each.agent.id for each in chosen),
            strategy=strategy,
            at=now,
        )
        effects.assess(item.id, assessment)
        for agent_state in chosen:
            turn += 1
            effects.tell("offers", Offer(item.id, agent_state.agent.id, 1))
            assignment = Assignment(item.id, item.channel.name, item.cost, AssignmentState.OFFERED, now)
            agent_states[agent_state.agent.id] = agent_state.taking(assignment, turn=turn)
    return effects.decision(now, place, about="", warnings=())


def _current(
    item: WorkItem, asked: Requirement, agent_states: Mapping[str, AgentState], now: int
) -> CurrentRequirement:
    entered = _entered(item, now)
    waited = _clock(entered, timedelta(0))
    current = _asked_at(item, asked, agent_states, waited(now))
    while (early := comes_early(current, waited(now))) is not None and not is_attended(current, agent_states.values()):
        waited = _clock(entered, early)
        current = _asked_at(item, asked, agent_states, waited(now))
    steps = next_relaxations(current, lambda step: entered + microseconds(step.after), waited, entered=entered, now=now)
    return attrs.evolve(current, coming=steps)


def _clock(entered: int, skipped: timedelta) -> Callable[[int], Waited]:
    """How long something has waited at an instant, if a part of it counts as over."""

    def waited(until: int) -> Waited:
        elapsed = max(timedelta(microseconds=until - entered), skipped)
        return Waited(elapsed, elapsed)

    return waited


def _asked_at(
    item: WorkItem, asked: Requirement, agent_states: Mapping[str, AgentState], waited: Waited
) -> CurrentRequirement:
    current = CurrentRequirement(item=item, requirement=asked, condition=asked.condition.at(waited))
    return attrs.evolve(current, kept_for=kept_for(current, agent_states, waited.elapsed))


def _entered(item: WorkItem, now: int) -> int:
    return now if item.entered_at is None else to_epoch(item.entered_at)


def _place(item: WorkItem, now: int, head_start: Mapping[Priority, timedelta]) -> tuple[bool, int, int, str]:
    promoted = item.live_from is not None and to_epoch(item.live_from) <= now
    entered = _entered(item, now)
    return (
        not (item.is_live or promoted),
        credited(item, entered=entered, head_start=head_start),
        entered,
        item.id,
    )
