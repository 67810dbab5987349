"""Machines, threads and the new part of a reply."""

import attrs
import pytest

from ticontact.contacts import (
    AutomaticKind,
    Channel,
    Contact,
    Direction,
    EmailAddress,
    Mailbox,
    Message,
    automatic_message,
    new_text,
)
from ticontact.contacts.readers import email_message
from ticontact.contacts.threads import Continues, KnownThread, NewThread, ThreadBasis, Uncertain, find_thread
from ticontact.i18n import LANGUAGES
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
ANNA, BRUNO = EmailAddress.parse("Anna@example.org"), EmailAddress.parse("bruno@example.org")


def contact(message: Message | None = None) -> Contact:
    """An e-mail contact with this message."""
    return Contact(
        id="c",
        channel=Channel.named("email"),
        direction=Direction.INBOUND,
        messages=[message] if message else [],
        created_at=NINE,
    )


class TestMachines:
    """A machine's message is recognised by its own fields."""

    @pytest.mark.parametrize(
        ("head", "kind", "because"),
        [
            ("Auto-Submitted: auto-replied", AutomaticKind.AUTO_REPLY, "Auto-Submitted"),
            ("Auto-Submitted: auto-generated; type=scan", AutomaticKind.GENERATED, "Auto-Submitted"),
            ("Content-Type: multipart/report; report-type=delivery-status", AutomaticKind.BOUNCE, "Content-Type"),
            (
                "Content-Type: multipart/report; report-type=disposition-notification",
                AutomaticKind.RECEIPT,
                "Content-Type",
            ),
            ("From: MAILER-DAEMON@mx.example.org", AutomaticKind.BOUNCE, "From"),
            ("X-Failed-Recipients: a@example.org", AutomaticKind.BOUNCE, "X-Failed-Recipients"),
            ("List-Id: <l.example.org>\nPrecedence: bulk", AutomaticKind.LIST, "List-Id"),
            ("Precedence: Bulk", AutomaticKind.BULK, "Precedence"),
            ("Precedence: auto_reply", AutomaticKind.AUTO_REPLY, "Precedence"),
            ("X-Autoreply: yes", AutomaticKind.AUTO_REPLY, "X-Autoreply"),
            ("X-Autoresponse: vacation", AutomaticKind.AUTO_REPLY, "X-Autoresponse"),
            ("Precedence: auto-reply", AutomaticKind.AUTO_REPLY, "Precedence"),
            ("Auto-Submitted: auto-replied (vacation)", AutomaticKind.AUTO_REPLY, "Auto-Submitted"),
            ("From: MAILER-DAEMON <>", AutomaticKind.BOUNCE, "From"),
            ("From: Mailer-Daemon", AutomaticKind.BOUNCE, "From"),
            ("From: Postmaster@mx.example.org", AutomaticKind.BOUNCE, "From"),
            ("Content-Type: multipart/report; report-type=feedback-report", AutomaticKind.GENERATED, "Content-Type"),
            ("Content-Type: multipart/report; report-type=tlsrpt", AutomaticKind.GENERATED, "Content-Type"),
            ("Content-Type: multipart/report; boundary=b", AutomaticKind.BOUNCE, "Content-Type"),
            (
                "Subject: Report Domain: example.org Submitter: mx.example.net Report-ID: <1>",
                AutomaticKind.GENERATED,
                "Subject",
            ),
            ("Subject: Risposta automatica: Permesso", AutomaticKind.AUTO_REPLY, "Subject"),
            ("Subject: Automatische Antwort: Bewilligung", AutomaticKind.AUTO_REPLY, "Subject"),
            ("Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_Permis?=", AutomaticKind.AUTO_REPLY, "Subject"),
            ("Subject: Out of Office", AutomaticKind.AUTO_REPLY, "Subject"),
            ("Return-Path: <>", AutomaticKind.GENERATED, "Return-Path"),
        ],
    )
    def test_recognised_with_the_field_that_says_so(self, head: str, kind: AutomaticKind, because: str) -> None:
        """The reason names the field."""
        automatic = automatic_message(email_message(f"{head}\n\nx".encode(), at=NINE).contact)

        assert automatic is not None
        assert (kind, because) == (automatic.kind, automatic.because)
        assert all(because in automatic.reason.text(language) for language in LANGUAGES)

    @pytest.mark.parametrize(
        "head",
        ["Auto-Submitted: no", "Precedence: first-class", "X-Autoreply: no", "From: noreply@example.org", "X: y"],
    )
    def test_persons_are_not_machines(self, head: str) -> None:
        """A field that says no says no; an address that takes no answer may still forward a person's form."""
        assert automatic_message(email_message(f"{head}\n\nRisposta automatica?".encode(), at=NINE).contact) is None

    def test_contact_without_a_message(self) -> None:
        """A telephone call is nobody's automatic answer."""
        assert automatic_message(contact()) is None


