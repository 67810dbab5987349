"""The next deadline of many tickets, without looking at all of them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tickets_office import NINE

from ticontact.errors import NaiveTime
from ticontact.tickets import Promise
from ticontact.tickets.sla import Clock, ClockPhase, Cycle, Deadlines, SlaDeadline, SlaMetric

NAMES = st.sampled_from(["a", "b", "c", "d"])


def clock(minutes: int, metric: SlaMetric = SlaMetric.RESOLUTION, phase: ClockPhase = ClockPhase.RUNNING) -> Clock:
    """A clock that is due some minutes after nine."""
    cycle = Cycle(
        start=NINE,
        elapsed=timedelta(0),
        gross=timedelta(0),
        paused=timedelta(0),
        target_due=NINE + timedelta(minutes=minutes),
    )
    return Clock(policy="p", metric=metric, within=timedelta(hours=1), at=NINE, phase=phase, cycles=(cycle,))


def deadline(ticket: str, minutes: int) -> SlaDeadline:
    """The deadline that such a clock gives."""
    return SlaDeadline(
        int((NINE + timedelta(minutes=minutes)).timestamp()) * 1_000_000, ticket, policy="p", metric="resolution"
    )


class TestDeadlines:
    """The earliest due instant of each ticket counts."""

    def test_earliest_clock_counts(self) -> None:
        """With its policy and metric."""
        deadlines = Deadlines()
        first = deadlines.put("a", [clock(30), clock(10, SlaMetric.NEXT_RESPONSE), clock(5, phase=ClockPhase.PAUSED)])

        assert first is not None
        assert (first.at, first.timed, first.policy) == (
            NINE + timedelta(minutes=10),
            SlaMetric.NEXT_RESPONSE,
            "p",
        )
        assert deadlines.next() == first

    def test_ticket_without_a_due_instant_is_dropped(self) -> None:
        """Paused, stopped, or without clocks."""
        deadlines = Deadlines()
        deadlines.put("a", [clock(30)])

        assert deadlines.put("a", [clock(5, phase=ClockPhase.STOPPED)]) is None
        assert (deadlines.next(), len(deadlines)) == (None, 0)

    def test_promises_are_due_too(self) -> None:
        """Unless they are kept; the earliest of clocks and promises counts."""
        due = int(NINE.timestamp()) * 1_000_000
        kept = Promise(id="first", who="ivo", what="calls", given_instant=0, due_instant=due - 1, ended_instant=due - 2)
        given = Promise(id="second", who="ivo", what="calls", given_instant=0, due_instant=due)
        first = Deadlines().put("a", [clock(30)], promises=[kept, given])

        assert first is not None
        assert (first.at, first.ticket, first.timed) == (NINE, "a", None)
        assert (first.metric, first.policy) == ("promise", "second")

    def test_breach_is_not_forgotten(self) -> None:
        """What is past stays until the ticket changes."""
        deadlines = Deadlines()
        deadlines.put("a", [clock(-60)])
        deadlines.put("b", [clock(60)])

        assert deadlines.until(NINE) == (deadline("a", -60),)
        assert deadlines.until(NINE + timedelta(minutes=60)) == (deadline("a", -60), deadline("b", 60))

    def test_coming_back_to_an_old_instant_counts_once(self) -> None:
        """The same deadline may lie in the heap twice."""
        deadlines = Deadlines()
        for minutes in (10, 20, 10):
            deadlines.put("a", [clock(minutes)])

        assert deadlines.until(NINE + timedelta(hours=1)) == (deadline("a", 10),)

    def test_outdated_entries_are_cleared(self) -> None:
        """The heap holds at most twice the tickets and eight more, however often they change."""
        for tickets, most in ((1, 10), (5, 18)):
            deadlines, sizes = Deadlines(), []
            for number in range(60):
                promise = Promise(id="p", who="ivo", what="calls", given_instant=0, due_instant=number)
                deadlines.put(str(number % tickets), [], promises=[promise])
                sizes.append(len(deadlines._heap))

            assert most == max(sizes)
            assert tickets == sizes[most]

    def test_same_deadline_again_is_no_work(self) -> None:
        """Nothing is pushed if nothing has changed."""
        deadlines = Deadlines()
        promise = Promise(id="p", who="ivo", what="calls", given_instant=0, due_instant=7)
        for _ in range(3):
            deadlines.put("t", [], promises=[promise])

        assert len(deadlines._heap) == 1

    def test_naive_instant(self) -> None:
        """Refused."""
        with pytest.raises(NaiveTime):
            Deadlines().until(NINE.naive())

    @given(st.lists(st.tuples(NAMES, st.integers(0, 50)), max_size=60))
    def test_memory_follows_the_tickets(self, puts: list[tuple[str, int]]) -> None:
        """Outdated entries do not pile up."""
        deadlines = Deadlines()
        for name, minutes in puts:
            deadlines.put(name, [clock(minutes)])

        assert len(deadlines._heap) <= 2 * len(deadlines) + 9


class DeadlinesAgainstATable(RuleBasedStateMachine):
    """The naive model: a table that is sorted at every question."""

    def __init__(self) -> None:
        super().__init__()
        self.deadlines = Deadlines()
        self.table: dict[str, SlaDeadline] = {}

    @rule(name=NAMES, minutes=st.integers(-30, 30))
    def put(self, name: str, minutes: int) -> None:
        """A ticket has changed."""
        self.deadlines.put(name, [clock(minutes)])
        self.table[name] = deadline(name, minutes)

    @rule(name=NAMES)
    def drop(self, name: str) -> None:
        """A ticket is done, or was never there."""
        self.deadlines.drop(name)
        self.table.pop(name, None)

    @rule(minutes=st.integers(-30, 30))
    def ask(self, minutes: int) -> None:
        """Everything up to an instant."""
        at = NINE + timedelta(minutes=minutes)

        assert self.deadlines.until(at) == tuple(sorted(each for each in self.table.values() if each.at <= at))

    @invariant()
    def next_is_the_least(self) -> None:
        """Of the table."""
        assert (self.deadlines.next(), len(self.deadlines)) == (min(self.table.values(), default=None), len(self.table))


TestDeadlinesAgainstATable = DeadlinesAgainstATable.TestCase
TestDeadlinesAgainstATable.settings = settings(max_examples=50)
