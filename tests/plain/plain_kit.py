"""What the tests of plain forms share: classes of every shape, values of them, documents spoilt at one place."""

import enum
import string
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import Annotated, Any, Final, Literal

import attrs
import pendulum
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ticontact._time import to_epoch
from ticontact.errors import InvalidValue
from ticontact.plain import Bounds, Epoch, ShownDay, Zone, checked, form, from_dict, json_schema
from ticontact.plain._documents import document_kind
from ticontact.plain._faults import Findings
from ticontact.plain._times import FIRST, LAST, LONGEST

__all__ = [
    "Branch",
    "Colour",
    "Flower",
    "Leaf",
    "Order",
    "any_class",
    "holds_the_same",
    "is_valid",
    "judged",
    "spoilt",
    "validator",
]

ZONES: Final = ("Europe/Zurich", "UTC", "America/New_York", "Australia/Lord_Howe")


class Colour(enum.Enum):
    """An enumeration."""

    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Leaf:
    """A class without a form of its own."""

    name: str
    weight: int = 3


@attrs.frozen(kw_only=True)
class Flower:
    """Another one, with fields whose default is made."""

    colour: Colour = Colour.RED
    leaves: tuple[Leaf, ...] = ()
    marks: Mapping[str, int] = attrs.field(factory=dict)


@form("branch", 2, upcasters={1: lambda fields: {**fields, "twigs": fields.get("twigs", [])}})
@attrs.frozen(kw_only=True, field_transformer=checked)
class Branch:
    """A class that holds values of its own, and has a form of its own."""

    name: str = ""
    twigs: "tuple[Branch, ...]" = ()


@form("order", 3, upcasters={2: lambda fields: {**fields, "urgent": fields["rush"] == "yes"}})
@attrs.frozen(kw_only=True, field_transformer=checked)
class Order:
    """A class with a field of nearly every kind."""

    id: Annotated[str, Bounds(shortest=1, longest=9)]
    count: Annotated[int, Bounds(least=1)] = 1
    rush: str = "no"
    urgent: bool = False
    colour: Colour = Colour.RED
    day: date | None = None
    at: datetime | None = None
    since: Epoch | None = None
    zone: Zone = "UTC"
    within: timedelta | None = None
    leaves: tuple[Leaf, ...] = ()
    part: Leaf | Flower | None = None
    pair: tuple[str, int] = ("a", 1)
    marks: Mapping[str, int] = attrs.field(factory=dict)
    tags: frozenset[str] = frozenset()
    word: Literal["near", "far"] = "near"
    share: float = 0.5
    more: object = None
    branch: Branch | None = None


TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
NAMES: Final = st.text(string.ascii_lowercase, min_size=1, max_size=4)
DAYS: Final = st.dates(date(2, 1, 1), date(9998, 12, 31))
EPOCHS: Final = st.integers(FIRST, LAST)
AMOUNTS: Final = st.timedeltas(timedelta(seconds=-LONGEST), timedelta(seconds=LONGEST))
OFFSETS: Final = st.integers(-86_399, 86_399)
_FIRST: Final = datetime(3, 1, 1)  # noqa: DTZ001 - the zone comes next
_LAST: Final = datetime(9997, 12, 31)  # noqa: DTZ001
AWARE: Final = st.one_of(
    st.datetimes(_FIRST, _LAST).flatmap(
        lambda at: st.sampled_from(ZONES).map(
            lambda name: pendulum.datetime(
                at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, tz=name
            )
        )
    ),
    st.datetimes(
        _FIRST,
        _LAST,
        timezones=OFFSETS.map(lambda seconds: timezone(timedelta(seconds=seconds))),
    ),
)
PLAIN: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
LEAVES: Final = st.builds(Leaf, TEXTS, st.integers(-5, 5))
FLOWERS: Final = st.builds(
    Flower,
    colour=st.sampled_from(Colour),
    leaves=st.lists(LEAVES, max_size=2).map(tuple),
    marks=st.dictionaries(NAMES, st.integers(0, 3), max_size=2),
)
BRANCHES: Final = st.recursive(
    st.builds(Branch, name=TEXTS),
    lambda inner: st.builds(Branch, name=TEXTS, twigs=st.lists(inner, max_size=2).map(tuple)),
    max_leaves=3,
)

