"""What a request requires at the present moment, and its place among the others that wait."""

from collections.abc import Iterator
from typing import Final

import attrs

from ticontact._time import microseconds, to_epoch
from ticontact.priority import Priority
from ticontact.routing._engine.active_work import AssignmentRequest
from ticontact.routing._engine.agent_index import AgentIndex
from ticontact.routing._engine.clocks import ELAPSED, Clocks
from ticontact.routing._engine.settings import Settings
from ticontact.routing._matching.current_requirement import CurrentRequirement, NextRelaxation, next_relaxations
from ticontact.routing._matching.eligibility import kept_for
from ticontact.routing._requirements.condition import Condition, Waited
from ticontact.routing._work.work_item import WorkItem, credited

__all__ = ["LIVE", "RequirementClock"]

LIVE, _DEFERRED = 0, 1

_SLACK: Final = 1_000
"""So many conditions are never worth a sweep."""


class RequirementClock:
    """What requests require now. Mutable: it remembers the conditions that it has seen.

    Args:
        clocks: The present moment.
        agents: The states of the agents.
        settings: The settings of the dispatcher.

    Attributes:
        is_crowded: Whether so many conditions are known that most of them may be required by nothing any longer.
    """

    def __init__(self, clocks: Clocks, agents: AgentIndex, settings: Settings) -> None:
        self._clocks = clocks
        self._agents = agents
        self._settings = settings
        self.is_crowded = False
        self._conditions: dict[Condition, Condition] = {}
        self._most = _SLACK

    def one(self, condition: Condition) -> Condition:
        """Return the same object for all equal conditions, so that an index compares them by identity."""
        known = self._conditions.get(condition)
        if known is None:
            known = self._conditions[condition] = condition
            self.is_crowded = len(self._conditions) > self._most
        return known

    def keep(self, required: set[Condition]) -> None:
        """Forget all conditions but these."""
        self._conditions = {condition: condition for condition in self._conditions if condition in required}
        self._most = _SLACK + 2 * len(self._conditions)
        self.is_crowded = False

    def current(self, request: AssignmentRequest, *, round_number: int) -> CurrentRequirement:
        """Return the requirement now: the step that holds, the reservation, who has declined and who was asked."""
        requirement, current = request.requirement, request.current
        declined, asked = request.declined(at=self._clocks.now), request.asked
        if requirement.is_steady:
            is_same = declined == current.declined and asked == current.asked and round_number == current.round
            return current if is_same else attrs.evolve(current, declined=declined, asked=asked, round=round_number)
        waited = self.waited(request)
        current = CurrentRequirement(
            item=request.item,
            requirement=requirement,
            condition=self.one(requirement.condition.at(waited)),
            declined=declined,
            asked=asked,
            round=round_number,
        )
        # A decline ends the reservation for that agent, even when the agent may be asked again.
        refused = frozenset(each.agent for each in request.vain if each.has_declined)
        unreserved = current if refused == declined else attrs.evolve(current, declined=refused)
        kept = kept_for(unreserved, self._agents.states, waited.elapsed)
        return attrs.evolve(current, kept_for=kept) if kept else current

    def foreseen(self, request: AssignmentRequest) -> CurrentRequirement:
        """Return the requirement as it was looked at last, with what time will change about it."""
        if request.held_by:
            return attrs.evolve(request.current, held_by=request.held_by)
        again = tuple(
            NextRelaxation(at=each.until, condition=request.current.condition, again=each.agent)
            for each in request.vain
            if each.until is not None and each.stands(at=self._clocks.now)
        )
        if request.requirement.is_steady and not request.item.is_timed:
            return attrs.evolve(request.current, coming=again) if again else request.current
        foreseen = again + next_relaxations(
            request.current,
            lambda step: self._clocks.over_at(request.item.queue, request.entered, step.after, step.clock),
            lambda until: self.waited(request, until=until),
            entered=request.entered,
            now=self._clocks.now,
        )
        if not foreseen:
            return request.current
        return attrs.evolve(request.current, coming=tuple(sorted(foreseen, key=lambda each: each.at)))

    def waited(self, request: AssignmentRequest, *, until: int | None = None) -> Waited:
        """Return how long a request has waited, by both clocks, or will have waited at an instant."""
        waited = self._clocks.waited(request.item.queue, request.entered, until=until)
        return Waited(max(waited.elapsed, request.skipped), max(waited.open, request.skipped))

    def is_live(self, item: WorkItem) -> bool:
        """Return whether work is served as live work now: somebody waits for it, or it is due soon."""
        return item.is_live or (item.live_from is not None and to_epoch(item.live_from) <= self._clocks.now)

    def key(self, request: AssignmentRequest) -> tuple[int, int, int, str]:
        """Return the place of a request in the order of service: tier, credited instant, entry, id."""
        item = request.item
        tier = LIVE if self.is_live(item) else _DEFERRED
        entered = request.entered
        if request.clock != ELAPSED:
            entered = self._clocks.reading(request.clock, entered)
        if self._settings.is_strict:
            tier = tier * len(Priority) - item.priority.rank + len(Priority) - 1
            return tier, entered, request.entered, item.id
        if self._settings.head_start or item.credit:
            entered = credited(item, entered=entered, head_start=self._settings.head_start)
        return tier, entered, request.entered, item.id

    def review_times(self, request: AssignmentRequest) -> Iterator[int]:
        """Return the instants at which a request must be looked at anew: steps, reservations, slots, promotions."""
        item = request.item
        for step in request.requirement.condition.steps:
            due = self._clocks.over_at(item.queue, request.entered, step.after, step.clock)
            if due is not None:  # the queue is never open for so long
                yield due
        for preference in request.requirement.preferences:
            if preference.agent and preference.reserve_for:
                yield request.entered + microseconds(preference.reserve_for)
        for instant in (item.begins_at, item.live_from):
            if instant is not None:
                yield to_epoch(instant)
