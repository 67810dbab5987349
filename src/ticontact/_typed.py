"""Values of attrs classes from fields that nobody has looked at yet: each must be of the type that its class says."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from ticontact.errors import ConfigurationError, Fault

__all__ = ["UNREADABLE", "built"]

UNREADABLE: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What is raised where plain data is read that is not what it should be; whoever reads it names the place instead."""

Value = TypeVar("Value")

_UNIONS: Final = (Union, UnionType)
"""`X | Y`, and the same where one of them was annotated further."""

Check = Callable[[Any], bool]
"""Whether a value is of some type."""


def built(kind: Callable[..., Value], fields: Mapping[str, Any]) -> Value:
    """A value of an attrs class, if every field is of the type that the class says.

    Raises:
        ConfigurationError: If one is not. What stood there is not in the error, since it may be about a person.
        TypeError: If there is no such field, or one is missing.
    """
    checks = _checks(kind)
    faults = [
        Fault(name, f"{type(value).__name__} was given", checks[name][0])
        for name, value in fields.items()
        if name in checks and not checks[name][1](value)
    ]
    if faults:
        raise ConfigurationError(faults)
    return kind(**fields)


@cache
def _checks(kind: Any) -> Mapping[str, tuple[str, Check]]:  # noqa: ANN401 - any attrs class
    """For each field of an attrs class its type in words, and what sees whether a value is of it."""
    hints = get_type_hints(kind)
    types = {field.name: hints[field.name] for field in attrs.fields(kind)}
    return {name: (_in_words(each), _check(each)) for name, each in types.items()}


def _in_words(kind: Any) -> str:  # noqa: ANN401 - any annotation
    """What may stand there, such as `int or None`, or the words of a `Literal`."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(map(str, inner))
    if origin in _UNIONS:
        return " or ".join(map(_in_words, inner))
    if kind is Ellipsis or kind is NoneType:
        return "..." if kind is Ellipsis else "None"
    name: str = (origin or kind).__name__
    return f"{name}[{', '.join(map(_in_words, inner))}]" if inner else name


def _check(kind: Any) -> Check:  # noqa: ANN401 - any annotation
    """What sees whether a value is of the type of an annotation, with all that is in it."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is int:
        return lambda value: type(value) is int  # a bool is one too, but never meant
    if origin is Literal:
        return lambda value: value in inner
    if origin in _UNIONS:
        choices = [_check(each) for each in inner]
        return lambda value: any(check(value) for check in choices)
    return _check_all(origin, inner) if origin is not None else lambda value: isinstance(value, kind)


def _check_all(kind: type[Iterable[Any]], inner: tuple[Any, ...]) -> Check:
    """The same for a collection, and for a tuple with a place for each of some values."""
    checks = [_check(each) for each in inner if each is not Ellipsis]
    if kind is tuple and Ellipsis not in inner:
        return lambda value: (
            isinstance(value, tuple)
            and len(value) == len(checks)
            and all(check(each) for check, each in zip(checks, value, strict=True))
        )
    if kind is Mapping:
        key, entry = checks
        return lambda value: isinstance(value, Mapping) and all(key(name) and entry(value[name]) for name in value)
    return lambda value: isinstance(value, kind) and all(map(checks[0], value))
