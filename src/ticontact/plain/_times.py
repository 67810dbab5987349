"""Instants, days and amounts of time as texts and numbers: one form for each, wherever it stands.

An instant is RFC 3339 in UTC. What keeps its zone has it beside the text: an IANA name, or the offset in seconds where
the zone has no name. An amount of time is a number of seconds.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import pendulum
from pendulum.tz.timezone import FixedTimezone

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.errors import HoursError

__all__ = [
    "DAY_PATTERN",
    "FIRST",
    "INSTANT_PATTERN",
    "LAST",
    "LONGEST",
    "SECONDS_OF_A_DAY",
    "SHOWN_DAY_PATTERN",
    "UTC_PATTERN",
    "ZONE_PATTERN",
    "Unreadable",
    "amount",
    "amount_of",
    "day_of",
    "epoch_of",
    "instant_text",
    "is_instant",
    "is_zone",
    "is_zone_form",
    "zone_named_in",
    "zone_of",
    "zoned",
    "zoned_of",
]

FIRST: Final = to_epoch(datetime(2, 1, 1, tzinfo=UTC))
LAST: Final = to_epoch(datetime(9998, 12, 31, tzinfo=UTC))
"""The instants that every zone can show."""
LONGEST: Final = 8_000_000_000
"""Seconds of an amount of time, some 250 years: below 2**33, up to which a number of JSON tells microseconds apart."""

_BEGINNING: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - naive on purpose: its text has no offset to be cut off
_SECOND: Final = timedelta(seconds=1)
_ZONED: Final = {"at", "zone"}
SECONDS_OF_A_DAY: Final = 86_400

_LEAP: Final = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DATE: Final = (
    "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_CLOCK: Final = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
_END: Final = r"$(?!\n)"  # the dollar of Python lets a line end follow

DAY_PATTERN: Final = f"^(?!0000){_DATE}{_END}"
SHOWN_DAY_PATTERN: Final = f"^(?!000[01]|9999){_DATE}{_END}"
"""A day of the years that every zone can show."""
UTC_PATTERN: Final = f"^(?!000[01]|9999|9998-12-31){_DATE}{_CLOCK}Z{_END}"
"""What is written: the years that every zone can show, in UTC."""
INSTANT_PATTERN: Final = (
    f"^(?:(?!000[01]|9999|9998-12-31){_DATE}{_CLOCK}Z"
    f"|(?!000[012]|999[89]){_DATE}{_CLOCK}[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]){_END}"
)
"""What is read: any offset, where it leads to no year that some zone could not show."""
ZONE_PATTERN: Final = f"^[A-Za-z][A-Za-z0-9_+/-]{{0,99}}{_END}"

_DAY_TEXT: Final = re.compile(DAY_PATTERN)
_INSTANT_TEXT: Final = re.compile(INSTANT_PATTERN)
_UTC_TEXT: Final = re.compile(
    r"(?!000[01]|9999|9998-12-31)[0-9]{4}-[01][0-9]-[0-3][0-9]T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{6})?Z"
)
"""What is written, but for days that the parser refuses itself: the way of almost every text."""
_ZONE_TEXT: Final = re.compile(ZONE_PATTERN)


class Unreadable(Exception):
    """What stands there is not of its form."""


def instant_text(instant: int) -> str:
    """Microseconds since 1970-01-01T00:00Z as RFC 3339 in UTC."""
    return (_BEGINNING + timedelta(0, 0, instant)).isoformat() + "Z"


def epoch_of(text: Any) -> int:  # noqa: ANN401 - whatever stands there
    """The instant of a text, in microseconds since 1970-01-01T00:00Z.

    Raises:
        Unreadable: If it is no instant of RFC 3339 that every zone can show.
    """
    if text.__class__ is not str or (_UTC_TEXT.fullmatch(text) is None and _INSTANT_TEXT.match(text) is None):
        raise Unreadable
    try:
        since = datetime.fromisoformat(text)
    except ValueError:
        since = None
    if since is None:
        raise Unreadable
    return to_epoch(since)


def is_instant(at: datetime) -> bool:
    """Whether a datetime has a zone, and every zone can show it."""
    return at.tzinfo is not None and at.utcoffset() is not None and FIRST <= to_epoch(at) <= LAST


def zone_of(at: datetime) -> str | int:
    """The IANA name of a datetime's zone, or its offset in seconds where it has none."""
    key = getattr(at.tzinfo, "key", None)
    if isinstance(key, str) and is_zone(key):
        return key
    offset = at.utcoffset()
    return 0 if offset is None else round(offset / _SECOND)


def zoned(at: datetime) -> dict[str, object]:
    """The plain form of an instant that keeps its zone."""
    return {"at": instant_text(to_epoch(at)), "zone": zone_of(at)}


@lru_cache(maxsize=256)
def _place(zone: str | int) -> ZoneInfo:
    """The zone of a name or of an offset, as `from_epoch` takes it."""
    # A fixed offset is no ZoneInfo, but answers the one question that is asked of it there.
    return zone_named(zone) if isinstance(zone, str) else cast("ZoneInfo", FixedTimezone(zone))


def is_zone_form(zone: object) -> bool:
    """Whether something may be a zone: a text like an IANA name, or an offset of less than a day."""
    if isinstance(zone, str):
        return _ZONE_TEXT.match(zone) is not None
    return isinstance(zone, int) and not isinstance(zone, bool) and -SECONDS_OF_A_DAY < zone < SECONDS_OF_A_DAY


def zone_named_in(zone: Any) -> str | int:  # noqa: ANN401 - whatever stands there
    """A zone: an IANA name that is in the time-zone database, or an offset of less than a day.

    Raises:
        Unreadable: If it is neither.
        HoursError: If there is no zone of this name.
    """
    if zone.__class__ is float and zone.is_integer():
        zone = int(zone)
    if not is_zone_form(zone):
        raise Unreadable
    _place(zone)
    return cast("str | int", zone)


def is_zone(zone: object) -> bool:
    """Whether something is a zone that can be shown."""
    try:
        zone_named_in(zone)
    except (Unreadable, HoursError):
        return False
    return True


def zoned_of(data: Any) -> pendulum.DateTime:  # noqa: ANN401 - whatever stands there
    """The instant of its plain form, in its zone.

    Raises:
        Unreadable: If it is none.
        HoursError: If there is no such zone.
    """
    if data.__class__ is not dict or data.keys() != _ZONED:
        raise Unreadable
    return from_epoch(epoch_of(data["at"]), _place(zone_named_in(data["zone"])))


def day_of(text: Any) -> date:  # noqa: ANN401 - whatever stands there
    """The day of a text.

    Raises:
        Unreadable: If it is none.
    """
    if text.__class__ is not str or _DAY_TEXT.match(text) is None:
        raise Unreadable
    return date.fromisoformat(text)


def amount(time: timedelta) -> int | float:
    """An amount of time in seconds: a whole number where it is one."""
    return time.total_seconds() if time.microseconds else time.days * SECONDS_OF_A_DAY + time.seconds


def amount_of(seconds: Any, least: float = -LONGEST, most: float = LONGEST) -> timedelta:  # noqa: ANN401 - as above
    """The amount of time of some seconds.

    Raises:
        Unreadable: If it is no number, or out of bounds.
    """
    if (seconds.__class__ is int or seconds.__class__ is float) and least <= seconds <= most:  # not so of NaN
        return timedelta(seconds=seconds)
    raise Unreadable
