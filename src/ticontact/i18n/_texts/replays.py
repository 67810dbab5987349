"""The words of what is reported of a whole record: its days, and staff figures."""

from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "DAY",
    "HANDLED",
    "HOLD",
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
