"""Values that check themselves while they are built."""

import enum
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pendulum
import pytest
from plain_kit import Colour, Leaf, Order

from ticontact.errors import ConfigurationError, InvalidValue
from ticontact.plain import checked, checked_after, from_dict, to_dict


class TestRefusals:
    """What is of another type than its class says."""

    @pytest.mark.parametrize(
        ("field", "value", "allowed"),
        [
            ("id", 1, "a text of 1 to 9 characters"),
            ("id", "", "a text of 1 to 9 characters"),
            ("id", "\ud800", "a text of 1 to 9 characters"),
            ("id", None, "a text of 1 to 9 characters"),
            ("count", 0, "a whole number, 1 or more"),
            ("count", 1.0, "a whole number, 1 or more"),
            ("count", True, "a whole number, 1 or more"),
            ("count", 2**53, "a whole number, 1 or more"),
            ("urgent", 1, "true or false"),
            ("colour", "red", "red, blue"),
            ("day", datetime(2026, 3, 18, tzinfo=UTC), "a day such as 2026-03-18 or null"),
            ("at", datetime(2026, 3, 18), "an instant with its zone or null"),  # noqa: DTZ001 - that is the fault
            ("at", datetime(1, 1, 1, tzinfo=UTC), "an instant with its zone or null"),
            ("at", "2026-03-18T08:00:00Z", "an instant with its zone or null"),
            ("since", 10**18, "an instant such as 2026-03-18T08:00:00Z or null"),
            ("zone", "Mars", "a zone such as Europe/Zurich, or an offset in seconds"),
            ("zone", 86_400, "a zone such as Europe/Zurich, or an offset in seconds"),
            ("within", timedelta.max, "seconds from -8000000000 to 8000000000 or null"),
            ("within", 5, "seconds from -8000000000 to 8000000000 or null"),
            ("leaves", [Leaf("a")], "a list, each leaf"),
            ("part", Colour.RED, "leaf, flower or null"),
            ("pair", ("a",), "a list of 2: a text, a whole number"),
            ("marks", [("a", 1)], "a table, each a whole number"),
            ("tags", {"a"}, "a list, each once, a text"),
            ("word", "here", "near, far"),
            ("share", float("nan"), "a finite number"),
            ("more", object(), "plain data, up to 32 deep"),
            ("branch", {}, "branch or null"),
        ],
    )
    def test_error_names_the_field(self, field: str, value: Any, allowed: str) -> None:
        """The class, the field, the type of what was given and what is allowed; the value is behind `given`."""
        with pytest.raises(InvalidValue) as refused:
            Order(**{"id": "o", field: value})

        [fault] = refused.value.faults
        assert (fault.path, fault.problem, fault.allowed) == (
            f"Order.{field}",
            f"{type(value).__name__} was given",
            allowed,
        )
        assert getattr(refused.value.given, field) is value

    @pytest.mark.parametrize(
        ("field", "value", "path"),
        [
            ("leaves", (Leaf("a"), 1), "Order.leaves[1]"),
            ("pair", ("a", "b"), "Order.pair[1]"),
            ("marks", {"a": "x"}, "Order.marks, entry"),
            ("marks", {1: 1}, "Order.marks, name of an entry"),
            ("tags", frozenset({1}), "Order.tags[]"),
        ],
    )
    def test_error_names_the_place_in_a_field(self, field: str, value: Any, path: str) -> None:
        """By its number; never by a name from outside."""
        with pytest.raises(InvalidValue) as refused:
            Order(**{"id": "o", field: value})

        assert [fault.path for fault in refused.value.faults] == [path]

    def test_every_field_is_named_at_once(self) -> None:
        """Whoever mends the program mends it once."""
        wrong: Any = 7

        with pytest.raises(InvalidValue) as refused:
            Order(id=wrong, colour=wrong, word=wrong)

        assert [fault.path for fault in refused.value.faults] == ["Order.id", "Order.colour", "Order.word"]

    def test_changed_values_are_checked_too(self) -> None:
        """`attrs.evolve` builds a value."""
        with pytest.raises(InvalidValue, match=r"^Order\.count: "):
            attrs.evolve(Order(id="o"), count=0)


