"""The texts about tickets: states, triggers, refusals, what a contact continues."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = ["CONTINUES", "EVIDENCE", "FOLLOWS_UP", "OPENS", "PROMISES", "PROPOSED", "REFUSED", "STATES", "TRIGGERS"]

STATES: Final[Mapping[str, Text]] = {
    "new": Text(it="nuovo", de="neu", fr="nouveau", rm="nov", en="new"),
    "first_level": Text(
        it="al primo livello",
        de="auf der ersten Ebene",
        fr="au premier niveau",
        rm="tar l’emprim nivel",
        en="first level",
    ),
    "with_official": Text(
        it="presso il funzionario",
        de="bei der Fachperson",
        fr="chez le ou la spécialiste",
        rm="tar la persuna spezialisada",
        en="with an official",
    ),
    "waiting_for_citizen": Text(
        it="in attesa di una risposta della persona",
        de="wartet auf Antwort der Person",
        fr="en attente d’une réponse de la personne",
        rm="spetga sin ina resposta da la persuna",
        en="waiting for the citizen",
    ),
    "waiting_for_documents": Text(
        it="in attesa di documenti",
        de="wartet auf Unterlagen",
        fr="en attente de documents",
        rm="spetga sin documents",
        en="waiting for documents",
    ),
    "waiting_for_authority": Text(
        it="in attesa di un’altra autorità",
        de="wartet auf eine andere Behörde",
        fr="en attente d’une autre autorité",
        rm="spetga sin in’autra autoritad",
        en="waiting for another authority",
    ),
    "on_hold": Text(it="sospeso", de="zurückgestellt", fr="en suspens", rm="suspendì", en="on hold"),
    "solved": Text(it="evaso", de="erledigt", fr="réglé", rm="liquidà", en="solved"),
    "closed": Text(it="chiuso", de="abgeschlossen", fr="clos", rm="serrà", en="closed"),
    "merged": Text(
        it="unito a un altro", de="mit einem anderen zusammengelegt", fr="fusionné", rm="unì cun in auter", en="merged"
    ),
}

TRIGGERS: Final[Mapping[str, Text]] = {
    "answer": Text(it="prendere a carico", de="annehmen", fr="prendre en charge", rm="acceptar", en="answer"),
    "hand_over": Text(
        it="consegnare al funzionario",
        de="der Fachperson übergeben",
        fr="transmettre au ou à la spécialiste",
        rm="surdar a la persuna spezialisada",
        en="hand over to an official",
    ),
    "hand_back": Text(
        it="restituire al primo livello",
        de="der ersten Ebene zurückgeben",
        fr="rendre au premier niveau",
        rm="returnar a l’emprim nivel",
        en="hand back to the first level",
    ),
    "ask_citizen": Text(
        it="chiedere alla persona",
        de="bei der Person nachfragen",
        fr="demander à la personne",
        rm="dumandar la persuna",
        en="ask the citizen",
    ),
    "ask_for_documents": Text(
        it="chiedere documenti",
        de="Unterlagen verlangen",
        fr="demander des documents",
        rm="dumandar documents",
        en="ask for documents",
    ),
    "ask_authority": Text(
        it="chiedere a un’altra autorità",
        de="andere Behörde anfragen",
        fr="consulter une autre autorité",
        rm="dumandar in’autra autoritad",
        en="ask another authority",
    ),
    "hold": Text(it="sospendere", de="zurückstellen", fr="mettre en suspens", rm="suspender", en="put on hold"),
    "resume": Text(it="riprendere", de="wieder aufnehmen", fr="reprendre", rm="reprender", en="resume"),
    "citizen_wrote": Text(
        it="la persona ha risposto",
        de="die Person hat geantwortet",
        fr="la personne a répondu",
        rm="la persuna ha respundì",
        en="the citizen answered",
    ),
    "solve": Text(it="evadere", de="erledigen", fr="régler", rm="liquidar", en="solve"),
    "reopen": Text(it="riaprire", de="wieder öffnen", fr="rouvrir", rm="reavrir", en="reopen"),
    "close": Text(it="chiudere", de="abschliessen", fr="clore", rm="serrar", en="close"),
    "discard": Text(
        it="chiudere senza risposta",
        de="ohne Antwort abschliessen",
        fr="clore sans réponse",
        rm="serrar senza resposta",
        en="close without an answer",
    ),
    "merge": Text(
        it="unire a un altro",
        de="mit einem anderen zusammenlegen",
        fr="fusionner avec un autre",
        rm="unir cun in auter",
        en="merge into another",
    ),
}

REFUSED: Final[Mapping[str, Text]] = {
    "no_edge": Text(
        it="{trigger}: non possibile nello stato «{state}»; possibile: {allowed}",
        de="{trigger}: im Zustand «{state}» nicht möglich; möglich: {allowed}",
        fr="{trigger} : impossible dans l’état « {state} » ; possible : {allowed}",
        rm="{trigger}: betg pussaivel en il stadi «{state}»; pussaivel: {allowed}",
        en="{trigger}: not possible in state {state}; allowed: {allowed}",
    ),
    "guard": Text(
        it="{trigger}: la condizione {guard} non è adempiuta nello stato «{state}»; possibile: {allowed}",
        de="{trigger}: die Bedingung {guard} ist im Zustand «{state}» nicht erfüllt; möglich: {allowed}",
        fr="{trigger} : la condition {guard} n’est pas remplie dans l’état « {state} » ; possible : {allowed}",
        rm="{trigger}: la cundiziun {guard} n’è betg ademplida en il stadi «{state}»; pussaivel: {allowed}",
        en="{trigger}: the guard {guard} says no in state {state}; allowed: {allowed}",
    ),
    "reason": Text(
        it="{trigger}: occorre un motivo; ammessi: {reasons}",
        de="{trigger}: eine Begründung ist nötig; zulässig: {reasons}",
        fr="{trigger} : un motif est nécessaire ; admis : {reasons}",
        rm="{trigger}: i dovra in motiv; admess: {reasons}",
        en="{trigger}: a reason is needed; allowed: {reasons}",
    ),
    "window": Text(
        it="{trigger}: il termine per riaprire è scaduto; aprire un nuovo ticket che vi fa seguito",
        de="{trigger}: die Frist zum Wiederöffnen ist abgelaufen; ein Folgeticket eröffnen",
        fr="{trigger} : le délai de réouverture est échu ; ouvrir un nouveau ticket qui y fait suite",
        rm="{trigger}: il termin per reavrir è scrudà; avrir in nov ticket che cuntinuescha",
        en="{trigger}: the time for reopening is over; allowed: a new ticket that follows up",
    ),
    "guard_failed": Text(
        it="{trigger}: la verifica della condizione {guard} non è riuscita ({failure}); possibile: {allowed}",
        de="{trigger}: die Bedingung {guard} konnte nicht geprüft werden ({failure}); möglich: {allowed}",
        fr="{trigger} : la condition {guard} n’a pas pu être vérifiée ({failure}) ; possible : {allowed}",
        rm="{trigger}: la cundiziun {guard} n’ha betg pudì vegnir controllada ({failure}); pussaivel: {allowed}",
        en="{trigger}: the guard {guard} failed with {failure}; allowed: {allowed}",
    ),
    "follow_up": Text(
        it="{trigger}: il ticket è concluso ({state}) e non si riapre; aprire un nuovo ticket che vi fa seguito",
        de="{trigger}: das Ticket ist beendet ({state}) und geht nicht wieder auf; ein Folgeticket eröffnen",
        fr="{trigger} : le ticket est terminé ({state}) et ne se rouvre pas ; ouvrir un nouveau ticket qui y fait suite",
        rm="{trigger}: il ticket è terminà ({state}) e na sa reavra betg; avrir in nov ticket che cuntinuescha",
        en="{trigger}: the ticket is over ({state}) and does not open again; allowed: a new ticket that follows up",
    ),
    "early": Text(
        it="{trigger}: il termine non è ancora scaduto",
        de="{trigger}: die Frist läuft noch",
        fr="{trigger} : le délai n’est pas encore échu",
        rm="{trigger}: il termin n’è anc betg scrudà",
        en="{trigger}: the timer has not run out yet; allowed: at its time or later",
    ),
    "lifecycle": Text(
        it="{trigger}: il ticket appartiene a un altro servizio",
        de="{trigger}: das Ticket gehört zu einer anderen Dienststelle",
        fr="{trigger} : le ticket relève d’un autre service",
        rm="{trigger}: il ticket tutga tar in auter servetsch",
        en="{trigger}: the ticket follows another lifecycle; allowed: its own",
    ),
    "not_merged": Text(
        it="{trigger}: il ticket non è unito a quell’altro",
        de="{trigger}: das Ticket ist nicht mit jenem anderen zusammengelegt",
        fr="{trigger} : le ticket n’est pas fusionné avec cet autre",
        rm="{trigger}: il ticket n’è betg unì cun quel auter",
        en="{trigger}: the ticket does not go on in that other one; allowed: the ticket that it was merged into",
    ),
    "contact": Text(
        it="{trigger}: il ticket non contiene questo contatto",
        de="{trigger}: das Ticket hat keinen solchen Kontakt",
        fr="{trigger} : le ticket n’a pas de tel contact",
        rm="{trigger}: il ticket n’ha betg in tal contact",
        en="{trigger}: the ticket has no such contact; allowed: contacts of this ticket",
    ),
    "missing": Text(
        it="{trigger}: il ticket non è ancora aperto; prima va aperto",
        de="{trigger}: das Ticket ist noch nicht eröffnet; zuerst eröffnen",
        fr="{trigger} : le ticket n’est pas encore ouvert ; il faut d’abord l’ouvrir",
        rm="{trigger}: il ticket n’è anc betg avert; l’emprim avrir",
        en="{trigger}: the ticket is not opened yet; allowed: to open it",
    ),
    "exists": Text(
        it="{trigger}: il ticket è già aperto",
        de="{trigger}: das Ticket ist bereits eröffnet",
        fr="{trigger} : le ticket est déjà ouvert",
        rm="{trigger}: il ticket è gia avert",
        en="{trigger}: the ticket is opened already; allowed: another id",
    ),
    "merged": Text(
        it="{trigger}: il ticket continua in un altro; agire su quello",
        de="{trigger}: das Ticket wird in einem anderen weitergeführt; dort handeln",
        fr="{trigger} : le ticket se poursuit dans un autre ; agir sur celui-ci",
        rm="{trigger}: il ticket va vinavant en in auter; agir là",
        en="{trigger}: the ticket goes on in another one; allowed: to act on that one",
    ),
    "done": Text(
        it="{trigger}: non possibile per un ticket evaso o chiuso ({state}); possibile: {allowed}",
        de="{trigger}: für ein erledigtes oder abgeschlossenes Ticket ({state}) nicht möglich; möglich: {allowed}",
        fr="{trigger} : impossible pour un ticket réglé ou clos ({state}) ; possible : {allowed}",
        rm="{trigger}: betg pussaivel per in ticket liquidà u serrà ({state}); pussaivel: {allowed}",
        en="{trigger}: not possible for a ticket that is solved or closed ({state}); allowed: {allowed}",
    ),
    "itself": Text(
        it="{trigger}: un ticket non può riferirsi a sé stesso",
        de="{trigger}: ein Ticket kann sich nicht auf sich selbst beziehen",
        fr="{trigger} : un ticket ne peut pas se référer à lui-même",
        rm="{trigger}: in ticket na po betg sa referir a sasez",
        en="{trigger}: a ticket cannot refer to itself; allowed: another ticket",
    ),
    "unmapped": Text(
        it="{trigger}: la tabella di passaggio non ha una risposta per lo stato «{state}»",
        de="{trigger}: die Übergangstabelle hat keine Antwort für den Zustand «{state}»",
        fr="{trigger} : la table de passage n’a pas de réponse pour l’état « {state} »",
        rm="{trigger}: la tabella da passadi n’ha nagina resposta per il stadi «{state}»",
        en="{trigger}: the map between the lifecycles has no answer for state {state}; allowed: a mapped state",
    ),
    "timer": Text(
        it="{trigger}: questo timer non scorre nello stato «{state}», o è già scattato",
        de="{trigger}: dieser Timer läuft im Zustand «{state}» nicht oder ist schon abgelaufen",
        fr="{trigger} : cette minuterie ne court pas dans l’état « {state} », ou elle est déjà échue",
        rm="{trigger}: quest timer na curra betg en il stadi «{state}», u è gia scrudà",
        en="{trigger}: this timer does not run in state {state}, or has gone off; allowed: a timer that runs",
    ),
    "promise": Text(
        it="{trigger}: nessuna promessa aperta con questo nome, o ce n’è già una",
        de="{trigger}: kein offenes Versprechen dieses Namens, oder es gibt schon eines",
        fr="{trigger} : aucune promesse ouverte de ce nom, ou il y en a déjà une",
        rm="{trigger}: nagina empermischun averta cun quest num, u i dat gia ina",
        en="{trigger}: no open promise of this name, or there is one already; allowed: the other of the two",
    ),
    "nameless": Text(
        it="{trigger}: un ticket ha bisogno di un identificativo",
        de="{trigger}: ein Ticket braucht eine Kennung",
        fr="{trigger} : un ticket a besoin d’un identifiant",
        rm="{trigger}: in ticket dovra in’identificaziun",
        en="{trigger}: an empty id was given; allowed: an id of the department's own",
    ),
    "unknown": Text(
        it="{trigger}: non è un comando",
        de="{trigger}: das ist kein Befehl",
        fr="{trigger} : ce n’est pas une commande",
        rm="{trigger}: quai n’è nagin cumond",
        en="{trigger}: this is no command; allowed: those of ticontact.tickets, such as Fire('{trigger}')",
    ),
}

EVIDENCE: Final[Mapping[str, Text]] = {
    "thread": Text(
        it="risponde a un messaggio di questo ticket",
        de="antwortet auf eine Nachricht dieses Tickets",
        fr="répond à un message de ce ticket",
        rm="respunda ad in messadi da quest ticket",
        en="it answers a message of this ticket",
    ),
    "case": Text(
        it="riguarda la stessa pratica",
        de="betrifft dasselbe Dossier",
        fr="concerne le même dossier",
        rm="pertutga il medem dossier",
        en="it is about the same case",
    ),
    "person_and_reason": Text(
        it="la stessa persona per lo stesso motivo",
        de="dieselbe Person mit demselben Anliegen",
        fr="la même personne pour le même motif",
        rm="la medema persuna per il medem motiv",
        en="the same person for the same reason",
    ),
    "person": Text(
        it="la stessa persona",
        de="dieselbe Person",
        fr="la même personne",
        rm="la medema persuna",
        en="the same person",
    ),
}
CONTINUES: Final = Text(
    it="Fa parte del ticket {ticket}: {because}.",
    de="Gehört zum Ticket {ticket}: {because}.",
    fr="Fait partie du ticket {ticket} : {because}.",
    rm="Fa part dal ticket {ticket}: {because}.",
    en="Belongs to ticket {ticket}: {because}.",
)
PROPOSED: Final = Text(
    it="Fa forse parte di {tickets} ({because}): decide una persona.",
    de="Gehört vielleicht zu {tickets} ({because}): eine Person entscheidet.",
    fr="Fait peut-être partie de {tickets} ({because}) : une personne décide.",
    rm="Fa forsa part da {tickets} ({because}): ina persuna decida.",
    en="May belong to {tickets} ({because}): a person decides.",
)
FOLLOWS_UP: Final = Text(
    it="Apre un nuovo ticket, che fa seguito a {ticket}: quello è concluso e non si riapre.",
    de="Eröffnet ein neues Ticket, das auf {ticket} folgt: jenes ist beendet und geht nicht wieder auf.",
    fr="Ouvre un nouveau ticket, qui fait suite à {ticket} : celui-là est terminé et ne se rouvre pas.",
    rm="Avra in nov ticket, che cuntinuescha {ticket}: quel è terminà e na sa reavra betg.",
    en="Opens a new ticket that follows up {ticket}: that one is over and does not open again.",
)
OPENS: Final = Text(
    it="Apre un nuovo ticket.",
    de="Eröffnet ein neues Ticket.",
    fr="Ouvre un nouveau ticket.",
    rm="Avra in nov ticket.",
    en="Opens a new ticket.",
)
PROMISES: Final[Mapping[str, Text]] = {
    "open": Text(it="in corso", de="offen", fr="en cours", rm="averta", en="open"),
    "overdue": Text(it="in ritardo", de="überfällig", fr="en retard", rm="en retard", en="overdue"),
    "kept": Text(it="mantenuta", de="gehalten", fr="tenue", rm="tegnida", en="kept"),
    "broken": Text(it="non mantenuta", de="nicht gehalten", fr="non tenue", rm="betg tegnida", en="broken"),
    "withdrawn": Text(it="ritirata", de="zurückgezogen", fr="retirée", rm="retratga", en="withdrawn"),
}
