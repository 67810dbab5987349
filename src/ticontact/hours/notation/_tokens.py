"""The words of an opening_hours expression, each with its place in the text."""

import re
from collections.abc import Iterator
from typing import Final

import attrs

from ticontact.errors import InvalidNotation

__all__ = ["Reader", "Token"]

_LONGEST: Final = 10_000  # characters; OpenStreetMap itself allows 255

_WORDS: Final = re.compile(
    r"""
      (?P<comment> "[^"]*" )
    | (?P<time> \d{1,2}:\d{2} (?!:\d) )
    | (?P<number> \d+ )
    | (?P<word> [A-Za-z]+ )
    | (?P<mark> \|\| | [;,:\-+\[\]/()] )
    | (?P<space> [\s\uFEFF]+ )
    """,
    re.VERBOSE | re.ASCII,
)


@attrs.frozen
class Token:
    """A word of an expression.

    Attributes:
        kind: `comment`, `time`, `number`, `word`, `mark` or `end`.
        text: The word as it stands there.
        position: Where it begins, counted from 1.
    """

    kind: str
    text: str
    position: int


def _tokens(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        match = _WORDS.match(text, position)
        if match is None or match.lastgroup is None:
            raise InvalidNotation(
                f"opening_hours, position {position + 1}: {text[position]!r} cannot be read", position=position + 1
            )
        if match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], position + 1)
        position = match.end()
    yield Token("end", "", len(text) + 1)


class Reader:
    """Reads an expression word by word. It is mutable: it remembers how far it has come.

    Args:
        text: The expression.

    Raises:
        InvalidNotation: If it is too long, or holds a character that no word has.
    """

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise InvalidNotation(
                f"opening_hours: {len(text)} characters were given; allowed: {_LONGEST} at the most", position=_LONGEST
            )
        plain = text.replace("\N{EN DASH}", "-")
        self._tokens = list(_tokens(plain))
        self._next = 0

    def peek(self, ahead: int = 0) -> Token:
        """A word that comes, without reading it."""
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def read(self) -> Token:
        """The next word."""
        token = self.peek()
        self._next += 1
        return token

    def sees(self, *texts: str, ahead: int = 0) -> bool:
        """Whether a word that comes is one of these, in either case."""
        token = self.peek(ahead)
        return token.kind != "comment" and token.text.lower() in {text.lower() for text in texts}

    def take_if(self, *texts: str) -> bool:
        """Read the next word if it is one of these."""
        if self.sees(*texts):
            self._next += 1
            return True
        return False

    def number(self, allowed: str, *, least: int, most: int) -> int:
        """The next word as a whole number.

        Raises:
            InvalidNotation: If it is none, or out of bounds.
        """
        token = self.peek()
        if token.kind != "number" or len(token.text) > 4 or not least <= int(token.text) <= most:  # noqa: PLR2004 - a year
            raise self.fault(allowed)
        self._next += 1
        return int(token.text)

    def fault(self, allowed: str, *, problem: str = "", token: Token | None = None) -> InvalidNotation:
        """The error that names a word and its place; the next word by default."""
        token = token or self.peek()
        what = problem or (f"{token.text[:20]!r} was given" if token.text else "the text ends too early")
        return InvalidNotation(
            f"opening_hours, position {token.position}: {what}; allowed: {allowed}", position=token.position
        )
