"""Every public name stands on a page of the documentation."""

import json
import re
from pathlib import Path
from typing import Final

import attrs
import pytest
from sources import ROOT

PAGES: Final = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
API: Final[dict[str, list[str]]] = json.loads(
    Path(__file__).with_name("public_api.json").read_text(encoding="utf-8"),
)

DIRECTIVE: Final = re.compile(r"^\.\. auto(\w+):: ([\w.]+)\n((?:   :.*\n)*)", re.MULTILINE)
TICKED: Final = re.compile(r"`([^`\n]+)`")


@attrs.frozen
class Shown:
    """What the pages show.

    Attributes:
        modules: For each module whose members are shown, the names that are left out there.
        names: Full names that are shown by themselves.
        ticked: Words that stand in backticks.
    """

    modules: dict[str, frozenset[str]]
    names: frozenset[str]
    ticked: frozenset[str]

    @classmethod
    def on(cls, pages: list[str]) -> "Shown":
        """What some pages show."""
        modules, names, ticked = {}, set(), set()
        for page in pages:
            for kind, name, options in DIRECTIVE.findall(page):
                if kind == "module":
                    modules[name] = _left_out(options)
                names.add(name)
            ticked |= {word for words in TICKED.findall(page) for word in re.findall(r"\w+", words)}
        return cls(modules, frozenset(names), frozenset(ticked))

    def has(self, package: str, name: str) -> bool:
        """Whether a name of a package is shown: among its members, by itself, or in backticks."""
        among = package in self.modules and name not in self.modules[package]
        return among or f"{package}.{name}" in self.names or name in self.ticked


def _left_out(options: str) -> frozenset[str]:
    return frozenset(
        name.strip() for line in re.findall(r":exclude-members: (.*)", options) for name in line.split(",")
    )


SHOWN: Final = Shown.on(PAGES)


@pytest.mark.parametrize("package", API)
def test_every_public_name_stands_on_a_page(package: str) -> None:
    """Whoever meets a name finds it in the documentation: what is on no page is used by nobody, or wrongly."""
    assert [name for name in API[package] if not SHOWN.has(package, name)] == []


def test_every_member_that_is_shown_is_public() -> None:
    """A page shows the members of public modules only."""
    assert [name for name in SHOWN.modules if name not in API] == []


@pytest.mark.parametrize(
    ("page", "is_shown"),
    [
        (".. automodule:: ticontact.desk\n   :imported-members:\n", True),
        (".. automodule:: ticontact.desk\n   :exclude-members: Effect, Desk\n", False),
        (".. automodule:: ticontact.desk.events\n", False),
        (".. autoclass:: ticontact.desk.Desk\n   :members:\n", True),
        ("A `Desk` does it.", True),
        ("Call `Desk.handle(event)`.", True),
        ("A Desk does it.", False),
        ("A `DeskRecorder` counts.", False),
    ],
)
def test_what_counts_as_shown(page: str, is_shown: bool) -> None:  # noqa: FBT001 - a row of the table
    """The members of its package, its own directive, or the word itself in backticks."""
    assert Shown.on([page]).has("ticontact.desk", "Desk") is is_shown
