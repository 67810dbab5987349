"""The plain form of hours: texts where a text can say them, seconds where none can."""

from datetime import date
from typing import Any, Final

import pytest

from ticontact.errors import HoursError, TicontactError
from ticontact.hours import BusinessCalendar, DayOverride, TimeWindow, Week
from ticontact.plain import from_dict, to_dict

LONG: Final = TimeWindow(10 * 3_600, 34 * 3_600 + 60)
"""From ten until one minute past ten of the next day, which no two times of day can say."""


def calendar(*windows: TimeWindow) -> BusinessCalendar:
    """Open by some windows on Mondays, and by the same on one Wednesday."""
    return BusinessCalendar(
        zone="Europe/Zurich",
        week=Week.of([windows, (), (), (), (), (), ()]),
        overrides=[DayOverride(date(2026, 3, 18), list(windows))],
    )


@pytest.mark.parametrize("windows", [(TimeWindow.parse("08:00-12:00"),), (TimeWindow.parse("22:00-02:00"),), (LONG,)])
def test_a_calendar_comes_back(windows: tuple[TimeWindow, ...]) -> None:
    """With windows of any length."""
    hours = calendar(*windows)

    assert from_dict(BusinessCalendar, to_dict(hours)) == hours


@pytest.mark.parametrize("broken", [7, None, {"Mo": "08:00"}, [["8"]], [[[1]]]], ids=str)
def test_a_week_that_is_none_is_refused(broken: Any) -> None:
    """Whatever stands there."""
    document: Any = to_dict(calendar(LONG))

    with pytest.raises(TicontactError, match="week"):
        from_dict(BusinessCalendar, document | {"plan": document["plan"] | {"week": broken}})


@pytest.mark.parametrize(
    "text",
    ["Mo 24:00-03:00; Th[1] 08:00-09:00", "Mo 08:00-09:00; Th[1] 24:00-03:00", "Mo 22:00-02:00; We[odd] 08:00-09:00"],
)
def test_a_week_with_days_of_some_weeks_comes_back(text: str) -> None:
    """Also where a window begins at midnight, by the clock of the day before."""
    hours = BusinessCalendar(zone="Europe/Zurich", week=Week.parse(text))

    assert from_dict(BusinessCalendar, to_dict(hours)) == hours


def test_a_window_of_no_length_is_refused() -> None:
    """By whichever of its two names midnight goes."""
    with pytest.raises(HoursError, match="it ends when it starts"):
        TimeWindow("24:00", "00:00")
