"""The files that a caller names: their text, packed or not; and what is wrong with one, with its name."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from ticontact.errors import TicontactError

__all__ = ["UnusableFile", "reading", "text_of"]

_GZIP: Final = b"\x1f\x8b"


class UnusableFile(Exception):
    """What a file holds is not what was asked for. It is the command line's own error: the library opens no file."""


class _Readable(Protocol):
    def read_bytes(self) -> bytes: ...


def text_of(file: _Readable) -> str:
    """The text of a file in UTF-8, plain or packed with gzip.

    Args:
        file: The file.

    Raises:
        UnusableFile: If it is neither.
        OSError: If it cannot be read.
    """
    content = file.read_bytes()
    text: str | None
    try:
        text = (gzip.decompress(content) if content.startswith(_GZIP) else content).decode()
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error):
        text = None  # the error holds the bytes of the file, which do not belong into any traceback
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
