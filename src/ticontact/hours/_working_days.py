"""Working days: the dates on which a calendar has windows, and the one count of them.

Theory of operation. A *business day* (in tickets: a working day) is a local date on which a window begins, a half day
included. `WorkingDayCount` is the only place that counts a term in them: `BusinessDays.deadline`, the clocks of service
levels, the timers and the reopening window of tickets all ask it. It first asks when something counts as *received*: a
day, which is day 0, and a time of day on it. Then it walks to day n, and asks when the term ends there. Both steps keep
the order of time, so that whoever arrives later is never due earlier:

- without a cut-off the day received is the date of arrival, whatever the hour;
- with a cut-off, what arrives after it, after the last closing, or on a day without windows, is received on the next
  working day; exactly at the cut-off is in time;
- where the term ends at the time of day at which it began, that time lies between the first opening and the last
  closing: what comes before the opening counts from it, what comes after the closing from the next day's opening.

Comparisons are made on instants and never on readings of the wall clock, which run twice through the repeated hour.
"""

from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple, Protocol
from zoneinfo import ZoneInfo

import attrs
import pendulum

from ticontact._bounded import quoted
from ticontact._time import MICROSECONDS, from_epoch, zone_named
from ticontact.errors import HoursError, NeverOpen
from ticontact.hours._timeline import Timeline
from ticontact.hours._wall_clock import FURTHEST, closing_at, dates_between, local_reading, offset_at, opening_at
from ticontact.hours._window import seconds_after_midnight

__all__ = ["BusinessDays", "DayHours", "Received", "WorkingDayCount"]

_ONE: Final = timedelta(days=1)
_MOST_DAYS: Final = FURTHEST * 36_525 // 100
"""The days of `FURTHEST` years: no count of working days goes further, as no other question does."""


class _Dates(Protocol):
    """Some dates; `day in dates` says whether a date is one of them."""

    def __contains__(self, day: date, /) -> bool:
        """Whether a date is one of them."""


class DayHours(Protocol):
    """What working days are counted on: a calendar, or several that follow one another."""

    @property
    def zone(self) -> str:
        """The IANA name of its zone."""

    @property
    def horizon(self) -> timedelta:
        """After how long without an opening a search gives up."""

    @property
    def days(self) -> _Dates:
        """The dates on which a window begins."""

    def spans_on(self, day: date) -> list[tuple[int, int]]:
        """The stretches of open time that begin on a local date, in microseconds since 1970-01-01T00:00Z."""


class _Calendar(DayHours, Protocol):
    """What the questions in whole business days need besides."""

    @property
    def timeline(self) -> Timeline:
        """Its compiled years."""

    def add_epoch(self, amount: int, *, at: int) -> int:
        """The instant at which an amount of open time has passed since another."""

    def subtract_epoch(self, amount: int, *, at: int) -> int:
        """The instant from which an amount of open time passes until another."""


class Received(NamedTuple):
    """When something counts as received.

    Attributes:
        day: The local date: day 0 of a term.
        instant: The instant, in microseconds since 1970-01-01T00:00Z.
    """

    day: date
    instant: int


