"""What a search asks at the present moment, and where it stands among the others that wait."""

from collections.abc import Iterator
from typing import Final

import attrs

from ticontact._time import microseconds, to_epoch
from ticontact.priority import Priority
from ticontact.routing._engine.active_work import Search
from ticontact.routing._engine.agent_index import Floor
from ticontact.routing._engine.clocks import Clocks
from ticontact.routing._engine.settings import Terms
from ticontact.routing._matching.eligibility import Asking, coming, kept_for
from ticontact.routing._requirements.condition import Condition, Waited
from ticontact.routing._work.work_item import credited

__all__ = ["LIVE", "Present"]

LIVE, _DEFERRED = 0, 1

_SLACK: Final = 1_000


class Present:
    """What searches ask now.

    Args:
        clocks: The present moment.
        floor: Where the agents stand.
        terms: How the dispatcher decides.
    """

    def __init__(self, clocks: Clocks, floor: Floor, terms: Terms) -> None:
        self._clocks = clocks
        self._floor = floor
        self._terms = terms
        self._conditions: dict[Condition, Condition] = {}
        self._most = _SLACK

    def one(self, condition: Condition) -> Condition:
        """The same object for all equal conditions, so that an index compares them by identity."""
        return self._conditions.setdefault(condition, condition)

    @property
    def is_crowded(self) -> bool:
        """Whether so many conditions are known that most of them may be asked by nothing any longer."""
        return len(self._conditions) > self._most

    def keep(self, asked: set[Condition]) -> None:
        """Forget all conditions but these."""
        self._conditions = {condition: condition for condition in self._conditions if condition in asked}
        self._most = _SLACK + 2 * len(self._conditions)

    def asking(self, search: Search, declined: frozenset[str], *, round_number: int) -> Asking:
        """What it asks: the step that holds, for whom it is kept, and who has declined it."""
        requirement, asking = search.requirement, search.asking
        if not requirement.preferences and not requirement.condition.steps:  # time changes nothing about it
            is_same = declined == asking.declined and round_number == asking.round
            return asking if is_same else attrs.evolve(asking, declined=declined, round=round_number)
        waited = self.waited(search)
        asking = Asking(
            item=search.item,
            requirement=requirement,
            condition=self.one(requirement.condition.at(waited)),
            declined=declined,
            round=round_number,
        )
        kept = kept_for(asking, self._floor.standings, waited.elapsed)
        return attrs.evolve(asking, kept_for=kept) if kept else asking

    def foreseen(self, search: Search) -> Asking:
        """What it asked when that was looked at last, and what time will change about it."""
        foreseen = coming(
            search.asking,
            lambda step: self._clocks.over_at(search.item.queue, search.entered, step.after, step.clock),
            lambda until: self.waited(search, until=until),
            entered=search.entered,
            now=self._clocks.now,
        )
        return attrs.evolve(search.asking, coming=foreseen) if foreseen else search.asking

    def waited(self, search: Search, *, until: int | None = None) -> Waited:
        """How long it has waited, by both clocks, or will have waited at an instant."""
        waited = self._clocks.waited(search.item.queue, search.entered, until=until)
        return Waited(max(waited.elapsed, search.skipped), max(waited.open, search.skipped))

    def key(self, search: Search) -> tuple[int, int, int, str]:
        """Its place among those that wait: tier, credited instant, entry, id."""
        item = search.item
        promoted = item.live_from is not None and to_epoch(item.live_from) <= self._clocks.now
        tier = LIVE if item.is_live or promoted else _DEFERRED
        entered = self._clocks.reading(search.clock, search.entered)
        if self._terms.is_strict:
            tier = tier * len(Priority) - item.priority.rank + len(Priority) - 1
            return tier, entered, search.entered, item.id
        return tier, credited(item, entered=entered, head_start=self._terms.head_start), search.entered, item.id

    def review_times(self, search: Search) -> Iterator[int]:
        """When it must be looked at anew: steps, holds, slots and promotions."""
        item = search.item
        for step in search.requirement.condition.steps:
            yield self._clocks.over_at(item.queue, search.entered, step.after, step.clock)
        for preference in search.requirement.preferences:
            if preference.agent and preference.hold:
                yield search.entered + microseconds(preference.hold)
        for instant in (item.begins_at, item.live_from):
            if instant is not None:
                yield to_epoch(instant)
