"""In which order work is served."""

from collections.abc import Mapping
from typing import Any

from adapters.routing_terms import moment, span, work_item

from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    Dispatcher,
    Queue,
    any_agent,
    require,
)


def lined_up(case: Any) -> Mapping[str, Any]:
    """Numbers as waiting time (`credit`) where a peer adds them to it, as strict priorities where they always win."""
    order = case["given"].get("policy", {}).get("contact_order", "priority_asc")
    contacts = case["given"]["contacts"]
    unit = {"minutes_waited_plus_priority": ("priority", 60), "waited_s_plus_base_score": ("base_score", 1)}
    is_strict = order not in {*unit, "priority_then_age", "age"}
    default = case["given"].get("policy", {}).get("default_priority", 0)
    numbers = sorted({each.get("priority", default) for each in contacts}, reverse="asc" in order)
    dispatcher = Dispatcher(agents=[], priorities="strict" if is_strict else "ageing")
    credited = {}
    for each in contacts:
        name, factor = unit.get(order, ("", 0))
        credited[each["id"]] = span(each.get(name, 0) * factor)
        level = list(Priority)[numbers.index(each.get("priority", default))]
        fields = {**each, "enqueued_at": each.get("call_started_at", each["enqueued_at"])}
        dispatcher.arrive(work_item(fields, priority=level, credit=credited[each["id"]]), at=moment(0))
    waited = {each["id"]: span(-each.get("call_started_at", each["enqueued_at"])) for each in contacts}
    score = {name: (waited[name] + credited[name]).total_seconds() / unit.get(order, ("", 1))[1] for name in waited}
    answers = {"order": list(dispatcher.waiting()), "score": score}
    return {what: answers[what] for what in case["expect"]}


def next_for_one(case: Any) -> Mapping[str, Any]:
    """An agent becomes free: a queue's rank is a strict priority, its delay a step before which nobody fits."""
    given = case["given"]
    policy = given.get("policy", {})
    profile = {each["queue"]: each for each in policy.get("profile", [])}
    by_number = "priority" in policy.get("cross_queue", policy.get("contact_order", ""))
    strict = bool(profile) or policy.get("cross_queue") == "priority_then_longest_waiting"
    dispatcher = Dispatcher(agents=[Agent(id=given["agents"][0]["id"])], priorities="strict" if strict else "ageing")
    ranks = {
        each["id"]: -profile[each["queue"]]["priority"] if profile else each.get("priority", 0) * by_number
        for each in given["contacts"]
    }
    levels = sorted(set(ranks.values()))
    for contact in sorted(given["contacts"], key=lambda each: each["enqueued_at"]):
        delay = profile.get(contact.get("queue"), {}).get("delay_s", 0)
        wish = require("nobody yet").relax(after=span(delay), to=any_agent) if delay else any_agent
        wish = require("nobody at all") if _is_out_of_reach(contact, given) else wish
        level = list(Priority)[levels.index(ranks[contact["id"]])]
        dispatcher.arrive(work_item(contact, requirement=wish, priority=level), at=moment(contact["enqueued_at"]))
    at = case["events"][0]["at"]
    made = dispatcher.sign_in(given["agents"][0]["id"], at=moment(at)).offers
    assign = [{"at": at, "contact": offer.item, "agent": offer.agent} for offer in made]
    answers: dict[str, Any] = {"assign": assign or {}, "nobody": not made}
    return {what: answers[what] for what in case["expect"]}


