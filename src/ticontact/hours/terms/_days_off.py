"""Which days are off for a last day: weekends, and the statutory holidays of the canton that counts."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.hours import swiss
from ticontact.hours._holiday import Holiday, HolidayCalendar, HolidayRule
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.swiss._feasts import FEASTS
from ticontact.hours.swiss._places import local_rules
from ticontact.i18n._texts.holidays import HOLIDAY_NAMES

__all__ = ["COMMONLY_KEPT", "DaysOff", "local_holidays", "statutory_holidays"]

_SATURDAY: Final = 5

_COMMON: Final = ("jan2", "good_friday", "easter_monday", "ascension", "whit_monday", "stephen")

COMMONLY_KEPT: Final = HolidayCalendar(
    "commonly kept", [HolidayRule(feast, FEASTS[feast], name=HOLIDAY_NAMES[feast]) for feast in _COMMON]
)
"""Feasts on which much of Switzerland, and the post with it, is closed also where no law of the canton says so."""

_STATUTORY: Final[Mapping[Canton, HolidayCalendar]] = MappingProxyType({
    canton: swiss.holidays(canton) for canton in Canton
})  # fmt: skip


def statutory_holidays(
    canton: Canton, *, place: str | None = None, also: Iterable[str | HolidayRule] = ()
) -> HolidayCalendar:
    """The statutory holidays of a canton; as `swiss.holidays`, but built once where nothing is special.

    Raises:
        HoursError: If no rule is known for a place of this name, or no feast under an id.
    """
    extra = tuple(also)
    return _STATUTORY[canton] if place is None and not extra else swiss.holidays(canton, place=place, also=extra)


def local_holidays(canton: Canton) -> HolidayCalendar:
    """The holidays that hold only in a part of a canton, all parts together."""
    rules = {rule.id: rule for place in swiss.places(canton) for rule in local_rules(canton, place)}
    return HolidayCalendar(f"parts of {canton.name}", rules.values())


@attrs.frozen
class DaysOff:
    """The days that cannot be a last day: `day in days_off`.

    Attributes:
        calendars: The calendars that count.
        half_days: Whether a day counts whose afternoon alone is a holiday.
    """

    calendars: tuple[HolidayCalendar, ...]
    half_days: bool = attrs.field(default=False, kw_only=True)

    def holiday(self, day: date) -> Holiday | None:
        """The holiday on a day, if it counts."""
        found = (calendar.on(day) for calendar in self.calendars)
        return next((each for each in found if each is not None and (self.half_days or not each.closed_from)), None)

    def __contains__(self, day: date) -> bool:
        return day.weekday() >= _SATURDAY or self.holiday(day) is not None

    def __or__(self, calendar: HolidayCalendar) -> "DaysOff":
        return attrs.evolve(self, calendars=(*self.calendars, calendar))

    @property
    def has_half_days(self) -> bool:
        """Whether there is a day whose afternoon alone is a holiday."""
        return any(rule.closed_from for calendar in self.calendars for rule in calendar.rules)

    def projected(self, year: int) -> bool:
        """Whether a year lies outside those that the sources of the holidays cover."""
        return any(holiday.projected for calendar in self.calendars for holiday in calendar.in_year(year))
