"""What becomes of offers, and of agents."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs
from adapters.routing_terms import ZERO, agents_asked, keep_busy, moment, office, signed_in, span, work_item

from ticontact.routing import (
    Agent,
    AgentStatus,
    Dispatcher,
    RoutingDecision,
    WrapUp,
    any_agent,
    decide,
    prefer,
    require,
    with_attribute,
)
from ticontact.routing.strategies import STRATEGIES


def offer_life(case: Any) -> Mapping[str, Any]:
    """An offer, and what becomes of it: declined, expired, revoked."""
    given, policy = case["given"], case["given"].get("policy", {})
    ring_for = span(policy["offer_ttl_s"]) if "offer_ttl_s" in policy else None
    dispatcher = office(case, ring_for=ring_for, offers_at_once=policy.get("max_concurrent_offers", 1))
    made = list(dispatcher.arrive(work_item(case["events"][0]["contact"]), at=moment(0)).offers)
    states = ["pending", "reserved"] if made else ["pending"]
    sequence, event = [offer.agent for offer in made], case["events"][1]
    live = {offer.agent: offer for offer in made}
    verbs: Mapping[str, Callable[[], RoutingDecision]] = {
        "decline": lambda: dispatcher.decline(live[event["agent"]], at=moment(event["at"])),
        "accept": lambda: dispatcher.accept(live[event["agent"]], at=moment(event["at"])),
        "set_unavailable": lambda: dispatcher.set_status(event["agent"], AgentStatus.BREAK, at=moment(event["at"])),
        "tick": lambda: dispatcher.advance(at=moment(event["at"])),
    }
    after = verbs[event["do"]]()
    sequence += agents_asked(after)
    holder = dispatcher.holder(made[0].item)
    states.append("reserved" if after.offers else "assigned" if holder else "pending")
    answers: dict[str, Any] = {
        "offer_sequence": sequence,
        "revoked": [offer.agent for offer in after.revoked],
        "assign": [{"at": event["at"], "contact": made[0].item, "agent": holder}],
        "agent_state": {
            each["id"]: "not_responding"
            for each in given["agents"]
            if dispatcher.agent_state(each["id"]).status is AgentStatus.NOT_RESPONDING
        },
        "contact_states": states,
        "never_again": {**case["expect"].get("never_again", {}), "agent": "a" if sequence.count("a") == 1 else None},
    }
    return {what: answers[what] for what in case["expect"]}


def all_at_once(case: Any) -> Mapping[str, Any]:
    """To ring at all is a large round; penalties are steps, so the worse ones wait."""
    agents = case["given"]["agents"]
    people = [Agent(id=each["id"], attributes={"penalty": str(each.get("penalty", 0))}) for each in agents]
    dispatcher = signed_in(Dispatcher(agents=people, offers_at_once=len(people)), agents)
    wish = with_attribute("penalty", "0").relax(after=span(15), to=any_agent)
    return {"offered_at_once": agents_asked(dispatcher.arrive(work_item("x", requirement=wish), at=moment(0)))}


def wrap_up_by_agent(case: Any) -> Mapping[str, Any]:
    """Each agent has a wrap-up of one's own; the strategy is `linear`."""
    common = case["given"]["policy"]["wrapup_s"]
    agents = [
        Agent(id=each["id"], position=number, wrap_up=WrapUp.timed(span(each.get("wrapup_s", common))))
        for number, each in enumerate(case["given"]["agents"])
    ]
    dispatcher = signed_in(Dispatcher(agents=agents, strategy=STRATEGIES["linear"]), case["given"]["agents"])
    sequence: list[str | None] = []
    for event in case["events"]:
        offers = dispatcher.arrive(work_item(event["contact"]), at=moment(event["at"])).offers
        sequence.append(offers[0].agent if offers else None)
        for offer in offers:
            dispatcher.accept(offer, at=moment(event["at"]))
            dispatcher.complete(offer.item, at=moment(event["at"]))
    return {"assign_sequence": sequence}


def wrap_up_edge(case: Any) -> Mapping[str, Any]:
    """More than ten whole seconds are eleven: here a wrap-up is over after its length."""
    [agent] = case["given"]["agents"]
    people = [Agent(id=agent["id"], wrap_up=WrapUp.timed(span(agent["wrapup_s"] + 1)))]
    answers = []
    for event in case["events"]:
        dispatcher = signed_in(Dispatcher(agents=people), case["given"]["agents"])
        [offer] = dispatcher.arrive(work_item("before"), at=moment(-5)).offers
        dispatcher.accept(offer, at=moment(-5))
        dispatcher.complete("before", at=moment(0))
        dispatcher.arrive(work_item("x"), at=moment(0))
        offers = dispatcher.advance(at=moment(event["at"])).offers
        answers.append({"at": event["at"], "agent": offers[0].agent if offers else None})
    return {"first": answers}


