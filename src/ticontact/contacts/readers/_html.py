"""What does an HTML message say, in plain text?

A scanner that goes forward only: the parser of the standard library raises on some broken declarations and takes
quadratic time on others. What a tag is, the tokenizer of the WHATWG HTML standard (section 13.2.5) decides, in its
terms: a `<` before anything but a letter, `/`, `!` or `?` is a character, and a quoted value may hold a `>`. Two things
differ, so that no word of a person goes: a tag that never ends is text, and a quote that never closes ends with its
tag.

No style, script or link target comes through; an image gives its alternative text. Blocks become lines, paragraphs have
an empty line between them, items of a list their mark or number, and `pre` keeps its lines.
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from ticontact.contacts._field_class import conceal
from ticontact.contacts._text import Pieces
from ticontact.contacts.readers._findings import FindingKind, Findings

__all__ = ["html_text"]

_ATTRIBUTE: Final = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+"""
_TAG: Final = re.compile(rf"</?+([a-zA-Z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+>", re.ASCII)
_VALUE: Final = re.compile(
    r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|(?!["'])([^\s>]*+)))?+""", re.ASCII
)
_ASCII_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_COMMENT_END: Final = re.compile(r"--!?>")
_OPENS: Final = _ASCII_LETTERS | {"/", "!", "?"}
"""What stands after a `<` that is no letter of a text."""
_RAW: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "template")
}
"""Elements whose content is no HTML, or is not shown, and what ends them."""
_SHOWN_AS_IT_IS: Final = frozenset({"textarea", "xmp"})
_MAY_SWALLOW: Final = frozenset({"script", "style"})
"""Without an end they take everything that follows; of the others only the tag goes."""
_PARAGRAPHS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "dl", "blockquote", "pre", "figure", "listing"}
)
_LINES: Final = frozenset({
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dt", "fieldset",
    "figcaption", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "nav", "optgroup", "option",
    "search", "section", "summary", "tbody", "tfoot", "thead", "tr",
})  # fmt: skip
_LISTS: Final = frozenset({"ol", "ul", "menu", "dir"})
_PREFORMATTED: Final = frozenset({"pre", "listing"})
_BLANKS: Final = dict.fromkeys(map(ord, "\t\r\f\v\n\N{NO-BREAK SPACE}"), " ")
_NUMBER: Final = re.compile(r"&#(?:([0-9]{8,}+)|([xX])([0-9a-fA-F]{8,}+));?")
_LONGEST_NUMBER: Final = 7  # digits: a million characters, in both ways of writing
_STRETCH: Final = 10_000  # characters
_NO_CHARACTER: Final = "\ufffd"
_DEEPEST: Final = 40  # lists in lists that are counted by themselves; deeper ones have dashes
_MOST_ATTRIBUTES: Final = 40  # of one tag
_DEEPEST_INDENT: Final = 8  # levels by which an item is moved to the right
_INTEGER: Final = re.compile(r"\s*+([+-]?\d{1,9}+)", re.ASCII)
_LETTERS: Final = 26
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN: Final = 3999
_MOST_LINE_ENDS: Final = 2  # outside of `pre`: one empty line


def html_text(source: str, *, findings: Findings | None = None) -> str:
    """The text of an HTML document: paragraphs apart by an empty line, entities decoded.

    Args:
        source: The document.
        findings: Where it is written down that a comment, a script or a style without an end has taken words.
    """
    page = _Page()
    begin = position = 0
    while (start := source.find("<", position)) >= 0:
        if source[start + 1 : start + 2] not in _OPENS:  # a sign like others
            position = start + 1
            continue
        page.text(source, begin, start)
        begin = start
        if tag := _TAG.match(source, start):
            position = _read_tag(page, source, tag, findings)
        elif (end := _end_of_declaration(source, start)) is not None:
            position = end or len(source)
            _note_swallowed(source, start + 2, findings, is_open=not end)
        else:  # a tag that never ends; whatever follows stands within it
            break
        begin = position
    page.text(source, begin, len(source))
    return page.whole