BASIC: Final[list[tuple[Any, st.SearchStrategy[Any]]]] = [
    (str, TEXTS),
    (int, st.integers(-(2**53) + 1, 2**53 - 1)),
    (float, st.floats(allow_nan=False, allow_infinity=False) | st.integers(-9, 9)),
    (bool, st.booleans()),
    (date, st.dates()),
    (ShownDay, DAYS),
    (timedelta, AMOUNTS),
    (datetime, AWARE),
    (pendulum.DateTime, AWARE),
    (Epoch, EPOCHS),
    (Zone, st.sampled_from(ZONES) | OFFSETS),
    (Literal["near", "far"], st.sampled_from(["near", "far"])),
    (Colour, st.sampled_from(Colour)),
    (Leaf, LEAVES),
    (Flower, FLOWERS),
    (Branch, BRANCHES),
    (Annotated[str, Bounds(shortest=1, longest=3)], st.text("abc", min_size=1, max_size=3)),
    (Annotated[str, Bounds(pattern="[a-c]+")], st.text("abc", min_size=1, max_size=5)),
    (Annotated[int, Bounds(least=1)], st.integers(1, 99)),
    (Annotated[int, Bounds(least=-2, most=9)], st.integers(-2, 9)),
    (Annotated[timedelta, Bounds(least=0)], st.timedeltas(timedelta(0), timedelta(days=9))),
    (object, PLAIN),
    (None, st.none()),
]
"""Annotations, with the values that they allow."""
HASHABLE: Final = [row for row in BASIC if row[0] in (str, int, Colour, Leaf, date)]


_TUPLE: Final[Any] = tuple
_MAPPING: Final[Any] = Mapping
_FROZENSET: Final[Any] = frozenset
"""Types that are made while the tests run, of which no checker knows."""


def _larger(inner: st.SearchStrategy[tuple[Any, Any]]) -> st.SearchStrategy[tuple[Any, Any]]:
    """Annotations that hold others."""
    return st.one_of(
        inner.map(lambda row: (_TUPLE[row[0], ...], st.lists(row[1], max_size=3).map(tuple))),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda rows: (_TUPLE[tuple(kind for kind, _ in rows)], st.tuples(*(values for _, values in rows)))
        ),
        inner.map(lambda row: (_MAPPING[str, row[0]], st.dictionaries(TEXTS, row[1], max_size=3))),
        inner.map(lambda row: (_MAPPING[Colour, row[0]], st.dictionaries(st.sampled_from(Colour), row[1]))),
        inner.filter(lambda row: row[0] not in (object, None)).map(lambda row: (row[0] | None, st.none() | row[1])),
    )


UNIONS: Final[list[tuple[Any, st.SearchStrategy[Any]]]] = [
    (Leaf | Flower, LEAVES | FLOWERS),
    (Leaf | Flower | Branch | None, LEAVES | FLOWERS | BRANCHES | st.none()),
    (str | Leaf | int, TEXTS | LEAVES | st.integers(-5, 5)),
    (
        str | int | bool | tuple[str, ...],
        TEXTS | st.integers(-5, 5) | st.booleans() | st.lists(TEXTS, max_size=2).map(tuple),
    ),
    (date | timedelta | None, DAYS | AMOUNTS | st.none()),
    (Colour | Mapping[str, int], st.sampled_from(Colour) | st.dictionaries(NAMES, st.integers(0, 3), max_size=2)),
    (Colour | Leaf | Branch, st.sampled_from(Colour) | LEAVES | BRANCHES),
]

ANNOTATED: Final = st.one_of(
    st.recursive(st.sampled_from(BASIC), _larger, max_leaves=3),
    st.sampled_from(UNIONS),
    st.sampled_from(HASHABLE).map(lambda row: (_FROZENSET[row[0]], st.frozensets(row[1], max_size=3))),
)


def _same(default: Any) -> Any:
    return default


@st.composite
def any_class(draw: st.DrawFn) -> tuple[type, st.SearchStrategy[Any]]:
    """A class with a form of its own and any fields, some of which have a default; and its values."""
    rows = draw(st.lists(ANNOTATED, max_size=4))
    body: dict[str, Any] = {"__annotations__": {}}
    strategies = {}
    for place, (kind, values) in enumerate(rows):
        name = f"{draw(st.sampled_from(['', '_']))}f{place}"
        body["__annotations__"][name] = kind
        if draw(st.booleans()):
            default = draw(values)
            body[name] = (
                attrs.field(factory=partial(_same, default)) if draw(st.booleans()) else attrs.field(default=default)
            )
        strategies[name.lstrip("_")] = values
    number = draw(st.integers(1, 3))
    steps: dict[int, Any] = dict.fromkeys(range(draw(st.integers(1, number)), number), dict)
    owner = attrs.frozen(kw_only=True, field_transformer=checked)(type("Drawn", (), body))
    return form("drawn", number, upcasters=steps)(owner), st.fixed_dictionaries(strategies).map(
        lambda given: owner(**given)
    )


