"""What a question costs, counted in years compiled and not by the clock."""

import pickle
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from functools import reduce
from itertools import pairwise
from operator import and_, or_, sub
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from ticontact.errors import HoursError, NeverOpen
from ticontact.hours import BusinessCalendar, Canton, ClosingRule, Closure, Reason, Season, Week, swiss
from ticontact.testing import instant

AT = instant("2026-03-18 16:10")


@attrs.frozen
class Counted:
    """A plan that counts how often each of its years is asked for. Its counter is mutable."""

    plan: Any
    years: Counter[int] = attrs.field(factory=Counter, eq=False)

    def spans(self, zone: ZoneInfo, year: int) -> list[tuple[int, int]]:
        """The stretches of a year, counted."""
        self.years[year] += 1
        found: list[tuple[int, int]] = self.plan.spans(zone, year)
        return found

    def spans_on(self, zone: ZoneInfo, day: object) -> list[tuple[int, int]]:
        """Not asked for here."""
        raise NotImplementedError

    def because(self, zone: ZoneInfo, instant: int) -> Reason:
        """The reason of the plan that is counted."""
        found: Reason = self.plan.because(zone, instant)
        return found


@pytest.fixture
def years() -> Counter[int]:
    """The years that were compiled."""
    return Counter()


@pytest.fixture
def office(years: Counter[int]) -> BusinessCalendar:
    """An office whose years are counted."""
    week = Week.parse("Mo-Fr 08:00-12:00,13:30-17:00")
    plain = BusinessCalendar(zone="Europe/Zurich", week=week, holidays=swiss.administration(Canton.TI))
    return BusinessCalendar.of(Counted(plain.plan, years), zone="Europe/Zurich")


