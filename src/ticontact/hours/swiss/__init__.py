"""The holidays of the 26 cantons: statutory, and of the cantonal administrations."""

from collections.abc import Iterable
from datetime import date

from ticontact.errors import HoursError
from ticontact.hours._calendar import BusinessCalendar
from ticontact.hours._holiday import HolidayCalendar, HolidayRule
from ticontact.hours.swiss._administration import ADMINISTRATIONS, GOOD_FRIDAY
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.swiss._feasts import FEASTS
from ticontact.hours.swiss._features import DayFeatures, features_of
from ticontact.hours.swiss._places import local_rules, places
from ticontact.hours.swiss._statutes import CHECKED_YEARS, STATUTES
from ticontact.i18n._texts.holidays import HOLIDAY_NAMES

__all__ = ["administration", "features", "holidays", "places"]


def holidays(canton: Canton, *, place: str | None = None, also: Iterable[str | HolidayRule] = ()) -> HolidayCalendar:
    """The statutory holidays of a canton.

    A rule that holds only in a part of the canton counts where the place is named. Years that the sources do not cover
    are answered and marked as projected.

    Args:
        canton: The canton.
        place: A part of it whose law differs, as `places(canton)` names it: a district, a commune, a part.
        also: The ids of feasts that are kept in addition, such as a commune's own `joseph`, or rules of your own. The
            holidays of single communes are known for those alone that `places(canton)` names.

    Raises:
        HoursError: If no rule is known for a place of this name, or no feast under an id.

    >>> from datetime import date
    >>> holidays(Canton.TI).on(date(2026, 3, 19)).name.text("it")
    'San Giuseppe'
    """
    statute = STATUTES[canton]
    rules = [_statutory(canton, feast) for feast in statute.feasts]
    if place is not None:
        rules += local_rules(canton, place)
    rules += [_kept_in_addition(feast) for feast in also]
    return HolidayCalendar(canton.name if place is None else f"{canton.name} {place}", rules)


def administration(canton: Canton, *, good_friday: bool = False) -> HolidayCalendar:
    """The days on which a cantonal administration is closed: the statutory holidays and its own.

    Args:
        canton: Aargau, Appenzell Ausserrhoden, Geneva or Ticino, whose rules are published.
        good_friday: Whether it is also closed on Good Friday where that is no official holiday. That the administration
            of Ticino is rests on the press alone, so a department says so itself.

    Raises:
        HoursError: If no rules of this administration are known; its statutory holidays are `holidays(canton)`.
    """
    own = ADMINISTRATIONS.get(canton)
    if own is None:
        known = tuple(each.name for each in ADMINISTRATIONS)
        raise HoursError(
            f"canton: nothing is known of the administration of {canton.name}; allowed: {', '.join(known)}",
            field="canton",
            allowed=known,
        )
    rules = (*holidays(canton).rules, *own)
    if good_friday:
        return HolidayCalendar(f"{canton.name} administration with Good Friday", (*rules, GOOD_FRIDAY))
    return HolidayCalendar(f"{canton.name} administration", rules)


def features(
    canton: Canton,
    days: Iterable[date],
    *,
    place: str | None = None,
    calendar: BusinessCalendar | None = None,
    school_holidays: Iterable[tuple[date, date]] = (),
) -> list[DayFeatures]:
    """What sets each day apart, as plain rows: regressors for whoever forecasts with Prophet, statsforecast or others.

    Args:
        canton: The canton whose statutory holidays count.
        days: The dates.
        place: A part of the canton whose law differs, as `places(canton)` names it.
        calendar: When the office is open, for `open_share`; None for all working days, whole.
        school_holidays: The first and last day of each of the school holidays, which each canton and commune sets anew.

    Returns:
        A row for each day: `day`, `weekday` (0 for Monday), `holiday` (its id, or empty), `day_before_holiday`,
        `day_after_holiday`, `bridge_day` (a working day between two free ones), `open_share` (the part of an ordinary
        such weekday for which the office is open), `school_holidays`.

    Raises:
        HoursError: If no rule is known for a place of this name.

    >>> [row] = features(Canton.TI, [date(2026, 3, 20)])
    >>> row["day_after_holiday"], row["bridge_day"]
    (True, True)
    """
    return features_of(days, holidays=holidays(canton, place=place), calendar=calendar, school_holidays=school_holidays)


def _statutory(canton: Canton, feast: str) -> HolidayRule:
    statute = STATUTES[canton]
    return HolidayRule(
        feast,
        statute.conditional.get(feast, FEASTS[feast]),
        name=HOLIDAY_NAMES[feast],
        source=statute.source,
        closed_from=statute.half_days.get(feast, 0),
        equal_to_sunday=None if statute.equal_to_sunday is None else feast in statute.equal_to_sunday,
        covered=CHECKED_YEARS,
    )


def _kept_in_addition(feast: str | HolidayRule) -> HolidayRule:
    if isinstance(feast, HolidayRule):
        return feast
    if feast not in FEASTS:
        raise HoursError(
            f"also: {feast[:30]!r} was given; allowed: {', '.join(FEASTS)}", field="also", allowed=tuple(FEASTS)
        )
    return HolidayRule(feast, FEASTS[feast], name=HOLIDAY_NAMES[feast], source="the place's own rule")
