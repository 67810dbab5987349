"""Which progress bar fits this terminal."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from ticontact.cli._progress import Draw, Progress

__all__ = ["progress_bar"]


def progress_bar() -> AbstractContextManager[Callable[[str], Draw]]:
    """The bar that rich draws where it is installed (the extra `cli`), else our own."""
    try:
        from ticontact.cli._rich_progress import RichProgress  # noqa: PLC0415 - rich is an extra
    except ImportError:
        return Progress()
    return RichProgress()
