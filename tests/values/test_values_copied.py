"""Copies and pickles of every public value: equal, with the same hash, and at the same instants."""

import copy
import pickle
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, get_args, get_origin

import attrs
import pytest
from values_kit import FIRST_PASS, MAKERS, SECOND_PASS, filled, given_of, hints_of, name_of, public_values

from ticontact.hours import Stretch
from ticontact.routing import Agent
from ticontact.testing import instant


def _pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own


def _pickled_as_of_old(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value, 2))  # noqa: S301 - our own


COPIES: Final[dict[str, Callable[[Any], Any]]] = {
    "pickle": _pickled,
    "old pickle": _pickled_as_of_old,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}

UNHASHABLE: Final = {"replay.DayRun", "replay.Journal", "staffing.RuleComparison"}
"""They hold what is worked out when somebody looks."""


def _mentions_instants(hint: Any) -> bool:
    if isinstance(hint, type):
        return issubclass(hint, datetime)
    return any(map(_mentions_instants, get_args(hint)))


@pytest.mark.parametrize("make", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("owner", public_values(), ids=name_of)
def test_copies_are_equal(owner: type, make: Callable[[Any], Any]) -> None:
    """And hash alike, whatever is in them."""
    value = filled(owner)
    copied = make(value)

    assert type(copied) is owner
    assert copied == value
    if name_of(owner) not in UNHASHABLE:
        assert hash(copied) == hash(value)


def _with_instants() -> list[Any]:
    return [
        pytest.param(owner, field, id=f"{name_of(owner)}.{field.alias}")
        for owner in public_values()
        if owner not in MAKERS
        for field in attrs.fields(owner)
        if field.init and field.eq is True and _mentions_instants(hints_of(owner)[field.name])
    ]


def _instants(value: Any) -> list[tuple[float, timedelta | None, int]]:
    """Every instant in a value of a field: the instant itself, its offset and its fold."""
    if isinstance(value, datetime):
        return [(value.timestamp(), value.utcoffset(), value.fold)]
    return [each for inner in value for each in _instants(inner)] if isinstance(value, tuple) else []


class TestRepeatedHour:
    """Half past two in the night in which clocks go back, first and second pass: two instants of one wall clock."""

    def test_they_are_two(self) -> None:
        """An hour apart, and equal to Python."""
        assert SECOND_PASS.timestamp() - FIRST_PASS.timestamp() == 3600
        assert FIRST_PASS == SECOND_PASS

    def test_they_are_in_many_fields(self) -> None:
        """Of what is found by itself."""
        assert len(_with_instants()) > 30

    @pytest.mark.parametrize(("owner", "field"), _with_instants())
    def test_values_differ_as_their_instants_do(self, owner: type, field: Any) -> None:
        """And are alike whichever zone shows the instant."""
        first, second, elsewhere = (
            _holding(owner, field, at) for at in (FIRST_PASS, SECOND_PASS, SECOND_PASS.in_timezone("UTC"))
        )

        assert first != second
        assert (second == elsewhere, hash(second) == hash(elsewhere)) == (True, True)

    @pytest.mark.parametrize("make", COPIES.values(), ids=COPIES)
    @pytest.mark.parametrize(("owner", "field"), _with_instants())
    def test_copies_hold_the_same_instants(self, owner: type, field: Any, make: Callable[[Any], Any]) -> None:
        """In the same zone, in the same pass."""
        for at in (FIRST_PASS, SECOND_PASS):
            value = _holding(owner, field, at)
            copied = make(value)

            assert copied == value
            assert _instants(getattr(copied, field.name)) == _instants(getattr(value, field.name))


def _holding(owner: type, field: Any, at: Any) -> Any:
    """A value with an instant in one field, in whatever the field keeps it in."""
    hint = hints_of(owner)[field.name]
    return owner(**given_of(owner) | {field.alias: (at,) if get_origin(hint) is tuple else at})


class TestMappings:
    """What a value keeps in a mapping cannot be changed, and is its own copy."""

    def test_nothing_can_be_changed(self) -> None:
        """The agent would have another skill than the one that was checked."""
        skills: Any = Agent(id="anna", skills={"permits": 3}).skills

        with pytest.raises(TypeError, match="it is frozen"):
            skills["asylum"] = 1
        assert copy.copy(skills) is skills


def test_stretches_are_told_apart_by_their_instants() -> None:
    """Also in a set, and from what is no stretch."""
    one = Stretch(instant("2026-03-18 08:00"), instant("2026-03-18 12:00"))
    other = Stretch(one.opening, instant("2026-03-18 13:00"))

    assert len({one, other, Stretch(*one)}) == 2
    assert one != other
    assert one != "08:00-12:00"
