"""Raw bytes of an e-mail message to a contact."""

import hashlib
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._automatic_message import MARKS
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._message import Attachment, Mailbox, Message
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import Pieces, clean, plain
from ticontact.contacts.readers._charsets import decode
from ticontact.contacts.readers._deliveries import deliveries
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.contacts.readers._header_fields import date_time, message_ids, words
from ticontact.contacts.readers._html import html_text
from ticontact.contacts.readers._limits import Limits
from ticontact.contacts.readers._mailboxes import mailboxes
from ticontact.contacts.readers._mime import Part, read_parts
from ticontact.contacts.readers._relays import relay
from ticontact.errors import UnreadableRecord

__all__ = ["email_message"]

_DEFAULT_LIMITS: Final = Limits()
_LONGEST_NAME: Final = 150
_NOT_IN_A_NAME: Final = dict.fromkeys(map(ord, '<>:"|?*'), "_")
_KIND: Final = re.compile(r"[\w!#$&^.+-]{1,127}+/[\w!#$&^.+-]{1,127}+", re.ASCII)  # RFC 6838, section 4.2
_UNKNOWN_KIND: Final = "application/octet-stream"
_SIGNATURE: Final = "-- "
_SEALED: Final = frozenset({
    "application/ms-tnef", "application/vnd.ms-tnef", "application/pgp-encrypted", "application/pkcs7-mime",
    "application/x-pkcs7-mime",
})  # fmt: skip
_SEALED_NAMES: Final = frozenset({"winmail.dat", "win.dat", "smime.p7m"})
_WHITE: Final = dict.fromkeys(map(ord, " \t\n"))


def email_message(
    raw: bytes | bytearray | memoryview,
    *,
    at: datetime | Moment,
    id: str | None = None,  # noqa: A002 - the contact's own field
    reached: Address | None = None,
    shared: Collection[EmailAddress] = (),
    limits: Limits = _DEFAULT_LIMITS,
) -> Imported:
    """Read an e-mail message, whatever state it is in.

    Args:
        raw: The message as it came; its bytes, for a text has lost its character sets.
        at: When it came, an aware datetime.
        id: The id of the contact; by default it is made of the bytes, so that the same message gets the same id.
        reached: The address of ours that it reached; by default the first one in To.
        shared: Mailboxes from which many people's messages come, such as that of a portal. They identify nobody; the
            writer is taken from Reply-To. Those of certified mail, lists and programs are known without.
        limits: How much is taken.

    Returns:
        The contact with one message, and what was odd about it.

    Raises:
        MessageTooLarge: If the message is beyond the limits.
        UnreadableRecord: If it is not given as bytes.
        NaiveTime: If `at` has no zone.
    """
    if not isinstance(raw, bytes | bytearray | memoryview):
        raise UnreadableRecord(
            f"message: {type(raw).__name__} was given; allowed: its bytes", given=raw, field="message"
        )
    findings = Findings()
    whole = read_parts(bytes(raw), limits=limits, findings=findings)
    message = _Reading(whole, limits, findings, frozenset(each.match_key for each in shared)).message()
    contact = Contact(
        id=id or f"email-{hashlib.sha256(raw).hexdigest()[:32]}",
        channel=Channel.named("email"),
        direction=Direction.INBOUND,
        reached=reached or next((mailbox.address for mailbox in message.to if mailbox.address), None),
        parties=list(_citizen(message)),
        messages=[message],
        created_at=at,
    )
    return Imported(contact, findings.all)


def _citizen(message: Message) -> Iterator[Party]:
    """Who wrote a message; a mailbox that many share gives its name and no address, for it identifies nobody."""
    if message.author:
        yield Party(Role.CITIZEN, message.author.address, name=message.author.name)
    elif message.sender:
        yield Party(Role.CITIZEN, name=message.sender.name)


