"""Which ticket does a message continue?

First by the ids of messages, taken as a set, because mail programs fill In-Reply-To and References as they like; then
by a ticket tag in the subject. A tag is easy to quote: from somebody who takes no part in the ticket it is a hint that
a person must look at. So it is in a relayed message, whose author is known by what the message says and no more.
"""

import enum
from collections.abc import Iterable

import attrs

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._contact import Contact
from ticontact.contacts._field_class import IDENTIFIER, hide
from ticontact.contacts._message import Message
from ticontact.i18n import Text
from ticontact.i18n._texts import contact_reasons as texts
from ticontact.plain import checked

__all__ = ["Continues", "KnownThread", "NewThread", "ThreadBasis", "Uncertain", "find_thread"]


class ThreadBasis(enum.Enum):
    """Why a message belongs to a thread, or does not."""

    SAME_MESSAGE = "same_message"
    ANSWERS = "answers"
    SEVERAL = "several"
    TAG = "tag"
    TAG_OF_STRANGER = "tag_of_stranger"
    NOTHING = "nothing"

    @property
    def reason(self) -> Text:
        """The reason in words."""
        return texts.THREADS[self.value]


@attrs.frozen(kw_only=True, field_transformer=hide)
class KnownThread:
    """What a department has on file of one ticket's messages.

    Attributes:
        ticket: The ticket's id.
        message_ids: The ids of all messages, ours and theirs, also those that were only referred to.
        people: The addresses that take part.
        tag: The number that our subjects carry for it, as in `[TI#2026-4711]`; empty if they carry none.
    """

    ticket: str
    message_ids: frozenset[str] = attrs.field(default=frozenset(), metadata=IDENTIFIER)
    people: frozenset[EmailAddress] = frozenset()
    tag: str = ""


@attrs.frozen(field_transformer=checked)
class Continues:
    """It continues this ticket."""

    ticket: str
    because: ThreadBasis

    @property
    def needs_review(self) -> bool:
        """Whether a person has to look at it: no."""
        return False


@attrs.frozen(field_transformer=checked)
class Uncertain:
    """It may continue this ticket; a person decides."""

    ticket: str
    because: ThreadBasis

    @property
    def needs_review(self) -> bool:
        """Whether a person has to look at it: yes."""
        return True


@attrs.frozen(field_transformer=checked)
class NewThread:
    """It continues nothing that is known."""

    because: ThreadBasis = ThreadBasis.NOTHING

    @property
    def needs_review(self) -> bool:
        """Whether a person has to look at it: no."""
        return False


def find_thread(contact: Contact, known: Iterable[KnownThread]) -> Continues | Uncertain | NewThread:
    """Which ticket a contact's first message continues.

    Args:
        contact: The contact; without a message it is a new thread.
        known: What the department has on file.

    Returns:
        `Continues`, `Uncertain` where a person has to look, or `NewThread`; each with its reason. Where several threads
        fit equally well, the one whose ticket id sorts first is named, so that the order of `known` does not matter.
    """
    threads = sorted(known, key=lambda thread: thread.ticket)
    for message in contact.messages[:1]:
        return _by_id(message, threads) or _by_tag(message, threads) or NewThread()
    return NewThread()


def _by_id(message: Message, threads: list[KnownThread]) -> Continues | Uncertain | None:
    for thread in threads:
        if message.id and message.id in thread.message_ids:
            return Continues(thread.ticket, ThreadBasis.SAME_MESSAGE)
    fitting = [thread for thread in threads if message.thread_ids & thread.message_ids]
    direct = [thread for thread in fitting if message.in_reply_to in thread.message_ids]
    for certain in (fitting, direct):
        if len(certain) == 1:
            return Continues(certain[0].ticket, ThreadBasis.ANSWERS)
    if not fitting:
        return None
    best = max(fitting, key=lambda thread: len(message.thread_ids & thread.message_ids))
    return Uncertain(best.ticket, ThreadBasis.SEVERAL)


def _by_tag(message: Message, threads: list[KnownThread]) -> Continues | Uncertain | None:
    tagged = [thread for thread in threads if thread.tag and thread.tag in message.tags]
    taking_part = [thread for thread in tagged if _takes_part(message, thread)]
    if len({thread.tag for thread in taking_part}) > 1:
        return Uncertain(taking_part[0].ticket, ThreadBasis.SEVERAL)
    for thread in taking_part:
        return Continues(thread.ticket, ThreadBasis.TAG)
    return Uncertain(tagged[0].ticket, ThreadBasis.TAG_OF_STRANGER) if tagged else None


def _takes_part(message: Message, thread: KnownThread) -> bool:
    sender = message.sender.address if message.sender and message.relayed is None else None
    return sender is not None and any(sender.matches(person) for person in thread.people)
