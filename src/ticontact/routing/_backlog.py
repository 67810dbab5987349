"""What waits, and which of it an agent takes first. It is mutable.

Theory of operation. Searches that ask the same (condition, channel, cost, clock) are alike to every profile, and wait
in one heap. With one rate of ageing the order of two of them never changes, so the key of the heap is fixed when they
enter: `credited instant`, and no heap is ever sorted again. Heaps of different clocks are compared by age at the moment
of asking. For each profile the heaps that it can serve are remembered; an agent who becomes free looks at the heads of
those alone. A search that leaves (or changes what it asks) gives up its `place`; the entry it leaves behind is stale by
that number and dropped when it comes to the head.
"""

from collections.abc import Mapping
from heapq import heappop, heappush

from ticontact.routing._agent import Standing
from ticontact.routing._asking import fits_in
from ticontact.routing._condition import Condition, Profile
from ticontact.routing._search import Search

__all__ = ["Backlog"]

Entry = tuple[tuple[int, int, int, str], int, Search]
"""The key of the search, the place it had, and the search."""

Signature = tuple[Condition, str, int, str]


class _Line:
    """Those that wait and ask the same."""

    __slots__ = ("clock", "condition", "entries", "item")

    def __init__(self, search: Search) -> None:
        self.condition = search.asking.condition
        self.clock = search.clock
        self.item = search.item  # all of the line have its channel and its cost
        self.entries: list[Entry] = []

    def first(self, agent: str) -> Search | None:
        """The first search that this agent may take; the line keeps it."""
        kept: list[Entry] = []
        entries = self.entries
        found = None
        while entries and found is None:
            entry = entries[0]
            search = entry[2]
            if search.place != entry[1]:
                heappop(entries)
            elif agent in search.asking.declined or agent in search.requirement.never:
                kept.append(heappop(entries))
            else:
                found = search
        for entry in kept:
            heappush(entries, entry)
        return found


class Backlog:
    """The waiting searches of one dispatcher. It is mutable."""

    def __init__(self) -> None:
        self._lines: dict[Signature, _Line] = {}
        self._serves: dict[Profile, list[_Line]] = {}
        self._kept: dict[str, dict[Signature, _Line]] = {}
        self._places = 0

    def add(self, search: Search) -> None:
        """Let a search wait."""
        item = search.item
        signature = (search.asking.condition, item.channel.name, item.cost, search.clock)
        kept_for = search.asking.kept_for
        if kept_for:
            lines = self._kept.setdefault(kept_for, {})
            line = lines.get(signature) or lines.setdefault(signature, _Line(search))
        else:
            line = self._lines.get(signature) or self._new_line(signature, search)
        self._places += 1  # unique, so that two entries with one key are never compared further
        search.place = self._places
        heappush(line.entries, (search.key, search.place, search))

    def remove(self, search: Search) -> None:
        """Take a search out, if it waits."""
        search.place = 0

    def first_for(self, standing: Standing, now: Mapping[str, int]) -> Search | None:
        """The search that an agent takes first of all that the agent may take; None if there is none.

        Args:
            standing: The agent, who has room.
            now: The present instant by each clock.
        """
        best, best_key = None, None
        room, agent = standing.room, standing.agent.id
        for line in self._lines_for(standing):
            if line.entries and fits_in(room, line.item) and (search := line.first(agent)) is not None:
                tier, credited, *rest = search.key
                key = (tier, credited - now[line.clock], *rest)
                if best_key is None or key < best_key:
                    best, best_key = search, key
        return best

    def _lines_for(self, standing: Standing) -> list[_Line]:
        profile = standing.agent.profile
        if profile not in self._serves:
            self._serves[profile] = [line for line in self._lines.values() if line.condition.lacks(profile) is None]
        if standing.agent.id not in self._kept:
            return self._serves[profile]
        own = self._kept[standing.agent.id].values()
        return self._serves[profile] + [line for line in own if line.condition.lacks(profile) is None]

    def _new_line(self, signature: Signature, search: Search) -> _Line:
        line = self._lines[signature] = _Line(search)
        for profile, lines in self._serves.items():
            if line.condition.lacks(profile) is None:
                lines.append(line)
        return line
