"""What goes from one ticket to another in a merge, a split, or a merge that is taken back.

Theory of operation. A ticket's clocks are read from its own history alone. So a ticket that takes something over keeps,
in one event (`Absorbed`), the other's history as far as clocks need it: when messages came, when answers went out,
where the ticket was, and who was in charge. What was said is not among it: notes, reasons and summaries stay in the
history in which they were written, so that two persons' tickets that meet tell neither about the other. Open promises,
cases, tags and links come along, since somebody must keep or follow them.

`Released` is the other direction: what a ticket has no longer, since a split or an unmerging gave it to another one.
The commands are no public names: `merge`, `split` and `unmerge` are the verbs, each for both sides.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

import attrs

from ticontact.contacts import CaseRef, ContactRef
from ticontact.plain import form
from ticontact.tickets import events
from ticontact.tickets._category import Category
from ticontact.tickets._promise import Promise
from ticontact.tickets._ticket.ticket import Link
from ticontact.tickets.commands import Command
from ticontact.tickets.events import TicketEvent

__all__ = [
    "Absorb",
    "Absorbed",
    "Release",
    "Released",
    "Unmerge",
    "for_clocks",
    "part_for_clocks",
    "settled",
]


@attrs.frozen(kw_only=True)
class Absorb(Command):
    """Take over another ticket, or a part of it.

    Attributes:
        other: The id of the other ticket.
        contacts: Its contacts, which are this ticket's now.
        history: What has happened in it, as far as clocks need it.
        promises: Its open promises.
        cases: The cases it is about.
        tags: Its tags.
        links: Its links.
        absorbed: The ids of the tickets that go on in this one now.
        opening: Whether it belongs to an opening; then it fires no trigger.
    """

    other: str
    contacts: tuple[ContactRef, ...] = ()
    history: tuple[TicketEvent, ...] = ()
    promises: tuple[Promise, ...] = attrs.field(default=(), repr=False)
    cases: tuple[CaseRef, ...] = ()
    tags: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    absorbed: tuple[str, ...] = ()
    opening: bool = False


@form("ticket_absorbed", 2)
@attrs.frozen(kw_only=True, weakref_slot=False)
class Absorbed(TicketEvent):
    """Another ticket goes on in this one, or a part of it does; the attributes are those of the command."""

    other: str
    contacts: tuple[ContactRef, ...] = ()
    history: tuple[TicketEvent, ...] = attrs.field(default=(), repr=False)
    promises: tuple[Promise, ...] = attrs.field(default=(), repr=False, metadata={"personal": True})
    cases: tuple[CaseRef, ...] = ()
    tags: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    absorbed: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Release(Command):
    """Let go of what another ticket has from now on.

    Attributes:
        other: The id of the other ticket.
        contacts: The ids of the contacts that are no longer this ticket's.
        promises: The promises that are no longer its own; their wording does not matter.
        tickets: The ids of the tickets that no longer go on in it.
        cases: The cases that it is no longer about.
        tags: The tags that it has no longer.
        links: The links that it has no longer.
    """

    other: str
    contacts: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = attrs.field(default=(), repr=False)
    tickets: tuple[str, ...] = ()
    cases: tuple[CaseRef, ...] = ()
    tags: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()


@form("ticket_released", 2)
@attrs.frozen(kw_only=True, weakref_slot=False)
class Released(TicketEvent):
    """Another ticket has from now on what was this one's; the attributes are those of the command."""

    other: str
    contacts: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = attrs.field(default=(), repr=False, metadata={"personal": True})
    tickets: tuple[str, ...] = ()
    cases: tuple[CaseRef, ...] = ()
    tags: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()


@attrs.frozen(kw_only=True)
class Unmerge(Command):
    """Be itself again, in the state that the ticket had before it was merged."""

    other: str
    state: str
    category: Category
    promises: tuple[Promise, ...] = attrs.field(default=(), repr=False)


def settled(history: Iterable[TicketEvent]) -> list[TicketEvent]:
    """A history as if what was given away, and a merge that was taken back, had never been.

    Messages and answers of contacts that another ticket has now are not in it, nor the tickets that were taken out
    again, nor the states of a time that was taken back.
    """
    past = [*history]
    if not any(type(event) in _GIVING for event in past):
        return past  # the frequent one: nothing was given away
    found: list[TicketEvent] = []
    merged_at = 0
    for event in past:
        match event:
            case events.Merged():
                merged_at = len(found)
                found.append(event)
            case events.Unmerged():
                since = [each for each in found[merged_at:] if not isinstance(each, (*_STATES, events.Merged))]
                found = [*found[:merged_at], *since]
            case Released():
                found = [*_without(found, event)]
            case _:
                found.append(event)
    return found


