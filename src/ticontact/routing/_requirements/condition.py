"""Which agents a piece of work may go to: a tree of conditions on what an agent can do.

Theory of operation. A condition looks at an agent's `Profile` alone (skills, languages, permissions, sites,
attributes), never at what the agent is doing. Agents with one profile are therefore alike, and an answer for a profile
holds for all of them. Conditions are values: equal ones are one key in the dispatcher's index. `Stepped` is a condition
that widens as time goes by; `at` gives the plain condition that holds after some waiting.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import timedelta
from typing import Final, Literal

import attrs

from ticontact._limits import TimerAmount
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked, kinds
from ticontact.routing._requirements.eligibility_reason import EligibilityReason, IneligibleReason

__all__ = [
    "AllOf",
    "AnyOf",
    "AtSite",
    "Clock",
    "Condition",
    "HasAttribute",
    "HasSkill",
    "MayDo",
    "Profile",
    "Speaks",
    "Step",
    "Stepped",
    "Waited",
    "Without",
    "all_of",
    "any_of",
    "check_known",
]

Clock = Literal["elapsed", "open"]
"""What a step counts: elapsed time, or the open time of the queue's calendar."""


@attrs.frozen(cache_hash=True, field_transformer=checked)
class Profile:
    """What an agent can do. Agents with equal profiles are alike to every condition.

    Attributes:
        skills: Skills with their levels.
        languages: Languages with their levels.
        permissions: What the agent may do.
        sites: Where the agent works.
        attributes: Anything else that the department's rules ask for.
    """

    skills: frozenset[tuple[str, int]] = frozenset()
    languages: frozenset[tuple[str, int]] = frozenset()
    permissions: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    attributes: frozenset[tuple[str, str]] = frozenset()

    def level(self, skill: str) -> int:
        """The level in a skill; 0 without it."""
        return next((level for name, level in self.skills if name == skill), 0)

    def fluency(self, language: str) -> int:
        """The level in a language; 0 without it."""
        return next((level for name, level in self.languages if name == language), 0)


@attrs.frozen
class Waited:
    """How long something has waited, by both clocks."""

    elapsed: timedelta
    open: timedelta

    def by(self, clock: Clock) -> timedelta:
        """The waiting time by one of the clocks."""
        return self.elapsed if clock == "elapsed" else self.open


class Condition(ABC):
    """One condition. It is a value: hashable, and equal to its like."""

    __slots__ = ()

    @property
    def extent(self) -> tuple[int, int]:
        """How many conditions it is made of, and how deep they stand in each other."""
        return 1, 1

    @abstractmethod
    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """The first reason why a profile does not fit; None if it does."""

    def at(self, waited: Waited) -> "Condition":  # noqa: ARG002 - most conditions never change
        """The condition without steps that holds after this waiting time."""
        return self

    @property
    def steps(self) -> tuple["Step", ...]:
        """Every step anywhere in it."""
        return ()

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that it asks for, at any step."""
        return ()


@attrs.frozen(cache_hash=True, field_transformer=checked)
class HasSkill(Condition):
    """The agent has a skill, at a level at least."""

    name: str
    level: int = 1

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """The skill is missing, or its level is too low."""
        level = profile.level(self.name)
        if level >= self.level:
            return None
        if level == 0:
            return EligibilityReason(IneligibleReason.LACKS_SKILL, {"skill": self.name})
        return EligibilityReason(
            IneligibleReason.LEVEL_TOO_LOW, {"skill": self.name, "level": level, "needed": self.level}
        )

    @property
    def skills(self) -> tuple[str, ...]:
        """This one."""
        return (self.name,)


@attrs.frozen(cache_hash=True, field_transformer=checked)
class Speaks(Condition):
    """The agent speaks one of some languages, at a level at least."""

    languages: tuple[str, ...]
    level: int = 1

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """None of the languages is spoken well enough."""
        if any(profile.fluency(language) >= self.level for language in self.languages):
            return None
        return EligibilityReason(IneligibleReason.LACKS_LANGUAGE, {"languages": "/".join(self.languages)})


@attrs.frozen(cache_hash=True, field_transformer=checked)
class MayDo(Condition):
    """The agent has a permission."""

    permission: str

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """The permission is missing."""
        if self.permission in profile.permissions:
            return None
        return EligibilityReason(IneligibleReason.LACKS_PERMISSION, {"permission": self.permission})


@attrs.frozen(cache_hash=True, field_transformer=checked)
class AtSite(Condition):
    """The agent works at a site."""

    site: str

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """The agent works elsewhere."""
        return (
            None if self.site in profile.sites else EligibilityReason(IneligibleReason.OTHER_SITE, {"site": self.site})
        )


@attrs.frozen(cache_hash=True, field_transformer=checked)
class HasAttribute(Condition):
    """An attribute of the agent has one of some values."""

    name: str
    values: tuple[str, ...]

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """The attribute is missing, or has another value."""
        if any((self.name, value) in profile.attributes for value in self.values):
            return None
        return EligibilityReason(
            IneligibleReason.ATTRIBUTE_DIFFERS, {"attribute": self.name, "value": "/".join(self.values)}
        )


MOST_CONDITIONS: Final = 1_000
"""So many conditions may one requirement be made of: each is looked at for every kind of agent."""

DEEPEST: Final = 32
"""So deep may conditions stand in each other: whoever looks at one goes that deep, and so does what stores it."""


def _extent(parts: Iterable[Condition]) -> tuple[int, int]:
    """The extent of a condition that is made of parts.

    Raises:
        ConfigurationError: If there are more than 1,000 of them, or they stand more than 32 deep in each other.
    """
    size, depth = 1, 0
    for part in parts:
        below = part.extent
        size += below[0]
        depth = max(depth, below[1])
    if size > MOST_CONDITIONS:
        raise ConfigurationError([Fault("requirement", f"{size} conditions were given", f"{MOST_CONDITIONS} or fewer")])
    if depth >= DEEPEST:
        raise ConfigurationError(
            [Fault("requirement", f"conditions stand {depth + 1} deep in each other", f"{DEEPEST} or fewer")]
        )
    return size, depth + 1


class _Compound(Condition):
    """A condition made of parts."""

    __slots__ = ()

    parts: tuple[Condition, ...]

    @property
    def steps(self) -> tuple["Step", ...]:
        """The steps of every part."""
        return tuple(step for part in self.parts for step in part.steps)

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills of every part."""
        return tuple(skill for part in self.parts for skill in part.skills)


