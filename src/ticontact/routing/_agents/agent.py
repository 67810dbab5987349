"""Who works here, and what an agent can do."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Literal

import attrs

from ticontact._frozen_map import FrozenMap
from ticontact._limits import Id, TimerAmount
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked, form
from ticontact.routing._requirements.condition import Profile
from ticontact.routing._requirements.skill import HIGHEST_LEVEL, Levels, Skill, attributes_of, levels

__all__ = ["Agent", "WrapUp", "WrapUpMode"]


WrapUpMode = Literal["none", "optional", "timed", "mandatory", "manual"]
"""How the work after a contact ends.

`none`: there is none. `optional`: only if the agent asks for it when the contact ends. `timed`: it ends by itself, or
before that by the agent. `mandatory`: it ends by itself and not before. `manual`: the agent ends it.
"""


@attrs.frozen(field_transformer=checked)
class WrapUp:
    """The work after a contact. While it lasts, the contact's units of capacity stay held.

    Attributes:
        mode: How it ends.
        length: How long it lasts where it ends by itself.
    """

    mode: WrapUpMode = "none"
    length: TimerAmount = timedelta(0)

    @classmethod
    def timed(cls, length: timedelta) -> "WrapUp":
        """A wrap-up that ends by itself, or earlier by the agent."""
        return cls("timed", length)


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
    return FrozenMap({name: given[name] for name in sorted(given)})


@form("agent")
@attrs.frozen(kw_only=True, hash=False, field_transformer=checked)
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

    id: Id
    skills: Levels = attrs.field(factory=dict, converter=levels)
    languages: Levels = attrs.field(factory=dict, converter=_fluency)
    permissions: frozenset[str] = attrs.field(default=frozenset(), converter=_names)
    sites: frozenset[str] = attrs.field(default=frozenset(), converter=_names)
    attributes: Mapping[str, str] = attrs.field(factory=dict, converter=attributes_of)
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

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the arguments: read-only mappings cannot be, and days are simulated on other processes."""
        told = {field.name: getattr(self, field.name) for field in attrs.fields(type(self)) if field.init}
        plain = {name: dict(value) if isinstance(value, Mapping) else value for name, value in told.items()}
        return _rebuilt, (plain,)


def _rebuilt(told: dict[str, Any]) -> Agent:
    return Agent(**told)
