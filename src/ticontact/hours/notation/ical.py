"""iCalendar (RFC 5545): closures in, closures and opening times out.

The syntax is the work of the `icalendar` library, which the extra `ticontact[formats]` installs and which is loaded
only when a function here is called.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol, cast

from ticontact._time import MICROSECONDS, to_epoch, zone_named
from ticontact.errors import InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._rules import Break, Closure
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import local_reading
from ticontact.hours._window import DAY, TimeWindow
from ticontact.i18n import Text
from ticontact.i18n.hours import OUR_CLOSURE, STANDING_HOURS

__all__ = ["read_closures", "write_closures", "write_openings"]

_ONE: Final = timedelta(days=1)
_LONGEST: Final = 1_000_000  # characters


class _Component(Protocol):
    """What is used of a component of the `icalendar` library."""

    def walk(self, name: str) -> "Iterable[_Component]": ...
    def get(self, name: str) -> object: ...
    def decoded(self, name: str) -> object: ...
    def add(self, name: str, value: object) -> None: ...
    def add_component(self, component: object) -> None: ...
    def to_ical(self) -> bytes: ...


def read_closures(text: str, *, zone: str) -> tuple[Closure | Break, ...]:
    """The events of a calendar as closures: whole days as `Closure`, hours as `Break`.

    Args:
        text: The calendar, RFC 5545.
        zone: The zone whose dates the hours are counted on, and of events without a zone.

    Raises:
        InvalidNotation: If it cannot be read, or an event recurs; `position` is the event's number.
    """
    place = zone_named(zone)
    found: list[Closure | Break] = []
    for number, event in enumerate(_events(text), start=1):
        if event.get("RRULE") is not None or event.get("RDATE") is not None:
            raise InvalidNotation(f"iCalendar, event {number}: it recurs; allowed: single events", position=number)
        start, end = _bounds(event, number)
        words = str(event.get("SUMMARY") or "")
        reason = Text.same(words) if words else OUR_CLOSURE
        name = str(event.get("UID") or "closure")
        if not isinstance(start, datetime):
            found.append(Closure(start, end - _ONE, reason=reason, id=name))
            continue
        spans = [at.replace(tzinfo=place) if at.tzinfo is None else at for at in (start, cast("datetime", end))]
        first, last = map(to_epoch, spans)
        found += [Break(day, [window], reason=reason, id=name) for day, window in _hours(first, last, zone)]
    return tuple(found)


def _events(text: str) -> "Iterable[_Component]":
    from icalendar import Calendar  # noqa: PLC0415 - an extra, loaded at first use

    if len(text) > _LONGEST:
        raise InvalidNotation(f"iCalendar: more than {_LONGEST} characters were given", position=1)
    try:
        return list(cast("_Component", Calendar.from_ical(text)).walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        pass
    raise InvalidNotation("iCalendar: it cannot be read; allowed: a VCALENDAR of RFC 5545", position=1)


def _bounds(event: _Component, number: int) -> tuple[date, date]:
    try:
        start = event.decoded("DTSTART")
        end = event.decoded("DTEND") if event.get("DTEND") is not None else _default_end(event, start)
        in_order = cast("date", start) < cast("date", end)  # a date and a time have no order, nor two kinds of times
    except (ValueError, KeyError, TypeError, AttributeError):
        start, end, in_order = None, None, False
    if not isinstance(start, date) or not isinstance(end, date):
        raise InvalidNotation(f"iCalendar, event {number}: it has no dates that can be read", position=number)
    if not in_order:
        raise InvalidNotation(f"iCalendar, event {number}: it ends before it starts", position=number)
    return start, end


def _default_end(event: _Component, start: object) -> object:
    """RFC 5545, 3.6.1: without an end an event lasts its DURATION, or the whole day of its date."""
    if event.get("DURATION") is not None:
        return cast("datetime", start) + cast("timedelta", event.decoded("DURATION"))
    return cast("date", start) + _ONE


def _hours(first: int, last: int, zone: str) -> Iterator[tuple[date, TimeWindow]]:
    """A span of time as windows of its dates, and of the nights that have begun on the dates before."""
    place = zone_named(zone)
    day, second = local_reading(place, first)
    final, end = local_reading(place, last)
    while day < final or (day == final and second < end):
        until = DAY if day < final else end
        yield day, TimeWindow(second, until)
        yield day - _ONE, TimeWindow(second + DAY, until + DAY)
        day, second = day + _ONE, 0


def write_closures(calendar: BusinessCalendar, *, first: date, last: date, at: datetime, language: str = "it") -> str:
    """The whole days between two dates on which a calendar is closed by a rule, as all-day events.

    Args:
        calendar: A calendar with a standing week.
        first: The first date.
        last: The last date.
        at: When the file is made (DTSTAMP).
        language: The language of the summaries.

    Raises:
        InvalidNotation: If the calendar is a combination.
    """
    plan = calendar.plan
    if not isinstance(plan, StandingPlan):
        raise InvalidNotation("iCalendar: a combination of calendars has no closures of its own", position=1)
    document = _document()
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if plan.windows(day) or not plan.week_on(day).days[day.weekday()]:
            continue
        reason = plan.decided_by(day, 0)
        _add_event(document, f"{day}-{reason.id}", start=day, end=day + _ONE, summary=reason.text(language), at=at)
    return document.to_ical().decode()


def write_openings(calendar: BusinessCalendar, *, first: date, last: date, at: datetime, language: str = "it") -> str:
    """The open time that begins between two dates, each stretch as an event in UTC.

    Args:
        calendar: The calendar.
        first: The first date.
        last: The last date.
        at: When the file is made (DTSTAMP).
        language: The language of the summaries, where the calendar has no name.
    """
    document = _document()
    summary = calendar.name or STANDING_HOURS.text(language)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        for opening, closing in calendar.spans_on(date.fromordinal(ordinal)):
            start, end = _utc(opening), _utc(closing)
            _add_event(document, f"{opening // MICROSECONDS}-open", start=start, end=end, summary=summary, at=at)
    return document.to_ical().decode()


def _document() -> _Component:
    from icalendar import Calendar  # noqa: PLC0415 - an extra, loaded at first use

    document = cast("_Component", Calendar())
    document.add("PRODID", "-//ticontact//hours//IT")
    document.add("VERSION", "2.0")
    return document


def _add_event(document: _Component, name: str, *, start: date, end: date, summary: str, at: datetime) -> None:
    from icalendar import Event  # noqa: PLC0415 - an extra, loaded at first use

    event = cast("_Component", Event())
    event.add("UID", f"{name}@ticontact")
    event.add("DTSTAMP", _utc(to_epoch(at)))
    event.add("DTSTART", start)
    event.add("DTEND", end)
    event.add("SUMMARY", summary)
    document.add_component(event)


def _utc(instant: int) -> datetime:
    return datetime.fromtimestamp(instant // MICROSECONDS, UTC)
