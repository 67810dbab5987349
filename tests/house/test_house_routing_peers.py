"""The dictionary of other routers' settings: it knows every conformance case, every refusal, and names that exist."""

import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest

from ticontact import routing
from ticontact.routing import strategies

ROOT = Path(__file__).parents[2]
CONFORMANCE = ROOT / "tests" / "conformance"
PAGE = (ROOT / "docs" / "reference" / "routing-peers.md").read_text(encoding="utf-8")
REFUSED, DIFFERENT = "Not ours", "Answered differently"


def rows(page: str) -> list[tuple[str, str, str, str]]:
    """The heading, what is there, what is here, and the cases, of every row of every table."""
    found, heading = [], ""
    for line in page.splitlines():
        heading = line.removeprefix("## ") if line.startswith("## ") else heading
        cells = [each.strip() for each in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 3 and cells[0] != "there" and not cells[0].startswith("---"):
            found.append((heading, cells[0], cells[1], cells[2]))
    return found


def names(cell: str) -> list[str]:
    """What stands in code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture
def case_ids() -> list[str]:
    """Every routing case."""
    document = json.loads((CONFORMANCE / "cases" / "routing_cases.json").read_text(encoding="utf-8"))
    return [case["id"] for case in document["cases"]]


@pytest.fixture
def policies() -> dict[str, str]:
    """The reasons of the routing policies by case."""
    table: dict[str, Any] = tomllib.loads((CONFORMANCE / "policies.toml").read_text(encoding="utf-8"))
    return dict(table["routing"]["cases"])


def known_names() -> set[str]:
    """Every public name of routing, and every field, verb and argument of what it names."""
    found = {*routing.__all__, *strategies.__all__}
    for each in [*(getattr(routing, name) for name in routing.__all__), strategies.Strategy]:
        members = vars(each).values() if isinstance(each, type) else [each]
        if isinstance(each, type):
            found |= {name for name in dir(each) if not name.startswith("_")}
            found |= {field.name for field in attrs.fields(each)} if attrs.has(each) else set()
            found |= set(inspect.signature(each).parameters)
        for member in members:
            function = getattr(member, "__func__", member)
            if inspect.isfunction(function):
                found |= set(inspect.signature(function).parameters)
    return found


def has(owner: type, name: str) -> bool:
    """Whether a class has a field or a verb of this name."""
    fields = [field.name for field in attrs.fields(owner)] if attrs.has(owner) else []
    return name in fields or hasattr(owner, name)


class TestCases:
    """Cases and rows belong together."""

    def test_every_case_stands_in_one_row(self, case_ids: list[str]) -> None:
        """No scenario without its word here, and no word for a scenario that is gone."""
        assert sorted(case_ids) == sorted(name for *_, cases in rows(PAGE) for name in names(cases))

    @pytest.mark.parametrize(("heading", "is_refused"), [(REFUSED, True), (DIFFERENT, False)])
    def test_what_is_excused_is_said(self, heading: str, is_refused: bool, policies: dict[str, str]) -> None:  # noqa: FBT001 - a row of a table
        """The page and the policies name the same cases as refused, and as answered differently."""
        said = {name for where, *_, cases in rows(PAGE) if where == heading for name in names(cases)}

        assert said == {name for name, why in policies.items() if why.startswith("Not ours: ") is is_refused}

    def test_every_refusal_says_why(self) -> None:
        """An empty reason is none."""
        assert all(why for where, _, why, _ in rows(PAGE) if where in {REFUSED, DIFFERENT})


class TestNames:
    """What the page names is there."""

    def test_every_name_of_ours_exists(self) -> None:
        """In the column of our words, each name in code is one of routing, or a field or argument of one."""
        used = {
            word
            for where, _, here, _ in rows(PAGE)
            if where not in {REFUSED, DIFFERENT}
            for code in names(here)
            for word in re.findall(r"[A-Za-z_]{2,}", re.sub(r'"[^"]*"|autopause=all', "", code))
        }

        assert used - known_names() == {"True", "Priority"}

    def test_a_name_with_a_dot_is_one_of_its_owner(self) -> None:
        """A field or a verb of the class before the dot."""
        dotted = [
            pair
            for _, _, here, _ in rows(PAGE)
            for code in names(here)
            for pair in re.findall(r"([A-Z]\w+)\.(\w+)", code)
        ]
        missing = [(owner, name) for owner, name in dotted if not has(getattr(routing, owner), name)]

        assert dotted
        assert not missing

    def test_a_name_that_is_not_there_is_found(self) -> None:
        """Private names and invented ones are not known."""
        assert not {"_engine", "expedite", "skip_if"} & known_names()
