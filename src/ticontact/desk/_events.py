"""What can happen at a desk. Every event carries an id of the caller's: the same event twice is taken once."""

import attrs

from ticontact.contacts import Contact
from ticontact.priority import Priority
from ticontact.routing import Offer

__all__ = [
    "AgentSignedIn",
    "AgentSignedOut",
    "ConsultAsked",
    "ContactArrived",
    "ContactEnded",
    "DeskEvent",
    "HandedOver",
    "HungUp",
    "OfferAccepted",
    "OfferDeclined",
    "QueueJoined",
    "Ticked",
]


@attrs.frozen(kw_only=True)
class _Event:
    id: str


@attrs.frozen(kw_only=True)
class ContactArrived(_Event):
    """A contact has reached an entry point.

    Attributes:
        contact: The contact.
        entry: The name of the entry point it reached.
        priority: The stated need behind it.
    """

    contact: Contact
    entry: str
    priority: Priority = Priority.NORMAL


@attrs.frozen(kw_only=True)
class QueueJoined(_Event):
    """The contact joins its queue: when the announcement is over, or at once where nothing is announced."""

    contact: str


@attrs.frozen(kw_only=True)
class HungUp(_Event):
    """The caller is gone, wherever the contact was: in the announcement, in line, ringing or talking."""

    contact: str


@attrs.frozen(kw_only=True)
class OfferAccepted(_Event):
    """An agent takes what was offered."""

    offer: Offer


@attrs.frozen(kw_only=True)
class OfferDeclined(_Event):
    """An agent does not take what was offered."""

    offer: Offer


@attrs.frozen(kw_only=True)
class ConsultAsked(_Event):
    """The operator asks the second level to join. The desk adds the case, the language and the time waited.

    Attributes:
        contact: The contact in hand.
        summary: What was said so far, so that the citizen says it once.
    """

    contact: str
    summary: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class HandedOver(_Event):
    """The official takes over, the operator leaves the line."""

    contact: str


@attrs.frozen(kw_only=True)
class ContactEnded(_Event):
    """The conversation is over, or the answer is sent."""

    contact: str


@attrs.frozen(kw_only=True)
class AgentSignedIn(_Event):
    """An agent is present and takes work."""

    agent: str


@attrs.frozen(kw_only=True)
class AgentSignedOut(_Event):
    """An agent takes no more work; what is in hand is finished."""

    agent: str


@attrs.frozen(kw_only=True)
class Ticked(_Event):
    """Nothing but time has passed: a deadline of `Desk.next_deadline` is reached."""


DeskEvent = (
    ContactArrived
    | QueueJoined
    | HungUp
    | OfferAccepted
    | OfferDeclined
    | ConsultAsked
    | HandedOver
    | ContactEnded
    | AgentSignedIn
    | AgentSignedOut
    | Ticked
)
"""Any event that a desk takes."""
