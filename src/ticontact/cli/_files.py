"""The files that a caller names: their text, packed or not; and what is wrong with one, with its name."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Final

from ticontact.errors import TicontactError

__all__ = ["UnusableFile", "reading", "text_of"]

_GZIP: Final = b"\x1f\x8b"
_LARGEST: Final = 100_000_000
"""Bytes of text, unpacked. A year of a centre with two thousand calls a day has half of it. A few KB of gzip can hold
more than the machine has memory."""


class UnusableFile(Exception):
    """What a file holds is not what was asked for. It is the command line's own error: the library opens no file."""


def text_of(file: Path | Traversable) -> str:
    """The text of a file in UTF-8, plain or packed with gzip.

    Args:
        file: The file.

    Raises:
        UnusableFile: If it is neither, or holds more than 100,000,000 bytes of text.
        OSError: If it cannot be read.
    """
    text: str | None
    with file.open("rb") as opened:
        content = opened.read(_LARGEST + 1)
    try:
        if content.startswith(_GZIP):
            content = gzip.GzipFile(fileobj=BytesIO(content)).read(_LARGEST + 1)
        text = content.decode() if len(content) <= _LARGEST else ""
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error):
        text = None  # the error holds the bytes of the file, which do not belong into any traceback
    if len(content) > _LARGEST:
        raise UnusableFile(f"more than {_LARGEST} bytes of text")
    if text is None:
        raise UnusableFile("neither text in UTF-8 nor a whole gzip file")
    return text


@contextmanager
def reading(path: Path | None) -> Iterator[None]:
    """While a file is read: a complaint about what it holds begins with its name.

    Raises:
        UnusableFile: In place of any other complaint; nothing is changed where there is no path.
    """
    try:
        yield
    except (TicontactError, UnusableFile) as complaint:
        if path is None:
            raise
        problem = str(complaint)
    else:
        return
    raise UnusableFile(f"{path}: {problem}")
