"""Postal addresses, other addresses, and numbers of persons and organisations."""

import re
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    Address,
    AhvNumber,
    ChatHandle,
    ContactPoint,
    CounterDesk,
    EmailAddress,
    ExternalId,
    PhoneNumber,
    PointUse,
    PostalAddress,
    Salutation,
    SipAddress,
    Uid,
    Unknown,
    points_in_order,
)
from ticontact.errors import ConfigurationError, ContactError, InvalidAddress

HOME = PostalAddress(
    first_name="Anna", last_name="Verdi", street="Via Lugano", house_number="4", swiss_code="6501", town="Bellinzona"
)


class TestPostal:
    """eCH-0010."""

    @pytest.mark.parametrize(
        ("changes", "language", "lines"),
        [
            ({}, "it", ("Anna Verdi", "Via Lugano 4", "6501 Bellinzona")),
            (
                {"organisation": "Rossi SA", "line1": "c/o Bianchi", "post_office_box": "12", "locality": "Carasso"},
                "de",
                ("Rossi SA", "Anna Verdi", "c/o Bianchi", "Via Lugano 4", "Postfach 12", "Carasso", "6501 Bellinzona"),
            ),
            (
                {
                    "organisation": "Rossi SA",
                    "organisation_add_on1": "Personale",
                    "organisation_add_on2": "Stipendi",
                    "salutation": Salutation.MRS,
                    "title": "Dr.",
                    "dwelling_number": "12",
                    "post_office_box": "12",
                    "post_office_box_text": "Casella",
                    "swiss_code_add_on": "02",
                },
                "fr",
                (
                    "Rossi SA",
                    "Personale",
                    "Stipendi",
                    "Madame",
                    "Dr. Anna Verdi",
                    "Via Lugano 4",
                    "Casella 12",
                    "6501 Bellinzona",
                ),
            ),
            ({"salutation": Salutation.MR, "title": "Dr."}, "de",
             ("Herr", "Dr. Anna Verdi", "Via Lugano 4", "6501 Bellinzona")),
            ({"street": "", "house_number": "", "post_office_box": "-"}, "fr",
             ("Anna Verdi", "Case postale", "6501 Bellinzona")),
            ({"country": "LI", "swiss_code": "9490"}, "it", ("Anna Verdi", "Via Lugano 4", "9490 Bellinzona")),
            (
                {"country": "IT", "country_name": "Italia", "swiss_code": "", "foreign_code": "22100", "town": "Como"},
                "it",
                ("Anna Verdi", "Via Lugano 4", "22100 Como", "ITALIA"),
            ),
        ],
    )  # fmt: skip
    def test_lines(self, changes: dict[str, Any], language: str, lines: tuple[str, ...]) -> None:
        """What stands in the window of the envelope; the country only abroad."""
        assert attrs.evolve(HOME, **changes).lines(language) == lines

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"town": ""}, "town"),
            ({"town": "x" * 41}, "town"),
            ({"street": "Via\nLugano"}, "street"),
            ({"last_name": ""}, "last_name"),
            ({"country": "Italia"}, "country"),
            ({"country": "it"}, "country"),
            ({"country": 41}, "country"),
            ({"swiss_code": "0999"}, "swiss_code"),
            ({"foreign_code": "22100"}, "swiss_code"),
            ({"country": "IT"}, "swiss_code"),
            ({"country": "IT", "swiss_code": ""}, "country_name"),
            ({"first_name": "", "last_name": "", "title": "Dr."}, "last_name"),
            ({"organisation_add_on1": "Dipartimento"}, "organisation"),
            ({"organisation_add_on2": "Dipartimento"}, "organisation"),
            ({"street": ""}, "street"),
            ({"street": "", "house_number": "", "dwelling_number": "3"}, "street"),
            ({"post_office_box_text": "Casella"}, "post_office_box"),
            ({"post_office_box": "12a"}, "post_office_box"),
            ({"country": "IT", "country_name": "Italia", "swiss_code": "", "swiss_code_add_on": "00"}, "swiss_code"),
        ],
    )
    def test_refusals_name_the_field_alone(self, changes: dict[str, Any], field: str) -> None:
        """Lengths, codes and what belongs together; nobody's address is in the message."""
        with pytest.raises(InvalidAddress, match=f"^postal address, {field}: allowed: ") as refused:
            attrs.evolve(HOME, **changes)

        assert "Lugano" not in str(refused.value)

    @pytest.mark.parametrize(
        ("field", "longest"),
        [
            ("organisation", 60),
            ("organisation_add_on1", 60),
            ("organisation_add_on2", 60),
            ("title", 50),
            ("first_name", 30),
            ("last_name", 30),
            ("line1", 60),
            ("line2", 60),
            ("street", 60),
            ("house_number", 12),
            ("dwelling_number", 10),
            ("post_office_box_text", 15),
            ("locality", 40),
            ("town", 40),
            ("foreign_code", 15),
            ("swiss_code_add_on", 2),
        ],
    )
    def test_lengths_are_those_of_the_standard(self, field: str, longest: int) -> None:
        """The longest is accepted, one more is not."""
        base = attrs.evolve(HOME, organisation="Rossi SA", post_office_box="1")
        if field == "foreign_code":
            base = attrs.evolve(base, swiss_code="", country="IT", country_name="Italia")

        fitting: dict[str, Any] = {field: "x" * longest}
        too_long: dict[str, Any] = {field: "x" * (longest + 1)}

        assert getattr(attrs.evolve(base, **fitting), field) == fitting[field]
        with pytest.raises(InvalidAddress, match=f"^postal address, {field}: allowed: up to {longest} char"):
            attrs.evolve(base, **too_long)

    def test_salutations_have_the_numbers_of_the_standard(self) -> None:
        """The third was given up."""
        assert [salutation.ech0010 for salutation in Salutation] == [1, 2]
        assert Salutation.MRS.label.text("it") == "Signora"

    def test_language_of_the_box_must_be_known(self) -> None:
        """There is no word for it in others."""
        with pytest.raises(ConfigurationError):
            attrs.evolve(HOME, post_office_box="1").lines("sq")

    def test_nothing_shows(self) -> None:
        """Not even the town."""
        assert not {"Anna", "Verdi", "Lugano", "6501", "Bellinzona"} & set(repr(HOME).replace("'", " ").split())


