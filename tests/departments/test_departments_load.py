"""A description becomes a department, or every one of its faults is named at once."""

from datetime import date, timedelta
from importlib.resources import files

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import EmailAddress, PhoneNumber
from ticontact.departments import Department, Fallback, ServiceLevelTarget, check, load
from ticontact.departments._model import HandOverRule, RecordedKind
from ticontact.errors import ConfigurationError, InvalidValue
from ticontact.plain import from_dict, to_dict
from ticontact.priority import Priority
from ticontact.testing import instant
from ticontact.tickets import Category, Lifecycle, State

SMALL = """
id = "small"
zone = "Europe/Zurich"
lifecycle = "contact_centre"
[name]
it = "Ufficio"
de = "Amt"
fr = "Office"
rm = "Uffizi"
en = "Office"
[hours.desk]
week = "Mo-Fr 08:00-12:00"
[[entry]]
id = "main"
channel = "counter"
queue = "all"
[[queue]]
id = "all"
hours = "desk"
skill = "any"
fallback = "call_again"
"""


def shipped(name: str) -> Department:
    """A department that comes with the recorded day."""
    return load((files("ticontact.replay") / "data" / f"{name}.toml").read_text())


OTHER = Lifecycle("other", [State("new", Category.NEW)], edges=[], initial="new")


def test_a_document_names_a_shipped_lifecycle() -> None:
    """It stands there by its name; one that nobody ships has no name there, and an unknown name is refused."""
    office = shipped("migrazione")
    written = to_dict(office)

    assert written["lifecycle"] == "contact_centre"
    assert from_dict(Department, written).lifecycle is office.lifecycle
    with pytest.raises(InvalidValue, match=r"^Department: it holds what cannot be written"):
        to_dict(attrs.evolve(office, lifecycle=OTHER))
    with pytest.raises(InvalidValue, match=r"^office\.lifecycle: .*the name of a shipped lifecycle: contact_centre"):
        from_dict(Department, written | {"lifecycle": "other"})


class TestTheOffice:
    """The office of the recorded day is what the canton published about it."""

    @pytest.fixture(name="office")
    def _office(self) -> Department:
        """The office like the Ufficio della migrazione."""
        return shipped("migrazione")

    def test_the_number_that_was_reached_decides_the_queue(self, office: Department) -> None:
        """General number, asylum number, e-mail and fax, each with its queue."""
        entries = {
            name: (
                each.channel.name,
                each.address.national if isinstance(each.address, PhoneNumber) else "",
                each.queue,
            )
            for name, each in office.entries.items()
        }

        assert entries == {
            "general": ("voice", "091 814 55 00", "general"),
            "asylum": ("voice", "091 814 55 05", "asylum"),
            "e-mail": ("email", "", "e-mail"),
            "fax": ("fax", "091 814 55 09", "fax"),
        }
        assert office.entry("e-mail").address == EmailAddress.parse("di-sp.migrazione@ti.ch")

    @pytest.mark.parametrize(
        ("at", "is_open"),
        [
            ("2015-01-16 10:00", False),
            ("2015-01-19 07:59", False),
            ("2015-01-19 08:00", True),
            ("2015-01-19 11:59", True),
            ("2015-01-19 12:00", False),
            ("2015-01-19 13:30", True),
            ("2015-01-19 17:00", False),
            ("2015-03-19 10:00", False),
            ("2015-12-24 10:00", True),
            ("2015-12-24 14:00", False),
        ],
    )
    def test_it_is_open_from_19_january_2015(self, office: Department, at: str, is_open: bool) -> None:  # noqa: FBT001 - a table
        """08.00-12.00 and 13.30-17.00 on working days, with the holidays and half days of the administration."""
        assert office.queues["general"].calendar.is_open(at=instant(at)) is is_open

    def test_what_it_promises_and_how_it_weighs(self, office: Department) -> None:
        """80 % within 20 s, 90 s of head start for a stated need, 20 s of wrap-up, a second level."""
        assert office.service_level == ServiceLevelTarget(within=timedelta(seconds=20), percent=80)
        assert office.head_start == {Priority.HIGH: timedelta(seconds=90)}
        assert (office.wrap_up, office.second_level) == (timedelta(seconds=20), "official")
        assert office.name.text("de") == "Amt für Migration"

    def test_every_recorded_kind_stands_for_something(self, office: Department) -> None:
        """The six kinds of the record, and the rule that makes a hand-over of a long service."""
        assert {kind: office.recorded_kind(kind).entry for kind in ("PS", "PE", "NW", "NE", "TT", "IN")} == {
            "PS": "general",
            "PE": "general",
            "NW": "general",
            "NE": "asylum",
            "TT": "e-mail",
            "IN": "fax",
        }
        assert office.recorded_kind("PE") == RecordedKind(kind="PE", entry="general", language="en")
        assert office.recorded_hand_over == HandOverRule(
            longer_than=timedelta(minutes=5),
            after=timedelta(minutes=1),
            briefing=timedelta(seconds=15),
            officials=frozenset({"NE"}),
        )

    @pytest.mark.parametrize(
        ("ask", "problem"),
        [
            (
                lambda office: office.entry("telex"),
                "entry: no entry point 'telex' (allowed: general, asylum, e-mail, fax)",
            ),
            (
                lambda office: office.recorded_kind("XX"),
                "recorded_kind: nothing stands for 'XX' (allowed: PS, PE, NW, NE, TT, IN)",
            ),
        ],
    )
    def test_an_unknown_name_says_which_are_known(self, office: Department, ask: object, problem: str) -> None:
        """A wrong name is answered with the right ones."""
        assert callable(ask)
        with pytest.raises(ConfigurationError) as refused:
            ask(office)
        assert str(refused.value) == problem


