"""Messages that gateways, editors and mailbox files have damaged: no word and no field is lost without a finding."""

import base64
import textwrap

import attrs
import pytest

from ticontact.contacts import (
    AutomaticKind,
    EmailAddress,
    Message,
    automatic_message,
    may_answer_automatically,
)
from ticontact.contacts.readers import Finding, FindingKind, Imported, email_message
from ticontact.contacts.threads import KnownThread, find_thread
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
HEAD = (
    "From: Anna <anna@example.org>\nTo: office@example.org\nDate: Wed, 18 Mar 2026 09:00:00 +0100\nSubject: Prova\n"
    "Message-ID: <1@example.org>\nMIME-Version: 1.0\n"
)


def read(raw: str | bytes) -> Imported:
    """The contact of a message."""
    return email_message(raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogateescape"), at=NINE)


def message(raw: str | bytes) -> Message:
    """The one message of a contact."""
    (found,) = read(raw).contact.messages
    return found


def mixed(*parts: str) -> str:
    """A message of several parts."""
    whole = "".join(f"--b\n{textwrap.dedent(part)}\n" for part in parts)
    return f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{whole}--b--\n"


BROKEN = FindingKind.BROKEN_FIELD


class TestHeader:
    """A whole header was lost by one line."""

    @pytest.mark.parametrize(
        ("raw", "kind"),
        [
            (f"\n{HEAD}\nCiao", None),
            (f"\r\n\r\n{HEAD}\nCiao", None),
            (f"\ufeff{HEAD}\nCiao", None),
            (f"\ufeff\n{HEAD}\nCiao", None),
            (f"\ufeff{HEAD}\nCiao".encode("utf-16-le"), None),
            (f"\ufeff{HEAD}\nCiao".encode("utf-16-be"), None),
            (f"From anna Wed Mar 18 09:00:00 2026\n{HEAD}\nCiao", None),
            (f">From anna Wed Mar 18 09:00:00 2026\n{HEAD}\nCiao", None),
            (f"Return-Path: <a@example.org>\nFrom a@example.org  Sun Apr  5 09:24:45 2015\n{HEAD}\nCiao", None),
            (f"Received: from x\nscanner line without colon\n{HEAD}\nCiao", BROKEN),
            (f"scanner line without colon\n{HEAD}\nCiao", FindingKind.NO_FIELDS),
            (f"Received: from x\n\n{HEAD}\nCiao", BROKEN),
            (HEAD.replace("Date:", "one stray\nanother stray\nDate:") + "\nCiao", BROKEN),
        ],
    )
    def test_header_goes_on(self, raw: str | bytes, kind: FindingKind | None) -> None:
        """Above it, in the middle of it, in another encoding."""
        imported = read(raw)
        (found,) = imported.contact.messages

        assert found.sender is not None
        assert found.sender.address == EmailAddress.parse("anna@example.org")
        assert (found.subject, found.id, found.text) == ("Prova", "1@example.org", "Ciao")
        assert imported.findings == ((Finding("header", kind),) if kind else ())

    @pytest.mark.parametrize(
        ("raw", "subject", "text"),
        [
            ("Subject: a\nCiao\n\nDate: domani", "a", "Ciao\n\nDate: domani"),
            (
                "Subject: a\nCiao\nFrom: ieri\nsono qui\nanche Anna\n\nsaluti",
                "a",
                "Ciao\nFrom: ieri\nsono qui\nanche Anna\n\nsaluti",
            ),
            ("\nFrom: ieri\na oggi\nsono qui", "", "From: ieri\na oggi\nsono qui"),
            ("\n\nCiao", "", "Ciao"),
            ("Subject: a\n\nFrom: Anna\nTo: tutti\n\nciao", "a", "From: Anna\nTo: tutti\n\nciao"),
            ("X: y\n\nCiao\n\nAnna", "", "Ciao\n\nAnna"),
        ],
    )
    def test_a_text_is_no_header(self, raw: str, subject: str, text: str) -> None:
        """Also one in which a line looks like a field."""
        found = message(raw)

        assert (found.subject, found.text.strip("\n")) == (subject, text)

    def test_stray_lines_are_limited(self) -> None:
        """After twenty the text begins."""
        fields = "".join(f"X-{number}: y\n" for number in range(60))
        found = message("Subject: a\n" + "stray\n" * 25 + fields + "\nCiao")

        assert found.text.startswith("stray\n" * 5 + "X-0: y")

    def test_continuation_without_a_blank(self) -> None:
        """Office 365 and some scanners break a long field so."""
        head = f'{HEAD}Content-Type: multipart/alternative;\nboundary="b"\n\n'
        raw = f"{head}--b\nContent-Type: text/plain\n\nciao\n--b--\n"

        assert message(raw).text == "ciao"

    @pytest.mark.parametrize("name", ["From", "Sender", "Reply-To", "Date", "Message-ID", "Subject"])
    def test_what_stands_twice_is_told(self, name: str) -> None:
        """The first one counts (RFC 5322, section 3.6)."""
        imported = read(f"{HEAD}{name}: a\n{name}: b\n\nCiao")

        assert Finding(name.lower(), FindingKind.CONTRADICTION) in imported.findings
        assert imported.contact.messages[0].subject == "Prova"

    def test_sender_without_from_is_told(self) -> None:
        """Nobody says who wrote; who transmitted it is kept."""
        imported = read("Sender: office@example.org\n\nCiao")

        assert Finding("from", FindingKind.NO_SENDER) in imported.findings
        assert imported.contact.messages[0].transmitted_by is not None

    @pytest.mark.parametrize(
        ("written", "subject"),
        [
            (b"=?iso-8859-1?Q?Citt\xe0?=", "Città"),
            (b"=?iso-8859-1?Q?Fr=F6sche_\xc3\xa8?=", "Frösche è"),
            (b"=?utf-8?Q?Citt\xc3\xa0?=", "Città"),
            (b"=?koi8-r?Q?\xc3\xa0?=", "ц═"),  # what the bytes say there; no letter of KOI8-R is an à
            (b"=?gb2312?B?ysC7sA==?=", "世话"),
        ],
    )
    def test_raw_letters_in_encoded_words(self, written: bytes, subject: str) -> None:
        """34 of the files of two projects have them."""
        assert message(b"Subject: " + written + b"\n\nx").subject == subject


class TestBodies:
    """Where the words are."""

    HTML = "Content-Type: text/html; charset=utf-8\n\n<p>La mia domanda</p>"

    @pytest.mark.parametrize(
        ("parts", "text"),
        [
            (["Content-Type: text/plain\n\n[ESTERNO] attenzione", HTML], "[ESTERNO] attenzione\n\nLa mia domanda"),
            ([HTML, "Content-Type: text/plain\n\nAvviso legale"], "La mia domanda\n\nAvviso legale"),
            (["\nLa mia\ndomanda", HTML], "La mia\ndomanda"),
            (["Content-Type: text/html\n\n<script>x</script>", "\nsolo questo"], "solo questo"),
            (
                [
                    "Content-Type: multipart/alternative; boundary=c\n\n--c\n\nLa mia\n--c\n" + HTML + "\n--c--",
                    "\npiede",
                ],
                "La mia\n\npiede",
            ),
            (
                ["Content-Type: multipart/alternative; boundary=c\n\n--c\n\n \n--c\n" + HTML + "\n--c--"],
                "La mia domanda",
            ),
            (["Content-Type: multipart/alternative; boundary=c\n\n--c\n\n \n--c--", "\nx"], "x"),
            (
                [
                    "Content-Type: multipart/related; boundary=c\n\n--c\n"
                    + HTML
                    + "\n--c\nContent-Type: image/png\n\nx\n--c--"
                ],
                "La mia domanda",
            ),
        ],
    )
    def test_texts_side_by_side(self, parts: list[str], text: str) -> None:
        """A banner, the text, a footer: all of them; both forms of one text once."""
        assert message(mixed(*parts)).text == text

    @pytest.mark.parametrize("disposition", ['inline; filename="Testo.txt"', "inline"])
    def test_text_with_a_file_name(self, disposition: str) -> None:
        """Where there is no other text it is the text, and an attachment too."""
        part = f'Content-Type: text/plain; name="Testo.txt"\nContent-Disposition: {disposition}\n\nEcco la domanda.'
        alone, beside = message(mixed(part)), message(mixed(part, "\nBuongiorno"))

        assert (alone.text, beside.text) == ("Ecco la domanda.", "Buongiorno")
        assert [each.name for each in (*alone.attachments, *beside.attachments)] == ["Testo.txt"] * 2

    def test_whole_message_as_an_attachment(self) -> None:
        """It is the text all the same."""
        assert message(f"{HEAD}Content-Disposition: attachment\n\nCiao").text == "Ciao"

    PLAIN = "Buongiorno, vorrei sapere se il permesso e' pronto.\nGrazie, Anna"
    CITY = base64.encodebytes(("Buongiorno, la domanda è partita. " * 9).encode()).decode()

    @pytest.mark.parametrize(
        ("body", "charset", "text", "is_told"),
        [
            (PLAIN, "utf-8", PLAIN, True),
            ("Grazie", "utf-8", "Grazie", True),
            ("Buongiorno\nvorrei sapere, se", "utf-8", "Buongiorno\nvorrei sapere, se", True),
            (CITY + "\n-- \nAvviso: messaggio esterno", "utf-8", "…\n-- \nAvviso: messaggio esterno", True),
            (CITY + "Confidenziale\nNon inoltrare, grazie", "utf-8", "…\nConfidenziale\nNon inoltrare, grazie", True),
            ("Q2l0dMOg\n", "utf-8", "Città", False),
            ("Q2l0dMO!!gX", "", "Città", False),
            ("Q2l0 dMOg", "utf-8", "Città", False),
            ("Q2l0dOA!", "iso-8859-1", "Città", False),
            ("Q2k=dHTDoA==", "utf-8", "Città", False),
            ("Q2k=\nFirma", "utf-8", "Ci\nFirma", True),
            ("AEMAaQ==", "utf-16be", "Ci", False),
            ("Q2l0dMM=", "utf-8", "Citt\ufffd", False),
            ("", "utf-8", "", False),
        ],
    )
    def test_text_that_says_base64(self, body: str, charset: str, text: str, *, is_told: bool) -> None:
        """Plain letters stay plain, wherever they stand; padding in the middle begins another encoding."""
        imported = read(
            f"{HEAD}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n{body}"
        )
        (found,) = imported.contact.messages

        assert found.text.strip() == text.replace("…", ("Buongiorno, la domanda è partita. " * 9))
        assert (Finding("content-transfer-encoding", FindingKind.CONTRADICTION) in imported.findings) is is_told

    def test_whole_multipart_in_base64(self) -> None:
        """SAP sends it so; an onion of them is read once."""
        inner = (
            "--b\nContent-Type: text/plain\n\nciao mondo\n--b\nContent-Type: application/pdf; name=x.pdf\n\n%PDF\n--b--"
        )
        head = "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n"
        once = base64.b64encode(inner.encode()).decode()
        twice = base64.b64encode(f"--b\n{head}{once}\n--b--".encode()).decode()
        imported = read(HEAD + head + once)
        (found,) = imported.contact.messages

        assert (found.text, [each.name for each in found.attachments]) == ("ciao mondo", ["x.pdf"])
        assert Finding("content-transfer-encoding", FindingKind.CONTRADICTION) in imported.findings
        assert Finding("content-type", FindingKind.BROKEN_PARTS) in read(HEAD + head + twice).findings

    def test_multipart_in_base64_without_parts(self) -> None:
        """It is one text; that there are no parts is told, and nothing of parts that were encoded."""
        head = "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n"
        imported = read(HEAD + head + base64.b64encode(b"ciao mondo").decode())

        assert imported.contact.messages[0].text == "ciao mondo"
        assert imported.findings == (Finding("content-type", FindingKind.BROKEN_PARTS),)

    @pytest.mark.parametrize(
        ("head", "where"),
        [
            (
                "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
                "application/pkcs7-mime",
            ),
            ("Content-Type: application/x-pkcs7-mime", "application/x-pkcs7-mime"),
            ("Content-Type: application/ms-tnef; name=winmail.dat", "application/ms-tnef"),
            ("Content-Type: application/octet-stream; name=WINMAIL.DAT", "attachment"),
        ],
    )
    def test_what_another_program_must_open_is_told(self, head: str, where: str) -> None:
        """An empty message without a word looked like one that nobody had written."""
        assert Finding(where, FindingKind.UNREADABLE_PART) in read(f"{HEAD}{head}\n\nMIAGCSqGSIb3").findings

    def test_encrypted_message_is_told(self) -> None:
        """PGP (RFC 3156); a document that somebody has signed is an attachment like others."""
        pgp = mixed(
            "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream\n\nx"
        )
        signed = mixed("\nciao", 'Content-Type: application/pkcs7-mime; name="documento.pdf.p7m"\n\nx')

        assert Finding("application/pgp-encrypted", FindingKind.UNREADABLE_PART) in read(pgp).findings
        assert read(signed).findings == ()

    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            ("attachment; filename=\"a.pdf\"; filename*=utf-8''citt%C3%A0.pdf", "città.pdf"),
            ("attachment; filename*=utf-8''citt%C3%A0.pdf; filename=\"a.pdf\"", "città.pdf"),
            ('attachment; filename="a.pdf"; filename="b.pdf"', "a.pdf"),
            ('attachment; filename*0="a"; filename*0="x"; filename*1=".pdf"', "a.pdf"),
            ('attachment; filename="a.pdf', "a.pdf"),
            ('attachment; filename=a.pdf"', "a.pdf"),
            ('attachment; filename="C:\\temp\\a.pdf"', "C:\\temp\\a.pdf"),
        ],
    )
    def test_names_of_attachments(self, fields: str, name: str) -> None:
        """Written both ways it was doubled; half a quote stayed in the name."""
        (attachment,) = message(f"{HEAD}Content-Type: application/pdf\nContent-Disposition: {fields}\n\nx").attachments

        assert attachment.written_name == name


