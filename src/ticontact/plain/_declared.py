"""What a class says of its plain form, beside its fields: its name, its number, the steps from older forms.

A declaration stands with its class, in the class's own package, and is kept on the class. So what is known of a class
never depends on what else has been imported.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar

import attrs

from ticontact.errors import Fault, InvalidValue

__all__ = [
    "IS_DAY",
    "IS_EPOCH",
    "IS_WORD",
    "IS_ZONE",
    "Bounds",
    "Custom",
    "Epoch",
    "Form",
    "ShownDay",
    "Upcaster",
    "Word",
    "Zone",
    "comment_of",
    "custom",
    "custom_of",
    "described",
    "form",
    "form_of",
    "is_open",
    "is_required",
    "kinds",
    "kinds_of",
    "known",
    "known_of",
    "name_of",
]

T = TypeVar("T")

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""From the fields of one form to those of the next; both without `type` and `form`."""

_FORM: Final = "__plain_form__"
_KINDS: Final = "__plain_kinds__"
_OPEN: Final = "__plain_open__"
_CUSTOM: Final = "__plain_custom__"
_KNOWN: Final = "__plain_known__"
_NAME: Final = "ticontact.plain.name"
_COMMENT: Final = "ticontact.plain.comment"
_REQUIRED: Final = "ticontact.plain.required"
_NONE: Final[Mapping[int, Upcaster]] = MappingProxyType({})


@attrs.frozen
class Form:
    """The form that a class says it has.

    Attributes:
        name: What stands under `type`.
        number: What stands under `form`.
        oldest: The oldest number that is still read.
        upcasters: For each older number the step to the next one.
        make: What makes a value of the fields; None for the class itself.
    """

    name: str
    number: int
    oldest: int
    upcasters: Mapping[int, Upcaster]
    make: Callable[..., Any] | None = None


_ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "least": ("int", "NoneType"),
    "most": ("int", "NoneType"),
    "shortest": ("int",),
    "longest": ("int", "NoneType"),
    "pattern": ("str",),
    "is_line": ("bool",),
}
"""The types of the fields of `Bounds`, which checks itself: the check of all others is made of it."""


@attrs.frozen(kw_only=True)
class Bounds:
    """The bounds of a value, for an annotation: `Annotated[int, Bounds(least=1)]`.

    They are checked where a value is built and where it is read, and they stand in the schema.

    Attributes:
        least: The least number, amount of time in seconds, or year of an instant; None for no bound.
        most: The greatest; None for no bound.
        shortest: The fewest characters of a text.
        longest: The most characters of a text; None for no bound.
        pattern: A regular expression that a text matches from its beginning to its end, in the syntax that Python and
            ECMAScript share; empty for any text.
        is_line: Whether a text is one line: without control characters and marks that turn the direction of writing.
    """

    least: int | None = None
    most: int | None = None
    shortest: int = 0
    longest: int | None = None
    pattern: str = ""
    is_line: bool = False

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(f"Bounds.{name}", f"{type(getattr(self, name)).__name__} was given", " or ".join(allowed))
            for name, allowed in _ALLOWED.items()
            if type(getattr(self, name)).__name__ not in allowed
        ]
        if faults:
            raise InvalidValue(faults, given=self)


IS_EPOCH: Final = "ticontact.plain.epoch"
IS_ZONE: Final = "ticontact.plain.zone"
IS_WORD: Final = "ticontact.plain.word"
IS_DAY: Final = "ticontact.plain.day"
"""The marks of annotations."""

Epoch = Annotated[int, IS_EPOCH]
"""An instant, in microseconds since 1970-01-01T00:00Z: a whole number whose plain form is RFC 3339 in UTC."""

ShownDay = Annotated[date, IS_DAY]
"""A day of the years that every zone can show: what begins on it has an instant."""

Word = Annotated[str, IS_WORD]
"""A text of a small vocabulary: each is kept once, however many values are read."""

Zone = Annotated[str | int, IS_ZONE]
"""A time zone: an IANA name, or the offset in seconds of a zone without one."""


@attrs.frozen(kw_only=True)
class Custom:
    """A plain form that is not made of a class's fields.

    Attributes:
        write: The plain form of a value.
        read: The value of a plain form; any `TicontactError`, `ValueError`, `TypeError` or `LookupError` refuses it.
        schema: The JSON Schema of the plain form.
        words: What may stand there, in a few words.
        is_form: Whether what cannot be read is still of the form that the schema describes.
    """

    write: Callable[[Any], object]
    read: Callable[[Any], object]
    schema: Mapping[str, object]
    words: str
    is_form: Callable[[Any], bool] | None = None


