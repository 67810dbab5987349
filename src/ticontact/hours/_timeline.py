"""The open time of one calendar as sorted integers: where every question about it is answered.

Theory of operation. Open time is a set of instants, and two small tables of integers answer every question about it.

*By instant* (`Year`). For each local year the openings, the closings, and the open time before each stretch (prefix
sums), in microseconds. Whether an instant is open, and how much of the year's open time lies before it, is one
`bisect`. Open time between two instants is a subtraction of two such sums; adding an amount is a search in the same
sums. A table of the open time before each year makes the cost independent of how far apart two instants lie.

*By local date* (`Day`). For each date on which the clock does not change: its midnight as an instant, and the seconds
of the day at which the calendar opens and closes in turn. A datetime of the calendar's own zone finds its instant, or
its answer, by its ordinal and its wall clock, without asking the zone for an offset, which would cost more than all
else. Calendars that are asked by integers alone, as the parts of a combination are, never make this table.

A year is compiled when a question first touches it and is kept for the next one. A stretch that runs over New Year is
cut there in the tables; the walk over stretches joins it again.

*Bounds.* Whoever may choose an instant may choose any year, so nothing here grows with the years that were asked about.
At most `_KEPT` years are kept, fewer where they are large; the one compiled first is dropped for the next. A question
whose answer lies more than `FURTHEST` years from where it starts is refused, in either direction and by the same rule
for all of them, so that `between(a, add(a, x)) == x` holds wherever `add` answers.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ticontact._time import MICROSECONDS, to_epoch
from ticontact.errors import HoursError
from ticontact.hours._explanation import Reason
from ticontact.hours._intervals import Span, Spans, clip
from ticontact.hours._open_time import Plan
from ticontact.hours._wall_clock import EPOCH_ORDINAL, FIRST_YEAR, FURTHEST, LAST_YEAR, midnight_offset, year_start
from ticontact.hours._window import DAY

__all__ = ["Timeline"]

_KEPT: Final = 128  # years: a span of FURTHEST and some more, about 20 MB for an ordinary office
_KEPT_STRETCHES: Final = 250_000  # of these years together; an ordinary office has 500 a year
_KEPT_DATES: Final = 50_000  # as many years of dates
_AVERAGE_YEAR: Final = 31_556_952 * MICROSECONDS  # the mean year of the Gregorian calendar, 365.2425 days
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

    @classmethod
    def of(cls, number: int, start: int, end: int, spans: Spans) -> "Year":
        """The table of a year from its stretches."""
        before, after, total = [], [], 0
        for opening, closing in spans:
            before.append(total)
            total += closing - opening
            after.append(total)
        return cls(number, start, end, [span[0] for span in spans], [span[1] for span in spans], before, after, total)

    def reached(self, amount: int) -> int:
        """The first instant by which an amount of the year's open time (above zero, no more than it has) has passed."""
        # bisect_left: an amount that is used up exactly at a closing gives that closing, not the next opening.
        index = bisect_left(self.after, amount)
        return self.opens[index] + amount - self.before[index]

    def left_from(self, amount: int) -> int:
        """The last instant before which an amount of the year's open time (less than it has) has passed."""
        # bisect_right: here the instant is an opening, not the closing before it.
        index = bisect_right(self.before, amount) - 1
        return self.opens[index] + amount - self.before[index]

    def elapsed(self, instant: int) -> int:
        """The open time of the year before an instant."""
        index = bisect_right(self.opens, instant) - 1
        if index < 0:
            return 0
        closing = self.closes[index]
        return self.after[index] if instant >= closing else self.before[index] + instant - self.opens[index]


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


class _Dates(dict[int, bool]):
    """What is known of dates, by ordinal. It forgets all of them rather than grow without end."""

    def __setitem__(self, ordinal: int, known: bool, /) -> None:
        if len(self) >= _KEPT_DATES:
            self.clear()
        super().__setitem__(ordinal, known)