def _read_tag(page: "_Page", source: str, tag: "re.Match[str]", findings: Findings | None) -> int:
    """Take one tag, and what only it understands; where reading goes on."""
    name, is_end = tag[1].lower(), source[tag.start() + 1] == "/"
    page.tag(name, source, tag, is_end=is_end)
    position = tag.end()
    if name in _RAW and name not in page.endless and not is_end:
        closing = _RAW[name].search(source, position)
        if closing is None:
            page.endless.add(name)  # it is looked for once, and not for each of a stranger's megabyte of them
        if closing is None and name in _MAY_SWALLOW:
            _note_swallowed(source, position, findings, is_open=True)
            return len(source)
        if closing is not None:
            if name in _SHOWN_AS_IT_IS:
                page.text(source, position, closing.start(), is_as_it_is=True)
            return closing.start()
    return position


def _end_of_declaration(source: str, start: int) -> int | None:
    """Where a comment, a declaration or an instruction ends; 0 if nowhere, None if it is none."""
    if source.startswith("<!--", start):
        if source.startswith((">", "->"), start + 4):  # WHATWG: an empty comment that closes at once
            return source.index(">", start) + 1
        end = _COMMENT_END.search(source, start + 4)
        return end.end() if end else 0
    after = source[start + 1 : start + 3]
    is_end_of_nothing = len(after) > 1 and after[0] == "/" and after[1] not in _ASCII_LETTERS
    if after[:1] in {"!", "?"} or is_end_of_nothing:
        return source.find(">", start) + 1
    return None


def _note_swallowed(source: str, start: int, findings: Findings | None, *, is_open: bool) -> None:
    if is_open and findings is not None and source[start:].strip("- \t\r\n\f"):
        findings.add("text", FindingKind.LEFT_OUT)


def _values(source: str, tag: "re.Match[str]") -> Mapping[str, str]:
    """The attributes of a tag, the first of each name."""
    found: dict[str, str] = {}
    for attribute in _VALUE.finditer(source, tag.end(1), tag.end() - 1):
        if len(found) < _MOST_ATTRIBUTES:
            found.setdefault(attribute[1].lower(), attribute[2] or attribute[3] or attribute[4] or "")
    return found


@attrs.define(repr=False, field_transformer=conceal)
class _List:
    """A list that is open. It is mutable: it counts its items."""

    style: str = ""
    number: int = 1
    step: int = 1

    def mark(self) -> str:
        """What stands before the next item."""
        if not self.style:
            return "- "
        number, self.number = self.number, self.number + self.step
        return f"{_numbered(number, self.style)}. "


def _numbered(number: int, style: str) -> str:
    """A number as a list shows it: `3`, `c`, `C`, `iii` or `III`; what the letters cannot say stays a number."""
    if style in "aA" and number > 0:
        letters = ""
        while number:
            number, place = divmod(number - 1, _LETTERS)
            letters = chr(ord(style) + place) + letters
        return letters
    if style in "iI" and 0 < number <= _MOST_ROMAN:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman if style == "i" else roman.upper()
    return str(number)


