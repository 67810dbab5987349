"""Messages of our own making, read by ticontact and by the standard library: the same facts, or a difference judged.

The library of Python is an independent reader of the same standards. Where it gives another answer, the table says why
ours is right. Its answers change between patch levels, so a judged fact is held to what we say, and not to its fault.
"""

import email
import email.policy
import email.utils
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import Any, cast

import pytest

from ticontact.contacts.readers import email_message
from ticontact.contacts.readers._html import html_text
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
HEAD = "From: Anna Verdi <anna@example.org>\nTo: office@example.org\nDate: Wed, 18 Mar 2026 08:59:00 +0100\n"
MIXED = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
ALTERNATIVE = 'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n'
PDF = '--b\nContent-Type: application/pdf; name="a.pdf"\nContent-Disposition: attachment; filename="a.pdf"\n\n%PDF\n'


def of(head: str = "Subject: Permesso", body: str = "Buongiorno", *, start: str = HEAD) -> bytes:
    """A message."""
    return f"{start}{head}\n\n{body}\n".encode()


def with_body(kind: str, body: bytes, encoding: str = "8bit") -> bytes:
    """A message of one part."""
    head = f"{HEAD}Subject: x\nMIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + body + b"\n"


MESSAGES: Mapping[str, bytes] = {
    "plain": of(),
    "line ends of a network": of().replace(b"\n", b"\r\n"),
    "folded subject": of("Subject: Permesso\n di dimora"),
    "folded with a tab": of("Subject: Permesso\n\tdi dimora"),
    "encoded subject": of("Subject: =?utf-8?Q?Citt=C3=A0?="),
    "encoded in base64": of("Subject: =?utf-8?B?Q2l0dMOg?="),
    "encoded in latin": of("Subject: =?iso-8859-1?Q?Z=FCrich?="),
    "two words": of("Subject: =?utf-8?Q?Citt=C3=A0?= =?utf-8?Q?_bella?="),
    "words and letters": of("Subject: Re: =?utf-8?Q?Citt=C3=A0?= [TI#4711]"),
    "empty subject": of("Subject:"),
    "no subject": of("X: y"),
    "name in quotes": of(
        start='From: "Verdi, Anna" <anna@example.org>\nTo: office@example.org\nDate: 18 Mar 2026 09:00 +0100\n'
    ),
    "encoded name": of(
        start="From: =?utf-8?Q?Jos=C3=A9?= <jose@example.org>\nTo: a@example.org\nDate: 18 Mar 2026 09:00 Z\n"
    ),
    "name in a comment": of(
        start="From: anna@example.org (Anna Verdi)\nTo: a@example.org\nDate: 18 Mar 2026 09:00 GMT\n"
    ),
    "bare address": of(start="From: anna@example.org\nTo: <a@example.org>\nDate: Wed, 18 Mar 2026 09:00:00 -0500\n"),
    "several recipients": of("Subject: x\nCc: c@example.org, D <d@example.org>"),
    "a group": of("Subject: x\nCc: tutti: c@example.org, d@example.org;"),
    "an empty group": of("Subject: x\nCc: undisclosed-recipients:;"),
    "answers": of(
        "Subject: x\nMessage-ID: <2@example.org>\nIn-Reply-To: <1@example.org>\n"
        "References: <0@example.org> <1@example.org>"
    ),
    "date with seconds": of(
        start="From: a@example.org\nTo: b@example.org\nDate: Wed, 18 Mar 2026 09:00:30 +0100 (CET)\n"
    ),
    "date in winter": of(start="From: a@example.org\nTo: b@example.org\nDate: 5 Jan 2026 09:00 -0330\n"),
    "no date": of(start="From: a@example.org\nTo: b@example.org\n"),
    "no date that can be": of(start="From: a@example.org\nTo: b@example.org\nDate: domani\n"),
    "utf-8": with_body("text/plain; charset=utf-8", "Città".encode()),
    "latin": with_body("text/plain; charset=iso-8859-1", "Città".encode("latin-1")),
    "latin 9": with_body("text/plain; charset=iso-8859-15", "10 €".encode("iso-8859-15")),
    "windows": with_body("text/plain; charset=windows-1252", "“10 €”".encode("cp1252")),
    "quoted-printable": with_body("text/plain; charset=utf-8", b"Citt=C3=A0 =\nbella", "quoted-printable"),
    "base64": with_body("text/plain; charset=utf-8", b"Q2l0dMOgIGJlbGxh", "base64"),
    "html": with_body("text/html; charset=utf-8", "<p>Città</p>".encode()),
    "two forms": of(
        ALTERNATIVE.strip(),
        "--b\nContent-Type: text/plain\n\nchiaro\n--b\nContent-Type: text/html\n\n<p>chiaro</p>\n--b--",
    ),
    "an attachment": of(MIXED.strip(), f"--b\nContent-Type: text/plain\n\nciao\n{PDF}--b--"),
    "an attachment alone": of(MIXED.strip(), f"{PDF}--b--"),
    "a preamble": of(MIXED.strip(), f"non questo\n--b\nContent-Type: text/plain\n\nciao\n{PDF}--b--\nnon questo"),
    "encoded attachment": of(
        MIXED.strip(),
        '--b\nContent-Type: text/plain\n\nciao\n--b\nContent-Type: image/png; name="a.png"\n'
        'Content-Disposition: attachment; filename="a.png"\nContent-Transfer-Encoding: base64\n\niVBORw0K\n--b--',
    ),
    "name of RFC 2231": of(
        MIXED.strip(), f"--b\n\nciao\n{PDF}--b--".replace('filename="a.pdf"', "filename*=utf-8''citt%C3%A0.pdf")
    ),
    "continued name": of(
        MIXED.strip(), f"--b\n\nciao\n{PDF}--b--".replace('filename="a.pdf"', 'filename*0="a"; filename*1=".pdf"')
    ),
    "parts in parts": of(
        MIXED.strip(),
        '--b\nContent-Type: multipart/alternative; boundary="c"\n\n--c\n\nchiaro\n'
        "--c\nContent-Type: text/html\n\n<p>x</p>\n"
        f"--c--\n{PDF}--b--",
    ),
    "a message in a message": of(
        MIXED.strip(), "--b\n\nciao\n--b\nContent-Type: message/rfc822\n\nSubject: altro\n\naltro\n--b--"
    ),
    # What is damaged, and what the standard library makes something else of.
    "raw letters in the head": of("Subject: Città"),
    "a line without a colon": of("X: y\nstray\nSubject: Permesso"),
    "a mailbox line": b">From anna Wed Mar 18\n" + of(),
    "a byte order mark": b"\xef\xbb\xbf" + of(),
    "an unknown charset": with_body("text/plain; charset=x-unknown", "Città".encode()),
    "gb2312": with_body("text/plain; charset=gb2312", "世話".encode("gbk")),
    "base64 that is none": with_body("text/plain; charset=utf-8", b"Buongiorno, sono Anna.", "base64"),
    "a forged line end": of("Subject: =?utf-8?Q?Ciao=0ABcc:_x@example.org?="),
    "a comma in a name": of(start="From: Mario, Rossi <m@example.org>\nTo: b@example.org\nDate: 18 Mar 2026 09:00 Z\n"),
    "no zone": of(start="From: a@example.org\nTo: b@example.org\nDate: Wed, 18 Mar 2026 09:00:00\n"),
    "twelve hours": of(start="From: a@example.org\nTo: b@example.org\nDate: Wed, 18 Mar 2026 9:00:00 PM +0100\n"),
    "a banner before html": of(
        MIXED.strip(), "--b\n\nESTERNO\n--b\nContent-Type: text/html\n\n<p>La domanda</p>\n--b--"
    ),
    "a name both ways": of(
        MIXED.strip(),
        f"--b\n\nciao\n{PDF}--b--".replace('filename="a.pdf"', "filename=\"a.pdf\"; filename*=utf-8''b.pdf"),
    ),
}


