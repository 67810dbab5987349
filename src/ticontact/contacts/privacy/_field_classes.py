"""Which field is of which class? The list that a department needs for its register of data collections."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ticontact.contacts._contact import Contact
from ticontact.contacts._field_class import FieldClass, class_of
from ticontact.contacts.formats._values import document_name, value_classes

__all__ = ["field_classes"]


def field_classes(kind: type[attrs.AttrsInstance] = Contact) -> Mapping[str, FieldClass]:
    """The class of every field that a stored value can hold, by its name in the document.

    Args:
        kind: A contact by default; or what else stands in a document of its own, such as `Mandate`.

    Raises:
        UnreadableRecord: If nothing of the kind stands in a document of its own.

    >>> field_classes()["party.name"].value, field_classes()["party.role"].value
    ('personal', 'internal')
    """
    document_name(kind)
    classes = {
        f"{name}.{field.alias}": class_of(field)
        for name, value_class in value_classes(kind).items()
        for field in attrs.fields(value_class)
    }
    return MappingProxyType(dict(sorted(classes.items())))