class TestTheBank:
    """The bank's own description keeps the record's kinds as queues."""

    def test_it_works_the_week_of_its_country(self) -> None:
        """Sunday to Thursday until midnight, a short Friday, Saturday night."""
        calendar = shipped("bank").queues["PS"].calendar

        hours = [calendar.windows(date(2015, 1, day)) for day in (18, 22, 23, 24)]
        assert [[(window.opening.hour, window.closing.hour) for window in windows] for windows in hours] == [
            [(7, 0)],
            [(7, 0)],
            [(7, 14)],
            [(20, 0)],
        ]


class TestDefaults:
    """What a small office leaves out has a stated default."""

    def test_a_small_office_needs_little(self) -> None:
        """No head start, no wrap-up, no second level, 80/20."""
        office = load(SMALL)

        assert (office.head_start, office.wrap_up, office.second_level) == ({}, timedelta(0), "")
        assert office.service_level == ServiceLevelTarget(within=timedelta(seconds=20), percent=80)
        assert (office.recorded_kinds, office.recorded_hand_over) == ({}, None)
        assert (office.queues["all"].drain, office.queues["all"].fallback) == (timedelta(0), Fallback.CALL_AGAIN)
        assert check(SMALL) == ()

    def test_closures_are_dates_with_a_reason(self) -> None:
        """A closure of one day needs no end."""
        closures = """
        [[hours.desk.closure]]
        from = 2026-05-15
        reason = "Ponte"
        [[hours.desk.closure]]
        from = 2026-12-28
        until = 2026-12-31
        reason = "Chiusura"
        """
        calendar = load(SMALL + closures).queues["all"].calendar

        assert [
            calendar.is_open(at=instant(f"2026-{day} 10:00")) for day in ("05-14", "05-15", "05-18", "12-28", "12-31")
        ] == [True, False, True, False, False]

    @pytest.mark.parametrize(
        ("holidays", "open_days"), [("TI holidays", [False, True]), ("TI administration", [False, False])]
    )
    def test_holidays_are_statutory_or_the_administrations(self, holidays: str, open_days: list[bool]) -> None:
        """The afternoon of 24 December is no holiday by law, but the administration is closed."""
        text = SMALL.replace('"Mo-Fr 08:00-12:00"', f'"Mo-Fr 08:00-17:00"\nholidays = "{holidays}"')
        calendar = load(text).queues["all"].calendar

        assert [calendar.is_open(at=instant(f"{day} 15:00")) for day in ("2026-03-19", "2026-12-24")] == open_days


