"""How long callers are willing to wait: given, or estimated from a record."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from staffing_kit import seconds

from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, InvalidValue, PoorData
from ticontact.measures import WorkRecord
from ticontact.staffing import Patience
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
NOTHING = seconds(0)

waits_and_ends = st.lists(st.tuples(st.integers(min_value=0, max_value=40), st.booleans()), min_size=60, max_size=120)


def record(number: int, waited: int, *, gave_up: bool, queue: str = "general", is_live: bool = True) -> WorkRecord:
    """A call that waited, and gave up or was answered."""
    end = NINE.add(seconds=waited)
    return WorkRecord(
        item=str(number),
        queue=queue,
        channel="voice",
        offered_at=NINE,
        entered_at=NINE,
        answered_at=None if gave_up else end,
        left_at=end,
        outcome=Outcome.ABANDONED_LONG if gave_up else Outcome.ANSWERED,
        is_live=is_live,
    )


def records(told: Sequence[tuple[int, bool]]) -> list[WorkRecord]:
    """A call for each wait and end."""
    return [record(number, waited, gave_up=gave_up) for number, (waited, gave_up) in enumerate(told)]


def product_limit(told: Sequence[tuple[int, bool]], time: int) -> Fraction:
    """The share that still waits, by the definition: over all who give up one after the other, in fractions."""
    share = Fraction(1)
    for at in sorted({waited for waited, gave_up in told if gave_up and waited <= time}):
        at_risk = sum(waited >= at for waited, _ in told)
        share *= 1 - Fraction(sum(gave_up and waited == at for waited, gave_up in told), at_risk)
    return share


ONE_SECOND_EACH = [(number, True) for number in range(1, 41)]


class TestEstimate:
    """The product-limit estimate."""

    @given(waits_and_ends, st.integers(min_value=0, max_value=45))
    def test_it_is_its_definition(self, told: list[tuple[int, bool]], time: int) -> None:
        """Who was answered at the very second at which others gave up was still in line then."""
        gave_up = [*told, *[(20, True)] * 30]
        patience = Patience.of(records(gave_up))
        last = patience.shares[-1][0]

        expected = float(product_limit(gave_up, time))
        if seconds(time) <= last:
            assert patience.still_waiting(seconds(time)) == pytest.approx(expected, abs=1e-12)
        else:
            assert patience.still_waiting(seconds(time)) <= expected

    def test_without_answers_it_is_the_plain_share(self) -> None:
        """Everybody gave up, one each second."""
        patience = Patience.of(records(ONE_SECOND_EACH))

        assert patience.still_waiting(seconds(10)) == pytest.approx(0.75)
        assert patience.median == seconds(20)
        assert patience.counts[:3] == ((40, 0), (40, 1), (39, 1))
        assert patience.mean(until=seconds(100)) == seconds(20.5)

    def test_only_live_calls_of_the_queue_count(self) -> None:
        """Letters do not hang up, and other queues have other callers."""
        others = [record(100 + number, 1, gave_up=True, queue="asylum") for number in range(50)]
        letters = [record(200 + number, 1, gave_up=True, is_live=False) for number in range(50)]
        unjoined = [
            WorkRecord(
                item="x", queue="general", channel="voice", offered_at=NINE, left_at=NINE, outcome=Outcome.CLOSED
            )
        ]
        mixed = [*records(ONE_SECOND_EACH), *others, *letters, *unjoined]

        assert Patience.of(mixed, queue="general") == Patience.of(records(ONE_SECOND_EACH))
        assert Patience.of(mixed).counts[0][0] == 90

    def test_who_gives_up_at_once_never_waits(self) -> None:
        """A share of the callers leaves as soon as there is a line."""
        patience = Patience.of(records([*[(0, True)] * 40, *[(60, False)] * 60]))

        assert patience.shares[0] == (NOTHING, 0.6)
        assert patience.counts[0] == (100, 40)

    @pytest.mark.parametrize(("tail", "expected"), [("observed", seconds(70)), (None, None), (seconds(5), seconds(5))])
    def test_the_tail_has_a_name(self, tail: timedelta | None, expected: timedelta | None) -> None:
        """As observed it is the time waited over those who gave up."""
        patience = Patience.of(records([*[(10, True)] * 30, *[(60, False)] * 30]), tail=tail)

        assert patience.tail == expected

    @pytest.mark.parametrize("count", [0, 29])
    def test_few_who_give_up_tell_nothing(self, count: int) -> None:
        """Thirty at least."""
        with pytest.raises(PoorData) as caught:
            Patience.of(records([*ONE_SECOND_EACH[:count], *[(60, False)] * 500]))

        assert (caught.value.found, caught.value.least, caught.value.field) == (count, 30, "records")
        assert f"{count} callers who gave up were found; allowed: 30 or more" in str(caught.value)


class TestIntervals:
    """How sure the estimate is."""

    def test_intervals_lie_around_the_share_and_widen(self) -> None:
        """The fewer there are left, the less is known."""
        patience = Patience.of(records(ONE_SECOND_EACH))
        early, late = (patience.interval(seconds(time)) for time in (5, 35))

        assert early[0] < patience.still_waiting(seconds(5)) < early[1]
        assert (late[1] - late[0]) / patience.still_waiting(seconds(35)) > early[1] - early[0]

    def test_ends_are_certain(self) -> None:
        """Before anybody gave up, and after all have."""
        patience = Patience.of(records(ONE_SECOND_EACH))

        assert patience.interval(NOTHING) == (1.0, 1.0)
        assert patience.interval(seconds(50)) == (0.0, 0.0)

    def test_medians_have_intervals(self) -> None:
        """None for a bound beyond what was seen."""
        all_left = Patience.of(records(ONE_SECOND_EACH))
        half_left = Patience.of(records([*[(10, True)] * 30, *[(60, False)] * 34]))
        low, high = all_left.median_interval()

        assert low is not None
        assert high is not None
        assert low < seconds(20) < high
        assert half_left.median_interval() == (seconds(10), None)

    def test_given_patience_has_none(self) -> None:
        """Nothing was observed, so nothing is known about how sure it is."""
        with pytest.raises(PoorData, match="patience: 0 callers in an estimate"):
            Patience.exponential(seconds(60)).interval(seconds(5))
        with pytest.raises(PoorData):
            Patience.exponential(seconds(60)).median_interval()


class TestGiven:
    """Patience that somebody states."""

    def test_quantiles_turn_shares_round(self) -> None:
        """In steps, in the tail, and beyond all patience."""
        patience = Patience.steps({seconds(10): 0.9, seconds(60): 0.5}, tail=None)

        assert [patience.quantile(share) for share in (0.05, 0.1, 0.5)] == [seconds(10), seconds(10), seconds(60)]
        assert patience.quantile(0.51) is None
        assert Patience.endless().median is None
        assert Patience.exponential(seconds(100)).median == pytest.approx(seconds(69.314718), abs=seconds(1e-5))

    def test_shares_fall_after_the_last_step(self) -> None:
        """Exponentially, with the mean of the tail."""
        patience = Patience.steps({seconds(60): 0.5}, tail=seconds(100))

        assert patience.still_waiting(seconds(60)) == 0.5
        assert patience.still_waiting(seconds(160)) == pytest.approx(0.5 / 2.718281828459045)

    @pytest.mark.parametrize(("until", "mean"), [(30, 30.0), (60, 60.0), (100, 80.0)])
    def test_means_count_longer_patience_as_the_limit(self, until: int, mean: float) -> None:
        """Half of the callers are left after a minute, and never give up."""
        patience = Patience.steps({seconds(60): 0.5}, tail=None)

        assert patience.mean(until=seconds(until)) == seconds(mean)

    def test_the_tail_counts_in_the_mean(self) -> None:
        """A long limit gives the whole mean."""
        patience = Patience.steps({seconds(60): 0.5}, tail=seconds(100))

        assert patience.mean(until=timedelta(hours=5)) == pytest.approx(seconds(110), abs=seconds(1e-3))

    @pytest.mark.parametrize(
        ("shares", "problem"),
        [
            ({seconds(10): 1.1}, "the share 1.1 was given"),
            ({seconds(10): -0.1}, "the share -0.1 was given"),
            ({seconds(10): 0.5, seconds(20): 0.6}, "the share 0.6 was given"),
            ({seconds(-10): 1.0}, "they do not begin at 0"),
            ({timedelta(days=2): 0.5}, "2 days, 0:00:00 was given"),
        ],
    )
    def test_shares_that_cannot_be_are_refused(self, shares: dict[timedelta, float], problem: str) -> None:
        """They begin at nothing, fall, and end within a day."""
        with pytest.raises(ConfigurationError, match=problem):
            Patience.steps(shares, tail=None)

    @pytest.mark.parametrize("mean", [seconds(0), seconds(-5), timedelta(days=2)])
    def test_means_that_cannot_be_are_refused(self, mean: timedelta) -> None:
        """Nobody waits less than nothing, nor for days."""
        with pytest.raises(ConfigurationError, match=r"patience\.tail"):
            Patience.exponential(mean)

    def test_times_are_amounts(self) -> None:
        """Three of what?"""
        build: Callable[..., object] = Patience.steps
        with pytest.raises(InvalidValue, match=r"Patience\.shares"):
            build({3: 0.5}, tail=None)

    @pytest.mark.parametrize("share", [0.0, 1.0, 1.5, -1.0, float("nan")])
    def test_shares_of_nobody_and_of_all_are_not_asked(self, share: float) -> None:
        """Of an exponential patience all have left never, of an estimate no interval is certain."""
        estimated = Patience.of(records(ONE_SECOND_EACH))
        with pytest.raises(ConfigurationError, match="share"):
            Patience.exponential(seconds(60)).quantile(share)
        with pytest.raises(ConfigurationError, match="confidence"):
            estimated.interval(seconds(5), confidence=share)
        with pytest.raises(ConfigurationError, match="confidence"):
            estimated.median_interval(confidence=share)

    def test_counts_belong_to_shares(self) -> None:
        """One of them for each, or none at all."""
        with pytest.raises(ConfigurationError, match=r"patience\.counts: 2 for 1 shares were given"):
            Patience(((NOTHING, 1.0),), None, ((40, 0), (40, 1)))

    def test_nothing_is_no_patience(self) -> None:
        """There is a share at least."""
        with pytest.raises(ConfigurationError, match="they do not begin at 0"):
            Patience((), None)
