"""Values as documents: what is refused, how it is said, and what a class may declare."""

from collections import UserDict
from collections.abc import Callable, Mapping
from datetime import UTC, date, timedelta, tzinfo
from types import MappingProxyType
from typing import Annotated, Any, Literal, Protocol

import attrs
import pendulum
import pytest
from plain_kit import Branch, Colour, Flower, Leaf, Order, judged

from ticontact.errors import ConfigurationError, InvalidValue
from ticontact.plain import (
    Bounds,
    Epoch,
    checked,
    custom,
    described,
    form,
    from_dict,
    json_schema,
    kinds,
    known,
    to_dict,
)

PLAIN: dict[str, Any] = to_dict(Order(id="o-1"))
ZONED = "an instant with its zone"
ZONE = "a zone such as Europe/Zurich, or an offset in seconds"
INSTANT = "an instant such as 2026-03-18T08:00:00Z"
SECONDS = "seconds from -8000000000 to 8000000000"


def refused(document: Any, kind: Any = Order) -> InvalidValue:
    """How a document is refused."""
    with pytest.raises(InvalidValue) as found:
        from_dict(kind, document)
    return found.value


class TestForm:
    """What a document looks like."""

    def test_everything_that_a_value_holds_is_written(self) -> None:
        """Defaults too: nobody has to know them to read it."""
        order = Order(
            id="o-1",
            at=pendulum.datetime(2026, 10, 25, 2, 30, tz="Europe/Zurich", fold=1),
            since=1_000_000,
            within=timedelta(minutes=1, milliseconds=500),
            leaves=(Leaf("a"),),
            part=Flower(marks={"z": 1, "a": 2}),
            tags=frozenset({"b", "a"}),
            branch=Branch(name="x"),
        )

        assert to_dict(order) == {
            "type": "order",
            "form": 3,
            "id": "o-1",
            "count": 1,
            "rush": "no",
            "urgent": False,
            "colour": "red",
            "day": None,
            "at": {"at": "2026-10-25T01:30:00Z", "zone": "Europe/Zurich"},
            "since": "1970-01-01T00:00:01Z",
            "zone": "UTC",
            "within": 60.5,
            "leaves": [{"name": "a", "weight": 3}],
            "part": {"type": "flower", "colour": "red", "leaves": [], "marks": {"a": 2, "z": 1}},
            "pair": ["a", 1],
            "marks": {},
            "tags": ["a", "b"],
            "word": "near",
            "share": 0.5,
            "more": None,
            "branch": {"type": "branch", "form": 2, "name": "x", "twigs": []},
        }

    def test_a_document_in_a_document_is_a_document(self) -> None:
        """What has a form of its own can be cut out and read by itself."""
        branch = Branch(name="x", twigs=(Branch(name="y"),))

        assert to_dict(Order(id="o-1", branch=branch))["branch"] == to_dict(branch)

    def test_names_stand_in_order_whatever_their_order_was(self) -> None:
        """Equal values are written alike."""
        assert list(to_dict(Order(id="o", marks={"b": 1, "a": 2}))["marks"]) == ["a", "b"]

    def test_a_document_shares_nothing_with_its_value(self) -> None:
        """Whoever changes one leaves the other as it was."""
        held: dict[str, Any] = {"list": [1]}
        order = Order(id="o", more=held)
        to_dict(order)["more"]["list"].append(2)

        assert held == {"list": [1]}

    @pytest.mark.parametrize("wrapped", [MappingProxyType, UserDict])
    def test_any_mapping_is_read(self, wrapped: Callable[[Any], Any]) -> None:
        """As databases and frameworks give them."""
        assert from_dict(Order, wrapped(PLAIN)) == Order(id="o-1")


