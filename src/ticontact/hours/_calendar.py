"""Are we there, why not, when next, and how much open time is that?"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, Literal

import attrs
import pendulum

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact.errors import InvalidRule
from ticontact.hours._answers import Closed, Open
from ticontact.hours._combination import Combination, Operator
from ticontact.hours._dated import Break, Closure, DayOverride, Season
from ticontact.hours._days import BusinessDays
from ticontact.hours._explanation import Explanation
from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._plan import Plan
from ticontact.hours._prose import week_text
from ticontact.hours._standing import StandingPlan
from ticontact.hours._stretches import StretchQuestions
from ticontact.hours._timeline import Timeline
from ticontact.hours._week import Week
from ticontact.i18n._text import Form

__all__ = ["BusinessCalendar"]

_FIVE_YEARS: Final = timedelta(days=5 * 365 + 1)
_ONE_YEAR: Final = timedelta(days=366)


def _at_least_a_year(_: object, __: object, horizon: timedelta) -> None:
    if horizon < _ONE_YEAR:
        raise InvalidRule(f"horizon: {horizon.days} days were given; allowed: 366 or more")


@attrs.frozen(init=False, repr=False)
class BusinessCalendar(StretchQuestions):
    """When an office is open: a frozen value, compared by its rules.

    It keeps the years that it has compiled for the next question. Instants come in as any aware datetime and go out as
    pendulum values in the calendar's zone. Open time is real elapsed time, so a day on which the clock changes has 23
    or 25 hours. Calendars combine with `&` (open in both), `|` (in one of them) and `-` (in the first alone).

    Args:
        zone: The IANA name of its zone.
        week: The hours of an ordinary week.
        holidays: The holidays on which it is closed.
        closures: Whole days on which it is closed.
        overrides: Other hours on single dates, holidays or not.
        breaks: Hours taken out of single dates.
        seasons: Other standing weeks between dates.
        since: Its first day; None if it has always been there.
        until: Its last day; None if it stays.
        name: What people call it, such as "counter".
        horizon: After how long without an opening a search gives up; a year at least, five by default.

    Attributes:
        zone: The IANA name of its zone.
        plan: Where its open time comes from.
        name: What people call it; may be empty.
        horizon: After how long without an opening a search gives up.

    Raises:
        UnknownZone: If the time-zone database has no such zone.
        InvalidRule: If its rules contradict each other, or the horizon is under a year.

    >>> office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
    >>> office.is_open(at=datetime.fromisoformat("2026-03-18T12:30:00+01:00"))
    False
    """

    zone: str
    plan: Plan
    name: str
    horizon: timedelta = attrs.field(validator=_at_least_a_year)
    reach: int = attrs.field(init=False, eq=False)
    timeline: Timeline = attrs.field(init=False, eq=False)

    @reach.default
    def _horizon_as_integer(self) -> int:
        return microseconds(self.horizon)

    @timeline.default
    def _compiled_lazily(self) -> Timeline:
        return Timeline(self.plan, zone_named(self.zone))

    def __init__(
        self,
        *,
        zone: str,
        week: Week,
        holidays: HolidayCalendar | None = None,
        closures: Iterable[Closure] = (),
        overrides: Iterable[DayOverride] = (),
        breaks: Iterable[Break] = (),
        seasons: Iterable[Season] = (),
        since: date | None = None,
        until: date | None = None,
        name: str = "",
        horizon: timedelta = _FIVE_YEARS,
    ) -> None:
        plan = StandingPlan(
            week,
            holidays,
            closures=closures,
            overrides=overrides,
            breaks=breaks,
            seasons=seasons,
            since=since,
            until=until,
        )
        self.__attrs_init__(zone, plan, name, horizon)

    @classmethod
    def of(cls, plan: Plan, *, zone: str, name: str = "", horizon: timedelta = _FIVE_YEARS) -> "BusinessCalendar":
        """The calendar of a plan of any kind, such as an OpenStreetMap expression.

        Raises:
            UnknownZone: If the time-zone database has no such zone.
            InvalidRule: If the horizon is under a year.
        """
        calendar = cls.__new__(cls)
        calendar.__attrs_init__(zone, plan, name, horizon)
        return calendar

    def adding(self, *rules: Closure | Break | DayOverride | Season) -> "BusinessCalendar":
        """This calendar and some rules for dates more, such as a strike day.

        Raises:
            InvalidRule: If the calendar is a combination, or the rules contradict each other.
        """
        plan = self._standing_plan()
        more = attrs.evolve(
            plan,
            closures=(*plan.closures, *(rule for rule in rules if isinstance(rule, Closure))),
            breaks=(*plan.breaks, *(rule for rule in rules if isinstance(rule, Break))),
            overrides=(*plan.overrides, *(rule for rule in rules if isinstance(rule, DayOverride))),
            seasons=(*plan.seasons, *(rule for rule in rules if isinstance(rule, Season))),
        )
        return BusinessCalendar.of(more, zone=self.zone, name=self.name, horizon=self.horizon)

    def _standing_plan(self) -> StandingPlan:
        if not isinstance(self.plan, StandingPlan):
            raise InvalidRule("calendar: it has no standing week of its own; allowed: the calendars it is made of")
        return self.plan

    def named(self, name: str) -> "BusinessCalendar":
        """This calendar under another name."""
        return BusinessCalendar.of(self.plan, zone=self.zone, name=name, horizon=self.horizon)

    def __and__(self, other: "BusinessCalendar") -> "BusinessCalendar":
        """Open when both are; in the zone of the first."""
        return self._combined(Operator.BOTH, other)

    def __or__(self, other: "BusinessCalendar") -> "BusinessCalendar":
        """Open when one of them is; in the zone of the first."""
        return self._combined(Operator.EITHER, other)

    def __sub__(self, other: "BusinessCalendar") -> "BusinessCalendar":
        """Open when the first is and the second is not; in the zone of the first."""
        return self._combined(Operator.WITHOUT, other)

    def _combined(self, operator: Operator, other: "BusinessCalendar") -> "BusinessCalendar":
        if not isinstance(other, BusinessCalendar):
            return NotImplemented
        horizon = max(self.horizon, other.horizon)
        return BusinessCalendar.of(Combination(operator, self, right=other), zone=self.zone, horizon=horizon)

    def is_open(self, *, at: datetime) -> bool:
        """Whether it is open at an instant.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        # The question that is asked most reads the table of the date itself.
        timeline = self.timeline
        try:
            day = timeline.days.get(at.toordinal()) if at.tzinfo is timeline.zone else None
        except AttributeError:
            day = None  # to_epoch says what is wrong with it
        if day is None:
            return timeline.is_open(to_epoch(at))
        return bisect_right(day.edges, (at.hour * 60 + at.minute) * 60 + at.second) & 1 == 1

    def state(self, *, at: datetime) -> Open | Closed:
        """Open until when, or closed because of what and until when.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        instant = self.timeline.instant(at)
        if self.timeline.is_open(instant):
            return Open(self._shown(self.next_closing_epoch(instant)))
        return Closed(self.because_epoch(instant), self._shown(self.next_opening_epoch(instant)))

    def explain(self, *, at: datetime) -> Explanation:
        """Why it is open or closed at an instant, by which rule, and until when.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        instant = self.timeline.instant(at)
        shown = from_epoch(instant, self.timeline.zone)
        return Explanation(shown, self.because_epoch(instant), state=self.state(at=at), calendar=self.name)

    def in_words(self, language: str, *, on: date, form: Form = "written") -> str:
        """The standing hours that hold on a date, for a page, a notice or an announcement.

        Args:
            language: The language.
            on: The date; a season that it lies in has its own hours.
            form: To be read, or to be read aloud.

        Raises:
            InvalidRule: If the calendar has no standing week, as a combination has none.
            UnknownLanguage: If ticontact has no texts in the language.
        """
        words = week_text(self._standing_plan().week_on(on)).text(language, form=form)
        return words[:1].upper() + words[1:]

    def add(
        self, amount: timedelta, *, at: datetime, landing: Literal["closing", "next_opening"] = "closing"
    ) -> pendulum.DateTime:
        """The instant at which an amount of open time has passed since another.

        Args:
            amount: Open time, zero or more. Zero gives the instant itself if open, else the next opening.
            at: From when.
            landing: What to answer when the amount is used up exactly at a closing: that closing, or the next opening.

        Raises:
            NaiveTime: If the instant has no zone.
            InvalidAmount: If the amount is negative.
            NeverOpen: If the calendar stays closed for longer than the horizon before the amount has passed.
        """
        timeline = self.timeline
        wanted = microseconds(amount)
        year, elapsed = timeline.position(at)
        if landing == "closing" and 0 < wanted <= year.total - elapsed:
            return from_epoch(year.reached(elapsed + wanted), timeline.zone)
        return from_epoch(self.add_epoch(wanted, at=timeline.instant(at), landing=landing), timeline.zone)

    def subtract(
        self, amount: timedelta, *, at: datetime, landing: Literal["opening", "previous_closing"] = "opening"
    ) -> pendulum.DateTime:
        """The instant from which an amount of open time passes until another.

        Args:
            amount: Open time, zero or more. Zero gives the instant itself if open just before, else the last closing.
            at: Until when.
            landing: What to answer when the amount is used up exactly at an opening: that, or the closing before.

        Raises:
            NaiveTime: If the instant has no zone.
            InvalidAmount: If the amount is negative.
            NeverOpen: If the calendar was closed for longer than the horizon before the amount has passed.
        """
        found = self.subtract_epoch(microseconds(amount), at=self.timeline.instant(at), landing=landing)
        return from_epoch(found, self.timeline.zone)

    def rebase(self, due: datetime, *, before: "BusinessCalendar", at: datetime) -> pendulum.DateTime:
        """Where a deadline moves when the hours change to these: the time used is kept, the rest counts anew.

        Args:
            due: The deadline on the hours of before.
            before: The hours that it was counted on.
            at: When the change takes effect. A deadline with no open time left by then stays where it is.

        Raises:
            NaiveTime: If an instant has no zone.
            NeverOpen: If the calendar stays closed for longer than the horizon before the rest has passed.
        """
        change, deadline = self.timeline.instant(at), self.timeline.instant(due, name="due")
        left = before.between_epoch(change, deadline)
        return from_epoch(self.add_epoch(left, at=change) if left > 0 else deadline, self.timeline.zone)

    @property
    def days(self) -> BusinessDays:
        """The questions in whole business days: `office.days.add(3, at=...)`."""
        return BusinessDays(self)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The open time from one instant to another; negative if the second is earlier.

        Raises:
            NaiveTime: If an instant has no zone.
        """
        timeline = self.timeline
        first, last = timeline.position(start, name="start"), timeline.position(end, name="end")
        return timedelta(0, 0, timeline.between_positions(first, last))

    def __repr__(self) -> str:
        name = f" {self.name!r}" if self.name else ""
        return f"<BusinessCalendar{name} {self.plan} in {self.zone}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the rules; the years are compiled again when asked for."""
        return _rebuilt, (self.plan, self.zone, self.name, self.horizon)


def _rebuilt(plan: Plan, zone: str, name: str, horizon: timedelta) -> BusinessCalendar:
    return BusinessCalendar.of(plan, zone=zone, name=name, horizon=horizon)
