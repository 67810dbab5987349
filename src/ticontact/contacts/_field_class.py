"""How delicate is a field, and what may be shown of it?

Theory of operation. Every field of a contact object that is not plainly public carries its class in the attrs metadata
(`attrs.field(metadata=PERSONAL)`). The class decides what `repr` shows, what redaction replaces and what the published
schema says, so there is one place to get it right. `hide` is the field transformer that every class of this package is
built with: a field whose class hides it shows as `…` where it holds something, and as itself where it is empty. That
holds for classes with a representation of their own too: `rich` and other printers do not ask for it, and walk over the
fields.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.plain import checked_after, described

__all__ = [
    "IDENTIFIER",
    "INTERNAL",
    "PERSONAL",
    "PUBLIC",
    "SENSITIVE",
    "FieldClass",
    "class_of",
    "class_said",
    "conceal",
    "hide",
    "is_hidden",
]

_KEY: Final = "ticontact.class"
_SAID: Final = "class of data: "


class FieldClass(enum.Enum):
    """The class of a field, after the Ticino data-protection act (LPDP, RL 163.100, art. 4).

    The act protects the data of natural and of legal persons. Free text of a migration office may tell of religion,
    opinions or health at any moment, so it counts as sensitive.
    """

    PUBLIC = "public"
    """The office's own numbers and names; may be shown to everybody."""
    INTERNAL = "internal"
    """Says nothing about a person: instants, channels, ids of ours."""
    PERSONAL = "personal"
    """A name, a number, an address."""
    SENSITIVE = "sensitive"
    """Free text and needs of access: may hold specially protected data."""
    IDENTIFIER = "identifier"
    """Names one person or one case: AHV number, case number."""


_HIDDEN: Final = frozenset({FieldClass.PERSONAL, FieldClass.SENSITIVE, FieldClass.IDENTIFIER})


def _marked(field_class: FieldClass) -> Mapping[str, object]:
    return MappingProxyType({_KEY: field_class, **described(comment=f"{_SAID}{field_class.value}")})


PUBLIC: Final = _marked(FieldClass.PUBLIC)
INTERNAL: Final = _marked(FieldClass.INTERNAL)
PERSONAL: Final = _marked(FieldClass.PERSONAL)
SENSITIVE: Final = _marked(FieldClass.SENSITIVE)
IDENTIFIER: Final = _marked(FieldClass.IDENTIFIER)


def class_of(field: "attrs.Attribute[object]") -> FieldClass:
    """The class of a field; internal where it is not marked."""
    found = field.metadata.get(_KEY, FieldClass.INTERNAL)
    return found if isinstance(found, FieldClass) else FieldClass.INTERNAL


def class_said(schema: Mapping[str, object]) -> FieldClass:
    """The class of a field by the schema of a document, under `$comment`; internal where it says none."""
    said = str(schema.get("$comment", ""))
    return FieldClass(said.removeprefix(_SAID)) if said.startswith(_SAID) else FieldClass.INTERNAL


def is_hidden(field: "attrs.Attribute[object]") -> bool:
    """Whether a field never shows."""
    return class_of(field) in _HIDDEN


def hide(owner: type, fields: "list[attrs.Attribute[object]]") -> "list[attrs.Attribute[object]]":
    """Give every hidden field a representation that tells only whether it holds something, and check all fields."""
    shown = [field.evolve(repr=_veil) if is_hidden(field) and field.repr is True else field for field in fields]
    return checked_after(owner, shown)


def conceal(_owner: type, fields: "list[attrs.Attribute[object]]") -> "list[attrs.Attribute[object]]":
    """Show no field at all: of what is as a stranger wrote it, also to printers that walk over fields by themselves."""
    return [field.evolve(repr=False) for field in fields]


def _veil(value: object) -> str:
    return "…" if value or value == 0 else repr(value)
