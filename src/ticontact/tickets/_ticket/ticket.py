"""A ticket, and what a command makes of it.

Theory of operation. What is a ticket's own (its state, its instants, its contacts) stands in the ticket itself; all
else stands in its `Record`, which is shared: from step to step until one of its own events comes, and among all tickets
that were opened alike. So a step through the lifecycle makes one small value, and so does a new ticket.
"""

from collections.abc import Mapping
from typing import Final

import attrs
import pendulum

from ticontact._frozen_map import FrozenMap
from ticontact._time import from_epoch, zone_named
from ticontact.contacts import CaseRef, ContactRef, HandOver
from ticontact.plain import checked
from ticontact.priority import Priority
from ticontact.tickets._category import Category
from ticontact.tickets._promise import Promise
from ticontact.tickets.events import TicketEvent

__all__ = ["CommandResult", "Link", "Record", "Ticket"]

_NO_FIELDS: Final[Mapping[str, object]] = FrozenMap()
_NONE: Final[frozenset[str]] = frozenset()


@attrs.frozen(field_transformer=checked)
class Link:
    """A tie to another ticket.

    Attributes:
        kind: `parent`, `child`, `duplicate_of`, `follow_up_of`, `split_from`, `split_into`, or the department's own.
        other: The id of the other ticket.
    """

    kind: str
    other: str


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Record:
    """What a ticket says beside its state, its instants and its contacts; tickets that say the same may share one.

    Attributes:
        lifecycle: The name of the lifecycle it follows.
        priority: How urgent it is.
        queue: The queue it belongs to; may be empty.
        language: The language of the citizen; may be empty.
        owner: Who is in charge; empty if nobody is.
        case: The case it is about, if one is attached.
        hand_over: What the first level told the official, while the ticket is with one.
        tags: The department's tags.
        links: The ties to other tickets.
        promises: What was promised, kept or not.
        merged_into: The ticket in which this one goes on; empty if it is itself.
        possible_duplicate_of: A ticket that it may continue, for a person to decide; may be empty.
        waits_until: Until when it waits, in microseconds since 1970-01-01T00:00Z; None if no instant was set.
        elapsed: The timers that went off in this stay in the state.
        fields: The department's own fields.
        further_cases: The cases of tickets that were merged into this one, beside its own.
        absorbed: The ids of the tickets that go on in this one, at first or second hand.
    """

    lifecycle: str
    priority: Priority
    queue: str
    language: str
    owner: str = ""
    case: CaseRef | None = None
    hand_over: HandOver | None = None
    tags: frozenset[str] = _NONE
    links: tuple[Link, ...] = ()
    promises: tuple[Promise, ...] = ()
    merged_into: str = ""
    possible_duplicate_of: str = ""
    waits_until: int | None = None
    elapsed: frozenset[str] = _NONE
    fields: Mapping[str, object] = attrs.field(default=_NO_FIELDS, repr=False)
    further_cases: tuple[CaseRef, ...] = ()
    absorbed: tuple[str, ...] = ()


@attrs.frozen(weakref_slot=False, field_transformer=checked)
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
    def cases(self) -> tuple[CaseRef, ...]:
        """Every case it is about: the one that is attached, then those of the tickets that were merged into it."""
        case = self.record.case
        return self.record.further_cases if case is None else (case, *self.record.further_cases)

    @property
    def merged_into(self) -> str:
        """The ticket in which this one goes on; empty if it is itself."""
        return self.record.merged_into

    def linked(self, kind: str) -> tuple[str, ...]:
        """The ids of the tickets that it is linked to in this way."""
        return tuple(link.other for link in self.record.links if link.kind == kind)


@attrs.frozen(weakref_slot=False, field_transformer=checked)
class CommandResult:
    """A ticket after a command, and what happened.

    Attributes:
        ticket: The ticket now.
        events: What happened, to be stored.
    """

    ticket: Ticket
    events: tuple[TicketEvent, ...]
