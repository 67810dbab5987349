"""The states of all agents, and which of the idle ones comes first for a piece of work.

Theory of operation. Agents with one profile are alike to every condition, and agents with one `Room` have the same
capacity left. So idle agents are kept in one heap for each (profile, room), in the order of the strategy. For a piece
of work only the profiles that fit its condition are looked at, and of each of their heaps only the head. The fitting
profiles are remembered for each condition as long as something requires it, and extended when a new profile appears.

*Versions.* Each state of an agent has a number. When the state changes, the old heap entry stays behind; at the head of
the heap it is recognised as stale by its number, and dropped.

*Listing late.* A changed agent is listed as idle only when `pick` needs the heaps. Most agents that become idle take
waiting work at once, and never enter a heap at all.

*Moments.* An explanation needs the states of all agents as they were. They are not copied: each change is a link in a
chain that holds the state before it, and a moment is one link. The states at that moment are the present ones, with
the changes behind that link undone. Keeping a moment costs nothing; reading it costs the changes since. Links that no
moment can reach free themselves.
"""

from collections.abc import Iterable, Iterator, Mapping, ValuesView
from heapq import heapify, heappop, heappush
from typing import Any, Final

from ticontact._bounded import MOST_NAMES, listed, quoted
from ticontact.errors import UnknownAgent
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.agent_state import AgentState, AgentStatus, Room
from ticontact.routing._engine.queue_calendars import Failed
from ticontact.routing._matching.current_requirement import CurrentRequirement
from ticontact.routing._matching.eligibility import fits_in, misses, rank, why_not, wished
from ticontact.routing._requirements.condition import Condition, Profile
from ticontact.routing.strategies import Strategy, equal_fit, longest_idle, no_wishes

__all__ = ["AgentIndex", "Change", "StatesAt"]

Key = tuple[Any, ...]

Entry = tuple[Key, str, int]
"""The key of the strategy, the agent's id, and the version of the state that it was made from."""

Candidate = tuple[Key, Key, str]
"""How well the profile suits the work, the key of the strategy, and the agent's id: the smallest comes first."""

_SLACK: Final = 32
"""So many stale entries are never worth a sweep, however few agents there are."""

_AVAILABLE: Final = AgentStatus.AVAILABLE


class _Group:
    """The idle agents of one profile, in a heap for each room."""

    __slots__ = ("profile", "rooms")

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.rooms: dict[Room, list[Entry]] = {}


class Change:
    """One change of one agent. The last link of the chain is empty until the next change."""

    __slots__ = ("agent_id", "before", "then")

    agent_id: str
    before: AgentState
    then: "Change"


class StatesAt(Mapping[str, AgentState]):
    """The states of all agents at one moment, by id."""

    __slots__ = ("_index", "_link")

    def __init__(self, index: "AgentIndex", link: Change) -> None:
        self._index = index
        self._link = link

    def __getitem__(self, agent_id: str) -> AgentState:
        return self._states()[agent_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._states())

    def __len__(self) -> int:
        return len(self._states())

    def values(self) -> ValuesView[AgentState]:
        """Return the states in the order of the agents."""
        return self._states().values()

    def __reduce__(self) -> tuple[type[dict[str, AgentState]], tuple[dict[str, AgentState]]]:
        return dict, (self._states(),)  # a copy or a pickle has no present to start from

    def _states(self) -> dict[str, AgentState]:
        states = dict(self._index.states)
        undone: set[str] = set()
        link = self._link
        while link is not self._index.last_change:
            if link.agent_id not in undone:  # the first change after the moment knows the state at the moment
                undone.add(link.agent_id)
                states[link.agent_id] = link.before
            link = link.then
        return states