def library(raw: bytes, fact: Callable[[EmailMessage], Any]) -> Any:
    """What the standard library says; the name of what it raises, where it does."""
    try:
        return fact(email.message_from_bytes(raw, policy=email.policy.default))
    except Exception as error:  # noqa: BLE001 - it raises untyped errors on odd bytes
        return type(error).__name__


def _addresses(message: EmailMessage, name: str) -> list[str]:
    return [
        address for _, address in email.utils.getaddresses([str(each) for each in message.get_all(name, [])]) if address
    ]


def _names(message: EmailMessage, name: str) -> list[str]:
    return [shown for shown, _ in email.utils.getaddresses([str(each) for each in message.get_all(name, [])])]


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = cast("str", part.get_content())
    return (html_text(text) if part.get_content_type() == "text/html" else text).strip()


def _sent(message: EmailMessage) -> str | None:
    date = message["date"]
    return date.datetime.isoformat() if date is not None and date.datetime else None


def _ids(message: EmailMessage, name: str) -> list[str]:
    return str(message.get(name, "")).replace("<", " ").replace(">", " ").split()


THEIRS: Mapping[str, Callable[[EmailMessage], Any]] = {
    "subject": lambda message: str(message.get("subject", "")).strip(),
    "from": lambda message: _addresses(message, "from"),
    "name": lambda message: _names(message, "from")[:1],
    "to": lambda message: _addresses(message, "to"),
    "cc": lambda message: _addresses(message, "cc"),
    "sent": _sent,
    "ids": lambda message: [_ids(message, name) for name in ("message-id", "in-reply-to", "references")],
    "text": _body,
    "attachments": lambda message: [each.get_filename() or "" for each in message.iter_attachments()],
}


