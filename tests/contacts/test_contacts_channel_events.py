"""Channel events of Asterisk (CEL): who was with whom, instant by instant."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import Contact, Direction, LegKind, Outcome, PhoneNumber, Role, Unknown, Withheld
from ticontact.contacts.readers import Exchange, Finding, FindingKind, Imported, call_events
from ticontact.errors import UnreadableRecord
from ticontact.testing import instant

EXCHANGE = Exchange(
    extensions=r"[23]\d\d", short_abandon=timedelta(seconds=5), closed_announcements=frozenset({"chiuso"})
)
TRUNK, ANNA, BRUNO, CARLA = "PJSIP/trunk-1", "PJSIP/201-2", "PJSIP/202-3", "PJSIP/310-4"
UNIQUE = {TRUNK: "1.1", ANNA: "1.2", BRUNO: "1.3", CARLA: "1.4"}


def event(at: str, kind: str, channel: str = TRUNK, bridge: str = "", **columns: object) -> dict[str, object]:
    """One row, at minutes and seconds after nine."""
    return {
        "eventtype": kind,
        "eventtime": f"2026-03-18 09:{at}",
        "channame": channel,
        "uniqueid": UNIQUE.get(channel, channel),
        "linkedid": "1.1",
        "extra": f'{{"bridge_id":"{bridge}","bridge_technology":"simple_bridge"}}' if bridge else "",
        **columns,
    }


ARRIVED = [
    event("00:00", "CHAN_START", cid_num="0791234567", cid_name="Anna Verdi", exten="0918145500"),
    event("00:01", "ANSWER"),
    event("00:02", "APP_START", appname="Queue", appdata="informazioni,t"),
]
ANSWERED = [
    event("00:05", "CHAN_START", ANNA),
    event("00:05", "CHAN_START", BRUNO),
    event("00:12", "ANSWER", ANNA),
    event("00:12", "CHAN_END", BRUNO),
    event("00:12", "BRIDGE_ENTER", ANNA, "b1"),
    event("00:12", "BRIDGE_ENTER", TRUNK, "b1"),
]
OVER = [
    event("05:00", "BRIDGE_EXIT", TRUNK, "b1"),
    event("05:00", "BRIDGE_EXIT", ANNA, "b1"),
    event("05:00", "CHAN_END", ANNA),
    event("05:00", "CHAN_END", TRUNK),
    event("05:00", "LINKEDID_END", TRUNK),
]


def one(events: list[dict[str, object]], exchange: Exchange = EXCHANGE) -> Imported:
    """The one call of some events."""
    (imported,) = call_events(events, exchange=exchange).calls
    return imported


def legs(contact: Contact) -> list[tuple[LegKind, str, float]]:
    """The legs with who took part and how long they talked."""
    return [(leg.kind, leg.agent, leg.talk.total_seconds()) for leg in contact.legs]


class TestCalls:
    """What became of a call."""

    def test_ring_all(self) -> None:
        """Both are rung and one answers: the other is no transfer. The wait ends where the agent comes in."""
        imported = one([*ARRIVED, *ANSWERED, *OVER])
        contact = imported.contact

        assert legs(contact) == [(LegKind.INITIAL, "201", 288), (LegKind.OFFERED, "202", 0)]
        assert (contact.id, contact.direction, contact.outcome) == ("call-1.1", Direction.INBOUND, Outcome.ANSWERED)
        assert (contact.wait, contact.talk, contact.agents) == (
            timedelta(seconds=12),
            timedelta(seconds=288),
            ("201",),
        )
        assert contact.reached == PhoneNumber.parse("091 814 55 00")
        assert (contact.parties[0].address, contact.parties[0].name) == (
            PhoneNumber.parse("079 123 45 67"),
            "Anna Verdi",
        )
        assert [leg.queue for leg in contact.legs] == ["informazioni", "informazioni"]
        assert contact.ended_at == instant("2026-03-18 09:05")
        assert imported.findings == ()

    def test_attended_transfer(self) -> None:
        """A consult, then the official alone: as it was, and not as rows of a record would have it."""
        second = "PJSIP/201-9"
        events = [
            *ARRIVED,
            *ANSWERED,
            event("01:00", "CHAN_START", second, exten="310"),
            event("01:00", "CHAN_START", CARLA),
            event("01:05", "ANSWER", CARLA),
            event("01:05", "BRIDGE_ENTER", CARLA, "b2"),
            event("01:05", "BRIDGE_ENTER", second, "b2"),
            event("01:30", "ATTENDEDTRANSFER", ANNA),
            event("01:30", "BRIDGE_EXIT", second, "b2"),
            event("01:30", "BRIDGE_EXIT", TRUNK, "b1"),
            event("01:30", "BRIDGE_EXIT", ANNA, "b1"),
            event("01:30", "BRIDGE_ENTER", TRUNK, "b2"),
            event("01:30", "CHAN_END", ANNA),
            event("01:30", "CHAN_END", second),
            event("05:00", "CHAN_END", CARLA),
            event("05:00", "CHAN_END", TRUNK),
        ]
        contact = one(events).contact

        assert legs(contact) == [
            (LegKind.INITIAL, "201", 78),
            (LegKind.OFFERED, "202", 0),
            (LegKind.CONSULT, "310", 25),
            (LegKind.HANDED_OVER, "310", 210),
        ]
        assert contact.talk == timedelta(seconds=288)

    def test_blind_transfer(self) -> None:
        """Somebody else comes in without a consult."""
        events = [
            *ARRIVED,
            *ANSWERED,
            event("01:30", "BLINDTRANSFER", ANNA),
            event("01:30", "BRIDGE_EXIT", TRUNK, "b1"),
            event("01:30", "CHAN_END", ANNA),
            event("01:30", "CHAN_START", CARLA),
            event("01:40", "BRIDGE_ENTER", CARLA, "b2"),
            event("01:40", "BRIDGE_ENTER", TRUNK, "b2"),
            event("05:00", "CHAN_END", CARLA),
            event("05:00", "CHAN_END", TRUNK),
        ]

        assert legs(one(events).contact)[1:] == [(LegKind.OFFERED, "202", 0), (LegKind.BLIND_TRANSFER, "310", 200)]

    def test_agent_behind_a_local_channel(self) -> None:
        """Both halves of it stand between the two bridges, and are nobody."""
        outer, inner = "Local/201@from-queue-0;1", "Local/201@from-queue-0;2"
        events = [
            *ARRIVED,
            event("00:05", "CHAN_START", outer),
            event("00:05", "CHAN_START", inner),
            event("00:05", "CHAN_START", ANNA),
            event("00:12", "BRIDGE_ENTER", ANNA, "b2"),
            event("00:12", "BRIDGE_ENTER", inner, "b2"),
            event("00:12", "BRIDGE_ENTER", outer, "b1"),
            event("00:12", "BRIDGE_ENTER", TRUNK, "b1"),
            *OVER,
        ]

        assert legs(one(events).contact) == [(LegKind.INITIAL, "201", 288)]

    @pytest.mark.parametrize("start", ["BRIDGE_START", "BRIDGE_ENTER"])
    def test_bridges_without_an_id(self, start: str) -> None:
        """Older Asterisks name the others in the bridge instead."""
        events = [
            *ARRIVED,
            event("00:05", "CHAN_START", ANNA),
            *([event("00:12", "BRIDGE_ENTER", ANNA)] if start == "BRIDGE_ENTER" else []),
            event("00:12", start, TRUNK, peer=ANNA),
            event("05:00", start.replace("ENTER", "EXIT").replace("START", "END"), TRUNK, peer=f"{ANNA},other"),
            *OVER[2:],
        ]

        assert legs(one(events).contact) == [(LegKind.INITIAL, "201", 288)]

    def test_a_conversation_of_no_second(self) -> None:
        """Times in whole seconds: who came and went in one was there."""
        events = [
            *ARRIVED,
            event("00:05", "CHAN_START", ANNA),
            event("00:12", "BRIDGE_ENTER", ANNA, "b1"),
            event("00:12", "BRIDGE_ENTER", TRUNK, "b1"),
            event("00:12", "BRIDGE_EXIT", TRUNK, "b1"),
            event("00:12", "BRIDGE_EXIT", ANNA, "b1"),
            *OVER[2:],
        ]

        assert one(events).contact.outcome is Outcome.ANSWERED

    @pytest.mark.parametrize(
        ("events", "outcome"),
        [
            ([*ARRIVED, event("00:04", "CHAN_END")], Outcome.ABANDONED_SHORT),
            ([*ARRIVED, event("01:00", "HANGUP")], Outcome.ABANDONED_LONG),
            ([ARRIVED[0], event("01:00", "CHAN_END")], Outcome.ABANDONED_LONG),
            (
                [*ARRIVED[:2], event("00:03", "APP_START", appname="Playback", appdata="chiuso"), OVER[-2]],
                Outcome.CLOSED,
            ),
            (
                [*ARRIVED[:2], event("00:03", "APP_START", appname="Playback", appdata="traffico"), OVER[-2]],
                Outcome.INFORMED,
            ),
            (
                [*ARRIVED, event("00:50", "APP_START", appname="VoiceMail", appdata="1"), OVER[-2]],
                Outcome.FALLBACK,
            ),
        ],
    )
    def test_calls_that_nobody_answered(self, events: list[dict[str, object]], outcome: Outcome) -> None:
        """By the published table."""
        contact = one(events).contact

        assert (contact.outcome, contact.answered_at, contact.agents) == (outcome, None, ())

    def test_call_without_an_end_goes_on(self) -> None:
        """The file was cut."""
        imported = one([*ARRIVED, *ANSWERED])

        assert imported.findings == (Finding("CHAN_END", FindingKind.MISSING),)
        assert (imported.contact.outcome, imported.contact.ended_at) == (None, None)

    @pytest.mark.parametrize(
        ("number", "name", "address", "shown"),
        [
            ("anonymous", "Anonymous", Withheld(), ""),
            ("0791234567", "Numero privato", Withheld(), ""),
            ("", "unknown", Unknown(), ""),
            ("", "", Unknown(), ""),
            ("0791234567", "0791234567", PhoneNumber.parse("079 123 45 67"), ""),
            ("47x", "Anna", Unknown(), "Anna"),
        ],
    )
    def test_callers(self, number: str, name: str, address: object, shown: str) -> None:
        """Withheld, unknown and unreadable ones."""
        first = event("00:00", "CHAN_START", cid_num=number, cid_name=name, exten="s")
        (party,) = one([first, OVER[-2]]).contact.parties

        assert (party.address, party.name) == (address, shown)

    def test_calls_of_ours(self) -> None:
        """The citizen's channel is the one to the outside; a call to a colleague is internal."""
        out = [
            event("00:00", "CHAN_START", ANNA, exten="0791234567", uniqueid="1.1"),
            event("00:01", "CHAN_START", TRUNK, uniqueid="1.2"),
            event("00:09", "BRIDGE_ENTER", TRUNK, "b1", uniqueid="1.2"),
            event("00:09", "BRIDGE_ENTER", ANNA, "b1", uniqueid="1.1"),
            event("01:09", "CHAN_END", TRUNK, uniqueid="1.2"),
            event("01:09", "CHAN_END", ANNA, uniqueid="1.1"),
        ]
        outbound, unreached = one(out).contact, one([out[0], out[-1]]).contact
        internal = one([event("00:00", "CHAN_START", ANNA, exten="310", uniqueid="1.1"), out[-1]]).contact

        assert (outbound.direction, outbound.outcome, outbound.talk) == (
            Direction.OUTBOUND,
            Outcome.ANSWERED,
            timedelta(minutes=1),
        )
        assert [(party.role, party.person) for party in outbound.parties] == [
            (Role.CITIZEN, ""),
            (Role.OPERATOR, "201"),
        ]
        assert (unreached.outcome, internal.direction) == (Outcome.NOT_REACHED, Direction.INTERNAL)
        assert [party.person for party in internal.parties] == ["201", "310"]


