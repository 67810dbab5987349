"""Peers' scores of an agent for a contact: `weighted`, with what each part of the score is worth."""

from collections.abc import Iterable, Mapping
from math import exp
from typing import Any

from adapters.routing_terms import EPOCH, ZERO, scale, work_item

from ticontact.routing import (
    Agent,
    AgentState,
    Requirement,
    WorkItem,
    any_agent,
    decide,
    require,
    require_permission,
    weighted,
    with_attribute,
)

_IDLE = ("longest idle", "longest available")
_MILLION = 1_000_000  # weights are whole numbers, so a share of one counts in millionths


def label_match(case: Any) -> Mapping[str, Any]:
    """The share of the contact's labels that the agent has: each is a soft wish of weight 1."""
    [contact] = case["given"]["contacts"]
    wish = weighted({with_attribute(name, value): 1 for name, value in contact["labels"].items()})
    agents = [Agent(id=each["id"], attributes=each["labels"]) for each in case["given"]["agents"]]
    return _answers(case, agents, wish, most=len(contact["labels"]))


def magnitudes(case: Any) -> Mapping[str, Any]:
    """How far a number lies beyond its bound, by a logistic curve: each value that somebody has is a weight."""
    given = case["given"]
    [contact] = given["contacts"]
    wish = any_agent
    for name, compared, bound in contact["selectors"]:
        values = {each["labels"][name] for each in given["agents"]}
        worth = {value: _worth(value, compared, bound) for value in values}
        fit = [str(value) for value in values if worth[value] >= _MILLION // 2]
        parts = {with_attribute(name, str(value)): worth[value] for value in values}
        wish = wish & with_attribute(name, *fit) & weighted(parts)
    agents = [
        Agent(id=each["id"], attributes={name: str(value) for name, value in each["labels"].items()})
        for each in given["agents"]
    ]
    return _answers(case, agents, wish, most=_MILLION * len(contact["selectors"]))


def _worth(value: Any, compared: str, bound: Any) -> int:
    if compared == "==":
        return _MILLION if value == bound else 1
    beyond = (value - bound if compared == ">=" else bound - value) / bound
    return round(_MILLION / (1 + exp(-beyond)))


def custom_score(case: Any) -> Mapping[str, Any]:
    """A function of contact and agent that has few values: a rule that gives the weight of each."""
    given = case["given"]
    levels = scale([each["labels"]["English"] for each in given["agents"]])

    def rule(item: WorkItem, /, *, at: Any) -> Requirement:  # noqa: ARG001 - the shape of a rule
        if item.attributes["HighPriority"] != "True":
            xbox = require_permission("Support_XBOX")
            return weighted({xbox: 100, ~xbox: 1})
        urgent, console = (
            require_permission("HighPrioritySupport"),
            require_permission(f"Support_{item.attributes['ConsoleType']}"),
        )
        return weighted({urgent & console: 200, urgent & ~console: 100, ~urgent: 1})

    [contact] = given["contacts"]
    [(_, _, least)] = contact["selectors"]
    agents = [
        Agent(
            id=each["id"],
            skills={"English": levels(each["labels"]["English"])},
            permissions=[name for name, value in each["labels"].items() if value is True],
        )
        for each in given["agents"]
    ]
    item = work_item("x", attributes={name: str(value) for name, value in contact["labels"].items()})
    wish = require("English", level=levels(least)) & rule(item, at=ZERO)
    return _answers(case, agents, wish, most=1)


def _answers(case: Any, agents: list[Agent], wish: Requirement, *, most: int) -> Mapping[str, Any]:
    """The scores, and who goes first; who goes first by having been idle for longer is a tie."""
    orders = [_order(agents, wish), _order(agents[::-1], wish)]
    tie = sorted({agent for one, other in zip(*orders, strict=True) if one != other for agent in (one, other)})
    answers = {
        "score": {each.id: round(_sum(each, wish) / most, 3) for each in agents},
        "order": orders[0],
        "first": orders[0][0],
        "first_any_of": sorted({order[0] for order in orders}),
        "tie": tie,
        "tie_break": next((word for word in _IDLE if tie and word == case["expect"].get("tie_break")), None),
    }
    return {what: answers[what] for what in case["expect"] if what in answers}


def _order(agents: Iterable[Agent], wish: Requirement) -> list[str]:
    """The agents in the order in which they are asked, if the first one has been idle longest."""
    left = [AgentState(agent=each, idle_since=EPOCH + number) for number, each in enumerate(agents)]
    order = []
    while offers := decide([work_item("x", requirement=wish)], left, at=ZERO).offers:
        order += [offer.agent for offer in offers]
        left = [each for each in left if each.agent.id not in order]
    return order


def _sum(agent: Agent, wish: Requirement) -> int:
    """What an agent's score comes to, by the preferences that the agent meets."""
    wishes = [(each.weight, each.condition) for each in wish.preferences]
    return sum(weight for weight, part in wishes if part is not None and part.lacks(agent.profile) is None)
