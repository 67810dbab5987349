"""What is said about opening hours: why an office is closed, when it opens, and its hours in words."""

from collections.abc import Sequence
from functools import reduce
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "ALWAYS_OPEN",
    "CLOSED_FOR",
    "DAY_AND_HOURS",
    "DAY_RANGE",
    "EXCLUDED",
    "EXPLAINED_CLOSED",
    "EXPLAINED_CLOSED_FOR_GOOD",
    "EXPLAINED_CLOSED_TODAY",
    "EXPLAINED_OPEN",
    "EXPLAINED_OPEN_ALWAYS",
    "IT_IS",
    "LEGEND",
    "NEVER_OPEN",
    "NOT_YET",
    "NO_LONGER",
    "ON_DATE_AT",
    "OTHER_HOURS",
    "OUR_BREAK",
    "OUR_CLOSURE",
    "OUTSIDE_HOURS",
    "PROJECTED",
    "SEASONAL_HOURS",
    "STANDING_HOURS",
    "TODAY_AT",
    "joined",
    "listed",
]

OUR_CLOSURE: Final = Text(it="chiusura", de="Betriebsschliessung", fr="fermeture", rm="serrada", en="closure")
OUR_BREAK: Final = Text(
    it="interruzione del servizio",
    de="Unterbruch",
    fr="interruption du service",
    rm="interrupziun dal servetsch",
    en="service interruption",
)
OTHER_HOURS: Final = Text(
    it="orario speciale", de="besondere Öffnungszeiten", fr="horaire spécial", rm="urari spezial", en="special hours"
)
SEASONAL_HOURS: Final = Text(
    it="orario stagionale",
    de="saisonale Öffnungszeiten",
    fr="horaire saisonnier",
    rm="urari da stagiun",
    en="seasonal hours",
)
STANDING_HOURS: Final = Text(
    it="orario normale",
    de="ordentliche Öffnungszeiten",
    fr="horaire ordinaire",
    rm="urari ordinari",
    en="regular hours",
)
OUTSIDE_HOURS: Final = Text(
    it="fuori orario",
    de="ausserhalb der Öffnungszeiten",
    fr="en dehors des heures d'ouverture",
    rm="ordaifer las uras d'avertura",
    en="outside opening hours",
)
NOT_YET: Final = Text(
    it="servizio non ancora aperto",
    de="noch nicht in Betrieb",
    fr="service pas encore ouvert",
    rm="servetsch betg anc avert",
    en="not yet in service",
)
NO_LONGER: Final = Text(
    it="servizio soppresso",
    de="nicht mehr in Betrieb",
    fr="service supprimé",
    rm="servetsch betg pli en funcziun",
    en="no longer in service",
)
IT_IS: Final = Text(
    it="è {weekday}", de="es ist {weekday}", fr="c'est {weekday}", rm="igl è {weekday}", en="it is {weekday}"
)
CLOSED_FOR: Final = Text(
    it="chiuso per {name}",
    de="geschlossen wegen {name}",
    fr="fermé pour {name}",
    rm="serrà pervia da {name}",
    en="closed for {name}",
)
EXCLUDED: Final = Text(
    it="escluso dall'orario",
    de="von den Öffnungszeiten ausgenommen",
    fr="exclu de l'horaire",
    rm="exclus da l'urari",
    en="taken out of the opening hours",
)

ON_DATE_AT: Final = Text(
    it="{date} {clock}", de="am {date}, {clock}", fr="{date} {clock}", rm="{date}, {clock}", en="on {date} {clock}"
)
TODAY_AT: Final = Text(
    it="oggi {clock}", de="heute {clock}", fr="aujourd'hui {clock}", rm="oz {clock}", en="today {clock}"
)

