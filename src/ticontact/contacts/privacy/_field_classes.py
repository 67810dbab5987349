"""Which field is of which class? The list that a department needs for its register of data collections."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ticontact.contacts._contact import Contact
from ticontact.contacts._field_class import FieldClass, class_said
from ticontact.plain import json_schema

__all__ = ["BY_TYPE", "field_classes"]

BY_TYPE = "_by_type"
"""How the name of a definition ends where `type` stands with the value, because another could stand there too."""


def field_classes(kind: type[attrs.AttrsInstance] = Contact) -> Mapping[str, FieldClass]:
    """The class of every field that a stored value can hold, by its name in the document.

    Args:
        kind: A contact by default; or what else stands in a document of its own, such as `Mandate`.

    Raises:
        InvalidValue: If nothing of the kind stands in a document of its own.

    >>> field_classes()["party.name"].value, field_classes()["party.role"].value
    ('personal', 'internal')
    """
    classes = {
        f"{name.removesuffix(BY_TYPE)}.{field}": class_said(schema)
        for name, definition in json_schema(kind)["$defs"].items()
        for field, schema in definition["properties"].items()
        if field not in {"type", "form"}
    }
    return MappingProxyType(dict(sorted(classes.items())))
