"""The rules that a department writes for dates of its own: closures, breaks, other hours, seasons."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import ClassVar, Final, Generic, NamedTuple, TypeVar

import attrs

from ticontact.errors import HoursError
from ticontact.hours._explanation import Reason, RuleKind, as_text
from ticontact.hours._wall_clock import require_date
from ticontact.hours._week import Week
from ticontact.hours._window import TimeWindow, Windows, read_windows
from ticontact.i18n import Text
from ticontact.i18n._texts.hours import OTHER_HOURS, OUR_BREAK, OUR_CLOSURE, SEASONAL_HOURS, hours_called
from ticontact.plain import checked_after

__all__ = ["NO_END", "Break", "Closure", "DayOverride", "RulesByDate", "Season", "by_month_and_day"]


NO_END: Final = date.max
"""The last day of a closure until further notice."""

_SHARED: Final = ("every_year", "reason", "source", "id")
"""The fields that every rule for dates has."""
_YEAR: Final = timedelta(days=365)
_KEPT_YEARS: Final = 16


def _real_date(_: object, field: "attrs.Attribute[date]", value: object) -> None:
    require_date(field.name, value)


def _not_before_start(rule: "Closure | Season", field: "attrs.Attribute[date]", value: date) -> None:
    if value < rule.start:
        raise HoursError(f"{field.name}: {value} is before the start {rule.start}", field=field.name)
    if rule.every_year and value - rule.start >= _YEAR:
        raise HoursError(
            f"{field.name}: {value} is a year or more after the start {rule.start}; allowed for a rule of every year:"
            " less",
            field=field.name,
        )


def _windows(windows: Windows) -> tuple[TimeWindow, ...]:
    return read_windows(windows)


def _own_fields_first(owner: type, fields: "list[attrs.Attribute[object]]") -> "list[attrs.Attribute[object]]":
    """Show the dates and hours of a rule before what every rule has, and check all of them."""
    return checked_after(owner, sorted(fields, key=lambda field: field.name in _SHARED))


@attrs.frozen(kw_only=True)
class _DateRule:
    """What every rule for dates says besides its dates: what people are told, what it rests on, its name."""

    _kind: ClassVar[RuleKind]
    _usual_reason: ClassVar[Text]
    _usual_id: ClassVar[str]

    # First of all: the dates of a rule are checked against it.
    every_year: bool = False
    reason: Text = attrs.field(
        default=attrs.Factory(lambda self: self._usual_reason, takes_self=True), converter=as_text
    )
    source: str = ""
    id: str = attrs.field(default=attrs.Factory(lambda self: self._usual_id, takes_self=True))

    def because(self) -> Reason:
        """The reason this rule gives."""
        return Reason(self.id, self.reason, kind=self._kind, source=self.source)


@attrs.frozen(field_transformer=_own_fields_first)
class Closure(_DateRule):
    """Whole days on which an office is closed: works, a strike, the days between Christmas and New Year.

    Attributes:
        start: The first day.
        end: The last day; the first by default.
        every_year: Whether it comes again each year on these days of the calendar, from its first year on.
        reason: What people are told, such as "strike".
        source: What the closure rests on.
        id: Its name for programs.

    Raises:
        HoursError: If the last day is before the first, or a year or more after it where it comes again each year.

    >>> Closure(date(2026, 4, 30), reason="Inventory").end
    datetime.date(2026, 4, 30)
    """

    _kind = RuleKind.CLOSURE
    _usual_reason = OUR_CLOSURE
    _usual_id = "closure"

    start: date = attrs.field(validator=_real_date)
    end: date = attrs.field(
        default=attrs.Factory(lambda self: self.start, takes_self=True), validator=[_real_date, _not_before_start]
    )

    @classmethod
    def until_further_notice(cls, start: date, *, reason: Text | str = OUR_CLOSURE, source: str = "") -> "Closure":
        """The closure from a day on of which nobody knows yet when it ends.

        Nothing opens after it, so an amount of open time that would end in it raises `NeverOpen`.

        >>> Closure.until_further_notice(date(2026, 3, 16), reason="water damage").is_until_further_notice
        True
        """
        return cls(start, NO_END, reason=reason, source=source)

    @property
    def is_until_further_notice(self) -> bool:
        """Whether nobody knows yet when it ends."""
        return self.end == NO_END

    def because(self) -> Reason:
        """The reason this rule gives."""
        return attrs.evolve(super().because(), until_further_notice=self.is_until_further_notice)


@attrs.frozen(field_transformer=_own_fields_first)
class DayOverride(_DateRule):
    """Other hours on one date, also where it is a holiday: a Saturday before a vote, a short day.

    Attributes:
        day: The date on which the windows begin.
        windows: The hours of that date, such as `08:00-12:00`; none closes it.
        every_year: Whether it comes again each year on these days of the calendar, from its first year on.
        reason: What people are told.
        source: What it rests on.
        id: Its name for programs.

    Raises:
        HoursError: If a window cannot be read, or two overlap, or if the day is no date.
    """

    _kind = RuleKind.OVERRIDE
    _usual_reason = OTHER_HOURS
    _usual_id = "override"

    day: date = attrs.field(validator=_real_date)
    windows: tuple[TimeWindow, ...] = attrs.field(converter=_windows)

    def because(self) -> Reason:
        """The reason this rule gives: why the date is closed, or what its hours are called."""
        words = OUR_CLOSURE if self.reason == OTHER_HOURS else self.reason
        if self.windows:
            words = hours_called(OTHER_HOURS, self.reason)
        return attrs.evolve(super().because(), words=words)


@attrs.frozen(field_transformer=_own_fields_first)
class Break(_DateRule):
    """A part of one date that is taken out of its windows: a staff meeting, a funeral.

    Attributes:
        day: The date; windows that begin on it are cut.
        windows: The hours that are taken out.
        every_year: Whether it comes again each year on these days of the calendar, from its first year on.
        reason: What people are told.
        source: What it rests on.
        id: Its name for programs.

    Raises:
        HoursError: If a window cannot be read, or two overlap, or if the day is no date.
    """

    _kind = RuleKind.BREAK
    _usual_reason = OUR_BREAK
    _usual_id = "break"

    day: date = attrs.field(validator=_real_date)
    windows: tuple[TimeWindow, ...] = attrs.field(converter=_windows)


@attrs.frozen(field_transformer=_own_fields_first)
class Season(_DateRule):
    """Another standing week between two dates: a summer timetable. Holidays are kept.

    Attributes:
        start: The first day.
        end: The last day.
        week: The hours of these days.
        every_year: Whether it comes again each year on these days of the calendar, from its first year on.
        reason: What people are told of these hours, or on a day that the season keeps closed.
        source: What it rests on.
        id: Its name for programs.

    Raises:
        HoursError: If the last day is before the first, or a year or more after it where it comes again each year.

    >>> summer = Season(date(2026, 7, 1), date(2026, 8, 31), week=Week.parse("Mo-Fr 07:00-13:00"), every_year=True)
    """

    _kind = RuleKind.SEASON
    _usual_reason = SEASONAL_HOURS
    _usual_id = "season"

    start: date = attrs.field(validator=_real_date)
    end: date = attrs.field(validator=[_real_date, _not_before_start])
    week: Week = attrs.field(kw_only=True)

    def because(self) -> Reason:
        """The reason this rule gives: what its hours are called."""
        return attrs.evolve(super().because(), words=hours_called(SEASONAL_HOURS, self.reason))


_Ranged = TypeVar("_Ranged", Closure, Season)
_OnDay = TypeVar("_OnDay", Break, DayOverride)


def by_month_and_day(rules: Iterable[_OnDay]) -> dict[tuple[int, int], list[_OnDay]]:
    """The rules of every year by the day of the year that they are on."""
    found: dict[tuple[int, int], list[_OnDay]] = {}
    for rule in rules:
        if rule.every_year:
            found.setdefault((rule.day.month, rule.day.day), []).append(rule)
    return found


class _Occurrence(NamedTuple):
    """A rule for a range of dates as it holds once.

    Attributes:
        rank: Of two on one date that of the lower rank wins.
        start: The first day, by ordinal.
        end: The day after the last, by ordinal.
        number: Which rule it is, of those that were given.
    """

    rank: tuple[int, int]
    start: int
    end: int
    number: int


class _FirstOnDate:
    """Of occurrences, the first that holds on a date.

    They are laid over one another once, so that a date is looked up in a sorted list however many there are.

    Args:
        occurrences: The occurrences.
    """

    def __init__(self, occurrences: Iterable[_Occurrence]) -> None:
        coming = sorted(occurrences, key=lambda each: each.start, reverse=True)
        self._from = sorted({bound for each in coming for bound in (each.start, each.end)})
        self._winners: list[_Occurrence | None] = []
        # Between two bounds nothing changes. What has begun lies in a heap by its rank; one that has ended is taken out
        # when it comes to the top, since it hides nothing before that.
        begun: list[_Occurrence] = []
        for day in self._from:
            while coming and coming[-1].start <= day:
                heappush(begun, coming.pop())
            while begun and begun[0].end <= day:
                heappop(begun)
            self._winners.append(begun[0] if begun else None)

    def on(self, ordinal: int) -> _Occurrence | None:
        """What holds on a date; None if there is none."""
        index = bisect_right(self._from, ordinal) - 1
        return self._winners[index] if index >= 0 else None


class RulesByDate(Generic[_Ranged]):
    """Of rules about ranges of dates, some of them of every year, the first that holds on a date.

    Rules of one time only are laid over one another once; those of every year again for each year, of which the last
    few are remembered.

    Args:
        rules: The rules.
        rank: The rank of one of them when it holds, from its first and last day and its number; the lowest wins.
    """

    def __init__(self, rules: Sequence[_Ranged], rank: Callable[[date, date, int], tuple[int, int]]) -> None:
        self._rules: Sequence[_Ranged] = rules
        self._rank = rank
        self._once = _FirstOnDate(
            self._occurrence(number, rule.start, rule.end) for number, rule in enumerate(rules) if not rule.every_year
        )
        self._yearly = [number for number, rule in enumerate(rules) if rule.every_year]
        self._years: dict[int, _FirstOnDate] = {}

    def on(self, day: date) -> _Ranged | None:
        """The rule that holds on a date; None if there is none."""
        ordinal = day.toordinal()
        found = self._once.on(ordinal)
        if self._yearly:
            again = self._in_year(day.year).on(ordinal)
            found = min((each for each in (found, again) if each is not None), default=None)
        return None if found is None else self._rules[found.number]

    def _in_year(self, year: int) -> _FirstOnDate:
        known = self._years.get(year)
        if known is None:
            if len(self._years) >= _KEPT_YEARS:
                self._years.clear()
            # What began in the year before may run over New Year.
            known = self._years[year] = _FirstOnDate(
                occurrence
                for number in self._yearly
                for begun in (year - 1, year)
                if (occurrence := self._again(number, begun)) is not None
            )
        return known

    def _again(self, number: int, year: int) -> _Occurrence | None:
        """A rule of every year as it holds when it begins in a year; None if it does not."""
        rule = self._rules[number]
        if year < rule.start.year:
            return None
        start = _in_another_year(rule.start, year)
        end = _in_another_year(rule.end, year + rule.end.year - rule.start.year)
        # In a year without a 29 February a range begins on the day after it, or ends on the one before.
        if start is None:
            start = date(year, 3, 1)
        if end is None:
            end = date(year + rule.end.year - rule.start.year, 2, 28)
        return self._occurrence(number, start, end) if start <= end else None

    def _occurrence(self, number: int, start: date, end: date) -> _Occurrence:
        return _Occurrence(self._rank(start, end, number), start.toordinal(), end.toordinal() + 1, number)


def _in_another_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None