class TestYearsCompiled:
    """A year is compiled when it is first touched, and never again."""

    def test_nothing_before_a_question(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Building a calendar compiles nothing."""
        assert office.zone == "Europe/Zurich"
        assert not years

    def test_one_year_for_one_instant(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Questions about an instant touch its year alone."""
        office.is_open(at=AT)
        office.state(at=AT)
        office.next_opening(at=AT)
        office.previous_closing(at=AT)
        office.add(timedelta(hours=80), at=AT)

        assert dict(years) == {2026: 1}

    def test_far_away(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """An instant far away does not compile the years before it."""
        office.is_open(at=AT)
        office.is_open(at=instant("9000-01-01 12:00"))

        assert {2026, 9000} == set(years)

    def test_between_sums_each_year_once(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Ten years are summed by the first question and looked up by the next ones."""
        office.between(AT, instant("2036-03-18"))
        before = dict(years)
        for day in range(1, 28):
            office.between(AT, instant(f"2036-03-{day:02}"))

        assert before == dict(years)
        assert set(range(2026, 2037)) == set(years)
        assert {1} == set(years.values())

    def test_adding_stops_where_it_is_used_up(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """800 hours of March end in the same year, 1800 in the next."""
        office.add(timedelta(hours=800), at=AT)
        assert {2026} == set(years)

        office.add(timedelta(hours=1800), at=AT)
        assert {2026, 2027} == set(years)

    def test_years_that_are_kept(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """A calendar that was asked about every year of two centuries keeps those asked about last, and no more."""
        for year in range(1800, 2027):
            office.is_open(at=datetime(year, 6, 1, 12, tzinfo=UTC))
        office.is_open(at=AT)
        office.is_open(at=datetime(1901, 6, 1, 12, tzinfo=UTC))
        office.is_open(at=datetime(1898, 6, 1, 12, tzinfo=UTC))

        assert (years[2026], years[1901], years[1898]) == (1, 1, 2)

    def test_dates_go_with_their_years(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """A date of a year that was dropped is compiled again, and answers as before."""
        before = office.is_open(at=AT)
        for year in range(2100, 2300):
            office.is_open(at=AT.set(year=year))

        assert before is office.is_open(at=AT)
        assert years[2026] == 2

    def test_dates_that_are_kept(self, office: BusinessCalendar) -> None:
        """The business days of 300 years, counted a century at a time, are the same again, whatever is forgotten."""
        office = BusinessCalendar(zone="UTC", week=Week.parse("Mo 08:00-12:00"))
        edges = [date(year, 1, 1) for year in (1800, 1900, 2000, 2100)]

        counts = [office.days.between(first, last) for first, last in pairwise(edges)]
        assert counts == [office.days.between(first, last) for first, last in pairwise(edges)]
        assert sum(counts) == (edges[-1] - edges[0]).days // 7

    def test_holidays_that_are_kept(self) -> None:
        """A calendar of holidays answers about any year, whatever it was asked before."""
        ticino = swiss.holidays(Canton.TI)
        expected = ticino.in_year(2026)

        assert all(ticino.in_year(year) for year in range(1900, 2200))
        assert expected == ticino.in_year(2026)


class TestReach:
    """A question whose answer lies more than a hundred years away is refused, and cheaply."""

    def test_between_millennia(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Two instants may lie a hundred years apart, in both directions alike."""
        near, far = instant("2126-03-18"), instant("9000-01-01")

        assert office.between(AT, near) == -office.between(near, AT)
        for pair in ((AT, far), (far, AT)):
            with pytest.raises(HoursError, match="100 years apart"):
                office.between(*pair)
        assert len(years) == 102

    def test_between_far_from_each_other(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Two short questions that lie far apart do not compile the years between them."""
        first = office.between(AT, instant("2027-03-18"))
        office.between(instant("8000-03-18"), instant("8001-03-18"))

        assert {2026, 2027, 8000, 8001} == set(years)
        assert first == office.between(AT, instant("2027-03-18"))

    def test_between_side_by_side(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Spans that follow one another for centuries add up, and the years between are compiled once each."""
        starts = [AT.add(years=50 * number) for number in range(7)]
        steps = [office.between(*pair) for pair in pairwise(starts)]

        assert office.between(starts[0], starts[2]) == steps[0] + steps[1]
        assert len(years) == 301

    def test_between_backward(self, office: BusinessCalendar) -> None:
        """Years before those that are known are added in front of them."""
        later = office.between(AT, instant("2027-03-18"))
        whole = office.between(instant("2024-03-18"), instant("2027-03-18"))

        assert whole == office.between(instant("2024-03-18"), AT) + later

    def test_adding_and_subtracting(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Ten million hours are more than is open in a hundred years."""
        amount = timedelta(hours=10_000_000)

        for question in (office.add, office.subtract):
            with pytest.raises(HoursError, match="100 years"):
                question(amount, at=AT)
        assert len(years) == 201

    def test_what_is_added_can_be_measured(self, office: BusinessCalendar) -> None:
        """As much as fits into a hundred years comes back."""
        amount = timedelta(hours=180_000)

        assert amount == office.between(AT, office.add(amount, at=AT))

    @pytest.mark.parametrize(
        "at",
        [
            datetime(1, 1, 1, tzinfo=UTC),
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
            datetime(9998, 6, 1, tzinfo=UTC),
            datetime.max.replace(tzinfo=UTC),
            datetime.max.replace(tzinfo=timezone(-timedelta(hours=14))),
        ],
        ids=str,
    )
    @pytest.mark.parametrize(
        "ask",
        [
            lambda office, at: office.is_open(at=at),
            lambda office, at: office.state(at=at),
            lambda office, at: office.explain(at=at),
            lambda office, at: (office | office).explain(at=at),
            lambda office, at: office.next_opening(at=at),
            lambda office, at: office.previous_closing(at=at),
            lambda office, at: office.between(at, at),
            lambda office, at: office.add(timedelta(hours=1), at=at),
            lambda office, at: office.subtract(timedelta(hours=1), at=at),
            lambda office, at: list(office.intervals(at, at + timedelta(0))) or office.windows(at.date()),
            lambda office, at: office.because_epoch((at.toordinal() - 719_163) * 86_400_000_000),
            lambda office, at: office.rebase(at, before=office, at=at),
        ],
        ids=[
            "is_open",
            "state",
            "explain",
            "combination",
            "next_opening",
            "previous_closing",
            "between",
            "add",
            "subtract",
            "intervals",
            "because",
            "rebase",
        ],
    )
    def test_edges_of_time(self, office: BusinessCalendar, ask: Any, at: datetime) -> None:
        """An instant outside the years that can be computed is refused by every question."""
        with pytest.raises(HoursError, match="allowed: 2 to 9997"):
            ask(office, at)

    def test_around_a_closing(self, office: BusinessCalendar) -> None:
        """Whatever becomes a timer lies within a hundred years."""
        with pytest.raises(HoursError, match="drain: 999999999 days"):
            ClosingRule(drain=timedelta.max)
        with pytest.raises(HoursError, match="estimated_wait: a negative amount"):
            ClosingRule().next(office, at=AT, estimated_wait=timedelta(-1))

    @pytest.mark.parametrize("days", [365, 36_501])
    def test_horizon(self, days: int) -> None:
        """No search goes on for longer than a hundred years."""
        with pytest.raises(HoursError, match="allowed: 366 to 36500"):
            BusinessCalendar(zone="UTC", week=Week.always(), horizon=timedelta(days=days))

    def test_never_open_within_the_longest(self, years: Counter[int]) -> None:
        """An empty calendar gives up after its horizon."""
        plan = BusinessCalendar(zone="UTC", week=Week.closed()).plan
        closed = BusinessCalendar.of(Counted(plan, years), zone="UTC", horizon=timedelta(days=36_500))

        assert closed.next_opening(at=AT) is None
        with pytest.raises(NeverOpen):
            closed.add(timedelta(hours=1), at=AT)
        assert len(years) <= 102


class TestCombinations:
    """A combination asks each of its parts for a year once, however many there are."""

    @pytest.mark.parametrize("operator", [or_, and_, sub])
    def test_joined(self, operator: Any) -> None:
        """Thirty calendars in a row compile each year once, and the years of the search alone."""
        counters: list[Counter[int]] = [Counter() for _ in range(30)]
        plan = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00")).plan
        joined = reduce(
            operator, [BusinessCalendar.of(Counted(plan, years), zone="Europe/Zurich") for years in counters]
        )
        joined.is_open(at=AT)
        joined.explain(at=AT)

        assert {1} == {times for years in counters for times in years.values()}
        assert {len(years) for years in counters} <= {1, 6}

    @pytest.mark.parametrize("operator", [or_, and_, sub])
    def test_a_thousand(self, operator: Any) -> None:
        """A thousand calendars in a row are no deeper than two."""
        joined = reduce(operator, [BusinessCalendar(zone="UTC", week=Week.closed())] * 1_000)

        assert not joined.is_open(at=AT)
        assert pickle.loads(pickle.dumps(joined)) == joined  # noqa: S301 - written a moment ago
        assert str(joined.plan).count("(") == 1_000

    def test_reasons_of_a_difference(self) -> None:
        """What is excluded says by whom; what is open, or closed anyway, says why it is."""
        office, lunch, strike = (
            BusinessCalendar(zone="Europe/Zurich", week=Week.parse(week), name=week)
            for week in ("We 08:00-17:00", "We 12:00-13:00", "We 15:00-16:00")
        )
        rest = office - lunch - strike
        found = [
            rest.explain(at=instant(f"2026-03-18 {hour}")).because for hour in ("09:00", "12:30", "15:30", "19:00")
        ]

        assert [reason.id for reason in found] == ["standing_hours", "excluded", "excluded", "outside_hours"]
        assert [name in reason.words.en for reason, name in zip(found[1:3], ("12:00", "15:00"), strict=True)] == [
            True,
            True,
        ]

    def test_nested(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """Calendars within each other compile the year too, and not the next ones."""
        nested = office
        for _ in range(15):
            nested = (nested & office) | office
        assert nested.is_open(at=AT) is office.is_open(at=AT)
        assert dict(years) == {2026: 1}

    def test_too_deep(self, office: BusinessCalendar) -> None:
        """Deeper than 32 is refused when it is built."""
        nested = office
        for _ in range(32):
            nested = office - nested

        with pytest.raises(HoursError, match="33 deep"):
            office - nested


class TestManyRules:
    """Rules for dates are looked up, not gone through."""

    def test_a_thousand_seasons(self) -> None:
        """Of seasons that lie over each other the one that starts later wins, as a naive reading says."""
        seasons = [
            Season(
                date(2026, 1, 1) + timedelta(days=7 * number % 300),
                date(2026, 12, 1),
                week=Week.parse(f"Mo {number % 20:02}:00-21:00"),
            )
            for number in range(200)
        ]
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.closed(), seasons=seasons)
        for day in (date(2026, 1, 5) + timedelta(days=7 * week) for week in range(50)):
            holding = [season for season in seasons if season.start <= day <= season.end]
            wins = max(enumerate(holding), key=lambda entry: (entry[1].start, entry[0]), default=None)
            expected = [] if wins is None else [f"{wins[1].week.days[0][0].start // 3600:02}"]

            assert expected == [f"{opening:%H}" for opening, _ in office.windows(day)]

    def test_closures_over_each_other(self) -> None:
        """The closure that is written first gives the reason; a single day goes before a stretch."""
        closures = [
            Closure(date(2026, 3, 1), date(2026, 3, 31), reason="works"),
            Closure(date(2026, 3, 10), date(2026, 4, 10), reason="move"),
            Closure(date(2026, 3, 18), reason="strike"),
        ]
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.always(), closures=closures)
        days = ("2026-02-28 12:00", "2026-03-17 12:00", "2026-03-18 12:00", "2026-04-10 12:00", "2026-04-11 12:00")

        assert [office.explain(at=instant(day)).because.words.en for day in days] == [
            "regular hours",
            "works",
            "strike",
            "move",
            "regular hours",
        ]
