"""Merge, split and unmerge: two tickets become one, one becomes two, and a merge is taken back.

Theory of operation. Each verb acts on both sides or on neither, and takes and gives whole histories, because what is
owed stands in them: which messages are unanswered, since when, and how long each ticket has run. The surviving side
keeps what it needs of the other in one event (`_ticket.absorbing`), so that its history explains itself.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.errors import TransitionRefused
from ticontact.plain import checked
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets._promise import Promise
from ticontact.tickets._ticket.absorbing import Absorb, Absorbed, Release, Unmerge, for_clocks, part_for_clocks, settled
from ticontact.tickets._ticket.event_table import row_of
from ticontact.tickets._ticket.fold import replay
from ticontact.tickets._ticket.refusal import Refusal, RefusalReason
from ticontact.tickets._ticket.ticket import Record, Ticket
from ticontact.tickets._ticket.ticket_history import TicketHistory
from ticontact.tickets.commands import LinkTo, MergeInto, OpenTicket
from ticontact.tickets.events import Merged, Received, Replied, TicketEvent

__all__ = ["MergeResult", "SplitResult", "merge", "resolve_merged", "split", "unmerge"]

_NO_FACTS: Final[Mapping[str, object]] = MappingProxyType({})


@attrs.frozen(field_transformer=checked)
class MergeResult:
    """Both sides of a merge, or of one that is taken back; what is to be stored is `new` in each.

    Attributes:
        source: The history of the ticket that goes on in the other one.
        target: The history of the ticket that goes on.
    """

    source: TicketHistory
    target: TicketHistory


@attrs.frozen(field_transformer=checked)
class SplitResult:
    """Both sides of a split; what is to be stored is `new` in each.

    Attributes:
        source: The history of the ticket that was there before.
        new: The history of the ticket that was taken out of it.
    """

    source: TicketHistory
    new: TicketHistory


def merge(
    lifecycle: Lifecycle,
    source: TicketHistory,
    target: TicketHistory,
    *,
    at: datetime,
    by: str = "",
    reason: str = "",
    facts: Mapping[str, object] = _NO_FACTS,
) -> MergeResult:
    """Let a ticket go on in another one of the same lifecycle, so that nothing that is owed is lost.

    The target takes over the messages, answered or not, the open promises, the cases, tags and links; its clocks count
    from the earliest contact of the two. It is opened again if it was solved. A promise whose name the target has
    already gets the id of the source behind its name (`call@t-2`). `unmerge` takes it back.

    Args:
        lifecycle: The lifecycle of both.
        source: The history of the ticket that goes on in the other one.
        target: The history of the ticket that goes on.
        at: When.
        by: The id of who merges.
        reason: Why.
        facts: What the guards may ask.

    Raises:
        TransitionRefused: If the source is the target, is merged already, or is solved or closed; if the target is
            merged itself, or is over and does not open again; or if either follows another lifecycle.
    """
    left = lifecycle.apply(source, MergeInto(target.ticket.id, reason=reason), at=at, by=by, facts=facts)
    ticket = source.ticket
    taken = Absorb(
        other=ticket.id,
        contacts=ticket.contacts,
        history=for_clocks(source),
        promises=tuple(promise for promise in ticket.record.promises if promise.is_open),
        cases=ticket.cases,
        tags=ticket.record.tags,
        links=ticket.record.links,
        absorbed=(ticket.id, *ticket.record.absorbed),
        reason=reason,
    )
    return MergeResult(left, lifecycle.apply(target, taken, at=at, by=by, facts=facts))


def unmerge(
    lifecycle: Lifecycle,
    source: TicketHistory,
    target: TicketHistory,
    *,
    at: datetime,
    by: str = "",
    reason: str = "",
    contacts: Collection[str] = (),
) -> MergeResult:
    """Take a merge back, as if it had never been: two persons' tickets were taken for one person's.

    The source is in the state of before, and its clocks have run on. The target is left with what was its own, and
    with what came in since then; what of that belongs to the source is named, and goes with it. A promise that the
    source had given stands as it stands now, kept or not.

    Args:
        lifecycle: The lifecycle of both.
        source: The history of the ticket that was merged.
        target: The history of the ticket that it goes on in.
        at: When.
        by: The id of who takes it back.
        reason: Why.
        contacts: The ids of the contacts that have come in since the merge and belong to the source.

    Raises:
        TransitionRefused: If the source does not go on in the target, if the target was merged itself meanwhile (that
            merge is taken back first), if it has no such contact, or if either follows another lifecycle.
    """
    named = frozenset(contacts)
    refused = _refusing(lifecycle, "unmerge", at=at, facts=_NO_FACTS)
    taken = next((event for event in reversed(target.events) if _brought(event, source.ticket.id)), None)
    if source.ticket.merged_into != target.ticket.id or not isinstance(taken, Absorbed):
        raise refused(RefusalReason.NOT_MERGED, source.ticket)
    if not named <= {contact.id for contact in target.ticket.contacts}:
        raise refused(RefusalReason.CONTACT, target.ticket)
    before = _before_the_merge(source)
    back = Unmerge(
        other=target.ticket.id,
        state=before.state,
        category=before.category,
        promises=tuple(_as_they_stand(before, taken, target.ticket)),
        reason=reason,
    )
    given = lifecycle.apply(source, back, at=at, by=by)
    # What a split has taken out of the target since then belongs to a third ticket, and not to the source again.
    there = {contact.id for contact in target.ticket.contacts}
    elsewhere = tuple(sorted({contact.id for contact in taken.contacts} - there))
    if elsewhere:
        given = lifecycle.apply(given, Release(other=target.ticket.id, contacts=elsewhere, reason=reason), at=at, by=by)
    left = lifecycle.apply(target, _given_back(target, taken, named, reason=reason), at=at, by=by)
    if named:
        came = Absorb(
            other=target.ticket.id,
            contacts=tuple(each for each in target.ticket.contacts if each.id in named),
            history=tuple(event for event in for_clocks(target) if _is_about(event, named)),
            reason=reason,
        )
        given = lifecycle.apply(given, came, at=at, by=by)
    return MergeResult(given, left)


def _brought(event: TicketEvent, ticket: str) -> bool:
    """Whether the event took over a ticket as a whole."""
    return isinstance(event, Absorbed) and event.other == ticket and ticket in event.absorbed


def _is_about(event: TicketEvent, contacts: Collection[str]) -> bool:
    """Whether the event is a message among these contacts, or an answer in one of them."""
    return isinstance(event, Received | Replied) and event.contact is not None and event.contact.id in contacts


def _before_the_merge(source: TicketHistory) -> Ticket:
    """The ticket as it was before it went on in another one."""
    place = next(number for number, event in reversed([*enumerate(source.events)]) if isinstance(event, Merged))
    return replay(source.events[:place])


def _as_they_stand(before: Ticket, taken: Absorbed, target: Ticket) -> Iterator[Promise]:
    """The promises that were open when the ticket was merged, as they stand now, under their own names."""
    now = {(promise.id, promise.given_instant): promise for promise in target.record.promises}
    were_open = (promise for promise in before.record.promises if promise.is_open)
    for own, carried in zip(were_open, taken.promises, strict=False):
        promise = now.get((carried.id, carried.given_instant))
        if promise is not None:  # or a split has taken it on
            yield attrs.evolve(promise, id=own.id)


def _given_back(target: TicketHistory, taken: Absorbed, named: frozenset[str], *, reason: str) -> Release:
    """What a ticket is left without when a merge is taken back: what it would not have had without that merge."""
    record, without = target.ticket.record, _without(target, taken)
    theirs = {(promise.id, promise.given_instant) for promise in taken.promises}
    own = {event.contact.id for event in settled(target) if isinstance(event, Received)}
    return Release(
        other=taken.other,
        contacts=tuple(sorted({contact.id for contact in taken.contacts} - own | named)),
        promises=_without_wording(each for each in record.promises if (each.id, each.given_instant) in theirs),
        tickets=taken.absorbed,
        cases=tuple(case for case in target.ticket.cases if case not in {without.case, *without.further_cases}),
        tags=record.tags - without.tags,
        links=tuple(link for link in record.links if link not in without.links),
        reason=reason,
    )


def _without_wording(promises: Iterable[Promise]) -> tuple[Promise, ...]:
    return tuple(attrs.evolve(promise, what="") for promise in promises)


def _without(history: TicketHistory, left_out: TicketEvent) -> Record:
    """What a ticket would say if an event of it had not been."""
    record = replay(history.events[:1]).record
    for event in history.events[1:]:
        if event is not left_out:
            record = row_of(event).changed(record, event)
    return record


def split(
    lifecycle: Lifecycle,
    history: TicketHistory,
    opening: OpenTicket,
    *,
    at: datetime,
    by: str = "",
    reason: str = "",
    contacts: Collection[str] = (),
    promises: Collection[str] = (),
    facts: Mapping[str, object] = _NO_FACTS,
) -> SplitResult:
    """Take a second concern out of a ticket, as a ticket of its own; each is linked to the other.

    What is owed about the second concern goes with it: its messages, answered or not, and the promises that are named.
    The clocks of the new ticket count from the first of these messages, and have stood still where the old one did;
    those of the old one are as if it had never had them.

    Args:
        lifecycle: The lifecycle of both.
        history: The history of the ticket that holds both concerns.
        opening: The new ticket.
        at: When.
        by: The id of who splits.
        reason: Why.
        contacts: The ids of the contacts that belong to the new ticket.
        promises: The names of the open promises that belong to it.
        facts: What the guards may ask.

    Raises:
        TransitionRefused: If the ticket is merged, solved or closed, if the new one has its id, if the ticket has no
            such contact or open promise, or if it follows another lifecycle.
    """
    ticket = history.ticket
    refused = _refusing(lifecycle, "split", at=at, facts=facts)
    moved = tuple(contact for contact in ticket.contacts if contact.id in contacts)
    given = tuple(promise for promise in ticket.record.promises if promise.is_open and promise.id in promises)
    if opening.id == ticket.id:
        raise refused(RefusalReason.ITSELF, ticket)
    if ticket.merged_into:
        raise refused(RefusalReason.MERGED, ticket)
    if ticket.category.is_done:
        raise refused(RefusalReason.DONE, ticket)
    if {contact.id for contact in moved} != {*contacts}:
        raise refused(RefusalReason.CONTACT, ticket)
    if {promise.id for promise in given} != {*promises}:
        raise refused(RefusalReason.PROMISE, ticket)
    if opening.about is not None and opening.about.id in contacts:
        opening = attrs.evolve(opening, about=None, since=None)  # it has come in already
    new = lifecycle.open(opening, at=at, by=by, facts=facts)
    if moved or given:
        past = part_for_clocks(history, contacts)
        taken = Absorb(other=ticket.id, contacts=moved, history=past, promises=given, reason=reason, opening=True)
        new = lifecycle.apply(new, taken, at=at, by=by)
        gone = Release(
            other=opening.id, contacts=tuple(sorted(contacts)), promises=_without_wording(given), reason=reason
        )
        history = lifecycle.apply(history, gone, at=at, by=by)
    new = lifecycle.apply(new, LinkTo("split_from", ticket.id, reason=reason), at=at, by=by)
    return SplitResult(lifecycle.apply(history, LinkTo("split_into", opening.id, reason=reason), at=at, by=by), new)


def _refusing(
    lifecycle: Lifecycle, verb: str, *, at: datetime, facts: Mapping[str, object]
) -> Callable[[RefusalReason, Ticket], TransitionRefused]:
    """What makes the error of a refusal of a verb that acts on two tickets."""

    def refused(cause: RefusalReason, ticket: Ticket) -> TransitionRefused:
        allowed = lifecycle.available(ticket, facts, at=at)
        return Refusal(cause=cause, state=ticket.state, trigger=verb, allowed=allowed).error()

    return refused


def resolve_merged(ticket: str, merged_into: Mapping[str, str]) -> str | None:
    """The ticket in which a merged one ends, however long the chain; None if the chain is a circle.

    Args:
        ticket: The id that was asked for.
        merged_into: For each merged ticket, the one it goes on in.

    >>> resolve_merged("a", {"a": "b", "b": "c"})
    'c'
    """
    seen: set[str] = set()
    while ticket in merged_into:
        if ticket in seen:
            return None
        seen.add(ticket)
        ticket = merged_into[ticket]
    return ticket
