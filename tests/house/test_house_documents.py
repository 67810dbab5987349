"""What the documents say of the repository is so."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import ROOT, Source

DOCUMENTS = [*ROOT.glob("*.md"), *(path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts)]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN_TIME = ["attrs", "email-validator", "pendulum", "phonenumbers", "transitions"]


def read(name: str) -> str:
    """The text of a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def local_links(document: Path) -> Iterator[Path]:
    """The files that a document links to."""
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            yield document.parent / target.partition("#")[0]


def sessions() -> list[str]:
    """The names of the sessions in the noxfile."""
    functions = Source("noxfile.py", read("noxfile.py")).functions
    return [each.name for each in functions if any("session" in ast.unparse(mark) for mark in each.decorator_list)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    """A link to a file of the repository has that file at its end."""
    assert [target for target in local_links(document) if not target.exists()] == []


def test_a_change_is_checked_by_the_command_of_the_readme() -> None:
    """`.ci/run` ends with exactly the command that a newcomer finds in the README."""
    command = read(".ci/run").splitlines()[-1]

    assert command.startswith("python3 -m venv")
    assert command in read("README.md").splitlines()


@pytest.mark.parametrize("session", sessions())
def test_every_session_is_explained(session: str) -> None:
    """Whoever wants to contribute finds every session in the table."""
    assert f"| `{session}` |" in read("CONTRIBUTING.md")


def test_there_are_five_dependencies() -> None:
    """An application that embeds ticontact gets these libraries with it, and no others."""
    assert sorted(re.split(r"[<>=]", each)[0] for each in PROJECT["dependencies"]) == RUN_TIME


def test_supported_pythons_are_said_once() -> None:
    """The lowest version of the classifiers is the one that is required."""
    versions = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", each)]

    assert PROJECT["requires-python"] == f">={versions[0]}"


def test_constraints_are_names_and_versions_alone() -> None:
    """No line says where a package comes from."""
    lines = read("constraints.txt").splitlines()

    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^@]+)?", line)] == []
