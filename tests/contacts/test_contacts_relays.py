"""Messages that came through a mailbox which many share: it never identifies anybody."""

import textwrap

import pytest

from ticontact.contacts import AutomaticKind, Contact, ContactPoint, EmailAddress, RelayKind, automatic_message
from ticontact.contacts.formats import from_vcon
from ticontact.contacts.identity import IdentityBasis, Match, NoMatch, Person, resolve_identity
from ticontact.contacts.readers import Finding, FindingKind, Imported, email_message, web_form
from ticontact.contacts.threads import Continues, KnownThread, ThreadBasis, Uncertain, find_thread
from ticontact.i18n import LANGUAGES
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
PROVIDER = "posta-certificata@pec.example.it"
PEC = """\
    From: "Per conto di: luigi@pec.example.it" <posta-certificata@pec.example.it>
    Reply-To: luigi@pec.example.it
    Subject: POSTA CERTIFICATA: Permesso
    X-Trasporto: posta-certificata
    Content-Type: multipart/mixed; boundary=b

    --b

    Il giorno 18/03/2026 il messaggio "Permesso" e' stato inviato da "luigi@pec.example.it"
    --b
    Content-Type: application/xml; name="daticert.xml"

    <postacert tipo="posta-certificata"/>
    --b
    Content-Type: message/rfc822; name="postacert.eml"
    Content-Disposition: attachment; filename="postacert.eml"

    From: Luigi Neri <luigi@pec.example.it>
    Subject: Permesso

    Buongiorno
    --b--
    """


def read(text: str, *, shared: tuple[str, ...] = ()) -> Imported:
    """A message of ours."""
    return email_message(
        textwrap.dedent(text).encode(), at=NINE, shared=[EmailAddress.parse(address) for address in shared]
    )


def writer(imported: Imported) -> str | None:
    """Whose address the contact takes for the citizen's."""
    citizen = imported.contact.citizen
    address = citizen.address if citizen else None
    return address.normalized if isinstance(address, EmailAddress) else None


def person(key: str, address: str) -> Person:
    """Somebody on file with one address."""
    return Person(key=key, points=[ContactPoint(address=EmailAddress.parse(address))])


def who(contact: Contact) -> object:
    """Who that is, to an office that took the provider's address for Mario's when he wrote the first time."""
    people = [person("mario", PROVIDER), person("luigi", "luigi@pec.example.it"), person("other", "list@example.org")]
    return resolve_identity(contact, people, office="", at=NINE)