class TestOtherAddresses:
    """SIP, chat, counters."""

    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("sip:anna@PBX.example.org", SipAddress("anna", "pbx.example.org")),
            (" sips:201@10.0.0.1:5061;transport=tls ", SipAddress("201", "10.0.0.1", port=5061, secure=True)),
            ("sip:pbx", SipAddress("", "pbx")),
        ],
    )
    def test_sip(self, text: str, address: SipAddress) -> None:
        """User, host and port; parameters are left out."""
        assert SipAddress.parse(text) == address

    @pytest.mark.parametrize("text", ["anna@x", "sip:", "sip:a@b:0", "sip:a@b:70000", "sip:a b@c", "sip:" + "a" * 400])
    def test_no_sip(self, text: str) -> None:
        """Anything else is refused without being quoted."""
        with pytest.raises(InvalidAddress, match=r"^SIP address: allowed: such as sip:name@pbx\.example\.org$"):
            SipAddress.parse(text)

    @pytest.mark.parametrize(
        ("address", "uri"),
        [
            (SipAddress("anna", "pbx.example.org"), "sip:anna@pbx.example.org"),
            (SipAddress("", "10.0.0.1", port=5061, secure=True), "sips:10.0.0.1:5061"),
        ],
    )
    def test_sip_address_can_be_called(self, address: SipAddress, uri: str) -> None:
        """Its form reads back as the same."""
        assert address.uri == uri
        assert SipAddress.parse(uri) == address

    @pytest.mark.parametrize(("user", "host"), [("a b", "x"), ("a", ""), ("a", "x\ny"), ("a@b", "x")])
    def test_parts_of_a_sip_address_are_checked_too(self, user: str, host: str) -> None:
        """Whoever makes one by hand cannot forge a header with it."""
        with pytest.raises(InvalidAddress, match=r"^SIP address: allowed"):
            SipAddress(user, host)

    @pytest.mark.parametrize(
        "make", [lambda: ChatHandle("web", ""), lambda: CounterDesk("a\nb", "1")], ids=["", "line"]
    )
    def test_names_are_readable(self, make: object) -> None:
        """Empty names and line ends are refused."""
        assert callable(make)
        with pytest.raises(InvalidAddress, match="allowed: 1 to 300 characters"):
            make()

    def test_desks_are_public_and_handles_are_not(self) -> None:
        """A desk is the office's own."""
        assert repr(CounterDesk("Camorino", "4")) == "CounterDesk(site='Camorino', desk='4')"
        assert "anna" not in repr(ChatHandle("web_chat", "anna"))


