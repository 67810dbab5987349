"""The one guard around the parsers of TOML and JSON: whatever text comes in, plain data or a typed error comes out.

Theory of operation. The parsers of Python's own library recurse, build long numbers, and compare each dotted key with
all its beginnings. So a text is measured before they see it: its size, how deep its brackets nest, how many parts a key
has. Both scans pass once over the text and step over strings and comments. What the parser gives is then walked once,
without recursion, for what neither format should hold: numbers beyond 64 bits, NaN and infinity, half a character.
"""

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Final

from ticontact.errors import ConfigurationError, Fault, MessageTooLarge, UnreadableRecord

__all__ = ["DEEPEST", "LARGEST_JSON", "LARGEST_TOML", "checked_plain", "parse_json", "parse_toml"]

LARGEST_TOML: Final = 4_000_000
"""Characters of a description; an office of ten thousand queues has two million."""
LARGEST_JSON: Final = 50_000_000
"""Characters, or bytes, of a document."""
DEEPEST: Final = 32
"""How deep tables and lists may nest: their readers recurse."""
_MOST_PARTS: Final = 10  # of a dotted key, each of which is a table for the parser; the shipped descriptions have five
_MOST_CONTAINERS: Final = 100_000
"""Lists and objects of a document: each takes up to some 200 bytes, and two characters of the text."""
_MOST_TABLES: Final = 100_000
"""Lists, tables and dots of a description: each takes up to some 900 bytes, and one character of the text."""
_LONGEST_WORD: Final = 1_000
"""Characters of a name or a number without quotes: the parser takes some 150 bytes for each digit while it reads."""
_LARGEST_NUMBER: Final = 2**63

