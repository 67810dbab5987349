"""Values from fields that nobody has looked at: each must be of the type that its class says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

import attrs
import pytest

from ticontact._typed import built
from ticontact.errors import ConfigurationError
from ticontact.priority import Priority


@attrs.frozen
class Everything:
    """A field of each kind."""

    number: int = 0
    text: str = ""
    flag: bool = False
    amount: timedelta = timedelta(0)
    word: Literal["a", "b"] = "a"
    possible_duplicate_of: int | None = None
    either: "int | str" = 0
    some: tuple[str, ...] = ()
    place: tuple[int, str] = (0, "")
    names: frozenset[str] = frozenset()
    levels: Mapping[str, int] = attrs.field(factory=dict)
    priority: Priority = Priority.NORMAL
    deep: tuple[tuple[int, str], ...] = ()


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("number", [0, -1, 10**30], [True, 1.0, "1", None]),
        ("text", ["", "x"], [1, None, b"x"]),
        ("flag", [True, False], [0, 1, None]),
        ("amount", [timedelta(1)], [1, None]),
        ("word", ["a", "b"], ["c", "", None, 1]),
        ("possible_duplicate_of", [None, 3], ["", True, 1.5]),
        ("either", [3, "x"], [None, True, 1.5]),
        ("some", [(), ("a",), ("a", "b")], [["a"], ("a", 1), "a", None]),
        ("place", [(1, "a")], [("a", 1), (1,), (1, "a", "a"), (), [1, "a"], None]),
        ("names", [frozenset(), frozenset("ab")], [{"a"}, frozenset([1]), ("a",), None]),
        ("levels", [{}, {"a": 1}], [{1: 1}, {"a": "1"}, {"a": True}, [], None]),
        ("priority", [Priority.HIGH], ["high", 1, None]),
        ("deep", [(), ((1, "a"), (2, "b"))], [((1, "a"), (2,)), (1, "a"), ([1, "a"],)]),
    ],
)
def test_each_kind(field: str, right: list[Any], wrong: list[Any]) -> None:
    """What is of the type is taken as it is; anything else is refused by the name of the field."""
    for value in right:
        assert getattr(built(Everything, {field: value}), field) == value
    for value in wrong:
        with pytest.raises(ConfigurationError, match=rf"^{field}: {type(value).__name__} was given \(allowed: "):
            built(Everything, {field: value})


@pytest.mark.parametrize(
    ("field", "allowed"),
    [
        ("number", "int"),
        ("word", "a, b"),
        ("possible_duplicate_of", "int or None"),
        ("place", "tuple[int, str]"),
        ("some", "tuple[str, ...]"),
        ("levels", "Mapping[str, int]"),
        ("priority", "Priority"),
    ],
)
def test_what_may_stand_there(field: str, allowed: str) -> None:
    """In words that say it."""
    with pytest.raises(ConfigurationError) as refused:
        built(Everything, {field: object()})

    assert str(refused.value) == f"{field}: object was given (allowed: {allowed})"


def test_all_faults_come_at_once_and_show_no_value() -> None:
    """What stood there may be about a person."""
    with pytest.raises(ConfigurationError) as refused:
        built(Everything, {"number": "Mario Rossi", "text": 7, "flag": True})

    assert str(refused.value) == "number: str was given (allowed: int); text: int was given (allowed: str)"


def test_fields_are_those_of_the_class() -> None:
    """One too many is a fault of the caller's program."""
    with pytest.raises(TypeError):
        built(Everything, {"moon": 1})
