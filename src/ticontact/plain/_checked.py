"""Values that are checked while they are built: every field is of the type that its class says.

Theory of operation. `checked` is a field transformer of attrs. It puts one validator before all others, which goes over
the whole value by one function, compiled when the first value of the class is built. What converters make of an
argument is what is checked. The function says only that something is wrong; then the value is gone over once more to
say what.
"""

from collections.abc import Callable
from typing import Any, Final

import attrs

from ticontact.errors import InvalidValue
from ticontact.plain._compiled import Function, function_of
from ticontact.plain._names import Names
from ticontact.plain._shape import Shape, shape_of

__all__ = ["checked", "checked_after"]

_CHECK: Final = "__plain_check__"

_Validator = Callable[[Any, Any, Any], object]


def checked(owner: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Check every field of a value when it is built: `@attrs.frozen(field_transformer=checked)`.

    One line at a base class is enough for all classes of attrs below it. A value of another type than its class says is
    refused with `InvalidValue`, which names every such field.

    >>> @attrs.frozen(kw_only=True, field_transformer=checked)
    ... class Renewal:
    ...     permit: str
    ...     years: int = 5
    >>> Renewal(permit="B", years="five")
    Traceback (most recent call last):
        ...
    ticontact.errors.InvalidValue: Renewal.years: str was given (allowed: a whole number)
    """
    setattr(owner, _CHECK, _check_first)
    if _is_checked(fields):
        return fields
    first = next((place for place, field in enumerate(fields) if field.init), len(fields))
    return [_with(field, before=True) if place == first else field for place, field in enumerate(fields)]


def checked_after(owner: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Check every field as `checked` does, but after the validators of the class, which refuse by errors of their own.

    Of what they have let pass, nothing is let pass that is of another type.
    """
    setattr(owner, _CHECK, _check_first)
    if _is_checked(fields):
        return fields
    last = max((place for place, field in enumerate(fields) if field.init), default=-1)
    return [_with(field, before=False) if place == last else field for place, field in enumerate(fields)]


def _check(value: Any, _attribute: object, _given: object) -> None:  # noqa: ANN401 - any value of a checked class
    value.__plain_check__()


@attrs.frozen
class _Both:
    """Two validators of one field, one after the other."""

    first: _Validator
    second: _Validator

    def __call__(self, value: Any, attribute: Any, given: Any) -> None:  # noqa: ANN401 - as attrs calls them
        self.first(value, attribute, given)
        self.second(value, attribute, given)


def _is_checked(fields: "list[attrs.Attribute[Any]]") -> bool:
    """Whether a base class has the check already, which then goes over all fields of its subclasses too."""
    return any(
        field.validator is _check
        or (isinstance(field.validator, _Both) and _check in {field.validator.first, field.validator.second})
        for field in fields
    )


def _with(field: "attrs.Attribute[Any]", *, before: bool) -> "attrs.Attribute[Any]":
    if field.validator is None:
        return field.evolve(validator=_check)
    return field.evolve(validator=_Both(_check, field.validator) if before else _Both(field.validator, _check))


def _check_first(value: Any) -> None:  # noqa: ANN401 - as above
    """Check the first value of a class, and let the class do so by itself from the next one on."""
    owner = type(value)
    check = _compiled(shape_of(owner))
    type.__setattr__(owner, _CHECK, check)
    check(value)


def _compiled(shape: Shape) -> Function:
    names = Names()

    def fail(value: object) -> None:
        faults = list(shape.misfits(value))
        if faults:  # a subclass of what is asked may be right after all
            raise InvalidValue(faults, given=value)

    lines = ["def check(v):", f"    if v.__class__ is not {names.of(shape.owner)}:", "        return other(v)"]
    names.known |= {"other": _check_first, "fail": fail}
    conditions = []
    for field in shape.fields:
        e = names.local()
        lines.append(f"    {e} = v.{field.attribute}")
        conditions.append(field.kind.check(e, names))
    lines += [f"    if not ({' and '.join(conditions)}):", "        fail(v)"]  # there is a field, which asked for this
    return function_of("check", lines, names, shape.name)
