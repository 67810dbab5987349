"""How benchmarks are measured and shown; what they measure is no test."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from measuring import Row, best_of
from run import figure, main, table

ROWS = [
    Row("is it open?", 2e-6, {"slow": 3e-4, "slower": 0.002}, "s"),
    Row("events replayed", 800_000.0, {"other": 200_000.0}, "events/s"),
    Row("memory of a year", 4.25, {}, "MB"),
]


class TestRatios:
    """How many times better we are."""

    def test_less_time_is_better(self) -> None:
        """Of seconds and megabytes the smaller figure wins."""
        assert ROWS[0].ratios == pytest.approx({"slow": 150, "slower": 1000})

    def test_more_a_second_is_better(self) -> None:
        """Of what is counted per second the larger figure wins."""
        assert ROWS[1].ratios == {"other": 4}


class TestTable:
    """What a reader sees."""

    def test_each_peer_has_a_line(self) -> None:
        """The question and our figure stand once, beside the first peer."""
        assert [*table("hours", ROWS)] == [
            "hours",
            "                  ticontact         peer    its figure        ratio",
            "is it open?       2 µs              slow    300 µs            150x",
            "                                    slower  2 ms              1e+03x",
            "events replayed   800,000 events/s  other   200,000 events/s  4x",
            "memory of a year  4.25 MB",
            "",
        ]

    @pytest.mark.parametrize(
        ("value", "unit", "shown"),
        [
            (1.5, "s", "1.5 s"),
            (0.0421, "s", "42.1 ms"),
            (3.2e-8, "s", "32 ns"),
            (2e-10, "s", "0.2 ns"),
            (0.0, "s", "0 ns"),
            (999.4, "1/s", "999 1/s"),
        ],
    )
    def test_figures_can_be_read(self, value: float, unit: str, shown: str) -> None:
        """Three digits, and the unit that fits."""
        assert figure(value, unit) == shown


def test_best_of_counts_every_round() -> None:
    """Each round makes the same number of calls, after as many as it takes to be long enough for the clock."""
    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1

    seconds = best_of(count, rounds=2)

    assert seconds > 0
    assert calls % 2 == 1  # 1 + 4 + 16 + ... to find the length, then two rounds of it


class TestRun:
    """The command."""

    @pytest.fixture
    def area(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """An area of the made-up rows, under a name that exists."""
        module = ModuleType("areas.hours")

        def measure() -> Iterator[Row]:
            yield from ROWS

        monkeypatch.setattr(module, "measure", measure, raising=False)
        monkeypatch.setitem(sys.modules, "areas.hours", module)
        monkeypatch.setattr("pkgutil.iter_modules", lambda _path: [Found("hours")])
        return "hours"

    def test_figures_are_printed_and_kept(self, area: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The table goes to the terminal, the same figures to the file."""
        main([area, "--json", str(tmp_path / "figures.json")])

        kept = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
        assert "is it open?" in capsys.readouterr().out
        assert [row["ours"] for row in kept["areas"]["hours"]] == [row.ours for row in ROWS]
        assert kept["areas"]["hours"][1]["ratios"] == {"other": 4}

    def test_all_areas_are_measured_by_default(self, area: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a name every area is measured, and nothing is written."""
        main([])

        assert capsys.readouterr().out.startswith(f"{area}\n")

    @pytest.mark.usefixtures("area")
    def test_unknown_area_is_one_clear_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A name that is none is refused with those there are."""
        with pytest.raises(SystemExit, match="2"):
            main(["ours"])

        assert capsys.readouterr().err.endswith("error: no area 'ours'; there are: hours\n")


class Found:
    """What `pkgutil` says of a module it has found."""

    def __init__(self, name: str) -> None:
        self.name = name
