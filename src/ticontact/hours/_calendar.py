"""When an office is open: one frozen value that answers every question about it.

Theory of operation. A calendar is its rules (`plan`) in a zone. It owns one collaborator, its `Timeline`, which
compiles a year of the plan when a question first touches it and answers from tables of integers. Nothing else is kept.
The questions come in three kinds, in this order below:

- at an instant: open or closed, why, and how it is said to people;
- from change to change: openings, closings, and the stretches of open time between them;
- in amounts of open time: how much lies between two instants, and when an amount has passed.

Each is a thin shell around the timeline: a datetime becomes an integer at the door, and an integer becomes a pendulum
value on the way out. The same questions stand once more on integers (`..._epoch`), for bulk work and for whoever keeps
instants as numbers; nothing is converted there, so they cost a fraction.

Calendars combine (`&`, `|`, `-`) into calendars whose plan is a `Combination` of the others.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple, cast

import attrs
import pendulum

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact.errors import HoursError, NeverOpen
from ticontact.hours._combination import Combination, Operator, Part
from ticontact.hours._explanation import ByAppointment, Closed, Explanation, Open, Reason, RuleKind
from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours._intervals import Span, Spans
from ticontact.hours._open_time import Plan
from ticontact.hours._rules import Break, Closure, DayOverride, Season
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours._timeline import Timeline
from ticontact.hours._wall_clock import FURTHEST, opening_at
from ticontact.hours._week import Week
from ticontact.hours._week_in_words import week_text
from ticontact.hours._working_days import BusinessDays
from ticontact.i18n._text import Form
from ticontact.plain import checked, form, kinds
from ticontact.plain._copied import by_instant, packed, unpacked

__all__ = ["BusinessCalendar", "Stretch"]

_FIVE_YEARS: Final = timedelta(days=5 * 365 + 1)
_SHORTEST: Final = timedelta(days=366)
_LONGEST: Final = timedelta(days=FURTHEST * 365)


class Stretch(NamedTuple):
    """A stretch of open time, half-open.

    Attributes:
        opening: Its first instant.
        closing: The instant at which it is no longer open.
    """

    opening: pendulum.DateTime
    closing: pendulum.DateTime

    def __eq__(self, other: object) -> bool:
        return by_instant(self) == by_instant(other) if isinstance(other, tuple) else NotImplemented

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(by_instant(self))

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle it with the same instants."""
        return _stretch, (packed(tuple(self)),)


def _stretch(parts: object) -> Stretch:
    opening, closing = cast("tuple[pendulum.DateTime, pendulum.DateTime]", unpacked(parts))
    return Stretch(opening, closing)


def _check_horizon(_: object, __: object, horizon: timedelta) -> None:
    if not _SHORTEST <= horizon <= _LONGEST:
        raise HoursError(
            f"horizon: {horizon.days} days were given; allowed: {_SHORTEST.days} to {_LONGEST.days} ({FURTHEST} years)",
            field="horizon",
        )