def form(
    name: str, number: int = 1, *, upcasters: Mapping[int, Upcaster] = _NONE, make: str = ""
) -> Callable[[type[T]], type[T]]:
    """Declare that a class of attrs has a form of its own, and can stand in a document of its own.

    The declaration goes above the decorator of attrs. Whoever changes the fields of the class, or of a value in it that
    has no form of its own, raises the number and adds the step from the form before.

    Args:
        name: What stands under `type`; it must be the only one of this name in every union.
        number: The number of the form, from 1.
        upcasters: For each older number that is still read the step to the next one.
        make: The name of the class method that makes a value of the fields, where the class itself asks for others.

    Raises:
        TypeError: If a step is missing between two forms, or the last one.

    >>> @form("renewal", 2, upcasters={1: lambda fields: {**fields, "urgent": False}})
    ... @attrs.frozen(kw_only=True)
    ... class Renewal:
    ...     permit: str
    ...     urgent: bool
    >>> from ticontact.plain import from_dict, to_dict
    >>> to_dict(Renewal(permit="B", urgent=True))
    {'type': 'renewal', 'form': 2, 'permit': 'B', 'urgent': True}
    >>> from_dict(Renewal, {"type": "renewal", "form": 1, "permit": "B"})
    Renewal(permit='B', urgent=False)
    """
    oldest = min(upcasters, default=number)
    if number < 1 or set(upcasters) != set(range(oldest, number)):
        raise TypeError(f"form {name!r}: allowed: a number from 1, and a step from each older form that is still read")
    steps = MappingProxyType(dict(upcasters))

    def declare(owner: type[T]) -> type[T]:
        setattr(owner, _FORM, Form(name, number, oldest, steps, getattr(owner, make) if make else None))
        return owner

    return declare


def form_of(owner: type) -> Form | None:
    """The form that a class has declared itself; what its base has declared is the base's."""
    declared: Form | None = owner.__dict__.get(_FORM)
    return declared


def kinds(base: type, *members: type, is_open: bool = False) -> None:
    """Declare which classes a base class stands for, where a field says the base class.

    Args:
        base: The base class.
        members: Its classes, all of them.
        is_open: Whether a value may hold others too, which have no plain form.
    """
    setattr(base, _KINDS, members)
    setattr(base, _OPEN, is_open)


def kinds_of(base: type) -> tuple[type, ...]:
    """The classes that a base class stands for; none where it has not declared any."""
    members: tuple[type, ...] = base.__dict__.get(_KINDS, ())
    return members


def known(owner: type[T], values: Mapping[str, T]) -> None:
    """Declare the values of a class that are known by name: they are written as that name, all others in full.

    Args:
        owner: The class, whose values are hashable.
        values: The values by name.
    """
    setattr(owner, _KNOWN, MappingProxyType(dict(values)))


def known_of(owner: type) -> Mapping[str, Any]:
    """The values of a class that are known by name; none where it has not declared any."""
    values: Mapping[str, Any] = owner.__dict__.get(_KNOWN, {})
    return values


def is_open(base: type) -> bool:
    """Whether a value may hold others than the classes that a base class stands for."""
    return base.__dict__.get(_OPEN, False) is True


def custom(
    owner: type[T],
    *,
    write: Callable[[T], object],
    read: Callable[[Any], T],
    schema: Mapping[str, object],
    words: str,
    is_form: Callable[[Any], bool] | None = None,
) -> None:
    """Declare a plain form that is not made of the fields of a class, such as one text.

    Args:
        owner: The class.
        write: The plain form of a value.
        read: The value of a plain form; any `TicontactError`, `ValueError`, `TypeError` or `LookupError` refuses it.
        schema: The JSON Schema of the plain form.
        words: What may stand there, in a few words, for the error.
        is_form: Whether what cannot be read is still of the form that the schema describes: an address of that
            pattern that nobody has, say. None if it never is.
    """
    setattr(owner, _CUSTOM, Custom(write=write, read=read, schema=schema, words=words, is_form=is_form))


def custom_of(owner: type) -> Custom | None:
    """The plain form that a class has declared to be its own."""
    declared: Custom | None = owner.__dict__.get(_CUSTOM)
    return declared


def described(*, name: str = "", comment: str = "", is_required: bool = False) -> Mapping[str, object]:
    """The metadata of a field: what its plain form has that the field itself does not say.

    Args:
        name: Its name in the plain form; that under which it is given to its class if empty.
        comment: What the schema says of it, under `$comment`; nothing if empty.
        is_required: Whether it must be there in what is read, although the field has a default.
    """
    told = {_NAME: name, _COMMENT: comment, _REQUIRED: is_required}
    return {key: value for key, value in told.items() if value}


def name_of(field: "attrs.Attribute[Any]") -> str:
    """The name of a field in the plain form."""
    return str(field.metadata.get(_NAME, field.alias))


def is_required(field: "attrs.Attribute[Any]") -> bool:
    """Whether a field must be there in what is read."""
    return field.default is attrs.NOTHING or _REQUIRED in field.metadata


def comment_of(field: "attrs.Attribute[Any]") -> str:
    """What the schema says of a field; empty if nothing."""
    comment: str = field.metadata.get(_COMMENT, "")
    return comment
