"""A dispatcher as plain data; `read` reads it, and the same future follows.

The data holds what the items hold, the reference of a case and the summary of a hand-over too: it is as confidential as
they are. Rules, strategy, calendars and other settings are code or configuration, and are not in it.
"""

from typing import Any, Final

import attrs

from ticontact.routing._agents.agent import Agent
from ticontact.routing._engine.active_work import ActiveWork, AssignmentRequest
from ticontact.routing._engine.engine import Engine
from ticontact.routing._snapshot.values import to_plain

__all__ = ["OF_A_REQUEST", "SCHEMA", "snapshot"]

SCHEMA: Final = 3

OF_A_REQUEST: Final = (
    "item",
    "purpose",
    "requirement",
    "entered",
    "key",
    "clock",
    "state",
    "offers",
    "skipped",
    "held_by",
    "lapsed",
)
"""The fields of a request that stand in the data under their own names."""

_OF_AN_AGENT: Final = tuple(field.name for field in attrs.fields(Agent) if field.init and field.name != "id")


def snapshot(engine: Engine) -> dict[str, Any]:
    """Return everything that the future of a dispatcher depends on, as texts, numbers, lists and tables."""
    return {
        "schema": SCHEMA,
        "now": engine.clocks.now,
        "turns": engine.ring_turns,
        "queues": sorted(engine.queues),
        "rules": list(engine.rule_titles),
        "changed": _changed(engine),
        # In an order of their own, so that equal dispatchers have equal snapshots, whatever was undone on the way.
        "agents": [to_plain(engine.agents.states[name]) for name in sorted(engine.agents.states)],
        "work": [_work(work) for work in sorted(engine.works.values(), key=_by_entry)],
        "timers": [
            [timer.due, timer.kind, timer.subject, timer.mark, timer.about] for timer in engine.timers.pending()
        ],
    }


def _changed(engine: Engine) -> dict[str, list[str]]:
    """The fields of agents that were changed by events, and are others than configured."""
    changed = {}
    for name, configured in sorted(engine.agents.configured.items()):
        agent = engine.agents.states[name].agent
        if agent is not configured:
            changed[name] = [each for each in _OF_AN_AGENT if getattr(agent, each) != getattr(configured, each)]
    return {name: fields for name, fields in changed.items() if fields}


def _work(work: ActiveWork) -> dict[str, Any]:
    consult = work.consult
    return {
        "epoch": work.epoch,
        "agent": work.agent,
        "since": work.since,
        "attempts": work.attempts,
        "calls": work.calls,
        "returns": work.returns,
        "overflow": work.overflow,
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
        "explained": _explained(request),
        "round": current.round,
        "vain": [[each.agent, each.has_declined, each.until] for each in request.vain],
    }


def _explained(request: AssignmentRequest) -> Any:  # noqa: ANN401 - as above
    """Why it rings where it does, or has rung where it was taken; None where nothing of that is kept."""
    is_chosen = request.assessment is not None and request.state in {"offered", "over"}
    return to_plain(request.assessment.explain()) if is_chosen and request.assessment is not None else None


def _by_entry(work: ActiveWork) -> tuple[int, str]:
    return work.request.entered, work.item.id
