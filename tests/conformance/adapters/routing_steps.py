"""What time changes about who may take a piece of work."""

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.routing_terms import (
    ZERO,
    agents_asked,
    all_skills,
    assigned,
    eligible,
    fit_and_free,
    holdings_of,
    keep_busy,
    moment,
    prefer_tiers,
    scale,
    signed_in,
    span,
    standings_of,
    work_item,
)

from ticontact.routing import (
    Agent,
    AgentState,
    Dispatcher,
    Queue,
    Requirement,
    any_agent,
    decide,
    prefer,
    require,
    with_attribute,
)
from ticontact.routing.strategies import Strategy


def bullseye(case: Any) -> Mapping[str, Any]:
    """Each ring is a step that asks for fewer skills."""
    given = case["given"]
    left = list(given["contacts"][0]["requires"])
    wish = all_skills(left)
    for ring in given["policy"]["rings"][1:]:
        left = [skill for skill in left if skill not in ring["remove"]]
        wish = wish.relax(after=span(given["policy"]["ring_s"] * (ring["ring"] - 1)), to=all_skills(left))
    item = work_item({"id": "x", "enqueued_at": 0}, requirement=wish)
    if "assign" not in case["expect"]:
        return eligible(case, item, standings_of(given["agents"], lambda each: each["skills"]))
    agents = [Agent(id=str(each["id"]), skills=each["skills"]) for each in given["agents"]]
    dispatcher = Dispatcher(agents=agents)
    for each in given["agents"]:
        if each["busy_until"] <= 0:
            dispatcher.sign_in(str(each["id"]), at=moment(-1))
    made = assigned(dispatcher, item, [], case["events"][-1]["at"])
    return {"assign": [each | {"agent": int(each["agent"])} for each in made]}


def reverse_bullseye(case: Any) -> Mapping[str, Any]:
    """Each step adds an alternative; who fitted before still fits."""
    wish = require("tech3")
    wish = wish.relax(after=span(30), to=require("tech2")).relax(after=span(60), to=require("tech1"))
    agent_states = standings_of(case["given"]["agents"], lambda each: each["skills"])
    return eligible(case, work_item({"id": "x", "enqueued_at": 0}, requirement=wish), agent_states)


def ring_clock(case: Any) -> Mapping[str, Any]:
    """The clock of the steps runs on while it rings, and `most_skilled` looks at levels alone."""
    given = case["given"]
    ring = {name: str(number) for number, each in enumerate(given["policy"]["rings"]) for name in each["agents"]}
    agents = [
        Agent(id=each["id"], skills=each["skills"], attributes={"ring": ring[each["id"]]}) for each in given["agents"]
    ]
    wish = with_attribute("ring", "0") & prefer(skill="customer")
    wish = wish.relax(after=span(5), to=with_attribute("ring", "1"))
    wish = wish.relax(after=span(10), to=with_attribute("ring", "2"))
    own = Strategy(
        name="best_available_skills",
        order=lambda agent_state, _, __: (agent_state.idle_since,),
        fit=lambda profile, _: (-profile.level("customer"),),
    )
    dispatcher = signed_in(Dispatcher(agents=agents, strategy=own, ring_for=span(10)), given["agents"])
    first = dispatcher.arrive(work_item("x", requirement=wish), at=moment(0))
    return {"offer_sequence": agents_asked(first) + agents_asked(dispatcher.advance(at=moment(10)))}


def by_score(case: Any) -> Mapping[str, Any]:
    """Peers' scores of preferred agents are levels of a skill, and each threshold a step."""
    level = scale([50.5, 60, 70.5, 80, 90.5, 100])
    wish = require("preferred", level=level(90.5))
    wish = wish.relax(after=span(30), to=require("preferred", level=level(70.5)))
    wish = wish.relax(after=span(60), to=require("preferred", level=level(50.5))).relax(after=span(90), to=any_agent)
    agent_states = standings_of(
        case["given"]["agents"], lambda each: {"preferred": level(each["score"])} if "score" in each else {}
    )
    return eligible(case, work_item({"id": "x", "enqueued_at": 0}, requirement=wish), agent_states)