class TestThreads:
    """Ids first, then the tag; a stranger's tag is looked at by a person."""

    FIRST = KnownThread(ticket="t-1", message_ids=frozenset({"1@x", "2@x"}), people=frozenset({ANNA}), tag="2026-4711")
    SECOND = KnownThread(ticket="t-2", message_ids=frozenset({"3@x"}), people=frozenset({BRUNO}))

    @pytest.mark.parametrize(
        ("message", "expected"),
        [
            (Message(id="2@x"), Continues("t-1", ThreadBasis.SAME_MESSAGE)),
            (Message(in_reply_to="1@x"), Continues("t-1", ThreadBasis.ANSWERS)),
            (Message(references=("0@x", "3@x")), Continues("t-2", ThreadBasis.ANSWERS)),
            (Message(references=("1@x", "3@x"), in_reply_to="3@x"), Continues("t-2", ThreadBasis.ANSWERS)),
            (Message(references=("3@x", "1@x", "2@x")), Uncertain("t-1", ThreadBasis.SEVERAL)),
            (Message(references=("3@x", "1@x")), Uncertain("t-1", ThreadBasis.SEVERAL)),
            (
                Message(subject="AW: [TI#2026-4711] Frage", sender=Mailbox("", EmailAddress.parse("anna@EXAMPLE.org"))),
                Continues("t-1", ThreadBasis.TAG),
            ),
            (
                Message(subject="R: [2026-4711]", sender=Mailbox("", BRUNO)),
                Uncertain("t-1", ThreadBasis.TAG_OF_STRANGER),
            ),
            (Message(subject="R: [2026-4711]"), Uncertain("t-1", ThreadBasis.TAG_OF_STRANGER)),
            (Message(subject="R: [2026-4712]"), NewThread()),
            (Message(id="9@x", references=("8@x",)), NewThread()),
            (Message(), NewThread()),
            (None, NewThread()),
        ],
    )
    def test_answer(self, message: Message | None, expected: object) -> None:
        """Whatever the order in which the threads are given."""
        known = [self.FIRST, self.SECOND]

        assert find_thread(contact(message), known) == expected
        assert find_thread(contact(message), known[::-1]) == expected

    @pytest.mark.parametrize("basis", list(ThreadBasis))
    def test_every_reason_has_words(self, basis: ThreadBasis) -> None:
        """In all languages."""
        assert all(basis.reason.text(language) for language in LANGUAGES)

    @pytest.mark.parametrize(
        ("subject", "tags"),
        [
            ("[#117904] Re: Permesso [TI#2026-4711]", ("117904", "2026-4711")),
            ("[SPAM 100] [TI#2026-4711] [TI#2026-4711]", ("100", "2026-4711")),
            ("Permesso", ()),
        ],
    )
    def test_all_tags_count(self, subject: str, tags: tuple[str, ...]) -> None:
        """Other systems put theirs in front of ours."""
        message = Message(subject=subject, sender=Mailbox("", ANNA))
        known = KnownThread(ticket="t-1", people=frozenset({ANNA}), tag="2026-4711")
        expected = Continues("t-1", ThreadBasis.TAG) if tags else NewThread()

        assert message.tags == tags
        assert find_thread(contact(message), [known]) == expected

    def test_tags_of_two_tickets_are_for_a_person(self) -> None:
        """Who takes part in both may mean either."""
        message = Message(subject="[TI#1001] [TI#1002]", sender=Mailbox("", ANNA))
        known = [KnownThread(ticket=f"t-{tag}", people=frozenset({ANNA}), tag=tag) for tag in ("1002", "1001")]

        assert find_thread(contact(message), known) == Uncertain("t-1001", ThreadBasis.SEVERAL)

    @pytest.mark.parametrize(
        ("subject", "tag"),
        [
            ("Re: [TI#2026-4711] x", "2026-4711"),
            ("[Pratica 2026/4711]", "2026/4711"),
            ("[#12345]", "12345"),
            ("[rete] Incontro", ""),
            ("[1]", ""),
            ("2026-4711", ""),
        ],
    )
    def test_tags(self, subject: str, tag: str) -> None:
        """A number in square brackets, with or without a short word before it."""
        assert Message(subject=subject).tag == tag

    def test_ids_do_not_show(self) -> None:
        """A message id tells who wrote."""
        assert "1@x" not in repr(self.FIRST)
        assert attrs.evolve(self.FIRST, tag="") != self.FIRST


