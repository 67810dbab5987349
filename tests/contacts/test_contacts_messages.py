"""E-mail messages in every state."""

import base64
import textwrap
from datetime import timedelta

import pytest
from contacts_measuring import DEAR, cost_of, dear_message, peak_of
from hypothesis import example, given
from hypothesis import strategies as st

from ticontact.contacts import EmailAddress, Mailbox, Message, PhoneNumber
from ticontact.contacts._text import plain
from ticontact.contacts.readers import Finding, FindingKind, Limits, email_message
from ticontact.contacts.readers._base64 import base64_bytes
from ticontact.contacts.readers._charsets import decode
from ticontact.contacts.readers._findings import Findings
from ticontact.contacts.readers._header_fields import date_time, message_ids, parameters, words
from ticontact.contacts.readers._html import html_text
from ticontact.contacts.readers._mailboxes import mailboxes
from ticontact.contacts.readers._mime import read_parts
from ticontact.errors import MessageTooLarge, NaiveTime
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
SIMPLE = (
    b"From: Anna Verdi <anna@example.org>\nTo: office@ti.ch\nSubject: Permesso\nDate: 18 Mar 2026 08:59 +0100\n"
    b"\nBuongiorno\n"
)


def read(text: str | bytes, limits: Limits | None = None) -> tuple[Message, tuple[Finding, ...]]:
    """The message and the findings of a raw text."""
    raw = textwrap.dedent(text).encode() if isinstance(text, str) else text
    imported = email_message(raw, at=NINE, limits=limits or Limits())
    return imported.contact.messages[0], imported.findings


class TestContact:
    """What becomes of a message as a contact."""

    def test_sender_is_the_citizen_and_the_first_recipient_was_reached(self) -> None:
        """From is who, To is where."""
        contact = email_message(SIMPLE, at=NINE).contact

        assert contact.citizen is not None
        assert (EmailAddress.parse("anna@example.org"), "Anna Verdi") == (contact.citizen.address, contact.citizen.name)
        assert contact.reached == EmailAddress.parse("office@ti.ch")
        assert contact.created_at == NINE

    def test_same_bytes_get_the_same_id(self) -> None:
        """A message that is delivered twice is one contact, unless the department gives ids."""
        assert email_message(SIMPLE, at=NINE) == email_message(SIMPLE, at=NINE)
        assert email_message(SIMPLE, at=NINE, id="m-1").contact.id == "m-1"

    def test_reached_may_be_given(self) -> None:
        """The mail system knows better which mailbox it delivered to."""
        number = PhoneNumber.parse("091 814 55 00")

        assert email_message(SIMPLE, at=NINE, reached=number).contact.reached == number

    def test_naive_time_is_refused(self) -> None:
        """When it came is an instant."""
        with pytest.raises(NaiveTime):
            email_message(SIMPLE, at=NINE.naive())

    def test_nobody_and_nothing(self) -> None:
        """An empty message is a contact with findings."""
        contact = email_message(b"", at=NINE).contact

        assert (contact.citizen, contact.reached, contact.cases) == (None, None, ())


