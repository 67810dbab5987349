"""Whatever text a stranger sends in the place of an address, a number or a row is a value or a named refusal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    AddressReader,
    AhvNumber,
    CaseRef,
    ChatHandle,
    CounterDesk,
    EmailAddress,
    ExternalId,
    LegKind,
    Moment,
    Party,
    PhoneNumber,
    PostalAddress,
    Role,
    ShortNumber,
    SipAddress,
    Uid,
    parse_caller,
    parse_phone,
)
from ticontact.contacts.identity import SamePerson, same_person
from ticontact.contacts.privacy import PseudonymKey
from ticontact.contacts.readers import Exchange, call_record, call_records, counter_visit, fax, web_form
from ticontact.errors import ContactError, InvalidPhoneNumber, TicontactError, UnreadableRecord
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
DESK = CounterDesk("Bellinzona", "1")
SECRET = PseudonymKey(id="k", secret=b"x" * 32)
ROW = {
    "src": "0912345678",
    "dst": "0918145500",
    "clid": '"Anna" <0912345678>',
    "channel": "PJSIP/trunk-a-00000001",
    "dstchannel": "PJSIP/201-00000002",
    "lastapp": "Queue",
    "lastdata": "q",
    "start": "2026-03-18 09:00:00",
    "answer": "2026-03-18 09:00:10",
    "end": "2026-03-18 09:02:10",
    "duration": "130",
    "billsec": "120",
    "disposition": "ANSWERED",
    "uniqueid": "1.1",
    "linkedid": "1.1",
    "userfield": "",
}
PARSERS: dict[str, Callable[[str], object]] = {
    "PhoneNumber.parse": PhoneNumber.parse,
    "PhoneNumber.parse, no region": lambda text: PhoneNumber.parse(text, None),
    "PhoneNumber, extension": lambda text: PhoneNumber.parse(f"091 814 55 00 int. {text}"),
    "ShortNumber.parse": ShortNumber.parse,
    "parse_phone": parse_phone,
    "parse_phone, region": lambda text: parse_phone("117", region=text),
    "parse_caller": parse_caller,
    "AddressReader.phone": AddressReader(remember=9).phone,
    "AddressReader.caller": AddressReader(remember=9).caller,
    "AddressReader.email": AddressReader(remember=9).email,
    "EmailAddress.parse": EmailAddress.parse,
    "EmailAddress, domain": lambda text: EmailAddress.parse(f"anna@{text}"),
    "EmailAddress, encoded domain": lambda text: EmailAddress.parse(f"anna@xn--{text}.ch"),
    "EmailAddress, long domain": lambda text: EmailAddress.parse(f"anna@{text}.example.org"),
    "EmailAddress": lambda text: EmailAddress(text, text, ascii_domain=text).match_key,
    "SipAddress.parse": SipAddress.parse,
    "SipAddress, host": lambda text: SipAddress.parse(f"sip:anna@{text}"),
    "AhvNumber.parse": AhvNumber.parse,
    "AhvNumber": AhvNumber,
    "Uid.parse": Uid.parse,
    "Uid": Uid,
    "ExternalId.checked": lambda text: ExternalId.checked(text, text),
    "ExternalId, with a check": lambda text: ExternalId.checked("zemis", text, checks={"zemis": _digits_alone}),
    "CaseRef": lambda text: CaseRef(text, text),
    "PostalAddress, town": lambda text: PostalAddress(town=text, swiss_code="6500"),
    "PostalAddress, swiss_code": lambda text: PostalAddress(town="Lugano", swiss_code=text),
    "PostalAddress, post_office_box": lambda text: PostalAddress(
        town="Lugano", swiss_code="6900", post_office_box=text
    ).lines("it"),
    "PostalAddress, country": lambda text: PostalAddress(
        town="Lugano", foreign_code=text, country=text, country_name=text
    ).lines("it"),
    "PostalAddress, language": lambda text: PostalAddress(town="Lugano", swiss_code="6900").lines(text),
    "ChatHandle": lambda text: ChatHandle(text, text),
    "CounterDesk": lambda text: CounterDesk(text, text),
    "Party, languages": lambda text: Party(Role.CITIZEN, languages=[text]),
    "Moment, zone": lambda text: Moment(0, text).at,
    "PseudonymKey.token": lambda text: SECRET.token(text, text, purpose=text),
    "fax": lambda text: fax(id="f", at=NINE, sender=text, reached=text, language=text),
    "counter_visit": lambda text: counter_visit(id="v", at=NINE, desk=DESK, language=text),
    "web_form": lambda text: web_form(
        dict.fromkeys(("name", "email", "phone", "subject", "message", "language", "case", text), text), id="w", at=NINE
    ),
    "call_record": lambda text: call_record([dict.fromkeys(ROW, text)]),
}


def _in_column(column: str) -> Callable[[str], object]:
    return lambda text: call_record([ROW | {column: text}])


PARSERS |= {f"call_record, {column}": _in_column(column) for column in ROW}

BOMBS = [
    "a" * 249,
    "a" * 100_000,
    "Tel. " * 20_000,
    "a." * 50_000,
    "º" * 249,
    "0800 " + "A-" * 120,
    "0" * 100_000,
    "+" * 100_000,
    "(" * 100_000,
    " " * 100_000,
    " ," * 100,
    ",;(" * 80 + "x",
    "x1" * 120,
    "tel:" + "1" * 200 + ";a=b" * 10,
    ";" * 249,
    "<" * 250,
    '"' * 250,
    "sip:" + "@" * 250,
    "\N{COMBINING ACUTE ACCENT}" * 100_000,
    "e" + "\N{COMBINING ACUTE ACCENT}" * 248,
    "\N{ARABIC-INDIC DIGIT ONE}" * 30,
    "\N{SUPERSCRIPT TWO}" * 9,
    "\N{ROMAN NUMERAL ONE HUNDRED}" * 9,
    "\N{MATHEMATICAL BOLD DIGIT ZERO}91 814 55 00",
    "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 249,
    "\ud800" * 30,
    "a@" + "a." * 50_000 + "ch",
    "a@" + "a." * 480 + "ch",
    "a@xn--" + "9" * 900 + ".ch",
    "a@" + "xn--a." * 150 + "ch",
    "a@" + "\N{LATIN SMALL LETTER SHARP S}" * 900,
    "a@" + "\N{ARABIC LETTER ALEF}1" * 30 + ".ch",
    "a@[" + "1" * 900 + "]",
    '"' + "\\" * 900 + '"@example.org',
    "=" * 200,
    "PJSIP/" + "-a" * 400,
    "pratica=" * 120,
    "2026-02-30 25:61:61",
    "1900-01-01 00:00:00",
    "9" * 5_000,
    "../../etc/localtime",
]
BLOCKS = st.sampled_from(
    ["a", "O", "I", "0", "1", "9", "+", "41", "0800", "Tel.", "int. ", "x", "#", "(", ")", "-", ".", "/", ",", ";", "=",
     "@", "sip:", "tel:", "xn--", ";ext=", ";phone-context=+", "<", ">", '"', "'", " ", "\t", "\n", "\x00", "\x7f",
     "\u00a0", "\u202f", "\u200b", "\u202e", "\u0301", "\u0345", "\u0f71", "\u064b", "\u0660", "\u0967", "\uff10",
     "\uff2f", "\uff0b", "\u2160", "\u00b2", "\u00ba", "\u0130", "\u00df", "\u017f", "\u212a", "\u041e", "\u0456",
     "\u05d0", "\ufdfa", "\U0001d7ce", "\U0001f4a9", "\ud800", "\udfff", "\uffff", "756.", "CHE-", "anonymous"]
)  # fmt: skip
HOSTILE = st.lists(st.tuples(BLOCKS, st.sampled_from([1, 1, 1, 2, 3, 7, 40, 249, 1_000])), max_size=9).map(
    lambda blocks: "".join(block * times for block, times in blocks)
) | st.text(max_size=300)
LONG = st.tuples(BLOCKS, BLOCKS).map(lambda two: (two[0] + two[1]) * (100_000 // len(two[0] + two[1])))


def _digits_alone(number: str) -> bool:
    """A department's own check, which does not expect anything but digits."""
    return int(number[8]) == int(number) % 10