class TestCharsets:
    """Labels mean what the WHATWG Encoding Standard says."""

    @pytest.mark.parametrize(
        ("label", "codec", "text"),
        [
            ("gb2312", "gbk", "お世話になります"),
            ("GB_2312-80", "gbk", "镕"),
            ("ks_c_5601-1987", "cp949", "똠방각하"),
            ("euc-kr", "cp949", "똠"),
            ("macintosh", "mac-roman", "Città “è”"),
            ("x-mac-cyrillic", "mac-cyrillic", "Привет"),
            ("windows-874", "cp874", "สวัสดี"),
            ("tis-620", "cp874", "สวัสดี"),
            ("iso-8859-11", "cp874", "สวัสดี"),
            ("ibm850", "cp850", "Città"),
            ("IBM_850", "cp850", "Città"),
            ("cp-850", "cp850", "Città"),
            ("ibm437", "cp437", "Città"),
            ("iso-8859-9", "cp1254", "İstanbul €"),
            ("latin 1", "cp1252", "Città €"),
            ("iso-8859-8-i", "iso8859-8", "שלום"),
            ("shift_jis", "cp932", "①髙"),
            ("iso-2022-jp", "iso2022_jp", "日本"),
            ("big5", "big5", "香港"),
            ("hz-gb-2312", "hz", "中文"),
            ("unicode-1-1-utf-8", "utf-8", "Città"),
            ('"utf-8"', "utf-8", "Città"),
            ("utf-16", "utf-16", "Città"),
        ],
    )
    def test_labels(self, label: str, codec: str, text: str) -> None:
        """And those of IANA that mail programs use beside them."""
        head = f"{HEAD}Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n"
        imported = read(head.encode() + base64.b64encode(text.encode(codec)))

        assert imported.contact.messages[0].text == text
        assert imported.findings == ()


