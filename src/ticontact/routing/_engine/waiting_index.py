"""What waits, and which of it an agent takes first. It is mutable.

Theory of operation. Searches that ask the same (condition, channel, cost, clock) are alike to every profile, and wait
in one heap. With one rate of ageing the order of two of them never changes, so the key of the heap is fixed when they
enter: `credited instant`, and no heap is ever sorted again. For each profile the heaps that it can serve are
remembered, those of one channel, cost and clock together: an agent who becomes free looks at their heads alone, and
whether they fit and how old they are is worked out once for all of them. A search that leaves (or changes what it asks)
gives up its `place`; the entry it leaves behind is stale by that number and dropped when it comes to the head, or when
such entries may be most of the line.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from typing import Final

from ticontact.routing._agents.agent_state import Standing
from ticontact.routing._engine.active_work import Search
from ticontact.routing._matching.eligibility import fits_in
from ticontact.routing._requirements.condition import Condition, Profile

__all__ = ["Backlog"]

Key = tuple[int, int, int, str]

Entry = tuple[Key, int, Search]
"""The key of the search, the place it had, and the search."""

Kind = tuple[str, int, str]
"""The channel, the cost and the clock."""

Signature = tuple[Condition, Kind]

_SLACK: Final = 32


class _Line:
    """Those that wait and ask the same."""

    __slots__ = ("condition", "entries", "item", "kind", "most")

    def __init__(self, search: Search, kind: Kind) -> None:
        self.condition = search.asking.condition
        self.kind = kind
        self.item = search.item  # all of the line have its channel and its cost
        self.entries: list[Entry] = []
        self.most = _SLACK

    def add(self, entry: Entry) -> None:
        """Let one more wait; where stale entries may be most of all, they are dropped."""
        if len(self.entries) >= self.most:
            self.tidy()
        heappush(self.entries, entry)

    def tidy(self) -> None:
        """Drop all stale entries."""
        self.entries = [entry for entry in self.entries if entry[2].place == entry[1]]
        heapify(self.entries)
        self.most = _SLACK + 2 * len(self.entries)

    def first(self, agent: str) -> Entry | None:
        """The first entry whose search this agent may take; the line keeps it."""
        entries = self.entries
        kept: list[Entry] = []
        found = None
        while entries:
            entry = entries[0]
            search = entry[2]
            if search.place != entry[1]:
                heappop(entries)
            elif agent in search.asking.declined or agent in search.requirement.never:
                kept.append(heappop(entries))
            else:
                found = entry
                break
        for entry in kept:
            heappush(entries, entry)
        return found


Served = dict[Kind, list[_Line]]


class Backlog:
    """The waiting searches of one dispatcher. It is mutable."""

    def __init__(self) -> None:
        self._lines: dict[Signature, _Line] = {}
        self._serves: dict[Profile, Served] = {}
        self._kept: dict[str, dict[Signature, _Line]] = {}
        self._places = 0

    def add(self, search: Search) -> None:
        """Let a search wait."""
        item = search.item
        signature = (search.asking.condition, (item.channel.name, item.cost, search.clock))
        kept_for = search.asking.kept_for
        if kept_for:
            lines = self._kept.setdefault(kept_for, {})
            line = lines.get(signature) or lines.setdefault(signature, _Line(search, signature[1]))
        else:
            line = self._lines.get(signature) or self._new_line(signature, search)
        self._places += 1  # unique, so that two entries with one key are never compared further
        search.place = self._places
        line.add((search.key, search.place, search))

    def remove(self, search: Search) -> None:
        """Take a search out, if it waits."""
        search.place = 0

    def keep(self, profiles: set[Profile]) -> None:
        """Forget the lines in which nothing waits, and what profiles but these can serve."""
        self._lines = _busy(self._lines)
        self._kept = {agent: busy for agent, lines in self._kept.items() if (busy := _busy(lines))}
        self._serves = {
            profile: _still_served(served) for profile, served in self._serves.items() if profile in profiles
        }

    def first_for(self, standing: Standing, profile: Profile, now: Mapping[str, int]) -> Search | None:
        """The search that an agent takes first of all that the agent may take; None if there is none.

        Args:
            standing: The agent, who has room.
            profile: What the agent can do.
            now: The present instant by each clock.
        """
        best: Search | None = None
        best_key: Key | None = None
        for kind, lines in self._served_by(standing, profile).items():
            first = _first_of(lines, standing.agent.id) if fits_in(standing.room, lines[0].item) else None
            if first is not None:
                tier, credited, entered, name = first[0]
                key = tier, credited - now[kind[2]], entered, name
                if best_key is None or key < best_key:
                    best, best_key = first[2], key
        return best

    def _served_by(self, standing: Standing, profile: Profile) -> Served:
        served = self._serves.get(profile)
        if served is None:
            served = self._serves[profile] = {}
            for line in self._lines.values():
                _serve(served, line, profile)
        kept = [line for line in self._kept.get(standing.agent.id, {}).values() if line.entries]
        if not kept:
            return served
        with_own = {kind: list(lines) for kind, lines in served.items()}
        for line in kept:
            _serve(with_own, line, profile)
        return with_own

    def _new_line(self, signature: Signature, search: Search) -> _Line:
        line = self._lines[signature] = _Line(search, signature[1])
        for profile, served in self._serves.items():
            _serve(served, line, profile)
        return line


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
    """The first entry of several lines with one clock, among which the order of the keys never changes."""
    best: Entry | None = None
    for line in lines:
        if not line.entries or (best is not None and line.entries[0][0] > best[0]):
            continue  # what lies behind the head of a line comes later still
        entry = line.first(agent)
        if entry is not None and (best is None or entry[0] < best[0]):
            best = entry
    return best