class TestCertifiedMail:
    """PEC, RFC 6109: every sender of a provider has the provider's address in From."""

    def test_second_citizen_of_a_provider_is_not_the_first(self) -> None:
        """The writer is whom the name, Reply-To and the enclosed message name together."""
        imported = read(PEC)
        (message,) = imported.contact.messages

        assert who(imported.contact) == Match("luigi", IdentityBasis.POINT)
        assert message.relayed is RelayKind.CERTIFIED_MAIL
        assert message.written_by is message.author
        assert (message.author and message.author.name) == "Luigi Neri"
        assert (message.sender and message.sender.address) == EmailAddress.parse(PROVIDER)
        assert Finding("from", FindingKind.RELAYED) in imported.findings

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Reply-To: luigi@pec", "Reply-To: mario@pec"),
            ("<luigi@pec", "<mario@pec"),
            ("From: Luigi Neri <luigi@pec.example.it>", "X: y"),
            ("From: Luigi Neri <luigi@pec", "From: <mario@pec.example.it>, <luigi@pec"),
            ("Per conto di: luigi@pec", "Per conto di: mario@pec"),
        ],
    )
    def test_places_that_disagree_name_nobody(self, old: str, new: str) -> None:
        """Then a person looks; the provider's mailbox is nobody's all the same."""
        assert old in PEC
        imported = read(PEC.replace(old, new))

        assert who(imported.contact) == NoMatch(IdentityBasis.NOTHING_GIVEN)
        assert Finding("from", FindingKind.UNKNOWN_WRITER) in imported.findings
        assert imported.contact.citizen is not None
        assert imported.contact.citizen.name.startswith("Per conto di")

    def test_reply_to_of_the_writer_is_a_wish(self) -> None:
        """A provider leaves a Reply-To that the writer has set; it names where to answer, and nobody who wrote."""
        lawyer = PEC.replace("Reply-To: luigi@pec", "Reply-To: avvocato@pec").replace(
            "<luigi@pec.example.it>\n", "<luigi@pec.example.it>\n    Reply-To: avvocato@pec.example.it\n"
        )
        imported = read(lawyer)

        assert writer(imported) == "luigi@pec.example.it"
        assert imported.contact.messages[0].reply_address == EmailAddress.parse("avvocato@pec.example.it")

    def test_two_places_are_enough(self) -> None:
        """A gateway may have taken the enclosed message away."""
        head = PEC.partition("    Content-Type")[0]

        assert writer(read(f"{head}\n    x")) == "luigi@pec.example.it"
        assert writer(read(head.replace("    Reply-To: luigi@pec.example.it\n", ""))) is None

    def test_several_enclosed_messages(self) -> None:
        """The one with the name of the rule counts; of several others none does."""
        other = "    --b\n    Content-Type: message/rfc822\n\n    From: mario@pec.example.it\n\n    x\n    --b--"

        assert writer(read(PEC.replace("    --b--", other))) == "luigi@pec.example.it"
        assert writer(read(PEC.replace("    --b--", other).replace("postacert.eml", "a.eml"))) == "luigi@pec.example.it"
        assert writer(read(PEC.replace("postacert.eml", "a.eml").replace("<luigi@", "<mario@"))) is None

    @pytest.mark.parametrize(
        ("receipt", "kind"),
        [
            ("accettazione", AutomaticKind.RECEIPT),
            ("presa-in-carico", AutomaticKind.RECEIPT),
            ("avvenuta-consegna", AutomaticKind.RECEIPT),
            ("non-accettazione", AutomaticKind.BOUNCE),
            ("errore-consegna", AutomaticKind.BOUNCE),
            ("preavviso-errore-consegna", AutomaticKind.BOUNCE),
            ("rilevazione-virus", AutomaticKind.BOUNCE),
        ],
    )
    def test_receipts_are_automatic(self, receipt: str, kind: AutomaticKind) -> None:
        """Nobody wrote them, and nobody is answered."""
        imported = read(f"From: {PROVIDER}\nX-Ricevuta: {receipt}\nSubject: x\n\nx")
        automatic = automatic_message(imported.contact)

        assert automatic is not None
        assert (automatic.kind, automatic.because) == (kind, "X-Ricevuta")
        assert who(imported.contact) == NoMatch(IdentityBasis.NOTHING_GIVEN)

    def test_envelope_of_a_message_from_outside(self) -> None:
        """An anomaly envelope brings ordinary mail into a certified mailbox."""
        assert writer(read(PEC.replace("X-Trasporto: posta-certificata", "X-Trasporto: errore"))) == (
            "luigi@pec.example.it"
        )

    def test_transport_is_no_machine(self) -> None:
        """A person wrote what the envelope brings."""
        assert automatic_message(read(PEC).contact) is None


