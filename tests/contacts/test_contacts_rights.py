"""Redaction, pseudonyms, retention, dossiers, tombstones, audit events."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from contacts_samples import NINE, full_contact
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    AhvNumber,
    Assurance,
    CaseRef,
    Channel,
    Contact,
    EmailAddress,
    ExternalId,
    FieldClass,
    FoundCase,
    Mailbox,
    Mandate,
    Message,
    Party,
    PhoneNumber,
    Role,
    Uid,
)
from ticontact.contacts.privacy import (
    Act,
    AuditEvent,
    DueAction,
    DueItem,
    PseudonymKey,
    RetentionRule,
    dossier,
    due,
    field_classes,
    redact,
    tombstone,
)
from ticontact.contacts.privacy._pseudonym import Pseudonymous
from ticontact.errors import ConfigurationError, ContactError, InvalidValue, NaiveTime
from ticontact.i18n import LANGUAGES

KEY = PseudonymKey("k1", b"0" * 32)


class TestRedaction:
    """A contact without its personal values."""

    PERSONAL = ("Anna", "Verdi", "41791234567", "079 123", "anna.verdi", "p-77", "7569217076985", "2026/4711", "luca")

    def test_no_personal_value_is_left(self) -> None:
        """Names, numbers, addresses, identifiers, texts, staff."""
        redacted = redact(full_contact(), rule="statistics", at=NINE)
        text = json.dumps(redacted.document)

        assert [value for value in self.PERSONAL if value in text] == []
        assert '"sha256": "[SHA256-1]"' in text  # a known document is known by its hash
        assert (redacted.source, redacted.rule, redacted.at) == ("c-1", "statistics", NINE)

    def test_same_value_gets_the_same_placeholder(self) -> None:
        """It can still be seen that sender and party are one; what is empty stays empty."""
        document: Any = redact(full_contact(), rule="x", at=NINE).document
        party, sender = document["parties"][0], document["messages"][0]["sender"]

        assert party["name"] == sender["name"] == "[NAME-1]"
        assert party["further"][0] == {"type": "email_address", **sender["address"]}
        assert sender["address"]["local"] == sender["address"]["domain"] == "[EMAIL_ADDRESS-1]"
        assert document["parties"][1]["name"] == ""

    def test_record_counts_what_was_taken_out(self) -> None:
        """Different values of each class."""
        party = Party(Role.CITIZEN, name="Anna", person="p-77")
        contact = attrs.evolve(
            full_contact(), reached=None, parties=[party, party], messages=[], cases=[], found_cases=[], legs=[]
        )

        assert redact(contact, rule="x", at=NINE).taken_out == {FieldClass.PERSONAL: 1, FieldClass.IDENTIFIER: 1}

    def test_classes_may_be_chosen(self) -> None:
        """Texts alone, say."""
        redacted = redact(full_contact(), rule="x", at=NINE, classes={FieldClass.SENSITIVE})
        document: Any = redacted.document

        assert document["parties"][0]["name"] == "Anna Verdi"
        assert document["messages"][0]["text"] == "[TEXT-1]"
        assert document["channel"] == "voice"

    @pytest.mark.parametrize(
        ("path", "placeholder"),
        [
            (("parties", 0, "address", "e164"), "[PHONE_NUMBER-2]"),
            (("parties", 0, "address", "national"), "[PHONE_NUMBER-2]"),
            (("parties", 0, "further", 1, "town"), "[POSTAL_ADDRESS-1]"),
            (("parties", 0, "verification", "by"), "[STAFF-1]"),
            (("parties", 0, "needs", 1), "[NEEDS-2]"),
            (("cases", 0, "value"), "[CASE-1]"),
            (("found_cases", 0, "by"), "[STAFF-2]"),
            (("legs", 0, "agent"), "[STAFF-3]"),
            (("messages", 0, "references", 0), "[MESSAGE-2]"),
            (("messages", 0, "attachments", 0, "written_name"), "[FILE-2]"),
            (("messages", 0, "marks", 0, 1), "[MARKS-2]"),
        ],
    )
    def test_placeholders_say_what_stood_there(self, path: tuple[str | int, ...], placeholder: str) -> None:
        """A number, a case, a member of staff; and at its place, also in a list."""
        found: Any = redact(full_contact(), rule="x", at=NINE).document
        for step in path:
            found = found[step]

        assert found == placeholder

    def test_record_says_who_did_it_and_does_not_show_it(self) -> None:
        """Staff are persons too."""
        redacted = redact(full_contact(), rule="x", at=NINE, by="luca")

        assert redacted.by == "luca"
        assert "luca" not in repr(redacted)

    def test_document_does_not_show(self) -> None:
        """Whatever classes were chosen."""
        assert "Anna" not in repr(redact(full_contact(), rule="x", at=NINE, classes=()))


class TestPseudonyms:
    """Keyed, by purpose."""

    def test_token_is_the_keyed_hash_of_rfc_2104(self) -> None:
        """Of the three parts, each after its length; written out here as the RFC defines it."""
        message = b"\0\0\0\1x\0\0\0\5phone\0\0\0\x0c+41918145500"
        inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in KEY.secret.ljust(64, b"\0")) + message).digest()
        outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in KEY.secret.ljust(64, b"\0")) + inner).hexdigest()

        assert KEY.token("phone", "+41918145500", purpose="x") == f"k1:{outer[:32]}"

    @given(st.tuples(*[st.text(max_size=5)] * 3), st.tuples(*[st.text(max_size=5)] * 3))
    def test_only_equal_values_share_a_token(self, one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
        """Parts cannot flow into one another."""
        tokens = [KEY.token(scheme, value, purpose=purpose) for scheme, value, purpose in (one, other)]

        assert (tokens[0] == tokens[1]) is (one == other)

    def test_another_key_gives_another_token(self) -> None:
        """And says so by its id."""
        other = PseudonymKey("k2", b"1" * 32).token("phone", "+41918145500", purpose="x")

        assert other.startswith("k2:")
        assert other[3:] != KEY.token("phone", "+41918145500", purpose="x")[3:]

    def test_key_is_long_and_does_not_show(self) -> None:
        """A short key is no key."""
        assert "000" not in repr(KEY)
        with pytest.raises(ConfigurationError, match="at least 32 bytes"):
            PseudonymKey("k", b"0" * 31)

    @pytest.mark.parametrize("id", ["", "a:b"])
    def test_id_of_a_key_ends_at_the_colon(self, id: str) -> None:  # noqa: A002 - the field's own name
        """A token is taken apart there."""
        with pytest.raises(ConfigurationError, match="a text without a colon"):
            PseudonymKey(id, b"0" * 32)

    @pytest.mark.parametrize(
        ("value", "scheme", "canonical"),
        [
            (PhoneNumber.parse("+41 (0)91 814 55 00 int. 7"), "phone", "+41918145500;7"),
            (EmailAddress.parse("Anna@Example.org"), "email", "anna@example.org"),
            (AhvNumber.parse("756 9217 0769 85"), "ahv", "7569217076985"),
            (Uid.parse("CHE-116.281.710 IVA"), "uid", "116281710"),
            (ExternalId("zemis", "12"), "external:zemis", "12"),
            (CaseRef("permit", "2026/1", office="m"), "case:m:permit", "2026/1"),
        ],
    )
    def test_pseudonym_is_the_token_of_the_canonical_form(
        self, value: Pseudonymous, scheme: str, canonical: str
    ) -> None:
        """However it was written."""
        assert KEY.pseudonym(value, purpose="x") == KEY.token(scheme, canonical, purpose="x")


class TestRetention:
    """A plan with its reasons."""

    VOICE = RetentionRule(days=30, channels=frozenset({"voice"}), basis="regulation, art. 3")
    REST = RetentionRule(days=90, anonymise=True, basis="regulation, art. 4")

    @pytest.mark.parametrize(
        ("days", "held", "action"),
        [
            (29, (), DueAction.KEEP),
            (30, (), DueAction.DELETE),
            (30, ("c-1",), DueAction.HOLD),
            (29, ("c-1",), DueAction.KEEP),
        ],
    )
    def test_due_after_so_many_days(self, days: int, held: tuple[str, ...], action: DueAction) -> None:
        """Counted from the end of the contact; a legal hold keeps what is due."""
        (item,) = due([full_contact()], [self.VOICE, self.REST], at=NINE + timedelta(days=days, minutes=3), held=held)

        assert item == DueItem(contact="c-1", action=action, basis="regulation, art. 3", on=date(2026, 11, 24))

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"ended_at": None}, DueItem(contact="c-1", action=DueAction.KEEP, basis="regulation, art. 3")),
            (
                {"channel": Channel.named("post")},
                DueItem(contact="c-1", action=DueAction.ANONYMISE, basis="regulation, art. 4", on=date(2027, 1, 23)),
            ),
        ],
    )
    def test_open_contacts_stay_and_the_first_rule_counts(self, changes: Mapping[str, Any], expected: DueItem) -> None:
        """What goes on is not due; a rule without channels takes the rest."""
        contact = attrs.evolve(full_contact(), **changes)

        assert due([contact], [self.VOICE, self.REST], at=NINE.add(years=1)) == (expected,)

    def test_without_a_rule_the_office_decides(self) -> None:
        """No period is invented."""
        assert due([full_contact()], [], at=NINE) == (DueItem(contact="c-1", action=DueAction.NO_RULE),)
        with pytest.raises(NaiveTime):
            due([], [], at=NINE.naive())

    @pytest.mark.parametrize(("value", "action"), [("2026/4711", DueAction.HOLD), ("2026/4712", DueAction.DELETE)])
    def test_hold_on_a_case_keeps_every_contact_about_it(self, value: str, action: DueAction) -> None:
        """A case that was only found is none that the contact is about."""
        held = {CaseRef("permit", value, office="migration" if value.endswith("1") else "")}
        (item,) = due([full_contact()], [self.VOICE], at=NINE.add(years=1), held_cases=held)

        assert item.action is action

    def test_hold_keeps_a_contact_that_claims_the_case(self) -> None:
        """An appeal that came by the form, before somebody has looked at it."""
        claimed = FoundCase(CaseRef("permit", "2026/4711"), Assurance.CLAIMED, by="web_form")
        contact = attrs.evolve(full_contact(), cases=[], found_cases=[claimed])
        (item,) = due([contact], [self.VOICE], at=NINE.add(years=1), held_cases={claimed.case})

        assert item.action is DueAction.HOLD

    @pytest.mark.parametrize("days", [3_000_000, 10**30])
    def test_what_is_due_after_the_last_year_has_no_date(self, days: int) -> None:
        """It is kept."""
        (item,) = due([full_contact()], [RetentionRule(days=days, basis="art. 3")], at=NINE)

        assert (item.action, item.on) == (DueAction.KEEP, None)

    @pytest.mark.parametrize(("days", "basis", "path"), [(-1, "art. 3", "retention.days"), (1, "", "retention.basis")])
    def test_rules_are_checked(self, days: int, basis: str, path: str) -> None:
        """No negative time, and no deletion without a basis."""
        with pytest.raises(ConfigurationError, match=f"^{path}: "):
            RetentionRule(days=days, basis=basis)

    def test_tombstone_holds_nothing_personal(self) -> None:
        """That it was there, when it went and why."""
        stone = tombstone(full_contact(), basis="regulation, art. 3", at=NINE)

        assert (stone.contact, stone.channel, stone.basis, stone.erased_at) == (
            "c-1",
            "voice",
            "regulation, art. 3",
            NINE,
        )
        assert "Anna" not in repr(stone)


class TestDossier:
    """What is on file of one person."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everything_of_the_person_and_nothing_of_others(self, language: str) -> None:
        """In every language; of others the role alone."""
        text = dossier("p-77", [full_contact(), nobody()], language=language)

        for own in (
            "Anna Verdi",
            "+41 79 123 45 67 12",
            "anna.verdi@example.org",
            "Via Lugano 4, Casella 3, 6501 Bellinzona",
            "sip:anna@pbx.example.org",
            "web_chat anna77",
            "20.10.2026",
            "25.10.2026, 02.33",
            "permit 2026/4712",
            "756.9217.0769.85, zemis 12345",
            "Buongiorno, sono Anna Verdi",
            "../a.pdf",
        ):
            assert own in text
        assert "CHE-116.281.710" not in text
        assert "c-9" not in text

    def test_firms_have_a_dossier_too(self) -> None:
        """The law of Ticino protects legal persons as well."""
        firm = attrs.evolve(full_contact().parties[1], person="f-1")
        text = dossier("f-1", [attrs.evolve(nobody(), parties=[firm])], language="it")

        assert text.splitlines() == [
            "Dati che la riguardano (contatti: 1)",
            "",
            "Contatto: c-9",
            "Data: 25.10.2026, 02.30",
            "Timbro postale: 20.10.2026",
            "Canale: telefono, in entrata",
            "Lingua: tedesco",
            "Motivo: renewal",
            "Possibile atto formale: sì",
            "Pratiche forse pertinenti: permit 2026/4712",
            "In qualità di: datore di lavoro",
            "Numeri d'identificazione: CHE-116.281.710",
        ]

    def test_interpreters_see_themselves_alone(self) -> None:
        """Whoever interpreted a conversation has no right to what the citizen wrote, nor to why the citizen came."""
        helper = Party(Role.INTERPRETER, PhoneNumber.parse("079 765 43 21"), name="Carla Neri", person="p-5")
        text = dossier("p-5", [full_contact().joined_by(helper)], language="it")

        assert "Carla Neri" in text
        for theirs in ("Buongiorno", "Permesso B", "a.pdf", "2026/4711", "renewal", "anna.verdi", "Verdi"):
            assert theirs not in text

    def test_citizens_see_where_answers_go_and_when_they_spoke(self) -> None:
        """Reply addresses, what was sent from where, and the conversations; staff are not named."""
        contact = full_contact()
        (message,) = contact.messages
        wished = attrs.evolve(message, reply_to=[Mailbox("Studio", EmailAddress.parse("studio@example.org"))])
        text = dossier("p-77", [attrs.evolve(contact, messages=[wished])], language="it")

        assert "Risposta a: Studio studio@example.org" in text
        assert "Mittente: Anna Verdi anna.verdi@example.org" in text
        assert "Colloqui: 25.10.2026, 02.30 q" in text
        assert "079 123 45" in text
        assert "201" not in text

    def test_a_text_without_a_writer_is_the_citizens(self) -> None:
        """A form, or a message whose writer nobody knows."""
        parties = [Party(Role.CITIZEN, person="p-1"), Party(Role.REPRESENTATIVE, person="p-2")]
        contact = attrs.evolve(nobody(), parties=parties, messages=[Message(text="Buongiorno")])

        assert ["Buongiorno" in dossier(key, [contact], language="it") for key in ("p-1", "p-2")] == [True, False]

    def test_a_text_is_its_writers(self) -> None:
        """A lawyer's letter is in the lawyer's dossier, and not in that of the employer beside."""
        lawyer = EmailAddress.parse("studio@example.org")
        parties = [
            Party(Role.REPRESENTATIVE, lawyer, person="p-1"),
            Party(Role.EMPLOYER, EmailAddress.parse("ditta@example.org"), person="p-2"),
        ]
        message = Message(text="Contestiamo", sender=Mailbox("", lawyer))
        contact = attrs.evolve(nobody(), parties=parties, messages=[message])

        assert ["Contestiamo" in dossier(key, [contact], language="it") for key in ("p-1", "p-2")] == [True, False]

    def test_other_languages_are_refused(self) -> None:
        """There are no words for them."""
        with pytest.raises(ConfigurationError):
            dossier("p", [], language="sq")

    def test_nobody_is_no_person(self) -> None:
        """An empty key would open the contacts of everybody whom nobody has identified."""
        with pytest.raises(ContactError, match=r"^dossier, person: allowed: the key of one person$"):
            dossier("", [full_contact()], language="it")


