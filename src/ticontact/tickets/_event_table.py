"""What tickets say beside their state, their instants and their contacts, and how each event changes it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from ticontact.contacts import CaseRef, HandOver
from ticontact.errors import BrokenHistory
from ticontact.priority import Priority
from ticontact.tickets import events
from ticontact.tickets._promise import Promise
from ticontact.tickets.events import TicketEvent

__all__ = ["Link", "Record", "changed"]

_NO_FIELDS: Final[Mapping[str, object]] = MappingProxyType({})
_NONE: Final[frozenset[str]] = frozenset()


@attrs.frozen
class Link:
    """A tie to another ticket.

    Attributes:
        kind: `parent`, `child`, `duplicate_of`, `follow_up_of`, `split_from`, `split_into`, or the department's own.
        other: The id of the other ticket.
    """

    kind: str
    other: str


@attrs.frozen(kw_only=True, weakref_slot=False)
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
        perhaps: A ticket that it may continue, for a person to decide; may be empty.
        waits_until: Until when it waits, in microseconds since 1970-01-01T00:00Z; None if no instant was set.
        elapsed: The timers that went off in this stay in the state.
        fields: The department's own fields.
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
    perhaps: str = ""
    waits_until: int | None = None
    elapsed: frozenset[str] = _NONE
    fields: Mapping[str, object] = attrs.field(default=_NO_FIELDS, repr=False)


def changed(record: Record, event: TicketEvent) -> Record:
    """The record after an event.

    Args:
        record: The record before.
        event: What happened.

    Raises:
        BrokenHistory: If no such event can follow the opening.
    """
    change = _CHANGES.get(type(event))
    if change is None:
        raise BrokenHistory(
            f"history of {event.ticket}: version {event.version} is a {type(event).__name__};"
            f" allowed after the opening: {', '.join(sorted(kind.__name__ for kind in _CHANGES))}",
            version=event.version,
        )
    return change(record, event)


def _unchanged(record: Record, _event: TicketEvent) -> Record:
    return record


def _assigned(record: Record, event: events.Assigned) -> Record:
    return attrs.evolve(record, owner=event.owner)


def _prioritised(record: Record, event: events.Prioritised) -> Record:
    return attrs.evolve(record, priority=event.priority)


def _tagged(record: Record, event: events.Tagged) -> Record:
    return attrs.evolve(record, tags=(record.tags | event.added) - event.removed)


def _fields_set(record: Record, event: events.FieldsSet) -> Record:
    merged = {**record.fields, **event.fields}
    return attrs.evolve(
        record, fields=MappingProxyType({name: value for name, value in merged.items() if value is not None})
    )


def _case_attached(record: Record, event: events.CaseAttached) -> Record:
    return attrs.evolve(record, case=event.case)


def _handed_over(record: Record, event: events.HandedOver) -> Record:
    return attrs.evolve(record, hand_over=event.hand_over, owner=event.to, case=event.hand_over.case or record.case)


def _handed_back(record: Record, _event: events.HandedBack) -> Record:
    return attrs.evolve(record, hand_over=None, owner="")


def _transferred(record: Record, event: events.Transferred) -> Record:
    return attrs.evolve(
        record, lifecycle=event.lifecycle, queue=event.queue, owner="", hand_over=None, elapsed=_NONE, waits_until=None
    )


def _linked(record: Record, event: events.Linked) -> Record:
    link = Link(event.kind, event.other)
    return record if link in record.links else attrs.evolve(record, links=(*record.links, link))


def _unlinked(record: Record, event: events.Unlinked) -> Record:
    gone = Link(event.kind, event.other)
    return attrs.evolve(record, links=tuple(link for link in record.links if link != gone))


def _merged(record: Record, event: events.Merged) -> Record:
    return attrs.evolve(record, merged_into=event.into)


def _promised(record: Record, event: events.Promised) -> Record:
    promise = Promise(
        id=event.promise,
        who=event.who,
        what=event.what,
        given_instant=event.instant,
        due_instant=event.due,
        fallback=event.fallback,
    )
    return attrs.evolve(record, promises=(*record.promises, promise))


def _promise_ended(record: Record, event: events.PromiseEnded) -> Record:
    return attrs.evolve(
        record,
        promises=tuple(
            attrs.evolve(each, ended_instant=event.instant, withdrawn=event.withdrawn)
            if each.id == event.promise and each.ended_instant is None
            else each
            for each in record.promises
        ),
    )


def _waits_until(record: Record, event: events.WaitsUntil) -> Record:
    return attrs.evolve(record, waits_until=event.until)


def _timer_elapsed(record: Record, event: events.TimerElapsed) -> Record:
    return attrs.evolve(record, elapsed=record.elapsed | {event.timer})


_CHANGES: Final[Mapping[type[TicketEvent], Callable[[Record, Any], Record]]] = {
    events.Absorbed: _unchanged,
    events.Assigned: _assigned,
    events.CaseAttached: _case_attached,
    events.FieldsSet: _fields_set,
    events.HandedBack: _handed_back,
    events.HandedOver: _handed_over,
    events.Linked: _linked,
    events.Merged: _merged,
    events.Noted: _unchanged,
    events.Prioritised: _prioritised,
    events.PromiseEnded: _promise_ended,
    events.Promised: _promised,
    events.Received: _unchanged,
    events.Redacted: _unchanged,
    events.Replied: _unchanged,
    events.Tagged: _tagged,
    events.TimerElapsed: _timer_elapsed,
    events.Transferred: _transferred,
    events.Unlinked: _unlinked,
    events.WaitsUntil: _waits_until,
}
