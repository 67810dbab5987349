"""iCalendar (RFC 5545): closures and opening times, in and out.

What is read comes as a `Feed`: the rules, and the findings, which say what was not read. Events that were called off
(`STATUS:CANCELLED`) are left out; recurring ones are expanded within bounds, or read as rules of every year.

Writing is the work of the `icalendar` library, which the extra `ticontact[formats]` installs and which is loaded only
when a function here is called. Reading takes what closures need from the lines themselves (`_ical_events`).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import MICROSECONDS, to_epoch, zone_named
from ticontact.errors import InvalidNotation
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._intervals import difference, merged
from ticontact.hours._rules import NO_END, Break, Closure, DayOverride
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._wall_clock import closing_at, dates_between, local_reading, opening_at
from ticontact.hours._window import DAY, TimeWindow
from ticontact.hours.notation._foreign_words import foreign_text
from ticontact.hours.notation._ical_events import Days, Finding, Instants, events_of
from ticontact.i18n import Text
from ticontact.i18n._texts.hours import OUR_CLOSURE, STANDING_HOURS
from ticontact.plain import checked

__all__ = ["Feed", "Finding", "losses", "read_closures", "read_openings", "write_closures", "write_openings"]

_ONE: Final = timedelta(days=1)
_LONGEST_OPENING: Final = 400  # days of one event


class _Component(Protocol):
    """What is used of a component of the `icalendar` library."""

    def add(self, name: str, value: object) -> None: ...
    def add_component(self, component: object) -> None: ...
    def to_ical(self) -> bytes: ...


_Rule_co = TypeVar("_Rule_co", covariant=True)


@attrs.frozen(field_transformer=checked)
class Feed(Generic[_Rule_co]):
    """What was read of a calendar: rules to add to another one (`office.adding(*feed)`), and what was not read.

    Attributes:
        rules: The rules, in the order of the events.
        findings: What was left out, or cut.
    """

    rules: tuple[_Rule_co, ...]
    findings: tuple[Finding, ...]

    def __iter__(self) -> Iterator[_Rule_co]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)


def read_closures(
    text: str, *, zone: str, first: date | None = None, last: date | None = None
) -> Feed[Closure | Break]:
    """The events of a calendar as closures: whole days as `Closure`, hours as `Break`.

    Args:
        text: The calendar, RFC 5545. What it says of zones is not believed: a TZID is a name of the time-zone database,
            or one that Windows uses.
        zone: The zone whose dates the hours are counted on, and of events without a zone.
        first: The first date that is of interest; None for all.
        last: The last date that is of interest; None for all. A recurring event that goes on is followed for 30 years
            where it comes daily or weekly, and for 100 where it comes each month or year.

    Raises:
        InvalidNotation: If it is no calendar, or too large.
    """
    place = zone_named(zone)
    findings: list[Finding] = []
    found: list[Closure | Break] = []
    for event in events_of(text, place, first=first, last=last, found=findings.append):
        reason = foreign_text(event.summary) if event.summary.strip() else OUR_CLOSURE
        name = event.uid or "closure"
        for span in event.spans:
            if isinstance(span, Days):
                end = NO_END if event.has_no_end else span.end - _ONE
                found.append(Closure(span.start, end, reason=reason, id=name, every_year=event.every_year))
            else:
                found += _cut(span.start, span.end, place, reason=reason, name=name)
    return Feed(tuple(found), tuple(findings))


def read_openings(text: str, *, zone: str, first: date | None = None, last: date | None = None) -> Feed[DayOverride]:
    """The events of a calendar as opening times: the hours of each date on which one begins.

    With a week that is closed they make a calendar: `BusinessCalendar(zone=zone, week=Week.closed(), overrides=feed)`.

    Args:
        text: The calendar, RFC 5545. An event of whole days is open around the clock.
        zone: The zone whose dates the hours are counted on, and of events without a zone.
        first: The first date that is of interest; None for all.
        last: The last date that is of interest; None for all. A recurring event is followed as `read_closures` does it.

    Raises:
        InvalidNotation: If it is no calendar, or too large.
        HoursError: If a date has more than 100 stretches.
    """
    place = zone_named(zone)
    findings: list[Finding] = []
    by_day: dict[date, list[TimeWindow]] = {}
    reasons: dict[date, Text] = {}
    for event in events_of(text, place, first=first, last=last, found=findings.append):
        reason = foreign_text(event.description) if event.description.strip() else STANDING_HOURS
        if event.every_year or event.has_no_end:
            findings.append(Finding(event.number, "whole days that come again without an end are opened once"))
        for span in event.spans:
            for number, (day, window) in enumerate(_by_day(span, place, first or date.min, last or date.max)):
                if number >= _LONGEST_OPENING:
                    findings.append(Finding(event.number, f"it is open for more than {_LONGEST_OPENING} days; cut"))
                    break
                by_day.setdefault(day, []).append(window)
                reasons.setdefault(day, reason)
    rules = [DayOverride(day, _joined(windows), reason=reasons[day]) for day, windows in sorted(by_day.items())]
    return Feed(tuple(rules), tuple(findings))


def _by_day(span: Days | Instants, place: ZoneInfo, first: date, last: date) -> Iterator[tuple[date, TimeWindow]]:
    """A span as windows of the dates on which they begin, none of them longer than until the next midnight but one."""
    if isinstance(span, Days):
        day, second, final, end = span.start, 0, span.end, 0
    else:
        day, second = local_reading(place, span.start)
        final, end = local_reading(place, span.end)
    # The day before the first one is asked for may reach into it.
    if day < first and first > date.min + _ONE:
        day, second = (day, second) if first - day == _ONE else (first, 0)
    while day <= last and (final - day).days * DAY + end > 2 * DAY:
        yield day, TimeWindow(second, DAY)
        day, second = day + _ONE, 0
    closes = (final - day).days * DAY + end
    if day <= last and second < closes:
        yield day, TimeWindow(second, closes)


def _joined(windows: list[TimeWindow]) -> list[TimeWindow]:
    return [TimeWindow(start, end) for start, end in merged((window.start, window.end) for window in windows)]


def losses(calendar: BusinessCalendar) -> tuple[str, ...]:
    """What opening times in iCalendar (`write_openings`) cannot hold of a calendar, in English.

    Outside of the dates that are written nothing is kept.
    """
    plan = calendar.plan
    found = ["why it is closed, and the sources of rules"]
    if isinstance(plan, StandingPlan) and plan.by_appointment is not None:
        found.append("what is by appointment: such hours read as closed")
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
    """What rules take away from the standing hours between two dates: whole days, and hours of a day in UTC.

    Hours that an override gives beyond the standing ones are none that is closed; `write_openings` has them.

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
    document, zone = _document(), calendar.timeline.zone
    for day in dates_between(first, last):
        standing, windows = plan.week_on(day).on(day), plan.windows(day)
        if not standing or standing == windows:
            continue
        if not windows:
            reason = plan.decided_by(day, standing[0].start)
            _add_event(document, f"{day}-{reason.id}", start=day, end=day + _ONE, summary=reason.text(language), at=at)
            continue
        for begins, ends in difference(
            [(each.start, each.end) for each in standing], [(each.start, each.end) for each in windows]
        ):
            reason = plan.decided_by(day, begins)
            start, end = (
                _utc(each)
                for each in (opening_at(zone, day.toordinal(), begins), closing_at(zone, day.toordinal(), ends))
            )
            _add_event(
                document, f"{day}-{begins}-{reason.id}", start=start, end=end, summary=reason.text(language), at=at
            )
    return document.to_ical().decode()


