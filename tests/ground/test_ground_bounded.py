"""However much was given, the text of an error is short."""

import inspect
from typing import Any

import pytest

from ticontact import errors
from ticontact._bounded import listed, quoted, shortened
from ticontact._description import read_toml
from ticontact.errors import ConfigurationError, Fault, TicontactError, UnknownAgent
from ticontact.routing import Agent, Dispatcher
from ticontact.testing import instant

MANY = 10_000
LONG = "x" * 1_000_000
NINE = instant("2026-03-18 09:00")
EVERY: list[Any] = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, TicontactError) and kind is not TicontactError
]


class TestWords:
    """Names in a list, and a value."""

    @pytest.mark.parametrize(
        ("names", "said"),
        [
            ((), "none"),
            (("a",), "a"),
            (tuple(map(str, range(20))), ", ".join(map(str, range(20)))),
            (range(21), ", ".join(map(str, range(20))) + " and 1 more"),
            ((LONG,), "x" * 79 + "…"),
        ],
        ids=["nothing", "one", "twenty", "more", "long"],
    )
    def test_names(self, names: range | tuple[str, ...], said: str) -> None:
        """Twenty are said, and how many there are beside them."""
        assert listed(names) == said

    def test_no_name_may_have_a_word_of_its_own(self) -> None:
        """Such as "none is installed"."""
        assert listed([], otherwise="none is installed") == "none is installed"

    @pytest.mark.parametrize(
        ("value", "said"),
        [("a'b", '"a\'b"'), (5, "5"), (10**5000, "int"), (LONG, f"'{'x' * 79}…'"), ([LONG], "list")],
        ids=["text", "number", "large", "long", "others"],
    )
    def test_values(self, value: object, said: str) -> None:
        """As Python writes them, if it does."""
        assert quoted(value) == said

    def test_what_is_short_stays(self) -> None:
        """The mark stands only where something is missing."""
        assert (shortened("abcde", 5), shortened("abcdef", 5)) == ("abcde", "abcd…")


class TestErrors:
    """Whatever raises them."""

    @pytest.mark.parametrize("kind", EVERY, ids=lambda each: each.__name__)
    def test_no_text_is_longer_than_that(self, kind: Any) -> None:
        """Ten thousand characters."""
        needed = inspect.signature(kind).parameters
        given: dict[str, Any] = {"message": LONG, "faults": [Fault(LONG, LONG, LONG)] * MANY}
        given |= {"because": LONG, "what": LONG, "load": 1e300, "agents": 1e300, "least": MANY, "found": MANY}
        error = kind(**{name: given.get(name) for name, each in needed.items() if each.default is each.empty})

        assert len(str(error)) <= 10_000
        assert len(repr(error)) <= 10_100

    def test_faults_are_the_first_ones(self) -> None:
        """A hundred as values, twenty in the text, and the number of all."""
        error = ConfigurationError(Fault(f"key[{number}]", "missing") for number in range(MANY))

        assert (len(error.faults), error.count) == (100, MANY)
        assert str(error).endswith("key[19]: missing; and 9980 more")

    def test_unknown_keys_of_a_description(self) -> None:
        """Each is a fault, and each is counted."""
        description = read_toml("\n".join(f"key{number} = 1" for number in range(MANY)))
        for number in range(50):
            assert f"other{number}" not in description
            description.text(f"other{number}", default="")
        with pytest.raises(ConfigurationError) as refused:
            description.finish()

        assert (len(refused.value.faults), refused.value.count) == (100, MANY)
        assert refused.value.faults[0].allowed.endswith(" and 30 more")

    def test_agents(self) -> None:
        """A slip of the pen in a large office is no letter of 80,000 characters."""
        dispatcher = Dispatcher(agents=[Agent(id=f"agent-{number}") for number in range(MANY)])
        with pytest.raises(UnknownAgent, match="and 9980 more") as refused:
            dispatcher.sign_in("agent-x", at=NINE)

        assert len(str(refused.value)) < 500
