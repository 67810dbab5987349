"""schema.org opening hours (JSON-LD), read and written.

Standing hours are `openingHoursSpecification`, dates of their own `specialOpeningHoursSpecification`. The text of
`openingHours`, and `hoursAvailable` of a contact point or a service, are read too, wherever in a document they stand.
An entry without `opens` is closed, as is one from `00:00` to `00:00`; one from `00:00` to `23:59` or `24:00` is open
around the clock. What people are told of an entry stands in its `name`, in each language.
Source: schema.org/OpeningHoursSpecification, schema.org/PublicHolidays; Google Search Central, local businesses.

The holidays of a span of dates are written one by one, since most readers of such data know no `PublicHolidays`.
"""

import contextlib
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ticontact._time import zone_named
from ticontact.errors import HoursError, InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._explanation import RuleKind
from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._rules import Closure, DayOverride, Season
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import dates_between
from ticontact.hours._week import WEEKDAYS, Week, read_weekdays
from ticontact.hours._window import DAY, TimeWindow, clock_text, read_windows
from ticontact.hours.notation._foreign_words import language_values, text_of_values
from ticontact.i18n import Text
from ticontact.i18n._texts.hours import OTHER_HOURS, OUR_CLOSURE, SEASONAL_HOURS, STANDING_HOURS

