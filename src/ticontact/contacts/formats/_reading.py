"""How is a document read back into values?

Reading goes by the annotations of the value classes. Numbers and addresses are rebuilt as they were written, without
asking today's numbering plan: a number that was valid once stays readable. Every value class checks itself again, so a
forged document makes no impossible value.
"""

import enum
import types
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, TypeVar, get_args, get_origin

import attrs

from ticontact._time import to_epoch, zone_named
from ticontact.contacts._channel import Channel, Channels
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts.formats._values import alternatives, hints, is_value, type_name
from ticontact.errors import TicontactError, UnreadableRecord

__all__ = ["Reader"]

_LONGEST: Final = 1e10  # seconds, some three centuries
_Kind = TypeVar("_Kind", bound=enum.Enum)


class Reader:
    """Reads values by their types."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels

    def value(self, data: object, hint: object, path: str) -> object:  # noqa: PLR0911 - one return for each kind
        """The value of some data, as a type has it; the path is its place in the document, for the error."""
        if len(options := alternatives(hint)) > 1:
            return self._one_of(data, options, path)
        if hint is Channel:
            return self._channels.named(_text(data, path), path=path)
        if hint is Moment:
            return _moment(_mapping(data, path), path)
        if hint is date:
            return _date(_text(data, path), path)
        if hint is timedelta:
            return _duration(data, path)
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
        if unknown := data.keys() - fields.keys() - {"type"}:  # names from outside, which are not quoted
            raise _fault(f"{path}, names of fields", ", ".join(fields), unknown)
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


def _member(data: object, kind: type[_Kind], path: str) -> _Kind:
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
    source = _member(data.get("source", TimeSource.UNSTATED.value), TimeSource, f"{path}.source")
    at, zone = data.get("at"), data.get("zone")
    read = _instant(at, zone, source) if isinstance(at, str) and isinstance(zone, str | int) else None
    if read is None:
        raise _fault(path, "an instant with an offset, and its zone", data)
    return read


def _instant(at: str, zone: str | int, source: TimeSource) -> Moment | None:
    try:
        epoch = to_epoch(datetime.fromisoformat(at))
        return Moment(epoch, zone_named(zone).name if isinstance(zone, str) else zone, source=source)
    except (ValueError, TicontactError):
        return None


def _duration(data: object, path: str) -> timedelta:
    if isinstance(data, bool) or not isinstance(data, int | float) or not 0 <= data <= _LONGEST:
        raise _fault(path, "seconds", data)
    return timedelta(seconds=data)


def _fault(path: str, allowed: str, given: object) -> UnreadableRecord:
    return UnreadableRecord(f"{path}: allowed: {allowed}", given=given, field=path)
