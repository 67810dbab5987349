"""Callers who hide, and callers whom nobody knows, in whatever way a telephone, an exchange or a person says so."""

import pytest

from ticontact.contacts import (
    AddressReader,
    Channel,
    Contact,
    ContactPoint,
    Direction,
    EmailAddress,
    Party,
    PhoneNumber,
    Role,
    ShortNumber,
    SipAddress,
    Unknown,
    Withheld,
    parse_caller,
    parse_phone,
)
from ticontact.contacts.identity import IdentityBasis, NoMatch, Person, resolve_identity
from ticontact.contacts.readers import call_record, fax, web_form
from ticontact.errors import InvalidPhoneNumber
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
WITHHELD = [
    # the addresses of nobody: RFC 3323, section 4.1.1.3
    "sip:anonymous@anonymous.invalid",
    "sips:Anonymous@Anonymous.Invalid;user=phone",
    "<sip:anonymous@anonymous.invalid>;tag=4711",
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    "sip:anonymous.invalid",
    "sip:x4711@sbc.anonymous.invalid",
    "sip:restricted@192.0.2.1:5060",
    "sip:+266696687@pbx.example.org",
    "tel:anonymous",
    "anonymous@anonymous.invalid",
    # what a caller asked the network for: RFC 3323, section 4.2; RFC 3325, section 9.3
    "id",
    "user;id",
    "Privacy: header;session",
    # ANONYMOUS and its kind on a keypad
    "266696687",
    "+266696687",
    "<+266696687>",
    "tel:266696687",
    "TEL:+266-696-687",
    "<tel:266.696.687;phone-context=+41>",
    "sip:266696687",
    "+7378742833",
    # words of exchanges
    "Anonymous",
    "Restricted",
    "Private",
    "BLOCKED",
    "Withheld",
    "No Caller ID",
    "caller-id withheld",
    "prohib_not_screened",
    # words of the four languages of the country
    "numero privato",
    "Numero di telefono nascosto",
    "anonimo",
    "chiamata anonima",
    "unterdrückt",
    "Rufnummer unterdrückt",
    "Nummer wird nicht angezeigt",
    "UNTERDRUECKT",
    "anonymer Anrufer",
    "Numéro masqué",
    "appel anonyme",
    "numero prive",
    "numer zuppà",
    "anonim",
]
UNKNOWN = [
    "sip:unavailable@unknown.invalid",
    "sip:x@unknown.invalid",
    "unavailable@unknown.invalid",
    "+8656696",
    "+86282452253",
    "Unavailable",
    "unknown caller",
    "out-of-area",
    "N/A",
    "<null>",
    "numero sconosciuto",
    "non disponibile",
    "Nummer unbekannt",
    "nicht verfügbar",
    "appelant inconnu",
    "numéro indisponible",
    "numer nunenconuschent",
]
ASKED = [(text, Withheld()) for text in WITHHELD] + [(text, Unknown()) for text in UNKNOWN]


def _around(text: str) -> list[str]:
    return [text, text.upper(), f"  {text}\t", f'"{text}"', f"« {text} »"]


def _row(source: str, caller_id: str = "") -> dict[str, str]:
    return {
        "src": source,
        "clid": caller_id,
        "dst": "0918145500",
        "channel": "PJSIP/trunk-a-00000001",
        "lastapp": "Queue",
        "start": "2026-03-18 09:00:00",
        "end": "2026-03-18 09:00:40",
        "duration": "40",
        "billsec": "0",
        "disposition": "NO ANSWER",
        "uniqueid": "1.1",
    }


