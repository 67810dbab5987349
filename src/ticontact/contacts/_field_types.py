"""Is this value of the kind that its field takes?

A type checker says so before a program runs. What a program got from a form, a database or another program is checked
where it enters, so that a wrong value is refused with the name of its field, and does not fail somewhere else later.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import attrs

from ticontact.errors import ContactError

__all__ = ["is_a", "listed", "of_kind", "unique"]

_T = TypeVar("_T")
_Check = Callable[[object, "attrs.Attribute[Any]", object], None]


def is_a(value: object, kind: type) -> bool:
    """Whether a value is of a type, whatever its annotation promises."""
    return isinstance(value, kind)


def of_kind(*kinds: type, error: type[ContactError] = ContactError) -> _Check:
    """A validator of attrs: the value is of one of these types."""

    def check(owner: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        if not isinstance(value, kinds):
            raise _refusal(_place(owner, attribute), _names(kinds), value, error)

    return check


def listed(values: Iterable[_T], place: str, *kinds: type) -> tuple[_T, ...]:
    """Several values of some types in their order, for a converter of attrs.

    Raises:
        ContactError: If one value stands there alone, or is of another type; a text is one value.
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise _refusal(place, "several values, as in a list", values, ContactError)
    given = tuple(values)
    for value in given:
        if not isinstance(value, kinds):
            raise _refusal(f"{place}, each", _names(kinds), value, ContactError)
    return given


def unique(values: Iterable[_T], place: str, *kinds: type) -> frozenset[_T]:
    """Several values of some types, each once, for a converter of attrs.

    Raises:
        ContactError: If one value stands there alone, or is of another type.
    """
    return frozenset(listed(values, place, *kinds))


def _place(owner: object, attribute: "attrs.Attribute[Any]") -> str:
    return f"{type(owner).__name__}.{attribute.alias}"


def _names(kinds: tuple[type, ...]) -> str:
    return " or ".join("nothing" if kind is type(None) else kind.__name__ for kind in kinds)


def _refusal(place: str, allowed: str, value: object, error: type[ContactError]) -> ContactError:
    return error(f"{place}: allowed: {allowed}; {type(value).__name__} was given", given=value, field=place)
