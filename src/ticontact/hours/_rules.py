"""The rules that a department writes for dates of its own: closures, breaks, other hours, seasons."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime
from heapq import heappop, heappush
from typing import ClassVar, Final, Generic, TypeVar

import attrs

from ticontact.errors import HoursError
from ticontact.hours._explanation import Reason, RuleKind, as_text
from ticontact.hours._week import Week
from ticontact.hours._window import TimeWindow, Windows, read_windows
from ticontact.i18n import Text
from ticontact.i18n._texts.hours import OTHER_HOURS, OUR_BREAK, OUR_CLOSURE, SEASONAL_HOURS
from ticontact.plain import checked_after

__all__ = ["Break", "Closure", "DayOverride", "FirstOnDate", "Season"]


_SHARED: Final = ("reason", "source", "id")
"""The fields that every rule for dates has."""


def _real_date(_: object, field: "attrs.Attribute[date]", value: object) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise HoursError(
            f"{field.name}: {type(value).__name__} was given; allowed: a date without a time", field=field.name
        )


def _not_before_start(rule: "Closure | Season", field: "attrs.Attribute[date]", value: date) -> None:
    if value < rule.start:
        raise HoursError(f"{field.name}: {value} is before the start {rule.start}", field=field.name)


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
        reason: What people are told, such as "strike".
        source: What the closure rests on.
        id: Its name for programs.

    Raises:
        HoursError: If the last day is before the first.

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


@attrs.frozen(field_transformer=_own_fields_first)
class DayOverride(_DateRule):
    """Other hours on one date, also where it is a holiday: a Saturday before a vote, a short day.

    Attributes:
        day: The date on which the windows begin.
        windows: The hours of that date, such as `08:00-12:00`; none closes it.
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


@attrs.frozen(field_transformer=_own_fields_first)
class Break(_DateRule):
    """A part of one date that is taken out of its windows: a staff meeting, a funeral.

    Attributes:
        day: The date; windows that begin on it are cut.
        windows: The hours that are taken out.
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
        reason: What people are told on a day that the season keeps closed.
        source: What it rests on.
        id: Its name for programs.

    Raises:
        HoursError: If the last day is before the first.
    """

    _kind = RuleKind.SEASON
    _usual_reason = SEASONAL_HOURS
    _usual_id = "season"

    start: date = attrs.field(validator=_real_date)
    end: date = attrs.field(validator=[_real_date, _not_before_start])
    week: Week = attrs.field(kw_only=True)


_Ranged = TypeVar("_Ranged", Closure, Season)


class FirstOnDate(Generic[_Ranged]):
    """Of rules about ranges of dates, the first that holds on a date.

    The rules are laid over one another once, so that a date is looked up in a sorted list however many rules there are.

    Args:
        rules: The rules, those first that win.
    """

    def __init__(self, rules: Sequence[_Ranged]) -> None:
        bounds = [(rule.start.toordinal(), rule.end.toordinal() + 1) for rule in rules]
        self._from = sorted({bound for pair in bounds for bound in pair})
        self._winners: list[_Ranged | None] = []
        coming = sorted(range(len(rules)), key=lambda index: bounds[index][0], reverse=True)
        # Between two bounds nothing changes. Ranks of the rules that have begun lie in a heap; one that has ended is
        # taken out when it comes to the top, since it hides nothing before that.
        begun: list[int] = []
        for day in self._from:
            while coming and bounds[coming[-1]][0] <= day:
                heappush(begun, coming.pop())
            while begun and bounds[begun[0]][1] <= day:
                heappop(begun)
            self._winners.append(rules[begun[0]] if begun else None)

    def on(self, day: date) -> _Ranged | None:
        """The rule that holds on a date; None if there is none."""
        index = bisect_right(self._from, day.toordinal()) - 1
        return self._winners[index] if index >= 0 else None
