"""Letters, faxes, counter visits and web forms."""

from datetime import date
from typing import Any

import pytest

from ticontact.contacts import (
    Assurance,
    CaseRef,
    CounterDesk,
    EmailAddress,
    FoundCase,
    LanguageBasis,
    Party,
    PhoneNumber,
    Role,
    Unknown,
    Withheld,
)
from ticontact.contacts.readers import Finding, FindingKind, FormNames, counter_visit, fax, letter, web_form
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")


def _normalized(address: object) -> str:
    """An e-mail address as it is sent to."""
    assert isinstance(address, EmailAddress)
    return address.normalized


def _nested(depth: int) -> list[object]:
    """A list in a list, and so on."""
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


class TestLetter:
    """Days without a clock time."""

    def test_days_stay_days(self) -> None:
        """Postmark, entry stamp and scan are kept; the reference carries the day of receipt."""
        imported = letter(
            id="l-1",
            at=NINE,
            posted=date(2026, 3, 14),
            received=date(2026, 3, 16),
            scanned=date(2026, 3, 17),
            sender=Party(Role.REPRESENTATIVE, name="Studio Legale"),
            cases=[CaseRef("permit", "2026/4711")],
            formal_act=True,
        )

        assert imported.findings == ()
        assert imported.contact.dates.posted == date(2026, 3, 14)
        assert imported.contact.ref.received == date(2026, 3, 16)
        assert imported.contact.formal_act

    @pytest.mark.parametrize(
        ("posted", "finding"),
        [
            (None, Finding("posted", FindingKind.MISSING)),
            (date(2026, 3, 20), Finding("dates", FindingKind.CONTRADICTION)),
        ],
    )
    def test_odd_days_are_findings(self, posted: date | None, finding: Finding) -> None:
        """A missing postmark, or one after the entry stamp, is noted and kept."""
        imported = letter(id="l-1", at=NINE, posted=posted, received=date(2026, 3, 16))

        assert imported.findings == (finding,)
        assert imported.contact.parties == ()


class TestFax:
    """A number to a number."""

    def test_numbers_are_read(self) -> None:
        """Who sent it and where it came in."""
        contact = fax(id="f-1", at=NINE, sender="+41 91 814 31 29", reached="091 814 55 09").contact

        assert contact.reached == PhoneNumber.parse("091 814 55 09")
        assert contact.citizen == Party(Role.CITIZEN, PhoneNumber.parse("091 814 31 29"))

    def test_what_it_is_about(self) -> None:
        """Whoever takes it from the machine sees the case and the language."""
        case = CaseRef("permit", "2026/4711")
        contact = fax(id="f-1", at=NINE, sender="091 814 31 29", cases=[case], language="fr").contact

        assert (contact.cases, contact.language, contact.reached) == ((case,), "fr", None)

    def test_odd_numbers_are_findings(self) -> None:
        """A machine without a number is no reason to lose a fax."""
        imported = fax(id="f-1", at=NINE, sender="", reached="FAX 2")

        assert imported.contact.citizen == Party(Role.CITIZEN, Unknown())
        assert set(imported.findings) == {
            Finding("sender", FindingKind.MISSING),
            Finding("reached", FindingKind.INVALID_ADDRESS),
        }


class TestCounter:
    """Somebody comes in person."""

    DESK = CounterDesk("Bellinzona", "3")

    def test_anonymous_visit(self) -> None:
        """Nobody needs to know who; the ticket machine knows the language."""
        contact = counter_visit(id="v-1", at=NINE, desk=self.DESK, language="DE").contact

        assert (self.DESK, Party(Role.CITIZEN)) == (contact.reached, contact.citizen)
        assert (contact.language, contact.language_basis) == ("de", LanguageBasis.STATED)

    def test_known_visitor_without_a_language(self) -> None:
        """Italian is assumed until somebody says otherwise."""
        visitor = Party(Role.EMPLOYER, organisation="Rossi SA")
        contact = counter_visit(id="v-1", at=NINE, desk=self.DESK, visitor=visitor).contact

        assert (visitor, "it", LanguageBasis.ASSUMED) == (contact.citizen, contact.language, contact.language_basis)

    def test_what_they_came_for(self) -> None:
        """What the ticket machine asked, or the host at the door."""
        case = CaseRef("permit", "2026/4711")
        contact = counter_visit(id="v-1", at=NINE, desk=self.DESK, cases=[case], reasons=["permit.renewal"]).contact

        assert (contact.cases, contact.reasons) == ((case,), ("permit.renewal",))

    def test_unknown_language_is_a_finding(self) -> None:
        """The machine may offer more languages than ticontact has texts in."""
        imported = counter_visit(id="v-1", at=NINE, desk=self.DESK, language="sq")

        assert imported.findings == (Finding("language", FindingKind.UNKNOWN_LANGUAGE),)


