"""The timers of a ticket that are due, and the next one."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import attrs
import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.plain import checked
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets._lifecycle.term import timer_end
from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["DueTimer", "due_timers", "next_timer"]

_NO_CALENDARS: Final[Mapping[str, OfficeCalendar]] = {}


@attrs.frozen(order=True, field_transformer=checked)
class DueTimer:
    """A timer that goes off.

    Attributes:
        instant: When, in microseconds since 1970-01-01T00:00Z.
        timer: Its id, for the command `FireTimer`.
    """

    instant: int
    timer: str

    @property
    def at(self) -> pendulum.DateTime:
        """When, in UTC."""
        return from_epoch(self.instant, zone_named("UTC"))


def due_timers(
    lifecycle: Lifecycle, ticket: Ticket, *, at: datetime, calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS
) -> tuple[DueTimer, ...]:
    """The timers that are due at an instant or before, the earliest first.

    Args:
        lifecycle: The lifecycle of the ticket.
        ticket: The ticket.
        at: The instant; a timer is due at its very instant.
        calendars: The calendars that timers name, beside those that the lifecycle has.

    Raises:
        NaiveTime: If the instant has no zone.
        ConfigurationError: If a timer names a calendar that is not given.
        NeverOpen: If that calendar stays closed for longer than its horizon.
    """
    asked = to_epoch(at)
    return tuple(sorted(due for due in _running(lifecycle, ticket, calendars) if due.instant <= asked))


def next_timer(
    lifecycle: Lifecycle, ticket: Ticket, *, calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS
) -> DueTimer | None:
    """The timer that goes off next if the ticket stays as it is; None if none runs.

    Raises:
        ConfigurationError: If a timer names a calendar that is not given.
        NeverOpen: If that calendar stays closed for longer than its horizon.
    """
    return min(_running(lifecycle, ticket, calendars), default=None)


def _running(lifecycle: Lifecycle, ticket: Ticket, calendars: Mapping[str, OfficeCalendar]) -> Iterator[DueTimer]:
    named = {**lifecycle.calendars, **calendars}
    for timer in lifecycle.timers:
        instant = timer_end(timer, ticket, named)
        if instant is not None:
            yield DueTimer(instant, timer.id)
