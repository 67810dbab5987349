"""Shifts that cover a plan."""

import sys
from datetime import time, timedelta
from itertools import product

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staffing_kit import demand, office, small_plan

from ticontact.errors import ConfigurationError, StaffingError, Unreachable
from ticontact.staffing import Plan, Shift, Shrinkage, plan, schedule

DAY = Shift(time(8), time(17), ((time(12), time(13, 30)),))
MORNING = Shift(time(8), time(12))
AFTERNOON = Shift(time(13, 30), time(17))
LATE = Shift(time(10), time(17), ((time(12), time(13, 30)),))
FOUR = (DAY, MORNING, AFTERNOON, LATE)


def planned(*calls: float) -> Plan:
    """A plan with some people."""
    return plan(office(), demand(*calls), queue="general", shrinkage=Shrinkage({"away": 20}, same_base=True))


class TestShift:
    """From when to when somebody works."""

    def test_breaks_are_not_worked(self) -> None:
        """A day with a long lunch."""
        assert DAY.length == timedelta(hours=7, minutes=30)
        assert [DAY.covers(row.slot) for row in small_plan().rows] == [True] * 15
        assert [MORNING.covers(row.slot) for row in small_plan().rows] == [True] * 8 + [False] * 7

    def test_a_half_hour_is_covered_whole_or_not(self) -> None:
        """A coffee break of ten minutes takes the half-hour away."""
        coffee = Shift(time(8), time(12), ((time(9, 40), time(9, 50)),))

        assert [coffee.covers(row.slot) for row in small_plan().rows[:8]] == [True] * 3 + [False] + [True] * 4

    def test_midnight_is_an_end(self) -> None:
        """And no beginning of a shift that lasts no time."""
        assert Shift(time(20), time(0)).length == timedelta(hours=4)

    @pytest.mark.parametrize(
        ("start", "end", "breaks"),
        [
            (time(12), time(8), ()),
            (time(8), time(8), ()),
            (time(8), time(12), ((time(11), time(13)),)),
            (time(8), time(12), ((time(7), time(9)),)),
            (time(8), time(12), ((time(10), time(10)),)),
            (time(8), time(12), ((time(10), time(11)), (time(9), time(9, 30)))),
        ],
    )
    def test_what_cannot_be_is_refused(self, start: time, end: time, breaks: tuple[tuple[time, time], ...]) -> None:
        """Ends before it begins, or breaks outside of it or of each other."""
        with pytest.raises(ConfigurationError, match="shift"):
            Shift(start, end, breaks)

    def test_patterns_are_all_that_fit(self) -> None:
        """Four hours within five, each half-hour; with a break after an hour at least."""
        plain = Shift.patterns(time(8), time(13), lengths=[timedelta(hours=4)])
        broken = Shift.patterns(
            time(8),
            time(12),
            lengths=[timedelta(hours=4)],
            pause=timedelta(minutes=30),
            pause_after=timedelta(hours=1, minutes=30),
        )

        assert [shift.start for shift in plain] == [time(8), time(8, 30), time(9)]
        assert [shift.breaks for shift in broken] == [((time(9, 30), time(10)),), ((time(10), time(10, 30)),)]
        assert Shift.patterns(time(20), time(0), lengths=[timedelta(hours=4)])[0].end == time(0)

    @pytest.mark.parametrize("step", [timedelta(0), timedelta(minutes=-30)])
    def test_patterns_move_on(self, step: timedelta) -> None:
        """A step of nothing would never come to an end."""
        with pytest.raises(ConfigurationError, match="step"):
            Shift.patterns(time(8), time(12), lengths=[timedelta(hours=2)], step=step)

    def test_nobody_is_paid_for_by_others(self) -> None:
        """The more people took such a shift, the cheaper: there would be no cheapest answer."""
        assert schedule(small_plan(), [attrs.evolve(DAY, cost=0.0)]).cost == 0
        with pytest.raises(ConfigurationError, match=r"shift\.cost: -1 was given"):
            attrs.evolve(DAY, cost=-1.0)


class TestSchedule:
    """The cheapest shifts."""

    @given(st.tuples(*[st.integers(min_value=0, max_value=3)] * 3))
    @settings(max_examples=10)
    def test_none_is_cheaper(self, people: tuple[int, int, int]) -> None:
        """Every half-hour is covered, and of all combinations that cover none costs less."""
        base = small_plan()
        rows = tuple(attrs.evolve(row, scheduled=people[min(2, number // 5)]) for number, row in enumerate(base.rows))
        found = schedule(attrs.evolve(base, rows=rows), FOUR)

        def covers(counts: tuple[int, ...]) -> bool:
            return all(
                sum(count for shift, count in zip(FOUR, counts, strict=True) if shift.covers(row.slot)) >= row.scheduled
                for row in rows
            )

        hours = [shift.length / timedelta(hours=1) for shift in FOUR]
        cheapest = min(
            sum(hour * count for hour, count in zip(hours, counts, strict=True))
            for counts in product(range(max(people) + 1), repeat=4)
            if covers(counts)
        )
        assert found.cost == pytest.approx(cheapest)
        assert all(there >= wanted for _, there, wanted in found.there)
        assert [wanted for _, _, wanted in found.there] == [row.scheduled for row in rows]

    def test_costs_may_be_stated(self) -> None:
        """A day that costs less than a morning."""
        cheap = attrs.evolve(DAY, cost=1.0)
        found = schedule(planned(10.0), [cheap, MORNING, AFTERNOON])

        assert found.people == {cheap: planned(10.0).peak}
        assert found.cost == planned(10.0).peak

    def test_an_uncovered_half_hour_is_named(self) -> None:
        """Nobody comes in the afternoon."""
        with pytest.raises(Unreachable, match=r"shifts: .* no shift covers 13:30"):
            schedule(planned(10.0), [MORNING])

    def test_nobody_is_needed_on_a_closed_day(self) -> None:
        """No shift, no cost."""
        empty = attrs.evolve(planned(10.0), rows=())

        assert (schedule(empty, FOUR).people, schedule(empty, FOUR).cost) == ({}, 0)

    def test_without_the_extra_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The solver is no part of the library."""
        monkeypatch.setitem(sys.modules, "highspy", None)
        with pytest.raises(StaffingError, match=r"pip install 'ticontact\[shifts\]'") as caught:
            schedule(planned(10.0), FOUR)

        assert caught.value.field == "shifts"