_GIVING: Final = frozenset({events.Unmerged, Released})


def _without(history: Iterable[TicketEvent], released: Released) -> Iterator[TicketEvent]:
    for event in history:
        match event:
            case events.Received() | events.Replied() if event.contact is not None:
                if event.contact.id not in released.contacts:
                    yield event
            case Absorbed():
                if event.other not in event.absorbed or event.other not in released.tickets:
                    kept = tuple(_without(event.history, released))
                    yield attrs.evolve(event, history=kept)
            case _:
                yield event


def for_clocks(history: Iterable[TicketEvent]) -> tuple[TicketEvent, ...]:
    """What a history tells clocks, settled, without what was said and by whom."""
    return tuple(kept for event in settled(history) if (kept := _bare(event)) is not None)


def part_for_clocks(history: Iterable[TicketEvent], contacts: Collection[str]) -> tuple[TicketEvent, ...]:
    """What a history tells the clocks of some of its contacts: the way of the ticket from the first of them on.

    Answers are among it, since an answer of that time was one to them too.

    Args:
        history: The events of one ticket.
        contacts: The ids of the contacts.
    """
    past = for_clocks(history)
    first = next(_messages(past, contacts), None)
    if first is None:
        return ()
    before = [event for event in past if event.version < first.version]
    rest = [kept for event in past if event.version >= first.version and (kept := _only(event, contacts)) is not None]
    state = next((event for event in reversed(before) if isinstance(event, _STATES)), None)
    if state is None:
        return tuple(rest)  # what was given back alone has no way of its own
    # It is in order among the events only; its number is that of the event which says where the ticket was.
    place: dict[str, Any] = {"ticket": first.ticket, "version": state.version, "instant": first.instant}
    opened = events.Opened(**place, state=state.state, category=state.category)
    owner = next((event.owner for event in reversed(before) if isinstance(event, events.Assigned)), "")
    assigned = [events.Assigned(**place, owner=owner)] if owner else []
    return (opened, *assigned, *rest)


_STATES: Final = (events.Opened, events.Transitioned, events.Transferred)


def _messages(past: Iterable[TicketEvent], contacts: Collection[str]) -> Iterator[TicketEvent]:
    """The events of the ticket that brought these messages, whether by themselves or with a merge."""
    for event in past:
        match event:
            case events.Received() if event.contact.id in contacts:
                yield event
            case Absorbed() if any(_messages(event.history, contacts)):
                yield event


def _only(event: TicketEvent, contacts: Collection[str]) -> TicketEvent | None:
    """The event if it belongs to these contacts or to the ticket's way; an answer in another contact is an answer."""
    match event:
        case events.Received():
            return event if event.contact.id in contacts else None
        case events.Replied() if event.contact is not None and event.contact.id not in contacts:
            return attrs.evolve(event, contact=None)
        case Absorbed():
            part = part_for_clocks(event.history, contacts)
            return attrs.evolve(event, history=part) if part else None
    return event


def _bare(event: TicketEvent) -> TicketEvent | None:
    """The event as clocks need it; None if they do not."""
    make = _BARE.get(type(event))
    return None if make is None else make(event)


def _without_words(event: TicketEvent) -> TicketEvent:
    return attrs.evolve(event, by="", reason="")


def _bare_note(event: events.Noted) -> TicketEvent | None:
    return attrs.evolve(event, by="", reason="", text="", about="") if event.public else None


def _bare_hand_over(event: events.HandedOver) -> TicketEvent:
    """Who is in charge is all that clocks ask of it."""
    return events.Assigned(ticket=event.ticket, version=event.version, instant=event.instant, owner=event.to)


def _bare_absorbed(event: Absorbed) -> TicketEvent:
    return Absorbed(
        ticket=event.ticket,
        version=event.version,
        instant=event.instant,
        other=event.other,
        history=event.history,
        absorbed=event.absorbed,
    )


_BARE: Final[dict[type[TicketEvent], Callable[..., TicketEvent | None]]] = {
    Absorbed: _bare_absorbed,
    events.Assigned: _without_words,
    events.HandedOver: _bare_hand_over,
    events.Noted: _bare_note,
    events.Opened: _without_words,
    events.Received: _without_words,
    events.Replied: _without_words,
    events.Transferred: _without_words,
    events.Transitioned: _without_words,
}
"""For each kind of event that clocks need, what they need of it."""
