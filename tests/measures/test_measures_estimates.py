"""Estimated waits, held against exact sums, printed tables and lines that are simulated."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal, getcontext
from fractions import Fraction
from hashlib import blake2b
from itertools import count
from math import comb, exp, factorial, log
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures_kit import minutes, seconds

from ticontact.errors import ConfigurationError
from ticontact.i18n import LANGUAGES, Language
from ticontact.measures import (
    Position,
    WaitEstimate,
    position_in_line,
)

LONG = timedelta(seconds=10_000)
"""A stage so long that whole seconds are fine enough to be held against tables."""


def stages(position: int, *, stage: timedelta = LONG, observed: int | None = None) -> WaitEstimate:
    """An estimate by so many stages; who is at position 0 is served at once."""
    estimate = WaitEstimate.by_stages(
        position=max(position, 1), agents=1, handle_time=stage, observed=observed, free=int(position == 0)
    )
    assert estimate is not None
    return estimate


def recent(waits: Iterable[timedelta], *, position: int = 1) -> WaitEstimate:
    """An estimate by what others waited at the same position."""
    estimate = WaitEstimate.by_recent_waits(position=position, recent=[(position, wait) for wait in waits])
    assert estimate is not None
    return estimate


def lots(seed: str) -> Iterator[float]:
    """Numbers between 0 and 1, drawn by a hash, so that they are always the same."""
    for number in count():
        drawn = blake2b(f"{seed}\0{number}".encode(), digest_size=8).digest()
        yield (int.from_bytes(drawn, "big") + 0.5) / 2**64


def exponential(lot: Iterator[float], *, mean: float) -> float:
    """An exponential amount."""
    return -mean * log(next(lot))


def quantile(estimate: WaitEstimate, share: float) -> timedelta:
    """A quantile that there is."""
    found = estimate.quantile(share)
    assert found is not None
    return found


class TestStagesOfKnownMean:
    """An Erlang distribution."""

    @pytest.mark.parametrize(
        ("position", "share", "chi_square"),
        [(1, 0.5, 1.386294), (1, 0.9, 4.605170), (5, 0.5, 9.341818), (5, 0.95, 18.307038), (10, 0.95, 31.410433)],
        ids=str,
    )
    def test_quantiles_are_those_of_the_tables(self, position: int, share: float, chi_square: float) -> None:
        """Twice an Erlang variable of p stages has the chi-square distribution of 2p degrees of freedom."""
        assert abs(quantile(stages(position), share) / LONG - chi_square / 2) <= 2e-4

    @pytest.mark.parametrize("position", [1, 2, 7, 40, 300], ids=str)
    @pytest.mark.parametrize("ratio", ["0.25", "1", "1.5"])
    def test_the_chance_is_the_exact_sum(self, position: int, ratio: str) -> None:
        """One less the Poisson terms, in decimal arithmetic of 60 digits."""
        getcontext().prec = 60
        time = Decimal(ratio) * position
        terms = (time**number / factorial(number) for number in range(position))

        expected = 1 - sum(terms, Decimal(0)) * (-time).exp()

        assert abs(stages(position).chance(LONG * float(ratio) * position) - float(expected)) < 1e-12

    def test_more_agents_move_the_line_faster(self) -> None:
        """Third in line of four agents who need four minutes: three stages of a minute."""
        estimate = WaitEstimate.by_stages(position=3, agents=4, handle_time=minutes(4))

        assert estimate == stages(3, stage=minutes(1))
        assert (estimate.mean, estimate.quantile(0.5), estimate.quantile(0.9)) == (
            minutes(3),
            seconds(161),
            seconds(320),
        )

    @pytest.mark.parametrize(("free", "expected"), [(0, 3), (1, 2), (3, 0), (4, 0)], ids=str)
    def test_free_agents_take_the_first_ones(self, free: int, expected: int) -> None:
        """Whoever they reach does not wait at all."""
        estimate = WaitEstimate.by_stages(position=3, agents=4, handle_time=minutes(4), free=free)

        assert estimate is not None
        assert estimate.position == expected

    def test_who_is_served_at_once_does_not_wait(self) -> None:
        """With certainty."""
        at_once = stages(0)

        assert (at_once.chance(seconds(0)), at_once.chance(seconds(-1))) == (1.0, 0.0)
        assert (at_once.quantile(0.99), at_once.mean) == (seconds(0), seconds(0))

    def test_nobody_else_is_served_in_no_time(self) -> None:
        """The chance begins at zero."""
        assert [stages(1).chance(seconds(0)), stages(1).chance(seconds(-5))] == [0.0, 0.0]


class TestStagesOfObservedMean:
    """A ratio of two Erlang distributions: few observations promise less."""

    @pytest.mark.parametrize(
        ("position", "observed", "share", "f_value"),
        [(1, 5, 0.95, 4.1028), (2, 10, 0.9, 2.2489), (5, 5, 0.95, 2.9782), (10, 10, 0.95, 2.1242)],
        ids=str,
    )
    def test_quantiles_are_those_of_the_tables(
        self, position: int, observed: int, share: float, f_value: float
    ) -> None:
        """The ratio of the means has Fisher's F distribution of 2p and 2m degrees of freedom."""
        estimate = stages(position, observed=observed)

        assert abs(quantile(estimate, share) / (LONG * position) - f_value) <= 3e-4

    @pytest.mark.parametrize(("position", "observed"), [(1, 1), (3, 2), (2, 9), (40, 25)], ids=str)
    @pytest.mark.parametrize("ratio", [Fraction(1, 8), Fraction(1), Fraction(5, 2)], ids=str)
    def test_the_chance_is_the_exact_sum(self, position: int, observed: int, ratio: Fraction) -> None:
        """Of binomial terms, in fractions."""
        trials, inside = position + observed - 1, ratio / (1 + ratio)
        terms = (
            comb(trials, number) * inside**number * (1 - inside) ** (trials - number)
            for number in range(position, trials + 1)
        )

        expected = float(sum(terms, Fraction(0)))

        estimate = WaitEstimate.by_completions(position=position, completions=observed, during=LONG)
        assert estimate is not None
        assert abs(estimate.chance(LONG * float(ratio)) - expected) < 1e-12

    def test_many_observations_are_as_good_as_knowing(self) -> None:
        """And few make the promise longer, never shorter."""
        promises = [quantile(stages(3, stage=minutes(1), observed=observed), 0.9) for observed in (1, 5, 50, 5000)]

        assert promises == [minutes(28) - seconds(1), seconds(443), seconds(331), seconds(320)]
        assert quantile(stages(3, stage=minutes(1)), 0.9) == seconds(320)

    @pytest.mark.parametrize(("observed", "expected"), [(1, None), (2, minutes(6)), (4, minutes(4))], ids=str)
    def test_the_mean(self, observed: int, expected: timedelta | None) -> None:
        """It is infinite after one observation, and then comes down."""
        assert stages(3, stage=minutes(1), observed=observed).mean == expected

    def test_the_promise_holds_for_nine_in_ten(self) -> None:
        """A line of three agents is simulated 4,000 times; the mean was taken from six contacts each time."""
        lot, kept = lots("nine in ten"), 0
        for _ in range(4_000):
            seen = [exponential(lot, mean=200) for _ in range(6)]
            estimate = WaitEstimate.by_stages(position=4, agents=3, handle_time=seconds(sum(seen) / 6), observed=6)
            assert estimate is not None
            kept += line_of(4, agents=3, mean=200, lot=lot) <= quantile(estimate, 0.9).total_seconds()

        assert abs(kept / 4_000 - 0.9) < 3 * (0.9 * 0.1 / 4_000) ** 0.5

    def test_completions_are_observations_too(self) -> None:
        """Eight in twelve minutes: whatever else the agents do is in it."""
        by_pace = WaitEstimate.by_completions(position=2, completions=8, during=minutes(12))

        assert by_pace == stages(2, stage=minutes(1.5), observed=8)


