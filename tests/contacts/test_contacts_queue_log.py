"""The queue log of Asterisk: waits, offers, conversations, and who was there."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import Direction, LegKind, Outcome, PhoneNumber, Unknown, Withheld
from ticontact.contacts.readers import (
    AgentChangeKind,
    Exchange,
    Finding,
    FindingKind,
    QueueLog,
    call_record,
    queue_log,
)
from ticontact.errors import UnreadableRecord
from ticontact.testing import instant

EXCHANGE = Exchange(extensions=r"[23]\d\d", short_abandon=timedelta(seconds=5))
NINE = 1_773_820_800  # 18 March 2026, 09:00 in Bellinzona
CALL = """\
0|1.1|informazioni|NONE|DID|0918145500
1|1.1|informazioni|NONE|ENTERQUEUE||0791234567|1
5|1.1|informazioni|PJSIP/201|RINGNOANSWER|3000
11|1.1|informazioni|PJSIP/202|CONNECT|10|1.5|4
111|1.1|informazioni|PJSIP/202|COMPLETECALLER|10|100|1
"""


def read(log: str, exchange: Exchange = EXCHANGE) -> QueueLog:
    """A log whose times are seconds after nine."""
    lines = [line.partition("|") for line in log.splitlines()]
    return queue_log([f"{NINE + int(second)}|{rest}" for second, _, rest in lines], exchange=exchange)


class TestCalls:
    """What became of a call."""

    def test_answered_call(self) -> None:
        """Who called which line, how long the citizen waited, who was rung, who answered and for how long."""
        (imported,) = read(CALL).calls
        contact = imported.contact

        assert (contact.id, contact.direction, contact.outcome) == ("call-1.1", Direction.INBOUND, Outcome.ANSWERED)
        assert contact.reached == PhoneNumber.parse("091 814 55 00")
        assert contact.parties[0].address == PhoneNumber.parse("079 123 45 67")
        assert (contact.wait, contact.talk) == (timedelta(seconds=11), timedelta(seconds=100))
        assert contact.created_at == instant("2026-03-18 09:00")
        assert contact.agents == ("202",)
        assert [(leg.kind, leg.agent, leg.queue, leg.end) for leg in contact.legs] == [
            (LegKind.OFFERED, "201", "informazioni", "no_answer"),
            (LegKind.INITIAL, "202", "informazioni", "answered"),
        ]
        assert contact.legs[0].started_at == instant("2026-03-18 09:00:02")
        assert contact.legs[1].started_at == instant("2026-03-18 09:00:07")
        assert imported.findings == ()

    @pytest.mark.parametrize(
        ("end", "outcome"),
        [
            ("5|1.1|q|NONE|ABANDON|1|1|4", Outcome.ABANDONED_SHORT),
            ("61|1.1|q|NONE|ABANDON|1|1|60", Outcome.ABANDONED_LONG),
            ("61|1.1|q|NONE|ABANDON|1|1|", Outcome.ABANDONED_LONG),
            ("61|1.1|q|NONE|EXITWITHTIMEOUT|1|1|60", Outcome.FALLBACK),
            ("61|1.1|q|NONE|EXITEMPTY|1|1|60", Outcome.FALLBACK),
            ("61|1.1|q|NONE|EXITWITHKEY|1|1|1|60", Outcome.FALLBACK),
        ],
    )
    def test_unanswered_calls(self, end: str, outcome: Outcome) -> None:
        """Who hangs up before the short-abandon threshold, after it, and what goes on elsewhere."""
        (imported,) = read(f"1|1.1|q|NONE|ENTERQUEUE||anonymous|1\n{end}").calls
        contact = imported.contact

        assert (contact.outcome, contact.answered_at, contact.talk) == (outcome, None, timedelta(0))
        assert contact.parties[0].address == Withheld()
        assert [(leg.kind, leg.agent, leg.end) for leg in contact.legs] == [(LegKind.INITIAL, "", "no_answer")]

    def test_transfer_to_another_queue(self) -> None:
        """The second conversation is a blind transfer; the wait is that of the first."""
        log = CALL.replace("COMPLETECALLER|10|100|1", "BLINDTRANSFER|600|default|10|100|1") + (
            "112|1.1|asilo|NONE|ENTERQUEUE||0791234567|1\n120|1.1|asilo|PJSIP/310|CONNECT|8|1.9|3\n"
            "180|1.1|asilo|PJSIP/310|COMPLETEAGENT|8|60|1\n"
        )
        (imported,) = read(log).calls
        contact = imported.contact

        assert [leg.kind for leg in contact.legs] == [LegKind.OFFERED, LegKind.INITIAL, LegKind.BLIND_TRANSFER]
        assert (contact.wait, contact.talk, contact.outcome) == (
            timedelta(seconds=11),
            timedelta(seconds=160),
            Outcome.ANSWERED,
        )
        assert contact.legs[1].end == "transferred"

    def test_caller_who_leaves_the_second_queue_was_served(self) -> None:
        """Once a person has served the citizen, the contact is answered."""
        log = CALL.replace("COMPLETECALLER|10|100|1", "ATTENDEDTRANSFER|310") + (
            "112|1.1|asilo|NONE|ENTERQUEUE|||1\n120|1.1|asilo|NONE|ABANDON|1|1|8\n"
        )
        (imported,) = read(log).calls

        assert imported.contact.outcome is Outcome.ANSWERED
        assert imported.contact.parties[0].address == PhoneNumber.parse("079 123 45 67")

    def test_log_that_is_cut(self) -> None:
        """A call whose end or beginning is in another file goes on, or begins when it says."""
        begun, served, ended = read(
            "1|1.1|q|NONE|ENTERQUEUE||unknown|1\n2|2.1|q|PJSIP/201|CONNECT|30|1|3\n"
            "9|3.1|q|PJSIP/202|COMPLETEAGENT|20|60|1"
        ).calls
        missing = [[finding.where for finding in each.findings] for each in (begun, served, ended)]

        assert missing == [["end"], ["ENTERQUEUE", "end"], ["ENTERQUEUE"]]
        assert (begun.contact.outcome, begun.contact.ended_at) == (None, None)
        assert served.contact.wait == timedelta(seconds=30)
        assert [leg.ended_at for leg in served.contact.legs] == [None]
        assert (ended.contact.outcome, ended.contact.talk) == (Outcome.ANSWERED, timedelta(0))

    def test_clock_that_was_set_back(self) -> None:
        """The order of the lines counts, and a finding says so."""
        (imported,) = read("10|1.1|q|NONE|ENTERQUEUE|||1\n4|1.1|q|NONE|ABANDON|1|1|3").calls

        assert Finding("time", FindingKind.CONTRADICTION) in imported.findings
        assert imported.contact.wait == timedelta(0)

    def test_unreadable_caller_stays(self) -> None:
        """With what the exchange wrote."""
        (imported,) = read("1|1.1|q|NONE|ENTERQUEUE||4711x|1").calls
        address = imported.contact.parties[0].address

        assert isinstance(address, Unknown)
        assert address.written == "4711x"
        assert Finding("ENTERQUEUE", FindingKind.INVALID_ADDRESS) in imported.findings

    def test_same_call_as_in_the_call_records(self) -> None:
        """Under the same id: a record that cannot tell the wait is held beside the log that can."""
        row = {
            "src": "0791234567", "dst": "0918145500", "channel": "PJSIP/trunk-1", "dstchannel": "PJSIP/202-2",
            "lastapp": "Queue", "lastdata": "informazioni,t", "start": "2026-03-18 09:00:00",
            "answer": "2026-03-18 09:00:00", "end": "2026-03-18 09:01:51", "duration": "111", "billsec": "111",
            "disposition": "ANSWERED", "uniqueid": "1.1", "linkedid": "1.1",
        }  # fmt: skip
        record = call_record([row], exchange=EXCHANGE)
        (logged,) = read(CALL).calls

        assert record.contact == logged.contact
        assert Finding("answer", FindingKind.UNKNOWN_WAIT) in record.findings
        assert logged.contact.wait == timedelta(seconds=11)


class TestAgents:
    """Who came, went and paused."""

    def test_changes(self) -> None:
        """In the order of the log; a reason is somebody's own word and does not show."""
        log = read(
            "0|NONE|q|PJSIP/201|ADDMEMBER|\n1|NONE|q|Anna Verdi|PAUSE|pranzo\n2|NONE|NONE|PJSIP/201|PAUSEALL|\n"
            "3|NONE|q|Local/201@from-queue/n|UNPAUSE|\n4|NONE|q|PJSIP/201|UNPAUSEALL|fine\n5|NONE|q|PJSIP/201|REMOVEMEMBER|\n"
            "6|2.1|NONE|Agent/310|AGENTLOGIN|PJSIP/310-1\n7|2.1|NONE|Agent/310|AGENTLOGOFF|PJSIP/310-1|30\n"
            "8|NONE|NONE|NONE|CONFIGRELOAD|\n"
        )
        kinds = AgentChangeKind

        assert log.calls == ()
        assert [(each.agent, each.kind, each.queue, each.reason) for each in log.changes] == [
            ("201", kinds.SIGNED_IN, "q", ""),
            ("Anna Verdi", kinds.PAUSED, "q", "pranzo"),
            ("201", kinds.PAUSED, "", ""),
            ("201", kinds.RESUMED, "q", ""),
            ("201", kinds.RESUMED, "q", "fine"),
            ("201", kinds.SIGNED_OUT, "q", ""),
            ("310", kinds.SIGNED_IN, "", ""),
            ("310", kinds.SIGNED_OUT, "", ""),
        ]
        assert log.changes[1].at == instant("2026-03-18 09:00:01")
        assert "Anna" not in repr(log)


