"""When did it happen: an instant that keeps the zone it was given in, and is equal by instant."""

from datetime import UTC, datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

import attrs
import pendulum
from pendulum.tz.timezone import FixedTimezone

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.errors import InvalidInstant

__all__ = ["Moment", "moment", "moment_or_none", "shown"]


_FIRST: Final = to_epoch(datetime(2, 1, 1, tzinfo=UTC))
_LAST: Final = to_epoch(datetime(9998, 12, 31, tzinfo=UTC))


def _can_be_shown(_moment: object, _attribute: object, epoch: int) -> None:
    """Refuse instants for which some zone would need a year that no calendar of Python has."""
    if not _FIRST <= epoch <= _LAST:
        raise InvalidInstant("instant: allowed: the years 2 to 9998", given=epoch)


@attrs.frozen(order=True)
class Moment:
    """An instant with its zone.

    Attributes:
        epoch: Microseconds since 1970-01-01T00:00Z; alone decides equality and order.
        zone: The IANA name of the zone it was given in, or the offset in seconds where it had no name.
    """

    epoch: int = attrs.field(validator=_can_be_shown)
    zone: str | int = attrs.field(eq=False, order=False)

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
        InvalidInstant: If it is no datetime at all.
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
