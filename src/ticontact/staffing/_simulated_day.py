"""One simulated day, driven through the very same desk that an office runs.

Theory of operation. The driver plays everybody but the desk: contacts that join their queue and hang up when their
patience is over, agents who come and go, take every offer at once and are busy as long as the contact takes. It keeps a
heap of what will happen, ordered by instant and then by the order in which it was written down, and takes the earlier
of its own next event and the desk's next deadline, the desk first where they meet. All chance is in the contacts.

The whole handle time is spent in the conversation: the line cannot tell wrap-up from talk.
"""

import heapq
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import count
from typing import Final

import attrs

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact.contacts import Contact, Direction, Party, Role, Unknown
from ticontact.departments import Department
from ticontact.desk import Desk, DeskRecorder
from ticontact.desk.effects import Connect, ContactClosed, Effect, OfferIssued
from ticontact.desk.events import (
    AgentSignedIn,
    AgentSignedOut,
    CallerLeft,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    OfferAccepted,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.i18n import LANGUAGES
from ticontact.measures import WorkRecord
from ticontact.routing import Agent, RoutingRule, WrapUp
from ticontact.staffing._generated_days import SimulatedContact

__all__ = ["SimulatedDay", "Staff", "alike", "simulate"]

Shifts = tuple[tuple[int, int], ...]
"""Times of presence, half-open, in microseconds since the epoch, in order and apart."""

Staff = tuple[tuple[Agent, Shifts], ...]
"""Agents, and when each of them is there."""

_FLUENT: Final = 10
_DAY: Final = 86_400_000_000
_NO_WRAP_UP: Final = WrapUp("none")


def alike(skills: Iterable[str], shifts: Iterable[Shifts], *, name: str = "agent") -> Staff:
    """Agents who can all do the same, in every language.

    Args:
        skills: What each of them can do.
        shifts: When each of them is there.
        name: How their ids begin.
    """
    told = dict.fromkeys(skills, 1)
    return tuple(
        (
            Agent(
                id=f"{name} {number:03}",
                skills=told,
                languages=dict.fromkeys(LANGUAGES, _FLUENT),
                wrap_up=_NO_WRAP_UP,
            ),
            present,
        )
        for number, present in enumerate(shifts, start=1)
    )


@attrs.frozen(kw_only=True)
class SimulatedDay:
    """What became of a simulated day.

    Attributes:
        records: What became of each contact, in the order in which they reached the office.
        agents: Who took each contact that was answered, by its id.
        explanations: Why it was that agent or, where nobody took it, why it waited, by id; empty unless asked for.
    """

    records: tuple[WorkRecord, ...]
    agents: Mapping[str, str]
    explanations: Mapping[str, str]


def simulate(
    contacts: Iterable[SimulatedContact],
    *,
    department: Department,
    staff: Staff,
    rules: Iterable[RoutingRule] = (),
    explaining: bool = False,
) -> SimulatedDay:
    """Drive the contacts of a day through a department's desk.

    Args:
        contacts: The contacts, in any order.
        department: The office.
        staff: Its agents, and when each is there.
        rules: The department's own rules of routing.
        explaining: Whether it is kept why contacts went to whom they went, which takes time.
    """
    return _Driver(tuple(contacts), department, staff, tuple(rules), explaining=explaining).run()


class _Driver:
    """Everybody but the desk. It is mutable: it lives one day."""

    def __init__(
        self,
        contacts: tuple[SimulatedContact, ...],
        department: Department,
        staff: Staff,
        rules: tuple[RoutingRule, ...],
        *,
        explaining: bool,
    ) -> None:
        self._department = department
        self._zone = zone_named(department.zone)
        # A wrap-up of the department would be counted on top of what the contacts bring along.
        self._recorder = DeskRecorder(attrs.evolve(department, wrap_up=timedelta(0)))
        self._desk = Desk(department, agents=[agent for agent, _ in staff], rules=rules, explaining=explaining)
        self._contacts = {contact.id: contact for contact in contacts}
        self._explaining = explaining
        self._heap: list[tuple[int, int, DeskEvent]] = []
        self._numbers = count()
        self._talking: dict[str, str] = {}
        self._agents: dict[str, str] = {}
        self._over: set[str] = set()
        self._explanations: dict[str, str] = {}
        for agent, shifts in staff:
            for start, end in shifts:
                self._later(start, AgentSignedIn(id=self._id(), agent=agent.id))
                self._later(end, AgentSignedOut(id=self._id(), agent=agent.id))
        for contact in contacts:
            arrived = ContactArrived(
                id=self._id(), contact=self._told(contact), entry=contact.entry, priority=contact.priority
            )
            self._later(contact.at, arrived)

    def run(self) -> SimulatedDay:
        last = max((instant for instant, _, _ in self._heap), default=0) + _DAY
        while True:
            deadline = self._desk.next_deadline()
            due = None if deadline is None else to_epoch(deadline)
            if due is not None and due <= (self._heap[0][0] if self._heap else last):
                self._tell(TimeAdvanced(id=self._id()), due)
            elif self._heap:
                instant, _, event = heapq.heappop(self._heap)
                if self._still_makes_sense(event):
                    self._tell(event, instant)
            else:
                return SimulatedDay(
                    records=self._recorder.records, agents=self._agents, explanations=self._explanations
                )

    def _told(self, contact: SimulatedContact) -> Contact:
        entry = self._department.entry(contact.entry)
        return Contact(
            id=contact.id,
            channel=entry.channel,
            direction=Direction.INBOUND,
            reached=entry.address,
            parties=[Party(Role.CITIZEN, Unknown(), languages=[contact.language])],
            language=contact.language,
            created_at=from_epoch(contact.at, self._zone),
        )

    def _tell(self, event: DeskEvent, instant: int) -> None:
        effects = self._desk.handle(event, at=from_epoch(instant, self._zone))
        self._recorder.follow(event, effects, at=instant)
        if isinstance(event, ContactArrived):
            self._after_arrival(event.contact.id, effects, instant)
        for effect in effects:
            self._react(effect, instant)

    def _after_arrival(self, contact: str, effects: tuple[Effect, ...], instant: int) -> None:
        if any(isinstance(effect, ContactClosed) for effect in effects):
            return
        self._later(instant, QueueJoined(id=self._id(), contact=contact))
        patience = self._contacts[contact].patience
        if patience is not None:
            self._later(instant + microseconds(patience), CallerLeft(id=self._id(), contact=contact))

    def _react(self, effect: Effect, instant: int) -> None:
        match effect:
            case OfferIssued(offer=offer):
                self._tell(OfferAccepted(id=self._id(), offer=offer), instant)
            case Connect(contact=contact, agent=agent):
                self._agents[contact] = self._talking[contact] = agent
                self._explain(contact)
                end = instant + microseconds(self._contacts[contact].handle)
                self._later(end, ContactEnded(id=self._id(), contact=contact))
            case ContactClosed(contact=contact):
                self._talking.pop(contact, None)
                self._over.add(contact)
            case _:
                """Announcements and tickets ask nothing of callers and agents."""

    def _explain(self, contact: str) -> None:
        explanation = self._desk.explain(contact) if self._explaining else None
        if explanation is not None:
            self._explanations[contact] = explanation.text("en")

    def _still_makes_sense(self, event: DeskEvent) -> bool:
        """Whether the world has not gone another way since this was written down."""
        match event:
            case CallerLeft(contact=contact) | QueueJoined(contact=contact):
                return contact not in self._talking and contact not in self._over
            case _:
                return True

    def _later(self, instant: int, event: DeskEvent) -> None:
        heapq.heappush(self._heap, (instant, next(self._numbers), event))

    def _id(self) -> str:
        return str(next(self._numbers))
