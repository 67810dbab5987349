"""Telephone numbers as people write them."""

from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import CallCost, PhoneKind, PhoneNumber, ShortNumber, parse_phone
from ticontact.contacts._addresses.phone_number import _KINDS
from ticontact.errors import InvalidPhoneNumber

OFFICE = "+41918145500"
NARROW = "\N{NARROW NO-BREAK SPACE}"


class TestForms:
    """What is read, and what it is shown as."""

    @pytest.mark.parametrize(
        "text",
        [
            "091 814 55 00",
            f"091{NARROW}814{NARROW}55{NARROW}00",
            "091\N{THIN SPACE}814\N{THIN SPACE}55\N{THIN SPACE}00",
            "Tel.: 091 814 55 00",
            "Numero di telefono 091/814.55.00",
            "\N{LEFT-TO-RIGHT OVERRIDE}+41 91 814 55 00\N{POP DIRECTIONAL FORMATTING}",
            "\t091 814 55 00\n",
            "tel:+41-91-814-55-00",
            "tel: 091 814 55 00",
            "tel:091-814-55-00;phone-context=+41",
            "tel:+41918145500;phone-context=example.org;isub=7",
            "(Tel. 091 814 55 00)",
            "Te\N{COMBINING ACUTE ACCENT}le\N{COMBINING ACUTE ACCENT}phone: 091 814 55 00",
            "N\N{DEGREE SIGN} 091 814 55 00",
            "tel0918145500",
            "091'814'55'00",
            "\N{FULLWIDTH DIGIT ZERO}91 814 55 00",
            "(+41) 91 814 55 00",
            "«091 814 55 00», ",
            "091\N{ZERO WIDTH SPACE}814\N{SOFT HYPHEN}55\N{WORD JOINER}00",
        ],
    )
    def test_office_number(self, text: str) -> None:
        """Typographic spaces, labels and copied marks of direction change nothing."""
        number = PhoneNumber.parse(text)

        assert (
            number.e164,
            number.national,
            number.international,
            number.extension,
        ) == (OFFICE, "091 814 55 00", "+41 91 814 55 00", "")

    @pytest.mark.parametrize(
        "word", ["interno", "int.", "intern", "interne", "poste", "poste n°", "Durchwahl", "DW", "Nst.", "ext", "x"]
    )
    def test_extension_words(self, word: str) -> None:
        """The words of the official languages, and the usual short ones."""
        number = PhoneNumber.parse(f"091 814 55 00 {word} 12")

        assert (number.e164, number.extension) == (OFFICE, "12")
        assert number.rfc3966 == "tel:+41-91-814-55-00;ext=12"

    @pytest.mark.parametrize(
        "text", ["091 814 55 00 (int. 12)", "091 814 55 00;ext=12", "091 814 55 00 int12", "+41918145500x12"]
    )
    def test_other_ways_to_write_an_extension(self, text: str) -> None:
        """In brackets, as a parameter, without a space."""
        assert PhoneNumber.parse(text).extension == "12"

    def test_extension_is_part_of_equality(self) -> None:
        """Two desks behind one number are two numbers."""
        assert PhoneNumber.parse("091 814 55 00 int. 1") != PhoneNumber.parse("091 814 55 00")
        assert PhoneNumber.parse("0041918145500") == PhoneNumber.parse("091 814 55 00")

    def test_letters_stand_for_digits_in_free_numbers_alone(self) -> None:
        """A word of a free number is dialled by the keypad; elsewhere letters are a mistake."""
        assert PhoneNumber.parse("0800 TICINO").national == "0800 842 466"
        assert PhoneNumber.parse("+41 (0) 800-TICINO int. 7").extension == "7"
        with pytest.raises(InvalidPhoneNumber):
            PhoneNumber.parse("0900 TICINO")

    @pytest.mark.parametrize(
        ("text", "kind", "cost", "callable_"),
        [
            ("079 123 45 67", PhoneKind.MOBILE, CallCost.NORMAL, True),
            ("0800 55 55 55", PhoneKind.TOLL_FREE, CallCost.FREE, True),
            ("0848 111 444", PhoneKind.SHARED_COST, CallCost.SHARED, True),
            ("090 123 45 67", PhoneKind.PREMIUM_RATE, CallCost.PREMIUM, True),
            ("058 465 11 11", PhoneKind.UAN, CallCost.NORMAL, True),
            ("0860 79 123 45 67", PhoneKind.VOICEMAIL, CallCost.NORMAL, False),
        ],
    )
    def test_kind_and_cost(self, text: str, kind: PhoneKind, cost: CallCost, *, callable_: bool) -> None:
        """The Confederation's 058 is a company number; a mailbox is no person."""
        number = PhoneNumber.parse(text)

        assert (kind, cost, callable_) == (number.kind, number.cost, number.callable)

    def test_number_of_a_country_that_is_gone_is_still_shown(self) -> None:
        """A document is older than the numbering plan of today."""
        number = PhoneNumber("+99912345678", "7", national="12 34 56 78", kind=PhoneKind.UNKNOWN)

        assert (number.international, number.rfc3966) == ("+99912345678", "tel:+99912345678;ext=7")

    @pytest.mark.parametrize("national", ["091\n814", "9" * 251, None, 918145500])
    def test_national_form_is_one_line_of_text(self, national: Any) -> None:
        """A document from outside shows nothing else on the official's screen."""
        with pytest.raises(InvalidPhoneNumber, match="a national form is one line of text"):
            PhoneNumber("+41918145500", "", national=national, kind=PhoneKind.UAN)

    @pytest.mark.parametrize("extension", ["x", "1" * 41, "\N{ARABIC-INDIC DIGIT ONE}", None])
    def test_extension_has_digits_alone(self, extension: Any) -> None:
        """And not more than any exchange has."""
        with pytest.raises(InvalidPhoneNumber, match="an extension has digits alone"):
            PhoneNumber("+41918145500", extension, national="091 814 55 00", kind=PhoneKind.UAN)

    def test_kinds_are_those_of_the_library(self) -> None:
        """Every kind that libphonenumber knows has a member here, under the library's own number."""
        types = phonenumbers.PhoneNumberType

        assert {each: types.to_string(each).lower() for each in types.values()} == {
            each: _KINDS.get(each, PhoneKind.UNKNOWN).value for each in types.values()
        }