def ours(raw: bytes) -> dict[str, Any]:
    """What ticontact says."""
    (message,) = email_message(raw, at=NINE).contact.messages
    sender = message.sender
    return {
        "subject": message.subject,
        "from": [sender.address.normalized] if sender and sender.address else [],
        "name": [sender.name] if sender else [],
        "to": [box.address.normalized for box in message.to if box.address],
        "cc": [box.address.normalized for box in message.copied if box.address],
        "sent": message.sent_at.isoformat() if message.sent_at else None,
        "ids": [
            [message.id] * bool(message.id),
            [message.in_reply_to] * bool(message.in_reply_to),
            [*message.references],
        ],
        "text": message.text.strip(),
        "attachments": [each.name for each in message.attachments],
    }


WHOLE: Mapping[str, Any] = {
    "subject": "Permesso", "from": ["anna@example.org"], "name": ["Anna Verdi"], "to": ["office@example.org"], "cc": [],
    "sent": "2026-03-18T08:59:00+01:00", "ids": [[], [], []], "text": "Buongiorno", "attachments": [],
}  # fmt: skip
JUDGED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "a line without a colon": ("one stray line ends the header there; the fields below it are fields", WHOLE),
    "a mailbox line": ("the quoted line of a mailbox file ends the header there, and all of it becomes text", WHOLE),
    "a byte order mark": ("a mark of an editor ends the header there", WHOLE),
    "an unknown charset": ("it raises LookupError; guessed text with a finding is better than none", {"text": "Città"}),
    "gb2312": ("it reads the label by the letter; what senders mean is GBK (WHATWG)", {"text": "世話"}),
    "base64 that is none": ("it decodes plain words to rubbish", {"text": "Buongiorno, sono Anna."}),
    "a forged line end": (
        "an encoded line end comes out as one; no value of ours has any",
        {"subject": "Ciao Bcc: x@example.org"},
    ),
    "a comma in a name": (
        "it makes two mailboxes, one of a bare word; the one address has the whole name",
        {"from": ["m@example.org"], "name": ["Mario, Rossi"]},
    ),
    "no zone": ("it gives a time without a zone, which is no instant", {"sent": None}),
    "twelve hours": ("it reads nine in the morning, in UTC", {"sent": "2026-03-18T21:00:00+01:00"}),
    "a banner before html": (
        "it takes one body, which is the banner; both are the text",
        {"text": "ESTERNO\n\nLa domanda", "attachments": []},
    ),
    "a name both ways": ("the extended name is for readers that know it (RFC 6266)", {"attachments": ["b.pdf"]}),
    "raw letters in the head": (
        "bytes without a declaration come out as lone surrogates; ours are guessed",
        {"subject": "Città"},
    ),
    "a message in a message": ("an enclosed message has no file name, and none is made up", {"attachments": [""]}),
    "date with seconds": ("a comment is no part of an instant", {"sent": "2026-03-18T09:00:30+01:00"}),
    "encoded name": ("`Z` is UTC; Python before 3.13 reads no single letter", {"sent": "2026-03-18T09:00:00+00:00"}),
    "folded with a tab": (
        "a fold is white space, whatever it is made of; a subject is one line",
        {"subject": "Permesso di dimora"},
    ),
    "name in a comment": ("a comment beside an address is its name (RFC 5322, section 3.4)", {"name": ["Anna Verdi"]}),
    "an empty group": ("a group without members has no address", {"cc": []}),
    "a group": ("its members are the addresses", {"cc": ["c@example.org", "d@example.org"]}),
}
"""Why a fact of ours may be another one, and what it is."""


@pytest.mark.parametrize("name", MESSAGES)
def test_the_same_facts_or_a_judged_difference(name: str) -> None:
    """Each fact of each message."""
    raw = MESSAGES[name]
    reason, expected = JUDGED.get(name, ("", {}))
    found = ours(raw)
    theirs = {fact: library(raw, THEIRS[fact]) for fact in found if fact not in expected}

    assert {fact: found[fact] for fact in expected} == expected, reason
    assert {fact: found[fact] for fact in theirs} == theirs


def test_there_are_enough() -> None:
    """Forty and more, and every judgement is of one of them."""
    assert len(MESSAGES) >= 40
    assert set(JUDGED) <= set(MESSAGES)
