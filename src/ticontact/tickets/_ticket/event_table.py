"""The table of ticket events: for each kind the command that leads to it, and what it makes of a ticket.

Theory of operation. A kind of event is its class (`events`), the class of its command (`commands`), and one row here.
The row says which command leads to it, how its fields come from the command, when the command is refused, on which
occasion the lifecycle may then fire a trigger, and what the event changes in the ticket. Deciding (`_lifecycle`),
folding (`fold`), and reading back go by this table alone; how a field is stored, and whether a redaction
takes it out, stands with its declaration. So a new kind of event needs its two classes and its row.

Three commands have no fields to copy, because the graph of the lifecycle decides what follows from them: to open a
ticket, to fire a trigger, and to let a timer go off. Their rows name the command, and `_lifecycle` has the rest.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from ticontact._frozen_map import FrozenMap
from ticontact.contacts import ContactRef
from ticontact.errors import BrokenHistory, HoursError
from ticontact.plain import kinds
from ticontact.tickets import commands, events
from ticontact.tickets._promise import Promise
from ticontact.tickets._ticket.absorbing import Absorb, Absorbed, Release, Released, Unmerge
from ticontact.tickets._ticket.instant_range import usable
from ticontact.tickets._ticket.refusal import RefusalReason
from ticontact.tickets._ticket.ticket import Link, Record, Ticket
from ticontact.tickets.commands import Command
from ticontact.tickets.events import TicketEvent

__all__ = ["ROWS", "EventRow", "StateChange", "arrival", "row_for", "row_of"]

StateChange = events.Opened | events.Transitioned | events.Transferred | events.Unmerged
"""The events that say in which state the ticket is now."""

Made = Callable[[Ticket, Any, int], object]
"""The value of an event's field, from the ticket, the command, and the instant of the command."""

Check = Callable[[Ticket, Any, object], RefusalReason | None]
"""Why a command is refused, from the ticket, the command, and the lifecycle that is asked; None if it is not."""


@attrs.frozen(kw_only=True, eq=False)
class EventRow:
    """A kind of event.

    Attributes:
        event: Its class.
        command: The class of the command that leads to it; None if none does.
        fields: For each field of the event that is copied from the command, the command's field.
        made: For each field that is worked out, how.
        refused: Why the command is refused, if it is.
        when_merged: Whether the command is accepted by a ticket that was merged into another.
        occasion: The occasion on which the lifecycle may fire a trigger; an automatic event is none.
        must: Whether the command is refused if that trigger is not possible.
        owes: Whether the office then owes something: a ticket that is over, and is not opened again by that trigger,
            refuses it, so that nothing is swallowed.
        changes: The fields of the record that the event changes; None if it changes none.
        contacts: The contacts of the ticket after it, from those before; None if they stay.
    """

    event: type[TicketEvent]
    command: type[Command] | None = None
    fields: Mapping[str, str] = attrs.field(factory=dict)
    made: Mapping[str, Made] = attrs.field(factory=dict)
    refused: Check | None = None
    when_merged: bool = False
    occasion: str = ""
    must: bool = False
    owes: bool = False
    changes: Callable[[Record, Any], dict[str, Any]] | None = None
    contacts: Callable[[tuple[ContactRef, ...], Any], tuple[ContactRef, ...]] | None = None

    def happened(self, ticket: Ticket, command: Command, *, instant: int, by: str) -> TicketEvent:
        """The event that a command leads to, the next one of the ticket.

        Args:
            ticket: The ticket before.
            command: What was asked.
            instant: When, in microseconds since 1970-01-01T00:00Z.
            by: The id of who asked.
        """
        values: dict[str, Any] = {
            "ticket": ticket.id,
            "version": ticket.version + 1,
            "instant": instant,
            "by": by,
            "reason": command.reason,
        }
        for field, source in self.fields.items():
            values[field] = getattr(command, source)
        for field, make in self.made.items():
            values[field] = make(ticket, command, instant)
        return self.event(**values)

    def changed(self, record: Record, event: TicketEvent) -> Record:
        """The record after the event: the same one if nothing in it changes."""
        if self.changes is None:
            return record
        changes = self.changes(record, event)
        return attrs.evolve(record, **changes) if changes else record