def penalty_windows(case: Any) -> Mapping[str, Any]:
    """A window of penalties is an attribute with its values; one that moves is a step that narrows."""
    start = case["given"]["policy"].get("start", {"min": 0, "max": 2})
    low, high = start["min"], start["max"]
    wish = with_attribute("penalty", *map(str, range(low, high + 1)))
    for rule in case["given"]["policy"]["rules"]:
        new = str(rule.get("max", high))
        high = high + int(new) if new.startswith("+") else int(new)
        low = rule.get("min", low)
        inside = with_attribute("penalty", *map(str, range(low, high + 1)))
        wish = wish.relax(after=span(rule["at_s"]), to=inside, narrowing=True)
    agent_states = [
        AgentState(agent=Agent(id=each["id"], attributes={"penalty": str(each["penalty"])}))
        for each in case["given"]["agents"]
    ]
    item = work_item({"id": "x", "enqueued_at": 0}, requirement=wish)
    if "excluded" in case["expect"]:
        able, _ = fit_and_free(item, agent_states, case["events"][0]["at"])
        return {"excluded": [each.agent.id for each in agent_states if each.agent.id not in able]}
    answers = []
    for event in case["events"]:
        able, _ = fit_and_free(item, agent_states, event["at"])
        answers.append({"at": event["at"], "agents": sorted(able, key=lambda name: int(name[1:]))})
    return {"eligible": answers}


def preferred_then_all(case: Any) -> Mapping[str, Any]:
    """First one agent (`prefer` with a hold), then the team, then everybody (a step)."""
    given = case["given"]
    agents = [Agent(id=each["id"], skills=each["queues"], attributes={"id": each["id"]}) for each in given["agents"]]
    dispatcher = signed_in(Dispatcher(agents=agents), given["agents"])
    ends = [keep_busy(dispatcher, each["id"], each["busy_until"]) for each in given["agents"] if "busy_until" in each]
    wish = require("support") & prefer("p", reserve_for=span(15))
    item = work_item({"id": "t", "enqueued_at": 0}, requirement=wish.relax(after=span(30), to=require("everyone")))
    return {"assign": assigned(dispatcher, item, ends, case["events"][-1]["at"])}


def dropped_skills(case: Any) -> Mapping[str, Any]:
    """Each group of additional skills is dropped by a step, the highest number first."""
    given = case["given"]
    contact = given["contacts"][0]
    needed = list(contact["requires"])
    extra = contact["additional"]
    wish = all_skills([*needed, *(each["skill"] for each in extra)])
    numbers = sorted({each["priority"] for each in extra}, reverse=True)
    for step, number in enumerate(numbers, start=1):
        left = [each["skill"] for each in extra if each["priority"] < number]
        wish = wish.relax(after=span(given["policy"]["drop_after_s"] * step), to=all_skills([*needed, *left]))
    agent_states = standings_of(given["agents"], lambda each: each["skills"])
    return eligible(case, work_item(contact, requirement=wish), agent_states)


def tiers_in_time(case: Any) -> Mapping[str, Any]:
    """Each tier is a step; with no wait they are preferences alone."""
    given = case["given"]
    wait = given["policy"]["tier_wait_s"]
    people = [
        Agent(id=each["id"], skills=[f"tier-{each['level']}", f"up-to-{each['level']}"], attributes={"id": each["id"]})
        for each in given["agents"]
    ]
    wish = prefer_tiers(each["level"] for each in given["agents"])
    if wait:
        wish = require("nobody yet") & wish
        for each in given["agents"]:
            wish = wish.relax(after=span(wait * each["level"]), to=require(f"up-to-{each['level']}"))
    answers = []
    for event in case["events"]:
        agent_states = [
            AgentState(agent=agent, assignments=holdings_of("busy_until" in each))
            for agent, each in zip(people, given["agents"], strict=True)
        ]
        item = work_item({"id": "x", "enqueued_at": 0}, requirement=wish)
        offers = decide([item], agent_states, at=moment(event["at"])).offers
        answers.append({"at": event["at"], "agent": offers[0].agent if offers else None})
    return {"first": answers}


