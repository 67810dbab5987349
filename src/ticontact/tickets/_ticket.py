"""A ticket: what its events add up to.

Theory of operation. `evolve` takes a ticket and its next event to the next ticket; `replay` does so from the first
event on. What changes with every step (state, version, instants) stands in the ticket itself, all else in its `Record`,
which is shared from step to step until one of its own events comes. So a step through the lifecycle makes one small
value.
"""

from collections.abc import Iterable

import attrs
import pendulum

from ticontact._time import from_epoch, zone_named
from ticontact.contacts import CaseRef, ContactRef
from ticontact.errors import BrokenHistory
from ticontact.priority import Priority
from ticontact.tickets import _events as events
from ticontact.tickets._category import Category
from ticontact.tickets._events import TicketEvent
from ticontact.tickets._record import Record, changed

__all__ = ["Ticket", "evolve", "replay"]


@attrs.frozen(weakref_slot=False)
class Ticket:
    """One concern of a citizen. It is made by its events alone, never by hand.

    Attributes:
        id: Its id.
        state: The state it is in.
        category: What that state means.
        version: The number of its last event; it guards concurrent writers.
        since: When it entered its state, in microseconds since 1970-01-01T00:00Z.
        changed: When its last event happened, in the same unit.
        record: All else that is known about it.
    """

    # By position, against the habit of the house: this one is made for every event, by `evolve`.
    id: str
    state: str
    category: Category
    version: int
    since: int = attrs.field(repr=False)
    changed: int = attrs.field(repr=False)
    record: Record = attrs.field(repr=False)

    @property
    def opened_at(self) -> pendulum.DateTime:
        """When it was opened, in UTC."""
        return from_epoch(self.record.opened, zone_named("UTC"))

    @property
    def since_at(self) -> pendulum.DateTime:
        """When it entered its state, in UTC."""
        return from_epoch(self.since, zone_named("UTC"))

    @property
    def priority(self) -> Priority:
        """How urgent it is."""
        return self.record.priority

    @property
    def queue(self) -> str:
        """The queue it belongs to; may be empty."""
        return self.record.queue

    @property
    def owner(self) -> str:
        """Who is in charge; empty if nobody is."""
        return self.record.owner

    @property
    def case(self) -> CaseRef | None:
        """The case it is about, if one is attached."""
        return self.record.case

    @property
    def contacts(self) -> tuple[ContactRef, ...]:
        """Every contact that reached the office in it."""
        return self.record.contacts

    @property
    def merged_into(self) -> str:
        """The ticket in which this one goes on; empty if it is itself."""
        return self.record.merged_into

    def linked(self, kind: str) -> tuple[str, ...]:
        """The ids of the tickets that it is linked to in this way."""
        return tuple(link.other for link in self.record.links if link.kind == kind)


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
    version = event.version
    if event.ticket != ticket.id or version != ticket.version + 1 or event.instant < ticket.changed:
        raise _broken(ticket, event)
    record = ticket.record
    if type(event) is events.Triggered:
        if record.elapsed or record.waits_until is not None:
            record = attrs.evolve(record, elapsed=frozenset(), waits_until=None)
        return Ticket(ticket.id, event.state, event.category, version, event.instant, event.instant, record)
    if type(event) is events.Transferred:
        record = changed(record, event)
        return Ticket(ticket.id, event.state, event.category, version, event.instant, event.instant, record)
    return Ticket(
        ticket.id, ticket.state, ticket.category, version, ticket.since, event.instant, changed(record, event)
    )


def _opened(event: TicketEvent) -> Ticket:
    if not isinstance(event, events.Opened) or event.version != 1:
        raise BrokenHistory(
            f"history of {event.ticket}: it begins with {type(event).__name__} of version {event.version};"
            " allowed: Opened of version 1",
            version=event.version,
        )
    record = Record(
        lifecycle=event.lifecycle,
        opened=event.instant,
        priority=event.priority,
        queue=event.queue,
        language=event.language,
        perhaps=event.perhaps,
    )
    return Ticket(event.ticket, event.state, event.category, 1, event.instant, event.instant, record)


def _broken(ticket: Ticket, event: TicketEvent) -> BrokenHistory:
    if event.ticket != ticket.id:
        problem, allowed = f"an event of {event.ticket} was given", "its own events"
    elif event.version != ticket.version + 1:
        problem, allowed = f"version {event.version} was given", f"version {ticket.version + 1}"
    else:
        problem, allowed = f"version {event.version} is older than the one before", "events in the order of time"
    return BrokenHistory(f"history of {ticket.id}: {problem}; allowed: {allowed}", version=event.version)
