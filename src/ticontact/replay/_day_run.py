"""One recorded day, driven through a desk.

Theory of operation. The driver plays everybody but the desk: callers who arrive, wait and hang up, agents who come and
go and talk as long as the record says. It keeps one heap of what will happen, ordered by instant and then by the order
in which it was written down, and always takes the earlier of its own next event and the desk's next deadline, the desk
first where they meet. Offers are taken at once, as by a telephone system that connects without ringing. Nothing is
drawn by chance, so two runs are equal to the last event.
"""

import heapq
from collections.abc import Callable, Iterable
from datetime import date
from itertools import count
from typing import Final

from ticontact._time import MICROSECONDS, from_epoch, seconds_of, to_epoch, zone_named
from ticontact.contacts import CaseRef, Contact, Direction, Party, Role, Unknown
from ticontact.departments import Department
from ticontact.desk import Desk
from ticontact.desk.effects import Connect, ContactClosed, Effect, OfferIssued
from ticontact.desk.events import (
    AgentSignedIn,
    AgentSignedOut,
    CallerLeft,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    OfferAccepted,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.replay._bank_record import RecordedCall, midnight
from ticontact.replay._day_journal import Journal, Journalist
from ticontact.replay._inferred_staff import PresenceRule, Shifts, infer_staff, roster
from ticontact.replay._recorded_script import ScriptedContact, script
from ticontact.routing import Agent

__all__ = ["Progress", "drive"]

Progress = Callable[[int, int], None]
"""Told how many contacts of how many are over."""

_DAY: Final = 86_400
_SUMMARY: Final = "a specific request"
"""What the operator tells the official: the record does not say what the calls were about."""


def drive(
    calls: Iterable[RecordedCall],
    *,
    department: Department,
    day: date,
    presence: PresenceRule,
    progress: Progress | None,
    explaining: bool,
) -> Journal:
    """Drive the calls of one recorded day through a department's desk: `replay_day` says what the arguments mean.

    Raises:
        ConfigurationError: If the department does not say what one of the recorded kinds stands for.
    """
    recorded = list(calls)
    present = roster(infer_staff(recorded, rule=presence), department=department, day=day)
    contacts = script(recorded, department=department)
    return _Driver(department, day, contacts, present, progress, explaining=explaining).run()


class _Driver:
    """Everybody but the desk. It is mutable: it lives one day."""

    def __init__(
        self,
        department: Department,
        day: date,
        contacts: tuple[ScriptedContact, ...],
        present: tuple[tuple[Agent, Shifts], ...],
        progress: Progress | None,
        *,
        explaining: bool,
    ) -> None:
        self._department = department
        self._zone = zone_named(department.zone)
        self._midnight = midnight(day, department.zone)
        self._scripted = {scripted.call.id: scripted for scripted in contacts}
        self._present = present
        self._progress = progress
        self._desk = Desk(department, agents=[agent for agent, _ in present], explaining=explaining)
        self._journalist = Journalist(department, day=day, explaining=explaining)
        self._heap: list[tuple[int, int, DeskEvent]] = []
        self._numbers = count()
        self._talking: set[str] = set()
        self._over: set[str] = set()

    def run(self) -> Journal:
        self._write_down_the_day()
        while True:
            deadline = self._desk.next_deadline()
            next_own = self._heap[0][0] if self._heap else self._instant(_DAY)
            if deadline is not None and to_epoch(deadline) <= next_own:
                self._tell(TimeAdvanced(id=self._id()), to_epoch(deadline))
            elif self._heap:
                instant, _, event = heapq.heappop(self._heap)
                if self._still_makes_sense(event):
                    self._tell(event, instant)
            else:
                return self._journalist.closed(self._desk)

    def _write_down_the_day(self) -> None:
        for agent, shifts in self._present:
            for start, end in shifts:
                self._later(start, AgentSignedIn(id=self._id(), agent=agent.id))
                self._later(end, AgentSignedOut(id=self._id(), agent=agent.id))
        for scripted in self._scripted.values():
            arrived = self._instant(scripted.call.arrived)
            event = ContactArrived(
                id=self._id(),
                contact=self._contact(scripted),
                entry=scripted.recorded_kind.entry,
                priority=scripted.priority,
            )
            self._later(arrived, event)

    def _contact(self, scripted: ScriptedContact) -> Contact:
        entry = self._department.entry(scripted.recorded_kind.entry)
        customer = scripted.call.customer
        language = scripted.recorded_kind.language
        return Contact(
            id=scripted.call.id,
            channel=entry.channel,
            direction=Direction.INBOUND,
            reached=entry.address,
            parties=[Party(Role.CITIZEN, Unknown(), person=customer or "", languages=[language])],
            language=language,
            cases=[CaseRef("customer", customer, office=self._department.id)] if customer else [],
            created_at=from_epoch(self._instant(scripted.call.arrived), self._zone),
        )

    def _tell(self, event: DeskEvent, instant: int) -> None:
        """Tell the desk an event, and play what everybody does about its effects."""
        effects = self._desk.handle(event, at=from_epoch(instant, self._zone))
        self._journalist.note(event, effects, at=instant)
        if isinstance(event, ContactArrived):
            self._after_arrival(event.contact.id, effects, instant)
        for effect in effects:
            self._react(effect, instant)

    def _after_arrival(self, contact: str, effects: tuple[Effect, ...], instant: int) -> None:
        if any(isinstance(effect, ContactClosed) for effect in effects):
            return
        scripted = self._scripted[contact]
        joins = instant + scripted.announcement * MICROSECONDS
        if scripted.leaves_in_announcement:
            self._later(joins, CallerLeft(id=self._id(), contact=contact))
            return
        self._later(joins, QueueJoined(id=self._id(), contact=contact))
        if scripted.patience is not None:
            self._later(joins + scripted.patience * MICROSECONDS, CallerLeft(id=self._id(), contact=contact))

    def _react(self, effect: Effect, instant: int) -> None:
        match effect:
            case OfferIssued(offer=offer):
                self._tell(OfferAccepted(id=self._id(), offer=offer), instant)
            case Connect(contact=contact, joining=False):
                self._start_service(contact, instant)
            case Connect(contact=contact, joining=True):
                rule = self._department.recorded_hand_over
                briefing = seconds_of(rule.briefing) if rule is not None else 0
                self._later(instant + briefing * MICROSECONDS, ConsultCompleted(id=self._id(), contact=contact))
            case ContactClosed(contact=contact):
                self._talking.discard(contact)
                self._over.add(contact)
                if self._progress is not None:
                    self._progress(len(self._over), len(self._scripted))
            case _:
                """Announcements and tickets ask nothing of callers and agents."""

    def _start_service(self, contact: str, instant: int) -> None:
        scripted = self._scripted[contact]
        self._talking.add(contact)
        if scripted.hand_over_after is not None:
            consult = ConsultRequested(id=self._id(), contact=contact, summary=_SUMMARY)
            self._later(instant + scripted.hand_over_after * MICROSECONDS, consult)
        self._later(instant + scripted.service * MICROSECONDS, ContactEnded(id=self._id(), contact=contact))

    def _still_makes_sense(self, event: DeskEvent) -> bool:
        """Whether the world has not gone another way since this was written down."""
        match event:
            case CallerLeft(contact=contact) | QueueJoined(contact=contact):
                return contact not in self._talking and contact not in self._over
            case ContactEnded(contact=contact) | ConsultRequested(contact=contact) | ConsultCompleted(contact=contact):
                return contact in self._talking
            case _:
                return True

    def _instant(self, second: int) -> int:
        return self._midnight + second * MICROSECONDS

    def _later(self, instant: int, event: DeskEvent) -> None:
        heapq.heappush(self._heap, (instant, int(event.id), event))

    def _id(self) -> str:
        return str(next(self._numbers))
