"""What one piece of work requires at one moment, and what time alone will change about that.

A requirement is a whole: all its steps, whatever the hour. The current requirement is what holds of it now, together
with the state of the search: for whom the work is reserved, and who has declined it.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import attrs

from ticontact._time import microseconds, to_epoch
from ticontact.plain import checked
from ticontact.routing._requirements.condition import Condition, Step, Waited
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.work_item import WorkItem

__all__ = ["CurrentRequirement", "NextRelaxation", "comes_early", "next_relaxations", "next_step"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class NextRelaxation:
    """The next change of the requirement that only needs time to pass.

    Attributes:
        at: The instant, in microseconds since the epoch.
        step: The step that holds from then on; None if it is the end of a reservation, or the beginning of the work.
        condition: The condition from then on.
        is_hold: Whether a reservation for one agent ends. Otherwise, and without a step, the work begins.
        again: The agent who may be asked again from then on, because the decline stands no longer; else empty.
    """

    at: int
    condition: Condition
    step: Step | None = None
    is_hold: bool = False
    again: str = ""

    @property
    def is_beginning(self) -> bool:
        """Whether the work begins."""
        return self.step is None and not self.is_hold and not self.again


# Made for all that arrives: without slots it takes half the time.
@attrs.frozen(kw_only=True, slots=False, field_transformer=checked)
class CurrentRequirement:
    """What one piece of work requires at one moment.

    Attributes:
        item: The piece of work.
        requirement: The requirement of the item and the rules together, over all steps.
        condition: The condition that holds of it at this moment.
        kept_for: The only agent that may get an offer for now; empty without a reservation.
        declined: The agents whose decline stands.
        asked: The agents at whom it rang in vain: they come after all others, who was asked longest ago first.
        round: The number of the round, for strategies that draw lots.
        coming: What time will change about it; filled in only for an explanation.
        held_by: The rules that have failed and hold the work back; filled in only for an explanation.
    """

    item: WorkItem
    requirement: Requirement
    condition: Condition
    kept_for: str = ""
    declined: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    round: int = 0
    coming: tuple[NextRelaxation, ...] = ()
    held_by: tuple[str, ...] = ()

    @property
    def lot(self) -> str:
        """What a lottery draws for: the item and the round."""
        return f"{self.item.id}\0{self.round}"


def next_relaxations(
    current: CurrentRequirement,
    due: Callable[[Step], int | None],
    waited: Callable[[int], Waited],
    *,
    entered: int,
    now: int,
) -> tuple[NextRelaxation, ...]:
    """Return what time will change about a requirement, the next change first.

    Args:
        current: The requirement now.
        due: The instant from which a step holds, in microseconds since the epoch; None if never.
        waited: The waiting time up to an instant.
        entered: The instant at which the waiting began.
        now: The present instant.
    """
    changes = _next_relaxations(current, due, waited, entered=entered, now=now)
    return tuple(sorted(changes, key=lambda each: each.at))


def _next_relaxations(
    current: CurrentRequirement,
    due: Callable[[Step], int | None],
    waited: Callable[[int], Waited],
    *,
    entered: int,
    now: int,
) -> Iterator[NextRelaxation]:
    stepped = current.requirement.condition
    steps = stepped.steps
    so_far = waited(now) if steps else None
    for step in steps:
        if so_far is not None and so_far.by(step.clock) < step.after:
            holds_from = due(step)
            if holds_from is not None:
                condition = stepped.at(waited(holds_from))
                yield NextRelaxation(at=holds_from, condition=condition, step=step)
    for preference in current.requirement.preferences if current.kept_for else ():
        if preference.agent == current.kept_for:
            at = entered + microseconds(preference.reserve_for)
            yield NextRelaxation(at=at, condition=current.condition, is_hold=True)
    begins = current.item.begins_at
    if begins is not None and (at := to_epoch(begins)) > now:
        yield NextRelaxation(at=at, condition=current.condition)


def next_step(current: CurrentRequirement, waited: Waited) -> timedelta | None:
    """Return the waiting time of the next step that time will bring; None if there is none."""
    return min((step.after for step in _steps_to_come(current, waited)), default=None)


def comes_early(current: CurrentRequirement, waited: Waited) -> timedelta | None:
    """Return the waiting time of the next step if it holds sooner where no eligible agent is there; else None."""
    after = next_step(current, waited)
    return after if any(step.or_if_absent for step in _steps_to_come(current, waited) if step.after == after) else None


def _steps_to_come(current: CurrentRequirement, waited: Waited) -> list[Step]:
    return [step for step in current.requirement.condition.steps if step.after > waited.by(step.clock)]
