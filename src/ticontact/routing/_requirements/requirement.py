"""What a piece of work asks of the agent who takes it, and how it is written in one line.

>>> asylum = require("asylum", level=3) & prefer("anna")
>>> asylum.relax(after=timedelta(minutes=5), to=require("asylum")) != asylum
True

Theory of operation. What is asked falls into parts that behave differently when requirements are joined:

- `asked` is the wish proper, a tree of conditions. `&` narrows it, `|` and the steps of `relax` widen it.
- `widenings` let more agents in after some waiting, whatever else is asked. They are applied to the whole, at the end.
- `vetoes` and `vetoed` shut agents out for good. They are applied last of all, so that nothing gets round them.
- `preferences` shut nobody out: they are an order among those who may take it.

`condition` is the first three together: what the dispatcher looks at. It is derived, and depends on profiles alone.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, TypeVar

import attrs

from ticontact._limits import AnyAmount, OptionalId
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked, form
from ticontact.routing._requirements.condition import (
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
from ticontact.routing._requirements.skill import checked_level

__all__ = [
    "Preference",
    "Requirement",
    "any_agent",
    "at_site",
    "checked_ids",
    "checked_step",
    "exclude",
    "missing",
    "prefer",
    "require",
    "require_language",
    "require_permission",
    "with_attribute",
]

T = TypeVar("T")

_CLOCKS: Final = ("elapsed", "open")


def _weight(_: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    if value < 0:
        raise ConfigurationError([Fault(attribute.name, f"{value!r} was given", "a whole number, 0 or more")])


def _reservation(_: object, attribute: "attrs.Attribute[timedelta]", value: timedelta) -> None:
    if value < timedelta(0):
        raise ConfigurationError([Fault(attribute.name, f"{value} was given", "0 or more")])


@attrs.frozen(kw_only=True, field_transformer=checked)
class Preference:
    """Who is asked first among those who may take it.

    Agents are compared in this order: those named by id, as they were named; then each condition without a weight,
    whoever meets the first goes first; then the sum of the weights of the conditions that an agent meets, the highest
    first; then the strategy.

    Attributes:
        agent: One agent by id; empty if it is a condition.
        condition: What the preferred agents can do; None if it is one agent.
        reserve_for: How long the work is kept for the preferred agent, if that agent is there. Without it the
            preference decides only among those who are free.
        weight: What meeting the condition counts in the sum; 0 if the condition decides by itself.
    """

    agent: OptionalId = ""
    condition: Condition | None = None
    reserve_for: AnyAmount = attrs.field(default=timedelta(0), validator=_reservation)
    weight: int = attrs.field(default=0, validator=_weight)


@form("requirement")
@attrs.frozen(cache_hash=True, field_transformer=checked)
class Requirement:
    """Who may take a piece of work, and who is asked first. Requirements join with `&`, `|` and `~`.

    `a & b` asks both: who fits both may take it. `a | b` asks either. In both, the preferences of `a` come before those
    of `b`, a weight for one condition counts once (the larger one), and the vetoes of both hold.

    Attributes:
        asked: What an agent must be able to do, with the steps by which that widens.
        preferences: Who is asked first, the strongest wish first.
        never: Agents who may not take it, by id. Of `a | b` those whom both exclude.
        vetoed: Those of them whom nothing brings back, not even `|`.
        vetoes: Whoever meets one of these conditions may not take it, whatever else is asked.
        widenings: Steps that let more agents in, whatever else is asked.
        asked_by: The rules that ask it, by name and version, for explanations; they make no difference between two
            requirements.
        condition: What all this comes to, but for the ids.
        is_steady: Whether time changes nothing about it: there are no steps and no reservations.
    """

    asked: Condition = attrs.field(factory=AllOf)
    preferences: tuple[Preference, ...] = ()
    never: frozenset[str] = frozenset()
    vetoed: frozenset[str] = attrs.field(default=frozenset(), kw_only=True)
    vetoes: tuple[Condition, ...] = attrs.field(default=(), kw_only=True)
    widenings: tuple[Step, ...] = attrs.field(default=(), kw_only=True)
    asked_by: tuple[str, ...] = attrs.field(default=(), eq=False, kw_only=True)
    condition: Condition = attrs.field(init=False, eq=False, repr=False)
    is_steady: bool = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        whole = Stepped(self.asked, self.widenings) if self.widenings else self.asked
        whole = all_of((*map(Without, self.vetoes), whole)) if self.vetoes else whole
        object.__setattr__(self, "condition", whole)
        object.__setattr__(self, "is_steady", not self.preferences and not whole.steps)

    def __and__(self, other: "Requirement") -> "Requirement":
        return self._with(other, all_of((self.asked, other.asked)), self.never | other.never)

    def __or__(self, other: "Requirement") -> "Requirement":
        never = (self.never & other.never) | self.vetoed | other.vetoed
        return self._with(other, any_of((self.asked, other.asked)), never)

    def __invert__(self) -> "Requirement":
        if self.preferences or self._is_more_than_conditions:
            raise ConfigurationError(
                [Fault("requirement", "~ of steps, preferences, excluded agents or vetoes", "~ of conditions alone")]
            )
        return Requirement(Without(self.asked))

    def relax(
        self,
        *,
        after: timedelta,
        to: "Requirement",
        clock: Clock = "elapsed",
        narrowing: bool = False,
        or_if_absent: bool = False,
    ) -> "Requirement":
        """The same requirement, which asks for something else after some waiting time.

        Unless it is `narrowing`, a step never shuts anybody out: whoever could take the work before it still can, and
        whoever meets `to` can from then on. It widens this requirement alone: what others ask that it is joined to with
        `&` holds on. Excluded and vetoed agents stay out. The preferences of `to` come after those of this requirement,
        and order from the start.

        A step under a condition is one that a rule takes or leaves: `wish.relax(...) if item.case else wish`. The rule
        is asked when the work arrives, and decides on what is known then; what becomes of the work or of the agents
        later changes nothing about its steps. A condition on who is there is `or_if_absent`: such a step comes as soon
        as nobody who is there may take the work as the steps before it ask. To be there is to take work, with hands
        full or not; whoever has declined in this round counts as absent. Steps come in the order of their times, and a
        step that has come stays, even if somebody comes back.

        Args:
            after: The waiting time since entering the queue.
            to: What will do from then on, beside what was asked before.
            clock: `elapsed` time, or `open` time of the queue's calendar.
            narrowing: Whether `to` replaces what was asked before, even where that shuts somebody out.
            or_if_absent: Whether the step need not wait for people who are not there.

        Raises:
            ConfigurationError: If the time is not positive, or not later than the step before by the same clock; if
                there is no such clock; or if `to` excludes agents by id or has a veto, which hold from the start or not
                at all.
        """
        step = checked_step(after, to, clock, narrowing=narrowing, or_if_absent=or_if_absent)
        first, later = (self.asked.first, self.asked.later) if isinstance(self.asked, Stepped) else (self.asked, ())
        before = max((each.after for each in later if each.clock == clock), default=timedelta(0))
        if after <= before:
            raise ConfigurationError([Fault("relax.after", f"{after} was given", f"more than {before}")])
        return attrs.evolve(
            self, asked=Stepped(first, (*later, step)), preferences=_joined(self.preferences, to.preferences)
        )

    def alone(self, path: str) -> Condition:
        """The condition of a requirement that is nothing more than that; its preferences do not count.

        Args:
            path: The word that takes it, for the error.

        Raises:
            ConfigurationError: If it has steps, excluded agents or vetoes.
        """
        if self._is_more_than_conditions:
            raise ConfigurationError([Fault(path, "steps, excluded agents or vetoes were given", "conditions alone")])
        return self.asked

    @property
    def _is_more_than_conditions(self) -> bool:
        return bool(self.condition.steps or self.never or self.vetoes)

    def _with(self, other: "Requirement", asked: Condition, never: frozenset[str]) -> "Requirement":
        return Requirement(
            asked,
            _joined(self.preferences, other.preferences),
            never=never,
            vetoed=self.vetoed | other.vetoed,
            vetoes=_both(self.vetoes, other.vetoes),
            widenings=_both(self.widenings, other.widenings),
        )


any_agent: Final = Requirement()
"""Everybody will do."""


def checked_step(
    after: timedelta, to: Requirement, clock: Clock, *, narrowing: bool = False, or_if_absent: bool = False
) -> Step:
    """A step to a requirement.

    Raises:
        ConfigurationError: If the time is not positive, there is no such clock, or `to` has what no step can have.
    """
    faults = []
    if after <= timedelta(0):
        faults.append(Fault("relax.after", f"{after} was given", "more than 0"))
    if clock not in _CLOCKS:
        faults.append(Fault("relax.clock", f"{clock!r} was given", ", ".join(_CLOCKS)))
    if to.never or to.vetoes or to.widenings:
        faults.append(Fault("relax.to", "excluded agents, vetoes or widenings were given", "conditions, preferences"))
    if faults:
        raise ConfigurationError(faults)
    return Step(after, to.asked, clock, narrowing=narrowing, or_if_absent=or_if_absent)


def _joined(one: tuple[Preference, ...], other: tuple[Preference, ...]) -> tuple[Preference, ...]:
    """Each once, at its first place; of several weights for one condition the largest."""
    if not one or not other:  # nearly always, and this is done for all that arrives
        return one or other
    joined: dict[Preference, Preference] = {}
    for each in one + other:
        key = attrs.evolve(each, weight=1) if each.weight else each
        if key not in joined or each.weight > joined[key].weight:
            joined[key] = each
    return tuple(joined.values())


def _both(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    """Each once, at its first place."""
    return tuple(dict.fromkeys(one + other)) if one and other else one or other


def require(skill: str, *, level: int = 1) -> Requirement:
    """Only those who have a skill, at a level at least.

    Raises:
        ConfigurationError: If the level is no whole number from 1 to 10.
    """
    return Requirement(HasSkill(skill, checked_level(level)))


def require_language(*languages: str, level: int = 1) -> Requirement:
    """Only those who speak one of some languages; who speaks the first is asked first.

    Raises:
        ConfigurationError: If the level is no whole number from 1 to 10, or there is no language.
    """
    if not languages:
        raise missing("require_language", "language")
    checked_level(level)
    first = Preference(condition=Speaks(languages[:1], level))
    return Requirement(Speaks(languages, level), (first,) if len(languages) > 1 else ())


def require_permission(permission: str) -> Requirement:
    """Only those who have a permission."""
    return Requirement(MayDo(permission))


def at_site(site: str) -> Requirement:
    """Only those who work at a site."""
    return Requirement(AtSite(site))


def with_attribute(name: str, *values: str) -> Requirement:
    """Only those for whom an attribute has one of some values.

    Raises:
        ConfigurationError: If there is no value.
    """
    if not values:
        raise missing("with_attribute", "value")
    return Requirement(HasAttribute(name, values))


def exclude(agents: Iterable[str] = (), *, skill: str = "", level: int = 1) -> Requirement:
    """Not these agents, nor those who have a skill.

    It is a wish like any other: an alternative (`|`) lets in whom it shuts out, and so does a step of `relax` where it
    stands on a skill. What must never happen is a `veto`.

    Args:
        agents: The ids of agents.
        skill: A skill that shuts out; none if empty.
        level: From which level it does.

    Raises:
        ConfigurationError: If the level is no whole number from 1 to 10, or one text stands for the agents.
    """
    condition = Without(HasSkill(skill, checked_level(level))) if skill else AllOf()
    return Requirement(condition, never=checked_ids(agents, path="exclude.agents"))


def prefer(
    agent: str | None = None, *, skill: str = "", level: int = 1, reserve_for: timedelta = timedelta(0)
) -> Requirement:
    """Everybody will do, but these are asked first.

    Args:
        agent: The id of an agent, such as the one who keeps the case; None for nobody in particular.
        skill: A skill; none if empty.
        level: The level that it should have.
        reserve_for: How long the work is kept for that agent, as long as the agent is there. It has no effect on a
            skill.

    Raises:
        ConfigurationError: If the level is no whole number from 1 to 10, or the reservation is negative.
    """
    wishes = []
    if agent:
        wishes.append(Preference(agent=agent, reserve_for=reserve_for))
    if skill:
        wishes.append(Preference(condition=HasSkill(skill, checked_level(level))))
    return Requirement(preferences=tuple(wishes))


def checked_ids(agents: Iterable[str], *, path: str) -> frozenset[str]:
    """The ids of agents.

    Raises:
        ConfigurationError: If one text stands for them, whose letters would be taken for ids.
    """
    if isinstance(agents, str):
        raise ConfigurationError([Fault(path, "one text was given", "a list of ids")])
    return frozenset(agents)


def missing(word: str, what: str) -> ConfigurationError:
    """The error of a word that was given nothing."""
    return ConfigurationError([Fault(word, f"no {what} was given", "at least one")])
