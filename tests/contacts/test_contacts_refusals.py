"""What is wrong is refused where it enters, with the name of its field."""

from datetime import date, datetime
from typing import Any

import pytest

from ticontact.contacts import (
    CaseRef,
    Channel,
    Contact,
    Dates,
    Direction,
    FoundCase,
    Leg,
    LegKind,
    Mailbox,
    Message,
    Moment,
    Need,
    Party,
    PhoneNumber,
    Role,
    ShortNumber,
    TimeSource,
    Verification,
    parse_phone,
)
from ticontact.contacts.identity import Person
from ticontact.contacts.readers import Exchange, call_record, call_records, email_message, letter, web_form
from ticontact.contacts.threads import KnownThread, find_thread
from ticontact.errors import (
    ConfigurationError,
    ContactError,
    HoursError,
    NaiveTime,
    UnreadableRecord,
)
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")


def made(kind: Any, /, **values: Any) -> object:
    """A value of a class, with whatever a program may hand it."""
    base: dict[Any, dict[str, Any]] = {
        Contact: {"id": "c", "channel": Channel.named("voice"), "direction": Direction.INBOUND, "created_at": NINE},
        Party: {"role": Role.CITIZEN},
        Leg: {"kind": LegKind.INITIAL, "started_at": NINE},
        CaseRef: {"scheme": "permit", "value": "1"},
        Person: {"key": "p"},
        Verification: {"method": "questions", "level": "checked", "at": NINE},
    }
    return kind(**{**base.get(kind, {}), **values})


class TestKinds:
    """A value of another type than the field takes."""

    @pytest.mark.parametrize(
        ("kind", "values", "message"),
        [
            (Contact, {"channel": "voice"}, "Contact.channel: allowed: Channel; str was given"),
            (Contact, {"direction": "inbound"}, "Contact.direction: allowed: Direction; str was given"),
            (Contact, {"outcome": "answered"}, "Contact.outcome: allowed: Outcome or nothing; str was given"),
            (Contact, {"reached": "091 814 55 00"}, "Contact.reached: allowed: PhoneNumber or ShortNumber or "),
            (Contact, {"parties": Party(Role.CITIZEN)}, "Contact.parties: allowed: several values, as in a list; "),
            (Contact, {"parties": ["Anna"]}, "Contact.parties, each: allowed: Party; str was given"),
            (Contact, {"reasons": "permit"}, "Contact.reasons: allowed: several values, as in a list; str was given"),
            (Contact, {"language": "sq"}, "Contact.language: allowed: it, de, fr, rm, en"),
            (Contact, {"id": ""}, "Contact.id: allowed: 1 to 200 characters without control characters"),
            (Contact, {"id": "a\n"}, "Contact.id: allowed: 1 to 200 characters"),
            (Contact, {"id": 7}, "Contact.id: allowed: 1 to 200 characters"),
            (Contact, {"id": "x" * 201}, "Contact.id: allowed: 1 to 200 characters"),
            (Party, {"role": "citizen"}, "Party.role: allowed: Role; str was given"),
            (Party, {"address": "091 814 55 00"}, "Party.address: allowed: PhoneNumber or ShortNumber or "),
            (Party, {"needs": {Need.LARGE_PRINT: 1}}, "Party.needs: allowed: several values, as in a list; dict "),
            (Party, {"needs": [[]]}, "Party.needs, each: allowed: Need; list was given"),
            (Party, {"languages": "it"}, "Party.languages: allowed: several values, as in a list; str was given"),
            (Party, {"languages": ["italiano!"]}, "Party.languages, each: allowed: a BCP 47 tag such as it, de-CH"),
            (Party, {"languages": [1]}, "Party.languages, each: allowed: str; int was given"),
            (Person, {"points": ["079"]}, "Person.points, each: allowed: ContactPoint; str was given"),
            (Leg, {"kind": "initial"}, "Leg.kind: allowed: LegKind; str was given"),
            (Verification, {}, "Verification.level: allowed: Assurance; str was given"),
            (FoundCase, {"case": "1", "level": 1}, "FoundCase.case: allowed: CaseRef; str was given"),
            (Message, {"text": None}, "Message.text: allowed: str; NoneType was given"),
            (Message, {"sender": "anna"}, "Message.sender: allowed: Mailbox or nothing; str was given"),
            (Message, {"to": Mailbox()}, "Message, mailboxes: allowed: several values, as in a list; Mailbox was "),
            (Dates, {"posted": NINE}, "Dates.posted: allowed: a date without a clock time; DateTime was given"),
            (Dates, {"posted": "2026-03-18"}, "Dates.posted: allowed: a date without a clock time; str was given"),
        ],
    )
    def test_error_names_the_field(self, kind: object, values: dict[str, Any], message: str) -> None:
        """What is allowed there, and of which type the wrong value is; the value itself is behind `given`."""
        with pytest.raises(ContactError) as refused:
            made(kind, **values)

        assert str(refused.value).startswith(message)

    @pytest.mark.parametrize("values", [{"value": 4711}, {"scheme": None}, {"office": 3}])
    def test_numbers_of_cases_are_texts(self, values: dict[str, Any]) -> None:
        """A case number may begin with a zero."""
        with pytest.raises(ContactError, match=r"^CaseRef\.(value|scheme|office): allowed: "):
            made(CaseRef, **values)

    def test_lists_become_what_is_kept(self) -> None:
        """Whoever gives a list need not know that a set is kept."""
        party: Any = made(Party, needs=[Need.LARGE_PRINT, Need.LARGE_PRINT], languages=["de-CH", "it"])

        assert party.needs == {Need.LARGE_PRINT}
        assert party.languages == ("de-CH", "it")


