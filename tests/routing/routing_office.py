"""A small office for the tests of single verbs."""

import json
from datetime import timedelta
from typing import Any

import pendulum

from ticontact.contacts import CHANNELS
from ticontact.hours import BusinessCalendar, Canton, ClosingRule, Week, swiss
from ticontact.routing import Agent, AssignmentState, Dispatcher, Queue, RoutingDecision, WorkItem
from ticontact.testing import instant

__all__ = [
    "HOURS",
    "NINE",
    "after",
    "agent",
    "fresh_copy",
    "in_hand",
    "item",
    "offered",
    "office",
    "signed_in",
    "states",
]

NINE = instant("2026-03-18 09:00")  # a Wednesday; the office closes from 12.00 to 13.30, and Thursday is San Giuseppe
HOURS = BusinessCalendar(
    zone="Europe/Zurich",
    week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"),
    holidays=swiss.administration(Canton.TI),
)


def after(seconds: float) -> pendulum.DateTime:
    """An instant some seconds after nine."""
    return NINE.add(microseconds=round(seconds * 1_000_000))


def agent(name: str, **more: Any) -> Agent:
    """Somebody who works here."""
    return Agent(id=name, **more)


def item(name: str, channel: str = "voice", **more: Any) -> WorkItem:
    """A piece of work."""
    return WorkItem(id=name, channel=CHANNELS.named(channel), **more)


def office(*agents: Agent, drain: int | None = None, **more: Any) -> Dispatcher:
    """A dispatcher whose queue `office` has hours and, with a drain in minutes, a closing."""
    closing = None if drain is None else ClosingRule(last_entry=timedelta(minutes=5), drain=timedelta(minutes=drain))
    queue = Queue(id="office", calendar=HOURS, fallback="call back", closing=closing)
    return Dispatcher(agents=agents, queues=[queue], **more)


def signed_in(*agents: Agent, at: Any = NINE, **more: Any) -> Dispatcher:
    """The same, with everybody there."""
    dispatcher = office(*agents, **more)
    for each in agents:
        dispatcher.sign_in(each.id, at=at)
    return dispatcher


def in_hand(dispatcher: Dispatcher, work: WorkItem, *, at: Any = NINE) -> str:
    """Let a piece of work arrive and be accepted; who has it."""
    [offer] = dispatcher.arrive(work, at=at).offers
    dispatcher.accept(offer, at=at)
    return offer.agent


def offered(decision: RoutingDecision) -> list[tuple[str, str]]:
    """The offers of a decision, as pairs of item and agent."""
    return [(offer.item, offer.agent) for offer in decision.offers]


def states(dispatcher: Dispatcher, name: str) -> dict[str, AssignmentState]:
    """What an agent does with each piece of work in hand."""
    return {assignment.item: assignment.state for assignment in dispatcher.agent_state(name).assignments}


def fresh_copy(dispatcher: Dispatcher, *agents: Agent, **more: Any) -> Dispatcher:
    """A dispatcher restored from the snapshot of another one, which went through JSON."""
    copy = office(*agents, **more)
    copy.restore(json.loads(json.dumps(dispatcher.snapshot())))
    return copy
