"""A record of several days at a department, each day replayed by itself; only what figures need is kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import attrs

from ticontact.departments import Department
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures import Fact, HalfHour
from ticontact.replay._day import Comparison, DayReplay, compared, replay_day
from ticontact.replay._record import RecordedCall
from ticontact.replay._run import Progress
from ticontact.replay._staff import PresenceRule

__all__ = ["RecordReplay", "ReplayedDay", "replay_record"]


@attrs.frozen(kw_only=True)
class ReplayedDay:
    """What is kept of one replayed day.

    Attributes:
        day: The date.
        recorded: What the record says became of each live contact.
        replayed: What became of it in the replay.
        half_hours: The replayed half-hours.
    """

    day: date
    recorded: tuple[Fact, ...]
    replayed: tuple[Fact, ...]
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
    days: tuple[ReplayedDay, ...]

    @property
    def live(self) -> Comparison:
        """The figures of all live channels on all days together."""
        recorded = (fact for day in self.days for fact in day.recorded)
        return compared(recorded, (fact for day in self.days for fact in day.replayed), self.department)

    @property
    def by_day(self) -> Mapping[str, Comparison]:
        """The figures of the live channels on each day, each named by its date."""
        return {day.day.isoformat(): compared(day.recorded, day.replayed, self.department) for day in self.days}


def replay_record(
    calls: Iterable[RecordedCall],
    *,
    department: Department,
    presence: PresenceRule | None = None,
    progress: Progress | None = None,
    watch: Callable[[DayReplay], None] | None = None,
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


def _kept(whole: DayReplay) -> ReplayedDay:
    return ReplayedDay(
        day=whole.day,
        recorded=tuple(fact for fact in whole.recorded if fact.is_live),
        replayed=tuple(fact for fact in whole.journal.facts if fact.is_live),
        half_hours=whole.half_hours(),
    )
