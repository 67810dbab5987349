"""Recorded days at a department: what the record says, what the replay gives, side by side.

One day is kept whole (`DayRun`). Of many days, each replayed by itself on its own date, only what figures need is
kept (`RecordReplay`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta

import attrs
import pendulum

from ticontact._time import MICROSECONDS, from_epoch, zone_named
from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures import (
    HalfHour,
    Ratio,
    ServiceLevel,
    WorkRecord,
    by_half_hour,
    by_queue,
    half_hours,
    outcome_counts,
    reachability,
    service_level,
    waits,
)
from ticontact.plain import checked
from ticontact.replay._bank_record import RecordedCall, midnight
from ticontact.replay._day_journal import ContactTrace, Journal
from ticontact.replay._day_run import Progress, drive
from ticontact.replay._inferred_staff import PresenceRule
from ticontact.replay._recorded_script import recorded_work

__all__ = [
    "Comparison",
    "DayResult",
    "DayRun",
    "Figures",
    "RecordReplay",
    "figures",
    "replay_day",
    "replay_record",
]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Figures:
    """The figures of some contacts.

    Attributes:
        contacts: How many there were.
        out_of_hours: How many arrived while the queue was closed. The figures below are of the others.
        offered: How many arrived while it was open.
        answered: How many were answered.
        abandoned: How many hung up in the queue.
        abandoned_announcement: How many hung up before joining it.
        fallback: How many ended in the queue's fallback.
        going_on: How many still waited, or were in hand, at the end of the day.
        reachability: Answered of offered, on live channels.
        service_level: Answered in time of those who joined a queue, on live channels.
        mean_wait: The mean wait on live channels, from joining the queue to the answer or to leaving; None of nothing.
        p90_wait: The wait that 90 % do not exceed (the nearest rank); None of nothing.
    """

    contacts: int
    out_of_hours: int
    offered: int
    answered: int
    abandoned: int
    abandoned_announcement: int
    fallback: int
    going_on: int
    reachability: Ratio
    service_level: Ratio
    mean_wait: timedelta | None
    p90_wait: timedelta | None


def figures(records: Iterable[WorkRecord], *, within: timedelta) -> Figures:
    """The figures of some contacts.

    Args:
        records: What became of them.
        within: The time in which an answer counts for the service level.
    """
    told = list(records)
    offered = [work for work in told if work.in_hours]
    ended = outcome_counts(offered)
    waited = waits(offered)
    return Figures(
        contacts=len(told),
        out_of_hours=len(told) - len(offered),
        offered=len(offered),
        answered=sum(work.is_answered for work in offered),
        abandoned=sum(work.is_abandoned for work in offered),
        abandoned_announcement=ended.outcomes[Outcome.ABANDONED_ANNOUNCEMENT],
        fallback=ended.outcomes[Outcome.FALLBACK],
        going_on=ended.going_on,
        reachability=reachability(offered),
        service_level=service_level(offered, ServiceLevel(within=within)),
        mean_wait=waited.mean,
        p90_wait=waited.quantile(0.9),
    )


@attrs.frozen
class Comparison:
    """The same figures twice: as recorded and as replayed."""

    recorded: Figures
    replayed: Figures


@attrs.frozen(kw_only=True, field_transformer=checked)
class DayRun:
    """A recorded day at a department.

    Attributes:
        department: The office.
        day: The date it was moved to.
        presence: The rule by which agents counted as present.
        journal: What happened in the replay.
        recorded: What the record says became of each contact.
    """

    department: Department
    day: date
    presence: PresenceRule
    journal: Journal
    recorded: tuple[WorkRecord, ...]

    @property
    def live(self) -> Comparison:
        """The figures of all live channels together."""
        return self._compared(
            [work for work in self.recorded if work.is_live], [work for work in self.journal.records if work.is_live]
        )

    @property
    def by_queue(self) -> Mapping[str, Comparison]:
        """The figures of each queue that had contacts, in the department's own order."""
        recorded, replayed = by_queue(self.recorded), by_queue(self.journal.records)
        return {
            name: self._compared(recorded[name], replayed[name]) for name in self.department.queues if name in replayed
        }

    @property
    def by_half_hour(self) -> Mapping[str, Comparison]:
        """The figures of the live channels in opening hours, by half-hour of arrival, each named by its beginning."""
        recorded, replayed = (
            by_half_hour((work for work in told if work.is_live and work.in_hours), zone=self.department.zone)
            for told in (self.recorded, self.journal.records)
        )
        return {
            f"{start.hour:02}:{start.minute:02}": self._compared(recorded[start], replayed[start]) for start in replayed
        }

    def half_hours(self, queue: str | None = None) -> tuple[HalfHour, ...]:
        """The half-hour table of the live channels in opening hours, as replayed.

        Args:
            queue: The name of a queue; None for all. The agents are those of the office, whatever the queue: only the
                table of all queues tells how occupied they were.
        """
        told = (work for work in self.journal.records if work.is_live and work.in_hours)
        return half_hours(
            (work for work in told if queue in (None, work.queue)),
            definition=ServiceLevel(within=self.department.service_level.within),
            present=self.journal.shifts,
            zone=self.department.zone,
        )

    @property
    def most_telling(self) -> ContactTrace | None:
        """The live contact whose explanation has the most kinds of reasons, the first of several; None without any."""
        explained = [trace for trace in self._live if trace.record.item in self.journal.explanations]
        return max(explained, key=self._kinds_of_reasons, default=None)

    def first_at(self, clock: time) -> ContactTrace | None:
        """The first live contact that arrived at or after a time of day; None if none did."""
        seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
        since = midnight(self.day, self.department.zone) + seconds * MICROSECONDS
        return next((trace for trace in self._live if trace.record.offered_at >= since), None)

    def arrival(self, trace: ContactTrace) -> pendulum.DateTime:
        """When a contact reached the office, in the department's zone."""
        return from_epoch(trace.record.offered_at, zone_named(self.department.zone))

    @property
    def _live(self) -> list[ContactTrace]:
        return [trace for trace in self.journal.traces if trace.record.is_live]

    def _kinds_of_reasons(self, trace: ContactTrace) -> int:
        return len(
            {eligibility.reason.why for eligibility in self.journal.explanations[trace.record.item].eligibilities}
        )

    def _compared(self, recorded: Iterable[WorkRecord], replayed: Iterable[WorkRecord]) -> Comparison:
        return _compared(recorded, replayed, self.department)