class TestBodies:
    """Which text is the text."""

    def test_plain_beats_html(self) -> None:
        """Of two forms of one text the plain one is kept."""
        message, findings = read("""\
            From: a@example.org
            Date: 18 Mar 2026 08:59 +0100
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            chiaro
            --b
            Content-Type: text/html

            <p>colorato</p>
            --b--
            """)

        assert (message.text, message.attachments) == ("chiaro", ())
        assert findings == ()

    def test_html_alone_is_read_as_text(self) -> None:
        """If there is nothing else, and also if the plain form is empty."""
        message, _ = read("""\
            From: a@example.org
            Content-Type: multipart/alternative; boundary=b

            --b

            --b
            Content-Type: text/html; charset=utf-8

            <p>solo <b>questo</b></p>
            --b--
            """)

        assert message.text == "solo questo"

    def test_forwarded_message_is_an_attachment(self) -> None:
        """What stands in a nested message is not this person's text."""
        message, _ = read("""\
            From: a@example.org
            Content-Type: multipart/mixed; boundary=b

            preamble
            --b

            il mio testo
            --b
            Content-Type: message/rfc822

            From: other@example.org

            testo altrui
            --b
            Content-Type: text/plain

            e ancora
            """)

        assert message.text == "il mio testo\n\ne ancora"
        assert [attachment.content_type for attachment in message.attachments] == ["message/rfc822"]

    def test_digest_parts_are_messages(self) -> None:
        """In a digest a part without a type is a message (RFC 2046, section 5.1.5)."""
        message, _ = read("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n--b--\n")

        assert [attachment.content_type for attachment in message.attachments] == ["message/rfc822"]

    def test_calendar_alone_is_the_text(self) -> None:
        """A text of another kind is the text if it is the whole message."""
        message, _ = read("Content-Type: text/calendar\n\nBEGIN:VCALENDAR")

        assert (message.text, message.attachments) == ("BEGIN:VCALENDAR", ())

    @pytest.mark.parametrize("head", ["Content-Type: multipart/mixed", "Content-Type: multipart/mixed; boundary=zz"])
    def test_parts_without_borders_are_one_text(self, head: str) -> None:
        """The text is kept, the oddity noted."""
        message, findings = read(f"{head}\n\nciao")

        assert message.text == "ciao"
        assert Finding("content-type", FindingKind.BROKEN_PARTS) in findings

    @pytest.mark.parametrize(
        ("encoding", "body", "text"),
        [
            ("quoted-printable", "Citt=C3=A0 =\nbella", "Città bella"),
            ("base64", "Q2l0dMOg\n", "Città"),
            ("base64", "Q2l0dMO!!gX", "Città"),
            ("8bit", "Città", "Città"),
            ("x-uuencode", "abc", "abc"),
        ],
    )
    def test_transfer_encodings(self, encoding: str, body: str, text: str) -> None:
        """Known encodings are undone, broken ones as far as they go, unknown ones left alone."""
        message, findings = read(f"Content-Transfer-Encoding: {encoding}\n\n{body}")

        assert message.text == text
        assert (Finding("content-transfer-encoding", FindingKind.UNKNOWN_ENCODING) in findings) is (
            encoding == "x-uuencode"
        )

    @pytest.mark.parametrize(("delsp", "text"), [("yes", "unariga\nfine"), ("no", "una riga\nfine")])
    def test_joined_lines_may_lose_their_space(self, delsp: str, text: str) -> None:
        """For scripts without spaces between words (RFC 3676, section 4.1)."""
        head = f"Content-Type: text/plain; format=flowed; delsp={delsp}"

        assert read(f"{head}\n\nuna \nriga\nfine".encode())[0].text == text

    def test_flowed_lines_are_joined(self) -> None:
        """A line that ends with a space goes on in the next (RFC 3676)."""
        message, _ = read(b"Content-Type: text/plain; format=flowed\n\nuna riga \nche continua\nfine\n")

        assert message.text == "una riga che continua\nfine"

    @pytest.mark.parametrize(
        ("body", "text"),
        [
            ("Anna \n\n-- \nVia Lugano", "Anna \n\n-- \nVia Lugano"),
            ("Anna \n-- \nVia", "Anna \n-- \nVia"),
            (" From here on\n >no quote", "From here on\n>no quote"),
            ("> uno \n> due\nmio \n> tre", "> uno \n> due\nmio \n> tre"),
            (" \n \nx", "\n\nx"),
        ],
    )
    def test_flowed_lines_that_stay(self, body: str, text: str) -> None:
        """Signatures and quotes; a space that was put before a line goes (RFC 3676, sections 4.3 and 4.4)."""
        message, _ = read(f"Content-Type: text/plain; format=flowed\n\n{body}".encode())

        assert message.text.strip("\n") == text.strip("\n")