@attrs.frozen(kw_only=True)
class WorkingDayCount:
    """The count of working days, by the one rule there is (see the module).

    Attributes:
        calendar: The calendar whose dates count.
        cut_off: The time of day after which something counts as received on the next working day, kept as seconds
            after midnight. None: the date of arrival alone counts.
        at_same_clock: Whether a term ends at the time of day at which it began, instead of at the day's last closing.

    Raises:
        HoursError: If the cut-off is no time of day.
    """

    calendar: DayHours
    cut_off: int | None = attrs.field(default=None, converter=attrs.converters.optional(seconds_after_midnight))
    at_same_clock: bool = False

    def received(self, instant: int) -> Received:
        """When something that arrives at an instant counts as received.

        Raises:
            NeverOpen: If it is received on the next working day, and there is none within the horizon.
        """
        zone = zone_named(self.calendar.zone)
        day, _ = local_reading(zone, instant)
        if not self._is_late(instant, day, zone):
            if not self.at_same_clock:
                return Received(day, instant)
            return Received(day, max(instant, self.calendar.spans_on(day)[0][0]))
        following = self.next_day(day)
        return Received(following, self.calendar.spans_on(following)[0][0])

    def next_day(self, day: date) -> date:
        """The first working day after a date.

        Raises:
            NeverOpen: If there is none within the horizon.
        """
        return _step(self.calendar, day, 1, _ONE)

    def end_of(self, day: date, received: Received) -> int:
        """When a term ends on a working day.

        Args:
            day: The day.
            received: When what the term is for was received.
        """
        if self.at_same_clock:
            return _same_clock(zone_named(self.calendar.zone), day, received)
        return self.calendar.spans_on(day)[-1][1]

    def deadline(self, days: int, instant: int) -> int:
        """When a term of some working days ends that began at an instant.

        Args:
            days: How many. Zero ends on the day received, or on the next working day if that is none.
            instant: When it began.

        Raises:
            HoursError: If the number is negative, or leads further than 100 years.
            NeverOpen: If there are not so many working days within the horizon.
        """
        received = self.received(instant)
        if days == 0 and received.day not in self.calendar.days:
            days = 1
        return self.end_of(_step(self.calendar, received.day, days, _ONE), received)

    def _is_late(self, instant: int, day: date, zone: ZoneInfo) -> bool:
        """Whether something that arrives on a date is received on a later one."""
        if self.cut_off is None and not self.at_same_clock:
            return False
        if day not in self.calendar.days:
            return True
        latest = self.calendar.spans_on(day)[-1][1]
        if self.cut_off is not None:
            # In the repeated hour the second pass counts: what comes in the first is in time then, as it is earlier.
            latest = min(latest, closing_at(zone, day.toordinal(), self.cut_off))
        return instant > latest


def _same_clock(zone: ZoneInfo, day: date, received: Received) -> int:
    """The instant of a date at which the clock shows what it showed when something was received."""
    if day == received.day:
        return received.instant
    local = from_epoch(received.instant, zone)
    wall, micro = (local.hour * 60 + local.minute) * 60 + local.second, local.microsecond
    if local.fold:
        # The second pass of a repeated hour shows the readings of the first one again. It counts as the end of the
        # hour, or else what came in it would be due before what came in the first pass.
        wall, micro = _end_of_repeated_hour(zone, received.day.toordinal(), wall), 0
    # A reading in a gap moves to its end, and then has no microseconds beyond it.
    ordinal = day.toordinal()
    return min(opening_at(zone, ordinal, wall) + micro, opening_at(zone, ordinal, wall + 1))


def _end_of_repeated_hour(zone: ZoneInfo, ordinal: int, wall: int) -> int:
    """The first whole minute after a reading that comes twice which comes once."""
    wall -= wall % 60
    while offset_at(zone, ordinal, wall, fold=0) != offset_at(zone, ordinal, wall, fold=1):
        wall += 60
    return wall


