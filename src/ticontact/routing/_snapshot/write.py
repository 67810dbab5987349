"""A dispatcher as plain data; `_past` reads it, and the same future follows.

The data holds what the items hold, the reference of a case and the summary of a hand-over too: it is as confidential as
they are. Rules, strategy, calendars and other terms are code or configuration, and are not in it.
"""

from typing import Any, Final

from ticontact.routing._engine.active_work import Job, Search
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.plain import to_plain

__all__ = ["OF_A_SEARCH", "SCHEMA", "snapshot"]

SCHEMA: Final = 2

OF_A_SEARCH: Final = ("item", "purpose", "requirement", "entered", "key", "clock", "state", "offers", "skipped")
"""What is told of a search under its own name."""


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
    plain = {name: to_plain(getattr(search, name)) for name in OF_A_SEARCH}
    return plain | {
        "condition": to_plain(asking.condition),
        "kept_for": asking.kept_for,
        "declined": sorted(asking.declined),
        "round": asking.round,
    }
