"""The plain form of a class as a JSON Schema (draft 2020-12), made of the same fields that write and read it."""

from typing import Any, Final, Literal, cast, get_args

from ticontact.errors import ConfigurationError, Fault
from ticontact.plain._declared import Form
from ticontact.plain._documents import document_kind
from ticontact.plain._faults import MISSING
from ticontact.plain._kinds import ClassForm, Own

__all__ = ["Book", "Purpose", "json_schema"]

Purpose = Literal["written", "read"]
"""Whether a schema describes what `to_dict` writes, or all that `from_dict` reads in the newest form."""

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


class Book:
    """The definitions of one schema. It is mutable: it grows while the schema is made.

    Attributes:
        is_read: Whether it is the schema of what is read.
        definitions: The definitions by name.
    """

    def __init__(self, *, is_read: bool) -> None:
        self.is_read = is_read
        self.definitions: dict[str, dict[str, object]] = {}
        self._owners: dict[str, type] = {}

    def reference(self, shape: ClassForm, *, is_tagged: bool) -> dict[str, object]:
        """A reference to the definition of a class, which is made if it is not there yet."""
        is_named = is_tagged and shape.form is None
        name = f"{shape.name}_by_type" if is_named else shape.name
        if self._owners.setdefault(name, shape.owner) is not shape.owner:
            raise NotImplementedError(f"schema: two classes are called {name!r}")
        if name not in self.definitions:
            self.definitions[name] = {}  # it may hold itself
            self.definitions[name] = self._definition(shape, is_tagged=is_tagged)
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, shape: ClassForm, *, is_tagged: bool) -> dict[str, object]:
        properties: dict[str, object] = {}
        if is_tagged or shape.form is not None:
            properties["type"] = {"const": shape.name}
        if shape.form is not None:
            properties["form"] = {"const": shape.form.number}
        required = [*properties]
        for field in shape.fields:
            schema = field.kind.schema(self)
            properties[field.name] = {**schema, "$comment": field.comment} if field.comment else schema
            if not self.is_read or field.default is MISSING:
                required.append(field.name)
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


def json_schema(kind: Any, *, purpose: Purpose = "written") -> dict[str, Any]:  # noqa: ANN401 - a class or a union
    """The JSON Schema of the plain form of a class or of a union of classes.

    It needs no validator's extensions: `ajv` in strict mode and Python's `jsonschema` take it. The reader refuses
    whatever the schema refuses. The schema does not see what only a class knows: a check digit, a zone that there is
    not, an end before its beginning.

    Args:
        kind: The class, or a union such as `DeskEvent`.
        purpose: `written` for what `to_dict` writes; `read` for what `from_dict` reads in the newest form: fields that
            have a default may be missing, instants may have an offset.

    Raises:
        InvalidValue: If values of the class stand in no document of their own.
        ConfigurationError: If there is no such purpose.
    """
    if purpose not in get_args(Purpose):
        raise ConfigurationError([Fault("purpose", f"{purpose!r} was given", ", ".join(get_args(Purpose)))])
    known = document_kind(kind)
    book = Book(is_read=purpose == "read")
    root = known.schema(book)
    names: dict[str, object] = {}
    if isinstance(known, Own):
        name, number = known.shape.name, cast("Form", known.shape.form).number
        names = {
            "$id": f"urn:ticontact:{name}:{number}" + (":read" * book.is_read),
            "title": f"ticontact {name.replace('_', ' ')}",
        }
    return {"$schema": _DRAFT, **names, **root, "$defs": dict(sorted(book.definitions.items()))}