class TestRows:
    """What a row may be."""

    @pytest.mark.parametrize("time", ["2026-03-18T09:00:00.5+01:00", "1773820800.5", instant("2026-03-18 09:00:00.5")])
    def test_times(self, time: object) -> None:
        """Local, with an offset, in seconds since 1970, or a driver's own."""
        rows = [{**ARRIVED[0], "eventtime": time}]

        assert one(rows).contact.created_at == instant("2026-03-18 09:00:00.500000")

    @pytest.mark.parametrize(
        ("changes", "column"),
        [
            ({"eventtime": "yesterday"}, "eventtime"),
            ({"eventtime": ""}, "eventtime"),
            ({"linkedid": "", "uniqueid": ""}, "linkedid"),
            ({"linkedid": 5}, "linkedid"),
            ({"channame": ["x"]}, "channame"),
            ({"extra": "x" * 1_001}, "extra"),
        ],
    )
    def test_call_with_a_broken_row_is_refused(self, changes: Mapping[str, object], column: str) -> None:
        """The rest goes on."""
        records = call_events([{**ARRIVED[0], **changes}, {**ARRIVED[0], "linkedid": "2"}])

        assert [each.contact.id for each in records.calls] == ["call-2"]
        assert [str(error).partition(":")[0] for error in records.refused.values()] == [f"channel event, {column}"]

    @pytest.mark.parametrize("rows", ["rows", b"bytes", {"eventtype": "x"}, 5, None])
    def test_events_are_rows(self, rows: Any) -> None:
        """Nothing else."""
        with pytest.raises(UnreadableRecord, match=r"channel events: .* was given; allowed: rows"):
            call_events(rows)

    def test_no_row_is_refused_in_its_place(self) -> None:
        """Under no id."""
        rows: Any = [7, ARRIVED[0]]
        records = call_events(rows)

        assert (len(records.calls), list(records.refused)) == (1, [""])

    def test_channels_are_limited(self) -> None:
        """Five hundred of one call; more is left out, with a finding."""
        many = [event("00:10", "CHAN_START", f"PJSIP/201-{number:x}") for number in range(600)]
        imported = one([*ARRIVED, *many, OVER[-2]])

        assert len(imported.contact.legs) == 499
        assert Finding("channame", FindingKind.CUT) in imported.findings


