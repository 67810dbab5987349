"""Instants, zones and amounts of time: the one place where datetimes come in and go out.

Theory of operation. Inside ticontact an instant is an integer: microseconds since 1970-01-01T00:00Z. Integers order,
hash, pickle and compare as instants do, which zoned datetimes in the repeated hour do not: two datetimes of one zone
compare by wall clock alone, and copying a pendulum value drops its fold. So an aware datetime is turned into an integer
where it enters (`to_epoch`), and a pendulum value is made where an answer leaves (`from_epoch`), by the direct
constructor, which keeps the fold and is an order of magnitude faster than pendulum's own converters.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import attrs
import pendulum

from ticontact._bounded import CENTURY, quoted
from ticontact.errors import ConfigurationError, Fault, HoursError, InvalidValue, NaiveTime

__all__ = [
    "MICROSECONDS",
    "Amount",
    "Instant",
    "WorkingDays",
    "amount_text",
    "from_epoch",
    "instant_of",
    "microseconds",
    "parse_amount",
    "seconds_of",
    "to_epoch",
    "zone_named",
]

MICROSECONDS: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400

Instant = datetime | int
"""An aware datetime of any library, or microseconds since 1970-01-01T00:00Z."""


def to_epoch(at: datetime, *, name: str = "at") -> int:
    """Microseconds since 1970-01-01T00:00Z of an aware datetime of any library.

    Args:
        at: An aware datetime (pendulum, zoneinfo, `datetime.timezone`).
        name: The argument's name, for the error.

    Raises:
        NaiveTime: If it has no zone.
        HoursError: If it is no datetime at all.
    """
    try:
        # The plain C subtraction: pendulum's own builds an Interval and is a hundred times slower.
        since = datetime.__sub__(at, _EPOCH)
    except TypeError:
        since = None
    if since is None or since is NotImplemented:
        raise _not_an_instant(at, name)
    return (since.days * _DAY + since.seconds) * MICROSECONDS + since.microseconds


def instant_of(at: Instant) -> int:
    """An instant in microseconds since the epoch, whichever way it was given."""
    return at if isinstance(at, int) else to_epoch(at)


def _not_an_instant(at: object, name: str) -> HoursError:
    if isinstance(at, datetime):
        return NaiveTime(
            f"{name}: a datetime without a time zone was given; allowed: an aware datetime, for example"
            " pendulum.datetime(2026, 3, 18, 16, 10, tz='Europe/Zurich')",
            given=at,
            field=name,
        )
    return HoursError(f"{name}: {type(at).__name__} was given; allowed: an aware datetime", given=at, field=name)


def from_epoch(instant: int, zone: ZoneInfo) -> pendulum.DateTime:
    """The pendulum value of an instant in a zone.

    Args:
        instant: Microseconds since 1970-01-01T00:00Z.
        zone: The zone to show it in, as `zone_named` gives it.
    """
    seconds, micro = divmod(instant, MICROSECONDS)
    at = datetime.fromtimestamp(seconds, zone)
    return pendulum.DateTime(at.year, at.month, at.day, at.hour, at.minute, at.second, micro, tzinfo=zone, fold=at.fold)


_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z0-9][A-Za-z0-9_+-]{0,31}){0,2}")
"""The form of an IANA name (`theory.html`, "Timezone identifiers"); none leads out of its folder."""
_OF_THE_MACHINE: Final = ("localtime", "posixrules", "Factory", "posix/", "right/")
"""Files beside the zones: those of the machine itself, and second copies, of which `right` counts leap seconds."""
_KEPT_ZONES: Final = 64
"""How many zones are kept. Pendulum keeps none that nobody holds: each call would read the file again."""


def zone_named(name: object) -> pendulum.Timezone:
    """The time zone of an IANA name such as `Europe/Zurich`.

    The name is a file's name in the time-zone data, so only what has the form of an IANA name is looked up. What
    depends on the machine (`localtime`, `posixrules`) or counts leap seconds (`right/...`) is refused.

    Raises:
        HoursError: If the time-zone database has no such name.
    """
    if not isinstance(name, str):
        raise _no_zone(name)
    return _zone_of_file(name)


@lru_cache(maxsize=_KEPT_ZONES)
def _zone_of_file(name: str) -> pendulum.Timezone:
    """The zone in the file of this name, which is read once; what is refused is not kept, however it was made up."""
    zone = None
    if _ZONE.fullmatch(name) and not name.startswith(_OF_THE_MACHINE):
        try:
            zone = pendulum.timezone(name)
        except (LookupError, ValueError, OSError):  # no such file, or a folder, or a file of another kind
            zone = None
    if not isinstance(zone, pendulum.Timezone):
        raise _no_zone(name)
    return zone


def _no_zone(name: object) -> HoursError:
    return HoursError(
        f"zone: {quoted(name)} is not in the time-zone database; allowed: a name such as 'Europe/Zurich'", field="zone"
    )


def _some_days(_: object, __: object, days: int) -> None:
    if type(days) is not int or not 0 <= days <= CENTURY:
        fault = Fault("working_days.days", f"{type(days).__name__} was given", f"a whole number from 0 to {CENTURY}")
        raise InvalidValue([fault], given=days)


@attrs.frozen(order=True)
class WorkingDays:
    """A number of working days: a target that only a calendar can turn into an instant."""

    days: int = attrs.field(validator=_some_days)

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