class TestRefusals:
    """Bad input: one error, every place, nothing built."""

    @pytest.mark.parametrize(
        ("changes", "text"),
        [
            ({"type": "offer"}, "order.type: 'offer' was given (allowed: order)"),
            ({"type": 5}, "order.type: 5 was given (allowed: order)"),
            ({"form": 4}, "order.form: 4 was given (allowed: 2, 3)"),
            ({"form": 1}, "order.form: 1 was given (allowed: 2, 3)"),
            ({"form": True}, "order.form: True was given (allowed: 2, 3)"),
            ({"form": "3"}, "order.form: '3' was given (allowed: 2, 3)"),
            ({"id": ""}, "order.id: str was given (allowed: a text of 1 to 9 characters)"),
            ({"id": "\ud800"}, "order.id: str was given (allowed: a text of 1 to 9 characters)"),
            ({"count": 0}, "order.count: int was given (allowed: a whole number, 1 or more)"),
            ({"count": 2**53}, "order.count: int was given (allowed: a whole number, 1 or more)"),
            ({"count": 10**400}, "order.count: int was given (allowed: a whole number, 1 or more)"),
            ({"count": 1.5}, "order.count: float was given (allowed: a whole number, 1 or more)"),
            ({"since": "2026-02-30T08:00:00Z"}, f"order.since: str was given (allowed: {INSTANT})"),
            ({"at": {"at": "2026-02-01", "zone": "UTC"}}, f"order.at: dict was given (allowed: {ZONED})"),
            ({"at": {"at": "2026-02-01T08:00:00Z", "zone": 86_400}}, f"order.at: dict was given (allowed: {ZONED})"),
            ({"at": {"at": "2026-02-01T08:00:00Z"}}, f"order.at: dict was given (allowed: {ZONED})"),
            ({"zone": True}, f"order.zone: bool was given (allowed: {ZONE})"),
            ({"zone": 0.5}, f"order.zone: float was given (allowed: {ZONE})"),
            ({"urgent": 1}, "order.urgent: int was given (allowed: true or false)"),
            ({"colour": "green"}, "order.colour: str was given (allowed: red, blue)"),
            ({"colour": []}, "order.colour: list was given (allowed: red, blue)"),
            ({"word": "here"}, "order.word: str was given (allowed: near, far)"),
            ({"word": {}}, "order.word: dict was given (allowed: near, far)"),
            ({"share": float("nan")}, "order.share: float was given (allowed: a finite number)"),
            ({"share": float("inf")}, "order.share: float was given (allowed: a finite number)"),
            ({"share": 10**400}, "order.share: int was given (allowed: a finite number)"),
            ({"day": "2026-02-29"}, "order.day: str was given (allowed: a day such as 2026-03-18)"),
            ({"since": "2026-02-01"}, f"order.since: str was given (allowed: {INSTANT})"),
            ({"zone": "Mars"}, f"order.zone: str was given (allowed: {ZONE})"),
            ({"at": {"at": "2026-02-01T08:00:00Z", "zone": "Mars"}}, f"order.at: dict was given (allowed: {ZONED})"),
            ({"within": "90s"}, f"order.within: str was given (allowed: {SECONDS} or null)"),
            ({"within": 1e11}, f"order.within: float was given (allowed: {SECONDS})"),
            ({"pair": ["a"]}, "order.pair: list was given (allowed: a list of 2: a text, a whole number)"),
            ({"pair": ["a", "b"]}, "order.pair[1]: str was given (allowed: a whole number)"),
            ({"tags": ["a", 1]}, "order.tags[1]: int was given (allowed: a text)"),
            ({"tags": "a"}, "order.tags: str was given (allowed: a list, each a text)"),
            ({"marks": {"anna verdi": "x"}}, "order.marks, entry: str was given (allowed: a whole number)"),
            ({"marks": {7: 7}}, "order.marks, name of an entry: int was given (allowed: a text)"),
            ({"marks": []}, "order.marks: list was given (allowed: a table, each a whole number)"),
            ({"leaves": [{"name": "a"}, {"name": 1}]}, "order.leaves[1].name: int was given (allowed: a text)"),
            ({"leaves": [7]}, "order.leaves[0]: int was given (allowed: leaf)"),
            ({"part": {"name": "a"}}, "order.part.type: missing (allowed: leaf, flower)"),
            ({"part": {"type": "tree"}}, "order.part.type: 'tree' was given (allowed: leaf, flower)"),
            ({"part": "leaf"}, "order.part: str was given (allowed: leaf, flower or null)"),
            ({"part": {"type": "leaf"}}, "order.part.name: missing (allowed: a text)"),
            (
                {"branch": {"type": "branch", "form": 2, "twig": 1}},
                "order.branch, names of fields: 1 are unknown (allowed: name, twigs)",
            ),
            ({"more": float("nan")}, "order.more: float was given (allowed: plain data, up to 32 deep)"),
            ({"more": {"a": {1, 2}}}, "order.more: dict was given (allowed: plain data, up to 32 deep)"),
            ({"more": {1: 2}}, "order.more: dict was given (allowed: plain data, up to 32 deep)"),
            ({"anna verdi": 1, "b": 2}, "order, names of fields: 2 are unknown (allowed: id, count, rush, urgent, "),
        ],
    )  # fmt: skip
    def test_error_names_the_place(self, changes: dict[str, Any], text: str) -> None:
        """Where in the document, what kind of thing was given, and what is allowed; never the thing itself."""
        error = refused(PLAIN | changes)

        assert str(error).startswith(text)
        assert "anna" not in str(error)
        assert (len(error.faults), error.count, error.given) == (1, 1, PLAIN | changes)

    @pytest.mark.parametrize("document", [None, "text", 7, [], [PLAIN]])
    def test_a_document_is_a_table(self, document: Any) -> None:
        """Nothing else."""
        assert str(refused(document)).startswith("order: ")

    def test_every_place_is_named_at_once(self) -> None:
        """Whoever mends a bridge mends it once."""
        error = refused(PLAIN | {"id": 1, "leaves": [{}, {"name": 1, "weight": "x"}], "share": "x"})

        assert [fault.path for fault in error.faults] == [
            "order.id",
            "order.leaves[0].name",
            "order.leaves[1].name",
            "order.leaves[1].weight",
            "order.share",
        ]

    def test_of_very_many_faults_the_first_are_said(self) -> None:
        """An error is short, however much was given."""
        error = refused(PLAIN | {"leaves": [{"name": 1}] * 1_000})

        assert (len(error.faults), error.count) == (100, 1_000)
        assert str(error).endswith("; and 980 more")

    def test_deep_nesting_is_refused(self) -> None:
        """At the level where it begins to be too much, not by a stack that is full."""

        def deep(levels: int) -> dict[str, Any]:
            document: dict[str, Any] = {"type": "branch", "form": 2}
            for _ in range(levels):
                document = {"type": "branch", "form": 2, "twigs": [document]}
            return document

        assert judged(Branch, deep(31))[1:] == (True, True)
        assert judged(Branch, deep(32))[1:] == (False, True)
        assert str(refused(deep(200), Branch)).endswith("it nests too deeply (allowed: 32 levels)")
        assert judged(Order, PLAIN | {"more": [[[[deep(200)]]]]})[1:] == (False, True)

    @pytest.mark.parametrize("larger", [lambda inner: [inner], lambda inner: {"a": inner}], ids=["lists", "tables"])
    def test_plain_data_nests_as_deep(self, larger: Callable[[Any], Any]) -> None:
        """Lists and tables alike."""
        data: Any = 1
        for _ in range(32):
            data = larger(data)

        assert judged(Order, PLAIN | {"more": data})[1]
        assert not judged(Order, PLAIN | {"more": larger(data)})[1]

    def test_deep_values_are_not_written(self) -> None:
        """What could not be read is not written; the error says where."""
        branch = Branch()
        for _ in range(32):
            branch = Branch(twigs=(branch,))

        with pytest.raises(InvalidValue, match=r"^Branch: it holds what cannot be written"):
            to_dict(branch)
        with pytest.raises(InvalidValue, match=r"^Order: it holds what cannot be written"):
            to_dict(Order(id="o", branch=branch))

    def test_instants_of_any_offset_are_read(self) -> None:
        """Other programs write the one they have."""
        read = from_dict(Order, PLAIN | {"since": "1970-01-01T01:00:00+01:00", "within": 5.0, "count": 2.0})

        assert (read.since, read.within, read.count) == (0, timedelta(seconds=5), 2)
        assert from_dict(Order, PLAIN | {"zone": 3600.0}).zone == 3600


