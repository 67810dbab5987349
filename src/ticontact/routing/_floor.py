"""Where all agents stand, and who of the idle ones goes first. It is mutable.

Theory of operation. Agents with one profile are alike to every condition, and agents with one `Room` have the same
space left; so idle agents stand in one heap for each (profile, room), in the order of the strategy. For a piece of work
only the profiles that fit its condition are looked at (remembered for each condition, and extended when a new profile
signs in), and of each of their heaps only the head. When an agent's standing changes, the old heap entry stays behind
and is recognised as stale by its number when it comes to the head.
"""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from typing import Any

from ticontact.errors import UnknownAgent
from ticontact.routing._agent import Agent, Presence, Room, Standing
from ticontact.routing._asking import Asking, fits_in, rank, why_not, wished
from ticontact.routing._condition import Condition, Profile
from ticontact.routing._strategy import Strategy

__all__ = ["Floor"]

Entry = tuple[tuple[Any, ...], str, int]
"""The key of the strategy, the agent's id, and the number of the standing it was made from."""

_SLACK = 32


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
        self._idle: dict[Profile, dict[Room, list[Entry]]] = {}
        self._matching: dict[Condition, list[Profile]] = {}
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

    def put(self, standing: Standing, *, at: int) -> None:
        """Remember where an agent stands now."""
        agent = standing.agent
        self.standings[agent.id] = standing
        number = self._numbers[agent.id] = self._numbers.get(agent.id, 0) + 1
        room = standing.room
        if standing.presence is not Presence.AVAILABLE or room[0] < 1:
            return
        heap = self._rooms(agent.profile).setdefault(room, [])
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
        barred = asking.declined | asking.requirement.never | {standing.agent.id for standing in first}
        rest = self._heads(asking, barred, count - len(first), at)
        return first + rest

    def _heads(self, asking: Asking, barred: frozenset[str], count: int, at: int) -> list[Standing]:
        found: list[tuple[tuple[Any, ...], Standing]] = []
        for profile in self._profiles(asking.condition):
            rooms = self._idle[profile]
            for room in [room for room in rooms if fits_in(room, asking.item)]:
                heap = rooms[room]
                some = self._firsts(heap, barred, count) if self.strategy.steady else self._all(heap, barred)
                found.extend((rank(asking, standing, self.strategy, at=at), standing) for standing in some)
                if not heap:
                    del rooms[room]
        if count == 1:
            return [min(found, key=_key)[1]] if found else []
        found.sort(key=_key)
        return [standing for _, standing in found[:count]]

    def _firsts(self, heap: list[Entry], barred: frozenset[str], count: int) -> list[Standing]:
        """The first agents of a heap who are not barred; the heap keeps them."""
        kept: list[Entry] = []
        found: list[Standing] = []
        while heap and len(found) < count:
            entry = heap[0]
            if self._is_live(entry) and entry[1] not in barred:
                found.append(self.standings[entry[1]])
                if len(found) == count:
                    break
            heappop(heap)
            if self._is_live(entry):
                kept.append(entry)
        for entry in kept:
            heappush(heap, entry)
        return found

    def _all(self, heap: list[Entry], barred: frozenset[str]) -> list[Standing]:
        heap[:] = [entry for entry in heap if self._is_live(entry)]
        heapify(heap)
        return [self.standings[entry[1]] for entry in heap if entry[1] not in barred]

    def _is_live(self, entry: Entry) -> bool:
        return self._numbers[entry[1]] == entry[2]

    def _rooms(self, profile: Profile) -> dict[Room, list[Entry]]:
        if profile not in self._idle:
            self._idle[profile] = {}
            for condition, profiles in self._matching.items():
                if condition.lacks(profile) is None:
                    profiles.append(profile)
        return self._idle[profile]

    def _profiles(self, condition: Condition) -> Iterator[Profile]:
        if condition not in self._matching:
            self._matching[condition] = [profile for profile in self._idle if condition.lacks(profile) is None]
        return iter(self._matching[condition])


def _key(found: tuple[tuple[Any, ...], Standing]) -> tuple[Any, ...]:
    return found[0]
