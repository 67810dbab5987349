"""What a desk wants done. It does nothing itself: effects are values, carried out by whoever owns the telephone."""

import attrs

from ticontact.contacts import Outcome
from ticontact.i18n import Language, Text
from ticontact.routing import Offer
from ticontact.tickets import TicketEvent

__all__ = [
    "Announce",
    "Connect",
    "ConsultReturned",
    "Effect",
    "Finished",
    "MakeOffer",
    "TicketChanged",
    "WithdrawOffer",
]


@attrs.frozen(kw_only=True)
class Announce:
    """Tell the citizen something: play it on a live channel, send it on a written one.

    Attributes:
        contact: Who is to hear it.
        text: What to say, in five languages, written and spoken.
        language: The language of this contact.
    """

    contact: str
    text: Text
    language: Language


@attrs.frozen(kw_only=True)
class MakeOffer:
    """Offer a contact to an agent; answer with `OfferAccepted` or `OfferDeclined`."""

    offer: Offer


@attrs.frozen(kw_only=True)
class WithdrawOffer:
    """Take an offer back: it expired, somebody else was faster, or the citizen is gone."""

    offer: Offer


@attrs.frozen(kw_only=True)
class Connect:
    """Put the citizen and an agent on one line.

    Attributes:
        contact: The contact.
        agent: Who talks to the citizen from now on.
        joining: Whether the agent joins a conversation that goes on (a consult) or is alone with the citizen.
    """

    contact: str
    agent: str
    joining: bool = False


@attrs.frozen(kw_only=True)
class ConsultReturned:
    """Tell the operator that nobody of the second level joins: the citizen is the operator's alone again.

    Attributes:
        contact: The contact that the consult was about.
    """

    contact: str


@attrs.frozen(kw_only=True)
class TicketChanged:
    """A ticket has new events; store them."""

    ticket: str
    events: tuple[TicketEvent, ...]


@attrs.frozen(kw_only=True)
class Finished:
    """A contact is over and counted under this outcome."""

    contact: str
    outcome: Outcome


Effect = Announce | MakeOffer | WithdrawOffer | Connect | ConsultReturned | TicketChanged | Finished
"""Any effect that a desk asks for."""