class TestWebForm:
    """Fields by name."""

    def test_known_and_other_fields(self) -> None:
        """One person with two addresses; other fields go to the text; the case is a claim."""
        fields = {
            "nome": " Anna\nVerdi ",
            "email": "anna@example.org",
            "phone": "079 123 45 67",
            "subject": "Permesso",
            "message": "Buongiorno\r\nvorrei sapere",
            "language": "it-CH",
            "case": "2026/4711",
            "comune": "Lugano",
            "vuoto": " ",
        }
        imported = web_form(fields, id="w-1", at=NINE, names=FormNames(name="nome"), case_scheme="permit", office="m")
        contact, (message,) = imported.contact, imported.contact.messages

        assert imported.findings == ()
        assert contact.citizen == Party(
            Role.CITIZEN,
            EmailAddress.parse("anna@example.org"),
            name="Anna Verdi",
            further=[PhoneNumber.parse("079 123 45 67")],
        )
        assert (message.subject, message.text) == ("Permesso", "Buongiorno\nvorrei sapere\n\ncomune: Lugano")
        assert contact.cases == ()
        assert contact.found_cases == (
            FoundCase(CaseRef("permit", "2026/4711", office="m"), Assurance.CLAIMED, by="web_form"),
        )

    def test_odd_fields_are_findings(self) -> None:
        """What cannot be read is noted; nothing is lost that can."""
        imported = web_form({"email": "anna(at)x", "phone": "12", "case": "9" * 200}, id="w-1", at=NINE)

        assert imported.contact.citizen == Party(Role.CITIZEN, Unknown(), further=[Unknown()])
        assert [(finding.where, finding.kind.value) for finding in imported.findings] == [
            ("email", "invalid_address"),
            ("phone", "invalid_address"),
            ("case", "broken_field"),
        ]

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("phone", "+4I 79 123 45 67"),
            ("phone", "091 814 55 00 / 05"),
            ("phone", "079 123 45 67 dopo le 18"),
            ("phone", "333 123 4567"),
            ("email", "anna@example,org"),
            ("email", "anna@ti,ch"),
            ("email", "anna@example.org; b@"),
            ("phone", "1" * 400),
        ],
    )
    def test_what_cannot_be_read_stays(self, field: str, typed: str) -> None:
        """No stranger is called, and somebody can still see what was meant: in the text, and in the address's place."""
        contact = web_form({"message": "Buongiorno", field: typed}, id="w-1", at=NINE).contact
        (message,) = contact.messages

        assert contact.citizen is not None
        assert isinstance(contact.citizen.address, Unknown)
        assert contact.citizen.address.written == typed
        assert message.text == f"Buongiorno\n\n{field}: {typed}"
        assert message.sender is not None
        assert message.sender.written == (typed if field == "email" else "")

    @pytest.mark.parametrize(
        ("fields", "addresses", "kind"),
        [
            ({"phone": "091 814 55 00 / 079 123 45 67"}, ["+41918145500", "+41791234567"], FindingKind.SEVERAL),
            ({"phone": "079 123 45 67 o 091 814 55 00"}, ["+41791234567", "+41918145500"], FindingKind.SEVERAL),
            ({"phone": "079 123 45 67; 079 123 45 67"}, ["+41791234567"], FindingKind.SEVERAL),
            ({"phone": "079 123 45 67 (mattino)"}, ["+41791234567"], FindingKind.REMARK),
            ({"phone": "+41 79 123 45 67, ufficio"}, ["+41791234567"], FindingKind.REMARK),
            ({"email": "anna@example.org; b@example.org"}, ["anna@example.org", "b@example.org"], FindingKind.SEVERAL),
            ({"email": "anna@example.org anna@example.org"}, ["anna@example.org"], FindingKind.SEVERAL),
        ],
    )
    def test_what_can_mean_one_thing_only_is_read(
        self, fields: dict[str, str], addresses: list[str], kind: FindingKind
    ) -> None:
        """Two complete numbers, or one with a remark that has no digit; with a finding."""
        imported = web_form(fields, id="w-1", at=NINE)
        citizen = imported.contact.citizen
        given = [citizen.address, *citizen.further] if citizen else []

        assert [each.e164 if isinstance(each, PhoneNumber) else _normalized(each) for each in given] == addresses
        assert kind in [finding.kind for finding in imported.findings]

    @pytest.mark.parametrize(
        ("typed", "neighbours", "e164"),
        [
            ("333 123 4567", ["IT"], "+393331234567"),
            ("333 123 4567", ["LI", "IT"], "+393331234567"),
            ("333 123 4567", [], None),
            ("079 123 45 6", ["IT"], None),
            ("079 123 45 67", ["IT"], "+41791234567"),
        ],
    )
    def test_mobiles_of_a_neighbour(self, typed: str, neighbours: list[str], e164: str | None) -> None:
        """Every day in Ticino somebody writes an Italian mobile without +39; its fixed lines are typing errors here."""
        imported = web_form({"phone": typed}, id="w-1", at=NINE, neighbours=neighbours)
        received = fax(id="f-1", at=NINE, sender=typed, neighbours=neighbours).contact
        (citizen,) = imported.contact.parties
        assumed = Finding("phone", FindingKind.ASSUMED_REGION) in imported.findings

        assert (citizen.address.e164 if isinstance(citizen.address, PhoneNumber) else None) == e164
        assert received.parties[0].address == citizen.address
        assert assumed is (e164 == "+393331234567")
        assert (typed in imported.contact.messages[0].text) is (assumed or e164 is None)

    def test_unreadable_fax_numbers_stay(self) -> None:
        """Theirs and ours."""
        contact = fax(id="f-1", at=NINE, sender="+41 91 814", reached="interno 9").contact
        reached, sender = contact.reached, contact.parties[0].address

        assert isinstance(reached, Unknown)
        assert isinstance(sender, Unknown)
        assert (reached.written, sender.written) == ("interno 9", "+41 91 814")
        assert "814" not in repr(contact.parties)

    @pytest.mark.parametrize(
        ("fields", "address"),
        [
            ({"phone": "Numero privato"}, Withheld()),
            ({"phone": "266696687"}, Withheld()),
            ({"phone": "unbekannt"}, Unknown()),
            ({"email": "anonymous@anonymous.invalid"}, Withheld()),
            ({"email": "unavailable@unknown.invalid"}, Unknown()),
        ],
    )
    def test_who_hides_is_withheld_and_no_finding(self, fields: dict[str, str], address: Withheld | Unknown) -> None:
        """That is an answer, not a mistake."""
        imported = web_form(fields, id="w-1", at=NINE)
        (message,) = imported.contact.messages

        assert imported.contact.citizen == Party(Role.CITIZEN, address)
        assert [finding.kind for finding in imported.findings] == [FindingKind.MISSING]
        assert message.sender is not None
        assert (message.text, message.sender.address) == ("", None)

    @pytest.mark.parametrize("value", [10**5_000, _nested(50_000)], ids=["a huge number", "a list in lists"])
    def test_values_without_a_text_are_left_out(self, value: object) -> None:
        """Python refuses to write them; the rest of the form is kept."""
        imported = web_form({"message": "Buongiorno", "odd": value}, id="w-1", at=NINE)

        assert Finding("fields", FindingKind.LEFT_OUT) in imported.findings
        assert imported.contact.messages[0].text == "Buongiorno"

    @pytest.mark.parametrize("field", ["name", "subject", "x" * 201])
    def test_lines_and_names_of_fields_are_cut_before_they_are_cleaned(self, field: str) -> None:
        """What is cut costs nothing: composing accents takes long over many of them."""
        imported = web_form({field: "e" + "\N{COMBINING ACUTE ACCENT}" * 1_000}, id="w-1", at=NINE)

        assert Finding("fields", FindingKind.CUT) in imported.findings

    def test_values_as_frameworks_give_them(self) -> None:
        """Several boxes under one name, nothing, a number: all that is there is kept."""
        fields: Any = {"name": None, "message": "Buongiorno", "temi": ["permessi", None, "S"], "persone": 2, 7: "x"}
        imported = web_form(fields, id="w-1", at=NINE)

        assert imported.contact.messages[0].text == "Buongiorno\n\ntemi: permessi, S\npersone: 2\n7: x"
        assert imported.contact.citizen == Party(Role.CITIZEN)

    @pytest.mark.parametrize(("length", "findings"), [(100_000, ()), (100_001, (Finding("fields", FindingKind.CUT),))])
    def test_long_fields_are_cut_with_a_finding(self, length: int, findings: tuple[Finding, ...]) -> None:
        """The finding does not name the field, for its name comes from outside too."""
        imported = web_form({"email": "a@x.ch", "phone": "117", "message": "x" * length}, id="w-1", at=NINE)

        assert len(imported.contact.messages[0].text) == 100_000
        assert imported.findings == findings

    def test_empty_form(self) -> None:
        """Even that is a contact."""
        imported = web_form({}, id="w-1", at=NINE)

        assert [finding.kind for finding in imported.findings] == [FindingKind.MISSING, FindingKind.MISSING]
