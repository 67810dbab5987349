"""What stands in a file never steers the terminal that shows it."""

import io
from importlib.resources import files
from pathlib import Path

import pytest

from ticontact.cli import main
from ticontact.cli._terminal import Neutral

OFFICE = (files("ticontact.replay") / "data" / "migrazione.toml").read_text(encoding="utf-8")
STEERING = "\x1b[31m\x07\x9b1m\u202e"


class TestNeutral:
    """Every sign that is written."""

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("Città\n\tda\r\nqui", "Città\n\tda\r\nqui"),
            ("\x1b[31mrosso\x07", "␛[31mrosso␇"),
            ("a\rb\x7f\x9b", "a␍b␡\ufffd"),
            ("\u202egnal", "\ufffdgnal"),
        ],
    )
    def test_signs(self, written: str, shown: str) -> None:
        """A picture stands where one stood that steers."""
        out = io.StringIO()
        Neutral(out).write(written)

        assert out.getvalue() == shown

    def test_stream_below(self, tmp_path: Path) -> None:
        """Whoever asks for the file gets that of the stream."""
        with (tmp_path / "out").open("w", encoding="utf-8") as out:
            neutral = Neutral(out)
            neutral.write("a")
            neutral.flush()

            assert (neutral.fileno(), neutral.isatty()) == (out.fileno(), False)
            assert (tmp_path / "out").read_text(encoding="utf-8") == "a"


@pytest.mark.parametrize("stream", ["out", "err"])
def test_files_do_not_steer(tmp_path: Path, capsys: pytest.CaptureFixture[str], stream: str) -> None:
    """A name with escapes in a description, and a record whose rows are something else."""
    escaped = STEERING.encode("unicode_escape").decode().replace("\\x", "\\u00")
    office = tmp_path / "office.toml"
    office.write_text(OFFICE.replace('queue = "fax"', f'queue = "{escaped}"'), encoding="utf-8")
    record = tmp_path / f"record{STEERING}.tsv"
    record.write_text("x", encoding="utf-8")
    words = ["check", str(office)] if stream == "out" else ["replay", str(record)]
    main(words)
    printed = getattr(capsys.readouterr(), stream) if stream == "err" else "".join(capsys.readouterr())

    assert printed
    assert not set(printed) & set(STEERING.replace("[31m", "").replace("1m", ""))
