"""Priorities by name."""

import itertools
import operator
import pickle

import pytest

from ticontact.errors import ConfigurationError
from ticontact.priority import Priority

IN_ORDER = [Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT]


@pytest.mark.parametrize(
    ("name", "priority"),
    [("low", Priority.LOW), ("normal", Priority.NORMAL), ("high", Priority.HIGH), ("urgent", Priority.URGENT)],
)
def test_priorities_go_by_name(name: str, priority: Priority) -> None:
    """A file states a priority by its name."""
    assert Priority.named(name) is priority


@pytest.mark.parametrize("name", ["", "HIGH", "very high", "1"])
def test_other_names_are_refused(name: str) -> None:
    """The refusal names the place, what was given and every name there is."""
    with pytest.raises(ConfigurationError) as refusal:
        Priority.named(name, path="queue[1].priority")

    assert str(refusal.value) == f"queue[1].priority: no priority {name!r} (allowed: low, normal, high, urgent)"


def test_place_has_a_name_of_its_own() -> None:
    """Without a path the fault stands at `priority`."""
    with pytest.raises(ConfigurationError, match=r"^priority: no priority 'late' "):
        Priority.named("late")


@pytest.mark.parametrize(("first", "second"), [*itertools.product(IN_ORDER, repeat=2)], ids=str)
def test_more_urgent_is_greater(first: Priority, second: Priority) -> None:
    """All six comparisons follow the rank, which counts from 0 in the order of urgency."""
    ranks = IN_ORDER.index(first), IN_ORDER.index(second)

    assert (first.rank, second.rank) == ranks
    assert (first < second, first <= second) == (ranks[0] < ranks[1], ranks[0] <= ranks[1])
    assert (first > second, first >= second) == (ranks[0] > ranks[1], ranks[0] >= ranks[1])
    assert (first == second, first != second) == (ranks[0] == ranks[1], ranks[0] != ranks[1])


def test_priorities_compare_with_priorities_alone() -> None:
    """A number is no priority: it would say nothing about the need."""
    with pytest.raises(TypeError, match="not supported between instances of 'Priority' and 'int'"):
        operator.lt(Priority.HIGH, 3)


def test_pickling_gives_the_same_member() -> None:
    """A priority that comes back from another process is the very same."""
    assert pickle.loads(pickle.dumps(Priority.HIGH)) is Priority.HIGH  # noqa: S301 - our own bytes
