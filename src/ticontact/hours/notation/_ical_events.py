"""The events of an iCalendar text, as far as closures need them (RFC 5545).

Read line by line and bounded by its input: a line that no closure needs is passed over unread, components nest as deep
as they like without recursion, and a zone is a name that `zone_named` knows, never a file or what the text itself
defines. Calendars come from strangers, by mail or from the web.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import MICROSECONDS, microseconds, to_epoch, zone_named
from ticontact.errors import HoursError, InvalidNotation
from ticontact.hours._wall_clock import FIRST_YEAR, LAST_YEAR

__all__ = ["Days", "Event", "Instants", "events_of"]

_LONGEST: Final = 1_000_000  # characters
_LONGEST_LINE: Final = 1_000  # characters of a line with a time or a duration; an ordinary one has sixty
_MOST: Final = 10_000  # events
_ONE: Final = timedelta(days=1)

_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
_NEEDED: Final = frozenset({"DTSTART", "DTEND", "DURATION", "SUMMARY", "UID", "RRULE", "RDATE"})
_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
_DURATION: Final = re.compile(
    r"\+?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?", re.ASCII
)
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")


class Days(NamedTuple):
    """Whole days: the first one, and the one after the last."""

    start: date
    end: date


class Instants(NamedTuple):
    """A span of time, in microseconds since 1970-01-01T00:00Z."""

    start: int
    end: int


@attrs.frozen
class Event:
    """One event.

    Attributes:
        span: When it is.
        summary: What people are told; may be empty.
        uid: Its name for programs; may be empty.
    """

    span: Days | Instants
    summary: str
    uid: str


@attrs.frozen
class _Line:
    """A content line: the parameters that stand before its value."""

    parameters: Mapping[str, str]
    value: str


_Properties = Mapping[str, list[str]]


def events_of(text: str, zone: ZoneInfo) -> Iterator[Event]:
    """The events of a text, in their order.

    Args:
        text: The calendar, or several of them.
        zone: The zone of times that name none.

    Raises:
        InvalidNotation: If it cannot be read, or an event recurs; `position` is the event's number.
    """
    if len(text) > _LONGEST:
        raise InvalidNotation(f"iCalendar: more than {_LONGEST} characters were given", position=1)
    zones: dict[str, ZoneInfo] = {}
    for number, properties in enumerate(_components(text), start=1):
        if number > _MOST:
            raise InvalidNotation(f"iCalendar: more than {_MOST} events were given", position=number)
        yield _Reader(number, properties, zone, zones).event()


def _components(text: str) -> Iterator[_Properties]:
    """The lines of each event that a closure needs, by the name of their property."""
    # The components that have begun, the innermost last, each with its own lines. They are left one by one, so that
    # the lines of one event are held at a time. An alarm within an event has a summary and a duration of its own.
    begun: list[tuple[str, dict[str, list[str]]]] = []
    for line in _lines(text):
        match = _NAME.match(line)
        name = match[0].upper() if match else ""
        if name == "BEGIN":
            begun.append((_component(line), {}))
        elif not begun:
            raise _unreadable()
        elif name == "END":
            kind, properties = begun.pop()
            if kind != _component(line):
                raise _unreadable()
            if kind == "VEVENT":
                yield properties
        elif name in _NEEDED:
            begun[-1][1].setdefault(name, []).append(line)
    if begun:
        raise _unreadable()


def _lines(text: str) -> Iterator[str]:
    """The content lines of a text; empty ones are left out."""
    # A line that begins with a space goes on with the line before it: RFC 5545, 3.1.
    unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "").lstrip("\n")
    if not unfolded[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise _unreadable()
    return (line for line in StringIO(unfolded, newline="\n") if not line.isspace())


def _component(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _unreadable() -> InvalidNotation:
    return InvalidNotation("iCalendar: it cannot be read; allowed: a VCALENDAR of RFC 5545", position=1)


def _parts(line: str) -> _Line:
    """A line cut into its parameters and its value: what follows the first colon outside of quotes."""
    pieces = line.split('"')
    before: list[str] = []
    for index in range(0, len(pieces), 2):  # every other piece is in quotes
        head, colon, rest = pieces[index].partition(":")
        before.append(head)
        if colon:
            value = '"'.join([rest, *pieces[index + 1 :]])
            break
        before.append(pieces[index + 1] if index + 1 < len(pieces) else "")
    else:
        return _Line({}, "")
    parameters = (parameter.partition("=") for parameter in "".join(before).split(";")[1:])
    return _Line({name.strip().upper(): given.strip() for name, _, given in parameters}, value.strip())


class _Reader:
    """Reads one event."""

    def __init__(self, number: int, properties: _Properties, zone: ZoneInfo, zones: dict[str, ZoneInfo]) -> None:
        self._number = number
        self._properties = properties
        self._zone = zone
        self._zones = zones  # the zones that were named so far

    def event(self) -> Event:
        """The event.

        Raises:
            InvalidNotation: If it recurs, or its times cannot be read or contradict each other.
        """
        if "RRULE" in self._properties or "RDATE" in self._properties:
            raise self._fault("it recurs; allowed: single events")
        start = self._time("DTSTART")
        return Event(self._in_order(start, self._end(*start)), self._text("SUMMARY"), self._text("UID"))

    def _fault(self, problem: str) -> InvalidNotation:
        return InvalidNotation(f"iCalendar, event {self._number}: {problem}", position=self._number)

    def _no_dates(self) -> InvalidNotation:
        return self._fault(f"it has no dates that can be read; allowed: the years {FIRST_YEAR} to {LAST_YEAR}")

    def _line(self, name: str) -> _Line:
        lines = self._properties[name]
        if len(lines) > 1 or len(lines[0]) > _LONGEST_LINE:
            raise self._no_dates()
        return _parts(lines[0])

    def _text(self, name: str) -> str:
        lines = self._properties.get(name)
        if not lines:
            return ""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], _parts(lines[0]).value)

    def _time(self, name: str) -> tuple[date, ZoneInfo | None]:
        """A date, or a time of day on it, as the wall clock shows it; with its zone, if it names one."""
        if name not in self._properties:
            raise self._no_dates()
        line = self._line(name)
        match = _TIME.fullmatch(line.value)
        if match is None:
            raise self._no_dates()
        found: date | None = None
        with contextlib.suppress(ValueError):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            clock = time(int(match[4]), int(match[5]), int(match[6])) if match[4] else None
            found = day if clock is None else datetime.combine(day, clock)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise self._no_dates()
        if match[7]:
            return found, zone_named("UTC")
        named = line.parameters.get("TZID") if match[4] else None
        return found, None if named is None else self._zone_named(named)

    def _zone_named(self, name: str) -> ZoneInfo:
        if name not in self._zones:
            self._zones[name] = self._look_up(name)
        return self._zones[name]

    def _look_up(self, name: str) -> ZoneInfo:
        # Some programs put their own name before that of the zone: /example.org/20260101/Europe/Zurich.
        plain = "/".join(name.split("/")[-2:]) if name.startswith("/") else name
        problem = ""
        try:
            return zone_named(_of_windows(plain))
        except HoursError as refused:
            problem = str(refused)
        raise self._fault(problem)

    def _end(self, start: date, zone: ZoneInfo | None) -> tuple[date, ZoneInfo | None, int]:
        """When it ends: a date or a wall-clock time, its zone, and the microseconds that pass after it."""
        if "DTEND" in self._properties:
            return *self._time("DTEND"), 0
        # RFC 5545, 3.6.1: without an end an event lasts its DURATION, or the whole day of its date. Days and weeks of a
        # duration are those of the calendar; hours, minutes and seconds pass exactly (3.3.6).
        days, rest = _ONE, 0
        if "DURATION" in self._properties:
            match = _DURATION.fullmatch(self._line("DURATION").value)
            if match is None:
                raise self._no_dates()
            weeks, single, hours, minutes, seconds = (int(part or 0) for part in match.groups())
            days = timedelta(days=7 * weeks + single)
            rest = microseconds(timedelta(hours=hours, minutes=minutes, seconds=seconds))
        end: date | None = None
        with contextlib.suppress(OverflowError):
            end = start + days
        if end is None or end.year > LAST_YEAR:
            raise self._no_dates()
        return end, zone, rest

    def _in_order(self, start: tuple[date, ZoneInfo | None], end: tuple[date, ZoneInfo | None, int]) -> Days | Instants:
        """Start and end, both as dates or both as instants."""
        first, first_zone = start
        last, last_zone, rest = end
        if isinstance(first, datetime) and isinstance(last, datetime):
            if (first_zone is None) is not (last_zone is None):
                raise self._no_dates()  # one of them is the same instant everywhere, the other is not
            begins = to_epoch(first.replace(tzinfo=first_zone or self._zone))
            ends = to_epoch(last.replace(tzinfo=last_zone or self._zone)) + rest
            if begins >= ends:
                raise self._fault("it ends before it starts")
            if ends > _LAST_INSTANT:
                raise self._no_dates()
            return Instants(begins, ends)
        if isinstance(first, datetime) or isinstance(last, datetime):
            raise self._no_dates()
        if first >= last:
            raise self._fault("it ends before it starts")
        return Days(first, last)


_LAST_INSTANT: Final = (date(LAST_YEAR, 12, 30) - date(1970, 1, 1)).days * 86_400 * MICROSECONDS
"""From here on a duration might lead out of the years that can be computed."""


def _of_windows(name: str) -> str:
    """The IANA name of a zone that Windows names, such as "W. Europe Standard Time"; other names as they are."""
    if " " not in name:
        return name
    from icalendar.timezone.windows_to_olson import (  # noqa: PLC0415 - an extra, loaded at first use
        WINDOWS_TO_OLSON,
    )

    return str(WINDOWS_TO_OLSON.get(name, name))
