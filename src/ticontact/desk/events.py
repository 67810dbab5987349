"""What can happen at a desk.

Every event carries an id of the caller's: the same event twice is taken once. It may carry `happened_at`, when it
happened by the clock of the exchange, where that is not when it is told: waits and service levels count from there. The
order here is the order in which a contact meets them; then what agents say of themselves, what a supervisor orders, and
time.
"""

import attrs

from ticontact._value_bounds import Id, TimerInstant
from ticontact.contacts import Contact
from ticontact.plain import checked, form
from ticontact.priority import Priority
from ticontact.routing import AgentStatus, Callback, Offer

__all__ = [
    "AgentDisconnected",
    "AgentSignedIn",
    "AgentSignedOut",
    "AgentStatusChanged",
    "AssignedManually",
    "CallbackRequested",
    "CallbackUnanswered",
    "CallerLeft",
    "ConsultCompleted",
    "ConsultRequested",
    "ContactArrived",
    "ContactEnded",
    "DeskEvent",
    "MergedInto",
    "NoShow",
    "OfferAccepted",
    "OfferDeclined",
    "PriorityChanged",
    "QueueChanged",
    "QueueClosedByHand",
    "QueueJoined",
    "TimeAdvanced",
]


@attrs.frozen(kw_only=True, field_transformer=checked)
class _Event:
    id: Id
    happened_at: TimerInstant | None = None


@form("contact_arrived")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ContactArrived(_Event):
    """A contact has reached an entry point.

    Attributes:
        contact: The contact.
        entry: The name of the entry point it reached.
        priority: The stated need behind it.
    """

    contact: Contact
    entry: Id
    priority: Priority = Priority.NORMAL


@form("queue_joined")
@attrs.frozen(kw_only=True, field_transformer=checked)
class QueueJoined(_Event):
    """The contact joins its queue: when the announcement is over, or at once where nothing is announced."""

    contact: Id


@form("callback_requested")
@attrs.frozen(kw_only=True, field_transformer=checked)
class CallbackRequested(_Event):
    """Who waits in line would rather be called back.

    Attributes:
        contact: The contact in line.
        callback: In turn, within a window, or by an instant that was promised.
    """

    contact: Id
    callback: Callback


@form("merged_into")
@attrs.frozen(kw_only=True, field_transformer=checked)
class MergedInto(_Event):
    """What a citizen waits for is dealt with in another contact: who was to be called has called again, say.

    Attributes:
        contact: The contact in line, a call of ours or something written: nobody waits on the line for it.
        into: The contact in which it goes on, which has a ticket.
    """

    contact: Id
    into: Id


@form("caller_left")
@attrs.frozen(kw_only=True, field_transformer=checked)
class CallerLeft(_Event):
    """The caller is gone, wherever the contact was: in the announcement, in line, ringing or talking."""

    contact: Id


@form("offer_accepted")
@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferAccepted(_Event):
    """An agent takes what was offered."""

    offer: Offer


@form("offer_declined")
@attrs.frozen(kw_only=True, field_transformer=checked)
class OfferDeclined(_Event):
    """An agent does not take what was offered."""

    offer: Offer


@form("consult_requested")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ConsultRequested(_Event):
    """The operator asks the second level to join. The desk adds the case, the language and the time waited.

    Attributes:
        contact: The contact in hand.
        summary: What was said so far, so that the citizen says it once.
    """

    contact: Id
    summary: str = attrs.field(repr=False)


@form("consult_completed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ConsultCompleted(_Event):
    """The official takes over, the operator leaves the line."""

    contact: Id


@form("contact_ended")
@attrs.frozen(kw_only=True, field_transformer=checked)
class ContactEnded(_Event):
    """The conversation is over, or the answer is sent."""

    contact: Id


@form("callback_unanswered")
@attrs.frozen(kw_only=True, field_transformer=checked)
class CallbackUnanswered(_Event):
    """The agent has called back, and nobody has answered."""

    contact: Id


@form("no_show")
@attrs.frozen(kw_only=True, field_transformer=checked)
class NoShow(_Event):
    """The person was called to the counter, and has not come."""

    contact: Id


@form("agent_signed_in")
@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentSignedIn(_Event):
    """An agent is present and takes work."""

    agent: Id


@form("agent_status_changed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentStatusChanged(_Event):
    """An agent is there and takes no work for a while; `AgentSignedIn` ends it. What is in hand is finished.

    Attributes:
        agent: Who.
        because: Why: a break, a meeting, a training, a hearing, the counter, or a fault.
    """

    agent: Id
    because: AgentStatus


@form("agent_signed_out")
@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentSignedOut(_Event):
    """An agent takes no more work; what is in hand is finished."""

    agent: Id


@form("agent_disconnected")
@attrs.frozen(kw_only=True, field_transformer=checked)
class AgentDisconnected(_Event):
    """An agent's line has dropped, in the middle of whatever it was. The agent counts as signed out."""

    agent: Id


@attrs.frozen(kw_only=True)
class _Order(_Event):
    by: str
    because: str = attrs.field(repr=False)


@form("priority_changed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class PriorityChanged(_Order):
    """A supervisor gives a contact in line another priority: a need that was not stated before.

    Attributes:
        contact: The contact.
        priority: The need.
        by: Who orders it, by id.
        because: Why; it may name people, so `repr` does not show it.
    """

    contact: Id
    priority: Priority


@form("queue_changed")
@attrs.frozen(kw_only=True, field_transformer=checked)
class QueueChanged(_Order):
    """A supervisor lets a contact wait in another queue, at the place of its entry.

    Attributes:
        contact: The contact.
        queue: The other queue.
        by: Who orders it, by id.
        because: Why; it may name people, so `repr` does not show it.
    """

    contact: Id
    queue: Id


@form("assigned_manually")
@attrs.frozen(kw_only=True, field_transformer=checked)
class AssignedManually(_Order):
    """A supervisor lets a contact in line be offered to one agent, whatever it asks.

    Attributes:
        contact: The contact.
        agent: The agent, who may decline.
        by: Who orders it, by id.
        because: Why; it may name people, so `repr` does not show it.
    """

    contact: Id
    agent: Id


@form("queue_closed_by_hand")
@attrs.frozen(kw_only=True, field_transformer=checked)
class QueueClosedByHand(_Order):
    """A supervisor lets go of all who wait on the line of a queue, at once.

    Attributes:
        queue: The queue.
        by: Who orders it, by id.
        because: Why; it may name people, so `repr` does not show it.
    """

    queue: Id


@form("time_advanced")
@attrs.frozen(kw_only=True, field_transformer=checked)
class TimeAdvanced(_Event):
    """Nothing but time has passed: a deadline of `Desk.next_deadline` is reached."""


DeskEvent = (
    ContactArrived
    | QueueJoined
    | CallbackRequested
    | MergedInto
    | CallerLeft
    | OfferAccepted
    | OfferDeclined
    | ConsultRequested
    | ConsultCompleted
    | ContactEnded
    | CallbackUnanswered
    | NoShow
    | AgentSignedIn
    | AgentStatusChanged
    | AgentSignedOut
    | AgentDisconnected
    | PriorityChanged
    | QueueChanged
    | AssignedManually
    | QueueClosedByHand
    | TimeAdvanced
)
"""Any event that a desk takes."""
