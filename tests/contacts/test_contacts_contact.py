"""The contact itself: its life, its language, its cases, its legs."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest

from ticontact.contacts import (
    CaseRef,
    Channel,
    ConsentTo,
    Contact,
    ContactRef,
    Dates,
    Direction,
    HandOver,
    LanguageBasis,
    Leg,
    LegKind,
    Need,
    Outcome,
    Party,
    PhoneNumber,
    Role,
    Unknown,
    Withheld,
    answer_channels,
)
from ticontact.errors import ContactError, HoursError, NaiveTime
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
PERMIT = CaseRef("permit", "2026/4711", office="migration")


def call(id: str = "c-1", *, at: datetime = NINE) -> Contact:  # noqa: A002 - the field's own name
    """An inbound call of a caller who withholds the number."""
    return Contact(
        id=id,
        channel=Channel.named("voice"),
        direction=Direction.INBOUND,
        reached=PhoneNumber.parse("091 814 55 00"),
        parties=[Party(Role.SYSTEM), Party(Role.CITIZEN, Withheld())],
        created_at=at,
    )


class TestLife:
    """From arrival to outcome."""

    def test_answered_then_ended(self) -> None:
        """Each step gives the next state and leaves the earlier one as it was."""
        waiting = call()
        talking = waiting.answered(at=NINE.add(seconds=20))
        over = talking.ended(Outcome.ANSWERED, at=NINE.add(minutes=3))

        assert (waiting.wait, waiting.answered_at, waiting.outcome) == (None, None, None)
        assert (timedelta(seconds=20), NINE.add(minutes=3), Outcome.ANSWERED) == (
            over.wait,
            over.ended_at,
            over.outcome,
        )

    def test_first_answer_and_first_end_count(self) -> None:
        """What is known already is not overwritten by a later report."""
        over = call().answered(at=NINE).ended(Outcome.ANSWERED, at=NINE.add(minutes=1))

        assert over is over.answered(at=NINE.add(minutes=2)).ended(Outcome.FALLBACK, at=NINE.add(minutes=2))

    def test_wait_of_who_was_not_answered_ends_with_the_contact(self) -> None:
        """Somebody who hung up has waited until then."""
        gone = call().ended(Outcome.ABANDONED_LONG, at=NINE.add(seconds=90))

        assert gone.wait == timedelta(seconds=90)

    @pytest.mark.parametrize("seconds", [-1, -3600])
    def test_nothing_ends_before_it_begins(self, seconds: int) -> None:
        """A contact that contradicts itself is refused whole."""
        with pytest.raises(ContactError, match="created_at <= answered_at <= ended_at"):
            call().ended(Outcome.FALLBACK, at=NINE.add(seconds=seconds))

    def test_repr_is_short(self) -> None:
        """Id, channel, direction, state: enough for a debugger."""
        assert repr(call()) == "Contact('c-1', voice, inbound, goes on)"
        assert repr(call().ended(Outcome.BLOCKED, at=NINE)) == "Contact('c-1', voice, inbound, blocked)"


class TestIdentity:
    """Entities compare by id, values by value."""

    def test_same_id_is_same_contact(self) -> None:
        """One contact that grows stays one; it is not equal to its id."""
        assert call() == call().answered(at=NINE)
        assert call() != call("c-2")
        assert call() != "c-1"
        assert len({call(), call().answered(at=NINE), call("c-2")}) == 2

    def test_reference_holds_no_personal_value(self) -> None:
        """What tickets keep: id, channel, direction, and the day of receipt of a letter."""
        letter = attrs.evolve(call(), channel=Channel.named("post"), dates=Dates(received=date(2026, 3, 16)))

        assert ContactRef("c-1", "voice", direction=Direction.INBOUND) == call().ref
        assert ContactRef("c-1", "post", direction=Direction.INBOUND, received=date(2026, 3, 16)) == letter.ref

    def test_the_citizen_is_the_first_who_is_not_staff(self) -> None:
        """Systems and officials are passed over; an anonymous visit has no citizen."""
        assert call().citizen == Party(Role.CITIZEN, Withheld())
        assert attrs.evolve(call(), parties=[]).citizen is None

    def test_withheld_is_not_unknown(self) -> None:
        """Two different absences."""
        assert Withheld() == Withheld()
        assert len({Withheld(), Unknown()}) == 2


class TestInstants:
    """Kept as given, compared as instants."""

    FIRST = datetime(2026, 10, 25, 2, 30, tzinfo=NINE.tzinfo)
    SECOND = datetime(2026, 10, 25, 2, 30, tzinfo=NINE.tzinfo, fold=1)

    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            (datetime(2026, 3, 18, 8, tzinfo=UTC), "2026-03-18T08:00:00+00:00"),
            (datetime(2026, 3, 18, 9, tzinfo=timezone(timedelta(hours=1))), "2026-03-18T09:00:00+01:00"),
            (datetime(2026, 3, 18, 9, tzinfo=timezone(timedelta(seconds=3601))), "2026-03-18T09:00:00+01:00:01"),
            (NINE, "2026-03-18T09:00:00+01:00"),
            (SECOND, "2026-10-25T02:30:00+01:00"),
        ],
    )
    def test_zone_is_kept(self, given: datetime, shown: str) -> None:
        """Whatever library made the zone, the answer has the same clock and offset."""
        assert call(at=given).created_at.isoformat() == shown

    @pytest.mark.parametrize("way", [copy.deepcopy, lambda contact: pickle.loads(pickle.dumps(contact))])  # noqa: S301 - our own bytes
    def test_the_repeated_hour_survives_copies(self, way: object) -> None:
        """The second pass of the repeated hour stays the second pass."""
        assert callable(way)
        contact = way(call(at=self.FIRST).ended(Outcome.FALLBACK, at=self.SECOND))

        assert contact.wait == timedelta(hours=1)
        assert contact.ended_at.isoformat() == "2026-10-25T02:30:00+01:00"

    @pytest.mark.parametrize("year", [1, 9999])
    def test_ends_of_the_calendar_are_refused(self, year: int) -> None:
        """An instant that could not be shown in every zone is none."""
        with pytest.raises(HoursError, match="the years 2 to 9998"):
            call(at=datetime(year, 12, 31, tzinfo=UTC))

    def test_naive_times_are_refused(self) -> None:
        """Nobody can say which instant it is."""
        with pytest.raises(NaiveTime):
            call(at=datetime(2026, 3, 18, 9))  # noqa: DTZ001 - the point of the test


class TestLanguage:
    """A stated language beats a detected one."""

    @pytest.mark.parametrize(
        ("known", "heard", "expected"),
        [
            (LanguageBasis.ASSUMED, LanguageBasis.DETECTED, "de"),
            (LanguageBasis.DETECTED, LanguageBasis.DETECTED, "de"),
            (LanguageBasis.STATED, LanguageBasis.DETECTED, "fr"),
            (LanguageBasis.STATED, LanguageBasis.STATED, "de"),
        ],
    )
    def test_better_knowledge_wins(self, known: LanguageBasis, heard: LanguageBasis, expected: str) -> None:
        """Equal or better knowledge replaces what was known."""
        contact = call().speaking("fr", known)

        assert contact.speaking("de", heard).language == expected


class TestCasesAndParties:
    """What a contact is about, and who joins."""

    def test_a_case_is_added_once(self) -> None:
        """The same case twice is one case."""
        assert call().about(PERMIT).about(PERMIT).cases == (PERMIT,)

    def test_an_interpreter_joins(self) -> None:
        """Interpreters are parties."""
        joined = call().joined_by(Party(Role.INTERPRETER, languages=["ti", "it"]))

        assert joined.parties[-1].languages == ("ti", "it")

    @pytest.mark.parametrize(
        ("scheme", "value"), [("", "1"), ("permit", ""), ("permit", "x" * 101), ("permit", "1\n2")]
    )
    def test_references_are_readable(self, scheme: str, value: str) -> None:
        """Empty, endless and forged references are refused without being quoted."""
        with pytest.raises(ContactError, match=r"CaseRef\.(scheme|value): allowed: 1 to 100 characters"):
            CaseRef(scheme, value)

    def test_same_number_of_two_offices_is_two_cases(self) -> None:
        """The office is part of the key."""
        assert attrs.evolve(PERMIT, office="police") != PERMIT

    def test_hand_over_says_what_was_said(self) -> None:
        """The case, a summary, the language and the wait go along."""
        hand_over = HandOver(PERMIT, "renewal of a B permit", language="de", waited=timedelta(minutes=2))

        assert (PERMIT, "renewal of a B permit", "de", timedelta(minutes=2)) == attrs.astuple(hand_over, recurse=False)
        assert "renewal" not in repr(hand_over)

    @pytest.mark.parametrize("waited", [timedelta(microseconds=-1), timedelta(days=36_526), 5, None])
    def test_wait_that_cannot_be(self, waited: Any) -> None:
        """Nobody waits less than no time, or longer than a life; it could not be read back from where it is stored."""
        with pytest.raises(ContactError, match=r"^HandOver\.waited: allowed: zero to a hundred years$") as refused:
            HandOver(PERMIT, "renewal of a B permit", waited=waited)

        assert refused.value.given == waited
        assert HandOver(None, "x", waited=timedelta(days=36_525)).waited.days == 36_525


class TestConsent:
    """Recording and the like need everybody's word."""

    @pytest.mark.parametrize(
        ("consents", "agreed"),
        [
            ([], False),
            ([{ConsentTo.RECORDING}], True),
            ([{ConsentTo.RECORDING, ConsentTo.SURVEY}, {ConsentTo.RECORDING}], True),
            ([{ConsentTo.RECORDING}, {ConsentTo.SURVEY}], False),
        ],
    )
    def test_all_or_nothing(self, consents: list[set[ConsentTo]], *, agreed: bool) -> None:
        """Staff included; nobody's silence is a yes."""
        parties = [Party(Role.OPERATOR, consents=frozenset(each)) for each in consents]

        assert attrs.evolve(call(), parties=parties).agreed(ConsentTo.RECORDING) is agreed