def line_of(position: int, *, agents: int, mean: float, lot: Iterator[float]) -> float:
    """The wait of who stands at a position before busy agents, by letting each of them finish one after the other."""
    finishing = sorted(exponential(lot, mean=mean) for _ in range(agents))
    for _ in range(position - 1):
        finishing = sorted([*finishing[1:], finishing[0] + exponential(lot, mean=mean)])
    return finishing[0]


class TestSimulatedLine:
    """The formula, held against a line that is let go through."""

    @pytest.mark.parametrize(("position", "agents"), [(1, 1), (2, 5), (9, 3)], ids=str)
    def test_shares_are_met(self, position: int, agents: int) -> None:
        """Within three standard errors, at three quantiles."""
        lot, many = lots(f"{position} {agents}"), 5_000
        estimate = WaitEstimate.by_stages(position=position, agents=agents, handle_time=seconds(1000))
        assert estimate is not None
        waits = [line_of(position, agents=agents, mean=1000, lot=lot) for _ in range(many)]

        for share in (0.25, 0.5, 0.9):
            met = sum(wait <= quantile(estimate, share).total_seconds() for wait in waits) / many
            assert abs(met - share) < 3 * (share * (1 - share) / many) ** 0.5


class TestRecentWaits:
    """What others waited, without a formula."""

    RECENT = ((1, seconds(30)), (2, seconds(80)), (2, seconds(60)), (2, seconds(200.2)), (3, seconds(150)))

    @pytest.mark.parametrize(
        ("share", "expected"),
        [(0.25, seconds(60)), (0.26, seconds(80)), (0.5, seconds(80)), (0.75, seconds(201)), (0.76, None), (0.9, None)],
        ids=str,
    )
    def test_three_waits_promise_up_to_three_quarters(self, share: float, expected: timedelta | None) -> None:
        """The k-th smallest of n is good for k in n + 1."""
        estimate = WaitEstimate.by_recent_waits(position=2, recent=self.RECENT)

        assert estimate is not None
        assert estimate.quantile(share) == expected

    @pytest.mark.parametrize(("near", "expected"), [(0, 3), (1, 5)], ids=str)
    def test_a_like_position(self, near: int, expected: int) -> None:
        """As near as it is said."""
        estimate = WaitEstimate.by_recent_waits(position=2, recent=self.RECENT, near=near)

        assert estimate is not None
        assert estimate.observed == expected

    def test_it_is_about_the_position_asked_for(self) -> None:
        """Whatever the positions of those it rests on; the first is 1."""
        estimate = WaitEstimate.by_recent_waits(position=3, recent=[(2, seconds(9))], near=1)

        assert estimate is not None
        assert (estimate.position, estimate.observed, estimate.mean) == (3, 1, seconds(9))
        with pytest.raises(ConfigurationError, match="position: 0 was given"):
            WaitEstimate.by_recent_waits(position=0, recent=[])

    def test_no_like_position_no_estimate(self) -> None:
        """Nothing is made up."""
        assert WaitEstimate.by_recent_waits(position=9, recent=self.RECENT, near=5) is None

    def test_the_mean_is_rounded_up(self) -> None:
        """(80 + 60 + 200.2) / 3 = 113.4."""
        assert recent([seconds(80), seconds(60), seconds(200.2)], position=2).mean == seconds(114)

    def test_the_promise_holds(self) -> None:
        """Of 4,000 further waits, four in five are within the promise that nine waits give for four in five."""
        lot, kept, normal = lots("waits"), 0, NormalDist(4, 1)
        for _ in range(4_000):
            seen = [(1, seconds(exp(normal.inv_cdf(next(lot))))) for _ in range(9)]
            estimate = WaitEstimate.by_recent_waits(position=1, recent=seen)
            assert estimate is not None
            kept += exp(normal.inv_cdf(next(lot))) <= quantile(estimate, 0.8).total_seconds()

        assert abs(kept / 4_000 - 0.8) < 3 * (0.8 * 0.2 / 4_000) ** 0.5


