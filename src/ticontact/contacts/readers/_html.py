"""What does an HTML message say, in plain text?

A scanner that goes forward only: the parser of the standard library raises on some broken declarations and takes
quadratic time on others. No style, script or link target comes through; an image gives its alternative text.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from ticontact.contacts._text import Pieces

__all__ = ["html_text"]

_TAG: Final = re.compile(r"/?\s*+([a-zA-Z][a-zA-Z0-9]*+)")
_ALT: Final = re.compile(r"""\balt\s*+=\s*+(?:"([^"]{0,200})"|'([^']{0,200})')""", re.IGNORECASE)
_SILENT: Final = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "head", "title", "template")
}
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre"})
_LINES: Final = frozenset({"br", "div", "tr", "section", "article", "header", "footer", "hr", "dt", "dd"})
_BLANKS: Final = dict.fromkeys(map(ord, "\t\r\f\v\n"), " ")
_NUMBER: Final = re.compile(r"&#(?:([0-9]{8,}+)|([xX])([0-9a-fA-F]{8,}+));?")
_LONGEST_NUMBER: Final = 7  # digits: a million characters, in both ways of writing
_STRETCH: Final = 10_000  # characters
_NO_CHARACTER: Final = "\ufffd"


def html_text(source: str) -> str:
    """The text of an HTML document: paragraphs apart by an empty line, entities decoded."""
    pieces = Pieces()
    position = 0
    while (start := source.find("<", position)) >= 0:
        pieces.add(_text(source[position:start]))
        if source.startswith("<!--", start):
            position = _after(source, "-->", start)
            continue
        end = source.find(">", start)
        if end < 0:
            position = start
            break
        position = end + 1
        tag = _TAG.match(source, start + 1, end)
        name = tag[1].lower() if tag else ""
        pieces.add(_break(name, source[start:end]))
        if name in _SILENT and source[start + 1] != "/":
            closing = _SILENT[name].search(source, position)
            position = closing.start() if closing else len(source)
    pieces.add(_text(source[position:]))
    return _tidy(pieces.text)


def _tidy(text: str) -> str:
    """The text with one space where several are, none beside a line end, and at most one empty line together."""
    for several, fewer in (("  ", " "), (" \n", "\n"), ("\n ", "\n"), ("\n\n\n", "\n\n")):
        while several in text:
            text = text.replace(several, fewer)
    return text.strip(" \n")


def _text(piece: str) -> str:
    text = piece.translate(_BLANKS)
    if "&" in text:
        text = "".join(html.unescape(_NUMBER.sub(_short_number, each)) for each in _stretches(text))
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _stretches(text: str) -> Iterator[str]:
    """The text in pieces that end before a character reference: each is read alone, which bounds the memory."""
    start = 0
    while start < len(text):
        end = text.find("&", start + _STRETCH)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end


def _short_number(found: "re.Match[str]") -> str:
    """A character by a number of many digits, without its zeros: the library refuses thousands of digits."""
    digits = (found[1] or found[3]).lstrip("0") or "0"
    return _NO_CHARACTER if len(digits) > _LONGEST_NUMBER else f"&#{found[2] or ''}{digits};"


def _after(source: str, mark: str, start: int) -> int:
    end = source.find(mark, start)
    return len(source) if end < 0 else end + len(mark)


def _break(name: str, tag: str) -> str:
    """What a tag becomes in the text."""
    if name in _PARAGRAPHS:
        return "\n\n"
    if name in _LINES:
        return "\n"
    if name == "li":
        return "" if tag.startswith("</") else "\n- "
    if name == "img" and (alt := _ALT.search(tag)):
        return _text(alt[1] or alt[2] or "")
    return " " if name in {"td", "th"} else ""
