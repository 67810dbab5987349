"""A day's plan, half-hour by half-hour, and why so many people.

Theory of operation. Each half-hour is staffed as if it lasted for ever (SIPP: "stationary, independent, period by
period"), which is right for calls of a few minutes: over the half-hour before nobody knows any more. Visits of twenty
minutes do: at opening nobody is there yet, and after the peak many are there still. So where the mean handle time is
more than a quarter of a half-hour, the work that is carried over is followed through the day, gaps between windows
included, and each half-hour is staffed for the mean of what is going on in it
(`ticontact.staffing.formulas.mean_load`).

Nobody knows the level of a day. With a `confidence` each half-hour is staffed for the rate that this share of all days
does not exceed, so that the target is met on that share of days rather than on average.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Final

import attrs

from ticontact._time import microseconds, seconds_of, to_epoch, zone_named
from ticontact.departments import Department, ServicePoint
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import BusinessCalendar, Stretch
from ticontact.i18n import Language, Text
from ticontact.i18n._dates import clock_range, on_date
from ticontact.i18n._figures import decimal, percent, whole
from ticontact.i18n._texts import staffing as texts
from ticontact.plain import checked
from ticontact.staffing._demand import DayDemand, Demand, clock_of, length_of
from ticontact.staffing._expectation import Need, Target, Traffic, needed
from ticontact.staffing._offered_load import load_after, mean_load
from ticontact.staffing._patience import Patience
from ticontact.staffing._shrinkage import Shrinkage

__all__ = ["HalfHourPlan", "Plan", "plan"]

_BAND: Final = 0.9
_MINUTE: Final = timedelta(minutes=1)
_LONG: Final = timedelta(minutes=30) / 4
_NOON: Final = time(12)
_TWO_MINUTES: Final = 120
_NOBODY_AWAY: Final = Shrinkage({}, same_base=True)

Shifts = tuple[tuple[int, int], ...]
"""Times of presence, half-open, in microseconds since the epoch, in order and apart."""


def in_each_language(said: Callable[[Language], str]) -> Text:
    """A number as each language writes it."""
    return Text(it=said("it"), de=said("de"), fr=said("fr"), rm=said("rm"), en=said("en"))


def _people(number: int) -> Text:
    if number == 1:
        return texts.ONE_PERSON
    return texts.PEOPLE.fill({"number": _whole(number)})


def _whole(number: int) -> Text:
    return in_each_language(lambda language: whole(number, language))


def _share(share: float) -> Text:
    return in_each_language(lambda language: percent(share, language))


def _amount(amount: timedelta) -> Text:
    seconds = amount.total_seconds()
    if seconds < _TWO_MINUTES or seconds % 60:
        return texts.SECONDS.fill({"number": f"{seconds:g}"})
    return texts.MINUTES.fill({"number": f"{seconds / 60:g}"})


@attrs.frozen(kw_only=True, field_transformer=checked)
class HalfHourPlan:
    """One half-hour of a plan; the first and last of a window may be shorter.

    Attributes:
        slot: From when to when.
        demand: How many contacts are expected.
        need: How many agents that needs, and what to expect of them. Its traffic is what was staffed for: the rate of
            the plan's confidence, with the work that is carried over.
        scheduled: How many people to schedule, so that so many are there.
        carried: Whether the work is followed from one half-hour to the next.
    """

    slot: Stretch
    demand: Demand
    need: Need
    scheduled: int
    carried: bool

    @property
    def agents(self) -> int:
        """How many people must be at work."""
        return self.need.agents

    @property
    def words(self) -> Text:
        """Why so many, in one sentence in five languages."""
        start = clock_of(self.slot.opening)
        end = start + seconds_of(length_of(self.slot))
        absences: Text | str = ""
        if self.scheduled != self.agents:
            absences = texts.ABSENCES.fill({"scheduled": _whole(self.scheduled)})
        return texts.BUSY.fill(
            {
                "time": clock_range(start, end),
                "work": self._work(),
                "carried": texts.CARRIED if self.carried else "",
                "why": self._why(),
                "absences": absences,
            }
        )

    def explain(self, language: str) -> str:
        """Why so many, in one sentence.

        Raises:
            ConfigurationError: If ticontact has no texts in this language.
        """
        return self.words.text(language)

    def _work(self) -> Text:
        traffic = self.need.traffic
        if traffic.rate == 0:
            return texts.NO_CONTACTS
        low, high = self.demand.band(_BAND)
        minutes = traffic.load * (traffic.per / _MINUTE)
        numbers = {"calls": round(self.demand.mean), "low": low, "high": high, "minutes": round(minutes)}
        load = in_each_language(lambda language: decimal(traffic.load, language))
        return texts.CONTACTS.fill({"load": load, **{name: _whole(number) for name, number in numbers.items()}})

    def _why(self) -> Text:
        need = self.need
        binding = need.binding[0]
        values: dict[str, object] = {
            "people": _people(need.agents),
            "fewer": _people(need.agents - 1),
            "within": _amount(need.target.level.within),
        }
        if binding == "least":
            return texts.LEAST.fill(values)
        if need.one_less is None:
            return texts.GROWS.fill({**values, "share": _share(need.at.service_level)})
        share, other = getattr(need.at, binding), getattr(need.one_less, binding)
        return texts.FEWER[binding].fill({**values, "share": _share(share), "other": _share(other)})


@attrs.frozen(kw_only=True, field_transformer=checked)
class Plan:
    """A day's plan.

    Attributes:
        department: The office.
        queue: The queue that is staffed.
        demand: What is expected on the day.
        patience: For callers of which patience.
        target: For which target.
        confidence: The share of days on which the target is met; None for a plan at the mean.
        rows: The half-hours in which the queue is open; none on a closed day.
    """

    department: Department = attrs.field(repr=lambda department: repr(department.id))
    queue: str
    demand: DayDemand
    patience: Patience
    target: Target
    confidence: float | None
    rows: tuple[HalfHourPlan, ...]

    @property
    def hours(self) -> timedelta:
        """The scheduled time of all people together."""
        return sum((length_of(row.slot) * row.scheduled for row in self.rows), timedelta(0))

    @property
    def peak(self) -> int:
        """The most people that are scheduled at a time."""
        return max((row.scheduled for row in self.rows), default=0)

    def explain(self, language: str) -> tuple[str, ...]:
        """Why so many people, a sentence for each half-hour, and a closing one; or why the day has no plan.

        Raises:
            ConfigurationError: If ticontact has no texts in this language.
        """
        if not self.rows:
            return (self._closed().text(language),)
        return (*(row.explain(language) for row in self.rows), texts.TWO_FOR_ONE.text(language))

    def table(self) -> tuple[dict[str, str | int | float], ...]:
        """The plan as plain rows, for `csv.DictWriter`, JSON, or whatever draws charts.

        Returns:
            For each half-hour `start` and `end` (ISO 8601), `contacts` and the band of nine days in ten (`low`,
            `high`), `load` in erlangs, `agents`, `scheduled`, and what to expect of them: `service_level`,
            `abandonment` and `occupancy` between 0 and 1, `speed_of_answer` and `waits` in seconds.
        """
        return tuple(_table_row(row) for row in self.rows)

    def shifts(self) -> tuple[Shifts, ...]:
        """When each of the planned agents is at work, as a roster for a simulation: the first is there all the time.

        Agents who are there when the queue closes stay for its drain, and serve whoever is in line then.

        Returns:
            For each agent the times of presence in microseconds since the epoch, half-open, in order and apart.
        """
        point = queue_of(self.department, self.queue)
        spans: list[list[tuple[int, int]]] = []
        for number, row in enumerate(self.rows):
            start, end = map(to_epoch, row.slot)
            until = to_epoch(self.rows[number + 1].slot.opening) if number + 1 < len(self.rows) else None
            if until != end:
                drained = end + microseconds(point.drain)
                end = drained if until is None else min(drained, until)
            spans.extend([] for _ in range(len(spans), row.agents))
            for present in spans[: row.agents]:
                if present and present[-1][1] == start:
                    present[-1] = present[-1][0], end
                else:
                    present.append((start, end))
        return tuple(map(tuple, spans))

    def _closed(self) -> Text:
        day = self.demand.day
        calendar = queue_of(self.department, self.queue).calendar
        noon = datetime.combine(day, _NOON, tzinfo=zone_named(calendar.zone))
        return texts.CLOSED_DAY.fill({"day": on_date(day), "reason": calendar.explain(at=noon).because.words})


def _table_row(row: HalfHourPlan) -> dict[str, str | int | float]:
    low, high = row.demand.band(_BAND)
    at = row.need.at
    return {
        "start": row.slot.opening.isoformat(),
        "end": row.slot.closing.isoformat(),
        "contacts": row.demand.mean,
        "low": low,
        "high": high,
        "load": at.load,
        "agents": row.agents,
        "scheduled": row.scheduled,
        "service_level": at.service_level,
        "abandonment": at.abandonment,
        "occupancy": at.occupancy,
        "speed_of_answer": at.speed_of_answer.total_seconds(),
        "waits": at.waits.total_seconds(),
    }


def queue_of(department: Department, queue: str) -> ServicePoint:
    """The queue of this name.

    Raises:
        ConfigurationError: If the office has none of this name.
    """
    if queue not in department.queues:
        raise ConfigurationError([Fault("queue", f"no queue {queue!r}", ", ".join(department.queues))])
    return department.queues[queue]


def plan(
    department: Department,
    demand: DayDemand,
    *,
    queue: str,
    patience: Patience | None = None,
    target: Target | None = None,
    shrinkage: Shrinkage = _NOBODY_AWAY,
    confidence: float | None = None,
    least: int = 1,
    carry: bool | None = None,
) -> Plan:
    """How many people a queue needs on a day, half-hour by half-hour.

    Args:
        department: The office.
        demand: What is expected on the day.
        queue: The queue; only half-hours in which it is open are planned.
        patience: How long its callers are willing to wait; None for ever.
        target: What is promised; None for what the office's file says.
        shrinkage: Who of the scheduled people is not there.
        confidence: The share of days on which the target shall be met, above 0 and below 1; None plans at the mean.
        least: How many people must be there while the queue is open.
        carry: Whether work is followed from one half-hour to the next; None where handle times make it matter.

    Returns:
        The plan; without rows on a day on which the queue is closed.

    Raises:
        ConfigurationError: If the office has no such queue, or the confidence is no share.
        Unreachable: If no number of people reaches the target.
    """
    calendar = queue_of(department, queue).calendar
    aim = Target.of(department) if target is None else target
    waiting = Patience.endless() if patience is None else patience
    carried = demand.handle > _LONG if carry is None else carry
    rows = tuple(
        _row(slot, each, traffic, target=aim, patience=waiting, shrinkage=shrinkage, least=least, carried=carried)
        for slot, each, traffic in _traffic(_open(demand, calendar), demand.handle, confidence, carried=carried)
    )
    return Plan(
        department=department,
        queue=queue,
        demand=demand,
        patience=waiting,
        target=aim,
        confidence=confidence,
        rows=rows,
    )


def _open(demand: DayDemand, calendar: BusinessCalendar) -> Iterator[tuple[Stretch, Demand]]:
    """The half-hours of a demand in which a queue is open; what is asked of it while it is closed stays out."""
    for slot, each in demand.slots:
        if calendar.is_open(at=slot.opening):
            yield slot, each


def _traffic(
    slots: Iterator[tuple[Stretch, Demand]], handle: timedelta, confidence: float | None, *, carried: bool
) -> Iterator[tuple[Stretch, Demand, Traffic]]:
    """What each half-hour is staffed for."""
    going_on, last = 0.0, None
    for slot, demand in slots:
        length = length_of(slot)
        calls = demand.mean if confidence is None else demand.rate(confidence)
        own = calls * (handle / length)
        load = own
        if carried:
            gap = timedelta(0) if last is None else length_of(Stretch(last, slot.opening))
            going_on = load_after(going_on, towards=0.0, elapsed=gap / handle)
            load = mean_load(going_on, towards=own, elapsed=length / handle)
            going_on = load_after(going_on, towards=own, elapsed=length / handle)
            last = slot.closing
        yield slot, demand, Traffic(calls=load * (length / handle), per=length, handle=handle)


def _row(
    slot: Stretch,
    demand: Demand,
    traffic: Traffic,
    *,
    target: Target,
    patience: Patience,
    shrinkage: Shrinkage,
    least: int,
    carried: bool,
) -> HalfHourPlan:
    need = needed(traffic, target, patience=patience, least=least)
    return HalfHourPlan(
        slot=slot, demand=demand, need=need, scheduled=shrinkage.scheduled(need.agents), carried=carried
    )