def _same(*names: str, **others: str) -> dict[str, str]:
    """The fields of an event that are called as in the command, and those that are not."""
    return {**dict(zip(names, names, strict=True)), **others}


def _instant(name: str) -> Made:
    """A field that holds an instant, from one that holds a datetime."""
    return lambda _ticket, command, _instant: usable(getattr(command, name), name=name)


def arrival(since: datetime | None, instant: int) -> int:
    """When something reached the office: at the instant of the command, or before.

    Args:
        since: When, as the command says; at its instant if None.
        instant: The instant of the command, in microseconds since 1970-01-01T00:00Z.

    Raises:
        NaiveTime: If it has no zone.
        HoursError: If it is later than the command, or out of all reason.
    """
    arrived = instant if since is None else usable(since, name="since")
    if arrived > instant:
        raise HoursError("since: later than the command; allowed: its instant or before", given=since, field="since")
    return arrived


def _itself(ticket: Ticket, command: commands.LinkTo | commands.MergeInto, _lifecycle: object) -> RefusalReason | None:
    return RefusalReason.ITSELF if command.other == ticket.id else None


def _merged_or_done(ticket: Ticket, command: commands.MergeInto, lifecycle: object) -> RefusalReason | None:
    return _itself(ticket, command, lifecycle) or (RefusalReason.DONE if ticket.category.is_done else None)


def _unmapped(ticket: Ticket, command: commands.TransferTo, lifecycle: object) -> RefusalReason | None:
    mapped = command.by_map.source is lifecycle and command.by_map.entered(ticket.state) is not None
    return None if mapped else RefusalReason.UNMAPPED


def _entered(place: int) -> Made:
    """What a ticket that is transferred enters: the lifecycle, its state, or the category of that."""

    def made(ticket: Ticket, command: commands.TransferTo, _instant: int) -> object:
        there = command.by_map.entered(ticket.state)
        assert there is not None  # noqa: S101 - or else the command is refused
        return there[place]

    return made


def _has_promise(ticket: Ticket, name: str) -> bool:
    return any(promise.id == name and promise.ended_instant is None for promise in ticket.record.promises)


def _promised_already(ticket: Ticket, command: commands.GivePromise, _lifecycle: object) -> RefusalReason | None:
    return RefusalReason.PROMISE if _has_promise(ticket, command.id) else None


def _not_promised(ticket: Ticket, command: commands.EndPromise, _lifecycle: object) -> RefusalReason | None:
    return None if _has_promise(ticket, command.id) else RefusalReason.PROMISE


def _fields_set(record: Record, event: events.FieldsSet) -> dict[str, Any]:
    merged = {**record.fields, **event.fields}
    return {"fields": FrozenMap({name: value for name, value in merged.items() if value is not None})}


def _linked(record: Record, event: events.Linked) -> dict[str, Any]:
    link = Link(event.kind, event.other)
    return {} if link in record.links else {"links": (*record.links, link)}


def _unlinked(record: Record, event: events.Unlinked) -> dict[str, Any]:
    gone = Link(event.kind, event.other)
    return {"links": tuple(link for link in record.links if link != gone)}


def _promised(record: Record, event: events.Promised) -> dict[str, Any]:
    promise = Promise(
        id=event.promise,
        who=event.who,
        what=event.what,
        given_instant=event.instant,
        due_instant=event.due,
        fallback=event.fallback,
        about=event.about,
    )
    return {"promises": (*record.promises, promise)}


def _promise_ended(record: Record, event: events.PromiseEnded) -> dict[str, Any]:
    ended = [
        attrs.evolve(each, ended_instant=event.instant, withdrawn=event.withdrawn)
        if each.id == event.promise and each.ended_instant is None
        else each
        for each in record.promises
    ]
    return {"promises": tuple(ended)}


def _not_merged(ticket: Ticket, command: Unmerge, _lifecycle: object) -> RefusalReason | None:
    return None if ticket.record.merged_into == command.other else RefusalReason.NOT_MERGED


def _unmerged(record: Record, event: events.Unmerged) -> dict[str, Any]:
    return {
        "merged_into": "",
        "promises": (*record.promises, *event.promises),
        "elapsed": frozenset(),
        "waits_until": None,
    }


