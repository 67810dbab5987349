"""The state of an agent at one moment: present or not, with which assignments, and since when."""

import enum

import attrs

from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.assignment import Holding, Phase

__all__ = ["Presence", "Room", "Standing"]


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


Room = tuple[int, tuple[tuple[str, int], ...]]
"""What still fits: free units, and the contacts left for each channel that has a limit."""


@attrs.frozen(kw_only=True, slots=False)  # for speed, as `Holding`
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
        room: What still fits.
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
    room: Room = attrs.field(init=False, repr=False, eq=False)

    @room.default
    def _what_fits(self) -> Room:
        return _room(self.agent, self.holdings)

    @property
    def used(self) -> int:
        """The units of capacity in use."""
        return self.agent.capacity - self.room[0]

    def holding(self, item: str) -> Holding | None:
        """What is in hand of one piece of work."""
        for each in self.holdings:
            if each.item == item:
                return each
        return None

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
        holdings = (*self._without(holding.item), holding)
        return self._with(holdings, at=holding.since, turn=turn)

    def turning(self, item: str, phase: Phase, *, at: int) -> "Standing":
        """The same agent, who does something else with a piece of work in hand from an instant on."""
        holdings = tuple([each.turned(phase, at=at) if each.item == item else each for each in self.holdings])
        return self._with(holdings, at=at)

    def releasing(self, item: str, *, at: int) -> "Standing":
        """The same agent without a piece of work from an instant on."""
        return self._with(self._without(item), at=at)

    def freeing(self, item: str, *, at: int) -> "Standing":
        """The same, and the agent is idle from that instant on."""
        return self._with(self._without(item), at=at, idle_since=at)

    def counting(self, holding: Holding, *, at: int) -> "Standing":
        """The same agent, for whom a conversation counts that ends at an instant; it is still in hand."""
        talked = self.talked + holding.worked(at=at)
        return self._with(self.holdings, at=at, contacts=self.contacts + 1, talked=talked)

    def finishing(self, holding: Holding, *, at: int) -> "Standing":
        """Return the same agent for whom a conversation counts that ends at an instant, and who is idle then."""
        talked = self.talked + holding.worked(at=at)
        rest = self._without(holding.item)
        return self._with(rest, at=at, contacts=self.contacts + 1, talked=talked, idle_since=at)

    def _without(self, item: str) -> tuple[Holding, ...]:
        return tuple([each for each in self.holdings if each.item != item]) if self.holdings else ()

    def _with(self, holdings: tuple[Holding, ...], *, at: int, **changed: int) -> "Standing":
        """The same agent with other work in hand from an instant on.

        It is made by copying, since this is done several times for every event: `attrs.evolve` takes five times as
        long.
        """
        standing = object.__new__(Standing)
        values = standing.__dict__
        values.update(self.__dict__)
        values.update(changed)
        values["holdings"] = holdings
        values["room"] = _room(self.agent, holdings)
        if holdings and self.busy_since is None:
            values["busy_since"] = at
        elif not holdings and self.busy_since is not None:
            values["busy_since"] = None
            values["occupied"] = self.occupied + at - self.busy_since
        return standing


def _room(agent: Agent, holdings: tuple[Holding, ...]) -> Room:
    left = agent.capacity
    for holding in holdings:
        if holding.phase is not Phase.SUSPENDED:
            left -= holding.cost
    if not agent.limits:
        return left, ()
    taken = [holding.channel for holding in holdings if holding.phase is not Phase.SUSPENDED]
    return left, tuple((channel, limit - taken.count(channel)) for channel, limit in agent.limits.items())
