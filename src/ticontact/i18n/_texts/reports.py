"""The words of a replayed day's report."""

from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "ABANDONED",
    "ABANDONED_ANNOUNCEMENT",
    "ALL_CALLS",
    "ANSWERED",
    "ASSUMPTIONS",
    "CLOSED",
    "EXPLANATION",
    "FALLBACK",
    "HALF_HOUR",
    "HAND_OVER_RULE",
    "HEARD",
    "KIND",
    "LANGUAGE",
    "MEAN_WAIT",
    "MEASURE",
    "NOTHING_LOST",
    "OFFERED",
    "OFFICE_TITLE",
    "OWN_HOURS_TITLE",
    "P90_WAIT",
    "PRESENCE_RULE",
    "PRIORITY_RULE",
    "QUEUE",
    "REACHABILITY",
    "REACHABILITY_DEFINED",
    "RECORDED",
    "RECORDED_KINDS",
    "REPLAYED",
    "ROWS_READ",
    "ROW_FAULT",
    "SERVICE_LEVEL",
    "SERVICE_LEVEL_DEFINED",
    "SERVICE_RULE",
    "STANDS_FOR",
    "STILL_OPEN",
    "TICKETS",
    "TICKETS_COUNTED",
    "UNREVIEWED",
    "WHOSE_CALLS",
]

