"""A mistake of the caller's is one clear line and exit code 2; a reader who leaves is no mistake."""

import errno
import gzip
import io
import os
import subprocess
import sys
from contextlib import redirect_stdout
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest

from ticontact.cli import main
from ticontact.cli._files import reading
from ticontact.errors import UnreadableRecord

PROGRAM = "from ticontact.cli import main; raise SystemExit(main())"
OFFICE = (files("ticontact.replay") / "data" / "migrazione.toml").read_text()
TORN_GZIP = gzip.compress(b"x" * 1000)[:-12]

CONTENTS: dict[str, bytes] = {
    "other.txt": b"date,time\n2015-01-19,09:00\n",
    "nothing": b"",
    "binary": b"\xff\xfe\x00\x01",
    "torn.gz": TORN_GZIP,
    "false.gz": b"\x1f\x8bno gzip at all",
    "bad.gz": gzip.compress(b"x" * 1000)[:15] + b"\x00" * 20,
    "broken.toml": b"id = \n",
    "faulty.toml": OFFICE.replace('queue = "fax"', 'queue = "telex"').replace("08:00-12:00", "08:00-99:00").encode(),
}

_UNREADABLE = "neither text in UTF-8 nor a whole gzip file"
_NO_RECORD = "line 1: not the header of a recorded day; allowed: the 17 fields "


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A folder with files that are not what they should be."""
    for name, content in CONTENTS.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


class TestFiles:
    """What cannot be read, or is something else, is named with its path."""

    @pytest.mark.parametrize(
        ("option", "name", "said"),
        [
            ("--file", "missing", "No such file or directory"),
            ("--file", ".", "Is a directory"),
            ("--file", "other.txt", _NO_RECORD),
            ("--file", "nothing", _NO_RECORD),
            ("--file", "binary", _UNREADABLE),
            ("--file", "torn.gz", _UNREADABLE),
            ("--file", "false.gz", _UNREADABLE),
            ("--file", "bad.gz", _UNREADABLE),
            ("--department", "missing", "No such file or directory"),
            ("--department", ".", "Is a directory"),
            ("--department", "binary", _UNREADABLE),
            ("--department", "broken.toml", ""),
            ("--department", "faulty.toml", "telex"),
            ("--department", "faulty.toml", "99:00"),
        ],
    )
    def test_one_line_says_which_and_why(
        self, folder: Path, option: str, name: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing is printed but that line."""
        path = folder / name
        code = main(["demo", option, str(path)])
        out, err = capsys.readouterr()

        assert (code, out) == (2, "")
        assert err.startswith(f"ticontact: {path}: ")
        assert said in err
        assert err.count("\n") == 1


class TestWhoseFaultItIs:
    """A complaint about a file begins with its name; about what is shipped, nobody's file is named."""

    def test_a_fault_of_what_is_shipped_stays_as_it_is(self) -> None:
        """Without a path there is nothing to add."""
        fault = UnreadableRecord("line 1: not the header of a recorded day")
        with pytest.raises(UnreadableRecord) as complaint, reading(None):
            raise fault

        assert complaint.value is fault


class TestWords:
    """Words that make no sense are answered by the parser, in one line that says where help is."""

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ([], "ticontact: the following arguments are required: VERB (help: ticontact --help)\n"),
            (["dance"], "ticontact: argument VERB: invalid choice: 'dance'"),
            (["--loud"], "ticontact: the following arguments are required: VERB"),
            (["demo", "--loud"], "ticontact: unrecognized arguments: --loud (help: ticontact --help)\n"),
            (["demo", "--lang", "es"], "ticontact demo: argument --lang: invalid choice: 'es'"),
            (
                ["demo", "--file"],
                "ticontact demo: argument --file: expected one argument (help: ticontact demo --help)\n",
            ),
        ],
    )
    def test_they_are_refused(self, words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Exit code 2, and nothing on standard output."""
        with pytest.raises(SystemExit) as leaving:
            main(words)
        out, err = capsys.readouterr()

        assert (leaving.value.code, out) == (2, "")
        assert err.startswith(said)
        assert err.count("\n") == 1

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--help"], "Contact-centre primitives for Swiss public administration."),
            (["demo", "--help"], "another day in the form of the recorded one, plain or gzip"),
            (["--version"], "ticontact 0."),
        ],
    )
    def test_help_and_version_are_no_mistakes(
        self, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """They go to standard output, with exit code 0."""
        with pytest.raises(SystemExit) as leaving:
            main(words)
        out, err = capsys.readouterr()

        assert (leaving.value.code, err) == (0, "")
        assert said in " ".join(out.split())

    def test_the_words_of_the_process_are_the_default(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The installed script calls `main()`."""
        monkeypatch.setattr(sys, "argv", ["ticontact", "--version"])
        with pytest.raises(SystemExit):
            main()

        assert capsys.readouterr().out.startswith("ticontact ")

    def test_the_installed_script_is_this_function(self) -> None:
        """The distribution names it as its one command."""
        (script,) = entry_points(group="console_scripts", name="ticontact")

        assert script.load() is main


class TestReaders:
    """Whoever reads the output may leave, or lack our letters, or have no room left."""

    def test_a_reader_that_leaves_is_no_mistake(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As behind `| head -1`: exit code 0, and what is left to write goes nowhere."""
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            monkeypatch.setattr(sys, "stdout", pipe)
            assert main(["lifecycle"]) == 0

    @pytest.mark.parametrize("words", [["demo", "--json", "--file"], ["lifecycle"]], ids=["much", "little"])
    def test_a_closed_pipe_ends_quietly(self, words: list[str], day: Path) -> None:
        """Neither a complaint nor a traceback, even where everything fits into the last flush."""
        words = [*words, str(day)] if words[-1] == "--file" else words
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            complaint = process.stderr.read()

        assert (complaint, process.returncode) == ("", 0)

    def test_a_terminal_without_our_letters_shows_question_marks(self, day: Path) -> None:
        """The report is still readable."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", PROGRAM, "demo", "--lang", "it", "--file", str(day)],
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
            encoding="ascii",
        )

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Chiamate della ?Anonymous Bank? (Technion, Haifa) di luned? 4 gennaio 1999")

    def test_a_full_disk_is_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An error without a file name says what the system says."""

        class Full(io.StringIO):
            def write(self, text: str, /) -> int:
                raise OSError(errno.ENOSPC, f"No space left for {len(text)} characters")

        with redirect_stdout(Full()):
            code = main(["lifecycle"])

        assert code == 2
        assert capsys.readouterr().err.startswith("ticontact: [Errno 28] No space left for ")
