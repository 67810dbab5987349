"""How is a contact written down, so that every later version can read it?

Theory of operation. A value class becomes a mapping of its fields with its own name under `type`; an enumeration its
value; an instant its ISO text with its zone; a set a sorted list. Reading goes by the annotations of the same classes,
so a field is declared once. Numbers and addresses are rebuilt as they were written, without asking today's numbering
plan: a number that was valid once stays readable. Only JSON's own types come out.
"""

import enum
import functools
import json
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeGuard, Union, get_args, get_origin, get_type_hints

import attrs

from ticontact._time import to_epoch, zone_named
from ticontact.contacts._channel import CHANNELS, Channel, Channels
from ticontact.contacts._contact import Contact
from ticontact.contacts._moment import Moment
from ticontact.errors import TicontactError, UnreadableRecord

__all__ = ["SCHEMA", "alternatives", "from_dict", "hints", "is_value", "to_dict", "type_name", "value_classes"]

SCHEMA: Final = 1
"""The number of the form that is written; it rises when a later version could not read an older document as it is."""

_UPCASTERS: Final[Mapping[int, Callable[[dict[str, object]], dict[str, object]]]] = {}
"""For each older number the step to the next one."""


def to_dict(contact: Contact) -> dict[str, object]:
    """The document of a contact. It holds personal values in the clear: whoever stores it must protect it."""
    return {"schema": SCHEMA, **_members(contact, Contact)}


def from_dict(document: Mapping[str, object], *, channels: Channels = CHANNELS) -> Contact:
    """The contact of a document.

    Args:
        document: What `to_dict` of this or an earlier version wrote.
        channels: The department's channels, if it has more than the built-in ones.

    Raises:
        UnreadableRecord: If it is no such document, or of a later version; the error names the place.
        ConfigurationError: If the department has no channel of that name.
    """
    current = _lifted(dict(document), _UPCASTERS, SCHEMA)
    contact = _Reader(channels).value(current, Contact, "contact")
    assert isinstance(contact, Contact)  # noqa: S101 - what the reader was asked for
    return contact


def _lifted(
    document: dict[str, object], steps: Mapping[int, Callable[[dict[str, object]], dict[str, object]]], newest: int
) -> dict[str, object]:
    """The document in the newest form, without its number."""
    number = document.pop("schema", None)
    if not isinstance(number, int) or not 1 <= number <= newest:
        raise _fault("contact.schema", f"1 to {newest}", number)
    for step in range(number, newest):
        document = steps[step](document)
    return document


def is_value(hint: object) -> TypeGuard[type[attrs.AttrsInstance]]:
    """Whether a type is one of the value classes."""
    return isinstance(hint, type) and attrs.has(hint)


