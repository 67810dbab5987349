"""`ticontact hours` on the command line."""

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ticontact.cli import _hours
from ticontact.cli._files import UnusableFile
from ticontact.errors import ConfigurationError, TicontactError

OFFICE = """
[counter]
zone = "Europe/Zurich"
week = "Mo-Fr 09:00-11:00"
[phone]
zone = "Europe/Zurich"
week = "Mo-Fr 00:00-24:00"
"""


def answer(*words: str) -> str:
    """What the verb writes for some words."""
    parser = argparse.ArgumentParser()
    _hours.add_arguments(parser)
    out = io.StringIO()

    assert 0 == _hours.run(parser.parse_args(words), out)  # noqa: SIM300 - expected first
    return out.getvalue()


def data(*words: str) -> Any:
    """The same as data."""
    return json.loads(answer(*words, "--json"))


class TestState:
    """Is it open, why not, when next?"""

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (
                ["--at", "2026-03-19 10:00", "--lang", "it"],
                "Oggi chiuso: San Giuseppe; riapriamo venerdì 20 marzo alle 08.00.\n",
            ),
            (
                ["--at", "2026-03-19T09:00:00Z", "--lang", "it", "--spoken"],
                "Oggi chiuso: San Giuseppe; riapriamo venerdì 20 marzo alle 8.\n",
            ),
            (["--at", "2026-12-24 15:00", "--statutory"], "Open: regular hours; we close today at 17:00.\n"),
            (["--at", "2026-03-19 10:00", "--canton", "ZH"], "Open: regular hours; we close today at 12:00.\n"),
            (
                ["--at", "2026-06-04 10:00", "--canton", "so", "--place", "Olten"],
                "Closed today: Corpus Christi; we reopen on Friday, 5 June at 08:00.\n",
            ),
            (["--at", "2026-03-18 10:00", "--week", "Mo-Su 00:00-24:00", "--canton", "ZH"], "Open: regular hours"),
        ],
    )
    def test_sentence(self, words: list[str], expected: str) -> None:
        """The answer is the explanation of the calendar."""
        assert answer(*words).startswith(expected)

    def test_now(self) -> None:
        """Without an instant the clock is asked."""
        assert answer().startswith(("Open", "Closed"))

    def test_json(self) -> None:
        """The answer for machines has instant, state, reason and texts."""
        found = data("--at", "2026-03-19 10:00")

        assert (found["open"], found["until"], found["because"]["id"]) == (False, "2026-03-20T08:00:00+01:00", "joseph")
        assert data("--at", "2026-03-18 10:00", "--week", "Mo-Su 00:00-24:00", "--canton", "ZH")["open"] is True

    def test_json_without_end(self, tmp_path: Path) -> None:
        """What never changes has no date."""
        file = tmp_path / "hours.toml"
        file.write_text('[a]\nzone = "UTC"\nweek = "closed"', encoding="utf-8")

        assert data("--file", str(file), "--at", "2026-03-19 10:00")["until"] is None


class TestFile:
    """Calendars from a file."""

    def test_first_and_named(self, tmp_path: Path) -> None:
        """The first table is taken unless one is named."""
        file = tmp_path / "hours.toml"
        file.write_text(OFFICE, encoding="utf-8")
        words = ["--file", str(file), "--at", "2026-03-18 20:00"]

        assert answer(*words).startswith("Closed")
        assert answer(*words, "--calendar", "phone").startswith("Open")
        with pytest.raises(ConfigurationError, match="counter, phone"):
            answer(*words, "--calendar", "fax")

    def test_no_text(self, tmp_path: Path) -> None:
        """A file that is no text, no TOML or empty is refused."""
        file = tmp_path / "hours.toml"
        file.write_bytes(b"\xff\xfe")
        with pytest.raises(UnusableFile, match="neither text in UTF-8 nor a whole gzip file"):
            answer("--file", str(file))
        file.write_bytes(b"a =")
        with pytest.raises(UnusableFile, match=r"hours\.toml: file: not TOML"):
            answer("--file", str(file))
        file.write_bytes(b"")
        with pytest.raises(ConfigurationError, match="not in the file"):
            answer("--file", str(file))

    def test_a_calendar_needs_its_file(self) -> None:
        """A name without a file would be passed over in silence."""
        with pytest.raises(ConfigurationError, match="--calendar: there is no file with calendars"):
            answer("--calendar", "phone")
        with pytest.raises(ConfigurationError, match="--openings: there is no file with events"):
            answer("--openings")