class TestContactPoint:
    """An address with its use and its time."""

    @pytest.mark.parametrize(
        ("on", "holds"),
        [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
    )
    def test_first_and_last_day_count(self, on: date, *, holds: bool) -> None:
        """The days are included."""
        point = ContactPoint(address=Unknown(), valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))

        assert point.holds(on=on) is holds

    def test_open_ends_hold(self) -> None:
        """Without dates it always holds."""
        assert ContactPoint(address=HOME, use=PointUse.POSTAL).holds(on=date.min)

    def test_points_in_order(self) -> None:
        """Those that hold, by rank; what is over is left out."""
        first = ContactPoint(address=PhoneNumber.parse("079 123 45 67"), use=PointUse.PRIVATE_MOBILE)
        second = ContactPoint(address=EmailAddress.parse("anna@example.org"), other_use="school", rank=2)
        over = ContactPoint(address=HOME, valid_to=date(2025, 12, 31))

        assert points_in_order([second, over, first], on=date(2026, 1, 1)) == (first, second)

    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"rank": 0}, "ContactPoint.rank: allowed: 1 and more"),
            ({"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 1)}, "ContactPoint: allowed: valid_from <="),
            ({"use": PointUse.PRIVATE_EMAIL}, "ContactPoint.use: private_email is no use of a PostalAddress"),
            ({"use": "postal"}, "ContactPoint.use: allowed: PointUse or nothing; str was given"),
            ({"address": "Via Lugano"}, "ContactPoint.address: allowed: PhoneNumber or "),
        ],
    )
    def test_point_that_cannot_be(self, changes: dict[str, Any], place: str) -> None:
        """A use that does not fit the address, days in no order, no rank."""
        with pytest.raises(InvalidAddress, match=f"^{re.escape(place)}"):
            ContactPoint(**{"address": HOME, **changes})

    @pytest.mark.parametrize(
        ("use", "address"),
        [
            (PointUse.BUSINESS_INTERNET_VOICE, SipAddress("anna", "pbx.example.org")),
            (PointUse.PRIVATE_INTERNET_VOICE, PhoneNumber.parse("079 123 45 67")),
            (PointUse.BUSINESS_FAX, PhoneNumber.parse("091 814 55 09")),
            (PointUse.PRIVATE_PHONE, Unknown()),
        ],
    )
    def test_uses_fit_their_addresses(self, use: PointUse, address: Address) -> None:
        """Internet voice has numbers and SIP addresses."""
        assert ContactPoint(address=address, use=use).use is use

    @pytest.mark.parametrize(
        ("use", "number"),
        [
            (PointUse.PRIVATE_PHONE, 1),
            (PointUse.BUSINESS_CENTRAL, 5),
            (PointUse.PAGER, 10),
            (PointUse.BUSINESS_EMAIL, 2),
            (PointUse.POSTAL, None),
        ],
    )
    def test_categories(self, use: PointUse, number: int | None) -> None:
        """The numbers of eCH-0046."""
        assert use.ech0046 == number


