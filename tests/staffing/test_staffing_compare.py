"""Two rules, rosters or office files on the same days."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from itertools import islice
from math import inf

import attrs
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from staffing_kit import demand, office, seconds, small_plan, staff_of

from ticontact.errors import ConfigurationError, PoorData
from ticontact.priority import Priority
from ticontact.routing import Requirement, WorkItem, any_agent, require
from ticontact.staffing import Arrivals, Patience, SimulatedContact, generate
from ticontact.staffing._distributions import student_quantile
from ticontact.staffing._generated_days import chance
from ticontact.staffing._paired_statistics import mean_interval, median_interval, ratio_interval
from ticontact.staffing.compare import PairedDifference, RuleComparison, Variant, compare, decisions, moved

PATIENCE = Patience.exponential(seconds(300))
PLAN = small_plan(6.0, patience=PATIENCE)


def arrivals(*calls: float, cv: float = 0.1, entry: str = "general") -> Arrivals:
    """What reaches an entry point of the office."""
    return Arrivals(entry=entry, demand=demand(*(calls or (6.0,)), cv=cv), patience=PATIENCE, handle_cv=1.24)


def days(count: int, *, seed: str = "days") -> Iterator[tuple[SimulatedContact, ...]]:
    """Days that the office could have."""
    return generate([arrivals()], days=count, seed=seed)


AS_PLANNED = Variant(name="as planned", department=office(), staff=staff_of(PLAN))
ONE_FEWER = Variant(name="one fewer", department=office(), staff=staff_of(PLAN, fewer=1))


def nobody_fits(item: WorkItem, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """A rule by which those with a stated need wait for somebody who is not there."""
    return require("nobody") if item.priority is Priority.HIGH else any_agent


class TestDays:
    """Generated days."""

    def test_they_are_equal_for_equal_seeds(self) -> None:
        """And others for other seeds; each is made when it is asked for."""
        assert [*days(3)] == [*days(3)]
        assert next(days(1)) != next(days(1, seed="other"))
        assert next(islice(days(10**9), 1)) == next(days(1))

    def test_a_busier_half_hour_keeps_its_contacts(self) -> None:
        """It has some more; all others are untouched."""
        quiet, busy = (
            {contact.id: contact for contact in arrivals(*calls, cv=0.0).contacts(number=0, seed="s")}
            for calls in ((6.0,), (6.0, 12.0, 6.0))
        )

        assert quiet.items() <= busy.items()
        assert len(busy) > len(quiet)

    def test_shares_are_met(self) -> None:
        """Languages, needs, handle times and patience of many contacts."""
        mixed = attrs.evolve(
            arrivals(200.0, cv=0.0),
            languages={"it": 3, "de": 1},
            priorities={Priority.NORMAL: 0.9, Priority.HIGH: 0.1},
        )
        told = [*mixed.contacts(number=0, seed="shares")]
        handled = [contact.handle.total_seconds() for contact in told]
        waited = [contact.patience.total_seconds() for contact in told if contact.patience is not None]

        assert len(told) == pytest.approx(3000, abs=3 * 55)
        assert sum(contact.language == "de" for contact in told) / len(told) == pytest.approx(0.25, abs=0.03)
        assert sum(contact.priority is Priority.HIGH for contact in told) / len(told) == pytest.approx(0.1, abs=0.02)
        assert sum(handled) / len(handled) == pytest.approx(180, rel=0.08)
        assert sum(waited) / len(waited) == pytest.approx(300, rel=0.06)

    def test_levels_vary_as_they_should(self) -> None:
        """The days' counts have the variance of their level and of chance."""
        counts = [len([*arrivals(4.0, cv=0.4).contacts(number=number, seed="v")]) for number in range(300)]
        mean = sum(counts) / len(counts)
        variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)

        assert mean == pytest.approx(60, rel=0.08)
        assert variance == pytest.approx(60 + (0.4 * 60) ** 2, rel=0.25)

    def test_a_level_moves_all_half_hours_of_its_day(self) -> None:
        """What is left for a half-hour of its own is what its coefficient exceeds the day's by: here nothing."""
        counts = Counter(
            contact.at // 1_800_000_000 for contact in arrivals(300.0, cv=0.4).contacts(number=1, seed="l")
        )

        assert len(counts) == 15
        assert max(counts.values()) < 1.4 * min(counts.values())
        doubtful = attrs.evolve(arrivals(300.0, cv=0.4), demand=attrs.evolve(demand(300.0, cv=0.4), level_cv=0.0))
        others = Counter(contact.at // 1_800_000_000 for contact in doubtful.contacts(number=1, seed="l"))
        assert max(others.values()) > 1.4 * min(others.values())

    @pytest.mark.parametrize(
        ("name", "value"),
        [("languages", {}), ("languages", {"it": -1.0}), ("priorities", {Priority.HIGH: 0.0}), ("handle_cv", -1)],
    )
    def test_what_cannot_be_drawn_is_refused(self, name: str, value: object) -> None:
        """The place is named."""
        with pytest.raises(ConfigurationError, match=name):
            _built({"entry": "general", "demand": demand(6.0), "patience": PATIENCE, name: value})


def _built(fields: Mapping[str, object]) -> object:
    kind: Callable[..., object] = Arrivals
    return kind(**fields)


class TestFixedDays:
    """A number of days that was decided on beforehand."""

    @pytest.fixture(scope="class")
    @classmethod
    def told(cls) -> RuleComparison:
        """One agent fewer, on twelve days."""
        return compare(AS_PLANNED, ONE_FEWER, days(12))

    def test_an_agent_fewer_shows(self, told: RuleComparison) -> None:
        """The service level is lower, waits are longer; the interval leaves out zero."""
        level, wait = told.difference("service_level"), told.difference("mean_wait")

        assert (told.one, told.other, told.days, told.looked) == ("as planned", "one fewer", 12, False)
        assert level is not None
        assert wait is not None
        assert level.mean > 0 > wait.mean
        assert level.is_clear
        assert level.interval == mean_interval(level.differences, confidence=0.95)
        assert level.interval[0] < level.mean < level.interval[1]
        assert len(level.differences) == 12

    def test_queues_and_half_hours_have_differences(self, told: RuleComparison) -> None:
        """One queue is the whole; each half-hour has the days on which somebody came."""
        assert told.by_queue("abandonment").keys() == {"general"}
        whole = told.difference("longest_wait")
        assert whole is not None
        assert told.by_queue("longest_wait")["general"].one == whole.one
        half_hours = told.by_half_hour("service_level")
        assert [*half_hours][:2] == ["08:00", "08:30"]
        assert all(len(difference.one) <= 12 for difference in half_hours.values())
        assert told.difference("mean_wait", half_hour="12:30") is None

    def test_pairs_show_what_separate_days_hide(self, told: RuleComparison) -> None:
        """The spread of differences is smaller than that of days."""
        level = told.difference("mean_wait")
        assert level is not None

        def variance(values: tuple[float, ...]) -> float:
            mean = sum(values) / len(values)
            return sum((value - mean) ** 2 for value in values)

        assert variance(level.differences) < variance(level.one) + variance(level.other)

    def test_a_rule_is_seldom_told_from_itself(self, told: RuleComparison) -> None:
        """On these very days, in about one of twenty trials."""
        assert told.error_rate("service_level", seed="itself", trials=400) == pytest.approx(0.05, abs=0.045)

    def test_days_to_come_are_told(self, told: RuleComparison) -> None:
        """The narrower, the more; at least ten."""
        level = told.difference("mean_wait")
        assert level is not None
        half = (level.interval[1] - level.interval[0]) / 2

        assert level.days_for(half) == pytest.approx(12, abs=1)
        assert level.days_for(half / 4) > 100
        assert level.days_for(1000.0) == 10
        with pytest.raises(ConfigurationError, match="within"):
            level.days_for(0)

    def test_few_days_tell_little(self) -> None:
        """Neither how many more nor how often it is wrong."""
        few = compare(AS_PLANNED, ONE_FEWER, days(3))
        level = few.difference("service_level")
        assert level is not None

        with pytest.raises(PoorData, match="3 days were found; allowed: 10 or more"):
            level.days_for(0.1)
        with pytest.raises(PoorData):
            few.error_rate("service_level", seed="x")
        with pytest.raises(ConfigurationError, match="trials: 0 were given"):
            few.error_rate("service_level", seed="x", trials=0)

    def test_equal_rules_differ_on_no_day(self) -> None:
        """The very same people: exactly zero, and never clear."""
        same = compare(AS_PLANNED, attrs.evolve(AS_PLANNED, name="again"), days(4))
        level = same.difference("mean_wait")

        assert level is not None
        assert level.differences == (0.0,) * 4
        assert level.median == 0.0
        assert not level.is_clear

    def test_where_days_run_does_not_matter(self) -> None:
        """Here, in threads, and in other processes."""
        here = compare(AS_PLANNED, ONE_FEWER, days(3))
        with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
            assert compare(AS_PLANNED, ONE_FEWER, days(3), executor=threads) == here
            assert compare(AS_PLANNED, ONE_FEWER, days(3), executor=processes) == here

    @pytest.mark.parametrize(("count", "confidence"), [(1, 0.95), (0, 0.95), (3, 0.0), (3, 1.0)])
    def test_what_cannot_be_compared_is_refused(self, count: int, confidence: float) -> None:
        """A day has no spread, and nobody is certain."""
        with pytest.raises(ConfigurationError, match=r"days|confidence"):
            compare(AS_PLANNED, ONE_FEWER, days(count), confidence=confidence)

    def test_another_time_counts_where_it_is_stated(self) -> None:
        """In a minute more are answered in time than in twenty seconds."""
        slower = attrs.evolve(ONE_FEWER, name="in a minute", within=seconds(60))
        level = compare(slower, ONE_FEWER, days(3)).difference("service_level")

        assert level is not None
        assert min(level.differences) > 0

    def test_contacts_out_of_hours_are_not_compared(self) -> None:
        """No staff is there at midnight, and none is to be."""
        early = attrs.evolve(next(days(1))[0], at=next(days(1))[0].at - 8 * 3600 * 1_000_000)

        assert compare(AS_PLANNED, ONE_FEWER, [(early,)] * 2).difference("service_level") is None

    def test_closed_days_have_no_differences(self) -> None:
        """Nobody came on any of them."""
        assert compare(AS_PLANNED, ONE_FEWER, [(), ()]).difference("service_level") is None


class TestLooks:
    """Looking after each day, and stopping when it is clear."""

    def test_it_stops_when_it_is_clear(self) -> None:
        """Not before the tenth day, and with what would be left unmade."""
        asked = []

        def watched() -> Iterator[tuple[SimulatedContact, ...]]:
            for number, day in enumerate(days(60)):
                asked.append(number)
                yield day

        told = compare(AS_PLANNED, ONE_FEWER, watched(), until_clear="service_level")
        level = told.difference("service_level")

        assert told.looked
        assert 10 <= told.days < 40
        assert len(asked) == told.days
        assert level is not None
        assert level.is_clear
        assert level.interval == median_interval(level.differences, confidence=0.95)
        assert told.error_rate("service_level", seed="itself", trials=100) <= 0.05

    def test_it_goes_on_in_parallel(self) -> None:
        """A few days at a time."""
        with ThreadPoolExecutor(2) as threads:
            told = compare(AS_PLANNED, ONE_FEWER, days(60), until_clear="service_level", executor=threads)

        assert told.days % 5 == 0

    def test_it_ends_where_the_days_end(self) -> None:
        """Equal rules are never told apart; days on which nobody came tell nothing."""
        same = compare(AS_PLANNED, attrs.evolve(AS_PLANNED, name="again"), days(11), until_clear="mean_wait")

        assert same.days == 11
        assert compare(AS_PLANNED, ONE_FEWER, [()] * 12, until_clear="mean_wait").days == 12


class TestIntervals:
    """The statistics, put to the proof."""

    @pytest.mark.parametrize("kind", ["even", "skewed", "one bad day in twenty"])
    def test_looking_every_day_is_seldom_wrong(self, kind: str) -> None:
        """Five hundred trials of a hundred days with a median of zero: at most one in twenty is ever "clear"."""
        wrong = 0
        for trial in range(500):
            values = []
            for day in range(100):
                share = chance(kind, trial, day)
                sign = 1.0 if chance(kind, trial, day, "sign") < 0.5 else -1.0
                size = {"even": share, "skewed": share**8 if sign > 0 else share, "one bad day in twenty": share}[kind]
                values.append(sign * size * (50 if kind == "one bad day in twenty" and share > 0.95 else 1))
            wrong += any(_is_clear(values[:count]) for count in range(10, 101, 3))

        assert wrong / 500 <= 0.05

    @given(st.lists(st.floats(min_value=-5, max_value=5), min_size=1, max_size=60))
    def test_medians_lie_in_their_interval(self, values: list[float]) -> None:
        """As many below the one bound as above the other."""
        low, high = median_interval(values, confidence=0.95)
        ordered = sorted(values)

        assert low <= ordered[(len(values) - 1) // 2] <= high
        assert (low == -inf) == (high == inf)
        assert sum(value < low for value in values) <= len(values) / 2

    @pytest.mark.parametrize("count", [4, 9, 10, 11, 25, 60, 100])
    def test_what_is_refuted_is_outside(self, count: int) -> None:
        """Of the values 1, 2, 3 and so on: the stakes against each place between two of them, in fractions."""

        def stakes(below: int) -> Fraction:
            effects = [Fraction(share, 100) for share in (60, 70, 80, 90, 97)]
            sides = [
                (2 * effect) ** won * (2 * (1 - effect)) ** (count - won)
                for effect in effects
                for won in (below, count - below)
            ]
            return sum(sides, Fraction(0)) / len(sides)

        kept = [below for below in range(count + 1) if stakes(below) < 20]
        low, high = median_interval([float(number) for number in range(1, count + 1)], confidence=0.95)

        assert (low, high) == ((kept[0], kept[-1] + 1) if kept[0] else (-inf, inf))

    @given(st.integers(min_value=0, max_value=400), st.integers(min_value=1, max_value=30))
    def test_ties_never_decide(self, zeros: int, ones: int) -> None:
        """Half of all days without any difference: zero is a median, whatever the others say."""
        low, _ = median_interval([0.0] * (ones + zeros) + [1.0] * ones, confidence=0.95)

        assert low <= 0

    def test_all_days_on_one_side_are_clear_soon(self) -> None:
        """Ten of ten."""
        assert median_interval([1.0] * 10, confidence=0.95)[0] == 1.0
        assert median_interval([1.0] * 4, confidence=0.95)[0] == -inf

    def test_means_have_the_interval_of_student(self) -> None:
        """His own first data: the hours of sleep gained by ten patients (1908)."""
        gained = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]

        assert mean_interval(gained, confidence=0.95) == pytest.approx((0.7001, 2.4599), abs=1e-4)
        assert mean_interval([1.0], confidence=0.95) == (-inf, inf)

    def test_hardly_more_than_one_half_is_hardly_anything(self) -> None:
        """Student's distribution in its very middle."""
        assert student_quantile(0.5 + 1e-14, freedom=5) == pytest.approx(0.0, abs=1e-7)

    def test_shares_of_days(self) -> None:
        """Nothing, one day, equal days, and days that agree on all or nothing."""
        assert ratio_interval([], confidence=0.95) is None
        assert ratio_interval([(0, 0), (0, 0)], confidence=0.95) is None
        assert ratio_interval([(3, 4)], confidence=0.95) == (0.0, 1.0)
        assert ratio_interval([(3, 4), (6, 8)], confidence=0.95) == (0.75, 0.75)
        all_good = ratio_interval([(10, 10)] * 10, confidence=0.95)
        assert all_good is not None
        assert all_good == pytest.approx((0.977, 1.0), abs=1e-3)


def _is_clear(values: list[float]) -> bool:
    low, high = median_interval(values, confidence=0.95)
    return low > 0 or high < 0


class TestDecisions:
    """A golden of what became of each contact."""

    DAY = next(
        generate(
            [attrs.evolve(arrivals(3.0), priorities={Priority.NORMAL: 9, Priority.HIGH: 1})], days=1, seed="golden"
        )
    )

    def test_there_is_a_line_for_each_contact(self) -> None:
        """The same each time."""
        lines = decisions(AS_PLANNED, self.DAY).splitlines()

        assert lines == decisions(AS_PLANNED, self.DAY).splitlines()
        assert len(lines) == len(self.DAY)
        assert all(len(line.split("\t")) == 5 for line in lines)

    def test_equal_rules_move_nobody(self) -> None:
        """Nothing to tell."""
        assert moved(AS_PLANNED, AS_PLANNED, self.DAY) == ()

    def test_a_changed_rule_shows_who_went_elsewhere_and_why(self) -> None:
        """Those with a stated need wait for somebody who is not there."""
        changed = attrs.evolve(AS_PLANNED, name="changed", rules=[nobody_fits])
        told = {each.contact: each for each in moved(AS_PLANNED, changed, self.DAY)}
        urgent = [contact.id for contact in self.DAY if contact.priority is Priority.HIGH]

        assert urgent
        assert set(urgent) <= told.keys()
        first = told[urgent[0]]
        assert first.one.startswith("answered\t")
        assert first.other.split("\t")[0] in {"abandoned_long", "fallback"}
        assert "chosen" in first.because_one
        assert first.because_other == ""

    def test_contacts_out_of_hours_are_told_too(self) -> None:
        """Nobody has joined a queue."""
        early = attrs.evolve(self.DAY[0], at=self.DAY[0].at - 6 * 3600 * 1_000_000)

        assert decisions(AS_PLANNED, [early]).split("\t")[2:] == ["closed", "-", "-\n"]

    def test_differences_print_no_days(self) -> None:
        """A thousand values say nothing on one line."""
        told = PairedDifference(measure="mean_wait", one=(1.0,) * 9, other=(2.0,) * 9, looked=False, confidence=0.95)

        assert repr(told) == "PairedDifference(measure='mean_wait', looked=False, confidence=0.95)"