class TestLines:
    """What a line may be."""

    def test_rows_of_a_table(self) -> None:
        """The realtime table has columns; its times are local, and `data` may hold all that belongs to an event."""
        start = {"time": "2026-03-18 09:00:01.250000", "callid": "1.1", "queuename": "q", "agent": "NONE"}
        rows: list[dict[str, object]] = [
            {**start, "event": "ENTERQUEUE", "data1": "", "data2": "0791234567", "data3": "1"},
            {**start, "time": "2026-03-18 09:00:05.250000", "event": "ABANDON", "data": "1|1|4"},
        ]
        (imported,) = queue_log(rows, exchange=EXCHANGE).calls

        assert imported.contact.wait == timedelta(seconds=4)
        assert imported.contact.parties[0].address == PhoneNumber.parse("079 123 45 67")

    @pytest.mark.parametrize(
        ("line", "place"),
        [
            ("x", "time"),
            ("2026-02-30 09:00:00|1|q|a|DID|1", "time"),
            (f"{NINE}|{'1' * 200}|q|a|DID|1", "callid"),
            (f"{NINE}|1\x1b|q|a|DID|1", "callid"),
            ("1" * 3_000, "line"),
            (5, "line"),
            ({"time": ["x"]}, "time"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, line: Any, place: str) -> None:
        """By its number, and the rest goes on."""
        log = queue_log(["", line, f"{NINE}|1.1|q|NONE|ENTERQUEUE|||1\r\n"], exchange=EXCHANGE)

        assert len(log.calls) == 1
        assert log.left_out == 1
        assert str(log.refused[2]).startswith(f"queue log, {place}: allowed: ")

    def test_of_very_many_the_first_thousand_are_told(self) -> None:
        """Each error takes more memory than its line."""
        log = queue_log(["x"] * 1_500)

        assert (len(log.refused), log.left_out) == (1_000, 1_500)

    def test_logs_are_equal_by_what_they_say(self) -> None:
        """The same lines read twice are equal, though two errors never are; another reason or another line is not."""
        first, later, other = ([*lines] for lines in (["x|1.1", ""], ["", "x|1.1"], [f"{NINE}|{'9' * 151}", ""]))

        assert queue_log(first) == queue_log(first)
        assert queue_log(first) != queue_log(later)
        assert queue_log(first) != queue_log(other)

    @pytest.mark.parametrize("lines", ["lines", b"log", {"time": 1}, 5, None])
    def test_a_log_has_lines(self, lines: Any) -> None:
        """A text alone is none: its letters would be lines."""
        with pytest.raises(UnreadableRecord, match=r"queue log: \w+ was given; allowed: lines"):
            queue_log(lines)

    def test_no_control_character_comes_out(self) -> None:
        """Names of queues and agents are somebody's."""
        (imported,) = read("1|1.1|in\x1b[31m\u202efo|PJ\x9bSIP|CONNECT|1|1|1").calls
        (leg,) = imported.contact.legs

        assert (leg.queue, leg.agent) == ("in[31mfo", "PJSIP")


def month() -> tuple[list[str], dict[Outcome, int], timedelta]:
    """A made-up month of 22 working days of 40 calls, with how they ended and how long was talked in all."""
    lines: list[str] = []
    expected = dict.fromkeys((Outcome.ANSWERED, Outcome.ABANDONED_LONG, Outcome.ABANDONED_SHORT, Outcome.FALLBACK), 0)
    talked = 0
    for day in range(22):
        lines.append(f"{NINE + day * 86_400}|NONE|q|PJSIP/201|ADDMEMBER|")
        for number in range(40):
            at = NINE + day * 86_400 + number * 300
            call = f"{day}.{number}"
            lines.append(f"{at}|{call}|q|NONE|ENTERQUEUE||07912345{number:02}|1")
            if number % 10 == 3:
                lines.append(f"{at + 3}|{call}|q|NONE|ABANDON|1|1|3")
                expected[Outcome.ABANDONED_SHORT] += 1
            elif number % 10 == 5:
                lines.append(f"{at + 90}|{call}|q|NONE|ABANDON|1|1|90")
                expected[Outcome.ABANDONED_LONG] += 1
            elif number % 10 == 7:
                lines.append(f"{at + 120}|{call}|q|NONE|EXITWITHTIMEOUT|1|1|120")
                expected[Outcome.FALLBACK] += 1
            else:
                talk = 60 + number
                lines.append(f"{at + 20}|{call}|q|PJSIP/201|CONNECT|20|x|5")
                lines.append(f"{at + 20 + talk}|{call}|q|PJSIP/201|COMPLETEAGENT|20|{talk}|1")
                expected[Outcome.ANSWERED] += 1
                talked += talk
        lines.append(f"{NINE + day * 86_400 + 20_000}|NONE|q|PJSIP/201|REMOVEMEMBER|")
    return lines, expected, timedelta(seconds=talked)


def test_a_month_is_counted() -> None:
    """Every call ends once, and all talk is there."""
    lines, expected, talked = month()
    log = queue_log(lines, exchange=EXCHANGE)
    found = dict.fromkeys(expected, 0)
    for imported in log.calls:
        assert imported.contact.outcome is not None
        found[imported.contact.outcome] += 1

    assert found == expected
    assert sum((each.contact.talk for each in log.calls), timedelta(0)) == talked
    assert (len(log.changes), log.left_out) == (44, 0)


EVENTS = st.sampled_from(
    ["DID", "ENTERQUEUE", "CONNECT", "RINGNOANSWER", "COMPLETEAGENT", "TRANSFER", "ABANDON", "EXITEMPTY", "PAUSE", "X"]
)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 99),
            st.sampled_from(["1", "2", "NONE"]),
            EVENTS,
            st.lists(st.text("0123456789|x", max_size=3), max_size=4),
        ),
        max_size=12,
    )
)
def test_any_order_of_events_is_read(events: list[tuple[int, str, str, list[str]]]) -> None:
    """Whatever a log holds, each call is a contact whose times are in order."""
    lines = [f"{NINE + at}|{call}|q|PJSIP/201|{event}|{'|'.join(data)}" for at, call, event, data in events]

    for imported in queue_log(lines, exchange=EXCHANGE).calls:
        assert imported.contact.wait is None or imported.contact.wait >= timedelta(0)
