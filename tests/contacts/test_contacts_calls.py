"""Call records: rows to contacts with legs."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import (
    Assurance,
    CaseRef,
    Direction,
    FoundCase,
    LegKind,
    Outcome,
    Party,
    PhoneNumber,
    Role,
    Unknown,
    Withheld,
)
from ticontact.contacts.readers import CallColumns, Exchange, Finding, FindingKind, call_record, call_records
from ticontact.errors import ConfigurationError, HoursError, UnreadableRecord

EXCHANGE = Exchange(office="migration", closed_announcements=frozenset({"chiuso"}), short_abandon=timedelta(seconds=10))


def row(**columns: str) -> dict[str, str]:
    """An answered inbound call, but for what is said."""
    return {
        "src": "0912345678",
        "dst": "0918145500",
        "clid": '"0912345678" <0912345678>',
        "channel": "PJSIP/trunk-a-00000001",
        "dstchannel": "PJSIP/201-00000002",
        "lastapp": "Queue",
        "lastdata": "migrazione,t",
        "start": "2026-03-18 09:00:00",
        "answer": "2026-03-18 09:00:10",
        "end": "2026-03-18 09:02:10",
        "duration": "130",
        "billsec": "120",
        "disposition": "ANSWERED",
        "uniqueid": "1.1",
        "userfield": "",
        **columns,
    }


def unanswered(seconds: int = 40, **columns: str) -> dict[str, str]:
    """An inbound call that nobody answered."""
    times = {"answer": "", "end": f"2026-03-18 09:00:{seconds:02}", "duration": str(seconds), "billsec": "0"}
    return row(**{"dstchannel": "", "disposition": "NO ANSWER", **times, **columns})


class TestOutcomes:
    """How a call ended, in the terms of the published table."""

    @pytest.mark.parametrize(
        ("given", "outcome", "end"),
        [
            (row(), Outcome.ANSWERED, "answered"),
            (unanswered(), Outcome.ABANDONED_LONG, "no_answer"),
            (unanswered(9), Outcome.ABANDONED_SHORT, "no_answer"),
            (unanswered(disposition="BUSY"), Outcome.BLOCKED, "busy"),
            (unanswered(disposition="CONGESTION"), Outcome.BLOCKED, "congestion"),
            (row(dstchannel="", lastapp="Playback", lastdata="chiuso"), Outcome.CLOSED, "announcement"),
            (row(dstchannel="", lastapp="Playback", lastdata="traffico"), Outcome.INFORMED, "announcement"),
            (row(dstchannel="", lastapp="VoiceMail"), Outcome.FALLBACK, "voicemail"),
            (row(dstchannel="", lastapp="Queue"), Outcome.ABANDONED_LONG, "no_answer"),
            (row(dstchannel="", lastapp="ReceiveFAX"), None, "received"),
        ],
    )
    def test_inbound(self, given: Mapping[str, str], outcome: Outcome | None, end: str) -> None:
        """A person's answer, a machine's answer, and none; a fax is work that begins."""
        contact = call_record([given], exchange=EXCHANGE).contact

        assert (outcome, end) == (contact.outcome, contact.legs[0].end)

    @pytest.mark.parametrize(
        ("target", "direction", "roles"),
        [
            ("0791234567", Direction.OUTBOUND, [Role.CITIZEN, Role.OPERATOR]),
            ("310", Direction.INTERNAL, [Role.OPERATOR, Role.OPERATOR]),
        ],
    )
    def test_from_inside(self, target: str, direction: Direction, roles: list[Role]) -> None:
        """A call of ours that nobody answers has not reached anybody."""
        contact = call_record(
            [unanswered(channel="PJSIP/201-1", src="201", dst=target, lastapp="Dial")], exchange=EXCHANGE
        ).contact

        assert (direction, Outcome.NOT_REACHED, None) == (contact.direction, contact.outcome, contact.reached)
        assert [party.role for party in contact.parties] == roles

    def test_transfer_is_one_contact(self) -> None:
        """Operator, consult, official: three legs; the consult is no talk of the citizen's."""
        rows = [
            row(channel="PJSIP/trunk-a-1"),
            row(channel="PJSIP/201-3", src="201", dst="310", dstchannel="PJSIP/310-4", start="2026-03-18 09:01:00",
                answer="2026-03-18 09:01:10", duration="70", billsec="60", linkedid="1.1", uniqueid="1.2"),
            row(channel="PJSIP/trunk-a-1", dst="310", dstchannel="Local/310@internal-5;1", start="2026-03-18 09:02:10",
                answer="2026-03-18 09:02:10", end="2026-03-18 09:03:10", duration="60", billsec="60"),
            row(channel="PJSIP/trunk-a-1", dst="311", dstchannel="PJSIP/311-6", start="2026-03-18 09:03:10",
                answer="2026-03-18 09:03:10", end="2026-03-18 09:04:10", duration="60", billsec="60"),
        ]  # fmt: skip
        (imported,) = call_records(rows, exchange=EXCHANGE).calls

        assert [leg.kind for leg in imported.contact.legs] == [
            LegKind.INITIAL,
            LegKind.CONSULT,
            LegKind.HANDED_OVER,
            LegKind.BLIND_TRANSFER,
        ]
        assert imported.contact.agents == ("201", "310", "311")
        assert imported.contact.talk == timedelta(minutes=4)
        assert imported.contact.wait == timedelta(seconds=10)
        assert imported.contact.legs[0].queue == "migrazione"


