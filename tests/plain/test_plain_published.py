"""What is published of every form: its schema in the package, and a document of each number that is read for ever.

Run `python tests/plain/test_plain_published.py` after a change of a form, which has raised its number.
"""

import copy
import json
import pickle
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from jsonschema import Draft202012Validator
from plain_kit import holds_the_same
from plain_samples import EMPTY, declared, samples

from ticontact.departments import office_schema
from ticontact.desk.effects import Effect
from ticontact.desk.events import DeskEvent
from ticontact.plain import from_dict, json_schema, to_dict
from ticontact.tickets.events import TicketEvent

GOLDEN: Final = Path(__file__).parent / "golden"
PUBLISHED: Final = Path(str(files("ticontact") / "schemas"))
UNIONS: Final[dict[str, Any]] = {"desk_event": DeskEvent, "desk_effect": Effect, "ticket_event": TicketEvent}
"""Unions that have a schema of their own."""
FORMS: Final = declared()
OF_EVERY_FORM: Final = pytest.mark.parametrize("name", FORMS)


def numbered(name: str) -> str:
    """The name of a form with its newest number."""
    declared_form: Any = vars(FORMS[name])["__plain_form__"]
    return f"{name}-{declared_form.number}"


def schemas() -> dict[str, Any]:
    """Every schema that is published, by the name of its file."""
    made: dict[str, Any] = {"office.schema.json": office_schema()}
    for name, owner in FORMS.items():
        made[f"{numbered(name)}.schema.json"] = json_schema(owner)
        made[f"{numbered(name)}.read.schema.json"] = json_schema(owner, purpose="read")
    for name, union in UNIONS.items():
        made[f"{name}.schema.json"] = json_schema(union)
        made[f"{name}.read.schema.json"] = json_schema(union, purpose="read")
    return made


def text_of(data: Any) -> str:
    """The text of a file."""
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


@pytest.fixture(name="sample", scope="module")
def _sample() -> dict[str, Any]:
    return samples()


def test_every_form_has_a_sample(sample: dict[str, Any]) -> None:
    """So that nothing below forgets one."""
    assert sorted(sample) == sorted(FORMS)
    assert {name: type(value) for name, value in sample.items()} == FORMS


class TestGoldenDocuments:
    """What any released version has written, this one reads."""

    @OF_EVERY_FORM
    def test_newest_form_is_what_is_written(self, name: str, sample: dict[str, Any]) -> None:
        """A change of the form is seen, and asks for a new number."""
        golden = json.loads((GOLDEN / f"{numbered(name)}.json").read_text(encoding="utf-8"))

        assert to_dict(sample[name]) == golden
        assert holds_the_same(from_dict(FORMS[name], golden), sample[name])

    @pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
    def test_every_number_is_read(self, path: Path) -> None:
        """Also those that nobody writes any more."""
        name, _, number = path.stem.rpartition("-")
        document = json.loads(path.read_text(encoding="utf-8"))

        assert (document["type"], document["form"]) == (name, int(number))
        assert to_dict(from_dict(FORMS[name], document))["type"] == name


@OF_EVERY_FORM
@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))],  # noqa: S301 - our own bytes
)
def test_copies_are_written_alike(name: str, copied: Callable[[Any], Any], sample: dict[str, Any]) -> None:
    """Also what holds a value that is written by its name, such as a shipped lifecycle."""
    assert to_dict(copied(sample[name])) == to_dict(sample[name])


class TestSchemas:
    """The published schemas."""

    def test_they_are_those_of_the_classes(self) -> None:
        """Each file is fresh, and none is missing but for those of older numbers."""
        for name, schema in schemas().items():
            assert json.loads((PUBLISHED / name).read_text(encoding="utf-8")) == schema, name

    @OF_EVERY_FORM
    def test_documents_are_valid(self, name: str, sample: dict[str, Any]) -> None:
        """By the schema of what is written, and of what is read."""
        document = json.loads(json.dumps(to_dict(sample[name])))
        purposes: tuple[Any, ...] = ("written", "read")
        for purpose in purposes:
            schema: Any = json_schema(FORMS[name], purpose=purpose)
            Draft202012Validator.check_schema(schema)
            validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
            assert [error.message for error in validator.iter_errors(document)] == []

    def test_samples_hold_something_in_every_field(self, sample: dict[str, Any]) -> None:
        """A golden document without a value would prove little."""
        empty = {
            f"{name}.{field.name}"
            for name, value in sample.items()
            for field in attrs.fields(type(value))
            if field.init and getattr(value, field.name) in EMPTY
        }

        assert empty == {"routing_event.about"}  # which does not stand beside its outcome


def main() -> None:
    """Write the golden documents and the schemas of the newest forms anew."""
    GOLDEN.mkdir(exist_ok=True)
    PUBLISHED.mkdir(exist_ok=True)
    for name, value in samples().items():
        (GOLDEN / f"{numbered(name)}.json").write_text(text_of(to_dict(value)), encoding="utf-8")
    for name, schema in schemas().items():
        (PUBLISHED / name).write_text(text_of(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
