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
(`from`, `until`, `week`, `reason`). Every entry may name its `source`; with `every_year = true` it comes again each
year. `until = "further notice"` leaves the end of a closure open. A week may hold some weeks only (`Th[1] 14:00-18:00`,
`We[odd] 14:00-16:00`), and `by_appointment` is a second week, in which people are received by appointment.

Own holidays, beside or instead of `holidays`, are `[[office.holiday]]` with a `name` (or `names`) and one of

- `day = 2026-05-15`, with `until` for several days, or with `every_year = true`;
- `easter = -2`: days from Easter Sunday;
- `month = 9`, `weekday = "Su"`, `nth = 3`, and `then = 1` for the day after it.

They are off as a whole, or from `closed_from = "12:00"` on.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Final

import attrs

from ticontact._description import Description, read_toml
from ticontact._time import zone_named
from ticontact.errors import ConfigurationError, Fault, HoursError, InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._holiday import Holiday, HolidayCalendar, HolidayRule
from ticontact.hours._rules import NO_END, Break, Closure, DayOverride, Season
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import FURTHEST
from ticontact.hours._week import WEEKDAYS, Week
from ticontact.hours._window import TimeWindow, clock_text, read_windows, seconds_after_midnight
from ticontact.hours._yearly_dates import Easter, Every, NthWeekday, Once
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
_FURTHER_NOTICE: Final = "further notice"
_LAST_YEAR: Final = 9999


