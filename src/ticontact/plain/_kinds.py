"""The kinds of values that have a plain form: how each is checked, written, read, and described by a schema.

Theory of operation. A kind does each thing twice. `check`, `write` and `read` give the source of an expression, from
which the functions of a class are compiled (`_compiled`): they are as fast as if written by hand, and say only that
something is wrong. `misfits` and `find` then go over the same value once more, slowly, and name every place. `schema`
is the same form in the words of JSON Schema. Tests hold all of them against each other.

Every expression is written over a local variable, so it may name it more than once. `depth` in it counts the values
that hold values of their own class, such as conditions made of conditions: there are at most `DEEPEST` of them.
"""

import json
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any, Final, Protocol, cast, get_origin

import attrs
import pendulum

from ticontact._bounded import listed
from ticontact._foreign import DEEPEST
from ticontact.errors import Fault, TicontactError
from ticontact.plain._declared import Bounds, Custom, Form
from ticontact.plain._faults import MISSING, Findings
from ticontact.plain._names import Names
from ticontact.plain._times import (
    DAY_PATTERN,
    FIRST,
    INSTANT_PATTERN,
    LAST,
    LONGEST,
    SECONDS_OF_A_DAY,
    SHOWN_DAY_PATTERN,
    UTC_PATTERN,
    ZONE_PATTERN,
    Unreadable,
    amount,
    amount_of,
    day_of,
    epoch_of,
    instant_text,
    is_instant,
    is_zone,
    is_zone_form,
    zone_named_in,
    zoned,
    zoned_of,
)

__all__ = [
    "DEEPEST",
    "LARGEST",
    "UNREADABLE",
    "Bag",
    "Book",
    "ClassForm",
    "Field",
    "Kind",
    "Many",
    "OneOf",
    "Own",
    "Row",
    "Scalar",
    "Table",
    "amount_kind",
    "anything",
    "custom_kind",
    "day",
    "epoch",
    "flag",
    "known_kind",
    "member",
    "nothing",
    "number",
    "opaque",
    "text",
    "whole",
    "word",
    "zoned_kind",
]

LARGEST: Final = 2**53 - 1
"""The largest whole number that every reader of JSON holds exactly (RFC 7493, section 2.2)."""
_GREATEST: Final = 1.7976931348623157e308
"""The greatest number that there is in 64 bits."""
UNREADABLE: Final = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TicontactError, TypeError, Unreadable, ValueError
)  # fmt: skip
"""What is raised where a plain form is read that is not what it should be."""
_HALF: Final = re.compile("[\ud800-\udfff]")
_LINE: Final = r"[^\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
"""One line of text; the tab is a space."""
_IS_LINE: Final = re.compile(_LINE).fullmatch
_NO_LIMITS: Final = Bounds()


def is_whole(words: str) -> bool:
    """Whether a text holds whole characters only; half of one cannot be written as UTF-8."""
    return _HALF.search(words) is None


def bad(_: object = None) -> object:
    """Stand where a value would, and say that there is none."""
    raise Unreadable


class Functions(Protocol):
    """What a kind needs of the functions of a class; `_compiled.Compiled` is one."""

    write: Callable[..., Any]
    write_tagged: Callable[..., Any]
    read: Callable[..., Any]
    read_tagged: Callable[..., Any]


@attrs.frozen(kw_only=True, eq=False)
class Field:
    """One field of a class in its plain form.

    Attributes:
        name: Its name in the plain form.
        attribute: Under which name the value holds it.
        argument: Under which name it is given to the class.
        kind: What it holds.
        default: What it holds where nothing is given; `MISSING` if something must be.
        is_made: Whether the default is a function that makes it.
        comment: What the class says of it beside, for the schema.
    """

    name: str
    attribute: str
    argument: str
    kind: "Kind"
    default: Any
    is_made: bool
    comment: str


class ClassForm(Protocol):
    """What kinds and functions need of the form of a class; `_shape.Shape` is one."""

    owner: type
    maker: Callable[..., Any]
    name: str
    form: Form | None

    @property
    def compiled(self) -> Functions:
        """The functions that write and read a value."""
        ...

    @property
    def fields(self) -> Sequence[Field]:
        """The fields."""
        ...

    @property
    def is_recursive(self) -> bool:
        """Whether a value may hold one of its own class."""
        ...

    def find(self, data: Any, path: str, findings: Findings, depth: int, *, is_tagged: bool) -> object:  # noqa: ANN401
        """Read a plain form slowly."""
        ...

    def lifted(self, fields: dict[str, Any], path: str, findings: Findings) -> Any:  # noqa: ANN401 - or `MISSING`
        """The fields of an older form in the newest one."""
        ...


class Book(Protocol):
    """What a kind needs of a schema that is being made; `_schema.Book` is one."""

    is_read: bool

    def reference(self, shape: ClassForm, *, is_tagged: bool) -> dict[str, object]:
        """A reference to the definition of a class."""
        ...