class TestParties:
    """Who called, as far as the exchange knows."""

    @pytest.mark.parametrize(
        ("source", "caller_id", "party", "odd"),
        [
            ("anonymous", '"Anonymous" <anonymous>', Party(Role.CITIZEN, Withheld()), False),
            ("unknown", '"unknown" <>', Party(Role.CITIZEN, Unknown()), False),
            ("", "", Party(Role.CITIZEN, Withheld()), False),
            ("", '"" <>', Party(Role.CITIZEN, Withheld()), False),
            ("", '"unknown" <>', Party(Role.CITIZEN, Unknown()), False),
            ("", '"ROSSI MARIO" <>', Party(Role.CITIZEN, Unknown(), name="ROSSI MARIO"), False),
            ("", "<sip:anonymous@anonymous.invalid>", Party(Role.CITIZEN, Withheld()), False),
            ("266696687", "", Party(Role.CITIZEN, Withheld()), False),
            ("Numero privato", "", Party(Role.CITIZEN, Withheld()), False),
            ("s", "", Party(Role.CITIZEN, Unknown()), False),
            ("0912345678", '"Anonymous" <anonymous>', Party(Role.CITIZEN, Withheld()), False),
            (
                "0912345678",
                '"Numero privato" <0912345678>',
                Party(Role.CITIZEN, PhoneNumber.parse("0912345678")),
                False,
            ),
            ("99", "", Party(Role.CITIZEN, Unknown()), True),
            (
                "0912345678",
                '"Rossi, ""il"" Mario" <0912345678>',
                Party(Role.CITIZEN, PhoneNumber.parse("0912345678"), name='Rossi, "il" Mario'),
                False,
            ),
        ],
    )
    def test_caller(self, source: str, caller_id: str, party: Party, *, odd: bool) -> None:
        """Withheld, unknown, unreadable and known callers; a name that repeats the number is none."""
        imported = call_record([row(src=source, clid=caller_id)], exchange=EXCHANGE)

        assert imported.contact.parties == (party,)
        assert (imported.findings == (Finding("src", FindingKind.INVALID_ADDRESS),)) is odd

    @pytest.mark.parametrize(
        ("field", "numbers", "odd"),
        [
            ("pratica=2026/4711", ["2026/4711"], False),
            ("lang=it;pratica=1,pratica=2;pratica=1", ["1", "2"], False),
            ("xpratica=1", [], False),
            (f"pratica={'9' * 200}", [], True),
        ],
    )
    def test_cases_that_the_dial_plan_wrote_down(self, field: str, numbers: list[str], *, odd: bool) -> None:
        """Each once and as a claim; one that cannot be one is a finding."""
        imported = call_record([row(userfield=field)], exchange=EXCHANGE)

        assert imported.contact.cases == ()
        assert imported.contact.found_cases == tuple(
            FoundCase(CaseRef("pratica", number, office="migration"), Assurance.CLAIMED, by="dial_plan")
            for number in numbers
        )
        assert (imported.findings == (Finding("userfield", FindingKind.BROKEN_FIELD),)) is odd