@pytest.mark.parametrize("name", PARSERS)
def test_known_bombs_are_values_or_refusals(name: str) -> None:
    """Each of them once took seconds somewhere, or an error without a name."""
    for bomb in BOMBS:
        _value_or_refusal(name, bomb)


@given(st.sampled_from(sorted(PARSERS)), HOSTILE)
def test_any_text_is_a_value_or_a_refusal(name: str, text: str) -> None:
    """Alphabets, digits of other scripts, marks, controls and lone surrogates in any mixture."""
    _value_or_refusal(name, text)


@given(st.sampled_from(sorted(PARSERS)), LONG)
def test_any_long_text_is_a_value_or_a_refusal(name: str, text: str) -> None:
    """A hundred thousand characters of two kinds."""
    _value_or_refusal(name, text)


def _value_or_refusal(name: str, text: str) -> None:
    try:
        PARSERS[name](text)
    except TicontactError as error:
        refusal: TicontactError | None = error
    else:
        refusal = None
    # The name of a zone is no personal value; short texts may stand in the words of the message by themselves.
    assert refusal is None or name == "Moment, zone" or len(text) <= 5 or text not in str(refusal)


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("hours", [-23, 0, 23])
def test_instants_far_away_are_refused(year: int, hours: int) -> None:
    """No zone could show them."""
    zoned = datetime(year, 6, 30, tzinfo=timezone(timedelta(hours=hours)))

    with pytest.raises(TicontactError, match="instant"):
        web_form({}, id="w", at=zoned)