def ean_13(digits: str) -> bool:
    """The check digit, counted from the right as GS1 describes it."""
    weighted = [int(digit) * (1, 3)[place % 2] for place, digit in enumerate(reversed(digits))]
    return sum(weighted) % 10 == 0


class TestIdentifiers:
    """AHV, UID and others."""

    @pytest.mark.parametrize("text", ["756.9217.0769.85", "7569217076985", " 756 9217 0769 85 ", "756-9217-0769-85"])
    def test_ahv(self, text: str) -> None:
        """Grouped in any of the usual ways."""
        assert AhvNumber.parse(text).formatted == "756.9217.0769.85"

    @pytest.mark.parametrize(
        "text", ["756.9217.0769.84", "757.9217.0769.85", "756.9217.0769.8", "７56.9217.0769.85", ""]
    )
    def test_no_ahv(self, text: str) -> None:
        """A wrong check digit, another country, full-width digits."""
        with pytest.raises(ContactError, match=r"^AHV number: allowed"):
            AhvNumber.parse(text)

    @given(st.integers(0, 10**10 - 1))
    def test_check_digit_of_ahv(self, number: int) -> None:
        """Accepted exactly where the rule of GS1 says so."""
        digits = f"756{number:010}"
        try:
            AhvNumber.parse(digits)
        except ContactError:
            assert not ean_13(digits)
        else:
            assert ean_13(digits)

    @pytest.mark.parametrize("text", ["CHE-116.281.710", "CHE116281710", "che-116.281.710 mwst", "CHE-116.281.710 TVA"])
    def test_uid(self, text: str) -> None:
        """With its CHE, in either case, with a suffix of an official language."""
        assert Uid.parse(text).formatted == "CHE-116.281.710"

    @pytest.mark.parametrize("text", ["116.281.710", "CHE-116.281.711", "CHE-116.281.710 VAT", "CHE-100.000.000", ""])
    def test_no_uid(self, text: str) -> None:
        """Without CHE, with a wrong check digit, with an English suffix."""
        with pytest.raises(ContactError, match=r"^UID: allowed"):
            Uid.parse(text)

    def test_external_ids_by_the_departments_own_check(self) -> None:
        """A register without a check takes any number; one with a check only what it agrees to."""
        checks = {"zemis": str.isdecimal}

        assert ExternalId.checked("zemis", " 123 ", checks=checks) == ExternalId("zemis", "123")
        assert ExternalId.checked("other", "a-1", checks=checks).value == "a-1"
        for value in ("", "1" * 101, "1\x002"):
            with pytest.raises(ContactError, match=r"^external id, value: allowed: 1 to 100 characters"):
                ExternalId.checked("zemis", value, checks=checks)
        with pytest.raises(ContactError, match=r"^external id, zemis: allowed: a number of that register"):
            ExternalId.checked("zemis", "12a", checks=checks)

    def test_check_that_raises_a_value_error_says_no(self) -> None:
        """As `int` does, whose message would quote the number."""
        with pytest.raises(ContactError) as refused:
            ExternalId.checked("zemis", "12a", checks={"zemis": lambda text: bool(int(text))})

        assert refused.value.__context__ is None

    def test_both_parts_of_an_external_id_are_there(self) -> None:
        """A number without its register says nothing."""
        with pytest.raises(ContactError, match=r"^external id, scheme: allowed"):
            ExternalId("", "12")

    def test_nothing_shows(self) -> None:
        """No digit in repr."""
        shown = repr([AhvNumber.parse("756.9217.0769.85"), Uid.parse("CHE-116.281.710"), ExternalId("x", "42")])

        assert shown == "[AhvNumber(digits=…), Uid(digits=…), ExternalId(scheme='x', value=…)]"