def type_name(value_class: type) -> str:
    """The name of a value class in a document: `PhoneNumber` is `phone_number`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in value_class.__name__).lstrip("_")


@functools.cache
def hints(value_class: type) -> Mapping[str, object]:
    """The types of the fields of a value class."""
    return get_type_hints(value_class)


def alternatives(hint: object) -> tuple[object, ...]:
    """The types that a type allows; itself alone if it is no union."""
    return get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)


@functools.cache
def value_classes() -> Mapping[str, type[attrs.AttrsInstance]]:
    """Every value class that a contact can hold, by its name in a document."""
    found: dict[str, type[attrs.AttrsInstance]] = {}
    waiting: list[object] = [Contact]
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if is_value(hint) and type_name(hint) not in found:
            found[type_name(hint)] = hint
            waiting += hints(hint).values()
    return found


def _members(value: object, value_class: type[attrs.AttrsInstance]) -> dict[str, object]:
    named = {field.alias: _plain(getattr(value, field.name)) for field in attrs.fields(value_class)}
    return {"type": type_name(value_class), **named}


def _plain(value: object) -> object:  # noqa: PLR0911 - one return for each kind of value
    match value:
        case Channel():
            return value.name
        case Moment():
            return {"at": value.at.isoformat(), "zone": value.zone}
        case enum.Enum():
            plain: object = value.value
            return plain
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case frozenset():
            return sorted((_plain(each) for each in value), key=json.dumps)
    kind = type(value)
    return _members(value, kind) if is_value(kind) else value


class _Reader:
    """Reads values by their types."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels

    def value(self, data: object, hint: object, path: str) -> object:  # noqa: PLR0911 - one return for each kind
        if len(options := alternatives(hint)) > 1:
            return self._one_of(data, options, path)
        if hint is Channel:
            return self._channels.named(_text(data, path), path=path)
        if hint is Moment:
            return _moment(_mapping(data, path), path)
        if hint is date:
            return _date(_text(data, path), path)
        if isinstance(hint, type) and issubclass(hint, enum.Enum):
            return _member(data, hint, path)
        if get_origin(hint) in {tuple, frozenset}:
            return self._many(data, hint, path)
        if is_value(hint):
            return self._members(_mapping(data, path), hint, path)
        return _bare(data, hint, path)

    def _one_of(self, data: object, options: Sequence[object], path: str) -> object:
        """The option that the document names; a bare value is tried in turn."""
        if data is None and types.NoneType in options:
            return None
        if isinstance(data, dict) and "type" in data:
            for option in options:
                if isinstance(option, type) and type_name(option) == data["type"]:
                    return self.value(data, option, path)
        others = [option for option in options if option is not types.NoneType]
        if len(others) == 1:
            return self.value(data, others[0], path)
        raise _fault(path, "one of the known types", data)

    def _many(self, data: object, hint: object, path: str) -> object:
        if not isinstance(data, list):
            raise _fault(path, "a list", data)
        kinds = get_args(hint)
        is_pair = len(kinds) > 1 and kinds[1] is not Ellipsis
        if is_pair and len(data) != len(kinds):
            raise _fault(path, f"{len(kinds)} entries", data)
        each = list(kinds) if is_pair else [kinds[0]] * len(data)
        read = [
            self.value(item, kind, f"{path}[{place}]")
            for place, (item, kind) in enumerate(zip(data, each, strict=True))
        ]
        return frozenset(read) if get_origin(hint) is frozenset else tuple(read)

    def _members(self, data: Mapping[str, object], value_class: type[attrs.AttrsInstance], path: str) -> object:
        if data.get("type") != type_name(value_class):
            raise _fault(f"{path}.type", repr(type_name(value_class)), data.get("type"))
        fields = {field.alias: field for field in attrs.fields(value_class)}
        if unknown := sorted(data.keys() - fields.keys() - {"type"}):
            raise _fault(f"{path}.{unknown[0]}", ", ".join(fields), None)
        missing = [name for name, field in fields.items() if name not in data and field.default is attrs.NOTHING]
        if missing:
            raise _fault(f"{path}.{missing[0]}", "a value", None)
        kinds = hints(value_class)
        given = {
            name: self.value(data[name], kinds[field.name], f"{path}.{name}")
            for name, field in fields.items()
            if name in data
        }
        return value_class(**given)


def _mapping(data: object, path: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise _fault(path, "a mapping", data)
    return data


def _text(data: object, path: str) -> str:
    if not isinstance(data, str):
        raise _fault(path, "a text", data)
    return data


def _bare(data: object, hint: object, path: str) -> object:
    """A text, a number or a truth value; or one of some texts."""
    if allowed := get_args(hint):
        if data not in allowed:
            raise _fault(path, ", ".join(map(repr, allowed)), data)
    elif type(data) is not hint:
        raise _fault(path, getattr(hint, "__name__", str(hint)), data)
    return data


def _member(data: object, kind: type[enum.Enum], path: str) -> enum.Enum:
    for member in kind:
        if member.value == data:
            return member
    raise _fault(path, ", ".join(repr(member.value) for member in kind), data)


def _date(text: str, path: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None:
        raise _fault(path, "a date such as 2026-03-18", text)
    return day


def _moment(data: Mapping[str, object], path: str) -> Moment:
    """An instant with its zone; a time without an offset is refused."""
    zone = data.get("zone")
    try:
        at = datetime.fromisoformat(_text(data.get("at"), f"{path}.at"))
        epoch = to_epoch(at)
        place = zone_named(zone).name if isinstance(zone, str) else zone
    except (ValueError, TicontactError):
        epoch, place = 0, None
    if not isinstance(place, str | int):
        raise _fault(path, "an instant with an offset, and its zone", None)
    return Moment(epoch, place)


def _fault(path: str, allowed: str, given: object) -> UnreadableRecord:
    return UnreadableRecord(f"{path}: allowed: {allowed}", given=given)
