"""How many contacts to expect: by hand, or forecast from what was recorded, by the office's own calendar.

Theory of operation. A forecast is a level times a profile. The profile is how many contacts came in each half-hour of
the day, for each unit of open time: a half-hour in which the office was closed tells nothing, and a half day tells as
much as it was open. The level of a day is what came over what the profile lets expect for the time that was open; the
level to come is the mean of the last days'. Closed days therefore drop out and half days scale, on both sides.

What comes is more spread than chance alone (Poisson) would have it, since nobody knows the level of the day. So each
day that was recorded is forecast from the days before it, as if it were to come, and the errors of all its half-hours
give the coefficient of variation of the rate. With a gamma-distributed rate counts are negative binomial, and that is
the band. Source of the mixture: M. Greenwood and G. U. Yule, Journal of the Royal Statistical Society 83 (1920); of its
use for call centres: G. Jongbloed and G. Koole, "Managing uncertainty in call centres using Poisson mixtures" (2001).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from math import sqrt
from typing import Final, Literal
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.errors import ConfigurationError, Fault, PoorData
from ticontact.hours import BusinessCalendar, Stretch
from ticontact.measures import WorkRecord, handle_time
from ticontact.measures._figures import HALF_HOUR
from ticontact.plain import checked
from ticontact.staffing._distributions import check_share, count_quantile, gamma_quantile

__all__ = ["DayDemand", "Demand", "forecast"]

_DAY: Final = timedelta(days=1)
_LEAST_DAYS: Final = 7
_LEAST_BEFORE: Final = 4
"""How many days must lie before one that is forecast to learn how wrong forecasts are."""
_SHARE_OF_SLOTS, _WITHIN_SLOT = 0.9, 1.6449
"""The band of half-hours is right for nine in ten, and so many standard deviations of a normal distribution wide."""
_SHARE_OF_DAYS, _WITHIN_DAY = 0.6827, 1.0
"""Days are few: their spread is taken where one standard deviation lies."""


@attrs.frozen(field_transformer=checked)
class Demand:
    """How many contacts are expected in an interval, and how sure that is.

    Attributes:
        mean: How many, on average over all days.
        cv: The coefficient of variation of the rate from day to day: 0.1 means that it is off by 10 % as a rule. At 0
            the rate is known and counts vary by chance alone.

    Raises:
        ConfigurationError: If one of them is negative.
        InvalidValue: If one of them is no finite number.
    """

    mean: float
    cv: float = 0.0

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(f"demand.{name}", f"{value} was given", "0 or more")
            for name, value in (("mean", self.mean), ("cv", self.cv))
            if value < 0
        ]
        if faults:
            raise ConfigurationError(faults)

    def quantile(self, share: float) -> int:
        """The number of contacts that at least this share of all days does not exceed (negative binomial).

        Raises:
            ConfigurationError: If the share is not between 0 and 1.
        """
        check_share(share)
        return count_quantile(share, mean=self.mean, cv=self.cv)

    def band(self, share: float) -> tuple[int, int]:
        """Between which numbers a share of all days lies, with as much below as above.

        Raises:
            ConfigurationError: If the share is not between 0 and 1.
        """
        check_share(share)
        return self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)

    def rate(self, share: float) -> float:
        """The rate that this share of all days does not exceed, as contacts an interval (gamma).

        Raises:
            ConfigurationError: If the share is not between 0 and 1.
        """
        check_share(share)
        return gamma_quantile(share, mean=self.mean, cv=self.cv)


def length_of(slot: Stretch) -> timedelta:
    """How long a stretch of open time lasts, as a plain amount: those of pendulum do not divide one another."""
    return timedelta(microseconds=to_epoch(slot.closing) - to_epoch(slot.opening))


def clock_of(at: time | datetime) -> int:
    """What the clock on the wall shows, in seconds since midnight."""
    return at.hour * 3600 + at.minute * 60 + at.second


def half_hour_of(record: WorkRecord, zone: ZoneInfo) -> datetime:
    """The beginning of the half-hour in which a contact came."""
    return from_epoch(record.offered_at - record.offered_at % HALF_HOUR, zone)


def open_slots(calendar: BusinessCalendar, day: date) -> Iterator[tuple[int, int, int]]:
    """The open time of a day, cut at half-hours: the wall clock of the half-hour in seconds, beginning and end."""
    zone = zone_named(calendar.zone)
    for window in calendar.windows(day):
        start, end = to_epoch(window.opening), to_epoch(window.closing)
        while start < end:
            slot = start - start % HALF_HOUR
            stop = min(end, slot + HALF_HOUR)
            yield clock_of(from_epoch(slot, zone)), start, stop
            start = stop


@attrs.frozen(kw_only=True, field_transformer=checked)
class DayDemand:
    """What to expect on one day, half-hour by half-hour.

    Attributes:
        day: The date.
        slots: The open time, cut at half-hours, each with its demand; none on a closed day.
        handle: The mean handle time.
        level_cv: How far a whole day is off as a rule, as a coefficient of variation.
        based_on: The recorded days whose level was taken; none if it was given by hand.
        left_out: The recorded days on which the office was open and nothing was recorded: holes, taken to be none.

    Raises:
        ConfigurationError: If the handle time is not positive, or the coefficient of variation is negative.
    """

    day: date
    slots: tuple[tuple[Stretch, Demand], ...]
    handle: timedelta
    level_cv: float = 0.0
    based_on: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()

    def __attrs_post_init__(self) -> None:
        faults = []
        if self.handle <= timedelta(0):
            faults.append(Fault("demand.handle", f"{self.handle} was given", "a positive amount of time"))
        if self.level_cv < 0:
            faults.append(Fault("demand.level_cv", f"{self.level_cv} was given", "0 or more"))
        if faults:
            raise ConfigurationError(faults)

    @classmethod
    def of(
        cls,
        calls: Mapping[time, float | Demand],
        *,
        calendar: BusinessCalendar,
        day: date,
        handle: timedelta,
        cv: float = 0.0,
    ) -> "DayDemand":
        """Demand that somebody else has forecast, or that one wants to try.

        Args:
            calls: How many contacts come in each half-hour, by the clock time at which it begins. Half-hours in which
                the office is closed drop out; one that is open in part gets its part.
            calendar: When the office is open.
            day: The date.
            handle: The mean handle time.
            cv: The coefficient of variation of those demands that are plain numbers, and of the day.

        Raises:
            ConfigurationError: If a half-hour is open and has no demand, a demand is negative, or the handle time is
                not positive.
        """
        given = {clock_of(at): demand for at, demand in calls.items()}
        slots, faults = [], []
        zone = zone_named(calendar.zone)
        for clock, start, end in open_slots(calendar, day):
            if clock not in given:
                at = f"{clock // 3600:02}:{clock // 60 % 60:02}"
                faults.append(Fault(f"calls[{at}]", "the office is open and no demand was given", "0 or more"))
                continue
            demand = given[clock]
            full = demand if isinstance(demand, Demand) else Demand(demand, cv)
            part = attrs.evolve(full, mean=full.mean * (end - start) / HALF_HOUR)
            slots.append((Stretch(from_epoch(start, zone), from_epoch(end, zone)), part))
        if faults:
            raise ConfigurationError(faults)
        return cls(day=day, slots=tuple(slots), handle=handle, level_cv=cv)

    @property
    def total(self) -> Demand:
        """The whole day."""
        return Demand(sum(demand.mean for _, demand in self.slots), self.level_cv)

    def band(self, share: float) -> tuple[tuple[Stretch, int, int], ...]:
        """Between which numbers a share of all days lies, half-hour by half-hour.

        Raises:
            ConfigurationError: If the share is not between 0 and 1.
        """
        return tuple((slot, *demand.band(share)) for slot, demand in self.slots)


@attrs.frozen
class _RecordedDay:
    """How many contacts came in each half-hour of a day, and which part of it was open."""

    day: date
    calls: Counter[int]
    open: Mapping[int, float]


@attrs.define
class _Profile:
    """What came, and how much open time there was, in each half-hour over some days. It is mutable: days are added."""

    calls: Counter[int] = attrs.field(factory=Counter)
    open: defaultdict[int, float] = attrs.field(factory=lambda: defaultdict(float))

    def add(self, told: _RecordedDay) -> None:
        self.calls.update(told.calls)
        for clock, part in told.open.items():
            self.open[clock] += part

    def expected(self, clock: int) -> float:
        """How many contacts a whole half-hour had, on average; one that was never open is taken for an average one."""
        if self.open[clock]:
            return self.calls[clock] / self.open[clock]
        return sum(self.calls.values()) / sum(self.open.values())

    def level(self, told: _RecordedDay) -> float:
        """How a day was in units of this profile."""
        expected = sum(self.expected(clock) * part for clock, part in told.open.items())
        return told.calls.total() / expected if expected else 1.0


def forecast(
    records: Iterable[WorkRecord],
    *,
    calendar: BusinessCalendar,
    day: date,
    queue: str | None = None,
    days: int = 5,
    method: Literal["last_working_days", "same_weekday"] = "last_working_days",
) -> DayDemand:
    """What to expect on a day, from what was recorded before it.

    Args:
        records: What became of each contact; live ones that joined the queue in opening hours are counted.
        calendar: When the office is, and was, open.
        day: The date to forecast; only days before it are looked at.
        queue: The queue that is meant; None for all.
        days: Over how many days the level is taken.
        method: Whether these are the last working days, or the last days of the same weekday.

    Raises:
        PoorData: If fewer than 7 days were recorded on which the office was open, or no contact was answered.
        ConfigurationError: If the number of days is not positive.
    """
    if days < 1:
        raise ConfigurationError([Fault("days", f"{days} was given", "1 or more")])
    told = [
        record
        for record in records
        if record.is_live and record.in_hours and record.entered_at is not None and queue in (None, record.queue)
    ]
    past, holes = _recorded_days(told, calendar, day)
    if len(past) < _LEAST_DAYS:
        raise PoorData(f"recorded days before {day.isoformat()}", found=len(past), least=_LEAST_DAYS)
    handled = handle_time(told)
    if handled.count == 0 or handled.total <= timedelta(0):
        raise PoorData("answered contacts with a handle time", found=0, least=1)
    profile = _Profile()
    for each in past:
        profile.add(each)
    chosen = _chosen(past, day, days, method)
    level = sum(profile.level(each) for each in chosen) / len(chosen)
    slot_cv, level_cv = _errors(past, days, method)
    zone = zone_named(calendar.zone)
    return DayDemand(
        day=day,
        slots=tuple(
            (
                Stretch(from_epoch(start, zone), from_epoch(end, zone)),
                Demand(level * profile.expected(clock) * (end - start) / HALF_HOUR, slot_cv),
            )
            for clock, start, end in open_slots(calendar, day)
        ),
        handle=handled.total,
        level_cv=level_cv,
        based_on=tuple(each.day for each in chosen),
        left_out=holes,
    )


def _recorded_days(
    records: list[WorkRecord], calendar: BusinessCalendar, until: date
) -> tuple[list[_RecordedDay], tuple[date, ...]]:
    """The open days between the first record and a date that have records, and those that have none."""
    zone = zone_named(calendar.zone)
    calls: defaultdict[date, Counter[int]] = defaultdict(Counter)
    for record in records:
        at = half_hour_of(record, zone)
        calls[at.date()][clock_of(at)] += 1
    told, holes = [], []
    day, last = min(calls, default=until), max(calls, default=until)
    while day < until and day <= last:
        parts: defaultdict[int, float] = defaultdict(float)
        for clock, start, end in open_slots(calendar, day):
            parts[clock] += (end - start) / HALF_HOUR
        counted = Counter({clock: count for clock, count in calls[day].items() if clock in parts})
        if counted:
            told.append(_RecordedDay(day, counted, parts))
        elif parts:
            holes.append(day)
        day += _DAY
    return told, tuple(holes)


def _chosen(past: list[_RecordedDay], day: date, days: int, method: str) -> list[_RecordedDay]:
    """The days whose level is taken; where there is none of the same weekday, the last working days."""
    same = [each for each in past if each.day.weekday() == day.weekday()] if method == "same_weekday" else []
    return (same or past)[-days:]


def _errors(past: list[_RecordedDay], days: int, method: str) -> tuple[float, float]:
    """How wrong forecasts of the recorded days from those before them were, beyond chance: half-hours, and days.

    A count with mean m and a rate of this coefficient of variation has the variance m + (cv * m) ** 2, and a profile
    that was taken from c contacts adds m ** 2 / c. Each error says which cv would put it just inside of a band; the cv
    that puts the band's share of all errors inside is taken. One day on which the lines were down hardly moves it, as
    it would the mean of squares.
    """
    profile = _Profile()
    of_slots: list[float] = []
    of_days: list[float] = []
    for number, each in enumerate(past):
        if number >= _LEAST_BEFORE:
            chosen = _chosen(past[:number], each.day, days, method)
            level = sum(profile.level(other) for other in chosen) / len(chosen)
            means = {clock: level * profile.expected(clock) * part for clock, part in each.open.items()}
            of_slots += [
                _just_inside(each.calls[clock], mean, profile.calls[clock], _WITHIN_SLOT)
                for clock, mean in means.items()
                if mean
            ]
            of_days.append(_just_inside(each.calls.total(), sum(means.values()), profile.calls.total(), _WITHIN_DAY))
        profile.add(each)
    level_cv = _at_share(of_days, _SHARE_OF_DAYS)
    # A level that is off moves every half-hour of its day.
    return max(level_cv, _at_share(of_slots, _SHARE_OF_SLOTS)), level_cv


def _just_inside(count: int, mean: float, learnt_from: int, deviations: float) -> float:
    """The squared coefficient of variation at which an error is so many standard deviations; below 0 if chance does."""
    return (((count - mean) / deviations) ** 2 - mean) / mean**2 - 1 / max(1, learnt_from)


def _at_share(squares: list[float], share: float) -> float:
    ordered = sorted(squares)
    return sqrt(max(0.0, ordered[min(len(ordered) - 1, int(share * len(ordered)))]))