@pytest.mark.parametrize("zone", [86_400, -86_400, True, None, 1.5, "", "x" * 101, b"UTC"])
def test_zones_are_names_or_offsets(zone: Any) -> None:
    """Before an instant is shown, and not when."""
    with pytest.raises(TicontactError, match="instant, zone: allowed"):
        Moment(0, zone)


class TestRows:
    """Many rows, and what a row cannot be."""

    @pytest.mark.parametrize(
        "link", [10**5_000, ["1"], {}, True, b"5"], ids=["a huge number", "a list", "a mapping", "a truth", "bytes"]
    )
    def test_link_of_another_kind_is_refused_in_its_place(self, link: Any) -> None:
        """The other calls go on."""
        records = call_records([{**ROW, "linkedid": link, "uniqueid": link}, ROW | {"linkedid": "2"}])

        assert [imported.contact.id for imported in records.calls] == ["call-2"]
        assert len(records.refused) == 1

    def test_what_is_no_row_is_refused_in_its_place(self) -> None:
        """Under no id."""
        rows: Any = [7, ROW]
        records = call_records(rows)

        assert (len(records.calls), list(records.refused)) == (1, [""])

    @pytest.mark.parametrize("rows", ["rows", b"bytes", ROW, 5, None])
    def test_one_call_has_rows(self, rows: Any) -> None:
        """What is no list of rows is refused by its type."""
        with pytest.raises(UnreadableRecord, match=r"call record: .* was given; allowed: rows"):
            call_record(rows)

    def test_long_columns_are_refused_by_name(self) -> None:
        """Nothing of what they hold is read."""
        with pytest.raises(UnreadableRecord, match=r"^call record, clid: allowed: a text of up to 1000 characters$"):
            call_record([ROW | {"clid": "x" * 1_001}])

    def test_long_names_are_not_shown_to_the_expression_of_the_department(self) -> None:
        """It may be one that backtracks."""
        exchange = Exchange(extensions=r"(\d+)+")

        assert not exchange.is_extension("1" * 41 + "x")
        assert exchange.extension_of("PJSIP/" + "1" * 41 + "x") == ""

    def test_work_grows_with_the_rows_of_one_call(self) -> None:
        """Counted in calls of functions: twice the rows, twice the work."""
        rows = [ROW | {"channel": f"PJSIP/{200 + number % 2}-0001"} for number in range(400)]
        once, twice = _calls(lambda: call_record(rows[:200])), _calls(lambda: call_record(rows))
        kinds = [leg.kind for leg in call_record(rows).contact.legs]

        assert twice < 2.2 * once
        assert (kinds[0], kinds[1], kinds[2]) == (LegKind.INITIAL, LegKind.CONSULT, LegKind.HANDED_OVER)

    def test_work_grows_with_the_calls(self) -> None:
        """The same of calls with a row each."""
        rows = [ROW | {"linkedid": str(number)} for number in range(200)]
        once, twice = _calls(lambda: call_records(rows[:100])), _calls(lambda: call_records(rows))

        assert twice < 2.2 * once

    def test_work_grows_with_the_fields_of_a_form(self) -> None:
        """And of fields."""
        fields = {f"f{number}": "x" for number in range(400)}
        half = dict(list(fields.items())[:200])
        once, twice = (
            _calls(lambda: web_form(half, id="w", at=NINE)),
            _calls(lambda: web_form(fields, id="w", at=NINE)),
        )

        assert twice < 2.2 * once


