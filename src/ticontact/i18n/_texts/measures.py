"""Texts on measures: how long it may take, by which method, and the head of the half-hour table."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = ["LIKELY_WAIT", "METHODS", "MINUTES", "NO_ESTIMATE", "POSITION", "POSITION_METHOD"]

METHODS: Final[Mapping[str, Text]] = {
    "stages": Text(
        it="tappe esponenziali, con il tempo medio di trattamento dato",
        de="exponentielle Stufen, mit der gegebenen mittleren Bearbeitungszeit",
        fr="étapes exponentielles, avec la durée moyenne de traitement donnée",
        rm="stgalims exponenzials, cun il temp mesaun da tractament dà",
        en="exponential stages, with the mean handle time as given",
    ),
    "observed_stages": Text(
        it="tappe esponenziali, con {observed} trattamenti osservati",
        de="exponentielle Stufen, aus {observed} beobachteten Bearbeitungen",
        fr="étapes exponentielles, d’après {observed} traitements observés",
        rm="stgalims exponenzials, or da {observed} tractaments observads",
        en="exponential stages, from {observed} contacts observed",
    ),
    "recent_waits": Text(
        it="{observed} attese recenti da un posto simile",
        de="{observed} kürzliche Wartezeiten von ähnlicher Stelle aus",
        fr="{observed} attentes récentes depuis une place semblable",
        rm="{observed} temps da spetga recents d’in plaz sumegliant",
        en="{observed} recent waits from a like position",
    ),
}

LIKELY_WAIT: Final = Text(
    it="attesa probabile fino a {likely}, per nove persone su dieci fino a {late}",
    de="voraussichtliche Wartezeit bis {likely}, für neun von zehn Personen bis {late}",
    fr="attente probable jusqu’à {likely}, pour neuf personnes sur dix jusqu’à {late}",
    rm="temp da spetga probabel fin {likely}, per nov da diesch persunas fin {late}",
    en="likely wait up to {likely}, for nine in ten people up to {late}",
)
NO_ESTIMATE: Final = Text(
    it="la durata dell’attesa non è nota",
    de="die Wartezeit ist nicht bekannt",
    fr="la durée de l’attente n’est pas connue",
    rm="il temp da spetga n’è betg enconuschent",
    en="how long it takes is not known",
)
MINUTES: Final = Text(
    it="{minutes} min", de="{minutes} Min.", fr="{minutes} min", rm="{minutes} min", en="{minutes} min"
)

POSITION: Final = Text(
    it="posto {number} di {total}",
    de="Platz {number} von {total}",
    fr="place {number} sur {total}",
    rm="plaz {number} da {total}",
    en="number {number} of {total}",
)
POSITION_METHOD: Final = Text(
    it="nell’ordine in cui si serve adesso; chi arriva dopo con un vantaggio può passare prima",
    de="in der Reihenfolge, in der jetzt bedient wird; wer später mit einem Vorsprung kommt, kann vorher drankommen",
    fr="dans l’ordre dans lequel on sert maintenant ; une personne qui arrive plus tard avec une avance peut passer avant",
    rm="en la successiun che vala ussa; tgi che vegn pli tard cun in avantatg po vegnir avant",
    en="in the order that holds now; who comes later with a head start may go first",
)
