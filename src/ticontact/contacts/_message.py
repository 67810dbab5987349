"""What was written, by whom, to whom, with what attached?"""

import enum
import re
from collections.abc import Iterable
from types import NoneType
from typing import Final

import attrs
import pendulum

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._field_class import IDENTIFIER, PERSONAL, SENSITIVE, hide
from ticontact.contacts._field_types import listed, of_kind
from ticontact.contacts._moment import Moment, moment_or_none, shown
from ticontact.i18n import Text
from ticontact.i18n._texts import contact_reasons as texts

__all__ = ["Attachment", "DeliveryStatus", "Mailbox", "Message", "RelayKind"]

_TAG: Final = re.compile(r"\[(?:[^\W\d_]{1,12}[ #:.-]{0,2})?#?(\d[\d/-]{2,15})\]")


class RelayKind(enum.Enum):
    """What kind of mailbox, shared by many, a message came from. It never identifies anybody."""

    CERTIFIED_MAIL = "certified_mail"
    """The mailbox of a provider of certified mail (PEC, RFC 6109)."""
    LIST = "list"
    """The mailbox of a list or a group that puts itself into From."""
    ON_BEHALF = "on_behalf"
    """A mailbox that says it writes on behalf of somebody."""
    NO_REPLY = "no_reply"
    """The mailbox of a program, such as `noreply`."""
    DOCUMENT = "document"
    """No mailbox at all: somebody else's document, such as a vCon, says who wrote."""
    REWRITTEN = "rewritten"
    """An address that a mail system made of another one (SRS, BATV, VERP)."""
    SHARED = "shared"
    """A mailbox that the department named as shared."""

    @property
    def label(self) -> Text:
        """The kind in words."""
        return texts.RELAYS[self.value]


@attrs.frozen(field_transformer=hide)
class Mailbox:
    """A name with an e-mail address, as they stand in a message.

    Attributes:
        name: The display name; empty if there is none.
        address: The address; None if what was written is no valid one.
        written: What was written in its place, cleaned, if it is no valid address.
    """

    name: str = attrs.field(default="", metadata=PERSONAL)
    address: EmailAddress | None = None
    written: str = attrs.field(default="", kw_only=True, metadata=PERSONAL)


@attrs.frozen(kw_only=True, field_transformer=hide)
class Attachment:
    """What came along: its description, never its content.

    Attributes:
        name: A safe file name: no path, no control characters; empty if it had none.
        written_name: The name as it was written, to be shown and never to be used as a path.
        content_type: What the sender says it is; that is a claim.
        size: Its bytes, decoded.
        sha256: The hash of these bytes, in hexadecimal digits.
        inline: Whether it is meant to stand inside the text.
        content_id: The id by which the text refers to it; empty if it has none.
    """

    name: str = attrs.field(metadata=PERSONAL)
    written_name: str = attrs.field(metadata=PERSONAL)
    content_type: str
    size: int
    sha256: str = attrs.field(metadata=IDENTIFIER)
    inline: bool = False
    content_id: str = attrs.field(default="", metadata=IDENTIFIER)


@attrs.frozen(kw_only=True, field_transformer=hide)
class DeliveryStatus:
    """What became of one recipient's copy of a message, as a mail system reports it (RFC 3464).

    Attributes:
        recipient: Who should have got it.
        action: What happened: `failed`, `delayed`, `delivered`, `relayed` or `expanded`; empty if the report is silent.
        status: The status code (RFC 3463), such as `5.1.1` for a mailbox that does not exist; empty if there is none.
        message_id: The id of the message that was sent, without its brackets; empty if the report does not say.
    """

    recipient: Mailbox = attrs.field(validator=of_kind(Mailbox))
    action: str = attrs.field(default="", validator=of_kind(str))
    status: str = attrs.field(default="", validator=of_kind(str))
    message_id: str = attrs.field(default="", validator=of_kind(str), metadata=IDENTIFIER)