class TestSharedMailboxes:
    """Lists, portals and programs."""

    @pytest.mark.parametrize(
        ("head", "kind", "expected"),
        [
            (
                'From: "Anna via Sportello" <list@example.org>\nReply-To: anna@example.net\nList-Id: <x>',
                RelayKind.LIST,
                "anna@example.net",
            ),
            (
                'From: "Anna via Sportello" <list@example.org>\nReply-To: anna@example.net',
                RelayKind.LIST,
                "anna@example.net",
            ),
            (
                "From: 'anna@example.net' via X <list@example.org>\nX-Original-From: anna@example.net\nList-Id: <x>",
                RelayKind.LIST,
                "anna@example.net",
            ),
            ("From: A <list@example.org>\nList-Id: x\nX-Original-From: anna@example.net", RelayKind.LIST, None),
            ("From: anna@example.net via A <list@example.org>\nList-Id: <x>", RelayKind.LIST, None),
            (
                "From: Anna <list@example.org>\nX-Original-Sender: anna@example.net\nReply-To: luigi@example.net",
                RelayKind.LIST,
                None,
            ),
            ("From: Anna <list@example.org>\nList-Post: <mailto:list@example.org?a=b>", RelayKind.LIST, None),
            ("From: Anna <list@example.org>\nList-Id: X <list.example.org>", RelayKind.LIST, None),
            ("From: Anna via X <list@example.org>\nReply-To: a@x.ch, b@x.ch", RelayKind.LIST, None),
            (
                "From: Portale per conto di anna@example.net <list@example.org>\nReply-To: anna@example.net",
                RelayKind.ON_BEHALF,
                "anna@example.net",
            ),
            ("From: CRM on behalf of Anna <list@example.org>\nReply-To: anna@example.net", RelayKind.ON_BEHALF, None),
            ("From: im Auftrag von b@@x a@b.invalid <list@example.org>", RelayKind.ON_BEHALF, None),
            ("From: Formulario <noreply@example.org>\nReply-To: anna@example.net", RelayKind.NO_REPLY, None),
            ("From: <jira-no_reply+1@example.org>", RelayKind.NO_REPLY, None),
            ("From: <nicht-antworten@example.org>", RelayKind.NO_REPLY, None),
            ("From: <www-data@example.org>\nReply-To: anna@example.net", RelayKind.NO_REPLY, None),
            ("From: <SRS0=ab1=TT=example.net=anna@example.org>", RelayKind.REWRITTEN, None),
            ("From: <prvs=12345678=anna@example.org>", RelayKind.REWRITTEN, None),
            ("From: <bounces+1-anna=example.net@example.org>", RelayKind.REWRITTEN, None),
            ("From: <sportello-bounces@example.org>", RelayKind.REWRITTEN, None),
        ],
    )
    def test_identify_nobody(self, head: str, kind: RelayKind, expected: str | None) -> None:
        """The writer is named where enough places agree, and nowhere is it the shared mailbox."""
        imported = read(f"{head}\n\nx")
        (message,) = imported.contact.messages

        assert (message.relayed, writer(imported)) == (kind, expected)
        assert not isinstance(who(imported.contact), Match)
        assert Finding("from", FindingKind.RELAYED if expected else FindingKind.UNKNOWN_WRITER) in imported.findings

    @pytest.mark.parametrize(
        "head",
        [
            "From: Anna <list@example.org>",
            "From: Anna <list@example.org>\nList-Id: <tutti.verein.example>",
            "From: Anna <list@example.org>\nReply-To: b@example.org",
            "From: Ristorante via Nassa <list@example.org>",
            "From: Ristorante via Nassa <list@example.org>\nReply-To: list@example.org",
            "From: Anna <list@example.org>\nX-Original-From: Anna <list@example.org>",
            "From: Anna <list@example.org>\nSender: segreteria@example.org",
        ],
    )
    def test_own_mailboxes_stay_their_owners(self, head: str) -> None:
        """Mail through a list that leaves From alone, a street in a name, an answer wished elsewhere."""
        imported = read(f"{head}\n\nx")

        assert (imported.contact.messages[0].relayed, writer(imported)) == (None, "list@example.org")
        assert who(imported.contact) == Match("other", IdentityBasis.POINT)

    def test_department_names_its_own(self) -> None:
        """A portal that sends everybody's forms from one address: the writer is in Reply-To."""
        head = "From: Portale <portal@example.org>\nReply-To: Anna <anna@example.net>\n\nx"

        assert writer(read(head)) == "portal@example.org"
        assert writer(read(head, shared=("Portal@example.org",))) == "anna@example.net"
        assert read(head, shared=("portal@example.org",)).contact.messages[0].relayed is RelayKind.SHARED

    def test_no_answer_goes_to_a_shared_mailbox(self) -> None:
        """It would reach everybody, or nobody."""
        assert read("From: noreply@example.org\n\nx").contact.messages[0].reply_address is None
        assert read(PEC.replace("Reply-To", "X")).contact.messages[0].reply_address == EmailAddress.parse(
            "luigi@pec.example.it"
        )

    @pytest.mark.parametrize("kind", RelayKind)
    def test_kinds_have_words(self, kind: RelayKind) -> None:
        """In five languages."""
        assert all(kind.label.text(language) for language in LANGUAGES)

    @pytest.mark.parametrize("head", ["X: y", "From: nobody", "From: <>"])
    def test_nobody_is_no_relay(self, head: str) -> None:
        """Without an address there is nothing to ask."""
        assert read(f"{head}\n\nx").contact.messages[0].relayed is None


