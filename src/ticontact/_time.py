"""Instants, zones and amounts of time: the one place where datetimes come in and go out.

Theory of operation. Inside ticontact an instant is an integer: microseconds since 1970-01-01T00:00Z. Integers order,
hash, pickle and compare as instants do, which zoned datetimes in the repeated hour do not: two datetimes of one zone
compare by wall clock alone, and copying a pendulum value drops its fold. So an aware datetime is turned into an integer
where it enters (`to_epoch`), and a pendulum value is made where an answer leaves (`from_epoch`), by the direct
constructor, which keeps the fold and is an order of magnitude faster than pendulum's own converters.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import pendulum

from ticontact.errors import ConfigurationError, Fault, InvalidInstant, NaiveTime, UnknownZone

__all__ = [
    "MICROSECONDS",
    "Amount",
    "WorkingDays",
    "amount_text",
    "from_epoch",
    "microseconds",
    "parse_amount",
    "seconds_of",
    "to_epoch",
    "zone_named",
]

MICROSECONDS: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400


def to_epoch(at: datetime, *, name: str = "at") -> int:
    """Microseconds since 1970-01-01T00:00Z of an aware datetime of any library.

    Args:
        at: An aware datetime (pendulum, zoneinfo, `datetime.timezone`).
        name: The argument's name, for the error.

    Raises:
        NaiveTime: If it has no zone.
        InvalidInstant: If it is no datetime at all.
    """
    try:
        # The plain C subtraction: pendulum's own builds an Interval and is a hundred times slower.
        since = datetime.__sub__(at, _EPOCH)
    except TypeError:
        since = None
    if since is None or since is NotImplemented:
        raise _not_an_instant(at, name)
    return (since.days * _DAY + since.seconds) * MICROSECONDS + since.microseconds


def _not_an_instant(at: object, name: str) -> InvalidInstant:
    if isinstance(at, datetime):
        return NaiveTime(
            f"{name}: a datetime without a time zone was given; allowed: an aware datetime, for example"
            " pendulum.datetime(2026, 3, 18, 16, 10, tz='Europe/Zurich')",
            given=at,
        )
    return InvalidInstant(f"{name}: {type(at).__name__} was given; allowed: an aware datetime", given=at)


def from_epoch(instant: int, zone: ZoneInfo) -> pendulum.DateTime:
    """The pendulum value of an instant in a zone.

    Args:
        instant: Microseconds since 1970-01-01T00:00Z.
        zone: The zone to show it in, as `zone_named` gives it.
    """
    seconds, micro = divmod(instant, MICROSECONDS)
    at = datetime.fromtimestamp(seconds, zone)
    return pendulum.DateTime(at.year, at.month, at.day, at.hour, at.minute, at.second, micro, tzinfo=zone, fold=at.fold)


def zone_named(name: str) -> pendulum.Timezone:
    """The time zone of an IANA name such as `Europe/Zurich`.

    Raises:
        UnknownZone: If the time-zone database has no such name.
    """
    try:
        zone = pendulum.timezone(name)
    except (LookupError, ValueError, OSError, TypeError):
        zone = None
    if not isinstance(zone, pendulum.Timezone):
        raise UnknownZone(f"zone: {name!r} is not in the time-zone database; allowed: a name such as 'Europe/Zurich'")
    return zone


@attrs.frozen(order=True)
class WorkingDays:
    """A number of working days: a target that only a calendar can turn into an instant."""

    days: int = attrs.field(validator=attrs.validators.ge(0))

    def __str__(self) -> str:
        return "1 working day" if self.days == 1 else f"{self.days} working days"


Amount = timedelta | WorkingDays
"""An amount of time as a file may state it."""

_UNITS: Final = {"h": 3600, "min": 60, "s": 1}
_ELAPSED: Final = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})min)?(?:(\d{1,6})s)?")
_WORKING: Final = re.compile(r"(\d{1,4}) working days?")
_GRAMMAR: Final = "'90s', '5min', '2h', '1h30min', '3 working days'"


def parse_amount(text: str, *, path: str = "amount") -> Amount:
    """Read an amount of time as files state it.

    The grammar: hours, minutes and seconds in this order and without spaces (`90s`, `5min`, `1h30min`), or `3 working
    days`. Days and weeks are refused: nobody can tell whether they mean 24 hours or a working day.

    Args:
        text: The amount.
        path: The place in the file, for the error.

    Raises:
        ConfigurationError: If the text is no amount.
    """
    text = text.strip()
    if working := _WORKING.fullmatch(text):
        return WorkingDays(int(working[1]))
    elapsed = _ELAPSED.fullmatch(text)
    if not text or elapsed is None:
        raise ConfigurationError([Fault(path, "not an amount of time", _GRAMMAR)])
    hours, minutes, seconds = (int(part or 0) for part in elapsed.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def amount_text(amount: Amount) -> str:
    """The text that `parse_amount` reads back as the same amount; fractions of a second are left out."""
    if isinstance(amount, WorkingDays):
        return str(amount)
    rest = seconds_of(amount)
    parts = []
    for unit, size in _UNITS.items():
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def microseconds(amount: timedelta) -> int:
    """Return an amount of time as whole microseconds, exactly."""
    return (amount.days * _DAY + amount.seconds) * MICROSECONDS + amount.microseconds


def seconds_of(amount: timedelta) -> int:
    """Whole seconds of an amount, rounded down."""
    return amount.days * _DAY + amount.seconds