class TestHeader:
    """Fields, folded and broken."""

    def test_mailbox_line_and_old_line_ends(self) -> None:
        """A mailbox file's own first line and bare carriage returns are understood."""
        message, findings = read(b"From anna Wed Mar 18\rSubject: a\r  b\r\rtesto\rdue")

        assert (message.subject, message.text) == ("a b", "testo\ndue")
        assert Finding("header", FindingKind.BROKEN_FIELD) not in findings

    @pytest.mark.parametrize(
        ("raw", "subject", "text", "kind"),
        [
            (b"Subject: a\nno field\nrest", "a", "no field\nrest", FindingKind.BROKEN_FIELD),
            (b"just a text", "", "just a text", FindingKind.NO_FIELDS),
            (b" folded first\n", "", " folded first", FindingKind.NO_FIELDS),
        ],
    )
    def test_text_begins_where_fields_end(self, raw: bytes, subject: str, text: str, kind: FindingKind) -> None:
        """Nothing is lost when the empty line is missing."""
        message, findings = read(raw)

        assert (subject, text) == (message.subject, message.text)
        assert Finding("header", kind) in findings

    def test_header_without_a_body(self) -> None:
        """A message may end within its header."""
        assert read(b"Subject: a")[0].subject == "a"

    @pytest.mark.parametrize(
        ("written", "subject"),
        [
            ("=?utf-8?Q?Citt=C3=A0?= e =?utf-8?B?cGVybWVzc28=?=", "Città e permesso"),
            ("=?utf-8?Q?Citt=C3?= =?utf-8?Q?=A0_bella?=", "Città bella"),
            ("=?iso-8859-1?Q?Z=FCrich?= =?utf-8?Q?_e_Citt=C3=A0?=", "Zürich e Città"),
            ("=?utf-8*it?Q?ciao?=", "ciao"),
            ("=?utf-8?Q?Ciao=0ABcc:_x@example.org?=", "Ciao Bcc: x@example.org"),
            ("=?x-unknown?Q?Citt=E0?=", "Città"),
            ("=?utf-8?B?====?=", ""),
            ("=?utf-8?Q?a b?=", "a b"),
            ("=?broken", "=?broken"),
            ("a\x00b\x7f", "ab"),
        ],
    )
    def test_encoded_words(self, written: str, subject: str) -> None:
        """Characters that are cut in two, old character sets, forged line ends."""
        assert read(f"Subject: {written}\n\n")[0].subject == subject

    @pytest.mark.parametrize("name", ["Subject", "From", "To", "Cc", "Sender", "Reply-To", "References", "Precedence"])
    def test_no_field_brings_a_character_that_forges(self, name: str) -> None:
        """No line end, NUL, lone surrogate, mark of direction or control character, however it is sent."""
        forged = "\r\n\0\x07\x1b\x7f\x85\x9b\u2028\u2029\u061c\u200e\u200f\u202a\u202e\u2066\u2069"
        ways = [
            forged.replace("\r\n", "").encode() + b"\r\n \xed\xa0\x80",
            b"=?utf-8?B?" + base64.b64encode(forged.encode()) + b"?=",
            b"=?utf-16be?B?" + base64.b64encode(b"\xd8\x00\x00\n\xdf\xff") + b"?=",
        ]
        for written in ways:
            message, _ = read(name.encode() + b": a" + written + b"b <a" + written + b"@example.org>\n\n")
            boxes = (message.sender, message.transmitted_by, *message.to, *message.copied, *message.reply_to)
            texts = [message.subject, message.id, *message.references, *(value for _, value in message.marks)]
            texts += [text for box in boxes if box for text in (box.name, box.written)]

            assert not [each for each in "".join(texts) if each in forged or "\ud800" <= each <= "\udfff"]

    def test_far_too_many_or_too_long_fields_are_cut(self) -> None:
        """A thousand of one name, two megabytes of one value: more is left out, with a finding."""
        many, findings = read(b"List-Id: a\n" * 1_001 + b"\n")
        long, others = read(b"X: y\nSubject: " + b"a" * 2_000_001 + b"\n\n", Limits(text=3_000_000))

        assert (len(many.marks), len(long.subject)) == (1_000, 1_999_999)  # the blank counts
        assert Finding("list-id", FindingKind.CUT) in findings
        assert Finding("subject", FindingKind.CUT) in others

    def test_raw_bytes_are_guessed(self) -> None:
        """A header in Latin-1 without any declaration is still read."""
        assert read(b"Subject: Citt\xe0\n\n")[0].subject == "Città"

    def test_long_texts_are_cut_with_a_finding(self) -> None:
        """Subject and text keep what the limit allows."""
        message, findings = read("Subject: abcdef\n\nabcdef", Limits(text=3))

        assert (message.subject, message.text) == ("abc", "abc")
        assert {Finding("subject", FindingKind.CUT), Finding("text", FindingKind.CUT)} <= set(findings)

    @pytest.mark.parametrize(
        ("ids", "expected"),
        [
            ("<a@x> <b@x>\n <a@x>", ("a@x", "b@x")),
            ("<>", ()),
            ("a@x", ("a@x",)),
            ("a@x, b@y", ("a@x", "b@y")),
            ("your message of 18 March, a@x", ()),
            ("a", ()),
            ("< a@x >", ("a@x",)),
        ],
    )
    def test_message_ids(self, ids: str, expected: tuple[str, ...]) -> None:
        """Each once, in order, without brackets, which some leave out; prose has none."""
        assert message_ids(ids) == expected