class Kind(ABC):
    """A kind of value.

    Attributes:
        json: As what it stands in JSON: `null`, `boolean`, `number`, `string`, `array` or `object`; empty for any.
    """

    json: str

    @property
    @abstractmethod
    def words(self) -> str:
        """What may stand there, in a few words."""

    @property
    @abstractmethod
    def holds(self) -> "tuple[Kind, ...]":
        """The kinds of what is in it."""

    @abstractmethod
    def check(self, v: str, names: Names) -> str:
        """The source of whether a value is of this kind."""

    @abstractmethod
    def write(self, v: str, names: Names) -> str:
        """The source of the plain form of a value."""

    @abstractmethod
    def read(self, v: str, names: Names) -> str:
        """The source of the value of a plain form; it raises where there is none."""

    @abstractmethod
    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """What is wrong with a value that is being built, place by place."""

    @abstractmethod
    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401 - whatever is there
        """Read a plain form slowly, and note every fault with its path; `MISSING` where there is no value."""

    @abstractmethod
    def schema(self, book: Book) -> dict[str, object]:
        """The JSON Schema of the plain form."""

    def _misfit(self, value: object, path: str) -> Fault:
        return Fault(path, f"{type(value).__name__} was given", self.words)


@attrs.frozen(kw_only=True, eq=False)
class Scalar(Kind):
    """A kind of value that holds no others; its sources are templates over `{v}` and the names in `uses`.

    Attributes:
        checked: The template of `check`.
        written: The template of `write`.
        reads: The template of `read`.
        fits: Whether a value is of this kind, or of a subclass that is written alike.
        value_of: The value of a plain form; any of `UNREADABLE` where there is none.
        written_schema: The schema of what is written.
        read_schema: The schema of what is read, where that is more; the same if None.
        uses: What the templates name.
        is_form: Whether what cannot be read is still of the form that the schema describes; None if it never is.
    """

    words: str
    json: str
    holds: tuple[Kind, ...] = ()
    checked: str
    written: str = "{v}"
    reads: str
    fits: Callable[[Any], bool]
    value_of: Callable[[Any], object]
    written_schema: Mapping[str, object]
    read_schema: Mapping[str, object] | None = None
    uses: Mapping[str, object] = attrs.field(factory=dict)
    is_form: Callable[[Any], bool] | None = None

    def _source(self, template: str, v: str, names: Names) -> str:
        return template.format(v=v, **{name: names.of(thing) for name, thing in self.uses.items()})

    def check(self, v: str, names: Names) -> str:
        """As the template says."""
        return self._source(self.checked, v, names)

    def write(self, v: str, names: Names) -> str:
        """As the template says."""
        return self._source(self.written, v, names)

    def read(self, v: str, names: Names) -> str:
        """As the template says."""
        return self._source(self.reads, v, names)

    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """The value itself, if it does not fit."""
        try:
            is_fit = self.fits(value)
        except UNREADABLE:
            is_fit = False
        if not is_fit:
            yield self._misfit(value, path)

    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401, ARG002
        """The value itself, or a fault."""
        try:
            return self.value_of(data)
        except UNREADABLE:
            pass  # it is told below by what stands there, since its own words may hold the value
        if self.is_form is not None and self.is_form(data):
            return findings.refused(path, f"{type(data).__name__} was given", self.words)
        return findings.wrong(path, data, self.words)

    def schema(self, book: Book) -> dict[str, object]:
        """What is written, or what is read."""
        lenient = self.written_schema if self.read_schema is None else self.read_schema
        return dict(lenient if book.is_read else self.written_schema)


def _is_null(value: object) -> bool:
    return value is None


def nothing() -> Scalar:
    """`None`."""
    return Scalar(
        words="null", json="null", checked="{v} is None", written="None", reads="(None if {v} is None else {bad}())",
        fits=_is_null, value_of={None: None}.__getitem__, written_schema={"type": "null"}, uses={"bad": bad},
    )  # fmt: skip


def _is_flag(value: object) -> bool:
    return value.__class__ is bool


def _flag(data: object) -> object:
    if data.__class__ is not bool:
        raise Unreadable
    return data


def flag() -> Scalar:
    """True or false."""
    return Scalar(
        words="true or false", json="boolean", checked="{v}.__class__ is bool",
        reads="({v} if {v}.__class__ is bool else {bad}())",
        fits=_is_flag, value_of=_flag, written_schema={"type": "boolean"}, uses={"bad": bad},
    )  # fmt: skip


_TEXT_ITSELF: Final = "({v} if {v}.__class__ is str else {exactly}({v}))"
"""The template of a text that may be of a subclass, such as a marked text of a template."""


