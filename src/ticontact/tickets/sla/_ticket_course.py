"""What a ticket's history tells about time: when the citizen wrote, when the office answered, where the ticket was.

Theory of operation. A `Course` is the history of one ticket as clocks see it: arrivals, words of the office, stays in
states, and who was in charge, in order. A ticket that went on in this one is a course of its own within it, from its
opening to the instant of the merge; so what happened in each of two tickets is never taken for what happened in the
other, and after the merge there is one course. What a split or an unmerging gave away is taken out, as if it had never
been there; a clock that is asked about an instant before still sees it, since what came after that is not looked at.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ticontact.tickets._category import Category
from ticontact.tickets._ticket.absorbing import Absorbed, settled
from ticontact.tickets._ticket.fold import evolve
from ticontact.tickets._ticket.ticket import Ticket
from ticontact.tickets.events import (
    Assigned,
    HandedOver,
    Noted,
    Opened,
    Received,
    Replied,
    TicketEvent,
    Transferred,
    Transitioned,
)
from ticontact.tickets.sla._time_used import local_midnight

__all__ = ["Arrival", "Course", "Owner", "Stay", "TicketPast", "Word", "history_until"]


class Arrival(NamedTuple):
    """Something that came from the citizen and asks for an answer.

    Attributes:
        at: When it was recorded.
        since: When it reached the office.
        day: The day of receipt, where there was no clock time: then its clocks start with that day.
    """

    at: int
    since: int
    day: date | None

    def start(self, zone: ZoneInfo) -> int:
        """When its clocks start."""
        return self.since if self.day is None else local_midnight(self.day, zone)


class Word(NamedTuple):
    """Something that a person of the office told the citizen.

    Attributes:
        at: When.
        is_answer: Whether it answers the citizen; a public note does not.
        event: Which event it is: the id of its ticket, and its version there. A split leaves it in both histories.
    """

    at: int
    is_answer: bool
    event: tuple[str, int]


class Stay(NamedTuple):
    """A stay in a state: it lasts until the next one begins.

    Attributes:
        start: When it began.
        state: The state.
        category: What that state means.
        event: Which event began it, as of a word.
    """

    start: int
    state: str
    category: Category
    event: tuple[str, int]


class Owner(NamedTuple):
    """Somebody is in charge from now on; nobody if `owner` is empty."""

    at: int
    owner: str


@attrs.frozen(eq=False)
class Course:
    """The history of one ticket, or of a part of it, as clocks see it.

    Attributes:
        happened: What happened, in order; a course in it is that of a ticket which went on in this one then.
        end: When it went on in another one; None for the ticket itself.
        stays: Where it was, from its opening on; a part that was given back was nowhere by itself.
    """

    happened: tuple["Happened", ...]
    end: int | None = attrs.field(default=None, kw_only=True)
    stays: tuple[Stay, ...] = attrs.field(init=False)

    @stays.default
    def _stays(self) -> tuple[Stay, ...]:
        return tuple(each for each in self.happened if isinstance(each, Stay))

    def beginning(self, zone: ZoneInfo) -> int:
        """The citizen's first contact, or the opening if that was before; tickets that went on in it left aside."""
        return min(_beginnings(self, zone))


def _beginnings(course: Course, zone: ZoneInfo) -> Iterator[int]:
    for each in course.happened:
        if isinstance(each, Stay):
            yield each.start
        elif isinstance(each, Arrival):
            yield each.start(zone)
        elif isinstance(each, Course) and not each.stays:
            yield from _beginnings(each, zone)


Happened = Arrival | Word | Stay | Owner | Course
"""Something that clocks ask about."""


@attrs.frozen(eq=False)
class TicketPast:
    """The history of a ticket up to an instant.

    Attributes:
        steps: Its events, each with the ticket after it.
        course: What they tell clocks.
    """

    steps: tuple[tuple[TicketEvent, Ticket], ...]
    course: Course

    @property
    def ticket(self) -> Ticket:
        """The ticket at the end."""
        return self.steps[-1][1]


def history_until(history: Iterable[TicketEvent], *, until: int) -> TicketPast | None:
    """What a history tells up to an instant, that instant included; None if it had not begun.

    Raises:
        BrokenHistory: If they are not the events of one ticket in order.
    """
    events = tuple(event for event in history if event.instant <= until)
    if not events:
        return None
    steps: list[tuple[TicketEvent, Ticket]] = []
    ticket: Ticket | None = None
    for event in events:
        ticket = evolve(ticket, event)
        steps.append((event, ticket))
    return TicketPast(tuple(steps), Course(tuple(_happened(events))))


def _happened(history: Iterable[TicketEvent]) -> Iterator[Happened]:
    for event in settled(history):
        if isinstance(event, Absorbed):
            yield Course(tuple(_happened(event.history)), end=event.instant)
        else:
            yield from _told(event)


def _told(event: TicketEvent) -> Iterator[Happened]:
    """What an event of the ticket itself tells."""
    number = (event.ticket, event.version)
    match event:
        case Received(automatic=False):
            yield Arrival(event.instant, event.since, event.contact.received)
        case Replied(automatic=False):
            yield Word(event.instant, is_answer=True, event=number)
        case Noted(public=True):
            yield Word(event.instant, is_answer=False, event=number)
        case Assigned():
            yield Owner(event.instant, event.owner)
        case HandedOver():
            yield Owner(event.instant, event.to)
        case Opened() | Transitioned() | Transferred():
            yield Stay(event.instant, event.state, event.category, number)