REPORT = (
    "From: MAILER-DAEMON@mx.example.org\nSubject: Mail delivery\nContent-Type: multipart/report; "
    "report-type=delivery-status; boundary=b\n\n--b\n\nNon consegnato\n--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx.example.org\n\n{statuses}--b\nContent-Type: text/rfc822-headers\n\n"
    "Message-ID: <our1@example.org>\nSubject: Permesso\n\n--b--\n"
)
FAILED = "Final-Recipient: rfc822; anna@example.org\nAction: failed\nStatus: 5.1.1\n\n"
DELAYED = (
    "Original-Recipient: rfc822;<b@example.org>\nFinal-Recipient: rfc822; c@x\nAction: Delayed (later)\n"
    "Status: 4.4.7 x\n\n"
)
DELIVERED = "Final-Recipient: d@example.org\nAction: delivered\n\n"


class TestReports:
    """Whom a message did not reach, and whether it may yet."""

    @pytest.mark.parametrize(
        ("statuses", "kind", "expected"),
        [
            (FAILED, AutomaticKind.BOUNCE, [("anna@example.org", "failed", "5.1.1")]),
            (DELAYED, AutomaticKind.DELAY, [("b@example.org", "delayed", "4.4.7")]),
            (DELIVERED, AutomaticKind.RECEIPT, [("d@example.org", "delivered", "")]),
            (
                DELAYED + FAILED,
                AutomaticKind.BOUNCE,
                [("b@example.org", "delayed", "4.4.7"), ("anna@example.org", "failed", "5.1.1")],
            ),
            ("Action: failed\n\n", AutomaticKind.BOUNCE, []),
            ("Final-Recipient: rfc822; nobody\n\n", AutomaticKind.BOUNCE, [("nobody", "", "")]),
        ],
    )
    def test_recipients(self, statuses: str, kind: AutomaticKind, expected: list[tuple[str, str, str]]) -> None:
        """Each with what became of its copy; one failure outweighs a delay."""
        contact = read(REPORT.replace("{statuses}", statuses)).contact
        (found,) = contact.messages
        automatic = automatic_message(contact)

        assert [
            (
                each.recipient.address.normalized if each.recipient.address else each.recipient.written,
                each.action,
                each.status,
            )
            for each in found.deliveries
        ] == expected
        assert automatic is not None
        assert automatic.kind is kind
        assert "anna" not in repr(found)

    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
    @pytest.mark.parametrize("between", ["", "\n", " \n", "\n\t\n", "\n\n\n"])
    def test_blocks_whatever_stands_between_them(self, between: str, line_end: str) -> None:
        """One empty line or several, of any kind of line, above the first block too."""
        report = REPORT.replace("Reporting-MTA: dns; mx.example.org\n\n", between)
        found = message(report.replace("{statuses}", f"{FAILED}{between}{DELAYED}").replace("\n", line_end))

        assert [(each.action, each.status, each.message_id) for each in found.deliveries] == [
            ("failed", "5.1.1", "our1@example.org"),
            ("delayed", "4.4.7", "our1@example.org"),
        ]

    def test_report_continues_the_ticket_of_what_came_back(self) -> None:
        """By the id of the message that was sent."""
        contact = read(REPORT.replace("{statuses}", FAILED)).contact
        known = KnownThread(ticket="t-1", message_ids=frozenset({"our1@example.org"}))

        assert getattr(find_thread(contact, [known]), "ticket", None) == "t-1"

    def test_failed_recipients_of_exim(self) -> None:
        """They stand in a field of the head."""
        found = message("From: x@example.org\nX-Failed-Recipients: a@example.org, b@example.org\n\nx")

        assert [(each.recipient.address, each.action) for each in found.deliveries] == [
            (EmailAddress.parse("a@example.org"), "failed"),
            (EmailAddress.parse("b@example.org"), "failed"),
        ]

    def test_report_without_what_came_back(self) -> None:
        """Nothing says which message it was."""
        raw = REPORT.replace("{statuses}", FAILED).partition("--b\nContent-Type: text/rfc822")[0]

        assert [each.message_id for each in message(raw).deliveries] == [""]

    def test_long_reports_are_cut(self) -> None:
        """A thousand recipients, a megabyte."""
        many = read(REPORT.replace("{statuses}", FAILED * 1_100))
        long = read(REPORT.replace("{statuses}", FAILED + "X: " + "y" * 1_000_000 + "\n\n" + DELAYED))

        assert [len(each.contact.messages[0].deliveries) for each in (many, long)] == [1_000, 1]
        for imported in (many, long):
            assert Finding("message/delivery-status", FindingKind.CUT) in imported.findings


