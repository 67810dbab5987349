"""The header of an answer: safe, in its thread, without loops."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import Channel, Contact, Direction, EmailAddress, Mailbox, Message
from ticontact.contacts._text import clean
from ticontact.contacts.formats import reply_fields
from ticontact.contacts.readers import email_message
from ticontact.errors import ContactError, NaiveTime
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
OFFICE = Mailbox("Ufficio della migrazione", EmailAddress.parse("office@example.org"))
ANNA = Mailbox("Anna Verdi", EmailAddress.parse("anna@example.org"))
QUESTION = Message(id="2@x.org", subject="Permesso", sender=ANNA, references=("1@x.org",))


def contact(message: Message | None = QUESTION) -> Contact:
    """An e-mail contact with this message."""
    return Contact(
        id="c",
        channel=Channel.named("email"),
        direction=Direction.INBOUND,
        messages=[message] if message else [],
        created_at=NINE,
    )


def fields(message: Message = QUESTION, **asked: Any) -> dict[str, str]:
    """The fields of the answer by name; each name stands once."""
    found = reply_fields(contact(message), **{"id": "3@example.org", "sender": OFFICE, "at": NINE, **asked})
    assert len(dict(found)) == len(found)
    return dict(found)


class TestFields:
    """What an answer carries."""

    def test_answer_of_a_person(self) -> None:
        """Who, to whom, about what, when, and after which messages."""
        assert fields() == {
            "From": "Ufficio della migrazione <office@example.org>",
            "To": "Anna Verdi <anna@example.org>",
            "Subject": "Re: Permesso",
            "Date": "Wed, 18 Mar 2026 09:00:00 +0100",
            "Message-ID": "<3@example.org>",
            "In-Reply-To": "<2@x.org>",
            "References": "<1@x.org> <2@x.org>",
        }

    def test_automatic_answer_says_so(self) -> None:
        """So that the other side's machine is silent (RFC 3834)."""
        answer = fields(automatic=True)

        assert (answer["Auto-Submitted"], answer["X-Auto-Response-Suppress"]) == ("auto-replied", "All")

    @pytest.mark.parametrize(
        ("subject", "tag", "expected"),
        [
            ("R: Permesso", "", "R: Permesso"),
            ("AW : Permesso", "", "AW : Permesso"),
            ("", "", "Re:"),
            ("Permesso", "TI#4711", "Re: Permesso [TI#4711]"),
            ("Re: Permesso [TI#4711]", "TI#4711", "Re: Permesso [TI#4711]"),
            ("Città", "", "=?utf-8?B?UmU6IENpdHTDoA==?="),
            ("à" * 20, "", f"=?utf-8?B?UmU6IMOg{'w6DDoMOg' * 6}?= =?utf-8?B?w6A=?="),
            ("=?utf-8?Q?=0A?=", "", "=?utf-8?B?UmU6ID0/dXRmLTg/UT89MEE/PQ==?="),
        ],
    )
    def test_subject(self, subject: str, tag: str, expected: str) -> None:
        """Marked as an answer once, tagged once, encoded where it must be."""
        assert fields(attrs.evolve(QUESTION, subject=subject), tag=tag)["Subject"] == expected

    @pytest.mark.parametrize(
        ("name", "written"),
        [
            ("", "anna@example.org"),
            ('Verdi, "Anna" \\', '"Verdi, \\"Anna\\" \\\\" <anna@example.org>'),
            ("José", "=?utf-8?B?Sm9zw6k=?= <anna@example.org>"),
            ("=?x?=", '"=?x?=" <anna@example.org>'),
        ],
    )
    def test_names(self, name: str, written: str) -> None:
        """Quoted or encoded where they must be."""
        assert fields(attrs.evolve(QUESTION, sender=attrs.evolve(ANNA, name=name)))["To"] == written

    def test_reply_goes_where_it_is_wished(self) -> None:
        """With the name that belongs to that address; an address that no ASCII can write stays as it is."""
        wished = Mailbox("Studio", EmailAddress.parse("josé@example.org"))

        assert fields(attrs.evolve(QUESTION, reply_to=[wished]))["To"] == "Studio <josé@example.org>"

    def test_ids_that_are_none_are_left_out(self) -> None:
        """Also of long threads only the first and the last ones are named."""
        odd = fields(attrs.evolve(QUESTION, id="", references=("a b", "<x>")))
        long = fields(attrs.evolve(QUESTION, references=tuple(f"{number}@y.org" for number in range(50))))

        assert {"In-Reply-To", "References"} & odd.keys() == set()
        assert long["References"].split()[:2] == ["<0@y.org>", "<31@y.org>"]


class TestRefusals:
    """What is not answered."""

    @pytest.mark.parametrize(
        ("message", "asked", "error"),
        [
            (None, {}, ContactError),
            (Message(subject="x"), {}, ContactError),
            (attrs.evolve(QUESTION, marks=(("precedence", "bulk"),)), {"automatic": True}, ContactError),
            (QUESTION, {"sender": Mailbox("Ufficio")}, ContactError),
            (QUESTION, {"id": "a@b>\r\nBcc: x"}, ContactError),
            (QUESTION, {"at": NINE.naive()}, NaiveTime),
        ],
        ids=["nothing", "nowhere", "machine", "nobody", "id", "time"],
    )
    def test_refused(self, message: Message | None, asked: dict[str, Any], error: type[Exception]) -> None:
        """No message, no address, a machine on both sides, an id that forges a field."""
        with pytest.raises(error):
            reply_fields(contact(message), **{"id": "3@example.org", "sender": OFFICE, "at": NINE, **asked})


@given(st.text(max_size=80), st.text(max_size=30))
def test_what_is_written_reads_back(subject: str, name: str) -> None:
    """Whatever a citizen wrote, the answer has the same fields, one line each, and reads back as it was meant."""
    asked = attrs.evolve(QUESTION, subject=subject, sender=attrs.evolve(ANNA, name=name))
    written = reply_fields(contact(asked), id="3@example.org", sender=OFFICE, at=NINE)
    raw = "".join(f"{key}: {value}\r\n" for key, value in written).encode("ascii")
    (read,) = email_message(raw, at=NINE).contact.messages

    assert raw.count(b"\r") == raw.count(b"\n") == 7
    assert all(len(word) <= 75 for _, value in written for word in value.split() if word.startswith("=?utf-8"))
    assert (read.to[0].address, read.id, read.sent_at) == (ANNA.address, "3@example.org", NINE)
    assert read.to[0].name == clean(clean(name).strip("' "))
    assert read.subject == clean(f"Re: {clean(subject)}") or clean(subject).lower().startswith(("r", "a"))
