"""Figures, counted by hand beside."""

from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures_kit import NINE, seconds

from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, NaiveTime
from ticontact.measures import (
    Distribution,
    HandleTime,
    Ratio,
    ServiceLevel,
    WorkRecord,
    abandonment,
    by_channel,
    by_half_hour,
    by_queue,
    hand_overs,
    handle_time,
    occupancy,
    outcome_counts,
    reachability,
    service_level,
    speed_of_answer,
    waits,
)
from ticontact.testing import instant


def call(
    name: str,
    *,
    waited: int | None = None,
    outcome: Outcome | None = Outcome.ANSWERED,
    announcement: int = 10,
    handed_over: int | None = None,
    in_hours: bool = True,
    is_live: bool = True,
) -> WorkRecord:
    """A call that joined the queue after an announcement, waited, and talked for two minutes if it was answered."""
    entered = None if waited is None else NINE.add(seconds=announcement)
    end = None if entered is None or waited is None else entered.add(seconds=waited)
    answered = end if outcome in {Outcome.ANSWERED, None} else None
    talked = seconds(120) if answered else seconds(0)
    return WorkRecord(
        item=name,
        queue="asylum" if name.startswith("a") else "general",
        channel="voice" if is_live else "email",
        offered_at=NINE,
        entered_at=entered,
        answered_at=answered,
        handed_over_at=None if answered is None or handed_over is None else answered.add(seconds=handed_over),
        left_at=None if outcome is None else (answered.add(seconds=600) if answered else end),
        outcome=outcome,
        talk=talked,
        wrap_up=seconds(20) if answered else seconds(0),
        in_hours=in_hours,
        is_live=is_live,
    )


class TestFact:
    """What is known of one piece of work."""

    def test_instants_go_in_as_datetimes_or_microseconds(self) -> None:
        """Both mean the same."""
        microseconds = int(NINE.timestamp()) * 1_000_000

        one = WorkRecord(item="a", queue="q", channel="voice", offered_at=NINE)
        other = WorkRecord(item="a", queue="q", channel="voice", offered_at=microseconds)

        assert one == other

    def test_naive_instants_are_refused(self) -> None:
        """Nobody can say which instant that is."""
        with pytest.raises(NaiveTime):
            WorkRecord(item="a", queue="q", channel="voice", offered_at=NINE.naive())

    def test_an_order_that_cannot_be_is_refused(self) -> None:
        """Nobody is answered before joining the queue."""
        with pytest.raises(ConfigurationError) as refused:
            WorkRecord(
                item="a",
                queue="q",
                channel="voice",
                offered_at=NINE,
                entered_at=NINE.add(seconds=5),
                answered_at=NINE.add(seconds=4),
            )

        assert str(refused.value) == "a.answered_at: it is before entered_at (allowed: entered_at or later)"

    @pytest.mark.parametrize(
        ("record", "expected"),
        [
            (call("answered", waited=30), seconds(30)),
            (call("gave up", waited=40, outcome=Outcome.ABANDONED_LONG), seconds(40)),
            (call("never joined", outcome=Outcome.ABANDONED_ANNOUNCEMENT), None),
            (WorkRecord(item="w", queue="q", channel="voice", offered_at=NINE, entered_at=NINE), None),
        ],
        ids=lambda value: getattr(value, "item", ""),
    )
    def test_waiting_ends_with_the_answer_or_without_one(self, record: WorkRecord, expected: timedelta | None) -> None:
        """Who still waits has no waiting time yet."""
        assert expected == record.waited


DAY = [
    call("c1", waited=5),
    call("c2", waited=20),
    call("c3", waited=21),
    call("c4", waited=3, outcome=Outcome.ABANDONED_SHORT),
    call("c5", waited=15, outcome=Outcome.ABANDONED_LONG),
    call("c6", waited=90, outcome=Outcome.ABANDONED_LONG),
    call("c7", outcome=Outcome.ABANDONED_ANNOUNCEMENT),
    call("c8", waited=10, in_hours=False),
    call("c9", waited=200, outcome=Outcome.FALLBACK),
    call("e1", waited=10, is_live=False),
]


