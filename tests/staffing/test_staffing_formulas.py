"""The bare formulas: fractions, definitions, limits, and what no number of agents can do."""

from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.errors import ConfigurationError, Unreachable, Unstable
from ticontact.staffing.formulas import (
    delay_limit,
    erlang_b,
    erlang_c,
    limited_line,
    lines_needed,
    load_carried,
    square_root_agents,
    waits_by_priority,
)

loads = st.fractions(min_value=Fraction(1, 100), max_value=60, max_denominator=100)
agents_up_to_80 = st.integers(min_value=1, max_value=80)


def blocking(load: Fraction, agents: int) -> Fraction:
    """Erlang B as its definition says, in fractions: the weight of the last state over that of all."""
    weights = [Fraction(1)]
    for busy in range(1, agents + 1):
        weights.append(weights[-1] * load / busy)
    return weights[-1] / sum(weights)


class TestErlangB:
    """Calls that find everybody busy."""

    @given(loads, agents_up_to_80)
    def test_it_is_its_definition(self, load: Fraction, agents: int) -> None:
        """The recursion equals the ratio of weights, to twelve digits."""
        assert erlang_b(float(load), agents) == pytest.approx(float(blocking(load, agents)), rel=1e-12)

    @given(loads, st.floats(min_value=0, max_value=40))
    def test_it_falls_with_parts_of_agents(self, load: Fraction, agents: float) -> None:
        """A part of an agent helps a little; whole numbers are met from both sides."""
        assert erlang_b(float(load), agents + 0.25) < erlang_b(float(load), agents)

    @given(loads, agents_up_to_80)
    def test_parts_meet_whole_numbers(self, load: Fraction, agents: int) -> None:
        """Nearly a whole agent is nearly the whole agent."""
        assert erlang_b(float(load), agents - 1e-9) == pytest.approx(erlang_b(float(load), agents), rel=1e-6)

    def test_without_load_nobody_is_blocked(self) -> None:
        """With nobody there, everybody is."""
        assert (erlang_b(0, 5), erlang_b(0, 0), erlang_b(3, 0)) == (0.0, 1.0, 1.0)

    def test_many_idle_agents_do_not_overflow(self) -> None:
        """A chance that is too small for a float is zero."""
        assert erlang_b(0.001, 500) == 0.0

    @pytest.mark.parametrize(("load", "agents"), [(-1, 5), (nan, 5), (inf, 5), (5, -1), (5, inf)])
    def test_what_cannot_be_is_refused(self, load: float, agents: float) -> None:
        """Neither negative nor infinite nor no number at all."""
        with pytest.raises(ConfigurationError, match="0 to 10,000,000"):
            erlang_b(load, agents)

    @given(loads, st.sampled_from([0.5, 0.1, 0.01, 0.001]))
    def test_lines_are_the_fewest(self, load: Fraction, most: float) -> None:
        """One line fewer would block too many."""
        lines = lines_needed(float(load), most_blocked=most)

        assert erlang_b(float(load), lines) <= most
        assert lines == 0 or erlang_b(float(load), lines - 1) > most

    def test_no_load_needs_no_line(self) -> None:
        """Nobody calls, nobody is blocked."""
        assert lines_needed(0, most_blocked=0.01) == 0

    def test_no_number_of_lines_is_never_busy(self) -> None:
        """Nothing at all is no share that can be kept."""
        with pytest.raises(Unreachable, match=r"most_blocked: no number of agents reaches it: by chance"):
            lines_needed(3, most_blocked=0)

    @given(agents_up_to_80, st.sampled_from([0.001, 0.02, 0.5]))
    def test_the_load_carried_is_blocked_as_often(self, lines: int, most: float) -> None:
        """Turned round and back."""
        assert erlang_b(load_carried(lines, most_blocked=most), lines) == pytest.approx(most, rel=1e-9)

    @pytest.mark.parametrize(("lines", "most"), [(0, 0.1), (3, 0), (3, 1)])
    def test_a_load_for_nothing_is_refused(self, lines: int, most: float) -> None:
        """There is a line, and a share between nothing and all."""
        with pytest.raises(ConfigurationError, match="most_blocked"):
            load_carried(lines, most_blocked=most)


class TestErlangC:
    """Calls that must wait."""

    @given(loads, st.integers(min_value=1, max_value=20))
    def test_it_is_its_definition(self, load: Fraction, more: int) -> None:
        """By Erlang B in fractions."""
        agents = int(load) + more
        blocked = blocking(load, agents)
        expected = agents * blocked / (agents - load * (1 - blocked))

        assert erlang_c(float(load), agents) == pytest.approx(float(expected), rel=1e-12)

    @pytest.mark.parametrize(("load", "agents", "least"), [(10, 10, 11), (10.5, 4, 11), (0, 0, 1)])
    def test_too_few_are_told_the_least_number(self, load: float, agents: int, least: int) -> None:
        """The line would grow for ever; never a negative answer."""
        with pytest.raises(Unstable) as caught:
            erlang_c(load, agents)

        assert (caught.value.load, caught.value.agents, caught.value.least) == (load, agents, least)
        assert f"allowed: {least} or more" in str(caught.value)