def holds_the_same(one: Any, other: Any) -> bool:
    """Whether two values hold the same, field by field: instants by themselves, whatever their zones."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return to_epoch(one) == to_epoch(other)
    if attrs.has(type(one)):
        names = [field.name for field in attrs.fields(type(one)) if field.init]
        return type(one) is type(other) and all(
            holds_the_same(getattr(one, name), getattr(other, name)) for name in names
        )
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(holds_the_same, one, other))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(holds_the_same(one[name], other[name]) for name in one)
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def validator(kind: Any, purpose: Any = "read") -> Draft202012Validator:
    """A validator of others for the documents of a class."""
    schema = json_schema(kind, purpose=purpose)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def is_valid(found: Draft202012Validator, document: object) -> bool:
    """Whether a validator of others takes a document."""
    return bool(found.is_valid(document))


def judged(kind: Any, data: Any) -> tuple[Any, bool, bool]:
    """What the reader says of a document: the value, whether it is read, and whether its form is right.

    The fast way and the slow one are held against each other.
    """
    try:
        value = from_dict(kind, data)
    except InvalidValue as refused:
        value, count = None, refused.count
    else:
        count = 0
    findings = Findings()
    slow = document_kind(kind).find(data, "x", findings, 0)
    assert findings.count == count
    assert count or holds_the_same(slow, value)
    return value, not count, not findings.is_formal


JUNK: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, 2, -1, 1.0, 1.5, -0.0, 1e300, 2**53, -(2**53), 86_400, -86_400),
    *("", "a", "é", "red", "near", "x" * 12, "leaf", "branch", "flower"),
    *(
        "2026-02-28",
        "2026-02-29",
        "2024-02-29",
        "0000-01-01",
        "0001-12-31",
        "9999-01-01",
        "2026-03-18\n",
        "2026-13-01",
        "20260318",
        "2026-W12-3",
    ),
    *("2026-03-18T08:00:00Z", "2026-03-18T08:00:00", "2026-03-18T08:00:00+01:00", "2026-03-18T24:00:00Z"),
    *("2026-02-30T08:00:00Z", "2026-03-18T08:00:60Z", "2026-03-18t08:00:00z", "2026-03-18T08:00:00.123456789Z"),
    *("2026-03-18T08:00Z", "0001-01-01T00:00:00Z", "9998-12-31T00:00:00Z", "9998-12-30T23:59:59Z"),
    *("9998-01-01T00:00:00+01:00", "2026-03-18T08:00:00+24:00", "2026-03-18T08:00:00-00:00"),
    *("Europe/Zurich", "Mars/Olympus", "Europe Zurich"),
    *((), [], ["a"], ["a", 1], [None], {}, {"a": 1}, {"type": "leaf"}, {"type": "leaf", "name": ""}, {"name": "a"}),
    *({"colour": "red"}, {"type": 1}, {"type": "branch", "form": 2}, {"type": "branch", "form": 2.0}),
    *({"type": "branch", "form": True}, {"type": "branch", "form": 3}),
    *({"at": "2026-03-18T08:00:00Z", "zone": "UTC"}, {"at": "2026-03-18T08:00:00Z", "zone": 3600.0}),
    *({"at": "2026-03-18T08:00:00Z"}, {"at": "2026-03-18T08:00:00Z", "zone": "Mars"}, {"at": "", "zone": 0}),
)
"""What may stand at the wrong place, and what is nearly right."""


def _places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document."""
    yield path
    entries: Iterable[tuple[Any, Any]] = ()
    if isinstance(data, dict):
        entries = data.items()
    elif isinstance(data, list):
        entries = enumerate(data)
    for key, value in entries:
        yield from _places(value, (*path, key))


def _changed(data: Any, path: tuple[Any, ...], change: Any) -> Any:
    """A document with another thing at a place; `change` makes it of what stood there."""
    if not path:
        return change(data)
    copied = dict(data) if isinstance(data, dict) else list(data)
    copied[path[0]] = _changed(data[path[0]], path[1:], change)
    return copied


def _instead(value: Any, _: Any) -> Any:
    return value


def _with_key(name: str, value: Any, data: Any) -> Any:
    if isinstance(data, dict):
        return {**data, name: value}
    return [*data, value] if isinstance(data, list) else value


def _without(which: int, data: Any) -> Any:
    if isinstance(data, dict) and data:
        gone = sorted(data)[which % len(data)]
        return {name: value for name, value in data.items() if name != gone}
    return data[:-1] if isinstance(data, list | str) else data


@st.composite
def spoilt(draw: st.DrawFn, document: Any) -> Any:
    """A document with something else at one or two places, or with something more or less."""
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(list(_places(document))))
        changes = (
            partial(_instead, draw(st.sampled_from(JUNK))),
            partial(_with_key, draw(NAMES), draw(st.sampled_from(JUNK))),
            partial(_without, draw(st.integers(0, 9))),
        )
        document = _changed(document, path, draw(st.sampled_from(changes)))
    return document
