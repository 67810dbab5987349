"""Routing cases in ticontact's own terms: what each peer's setting is called here.

Each group of cases that ask one kind of question has one translator below; `_CASES` says which case goes to which.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from conformance_kit import NotBuilt

from ticontact.contacts import CHANNELS, Channel
from ticontact.i18n import Text
from ticontact.priority import Priority
from ticontact.routing import (
    STRATEGIES,
    Agent,
    Decision,
    Dispatcher,
    Holding,
    Phase,
    Presence,
    Requirement,
    Standing,
    Strategy,
    WorkItem,
    WrapUp,
    anyone,
    best_match,
    decide,
    permit,
    prefer,
    require,
    speak,
    with_attribute,
)
from ticontact.testing import instant

FILE = "routing_cases.json"

_ZERO = instant("2026-03-18 09:00")
_EPOCH = int(_ZERO.timestamp()) * 1_000_000
_LONG_AGO = -10_000_000


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return [(case["id"], case) for case in document["cases"]]


def check(case: Any, document: Any) -> None:  # noqa: ARG001 - the shape of every adapter
    """Raise `AssertionError` if our answer is another one, `NotBuilt` if there is none yet."""
    translator = _CASES.get(case["id"])
    if case["id"] in _NOT_OURS:
        raise AssertionError(_NOT_OURS[case["id"]])
    if translator is None:
        raise NotBuilt(case["topic"])
    for what, actual in translator(case).items():
        expected = case["expect"][what]
        assert expected == actual, f"{what}: expected {expected}, got {actual}"


# The words that all translators use


def _at(seconds: float) -> Any:
    return _ZERO.add(microseconds=round(seconds * 1_000_000))


def _seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def _channel(name: str) -> Channel:
    known = {channel.name for channel in CHANNELS}
    return Channel.named(name) if name in known else Channel(name=name, label=Text.same(name), synchronous=True)


def _item(contact: Mapping[str, Any] | str | int, **more: Any) -> WorkItem:
    fields: Mapping[str, Any] = contact if isinstance(contact, Mapping) else {"id": contact}
    entered = _at(fields["enqueued_at"]) if "enqueued_at" in fields else None
    return WorkItem(
        **{
            "id": str(fields["id"]),
            "channel": _channel("voice"),
            "entered_at": entered,
            "queue": fields.get("queue", ""),
            **more,
        }
    )


def _holdings(count: int, channel: str = "voice", cost: int = 1) -> tuple[Holding, ...]:
    return tuple(Holding(f"held-{channel}-{number}", channel, cost, Phase.TALKING, _EPOCH) for number in range(count))


def _idle(agent: Mapping[str, Any]) -> int:
    """Since when an agent has been idle; who never had a contact has been for ever."""
    for name in ("idle_since", "available_since_s", "last_contact_end"):
        if name in agent:
            return _EPOCH + int(_LONG_AGO if agent[name] is None else agent[name]) * 1_000_000
    return _EPOCH - int(agent.get("idle_s", 0)) * 1_000_000


def _scale(values: Iterable[float]) -> Callable[[float], int]:
    """Peers' numbers as levels from 1 to 10 that keep their order."""
    ordered = sorted(set(values))
    return lambda value: ordered.index(value) + 1


def _by_tier(tier: int, tiers: Iterable[int]) -> list[str]:
    """Skills by which a better tier (a smaller number) is preferred to a worse one."""
    return [f"tier-{each}" for each in sorted(tiers) if each >= tier]


def _prefer_tiers(tiers: Iterable[int]) -> Requirement:
    wish = anyone
    for each in sorted(set(tiers)):
        wish = wish & prefer(skill=f"tier-{each}")
    return wish


def _order(standings: Iterable[Standing], strategy: Strategy, item: WorkItem) -> list[Any]:
    """The agents in the order in which they would be asked."""
    order, left = [], list(standings)
    while left:
        [offer] = decide([item], left, at=_ZERO, strategy=strategy).offers
        order.append(offer.agent)
        left = [each for each in left if each.agent.id != offer.agent]
    return order


def _able(item: WorkItem, standings: Iterable[Standing], at: float) -> tuple[list[Any], list[Any]]:
    """Who may take a piece of work at an instant, and who of them is free."""
    verdicts = decide([item], standings, at=_at(at)).explain().verdicts
    fit = sorted(each.agent for each in verdicts if each.is_fit)
    busy = {"not_present", "not_responding", "being_offered", "in_wrap_up", "busy"}
    free = sorted(each.agent for each in verdicts if each.is_fit and each.reason.why.value not in busy)
    return fit, free


def _signed_in(dispatcher: Dispatcher, agents: Iterable[Mapping[str, Any]]) -> Dispatcher:
    """Agents come one after the other, who has been idle longest first; those who are away do not."""
    present = [each for each in agents if each.get("available", True) and each.get("registered", True)]
    order = sorted(present, key=lambda each: (_idle(each), str(each["id"])))
    for agent in order:
        dispatcher.sign_in(str(agent["id"]), at=_at(-100_000 + order.index(agent)))
    return dispatcher


def _office(case: Any, **arguments: Any) -> Dispatcher:
    agents = [Agent(id=str(each["id"])) for each in case["given"]["agents"]]
    return _signed_in(Dispatcher(agents=agents, **arguments), case["given"]["agents"])


def _offers(decision: Decision) -> list[str]:
    return [offer.agent for offer in decision.offers]


