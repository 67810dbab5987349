"""A stretch of a day in which an office is open.

Wall-clock times are whole seconds after midnight of the date on which a window begins, so that 24:00 and the hours
after midnight (25:30 is half past one of the next day) are ordinary numbers.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import time
from itertools import pairwise
from typing import Any, Final

import attrs

from ticontact.errors import HoursError
from ticontact.plain import checked, custom

__all__ = ["DAY", "Clock", "TimeWindow", "Windows", "clock_text", "covers", "read_windows", "seconds_after_midnight"]

DAY: Final = 86_400

Clock = str | time | int
"""A time of day: text such as `08:00` or `24:00`, a `datetime.time`, or whole seconds after midnight."""

_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?", re.ASCII)
_MOST: Final = 100  # windows of a date; every day of every year would hold them
_ALLOWED: Final = "a time such as 08:00, 24:00 at the most"


def seconds_after_midnight(clock: Clock) -> int:
    """Whole seconds from midnight to a time of day.

    Raises:
        HoursError: If it is no time of day.
    """
    if isinstance(clock, time):
        return (clock.hour * 60 + clock.minute) * 60 + clock.second
    if isinstance(clock, int) and not isinstance(clock, bool):
        if not 0 <= clock <= 2 * DAY:
            raise HoursError(
                f"time of day: a number of seconds was given; allowed: 0 to {2 * DAY} (48:00)", field="time of day"
            )
        return clock
    if not isinstance(clock, str):
        given = type(clock).__name__
        raise HoursError(f"time of day: {given} was given; allowed: {_ALLOWED}", given=clock, field="time of day")
    match = _CLOCK.fullmatch(clock.strip())
    if match is None:
        raise HoursError(
            f"time of day: {clock[:20]!r} was given; allowed: {_ALLOWED}", given=clock, field="time of day"
        )
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = (hours * 60 + minutes) * 60 + seconds
    if max(minutes, seconds) > 59 or total > DAY:  # noqa: PLR2004 - sixty minutes, sixty seconds
        raise HoursError(f"time of day: {clock!r} was given; allowed: {_ALLOWED}", given=clock, field="time of day")
    return total


def clock_text(seconds: int) -> str:
    """A time of day in the notation of files: `08:00`, with seconds only where there are some."""
    minutes, second = divmod(seconds, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{second:02}" if second else text


@attrs.frozen(order=True, init=False, repr=False, field_transformer=checked)
class TimeWindow:
    """A stretch of a day, half-open: the opening instant belongs to it, the closing instant does not.

    An end before the start lies on the next day. Equal ends are refused: nobody can tell whether they mean nothing or a
    whole day.

    Attributes:
        start: When it opens, in seconds after midnight of the date on which it begins.
        end: When it closes, in seconds after the same midnight; above 86400 it lies on the next day.

    Raises:
        HoursError: If a time cannot be read, or the window has no length.

    >>> TimeWindow("22:00", "06:00").end == 30 * 3600
    True
    """

    start: int
    end: int

    def __init__(self, opens: Clock, closes: Clock) -> None:
        start, end = seconds_after_midnight(opens), seconds_after_midnight(closes)
        if end < start:
            end += DAY
        if start == end:
            text = clock_text(start)
            raise HoursError(
                f"window {text}-{text}: it ends when it starts; for a whole day write 00:00-24:00", field="window"
            )
        if end > 2 * DAY:
            raise HoursError(
                f"window {clock_text(start)}-{clock_text(end)}: allowed: from 00:00 to midnight of the next day"
                " (48:00)",
                field="window",
            )
        self.__attrs_init__(start, end)

    @classmethod
    def parse(cls, text: str) -> "TimeWindow":
        """The window that a text such as `08:00-12:00` describes.

        Raises:
            HoursError: If it is no window.
        """
        opens, dash, closes = text.replace("–", "-").partition("-")
        if not dash:
            raise HoursError(
                f"window: {text[:40]!r} was given; allowed: such as 08:00-12:00", given=text, field="window"
            )
        return cls(opens, closes)

    @property
    def is_plain(self) -> bool:
        """Whether two times of day can say it: it begins on its date and ends before that time comes again."""
        return self.start < DAY and (self.end <= DAY or self.end - DAY < self.start)

    @property
    def is_text(self) -> bool:
        """Whether its text reads back as itself; so does one that begins at 24:00."""
        return self.is_plain or (self.start == DAY and self.end < 2 * DAY)

    def __str__(self) -> str:
        end = self.end - DAY if self.is_text and self.end > DAY else self.end
        return f"{clock_text(self.start)}-{clock_text(end)}"

    def __repr__(self) -> str:
        return f"TimeWindow({clock_text(self.start)!r}, {clock_text(self.end)!r})"


Windows = str | Iterable[TimeWindow | str]
"""Some windows of a day: text such as `08:00-12:00,13:30-17:00`, or one by one."""


def read_windows(windows: Windows, *, place: str = "windows") -> tuple[TimeWindow, ...]:
    """The windows of a day in their order.

    Args:
        windows: The windows; an empty text or list for none.
        place: Where they stand, for the error.

    Raises:
        HoursError: If one cannot be read, two of them overlap, or there are more than a hundred.
    """
    given: object = windows
    if not isinstance(given, Iterable) or isinstance(given, bytes | Mapping):
        raise _no_windows(given, place)
    parts = [part for part in windows.split(",") if part.strip()] if isinstance(windows, str) else list(windows)
    if len(parts) > _MOST:
        raise HoursError(f"{place}: {len(parts)} windows were given; allowed: {_MOST} a day", field=place)
    read = [TimeWindow.parse(part) if isinstance(part, str) else part for part in parts]
    for part in read:
        _check_window(part, place)
    found = tuple(sorted(read))
    for earlier, later in pairwise(found):
        if later.start < earlier.end:
            raise HoursError(f"{place}: {earlier} and {later} overlap; write one window, or mend an end", field=place)
    return found


def _check_window(part: object, place: str) -> None:
    if not isinstance(part, TimeWindow):
        raise _no_windows(part, place)


def _no_windows(given: object, place: str) -> HoursError:
    return HoursError(
        f"{place}: {type(given).__name__} was given; allowed: windows such as 08:00-12:00", given=given, field=place
    )


def covers(windows: Iterable[TimeWindow], second: int) -> bool:
    """Whether one of the windows of a date holds a second, counted from the midnight of that date."""
    return any(window.start <= second < window.end for window in windows)


def _of_plain(form: Any) -> TimeWindow:  # noqa: ANN401 - whatever stands there
    if isinstance(form, str):
        return TimeWindow.parse(form)
    opens, closes = form
    return TimeWindow(opens, closes)


custom(
    TimeWindow,
    write=lambda window: str(window) if window.is_plain else [window.start, window.end],
    read=_of_plain,
    schema={
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}]
    },
    words="a window such as 08:00-12:00",
    is_form=lambda _: True,
)
