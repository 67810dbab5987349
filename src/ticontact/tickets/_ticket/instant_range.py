"""The instants that a ticket may speak of: those that can be shown in every zone, and stored and read back."""

from datetime import datetime

from ticontact._time import to_epoch
from ticontact.errors import HoursError
from ticontact.plain._times import FIRST, LAST

__all__ = ["FIRST", "LAST", "usable"]


def usable(at: datetime, *, name: str) -> int:
    """An instant in microseconds since 1970-01-01T00:00Z.

    Args:
        at: An aware datetime.
        name: The name of the argument, for the error.

    Raises:
        NaiveTime: If it has no zone.
        HoursError: If it lies in a year that some zone could not show.
    """
    instant = to_epoch(at, name=name)
    if not FIRST <= instant <= LAST:
        raise HoursError(f"{name}: it has no date in some zones; allowed: the years 2 to 9998", given=at, field=name)
    return instant
