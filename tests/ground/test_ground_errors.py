"""What every error of ticontact keeps to, whatever package raises it."""

import copy
import inspect
import pickle
import traceback
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact import errors
from ticontact.errors import (
    ConfigurationError,
    ContactError,
    Fault,
    HoursError,
    InvalidPhoneNumber,
    InvalidValue,
    StaleOffer,
    TicontactError,
)

BRANCHES = {
    "ConfigurationError",
    "ContactError",
    "DeskError",
    "HoursError",
    "InvalidValue",
    "RoutingError",
    "StaffingError",
    "TicketError",
}
PERSONAL = "079 123 45 67"


def descendants(kind: type[TicontactError]) -> Iterator[type[TicontactError]]:
    """Every class below this one that an embedding program can meet; the command line's own never leave it."""
    for child in kind.__subclasses__():
        if child.__module__.startswith("ticontact.") and not child.__module__.startswith("ticontact.cli."):
            yield child
            yield from descendants(child)


EVERY_ERROR = sorted(set(descendants(TicontactError)), key=lambda kind: kind.__name__)
ATTRIBUTES = {
    "agent": st.text(),
    "allowed": st.lists(st.text()).map(tuple),
    "contact": st.text(),
    "count": st.none() | st.integers(),
    "event": st.text(),
    "field": st.text(),
    "given": st.none() | st.text(),
    "guard": st.text(),
    "item": st.text(),
    "since": st.none() | st.dates(),
    "stage": st.text(),
    "until": st.none() | st.dates(),
}
"""What an argument that has a default may be."""
WITH_GIVEN = [kind for kind in EVERY_ERROR if "given" in inspect.signature(kind).parameters]


class TestFamily:
    """The tree of the classes."""

    def test_root_is_never_raised_itself(self) -> None:
        """An error that does not say whose fault it is cannot even be made."""
        with pytest.raises(TypeError, match="whose fault it is"):
            TicontactError("something")

    def test_branches_say_whose_fault_it_is(self) -> None:
        """The six direct subclasses are the ones that the module's docstring draws."""
        assert {kind.__name__ for kind in EVERY_ERROR if kind.__base__ is TicontactError} == BRANCHES
        assert all(f"── {branch} " in str(errors.__doc__) for branch in BRANCHES)

    @pytest.mark.parametrize("kind", EVERY_ERROR, ids=lambda kind: kind.__name__)
    def test_every_error_stands_in_one_module(self, kind: type[TicontactError]) -> None:
        """Who reads `ticontact.errors` has seen all that can be caught."""
        assert kind.__module__ == "ticontact.errors"
        assert kind.__name__ in errors.__all__


@pytest.mark.parametrize("kind", EVERY_ERROR, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "duplicate",
    [lambda error: pickle.loads(pickle.dumps(error)), copy.copy, copy.deepcopy],  # noqa: S301 - our own bytes
    ids=["pickle", "copy", "deepcopy"],
)
@settings(max_examples=10)  # for each class and each way to copy it
@given(data=st.data())
def test_copies_keep_everything(
    kind: type[TicontactError], duplicate: Callable[[TicontactError], TicontactError], data: st.DataObject
) -> None:
    """An error that crosses a process boundary keeps its class, its text and every attribute."""
    optional = [each.name for each in inspect.signature(kind).parameters.values() if each.default is not each.empty]
    error = data.draw(st.builds(kind, **{name: ATTRIBUTES[name] for name in optional}))

    found = duplicate(error)

    assert type(found) is kind
    assert (found.args, vars(found)) == (error.args, vars(error))


@pytest.mark.parametrize("kind", WITH_GIVEN, ids=lambda kind: kind.__name__)
class TestGiven:
    """The refused value, which may be a person's."""

    def test_value_is_kept_for_the_program(self, kind: type[TicontactError]) -> None:
        """The refused value is behind `given`."""
        assert kind("refused", given=PERSONAL).given == PERSONAL

    def test_value_shows_nowhere(self, kind: type[TicontactError]) -> None:
        """Neither text nor traceback nor `args` show the refused value."""
        error = kind("refused", given=PERSONAL)

        shown = f"{error} {error!r} {error.args} {''.join(traceback.format_exception(error))}"

        assert PERSONAL not in shown


class TestAttributes:
    """What stands beside the text, for a program."""

    @pytest.mark.parametrize("kind", [*WITH_GIVEN, StaleOffer], ids=lambda kind: kind.__name__)
    def test_what_a_raise_does_not_say_is_empty(self, kind: type[TicontactError]) -> None:
        """An attribute can be read of every error of its class, and is empty where there is nothing to say."""
        required = {"epoch": None} if kind is StaleOffer else {}
        made = kind([], given=None) if kind is InvalidValue else kind("refused", **required)

        assert not any(vars(made).values())

    @pytest.mark.parametrize("kind", EVERY_ERROR, ids=lambda kind: kind.__name__)
    def test_every_attribute_is_documented(self, kind: type[TicontactError]) -> None:
        """The docstring of the class, or of the one that it refines, names each attribute."""
        prose = " ".join(str(inspect.getdoc(each)) for each in kind.__mro__ if issubclass(each, TicontactError))
        names = set(inspect.signature(kind).parameters) - {"message"}

        assert {name for name in names if f"{name}: " not in prose} == set()

    def test_a_place_is_cut_where_it_is_long(self) -> None:
        """A place may hold the key of a document from outside."""
        assert (
            len(HoursError("refused", field="key" * 1000).field) == len(ContactError("", field="k" * 999).field) == 400
        )


def test_nothing_given_is_none() -> None:
    """An error without a refused value has None behind `given`."""
    assert InvalidPhoneNumber("refused").given is None


class TestFaults:
    """What is wrong in a description."""

    @pytest.mark.parametrize(
        ("fault", "text"),
        [
            (
                Fault("queue[2].hours", "no such calendar", "office, counter"),
                "queue[2].hours: no such calendar (allowed: office, counter)",
            ),
            (Fault("zone", "missing"), "zone: missing"),
        ],
    )
    def test_text_names_place_problem_and_cure(self, fault: Fault, text: str) -> None:
        """A fault reads as one line; what is allowed is left out where it goes without saying."""
        assert str(fault) == text

    def test_all_faults_are_reported_at_once(self) -> None:
        """The error keeps its faults in order, and its text names each."""
        faults = [Fault("a", "missing"), Fault("b", "twice")]

        error = ConfigurationError(iter(faults))

        assert error.faults == tuple(faults)
        assert str(error) == "a: missing; b: twice"