CLAIMS = """\
Authentication-Results: mx.example.org; dkim=pass; spf=pass; dmarc=pass
X-Verified: yes
X-Identity: luigi
X-AHV: 756.9217.0769.85
X-Case: ZEMIS 12345
X-Consent: recording
ARC-Seal: i=1; cv=pass
X-Ticontact-Person: luigi
"""


class TestTrust:
    """What a message says of itself is never trusted."""

    @pytest.mark.parametrize("raw", ["From: Luigi <luigi@pec.example.it>\n", textwrap.dedent(PEC)])
    def test_claims_bring_nothing(self, raw: str) -> None:
        """No identity, no verification, no consent, no case: with every claim the contact is the same as without."""
        contact = email_message((CLAIMS + raw).encode(), at=NINE, id="m").contact
        without = email_message(raw.encode(), at=NINE, id="m").contact

        assert (contact.parties, contact.messages) == (without.parties, without.messages)
        assert (contact.cases, contact.found_cases, contact.formal_act, contact.reasons) == ((), (), False, ())
        for party in contact.parties:
            assert (party.person, party.identifiers, party.verification) == ("", frozenset(), None)
            assert (party.needs, party.consents, party.organisation) == (frozenset(), frozenset(), "")

    @pytest.mark.parametrize(
        "head",
        [
            "From: stranger@example.net\n",
            "From: stranger@example.net\nReply-To: luigi@pec.example.it\n",
            "From: stranger@example.net\nSender: luigi@pec.example.it\nX-Original-From: luigi@pec.example.it\n",
            "From: Luigi via X <stranger@example.net>\nReply-To: luigi@pec.example.it\n",
            "From: Per conto di: luigi@pec.example.it <certified-mail@x.ch>\nReply-To: luigi@pec.example.it\n",
            'From: "luigi@pec.example.it" <stranger@example.net>\n',
        ],
    )
    def test_tags_that_strangers_quote_stay_uncertain(self, head: str) -> None:
        """A tag is easy to quote, and so is a name in Reply-To: a person decides."""
        raw = f"{CLAIMS}{head}Subject: Re: Permesso [TI#2026-4711]\n\nx".encode()
        people = frozenset({EmailAddress.parse("luigi@pec.example.it")})
        known = [KnownThread(ticket="t-1", people=people, tag="2026-4711")]

        assert find_thread(email_message(raw, at=NINE).contact, known) == Uncertain("t-1", ThreadBasis.TAG_OF_STRANGER)

    def test_shared_mailbox_takes_part_in_no_thread(self) -> None:
        """Although a department has put the provider's address on file; somebody who does take part is believed."""
        known = [KnownThread(ticket="t-1", people=frozenset({EmailAddress.parse(PROVIDER)}), tag="2026-4711")]
        anna = [KnownThread(ticket="t-1", people=frozenset({EmailAddress.parse("anna@x.ch")}), tag="2026-4711")]
        tagged = PEC.replace("CERTIFICATA: ", "CERTIFICATA: [TI#2026-4711] ")

        assert find_thread(read(tagged).contact, known) == Uncertain("t-1", ThreadBasis.TAG_OF_STRANGER)
        assert find_thread(read("From: anna@x.ch\nSubject: [TI#2026-4711]\n\n").contact, anna) == Continues(
            "t-1", ThreadBasis.TAG
        )


@pytest.mark.parametrize(
    "local",
    ["posta-certificata", "Certified-Mail", "no-reply", "nicht.antworten", "www-data", "SRS0=a=b=c=d", "x-bounces"],
)
def test_shared_mailboxes_identify_nobody_by_other_ways_either(local: str) -> None:
    """A form or a foreign file may name one; whoever is on file with it is not the person."""
    address = f"{local}@pec.example.it"
    form = web_form({"name": "Luigi", "email": address}, id="w-1", at=NINE).contact
    spoken = {"vcon": "0.4.0", "created_at": "2026-03-18T09:00:00Z", "parties": [{"name": "L", "mailto": address}]}

    for contact in (form, from_vcon(spoken).contact):
        assert contact.citizen is not None
        assert contact.citizen.address == EmailAddress.parse(address)
        assert not isinstance(resolve_identity(contact, [person("mario", address)], office="", at=NINE), Match)