class TestClock:
    """Local times without an offset."""

    @pytest.mark.parametrize(
        ("start", "end", "duration", "began", "kind"),
        [
            ("02:50:00", "02:10:00", 1200, "02:50:00+02:00", None),
            ("01:50:00", "02:10:00", 1200, "01:50:00+02:00", None),
            ("01:50:00", "02:10:00", 4800, "01:50:00+02:00", None),
            ("02:10:00", "03:10:00", 7200, "02:10:00+02:00", None),
            ("02:10:00", "03:10:00", 3600, "02:10:00+01:00", None),
            ("02:10:00", "02:20:00", 600, "02:10:00+02:00", FindingKind.AMBIGUOUS_TIME),
        ],
    )
    def test_repeated_hour(self, start: str, end: str, duration: int, began: str, kind: FindingKind | None) -> None:
        """The length decides which pass it was; where both fit, the first is taken with a finding."""
        times = {"start": f"2026-10-25 {start}", "end": f"2026-10-25 {end}", "duration": str(duration)}
        imported = call_record([unanswered() | times], exchange=EXCHANGE)

        assert imported.contact.created_at.isoformat() == f"2026-10-25T{began}"
        assert imported.contact.wait == timedelta(seconds=duration)
        assert [finding.kind for finding in imported.findings] == ([kind] if kind else [])

    def test_skipped_hour_is_a_finding(self) -> None:
        """A time that no clock showed is kept as well as it goes."""
        times = {"start": "2026-03-29 02:10:00", "end": "2026-03-29 02:10:40"}
        imported = call_record([unanswered() | times], exchange=EXCHANGE)

        assert Finding("start", FindingKind.SKIPPED_TIME) in imported.findings


class TestRefusals:
    """A row that contradicts itself."""

    @pytest.mark.parametrize(
        ("given", "column"),
        [
            (row(disposition="MAYBE"), "disposition"),
            (row(duration="x"), "duration"),
            (row(duration="-1"), "duration"),
            (row(billsec=""), "billsec"),
            (row(billsec="131"), "billsec"),
            (row(end="2026-03-18 08:00:00"), "end"),
            (row(answer="2026-03-18 08:59:00"), "end"),
            (row(answer=""), "answer"),
            (row(start="18.03.2026 09:00"), "start"),
            (row(start="2026-02-30 09:00:00"), "start"),
            ({}, "disposition"),
        ],
    )
    def test_error_names_the_column_and_not_the_caller(self, given: Mapping[str, str], column: str) -> None:
        """Where to look, without whom it was about."""
        with pytest.raises(UnreadableRecord, match=f"^call record, {column}: allowed: ") as refused:
            call_record([given], exchange=EXCHANGE)

        assert "0912345678" not in str(refused.value)

    @pytest.mark.parametrize("value", [["0912345678"], b"0912345678", True, float("nan"), 10**30])
    def test_what_has_no_text_is_refused(self, value: object) -> None:
        """A missing column is empty; one that no file could hold is refused by its name."""
        with pytest.raises(UnreadableRecord, match="call record, src: allowed: a text"):
            call_record([{**row(), "src": value}])

    def test_no_rows_are_no_call(self) -> None:
        """A call has at least one row."""
        with pytest.raises(UnreadableRecord, match="no row"):
            call_record([])

    def test_other_calls_go_on(self) -> None:
        """One broken call does not stop the file; rows in another order give the same contact."""
        records = call_records([row(uniqueid="9", duration="x"), row(uniqueid="2", linkedid="1.1"), row()])

        assert [imported.contact.id for imported in records.calls] == ["call-1.1"]
        assert list(records.refused) == ["9"]

    def test_records_are_equal_by_what_they_say(self) -> None:
        """The same rows read twice are equal, though two errors never are; another reason or another call is not."""
        broken = row(uniqueid="9", duration="x")
        records = call_records([broken, row()])

        assert records == call_records([broken, row()])
        assert records != call_records([row(uniqueid="9", start="x"), row()])
        assert records != call_records([row(uniqueid="8", duration="x"), row()])
        assert records != call_records([row()])

    @pytest.mark.parametrize(
        ("make", "error"),
        [(lambda: Exchange(extensions="("), ConfigurationError), (lambda: Exchange(zone="Mars"), HoursError)],
        ids=["extensions", "zone"],
    )
    def test_exchange_is_checked(self, make: object, error: type[Exception]) -> None:
        """The description of the exchange is refused where it is made."""
        assert callable(make)
        with pytest.raises(error):
            make()

    def test_number_from_inside_has_no_extension_of_a_trunk(self) -> None:
        """A channel to the outside has no extension, whatever its name."""
        assert EXCHANGE.extension_of("PJSIP/trunk-201") == ""
        assert EXCHANGE.extension_of("odd") == ""


