"""Who takes what, decided once for all that waits, by looking at everybody: a pure function.

It is for those who keep agents and work in a database of their own and ask once in a while. The `Dispatcher` gives the
same offers without looking at everybody.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Final

import attrs

from ticontact._time import from_epoch, to_epoch
from ticontact.priority import Priority
from ticontact.routing._agents.agent_state import AgentState
from ticontact.routing._agents.assignment import Assignment, AssignmentState
from ticontact.routing._decision.decision import Assessment, Offer, RoutingDecision
from ticontact.routing._decision.effects import Effects
from ticontact.routing._engine.clocks import ELAPSED, Clocks
from ticontact.routing._engine.queue_calendars import QueueCalendars
from ticontact.routing._matching.current_requirement import CurrentRequirement, comes_early, next_relaxations
from ticontact.routing._matching.eligibility import is_attended, kept_for, rank, why_not
from ticontact.routing._requirements.condition import Waited
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.queue import Queue
from ticontact.routing._work.routing_rule import Part, RoutingRule, RuleFailed, apply_rules
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
    queues: Iterable[Queue] = (),
    head_start: Mapping[Priority, timedelta] = _NO_HEAD_START,
    zone: str = "Europe/Zurich",
) -> RoutingDecision:
    """The offers to make: what waits in its order, each to the best of the agents who may take it and are still free.

    It knows what is in its arguments at this instant: what waits and since when, what the agents have in hand, and by
    which calendars the queues are open. Steps in open time count by the calendar of the queue of the work, deferred
    work ages by it, and a call of the office is offered only while its queue is open. In a queue that is not among
    `queues`, or has no calendar, open time is elapsed time.

    It knows of no past. Nobody has declined or missed anything: who has declined is offered the work again, so whoever
    calls it excludes that agent (`exclude`) for as long as the decline is to stand. A step with `or_if_absent` holds if
    nobody is there now, whoever was there before. It also does nothing that only time brings about: no offer expires,
    no queue is full, closes or lets go of anybody, and no work gives way to other work. All this is the `Dispatcher`'s.

    Args:
        waiting: What waits, in any order.
        agents: Where the agents stand.
        at: The instant.
        rules: The department's rules.
        strategy: The order among agents.
        queues: The queues, for their calendars.
        head_start: The waiting time that each priority is worth.
        zone: The zone of the instants that come out.

    Returns:
        The offers, all of round 1 and without an end, and an explanation for each piece of work.
    """
    now, laws, lines = to_epoch(at), tuple(rules), {queue.id: queue for queue in queues}
    effects = Effects()

    def failed(part: Part, name: str, error: BaseException) -> None:
        effects.fail(RuleFailed(part=part, rule=name, problem=f"raised {type(error).__name__}", given=error))

    calendars = QueueCalendars(lines, failed)
    clocks = Clocks(zone, calendars)
    clocks.turn_to(now)
    agent_states = {agent_state.agent.id: agent_state for agent_state in agents}
    turn = max((agent_state.turn for agent_state in agent_states.values()), default=0)  # counted over all agents
    due = (item for item in waiting if _is_due(item, clocks, calendars))
    for item in sorted(due, key=lambda item: _place(item, clocks, head_start)):
        asked, failures = apply_rules(laws, item, at=from_epoch(now, clocks.zone))
        current = _current(item, asked, agent_states, clocks)
        free = [agent_state for agent_state in agent_states.values() if why_not(current, agent_state) is None]
        if any(failure.item for failure in failures):  # a rule that must not be passed over has failed
            free = []
        try:
            chosen = sorted(free, key=lambda agent_state: rank(current, agent_state, strategy, at=now))[:1]
        except Exception as error:  # noqa: BLE001 - as in a dispatcher, the longest idle agent comes first then
            failed("strategy", strategy.name, error)
            chosen = sorted(free, key=lambda agent_state: rank(current, agent_state, longest_idle, at=now))[:1]
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
    return effects.decision(now, clocks.zone, about="", warnings=())


def _is_due(item: WorkItem, clocks: Clocks, calendars: QueueCalendars) -> bool:
    """Return whether work may be offered now: it has begun, and no call is made out of hours."""
    if item.begins_at is not None and to_epoch(item.begins_at) > clocks.now:
        return False
    return item.callback is None or calendars.is_open(item.queue, clocks.at(clocks.now))


def _current(
    item: WorkItem, asked: Requirement, agent_states: Mapping[str, AgentState], clocks: Clocks
) -> CurrentRequirement:
    entered, now = _entered(item, clocks.now), clocks.now
    waited = partial(_waited, item.queue, entered, clocks, timedelta(0))
    current = _asked_at(item, asked, agent_states, waited(now))
    while (early := comes_early(current, waited(now))) is not None and not is_attended(current, agent_states.values()):
        waited = partial(_waited, item.queue, entered, clocks, early)
        current = _asked_at(item, asked, agent_states, waited(now))
    coming = next_relaxations(
        current,
        lambda step: clocks.over_at(item.queue, entered, step.after, step.clock),
        waited,
        entered=entered,
        now=now,
    )
    return attrs.evolve(current, coming=coming)


def _waited(queue: str, entered: int, clocks: Clocks, skipped: timedelta, until: int) -> Waited:
    """Return how long something has waited at an instant by both clocks, if a part of it counts as over."""
    waited = clocks.waited(queue, entered, until=until)
    return Waited(max(waited.elapsed, skipped), max(waited.open, skipped))


def _asked_at(
    item: WorkItem, asked: Requirement, agent_states: Mapping[str, AgentState], waited: Waited
) -> CurrentRequirement:
    current = CurrentRequirement(item=item, requirement=asked, condition=asked.condition.at(waited))
    return attrs.evolve(current, kept_for=kept_for(current, agent_states, waited.elapsed))


def _entered(item: WorkItem, now: int) -> int:
    return now if item.entered_at is None else to_epoch(item.entered_at)


def _place(item: WorkItem, clocks: Clocks, head_start: Mapping[Priority, timedelta]) -> tuple[bool, int, int, str]:
    """Return the place of work in the order of service, by the clock of its queue; of live work always elapsed time."""
    promoted = item.live_from is not None and to_epoch(item.live_from) <= clocks.now
    clock = ELAPSED if item.is_live else clocks.clock_of(item.queue)
    entered = _entered(item, clocks.now)
    begun = entered if clock == ELAPSED else clocks.reading(clock, entered)
    # What two clocks show cannot be compared; what each has shown since can.
    return (
        not (item.is_live or promoted),
        credited(item, entered=begun, head_start=head_start) - clocks[clock],
        entered,
        item.id,
    )