class TestSubclasses:
    """Values of subclasses that are written alike."""

    def test_what_others_make_of_built_in_types(self) -> None:
        """A marked text of a template, a duration of pendulum."""

        class Marked(str):
            __slots__ = ()

        class Level(enum.IntEnum):
            HIGH = 3

        near: Any = Marked("near")
        order = Order(
            id=Marked("o"),
            count=Level.HIGH,
            at=datetime(2026, 3, 18, 8, tzinfo=UTC),
            day=pendulum.date(2026, 3, 18),
            within=pendulum.duration(minutes=2),
            word=near,
        )
        document = to_dict(order)

        assert from_dict(Order, document) == order
        assert [type(document[name]) for name in ("id", "count", "word")] == [str, int, str]

    def test_a_base_class_has_the_line_for_all_below_it(self) -> None:
        """Each is checked by its own fields, whichever was built first."""

        @attrs.frozen(kw_only=True, field_transformer=checked)
        class Base:
            id: str

        @attrs.frozen(kw_only=True)
        class Below(Base):
            count: int

        @attrs.frozen(kw_only=True, field_transformer=checked_after)
        class Twice(Below):
            flag: bool = False

        @attrs.frozen(kw_only=True, field_transformer=checked)
        class Also(Base):
            count: int

        Base(id="a")
        Below(id="a", count=1)
        Also(id="a", count=1)
        Twice(id="a", count=1)
        attempts: list[tuple[type, dict[str, Any]]] = [
            (Base, {"id": 1}),
            (Below, {"id": "a", "count": "x"}),
            (Also, {"id": "a", "count": "x"}),
            (Below, {"id": 1, "count": 1}),
            (Twice, {"id": "a", "count": 1, "flag": "x"}),
        ]
        for owner, given in attempts:
            with pytest.raises(InvalidValue, match=f"^{owner.__name__}\\.\\w+: \\w+ was given"):
                owner(**given)

    def test_a_class_without_fields_is_built(self) -> None:
        """There is nothing to check."""
        nothing: Any = attrs.frozen(field_transformer=checked)(type("Nothing", (), {}))
        later: Any = attrs.frozen(field_transformer=checked_after)(type("Nothing", (), {}))

        assert nothing() == nothing()
        assert later() == later()


class TestOrder:
    """Which check goes first."""

    @staticmethod
    def small(_: object, __: object, value: int) -> None:
        """A validator that compares."""
        if value > 9:
            raise ConfigurationError([])

    def test_types_are_checked_before_what_compares_them(self) -> None:
        """A validator of the class need not ask for the type."""

        @attrs.frozen(field_transformer=checked)
        class Small:
            count: int = attrs.field(validator=self.small)
            other: int = attrs.field(default=0, validator=self.small)

        attempts: list[dict[str, Any]] = [{"count": "x"}, {"count": 1, "other": "x"}]
        for wrong in attempts:
            with pytest.raises(InvalidValue):
                Small(**wrong)
        with pytest.raises(ConfigurationError):
            Small(10)
        assert Small(9).other == 0

    def test_types_may_be_checked_after_them(self) -> None:
        """Where a class refuses what it knows by errors of its own."""

        @attrs.frozen(field_transformer=checked_after)
        class Small:
            note: str = ""
            count: int = attrs.field(default=0, validator=self.small)

        wrong: Any = 1
        with pytest.raises(ConfigurationError):
            Small(note=wrong, count=10)
        with pytest.raises(InvalidValue, match=r"^Small\.note: "):
            Small(note=wrong)


def test_converted_values_are_what_is_checked() -> None:
    """What a converter makes of an argument is what the value holds."""

    def names_of(given: Any) -> frozenset[str]:
        return frozenset(given)

    def days_of(given: Any) -> tuple[date, ...]:
        return tuple(given)

    @attrs.frozen(field_transformer=checked)
    class Tags:
        names: frozenset[str] = attrs.field(converter=names_of)
        days: tuple[date, ...] = attrs.field(default=(), converter=days_of)
        table: Mapping[str, int] = attrs.field(factory=dict)

    assert Tags(["a", "b", "a"]).names == {"a", "b"}
    with pytest.raises(InvalidValue, match=r"^Tags\.names\[\]: int was given"):
        Tags([1])