class _NoOffset(tzinfo):
    """A zone of a driver that does not know its offset."""

    def utcoffset(self, _at: datetime | None) -> None:
        """Nothing."""
        return

    def tzname(self, _at: datetime | None) -> str:
        """A name."""
        return "?"

    def dst(self, _at: datetime | None) -> None:
        """Nothing."""
        return


class TestOtherExchanges:
    """Rows of FreePBX, of Master.csv, of a database driver, and of columns with names of their own."""

    def test_freepbx(self) -> None:
        """Its table has the start and the lengths alone: answer and end follow."""
        columns = row(calldate="2026-03-18 09:00:00")
        for name in ("start", "answer", "end"):
            del columns[name]
        imported = call_record([columns], exchange=EXCHANGE)
        contact = imported.contact

        assert (contact.wait, contact.talk) == (timedelta(seconds=10), timedelta(seconds=120))
        assert contact.ended_at == contact.created_at + timedelta(seconds=130)
        assert imported.findings == ()

    def test_freepbx_in_the_repeated_hour(self) -> None:
        """Nothing tells the two passes apart."""
        columns = unanswered(calldate="2026-10-25 02:30:00")
        del columns["start"], columns["end"], columns["answer"]
        imported = call_record([columns], exchange=EXCHANGE)

        assert imported.findings == (Finding("start", FindingKind.AMBIGUOUS_TIME),)
        assert imported.contact.wait == timedelta(seconds=40)

    def test_rows_without_an_id_are_calls_of_their_own(self) -> None:
        """Asterisk writes `Master.csv` so by default: a hundred rows gave one refusal."""
        rows = [{**row(src=f"07912345{number:02}"), "uniqueid": ""} for number in range(100)]
        records = call_records(rows, exchange=EXCHANGE)
        again = call_records(reversed(rows), exchange=EXCHANGE)

        assert (len(records.calls), records.refused) == (100, {})
        assert {each.contact for each in records.calls} == {each.contact for each in again.calls}
        assert len({each.contact.id for each in records.calls}) == 100
        assert {each.findings for each in records.calls} == {(Finding("uniqueid", FindingKind.MISSING),)}

    def test_broken_rows_without_an_id_are_refused_each(self) -> None:
        """And named by what they say."""
        rows = [{**row(src=f"07912345{number:02}", duration="x"), "uniqueid": ""} for number in range(3)]

        assert len(call_records(rows, exchange=EXCHANGE).refused) == 3

    @pytest.mark.parametrize(
        ("disposition", "end", "outcome"),
        [
            ("NOANSWER", "no_answer", Outcome.ABANDONED_LONG),
            ("CANCEL", "no_answer", Outcome.ABANDONED_LONG),
            ("CHANUNAVAIL", "failed", Outcome.BLOCKED),
        ],
    )
    def test_other_words(self, disposition: str, end: str, outcome: Outcome) -> None:
        """What dial plans and other exchanges write."""
        contact = call_record([unanswered(disposition=disposition)], exchange=EXCHANGE).contact

        assert (contact.legs[0].end, contact.outcome) == (end, outcome)

    def test_values_of_a_database_driver(self) -> None:
        """Numbers, datetimes with and without a zone, and nothing."""
        whole = call_record([row(start="2026-03-18 09:00:00.25", answer="2026-03-18T09:00:10", duration="130.0")])
        driven = call_record(
            [
                {
                    **row(),
                    "start": datetime(2026, 3, 18, 9, 0, 0, 250_000),  # noqa: DTZ001 - as drivers give it
                    "answer": datetime(2026, 3, 18, 8, 0, 10, tzinfo=UTC),
                    "end": None,
                    "duration": Decimal("130.000"),
                    "billsec": 119.75,
                    "uniqueid": 1.1,
                    "linkedid": None,
                }
            ]
        )

        assert [each.contact.created_at.microsecond for each in (whole, driven)] == [250_000, 250_000]
        assert driven.contact.id == "call-1.1"
        assert driven.contact.answered_at == whole.contact.answered_at

    def test_times_with_an_offset_are_never_in_a_skipped_hour(self) -> None:
        """They say which instant it was."""
        times = {"start": datetime(2026, 3, 29, 1, 10, tzinfo=UTC), "end": "2026-03-29T01:10:40Z"}
        imported = call_record([{**unanswered(), **times}], exchange=EXCHANGE)

        assert imported.findings == ()

    @pytest.mark.parametrize(
        ("changes", "column"),
        [
            ({"start": datetime(1, 1, 1)}, "start"),  # noqa: DTZ001 - as drivers give it
            ({"start": "2026-03-18 09:00:00+99:00"}, "start"),
            ({"start": datetime(2026, 3, 18, 9, tzinfo=_NoOffset())}, "start"),
            ({"duration": True}, "duration"),
            ({"billsec": -1}, "billsec"),
            ({"duration": float("inf")}, "duration"),
            ({"uniqueid": "x" * 200}, "linkedid"),
        ],
    )
    def test_what_no_row_can_hold(self, changes: Mapping[str, object], column: str) -> None:
        """Refused by the column."""
        with pytest.raises(UnreadableRecord, match=f"^call record, {column}: allowed: "):
            call_record([{**row(), **changes}])

    def test_columns_of_a_department(self) -> None:
        """By a map of names."""
        names = {"src": "chiamante", "dst": "numero", "start": "inizio", "uniqueid": "id", "disposition": "esito"}
        renamed = {names.get(name, name): value for name, value in row().items()}
        exchange = attrs.evolve(EXCHANGE, columns=CallColumns(**names))

        assert call_records([renamed], exchange=exchange).calls == call_records([row()], exchange=EXCHANGE).calls

    def test_mobile_of_a_neighbour(self) -> None:
        """Where the office says so; what cannot be read stays with the caller, and with the line."""
        exchange = attrs.evolve(EXCHANGE, neighbours=["IT"])
        columns = row(src="3331234567", dst="600", clid="")
        read, unread = (call_record([columns], exchange=each) for each in (exchange, EXCHANGE))
        caller, reached = unread.contact.parties[0].address, unread.contact.reached

        assert read.contact.parties[0].address == PhoneNumber.parse("+39 333 123 4567")
        assert Finding("src", FindingKind.ASSUMED_REGION) in read.findings
        assert isinstance(caller, Unknown)
        assert isinstance(reached, Unknown)
        assert (caller.written, reached.written) == ("3331234567", "600")


