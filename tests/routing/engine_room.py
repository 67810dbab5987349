"""What tests see of the inside of a dispatcher: the only file of them that opens the door of the engine's room.

Most laws are held on what a dispatcher says. Some are about what it remembers, or about states that no short day
reaches; those look in here.
"""

from collections.abc import Iterable

from ticontact.routing import Agent, AgentState, Dispatcher, WorkItem
from ticontact.routing._decision.effects import Effects
from ticontact.routing._engine.active_work import ActiveWork, AssignmentRequest, VainOffer
from ticontact.routing._engine.agent_index import AgentIndex
from ticontact.routing._engine.clocks import Clocks
from ticontact.routing._engine.engine import Engine
from ticontact.routing._engine.queue_calendars import QueueCalendars
from ticontact.routing._engine.queue_hours import QueueHours
from ticontact.routing._engine.requirement_clock import RequirementClock
from ticontact.routing._engine.timers import TimerKind, Timers
from ticontact.routing._engine.waiting_index import WaitingIndex
from ticontact.routing._matching.current_requirement import CurrentRequirement

__all__ = [
    "FALLIBLE",
    "ActiveWork",
    "AgentIndex",
    "AssignmentRequest",
    "CurrentRequirement",
    "Engine",
    "VainOffer",
    "WaitingIndex",
    "engine_of",
    "forget_what_is_gone",
    "idle_entries",
    "put_in_place",
    "ring_until",
    "waits_for_agents",
]


FALLIBLE = (Engine, AgentIndex, WaitingIndex, Timers, Clocks, RequirementClock, QueueHours, QueueCalendars, Effects)
"""The parts of an engine, at each function of which something may break."""


def engine_of(dispatcher: Dispatcher) -> Engine:
    """Return the engine behind a dispatcher."""
    return dispatcher._engine


def put_in_place(
    dispatcher: Dispatcher, *, now: int, states: Iterable[AgentState], works: Iterable[ActiveWork]
) -> None:
    """Put a fresh dispatcher into a state, as a snapshot does."""
    engine = engine_of(dispatcher)
    engine.clocks.turn_to(now)
    for state in states:
        engine.agents.put(state)
    for work in works:
        engine.resume(work)


def ring_until(dispatcher: Dispatcher, item: WorkItem, due: int, *, epoch: int, kind: TimerKind = "offer") -> None:
    """Let the live round of some work expire at an instant."""
    engine_of(dispatcher).timers.set(due, kind, item.id, mark=epoch, about="contact")


def forget_what_is_gone(dispatcher: Dispatcher) -> None:
    """Let a dispatcher forget, with its next decision, what nothing requires any longer."""
    engine_of(dispatcher).requirements.is_crowded = True


def waits_for_agents(dispatcher: Dispatcher) -> int:
    """Return how many requests have a step that comes early once somebody is gone."""
    return len(engine_of(dispatcher).may_relax_early)


def idle_entries(dispatcher: Dispatcher, agent: Agent) -> int:
    """Return the length of the longest heap in which an idle agent is listed."""
    group = engine_of(dispatcher).agents._group_of[agent.id]
    return max((len(heap) for heap in group.rooms.values()), default=0)
