"""What to expect of so many agents, and how many a target needs."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from staffing_kit import minutes, office, seconds

from ticontact.errors import ConfigurationError, Unreachable, Unstable
from ticontact.measures import ServiceLevel
from ticontact.staffing import Demand, Expectation, Patience, Target, Traffic, expect, needed
from ticontact.staffing.formulas import erlang_c

ORACLES = json.loads(Path(__file__).with_name("staffing_oracles.json").read_text(encoding="utf-8"))
HALF_HOUR = minutes(30)
TWENTY = seconds(20)
NOTHING = seconds(0)
USUAL = seconds(206)

SOME = Patience.steps({seconds(10): 0.9, seconds(60): 0.7, seconds(300): 0.4}, tail=minutes(15))
PATIENCES = [
    Patience.exponential(minutes(5)),
    SOME,
    Patience.steps({timedelta(0): 0.95, seconds(30): 0.0}, tail=None),
    Patience.steps({seconds(20): 0.5}, tail=minutes(1)),
]
patiences = st.sampled_from(PATIENCES)


def traffic(calls: float = 60, *, handle: timedelta = USUAL, announcement: timedelta = NOTHING) -> Traffic:
    """Calls of a half-hour."""
    return Traffic(calls=calls, per=HALF_HOUR, handle=handle, announcement=announcement)


def shares(told: Expectation) -> list[float]:
    """All that must lie between nothing and one."""
    return [told.service_level, told.abandonment, told.occupancy, told.waiting]


def built(kind: Callable[..., object], fields: Mapping[str, object]) -> object:
    """A value with these fields."""
    return kind(**fields)


class TestOracles:
    """Computed elsewhere with forty digits."""

    @pytest.mark.parametrize("case", ORACLES["mmn_km"], ids=lambda case: case["id"])
    def test_patience_in_steps(self, case: Any) -> None:
        """Every figure to ten digits."""
        rate = case["tail_rate_per_s"]
        patience = Patience.steps(
            {seconds(time): share for time, share in case["survival_steps"]}, tail=seconds(1 / rate) if rate else None
        )
        work = traffic(case["calls_per_half_hour"], handle=seconds(case["handle_s"]))

        def told(**definition: Any) -> Expectation:
            level = ServiceLevel(within=seconds(case["target_s"]), **definition)
            return expect(work, agents=case["agents"], within=level, patience=patience)

        plain, lenient = told(), told(abandoned_in_time="for")
        expected = {name: float(value) for name, value in case["expect"].items()}
        actual = {
            "p_wait": plain.waiting,
            "p_abandon": plain.abandonment,
            "mean_wait_all_s": plain.in_line / work.rate,
            "lq": plain.in_line,
            "occupancy": plain.occupancy,
            "p_wait_gt_t": 1 - lenient.service_level,
            "p_served_within_t": plain.service_level,
            "p_abandon_within_t": lenient.service_level - plain.service_level,
        }

        assert actual == pytest.approx(expected, rel=1e-10, abs=1e-12)
        assert plain.waits.total_seconds() == pytest.approx(expected["mean_wait_all_s"], abs=1e-6)

    @pytest.mark.parametrize("case", [case for case in ORACLES["square_root"] if case["p_wait_erlang_c"]])
    def test_square_root_plans(self, case: Any) -> None:
        """Erlang C, by the bare formula and by the queue that nobody leaves."""
        load, agents = case["load"], case["agents"]
        told = expect(traffic(load * 10, handle=minutes(3)), agents=agents, within=TWENTY)

        assert erlang_c(load, agents) == pytest.approx(float(case["p_wait_erlang_c"]), rel=1e-10)
        assert told.waiting == pytest.approx(float(case["p_wait_erlang_c"]), rel=1e-10)


class TestLaws:
    """What holds for any number of agents and any patience."""

    @given(st.floats(min_value=0.1, max_value=300), st.integers(min_value=0, max_value=60), patiences)
    def test_shares_are_shares(self, calls: float, agents: int, patience: Patience) -> None:
        """Never negative, never above one, never no number."""
        told = expect(traffic(calls), agents=agents, within=TWENTY, patience=patience)

        assert all(0 <= share <= 1 for share in shares(told))
        assert min(told.waits, told.speed_of_answer) >= seconds(0)
        assert 0 <= told.in_line < inf

    @given(st.floats(min_value=1, max_value=300), st.floats(min_value=0, max_value=60), patiences)
    def test_an_agent_more_helps(self, calls: float, agents: float, patience: Patience) -> None:
        """Every figure gets better, or stays, also with a part of an agent more."""
        few, more = (
            expect(traffic(calls), agents=number, within=TWENTY, patience=patience) for number in (agents, agents + 0.5)
        )

        assert more.service_level >= few.service_level - 1e-12
        assert more.abandonment <= few.abandonment + 1e-12
        assert more.waits <= few.waits
        assert agents < 1e-6 or more.occupancy <= few.occupancy + 1e-12

    @given(st.floats(min_value=1, max_value=300), st.integers(min_value=1, max_value=60), patiences)
    def test_a_part_that_is_nothing_changes_nothing(self, calls: float, agents: int, patience: Patience) -> None:
        """A fractional number near a whole one gives what the whole one gives."""
        whole, nearly = (
            expect(traffic(calls), agents=number, within=TWENTY, patience=patience)
            for number in (agents, agents - 1e-9)
        )

        assert shares(nearly) == pytest.approx(shares(whole), abs=1e-7)

    @given(st.floats(min_value=1, max_value=300), st.integers(min_value=1, max_value=60), patiences)
    def test_what_is_not_abandoned_is_worked_on(self, calls: float, agents: int, patience: Patience) -> None:
        """Work in is work done: the agents are busy with whoever does not give up."""
        told = expect(traffic(calls), agents=agents, within=TWENTY, patience=patience)

        assert told.occupancy * agents == pytest.approx(told.load * (1 - told.abandonment), rel=1e-9)
        assert told.in_line == pytest.approx(traffic(calls).rate * told.waits.total_seconds(), abs=1e-6)

    @given(st.floats(min_value=1, max_value=150), st.integers(min_value=1, max_value=40))
    def test_a_mean_patience_of_one_handle_time_has_no_line(self, calls: float, agents: int) -> None:
        """Then everybody leaves at the same rate, served or not: the number present is Poisson's."""
        from math import exp  # noqa: PLC0415 - of this oracle alone

        told = expect(traffic(calls), agents=agents, within=TWENTY, patience=Patience.exponential(seconds(206)))
        load, below, term = told.load, 0.0, exp(-told.load)
        for present in range(agents):
            below += term
            term *= load / (present + 1)

        assert told.waiting == pytest.approx(1 - below, abs=1e-10)

    @pytest.mark.parametrize("patience", PATIENCES)
    @pytest.mark.parametrize("time", [0, 5, 10, 20, 30, 45, 300, 1000])
    def test_steps_may_be_cut(self, patience: Patience, time: int) -> None:
        """A step at which nothing changes changes nothing, wherever the time of the service level lies."""
        share = patience.still_waiting(seconds(17))
        finer = attrs.evolve(patience, shares=tuple(sorted({seconds(17): share, **dict(patience.shares)}.items())))
        finer = finer if patience.shares[-1][0] >= seconds(17) else patience
        one, other = (expect(traffic(), agents=6, within=seconds(time), patience=each) for each in (patience, finer))

        assert shares(one) == pytest.approx(shares(other), abs=1e-12)

    def test_a_great_centre_does_not_overflow(self) -> None:
        """Thousands of agents, twice too few: those who stay wait until enough have given up."""
        told = expect(traffic(100_000), agents=5000, within=TWENTY, patience=Patience.exponential(minutes(5)))

        assert told.abandonment == pytest.approx(1 - 5000 / told.load, rel=1e-3)
        assert told.service_level == pytest.approx(0.0, abs=1e-9)

    def test_without_calls_everything_is_well(self) -> None:
        """Nobody waits, with anybody there or nobody."""
        told = expect(traffic(0), agents=0, within=TWENTY)

        assert (told.service_level, told.abandonment, told.occupancy) == (1.0, 0.0, 0.0)


