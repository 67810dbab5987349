"""iCalendar (RFC 5545): closures in, closures and opening times out.

Writing is the work of the `icalendar` library, which the extra `ticontact[formats]` installs and which is loaded only
when a function here is called. Reading takes what closures need from the lines themselves (`_ical_events`).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol, cast
from zoneinfo import ZoneInfo

from ticontact._time import MICROSECONDS, to_epoch, zone_named
from ticontact.errors import InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._rules import Break, Closure
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import dates_between, local_reading
from ticontact.hours._window import DAY, TimeWindow
from ticontact.hours.notation._ical_events import Days, events_of
from ticontact.i18n import Text
from ticontact.i18n._texts.hours import OUR_CLOSURE, STANDING_HOURS

__all__ = ["read_closures", "write_closures", "write_openings"]

_ONE: Final = timedelta(days=1)


class _Component(Protocol):
    """What is used of a component of the `icalendar` library."""

    def add(self, name: str, value: object) -> None: ...
    def add_component(self, component: object) -> None: ...
    def to_ical(self) -> bytes: ...


def read_closures(text: str, *, zone: str) -> tuple[Closure | Break, ...]:
    """The events of a calendar as closures: whole days as `Closure`, hours as `Break`.

    Args:
        text: The calendar, RFC 5545. What it says of zones is not believed: a TZID is a name of the time-zone database,
            or one that Windows uses.
        zone: The zone whose dates the hours are counted on, and of events without a zone.

    Raises:
        InvalidNotation: If it cannot be read, an event recurs, or its zone is in no database; `position` is the event's
            number.
    """
    place = zone_named(zone)
    found: list[Closure | Break] = []
    for event in events_of(text, place):
        reason = Text.same(event.summary) if event.summary else OUR_CLOSURE
        name = event.uid or "closure"
        if isinstance(event.span, Days):
            found.append(Closure(event.span.start, event.span.end - _ONE, reason=reason, id=name))
        else:
            found += _cut(event.span.start, event.span.end, place, reason=reason, name=name)
    return tuple(found)


def _cut(first: int, last: int, place: ZoneInfo, *, reason: Text, name: str) -> Iterator[Closure | Break]:
    """A span of time as rules for dates: breaks at both ends, a closure in between.

    A window belongs to the date on which it begins and may run until midnight of the next one. So a date whose next
    date is covered, too, is closed as a whole; its neighbours are cut, their own hours and those of the night before.
    An event of two hundred years makes four rules.
    """
    day, second = local_reading(place, first)
    final, end = local_reading(place, last)
    closed_from = day + _ONE if second else day
    closed_until = final - 2 * _ONE
    if closed_from <= closed_until:
        yield Closure(closed_from, closed_until, reason=reason, id=name)
    else:
        closed_from = closed_until = final + _ONE  # none: every date is cut
    here = day - _ONE
    while here <= final:
        if here == closed_from:
            here = closed_until + _ONE
            continue
        starts = max((day - here).days * DAY + second, 0)
        ends = min((final - here).days * DAY + end, 2 * DAY)
        if starts < ends:
            yield Break(here, [TimeWindow(starts, ends)], reason=reason, id=name)
        here += _ONE


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
        HoursError: If the dates are more than 100 years apart.
    """
    plan = calendar.plan
    if not isinstance(plan, StandingPlan):
        raise InvalidNotation("iCalendar: a combination of calendars has no closures of its own", position=1)
    document = _document()
    for day in dates_between(first, last):
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

    Raises:
        HoursError: If the dates are more than 100 years apart.
    """
    document = _document()
    summary = calendar.name or STANDING_HOURS.text(language)
    for day in dates_between(first, last):
        for opening, closing in calendar.spans_on(day):
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
