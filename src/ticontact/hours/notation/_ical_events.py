"""The events of an iCalendar text, as far as closures and opening times need them (RFC 5545).

A text that is no calendar is refused. An event that cannot be read is a finding, and the others are read all the same:
a feed of others is not to be lost for one entry. What a rule of recurrence means is expanded within bounds, and where
they end the finding says so.

Read line by line and bounded by its input: a line that no closure needs is passed over unread, components nest as deep
as they like without recursion, and a zone is a name that `zone_named` knows, never a file or what the text itself
defines. Calendars come from strangers, by mail or from the web.
"""

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from io import StringIO
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import MICROSECONDS, microseconds, to_epoch, zone_named
from ticontact.errors import HoursError, InvalidNotation
from ticontact.hours._wall_clock import FIRST_YEAR, LAST_YEAR, local_reading
from ticontact.hours.notation._ical_recurrence import Recurrence, Unreadable, recurrence_of
from ticontact.plain import checked

__all__ = ["Days", "Event", "Finding", "Instants", "events_of"]

_LONGEST: Final = 1_000_000  # characters
_LONGEST_LINE: Final = 1_000  # characters of a line with a time or a duration; an ordinary one has sixty
_MOST: Final = 10_000  # events
_LONGEST_LIST: Final = 100_000  # characters of a line with a list of dates
_ONE: Final = timedelta(days=1)
_SHORTEST_YEAR: Final = 365

_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
_MOST_AGAIN: Final = 3_000  # occurrences of all events together, and one more for so many characters:
_CHARACTERS_AGAIN: Final = 20
_NEEDED: Final = frozenset({
    "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "UID", "STATUS", "RRULE", "RDATE", "EXDATE", "EXRULE",
    "RECURRENCE-ID",
})  # fmt: skip
_NO_LENGTH: Final = "it has no length, so it takes no time"
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


@attrs.frozen(field_transformer=checked)
class Finding:
    """What was not read of one event.

    Attributes:
        event: Its number in the text, from 1.
        problem: What is wrong with it, or where it was cut; no word of the event's own.
    """

    event: int
    problem: str

    def __str__(self) -> str:
        return f"iCalendar, event {self.event}: {self.problem}"


@attrs.frozen
class Event:
    """One event.

    Attributes:
        number: Its number in the text, from 1.
        spans: When it is, each time that it comes.
        summary: What people are told; may be empty.
        description: What is said of it beside that; may be empty.
        uid: Its name for programs; may be empty.
        every_year: Whether its one span comes again on the same days of every year.
        has_no_end: Whether its one span goes on day by day without an end.
    """

    number: int
    spans: tuple[Days | Instants, ...]
    summary: str
    description: str
    uid: str
    every_year: bool = False
    has_no_end: bool = False


@attrs.frozen
class _Line:
    """A content line: the parameters that stand before its value."""

    parameters: Mapping[str, str]
    value: str


_Properties = Mapping[str, list[str]]


