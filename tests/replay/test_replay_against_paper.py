"""The replay against a day on paper: the same fate, the same wait and the same agent, caller by caller.

Both sides read the same rows and infer the same staff; they agree on who is a priority customer and on whose service
time stands in for an unknown one, as both are told so by the record's rules, each in its own code. Everything between
ringing and the end is found twice: by a desk with calendar, dispatcher and tickets on one side, by a list on the other.
"""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive import Fate, Paper

from ticontact.departments import Department
from ticontact.priority import Priority
from ticontact.replay import DayRun, Journal, PresenceRule, Record, RecordedCall, RecordedOutcome, replay_day
from ticontact.replay._inferred_staff import infer_staff

MONDAY = date(2015, 1, 19)
OPENS, CLOSES = 7 * 3600, 24 * 3600
"""The bank's hours on a Monday."""


def fates(journal: Journal) -> dict[str, Fate]:
    """The fates of a journal, as they would stand on paper."""
    return {
        trace.record.item: Fate(
            trace.record.outcome.value if trace.record.outcome is not None else "goes on",
            None if trace.record.waited is None else trace.record.waited // timedelta(seconds=1),
            trace.agent,
        )
        for trace in journal.traces
    }


def on_paper(calls: list[RecordedCall] | tuple[RecordedCall, ...], *, head_start: int) -> dict[str, Fate]:
    """The same day by hand; the bank lets go of its line when it closes."""
    paper = Paper(opens=OPENS, closes=CLOSES, lets_go=CLOSES, head_start=head_start, wrap_up=20)
    return paper.day(calls, infer_staff(calls, rule=PresenceRule()))


class TestTheShippedDay:
    """1,822 callers, one by one."""

    def test_as_the_bank_served(self, record: Record, bank_day: DayRun) -> None:
        """With 90 s of credit for priority customers."""
        assert on_paper(record.calls, head_start=90) == fates(bank_day.journal)

    def test_without_any_priority(self, record: Record, bank: Department) -> None:
        """First come, first served."""
        plain = attrs.evolve(bank, head_start={Priority.HIGH: timedelta(0)})
        journal = replay_day(record.calls, department=plain, day=MONDAY).journal

        assert on_paper(record.calls, head_start=0) == fates(journal)


@st.composite
def call(draw: st.DrawFn, number: int) -> RecordedCall:
    """A call of a small day: few seconds, few kinds and few agents, so that much of it meets."""
    start = draw(st.sampled_from([OPENS - 5, OPENS, OPENS, OPENS + 30, CLOSES - 40]))
    arrived = start + draw(st.integers(0, 30))
    entered = arrived + draw(st.integers(0, 10))
    outcome = draw(st.sampled_from(RecordedOutcome))
    answered = outcome is RecordedOutcome.ANSWERED
    wait = draw(st.integers(0, 30))
    served = answered and draw(st.integers(0, 5)) > 0
    return RecordedCall(
        line=number + 2,
        id=f"call-{number:02}",
        customer=None,
        priority=draw(st.integers(0, 2)),
        kind=draw(st.sampled_from(["PS", "NE"])),
        day=date(1999, 1, 4),
        arrived=arrived,
        entered=entered,
        queued=draw(st.booleans()),
        wait=wait,
        outcome=outcome,
        service_start=entered + wait if served else None,
        service=draw(st.integers(0, 40)) if served else None,
        server=draw(st.sampled_from(["AGENT1", "AGENT2", "AGENT3"])) if served else None,
    )


@st.composite
def small_day(draw: st.DrawFn) -> list[RecordedCall]:
    """Up to a dozen calls around opening and closing."""
    return [draw(call(number)) for number in range(draw(st.integers(0, 12)))]


class TestSmallDays:
    """Days that no record has: before opening, at closing, everybody at one second, nobody to answer."""

    @pytest.mark.parametrize("head_start", [0, 7, 90])
    def test_any_small_day(self, bank: Department, head_start: int) -> None:
        """Whatever meets at one second, paper and desk agree."""

        @settings(max_examples=50)
        @given(calls=small_day())
        def agree(calls: list[RecordedCall]) -> None:
            office = attrs.evolve(bank, head_start={Priority.HIGH: timedelta(seconds=head_start)})
            journal = replay_day(calls, department=office, day=MONDAY).journal

            assert on_paper(calls, head_start=head_start) == fates(journal)

        agree()

    def test_free_at_the_very_end_of_the_drain(self, bank: Department) -> None:
        """An agent's work after a call ends as the line is let go: the offer is gone before anybody can take it."""
        calls = [answered("first", CLOSES - 40, 20), answered("second", CLOSES - 30, 60)]
        journal = replay_day(calls, department=bank, day=MONDAY).journal

        expected = {"first": Fate("answered", 0, "AGENT1"), "second": Fate("fallback", 30)}
        assert (expected, expected) == (on_paper(calls, head_start=90), fates(journal))


def answered(name: str, second: int, service: int) -> RecordedCall:
    """A call that was answered as it came, by one agent."""
    return RecordedCall(
        line=2,
        id=name,
        customer=None,
        priority=0,
        kind="PS",
        day=date(1999, 1, 4),
        arrived=second,
        entered=second,
        queued=True,
        wait=0,
        outcome=RecordedOutcome.ANSWERED,
        service_start=second,
        service=service,
        server="AGENT1",
    )
