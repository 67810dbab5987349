"""Whether what a snapshot tells holds together, and suits the dispatcher that is to go on from it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ticontact.errors import Fault
from ticontact.routing._agents.agent_state import Phase
from ticontact.routing._engine.active_work import Job
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.read import Past

__all__ = ["incoherences", "twice"]


def incoherences(past: Past, engine: Engine) -> list[Fault]:
    """Everything that does not hold together, or that the dispatcher does not know."""
    return [*_strangers(past, engine), *_contradictions(past)]


def twice(names: Iterable[str]) -> list[str]:
    """The names that stand more than once among some, in order."""
    return sorted(name for name, times in Counter(names).items() if times > 1)


def _strangers(past: Past, engine: Engine) -> Iterator[Fault]:
    """Agents whom nobody knows, and queues whose hours or fallback are needed and that are not here any longer."""
    people = set(engine.floor.standings) | {standing.agent.id for standing in past.standings}
    declined = {name for job in past.jobs for search in job.searches for name in search.asking.declined}
    for name in sorted(declined - people):
        yield Fault("work", f"agent {name!r} is not here", "somebody among the agents")
    known = ", ".join(engine.queues) or "none"
    clocks = {search.clock for job in past.jobs for search in job.searches} - set(engine.clocks)
    jobs = {job.item.id: job for job in past.jobs}
    needed = {timer.subject for timer in past.timers if timer.kind == "drain"}
    needed |= {
        jobs[timer.subject].item.queue for timer in past.timers if timer.kind == "window" and timer.subject in jobs
    }
    for name in sorted(needed - set(engine.queues)):
        yield Fault("timers", f"queue {name!r} is not here", known)
    for name in sorted(clocks):
        yield Fault("work", f"queue {name!r} has no calendar here", known)


def _contradictions(past: Past) -> Iterator[Fault]:
    """What the agents have in hand must be what the work says; each piece of work and each agent stands there once."""
    for path, names in (
        ("agents", [standing.agent.id for standing in past.standings]),
        ("work", [job.item.id for job in past.jobs]),
    ):
        yield from (Fault(path, f"{name!r} stands twice", "once") for name in twice(names))
    for job in past.jobs:
        if any(search.item.id != job.item.id for search in job.searches):
            yield Fault("work", f"the consult about {job.item.id!r} is about something else", "the same work")
    told = {pair for job in past.jobs for pair in _with_whom(job)}
    for agent, item in sorted(_held(past, wrapping_up=False) ^ told):
        yield Fault("agents", f"{agent!r} and the work do not agree on {item!r}", "one of them has it in hand")
    ends = {(timer.subject, timer.about) for timer in past.timers if timer.kind == "wrap_up"}
    for agent, item in sorted(ends - _held(past, wrapping_up=True)):
        yield Fault("timers", f"{agent!r} has no wrap-up of {item!r}", "that of somebody who has one")


def _held(past: Past, *, wrapping_up: bool) -> set[tuple[str, str]]:
    """The agents with the work that they have in hand, or that they write up."""
    return {
        (standing.agent.id, holding.item)
        for standing in past.standings
        for holding in standing.holdings
        if (holding.phase is Phase.WRAP_UP) == wrapping_up
    }


def _with_whom(job: Job) -> Iterator[tuple[str, str]]:
    """The agents who have a piece of work in hand, or at whom it rings, each with its id."""
    consult = job.consult
    yield from ((name, job.item.id) for name in (job.agent, consult.official if consult is not None else "") if name)
    yield from ((offer.agent, offer.item) for search in job.searches for offer in search.offers)
