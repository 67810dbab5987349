"""How much an agent can have in hand."""

from collections.abc import Mapping
from typing import Any

from adapters.routing_terms import EPOCH, ZERO, channel_named, holdings_of, work_item

from ticontact.routing import (
    Agent,
    Holding,
    Phase,
    Presence,
    Standing,
    decide,
)


def capacity(case: Any) -> Mapping[str, Any]:
    """Units in all, a cost for each kind of work, and limits for channels."""
    [agent] = case["given"]["agents"]
    costs = agent.get("cost", {})
    limits = agent["capacity"] if isinstance(agent.get("capacity"), dict) else {}
    units = sum(limits.values()) or agent["capacity"]
    answers = []
    for event in case["events"]:
        active = event.get("active") or [name for name, count in agent.get("active", {}).items() for _ in range(count)]
        held = tuple(
            Holding(str(number), name, costs.get(name, 1), Phase.TALKING, EPOCH) for number, name in enumerate(active)
        )
        standing = Standing(agent=Agent(id="w", capacity=units, limits=limits), holdings=held)
        channel = event["channel"]
        item = work_item("new", channel=channel_named(channel), cost=costs.get(channel, 1))
        answers.append(bool(decide([item], [standing], at=ZERO).offers))
    return {"can_take": answers}


def inbox_limits(case: Any) -> Mapping[str, Any]:
    """A limit is one of the channel; without one the capacity decides, and may be large."""
    answers = {}
    for each in case["given"]["agents"]:
        limits = {} if each["inbox_limit"] is None else {"voice": each["inbox_limit"]}
        agent = Agent(id=each["id"], capacity=1000, limits=limits)
        standing = Standing(agent=agent, holdings=holdings_of(each["open"]))
        answers[each["id"]] = bool(decide([work_item("x")], [standing], at=ZERO).offers)
    return {"has_capacity": answers}


def unlimited(case: Any) -> Mapping[str, Any]:
    """No cap is a large capacity here; 0 would mean none at all."""
    [agent] = case["given"]["agents"]
    standing = Standing(agent=Agent(id=agent["id"], capacity=1000), holdings=holdings_of(agent["active"]))
    return {"assigned": len(decide([work_item("x")], [standing], at=ZERO).offers)}


def batch(case: Any) -> Mapping[str, Any]:
    """A round of assignments over what is given: those who are not there and what is not open do not come."""
    agents = [
        Standing(
            agent=Agent(id=each["id"]), presence=Presence.AVAILABLE if each.get("available", True) else Presence.OFFLINE
        )
        for each in case["given"]["agents"]
    ]
    items = [work_item(each) for each in case["given"]["contacts"] if each.get("status", "open") == "open"]
    offers = decide(items, agents, at=ZERO).offers
    answers = {"assigned": len(offers), "assigned_contacts": [offer.item for offer in offers]}
    return {what: answers[what] for what in case["expect"]}
