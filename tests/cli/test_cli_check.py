"""`ticontact check` names every fault of a description, one a line."""

import gzip
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


def test_what_is_no_toml_is_one_fault(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text that is no TOML does not end in a traceback."""
    described.write_text("id = ")

    assert main(["check", str(described)]) == 1
    assert capsys.readouterr().out.startswith("file: not TOML: ")


def test_what_is_no_text_is_the_callers_mistake(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are no text are refused with the file's name."""
    described.write_bytes(b"\xff\xfe")

    assert main(["check", str(described)]) == 2
    assert capsys.readouterr().err == f"ticontact: {described}: neither text in UTF-8 nor a whole gzip file\n"


def test_a_file_that_is_not_there_is_the_callers_mistake(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line on standard error, exit code 2."""
    assert main(["check", str(described)]) == 2
    assert capsys.readouterr().err == f"ticontact: {described}: No such file or directory\n"


def test_no_more_than_a_hundred_faults_are_written(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And how many there are beside them."""
    described.write_text(OFFICE + "\n[more]\n" + "\n".join(f"[other{number}]" for number in range(120)))

    assert main(["check", str(described)]) == 1
    *faults, last = capsys.readouterr().out.splitlines()
    assert (len(faults), last) == (100, "and 21 more")


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_is_too_large_is_not_read(
    described: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, packed: bool
) -> None:
    """Also where a few bytes of gzip unpack to more: no more is unpacked than may be read."""
    monkeypatch.setattr("ticontact.cli._files._LARGEST", 100_000)
    large = b" " * 10_000_000
    described.write_bytes(gzip.compress(large) if packed else large)

    assert main(["check", str(described)]) == 2
    assert capsys.readouterr().err == f"ticontact: {described}: more than 100000 bytes of text\n"


def test_a_broken_gzip_file_is_the_callers_mistake(described: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cut, or with something else behind its head."""
    described.write_bytes(gzip.compress(OFFICE.encode())[:-9])

    assert main(["check", str(described)]) == 2
    assert capsys.readouterr().err == f"ticontact: {described}: neither text in UTF-8 nor a whole gzip file\n"
