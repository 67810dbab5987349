"""A calendar with a standing week as an opening_hours expression.

Later rules replace earlier ones, so the rules are written from the weakest to the strongest: week, seasons, holidays,
other hours, breaks, closures, life; what holds by appointment falls back behind them all. What people are told stands
as a comment at the rule that says so, also where it is open, so that the reader finds the same sentence.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from ticontact.errors import InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._rules import Break, Closure, DayOverride, Season
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import FIRST_YEAR, LAST_YEAR
from ticontact.hours._week import WEEKDAYS, SomeWeeks, Week
from ticontact.hours._window import TimeWindow
from ticontact.hours.notation._foreign_words import foreign_text
from ticontact.hours.notation._osm_days import MONTHS
from ticontact.i18n import LANGUAGES, Text
from ticontact.i18n._text import is_alike
from ticontact.i18n._texts.hours import BY_APPOINTMENT, NO_LONGER, NOT_YET

__all__ = ["expression_of", "losses_of"]

_ONE: Final = timedelta(days=1)
_RANGE_FROM: Final = 3
_PARITIES: Final = {"odd": "week 1-53/2", "even": "week 2-52/2"}


def expression_of(calendar: BusinessCalendar, language: str) -> str:
    """The expression of a calendar with a standing week.

    Raises:
        InvalidNotation: If the notation cannot say it.
    """
    plan = _plan_of(calendar)
    return " || ".join(["; ".join(_rules(plan, language)), *_appointments(plan.by_appointment, language)])


def losses_of(calendar: BusinessCalendar) -> tuple[str, ...]:
    """What an expression cannot hold of a calendar with a standing week.

    Raises:
        InvalidNotation: If the notation cannot say it at all.
    """
    plan = _plan_of(calendar)
    rules = (*plan.closures, *plan.overrides, *plan.breaks, *plan.seasons)
    found = []
    if any(foreign_text(rule.reason.it) != rule.reason and not is_alike(rule.reason) for rule in rules):
        found.append("reasons in other languages than the one that is written")
    if any('"' in rule.reason.text(language) for rule in rules for language in LANGUAGES):
        found.append("double quotes in reasons")
    if any(rule.source for rule in rules):
        found.append("the sources of rules")
    return tuple(found)


def _plan_of(calendar: BusinessCalendar) -> StandingPlan:
    if not isinstance(calendar.plan, StandingPlan):
        raise InvalidNotation("opening_hours: a combination of calendars has no expression of its own", position=1)
    return calendar.plan


def _rules(plan: StandingPlan, language: str) -> Iterator[str]:
    yield from _week(plan.week)
    for _, season in sorted(enumerate(plan.seasons), key=lambda entry: (entry[1].start, entry[0])):
        yield from _season(plan, season, language)
    if plan.holidays is not None:
        yield "PH off"
    # What is written for every year gives way to what is written for one.
    for override in sorted(plan.overrides, key=lambda rule: not rule.every_year):
        yield f"{_on_day(override)} {_times(override.windows) or 'off'}{_comment(override.because().words, language)}"
    for taken_out in plan.breaks:
        yield f"{_on_day(taken_out)} {_times(taken_out.windows)} off{_comment(taken_out.reason, language)}"
    # A single day says more than a stretch that it lies in, and what was written first speaks.
    last_first = plan.closures[::-1]
    for closure in sorted(last_first, key=lambda rule: rule.start == rule.end):
        yield from (f"{dates} off{_comment(closure.reason, language)}" for dates in _dates_of(closure))
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)  # no question is answered outside of them
    if plan.since is not None and plan.since > first:
        yield f"{_dates(first, plan.since - _ONE)} off{_comment(NOT_YET, language)}"
    if plan.until is not None and plan.until < last:
        yield f"{_day(plan.until + _ONE)}+ off{_comment(NO_LONGER, language)}"


def _season(plan: StandingPlan, season: Season, language: str) -> Iterator[str]:
    words = _comment(season.because().words, language)
    others = [plan.week, *(each.week for each in plan.seasons)]
    shut = [day for day in range(7) if not season.week.days[day] and any(week.ever_opens(day) for week in others)]
    for dates in _dates_of(season):
        if shut:
            yield f"{dates} {_days(shut)} off{words}"
        if not season.week.is_closed:
            yield from (f"{dates} {rule}{words}" for rule in _week(season.week))


def _appointments(week: Week | None, language: str) -> Iterator[str]:
    if week is None or week.is_closed:
        return
    if week.special:
        raise InvalidNotation(
            "opening_hours: appointments in some weeks only, which the notation cannot say", position=1
        )
    words = _comment(BY_APPOINTMENT, language)
    if week == Week.always():
        yield words.strip()
        return
    yield from (f"{rule} unknown{words}" for rule in _week(week))


def _week(week: Week) -> Iterator[str]:
    if week == Week.always():
        yield "00:00-24:00"
        return
    if week.is_closed:
        yield "off"
        return
    for windows in dict.fromkeys(week.days):
        if windows:
            alike = [day for day in range(7) if week.days[day] == windows]
            yield f"{_days(alike)} {_times(windows)}"
    yield from map(_some_weeks, week.special)


def _some_weeks(rule: SomeWeeks) -> str:
    times = _times(rule.windows) or "off"
    if isinstance(rule.weeks, str):
        return f"{_PARITIES[rule.weeks]} {WEEKDAYS[rule.weekday]} {times}"
    return f"{WEEKDAYS[rule.weekday]}[{','.join(map(str, rule.weeks))}] {times}"


def _days(days: list[int]) -> str:
    """Some weekdays, from three in a row on as a range."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" if len(run) >= _RANGE_FROM else ",".join(WEEKDAYS[day] for day in run)
        for run in runs
    )


def _times(windows: Iterable[TimeWindow]) -> str:
    return ",".join(f"{_clock(window.start)}-{_clock(window.end)}" for window in windows)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if rest:
        raise InvalidNotation("opening_hours: a window has seconds, which the notation cannot say", position=1)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _on_day(rule: DayOverride | Break) -> str:
    return f"{rule.day.year:04}+ {_of_year(rule.day)}" if rule.every_year else _day(rule.day)


def _dates_of(rule: Closure | Season) -> Iterator[str]:
    """The dates of a rule; those of a rule of every year are parted at New Year, where their first year ends."""
    if isinstance(rule, Closure) and rule.is_until_further_notice:
        yield f"{_day(rule.start)}+"
    elif not rule.every_year:
        yield _dates(rule.start, rule.end)
    elif rule.start.year == rule.end.year:
        yield f"{rule.start.year:04}+ {_days_of_year(rule.start, rule.end)}"
    else:
        yield f"{rule.start.year:04}+ {_days_of_year(rule.start, date(rule.start.year, 12, 31))}"
        yield f"{rule.end.year:04}+ {_days_of_year(date(rule.end.year, 1, 1), rule.end)}"


def _days_of_year(start: date, end: date) -> str:
    return _of_year(start) if start == end else f"{_of_year(start)}-{_of_year(end)}"


def _of_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day:02}"


def _day(day: date) -> str:
    return f"{day.year:04} {_of_year(day)}"


def _dates(start: date, end: date) -> str:
    return _day(start) if start == end else f"{_day(start)}-{_day(end)}"


def _comment(reason: Text, language: str) -> str:
    words = reason.text(language).replace('"', "'")
    return f' "{words}"' if words else ""