class TestOlderForms:
    """Documents of older numbers."""

    def test_each_step_lifts_by_one(self) -> None:
        """What an older form did not have, the step says."""
        assert from_dict(Order, {"type": "order", "form": 2, "id": "o", "rush": "yes"}).urgent is True

    def test_older_documents_stand_in_newer_ones(self) -> None:
        """Each by its own number."""
        old = {"type": "branch", "form": 1, "name": "x"}

        assert from_dict(Order, PLAIN | {"branch": old}).branch == Branch(name="x")

    def test_the_document_itself_stays_as_it_was(self) -> None:
        """Lifting gives another one."""
        old = {"type": "branch", "form": 1, "name": "x"}
        from_dict(Branch, old)

        assert old == {"type": "branch", "form": 1, "name": "x"}

    @pytest.mark.parametrize(
        ("document", "text"),
        [
            ({"id": "o"}, "order: the step from form 2 fails: KeyError (allowed: a document of form 2)"),
            (
                {"id": "o", "rush": {1, 2}},
                "order: it holds what no document holds, or nests too deeply (allowed: plain data)",
            ),
            ({"id": 1, "rush": "yes"}, "order.id: int was given (allowed: a text of 1 to 9 characters)"),
        ],
    )
    def test_what_cannot_be_lifted_is_refused(self, document: Mapping[str, Any], text: str) -> None:
        """By its place."""
        assert str(refused({"type": "order", "form": 2, **document})) == text

    def test_a_step_is_missing(self) -> None:
        """Whoever declares a form says how to come to it."""
        for number, upcasters in ((0, {}), (3, {1: dict}), (2, {2: dict}), (3, {0: dict, 1: dict})):
            with pytest.raises(
                TypeError, match=r"^form 'x': allowed: a number from 1, and a step from each older form"
            ):
                form("x", number, upcasters=upcasters)


