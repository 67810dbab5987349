"""The JSON Schema of an office's file: what an editor says of it is what `load` says."""

import copy
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from ticontact.departments import check, office_schema
from ticontact.departments._file_schema import LIFECYCLES
from ticontact.departments._load import _LIFECYCLES

DATA: Final = files("ticontact.replay") / "data"
OFFICE: Final = tomllib.loads((DATA / "migrazione.toml").read_text())
REASONS: Final = dict.fromkeys(("it", "de", "fr", "rm", "en"), "x")
FULL: Final[dict[str, Any]] = {
    **OFFICE,
    "hours": {
        "office": {
            "zone": "Europe/Zurich",
            "week": "Mo-Fr 08:00-12:00,13:30-17:00",
            "holidays": "TI administration",
            "from": date(2015, 1, 19),
            "until": date(2030, 1, 1),
            "closure": [{"from": date(2026, 12, 28), "until": date(2026, 12, 31), "reason": "x", "source": "y"}],
            "override": [{"day": date(2026, 3, 18), "windows": "08:00-10:00", "reasons": REASONS}],
            "break": [{"day": date(2026, 3, 17), "windows": "08:00-09:00"}],
            "season": [{"from": date(2026, 7, 1), "until": date(2026, 8, 31), "week": "closed"}],
        }
    },
}


def as_toml(value: Any) -> str:
    """A value as TOML writes it in one line."""
    match value:
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value)


def file_of(office: dict[str, Any]) -> str:
    """The file of an office."""
    return "".join(f"{json.dumps(key)} = {as_toml(value)}\n" for key, value in office.items())


def as_json(value: Any) -> Any:
    """An office as an editor sees it: dates are texts."""
    return json.loads(json.dumps(value, default=date.isoformat))


VALIDATOR: Final = Draft202012Validator(office_schema())


def is_valid(office: dict[str, Any]) -> bool:
    """Whether the schema takes an office."""
    return bool(VALIDATOR.is_valid(as_json(office)))


def tables(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every table of an office, by its path."""
    if isinstance(value, dict):
        yield path
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from tables(each, (*path, key))


CHANGES: Final = {"gone": None, "number": 7, "flag": True, "list": [1], "table": {"a": 1}, "text": "?"}


def spoilt() -> Iterator[tuple[str, dict[str, Any]]]:
    """The full office with each key gone, unknown, or of another type, one after the other."""
    for path in tables(FULL):
        for key in [*_at(FULL, path), "unknown"]:
            for name, change in (
                ("gone", None),
                ("number", 7),
                ("flag", True),
                ("list", [1]),
                ("table", {"a": 1}),
                ("text", "?"),
            ):
                office = copy.deepcopy(FULL)
                table = _at(office, path)
                table.pop(key, None)
                if change is not None:
                    table[key] = change
                yield f"{'.'.join(map(str, (*path, key)))} {name}", office


def _at(office: dict[str, Any], path: tuple[Any, ...]) -> Any:
    found: Any = office
    for key in path:
        found = found[key]
    return found


@pytest.mark.parametrize("name", ["migrazione", "bank"])
def test_shipped_offices_are_valid(name: str) -> None:
    """As they are loaded."""
    assert is_valid(tomllib.loads((DATA / f"{name}.toml").read_text()))


def test_an_office_with_every_key_is_valid() -> None:
    """And is loaded."""
    assert check(file_of(FULL)) == ()
    assert is_valid(FULL)


def test_schema_and_reader_agree() -> None:
    """What the schema refuses, `load` refuses; what `load` refuses by key or type, the schema refuses."""
    seen = 0
    for name, office in spoilt():
        faults, valid = check(file_of(office)), is_valid(office)
        by_form = [
            fault
            for fault in faults
            if fault.problem in {"missing", "not known here", "not a table"} or fault.problem.split(" ")[0] in TYPES
        ]
        assert valid or faults, name
        assert not (valid and by_form), (name, by_form)
        seen += not valid
    assert seen > 300


TYPES: Final = {"int", "bool", "list", "dict", "str", "date"}


def test_why_a_rule_holds_is_said_once() -> None:
    """In one text, or in five."""
    office = copy.deepcopy(FULL)
    office["hours"]["office"]["override"][0]["reason"] = "x"

    assert (bool(check(file_of(office))), is_valid(office)) == (True, False)


def test_lifecycles_are_those_that_are_known() -> None:
    """The schema names them."""
    assert sorted(_LIFECYCLES) == sorted(LIFECYCLES)


def test_schema_is_published() -> None:
    """In the package, for editors."""
    published = files("ticontact") / "schemas" / "office.schema.json"

    assert json.loads(published.read_text(encoding="utf-8")) == office_schema()


def test_schema_is_one() -> None:
    """By the schema of schemas."""
    Draft202012Validator.check_schema(office_schema())