@attrs.frozen(cache_hash=True, field_transformer=checked)
class AllOf(_Compound):
    """Every part holds; with no part at all, everybody fits."""

    parts: tuple[Condition, ...] = ()
    extent: tuple[int, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "extent", _extent(self.parts))

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """What the first part lacks that does not hold."""
        for part in self.parts:
            if (reason := part.lacks(profile)) is not None:
                return reason
        return None

    def at(self, waited: Waited) -> Condition:
        """Every part as it is then."""
        return all_of(part.at(waited) for part in self.parts) if self.steps else self


@attrs.frozen(cache_hash=True, field_transformer=checked)
class AnyOf(_Compound):
    """At least one part holds; with no part at all, nobody fits."""

    parts: tuple[Condition, ...] = ()
    extent: tuple[int, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "extent", _extent(self.parts))

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """What the last part lacks, which is the one that asks for least where steps have widened the first."""
        reason = None
        for part in self.parts:
            reason = part.lacks(profile)
            if reason is None:
                return None
        return reason or EligibilityReason(IneligibleReason.NO_ALTERNATIVE)

    def at(self, waited: Waited) -> Condition:
        """Every part as it is then."""
        return any_of(part.at(waited) for part in self.parts) if self.steps else self


@attrs.frozen(cache_hash=True, field_transformer=checked)
class Without(Condition):
    """The part does not hold. It has no steps: widened, it would shut somebody out."""

    part: Condition
    extent: tuple[int, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "extent", _extent((self.part,)))

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """The agent is shut out."""
        return None if self.part.lacks(profile) is not None else EligibilityReason(IneligibleReason.EXCLUDED)


@attrs.frozen(cache_hash=True, field_transformer=checked)
class Step:
    """What holds from some waiting time on.

    Attributes:
        after: The waiting time from which it holds.
        to: What is asked from then on.
        clock: Whether the waiting counts as elapsed time or as open time of the queue's calendar.
        narrowing: Whether it replaces what was asked before, even where that shuts somebody out. Otherwise it is added,
            so that whoever fitted before still fits.
        or_if_absent: Whether it holds sooner where nobody who is there may take the work before it.
    """

    after: TimerAmount
    to: Condition
    clock: Clock = "elapsed"
    narrowing: bool = attrs.field(default=False, kw_only=True)
    or_if_absent: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(cache_hash=True, field_transformer=checked)
class Stepped(Condition):
    """A condition that changes as time goes by."""

    first: Condition
    later: tuple[Step, ...]
    extent: tuple[int, int] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "extent", _extent((self.first, *(step.to for step in self.later))))

    def lacks(self, profile: Profile) -> EligibilityReason | None:
        """What the condition lacks before any step."""
        return self.first.lacks(profile)

    def at(self, waited: Waited) -> Condition:
        """The first condition, widened by each step whose time has come."""
        now = self.first.at(waited)
        for step in self.later:
            if waited.by(step.clock) >= step.after:
                to = step.to.at(waited)
                now = to if step.narrowing else any_of((now, to))
        return now

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its own steps, and those below."""
        below = (self.first, *(step.to for step in self.later))
        return (*self.later, *(step for each in below for step in each.steps))

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills of all stages."""
        return tuple(skill for each in (self.first, *(step.to for step in self.later)) for skill in each.skills)


def all_of(parts: Iterable[Condition]) -> Condition:
    """All of the conditions, flattened, each once, in the order given."""
    flat: dict[Condition, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, AllOf) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else AllOf(tuple(flat))


def any_of(parts: Iterable[Condition]) -> Condition:
    """Any of the conditions, flattened, each once, in the order given; everybody if one of them is everybody."""
    flat: dict[Condition, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, AnyOf) else (part,)))
    if AllOf() in flat:
        return AllOf()
    return next(iter(flat)) if len(flat) == 1 else AnyOf(tuple(flat))


kinds(Condition, HasSkill, Speaks, MayDo, AtSite, HasAttribute, AllOf, AnyOf, Without, Stepped)

_KNOWN: Final = frozenset({HasSkill, Speaks, MayDo, AtSite, HasAttribute, AllOf, AnyOf, Without, Stepped})


def check_known(condition: Condition) -> None:
    """Check that a condition, and all it is made of, is one that a snapshot can hold.

    Raises:
        TypeError: If it is of a class of somebody else's.
    """
    to_do = [condition]
    while to_do:
        each = to_do.pop()
        if type(each) not in _KNOWN:
            raise TypeError(f"{type(each).__name__} is no condition of ticontact.routing")
        if isinstance(each, AllOf | AnyOf):
            to_do += each.parts
        elif isinstance(each, Without):
            to_do.append(each.part)
        elif isinstance(each, Stepped):
            to_do += (each.first, *(step.to for step in each.later))
