"""What stands where a number or an address is missing: withheld by the caller, or not known to us.

The two are different things, and neither is an error: a caller who withholds the number is to be served like anybody
else, and a number that the exchange did not pass on was never refused.

Theory of operation. Exchanges, telephones and people write a withheld number in many ways: a SIP address of nobody
(RFC 3323, section 4.1.1.3), a privacy value (RFC 3323, section 4.2; RFC 3325, section 9.3), a word in one of the
languages of the country, or that word typed on a keypad. All of them are brought to one line of bare words, and the
line is looked up. Taken for a number or an address, each of them would make one person of all callers who hide.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

import attrs

from ticontact.contacts._field_class import PERSONAL, hide
from ticontact.contacts._field_types import of_kind
from ticontact.plain import checked

__all__ = ["Unknown", "Withheld", "absent", "on_a_keypad"]


@attrs.frozen(field_transformer=checked)
class Withheld:
    """The caller does not show the number. All withheld callers are equal, and none of them is another's proof."""


@attrs.frozen(repr=False, field_transformer=hide)
class Unknown:
    """Nobody told us the number or address, or nobody can read what was told. All are equal, as none names anybody.

    Attributes:
        written: What stood in its place, on one line, for a person to look at; empty if nothing did.
    """

    written: str = attrs.field(default="", kw_only=True, eq=False, validator=of_kind(str), metadata=PERSONAL)

    def __repr__(self) -> str:
        return "Unknown(…)" if self.written else "Unknown()"


_LONGEST: Final = 300  # characters: longer than any way to say it, SIP parameters included
_BETWEEN_DIGITS: Final = dict.fromkeys(map(ord, "-.()"))  # RFC 3966, section 3: they are for the eye alone
_NUMBER: Final = re.compile(r"[\d +()./-]*", re.ASCII)
_KEYS: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")  # ITU-T E.161
_WITHHELD: Final = frozenset({
    # English
    "anonymous", "private", "withheld", "restricted", "blocked", "hidden", "concealed", "suppressed", "secret",
    "confidential", "not shown", "not displayed", "no caller id", "no callerid", "no cli", "no clip", "clir",
    # Asterisk's own words for the presentation
    "prohib", "prohib not screened", "prohib passed screen", "prohib failed screen",
    # Italian
    "anonimo", "anonima", "privato", "privata", "nascosto", "nascosta", "riservato", "riservata", "oscurato",
    "oscurata", "occultato", "occultata", "soppresso", "soppressa", "mascherato", "mascherata", "segreto", "segreta",
    "non visibile", "non mostrato", "non mostrata",
    # German
    "anonym", "anonymer", "anonymes", "anonymisiert", "privat", "privater", "privatnummer", "unterdruckt",
    "unterdruckte", "unterdruckter", "unterdrueckt", "unterdrueckte", "unterdrueckter", "verborgen", "verborgene",
    "verborgener", "geheim", "geheime", "geheimer", "geheimnummer", "gesperrt", "nicht angezeigt",
    "keine rufnummernanzeige", "keine nummernanzeige",
    # French
    "anonyme", "prive", "privee", "masque", "masquee", "cache", "cachee", "secrete", "confidentiel", "confidentielle",
    "bloque", "bloquee", "restreint", "restreinte", "non affiche", "non affichee",
    # Romansh
    "anonim", "zuppa", "zuppada", "supprimi", "supprimida", "suppress", "suppressa", "segret",
    "betg mussa", "betg mussada",
})  # fmt: skip
"""That somebody hides, in five languages; lower case, without accents."""
_UNKNOWN: Final = frozenset({
    # English
    "unknown", "unavailable", "not available", "not known", "not provided", "unidentified", "undefined",
    "out of area", "none", "null", "na", "n a",
    # Italian
    "sconosciuto", "sconosciuta", "ignoto", "ignota", "non disponibile", "non noto", "non nota", "non identificato",
    "non identificata",
    # German
    "unbekannt", "unbekannte", "unbekannter", "nicht verfugbar", "nicht verfuegbar", "nicht bekannt",
    "nicht ubermittelt", "nicht uebermittelt",
    # French
    "inconnu", "inconnue", "indisponible", "non disponible", "non identifie", "non identifiee",
    # Romansh
    "nunenconuschent", "nunenconuschenta", "nundisponibel", "nundisponibla", "betg enconuschent",
    "betg enconuschenta", "betg disponibel", "betg disponibla",
})  # fmt: skip
"""That nobody knows, in the same languages."""
_BESIDE: Final = frozenset({
    "abbonato", "abonne", "anruf", "anrufer", "anruferin", "appel", "appelant", "appelante", "call", "caller",
    "callerid", "calling", "cellulare", "chiamante", "chiamata", "clamada", "clamader", "cli", "clid", "clip", "clom",
    "correspondant", "da", "de", "del", "della", "der", "des", "di", "die", "du", "e", "est", "handynummer", "id",
    "identita", "identite", "identity", "il", "interlocutore", "is", "ist", "la", "le", "line", "number", "numer",
    "numero", "nummer", "party", "phone", "presentation", "rufnummer", "teilnehmer", "telefon", "telefonico",
    "telefonnummer", "telefono", "telephone", "the", "utente", "utenza", "wird", "wurde",
})  # fmt: skip
"""What may stand around the word that counts: the number itself, the caller, articles."""
_PRIVACY: Final = frozenset({"critical", "header", "history", "id", "none", "session", "user"})  # RFC 3323, RFC 7044
_HOSTS: Final[Mapping[str, Withheld | Unknown]] = {
    "anonymous.invalid": Withheld(),
    "unknown.invalid": Unknown(),
}  # RFC 3323; 3GPP TS 24.229
_ANONYMOUS: Final = "anonymous".translate(_KEYS)
_ON_A_KEYPAD: Final[Mapping[str, Withheld | Unknown]] = {
    **dict.fromkeys((_ANONYMOUS, f"+{_ANONYMOUS}"), Withheld()),
    **{f"+{word}".translate(_KEYS): Withheld() for word in ("blocked", "private", "restricted", "withheld")},
    **{f"+{word}".translate(_KEYS): Unknown() for word in ("unavailable", "unknown")},
}
"""Words that gateways pass on as digits. Without the plus all but one may be somebody's number, or are none at all."""


