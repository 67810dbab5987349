"""What no file of this repository may say: where it was written."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import ROOT

FOLDERS = (".ci", "benchmarks", "docs", "examples", "fuzz", "src", "studies", "tests")
TEXTS = {"", ".cfg", ".css", ".html", ".ics", ".json", ".md", ".py", ".svg", ".toml", ".txt", ".yaml", ".yml"}
GENERATED = {".hypothesis", ".pytest_cache", "__pycache__", "_build", "corpus", "found"}
NOT_OURS = re.compile(r"tests/conformance/cases/")  # facts of other projects, which name their own files

MACHINE = re.compile(
    r"""(?<![\w.:/}])/(?:home|opt|root|tmp|Users|work|mnt)/\w   # a path of somebody's machine
    | \b(?:localhost|127\.0\.0\.1):\d                           # a service that runs there
    | \b(?:extra-)?index-url\s*[=:]\s*\S | \bfind-links\s*[=:]\s*\S | /simple/?(?:\s|$)  # where its packages come from
    """,
    re.VERBOSE,
)


def files() -> Iterator[Path]:
    """The files of the repository that hold text."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXTS and path.name != ".git")
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in TEXTS and not GENERATED & set(path.parts):
                yield path


TEXT_FILES = [
    name for name in sorted(path.relative_to(ROOT).as_posix() for path in files()) if not NOT_OURS.match(name)
]


@pytest.mark.parametrize("name", TEXT_FILES)
def test_files_do_not_say_where_they_were_written(name: str) -> None:
    """No path of a machine, no service on it, no address of a package index."""
    text = (ROOT / name).read_text(encoding="utf-8")

    assert [found.group().strip() for found in MACHINE.finditer(text)] == []


@pytest.mark.parametrize(
    "line",
    [
        f"cd {'/'}home/anna",
        f"see {'/'}tmp/x",
        f"http://localhost{':'}8000",
        f"index-url {'='} https://example.org",
        f"https://example.org/{'simple'}/",
    ],
)
def test_the_search_finds_them(line: str) -> None:
    """Paths, services and indices are recognised."""
    assert MACHINE.search(line) is not None


@pytest.mark.parametrize(
    "line", ["https://example.org/home/page", "docs/work/flow.md", "a simple case", "{tmp_path}/root/x"]
)
def test_the_search_leaves_others_alone(line: str) -> None:
    """Addresses and relative paths are no machine's."""
    assert MACHINE.search(line) is None
