"""The record is read row by row; a row that cannot be right is named and the rest goes on."""

import gzip
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.errors import UnreadableRecord
from ticontact.replay import RecordedCall, RecordedOutcome, read_record

HEADER = (
    "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\t"
    "outcome\tser_start\tser_exit\tser_time\tserver"
)
SERVED = "AA0101 33118 2 2 PS 990104 6:55:20 6:55:26 6 6:55:26 6:55:43 17 AGENT 6:55:43 6:56:37 54 AGENT17"


def row(**changes: str) -> str:
    """A whole row, with some fields changed."""
    fields = dict(zip(HEADER.split("\t"), SERVED.split(), strict=True))
    return "\t".join((fields | changes).values())


def clock(hours: int, minutes: int, seconds: int) -> int:
    """Seconds since midnight."""
    return hours * 3600 + minutes * 60 + seconds


class TestWholeRows:
    """What a row says comes out typed."""

    def test_a_served_call_keeps_every_record(self) -> None:
        """Times are seconds since midnight, spans are seconds."""
        record = read_record([HEADER, row()])

        expected = RecordedCall(
            line=2,
            id="AA0101-33118",
            customer="2",
            priority=2,
            kind="PS",
            day=date(1999, 1, 4),
            arrived=clock(6, 55, 20),
            entered=clock(6, 55, 26),
            queued=True,
            wait=17,
            outcome=RecordedOutcome.ANSWERED,
            service_start=clock(6, 55, 43),
            service=54,
            server="AGENT17",
        )
        assert (record.calls, record.faults) == ((expected,), ())

    def test_customer_zero_is_nobody(self) -> None:
        """The record writes 0 for a caller who was not identified."""
        (call,) = read_record([HEADER, row(customer_id="0")]).calls

        assert call.customer is None

    @pytest.mark.parametrize(
        ("changes", "records"),
        [
            ({"server": "NO_SERVER"}, (clock(6, 55, 43), 54, None)),
            ({"ser_start": "0:00:00", "ser_exit": "0:00:00", "ser_time": "0"}, (None, None, "AGENT17")),
            ({"outcome": "HANG", "server": "NO_SERVER"}, (None, None, None)),
            ({"ser_start": "23:59:33", "ser_exit": "0:03:40", "ser_time": "247"}, (clock(23, 59, 33), 247, "AGENT17")),
        ],
        ids=["unknown server", "service not recorded", "hung up, stray service", "over midnight"],
    )
    def test_what_was_not_recorded_is_none(
        self, changes: dict[str, str], records: tuple[int | None, int | None, str | None]
    ) -> None:
        """A service without a start is unknown, a hang-up has none, and a span may run over midnight."""
        (call,) = read_record([HEADER, row(**changes)]).calls

        assert (call.service_start, call.service, call.server) == records

    def test_a_call_that_never_queued_says_so(self) -> None:
        """`0:00:00` for the start of the queue means there was none."""
        (call,) = read_record([HEADER, row(q_start="0:00:00", q_exit="0:00:00", q_time="0")]).calls

        assert (call.queued, call.wait) == (False, 0)

    def test_an_announcement_that_ends_before_it_begins_lasts_no_time(self) -> None:
        """In some rows of the record the two clocks disagree; the call then arrives when the announcement ends."""
        (call,) = read_record([HEADER, row(vru_entry="6:56:08", vru_exit="6:55:26", vru_time="-42")]).calls

        assert (call.arrived, call.entered) == (clock(6, 55, 26), clock(6, 55, 26))

    def test_empty_lines_and_line_ends_do_not_matter(self) -> None:
        """A file from another system reads alike."""
        record = read_record([HEADER + "\r\n", "\n", row() + "\r\n", ""])

        assert [call.line for call in record.calls] == [3]


class TestDamagedRows:
    """A fault names the line and what is wrong there; its neighbours are read."""

    @pytest.mark.parametrize(
        ("damaged", "problem"),
        [
            (row() + "\tx", "18 fields instead of 17"),
            ("AA0101", "1 fields instead of 17"),
            (row(type="AA"), "type: 'AA' is none of IN, NE, NW, PE, PS, TT"),
            (row(priority="3"), "priority: '3' is none of 0, 1, 2"),
            (row(outcome="GONE"), "outcome: 'GONE' is none of AGENT, HANG, PHANTOM"),
            (row(date="99010"), "date: '99010' is no date of the form yymmdd"),
            (row(date="990230"), "date: '990230' is no date of the form yymmdd"),
            (row(vru_entry="6:55"), "vru_entry: '6:55' is no time of day"),
            (row(vru_entry="25:00:00"), "vru_entry: '25:00:00' is no time of day"),
            (row(vru_entry="6:60:00"), "vru_entry: '6:60:00' is no time of day"),
            (row(vru_entry="6:55:60"), "vru_entry: '6:55:60' is no time of day"),
            (row(customer_id="none\x00"), "customer_id: not a number of at most 20 digits"),
            (row(customer_id="9" * 21), "customer_id: not a number of at most 20 digits"),
            (row(server=""), "server: nothing stands here"),
            (row(q_exit="6:55:20", q_time="-6"), "q_time: -6 s is less than nothing"),
            (row(ser_exit="6:55:42", ser_time="-1"), "ser_time: -1 s is less than nothing"),
            (row(), "call_id: AA0101-33118 stands in line 2 already"),
            (row(q_time="many"), "q_time: 'many' is no number of seconds"),
            (row(q_time="18"), "q_time: 18 s is not the time from 6:55:26 to 6:55:43"),
            (
                row(ser_start="6:56:37", ser_exit="54", ser_time="AGENT17", server=""),
                "ser_exit: '54' is no time of day",
            ),
        ],
    )
    def test_the_rest_goes_on(self, damaged: str, problem: str) -> None:
        """One bad row between two good ones costs only itself."""
        record = read_record([HEADER, row(), damaged, row(call_id="33119")])

        assert [call.line for call in record.calls] == [2, 4]
        assert [(fault.line, fault.problem) for fault in record.faults] == [(3, problem)]
        assert record.rows == 3

    @pytest.mark.parametrize("lines", [[], [""], ["date,time"], [row()]])
    def test_another_file_is_refused_whole(self, lines: list[str]) -> None:
        """Without the header nothing can be trusted."""
        with pytest.raises(UnreadableRecord, match="line 1: not the header of a recorded day"):
            read_record(lines)

    @given(st.lists(st.text(alphabet=st.sampled_from("0123456789:-\tAGENTPS \x00é"), max_size=120), max_size=5))
    def test_any_text_is_a_call_or_a_fault(self, lines: list[str]) -> None:
        """Whatever stands below the header, every row is counted once and nothing raises."""
        record = read_record([HEADER, *lines])

        assert record.rows == sum(1 for line in lines if line.rstrip("\r\n"))


def test_the_shipped_day_is_whole() -> None:
    """Monday 4 January 1999: 1,834 rows, none damaged, 1,037 calls that arrive in the office's hours."""
    shipped = files("ticontact.replay") / "data" / "anonymous-bank-1999-01-04.tsv.gz"
    record = read_record(gzip.decompress(shipped.read_bytes()).decode().splitlines())

    hours = ((clock(8, 0, 0), clock(12, 0, 0)), (clock(13, 30, 0), clock(17, 0, 0)))
    real = [call for call in record.calls if call.outcome is not RecordedOutcome.PHANTOM]
    within = [call for call in real if any(start <= call.arrived < end for start, end in hours)]
    assert (record.rows, len(record.faults), len(real), len(within)) == (1834, 0, 1822, 1037)
