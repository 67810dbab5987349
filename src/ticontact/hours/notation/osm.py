"""OpenStreetMap opening_hours expressions, read and written.

Read: weekdays, the nth of a month, times up to 48:00, dates and ranges of them, years, weeks, easter, PH and SH,
`off`, `closed`, additional (`,`) and fallback (`||`) rules, comments. Refused by name: open ends (`10:00+`) and sun
times, since nobody can tell from the expression when they are.
Source: OpenStreetMap wiki, Key:opening_hours/specification.
"""

from datetime import timedelta
from typing import Final

from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._window import DAY
from ticontact.hours.notation._osm_days import DayReader
from ticontact.hours.notation._osm_plan import Meaning, OsmPlan, OsmRule, Relation
from ticontact.hours.notation._osm_write import expression_of, losses_of
from ticontact.hours.notation._tokens import Reader

__all__ = ["losses", "read", "write"]

_SUN: Final = ("sunrise", "sunset", "dawn", "dusk", "(")
_MEANINGS: Final = {
    "": Meaning.OPEN,
    "open": Meaning.OPEN,
    "off": Meaning.CLOSED,
    "closed": Meaning.CLOSED,
    "unknown": Meaning.UNKNOWN,
}
_FIVE_YEARS: Final = timedelta(days=5 * 365 + 1)
_TIME: Final = "a time from 00:00 to 48:00"


def read(
    text: str,
    *,
    zone: str,
    holidays: HolidayCalendar | None = None,
    school_holidays: HolidayCalendar | None = None,
    name: str = "",
    horizon: timedelta = _FIVE_YEARS,
) -> BusinessCalendar:
    """The calendar that an expression describes.

    Args:
        text: The expression, such as `Mo-Fr 08:00-12:00,13:30-17:00; PH off`.
        zone: The IANA name of its zone.
        holidays: What PH means.
        school_holidays: What SH means.
        name: What people call the calendar.
        horizon: After how long without an opening a search gives up.

    Raises:
        InvalidNotation: If it cannot be read; `position` says where.
        HoursError: If the time-zone database has no such zone.

    >>> str(read("Mo-Fr 08:00-12:00; Fr off", zone="Europe/Zurich").plan)
    'Mo-Fr 08:00-12:00; Fr off'
    """
    reader = Reader(text)
    days = DayReader(reader, holidays, school_holidays)
    rules = [_rule(reader, days, Relation.REPLACES)]
    while reader.peek().kind != "end":
        relation = _relation(reader)
        if reader.peek().kind != "end":
            rules.append(_rule(reader, days, relation))
    return BusinessCalendar.of(OsmPlan(text, tuple(rules)), zone=zone, name=name, horizon=horizon)


def write(calendar: BusinessCalendar, *, language: str = "it") -> str:
    """The expression of a calendar; the reasons of its rules become comments.

    PH stands for the calendar's holidays, so the reader must be given the same.

    Args:
        calendar: A calendar with a standing week, or one that was read from an expression.
        language: The language of the comments.

    Raises:
        InvalidNotation: If the notation cannot say it: a combination, or windows with seconds.
        ConfigurationError: If ticontact has no texts in the language.
    """
    if isinstance(calendar.plan, OsmPlan):
        return calendar.plan.text
    return expression_of(calendar, language)


def losses(calendar: BusinessCalendar) -> tuple[str, ...]:
    """What an expression cannot hold of a calendar, in English; empty where hours and sentences are all kept.

    The sentence is kept in the language that is written. What ticontact itself says, and the names of holidays, are
    kept in all of them.

    Raises:
        InvalidNotation: If the calendar is a combination, which cannot be written at all.
    """
    return () if isinstance(calendar.plan, OsmPlan) else losses_of(calendar)


def _relation(reader: Reader) -> Relation:
    for relation in Relation:
        if reader.take_if(relation.value):
            return relation
    raise reader.fault("a time, 'off', or one of ; , || between rules")


def _rule(reader: Reader, days: DayReader, relation: Relation) -> OsmRule:
    start = reader.peek()
    always = _take_always(reader)
    groups = () if always else days.groups()
    spans = [(0, DAY)] if always else _times(reader)
    modifier = reader.read().text.lower() if reader.sees(*filter(None, _MEANINGS)) else ""
    comment = reader.read().text[1:-1] if reader.peek().kind == "comment" else ""
    if reader.peek() == start:
        raise reader.fault("days such as Mo-Fr, times such as 08:00-12:00, or off")
    says_nothing_but_words = bool(comment) and not modifier and not spans
    meaning = _MEANINGS[modifier]
    if says_nothing_but_words:
        meaning = Meaning.UNKNOWN
    if not spans:
        spans = [(0, 2 * DAY if meaning is Meaning.CLOSED else DAY)]
    return OsmRule(relation=relation, selectors=groups, spans=tuple(spans), meaning=meaning, comment=comment)


def _take_always(reader: Reader) -> bool:
    if not (reader.sees("24") and reader.sees("/", ahead=1) and reader.sees("7", ahead=2)):
        return False
    for _ in range(3):
        reader.read()
    return True


def _times(reader: Reader) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    _refuse_sun(reader)
    while reader.peek().kind == "time":
        found.append(_span(reader))
        if reader.sees(",") and (reader.peek(1).kind == "time" or reader.sees(*_SUN, ahead=1)):
            reader.read()
        _refuse_sun(reader)
    return found


def _span(reader: Reader) -> tuple[int, int]:
    start = _clock(reader)
    if not reader.take_if("-"):
        raise reader.fault("a closing time such as -12:00; open ends and single times are not supported")
    _refuse_sun(reader)
    end = _clock(reader)
    if reader.sees("+", "/"):
        raise reader.fault("a plain range of times; open ends and intervals are not supported")
    if end <= start:
        end += DAY
    if end > 2 * DAY:
        raise reader.fault("an end up to midnight of the next day (48:00)", problem="the time before it is too long")
    return start, end


def _clock(reader: Reader) -> int:
    token = reader.peek()
    if token.kind != "time":
        raise reader.fault(_TIME)
    hours, _, minutes = token.text.partition(":")
    seconds = (int(hours) * 60 + int(minutes)) * 60
    if int(minutes) > 59 or seconds > 2 * DAY:  # noqa: PLR2004 - sixty minutes
        raise reader.fault(_TIME)
    reader.read()
    return seconds


def _refuse_sun(reader: Reader) -> None:
    if reader.sees(*_SUN):
        raise reader.fault("times such as 08:00; sun times are not supported")
