"""The words for channels, directions, roles, needs, outcomes, salutations and the dossier of contacts."""

from collections.abc import Mapping
from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "CHANNELS",
    "CONSENTS",
    "DIRECTIONS",
    "DOSSIER",
    "LANGUAGE_NAMES",
    "NEEDS",
    "OUTCOMES",
    "POST_OFFICE_BOX",
    "ROLES",
    "SALUTATIONS",
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
    "automatic_message": Text(
        it="messaggio automatico",
        de="automatische Nachricht",
        fr="message automatique",
        rm="messadi automatic",
        en="automatic message",
    ),
    "fallback": Text(
        it="soluzione di ripiego", de="Ausweichlösung", fr="solution de repli", rm="soluziun alternativa", en="fallback"
    ),
}

POST_OFFICE_BOX: Final = Text(
    it="Casella postale", de="Postfach", fr="Case postale", rm="Chaschella postala", en="P.O. Box"
)

SALUTATIONS: Final[Mapping[str, Text]] = {
    "mrs": Text(it="Signora", de="Frau", fr="Madame", rm="Dunna", en="Ms"),
    "mr": Text(it="Signor", de="Herr", fr="Monsieur", rm="Signur", en="Mr"),
}

CONSENTS: Final[Mapping[str, Text]] = {
    "recording": Text(it="registrazione", de="Aufzeichnung", fr="enregistrement", rm="registraziun", en="recording"),
    "transcript": Text(
        it="trascrizione", de="Abschrift", fr="transcription", rm="transcripziun", en="machine transcript"
    ),
    "survey": Text(it="sondaggio", de="Umfrage", fr="sondage", rm="retschertga", en="survey"),
}

LANGUAGE_NAMES: Final[Mapping[str, Text]] = {
    "it": Text(it="italiano", de="Italienisch", fr="italien", rm="talian", en="Italian"),
    "de": Text(it="tedesco", de="Deutsch", fr="allemand", rm="tudestg", en="German"),
    "fr": Text(it="francese", de="Französisch", fr="français", rm="franzos", en="French"),
    "rm": Text(it="romancio", de="Rätoromanisch", fr="romanche", rm="rumantsch", en="Romansh"),
    "en": Text(it="inglese", de="Englisch", fr="anglais", rm="englais", en="English"),
}

DOSSIER: Final[Mapping[str, Text]] = {
    "title": Text(
        it="Dati che la riguardano (contatti: {count})",
        de="Daten zu Ihrer Person (Kontakte: {count})",
        fr="Données vous concernant (contacts : {count})",
        rm="Datas davart Vossa persuna (contacts: {count})",
        en="Data on you (contacts: {count})",
    ),
    "contact": Text(it="Contatto", de="Kontakt", fr="Contact", rm="Contact", en="Contact"),
    "conversations": Text(it="Colloqui", de="Gespräche", fr="Entretiens", rm="Discurs", en="Conversations"),
    "sent_from": Text(it="Mittente", de="Absender", fr="Expéditeur", rm="Speditur", en="Sent from"),
    "reply_to": Text(it="Risposta a", de="Antwort an", fr="Réponse à", rm="Resposta a", en="Reply to"),
    "date": Text(it="Data", de="Datum", fr="Date", rm="Data", en="Date"),
    "ended": Text(it="Concluso", de="Beendet", fr="Terminé", rm="Finì", en="Ended"),
    "posted": Text(it="Timbro postale", de="Poststempel", fr="Timbre postal", rm="Bul postal", en="Postmark"),
    "received": Text(it="Entrata", de="Eingang", fr="Réception", rm="Entrada", en="Received"),
    "scanned": Text(it="Scansione", de="Gescannt", fr="Numérisation", rm="Scannà", en="Scanned"),
    "language": Text(it="Lingua", de="Sprache", fr="Langue", rm="Lingua", en="Language"),
    "reasons": Text(it="Motivo", de="Anliegen", fr="Motif", rm="Motiv", en="Reason"),
    "formal_act": Text(
        it="Possibile atto formale",
        de="Mögliche förmliche Eingabe",
        fr="Acte formel possible",
        rm="Act formal pussaivel",
        en="Possibly a formal act",
    ),
    "yes": Text(it="sì", de="ja", fr="oui", rm="gea", en="yes"),
    "found_cases": Text(
        it="Pratiche forse pertinenti",
        de="Vielleicht betroffene Fälle",
        fr="Dossiers peut-être concernés",
        rm="Cas forsa pertutgads",
        en="Cases perhaps concerned",
    ),
    "consents": Text(it="Consensi", de="Einwilligungen", fr="Consentements", rm="Consentiments", en="Consents"),
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
