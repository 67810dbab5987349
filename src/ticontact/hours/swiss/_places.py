"""Which holidays hold only in a part of a canton: a district, a commune, one of two confessional parts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.errors import HoursError
from ticontact.hours._holiday import HolidayRule
from ticontact.hours._yearly_dates import DateOf
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.swiss._feasts import FEASTS, NEVER_THREE_DAYS, never_after_long_weekend
from ticontact.hours.swiss._statutes import CHECKED_YEARS, STATUTES
from ticontact.i18n._texts.holidays import HOLIDAY_NAMES

__all__ = ["local_rules", "places"]


@attrs.frozen
class _LocalLaw:
    """The feasts that some places of a canton keep beyond those of the whole canton.

    Attributes:
        names: The places, as people write them.
        feasts: The ids of the feasts.
        source: What it rests on; the canton's law where it is empty.
    """

    names: tuple[str, ...]
    feasts: tuple[str, ...]
    source: str = attrs.field(default="", kw_only=True)


_AG_SOURCE: Final = "EG ArR § 6, text on gkuhn.ch/feiertage-im-schweizer-arbeitsrecht"
_FR_SOURCE: Final = "fr.ch, Gesetzliche Feiertage und dienstfreie Tage (list of 2024)"
_COMMUNAL: Final = "list of holidays of the Federal Office of Justice, communal holidays"
_NE_SOURCE: Final = "RSN 941.02 art. 3 para. 2; the two communes as published by Wikipedia"


def _local(names: str, feasts: str, source: str = "") -> _LocalLaw:
    return _LocalLaw(tuple(name.strip() for name in names.split(",")), tuple(feasts.split()), source=source)


_LOCAL_LAWS: Final[Mapping[Canton, tuple[_LocalLaw, ...]]] = MappingProxyType({
    Canton.AG: (
        _local(
            "Aarau, Brugg, Kulm, Lenzburg, Zofingen, Bergdietikon",
            "jan2 easter_monday whit_monday stephen",
            _AG_SOURCE,
        ),
        _local("Baden", "easter_monday whit_monday corpus_christi stephen", _AG_SOURCE),
        _local("Bremgarten", "corpus_christi assumption all_saints stephen", _AG_SOURCE),
        _local(
            "Laufenburg, Muri, Hellikon, Mumpf, Obermumpf, Schupfart, Stein, Wegenstetten",
            "corpus_christi assumption all_saints immaculate",
            _AG_SOURCE,
        ),
        _local(
            "Kaiseraugst, Magden, Möhlin, Olsberg, Rheinfelden, Wallbach, Zeiningen, Zuzgen",
            "easter_monday whit_monday all_saints stephen",
            _AG_SOURCE,
        ),
        _local("Zurzach", "jan2 corpus_christi all_saints stephen", _AG_SOURCE),
    ),
    Canton.AI: (_local("Appenzell, Gonten, Rüte, Schlatt-Haslen, Schwende, Schwende-Rüte", "maurice"),),
    Canton.FR: (
        _local("catholic part", "corpus_christi assumption all_saints immaculate", _FR_SOURCE),
        _local(
            "reformed part, Courgevaux, Flamatt, Fräschels, Greng, Kerzers, Meyriez, Mont-Vully, Muntelier, Murten,"
            " Ried bei Kerzers, Sensebrügg, Ulmiz",
            "jan2 easter_monday whit_monday stephen",
            _FR_SOURCE,
        ),
    ),
    Canton.NE: (_local("Le Landeron, Le Cerneux-Péquignot", "corpus_christi", _NE_SOURCE),),
    Canton.SO: (
        _local(
            "Dorneck, Gäu, Gösgen, Lebern, Olten, Solothurn, Thal, Thierstein, Wasseramt",
            "corpus_christi assumption all_saints",
        ),
        _local("Bucheggberg", ""),
        _local("Hochwald", "corpus_christi assumption all_saints gallus", _COMMUNAL),
    ),
    Canton.SZ: (_local("Morschach", "gallus", _COMMUNAL),),
})  # fmt: skip

# In Aargau 26 December and 2 January are working days when Christmas and New Year are a Friday or a Monday.
_AG_FEASTS: Final[Mapping[str, DateOf]] = MappingProxyType({
    "stephen": NEVER_THREE_DAYS,
    "jan2": never_after_long_weekend(FEASTS["jan2"]),
})  # fmt: skip


def places(canton: Canton) -> tuple[str, ...]:
    """The parts of a canton whose holidays differ from those of the whole canton, by name."""
    return tuple(name for law in _LOCAL_LAWS.get(canton, ()) for name in law.names)


def local_rules(canton: Canton, place: str) -> list[HolidayRule]:
    """The rules that hold in a place beyond those of the whole canton.

    Raises:
        HoursError: If no place of this name is known.
    """
    wanted = place.strip().casefold()
    for law in _LOCAL_LAWS.get(canton, ()):
        if wanted in {name.casefold() for name in law.names}:
            return [_rule(canton, law, feast) for feast in law.feasts]
    known = places(canton)
    raise HoursError(
        f"place: {place[:40]!r} was given for {canton.name}, of whose own holidays nothing is known; allowed:"
        f" {', '.join(known) or 'none in this canton'}, or rules of your own (also=)",
        given=place,
        field="place",
        allowed=known,
    )


def _rule(canton: Canton, law: _LocalLaw, feast: str) -> HolidayRule:
    special = _AG_FEASTS if canton is Canton.AG else {}
    return HolidayRule(
        feast,
        special.get(feast, FEASTS[feast]),
        name=HOLIDAY_NAMES[feast],
        source=law.source or STATUTES[canton].source,
        covered=CHECKED_YEARS,
    )
