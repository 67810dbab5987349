"""Redaction and access: what of a history is whose, and personal content taken out so that what happened still shows.

Theory of operation. What concerns a person is found by contacts: identity resolution says which contacts are theirs. A
message or an answer belongs to its contact, so does a note or a promise that says what it is about; all else belongs to
the persons whose contacts are in the ticket at that time. While these are one person's alone, all is theirs. Once a
merge has brought two persons' contacts together, what belongs to the ticket as a whole is told without its words, and
what could name the other one (a case, a link, a hand-over, a field) is not told at all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from ticontact._time import to_epoch
from ticontact.contacts import HandOver
from ticontact.tickets import events
from ticontact.tickets._promise import Promise
from ticontact.tickets._ticket.absorbing import Absorbed, Released, part_for_clocks
from ticontact.tickets._ticket.fold import replay
from ticontact.tickets.events import Redacted, TicketEvent

__all__ = ["REDACTED", "events_about", "redact"]

REDACTED: Final = "[redacted]"
"""What stands where something was taken out."""

_OF_THE_TICKET: Final = (
    events.Assigned,
    events.Merged,
    events.Noted,
    events.Opened,
    events.Prioritised,
    events.QueueSet,
    events.Replied,
    events.TimerFired,
    events.Transferred,
    events.Transitioned,
    events.Unmerged,
    events.WaitsUntil,
)
"""What says what became of a ticket of two persons, and without its words names neither."""


def redact(
    history: Iterable[TicketEvent],
    *,
    at: datetime,
    by: str,
    reason: str,
    versions: Collection[int] | None = None,
    contacts: Collection[str] | None = None,
) -> tuple[TicketEvent, ...]:
    """The history without its free text, and with one event more that says so.

    Notes, summaries, promises' wording, the department's fields and free reasons are taken out. Kinds, instants,
    actors, states and references stay: the audit trail and every clock are as they were.

    Args:
        history: The events of one ticket.
        at: When it is redacted.
        by: Who does it.
        reason: Why, such as the article of the law.
        versions: The numbers of the events to redact; all if None.
        contacts: The ids of one person's contacts: only what is theirs is redacted; everybody's if None.

    Raises:
        BrokenHistory: If they are not the events of one ticket in order, or the instant is before the last.
        NaiveTime: If the instant has no zone.
    """
    before = tuple(history)
    theirs = None if contacts is None else _theirs(before, frozenset(contacts))
    pairs = [
        (each, _redacted_event(each, theirs) if versions is None or each.version in versions else each)
        for each in before
    ]
    after = [new for _, new in pairs]
    changed = tuple(old.version for old, new in pairs if old != new)
    ticket = replay(before)
    mark = Redacted(
        ticket=ticket.id, version=ticket.version + 1, instant=to_epoch(at), by=by, reason=reason, events=changed
    )
    replay((*before, mark))
    return (*after, mark)


def events_about(history: Iterable[TicketEvent], contacts: Collection[str]) -> tuple[TicketEvent, ...]:
    """The events of a history that one person may be told, for the right of access.

    Of a ticket in which two persons' tickets met, each is told their own messages, the answers to them, and where the
    ticket was; nothing of the other one. What belongs to both as a whole is told without its words. Answers that name
    no contact, and notes that do not say what they are about, are told without words there too.

    Args:
        history: The events of one ticket.
        contacts: The ids of that person's contacts.
    """
    own = frozenset(contacts)
    return tuple(told for event, present in _with_presence(history) if (told := _told(event, present, own)) is not None)


def _with_presence(history: Iterable[TicketEvent]) -> Iterator[tuple[TicketEvent, frozenset[str]]]:
    """Each event with the ids of the contacts in the ticket then; what precedes the first belongs to that one."""
    past = tuple(history)
    present = next((ids for event in past if (ids := _contacts_of(event))), frozenset())
    for event in past:
        present |= _contacts_of(event) if isinstance(event, events.Received | Absorbed) else frozenset()
        yield event, present
        if isinstance(event, Released):
            present -= frozenset(event.contacts)


def _contacts_of(event: TicketEvent) -> frozenset[str]:
    """The ids of the contacts that an event belongs to; none if it belongs to the ticket as a whole."""
    match event:
        case events.Received() | events.Replied() if event.contact is not None:
            return frozenset({event.contact.id})
        case events.Noted(about=about) | events.Promised(about=about) if about:
            return frozenset({about})
        case Absorbed():
            return frozenset(contact.id for contact in event.contacts)
    return frozenset()


def _told(event: TicketEvent, present: frozenset[str], own: frozenset[str]) -> TicketEvent | None:
    """The event as a person is told it; None if it is not theirs."""
    tied = _contacts_of(event)
    if (present and present <= own) or (tied and tied <= own):
        return event
    if isinstance(event, Absorbed):
        return _part_of(event, own) if tied & own else None
    if tied or present.isdisjoint(own):
        return None
    return _without_words(event) if isinstance(event, _OF_THE_TICKET) else None


def _part_of(event: Absorbed, own: frozenset[str]) -> Absorbed:
    """What a merge brought in of one person, where it brought in another one's too."""
    return Absorbed(
        ticket=event.ticket,
        version=event.version,
        instant=event.instant,
        other="",
        contacts=tuple(contact for contact in event.contacts if contact.id in own),
        history=part_for_clocks(event.history, own),
        promises=tuple(promise for promise in event.promises if promise.about in own),
    )


def _theirs(history: tuple[TicketEvent, ...], own: frozenset[str]) -> frozenset[int]:
    """The versions of the events that are one person's alone."""
    return frozenset(
        event.version
        for event, present in _with_presence(history)
        if (tied := _contacts_of(event) or present) and tied <= own
    )


def _redacted_event(event: TicketEvent, theirs: frozenset[int] | None) -> TicketEvent:
    return _without_words(event) if theirs is None or event.version in theirs else event


def _without_words(event: TicketEvent) -> TicketEvent:
    """The event without what stands in the fields that are declared as personal."""
    if isinstance(event, Redacted):
        return event  # its reason names the article of the law, and stays
    taken = {
        field.name: _redacted(value)
        for field in attrs.fields(type(event))
        if field.metadata.get("personal") and (value := getattr(event, field.name)) != field.default
    }
    return attrs.evolve(event, **taken) if taken else event


def _redacted(value: Any) -> Any:  # noqa: ANN401 - any value of a field
    """What stands where a text, a hand-over, some promises, or some fields stood."""
    match value:
        case HandOver():
            return attrs.evolve(value, summary=REDACTED)
        case Mapping():
            return dict.fromkeys(value, REDACTED)
        case tuple():
            return tuple(attrs.evolve(each, what=REDACTED) for each in value if isinstance(each, Promise))
    return REDACTED
