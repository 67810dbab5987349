"""The service-level clocks of a ticket at an instant.

Theory of operation. A clock is a pure function of the history, the policies, the calendars and the instant. Nothing is
stored, so nothing can go stale: a changed priority, a new policy or another calendar is answered by asking again, and
any instant of the past can be asked about. A metric gives cycles (start, stop). Within a cycle the clock runs in those
stays that its target does not pause, of the ticket and of those that went on in it; what it runs is a list of half-open
stretches, and the last of them has no end if it runs now. At one instant a stop counts before a pause, a pause before a
resumption, and that before a start, which half-open stretches give by themselves. The time used is the sum over the
stretches, in the target's measure; the due instant is the first by which that sum reaches the target.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import pendulum

from ticontact._time import WorkingDays, from_epoch, microseconds, to_epoch, zone_named
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.hours._working_days import WorkingDayCount
from ticontact.tickets._ticket.ticket import Ticket
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla._cycles import CycleBounds, Track, cycles_of
from ticontact.tickets.sla._policy import SlaPolicy, Target
from ticontact.tickets.sla._sla_clock import Clock, ClockPhase, Clocks, Cycle
from ticontact.tickets.sla._ticket_course import TicketPast, history_until
from ticontact.tickets.sla._time_used import ELAPSED, Measure, Stretch, last_working_day, used, used_up

__all__ = ["clocks", "fitting"]

_NO_CALENDARS: Final[Mapping[str, OfficeCalendar]] = {}


def clocks(
    events: Iterable[TicketEvent],
    policies: Iterable[SlaPolicy],
    *,
    calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    at: datetime,
    zone: str = "Europe/Zurich",
) -> Clocks:
    """The clocks of a ticket at an instant: one for each target of each policy that fits it then, in their order.

    A ticket that was merged into another one, or that did not exist yet, has none; so has one that no policy fits.

    Args:
        events: The ticket's history; what lies after the instant is not looked at.
        policies: The policies, in their order.
        calendars: The calendars that targets name.
        at: The instant, past or present.
        zone: The zone of answers in time as it passes; others are in the zone of their calendar.

    Raises:
        NaiveTime: If the instant has no zone.
        BrokenHistory: If they are not the events of one ticket in order.
        ConfigurationError: If a target names a calendar that is not given.
        NeverOpen: If a target is counted in a calendar that never opens.
    """
    asked = to_epoch(at)
    past = history_until(events, until=asked)
    if past is None or past.ticket.merged_into:
        return Clocks()
    found: list[Clock] = []
    for policy in fitting(policies, past.ticket):
        for target in policy.targets:
            calendar = _calendar(policy, target, calendars)
            shown_in = zone_named(zone if calendar is None else calendar.zone)
            clock = TargetClock(past=past, policy=policy, target=target, asked=asked, calendar=calendar, zone=shown_in)
            found.append(clock.clock())
    return Clocks(found)


def fitting(policies: Iterable[SlaPolicy], ticket: Ticket) -> Iterator[SlaPolicy]:
    """The policies that fit a ticket: of each group the first, and all that stand alone."""
    groups: set[str] = set()
    for policy in policies:
        if policy.fits(ticket) and (not policy.group or policy.group not in groups):
            groups.add(policy.group)
            yield policy


def _calendar(policy: SlaPolicy, target: Target, calendars: Mapping[str, OfficeCalendar]) -> OfficeCalendar | None:
    if not target.calendar:
        return None
    if target.calendar not in calendars:
        place = f"{policy.name}.{target.metric.value}.calendar"
        known = ", ".join(sorted(calendars)) or "none is given"
        raise ConfigurationError([Fault(place, f"no calendar {target.calendar!r}", known)])
    return calendars[target.calendar]


@attrs.frozen(eq=False, kw_only=True)
class TargetClock:
    """One target of one policy, read from a ticket's history at one instant.

    Attributes:
        past: What has happened up to the instant.
        policy: The policy that the target belongs to.
        target: The target.
        asked: The instant, in microseconds since 1970-01-01T00:00Z, as all instants here.
        calendar: The calendar whose open time counts; None for time as it passes.
        zone: The zone of the answer.
    """

    past: TicketPast
    policy: SlaPolicy
    target: Target
    asked: int
    calendar: OfficeCalendar | None
    zone: ZoneInfo

    @property
    def measure(self) -> Measure:
        """What the target is counted in."""
        return ELAPSED if self.calendar is None else self.calendar

    def clock(self) -> Clock:
        """The clock."""
        runs = tuple(map(self.run, cycles_of(self.past, self.policy, self.target, self.zone)))
        last = runs[-1] if runs else None
        return Clock(
            policy=self.policy.name,
            metric=self.target.metric,
            within=self.target.within,
            at=from_epoch(self.asked, self.zone),
            phase=ClockPhase.NOT_STARTED if last is None else last.phase,
            cycles=tuple(self.cycle(run, number=number) for number, run in enumerate(runs, start=1)),
            remaining=None if last is None else self.remaining(last),
            projected_due=None if last is None or last.stop is not None else self.shown(last.projected),
            warn_at=self.target.warn_at,
            calendar=self.calendar,
        )

    def run(self, cycle: CycleBounds) -> "_Run":
        """A cycle with its stretches and due instants.

        Two questions are asked of it. When is the target used up if the clock goes on from now, or would have gone on
        from its stop (`projected`)? And is it used up by what has run (`due`)? They differ only while it is paused.
        """
        start, stop = cycle.start, cycle.stop
        stretches = tuple(self.stretches(cycle))
        running = stop is None and bool(stretches) and stretches[-1][1] is None
        # What has run, and then a stretch without an end: from now, or from the stop; never from before the start,
        # which may lie ahead where a letter's day of receipt begins later than the history was asked about.
        onward = stretches if running else (*stretches, (max(start, self.asked if stop is None else stop), None))
        run = _Run(start=start, stop=stop, stretches=stretches, onward=onward, running=running)
        projected = self.used_up_at(run, onward)
        return attrs.evolve(
            run,
            projected=projected,
            due=projected if running or stop is not None else self.used_up_at(run, stretches),
        )

    def stretches(self, cycle: CycleBounds) -> Iterator[Stretch]:
        """Where the clock runs between the start and the stop of a cycle: on any of its tracks.

        Stretches are half-open, so at one instant a stop comes before a pause, a pause before a resumption, and that
        before a start. They are joined where they touch or overlap.
        """
        clipped = (
            (max(start, cycle.start), cycle.stop if end is None or _is_before(cycle.stop, end) else end)
            for track in cycle.tracks
            for start, end in self.running_on(track)
            if end is None or end > cycle.start
        )
        begun: int | None = None
        until: int | None = None
        for start, end in sorted(clipped, key=lambda stretch: stretch[0]):
            if cycle.stop is not None and start >= cycle.stop and (start > cycle.start or begun is not None):
                continue
            if begun is None:
                begun, until = start, end
            elif until is None or start <= until:
                until = None if until is None or end is None else max(until, end)
            else:
                yield begun, until
                begun, until = start, end
        if begun is not None:
            yield begun, until

    def running_on(self, track: Track) -> Iterator[Stretch]:
        """The stays of a track that do not pause the clock.

        The first stay begins where the ticket's first contact does, which may be before the ticket was opened: a letter
        counts from its stamp.
        """
        stays = track.course.stays
        ends = [*(stay.start for stay in stays[1:]), track.course.end]
        for number, (stay, end) in enumerate(zip(stays, ends, strict=False)):  # a part without a way has an end alone
            if self.target.pauses(stay.state, stay.category):
                continue
            start = stay.start if number else track.course.beginning(self.zone)
            start = start if track.since is None else max(start, track.since)
            if end is None or end > start:  # an empty stretch is none
                yield start, end

    def used_up_at(self, run: "_Run", stretches: tuple[Stretch, ...]) -> int | None:
        """When the target is used up by these stretches; None without a target, or if it is not."""
        match self.target.within:
            case None:
                return None
            case WorkingDays(days=days):
                return last_working_day(stretches, self.working_days, days, begin=run.start)
            case amount:
                return used_up(stretches, self.measure, microseconds(amount))

    @property
    def working_days(self) -> WorkingDayCount:
        """How the working days of the target are counted."""
        assert self.calendar is not None  # noqa: S101 - a target in working days has a calendar
        return WorkingDayCount(
            calendar=self.calendar, cut_off=self.target.cut_off, at_same_clock=self.target.at_same_clock
        )

    def cycle(self, run: "_Run", *, number: int) -> Cycle:
        """A cycle as it is shown."""
        end = self.asked if run.stop is None else run.stop
        elapsed = timedelta(microseconds=used(run.stretches, self.measure, until=self.asked))
        if self.target.metric.counted is not None and isinstance(self.target.within, timedelta):
            breached = elapsed > self.target.within  # a sum that is used up exactly, and goes no further, is within
        else:
            breached = run.due is not None and run.due < end
        return Cycle(
            number=number,
            start=from_epoch(run.start, self.zone),
            stop=self.shown(run.stop),
            elapsed=elapsed,
            gross=timedelta(microseconds=end - run.start),
            paused=timedelta(microseconds=self.measure.between_epoch(run.start, end)) - elapsed,
            target_due=self.shown(run.due),
            breached=breached,
            warnings=tuple(self.warnings(run)),
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
                yield from_epoch(instant, self.zone)

    def shown(self, instant: int | None) -> pendulum.DateTime | None:
        """An instant that may be missing, in the zone of the answer."""
        return None if instant is None else from_epoch(instant, self.zone)


def _is_before(stop: int | None, end: int) -> bool:
    return stop is not None and stop < end


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
