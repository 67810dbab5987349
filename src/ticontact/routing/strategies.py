"""In which order the agents who may take a piece of work are asked.

Theory of operation. A strategy orders agents by three keys, compared in this order: `wishes` (agents who go before all
others for this item), `fit` (how well a profile suits the item; equal for all agents of one profile), and `order` (how
an agent stands). Where `order` does not change while the agent is idle, the dispatcher keeps the idle agents of a
profile in order and looks at the first alone; where it does (`steady` is false), it looks at all of them.

Ties. Every strategy here says by what it breaks them: by the longest idle time, in all but `round_robin` and
`weighted_random`. The last tie of all is broken by the agent's id, so that one state has one answer. Whoever was asked
about this very work in vain comes after all others, whatever the strategy.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Final

import attrs

from ticontact.plain import checked
from ticontact.routing._agents.agent_state import AgentState
from ticontact.routing._requirements.condition import Profile, Waited
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.work_item import WorkItem

__all__ = [
    "STRATEGIES",
    "Strategy",
    "case_owner_first",
    "fewest_contacts",
    "last_agent_first",
    "least_loaded",
    "least_occupied",
    "least_skilled",
    "least_talk_time",
    "linear",
    "longest_idle",
    "most_skilled",
    "percent_allocation",
    "ring_by_ring",
    "round_robin",
    "weighted_random",
]

Key = tuple[Any, ...]
"""Numbers or texts that are compared from left to right; smaller goes first."""


def no_wishes(_: WorkItem) -> tuple[str, ...]:
    """Return no agents: none comes before all others."""
    return ()


def equal_fit(_: Profile, __: Requirement) -> Key:
    """Return the same key for all profiles."""
    return ()


@attrs.frozen(kw_only=True, field_transformer=checked)
class Strategy:
    """An order among agents.

    Attributes:
        name: Its name in the industry.
        order: The key of an agent's standing for an item of this id and round at an instant (microseconds since the
            epoch).
        steady: Whether that key stays the same while the agent is idle, whatever the item and the instant.
        fit: The key of a profile for a requirement.
        wishes: The agents who go before all others, by id.
    """

    name: str
    order: Callable[[AgentState, str, int], Key]
    steady: bool = True
    fit: Callable[[Profile, Requirement], Key] = equal_fit
    wishes: Callable[[WorkItem], tuple[str, ...]] = no_wishes


def _idle(agent_state: AgentState, _: str, __: int) -> Key:
    return (agent_state.idle_since,)


def _occupancy(agent_state: AgentState, _: str, at: int) -> Key:
    return (occupancy(agent_state, at), agent_state.idle_since)


def occupancy(agent_state: AgentState, at: int) -> float:
    """The share of the time since signing in during which an agent had work in hand; 0 at the instant of signing in."""
    present = at - agent_state.signed_in_at
    going = at - agent_state.busy_since if agent_state.busy_since is not None else 0
    return (agent_state.occupied + going) / present if present > 0 else 0.0


def _level(profile: Profile, requirement: Requirement) -> int:
    return sum(profile.level(skill) for skill in set(requirement.condition.skills))


def _ring(profile: Profile, requirement: Requirement) -> Key:
    """The number of steps that must have fired until the profile fits, the clocks of the steps taken as one."""
    condition = requirement.condition
    times = sorted({timedelta(0), *(step.after for step in condition.steps)})
    rings = (condition.at(Waited(time, time)).lacks(profile) for time in times)
    return (next((number for number, lacked in enumerate(rings) if lacked is None), len(times)),)


longest_idle: Final[Strategy] = Strategy(name="longest_idle", order=_idle)
"""Who has been idle longest goes first. Idle counts from the end of the wrap-up of the last contact that the agent had
from a queue; signing in and coming back from a break start it anew; declining, missing an offer and having been
consulted leave it as it is; then by id."""

least_occupied: Final[Strategy] = Strategy(name="least_occupied", order=_occupancy, steady=False)
"""Who has had work in hand for the smallest share of the time since signing in; then longest idle."""

least_loaded: Final[Strategy] = Strategy(
    name="least_loaded",
    order=lambda agent_state, _, __: (agent_state.used / agent_state.agent.capacity, agent_state.idle_since),
)
"""Who has the smallest share of the capacity in use; then longest idle."""

round_robin: Final[Strategy] = Strategy(name="round_robin", order=lambda agent_state, _, __: (agent_state.turn,))
"""Who had an offer longest ago, counted in offers and not in time; those who never had one go first, by id."""

linear: Final[Strategy] = Strategy(
    name="linear", order=lambda agent_state, _, __: (agent_state.agent.position, agent_state.idle_since)
)
"""Always in the fixed order of `Agent.position`; those of one position by longest idle."""

most_skilled: Final[Strategy] = Strategy(
    name="most_skilled", order=_idle, fit=lambda profile, requirement: (-_level(profile, requirement),)
)
"""The highest sum of levels in the skills that the requirement names at any step; then longest idle."""

least_skilled: Final[Strategy] = Strategy(
    name="least_skilled",
    order=_idle,
    fit=lambda profile, requirement: (_level(profile, requirement), len(profile.skills)),
)
"""The lowest sum of levels that will do, then who has the fewest skills, so that rarer skills stay free; then longest
idle."""

fewest_contacts: Final[Strategy] = Strategy(
    name="fewest_contacts", order=lambda agent_state, _, __: (agent_state.contacts, agent_state.idle_since)
)
"""Who has finished the fewest contacts; then longest idle."""

least_talk_time: Final[Strategy] = Strategy(
    name="least_talk_time", order=lambda agent_state, _, __: (agent_state.talked, agent_state.idle_since)
)
"""Who has talked least in all; then longest idle."""

case_owner_first: Final[Strategy] = Strategy(
    name="case_owner_first", order=_idle, wishes=lambda item: (item.case_owner,) if item.case_owner else ()
)
"""Who keeps the case, if free; then longest idle."""

last_agent_first: Final[Strategy] = Strategy(
    name="last_agent_first", order=_idle, wishes=lambda item: (item.last_agent,) if item.last_agent else ()
)
"""Who spoke with the person last, if free; then longest idle."""

ring_by_ring: Final[Strategy] = Strategy(name="ring_by_ring", order=_idle, fit=_ring)
"""Who fits the earliest step of the requirement, even when later ones hold already; then longest idle."""

percent_allocation: Final[Strategy] = Strategy(
    name="percent_allocation",
    order=lambda agent_state, _, __: (
        (agent_state.contacts + len(agent_state.assignments)) / agent_state.agent.share,
        agent_state.idle_since,
    ),
)
"""Who is furthest behind the own `Agent.share` of the contacts, those in hand included; then longest idle."""


def weighted_random(seed: str) -> Strategy:
    """Drawn by lot, in proportion to `Agent.share`: a hash of seed, item and agent, so that it can be repeated.

    Two equal draws, which hardly ever come, go by id.

    Args:
        seed: Another seed is another lottery.
    """

    def drawn(agent_state: AgentState, item: str, _: int) -> Key:
        digest = blake2b(f"{seed}\0{item}\0{agent_state.agent.id}".encode(), digest_size=8).digest()
        chance = (int.from_bytes(digest, "big") + 1) / 2**64
        # The largest of u**(1/share) wins in proportion to the shares (Efraimidis and Spirakis 2006, A-Res).
        return (-(chance ** (1 / agent_state.agent.share)),)

    return Strategy(name="weighted_random", order=drawn, steady=False)


_NAMED: Final = (
    longest_idle,
    least_occupied,
    least_loaded,
    round_robin,
    linear,
    most_skilled,
    least_skilled,
    fewest_contacts,
    least_talk_time,
    case_owner_first,
    last_agent_first,
    ring_by_ring,
    percent_allocation,
)

STRATEGIES: Final[Mapping[str, Strategy]] = MappingProxyType({each.name: each for each in _NAMED})
"""The strategies that need no argument, by name."""
