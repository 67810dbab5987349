"""In which order agents are asked."""

from collections.abc import Mapping
from typing import Any

from adapters.routing_terms import (
    EPOCH,
    LONG_AGO,
    ZERO,
    agents_asked,
    holdings_of,
    idle_from,
    moment,
    office,
    order_of,
    prefer_tiers,
    signed_in,
    skills_by_tier,
    work_item,
)

from ticontact.routing import Agent, AgentState, AgentStatus, Dispatcher, best_match, decide, require, with_attribute
from ticontact.routing.strategies import STRATEGIES, Strategy

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
    offered = [agent.get("last_offered") or LONG_AGO for agent in given["agents"]]
    start = offered.index(max(offered)) + 1  # the peer goes on in its fixed order, after the one offered last
    return {name: number + 1 for number, name in enumerate(names[start:] + names[:start])}


def ranked(case: Any) -> Mapping[str, Any]:
    """What agents have done, and the strategy that is the peer's; tiers and penalties are preferences."""
    given, policy = case["given"], case["given"]["policy"]
    tiers = {agent["id"]: _tier(agent, policy) for agent in given["agents"]}
    turns = _turns(given)
    agent_states = []
    for agent in given["agents"]:
        skills = [*agent.get("skills", []), *skills_by_tier(tiers[agent["id"]], set(tiers.values()))]
        capacity = agent.get("capacity", 10)
        agent_states.append(
            AgentState(
                agent=Agent(id=agent["id"], skills=skills, capacity=capacity, position=agent.get("position", 0)),
                assignments=holdings_of(agent.get("consumed", agent.get("open", 0))),
                idle_since=idle_from(agent),
                turn=turns[agent["id"]],
                contacts=agent.get("calls", agent.get("answered", 0)),
                talked=agent.get("talk_s", 0),
                occupied=round(agent.get("occupancy", 0) * 1000),
                signed_in_at=EPOCH - 1000,
            )
        )
    contact = next(iter(given.get("contacts", [])), {"id": "x"})
    wish = prefer_tiers(tiers.values())
    for skill in contact.get("requires", []):
        wish = require(skill) & wish
    order = order_of(agent_states, STRATEGIES[_STRATEGIES[policy["strategy"]]], work_item(contact, requirement=wish))
    loads = {each.agent.id: round(each.used / each.agent.capacity, 3) for each in agent_states}
    answers = {"order": order, "first": order[0], "load_ratio": loads}
    return {what: answers[what] for what in case["expect"]}


def by_levels(case: Any) -> Mapping[str, Any]:
    """Peers' `order_by` is a strategy of one's own: the key of a profile."""
    names = [name for name, _ in case["given"]["policy"]["order_by"]]
    own = Strategy(
        name="own",
        order=lambda agent_state, _, __: (agent_state.idle_since,),
        fit=lambda profile, _: tuple(-profile.level(name) for name in names),
    )
    agent_states = [AgentState(agent=Agent(id=each["id"], skills=each["labels"])) for each in case["given"]["agents"]]
    return {"order": order_of(agent_states, own, work_item("t"))}


def round_robin(case: Any) -> Mapping[str, Any]:
    """Who had an offer longest ago; `last_offered` had the last one."""
    given = case["given"]
    ring = given.get("ring_head_first", [each["id"] for each in given.get("agents", [])])
    if "last_offered" in given:
        start = ring.index(given["last_offered"]) + 1
        ring = ring[start:] + ring[:start]
    turns = {name: number + 1 for number, name in enumerate(ring)}
    chosen: list[str] = []
    for number, event in enumerate(case["events"]):
        agent_states = [AgentState(agent=Agent(id=name), turn=turns[name]) for name in event.get("allowed", ring)]
        [offer] = decide([work_item(number)], agent_states, at=ZERO, strategy=STRATEGIES["round_robin"]).offers
        chosen.append(offer.agent)
        turns[offer.agent] = 100 + number
    answers = {"assign_sequence": chosen, "ring_head_first_after": sorted(turns, key=lambda name: turns[name])}
    return {what: answers[what] for what in case["expect"]}


def best_pairs(case: Any) -> Mapping[str, Any]:
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


def outbound(case: Any) -> Mapping[str, Any]:
    """A call of one's own is a time of absence: coming back starts the idle time anew."""
    event = case["events"][0]
    dispatcher = office(case)
    dispatcher.set_status(event["agent"], AgentStatus.MEETING, at=moment(event["at"]))
    dispatcher.sign_in(event["agent"], at=moment(event["ends_at"]))
    order: list[str] = []
    for agent in case["given"]["agents"]:
        order += agents_asked(dispatcher.arrive(work_item(f"to-{agent['id']}"), at=moment(case["events"][1]["at"])))
    return {"order": order}


def fewest_in_group(case: Any) -> Mapping[str, Any]:
    """What a department counts by itself, such as an agent's contacts of one queue, is a strategy of its own."""
    agents = case["given"]["agents"]
    counted = {each["id"]: each["group_calls"] for each in agents}
    own = Strategy(
        name="fewest_calls_in_group",
        order=lambda agent_state, _, __: (counted[agent_state.agent.id], agent_state.idle_since),
        steady=False,
    )
    people = [AgentState(agent=Agent(id=each["id"]), contacts=each["total_calls"]) for each in agents]
    return {"first": order_of(people, own, work_item("x"))[0]}


def oldest_call(case: Any) -> Mapping[str, Any]:
    """By the end of the last contact it is `longest_idle`, by its beginning `round_robin`: one day, both ways."""
    strategies = {"oldest_call_finish": "longest_idle", "oldest_call_start": "round_robin"}
    return {"first": [_next_after(case, strategies[event["strategy"]]) for event in case["events"]]}


def _next_after(case: Any, strategy: str) -> str:
    agents = case["given"]["agents"]
    people = [Agent(id=each["id"], attributes={"id": each["id"]}) for each in agents]
    dispatcher = signed_in(Dispatcher(agents=people, strategy=STRATEGIES[strategy]), agents)
    turns = [(each[f"last_contact_{verb}"], verb, each["id"]) for each in agents for verb in ("start", "end")]
    for second, verb, name in sorted(turns):
        if verb == "end":
            dispatcher.complete(f"of {name}", at=moment(second))
            continue
        item = work_item(f"of {name}", requirement=with_attribute("id", name))
        [offer] = dispatcher.arrive(item, at=moment(second)).offers
        dispatcher.accept(offer, at=moment(second))
    [offer] = dispatcher.arrive(work_item("x"), at=moment(0)).offers
    return offer.agent
