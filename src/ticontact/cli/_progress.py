"""A progress bar on standard error, for a person at a terminal who waits longer than a second."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, TextIO

from ticontact.cli._terminal import neutral

__all__ = ["Draw", "Progress"]

_PATIENCE: Final = 1.0
_EVERY: Final = 0.1
_WIDTH: Final = 30
_WIPE: Final = "\r\x1b[K"

Draw = Callable[[int, int], None]
"""Called with how much of how much is done."""


class Progress:
    """A bar that appears after a second and is wiped away at the end. It is mutable, and silent where nobody watches.

    Entered, it gives a function that names a part of the work and answers what draws it.

    Args:
        stream: Where it is drawn; standard error by default.
        clock: Seconds that only go forward.
    """

    def __init__(self, stream: TextIO | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._is_watched = self._stream.isatty()
        self._is_drawn = False

    def __enter__(self) -> Callable[[str], Draw]:
        return self._part

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_drawn:
            self._write(_WIPE)

    def _part(self, name: str) -> Draw:
        shown = neutral(name)  # it may be from a file

        def draw(done: int, total: int) -> None:
            if not self._is_watched or self._clock() < self._next:
                return
            self._next = self._clock() + _EVERY
            self._is_drawn = True
            full = _WIDTH * done // total
            self._write(f"{_WIPE}{shown} [{'#' * full}{'.' * (_WIDTH - full)}] {100 * done // total} %")

        return draw

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
