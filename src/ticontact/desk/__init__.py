"""What happens now? One office at work: events in, effects out, no clock and no wires."""

from ticontact.desk._desk import Desk
from ticontact.desk._effects import (
    Announce,
    Connect,
    ConsultReturned,
    Effect,
    Finished,
    MakeOffer,
    TicketChanged,
    WithdrawOffer,
)
from ticontact.desk._events import (
    AgentSignedIn,
    AgentSignedOut,
    ConsultAsked,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    HandedOver,
    HungUp,
    OfferAccepted,
    OfferDeclined,
    QueueJoined,
    Ticked,
)
from ticontact.desk._recorder import DeskRecorder

__all__ = [
    "AgentSignedIn",
    "AgentSignedOut",
    "Announce",
    "Connect",
    "ConsultAsked",
    "ConsultReturned",
    "ContactArrived",
    "ContactEnded",
    "Desk",
    "DeskEvent",
    "DeskRecorder",
    "Effect",
    "Finished",
    "HandedOver",
    "HungUp",
    "MakeOffer",
    "OfferAccepted",
    "OfferDeclined",
    "QueueJoined",
    "Ticked",
    "TicketChanged",
    "WithdrawOffer",
]
