"""What is said about opening hours: why an office is closed, when it opens, and its hours in words."""

from collections.abc import Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.i18n._dates import WEEKDAYS
from ticontact.i18n._text import LANGUAGES, Text, is_alike

__all__ = [
    "ALWAYS_OPEN",
    "APPOINTMENT_HOURS",
    "BY_APPOINTMENT",
    "CLOSED_THEN",
    "DAY_AND_HOURS",
    "DAY_RANGE",
    "EXCLUDED",
    "EXPLAINED_APPOINTMENT",
    "EXPLAINED_APPOINTMENT_ALWAYS",
    "EXPLAINED_APPOINTMENT_CALLED",
    "EXPLAINED_CLOSED",
    "EXPLAINED_CLOSED_FOR_GOOD",
    "EXPLAINED_CLOSED_TODAY",
    "EXPLAINED_FURTHER_NOTICE",
    "EXPLAINED_NOT_YET",
    "EXPLAINED_OPEN",
    "EXPLAINED_OPEN_ALWAYS",
    "IT_IS",
    "LEGEND",
    "NEVER_OPEN",
    "NOT_YET",
    "NO_LONGER",
    "ON_DATE_AT",
    "OTHERWISE_BY_APPOINTMENT",
    "OTHER_HOURS",
    "OUR_BREAK",
    "OUR_CLOSURE",
    "OUTSIDE_HOURS",
    "PROJECTED",
    "SEASONAL_HOURS",
    "STANDING_HOURS",
    "TODAY_AT",
    "UNEXPLAINED_CLOSED",
    "UNEXPLAINED_CLOSED_FOR_GOOD",
    "UNEXPLAINED_CLOSED_TODAY",
    "UNEXPLAINED_FURTHER_NOTICE",
    "WEEK_PARITY",
    "hours_called",
    "joined",
    "known_text",
    "listed",
    "nth_weekday",
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
BY_APPOINTMENT: Final = Text(
    it="su appuntamento", de="nach Vereinbarung", fr="sur rendez-vous", rm="sin cunvegna", en="by appointment"
)
APPOINTMENT_HOURS: Final = Text(
    it="su appuntamento {hours}",
    de="nach Vereinbarung {hours}",
    fr="sur rendez-vous {hours}",
    rm="sin cunvegna {hours}",
    en="by appointment {hours}",
)
OTHERWISE_BY_APPOINTMENT: Final = Text(
    it="altrimenti su appuntamento",
    de="sonst nach Vereinbarung",
    fr="autrement sur rendez-vous",
    rm="uschiglio sin cunvegna",
    en="otherwise by appointment",
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

EXPLAINED_NOT_YET: Final = Text(
    it="Chiuso: {reason}; apriamo {when}.",
    de="Geschlossen: {reason}; wir öffnen {when}.",
    fr="Fermé: {reason}; nous ouvrons {when}.",
    rm="Serrà: {reason}; nus avrin {when}.",
    en="Closed: {reason}; we open {when}.",
)
EXPLAINED_FURTHER_NOTICE: Final = Text(
    it="Chiuso fino a nuovo avviso: {reason}.",
    de="Bis auf Weiteres geschlossen: {reason}.",
    fr="Fermé jusqu'à nouvel avis: {reason}.",
    rm="Serrà fin nov avis: {reason}.",
    en="Closed until further notice: {reason}.",
)
EXPLAINED_APPOINTMENT: Final = Text(
    it="Solo su appuntamento; riapriamo {when}.",
    de="Nur nach Vereinbarung; wir öffnen wieder {when}.",
    fr="Sur rendez-vous seulement; nous rouvrons {when}.",
    rm="Mo sin cunvegna; nus avrin puspè {when}.",
    en="By appointment only; we reopen {when}.",
)
EXPLAINED_APPOINTMENT_ALWAYS: Final = Text(
    it="Solo su appuntamento.",
    de="Nur nach Vereinbarung.",
    fr="Sur rendez-vous seulement.",
    rm="Mo sin cunvegna.",
    en="By appointment only.",
)
EXPLAINED_APPOINTMENT_CALLED: Final = Text(
    it="{sentence} Indicazione: {reason}.",
    de="{sentence} Hinweis: {reason}.",
    fr="{sentence} Indication: {reason}.",
    rm="{sentence} Indicaziun: {reason}.",
    en="{sentence} Note: {reason}.",
)
UNEXPLAINED_CLOSED: Final = Text(
    it="Chiuso; riapriamo {when}.",
    de="Geschlossen; wir öffnen wieder {when}.",
    fr="Fermé; nous rouvrons {when}.",
    rm="Serrà; nus avrin puspè {when}.",
    en="Closed; we reopen {when}.",
)
UNEXPLAINED_CLOSED_TODAY: Final = Text(
    it="Oggi chiuso; riapriamo {when}.",
    de="Heute geschlossen; wir öffnen wieder {when}.",
    fr="Fermé aujourd'hui; nous rouvrons {when}.",
    rm="Oz serrà; nus avrin puspè {when}.",
    en="Closed today; we reopen {when}.",
)
UNEXPLAINED_CLOSED_FOR_GOOD: Final = Text(it="Chiuso.", de="Geschlossen.", fr="Fermé.", rm="Serrà.", en="Closed.")
UNEXPLAINED_FURTHER_NOTICE: Final = Text(
    it="Chiuso fino a nuovo avviso.",
    de="Bis auf Weiteres geschlossen.",
    fr="Fermé jusqu'à nouvel avis.",
    rm="Serrà fin nov avis.",
    en="Closed until further notice.",
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
_NTH: Final[Mapping[int, tuple[str, str, str, str, str, str, str, str]]] = MappingProxyType({
    # Italian (masculine, feminine), German (written, spoken), French, Romansh (masculine, feminine), English.
    1: ("il primo", "la prima", "erster", "ersten", "premier", "l'emprim", "l'emprima", "first"),
    2: ("il secondo", "la seconda", "zweiter", "zweiten", "deuxième", "il segund", "la segunda", "second"),
    3: ("il terzo", "la terza", "dritter", "dritten", "troisième", "il terz", "la terza", "third"),
    4: ("il quarto", "la quarta", "vierter", "vierten", "quatrième", "il quart", "la quarta", "fourth"),
    5: ("il quinto", "la quinta", "fünfter", "fünften", "cinquième", "il tschintgavel", "la tschintgavla", "fifth"),
    -1: ("l'ultimo", "l'ultima", "letzter", "letzten", "dernier", "l'ultim", "l'ultima", "last"),
})  # fmt: skip
_SUNDAY: Final = 6
_FEMININE_IN_ROMANSH: Final = frozenset({2, 3, 5, 6})  # mesemna, gievgia, sonda, dumengia


def nth_weekday(nth: int, weekday: int) -> Text:
    """The first, second, ... or last (-1) of a weekday in a month.

    >>> nth_weekday(1, 3).it, nth_weekday(-1, 6).it
    ('il primo giovedì del mese', "l'ultima domenica del mese")
    """
    name, words = WEEKDAYS[weekday], _NTH[nth]
    italian = words[1] if weekday == _SUNDAY else words[0]
    romansh = words[6] if weekday in _FEMININE_IN_ROMANSH else words[5]
    written = Text(
        it=f"{italian} {name.it} del mese",
        de=f"{words[2]} {name.de} im Monat",
        fr=f"le {words[4]} {name.fr} du mois",
        rm=f"{romansh} {name.rm} dal mais",
        en=f"{words[7]} {name.en} of the month",
    )
    said = attrs.evolve(written, de=f"am {words[3]} {name.de} im Monat", en=f"on the {words[7]} {name.en} of the month")
    return attrs.evolve(written, spoken=said)


WEEK_PARITY: Final[Mapping[str, Text]] = MappingProxyType({
    "odd": Text(
        it="{days} delle settimane dispari",
        de="{days} in ungeraden Wochen",
        fr="{days} des semaines impaires",
        rm="{days} da las emnas spèras",
        en="{days} of odd weeks",
    ),
    "even": Text(
        it="{days} delle settimane pari",
        de="{days} in geraden Wochen",
        fr="{days} des semaines paires",
        rm="{days} da las emnas pèras",
        en="{days} of even weeks",
    ),
})  # fmt: skip
"""A weekday of every second week, by the number of the week (ISO 8601)."""
CLOSED_THEN: Final = Text(
    it="{days} chiuso", de="{days} geschlossen", fr="{days} fermé", rm="{days} serrà", en="{days} closed"
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


_HOURS_CALLED: Final = Text.same("{hours} ({reason})")
_HOURS_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "it": ("orari",), "de": ("zeit",), "fr": ("horaire", "heures"), "rm": ("urari", "uras"), "en": ("hours", "timetable"),
})  # fmt: skip
_KNOWN: Final = (
    OUR_CLOSURE,
    OUR_BREAK,
    OTHER_HOURS,
    SEASONAL_HOURS,
    STANDING_HOURS,
    OUTSIDE_HOURS,
    NOT_YET,
    NO_LONGER,
    BY_APPOINTMENT,
)
_KNOWN_BY_WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {text.text(language).casefold(): text for text in reversed(_KNOWN) for language in LANGUAGES}
)


def hours_called(hours: Text, reason: Text) -> Text:
    """Hours with the reason for them: a reason that names hours stands alone, another one behind what the hours are.

    "Open: staff training" would be nonsense, and "seasonal hours (summer timetable)" says it twice.

    >>> hours_called(OTHER_HOURS, Text.same("formazione interna")).it
    'orario speciale (formazione interna)'
    >>> hours_called(SEASONAL_HOURS, Text.same("orario estivo")).it
    'orario estivo'
    """
    if reason == hours:
        return hours
    both = _HOURS_CALLED.fill({"hours": hours, "reason": reason})
    it, de, fr, rm, en = ((reason if _names_hours(reason, language) else both).text(language) for language in LANGUAGES)
    return Text(it=it, de=de, fr=fr, rm=rm, en=en)


def _names_hours(reason: Text, language: str) -> bool:
    # A name that reads alike in all languages is of one of them, and nobody knows of which.
    known = [word for each in (LANGUAGES if is_alike(reason) else (language,)) for word in _HOURS_WORDS[each]]
    said = reason.text(language).casefold()
    return any(word in said for word in known)


def known_text(words: str) -> Text:
    """Some words as a text: in all languages where ticontact itself says them in one, else alike in each.

    >>> known_text("by appointment").de
    'nach Vereinbarung'
    """
    return _KNOWN_BY_WORDS.get(words.casefold()) or Text.same(words)
