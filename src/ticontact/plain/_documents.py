"""Values as plain data and back: `to_dict` and `from_dict`."""

from collections.abc import Mapping
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, overload

import attrs

from ticontact.errors import InvalidValue
from ticontact.plain._compiled import Function, compiled_union
from ticontact.plain._faults import Findings
from ticontact.plain._kinds import UNREADABLE, Kind, OneOf, Own
from ticontact.plain._shape import kind_of, shape_of

__all__ = ["document_kind", "from_dict", "to_dict"]

T = TypeVar("T")


def to_dict(value: object) -> dict[str, Any]:
    """The plain form of a value: texts, numbers, truth values, lists and tables, as JSON takes them.

    It holds personal values in the clear: whoever stores it must protect it. It shares nothing with the value.

    Args:
        value: A value of a class that has a form of its own (`form`).

    Raises:
        InvalidValue: If it has none, or holds what cannot be written, such as a naive datetime.
    """
    owner = type(value)
    form = shape_of(owner).form if attrs.has(owner) else None
    if form is None:
        raise _no_form(owner)
    try:
        written: dict[str, Any] = shape_of(owner).compiled.write(value, 0)
    except UNREADABLE:
        faults = list(shape_of(owner).misfits(value))
    else:
        return written
    findings = Findings()
    for fault in faults:
        findings.note(fault.path, fault.problem, fault.allowed)
    if not faults:
        findings.refused(owner.__name__, "it holds what cannot be written", "values of the types that its class says")
    raise findings.error(value)


@overload
def from_dict(kind: type[T], data: Mapping[str, Any]) -> T: ...
@overload
def from_dict(kind: UnionType, data: Mapping[str, Any]) -> Any: ...  # noqa: ANN401 - one of the union


def from_dict(kind: Any, data: Mapping[str, Any]) -> Any:
    """The value of a plain form. All of it is read, or nothing is built.

    This is a door of storage: what stands there is believed, a person's identity and a case too. Never give it what a
    stranger wrote.

    Args:
        kind: The class; or a union of classes such as `DeskEvent`, of which `type` says which.
        data: What `to_dict` of this or an earlier version wrote, or another program by the published schema. Fields
            that have a default may be missing.

    Raises:
        InvalidValue: If it is no such form. Every place is named, none of the values.

    >>> import attrs
    >>> from ticontact.plain import form
    >>> @form("permit")
    ... @attrs.frozen
    ... class Permit:
    ...     kind: str
    ...     years: int
    >>> from_dict(Permit, {"type": "permit", "form": 1, "kind": "B", "years": "five"})
    Traceback (most recent call last):
        ...
    ticontact.errors.InvalidValue: permit.years: str was given (allowed: a whole number)
    """
    known, read = _reader(kind)
    given = dict(data) if data.__class__ is not dict and isinstance(data, Mapping) else data
    try:
        return read(given, 0)
    except UNREADABLE:
        pass  # the fast way says only that something is wrong; the slow one says where
    findings = Findings()
    known.find(given, "", findings, 0)
    raise findings.error(data)


def document_kind(kind: Any) -> Kind:  # noqa: ANN401 - a class or a union
    """The kind of values that stand in documents of their own.

    Raises:
        InvalidValue: If they do not.
    """
    known = kind_of(kind)
    owns = [known] if isinstance(known, Own) else []
    if isinstance(known, OneOf) and not known.plain:
        owns = [*known.classes.values()]
    if not owns:
        raise _no_form(kind)
    for own in owns:
        if own.shape.form is None:
            raise _no_form(own.shape.owner)
    return known


@lru_cache(maxsize=512)
def _reader(kind: Any) -> tuple[Kind, Function]:  # noqa: ANN401 - as above
    known = document_kind(kind)
    if isinstance(known, Own):
        functions = known.shape.compiled

        def read(data: object, depth: int) -> object:
            value: object = functions.read(data, depth)  # asked anew: it takes its own place at the first call
            return value

        return known, read
    assert isinstance(known, OneOf)  # noqa: S101 - there are no others
    return known, compiled_union(known)[1]


def _no_form(owner: Any) -> InvalidValue:  # noqa: ANN401 - as above
    findings = Findings()
    name = getattr(owner, "__name__", str(owner))
    findings.note(name, "it has no form of its own", "a class that is declared with `ticontact.plain.form`")
    return findings.error(owner)
