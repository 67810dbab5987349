"""Figures with named definitions, counted from what became of each piece of work.

A share is counted, never averaged: it keeps both of its counts, so shares of two queues can be added. Where systems
differ (what a short abandonment is, whether an attempt out of hours counts), the definition is an argument and a value
of its own (`ServiceLevel`), because a service level means nothing without it.

The order: ratios and distributions; were people reached; how long it took; was what was promised kept; is everything
counted; the same by queue, channel and half-hour.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import timedelta
from math import ceil
from types import MappingProxyType
from typing import Final, Literal, TypeVar

import attrs
import pendulum

from ticontact._frozen_map import FrozenMap
from ticontact._time import MICROSECONDS, Instant, from_epoch, instant_of, microseconds, zone_named
from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, Fault
from ticontact.measures._work_record import WorkRecord
from ticontact.plain import checked

__all__ = [
    "Abandonment",
    "Callbacks",
    "Distribution",
    "HalfHour",
    "HandOvers",
    "HandleTime",
    "OutcomeCounts",
    "Ratio",
    "ServiceLevel",
    "abandonment",
    "by_channel",
    "by_half_hour",
    "by_queue",
    "callbacks",
    "first_contact",
    "first_level",
    "half_hours",
    "hand_overs",
    "handle_time",
    "no_show",
    "occupancy",
    "outcome_counts",
    "reachability",
    "service_level",
    "speed_of_answer",
    "waits",
]

K = TypeVar("K", bound=Hashable)

HALF_HOUR: Final = 30 * 60 * MICROSECONDS
"""In microseconds. Half-hours are those of UTC, which are those of every zone whose offset is a multiple of them."""


@attrs.frozen(field_transformer=checked)
class Ratio:
    """So many of so many.

    Attributes:
        count: How many.
        total: Of how many.

    >>> Ratio(3, 4).ratio
    0.75
    """

    count: int
    total: int

    @property
    def ratio(self) -> float | None:
        """The share between 0 and 1; None of nothing."""
        return self.count / self.total if self.total else None

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.count + other.count, self.total + other.total)


def _sorted(values: Iterable[timedelta]) -> tuple[timedelta, ...]:
    return tuple(sorted(values))


@attrs.frozen(field_transformer=checked)
class Distribution:
    """How some amounts of time are spread.

    Attributes:
        values: The amounts, in order.
    """

    values: tuple[timedelta, ...] = attrs.field(converter=_sorted)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.values)

    @property
    def mean(self) -> timedelta | None:
        """The arithmetic mean; None of nothing."""
        return sum(self.values, timedelta(0)) / len(self.values) if self.values else None

    @property
    def longest(self) -> timedelta | None:
        """The longest; None of nothing."""
        return self.values[-1] if self.values else None

    def quantile(self, share: float) -> timedelta | None:
        """The smallest of the amounts that at least this share of them does not exceed (the nearest rank).

        Args:
            share: Above 0 and up to 1.

        Returns:
            One of the amounts, never one in between; None of nothing.

        Raises:
            ConfigurationError: If the share is not above 0 and up to 1.
        """
        if not 0 < share <= 1:
            raise ConfigurationError([Fault("share", f"{share} was given", "above 0 and up to 1")])
        if not self.values:
            return None
        rank = ceil(round(share * len(self.values), 9))  # 0.07 * 100 is a little above 7 in binary
        return self.values[max(rank, 1) - 1]


@attrs.frozen(kw_only=True, field_transformer=checked)
class ServiceLevel:
    """The definition of a service level: the share of contacts answered within a time.

    Attributes:
        within: The time.
        since: When the clock starts: when the contact `entered` the queue, or when it was `offered` to the office, with
            the announcement.
        short: Who gives up within this time is left out of the count. Zero leaves out nobody; there is no standard.
        abandoned_in_time: Whether one who gives up within the time (and not shortly) counts `against` the office, `for`
            it, or is `left_out`.
        out_of_hours: Whether attempts while the queue is closed are `left_out` or `counted`.
    """

    within: timedelta
    since: Literal["entered", "offered"] = "entered"
    short: timedelta = timedelta(0)
    abandoned_in_time: Literal["against", "for", "left_out"] = "against"
    out_of_hours: Literal["left_out", "counted"] = "left_out"

    def __attrs_post_init__(self) -> None:
        for name in ("within", "short"):
            if getattr(self, name) < timedelta(0):
                raise ConfigurationError([Fault(f"service_level.{name}", "negative", "0 or more")])

    def took(self, record: WorkRecord) -> timedelta | None:
        """How long a contact waited by this definition; None if it never joined the queue, or still waits."""
        waited = record.waited
        if waited is None or record.entered_at is None or self.since == "entered":
            return waited
        return waited + timedelta(microseconds=record.entered_at - record.offered_at)


def service_level(records: Iterable[WorkRecord], definition: ServiceLevel) -> Ratio:
    """The share of contacts answered in time, by a definition.

    Counted are live contacts that joined the queue and wait no more; what became of them otherwise (the fallback, say)
    counts against the office.
    """
    good = total = 0
    for record in records:
        took = definition.took(record)
        if took is None or not record.is_live or not (record.in_hours or definition.out_of_hours == "counted"):
            continue
        is_good = _is_good(record, took, definition)
        good += is_good is True
        total += is_good is not None
    return Ratio(good, total)


def _is_good(record: WorkRecord, took: timedelta, definition: ServiceLevel) -> bool | None:
    """Whether a contact counts for the office (True), against it (False) or not at all (None)."""
    if record.is_answered:
        return took <= definition.within
    if not record.is_abandoned:
        return False
    if took < definition.short:
        return None
    if took > definition.within:
        return False
    return {"against": False, "for": True, "left_out": None}[definition.abandoned_in_time]


def reachability(records: Iterable[WorkRecord]) -> Ratio:
    """The share of live contacts offered in opening hours that a person answered.

    Source: the office's own promise of "constant reachability" (press release of the Dipartimento delle istituzioni,
    14 January 2015), which does not forgive announcements, short waits or full queues.
    """
    offered = [record for record in records if record.is_live and record.in_hours]
    return Ratio(sum(record.is_answered for record in offered), len(offered))


@attrs.frozen(field_transformer=checked)
class Abandonment:
    """Who gave up.

    Attributes:
        short: Those who left the queue before the threshold, of all that joined it.
        long: Those who left after it, of all that joined it.
        announcement: Those who left before joining the queue, of all offered.
    """

    short: Ratio
    long: Ratio
    announcement: Ratio


def abandonment(records: Iterable[WorkRecord]) -> Abandonment:
    """Who gave up of the live contacts, by their outcome."""
    live = [record for record in records if record.is_live]
    joined = [record for record in live if record.entered_at is not None]
    return Abandonment(
        short=_ended(joined, Outcome.ABANDONED_SHORT),
        long=_ended(joined, Outcome.ABANDONED_LONG),
        announcement=_ended(live, Outcome.ABANDONED_ANNOUNCEMENT),
    )


def _ended(records: list[WorkRecord], outcome: Outcome) -> Ratio:
    return Ratio(sum(record.outcome is outcome for record in records), len(records))


def speed_of_answer(records: Iterable[WorkRecord]) -> Distribution:
    """How long the answered live contacts had waited in the queue."""
    return Distribution(_waits(record for record in records if record.is_answered))


def waits(records: Iterable[WorkRecord]) -> Distribution:
    """How long all live contacts waited in the queue, whether they were answered or not."""
    return Distribution(_waits(records))


def _waits(records: Iterable[WorkRecord]) -> tuple[timedelta, ...]:
    return tuple(record.waited for record in records if record.is_live and record.waited is not None)


@attrs.frozen(kw_only=True, field_transformer=checked)
class HandleTime:
    """How long an answered contact occupies agents, on average.

    Attributes:
        talk: Talking.
        hold: With the citizen held.
        wrap_up: The work after it.
        count: Over how many contacts.
    """

    talk: timedelta
    hold: timedelta
    wrap_up: timedelta
    count: int

    @property
    def total(self) -> timedelta:
        """All three together."""
        return self.talk + self.hold + self.wrap_up


def handle_time(records: Iterable[WorkRecord]) -> HandleTime:
    """How long the answered contacts occupied agents, on average; zero of nothing."""
    answered = [record for record in records if record.is_answered]
    share = 1 / max(len(answered), 1)
    return HandleTime(
        talk=_total(record.talk for record in answered) * share,
        hold=_total(record.hold for record in answered) * share,
        wrap_up=_total(record.wrap_up for record in answered) * share,
        count=len(answered),
    )


def occupancy(records: Iterable[WorkRecord], *, staffed: timedelta) -> float | None:
    """The share of the staffed time in which agents had work in hand; None if nobody was there.

    Args:
        records: What was done in that time.
        staffed: The time that all agents were present, added up.
    """
    if staffed <= timedelta(0):
        return None
    return _total(record.talk + record.hold + record.wrap_up for record in records) / staffed


@attrs.frozen(field_transformer=checked)
class HandOvers:
    """How often, and how soon, the second level took over.

    Attributes:
        share: Of the answered contacts.
        after: From joining the queue until then.
    """

    share: Ratio
    after: Distribution


def hand_overs(records: Iterable[WorkRecord]) -> HandOvers:
    """How often, and how soon, the second level took over."""
    answered = [record for record in records if record.is_answered]
    after = tuple(
        timedelta(
            microseconds=record.handed_over_at - (record.offered_at if record.entered_at is None else record.entered_at)
        )
        for record in answered
        if record.handed_over_at is not None
    )
    return HandOvers(Ratio(len(after), len(answered)), Distribution(after))


def _total(amounts: Iterable[timedelta]) -> timedelta:
    return sum(amounts, timedelta(0))


@attrs.frozen(field_transformer=checked)
class Callbacks:
    """What became of promised callbacks.

    Attributes:
        kept: Those that reached the person, of all that are over.
        in_time: Those that reached the person by when it was promised, of all that are over and had such a time.
        not_reached: Those given up after as many attempts as were promised, of all that are over.
    """

    kept: Ratio
    in_time: Ratio
    not_reached: Ratio


def callbacks(records: Iterable[WorkRecord]) -> Callbacks:
    """What became of promised callbacks: records whose outcome is `called_back` or `not_reached`."""
    over = [record for record in records if record.outcome in {Outcome.CALLED_BACK, Outcome.NOT_REACHED}]
    kept = [record for record in over if record.outcome is Outcome.CALLED_BACK]
    in_time = [record for record in kept if _was_in_time(record)]
    return Callbacks(
        kept=Ratio(len(kept), len(over)),
        in_time=Ratio(len(in_time), sum(record.due_at is not None for record in over)),
        not_reached=Ratio(len(over) - len(kept), len(over)),
    )


def _was_in_time(record: WorkRecord) -> bool:
    reached = record.left_at if record.answered_at is None else record.answered_at
    return record.due_at is not None and reached is not None and reached <= record.due_at


def no_show(records: Iterable[WorkRecord]) -> Ratio:
    """Who did not come, of those who were served at their call or appointment or were called in vain.

    Args:
        records: Those of the counter, as `by_channel` gives them; of others none ends in a no-show.
    """
    called = [record for record in records if record.is_answered or record.outcome is Outcome.NO_SHOW]
    return Ratio(sum(record.outcome is Outcome.NO_SHOW for record in called), len(called))


def first_level(records: Iterable[WorkRecord]) -> Ratio:
    """The answered contacts that the first level settled, neither handed over nor sent elsewhere, of those over."""
    over = [record for record in records if record.is_answered and record.outcome is not None]
    settled = [record for record in over if record.handed_over_at is None and record.outcome is Outcome.ANSWERED]
    return Ratio(len(settled), len(over))


def first_contact(records: Iterable[WorkRecord], *, within: timedelta, known_until: Instant) -> Ratio:
    """The answered contacts about a case that were enough: nobody asked about the case again within a time.

    Counted are answered contacts with a known case that follow no other about the same case within that time; whether
    one was enough shows only when the time is over, so those that ended later than `known_until` less that time are
    left out. An attempt that nobody answered is somebody who asks again, and is not counted itself.

    Args:
        records: All contacts, of all channels: who writes after a call has asked again.
        within: The time.
        known_until: Up to when the records are complete.
    """
    by_case: defaultdict[str, list[WorkRecord]] = defaultdict(list)
    for record in records:
        if record.case:
            by_case[record.case].append(record)
    enough = total = 0
    for some in by_case.values():
        some.sort(key=lambda record: (record.offered_at, record.item))
        for before, record, after in zip([None, *some], some, [*some[1:], None], strict=False):
            if _counts(record, before, within, instant_of(known_until)):
                total += 1
                enough += after is None or _gap(record, after) > within
    return Ratio(enough, total)


def _counts(record: WorkRecord, before: WorkRecord | None, within: timedelta, known_until: int) -> bool:
    if (
        not record.is_answered
        or record.left_at is None
        or timedelta(microseconds=known_until - record.left_at) < within
    ):
        return False
    return before is None or _gap(before, record) > within


def _gap(one: WorkRecord, other: WorkRecord) -> timedelta:
    """From the end of one contact to the beginning of another."""
    end = one.offered_at if one.left_at is None else one.left_at
    return timedelta(microseconds=other.offered_at - end)


@attrs.frozen(field_transformer=checked)
class OutcomeCounts:
    """How everything ended.

    Attributes:
        outcomes: How many ended in each way; every outcome is there, if only with 0.
        going_on: How many have not ended.
    """

    outcomes: Mapping[Outcome, int]
    going_on: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.outcomes.values()) + self.going_on

    def check(self, *, offered: int) -> None:
        """Hold the sum against the number of contacts as somebody else counted them.

        Raises:
            ConfigurationError: If they differ: something was lost, or counted twice.
        """
        if self.total != offered:
            raise ConfigurationError(
                [Fault("outcomes", f"they add up to {self.total}", f"{offered}, all that was offered")]
            )


def outcome_counts(records: Iterable[WorkRecord]) -> OutcomeCounts:
    """How everything ended.

    Raises:
        ConfigurationError: If two records are about one piece of work, or it was answered by an outcome that says
            it was not.
    """
    known = list(records)
    faults = [
        Fault(item, f"counted {times} times", "once")
        for item, times in Counter(record.item for record in known).items()
        if times > 1
    ]
    faults += [
        Fault(record.item, "answered by nobody", "another outcome")
        for record in known
        if record.outcome is Outcome.ANSWERED and not record.is_answered
    ]
    if faults:
        raise ConfigurationError(faults)
    count = Counter(record.outcome for record in known)
    return OutcomeCounts(FrozenMap({outcome: count[outcome] for outcome in Outcome}), count[None])


def by_queue(records: Iterable[WorkRecord]) -> Mapping[str, tuple[WorkRecord, ...]]:
    """The records of each queue, by its name."""
    return _grouped(records, lambda record: record.queue)


def by_channel(records: Iterable[WorkRecord]) -> Mapping[str, tuple[WorkRecord, ...]]:
    """The records of each channel, by its name."""
    return _grouped(records, lambda record: record.channel)


def by_half_hour(
    records: Iterable[WorkRecord], *, zone: str = "Europe/Zurich"
) -> Mapping[pendulum.DateTime, tuple[WorkRecord, ...]]:
    """The records of each half-hour in which something reached the office, by its beginning.

    Args:
        records: The records; each belongs to the half-hour in which it was offered.
        zone: The zone of the instants that come out. Half-hours are those of UTC, which are those of every zone whose
            offset is a multiple of 30 minutes.

    Raises:
        HoursError: If the time-zone database has no such name.
    """
    place = zone_named(zone)
    grouped = _grouped(records, lambda record: record.offered_at // HALF_HOUR)
    return MappingProxyType({from_epoch(start * HALF_HOUR, place): some for start, some in grouped.items()})


def _grouped(records: Iterable[WorkRecord], key: Callable[[WorkRecord], K]) -> Mapping[K, tuple[WorkRecord, ...]]:
    groups: defaultdict[K, list[WorkRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.offered_at, record.item)):
        groups[key(record)].append(record)
    return MappingProxyType({name: tuple(some) for name, some in groups.items()})


@attrs.frozen(kw_only=True, field_transformer=checked)
class HalfHour:
    """One half-hour. What became of a contact belongs to the half-hour in which it reached the office.

    Attributes:
        start: Its beginning.
        offered: How many contacts reached the office.
        answered: How many of them an agent took.
        abandoned_short: How many of them left the queue before the threshold of the service level's `short`.
        abandoned_long: How many of them left it later.
        abandoned_announcement: How many of them left before they joined it.
        longest_wait: The longest that one of them waited, answered or not; None if none has waited.
        service_level: The share answered in time, by the definition of the table.
        handle_time: How long one of the answered occupied agents: talk, hold and wrap-up.
        staffed: The time that agents were present in this half-hour, added up.
        worked: The time of this half-hour in which they had contacts in hand, whenever these came. A contact is taken
            to be in hand from its answer on for as long as its talk, hold and wrap-up lasted.
    """

    start: pendulum.DateTime
    offered: int
    answered: int
    abandoned_short: int
    abandoned_long: int
    abandoned_announcement: int
    longest_wait: timedelta | None
    service_level: Ratio
    handle_time: HandleTime
    staffed: timedelta
    worked: timedelta

    @property
    def agents(self) -> float:
        """How many agents were present, on average."""
        return self.staffed / timedelta(microseconds=HALF_HOUR)

    @property
    def occupancy(self) -> float | None:
        """The share of the staffed time in which agents had contacts in hand; None if nobody was there."""
        return self.worked / self.staffed if self.staffed else None


def half_hours(
    records: Iterable[WorkRecord],
    *,
    definition: ServiceLevel,
    present: Iterable[tuple[Instant, Instant]] = (),
    zone: str = "Europe/Zurich",
) -> tuple[HalfHour, ...]:
    """The table: every half-hour in which something came, or somebody was there or at work, in order.

    Args:
        records: The records of one queue, say; each belongs to the half-hour in which it reached the office.
        definition: What the service level counts, and which abandonment is short.
        present: From when to when an agent was there, for each agent and shift; whose shift it is does not matter.
        zone: The zone of the instants that come out.

    Raises:
        ConfigurationError: If a shift ends before it begins.
        HoursError: If the time-zone database has no such name.
    """
    place, told = zone_named(zone), list(records)
    by_start: defaultdict[int, list[WorkRecord]] = defaultdict(list)
    for record in told:
        by_start[record.offered_at // HALF_HOUR].append(record)
    staffed = _by_half_hour(_shifts(present))
    worked = _by_half_hour(_in_hand(told))
    return tuple(
        _half_hour(
            from_epoch(number * HALF_HOUR, place),
            by_start[number],
            definition,
            staffed=_amount(staffed[number]),
            worked=_amount(worked[number]),
        )
        for number in sorted({*by_start, *staffed, *worked})
    )


def _half_hour(
    start: pendulum.DateTime,
    records: list[WorkRecord],
    definition: ServiceLevel,
    *,
    staffed: timedelta,
    worked: timedelta,
) -> HalfHour:
    gone = [record for record in records if record.is_abandoned]
    short = sum((definition.took(record) or timedelta(0)) < definition.short for record in gone)
    return HalfHour(
        start=start,
        offered=len(records),
        answered=sum(record.is_answered for record in records),
        abandoned_short=short,
        abandoned_long=len(gone) - short,
        abandoned_announcement=sum(record.outcome is Outcome.ABANDONED_ANNOUNCEMENT for record in records),
        longest_wait=waits(records).longest,
        service_level=service_level(records, definition),
        handle_time=handle_time(records),
        staffed=staffed,
        worked=worked,
    )


def _shifts(present: Iterable[tuple[Instant, Instant]]) -> Iterator[tuple[int, int]]:
    for number, shift in enumerate(present):
        start, end = map(instant_of, shift)
        if end < start:
            raise ConfigurationError([Fault(f"present[{number}]", "it ends before it begins", "begin, end")])
        yield start, end


def _in_hand(records: Iterable[WorkRecord]) -> Iterator[tuple[int, int]]:
    for record in records:
        if record.answered_at is not None:
            length = microseconds(record.talk + record.hold + record.wrap_up)
            yield record.answered_at, record.answered_at + length


def _by_half_hour(spans: Iterable[tuple[int, int]]) -> Counter[int]:
    """How much of some spans of time falls into each half-hour, in microseconds."""
    amounts: Counter[int] = Counter()
    for start, end in spans:
        for number in range(start // HALF_HOUR, -(-end // HALF_HOUR)):
            amounts[number] += min(end, (number + 1) * HALF_HOUR) - max(start, number * HALF_HOUR)
    return amounts


def _amount(lasted: int) -> timedelta:
    return timedelta(microseconds=lasted)