class Timeline:
    """The open time of a plan in a zone. It is mutable: it keeps the years that it has compiled.

    Args:
        plan: Where the open time comes from.
        zone: The zone whose years and dates the tables follow.

    Attributes:
        zone: The zone.
        days: The tables of dates that have been compiled, by ordinal.
        business_days: Of each date that was asked for, by ordinal, whether it is a business day.
    """

    def __init__(self, plan: Plan, zone: ZoneInfo) -> None:
        self.zone = zone
        self.days: dict[int, Day] = {}
        self.business_days: dict[int, bool] = _Dates()
        self._plan = plan
        self._years: dict[int, Year] = {}  # in the order in which they were compiled
        self._stretches = 0  # of these years together
        self._dated: set[int] = set()  # the years among them whose dates are in `days`
        self._open_before: dict[int, int] = {}  # a run of years without gaps, each with the open time before it

    # Datetimes: the table by local date, where it has the date.

    def instant(self, at: datetime, *, name: str = "at") -> int:
        """The instant of an aware datetime.

        Raises:
            NaiveTime: If it has no zone.
            HoursError: If it is no datetime.
        """
        day = self.day(at)
        if day is None:
            return to_epoch(at, name=name)
        return day.midnight + ((at.hour * 60 + at.minute) * 60 + at.second) * MICROSECONDS + at.microsecond

    def position(self, at: datetime, *, name: str = "at") -> tuple[Year, int]:
        """The year of an aware datetime, and the open time of that year before it.

        Raises:
            NaiveTime: If it has no zone.
            HoursError: If it is no datetime.
        """
        day = self.day(at)
        if day is None:
            instant = to_epoch(at, name=name)
            year = self.year_at(instant)
            return year, year.elapsed(instant)
        second = (at.hour * 60 + at.minute) * 60 + at.second
        passed = bisect_right(day.edges, second)
        if passed & 1:  # open: an odd number of edges lies behind
            return day.year, day.before + (day.offsets[passed] + second) * MICROSECONDS + at.microsecond
        return day.year, day.before + day.offsets[passed] * MICROSECONDS

    def day(self, at: datetime) -> Day | None:
        """The table of the date that a datetime of our own zone shows.

        None for another zone, a date on which the clock changes, and whatever is no datetime: those go by instant.
        """
        try:
            if at.tzinfo is not self.zone:
                return None
            day = self.days.get(at.toordinal())
            if day is None and at.year not in self._dated and FIRST_YEAR <= at.year <= LAST_YEAR:
                self._compile_days(at.year)
                day = self.days.get(at.toordinal())
        except AttributeError:
            return None
        return day

    # One instant, and its neighbours: the table by instant.

    def is_open(self, instant: int) -> bool:
        """Whether an instant is open."""
        year = self.year_at(instant)
        index = bisect_right(year.opens, instant) - 1
        return index >= 0 and instant < year.closes[index]

    def because(self, instant: int) -> Reason:
        """The rule that decides about an instant.

        Raises:
            HoursError: If the year is outside the years that can be computed.
        """
        self.year_at(instant)  # refuses what the plan could not name a date of
        return self._plan.because(self.zone, instant)

    def spans_on(self, day: date) -> Spans:
        """The stretches of open time that begin on a local date.

        Raises:
            HoursError: If the year is outside the years that can be computed.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise HoursError(f"day: the year {day.year} was given; allowed: {FIRST_YEAR} to {LAST_YEAR}", field="day")
        return self._plan.spans_on(self.zone, day)

    def next_opening(self, instant: int, limit: int) -> int | None:
        """The first opening after an instant; None if there is none up to the limit."""
        year = self.year_at(instant)
        index = bisect_right(year.opens, instant)
        if index < len(year.opens):
            # An opening at the start of the year is only where a stretch was cut, but such a one is never after an
            # instant of the same year.
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
        else:  # none left, or one that may go on after New Year
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

    # Amounts of open time: sums within a year, and of whole years between.

    def between(self, start: int, end: int) -> int:
        """The open time from one instant to another; negative if the second is earlier.

        Raises:
            HoursError: If more than `FURTHEST` years lie between them.
        """
        first, last = self.year_at(start), self.year_at(end)
        return self.between_positions((first, first.elapsed(start)), (last, last.elapsed(end)))

    def between_positions(self, start: tuple[Year, int], end: tuple[Year, int]) -> int:
        """The open time from one position to another; negative if the second is earlier.

        Raises:
            HoursError: If more than `FURTHEST` years lie between them.
        """
        elapsed, first, last = end[1] - start[1], start[0].number, end[0].number
        if first == last:
            return elapsed
        sums = self._open_before
        try:
            return elapsed + sums[last] - sums[first]
        except KeyError:
            pass
        # The run of sums is never longer than FURTHEST, so whoever asks for more arrives here.
        if abs(last - first) > FURTHEST:
            raise HoursError(
                f"end: the year {last} was given for a start in {first}; allowed: {FURTHEST} years apart at the most",
                field="end",
            )
        self._extend_sums(min(first, last), max(first, last))
        return elapsed + sums[last] - sums[first]

    def after(self, instant: int, amount: int, horizon: int) -> int | None:
        """The first instant at which an amount of open time (above zero) has passed since another.

        None if the calendar stays closed for longer than the horizon before that.

        Raises:
            HoursError: If the amount has not passed after `FURTHEST` years.
        """
        year = self.year_at(instant)
        last = year.number + FURTHEST
        # Count from the start of the year, so that whole years are taken off by their totals.
        wanted, reached = year.elapsed(instant) + amount, instant
        while wanted > year.total:
            wanted -= year.total
            # `reached` is the last instant known to be open; the calendar has been closed since then.
            reached = max(reached, year.closes[-1]) if year.closes else reached
            if year.end - reached > horizon or year.number == LAST_YEAR:
                return None
            if year.number == last:
                raise _too_much(year, "after")
            year = self._year(year.number + 1)
            if year.opens and year.opens[0] - reached > horizon:
                return None
        return year.reached(wanted)

    def before(self, instant: int, amount: int, horizon: int) -> int | None:
        """The last instant from which an amount of open time (above zero) passes until another.

        None if the calendar stays closed for longer than the horizon before that.

        Raises:
            HoursError: If the amount has not passed in the `FURTHEST` years before.
        """
        year = self.year_at(instant)
        first = year.number - FURTHEST
        wanted, reached = year.elapsed(instant) - amount, instant
        while wanted < 0:
            reached = min(reached, year.opens[0]) if year.opens else reached
            if reached - year.start > horizon or year.number == FIRST_YEAR:
                return None
            if year.number == first:
                raise _too_much(year, "before")
            year = self._year(year.number - 1)
            if year.closes and reached - year.closes[-1] > horizon:
                return None
            wanted += year.total
        return year.left_from(wanted)

    # Stretches, joined over New Year.

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
        # A stretch that begins at the end is not within. Looking no further than the instant before it keeps a
        # question about one year from compiling the next one, and a combination of n parts from compiling n years.
        return clip(self.forward(start, end - 1), start, end) if start < end else []

    def _pieces_forward(self, instant: int, limit: int) -> Iterator[Span]:
        """The stretches of one year after the other, cut at New Year."""
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
        """The stretches of one year before the other, cut at New Year."""
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

    # The tables.

    def year_at(self, instant: int) -> Year:
        """The table of the local year that holds an instant.

        Raises:
            HoursError: If the year is outside the years that can be computed.
        """
        # The mean year misses the right one by a day or two at most, around New Year.
        year = self._year(1970 + instant // _AVERAGE_YEAR)
        if instant < year.start:
            return self._year(year.number - 1)
        if instant >= year.end:
            return self._year(year.number + 1)
        return year

    def _year(self, number: int) -> Year:
        year = self._years.get(number)
        return self._compile(number) if year is None else year

    def _compile(self, number: int) -> Year:
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise HoursError(f"at: the year {number} was given; allowed: {FIRST_YEAR} to {LAST_YEAR}", field="at")
        start, end = year_start(self.zone, number), year_start(self.zone, number + 1)
        year = Year.of(number, start, end, self._plan.spans(self.zone, number))
        self._stretches += len(year.opens)
        while self._years and (len(self._years) >= _KEPT or self._stretches > _KEPT_STRETCHES):
            self._drop(next(iter(self._years)))
        self._years[number] = year
        return year

    def _drop(self, number: int) -> None:
        """Forget a year and its dates; whoever still holds its table may go on with it, since it never changes."""
        self._stretches -= len(self._years.pop(number).opens)
        if number in self._dated:
            self._dated.remove(number)
            for ordinal in _ordinals(number):
                self.days.pop(ordinal, None)

    def _compile_days(self, number: int) -> None:
        """Make the table of each date of a year on which the clock stands still."""
        year, zone = self._year(number), self.zone
        # Most dates of an office are alike: their edges are kept once.
        shared: dict[tuple[int, ...], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        dates = _ordinals(number)
        offset = midnight_offset(zone, dates.start)
        index, count = 0, len(year.opens)
        for ordinal in dates:
            following = midnight_offset(zone, ordinal + 1)
            midnight = ((ordinal - EPOCH_ORDINAL) * DAY - offset) * MICROSECONDS
            while index < count and year.closes[index] <= midnight:
                index += 1
            if offset == following:
                found = tuple(_edges(year, index, midnight))
                edges, offsets = shared.setdefault(found, (found, _offsets(found)))
                self.days[ordinal] = Day(midnight, edges, offsets, year.elapsed(midnight), year)
            offset = following
        self._dated.add(number)

    def _extend_sums(self, first: int, last: int) -> None:
        """Sum the open time before each year of a range too, which is no longer than `FURTHEST`."""
        sums = self._open_before
        if sums:
            low, high = min(sums), max(sums)
            # Only differences are ever used, so a run of years may start anywhere. One that lies apart from these
            # years, or would become too long with them, is given up for a new one.
            if last < low or first > high or max(high, last) - min(low, first) > FURTHEST:
                sums.clear()
        if not sums:
            sums[first] = 0
        for year in range(max(sums), last):
            sums[year + 1] = sums[year] + self._year(year).total
        for year in reversed(range(first, min(sums))):
            sums[year] = sums[year + 1] - self._year(year).total


def _too_much(year: Year, side: str) -> HoursError:
    return HoursError(
        f"amount: it is not used up by the year {year.number}; allowed: what is open in the {FURTHEST} years {side}",
        field="amount",
    )


def _ordinals(number: int) -> range:
    """The dates of a year, by ordinal."""
    return range(date(number, 1, 1).toordinal(), date(number + 1, 1, 1).toordinal())


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
