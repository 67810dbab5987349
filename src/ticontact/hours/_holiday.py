"""Which dates are holidays, under which name, and by which law."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from ticontact.hours._explanation import Reason, RuleKind, as_text
from ticontact.hours._yearly_dates import DateOf, Once
from ticontact.i18n import Text
from ticontact.plain import checked

__all__ = ["Holiday", "HolidayCalendar", "HolidayRule"]

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
    closed_from: int = attrs.field(default=0, kw_only=True)
    equal_to_sunday: bool | None = attrs.field(default=None, kw_only=True)
    projected: bool = attrs.field(default=False, kw_only=True)

    def because(self) -> Reason:
        """The reason this day gives for being closed."""
        return Reason(self.id, self.name, kind=RuleKind.HOLIDAY, source=self.source, projected=self.projected)


@attrs.frozen
class HolidayRule:
    """A holiday of every year in which its law holds.

    Attributes:
        id: Its name for programs.
        feast: Which day of a year it is on.
        name: Its name in five languages.
        source: The law, or what else it rests on.
        closed_from: From when on the day is off, in seconds after midnight; 0 for the whole day.
        equal_to_sunday: Whether the law makes it equal to a Sunday; None where the law knows no such classes.
        years: The first and the last year in which it holds.
        covered: The first and the last year that the source was checked for; other years are marked as projected.
    """

    id: str
    feast: DateOf
    name: Text = attrs.field(kw_only=True, converter=as_text)
    source: str = attrs.field(default="", kw_only=True)
    closed_from: int = attrs.field(default=0, kw_only=True)
    equal_to_sunday: bool | None = attrs.field(default=None, kw_only=True)
    years: tuple[int, int] = attrs.field(default=(1, 9999), kw_only=True)
    covered: tuple[int, int] = attrs.field(default=(1, 9999), kw_only=True)

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


def _once(holiday: Holiday) -> HolidayRule:
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
    def of(cls, name: str, holidays: Iterable[Holiday]) -> "HolidayCalendar":
        """A calendar of single dates."""
        return cls(name, [_once(holiday) for holiday in holidays])

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

    def plus(self, *holidays: Holiday) -> "HolidayCalendar":
        """This calendar and some single dates more, such as a year's bridge days."""
        return HolidayCalendar(self.name, [*self.rules, *map(_once, holidays)])

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