def read(text: str) -> Mapping[str, BusinessCalendar]:
    """The calendars of a TOML text by the names of their tables.

    Raises:
        ConfigurationError: If it is no TOML, or has faults; all of them, each with its path. Also if it has more than
            5,000 calendars.
    """
    file = read_toml(text.removeprefix("\ufeff"))  # a byte order mark of some editors
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
    table.allow("holidays", "by_appointment")
    since, until = table.day("from"), table.day("until")
    if since is not None and until is not None and until < since:
        table.fault("until", f"{until} is before {since}", "a date from then on")
        until = since
    return BusinessCalendar(
        zone=zone if zone and "zone" not in table else table.read("zone", _zone, "UTC"),
        week=table.read("week", _week, Week.closed()),
        holidays=_holidays(table, name),
        closures=[_closure(entry) for entry in table.tables("closure")],
        overrides=_overrides(table),
        breaks=[_break(entry) for entry in table.tables("break")],
        seasons=[_season(entry) for entry in table.tables("season")],
        since=since,
        until=until,
        by_appointment=table.read("by_appointment", _week, None) if "by_appointment" in table else None,
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


def _dates(entry: Description, *, every_year: bool) -> tuple[date, date]:
    start = _day(entry, "from")
    end = entry.day("until") or start
    if end < start:
        entry.fault("until", f"{end} is before {start}", "a date from then on")
    end = max(start, end)
    if every_year and end - start >= timedelta(days=365):
        entry.fault("until", f"{end} is a year or more after {start}", "less, where it comes again every year")
        end = start
    return start, end


def _every_year(entry: Description) -> bool:
    return entry.flag("every_year", default=False)


def _reason(entry: Description, otherwise: Text, *, key: str = "reason") -> Text:
    """One text for all languages (`reason`), or one for each (`reasons`)."""
    for_each = f"{key}s"
    entry.allow(key, for_each)
    if for_each in entry:
        if key in entry:
            entry.fault(key, f"it stands beside {for_each}", "one of the two")
        words = entry.table(for_each)
        return Text(
            it=words.text("it"), de=words.text("de"), fr=words.text("fr"), rm=words.text("rm"), en=words.text("en")
        )
    return Text.same(entry.text(key)) if key in entry else otherwise


def _source(entry: Description) -> str:
    return entry.text("source", default="")


def _closure(entry: Description) -> Closure:
    reason, source, every_year = _reason(entry, OUR_CLOSURE), _source(entry), _every_year(entry)
    if entry.holds("until", str):
        start = _day(entry, "from")
        entry.choice("until", (_FURTHER_NOTICE,))
        if every_year:
            entry.fault("every_year", f"it holds until {_FURTHER_NOTICE}", "false")
        return Closure(start, NO_END, reason=reason, source=source)
    start, end = _dates(entry, every_year=every_year)
    return Closure(start, end, reason=reason, source=source, every_year=every_year)


def _windows(entry: Description) -> tuple[TimeWindow, ...]:
    return entry.read("windows", read_windows, ())


def _overrides(table: Description) -> list[DayOverride]:
    found: dict[tuple[date | tuple[int, int], bool], DayOverride] = {}
    for entry in table.tables("override"):
        day, every_year = _day(entry, "day"), _every_year(entry)
        key = ((day.month, day.day) if every_year else day, every_year)
        if key in found:
            entry.fault("day", f"{day} is described twice", "all its windows in one override")
        found[key] = DayOverride(
            day, _windows(entry), reason=_reason(entry, OTHER_HOURS), source=_source(entry), every_year=every_year
        )
    return list(found.values())


def _break(entry: Description) -> Break:
    return Break(
        _day(entry, "day"),
        _windows(entry),
        reason=_reason(entry, OUR_BREAK),
        source=_source(entry),
        every_year=_every_year(entry),
    )


def _season(entry: Description) -> Season:
    every_year = _every_year(entry)
    start, end = _dates(entry, every_year=every_year)
    week = entry.read("week", _week, Week.closed())
    reason = _reason(entry, SEASONAL_HOURS)
    return Season(start, end, week=week, reason=reason, source=_source(entry), every_year=every_year)


# Holidays of its own.


def _holidays(table: Description, name: str) -> HolidayCalendar | None:
    """The holidays that are named, and the table's own; None where there are neither."""
    named = table.read("holidays", holidays_named, None) if "holidays" in table else None
    own = [holiday for entry in table.tables("holiday") for holiday in _own_holidays(entry)]
    if not own:
        return named
    return HolidayCalendar.of(name, own) if named is None else named.plus(*own)


def _own_holidays(entry: Description) -> Sequence[Holiday | HolidayRule]:
    name = _reason(entry, Text.same(""), key="name")
    if not name.it:
        entry.fault("name", "missing", "what people are told, such as 'San Lorenzo'")
    source, known_as = _source(entry), entry.text("id", default="holiday")
    closed_from = entry.read("closed_from", seconds_after_midnight, 0) if "closed_from" in entry else 0
    entry.allow("day", "until", "every_year", "easter", "month", "weekday", "nth", "then", "closed_from")
    if "easter" in entry:
        days = _within(entry, "easter", -80, 80)
        return [HolidayRule.from_easter(days, name, id=known_as, source=source, closed_from=closed_from)]
    if "weekday" in entry:
        month, nth = (_within(entry, key, 1, most) for key, most in (("month", 12), ("nth", 4)))
        weekday = WEEKDAYS.index(entry.choice("weekday", WEEKDAYS))
        then = _within(entry, "then", 0, 7) if "then" in entry else 0
        return [
            HolidayRule.on_weekday(
                month, nth, weekday, name, then=then, id=known_as, source=source, closed_from=closed_from
            )
        ]
    day = _day(entry, "day")
    if _every_year(entry):
        rule = HolidayRule.every_year(day.month, day.day, name, id=known_as, source=source, closed_from=closed_from)
        return [attrs.evolve(rule, years=(day.year, _LAST_YEAR))]
    last = entry.day("until") or day
    if not day <= last or last.year - day.year > FURTHEST:
        entry.fault("until", f"{last} was given for {day}", f"a date from then on, {FURTHEST} years at the most")
        last = day
    ordinals = range(day.toordinal(), last.toordinal() + 1)
    each_day = map(date.fromordinal, ordinals)
    return [Holiday(each, name, id=known_as, source=source, closed_from=closed_from) for each in each_day]


def _within(entry: Description, key: str, least: int, most: int) -> int:
    """A number between two bounds; one beyond them is a fault, and the bound stands for it while the rest is read."""
    return max(least, min(entry.integer(key, least=least, most=most), most))


def write(calendars: Mapping[str, BusinessCalendar]) -> str:
    """Some calendars as a TOML text, which `read` reads back as calendars of the same hours.

    A calendar is called by its key there. Not kept are its horizon and, of holidays of its own, whether the law makes
    them equal to a Sunday and which years their source covers.

    Raises:
        InvalidNotation: If a calendar is a combination, or one of its holidays falls on a day that a table cannot say.
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
    own: Sequence[HolidayRule] = ()
    if plan.holidays is not None:
        named, own = _parts_of(plan.holidays)
        yield from [f"holidays = {json.dumps(named, ensure_ascii=False)}"] if named else []
    yield from (f"{word} = {day}" for word, day in (("from", plan.since), ("until", plan.until)) if day is not None)
    if plan.by_appointment is not None:
        yield f"by_appointment = {_week_said(plan.by_appointment)}"
    yield from _holiday_entries(key, own)
    for closure in plan.closures:
        until = json.dumps(_FURTHER_NOTICE) if closure.is_until_further_notice else str(closure.end)
        yield from _entry(f"{key}.closure", [f"from = {closure.start}", f"until = {until}"], closure)
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
    if rule.every_year:
        yield "every_year = true"
    if rule.source:
        yield f"source = {json.dumps(rule.source, ensure_ascii=False)}"
    yield f"reasons = {_in_languages(rule.reason)}"


def _in_languages(text: Text) -> str:
    words = (f"{language} = {json.dumps(text.text(language), ensure_ascii=False)}" for language in LANGUAGES)
    return f"{{ {', '.join(words)} }}"


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


def _parts_of(calendar: HolidayCalendar) -> tuple[str, Sequence[HolidayRule]]:
    """The name of the Swiss calendar that holidays begin with, if they do, and the rules that follow it."""
    try:
        named = holidays_named(calendar.name).rules
    except HoursError:
        named = ()
    begins = bool(named) and calendar.rules[: len(named)] == named
    return (calendar.name, calendar.rules[len(named) :]) if begins else ("", calendar.rules)


def _holiday_entries(key: str, rules: Sequence[HolidayRule]) -> Iterator[str]:
    index = 0
    while index < len(rules):
        rule, last = rules[index], rules[index]
        index += 1
        # Days in a row that are alike in all else are one entry.
        while index < len(rules) and _is_next_day(last, rules[index]):
            last = rules[index]
            index += 1
        yield f"[[{key}.holiday]]"
        yield from _days_said(rule, last)
        yield f"names = {_in_languages(rule.name)}"
        yield f"id = {json.dumps(rule.id, ensure_ascii=False)}"
        if rule.closed_from:
            yield f"closed_from = {json.dumps(clock_text(rule.closed_from))}"
        if rule.source:
            yield f"source = {json.dumps(rule.source, ensure_ascii=False)}"


def _is_next_day(rule: HolidayRule, following: HolidayRule) -> bool:
    if not (isinstance(rule.feast, Once) and isinstance(following.feast, Once)):
        return False
    next_day = Once(date.fromordinal(rule.feast.day.toordinal() + 1)) if rule.feast.day < date.max else None
    return following.feast == next_day and attrs.evolve(rule, feast=next_day) == following


def _days_said(rule: HolidayRule, last: HolidayRule) -> Sequence[str]:
    """The days of a rule as lines; of several rules for days in a row, the first and the last of them."""
    match rule.feast, last.feast:
        case Once(day), Once(end):
            return [f"day = {day}", *([f"until = {end}"] if end != day else [])]
        case (Every(month, day), _) if rule.years[1] == _LAST_YEAR:
            # A day that its first year may not have is said by a leap year before it.
            first = rule.years[0] if (month, day) != (2, 29) else max(rule.years[0] - rule.years[0] % 4, 4)
            return [f"day = {first:04}-{month:02}-{day:02}", "every_year = true"]
        case (Easter(days), _) if rule.years == (1, _LAST_YEAR):
            return [f"easter = {days}"]
        case (NthWeekday(month, nth, weekday=weekday, then=then), _) if rule.years == (1, _LAST_YEAR):
            said = [f"month = {month}", f"weekday = {json.dumps(WEEKDAYS[weekday])}", f"nth = {nth}"]
            return [*said, *([f"then = {then}"] if then else [])]
    raise InvalidNotation(f"TOML: no table can say when the holiday {rule.id!r} is", position=1)
