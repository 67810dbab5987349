"""`ticontact check` names every fault of a description, one a line."""

from importlib.resources import files
from pathlib import Path

import pytest

from ticontact.cli import main

OFFICE = (files("ticontact.replay") / "data" / "migrazione.toml").read_text()


@pytest.fixture(name="described")
def _described(tmp_path: Path) -> Path:
    """A file for a description."""
    return tmp_path / "office.toml"


def test_a_right_description_is_silent(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No fault, no word, exit code 0."""
    described.write_text(OFFICE)

    assert (main(["check", str(described)]), capsys.readouterr()) == (0, ("", ""))


def test_every_fault_has_a_line(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Path, problem and what is allowed; the exit code is 1."""
    described.write_text(
        OFFICE.replace('channel = "voice"', 'channel = "drum"').replace('high = "90s"', 'high = "long"')
    )

    code = main(["check", str(described)])

    lines = capsys.readouterr().out.splitlines()
    assert (code, [line.partition(":")[0] for line in lines]) == (
        1,
        ["entry[1].channel", "entry[2].channel", "head_start.high"],
    )


@pytest.mark.parametrize("content", [b"\xff\xfe", b"id = "])
def test_what_is_no_toml_is_one_fault(described: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither bytes that are no text nor text that is no TOML end in a traceback."""
    described.write_bytes(content)

    assert main(["check", str(described)]) == 1
    assert capsys.readouterr().out.startswith("file: not TOML: ")


def test_a_file_that_is_not_there_is_the_callers_mistake(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line on standard error, exit code 2."""
    assert main(["check", str(described)]) == 2
    assert capsys.readouterr().err == f"ticontact: {described}: No such file or directory\n"
