"""Which dates are holidays, under which name, and by which law.

A calendar of holidays is a list of rules, each for one day of a year: a feast of the law, or a department's own patron
saint. Single dates (a bridge day, the days of the school holidays) are rules that hold once.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from ticontact.errors import HoursError
from ticontact.hours._explanation import Reason, RuleKind, as_text
from ticontact.hours._wall_clock import dates_between
from ticontact.hours._window import Clock, seconds_after_midnight
from ticontact.hours._yearly_dates import DateOf, Easter, Every, NthWeekday, Once
from ticontact.i18n import Text
from ticontact.plain import checked

__all__ = ["Holiday", "HolidayCalendar", "HolidayRule"]

_LEAP_YEAR: Final = 2000
_FURTHEST_FROM_EASTER: Final = 80
_KEPT: Final = 256
"""How many years a calendar of holidays remembers; then it starts anew."""


@attrs.frozen(field_transformer=checked)
class Holiday:
    """A holiday on its date.

    Attributes:
        day: The date.
        name: Its name in five languages.
        id: Its name for programs, such as `joseph`.
        source: The law, or what else it rests on.
        closed_from: From when on the day is off, in seconds after midnight; 0 for the whole day.
        equal_to_sunday: Whether the law makes it equal to a Sunday; None where the law knows no such classes.
        projected: Whether the year lies outside the years that the source covers.
    """

    day: date
    name: Text = attrs.field(converter=as_text)
    id: str = attrs.field(default="holiday", kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    closed_from: int = attrs.field(default=0, kw_only=True, converter=seconds_after_midnight)
    equal_to_sunday: bool | None = attrs.field(default=None, kw_only=True)
    projected: bool = attrs.field(default=False, kw_only=True)

    @classmethod
    def each_day(
        cls,
        first: date,
        last: date,
        name: Text | str,
        *,
        id: str = "holiday",  # noqa: A002 - the field's own name
        source: str = "",
    ) -> tuple["Holiday", ...]:
        """Each day from one date to another, both included: school holidays, or the week between the years.

        Raises:
            HoursError: If the dates are more than 100 years apart.

        >>> summer = Holiday.each_day(date(2026, 6, 20), date(2026, 8, 30), "Vacanze estive")
        >>> len(summer), summer[-1].day
        (72, datetime.date(2026, 8, 30))
        """
        return tuple(cls(day, name, id=id, source=source) for day in dates_between(first, last))

    def because(self) -> Reason:
        """The reason this day gives for being closed."""
        return Reason(self.id, self.name, kind=RuleKind.HOLIDAY, source=self.source, projected=self.projected)


@attrs.frozen(field_transformer=checked)
class HolidayRule:
    """A holiday of every year in which its law holds. Build it with `every_year`, `from_easter` or `on_weekday`.

    Attributes:
        id: Its name for programs.
        feast: Which day of a year it is on.
        name: Its name in five languages.
        source: The law, or what else it rests on.
        closed_from: From when on the day is off, in seconds after midnight; 0 for the whole day.
        equal_to_sunday: Whether the law makes it equal to a Sunday; None where the law knows no such classes.
        years: The first and the last year in which it holds.
        covered: The first and the last year that the source was checked for; other years are marked as projected.

    >>> patron = HolidayRule.every_year(8, 10, "San Lorenzo")
    >>> patron.on(2026).day
    datetime.date(2026, 8, 10)
    """

    id: str
    feast: DateOf
    name: Text = attrs.field(kw_only=True, converter=as_text)
    source: str = attrs.field(default="", kw_only=True)
    closed_from: int = attrs.field(default=0, kw_only=True, converter=seconds_after_midnight)
    equal_to_sunday: bool | None = attrs.field(default=None, kw_only=True)
    years: tuple[int, int] = attrs.field(default=(1, 9999), kw_only=True)
    covered: tuple[int, int] = attrs.field(default=(1, 9999), kw_only=True)

    @classmethod
    def every_year(
        cls,
        month: int,
        day: int,
        name: Text | str,
        *,
        id: str = "holiday",  # noqa: A002 - the field's own name
        source: str = "",
        closed_from: Clock = 0,
    ) -> "HolidayRule":
        """The holiday on the same day of every year; one on 29 February is none in other years.

        Raises:
            HoursError: If no year has such a day, or if `closed_from` is no time of day.
        """
        if Every(month, day).on(_LEAP_YEAR) is None:
            raise HoursError(f"day: month {month}, day {day} was given; allowed: a day that a year has", field="day")
        return cls(id, Every(month, day), name=name, source=source, closed_from=closed_from)

    @classmethod
    def from_easter(
        cls,
        days: int,
        name: Text | str,
        *,
        id: str = "holiday",  # noqa: A002 - the field's own name
        source: str = "",
        closed_from: Clock = 0,
    ) -> "HolidayRule":
        """The holiday some days after Easter Sunday; a negative number lies before it.

        Raises:
            HoursError: If it is more than 80 days away, and so perhaps in another year, or if `closed_from` is no time
                of day.
        """
        if abs(days) > _FURTHEST_FROM_EASTER:
            raise HoursError(
                f"days: {days} days from Easter were given; allowed: {_FURTHEST_FROM_EASTER} at the most", field="days"
            )
        return cls(id, Easter(days), name=name, source=source, closed_from=closed_from)

    @classmethod
    def on_weekday(
        cls,
        month: int,
        nth: int,
        weekday: int,
        name: Text | str,
        *,
        then: int = 0,
        id: str = "holiday",  # noqa: A002 - the field's own name
        source: str = "",
        closed_from: Clock = 0,
    ) -> "HolidayRule":
        """The holiday on the first, second, ... of a weekday in a month, or some days after it.

        Args:
            month: 1 for January.
            nth: 1 for the first, 4 at the most, since a fifth is not in every month.
            weekday: 0 for Monday.
            name: Its name.
            then: Days after it, a week at the most: 4 for the Thursday after the first Sunday.
            id: Its name for programs.
            source: What it rests on.
            closed_from: From when on the day is off.

        Raises:
            HoursError: If a number is out of these bounds, or if `closed_from` is no time of day.
        """
        bounds = (("month", month, 1, 12), ("nth", nth, 1, 4), ("weekday", weekday, 0, 6), ("then", then, 0, 7))
        for field, given, least, most in bounds:
            if not least <= given <= most:
                raise HoursError(f"{field}: {given} was given; allowed: {least} to {most}", field=field)
        return cls(
            id, NthWeekday(month, nth, weekday=weekday, then=then), name=name, source=source, closed_from=closed_from
        )

    def on(self, year: int) -> Holiday | None:
        """The holiday in a year; None if there is none."""
        day = self.feast.on(year) if self.years[0] <= year <= self.years[1] else None
        if day is None:
            return None
        return Holiday(
            day,
            self.name,
            id=self.id,
            source=self.source,
            closed_from=self.closed_from,
            equal_to_sunday=self.equal_to_sunday,
            projected=not self.covered[0] <= year <= self.covered[1],
        )


def _rule_of(holiday: Holiday | HolidayRule) -> HolidayRule:
    if isinstance(holiday, HolidayRule):
        return holiday
    return HolidayRule(
        holiday.id,
        Once(holiday.day),
        name=holiday.name,
        source=holiday.source,
        closed_from=holiday.closed_from,
        equal_to_sunday=holiday.equal_to_sunday,
    )


@attrs.frozen(field_transformer=checked)
class HolidayCalendar:
    """The holidays of a place, year by year. Compared by its rules; it remembers the years it was asked for.

    Attributes:
        name: Whose holidays they are, such as `TI`.
        rules: The rules; of two on one date the one that takes more of the day wins, then the earlier in this order.

    >>> HolidayCalendar.of("office", [Holiday(date(2026, 5, 15), "Bridge day")]).on(date(2026, 5, 15)).name.it
    'Bridge day'
    """

    name: str
    rules: tuple[HolidayRule, ...] = attrs.field(converter=tuple[HolidayRule, ...])
    _years: dict[int, dict[date, Holiday]] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @classmethod
    def of(cls, name: str, holidays: Iterable[Holiday | HolidayRule]) -> "HolidayCalendar":
        """A calendar of single dates and of rules."""
        return cls(name, [_rule_of(holiday) for holiday in holidays])

    def on(self, day: date) -> Holiday | None:
        """The holiday on a date; None if it is none. Cheap after the first question about a year."""
        year = self._years.get(day.year)
        return (self._year(day.year) if year is None else year).get(day)

    def in_year(self, year: int) -> tuple[Holiday, ...]:
        """The holidays of a year in the order of their dates."""
        known = self._years.get(year)
        return tuple((self._year(year) if known is None else known).values())

    def between(self, first: date, last: date) -> Iterator[Holiday]:
        """The holidays from one date to another, both included."""
        for year in range(first.year, last.year + 1):
            yield from (holiday for holiday in self.in_year(year) if first <= holiday.day <= last)

    def plus(self, *holidays: Holiday | HolidayRule) -> "HolidayCalendar":
        """This calendar and some days more: a year's bridge days, or a rule such as that of the commune's patron."""
        return HolidayCalendar(self.name, [*self.rules, *map(_rule_of, holidays)])

    def without(self, *ids: str) -> "HolidayCalendar":
        """This calendar without the rules of these ids."""
        return HolidayCalendar(self.name, [rule for rule in self.rules if rule.id not in ids])

    def __or__(self, other: "HolidayCalendar") -> "HolidayCalendar":
        """The days that are a holiday in one of two calendars."""
        return HolidayCalendar(f"{self.name} | {other.name}", (*self.rules, *other.rules))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle without the years that were asked for."""
        return HolidayCalendar, (self.name, self.rules)

    def _year(self, year: int) -> dict[date, Holiday]:
        found: dict[date, Holiday] = {}
        for rule in self.rules:
            holiday = rule.on(year)
            if holiday is None:
                continue
            known = found.get(holiday.day)
            if known is None or holiday.closed_from < known.closed_from:
                found[holiday.day] = holiday
        ordered = dict(sorted(found.items()))
        if len(self._years) >= _KEPT:
            self._years.clear()
        self._years[year] = ordered
        return ordered
