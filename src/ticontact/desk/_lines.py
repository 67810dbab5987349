"""Which part of the desk answers which event."""

from datetime import datetime
from typing import assert_never

from ticontact.desk._attendance import Attendance
from ticontact.desk._calling import Calling
from ticontact.desk._conversations import Conversations
from ticontact.desk._effects import Effect
from ticontact.desk._events import (
    AgentEvent,
    AgentLost,
    AgentPaused,
    AgentSignedIn,
    AgentSignedOut,
    CallBackAsked,
    ClosedNow,
    ConsultAsked,
    ContactArrived,
    ContactEnded,
    DidNotCome,
    Given,
    HandedOver,
    HungUp,
    LineEvent,
    MergedInto,
    Moved,
    NotReached,
    OfferAccepted,
    OfferDeclined,
    OrderEvent,
    Prioritised,
    QueueJoined,
)
from ticontact.desk._line import Stage
from ticontact.desk._supervision import Supervision

__all__ = ["Lines"]

Happened = ContactArrived | LineEvent | OfferAccepted | AgentEvent | OrderEvent
"""Any event but that time has passed."""


class Lines(Conversations, Attendance, Calling, Supervision):
    """All that can happen at the desk. It is mutable: the desk owns it."""

    def take(self, event: Happened, at: datetime) -> list[Effect]:
        """What an event brings about.

        Raises:
            DeskError: If the contact is not where the event says.
        """
        match event:
            case ContactArrived():
                return self.arrived(event, at)
            case OfferAccepted():
                return self.accepted(event.offer, at)
            case AgentSignedIn() | AgentSignedOut() | AgentPaused() | AgentLost() | OfferDeclined():
                return self._of_an_agent(event, at)
            case ClosedNow() | Prioritised() | Moved() | Given():
                return self._ordered(event, at)
            case _:
                return self._go_on(event, at)

    def _of_an_agent(self, event: AgentEvent, at: datetime) -> list[Effect]:
        match event:
            case AgentSignedIn():
                return self.signed_in(event.agent, at)
            case AgentSignedOut():
                return self.signed_out(event.agent, at)
            case AgentPaused():
                return self.paused(event, at)
            case AgentLost():
                return self.lost(event.agent, at)
            case OfferDeclined():
                return self.declined(event.offer, at)
            case _:
                assert_never(event)

    def _ordered(self, event: OrderEvent, at: datetime) -> list[Effect]:
        match event:
            case ClosedNow():
                return self.closed_now(event, at)
            case Prioritised():
                return self.prioritised(self.at(event.contact, Stage.QUEUED), event, at)
            case Moved():
                return self.moved(self.at(event.contact, Stage.QUEUED), event, at)
            case Given():
                return self.given(self.at(event.contact, Stage.QUEUED), event, at)
            case _:
                assert_never(event)

    def _go_on(self, event: LineEvent, at: datetime) -> list[Effect]:
        """What happens to a contact that is at the desk already."""
        match event:
            case QueueJoined():
                return self.joined(self.at(event.contact, Stage.ANNOUNCEMENT), at)
            case HungUp():
                return self.hung_up(self.at(event.contact, Stage.ANNOUNCEMENT, Stage.QUEUED, Stage.CONNECTED), at)
            case CallBackAsked():
                return self.call_back(self.at(event.contact, Stage.QUEUED), event.call_back, at)
            case MergedInto():
                return self.merged(self.at(event.contact, Stage.QUEUED), event.into, at)
            case _:
                return self._in_conversation(event, at)

    def _in_conversation(
        self, event: ConsultAsked | HandedOver | ContactEnded | NotReached | DidNotCome, at: datetime
    ) -> list[Effect]:
        line = self.at(event.contact, Stage.CONNECTED)
        match event:
            case ConsultAsked():
                return self.consult(line, event.summary, at)
            case HandedOver():
                return self.handed_over(line, at)
            case ContactEnded():
                return self.ended(line, at)
            case NotReached():
                return self.not_reached(line, at)
            case DidNotCome():
                return self.did_not_come(line, at)
            case _:
                assert_never(event)