class TestDates:
    """RFC 5322, with what mail programs make of it."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Wed, 18 Mar 2026 09:00:00 +0100", "2026-03-18T09:00:00+01:00"),
            ("18 Mar 26 09:00 -0000", "2026-03-18T09:00:00+00:00"),
            ("Wed, 18 Mar 2026 09:00:60 GMT (comment)", "2026-03-18T09:00:59+00:00"),
            ("18 March 2026 09:00 CET", "2026-03-18T09:00:00+01:00"),
            ("18 Mar 98 09:00 EST", "1998-03-18T09:00:00-05:00"),
            ("18 Mar 126 09:00 GMT", "2026-03-18T09:00:00+00:00"),
            ("Thu,29 Apr 2012 23:34:45 +0900", "2012-04-29T23:34:45+09:00"),
            ("Wed, 18 Mar 2026 9:00:00 PM +0100", "2026-03-18T21:00:00+01:00"),
            ("Wed, 18 Mar 2026 12:30 a.m. +0100", "2026-03-18T00:30:00+01:00"),
            ("Wed, 18 Mar 2026 15:00 PM +0100", "2026-03-18T15:00:00+01:00"),
            ("Wed, 18 Mar 2026 09:00:00.882 +0100", "2026-03-18T09:00:00+01:00"),
            ("Wed, 18 Mar 2026 09:00:00 GMT+0100", "2026-03-18T09:00:00+01:00"),
            ("Wed, 18 Mar 2026 09:00:00 UTC+1", "2026-03-18T09:00:00+01:00"),
            ("Wed, 18 Mar 2026 09:00:00 -600", "2026-03-18T09:00:00-06:00"),
            ("18-Mar-2026 09:00 +01", "2026-03-18T09:00:00+01:00"),
            ("18 Mar 2026 09:00", None),
            ("18 Mar 2026 09:00 domani", None),
            ("18 Mar 2026 09:00 XYZ", None),
            ("18 Mar 2026 09:00 A", None),
            ("18 Mar 2026 09:00 +0175", None),
            ("18 Mar 2026 09:00 +1000:00", None),
            ("18 Mar 2026 25:00 +0100", None),
            ("18 mar 2026 09:00 -0330", "2026-03-18T09:00:00-03:30"),
            ("2026-03-18T09:00:00Z", "2026-03-18T09:00:00+00:00"),
            ("2026-03-18 09:00:00.5+01:00", "2026-03-18T09:00:00+01:00"),
            ("2026-03-18T09:00:00", None),
            ("18 luglio 2026 09:00", None),
            ("31 Feb 2026 09:00", None),
            ("18 Mar 0026 09:00", None),
            ("18 Mar 2026 09:00 +9900", None),
            ("18 Mar 2026 09:00 +01:00", "2026-03-18T09:00:00+01:00"),
            (f"{'9' * 5_000} Mar 2026 09:00", None),
            (f"18 Mar {'9' * 5_000} 09:00", None),
            (f"18 Mar 2026 09:00 +{'9' * 5_000}", None),
            ("(" * 5_000 + " 18 Mar 2026 09:00", None),
            ("", None),
        ],
    )
    def test_dates(self, text: str, expected: str | None) -> None:
        """What cannot be read, or has no zone that anybody knows, is no instant, rather than a guess."""
        sent = date_time(text)

        assert (sent.isoformat() if sent else None) == expected

    def test_offset_of_the_sender_is_kept(self) -> None:
        """The instant stays in the sender's own offset."""
        sent = read(SIMPLE)[0].sent_at

        assert sent is not None
        assert sent.utcoffset() == timedelta(hours=1)

    @pytest.mark.parametrize(("head", "kind"), [("Date: heute", "unreadable_date"), ("X: y", "missing")])
    def test_missing_and_unreadable_dates_are_findings(self, head: str, kind: str) -> None:
        """They are told apart."""
        assert Finding("date", FindingKind(kind)) in read(f"{head}\n\n")[1]


