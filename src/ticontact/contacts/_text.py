"""Which characters may a text from outside hold?

White space is whatever Unicode calls a space separator, and the tab: a Swiss number is often typeset with a thin or a
narrow no-break space. Control characters, lone surrogates and the marks that turn the direction of writing never belong
into a value: they forge headers, break terminals and hide what is written.
"""

import re
import unicodedata
from typing import Final

__all__ = ["Pieces", "clean", "collapse", "has_unsafe", "normalized", "outer_trimmed", "plain", "without_marks"]

_SPACE: Final = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES: Final = re.compile(f"[{_SPACE}]+")
_ODD_SPACE: Final = re.compile("[\t\r\n\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_MARKS: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSAFE: Final = re.compile(f"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029{_MARKS}\ud800-\udfff]")
_UNSAFE_IN_LINES: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
_CROWD: Final = re.compile(r"[^\w\s\x00-\x7f]{10,}")  # no mark is a word character; a mark is at most two, taken apart
_JOINED_AT: Final = 1_000
_MOST_MARKS: Final = 30
_JOINER: Final = "\u034f"
# Tables, and not patterns that replace: those would make an object of every piece between two matches.
_TO_SPACE: Final = dict.fromkeys(
    [*map(ord, "\t\r\n\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"), *range(0x2000, 0x200B)], " "
)
_GONE: Final[dict[int, None]] = dict.fromkeys(
    [*range(0x09), *range(0x0A, 0x20), *range(0x7F, 0xA0), *map(ord, _MARKS), *range(0xD800, 0xE000)]
)
_OVERRIDES: Final = "\u202d\u202e"  # they turn letters around, which no language needs; other marks some do
_GONE_IN_LINES: Final = {each: None for each in _GONE if chr(each) in _OVERRIDES or chr(each) not in f"\n\r{_MARKS}"}


class Pieces:
    """A text that grows piece by piece. It is mutable.

    Pieces are joined a thousand at a time: each is an object of fifty bytes and more, of which a stranger's megabyte of
    two letters each would make thirty.
    """

    def __init__(self) -> None:
        self._joined: list[str] = []
        self._new: list[str] = []

    def add(self, piece: str) -> None:
        """Add a piece at the end."""
        self._new.append(piece)
        if len(self._new) >= _JOINED_AT:
            self._joined.append("".join(self._new))
            self._new.clear()

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join([*self._joined, *self._new])


def has_unsafe(text: str) -> bool:
    """Whether a text holds a character that no value may hold; the tab is a space."""
    return _UNSAFE.search(text) is not None


def collapse(text: str) -> str:
    """The text with every run of white space made one space, and none outside."""
    return _SPACES.sub(" ", text).strip(" ")


def outer_trimmed(text: str) -> str:
    """The text without outer white space; line ends stay, for they are no space."""
    start = _SPACES.match(text)
    end = len(text)
    while end and _SPACES.match(text, end - 1):
        end -= 1
    return text[start.end() if start else 0 : end]


def without_marks(text: str) -> str:
    """The text without outer marks of direction: telephones put them around a number that is copied."""
    return text.strip(_MARKS)


def clean(text: str) -> str:
    """One line of readable text in NFC: unsafe characters gone, white space and line ends collapsed."""
    if _ODD_SPACE.search(text):
        text = text.translate(_TO_SPACE)
    if _UNSAFE.search(text):
        text = text.translate(_GONE)
    while "  " in text:
        text = text.replace("  ", " ")
    return normalized(text.strip(" "))


def plain(text: str) -> str:
    """A text of several lines in NFC: line ends are LF, characters that no text may hold are gone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return normalized(lines.translate(_GONE_IN_LINES) if _UNSAFE_IN_LINES.search(lines) else lines)


def normalized(text: str) -> str:
    """The text in NFC, in time that grows with its length alone.

    Unicode sorts the combining marks of one letter, which takes square time where a stranger sends thousands of them.
    So a grapheme joiner goes in after every thirty, as the stream-safe text format of UAX 15, section 13, has it. No
    language comes near; a text of any language stays as it is.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", _CROWD.sub(_stream_safe, text))


def _stream_safe(found: "re.Match[str]") -> str:
    """A run that may be of marks, with the joiners that it needs."""
    run, pieces, taken = found[0], [], 0
    weights: dict[str, tuple[int, int]] = {}
    marks = _weight(found.string[found.start() - 1])[1] if found.start() else 0
    for place, character in enumerate(run):
        if character not in weights:
            weights[character] = _weight(character)
        leading, trailing = weights[character]
        if marks + leading > _MOST_MARKS:
            pieces.append(run[taken:place])
            taken, marks = place, 0
        marks = marks + leading if leading else trailing
    return _JOINER.join([*pieces, run[taken:]])


def _weight(character: str) -> tuple[int, int]:
    """With how many marks a character begins, taken apart, and with how many it ends."""
    marks = [unicodedata.combining(each) > 0 for each in unicodedata.normalize("NFD", character)]
    count = sum(marks)  # a mark is taken apart into marks alone, a letter into itself and marks after it
    return (count if marks[0] else 0), count
