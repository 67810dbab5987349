"""The events of a ticket: one frozen value for each kind of thing that happens to it.

Theory of operation. A ticket is nothing but its events in order. Each says which ticket it belongs to, its number in
that ticket's history (1 for the first), when it happened, who did it and why. Events are never changed; a correction is
another event. An instant is kept as whole microseconds since 1970 in UTC; `at` shows it.

Each field says by its annotation how it is stored, and with its declaration whether it may hold what a person said
(`_PERSONAL`), which a redaction takes out. All else about a kind of event is one row of `_ticket.event_table`.
"""

from collections.abc import Mapping
from typing import Annotated, Final

import attrs
import pendulum

from ticontact._frozen_map import FrozenMap
from ticontact._time import from_epoch, zone_named
from ticontact.contacts import CaseRef, ContactRef, HandOver
from ticontact.plain import Bounds, Epoch, Word, checked, form
from ticontact.priority import Priority
from ticontact.tickets._category import Category
from ticontact.tickets._promise import Promise

__all__ = [
    "Assigned",
    "CaseAttached",
    "FieldsSet",
    "HandedBack",
    "HandedOver",
    "Linked",
    "Merged",
    "Noted",
    "Opened",
    "Prioritised",
    "PromiseEnded",
    "Promised",
    "QueueSet",
    "Received",
    "Redacted",
    "Replied",
    "Tagged",
    "TicketEvent",
    "TimerFired",
    "Transferred",
    "Transitioned",
    "Unlinked",
    "Unmerged",
    "WaitsUntil",
]

_EMPTY: Final[Mapping[str, object]] = FrozenMap()

Version = Annotated[int, Bounds(least=1)]
"""The number of an event in the history of its ticket."""

_PERSONAL: Final = {"personal": True}
"""The metadata of a field that may hold what a person said: a redaction takes it out."""


@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class TicketEvent:
    """Something that happened to a ticket.

    Attributes:
        ticket: The ticket's id.
        version: Its number in the ticket's history; the ticket has this version afterwards.
        instant: When it happened, in microseconds since 1970-01-01T00:00Z.
        by: The id of who did it; empty for the lifecycle itself.
        reason: Why, where one was given.
    """

    ticket: str
    version: Version
    instant: Epoch
    by: str = ""
    reason: str = attrs.field(default="", repr=False, metadata=_PERSONAL)

    @property
    def at(self) -> pendulum.DateTime:
        """When it happened, in UTC."""
        return from_epoch(self.instant, zone_named("UTC"))


