"""What goes to the terminal, without what would steer it: a file that somebody sent may hold escapes in any name.

Control characters become the pictures that Unicode has for them, and marks of direction the replacement character, so a
reader sees that something stood there. Line ends, those of a CSV too, and tabs stay. JSON is for machines, which need
every character as it is: it goes out in ASCII, with the others as escapes of JSON.
"""

import json
from io import TextIOBase
from typing import Final, TextIO

__all__ = ["Neutral", "neutral", "write_json"]

_STEERING: Final = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "\u2421",
    **dict.fromkeys(
        [*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
    ),
}


def neutral(text: str) -> str:
    """The text without what would steer a terminal."""
    return "\r\n".join(part.translate(_STEERING) for part in text.split("\r\n"))


class Neutral(TextIOBase):
    """Writes to a stream what does not steer a terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write a text."""
        return self._out.write(neutral(text))

    def flush(self) -> None:
        """Let everything out."""
        self._out.flush()

    def close(self) -> None:
        """Leave the stream below as it is: it is its owner's, and may be closed already."""

    def fileno(self) -> int:
        """The number of the stream below."""
        return self._out.fileno()

    def isatty(self) -> bool:
        """Whether a person reads it."""
        return self._out.isatty()


def write_json(data: object, out: TextIO, *, indent: int | None = 2) -> None:
    """Write JSON and a line end.

    Args:
        data: What is written.
        out: Where to.
        indent: How far a level is moved to the right; None for one line.
    """
    out.write(json.dumps(data, indent=indent, separators=(",", ": " if indent else ":")) + "\n")
