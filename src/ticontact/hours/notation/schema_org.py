"""schema.org opening hours (JSON-LD), read and written.

Standing hours are `openingHoursSpecification`, dates of their own `specialOpeningHoursSpecification`. schema.org has no
word for a public holiday, so the holidays of a span of dates are written one by one. `00:00` to `00:00` means closed,
and `00:00` to `23:59` open around the clock.
Source: schema.org/OpeningHoursSpecification; Google Search Central, local business structured data.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Final

from ticontact.errors import HoursError, InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._rules import Closure, DayOverride, Season
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import dates_between
from ticontact.hours._week import Week
from ticontact.hours._window import DAY, TimeWindow, clock_text, read_windows

__all__ = ["read", "write"]

Entry = Mapping[str, object]

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KEYS: Final = ("openingHoursSpecification", "specialOpeningHoursSpecification")
_MOST: Final = 100_000  # entries
_LONGEST_CLOCK: Final = 40  # characters; one with microseconds and an offset has twenty-one


def write(calendar: BusinessCalendar, *, first: date, last: date) -> dict[str, list[dict[str, object]]]:
    """The hours of a calendar as the two properties of a schema.org place.

    Args:
        calendar: A calendar with a standing week.
        first: The first date whose exceptions are written.
        last: The last one.

    Raises:
        InvalidNotation: If the calendar is a combination, or a window cannot be said.
        HoursError: If the dates are more than 100 years apart.
    """
    plan = calendar.plan
    if not isinstance(plan, StandingPlan):
        raise InvalidNotation("schema.org: a combination of calendars has no standing hours", position=1)
    standing = [entry for day, windows in enumerate(plan.week.days) for entry in _of_day(_DAYS[day], windows)]
    special = [entry for day in dates_between(first, last) for entry in _special(plan, day)]
    return {_KEYS[0]: standing, _KEYS[1]: special}


def _special(plan: StandingPlan, day: date) -> Iterator[dict[str, object]]:
    windows = plan.windows(day)
    if windows == plan.week.days[day.weekday()]:
        return
    valid: dict[str, object] = {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
    for entry in _of_day(_DAYS[day.weekday()], windows or None):
        yield entry | valid


def _of_day(name: str, windows: Sequence[TimeWindow] | None) -> Iterator[dict[str, object]]:
    spans = [("00:00", "00:00")] if windows is None else [_hours(window) for window in windows]
    for opens, closes in spans:
        yield {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{name}",
            "opens": opens,
            "closes": closes,
        }


def _hours(window: TimeWindow) -> tuple[str, str]:
    if (window.start, window.end) == (0, DAY):
        return "00:00", "23:59"
    if not window.is_plain:
        raise InvalidNotation(f"schema.org: the window {window} is longer than two times of day can say", position=1)
    end = window.end - DAY if window.end >= DAY else window.end
    return clock_text(window.start), clock_text(end)


def read(document: Mapping[str, object], *, zone: str, name: str = "") -> BusinessCalendar:
    """The calendar that the two properties of a schema.org place describe.

    An entry without dates is of the standing week. One for a single date gives that date its hours; one for several
    dates is a season, or a closure where it is closed.

    Args:
        document: The place, or an object that has its two properties, as a JSON reader gives it.
        zone: The IANA name of its zone.
        name: What people call the calendar.

    Raises:
        InvalidNotation: If an entry cannot be read; `position` is its number.
        HoursError: If the time-zone database has no such zone.
    """
    entries = []
    for number, entry in enumerate(_entries(document), start=1):
        if number > _MOST:
            raise InvalidNotation(f"schema.org: more than {_MOST} entries were given", position=number)
        entries.append(_Entry(entry, number))
    standing = [entry for entry in entries if entry.first is None]
    return BusinessCalendar(
        zone=zone,
        week=_week(standing),
        overrides=_overrides(entries),
        seasons=_seasons(entries),
        closures=[Closure(entry.first, entry.last) for entry in entries if entry.first and entry.closes_range()],
        name=name,
    )


def _entries(document: object) -> Iterator[object]:
    if not isinstance(document, Mapping):
        raise InvalidNotation("schema.org: it is no object; allowed: a place with its opening hours", position=1)
    for key in _KEYS:
        found = document.get(key, [])
        yield from found if isinstance(found, list) else [found]


class _Entry:
    """One OpeningHoursSpecification, read."""

    def __init__(self, entry: object, number: int) -> None:
        self.number = number
        if not isinstance(entry, Mapping):
            raise self.fault("it is no object")
        self._entry = entry
        self.first = self._date("validFrom")
        self.last = self._date("validThrough") or self.first or date.min
        self.days = self._weekdays()
        self.window = self._window()
        if self.first is not None and self.last < self.first:
            raise self.fault("validThrough is before validFrom")

    def fault(self, problem: str) -> InvalidNotation:
        """The error that names this entry."""
        return InvalidNotation(f"schema.org, entry {self.number}: {problem}", position=self.number)

    def is_of_one_day(self) -> bool:
        """Whether it is about a single date."""
        return self.first is not None and self.first == self.last

    def closes_range(self) -> bool:
        """Whether it closes several dates."""
        return self.window is None and not self.is_of_one_day()

    def _date(self, key: str) -> date | None:
        value = self._entry.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            with contextlib.suppress(ValueError):
                return date.fromisoformat(value[:10])
        raise self.fault(f"{key} is no date")

    def _weekdays(self) -> frozenset[int]:
        value = self._entry.get("dayOfWeek", _DAYS)
        found: set[int] = set()
        for each in value if isinstance(value, list | tuple) else (value,):
            name = each.rsplit("/", 1)[-1] if isinstance(each, str) else ""
            if name not in _DAYS:
                raise self.fault(f"dayOfWeek {name[:20]!r}; allowed: {', '.join(_DAYS)}")
            found.add(_DAYS.index(name))
        return frozenset(found)

    def _window(self) -> TimeWindow | None:
        opens, closes = self._clock("opens"), self._clock("closes")
        if opens == closes == time(0):
            return None
        if opens == time(0) and (closes.hour, closes.minute) == (23, 59):
            return TimeWindow(0, DAY)
        problem = ""
        try:
            return TimeWindow(opens, closes)
        except HoursError as refused:
            problem = str(refused)
        raise self.fault(problem)

    def _clock(self, key: str) -> time:
        value = self._entry.get(key)
        if isinstance(value, str) and len(value) <= _LONGEST_CLOCK:
            with contextlib.suppress(ValueError):
                return time.fromisoformat(value)
        raise self.fault(f"{key} is no time such as 08:00")


def _week(entries: Iterable[_Entry]) -> Week:
    windows: list[list[TimeWindow]] = [[] for _ in _DAYS]
    last = 1
    for entry in entries:
        last = entry.number
        for day in entry.days:
            windows[day] += [] if entry.window is None else [entry.window]
    if not any(windows):
        return Week.closed()
    problem = ""
    try:
        return Week.of(windows)
    except HoursError as refused:
        problem = str(refused)
    raise InvalidNotation(f"schema.org, entry {last}: {problem}", position=last)


def _overrides(entries: Iterable[_Entry]) -> list[DayOverride]:
    by_day: dict[date, list[_Entry]] = {}
    for entry in entries:
        if entry.first is not None and entry.is_of_one_day():
            by_day.setdefault(entry.first, []).append(entry)
    return [DayOverride(day, _windows(found)) for day, found in by_day.items()]


def _windows(entries: Sequence[_Entry]) -> tuple[TimeWindow, ...]:
    problem = ""
    try:
        return read_windows([entry.window for entry in entries if entry.window is not None])
    except HoursError as refused:
        problem = str(refused)
    raise entries[-1].fault(problem)


def _seasons(entries: Iterable[_Entry]) -> list[Season]:
    by_dates: dict[tuple[date, date], list[_Entry]] = {}
    for entry in entries:
        if entry.first is not None and not entry.is_of_one_day() and entry.window is not None:
            by_dates.setdefault((entry.first, entry.last), []).append(entry)
    return [Season(first, last, week=_week(found)) for (first, last), found in by_dates.items()]
