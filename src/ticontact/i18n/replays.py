"""The words of what is reported of a whole record: its days, how far its choices agree with ours, and staff figures."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "AGREED",
    "AGREEMENT_DEFINED",
    "AGREEMENT_TITLE",
    "BY_CHANCE",
    "CHOICES",
    "DAY",
    "HANDLED",
    "HEAD_START",
    "HOLD",
    "MAY_TAKE",
    "READINGS",
    "RECORD_TITLE",
    "STAFF",
    "STAFF_TITLE",
    "TALK",
    "WRAP_UP",
]

RECORD_TITLE: Final = Text(
    it="{name}, giorni registrati: {days}",
    de="{name}, aufgezeichnete Tage: {days}",
    fr="{name}, jours enregistrés : {days}",
    rm="{name}, dis registrads: {days}",
    en="{name}, days recorded: {days}",
)
DAY: Final = Text(it="Giorno", de="Tag", fr="Jour", rm="Di", en="Day")

AGREEMENT_TITLE: Final = Text(
    it="Avremmo scelto la stessa persona?",
    de="Hätten wir dieselbe Person gewählt?",
    fr="Aurions-nous choisi la même personne ?",
    rm="Avessan nus elegì la medema persuna?",
    en="Would we have chosen the same caller?",
)
AGREEMENT_DEFINED: Final = Text(
    it="Ogni volta che un agente ha preso una chiamata dalla coda, tra almeno due che poteva prendere.",
    de="Jedes Mal, wenn jemand einen Anruf aus der Warteschlange nahm, unter mindestens zweien, die in Frage kamen.",
    fr="Chaque fois qu’un agent a pris un appel dans la file, parmi au moins deux qu’il pouvait prendre.",
    rm="Mintga giada ch’insatgi ha prendì in clom or da la colonna, tranter almain dus che vegnivan en dumonda.",
    en="Each time an agent took a call from the queue, of at least two that the agent could take.",
)
MAY_TAKE: Final = Text(
    it="L’agente può prendere", de="In Frage kommt", fr="L’agent peut prendre", rm="I vegn en dumonda", en="May take"
)
READINGS: Final[Mapping[str, Text]] = {
    "same_kind": Text(
        it="solo il tipo che ha preso",
        de="nur die genommene Art",
        fr="seulement le genre pris",
        rm="mo il gener prendì",
        en="only the kind that was taken",
    ),
    "kinds_of_the_day": Text(
        it="i tipi serviti quel giorno",
        de="die an dem Tag bedienten Arten",
        fr="les genres servis ce jour-là",
        rm="ils geners servids quel di",
        en="the kinds served that day",
    ),
    "kinds_of_the_record": Text(
        it="i tipi serviti in tutta la registrazione",
        de="die in der ganzen Aufzeichnung bedienten Arten",
        fr="les genres servis dans tout l’enregistrement",
        rm="ils geners servids en l’entira registraziun",
        en="the kinds served in the record",
    ),
    "anything": Text(it="tutto", de="alles", fr="tout", rm="tut", en="anything"),
}
HEAD_START: Final = Text(
    it="Vantaggio (s)", de="Vorsprung (s)", fr="Avance (s)", rm="Avantatg (s)", en="Head start (s)"
)
CHOICES: Final = Text(it="Scelte", de="Wahlen", fr="Choix", rm="Elecziuns", en="Choices")
AGREED: Final = Text(it="Uguali", de="Gleich", fr="Identiques", rm="Medems", en="Agree")
BY_CHANCE: Final = Text(it="A caso", de="Durch Los", fr="Au hasard", rm="Tras la sort", en="By lot")

STAFF_TITLE: Final = Text(
    it="Persone singole, per questo scopo: {purpose}",
    de="Einzelne Personen, zu diesem Zweck: {purpose}",
    fr="Personnes individuelles, dans ce but : {purpose}",
    rm="Singulas persunas, per quest intent: {purpose}",
    en="Single persons, for this purpose: {purpose}",
)
STAFF: Final = Text(it="Persona", de="Person", fr="Personne", rm="Persuna", en="Agent")
HANDLED: Final = Text(it="Contatti", de="Kontakte", fr="Contacts", rm="Contacts", en="Contacts")
TALK: Final = Text(it="Conversazione (s)", de="Gespräch (s)", fr="Conversation (s)", rm="Discurs (s)", en="Talk (s)")
HOLD: Final = Text(it="In attesa (s)", de="Gehalten (s)", fr="Mise en attente (s)", rm="En spetga (s)", en="Hold (s)")
WRAP_UP: Final = Text(
    it="Conclusione (s)", de="Nachbearbeitung (s)", fr="Travail après (s)", rm="Lavur suenter (s)", en="Wrap-up (s)"
)