WHOSE_CALLS: Final = Text(
    it=(
        "Chiamate della «Anonymous Bank» (Technion, Haifa) di lunedì 4 gennaio 1999, raccontate come {day}; i clienti "
        "prioritari della banca stanno per chi ha un bisogno dichiarato."
    ),
    de=(
        "Anrufe der «Anonymous Bank» (Technion, Haifa) vom Montag, 4. Januar 1999, erzählt als {day}; die bevorzugten "
        "Kunden der Bank stehen für Personen mit einem ausgewiesenen Bedarf."
    ),
    fr=(
        "Appels de l’«Anonymous Bank» (Technion, Haïfa) du lundi 4 janvier 1999, racontés comme {day}; les clients "
        "prioritaires de la banque représentent les personnes dont le besoin est déclaré."
    ),
    rm=(
        "Cloms da la «Anonymous Bank» (Technion, Haifa) da glindesdi, ils 4 da schaner 1999, raquintads sco {day}; ils "
        "clients prioritars da la banca represchentan persunas cun in basegn declerà."
    ),
    en=(
        "Calls of the “Anonymous Bank” (Technion, Haifa) of Monday 4 January 1999, told as {day}; the bank's priority "
        "customers stand in for callers with a stated need."
    ),
)
ROWS_READ: Final = Text(
    it="{rows} righe lette: {calls} chiamate, {phantoms} senza un chiamante (PHANTOM), {faults} tralasciate.",
    de="{rows} Zeilen gelesen: {calls} Anrufe, {phantoms} ohne Anrufer (PHANTOM), {faults} weggelassen.",
    fr="{rows} lignes lues: {calls} appels, {phantoms} sans appelant (PHANTOM), {faults} laissées de côté.",
    rm="{rows} lingias legidas: {calls} cloms, {phantoms} senza clamader (PHANTOM), {faults} laschadas davent.",
    en="{rows} rows read: {calls} calls, {phantoms} without a caller (PHANTOM), {faults} left out.",
)
ROW_FAULT: Final = Text(
    it="riga {line} tralasciata: {problem}",
    de="Zeile {line} weggelassen: {problem}",
    fr="ligne {line} laissée de côté: {problem}",
    rm="lingia {line} laschada davent: {problem}",
    en="line {line} left out: {problem}",
)
OWN_HOURS_TITLE: Final = Text(
    it="{name}: i suoi orari ({hours}), a confronto con la registrazione",
    de="{name}: ihre eigenen Zeiten ({hours}), neben der Aufzeichnung",
    fr="{name}: ses propres heures ({hours}), face à l’enregistrement",
    rm="{name}: sias atgnas uras ({hours}), sper la registraziun",
    en="{name}: its own hours ({hours}), held against the record",
)
OFFICE_TITLE: Final = Text(
    it="{name}: gli orari dell’ufficio ({hours})",
    de="{name}: die Zeiten des Amtes ({hours})",
    fr="{name}: les heures de l’office ({hours})",
    rm="{name}: las uras da l’uffizi ({hours})",
    en="{name}: the office's hours ({hours})",
)
MEASURE: Final = Text(it="Misura", de="Mass", fr="Mesure", rm="Mesira", en="Measure")
RECORDED: Final = Text(it="registrato", de="aufgezeichnet", fr="enregistré", rm="registrà", en="recorded")
REPLAYED: Final = Text(it="rigiocato", de="nachgespielt", fr="rejoué", rm="simulà", en="replayed")
REACHABILITY: Final = Text(
    it="Reperibilità", de="Erreichbarkeit", fr="Joignabilité", rm="Cuntanschibladad", en="Reachability"
)
ALL_CALLS: Final = Text(it="Contatti", de="Kontakte", fr="Contacts", rm="Contacts", en="Contacts")
OFFERED: Final = Text(
    it="Offerti in orario", de="Angeboten (offen)", fr="Offerts (ouvert)", rm="Offerts (avert)", en="Offered (open)"
)
ANSWERED: Final = Text(it="Risposti", de="Beantwortet", fr="Répondus", rm="Respundids", en="Answered")
ABANDONED: Final = Text(it="Rinunce in coda", de="Aufgelegt", fr="Abandons", rm="Renunzias", en="Hung up waiting")
ABANDONED_ANNOUNCEMENT: Final = Text(
    it="Rinunce all’annuncio",
    de="Aufgelegt bei der Ansage",
    fr="Abandons à l’annonce",
    rm="Renunzias tar l’annunzia",
    en="Hung up in announcement",
)
CLOSED: Final = Text(
    it="Fuori orario", de="Ausserhalb der Zeiten", fr="Hors horaire", rm="Ordaifer las uras", en="Out of hours"
)
FALLBACK: Final = Text(
    it="Ripiego alla chiusura",
    de="Ersatzweg bei Schluss",
    fr="Repli à la fermeture",
    rm="Via alternativa",
    en="Fallback at closing",
)
STILL_OPEN: Final = Text(
    it="ancora in attesa alla fine del giorno",
    de="am Ende des Tages noch wartend",
    fr="encore en attente à la fin du jour",
    rm="anc spetgond a la fin dal di",
    en="still waiting at the end of the day",
)
UNREVIEWED: Final = Text.same("(Ils texts rumantschs n'èn anc betg vegnids controllads d'ina persuna.)")
"""Said under a report in a language whose texts no person has read yet."""
MEAN_WAIT: Final = Text(
    it="Attesa media (s)",
    de="Mittlere Wartezeit (s)",
    fr="Attente moyenne (s)",
    rm="Spetga media (s)",
    en="Mean wait (s)",
)
P90_WAIT: Final = Text(
    it="Attesa, 90° percentile (s)",
    de="Wartezeit, 90. Perzentil (s)",
    fr="Attente, 90e percentile (s)",
    rm="Spetga, 90avel percentil (s)",
    en="Wait, 90th percentile (s)",
)
SERVICE_LEVEL: Final = Text(
    it="Livello di servizio {percent}/{within}",
    de="Servicegrad {percent}/{within}",
    fr="Niveau de service {percent}/{within}",
    rm="Nivel da servetsch {percent}/{within}",
    en="Service level {percent}/{within}",
)
QUEUE: Final = Text(it="Coda", de="Warteschlange", fr="File", rm="Colonna", en="Queue")
HALF_HOUR: Final = Text(it="Mezz’ora", de="Halbe Stunde", fr="Demi-heure", rm="Mesa ura", en="Half-hour")
KIND: Final = Text(it="Tipo", de="Art", fr="Genre", rm="Gener", en="Kind")
LANGUAGE: Final = Text(it="lingua", de="Sprache", fr="langue", rm="lingua", en="language")
STANDS_FOR: Final = Text(it="sta per", de="steht für", fr="représente", rm="represchenta", en="stands for")
RECORDED_KINDS: Final = Text(
    it="Che cosa diventano i tipi registrati (dalla descrizione dell’ufficio):",
    de="Was aus den aufgezeichneten Arten wird (aus der Beschreibung des Amtes):",
    fr="Ce que deviennent les genres enregistrés (selon la description de l’office):",
    rm="Quai che vegn dals geners registrads (tenor la descripziun da l’uffizi):",
    en="What the recorded kinds become (from the office's description):",
)
ASSUMPTIONS: Final = Text(
    it="Definizioni e ipotesi da cui dipendono le cifre:",
    de="Definitionen und Annahmen, an denen die Zahlen hängen:",
    fr="Définitions et hypothèses dont dépendent les chiffres:",
    rm="Definiziuns e supposiziuns, da las qualas las cifras dependan:",
    en="Definitions and assumptions that the figures hang on:",
)
REACHABILITY_DEFINED: Final = Text(
    it="reperibilità = risposti / offerti negli orari di apertura; solo canali dal vivo",
    de="Erreichbarkeit = beantwortet / angeboten während der Öffnungszeiten; nur direkte Kanäle",
    fr="joignabilité = répondus / offerts pendant les heures d’ouverture; canaux directs seulement",
    rm="cuntanschibladad = respundids / offerts durant las uras d’avertura; mo chanals directs",
    en="reachability = answered / offered in opening hours; live channels only",
)
SERVICE_LEVEL_DEFINED: Final = Text(
    it=(
        "livello di servizio {percent}/{within} = quota di chi è entrato in coda negli orari di apertura a cui si è "
        "risposto entro {within} s dall’entrata, dopo l’annuncio; chi rinuncia in coda conta come non risposto, chi chiama "
        "fuori orario non conta"
    ),
    de=(
        "Servicegrad {percent}/{within} = Anteil derer, die in den Öffnungszeiten in die Warteschlange kamen und innert "
        "{within} s danach, also nach der Ansage, eine Antwort hatten; wer in der Schlange auflegt, zählt als nicht "
        "beantwortet, Anrufe ausserhalb der Zeiten zählen nicht"
    ),
    fr=(
        "niveau de service {percent}/{within} = part de ceux qui ont rejoint la file en heures d’ouverture et ont eu une "
        "réponse dans les {within} s qui suivent, après l’annonce; qui raccroche dans la file compte comme non répondu, "
        "hors horaire ne compte pas"
    ),
    rm=(
        "nivel da servetsch {percent}/{within} = part da quels ch’èn entrads en la colonna durant las uras d’avertura ed "
        "han survegnì ina resposta entaifer {within} s, suenter l’annunzia; tgi che renunzia en la colonna dumbra sco betg "
        "respundì, ordaifer las uras na dumbra betg"
    ),
    en=(
        "service level {percent}/{within} = share of those who joined the queue in opening hours that are answered within "
        "{within} s of joining, after the announcement; who hangs up in the queue counts as not answered, out of hours "
        "does not count"
    ),
)
PRESENCE_RULE: Final = Text(
    it=(
        "presenza (dedotta, non registrata): più di {gap} s senza un servizio sono una pausa; {wrap_up} s di lavoro dopo "
        "ogni chiamata; ognuno prende i tipi serviti quel giorno"
    ),
    de=(
        "Anwesenheit (erschlossen, nicht aufgezeichnet): mehr als {gap} s ohne Bedienung sind eine Pause; {wrap_up} s Arbeit "
        "nach jedem Anruf; jede Person nimmt die Arten, die sie an jenem Tag bediente"
    ),
    fr=(
        "présence (déduite, non enregistrée): plus de {gap} s sans service sont une pause; {wrap_up} s de travail après "
        "chaque appel; chacun prend les genres servis ce jour-là"
    ),
    rm=(
        "preschientscha (deducida, betg registrada): dapli che {gap} s senza servetsch èn ina pausa; {wrap_up} s lavur "
        "suenter mintga clom; mintgin prenda ils geners servids quel di"
    ),
    en=(
        "presence (inferred, not recorded): more than {gap} s without a service are a break; {wrap_up} s of work after each "
        "call; everybody takes the kinds they served that day"
    ),
)
PRIORITY_RULE: Final = Text(
    it="priorità: {head_start} s di attesa accreditati; sconosciuta, quindi normale, per chi non era in coda",
    de="Priorität: {head_start} s Wartezeit gutgeschrieben; unbekannt, also normal, wo nicht gewartet wurde",
    fr="priorité: {head_start} s d’attente crédités; inconnue, donc normale, pour qui n’était pas en file",
    rm="prioritad: {head_start} s spetga accreditads; nunenconuschenta, pia normala, tgi che n’era betg en colonna",
    en="priority: {head_start} s of waiting credited; unknown, hence normal, for calls that did not queue",
)
SERVICE_RULE: Final = Text(
    it=(
        "durate e pazienza come registrate; chi aveva rinunciato e qui viene servito ha la durata della prossima chiamata "
        "dello stesso tipo; chi era stato servito aspetta senza limite"
    ),
    de=(
        "Dauern und Geduld wie aufgezeichnet; wer aufgelegt hatte und hier bedient wird, erhält die Dauer des nächsten Anrufs "
        "derselben Art; wer bedient worden war, wartet ohne Grenze"
    ),
    fr=(
        "durées et patience comme enregistrées; qui avait raccroché et est servi ici reçoit la durée de l’appel suivant du "
        "même genre; qui avait été servi attend sans limite"
    ),
    rm=(
        "duradas e pazienza sco registradas; tgi che aveva renunzià e vegn servì qua survegn la durada dal proxim clom dal "
        "medem gener; tgi ch’era vegnì servì spetga senza limita"
    ),
    en=(
        "service times and patience as recorded; who had hung up and is served here gets the service time of the next call "
        "of the same kind; who had been served waits without limit"
    ),
)
HAND_OVER_RULE: Final = Text(
    it=(
        "secondo livello (non registrato): un servizio di oltre {longer_than} s passa, dopo {after} s e {briefing} s di "
        "consegna, a un funzionario libero; funzionari sono coloro che servirono {officials}"
    ),
    de=(
        "Zweite Ebene (nicht aufgezeichnet): eine Bedienung über {longer_than} s geht nach {after} s und {briefing} s Übergabe "
        "an eine freie Fachperson; Fachpersonen sind, wer {officials} bediente"
    ),
    fr=(
        "second niveau (non enregistré): un service de plus de {longer_than} s passe, après {after} s et {briefing} s de "
        "transmission, à un spécialiste libre; sont spécialistes ceux qui servirent {officials}"
    ),
    rm=(
        "segund nivel (betg registrà): in servetsch da passa {longer_than} s va, suenter {after} s e {briefing} s surdada, ad "
        "ina persuna spezialisada libra; quai èn quellas che han servì {officials}"
    ),
    en=(
        "second level (not recorded): a service over {longer_than} s goes, after {after} s and {briefing} s of briefing, to a "
        "free official; officials are those who served {officials}"
    ),
)
TICKETS: Final = Text(it="Pratiche aperte (ticket)", de="Tickets", fr="Tickets", rm="Tickets", en="Tickets")
TICKETS_COUNTED: Final = Text(
    it="{opened} aperti, {closed} chiusi, {handed_over} consegnati al secondo livello, {open} ancora aperti",
    de="{opened} eröffnet, {closed} geschlossen, {handed_over} der zweiten Ebene übergeben, {open} noch offen",
    fr="{opened} ouverts, {closed} fermés, {handed_over} transmis au second niveau, {open} encore ouverts",
    rm="{opened} averts, {closed} serrads, {handed_over} surdads al segund nivel, {open} anc averts",
    en="{opened} opened, {closed} closed, {handed_over} handed over to the second level, {open} still open",
)
EXPLANATION: Final = Text(
    it="Chi ha preso la chiamata {contact} delle {at}, e perché gli altri no:",
    de="Wer den Anruf {contact} von {at} nahm, und warum die anderen nicht:",
    fr="Qui a pris l’appel {contact} de {at}, et pourquoi pas les autres:",
    rm="Tgi che ha prendì il clom {contact} da las {at}, e pertge betg ils auters:",
    en="Who took call {contact} of {at}, and why the others did not:",
)
HEARD: Final = Text(
    it="Che cosa sente chi chiama alle {at}:",
    de="Was hört, wer um {at} anruft:",
    fr="Ce qu’entend qui appelle à {at}:",
    rm="Quai che auda tgi che cloma a las {at}:",
    en="What the caller of {at} hears:",
)
NOTHING_LOST: Final = Text(
    it="Nulla è andato perso: {sum} = {total} contatti.",
    de="Nichts ging verloren: {sum} = {total} Kontakte.",
    fr="Rien n’est perdu: {sum} = {total} contacts.",
    rm="Nagut è ì a perder: {sum} = {total} contacts.",
    en="Nothing is lost: {sum} = {total} contacts.",
)