def _taken_over(ticket: Ticket, command: Absorb, _instant: int) -> tuple[Promise, ...]:
    """The promises of the other ticket, each under a name that this one does not have yet."""
    names = {promise.id for promise in ticket.record.promises}
    taken: list[Promise] = []
    for promise in command.promises:
        name = promise.id
        while name in names:
            name = f"{name}@{command.other}"
        names.add(name)
        taken.append(attrs.evolve(promise, id=name))
    return tuple(taken)


def _absorbed(record: Record, event: Absorbed) -> dict[str, Any]:
    own = () if record.case is None else (record.case,)
    cases = tuple(dict.fromkeys((*own, *record.further_cases, *event.cases)))
    itself = {event.ticket, *record.absorbed, *event.absorbed}
    # A link of the other one to this one would lead from the ticket to itself.
    links = [link for link in event.links if link.other not in itself]
    return {
        "case": next(iter(cases), None),
        "further_cases": cases[1:],
        "tags": record.tags | event.tags,
        "links": tuple(dict.fromkeys((*record.links, *links))),
        "promises": (*record.promises, *event.promises),
        "absorbed": (*record.absorbed, *event.absorbed),
    }


def _released(record: Record, event: Released) -> dict[str, Any]:
    gone = {(promise.id, promise.given_instant) for promise in event.promises}
    cases = [each for each in (record.case, *record.further_cases) if each is not None and each not in event.cases]
    return {
        "case": next(iter(cases), None),
        "further_cases": tuple(cases[1:]),
        "tags": record.tags - event.tags,
        "links": tuple(link for link in record.links if link not in event.links),
        "promises": tuple(each for each in record.promises if (each.id, each.given_instant) not in gone),
        "absorbed": tuple(each for each in record.absorbed if each not in event.tickets),
    }


