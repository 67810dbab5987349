"""Who may take it: the keys of `then` that ask something of an agent, at any place where they may stand."""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

from ticontact._description import Description
from ticontact.routing._requirements.requirement import (
    Requirement,
    any_agent,
    at_site,
    exclude,
    require,
    require_language,
    require_permission,
    with_attribute,
)
from ticontact.routing._requirements.skill import HIGHEST_LEVEL
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.rules._known import Known

__all__ = ["Wish", "joined", "read_asked", "read_skills", "said"]

Wish: TypeAlias = Requirement | Callable[[WorkItem], Requirement]
"""What is asked: the same of all work, or as the work is."""


def said(wish: Wish, item: WorkItem) -> Requirement:
    """What a wish asks for a piece of work."""
    return wish if isinstance(wish, Requirement) else wish(item)


def joined(wishes: list[Wish]) -> Wish:
    """All of some wishes, in their order; made once, if none of them depends on the work."""
    fixed = any_agent
    for wish in wishes:
        if not isinstance(wish, Requirement):
            return lambda item: reduce(and_, (said(each, item) for each in wishes), any_agent)
        fixed &= wish
    return fixed


def read_asked(table: Description, known: Known, *, in_a_step: bool = False) -> Wish:
    """Return what a table requires of an agent.

    Its keys are `require`, `exclude`, `require_permission`, `site`, `attributes`, `require_language`, `any` and `not`.

    Args:
        table: The table.
        known: What the department has.
        in_a_step: Whether it is asked from some waiting time on; then agents cannot be excluded by id.
    """
    skills = table.table("require")
    known.check_skills(skills, ((skill, skill) for skill in skills))
    wishes: list[Wish] = [require(skill, level=_level(skills, skill)) for skill in skills]
    if "exclude" in table:
        wishes.append(_excluded(table, known, by_id=not in_a_step))
    wishes += [require_permission(permission) for permission in table.names("require_permission", default=())]
    if "site" in table:
        wishes.append(at_site(table.text("site")))
    attributes = table.table("attributes")
    wishes += [_attribute(attributes, name) for name in attributes]
    if "require_language" in table:
        wishes.append(_spoken(table))
    if "any" in table:
        wishes.append(_either(table, known, in_a_step=in_a_step))
    if "not" in table:
        wishes.append(_negated(table, known))
    return joined(wishes)


def read_skills(
    table: Description, key: str, known: Known, *, default: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """A list of skills.

    Args:
        table: The table.
        key: The key.
        known: What the department has.
        default: What an absent key stands for; None if it must be there.
    """
    skills = table.names(key, default=default)
    known.check_skills(table, ((key, skill) for skill in skills))
    return skills


def _level(table: Description, skill: str) -> int:
    level = table.integer(skill, least=1, most=HIGHEST_LEVEL)
    return min(max(level, 1), HIGHEST_LEVEL)  # a fault is written down


def _excluded(table: Description, known: Known, *, by_id: bool) -> Requirement:
    """Skills as a list, or a table of `skills` and `agents`."""
    requirement = any_agent
    if table.holds("exclude", dict):
        named = table.table("exclude")
        skills = read_skills(named, "skills", known, default=())
        requirement = exclude(named.names("agents", default=())) if by_id else any_agent
    else:
        skills = read_skills(table, "exclude", known)
    for skill in skills:
        requirement &= exclude(skill=skill)
    return requirement


def _attribute(table: Description, name: str) -> Requirement:
    values = (table.text(name),) if table.holds(name, str) else table.names(name)
    if table.holds(name, list) and not values:
        table.fault(name, "no value is given", "a text, or a list of texts")
    return with_attribute(name, *values) if values else any_agent


def _spoken(table: Description) -> Wish:
    if table.holds("require_language", str):
        table.choice("require_language", ["item"])
        return lambda item: require_language(item.language) if item.language else any_agent
    languages = table.names("require_language")
    if table.holds("require_language", list) and not languages:
        table.fault("require_language", "no language is given", "at least one, or 'item'")
    return require_language(*languages) if languages else any_agent


def _either(table: Description, known: Known, *, in_a_step: bool) -> Wish:
    alternatives = [read_asked(each, known, in_a_step=in_a_step) for each in table.tables("any")]
    if not alternatives:
        if table.holds("any", list):
            table.fault("any", "no table is given", "at least one")
        return any_agent
    return lambda item: reduce(or_, (said(each, item) for each in alternatives))


def _negated(table: Description, known: Known) -> Wish:
    """Who does not meet a table. Where the work leaves it empty (its language is not known), nobody is shut out."""
    wish = read_asked(table.table("not"), known, in_a_step=True)
    if wish == any_agent:
        table.fault("not", "nothing is asked in it", "what an agent must not meet")

    def negated(item: WorkItem) -> Requirement:
        refused = said(wish, item)
        return any_agent if refused == any_agent else ~Requirement(refused.asked)

    return negated
