"""What a question costs, counted in years compiled and not by the clock."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from ticontact.hours import BusinessCalendar, Canton, Week, swiss
from ticontact.hours._explanation import Reason
from ticontact.hours._intervals import Spans
from ticontact.hours._open_time import Plan
from ticontact.testing import instant

AT = instant("2026-03-18 16:10")


@attrs.frozen
class Counted(Plan):
    """A plan that counts how often each of its years is asked for. Its counter is mutable."""

    plan: Plan
    years: Counter[int] = attrs.field(factory=Counter, eq=False)

    def spans(self, zone: ZoneInfo, year: int) -> Spans:
        """The stretches of a year, counted."""
        self.years[year] += 1
        return self.plan.spans(zone, year)

    def spans_on(self, zone: ZoneInfo, day: object) -> Spans:
        """Not asked for here."""
        raise NotImplementedError

    def because(self, zone: ZoneInfo, instant: int) -> Reason:
        """The reason of the plan that is counted."""
        return self.plan.because(zone, instant)


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

    def test_table_of_the_date(self, office: BusinessCalendar, years: Counter[int]) -> None:
        """A date has its own row but for the two on which the clock changes."""
        office.is_open(at=AT)

        assert len(office.timeline.days) == 363
        assert dict(years) == {2026: 1}
