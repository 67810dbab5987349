"""The words for channels, directions, roles, needs and outcomes of contacts."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "ASSURANCES",
    "CHANNELS",
    "DIRECTIONS",
    "DISCLOSURES",
    "DOSSIER",
    "IDENTITIES",
    "MACHINES",
    "MACHINE_MADE",
    "NEEDS",
    "OUTCOMES",
    "POST_OFFICE_BOX",
    "ROLES",
    "THREADS",
]

CHANNELS: Final[Mapping[str, Text]] = {
    "voice": Text(it="telefono", de="Telefon", fr="téléphone", rm="telefon", en="telephone"),
    "video": Text(it="videochiamata", de="Videoanruf", fr="appel vidéo", rm="clom da video", en="video call"),
    "counter": Text(it="sportello", de="Schalter", fr="guichet", rm="fanestrigl", en="counter"),
    "chat": Text.same("chat"),
    "sms": Text.same("SMS"),
    "email": Text(it="posta elettronica", de="E-Mail", fr="courriel", rm="e-mail", en="e-mail"),
    "web_form": Text(
        it="modulo in linea", de="Online-Formular", fr="formulaire en ligne", rm="formular online", en="web form"
    ),
    "fax": Text(it="fax", de="Fax", fr="fax", rm="fax", en="fax"),
    "post": Text(it="lettera", de="Brief", fr="lettre", rm="brev", en="letter"),
}

DIRECTIONS: Final[Mapping[str, Text]] = {
    "inbound": Text(it="in entrata", de="eingehend", fr="entrant", rm="entrant", en="inbound"),
    "outbound": Text(it="in uscita", de="ausgehend", fr="sortant", rm="sortint", en="outbound"),
    "internal": Text(it="interno", de="intern", fr="interne", rm="intern", en="internal"),
}

ROLES: Final[Mapping[str, Text]] = {
    "citizen": Text(it="persona", de="Person", fr="personne", rm="persuna", en="citizen"),
    "representative": Text(
        it="rappresentante", de="Vertretung", fr="représentant", rm="represchentant", en="representative"
    ),
    "employer": Text(it="datore di lavoro", de="Arbeitgeber", fr="employeur", rm="patrun", en="employer"),
    "commune": Text(it="comune", de="Gemeinde", fr="commune", rm="vischnanca", en="commune"),
    "interpreter": Text(it="interprete", de="Dolmetscher/in", fr="interprète", rm="interpret", en="interpreter"),
    "operator": Text(it="operatore", de="Mitarbeiter/in Erstkontakt", fr="opérateur", rm="operatur", en="operator"),
    "official": Text(it="funzionario", de="Sachbearbeiter/in", fr="fonctionnaire", rm="funcziunari", en="official"),
    "system": Text(it="sistema", de="System", fr="système", rm="sistem", en="system"),
}

NEEDS: Final[Mapping[str, Text]] = {
    "no_telephone": Text(
        it="non per telefono",
        de="nicht telefonisch",
        fr="pas par téléphone",
        rm="betg per telefon",
        en="not by telephone",
    ),
    "relay_service": Text(
        it="tramite servizio di trascrizione",
        de="über den Vermittlungsdienst",
        fr="par le service relais",
        rm="tras il servetsch d'intermediaziun",
        en="through the relay service",
    ),
    "sign_language": Text(
        it="lingua dei segni", de="Gebärdensprache", fr="langue des signes", rm="lingua da segns", en="sign language"
    ),
    "plain_language": Text(
        it="lingua facile", de="Leichte Sprache", fr="langage facile", rm="lingua simpla", en="plain language"
    ),
    "large_print": Text(
        it="caratteri grandi", de="Grossschrift", fr="gros caractères", rm="scrittira gronda", en="large print"
    ),
    "interpreter": Text(
        it="con interprete", de="mit Dolmetscher/in", fr="avec interprète", rm="cun interpret", en="with an interpreter"
    ),
}

OUTCOMES: Final[Mapping[str, Text]] = {
    "answered": Text(it="servito", de="bedient", fr="servi", rm="servì", en="answered"),
    "abandoned_short": Text(
        it="riagganciato dopo poco",
        de="nach kurzem aufgelegt",
        fr="raccroché après peu de temps",
        rm="mess si suenter curt temp",
        en="abandoned, short",
    ),
    "abandoned_long": Text(
        it="riagganciato in attesa",
        de="in der Warteschlange aufgelegt",
        fr="raccroché en attente",
        rm="mess si spetgond",
        en="abandoned, waiting",
    ),
    "abandoned_announcement": Text(
        it="riagganciato durante l'annuncio",
        de="während der Ansage aufgelegt",
        fr="raccroché pendant l'annonce",
        rm="mess si durant l'annunzia",
        en="abandoned in the announcement",
    ),
    "closed": Text(
        it="fuori orario",
        de="ausserhalb der Öffnungszeiten",
        fr="hors des heures d'ouverture",
        rm="ordaifer las uras d'avertura",
        en="outside opening hours",
    ),
    "blocked": Text(
        it="nessuna linea libera",
        de="keine Leitung frei",
        fr="aucune ligne libre",
        rm="nagina lingia libra",
        en="no line free",
    ),
    "informed": Text(
        it="informato dall'annuncio",
        de="durch Ansage informiert",
        fr="informé par l'annonce",
        rm="infurmà tras l'annunzia",
        en="informed by announcement",
    ),
    "called_back": Text(it="richiamato", de="zurückgerufen", fr="rappelé", rm="telefonà enavos", en="called back"),
    "not_reached": Text(
        it="richiamato invano",
        de="vergeblich zurückgerufen",
        fr="rappelé en vain",
        rm="telefonà enavos per nagut",
        en="called back in vain",
    ),
    "no_show": Text(
        it="non presentatosi", de="nicht erschienen", fr="ne s'est pas présenté", rm="betg cumparì", en="no-show"
    ),
    "transferred_out": Text(
        it="trasferito altrove",
        de="an andere Stelle weitergeleitet",
        fr="transféré ailleurs",
        rm="transferì ad in auter post",
        en="transferred out",
    ),
    "merged": Text(
        it="unito a un altro contatto",
        de="mit anderem Kontakt vereint",
        fr="réuni à un autre contact",
        rm="unì cun in auter contact",
        en="merged",
    ),
    "machine_made": Text(
        it="messaggio automatico",
        de="automatische Nachricht",
        fr="message automatique",
        rm="messadi automatic",
        en="machine-made",
    ),
    "fallback": Text(
        it="soluzione di ripiego", de="Ausweichlösung", fr="solution de repli", rm="soluziun alternativa", en="fallback"
    ),
}

MACHINES: Final[Mapping[str, Text]] = {
    "bounce": Text(
        it="avviso di mancato recapito",
        de="Unzustellbarkeitsmeldung",
        fr="avis de non-remise",
        rm="avis da betg consegna",
        en="delivery failure report",
    ),
    "receipt": Text(
        it="conferma di lettura",
        de="Lesebestätigung",
        fr="confirmation de lecture",
        rm="conferma da lectura",
        en="read receipt",
    ),
    "auto_reply": Text(
        it="risposta automatica",
        de="automatische Antwort",
        fr="réponse automatique",
        rm="resposta automatica",
        en="automatic reply",
    ),
    "generated": Text(
        it="messaggio generato da un programma",
        de="von einem Programm erzeugte Nachricht",
        fr="message généré par un programme",
        rm="messadi generà d'in program",
        en="message generated by a program",
    ),
    "list": Text(
        it="messaggio di una lista",
        de="Nachricht einer Mailingliste",
        fr="message d'une liste",
        rm="messadi d'ina glista",
        en="mailing-list message",
    ),
    "bulk": Text(
        it="invio a molti destinatari",
        de="Massensendung",
        fr="envoi en nombre",
        rm="spediziun da massa",
        en="bulk message",
    ),
}

MACHINE_MADE: Final = Text(
    it="{kind}, secondo il campo {field}",
    de="{kind}, laut Feld {field}",
    fr="{kind}, selon le champ {field}",
    rm="{kind}, tenor il champ {field}",
    en="{kind}, by the field {field}",
)

THREADS: Final[Mapping[str, Text]] = {
    "same_message": Text(
        it="è lo stesso messaggio, già ricevuto",
        de="es ist dieselbe Nachricht, bereits erhalten",
        fr="c'est le même message, déjà reçu",
        rm="igl è il medem messadi, gia retschavì",
        en="it is the same message, received before",
    ),
    "answers": Text(
        it="risponde a un messaggio della conversazione",
        de="sie antwortet auf eine Nachricht des Verlaufs",
        fr="il répond à un message de la conversation",
        rm="el respunda ad in messadi da la conversaziun",
        en="it answers a message of the thread",
    ),
    "several": Text(
        it="cita messaggi di più conversazioni",
        de="sie nennt Nachrichten mehrerer Verläufe",
        fr="il cite des messages de plusieurs conversations",
        rm="el citescha messadis da pliras conversaziuns",
        en="it names messages of several threads",
    ),
    "tag": Text(
        it="l'oggetto porta il numero della conversazione e il mittente vi partecipa",
        de="der Betreff trägt die Nummer des Verlaufs, und der Absender gehört dazu",
        fr="l'objet porte le numéro de la conversation et l'expéditeur y participe",
        rm="l'object porta il numer da la conversaziun ed il speditur fa part",
        en="the subject bears the thread's number and the sender takes part in it",
    ),
    "tag_of_stranger": Text(
        it="l'oggetto porta il numero della conversazione, ma il mittente non vi partecipa",
        de="der Betreff trägt die Nummer des Verlaufs, aber der Absender gehört nicht dazu",
        fr="l'objet porte le numéro de la conversation, mais l'expéditeur n'y participe pas",
        rm="l'object porta il numer da la conversaziun, ma il speditur na fa betg part",
        en="the subject bears the thread's number, but the sender takes no part in it",
    ),
    "nothing": Text(
        it="non continua nulla di noto",
        de="sie setzt nichts Bekanntes fort",
        fr="il ne continue rien de connu",
        rm="el na cuntinuescha nagut d'enconuschent",
        en="it continues nothing that is known",
    ),
}

POST_OFFICE_BOX: Final = Text(
    it="Casella postale", de="Postfach", fr="Case postale", rm="Chaschella postala", en="P.O. Box"
)

ASSURANCES: Final[Mapping[str, Text]] = {
    "claimed": Text(it="dichiarata", de="behauptet", fr="déclarée", rm="pretendida", en="claimed"),
    "hinted": Text(it="indiziaria", de="vermutet", fr="présumée", rm="supponida", en="hinted"),
    "checked": Text(it="controllata", de="geprüft", fr="contrôlée", rm="controllada", en="checked"),
    "proven": Text(it="comprovata", de="nachgewiesen", fr="établie", rm="cumprovada", en="proven"),
}

DISCLOSURES: Final[Mapping[str, Text]] = {
    "concerned": Text(
        it="la pratica riguarda questa persona",
        de="der Fall betrifft diese Person",
        fr="le dossier concerne cette personne",
        rm="il cas pertutga questa persuna",
        en="the case concerns this person",
    ),
    "mandated": Text(
        it="questa persona ha una procura per la pratica",
        de="diese Person hat eine Vollmacht für den Fall",
        fr="cette personne a une procuration pour le dossier",
        rm="questa persuna ha ina procura per il cas",
        en="this person is mandated for the case",
    ),
    "nobody": Text(
        it="nessun interlocutore è noto",
        de="es ist kein Gegenüber bekannt",
        fr="aucun interlocuteur n'est connu",
        rm="nagin interlocutur è enconuschent",
        en="no counterpart is known",
    ),
    "not_identified": Text(
        it="la persona non è identificata",
        de="die Person ist nicht identifiziert",
        fr="la personne n'est pas identifiée",
        rm="la persuna n'è betg identifitgada",
        en="the person is not identified",
    ),
    "not_verified": Text(
        it="l'identità non è stata verificata a sufficienza",
        de="die Identität ist nicht genügend geprüft",
        fr="l'identité n'a pas été suffisamment vérifiée",
        rm="l'identitad n'è betg controllada avunda",
        en="the identity has not been checked well enough",
    ),
    "not_concerned": Text(
        it="la pratica non riguarda questa persona e manca una procura",
        de="der Fall betrifft diese Person nicht, und eine Vollmacht fehlt",
        fr="le dossier ne concerne pas cette personne et une procuration manque",
        rm="il cas na pertutga betg questa persuna ed ina procura manca",
        en="the case does not concern this person, and there is no mandate",
    ),
    "others_listen": Text(
        it="è in linea anche chi non ne può essere informato",
        de="es hört jemand mit, der nicht informiert werden darf",
        fr="une personne qui ne peut pas en être informée écoute aussi",
        rm="insatgi che na dastga betg vegnir infurmà taidla era",
        en="somebody listens who may not be told",
    ),
}

IDENTITIES: Final[Mapping[str, Text]] = {
    "identifier": Text(
        it="stesso numero d'identificazione",
        de="gleiche Identifikationsnummer",
        fr="même numéro d'identification",
        rm="medem numer d'identificaziun",
        en="same identification number",
    ),
    "point": Text(
        it="stesso recapito: un indizio, non una prova",
        de="gleiche Kontaktadresse: ein Hinweis, kein Beweis",
        fr="mêmes coordonnées : un indice, pas une preuve",
        rm="medema adressa da contact: in indizi, betg ina cumprova",
        en="same contact point: a hint, not a proof",
    ),
    "contradiction": Text(
        it="i numeri d'identificazione si contraddicono",
        de="die Identifikationsnummern widersprechen sich",
        fr="les numéros d'identification se contredisent",
        rm="ils numers d'identificaziun cuntradin in l'auter",
        en="the identification numbers contradict one another",
    ),
    "several_points": Text(
        it="più persone hanno questo recapito",
        de="mehrere Personen haben diese Kontaktadresse",
        fr="plusieurs personnes ont ces coordonnées",
        rm="pliras persunas han questa adressa da contact",
        en="several persons have this contact point",
    ),
    "nothing_known": Text(
        it="nessuno in archivio corrisponde",
        de="niemand in den Akten passt",
        fr="personne au fichier ne correspond",
        rm="nagin en las actas correspunda",
        en="nobody on file fits",
    ),
    "nothing_given": Text(
        it="nessun recapito e nessun numero indicati",
        de="weder Kontaktadresse noch Nummer angegeben",
        fr="ni coordonnées ni numéro indiqués",
        rm="ni adressa da contact ni numer inditgads",
        en="neither contact point nor number given",
    ),
}

DOSSIER: Final[Mapping[str, Text]] = {
    "title": Text(
        it="Dati che la riguardano in {count} contatti",
        de="Daten zu Ihrer Person in {count} Kontakten",
        fr="Données vous concernant dans {count} contacts",
        rm="Datas davart Vossa persuna en {count} contacts",
        en="Data on you in {count} contacts",
    ),
    "contact": Text(it="Contatto", de="Kontakt", fr="Contact", rm="Contact", en="Contact"),
    "date": Text(it="Data", de="Datum", fr="Date", rm="Data", en="Date"),
    "channel": Text(it="Canale", de="Kanal", fr="Canal", rm="Chanal", en="Channel"),
    "outcome": Text(it="Esito", de="Ergebnis", fr="Issue", rm="Resultat", en="Outcome"),
    "cases": Text(it="Pratiche", de="Fälle", fr="Dossiers", rm="Cas", en="Cases"),
    "role": Text(it="In qualità di", de="In der Rolle", fr="En qualité de", rm="En la rolla", en="As"),
    "name": Text(it="Nome", de="Name", fr="Nom", rm="Num", en="Name"),
    "organisation": Text(
        it="Organizzazione", de="Organisation", fr="Organisation", rm="Organisaziun", en="Organisation"
    ),
    "identifiers": Text(
        it="Numeri d'identificazione",
        de="Identifikationsnummern",
        fr="Numéros d'identification",
        rm="Numers d'identificaziun",
        en="Identification numbers",
    ),
    "addresses": Text(
        it="Recapiti", de="Kontaktadressen", fr="Coordonnées", rm="Adressas da contact", en="Contact points"
    ),
    "languages": Text(it="Lingue", de="Sprachen", fr="Langues", rm="Linguas", en="Languages"),
    "needs": Text(
        it="Esigenze particolari",
        de="Besondere Bedürfnisse",
        fr="Besoins particuliers",
        rm="Basegns spezials",
        en="Special needs",
    ),
    "verification": Text(it="Identità", de="Identität", fr="Identité", rm="Identitad", en="Identity"),
    "others": Text(
        it="Altre persone coinvolte",
        de="Weitere Beteiligte",
        fr="Autres personnes impliquées",
        rm="Ulteriuras persunas participadas",
        en="Others involved",
    ),
    "subject": Text(it="Oggetto", de="Betreff", fr="Objet", rm="Object", en="Subject"),
    "text": Text(it="Testo", de="Text", fr="Texte", rm="Text", en="Text"),
    "attachments": Text(it="Allegati", de="Anhänge", fr="Pièces jointes", rm="Agiuntas", en="Attachments"),
}
