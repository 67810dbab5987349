"""The tickets of a desk: opened when work on a contact begins, handed over with the case, closed when it is done."""

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.contacts import Contact, HandOver, Outcome
from ticontact.desk.effects import TicketChanged
from ticontact.errors import TicketError
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

_UTC: Final = zone_named("UTC")

_CALLBACK: Final = "callback"
"""The name of the promise of a call within its ticket."""


Written = tuple[TicketChanged, ...]
"""What has become of a ticket, step by step."""


class TicketBook:
    """The tickets that a desk has opened. It is mutable: one desk owns it.

    A lifecycle is the department's, and may have no edge for what has happened. What has happened stays true: the
    ticket stays as it is then, and the desk goes on (`failed`). What is written can be taken back until it is kept.

    Args:
        lifecycle: The lifecycle that all of them follow. It should know the triggers `solve` and `close`.
        failed: Is told what the lifecycle has refused, with the id of the ticket.
    """

    def __init__(self, lifecycle: Lifecycle, failed: Callable[[str, Exception], None]) -> None:
        self._lifecycle = lifecycle
        self._failed = failed
        self._before: list[tuple[str, Ticket | None, int]] = []
        self._tickets: dict[str, Ticket] = {}
        self._histories: dict[str, list[TicketEvent]] = {}

    def snapshot(self, *, but_not: Container[str] = ()) -> list[list[dict[str, Any]]]:
        """The history of every ticket as plain data, but for those of some contacts."""
        histories = (history for name, history in self._histories.items() if name not in but_not)
        return [[to_dict(event) for event in history] for history in histories]

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

    # Until it is kept, what was written can be taken back.

    def keep(self) -> None:
        """Keep what was written."""
        self._before.clear()

    def take_back(self) -> None:
        """Let every ticket be as it was when all was kept last."""
        for name, ticket, length in reversed(self._before):
            if ticket is None:
                del self._tickets[name], self._histories[name]
            else:
                self._tickets[name] = ticket
                del self._histories[name][length:]
        self._before.clear()

    # What happens to a ticket.

    def open(self, contact: Contact, *, queue: str, priority: Priority, reached: datetime, at: datetime) -> Written:
        """Open the ticket of a contact, under the contact's own id. It counts from the contact's beginning.

        Args:
            contact: The contact.
            queue: Its queue.
            priority: How urgent it is.
            reached: When it reached the office; it did not begin later, whatever the clock of its exchange says.
            at: When.
        """
        command = OpenTicket(
            id=contact.id,
            about=contact.ref,
            since=min(contact.created_at, reached, key=to_epoch),
            case=contact.cases[0] if contact.cases else None,
            priority=priority,
            queue=queue,
            language=contact.language,
        )
        return self._write(contact, [command], by="", at=at)

    def answer(self, contact: Contact, *, by: str, at: datetime) -> Written:
        """Say that a person serves the citizen."""
        return self._write(contact, [Reply(contact.ref)], by=by, at=at)

    def hand_over(self, contact: Contact, hand_over: HandOver, *, by: str, to: str, at: datetime) -> Written:
        """Give the ticket to an official."""
        return self._write(contact, [HandOverTo(hand_over, to)], by=by, at=at)

    def finish(self, contact: Contact, *, by: str, at: datetime, called_back: bool = False) -> Written:
        """Write down that the citizen has the answer: the ticket is solved and closed.

        Args:
            contact: The contact.
            by: Who has given it.
            at: When.
            called_back: Whether the office has called; only now it is known that it was answered.
        """
        answered = (Reply(contact.ref), *self._keeping(contact)) if called_back else ()
        return self._write(contact, [*answered, *_closing()], by=by, at=at)

    def call_in_vain(self, contact: Contact, *, by: str, at: datetime, outcome: Outcome | None = None) -> Written:
        """Write down that the office has called and nobody answered: no clock takes it for an answer.

        Args:
            contact: The contact.
            by: Who has called.
            at: When.
            outcome: How the contact ends if it was the last attempt.
        """
        given_up = () if outcome is None else (*self._keeping(contact), *_closing(outcome))
        return self._write(contact, [Reply(contact.ref, automatic=True), *given_up], by=by, at=at)

    def give_up(self, contact: Contact, outcome: Outcome, *, by: str, at: datetime) -> Written:
        """Write down that the citizen does not come: the office has kept its word all the same."""
        return self._write(contact, [*self._keeping(contact), *_closing(outcome)], by=by, at=at)

    def merge(self, contact: Contact, into: Contact, *, by: str, at: datetime) -> Written:
        """Let a contact go on in another one: so do their tickets, and no call is promised any more.

        Raises:
            TicketError: If the two cannot be merged.
        """
        withdrawn = self._write(contact, self._keeping(contact, withdrawn=True), by=by, at=at)
        if contact.id not in self._tickets:
            return withdrawn
        source, target = TicketHistory.read(self._histories[contact.id]), TicketHistory.read(self._histories[into.id])
        try:
            merger = merge(self._lifecycle, source.as_stored(), target, at=at, by=by)
        except TicketError:  # the two do not go together: whoever has said so is mistaken
            raise
        except Exception as error:  # noqa: BLE001 - as in `_write`
            self._failed(contact.id, error)
            return withdrawn
        sides = (merger.source, merger.target)
        return (*withdrawn, *(self._written(CommandResult(side.ticket, side.new)) for side in sides))

    def promise(self, contact: Contact, what: str, *, who: str, due: datetime, at: datetime) -> Written:
        """Say that a call was promised by an instant."""
        return self._write(contact, [GivePromise(_CALLBACK, who, what=what, due=due)], by="", at=at)

    def withdraw_promise(self, contact: Contact, *, at: datetime) -> Written:
        """Say that the promise of a call no longer stands, because of another one; nothing if there is none."""
        return self._write(contact, self._keeping(contact, withdrawn=True), by="", at=at)

    def prioritise(self, contact: Contact, priority: Priority, *, by: str, because: str, at: datetime) -> Written:
        """Change the priority of the ticket, if there is one."""
        return self._write(contact, [Prioritise(priority, reason=because)], by=by, at=at)

    def move(self, contact: Contact, queue: str, *, by: str, at: datetime) -> Written:
        """Say in which queue the ticket is, if there is one: its service level is that of the queue."""
        return self._write(contact, [SetQueue(queue)], by=by, at=at)

    def _keeping(self, contact: Contact, *, withdrawn: bool = False) -> tuple[EndPromise, ...]:
        """The end of the promise of a call; nothing where there is none."""
        ticket = self._tickets.get(contact.id)
        promises = () if ticket is None else ticket.record.promises
        is_open = any(each.id == _CALLBACK and each.ended_instant is None for each in promises)
        return (EndPromise(_CALLBACK, withdrawn=withdrawn),) * is_open

    def _write(self, contact: Contact, commands: Iterable[Command], *, by: str, at: datetime) -> Written:
        """Write down one command after the other; what the lifecycle refuses is left out, and told."""
        changes = list[TicketChanged]()
        for command in commands:
            ticket = self._tickets.get(contact.id)
            if ticket is None and not isinstance(command, OpenTicket):
                break  # there is none, or the lifecycle has refused to open it
            since = at
            if ticket is not None and to_epoch(at) < ticket.changed:  # what is told late comes after what is known
                since = from_epoch(ticket.changed, _UTC)
            try:
                changes.append(self._written(self._lifecycle.apply(ticket, command, at=since, by=by)))
            except Exception as error:  # noqa: BLE001 - whatever a lifecycle raises must not stop the telephone
                self._failed(contact.id, error)
        return tuple(changes)

    def _written(self, done: CommandResult) -> TicketChanged:
        name = done.ticket.id
        history = self._histories.setdefault(name, [])
        self._before.append((name, self._tickets.get(name), len(history)))
        self._tickets[name] = done.ticket
        history.extend(done.events)
        return TicketChanged(ticket=name, events=done.events)


def _closing(outcome: Outcome | None = None) -> tuple[FireTrigger, ...]:
    reason = "" if outcome is None else outcome.value
    return FireTrigger("solve", reason=reason), FireTrigger("close", reason=reason)
