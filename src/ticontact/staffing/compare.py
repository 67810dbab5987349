"""Two rules, rosters or office files on the same days: what differs, and how sure that is.

Theory of operation. Both sides meet the very same contacts (`ticontact.staffing.generate`, or days of one's own), each
day is driven through the desk once for each side, and what is looked at is the difference of the day. Days of one
office differ far more from one another than two rules do on one day, so the paired difference shows with a tenth of the
days. The unit of work is a day with both sides. Any executor of `concurrent.futures` may run it: threads, processes,
Dask's or Ray's on a cluster; the answer is the same.

Either the number of days is fixed beforehand, and the mean difference has Student's interval; or one looks after each
day and stops when it is clear, and the median difference has an interval that holds at all looks together.
`_paired_statistics` says why, and from which papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Final, Literal

import attrs

from ticontact._time import Instant, instant_of, zone_named
from ticontact.departments import Department
from ticontact.errors import ConfigurationError, Fault, PoorData
from ticontact.measures import WorkRecord
from ticontact.plain import checked
from ticontact.routing import Agent, RoutingRule
from ticontact.staffing._demand import half_hour_of
from ticontact.staffing._distributions import check_share
from ticontact.staffing._executor import Executor
from ticontact.staffing._generated_days import SimulatedContact, chance
from ticontact.staffing._paired_statistics import (
    FIRST_LOOK,
    days_for,
    mean_interval,
    median,
    median_interval,
)
from ticontact.staffing._simulated_day import SimulatedDay, Staff, simulate

__all__ = ["MovedContact", "PairedDifference", "RuleComparison", "Variant", "compare", "decisions", "moved"]

Measure = Literal["service_level", "abandonment", "mean_wait", "longest_wait"]
"""Shares between 0 and 1, and waits in seconds."""

_SECOND: Final = timedelta(seconds=1)
_LOOK_EVERY: Final = 5
_EVERYTHING: Final = ("", "")


def _staff(given: Iterable[tuple[Agent, Iterable[tuple[Instant, Instant]]]]) -> Staff:
    return tuple(
        (agent, tuple((instant_of(start), instant_of(end)) for start, end in shifts)) for agent, shifts in given
    )


def _rules(given: Iterable[RoutingRule]) -> tuple[RoutingRule, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Variant:
    """One way to run an office.

    Attributes:
        name: How it is called.
        department: The office.
        staff: Its agents, and from when to when each is there.
        rules: Its rules of routing. To run on other processes they must be functions of a module.
        within: The time within which an answer counts as in time; None for what the office's file says.
    """

    name: str
    department: Department
    staff: Staff = attrs.field(converter=_staff)
    rules: tuple[RoutingRule, ...] = attrs.field(default=(), converter=_rules)
    within: timedelta | None = None


@attrs.frozen
class _Count:
    """What is counted of some contacts of a day."""

    contacts: int = 0
    in_time: int = 0
    abandoned: int = 0
    waited: timedelta = timedelta(0)
    longest: timedelta = timedelta(0)

    def plus(self, record: WorkRecord, waited: timedelta, within: timedelta) -> "_Count":
        return _Count(
            self.contacts + 1,
            self.in_time + (record.is_answered and waited <= within),
            self.abandoned + record.is_abandoned,
            self.waited + waited,
            max(self.longest, waited),
        )

    def value(self, measure: Measure) -> float:
        values = {
            "service_level": self.in_time / self.contacts,
            "abandonment": self.abandoned / self.contacts,
            "mean_wait": self.waited / self.contacts / _SECOND,
            "longest_wait": self.longest / _SECOND,
        }
        return values[measure]


_Key = tuple[str, str]
"""A queue, or empty for all; the beginning of a half-hour, or empty for the day."""

_Day = Mapping[_Key, _Count]


def _counted(day: SimulatedDay, variant: Variant) -> _Day:
    """What became of a day: the whole of it, each queue, and each half-hour of arrival."""
    within = variant.department.service_level.within if variant.within is None else variant.within
    zone = zone_named(variant.department.zone)
    counts: defaultdict[_Key, _Count] = defaultdict(_Count)
    for record in day.records:
        if record.waited is None or not record.is_live or not record.in_hours:
            continue
        start = half_hour_of(record, zone)
        half_hour = f"{start.hour:02}:{start.minute:02}"
        for key in (_EVERYTHING, (record.queue, ""), ("", half_hour)):
            counts[key] = counts[key].plus(record, record.waited, within)
    return dict(counts)


def _both(contacts: tuple[SimulatedContact, ...], *, one: Variant, other: Variant) -> tuple[_Day, _Day]:
    """The same day with both: the unit of work of an executor."""
    return _run(contacts, one), _run(contacts, other)


def _run(contacts: tuple[SimulatedContact, ...], variant: Variant) -> _Day:
    return _counted(_simulated(contacts, variant, explaining=False), variant)


def _simulated(contacts: Iterable[SimulatedContact], variant: Variant, *, explaining: bool) -> SimulatedDay:
    return simulate(
        contacts, department=variant.department, staff=variant.staff, rules=variant.rules, explaining=explaining
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class PairedDifference:
    """How much the one side's measure exceeds the other's, over days.

    Attributes:
        measure: Which measure.
        one: Its value on each day with the one side; only days that have contacts there.
        other: The same with the other side.
        looked: Whether it was looked at after each day, so that only the interval of the median holds.
        confidence: How often such an interval is right.
    """

    measure: Measure
    one: tuple[float, ...] = attrs.field(repr=False)
    other: tuple[float, ...] = attrs.field(repr=False)
    looked: bool
    confidence: float

    @property
    def differences(self) -> tuple[float, ...]:
        """The difference on each day: one minus other."""
        return tuple(one - other for one, other in zip(self.one, self.other, strict=True))

    @property
    def mean(self) -> float:
        """The mean difference."""
        return sum(self.differences) / len(self.differences)

    @property
    def median(self) -> float:
        """The difference that half of the days exceed."""
        return median(self.differences)

    @property
    def interval(self) -> tuple[float, float]:
        """Between which values the true difference lies: the mean's, or the median's where it was looked at each day.

        It has no bounds where there are too few days.
        """
        if self.looked:
            return median_interval(self.differences, confidence=self.confidence)
        return mean_interval(self.differences, confidence=self.confidence)

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        low, high = self.interval
        return low > 0 or high < 0

    def days_for(self, within: float) -> int:
        """How many days would make the interval of the mean plus or minus so much, if all days are like these.

        Args:
            within: Half the width, in the unit of the measure.

        Raises:
            PoorData: If there are fewer than 10 days to tell from.
            ConfigurationError: If the width is not positive.
        """
        if not within > 0:
            raise ConfigurationError([Fault("within", f"{within} was given", "above 0")])
        if len(self.one) < FIRST_LOOK:
            raise PoorData("days", found=len(self.one), least=FIRST_LOOK)
        return days_for(self.differences, within=within, confidence=self.confidence)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RuleComparison:
    """Two ways to run an office, on the same days.

    Attributes:
        one: The name of the one.
        other: The name of the other.
        days: On how many days.
        looked: Whether it was looked at after each day.
        confidence: How often an interval is right.
    """

    one: str
    other: str
    days: int
    looked: bool
    confidence: float
    _told: tuple[tuple[_Day, _Day], ...] = attrs.field(repr=False, alias="told")

    def difference(self, measure: Measure, *, queue: str = "", half_hour: str = "") -> PairedDifference | None:
        """How much the one side's measure exceeds the other's.

        Many intervals at once are wrong more often than each of them: those of queues and half-hours show where to
        look, and do not prove anything.

        Args:
            measure: Which measure.
            queue: One queue; empty for all.
            half_hour: The half-hour of arrival by its beginning, such as `10:00`; empty for the whole day.

        Returns:
            The difference; None if no day has contacts there.
        """
        pairs = [
            (one[key].value(measure), other[key].value(measure))
            for one, other in self._told
            if (key := (queue, half_hour)) in one and key in other
        ]
        if not pairs:
            return None
        return PairedDifference(
            measure=measure,
            one=tuple(one for one, _ in pairs),
            other=tuple(other for _, other in pairs),
            looked=self.looked,
            confidence=self.confidence,
        )

    def by_queue(self, measure: Measure) -> Mapping[str, PairedDifference]:
        """The difference in each queue."""
        return self._by(measure, 0)

    def by_half_hour(self, measure: Measure) -> Mapping[str, PairedDifference]:
        """The difference in each half-hour of arrival, by its beginning."""
        return self._by(measure, 1)

    def _by(self, measure: Measure, part: int) -> Mapping[str, PairedDifference]:
        keys = sorted({key for days in self._told for day in days for key in day if key[part]})
        found = {key[part]: self.difference(measure, queue=key[0], half_hour=key[1]) for key in keys}
        return {name: difference for name, difference in found.items() if difference is not None}

    def error_rate(self, measure: Measure, *, seed: str, trials: int = 1000) -> float:
        """How often a rule is told from itself, on the days of this comparison: the way of deciding, put to the proof.

        In each trial as many pairs of different days are drawn as were compared, the one rule's measure on the first is
        held against the same rule's on the second, and it is decided as here. A rate well above one minus the
        confidence says that these days are too odd for this interval.

        Args:
            measure: Which measure.
            seed: What the draws hang on.
            trials: How many trials.

        Raises:
            PoorData: If there are fewer than 10 days to draw from.
            ConfigurationError: If there is no trial.
        """
        if trials < 1:
            raise ConfigurationError([Fault("trials", f"{trials} were given", "1 or more")])
        found = self.difference(measure)
        values = () if found is None else found.one
        if len(values) < FIRST_LOOK:
            raise PoorData("days", found=len(values), least=FIRST_LOOK)
        wrong = 0
        for trial in range(trials):
            differences = []
            for day in range(len(values)):
                first = int(len(values) * chance(seed, trial, day, "first"))
                second = int((len(values) - 1) * chance(seed, trial, day, "second"))
                differences.append(values[first] - values[second + (second >= first)])
            wrong += _is_decided(differences, looked=self.looked, confidence=self.confidence)
        return wrong / trials


def _is_decided(differences: list[float], *, looked: bool, confidence: float) -> bool:
    """Whether these differences would be taken for one, at the end or at any of the looks."""
    counts = range(FIRST_LOOK, len(differences) + 1) if looked else [len(differences)]
    intervals = (
        median_interval(differences[:count], confidence=confidence)
        if looked
        else mean_interval(differences, confidence=confidence)
        for count in counts
    )
    return any(low > 0 or high < 0 for low, high in intervals)


def compare(
    one: Variant,
    other: Variant,
    days: Iterable[tuple[SimulatedContact, ...]],
    *,
    until_clear: Measure | None = None,
    confidence: float = 0.95,
    executor: Executor | None = None,
) -> RuleComparison:
    """Hold two ways to run an office against each other, on the same days.

    Args:
        one: The one way.
        other: The other way.
        days: The contacts of each day: as many as were decided on beforehand, or as many as there may be at most.
        until_clear: The measure whose difference is looked at from the tenth day on, until it is clear; None runs all
            days and looks once, at the end.
        confidence: How often an interval shall be right, above 0 and below 1.
        executor: What runs the days; None runs them here, one after the other.

    Raises:
        ConfigurationError: If there are fewer than two days, or the confidence is no share.
    """
    check_share(confidence, name="confidence")
    unit = partial(_both, one=one, other=other)
    told: list[tuple[_Day, _Day]] = []

    def answer(told: tuple[tuple[_Day, _Day], ...]) -> RuleComparison:
        return RuleComparison(
            one=one.name,
            other=other.name,
            days=len(told),
            looked=until_clear is not None,
            confidence=confidence,
            told=told,
        )

    for batch in _batches(days, until_clear, in_parallel=executor is not None):
        told.extend(map(unit, batch) if executor is None else executor.map(unit, batch))
        if until_clear is not None and _is_clear(answer(tuple(told)), until_clear):
            break
    if len(told) < 2:  # noqa: PLR2004 - a difference has a spread from two days on
        raise ConfigurationError([Fault("days", f"{len(told)} were given", "2 or more")])
    return answer(tuple(told))


def _batches(
    days: Iterable[tuple[SimulatedContact, ...]], until_clear: Measure | None, *, in_parallel: bool
) -> Iterator[list[tuple[SimulatedContact, ...]]]:
    """The days that are run before the next look: all of them, or ten at first and then a few."""
    left = iter(days)
    size = None if until_clear is None else FIRST_LOOK
    while batch := list(islice(left, size)):
        yield batch
        size = _LOOK_EVERY if in_parallel else 1


def _is_clear(result: RuleComparison, measure: Measure) -> bool:
    difference = result.difference(measure)
    return difference is not None and len(difference.one) >= FIRST_LOOK and difference.is_clear


def decisions(variant: Variant, contacts: Iterable[SimulatedContact]) -> str:
    """What became of each contact of a day, a line for each: to be kept, and held against the same after a change.

    Returns:
        Lines of id, queue, outcome, wait in seconds and agent, apart by tabs, in the order in which contacts came.
    """
    day = _simulated(contacts, variant, explaining=False)
    return "".join(f"{_line(record, day)}\n" for record in day.records)


def _line(record: WorkRecord, day: SimulatedDay) -> str:
    return "\t".join((record.item, record.queue, _became(record, day)))


def _became(record: WorkRecord, day: SimulatedDay) -> str:
    outcome = "going_on" if record.outcome is None else record.outcome.value
    waited = "-" if record.waited is None else f"{record.waited / _SECOND:.1f}"
    return "\t".join((outcome, waited, day.agents.get(record.item, "-")))


@attrs.frozen(kw_only=True, field_transformer=checked)
class MovedContact:
    """A contact that another rule sends elsewhere.

    Attributes:
        contact: Its id.
        one: What became of it with the one: outcome, wait in seconds and agent, apart by tabs.
        other: What became of it with the other.
        because_one: Why it went where it went with the one; empty if no agent took it.
        because_other: The same with the other.
    """

    contact: str
    one: str
    other: str
    because_one: str
    because_other: str


def moved(one: Variant, other: Variant, contacts: Iterable[SimulatedContact]) -> tuple[MovedContact, ...]:
    """The contacts of a day that another rule gives to another agent, or lets end otherwise, and why.

    Contacts that only wait another time are left out.
    """
    told = tuple(contacts)
    first, second = (_simulated(told, variant, explaining=True) for variant in (one, other))
    after = {record.item: record for record in second.records}
    return tuple(
        MovedContact(
            contact=record.item,
            one=_became(record, first),
            other=_became(after[record.item], second),
            because_one=first.explanations.get(record.item, ""),
            because_other=second.explanations.get(record.item, ""),
        )
        for record in first.records
        if first.agents.get(record.item) != second.agents.get(record.item)
        or record.outcome is not after[record.item].outcome
    )
