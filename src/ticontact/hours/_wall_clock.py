"""From the wall clock of a zone to instants, at the clock changes too.

Theory of operation. A local date is its proleptic ordinal, a time of day its seconds after midnight, an instant its
microseconds since the epoch. On a day whose midnight and next midnight have one offset, an edge is a subtraction. On a
day on which the clock changes, the two readings of PEP 495 (`fold`) tell the cases apart: the same offset twice is an
ordinary time; a smaller offset first is a time that is skipped, which moves to the end of the gap; a greater offset
first is a time that comes twice, of which an opening takes the first and a closing the second.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ticontact._time import MICROSECONDS
from ticontact.errors import HoursError
from ticontact.hours._window import DAY

__all__ = [
    "EPOCH_ORDINAL",
    "FIRST_YEAR",
    "FURTHEST",
    "LAST_YEAR",
    "closing_at",
    "dates_between",
    "local_reading",
    "midnight_offset",
    "offset_at",
    "opening_at",
    "require_date",
    "year_start",
]

EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9997  # a window may run two days into the next year, which datetime must still be able to name
FURTHEST: Final = 100
"""How many years a question may span. A timer of an office lies closer; what lies further is a slip, or an attack."""


def require_date(name: str, day: object) -> None:
    """Refuse what is no date: a datetime says an instant, and a text says nothing yet.

    Raises:
        HoursError: If it is none; the error names the place.
    """
    if not isinstance(day, date) or isinstance(day, datetime):
        raise HoursError(f"{name}: {type(day).__name__} was given; allowed: a date without a time", field=name)


def dates_between(first: date, last: date) -> Iterator[date]:
    """The dates from one to another, both included.

    Raises:
        HoursError: If they are more than `FURTHEST` years apart, or a year is outside those that can be computed.
    """
    for name, day in (("first", first), ("last", last)):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise HoursError(f"{name}: the year {day.year} was given; allowed: {FIRST_YEAR} to {LAST_YEAR}", field=name)
    if last.year - first.year > FURTHEST:
        raise HoursError(
            f"last: {last} was given for {first}; allowed: {FURTHEST} years apart at the most", field="last"
        )
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def offset_at(zone: ZoneInfo, ordinal: int, seconds: int = 0, *, fold: int = 0) -> int:
    """The offset from UTC, in seconds, that a reading of the wall clock has."""
    days, rest = divmod(seconds, DAY)
    reading = datetime.combine(date.fromordinal(ordinal + days), datetime.min.time()) + timedelta(seconds=rest)
    offset = reading.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0)  # a ZoneInfo always has one
    return offset.days * DAY + offset.seconds


def midnight_offset(zone: ZoneInfo, ordinal: int) -> int:
    """The offset from UTC, in seconds, at the midnight with which a date begins: the first pass of it."""
    offset = zone.utcoffset(datetime.fromordinal(ordinal)) or timedelta(0)
    return offset.days * DAY + offset.seconds


def opening_at(zone: ZoneInfo, ordinal: int, seconds: int) -> int:
    """The instant of an opening: the end of a gap, the first pass of a repeated hour."""
    return _instant(zone, ordinal, seconds, fold=0)


def closing_at(zone: ZoneInfo, ordinal: int, seconds: int) -> int:
    """The instant of a closing: the end of a gap, the second pass of a repeated hour."""
    return _instant(zone, ordinal, seconds, fold=1)


def year_start(zone: ZoneInfo, year: int) -> int:
    """The instant at which a year begins in a zone."""
    return opening_at(zone, date(year, 1, 1).toordinal(), 0)


def local_reading(zone: ZoneInfo, instant: int) -> tuple[date, int]:
    """The local date of an instant, and the second of the day that the wall clock shows."""
    local = datetime.fromtimestamp(instant // MICROSECONDS, zone)
    return local.date(), (local.hour * 60 + local.minute) * 60 + local.second


def _instant(zone: ZoneInfo, ordinal: int, seconds: int, *, fold: int) -> int:
    wall = (ordinal - EPOCH_ORDINAL) * DAY + seconds
    first = offset_at(zone, ordinal, seconds, fold=0)
    second = offset_at(zone, ordinal, seconds, fold=1)
    if first < second:
        return _gap_end(zone, wall - second, wall - first) * MICROSECONDS
    return (wall - (second if fold else first)) * MICROSECONDS


def _gap_end(zone: ZoneInfo, before: int, after: int) -> int:
    """The second at which the offset changes between one before and one after it."""
    old = _offset_of(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_of(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset_of(zone: ZoneInfo, instant: int) -> timedelta | None:
    return datetime.fromtimestamp(instant, zone).utcoffset()
