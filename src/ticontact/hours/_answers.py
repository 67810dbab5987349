"""The two answers to "are we there?": open until, or closed because and until.

An answer is compared and pickled by its instant and zone: pendulum values of the repeated hour lose their pass when
they are pickled or copied, and compare by the wall clock.
"""

from typing import NamedTuple

import attrs
import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.hours._reason import Reason

__all__ = ["Closed", "Open", "Stretch"]


class Stretch(NamedTuple):
    """A stretch of open time, half-open.

    Attributes:
        opening: Its first instant.
        closing: The instant at which it is no longer open.
    """

    opening: pendulum.DateTime
    closing: pendulum.DateTime


def _instant(at: pendulum.DateTime | None) -> int | None:
    return None if at is None else to_epoch(at)


_Packed = tuple[int, str] | None


def _packed(at: pendulum.DateTime | None) -> _Packed:
    return None if at is None else (to_epoch(at), at.timezone_name or "UTC")


def _unpacked(packed: _Packed) -> pendulum.DateTime | None:
    return None if packed is None else from_epoch(packed[0], zone_named(packed[1]))


@attrs.frozen
class Open:
    """The office is open.

    Attributes:
        until: When it closes, in the calendar's zone; None if it does not within the horizon.
    """

    until: pendulum.DateTime | None = attrs.field(eq=_instant)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by instant and zone."""
        return _open, (_packed(self.until),)


@attrs.frozen
class Closed:
    """The office is closed.

    Attributes:
        because: The rule that keeps it closed.
        until: When it opens next, in the calendar's zone; None if it does not within the horizon.
    """

    because: Reason
    until: pendulum.DateTime | None = attrs.field(eq=_instant)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by instant and zone."""
        return _closed, (self.because, _packed(self.until))


def _open(until: _Packed) -> Open:
    return Open(_unpacked(until))


def _closed(because: Reason, until: _Packed) -> Closed:
    return Closed(because, _unpacked(until))
