"""The progress bar as rich draws it, for who has installed the extra `cli`."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final

from rich.console import Console
from rich.progress import Progress

from ticontact.cli._progress import Draw

__all__ = ["RichProgress"]

_PATIENCE: Final = 1.0


class RichProgress:
    """A bar that appears after a second and is wiped away at the end. It is mutable, and silent where nobody watches.

    Args:
        console: Where it is drawn; standard error by default.
        clock: Seconds that only go forward.
    """

    def __init__(self, console: Console | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console or Console(stderr=True)
        self._bar = Progress(console=self._console, transient=True)
        self._clock = clock
        self._from = clock() + _PATIENCE

    def __enter__(self) -> Callable[[str], Draw]:
        return self._part

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar.live.is_started:
            self._bar.stop()

    def _part(self, name: str) -> Draw:
        task = self._bar.add_task(name, total=None)

        def draw(done: int, total: int) -> None:
            self._bar.update(task, completed=done, total=total)
            if self._console.is_terminal and not self._bar.live.is_started and self._clock() >= self._from:
                self._bar.start()

        return draw
