"""Plans of a day: half-hours, reasons in five languages, absences, and the proof at the desk."""

import json
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta

import attrs
import pytest
from staffing_kit import SAINT_JOSEPH, demand, minutes, office, seconds, small_plan

from ticontact.errors import ConfigurationError, Unreachable
from ticontact.hours import BusinessCalendar, Week
from ticontact.i18n import LANGUAGES
from ticontact.measures import ServiceLevel
from ticontact.staffing import (
    Arrivals,
    Patience,
    Shrinkage,
    SimulatedContact,
    Target,
    check_plan,
    generate,
    hiring_plan,
    plan,
)
from ticontact.staffing._offered_load import load_after, mean_load

PATIENCE = Patience.exponential(seconds(369))
COUNTER = (10.0, 16.0, 20.0, 20.0, 16.0, 12.0, 8.0, 4.0)
FIVE_MINUTES = Target(level=ServiceLevel(within=minutes(5)), percent=80)


class TestRows:
    """How many people in each half-hour."""

    def test_each_row_reaches_the_target_of_the_office(self) -> None:
        """And one person fewer would not."""
        planned = plan(office(), demand(20.0, 40.0, 60.0), queue="general", patience=PATIENCE)

        assert len(planned.rows) == 15
        for row in planned.rows:
            assert row.need.at.service_level >= 0.8
            assert row.need.one_less is not None
            assert row.need.one_less.service_level < 0.8
        assert [row.agents for row in planned.rows][:3] == sorted(row.agents for row in planned.rows)[:3]

    @pytest.mark.parametrize(("cv", "agents"), [(0.0, 10), (0.05, 10), (0.12, 11), (0.2, 12)])
    def test_confidence_takes_more_people_the_less_is_known(self, cv: float, agents: int) -> None:
        """Nine days in ten; a rate that is known needs no more than its mean."""
        calls = demand(60.0, cv=cv, handle=seconds(206))
        sure = plan(office(), calls, queue="general", patience=PATIENCE, confidence=0.9)

        assert sure.rows[0].agents == agents
        assert plan(office(), calls, queue="general", patience=PATIENCE).rows[0].agents == 10

    def test_long_visits_are_followed_through_the_day(self) -> None:
        """Visits of twenty minutes: fewer people at opening, more when the peak is over."""
        calls = demand(*COUNTER, handle=minutes(20))
        patience = Patience.exponential(minutes(30))
        followed = plan(office(), calls, queue="general", patience=patience, target=FIVE_MINUTES)
        alone = plan(office(), calls, queue="general", patience=patience, target=FIVE_MINUTES, carry=False)

        assert [row.agents for row in followed.rows][:8] == [5, 10, 13, 14, 14, 11, 9, 6]
        assert [row.agents for row in alone.rows][:8] == [8, 12, 15, 15, 12, 10, 7, 4]
        assert followed.rows[0].carried
        assert not alone.rows[0].carried
        assert not small_plan().rows[0].carried

    def test_somebody_is_there_while_it_is_open(self) -> None:
        """Also where no calls are expected; how many is an argument."""
        quiet = demand(0.0)

        assert {row.agents for row in plan(office(), quiet, queue="general").rows} == {1}
        assert {row.agents for row in plan(office(), quiet, queue="general", least=2).rows} == {2}

    def test_only_the_hours_of_the_queue_are_planned(self) -> None:
        """Demand of a day on which the queue closes at noon."""
        mornings = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00"))
        point = attrs.evolve(office().queues["general"], calendar=mornings)
        closing = attrs.evolve(office(), queues={"general": point})

        assert len(plan(closing, demand(10.0), queue="general").rows) == 8

    def test_a_closed_day_is_empty_and_says_so(self) -> None:
        """In five languages, with the reason."""
        empty = plan(office(), demand(10.0, day=SAINT_JOSEPH), queue="general")

        assert (empty.rows, empty.hours, empty.peak, empty.shifts()) == ((), timedelta(0), 0, ())
        assert empty.explain("it") == ("giovedì 19 marzo: chiuso (San Giuseppe); nessuno da pianificare.",)
        assert empty.explain("en") == ("Thursday, 19 March: closed (Saint Joseph's Day); nobody is to be scheduled.",)

    def test_an_unknown_queue_is_named(self) -> None:
        """With those that there are."""
        with pytest.raises(ConfigurationError, match=r"queue: no queue 'counter' \(allowed: general, asylum"):
            plan(office(), demand(10.0), queue="counter")

    def test_unreachable_targets_pass_through(self) -> None:
        """All in no time."""
        target = Target(level=ServiceLevel(within=seconds(0)), percent=100)
        with pytest.raises(Unreachable):
            plan(office(), demand(10.0), queue="general", target=target)


