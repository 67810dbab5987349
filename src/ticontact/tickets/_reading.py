"""One target of one policy, read from a history at one instant."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import attrs
import pendulum

from ticontact._time import WorkingDays, from_epoch, microseconds
from ticontact.tickets._clock import Clock, ClockPhase, Cycle
from ticontact.tickets._cycles import bounds
from ticontact.tickets._measure import ELAPSED, Measure
from ticontact.tickets._policy import SlaPolicy, Target
from ticontact.tickets._story import Story
from ticontact.tickets._succession import OfficeCalendar
from ticontact.tickets._used import Stretch, last_working_day, used, used_up
from ticontact.tickets._workdays import Workdays

__all__ = ["Reading"]


@attrs.frozen(eq=False, kw_only=True)
class Reading:
    """One target of one policy, read at one instant."""

    story: Story
    policy: SlaPolicy
    target: Target
    asked: int
    calendar: OfficeCalendar | None
    place: ZoneInfo

    @property
    def measure(self) -> Measure:
        """What the target is counted in."""
        return ELAPSED if self.calendar is None else self.calendar

    def clock(self) -> Clock:
        """The clock."""
        runs = tuple(self.run(*each) for each in bounds(self.story, self.policy, self.target, self.place))
        last = runs[-1] if runs else None
        return Clock(
            policy=self.policy.name,
            metric=self.target.metric,
            within=self.target.within,
            at=from_epoch(self.asked, self.place),
            phase=ClockPhase.NOT_STARTED if last is None else last.phase,
            cycles=tuple(map(self.cycle, runs)),
            remaining=None if last is None else self.remaining(last),
            projected_due=None if last is None or last.stop is not None else self.shown(last.projected),
            warnings=() if last is None else tuple(self.warnings(last)),
            calendar=self.calendar,
        )

    def run(self, start: int, stop: int | None) -> "_Run":
        """A cycle with its stretches and due instants."""
        stretches = tuple(self.stretches(start, stop))
        running = stop is None and bool(stretches) and stretches[-1][1] is None
        onward = stretches if running else (*stretches, (max(start, self.asked if stop is None else stop), None))
        run = _Run(start=start, stop=stop, stretches=stretches, onward=onward, running=running)
        projected = self.used_up_at(run, onward)
        return attrs.evolve(
            run,
            projected=projected,
            due=projected if running or stop is not None else self.used_up_at(run, stretches),
        )

    def stretches(self, start: int, stop: int | None) -> Iterator[Stretch]:
        """Where the clock runs between a start and a stop: the stays that do not pause it, joined."""
        begun: int | None = None
        for stay in self.story.stays:
            if stop is not None and stay.start >= stop:
                break
            if self.target.pauses(stay.state, stay.category):
                if begun is not None and stay.start > begun:
                    yield begun, stay.start
                begun = None
            elif begun is None:
                begun = start if stay is self.story.stays[0] else max(start, stay.start)
        if begun is not None:
            yield begun, stop

    def used_up_at(self, run: "_Run", stretches: tuple[Stretch, ...]) -> int | None:
        """When the target is used up by these stretches; None without a target, or if it is not."""
        match self.target.within:
            case None:
                return None
            case WorkingDays(days=days):
                return last_working_day(stretches, self.workdays, days, begin=run.start)
            case amount:
                return used_up(stretches, self.measure, microseconds(amount))

    @property
    def workdays(self) -> Workdays:
        """How the working days of the target are counted."""
        assert self.calendar is not None  # noqa: S101 - a target in working days has a calendar
        return Workdays(calendar=self.calendar, at_same_clock=self.target.at_same_clock, cut_off=self.target.cut_off)

    def cycle(self, run: "_Run") -> Cycle:
        """A cycle as it is shown."""
        end = self.asked if run.stop is None else run.stop
        elapsed = used(run.stretches, self.measure, until=self.asked)
        return Cycle(
            start=from_epoch(run.start, self.place),
            stop=self.shown(run.stop),
            elapsed=timedelta(microseconds=elapsed),
            gross=timedelta(microseconds=end - run.start),
            paused=timedelta(microseconds=self.measure.between_epoch(run.start, end) - elapsed),
            target_due=self.shown(run.due),
            breached=run.due is not None and run.due < end,
        )

    def remaining(self, run: "_Run") -> timedelta | None:
        """What is left of the target, in its hours."""
        if run.projected is None:
            return None
        if isinstance(self.target.within, timedelta):
            return self.target.within - timedelta(microseconds=used(run.stretches, self.measure, until=self.asked))
        end = self.asked if run.stop is None else run.stop
        return timedelta(microseconds=self.measure.between_epoch(end, run.projected))

    def warnings(self, run: "_Run") -> Iterator[pendulum.DateTime]:
        """When shares of the target are used up; while it stands still, those that are."""
        if run.projected is None:
            return
        whole = used(run.onward, self.measure, until=run.projected)
        for share in self.target.warn_at:
            instant = used_up(run.stretches, self.measure, round(whole * share))
            if instant is not None:
                yield from_epoch(instant, self.place)

    def shown(self, instant: int | None) -> pendulum.DateTime | None:
        """An instant that may be missing, in the zone of the answer."""
        return None if instant is None else from_epoch(instant, self.place)


@attrs.frozen(eq=False, kw_only=True)
class _Run:
    """A cycle on its way: its stretches as they are, and as they would go on from now."""

    start: int
    stop: int | None
    stretches: tuple[Stretch, ...]
    onward: tuple[Stretch, ...]
    running: bool
    projected: int | None = None
    due: int | None = None

    @property
    def phase(self) -> ClockPhase:
        if self.stop is not None:
            return ClockPhase.STOPPED
        return ClockPhase.RUNNING if self.running else ClockPhase.PAUSED
