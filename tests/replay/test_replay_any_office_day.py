"""Any small day at an office with a lunch break, written channels and officials: nobody is lost, nothing breaks."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.replay import RecordedCall, RecordedOutcome, replay_day

EDGES = (8 * 3600, 12 * 3600, 13 * 3600 + 1800, 17 * 3600)
"""When the office opens and closes; much is due there at one second."""


@st.composite
def call(draw: st.DrawFn, number: int) -> RecordedCall:
    """A call around an edge of the day, on any channel, some of them long enough to be handed over."""
    arrived = draw(st.sampled_from(EDGES)) + 10 * draw(st.integers(-40, 40))
    entered = arrived + draw(st.sampled_from([0, 8, 700]))
    wait = draw(st.sampled_from([0, 10, 600]))
    outcome = draw(st.sampled_from(RecordedOutcome))
    served = outcome is RecordedOutcome.ANSWERED
    return RecordedCall(
        line=number + 2,
        id=f"call-{number:02}",
        customer=draw(st.sampled_from([None, "7"])),
        priority=draw(st.integers(0, 2)),
        kind=draw(st.sampled_from(["PS", "PE", "NE", "TT", "IN"])),
        day=date(1999, 1, 4),
        arrived=arrived,
        entered=entered,
        queued=draw(st.booleans()),
        wait=wait,
        outcome=outcome,
        service_start=entered + wait if served else None,
        service=draw(st.sampled_from([0, 60, 75, 310, 1200])) if served else None,
        server=draw(st.sampled_from(["ANNA", "BRUNO", "OTTO"])) if served else None,
    )


@st.composite
def small_day(draw: st.DrawFn) -> list[RecordedCall]:
    """Up to twenty calls."""
    return [draw(call(number)) for number in range(draw(st.integers(0, 20)))]


@given(calls=small_day())
def test_everybody_is_accounted_for(calls: list[RecordedCall], office: Department) -> None:
    """Each caller has one outcome by midnight, and only what is written may wait for the next day."""
    day = replay_day(calls, department=office, day=date(2015, 1, 19))
    real = {call.id for call in calls if call.outcome is not RecordedOutcome.PHANTOM}
    records = day.journal.records

    assert sorted(work.item for work in records) == sorted(real)
    assert not [work.item for work in records if work.is_live and work.outcome is None]
    assert {work.outcome for work in records if not work.is_live} <= {None, Outcome.ANSWERED}


@given(calls=small_day())
def test_an_answer_has_an_agent_and_a_closed_ticket(calls: list[RecordedCall], office: Department) -> None:
    """The figures, the traces and the tickets tell the same."""
    journal = replay_day(calls, department=office, day=date(2015, 1, 19)).journal

    for trace in journal.traces:
        is_answered = trace.record.outcome is Outcome.ANSWERED
        ticket = journal.tickets.get(trace.record.item)
        assert (ticket is not None and ticket.state == "closed") == is_answered
        assert bool(trace.agent) == trace.record.is_answered
        assert trace.record.is_answered or not is_answered
        assert len(trace.heard) >= 1
