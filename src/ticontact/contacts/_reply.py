"""Which part of a text is new, and which is quoted from the message before?

The new part is a view: the whole text is always kept. It is cut only where a mail program's own line says that a quote
begins, so that "mi ha scritto:" in a sentence stays in.
"""

import re
from typing import Final

__all__ = ["new_part"]

_OPENING: Final = re.compile(r"(?:Il|In data|Am|Le|On)\b")
_VERB: Final = re.compile(r"\b(?:ha scritto|schrieb|a écrit|wrote)\b")
_LONGEST: Final = 500  # characters of an introduction; longer lines are somebody's prose
_SEPARATOR: Final = re.compile(
    r"\s*-{2,}\s*(?:Messaggio originale|Messaggio inoltrato|Ursprüngliche Nachricht|Original-?Nachricht"
    r"|Weitergeleitete Nachricht|Message d'origine|Message original|Message transféré|Original Message"
    r"|Forwarded message)\s*-{2,}\s*",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\s*\*?(?:Da|Von|De|From)\s?:\*?\s.*")
_SENT: Final = re.compile(r"\s*\*?(?:Inviato|Data|Gesendet|Datum|Envoyé|Date|Sent)\s?:\*?\s.*\d.*")
_SIGNATURE: Final = "-- "


def new_part(text: str) -> str:
    r"""The part of a text above the quote and the signature; the whole text if nothing would be left.

    >>> new_part("Grazie mille.\n\nIl 18.03.2026 Ufficio <ufficio@example.org> ha scritto:\n> Buongiorno")
    'Grazie mille.'
    """
    lines = text.split("\n")
    end = _trailing_quote(lines)
    cut = next((number for number in range(end) if _quote_begins(lines, number)), end)
    return "\n".join(lines[:cut]).rstrip() or text


def _trailing_quote(lines: list[str]) -> int:
    """Where the block of quoted and empty lines begins that the text ends with."""
    end = len(lines)
    while end and (lines[end - 1].startswith(">") or not lines[end - 1].strip()):
        end -= 1
    return end


def _quote_begins(lines: list[str], number: int) -> bool:
    line = lines[number]
    return (
        line == _SIGNATURE
        or _SEPARATOR.fullmatch(line) is not None
        or _is_introduction(lines, number)
        or _is_head_of_message(lines, number)
    )


def _is_introduction(lines: list[str], number: int) -> bool:
    """A line, or two that a mail program has wrapped, with a date, before a quote or with an address in it."""
    if _OPENING.match(lines[number]) is None:
        return False
    for end in (number + 1, number + 2):
        text = "\n".join(lines[number:end])
        if _introduces(text):
            following = next((line for line in lines[end : end + 3] if line.strip()), "")
            return "@" in text or following.startswith(">")
    return False


def _introduces(text: str) -> bool:
    verb = _VERB.search(text) if len(text) <= _LONGEST and text.rstrip().endswith(":") else None
    return verb is not None and any(character.isdigit() for character in text[: verb.start()])


def _is_head_of_message(lines: list[str], number: int) -> bool:
    """The block that Outlook puts above a quote: from whom, and within three lines when."""
    if _FROM.fullmatch(lines[number]) is None:
        return False
    return any(_SENT.fullmatch(line) for line in lines[number + 1 : number + 4])