ROWS: Final = (
    # The life of a ticket: where it is. What follows from the first three commands the graph of the lifecycle decides.
    EventRow(event=events.Opened, command=commands.OpenTicket),
    EventRow(
        event=events.Transitioned,
        command=commands.FireTrigger,
        changes=lambda record, _: (
            {"elapsed": frozenset(), "waits_until": None} if record.elapsed or record.waits_until is not None else {}
        ),
    ),
    EventRow(
        event=events.TimerFired,
        command=commands.FireTimer,
        changes=lambda record, event: {"elapsed": record.elapsed | {event.timer}},
    ),
    EventRow(
        event=events.WaitsUntil,
        command=commands.WaitUntil,
        made={"until": lambda _, command, __: None if command.until is None else usable(command.until, name="until")},
        changes=lambda _, event: {"waits_until": event.until},
    ),
    EventRow(
        event=events.Transferred,
        command=commands.TransferTo,
        refused=_unmapped,
        fields=_same("queue"),
        made={
            "lifecycle": _entered(0),
            "state": _entered(1),
            "category": _entered(2),
        },
        changes=lambda _, event: {
            "lifecycle": event.lifecycle,
            "queue": event.queue,
            "owner": "",
            "hand_over": None,
            "elapsed": frozenset(),
            "waits_until": None,
        },
    ),
    # What is said.
    EventRow(
        event=events.Received,
        command=commands.Receive,
        fields=_same("contact"),
        made={
            "since": lambda _, command, instant: arrival(command.since, instant),
            "automatic": lambda _, command, __: command.automatic or command.courtesy,
        },
        occasion="received",
        owes=True,
        contacts=lambda before, event: (*before, event.contact),
    ),
    EventRow(
        event=events.Replied,
        command=commands.Reply,
        fields=_same("contact", "automatic"),
        occasion="replied",
    ),
    EventRow(event=events.Noted, command=commands.Note, fields=_same("text", "public", "about"), when_merged=True),
    EventRow(
        event=events.Promised,
        command=commands.GivePromise,
        refused=_promised_already,
        fields=_same("who", "what", "fallback", "about", promise="id"),
        made={"due": _instant("due")},
        changes=_promised,
    ),
    EventRow(
        event=events.PromiseEnded,
        command=commands.EndPromise,
        refused=_not_promised,
        fields=_same("withdrawn", promise="id"),
        changes=_promise_ended,
    ),
    # Who is in charge, and of what.
    EventRow(
        event=events.Assigned,
        command=commands.Assign,
        fields=_same("owner"),
        changes=lambda _, event: {"owner": event.owner},
    ),
    EventRow(
        event=events.HandedOver,
        command=commands.HandOverTo,
        fields=_same("hand_over", "to"),
        occasion="handed_over",
        must=True,
        changes=lambda record, event: {
            "hand_over": event.hand_over,
            "owner": event.to,
            "case": event.hand_over.case or record.case,
        },
    ),
    EventRow(
        event=events.HandedBack,
        command=commands.HandBack,
        occasion="handed_back",
        must=True,
        changes=lambda _, __: {"hand_over": None, "owner": ""},
    ),
    EventRow(
        event=events.Prioritised,
        command=commands.Prioritise,
        fields=_same("priority", "impact", "urgency"),
        changes=lambda _, event: {"priority": event.priority},
    ),
    EventRow(
        event=events.CaseAttached,
        command=commands.AttachCase,
        fields=_same("case"),
        changes=lambda _, event: {"case": event.case},
    ),
    EventRow(
        event=events.Tagged,
        command=commands.Tag,
        fields=_same(added="add", removed="remove"),
        changes=lambda record, event: {"tags": (record.tags | event.added) - event.removed},
    ),
    EventRow(
        event=events.FieldsSet,
        command=commands.SetFields,
        made={"fields": lambda _, command, __: dict(command.fields)},
        changes=_fields_set,
    ),
    EventRow(
        event=events.QueueSet,
        command=commands.SetQueue,
        fields=_same("queue"),
        changes=lambda _, event: {"queue": event.queue},
    ),
    # Other tickets.
    EventRow(
        event=events.Linked,
        command=commands.LinkTo,
        refused=_itself,
        fields=_same("kind", "other"),
        when_merged=True,
        changes=_linked,
    ),
    EventRow(
        event=events.Unlinked,
        command=commands.Unlink,
        fields=_same("kind", "other"),
        when_merged=True,
        changes=_unlinked,
    ),
    EventRow(
        event=events.Merged,
        command=commands.MergeInto,
        refused=_merged_or_done,
        fields=_same(into="other"),
        occasion="merged",
        # What is still promised is promised in the other ticket from now on.
        changes=lambda record, event: {
            "merged_into": event.into,
            "promises": tuple(promise for promise in record.promises if not promise.is_open),
        },
    ),
    EventRow(
        event=Absorbed,
        command=Absorb,  # after `MergeInto` has been accepted on the other side, which refuses a ticket itself
        fields=_same("other", "contacts", "history", "cases", "tags", "links", "absorbed"),
        made={"promises": _taken_over},
        occasion="received",
        owes=True,
        changes=_absorbed,
        contacts=lambda before, event: (*before, *event.contacts),
    ),
    EventRow(
        event=Released,
        command=Release,
        fields=_same("other", "contacts", "promises", "tickets", "cases", "tags", "links"),
        changes=_released,
        contacts=lambda before, event: tuple(each for each in before if each.id not in event.contacts),
    ),
    EventRow(
        event=events.Unmerged,
        command=Unmerge,
        refused=_not_merged,
        fields=_same("other", "state", "category", "promises"),
        when_merged=True,
        changes=_unmerged,
    ),
    # What is taken out again.
    EventRow(event=events.Redacted),
)
"""Every kind of event, in the order in which a reader meets them."""

_AFTER_THE_OPENING: Final = {row.event: row for row in ROWS if row.event is not events.Opened}
_BY_COMMAND: Final = {row.command: row for row in ROWS if row.command is not None}


def row_for(command: Command) -> EventRow | None:
    """The row of a command; None if it is none. A department's own kind of a command is that command."""
    return next((_BY_COMMAND[kind] for kind in type(command).__mro__ if kind in _BY_COMMAND), None)


def row_of(event: TicketEvent) -> EventRow:
    """The row of an event that follows the opening.

    Raises:
        BrokenHistory: If no such event can follow it.
    """
    row = _AFTER_THE_OPENING.get(type(event))
    if row is None:
        known = sorted(kind.__name__ for kind in _AFTER_THE_OPENING)
        raise BrokenHistory(
            f"history of {event.ticket}: version {event.version} is a {type(event).__name__};"
            f" allowed after the opening: {', '.join(known)}",
            version=event.version,
        )
    return row


kinds(TicketEvent, *(row.event for row in ROWS))