FEED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
DTSTART:20260318T090000
DTEND:20260318T110000
SUMMARY:riunione
END:VEVENT
BEGIN:VEVENT
DTSTART:soon
END:VEVENT
END:VCALENDAR
"""
PLACE = {"@graph": [{"name": "counter", "openingHours": "Mo-Fr 09:00-11:00"}, {"name": "fax", "openingHours": "Mo-Su"}]}


class TestNotations:
    """Hours in the notations of others, known by the end of the name or by how the file begins."""

    @pytest.mark.parametrize("name", ["hours.osm", "hours.txt"])
    def test_osm(self, tmp_path: Path, name: str) -> None:
        """An expression, with the holidays of the canton."""
        file = tmp_path / name
        file.write_text("\ufeffMo-Fr 08:00-12:00; PH off\n", encoding="utf-8")

        assert "San Giuseppe" in answer("--file", str(file), "--at", "2026-03-19 10:00", "--lang", "it")
        assert answer("--file", str(file), "--at", "2026-03-19 10:00", "--canton", "ZH").startswith("Open")

    @pytest.mark.parametrize("name", ["hours.ics", "hours.txt"])
    def test_closures(self, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Events close the week that is given; what cannot be read is said beside the answer."""
        file = tmp_path / name
        file.write_text(FEED, encoding="utf-8")
        told = answer("--file", str(file), "--at", "2026-03-18 10:00", "--lang", "it")

        assert told == "Chiuso: riunione; riapriamo oggi alle 11.00.\n"
        assert capsys.readouterr().err.startswith("iCalendar, event 2: it has no dates")

    def test_openings(self, tmp_path: Path) -> None:
        """Events are the opening times themselves where that is said."""
        file = tmp_path / "hours.ics"
        file.write_text(FEED, encoding="utf-8")
        words = ["--file", str(file), "--openings", "--lang", "it"]

        assert answer(*words, "--at", "2026-03-18 10:00") == "Aperto: orario normale; chiudiamo oggi alle 11.00.\n"
        assert answer(*words, "--at", "2026-03-18 12:00") == "Chiuso: fuori orario.\n"

    @pytest.mark.parametrize(("name", "wrapped"), [("hours.jsonld", False), ("hours.txt", False), ("hours.txt", True)])
    def test_json_ld(self, tmp_path: Path, name: str, wrapped: bool) -> None:  # noqa: FBT001 - a table
        """A document with several places needs the name of one."""
        file = tmp_path / name
        file.write_text(json.dumps([PLACE] if wrapped else PLACE), encoding="utf-8")
        words = ["--file", str(file), "--at", "2026-03-18 12:00"]

        assert answer(*words, "--calendar", "counter").startswith("Closed")
        assert answer(*words, "--calendar", "fax").startswith("Open")
        with pytest.raises(UnusableFile, match="2 objects have opening hours"):
            answer(*words)

    def test_toml_without_its_suffix(self, tmp_path: Path) -> None:
        """Tables are known by their keys."""
        file = tmp_path / "hours"
        file.write_text(OFFICE, encoding="utf-8")

        assert answer("--file", str(file), "--at", "2026-03-18 10:00").startswith("Open")

    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("a.osm", "Mo-Fr 8-12", r"a\.osm: opening_hours, position 7"),
            ("a.ics", "x", r"a\.ics: iCalendar: it cannot be read"),
            ("a.json", "{", r"a\.json: "),
        ],
    )
    def test_faults(self, tmp_path: Path, name: str, text: str, says: str) -> None:
        """What a file holds is complained about with its name."""
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")

        with pytest.raises(UnusableFile, match=says):
            answer("--file", str(file))

    @pytest.mark.parametrize("words", [["--calendar", "x"], ["--openings"]])
    def test_words_that_do_not_fit(self, tmp_path: Path, words: list[str]) -> None:
        """A word of the command line that a notation has no use for is not passed over."""
        file = tmp_path / "a.osm"
        file.write_text("24/7", encoding="utf-8")

        with pytest.raises(ConfigurationError, match=f"{words[0]}: the file is OSM"):
            answer("--file", str(file), *words)


class TestCalendars:
    """A month, a year, the holidays."""

    def test_month(self) -> None:
        """A month marks what is closed, what has other hours, and says why."""
        page = answer("--month", "2026-12", "--lang", "it").splitlines()

        assert page[0] == "Dicembre 2026"
        assert page[1] == " lu  ma  me  gi  ve  sa  do"
        assert page[5] == "21  22  23  24~ 25* 26* 27·"
        assert page[8:] == [" 8 Immacolata", "24 Vigilia di Natale", "25 Natale", "31 San Silvestro"]

    def test_year(self) -> None:
        """A year is twelve months; a year that the source does not cover says so."""
        page = answer("--year", "2031", "--lang", "rm")

        assert page.count(" 2031\n") == 12
        assert "Schaner 2031" in page
        assert "Avust 2031" in page
        assert "Son Gisep (projecziun)" in page

    def test_month_as_data(self) -> None:
        """For machines each date has its windows and its reason."""
        found = {each["date"]: each for each in data("--month", "2026-02")}

        assert len(found) == 28
        assert found["2026-02-01"]["windows"] == []
        assert found["2026-02-02"]["because"] is None
        assert found["2026-02-02"]["windows"][0][0] == "2026-02-02T08:00:00+01:00"

    def test_holidays(self) -> None:
        """The holidays line by line, with the hour of half days."""
        lines = answer("--holidays", "2026", "--lang", "it").splitlines()

        assert len(lines) == 17
        assert lines[2] == "2026-03-19  giovedì 19 marzo                San Giuseppe"
        assert lines[-1].endswith("San Silvestro (12.00-)")

    def test_holidays_as_data(self) -> None:
        """For machines each holiday has its source."""
        found = data("--holidays", "2031", "--canton", "ZH")

        assert all(each["projected"] and each["source"] for each in found)


class TestMistakes:
    """A word that makes no sense is one clear error."""

    @pytest.mark.parametrize(
        "words",
        [
            ["--at", "tomorrow"],
            ["--month", "2026-13"],
            ["--month", "March"],
            ["--month", "0000-01"],
            ["--year", "26"],
            ["--holidays", "next"],
            ["--canton", "XX"],
            ["--week", "never"],
            ["--place", "Atlantis"],
            ["--year", "9999"],
        ],
        ids=" ".join,
    )
    def test_refused(self, words: list[str]) -> None:
        """It is a typed error of ours, which the command line shows as one line."""
        with pytest.raises(TicontactError):
            answer(*words)
