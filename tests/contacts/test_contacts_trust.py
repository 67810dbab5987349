"""What a document says of itself is never trusted: a forged vCon brings nobody in whom one may believe."""

import json
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from contacts_samples import full_contact
from hypothesis import given
from hypothesis import strategies as st
from spoilt_data import spoilt

from ticontact.contacts import (
    AhvNumber,
    Assurance,
    CaseRef,
    ConsentTo,
    Contact,
    Direction,
    DisclosureBasis,
    Leg,
    Mandate,
    Outcome,
    Party,
    Role,
    Verification,
    may_disclose,
)
from ticontact.contacts.formats import Trust, from_vcon, to_vcon
from ticontact.contacts.identity import Person, resolve_identity
from ticontact.contacts.readers import Finding, FindingKind, Imported
from ticontact.errors import TicontactError, UnreadableRecord
from ticontact.plain import from_dict, to_dict
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
UUID = "018f2b1e-0000-8000-8000-000000000001"
CASE = CaseRef("permit", "2026/4711", office="migration")
AHV = AhvNumber.parse("756.9217.0769.85")
TOLD: Mapping[type, frozenset[str]] = {
    Contact: frozenset(
        {"id", "channel", "direction", "parties", "language", "procedure_language", "legs", "messages", "created_at"}
    ),
    Party: frozenset({"role", "address", "name", "organisation", "further"}),
    Leg: frozenset({"kind", "end", "started_at", "answered_at", "ended_at"}),
}
"""What a stranger may say. A field that is added later is held to be one that decides, until it stands here."""


def forged_party(role: Role = Role.CITIZEN) -> Party:
    """Somebody who says to be a known person, checked, and content with being recorded."""
    return Party(
        role,
        name="Anna",
        person="p-77",
        identifiers=[AHV],
        verification=Verification.by_document(by="luca", at=NINE),
        consents=[*ConsentTo],
    )


def forged(*roles: Role, **changes: Any) -> dict[str, Any]:
    """The vCon of a contact in which everything is claimed that one could believe, also under names of our own."""
    contact = attrs.evolve(
        full_contact(),
        parties=[forged_party(role) for role in roles or (Role.CITIZEN,)],
        cases=[CASE],
        outcome=Outcome.ANSWERED,
    )
    document = to_dict(contact)
    vcon: dict[str, Any] = json.loads(json.dumps(to_vcon(contact, uuid=UUID)))
    parties: Any = document["parties"]
    for party, claimed in zip(vcon["parties"], parties, strict=False):
        party.update({name: value for name, value in claimed.items() if name not in {"type", "role", "name"}})
    claims = {name: value for name, value in document.items() if name in {"cases", "outcome", "direction", "dates"}}
    return {**vcon, **claims, "trust": "stored", **changes}


def claims(value: Any) -> dict[str, object]:
    """What stands in the fields of a stranger's contact, party or leg that are not a stranger's to say."""
    return {
        field.alias: getattr(value, field.name)
        for field in attrs.fields(type(value))
        if field.alias not in TOLD[type(value)] and getattr(value, field.name) != default_of(field)
    }


def default_of(field: Any) -> object:
    """What a field holds where nothing is said of it."""
    return getattr(field.default, "factory", lambda: field.default)()


def believed(imported: Imported) -> list[dict[str, object]]:
    """Everything in a contact that decides something."""
    contact = imported.contact
    told: list[Any] = [contact, *contact.parties, *contact.legs]
    found: list[dict[str, object]] = [claims(value) for value in told]
    found += [{"role": party.role} for party in contact.parties if party.role is not Role.CITIZEN]
    found.append({"direction": contact.direction})
    return [each for each in found if each and each != INBOUND]


INBOUND = {"direction": Direction.INBOUND}


