"""Hours cases in ticontact's own terms."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from conformance_kit import NotBuilt

from ticontact._time import to_epoch, zone_named
from ticontact.errors import HoursError, InvalidNotation
from ticontact.hours import Break, BusinessCalendar, Closure, DayOverride, TimeWindow, Week
from ticontact.hours.notation import osm
from ticontact.testing import instant

FILE = "hours_cases.json"

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SIXTY_YEARS = timedelta(days=60 * 366)


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return ((case["id"], case) for case in document["cases"])


def check(case: Any, document: Any) -> None:
    """Our answer is the expected one."""
    expected = case.get("canonical_expected", case["expected"])
    ask = _QUESTIONS.get(case["op"])
    if ask is None:
        raise NotBuilt(case["op"])
    try:
        actual = ask(_calendar(case["schedule"], document["schedules"]), case["input"])
    except InvalidNotation as refused:
        if expected != "error" and re.search(r"not supported|has no meaning here", str(refused)):
            raise NotBuilt(str(refused)) from refused
        actual = "error"
    except HoursError:
        actual = "error"
    assert expected == actual, f"{case['op']}: expected {expected}, actual {actual}"


def _calendar(schedule: Any, known: Mapping[str, Any]) -> BusinessCalendar:
    if isinstance(schedule, str):
        left, _, right = schedule.partition(" & ")
        calendar = _described(known[left])
        return calendar & _described(known[right]) if right else calendar
    if "osm" in schedule:
        return osm.read(schedule["osm"], zone=schedule["zone"], horizon=_SIXTY_YEARS)
    return _described(schedule)


def _described(schedule: Any) -> BusinessCalendar:
    weekly = schedule["weekly"]
    return BusinessCalendar(
        zone=schedule["zone"],
        week=Week.of([_windows(weekly.get(day, [])) for day in _WEEKDAYS]),
        closures=[Closure(date.fromisoformat(day)) for day in schedule.get("closed", [])],
        overrides=[DayOverride(date.fromisoformat(day), _windows(w)) for day, w in schedule.get("days", {}).items()],
        breaks=[Break(date.fromisoformat(day), _windows(w)) for day, w in schedule.get("breaks", {}).items()],
    )


def _windows(pairs: Any) -> list[TimeWindow]:
    return [TimeWindow(opens, closes) for opens, closes in pairs]


def _at(calendar: BusinessCalendar, question: Any, key: str = "at") -> datetime:
    return instant(question[key]) if key in question else instant(question[f"{key}_local"], zone=calendar.zone)


def _utc(at: datetime | None) -> str | None:
    """An instant as the file writes it."""
    if at is None:
        return None
    return datetime.isoformat(at.astimezone(zone_named("UTC"))).replace("+00:00", "Z")


def _local(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def _pairs(stretches: Iterable[tuple[datetime, datetime]]) -> list[list[str | None]]:
    return [[_utc(opening), _utc(closing)] for opening, closing in stretches]


def _amount(question: Any) -> timedelta:
    return timedelta(seconds=question["seconds"])


def _open_or_next(calendar: BusinessCalendar, question: Any) -> str | None:
    return _utc(calendar.add(timedelta(0), at=_at(calendar, question)))


def _next_change(calendar: BusinessCalendar, question: Any) -> str | None:
    at = _at(calendar, question)
    found = calendar.next_closing(at=at) if calendar.is_open(at=at) else calendar.next_opening(at=at)
    return _local(found) if "at_local" in question and found is not None else _utc(found)


def _local_windows(calendar: BusinessCalendar, question: Any) -> list[list[str]]:
    day = date.fromisoformat(question["date"])
    start, end = instant(f"{day}", zone=calendar.zone), instant(f"{day + timedelta(days=1)}", zone=calendar.zone)
    return [
        [f"{opening:%H:%M}", "24:00" if closing == end else f"{closing:%H:%M}"]
        for opening, closing in calendar.intervals(start, end)
    ]


def _local_intervals(calendar: BusinessCalendar, question: Any) -> list[list[str]]:
    found = calendar.intervals(_at(calendar, question, "start"), _at(calendar, question, "end"))
    return [[_local(opening), _local(closing)] for opening, closing in found]


def _intervals(calendar: BusinessCalendar, question: Any) -> list[list[str | None]]:
    start, end = _at(calendar, question, "start"), _at(calendar, question, "end")
    found = list(calendar.intervals(start, end))
    assert all(to_epoch(earlier.closing) < to_epoch(later.opening) for earlier, later in pairwise(found))
    return _pairs(found)


def _intervals_from(calendar: BusinessCalendar, question: Any) -> list[list[str | None]]:
    return _pairs(islice(calendar.upcoming(at=_at(calendar, question)), question["count"]))


def _intervals_back(calendar: BusinessCalendar, question: Any) -> list[list[str | None]]:
    return _pairs(islice(calendar.past(at=_at(calendar, question)), question["count"]))


def _is_holiday(calendar: BusinessCalendar, question: Any) -> bool:
    local = _at(calendar, question).astimezone(zone_named(calendar.zone))
    return not calendar.windows(date(local.year, local.month, local.day))


def _add_dates(calendar: BusinessCalendar, question: Any) -> str:
    days, origin = question["days"], date.fromisoformat(question["date"])
    if days < 0:
        start = origin if origin in calendar.days else calendar.days.previous(origin)
        return calendar.days.previous(start, nth=-days).isoformat()
    return calendar.days.next(calendar.days.on_or_after(origin), nth=days).isoformat()


def _dates_after(calendar: BusinessCalendar, question: Any) -> list[str]:
    day = date.fromisoformat(question["date"])
    return [calendar.days.next(day, nth=nth + 1).isoformat() for nth in range(question["count"])]


def _dates_between(calendar: BusinessCalendar, question: Any) -> int:
    return calendar.days.between(date.fromisoformat(question["start"]), date.fromisoformat(question["end"]))


def _between(calendar: BusinessCalendar, question: Any) -> float:
    return calendar.between(_at(calendar, question, "start"), _at(calendar, question, "end")).total_seconds()


_QUESTIONS: Mapping[str, Callable[[BusinessCalendar, Any], Any]] = {
    "construct": lambda _calendar, _question: "ok",
    "is_open": lambda calendar, question: calendar.is_open(at=_at(calendar, question)),
    "is_holiday": _is_holiday,
    "is_business_day": lambda calendar, question: date.fromisoformat(question["date"]) in calendar.days,
    "between": _between,
    "add": lambda calendar, question: _utc(calendar.add(_amount(question), at=_at(calendar, question))),
    "subtract": lambda calendar, question: _utc(calendar.subtract(_amount(question), at=_at(calendar, question))),
    "open_or_next": _open_or_next,
    "open_or_previous": lambda calendar, question: _utc(calendar.subtract(timedelta(0), at=_at(calendar, question))),
    "next_open": lambda calendar, question: _utc(calendar.next_opening(at=_at(calendar, question))),
    "next_close": lambda calendar, question: _utc(calendar.next_closing(at=_at(calendar, question))),
    "intervals_from": _intervals_from,
    "intervals_back_from": _intervals_back,
    "intervals_between": _intervals,
    "windows_on": lambda calendar, question: _pairs(calendar.windows(date.fromisoformat(question["date"]))),
    "local_windows_on": _local_windows,
    "local_intervals_between": _local_intervals,
    "next_change": _next_change,
    "add_days": lambda calendar, q: _utc(calendar.days.add(q["days"], at=_at(calendar, q))),
    "subtract_days": lambda calendar, q: _utc(calendar.days.subtract(q["days"], at=_at(calendar, q))),
    "add_days_keep_time": lambda calendar, q: _utc(
        calendar.days.add(q["days"], at=_at(calendar, q), landing="same_time")
    ),
    "add_business_dates": _add_dates,
    "business_dates_after": _dates_after,
    "business_dates_between": _dates_between,
}