@attrs.frozen
class BusinessDays:
    """The questions to a calendar in whole business days; `day in office.days` says whether a date is one.

    Attributes:
        calendar: The calendar.
    """

    calendar: _Calendar

    def __contains__(self, day: date) -> bool:
        known, ordinal = self.calendar.timeline.business_days, day.toordinal()
        found = known.get(ordinal)
        if found is None:
            found = known[ordinal] = bool(self.calendar.spans_on(day))
        return found

    def next(self, day: date, *, nth: int = 1) -> date:
        """The first business day after a date, or the second, third, ...; the date itself for zero.

        Raises:
            NeverOpen: If there is none within the horizon.
            HoursError: If the number is negative, or leads further than 100 years.
        """
        return _step(self.calendar, day, nth, _ONE)

    def previous(self, day: date, *, nth: int = 1) -> date:
        """The last business day before a date, or the second, third, ... last; the date itself for zero.

        Raises:
            NeverOpen: If there was none within the horizon.
            HoursError: If the number is negative, or leads further than 100 years.
        """
        return _step(self.calendar, day, nth, -_ONE)

    def on_or_after(self, day: date) -> date:
        """The date itself if it is a business day, else the next one.

        Raises:
            NeverOpen: If there is none within the horizon.
        """
        return day if day in self else self.next(day)

    def between(self, start: date, end: date) -> int:
        """How many business days lie after one date and not after another; negative if the second is earlier.

        Raises:
            HoursError: If the dates are more than 100 years apart.
        """
        if end < start:
            return -self.between(end, start)
        return sum(day in self for day in dates_between(start, end) if day != start)

    def add(self, days: int, *, at: datetime, landing: Literal["open", "same_time"] = "open") -> pendulum.DateTime:
        """Some business days later, at the same wall-clock time.

        Args:
            days: How many, zero or more.
            at: From when.
            landing: What to answer when that is closed: the next opening, or that time as it is.

        Raises:
            NaiveTime: If the instant has no zone.
            HoursError: If the number is negative, or leads further than 100 years.
            NeverOpen: If there are not so many business days within the horizon.
        """
        found = self._same_time(at, days, _ONE)
        if landing == "open":
            found = self.calendar.add_epoch(0, at=found)
        return from_epoch(found, self.calendar.timeline.zone)

    def subtract(self, days: int, *, at: datetime, landing: Literal["open", "same_time"] = "open") -> pendulum.DateTime:
        """Some business days earlier, at the same wall-clock time.

        Args:
            days: How many, zero or more.
            at: From when.
            landing: What to answer when that is closed: the closing before, or that time as it is.

        Raises:
            NaiveTime: If the instant has no zone.
            HoursError: If the number is negative, or leads further than 100 years.
            NeverOpen: If there were not so many business days within the horizon.
        """
        found = self._same_time(at, days, -_ONE)
        if landing == "open":
            found = self.calendar.subtract_epoch(0, at=found)
        return from_epoch(found, self.calendar.timeline.zone)

    def deadline(self, days: int, *, at: datetime, cut_off: str | time | None = None) -> pendulum.DateTime:
        """The last closing of the Nth business day after something came in; the day it came in is not counted.

        Args:
            days: How many, zero or more; zero is the closing of the day on which it came in, or of the next business
                day if that is none.
            at: When it came in.
            cut_off: The time of day, such as `16:00`, after which it counts as come in on the next business day, as
                does what comes in after the last closing, or on a day that is none. Exactly at it is in time. Without
                it, the date alone counts.

        Raises:
            NaiveTime: If the instant has no zone.
            HoursError: If the number is negative or leads further than 100 years, or if the cut-off is no time of day.
            NeverOpen: If there are not so many business days within the horizon.
        """
        count = WorkingDayCount(calendar=self.calendar, cut_off=cut_off)
        timeline = self.calendar.timeline
        return from_epoch(count.deadline(days, timeline.instant(at)), timeline.zone)

    def _same_time(self, at: datetime, days: int, step: timedelta) -> int:
        timeline = self.calendar.timeline
        instant = timeline.instant(at)
        if days == 0:
            return instant
        today, second = local_reading(timeline.zone, instant)
        day = _step(self.calendar, today, days, step)
        return opening_at(timeline.zone, day.toordinal(), second) + instant % MICROSECONDS


def _step(calendar: DayHours, day: date, count: int, step: timedelta) -> date:
    """The date that lies some working days after another, or before it."""
    if count < 0:
        raise HoursError("days: a negative number was given; allowed: zero or more", field="days")
    if count == 0:
        return day
    dates, horizon = calendar.days, calendar.horizon
    last, left = day, count
    for _ in range(_MOST_DAYS if count <= _MOST_DAYS else 0):
        try:
            day += step
        except OverflowError:
            raise HoursError(
                f"day: there is no date beside {day}; allowed: a date within the years", field="day"
            ) from None
        if abs(day - last) > horizon:
            raise NeverOpen(f"calendar: no working day within its horizon of {horizon.days} days", horizon=horizon)
        if day in dates:
            left, last = left - 1, day
            if not left:
                return day
    raise HoursError(f"days: {quoted(count)} were given; allowed: as many as lie within {FURTHEST} years", field="days")
