"""What a piece of work asks of the agent who takes it, and how it is written in one line.

>>> asylum = require("asylum", level=3) & prefer("anna")
>>> asylum.relax(after=timedelta(minutes=5), to=require("asylum")) != asylum
True
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._condition import (
    AllOf,
    AtSite,
    Clock,
    Condition,
    HasAttribute,
    HasSkill,
    MayDo,
    Speaks,
    Step,
    Stepped,
    Without,
    all_of,
    any_of,
)
from ticontact.routing._skill import checked_level

__all__ = [
    "Preference",
    "Requirement",
    "anyone",
    "at_site",
    "exclude",
    "permit",
    "prefer",
    "require",
    "speak",
    "with_attribute",
]


@attrs.frozen(kw_only=True)
class Preference:
    """Who is asked first among those who may take it.

    Attributes:
        agent: One agent by id; empty if it is a condition.
        condition: What the preferred agents can do; None if it is one agent.
        hold: How long the work is kept for the preferred agent, if that agent is there. Without a hold the
            preference decides only among those who are free.
    """

    agent: str = ""
    condition: Condition | None = None
    hold: timedelta = timedelta(0)


@attrs.frozen(cache_hash=True)
class Requirement:
    """Who may take a piece of work, and who is asked first. Requirements join with `&`, `|` and `~`.

    Attributes:
        condition: What an agent must be able to do, with the steps by which that widens.
        preferences: Who is asked first, the strongest wish first.
        never: Agents who may not take it, by id.
    """

    condition: Condition = attrs.field(factory=AllOf)
    preferences: tuple[Preference, ...] = ()
    never: frozenset[str] = frozenset()

    def __and__(self, other: "Requirement") -> "Requirement":
        return Requirement(
            all_of((self.condition, other.condition)),
            tuple(dict.fromkeys(self.preferences + other.preferences)),
            self.never | other.never,
        )

    def __or__(self, other: "Requirement") -> "Requirement":
        return Requirement(
            any_of((self.condition, other.condition)),
            tuple(dict.fromkeys(self.preferences + other.preferences)),
            self.never & other.never,
        )

    def __invert__(self) -> "Requirement":
        if self.condition.steps or self.preferences or self.never:
            raise ConfigurationError(
                [Fault("requirement", "~ of steps, preferences or excluded agents", "~ of conditions alone")]
            )
        return Requirement(Without(self.condition))

    def relax(
        self, *, after: timedelta, to: "Requirement", clock: Clock = "elapsed", narrowing: bool = False
    ) -> "Requirement":
        """The same requirement, which asks for something else after some waiting time.

        Args:
            after: The waiting time since entering the queue.
            to: What will do from then on, beside what was asked before.
            clock: `elapsed` time, or `open` time of the queue's calendar.
            narrowing: Whether `to` replaces what was asked before, even where that shuts somebody out.

        Raises:
            ConfigurationError: If the time is not positive, or not later than the step before by the same clock.
        """
        step = Step(after, to.condition, clock, narrowing=narrowing)
        first, later = (
            (self.condition.first, self.condition.later)
            if isinstance(self.condition, Stepped)
            else (self.condition, ())
        )
        before = max((each.after for each in later if each.clock == clock), default=timedelta(0))
        if after <= before:
            raise ConfigurationError([Fault("relax.after", f"{after} was given", f"more than {before}")])
        return attrs.evolve(
            self,
            condition=Stepped(first, (*later, step)),
            preferences=tuple(dict.fromkeys(self.preferences + to.preferences)),
        )


anyone: Final = Requirement()
"""Everybody will do."""


def require(skill: str, *, level: int = 1) -> Requirement:
    """Only those who have a skill, at a level at least.

    Raises:
        ConfigurationError: If the level is no whole number from 1 to 10.
    """
    return Requirement(HasSkill(skill, checked_level(level)))


def speak(*languages: str, level: int = 1) -> Requirement:
    """Only those who speak one of some languages; who speaks the first is asked first.

    Raises:
        ConfigurationError: If the level is no whole number from 1 to 10, or there is no language.
    """
    if not languages:
        raise ConfigurationError([Fault("speak", "no language was given", "at least one")])
    checked_level(level)
    first = Preference(condition=Speaks(languages[:1], level))
    return Requirement(Speaks(languages, level), (first,) if len(languages) > 1 else ())


def permit(permission: str) -> Requirement:
    """Only those who have a permission."""
    return Requirement(MayDo(permission))


def at_site(site: str) -> Requirement:
    """Only those who work at a site."""
    return Requirement(AtSite(site))


def with_attribute(name: str, *values: str) -> Requirement:
    """Only those for whom an attribute has one of some values."""
    return Requirement(HasAttribute(name, values))


def exclude(agents: Iterable[str] = (), *, skill: str = "", level: int = 1) -> Requirement:
    """Not these agents, nor those who have a skill.

    Args:
        agents: The ids of agents.
        skill: A skill that shuts out; none if empty.
        level: From which level it does.
    """
    condition = Without(HasSkill(skill, checked_level(level))) if skill else AllOf()
    return Requirement(condition, never=frozenset(agents))


def prefer(agent: str | None = None, *, skill: str = "", level: int = 1, hold: timedelta = timedelta(0)) -> Requirement:
    """Everybody will do, but these are asked first.

    Args:
        agent: The id of an agent, such as the one who keeps the case; None for nobody in particular.
        skill: A skill; none if empty.
        level: The level that it should have.
        hold: How long the work is kept for that agent, as long as the agent is there. It has no effect on a skill.
    """
    wishes = []
    if agent:
        wishes.append(Preference(agent=agent, hold=hold))
    if skill:
        wishes.append(Preference(condition=HasSkill(skill, checked_level(level))))
    return Requirement(preferences=tuple(wishes))