def absent(text: str) -> Withheld | Unknown | None:
    """What a text says in the place of a number or an address; None if it may be one, or says nothing.

    Args:
        text: What the exchange, a telephone or a person wrote: a number, a word, a SIP address, or a name and an
            address in angle brackets, of which the address counts.
    """
    if len(text) > _LONGEST:
        return None
    if _NUMBER.fullmatch(text):  # nearly every caller
        return on_a_keypad(text.strip())
    line = text.strip(" \t\"'«»“”„‘’")
    name, bracket, address = line.rpartition("<")
    address = address.partition(">")[0].strip()
    if bracket and not address:
        return _said(name)
    return on_a_keypad(address) or _nobody(address)


def on_a_keypad(digits: str) -> Withheld | Unknown | None:
    """What some digits say that are a word typed on a keypad; None if they are a number."""
    return _ON_A_KEYPAD.get(digits)


def _nobody(address: str) -> Withheld | Unknown | None:
    """What an address says, of whatever scheme; its user counts before its host."""
    scheme, colon, rest = address.partition(":")
    if not colon or scheme.strip().casefold() not in {"sip", "sips", "tel", "mailto"}:
        rest = address
    user, at, place = rest.partition("@")
    if not at:
        host = user.partition(";")[0].casefold()
        typed = on_a_keypad(host.translate(_BETWEEN_DIGITS))
        return typed or _HOSTS.get(host) or _said(rest if rest is address else host)
    host = place.partition(";")[0].partition("?")[0].partition(":")[0].strip(" .").casefold()
    beyond = next((said for known, said in _HOSTS.items() if f".{host}".endswith(f".{known}")), None)
    return on_a_keypad(user) or _said(user.partition(";")[0].partition(":")[0]) or beyond


def _said(text: str) -> Withheld | Unknown | None:
    """What some words say, whatever stands around the one that counts."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(mark if mark.isalnum() else " " for mark in decomposed if not unicodedata.combining(mark))
    words = bare.split()
    if _asks_for_privacy(words):
        return Withheld()
    for phrase in (" ".join(words), " ".join(word for word in words if word not in _BESIDE)):
        if phrase in _WITHHELD:
            return Withheld()
        if phrase in _UNKNOWN:
            return Unknown()
    return None


def _asks_for_privacy(words: list[str]) -> bool:
    """Whether they are the values of a Privacy field: `id`, `user;id`, `Privacy: header`."""
    named = words[:1] == ["privacy"]
    values = set(words[1:] if named else words)
    return values <= _PRIVACY and "none" not in values and bool(values if named else values & {"id"})
