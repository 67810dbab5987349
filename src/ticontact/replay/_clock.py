"""The midnight that a recorded day's seconds are counted from."""

from datetime import date, datetime, time

from ticontact._time import to_epoch, zone_named

__all__ = ["midnight"]


def midnight(day: date, zone: str) -> int:
    """The first instant of a date in a zone, in microseconds since the epoch.

    Raises:
        UnknownZone: If the time-zone database has no such zone.
    """
    return to_epoch(datetime.combine(day, time(), tzinfo=zone_named(zone)))
