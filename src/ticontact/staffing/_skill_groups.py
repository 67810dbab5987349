"""Several queues and groups of agents with several skills: what it takes at least, at most, and in truth.

Theory of operation. If everybody could do everything, all queues would be one: that many people are needed at least. If
nobody helped out elsewhere, each queue would need its own: that is enough in any case. Two skills a head are nearly as
good as all (R. B. Wallace and W. Whitt, "A staffing algorithm for call centers with skill-based routing", M&SOM 7,
2005), so the truth lies near the lower bound, but no formula tells where. It is searched for at the very same desk: on
days that are the same for each attempt, an agent is added to the group that helps the queue that is worst off most,
until all are well off; then whoever can be spared is taken away again.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from math import ceil, fsum
from typing import Final

import attrs

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.departments import Department
from ticontact.errors import ConfigurationError, Fault, Unreachable
from ticontact.hours import BusinessCalendar, Stretch, Week
from ticontact.measures import Ratio, service_level
from ticontact.staffing._day_plan import queue_of
from ticontact.staffing._demand import DayDemand, Demand
from ticontact.staffing._expectation import Target, Traffic, needed
from ticontact.staffing._generated_days import Arrivals, SimulatedContact, generate
from ticontact.staffing._patience import Patience
from ticontact.staffing._simulated_day import Staff, alike, simulate

__all__ = ["SkillStaffing", "staff_skills"]

_ALWAYS: Final = Week.parse("Mo-Su 00:00-24:00")
_DAY: Final = date(2026, 1, 5)
_MIDNIGHT: Final = to_epoch(datetime(2026, 1, 5, tzinfo=UTC))
_SETTLING: Final = 5
"""How many mean handle times pass before anything is counted: the days begin empty."""
_MICROSECOND: Final = timedelta(microseconds=1)
_PERCENT: Final = 100


@attrs.frozen(kw_only=True)
class SkillStaffing:
    """How many agents of each group several queues need.

    Attributes:
        pooled: How many it would take if everybody could do everything: no fewer are enough.
        blended: How many it would take if each queue had its exact number, parts of people included.
        separate: How many it would take if nobody helped out in another queue: more are never needed.
        agents: How many of each group are enough, as found by trying.
        service_levels: What that gives in each queue, on all simulated days together.
    """

    pooled: int
    blended: int
    separate: int
    agents: Mapping[str, int]
    service_levels: Mapping[str, Ratio]

    @property
    def total(self) -> int:
        """How many agents all groups have together."""
        return sum(self.agents.values())


def staff_skills(
    department: Department,
    traffic: Mapping[str, Traffic],
    groups: Mapping[str, Iterable[str]],
    *,
    target: Target,
    patience: Patience,
    seed: str,
    days: int = 10,
    hours: timedelta = timedelta(hours=4),
    most: int | None = None,
) -> SkillStaffing:
    """How many agents of each group several queues need, for traffic that goes on as it is.

    Args:
        department: The office, whose desk is asked.
        traffic: What comes in, by queue.
        groups: The queues that an agent of each group serves.
        target: What is promised in each queue. Its shares of abandonment and occupancy count for the bounds alone.
        patience: How long callers are willing to wait.
        seed: What all chance hangs on.
        days: How many stretches of time each attempt is tried on.
        hours: How long each of them is.
        most: The greatest number of agents in all; None for twice as many as separate queues would take.

    Raises:
        ConfigurationError: If the office has no such queue, or no group serves it, or there is nothing to try.
        Unreachable: If more agents than `most` would be needed, or no number of agents is enough.
    """
    serves = {name: tuple(queues) for name, queues in groups.items()}
    _check(department, traffic, serves, days, hours)
    whole = _pooled(traffic)
    pooled = needed(whole, target, patience=patience).agents
    each = [needed(one, target, patience=patience) for one in traffic.values()]
    separate = sum(need.agents for need in each)
    limit = 2 * separate if most is None else most
    if pooled > limit:
        raise Unreachable(
            f"{pooled} would be needed if everybody could do everything, and {limit} are allowed", field="most"
        )
    trial = _Trial.of(department, traffic, serves, patience, target, seed=seed, days=days, hours=hours)
    agents, levels = _searched(trial, serves, pooled, limit)
    return SkillStaffing(
        pooled=pooled,
        blended=ceil(round(fsum(need.exact for need in each), 6)),
        separate=separate,
        agents=agents,
        service_levels=levels,
    )


def _check(
    department: Department,
    traffic: Mapping[str, Traffic],
    serves: Mapping[str, tuple[str, ...]],
    days: int,
    hours: timedelta,
) -> None:
    for queue in [*traffic, *(queue for queues in serves.values() for queue in queues)]:
        queue_of(department, queue)
    served = {queue for queues in serves.values() for queue in queues}
    entered = {entry.queue for entry in department.entries.values()}
    faults = [
        Fault(f"groups[{queue}]", "no group serves this queue", "a group for each queue")
        for queue in traffic
        if queue not in served
    ]
    faults += [
        Fault(f"traffic[{queue}]", "no entry point leads to this queue", ", ".join(sorted(entered)))
        for queue in traffic
        if queue not in entered
    ]
    if not traffic or not any(one.rate for one in traffic.values()):
        faults.append(Fault("traffic", "nothing comes in", "at least one queue with contacts"))
    if days < 1 or hours <= timedelta(0):
        faults.append(Fault("days", f"{days} of {hours} were given", "1 or more, of a positive length"))
    if faults:
        raise ConfigurationError(faults)


def _pooled(traffic: Mapping[str, Traffic]) -> Traffic:
    """All queues as one, with the mean handle time of all contacts."""
    rate = fsum(one.rate for one in traffic.values())
    load = fsum(one.load for one in traffic.values())
    return Traffic(calls=rate, per=timedelta(seconds=1), handle=timedelta(seconds=load / rate))


@attrs.frozen
class _Trial:
    """Days on which numbers of agents are tried: the same ones each time. Answers are kept: it is mutable in that."""

    department: Department
    skills: Mapping[str, tuple[str, ...]]
    days: tuple[tuple[SimulatedContact, ...], ...]
    queues: tuple[str, ...]
    counted_from: int
    until: int
    target: Target
    tried: dict[tuple[tuple[str, int], ...], Mapping[str, Ratio]] = attrs.field(factory=dict)

    @classmethod
    def of(
        cls,
        department: Department,
        traffic: Mapping[str, Traffic],
        serves: Mapping[str, tuple[str, ...]],
        patience: Patience,
        target: Target,
        *,
        seed: str,
        days: int,
        hours: timedelta,
    ) -> "_Trial":
        always = BusinessCalendar(zone=department.zone, week=_ALWAYS)
        open_office = attrs.evolve(
            department,
            queues={name: attrs.evolve(point, calendar=always) for name, point in department.queues.items()},
        )
        settling = max(one.handle for one in traffic.values()) * _SETTLING
        until = _MIDNIGHT + (settling + hours) // _MICROSECOND
        zone = zone_named(department.zone)
        slot = Stretch(from_epoch(_MIDNIGHT, zone), from_epoch(until, zone))
        entries = {entry.queue: entry.id for entry in department.entries.values()}
        arrivals = [
            Arrivals(
                entry=entries[queue],
                demand=DayDemand(
                    day=_DAY,
                    slots=((slot, Demand(one.rate * (until - _MIDNIGHT) / 1_000_000)),),
                    handle=one.handle,
                ),
                patience=patience,
            )
            for queue, one in traffic.items()
        ]
        skills = {name: tuple(department.queues[queue].skill for queue in queues) for name, queues in serves.items()}
        return cls(
            open_office,
            skills,
            tuple(generate(arrivals, days=days, seed=seed)),
            tuple(traffic),
            _MIDNIGHT + settling // _MICROSECOND,
            until,
            target,
        )

    def levels(self, agents: Mapping[str, int]) -> Mapping[str, Ratio]:
        """The service level of each queue with these agents."""
        key = tuple(sorted(agents.items()))
        if key not in self.tried:
            self.tried[key] = self._simulated(agents)
        return self.tried[key]

    def lacking(self, agents: Mapping[str, int]) -> Mapping[str, float]:
        """By how much each queue misses its target, in percent; nothing for those that meet it."""
        wanted = self.target.percent
        return {
            queue: max(0.0, wanted - (level.ratio if level.ratio is not None else 1.0) * _PERCENT)
            for queue, level in self.levels(agents).items()
        }

    def _simulated(self, agents: Mapping[str, int]) -> Mapping[str, Ratio]:
        shift = ((_MIDNIGHT, self.until),)
        staff: Staff = tuple(
            member
            for name, count in sorted(agents.items())
            for member in alike(self.skills[name], [shift] * count, name=name)
        )
        total = dict.fromkeys(self.queues, Ratio(0, 0))
        for contacts in self.days:
            records = simulate(contacts, department=self.department, staff=staff).records
            counted = [record for record in records if record.offered_at >= self.counted_from]
            for queue in self.queues:
                total[queue] += service_level(
                    (record for record in counted if record.queue == queue), self.target.level
                )
        return total


def _searched(
    trial: _Trial, serves: Mapping[str, tuple[str, ...]], pooled: int, limit: int
) -> tuple[Mapping[str, int], Mapping[str, Ratio]]:
    """Add where it helps most until all queues are well off, then take away whoever can be spared."""
    agents = _spread(serves, pooled)
    while any(trial.lacking(agents).values()):
        if sum(agents.values()) >= limit:
            raise Unreachable(f"more than {limit} agents would be needed, in these groups", field="most")
        lacking = trial.lacking(agents)
        worst = max(lacking, key=lambda queue: lacking[queue])
        agents = min(
            ({**agents, name: agents[name] + 1} for name, queues in serves.items() if worst in queues),
            key=lambda tried: sum(trial.lacking(tried).values()),
        )
    for name in sorted(serves, key=lambda name: len(serves[name])):
        while agents[name] > 0:
            fewer = {**agents, name: agents[name] - 1}
            if any(trial.lacking(fewer).values()):
                break
            agents = fewer
    return agents, trial.levels(agents)


def _spread(serves: Mapping[str, tuple[str, ...]], total: int) -> dict[str, int]:
    """So many agents over the groups, as evenly as whole people go."""
    names = [name for name in sorted(serves) if serves[name]]
    spread = {name: total // len(names) + (number < total % len(names)) for number, name in enumerate(names)}
    return dict.fromkeys(serves, 0) | spread