@form("ticket_opened", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Opened(TicketEvent):
    """The ticket exists.

    Attributes:
        state: The state it begins in.
        category: What that state means; so a history explains itself, whatever becomes of the lifecycle.
        lifecycle: The name of its lifecycle.
        priority: Its first priority.
        queue: The queue it belongs to; may be empty.
        language: The language of the citizen; may be empty.
        perhaps: The id of a ticket that it may continue, for a person to decide; may be empty.
        trigger: How it was opened, where the lifecycle knows several ways; empty for the plain way.
    """

    state: Word
    category: Category
    lifecycle: Word = ""
    priority: Priority = Priority.NORMAL
    queue: Word = ""
    language: Word = ""
    possible_duplicate_of: str = ""
    trigger: Word = ""


@form("ticket_transitioned", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Transitioned(TicketEvent):
    """The ticket went along an edge of its lifecycle.

    Attributes:
        trigger: What sent it.
        state: The state it is in now.
        category: What that state means.
    """

    trigger: Word
    state: Word
    category: Category


@form("ticket_received", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Received(TicketEvent):
    """Something came from the citizen.

    Attributes:
        contact: The reference of the contact; where it has a day of receipt alone, clocks start on that day.
        since: When it reached the office, which may be before it was recorded: a call enters the queue, a letter gets
            its entry stamp. In microseconds since 1970-01-01T00:00Z.
        automatic: Whether a machine sent it: it asks for no answer.
    """

    contact: ContactRef
    since: Epoch
    automatic: bool = False


@form("ticket_replied", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Replied(TicketEvent):
    """The office answered the citizen: on a live channel when a person took it, on paper when it was posted.

    Attributes:
        contact: The reference of the answer, or of the conversation in which it was given; may be missing.
        automatic: Whether a machine answered, or nobody was reached: no clock takes that for an answer.
    """

    contact: ContactRef | None = None
    automatic: bool = False


@form("ticket_noted", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Noted(TicketEvent):
    """Somebody wrote something down.

    Attributes:
        text: What was written.
        public: Whether the citizen may see it.
        about: The id of the contact that it is about; empty for the ticket as a whole.
    """

    text: str = attrs.field(repr=False, metadata=_PERSONAL)
    public: bool = False
    about: str = ""


@form("ticket_assigned", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Assigned(TicketEvent):
    """Somebody is in charge now; nobody if `owner` is empty."""

    owner: str


@form("ticket_prioritised", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Prioritised(TicketEvent):
    """The ticket has another priority.

    Attributes:
        priority: The new one.
        impact: What it was worked out from, if it was; may be empty.
        urgency: The same.
    """

    priority: Priority
    impact: str = ""
    urgency: str = ""


@form("ticket_tagged", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Tagged(TicketEvent):
    """Tags were added and removed."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


@form("ticket_fields_set", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class FieldsSet(TicketEvent):
    """Fields of the department's own have other values; None removes one.

    Attributes:
        fields: The new values.
    """

    fields: Mapping[str, object] = attrs.field(default=_EMPTY, repr=False, metadata=_PERSONAL)


@form("ticket_case_attached", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class CaseAttached(TicketEvent):
    """The ticket belongs to a case, whose content stays in the case system.

    Attributes:
        case: The case's reference.
    """

    case: CaseRef


@form("ticket_handed_over", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class HandedOver(TicketEvent):
    """The first level gave the ticket to an official.

    Attributes:
        hand_over: The case, what was said so far, the language, how long the citizen has waited.
        to: The official's id; empty if it is open who takes it.
    """

    hand_over: HandOver = attrs.field(metadata=_PERSONAL)
    to: str = ""


@form("ticket_handed_back", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class HandedBack(TicketEvent):
    """The official gave the ticket back to the first level."""


@form("ticket_transferred", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Transferred(TicketEvent):
    """The ticket went to another department.

    Attributes:
        lifecycle: The name of the lifecycle it follows now.
        state: Its state there, by the declared map.
        category: What that state means.
        queue: Its queue there; may be empty.
    """

    lifecycle: Word
    state: Word
    category: Category
    queue: Word = ""


@form("ticket_queue_set", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class QueueSet(TicketEvent):
    """The ticket belongs to another queue of the same department.

    Attributes:
        queue: The queue; may be empty.
    """

    queue: Word


@form("ticket_linked", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Linked(TicketEvent):
    """The ticket is linked to another one.

    Attributes:
        kind: `parent`, `child`, `duplicate_of`, `follow_up_of`, `split_from`, `split_into`, or the department's own.
        other: The id of the other ticket.
    """

    kind: Word
    other: str


@form("ticket_unlinked", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Unlinked(TicketEvent):
    """A link is gone."""

    kind: Word
    other: str


@form("ticket_merged", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Merged(TicketEvent):
    """The ticket goes on in another one, with all that is owed in it.

    Attributes:
        into: The id of the other ticket.
    """

    into: str


@form("ticket_unmerged", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Unmerged(TicketEvent):
    """A merge was taken back: the ticket is itself again, in the state that it had before.

    Attributes:
        other: The id of the ticket in which it had gone on.
        state: The state it is in again.
        category: What that state means.
        promises: Its promises that were open then, as they stand now.
    """

    other: str
    state: Word
    category: Category
    promises: tuple[Promise, ...] = attrs.field(default=(), metadata=_PERSONAL)


@form("ticket_promised", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Promised(TicketEvent):
    """The citizen was promised something.

    Attributes:
        promise: The promise's id.
        who: Who will do it: a person's id or a role.
        what: What was promised.
        due: By when, in microseconds since 1970-01-01T00:00Z.
        fallback: What happens if it is not kept.
        about: The id of the contact in which it was given; may be empty.
    """

    promise: str
    who: str
    what: str = attrs.field(repr=False, metadata=_PERSONAL)
    due: Epoch
    fallback: str = attrs.field(default="", repr=False, metadata=_PERSONAL)
    about: str = ""


@form("ticket_promise_ended", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class PromiseEnded(TicketEvent):
    """A promise was fulfilled, or withdrawn.

    Attributes:
        promise: The promise's id.
        withdrawn: Whether it was given up instead.
    """

    promise: str
    withdrawn: bool = False


@form("ticket_waits_until", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class WaitsUntil(TicketEvent):
    """The ticket waits until an instant: the term that was set, or the day of the appointment.

    Attributes:
        until: In microseconds since 1970-01-01T00:00Z; None for no longer.
    """

    until: Epoch | None


@form("ticket_timer_fired", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class TimerFired(TicketEvent):
    """A timer of the lifecycle went off.

    Attributes:
        timer: The timer's id.
    """

    timer: Word


@form("ticket_redacted", 2)
@attrs.frozen(kw_only=True, weakref_slot=False, field_transformer=checked)
class Redacted(TicketEvent):
    """Personal content was taken out of earlier events; that it was is kept.

    Attributes:
        events: The versions of the events that were changed.
    """

    events: tuple[Version, ...] = ()
