"""The texts about service-level clocks: what is timed, when it is due, and why then."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "CLOSED_ON_DAY",
    "DATE_AND_TIME",
    "METRICS",
    "OFFICE_TIME",
    "ONE_WORKING_DAY",
    "PAUSED_FOR",
    "USED_SO_FAR",
    "VERDICTS",
    "WORKING_DAYS",
]

METRICS: Final[Mapping[str, Text]] = {
    "first_response": Text(
        it="Prima risposta", de="Erste Antwort", fr="Première réponse", rm="Emprima resposta", en="First response"
    ),
    "next_response": Text(
        it="Risposta successiva", de="Nächste Antwort", fr="Réponse suivante", rm="Proxima resposta", en="Next response"
    ),
    "periodic_update": Text(
        it="Aggiornamento periodico",
        de="Regelmässige Nachricht",
        fr="Nouvelles régulières",
        rm="Infurmaziun regulara",
        en="Periodic update",
    ),
    "time_to_own": Text(
        it="Presa a carico",
        de="Zuweisung",
        fr="Prise en charge",
        rm="Surpigliada",
        en="Time to own",
    ),
    "resolution": Text(it="Evasione", de="Erledigung", fr="Règlement", rm="Liquidaziun", en="Resolution"),
    "requester_wait": Text(
        it="Attesa della persona",
        de="Wartezeit der Person",
        fr="Attente de la personne",
        rm="Temp da spetga da la persuna",
        en="Citizen's wait",
    ),
    "agent_work": Text(
        it="Tempo presso l’ufficio",
        de="Zeit beim Amt",
        fr="Temps auprès de l’office",
        rm="Temp tar l’uffizi",
        en="Office's turn",
    ),
    "agent_wait": Text(
        it="Tempo presso la persona",
        de="Zeit bei der Person",
        fr="Temps auprès de la personne",
        rm="Temp tar la persuna",
        en="Citizen's turn",
    ),
    "on_hold": Text(it="In sospeso", de="Zurückgestellt", fr="En suspens", rm="Suspendì", en="On hold"),
    "total": Text(it="Durata totale", de="Gesamtdauer", fr="Durée totale", rm="Durada totala", en="Total time"),
}
DATE_AND_TIME: Final = Text.same("{date} {time}")
OFFICE_TIME: Final = Text(
    it="{amount} d’orario d’ufficio",
    de="{amount} Bürozeit",
    fr="{amount} d’heures de bureau",
    rm="{amount} d’uras da biro",
    en="{amount} of office time",
)
ONE_WORKING_DAY: Final = Text(
    it="un giorno feriale", de="ein Arbeitstag", fr="un jour ouvrable", rm="in di da lavur", en="one working day"
)
WORKING_DAYS: Final = Text(
    it="{days} giorni feriali",
    de="{days} Arbeitstage",
    fr="{days} jours ouvrables",
    rm="{days} dis da lavur",
    en="{days} working days",
)
VERDICTS: Final[Mapping[str, Text]] = {
    "not_started": Text(
        it="{metric}: non ancora iniziato.",
        de="{metric}: noch nicht begonnen.",
        fr="{metric} : pas encore commencé.",
        rm="{metric}: anc betg cumenzà.",
        en="{metric}: not started yet.",
    ),
    "measured": Text(
        it="{metric}: misurato da {start}.",
        de="{metric}: gemessen ab {start}.",
        fr="{metric} : mesuré dès {start}.",
        rm="{metric}: mesirà davent da {start}.",
        en="{metric}: measured from {start}.",
    ),
    "due": Text(
        it="{metric}: entro {due}; {within} da {start}.",
        de="{metric}: fällig {due}; {within} ab {start}.",
        fr="{metric} : pour {due} ; {within} dès {start}.",
        rm="{metric}: fin {due}; {within} davent da {start}.",
        en="{metric}: due {due}; {within} from {start}.",
    ),
    "overdue": Text(
        it="{metric}: il termine era {due}; {within} da {start}.",
        de="{metric}: war fällig {due}; {within} ab {start}.",
        fr="{metric} : l’échéance était {due} ; {within} dès {start}.",
        rm="{metric}: il termin era {due}; {within} davent da {start}.",
        en="{metric}: was due {due}; {within} from {start}.",
    ),
    "paused": Text(
        it="{metric}: il tempo è fermo; se riprendesse ora, il termine sarebbe {due} ({within} da {start}).",
        de="{metric}: die Zeit steht still; liefe sie jetzt weiter, wäre fällig {due} ({within} ab {start}).",
        fr="{metric} : le temps est arrêté ; s’il reprenait maintenant, l’échéance serait {due} ({within} dès {start}).",
        rm="{metric}: il temp stat airi; sch’el cuntinuass ussa, fiss il termin {due} ({within} davent da {start}).",
        en="{metric}: time stands still; if it went on now, it would be due {due} ({within} from {start}).",
    ),
    "in_time": Text(
        it="{metric}: in tempo; il termine era {due} ({within} da {start}).",
        de="{metric}: rechtzeitig; fällig war {due} ({within} ab {start}).",
        fr="{metric} : à temps ; l’échéance était {due} ({within} dès {start}).",
        rm="{metric}: ad uras; il termin era {due} ({within} davent da {start}).",
        en="{metric}: in time; it was due {due} ({within} from {start}).",
    ),
    "late": Text(
        it="{metric}: in ritardo; il termine era {due} ({within} da {start}).",
        de="{metric}: verspätet; fällig war {due} ({within} ab {start}).",
        fr="{metric} : en retard ; l’échéance était {due} ({within} dès {start}).",
        rm="{metric}: en retard; il termin era {due} ({within} davent da {start}).",
        en="{metric}: late; it was due {due} ({within} from {start}).",
    ),
    "within": Text(
        it="{metric}: entro il limite di {within}.",
        de="{metric}: innerhalb der Vorgabe von {within}.",
        fr="{metric} : dans la limite de {within}.",
        rm="{metric}: entaifer la limita da {within}.",
        en="{metric}: within the target of {within}.",
    ),
    "exceeded": Text(
        it="{metric}: oltre il limite di {within}.",
        de="{metric}: über der Vorgabe von {within}.",
        fr="{metric} : au-delà de la limite de {within}.",
        rm="{metric}: sur la limita da {within}.",
        en="{metric}: over the target of {within}.",
    ),
}
CLOSED_ON_DAY: Final = Text(
    it="Chiuso {day}: {reason}.",
    de="Geschlossen {day}: {reason}.",
    fr="Fermé {day} : {reason}.",
    rm="Serrà {day}: {reason}.",
    en="Closed {day}: {reason}.",
)
PAUSED_FOR: Final = Text(
    it="Tempo fermo: {paused}.",
    de="Stillstand: {paused}.",
    fr="Temps arrêté : {paused}.",
    rm="Temp airi: {paused}.",
    en="Paused: {paused}.",
)
USED_SO_FAR: Final = Text(
    it="Usato finora: {used}.",
    de="Bisher verbraucht: {used}.",
    fr="Utilisé jusqu’ici : {used}.",
    rm="Duvrà fin ussa: {used}.",
    en="Used so far: {used}.",
)
