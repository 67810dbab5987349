"""What to expect of a day: by hand, and forecast by the office's calendar."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from math import inf, nan
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from staffing_kit import SAINT_JOSEPH, THREE_MINUTES, WEDNESDAY, demand, half_hours, minutes, office

from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, InvalidValue, PoorData
from ticontact.hours import BusinessCalendar, DayOverride, TimeWindow, Week
from ticontact.measures import WorkRecord
from ticontact.staffing import Arrivals, DayDemand, Demand, Patience, forecast
from ticontact.staffing._generated_days import chance

ZONE = ZoneInfo("Europe/Zurich")
CALENDAR = office().queues["general"].calendar
MONDAY = date(2026, 3, 2)


def working_days(first: date, count: int, calendar: BusinessCalendar = CALENDAR) -> list[date]:
    """So many days on which the office is open."""
    days = (first + timedelta(days=number) for number in range(count * 3 + 20))
    return [day for day in days if calendar.windows(day)][:count]


def calls(day: date, counts: dict[time, int], *, queue: str = "general", is_live: bool = True) -> Iterator[WorkRecord]:
    """So many calls in each half-hour of a day, evenly spread and answered at once."""
    for start, count in counts.items():
        for number in range(count):
            at = datetime.combine(day, start, tzinfo=ZONE) + timedelta(seconds=1800 * number / count)
            yield WorkRecord(
                item=f"{queue}/{at.isoformat()}",
                queue=queue,
                channel="voice",
                offered_at=at,
                entered_at=at,
                answered_at=at,
                left_at=at + THREE_MINUTES,
                outcome=Outcome.ANSWERED,
                talk=THREE_MINUTES,
                is_live=is_live,
            )


def month(counts: dict[time, int], *, days: int = 12) -> list[WorkRecord]:
    """The same calls on each of some working days."""
    return [call for day in working_days(MONDAY, days) for call in calls(day, counts)]


EVEN = dict.fromkeys(half_hours(0), 10)


class TestDemand:
    """Counts of an interval."""

    @given(st.floats(min_value=0, max_value=500), st.floats(min_value=0, max_value=1))
    def test_bands_widen_with_doubt(self, mean: float, cv: float) -> None:
        """Who knows the level less sees a wider band."""
        sure, unsure = Demand(mean).band(0.9), Demand(mean, cv).band(0.9)

        assert unsure[1] >= sure[1]
        assert 0 <= unsure[0] <= unsure[1]

    def test_rates_have_no_chance_of_counts(self) -> None:
        """A rate that is known is the mean at every share; a count is not."""
        assert Demand(60).rate(0.9) == 60
        assert Demand(60).quantile(0.9) == 70
        assert Demand(60, 0.12).rate(0.9) == pytest.approx(69.39, abs=0.01)
        assert Demand(0, 0.3).rate(0.9) == 0
        assert Demand(0).quantile(0.9) == 0

    @given(st.floats(min_value=10_000, max_value=30_000), st.sampled_from([0.05, 0.5, 0.95]))
    def test_great_counts_go_over_into_small_ones(self, mean: float, share: float) -> None:
        """Just below and above the spread from which terms are no longer summed."""
        count, greater = (Demand(mean, spread / mean).quantile(share) for spread in (4990, 5010))

        assert greater == pytest.approx(count, rel=0.01, abs=40)
        assert Demand(1e12, 0.3).quantile(0.5) == pytest.approx(0.97e12, rel=0.01)

    @pytest.mark.parametrize(("mean", "cv"), [(-1, 0), (1, -0.1)])
    def test_what_cannot_be_is_refused(self, mean: float, cv: float) -> None:
        """Demand below zero, say."""
        with pytest.raises(ConfigurationError, match=r"demand\.\w+: .* \(allowed: 0 or more\)"):
            Demand(mean, cv)

    @pytest.mark.parametrize("mean", [inf, nan, "many", True])
    def test_what_is_no_number_is_refused(self, mean: object) -> None:
        """Neither infinite nor no number, nor a word."""
        build: Callable[..., object] = Demand
        with pytest.raises(InvalidValue, match=r"Demand\.mean"):
            build(mean)

    @pytest.mark.parametrize("share", [0, 1, -1, 2])
    def test_shares_lie_between_nothing_and_all(self, share: float) -> None:
        """Nobody can plan for all days."""
        for ask in (Demand(1).quantile, Demand(1).band, Demand(1).rate):
            with pytest.raises(ConfigurationError, match="share"):
                ask(share)


class TestByHand:
    """Demand that somebody else has forecast."""

    def test_closed_half_hours_drop_out(self) -> None:
        """The lunch break is no time for calls."""
        told = demand(10.0)

        assert len(told.slots) == 15
        assert told.total.mean == 150
        assert [slot.opening.hour for slot, _ in told.slots].count(12) == 0

    def test_a_closed_day_has_none(self) -> None:
        """Saint Joseph."""
        assert demand(10.0, day=SAINT_JOSEPH).slots == ()

    def test_a_part_of_a_half_hour_gets_its_part(self) -> None:
        """Open from a quarter past eight."""
        late = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:15-09:00"))
        told = DayDemand.of(
            {time(8): Demand(10, 0.3), time(8, 30): 10}, calendar=late, day=WEDNESDAY, handle=minutes(3)
        )

        assert [each for _, each in told.slots] == [Demand(5, 0.3), Demand(10)]

    def test_missing_half_hours_are_named(self) -> None:
        """Nobody said what comes then."""
        with pytest.raises(ConfigurationError, match=r"calls\[09:00\]: the office is open and no demand was given"):
            DayDemand.of({time(8): 1, time(8, 30): 1}, calendar=CALENDAR, day=WEDNESDAY, handle=minutes(3))

    @pytest.mark.parametrize("handle", [timedelta(0), minutes(-3)])
    def test_contacts_take_some_time(self, handle: timedelta) -> None:
        """Work that takes no time needs nobody."""
        with pytest.raises(ConfigurationError, match=r"demand\.handle: .* \(allowed: a positive amount of time\)"):
            demand(10.0, handle=handle)

    def test_days_vary_or_do_not(self) -> None:
        """Less than not at all is nothing."""
        with pytest.raises(ConfigurationError, match=r"demand\.level_cv: -0.1 was given"):
            DayDemand(day=WEDNESDAY, slots=(), handle=minutes(3), level_cv=-0.1)

    def test_bands_go_by_half_hour(self) -> None:
        """Each with its beginning and end."""
        slot, low, high = demand(10.0).band(0.9)[0]

        assert (slot.opening.hour, low, high) == (8, *Demand(10).band(0.9))


class TestForecast:
    """From what was recorded."""

    def test_equal_days_go_on(self) -> None:
        """What came each day comes again, and nobody is in doubt."""
        day = working_days(MONDAY, 13)[-1]
        told = forecast(month(EVEN), calendar=CALENDAR, day=day)

        assert [each.mean for _, each in told.slots] == pytest.approx([10.0] * 15)
        assert {each.cv for _, each in told.slots} == {0.0}
        assert (told.handle, told.level_cv, len(told.based_on), told.left_out) == (minutes(3), 0.0, 5, ())

    def test_the_level_is_that_of_the_last_days(self) -> None:
        """A week with twice the calls lifts what is to come."""
        days = working_days(MONDAY, 13)
        twice = dict.fromkeys(EVEN, 20)
        records = [call for day in days[:7] for call in calls(day, EVEN)]
        records += [call for day in days[7:12] for call in calls(day, twice)]

        told = forecast(records, calendar=CALENDAR, day=days[12])

        assert told.total.mean == pytest.approx(300)
        assert told.based_on == tuple(days[7:12])
        assert told.slots[0][1].cv > 0
        assert told.level_cv > 0

    def test_weekdays_may_have_levels_of_their_own(self) -> None:
        """Mondays are twice as busy; on the first Tuesday of a record the last days must do."""
        days = working_days(MONDAY, 25)
        records = [call for day in days for call in calls(day, dict.fromkeys(EVEN, 20 if day.weekday() == 0 else 10))]
        monday = days[-1] + timedelta(days=7 - days[-1].weekday())

        told = forecast(records, calendar=CALENDAR, day=monday, method="same_weekday", days=2)

        assert {day.weekday() for day in told.based_on} == {0}
        assert told.total.mean == pytest.approx(300, rel=0.02)
        saturdays = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Sa 08:00-12:00,13:30-17:00"))
        saturday = monday - timedelta(days=2)
        other = forecast(records, calendar=saturdays, day=saturday, method="same_weekday")
        assert other.based_on == tuple(days[-5:])

    def test_half_days_scale(self) -> None:
        """A half day tells as much as it was open, and is forecast for as long as it is."""
        half = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo 08:00-10:00; Tu-Fr 08:00-12:00"))
        days = working_days(MONDAY, 15, half)
        mornings = {start: 10 for start in EVEN if start < time(12)}
        early = {start: 10 for start in EVEN if start < time(10)}
        records = [call for day in days for call in calls(day, early if day.weekday() == 0 else mornings)]
        monday = days[-1] + timedelta(days=7 - days[-1].weekday())

        told = forecast(records, calendar=half, day=monday)

        assert [each.mean for _, each in told.slots] == pytest.approx([10.0] * 4)
        assert told.level_cv == 0.0

    def test_closed_days_and_holes_drop_out(self) -> None:
        """A holiday tells nothing, and neither does a working day without a single record."""
        days = working_days(MONDAY, 13)
        records = [call for day in days[:12] if day != days[3] for call in calls(day, EVEN)]

        told = forecast(records, calendar=CALENDAR, day=days[12])

        assert told.left_out == (days[3],)
        assert told.total.mean == pytest.approx(150)

    def test_a_closed_day_expects_nobody(self) -> None:
        """Saint Joseph again."""
        told = forecast(month(EVEN), calendar=CALENDAR, day=SAINT_JOSEPH)

        assert told.slots == ()

    def test_a_half_hour_that_was_never_open_is_an_average_one(self) -> None:
        """The office opens longer than it ever did."""
        day = working_days(MONDAY, 13)[-1]
        longer = CALENDAR.adding(DayOverride(day, [TimeWindow.parse("08:00-13:00")]))

        told = forecast(month(EVEN), calendar=longer, day=day)

        assert [each.mean for _, each in told.slots] == pytest.approx([10.0] * 10)

    def test_only_live_calls_of_the_queue_in_opening_hours_count(self) -> None:
        """Other queues, letters, and calls after hours are others' work."""
        days = working_days(MONDAY, 13)
        others = [call for day in days for call in calls(day, EVEN, queue="asylum")]
        letters = [call for day in days for call in calls(day, EVEN, is_live=False)]
        later = [call for day in days for call in calls(day, {time(18): 5})]

        told = forecast([*month(EVEN), *others, *letters, *later], calendar=CALENDAR, day=days[12], queue="general")

        assert told.total.mean == pytest.approx(150)

    def test_later_days_are_not_looked_at(self) -> None:
        """A forecast does not know what it forecasts."""
        days = working_days(MONDAY, 20)
        records = [call for day in days for call in calls(day, EVEN if day < days[12] else {time(8): 50})]

        assert forecast(records, calendar=CALENDAR, day=days[12]).total.mean == pytest.approx(150)

    @pytest.mark.parametrize("days", [0, 6])
    def test_few_days_tell_nothing(self, days: int) -> None:
        """Seven at least."""
        with pytest.raises(PoorData) as caught:
            forecast(month(EVEN, days=days), calendar=CALENDAR, day=date(2026, 6, 1))

        assert (caught.value.found, caught.value.least) == (days, 7)

    def test_without_an_answer_nobody_knows_how_long_it_takes(self) -> None:
        """Calls that all gave up."""
        gone = [
            WorkRecord(
                item=call.item,
                queue=call.queue,
                channel=call.channel,
                offered_at=call.offered_at,
                entered_at=call.entered_at,
                left_at=call.left_at,
                outcome=Outcome.ABANDONED_LONG,
            )
            for call in month(EVEN)
        ]
        with pytest.raises(PoorData, match="answered contacts with a handle time"):
            forecast(gone, calendar=CALENDAR, day=date(2026, 3, 25))

    def test_a_level_is_of_a_day_at_least(self) -> None:
        """Of no day there is none."""
        with pytest.raises(ConfigurationError, match="days: 0 was given"):
            forecast(month(EVEN), calendar=CALENDAR, day=SAINT_JOSEPH, days=0)

    def test_the_band_is_right(self) -> None:
        """Forty days whose level is off by 15 % as a rule: nine in ten half-hours lie in the band, give or take."""
        uncertain = demand(20.0, cv=0.15)
        arrivals = Arrivals(entry="general", demand=uncertain, patience=Patience.endless())
        records: list[WorkRecord] = []
        inside = total = 0
        for number, day in enumerate(working_days(MONDAY, 40)):
            shift = (day - WEDNESDAY) // timedelta(microseconds=1)
            counts: dict[time, int] = dict.fromkeys(EVEN, 0)
            for contact in arrivals.contacts(number=number, seed="band"):
                at = datetime.fromtimestamp((contact.at + shift) / 1_000_000, ZONE)
                offset = at.utcoffset()
                clock = at if offset == timedelta(hours=1) else at - timedelta(hours=1)  # the summer is an hour ahead
                counts[time(clock.hour, clock.minute // 30 * 30)] += 1
            if number >= 15:
                for slot, low, high in forecast(records, calendar=CALENDAR, day=day).band(0.9):
                    inside += low <= counts[time(slot.opening.hour, slot.opening.minute)] <= high
                    total += 1
            records += [*calls(day, counts)]

        assert 0.85 <= inside / total <= 0.97
        last = forecast(records, calendar=CALENDAR, day=working_days(MONDAY, 41)[-1])
        assert last.slots[0][1].cv == pytest.approx(0.15, abs=0.06)
        assert last.level_cv == pytest.approx(0.15, abs=0.06)


class TestChance:
    """Numbers that hang on their key alone."""

    def test_they_are_evenly_spread(self) -> None:
        """Ten thousand of them, in tenths."""
        counts = [0] * 10
        for number in range(10_000):
            counts[int(10 * chance("seed", number))] += 1

        assert all(880 < count < 1120 for count in counts)
        assert chance("seed", 1) == chance("seed", 1) != chance("seed", 2)