def _busy(dispatcher: Dispatcher, agent: str, until: float) -> tuple[float, str]:
    """Keep an agent in a conversation; `_free_in_time` ends it."""
    item = WorkItem(id=f"busy-{agent}", channel=_channel("voice"), requirement=with_attribute("id", agent))
    [offer] = dispatcher.arrive(item, at=_at(-1000)).offers
    dispatcher.accept(offer, at=_at(-1000))
    return until, item.id


def _assigned(dispatcher: Dispatcher, item: WorkItem, ends: Iterable[tuple[float, str]], until: float) -> list[Any]:
    """When, and to whom, a piece of work that arrives at its entry is offered, while conversations end in time."""
    made = [(0.0, offer) for offer in dispatcher.arrive(item, at=_at(0)).offers]
    for second, held in [*sorted(each for each in ends if each[0] <= until), (until, "")]:
        while not made and (due := dispatcher.next_deadline()) is not None and due <= _at(second):
            made += [((due - _ZERO).total_seconds(), offer) for offer in dispatcher.advance(at=due).offers]
        if held and not made:
            made += [(second, offer) for offer in dispatcher.complete(held, at=_at(second)).offers]
    return [{"at": second, "contact": offer.item, "agent": offer.agent} for second, offer in made[:1]]


# In which order agents are asked


_STRATEGIES = {
    "least_load_ratio_then_longest_available": "least_loaded",
    "longest_idle": "longest_idle",
    "longest_available": "longest_idle",
    "leastrecent": "longest_idle",
    "fewestcalls": "fewest_contacts",
    "agent-with-least-talk-time": "least_talk_time",
    "agent-with-fewest-calls": "fewest_contacts",
    "sequentially-by-agent-order": "linear",
    "top-down": "linear",
    "round-robin": "round_robin",
    "rrmemory": "round_robin",
    "fewest_skills_then_idle": "least_skilled",
    "fewest_other_skills_then_idle": "least_skilled",
    "rank_desc_then_idle": "longest_idle",
    "fewest_open": "least_loaded",
    "EAD-MIA": "longest_idle",
    "UCD-MIA": "longest_idle",
    "EAD-LOA": "least_occupied",
    "UCD-LOA": "least_occupied",
}


def _tier(agent: Mapping[str, Any], policy: Mapping[str, Any]) -> int:
    """Where peers put an agent before any other order: a penalty, a tier, a level (1 is best), a rank (9 is best)."""
    if policy["strategy"].startswith("UCD") or "ignore_penalty_if_members_at_most" in policy:
        return 0
    return int(agent.get("penalty", agent.get("level", -agent.get("rank", 0))))


def _turns(given: Mapping[str, Any]) -> Mapping[Any, int]:
    """Peers' pointers and instants of the last offer as the number of the last offer."""
    names = [agent["id"] for agent in given["agents"]]
    if "next_pointer" in given:
        start = given["next_pointer"]
        return {name: number + 1 for number, name in enumerate(names[start:] + names[:start])}
    offered = [agent.get("last_offered") or _LONG_AGO for agent in given["agents"]]
    start = offered.index(max(offered)) + 1  # the peer goes on in its fixed order, after the one offered last
    return {name: number + 1 for number, name in enumerate(names[start:] + names[:start])}


def _ranked(case: Any) -> Mapping[str, Any]:
    given, policy = case["given"], case["given"]["policy"]
    tiers = {agent["id"]: _tier(agent, policy) for agent in given["agents"]}
    turns = _turns(given)
    standings = []
    for agent in given["agents"]:
        skills = [*agent.get("skills", []), *_by_tier(tiers[agent["id"]], set(tiers.values()))]
        capacity = agent.get("capacity", 10)
        standings.append(
            Standing(
                agent=Agent(id=agent["id"], skills=skills, capacity=capacity, position=agent.get("position", 0)),
                holdings=_holdings(agent.get("consumed", agent.get("open", 0))),
                idle_since=_idle(agent),
                turn=turns[agent["id"]],
                contacts=agent.get("calls", agent.get("answered", 0)),
                talked=agent.get("talk_s", 0),
                occupied=round(agent.get("occupancy", 0) * 1000),
                signed_in_at=_EPOCH - 1000,
            )
        )
    contact = next(iter(given.get("contacts", [])), {"id": "x"})
    wish = _prefer_tiers(tiers.values())
    for skill in contact.get("requires", []):
        wish = require(skill) & wish
    order = _order(standings, STRATEGIES[_STRATEGIES[policy["strategy"]]], _item(contact, requirement=wish))
    loads = {each.agent.id: round(each.used / each.agent.capacity, 3) for each in standings}
    answers = {"order": order, "first": order[0], "load_ratio": loads}
    return {what: answers[what] for what in case["expect"]}


def _by_levels(case: Any) -> Mapping[str, Any]:
    """Peers' `order_by` is a strategy of one's own: the key of a profile."""
    names = [name for name, _ in case["given"]["policy"]["order_by"]]
    own = Strategy(
        name="own",
        order=lambda standing, _, __: (standing.idle_since,),
        fit=lambda profile, _: tuple(-profile.level(name) for name in names),
    )
    standings = [Standing(agent=Agent(id=each["id"], skills=each["labels"])) for each in case["given"]["agents"]]
    return {"order": _order(standings, own, _item("t"))}


# In which order work is served