class TestServiceLevelDefinitions:
    """The definition is the measures' own."""

    @pytest.mark.parametrize(
        ("definition", "better"),
        [
            ({"abandoned_in_time": "for"}, True),
            ({"abandoned_in_time": "left_out"}, True),
            ({"short": seconds(15)}, True),
        ],
    )
    def test_lenient_definitions_are_lenient(self, definition: Any, better: bool) -> None:  # noqa: FBT001 - a row
        """Who gives up early counts for the office, or not at all."""
        plain = expect(traffic(), agents=6, within=TWENTY, patience=SOME)
        other = expect(traffic(), agents=6, within=ServiceLevel(within=TWENTY, **definition), patience=SOME)

        assert (other.service_level > plain.service_level) is better

    def test_short_means_before(self) -> None:
        """Callers who give up at ten seconds sharp are not short at ten: the measures say so too."""
        at_ten, after_ten = (
            expect(traffic(), agents=5, within=ServiceLevel(within=TWENTY, short=seconds(short)), patience=SOME)
            for short in (10, 10.001)
        )

        assert at_ten.service_level < after_ten.service_level

    def test_short_may_exceed_the_time(self) -> None:
        """Then nobody who gives up in time is counted a second time."""
        level = ServiceLevel(within=seconds(5), short=seconds(15), abandoned_in_time="for")

        assert 0 < expect(traffic(), agents=6, within=level, patience=SOME).service_level < 1

    def test_a_clock_from_the_announcement_leaves_less(self) -> None:
        """The announcement uses up a part of the time, or all of it."""
        since_offered = ServiceLevel(within=TWENTY, since="offered")
        work = traffic(announcement=seconds(8))

        assert expect(work, agents=8, within=since_offered).service_level == pytest.approx(
            expect(work, agents=8, within=seconds(12)).service_level
        )
        assert expect(traffic(announcement=seconds(21)), agents=9, within=since_offered).service_level == 0.0

    def test_with_nobody_there_everybody_gives_up(self) -> None:
        """Each waits as long as the patience lasts."""
        mean = Patience.exponential(minutes(5))
        told = expect(traffic(), agents=0, within=TWENTY, patience=mean)

        assert (told.abandonment, told.service_level, told.waits) == (1.0, 0.0, minutes(5))

    def test_with_nobody_there_and_nobody_counted_nothing_is_good(self) -> None:
        """Everybody gives up shortly, and none of them counts."""
        level = ServiceLevel(within=TWENTY, short=minutes(5))
        gone = Patience.steps({seconds(30): 0.0}, tail=None)

        assert expect(traffic(), agents=0, within=level, patience=gone).service_level == 0.0


