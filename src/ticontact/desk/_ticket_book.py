"""The tickets of a desk: opened when work on a contact begins, handed over with the case, closed when it is done."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from ticontact.contacts import Contact, HandOver, Outcome
from ticontact.desk.effects import TicketChanged
from ticontact.plain import from_dict, to_dict
from ticontact.priority import Priority
from ticontact.tickets import CommandResult, Lifecycle, Ticket, TicketHistory, merge, replay
from ticontact.tickets.commands import (
    Command,
    EndPromise,
    FireTrigger,
    GivePromise,
    HandOverTo,
    OpenTicket,
    Prioritise,
    Reply,
    SetQueue,
)
from ticontact.tickets.events import TicketEvent

__all__ = ["TicketBook"]

_CALLBACK: Final = "callback"
"""The name of the promise of a call within its ticket."""


Planned = tuple[CommandResult, ...]
"""What will become of a ticket, step by step. Nothing is written down yet."""


class TicketBook:
    """The tickets that a desk has opened. It is mutable: one desk owns it.

    What a lifecycle may refuse is planned first, so that nobody else has moved when it does, and written down after.

    Args:
        lifecycle: The lifecycle that all of them follow. It must know the triggers `solve` and `close`.
    """

    def __init__(self, lifecycle: Lifecycle) -> None:
        self._lifecycle = lifecycle
        self._tickets: dict[str, Ticket] = {}
        self._histories: dict[str, list[TicketEvent]] = {}

    def snapshot(self) -> list[list[dict[str, Any]]]:
        """The history of every ticket as plain data."""
        return [[to_dict(event) for event in history] for history in self._histories.values()]

    def restore(self, histories: Iterable[Iterable[Mapping[str, Any]]]) -> None:
        """Fill an empty book from a snapshot.

        Raises:
            BrokenHistory: If a history cannot be read.
        """
        for history in histories:
            events = [from_dict(TicketEvent, event) for event in history]
            ticket = replay(events)
            self._tickets[ticket.id], self._histories[ticket.id] = ticket, events

    def forget(self, ticket: str) -> None:
        """Let go of a ticket and its history, if there is one."""
        self._tickets.pop(ticket, None)
        self._histories.pop(ticket, None)

    @property
    def tickets(self) -> Mapping[str, Ticket]:
        """The tickets by id, in the order in which they were opened."""
        return MappingProxyType(self._tickets)

    def open(self, contact: Contact, *, queue: str, priority: Priority, at: datetime) -> TicketChanged:
        """Open the ticket of a contact, under the contact's own id. It counts from the contact's beginning."""
        command = OpenTicket(
            id=contact.id,
            about=contact.ref,
            since=contact.created_at,
            case=contact.cases[0] if contact.cases else None,
            priority=priority,
            queue=queue,
            language=contact.language,
        )
        return self._apply(None, command, at=at, by="")

    def answer(self, contact: Contact, *, by: str, at: datetime) -> TicketChanged:
        """Say that a person serves the citizen."""
        return self._apply(self._tickets[contact.id], Reply(contact.ref), at=at, by=by)

    def hand_over(self, contact: Contact, hand_over: HandOver, *, by: str, to: str, at: datetime) -> TicketChanged:
        """Give the ticket to an official."""
        return self._apply(self._tickets[contact.id], HandOverTo(hand_over, to), at=at, by=by)

    def finishing(self, contact: Contact, *, by: str, at: datetime, called_back: bool = False) -> Planned:
        """What it means that the citizen has the answer: the ticket is solved and closed.

        Args:
            contact: The contact.
            by: Who has given it.
            at: When.
            called_back: Whether the office has called; only now it is known that it was answered.

        Raises:
            TransitionRefused: If the lifecycle refuses it.
        """
        answered = (Reply(contact.ref), *self._keeping(contact)) if called_back else ()
        return self._planned(contact, (*answered, *_closing()), by=by, at=at)

    def called_in_vain(self, contact: Contact, *, by: str, at: datetime, outcome: Outcome | None = None) -> Planned:
        """What it means that the office has called by telephone and nobody answered: no clock takes it for an answer.

        Args:
            contact: The contact.
            by: Who has called.
            at: When.
            outcome: How the contact ends if it was the last attempt.

        Raises:
            TransitionRefused: If the lifecycle refuses it.
        """
        given_up = () if outcome is None else (*self._keeping(contact), *_closing(outcome))
        return self._planned(contact, (Reply(contact.ref, automatic=True), *given_up), by=by, at=at)

    def giving_up(self, contact: Contact, outcome: Outcome, *, by: str, at: datetime) -> Planned:
        """What it means that the citizen does not come: the office has kept its word all the same.

        Raises:
            TransitionRefused: If the lifecycle refuses it.
        """
        return self._planned(contact, (*self._keeping(contact), *_closing(outcome)), by=by, at=at)

    def merging(self, contact: Contact, into: Contact, *, by: str, at: datetime) -> Planned:
        """What it means that a contact goes on in another one: so do their tickets, and no call is promised any more.

        Raises:
            TransitionRefused: If the lifecycle refuses it.
        """
        withdrawn = self._planned(contact, self._keeping(contact, withdrawn=True), by=by, at=at)
        source, target = TicketHistory.read(self._histories[contact.id]), TicketHistory.read(self._histories[into.id])
        for done in withdrawn:
            source = source.followed_by(done)
        merger = merge(self._lifecycle, source.as_stored(), target, at=at, by=by)
        sides = (merger.source, merger.target)
        return (*withdrawn, *(CommandResult(side.ticket, side.new) for side in sides))

    def write(self, planned: Planned) -> tuple[TicketChanged, ...]:
        """Write down what was planned."""
        return tuple(self._written(done) for done in planned)

    def promise(self, contact: Contact, what: str, *, who: str, due: datetime, at: datetime) -> TicketChanged:
        """Say that a call was promised by an instant."""
        given = GivePromise(_CALLBACK, who, what=what, due=due)
        return self._apply(self._tickets[contact.id], given, at=at, by="")

    def withdraw_promise(self, contact: Contact, *, at: datetime) -> tuple[TicketChanged, ...]:
        """Say that the promise of a call no longer stands, because of another one; nothing if there is none."""
        return self.write(self._planned(contact, self._keeping(contact, withdrawn=True), by="", at=at))

    def prioritise(
        self, contact: Contact, priority: Priority, *, by: str, because: str, at: datetime
    ) -> tuple[TicketChanged, ...]:
        """Change the priority of the ticket, if there is one."""
        ticket = self._tickets.get(contact.id)
        return () if ticket is None else (self._apply(ticket, Prioritise(priority, reason=because), at=at, by=by),)

    def move(self, contact: Contact, queue: str, *, by: str, at: datetime) -> tuple[TicketChanged, ...]:
        """Say in which queue the ticket is, if there is one: its service level is that of the queue."""
        ticket = self._tickets.get(contact.id)
        return () if ticket is None else (self._apply(ticket, SetQueue(queue), at=at, by=by),)

    def _keeping(self, contact: Contact, *, withdrawn: bool = False) -> tuple[EndPromise, ...]:
        """The end of the promise of a call; nothing where there is none."""
        ticket = self._tickets.get(contact.id)
        promises = () if ticket is None else ticket.record.promises
        is_open = any(each.id == _CALLBACK and each.ended_instant is None for each in promises)
        return (EndPromise(_CALLBACK, withdrawn=withdrawn),) * is_open

    def _planned(self, contact: Contact, commands: Iterable[Command], *, by: str, at: datetime) -> Planned:
        ticket, planned = self._tickets.get(contact.id), list[CommandResult]()
        for command in commands:
            done = self._lifecycle.apply(ticket, command, at=at, by=by)
            ticket = done.ticket
            planned.append(done)
        return tuple(planned)

    def _apply(self, ticket: Ticket | None, command: Command, *, at: datetime, by: str) -> TicketChanged:
        return self._written(self._lifecycle.apply(ticket, command, at=at, by=by))

    def _written(self, done: CommandResult) -> TicketChanged:
        self._tickets[done.ticket.id] = done.ticket
        self._histories.setdefault(done.ticket.id, []).extend(done.events)
        return TicketChanged(ticket=done.ticket.id, events=done.events)


def _closing(outcome: Outcome | None = None) -> tuple[FireTrigger, ...]:
    reason = "" if outcome is None else outcome.value
    return FireTrigger("solve", reason=reason), FireTrigger("close", reason=reason)
