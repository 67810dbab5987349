"""The plain form of a class, made once of its fields and kept on the class."""

import enum
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs

from ticontact.errors import Fault, TicontactError
from ticontact.plain import _kinds as kinds
from ticontact.plain._compiled import Compiled
from ticontact.plain._declared import (
    IS_DAY,
    IS_EPOCH,
    IS_WORD,
    IS_ZONE,
    Bounds,
    Form,
    comment_of,
    custom_of,
    form_of,
    is_open,
    is_required,
    kinds_of,
    known_of,
    name_of,
)
from ticontact.plain._faults import MISSING, Findings
from ticontact.plain._kinds import DEEPEST, UNREADABLE, Field, Kind, Own
from ticontact.plain._times import Unreadable

__all__ = ["Shape", "kind_of", "shape_of"]

_SHAPE: Final = "__plain_shape__"
_FACTORY: Final = type(cast("object", attrs.Factory(list)))


class Shape:
    """The plain form of one class of attrs.

    Attributes:
        owner: The class.
        name: The name of the form: as declared, or that of the class in small letters.
        maker: What makes a value of its fields: the class, unless it says otherwise.
        form: The form as declared; None if the class has none of its own.
        fields: Its fields in their order.
        compiled: The functions that check, write and read a value.
    """

    def __init__(self, owner: type) -> None:
        self.owner = owner
        self.form: Form | None = form_of(owner)
        self.name = _snake(owner.__name__) if self.form is None else self.form.name
        self.maker: Callable[..., Any] = owner if self.form is None or self.form.make is None else self.form.make
        self.compiled = Compiled(self)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are given when a value is built."""
        hints = get_type_hints(self.owner, include_extras=True)
        return tuple(_field(each, hints[each.name]) for each in attrs.fields(self.owner) if each.init)

    @cached_property
    def is_recursive(self) -> bool:
        """Whether a value may hold one of its own class, however deep."""
        seen: list[type] = []
        waiting: list[Kind] = [field.kind for field in self.fields]
        while waiting:
            kind = waiting.pop()
            waiting += kind.holds
            if isinstance(kind, Own) and kind.shape.owner not in seen:
                seen.append(kind.shape.owner)
                waiting += [field.kind for field in kind.shape.fields]
        return self.owner in seen

    def misfits(self, value: object) -> Iterator[Fault]:
        """What is wrong with a value that is being built."""
        for field in self.fields:
            yield from field.kind.misfits(getattr(value, field.attribute), f"{self.owner.__name__}.{field.argument}")

    def find(self, data: Any, path: str, findings: Findings, depth: int, *, is_tagged: bool) -> object:  # noqa: ANN401
        """Read a plain form slowly, and note every fault with its path, which is the name of the form at first."""
        path = path or self.name
        if data.__class__ is not dict:
            return findings.wrong(path, data, self.name)
        depth += self.is_recursive
        if depth > DEEPEST:
            return findings.refused(path, "it nests too deeply", f"{DEEPEST} levels")
        fields, count = dict(data), findings.count
        if is_tagged or self.form is not None:
            name = fields.pop("type", MISSING)
            if name != self.name:
                return findings.unknown(f"{path}.type", name, (self.name,))
        if self.form is not None:
            fields = self.lifted(fields, path, findings)
        return MISSING if findings.count > count else self._found(fields, path, findings, depth)

    def _found(self, fields: dict[str, Any], path: str, findings: Findings, depth: int) -> object:
        """The value of all that stands beside `type` and `form`."""
        given, count = {}, findings.count
        for field in self.fields:
            if field.name in fields:
                given[field.argument] = field.kind.find(fields.pop(field.name), f"{path}.{field.name}", findings, depth)
            elif field.default is MISSING:
                findings.note(f"{path}.{field.name}", "missing", field.kind.words)
        if fields:  # names from outside, which are not quoted
            known = ", ".join(field.name for field in self.fields)
            findings.note(f"{path}, names of fields", f"{len(fields)} are unknown", known)
        if findings.count > count:
            return MISSING
        return self._built(given, path, findings)

    def _built(self, given: dict[str, object], path: str, findings: Findings) -> object:
        """The value of fields that are right by themselves; its class may still refuse them together."""
        try:
            return self.maker(**given)
        except TicontactError as refused:
            problem = str(refused)
        except UNREADABLE as failed:
            problem = f"it cannot be built: {type(failed).__name__}"
        return findings.refused(path, problem)

    def lifted(self, fields: dict[str, Any], path: str, findings: Findings) -> Any:  # noqa: ANN401 - or MISSING
        """The fields of any form in the newest one; `type` and `form` are not among them."""
        form = self.form
        assert form is not None  # noqa: S101 - whoever calls has looked
        number = fields.pop("form", MISSING)
        is_number = number.__class__ is int or (number.__class__ is float and number.is_integer())
        if not is_number or not form.oldest <= number <= form.number:
            return findings.unknown(f"{path}.form", number, range(form.oldest, form.number + 1))
        if number < form.number:
            problem = _is_no_plain(fields)
            if problem:
                return findings.note(path, problem, "plain data")
        for step in range(int(number), form.number):
            try:
                fields = dict(form.upcasters[step](fields))
            except UNREADABLE as failed:
                problem = f"the step from form {step} fails: {type(failed).__name__}"
                return findings.note(path, problem, f"a document of form {step}")
        return fields


def _is_no_plain(fields: Mapping[str, object]) -> str:
    """What is wrong with data that the steps from older forms go over; empty if nothing is."""
    try:
        kinds.copied(dict(fields))
    except (Unreadable, RecursionError):
        return "it holds what no document holds, or nests too deeply"
    return ""


def shape_of(owner: type) -> Shape:
    """The plain form of a class of attrs, made at the first question and kept on the class."""
    shape: Shape | None = owner.__dict__.get(_SHAPE)
    if shape is None:
        shape = Shape(owner)
        type.__setattr__(owner, _SHAPE, shape)
    return shape


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")


def _field(field: "attrs.Attribute[Any]", hint: object) -> Field:
    default: Any = field.default
    is_made = isinstance(default, _FACTORY)
    hangs_on_others = is_made and default.takes_self  # such a field must stand there
    if is_made:
        default = default.factory
    return Field(
        name=name_of(field),
        attribute=field.name,
        argument=str(field.alias),
        kind=kind_of(hint),
        default=MISSING if is_required(field) or hangs_on_others else default,
        is_made=is_made,
        comment=comment_of(field),
    )


_SCALARS: Final[Mapping[object, Callable[[Bounds], Kind]]] = {
    str: kinds.text,
    int: kinds.whole,
    timedelta: kinds.amount_kind,
    float: lambda _: kinds.number(),
    bool: lambda _: kinds.flag(),
    date: lambda _: kinds.day(),
    types.NoneType: lambda _: kinds.nothing(),
    None: lambda _: kinds.nothing(),
    object: lambda _: kinds.anything(),
    Any: lambda _: kinds.opaque(object),
}


_MARKS: Final[Mapping[object, Callable[[], Kind]]] = {
    IS_DAY: lambda: kinds.day(is_shown=True),
    IS_EPOCH: kinds.epoch,
    IS_WORD: lambda: kinds.text(is_kept_once=True),
    IS_ZONE: kinds.zone_kind,
}


def kind_of(hint: Any, limits: Bounds = Bounds()) -> Kind:  # noqa: ANN401, B008, C901, PLR0911 - any annotation; one return for each kind; it is frozen
    """The kind of value that an annotation says.

    Raises:
        NotImplementedError: If two kinds of a union cannot be told apart in JSON.
    """
    if hint in _SCALARS:
        return _SCALARS[hint](limits)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marks = inner[1:]
        for mark in marks:
            if mark in _MARKS:
                return _MARKS[mark]()
        return kind_of(inner[0], next((mark for mark in marks if isinstance(mark, Bounds)), limits))
    if origin is Literal:
        return kinds.word(inner)
    if origin in {Union, types.UnionType}:
        words = [word for each in inner if get_origin(each) is Literal for word in get_args(each)]
        others = [kind_of(each, limits) for each in inner if get_origin(each) is not Literal]
        return _one_of([kinds.word(tuple(words))] * bool(words) + others)
    if origin is tuple:
        is_long = len(inner) == 2 and inner[1] is Ellipsis  # noqa: PLR2004 - the kind and the dots
        return kinds.Many(kind_of(inner[0])) if is_long else kinds.Row(tuple(map(kind_of, inner)))
    if origin is frozenset:
        return kinds.Bag(kind_of(inner[0]))
    if origin in {Mapping, dict}:
        return kinds.Table(kind_of(inner[0]), kind_of(inner[1]))
    if isinstance(hint, TypeVar):
        return kinds.opaque(object)  # of what stands for any type, nothing can be checked
    return _kind_of_class(hint, limits) if isinstance(hint, type) else kinds.opaque(hint)


def _kind_of_class(owner: type, limits: Bounds) -> Kind:
    declared = custom_of(owner)
    if declared is not None:
        return kinds.custom_kind(owner, declared)
    members = kinds_of(owner)
    if members:
        told_apart = _one_of([kind_of(each) for each in members])
        return attrs.evolve(told_apart, others=kinds.opaque(owner)) if is_open(owner) else told_apart
    if attrs.has(owner):
        own, values = Own(shape_of(owner)), known_of(owner)
        return _one_of([kinds.known_kind(values), own]) if values else own
    if issubclass(owner, enum.Enum):
        return kinds.member(owner)
    if issubclass(owner, datetime):
        return kinds.zoned_kind(limits)
    return kinds.opaque(owner)


def _one_of(options: list[Kind]) -> kinds.OneOf:
    """One of some kinds; a union in a union is one union."""
    flat: list[Kind] = []
    for option in options:
        flat += option.holds if isinstance(option, kinds.OneOf) else [option]
    classes = {each.shape.name: each for each in flat if isinstance(each, Own)}
    plain = [each for each in flat if not isinstance(each, Own)]
    plain.sort(key=lambda each: (each.json == "", each.json != "null"))  # what may be anything comes last
    told = [each.json for each in plain] + ["object"] * bool(classes)
    if len(set(told)) < len(told) or (classes and "" in told) or len(plain) + len(classes) < len(flat):
        names = ", ".join(each.words for each in flat)
        raise NotImplementedError(f"union: {names} cannot be told apart in JSON")
    if len(classes) > 1:
        classes = {name: Own(each.shape, is_tagged=True) for name, each in classes.items()}
    return kinds.OneOf(tuple(plain), classes)