EXPLAINED_OPEN: Final = Text(
    it="Aperto: {reason}; chiudiamo {when}.",
    de="Offen: {reason}; wir schliessen {when}.",
    fr="Ouvert: {reason}; nous fermons {when}.",
    rm="Avert: {reason}; nus serrain {when}.",
    en="Open: {reason}; we close {when}.",
)
EXPLAINED_OPEN_ALWAYS: Final = Text(
    it="Aperto: {reason}.", de="Offen: {reason}.", fr="Ouvert: {reason}.", rm="Avert: {reason}.", en="Open: {reason}."
)
EXPLAINED_CLOSED: Final = Text(
    it="Chiuso: {reason}; riapriamo {when}.",
    de="Geschlossen: {reason}; wir öffnen wieder {when}.",
    fr="Fermé: {reason}; nous rouvrons {when}.",
    rm="Serrà: {reason}; nus avrin puspè {when}.",
    en="Closed: {reason}; we reopen {when}.",
)
EXPLAINED_CLOSED_TODAY: Final = Text(
    it="Oggi chiuso: {reason}; riapriamo {when}.",
    de="Heute geschlossen: {reason}; wir öffnen wieder {when}.",
    fr="Fermé aujourd'hui: {reason}; nous rouvrons {when}.",
    rm="Oz serrà: {reason}; nus avrin puspè {when}.",
    en="Closed today: {reason}; we reopen {when}.",
)
EXPLAINED_CLOSED_FOR_GOOD: Final = Text(
    it="Chiuso: {reason}.",
    de="Geschlossen: {reason}.",
    fr="Fermé: {reason}.",
    rm="Serrà: {reason}.",
    en="Closed: {reason}.",
)

ALWAYS_OPEN: Final = Text(
    it="aperto 24 ore su 24, tutti i giorni",
    de="rund um die Uhr geöffnet, an allen Tagen",
    fr="ouvert 24 heures sur 24, tous les jours",
    rm="avert 24 uras al di, mintga di",
    en="open around the clock, every day",
)
NEVER_OPEN: Final = Text(
    it="sempre chiuso", de="immer geschlossen", fr="toujours fermé", rm="adina serrà", en="always closed"
)
DAY_AND_HOURS: Final = Text.same("{days} {hours}")
DAY_RANGE: Final = Text(
    it="{first}-{last}",
    de="{first}-{last}",
    fr="{first}-{last}",
    rm="{first}-{last}",
    en="{first}-{last}",
    spoken=Text(
        it="da {first} a {last}",
        de="von {first} bis {last}",
        fr="du {first} au {last}",
        rm="da {first} fin {last}",
        en="from {first} to {last}",
    ),
)
LEGEND: Final = Text(
    it="* chiuso   ~ orario speciale   · senza orario",
    de="* geschlossen   ~ besondere Öffnungszeiten   · keine Öffnungszeiten",
    fr="* fermé   ~ horaire spécial   · sans horaire",
    rm="* serrà   ~ urari spezial   · senza urari",
    en="* closed   ~ special hours   · no hours",
)
PROJECTED: Final = Text(
    it="{name} (previsione)",
    de="{name} (Fortschreibung)",
    fr="{name} (projection)",
    rm="{name} (projecziun)",
    en="{name} (projected)",
)

_PAIR: Final = Text(
    it="{one} e {other}", de="{one} und {other}", fr="{one} et {other}", rm="{one} e {other}", en="{one} and {other}"
)
_MORE: Final = Text.same("{one}, {other}")
_PARTS: Final = Text.same("{one}; {other}")


def listed(texts: Sequence[Text]) -> Text:
    """One or more texts as a list: a, b and c.

    >>> listed([Text.same("a"), Text.same("b"), Text.same("c")]).en
    'a, b and c'
    """
    if len(texts) == 1:
        return texts[0]
    start = reduce(lambda one, other: _MORE.fill({"one": one, "other": other}), texts[:-1])
    return _PAIR.fill({"one": start, "other": texts[-1]})


def joined(texts: Sequence[Text]) -> Text:
    """One or more statements after each other, apart by semicolons."""
    return reduce(lambda one, other: _PARTS.fill({"one": one, "other": other}), texts)
