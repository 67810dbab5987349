"""The end of a term that began at an instant: after elapsed time, after open time, or after working days.

Instants are whole microseconds since 1970-01-01T00:00Z. Timers and the reopening window count by it.
"""

from collections.abc import Mapping
from datetime import timedelta

from ticontact._time import Amount, microseconds
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.hours._working_days import WorkingDayCount
from ticontact.tickets._lifecycle.graph import Timer
from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["is_over", "term_end", "timer_end"]


def term_end(amount: Amount, calendar: OfficeCalendar | None, *, start: int) -> int:
    """The instant at which a term ends.

    Args:
        amount: How long it is. Working days end with the last window of the last of them.
        calendar: The calendar whose open time or days count; time as it passes if None. Working days have one.
        start: When it begins.

    Raises:
        NeverOpen: If the calendar stays closed for longer than its horizon.
    """
    if isinstance(amount, timedelta):
        length = microseconds(amount)
        return start + length if calendar is None else calendar.add_epoch(length, at=start)
    assert calendar is not None  # noqa: S101 - whoever states working days was asked for a calendar
    return WorkingDayCount(calendar=calendar).deadline(amount.days, start)


def is_over(amount: Amount | None, calendar: OfficeCalendar | None, *, start: int, at: int) -> bool:
    """Whether a term is over at an instant; at its very end it is not, and a term of None never is.

    Args:
        amount: How long it is.
        calendar: The calendar whose open time or days count; time as it passes if None. Working days have one.
        start: When it began.
        at: The instant.

    Raises:
        NeverOpen: If the calendar stays closed for longer than its horizon.
    """
    return amount is not None and at > term_end(amount, calendar, start=start)


def timer_end(timer: Timer, ticket: Ticket, calendars: Mapping[str, OfficeCalendar]) -> int | None:
    """When a timer goes off if the ticket stays as it is; None if it does not run in this stay, or has gone off.

    Args:
        timer: The timer.
        ticket: The ticket.
        calendars: The calendars by name.

    Raises:
        ConfigurationError: If it names a calendar that is not given.
        NeverOpen: If the calendar stays closed for longer than its horizon.
    """
    if ticket.state not in timer.states or timer.id in ticket.record.elapsed:
        return None
    if timer.after is None:
        return ticket.record.waits_until
    if timer.calendar and timer.calendar not in calendars:
        known = ", ".join(sorted(calendars)) or "none is given"
        raise ConfigurationError([Fault(f"timer {timer.id}.calendar", f"no calendar {timer.calendar!r}", known)])
    return term_end(timer.after, calendars.get(timer.calendar) if timer.calendar else None, start=ticket.since)
