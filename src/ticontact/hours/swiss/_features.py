"""What sets a day apart, as plain rows for whoever forecasts elsewhere."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, TypedDict

from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._holiday import HolidayCalendar

__all__ = ["DayFeatures", "features_of"]

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_WEEKS: Final = 4


class DayFeatures(TypedDict):
    """What sets a day apart.

    Attributes:
        day: The date.
        weekday: 0 for Monday to 6 for Sunday.
        holiday: The id of its holiday, such as `joseph`; empty if there is none.
        day_before_holiday: Whether the next day is a holiday.
        day_after_holiday: Whether the day before was one.
        bridge_day: Whether it is a working day between two free ones.
        open_share: The part of an ordinary such weekday for which the office is open.
        school_holidays: Whether it lies in one of the school holidays that were given.
    """

    day: date
    weekday: int
    holiday: str
    day_before_holiday: bool
    day_after_holiday: bool
    bridge_day: bool
    open_share: float
    school_holidays: bool


def features_of(
    days: Iterable[date],
    *,
    holidays: HolidayCalendar,
    calendar: BusinessCalendar | None,
    school_holidays: Iterable[tuple[date, date]],
) -> list[DayFeatures]:
    """The rows of some days; `ticontact.hours.swiss.features` says what stands in them."""
    school = tuple(school_holidays)

    def is_free(day: date) -> bool:
        return day.weekday() >= _SATURDAY or holidays.on(day) is not None

    def open_share(day: date) -> float:
        if calendar is None:
            return 0.0 if is_free(day) else 1.0
        # The longest such day of the weeks around it is an ordinary one: holidays never fill four weeks on each side.
        usual = max(_open_time(calendar, day + timedelta(weeks=weeks)) for weeks in range(-_WEEKS, _WEEKS + 1))
        return _open_time(calendar, day) / usual if usual else 0.0

    def row(day: date) -> DayFeatures:
        holiday = holidays.on(day)
        return DayFeatures(
            day=day,
            weekday=day.weekday(),
            holiday="" if holiday is None else holiday.id,
            day_before_holiday=holidays.on(day + _DAY) is not None,
            day_after_holiday=holidays.on(day - _DAY) is not None,
            bridge_day=not is_free(day) and is_free(day - _DAY) and is_free(day + _DAY),
            open_share=open_share(day),
            school_holidays=any(first <= day <= last for first, last in school),
        )

    return [row(day) for day in days]


def _open_time(calendar: BusinessCalendar, day: date) -> int:
    """The open time of the windows that begin on a date, in microseconds."""
    return sum(closing - opening for opening, closing in calendar.spans_on(day))
