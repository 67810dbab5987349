"""Who works here: what an agent can do, and where an agent stands at one moment."""

import enum
from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._condition import Profile
from ticontact.routing._skill import HIGHEST_LEVEL, Levels, Skill, levels

__all__ = ["Agent", "Holding", "Phase", "Presence", "Room", "Standing", "WrapUp", "WrapUpMode"]


class Presence(enum.Enum):
    """Whether an agent takes work, and if not, why. Only `AVAILABLE` takes new work."""

    AVAILABLE = "available"
    BREAK = "break"
    MEETING = "meeting"
    TRAINING = "training"
    HEARING = "hearing"
    COUNTER = "counter"
    TECHNICAL = "technical"
    NOT_RESPONDING = "not_responding"
    OFFLINE = "offline"

    @property
    def is_signed_in(self) -> bool:
        """Whether the agent is at work, even if not for new contacts."""
        return self is not Presence.OFFLINE


WrapUpMode = Literal["none", "optional", "timed", "mandatory", "manual"]
"""How the work after a contact ends.

`none`: there is none. `optional`: only if the agent asks for it when the contact ends. `timed`: it ends by itself, or
before that by the agent. `mandatory`: it ends by itself and not before. `manual`: the agent ends it.
"""


@attrs.frozen
class WrapUp:
    """The work after a contact. While it lasts, the contact's units of capacity stay held.

    Attributes:
        mode: How it ends.
        length: How long it lasts where it ends by itself.
    """

    mode: WrapUpMode = "none"
    length: timedelta = timedelta(0)

    @classmethod
    def timed(cls, length: timedelta) -> "WrapUp":
        """A wrap-up that ends by itself, or earlier by the agent."""
        return cls("timed", length)


def _attributes(given: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: given[name] for name in sorted(given)})


def _fluency(given: Levels | Iterable[str | Skill]) -> Levels:
    return levels(given, default=HIGHEST_LEVEL)