class TestRefusals:
    """What nobody can answer."""

    @pytest.mark.parametrize(("agents", "least"), [(0, 7), (6, 7), (6.8, 7)])
    def test_endless_patience_needs_enough_agents(self, agents: float, least: int) -> None:
        """The least number that can do the work is named."""
        with pytest.raises(Unstable) as caught:
            expect(traffic(), agents=agents, within=TWENTY)

        assert (caught.value.least, caught.value.agents) == (least, agents)
        assert caught.value.load == pytest.approx(traffic().load)

    def test_of_those_who_never_give_up_only_they_count(self) -> None:
        """Half of the callers leave early, so half of the agents are enough."""
        half = Patience.steps({seconds(30): 0.5}, tail=None)

        assert expect(traffic(), agents=4, within=TWENTY, patience=half).abandonment > 0.4
        with pytest.raises(Unstable) as caught:
            expect(traffic(), agents=3, within=TWENTY, patience=half)
        assert caught.value.least == 4

    @pytest.mark.parametrize("agents", [-1, inf])
    def test_agents_are_a_number(self, agents: float) -> None:
        """Neither fewer than nobody nor more than anybody."""
        with pytest.raises(ConfigurationError, match="agents"):
            expect(traffic(), agents=agents, within=TWENTY)

    @pytest.mark.parametrize(
        ("name", "value"), [("per", seconds(0)), ("handle", seconds(-1)), ("announcement", seconds(-1))]
    )
    def test_traffic_has_positive_amounts(self, name: str, value: timedelta) -> None:
        """The place is named."""
        with pytest.raises(ConfigurationError, match=f"traffic.{name}"):
            built(Traffic, {"calls": Demand(60), "per": HALF_HOUR, "handle": USUAL, name: value})

    @pytest.mark.parametrize("calls", [1e9, 5e5])
    def test_more_work_than_people_can_do_is_refused(self, calls: float) -> None:
        """More contacts a second than a country makes, or more erlangs than it has people."""
        with pytest.raises(ConfigurationError, match=r"traffic\.calls: a load of"):
            Traffic(calls=calls, per=HALF_HOUR, handle=minutes(600))

    @pytest.mark.parametrize(
        ("name", "value"), [("percent", 0), ("percent", 101), ("most_occupied", 0), ("most_abandoned", -1)]
    )
    def test_targets_are_percentages(self, name: str, value: float) -> None:
        """The place is named."""
        with pytest.raises(ConfigurationError, match=f"target.{name}"):
            built(Target, {"level": ServiceLevel(within=TWENTY), "percent": 80.0, name: value})

    @pytest.mark.parametrize(
        ("target", "field"),
        [
            (Target(level=ServiceLevel(within=seconds(0)), percent=100), "target.percent"),
            (Target(level=ServiceLevel(within=TWENTY), percent=80, most_abandoned=0), "target.most_abandoned"),
            (Target(level=ServiceLevel(within=seconds(5), since="offered"), percent=80), "target.level"),
        ],
    )
    def test_unreachable_targets_say_why(self, target: Target, field: str) -> None:
        """All in no time, nobody who gives up, less time than the announcement."""
        with pytest.raises(Unreachable) as caught:
            needed(traffic(announcement=seconds(6)), target, patience=SOME)

        assert caught.value.field == field
        assert caught.value.because in str(caught.value)

    def test_more_agents_than_there_are_people_are_refused(self) -> None:
        """A target that only an army reaches."""
        target = Target(level=ServiceLevel(within=TWENTY), percent=80, most_occupied=0.001)

        with pytest.raises(Unreachable, match="more than 100,000"):
            needed(traffic(), target)