class _Page:
    """The text as it grows. It is mutable.

    Line ends are written when a word follows them, as blocks only ask for one: `wanted` is how many line ends the
    blocks between two words ask for, `ends` how many are there.
    """

    def __init__(self) -> None:
        self.endless: set[str] = set()
        self._pieces = Pieces()
        self._wanted = 0
        self._ends = _MOST_LINE_ENDS  # nothing stands above the first word
        self._has_blank = False
        self._mark = ""
        self._lists: list[_List] = []
        self._deeper = 0
        self._preformatted = 0
        self._after_pre = False

    @property
    def whole(self) -> str:
        """The text without blanks and line ends around it."""
        return self._pieces.text.strip(" \n")

    def tag(self, name: str, source: str, tag: "re.Match[str]", *, is_end: bool) -> None:
        """Take the start or the end of an element."""
        self._after_pre = False
        if name in _PARAGRAPHS:
            self._wanted = max(self._wanted, 2)
        elif name in _LINES:
            self._wanted = max(self._wanted, 1)
        if name in _PREFORMATTED:
            self._preformatted = max(0, self._preformatted + (-1 if is_end else 1))
            self._after_pre = not is_end
        elif name in _LISTS:
            self._list(name, source, tag, is_end=is_end)
        elif name == "li":
            self._item(source, tag, is_end=is_end)
        elif name == "br":
            self._break()
        elif name == "img" and not is_end:
            self._add(_collapsed(_decoded(_values(source, tag).get("alt", "")[:200])))
        elif name in {"td", "th"}:
            self._has_blank = True

    def text(self, source: str, start: int, end: int, *, is_as_it_is: bool = False) -> None:
        """Take characters between two tags."""
        if start >= end:
            return
        piece = _decoded(source[start:end])
        if self._preformatted or is_as_it_is:
            self._lines(piece.replace("\N{NO-BREAK SPACE}", " "))
        else:
            self._add(_collapsed(piece))

    def _lines(self, text: str) -> None:
        """Take preformatted characters; a line end straight after the tag is none (WHATWG, section 13.2.6.4.7)."""
        text = text.removeprefix("\n") if self._after_pre else text
        self._after_pre = False
        if not text:
            return
        body = text.lstrip("\n")
        self._start_line()
        if len(body) < len(text):
            self._pieces.add("\n" * (len(text) - len(body)))
            self._ends = min(_MOST_LINE_ENDS, self._ends + len(text) - len(body))
        if body:
            words = body.rstrip("\n")
            self._pieces.add(body)
            self._ends = min(_MOST_LINE_ENDS, len(body) - len(words))

    def _add(self, text: str) -> None:
        """Take words with single blanks between them."""
        if text in {"", " "}:
            self._has_blank = self._has_blank or bool(text)
            return
        is_inside = not (self._wanted or self._ends)
        self._start_line()
        blank = " " if is_inside and (self._has_blank or text[0] == " ") else ""
        self._pieces.add(blank + text.strip(" "))
        self._has_blank = text[-1] == " "
        self._ends = 0

    def _start_line(self) -> None:
        """Write the line ends that the blocks have asked for, and the mark of an item."""
        if self._wanted > self._ends:
            self._pieces.add("\n" * (self._wanted - self._ends))
            self._ends = self._wanted
        self._wanted = 0
        if self._mark:
            self._pieces.add(self._mark)
            self._mark, self._ends, self._has_blank = "", 0, False

    def _break(self) -> None:
        self._start_line()
        if self._preformatted or self._ends < _MOST_LINE_ENDS:
            self._pieces.add("\n")
            self._ends = min(_MOST_LINE_ENDS, self._ends + 1)
        self._has_blank = False

    def _list(self, name: str, source: str, tag: "re.Match[str]", *, is_end: bool) -> None:
        """Open or close a list; one inside another stands close."""
        depth = len(self._lists) + self._deeper
        is_outer = depth == (1 if is_end else 0)
        self._wanted = max(self._wanted, 2 if is_outer else 1)
        if not is_end and len(self._lists) < _DEEPEST:
            values = _values(source, tag)
            style = values.get("type", "1") if name == "ol" else ""
            style = style if style in {"", "1", "a", "A", "i", "I"} else "1"
            start = _INTEGER.match(values.get("start", ""))
            self._lists.append(_List(style, int(start[1]) if start else 1, -1 if "reversed" in values else 1))
        elif not is_end:
            self._deeper += 1
        elif self._deeper:
            self._deeper -= 1
        elif self._lists:
            self._lists.pop()

    def _item(self, source: str, tag: "re.Match[str]", *, is_end: bool) -> None:
        self._wanted = max(self._wanted, 1)
        if is_end:
            self._mark = ""  # of an item that shows nothing
            return
        current = self._lists[-1] if self._lists and not self._deeper else _List()
        if value := _INTEGER.match(_values(source, tag).get("value", "")):
            current.number = int(value[1])
        self._mark = "  " * min(max(1, len(self._lists)) - 1, _DEEPEST_INDENT) + current.mark()


def _collapsed(text: str) -> str:
    """The text with one blank where white space is."""
    text = text.translate(_BLANKS)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _decoded(text: str) -> str:
    """The text with its character references read."""
    if "&" not in text:
        return text
    return "".join(html.unescape(_NUMBER.sub(_short_number, each)) for each in _stretches(text))


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
