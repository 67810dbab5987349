"""A dispatcher as plain data; `read` reads it, and the same future follows.

The data holds what the items hold, the reference of a case and the summary of a hand-over too: it is as confidential as
they are. Rules, strategy, calendars and other settings are code or configuration, and are not in it.
"""

from typing import Any, Final

from ticontact.routing._engine.active_work import ActiveWork, AssignmentRequest
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.values import to_plain

__all__ = ["OF_A_REQUEST", "SCHEMA", "snapshot"]

SCHEMA: Final = 3

OF_A_REQUEST: Final = ("item", "purpose", "requirement", "entered", "key", "clock", "state", "offers", "skipped")
"""The fields of a request that stand in the data under their own names."""


def snapshot(engine: Engine) -> dict[str, Any]:
    """Return everything that the future of a dispatcher depends on, as texts, numbers, lists and tables."""
    return {
        "schema": SCHEMA,
        "now": engine.clocks.now,
        "turns": engine.ring_turns,
        "agents": [to_plain(agent_state) for agent_state in engine.agents.states.values()],
        "work": [_work(work) for work in engine.works.values()],
        "timers": [
            [timer.due, timer.kind, timer.subject, timer.mark, timer.about] for timer in engine.timers.pending()
        ],
    }


def _work(work: ActiveWork) -> dict[str, Any]:
    consult = work.consult
    return {
        "epoch": work.epoch,
        "agent": work.agent,
        "since": work.since,
        "attempts": work.attempts,
        "calls": work.calls,
        "returns": work.returns,
        "transferred": to_plain(work.transferred),
        "drain": work.drain,
        "search": _request(work.request),
        "consult": None
        if consult is None
        else {
            "search": _request(consult.request),
            "carrying": to_plain(consult.carrying),
            "official": consult.official,
            "since": consult.since,
            "conference": consult.conference,
        },
    }


def _request(request: AssignmentRequest) -> dict[str, Any]:
    current = request.current
    plain = {name: to_plain(getattr(request, name)) for name in OF_A_REQUEST}
    return plain | {
        "condition": to_plain(current.condition),
        "kept_for": current.kept_for,
        "round": current.round,
        "vain": [[each.agent, each.has_declined, each.until] for each in request.vain],
    }
