"""The fold: what the events of a ticket add up to.

Theory of operation. `evolve` takes a ticket and its next event to the next ticket; `replay` does so from the first
event on. What a kind of event changes stands in its row of the event table.
"""

from collections.abc import Iterable
from functools import lru_cache

from ticontact.errors import BrokenHistory
from ticontact.priority import Priority
from ticontact.tickets._ticket.drafts import next_ticket
from ticontact.tickets._ticket.event_table import StateChange, row_of
from ticontact.tickets._ticket.ticket import Record, Ticket
from ticontact.tickets.events import Opened, TicketEvent, Transitioned

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
    if type(event) is Transitioned and not record.elapsed and record.waits_until is None:
        # The frequent one, on the shortest way: its row would change nothing, since no timer has left anything.
        return next_ticket(
            ticket, event.state, event.category, since=instant, changed=instant, contacts=ticket.contacts, record=record
        )
    row = row_of(event)
    record = row.changed(record, event)
    contacts = ticket.contacts if row.contacts is None else row.contacts(ticket.contacts, event)
    if isinstance(event, StateChange):
        return next_ticket(
            ticket, event.state, event.category, since=instant, changed=instant, contacts=contacts, record=record
        )
    return next_ticket(
        ticket, ticket.state, ticket.category, since=ticket.since, changed=instant, contacts=contacts, record=record
    )


def _opened(event: TicketEvent) -> Ticket:
    if not isinstance(event, Opened) or event.version != 1:
        raise BrokenHistory(
            f"history of {event.ticket}: it begins with {type(event).__name__} of version {event.version};"
            " allowed: Opened of version 1",
            version=event.version,
        )
    instant = event.instant
    record = _first_record(event.lifecycle, event.priority, event.queue, event.language, event.possible_duplicate_of)
    return Ticket(event.ticket, event.state, event.category, 1, instant, instant, instant, (), record)


@lru_cache(maxsize=256)
def _first_record(lifecycle: str, priority: Priority, queue: str, language: str, possible_duplicate_of: str) -> Record:
    """The record of a ticket that is just opened: one for all that are opened alike."""
    return Record(
        lifecycle=lifecycle,
        priority=priority,
        queue=queue,
        language=language,
        possible_duplicate_of=possible_duplicate_of,
    )


def _broken(ticket: Ticket, event: TicketEvent) -> BrokenHistory:
    if event.ticket != ticket.id:
        problem, allowed = f"an event of {event.ticket} was given", "its own events"
    elif event.version != ticket.version + 1:
        problem, allowed = f"version {event.version} was given", f"version {ticket.version + 1}"
    else:
        problem, allowed = f"version {event.version} is older than the one before", "events in the order of time"
    return BrokenHistory(f"history of {ticket.id}: {problem}; allowed: {allowed}", version=event.version)