class _Reading:
    """One reading of a whole message."""

    def __init__(self, whole: Part, limits: Limits, findings: Findings, shared: frozenset[str]) -> None:
        self._whole = whole
        self._shared = shared
        self._limits = limits
        self._findings = findings

    def message(self) -> Message:
        sender = self._mailboxes("from")
        if not sender:
            self._findings.add("from", FindingKind.NO_SENDER)
        reply_to = self._mailboxes("reply-to")
        relayed, writer = relay(self._whole, next(iter(sender), None), reply_to, self._shared, self._findings)
        answered = message_ids(self._whole.field("in-reply-to"))
        return Message(
            id=next(iter(message_ids(self._whole.field("message-id"))), ""),
            subject=self._cut(words(self._whole.field("subject"), where="subject", findings=self._findings), "subject"),
            text=self._cut(self._text(), "text"),
            sender=next(iter(sender), None),
            transmitted_by=next(iter(self._mailboxes("sender")), None),
            to=self._mailboxes("to"),
            copied=self._mailboxes("cc"),
            reply_to=reply_to,
            in_reply_to=next(iter(answered), ""),
            references=message_ids(self._whole.field("references")),
            attachments=[self._attachment(part) for part in self._whole.leaves() if not _is_body(part, self._whole)],
            deliveries=deliveries(self._whole, self._limits, self._findings),
            marks=tuple((name, clean(value)) for name, value in self._whole.fields if name in MARKS),
            relayed=relayed,
            written_by=writer,
            sent_at=self._sent_at(),
        )

    def _mailboxes(self, name: str) -> tuple[Mailbox, ...]:
        text = ", ".join(value for key, value in self._whole.fields if key == name)
        return mailboxes(text, where=name, most=self._limits.mailboxes, findings=self._findings)

    def _sent_at(self) -> Moment | None:
        text = self._whole.field("date")
        sent = date_time(text)
        if sent is None:
            self._findings.add("date", FindingKind.UNREADABLE_DATE if text else FindingKind.MISSING)
            return None
        return Moment.of(sent, TimeSource.SENDER)

    def _cut(self, text: str, where: str) -> str:
        if len(text) > self._limits.text:
            self._findings.add(where, FindingKind.CUT)
        return text[: self._limits.text]

    def _text(self) -> str:
        """The text for people: every part of it; of several forms of one text the plain one where it says something."""
        texts = self._texts(self._whole)
        if not texts:  # somebody gave the one text a file name
            named = [part for part in self._whole.leaves() if _is_named_text(part)]
            texts = [text for text in map(self._readable, named) if text]
        return "\n\n".join(texts)

    def _texts(self, part: Part) -> list[str]:
        """The texts of a part and of those in it, in their order; none of them is blank."""
        if not part.parts:
            text = self._readable(part) if _is_body(part, self._whole) else ""
            return [text] if text else []
        if part.content_type == "multipart/alternative":
            simple = [each for each in part.parts if not _has_html(each)]
            rich = [each for each in reversed(part.parts) if _has_html(each)]
            return next((texts for texts in map(self._texts, [*simple, *rich]) if texts), [])
        found: list[str] = []
        for each in part.parts:  # a banner, the text, a footer; some send both forms side by side
            found += [text for text in self._texts(each) if not any(_are_same(text, other) for other in found[-1:])]
        return found

    def _readable(self, part: Part) -> str:
        text = self._plain(part)
        if part.content_type == "text/html":
            text = plain(html_text(text, findings=self._findings))
        return text.strip("\n") if text.strip() else ""

    def _plain(self, part: Part) -> str:
        charset = part.parameters.get("charset", "")
        text = decode(part.content(self._findings), charset, where="text", findings=self._findings)
        if part.content_type != "text/html":
            text = self._cut(text, "text")  # before work is spent on what is left out
        if part.parameters.get("format", "").lower() != "flowed" or part.content_type != "text/plain":
            return plain(text)
        return _unflowed(plain(text), is_space_deleted=part.parameters.get("delsp", "").lower() == "yes")

    def _attachment(self, part: Part) -> Attachment:
        if _is_sealed(part, self._whole):
            self._findings.add(
                part.content_type if part.content_type in _SEALED else "attachment", FindingKind.UNREADABLE_PART
            )
        content = part.content(self._findings)
        return Attachment(
            name=_safe(part.name),
            written_name=part.name,
            content_type=part.content_type if _KIND.fullmatch(part.content_type) else _UNKNOWN_KIND,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            inline=part.disposition == "inline" or (not part.disposition and bool(part.field("content-id"))),
            content_id=next(iter(message_ids(part.field("content-id"))), ""),
        )


def _is_body(part: Part, whole: Part) -> bool:
    """Whether a part is text for people: no attachment, no file name; other kinds only if they are the whole."""
    if part.name or (part.disposition == "attachment" and part is not whole):
        return False
    return part.content_type in {"text/plain", "text/html"} or (part is whole and part.content_type.startswith("text/"))


def _is_named_text(part: Part) -> bool:
    is_text = part.content_type in {"text/plain", "text/html"}
    return is_text and bool(part.name) and part.disposition != "attachment"


def _has_html(part: Part) -> bool:
    return any(leaf.content_type == "text/html" for leaf in part.leaves())


def _are_same(one: str, other: str) -> bool:
    """Whether two texts are one but for white space."""
    return one.lstrip()[:1] == other.lstrip()[:1] and one.translate(_WHITE) == other.translate(_WHITE)


def _is_sealed(part: Part, whole: Part) -> bool:
    """Whether a part hides what people wrote: encrypted, signed as a whole, or in Outlook's own form.

    A document that somebody has signed (`documento.pdf.p7m`) is an attachment like others.
    """
    name = part.name.lower()
    if name in _SEALED_NAMES:
        return True
    is_smime = part.content_type.endswith("pkcs7-mime")
    return part.content_type in _SEALED and (not is_smime or part is whole or "smime-type" in part.parameters)


def _unflowed(text: str, *, is_space_deleted: bool) -> str:
    """The paragraphs of a text whose lines were folded for sending (RFC 3676).

    A line that ends with a space goes on in the next, but for the line above a signature; a space that was put before a
    line is taken away, and with `DelSp=yes` the one at its end too. Quoted lines stay as they are.
    """
    result = Pieces()
    start, size, goes_on = 0, len(text), False
    while start < size:
        end = text.find("\n", start)
        end = size if end < 0 else end
        line = text[start + text.startswith(" ", start) : end]
        joins = goes_on and line != _SIGNATURE and not text.startswith((">", "\n"), start)
        goes_on = line.endswith(" ") and line.strip() != "" and not text.startswith(">", start) and line != _SIGNATURE
        shown = line[:-1] if goes_on and is_space_deleted else line
        result.add(shown if joins or not start else f"\n{shown}")
        start = end + 1
    return result.text


def _safe(name: str) -> str:
    """The last part of a file name, without what a file system takes for something else; the ending is kept."""
    last = name.replace("\\", "/").rpartition("/")[2].translate(_NOT_IN_A_NAME).strip(". ")
    stem, dot, ending = last.rpartition(".")
    return last if len(last) <= _LONGEST_NAME else f"{stem[: _LONGEST_NAME - 20]}{dot}{ending[:19]}"
