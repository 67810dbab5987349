"""Words of other people at their hours: comments and names, as texts without control characters."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from ticontact.i18n import LANGUAGES, Text
from ticontact.i18n._text import is_alike
from ticontact.i18n._texts.hours import known_text

__all__ = ["foreign_text", "language_values", "text_of_values"]

_LONGEST: Final = 1_000  # characters of a reason; what is longer is no reason that anybody says
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})  # controls, marks that turn the direction of writing, lone surrogates


def foreign_text(words: str) -> Text:
    """Some words as a text; those that ticontact itself says are known in all languages."""
    return known_text(_plain(words))


def _plain(words: str) -> str:
    shown = (" " if unicodedata.category(each) in _HIDDEN else each for each in words[:_LONGEST])
    return " ".join("".join(shown).split())


def language_values(text: Text) -> str | list[dict[str, str]]:
    """A text as JSON-LD says it: plain where all languages are alike, else a value for each language."""
    if is_alike(text):
        return text.it
    return [{"@language": language, "@value": text.text(language)} for language in LANGUAGES]


def text_of_values(value: object) -> Text | None:
    """The text of a JSON-LD value; None where there is none. A language that is missing reads as the first one."""
    if isinstance(value, str):
        text = foreign_text(value)
        return text if text.it else None
    found: dict[str, str] = {}
    for each in value[:_LONGEST] if isinstance(value, list) else [value]:
        words = each.get("@value") if isinstance(each, Mapping) else each
        language = each.get("@language", "") if isinstance(each, Mapping) else ""
        if isinstance(words, str) and isinstance(language, str):
            found.setdefault(language[:2].lower(), _plain(words))
    first = next(iter(found.values()), "")
    if not first:
        return None
    it, de, fr, rm, en = (found.get(language, first) for language in LANGUAGES)
    return Text(it=it, de=de, fr=fr, rm=rm, en=en)
