"""On which days a cantonal administration is closed beyond the statutory holidays.

Only what a published source states as a rule is here; the closings that a government decides year by year are data that
a department adds (`HolidayCalendar.plus`, or a `Closure`).
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from ticontact.hours._holiday import HolidayRule
from ticontact.hours._yearly_dates import DateOf, Every, Once
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.swiss._feasts import FEASTS, on_monday
from ticontact.i18n._texts.holidays import HOLIDAY_NAMES

__all__ = ["ADMINISTRATIONS", "GOOD_FRIDAY"]

_NOON: Final = 12 * 3600

_TI_AFTERNOONS: Final = "Ticino, personnel law: the afternoons of 24 and 31 December (www4.ti.ch, Chiusure natalizie)"
_TI_2018: Final = "Ticino, Council of State for 2018 (ticinonews.ch/ticino/472649, 11 October 2018)"
_TI_GOOD_FRIDAY: Final = "Ticino: no official holiday (RL 10.1.1.1.2 art. 1); closed by the department's own decision"
_GE: Final = "Geneva, administration: www.ge.ch/document/030301-conges-officiels-jours-feries"
_AR: Final = "Appenzell Ausserrhoden, personnel law (fm1today.ch/627015, November 2017)"
_AG: Final = "Aargau, administration: half a day, here the afternoon (zofingertagblatt.ch, 1. Mai)"


def _rule(name: str, feast: DateOf, source: str, *, closed_from: int = 0) -> HolidayRule:
    return HolidayRule(name, feast, name=HOLIDAY_NAMES[name], source=source, closed_from=closed_from)


GOOD_FRIDAY: Final = _rule("good_friday", FEASTS["good_friday"], _TI_GOOD_FRIDAY)

ADMINISTRATIONS: Final[Mapping[Canton, tuple[HolidayRule, ...]]] = MappingProxyType({
    Canton.AG: (_rule("may1", FEASTS["may1"], _AG, closed_from=_NOON),),
    Canton.AR: (_rule("stephen", FEASTS["stephen"], _AR),),
    Canton.GE: (
        _rule("may1", FEASTS["may1"], _GE),
        _rule("new_year_substitute", on_monday(Every(1, 2)), _GE),
        _rule("aug1_substitute", on_monday(Every(8, 2)), _GE),
        _rule("christmas_substitute", on_monday(Every(12, 26)), _GE),
    ),
    Canton.TI: (
        _rule("christmas_eve", FEASTS["christmas_eve"], _TI_AFTERNOONS, closed_from=_NOON),
        _rule("new_years_eve", FEASTS["new_years_eve"], _TI_AFTERNOONS, closed_from=_NOON),
        _rule("christmas_eve", Once(date(2018, 12, 24)), _TI_2018),
        _rule("new_years_eve", Once(date(2018, 12, 31)), _TI_2018),
    ),
})  # fmt: skip
