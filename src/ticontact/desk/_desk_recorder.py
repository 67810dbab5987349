"""What happens at a desk, told as events: so that figures of an office are counted and not added up by hand."""

from datetime import datetime
from typing import Literal

from ticontact._time import Instant, instant_of, to_epoch
from ticontact.departments import Department, ServicePoint
from ticontact.desk.effects import (
    Connect,
    ConsultReturned,
    ConsultTransferred,
    ContactClosed,
    Effect,
    Enqueued,
    Requeued,
    WorkResumed,
    WorkSuspended,
)
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    AgentSignedOut,
    AgentStatusChanged,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    DeskEvent,
    QueueJoined,
)
from ticontact.measures import Recorder, RoutingEvent, WorkRecord

__all__ = ["DeskRecorder"]


class DeskRecorder(Recorder):
    """Is told every event with the effects that the desk answered. It is mutable.

    A desk does not say when an agent's wrap-up is over; it is taken to last as long as the department says. From asking
    a colleague to the colleague's taking over, or not, the citizen counts as held.

    Args:
        department: The office of the desk.
    """

    def __init__(self, department: Department) -> None:
        super().__init__()
        self._department = department
        self._wrap_up = department.wrap_up
        self._taken: dict[str, int] = {}
        self._joining: dict[str, str] = {}
        self._signed_in: dict[str, int] = {}
        self._shifts: list[tuple[int, int]] = []

    def shifts(self, *, until: Instant) -> tuple[tuple[int, int], ...]:
        """From when to when an agent was signed in, in microseconds since the epoch; nobody is named.

        Args:
            until: Where a shift that still goes on is cut.
        """
        going_on = [(since, instant_of(until)) for since in self._signed_in.values()]
        return tuple(sorted(self._shifts + going_on))

    def follow(self, event: DeskEvent, effects: tuple[Effect, ...], *, at: Instant) -> None:
        """Write down an event, and what the desk wanted done about it.

        Args:
            event: What happened. One that the desk had taken already changes nothing here either.
            effects: What `Desk.handle` answered.
            at: When; an aware datetime, or microseconds since the epoch.
        """
        if event.id in self._taken:
            return
        instant = self._taken[event.id] = instant_of(at)
        self._event(event, instant)
        for effect in effects:
            # What a deadline brought about, or what was told late, counts from when it happened.
            self._effect(effect, event, instant if effect.at is None else to_epoch(effect.at))

    def forget(self, *, before: Instant) -> tuple[WorkRecord, ...]:
        """Let go of what was over before an instant: contacts, shifts, and the ids of events (see `Desk.forget`)."""
        until = instant_of(before)
        self._taken = {name: taken for name, taken in self._taken.items() if taken >= until}
        self._shifts = [shift for shift in self._shifts if shift[1] >= until]
        return super().forget(before=until)

    def _event(self, event: DeskEvent, at: int) -> None:
        match event:
            case ContactArrived():
                self._arrived(event, at)
            case QueueJoined(contact=contact):
                self.note(RoutingEvent(item=contact, what="joined", at=at))
            case ConsultRequested(contact=contact):
                self.note(RoutingEvent(item=contact, what="held", at=at))
            case ConsultCompleted(contact=contact) if contact in self._joining:
                self._goes_to(contact, self._joining.pop(contact), "handed_over", at)
            case AgentSignedIn(agent=agent) | AgentStatusChanged(agent=agent):
                self._signed_in.setdefault(agent, at)
            case AgentSignedOut(agent=agent) | AgentDisconnected(agent=agent) if agent in self._signed_in:
                self._shifts.append((self._signed_in.pop(agent), at))
            case _:
                """Nothing of it is counted; its effects may be."""

    def _arrived(self, event: ContactArrived, at: int) -> None:
        contact, queue = event.contact, self._department.queue_of(event.entry)
        reached = RoutingEvent.reached(
            contact.id,
            queue=queue.id,
            channel=contact.channel.name,
            at=at,
            is_live=contact.channel.synchronous,
            in_hours=_is_open(queue, contact.created_at),
        )
        self.note(reached)

    def _effect(self, effect: Effect, event: DeskEvent, at: int) -> None:
        match effect:
            case Enqueued(contact=contact):
                self.note(RoutingEvent(item=contact, what="joined", at=at))
            case Connect(contact=contact, agent=agent, joining=False):
                self._goes_to(contact, agent, "answered", at)
            case Connect(contact=contact, agent=agent, joining=True):
                self._joining[contact] = agent
            case ConsultReturned(contact=contact):
                self._joining.pop(contact, None)
                self.note(RoutingEvent(item=contact, what="retrieved", at=at))
            case ContactClosed(contact=contact, outcome=outcome):
                self.note(RoutingEvent.ended(contact, outcome, at=at))
            case ConsultTransferred(contact=contact, agent=agent):
                self._joining.pop(contact, None)  # nobody stands there if the recorder was started anew meanwhile
                self._goes_to(contact, agent, "handed_over", at)
                self._has_no_wrap_up(contact, event, at)
            case Requeued(contact=contact):
                self._joining.pop(contact, None)
                lost = isinstance(event, AgentDisconnected)
                self.note(RoutingEvent(item=contact, what="requeued" if lost else "in_vain", at=at))
                self._has_no_wrap_up(contact, event, at)
            case WorkSuspended(contact=contact):
                self.note(RoutingEvent(item=contact, what="suspended", at=at))
            case WorkResumed(contact=contact):
                self.note(RoutingEvent(item=contact, what="resumed", at=at))
            case _:
                """Tickets, announcements and audits are counted where they are kept."""

    def _has_no_wrap_up(self, contact: str, event: DeskEvent, at: int) -> None:
        """Who is lost in mid-call has no work after it."""
        if isinstance(event, AgentDisconnected):
            self.note(RoutingEvent(item=contact, what="wrapped_up", at=at, agent=event.agent))

    def _goes_to(self, contact: str, agent: str, what: Literal["answered", "handed_over"], at: int) -> None:
        self.note(RoutingEvent(item=contact, what=what, at=at, agent=agent, wrap_up=self._wrap_up))


def _is_open(queue: ServicePoint, at: datetime) -> bool:
    """Whether a queue is open; one whose calendar fails counts as open here too, and the desk has told so."""
    try:
        return bool(queue.calendar.is_open(at=at))
    except Exception:  # noqa: BLE001 - the contact is counted, whatever a calendar raises
        return True