class TestStrangers:
    """A vCon from anybody."""

    @pytest.mark.parametrize("role", Role)
    def test_nothing_that_decides_comes_out_of_it(self, role: Role) -> None:
        """No person, identifier, verification, consent, case, outcome or role of an office, whatever it claims."""
        assert believed(from_vcon(forged(role))) == []

    def test_what_was_said_comes_out_of_it(self) -> None:
        """Texts and conversations, and that there was more."""
        imported = from_vcon(forged(Role.CITIZEN))

        assert [message.text for message in imported.contact.messages] == [
            message.text for message in full_contact().messages
        ]
        assert imported.contact.parties[0].name == "Anna"
        assert Finding("vcon.attachments", FindingKind.LEFT_OUT) in imported.findings

    @pytest.mark.parametrize("role", [Role.CITIZEN, Role.OPERATOR, Role.INTERPRETER])
    def test_nobody_is_told_anything(self, role: Role) -> None:
        """Not to the person concerned, nor to a representative."""
        contact = from_vcon(forged(role)).contact
        mandate = Mandate(representative="p-77", principal="p-1")

        for concerned in (["p-77"], ["p-1"]):
            told = may_disclose(contact, CASE, Assurance.CLAIMED, concerned=concerned, at=NINE, mandates=[mandate])
            assert (told.allowed, told.because) == (False, DisclosureBasis.NOT_IDENTIFIED)
        assert not any(contact.agreed(to) for to in ConsentTo)

    def test_nobody_is_found_by_an_identifier(self) -> None:
        """A number that a stranger's file names is no number that a person gave."""
        person = Person(key="p-77", identifiers=[AHV])
        found = resolve_identity(from_vcon(forged()).contact, [person], office="", at=NINE)

        assert not hasattr(found, "person")

    def test_who_claims_to_be_of_an_office_stands_behind_and_listens(self) -> None:
        """Else a third person would hear what is told to the first one, once that one is verified."""
        vcon = forged(Role.OPERATOR, Role.CITIZEN, Role.SYSTEM)
        vcon["parties"][1]["name"] = "Bruno"
        del vcon["parties"][3:]
        imported = from_vcon(vcon)
        first, *others = imported.contact.parties
        verified = attrs.evolve(first, person="p-77", verification=Verification.by_document(by="luca", at=NINE))
        contact = attrs.evolve(imported.contact, parties=[verified, *others])

        assert (first.name, [each.name for each in others]) == ("Bruno", ["Anna", "Anna"])
        assert Finding("vcon.parties.role", FindingKind.LEFT_OUT) in imported.findings
        told = may_disclose(contact, CASE, Assurance.PROVEN, concerned=["p-77"], at=NINE)
        assert told.because is DisclosureBasis.OTHERS_LISTEN

    def test_its_id_is_ours(self) -> None:
        """Whoever takes the uuid of another vCon becomes no other contact; the same file is the same one again."""
        theirs, forgery = forged(), forged(subject="another")
        stored = from_vcon({**theirs, "attachments": []}, trust=Trust.STORED).contact
        turned = dict(reversed(theirs.items()))

        assert stored.id == f"vcon-{UUID}"
        assert from_vcon(theirs).contact == from_vcon(turned).contact
        assert len({stored, from_vcon(theirs).contact, from_vcon(forgery).contact}) == 3

    def test_what_json_does_not_know_is_refused(self) -> None:
        """What another parser made may hold anything."""
        with pytest.raises(UnreadableRecord, match=r"^vcon: DateTime was given; allowed: JSON's own types$"):
            from_vcon(forged(more=[NINE]))

    @pytest.mark.parametrize("word", ["stored", True, None, "FOREIGN"])
    def test_only_the_argument_itself_is_trust(self, word: Any) -> None:
        """A text that a form or a file may hold is none."""
        assert believed(from_vcon(forged(), trust=word)) == []


class TestStored:
    """A vCon from the department's own store."""

    def test_it_comes_back_whole(self) -> None:
        """By the argument, and nothing else."""
        contact = from_vcon(forged(), trust=Trust.STORED).contact

        assert (contact.parties, contact.cases, contact.outcome) == ((forged_party(),), (CASE,), Outcome.ANSWERED)
        told = may_disclose(contact, CASE, Assurance.PROVEN, concerned=["p-77"], at=NINE)
        assert told.because is DisclosureBasis.CONCERNED
        assert contact.agreed(ConsentTo.RECORDING)

    @pytest.mark.parametrize("word", ["redacted", "amended", "appended", "group"])
    def test_what_was_changed_since_is_not_whole(self, word: str) -> None:
        """What was taken out of a vCon would come back with our own document."""
        imported = from_vcon(forged(**{word: {"uuid": UUID}}), trust=Trust.STORED)

        assert Finding(f"vcon.{word}", FindingKind.LEFT_OUT) in imported.findings
        assert {party.person for party in imported.contact.parties} == {""}

    @pytest.mark.parametrize("uuid", [None, "1", UUID.upper(), 5])
    def test_without_an_id_it_has_one(self, uuid: object) -> None:
        """As a stranger's."""
        vcon = forged(uuid=uuid, attachments=[])

        assert from_vcon(vcon, trust=Trust.STORED).contact.id == from_vcon(vcon).contact.id


@pytest.mark.parametrize(("name", "kept"), [("parties", "parties"), ("dialog", "messages")])
def test_of_very_many_only_the_first_are_read(name: str, kept: str) -> None:
    """Four characters of JSON would become a party of two kilobytes."""
    one = {"type": "text", "start": "2026-03-18T09:00:00+01:00", "body": "x"} if name == "dialog" else {}
    imported = from_vcon({**forged(), name: [one] * 1_001})

    assert len(getattr(imported.contact, kept)) == 1_000
    assert Finding(f"vcon.{name}", FindingKind.CUT) in imported.findings


@pytest.mark.parametrize(("trust", "number"), [(Trust.FOREIGN, ""), (Trust.STORED, "1@office.example")])
def test_a_stranger_is_in_no_thread(trust: Trust, number: str) -> None:
    """Whoever quotes the id of a message would continue its ticket."""
    text = {"type": "text", "start": "2026-03-18T09:00:00+01:00", "body": "x", "message_id": "<1@office.example>"}
    imported = from_vcon({**forged(), "attachments": [], "dialog": [text]}, trust=trust)

    assert imported.contact.messages[0].id == number
    left_out = Finding("vcon.dialog.message_id", FindingKind.LEFT_OUT)
    assert (left_out in imported.findings) is (trust is Trust.FOREIGN)


@given(st.data())
def test_any_spoilt_forgery_is_read_or_refused_and_never_believed(data: st.DataObject) -> None:
    """One place is gone or holds something else: nothing but a `TicontactError` comes out, and nothing that decides."""
    vcon = data.draw(spoilt(json.dumps(forged(Role.OPERATOR, Role.CITIZEN))))
    try:
        imported = from_vcon(vcon)
    except TicontactError:
        return
    assert believed(imported) == []


@given(st.data())
def test_any_spoilt_document_of_the_store_is_read_or_refused(data: st.DataObject) -> None:
    """What is read can be written again."""
    document = data.draw(spoilt(json.dumps(to_dict(full_contact()))))
    try:
        contact = from_dict(Contact, document)
    except TicontactError:
        return
    assert to_dict(contact)["type"] == "contact"