class TestEveryEstimate:
    """What holds whatever the method."""

    @given(
        st.one_of(
            st.builds(stages, st.integers(0, 60), stage=st.timedeltas(seconds(1), minutes(60))),
            st.builds(
                stages,
                st.integers(0, 60),
                stage=st.timedeltas(seconds(1), minutes(60)),
                observed=st.integers(1, 60),
            ),
            st.builds(
                recent,
                position=st.integers(1, 9),
                waits=st.lists(st.timedeltas(seconds(0), minutes(60)), min_size=1, max_size=9),
            ),
        ),
        st.floats(0.01, 0.97),
        st.floats(0.01, 0.97),
    )
    def test_a_quantile_is_the_shortest_whole_second_that_will_do(
        self, estimate: WaitEstimate, one: float, other: float
    ) -> None:
        """The chance within it is enough, a second less is not, and a larger share waits no less."""
        for share in (one, other):
            wait = estimate.quantile(share)
            if wait is not None:
                assert wait % seconds(1) == seconds(0)
                assert estimate.chance(wait) >= share
                assert estimate.chance(wait - seconds(1)) < share
                assert not estimate.exceeds(wait, share=share)
                assert estimate.exceeds(wait - seconds(1), share=share)
        waits = [estimate.quantile(share) for share in sorted((one, other))]
        assert waits[1] is None or (waits[0] is not None and waits[0] <= waits[1])

    @pytest.mark.parametrize("share", [0, 1, -0.5, 1.5], ids=str)
    def test_no_share_of_nobody_and_none_of_all(self, share: float) -> None:
        """Nobody can promise anything to everybody."""
        with pytest.raises(ConfigurationError, match=rf"share: {share} was given \(allowed: above 0 and below 1\)"):
            stages(1).quantile(share)

    def test_last_entry(self) -> None:
        """Six minutes are enough for nine in ten who are third in line, five are not; for one in two they are."""
        estimate = stages(3, stage=minutes(1))

        assert [estimate.exceeds(minutes(number)) for number in (5, 6)] == [True, False]
        assert not estimate.exceeds(minutes(5), share=0.5)

    def test_exactly_enough_is_enough(self) -> None:
        """Of three waits one is 10 s, so within 10 s one in four is served."""
        estimate = recent([seconds(number) for number in (10, 20, 30)])

        assert [estimate.exceeds(seconds(10), share=share) for share in (0.25, 0.26)] == [False, True]

    def test_without_a_basis_there_is_none(self) -> None:
        """No agent, no handle time, no observation, no completion."""
        nothing = [
            WaitEstimate.by_stages(position=1, agents=0, handle_time=minutes(3)),
            WaitEstimate.by_stages(position=1, agents=2, handle_time=None),
            WaitEstimate.by_stages(position=1, agents=2, handle_time=seconds(0)),
            WaitEstimate.by_stages(position=1, agents=2, handle_time=minutes(3), observed=0),
            WaitEstimate.by_completions(position=1, completions=0, during=minutes(3)),
            WaitEstimate.by_completions(position=1, completions=3, during=seconds(0)),
            WaitEstimate.by_recent_waits(position=1, recent=[]),
        ]

        assert nothing == [None] * 7

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"position": 0}, "position: 0 was given (allowed: 1 or more)"),
            ({"agents": -1}, "agents: -1 was given (allowed: 0 or more)"),
            ({"observed": -1}, "observed: -1 was given (allowed: 0 or more)"),
            ({"free": -1}, "free: -1 was given (allowed: 0 or more)"),
            ({"free": 3}, "free: 3 was given (allowed: at most 2, the number of agents)"),
        ],
        ids=str,
    )
    def test_numbers_that_cannot_be_are_refused(self, arguments: dict[str, int], message: str) -> None:
        """By their name."""
        with pytest.raises(ConfigurationError, match=re.escape(message)):
            WaitEstimate.by_stages(**{"position": 1, "agents": 2, **arguments}, handle_time=minutes(3))

    def test_so_are_those_of_the_other_methods(self) -> None:
        """All at once."""
        with pytest.raises(ConfigurationError) as refused:
            WaitEstimate.by_completions(position=0, completions=-1, during=minutes(1))
        with pytest.raises(ConfigurationError, match="near"):
            WaitEstimate.by_recent_waits(position=1, recent=[], near=-1)

        assert [fault.path for fault in refused.value.faults] == ["position", "completions"]