class TestServiceLevel:
    """The same day by different definitions."""

    @pytest.mark.parametrize(
        ("definition", "expected"),
        [
            (ServiceLevel(within=seconds(20)), Ratio(2, 7)),
            (ServiceLevel(within=seconds(21)), Ratio(3, 7)),
            (ServiceLevel(within=seconds(20), since="offered"), Ratio(1, 7)),
            (ServiceLevel(within=seconds(20), short=seconds(5)), Ratio(2, 6)),
            (ServiceLevel(within=seconds(20), short=seconds(3)), Ratio(2, 7)),
            (ServiceLevel(within=seconds(20), abandoned_in_time="for"), Ratio(4, 7)),
            (ServiceLevel(within=seconds(20), abandoned_in_time="left_out"), Ratio(2, 5)),
            (ServiceLevel(within=seconds(20), out_of_hours="counted"), Ratio(3, 8)),
        ],
    )
    def test_each_definition_counts_its_own_way(self, definition: ServiceLevel, expected: Ratio) -> None:
        """Ten contacts: eight joined the queue live, one of them out of hours."""
        assert expected == service_level(DAY, definition)

    @pytest.mark.parametrize(("waited", "expected"), [(20, Ratio(1, 1)), (21, Ratio(0, 1))])
    def test_who_gives_up_at_the_very_limit_was_in_time(self, waited: int, expected: Ratio) -> None:
        """As who is answered then."""
        gone = call("a", waited=waited, outcome=Outcome.ABANDONED_LONG)

        assert expected == service_level([gone], ServiceLevel(within=seconds(20), abandoned_in_time="for"))

    @pytest.mark.parametrize("since", ["entered", "offered"])
    def test_who_never_joined_the_queue_or_still_waits(self, since: Any) -> None:
        """Nobody knows yet how long it takes."""
        gone = call("a", outcome=Outcome.ABANDONED_ANNOUNCEMENT)
        waits_on = WorkRecord(item="b", queue="q", channel="voice", offered_at=NINE, entered_at=NINE)

        assert service_level([gone, waits_on], ServiceLevel(within=seconds(1), since=since)) == Ratio(0, 0)

    @pytest.mark.parametrize(("within", "short", "path"), [(-1, 0, "within"), (20, -1, "short")])
    def test_negative_times_are_refused(self, within: int, short: int, path: str) -> None:
        """They would count nothing without saying so."""
        with pytest.raises(ConfigurationError, match=rf"^service_level\.{path}: negative \(allowed: 0 or more\)$"):
            ServiceLevel(within=seconds(within), short=seconds(short))

    def test_nothing_has_no_share(self) -> None:
        """No contact at all is neither 0 % nor 100 %."""
        assert service_level([], ServiceLevel(within=seconds(20))).ratio is None

    @given(st.lists(st.integers(0, 60)), st.integers(0, 60))
    def test_more_time_never_lowers_it(self, times: list[int], within: int) -> None:
        """Who is answered within 20 s is answered within 30 s."""
        records = [call(f"c{number}", waited=waited) for number, waited in enumerate(times)]

        tight = service_level(records, ServiceLevel(within=seconds(within)))
        loose = service_level(records, ServiceLevel(within=seconds(within + 10)))

        assert tight.count == sum(waited <= within for waited in times)
        assert tight.count <= loose.count


class TestReachability:
    """What the press release promises."""

    def test_it_is_answered_over_offered_in_opening_hours(self) -> None:
        """Live contacts alone; announcements and fallbacks forgive nothing."""
        assert Ratio(3, 8) == reachability(DAY)