class TestNewPart:
    """Cut only where a mail program says that a quote begins."""

    @pytest.mark.parametrize(
        "quote",
        [
            "Il 18.03.2026 09:00 Ufficio <u@ti.ch> ha scritto:\n> Buongiorno",
            "Il giorno mer 18 mar 2026 alle ore 09:00\nUfficio <u@ti.ch> ha scritto:\n\n> Buongiorno",
            "Am 18.03.2026 um 09:00 schrieb Amt:\n> Guten Tag",
            "Le 18 mars 2026 à 09:00, Office <o@ti.ch> a écrit :\nBonjour",
            "On Wed, 18 Mar 2026, Office wrote:\n> Hello",
            "-----Messaggio originale-----\nDa: Ufficio",
            "Da: Ufficio\nInviato: mercoledì, 18 marzo 2026 09:00\nA: Anna",
            "Von: Amt\nAn: Anna\nGesendet: 18.03.2026 09:00",
            "-- \nAnna Verdi\n079 123 45 67",
            "> Buongiorno\n>\n\n> saluti",
        ],
    )
    def test_quotes_and_signatures_are_cut(self, quote: str) -> None:
        """In the four languages, of the usual programs."""
        assert new_text(f"Grazie.\n\n{quote}") == "Grazie."

    @pytest.mark.parametrize(
        "text",
        [
            "Il funzionario mi ha scritto:\nvenga alle 9",
            "Il 3 marzo mi ha scritto:\nvenga domani",
            "Da: Lugano a Bellinzona\nquanto costa?",
            "Contesto la decisione.\n\nDa: 1 gennaio 2026 in poi\nData: 3 marzo 2026\nresto a Lugano.",
            "Il 18.03.2026 Ufficio <u@ti.ch> ha scritto:\n> Quando arriva?\nLunedì.\n> Con chi?\nCon mia madre.",
            "Sì.\n\nIl 18.03.2026 Ufficio <u@ti.ch> ha scritto:\n\n> Quando?\n\nLunedì.",
            "Totale\n_____ CHF",
            "> citato\nla mia risposta sotto",
            "Saluti\n--\nAnna",
            "",
        ],
    )
    def test_sentences_stay(self, text: str) -> None:
        """What only looks like a quote is kept."""
        assert new_text(text) == text

    @pytest.mark.parametrize(
        ("text", "new"),
        [
            (
                "Il 18.03.2026 Ufficio <u@ti.ch> ha scritto:\n> Quando?\nLunedì.\n> Con chi?\n> Saluti",
                "Il 18.03.2026 Ufficio <u@ti.ch> ha scritto:\n> Quando?\nLunedì.",
            ),
            (
                "Il 18.03.2026 Ufficio <u@ti.ch> ha scritto:\n> Quando?\nLunedì.\n-- \nAnna",
                "Il 18.03.2026 Ufficio <u@ti.ch> ha scritto:\n> Quando?\nLunedì.",
            ),
            ("Sì.\n\nIl 18.03.2026 Ufficio <u@ti.ch> ha scritto:\n> Quando?\n-- \nAnna", "Sì."),
            (
                "Thanks\n\n______________\nFrom: Office <o@example.org>\nSent: Wednesday, 18 March 2026\n\nHello",
                "Thanks",
            ),
        ],
    )
    def test_answers_between_the_lines_stay(self, text: str, new: str) -> None:
        """With the questions that they answer; what follows the last answer goes, and so does the line of Outlook."""
        assert new_text(text) == new

    def test_nothing_left_means_nothing_cut(self) -> None:
        """A mere quote is shown as it is."""
        assert new_text("> Buongiorno") == "> Buongiorno"