def test_a_month_is_counted() -> None:
    """22 days of 20 calls: as many contacts, with the waits and talks that the events say."""
    rows: list[dict[str, object]] = []
    for day in range(1, 23):
        for number in range(20):
            for row in [*ARRIVED, *ANSWERED, *OVER] if number % 4 else [*ARRIVED, OVER[-2]]:
                time = str(row["eventtime"]).replace("-18 09:", f"-{day:02} {number + 1:02}:")
                link = f"{day}.{number}"
                own = link if row["channame"] == TRUNK else f"{link} {row['channame']}"
                rows.append({**row, "linkedid": link, "uniqueid": own, "eventtime": time})
    records = call_events(rows, exchange=EXCHANGE)
    answered = [each.contact for each in records.calls if each.contact.outcome is Outcome.ANSWERED]

    assert (len(records.calls), len(answered), records.refused) == (440, 330, {})
    assert {contact.wait for contact in answered} == {timedelta(seconds=12)}
    assert sum((contact.talk for contact in answered), timedelta(0)) == 330 * timedelta(seconds=288)


KINDS = st.sampled_from(
    ["CHAN_START", "ANSWER", "BRIDGE_ENTER", "BRIDGE_EXIT", "BRIDGE_START", "BRIDGE_END", "CHAN_END", "APP_START", "X"]
)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 59),
            KINDS,
            st.sampled_from([TRUNK, ANNA, CARLA, "Local/201@q-0;1", "Local/201@q-0;2"]),
            st.sampled_from(["", "b1", "b2"]),
            st.sampled_from(["", ANNA, f"{CARLA},{TRUNK}"]),
        ),
        min_size=1,
        max_size=15,
    )
)
def test_any_order_of_events_is_a_call(events: list[tuple[int, str, str, str, str]]) -> None:
    """Whatever the events say, a contact comes out whose times are in order."""
    rows = [event(f"00:{at:02}", kind, channel, bridge, peer=peer) for at, kind, channel, bridge, peer in events]

    assert one(rows).contact.talk >= timedelta(0)
