"""The history of a ticket: all its events, the ticket that they add up to, and which of them are still to be stored."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from ticontact.contacts import ContactRef
from ticontact.errors import Fault, InvalidValue
from ticontact.tickets._ticket.absorbing import Absorbed, settled
from ticontact.tickets._ticket.fold import replay
from ticontact.tickets._ticket.ticket import CommandResult, Ticket
from ticontact.tickets.events import Received, Replied, TicketEvent

__all__ = ["TicketHistory"]

_KINDS: Final = frozenset(TicketEvent.__subclasses__())


def _events(events: Iterable[TicketEvent]) -> tuple[TicketEvent, ...]:
    given: Any = events
    told: tuple[TicketEvent, ...] = tuple(given) if isinstance(given, Iterable) else (given,)
    # Not by `checked`: this is done for every command, over all events before it.
    if not {*map(type, told)} <= _KINDS and not all(isinstance(event, TicketEvent) for event in told):
        raise InvalidValue([Fault("TicketHistory.events", "something else is among them", "events of a ticket")])
    return told


def _ticket(_: object, __: object, given: Ticket) -> None:
    if not isinstance(given, Ticket):
        raise InvalidValue([Fault("TicketHistory.ticket", f"{type(given).__name__} was given", "a ticket")])


def _stored(history: "TicketHistory", _: object, given: int) -> None:
    if type(given) is not int or not 0 <= given <= len(history.events):
        allowed = f"a whole number from 0 to {len(history.events)}"
        raise InvalidValue([Fault("TicketHistory.stored", f"{type(given).__name__} was given", allowed)])


@attrs.frozen
class TicketHistory:
    """All events of one ticket, and the ticket that they add up to.

    `Lifecycle.open` makes the first one, `TicketHistory.read` one from stored events, and `Lifecycle.apply` the next
    one from each. It is iterable, so it can be given wherever the events of a ticket are asked for.

    Attributes:
        events: Its events, from the opening on.
        ticket: What they add up to; worked out if it is not given.
        stored: How many of them are stored already.

    Raises:
        BrokenHistory: If they are not the events of one ticket in their order.
    """

    events: tuple[TicketEvent, ...] = attrs.field(converter=_events)
    ticket: Ticket = attrs.field(
        default=attrs.Factory(lambda self: replay(self.events), takes_self=True),
        kw_only=True,
        eq=False,
        validator=_ticket,
    )
    stored: int = attrs.field(default=0, kw_only=True, validator=_stored)

    @classmethod
    def read(cls, events: Iterable[TicketEvent]) -> "TicketHistory":
        """The history of events that are stored already.

        Raises:
            BrokenHistory: If they are not the events of one ticket in their order.
        """
        past = tuple(events)
        return cls(past, stored=len(past))

    def __iter__(self) -> Iterator[TicketEvent]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    @property
    def new(self) -> tuple[TicketEvent, ...]:
        """The events that are still to be stored."""
        return self.events[self.stored :]

    def as_stored(self) -> "TicketHistory":
        """The same history, with nothing left to be stored."""
        return attrs.evolve(self, ticket=self.ticket, stored=len(self.events))

    def followed_by(self, done: CommandResult) -> "TicketHistory":
        """The history after a command to its ticket.

        Args:
            done: What the command made of the ticket.

        Raises:
            BrokenHistory: If it is not what happened next.
        """
        if done.ticket.id != self.ticket.id or done.ticket.version != len(self.events) + len(done.events):
            return TicketHistory((*self.events, *done.events), stored=self.stored)
        return TicketHistory((*self.events, *done.events), ticket=done.ticket, stored=self.stored)

    @property
    def unanswered(self) -> tuple[ContactRef, ...]:
        """What came from the citizen and no person of the office has answered yet, in the order in which it came in.

        An answer is one to all that the ticket held when it was given. What a merge brought in is still unanswered, if
        it was; what a machine sent asks for no answer.
        """
        return tuple(_unanswered(self.events))


def _unanswered(history: Iterable[TicketEvent]) -> list[ContactRef]:
    waiting: list[ContactRef] = []
    for event in settled(history):
        if isinstance(event, Received) and not event.automatic:
            waiting.append(event.contact)
        elif isinstance(event, Replied) and not event.automatic:
            waiting.clear()
        elif isinstance(event, Absorbed):
            waiting += _unanswered(event.history)
    return waiting