class TestMailboxes:
    """Names and addresses."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Anna <anna@x.ch>, b@x.ch", [("Anna", "anna@x.ch", ""), ("", "b@x.ch", "")]),
            ('"Rossi, Mario" <m@x.ch>', [("Rossi, Mario", "m@x.ch", "")]),
            ("Mario, Rossi <m@x.ch>", [("Mario, Rossi", "m@x.ch", "")]),
            ('"a \\"b\\" c" <m@x.ch>', [('a "b" c', "m@x.ch", "")]),
            ("=?utf-8?Q?Rossi=2C_Mario?= <m@x.ch>", [("Rossi, Mario", "m@x.ch", "")]),
            ("m@x.ch (Mario (capo) Rossi)", [("Mario capo Rossi", "m@x.ch", "")]),
            ("team: a@x.ch, b@x.ch;", [("", "a@x.ch", ""), ("", "b@x.ch", "")]),
            ("undisclosed-recipients:;", []),
            ("", []),
            ("<mailto:a@x.ch>", [("", "a@x.ch", "")]),
            ("Anna <not an address>", [("Anna", None, "not an address")]),
            ("nobody", [("", None, "nobody")]),
            ("Anna <>", [("Anna", None, "")]),
            ('alice@ti.ch)"<evil@x.ch>', [('alice@ti.ch)"', "evil@x.ch", "")]),
            ("(((((", [("", None, "(((((")]),
            ("a@x.ch <<b@x.ch>", [("a@x.ch", None, "<b@x.ch")]),
        ],
    )
    def test_forms(self, text: str, expected: list[tuple[str, str | None, str]]) -> None:
        """Commas, quotes, comments and groups stay in their places; what is no address gets none."""
        found = mailboxes(text, where="to", most=9, findings=Findings())

        assert [
            (mailbox.name, mailbox.address and mailbox.address.normalized, mailbox.written) for mailbox in found
        ] == expected

    def test_limits_are_findings(self) -> None:
        """Too many addresses, and a field without end, are cut."""
        findings, more = Findings(), Findings()

        assert len(mailboxes("a@x.ch, b@x.ch, c@x.ch", where="to", most=2, findings=findings)) == 2
        assert len(mailboxes(", " * 600_000 + "a@x.ch", where="cc", most=2, findings=more)) == 0
        assert [*findings.all, *more.all] == [Finding("to", FindingKind.CUT), Finding("cc", FindingKind.CUT)]

    def test_names_and_dear_addresses_are_cut(self) -> None:
        """A name without end; more than a tenth of addresses in letters beyond ASCII, which are dear to read."""
        findings, more = Findings(), Findings()
        foreign = mailboxes("ä@x.ch," * 11, where="to", most=100, findings=findings)
        (named,) = mailboxes("a" * 10_001 + "<a@x.ch>", where="cc", most=100, findings=more)

        assert (len(foreign), len(named.name)) == (10, 10_000)
        assert [*findings.all, *more.all] == [Finding("to", FindingKind.CUT), Finding("cc", FindingKind.CUT)]

    def test_reply_goes_where_it_is_wished(self) -> None:
        """The first valid Reply-To, else the sender, else nowhere."""
        anna, form = Mailbox("", EmailAddress.parse("anna@x.ch")), Mailbox("", EmailAddress.parse("form@x.ch"))

        assert Message(sender=form, reply_to=[Mailbox(written="?"), anna]).reply_address == anna.address
        assert Message(sender=form).reply_address == form.address
        assert Message().reply_address is None


class TestParameters:
    """RFC 2231, and what is sent instead."""

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ('attachment; filename="a b.pdf"', "a b.pdf"),
            ('attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'),
            ("attachment; filename*=utf-8'it'citt%C3%A0.pdf", "città.pdf"),
            ("attachment; filename*0*=iso-8859-1''citt%E0; filename*1*=%20due; filename*2=.pdf", "città due.pdf"),
            ('attachment; filename*1="b.pdf"; filename*0="a"', "ab.pdf"),
            ("attachment; filename*=citt%C3%A0.pdf", "città.pdf"),
            ('attachment; filename="=?utf-8?Q?citt=C3=A0.pdf?="', "città.pdf"),
            ("attachment; filename=; x", ""),
            ("attachment; ***=x; filename=y", "y"),
        ],
    )
    def test_file_names(self, text: str, name: str) -> None:
        """Continued, encoded by either rule, or in nobody's rule."""
        assert parameters(text, where="x", findings=Findings())[1].get("filename") == name

    def test_endless_fields_are_cut(self) -> None:
        """A field of parameters has a limit, so that reading stays cheap."""
        findings = Findings()
        parameters('a; x="' * 10_000, where="content-type", findings=findings)

        assert findings.all == (Finding("content-type", FindingKind.CUT),)

    @pytest.mark.parametrize(
        ("written", "safe"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.pdf", "a.pdf"),
            ("a<b>?.pdf", "a_b__.pdf"),
            ("...", ""),
            (f"{'x' * 300}.pdf", f"{'x' * 130}.pdf"),
        ],
    )
    def test_safe_names(self, written: str, safe: str) -> None:
        """No path, no character that a file system takes for something else; the ending stays."""
        head = f'Content-Type: application/pdf\nContent-Disposition: attachment; filename="{written}"\n\nx'
        (attachment,) = read(head.replace("\\", "\\\\"))[0].attachments

        assert (attachment.name, attachment.written_name) == (safe, written)

    def test_inline_image(self) -> None:
        """An image with an id and no disposition belongs into the text."""
        (image,) = read("Content-Type: image/png\nContent-ID: <logo>\n\nx")[0].attachments

        assert (image.inline, image.content_id, image.size) == (True, "logo", 1)
        assert image.sha256 == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