class TestSquareRoot:
    """The rule of thumb, and its limits."""

    @pytest.mark.parametrize(("load", "beta", "agents"), [(0, 1, 0), (1, -2, 0), (100, 1, 110), (50, 0.5, 54)])
    def test_agents(self, load: float, beta: float, agents: int) -> None:
        """The load and its root, rounded up, and never less than nobody."""
        assert square_root_agents(load, beta=beta) == agents

    @pytest.mark.parametrize("beta", [0.1, 0.5, 1.0, 2.0])
    def test_a_great_centre_is_at_its_limit(self, beta: float) -> None:
        """With a million erlangs the exact share is the limit's, to two digits."""
        load = 1_000_000
        exact = erlang_c(load, load + beta * load**0.5)

        assert exact == pytest.approx(delay_limit(beta), rel=1e-2)

    def test_little_impatience_is_none(self) -> None:
        """The limit with patience goes over into the one without."""
        assert delay_limit(1.0, impatience=1e-12) == pytest.approx(delay_limit(1.0), rel=1e-5)

    def test_much_safety_is_safe(self) -> None:
        """Nobody waits, and nothing is divided by nothing."""
        assert (delay_limit(50.0), delay_limit(50.0, impatience=0.5), delay_limit(-50.0, impatience=0.5)) == (0, 0, 1)

    def test_without_safety_and_patience_there_is_no_limit(self) -> None:
        """Nobody gives up, and the line grows."""
        for beta, impatience in ((0.0, 0.0), (-1.0, 0.0), (1.0, -0.5), (nan, 0.5), (1.0, nan)):
            with pytest.raises(ConfigurationError, match="beta"):
                delay_limit(beta, impatience=impatience)

    @pytest.mark.parametrize("beta", [nan, inf, -inf, 1e300])
    def test_a_safety_is_a_number(self, beta: float) -> None:
        """As many as there are, and more, is no number of people."""
        with pytest.raises(ConfigurationError, match="beta"):
            square_root_agents(10, beta=beta)


class TestLimitedLine:
    """Only so many places."""

    @given(loads, st.integers(min_value=1, max_value=20))
    def test_without_places_to_wait_it_is_erlang_b(self, load: Fraction, agents: int) -> None:
        """Nobody waits; whoever finds everybody busy is turned away."""
        told = limited_line(float(load), agents=agents, places=agents)

        assert told.blocked == pytest.approx(erlang_b(float(load), agents), rel=1e-12)
        assert (told.waiting, told.in_line, told.waits, told.later) == (0, 0, 0, ())

    @given(st.integers(min_value=1, max_value=20))
    def test_with_many_places_it_is_erlang_c(self, agents: int) -> None:
        """Where hardly anybody is turned away, the rest is as if nobody were."""
        load = agents * 0.7
        told = limited_line(load, agents=agents, places=agents + 300, times=[0.0, 1 / agents])

        assert told.waiting == pytest.approx(erlang_c(load, agents), rel=1e-12)
        assert told.later[0] == pytest.approx(told.waiting, rel=1e-12)
        assert told.later[1] == pytest.approx(told.waiting * 2.718281828459045**-0.3, rel=1e-9)

    @pytest.mark.parametrize(("load", "agents", "places"), [(0, 2, 3), (inf, 2, 3), (3, 0, 3), (3, 4, 3)])
    def test_what_cannot_be_is_refused(self, load: float, agents: int, places: int) -> None:
        """There is a load, an agent, and a place for each."""
        with pytest.raises(ConfigurationError, match="places"):
            limited_line(load, agents=agents, places=places)

    @pytest.mark.parametrize("time", [-1.0, nan, inf])
    def test_times_that_cannot_be_are_refused(self, time: float) -> None:
        """Nobody waits less than nothing, and nobody asks for ever."""
        with pytest.raises(ConfigurationError, match="times"):
            limited_line(10, agents=8, places=10, times=[0.5, time])

    def test_who_stands_far_behind_waits_long(self) -> None:
        """A line of four thousand before a thousand agents lasts four handle times: longer than one, and not five.

        The share of the shorter line is the regularised incomplete gamma function's, in 40 digits.
        """
        told = limited_line(2000, agents=1000, places=1500, times=[0.4])
        full = limited_line(2000, agents=1000, places=5000, times=[1.0, 5.0])

        assert told.later == pytest.approx([0.99999891118473], rel=1e-9)
        assert full.later == pytest.approx([1.0, 0.0], abs=1e-9)

    def test_a_long_line_does_not_overflow(self) -> None:
        """Two million times too much work: all but the served are turned away, and the line is full."""
        told = limited_line(10_000_000, agents=5, places=100_000)

        assert told.blocked == pytest.approx(1 - 5 / 10_000_000, rel=1e-12)
        assert (told.occupancy, told.in_line) == pytest.approx((1, 99_995), rel=1e-9)


class TestPriorities:
    """Who strictly goes first."""

    def test_loads_are_not_negative(self) -> None:
        """Nor is there a wait where there is no load."""
        assert waits_by_priority([], agents=2) == ()
        with pytest.raises(ConfigurationError, match="load"):
            waits_by_priority([2.0, -1.0], agents=4)

    @given(st.lists(st.floats(min_value=0.01, max_value=2), min_size=1, max_size=5))
    def test_waits_rise_and_their_sum_is_kept(self, parts: list[float]) -> None:
        """The work that waits is the same, whoever waits (L. Kleinrock's conservation law)."""
        agents = int(sum(parts)) + 1
        waits = waits_by_priority(parts, agents=agents)
        alike = erlang_c(sum(parts), agents) / (agents - sum(parts))

        assert list(waits) == sorted(waits)
        assert sum(part * wait for part, wait in zip(parts, waits, strict=True)) == pytest.approx(
            sum(parts) * alike, rel=1e-9
        )