class AgentIndex:
    """The agents of one dispatcher. Mutable.

    Args:
        agents: The agents; all are signed out at first.
        strategy: The order among them.
        failed: Is told that the strategy has failed.

    Attributes:
        configured: The agents as they were given, by id. Whoever has a state and is not among them is gone: a snapshot
            knew the agent, who has work in hand and gets nothing new.
        states: The present state of each agent, by id. It is changed by `put` alone.
        last_change: The end of the chain of changes.
        is_crowded: Whether so many profiles are known that most of them may be no agent's any longer.
    """

    def __init__(self, agents: Iterable[Agent], strategy: Strategy, failed: Failed) -> None:
        self.strategy = strategy
        self._failed = failed
        people = tuple(agents)
        self.configured: dict[str, Agent] = {agent.id: agent for agent in people}
        self.states: dict[str, AgentState] = {}
        self.last_change: Change = Change()
        self.is_crowded: bool = False
        self._versions: dict[str, int] = {}
        self._unlisted: dict[str, None] = {}
        self._groups: dict[Profile, _Group] = {}
        self._group_of: dict[str, _Group] = {}
        self._fitting: dict[Condition, list[_Group]] = {}
        self._has_wishes = strategy.wishes is not no_wishes
        self._has_fit = strategy.fit is not equal_fit
        for agent in people:
            self.put(AgentState(agent=agent, status=AgentStatus.OFFLINE))

    # States

    def put(self, state: AgentState) -> None:
        """Set the state of an agent. Every change of an agent comes through here."""
        agent = state.agent
        agent_id = agent.id
        before = self.states.get(agent_id)
        if before is not None:  # all agents are there before anybody keeps a moment
            link = self.last_change
            link.agent_id = agent_id
            link.before = before
            link.then = self.last_change = Change()
        self.states[agent_id] = state
        if before is None or before.agent is not agent:
            self._group_of[agent_id] = self._group(agent.profile)
        self._versions[agent_id] = self._versions.get(agent_id, 0) + 1
        if state.status is _AVAILABLE and state.room[0] > 0:
            self._unlisted[agent_id] = None
        else:
            self._unlisted.pop(agent_id, None)

    def take_back(self, change: Change) -> None:
        """Let all agents stand as they did when the chain of changes ended there."""
        before: dict[str, AgentState] = {}
        link = change
        while link is not self.last_change:
            before.setdefault(link.agent_id, link.before)
            link = link.then
        for state in before.values():  # these are changes like any others: moments that are kept stay right
            self.put(state)
        self.list_anew()

    def list_anew(self) -> None:
        """Forget which agents are listed as idle: whatever stopped half-way may have left the heaps out of order."""
        for group in self._groups.values():
            group.rooms.clear()
        for agent_id, state in self.states.items():
            if state.status is _AVAILABLE and state.room[0] > 0:
                self._unlisted[agent_id] = None

    def state(self, agent_id: str) -> AgentState:
        """Return the present state of an agent.

        Raises:
            UnknownAgent: If there is none of this id.
        """
        if agent_id not in self.states:
            known = sorted(self.states)
            raise UnknownAgent(
                f"agent: no agent {quoted(agent_id)} here; allowed: {listed(known)}",
                agent=agent_id,
                allowed=tuple(known[:MOST_NAMES]),
            )
        return self.states[agent_id]

    def moment(self) -> StatesAt:
        """Return the states of all agents at the present moment, to be kept."""
        return StatesAt(self, self.last_change)

    # Profiles

    def profile_of(self, agent_id: str) -> Profile:
        """Return what an agent can do: the same object for all agents with equal abilities."""
        return self._group_of[agent_id].profile

    @property
    def profiles(self) -> set[Profile]:
        """The profiles of all agents."""
        return {group.profile for group in self._group_of.values()}

    def keep(self, required: set[Condition]) -> None:
        """Forget the profiles that are no agent's any longer, and the fitting ones of all conditions but these."""
        self.is_crowded = False
        self._groups = {profile: self._groups[profile] for profile in self.profiles}
        self._fitting = {
            condition: [group for group in groups if group.profile in self._groups]
            for condition, groups in self._fitting.items()
            if condition in required
        }

    # The choice

    def pick(self, current: CurrentRequirement, *, at: int, count: int = 1) -> list[AgentState]:
        """Return the agents that get the offers: the first ones of those that may take the work.

        Where the strategy fails, those that have been idle longest come first, and everybody is looked at.

        Args:
            current: The requirement now.
            at: The instant, in microseconds since the epoch.
            count: How many agents at most.
        """
        try:
            return self._first(current, at=at, count=count)
        except Exception as error:  # noqa: BLE001 - whatever a strategy raises must not stop the telephone
            self._failed("strategy", self.strategy.name, error)
            self.list_anew()
        able = [state for state in self.states.values() if why_not(current, state) is None]
        return sorted(able, key=lambda state: rank(current, state, longest_idle, at=at))[:count]

    def _first(self, current: CurrentRequirement, *, at: int, count: int) -> list[AgentState]:
        """Return the same by the strategy, with a look at the heads of the heaps alone."""
        if self._unlisted:
            self._list(at)
        barred = current.requirement.never
        if current.declined:
            barred |= current.declined
        if not current.asked:
            return self._first_of(current, barred, count, at)
        # It has rung in vain. Who was not asked yet comes first, then the others, who was asked longest ago first.
        first = self._first_of(current, barred.union(current.asked), count, at)
        return (first + self._able(current, current.asked))[:count]

    def _first_of(self, current: CurrentRequirement, barred: frozenset[str], count: int, at: int) -> list[AgentState]:
        """Return the first agents of those that may take the work and are not barred, at most so many."""
        first: list[AgentState] = []
        if self._has_wishes or current.requirement.preferences:
            # An agent that is wished for by name comes before all others, in the order of the wishes.
            wishes = [name for name in wished(current, self.strategy) if name not in barred]
            first = self._able(current, wishes)[:count]
            if len(first) == count or current.kept_for:
                return first
            if first:
                barred = barred.union(state.agent.id for state in first)
        wanted = count - len(first)
        found = self._candidates(current, barred, wanted, at)
        if wanted > 1:
            found.sort()
            return first + [self.states[candidate[2]] for candidate in found[:wanted]]
        if found:
            first.append(self.states[min(found)[2]])
        return first

    def _able(self, current: CurrentRequirement, names: Iterable[str]) -> list[AgentState]:
        """Return the states of those of some agents that may take the work now, in their order."""
        states = [self.states[name] for name in names if name in self.states]
        return [state for state in states if why_not(current, state) is None]

    def _candidates(  # noqa: C901 - the inner loop of all that arrives, written out for speed
        self, current: CurrentRequirement, barred: frozenset[str], count: int, at: int
    ) -> list[Candidate]:
        """Return the first agents of each profile and room, which are enough to find the first ones of all."""
        item, cost, versions = current.item, current.item.cost, self._versions
        is_steady, is_fitted = self.strategy.steady, self._has_fit or bool(current.requirement.preferences)
        found: list[Candidate] = []
        suits: Key = ((), ())
        emptied: list[Room]
        for group in self._groups_for(current.condition):
            rooms = group.rooms
            if not rooms:
                continue
            if is_fitted:
                suits = misses(current, group.profile), self.strategy.fit(group.profile, current.requirement)
            emptied = []
            for room, heap in rooms.items():
                if room[0] < cost or (room[1] and not fits_in(room, item)):
                    continue
                while heap and versions[heap[0][1]] != heap[0][2]:
                    heappop(heap)
                if not heap:
                    emptied.append(room)
                elif not is_steady:
                    found += [(suits, *each) for each in self._ordered(heap, current, barred, at)]
                elif count == 1 and heap[0][1] not in barred:  # nearly always the head will do
                    found.append((suits, heap[0][0], heap[0][1]))
                else:
                    found += [(suits, entry[0], entry[1]) for entry in self._firsts(heap, barred, count)]
            for room in emptied:
                del rooms[room]
        return found

    def _firsts(self, heap: list[Entry], barred: frozenset[str], count: int) -> list[Entry]:
        """Return the first entries of a heap whose agents are not barred; the heap keeps them."""
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

    def _ordered(
        self, heap: list[Entry], current: CurrentRequirement, barred: frozenset[str], at: int
    ) -> list[tuple[Key, str]]:
        """Return all agents of a heap that are not barred, with their keys at this moment."""
        heap[:] = [entry for entry in heap if self._is_live(entry)]
        heapify(heap)
        names = [entry[1] for entry in heap if entry[1] not in barred]
        return [(self.strategy.order(self.states[name], current.lot, at), name) for name in names]

    # Listing

    def _list(self, at: int) -> None:
        """List the agents that have become idle, or have other room, since the heaps were needed last."""
        order, is_steady = self.strategy.order, self.strategy.steady
        for agent_id in self._unlisted:
            state = self.states[agent_id]
            heap = self._group_of[agent_id].rooms.setdefault(state.room, [])
            if len(heap) > _SLACK + 2 * len(self.states):
                heap[:] = [entry for entry in heap if self._is_live(entry)]
                heapify(heap)
            heappush(heap, (order(state, "", at) if is_steady else (), agent_id, self._versions[agent_id]))
        self._unlisted.clear()

    def _is_live(self, entry: Entry) -> bool:
        return self._versions[entry[1]] == entry[2]

    def _group(self, profile: Profile) -> _Group:
        group = self._groups.get(profile)
        if group is None:
            group = self._groups[profile] = _Group(profile)
            self.is_crowded = len(self._groups) > _SLACK + 2 * len(self.states)
            for condition, groups in self._fitting.items():
                if condition.lacks(profile) is None:
                    groups.append(group)
        return group

    def _groups_for(self, condition: Condition) -> list[_Group]:
        groups = self._fitting.get(condition)
        if groups is None:
            groups = [group for group in self._groups.values() if condition.lacks(group.profile) is None]
            self._fitting[condition] = groups
        return groups
