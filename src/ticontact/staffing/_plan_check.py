"""A plan put to the proof: its agents at the very same desk, on days that the demand allows.

The days are generated (`_generated_days`), so they have the day levels, the patience and the handle times that the plan
was made for, and everything the formulas leave out: half-hours that hand their line on, breaks and closing time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Final

import attrs

from ticontact._time import to_epoch
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import Stretch
from ticontact.measures import Ratio, WorkRecord, service_level
from ticontact.plain import checked
from ticontact.staffing._day_plan import HalfHourPlan, Plan, queue_of
from ticontact.staffing._executor import Executor
from ticontact.staffing._generated_days import Arrivals, SimulatedContact
from ticontact.staffing._paired_statistics import ratio_interval
from ticontact.staffing._simulated_day import alike, simulate

__all__ = ["CheckedHalfHour", "CheckedPlan", "check_plan"]

_CONFIDENCE: Final = 0.95
_PERCENT: Final = 100
_ZERO: Final = timedelta(0)


@attrs.frozen(kw_only=True)
class CheckedHalfHour:
    """One half-hour of a plan, as it was planned and as it was simulated.

    Attributes:
        plan: As it was planned.
        service_level: The contacts that came in it, answered in time over those counted, on all days together.
        interval: Between which values the true service level lies in 19 cases of 20; None if nothing came.
        abandoned: The contacts that came in it and gave up, over all that came in it.
        waits: The mean wait of those that came in it; None if nothing came.
    """

    plan: HalfHourPlan
    service_level: Ratio
    interval: tuple[float, float] | None
    abandoned: Ratio
    waits: timedelta | None

    @property
    def slot(self) -> Stretch:
        """From when to when."""
        return self.plan.slot


@attrs.frozen(kw_only=True, field_transformer=checked)
class CheckedPlan:
    """A plan, put to the proof over simulated days.

    Attributes:
        plan: The plan.
        days: On how many days.
        seed: What all chance hung on.
        rows: The half-hours.
        service_level: Of the whole day, on all days together.
        interval: Between which values the true service level of the day lies in 19 cases of 20; None if nothing came.
    """

    plan: Plan
    days: int
    seed: str
    rows: tuple[CheckedHalfHour, ...]
    service_level: Ratio
    interval: tuple[float, float] | None

    @property
    def missed(self) -> tuple[CheckedHalfHour, ...]:
        """The half-hours whose whole interval lies below the target."""
        percent = self.plan.target.percent
        return tuple(row for row in self.rows if row.interval is not None and row.interval[1] * _PERCENT < percent)


_Counts = Mapping[int, tuple[Ratio, Ratio, timedelta]]
"""For the number of each half-hour: answered in time, abandoned, and the time waited."""


def check_plan(
    plan: Plan,
    *,
    seed: str,
    days: int | Iterable[tuple[SimulatedContact, ...]] = 200,
    handle_cv: float = 1.0,
    executor: Executor | None = None,
) -> CheckedPlan:
    """Put a plan to the proof: its agents at the office's own desk, over days that its demand allows.

    Args:
        plan: The plan.
        seed: What all chance hangs on; equal seeds give equal answers.
        days: How many days, 2 or more; or the contacts of days of one's own, on the date of the plan.
        handle_cv: The coefficient of variation of handle times: 1 for exponential ones, else they are lognormal.
        executor: What runs the days; None runs them here, one after the other.

    Raises:
        ConfigurationError: If there are fewer than two days, or no entry point of the office leads to the queue.
    """
    tasks: list[int | tuple[SimulatedContact, ...]] = [*range(days)] if isinstance(days, int) else [*days]
    if len(tasks) < 2:  # noqa: PLR2004 - an interval takes two
        raise ConfigurationError([Fault("days", f"{len(tasks)} were given", "2 or more")])
    arrivals = Arrivals(
        entry=_entry(plan),
        demand=attrs.evolve(plan.demand, slots=tuple((row.slot, row.demand) for row in plan.rows)),
        patience=plan.patience,
        handle_cv=handle_cv,
    )
    unit = partial(_day, plan=plan, arrivals=arrivals, seed=seed)
    told: list[_Counts] = [*map(unit, tasks)] if executor is None else [*executor.map(unit, tasks)]
    whole = [sum((counts[number][0] for number in counts), Ratio(0, 0)) for counts in told]
    return CheckedPlan(
        plan=plan,
        days=len(tasks),
        seed=seed,
        rows=tuple(_row(row, [counts[number] for counts in told]) for number, row in enumerate(plan.rows)),
        service_level=sum(whole, Ratio(0, 0)),
        interval=ratio_interval([(each.count, each.total) for each in whole], confidence=_CONFIDENCE),
    )


def _entry(plan: Plan) -> str:
    for entry in plan.department.entries.values():
        if entry.queue == plan.queue:
            return entry.id
    leading = ", ".join(sorted({entry.queue for entry in plan.department.entries.values()}))
    raise ConfigurationError([Fault("queue", f"no entry point leads to {plan.queue!r}", leading)])


def _day(task: int | tuple[SimulatedContact, ...], *, plan: Plan, arrivals: Arrivals, seed: str) -> _Counts:
    """One day with the plan's agents, given or by its number: the unit of work of an executor."""
    skill = queue_of(plan.department, plan.queue).skill
    day = simulate(
        arrivals.contacts(number=task, seed=seed) if isinstance(task, int) else task,
        department=plan.department,
        staff=alike([skill], plan.shifts()),
    )
    starts = [to_epoch(row.slot.opening) for row in plan.rows]
    by_row: defaultdict[int, list[WorkRecord]] = defaultdict(list)
    # By the half-hour that has begun last; what comes before the first one, on days of one's own, belongs to none.
    for record in day.records:
        by_row[sum(start <= record.offered_at for start in starts) - 1].append(record)
    return {row: _counts(by_row[row], plan) for row in range(len(starts))}


def _counts(records: list[WorkRecord], plan: Plan) -> tuple[Ratio, Ratio, timedelta]:
    waited = sum((record.waited for record in records if record.waited is not None), _ZERO)
    abandoned = Ratio(sum(record.is_abandoned for record in records), len(records))
    return service_level(records, plan.target.level), abandoned, waited


def _row(plan: HalfHourPlan, told: list[tuple[Ratio, Ratio, timedelta]]) -> CheckedHalfHour:
    levels = [level for level, _, _ in told]
    abandoned = sum((each for _, each, _ in told), Ratio(0, 0))
    waited = sum((each for _, _, each in told), _ZERO)
    return CheckedHalfHour(
        plan=plan,
        service_level=sum(levels, Ratio(0, 0)),
        interval=ratio_interval([(level.count, level.total) for level in levels], confidence=_CONFIDENCE),
        abandoned=abandoned,
        waits=waited / abandoned.total if abandoned.total else None,
    )
