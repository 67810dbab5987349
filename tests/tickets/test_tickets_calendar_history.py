"""An office changes its hours: what was counted on the old ones stays, what comes after counts on the new ones."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tickets_office import NEVER, epoch

from ticontact.errors import ConfigurationError, NeverOpen
from ticontact.hours import BusinessCalendar, CalendarHistory, Closure, Week
from ticontact.i18n import Text
from ticontact.testing import instant
from ticontact.tickets import Category, Edge, Lifecycle, State, Timer, next_timer, shipped
from ticontact.tickets.commands import OpenTicket
from ticontact.tickets.sla import SlaMetric, SlaPolicy, Target, clocks, working_days

SPLIT = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
THROUGH = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-16:00"))
MORNINGS = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Sa 08:00-12:00"))
CHANGE, AGAIN = date(2026, 6, 1), date(2026, 6, 15)
HOURS = CalendarHistory(SPLIT, {AGAIN: MORNINGS, CHANGE: THROUGH})
FIRST_DAY = epoch(instant("2026-05-25 00:00"))
MINUTE = 60_000_000
minutes = st.integers(min_value=0, max_value=28 * 24 * 60).map(lambda minute: FIRST_DAY + minute * MINUTE)


def naive(day: date) -> BusinessCalendar:
    """The oracle: which calendar holds on a date."""
    return SPLIT if day < CHANGE else THROUGH if day < AGAIN else MORNINGS


def counted(start: int, end: int) -> int:
    """The oracle: the open time, day by day from the calendar that holds on it."""
    days = [date(2026, 5, 25) + timedelta(days=number) for number in range(30)]
    spans = [span for day in days for span in naive(day).spans_on(day)]
    return sum(max(0, min(closing, end) - max(opening, start)) for opening, closing in spans)


class TestCounting:
    """Each day counts on the hours that hold on it."""

    @given(start=minutes, end=minutes)
    def test_open_time_is_that_of_each_day(self, start: int, end: int) -> None:
        """Forwards and backwards, over one change, over both, over none."""
        first, last = sorted((start, end))

        assert counted(first, last) == HOURS.between_epoch(first, last)
        assert -counted(first, last) == HOURS.between_epoch(last, first)

    @given(start=minutes, amount=st.integers(min_value=1, max_value=40 * 60))
    def test_adding_is_the_inverse(self, start: int, amount: int) -> None:
        """The first instant by which the amount has passed: a microsecond before, it has not."""
        end = HOURS.add_epoch(amount * MINUTE, at=start)

        assert amount * MINUTE == HOURS.between_epoch(start, end)
        assert amount * MINUTE - 1 == HOURS.between_epoch(start, end - 1)

    @pytest.mark.parametrize(
        ("start", "amount", "expected"),
        [
            pytest.param("2026-05-29 16:00", 60, "2026-05-29 17:00", id="used up at the last old closing"),
            pytest.param("2026-05-29 16:00", 61, "2026-06-01 08:01", id="over the change"),
            pytest.param("2026-05-29 18:00", 0, "2026-06-01 08:00", id="nothing left of the old hours"),
            pytest.param("2026-05-29 09:00", 0, "2026-05-29 09:00", id="nothing asked for, and open"),
            pytest.param("2026-05-29 07:00", 0, "2026-05-29 08:00", id="nothing asked for, and still closed"),
            pytest.param("2026-06-01 00:00", 480, "2026-06-01 16:00", id="from the very change"),
            pytest.param("2026-05-29 16:30", 30 + 10 * 480 + 60, "2026-06-15 09:00", id="over both changes"),
            pytest.param("2026-06-20 11:00", 120, "2026-06-22 09:00", id="after all changes"),
        ],
    )
    def test_instants(self, start: str, amount: int, expected: str) -> None:
        """To the minute."""
        found = HOURS.add_epoch(amount * MINUTE, at=epoch(instant(start)))

        assert epoch(instant(expected)) == found

    def test_dates(self) -> None:
        """The windows of a date are those of the calendar that holds on it; the day of the change is the first."""
        for day in (date(2026, 5, 31), CHANGE, date(2026, 6, 14), AGAIN, date(2026, 6, 20)):
            assert naive(day).spans_on(day) == HOURS.spans_on(day)

    def test_reasons(self) -> None:
        """A closure of the old calendar says nothing of a day on which the new one holds."""
        works, feast = Text.same("works"), Text.same("feast")
        old = SPLIT.adding(Closure(date(2026, 5, 29), date(2026, 6, 3), reason=works))
        hours = CalendarHistory(old, {CHANGE: THROUGH.adding(Closure(date(2026, 6, 3), reason=feast))})

        def why(day: str) -> str:
            return hours.because_epoch(epoch(instant(f"{day} 10:00"))).words.text("en")

        assert [why("2026-05-29"), why("2026-06-03")] == ["works", "feast"]
        assert why("2026-06-02") == THROUGH.because_epoch(epoch(instant("2026-06-02 10:00"))).words.text("en")

    def test_the_very_change_belongs_to_the_new_hours(self) -> None:
        """At midnight the new calendar holds."""
        hours = CalendarHistory(SPLIT, {CHANGE: THROUGH.adding(Closure(CHANGE, reason=Text.same("move")))})

        assert hours.because_epoch(epoch(instant("2026-06-01 00:00"))).words.text("en") == "move"

    def test_without_a_change(self) -> None:
        """It is the calendar itself."""
        hours = CalendarHistory(SPLIT, {})
        start = epoch(instant("2026-05-29 09:00"))

        assert SPLIT.add_epoch(10**11, at=start) == hours.add_epoch(10**11, at=start)
        assert SPLIT.between_epoch(start, start + 10**12) == hours.between_epoch(start, start + 10**12)
        assert SPLIT.spans_on(CHANGE) == hours.spans_on(CHANGE)

    def test_another_zone_is_refused(self) -> None:
        """Its dates would be others; each calendar is named by its date."""
        tokyo = BusinessCalendar(zone="Asia/Tokyo", week=Week.parse("Mo-Fr 09:00-17:00"))
        with pytest.raises(ConfigurationError) as refused:
            CalendarHistory(SPLIT, {CHANGE: tokyo})

        assert [str(fault) for fault in refused.value.faults] == [
            "later.2026-06-01: a calendar in Asia/Tokyo (allowed: one in Europe/Zurich, as the first)"
        ]

    def test_an_office_that_closes_for_good(self) -> None:
        """What is left then is never used up, and the error says how far was looked."""
        longer = BusinessCalendar(zone="Europe/Zurich", week=Week.closed(), horizon=timedelta(days=3000))
        with pytest.raises(NeverOpen):
            CalendarHistory(SPLIT, {CHANGE: NEVER}).add_epoch(10**13, at=FIRST_DAY)

        assert timedelta(days=3000) == CalendarHistory(SPLIT, {CHANGE: longer}).horizon


class TestClocks:
    """A policy names its calendar; that it changes from a date on is the calendar's affair."""

    def test_due_over_the_change(self) -> None:
        """One hour on the old Friday, three on the new Monday; said in words as ever."""
        events = shipped.contact_centre.apply(None, OpenTicket(id="t"), at=instant("2026-05-29 16:00")).events
        policy = SlaPolicy("citizens", [Target(SlaMetric.RESOLUTION, timedelta(hours=9), calendar="office")])
        (clock,) = clocks(events, [policy], calendars={"office": HOURS}, at=instant("2026-06-01 14:00"))

        assert (instant("2026-06-01 16:00"), timedelta(hours=7)) == (clock.due, clock.elapsed)
        assert clock.explain().text("en") == (
            "Resolution: due Monday, 1 June at 16:00; 9 h of office time from Friday, 29 May at 16:00."
            " Used so far: 7 h."
        )

    def test_the_past_is_as_it_was(self) -> None:
        """Before the change, elapsed time is that of the old hours alone."""
        events = shipped.contact_centre.apply(None, OpenTicket(id="t"), at=instant("2026-05-28 09:00")).events
        policy = SlaPolicy("citizens", [Target(SlaMetric.TOTAL, calendar="office")])
        for asked in ("2026-05-28 15:00", "2026-05-29 17:00", "2026-06-01 00:00"):
            (with_change,) = clocks(events, [policy], calendars={"office": HOURS}, at=instant(asked))
            (without,) = clocks(events, [policy], calendars={"office": SPLIT}, at=instant(asked))

            assert without.elapsed == with_change.elapsed

    def test_working_days_and_timers(self) -> None:
        """Saturday is a working day once the mornings hold; the day ends with its own last window."""
        timer = Timer(id="remind", states="open", after=working_days(6), calendar="office")
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [Edge("close", "open", target="closed")]
        lifecycle = Lifecycle("small", states, edges=edges, initial="open", timers=[timer], calendars={"office": HOURS})
        ticket = lifecycle.apply(None, OpenTicket(id="t"), at=instant("2026-06-12 09:00")).ticket
        due, other = next_timer(lifecycle, ticket), next_timer(lifecycle, ticket, calendars={"office": SPLIT})

        assert due is not None
        assert other is not None
        assert (instant("2026-06-20 12:00"), instant("2026-06-22 17:00")) == (due.at, other.at)
