"""Short ways to write an instant in a test."""

from datetime import datetime

import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.errors import HoursError

__all__ = ["instant"]


def instant(text: str, *, zone: str = "Europe/Zurich", fold: int = 0) -> pendulum.DateTime:
    """The instant that a text such as `2026-03-19 10:00` names.

    Args:
        text: ISO 8601; with an offset it is that instant, without one the wall clock of the zone.
        zone: The zone of the answer, and of a wall clock.
        fold: 1 for the second pass of a repeated hour; of no effect where the text has an offset.

    Raises:
        HoursError: If the text is no date with a time.

    >>> instant("2026-03-19 10:00").isoformat()
    '2026-03-19T10:00:00+01:00'
    """
    place = zone_named(zone)
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None:
        raise HoursError(f"text: {text!r} was given; allowed: ISO 8601, such as '2026-03-19 10:00'", field="text")
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=place, fold=fold)
    return from_epoch(to_epoch(parsed), place)