class TestTimes:
    """Instants in order, with their source."""

    @pytest.mark.parametrize(
        "values",
        [
            {"ended_at": NINE.subtract(seconds=1)},
            {"answered_at": NINE.subtract(seconds=1)},
            {"answered_at": NINE.add(minutes=2), "ended_at": NINE.add(minutes=1)},
        ],
    )
    def test_legs_run_forward(self, values: dict[str, Any]) -> None:
        """No talk of negative length."""
        with pytest.raises(ContactError, match=r"^leg: allowed: started_at <= answered_at <= ended_at$"):
            made(Leg, **values)

    def test_source_goes_along(self) -> None:
        """Through every next state; a plain datetime is the application's own word."""
        contact: Any = made(Contact, created_at=Moment.of(NINE, TimeSource.EXCHANGE))
        over = contact.answered(at=NINE.add(seconds=5))

        assert {name: moment.source for name, moment in over.moments.items()} == {
            "created_at": TimeSource.EXCHANGE,
            "answered_at": TimeSource.APPLICATION,
        }
        assert over.created_at == NINE

    def test_source_does_not_make_two_instants_of_one(self) -> None:
        """They are equal by the instant."""
        assert Moment.of(NINE, TimeSource.SENDER) == Moment.of(NINE.in_timezone("UTC"), TimeSource.PERSON)

    def test_moment_needs_a_zone(self) -> None:
        """As everywhere."""
        with pytest.raises(NaiveTime):
            Moment.of(datetime(2026, 3, 18, 9), TimeSource.PERSON)  # noqa: DTZ001 - that is the point

    @pytest.mark.parametrize("zone", [True, 86_400, -86_400])
    def test_offsets_are_shorter_than_a_day(self, zone: int) -> None:
        """Others could never be shown."""
        with pytest.raises(HoursError, match=r"^instant, zone: allowed"):
            Moment(0, zone)


class TestRegions:
    """The department's own mistake is no fault of a citizen's number."""

    @pytest.mark.parametrize(
        "read", [PhoneNumber.parse, ShortNumber.parse, parse_phone], ids=["number", "short", "either"]
    )
    @pytest.mark.parametrize("region", ["XX", "", 41])
    def test_country_that_there_is_not(self, read: Any, region: object) -> None:
        """It is a fault of configuration."""
        with pytest.raises(ConfigurationError, match=r"^region: no country with telephone numbers"):
            read("117", region=region)

    def test_exchange_of_no_country(self) -> None:
        """Neither the rows nor the callers are to blame."""
        row = {
            "src": "0791234567", "dst": "0918145500", "channel": "T/1", "disposition": "NO ANSWER", "uniqueid": "1",
            "start": "2026-03-18 09:00:00", "end": "2026-03-18 09:00:04", "duration": "4", "billsec": "0",
        }  # fmt: skip
        with pytest.raises(ConfigurationError, match=r"^region: "):
            call_records([row], exchange=Exchange(trunks=("T/",), region="XX"))


class TestReaders:
    """Something else than what a reader reads."""

    @pytest.mark.parametrize(
        ("read", "given", "message"),
        [
            (lambda given: email_message(given, at=NINE), "From: a", "message: str was given; allowed: its bytes"),
            (lambda given: web_form(given, id="w", at=NINE), "a=b", "web form: str was given; allowed: values by fie"),
            (call_records, "a,b", "call records: str was given; allowed: rows"),
            (call_records, {"src": "1"}, "call records: dict was given; allowed: rows"),
            (call_records, 7, "call records: int was given; allowed: rows"),
            (lambda given: call_record([given]), ["a"], "call record: list was given; allowed: columns by name"),
        ],
    )
    def test_error_says_what_was_given(self, read: Any, given: object, message: str) -> None:
        """And what is allowed."""
        with pytest.raises(UnreadableRecord) as refused:
            read(given)

        assert str(refused.value).startswith(message)

    def test_one_row_that_is_none_does_not_stop_the_file(self) -> None:
        """It is refused among the others."""
        rows: Any = [["a", "b"]]
        records = call_records(rows)

        assert [str(each) for each in records.refused.values()] == [
            "call record: list was given; allowed: columns by name"
        ]

    def test_days_of_a_letter_have_no_clock_time(self) -> None:
        """An hour would be invented."""
        with pytest.raises(ContactError, match=r"^Dates\.received: allowed: a date without a clock time"):
            letter(id="l", at=NINE, received=NINE, posted=date(2026, 3, 17))

    @pytest.mark.parametrize("kind", [bytearray, memoryview])
    def test_bytes_in_any_form(self, kind: Any) -> None:
        """As sockets and mailboxes hand them over."""
        raw = b"From: anna@example.org\n\nx"

        assert email_message(kind(raw), at=NINE).contact == email_message(raw, at=NINE).contact


def test_review_is_asked_for_where_a_person_has_to_look() -> None:
    """A stranger who quotes a number; not the rest."""
    stranger = Message(subject="[TI#4711]", in_reply_to="1@x")
    contact: Any = made(Contact, messages=[stranger])
    by_tag, by_id = KnownThread(ticket="t", tag="4711"), KnownThread(ticket="u", message_ids=frozenset({"1@x"}))

    assert [find_thread(contact, known).needs_review for known in ([by_tag], [by_id], [])] == [True, False, False]
