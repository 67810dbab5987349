"""How much an agent can have in hand."""

from collections.abc import Mapping
from typing import Any

from adapters.routing_terms import EPOCH, ZERO, channel_named, holdings_of, keep_busy, moment, signed_in, work_item

from ticontact.errors import ConfigurationError, RoutingError
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Assignment,
    AssignmentState,
    Dispatcher,
    decide,
    require,
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
            Assignment(str(number), name, costs.get(name, 1), AssignmentState.ACTIVE, EPOCH)
            for number, name in enumerate(active)
        )
        agent_state = AgentState(agent=Agent(id="w", capacity=units, limits=limits), assignments=held)
        channel = event["channel"]
        item = work_item("new", channel=channel_named(channel), cost=costs.get(channel, 1))
        answers.append(bool(decide([item], [agent_state], at=ZERO).offers))
    return {"can_take": answers}


def inbox_limits(case: Any) -> Mapping[str, Any]:
    """A limit is one of the channel; without one the capacity decides, and may be large."""
    answers = {}
    for each in case["given"]["agents"]:
        limits = {} if each["inbox_limit"] is None else {"voice": each["inbox_limit"]}
        agent = Agent(id=each["id"], capacity=1000, limits=limits)
        agent_state = AgentState(agent=agent, assignments=holdings_of(each["open"]))
        answers[each["id"]] = bool(decide([work_item("x")], [agent_state], at=ZERO).offers)
    return {"has_capacity": answers}


def unlimited(case: Any) -> Mapping[str, Any]:
    """No cap is a large capacity here; 0 would mean none at all."""
    [agent] = case["given"]["agents"]
    agent_state = AgentState(agent=Agent(id=agent["id"], capacity=1000), assignments=holdings_of(agent["active"]))
    return {"assigned": len(decide([work_item("x")], [agent_state], at=ZERO).offers)}


def batch(case: Any) -> Mapping[str, Any]:
    """A round of assignments over what is given: those who are not there and what is not open do not come.

    `decide` says all there is to assign, in the order of the line; whoever wants fewer takes the first ones.
    """
    most = case["given"].get("policy", {}).get("batch_limit")
    agents = [
        AgentState(
            agent=Agent(id=each["id"], capacity=100),
            status=AgentStatus.AVAILABLE if each.get("available", True) else AgentStatus.OFFLINE,
        )
        for each in case["given"]["agents"]
    ]
    items = [work_item(each) for each in case["given"]["contacts"] if each.get("status", "open") == "open"]
    offers = decide(items, agents, at=ZERO).offers[:most]
    answers = {
        "assigned": len(offers),
        "unassigned": len(items) - len(offers),
        "assigned_contacts": [offer.item for offer in offers],
    }
    return {what: answers[what] for what in case["expect"]}


def given_directly(case: Any) -> Mapping[str, Any]:
    """Work that is given to one agent needs room there, whoever orders it."""
    [agent] = case["given"]["agents"]
    limits = agent["capacity"]
    person = Agent(id=agent["id"], capacity=sum(limits.values()), limits=limits, attributes={"id": agent["id"]})
    dispatcher = signed_in(Dispatcher(agents=[person]), case["given"]["agents"])
    for _ in range(sum(agent["active"].values())):
        keep_busy(dispatcher, agent["id"], 0)
    offered = []
    for number, event in enumerate(case["events"]):
        item = work_item(number, channel=channel_named(event["channel"]), requirement=require("nobody"))
        dispatcher.arrive(item, at=moment(event["at"]))
        order = {"by": "supervisor", "because": "a direct transfer"}
        try:
            dispatcher.assign(str(number), event["agent"], **order, at=moment(event["at"]))
        except RoutingError as refused:
            if refused.stage != "waiting":  # it is the agent's room that is asked about, not an agent or item unknown
                raise
            offered.append(False)
        else:
            offered.append(True)
    return {"offered": offered}


def own_limits(case: Any) -> Mapping[str, Any]:
    """Any limit will do that is not below zero."""
    valid = []
    for event in case["events"]:
        try:
            Agent(id="a", capacity=event["concurrency"], limits={event["channel"]: event["concurrency"]})
        except ConfigurationError:
            valid.append(False)
        else:
            valid.append(True)
    return {"valid": valid}


def quota(case: Any) -> Mapping[str, Any]:
    """How many contacts somebody has had makes no difference to whether there is room for another."""
    within = []
    for event in case["events"]:
        agent_state = AgentState(agent=Agent(id="a"), contacts=event["assigned_in_window"])
        within.append(bool(decide([work_item("x")], [agent_state], at=ZERO).offers))
    return {"within": within}


def counted(case: Any) -> Mapping[str, Any]:
    """The contacts of an agent count from signing in, without a window."""
    dispatcher = signed_in(Dispatcher(agents=[Agent(id="a")]), [{"id": "a"}])
    for second in case["given"]["assigned_at_s"]:
        [offer] = dispatcher.arrive(work_item(second), at=moment(second)).offers
        dispatcher.accept(offer, at=moment(second))
        dispatcher.complete(offer.item, at=moment(second))
    return {"count": dispatcher.agent_state("a").contacts}
