"""Counting in business days: dates on which a calendar has windows."""

from datetime import date, datetime, timedelta
from typing import Final, Literal, Protocol

import attrs
import pendulum

from ticontact._time import MICROSECONDS, from_epoch
from ticontact.errors import InvalidAmount, NeverOpen
from ticontact.hours._timeline import Timeline
from ticontact.hours._wall_clock import local_reading, opening_at
from ticontact.hours._window import Clock, seconds_after_midnight

__all__ = ["BusinessDays"]

_ONE: Final = timedelta(days=1)


class _Calendar(Protocol):
    """What the questions in whole business days ask of a calendar."""

    @property
    def horizon(self) -> timedelta:
        """After how long without an opening a search gives up."""

    @property
    def timeline(self) -> Timeline:
        """Its compiled years."""

    def spans_on(self, day: date) -> list[tuple[int, int]]:
        """The stretches of open time that begin on a local date."""

    def add_epoch(self, amount: int, *, at: int) -> int:
        """The instant at which an amount of open time has passed since another."""

    def subtract_epoch(self, amount: int, *, at: int) -> int:
        """The instant from which an amount of open time passes until another."""


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
            InvalidAmount: If the number is negative.
        """
        return self._step(day, nth, _ONE)

    def previous(self, day: date, *, nth: int = 1) -> date:
        """The last business day before a date, or the second, third, ... last; the date itself for zero.

        Raises:
            NeverOpen: If there was none within the horizon.
            InvalidAmount: If the number is negative.
        """
        return self._step(day, nth, -_ONE)

    def on_or_after(self, day: date) -> date:
        """The date itself if it is a business day, else the next one.

        Raises:
            NeverOpen: If there is none within the horizon.
        """
        return day if day in self else self.next(day)

    def between(self, start: date, end: date) -> int:
        """How many business days lie after one date and not after another; negative if the second is earlier."""
        if end < start:
            return -self.between(end, start)
        days = range(start.toordinal() + 1, end.toordinal() + 1)
        return sum(date.fromordinal(ordinal) in self for ordinal in days)

    def add(self, days: int, *, at: datetime, landing: Literal["open", "same_time"] = "open") -> pendulum.DateTime:
        """Some business days later, at the same wall-clock time.

        Args:
            days: How many, zero or more.
            at: From when.
            landing: What to answer when that is closed: the next opening, or that time as it is.

        Raises:
            NaiveTime: If the instant has no zone.
            InvalidAmount: If the number is negative.
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
            InvalidAmount: If the number is negative.
            NeverOpen: If there were not so many business days within the horizon.
        """
        found = self._same_time(at, days, -_ONE)
        if landing == "open":
            found = self.calendar.subtract_epoch(0, at=found)
        return from_epoch(found, self.calendar.timeline.zone)

    def deadline(self, days: int, *, at: datetime, cut_off: Clock | None = None) -> pendulum.DateTime:
        """The last closing of the Nth business day after something came in; the day it came in is not counted.

        Args:
            days: How many, zero or more; zero is the closing of the day on which it came in.
            at: When it came in.
            cut_off: From which time of day on it counts as come in on the next business day, as does what comes in on
                a day that is none. Without it, the date alone counts.

        Raises:
            NaiveTime: If the instant has no zone.
            InvalidAmount: If the number is negative.
            NeverOpen: If there are not so many business days within the horizon.
        """
        came_in, second = local_reading(self.calendar.timeline.zone, self.calendar.timeline.instant(at))
        if cut_off is not None:
            late = second >= seconds_after_midnight(cut_off)
            came_in = self.on_or_after(came_in + _ONE if late else came_in)
        due = self.on_or_after(came_in) if days == 0 else self.next(came_in, nth=days)
        return from_epoch(self.calendar.spans_on(due)[-1][1], self.calendar.timeline.zone)

    def _same_time(self, at: datetime, days: int, step: timedelta) -> int:
        timeline = self.calendar.timeline
        instant = timeline.instant(at)
        if days == 0:
            return instant
        today, second = local_reading(timeline.zone, instant)
        day = self._step(today, days, step)
        return opening_at(timeline.zone, day.toordinal(), second) + instant % MICROSECONDS

    def _step(self, day: date, count: int, step: timedelta) -> date:
        if count < 0:
            raise InvalidAmount("days: a negative number was given; allowed: zero or more")
        last = day
        while count:
            day += step
            if abs(day - last) > self.calendar.horizon:
                raise NeverOpen(
                    f"calendar: no business day within its horizon of {self.calendar.horizon.days} days",
                    horizon=self.calendar.horizon,
                )
            if day in self:
                count, last = count - 1, day
        return day
