"""When does a term end that began at an instant: after elapsed time, after open time, or after working days?"""

from datetime import timedelta

from ticontact._time import Amount, microseconds
from ticontact.tickets._measure import ELAPSED
from ticontact.tickets._succession import OfficeCalendar
from ticontact.tickets._used import last_working_day
from ticontact.tickets._workdays import Workdays

__all__ = ["term_end"]


def term_end(amount: Amount, calendar: OfficeCalendar | None, *, start: int) -> int:
    """The instant at which a term ends, in microseconds since 1970-01-01T00:00Z, as its start.

    Args:
        amount: How long it is. Working days end with the last window of the last of them.
        calendar: The calendar whose open time or days count; time as it passes if None. Working days have one.
        start: When it begins.

    Raises:
        NeverOpen: If the calendar stays closed for longer than its horizon.
    """
    if isinstance(amount, timedelta):
        return (ELAPSED if calendar is None else calendar).add_epoch(microseconds(amount), at=start)
    assert calendar is not None  # noqa: S101 - whoever states working days was asked for a calendar
    end = last_working_day(((start, None),), Workdays(calendar=calendar), amount.days, begin=start)
    assert end is not None  # noqa: S101 - a stretch without an end uses up any number of days
    return end
