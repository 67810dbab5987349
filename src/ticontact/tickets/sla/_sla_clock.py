"""A service-level clock: how one metric of one ticket stands at an instant.

A clock has cycles: some metrics have one, others begin again and again, and a resolution may begin anew when a ticket
is opened again. What a clock says of itself (`due`, `breached`, `met`) it says of its present or last cycle (`cycle`);
what was before stands in `cycles`, and `ever_breached` looks at all.
"""

import enum
from datetime import date, timedelta

import attrs
import pendulum

from ticontact._time import WorkingDays, to_epoch
from ticontact.hours import Reason
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.plain import checked
from ticontact.tickets.sla._clock_explanation import ClockExplanation, closed_days
from ticontact.tickets.sla._policy import SlaMetric

__all__ = ["Clock", "ClockPhase", "Clocks", "Cycle"]


class ClockPhase(enum.Enum):
    """Whether a clock runs."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Cycle:
    """One run of a clock from its start to its stop.

    Attributes:
        number: Which one of its clock's cycles it is, counted from 1.
        start: When it started.
        stop: When it stopped; None while it has not.
        elapsed: The time that counts (net): in the target's hours, pauses left out.
        gross: The time that passed, day and night, pauses included.
        paused: The time of the target's hours that pauses took.
        target_due: When the target is used up, or was, or would have been; None without a target, or while paused.
        breached: Whether it was used up before the stop, or before now.
        warnings: The instants at which to warn, as far as they are known: one for each of the shares of the target, in
            their order; while the clock is paused or stopped, those that were reached.
    """

    number: int = 1
    start: pendulum.DateTime
    stop: pendulum.DateTime | None = None
    elapsed: timedelta
    gross: timedelta
    paused: timedelta
    target_due: pendulum.DateTime | None = None
    breached: bool = False
    warnings: tuple[pendulum.DateTime, ...] = ()

    @property
    def met(self) -> bool:
        """Whether it has stopped, with a target that was not used up before."""
        return self.stop is not None and self.target_due is not None and not self.breached


@attrs.frozen(kw_only=True, field_transformer=checked)
class Clock:
    """How one metric of one ticket stands at an instant.

    Attributes:
        policy: The name of the policy.
        metric: What is timed.
        within: The target; None if it is only measured.
        at: The instant that was asked about.
        phase: Whether the clock runs.
        cycles: Every run of it, the present or last one at the end.
        remaining: What is left of the target in the target's hours, negative once it is used up; None without a target
            or a start.
        projected_due: When the target will be used up if it goes on now; None unless it runs or is paused.
        warn_at: The shares of the target at which to warn.
        calendar: The calendar whose open time counts; None for time as it passes.
    """

    policy: str
    metric: SlaMetric
    within: timedelta | WorkingDays | None
    at: pendulum.DateTime
    phase: ClockPhase
    cycles: tuple[Cycle, ...] = ()
    remaining: timedelta | None = None
    projected_due: pendulum.DateTime | None = None
    warn_at: tuple[float, ...] = ()
    calendar: OfficeCalendar | None = attrs.field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether time is being used up."""
        return self.phase is ClockPhase.RUNNING

    @property
    def cycle(self) -> Cycle | None:
        """The present or last cycle, of which the clock speaks; None before the first."""
        return self.cycles[-1] if self.cycles else None

    @property
    def is_sum(self) -> bool:
        """Whether time is summed up, so that the target bounds the sum and is no date."""
        return self.metric.counted is not None

    @property
    def breached(self) -> bool:
        """Whether the present or last cycle used up the target: a fact of the history, whether anyone looked or not."""
        return self.cycle is not None and self.cycle.breached

    @property
    def ever_breached(self) -> bool:
        """Whether any of its cycles used up the target, however it stands now."""
        return any(cycle.breached for cycle in self.cycles)

    @property
    def met(self) -> bool:
        """Whether it has stopped, and the target was not used up in the last cycle; for a sum, once the ticket is over.

        A sum whose ticket is opened again goes on.
        """
        return self.phase is ClockPhase.STOPPED and self.within is not None and not self.breached

    @property
    def warnings(self) -> tuple[pendulum.DateTime, ...]:
        """The instants at which to warn in the present or last cycle, as far as they are known."""
        return self.cycle.warnings if self.cycle else ()

    @property
    def start(self) -> pendulum.DateTime | None:
        """When the present or last cycle started; None before."""
        return self.cycles[-1].start if self.cycles else None

    @property
    def elapsed(self) -> timedelta:
        """The time used in the present or last cycle, net."""
        return self.cycles[-1].elapsed if self.cycles else timedelta(0)

    @property
    def due(self) -> pendulum.DateTime | None:
        """When the target is used up; None unless the clock runs."""
        return self.target_due if self.running else None

    @property
    def target_due(self) -> pendulum.DateTime | None:
        """When the target of the present or last cycle is, was or would have been used up, for reports."""
        return self.cycles[-1].target_due if self.cycles else None

    @property
    def worst(self) -> Cycle | None:
        """The cycle that took longest; the first of several. None before the first."""
        return max(self.cycles, key=lambda cycle: cycle.elapsed, default=None)

    def explain(self) -> ClockExplanation:
        """Why it stands where it stands, as data and in five languages."""
        is_over = self.is_sum and self.phase is ClockPhase.STOPPED
        due = None if is_over else self.target_due or self.projected_due
        closed: tuple[tuple[date, Reason], ...] = ()
        if self.calendar is not None and self.start is not None and due is not None:
            closed = tuple(closed_days(self.calendar, self.start, due))
        return ClockExplanation(
            metric=self.metric.value,
            verdict=self._verdict(due),
            within=self.within,
            in_office_time=self.calendar is not None,
            start=self.start,
            due=due,
            used=self.elapsed,
            paused=self.cycles[-1].paused if self.cycles else timedelta(0),
            closed=closed,
        )

    def _verdict(self, due: pendulum.DateTime | None) -> str:
        if not self.cycles:
            return "not_started"
        if self.is_sum and self.phase is ClockPhase.STOPPED and self.within is not None:
            return "exceeded" if self.breached else "within"
        if due is None:
            return "measured"
        if self.phase is ClockPhase.STOPPED:
            return "late" if self.breached else "in_time"
        if self.breached:
            return "overdue"
        return "paused" if self.phase is ClockPhase.PAUSED else "due"

    @property
    def warned(self) -> tuple[pendulum.DateTime, ...]:
        """The warnings whose instant has come."""
        asked = to_epoch(self.at)
        return tuple(warning for warning in self.warnings if to_epoch(warning) <= asked)


class Clocks(tuple[Clock, ...]):
    """The clocks of a ticket, in the order of the policies and their targets; by metric with `of`."""

    __slots__ = ()

    def of(self, metric: SlaMetric, *, policy: str = "") -> Clock | None:
        """The clock of a metric: of several policies the first, or the one of a policy; None if there is none.

        Args:
            metric: What is timed.
            policy: The name of the policy; any if empty.
        """
        return next((clock for clock in self if clock.metric is metric and policy in {"", clock.policy}), None)
