"""`ticontact demo` as a person and a machine see it."""

import gzip
import json
import os
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from ticontact.cli import main
from ticontact.departments import Department
from ticontact.replay import DayRun, Record, read_record, replay_day
from ticontact.reports import day_data, day_report
from ticontact.reports._day_report import own_hours_report, source_report

SHIPPED = files("ticontact.replay") / "data"


class TestTheWholeDay:
    """What a newcomer sees first."""

    def test_it_prints_the_reports_of_both_days(self, record: Record, bank_day: DayRun, office_day: DayRun) -> None:
        """Another process with another order of sets prints what the reports say here, and nothing else."""
        done = subprocess.run(
            [sys.executable, "-c", "from ticontact.cli import main; raise SystemExit(main())", "demo"],
            env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )

        expected = [
            source_report(record, office_day, "en"),
            own_hours_report(bank_day, "en"),
            day_report(office_day, "en"),
        ]
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "\n\n".join(expected) + "\n"
        assert done.stdout.startswith("Calls of the “Anonymous Bank” (Technion, Haifa) of Monday 4 January 1999")


class TestAnotherDay:
    """A file of the caller's own, in the form of the record."""

    def test_plain_and_packed_read_alike(self, day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file is recognised by what it holds, not by its name."""
        packed = tmp_path / "packed"
        packed.write_bytes(gzip.compress(day.read_bytes()))
        printed = []
        for path in (day, packed):
            assert main(["demo", "--file", str(path)]) == 0
            printed.append(capsys.readouterr().out)

        assert printed[0] == printed[1]
        assert "60 rows read: " in printed[0]

    def test_for_machines_it_prints_the_same_as_data(
        self, rows: list[str], day: Path, bank: Department, office: Department, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Valid JSON with both days, and a line end."""
        record = read_record(rows)
        own_hours, of_the_office = (
            replay_day(record.calls, department=each, day=date(2015, 1, 19)) for each in (bank, office)
        )
        assert main(["demo", "--json", "--file", str(day)]) == 0
        printed = capsys.readouterr().out

        expected = {"own_hours": day_data(record, own_hours), "office": day_data(record, of_the_office)}
        assert json.loads(printed) == json.loads(json.dumps(expected))
        assert printed.endswith("}\n")

    def test_damaged_rows_are_named_and_counted(
        self, rows: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A torn row, a shifted one and a repeated one cost only themselves; the rest goes on."""
        torn, shifted = rows[5][:30], rows[6].replace("\t", "\t\t", 1)
        path = tmp_path / "damaged.tsv"
        path.write_text("\n".join([*rows[:5], torn, shifted, *rows[7:], rows[1]]))

        assert main(["demo", "--file", str(path)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[1].startswith("61 rows read: ")
        assert lines[1].endswith(", 3 left out.")
        assert [line.split(":")[0] for line in lines[2:5]] == [
            "  line 6 left out",
            "  line 7 left out",
            "  line 62 left out",
        ]
        assert any(line.startswith("Nothing is lost: ") for line in lines)

    def test_many_damaged_rows_are_counted_and_twenty_shown(
        self, rows: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The report stays readable; for machines all of them are listed."""
        path = tmp_path / "damaged.tsv"
        path.write_text("\n".join([*rows, *["?"] * 30]))
        assert main(["demo", "--file", str(path)]) == 0
        text = capsys.readouterr().out
        assert main(["demo", "--json", "--file", str(path)]) == 0
        data = json.loads(capsys.readouterr().out)

        assert text.count(" left out: 1 fields instead of 17\n") == 20
        assert "  line 81 left out: 1 fields instead of 17\n  ...\n" in text
        assert [fault["line"] for fault in data["office"]["record"]["faults"]] == list(range(62, 92))

    def test_a_day_without_rows_is_a_quiet_day(
        self, rows: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A header alone is a record; there is nothing to divide by and nothing to explain."""
        path = tmp_path / "empty.tsv"
        path.write_text(rows[0])

        assert main(["demo", "--file", str(path)]) == 0
        printed = capsys.readouterr().out
        assert "0 rows read: 0 calls" in printed
        assert "Who took call" not in printed

    def test_another_office_may_take_the_calls(
        self, day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A description of one's own, such as the shipped one under another name."""
        path = tmp_path / "office.toml"
        path.write_text((SHIPPED / "migrazione.toml").read_text().replace("Migration Office", "Valley Office"))

        assert main(["demo", "--file", str(day), "--department", str(path)]) == 0
        assert "Valley Office: the office's hours" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("language", "first"),
        [
            ("it", "Chiamate della «Anonymous Bank»"),
            ("de", "Anrufe der «Anonymous Bank»"),
            ("fr", "Appels de l’«Anonymous Bank»"),
            ("rm", "Cloms da la «Anonymous Bank»"),
            ("en", "Calls of the “Anonymous Bank”"),
        ],
    )
    def test_the_report_speaks_five_languages(
        self, day: Path, language: str, first: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Its first line says whose calls these are."""
        assert main(["demo", "--lang", language, "--file", str(day)]) == 0
        assert capsys.readouterr().out.startswith(first)
