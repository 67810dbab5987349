"""Where rich is installed, it draws the progress bar."""

import io
import sys

import pytest
from rich.console import Console

from ticontact.cli._bar import progress_bar
from ticontact.cli._progress import Progress
from ticontact.cli._rich_progress import RichProgress


def drawn(*, terminal: bool, seconds: float) -> str:
    """What is drawn of a work of two parts that takes some time."""
    stream, clock = io.StringIO(), iter([0.0, seconds, seconds, seconds])
    console = Console(file=stream, force_terminal=terminal, width=80)
    with RichProgress(console, clock=lambda: next(clock)) as part:
        draw = part("bank")
        draw(1, 2)
        draw(2, 2)
    return stream.getvalue()


@pytest.mark.parametrize(("terminal", "seconds"), [(False, 5.0), (True, 0.9)])
def test_nothing_is_drawn_for_nobody_or_at_once(terminal: bool, seconds: float) -> None:  # noqa: FBT001 - a table
    """Without a terminal, or within the first second, there is no bar."""
    assert drawn(terminal=terminal, seconds=seconds) == ""


def test_the_bar_appears_after_a_second() -> None:
    """It names the part of the work, and is wiped away at the end."""
    shown = drawn(terminal=True, seconds=1.0)

    assert "bank" in shown
    assert shown.endswith("\x1b[2K")


def test_rich_draws_where_it_is_installed() -> None:
    """The extra `cli` is used without being asked for."""
    assert isinstance(progress_bar(), RichProgress)


def test_without_rich_we_draw_ourselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar needs no extra."""
    monkeypatch.setitem(sys.modules, "rich.console", None)
    monkeypatch.delitem(sys.modules, "ticontact.cli._rich_progress")

    assert isinstance(progress_bar(), Progress)
