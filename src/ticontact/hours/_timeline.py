"""The open time of one calendar as sorted integers: where every question about it is answered.

Theory of operation. Open time is a set of instants, and two small tables of integers answer every question about it.

*By instant.* For each local year the openings, the closings, and the open time before each stretch (prefix sums), in
microseconds. Whether an instant is open, and how much of the year's open time lies before it, is one `bisect`. Open
time between two instants is a subtraction of two such sums; adding an amount is a search in the same sums. A table of
the open time before each year makes the cost independent of how far apart two instants lie.

*By local date.* For each date on which the clock does not change: its midnight as an instant, and the seconds of the
day at which the calendar opens and closes in turn. A datetime of the calendar's own zone finds its instant, or its
answer, by its ordinal and its wall clock, without asking the zone for an offset, which would cost more than all else.

Years are compiled when a question first touches them and are kept; nothing else about a timeline ever changes, so it
may be shared. A stretch that runs over New Year is cut there in the tables; the walk over stretches joins it again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ticontact._time import MICROSECONDS, to_epoch
from ticontact.errors import InvalidInstant
from ticontact.hours._intervals import Span, Spans, clip
from ticontact.hours._open_time import Plan
from ticontact.hours._tables import Day, Year, days_of, year_of
from ticontact.hours._wall_clock import FIRST_YEAR, LAST_YEAR, year_start

__all__ = ["Timeline"]

_AVERAGE_YEAR: Final = 31_556_952 * MICROSECONDS  # the mean year of the Gregorian calendar, 365.2425 days


class Timeline:
    """The open time of a plan in a zone. It is mutable: it keeps the years that it has compiled.

    Args:
        plan: Where the open time comes from.
        zone: The zone whose years and dates the tables follow.

    Attributes:
        days: The tables of dates that have been compiled, by ordinal.
        business_days: Of each date that was asked for, by ordinal, whether it is a business day.
    """

    def __init__(self, plan: Plan, zone: ZoneInfo) -> None:
        self.zone = zone
        self.days: dict[int, Day] = {}
        self.business_days: dict[int, bool] = {}
        self._plan = plan
        self._years: dict[int, Year] = {}
        self._open_before: dict[int, int] = {}

    def instant(self, at: datetime, *, name: str = "at") -> int:
        """The instant of an aware datetime.

        Raises:
            NaiveTime: If it has no zone.
            InvalidInstant: If it is no datetime.
        """
        day = self._day(at)
        if day is None:
            return to_epoch(at, name=name)
        return day.midnight + ((at.hour * 60 + at.minute) * 60 + at.second) * MICROSECONDS + at.microsecond

    def position(self, at: datetime, *, name: str = "at") -> tuple[Year, int]:
        """The year of an aware datetime, and the open time of that year before it.

        Raises:
            NaiveTime: If it has no zone.
            InvalidInstant: If it is no datetime.
        """
        day = self._day(at)
        if day is None:
            instant = to_epoch(at, name=name)
            year = self.year_at(instant)
            return year, year.elapsed(instant)
        second = (at.hour * 60 + at.minute) * 60 + at.second
        passed = bisect_right(day.edges, second)
        if passed & 1:
            return day.year, day.before + (day.offsets[passed] + second) * MICROSECONDS + at.microsecond
        return day.year, day.before + day.offsets[passed] * MICROSECONDS

    def _day(self, at: datetime) -> Day | None:
        """The table of the date that a datetime of our own zone shows; None where there is none."""
        try:
            return self.days.get(at.toordinal()) if at.tzinfo is self.zone else None
        except AttributeError:
            return None

    def is_open(self, instant: int) -> bool:
        """Whether an instant is open."""
        year = self.year_at(instant)
        index = bisect_right(year.opens, instant) - 1
        return index >= 0 and instant < year.closes[index]

    def next_opening(self, instant: int, limit: int) -> int | None:
        """The first opening after an instant; None if there is none up to the limit."""
        year = self.year_at(instant)
        index = bisect_right(year.opens, instant)
        if index < len(year.opens):
            found: int | None = year.opens[index]
        else:
            found = next((opening for opening, _ in self.forward(instant, limit) if opening > instant), None)
        return None if found is None or found > limit else found

    def next_closing(self, instant: int, limit: int) -> int | None:
        """The first closing after an instant; None if there is none up to the limit."""
        year = self.year_at(instant)
        index = bisect_right(year.closes, instant)
        if index < len(year.closes) and year.closes[index] < year.end:
            found: int | None = year.closes[index]
        else:
            found = next((closing for _, closing in self.forward(instant, limit)), None)
        return None if found is None or found > limit else found

    def previous_opening(self, instant: int, limit: int) -> int | None:
        """The last opening before an instant; None if there is none down to the limit."""
        found = next((opening for opening, _ in self.backward(instant, limit)), None)
        return None if found is None or found < limit else found

    def previous_closing(self, instant: int, limit: int) -> int | None:
        """The last closing before an instant; None if there is none down to the limit."""
        found = next((closing for _, closing in self.backward(instant, limit) if closing < instant), None)
        return None if found is None or found < limit else found

    def between(self, start: int, end: int) -> int:
        """The open time from one instant to another; negative if the second is earlier."""
        first, last = self.year_at(start), self.year_at(end)
        return self.between_positions((first, first.elapsed(start)), (last, last.elapsed(end)))

    def between_positions(self, start: tuple[Year, int], end: tuple[Year, int]) -> int:
        """The open time from one position to another; negative if the second is earlier."""
        elapsed, first, last = end[1] - start[1], start[0].number, end[0].number
        if first == last:
            return elapsed
        sums = self._open_before
        try:
            return elapsed + sums[last] - sums[first]
        except KeyError:
            self._extend_sums(first)
            self._extend_sums(last)
        return elapsed + sums[last] - sums[first]

    def after(self, instant: int, amount: int, horizon: int) -> int | None:
        """The first instant at which an amount of open time (above zero) has passed since another.

        None if the calendar stays closed for longer than the horizon before that.
        """
        year = self.year_at(instant)
        wanted, reached = year.elapsed(instant) + amount, instant
        while wanted > year.total:
            wanted -= year.total
            reached = max(reached, year.closes[-1]) if year.closes else reached
            if year.end - reached > horizon or year.number == LAST_YEAR:
                return None
            year = self._year(year.number + 1)
            if year.opens and year.opens[0] - reached > horizon:
                return None
        return year.reached(wanted)

    def before(self, instant: int, amount: int, horizon: int) -> int | None:
        """The last instant from which an amount of open time (above zero) passes until another.

        None if the calendar stays closed for longer than the horizon before that.
        """
        year = self.year_at(instant)
        wanted, reached = year.elapsed(instant) - amount, instant
        while wanted < 0:
            reached = min(reached, year.opens[0]) if year.opens else reached
            if reached - year.start > horizon or year.number == FIRST_YEAR:
                return None
            year = self._year(year.number - 1)
            if year.closes and reached - year.closes[-1] > horizon:
                return None
            wanted += year.total
        index = bisect_right(year.before, wanted) - 1
        return year.opens[index] + wanted - year.before[index]

    def forward(self, instant: int, limit: int) -> Iterator[Span]:
        """The stretches from an instant on, the earliest first, the first one cut at the instant.

        A stretch that is still open at the limit is as long as was looked, beyond the limit.
        """
        pending: Span | None = None
        for opening, closing in self._pieces_forward(instant, limit):
            if pending is not None and pending[1] == opening:
                pending = (pending[0], closing)
                continue
            if pending is not None:
                yield pending
            pending = (opening, closing)
        if pending is not None:
            yield pending

    def backward(self, instant: int, limit: int) -> Iterator[Span]:
        """The stretches before an instant, the latest first, the first one cut at the instant.

        A stretch that was open at the limit already is as long as was looked, beyond the limit.
        """
        pending: Span | None = None
        for opening, closing in self._pieces_backward(instant, limit):
            if pending is not None and pending[0] == closing:
                pending = (opening, pending[1])
                continue
            if pending is not None:
                yield pending
            pending = (opening, closing)
        if pending is not None:
            yield pending

    def within(self, start: int, end: int) -> Spans:
        """The open stretches between two instants, cut at both; joined over New Year."""
        return clip(self.forward(start, end), start, end) if start < end else []

    def year_at(self, instant: int) -> Year:
        """The table of the local year that holds an instant.

        Raises:
            InvalidInstant: If the year is outside the years that can be computed.
        """
        year = self._year(1970 + instant // _AVERAGE_YEAR)
        if instant < year.start:
            return self._year(year.number - 1)
        if instant >= year.end:
            return self._year(year.number + 1)
        return year

    def _pieces_forward(self, instant: int, limit: int) -> Iterator[Span]:
        year = self.year_at(instant)
        index = bisect_right(year.closes, instant)
        while True:
            for opening, closing in zip(year.opens[index:], year.closes[index:], strict=True):
                if opening > limit:
                    return
                yield max(opening, instant), closing
            if year.end > limit or year.number == LAST_YEAR:
                return
            year, index = self._year(year.number + 1), 0

    def _pieces_backward(self, instant: int, limit: int) -> Iterator[Span]:
        year = self.year_at(instant)
        count = bisect_left(year.opens, instant)
        while True:
            for index in reversed(range(count)):
                if year.closes[index] < limit:
                    return
                yield year.opens[index], min(year.closes[index], instant)
            if year.start < limit or year.number == FIRST_YEAR:
                return
            year = self._year(year.number - 1)
            count = len(year.opens)

    def _year(self, number: int) -> Year:
        year = self._years.get(number)
        return self._compile(number) if year is None else year

    def _compile(self, number: int) -> Year:
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise InvalidInstant(f"at: the year {number} was given; allowed: {FIRST_YEAR} to {LAST_YEAR}")
        bounds = year_start(self.zone, number), year_start(self.zone, number + 1)
        year = year_of(number, bounds, self._plan.spans(self.zone, number))
        self.days.update(days_of(year, self.zone))
        self._years[number] = year
        return year

    def _extend_sums(self, number: int) -> None:
        """Sum the open time before a year too, counted from the year that was asked for first."""
        sums = self._open_before
        if not sums:
            sums[number] = 0
        first, last = min(sums), max(sums)
        for year in range(last, number):
            sums[year + 1] = sums[year] + self._year(year).total
        for year in reversed(range(number, first)):
            sums[year] = sums[year + 1] - self._year(year).total