class TestAbandonment:
    """Who gave up."""

    def test_short_long_and_in_the_announcement_are_apart(self) -> None:
        """By the outcome that was written down."""
        gone = abandonment(DAY)

        assert (Ratio(1, 8), Ratio(2, 8), Ratio(1, 9)) == (gone.short, gone.long, gone.announcement)


class TestTimes:
    """How long it took."""

    def test_speed_of_answer_counts_the_answered(self) -> None:
        """5, 20, 21 and, out of hours, 10 seconds; the e-mail is no live contact."""
        assert Distribution([seconds(5), seconds(10), seconds(20), seconds(21)]) == speed_of_answer(DAY)

    def test_waits_count_everybody(self) -> None:
        """Those who gave up waited too."""
        assert seconds(200) == waits(DAY).longest
        assert waits(DAY).count == 8

    def test_handle_time_is_split(self) -> None:
        """Two minutes of talk and twenty seconds of wrap-up for each of the five answered contacts."""
        expected = HandleTime(talk=seconds(120), hold=seconds(0), wrap_up=seconds(20), count=5)

        assert expected == handle_time(DAY)
        assert seconds(140) == expected.total

    def test_of_one_it_is_its_own(self) -> None:
        """Nothing is shared out."""
        held = attrs.evolve(call("a", waited=5), hold=seconds(30))

        assert handle_time([held]) == HandleTime(talk=seconds(120), hold=seconds(30), wrap_up=seconds(20), count=1)
        assert occupancy([held], staffed=seconds(340)) == 0.5

    def test_handle_time_of_nothing_is_zero(self) -> None:
        """There is nothing to divide."""
        assert handle_time([]).count == 0
        assert handle_time([]).total == seconds(0)

    def test_occupancy_is_work_over_presence(self) -> None:
        """Five times 140 seconds in a quarter of an hour of one agent."""
        assert occupancy(DAY, staffed=timedelta(minutes=15)) == pytest.approx(700 / 900)

    def test_nobody_there_has_no_occupancy(self) -> None:
        """Nothing is divided by nothing."""
        assert occupancy(DAY, staffed=seconds(0)) is None

    def test_hand_overs_are_counted_from_the_first_entry(self) -> None:
        """The wait before the operator answered belongs to the way to the second level."""
        second_level = hand_overs([call("c1", waited=30, handed_over=90), call("c2", waited=5)])

        assert Ratio(1, 2) == second_level.share
        assert Distribution([seconds(120)]) == second_level.after

    def test_hand_over_without_a_queue_counts_from_the_offer(self) -> None:
        """A contact that was connected directly never joined one."""
        direct = WorkRecord(
            item="d",
            queue="q",
            channel="counter",
            offered_at=NINE,
            answered_at=NINE.add(seconds=10),
            handed_over_at=NINE.add(seconds=60),
        )

        assert seconds(60) == hand_overs([direct]).after.longest


