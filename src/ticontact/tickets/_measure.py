"""In what time is a target counted: open time of a calendar, or time as it passes?

Instants and amounts are whole microseconds.
"""

from datetime import date, datetime, time
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import to_epoch

__all__ = ["ELAPSED", "Measure", "local_midnight"]


class Measure(Protocol):
    """What a clock counts in; a `BusinessCalendar` is one."""

    def between_epoch(self, start: int, end: int) -> int:
        """The time that counts from one instant to another; negative if the second is earlier."""

    def add_epoch(self, amount: int, *, at: int) -> int:
        """The first instant by which an amount of it has passed."""


@attrs.frozen
class _Elapsed:
    """Time as it passes, day and night."""

    def between_epoch(self, start: int, end: int) -> int:
        return end - start

    def add_epoch(self, amount: int, *, at: int) -> int:
        return at + amount


ELAPSED: Final[Measure] = _Elapsed()
"""Time as it passes, day and night."""


def local_midnight(day: date, zone: ZoneInfo) -> int:
    """The instant at which a date begins in a zone."""
    return to_epoch(datetime.combine(day, time(), tzinfo=zone))
