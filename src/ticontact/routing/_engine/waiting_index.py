"""The requests that wait, and which of them an agent takes first.

Theory of operation. Requests with one signature (condition, channel, cost, clock) are alike to every profile, and wait
in one line, which is a heap. All of them age at one rate, so the order of two never changes: the key of the heap is
fixed at the entry (`credited instant`), and no heap is ever sorted again.

*Served lines.* For each profile the lines that it can serve are remembered, those of one channel, cost and clock
together. An agent that becomes free looks at their heads alone.

*Places.* A request that leaves, or changes its requirement, gives up its `place`, which is 0 from then on. The entry
that it leaves behind is stale by that number; it is dropped at the head of the line, or when stale entries may be most
of the line.

*Reserved work* waits in lines of its agent, which nobody else looks at.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from typing import Final

from ticontact.routing._agents.agent_state import AgentState
from ticontact.routing._engine.active_work import AssignmentRequest
from ticontact.routing._matching.eligibility import fits_in
from ticontact.routing._requirements.condition import Condition, Profile

__all__ = ["WaitingIndex"]

Key = tuple[int, int, int, str]

Entry = tuple[Key, int, AssignmentRequest]
"""The key of the request, the place it had, and the request."""

Kind = tuple[str, int, str]
"""The channel, the cost and the clock."""

Signature = tuple[Condition, Kind]

_SLACK: Final = 32
"""So many stale entries are never worth a sweep."""


class _Line:
    """The requests with one signature."""

    __slots__ = ("condition", "entries", "item", "kind", "most")

    def __init__(self, request: AssignmentRequest, kind: Kind) -> None:
        self.condition = request.current.condition
        self.kind = kind
        self.item = request.item  # all of the line have its channel and its cost
        self.entries: list[Entry] = []
        self.most = _SLACK

    def add(self, entry: Entry) -> None:
        """Add an entry; where stale ones may be most of all, they are dropped before."""
        if len(self.entries) >= self.most:
            self.tidy()
        heappush(self.entries, entry)

    def tidy(self) -> None:
        """Drop all stale entries."""
        self.entries = [entry for entry in self.entries if entry[2].place == entry[1]]
        heapify(self.entries)
        self.most = _SLACK + 2 * len(self.entries)

    def first(self, agent: str) -> Entry | None:
        """Return the first entry whose request this agent may take; the line keeps it."""
        entries = self.entries
        passed_over: list[Entry] = []
        found = None
        while entries:
            entry = entries[0]
            request = entry[2]
            if request.place != entry[1]:
                heappop(entries)
            elif agent in request.current.declined or agent in request.requirement.never:
                passed_over.append(heappop(entries))
            else:
                found = entry
                break
        for entry in passed_over:
            heappush(entries, entry)
        return found


Served = dict[Kind, list[_Line]]


class WaitingIndex:
    """The waiting requests of one dispatcher. Mutable."""

    def __init__(self) -> None:
        self._lines: dict[Signature, _Line] = {}
        self._serves: dict[Profile, Served] = {}
        self._reserved: dict[str, dict[Signature, _Line]] = {}
        self._places = 0

    def add(self, request: AssignmentRequest) -> None:
        """Let a request wait."""
        item = request.item
        signature = (request.current.condition, (item.channel.name, item.cost, request.clock))
        kept_for = request.current.kept_for
        if kept_for:
            lines = self._reserved.setdefault(kept_for, {})
            line = lines.get(signature) or lines.setdefault(signature, _Line(request, signature[1]))
        else:
            line = self._lines.get(signature) or self._new_line(signature, request)
        self._places += 1  # unique, so that two entries with one key are never compared further
        request.place = self._places
        line.add((request.key, request.place, request))

    def keep(self, profiles: set[Profile]) -> None:
        """Forget the lines in which nothing waits, and what profiles but these can serve."""
        self._lines = _busy(self._lines)
        self._reserved = {agent: busy for agent, lines in self._reserved.items() if (busy := _busy(lines))}
        self._serves = {
            profile: _still_served(served) for profile, served in self._serves.items() if profile in profiles
        }

    def first_for(self, state: AgentState, profile: Profile, now: Mapping[str, int]) -> AssignmentRequest | None:
        """Return the request that an agent takes first of all that it may take; None if there is none.

        Args:
            state: The agent, with room.
            profile: What the agent can do.
            now: The present instant by each clock.
        """
        agent_id = state.agent.id
        best: Entry | None = None
        best_kind: Kind | None = None
        for kind, lines in self._served_by(agent_id, profile).items():
            if not fits_in(state.room, lines[0].item):
                continue
            first = _first_of(lines, agent_id)
            if first is None:
                continue
            # Keys of one clock compare as they are. Keys of two clocks compare by the waiting time that each shows.
            if best is None or best_kind is None or _key_at(first, kind, now) < _key_at(best, best_kind, now):
                best, best_kind = first, kind
        return None if best is None else best[2]

    def _served_by(self, agent_id: str, profile: Profile) -> Served:
        served = self._serves.get(profile)
        if served is None:
            served = self._serves[profile] = {}
            for line in self._lines.values():
                _serve(served, line, profile)
        reserved = [line for line in self._reserved.get(agent_id, {}).values() if line.entries]
        if not reserved:
            return served
        with_own = {kind: list(lines) for kind, lines in served.items()}
        for line in reserved:
            _serve(with_own, line, profile)
        return with_own

    def _new_line(self, signature: Signature, request: AssignmentRequest) -> _Line:
        line = self._lines[signature] = _Line(request, signature[1])
        for profile, served in self._serves.items():
            _serve(served, line, profile)
        return line


def _key_at(entry: Entry, kind: Kind, now: Mapping[str, int]) -> Key:
    tier, credited, entered, name = entry[0]
    return tier, credited - now[kind[2]], entered, name


def _still_served(served: Served) -> Served:
    busy = {kind: [line for line in lines if line.entries] for kind, lines in served.items()}
    return {kind: lines for kind, lines in busy.items() if lines}


def _busy(lines: dict[Signature, _Line]) -> dict[Signature, _Line]:
    for line in lines.values():
        line.tidy()
    return {signature: line for signature, line in lines.items() if line.entries}


def _serve(served: Served, line: _Line, profile: Profile) -> None:
    if line.condition.lacks(profile) is None:
        served.setdefault(line.kind, []).append(line)


def _first_of(lines: list[_Line], agent: str) -> Entry | None:
    """Return the first entry of several lines with one clock, among which the order of the keys never changes."""
    best: Entry | None = None
    for line in lines:
        entries = line.entries
        if not entries or (best is not None and entries[0][0] > best[0]):
            continue  # what is behind the head of a line comes later still
        entry = line.first(agent)
        if entry is not None and (best is None or entry[0] < best[0]):
            best = entry
    return best