class TestSpread:
    """Means and quantiles."""

    def test_nothing_has_neither_mean_nor_quantile(self) -> None:
        """None is no amount."""
        empty = Distribution([])

        assert (empty.mean, empty.longest, empty.quantile(0.5), empty.count) == (None, None, None, 0)

    @pytest.mark.parametrize("share", [0, -0.1, 1.01])
    def test_a_share_lies_between_nothing_and_all(self, share: float) -> None:
        """The 110th percentile is a slip."""
        with pytest.raises(ConfigurationError) as refused:
            Distribution([seconds(1)]).quantile(share)

        assert str(refused.value) == f"share: {share} was given (allowed: above 0 and up to 1)"

    def test_all_of_them(self) -> None:
        """What none exceeds is the longest."""
        distribution = Distribution([seconds(1), seconds(9)])

        assert distribution.longest == distribution.quantile(1) == seconds(9)

    @given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 100))
    def test_quantile_is_the_nearest_rank(self, values: list[int], percent: int) -> None:
        """The value at position ceil(p n), of those sorted."""
        rank = -(-percent * len(values) // 100)

        assert seconds(sorted(values)[rank - 1]) == Distribution(map(seconds, values)).quantile(percent / 100)

    @given(st.lists(st.integers(0, 1000), min_size=1))
    def test_mean_lies_among_the_values(self, values: list[int]) -> None:
        """It is their sum over their number."""
        mean = Distribution(map(seconds, values)).mean

        assert mean is not None
        assert mean.total_seconds() == pytest.approx(sum(values) / len(values))


class TestOutcomeCounts:
    """Nothing is lost, nothing is counted twice."""

    def test_outcomes_add_up(self) -> None:
        """Every outcome is there; those who still wait are counted apart."""
        counted = outcome_counts([*DAY, call("w", waited=9, outcome=None)])

        assert counted.outcomes[Outcome.ANSWERED] == 5
        assert counted.outcomes[Outcome.BLOCKED] == 0
        assert (counted.going_on, counted.total) == (1, 11)

    def test_sum_is_held_against_another_count(self) -> None:
        """A contact that vanished is found out."""
        outcome_counts(DAY).check(offered=10)
        with pytest.raises(ConfigurationError) as refused:
            outcome_counts(DAY).check(offered=11)

        assert str(refused.value) == "outcomes: they add up to 10 (allowed: 11, all that was offered)"

    def test_a_contact_is_counted_once(self) -> None:
        """Two records about one contact are a fault that names it."""
        with pytest.raises(ConfigurationError) as refused:
            outcome_counts([DAY[0], DAY[0]])

        assert str(refused.value) == "c1: counted 2 times (allowed: once)"

    def test_answered_by_nobody_is_a_fault(self) -> None:
        """The outcome and the instants must tell one story."""
        with pytest.raises(ConfigurationError) as refused:
            outcome_counts(
                [WorkRecord(item="x", queue="q", channel="voice", offered_at=NINE, outcome=Outcome.ANSWERED)]
            )

        assert str(refused.value) == "x: answered by nobody (allowed: another outcome)"

    @given(st.lists(st.sampled_from([*Outcome, None])))
    def test_sum_is_the_number_of_contacts(self, outcomes: list[Outcome | None]) -> None:
        """Whatever the outcomes."""
        records = [call(f"c{number}", waited=1, outcome=outcome) for number, outcome in enumerate(outcomes)]

        outcome_counts(records).check(offered=len(outcomes))


class TestGroups:
    """Per queue, channel and half-hour."""

    def test_by_queue_and_channel(self) -> None:
        """Groups come in the order in which their first contact was offered."""
        records = [call("c1", waited=1), call("a1", waited=1), call("c2", waited=1, is_live=False)]

        assert {name: len(some) for name, some in by_queue(records).items()} == {"asylum": 1, "general": 2}
        assert {name: len(some) for name, some in by_channel(records).items()} == {"voice": 2, "email": 1}

    def test_by_half_hour_of_the_offer(self) -> None:
        """09.29.59 belongs to 09.00, 09.30 to itself."""
        records = [
            WorkRecord(item=text, queue="q", channel="voice", offered_at=instant(f"2026-03-18 {text}"))
            for text in ("09:30:00", "09:29:59", "09:00:00")
        ]

        groups = by_half_hour(records)

        assert {start.format("HH:mm"): [record.item for record in some] for start, some in groups.items()} == {
            "09:00": ["09:00:00", "09:29:59"],
            "09:30": ["09:30:00"],
        }

    @given(st.lists(st.integers(0, 1000), min_size=1))
    def test_shares_of_groups_add_up(self, times: list[int]) -> None:
        """The day's service level is the sum of its queues'."""
        records = [call(f"{'a' if waited % 2 else 'c'}{n}", waited=waited) for n, waited in enumerate(times)]
        definition = ServiceLevel(within=seconds(20))

        parts = [service_level(some, definition) for some in by_queue(records).values()]

        assert service_level(records, definition) == sum(parts, Ratio(0, 0))
