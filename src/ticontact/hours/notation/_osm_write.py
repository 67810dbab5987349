"""A calendar with a standing week as an opening_hours expression.

Later rules replace earlier ones, so the rules are written from the weakest to the strongest: week, seasons, holidays,
other hours, breaks, closures, life.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from ticontact.errors import InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import FIRST_YEAR, LAST_YEAR
from ticontact.hours._week import WEEKDAYS, Week
from ticontact.hours._window import TimeWindow
from ticontact.hours.notation._osm_days import MONTHS
from ticontact.i18n import Text

__all__ = ["expression_of"]

_ONE: Final = timedelta(days=1)


def expression_of(calendar: BusinessCalendar, language: str) -> str:
    """The expression of a calendar with a standing week.

    Raises:
        InvalidNotation: If the notation cannot say it.
    """
    if not isinstance(calendar.plan, StandingPlan):
        raise InvalidNotation("opening_hours: a combination of calendars has no expression of its own", position=1)
    return "; ".join(_rules(calendar.plan, language))


def _rules(plan: StandingPlan, language: str) -> Iterator[str]:
    yield from _week(plan.week)
    for _, season in sorted(enumerate(plan.seasons), key=lambda entry: (entry[1].start, entry[0])):
        dates = _dates(season.start, season.end)
        yield f"{dates} off"
        yield from (f"{dates} {rule}" for rule in _week(season.week) if rule != "off")
    if plan.holidays is not None:
        yield "PH off"
    for override in plan.overrides:
        times = _times(override.windows) or f"off{_comment(override.reason, language)}"
        yield f"{_day(override.day)} {times}"
    for taken_out in plan.breaks:
        yield f"{_day(taken_out.day)} {_times(taken_out.windows)} off{_comment(taken_out.reason, language)}"
    for closure in reversed(plan.closures):
        yield f"{_dates(closure.start, closure.end)} off{_comment(closure.reason, language)}"
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)  # no question is answered outside of them
    if plan.since is not None and plan.since > first:
        yield f"{_dates(first, plan.since - _ONE)} off"
    if plan.until is not None and plan.until < last:
        yield f"{_dates(plan.until + _ONE, last)} off"


def _week(week: Week) -> Iterator[str]:
    if week == Week.always():
        yield "00:00-24:00"
        return
    if week == Week.closed():
        yield "off"
        return
    for weekday, windows in zip(WEEKDAYS, week.days, strict=True):
        if windows:
            yield f"{weekday} {_times(windows)}"


def _times(windows: Iterable[TimeWindow]) -> str:
    return ",".join(f"{_clock(window.start)}-{_clock(window.end)}" for window in windows)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if rest:
        raise InvalidNotation("opening_hours: a window has seconds, which the notation cannot say", position=1)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _day(day: date) -> str:
    return f"{day.year:04} {MONTHS[day.month - 1]} {day.day:02}"


def _dates(start: date, end: date) -> str:
    return _day(start) if start == end else f"{_day(start)}-{_day(end)}"


def _comment(reason: Text, language: str) -> str:
    words = reason.text(language).replace('"', "'")
    return f' "{words}"'