class TestCharsets:
    """Which characters bytes stand for."""

    @pytest.mark.parametrize(
        ("data", "charset", "text", "is_known"),
        [
            (b"Citt\xe0", "ISO-8859-1", "Città", True),
            (b"\x80", "latin1", "€", True),
            (b"Citt\xc3\xa0", "UTF-8", "Città", True),
            (b"Citt\xc3", "utf8", "Citt\ufffd", True),
            (b"Citt\xc3\xa0", "us-ascii", "Città", True),
            (b"Citt\xe0", "", "Città", True),
            (b"abc", "rot13", "abc", False),
            (b"\\x41", "unicode_escape", "\\x41", False),
            (b"a-", "punycode", "a-", False),
            (b"xn--a", "idna", "xn--a", False),
            (b"x\x9c", "zlib", "xœ", False),
            (b"+2AA-", "utf-7", "+2AA-", False),
            (b"\xd8\x00x", "utf-16be", "\ufffd", True),
            (b"abc", "x\x00y", "abc", False),
        ],
    )
    def test_decoding(self, data: bytes, charset: str, text: str, *, is_known: bool) -> None:
        """Only character sets are codecs here; what is unknown is guessed with a finding."""
        findings = Findings()

        assert decode(data, charset, where="text", findings=findings) == text
        assert (findings.all == ()) is is_known

    def test_plain_keeps_lines_and_tabs_alone(self) -> None:
        """Line ends become LF; NUL, escape, the second set of control characters and lone surrogates go."""
        assert plain("a\r\nb\rc\td\x00\x1b[31m\ud800e\x85f\x9b1m") == "a\nb\nc\td[31me\nf1m"


class TestHtml:
    """HTML read as text."""

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("<p>uno</p><p>due<br>tre</p>", "uno\n\ndue\ntre"),
            ("<style>p{}</style>a<script>alert('<p>')</script>b", "ab"),
            ("<HEAD><TITLE>x</TITLE></HEAD>testo", "testo"),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
            ("Caff&egrave; &amp; latte&nbsp;x &#0;", "Caffè & latte x \ufffd"),
            ("<img alt='logo' src=x><img src=y>", "logo"),
            ('<img alt="a &amp; b">', "a & b"),
            ("a <!-- <p> --> b<!-- open", "a b"),
            ("5 < 6", "5 < 6"),
            ("<script>open", ""),
            ("a<![foo]>b<!doctype x>", "ab"),
            ("<a href='https://example.org'>qui</a>", "qui"),
            ("a\n  b", "a b"),
            ("&#" + "1" * 5_000 + ";&#x" + "f" * 5_000 + ";", "\ufffd\ufffd"),
            ("&#" + "0" * 5_000 + "65;&#x" + "0" * 5_000 + "41;&#00000000;b", "AA\ufffdb"),
            ("&amp;" * 5_000, "&" * 5_000),
            ("a <br> \n <br>\n<p> <p> b", "a\n\nb"),
        ],
    )
    def test_texts(self, source: str, text: str) -> None:
        """Paragraphs, lists, cells, entities; no script, style or link target."""
        assert html_text(source) == text


