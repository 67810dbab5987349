"""Who may take a piece of work."""

from collections.abc import Mapping
from typing import Any

from adapters.routing_terms import (
    ZERO,
    all_skills,
    eligible,
    fit_and_free,
    moment,
    scale,
    span,
    standings_of,
    work_item,
)

from ticontact.routing import (
    Agent,
    AgentState,
    Requirement,
    WorkItem,
    any_agent,
    decide,
    first_of,
    require,
    require_language,
    require_permission,
)
from ticontact.routing.rules import load


def selectors(case: Any) -> Mapping[str, Any]:
    """Labels that are numbers become levels; one that expires is joined as a part that widens to anyone."""
    agents = case["given"]["agents"]
    level = scale([each["labels"]["Skill"] for each in agents] + [10.5])
    english = require("English")
    skilled = require("Skill", level=level(10.5))
    last = case["given"]["contacts"][0]["selectors"][-1]
    if isinstance(last, dict):
        skilled = skilled.relax(after=span(last["expires_after_s"]), to=any_agent)

    def skills(agent: Mapping[str, Any]) -> Mapping[str, int]:
        known = {"Skill": level(agent["labels"]["Skill"])}
        return known | ({"English": 1} if agent["labels"]["English"] else {})

    item = work_item({"id": "job1", "enqueued_at": 0}, requirement=english & skilled)
    return eligible(case, item, standings_of(agents, skills))


def expression(case: Any) -> Mapping[str, Any]:
    """`HAS`, `OR` and comparisons: skills, languages and levels."""
    agents = [each["labels"] | {"id": each["id"]} for each in case["given"]["agents"]]
    if "skills" in agents[0]:
        people = [Agent(id=each["id"], skills=each["skills"], languages=each["languages"]) for each in agents]
        wish = require("support") & require_language("english")
    else:
        level = scale([each["skill_rating"] for each in agents])
        people = [
            Agent(id=each["id"], languages=[each["language"]], skills={"rating": level(each["skill_rating"])})
            for each in agents
        ]
        wish = require_language("en", "fr") & require("rating", level=level(5.1))
    return eligible(case, work_item("t", requirement=wish), [AgentState(agent=each) for each in people])


def magic_skills(case: Any) -> Mapping[str, Any]:
    """An agent with `all_skills` is written with every skill; work for `all_skills` is for anyone."""
    agents = case["given"]["agents"]
    every = {skill for each in agents for skill in each["skills"]} - {"_all"}
    agent_states = standings_of(agents, lambda each: every if "_all" in each["skills"] else each["skills"])
    answers = []
    for contact in case["given"]["contacts"]:
        wish = all_skills(skill for skill in contact["requires"] if skill != "_all")
        item = work_item(contact["id"], requirement=wish)
        answers.append({"contact": contact["id"], "agents": fit_and_free(item, agent_states, 0)[0]})
    return {"eligible": answers}


def required(case: Any) -> Mapping[str, Any]:
    """Plain skills, true or false attributes, and permissions."""
    contact = next(iter(case["given"].get("contacts", [])), {"id": "x"})
    people, wish = [], all_skills(contact.get("requires", []))
    for each in case["given"]["agents"]:
        labels = {name: int(value) for name, value in each.get("labels", {}).items() if value}
        skills = labels or dict.fromkeys(each.get("skills", []), 1)
        people.append(AgentState(agent=Agent(id=each["id"], skills=skills, permissions=each.get("permissions", []))))
    if "policy" in case["given"]:
        wish = require("Boston") & require("Spanish") & require("Repair", level=10)
    if "needs_permission" in contact:
        wish = require_permission(contact["needs_permission"])
    return eligible(case, work_item(contact, requirement=wish), people)


def considered(case: Any) -> Mapping[str, Any]:
    """A step with a condition on the caller is a rule."""

    def rule(item: WorkItem, /, *, at: Any) -> Requirement:  # noqa: ARG001 - the shape of a rule
        if item.attributes["level"] == "gold":
            return require("expert").relax(after=span(60), to=require("basic"))
        return require("basic")

    people = [
        AgentState(agent=Agent(id=each["id"], skills=[name for name, value in each["labels"].items() if value]))
        for each in case["given"]["agents"]
    ]
    answers = []
    for contact in case["given"]["contacts"]:
        item = work_item(contact, attributes={"level": contact["level"]})
        eligibilities = decide([item], people, at=moment(0), rules=[rule]).explain().eligibilities
        answers.append({"contact": contact["id"], "agents": [each.agent for each in eligibilities if each.is_fit]})
    return {"eligible": answers}


def filtered(case: Any) -> Mapping[str, Any]:
    """Filters in their order are a table of rules under `first_of`; a queue is the skill of those who serve it."""
    rules = "\n".join(_filter(number, each) for number, each in enumerate(case["given"]["filters"]))
    queues = [each["queue"] for each in case["given"]["filters"]]
    people = [AgentState(agent=Agent(id=queue, skills=[queue])) for queue in queues]
    found, rejected = {}, []
    for contact in case["given"]["contacts"]:
        item = work_item(contact["id"], attributes={"type": contact["type"]})
        eligibilities = decide([item], people, at=ZERO, rules=[first_of(*load(rules))]).explain().eligibilities
        able = [each.agent for each in eligibilities if each.is_fit]
        found[contact["id"]] = able[0] if len(able) == 1 else able
        rejected += [] if able else [contact["id"]]
    answers = {"queue": found, "rejected": rejected}
    return {what: answers[what] for what in case["expect"]}


def _filter(number: int, given: Mapping[str, str]) -> str:
    """One filter as a rule in TOML; `1 == 1` asks nothing of the contact."""
    name, value = given["when"].split(" == ")
    when = "" if name == value else f"when.attributes.{name} = {value}\n"
    return f'[[rule]]\nname = "filter {number}"\n{when}then.require.{given["queue"]} = 1\n'
