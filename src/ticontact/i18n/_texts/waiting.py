"""Texts on what waits: why it still waits, what would help, and how long it may take."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "AND",
    "AT_LEVEL",
    "BRACKETS",
    "EVERYBODY",
    "IT_WAITS",
    "IT_WOULD_HELP",
    "NOT",
    "NO_ONE",
    "OR",
    "OTHERS",
    "PERMISSION",
    "REMEDIES",
    "RULES",
    "SITE",
    "SOMEBODY",
    "WAITS",
]

WAITS: Final[Mapping[str, Text]] = {
    "not_yet": Text(
        it="il suo momento non è ancora venuto",
        de="seine Zeit ist noch nicht da",
        fr="son heure n’est pas encore venue",
        rm="ses mument n’è anc betg vegnì",
        en="its time has not come yet",
    ),
    "on_offer": Text(
        it="è offerto e non ancora accettato",
        de="es ist angeboten und noch nicht angenommen",
        fr="il est proposé et pas encore accepté",
        rm="el è offert e betg anc acceptà",
        en="it is on offer and not yet taken",
    ),
    "kept": Text(
        it="per ora è riservato a chi è stato richiesto",
        de="es ist vorerst für die gewünschte Person reserviert",
        fr="il est réservé pour l’instant à la personne demandée",
        rm="el è per il mument reservà per la persuna giavischada",
        en="it is kept for the person wished for",
    ),
    "held_back": Text(
        it="una regola che non si può tralasciare non ha risposto; si riprova",
        de="eine Regel, die nicht übergangen werden darf, hat nicht geantwortet; sie wird wieder gefragt",
        fr="une règle qui ne peut être ignorée n’a pas répondu; on réessaie",
        rm="ina regla che na dastga betg vegnir surseglida n’ha betg respundì; i vegn empruvà danovamain",
        en="a rule that must not be passed over has not answered; it is tried again",
    ),
    "nobody": Text(
        it="nessuno in servizio può occuparsene",
        de="niemand im Dienst kommt dafür in Frage",
        fr="personne en service ne peut s’en occuper",
        rm="nagin en servetsch na po s’occupar da quai",
        en="nobody at work may take it",
    ),
    "declined": Text(
        it="chi è presente e potrebbe occuparsene ha rifiutato",
        de="wer da ist und in Frage kommt, hat abgelehnt",
        fr="les personnes présentes qui pourraient s’en occuper ont refusé",
        rm="tgi ch’è preschent e vegn en dumonda ha refusà",
        en="those present who may take it have declined",
    ),
    "away": Text(
        it="chi potrebbe occuparsene non prende lavoro in questo momento",
        de="wer in Frage kommt, nimmt gerade keine Arbeit an",
        fr="les personnes qui pourraient s’en occuper ne prennent rien en ce moment",
        rm="tgi che vegn en dumonda na prenda il mument nagina lavur",
        en="those who may take it take no work just now",
    ),
    "busy": Text(
        it="chi può occuparsene è occupato",
        de="wer in Frage kommt, ist besetzt",
        fr="les personnes qui peuvent s’en occuper sont occupées",
        rm="tgi che vegn en dumonda è occupà",
        en="those who may take it are busy",
    ),
}

REMEDIES: Final[Mapping[str, Text]] = {
    "accepts": Text(
        it="{who} accetta", de="{who} nimmt an", fr="{who} accepte", rm="{who} accepta", en="{who} accepts"
    ),
    "begins": Text(
        it="tra {within} può essere offerto",
        de="in {within} kann es angeboten werden",
        fr="dans {within}, il peut être proposé",
        rm="en {within} po el vegnir offert",
        en="in {within} it may be offered",
    ),
    "comes_back": Text(
        it="{who} torna disponibile",
        de="{who} ist wieder verfügbar",
        fr="{who} redevient disponible",
        rm="{who} è puspè disponibel",
        en="{who} is available again",
    ),
    "comes_free": Text(
        it="{who} si libera", de="{who} wird frei", fr="{who} se libère", rm="{who} vegn liber", en="{who} comes free"
    ),
    "comes_free_within": Text(
        it="{who} si libera, al più tardi tra {within}",
        de="{who} wird frei, spätestens in {within}",
        fr="{who} se libère, au plus tard dans {within}",
        rm="{who} vegn liber, il pli tard en {within}",
        en="{who} comes free, in {within} at the latest",
    ),
    "decline_ends": Text(
        it="tra {within} può essere proposto di nuovo a {who}",
        de="in {within} kann es {who} wieder angeboten werden",
        fr="dans {within}, il peut être proposé de nouveau à {who}",
        rm="en {within} po el vegnir offert danovamain a {who}",
        en="in {within} it may be offered to {who} again",
    ),
    "reservation_ends": Text(
        it="tra {within} non è più riservato a {who}",
        de="in {within} ist es nicht mehr für {who} reserviert",
        fr="dans {within}, il n’est plus réservé à {who}",
        rm="en {within} n’è el betg pli reservà per {who}",
        en="in {within} it is no longer kept for {who}",
    ),
    "signs_in": Text(
        it="{who} prende servizio",
        de="{who} kommt zum Dienst",
        fr="{who} prend son service",
        rm="{who} entra en servetsch",
        en="{who} signs in",
    ),
    "somebody_with": Text(
        it="entra in servizio qualcuno con: {asks}",
        de="jemand kommt zum Dienst mit: {asks}",
        fr="quelqu’un prend son service avec : {asks}",
        rm="insatgi entra en servetsch cun: {asks}",
        en="somebody signs in with {asks}",
    ),
    "step": Text(
        it="tra {within} basta {asks}",
        de="in {within} genügt {asks}",
        fr="dans {within}, {asks} suffit",
        rm="en {within} basta {asks}",
        en="in {within} {asks} will do",
    ),
    "step_admits": Text(
        it="tra {within} basta {asks}, e allora {who} può occuparsene",
        de="in {within} genügt {asks}, dann kommt {who} in Frage",
        fr="dans {within}, {asks} suffit, et {who} peut alors s’en occuper",
        rm="en {within} basta {asks}, e lura vegn {who} en dumonda",
        en="in {within} {asks} will do, and then {who} may take it",
    ),
}

IT_WAITS: Final = Text(
    it="Perché aspetta: {because}.",
    de="Warum es wartet: {because}.",
    fr="Pourquoi il attend : {because}.",
    rm="Pertge ch’el spetga: {because}.",
    en="Why it waits: {because}.",
)
IT_WOULD_HELP: Final = Text(
    it="Che cosa aiuterebbe: {helps}.",
    de="Was helfen würde: {helps}.",
    fr="Ce qui aiderait : {helps}.",
    rm="Tge che gidass: {helps}.",
    en="What would help: {helps}.",
)
RULES: Final = Text(
    it="Regole: {rules}.", de="Regeln: {rules}.", fr="Règles : {rules}.", rm="Reglas: {rules}.", en="Rules: {rules}."
)
SOMEBODY: Final = Text(it="qualcuno", de="jemand", fr="quelqu’un", rm="insatgi", en="somebody")
"""In the place of a name, where names are not told."""

AND: Final = Text(
    it="{one} e {other}", de="{one} und {other}", fr="{one} et {other}", rm="{one} e {other}", en="{one} and {other}"
)
OR: Final = Text(
    it="{one} o {other}", de="{one} oder {other}", fr="{one} ou {other}", rm="{one} u {other}", en="{one} or {other}"
)
NOT: Final = Text(it="non {what}", de="nicht {what}", fr="pas {what}", rm="betg {what}", en="not {what}")
BRACKETS: Final = Text(it="({what})", de="({what})", fr="({what})", rm="({what})", en="({what})")
AT_LEVEL: Final = Text(
    it="{what} ≥ {level}", de="{what} ≥ {level}", fr="{what} ≥ {level}", rm="{what} ≥ {level}", en="{what} ≥ {level}"
)
OTHERS: Final = Text(
    it="una di altre {count} persone",
    de="eine von {count} weiteren Personen",
    fr="une de {count} autres personnes",
    rm="ina da {count} autras persunas",
    en="one of {count} others",
)
PERMISSION: Final = Text(
    it="permesso {permission}",
    de="Berechtigung {permission}",
    fr="autorisation {permission}",
    rm="permissiun {permission}",
    en="permission {permission}",
)
SITE: Final = Text(it="sede {site}", de="Standort {site}", fr="site {site}", rm="lieu {site}", en="site {site}")
EVERYBODY: Final = Text(it="chiunque", de="irgendwer", fr="n’importe qui", rm="tgi ch’i saja", en="anybody")
NO_ONE: Final = Text(it="nessuno", de="niemand", fr="personne", rm="nagin", en="nobody")