def text(limits: Bounds = _NO_LIMITS, *, is_kept_once: bool = False) -> Scalar:  # noqa: C901 - a line for each bound
    """A text of whole characters; one of a small vocabulary may be kept once, however often it is read."""
    shortest, longest = limits.shortest, limits.longest
    fullmatch = re.compile(limits.pattern).fullmatch if limits.pattern else None
    condition, schema = "{v}.__class__ is str and ({v}.isascii() or {is_whole}({v}))", dict[str, object](type="string")
    words = "a text"
    if shortest or longest is not None:
        words = (
            f"a text of {shortest} to {longest} characters" if longest is not None else f"{shortest} characters or more"
        )
    if shortest:
        condition += f" and len({{v}}) >= {shortest}"
        schema["minLength"] = shortest
    if longest is not None:
        condition += f" and len({{v}}) <= {longest}"
        schema["maxLength"] = longest
    if limits.is_line:
        condition += " and ({v}.isascii() and {v}.isprintable() or {is_line}({v}) is not None)"
        schema["pattern"] = f"^{_LINE}$(?!\\n)"
        words = f"{words} without control characters"
    if fullmatch is not None:
        condition += " and {fullmatch}({v}) is not None"
        schema["pattern"] = f"^(?:{limits.pattern})$(?!\\n)"
        words = f"{words} like {limits.pattern}"

    def is_right(value: str) -> bool:
        is_long_enough = shortest <= len(value) and (longest is None or len(value) <= longest)
        is_line = not limits.is_line or _IS_LINE(value) is not None
        return is_long_enough and is_line and (fullmatch is None or fullmatch(value) is not None)

    def fits(value: object) -> bool:
        return isinstance(value, str) and is_whole(value) and is_right(value)

    def value_of(data: Any) -> object:  # noqa: ANN401 - whatever stands there
        if data.__class__ is not str or not fits(data):
            raise Unreadable
        return sys.intern(data) if is_kept_once else data

    def is_half(data: object) -> bool:
        # No schema sees half a character.
        return isinstance(data, str) and is_right(data)

    return Scalar(
        words=words, json="string", checked=f"({condition})", written=_TEXT_ITSELF,
        reads=f"({'{intern}({v})' if is_kept_once else '{v}'} if {condition} else {{bad}}())",
        fits=fits, value_of=value_of, written_schema=schema, is_form=is_half,
        uses={
            "is_whole": is_whole, "bad": bad, "fullmatch": fullmatch, "exactly": str.__str__, "intern": sys.intern,
            "is_line": _IS_LINE,
        },
    )  # fmt: skip


def in_bounds(data: object, least: float, most: float) -> float:
    """A number within bounds, whole or not; `true` is none."""
    if data.__class__ is int or data.__class__ is float:
        given = cast("float", data)
        if least <= given <= most:  # not so of NaN
            return given if -LARGEST <= given <= LARGEST else float(given)
    raise Unreadable


def whole_in_bounds(data: object, least: int, most: int) -> int:
    """A whole number as JSON may have it: `1.0` is one, `true` is none."""
    given = in_bounds(data, least, most)
    if given != int(given):
        raise Unreadable
    return int(given)