class TestFaults:
    """Each fault has its path, what was given and what is allowed."""

    @pytest.mark.parametrize(
        ("wrong", "right", "fault"),
        [
            ('id = "small"', "", "id: missing (allowed: a text)"),
            ("Europe/Zurich", "Europe/Lugano", "zone: 'Europe/Lugano' is not in the time-zone database"),
            ('"contact_centre"', '"kanban"', "lifecycle: 'kanban' was given (allowed: contact_centre)"),
            ('rm = "Uffizi"', "", "name.rm: missing (allowed: a text)"),
            ("Mo-Fr 08:00-12:00", "Mo-Fr 8-12", "hours.desk.week: "),
            ('channel = "counter"', 'channel = "pigeon"', "entry[1].channel: no channel 'pigeon'"),
            ('queue = "all"', 'queue = "none"', "entry[1].queue: 'none' was given (allowed: all)"),
            ('hours = "desk"', 'hours = "night"', "queue[1].hours: 'night' was given (allowed: desk)"),
            (
                '"call_again"',
                '"shout"',
                "queue[1].fallback: 'shout' was given (allowed: callback, call_again, stays)",
            ),
            ('skill = "any"', "", "queue[1].skill: missing (allowed: a text)"),
            ('[[queue]]\nid = "all"', '[[queue]]\nid = "all"\ncolour = 1', "queue[1].colour: not known here"),
            (
                'channel = "counter"',
                'channel = "counter"\naddress = "B 12"',
                "entry[1].address: a counter has no address",
            ),
            ('channel = "counter"', 'channel = "voice"\naddress = "12"', "entry[1].address: "),
            ('channel = "counter"', 'channel = "email"\naddress = "x"', "entry[1].address: "),
        ],
    )
    def test_it_is_named(self, wrong: str, right: str, fault: str) -> None:
        """One wrong thing is one fault."""
        assert wrong in SMALL
        faults = [str(each) for each in check(SMALL.replace(wrong, right, 1))]

        assert [each for each in faults if each.startswith(fault)] != []

    @pytest.mark.parametrize(
        ("more", "fault"),
        [
            ("[head_start]\nvip = '90s'", "head_start.vip: no priority 'vip' (allowed: low, normal, high, urgent)"),
            ("[head_start]\nhigh = 'soon'", "head_start.high: not an amount of time"),
            ("[wrap_up]\nmode = 'endless'", "wrap_up.mode: 'endless' was given (allowed: timed)"),
            ("[service_level]\npercent = 200", "service_level.percent: 200 was given (allowed: 100 or less)"),
            ("[second_level]", "second_level.skill: missing (allowed: a text)"),
            ("[[recorded_kind]]\nkind='PS'\nentry='main'\nlanguage='la'", "recorded_kind[1].language: 'la' was given"),
            ("[[recorded_kind]]\nkind='PS'\nentry='side'", "recorded_kind[1].entry: 'side' was given (allowed: main)"),
            ("[recorded_hand_over]\nafter='1min'", "recorded_hand_over.longer_than: missing"),
            ("[[hours.desk.closure]]\nreason='x'", "hours.desk.closure[1].from: missing"),
            ("[[queue]]\nid='all'\nhours='desk'\nskill='x'\nfallback='stays'", "queue: 'all' stands twice"),
            ("[[entry]]\nid='main'\nchannel='post'\nqueue='all'", "entry: 'main' stands twice"),
        ],
    )
    def test_what_is_added_wrongly_is_named(self, more: str, fault: str) -> None:
        """The optional parts are checked like the others."""
        faults = [str(each) for each in check(SMALL + more)]

        assert [each for each in faults if each.startswith(fault)] != []

    @pytest.mark.parametrize("holidays", ["Ticino", "TI feste", "XX holidays"])
    def test_holidays_need_a_canton_that_is_one(self, holidays: str) -> None:
        """A canton by its letters, with a district or `administration` behind it if wanted."""
        text = SMALL.replace('"Mo-Fr 08:00-12:00"', f'"Mo-Fr 08:00-12:00"\nholidays = "{holidays}"')

        assert [each.path for each in check(text)] == ["hours.desk.holidays"]

    def test_an_empty_description_names_all_that_is_missing(self) -> None:
        """Everything at once, so that it is mended at once."""
        paths = [each.path for each in check("")]

        assert paths == [
            "zone", "hours", "queue", "entry", "id", "name.it", "name.de", "name.fr", "name.rm", "name.en", "lifecycle",
        ]  # fmt: skip

    @given(st.text(max_size=200))
    def test_any_text_is_answered_with_faults(self, text: str) -> None:
        """Whatever stands in the file is answered with its faults, and nothing else is raised."""
        faults = check(text)

        assert faults != ()

    @given(st.data())
    def test_a_damaged_description_is_refused_in_order(self, data: st.DataObject) -> None:
        """A line lost or doubled gives a department or its faults."""
        lines = SMALL.splitlines()
        position = data.draw(st.integers(0, len(lines) - 1))
        damaged = "\n".join(
            lines[:position] + data.draw(st.sampled_from([[], [lines[position]] * 2])) + lines[position + 1 :]
        )

        assert isinstance(check(damaged), tuple)
