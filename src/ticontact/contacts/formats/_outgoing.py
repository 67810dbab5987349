"""Which header fields does an answer carry, so that it reaches the right thread, forges nothing and starts no loop?

Every value is one line of ASCII: other characters go into encoded words (RFC 2047), names into quoted strings where
they need them (RFC 5322), control characters are gone. What a citizen wrote in a subject or a name can therefore never
become a field of its own. An automatic answer says so (RFC 3834) and is never made to a machine.
"""

import base64
import re
from datetime import datetime
from typing import Final

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._automatic_message import may_answer_automatically
from ticontact.contacts._contact import Contact
from ticontact.contacts._field_types import is_a
from ticontact.contacts._message import Mailbox, Message
from ticontact.contacts._moment import moment
from ticontact.contacts._text import clean
from ticontact.errors import ContactError

__all__ = ["reply_fields"]

_WORD_BYTES: Final = 42  # 56 characters of Base64, which with their frame stay below the 75 of RFC 2047
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*", re.ASCII)
_MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.-]{1,200}", re.ASCII)
_ANSWERED: Final = re.compile(r"(?:re|r|aw|rif|antw|ref)\s*:", re.IGNORECASE)
_MOST_REFERENCES: Final = 20
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def reply_fields(
    contact: Contact,
    *,
    id: str,  # noqa: A002 - the field's own name
    sender: Mailbox,
    at: datetime,
    automatic: bool = False,
    tag: str = "",
) -> tuple[tuple[str, str], ...]:
    """The header fields of an answer to the first message of a contact.

    Args:
        contact: The contact.
        id: The Message-ID of the answer, without brackets.
        sender: Who answers; the address has to be there.
        at: When, an aware datetime.
        automatic: Whether no person writes the answer.
        tag: What the subject carries to find the thread again, such as `TI#2026-4711`; empty for nothing.

    Returns:
        Names and values in the order of a message, each value one line of ASCII unless an address needs SMTPUTF8.

    Raises:
        ContactError: If there is no message or nowhere to answer, or a machine would answer a machine, or if the
            Message-ID is none.
        NaiveTime: If `at` has no zone.
    """
    if not is_a(id, str) or _MESSAGE_ID.fullmatch(id) is None:
        raise ContactError("reply, id: allowed: such as 4711.1@example.org", given=id, field="reply, id")
    message = _answerable(contact, automatic=automatic)
    to = Mailbox(_name(message), message.reply_address)
    fields = [
        ("From", _mailbox(sender)),
        ("To", _mailbox(to)),
        ("Subject", _encoded(_subject(message, tag))),
        ("Date", _date(at)),
        ("Message-ID", f"<{id}>"),
    ]
    # The root of the thread: without References the one message that it answers (RFC 5322, section 3.6.4).
    roots = message.references or (message.in_reply_to,)
    before = [each for each in (*roots, message.id) if _MESSAGE_ID.fullmatch(each)]
    if before and before[-1] == message.id:
        fields.append(("In-Reply-To", f"<{message.id}>"))
    if before:
        fields.append(("References", " ".join(f"<{each}>" for each in [*before[:1], *before[1:][-_MOST_REFERENCES:]])))
    if automatic:
        fields += [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]
    return tuple(fields)


def _answerable(contact: Contact, *, automatic: bool) -> Message:
    message = next(iter(contact.messages), None)
    if message is None or message.reply_address is None:
        raise ContactError("reply: allowed: to a message that names a valid address", field="reply")
    if automatic and not may_answer_automatically(contact):
        raise ContactError(
            "reply: allowed: no automatic answer to a machine, or to whoever asks for none (RFC 3834, section 2)",
            field="reply",
        )
    return message


def _name(message: Message) -> str:
    """The name beside the address that the answer goes to."""
    named = [*message.reply_to, *([message.sender] if message.sender else [])]
    return next((mailbox.name for mailbox in named if mailbox.address == message.reply_address), "")


def _subject(message: Message, tag: str) -> str:
    subject = clean(message.subject)
    answered = subject if _ANSWERED.match(subject) else f"Re: {subject}".rstrip()
    mark = f"[{clean(tag)}]"
    return answered if not tag or mark in answered else f"{answered} {mark}"


def _mailbox(mailbox: Mailbox) -> str:
    if mailbox.address is None:
        raise ContactError("reply, sender: allowed: a mailbox with an address", field="reply, sender")
    name, address = clean(mailbox.name), _sendable(mailbox.address)
    if not name:
        return address
    if not name.isascii():
        return f"{_encoded(name)} <{address}>"
    quoted = name if _ATOMS.fullmatch(name) and "=?" not in name else '"{}"'.format(re.sub(r'(["\\])', r"\\\1", name))
    return f"{quoted} <{address}>"


def _sendable(address: EmailAddress) -> str:
    return address.ascii or address.normalized


def _encoded(text: str) -> str:
    """A text as it is, or in encoded words of whole characters; also what only looks like an encoded word."""
    if text.isascii() and "=?" not in text:
        return text
    words, pending = [], b""
    for character in text:
        data = character.encode()
        if len(pending) + len(data) > _WORD_BYTES:
            words.append(pending)
            pending = b""
        pending += data
    return " ".join(f"=?utf-8?B?{base64.b64encode(word).decode()}?=" for word in (*words, pending))


def _date(at: datetime) -> str:
    """RFC 5322, section 3.3: names in English, whatever the machine's language is."""
    local = moment(at).at
    clock = local.strftime("%H:%M:%S %z")
    return f"{_DAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]} {local.year} {clock}"
