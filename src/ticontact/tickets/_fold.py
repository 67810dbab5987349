"""What do the events of a ticket add up to?

Theory of operation. `evolve` takes a ticket and its next event to the next ticket; `replay` does so from the first
event on.
"""

from collections.abc import Iterable
from functools import lru_cache

import attrs

from ticontact.contacts import ContactRef
from ticontact.errors import BrokenHistory
from ticontact.priority import Priority
from ticontact.tickets import events
from ticontact.tickets._drafts import next_ticket
from ticontact.tickets._event_table import Record, changed
from ticontact.tickets._ticket import Ticket
from ticontact.tickets.events import TicketEvent

__all__ = ["evolve", "replay"]


def replay(history: Iterable[TicketEvent]) -> Ticket:
    """The ticket that a history adds up to.

    Args:
        history: The events of one ticket, from the first on.

    Raises:
        BrokenHistory: If there is none, or they are not the events of one ticket in their order.
    """
    ticket: Ticket | None = None
    for event in history:
        ticket = evolve(ticket, event)
    if ticket is None:
        raise BrokenHistory(
            "history: no event was given; allowed: the events of one ticket, from its opening on", version=0
        )
    return ticket


def evolve(ticket: Ticket | None, event: TicketEvent) -> Ticket:
    """The ticket after its next event.

    Args:
        ticket: The ticket before; None for its opening.
        event: What happened.

    Raises:
        BrokenHistory: If it is another ticket's event, not the next one, or older than the last.
    """
    if ticket is None:
        return _opened(event)
    version, instant = event.version, event.instant
    if event.ticket != ticket.id or version != ticket.version + 1 or instant < ticket.changed:
        raise _broken(ticket, event)
    record = ticket.record
    if type(event) is events.Triggered:
        if record.elapsed or record.waits_until is not None:
            record = attrs.evolve(record, elapsed=frozenset(), waits_until=None)
        return next_ticket(
            ticket, event.state, event.category, since=instant, changed=instant, contacts=ticket.contacts, record=record
        )
    if type(event) is events.Transferred:
        return next_ticket(
            ticket,
            event.state,
            event.category,
            since=instant,
            changed=instant,
            contacts=ticket.contacts,
            record=changed(record, event),
        )
    return next_ticket(
        ticket,
        ticket.state,
        ticket.category,
        since=ticket.since,
        changed=instant,
        contacts=_contacts(ticket, event),
        record=changed(record, event),
    )


def _contacts(ticket: Ticket, event: TicketEvent) -> tuple[ContactRef, ...]:
    if type(event) is events.Received:
        return (*ticket.contacts, event.contact)
    if type(event) is events.Absorbed:
        return ticket.contacts + event.contacts
    return ticket.contacts


def _opened(event: TicketEvent) -> Ticket:
    if not isinstance(event, events.Opened) or event.version != 1:
        raise BrokenHistory(
            f"history of {event.ticket}: it begins with {type(event).__name__} of version {event.version};"
            " allowed: Opened of version 1",
            version=event.version,
        )
    instant = event.instant
    record = _first_record(event.lifecycle, event.priority, event.queue, event.language, event.perhaps)
    return Ticket(event.ticket, event.state, event.category, 1, instant, instant, instant, (), record)


@lru_cache(maxsize=256)
def _first_record(lifecycle: str, priority: Priority, queue: str, language: str, perhaps: str) -> Record:
    """The record of a ticket that is just opened: one for all that are opened alike."""
    return Record(lifecycle=lifecycle, priority=priority, queue=queue, language=language, perhaps=perhaps)


def _broken(ticket: Ticket, event: TicketEvent) -> BrokenHistory:
    if event.ticket != ticket.id:
        problem, allowed = f"an event of {event.ticket} was given", "its own events"
    elif event.version != ticket.version + 1:
        problem, allowed = f"version {event.version} was given", f"version {ticket.version + 1}"
    else:
        problem, allowed = f"version {event.version} is older than the one before", "events in the order of time"
    return BrokenHistory(f"history of {ticket.id}: {problem}; allowed: {allowed}", version=event.version)
