"""Whether what a snapshot tells holds together, and suits the dispatcher that is to go on from it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ticontact.errors import Fault
from ticontact.routing._agents.assignment import AssignmentState
from ticontact.routing._engine.active_work import ActiveWork
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.read import SnapshotData

__all__ = ["incoherences", "twice"]


def incoherences(saved: SnapshotData, engine: Engine) -> list[Fault]:
    """Everything that does not hold together, or that the dispatcher does not know."""
    return [*_strangers(saved, engine), *_contradictions(saved)]


def twice(names: Iterable[str]) -> list[str]:
    """The names that stand more than once among some, in order."""
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _strangers(saved: SnapshotData, engine: Engine) -> Iterator[Fault]:
    """Agents whom nobody knows, and queues whose hours or fallback are needed and that are not here any longer."""
    people = set(engine.agents.states) | {agent_state.agent.id for agent_state in saved.agent_states}
    declined = {each.agent for work in saved.works for request in work.requests for each in request.vain}
    for name in sorted(declined - people):
        yield Fault("work", f"agent {name!r} is not here", "somebody among the agents")
    known = ", ".join(engine.queues) or "none"
    clocks = {request.clock for work in saved.works for request in work.requests} - set(engine.clocks)
    works = {work.item.id: work for work in saved.works}
    needed = {timer.subject for timer in saved.timers if timer.kind == "drain"}
    needed |= {
        works[timer.subject].item.queue for timer in saved.timers if timer.kind == "window" and timer.subject in works
    }
    for name in sorted(needed - set(engine.queues)):
        yield Fault("timers", f"queue {name!r} is not here", known)
    for name in sorted(clocks):
        yield Fault("work", f"queue {name!r} has no calendar here", known)


def _contradictions(saved: SnapshotData) -> Iterator[Fault]:
    """What the agents have in hand must be what the work says; each piece of work and each agent stands there once."""
    for path, names in (
        ("agents", [agent_state.agent.id for agent_state in saved.agent_states]),
        ("work", [work.item.id for work in saved.works]),
    ):
        yield from (Fault(path, f"{name!r} stands twice", "once") for name in twice(names))
    for work in saved.works:
        if any(request.item.id != work.item.id for request in work.requests):
            yield Fault("work", f"the consult about {work.item.id!r} is about something else", "the same work")
    told = {pair for work in saved.works for pair in _with_whom(work)}
    for agent, item in sorted(_held(saved, wrapping_up=False) ^ told):
        yield Fault("agents", f"{agent!r} and the work do not agree on {item!r}", "one of them has it in hand")
    ends = {(timer.subject, timer.about) for timer in saved.timers if timer.kind == "wrap_up"}
    for agent, item in sorted(ends - _held(saved, wrapping_up=True)):
        yield Fault("timers", f"{agent!r} has no wrap-up of {item!r}", "that of somebody who has one")


def _held(saved: SnapshotData, *, wrapping_up: bool) -> set[tuple[str, str]]:
    """The agents with the work that they have in hand, or that they write up."""
    return {
        (agent_state.agent.id, assignment.item)
        for agent_state in saved.agent_states
        for assignment in agent_state.assignments
        if (assignment.state is AssignmentState.WRAP_UP) == wrapping_up
    }


def _with_whom(work: ActiveWork) -> Iterator[tuple[str, str]]:
    """The agents who have a piece of work in hand, or at whom it rings, each with its id."""
    consult = work.consult
    yield from ((name, work.item.id) for name in (work.agent, consult.official if consult is not None else "") if name)
    yield from ((offer.agent, offer.item) for request in work.requests for offer in request.offers)
