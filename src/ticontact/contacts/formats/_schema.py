"""The form of a document as a JSON Schema (draft 2020-12), made of the same classes that write and read it."""

import enum
import types
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, get_args, get_origin

import attrs

from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._field_class import FieldClass, class_of
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts.formats._lifting import SCHEMA
from ticontact.contacts.formats._values import alternatives, document_name, hints, is_value, type_name

__all__ = ["json_schema"]

_BARE: Final[Mapping[object, str]] = {str: "string", int: "integer", bool: "boolean"}
_MOMENT: Final = {
    "type": "object",
    "properties": {
        "at": {"type": "string", "format": "date-time"},
        "zone": {"type": ["string", "integer"]},
        "source": {"enum": [source.value for source in TimeSource]},
    },
    "required": ["at", "zone", "source"],
    "additionalProperties": False,
}


def json_schema(kind: type[attrs.AttrsInstance] = Contact) -> dict[str, object]:
    """The schema of the documents that `to_dict` writes. Each field names its class under `x-ticontact-class`.

    Args:
        kind: What the documents are of, such as `Mandate`; contacts by default.

    Raises:
        UnreadableRecord: If nothing of the kind stands in a document of its own.
    """
    name = document_name(kind)
    definitions: dict[str, object] = {}
    root = _value_schema(kind, definitions)
    root["properties"] = {"schema": {"const": SCHEMA}, **root["properties"]}
    root["required"] = ["schema", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ticontact:{name}:{SCHEMA}",
        "title": f"ticontact {name.replace('_', ' ')}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _value_schema(value_class: type[attrs.AttrsInstance], definitions: dict[str, object]) -> dict[str, Any]:
    kinds = hints(value_class)
    properties: dict[str, object] = {"type": {"const": type_name(value_class)}}
    for field in attrs.fields(value_class):
        schema = _schema(kinds[field.name], definitions)
        field_class = class_of(field)
        properties[field.alias] = (
            schema if field_class is FieldClass.INTERNAL else {**schema, "x-ticontact-class": field_class.value}
        )
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _schema(hint: object, definitions: dict[str, object]) -> dict[str, object]:  # noqa: PLR0911 - one for each kind
    if len(options := alternatives(hint)) > 1:
        return {"anyOf": [_schema(option, definitions) for option in options]}
    if hint is types.NoneType:
        return {"type": "null"}
    if hint in _BARE:
        return {"type": _BARE[hint]}
    if hint is Channel:
        return {"type": "string"}
    if hint is date:
        return {"type": "string", "format": "date"}
    if hint is timedelta:
        return {"type": "number", "minimum": 0}
    if hint is Moment:
        definitions["moment"] = _MOMENT
        return {"$ref": "#/$defs/moment"}
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {"enum": [member.value for member in hint]}
    if get_origin(hint) in {tuple, frozenset}:
        return _list_schema(get_args(hint), definitions)
    return _reference(hint, definitions) if is_value(hint) else {"enum": list(get_args(hint))}


def _list_schema(kinds: tuple[object, ...], definitions: dict[str, object]) -> dict[str, object]:
    if len(kinds) > 1 and kinds[1] is not Ellipsis:
        return {"type": "array", "prefixItems": [_schema(kind, definitions) for kind in kinds], "items": False}
    return {"type": "array", "items": _schema(kinds[0], definitions)}


def _reference(value_class: type[attrs.AttrsInstance], definitions: dict[str, object]) -> dict[str, object]:
    name = type_name(value_class)
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _value_schema(value_class, definitions)
    return {"$ref": f"#/$defs/{name}"}