@form("calendar", make="of")
@attrs.frozen(init=False, repr=False, field_transformer=checked)
class BusinessCalendar:
    """When an office is open: a frozen value, compared by its rules.

    Instants come in as any aware datetime and go out as pendulum values in the calendar's zone. Open time is real
    elapsed time, so a day on which the clock changes has 23 or 25 hours. Calendars combine with `&` (open in both), `|`
    (in one of them) and `-` (in the first alone).

    A calendar keeps the years that it has compiled for the next question, 128 of them at the most. A question whose
    answer lies more than 100 years from its instant is refused.

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
        by_appointment: The hours in which people are received by appointment alone. They are not open, so no open time
            runs in them; on holidays and in closures nobody is received.
        name: What people call it, such as "counter".
        horizon: After how long without an opening a search gives up; a year at least and 100 at the most,
            five by default.

    Attributes:
        zone: The IANA name of its zone.
        plan: Where its open time comes from.
        name: What people call it; may be empty.
        horizon: After how long without an opening a search gives up.

    Raises:
        HoursError: If the time-zone database has no such zone, or if its rules contradict each other, or the horizon is
            under a year or over 100.

    >>> office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
    >>> office.is_open(at=datetime.fromisoformat("2026-03-18T12:30:00+01:00"))
    False
    """

    zone: str
    plan: Plan
    name: str
    horizon: timedelta = attrs.field(validator=_check_horizon)
    reach: int = attrs.field(init=False, eq=False)
    timeline: Timeline = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "reach", microseconds(self.horizon))
        object.__setattr__(self, "timeline", Timeline(self.plan, zone_named(self.zone)))

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
        by_appointment: Week | None = None,
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
            by_appointment=by_appointment,
        )
        self.__attrs_init__(zone, plan, name, horizon)

    @classmethod
    def of(cls, plan: Plan, *, zone: str, name: str = "", horizon: timedelta = _FIVE_YEARS) -> "BusinessCalendar":
        """The calendar of a plan of any kind, such as an OpenStreetMap expression.

        Raises:
            HoursError: If the time-zone database has no such zone, or if the horizon is under a year or over 100.
        """
        calendar = cls.__new__(cls)
        calendar.__attrs_init__(zone, plan, name, horizon)
        return calendar

    def adding(self, *rules: Closure | Break | DayOverride | Season) -> "BusinessCalendar":
        """This calendar and some rules for dates more, such as a strike day.

        Raises:
            HoursError: If the calendar is a combination, or the rules contradict each other, or if one is no such rule.
        """
        plan = self._standing_plan()
        _refuse_other_rules(rules)
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
            raise HoursError(
                "calendar: it has no standing week of its own; allowed: the calendars it is made of", field="calendar"
            )
        return self.plan

    def named(self, name: str) -> "BusinessCalendar":
        """This calendar under another name."""
        return BusinessCalendar.of(self.plan, zone=self.zone, name=name, horizon=self.horizon)

    # The algebra.

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
        return BusinessCalendar.of(Combination.of(operator, self, other), zone=self.zone, horizon=horizon)

    # At an instant.

    def is_open(self, *, at: datetime) -> bool:
        """Whether it is open at an instant.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        # The question that is asked most reads the table of the date itself, without a call in between.
        timeline = self.timeline
        try:
            day = timeline.days.get(at.toordinal()) if at.tzinfo is timeline.zone else None
        except AttributeError:
            day = None  # to_epoch says what is wrong with it
        if day is None:
            day = timeline.day(at)
            if day is None:
                return timeline.is_open(to_epoch(at))
        return bisect_right(day.edges, (at.hour * 60 + at.minute) * 60 + at.second) & 1 == 1

    def state(self, *, at: datetime) -> Open | Closed | ByAppointment:
        """Open until when, or closed, or by appointment alone; because of what, and until when.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        instant = self.timeline.instant(at)
        if self.timeline.is_open(instant):
            return Open(self._shown(self.next_closing_epoch(instant)))
        because = self.because_epoch(instant)
        kind = ByAppointment if because.kind is RuleKind.APPOINTMENT else Closed
        return kind(because, self._shown(self.next_opening_epoch(instant)))

    def explain(self, *, at: datetime) -> Explanation:
        """Why it is open or closed at an instant, by which rule, and until when.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        state = self.state(at=at)  # refuses an instant that cannot be shown
        instant = self.timeline.instant(at)
        shown = from_epoch(instant, self.timeline.zone)
        if isinstance(state, Open):
            return Explanation(shown, self.because_epoch(instant), state=state, calendar=self.name)
        midnight, following = (opening_at(self.timeline.zone, shown.toordinal() + step, 0) for step in (0, 1))
        nothing = not self.timeline.within(midnight, following)
        return Explanation(shown, state.because, state=state, calendar=self.name, is_closed_all_day=nothing)

    def in_words(self, language: str, *, on: date, form: Form = "written") -> str:
        """The standing hours that hold on a date, for a page, a notice or an announcement.

        Args:
            language: The language.
            on: The date; a season that it lies in has its own hours.
            form: To be read, or to be read aloud.

        Raises:
            HoursError: If the calendar has no standing week, as a combination has none.
            ConfigurationError: If ticontact has no texts in the language.
        """
        plan = self._standing_plan()
        words = week_text(plan.week_on(on), by_appointment=plan.by_appointment).text(language, form=form)
        return words[:1].upper() + words[1:]

    # From change to change.

    def next_opening(self, *, at: datetime) -> pendulum.DateTime | None:
        """The first opening after an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        timeline = self.timeline
        instant = timeline.instant(at)
        found = timeline.next_opening(instant, instant + self.reach)
        return None if found is None else from_epoch(found, timeline.zone)

    def next_closing(self, *, at: datetime) -> pendulum.DateTime | None:
        """The first closing after an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return self._shown(self.next_closing_epoch(self.timeline.instant(at)))

    def previous_opening(self, *, at: datetime) -> pendulum.DateTime | None:
        """The last opening before an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return self._shown(self.previous_opening_epoch(self.timeline.instant(at)))

    def previous_closing(self, *, at: datetime) -> pendulum.DateTime | None:
        """The last closing before an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return self._shown(self.previous_closing_epoch(self.timeline.instant(at)))

    def windows(self, day: date) -> tuple[Stretch, ...]:
        """The stretches of open time that begin on a local date.

        Raises:
            HoursError: If the year is outside the years that can be computed.
        """
        return tuple(map(self._stretch, self.spans_on(day)))

    def intervals(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The stretches of open time between two instants, cut at both; computed as they are asked for.

        Raises:
            NaiveTime: If an instant has no zone.
        """
        first, last = self.timeline.instant(start, name="start"), self.timeline.instant(end, name="end")
        return map(self._stretch, self.timeline.within(first, last))

    def upcoming(self, *, at: datetime) -> Iterator[Stretch]:
        """The stretches from an instant on, the first one cut at it; computed as they are asked for.

        They end where nothing opens within the horizon; a stretch that does not close within it is cut there.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return map(self._stretch, self._walk_forward(self.timeline.instant(at)))

    def past(self, *, at: datetime) -> Iterator[Stretch]:
        """The stretches before an instant, the latest first, the first one cut at it.

        They end where nothing was open within the horizon; a stretch that has not opened within it is cut there.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return map(self._stretch, self._walk_backward(self.timeline.instant(at)))

    def _shown(self, instant: int | None) -> pendulum.DateTime | None:
        return None if instant is None else from_epoch(instant, self.timeline.zone)

    def _stretch(self, span: Span) -> Stretch:
        return Stretch(from_epoch(span[0], self.timeline.zone), from_epoch(span[1], self.timeline.zone))

    # Amounts of open time.

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The open time from one instant to another; negative if the second is earlier.

        Raises:
            NaiveTime: If an instant has no zone.
            HoursError: If more than 100 years lie between them.
        """
        timeline = self.timeline
        first, last = timeline.position(start, name="start"), timeline.position(end, name="end")
        return timedelta(0, 0, timeline.between_positions(first, last))

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
            HoursError: If the amount is negative, or more than is open in 100 years.
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
            HoursError: If the amount is negative, or more than is open in 100 years.
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

    # Whole business days.

    @property
    def days(self) -> BusinessDays:
        """The questions in whole business days: `office.days.add(3, at=...)`."""
        return BusinessDays(self)

    # The same questions on integers: instants and amounts are microseconds, instants since 1970-01-01T00:00Z.

    def is_open_epoch(self, at: int) -> bool:
        """Whether it is open at an instant."""
        return self.timeline.is_open(at)

    def because_epoch(self, at: int) -> Reason:
        """The rule that decides about an instant."""
        return self.timeline.because(at)

    def next_opening_epoch(self, at: int) -> int | None:
        """The first opening after an instant; None if there is none within the horizon."""
        return self.timeline.next_opening(at, at + self.reach)

    def next_closing_epoch(self, at: int) -> int | None:
        """The first closing after an instant; None if there is none within the horizon."""
        return self.timeline.next_closing(at, at + self.reach)

    def previous_opening_epoch(self, at: int) -> int | None:
        """The last opening before an instant; None if there is none within the horizon."""
        return self.timeline.previous_opening(at, at - self.reach)

    def previous_closing_epoch(self, at: int) -> int | None:
        """The last closing before an instant; None if there is none within the horizon."""
        return self.timeline.previous_closing(at, at - self.reach)

    def between_epoch(self, start: int, end: int) -> int:
        """The open time from one instant to another; negative if the second is earlier.

        Raises:
            HoursError: If more than 100 years lie between them.
        """
        return self.timeline.between(start, end)

    def add_epoch(self, amount: int, *, at: int, landing: Literal["closing", "next_opening"] = "closing") -> int:
        """The instant at which an amount of open time has passed since another.

        Raises:
            HoursError: If the amount is negative, or more than is open in 100 years.
            NeverOpen: If the calendar stays closed for longer than the horizon before that.
        """
        _refuse_negative(amount, "subtract")
        if amount == 0:
            return at if self.timeline.is_open(at) else self._found(self.next_opening_epoch(at))
        found = self._found(self.timeline.after(at, amount, self.reach))
        if landing == "next_opening" and not self.timeline.is_open(found):
            return self._found(self.next_opening_epoch(found))
        return found

    def subtract_epoch(
        self, amount: int, *, at: int, landing: Literal["opening", "previous_closing"] = "opening"
    ) -> int:
        """The instant from which an amount of open time passes until another.

        Raises:
            HoursError: If the amount is negative, or more than is open in 100 years.
            NeverOpen: If the calendar was closed for longer than the horizon before that.
        """
        _refuse_negative(amount, "add")
        if amount == 0:
            return at if self.timeline.is_open(at - 1) else self._found(self.previous_closing_epoch(at))
        found = self._found(self.timeline.before(at, amount, self.reach))
        if landing == "previous_closing" and not self.timeline.is_open(found - 1):
            return self._found(self.previous_closing_epoch(found))
        return found

    def are_open_epochs(self, instants: Iterable[int]) -> list[bool]:
        """Whether it is open at each of many instants."""
        is_open = self.timeline.is_open
        return [is_open(instant) for instant in instants]

    def between_epochs(self, pairs: Iterable[tuple[int, int]]) -> list[int]:
        """The open time between each of many pairs of instants."""
        between = self.timeline.between
        return [between(start, end) for start, end in pairs]

    def add_epochs(self, amount: int, instants: Iterable[int]) -> list[int]:
        """The instants at which an amount of open time has passed since each of many others.

        Raises:
            HoursError: If the amount is negative, or more than is open in 100 years.
            NeverOpen: If the calendar stays closed for longer than the horizon before that.
        """
        return [self.add_epoch(amount, at=instant) for instant in instants]

    def spans_on(self, day: date) -> Spans:
        """The stretches of open time that begin on a local date.

        Raises:
            HoursError: If the year is outside the years that can be computed.
        """
        return self.timeline.spans_on(day)

    def _found(self, instant: int | None) -> int:
        """An instant that a search has found.

        Raises:
            NeverOpen: If it has found none within the horizon.
        """
        if instant is None:
            raise NeverOpen(
                f"calendar: nothing is open within its horizon of {self.horizon.days} days", horizon=self.horizon
            )
        return instant

    def _walk_forward(self, at: int) -> Iterator[Span]:
        while (span := next(self.timeline.forward(at, at + self.reach), None)) is not None:
            limit = span[0] + self.reach
            if span[1] > limit:
                yield span[0], limit
                return
            yield span
            at = span[1]

    def _walk_backward(self, at: int) -> Iterator[Span]:
        while (span := next(self.timeline.backward(at, at - self.reach), None)) is not None:
            limit = span[1] - self.reach
            if span[0] < limit:
                yield limit, span[1]
                return
            yield span
            at = span[0]

    # A value like others.

    def __repr__(self) -> str:
        name = f" {self.name!r}" if self.name else ""
        return f"<BusinessCalendar{name} {self.plan} in {self.zone}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the rules; the years are compiled again when asked for."""
        return _rebuilt, (self.plan, self.zone, self.name, self.horizon)


def _rebuilt(plan: Plan, zone: str, name: str, horizon: timedelta) -> BusinessCalendar:
    return BusinessCalendar.of(plan, zone=zone, name=name, horizon=horizon)


def _refuse_other_rules(rules: Iterable[object]) -> None:
    for rule in rules:
        if not isinstance(rule, Closure | Break | DayOverride | Season):
            given = type(rule).__name__
            allowed = "Closure, Break, DayOverride, Season; a holiday is added to its calendar of holidays (`plus`)"
            raise HoursError(f"rules: {given} was given; allowed: {allowed}", given=rule, field="rules")


def _refuse_negative(amount: int, other: str) -> None:
    if amount < 0:
        raise HoursError(
            f"amount: a negative one was given; allowed: zero or more (to go back: `{other}`)", field="amount"
        )


# What a field calls a part or a plan is one of these; a plan of a notation has no plain form.
kinds(Part, BusinessCalendar)
kinds(Plan, StandingPlan, Combination, is_open=True)
