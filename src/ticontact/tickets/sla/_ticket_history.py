"""What a ticket's history tells about time: when the citizen wrote, when the office answered, where the ticket was."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ticontact.tickets._category import Category
from ticontact.tickets._ticket.event_table import StateChange
from ticontact.tickets._ticket.fold import evolve
from ticontact.tickets._ticket.ticket import Ticket
from ticontact.tickets.events import Noted, Received, Replied, TicketEvent
from ticontact.tickets.sla._time_used import local_midnight

__all__ = ["Arrival", "Stay", "TicketHistory", "history_until"]


class Arrival(NamedTuple):
    """Something that came from the citizen.

    Attributes:
        since: When it reached the office.
        day: The day of receipt, where there was no clock time: then its clocks start with that day.
    """

    since: int
    day: date | None

    def start(self, zone: ZoneInfo) -> int:
        """When its clocks start."""
        return self.since if self.day is None else local_midnight(self.day, zone)


class Stay(NamedTuple):
    """A stay in a state: it lasts until the next one begins."""

    start: int
    state: str
    category: Category


@attrs.frozen(eq=False)
class TicketHistory:
    """A history up to an instant.

    Attributes:
        steps: Its events, each with the ticket after it.
        stays: Where it was, from its opening on.
    """

    steps: tuple[tuple[TicketEvent, Ticket], ...]
    stays: tuple[Stay, ...]

    @property
    def ticket(self) -> Ticket:
        """The ticket at the end."""
        return self.steps[-1][1]

    @property
    def opened(self) -> int:
        """When it was opened."""
        return self.steps[0][0].instant

    def said(self) -> Iterator[Arrival | int]:
        """What citizen and office said to one another, in order: arrivals, and the instants of answers by persons."""
        for event, _ in self.steps:
            match event:
                case Received(automatic=False):
                    yield Arrival(event.since, event.contact.received)
                case Replied(automatic=False):
                    yield event.instant

    def words_and_ends(self) -> Iterator[tuple[int, bool]]:
        """Each instant at which the office said something, or the ticket was done or opened again.

        Each is (instant, whether the ticket is done afterwards).
        """
        done = False
        for event, ticket in self.steps:
            said = isinstance(event, Replied) and not event.automatic
            said = said or (isinstance(event, Noted) and event.public)
            if said or ticket.category.is_done != done:
                done = ticket.category.is_done
                yield event.instant, done


def history_until(history: Iterable[TicketEvent], *, until: int) -> TicketHistory | None:
    """What a history tells up to an instant, that instant included; None if it had not begun.

    Raises:
        BrokenHistory: If they are not the events of one ticket in order.
    """
    events = tuple(event for event in history if event.instant <= until)
    if not events:
        return None
    steps: list[tuple[TicketEvent, Ticket]] = []
    stays: list[Stay] = []
    ticket: Ticket | None = None
    for event in events:
        ticket = evolve(ticket, event)
        steps.append((event, ticket))
        if isinstance(event, StateChange):
            stays.append(Stay(event.instant, event.state, event.category))
    return TicketHistory(tuple(steps), tuple(stays))
