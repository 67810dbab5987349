"""A dispatcher from a snapshot: all is read and held together before anything is put in place.

Agents, queues and rules are configuration: those of the arguments govern what waits and what comes. Where they are
others than those of the snapshot, timers that are due at once let everything be looked at anew with the next verb, and
what follows is told like any other decision.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._agents.agent_state import AgentState, AgentStatus
from ticontact.routing._engine.active_work import ActiveWork
from ticontact.routing._engine.clocks import ELAPSED
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.coherence import incoherences
from ticontact.routing._snapshot.difference import Difference
from ticontact.routing._snapshot.read import SnapshotData, read_snapshot

__all__ = ["restore"]


def restore(
    engine: Engine, data: Mapping[str, Any], zone: ZoneInfo, *, successors: Mapping[str, str], dry_run: bool
) -> tuple[Difference, ...]:
    """Put a fresh engine into the state of a snapshot, and return what is otherwise now.

    Args:
        engine: The engine.
        data: The snapshot.
        zone: The zone of the instants in it.
        successors: For queues that are gone, the queues in which their work waits from now on.
        dry_run: Whether the engine stays fresh.

    Raises:
        ConfigurationError: If the data are of another schema, cannot be read, contradict themselves, or work waits in a
            queue that is gone and has no successor. The engine is still fresh then.
    """
    saved = read_snapshot(data, zone)
    gone = set(saved.queues) - set(engine.queues)
    lost, moved = _move(saved, engine, gone, successors)
    if lost:
        raise ConfigurationError(lost)
    saved = attrs.evolve(
        saved,
        timers=tuple(timer for timer in saved.timers if timer.kind != "drain" or timer.subject not in gone),
        agent_states=tuple(_configured(state, saved, engine) for state in saved.agent_states),
    )
    faults = incoherences(saved, engine)
    if faults:
        raise ConfigurationError(faults)
    differences = tuple(_differences(data, saved, engine, gone))
    if dry_run:
        return differences
    engine.clocks.turn_to(saved.now)
    engine.ring_turns = saved.turns
    for agent_state in saved.agent_states:
        engine.agents.put(agent_state)
    for work in saved.works:
        if work in moved:
            work.request.key = engine.requirements.key(work.request)
        engine.resume(work)
    for timer in saved.timers:
        engine.resume_timer(timer)
    if differences:
        _look_anew(engine, moved, with_rules=any(each.kind == "rules_changed" for each in differences))
    return differences


def _move(
    saved: SnapshotData, engine: Engine, gone: Collection[str], successors: Mapping[str, str]
) -> tuple[list[Fault], list[ActiveWork]]:
    """Let what waits in a queue that is gone wait in its successor; what has none, and what was moved."""
    lost: Counter[str] = Counter()
    moved: list[ActiveWork] = []
    for work in saved.works:
        queue, request = work.item.queue, work.request
        if queue not in gone:
            continue
        if work.agent:  # it stays in hand, and is nobody's to age
            request.clock = ELAPSED
            continue
        successor = successors.get(queue, "")
        if successor not in engine.queues:
            lost[queue] += 1
            continue
        work.item = request.item = attrs.evolve(work.item, queue=successor)
        request.current = attrs.evolve(request.current, item=work.item)
        request.clock = ELAPSED if work.item.is_live else engine.clocks.clock_of(successor)
        moved.append(work)
    allowed = ", ".join(engine.queues) or "none"
    return [
        Fault("successors", f"queue {queue!r} is gone, and {number} wait there", allowed)
        for queue, number in sorted(lost.items())
    ], moved


def _configured(state: AgentState, saved: SnapshotData, engine: Engine) -> AgentState:
    """The state of an agent as it is configured now, with what was changed by events on top."""
    agent = engine.agents.configured.get(state.agent.id)
    if agent is None:
        return attrs.evolve(state, status=AgentStatus.OFFLINE)
    changed = {name: getattr(state.agent, name) for name in saved.changed.get(agent.id, ())}
    return attrs.evolve(state, agent=attrs.evolve(agent, **changed) if changed else agent)


def _differences(
    data: Mapping[str, Any], saved: SnapshotData, engine: Engine, gone: Collection[str]
) -> Iterator[Difference]:
    before = {state.agent.id: state.agent for state in read_snapshot(data, engine.clocks.zone).agent_states}
    now = {state.agent.id: state.agent for state in saved.agent_states}
    configured = engine.agents.configured
    for name in sorted({*before, *configured}):
        if name not in before:
            yield Difference("agent_new", name)
        elif name not in configured:
            yield Difference("agent_gone", name)
        elif now[name] != before[name]:
            yield Difference("agent_changed", name)
    for name in sorted(gone):
        yield Difference("queue_gone", name)
    if tuple(saved.rules) != engine.rule_titles:
        yield Difference("rules_changed")


def _look_anew(engine: Engine, moved: list[ActiveWork], *, with_rules: bool) -> None:
    """Let everything that waits be looked at anew with the next verb."""
    now = engine.clocks.now
    for work in moved:
        engine.hours.watch(work)
    for work in engine.works.values():
        for request in work.requests:
            if any(offer.agent not in engine.agents.configured for offer in request.offers):
                engine.timers.set(now, "offer", work.item.id, mark=work.epoch, about=request.purpose)
            elif request.state == "waiting":
                engine.review_at(now, request)
        if with_rules and not work.since and work.transferred is None:
            engine.timers.set(now, "rules", work.item.id, about="contact")
