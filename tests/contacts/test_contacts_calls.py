"""Call records: rows to contacts with legs."""

from collections.abc import Mapping
from datetime import timedelta

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
from ticontact.contacts.readers import Exchange, Finding, FindingKind, call_record, call_records
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