def _lined_up(case: Any) -> Mapping[str, Any]:
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
        credited[each["id"]] = _seconds(each.get(name, 0) * factor)
        level = list(Priority)[numbers.index(each.get("priority", default))]
        fields = {**each, "enqueued_at": each.get("call_started_at", each["enqueued_at"])}
        dispatcher.arrive(_item(fields, priority=level, credit=credited[each["id"]]), at=_at(0))
    waited = {each["id"]: _seconds(-each.get("call_started_at", each["enqueued_at"])) for each in contacts}
    score = {name: (waited[name] + credited[name]).total_seconds() / unit.get(order, ("", 1))[1] for name in waited}
    answers = {"order": list(dispatcher.waiting()), "score": score}
    return {what: answers[what] for what in case["expect"]}


def _next_for_one(case: Any) -> Mapping[str, Any]:
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
        wish = require("nobody yet").relax(after=_seconds(delay), to=anyone) if delay else anyone
        wish = require("nobody at all") if _is_out_of_reach(contact, given) else wish
        level = list(Priority)[levels.index(ranks[contact["id"]])]
        dispatcher.arrive(_item(contact, requirement=wish, priority=level), at=_at(contact["enqueued_at"]))
    at = case["events"][0]["at"]
    made = dispatcher.sign_in(given["agents"][0]["id"], at=_at(at)).offers
    assign = [{"at": at, "contact": offer.item, "agent": offer.agent} for offer in made]
    answers: dict[str, Any] = {"assign": assign or {}, "nobody": not made}
    return {what: answers[what] for what in case["expect"]}


