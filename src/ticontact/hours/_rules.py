"""The rules that a department writes for dates of its own: closures, breaks, other hours, seasons."""

from datetime import date, datetime

import attrs

from ticontact.errors import InvalidRule
from ticontact.hours._explanation import Reason, RuleKind, as_text
from ticontact.hours._week import Week
from ticontact.hours._window import TimeWindow, Windows, read_windows
from ticontact.i18n import Text
from ticontact.i18n.hours import OTHER_HOURS, OUR_BREAK, OUR_CLOSURE, SEASONAL_HOURS

__all__ = ["Break", "Closure", "DayOverride", "Season"]


def _real_date(_: object, field: "attrs.Attribute[date]", value: object) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidRule(f"{field.name}: {type(value).__name__} was given; allowed: a date without a time")


def _not_before_start(rule: "Closure | Season", field: "attrs.Attribute[date]", value: date) -> None:
    if value < rule.start:
        raise InvalidRule(f"{field.name}: {value} is before the start {rule.start}")


def _windows(windows: Windows) -> tuple[TimeWindow, ...]:
    return read_windows(windows)


@attrs.frozen
class Closure:
    """Whole days on which an office is closed: works, a strike, the days between Christmas and New Year.

    Attributes:
        start: The first day.
        end: The last day; the first by default.
        reason: What people are told, such as "strike".
        source: What the closure rests on.
        id: Its name for programs.

    Raises:
        InvalidRule: If the last day is before the first.

    >>> Closure(date(2026, 4, 30), reason="Inventory").end
    datetime.date(2026, 4, 30)
    """

    start: date = attrs.field(validator=_real_date)
    end: date = attrs.field(
        default=attrs.Factory(lambda self: self.start, takes_self=True), validator=[_real_date, _not_before_start]
    )
    reason: Text = attrs.field(default=OUR_CLOSURE, converter=as_text, kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    id: str = attrs.field(default="closure", kw_only=True)

    def because(self) -> Reason:
        """The reason this rule gives."""
        return Reason(self.id, self.reason, kind=RuleKind.CLOSURE, source=self.source)


@attrs.frozen
class DayOverride:
    """Other hours on one date, also where it is a holiday: a Saturday before a vote, a short day.

    Attributes:
        day: The date on which the windows begin.
        windows: The hours of that date, such as `08:00-12:00`; none closes it.
        reason: What people are told.
        source: What it rests on.
        id: Its name for programs.

    Raises:
        InvalidWindow: If a window cannot be read, or two overlap.
        InvalidRule: If the day is no date.
    """

    day: date = attrs.field(validator=_real_date)
    windows: tuple[TimeWindow, ...] = attrs.field(converter=_windows)
    reason: Text = attrs.field(default=OTHER_HOURS, converter=as_text, kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    id: str = attrs.field(default="override", kw_only=True)

    def because(self) -> Reason:
        """The reason this rule gives."""
        return Reason(self.id, self.reason, kind=RuleKind.OVERRIDE, source=self.source)


@attrs.frozen
class Break:
    """A part of one date that is taken out of its windows: a staff meeting, a funeral.

    Attributes:
        day: The date; windows that begin on it are cut.
        windows: The hours that are taken out.
        reason: What people are told.
        source: What it rests on.
        id: Its name for programs.

    Raises:
        InvalidWindow: If a window cannot be read, or two overlap.
        InvalidRule: If the day is no date.
    """

    day: date = attrs.field(validator=_real_date)
    windows: tuple[TimeWindow, ...] = attrs.field(converter=_windows)
    reason: Text = attrs.field(default=OUR_BREAK, converter=as_text, kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    id: str = attrs.field(default="break", kw_only=True)

    def because(self) -> Reason:
        """The reason this rule gives."""
        return Reason(self.id, self.reason, kind=RuleKind.BREAK, source=self.source)


@attrs.frozen
class Season:
    """Another standing week between two dates: a summer timetable. Holidays are kept.

    Attributes:
        start: The first day.
        end: The last day.
        week: The hours of these days.
        reason: What people are told on a day that the season keeps closed.
        source: What it rests on.
        id: Its name for programs.

    Raises:
        InvalidRule: If the last day is before the first.
    """

    start: date = attrs.field(validator=_real_date)
    end: date = attrs.field(validator=[_real_date, _not_before_start])
    week: Week = attrs.field(kw_only=True)
    reason: Text = attrs.field(default=SEASONAL_HOURS, converter=as_text, kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    id: str = attrs.field(default="season", kw_only=True)

    def because(self) -> Reason:
        """The reason this rule gives."""
        return Reason(self.id, self.reason, kind=RuleKind.SEASON, source=self.source)