__all__ = ["losses", "read", "write"]

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PUBLIC_HOLIDAYS: Final = "PublicHolidays"
_STANDING, _SPECIAL, _AVAILABLE, _TEXT = (
    "openingHoursSpecification",
    "specialOpeningHoursSpecification",
    "hoursAvailable",
    "openingHours",
)
_KEYS: Final = (_STANDING, _SPECIAL, _AVAILABLE, _TEXT)
_MOST: Final = 100_000  # entries, or objects of a document
_DEEPEST: Final = 32  # lists and objects within each other
_LONGEST: Final = 200  # characters of a time, a date, or a line of openingHours
_ALWAYS: Final = date(2, 1, 1)
_NO_END: Final = date.max
_CLOCK: Final = re.compile(
    r"T?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_NOON: Final = 12


def write(calendar: BusinessCalendar, *, first: date, last: date) -> dict[str, list[dict[str, object]]]:
    """The hours of a calendar as the two properties of a schema.org place.

    Args:
        calendar: A calendar with a standing week; `losses` says what of it cannot be kept.
        first: The first date whose exceptions are written.
        last: The last one.

    Raises:
        InvalidNotation: If the calendar is a combination, or a window cannot be said.
        HoursError: If the dates are more than 100 years apart.
    """
    plan = _plan_of(calendar)
    standing = [entry for day, windows in enumerate(plan.week.days) for entry in _of_day(_DAYS[day], windows)]
    if not standing:  # said, since a reader must not take a place without any hours for a closed one
        standing = [entry for day in _DAYS for entry in _of_day(day, None)]
    special = [entry for day in dates_between(first, last) for entry in _special(plan, day)]
    return {_STANDING: standing, _SPECIAL: special}


def losses(calendar: BusinessCalendar) -> tuple[str, ...]:
    """What the notation cannot hold of a calendar, in English; empty where hours and sentences are all kept.

    Outside of the dates that are written only the standing week is kept.

    Raises:
        InvalidNotation: If the calendar is a combination, which cannot be written at all.
    """
    plan = _plan_of(calendar)
    found = []
    if any(week.special for week in (plan.week, *(season.week for season in plan.seasons))):
        found.append("that hours are of some weeks only: they are written date by date")
    if plan.by_appointment is not None:
        found.append("what is by appointment: such hours read as closed")
    if plan.breaks or (plan.holidays and any(rule.closed_from for rule in plan.holidays.rules)):
        found.append("why a part of a day is closed: it reads as the day's hours")
    if any(rule.source for rule in (*plan.closures, *plan.overrides, *plan.breaks, *plan.seasons)):
        found.append("the sources of rules")
    if any(closure.is_until_further_notice for closure in plan.closures):
        found.append("that a closure holds until further notice: it ends with the dates that are written")
    return tuple(found)


def _plan_of(calendar: BusinessCalendar) -> StandingPlan:
    if not isinstance(calendar.plan, StandingPlan):
        raise InvalidNotation("schema.org: a combination of calendars has no standing hours", position=1)
    return calendar.plan


def _special(plan: StandingPlan, day: date) -> Iterator[dict[str, object]]:
    windows = plan.windows(day)
    reason = plan.decided_by(day, windows[0].start if windows else 0)
    # A holiday on a Saturday changes no hours, but what people are told.
    ordinary = reason.words == STANDING_HOURS if windows else reason.kind in {RuleKind.WEEK, RuleKind.APPOINTMENT}
    if windows == plan.week.days[day.weekday()] and ordinary:
        return
    valid: dict[str, object] = {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
    if reason.words != OUR_CLOSURE:
        valid["name"] = language_values(reason.words)
    for entry in _of_day(_DAYS[day.weekday()], windows or None):
        yield entry | valid


def _of_day(day: str, windows: Iterable[TimeWindow] | None) -> Iterator[dict[str, object]]:
    """The entries of a day; None closes it by name."""
    base: dict[str, object] = {"@type": "OpeningHoursSpecification", "dayOfWeek": f"https://schema.org/{day}"}
    if windows is None:
        yield base | {"opens": "00:00", "closes": "00:00"}
        return
    for window in windows:
        if (window.start, window.end) == (0, DAY):
            yield base | {"opens": "00:00", "closes": "23:59"}
            continue
        if not window.is_plain:
            raise InvalidNotation(
                f"schema.org: the window {window} is longer than two times of day can say", position=1
            )
        yield base | {"opens": clock_text(window.start), "closes": clock_text(window.end % DAY)}


def read(
    document: object, *, zone: str, name: str = "", holidays: HolidayCalendar | None = None, place: str | None = None
) -> BusinessCalendar:
    """The calendar of the place, contact point or service in a JSON-LD document that has opening hours.

    An entry without dates is of the standing week, and so is one with a first or a last date only, from or until then.
    One for a single date gives that date its hours. Entries for the same dates are a season, which has hours on the
    weekdays that they name; where all of them are closed, they close these weekdays and leave the others as they are.

    Args:
        document: The object that has the properties, or a document around it (`@graph`, a list), as a JSON reader gives
            it. Of objects within each other the outermost one that has hours is meant.
        zone: The IANA name of its zone.
        name: What people call the calendar.
        holidays: What `PublicHolidays` means.
        place: The `@id` or the name of the object that is meant, where several have hours.

    Raises:
        InvalidNotation: If nothing in it has opening hours, or several objects have; or if an entry cannot be read, of
            which `position` is the number.
        HoursError: If the time-zone database has no such zone.
    """
    entries = []
    local = zone_named(zone)
    for number, (key, entry) in enumerate(_entries(document, place), start=1):
        if number > _MOST:
            raise InvalidNotation(f"schema.org: more than {_MOST} entries were given", position=number)
        entries.append(_Entry(entry, number, key, local))
    has_holidays = any(entry.is_for_holidays for entry in entries)
    if has_holidays:
        _check_holidays(entries, holidays)
    weekly = [entry for entry in entries if not entry.is_for_holidays]
    standing = [entry for entry in weekly if entry.first is None]
    week = _week(standing)
    return BusinessCalendar(
        zone=zone,
        week=week,
        holidays=holidays if has_holidays else None,
        overrides=_overrides(weekly),
        seasons=_seasons(weekly, week),
        closures=_closures(weekly),
        name=name,
    )


# Where the hours are.


def _entries(document: object, place: str | None) -> Iterator[tuple[str, object]]:
    """The entries of the object that is meant, each with its property."""
    found, by_id = _objects_with_hours(document)
    if place is not None:
        found = [each for each in found if place in {each.get("@id"), each.get("name")}]
    if not found:
        what = "nothing in it has opening hours" if place is None else f"nothing with hours is called {place[:40]!r}"
        raise InvalidNotation(f"schema.org: {what}; allowed: an object with {', '.join(_KEYS)}", position=1)
    if len(found) > 1:
        raise InvalidNotation(
            f"schema.org: {len(found)} objects have opening hours; allowed: one, or its @id or name (place=)",
            position=1,
        )
    (holder,) = found
    keys = [key for key in _KEYS if holder.get(key) not in (None, [], "")]
    if len(keys) > 1 and _TEXT in keys:
        keys.remove(_TEXT)  # it says the same once more, for readers that know no entries
    for key in keys:
        value = holder[key]
        for entry in value if isinstance(value, list) else [value]:
            yield from _lines(entry, key) if key == _TEXT else [(key, _referred(entry, by_id))]


def _referred(entry: object, by_id: Mapping[str, Mapping[str, object]]) -> object:
    """An entry, or the one that stands elsewhere in the document under its `@id`."""
    if isinstance(entry, Mapping) and isinstance(known := entry.get("@id"), str) and len(entry) == 1:
        return by_id.get(known, entry)
    return entry


def _lines(entry: object, key: str) -> Iterator[tuple[str, object]]:
    """The lines of an `openingHours` text, which may stand one below the other."""
    if isinstance(entry, str):
        yield from ((key, line) for line in re.split(r"[;\n]", entry[: _LONGEST * 100]) if line.strip())
    else:
        yield key, entry


def _objects_with_hours(document: object) -> tuple[list[Mapping[str, object]], dict[str, Mapping[str, object]]]:
    """The outermost objects of a document that have hours, and all objects by their `@id`."""
    found: list[Mapping[str, object]] = []
    by_id: dict[str, Mapping[str, object]] = {}
    found_at = _DEEPEST
    count = 0
    coming: deque[tuple[int, object]] = deque([(0, document)])
    while coming:
        depth, here = coming.popleft()
        count += 1
        if count > _MOST or depth > _DEEPEST:
            raise InvalidNotation(
                f"schema.org: it has more than {_MOST} values, or some more than {_DEEPEST} deep", position=1
            )
        if isinstance(here, Mapping):
            known = here.get("@id")
            if isinstance(known, str) and len(here) > 1:
                by_id.setdefault(known, here)
            has_hours = any(here.get(key) not in (None, [], "") for key in _KEYS)
            if has_hours and (not found or depth == found_at):
                found.append(here)
                found_at = depth
            inside: Iterable[object] = (value for key, value in here.items() if key not in _KEYS)
        else:
            inside = here if isinstance(here, list) else ()
        # A list, and @graph, is no level of its own; what has hours there stands beside each other.
        coming.extend((depth + 1, each) for each in inside if isinstance(each, Mapping | list))
    return found, by_id


# One entry.


class _Entry:
    """One OpeningHoursSpecification, or one line of `openingHours`, read.

    Args:
        entry: The entry.
        number: Its number.
        key: The property that it stands at.
        zone: The zone of its dates.
    """

    def __init__(self, entry: object, number: int, key: str, zone: ZoneInfo) -> None:
        self.number = number
        self._zone = zone
        self.first: date | None = None
        self.last = _NO_END
        self.is_for_holidays = False
        self.reason: Text | None = None
        if key == _TEXT:
            self.days, self.windows = self._line(entry)
            return
        if not isinstance(entry, Mapping):
            raise self.fault("it is no object")
        self._entry = entry
        self._read_dates(is_special=key == _SPECIAL)
        self.days = self._weekdays()
        self.windows = self._window()
        self.reason = text_of_values(entry.get("name"))

    def fault(self, problem: str) -> InvalidNotation:
        """The error that names this entry."""
        return InvalidNotation(f"schema.org, entry {self.number}: {problem}", position=self.number)

    @property
    def is_of_one_day(self) -> bool:
        """Whether it is about a single date."""
        return self.first is not None and self.first == self.last

    def _read_dates(self, *, is_special: bool) -> None:
        first, last = self._date("validFrom"), self._date("validThrough")
        if first is None and last is None:
            return
        if is_special and (first is None or last is None):  # one date of its own
            first = last = first or last
        self.first, self.last = first or _ALWAYS, last or _NO_END
        if self.last < self.first:
            raise self.fault("validThrough is before validFrom")

    def _date(self, key: str) -> date | None:
        """A date; of an instant the date that it has in the zone, so that `2026-06-30T22:00Z` is 1 July in Zurich."""
        value = self._entry.get(key)
        if value is None:
            return None
        found: date | None = None
        if isinstance(value, str) and len(value) <= _LONGEST:
            with contextlib.suppress(ValueError, OverflowError):
                if "T" in value:
                    moment = datetime.fromisoformat(value)
                    found = (moment if moment.tzinfo is None else moment.astimezone(self._zone)).date()
                else:
                    found = date.fromisoformat(value)
        if found is None or found < _ALWAYS:
            raise self.fault(f"{key} is no date")
        return found

    def _weekdays(self) -> frozenset[int]:
        value = self._entry.get("dayOfWeek", _DAYS)
        names = value if isinstance(value, list | tuple) else (value,)
        found: set[int] = set()
        for each in names:
            name = re.split(r"[/:#]", each[:_LONGEST])[-1].strip() if isinstance(each, str) else ""
            if name == _PUBLIC_HOLIDAYS:
                self.is_for_holidays = True
            elif name.capitalize() in _DAYS:
                found.add(_DAYS.index(name.capitalize()))
            else:
                raise self.fault(f"dayOfWeek {name[:20]!r}; allowed: {', '.join(_DAYS)}, {_PUBLIC_HOLIDAYS}")
        if self.is_of_one_day and self.first is not None and found and self.first.weekday() not in found:
            raise self.fault(f"{self.first} is a {_DAYS[self.first.weekday()]}, which its dayOfWeek does not name")
        return frozenset(found)

    def _window(self) -> tuple[TimeWindow, ...]:
        """Its window; none where it is closed."""
        if self._entry.get("opens") is None and self._entry.get("closes") is None:
            return ()
        opens, closes = self._clock("opens"), self._clock("closes")
        if opens == closes == 0:
            return ()
        if opens == 0 and closes // 60 == DAY // 60 - 1:
            return (TimeWindow(0, DAY),)
        problem = ""
        try:
            return (TimeWindow(opens, closes),)
        except HoursError as refused:
            problem = str(refused)
        raise self.fault(problem)

    def _clock(self, key: str) -> int:
        value = self._entry.get(key)
        match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) and len(value) <= _LONGEST else None
        if match is None or not self._is_local(match[5]):
            raise self.fault(f"{key} is no time such as 08:00")
        hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
        if match[4]:
            hours = hours % _NOON + (_NOON if match[4] in "Pp" else 0) if 1 <= hours <= _NOON else 2 * DAY
        total = (hours * 60 + minutes) * 60 + seconds
        if max(minutes, seconds) > 59 or total > DAY:  # noqa: PLR2004 - sixty minutes, sixty seconds
            raise self.fault(f"{key} is no time such as 08:00")
        return total

    def _is_local(self, offset: str | None) -> bool:
        """Whether an offset from UTC, if there is one, is the zone's own: in winter or in summer."""
        if offset is None:
            return True
        year = self.first.year if self.first is not None and self.first > _ALWAYS else 2026
        sign = -1 if offset.startswith("-") else 1
        digits = offset.strip("Z+-").replace(":", "") or "0000"
        wanted = sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return any(
            datetime(year, month, 15, tzinfo=UTC).astimezone(self._zone).utcoffset() == wanted for month in (1, 7)
        )

    def _line(self, line: object) -> tuple[frozenset[int], tuple[TimeWindow, ...]]:
        """A line of `openingHours`, such as `Mo-Fr 08:00-12:00`; weekdays alone are open around the clock."""
        if not isinstance(line, str) or len(line) > _LONGEST:
            raise self.fault("it is no line such as Mo-Fr 08:00-12:00")
        names, _, hours = line.strip().partition(" ")
        problem = ""
        try:
            days = frozenset(read_weekdays(names))
            if not hours.strip():
                return days, (TimeWindow(0, DAY),)
            return days, () if hours.strip() in {"off", "closed"} else read_windows(hours)
        except HoursError as refused:
            problem = str(refused)
        raise self.fault(f"{problem}; a line such as Mo-Fr 08:00-12:00")


# What entries mean together.


def _check_holidays(entries: Iterable[_Entry], holidays: HolidayCalendar | None) -> None:
    for entry in entries:
        if not entry.is_for_holidays:
            continue
        if holidays is None:
            raise entry.fault(
                f"{_PUBLIC_HOLIDAYS} has no meaning here; allowed: a calendar for it in the call (holidays=)"
            )
        if entry.windows or entry.days or entry.first is not None:
            raise entry.fault(
                f"{_PUBLIC_HOLIDAYS} with hours, dates or weekdays; allowed: an entry that closes them all"
            )


def _week(entries: Iterable[_Entry]) -> Week:
    windows: list[list[TimeWindow]] = [[] for _ in _DAYS]
    last = 1
    for entry in entries:
        last = entry.number
        for day in entry.days:
            windows[day] += entry.windows
    if not any(windows):
        return Week.closed()
    problem = ""
    try:
        return Week.of(windows)
    except HoursError as refused:
        problem = str(refused)
    raise InvalidNotation(f"schema.org, entry {last}: {problem}", position=last)


def _overrides(entries: Iterable[_Entry]) -> list[DayOverride]:
    return [
        DayOverride(day, windows, reason=_reason(found, OTHER_HOURS))
        for day, found in _by_day(entries).items()
        if (windows := _windows(found))
    ]


def _windows(entries: Sequence[_Entry]) -> tuple[TimeWindow, ...]:
    problem = ""
    try:
        return read_windows([window for entry in entries for window in entry.windows])
    except HoursError as refused:
        problem = str(refused)
    raise entries[-1].fault(problem)


def _reason(entries: Iterable[_Entry], usual: Text) -> Text:
    return next((entry.reason for entry in entries if entry.reason is not None), usual)


def _by_day(entries: Iterable[_Entry]) -> dict[date, list[_Entry]]:
    """The entries for single dates, by their date."""
    found: dict[date, list[_Entry]] = {}
    for entry in entries:
        if entry.first is not None and entry.is_of_one_day:
            found.setdefault(entry.first, []).append(entry)
    return found


def _by_dates(entries: Iterable[_Entry]) -> dict[tuple[date, date], list[_Entry]]:
    """The entries for several dates, by their dates."""
    found: dict[tuple[date, date], list[_Entry]] = {}
    for entry in entries:
        if entry.first is not None and not entry.is_of_one_day:
            found.setdefault((entry.first, entry.last), []).append(entry)
    return found


def _closes_all(entries: Iterable[_Entry]) -> bool:
    return all(not entry.windows for entry in entries)


def _closures(entries: Sequence[_Entry]) -> list[Closure]:
    found = [
        Closure(day, reason=_reason(of_day, OUR_CLOSURE))
        for day, of_day in _by_day(entries).items()
        if _closes_all(of_day)
    ]
    for (first, last), of_dates in _by_dates(entries).items():
        if _closes_all(of_dates) and len(frozenset().union(*(entry.days for entry in of_dates))) == len(WEEKDAYS):
            found.append(Closure(first, last, reason=_reason(of_dates, OUR_CLOSURE)))
    return found


def _seasons(entries: Iterable[_Entry], standing: Week) -> list[Season]:
    found = []
    for (first, last), of_dates in _by_dates(entries).items():
        days = frozenset[int]().union(*(entry.days for entry in of_dates))
        if _closes_all(of_dates):
            if len(days) == len(WEEKDAYS):
                continue  # a closure
            open_days = ["" if day in days else list(standing.days[day]) for day in range(len(WEEKDAYS))]
            week = Week.of(open_days) if any(open_days) else Week.closed()
        else:
            week = _week(of_dates)
        # From a date on, or until one, hours are what they are; only between two dates are they of a season.
        usual = STANDING_HOURS if first == _ALWAYS or last == _NO_END else SEASONAL_HOURS
        found.append(Season(first, last, week=week, reason=_reason(of_dates, usual)))
    return found
