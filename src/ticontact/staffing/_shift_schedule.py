"""Who comes when: the cheapest shifts that cover a plan, breaks included.

Theory of operation. How many people take each shift is a set-covering problem (G. B. Dantzig, "A comment on Edie's
traffic delays at toll booths", Operations Research 2, 1954): for each half-hour, those whose shift covers it and who
are not on their break must be as many as are scheduled. It is solved exactly, in whole people, by HiGHS, which the
extra `ticontact[shifts]` installs and which is loaded only here.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import time, timedelta
from typing import Any

import attrs

from ticontact._time import seconds_of
from ticontact.errors import ConfigurationError, Fault, StaffingError, Unreachable
from ticontact.hours import Stretch
from ticontact.plain import checked
from ticontact.staffing._day_plan import HalfHourPlan, Plan
from ticontact.staffing._demand import clock_of, length_of

__all__ = ["Schedule", "Shift", "schedule"]

_DAY = 86_400


def _until(at: time) -> int:
    """What the clock shows at an end, in seconds: midnight is that of the next day."""
    return clock_of(at) or _DAY


@attrs.frozen(field_transformer=checked)
class Shift:
    """From when to when somebody works, in clock time of the office.

    Attributes:
        start: When it begins.
        end: When it ends; 00:00 is midnight.
        breaks: From when to when there is a break, in order.
        cost: What it costs; None for its hours without the breaks.

    Raises:
        ConfigurationError: If it ends before it begins, a break is outside of it, or its cost is negative.
    """

    start: time
    end: time
    breaks: tuple[tuple[time, time], ...] = ()
    cost: float | None = None

    def __attrs_post_init__(self) -> None:
        faults = []
        if _until(self.end) <= clock_of(self.start):
            faults.append(Fault("shift.end", f"{self.end:%H:%M} was given", f"after {self.start:%H:%M}"))
        if self.cost is not None and self.cost < 0:  # the more people took it, the cheaper: no answer would be the best
            faults.append(Fault("shift.cost", f"{self.cost:g} was given", "0 or more"))
        last = clock_of(self.start)
        for number, (start, end) in enumerate(self.breaks):
            if not last <= clock_of(start) < _until(end) <= _until(self.end):
                allowed = "begin and end within the shift, after the break before"
                faults.append(Fault(f"shift.breaks[{number}]", f"{start:%H:%M}-{end:%H:%M} was given", allowed))
            last = _until(end)
        if faults:
            raise ConfigurationError(faults)

    @property
    def length(self) -> timedelta:
        """How long is worked, without the breaks."""
        away = sum(_until(end) - clock_of(start) for start, end in self.breaks)
        return timedelta(seconds=_until(self.end) - clock_of(self.start) - away)

    def covers(self, slot: Stretch) -> bool:
        """Whether somebody of this shift is at work for the whole of a half-hour."""
        start = clock_of(slot.opening)
        end = start + seconds_of(length_of(slot))
        is_there = clock_of(self.start) <= start and end <= _until(self.end)
        return is_there and all(_until(over) <= start or end <= clock_of(off) for off, over in self.breaks)

    @classmethod
    def patterns(
        cls,
        first: time,
        last: time,
        *,
        lengths: Iterable[timedelta],
        step: timedelta = timedelta(minutes=30),
        pause: timedelta = timedelta(0),
        pause_after: timedelta = timedelta(0),
    ) -> tuple["Shift", ...]:
        """All shifts between two clock times, as a solver wants them.

        Args:
            first: When the first one begins.
            last: When the last one ends.
            lengths: How long they last, with the break.
            step: Begin, and breaks, move by this much.
            pause: How long the break is; nothing for none.
            pause_after: How long is worked at least before the break, and after it.

        Raises:
            ConfigurationError: If the step or a length is not positive.
        """
        if step <= timedelta(0):
            raise ConfigurationError([Fault("step", f"{step} was given", "a positive amount of time")])
        made = []
        for length in sorted(set(lengths)):
            start = timedelta(seconds=clock_of(first))
            while start + length <= timedelta(seconds=_until(last)):
                made += [
                    cls(_time(start), _time(start + length), off)
                    for off in _pauses(start, length, pause, pause_after, step)
                ]
                start += step
        return tuple(made)


def _time(since: timedelta) -> time:
    seconds = seconds_of(since) % _DAY
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _pauses(
    start: timedelta, length: timedelta, pause: timedelta, after: timedelta, step: timedelta
) -> Iterator[tuple[tuple[time, time], ...]]:
    if pause <= timedelta(0):
        yield ()
        return
    off = start + after
    while off + pause <= start + length - after:
        yield ((_time(off), _time(off + pause)),)
        off += step


@attrs.frozen(kw_only=True, field_transformer=checked)
class Schedule:
    """How many people take which shift.

    Attributes:
        plan: What is covered.
        people: How many take each shift; those that nobody takes are left out.
        cost: What all of them cost; their hours unless shifts say otherwise.
    """

    plan: Plan
    people: Mapping[Shift, int]
    cost: float

    @property
    def there(self) -> tuple[tuple[Stretch, int, int], ...]:
        """For each half-hour how many people are at work, and how many the plan asks for."""
        return tuple(
            (row.slot, sum(count for shift, count in self.people.items() if shift.covers(row.slot)), row.scheduled)
            for row in self.plan.rows
        )


def schedule(plan: Plan, shifts: Iterable[Shift]) -> Schedule:
    """The cheapest shifts that cover a plan.

    Args:
        plan: How many people are scheduled in each half-hour.
        shifts: The shifts that there are; any number of people may take one. A half-hour that a shift covers only in
            part is not covered by it.

    Raises:
        StaffingError: If the extra `ticontact[shifts]` is not installed.
        Unreachable: If no shift covers a half-hour in which somebody is needed.
    """
    offered = tuple(dict.fromkeys(shifts))
    for row in plan.rows:
        if row.scheduled and not any(shift.covers(row.slot) for shift in offered):
            raise Unreachable(f"no shift covers {row.slot.opening:%H:%M}", field="shifts")
    counts = _solved(offered, plan.rows)
    people = {shift: count for shift, count in zip(offered, counts, strict=True) if count}
    return Schedule(plan=plan, people=people, cost=sum(_cost(shift) * count for shift, count in people.items()))


def _cost(shift: Shift) -> float:
    return shift.length / timedelta(hours=1) if shift.cost is None else shift.cost


def _solver() -> Any:  # noqa: ANN401 - a library without types
    try:
        import highspy  # noqa: PLC0415 - an extra, loaded at first use
    except ImportError:
        raise StaffingError(
            "shifts: the solver HiGHS is not installed; allowed: pip install 'ticontact[shifts]'", field="shifts"
        ) from None
    build: Any = highspy.Highs  # it has types for a part of its functions alone
    solver = build()
    solver.silent()
    solver.setOptionValue("threads", 1)  # of several best answers always the same one
    return solver


def _solved(shifts: tuple[Shift, ...], rows: tuple[HalfHourPlan, ...]) -> list[int]:
    """How many people take each shift."""
    solver = _solver()
    counts = [solver.addIntegral(lb=0, obj=_cost(shift)) for shift in shifts]
    for row in rows:
        if row.scheduled:
            there = [count for shift, count in zip(shifts, counts, strict=True) if shift.covers(row.slot)]
            solver.addConstr(sum(there[1:], there[0]) >= row.scheduled)
    solver.minimize()
    return [round(solver.val(count)) for count in counts]