class TestWords:
    """What people are told, and by which method."""

    def test_to_a_person(self) -> None:
        """Minutes, rounded up."""
        assert stages(3, stage=minutes(1)).text.en == "likely wait up to 3 min, for nine in ten people up to 6 min"

    @pytest.mark.parametrize(
        ("wait", "expected"),
        [
            (seconds(0), 1),
            (seconds(61), 2),
            (minutes(10), 10),
            (seconds(601), 15),
            (minutes(16), 20),
            (minutes(41), 45),
            (minutes(60), 60),
            (minutes(61), 75),
        ],
        ids=str,
    )
    def test_a_long_wait_is_said_coarsely(self, wait: timedelta, expected: int) -> None:
        """Nobody knows it to the minute."""
        told = recent([wait] * 9).text.it

        assert re.findall(r"(\d+) min", told) == [str(expected)] * 2

    def test_what_cannot_be_promised_is_not_said(self) -> None:
        """Three waits promise nothing to nine in ten."""
        assert recent([seconds(9)] * 3).text.en == "how long it takes is not known"

    @pytest.mark.parametrize(
        ("estimate", "method", "how"),
        [
            (stages(1), "stages", "exponential stages, with the mean handle time as given"),
            (
                stages(1, stage=LONG / 5, observed=5),
                "observed_stages",
                "exponential stages, from 5 contacts observed",
            ),
            (recent([LONG]), "recent_waits", "1 recent waits from a like position"),
        ],
        ids=["known", "observed", "recent"],
    )
    def test_the_method_is_named(self, estimate: WaitEstimate, method: str, how: str) -> None:
        """As a name and in words."""
        assert (estimate.method, estimate.how.en) == (method, how)
        assert estimate.to_dict()["method"] == method

    def test_data(self) -> None:
        """Seconds for three shares; nothing where nothing can be promised."""
        told = recent([seconds(number) for number in (10, 20, 30.5, 40)], position=2).to_dict()

        assert told == {
            "method": "recent_waits",
            "observed": 4,
            "position": 2,
            "seconds": {"0.5": 31, "0.8": 40, "0.9": None},
        }
        assert str(told["seconds"]) == "{'0.5': 31, '0.8': 40, '0.9': None}"  # whole numbers

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_language(self, language: Language) -> None:
        """Nothing is left to fill in."""
        estimates: Iterable[WaitEstimate] = (stages(1), stages(1, stage=LONG / 5, observed=5))
        for estimate in estimates:
            assert "{" not in estimate.text.text(language) + estimate.how.text(language)


class TestPosition:
    """A place in line."""

    def test_place(self) -> None:
        """Counted from 1, in the order of service."""
        assert position_in_line("b", ["a", "b", "c"]) == Position(2, 3)
        assert position_in_line("x", ["a"]) is None

    def test_words_and_method(self) -> None:
        """With the method."""
        place = Position(2, 3)

        assert (place.text.en, place.method) == ("number 2 of 3", "order_of_service")
        assert place.how.en.startswith("in the order that holds now")
