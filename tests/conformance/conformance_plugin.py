"""How pytest runs the conformance cases: one test a case, one line a file at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conformance_kit import Area, read_areas, summary

pytest.register_assert_rewrite("adapters")  # so that a mismatch shows both sides

_HERE = Path(__file__).parent
_OWN = _HERE / "cases"
_LETTERS = {"policy": "p", "not ours": "o", "not built": "n"}
_AREAS = pytest.StashKey[tuple[Area, ...]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the cases be those of another folder of the same layout."""
    parser.addoption("--cases", metavar="DIR", type=Path, default=_OWN, help="the folder of the conformance cases")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a folder that is not there before anything is read."""
    folder: Path = config.getoption("--cases")
    if not folder.is_dir():
        raise pytest.UsageError(f"--cases: {folder} is no folder")


def areas(config: pytest.Config) -> tuple[Area, ...]:
    """The areas of the chosen folder, read once a run."""
    if _AREAS not in config.stash:
        folder: Path = config.getoption("--cases")
        own = folder.resolve() == _OWN.resolve()
        config.stash[_AREAS] = tuple(read_areas(folder, _HERE / "policies.toml", own=own))
    return config.stash[_AREAS]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand each case, or each area, to the test that asks for it."""
    if "conformance_case" in metafunc.fixturenames:
        rows = [
            pytest.param(area, case_id, case, id=f"{area.name}/{case_id}")
            for area in areas(metafunc.config)
            for case_id, case in area.cases().items()
        ]
        metafunc.parametrize(("area", "conformance_id", "conformance_case"), rows)
    elif "conformance_area" in metafunc.fixturenames:
        metafunc.parametrize("conformance_area", [pytest.param(area, id=area.name) for area in areas(metafunc.config)])


def pytest_report_teststatus(report: pytest.CollectReport | pytest.TestReport) -> tuple[str, str, str] | None:
    """Show `policy`, `not ours` and `not built` as outcomes of their own, which are no failures."""
    verdict = str(dict(getattr(report, "user_properties", ())).get("verdict"))
    if report.when == "call" and report.passed and verdict in _LETTERS:
        return verdict, _LETTERS[verdict], verdict.upper()
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with one line for each file of cases."""
    given = [*_verdicts(terminalreporter)]
    if given:
        terminalreporter.section("conformance")
    for area in areas(terminalreporter.config):
        if verdicts := [verdict for name, verdict in given if name == area.name]:
            terminalreporter.write_line(summary(area.name, verdicts))


def _verdicts(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, str]]:
    for reports in reporter.stats.values():
        for report in reports:
            told = dict(getattr(report, "user_properties", ()))
            if "area" in told and report.when == "call":
                yield str(told["area"]), str(told.get("verdict", "fail"))
