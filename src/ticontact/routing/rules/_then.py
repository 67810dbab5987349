"""What does a rule ask: the `then` of a rule, compiled to a requirement."""

from collections.abc import Callable
from datetime import timedelta

from ticontact._description import Description
from ticontact.errors import ConfigurationError
from ticontact.routing._condition import Clock
from ticontact.routing._item import WorkItem
from ticontact.routing._requirement import Requirement, anyone, at_site, exclude, permit, prefer, require, speak
from ticontact.routing._skill import HIGHEST_LEVEL

__all__ = ["Wish", "read_then"]

Wish = Callable[[WorkItem], Requirement]
"""What a rule asks for a piece of work for which it holds."""


def read_then(table: Description) -> Wish:
    """The wish that a `then` table states: what is asked, who is preferred, and how it widens in time.

    Args:
        table: The table. Its keys: `require` (levels by skill), `exclude` (skills), `permit`, `site`, `speak` (a list
            of languages, or `"item"` for the language of the work), `prefer`, and `relax` (a list of tables with the
            same keys and `after`).
    """
    asked = _asked(table)
    preferred = _preferred(table.table("prefer"))
    steps = [(step.amount("after"), _asked(step), _clock(step)) for step in table.tables("relax")]
    _check_steps(table, [(after, clock) for after, _, clock in steps])

    def wish(item: WorkItem) -> Requirement:
        requirement = asked(item) & preferred(item)
        for after, to, clock in steps:
            requirement = requirement.relax(after=after, to=to(item), clock=clock)
        return requirement

    return wish


def _clock(table: Description) -> Clock:
    return "open" if table.choice("clock", ("elapsed", "open"), default="elapsed") == "open" else "elapsed"


def _check_steps(table: Description, steps: list[tuple[timedelta, Clock]]) -> None:
    requirement = anyone
    for number, (after, clock) in enumerate(steps, start=1):
        try:
            requirement = requirement.relax(after=after, to=anyone, clock=clock)
        except ConfigurationError as refused:
            table.fault(f"relax[{number}].after", refused.faults[0].problem, refused.faults[0].allowed)


def _asked(table: Description) -> Wish:
    requirement = anyone
    skills = table.table("require")
    for skill in skills:
        level = skills.integer(skill, least=1, most=HIGHEST_LEVEL)
        requirement = requirement & require(skill, level=min(max(level, 1), HIGHEST_LEVEL))  # a fault is written down
    for skill in table.names("exclude", default=()):
        requirement = requirement & exclude(skill=skill)
    for permission in table.names("permit", default=()):
        requirement = requirement & permit(permission)
    if "site" in table:
        requirement = requirement & at_site(table.text("site"))
    if "speak" not in table:
        return lambda _: requirement
    if table.holds("speak", str):
        table.choice("speak", ["item"])
        return lambda item: requirement & speak(item.language) if item.language else requirement
    languages = table.names("speak")
    spoken = requirement & speak(*languages) if languages else requirement
    if not languages:
        table.fault("speak", "no language is given", "at least one, or 'item'")
    return lambda _: spoken


def _preferred(table: Description) -> Wish:
    """Who is asked first: the keeper of the case, who spoke last, an agent by id, a skill."""
    hold = table.amount("hold", default=timedelta(0))
    owner = table.flag("case_owner", default=False)
    last = table.flag("last_agent", default=False)
    agent, skill = table.text("agent", default=""), table.text("skill", default="")

    def wish(item: WorkItem) -> Requirement:
        named = prefer(item.case_owner if owner else None, hold=hold)
        named = named & prefer(item.last_agent if last else None, hold=hold)
        return named & prefer(agent or None, skill=skill, hold=hold)

    return wish