class TestQueues:
    """What a queue writes."""

    def test_ring_all(self) -> None:
        """Agents who were rung and did not answer took no part, whatever the order of the rows."""
        rung = [unanswered(12, dstchannel=f"PJSIP/20{number}-{number}") for number in (2, 3)]
        first, last = ([*rung, row()], [row(), *rung])
        for rows in (first, last):
            contact = call_record(rows, exchange=EXCHANGE).contact

            assert sorted(leg.kind.value for leg in contact.legs) == ["initial", "offered", "offered"]
            assert (contact.agents, contact.outcome, contact.talk) == (
                ("201",),
                Outcome.ANSWERED,
                timedelta(seconds=120),
            )
            assert contact.wait == timedelta(seconds=10)

    def test_nobody_answers(self) -> None:
        """The first row is the citizen's wait, the others are offers."""
        rows = [unanswered(12, dstchannel=f"PJSIP/20{number}-{number}") for number in (1, 2)]
        contact = call_record(rows, exchange=EXCHANGE).contact

        assert [leg.kind for leg in contact.legs] == [LegKind.INITIAL, LegKind.OFFERED]
        assert contact.outcome is Outcome.ABANDONED_LONG

    def test_overflow_is_no_transfer(self) -> None:
        """Before somebody has served the citizen nobody can have handed the call on."""
        rows = [
            unanswered(40, lastdata="informazioni,t"),
            row(start="2026-03-18 09:00:40", duration="90", lastdata="riserva,t", answer="2026-03-18 09:00:50",
                end="2026-03-18 09:02:10", billsec="80"),
        ]  # fmt: skip
        contact = call_record(rows, exchange=EXCHANGE).contact

        assert [(leg.kind, leg.queue) for leg in contact.legs] == [
            (LegKind.INITIAL, "informazioni"),
            (LegKind.INITIAL, "riserva"),
        ]

    @pytest.mark.parametrize("name", ["Local/201@from-queue-0", "Local/FMGL-4711@from-queue-0"])
    def test_agent_behind_a_local_channel(self, name: str) -> None:
        """The inner half is the agent's own, and no consult; it tells who it was where the outer one does not."""
        inner = row(
            channel=f"{name};2", dst="201", dstchannel="PJSIP/201-3", lastapp="Dial", linkedid="1.1", uniqueid="1.3"
        )
        contact = call_record([row(dstchannel=f"{name};1"), inner], exchange=EXCHANGE).contact

        assert [(leg.kind, leg.agent, leg.end) for leg in contact.legs] == [(LegKind.INITIAL, "201", "answered")]
        assert contact.talk == timedelta(seconds=120)

    def test_inner_half_alone_is_a_call(self) -> None:
        """Its outer half stands in another file."""
        contact = call_record([row(channel="Local/201@from-queue-0;2")], exchange=EXCHANGE).contact

        assert len(contact.legs) == 1

    def test_wait_that_nobody_can_tell(self) -> None:
        """The dial plan answers before the queue: a wait of 0 s and a perfect service level, unless somebody looks."""
        early = {"answer": "2026-03-18 09:00:00", "billsec": "130"}
        unknown = Finding("answer", FindingKind.UNKNOWN_WAIT)

        assert unknown in call_record([row(**early)], exchange=EXCHANGE).findings
        assert unknown not in call_record([row(**early, lastapp="Dial")], exchange=EXCHANGE).findings
        assert unknown not in call_record([row()], exchange=EXCHANGE).findings

    def test_no_control_character_comes_out(self) -> None:
        """Of a queue's name, or a number that is called."""
        contact = call_record(
            [row(channel="PJSIP/201-1", dst="3\x9b\u202e10", lastdata="in\x1b[0mfo", lastapp="Queue")],
            exchange=attrs.evolve(EXCHANGE, extensions=r"[\w\W]{3,6}"),
        ).contact

        assert (contact.legs[0].queue, contact.parties[1].person) == ("in[0mfo", "310")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.text('0123456789-: ABCNEOSRWq/;<>"', max_size=25)
            for name in (
                "src",
                "dst",
                "clid",
                "channel",
                "dstchannel",
                "start",
                "answer",
                "end",
                "userfield",
                "lastapp",
            )
        },
    )
)
def test_any_row_is_a_call_or_refused(columns: dict[str, str]) -> None:
    """Nothing but `UnreadableRecord` comes out."""
    records = call_records([row(**columns)], exchange=EXCHANGE)

    assert len(records.calls) + len(records.refused) == 1
