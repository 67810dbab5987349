"""What all logs of a telephone exchange have in common: columns, times, numbers, and what is told of bad lines.

Call records, channel events and the queue log are written by one exchange, so a time or a number is read in one way in
each of them.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from ticontact._time import MICROSECONDS, microseconds, to_epoch, zone_named
from ticontact.contacts._addresses.address_reader import AddressReader
from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.unknown_caller import Unknown
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts._outcome import Outcome
from ticontact.contacts.readers._entered import Numbers
from ticontact.contacts.readers._exchange import Exchange
from ticontact.contacts.readers._findings import Findings
from ticontact.errors import HoursError, UnreadableRecord

__all__ = [
    "LONGEST_LINK",
    "NO_NUMBER",
    "Lines",
    "Row",
    "abandoned",
    "check_several",
    "epoch_of",
    "exact",
    "local_instants",
    "local_time",
    "moment_of",
    "shown",
    "text_in",
    "told",
]

Row = Mapping[str, object]
"""The columns of a row by name: texts, or what a database driver makes of them."""

NO_NUMBER: Final = frozenset({"", "asterisk", "s", "-1"})
"""What Asterisk itself writes where it has no number; what callers and other exchanges say, `absent` knows."""
LONGEST_LINK: Final = 150  # characters, which Asterisk's own column holds
_LOCAL: Final = re.compile(
    r"((?:19|20)\d\d-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_YEARS: Final = range(1900, 2100)
_EPOCH: Final = re.compile(r"(\d{9,10})(?:\.(\d{1,9}))?", re.ASCII)
_LONGEST: Final = 1_000  # characters of a column: four times what Asterisk's own longest column holds
_LARGEST_NUMBER: Final = 10**20


def check_several(given: object, place: str, *, allowed: str) -> None:
    """Refuse what is no rows or lines at all: one text or one row is a likely mistake, and would be taken apart.

    Raises:
        UnreadableRecord: If it is not several.
    """
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        raise UnreadableRecord(
            f"{place}: {type(given).__name__} was given; allowed: {allowed}", given=given, field=place
        )


def told(refused: Mapping[str, UnreadableRecord] | Mapping[int, UnreadableRecord]) -> tuple[tuple[object, str], ...]:
    """What errors say, to compare them by: two errors are never equal."""
    return tuple((place, str(error)) for place, error in refused.items())


def shown(value: object) -> str:
    """A value of a column as the text that a file would hold; empty for what has no such text."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    if not -_LARGEST_NUMBER < value < _LARGEST_NUMBER:  # neither are NaN and infinity
        return ""
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")


def text_in(row: Row, name: str, *, place: str) -> str:
    """A column as a text; empty if it is not there.

    Raises:
        UnreadableRecord: If it is no text, no number and no datetime, or if it is too long.
    """
    value = row.get(name)
    text = "" if value is None else shown(value)
    if value is not None and not text and value != "":
        raise UnreadableRecord(f"{place}: allowed: a text", given=value, field=place)
    if len(text) > _LONGEST:
        raise UnreadableRecord(f"{place}: allowed: a text of up to {_LONGEST} characters", given=value, field=place)
    return text.strip()


def exact(seconds: str, fraction: str | None) -> int:
    """A number of seconds in microseconds; digits after the sixth are dropped."""
    return int(seconds) * MICROSECONDS + int((fraction or "0").ljust(6, "0")[:6])


def epoch_of(text: str, exchange: Exchange) -> int | None:
    """The instant of a log that has seconds since 1970 or local times, the earlier one in the repeated hour.

    Returns:
        Microseconds since the epoch; None if it is no time.
    """
    if found := _EPOCH.fullmatch(text):
        return exact(found[1], found[2])
    return next(iter(local_instants(text, exchange.zone)), None)


def local_instants(value: datetime | str, zone: str) -> list[int]:
    """The instants that a time can be, in microseconds since the epoch, in order.

    Args:
        value: A local time, with or without a fraction of a second or an offset; or a datetime of a database driver.
        zone: The zone of times without an offset.

    Returns:
        One; two in the repeated hour; none if it is no time.
    """
    local = value if isinstance(value, datetime) else local_time(value)
    try:
        if local is None or local.year not in _YEARS:
            return []
        if local.tzinfo is not None:
            return [to_epoch(local)]
        place = zone_named(zone)
        return sorted({to_epoch(local.replace(tzinfo=place, fold=fold)) for fold in (0, 1)})
    except (HoursError, OverflowError):
        return []


def local_time(text: str) -> datetime | None:
    """What a clock showed, with the offset if one is written; None if it is no time."""
    found = _LOCAL.fullmatch(text)
    if found is None:
        return None
    fraction = (found[3] or "0").ljust(6, "0")[:6]
    try:
        return datetime.fromisoformat(f"{found[1]} {found[2]}.{fraction}{found[4] or ''}")
    except ValueError:
        return None


def moment_of(epoch: int, exchange: Exchange) -> Moment:
    """An instant, as the exchange says it."""
    return Moment(epoch, exchange.zone, source=TimeSource.EXCHANGE)


def abandoned(waited: int, exchange: Exchange) -> Outcome:
    """The outcome for a caller who hung up after so many microseconds."""
    is_short = waited < microseconds(exchange.short_abandon)
    return Outcome.ABANDONED_SHORT if is_short else Outcome.ABANDONED_LONG


class Lines:
    """Reads what an exchange writes in the place of a number. It is mutable: its findings grow."""

    def __init__(self, exchange: Exchange, addresses: AddressReader | None, findings: Findings) -> None:
        self._numbers = Numbers(findings, region=exchange.region, neighbours=exchange.neighbours, addresses=addresses)

    def address(self, text: str, column: str) -> Address:
        """The number, or what stands in its place; what cannot be read is kept as it was written."""
        return Unknown() if text.lower() in NO_NUMBER else self._numbers.one(text, column)
