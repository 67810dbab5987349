"""Values that are checked while they are built: every field is of the type that its class says.

Theory of operation. `checked` is a field transformer of attrs. It puts one validator before all others, which goes over
the whole value by one function, compiled when the first value of the class is built. What converters make of an
argument is what is checked. The function says only that something is wrong; then the value is gone over once more to
say what.
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args, get_origin, get_type_hints

import attrs

from ticontact._frozen_map import frozen_map
from ticontact.errors import Fault, HoursError, InvalidValue, TicontactError
from ticontact.plain._compiled import Function, function_of
from ticontact.plain._copied import by_instant, holds_instants, let_be_copied
from ticontact.plain._kinds import UNREADABLE
from ticontact.plain._names import Names
from ticontact.plain._shape import Shape, kind_of, shape_of

__all__ = ["checked", "checked_after"]

_CHECK: Final = "__plain_check__"
_GUARDED: Final = "__plain_guarded__"
_NAMELESS: Final = ("at", "instant", "time of day")
"""What an instant is called by what reads it, which does not know for which field."""

_Validator = Callable[[Any, Any, Any], object]


def checked(owner: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Check every field of a value when it is built: `@attrs.frozen(field_transformer=checked)`.

    One line at a base class is enough for all classes of attrs below it that hold no datetimes and no mappings of their
    own. A value of another type than its class says is refused with `InvalidValue`, which names every such field.

    The line also makes values what values are: a mapping in them never changes, they are equal by the instants that
    they hold, and a copy or a pickle of them holds the same instants.

    >>> @attrs.frozen(kw_only=True, field_transformer=checked)
    ... class Renewal:
    ...     permit: str
    ...     years: int = 5
    >>> Renewal(permit="B", years="five")
    Traceback (most recent call last):
        ...
    ticontact.errors.InvalidValue: Renewal.years: str was given (allowed: a whole number)
    """
    return _transformed(owner, fields, is_before=True)


def checked_after(owner: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Check every field as `checked` does, but after the validators of the class, which refuse by errors of their own.

    Of what they have let pass, nothing is let pass that is of another type.
    """
    return _transformed(owner, fields, is_before=False)


def _transformed(owner: type, fields: "list[attrs.Attribute[Any]]", *, is_before: bool) -> "list[attrs.Attribute[Any]]":
    setattr(owner, _CHECK, _check_first)
    if any(holds_instants(field.type) for field in fields):
        let_be_copied(owner)
    fields = [_as_value(_guarded(field, owner)) for field in fields]
    if _is_checked(fields):
        return fields
    given = [place for place, field in enumerate(fields) if field.init]
    chosen = given[0 if is_before else -1] if given else None
    return [_with(field, before=is_before) if place == chosen else field for place, field in enumerate(fields)]


def _as_value(field: "attrs.Attribute[Any]") -> "attrs.Attribute[Any]":
    """A field that is compared by instants, and whose mapping is frozen."""
    if field.converter is None and field.init and _is_mapping(field.type):
        field = field.evolve(converter=frozen_map)
    key: object = getattr(field, "eq_key", None)  # of which the stubs of attrs say nothing
    if field.eq and key is None and holds_instants(field.type):
        field = field.evolve(eq_key=by_instant, order_key=by_instant if field.order else None)
    return field


def _is_mapping(hint: object) -> bool:
    return get_origin(hint) is Mapping or any(get_origin(each) is Mapping for each in get_args(hint))


def _guarded(field: "attrs.Attribute[Any]", owner: type) -> "attrs.Attribute[Any]":
    """A field whose converter refuses what it cannot read by a typed error, which names the field."""
    converter = field.converter
    if converter is None or isinstance(converter, attrs.Converter) or hasattr(converter, _GUARDED):
        return field
    is_mapping = _is_mapping(field.type)
    path = f"{owner.__name__}.{field.alias or field.name.lstrip('_')}"

    @functools.wraps(converter)
    def convert(given: object) -> object:
        try:
            return frozen_map(converter(given)) if is_mapping else converter(given)
        except InvalidValue as refused:
            faults = [Fault(f"{path}, {fault.path}", fault.problem, fault.allowed) for fault in refused.faults]
        except HoursError as refused:
            if refused.field not in _NAMELESS:
                raise
            named = str(refused).removeprefix(refused.field)
            raise type(refused)(f"{path}{named}", given=given, field=path) from None
        except TicontactError:
            raise
        except UNREADABLE:
            kind = kind_of(get_type_hints(owner, include_extras=True)[field.name])
            faults = [Fault(path, f"{type(given).__name__} was given", kind.words)]
        raise InvalidValue(faults, given=given)

    setattr(convert, _GUARDED, True)
    return field.evolve(converter=convert)


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
    names.known["unreadable"] = UNREADABLE
    lines += [
        "    try:",
        f"        is_right = {' and '.join(conditions)}",  # there is a field, which asked for this
        "    except unreadable:",  # something that cannot be compared, or hashed
        "        is_right = False",
        "    if not is_right:",
        "        fail(v)",
    ]
    return function_of("check", lines, names, shape.name)
