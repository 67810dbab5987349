"""What sets a day apart, as rows for whoever forecasts elsewhere."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from ticontact.errors import HoursError
from ticontact.hours import BusinessCalendar, Canton, DayOverride, TimeWindow, Week, swiss

SAINT_JOSEPH = date(2026, 3, 19)  # a Thursday
FRIDAY, WEDNESDAY = SAINT_JOSEPH + timedelta(days=1), SAINT_JOSEPH - timedelta(days=1)


def row(day: date) -> Mapping[str, object]:
    """The row of one day in Ticino."""
    [told] = swiss.features(Canton.TI, [day])
    return told


def test_holidays_and_the_days_beside_them() -> None:
    """The day itself, the day before, and the bridge day after."""
    assert row(SAINT_JOSEPH)["holiday"] == "joseph"
    assert row(WEDNESDAY)["day_before_holiday"]
    assert row(FRIDAY)["day_after_holiday"]
    assert [row(day)["bridge_day"] for day in (WEDNESDAY, SAINT_JOSEPH, FRIDAY)] == [False, False, True]
    assert row(FRIDAY)["holiday"] == ""


def test_weekdays_are_counted_from_monday() -> None:
    """As Python counts them."""
    assert [row(date(2026, 3, 16) + timedelta(days=number))["weekday"] for number in range(7)] == [*range(7)]


def test_other_cantons_have_other_holidays() -> None:
    """Saint Joseph is a working day in Zurich, and local where a place keeps it."""
    [told] = swiss.features(Canton.ZH, [SAINT_JOSEPH])

    assert (told["holiday"], told["open_share"]) == ("", 1.0)
    with pytest.raises(HoursError):
        swiss.features(Canton.ZH, [SAINT_JOSEPH], place="nowhere")


def test_the_open_share_is_that_of_an_ordinary_day() -> None:
    """Half on a day with a short morning, nothing on a holiday; without a calendar all or nothing."""
    week = Week.parse("Mo-Fr 08:00-12:00,14:00-18:00")
    short = DayOverride(WEDNESDAY, [TimeWindow.parse("08:00-12:00")])
    office = BusinessCalendar(
        zone="Europe/Zurich", week=week, holidays=swiss.administration(Canton.TI), overrides=[short]
    )
    told = swiss.features(Canton.TI, [WEDNESDAY, SAINT_JOSEPH, FRIDAY, date(2026, 3, 21)], calendar=office)

    assert [each["open_share"] for each in told] == [0.5, 0.0, 1.0, 0.0]
    assert [row(day)["open_share"] for day in (WEDNESDAY, SAINT_JOSEPH, date(2026, 3, 21))] == [1.0, 0.0, 0.0]


def test_school_holidays_are_given() -> None:
    """Each canton, and many a commune, sets them anew each year."""
    spring = (date(2026, 4, 3), date(2026, 4, 12))
    days = [date(2026, 4, 2), *spring, date(2026, 4, 13)]
    told = swiss.features(Canton.TI, days, school_holidays=[spring])

    assert [each["school_holidays"] for each in told] == [False, True, True, False]
    assert [each["day"] for each in told] == days