def _is_out_of_reach(contact: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether the queue's window of penalties leaves the agent out (later rules have not come yet)."""
    window = given.get("queues", {}).get(contact.get("queue"), {})
    return bool(given["agents"][0].get("penalty", 0) > window.get("max_penalty", 1000))


# Who may take it


def _eligible(case: Any, item: WorkItem, standings: list[Standing]) -> Mapping[str, Any]:
    """The sets at each instant; ids come out as they went in."""
    ids = {str(each["id"]): each["id"] for each in case["given"]["agents"]}
    fit, free = [], []
    for event in case["events"]:
        able, idle = _able(item, standings, event["at"])
        fit.append({"at": event["at"], "agents": sorted(ids[name] for name in able)})
        free.append({"at": event["at"], "agents": sorted(ids[name] for name in idle)})
    answers = {"eligible": fit, "eligible_idle": free}
    return {what: answers[what] for what in case["expect"]}


def _standings(agents: Iterable[Mapping[str, Any]], skills: Callable[[Any], Any]) -> list[Standing]:
    return [
        Standing(agent=Agent(id=str(each["id"]), skills=skills(each)), holdings=_holdings("busy_until" in each))
        for each in agents
    ]


def _selectors(case: Any) -> Mapping[str, Any]:
    """Labels that are numbers become levels; one that expires is joined as a part that widens to anyone."""
    agents = case["given"]["agents"]
    level = _scale([each["labels"]["Skill"] for each in agents] + [10.5])
    english = require("English")
    skilled = require("Skill", level=level(10.5))
    last = case["given"]["contacts"][0]["selectors"][-1]
    if isinstance(last, dict):
        skilled = skilled.relax(after=_seconds(last["expires_after_s"]), to=anyone)

    def skills(agent: Mapping[str, Any]) -> Mapping[str, int]:
        known = {"Skill": level(agent["labels"]["Skill"])}
        return known | ({"English": 1} if agent["labels"]["English"] else {})

    item = _item({"id": "job1", "enqueued_at": 0}, requirement=english & skilled)
    return _eligible(case, item, _standings(agents, skills))


def _expression(case: Any) -> Mapping[str, Any]:
    """`HAS`, `OR` and comparisons: skills, languages and levels."""
    agents = [each["labels"] | {"id": each["id"]} for each in case["given"]["agents"]]
    if "skills" in agents[0]:
        people = [Agent(id=each["id"], skills=each["skills"], languages=each["languages"]) for each in agents]
        wish = require("support") & speak("english")
    else:
        level = _scale([each["skill_rating"] for each in agents])
        people = [
            Agent(id=each["id"], languages=[each["language"]], skills={"rating": level(each["skill_rating"])})
            for each in agents
        ]
        wish = speak("en", "fr") & require("rating", level=level(5.1))
    return _eligible(case, _item("t", requirement=wish), [Standing(agent=each) for each in people])


def _bullseye(case: Any) -> Mapping[str, Any]:
    """Each ring is a step that asks for fewer skills."""
    given = case["given"]
    left = list(given["contacts"][0]["requires"])
    wish = _all(left)
    for ring in given["policy"]["rings"][1:]:
        left = [skill for skill in left if skill not in ring["remove"]]
        wish = wish.relax(after=_seconds(given["policy"]["ring_s"] * (ring["ring"] - 1)), to=_all(left))
    item = _item({"id": "x", "enqueued_at": 0}, requirement=wish)
    if "assign" not in case["expect"]:
        return _eligible(case, item, _standings(given["agents"], lambda each: each["skills"]))
    agents = [Agent(id=str(each["id"]), skills=each["skills"]) for each in given["agents"]]
    dispatcher = Dispatcher(agents=agents)
    for each in given["agents"]:
        if each["busy_until"] <= 0:
            dispatcher.sign_in(str(each["id"]), at=_at(-1))
    made = _assigned(dispatcher, item, [], case["events"][-1]["at"])
    return {"assign": [each | {"agent": int(each["agent"])} for each in made]}


def _all(skills: Iterable[str]) -> Requirement:
    wish = anyone
    for skill in skills:
        wish = wish & require(skill)
    return wish


def _reverse_bullseye(case: Any) -> Mapping[str, Any]:
    """Each step adds an alternative; who fitted before still fits."""
    wish = require("tech3")
    wish = wish.relax(after=_seconds(30), to=require("tech2")).relax(after=_seconds(60), to=require("tech1"))
    standings = _standings(case["given"]["agents"], lambda each: each["skills"])
    return _eligible(case, _item({"id": "x", "enqueued_at": 0}, requirement=wish), standings)


def _ring_clock(case: Any) -> Mapping[str, Any]:
    """The clock of the steps runs on while it rings, and `most_skilled` looks at levels alone."""
    given = case["given"]
    ring = {name: str(number) for number, each in enumerate(given["policy"]["rings"]) for name in each["agents"]}
    agents = [
        Agent(id=each["id"], skills=each["skills"], attributes={"ring": ring[each["id"]]}) for each in given["agents"]
    ]
    wish = with_attribute("ring", "0") & prefer(skill="customer")
    wish = wish.relax(after=_seconds(5), to=with_attribute("ring", "1"))
    wish = wish.relax(after=_seconds(10), to=with_attribute("ring", "2"))
    own = Strategy(
        name="best_available_skills",
        order=lambda standing, _, __: (standing.idle_since,),
        fit=lambda profile, _: (-profile.level("customer"),),
    )
    dispatcher = _signed_in(Dispatcher(agents=agents, strategy=own, ring_for=_seconds(10)), given["agents"])
    first = dispatcher.arrive(_item("x", requirement=wish), at=_at(0))
    return {"offer_sequence": _offers(first) + _offers(dispatcher.advance(at=_at(10)))}


def _by_score(case: Any) -> Mapping[str, Any]:
    """Peers' scores of preferred agents are levels of a skill, and each threshold a step."""
    level = _scale([50.5, 60, 70.5, 80, 90.5, 100])
    wish = require("preferred", level=level(90.5))
    wish = wish.relax(after=_seconds(30), to=require("preferred", level=level(70.5)))
    wish = wish.relax(after=_seconds(60), to=require("preferred", level=level(50.5))).relax(
        after=_seconds(90), to=anyone
    )
    standings = _standings(
        case["given"]["agents"], lambda each: {"preferred": level(each["score"])} if "score" in each else {}
    )
    return _eligible(case, _item({"id": "x", "enqueued_at": 0}, requirement=wish), standings)


def _penalty_windows(case: Any) -> Mapping[str, Any]:
    """A window of penalties is an attribute with its values; one that moves is a step that narrows."""
    start = case["given"]["policy"].get("start", {"min": 0, "max": 2})
    low, high = start["min"], start["max"]
    wish = with_attribute("penalty", *map(str, range(low, high + 1)))
    for rule in case["given"]["policy"]["rules"]:
        new = str(rule.get("max", high))
        high = high + int(new) if new.startswith("+") else int(new)
        low = rule.get("min", low)
        inside = with_attribute("penalty", *map(str, range(low, high + 1)))
        wish = wish.relax(after=_seconds(rule["at_s"]), to=inside, narrowing=True)
    standings = [
        Standing(agent=Agent(id=each["id"], attributes={"penalty": str(each["penalty"])}))
        for each in case["given"]["agents"]
    ]
    item = _item({"id": "x", "enqueued_at": 0}, requirement=wish)
    if "excluded" in case["expect"]:
        able, _ = _able(item, standings, case["events"][0]["at"])
        return {"excluded": [each.agent.id for each in standings if each.agent.id not in able]}
    answers = [
        {"at": event["at"], "agents": sorted(_able(item, standings, event["at"])[0], key=lambda name: int(name[1:]))}
        for event in case["events"]
    ]
    return {"eligible": answers}


def _magic_skills(case: Any) -> Mapping[str, Any]:
    """An agent with `_all` is written with every skill; work for `_all` is for anyone."""
    agents = case["given"]["agents"]
    every = {skill for each in agents for skill in each["skills"]} - {"_all"}
    standings = _standings(agents, lambda each: every if "_all" in each["skills"] else each["skills"])
    answers = []
    for contact in case["given"]["contacts"]:
        item = _item(contact["id"], requirement=_all(skill for skill in contact["requires"] if skill != "_all"))
        answers.append({"contact": contact["id"], "agents": _able(item, standings, 0)[0]})
    return {"eligible": answers}


def _required(case: Any) -> Mapping[str, Any]:
    """Plain skills, true or false attributes, and permissions."""
    contact = next(iter(case["given"].get("contacts", [])), {"id": "x"})
    people, wish = [], _all(contact.get("requires", []))
    for each in case["given"]["agents"]:
        labels = {name: int(value) for name, value in each.get("labels", {}).items() if value}
        skills = labels or dict.fromkeys(each.get("skills", []), 1)
        people.append(Standing(agent=Agent(id=each["id"], skills=skills, permissions=each.get("permissions", []))))
    if "policy" in case["given"]:
        wish = require("Boston") & require("Spanish") & require("Repair", level=10)
    if "needs_permission" in contact:
        wish = permit(contact["needs_permission"])
    return _eligible(case, _item(contact, requirement=wish), people)


def _considered(case: Any) -> Mapping[str, Any]:
    """A step with a condition on the caller is a rule."""

    def rule(item: WorkItem, /, *, at: Any) -> Requirement:  # noqa: ARG001 - the shape of a rule
        if item.attributes["level"] == "gold":
            return require("expert").relax(after=_seconds(60), to=require("basic"))
        return require("basic")

    people = [
        Standing(agent=Agent(id=each["id"], skills=[name for name, value in each["labels"].items() if value]))
        for each in case["given"]["agents"]
    ]
    answers = []
    for contact in case["given"]["contacts"]:
        item = _item(contact, attributes={"level": contact["level"]})
        verdicts = decide([item], people, at=_at(0), rules=[rule]).explain().verdicts
        answers.append({"contact": contact["id"], "agents": [each.agent for each in verdicts if each.is_fit]})
    return {"eligible": answers}


# What happens


def _preferred_then_all(case: Any) -> Mapping[str, Any]:
    """First one agent (`prefer` with a hold), then the team, then everybody (a step)."""
    given = case["given"]
    agents = [Agent(id=each["id"], skills=each["queues"], attributes={"id": each["id"]}) for each in given["agents"]]
    dispatcher = _signed_in(Dispatcher(agents=agents), given["agents"])
    ends = [_busy(dispatcher, each["id"], each["busy_until"]) for each in given["agents"] if "busy_until" in each]
    wish = require("support") & prefer("p", hold=_seconds(15))
    item = _item({"id": "t", "enqueued_at": 0}, requirement=wish.relax(after=_seconds(30), to=require("everyone")))
    return {"assign": _assigned(dispatcher, item, ends, case["events"][-1]["at"])}


def _dropped_skills(case: Any) -> Mapping[str, Any]:
    """Each group of additional skills is dropped by a step, the highest number first."""
    given = case["given"]
    contact = given["contacts"][0]
    needed = list(contact["requires"])
    extra = contact["additional"]
    wish = _all([*needed, *(each["skill"] for each in extra)])
    numbers = sorted({each["priority"] for each in extra}, reverse=True)
    for step, number in enumerate(numbers, start=1):
        left = [each["skill"] for each in extra if each["priority"] < number]
        wish = wish.relax(after=_seconds(given["policy"]["drop_after_s"] * step), to=_all([*needed, *left]))
    standings = _standings(given["agents"], lambda each: each["skills"])
    return _eligible(case, _item(contact, requirement=wish), standings)


def _capacity(case: Any) -> Mapping[str, Any]:
    """Units in all, a cost for each kind of work, and limits for channels."""
    [agent] = case["given"]["agents"]
    costs = agent.get("cost", {})
    limits = agent["capacity"] if isinstance(agent.get("capacity"), dict) else {}
    units = sum(limits.values()) or agent["capacity"]
    answers = []
    for event in case["events"]:
        active = event.get("active") or [name for name, count in agent.get("active", {}).items() for _ in range(count)]
        held = tuple(
            Holding(str(number), name, costs.get(name, 1), Phase.TALKING, _EPOCH) for number, name in enumerate(active)
        )
        standing = Standing(agent=Agent(id="w", capacity=units, limits=limits), holdings=held)
        channel = event["channel"]
        item = _item("new", channel=_channel(channel), cost=costs.get(channel, 1))
        answers.append(bool(decide([item], [standing], at=_ZERO).offers))
    return {"can_take": answers}


def _inbox_limits(case: Any) -> Mapping[str, Any]:
    """A limit is one of the channel; without one the capacity decides, and may be large."""
    answers = {}
    for each in case["given"]["agents"]:
        limits = {} if each["inbox_limit"] is None else {"voice": each["inbox_limit"]}
        standing = Standing(agent=Agent(id=each["id"], capacity=1000, limits=limits), holdings=_holdings(each["open"]))
        answers[each["id"]] = bool(decide([_item("x")], [standing], at=_ZERO).offers)
    return {"has_capacity": answers}


def _unlimited(case: Any) -> Mapping[str, Any]:
    """No cap is a large capacity here; 0 would mean none at all."""
    [agent] = case["given"]["agents"]
    standing = Standing(agent=Agent(id=agent["id"], capacity=1000), holdings=_holdings(agent["active"]))
    return {"assigned": len(decide([_item("x")], [standing], at=_ZERO).offers)}


def _round_robin(case: Any) -> Mapping[str, Any]:
    """Who had an offer longest ago; `last_offered` had the last one."""
    given = case["given"]
    ring = given.get("ring_head_first", [each["id"] for each in given.get("agents", [])])
    if "last_offered" in given:
        start = ring.index(given["last_offered"]) + 1
        ring = ring[start:] + ring[:start]
    turns = {name: number + 1 for number, name in enumerate(ring)}
    chosen: list[str] = []
    for number, event in enumerate(case["events"]):
        standings = [Standing(agent=Agent(id=name), turn=turns[name]) for name in event.get("allowed", ring)]
        [offer] = decide([_item(number)], standings, at=_ZERO, strategy=STRATEGIES["round_robin"]).offers
        chosen.append(offer.agent)
        turns[offer.agent] = 100 + number
    answers = {"assign_sequence": chosen, "ring_head_first_after": sorted(turns, key=lambda name: turns[name])}
    return {what: answers[what] for what in case["expect"]}


def _offer_life(case: Any) -> Mapping[str, Any]:
    """An offer, and what becomes of it: declined, expired, revoked."""
    given, policy = case["given"], case["given"].get("policy", {})
    ring_for = _seconds(policy["offer_ttl_s"]) if "offer_ttl_s" in policy else None
    dispatcher = _office(case, ring_for=ring_for, offers_at_once=policy.get("max_concurrent_offers", 1))
    made = list(dispatcher.arrive(_item(case["events"][0]["contact"]), at=_at(0)).offers)
    states = ["pending", "reserved"] if made else ["pending"]
    sequence, event = [offer.agent for offer in made], case["events"][1]
    live = {offer.agent: offer for offer in made}
    verbs: Mapping[str, Callable[[], Decision]] = {
        "decline": lambda: dispatcher.decline(live[event["agent"]], at=_at(event["at"])),
        "accept": lambda: dispatcher.accept(live[event["agent"]], at=_at(event["at"])),
        "set_unavailable": lambda: dispatcher.set_presence(event["agent"], Presence.BREAK, at=_at(event["at"])),
        "tick": lambda: dispatcher.advance(at=_at(event["at"])),
    }
    after = verbs[event["do"]]()
    sequence += _offers(after)
    holder = dispatcher.holder(made[0].item)
    states.append("reserved" if after.offers else "assigned" if holder else "pending")
    answers: dict[str, Any] = {
        "offer_sequence": sequence,
        "revoked": [offer.agent for offer in after.revoked],
        "assign": [{"at": event["at"], "contact": made[0].item, "agent": holder}],
        "agent_state": {
            each["id"]: "not_responding"
            for each in given["agents"]
            if dispatcher.standing(each["id"]).presence is Presence.NOT_RESPONDING
        },
        "contact_states": states,
        "never_again": {**case["expect"].get("never_again", {}), "agent": "a" if sequence.count("a") == 1 else None},
    }
    return {what: answers[what] for what in case["expect"]}


def _all_at_once(case: Any) -> Mapping[str, Any]:
    """To ring at all is a large round; penalties are steps, so the worse ones wait."""
    agents = case["given"]["agents"]
    people = [Agent(id=each["id"], attributes={"penalty": str(each.get("penalty", 0))}) for each in agents]
    dispatcher = _signed_in(Dispatcher(agents=people, offers_at_once=len(people)), agents)
    wish = with_attribute("penalty", "0").relax(after=_seconds(15), to=anyone)
    return {"offered_at_once": _offers(dispatcher.arrive(_item("x", requirement=wish), at=_at(0)))}


def _wrap_up_by_agent(case: Any) -> Mapping[str, Any]:
    """Each agent has a wrap-up of one's own; the strategy is `linear`."""
    common = case["given"]["policy"]["wrapup_s"]
    agents = [
        Agent(id=each["id"], position=number, wrap_up=WrapUp.timed(_seconds(each.get("wrapup_s", common))))
        for number, each in enumerate(case["given"]["agents"])
    ]
    dispatcher = _signed_in(Dispatcher(agents=agents, strategy=STRATEGIES["linear"]), case["given"]["agents"])
    sequence: list[str | None] = []
    for event in case["events"]:
        offers = dispatcher.arrive(_item(event["contact"]), at=_at(event["at"])).offers
        sequence.append(offers[0].agent if offers else None)
        for offer in offers:
            dispatcher.accept(offer, at=_at(event["at"]))
            dispatcher.complete(offer.item, at=_at(event["at"]))
    return {"assign_sequence": sequence}


def _wrap_up_edge(case: Any) -> Mapping[str, Any]:
    """A wrap-up of ten seconds is over after ten seconds."""
    [agent] = case["given"]["agents"]
    people = [Agent(id=agent["id"], wrap_up=WrapUp.timed(_seconds(agent["wrapup_s"])))]
    answers = []
    for event in case["events"]:
        dispatcher = _signed_in(Dispatcher(agents=people), case["given"]["agents"])
        [offer] = dispatcher.arrive(_item("before"), at=_at(-5)).offers
        dispatcher.accept(offer, at=_at(-5))
        dispatcher.complete("before", at=_at(0))
        dispatcher.arrive(_item("x"), at=_at(0))
        offers = dispatcher.advance(at=_at(event["at"])).offers
        answers.append({"at": event["at"], "agent": offers[0].agent if offers else None})
    return {"first": answers}


def _tiers_in_time(case: Any) -> Mapping[str, Any]:
    """Each tier is a step; with no wait they are preferences alone."""
    given = case["given"]
    wait = given["policy"]["tier_wait_s"]
    people = [
        Agent(id=each["id"], skills=[f"tier-{each['level']}", f"up-to-{each['level']}"], attributes={"id": each["id"]})
        for each in given["agents"]
    ]
    wish = _prefer_tiers(each["level"] for each in given["agents"])
    if wait:
        wish = require("nobody yet") & wish
        for each in given["agents"]:
            wish = wish.relax(after=_seconds(wait * each["level"]), to=require(f"up-to-{each['level']}"))
    answers = []
    for event in case["events"]:
        standings = [
            Standing(agent=agent, holdings=_holdings("busy_until" in each))
            for agent, each in zip(people, given["agents"], strict=True)
        ]
        item = _item({"id": "x", "enqueued_at": 0}, requirement=wish)
        offers = decide([item], standings, at=_at(event["at"])).offers
        answers.append({"at": event["at"], "agent": offers[0].agent if offers else None})
    return {"first": answers}


def _missed(case: Any) -> Mapping[str, Any]:
    """After so many misses an agent is not responding, which the peer shows as a break."""
    dispatcher = _office(case, ring_for=_seconds(1), misses_allowed=case["given"]["policy"]["max_missed"])
    shown = {Presence.AVAILABLE: "Available", Presence.NOT_RESPONDING: case["given"]["policy"]["missed_status"]}
    statuses = []
    for number, event in enumerate(case["events"]):
        dispatcher.arrive(_item(number), at=_at(event["at"] * 10))
        dispatcher.advance(at=_at(event["at"] * 10 + 1))
        statuses.append(shown[dispatcher.standing(event["agent"]).presence])
        dispatcher.cancel(str(number), at=_at(event["at"] * 10 + 1))
    return {"agent_status": statuses}


def _declined_keeps_its_age(case: Any) -> Mapping[str, Any]:
    """The item returns to its place; the agent gets the next one."""
    dispatcher = Dispatcher(agents=[Agent(id="a")])
    for contact in case["given"]["contacts"]:
        dispatcher.arrive(_item(contact), at=_at(0))
    [offer] = dispatcher.sign_in("a", at=_at(0)).offers
    after = dispatcher.decline(offer, at=_at(5))
    return {
        "queue_order": list(dispatcher.waiting()),
        "next_offer": {"agent": after.offers[0].agent, "contact": after.offers[0].item},
    }


def _queue_order(case: Any) -> Mapping[str, Any]:
    """Queues in the order of the first that waits in each; there a smaller number is more urgent."""
    line = _lined_up({**case, "expect": {"order": []}})["order"]
    queues = {contact["id"]: contact["queue"] for contact in case["given"]["contacts"]}
    return {"order": [queues[name] for name in line]}


def _batch(case: Any) -> Mapping[str, Any]:
    """A round of assignments over what is given: those who are not there and what is not open do not come."""
    agents = [
        Standing(
            agent=Agent(id=each["id"]), presence=Presence.AVAILABLE if each.get("available", True) else Presence.OFFLINE
        )
        for each in case["given"]["agents"]
    ]
    items = [_item(each) for each in case["given"]["contacts"] if each.get("status", "open") == "open"]
    offers = decide(items, agents, at=_ZERO).offers
    answers = {"assigned": len(offers), "assigned_contacts": [offer.item for offer in offers]}
    return {what: answers[what] for what in case["expect"]}


def _backlog_first(_: Any) -> Mapping[str, Any]:
    """A freed agent takes what has waited, before anything newer comes."""
    dispatcher = Dispatcher(agents=[Agent(id="a", capacity=3)])
    dispatcher.sign_in("a", at=_at(-10))
    for number in range(3):
        [offer] = dispatcher.arrive(_item(f"held-{number}"), at=_at(-9)).offers
        dispatcher.accept(offer, at=_at(-9))
    dispatcher.arrive(_item("4th"), at=_at(0))
    [made] = dispatcher.complete("held-0", at=_at(10)).offers
    dispatcher.arrive(_item("5th"), at=_at(11))
    return {"assign": [{"at": 10, "contact": made.item, "agent": made.agent}]}


def _affinity(case: Any) -> Mapping[str, Any]:
    """An agent wished for who is not there is not waited for."""
    contact = case["given"]["contacts"][0]
    owner = contact.get("last_agent") or contact["selectors"][0]["value"]
    dispatcher = _office(case)
    made = dispatcher.arrive(_item(contact["id"], requirement=prefer(owner, hold=_seconds(45))), at=_at(0)).offers
    return {"assign": [{"at": 0, "contact": offer.item, "agent": offer.agent} for offer in made]}


def _comes_online(case: Any) -> Mapping[str, Any]:
    """Signing in takes the backlog."""
    dispatcher = Dispatcher(agents=[Agent(id="a")])
    dispatcher.arrive(_item(case["given"]["contacts"][0]), at=_at(-1))
    made = dispatcher.sign_in("a", at=_at(0)).offers
    return {"assign": [{"at": 0, "contact": offer.item, "agent": offer.agent} for offer in made]}


def _returning(case: Any) -> Mapping[str, Any]:
    """The last agent is waited for (`hold`), and the front of the line is a credit."""
    policy = case["given"]["policy"]
    agents = [Agent(id=name, attributes={"id": name}) for name in ("prev", "other")]
    dispatcher = _signed_in(Dispatcher(agents=agents), case["given"]["agents"])
    until, held = _busy(dispatcher, "prev", 10)
    dispatcher.arrive(_item({"id": "n", "enqueued_at": -5}, requirement=with_attribute("id", "prev")), at=_at(-5))
    wish = prefer("prev", hold=_seconds(policy["affinity_hold_s"]))
    dispatcher.arrive(_item("r", requirement=wish, credit=_seconds(policy["window_s"])), at=_at(0))
    made = dispatcher.complete(held, at=_at(until)).offers
    return {"assign": [{"at": until, "contact": offer.item, "agent": offer.agent} for offer in made]}


def _best_match(case: Any) -> Mapping[str, Any]:
    """The pairs with the highest sum of scores."""
    scores = case["given"]["score"]
    pairs = best_match(scores)
    total = sum(scores[agent][item] for agent, item in pairs.items())
    greedy: dict[str, str] = {}
    for agent, items in scores.items():
        left = {item: score for item, score in items.items() if item not in greedy.values()}
        greedy[agent] = max(left, key=lambda item: left[item])
    answers = {
        "pairs": dict(pairs),
        "total": total,
        "greedy_total": sum(scores[agent][item] for agent, item in greedy.items()),
    }
    return {what: answers[what] for what in case["expect"]}


def _outbound(case: Any) -> Mapping[str, Any]:
    """A call of one's own is a time of absence: coming back starts the idle time anew."""
    event = case["events"][0]
    dispatcher = _office(case)
    dispatcher.set_presence(event["agent"], Presence.MEETING, at=_at(event["at"]))
    dispatcher.sign_in(event["agent"], at=_at(event["ends_at"]))
    order: list[str] = []
    for agent in case["given"]["agents"]:
        order += _offers(dispatcher.arrive(_item(f"to-{agent['id']}"), at=_at(case["events"][1]["at"])))
    return {"order": order}


def _several(*names: str, by: Callable[[Any], Mapping[str, Any]]) -> dict[str, Callable[[Any], Mapping[str, Any]]]:
    return dict.fromkeys(names, by)


_CASES: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    **_several(
        *("az-longest-idle", "tw-longest-idle", "aws-longest-available", "as-fewestcalls", "as-leastrecent"),
        *("as-rrmemory", "as-penalty-limit", "fs-agent-with-least-talk-time", "fs-agent-with-fewest-calls"),
        *("fs-sequentially-by-agent-order", "fs-top-down", "fs-round-robin", "oa-order", "av-ead-loa", "av-ucd-loa"),
        *("av-ead-mia", "av-ucd-mia", "av-slm", "cw-balanced", "vicidial-rank"),
        by=_ranked,
    ),
    **_several("tw-order-by-desc", by=_by_levels),
    **_several(
        *("tw-priority-strict", "ge-conversation-score-negative", "aws-contact-priority", "fs-score"),
        *("fs-score-system", "sf-priority"),
        by=_lined_up,
    ),
    **_several(
        *("aws-ex1-sales-first", "aws-ex1-support-if-empty", "aws-ex2-delay-over", "aws-ex3-tier3-young"),
        *("aws-ex3-tier3", "aws-ex3-tier3-waits", "as-weight-no-block", "as-force-longest", "as-force-longest-prio"),
        "av-greatest-need",
        by=_next_for_one,
    ),
    **_several("az-selector-expiry", "az-selector-match", by=_selectors),
    **_several("tw-expression", "tw-expression-2", by=_expression),
    **_several("ge-bullseye-pools", "ge-bullseye-ring2", by=_bullseye),
    **_several("ge-reverse-bullseye", by=_reverse_bullseye),
    **_several("ge-ring-clock-during-offer", by=_ring_clock),
    **_several("ge-preferred-scores", by=_by_score),
    **_several("as-rule-timeline", "as-raise-rN", by=_penalty_windows),
    **_several("oa-filter", by=_magic_skills),
    **_several("busytone-queue-skill", "ci-attributes", "ld-permission", by=_required),
    **_several("ci-consider-if", by=_considered),
    **_several("tw-preferred-then-all", "tw-preferred-fallthrough", by=_preferred_then_all),
    **_several("sf-drop-order", by=_dropped_skills),
    **_several("az-capacity-1", "az-capacity-3", "tw-capacity", "sf-capacity", by=_capacity),
    **_several("cw-capacity", by=_inbox_limits),
    **_several("ld-zero-unlimited", by=_unlimited),
    **_several("az-round-robin", "cw-rr-allowed", by=_round_robin),
    **_several(
        *("az-decline", "az-concurrent-offers", "az-deregister", "tw-state", "ge-not-responding"), by=_offer_life
    ),
    **_several("as-ringall", "fs-ring-all", by=_all_at_once),
    **_several("as-linear-wrapup", by=_wrap_up_by_agent),
    **_several("fs-wrapup-strict", by=_wrap_up_edge),
    **_several("fs-tier-mult-3", "fs-tier-first-free", by=_tiers_in_time),
    **_several("fs-max-no-answer", by=_missed),
    **_several("sf-decline-age", by=_declined_keeps_its_age),
    **_several("oa-queue-priority", by=_queue_order),
    **_several("cw-only-open", "cw-offline", "cw-longest-waiting", by=_batch),
    **_several("cw-backlog-first", by=_backlog_first),
    **_several("az-preferred-expedite", "cw-reopen-online", by=_affinity),
    **_several("cw-come-online", by=_comes_online),
    **_several("aws-outbound-resets", by=_outbound),
    **_several("swyx-returning", by=_returning),
    **_several("sf-cost-lsa", "opt-3x5", by=_best_match),
}

