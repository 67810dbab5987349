"""Calendars as TOML tables, read and written.

```toml
[office]
zone = "Europe/Zurich"
week = "Mo-Fr 08:00-12:00,13:30-17:00"
holidays = "TI administration"          # or "TI", "AG Baden", "TI administration with Good Friday"
from = 2015-01-19

[[office.closure]]
from = 2026-12-28
until = 2026-12-31
reason = "between the years"
```

More tables: `[[office.override]]` (`day`, `windows`, `reason`), `[[office.break]]` (the same) and `[[office.season]]`
(`from`, `until`, `week`, `reason`). Every entry may name its `source`.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Final

from ticontact._description import Description, read_toml
from ticontact._time import zone_named
from ticontact.errors import ConfigurationError, Fault, HoursError, InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._rules import Break, Closure, DayOverride, Season
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._week import Week
from ticontact.hours._window import TimeWindow, read_windows
from ticontact.hours.swiss import administration, holidays
from ticontact.hours.swiss._canton import Canton
from ticontact.i18n import LANGUAGES, Text
from ticontact.i18n._texts.hours import OTHER_HOURS, OUR_BREAK, OUR_CLOSURE, SEASONAL_HOURS

__all__ = ["holidays_named", "read", "write"]

_ADMINISTRATION: Final = "administration"
_GOOD_FRIDAY: Final = "administration with Good Friday"
_HOLIDAYS: Final = "holidays"
_MOST: Final = 5_000
"""Calendars of a text: each takes some 3,000 bytes, and five characters of the text."""
_NO_DATE: Final = date(1970, 1, 1)  # a placeholder, which never leaves


def read(text: str) -> Mapping[str, BusinessCalendar]:
    """The calendars of a TOML text by the names of their tables.

    Raises:
        ConfigurationError: If it is no TOML, or has faults; all of them, each with its path. Also if it has more than
            5,000 calendars.
    """
    file = read_toml(text)
    if (number := sum(1 for _ in file)) > _MOST:
        raise ConfigurationError([Fault("file", f"{number} calendars were given", f"{_MOST} at the most")])
    calendars = {name: calendar_of(file.table(name), name=name) for name in file}
    file.finish()
    return calendars


def calendar_of(table: Description, *, name: str = "", zone: str = "") -> BusinessCalendar:
    """The calendar of one table; its faults are kept by the table, whose `finish` raises them.

    Args:
        table: The table.
        name: What people call the calendar.
        zone: The zone where the table names none.
    """
    since, until = table.day("from"), table.day("until")
    if since is not None and until is not None and until < since:
        table.fault("until", f"{until} is before {since}", "a date from then on")
        until = since
    return BusinessCalendar(
        zone=zone if zone and "zone" not in table else table.read("zone", _zone, "UTC"),
        week=table.read("week", _week, Week.closed()),
        holidays=table.read("holidays", holidays_named, None) if "holidays" in table else None,
        closures=[_closure(entry) for entry in table.tables("closure")],
        overrides=_overrides(table),
        breaks=[_break(entry) for entry in table.tables("break")],
        seasons=[_season(entry) for entry in table.tables("season")],
        since=since,
        until=until,
        name=name,
    )


def holidays_named(words: str) -> HolidayCalendar:
    """The Swiss holidays that some words name: `TI`, `AG Baden`, `TI administration`.

    Raises:
        HoursError: If there are none of this name.
    """
    letters, _, kind = words.strip().partition(" ")
    canton = Canton.named(letters)
    if kind in {"", _HOLIDAYS}:
        return holidays(canton)
    if kind in {_ADMINISTRATION, _GOOD_FRIDAY}:
        return administration(canton, good_friday=kind == _GOOD_FRIDAY)
    return holidays(canton, place=kind)


def _zone(name: str) -> str:
    zone_named(name)
    return name


def _week(text: str) -> Week:
    return Week.closed() if text.strip() == "closed" else Week.parse(text)


def _day(entry: Description, key: str) -> date:
    found = entry.day(key)
    if found is None and key not in entry:
        entry.fault(key, "missing", "a date such as 2015-01-19, without quotes")
    return found or _NO_DATE


def _dates(entry: Description) -> tuple[date, date]:
    start = _day(entry, "from")
    end = entry.day("until") or start
    if end < start:
        entry.fault("until", f"{end} is before {start}", "a date from then on")
    return start, max(start, end)


def _reason(entry: Description, otherwise: Text) -> Text:
    """One text for all languages (`reason`), or one for each (`reasons`)."""
    if "reasons" in entry:
        words = entry.table("reasons")
        return Text(
            it=words.text("it"), de=words.text("de"), fr=words.text("fr"), rm=words.text("rm"), en=words.text("en")
        )
    return Text.same(entry.text("reason")) if "reason" in entry else otherwise


def _source(entry: Description) -> str:
    return entry.text("source", default="")


def _closure(entry: Description) -> Closure:
    start, end = _dates(entry)
    return Closure(start, end, reason=_reason(entry, OUR_CLOSURE), source=_source(entry))


def _windows(entry: Description) -> tuple[TimeWindow, ...]:
    return entry.read("windows", read_windows, ())


def _overrides(table: Description) -> list[DayOverride]:
    found: dict[date, DayOverride] = {}
    for entry in table.tables("override"):
        day = _day(entry, "day")
        if day in found:
            entry.fault("day", f"{day} is described twice", "all its windows in one override")
        found[day] = DayOverride(day, _windows(entry), reason=_reason(entry, OTHER_HOURS), source=_source(entry))
    return list(found.values())


def _break(entry: Description) -> Break:
    return Break(_day(entry, "day"), _windows(entry), reason=_reason(entry, OUR_BREAK), source=_source(entry))


def _season(entry: Description) -> Season:
    start, end = _dates(entry)
    week = entry.read("week", _week, Week.closed())
    return Season(start, end, week=week, reason=_reason(entry, SEASONAL_HOURS), source=_source(entry))


def write(calendars: Mapping[str, BusinessCalendar]) -> str:
    """Some calendars as a TOML text, which `read` reads back as calendars with the same answers.

    Raises:
        InvalidNotation: If a calendar is a combination, or its holidays are none of the Swiss calendars.
    """
    return "\n".join(line for name, calendar in calendars.items() for line in _table(name, calendar))


def _table(name: str, calendar: BusinessCalendar) -> Iterator[str]:
    plan = calendar.plan
    if not isinstance(plan, StandingPlan):
        raise InvalidNotation(f"TOML: {name}: a combination of calendars has no table of its own", position=1)
    key = json.dumps(name)
    yield f"[{key}]"
    yield f"zone = {json.dumps(calendar.zone)}"
    yield f"week = {_week_said(plan.week)}"
    if plan.holidays is not None:
        yield f"holidays = {json.dumps(_holidays_name(plan.holidays))}"
    yield from (f"{word} = {day}" for word, day in (("from", plan.since), ("until", plan.until)) if day is not None)
    for closure in plan.closures:
        yield from _entry(f"{key}.closure", [f"from = {closure.start}", f"until = {closure.end}"], closure)
    for override in plan.overrides:
        yield from _entry(f"{key}.override", _on_day(override.day, override.windows), override)
    for taken_out in plan.breaks:
        yield from _entry(f"{key}.break", _on_day(taken_out.day, taken_out.windows), taken_out)
    for season in plan.seasons:
        dates = [f"from = {season.start}", f"until = {season.end}", f"week = {_week_said(season.week)}"]
        yield from _entry(f"{key}.season", dates, season)
    yield ""


def _entry(key: str, lines: list[str], rule: Closure | DayOverride | Break | Season) -> Iterator[str]:
    yield f"[[{key}]]"
    yield from lines
    if rule.source:
        yield f"source = {json.dumps(rule.source, ensure_ascii=False)}"
    words = ", ".join(
        f"{language} = {json.dumps(rule.reason.text(language), ensure_ascii=False)}" for language in LANGUAGES
    )
    yield f"reasons = {{ {words} }}"


def _on_day(day: date, windows: tuple[TimeWindow, ...]) -> list[str]:
    return [f"day = {day}", f'windows = "{",".join(map(_said, windows))}"']


def _week_said(week: Week) -> str:
    for window in chain.from_iterable(week.days):
        _said(window)
    return json.dumps(str(week))


def _said(window: TimeWindow) -> str:
    if not window.is_plain:
        raise InvalidNotation(f"TOML: the window {window} is longer than two times of day can say", position=1)
    return str(window)


def _holidays_name(calendar: HolidayCalendar) -> str:
    try:
        known = holidays_named(calendar.name) == calendar
    except HoursError:
        known = False
    if not known:
        raise InvalidNotation(f"TOML: the holidays {calendar.name!r} are none of the Swiss calendars", position=1)
    return calendar.name