def whole(limits: Bounds = _NO_LIMITS) -> Scalar:
    """A whole number."""
    least = -LARGEST if limits.least is None else limits.least
    most = LARGEST if limits.most is None else limits.most
    words = "a whole number" if limits == _NO_LIMITS else f"a whole number from {least} to {most}"
    if limits.most is None and limits.least is not None:
        words = f"a whole number, {least} or more"

    def fits(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

    return Scalar(
        words=words, json="number", checked=f"({{v}}.__class__ is int and {least} <= {{v}} <= {most})",
        written="({v} if {v}.__class__ is int else {exactly}({v}))",
        reads=f"({{v}} if {{v}}.__class__ is int and {least} <= {{v}} <= {most} else"
        f" {{whole}}({{v}}, {least}, {most}))",
        fits=fits, value_of=partial(whole_in_bounds, least=least, most=most),
        written_schema={"type": "integer", "minimum": least, "maximum": most},
        uses={"whole": whole_in_bounds, "exactly": int},
    )  # fmt: skip


def number() -> Scalar:
    """A number, whole or not, that is finite."""

    def fits(value: object) -> bool:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and -_GREATEST <= cast("float", value) <= _GREATEST

    return Scalar(
        words="a finite number", json="number", checked="{fits}({v})",
        reads=f"{{read}}({{v}}, -{_GREATEST}, {_GREATEST})",
        fits=fits, value_of=partial(in_bounds, least=-_GREATEST, most=_GREATEST),
        written_schema={"type": "number"}, uses={"fits": fits, "read": in_bounds},
    )  # fmt: skip


def word(words: tuple[str, ...]) -> Scalar:
    """One of some texts."""
    known = frozenset(words)

    def fits(value: object) -> bool:
        return isinstance(value, str) and value in known

    def value_of(data: object) -> object:
        if data.__class__ is not str or data not in known:
            raise Unreadable
        return data

    is_known = "{v}.__class__ is str and {v} in {known}"
    return Scalar(
        words=listed(words), json="string", checked=f"({is_known})", written=_TEXT_ITSELF,
        reads=f"({{v}} if {is_known} else {{bad}}())",
        fits=fits, value_of=value_of, written_schema={"enum": list(words)},
        uses={"known": known, "bad": bad, "exactly": str.__str__},
    )  # fmt: skip


def member(owner: type[Enum]) -> Scalar:
    """A member of an enumeration, by its value."""
    by_value = {str(each.value): each for each in owner}

    def fits(value: object) -> bool:
        return isinstance(value, owner)

    def value_of(data: object) -> object:
        if not isinstance(data, str):
            raise Unreadable
        return by_value[data]

    return Scalar(
        words=listed(by_value), json="string", checked="{v}.__class__ is {owner}", written="{v}._value_",
        reads="({by_value}[{v}] if {v}.__class__ is str else {bad}())",
        fits=fits, value_of=value_of, written_schema={"enum": list(by_value)},
        uses={"owner": owner, "by_value": by_value, "bad": bad},
    )  # fmt: skip


def day(*, is_shown: bool = False) -> Scalar:
    """A day without a clock time; or one of the years that every zone can show."""
    first, last = (2, date.max.year - 1) if is_shown else (date.min.year, date.max.year)

    def fits(value: object) -> bool:
        return isinstance(value, date) and not isinstance(value, datetime) and first <= value.year <= last

    def value_of(data: object) -> date:
        found = day_of(data)
        if not first <= found.year <= last:
            raise Unreadable
        return found

    pattern = SHOWN_DAY_PATTERN if is_shown else DAY_PATTERN
    return Scalar(
        words="a day such as 2026-03-18", json="string", checked="{fits}({v})", written="{v}.isoformat()",
        reads="{read}({v})", fits=fits, value_of=value_of,
        written_schema={"type": "string", "format": "date", "pattern": pattern}, uses={"fits": fits, "read": value_of},
    )  # fmt: skip


def amount_kind(limits: Bounds = _NO_LIMITS) -> Scalar:
    """An amount of time, in seconds."""
    least = -LONGEST if limits.least is None else limits.least
    most = LONGEST if limits.most is None else limits.most
    lower, upper = timedelta(seconds=least), timedelta(seconds=most)

    def fits(value: object) -> bool:
        return isinstance(value, timedelta) and lower <= value <= upper

    def value_of(data: object) -> timedelta:
        return amount_of(data, least, most)

    return Scalar(
        words=f"seconds from {least} to {most}", json="number",
        checked="({v}.__class__ is {timedelta} and {lower} <= {v} <= {upper})",
        written="{amount}({v})", reads="{read}({v})", fits=fits, value_of=value_of,
        written_schema={"type": "number", "minimum": least, "maximum": most},
        uses={"timedelta": timedelta, "lower": lower, "upper": upper, "amount": amount, "read": value_of},
    )  # fmt: skip


_UTC_SCHEMA: Final = {"type": "string", "format": "date-time", "pattern": UTC_PATTERN}
_INSTANT_SCHEMA: Final = {"type": "string", "format": "date-time", "pattern": INSTANT_PATTERN}
_INSTANT_WORDS: Final = "an instant such as 2026-03-18T08:00:00Z"


def epoch() -> Scalar:
    """An instant that is kept as microseconds since 1970-01-01T00:00Z."""

    def fits(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and FIRST <= value <= LAST

    return Scalar(
        words=_INSTANT_WORDS, json="string", checked=f"({{v}}.__class__ is int and {FIRST} <= {{v}} <= {LAST})",
        written="{write}({v})", reads="{read}({v})", fits=fits, value_of=epoch_of,
        written_schema=_UTC_SCHEMA, read_schema=_INSTANT_SCHEMA, uses={"write": instant_text, "read": epoch_of},
    )  # fmt: skip


_ZONE_SCHEMA: Final = {
    "anyOf": [
        {"type": "string", "pattern": ZONE_PATTERN},
        {"type": "integer", "minimum": 1 - SECONDS_OF_A_DAY, "maximum": SECONDS_OF_A_DAY - 1},
    ]
}


def zone_kind() -> Scalar:
    """The zone of an instant: an IANA name, or an offset in seconds."""
    return Scalar(
        words="a zone such as Europe/Zurich, or an offset in seconds", json="", checked="{is_zone}({v})",
        reads="{read}({v})", fits=is_zone, value_of=zone_named_in, is_form=is_zone_form,
        written_schema=_ZONE_SCHEMA, uses={"is_zone": is_zone, "read": zone_named_in},
    )  # fmt: skip


def zoned_kind(limits: Bounds = _NO_LIMITS) -> Scalar:
    """An instant that keeps its zone; the limits are those of its year."""
    least, most = limits.least or 3, limits.most or 9997  # of these years every zone can show every instant
    years = "" if limits == _NO_LIMITS else f" in the years {least} to {most}"

    def fits(value: object) -> bool:
        return isinstance(value, datetime) and is_instant(value) and (not years or least <= value.year <= most)

    def value_of(data: object) -> object:
        at = zoned_of(data)
        if not fits(at):
            raise Unreadable
        return at

    def is_form(data: object) -> bool:
        """Whether it is an instant in a zone that nobody knows, or in a year out of bounds."""
        table = cast("dict[str, object]", data) if data.__class__ is dict else {}
        try:
            epoch_of(table.get("at"))
        except Unreadable:
            return False
        return table.keys() == {"at", "zone"} and is_zone_form(table["zone"])

    def schema(at: Mapping[str, object]) -> dict[str, object]:
        return {
            "type": "object",
            "properties": {"at": at, "zone": _ZONE_SCHEMA},
            "required": ["at", "zone"],
            "additionalProperties": False,
        }

    reads = value_of if years else zoned_of
    of_class = "({v}.__class__ is {pendulum} or {v}.__class__ is {datetime})"
    usual = f"{of_class} and {{v}}.tzinfo is not None and {least} <= {{v}}.year <= {most}"
    return Scalar(
        words=f"an instant with its zone{years}", json="object", checked=f"({usual} or {{fits}}({{v}}))",
        written="{write}({v})", reads="{read}({v})", fits=fits, value_of=value_of, is_form=is_form,
        written_schema=schema(_UTC_SCHEMA), read_schema=schema(_INSTANT_SCHEMA),
        uses={"pendulum": pendulum.DateTime, "datetime": datetime, "fits": fits, "write": zoned, "read": reads},
    )  # fmt: skip


def copied(data: object, depth: int = 0) -> object:
    """Plain data of any form, copied, the names of its tables in order.

    Raises:
        Unreadable: If it is no plain data, or deeper than such data may be.
    """
    match data:
        case None | bool():
            return data
        case str() if is_whole(data):
            return data
        case int():
            return whole_in_bounds(data, -LARGEST, LARGEST)
        case float():
            return in_bounds(data, -_GREATEST, _GREATEST)
        case list() if depth < DEEPEST:
            return [copied(each, depth + 1) for each in data]
        case Mapping() if depth < DEEPEST and all(isinstance(name, str) and is_whole(name) for name in data):
            return {name: copied(data[name], depth + 1) for name in sorted(data)}
    raise Unreadable


def anything() -> Scalar:
    """Plain data of any form: texts, numbers, truth values, lists and tables by name."""

    def fits(value: object) -> bool:
        copied(value)
        return True

    def is_form(_: object) -> bool:
        return True

    return Scalar(
        words=f"plain data, up to {DEEPEST} deep", json="", checked="{is_plain}({v})", written="{copied}({v})",
        reads="{copied}({v})", fits=fits, value_of=copied, is_form=is_form, written_schema={},
        uses={"copied": copied, "is_plain": is_plain},
    )  # fmt: skip


def is_plain(value: object) -> bool:
    """Whether something is plain data."""
    try:
        copied(value)
    except (Unreadable, RecursionError):
        return False
    return True


def opaque(owner: object) -> Scalar:
    """What has no plain form: a calendar of somebody's own, a function. It is only checked, as far as that goes."""
    kind = owner if isinstance(owner, type) else get_origin(owner)
    fits: Callable[[object], bool] = partial(_is_one, kind) if isinstance(kind, type) else callable
    if getattr(owner, "_is_protocol", False):
        fits = partial(_has_all, [name for name in vars(owner) if name == "__call__" or not name.startswith("_")])
    return Scalar(
        words=getattr(owner, "__name__", str(owner)), json="", checked="{fits}({v})", written="", reads="",
        fits=fits, value_of=bad, written_schema={}, uses={"fits": fits},
    )  # fmt: skip


def _is_one(owner: type, value: object) -> bool:
    return isinstance(value, owner)


def _has_all(names: Sequence[str], value: object) -> bool:
    return all(hasattr(value, name) for name in names)


def custom_kind(owner: type, declared: Custom) -> Scalar:
    """A value whose class has declared a form of its own making."""

    def fits(value: object) -> bool:
        return isinstance(value, owner)

    return Scalar(
        words=declared.words, json=str(declared.schema.get("type", "")),
        checked="({v}.__class__ is {owner} or {fits}({v}))",
        written="{write}({v})", reads="{read}({v})", fits=fits, value_of=declared.read, is_form=declared.is_form,
        written_schema=declared.schema,
        uses={"owner": owner, "fits": fits, "write": declared.write, "read": declared.read},
    )  # fmt: skip


def known_kind(values: Mapping[str, Any]) -> Scalar:
    """One of some values that are known by name."""
    by_value = {value: name for name, value in values.items()}

    def fits(value: object) -> bool:
        return value in by_value

    return Scalar(
        words=listed(values), json="string", checked="{fits}({v})", written="{by_value}[{v}]",
        reads="{values}[{v}]", fits=fits, value_of=values.__getitem__, written_schema={"enum": list(values)},
        uses={"fits": by_value.__contains__, "by_value": by_value, "values": values},
    )  # fmt: skip


def _in_depth(names: Names) -> str:
    return "depth + 1" if names.is_recursive else "depth"


@attrs.frozen(eq=False)
class Many(Kind):
    """Several values of one kind in their order."""

    each: Kind
    json: str = attrs.field(default="array", init=False)

    @property
    def words(self) -> str:
        """A list of what."""
        return f"a list, each {self.each.words}"

    @property
    def holds(self) -> tuple[Kind, ...]:
        """What is in it."""
        return (self.each,)

    def check(self, v: str, names: Names) -> str:
        """A tuple, each member of which is right."""
        e = names.local()
        return f"({v}.__class__ is tuple and (not {v} or all([{self.each.check(e, names)} for {e} in {v}])))"

    def write(self, v: str, names: Names) -> str:
        """A list."""
        e = names.local()
        form = self.each.write(e, names)
        return f"list({v})" if form == e else f"[{form} for {e} in {v}]"

    def read(self, v: str, names: Names) -> str:
        """A tuple."""
        e = names.local()
        return f"(tuple([{self.each.read(e, names)} for {e} in {v}]) if {v}.__class__ is list else {names.of(bad)}())"

    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """Each member that does not fit, by its number from 0."""
        if not isinstance(value, tuple):
            yield self._misfit(value, path)
            return
        for place, each in enumerate(value):
            yield from self.each.misfits(each, f"{path}[{place}]")

    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401
        """All members, or the faults of each."""
        if data.__class__ is not list:
            return findings.wrong(path, data, self.words)
        found = [self.each.find(each, f"{path}[{place}]", findings, depth) for place, each in enumerate(data)]
        return MISSING if _is_missing(found) else tuple(found)

    def schema(self, book: Book) -> dict[str, object]:
        """An array."""
        return {"type": "array", "items": self.each.schema(book)}


def _is_missing(found: Iterable[object]) -> bool:
    """Whether one of some values could not be read; their own equality is not asked."""
    return any(each is MISSING for each in found)


@attrs.frozen(eq=False)
class Bag(Kind):
    """Several values of one kind without an order, each once."""

    each: Kind
    json: str = attrs.field(default="array", init=False)

    @property
    def words(self) -> str:
        """A list of what."""
        return f"a list, each once, {self.each.words}"

    @property
    def holds(self) -> tuple[Kind, ...]:
        """What is in it."""
        return (self.each,)

    def check(self, v: str, names: Names) -> str:
        """A frozen set, each member of which is right."""
        e = names.local()
        return f"({v}.__class__ is frozenset and (not {v} or all([{self.each.check(e, names)} for {e} in {v}])))"

    def write(self, v: str, names: Names) -> str:
        """A list in an order of its own, so that equal sets are written alike."""
        e = names.local()
        form = self.each.write(e, names)
        return f"({names.of(in_order)}([{form} for {e} in {v}]) if {v} else [])"

    def read(self, v: str, names: Names) -> str:
        """A frozen set."""
        e = names.local()
        each = self.each.read(e, names)
        return f"(frozenset([{each} for {e} in {v}]) if {v}.__class__ is list else {names.of(bad)}())"

    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """Each member that does not fit; a set has no numbers."""
        if not isinstance(value, frozenset):
            yield self._misfit(value, path)
            return
        for each in value:
            yield from self.each.misfits(each, f"{path}[]")

    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401
        """All members, or the faults of each."""
        found = Many(self.each).find(data, path, findings, depth)
        return found if found is MISSING else frozenset(cast("tuple[object, ...]", found))

    def schema(self, book: Book) -> dict[str, object]:
        """An array; what is written holds each value once."""
        once: dict[str, object] = {} if book.is_read else {"uniqueItems": True}
        return {"type": "array", "items": self.each.schema(book), **once}


def in_order(forms: list[Any]) -> list[Any]:
    """The plain forms of the members of a set, in an order that hangs on nothing but themselves."""
    if all(form.__class__ is str for form in forms):
        return sorted(forms)
    return sorted(forms, key=partial(json.dumps, sort_keys=True))


@attrs.frozen(eq=False)
class Row(Kind):
    """A fixed number of values, each of its own kind."""

    holds: tuple[Kind, ...]
    json: str = attrs.field(default="array", init=False)

    @property
    def words(self) -> str:
        """A list of what."""
        return f"a list of {len(self.holds)}: {', '.join(each.words for each in self.holds)}"

    def check(self, v: str, names: Names) -> str:
        """A tuple of this length, each member of which is right."""
        locals_ = [names.local() for _ in self.holds]
        checks = [each.check(e, names) for each, e in zip(self.holds, locals_, strict=True)]
        unpacked = f"all([{' and '.join(checks)} for {', '.join(locals_)}, in ({v},)])"
        return f"({v}.__class__ is tuple and len({v}) == {len(self.holds)} and {unpacked})"

    def write(self, v: str, names: Names) -> str:
        """A list."""
        locals_ = [names.local() for _ in self.holds]
        forms = [each.write(e, names) for each, e in zip(self.holds, locals_, strict=True)]
        return f"[[{', '.join(forms)}] for {', '.join(locals_)}, in ({v},)][0]"

    def read(self, v: str, names: Names) -> str:
        """A tuple."""
        locals_ = [names.local() for _ in self.holds]
        forms = [each.read(e, names) for each, e in zip(self.holds, locals_, strict=True)]
        unpacked = f"[({', '.join(forms)},) for {', '.join(locals_)}, in ({v},)][0]"
        return f"({unpacked} if {v}.__class__ is list else {names.of(bad)}())"

    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """Each member that does not fit, by its number from 0."""
        if not isinstance(value, tuple) or len(value) != len(self.holds):
            yield self._misfit(value, path)
            return
        for place, (kind, each) in enumerate(zip(self.holds, value, strict=True)):
            yield from kind.misfits(each, f"{path}[{place}]")

    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401
        """All members, or the faults of each."""
        if data.__class__ is not list or len(data) != len(self.holds):
            return findings.wrong(path, data, self.words)
        found = [
            kind.find(each, f"{path}[{place}]", findings, depth)
            for place, (kind, each) in enumerate(zip(self.holds, data, strict=True))
        ]
        return MISSING if _is_missing(found) else tuple(found)

    def schema(self, book: Book) -> dict[str, object]:
        """An array with a place for each."""
        count = len(self.holds)
        places = [each.schema(book) for each in self.holds]
        return {"type": "array", "prefixItems": places, "items": False, "minItems": count, "maxItems": count}


@attrs.frozen(eq=False)
class Table(Kind):
    """Values by name; by anything else, it has no plain form and is only checked."""

    key: Kind
    each: Kind
    json: str = attrs.field(default="object", init=False)

    @property
    def words(self) -> str:
        """A table of what."""
        return f"a table, each {self.each.words}"

    @property
    def holds(self) -> tuple[Kind, ...]:
        """What is in it."""
        return (self.key, self.each)

    def check(self, v: str, names: Names) -> str:
        """A mapping; each entry of a dictionary is right, and any other may work itself out when somebody looks."""
        name, e, mapping = names.local(), names.local(), names.of(Mapping)
        entry = f"{self.key.check(name, names)} and {self.each.check(e, names)}"
        entries = f"all([{entry} for {name}, {e} in {v}.items()])"
        return f"({entries} if isinstance({v}, dict) else isinstance({v}, {mapping}))"

    def write(self, v: str, names: Names) -> str:
        """A table in the order of its names."""
        if not isinstance(self.key, Scalar):
            return ""
        name, e = names.local(), names.local()
        form = f"{{{self.key.write(name, names)}: {self.each.write(e, names)} for {name}, {e} in {v}.items()}}"
        return f"{names.of(by_name)}({form})"

    def read(self, v: str, names: Names) -> str:
        """A dictionary."""
        if not isinstance(self.key, Scalar):
            return ""
        name, e = names.local(), names.local()
        form = f"{{{self.key.read(name, names)}: {self.each.read(e, names)} for {name}, {e} in {v}.items()}}"
        return f"({form} if {v}.__class__ is dict else {names.of(bad)}())"

    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """Each entry that does not fit; names may be somebody's, and are not said."""
        if not isinstance(value, Mapping):
            yield self._misfit(value, path)
            return
        for name, each in value.items() if isinstance(value, dict) else ():
            yield from self.key.misfits(name, f"{path}, name of an entry")
            yield from self.each.misfits(each, f"{path}, entry")

    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401
        """All entries, or the faults of each."""
        if data.__class__ is not dict:
            return findings.wrong(path, data, self.words)
        found = {
            self.key.find(name, f"{path}, name of an entry", findings, depth): self.each.find(
                each, f"{path}, entry", findings, depth
            )
            for name, each in data.items()
        }
        return MISSING if _is_missing(found) or _is_missing(found.values()) else found

    def schema(self, book: Book) -> dict[str, object]:
        """An object with any names."""
        named = self.key.schema(book)
        names: dict[str, object] = {} if named == {"type": "string"} else {"propertyNames": named}
        return {"type": "object", **names, "additionalProperties": self.each.schema(book)}


def by_name(table: dict[str, object]) -> dict[str, object]:
    """A table in the order of its names."""
    return {name: table[name] for name in sorted(table)}


@attrs.frozen(eq=False)
class Own(Kind):
    """A value of a class of attrs.

    Attributes:
        shape: What its form is.
        is_tagged: Whether the name of the class stands with it, because another could stand there too.
    """

    shape: ClassForm
    is_tagged: bool = False
    json: str = attrs.field(default="object", init=False)
    holds: tuple[Kind, ...] = attrs.field(default=(), init=False)

    @property
    def words(self) -> str:
        """The name of the form."""
        return self.shape.name

    def check(self, v: str, names: Names) -> str:
        """Of the class; what is in it was checked when it was built."""
        owner = names.of(self.shape.owner)
        return f"({v}.__class__ is {owner} or isinstance({v}, {owner}))"

    def write(self, v: str, names: Names) -> str:
        """The table of its fields."""
        verb = "write_tagged" if self.is_tagged else "write"
        return f"{names.of(self.shape.compiled)}.{verb}({v}, {_in_depth(names)})"

    def read(self, v: str, names: Names) -> str:
        """The value of a table."""
        verb = "read_tagged" if self.is_tagged else "read"
        return f"{names.of(self.shape.compiled)}.{verb}({v}, {_in_depth(names)})"

    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """The value, if it is of another class."""
        if not isinstance(value, self.shape.owner):
            yield self._misfit(value, path)

    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401
        """The value, or the faults of each field."""
        return self.shape.find(data, path, findings, depth, is_tagged=self.is_tagged)

    def schema(self, book: Book) -> dict[str, object]:
        """A reference to the definition."""
        return book.reference(self.shape, is_tagged=self.is_tagged)


@attrs.frozen(eq=False)
class OneOf(Kind):
    """One of several kinds, told apart by what they are in JSON, and classes by their name under `type`.

    Attributes:
        plain: The kinds but for classes, the first that fits.
        classes: The classes by the name of their form.
        others: What else may be there, without a plain form; None if there is nothing.
    """

    plain: tuple[Kind, ...]
    classes: Mapping[str, Own]
    others: Scalar | None = None
    json: str = attrs.field(default="", init=False)

    @property
    def holds(self) -> tuple[Kind, ...]:
        """All of them."""
        return (*self.plain, *self.classes.values())

    @property
    def words(self) -> str:
        """Each of them."""
        words = [*([listed(self.classes)] if self.classes else []), *(each.words for each in self.plain)]
        return " or ".join(sorted(words, key="null".__eq__))

    def check(self, v: str, names: Names) -> str:
        """Any of them."""
        if self.others is not None:
            return self.others.check(v, names)
        checks = [each.check(v, names) for each in self.plain]
        if len(self.classes) == 1:
            checks += [each.check(v, names) for each in self.classes.values()]
        elif self.classes:
            owners = tuple(each.shape.owner for each in self.classes.values())
            checks.append(f"({v}.__class__ in {names.of(frozenset(owners))} or isinstance({v}, {names.of(owners)}))")
        return f"({' or '.join(checks)})"

    def write(self, v: str, names: Names) -> str:
        """By the first that fits."""
        chosen = [(each.check(v, names), each.write(v, names)) for each in self.plain]
        if len(self.classes) == 1:
            [only] = self.classes.values()
            rest = only.write(v, names)
        elif self.classes:
            owners = {each.shape.owner: each.shape.compiled for each in self.classes.values()}
            rest = f"{names.of(partial(_of_class, owners))}({v}).write_tagged({v}, {_in_depth(names)})"
        else:
            *chosen, (_, rest) = chosen
        for test, form in reversed(chosen):
            rest = f"({form} if {test} else {rest})"
        return rest

    def read(self, v: str, names: Names) -> str:
        """By what stands there in JSON."""
        rest = f"{names.of(bad)}()"
        if len(self.classes) == 1:
            [only] = self.classes.values()
            rest = only.read(v, names)
        elif self.classes:
            readers = {name: each.shape.compiled for name, each in self.classes.items()}
            rest = f'{names.of(readers)}[{v}["type"]].read_tagged({v}, {_in_depth(names)})'
        for each in reversed(self.plain):
            test = _TESTS[each.json].format(v=v)
            rest = f"({each.read(v, names)} if {test} else {rest})"
        return rest

    def misfits(self, value: object, path: str) -> Iterator[Fault]:
        """The value, if it fits none of them."""
        if self.others is not None:
            yield from self.others.misfits(value, path)
            return
        if all(any(True for _ in each.misfits(value, path)) for each in self.holds):
            yield self._misfit(value, path)

    def find(self, data: Any, path: str, findings: Findings, depth: int) -> object:  # noqa: ANN401
        """By what stands there in JSON."""
        for each in self.plain:
            if _IS[each.json](data):
                return each.find(data, path, findings, depth)
        if data.__class__ is not dict or not self.classes:
            return findings.wrong(path or "document", data, self.words)
        if len(self.classes) == 1:
            [only] = self.classes.values()
            return only.find(data, path, findings, depth)
        name = data.get("type", MISSING)
        if name.__class__ is not str or name not in self.classes:
            return findings.unknown(f"{path or 'document'}.type", name, self.classes)
        return self.classes[name].find(data, path, findings, depth)

    def schema(self, book: Book) -> dict[str, object]:
        """Any of them."""
        return {"anyOf": [each.schema(book) for each in self.holds]}


def _of_class(compiled: Mapping[type, Functions], value: object) -> Functions:
    """What writes a value, by its class or a base of it."""
    for owner in type(value).__mro__:
        if owner in compiled:
            return compiled[owner]
    raise Unreadable


_TESTS: Final = {
    "null": "{v} is None",
    "boolean": "{v}.__class__ is bool",
    "number": "({v}.__class__ is int or {v}.__class__ is float)",
    "string": "{v}.__class__ is str",
    "array": "{v}.__class__ is list",
    "object": "{v}.__class__ is dict",
    "": "True",
}
"""The source of what something is in JSON."""
_IS: Final[Mapping[str, Callable[[object], bool]]] = {
    "null": lambda data: data is None,
    "boolean": lambda data: data.__class__ is bool,
    "number": lambda data: data.__class__ is int or data.__class__ is float,
    "string": lambda data: data.__class__ is str,
    "array": lambda data: data.__class__ is list,
    "object": lambda data: data.__class__ is dict,
    "": lambda _: True,
}