class TestSaid:
    """What stands in the place of a number."""

    @pytest.mark.parametrize(("text", "said"), ASKED, ids=[text for text, _ in ASKED])
    def test_withheld_and_unknown_stay_two_things(self, text: str, said: object) -> None:
        """In whatever case, with outer spaces and quotes; a reader that remembers says the same."""
        reader = AddressReader(remember=9)

        assert {parse_caller(each) for each in _around(text)} == {said}
        assert {reader.caller(each) for each in _around(text)} == {said}
        assert reader.remembered == 0

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("091 814 55 00", PhoneNumber.parse("091 814 55 00")),
            ("026 669 66 87", PhoneNumber.parse("+41 26 669 66 87")),
            ("0266696687", PhoneNumber.parse("+41 26 669 66 87")),
            ("tel:+41-26-669-66-87", PhoneNumber.parse("+41 26 669 66 87")),
            ("tel:(026)669.66.87", PhoneNumber.parse("+41 26 669 66 87")),
            ("117", ShortNumber.parse("117")),
        ],
    )
    def test_numbers_stay_numbers(self, text: str, number: object) -> None:
        """Also the one in Fribourg that has the digits of ANONYMOUS, as people write it."""
        reader = AddressReader()

        assert parse_caller(text) == number
        assert reader.caller(text) == number

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Anna Verdi",
            "sip:anna@pbx.example.org",
            "anonymous" * 40,
            "privacy: none",
            "numero",
            "Privatklinik Anonymus",
            "Anna <anna@example.org>",
        ],
    )
    def test_other_texts_are_refused(self, text: str) -> None:
        """A name, an address and a word of the same letters say nothing of the kind."""
        for ask in (parse_caller, AddressReader().caller):
            with pytest.raises(InvalidPhoneNumber):
                ask(text)

    @pytest.mark.parametrize("given", [None, 266696687, ["anonymous"]])
    def test_only_texts_are_read(self, given: object) -> None:
        """The type is refused by name."""
        for ask in (parse_caller, AddressReader().caller):
            read: object = ask
            assert callable(read)
            with pytest.raises(InvalidPhoneNumber, match=f"{type(given).__name__} was given, not a text"):
                read(given)

    @pytest.mark.parametrize(
        "text",
        [
            "266696687",
            "+266696687",
            "tel:266-696-687",
            "TEL:+266696687",
            "tel:266696687;phone-context=+41",
            "Tel. 266696687",
            "anonymous",
            "sip:anonymous@anonymous.invalid",
        ],
    )
    def test_it_is_no_number(self, text: str) -> None:
        """A function that gives a number refuses it, and calls nobody in Fribourg."""
        for ask in (PhoneNumber.parse, parse_phone):
            with pytest.raises(InvalidPhoneNumber):
                ask(text)


class TestReaders:
    """Wherever a caller comes in."""

    @pytest.mark.parametrize(("text", "said"), ASKED, ids=[text for text, _ in ASKED])
    def test_every_reader_says_the_same(self, text: str, said: object) -> None:
        """Rows of an exchange, a fax, a form; it is no finding there."""
        read = {
            "row": call_record([_row(text)]),
            "fax": fax(id="f", at=NINE, sender=text),
            "form": web_form({"phone": text, "email": "anna@example.org"}, id="w", at=NINE),
        }
        parties = {name: imported.contact.parties[0] for name, imported in read.items()}

        assert {"row": said, "fax": said} == {name: parties[name].address for name in ("row", "fax")}
        assert parties["form"].further == (said,)
        assert [each for imported in read.values() for each in imported.findings if each.where != "reached"] == []

    @pytest.mark.parametrize(
        ("columns", "said"),
        [
            ({"src": "", "clid": ""}, Withheld()),
            ({"src": " ", "clid": '"" <>'}, Withheld()),
            ({"src": "", "clid": '"Anonymous" <>'}, Withheld()),
            ({"src": "", "clid": '"Unavailable" <>'}, Unknown()),
            ({"src": "", "clid": '"ROSSI MARIO" <>'}, Unknown()),
        ],
    )
    def test_a_row_without_a_number(self, columns: dict[str, str], said: object) -> None:
        """Neither number nor caller id: the caller hides both. A name without a number is no refusal."""
        assert call_record([_row("") | columns]).contact.parties[0].address == said

    def test_a_row_without_the_column(self) -> None:
        """An exchange that writes no caller id says nothing of the kind."""
        row = _row("")
        del row["clid"]

        assert call_record([row]).contact.parties[0].address == Unknown()

    def test_a_name_that_says_so_is_no_name(self) -> None:
        """Nobody is called Unterdrückt."""
        contact = call_record([_row("0912345678", '"Rufnummer unterdrückt" <0912345678>')]).contact

        assert contact.parties == (Party(Role.CITIZEN, PhoneNumber.parse("0912345678")),)

    def test_a_number_that_is_not_to_be_shown(self) -> None:
        """The exchange knows it, and the caller id beside it says that the caller hides it."""
        contact = call_record([_row("0912345678", '"Anonymous" <sip:anonymous@anonymous.invalid>')]).contact

        assert contact.parties == (Party(Role.CITIZEN, Withheld()),)


@pytest.mark.parametrize(
    "address",
    [
        Withheld(),
        Unknown(),
        SipAddress.parse("sip:anonymous@anonymous.invalid"),
        SipAddress.parse("sip:unavailable@unknown.invalid"),
        EmailAddress("anonymous", "anonymous.invalid", ascii_domain="anonymous.invalid"),
    ],
    ids=["withheld", "unknown", "sip, anonymous", "sip, unavailable", "e-mail"],
)
def test_nobody_is_identified_by_the_address_of_nobody(address: Withheld | Unknown | SipAddress | EmailAddress) -> None:
    """Else all callers who hide would be the one person on whose file it stands."""
    person = Person(key="anna", points=[ContactPoint(address=address)])
    contact = Contact(
        id="c",
        channel=Channel.named("voice"),
        direction=Direction.INBOUND,
        parties=[Party(Role.CITIZEN, address)],
        created_at=NINE,
    )

    assert resolve_identity(contact, [person], office="", at=NINE) == NoMatch(IdentityBasis.NOTHING_GIVEN)