def missed(case: Any) -> Mapping[str, Any]:
    """After so many misses an agent is not responding, which the peer shows as a break."""
    dispatcher = office(case, ring_for=span(1), misses_allowed=case["given"]["policy"]["max_missed"])
    shown = {AgentStatus.AVAILABLE: "Available", AgentStatus.NOT_RESPONDING: case["given"]["policy"]["missed_status"]}
    statuses = []
    for number, event in enumerate(case["events"]):
        dispatcher.arrive(work_item(number), at=moment(event["at"] * 10))
        dispatcher.advance(at=moment(event["at"] * 10 + 1))
        statuses.append(shown[dispatcher.agent_state(event["agent"]).status])
        dispatcher.cancel(str(number), at=moment(event["at"] * 10 + 1))
    return {"agent_status": statuses}


def affinity(case: Any) -> Mapping[str, Any]:
    """An agent wished for who is not there is not waited for."""
    contact = case["given"]["contacts"][0]
    owner = contact.get("last_agent") or contact["selectors"][0]["value"]
    dispatcher = office(case)
    made = dispatcher.arrive(
        work_item(contact["id"], requirement=prefer(owner, reserve_for=span(45))), at=moment(0)
    ).offers
    return {"assign": [{"at": 0, "contact": offer.item, "agent": offer.agent} for offer in made]}


def comes_online(case: Any) -> Mapping[str, Any]:
    """Signing in takes the backlog."""
    dispatcher = Dispatcher(agents=[Agent(id="a")])
    dispatcher.arrive(work_item(case["given"]["contacts"][0]), at=moment(-1))
    made = dispatcher.sign_in("a", at=moment(0)).offers
    return {"assign": [{"at": 0, "contact": offer.item, "agent": offer.agent} for offer in made]}


def returning(case: Any) -> Mapping[str, Any]:
    """The last agent is waited for (`hold`), and the front of the line is a credit."""
    policy = case["given"]["policy"]
    agents = [Agent(id=name, attributes={"id": name}) for name in ("prev", "other")]
    dispatcher = signed_in(Dispatcher(agents=agents), case["given"]["agents"])
    until, held = keep_busy(dispatcher, "prev", 10)
    earlier = work_item({"id": "n", "enqueued_at": -5}, requirement=with_attribute("id", "prev"))
    dispatcher.arrive(earlier, at=moment(-5))
    wish = prefer("prev", reserve_for=span(policy["affinity_hold_s"]))
    dispatcher.arrive(work_item("r", requirement=wish, credit=span(policy["window_s"])), at=moment(0))
    made = dispatcher.complete(held, at=moment(until)).offers
    return {"assign": [{"at": until, "contact": offer.item, "agent": offer.agent} for offer in made]}


def paused_in_queue(case: Any) -> Mapping[str, Any]:
    """Whoever misses an offer loses the skill of that queue, by order of the office, and keeps the others."""
    given, (arrival, tick) = case["given"], case["events"]
    queues = {each["id"]: each["queues"] for each in given["agents"]}
    people = [Agent(id=name, skills=each, position=number) for number, (name, each) in enumerate(queues.items())]
    dispatcher = Dispatcher(
        agents=people,
        strategy=STRATEGIES["linear"],
        ring_for=span(given["policy"]["offer_ttl_s"]),
        misses_allowed=1000,
    )
    signed_in(dispatcher, given["agents"])
    item = work_item(arrival["contact"], requirement=require(arrival["queue"]))
    sequence = agents_asked(dispatcher.arrive(item, at=moment(arrival["at"])))
    decision = dispatcher.advance(at=moment(tick["at"]))
    sequence += agents_asked(decision)
    for offer in decision.expired:
        agent = dispatcher.agent_state(offer.agent).agent
        left = {name: level for name, level in agent.skills.items() if name != arrival["queue"]}
        order = {"by": "office", "because": "an offer was missed"}
        dispatcher.change_agent(attrs.evolve(agent, skills=left), **order, at=moment(tick["at"]))
    paused: dict[str, list[str]] = {}
    for name, served in queues.items():
        for queue in served:
            agent_state = attrs.evolve(dispatcher.agent_state(name), assignments=())
            if not decide([work_item("y", requirement=require(queue))], [agent_state], at=moment(tick["at"])).offers:
                paused.setdefault(name, []).append(queue)
    return {"agent_paused": paused, "offer_sequence": sequence}


def after_a_miss(case: Any) -> Mapping[str, Any]:
    """An expired offer goes to others at once, and each offer has its whole time."""
    dispatcher = office(case, ring_for=span(case["given"]["policy"]["offer_ttl_s"]))
    arrival, expiry = case["events"]
    dispatcher.arrive(work_item(arrival["contact"]), at=moment(arrival["at"]))
    decision = dispatcher.advance(at=moment(expiry["at"]))
    [offer] = decision.offers
    lasts = (offer.until - decision.at).total_seconds() if offer.until is not None else None
    return {"second_offer": {"at": (decision.at - ZERO).total_seconds(), "lasts_s": lasts}}