def events_of(
    text: str,
    zone: ZoneInfo,
    *,
    first: date | None = None,
    last: date | None = None,
    found: Callable[[Finding], None],
) -> Iterator[Event]:
    """The events of a text, in their order, but those that were called off.

    Args:
        text: The calendar, or several of them.
        zone: The zone of times that name none.
        first: The first date that is of interest; None for all.
        last: The last date that is of interest; None for all.
        found: Where to write findings.

    Raises:
        InvalidNotation: If it cannot be read.
    """
    if len(text) > _LONGEST:
        raise InvalidNotation(f"iCalendar: more than {_LONGEST} characters were given", position=1)
    zones: dict[str, ZoneInfo] = {}
    bounds = _Bounds(first or date.min, last or date.max, _MOST_AGAIN + len(text) // _CHARACTERS_AGAIN)
    if "RECURRENCE-ID" in text.upper():
        bounds.moved = _moved(text, zone, zones)
    for number, properties in enumerate(_components(text), start=1):
        if number > _MOST:
            raise InvalidNotation(f"iCalendar: more than {_MOST} events were given", position=number)
        event = None
        try:
            event = _Reader(number, properties, zone, zones).event(bounds, partial(_note, found, number))
        except Unreadable as refused:
            problem = str(refused)
        else:
            problem = ""
        if problem:
            found(Finding(number, problem))
        if event is not None:
            yield event


def _note(found: Callable[[Finding], None], number: int, problem: str) -> None:
    found(Finding(number, problem))


def _moved(text: str, zone: ZoneInfo, zones: dict[str, ZoneInfo]) -> dict[str, set[date | int]]:
    """The occurrences of recurring events that other events of the same UID take the place of."""
    found: dict[str, set[date | int]] = {}
    for properties in _components(text):
        if "RECURRENCE-ID" in properties:
            with contextlib.suppress(Unreadable):
                reader = _Reader(0, properties, zone, zones)
                found.setdefault(reader.text("UID"), set()).update(reader.moments("RECURRENCE-ID"))
    return found


class _Bounds:
    """How much is read, and what of it has moved. It is mutable: it counts the occurrences.

    Args:
        first: The first date that is of interest.
        last: The last one.
        left: How many occurrences may still be read.

    Attributes:
        moved: By the UID of a recurring event, the beginnings of its occurrences that another event takes the place of.
    """

    def __init__(self, first: date, last: date, left: int) -> None:
        self.first, self.last, self.left = first, last, left
        self.moved: dict[str, set[date | int]] = {}


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
    unfolded = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "").lstrip("\n")
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

    def event(self, bounds: _Bounds, note: Callable[[str], None]) -> Event | None:
        """The event; None if it was called off.

        Raises:
            Unreadable: If its times cannot be read or contradict each other.
        """
        if self.text("STATUS").upper() == "CANCELLED":
            return None
        start = self._time("DTSTART")
        span = self._in_order(start, self._end(*start))
        words = self.text("SUMMARY"), self.text("DESCRIPTION"), self.text("UID")
        if not any(name in self._properties for name in ("RRULE", "RDATE", "EXRULE")):
            spans = [span] if self._is_near(span, bounds) else []
            return Event(self._number, tuple(spans), *words)
        return self._recurring(start, span, words, bounds, note)

    def _recurring(
        self,
        start: tuple[date, ZoneInfo | None],
        span: Days | Instants,
        words: tuple[str, str, str],
        bounds: _Bounds,
        note: Callable[[str], None],
    ) -> Event:
        if "EXRULE" in self._properties:
            raise Unreadable("it has an EXRULE, which is not read")
        rule = recurrence_of(self._line("RRULE").value) if "RRULE" in self._properties else None
        added = list(self.moments("RDATE"))
        left_out = bounds.moved.get(words[2], set()) | set(self.moments("EXDATE"))
        if rule is not None and isinstance(span, Days) and not added and not left_out:
            # What has neither an end nor an exception is said as it is, and not day by day.
            if rule.is_every_day():
                return Event(self._number, (span,), *words, has_no_end=True)
            if rule.is_every_year_on(span.start) and (span.end - span.start).days < _SHORTEST_YEAR:
                return Event(self._number, (span,), *words, every_year=True)
        days = [] if rule is None else self._days(rule, start, bounds, note)
        spans = [self._again(day, start, span) for day in days] or [span]
        spans += [self._added(moment, span) for moment in added]
        found: dict[date | int, Days | Instants] = {}
        for each in spans:
            if each.start in left_out or each.start in found or not self._is_near(each, bounds):
                continue
            if bounds.left <= 0:
                note("there are more occurrences than are read; allowed: fewer, or a first and a last date of interest")
                break
            bounds.left -= 1
            found[each.start] = each
        return Event(self._number, tuple(found.values()), *words)

    def _days(
        self, rule: Recurrence, start: tuple[date, ZoneInfo | None], bounds: _Bounds, note: Callable[[str], None]
    ) -> Iterator[date]:
        """The days on which a rule lets the event begin, up to where it is followed."""
        day = date(start[0].year, start[0].month, start[0].day)
        followed = rule.last_followed(day)
        last = min(followed, bounds.last)
        if rule.until:
            last = min(last, self._until(rule.until, start))
        elif rule.goes_on and followed < bounds.last:
            note(f"it recurs for longer than is followed; read until {followed}")
        return rule.days(day, last)

    def _until(self, value: str, start: tuple[date, ZoneInfo | None]) -> date:
        """The last day on which an event may begin whose rule has an UNTIL."""
        found, zone = self._moment(value, None)
        moment, own = start
        if not isinstance(found, datetime):
            return found
        local = found.replace(tzinfo=zone or own or self._zone).astimezone(own or self._zone)
        day = local.date()
        earlier = isinstance(moment, datetime) and local.time() < moment.time()
        return day - _ONE if earlier else day

    def _again(self, day: date, start: tuple[date, ZoneInfo | None], span: Days | Instants) -> Days | Instants:
        """The span as it is when the event begins on another day, at the same time of the wall clock."""
        moment, zone = start
        if isinstance(span, Days):
            return Days(day, day + (span.end - span.start))
        here = zone or self._zone
        clock = moment.time() if isinstance(moment, datetime) else time(0)
        begins = to_epoch(datetime.combine(day, clock, tzinfo=here))
        # It ends at the same time of the wall clock, too, which differs from its length where the clock changes.
        first_end = datetime.fromtimestamp(span.end // MICROSECONDS, here)
        first_day = datetime.fromtimestamp(span.start // MICROSECONDS, here).date()
        last = day + (first_end.date() - first_day)
        ends = to_epoch(datetime.combine(last, first_end.time(), tzinfo=here))
        return Instants(begins, max(ends, begins + 1))

    def _added(self, moment: date | int, span: Days | Instants) -> Days | Instants:
        if isinstance(span, Days) and isinstance(moment, date):
            return Days(moment, moment + (span.end - span.start))
        if isinstance(span, Instants) and isinstance(moment, int):
            return Instants(moment, moment + span.end - span.start)
        raise Unreadable("it has an RDATE of another kind than its start")

    def _is_near(self, span: Days | Instants, bounds: _Bounds) -> bool:
        """Whether a span touches the dates that are of interest."""
        if isinstance(span, Days):
            return span.start <= bounds.last and span.end > bounds.first
        begins, ends = (local_reading(self._zone, instant)[0] for instant in (span.start, span.end - 1))
        return begins <= bounds.last and ends >= bounds.first

    def moments(self, name: str) -> Iterator[date | int]:
        """The dates, or instants, of a property that lists them."""
        for content in self._properties.get(name, ()):
            if len(content) > _LONGEST_LIST:
                raise Unreadable(f"its {name} is too long")
            line = _parts(content)
            for value in filter(None, map(str.strip, line.value.split(","))):
                found, zone = self._moment(value.partition("/")[0], line.parameters.get("TZID"))
                if isinstance(found, datetime):
                    yield to_epoch(found.replace(tzinfo=zone or self._zone))
                else:
                    yield found

    def _no_dates(self) -> Unreadable:
        return Unreadable(f"it has no dates that can be read; allowed: the years {FIRST_YEAR} to {LAST_YEAR}")

    def _line(self, name: str) -> _Line:
        lines = self._properties[name]
        if len(lines) > 1 or len(lines[0]) > _LONGEST_LINE:
            raise self._no_dates()
        return _parts(lines[0])

    def text(self, name: str) -> str:
        """The text of a property; empty where there is none."""
        lines = self._properties.get(name)
        if not lines:
            return ""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], _parts(lines[0]).value)

    def _time(self, name: str) -> tuple[date, ZoneInfo | None]:
        """A date, or a time of day on it, as the wall clock shows it; with its zone, if it names one."""
        if name not in self._properties:
            raise self._no_dates()
        line = self._line(name)
        return self._moment(line.value, line.parameters.get("TZID"))

    def _moment(self, value: str, named: str | None) -> tuple[date, ZoneInfo | None]:
        match = _TIME.fullmatch(value)
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
        return found, None if named is None or not match[4] else self._zone_named(named)

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
        raise Unreadable(problem)

    def _end(self, start: date, zone: ZoneInfo | None) -> tuple[date, ZoneInfo | None, int]:
        """When it ends: a date or a wall-clock time, its zone, and the microseconds that pass after it."""
        if "DTEND" in self._properties:
            return *self._time("DTEND"), 0
        # RFC 5545, 3.6.1: without an end an event lasts its DURATION, or the whole day of its date; one that begins at
        # a time ends at once. Days and weeks of a duration are those of the calendar; hours, minutes and seconds pass
        # exactly (3.3.6).
        days, rest = timedelta(0) if isinstance(start, datetime) else _ONE, 0
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
            if begins == ends:
                raise Unreadable(_NO_LENGTH)
            if begins > ends:
                raise Unreadable("it ends before it starts")
            if ends > _LAST_INSTANT:
                raise self._no_dates()
            return Instants(begins, ends)
        if isinstance(first, datetime) or isinstance(last, datetime):
            raise self._no_dates()
        if first > last:
            raise Unreadable("it ends before it starts")
        # Many programs write the day itself as the end of an event of one day, instead of the day after it.
        return Days(first, max(last, first + _ONE))


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