def _is_out_of_reach(contact: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether the queue's window of penalties leaves the agent out (later rules have not come yet)."""
    window = given.get("queues", {}).get(contact.get("queue"), {})
    return bool(given["agents"][0].get("penalty", 0) > window.get("max_penalty", 1000))


def queue_order(case: Any) -> Mapping[str, Any]:
    """Queues in the order of the first that waits in each; there a smaller number is more urgent."""
    line = lined_up({**case, "expect": {"order": []}})["order"]
    queues = {contact["id"]: contact["queue"] for contact in case["given"]["contacts"]}
    return {"order": [queues[name] for name in line]}


def declined_keeps_its_age(case: Any) -> Mapping[str, Any]:
    """The item returns to its place; the agent gets the next one."""
    dispatcher = Dispatcher(agents=[Agent(id="a")])
    for contact in case["given"]["contacts"]:
        dispatcher.arrive(work_item(contact), at=moment(0))
    [offer] = dispatcher.sign_in("a", at=moment(0)).offers
    after = dispatcher.decline(offer, at=moment(5))
    return {
        "queue_order": list(dispatcher.waiting()),
        "next_offer": {"agent": after.offers[0].agent, "contact": after.offers[0].item},
    }


def backlog_first(_: Any) -> Mapping[str, Any]:
    """A freed agent takes what has waited, before anything newer comes."""
    dispatcher = Dispatcher(agents=[Agent(id="a", capacity=3)])
    dispatcher.sign_in("a", at=moment(-10))
    for number in range(3):
        [offer] = dispatcher.arrive(work_item(f"held-{number}"), at=moment(-9)).offers
        dispatcher.accept(offer, at=moment(-9))
    dispatcher.arrive(work_item("4th"), at=moment(0))
    [made] = dispatcher.complete("held-0", at=moment(10)).offers
    dispatcher.arrive(work_item("5th"), at=moment(11))
    return {"assign": [{"at": 10, "contact": made.item, "agent": made.agent}]}


def score_kinds(case: Any) -> Mapping[str, Any]:
    """A queue that always goes first is a strict priority; the points of the others are minutes of waiting."""
    given = case["given"]
    always_first = {name: each["score"] == "priority" for name, each in given["queues"].items()}
    ranks = {each["id"]: (always_first[each["queue"]], each["priority"]) for each in given["contacts"]}
    ranks = {name: rank if rank[0] else (False, 0) for name, rank in ranks.items()}
    levels = sorted(set(ranks.values()))
    [agent] = given["agents"]
    dispatcher = Dispatcher(agents=[Agent(id=agent["id"], skills=agent["queues"])], priorities="strict")
    for each in given["contacts"]:
        minutes = 0 if always_first[each["queue"]] else each["priority"]
        entered = {**each, "enqueued_at": each["enqueued_at"] - 60 * minutes}
        level = list(Priority)[levels.index(ranks[each["id"]])]
        dispatcher.arrive(
            work_item(entered, requirement=require(each["queue"]), priority=level), at=moment(each["enqueued_at"])
        )
    at = case["events"][0]["at"]
    made = dispatcher.sign_in(agent["id"], at=moment(at)).offers
    return {"assign": [{"at": at, "contact": offer.item, "agent": offer.agent} for offer in made]}


def promoted(case: Any) -> Mapping[str, Any]:
    """To join the end of the urgent line after some time is to start that much behind it: a head start."""
    policy = case["given"]["policy"]
    dispatcher = Dispatcher(
        agents=[],
        head_start={Priority.HIGH: span(policy["promote_after_s"])},
        queues=[Queue(id="calls", longest_wait=span(policy["abandon_after_s"]), fallback="gone")],
    )
    for each in sorted(case["given"]["contacts"], key=lambda each: each["enqueued_at"]):
        level = Priority.HIGH if each["type"] == "Tech" else Priority.NORMAL
        item = work_item({**each, "queue": "calls"}, priority=level)
        dispatcher.arrive(item, at=moment(each["enqueued_at"]))
    asked, ended = case["events"]
    dispatcher.advance(at=moment(asked["at"]))
    order = list(dispatcher.waiting())
    gone = dispatcher.advance(at=moment(ended["at"])).overflowed
    return {"order": order, "abandoned": [each.item for each in gone]}


def joined(case: Any) -> Mapping[str, Any]:
    """Who comes in has the place of entry and priority, whatever place is asked for; a full queue sends away."""
    queue = Queue(id="calls", limit=case["given"]["policy"]["max_len"], fallback="full")
    dispatcher = Dispatcher(agents=[], queues=[queue], priorities="strict")
    ranks = sorted({event["priority"] for event in case["events"]})
    positions: list[int | None] = []
    rejected = []
    for event in case["events"]:
        name, level = str(event["contact"]), list(Priority)[ranks.index(event["priority"])]
        item = work_item({"id": name, "queue": "calls"}, priority=level)
        gone = dispatcher.arrive(item, at=moment(event["at"])).overflowed
        rejected += [int(each.item) for each in gone]
        positions.append(None if gone else dispatcher.waiting().index(name) + 1)
    return {
        "joined_position": positions,
        "final_order": [int(name) for name in dispatcher.waiting()],
        "rejected": rejected,
    }


def by_own_skill(case: Any) -> Mapping[str, Any]:
    """The levels of the agent's skills make no difference to the line: by entry and head start alone."""
    [agent] = case["given"]["agents"]
    best = max(agent["skill_level"].values())
    skills = {name: best + 1 - level for name, level in agent["skill_level"].items()}  # there 1 is best
    dispatcher = Dispatcher(agents=[Agent(id=agent["id"], skills=skills)])
    for each in sorted(case["given"]["contacts"], key=lambda each: each["enqueued_at"]):
        dispatcher.arrive(work_item(each, requirement=require(each["skill"])), at=moment(each["enqueued_at"]))
    at = case["events"][0]["at"]
    made = dispatcher.sign_in(agent["id"], at=moment(at)).offers
    return {"assign": [{"at": at, "contact": offer.item, "agent": offer.agent} for offer in made]}