class TestUnions:
    """One of several classes, by `type`."""

    def test_places_begin_with_the_class(self) -> None:
        """Once it is known."""
        assert str(refused({"type": "branch", "form": 2, "name": 1}, Order | Branch)).startswith("branch.name: int was")

    def test_type_says_which(self) -> None:
        """The value is of the class that the document names."""
        assert from_dict(Order | Branch, to_dict(Branch(name="x"))) == Branch(name="x")

    @pytest.mark.parametrize(
        ("document", "text"),
        [
            ({"type": "leaf"}, "document.type: 'leaf' was given (allowed: order, branch)"),
            ({"form": 1}, "document.type: missing (allowed: order, branch)"),
            ([], "document: list was given (allowed: order, branch)"),
        ],
    )
    def test_others_are_refused(self, document: Any, text: str) -> None:
        """With the names that are known."""
        assert str(refused(document, Order | Branch)) == text

    def test_a_base_class_may_be_open(self) -> None:
        """Then a value may hold others too, which cannot be written."""

        class Base:
            pass

        @attrs.frozen
        class One(Base):
            a: int

        kinds(Base, One, is_open=True)

        @form("held")
        @attrs.frozen(field_transformer=checked)
        class Held:
            it: Base

        wrong: Any = 7
        assert from_dict(Held, to_dict(Held(One(1)))) == Held(One(1))
        with pytest.raises(InvalidValue, match=r"^Held: it holds what cannot be written"):
            to_dict(Held(Base()))
        with pytest.raises(InvalidValue, match=r"^Held\.it: int was given \(allowed: Base\)$"):
            Held(wrong)

    def test_words_of_several_lists_are_one_list(self) -> None:
        """As checkers of types take them too."""

        @form("held")
        @attrs.frozen
        class Held:
            word: Literal["a", "b", "c"] | None

        assert [from_dict(Held, to_dict(Held(word))).word for word in ("a", "c", None)] == ["a", "c", None]

    def test_a_base_class_stands_for_its_kinds(self) -> None:
        """For those that it declares, and no others."""

        class Base:
            pass

        @form("one")
        @attrs.frozen
        class One(Base):
            a: int

        @form("two")
        @attrs.frozen
        class Two(Base):
            held: Base | None = None

        kinds(Base, One, Two)

        assert from_dict(Base, to_dict(Two(held=Two(held=One(1))))) == Two(held=Two(held=One(1)))
        assert str(refused({"type": "three"}, Base)) == "document.type: 'three' was given (allowed: one, two)"

    @pytest.mark.parametrize("kind", [str | date, Leaf | Mapping[str, int], int | float, Colour | str, Leaf | object])
    def test_what_cannot_be_told_apart_is_no_union(self, kind: Any) -> None:
        """That is a fault of the program that declares it."""

        @form("held")
        @attrs.frozen
        class Held:
            it: kind

        with pytest.raises(NotImplementedError, match="cannot be told apart in JSON"):
            to_dict(Held("a"))

    def test_classes_of_one_name_are_no_union(self) -> None:
        """Each is known by its name."""
        other: Any = form("branch")(attrs.frozen(type("Other", (), {})))

        with pytest.raises(NotImplementedError, match="branch, branch cannot be told apart"):
            from_dict(Branch | other, {})

    def test_a_subclass_is_written_as_its_class(self) -> None:
        """As far as the class that was declared goes."""

        @attrs.frozen
        class Larger(Leaf):
            more: int = 0

        order = Order(id="o", part=Larger("a", 1, 2), leaves=(Larger("b"),))

        assert from_dict(Order, to_dict(order)).part == Leaf("a", 1)