def _mailboxes(mailboxes: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    return listed(mailboxes, "Message, mailboxes", Mailbox)


def _deliveries(deliveries: Iterable[DeliveryStatus]) -> tuple[DeliveryStatus, ...]:
    return listed(deliveries, "Message.deliveries", DeliveryStatus)


def _attachments(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    return listed(attachments, "Message.attachments", Attachment)


@attrs.frozen(kw_only=True, field_transformer=hide)
class Message:
    """One message of a contact; for letters, forms and chats most of the fields stay empty.

    Attributes:
        id: The Message-ID without its brackets; empty if it has none.
        subject: The subject, decoded, on one line.
        text: The whole text, decoded.
        sender: From whom it says it is (From); None if nobody is named. Whether it is the writer's own, `relayed` says.
        transmitted_by: Who sent it for them (Sender).
        to: To whom it is addressed.
        copied: Who got a copy (Cc).
        reply_to: Where an answer is wished.
        in_reply_to: The id of the message that it answers; empty if it says none.
        references: The ids of the messages before it, the oldest first.
        attachments: What came along.
        marks: The header fields that tell a machine's message from a person's, by lower-case name.
        relayed: What kind of mailbox the sender's is, if many share it; None if it looks like somebody's own.
        written_by: Who wrote a relayed message; None if that is not known, or if the sender did.
        deliveries: What a delivery report tells of the recipients; empty if it is none.
    """

    id: str = attrs.field(default="", validator=of_kind(str), metadata=IDENTIFIER)
    subject: str = attrs.field(default="", validator=of_kind(str), metadata=SENSITIVE)
    text: str = attrs.field(default="", validator=of_kind(str), metadata=SENSITIVE)
    sender: Mailbox | None = attrs.field(default=None, validator=of_kind(Mailbox, NoneType))
    transmitted_by: Mailbox | None = attrs.field(default=None, validator=of_kind(Mailbox, NoneType))
    to: tuple[Mailbox, ...] = attrs.field(default=(), converter=_mailboxes)
    copied: tuple[Mailbox, ...] = attrs.field(default=(), converter=_mailboxes)
    reply_to: tuple[Mailbox, ...] = attrs.field(default=(), converter=_mailboxes)
    in_reply_to: str = attrs.field(default="", metadata=IDENTIFIER)
    references: tuple[str, ...] = attrs.field(default=(), metadata=IDENTIFIER)
    attachments: tuple[Attachment, ...] = attrs.field(default=(), converter=_attachments)
    marks: tuple[tuple[str, str], ...] = attrs.field(default=(), metadata=SENSITIVE)
    relayed: RelayKind | None = attrs.field(default=None, validator=of_kind(RelayKind, NoneType))
    written_by: Mailbox | None = attrs.field(default=None, validator=of_kind(Mailbox, NoneType))
    deliveries: tuple[DeliveryStatus, ...] = attrs.field(default=(), converter=_deliveries)
    _sent_at: Moment | None = attrs.field(alias="sent_at", default=None, converter=moment_or_none)

    @property
    def sent_at(self) -> pendulum.DateTime | None:
        """When the sender says it was sent, in the sender's own offset; None if that cannot be read."""
        return shown(self._sent_at)

    @property
    def author(self) -> Mailbox | None:
        """Who wrote it: the sender, but of a relayed message whoever wrote that; None if nobody is known.

        It is what the message says of itself: a hint, never a proof.
        """
        return self.sender if self.relayed is None else self.written_by

    @property
    def reply_address(self) -> EmailAddress | None:
        """Where an answer goes: the first valid Reply-To, else the author; never a mailbox that many share."""
        wished = [*self.reply_to, *([self.author] if self.author else [])]
        return next((mailbox.address for mailbox in wished if mailbox.address), None)

    @property
    def thread_ids(self) -> frozenset[str]:
        """The ids of the messages that it continues, or whose delivery it reports, as a set."""
        ids = {*self.references, self.in_reply_to, *(each.message_id for each in self.deliveries)}
        return frozenset(ids - {""})

    @property
    def tag(self) -> str:
        """The number of the first ticket tag such as `[TI#2026-4711]` in the subject; empty if there is none."""
        return next(iter(self.tags), "")

    @property
    def tags(self) -> tuple[str, ...]:
        """The numbers of all that looks like a ticket tag in the subject: other systems put theirs beside ours."""
        return tuple(dict.fromkeys(_TAG.findall(self.subject)))

    def mark(self, name: str) -> str | None:
        """The first header field of this name among the marks, in lower case; None if it is not there."""
        return next((value.lower() for key, value in self.marks if key == name), None)
