"""The statutory holidays of the 26 cantons: which rules hold, where, and on which authority.

Read from the laws and the cantonal pages that stand beside each canton. Feasts that always fall on a Sunday are left
out. Where public data sets differ, the law decides. For Uri and Schaffhausen the law's own list was not seen; theirs
follows the published lists. Every canton was checked for the years 2015 to 2030; other years are projected.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.hours._yearly_dates import DateOf
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.swiss._feasts import FEASTS, NEVER_THREE_DAYS, on_monday

__all__ = ["CHECKED_YEARS", "STATUTES", "Statute"]

CHECKED_YEARS: Final = (2015, 2030)

_NOON: Final = 12 * 3600
_NOTHING: Final[Mapping[str, DateOf]] = MappingProxyType({})
_NO_HOURS: Final[Mapping[str, int]] = MappingProxyType({})


def _ids(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@attrs.frozen
class Statute:
    """The law of a canton.

    Attributes:
        law: The act and its article.
        page: Where it, or the page that states it, can be read.
        feasts: The ids of the feasts that hold in the whole canton.
        conditional: Feasts that the law drops in some years.
        half_days: From when on a feast is off, in seconds after midnight.
        equal_to_sunday: The feasts that the law makes equal to a Sunday; None where it knows no such classes.
    """

    law: str
    page: str
    feasts: tuple[str, ...] = attrs.field(kw_only=True, converter=_ids)
    conditional: Mapping[str, DateOf] = attrs.field(default=_NOTHING, kw_only=True)
    half_days: Mapping[str, int] = attrs.field(default=_NO_HOURS, kw_only=True)
    equal_to_sunday: frozenset[str] | None = attrs.field(default=None, kw_only=True)

    @property
    def source(self) -> str:
        """The law and where to read it."""
        return f"{self.law}, {self.page}"


STATUTES: Final[Mapping[Canton, Statute]] = MappingProxyType({
    Canton.AG: Statute(
        "EG ArR § 6; canton-wide days per the cantonal integration page",
        "https://www.hallo-aargau.ch/de/gut-zu-wissen/oeffnungszeiten--feiertage",
        feasts="new_year good_friday ascension aug1 christmas",
    ),
    Canton.AI: Statute(
        "Ruhetagsgesetz GS 822.200 art. 2",
        "https://lexaris.eu/book/version/documentflat/head/245804",
        feasts=(
            "new_year good_friday easter_monday ascension whit_monday corpus_christi aug1 assumption "
            "all_saints immaculate christmas stephen"
        ),
        conditional={"stephen": NEVER_THREE_DAYS},
    ),
    Canton.AR: Statute(
        "cantonal integration page, public holidays",
        "https://www.hallo-ar.ch/de/gut-zu-wissen/oeffnungszeiten-feiertage",
        feasts="new_year good_friday easter_monday ascension whit_monday aug1 christmas stephen",
        conditional={"stephen": NEVER_THREE_DAYS},
    ),
    Canton.BE: Statute(
        "Feiertagsgesetz BSG 555.1 art. 2",
        "https://lexaris.io/book/version/documentflat/head/222469",
        feasts="new_year jan2 good_friday easter_monday ascension whit_monday aug1 christmas stephen",
    ),
    Canton.BL: Statute(
        "Ruhetagsgesetz SGS 547 § 2",
        "https://lexaris.io/book/version/documentflat/head/254408",
        feasts="new_year good_friday easter_monday may1 ascension whit_monday aug1 christmas stephen",
    ),
    Canton.BS: Statute(
        "Ruhetagsgesetz SG 811.100 § 2",
        "https://lexaris.de/book/version/documentflat/head/255455",
        feasts="new_year good_friday easter_monday may1 ascension whit_monday aug1 christmas stephen",
    ),
    Canton.FR: Statute(
        "cantonal page on public holidays",
        "https://fr.ch/travail-et-entreprises/employes/jour-ferie-dimanche-jour-chome-jour-travaille",
        feasts="new_year good_friday ascension aug1 christmas",
    ),
    Canton.GE: Statute(
        "Loi sur les jours fériés J 1 45 art. 1",
        "https://www.cgas.ch/SPIP/spip.php?article1286",
        feasts=(
            "new_year good_friday easter_monday ascension whit_monday aug1 jeune_genevois christmas "
            "restoration_ge"
        ),
    ),
    Canton.GL: Statute(
        "Ruhetagsgesetz GS IX B/21/1 art. 2",
        "https://lexaris.de/book/version/documentflat/head/238503",
        feasts=(
            "new_year good_friday easter_monday fahrt ascension whit_monday aug1 all_saints christmas "
            "stephen"
        ),
    ),
    Canton.GR: Statute(
        "Ruhetagsgesetz BR 520.100 art. 2",
        "https://lexaris.io/book/version/documentflat/head/254389",
        feasts="new_year good_friday easter_monday ascension whit_monday aug1 christmas stephen",
    ),
    Canton.JU: Statute(
        "Loi sur les jours fériés officiels of 31 August 2022 art. 3",
        "https://lexaris.eu/book/version/documentflat/head/266593",
        feasts=(
            "new_year jan2 good_friday easter_monday may1 ascension whit_monday corpus_christi jura_june23 "
            "aug1 assumption all_saints christmas"
        ),
    ),
    Canton.LU: Statute(
        "Ruhetagsgesetz SRL 855 § 1a",
        "https://lexaris.de/book/version/documentflat/head/224631",
        feasts=(
            "new_year good_friday ascension corpus_christi aug1 assumption all_saints immaculate christmas "
            "stephen"
        ),
    ),
    Canton.NE: Statute(
        "Loi sur le dimanche et les jours fériés RSN 941.02 art. 3",
        "https://rsn.ne.ch/DATA/program/books/RSN2012/20126/htm/94102.htm",
        feasts="new_year republic_ne good_friday may1 ascension aug1 christmas stephen jan2",
        conditional={name: on_monday(FEASTS[name]) for name in ("jan2", "stephen")},
    ),
    Canton.NW: Statute(
        "Ruhetagsgesetz NG 921.1 art. 2",
        "https://lexaris.de/book/version/documentflat/head/282241",
        feasts=(
            "new_year joseph good_friday ascension corpus_christi aug1 assumption all_saints immaculate "
            "christmas"
        ),
    ),
    Canton.OW: Statute(
        "Ruhetagsgesetz of 27 April 2007 art. 2",
        "https://lexaris.de/book/version/documentflat/head/282245",
        feasts=(
            "new_year good_friday ascension corpus_christi aug1 assumption bruder_klaus all_saints "
            "immaculate christmas"
        ),
    ),
    Canton.SG: Statute(
        "Ruhetagsgesetz sGS 552.1 art. 2",
        "https://lexaris.io/book/version/documentflat/head/262407",
        feasts="new_year good_friday easter_monday ascension whit_monday aug1 all_saints christmas stephen",
    ),
    Canton.SH: Statute(
        "Ruhetagsgesetz SHR 900.200",
        "https://lexaris.io/book/version/documentflat/head/247818",
        feasts="new_year good_friday easter_monday may1 ascension whit_monday aug1 christmas stephen",
    ),
    Canton.SO: Statute(
        "Ruhetagsgesetz BGS 512.41 § 2",
        "https://lexaris.de/book/version/documentflat/head/239821",
        feasts="new_year good_friday may1 ascension aug1 christmas",
        half_days={"may1": _NOON},
    ),
    Canton.SZ: Statute(
        "Ruhetagsgesetz SRSZ 545.110 § 2",
        "https://lexaris.io/book/version/documentflat/head/652148",
        feasts=(
            "new_year epiphany joseph good_friday easter_monday ascension whit_monday corpus_christi aug1 "
            "assumption all_saints immaculate christmas stephen"
        ),
    ),
    Canton.TG: Statute(
        "Ruhetagsgesetz RB 822.9 § 1",
        "https://lexaris.de/book/version/documentflat/head/257139",
        feasts="new_year jan2 good_friday easter_monday may1 ascension whit_monday aug1 christmas stephen",
    ),
    Canton.TI: Statute(
        "RL 10.1.1.1.2 art. 1",
        "https://www3.ti.ch/CAN/RLeggi/public/raccolta-leggi/legge/numero/10.1.1.1.2",
        feasts=(
            "new_year epiphany joseph easter_monday may1 ascension whit_monday corpus_christi peter_paul "
            "aug1 assumption all_saints immaculate christmas stephen"
        ),
        # Classes of Ticino: feiertagskalender.ch (classes 2 and 1 of 2025).
        equal_to_sunday=frozenset(
            _ids("new_year epiphany easter_monday ascension aug1 assumption all_saints christmas stephen")
        ),
    ),
    Canton.UR: Statute(
        "Gesetz RB 70.1421",
        "https://lexaris.io/book/version/documentflat/head/278653",
        feasts=(
            "new_year epiphany joseph good_friday easter_monday ascension whit_monday corpus_christi aug1 "
            "assumption all_saints immaculate christmas stephen"
        ),
        conditional={"stephen": NEVER_THREE_DAYS},
    ),
    Canton.VD: Statute(
        "Loi sur l'emploi art. 47",
        "https://www.lausanne.ch/en/vie-pratique/travail/protection-des-travailleurs/travailleur/contrat-de-travail-regles/jours-feries.html",
        feasts="new_year jan2 good_friday easter_monday ascension whit_monday aug1 bettag_monday christmas",
    ),
    Canton.VS: Statute(
        "portal page of the canton, public holidays",
        "https://www.valais4you.ch/de/wallis-in-kuerze/lebensart/feiertage",
        feasts="new_year joseph ascension corpus_christi aug1 assumption all_saints immaculate christmas",
    ),
    Canton.ZG: Statute(
        "Ruhetagsgesetz BGS 942.31 § 1",
        "https://lexaris.de/book/version/documentflat/head/4993834",
        feasts="new_year good_friday ascension corpus_christi aug1 assumption all_saints immaculate christmas",
    ),
    Canton.ZH: Statute(
        "Ruhetags- und Ladenöffnungsgesetz LS 822.4 § 1",
        "http://www2.zhlex.zh.ch/Appl/zhlex_r.nsf/WebRT/C1256C610039641BC12569990033674B",
        feasts="new_year good_friday easter_monday may1 ascension whit_monday aug1 christmas stephen",
    ),
})  # fmt: skip