def skipped(case: Any) -> Mapping[str, Any]:
    """A step that is skipped if nobody is there: the next one comes in its time, or if those before are absent."""
    given = case["given"]
    people = [Agent(id=each["id"], skills=each["queues"], attributes={"id": each["id"]}) for each in given["agents"]]
    dispatcher = signed_in(Dispatcher(agents=people), given["agents"])
    for each in given["agents"]:
        if each.get("free_capacity") == 0:
            keep_busy(dispatcher, each["id"], 0)
    [contact] = given["contacts"]
    item = work_item(contact, requirement=_in_turn(given["steps"]))
    return {"assign": assigned(dispatcher, item, [], case["events"][-1]["at"])}


def _in_turn(steps: Iterable[Mapping[str, Any]], *, absent: bool = False) -> Requirement:
    """Steps each with a time of its own as one requirement, in which all times count from the entry."""
    before, *later = steps
    wish, so_far = require(before["queue"]), 0
    for step in later:
        so_far += before["timeout_s"]
        is_skipped = absent or before.get("skip_if") == "available == 0"
        wish = wish.relax(after=span(so_far), to=require(step["queue"]), narrowing=True, or_if_absent=is_skipped)
        before = step
    return wish


def moved_on(case: Any) -> Mapping[str, Any]:
    """Whoever does not answer is not there any more, so the next step comes; the one after it, in its time."""
    given, (offered, expired) = case["given"], case["events"]
    queues = [each["queue"] for each in given["steps"]]
    people = [Agent(id=queue, skills=[queue], attributes={"id": queue}) for queue in queues]
    dispatcher = Dispatcher(agents=people, ring_for=span(given["offer_ttl_s"]))
    signed_in(dispatcher, [{"id": each} for each in queues])
    held = [keep_busy(dispatcher, queue, offered["at"])[1] for queue in queues]
    [contact] = given["contacts"]
    dispatcher.arrive(work_item(contact, requirement=_in_turn(given["steps"], absent=True)), at=moment(0))
    [offer] = dispatcher.complete(held[queues.index(offered["queue"])], at=moment(offered["at"])).offers
    assert offer.until is not None
    at = offer.until
    dispatcher.advance(at=moment(expired["at"]))
    explanation = dispatcher.explain(contact["id"])
    [queue] = [each.agent for each in explanation.eligibilities if each.is_fit]
    remedies = explanation.waits.remedies if explanation.waits is not None else ()
    [step, *_] = [each.within for each in remedies if each.kind == "step" and each.within is not None]
    after = {"at": (at - ZERO).total_seconds(), "queue": queue, "step_ends_in_s": step.total_seconds()}
    return {"step_after": [after]}


def left_in_time(case: Any) -> Mapping[str, Any]:
    """A window of penalties is an attribute; who still waits after the longest wait leaves."""
    given, policy = case["given"], case["given"]["policy"]
    inside = map(str, range(policy["min_penalty"], policy["max_penalty"] + 1))
    queue = Queue(id="calls", longest_wait=span(policy["max_wait_s"]), fallback="timeout")
    people = [Agent(id=each["id"], attributes={"penalty": str(each["penalty"])}) for each in given["agents"]]
    dispatcher = signed_in(Dispatcher(agents=people, queues=[queue]), given["agents"])
    [contact] = given["contacts"]
    item = work_item({**contact, "queue": "calls"}, requirement=with_attribute("penalty", *inside))
    made = dispatcher.arrive(item, at=moment(0)).offers
    due = dispatcher.next_deadline()
    decision = dispatcher.advance(at=due or ZERO)
    [gone] = decision.overflowed
    left = {"contact": gone.item, "at": (decision.at - ZERO).total_seconds(), "reason": gone.to}
    return {"offers": len(made) + len(decision.offers), "left": left}
