"""What a desk wants done.

It does nothing itself: effects are values, carried out in their order by whoever owns the telephone.

Each carries its instant and an id of its own: that of the event that has brought it about, and a number, such as
`event-7/2`. The same event told again answers the same effects with the same ids, so an outbox that keeps the ids
delivers each exactly once. Neither counts where two effects are compared.
"""

from typing import Literal

import attrs
import pendulum

from ticontact._limits import Id
from ticontact.contacts import HandOver, Outcome
from ticontact.i18n import Language, Text
from ticontact.plain import checked, form
from ticontact.routing import Offer, SupervisorAction
from ticontact.tickets.events import TicketEvent

__all__ = [
    "Announce",
    "ClockSkew",
    "Connect",
    "ConsultReturned",
    "ConsultTransferred",
    "ContactClosed",
    "CounterRecalled",
    "Effect",
    "Enqueued",
    "OfferIssued",
    "OfferRevoked",
    "PartFailed",
    "Requeued",
    "SupervisorActed",
    "TicketChanged",
    "WorkResumed",
    "WorkSuspended",
]


FailedPart = Literal["rule", "strategy", "calendar", "lifecycle", "text"]
"""What a department brings, and what may fail."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class _Effect:
    at: pendulum.DateTime | None = attrs.field(default=None, eq=False)
    id: str = attrs.field(default="", eq=False)


@form("announce")
@attrs.frozen(kw_only=True, field_transformer=checked)
class Announce(_Effect):
    """Tell the citizen something: play it on a live channel, send it on a written one.

    Attributes:
        contact: Who is to hear it.
        text: What to say, in five languages, written and spoken.
        language: The language of this contact.
    """

    contact: Id
    text: Text
    language: Language


@form("offer_issued")
@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferIssued(_Effect):
    """Offer a contact to an agent; answer with `OfferAccepted` or `OfferDeclined`.

    Attributes:
        offer: The offer.
        carrying: What an official gets to read who is asked to join; None for an agent who is to take the contact.
    """

    offer: Offer
    carrying: HandOver | None = None


@form("offer_revoked")
@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferRevoked(_Effect):
    """Take an offer back: it expired, somebody else was faster, or the citizen is gone."""

    offer: Offer


@form("connect")
@attrs.frozen(kw_only=True, field_transformer=checked)
class Connect(_Effect):
    """Put the citizen and an agent on one line.

    Attributes:
        contact: The contact.
        agent: Who talks to the citizen from now on.
        joining: Whether the agent joins a conversation that goes on (a consult) or is alone with the citizen.
    """

    contact: Id
    agent: Id
    joining: bool = False


@form("consult_returned")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ConsultReturned(_Effect):
    """Tell the operator that nobody of the second level joins: the citizen is the operator's alone again.

    Attributes:
        contact: The contact that the consult was about.
    """

    contact: Id


@form("ticket_changed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class TicketChanged(_Effect):
    """A ticket has new events; store them."""

    ticket: Id
    events: tuple[TicketEvent, ...]


@form("contact_closed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ContactClosed(_Effect):
    """A contact is over and counted under this outcome."""

    contact: Id
    outcome: Outcome


@form("enqueued")
@attrs.frozen(kw_only=True, field_transformer=checked)
class Enqueued(_Effect):
    """Something written that was left in the announcement waits in its queue from now on, without `QueueJoined`.

    Attributes:
        contact: The contact.
    """

    contact: Id


@form("requeued")
@attrs.frozen(kw_only=True, field_transformer=checked)
class Requeued(_Effect):
    """A contact waits again, and its ticket stays open: its agent is lost, or it was called in vain.

    Attributes:
        contact: The contact; who is still on the line is told to wait by whoever owns the telephone.
        agent: Who had it.
    """

    contact: Id
    agent: Id


@form("consult_transferred")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ConsultTransferred(_Effect):
    """The operator is lost, and the official who had joined is alone with the citizen.

    Attributes:
        contact: The contact.
        agent: The official.
    """

    contact: Id
    agent: Id


@form("counter_recalled")
@attrs.frozen(kw_only=True, field_transformer=checked)
class CounterRecalled(_Effect):
    """Call somebody to the counter once more.

    Attributes:
        contact: The contact.
        agent: Who calls.
    """

    contact: Id
    agent: Id


@form("work_suspended")
@attrs.frozen(kw_only=True, field_transformer=checked)
class WorkSuspended(_Effect):
    """Tell an agent that work in hand is suspended for live work, and is kept.

    Attributes:
        contact: What is suspended.
        agent: Whose it is.
    """

    contact: Id
    agent: Id


@form("work_resumed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class WorkResumed(_Effect):
    """Tell an agent that suspended work goes on.

    Attributes:
        contact: What is resumed.
        agent: Whose it is.
    """

    contact: Id
    agent: Id


@form("supervisor_acted")
@attrs.frozen(kw_only=True, field_transformer=checked)
class SupervisorActed(_Effect):
    """Write an order of a supervisor into the audit trail.

    Attributes:
        order: Who has ordered what and why, and how it was before.
    """

    order: SupervisorAction


@form("part_failed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class PartFailed(_Effect):
    """Something of the department has failed, and something else counts in its place: see to it.

    A rule is passed over, or holds its work back (`ticontact.routing.RuleFailed`); a strategy gives way to the longest
    idle agent; a calendar counts as open; a lifecycle that refuses leaves the ticket as it is; a text is the usual one.

    Attributes:
        part: What has failed.
        name: The name of the rule, of the strategy or of the lifecycle, or the queue of the calendar or of the text.
        problem: What it did, such as `raised KeyError`.
        contact: The contact that it was about; empty where it was about none, or about several.
    """

    part: FailedPart
    name: str
    problem: str
    contact: str = ""


@form("clock_skew")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ClockSkew(_Effect):
    """What was told cannot have happened then: the clocks of two systems differ, and another instant is used.

    Attributes:
        contact: The contact that it was about; empty if it was about none.
        event: The name of the event.
        given: When it happened, as it was told.
        used: The instant that counts.
    """

    contact: str
    event: str
    given: pendulum.DateTime
    used: pendulum.DateTime


Effect = (
    Announce
    | OfferIssued
    | OfferRevoked
    | Connect
    | ConsultReturned
    | TicketChanged
    | ContactClosed
    | Enqueued
    | Requeued
    | ConsultTransferred
    | CounterRecalled
    | WorkSuspended
    | WorkResumed
    | SupervisorActed
    | PartFailed
    | ClockSkew
)
"""Any effect that a desk asks for."""