def _names(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


def _positive(instance: object, attribute: "attrs.Attribute[int]", value: int) -> None:  # noqa: ARG001 - attrs asks so
    if value < 1:
        raise ConfigurationError([Fault(attribute.name, f"{value} was given", "1 or more")])


def _limits(given: Mapping[str, int]) -> Mapping[str, int]:
    for channel, limit in given.items():
        if limit < 0:
            raise ConfigurationError([Fault(f"limits.{channel}", f"{limit} was given", "0 or more")])
    return MappingProxyType({name: given[name] for name in sorted(given)})


@attrs.frozen(kw_only=True, hash=False)
class Agent:
    """One person who takes work.

    Attributes:
        id: The caller's own id.
        skills: Skills with their levels: a mapping, or names and `Skill` values.
        languages: Languages with their levels; a bare name means fluent (10).
        permissions: What the agent may do.
        sites: Where the agent works.
        attributes: Anything else that the department's rules ask for.
        capacity: How many units of work fit in one agent at a time; a contact costs one or more.
        limits: How many contacts of a channel at a time, by the channel's name; without a limit the capacity decides.
            A limit of 0 means that the agent does not take the channel.
        wrap_up: The work after a contact.
        position: The place in a fixed order, for the strategy `linear`; smaller first.
        share: The part of the contacts that the agent shall get, for `percent_allocation` and `weighted_random`.
    """

    id: str
    skills: Levels = attrs.field(factory=dict, converter=levels)
    languages: Levels = attrs.field(factory=dict, converter=_fluency)
    permissions: frozenset[str] = attrs.field(default=frozenset(), converter=_names)
    sites: frozenset[str] = attrs.field(default=frozenset(), converter=_names)
    attributes: Mapping[str, str] = attrs.field(factory=dict, converter=_attributes)
    capacity: int = attrs.field(default=1, validator=_positive)
    limits: Mapping[str, int] = attrs.field(factory=dict, converter=_limits)
    wrap_up: WrapUp = WrapUp()
    position: int = 0
    share: int = attrs.field(default=1, validator=_positive)
    profile: Profile = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        profile = Profile(
            frozenset(self.skills.items()),
            frozenset(self.languages.items()),
            self.permissions,
            self.sites,
            frozenset(self.attributes.items()),
        )
        object.__setattr__(self, "profile", profile)

    def __hash__(self) -> int:
        return hash(self.id)


class Phase(enum.Enum):
    """What an agent does with a piece of work in hand."""

    RINGING = "ringing"
    TALKING = "talking"
    CONSULTING = "consulting"
    SUSPENDED = "suspended"
    WRAP_UP = "wrap_up"


@attrs.frozen
class Holding:
    """One piece of work that holds an agent's capacity.

    Attributes:
        item: Its id.
        channel: The name of its channel.
        cost: The units it holds.
        phase: What the agent does with it. What is suspended has given way to live work, and holds no capacity.
        since: Since when, in microseconds since the epoch.
        before: How long the agent had been at it before it gave way, in microseconds.
        is_interruptible: Whether it may give way.
    """

    item: str
    channel: str
    cost: int
    phase: Phase
    since: int
    before: int = 0
    is_interruptible: bool = False

    def turned(self, phase: Phase, *, at: int) -> "Holding":
        """The same piece of work, with which the agent does something else from an instant on."""
        done = self.before + at - self.since if self.phase is Phase.TALKING else self.before
        return Holding(self.item, self.channel, self.cost, phase, at, done, self.is_interruptible)

    @property
    def gives_way(self) -> bool:
        """Whether it would give way to live work now."""
        return self.is_interruptible and self.phase is Phase.TALKING

    def worked(self, *, at: int) -> int:
        """How long the agent has talked, or been at it, in microseconds."""
        return self.before + (at - self.since if self.phase is Phase.TALKING else 0)


Room = tuple[int, tuple[tuple[str, int], ...]]
"""What still fits: free units, and the contacts left for each channel that has a limit."""


@attrs.frozen(kw_only=True)
class Standing:
    """Where one agent stands at one moment. Instants are microseconds since the epoch.

    Attributes:
        agent: Who it is.
        presence: Whether the agent takes work.
        holdings: What is in hand, in the order in which it came.
        idle_since: Since when the agent has been idle, as `longest_idle` counts it.
        turn: The number of the agent's last offer, counted over all agents; 0 before the first.
        contacts: How many contacts the agent has finished.
        talked: For how long in all the agent has talked, in microseconds.
        occupied: For how long in all the agent has had work in hand, in microseconds, up to `busy_since`.
        busy_since: Since when the agent has had work in hand without a gap; None while there is none.
        signed_in_at: Since when the agent has been at work.
        misses: How many offers in a row have expired.
    """

    agent: Agent
    presence: Presence = Presence.AVAILABLE
    holdings: tuple[Holding, ...] = ()
    idle_since: int = 0
    turn: int = 0
    contacts: int = 0
    talked: int = 0
    occupied: int = 0
    busy_since: int | None = None
    signed_in_at: int = 0
    misses: int = 0

    @property
    def used(self) -> int:
        """The units of capacity in use."""
        return sum(holding.cost for holding in self.holdings if holding.phase is not Phase.SUSPENDED)

    @property
    def room(self) -> Room:
        """What still fits."""
        left = self.agent.capacity - self.used
        if not self.agent.limits:
            return left, ()
        taken = [holding.channel for holding in self.holdings if holding.phase is not Phase.SUSPENDED]
        return left, tuple((channel, limit - taken.count(channel)) for channel, limit in self.agent.limits.items())

    def holding(self, item: str) -> Holding | None:
        """What is in hand of one piece of work."""
        return next((each for each in self.holdings if each.item == item), None)

    def giving_way(self) -> "Standing":
        """The same agent, if all work gave way that may."""
        holdings = tuple(each for each in self.holdings if not each.gives_way)
        return self if len(holdings) == len(self.holdings) else attrs.evolve(self, holdings=holdings)

    def taking(self, holding: Holding, *, turn: int) -> "Standing":
        """The same agent with one more piece of work in hand; what was left of the same work is over.

        Args:
            holding: The new piece of work.
            turn: The number of this offer.
        """
        holdings = (*(each for each in self.holdings if each.item != holding.item), holding)
        since = holding.since if self.busy_since is None else self.busy_since
        return self._with(holdings, busy_since=since, occupied=self.occupied, turn=turn)

    def turning(self, item: str, phase: Phase, *, at: int) -> "Standing":
        """The same agent, who does something else with a piece of work in hand from an instant on."""
        holdings = tuple(each.turned(phase, at=at) if each.item == item else each for each in self.holdings)
        return self._with(holdings, busy_since=self.busy_since, occupied=self.occupied, turn=self.turn)

    def releasing(self, item: str, *, at: int) -> "Standing":
        """The same agent without a piece of work from an instant on."""
        left = tuple(each for each in self.holdings if each.item != item)
        if left or self.busy_since is None:
            return self._with(left, busy_since=self.busy_since, occupied=self.occupied, turn=self.turn)
        return self._with((), busy_since=None, occupied=self.occupied + at - self.busy_since, turn=self.turn)

    def _with(self, holdings: tuple[Holding, ...], *, busy_since: int | None, occupied: int, turn: int) -> "Standing":
        """The same agent with other work in hand, made directly: `attrs.evolve` takes four times as long."""
        return Standing(
            agent=self.agent,
            presence=self.presence,
            holdings=holdings,
            idle_since=self.idle_since,
            turn=turn,
            contacts=self.contacts,
            talked=self.talked,
            occupied=occupied,
            busy_since=busy_since,
            signed_in_at=self.signed_in_at,
            misses=self.misses,
        )