class TestTable:
    """The plan as plain rows."""

    def test_it_is_plain_data(self) -> None:
        """It goes through JSON and back, a row for each half-hour."""
        planned = small_plan(patience=PATIENCE)
        table = planned.table()

        assert json.loads(json.dumps(table)) == [*table]
        assert len(table) == len(planned.rows)
        first = planned.rows[0]
        assert (table[0]["start"], table[0]["end"]) == ("2026-03-18T08:00:00+01:00", "2026-03-18T08:30:00+01:00")
        assert (table[0]["agents"], table[0]["scheduled"]) == (first.agents, first.scheduled)
        assert (table[0]["contacts"], table[0]["low"], table[0]["high"]) == (4.0, *first.demand.band(0.9))
        assert table[0]["service_level"] == first.need.at.service_level


class TestReasons:
    """Why so many."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_half_hour_has_a_sentence(self, language: str) -> None:
        """And one at the end that says why it takes two people for the work of one."""
        planned = small_plan(patience=PATIENCE)
        told = planned.explain(language)

        assert len(told) == len(planned.rows) + 1
        assert all(sentence.endswith(".") for sentence in told)
        assert len(set(told[:-1])) == len(planned.rows)

    def test_the_sentence_says_what_one_fewer_would_do(self) -> None:
        """The calls and their band, the work, both service levels, and the absences."""
        away = Shrinkage({"breaks": 10, "absences": 20}, same_base=True)
        calls = demand(60.0, handle=seconds(206), cv=0.12)
        planned = plan(office(), calls, queue="general", patience=PATIENCE, shrinkage=away)

        assert planned.rows[0].explain("en") == (
            "08:00-08:30: 60 contacts (on nine days in ten 43 to 78), with 206 minutes of work: as much as 6.9 people"
            " do without a break; 10 people answer 88.5% within 20 seconds; with 9 people it would be 79.4%;"
            " with absences 15 are to be scheduled."
        )

    @pytest.mark.parametrize(
        ("limits", "words"),
        [
            ({"most_abandoned": 5}, "; with 9 people 3.7% give up; with 8 people it would be 6.9%."),
            ({"most_occupied": 60}, "; 12 people are busy for 57.0% of the time; with 11 people it would be 61.9%."),
        ],
    )
    def test_it_says_what_binds(self, limits: dict[str, float], words: str) -> None:
        """Who gives up, or how busy people are."""
        target = Target(level=ServiceLevel(within=minutes(5)), percent=10, **limits)
        planned = plan(office(), demand(60.0, handle=seconds(206)), queue="general", patience=PATIENCE, target=target)

        assert planned.rows[0].explain("en").endswith(words)

    def test_it_says_that_a_line_would_grow(self) -> None:
        """Nobody gives up, and one person fewer could not do the work."""
        target = Target(level=ServiceLevel(within=minutes(5)), percent=10)
        told = plan(office(), demand(60.0, handle=seconds(206)), queue="general", target=target).rows[0].explain("en")

        assert "with 6 people the line would grow for ever" in told

    def test_one_person_is_one_person(self) -> None:
        """And nobody is expected."""
        told = plan(office(), demand(0.0), queue="general").rows[0].explain("de")

        assert told == "8.00-8.30 Uhr: keine Kontakte erwartet; 1 Person: so viele müssen auf jeden Fall da sein."

    def test_what_is_carried_over_is_said(self) -> None:
        """And minutes are minutes where they are whole."""
        calls = demand(*COUNTER, handle=minutes(20))
        patience = Patience.exponential(minutes(30))
        told = plan(office(), calls, queue="general", patience=patience, target=FIVE_MINUTES).rows[1].explain("en")

        assert "with those who are still being served from before; " in told
        assert "within 5 minutes" in told

    def test_plans_do_not_print_the_office(self) -> None:
        """Its name is enough."""
        assert "department='example'" in repr(small_plan())


class TestShrinkage:
    """Who is not there."""

    @pytest.mark.parametrize(("agents", "scheduled"), [(14, 20), (42, 60), (84, 120), (161, 230), (0, 0), (1, 2)])
    def test_numbers_are_exact(self, agents: int, scheduled: int) -> None:
        """Three tenths are three tenths, and not their neighbour in binary."""
        assert Shrinkage({"away": 30}, same_base=True).scheduled(agents) == scheduled
        assert Shrinkage({"away": 0.3 * 100}, same_base=False).scheduled(agents) == scheduled
        assert Shrinkage({"away": 30}, same_base=True).there(scheduled) >= agents

    def test_bases_matter(self) -> None:
        """Of all who are scheduled they add up; of those who are left they multiply."""
        percents: dict[str, str | float] = {"holidays": "12.5", "breaks": 20}

        assert float(Shrinkage(percents, same_base=True).present) == 0.675
        assert float(Shrinkage(percents, same_base=False).present) == 0.7

    @pytest.mark.parametrize("percents", [{"a": 100}, {"a": -1}, {"a": "much"}, {"a": 60, "b": 40}])
    def test_somebody_is_left(self, percents: dict[str, float | str]) -> None:
        """Neither nobody nor more than all."""
        with pytest.raises(ConfigurationError, match="shrinkage"):
            Shrinkage(percents, same_base=True)


class TestOfferedLoad:
    """The work that is going on."""

    def test_it_moves_towards_the_load(self) -> None:
        """Half of the way in ln 2 handle times; the mean lies between both ends."""
        half = 0.6931471805599453

        assert load_after(0.0, towards=8.0, elapsed=half) == pytest.approx(4.0)
        assert load_after(8.0, towards=0.0, elapsed=half) == pytest.approx(4.0)
        assert 0 < mean_load(0.0, towards=8.0, elapsed=half) < 4
        assert mean_load(3.0, towards=8.0, elapsed=0.0) == 3.0

    def test_the_mean_is_that_of_many_points(self) -> None:
        """Summed by hand."""
        steps = 20_000
        points = [load_after(1.0, towards=5.0, elapsed=3 * (step + 0.5) / steps) for step in range(steps)]

        assert mean_load(1.0, towards=5.0, elapsed=3.0) == pytest.approx(sum(points) / steps, rel=1e-8)


class TestShifts:
    """Who is there when."""

    def test_agents_are_there_as_planned(self) -> None:
        """At each half-hour as many as the plan says, and at closing for the drain."""
        planned = plan(office(), demand(4.0, 30.0, 4.0, 30.0), queue="general", patience=PATIENCE)
        for row in planned.rows:
            middle = int((row.slot.opening.timestamp() + row.slot.closing.timestamp()) / 2 * 1_000_000)
            there = sum(any(start <= middle < end for start, end in shifts) for shifts in planned.shifts())
            assert there == row.agents
        last = max(end for shifts in planned.shifts() for _, end in shifts)
        assert last == int(planned.rows[-1].slot.closing.timestamp() + 300) * 1_000_000

    def test_a_drain_ends_when_it_opens_again(self) -> None:
        """Nobody is there twice."""
        point = attrs.evolve(office().queues["general"], drain=timedelta(hours=5))
        long = attrs.evolve(office(), queues={"general": point})
        for shifts in plan(long, demand(10.0), queue="general").shifts():
            ends = [instant for shift in shifts for instant in shift]
            assert ends == sorted(ends)


class TestProof:
    """The plan at the desk."""

    def test_the_desk_keeps_what_the_plan_promises(self) -> None:
        """Within the interval of the whole day, with half-hours that nobody misses."""
        checked = check_plan(small_plan(10.0, patience=PATIENCE), seed="proof", days=12)

        assert checked.interval is not None
        low, high = checked.interval
        planned = sum(row.plan.need.at.service_level for row in checked.rows) / len(checked.rows)
        assert low <= planned <= high
        assert checked.missed == ()
        assert sum(row.service_level.total for row in checked.rows) == checked.service_level.total
        assert checked.rows[0].slot == checked.plan.rows[0].slot

    def test_too_few_are_found_out(self) -> None:
        """A plan with people taken away misses its target, and the half-hours are named."""
        good = small_plan(10.0, patience=PATIENCE)
        rows = tuple(
            attrs.evolve(row, need=attrs.evolve(row.need, agents=max(1, row.need.agents - 2))) for row in good.rows
        )
        checked = check_plan(attrs.evolve(good, rows=rows), seed="proof", days=10)

        assert len(checked.missed) > len(rows) / 2

    def test_equal_seeds_give_equal_answers_wherever_days_run(self) -> None:
        """Here, in threads, and in other processes."""
        planned = small_plan(2.0, patience=PATIENCE)
        here = check_plan(planned, seed="a", days=3)
        with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
            assert check_plan(planned, seed="a", days=3, executor=threads) == here
            assert check_plan(planned, seed="a", days=3, executor=processes) == here
        assert check_plan(planned, seed="b", days=3) != here

    def test_a_half_hour_begins_with_its_first_moment(self) -> None:
        """Who comes at half past eight sharp belongs to the second row."""
        planned = small_plan(2.0, patience=PATIENCE)
        sharp = SimulatedContact(
            id="sharp",
            entry="general",
            at=int(planned.rows[1].slot.opening.timestamp()) * 1_000_000,
            handle=minutes(3),
            patience=None,
        )
        rows = check_plan(planned, seed="-", days=[(sharp,), (sharp,)]).rows

        assert [row.service_level.total for row in rows[:3]] == [0, 2, 0]

    def test_days_may_be_given(self) -> None:
        """Recorded ones, say; here those that the seed would have made."""
        planned = small_plan(2.0, patience=PATIENCE)
        own = Arrivals(entry="general", demand=planned.demand, patience=PATIENCE)

        assert check_plan(planned, seed="a", days=generate([own], days=3, seed="a")) == check_plan(
            planned, seed="a", days=3
        )

    def test_quiet_half_hours_tell_nothing(self) -> None:
        """Nobody came, so there is no interval, and the target is not missed."""
        checked = check_plan(small_plan(0.0), seed="a", days=2)

        assert {(row.interval, row.waits) for row in checked.rows} == {(None, None)}
        assert (checked.interval, checked.missed) == (None, ())

    def test_handle_times_may_be_lognormal(self) -> None:
        """As the recorded ones are; at 0 all are alike."""
        planned = small_plan(2.0, patience=PATIENCE)
        alike, spread = (check_plan(planned, seed="a", days=2, handle_cv=cv) for cv in (0.0, 1.24))

        assert alike.service_level.total == spread.service_level.total
        assert alike != spread

    @pytest.mark.parametrize(("queue", "days"), [("general", 1), ("nobody calls", 2)])
    def test_what_cannot_be_tried_is_refused(self, queue: str, days: int) -> None:
        """One day has no spread, and a queue that nobody reaches has no contacts."""
        planned = plan(office(), demand(4.0), queue=queue)
        with pytest.raises(ConfigurationError, match=r"days: 1 were given|no entry point leads to 'nobody calls'"):
            check_plan(planned, seed="a", days=days)

    def test_plans_survive_a_pickle(self) -> None:
        """They go to other processes."""
        planned = small_plan()

        again = pickle.loads(pickle.dumps(planned))  # noqa: S301 - our own

        assert (again.rows, again.shifts(), again.demand) == (planned.rows, planned.shifts(), planned.demand)


class TestHiring:
    """How many people to employ."""

    def test_hours_make_positions(self) -> None:
        """Five equal days of one week, and people who work forty hours."""
        week = [plan(office(), demand(60.0), queue="general", patience=PATIENCE)] * 5
        told = hiring_plan(week, weekly=timedelta(hours=40))

        assert len(told.weeks) == 1
        assert told.weeks[0].hours == week[0].hours * 5
        assert told.positions == pytest.approx(told.weeks[0].hours / timedelta(hours=40))

    def test_the_busiest_half_hour_counts_too(self) -> None:
        """Twice as many at ten as the hours would fill."""
        planned = small_plan(60.0, 1.0, patience=PATIENCE)
        told = hiring_plan([planned, planned], weekly=timedelta(hours=42))

        assert told.weeks[0].peak == 2 * planned.peak
        assert told.people == told.weeks[0].peak

    def test_without_plans_nobody_is_employed(self) -> None:
        """And people who never work are refused."""
        assert (hiring_plan([], weekly=timedelta(hours=1)).people, hiring_plan([], weekly=minutes(1)).positions) == (
            0,
            0,
        )
        with pytest.raises(ConfigurationError, match="weekly"):
            hiring_plan([], weekly=timedelta(0))