_NOT_OURS: Mapping[str, str] = {
    "az-label-match": "no score of matched labels",
    "az-selector-magnitude": "no logistic score",
    "az-custom-score": "no free score per agent and contact",
    "tw-lifo": "no last in, first out",
    "tw-first-filter": "the entry point decides the queue",
    "tw-no-default": "the entry point decides the queue",
    "tw-timeout-cumulative": "an expired offer leaves the step as it is",
    "tw-direct-ignore-capacity": "capacity is never exceeded",
    "ge-score-kinds": "one kind of score for all queues",
    "aws-concurrency": "a department sets its own limits",
    "as-position-priority-maxlen": "no wished-for position",
    "as-autopause": "not responding holds for all queues",
    "as-timeout-app": "no pause between offers",
    "as-timeout-conf": "no pause between offers",
    "av-skill-level-pref": "the agent's skills do not reorder the line",
    "cw-limit": "no limit for a batch",
    "cw-stale": "nothing that waits is left alone",
    "cw-rate-limit": "no quota of contacts per hour",
    "cw-rate-window": "no quota of contacts per hour",
    "tick-escalation": "linear ageing instead of promotion to the end of another line",
    "vicidial-fewest": "contacts of all queues count",
    "vicidial-oldest-finish": "idle time counts from the end, never from the start",
}
