"""Values that hold instants: equal by the instant, and the same instant in every copy.

Theory of operation. Two datetimes of one zone compare by wall clock alone, so the two half past two of the night in
which clocks go back are equal, and the datetimes of pendulum lose which of them they are when they are copied or
pickled. So a field that holds datetimes is compared and hashed by microseconds since 1970, and a value with such a
field is copied and pickled by hand: each datetime as its parts, with its zone and its fold.
"""

from datetime import datetime
from typing import Any, Final, get_args

import attrs
import pendulum

from ticontact._time import to_epoch

__all__ = ["by_instant", "holds_instants", "let_be_copied", "packed", "unpacked"]

_KINDS: Final = (datetime, pendulum.DateTime)


def holds_instants(hint: object) -> bool:
    """Whether a datetime may stand somewhere in what an annotation says."""
    if isinstance(hint, type) and not get_args(hint):
        named = getattr(hint, "__annotations__", {}) if issubclass(hint, tuple) else {}
        return issubclass(hint, datetime) or any(map(holds_instants, named.values()))
    return any(holds_instants(each) for each in get_args(hint))


def by_instant(value: object) -> object:
    """What a value is compared by: a datetime by its instant, a tuple by that of each member, anything else itself."""
    if isinstance(value, datetime):
        return to_epoch(value)
    return tuple(map(by_instant, value)) if isinstance(value, tuple) else value


@attrs.frozen
class _Parts:
    """A datetime in its parts."""

    kind: type[datetime]
    clock: tuple[int, ...]
    zone: Any
    fold: int


def packed(value: object) -> object:
    """A value in which each datetime stands in its parts; a class of somebody else's knows its own."""
    if type(value) in _KINDS:
        at: Any = value
        clock = (at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond)
        return _Parts(type(at), clock, at.tzinfo, at.fold)
    return tuple(map(packed, value)) if type(value) is tuple else value


def unpacked(value: object) -> object:
    """The value again."""
    if isinstance(value, _Parts):
        build: Any = value.kind
        return build(*value.clock, tzinfo=value.zone, fold=value.fold)
    return tuple(map(unpacked, value)) if type(value) is tuple else value


def _reduced(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any value of a class that asked for it
    owner = type(value)
    return _rebuilt, (owner, {field.name: packed(getattr(value, field.name)) for field in attrs.fields(owner)})


def _rebuilt(owner: type, state: dict[str, object]) -> object:
    value: object = object.__new__(owner)
    for name, parts in state.items():
        object.__setattr__(value, name, unpacked(parts))
    return value


def let_be_copied(owner: type) -> None:
    """Let the values of a class be copied and pickled field by field, each datetime by its parts."""
    setattr(owner, "__reduce__", _reduced)  # noqa: B010 - so that its own type is not in the way
