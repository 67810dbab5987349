"""`ticontact replay`: a record at its own hours."""

import csv
import io
import json
from importlib.resources import files
from pathlib import Path

import pytest

from ticontact.cli import main
from ticontact.departments import Department
from ticontact.replay import DayRun, Record, read_record
from ticontact.replay._recorded_days import replay_record
from ticontact.reports import half_hour_csv, staff_report
from ticontact.reports._record_report import record_data, record_report

Printed = pytest.CaptureFixture[str]


def printed(capsys: Printed, *words: str) -> str:
    """What the verb prints, and nothing else."""
    assert main(["replay", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


class TestWhatItPrints:
    """Just what the reports say."""

    def test_the_days(self, day: Path, rows: list[str], bank: Department, capsys: Printed) -> None:
        """As text in a language, and for machines."""
        record = read_record(rows)
        replayed = replay_record(record.calls, department=bank)

        assert printed(capsys, str(day), "--lang", "it") == record_report(record, replayed, "it") + "\n"
        assert json.loads(printed(capsys, str(day), "--json")) == json.loads(json.dumps(record_data(record, replayed)))

    def test_the_half_hours(self, day: Path, rows: list[str], bank: Department, capsys: Printed) -> None:
        """Comma-separated values that a program reads back."""
        replayed = replay_record(read_record(rows).calls, department=bank)
        told = printed(capsys, str(day), "--half-hours")

        assert told == half_hour_csv(row for each in replayed.days for row in each.half_hours)
        assert {len(row) for row in csv.reader(io.StringIO(told, newline=""))} == {14}

    def test_another_office(self, day: Path, capsys: Printed) -> None:
        """Its name stands in the title."""
        office = files("ticontact.replay") / "data" / "migrazione.toml"

        assert "Migration Office, days recorded: 1" in printed(capsys, str(day), "--department", str(office))

    def test_the_shipped_day(self, record: Record, bank: Department, capsys: Printed) -> None:
        """Without a file."""
        assert printed(capsys) == record_report(record, replay_record(record.calls, department=bank), "en") + "\n"


class TestStaffFigures:
    """Only on request, with what they are for."""

    def test_they_are_asked_for(self, day: Path, rows: list[str], bank: Department, capsys: Printed) -> None:
        """They stand under the stated purpose, and in no other report."""
        days: list[DayRun] = []
        replay_record(read_record(rows).calls, department=bank, watch=days.append)
        recorder = days[0].journal.recorder
        plain = printed(capsys, str(day))

        asked = printed(capsys, str(day), "--staff-figures", "fair shifts")

        assert asked == plain + "\n" + staff_report(recorder, "en", purpose="fair shifts") + "\n"
        assert "AGENT" in asked
        assert "AGENT" not in plain

    def test_without_a_purpose_there_are_none(self, day: Path, capsys: Printed) -> None:
        """It says what is missing."""
        assert main(["replay", str(day), "--staff-figures", " "]) == 2
        assert "purpose: missing" in capsys.readouterr().err


class TestMistakes:
    """One line, exit code 2."""

    def test_a_file_without_calls(self, rows: list[str], tmp_path: Path, capsys: Printed) -> None:
        """A header alone is no day."""
        path = tmp_path / "empty.tsv"
        path.write_text(rows[0] + "\n")

        assert main(["replay", str(path)]) == 2
        assert capsys.readouterr().err == f"ticontact: {path}: no row of it is a call\n"

    def test_one_thing_at_a_time(self, day: Path, capsys: Printed) -> None:
        """Half-hours or figures about staff."""
        with pytest.raises(SystemExit):
            main(["replay", str(day), "--half-hours", "--staff-figures", "a drill"])
        assert "not allowed with argument" in capsys.readouterr().err
