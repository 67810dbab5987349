"""Who works in the office of a scenario, how its queues are, and what happens there: a file that has been read."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

import attrs
from scenario_table import Table, amount

from ticontact.hours import BusinessCalendar, ClosingRule, Week
from ticontact.priority import Priority
from ticontact.routing import Agent, CounterCallPolicy, Dispatcher, Queue, TicketSeries, WrapUp, rules
from ticontact.routing.strategies import STRATEGIES

__all__ = ["Scenario", "agent", "read"]

_ZONE: Final = "Europe/Zurich"

_AGAIN: Final = ("offer_again_after", "deferred_again_after")


def agent(values: Mapping[str, Any]) -> tuple[Agent, bool]:
    """An agent, and whether the agent is there from the beginning."""
    table = Table(values, f"agent {values.get('id')}")
    mode, length = table.take("wrap_up", "none"), amount(table.take("wrap_up_for", "0s"))
    somebody = Agent(
        id=table.need("id"),
        skills=table.take("skills", {}),
        languages=table.take("languages", []),
        permissions=table.take("permissions", []),
        capacity=table.take("capacity", 1),
        limits=table.take("limits", {}),
        wrap_up=WrapUp(mode, length),
    )
    is_there = table.take("signed_in", True)
    table.finish()
    return somebody, is_there


def _amount_or_none(text: str) -> timedelta | None:
    return None if text == "none" else amount(text)


def _queue(values: Mapping[str, Any]) -> Queue:
    table = Table(values, f"queue {values.get('id')}")
    week = table.take("hours")
    last_entry, drain = table.take("last_entry"), table.take("drain")
    closing = ClosingRule(last_entry=amount(last_entry or "0s"), drain=amount(drain or "0s"))
    queue = Queue(
        id=table.need("id"),
        limit=table.take("limit"),
        fallback=table.take("fallback", ""),
        overflow_when_declined=table.take("overflow_when_declined", False),
        calendar=BusinessCalendar(zone=_ZONE, week=Week.parse(week)) if week else None,
        closing=closing if last_entry or drain else None,
        calling=CounterCallPolicy(calls=table.take("calls", 2), returns=table.take("returns", 1)),
    )
    table.finish()
    return queue


@attrs.frozen
class Scenario:
    """A scenario that has been read.

    Attributes:
        title: What it is about.
        day: Its day, as in `2026-03-18`.
        office: Makes the dispatcher, always alike.
        present: Who is there from the beginning.
        series: The tickets that are drawn, by the letter of their series.
        steps: What happens.
    """

    title: str
    day: str
    office: Callable[[], Dispatcher]
    present: tuple[str, ...]
    series: Mapping[str, TicketSeries]
    steps: tuple[Mapping[str, Any], ...]


def read(text: str) -> Scenario:
    """Read a scenario.

    Raises:
        Broken: If it has a key that nobody knows, or lacks one.
    """
    file = Table(tomllib.loads(text), "file")
    agents = [agent(each) for each in file.need("agent")]
    queues = [_queue(each) for each in file.take("queue", [])]
    laws = rules.load(file.take("rules", ""))
    office = Table(file.take("office", {}), "office")
    ring_for = office.take("ring_for")
    arguments: dict[str, Any] = {
        "ring_for": amount(ring_for) if ring_for else None,
        "head_start": {Priority.named(name): amount(worth) for name, worth in office.take("head_start", {}).items()},
        "offers_at_once": office.take("offers_at_once", 1),
        "misses_allowed": office.take("misses_allowed", 1),
        "priorities": office.take("priorities", "ageing"),
        "preempting": office.take("preempting", False),
        **{name: _amount_or_none(office.take(name)) for name in _AGAIN if name in office},
        "strategy": STRATEGIES[office.take("strategy", "longest_idle")],
    }
    series = {letter: TicketSeries(letter, last) for letter, last in office.take("last_drawn", {}).items()}
    office.finish()
    scenario = Scenario(
        title=file.need("title") + ": " + file.need("says"),
        day=file.take("day", "2026-03-18"),
        office=lambda: Dispatcher(agents=[agent for agent, _ in agents], rules=laws, queues=queues, **arguments),
        present=tuple(agent.id for agent, is_there in agents if is_there),
        series=series,
        steps=tuple(file.need("step")),
    )
    file.finish()
    return scenario
