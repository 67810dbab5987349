"""Of which value classes and types does a document consist?

The annotations of the value classes are the one declaration of the form: writing, reading, the schema and redaction all
go by them.
"""

import functools
import types
from collections.abc import Mapping
from typing import Final, TypeGuard, Union, get_args, get_origin, get_type_hints

import attrs

from ticontact.errors import UnreadableRecord

__all__ = ["DOCUMENTS", "alternatives", "document_name", "hints", "is_value", "type_name", "value_classes"]

DOCUMENTS: Final = ("audit_event", "contact", "hand_over", "mandate", "person", "same_person", "tombstone")
"""What can stand in a document of its own."""


def is_value(hint: object) -> TypeGuard[type[attrs.AttrsInstance]]:
    """Whether a type is one of the value classes."""
    return isinstance(hint, type) and attrs.has(hint)


def type_name(value_class: type) -> str:
    """The name of a value class in a document: `PhoneNumber` is `phone_number`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in value_class.__name__).lstrip("_")


def document_name(kind: object) -> str:
    """The name of what can stand in a document of its own.

    Raises:
        UnreadableRecord: If it cannot.
    """
    if not is_value(kind) or type_name(kind) not in DOCUMENTS or not kind.__module__.startswith("ticontact.contacts."):
        name = getattr(kind, "__name__", type(kind).__name__)
        raise UnreadableRecord(
            f"document: {name} is none; allowed: {', '.join(DOCUMENTS)}", field="document", allowed=tuple(DOCUMENTS)
        )
    return type_name(kind)


@functools.cache
def hints(value_class: type) -> Mapping[str, object]:
    """The types of the fields of a value class."""
    return get_type_hints(value_class)


def alternatives(hint: object) -> tuple[object, ...]:
    """The types that a type allows; itself alone if it is no union."""
    return get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)


@functools.cache
def value_classes(root: type[attrs.AttrsInstance]) -> Mapping[str, type[attrs.AttrsInstance]]:
    """Every value class that one of them can hold, itself included, by its name in a document."""
    found: dict[str, type[attrs.AttrsInstance]] = {}
    waiting: list[object] = [root]
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if is_value(hint) and type_name(hint) not in found:
            found[type_name(hint)] = hint
            waiting += hints(hint).values()
    return types.MappingProxyType(found)
