"""The plan of most offices: a standing week and its exceptions, in the order in which they win.

On a date, a closure beats a break, a break beats other hours, other hours beat a holiday, a holiday beats a season, and
a season beats the standing week; of two seasons the one that starts later wins. A rule on a date governs the windows
that begin on it: a night shift of the day before is worked to its end. A rule of every year gives way to one that is
written for the year itself: of other hours on one date those written for that date alone hold.

What people are told follows the same order, with one question more: is it this rule that makes the difference? At eight
in the evening of a day with shorter hours nothing is open either way, so the reason is that it is late.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

import attrs

from ticontact.errors import HoursError
from ticontact.hours._explanation import Reason, RuleKind
from ticontact.hours._holiday import Holiday, HolidayCalendar
from ticontact.hours._intervals import difference, merged
from ticontact.hours._open_time import DayPlan
from ticontact.hours._rules import Break, Closure, DayOverride, RulesByDate, Season, by_month_and_day
from ticontact.hours._week import Week
from ticontact.hours._window import DAY, TimeWindow, covers
from ticontact.i18n._dates import WEEKDAYS
from ticontact.i18n._texts.hours import (
    BY_APPOINTMENT,
    IT_IS,
    NO_LONGER,
    NOT_YET,
    OUR_CLOSURE,
    OUTSIDE_HOURS,
    STANDING_HOURS,
)
from ticontact.plain import checked

__all__ = ["StandingPlan"]

_Rule = TypeVar("_Rule", Closure, DayOverride, Break, Season)


def _by_day(rules: Iterable[Break]) -> dict[date, tuple[Break, ...]]:
    found: dict[date, list[Break]] = {}
    for rule in rules:
        if not rule.every_year:
            found.setdefault(rule.day, []).append(rule)
    return {day: tuple(breaks) for day, breaks in found.items()}


def _single_days_first(start: date, end: date, number: int) -> tuple[int, int]:
    """A single day says more than a stretch that it lies in; else the one that is written first speaks."""
    return int(start < end), number


def _latest_start_first(start: date, _: date, number: int) -> tuple[int, int]:
    """Of two seasons the one that starts later wins; of two that start together the one that is written last."""
    return -start.toordinal(), -number


_OUTSIDE: Final = Reason("outside_hours", OUTSIDE_HOURS, kind=RuleKind.WEEK)
_Yearly = Mapping[tuple[int, int], Sequence[DayOverride]]


def _rules(given: object, kind: type[_Rule], name: str) -> tuple[_Rule, ...]:
    """The rules of one kind; the indices of the plan are made before anything else is checked."""
    rules = tuple(given) if isinstance(given, Iterable) else (given,)
    for rule in rules:
        if not isinstance(rule, kind):
            problem = f"{type(rule).__name__} was given; allowed: each {kind.__name__}"
            raise HoursError(f"{name}: {problem}", given=given, field=name)
    return rules


def _closures(given: Iterable[Closure]) -> tuple[Closure, ...]:
    return _rules(given, Closure, "closures")


def _overrides(given: Iterable[DayOverride]) -> tuple[DayOverride, ...]:
    return _rules(given, DayOverride, "overrides")


def _breaks(given: Iterable[Break]) -> tuple[Break, ...]:
    return _rules(given, Break, "breaks")


def _seasons(given: Iterable[Season]) -> tuple[Season, ...]:
    return _rules(given, Season, "seasons")


@attrs.frozen(field_transformer=checked)
class StandingPlan(DayPlan):
    """A standing week, holidays, and the department's own rules for dates.

    Attributes:
        week: The hours of an ordinary week.
        holidays: The holidays on which it is closed; None for none.
        closures: Whole days on which it is closed.
        overrides: Other hours on single dates.
        breaks: Hours taken out of single dates.
        seasons: Other standing weeks between dates.
        since: The first day of its life; None if it has always been there.
        until: The last day of its life; None if it stays.
        by_appointment: When people are received by appointment where it is not open; None for never.

    Raises:
        HoursError: If two overrides are on one date, or the life ends before it begins.
    """

    week: Week
    holidays: HolidayCalendar | None = None
    closures: tuple[Closure, ...] = attrs.field(default=(), kw_only=True, converter=_closures)
    overrides: tuple[DayOverride, ...] = attrs.field(default=(), kw_only=True, converter=_overrides)
    breaks: tuple[Break, ...] = attrs.field(default=(), kw_only=True, converter=_breaks)
    seasons: tuple[Season, ...] = attrs.field(default=(), kw_only=True, converter=_seasons)
    since: date | None = attrs.field(default=None, kw_only=True)
    until: date | None = attrs.field(default=None, kw_only=True)
    by_appointment: Week | None = attrs.field(default=None, kw_only=True)
    _closure_on: RulesByDate[Closure] = attrs.field(init=False, eq=False, repr=False)
    _override_on: Mapping[date, DayOverride] = attrs.field(init=False, eq=False, repr=False)
    _yearly_override_on: _Yearly = attrs.field(init=False, eq=False, repr=False)
    _breaks_on: Mapping[date, tuple[Break, ...]] = attrs.field(init=False, eq=False, repr=False)
    _yearly_breaks_on: Mapping[tuple[int, int], Sequence[Break]] = attrs.field(init=False, eq=False, repr=False)
    _season_on: RulesByDate[Season] = attrs.field(init=False, eq=False, repr=False)

    @_closure_on.default
    def _index_closures(self) -> RulesByDate[Closure]:
        return RulesByDate(self.closures, _single_days_first)

    @_override_on.default
    def _index_overrides(self) -> dict[date, DayOverride]:
        return {rule.day: rule for rule in self.overrides if not rule.every_year}

    @_yearly_override_on.default
    def _index_yearly_overrides(self) -> _Yearly:
        return by_month_and_day(self.overrides)

    @_breaks_on.default
    def _index_breaks(self) -> dict[date, tuple[Break, ...]]:
        return _by_day(self.breaks)

    @_yearly_breaks_on.default
    def _index_yearly_breaks(self) -> dict[tuple[int, int], list[Break]]:
        return by_month_and_day(self.breaks)

    @_season_on.default
    def _index_seasons(self) -> RulesByDate[Season]:
        return RulesByDate(self.seasons, _latest_start_first)

    def __attrs_post_init__(self) -> None:
        once = Counter(rule.day for rule in self.overrides if not rule.every_year)
        yearly = Counter(rule.day for rules in self._yearly_override_on.values() if len(rules) > 1 for rule in rules)
        twice = [*(day for day, count in once.items() if count > 1), *yearly]
        if twice:
            raise HoursError(
                f"overrides: {min(twice)} is described twice; write all its windows in one override", field="overrides"
            )
        if self.since and self.until and self.until < self.since:
            raise HoursError(f"until: {self.until} is before since: {self.since}", field="until")

    def __str__(self) -> str:
        more = sum(map(len, (self.closures, self.overrides, self.breaks, self.seasons)))
        holidays = f", holidays {self.holidays.name}" if self.holidays else ""
        return f"{self.week}{holidays}" + (f", {more} rules for dates" if more else "")

    def windows(self, day: date) -> tuple[TimeWindow, ...]:
        """The windows that begin on a date."""
        if self._outside_life(day) is not None or self._closure_on.on(day) is not None:
            return ()
        windows = self._uncut(day)
        breaks = self._breaks(day)
        return _without(windows, breaks) if breaks else windows

    def decided_by(self, day: date, second: int) -> Reason:  # noqa: PLR0911 - one answer for each kind of rule
        """The rule that decides about a second of a date; the answer for an open one names what opens it."""
        if outside := self._outside_life(day):
            return outside
        if closure := self._closure_on.on(day):
            return closure.because()
        if taken_out := self._break_at(day, second):
            return taken_out.because()
        override = self.override_on(day)
        if override is not None and (not override.windows or covers(override.windows, second)):
            return override.because()
        holiday = self._holiday(day)
        if holiday is not None and second >= holiday.closed_from:
            return holiday.because()
        if override is None and covers(self._on_weekday(day), second):
            return self._open_by_week(day)
        return self._closed_by_week(day, second, override)

    def override_on(self, day: date) -> DayOverride | None:
        """The other hours of a date; None if it has none."""
        once = self._override_on.get(day)
        if once is not None or not self._yearly_override_on:
            return once
        return next((rule for rule in self._yearly_override_on.get((day.month, day.day), ()) if rule.day <= day), None)

    def week_on(self, day: date) -> Week:
        """The standing week that holds on a date: that of its season, or the ordinary one."""
        season = self._season_on.on(day)
        return self.week if season is None else season.week

    def _outside_life(self, day: date) -> Reason | None:
        if self.since is not None and day < self.since:
            return Reason("not_yet", NOT_YET, kind=RuleKind.VALIDITY)
        if self.until is not None and day > self.until:
            return Reason("no_longer", NO_LONGER, kind=RuleKind.VALIDITY)
        return None

    def _holiday(self, day: date) -> Holiday | None:
        return None if self.holidays is None else self.holidays.on(day)

    def _breaks(self, day: date) -> tuple[Break, ...]:
        once = self._breaks_on.get(day, ())
        if not self._yearly_breaks_on:
            return once
        return (*once, *(rule for rule in self._yearly_breaks_on.get((day.month, day.day), ()) if rule.day <= day))

    def _uncut(self, day: date) -> tuple[TimeWindow, ...]:
        override = self.override_on(day)
        return self._on_weekday(day) if override is None else override.windows

    def _on_weekday(self, day: date) -> tuple[TimeWindow, ...]:
        """The windows of the week that holds on a date, less its holiday."""
        windows = self.week_on(day).on(day)
        holiday = self._holiday(day)
        if holiday is None or not windows:
            return windows
        return _pieces(windows, [(holiday.closed_from, 2 * DAY)])

    def _break_at(self, day: date, second: int) -> Break | None:
        """The break that takes this second out of a window, of this date or of the night before."""
        for begun, moment in ((day, second), (day - timedelta(days=1), second + DAY)):
            for rule in self._breaks(begun):
                if covers(rule.windows, moment) and covers(self._uncut(begun), moment):
                    return rule
        return None

    def _open_by_week(self, day: date) -> Reason:
        season = self._season_on.on(day)
        if season is not None:
            return season.because()
        return Reason("standing_hours", STANDING_HOURS, kind=RuleKind.WEEK)

    def _closed_by_week(  # noqa: PLR0911 - one answer for each kind of rule
        self, day: date, second: int, override: DayOverride | None
    ) -> Reason:
        """Why it is closed when neither the life, a closure, a break nor a holiday closes it."""
        season = self._season_on.on(day)
        season_closes_day = season is not None and override is None and not season.week.on(day)
        if season is not None and season_closes_day and self.week.ever_opens(day.weekday()):
            return season.because()
        if self._receives_by_appointment(day, second):
            return Reason("by_appointment", BY_APPOINTMENT, kind=RuleKind.APPOINTMENT)
        if override is not None and covers(self._on_weekday(day), second):
            reason = override.because()
            # Hours that are called the regular ones are no reason for being closed.
            return reason if reason.words != STANDING_HOURS else _OUTSIDE
        if season is not None and override is None and covers(self.week.on(day), second):
            return season.because()
        if override is None and not self.week_on(day).on(day):
            # "It is Thursday" is a reason where other weekdays are open, and no Thursday is by the rule.
            if not any(self.week.days) or self.week.days[day.weekday()]:
                return Reason("closed", OUR_CLOSURE, kind=RuleKind.WEEK)
            return Reason("day_off", IT_IS.fill({"weekday": WEEKDAYS[day.weekday()]}), kind=RuleKind.WEEK)
        return _OUTSIDE

    def _receives_by_appointment(self, day: date, second: int) -> bool:
        return self.by_appointment is not None and covers(self.by_appointment.on(day), second)


def _without(windows: tuple[TimeWindow, ...], breaks: tuple[Break, ...]) -> tuple[TimeWindow, ...]:
    taken_out = sorted((window.start, window.end) for rule in breaks for window in rule.windows)
    return _pieces(windows, taken_out)


def _pieces(windows: tuple[TimeWindow, ...], taken_out: list[tuple[int, int]]) -> tuple[TimeWindow, ...]:
    open_time = [(window.start, window.end) for window in windows]
    return tuple(TimeWindow(start, end) for start, end in difference(open_time, merged(taken_out)))
