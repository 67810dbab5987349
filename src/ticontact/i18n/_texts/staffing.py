"""Texts on staffing plans: why so many people in a half-hour, and why a day has no plan."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "ABSENCES",
    "BUSY",
    "CARRIED",
    "CLOSED_DAY",
    "CONTACTS",
    "FEWER",
    "GROWS",
    "LEAST",
    "MINUTES",
    "NO_CONTACTS",
    "ONE_PERSON",
    "PEOPLE",
    "SECONDS",
    "TWO_FOR_ONE",
]

ONE_PERSON: Final = Text(it="1 persona", de="1 Person", fr="1 personne", rm="1 persuna", en="1 person")
PEOPLE: Final = Text(
    it="{number} persone", de="{number} Personen", fr="{number} personnes", rm="{number} persunas", en="{number} people"
)
SECONDS: Final = Text(
    it="{number} secondi", de="{number} Sekunden", fr="{number} secondes", rm="{number} secundas", en="{number} seconds"
)
MINUTES: Final = Text(
    it="{number} minuti", de="{number} Minuten", fr="{number} minutes", rm="{number} minutas", en="{number} minutes"
)

CONTACTS: Final = Text(
    it=(
        "{calls} contatti (in nove giorni su dieci da {low} a {high}), con {minutes} minuti di lavoro: tanto quanto ne "
        "fanno {load} persone senza sosta"
    ),
    de=(
        "{calls} Kontakte (an neun von zehn Tagen {low} bis {high}) mit {minutes} Minuten Arbeit: so viel, wie {load} "
        "Personen ohne Pause leisten"
    ),
    fr=(
        "{calls} contacts (neuf jours sur dix entre {low} et {high}), soit {minutes} minutes de travail: autant que "
        "{load} personnes occupées sans arrêt"
    ),
    rm=(
        "{calls} contacts (en nov da diesch dis {low} fin {high}) cun {minutes} minutas lavur: uschè bler sco {load} "
        "persunas occupadas senza pausa"
    ),
    en=(
        "{calls} contacts (on nine days in ten {low} to {high}), with {minutes} minutes of work: as much as {load} people "
        "do without a break"
    ),
)
CARRIED: Final = Text(
    it=", compreso chi è ancora allo sportello o in linea da prima",
    de=", mit jenen, die von vorher noch bedient werden",
    fr=", y compris ceux qui sont encore servis depuis avant",
    rm=", cun quels che vegnan anc servids da avant",
    en=", with those who are still being served from before",
)
NO_CONTACTS: Final = Text(
    it="nessun contatto previsto",
    de="keine Kontakte erwartet",
    fr="aucun contact prévu",
    rm="nagins contacts spetgads",
    en="no contacts expected",
)
FEWER: Final[Mapping[str, Text]] = {
    "service_level": Text(
        it="risposte entro {within} con {people}: {share}; con {fewer}: {other}",
        de="{people} beantworten {share} innert {within}; mit {fewer} wären es {other}",
        fr="{people} répondent à {share} en {within}; avec {fewer}, ce serait {other}",
        rm="{people} respundan a {share} entaifer {within}; cun {fewer} fissi {other}",
        en="{people} answer {share} within {within}; with {fewer} it would be {other}",
    ),
    "abandonment": Text(
        it="rinunce con {people}: {share}; con {fewer}: {other}",
        de="bei {people} geben {share} auf; mit {fewer} wären es {other}",
        fr="avec {people}, {share} renoncent; avec {fewer}, ce serait {other}",
        rm="cun {people} dattan {share} si; cun {fewer} fissi {other}",
        en="with {people} {share} give up; with {fewer} it would be {other}",
    ),
    "occupancy": Text(
        it="tempo occupato con {people}: {share}; con {fewer}: {other}",
        de="{people} sind {share} der Zeit beschäftigt; mit {fewer} wären es {other}",
        fr="{people} sont occupées {share} du temps; avec {fewer}, ce serait {other}",
        rm="{people} èn occupadas {share} dal temp; cun {fewer} fissi {other}",
        en="{people} are busy for {share} of the time; with {fewer} it would be {other}",
    ),
}
GROWS: Final = Text(
    it="risposte entro {within} con {people}: {share}; con {fewer} la coda crescerebbe senza fine",
    de="{people} beantworten {share} innert {within}; mit {fewer} würde die Schlange immer länger",
    fr="{people} répondent à {share} en {within}; avec {fewer}, la file s’allongerait sans fin",
    rm="{people} respundan a {share} entaifer {within}; cun {fewer} creschess la colonna senza fin",
    en="{people} answer {share} within {within}; with {fewer} the line would grow for ever",
)
LEAST: Final = Text(
    it="{people}: tante devono esserci in ogni caso",
    de="{people}: so viele müssen auf jeden Fall da sein",
    fr="{people}: il en faut autant dans tous les cas",
    rm="{people}: tantas ston esser qua en mintga cas",
    en="{people}: so many must be there in any case",
)
ABSENCES: Final = Text(
    it="; con le assenze se ne pianificano {scheduled}",
    de="; mit den Abwesenheiten sind {scheduled} einzuplanen",
    fr="; avec les absences, il faut en planifier {scheduled}",
    rm="; cun las absenzas èn da planisar {scheduled}",
    en="; with absences {scheduled} are to be scheduled",
)
BUSY: Final = Text(
    it="{time}: {work}{carried}; {why}{absences}.",
    de="{time}: {work}{carried}; {why}{absences}.",
    fr="{time}: {work}{carried}; {why}{absences}.",
    rm="{time}: {work}{carried}; {why}{absences}.",
    en="{time}: {work}{carried}; {why}{absences}.",
)
TWO_FOR_ONE: Final = Text(
    it=(
        "Le chiamate non arrivano una alla volta: perché chi chiama trovi di solito qualcuno libero, qualcuno deve stare "
        "libero. Perciò servono più persone di quante ne occuperebbe il lavoro."
    ),
    de=(
        "Anrufe kommen nicht schön der Reihe nach: Damit meist jemand frei ist, muss jemand frei sein. Darum braucht es "
        "mehr Personen, als die Arbeit allein beschäftigen würde."
    ),
    fr=(
        "Les appels n’arrivent pas un par un: pour que l’on trouve en général quelqu’un de libre, il faut que quelqu’un "
        "le soit. Il faut donc plus de personnes que le travail n’en occuperait."
    ),
    rm=(
        "Ils cloms na vegnan betg in suenter l’auter: per ch’insatgi saja per il solit liber, sto insatgi esser liber. "
        "Perquai dovri dapli persunas che quai che la lavur occupass."
    ),
    en=(
        "Calls do not come one by one: for somebody to be free as a rule, somebody must be free. So it takes more people "
        "than the work alone would keep busy."
    ),
)
CLOSED_DAY: Final = Text(
    it="{day}: chiuso ({reason}); nessuno da pianificare.",
    de="{day}: geschlossen ({reason}); niemand ist einzuplanen.",
    fr="{day}: fermé ({reason}); personne à planifier.",
    rm="{day}: serrà ({reason}); nagin è da planisar.",
    en="{day}: closed ({reason}); nobody is to be scheduled.",
)
