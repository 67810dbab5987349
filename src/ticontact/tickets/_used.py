"""How much of a target is used, and when is it used up? Stretches in, instants out; all in whole microseconds."""

from collections.abc import Iterable

from ticontact.tickets._measure import Measure
from ticontact.tickets._workdays import Workdays

__all__ = ["Stretch", "last_working_day", "used", "used_up"]

Stretch = tuple[int, int | None]
"""A half-open stretch in which a clock runs; None as its end if it still does."""


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


def last_working_day(stretches: tuple[Stretch, ...], workdays: Workdays, days: int, *, begin: int) -> int | None:
    """When a number of working days is used up; None if the stretches end before.

    The day of arrival is day 0. A working day counts if the clock ran in any of its open time.

    Raises:
        NeverOpen: If there are not as many working days within the calendar's horizon.
    """
    day = workdays.day_zero(begin)
    left = days
    if not workdays.calendar.spans_on(day):
        # Received on a closed day: the days count from the next working day on.
        left = max(left, 1)
    while left:
        day = workdays.next_day(day)
        spans = workdays.calendar.spans_on(day)
        opening, closing = spans[0][0], spans[-1][1]
        last = stretches[-1][1] if stretches else begin
        if last is not None and last <= opening:
            return None
        if any(start < closing and (end is None or end > opening) for start, end in stretches):
            left -= 1
    return workdays.end_of(day, start=begin)
