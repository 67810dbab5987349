"""How is a contact written down, so that every later version can read it?

Theory of operation. A value class becomes a mapping of its fields with its own name under `type`; an enumeration its
value; an instant its ISO text with its zone and its source; an amount of time its seconds; a set a sorted list. Reading
goes by the annotations of the same classes, so a field is declared once. Only JSON's own types come out.
"""

import enum
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar, overload

import attrs

from ticontact._foreign import checked_plain
from ticontact.contacts._channel import CHANNELS, Channel, Channels
from ticontact.contacts._contact import Contact
from ticontact.contacts._moment import Moment
from ticontact.contacts.formats._lifting import SCHEMA, lifted
from ticontact.contacts.formats._reading import Reader
from ticontact.contacts.formats._values import document_name, is_value, type_name
from ticontact.errors import UnreadableRecord

__all__ = ["from_dict", "to_dict"]

_Kind = TypeVar("_Kind", bound=attrs.AttrsInstance)


def to_dict(value: attrs.AttrsInstance) -> dict[str, object]:
    """The document of a contact. It holds personal values in the clear: whoever stores it must protect it.

    Args:
        value: A contact; or a `Person`, `Mandate`, `SamePerson`, `HandOver`, `AuditEvent` or `Tombstone`.

    Raises:
        UnreadableRecord: If it is something else.
    """
    document_name(type(value))
    return {"schema": SCHEMA, **_members(value, type(value))}


@overload
def from_dict(document: Mapping[str, object], *, channels: Channels = ...) -> Contact: ...
@overload
def from_dict(document: Mapping[str, object], kind: type[_Kind], *, channels: Channels = ...) -> _Kind: ...


def from_dict(
    document: Mapping[str, object], kind: type[attrs.AttrsInstance] = Contact, *, channels: Channels = CHANNELS
) -> attrs.AttrsInstance:
    """The contact of a document, or another value, from the department's own store.

    This is a door of storage: persons, verifications, consents and cases are believed as they stand there. Never give
    it what came from outside; for that there is `from_vcon`.

    Args:
        document: What `to_dict` of this or an earlier version wrote.
        kind: What it is a document of, such as `Mandate`; a contact by default.
        channels: The department's channels, if it has more than the built-in ones.

    Raises:
        UnreadableRecord: If it is no such document, or of a later version; the error names the place.
        MessageTooLarge: If it nests deeper than 32, which no document does.
        ConfigurationError: If the department has no channel of that name.
        ContactError: If a value in it cannot be.
    """
    name = document_name(kind)
    if not isinstance(document, Mapping):
        raise UnreadableRecord(f"{name}: allowed: a mapping", given=document, field=name)
    checked_plain(document, place=name)
    read = Reader(channels).value(lifted(document, name), kind, name)
    assert isinstance(read, kind)  # noqa: S101 - what the reader was asked for
    return read


def _members(value: object, value_class: type[attrs.AttrsInstance]) -> dict[str, object]:
    named = {field.alias: _plain(getattr(value, field.name)) for field in attrs.fields(value_class)}
    return {"type": type_name(value_class), **named}


def _plain(value: object) -> object:  # noqa: PLR0911 - one return for each kind of value
    match value:
        case Channel():
            return value.name
        case Moment():
            return {"at": value.at.isoformat(), "zone": value.zone, "source": value.source.value}
        case enum.Enum():
            plain: object = value.value
            return plain
        case date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case tuple():
            return [_plain(each) for each in value]
        case frozenset():
            return sorted((_plain(each) for each in value), key=json.dumps)
    kind = type(value)
    return _members(value, kind) if is_value(kind) else value
