"""The commands to a ticket: one frozen value for each thing that may be asked of it."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

import attrs

from ticontact._limits import Id, TimerInstant
from ticontact.contacts import CaseRef, ContactRef, HandOver
from ticontact.i18n import Language
from ticontact.plain import checked
from ticontact.priority import Priority
from ticontact.tickets._category import Category
from ticontact.tickets._own_fields import check_fields

__all__ = [
    "Assign",
    "AttachCase",
    "Command",
    "EndPromise",
    "FireTimer",
    "FireTrigger",
    "GivePromise",
    "HandBack",
    "HandOverTo",
    "LinkTo",
    "MergeInto",
    "Note",
    "OpenTicket",
    "Prioritise",
    "Receive",
    "Reply",
    "SetFields",
    "SetQueue",
    "Tag",
    "TransferTo",
    "Unlink",
    "WaitUntil",
]

_NO_FIELDS: Final[Mapping[str, object]] = {}


def _names(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset((names,) if isinstance(names, str) else names)


def _priority(priority: Priority | str) -> Priority:
    return priority if isinstance(priority, Priority) else Priority.named(priority)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Command:
    """Something asked of a ticket.

    Attributes:
        reason: Why; some triggers need one.
    """

    reason: str = attrs.field(default="", repr=False)


@attrs.frozen(kw_only=True, field_transformer=checked)
class OpenTicket(Command):
    """Open a ticket.

    Attributes:
        id: Its id, given by the department.
        about: The contact it begins with; None if the office opens it by itself, which starts no response clock.
        since: When that contact reached the office; the instant of opening by default.
        case: The case it is about, if known.
        priority: How urgent it is; a priority or its name.
        queue: The queue it belongs to.
        language: The language of the citizen.
        trigger: How it is opened, where a lifecycle knows several ways; the plain way into its first state if empty.
        possible_duplicate_of: A ticket that it may continue, for a person to decide.
        follow_up_of: A ticket that it follows up.
        fields: The department's own fields.
    """

    id: Id
    about: ContactRef | None = None
    since: TimerInstant | None = None
    case: CaseRef | None = None
    priority: Priority = attrs.field(default=Priority.NORMAL, converter=_priority)
    queue: str = ""
    language: Language | None = None
    trigger: str = ""
    possible_duplicate_of: str = ""
    follow_up_of: str = ""
    fields: Mapping[str, object] = attrs.field(default=_NO_FIELDS, repr=False, validator=check_fields)


@attrs.frozen(field_transformer=checked)
class FireTrigger(Command):
    """Send the ticket along an edge of its lifecycle.

    Attributes:
        trigger: The edge's trigger.
        until: Until when it then waits, where a term was set.
    """

    trigger: str
    until: TimerInstant | None = None


@attrs.frozen(field_transformer=checked)
class Receive(Command):
    """Something has come from the citizen.

    Attributes:
        contact: The contact's reference.
        since: When it reached the office, if before it was recorded; a later instant is refused.
        automatic: Whether a machine sent it; then no trigger is fired and no clock runs.
        courtesy: Whether it only says thank you; the same holds.
    """

    contact: ContactRef
    since: TimerInstant | None = attrs.field(default=None, kw_only=True)
    automatic: bool = attrs.field(default=False, kw_only=True)
    courtesy: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(field_transformer=checked)
class Reply(Command):
    """The office answers the citizen: a person takes the call, a message goes out, a letter is posted.

    Attributes:
        contact: The answer's reference, or that of the conversation.
        automatic: Whether a machine answers, or nobody was reached; no clock takes that for an answer.
    """

    contact: ContactRef | None = None
    automatic: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(field_transformer=checked)
class Note(Command):
    """Write something down.

    Attributes:
        text: What is written.
        public: Whether the citizen may see it too.
        about: The id of the contact that it is about, so that it is told to that person alone; the ticket as a whole if
            empty.
    """

    text: str = attrs.field(repr=False)
    public: bool = attrs.field(default=False, kw_only=True)
    about: str = attrs.field(default="", kw_only=True)


@attrs.frozen(field_transformer=checked)
class Assign(Command):
    """Put somebody in charge; nobody if `owner` is empty."""

    owner: str


@attrs.frozen(field_transformer=checked)
class Prioritise(Command):
    """Change the priority (given itself, or by its name), perhaps as worked out from impact and urgency.

    Raises:
        ConfigurationError: If there is no priority of this name.
    """

    priority: Priority = attrs.field(converter=_priority)
    impact: str = attrs.field(default="", kw_only=True)
    urgency: str = attrs.field(default="", kw_only=True)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Tag(Command):
    """Add and remove tags."""

    add: frozenset[str] = attrs.field(default=(), converter=_names)
    remove: frozenset[str] = attrs.field(default=(), converter=_names)


@attrs.frozen(field_transformer=checked)
class SetFields(Command):
    """Set the department's own fields; None removes one.

    What is stored as JSON must be made of what JSON knows: texts, numbers, true and false, lists, dictionaries.

    Raises:
        ConfigurationError: If a number in them is infinite, or none: it could be written down and not read back.
    """

    fields: Mapping[str, object] = attrs.field(repr=False, validator=check_fields)


@attrs.frozen(field_transformer=checked)
class AttachCase(Command):
    """Say which case the ticket is about."""

    case: CaseRef


@attrs.frozen(field_transformer=checked)
class HandOverTo(Command):
    """Give the ticket to an official, with the case, what was said, and how long the citizen has waited.

    Attributes:
        hand_over: What the official is told.
        to: The official's id; empty if it is open who takes it.
    """

    hand_over: HandOver
    to: str = ""


@attrs.frozen(field_transformer=checked)
class HandBack(Command):
    """The official gives the ticket back to the first level."""


class _StateMap(Protocol):
    """What a transfer asks of a `StateMap`."""

    @property
    def source(self) -> object:
        """The lifecycle that is left."""

    def entered(self, state: str) -> tuple[str, str, Category] | None:
        """The lifecycle, state and category that a state leads to; None if the map has no answer."""


@attrs.frozen(field_transformer=checked)
class TransferTo(Command):
    """Give the ticket to another department.

    Attributes:
        by_map: The declared map from the states of this lifecycle to those of the other: a `StateMap`.
        queue: The queue there.
    """

    by_map: _StateMap
    queue: str = attrs.field(default="", kw_only=True)


@attrs.frozen(field_transformer=checked)
class SetQueue(Command):
    """Move the ticket to another queue of the same department; its state and its owner stay."""

    queue: str


@attrs.frozen(field_transformer=checked)
class LinkTo(Command):
    """Tie the ticket to another one: `parent`, `child`, `duplicate_of`, `follow_up_of` or the department's own kind."""

    kind: str
    other: str