def write_openings(calendar: BusinessCalendar, *, first: date, last: date, at: datetime, language: str = "it") -> str:
    """The open time that begins between two dates, each stretch as an event in UTC.

    Args:
        calendar: The calendar.
        first: The first date.
        last: The last date.
        at: When the file is made (DTSTAMP).
        language: The language of the descriptions, which say what the hours are called, and of the summaries where the
            calendar has no name.

    Raises:
        HoursError: If the dates are more than 100 years apart.
    """
    document = _document()
    summary = calendar.name or STANDING_HOURS.text(language)
    for day in dates_between(first, last):
        for opening, closing in calendar.spans_on(day):
            start, end = _utc(opening), _utc(closing)
            words = calendar.because_epoch(opening).text(language)
            name = f"{opening // MICROSECONDS}-open"
            _add_event(document, name, start=start, end=end, summary=summary, at=at, description=words)
    return document.to_ical().decode()


def _document() -> _Component:
    from icalendar import Calendar  # noqa: PLC0415 - an extra, loaded at first use

    document = cast("_Component", Calendar())
    document.add("PRODID", "-//ticontact//hours//IT")
    document.add("VERSION", "2.0")
    return document


def _add_event(
    document: _Component, name: str, *, start: date, end: date, summary: str, at: datetime, description: str = ""
) -> None:
    from icalendar import Event  # noqa: PLC0415 - an extra, loaded at first use

    event = cast("_Component", Event())
    event.add("UID", f"{name}@ticontact")
    event.add("DTSTAMP", _utc(to_epoch(at)))
    event.add("DTSTART", start)
    event.add("DTEND", end)
    event.add("SUMMARY", summary)
    if description:
        event.add("DESCRIPTION", description)
    document.add_component(event)


def _utc(instant: int) -> datetime:
    return datetime.fromtimestamp(instant // MICROSECONDS, UTC)