class TestCost:
    """At most twenty times the input in memory; the time is measured by `contacts_measuring.py`, run by hand."""

    @pytest.mark.parametrize("shape", DEAR)
    def test_memory_is_in_proportion(self, shape: str) -> None:
        """Of whatever shape a message is; a constant part is what any message takes."""
        peak_of(dear_message(shape, 1_000))  # loads what such a message needs, the tables of domains say
        raw = dear_message(shape, 40_000)

        assert peak_of(raw) <= 20 * len(raw) + 300_000

    def test_parts_in_parts_cost_nothing(self) -> None:
        """99 levels around ten megabytes took 1.9 gigabytes: each level had a copy."""
        raw = dear_message("parts in parts", 500_000)

        assert peak_of(raw) <= 5 * len(raw)

    def test_parts_keep_the_one_message(self) -> None:
        """A part knows where it begins and ends."""
        raw = dear_message("parts in parts", 20_000)
        (leaf,) = read_parts(raw, limits=Limits(), findings=Findings()).leaves()

        assert leaf.raw is raw
        assert leaf.body == b"x" * 20_000

    def test_ids_are_limited(self) -> None:
        """The first five thousand."""
        assert len(message_ids("".join(f"<{number}@x>" for number in range(5_010)))) == 5_000

    def test_border_without_end_is_none(self) -> None:
        """RFC 2046 allows seventy characters; 4,900 hyphens took nine seconds a megabyte."""
        message, findings = read(b"Content-Type: multipart/mixed; boundary=" + b"-" * 4_900 + b"\n\n" + b"-" * 9_000)

        assert len(message.text) == 9_000
        assert Finding("content-type", FindingKind.BROKEN_PARTS) in findings

    def test_price_of_a_shape(self) -> None:
        """What the command prints: what became of a message, seconds a megabyte and times in memory."""
        cost = cost_of(dear_message("parts", 20_000))

        assert (cost.fate, cost.seconds > 0, cost.times > 0) == ("MessageTooLarge", True, True)


class TestLimits:
    """Beyond a limit the message is refused whole."""

    @pytest.mark.parametrize(
        ("raw", "limits", "what"),
        [
            (SIMPLE, Limits(size=10), "allowed: 10"),
            (b"A: b\n" * 5, Limits(fields=4), "too many header fields; allowed: 4"),
            (
                b"Content-Type: multipart/x; boundary=b\n\n" + b"--b\n\n" * 9,
                Limits(parts=5),
                "too many parts; allowed: 5",
            ),
            (
                b"".join(b"Content-Type: multipart/x; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(9)),
                Limits(depth=3),
                "allowed: 3 levels",
            ),
        ],
        ids=["size", "fields", "parts", "depth"],
    )
    def test_too_large(self, raw: bytes, limits: Limits, what: str) -> None:
        """The error names the limit."""
        with pytest.raises(MessageTooLarge, match=what):
            read(raw, limits)


PIECES = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Type: text/html; charset=utf-16\n",
        b"Content-Type: text/plain; charset=\x00\xff; format=flowed\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Disposition: attachment; filename*0*=x''%zz; filename*1=\"\n",
        b"From: =?utf-16?B?2AA=?= <a@b.ch>, ((\n",
        b"To: a:b;c<\n",
        b"Subject: =?utf-7?Q?+2AA-?=\n",
        b"Date: 31 Dec 9999 23:59 -2359\n",
        b"Date: 1 Jan 1900 00:00 +2359\n",
        b"Message-ID: <>\n",
        b"\n",
        b"--b\n",
        b"--b--\n",
        b"\xed\xa0\x80\x00\r",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=30), max_size=15).map(b"".join))
@example(b"Date: 31 Dec 2999 23:59 -2359\n\n")
def test_any_bytes_are_a_contact(raw: bytes) -> None:
    """Nothing but `MessageTooLarge` comes out, every text is clean, and the date can be shown."""
    message, _ = read(raw)

    for text in (message.subject, message.text, *(mailbox.name for mailbox in message.to)):
        assert not any(0xD800 <= ord(character) <= 0xDFFF or character in "\x00\r" for character in text)
    assert "\n" not in message.subject
    assert message.sent_at is None or message.sent_at.isoformat()


@given(st.binary(max_size=60))
def test_base64_of_anything(data: bytes) -> None:
    """Odd characters and lengths never raise."""
    assert isinstance(base64_bytes(data), bytes)


@given(st.text("=?utf8-QB_\n <>\"'*;a@", max_size=60))
def test_fields_of_anything(text: str) -> None:
    """Decoding a field gives one clean line."""
    assert "\n" not in words(text, where="x", findings=Findings())
