"""Texts of routing: why somebody was chosen or not, and why something still waits."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "AGENT_STATUSES",
    "CHOSEN_BY",
    "COUNT_HEADINGS",
    "FALLBACKS",
    "HEADINGS",
    "NOBODY",
    "REASONS",
    "SUMMARY",
    "SUMMARY_ROWS",
    "WARNINGS",
]

AGENT_STATUSES: Final[Mapping[str, Text]] = {
    "available": Text(it="disponibile", de="verfügbar", fr="disponible", rm="disponibel", en="available"),
    "break": Text(it="in pausa", de="in der Pause", fr="en pause", rm="en pausa", en="on a break"),
    "meeting": Text(it="in riunione", de="in einer Sitzung", fr="en séance", rm="en ina sesida", en="in a meeting"),
    "training": Text(
        it="in formazione", de="in einer Schulung", fr="en formation", rm="en furmaziun", en="in training"
    ),
    "hearing": Text(
        it="in audizione", de="in einer Anhörung", fr="en audition", rm="en in’audiziun", en="in a hearing"
    ),
    "counter": Text(it="allo sportello", de="am Schalter", fr="au guichet", rm="al fanestrigl", en="at the counter"),
    "technical": Text(
        it="fermo per un guasto",
        de="wegen einer Störung weg",
        fr="à l’arrêt pour une panne",
        rm="blocà d’in defect",
        en="held up by a fault",
    ),
    "not_responding": Text(
        it="non risponde", de="antwortet nicht", fr="ne répond pas", rm="na respunda betg", en="not responding"
    ),
    "offline": Text(it="assente", de="abwesend", fr="absent", rm="absent", en="absent"),
}

REASONS: Final[Mapping[str, Text]] = {
    "chosen": Text(it="scelto, {by}", de="gewählt, {by}", fr="choisi, {by}", rm="elegì, {by}", en="chosen, {by}"),
    "chosen_on_wish": Text(
        it="scelto, come richiesto",
        de="gewählt, wie gewünscht",
        fr="choisi, comme demandé",
        rm="elegì, sco giavischà",
        en="chosen, as wished",
    ),
    "lacks_skill": Text(
        it="manca {skill}", de="ohne {skill}", fr="sans {skill}", rm="senza {skill}", en="lacks {skill}"
    ),
    "level_too_low": Text(
        it="{skill} solo al livello {level}, serve {needed}",
        de="{skill} nur Stufe {level}, nötig ist {needed}",
        fr="{skill} au niveau {level} seulement, il faut {needed}",
        rm="{skill} mo nivel {level}, necessari è {needed}",
        en="{skill} only at level {level}, {needed} is needed",
    ),
    "lacks_language": Text(
        it="non parla {languages}",
        de="spricht nicht {languages}",
        fr="ne parle pas {languages}",
        rm="na discurra betg {languages}",
        en="does not speak {languages}",
    ),
    "lacks_permission": Text(
        it="senza il permesso {permission}",
        de="ohne die Berechtigung {permission}",
        fr="sans l’autorisation {permission}",
        rm="senza la permissiun {permission}",
        en="lacks the permission {permission}",
    ),
    "other_site": Text(
        it="non lavora a {site}",
        de="arbeitet nicht in {site}",
        fr="ne travaille pas à {site}",
        rm="na lavura betg a {site}",
        en="does not work at {site}",
    ),
    "attribute_differs": Text(
        it="{attribute} non è {value}",
        de="{attribute} ist nicht {value}",
        fr="{attribute} n’est pas {value}",
        rm="{attribute} n’è betg {value}",
        en="{attribute} is not {value}",
    ),
    "excluded": Text(
        it="escluso dalla regola",
        de="von der Regel ausgeschlossen",
        fr="exclu par la règle",
        rm="exclus da la regla",
        en="excluded by the rule",
    ),
    "no_alternative": Text(
        it="la regola non ammette nessuno",
        de="die Regel lässt niemanden zu",
        fr="la règle n’admet personne",
        rm="la regla n’admetta nagin",
        en="the rule allows nobody",
    ),
    "kept_for": Text(
        it="per ora riservato a {agent}",
        de="vorerst für {agent} reserviert",
        fr="réservé à {agent} pour l’instant",
        rm="per il mument reservà per {agent}",
        en="kept for {agent} for now",
    ),
    "declined": Text(
        it="ha rifiutato questo contatto",
        de="hat diesen Kontakt abgelehnt",
        fr="a refusé ce contact",
        rm="ha refusà quest contact",
        en="declined this contact",
    ),
    "channel_not_taken": Text(
        it="{channel}: non ne prende altri",
        de="{channel}: nimmt keine weiteren",
        fr="{channel} : n’en prend pas d’autres",
        rm="{channel}: na prenda nagins auters",
        en="{channel}: takes no more",
    ),
    "has_it": Text(
        it="se ne occupa",
        de="kümmert sich darum",
        fr="s’en occupe",
        rm="s’occupa da quai",
        en="has it in hand",
    ),
    "asked": Text(
        it="ha l’offerta e non ha ancora risposto",
        de="hat das Angebot und noch nicht geantwortet",
        fr="a reçu l’offre et n’a pas encore répondu",
        rm="ha l’offerta e n’ha betg anc respundì",
        en="has been asked and has not answered yet",
    ),
    "not_present": Text(it="{status}", de="{status}", fr="{status}", rm="{status}", en="{status}"),
    "not_responding": Text(
        it="non ha risposto a un’offerta",
        de="hat auf ein Angebot nicht reagiert",
        fr="n’a pas répondu à une offre",
        rm="n’ha betg respundì ad ina offerta",
        en="did not respond to an offer",
    ),
    "being_offered": Text(
        it="ha già un’offerta davanti",
        de="hat schon ein Angebot vor sich",
        fr="a déjà une offre devant soi",
        rm="ha gia ina offerta avant sai",
        en="has another offer already",
    ),
    "in_wrap_up": Text(
        it="sta concludendo un contatto",
        de="in der Nachbearbeitung",
        fr="termine un contact",
        rm="concluda in contact",
        en="in wrap-up",
    ),
    "busy": Text(it="occupato", de="besetzt", fr="occupé", rm="occupà", en="busy"),
    "asked_before": Text(
        it="libero, ma l’ha già ricevuto in proposta: viene dopo gli altri",
        de="frei, hat ihn aber schon angeboten bekommen: kommt nach den anderen",
        fr="libre, mais l’a déjà reçu en proposition : vient après les autres",
        rm="liber, ma ha gia survegnì l’offerta: vegn suenter ils auters",
        en="free, but was offered it before: comes after the others",
    ),
    "not_first": Text(
        it="libero, ma non il primo: {by}",
        de="frei, aber nicht an erster Stelle: {by}",
        fr="libre, mais pas en premier : {by}",
        rm="liber, ma betg l’emprim: {by}",
        en="free, but not first: {by}",
    ),
}

CHOSEN_BY: Final[Mapping[str, Text]] = {
    "longest_idle": Text(
        it="libero da più tempo ({idle})",
        de="am längsten frei ({idle})",
        fr="libre depuis le plus longtemps ({idle})",
        rm="liber il pli ditg ({idle})",
        en="idle longest ({idle})",
    ),
    "least_occupied": Text(
        it="meno occupato ({share})",
        de="am wenigsten ausgelastet ({share})",
        fr="le moins occupé ({share})",
        rm="il pli pauc occupà ({share})",
        en="least occupied ({share})",
    ),
    "least_loaded": Text(
        it="meno carico ({used} su {capacity})",
        de="am wenigsten belastet ({used} von {capacity})",
        fr="le moins chargé ({used} sur {capacity})",
        rm="il pli pauc chargià ({used} da {capacity})",
        en="least loaded ({used} of {capacity})",
    ),
    "round_robin": Text(
        it="era il suo turno", de="an der Reihe", fr="c’était son tour", rm="era a la retscha", en="next in turn"
    ),
    "linear": Text(
        it="primo nell’ordine fisso",
        de="zuerst in der festen Reihenfolge",
        fr="premier dans l’ordre fixe",
        rm="emprim en la successiun fixa",
        en="first in the fixed order",
    ),
    "most_skilled": Text(
        it="con la maggior competenza",
        de="mit der höchsten Fachstufe",
        fr="le plus qualifié",
        rm="il pli qualifitgà",
        en="most skilled",
    ),
    "least_skilled": Text(
        it="con la competenza minima che basta",
        de="mit der kleinsten Fachstufe, die genügt",
        fr="le moins qualifié qui suffit",
        rm="il main qualifitgà che basta",
        en="least skilled that will do",
    ),
    "fewest_contacts": Text(
        it="con meno contatti ({contacts})",
        de="mit den wenigsten Kontakten ({contacts})",
        fr="avec le moins de contacts ({contacts})",
        rm="cun il pli paucs contacts ({contacts})",
        en="fewest contacts ({contacts})",
    ),
    "least_talk_time": Text(
        it="con meno tempo di conversazione ({talked})",
        de="mit der kürzesten Gesprächszeit ({talked})",
        fr="avec le moins de temps de conversation ({talked})",
        rm="cun il pli curt temp da discurs ({talked})",
        en="least talk time ({talked})",
    ),
    "case_owner_first": Text(
        it="prima chi tratta la pratica, poi chi è libero da più tempo ({idle})",
        de="zuerst, wer den Fall führt, dann am längsten frei ({idle})",
        fr="d’abord qui suit le dossier, puis le plus longtemps libre ({idle})",
        rm="l’emprim tgi che tracta il cas, alura liber il pli ditg ({idle})",
        en="who keeps the case first, then idle longest ({idle})",
    ),
    "last_agent_first": Text(
        it="prima chi ha parlato l’ultima volta, poi chi è libero da più tempo ({idle})",
        de="zuerst, wer zuletzt gesprochen hat, dann am längsten frei ({idle})",
        fr="d’abord la dernière personne, puis le plus longtemps libre ({idle})",
        rm="l’emprim tgi che ha discurrì il davos, alura liber il pli ditg ({idle})",
        en="who spoke last first, then idle longest ({idle})",
    ),
    "ring_by_ring": Text(
        it="nell’anello più interno, libero da più tempo ({idle})",
        de="im innersten Ring, am längsten frei ({idle})",
        fr="dans l’anneau le plus proche, libre depuis le plus longtemps ({idle})",
        rm="en l’anè il pli intern, liber il pli ditg ({idle})",
        en="innermost ring, idle longest ({idle})",
    ),
    "weighted_random": Text(
        it="estratto a sorte con pesi",
        de="gewichtet ausgelost",
        fr="tiré au sort avec pondération",
        rm="tratg a la sort cun pais",
        en="drawn by weighted lot",
    ),
    "percent_allocation": Text(
        it="più indietro rispetto alla sua quota",
        de="am weitesten hinter dem eigenen Anteil",
        fr="le plus en retard sur sa part",
        rm="il pli enavos sin sia part",
        en="furthest behind the share",
    ),
}

FALLBACKS: Final[Mapping[str, Text]] = {
    "limit": Text(
        it="la coda è piena",
        de="die Warteschlange ist voll",
        fr="la file est pleine",
        rm="la colonna è plaina",
        en="the queue is full",
    ),
    "all_declined": Text(
        it="tutti hanno rifiutato",
        de="alle haben abgelehnt",
        fr="tous ont refusé",
        rm="tuts han refusà",
        en="everybody has declined",
    ),
    "last_entry": Text(
        it="troppo tardi per essere ancora serviti prima della chiusura",
        de="zu spät, um vor der Schliessung noch bedient zu werden",
        fr="trop tard pour être encore servi avant la fermeture",
        rm="memia tard per vegnir servì anc avant la serrada",
        en="too late to be served before the closing",
    ),
    "closed": Text(
        it="l’ufficio è chiuso",
        de="das Amt ist geschlossen",
        fr="l’office est fermé",
        rm="l’uffizi è serrà",
        en="the office is closed",
    ),
    "window_over": Text(
        it="la fascia oraria concordata per la chiamata è passata",
        de="das vereinbarte Zeitfenster für den Anruf ist vorbei",
        fr="la plage convenue pour l’appel est passée",
        rm="il temp concludì per il telefon è passà",
        en="the time agreed on for the call is over",
    ),
    "waited_too_long": Text(
        it="l’attesa più lunga prevista per questa coda è passata",
        de="die längste Wartezeit dieser Warteschlange ist vorbei",
        fr="l’attente la plus longue prévue pour cette file est passée",
        rm="il pli lung temp da spetga da questa colonna è passà",
        en="the longest wait of this queue is over",
    ),
    "never_open": Text(
        it="la coda non apre più",
        de="die Warteschlange öffnet nicht mehr",
        fr="la file n’ouvre plus",
        rm="la colonna n’avra betg pli",
        en="the queue never opens again",
    ),
    "closing": Text(
        it="l’ufficio chiude", de="das Amt schliesst", fr="l’office ferme", rm="l’uffizi serra", en="the office closes"
    ),
    "closed_by_hand": Text(
        it="chiuso per decisione di chi è responsabile",
        de="auf Entscheid der verantwortlichen Person geschlossen",
        fr="fermé sur décision de la personne responsable",
        rm="serrà tenor decisiun da la persuna responsabla",
        en="closed by decision of the person in charge",
    ),
}

WARNINGS: Final[Mapping[str, Text]] = {
    "strict_priority": Text(
        it="la priorità stretta può lasciar aspettare qualcuno senza fine",
        de="strikte Priorität kann jemanden endlos warten lassen",
        fr="la priorité stricte peut faire attendre quelqu’un sans fin",
        rm="prioritad stricta po laschar spetgar insatgi senza fin",
        en="strict priority can leave somebody waiting for ever",
    ),
}

NOBODY: Final = Text(
    it="nessuno è in servizio",
    de="niemand ist im Dienst",
    fr="personne n’est en service",
    rm="nagin n’è en servetsch",
    en="nobody is on duty",
)
SUMMARY: Final = Text(
    it="persone che possono occuparsene: {fit}; libere ora: {free}",
    de="Personen, die in Frage kommen: {fit}; davon jetzt frei: {free}",
    fr="personnes qui peuvent s’en occuper : {fit} ; libres maintenant : {free}",
    rm="persunas che vegnan en dumonda: {fit}; libras ussa: {free}",
    en="people who can take it: {fit}; free now: {free}",
)
SUMMARY_ROWS: Final[tuple[Text, Text, Text]] = (
    Text(
        it="libere e adatte",
        de="frei und in Frage kommend",
        fr="libres et compétentes",
        rm="libras ed adattadas",
        en="free, and may take it",
    ),
    Text(
        it="adatte, ma non libere",
        de="in Frage kommend, aber nicht frei",
        fr="compétentes, mais pas libres",
        rm="adattadas, ma betg libras",
        en="may take it, but not free",
    ),
    Text(
        it="non possono occuparsene",
        de="kommen nicht in Frage",
        fr="ne peuvent pas s’en occuper",
        rm="na vegnan betg en dumonda",
        en="may not take it",
    ),
)
"""What a citizen reads in the place of names."""
COUNT_HEADINGS: Final[tuple[Text, Text]] = (
    Text(it="Persone", de="Personen", fr="Personnes", rm="Persunas", en="People"),
    Text(it="Situazione", de="Stand", fr="Situation", rm="Situaziun", en="Situation"),
)
HEADINGS: Final[tuple[Text, Text]] = (
    Text(it="Persona", de="Person", fr="Personne", rm="Persuna", en="Agent"),
    Text(it="Decisione", de="Entscheid", fr="Décision", rm="Decisiun", en="Decision"),
)
