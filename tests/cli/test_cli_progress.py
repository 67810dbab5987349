"""The progress bar shows itself to a person who waits, and to nobody else."""

import io
import sys

import pytest

from ticontact.cli._progress import Progress


class Terminal(io.StringIO):
    """Standard error at a terminal."""

    def isatty(self) -> bool:
        """A person watches."""
        return True


class Clock:
    """Seconds that go forward as told. It is mutable."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """The present second."""
        return self.now


@pytest.fixture(name="clock")
def _clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


def test_nothing_shows_before_a_second(clock: Clock) -> None:
    """Who does not wait is not told to."""
    terminal = Terminal()
    with Progress(terminal, clock=clock) as part:
        clock.now += 0.99
        part("bank")(50, 100)

    assert terminal.getvalue() == ""


def test_nothing_shows_where_nobody_watches(clock: Clock) -> None:
    """A file or a pipe gets no bar, however long it takes."""
    file = io.StringIO()
    with Progress(file, clock=clock) as part:
        clock.now += 60
        part("bank")(50, 100)

    assert file.getvalue() == ""


def test_it_shows_after_a_second_and_is_wiped_at_the_end(clock: Clock) -> None:
    """The last that is written is a wiped line."""
    terminal = Terminal()
    with Progress(terminal, clock=clock) as part:
        clock.now += 1
        part("bank")(50, 100)
        shown = terminal.getvalue()

    assert shown == "\r\x1b[Kbank [###############...............] 50 %"
    assert terminal.getvalue() == shown + "\r\x1b[K"


def test_it_is_drawn_ten_times_a_second_at_most(clock: Clock) -> None:
    """A thousand calls of a part draw what a person can see, across its parts."""
    terminal = Terminal()
    with Progress(terminal, clock=clock) as part:
        clock.now += 2
        for done in range(1, 1001):
            part("first" if done <= 500 else "second")(done, 1000)
            clock.now += 0.001
        drawn = terminal.getvalue().count("%")

    assert drawn == 10


def test_a_name_does_not_steer_the_terminal(clock: Clock) -> None:
    """The name of an office is from a file that somebody may have sent."""
    terminal = Terminal()
    with Progress(terminal, clock=clock) as part:
        clock.now += 1
        part("a\x1b[31mb\u202e")(1, 2)

    assert "a␛[31mb\ufffd [" in terminal.getvalue()


def test_it_is_wiped_after_an_error_too(clock: Clock) -> None:
    """What follows on the terminal begins on an empty line."""
    terminal = Terminal()

    def fail() -> None:
        with Progress(terminal, clock=clock) as part:
            clock.now += 5
            part("bank")(1, 3)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert terminal.getvalue().endswith("33 %\r\x1b[K")


def test_by_default_it_is_drawn_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is the report's alone; before a second of the real clock nothing shows."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress() as part:
        part("bank")(1, 1)

    assert terminal.getvalue() == ""
