"""Which part of a text is new, and which is quoted from the message before?

The new part is a view: the whole text is always kept. It is cut only where a mail program's own line says that a quote
begins, so that "mi ha scritto:" in a sentence stays in. Whoever answers between the lines of a quote has written new
text there: then the quote stays with the answers, without which nobody would understand them.
"""

import re
from typing import Final

__all__ = ["new_text"]

_OPENING: Final = re.compile(r"(?:Il|In data|Am|Le|On)\b")
_VERB: Final = re.compile(r"\b(?:ha scritto|schrieb|a écrit|wrote)\b")
_LONGEST: Final = 500  # characters of an introduction; longer lines are somebody's prose
_SEPARATOR: Final = re.compile(
    r"\s*+-{2,}+\s*+(?:Messaggio originale|Messaggio inoltrato|Ursprüngliche Nachricht|Original-?Nachricht"
    r"|Weitergeleitete Nachricht|Message d'origine|Message original|Message transféré|Original Message"
    r"|Forwarded message)\s*+-{2,}+\s*+",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\s*+\*?(?:Da|Von|De|From)\s?:\*?\s.*+")
_TO: Final = re.compile(r"\s*+\*?(?:A|An|À|To|Oggetto|Betreff|Objet|Object|Subject)\s?:\*?(?:\s.*+)?")
_RULES: Final = "_-*"  # what a line across the page is made of
_SHORTEST_RULE: Final = 5  # characters
_SENT: Final = re.compile(r"\s*+\*?(?:Inviato|Data|Gesendet|Datum|Envoyé|Date|Sent)\s?:\*?\s\D*+\d.*+")
_SIGNATURE: Final = "-- "


def new_text(text: str) -> str:
    r"""The part of a text above the quote and the signature; the whole text if nothing would be left.

    >>> new_text("Grazie mille.\n\nIl 18.03.2026 Ufficio <ufficio@example.org> ha scritto:\n> Buongiorno")
    'Grazie mille.'
    """
    end = _trailing_quote(text)
    start = 0
    while start < end and not _quote_begins(text, start):
        start = _next(text, start)
    return _without_rule(text[: min(start, end)].rstrip()) or text


def _without_rule(text: str) -> str:
    """The text without the line that Outlook draws above a quote."""
    start = text.rfind("\n") + 1
    last = text[start:].strip()
    is_rule = len(last) >= _SHORTEST_RULE and last[0] in _RULES and not last.strip(last[0])
    return text[:start].rstrip() if is_rule else text


def _trailing_quote(text: str) -> int:
    """Where the block of quoted and empty lines begins that the text ends with."""
    end = len(text)
    while end:
        start = text.rfind("\n", 0, end - text.startswith("\n", end - 1)) + 1
        if not text.startswith(">", start) and text[start:end].strip():
            break
        end = start
    return end


def _next(text: str, start: int) -> int:
    """Where the line after the one begins that begins there; the end of the text if there is none."""
    end = text.find("\n", start)
    return len(text) if end < 0 else end + 1


def _lines(text: str, start: int, most: int) -> list[str]:
    """So many lines from there on, or as many as there are."""
    lines: list[str] = []
    while start < len(text) and len(lines) < most:
        following = _next(text, start)
        lines.append(text[start:following].removesuffix("\n"))
        start = following
    return lines


def _quote_begins(text: str, start: int) -> bool:
    line = text[start : _next(text, start)].removesuffix("\n")
    return (
        line != ""
        and (  # a text may be empty lines for a megabyte
            line == _SIGNATURE
            or _SEPARATOR.fullmatch(line) is not None
            or (_OPENING.match(line) is not None and _is_introduction(text, start))
            or (_FROM.fullmatch(line) is not None and _is_head(line, _lines(text, start, 6)[1:]))
        )
    )


def _is_introduction(text: str, start: int) -> bool:
    """A line, or two that a mail program has wrapped, with a date, before a quote or with an address in it."""
    for most in (1, 2):
        written = "\n".join(_lines(text, start, most))
        if _introduces(written):
            below = start
            for _ in range(most):
                below = _next(text, below)
            following = next((line for line in _lines(text, below, 3) if line.strip()), "")
            if following.startswith(">"):
                return not _is_answered_between(text, below)
            return "@" in written
    return False


def _is_answered_between(text: str, start: int) -> bool:
    """Whether somebody has written below or between the quoted lines from there on, before a signature."""
    while start < len(text):
        following = _next(text, start)
        line = text[start:following].removesuffix("\n")
        if line == _SIGNATURE:
            return False
        if line.strip() and not line.startswith(">"):
            return True
        start = following
    return False


def _introduces(text: str) -> bool:
    verb = _VERB.search(text) if len(text) <= _LONGEST and text.rstrip().endswith(":") else None
    return verb is not None and any(character.isdigit() for character in text[: verb.start()])


def _is_head(first: str, following: list[str]) -> bool:
    """Whether the lines below `From:` are the rest of the block that Outlook puts above a quote.

    They say when it was sent, and to whom or about what, unless the first line has an address: a letter may well have a
    line that begins with `Da:` and one that begins with `Data:`.
    """
    is_dated = any(_SENT.fullmatch(line) for line in following[:3])
    return is_dated and ("@" in first or any(_TO.fullmatch(line) for line in following))
