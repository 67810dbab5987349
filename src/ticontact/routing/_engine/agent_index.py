"""Where all agents stand, and who of the idle ones goes first. It is mutable.

Theory of operation. Agents with one profile are alike to every condition, and agents with one `Room` have the same
space left; so idle agents stand in one heap for each (profile, room), in the order of the strategy. For a piece of work
only the profiles that fit its condition are looked at (remembered for each condition as long as something asks it, and
extended when a new profile signs in), and of each of their heaps only the head. When an agent's standing changes, the
old heap entry stays behind and is recognised as stale by its number when it comes to the head.
"""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import Any

from ticontact.errors import UnknownAgent
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.agent_state import Presence, Room, Standing
from ticontact.routing._matching.eligibility import Asking, fits_in, misses, why_not, wished
from ticontact.routing._requirements.condition import Condition, Profile
from ticontact.routing.strategies import Strategy

__all__ = ["Floor"]

Key = tuple[Any, ...]

Entry = tuple[Key, str, int]
"""The key of the strategy, the agent's id, and the number of the standing it was made from."""

Candidate = tuple[Key, Key, str]
"""How well the profile suits the work, the key of the strategy, and the agent's id: the smallest goes first."""

_SLACK = 32


class _Group:
    """The idle agents of one profile, in a heap for each room."""

    __slots__ = ("profile", "rooms")

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.rooms: dict[Room, list[Entry]] = {}


class Floor:
    """The agents of one dispatcher. It is mutable.

    Args:
        agents: Who works here; nobody is signed in at first.
        strategy: The order among them.
    """

    def __init__(self, agents: Iterable[Agent], strategy: Strategy) -> None:
        self.strategy = strategy
        self.standings: dict[str, Standing] = {}
        self._numbers: dict[str, int] = {}
        self._groups: dict[Profile, _Group] = {}
        self._group_of: dict[str, _Group] = {}
        self._matching: dict[Condition, list[_Group]] = {}
        for agent in agents:
            self.put(Standing(agent=agent, presence=Presence.OFFLINE), at=0)

    def standing(self, agent_id: str) -> Standing:
        """Where an agent stands.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        if agent_id not in self.standings:
            raise UnknownAgent(
                f"agent: no agent {agent_id!r} here; allowed: {', '.join(sorted(self.standings)) or 'none'}"
            )
        return self.standings[agent_id]

    def profile_of(self, agent_id: str) -> Profile:
        """What an agent can do: the same object for all agents who can do the same."""
        return self._group_of[agent_id].profile

    @property
    def profiles(self) -> set[Profile]:
        """What the agents can do."""
        return {group.profile for group in self._group_of.values()}

    @property
    def is_crowded(self) -> bool:
        """Whether so many profiles are known that most of them may be nobody's any longer."""
        return len(self._groups) > _SLACK + 2 * len(self.standings)

    def keep(self, asked: set[Condition]) -> None:
        """Forget the profiles that are nobody's any longer, and who fits any condition but these."""
        self._groups = {profile: self._groups[profile] for profile in self.profiles}
        self._matching = {
            condition: [group for group in groups if group.profile in self._groups]
            for condition, groups in self._matching.items()
            if condition in asked
        }

    def put(self, standing: Standing, *, at: int) -> None:
        """Remember where an agent stands now."""
        agent = standing.agent
        before = self.standings.get(agent.id)
        self.standings[agent.id] = standing
        if before is None or before.agent is not agent:
            self._group_of[agent.id] = self._group(agent.profile)
        number = self._numbers[agent.id] = self._numbers.get(agent.id, 0) + 1
        if standing.presence is not Presence.AVAILABLE or standing.room[0] < 1:
            return
        heap = self._group_of[agent.id].rooms.setdefault(standing.room, [])
        if len(heap) > _SLACK + 2 * len(self.standings):
            heap[:] = [entry for entry in heap if self._is_live(entry)]
            heapify(heap)
        order = self.strategy.order(standing, "", at) if self.strategy.steady else ()
        heappush(heap, (order, agent.id, number))

    def pick(self, asking: Asking, *, at: int, count: int = 1) -> list[Standing]:
        """The agents who get the offers: the first ones of those who may take the work.

        Args:
            asking: What the work asks.
            at: The instant, in microseconds since the epoch.
            count: How many agents at most.
        """
        first = [
            standing
            for name in wished(asking, self.strategy)
            if (standing := self.standings.get(name)) is not None and why_not(asking, standing) is None
        ][:count]
        if len(first) == count or asking.kept_for:
            return first
        # Whoever goes before the others and may take it is among the first, so the others need not be compared by that.
        barred = (asking.declined | asking.requirement.never).union(standing.agent.id for standing in first)
        found = self._candidates(asking, barred, count - len(first), at)
        if not found:
            return first
        rest = sorted(found)[: count - len(first)] if count > 1 else [min(found)]
        return first + [self.standings[agent_id] for _, _, agent_id in rest]

    def _candidates(self, asking: Asking, barred: frozenset[str], count: int, at: int) -> list[Candidate]:
        """The first ones of each profile and room, which are enough to find the first ones of all."""
        found: list[Candidate] = []
        for group in self._groups_for(asking.condition):
            rooms = group.rooms
            if not rooms:
                continue
            suits = misses(asking, group.profile), self.strategy.fit(group.profile, asking.requirement)
            emptied: list[Room] = []
            for room, heap in rooms.items():
                if fits_in(room, asking.item):
                    if self.strategy.steady:
                        found += [(suits, entry[0], entry[1]) for entry in self._firsts(heap, barred, count)]
                    else:
                        found += [(suits, *each) for each in self._ordered(heap, asking, barred, at)]
                    if not heap:
                        emptied.append(room)
            for room in emptied:
                del rooms[room]
        return found

    def _firsts(self, heap: list[Entry], barred: frozenset[str], count: int) -> list[Entry]:
        """The first entries of a heap whose agents are not barred; the heap keeps them."""
        kept: list[Entry] = []
        found: list[Entry] = []
        while heap:
            entry = heap[0]
            is_live = self._is_live(entry)
            if is_live and entry[1] not in barred:
                found.append(entry)
                if len(found) == count:
                    break
            heappop(heap)
            if is_live:
                kept.append(entry)
        for entry in kept:
            heappush(heap, entry)
        return found

    def _ordered(self, heap: list[Entry], asking: Asking, barred: frozenset[str], at: int) -> list[tuple[Key, str]]:
        """All agents of a heap who are not barred, with their keys at this moment."""
        heap[:] = [entry for entry in heap if self._is_live(entry)]
        heapify(heap)
        names = [entry[1] for entry in heap if entry[1] not in barred]
        return [(self.strategy.order(self.standings[name], asking.lot, at), name) for name in names]

    def _is_live(self, entry: Entry) -> bool:
        return self._numbers[entry[1]] == entry[2]

    def _group(self, profile: Profile) -> _Group:
        group = self._groups.get(profile)
        if group is None:
            group = self._groups[profile] = _Group(profile)
            for condition, groups in self._matching.items():
                if condition.lacks(profile) is None:
                    groups.append(group)
        return group

    def _groups_for(self, condition: Condition) -> list[_Group]:
        groups = self._matching.get(condition)
        if groups is None:
            fitting = [group for group in self._groups.values() if condition.lacks(group.profile) is None]
            groups = self._matching[condition] = fitting
        return groups