def nobody() -> Contact:
    """A contact of somebody else."""
    return attrs.evolve(
        full_contact("c-9"), parties=[], messages=[], cases=[], outcome=None, legs=[], reached=None, ended_at=None
    )


class TestAudit:
    """The acts of art. 4 DPO."""

    def test_event(self) -> None:
        """Who, what, when, to whom; staff do not show."""
        event = AuditEvent(act=Act.DISCLOSED, object_id="c-1", actor="luca", recipient="police", at=NINE)

        assert (event.act, event.at) == (Act.DISCLOSED, NINE)
        assert "luca" not in repr(event)

    def test_all_acts_of_the_ordinance(self) -> None:
        """Storage, alteration, reading, disclosure, deletion, destruction."""
        assert [act.value for act in Act] == ["stored", "altered", "read", "disclosed", "deleted", "destroyed"]


class TestFieldClasses:
    """The list for a register of data collections."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("contact.id", FieldClass.INTERNAL),
            ("party.name", FieldClass.PERSONAL),
            ("message.text", FieldClass.SENSITIVE),
            ("ahv_number.digits", FieldClass.IDENTIFIER),
            ("counter_desk.desk", FieldClass.PUBLIC),
        ],
    )
    def test_every_field_of_a_contact_has_one(self, name: str, expected: FieldClass) -> None:
        """By its name in the document."""
        assert field_classes()[name] is expected

    def test_other_documents_have_theirs(self) -> None:
        """A mandate names two persons; what is no document is refused."""
        assert field_classes(Mandate)["mandate.principal"] is FieldClass.IDENTIFIER
        with pytest.raises(InvalidValue, match=r"^Party: it has no form of its own"):
            field_classes(Party)