class TestRefusals:
    """What is not one number."""

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "something other than one number stands there"),
            ("091 814 55 00 (mattino)", "something other than one number stands there"),
            ("tel:+41918145500;ext=abc", "an extension has digits alone"),
            ("266696687", "the word for a withheld or an unknown caller, typed on a keypad"),
            ("+91 814 55 00", "not a number of any numbering plan"),
            ("091\x00814 55 00", "a control character stands in it"),
            ("1" * 251, "more than 250 characters"),
            ("117", "not a number of any numbering plan"),
            ("+", "something other than one number stands there"),
            ("1", "not a telephone number"),
        ],
    )
    def test_message_says_what_is_allowed_and_not_what_was_given(self, text: str, problem: str) -> None:
        """The text itself is behind `given` alone."""
        with pytest.raises(InvalidPhoneNumber) as refused:
            PhoneNumber.parse(text)

        assert (
            str(refused.value) == f"phone number: {problem};"
            " allowed: one complete number such as 091 814 55 00 or +41 91 814 55 00"
        )
        assert (text, None, None) == (refused.value.given, refused.value.__cause__, refused.value.__context__)

    @pytest.mark.parametrize("given", [None, 918145500, b"091 814 55 00"])
    def test_only_texts_are_read(self, given: object) -> None:
        """A number that a spreadsheet made of a text has lost its zero: it is refused by its type."""
        parse: object = parse_phone
        assert callable(parse)
        with pytest.raises(InvalidPhoneNumber, match=f"{type(given).__name__} was given, not a text"):
            parse(given)

    def test_national_form_needs_a_region(self) -> None:
        """Without a region only complete international numbers are read."""
        assert parse_phone("+41 91 814 55 00", region=None) == PhoneNumber.parse("091 814 55 00")
        with pytest.raises(InvalidPhoneNumber):
            parse_phone("117", region=None)


class TestShortNumbers:
    """117, 144 and the like."""

    @pytest.mark.parametrize(("text", "emergency"), [("117", True), ("1 1 7", True), ("1414", False), ("145", False)])
    def test_bare_form(self, text: str, *, emergency: bool) -> None:
        """Read in its bare form; the emergency numbers are marked."""
        number = parse_phone(text, region="ch")

        assert isinstance(number, ShortNumber)
        assert (text.replace(" ", ""), "CH", emergency) == (number.national, number.region, number.emergency)

    @pytest.mark.parametrize("text", ["999", "9292", "1170", "123", "+41 117", "0117"])
    def test_others_are_refused(self, text: str) -> None:
        """Numbers that only messages use, one digit too many, and forms with a prefix."""
        with pytest.raises(InvalidPhoneNumber):
            ShortNumber.parse(text)


@given(st.from_regex(r"0(?:91|44|22|79|58)[2-9]\d{6}", fullmatch=True))
def test_shown_forms_read_back(text: str) -> None:
    """National, international and RFC 3966 form of a number are the number."""
    try:
        number = PhoneNumber.parse(text)
    except InvalidPhoneNumber:
        return
    for form in (number.national, number.international, number.rfc3966, number.e164):
        assert PhoneNumber.parse(form) == number


@given(st.text(max_size=60) | st.text("0123456789+-./() int.x#;=tel", max_size=40))
def test_any_text_is_one_valid_number_or_refused(text: str) -> None:
    """Nothing but `InvalidPhoneNumber` comes out; what is accepted is valid by the library's own word."""
    try:
        number = parse_phone(text)
    except InvalidPhoneNumber:
        return
    if isinstance(number, PhoneNumber):
        assert phonenumbers.is_valid_number(phonenumbers.parse(number.e164))
