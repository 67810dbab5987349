"""How much of a target is used, and when is it used up? Stretches in, instants out; all in whole microseconds."""

from collections.abc import Iterable

from ticontact.hours._days import WorkingDayCount
from ticontact.tickets.sla._measure import Measure

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