class TestNeeded:
    """The fewest who reach a target."""

    @given(
        st.floats(min_value=0.5, max_value=200),
        patiences,
        st.sampled_from([50, 80, 95]),
        st.sampled_from([None, 3]),
        st.sampled_from([None, 75]),
    )
    def test_one_fewer_would_miss(
        self, calls: float, patience: Patience, percent: int, abandoned: int | None, occupied: int | None
    ) -> None:
        """The number reaches the target; one fewer misses just what binds."""
        level = ServiceLevel(within=TWENTY)
        target = Target(level=level, percent=percent, most_abandoned=abandoned, most_occupied=occupied)
        need = needed(traffic(calls), target, patience=patience)

        assert target.missed(need.at) == ()
        assert need.one_less is not None
        assert need.binding == target.missed(need.one_less)
        assert need.agents - 1 <= need.exact <= need.agents

    @given(st.floats(min_value=0.5, max_value=200), patiences)
    def test_exact_numbers_just_reach_it(self, calls: float, patience: Patience) -> None:
        """A hair less misses."""
        target = Target(level=ServiceLevel(within=TWENTY), percent=80)
        exact = needed(traffic(calls), target, patience=patience).exact
        just, less = (
            expect(traffic(calls), agents=max(0.0, exact - part), within=TWENTY, patience=patience)
            for part in (0, 1e-6)
        )

        assert just.service_level >= 0.8
        assert less.service_level < 0.8

    def test_without_calls_nobody_is_needed(self) -> None:
        """Unless somebody must be there in any case."""
        target = Target.of(office())

        assert needed(traffic(0), target).agents == 0
        assert needed(traffic(0), target, least=2).agents == 2
        assert needed(traffic(0), target, least=2).binding == ("least",)
        assert needed(traffic(0), target, least=2).exact == 0.0

    def test_the_least_number_may_bind_where_there_are_calls(self) -> None:
        """Ten must be there, and fewer would do."""
        need = needed(traffic(10), Target.of(office()), least=10)

        assert (need.agents, need.binding) == (10, ("least",))
        assert need.exact == pytest.approx(needed(traffic(10), Target.of(office())).exact, abs=1e-6)

    def test_a_line_that_would_grow_has_no_expectation(self) -> None:
        """One agent fewer than the work alone takes, and nobody gives up."""
        generous = Target(level=ServiceLevel(within=minutes(60)), percent=10)
        need = needed(traffic(), generous)

        assert (need.agents, need.one_less, need.binding) == (7, None, ("service_level",))

    def test_the_target_is_that_of_the_office(self) -> None:
        """The plan and the report speak of the same share."""
        target = Target.of(office(), most_abandoned=5, most_occupied=90)

        assert (target.level, target.percent) == (ServiceLevel(within=TWENTY), 80)
        assert (target.most_abandoned, target.most_occupied) == (5, 90)

    def test_a_target_that_is_just_met_is_met(self) -> None:
        """At the percentage itself; the same of those who give up and of how busy people are."""
        target = Target(level=ServiceLevel(within=TWENTY), percent=80, most_abandoned=5, most_occupied=90)
        told = expect(traffic(), agents=9, within=TWENTY, patience=SOME)
        just = attrs.evolve(told, service_level=0.8, abandonment=0.05, occupancy=0.9)
        worse = attrs.evolve(told, service_level=0.799, abandonment=0.051, occupancy=0.901)

        assert target.missed(just) == ()
        assert target.missed(worse) == ("service_level", "abandonment", "occupancy")

    def test_an_uncertain_demand_counts_by_its_mean(self) -> None:
        """How sure it is matters to a plan with a confidence, not here."""
        work = Traffic(calls=Demand(60, 0.2), per=HALF_HOUR, handle=seconds(206))

        assert (work.load, work.rate) == (traffic().load, traffic().rate)