# Each piece is a string, a comment or one sign that matters. Possessive repeats (`++`) never go back, so the scan is
# linear. A quote that opens and never closes ends the scan: no parser gets past that place either.
_TOML_PIECE: Final = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"""+|\\?\Z)'
    r"|'''(?:[^']++|'(?!''))*+(?:'''+|\Z)"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    rf"|(?P<long>[\w+-]{{{_LONGEST_WORD + 1}}})|[\w+-]++"
    r"|(?P<sign>[\[\]{}.,=\n])",
    re.DOTALL,
)
_JSON_PIECE: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|(?P<sign>[\[\]{}])', re.DOTALL)
_HALF: Final = re.compile("[\ud800-\udfff]")


class _NotPlain(Exception):
    """What is wrong, and what would be right, as `problem` and `allowed`; it never leaves this module."""

    def __init__(self, problem: str, allowed: str, *, too_large: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.allowed = allowed
        self.too_large = too_large


def parse_toml(text: str, *, place: str = "file") -> dict[str, object]:
    """The table of a TOML text.

    Args:
        text: The text.
        place: What to call it in the error.

    Raises:
        ConfigurationError: If it is no TOML; the fault names line and column. Also if it is longer than 4,000,000
            characters, nests deeper than 32, has a key of more than 10 parts or a name of more than 1,000 characters,
            has more than 100,000 tables, lists and dots, or holds a number beyond 64 bits.
    """
    try:
        _check_kind(text, str)
        _check_text(text, LARGEST_TOML)
        _check_toml(text)
        table: dict[str, object] = tomllib.loads(text)
        _check_data(table)
    except _NotPlain as refused:
        fault = Fault(place, refused.problem, refused.allowed)
    except tomllib.TOMLDecodeError as broken:
        fault = Fault(place, f"not TOML: {broken}")
    except (ValueError, RecursionError):  # a number of more digits than Python reads; the stack of the caller is deep
        fault = Fault(place, "not TOML that can be read", "whole numbers of 64 bits")
    else:
        return table
    raise ConfigurationError([fault])


def parse_json(text: str | bytes, *, place: str, largest: int = LARGEST_JSON) -> object:
    """The plain data of a JSON text. A name that stands twice in one object is refused, as RFC 8259 leaves it open.

    Args:
        text: The text, or its bytes in UTF-8.
        place: What to call it in the error.
        largest: How many characters or bytes are read.

    Raises:
        UnreadableRecord: If it is no JSON, or holds a number beyond 64 bits, NaN, infinity or half a character.
        MessageTooLarge: If it is longer than that, nests deeper than 32, or has more than 100,000 lists and objects.
    """
    try:
        _check_kind(text, str | bytes)
        _check_size(text, largest)
        decoded = text if isinstance(text, str) else text.decode()
        _check_text(decoded, largest)
        _check_json(decoded)
        data: object = json.loads(decoded, object_pairs_hook=_unique)
        _check_data(data)
    except _NotPlain as refused:
        problem = refused
    except (ValueError, RecursionError):
        problem = _NotPlain("not JSON", "a text in JSON (RFC 8259)")
    else:
        return data
    raise _refusal(place, problem, text)


def checked_plain(data: object, *, place: str) -> None:
    """See that data which somebody else has parsed is plain and not too deep.

    Args:
        data: Mappings, lists, texts, numbers, truth values and None. Of what type they are is for their reader to see.
        place: What to call it in the error.

    Raises:
        UnreadableRecord: If it holds a number or a text that `parse_json` refuses.
        MessageTooLarge: If it nests deeper than 32.
    """
    try:
        _check_data(data)
    except _NotPlain as refused:
        problem = refused
    else:
        return
    raise _refusal(place, problem, data)


def _refusal(place: str, refused: _NotPlain, given: object) -> UnreadableRecord | MessageTooLarge:
    kind = MessageTooLarge if refused.too_large else UnreadableRecord
    return kind(f"{place}: {refused.problem}; allowed: {refused.allowed}", given=given)


def _check_kind(text: object, kind: type | UnionType) -> None:
    if not isinstance(text, kind):
        raise _NotPlain(f"{type(text).__name__} was given", "a text")


def _check_size(text: str | bytes, largest: int) -> None:
    if len(text) > largest:
        raise _NotPlain("it is too long", f"{largest} characters", too_large=True)


def _check_text(text: str, largest: int) -> None:
    _check_size(text, largest)
    if not text.isascii() and _HALF.search(text):
        raise _NotPlain("half a character stands in it", "whole characters")


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise _NotPlain("it nests too deeply", f"{DEEPEST} levels", too_large=True)


def _check_toml(text: str) -> None:
    """The nesting of brackets, and the parts of a key: the dots between two signs that end a key or a value."""
    depth = dots = tables = 0  # a closing bracket too many is no TOML, and no parser gets past it
    for piece in _TOML_PIECE.finditer(text):
        sign = piece["sign"]
        if sign is None:
            if piece["long"]:
                raise _NotPlain("a name or a number without quotes is too long", f"{_LONGEST_WORD} characters")
            continue
        if sign in "[{.":
            tables += 1
            if tables > _MOST_TABLES:
                raise _NotPlain("it has too many parts", f"{_MOST_TABLES} tables, lists and dots")
        if sign == ".":
            dots += 1
            if dots >= _MOST_PARTS:
                raise _NotPlain("a key has too many parts", f"{_MOST_PARTS} parts between dots")
            continue
        dots = 0
        if sign in "[{":
            depth += 1
            _check_depth(depth)
        elif sign in "]}":
            depth -= 1


def _check_json(text: str) -> None:
    containers = text.count("[") + text.count("{")
    if containers > _MOST_CONTAINERS:
        raise _NotPlain("it has too many parts", f"{_MOST_CONTAINERS} lists and objects", too_large=True)
    if containers <= DEEPEST:
        return
    depth = 0
    for piece in _JSON_PIECE.finditer(text):
        sign = piece["sign"]
        if sign is None:
            continue
        depth += 1 if sign in "[{" else -1
        _check_depth(depth)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotPlain("a name stands twice in an object", "each name once")
    return found


def _check_data(data: object) -> None:
    """Walk over everything once, with a stack of our own; what refers to itself ends at the deepest level."""
    levels: list[Iterator[object]] = [iter((data,))]
    while levels:
        for value in levels[-1]:
            if (inner := _inner(value)) is not None:
                levels.append(inner)
                _check_depth(len(levels) - 1)
                break
        else:
            levels.pop()


def _inner(value: object) -> Iterator[object] | None:
    """What a value holds, or None once it is found to be right by itself."""
    match value:
        case Mapping():
            return _entries(value)
        case list():
            return iter(value)
        case str():
            if not value.isascii() and _HALF.search(value):
                raise _NotPlain("half a character stands in it", "whole characters")
        case bool() | None:
            pass
        case int():
            if not -_LARGEST_NUMBER <= value < _LARGEST_NUMBER:
                raise _NotPlain("a number is too large", "whole numbers of 64 bits")
        case float():
            if not math.isfinite(value):
                raise _NotPlain("NaN or infinity stands in it", "finite numbers")
    return None


def _entries(table: Mapping[object, object]) -> Iterator[object]:
    for name, value in table.items():
        if not isinstance(name, str):
            raise _NotPlain(f"{type(name).__name__} stands for a name", "texts as names")
        yield name
        yield value
