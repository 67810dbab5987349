"""On which day does a count of days end? Nothing but dates, suspensions and days off.

Theory of operation. A term runs on the days that lie outside every suspension. Weekends and holidays inside it count
like any other day (art. 5 of the European Convention of 16 May 1972), so a term in days is found by jumping from one
suspension to the next: before each there are some running days, and the term ends in the first such gap that has room
for what is left of it. Only afterwards is the day moved that falls on a weekend or a holiday. Terms in working days
are counted day by day, since every holiday matters to them.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from ticontact.hours.terms._term_suspension import TermSuspension, covering, spans_from

__all__ = ["first_running_day", "month_end", "next_working_day", "running_end", "working_end"]

_DAY: Final = timedelta(days=1)
_MONTHS_A_YEAR: Final = 12

DayOff = Callable[[date], bool]


def first_running_day(day: date, suspensions: Sequence[TermSuspension]) -> date:
    """The day itself, or the first one after the suspension it lies in."""
    return running_end(day, 1, suspensions)


def running_end(first: date, days: int, suspensions: Sequence[TermSuspension]) -> date:
    """The day on which so many running days are over.

    Args:
        first: The first day that may count.
        days: How many; at least one.
        suspensions: When terms do not run.
    """
    day, left = first, days
    for span in spans_from(first, suspensions):
        room = (span.first - day).days
        if left <= room:
            break
        left -= max(room, 0)
        day = max(day, span.last + _DAY)
    return day + (left - 1) * _DAY


def working_end(first: date, days: int, suspensions: Sequence[TermSuspension], is_off: DayOff) -> date:
    """The day on which so many working days are over, none of them in a suspension."""
    day = first - _DAY
    while days:
        day += _DAY
        if not is_off(day) and covering(day, suspensions) is None:
            days -= 1
    return day


def month_end(number_of: date, months: int) -> date:
    """The day with the same number some months later; the last of that month where there is none."""
    years, month = divmod(number_of.month - 1 + months, _MONTHS_A_YEAR)
    year = number_of.year + years
    return date(year, month + 1, min(number_of.day, monthrange(year, month + 1)[1]))


def next_working_day(day: date, is_off: DayOff) -> date:
    """The day itself, or the first one after it that is no day off."""
    while is_off(day):
        day += _DAY
    return day
