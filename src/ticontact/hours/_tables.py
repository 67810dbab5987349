"""The two tables that questions about open time are answered from: one of a year, one of a date."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import MICROSECONDS
from ticontact.hours._intervals import Span, Spans
from ticontact.hours._wall_clock import EPOCH_ORDINAL, midnight_offset
from ticontact.hours._window import DAY

__all__ = ["Day", "Year", "days_of", "year_of"]

_DAY: Final = DAY * MICROSECONDS


@attrs.frozen
class Year:
    """The table of one local year.

    Attributes:
        number: Which year.
        start: Its first instant.
        end: The first instant of the next one.
        opens: The openings.
        closes: The closing of each of them.
        before: The open time of the year before each opening.
        after: The open time of the year up to each closing.
        total: The open time of the year.
    """

    number: int
    start: int
    end: int
    opens: list[int]
    closes: list[int]
    before: list[int]
    after: list[int]
    total: int

    def reached(self, amount: int) -> int:
        """The first instant by which an amount of the year's open time (above zero, no more than it has) has passed."""
        index = bisect_left(self.after, amount)
        return self.opens[index] + amount - self.before[index]

    def elapsed(self, instant: int) -> int:
        """The open time of the year before an instant."""
        index = bisect_right(self.opens, instant) - 1
        if index < 0:
            return 0
        closing = self.closes[index]
        return self.after[index] if instant >= closing else self.before[index] + instant - self.opens[index]


def year_of(number: int, bounds: Span, spans: Spans) -> Year:
    """The table of a year from its stretches."""
    before, after, total = [], [], 0
    for opening, closing in spans:
        before.append(total)
        total += closing - opening
        after.append(total)
    opens, closes = [span[0] for span in spans], [span[1] for span in spans]
    return Year(number, *bounds, opens, closes, before, after, total)


class Day(NamedTuple):
    """The table of one local date on which the clock stands still.

    Attributes:
        midnight: The instant at which it begins.
        edges: The seconds at which it opens and closes in turn.
        offsets: For each number of edges passed, the open seconds so far; while open, less the second of the opening.
        before: The open time of its year before it begins.
        year: The table of its year.
    """

    midnight: int
    edges: tuple[int, ...]
    offsets: tuple[int, ...]
    before: int
    year: Year


def days_of(year: Year, zone: ZoneInfo) -> Iterator[tuple[int, Day]]:
    """The table of each date of a year on which the clock stands still, by its ordinal."""
    first, last = date(year.number, 1, 1).toordinal(), date(year.number + 1, 1, 1).toordinal()
    shared: dict[tuple[int, ...], tuple[tuple[int, ...], tuple[int, ...]]] = {}
    offset = midnight_offset(zone, first)
    index, count = 0, len(year.opens)
    for ordinal in range(first, last):
        following = midnight_offset(zone, ordinal + 1)
        midnight = ((ordinal - EPOCH_ORDINAL) * DAY - offset) * MICROSECONDS
        while index < count and year.closes[index] <= midnight:
            index += 1
        if offset == following:
            found = tuple(_edges(year, index, midnight))
            edges, offsets = shared.setdefault(found, (found, _offsets(found)))
            yield ordinal, Day(midnight, edges, offsets, year.elapsed(midnight), year)
        offset = following


def _edges(year: Year, index: int, midnight: int) -> Iterator[int]:
    """The seconds of a date at which the stretches from an index on open and close in turn."""
    end = midnight + _DAY
    while index < len(year.opens) and year.opens[index] < end:
        yield max(year.opens[index] - midnight, 0) // MICROSECONDS
        if year.closes[index] < end:
            yield (year.closes[index] - midnight) // MICROSECONDS
        index += 1


def _offsets(edges: tuple[int, ...]) -> tuple[int, ...]:
    """For each number of edges passed, the open seconds so far; while open, less the second of the opening."""
    found = [0]
    for number, edge in enumerate(edges):
        found.append(found[-1] - edge if number % 2 == 0 else found[-1] + edge)
    return tuple(found)
