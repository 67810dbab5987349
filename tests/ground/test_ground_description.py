"""Descriptions are read key by key, and all their faults come at once."""

from datetime import date, timedelta

import pytest

from ticontact._description import Description, read_toml
from ticontact._time import zone_named
from ticontact.errors import ConfigurationError
from ticontact.priority import Priority


def faults_of(description: Description) -> list[str]:
    """The faults that finishing a description raises, as text."""
    with pytest.raises(ConfigurationError) as refused:
        description.finish()
    return [str(fault) for fault in refused.value.faults]


class TestOneFaultAPlace:
    """What stands in for a value that cannot be read has no faults of its own."""

    def test_the_first_one_counts(self) -> None:
        """Another place has its own."""
        office = read_toml('desks = "three"\nopen = 3')
        office.integer("desks")
        office.fault("desks", "0 is too few", "1 or more")
        office.fault("open", "it is always closed")

        assert faults_of(office) == ["desks: str was given (allowed: a whole number)", "open: it is always closed"]


class TestWhatIsThere:
    """A description that is right gives values of the right types."""

    def test_every_kind_of_value_is_read(self) -> None:
        """Texts, numbers, flags, days, amounts, choices, names and parsed values come out typed."""
        office = read_toml(
            """
            name = "office"
            desks = 3
            open = true
            from = 2015-01-19
            wait = "90s"
            kind = "voice"
            languages = ["it", "de"]
            priority = "high"
            """
        )

        read = (
            office.text("name"),
            office.integer("desks"),
            office.flag("open", default=False),
            office.day("from"),
            office.amount("wait"),
            office.choice("kind", ["voice", "post"]),
            office.names("languages"),
            office.read("priority", Priority.named, Priority.LOW),
        )
        office.finish()

        assert read == (
            "office", 3, True, date(2015, 1, 19), timedelta(seconds=90), "voice", ("it", "de"), Priority.HIGH,
        )  # fmt: skip

    def test_defaults_stand_in_for_what_is_absent(self) -> None:
        """A key with a default may be left out, and is then no fault."""
        office = read_toml("")

        read = (
            office.text("name", default="none"),
            office.integer("desks", default=2),
            office.flag("open", default=True),
            office.day("from"),
            office.amount("wait", default=timedelta(seconds=5)),
            office.choice("kind", ["voice", "post"], default="post"),
            office.names("languages", default=["it"]),
            [*office.tables("queue")],
            office.named_tables("hours"),
        )
        office.finish()

        assert read == ("none", 2, True, None, timedelta(seconds=5), "post", ("it",), [], {})

    def test_tables_know_their_names_and_order(self) -> None:
        """Lists of tables keep their order, named tables their names."""
        office = read_toml('[[queue]]\nid = "a"\n[[queue]]\nid = "b"\n[hours.phone]\nweek = "Mo"\n')

        queues = [queue.text("id") for queue in office.tables("queue")]
        weeks = {name: hours.text("week") for name, hours in office.named_tables("hours").items()}
        office.finish()

        assert (queues, weeks) == (["a", "b"], {"phone": "Mo"})

    def test_a_key_can_be_asked_for(self) -> None:
        """Whether a key is there can be asked without reading it."""
        office = read_toml('name = "office"')

        assert ("name" in office, "hours" in office, list(office)) == (True, False, ["name"])


class TestFaults:
    """What is wrong is named with its place, what was given and what is allowed."""

    @pytest.mark.parametrize(
        ("text", "ask", "expected"),
        [
            ("", lambda it: it.text("name"), "name: missing (allowed: a text)"),
            ("name = 3", lambda it: it.text("name"), "name: int was given (allowed: a text)"),
            ("desks = true", lambda it: it.integer("desks"), "desks: bool was given (allowed: a whole number)"),
            ("desks = -1", lambda it: it.integer("desks"), "desks: -1 was given (allowed: 0 or more)"),
            ("desks = 9", lambda it: it.integer("desks", most=8), "desks: 9 was given (allowed: 8 or less)"),
            ("open = 1", lambda it: it.flag("open", default=True), "open: int was given (allowed: true or false)"),
            (
                'from = "2015"',
                lambda it: it.day("from"),
                "from: '2015' was given (allowed: a date such as 2015-01-19, without quotes)",
            ),
            (
                "from = 2015-01-19T08:00:00",
                lambda it: it.day("from"),
                (
                    "from: datetime.datetime(2015, 1, 19, 8, 0) was given"
                    " (allowed: a date such as 2015-01-19, without quotes)"
                ),
            ),
            (
                'wait = "soon"',
                lambda it: it.amount("wait"),
                "wait: not an amount of time (allowed: '90s', '5min', '2h', '1h30min', '3 working days')",
            ),
            (
                'wait = "2 working days"',
                lambda it: it.amount("wait"),
                "wait: 2 working days were given (allowed: '90s', '5min', '2h', '1h30min')",
            ),
            ("wait = 90", lambda it: it.amount("wait"), "wait: int was given (allowed: a text)"),
            ('kind = "fax"', lambda it: it.choice("kind", ["voice"]), "kind: 'fax' was given (allowed: voice)"),
            ("kind = 1", lambda it: it.choice("kind", ["voice"]), "kind: int was given (allowed: a text)"),
            (
                "langs = [1]",
                lambda it: it.names("langs"),
                "langs: not every entry is a text (allowed: a list of texts)",
            ),
            ("queue = [1]", lambda it: it.tables("queue"), "queue[1]: not a table (allowed: [[queue]])"),
            ("hours = 1", lambda it: it.table("hours"), "hours: int was given (allowed: a table)"),
            (
                'p = "vip"',
                lambda it: it.read("p", Priority.named, Priority.LOW),
                "p: no priority 'vip' (allowed: low, normal, high, urgent)",
            ),
        ],
    )
    def test_one_fault_is_named(self, text: str, ask: object, expected: str) -> None:
        """Each kind of fault has its place, its problem and its mend."""
        assert callable(ask)
        description = read_toml(text)
        ask(description)

        assert faults_of(description) == [expected]

    def test_all_faults_come_at_once(self) -> None:
        """Reading goes on after a fault, below and beside it, and what nobody asked for is a fault too."""
        office = read_toml('nmae = "x"\n[[queue]]\nid = 1\ncolour = "red"\n')
        office.text("name")
        for queue in office.tables("queue"):
            queue.text("id")

        assert faults_of(office) == [
            "name: missing (allowed: a text)",
            "queue[1].id: int was given (allowed: a text)",
            "nmae: not known here (allowed: name, queue)",
            "queue[1].colour: not known here (allowed: id)",
        ]

    def test_any_refusal_of_a_parser_is_a_fault_of_the_place(self) -> None:
        """A parser may refuse with any error of ticontact."""
        office = read_toml('zone = "Europe/Lugano"')

        office.read("zone", zone_named, zone_named("UTC"))

        assert faults_of(office) == [
            "zone: 'Europe/Lugano' is not in the time-zone database; allowed: a name such as 'Europe/Zurich'"
        ]

    def test_text_that_is_no_toml_is_one_fault_with_its_line(self) -> None:
        """Broken TOML is named with line and column."""
        with pytest.raises(ConfigurationError, match=r"file: not TOML: .*line 1, column 10"):
            read_toml("name = 1 2")
