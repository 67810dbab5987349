"""When did it happen, and who says so?

An instant keeps the zone it was given in and the source it comes from; it is equal and ordered by the instant alone.
"""

import enum
from datetime import UTC, datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

import attrs
import pendulum
from pendulum.tz.timezone import FixedTimezone

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.errors import HoursError
from ticontact.plain import Epoch, Zone, checked_after, described

__all__ = ["Moment", "TimeSource", "moment", "moment_or_none", "shown"]

_DAY: Final = 86_400  # seconds
_LONGEST_NAME: Final = 100  # characters: no name in the time-zone database has half as many
_FIRST: Final = to_epoch(datetime(2, 1, 1, tzinfo=UTC))
_LAST: Final = to_epoch(datetime(9998, 12, 31, tzinfo=UTC))


def _can_be_shown(_moment: object, _attribute: object, epoch: int) -> None:
    """Refuse instants for which some zone would need a year that no calendar of Python has."""
    given: object = epoch  # what is no number is refused afterwards, with its type
    if isinstance(given, int) and not _FIRST <= epoch <= _LAST:
        raise HoursError("instant: allowed: the years 2 to 9998", given=epoch, field="instant")


def _is_zone(_moment: object, _attribute: object, zone: str | int) -> None:
    is_name = isinstance(zone, str) and 0 < len(zone) <= _LONGEST_NAME
    is_offset = isinstance(zone, int) and not isinstance(zone, bool) and abs(zone) < _DAY
    if not is_name and not is_offset:
        raise HoursError(
            "instant, zone: allowed: an IANA name, or an offset of less than a day", given=zone, field="instant, zone"
        )


class TimeSource(enum.Enum):
    """Who says when it was. Clocks differ, and a sender's clock is a claim."""

    APPLICATION = "application"
    """The program that embeds ticontact, by its own clock or that of its mail system."""
    EXCHANGE = "exchange"
    """The record of a telephone exchange."""
    SENDER = "sender"
    """Whoever wrote the message."""
    PERSON = "person"
    """Somebody of the office, who entered it by hand."""
    OTHER_SYSTEM = "other_system"
    """A document that another system wrote."""
    UNSTATED = "unstated"
    """Nobody has said; so in documents of the first form."""


@attrs.frozen(order=True, repr=False, field_transformer=checked_after)
class Moment:
    """An instant with its zone and its source. `Moment.of` makes it; wherever an instant is asked for, it can be given.

    Attributes:
        epoch: Microseconds since 1970-01-01T00:00Z; alone decides equality and order.
        zone: The IANA name of the zone it was given in, or the offset in seconds where it had no name.
        source: Who says so.

    >>> import pendulum
    >>> Moment.of(pendulum.datetime(2026, 3, 18, 9, tz="Europe/Zurich"), TimeSource.PERSON)
    Moment(2026-03-18T08:00:00+00:00, Europe/Zurich, person)
    """

    epoch: Epoch = attrs.field(validator=_can_be_shown, metadata=described(name="at"))
    zone: Zone = attrs.field(eq=False, order=False, validator=_is_zone)
    source: TimeSource = attrs.field(
        default=TimeSource.APPLICATION, kw_only=True, eq=False, order=False, metadata=described(is_required=True)
    )

    def __repr__(self) -> str:
        return f"Moment({from_epoch(self.epoch, zone_named('UTC')).isoformat()}, {self.zone}, {self.source.value})"

    @classmethod
    def of(cls, at: datetime, source: TimeSource) -> "Moment":
        """The moment of an aware datetime of any library, with its source.

        Raises:
            NaiveTime: If it has no zone.
            HoursError: If it is no datetime at all.
        """
        return attrs.evolve(moment(at), source=source)

    @property
    def at(self) -> pendulum.DateTime:
        """The instant in its own zone."""
        place = zone_named(self.zone) if isinstance(self.zone, str) else FixedTimezone(self.zone)
        # A fixed offset is no ZoneInfo, but answers the one question that is asked of it here.
        return from_epoch(self.epoch, cast("ZoneInfo", place))


def moment(at: datetime | Moment) -> Moment:
    """The moment of an aware datetime of any library.

    Raises:
        NaiveTime: If it has no zone.
        HoursError: If it is no datetime at all.
    """
    if isinstance(at, Moment):
        return at
    epoch = to_epoch(at)
    key = getattr(at.tzinfo, "key", None)
    return Moment(epoch, key if isinstance(key, str) else _offset(at))


def _offset(at: datetime) -> int:
    offset = at.utcoffset()
    return round(offset.total_seconds()) if offset else 0


def moment_or_none(at: datetime | Moment | None) -> Moment | None:
    """The same for an instant that may be missing."""
    return None if at is None else moment(at)


def shown(instant: Moment | None) -> pendulum.DateTime | None:
    """The datetime of an instant that may be missing."""
    return None if instant is None else instant.at
