"""The two days a year on which the clock changes, and zones with stranger days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ticontact._time import to_epoch
from ticontact.hours import BusinessCalendar, Week
from ticontact.testing import instant

HOUR = timedelta(hours=1)
ZURICH = ZoneInfo("Europe/Zurich")
YEARS = range(2015, 2036)


def last_sunday(year: int, month: int) -> date:
    """The Sunday on which the clock changes in the European Union and in Switzerland."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a date in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def on_sundays(hours: str, zone: str = "Europe/Zurich") -> BusinessCalendar:
    """A calendar that is open on Sundays alone."""
    return BusinessCalendar(zone=zone, week=Week(sunday=hours))


@pytest.mark.parametrize("year", YEARS)
class TestEveryChangeInZurich:
    """At 01:00 UTC on the last Sunday of March and of October."""

    def test_length_of_the_day(self, year: int) -> None:
        """A day open around the clock has 23 hours in March and 25 in October."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.always())
        found = []
        for month in (3, 10):
            ((opening, closing),) = always.windows(last_sunday(year, month))
            found.append(always.between(opening, closing))

        assert found == [23 * HOUR, 25 * HOUR]

    @pytest.mark.parametrize(
        ("hours", "opens", "closes"),
        [
            ("00:00-02:00", (-1, 23), (0, 1)),  # until the gap begins
            ("00:00-02:30", (-1, 23), (0, 1)),  # a closing in the gap moves to its end
            ("02:30-05:00", (0, 1), (0, 3)),  # an opening in the gap moves to its end
            ("03:00-05:00", (0, 1), (0, 3)),
            ("00:00-05:00", (-1, 23), (0, 3)),
        ],
    )
    def test_edges_in_the_gap(self, year: int, hours: str, opens: tuple[int, int], closes: tuple[int, int]) -> None:
        """In March an edge in the skipped hour moves to the end of the gap."""
        day = last_sunday(year, 3)
        ((opening, closing),) = on_sundays(hours).windows(day)
        expected = [utc(day + timedelta(days=shift), hour) for shift, hour in (opens, closes)]

        assert [to_epoch(each) for each in expected] == [to_epoch(opening), to_epoch(closing)]

    @pytest.mark.parametrize(
        ("hours", "opens", "closes"),
        [
            ("00:00-01:59", (-1, 22, 0), (-1, 23, 59)),
            ("00:00-02:30", (-1, 22, 0), (0, 1, 30)),  # a closing takes the second pass
            ("02:30-05:00", (0, 0, 30), (0, 4, 0)),  # an opening takes the first pass
            ("02:15-02:45", (0, 0, 15), (0, 1, 45)),  # both passes of the hour lie between
            ("03:00-05:00", (0, 2, 0), (0, 4, 0)),
            ("01:00-03:00", (-1, 23, 0), (0, 2, 0)),  # no edge lies in it: both passes are covered
        ],
    )
    def test_edges_in_the_repeated_hour(
        self, year: int, hours: str, opens: tuple[int, int, int], closes: tuple[int, int, int]
    ) -> None:
        """In October an opening takes the first pass of the hour, a closing the second."""
        day = last_sunday(year, 10)
        ((opening, closing),) = on_sundays(hours).windows(day)
        expected = [utc(day + timedelta(days=shift), hour, minute) for shift, hour, minute in (opens, closes)]

        assert [to_epoch(each) for each in expected] == [to_epoch(opening), to_epoch(closing)]

    def test_both_passes_are_told_apart(self, year: int) -> None:
        """Half past two comes twice; a window that closes in the second pass is open in the first."""
        calendar, day = on_sundays("00:00-02:15"), last_sunday(year, 10)
        passes = [datetime(year, 10, day.day, 2, 30, tzinfo=ZURICH, fold=fold) for fold in (0, 1)]

        assert [calendar.is_open(at=each) for each in passes] == [True, False]
        assert calendar.between(passes[1], passes[0]) == -45 * HOUR / 60

    def test_overnight(self, year: int) -> None:
        """A shift from 22:00 to 06:00 has seven hours in March and nine in October."""
        night = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Sa 22:00-06:00"))
        found = []
        for month in (3, 10):
            ((opening, closing),) = night.windows(last_sunday(year, month) - timedelta(days=1))
            found.append(night.between(opening, closing))

        assert found == [7 * HOUR, 9 * HOUR]

    def test_a_window_inside_the_gap(self, year: int) -> None:
        """Hours that the clock skips do not exist, and neither does a business day made of them."""
        calendar, day = on_sundays("02:15-02:45"), last_sunday(year, 3)

        assert calendar.windows(day) == ()
        assert day not in calendar.days


class TestLanding:
    """What lands on a day with a change."""

    def test_same_time_in_the_gap(self) -> None:
        """A time of day that is skipped moves to the end of the gap."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.always())

        assert instant("2026-03-29 03:00") == always.days.add(1, at=instant("2026-03-28 02:30"))

    def test_arithmetic_over_a_change(self) -> None:
        """Adding open time counts elapsed hours, whatever the wall clock says."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.always())

        assert instant("2026-03-29 12:00") == always.add(11 * HOUR, at=instant("2026-03-29 00:00"))
        assert instant("2026-10-25 12:00") == always.add(13 * HOUR, at=instant("2026-10-25 00:00"))


class TestOtherZones:
    """Zones whose clocks do stranger things."""

    def test_a_day_without_midnight(self) -> None:
        """In Santiago the clock goes from 24:00 to 01:00; the day begins at one."""
        calendar = on_sundays("00:00-02:00", "America/Santiago")
        ((opening, closing),) = calendar.windows(date(2022, 9, 11))

        assert (opening.hour, calendar.between(opening, closing)) == (1, HOUR)

    def test_a_date_that_never_was(self) -> None:
        """Samoa had no 30 December 2011; its hours do not exist."""
        calendar = BusinessCalendar(zone="Pacific/Apia", week=Week.parse("Fr 08:00-12:00"))

        assert calendar.windows(date(2011, 12, 30)) == ()
        assert (
            calendar.between(instant("2011-12-25", zone="Pacific/Apia"), instant("2012-01-07", zone="Pacific/Apia"))
            == 4 * HOUR
        )

    def test_half_an_hour(self) -> None:
        """On Lord Howe Island the clock changes by half an hour."""
        calendar = BusinessCalendar(zone="Australia/Lord_Howe", week=Week.always())
        ((opening, closing),) = calendar.windows(date(2026, 4, 5))

        assert timedelta(hours=24, minutes=30) == calendar.between(opening, closing)

    def test_offsets_with_seconds(self) -> None:
        """Local mean time of 1850 had seconds; a window of that day is as long as ever."""
        calendar = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Su 08:00-12:00"))
        ((opening, closing),) = calendar.windows(date(1850, 6, 3))

        assert calendar.between(opening, closing) == 4 * HOUR
        assert calendar.is_open(at=opening)
