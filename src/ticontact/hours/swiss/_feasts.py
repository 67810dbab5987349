"""On which day of a year each Swiss holiday falls."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ticontact.hours._yearly_dates import After, DateOf, Easter, Every, NthWeekday, UnlessWeekday

__all__ = ["FEASTS", "NEVER_THREE_DAYS", "never_after_long_weekend", "on_monday"]

_TUESDAY, _THURSDAY, _SATURDAY, _SUNDAY = 1, 3, 5, 6

FEASTS: Final[Mapping[str, DateOf]] = MappingProxyType({
    "new_year": Every(1, 1),
    "jan2": Every(1, 2),
    "epiphany": Every(1, 6),
    "republic_ne": Every(3, 1),
    "joseph": Every(3, 19),
    # The first Thursday of April, a week later if that is in Holy Week: GL, Ruhetagsgesetz IX B/21/1, art. 2.
    "fahrt": After(NthWeekday(4, 1, weekday=_THURSDAY), Easter(-3)),
    "good_friday": Easter(-2),
    "easter_monday": Easter(1),
    "may1": Every(5, 1),
    "ascension": Easter(39),
    "whit_monday": Easter(50),
    "corpus_christi": Easter(60),
    "jura_june23": Every(6, 23),
    "peter_paul": Every(6, 29),
    "aug1": Every(8, 1),
    "assumption": Every(8, 15),
    # The Thursday after the first Sunday of September.
    "jeune_genevois": NthWeekday(9, 1, weekday=_SUNDAY, then=4),
    # The Monday after the Federal Fast, which is on the third Sunday of September.
    "bettag_monday": NthWeekday(9, 3, weekday=_SUNDAY, then=1),
    "maurice": Every(9, 22),
    "bruder_klaus": Every(9, 25),
    "gallus": Every(10, 16),
    "all_saints": Every(11, 1),
    "immaculate": Every(12, 8),
    "christmas_eve": Every(12, 24),
    "christmas": Every(12, 25),
    "stephen": Every(12, 26),
    "new_years_eve": Every(12, 31),
    "restoration_ge": Every(12, 31),
})  # fmt: skip


def never_after_long_weekend(feast: DateOf) -> DateOf:
    """The day after a holiday, unless three rest days in a row would result: not after a Monday or a Friday."""
    return UnlessWeekday(feast, {_TUESDAY, _SATURDAY})


NEVER_THREE_DAYS: Final = never_after_long_weekend(FEASTS["stephen"])
"""26 December, unless three rest days in a row would result: not after a Christmas on Monday or Friday."""


def on_monday(feast: DateOf) -> DateOf:
    """A day that is a holiday only on a Monday, that is when the holiday before it is a Sunday."""
    return UnlessWeekday(feast, range(1, 7))
