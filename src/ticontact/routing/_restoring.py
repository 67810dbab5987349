"""A dispatcher from the plain data of `_snapshot`: all is read and held together before anything is put in place."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import from_epoch
from ticontact._typed import built
from ticontact.errors import ConfigurationError, Fault, TicontactError
from ticontact.routing._asking import Asking
from ticontact.routing._engine import Engine
from ticontact.routing._plain import from_plain
from ticontact.routing._search import Consult, Job, Search
from ticontact.routing._snapshot import OF_A_SEARCH, SCHEMA
from ticontact.routing._standing import Phase, Standing
from ticontact.routing._timers import Timer

__all__ = ["restore"]

Read = TypeVar("Read")

_OF_A_TIMER: Final = ("due", "kind", "subject", "mark", "about")
_OF_A_JOB: Final = ("epoch", "agent", "since", "attempts", "calls", "returns")
_OF_A_CONSULT: Final = ("official", "since", "conference")


@attrs.frozen(kw_only=True)
class _Past:
    """What a snapshot tells."""

    now: int
    turns: int
    standings: tuple[Standing, ...]
    jobs: tuple[Job, ...]
    timers: tuple[Timer, ...]


def restore(engine: Engine, data: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Put a fresh engine into the state of a snapshot.

    Raises:
        ConfigurationError: If the data are of another schema, cannot be read, contradict themselves, or name a queue
            that is not here. The engine is still fresh then.
    """
    schema = _read_at("", lambda: data.get("schema"))
    if schema != SCHEMA:
        raise ConfigurationError([Fault("schema", f"{schema!r} was given", str(SCHEMA))])
    past = _read_at("", lambda: _past(data, zone))
    faults = [*_strangers(past, engine), *_contradictions(past)]
    if faults:
        raise ConfigurationError(faults)
    _put(engine, past)


def _put(engine: Engine, past: _Past) -> None:
    engine.clocks.turn_to(past.now)
    engine.turns = past.turns
    for standing in past.standings:
        engine.floor.put(standing, at=engine.now)
    for job in past.jobs:
        engine.jobs[job.item.id] = job
        engine.resume(job)
    for timer in past.timers:
        engine.timers.set(timer.due, timer.kind, timer.subject, mark=timer.mark, about=timer.about)
        if timer.kind == "drain":
            engine.drains[timer.subject] = timer.mark


# Reading


def _read_at(path: str, read: Callable[[], Read]) -> Read:
    """Read something, and say where it stands if that cannot be; what stood there is in no error."""
    try:
        return read()
    except ConfigurationError as refused:
        faults = [attrs.evolve(fault, path=".".join(filter(None, (path, fault.path)))) for fault in refused.faults]
    except (
        TicontactError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as failed:
        faults = [Fault(path or "restore", f"it cannot be read: {type(failed).__name__}", "what `snapshot` gave")]
    raise ConfigurationError(faults)


def _past(data: Mapping[str, Any], zone: ZoneInfo) -> _Past:
    each = {
        "standings": _all_of("agents", data["agents"], lambda plain: _standing(plain, zone)),
        "jobs": _all_of("work", data["work"], lambda plain: _job(plain, zone)),
        "timers": _all_of("timers", data["timers"], lambda plain: _timer(plain, zone)),
    }
    from_epoch(data["now"], zone)  # no number that is no instant is let in
    return built(_Past, {"now": data["now"], "turns": data["turns"], **each})


def _all_of(name: str, plain: list[Any], read: Callable[[Any], Read]) -> tuple[Read, ...]:
    return tuple(_read_at(f"{name}[{place}]", partial(read, each)) for place, each in enumerate(plain, 1))


def _standing(plain: Any, zone: ZoneInfo) -> Standing:  # noqa: ANN401 - anything may stand there
    standing = from_plain(plain, zone)
    if not isinstance(standing, Standing):
        raise TypeError
    return standing


def _job(plain: Mapping[str, Any], zone: ZoneInfo) -> Job:
    search, told = _search(plain["search"], zone), plain["consult"]
    consult = None
    if told is not None:
        carrying = from_plain(told["carrying"], zone)
        fields = {name: told[name] for name in _OF_A_CONSULT}
        consult = built(Consult, {"search": _search(told["search"], zone), "carrying": carrying, **fields})
    fields = {name: plain[name] for name in _OF_A_JOB}
    return built(Job, {"item": search.item, "search": search, "consult": consult, **fields})


def _search(plain: Mapping[str, Any], zone: ZoneInfo) -> Search:
    values = {name: from_plain(plain[name], zone) for name in OF_A_SEARCH}
    from_epoch(values["entered"], zone)  # as above
    asking = {
        "item": values["item"],
        "requirement": values["requirement"],
        "condition": from_plain(plain["condition"], zone),
        "kept_for": plain["kept_for"],
        "declined": frozenset(plain["declined"]),
        "round": plain["round"],
    }
    return built(Search, {**values, "asking": built(Asking, asking)})


def _timer(plain: list[Any], zone: ZoneInfo) -> Timer:
    from_epoch(plain[0], zone)  # as above
    return built(Timer, dict(zip(_OF_A_TIMER, plain, strict=True)))


# What does not hold together


def _strangers(past: _Past, engine: Engine) -> Iterator[Fault]:
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


def _contradictions(past: _Past) -> Iterator[Fault]:
    """What the agents have in hand must be what the work says; each piece of work and each agent stands there once."""
    for path, names in (
        ("agents", [standing.agent.id for standing in past.standings]),
        ("work", [job.item.id for job in past.jobs]),
    ):
        yield from (Fault(path, f"{name!r} stands twice", "once") for name in sorted(_twice(names)))
    for job in past.jobs:
        if any(search.item.id != job.item.id for search in job.searches):
            yield Fault("work", f"the consult about {job.item.id!r} is about something else", "the same work")
    in_hand = {
        (standing.agent.id, holding.item)
        for standing in past.standings
        for holding in standing.holdings
        if holding.phase is not Phase.WRAP_UP
    }
    told = {pair for job in past.jobs for pair in _with_whom(job)}
    for agent, item in sorted(in_hand ^ told):
        yield Fault("agents", f"{agent!r} and the work do not agree on {item!r}", "one of them has it in hand")
    wrapping = {
        (standing.agent.id, holding.item)
        for standing in past.standings
        for holding in standing.holdings
        if holding.phase is Phase.WRAP_UP
    }
    ends = {(timer.subject, timer.about) for timer in past.timers if timer.kind == "wrap_up"}
    for agent, item in sorted(ends - wrapping):
        yield Fault("timers", f"{agent!r} has no wrap-up of {item!r}", "that of somebody who has one")


def _twice(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def _with_whom(job: Job) -> Iterator[tuple[str, str]]:
    """The agents who have a piece of work in hand, or at whom it rings, each with its id."""
    consult = job.consult
    yield from ((name, job.item.id) for name in (job.agent, consult.official if consult is not None else "") if name)
    yield from ((offer.agent, offer.item) for search in job.searches for offer in search.offers)
