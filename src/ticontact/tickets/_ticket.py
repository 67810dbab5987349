"""A ticket, and what a command makes of it.

Theory of operation. What is a ticket's own (its state, its instants, its contacts) stands in the ticket itself; all
else stands in its `Record`, which is shared: from step to step until one of its own events comes, and among all tickets
that were opened alike. So a step through the lifecycle makes one small value, and so does a new ticket.
"""

import attrs
import pendulum

from ticontact._time import from_epoch, zone_named
from ticontact.contacts import CaseRef, ContactRef
from ticontact.priority import Priority
from ticontact.tickets._category import Category
from ticontact.tickets._event_table import Record
from ticontact.tickets.events import TicketEvent

__all__ = ["Applied", "Ticket"]


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
        opened: When it was opened, in the same unit.
        contacts: Every contact that reached the office in it.
        record: All else that is known about it.
    """

    # By position, against the habit of the house: this one is made for every event, by `evolve`.
    id: str
    state: str
    category: Category
    version: int
    since: int = attrs.field(repr=False)
    changed: int = attrs.field(repr=False)
    opened: int = attrs.field(repr=False)
    contacts: tuple[ContactRef, ...] = attrs.field(repr=False)
    record: Record = attrs.field(repr=False)

    @property
    def opened_at(self) -> pendulum.DateTime:
        """When it was opened, in UTC."""
        return from_epoch(self.opened, zone_named("UTC"))

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
    def merged_into(self) -> str:
        """The ticket in which this one goes on; empty if it is itself."""
        return self.record.merged_into

    def linked(self, kind: str) -> tuple[str, ...]:
        """The ids of the tickets that it is linked to in this way."""
        return tuple(link.other for link in self.record.links if link.kind == kind)


@attrs.frozen(weakref_slot=False)
class Applied:
    """A ticket after a command, and what happened.

    Attributes:
        ticket: The ticket now.
        events: What happened, to be stored.
    """

    ticket: Ticket
    events: tuple[TicketEvent, ...]