def test_a_long_chain_of_links_is_followed_once() -> None:
    """In the order that is worst for it."""

    def links(count: int) -> list[SamePerson]:
        return [
            SamePerson(
                one=str(number), other=str(number + 1), evidence="x", by="y", at=datetime(2026, 1, 1, tzinfo=UTC)
            )
            for number in reversed(range(count))
        ]

    once, twice = links(100), links(200)

    assert len(same_person("0", twice, at=NINE)) == 201
    assert _calls(lambda: same_person("0", twice, at=NINE)) < 2.2 * _calls(lambda: same_person("0", once, at=NINE))


@contextmanager
def _counting() -> Iterator[list[int]]:
    count = [0]

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        count[0] += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        yield count
    finally:
        sys.setprofile(before)


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called, once whatever is loaded is loaded."""
    work()
    with _counting() as count:
        work()
    return count[0]


@pytest.mark.parametrize("error", [ValueError, IndexError, KeyError, ZeroDivisionError])
def test_check_of_a_department_that_fails_is_a_no(error: type[Exception]) -> None:
    """It was written for numbers, and gets whatever somebody sends."""

    def check(_number: str) -> bool:
        raise error

    with pytest.raises(ContactError, match="external id, zemis: allowed: a number of that register"):
        ExternalId.checked("zemis", "12345678.9", checks={"zemis": check})


LIKE_DIGITS = (
    "OoIilBSZ|\N{FULLWIDTH LATIN CAPITAL LETTER O}\N{CYRILLIC CAPITAL LETTER O}\N{GREEK CAPITAL LETTER OMICRON}"
)


@given(st.sampled_from(["+41791234567", "0041791234567", "0918145500", "0039330123456", "0800555555"]), st.data())
def test_a_letter_among_the_digits_is_never_deleted(number: str, data: st.DataObject) -> None:
    """In the place of any digit, or between any two: no other number comes out, and the refusal says why."""
    place = data.draw(st.integers(1, len(number) - 1))
    mark = data.draw(st.sampled_from(LIKE_DIGITS))
    width = data.draw(st.integers(0, 1))
    group = data.draw(st.sampled_from(["", " "]))
    typed = f"{number[:place]}{group}{mark}{group}{number[place + width :]}"
    if number[place + width :] or group:
        with pytest.raises(InvalidPhoneNumber):
            parse_phone(typed)


@pytest.mark.parametrize(
    "text",
    [
        "+4I 79 123 45 67",
        "0039 33O 123 4567",
        "O79 123 45 67",
        "OO41 79 123 45 67",
        "Tel. O79 123 45 67",
        "O 79 123 45 67",
        "079 l23 45 67",
        "079 123 45 B7",
        "079 123 4\N{FULLWIDTH LATIN CAPITAL LETTER O} 67",
        "079 123 4\N{CYRILLIC CAPITAL LETTER O} 67",
        "0800 55 55 5O",
        "0800 1O3 456",
        "0800 OOO OOO",
    ],
)
def test_letters_that_look_like_digits_are_refused_by_name(text: str) -> None:
    """Also where a free number could be a word."""
    with pytest.raises(InvalidPhoneNumber, match="a letter that looks like a digit stands among the digits"):
        PhoneNumber.parse(text)


@pytest.mark.parametrize(
    "text",
    ["079 123 Bellinzona 45 67", "091 814 abc 55 00", "091 814 55 00 casa", "a79 123 45 67"],
)
def test_words_elsewhere_are_refused(text: str) -> None:
    """A label stands in front, an extension at the end."""
    with pytest.raises(InvalidPhoneNumber, match="something other than one number stands there"):
        PhoneNumber.parse(text)
