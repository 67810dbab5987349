"""What does a rule ask: the `then` of a rule, compiled to a requirement."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import attrs
import pendulum

from ticontact._description import Description
from ticontact.errors import ConfigurationError
from ticontact.routing._requirements.condition import Clock
from ticontact.routing._requirements.overall import veto, weighted, widen
from ticontact.routing._requirements.requirement import Requirement, any_agent, prefer
from ticontact.routing._requirements.skill import HIGHEST_LEVEL
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.rules._asked import Wish, joined, read_asked, read_skills, said
from ticontact.routing.rules._known import Known
from ticontact.routing.rules._when import Test, Waiting, read_clock, read_when

__all__ = ["Then", "read_then"]

_MOST_STEPS: Final = 100
"""Of a rule: each step makes the requirement anew, for each piece of work."""

Then = Callable[[WorkItem, pendulum.DateTime], Requirement]
"""What a rule asks for a piece of work for which it holds, and which arrives at an instant."""


@attrs.frozen(kw_only=True)
class _Step:
    """One entry of `relax`."""

    after: timedelta
    clock: Clock
    narrowing: bool
    or_if_absent: bool
    holds: Test
    asked: Wish


def read_then(table: Description, known: Known, waiting: Waiting | None) -> Then:
    """The wish that a `then` table states. The reference is the page "A rule in TOML" of the documentation.

    Args:
        table: The table.
        known: What the department has.
        waiting: From which waiting time on the rule holds; None if from the arrival.
    """
    if waiting is not None:
        return _later(table, known, waiting)
    asked = read_asked(table, known)
    wish = joined([asked, *_preferred(table, known), *_vetoed(table, known), *_weighted(table, known)])
    steps = [_step(step, known) for step in table.tables("relax")]
    _check_steps(table, steps)

    def then(item: WorkItem, at: pendulum.DateTime) -> Requirement:
        requirement = said(wish, item)
        for step in steps:
            if step.holds(item, at):
                requirement = requirement.relax(
                    after=step.after,
                    to=said(step.asked, item),
                    clock=step.clock,
                    narrowing=step.narrowing,
                    or_if_absent=step.or_if_absent,
                )
        return requirement

    return then


def _later(table: Description, known: Known, waiting: Waiting) -> Then:
    """What a rule asks that holds from some waiting time on: it widens the whole, or narrows it if it says so."""
    asked = read_asked(table, known, in_a_step=True)
    narrowing, early = table.flag("narrowing", default=False), table.flag("or_if_absent", default=False)
    after, clock = waiting.least, waiting.clock
    if narrowing:
        return lambda item, _: any_agent.relax(
            after=after, to=said(asked, item), clock=clock, narrowing=True, or_if_absent=early
        )
    return lambda item, _: widen(after=after, to=said(asked, item), clock=clock, or_if_absent=early)


def _step(table: Description, known: Known) -> _Step:
    return _Step(
        after=table.amount("after"),
        clock=read_clock(table),
        narrowing=table.flag("narrowing", default=False),
        or_if_absent=table.flag("or_if_absent", default=False),
        holds=read_when(table.table("when"), known),
        asked=read_asked(table, known, in_a_step=True),
    )


def _check_steps(table: Description, steps: list[_Step]) -> None:
    if len(steps) > _MOST_STEPS:
        table.fault("relax", f"{len(steps)} steps are given", f"{_MOST_STEPS} or fewer")
    requirement = any_agent
    for number, step in enumerate(steps[:_MOST_STEPS], start=1):
        try:
            requirement = requirement.relax(after=step.after, to=any_agent, clock=step.clock)
        except ConfigurationError as refused:
            table.fault(f"relax[{number}].after", refused.faults[0].problem, refused.faults[0].allowed)


def _preferred(table: Description, known: Known) -> list[Wish]:
    """Who is asked first: the keeper of the case, who spoke last, an agent by id, a skill."""
    if "prefer" not in table:
        return []
    preferred = table.table("prefer")
    reserve_for = preferred.amount("reserve_for", default=timedelta(0))
    wishes: list[Wish] = []
    if preferred.flag("case_owner", default=False):
        wishes.append(lambda item: prefer(item.case_owner, reserve_for=reserve_for))
    if preferred.flag("last_agent", default=False):
        wishes.append(lambda item: prefer(item.last_agent, reserve_for=reserve_for))
    agent, skill = preferred.text("agent", default=""), preferred.text("skill", default="")
    level = preferred.integer("level", default=1, least=1, most=HIGHEST_LEVEL)
    known.check_skills(preferred, [("skill", skill)] if skill else ())
    if agent or skill:
        wishes.append(
            prefer(agent or None, skill=skill, level=min(max(level, 1), HIGHEST_LEVEL), reserve_for=reserve_for)
        )
    if not wishes and table.holds("prefer", dict):
        table.fault("prefer", "nobody is named", "case_owner, last_agent, agent or skill")
    return wishes


def _vetoed(table: Description, known: Known) -> list[Wish]:
    """Who is shut out for good: skills as a list, or a table of `skills`, `agents` and `who`."""
    if "veto" not in table:
        return []
    if not table.holds("veto", dict):
        return [veto(skill=skill) for skill in read_skills(table, "veto", known)]
    shut_out = table.table("veto")
    wishes: list[Wish] = [veto(skill=skill) for skill in read_skills(shut_out, "skills", known, default=())]
    agents = shut_out.names("agents", default=())
    wishes += [veto(agents)] if agents else []
    if "who" in shut_out:
        wishes.append(_vetoed_by(read_asked(shut_out.table("who"), known, in_a_step=True), shut_out))
    if not wishes:
        table.fault("veto", "nobody is named", "skills, agents or who")
    return wishes


def _vetoed_by(wish: Wish, table: Description) -> Wish:
    """A veto of whoever meets a wish. Where the work leaves that empty (its language is not known), of nobody."""
    if wish == any_agent:
        table.fault("who", "it is everybody", "what an agent must meet to be shut out")

    def vetoed(item: WorkItem) -> Requirement:
        who = said(wish, item)
        return any_agent if who == any_agent else veto(who=who)

    return vetoed


def _weighted(table: Description, known: Known) -> list[Wish]:
    """Soft wishes with their weights."""
    if "weighted" not in table:
        return []
    parts = []
    for part in table.tables("weighted"):
        weight = max(part.integer("weight", least=1), 1)  # a fault is written down
        asked = read_asked(part, known, in_a_step=True)
        if asked == any_agent:
            part.fault("weight", "it is the weight of nothing", "what an agent must meet beside it")
        parts.append((weight, asked))
    if not parts and table.holds("weighted", list):
        table.fault("weighted", "no table is given", "at least one")
    return [_one_weight(weight, asked) for weight, asked in parts]


def _one_weight(weight: int, asked: Wish) -> Wish:
    return lambda item: weighted({said(asked, item): weight})
