"""The time that counts: in which measure, how much of it is used, and when a target is used up.

Stretches go in, instants come out; all in whole microseconds.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import to_epoch
from ticontact.hours._working_days import WorkingDayCount

__all__ = ["ELAPSED", "Measure", "Stretch", "last_working_day", "local_midnight", "used", "used_up"]

Stretch = tuple[int, int | None]
"""A half-open stretch in which a clock runs; None as its end if it still does."""


class Measure(Protocol):
    """What a clock counts in; a `BusinessCalendar` is one."""

    def between_epoch(self, start: int, end: int) -> int:
        """The time that counts from one instant to another; negative if the second is earlier."""

    def add_epoch(self, amount: int, *, at: int) -> int:
        """The first instant by which an amount of it has passed."""


@attrs.frozen
class _Elapsed:
    """Time as it passes, day and night."""

    def between_epoch(self, start: int, end: int) -> int:
        return end - start

    def add_epoch(self, amount: int, *, at: int) -> int:
        return at + amount


ELAPSED: Final[Measure] = _Elapsed()
"""Time as it passes, day and night."""


def local_midnight(day: date, zone: ZoneInfo) -> int:
    """The instant at which a date begins in a zone."""
    return to_epoch(datetime.combine(day, time(), tzinfo=zone))


def used(stretches: Iterable[Stretch], measure: Measure, *, until: int) -> int:
    """The time used up to an instant."""
    total = 0
    for start, end in stretches:
        stop = until if end is None or end > until else end
        if stop > start:
            total += measure.between_epoch(start, stop)
    return total


def used_up(stretches: Iterable[Stretch], measure: Measure, amount: int) -> int | None:
    """The first instant by which an amount is used; None if the stretches end before.

    Raises:
        NeverOpen: If a stretch without an end is in a calendar that never opens.
    """
    rest = amount
    for start, end in stretches:
        if end is None:
            return measure.add_epoch(rest, at=start)
        here = measure.between_epoch(start, end)
        if here >= rest:
            return measure.add_epoch(rest, at=start)
        rest -= here
    return None


def last_working_day(stretches: tuple[Stretch, ...], count: WorkingDayCount, days: int, *, begin: int) -> int | None:
    """When a number of working days is used up; None if the stretches end before.

    The days are counted by the rule of `WorkingDayCount`, but a working day counts only if the clock ran in any of its
    open time.

    Raises:
        NeverOpen: If there are not as many working days within the calendar's horizon.
    """
    received = count.received(begin)
    day, left = received.day, days
    if left == 0 and day not in count.calendar.days:
        left = 1
    while left:
        day = count.next_day(day)
        spans = count.calendar.spans_on(day)
        opening, closing = spans[0][0], spans[-1][1]
        # Once the stretches are over no later day can count: without this the search would run to the horizon.
        last = stretches[-1][1] if stretches else begin
        if last is not None and last <= opening:
            return None
        if any(start < closing and (end is None or end > opening) for start, end in stretches):
            left -= 1
    return count.end_of(day, received)