@attrs.frozen(field_transformer=checked)
class Unlink(Command):
    """Undo a link."""

    kind: str
    other: str


@attrs.frozen(field_transformer=checked)
class MergeInto(Command):
    """Let the ticket go on in another one: one half of a merge. `merge` does both, so that nothing owed is lost."""

    other: str


@attrs.frozen(field_transformer=checked)
class GivePromise(Command):
    """Promise the citizen something.

    Attributes:
        id: The promise's name within the ticket.
        who: Who will do it.
        what: What is promised.
        due: By when.
        fallback: What happens if it is not kept.
        about: The id of the contact in which it is given; may be empty.
    """

    id: Id
    who: str
    what: str = attrs.field(kw_only=True, repr=False)
    due: TimerInstant = attrs.field(kw_only=True)
    fallback: str = attrs.field(default="", kw_only=True)
    about: str = attrs.field(default="", kw_only=True)


@attrs.frozen(field_transformer=checked)
class EndPromise(Command):
    """Say that a promise is fulfilled, or withdrawn."""

    id: Id
    withdrawn: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(field_transformer=checked)
class WaitUntil(Command):
    """Set the instant until which the ticket waits in its state; None for no longer."""

    until: TimerInstant | None


@attrs.frozen(field_transformer=checked)
class FireTimer(Command):
    """Let a timer of the lifecycle go off, at its time or later; `due_timers` says which."""

    timer: str