def _compared(recorded: Iterable[WorkRecord], replayed: Iterable[WorkRecord], department: Department) -> Comparison:
    """The figures of recorded and of replayed contacts, by the service level of a department."""
    within = department.service_level.within
    return Comparison(figures(recorded, within=within), figures(replayed, within=within))


def replay_day(
    calls: Iterable[RecordedCall],
    *,
    department: Department,
    day: date,
    presence: PresenceRule | None = None,
    progress: Progress | None = None,
    explaining: bool = True,
) -> DayRun:
    """Drive the calls of one recorded day through a department, and keep the record beside it.

    Args:
        calls: The calls of the day, in any order.
        department: The office they are taken to reach.
        day: The date they are moved to; their clock times stay.
        presence: When an agent counts as present.
        progress: Called as contacts end, for who wants to show it.
        explaining: Whether what is needed to explain decisions is kept, which takes time and memory.

    Raises:
        ConfigurationError: If the department does not say what one of the recorded kinds stands for.
    """
    told = list(calls)
    rule = presence or PresenceRule(wrap_up=department.wrap_up)
    return DayRun(
        department=department,
        day=day,
        presence=rule,
        journal=drive(told, department=department, day=day, presence=rule, progress=progress, explaining=explaining),
        recorded=recorded_work(told, department=department, day=day),
    )


@attrs.frozen(kw_only=True)
class DayResult:
    """What is kept of one replayed day.

    Attributes:
        day: The date.
        recorded: What the record says became of each live contact.
        replayed: What became of it in the replay.
        half_hours: The replayed half-hours.
    """

    day: date
    recorded: tuple[WorkRecord, ...]
    replayed: tuple[WorkRecord, ...]
    half_hours: tuple[HalfHour, ...]


@attrs.frozen(kw_only=True)
class RecordReplay:
    """A record of several days at a department, each replayed on its own date.

    Attributes:
        department: The office.
        presence: The rule by which agents counted as present.
        days: The days, in order.
    """

    department: Department
    presence: PresenceRule
    days: tuple[DayResult, ...]

    @property
    def live(self) -> Comparison:
        """The figures of all live channels on all days together."""
        recorded = (work for day in self.days for work in day.recorded)
        return _compared(recorded, (work for day in self.days for work in day.replayed), self.department)

    @property
    def by_day(self) -> Mapping[str, Comparison]:
        """The figures of the live channels on each day, each named by its date."""
        return {day.day.isoformat(): _compared(day.recorded, day.replayed, self.department) for day in self.days}


def replay_record(
    calls: Iterable[RecordedCall],
    *,
    department: Department,
    presence: PresenceRule | None = None,
    progress: Progress | None = None,
    watch: Callable[[DayRun], None] | None = None,
) -> RecordReplay:
    """Drive the calls of several recorded days through a department, day by day, each on its own date.

    Args:
        calls: The calls, in any order.
        department: The office they are taken to reach.
        presence: When an agent counts as present.
        progress: Called as the contacts of a day end, for who wants to show it.
        watch: Called with each whole day, of which only the figures are kept. It explains no decision.

    Raises:
        ConfigurationError: If the department does not say what one of the recorded kinds stands for, or there is no
            call.
    """
    by_day: defaultdict[date, list[RecordedCall]] = defaultdict(list)
    for call in calls:
        by_day[call.day].append(call)
    if not by_day:
        raise ConfigurationError([Fault("calls", "there are none", "at least one")])
    rule = presence or PresenceRule(wrap_up=department.wrap_up)
    days = []
    for day in sorted(by_day):
        told = by_day[day]
        whole = replay_day(told, department=department, day=day, presence=rule, progress=progress, explaining=False)
        if watch is not None:
            watch(whole)
        days.append(_kept(whole))
    return RecordReplay(department=department, presence=rule, days=tuple(days))


def _kept(whole: DayRun) -> DayResult:
    return DayResult(
        day=whole.day,
        recorded=tuple(work for work in whole.recorded if work.is_live),
        replayed=tuple(work for work in whole.journal.records if work.is_live),
        half_hours=whole.half_hours(),
    )
