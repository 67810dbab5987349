"""What comes in by rows and forms is a claim: it identifies nobody, proves nothing and settles no case."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    Assurance,
    CaseRef,
    Contact,
    CounterDesk,
    DisclosureBasis,
    FoundCase,
    Mandate,
    Party,
    Role,
    Uid,
    may_disclose,
)
from ticontact.contacts.identity import NoMatch, Person, resolve_identity
from ticontact.contacts.readers import Exchange, call_record, counter_visit, fax, letter, web_form
from ticontact.errors import ContactError
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
CASE = CaseRef("case", "2026/4711")
AHV = "756.9217.0769.85"
CLAIMED = [
    "person",
    "role",
    "identifiers",
    "ahv",
    "uid",
    "verified",
    "verification",
    "verification.level",
    "level",
    "by",
    "consents",
    "consent",
    "recording",
    "needs",
    "mandate",
    "mandates",
    "representative",
    "principal",
    "cases",
    "case",
    "pratica",
    "found_cases",
    "parties",
    "formal_act",
    "outcome",
    "accountcode",
    "peeraccount",
    "userfield",
    "organisation",
]
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    ["anna", "operator", "official", "proven", "true", True, 1, AHV, "CHE-116.281.710", "recording", "2026/4711",
     ["anna", "proven"], {"level": "proven"}]
)  # fmt: skip


def _claims_nothing(contact: Contact) -> None:
    """The law: nobody on the citizen's side is more than a name and an address."""
    for party in contact.parties:
        assert (party.person, party.verification) == ("", None)
        assert party.role is Role.CITIZEN
        assert not party.identifiers | party.consents | party.needs
    assert contact.cases == ()
    assert all(found.level is Assurance.CLAIMED for found in contact.found_cases)
    assert (contact.formal_act, contact.procedure_language) == (False, "it")
    mandate = Mandate(representative="anna", principal="anna")
    for level in Assurance:
        asked = may_disclose(contact, CASE, level, concerned=["anna", ""], at=NINE, mandates=[mandate])
        assert asked.because is DisclosureBasis.NOT_IDENTIFIED
    person = Person(key="anna", identifiers=[Uid.parse("CHE-116.281.710")])
    assert isinstance(resolve_identity(contact, [person], office="", at=NINE), NoMatch)


@given(st.dictionaries(st.sampled_from(CLAIMED) | st.text(max_size=9), VALUES, max_size=12))
def test_no_field_of_a_form_claims_anything(fields: dict[str, Any]) -> None:
    """Whatever the fields are called."""
    _claims_nothing(web_form({"name": "Anna", **fields}, id="w", at=NINE).contact)


@given(st.dictionaries(st.sampled_from(CLAIMED), VALUES.map(str), max_size=12))
def test_no_column_of_a_row_claims_anything(columns: dict[str, str]) -> None:
    """Whatever columns an exchange, or who forged its file, has added."""
    row = {
        **columns,
        "src": "0912345678",
        "dst": "0918145500",
        "clid": '"anna" <0912345678>',
        "channel": "PJSIP/trunk-a-00000001",
        "start": "2026-03-18 09:00:00",
        "end": "2026-03-18 09:00:40",
        "duration": "40",
        "billsec": "0",
        "disposition": "NO ANSWER",
        "uniqueid": "1.1",
    }
    contact = call_record([row, row | {"channel": "PJSIP/201-00000002", "dstchannel": "PJSIP/202-00000003"}]).contact

    assert contact.id == "call-1.1"
    _claims_nothing(contact)


def test_case_of_a_form_and_of_a_row_is_found_and_not_settled() -> None:
    """Somebody typed it; somebody else has to look."""
    form = web_form({"case": "2026/4711"}, id="w", at=NINE).contact
    row = {
        "src": "0912345678",
        "dst": "0918145500",
        "channel": "PJSIP/trunk-a-00000001",
        "start": "2026-03-18 09:00:00",
        "end": "2026-03-18 09:00:40",
        "duration": "40",
        "billsec": "0",
        "disposition": "NO ANSWER",
        "uniqueid": "1.1",
        "userfield": "pratica=2026/4711",
    }
    call = call_record([row], exchange=Exchange(office="migration")).contact

    assert form.found_cases == (FoundCase(CASE, Assurance.CLAIMED, by="web_form"),)
    assert call.found_cases == (
        FoundCase(CaseRef("pratica", "2026/4711", office="migration"), Assurance.CLAIMED, by="dial_plan"),
    )
    assert (form.cases, call.cases) == ((), ())


def test_only_an_extension_of_the_house_is_one_of_the_staff() -> None:
    """A call that goes out shows whatever number it likes."""
    row = {
        "src": "anna",
        "dst": "0791234567",
        "channel": "PJSIP/201-00000001",
        "start": "2026-03-18 09:00:00",
        "end": "2026-03-18 09:00:40",
        "duration": "40",
        "billsec": "0",
        "disposition": "NO ANSWER",
        "uniqueid": "1.1",
    }

    def staff(**columns: str) -> list[str]:
        return [party.person for party in call_record([row | columns]).contact.parties if party.role.is_staff]

    assert (staff(), staff(src="202"), staff(channel="odd")) == (["201"], ["202"], [""])


def test_what_the_office_enters_is_taken_over_by_argument() -> None:
    """Who opens a letter or stands at the desk knows; what the sender wrote is no argument."""
    person = Party(Role.CITIZEN, person="anna")
    read = [
        letter(id="l", at=NINE, received=NINE.date(), sender=person, cases=[CASE]),
        counter_visit(id="v", at=NINE, desk=CounterDesk("Bellinzona", "1"), visitor=person, cases=[CASE]),
        fax(id="f", at=NINE, sender="0912345678", cases=[CASE]),
    ]

    assert [imported.contact.cases for imported in read] == [(CASE,)] * 3
    assert [imported.contact.parties[0].person for imported in read] == ["anna", "anna", ""]


class TestDisclosure:
    """The question itself does not say yes by mistake."""

    VERIFIED = web_form({}, id="w", at=NINE).contact

    @pytest.mark.parametrize("concerned", ["anna", b"key", {"anna": 1}, 5, ["anna", 5]])
    def test_keys_are_several(self, concerned: Any) -> None:
        """One text holds every key that is a part of it."""
        with pytest.raises(ContactError, match="may_disclose, concerned"):
            may_disclose(self.VERIFIED, CASE, Assurance.CLAIMED, concerned=concerned, at=NINE)

    @pytest.mark.parametrize("level", ["claimed", None, 0])
    def test_level_is_one(self, level: Any) -> None:
        """No level is no question."""
        with pytest.raises(ContactError, match="may_disclose, level: allowed: Assurance"):
            may_disclose(self.VERIFIED, CASE, level, concerned=["anna"], at=NINE)