class TestDeclarations:
    """What a class may say of its form."""

    def test_values_that_are_known_by_name(self) -> None:
        """They are written as the name, all others in full."""

        @attrs.frozen
        class Way:
            name: str
            wide: bool = False

        known(Way, {"usual": Way("usual")})

        @form("held")
        @attrs.frozen(field_transformer=checked)
        class Held:
            ways: tuple[Way, ...]

        held = Held((Way("usual"), Way("usual", wide=True)))

        assert to_dict(held)["ways"] == ["usual", {"name": "usual", "wide": True}]
        assert judged(Held, to_dict(held))[1]
        for wrong in ("other", 1):
            error = refused({"type": "held", "form": 1, "ways": [wrong]}, Held)
            assert str(error).startswith("held.ways[0]: ")
        wrong_way: Any = "usual"
        with pytest.raises(InvalidValue, match=r"^Held\.ways\[0\]: str was given \(allowed: way or usual\)$"):
            Held((wrong_way,))

    def test_a_form_of_ones_own(self) -> None:
        """One text for a class of several fields."""

        class Span:
            def __init__(self, text: str) -> None:
                self.first, self.last = text.split("-")

        custom(
            Span,
            write=lambda span: f"{span.first}-{span.last}",
            read=Span,
            schema={"type": "string", "pattern": "^.*-.*$"},
            words="a span",
            is_form=lambda data: isinstance(data, str) and "-" in data,
        )

        @form("held")
        @attrs.frozen(field_transformer=checked)
        class Held:
            span: Span | None

        wrong: Any = "a-b"
        document = to_dict(Held(Span("a-b")))

        assert document["span"] == "a-b"
        assert from_dict(Held, document).span is not None
        assert judged(Held, {"type": "held", "form": 1, "span": "a-b-c"})[1:] == (False, True)
        assert judged(Held, {"type": "held", "form": 1, "span": "a"})[1:] == (False, False)
        with pytest.raises(InvalidValue, match=r"^Held\.span: str was given \(allowed: a span or null\)$"):
            Held(wrong)

    def test_names_and_comments_of_fields(self) -> None:
        """What a form calls otherwise, and what its schema tells beside."""

        @form("held")
        @attrs.frozen
        class Held:
            epoch: Epoch = attrs.field(metadata=described(name="at", comment="when"))
            why: str = attrs.field(default="", metadata=described(is_required=True))

        schema = json_schema(Held, purpose="read")["$defs"]["held"]

        assert to_dict(Held(0, "x")) == {"type": "held", "form": 1, "at": "1970-01-01T00:00:00Z", "why": "x"}
        assert from_dict(Held, to_dict(Held(0, "x"))) == Held(0, "x")
        assert schema["properties"]["at"]["$comment"] == "when"
        assert schema["required"] == ["type", "form", "at", "why"]

    @pytest.mark.parametrize("value", [Leaf("a"), "text", None])
    def test_only_what_has_a_form_is_written(self, value: object) -> None:
        """A part of a document is none."""
        with pytest.raises(InvalidValue, match="it has no form of its own"):
            to_dict(value)

    @pytest.mark.parametrize("kind", [Leaf, Leaf | Branch, Branch | None, str, int | str, Colour])
    def test_only_what_has_a_form_is_read(self, kind: Any) -> None:
        """Nor is what is no class of attrs."""
        for attempt in (lambda: from_dict(kind, {}), lambda: json_schema(kind)):
            with pytest.raises(InvalidValue, match="it has no form of its own"):
                attempt()

    def test_what_a_form_cannot_hold(self) -> None:
        """A function, a protocol: the class may be checked, but not written."""

        class Clock(Protocol):
            def now(self) -> int: ...

        @form("held")
        @attrs.frozen(field_transformer=checked)
        class Held:
            clock: Clock
            call: Callable[[], int]
            zone: tzinfo

        class Watch:
            def now(self) -> int:
                return 1

        clock = Watch()
        held = Held(clock, int, UTC)

        for attempt in (lambda: to_dict(held), lambda: from_dict(Held, {"type": "held", "form": 1, "clock": 1})):
            with pytest.raises(NotImplementedError, match=r"^Held\.clock: Clock has no plain form$"):
                attempt()
        wrong: Any = "UTC"
        for given, refused in (
            ((clock, int, wrong), "zone"),
            ((wrong, int, UTC), "clock"),
            ((clock, wrong, UTC), "call"),
        ):
            with pytest.raises(InvalidValue, match=rf"^Held\.{refused}: str was given"):
                Held(*given)

    def test_a_table_by_something_else_than_a_name(self) -> None:
        """It is checked where a value is built, but neither written nor read."""

        @form("held")
        @attrs.frozen(field_transformer=checked)
        class Held:
            ways: Mapping[tuple[str, str], int]

        wrong: Any = {("a", 1): 1}

        for attempt in (
            lambda: to_dict(Held({("a", "b"): 1})),
            lambda: from_dict(Held, {"type": "held", "form": 1, "ways": {"a": 1}}),
        ):
            with pytest.raises(
                NotImplementedError, match=r"^Held\.ways: a table, each a whole number has no plain form$"
            ):
                attempt()
        with pytest.raises(InvalidValue, match=r"^Held\.ways, name of an entry\[1\]: int was given"):
            Held(wrong)

    @pytest.mark.parametrize("year", [1999, 2101])
    def test_instants_of_bounded_years(self, year: int) -> None:
        """Those of other years are refused where they are read as where they are built."""

        @form("held")
        @attrs.frozen(field_transformer=checked)
        class Held:
            at: Annotated[pendulum.DateTime, Bounds(least=2000, most=2100)]

        plain = to_dict(Held(pendulum.datetime(2050, 6, 1)))
        late = plain | {"at": {"at": f"{year}-06-01T00:00:00Z", "zone": "UTC"}}
        allowed = "an instant with its zone in the years 2000 to 2100"

        assert to_dict(from_dict(Held, plain)) == plain
        [fault] = refused(late, Held).faults
        assert (fault.path, fault.allowed) == ("held.at", allowed)
        with pytest.raises(InvalidValue, match=rf"^Held\.at: DateTime was given \(allowed: {allowed}\)$"):
            Held(pendulum.datetime(year, 6, 1))

    def test_a_schema_of_two_classes_of_one_name(self) -> None:
        """Its definitions go by name."""
        other: Any = attrs.frozen(type("Leaf", (), {"__annotations__": {"a": int}}))
        held: Any = form("held")(attrs.frozen(type("Held", (), {"__annotations__": {"one": Leaf, "two": other}})))

        with pytest.raises(NotImplementedError, match="two classes are called 'leaf'"):
            json_schema(held)

    def test_a_value_that_was_never_checked_may_be_unwritable(self) -> None:
        """Where its class does not check itself; the error says why."""

        @form("held")
        @attrs.frozen
        class Held:
            part: Leaf | Flower
            more: object = None

        wrong: Any = 7

        with pytest.raises(InvalidValue, match=r"^Held\.part: int was given \(allowed: leaf, flower\)$"):
            to_dict(Held(wrong))
        with pytest.raises(InvalidValue, match=r"^Held\.more: object was given"):
            to_dict(Held(Leaf("a"), object()))

    def test_purposes_of_a_schema(self) -> None:
        """There are two."""
        purpose: Any = "writing"

        with pytest.raises(ConfigurationError, match=r"^purpose: 'writing' was given \(allowed: written, read\)$"):
            json_schema(Branch, purpose=purpose)


class TestClassRefuses:
    """A form that is right, of a value that its class refuses."""

    def test_place_is_named_with_what_the_class_says(self) -> None:
        """Every such value, and nothing is built."""

        def _even(_: object, __: object, value: int) -> None:
            if value % 2:
                raise ConfigurationError([])

        @attrs.frozen
        class Pair:
            n: int = attrs.field(validator=_even)

        @attrs.frozen
        class Odd:
            n: int

            def __attrs_post_init__(self) -> None:
                raise ValueError(self.n)

        @form("held")
        @attrs.frozen
        class Held:
            pairs: tuple[Pair, ...]
            odd: Odd | None = None

        error = refused({"type": "held", "form": 1, "pairs": [{"n": 1}, {"n": 2}, {"n": 3}], "odd": {"n": 7}}, Held)

        assert [fault.path for fault in error.faults] == ["held.pairs[0]", "held.pairs[2]", "held.odd"]
        assert error.faults[2].problem == "it cannot be built: ValueError"
        assert judged(Held, error.given)[1:] == (False, True)