class TestAutomaticAnswers:
    """Who wrote, and whether a machine may answer, are two questions."""

    @pytest.mark.parametrize(
        ("head", "is_automatic", "may"),
        [
            ("From: anna@example.org", False, True),
            ("From: anna@example.org\nAuto-Submitted: no (human)", False, True),
            ("From: anna@example.org\nX-Auto-Response-Suppress: DR, OOF, AutoReply", False, False),
            ("From: anna@example.org\nX-Auto-Response-Suppress: All", False, False),
            ("From: anna@example.org\nX-Auto-Response-Suppress: DR, RN", False, True),
            ("From: noreply@example.org", False, False),
            ("From: noreply@example.org\nReply-To: anna@example.org", False, True),
            ("From: anna@example.org\nReply-To: no-reply@example.org", False, False),
            ("From: anna@example.org\nReply-To: postmaster@example.org", False, False),
            ("From: Postmaster@example.org", True, False),
            ("From: anna@example.org\nSubject: R: Risposta automatica: Permesso", False, True),
            ("From: anna@example.org\nSubject: Risposta automatica alla domanda", False, True),
            ("From: anna@example.org\nSubject: Risposta automatica: Permesso", True, False),
            ("From: Anna", False, False),
        ],
    )
    def test_people_and_machines(self, head: str, *, is_automatic: bool, may: bool) -> None:
        """A person whose Exchange asks for silence is a person."""
        contact = read(f"{head}\n\nx").contact

        assert (automatic_message(contact) is not None, may_answer_automatically(contact)) == (is_automatic, may)

    def test_nothing_is_not_answered(self) -> None:
        """A contact without a message has nothing to answer."""
        assert not may_answer_automatically(attrs.evolve(read("From: a@example.org\n\nx").contact, messages=[]))