class TestAnswerChannels:
    """Needs belong to the person and bind the channel of the answer."""

    @pytest.mark.parametrize(
        ("parties", "names"),
        [
            ([], "voice chat sms email fax post"),
            ([Party(Role.CITIZEN, needs=frozenset({Need.LARGE_PRINT}))], "voice chat sms email fax post"),
            ([Party(Role.CITIZEN, needs=frozenset({Need.NO_TELEPHONE}))], "chat sms email fax post"),
            ([Party(Role.EMPLOYER), Party(Role.CITIZEN, needs=frozenset({Need.SIGN_LANGUAGE}))],
             "chat sms email fax post"),
            ([Party(Role.OPERATOR, needs=frozenset({Need.NO_TELEPHONE}))], "voice chat sms email fax post"),
        ],
    )  # fmt: skip
    def test_who_cannot_telephone_is_answered_in_writing(self, parties: list[Party], names: str) -> None:
        """Whoever called for them."""
        contact = attrs.evolve(call(), parties=parties)

        assert [channel.name for channel in answer_channels(contact)] == names.split()

    def test_own_channel_comes_first(self) -> None:
        """A letter is answered by letter, if nothing speaks against it."""
        letter = attrs.evolve(call(), channel=Channel.named("post"))

        assert next(iter(answer_channels(letter))).name == "post"


class TestLegs:
    """The conversations of a contact."""

    def test_talk_counts_from_answer_to_end(self) -> None:
        """Ringing is no talk; a leg that goes on has none yet."""
        leg = Leg(kind=LegKind.CONSULT, agent="310", started_at=NINE, answered_at=NINE.add(seconds=5))

        assert (NINE, NINE.add(seconds=5), None, timedelta(0)) == (
            leg.started_at,
            leg.answered_at,
            leg.ended_at,
            leg.talk,
        )
        assert leg.ended(at=NINE.add(seconds=65)).talk == timedelta(minutes=1)

    def test_legs_stand_in_the_contact(self) -> None:
        """In the order they are given."""
        leg = Leg(kind=LegKind.INITIAL, started_at=NINE)

        assert attrs.evolve(call(), legs=[leg]).legs == (leg,)
