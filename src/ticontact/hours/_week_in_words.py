"""The opening hours of a week in words, to be read or to be read aloud."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ticontact.hours._week import SomeWeeks, Week
from ticontact.hours._window import DAY, TimeWindow
from ticontact.i18n import Text
from ticontact.i18n._dates import WEEKDAYS, clock_range
from ticontact.i18n._texts.hours import (
    ALWAYS_OPEN,
    APPOINTMENT_HOURS,
    CLOSED_THEN,
    DAY_AND_HOURS,
    DAY_RANGE,
    NEVER_OPEN,
    OTHERWISE_BY_APPOINTMENT,
    WEEK_PARITY,
    joined,
    listed,
    nth_weekday,
)

__all__ = ["week_text"]

_RANGE_FROM: Final = 3


def week_text(week: Week, *, by_appointment: Week | None = None) -> Text:
    """The hours of a week, such as "Lunedì-venerdì 08.00-12.00 e 13.30-17.00", and those by appointment."""
    if by_appointment is None or by_appointment.is_closed:
        return _week_text(week)
    if by_appointment == Week.always():
        return joined([_week_text(week), OTHERWISE_BY_APPOINTMENT])
    hours = APPOINTMENT_HOURS.fill({"hours": _week_text(by_appointment)})
    return hours if week.is_closed else joined([_week_text(week), hours])


def _week_text(week: Week) -> Text:
    if week == Week.always():
        return ALWAYS_OPEN
    if week.is_closed:
        return NEVER_OPEN
    return joined([*_parts(week), *map(_some_weeks, week.special)])


def _parts(week: Week) -> Iterator[Text]:
    for windows, group in groupby(range(7), key=week.days.__getitem__):
        if windows:
            yield DAY_AND_HOURS.fill({"days": _days(list(group)), "hours": listed([_window(each) for each in windows])})


def _some_weeks(rule: SomeWeeks) -> Text:
    """A weekday of some weeks, such as "il primo giovedì del mese 14.00-18.00"."""
    if isinstance(rule.weeks, str):
        days = WEEK_PARITY[rule.weeks].fill({"days": WEEKDAYS[rule.weekday]})
    else:
        days = listed([nth_weekday(nth, rule.weekday) for nth in rule.weeks])
    if not rule.windows:
        return CLOSED_THEN.fill({"days": days})
    return DAY_AND_HOURS.fill({"days": days, "hours": listed([_window(each) for each in rule.windows])})


def _days(days: list[int]) -> Text:
    if len(days) < _RANGE_FROM:
        return listed([WEEKDAYS[day] for day in days])
    return DAY_RANGE.fill({"first": WEEKDAYS[days[0]], "last": WEEKDAYS[days[-1]]})


def _window(window: TimeWindow) -> Text:
    end = window.end if window.end <= DAY else window.end - DAY
    return clock_range(window.start, end)
