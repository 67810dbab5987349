"""A dispatcher as plain data, and a dispatcher from it: the same future follows from both.

The data holds what the items hold, the reference of a case and the summary of a hand-over too: it is as confidential as
they are. Rules, strategy, calendars and other terms are code or configuration, and are not in it.
"""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._asking import Asking
from ticontact.routing._engine import Engine
from ticontact.routing._plain import from_plain, to_plain
from ticontact.routing._search import Consult, Job, Search

__all__ = ["SCHEMA", "restore", "snapshot"]

SCHEMA: Final = 2

_OF_A_SEARCH: Final = ("item", "purpose", "requirement", "entered", "key", "clock", "state", "offers", "skipped")


def snapshot(engine: Engine) -> dict[str, Any]:
    """Everything that the future of a dispatcher depends on, as texts, numbers, lists and tables."""
    return {
        "schema": SCHEMA,
        "now": engine.now,
        "turns": engine.turns,
        "agents": [to_plain(standing) for standing in engine.floor.standings.values()],
        "work": [_job(job) for job in engine.jobs.values()],
        "timers": [
            [timer.due, timer.kind, timer.subject, timer.mark, timer.about] for timer in engine.timers.pending()
        ],
    }


def _job(job: Job) -> dict[str, Any]:
    consult = job.consult
    return {
        "epoch": job.epoch,
        "agent": job.agent,
        "since": job.since,
        "attempts": job.attempts,
        "calls": job.calls,
        "returns": job.returns,
        "search": _search(job.search),
        "consult": None
        if consult is None
        else {
            "search": _search(consult.search),
            "carrying": to_plain(consult.carrying),
            "official": consult.official,
            "since": consult.since,
            "conference": consult.conference,
        },
    }


def _search(search: Search) -> dict[str, Any]:
    asking = search.asking
    plain = {name: to_plain(getattr(search, name)) for name in _OF_A_SEARCH}
    return plain | {
        "condition": to_plain(asking.condition),
        "kept_for": asking.kept_for,
        "declined": sorted(asking.declined),
        "round": asking.round,
    }


def restore(engine: Engine, data: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Put a fresh engine into the state of a snapshot.

    Raises:
        ConfigurationError: If the data are of another schema.
    """
    if data.get("schema") != SCHEMA:
        raise ConfigurationError([Fault("schema", f"{data.get('schema')!r} was given", str(SCHEMA))])
    engine.clocks.turn_to(data["now"])
    engine.turns = data["turns"]
    for plain in data["agents"]:
        engine.floor.put(from_plain(plain, zone), at=engine.now)
    for plain in data["work"]:
        job = _restored_job(plain, zone)
        engine.jobs[job.item.id] = job
        engine.resume(job)
    for due, kind, subject, mark, about in data["timers"]:
        engine.timers.set(due, kind, subject, mark=mark, about=about)
        if kind == "drain":
            engine.drains[subject] = mark


def _restored_job(plain: Mapping[str, Any], zone: ZoneInfo) -> Job:
    search, told = _restored_search(plain["search"], zone), plain["consult"]
    consult = None
    if told is not None:
        consult = Consult(
            search=_restored_search(told["search"], zone),
            carrying=from_plain(told["carrying"], zone),
            official=told["official"],
            since=told["since"],
            conference=told["conference"],
        )
    return Job(
        item=search.item,
        search=search,
        epoch=plain["epoch"],
        agent=plain["agent"],
        since=plain["since"],
        consult=consult,
        attempts=plain["attempts"],
        calls=plain["calls"],
        returns=plain["returns"],
    )


def _restored_search(plain: Mapping[str, Any], zone: ZoneInfo) -> Search:
    values = {name: from_plain(plain[name], zone) for name in _OF_A_SEARCH}
    asking = Asking(
        item=values["item"],
        requirement=values["requirement"],
        condition=from_plain(plain["condition"], zone),
        kept_for=plain["kept_for"],
        declined=frozenset(plain["declined"]),
        round=plain["round"],
    )
    return Search(**values, asking=asking)
