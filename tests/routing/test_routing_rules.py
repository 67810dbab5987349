"""A department's rules: as functions, as tables, and from other packages."""

import sys
from datetime import timedelta
from importlib.metadata import EntryPoint
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact._description import Description
from ticontact.contacts import CaseRef, Channel
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import BusinessCalendar, Week
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    Dispatcher,
    IneligibleReason,
    Queue,
    Requirement,
    WorkItem,
    any_agent,
    at_site,
    exclude,
    prefer,
    require,
    require_language,
    require_permission,
    veto,
    weighted,
    widen,
    with_attribute,
)
from ticontact.routing.rules import installed, load, named
from ticontact.routing.rules._named import NamedRule
from ticontact.routing.rules._table import read_rules
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")

KEYS = [
    *("queue", "language", "topic", "attributes", "priority", "case", "hour", "weekday", "waited", "all", "any", "not"),
    *("eq", "none", "exists", "min", "max", "between", "clock", "require", "exclude", "veto", "who", "prefer", "relax"),
    *(
        "weighted",
        "weight",
        "speak",
        "site",
        "permit",
        "after",
        "narrowing",
        "or_if_absent",
        "skills",
        "agents",
        "agent",
        "hold",
        "a",
    ),
]
values = st.recursive(
    st.sampled_from(["a", "it", "item", "1min", "90s", "08:00", "high", "Mo", "open", True, False, 0, 1, 3, 11, -1]),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.sampled_from(KEYS), below, max_size=3),
    max_leaves=8,
)
tables = st.fixed_dictionaries(
    {},
    optional={
        "when": st.dictionaries(st.sampled_from(KEYS), values, max_size=3),
        "then": st.dictionaries(st.sampled_from(KEYS), values, max_size=3),
    },
)

ASYLUM = """
[[rule]]
name = "asylum"
when.queue = "asylum"
then.require.asylum = 3
then.prefer = { case_owner = true, reserve_for = "2min" }
then.relax = [{ after = "5min", require.asylum = 1 }]
"""


def asylum(item: WorkItem, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Asylum questions need level 3; who keeps the case is asked first; after 5 minutes level 1 will do."""
    if item.queue != "asylum":
        return any_agent
    wish = require("asylum", level=3) & prefer(item.case_owner, reserve_for=timedelta(minutes=2))
    return wish.relax(after=timedelta(minutes=5), to=require("asylum", level=1))


def broken(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """A rule with a slip of the pen."""
    return require(item.attributes["topic"])


def work(**fields: Any) -> WorkItem:
    """A piece of work."""
    return WorkItem(**{"id": "c-1", "channel": Channel.named("voice"), "queue": "asylum", **fields})


def asked(then: str, item: WorkItem | None = None) -> Requirement:
    """What a rule with this `then` asks."""
    [rule] = load(f'[[rule]]\nname = "r"\n{then}')
    return rule(item or work(), at=NINE)


def holds(when: str, item: WorkItem) -> bool:
    """Whether a rule with this `when` holds."""
    return asked(f"{when}\nthen.require.x = 1", item) != any_agent


class TestTables:
    """The same in TOML."""

    @pytest.mark.parametrize("queue", ["asylum", "general"])
    @pytest.mark.parametrize("owner", [None, "anna"])
    def test_table_says_what_the_function_says(self, queue: str, owner: str | None) -> None:
        """For the work it holds for, and for other work."""
        [rule] = load(ASYLUM)
        item = work(queue=queue, case_owner=owner)

        assert rule(item, at=NINE) == asylum(item, at=NINE)

    @pytest.mark.parametrize(
        ("when", "fields", "expected"),
        [
            ("", {}, True),
            ('when.queue = "asylum"', {}, True),
            ('when.queue = "permits"', {}, False),
            ('when.queue.any = ["permits", "asylum"]', {}, True),
            ('when.queue.any = ["permits"]', {}, False),
            ('when.queue.none = ["permits"]', {}, True),
            ('when.queue.none = ["asylum"]', {}, False),
            ('when.channel = "voice"', {}, True),
            ('when.channel = "email"', {}, False),
            ('when.language = "it"', {"language": "it"}, True),
            ('when.language = "it"', {}, False),
            ('when.attributes.topic = "b-permit"', {"attributes": {"topic": "b-permit"}}, True),
            ('when.attributes.topic = "b-permit"', {}, False),
            ('when.priority.min = "high"', {"priority": Priority.URGENT}, True),
            ('when.priority.min = "high"', {}, False),
            ("when.case = true", {"case": CaseRef("permit", "1")}, True),
            ("when.case = true", {}, False),
            ("when.case = false", {}, True),
            ('when.not.queue = "asylum"', {}, False),
            ('when.not.queue = "permits"', {}, True),
            ('when.any = [{queue = "permits"}, {channel = "voice"}]', {}, True),
            ('when.any = [{queue = "permits"}, {channel = "email"}]', {}, False),
            ('when.all = [{queue = "asylum"}, {channel = "voice"}]', {}, True),
            ('when.all = [{queue = "asylum"}, {channel = "email"}]', {}, False),
            ('when.queue = "asylum"\nwhen.language = "it"', {}, False),
            ('when.queue.eq = "asylum"', {}, True),
            ('when.queue.eq = "permits"', {}, False),
            ('when.queue = { any = ["asylum", "permits"], none = ["asylum"] }', {}, False),
            ("when.language.exists = true", {"language": "it"}, True),
            ("when.language.exists = true", {}, False),
            ("when.language.exists = false", {}, True),
            ('when.topic.any = ["b-permit", "c-permit"]', {"attributes": {"topic": "c-permit"}}, True),
            ('when.topic.any = ["b-permit", "c-permit"]', {}, False),
            ('when.case_owner = "anna"', {"case_owner": "anna"}, True),
            ("when.case_owner.exists = true", {}, False),
            ("when.last_agent.exists = true", {"last_agent": "anna"}, True),
            ("when.last_agent.exists = true", {}, False),
            ("when.attributes.age.min = 18", {"attributes": {"age": "18"}}, True),
            ("when.attributes.age.min = 18", {"attributes": {"age": "17"}}, False),
            ("when.attributes.age.min = 18", {"attributes": {"age": "eighteen"}}, False),
            ("when.attributes.age.min = 18", {}, False),
            ("when.attributes.age.min = -3", {"attributes": {"age": "-2"}}, True),
            ("when.attributes.age.min = 1", {"attributes": {"age": "٣"}}, False),
            ("when.attributes.age = { min = 18, max = 64 }", {"attributes": {"age": "64"}}, True),
            ("when.attributes.age = { min = 64, max = 64 }", {"attributes": {"age": "64"}}, True),
            ("when.attributes.age.max = 64", {"attributes": {"age": "65"}}, False),
            ("when.attributes.grade.max = -1", {"attributes": {"grade": "-2"}}, True),
            ('when.attributes.topic.none = ["x"]', {}, True),
            ("when.attributes.topic.exists = false", {}, True),
            ("when.attributes.topic.exists = false", {"attributes": {"topic": "x"}}, False),
            ('when.priority = "high"', {"priority": Priority.HIGH}, True),
            ('when.priority = "high"', {"priority": Priority.URGENT}, False),
            ('when.priority.any = ["high", "low"]', {"priority": Priority.LOW}, True),
            ('when.priority.none = ["high", "low"]', {"priority": Priority.LOW}, False),
            ('when.priority = { min = "high", max = "high" }', {"priority": Priority.HIGH}, True),
            ('when.priority.max = "normal"', {"priority": Priority.HIGH}, False),
            ('when.priority.max = "normal"', {"priority": Priority.NORMAL}, True),
            ('when.case.scheme = "permit"', {"case": CaseRef("permit", "1")}, True),
            ('when.case.scheme = "permit"', {"case": CaseRef("fine", "1")}, False),
            ('when.case.office = "y"', {"case": CaseRef("permit", "1", office="y")}, True),
            ('when.case.office.none = ["x"]', {"case": CaseRef("permit", "1", office="y")}, True),
            ('when.case.office.none = ["x"]', {}, False),
            ('when.hour.between = ["08:00", "12:00"]', {}, True),
            ('when.hour.between = ["09:00", "12:00"]', {}, True),
            ('when.hour.between = ["08:00", "09:00"]', {}, False),
            ('when.hour.between = ["22:00", "09:01"]', {}, True),
            ('when.hour.between = ["09:00", "08:00"]', {}, True),
            ('when.hour.between = ["22:00", "09:00"]', {}, False),
            ('when.hour.between = ["08:30", "08:00"]', {}, True),
            ('when.hour.min = "9.00"', {}, True),
            ('when.hour.min = "09:01"', {}, False),
            ('when.hour.max = "09:00"', {}, False),
            ('when.hour = { min = "08:00", max = "24:00" }', {}, True),
            ('when.weekday = "We"', {}, True),
            ('when.weekday.any = ["Sa", "Su"]', {}, False),
        ],
    )
    def test_when(self, when: str, fields: dict[str, Any], expected: bool) -> None:  # noqa: FBT001 - a row of the table
        """Every key must hold; groups nest."""
        assert holds(when, work(**fields)) is expected

    @pytest.mark.parametrize("clock", ["00:00", "00:59", "01:01", "23:59"])
    def test_the_day_begins_and_ends_at_midnight(self, clock: str) -> None:
        """Without an hour to begin with it is the first one, and without one to end with the last."""
        at = instant(f"2026-03-18 {clock}")
        early, late = load(
            """
            [[rule]]
            name = "early"
            when.hour.max = "01:00"
            then.require.x = 1
            [[rule]]
            name = "late"
            when.hour.min = "01:00"
            then.require.x = 1
            """
        )

        assert [early(work(), at=at) != any_agent, late(work(), at=at) != any_agent] == [
            clock < "01:00",
            clock > "01:00",
        ]

    @pytest.mark.parametrize(
        ("then", "expected"),
        [
            ("", any_agent),
            ("then.require.asylum = 3", require("asylum", level=3)),
            ("then.require = { a = 1, b = 2 }", require("a") & require("b", level=2)),
            ('then.exclude = ["trainee"]', exclude(skill="trainee")),
            ('then.exclude = { skills = ["trainee"], agents = ["x"] }', exclude(["x"]) & exclude(skill="trainee")),
            ('then.exclude.agents = ["x"]', exclude(["x"])),
            ('then.veto = ["trainee"]', veto(skill="trainee")),
            ('then.veto = { skills = ["a"], agents = ["x"] }', veto(["x"]) & veto(skill="a")),
            ('then.veto.who.not.require_language = ["it"]', veto(who=~require_language("it"))),
            ('then.veto.who.require_language = "item"', veto(who=require_language("fr"))),
            (
                'then.weighted = [{ weight = 3, require.a = 2 }, { weight = 1, require_language = "item" }]',
                weighted({require("a", level=2): 3, require_language("fr"): 1}),
            ),
            ('then.attributes.office = "Camorino"', with_attribute("office", "Camorino")),
            ('then.attributes.office = ["a", "b"]', with_attribute("office", "a", "b")),
            ('then.any = [{ require.a = 1 }, { site = "Lugano" }]', require("a") | at_site("Lugano")),
            ('then.any = [{ require_language = "item" }, { require.a = 1 }]', require_language("fr") | require("a")),
            ('then.not.site = "Lugano"', ~at_site("Lugano")),
            ('then.not.require_language = "item"', ~require_language("fr")),
            ('then.require_permission = ["sign"]', require_permission("sign")),
            ('then.site = "Lugano"', at_site("Lugano")),
            ('then.require_language = ["de", "it"]', require_language("de", "it")),
            ('then.require_language = "item"', require_language("fr")),
            ('then.prefer.agent = "anna"', prefer("anna")),
            ('then.prefer.skill = "family"', prefer(skill="family")),
            ("then.prefer.last_agent = true", prefer("bruno")),
            ('then.prefer = { skill = "family", level = 3 }', prefer(skill="family", level=3)),
            (
                'then.prefer = { last_agent = true, agent = "anna", reserve_for = "1min" }',
                prefer("bruno", reserve_for=timedelta(minutes=1)) & prefer("anna", reserve_for=timedelta(minutes=1)),
            ),
            (
                'then.relax = [{ after = "1min", narrowing = true, require.b = 1 }]',
                any_agent.relax(after=timedelta(minutes=1), to=require("b"), narrowing=True),
            ),
            (
                """
                then.require.a = 1
                then.relax = [
                    { after = "1min", when.language = "it", require.b = 1 },
                    { after = "2min", when.language = "fr", require.c = 1 },
                ]""",
                require("a").relax(after=timedelta(minutes=2), to=require("c")),
            ),
            (
                'when.waited.min = "60s"\nthen.require.a = 1',
                widen(after=timedelta(minutes=1), to=require("a")),
            ),
            (
                'when.waited = { min = "60s", clock = "open" }\nthen = { require_language = "item", narrowing = true }',
                any_agent.relax(after=timedelta(minutes=1), to=require_language("fr"), clock="open", narrowing=True),
            ),
            (
                'then.require.a = 1\nthen.relax = [{ after = "1min", require_language = "item" }]',
                require("a").relax(after=timedelta(minutes=1), to=require_language("fr")),
            ),
            (
                """
                then.require.a = 1
                then.relax = [
                    { after = "1min", require.b = 1 },
                    { after = "1min", clock = "open", require.c = 1 },
                ]""",
                require("a")
                .relax(after=timedelta(minutes=1), to=require("b"))
                .relax(after=timedelta(minutes=1), to=require("c"), clock="open"),
            ),
            (
                'then.require.a = 1\nthen.relax = [{ after = "1min", clock = "open", require.b = 1 }]',
                require("a").relax(after=timedelta(minutes=1), to=require("b"), clock="open"),
            ),
        ],
    )
    def test_then(self, then: str, expected: Requirement) -> None:
        """Each key is one word of a requirement."""
        assert expected == asked(then, work(language="fr", last_agent="bruno"))

    def test_an_unknown_language_asks_for_none(self) -> None:
        """`require_language = "item"` waits until the language is known, and shuts nobody out before."""
        assert asked('then.require_language = "item"') == any_agent
        assert asked('then.not.require_language = "item"') == any_agent
        assert asked('then.veto.who.require_language = "item"') == any_agent

    def test_what_does_not_depend_on_the_work_is_made_once(self) -> None:
        """Not for every contact anew."""
        [rule] = load('[[rule]]\nname = "r"\nthen.require = { a = 1, b = 2 }\nthen.veto = ["x"]')

        assert rule(work(), at=NINE) is rule(work(queue="other"), at=NINE)

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("then.require.a = 11", "rule[1].then.require.a: 11 was given (allowed: 10 or less)"),
            ("then.require.a = 0", "rule[1].then.require.a: 0 was given (allowed: 1 or more)"),
            (
                "then.require_language = []",
                "rule[1].then.require_language: no language is given (allowed: at least one, or 'item')",
            ),
            ('then.require_language = "it"', "rule[1].then.require_language: 'it' was given (allowed: item)"),
            (
                'then.relax = [{ after = "5min" }, { after = "5min" }]',
                "rule[1].then.relax[2].after: 0:05:00 was given (allowed: more than 0:05:00)",
            ),
            (
                'then.relax = [{ after = "soon" }]',
                (
                    "rule[1].then.relax[1].after: not an amount of time (allowed: '90s', '5min', '2h', "
                    "'1h30min', '3 working days')"
                ),
            ),
            (
                'then.relax = [{ after = "1min", clock = "sun" }]',
                "rule[1].then.relax[1].clock: 'sun' was given (allowed: elapsed, open)",
            ),
            ("when.queue.any = []", "rule[1].when.queue.any: no text is given (allowed: at least one)"),
            ("when.queue = {}", "rule[1].when.queue.any: nothing is compared (allowed: eq, any, none or exists)"),
            ('when.queue = { any = ["a"], min = 3 }', "rule[1].when.queue.min: not known here (allowed: any)"),
            (
                "when.queue.any = [3]",
                "rule[1].when.queue.any: not every entry is a text (allowed: a list of texts)",
            ),
            (
                "when.case = {}",
                "rule[1].when.case: nothing is asked of it (allowed: true, false, or a table of office, scheme)",
            ),
            ('when.case = "yes"', "rule[1].when.case: str was given (allowed: true or false)"),
            (
                "when.attributes.age = { min = 3, max = 2 }",
                "rule[1].when.attributes.age.min: 3 is above max (allowed: 2 or below)",
            ),
            (
                'when.attributes.age.min = "3"',
                "rule[1].when.attributes.age.min: str was given (allowed: a whole number)",
            ),
            (
                'when.attributes.age = { min = 3, any = ["4"] }',
                "rule[1].when.attributes.age.any: not known here (allowed: min)",
            ),
            (
                'when.priority = { min = "high", max = "low" }',
                "rule[1].when.priority.min: 'high' is above max (allowed: low or below)",
            ),
            ('when.priority = "vip"', "rule[1].when.priority: no priority 'vip' (allowed: low, normal, high, urgent)"),
            (
                'when.priority.any = ["vip"]',
                "rule[1].when.priority.any: 'vip' is not known here (allowed: low, normal, high, urgent)",
            ),
            ("when.hour = {}", "rule[1].when.hour.between: missing (allowed: between, min or max)"),
            (
                'when.hour.between = ["8", "9:00"]',
                "rule[1].when.hour.between: '8' is no hour (allowed: 00:00 to 24:00)",
            ),
            (
                'when.hour.between = ["08:00", "24:01"]',
                "rule[1].when.hour.between: '24:01' is no hour (allowed: 00:00 to 24:00)",
            ),
            (
                'when.hour.between = ["08:60", "09:00"]',
                "rule[1].when.hour.between: '08:60' is no hour (allowed: 00:00 to 24:00)",
            ),
            (
                'when.hour.between = ["08:00", "08:00"]',
                "rule[1].when.hour.between: 1 different hours are given (allowed: two)",
            ),
            (
                'when.hour.between = ["1:00", "2:00", "3:00"]',
                "rule[1].when.hour.between: 3 different hours are given (allowed: two)",
            ),
            ("when.hour.between = 3", "rule[1].when.hour.between: int was given (allowed: a list of texts)"),
            (
                'when.hour = { min = "1:00", between = ["2:00", "3:00"] }',
                "rule[1].when.hour.between: it stands beside min or max (allowed: either)",
            ),
            (
                'when.hour = { max = "1:00", between = ["2:00", "3:00"] }',
                "rule[1].when.hour.between: it stands beside min or max (allowed: either)",
            ),
            (
                'when.hour = { min = "3:00", max = "3:00" }',
                (
                    "rule[1].when.hour.min: it is not before max (allowed: an earlier hour; between for "
                    "hours over midnight)"
                ),
            ),
            (
                'when.hour = { min = "3:00", max = "2:00" }',
                (
                    "rule[1].when.hour.min: it is not before max (allowed: an earlier hour; between for "
                    "hours over midnight)"
                ),
            ),
            ('when.hour.min = "noon"', "rule[1].when.hour.min: 'noon' is no hour (allowed: 00:00 to 24:00)"),
            (
                'when.weekday = "Monday"',
                "rule[1].when.weekday: 'Monday' is not known here (allowed: Mo, Tu, We, Th, Fr, Sa, Su)",
            ),
            ("when.any = []", "rule[1].when.any: no table is given (allowed: at least one)"),
            ("when.all = 3", "rule[1].when.all: int was given (allowed: a list of tables)"),
            ('when.any = [{ moon = "full" }]', "rule[1].when.any[1].moon: not known here (allowed: attributes)"),
            (
                'when.waited.min = "soon"',
                (
                    "rule[1].when.waited.min: not an amount of time (allowed: '90s', '5min', '2h', "
                    "'1h30min', '3 working days')"
                ),
            ),
            ('when.waited.min = "0s"', "rule[1].when.waited.min: 0:00:00 was given (allowed: more than 0)"),
            ("when.waited = {}", "rule[1].when.waited.min: missing (allowed: a text)"),
            (
                'when.waited = { min = "1min", clock = "sun" }',
                "rule[1].when.waited.clock: 'sun' was given (allowed: elapsed, open)",
            ),
            (
                'when.waited = { min = "1min", max = "2min" }',
                "rule[1].when.waited.max: not known here (allowed: clock, min)",
            ),
            (
                'when.any = [{ waited.min = "1min" }]',
                "rule[1].when.any[1].waited: it stands in a group (allowed: at the top of `when` alone)",
            ),
            (
                'when.not.waited.min = "1min"',
                "rule[1].when.not.waited: it stands in a group (allowed: at the top of `when` alone)",
            ),
            (
                'when.waited.min = "1min"\nthen.prefer.agent = "x"',
                (
                    "rule[1].then.prefer: not known here (allowed: "
                    "attributes, narrowing, or_if_absent, require, require_permission)"
                ),
            ),
            (
                'when.waited.min = "1min"\nthen.veto = ["x"]',
                (
                    "rule[1].then.veto: not known here (allowed: "
                    "attributes, narrowing, or_if_absent, require, require_permission)"
                ),
            ),
            (
                'when.waited.min = "1min"\nthen.exclude.agents = ["x"]',
                "rule[1].then.exclude.agents: not known here (allowed: skills)",
            ),
            (
                "then.narrowing = true",
                "rule[1].then.narrowing: not known here (allowed: attributes, relax, require, require_permission)",
            ),
            (
                "then.relax = [{ after = '1min', exclude.agents = ['x'] }]",
                "rule[1].then.relax[1].exclude.agents: not known here (allowed: skills)",
            ),
            (
                "then.relax = [{ after = '1min', any = [{ exclude.agents = ['x'] }] }]",
                "rule[1].then.relax[1].any[1].exclude.agents: not known here (allowed: skills)",
            ),
            (
                "then.relax = [{ after = '1min', when.moon = 'x' }]",
                "rule[1].then.relax[1].when.moon: not known here (allowed: attributes)",
            ),
            (
                "then.attributes.office = []",
                "rule[1].then.attributes.office: no value is given (allowed: a text, or a list of texts)",
            ),
            ("then.attributes.office = 3", "rule[1].then.attributes.office: int was given (allowed: a list of texts)"),
            ("then.any = []", "rule[1].then.any: no table is given (allowed: at least one)"),
            ("then.any = 3", "rule[1].then.any: int was given (allowed: a list of tables)"),
            (
                "then.not.exclude.agents = ['x']",
                (
                    "rule[1].then.not: nothing is asked in it (allowed: what an agent must not meet); "
                    "rule[1].then.not.exclude.agents: not known here (allowed: skills)"
                ),
            ),
            ("then.not = {}", "rule[1].then.not: nothing is asked in it (allowed: what an agent must not meet)"),
            ("then.veto = {}", "rule[1].then.veto: nobody is named (allowed: skills, agents or who)"),
            ("then.veto = 3", "rule[1].then.veto: int was given (allowed: a list of texts)"),
            (
                "then.veto.who.exclude.agents = ['x']",
                (
                    "rule[1].then.veto.who: it is everybody (allowed: what an agent must meet to be shut "
                    "out); rule[1].then.veto.who.exclude.agents: not known here (allowed: skills)"
                ),
            ),
            (
                "then.weighted = [{ weight = 1, exclude.agents = ['x'] }]",
                (
                    "rule[1].then.weighted[1].weight: it is the weight of nothing (allowed: what an agent "
                    "must meet beside it); rule[1].then.weighted[1].exclude.agents: not known here (allowed: "
                    "skills)"
                ),
            ),
            (
                "then.veto.who = {}",
                "rule[1].then.veto.who: it is everybody (allowed: what an agent must meet to be shut out)",
            ),
            ("then.exclude = 3", "rule[1].then.exclude: int was given (allowed: a list of texts)"),
            ("then.require_language = 3", "rule[1].then.require_language: int was given (allowed: a list of texts)"),
            (
                "then.prefer = {}",
                "rule[1].then.prefer: nobody is named (allowed: case_owner, last_agent, agent or skill)",
            ),
            ("then.prefer = 3", "rule[1].then.prefer: int was given (allowed: a table)"),
            (
                "then.prefer = { skill = 'a', level = 11 }",
                "rule[1].then.prefer.level: 11 was given (allowed: 10 or less)",
            ),
            (
                "then.prefer = { skill = 'a', level = 0 }",
                "rule[1].then.prefer.level: 0 was given (allowed: 1 or more)",
            ),
            ("then.weighted = []", "rule[1].then.weighted: no table is given (allowed: at least one)"),
            ("then.weighted = 3", "rule[1].then.weighted: int was given (allowed: a list of tables)"),
            (
                "then.weighted = [{ weight = 0, require.a = 1 }]",
                "rule[1].then.weighted[1].weight: 0 was given (allowed: 1 or more)",
            ),
            (
                "then.weighted = [{ weight = 0.5, require.a = 1 }]",
                "rule[1].then.weighted[1].weight: float was given (allowed: a whole number)",
            ),
            (
                "then.weighted = [{ require.a = 1 }]",
                "rule[1].then.weighted[1].weight: missing (allowed: a whole number)",
            ),
            (
                "then.weighted = [{ weight = 1 }]",
                (
                    "rule[1].then.weighted[1].weight: it is the weight of nothing (allowed: what an agent "
                    "must meet beside it)"
                ),
            ),
            (
                'when.priority.min = "vip"',
                "rule[1].when.priority.min: no priority 'vip' (allowed: low, normal, high, urgent)",
            ),
            ('when.wether = "fine"', "rule[1].when.wether: not known here (allowed: attributes)"),
            ("when.queue = 3", "rule[1].when.queue: int was given (allowed: a text)"),
        ],
    )
    def test_faults_name_their_place(self, text: str, fault: str) -> None:
        """At load, not when the telephone rings."""
        with pytest.raises(ConfigurationError) as refused:
            asked(text)

        assert fault == str(refused.value)

    def test_all_faults_come_at_once(self) -> None:
        """With names that stand twice among them."""
        with pytest.raises(ConfigurationError) as refused:
            load('[[rule]]\nname = "a"\nthen.require.x = 99\n[[rule]]\nname = "a"\nwhen.moon = "full"')

        assert [str(fault) for fault in refused.value.faults] == [
            "rule[1].then.require.x: 99 was given (allowed: 10 or less)",
            "rule[2].name: 'a' stands twice (allowed: a name once)",
            "rule[2].when.moon: not known here (allowed: attributes)",
        ]

    def test_where_nobody_has_a_skill_none_may_be_named(self) -> None:
        """The error does not end in nothing."""
        with pytest.raises(ConfigurationError) as refused:
            load('[[rule]]\nname = "r"\nthen.require.y = 1', skills=[])

        assert str(refused.value) == "rule[1].then.require.y: no skill 'y' here (allowed: none)"

    @pytest.mark.parametrize(
        "text",
        [
            'when.any = [{ hour.between = ["08:00", "10:00"] }]\nthen.require.x = 1',
            'when.all = [{ hour.between = ["08:00", "10:00"] }]\nthen.require.x = 1',
            'when.not.not.hour.between = ["08:00", "10:00"]\nthen.require.x = 1',
            'then.relax = [{ after = "1min", when.hour.between = ["08:00", "10:00"], require.x = 1 }]',
        ],
        ids=["any", "all", "not", "a step"],
    )
    def test_every_part_of_a_rule_hears_the_instant(self, text: str) -> None:
        """At nine it asks something, at noon it does not."""
        [rule] = load(f'[[rule]]\nname = "r"\n{text}')
        [called] = named(other=rule).values()

        assert rule(work(), at=NINE) != any_agent
        assert rule(work(), at=NINE) == called(work(), at=NINE)
        assert rule(work(), at=NINE.add(hours=3)) == any_agent

    @pytest.mark.parametrize(
        ("text", "faults"),
        [
            ("then.require = { asylum = 1, asilum = 1 }", ["rule[1].then.require.asilum"]),
            ('then.exclude = ["x"]\nthen.veto = ["y"]', ["rule[1].then.exclude", "rule[1].then.veto"]),
            ('then.veto.skills = ["y"]', ["rule[1].then.veto.skills"]),
            ('then.exclude.skills = ["y"]', ["rule[1].then.exclude.skills"]),
            ('then.prefer.skill = "y"', ["rule[1].then.prefer.skill"]),
            ('then.relax = [{ after = "1min", require.y = 1 }]', ["rule[1].then.relax[1].require.y"]),
            ('when.queue = "asilum"', ["rule[1].when.queue"]),
            ('when.queue.any = ["asylum", "x"]', ["rule[1].when.queue.any"]),
            ('when.queue.eq = "x"', ["rule[1].when.queue.eq"]),
            ('when.not.queue = "x"', ["rule[1].when.not.queue"]),
            ('when.queue = "asylum"\nthen.prefer.skill = "asylum"', []),
            ('then.prefer.agent = "anna"', []),
        ],
    )
    def test_names_are_checked_where_they_are_known(self, text: str, faults: list[str]) -> None:
        """A skill or a queue that the department does not have is a slip of the pen."""
        rule = f'[[rule]]\nname = "r"\n{text}'
        load(rule)  # what nobody has said is not held against anybody

        found: list[str] = []
        try:
            load(rule, skills=["asylum"], queues=["asylum"])
        except ConfigurationError as refused:
            found = [fault.path for fault in refused.faults]

        assert faults == found

    def test_a_name_is_shown_what_it_could_be(self) -> None:
        """The department's own names, sorted."""
        with pytest.raises(ConfigurationError) as refused:
            load('[[rule]]\nname = "r"\nthen.require.x = 1', skills=["b", "a"], queues=[])

        assert [str(fault) for fault in refused.value.faults] == [
            "rule[1].then.require.x: no skill 'x' here (allowed: a, b)"
        ]

    @given(tables, st.sampled_from(["", "it"]))
    def test_whatever_is_written_is_refused_at_load_or_works(self, table: dict[str, Any], language: str) -> None:
        """No table that loads fails when the telephone rings."""
        description = Description({"rule": [{"name": "r", **table}]})
        try:
            [rule] = read_rules(description)
            description.finish()
        except ConfigurationError:
            return

        assert isinstance(rule(work(language=language), at=NINE), Requirement)


class TestWaited:
    """`when.waited.min` in a dispatcher, which asks the rules once."""

    ANNA = Agent(id="anna", skills={"asylum": 3}, languages=["it"])
    CARLA = Agent(id="carla", skills={"asylum": 1}, languages=["it"])
    IVO = Agent(id="ivo", skills={"asylum": 1}, languages=["de"])
    BASE = """
    [[rule]]
    name = "asylum"
    when.queue = "asylum"
    then.require.asylum = 3

    [[rule]]
    name = "Italian"
    then.require_language = ["it"]
    """

    def offered(self, text: str, *agents: Agent) -> list[tuple[int, str]]:
        """After how many seconds whom a call reaches that nobody takes, each for as long as nobody else may."""
        dispatcher = Dispatcher(agents=agents, rules=load(self.BASE + text))
        for agent in agents:
            dispatcher.sign_in(agent.id, at=NINE)
        offers = [(0, offer.agent) for offer in dispatcher.arrive(work(), at=NINE).offers]
        while not offers and (due := dispatcher.next_deadline()) is not None:
            seconds = int((due - NINE).total_seconds())
            offers += [(seconds, offer.agent) for offer in dispatcher.advance(at=due).offers]
        return offers

    LATER = """
    [[rule]]
    name = "later"
    when = { queue = "asylum", waited.min = "60s" }
    then.require.asylum = 1
    """

    def test_it_widens_the_whole(self) -> None:
        """From then on, to the second, also for whoever does not meet other rules; so it says all that is needed."""
        assert self.offered(self.LATER, self.CARLA) == [(60, "carla")]
        assert self.offered(self.LATER, self.IVO) == [(60, "ivo")]
        assert self.offered(self.LATER + 'then.require_language = ["it"]', self.IVO) == []

    def test_it_shuts_nobody_out(self) -> None:
        """Whoever could take it at once can take it still, and vetoes hold."""
        vetoed = self.LATER + '[[rule]]\nname = "never"\nthen.veto.who.require_language = ["de"]'

        assert self.offered(self.LATER, self.ANNA, self.CARLA) == [(0, "anna")]
        assert self.offered(vetoed, self.IVO) == []

    def test_the_rest_of_when_is_about_the_arrival(self) -> None:
        """In another queue it never holds."""
        assert self.offered(self.LATER.replace('queue = "asylum"', 'queue = "permits"'), self.CARLA) == []

    def test_narrowing_asks_it_in_addition(self) -> None:
        """A rule that says so shuts out from then on who does not meet it as well."""
        later = self.LATER + "then.narrowing = true\nthen.site = 'Lugano'"
        agents = [self.ANNA]
        dispatcher = Dispatcher(agents=agents, rules=load(self.BASE + later))
        dispatcher.arrive(work(), at=NINE)

        soon = Dispatcher(agents=agents, rules=load(self.BASE + later))
        soon.arrive(work(), at=NINE)

        assert len(soon.sign_in("anna", at=NINE.add(seconds=59)).offers) == 1
        assert dispatcher.sign_in("anna", at=NINE.add(seconds=60)).offers == ()
        assert dispatcher.explain("c-1").eligibilities[0].reason.why is IneligibleReason.OTHER_SITE

    def test_it_may_count_open_time(self) -> None:
        """A minute of the queue's own hours, which have just begun."""
        calendar = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 09:00-12:00"))
        text = self.BASE + self.LATER.replace('"60s"', '"60s", waited.clock = "open"')
        dispatcher = Dispatcher(agents=[self.CARLA], rules=load(text), queues=[Queue(id="asylum", calendar=calendar)])
        dispatcher.sign_in("carla", at=NINE.subtract(hours=1))
        dispatcher.arrive(work(), at=NINE.subtract(hours=1))

        assert dispatcher.next_deadline() == NINE.add(minutes=1)


def entry(name: str, target: str = "test_routing_rules:asylum") -> EntryPoint:
    """What an installed package declares."""
    return EntryPoint(name=name, value=target, group="ticontact.rules")


class Exits:
    """A plug-in whose name ends the program when it is looked at."""

    def __call__(self, item: WorkItem, /, *, at: object) -> Requirement:
        """A rule like others."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """What decisions would call it."""
        raise SystemExit(0)


EXITS = Exits()
LOADED_AS_FUNCTION = "(allowed: the place of a function, such as 'package.module:rule')"


class Point(EntryPoint):
    """An entry point that counts how often it is loaded, and raises what it is told."""

    loaded: ClassVar[list[str]] = []
    raises: ClassVar[dict[str, BaseException]] = {}

    def load(self) -> Any:
        """Run the code of the plug-in."""
        self.loaded.append(self.name)
        if self.name in self.raises:
            raise self.raises[self.name]
        return super().load()


@pytest.fixture(name="points")
def _points(monkeypatch: pytest.MonkeyPatch) -> type[Point]:
    """Entry points that have loaded nothing so far."""
    monkeypatch.setattr(Point, "loaded", [])
    monkeypatch.setattr(Point, "raises", {})
    return Point


class TestInstalled:
    """Rules from other packages."""

    def test_they_come_by_name(self) -> None:
        """Sorted, whatever the order of installation."""
        rules = installed(allow=["b", "a"], found=[entry("b"), entry("a")])

        assert [*rules] == ["a", "b"]
        assert rules["a"](work(), at=NINE) == asylum(work(), at=NINE)

    def test_only_what_is_allowed_is_imported(self, points: type[Point]) -> None:
        """To load a plug-in is to run its code; one whose name stands twice is not run either."""
        found = [points(name, "test_routing_rules:asylum", "ticontact.rules") for name in ("a", "b", "c", "c")]

        assert [*installed(allow=[], found=found)] == points.loaded == []
        assert [*installed(allow=["a"], found=found)] == points.loaded == ["a"]
        assert [*installed(allow=["a", "c"], found=found, on_failure=print)] == ["a"]
        assert points.loaded == ["a", "a"]

    def test_what_is_allowed_has_to_be_said(self) -> None:
        """A program that does not say what it trusts does not run, and a text is no collection of names."""
        forgetful: Any = installed
        with pytest.raises(TypeError, match="allow"):
            forgetful()
        with pytest.raises(ConfigurationError, match=r"^allow: str was given \(allowed: a collection of names\)$"):
            installed(allow="a", found=[entry("a")])

    @pytest.mark.parametrize("allow", [None, 5, [1, "a"], [["a"]]], ids=repr)
    def test_what_is_allowed_are_names(self, allow: Any) -> None:
        """What holds anything else is refused before any plug-in is looked at."""
        with pytest.raises(ConfigurationError, match=r"^allow: \w+ was given \(allowed: a collection of names\)$"):
            installed(allow=allow, found=[entry("a")])

    @pytest.mark.parametrize(
        ("found", "allow", "fault"),
        [
            ([entry("a"), entry("a")], ["a"], "a: two packages bring a rule of this name (allowed: one)"),
            ([], ["b"], "b: no package brings such a rule (allowed: none is installed)"),
            ([entry("a")], ["b"], "b: no package brings such a rule (allowed: a)"),
            (
                [entry("a", "test_routing_rules:ASYLUM")],
                ["a"],
                "a: str is no rule (allowed: a function of an item and `at`)",
            ),
            (
                [entry("a", "test_routing_rules:work")],
                ["a"],
                "a: it cannot be called as a rule: too many positional arguments (allowed: rule(item, at=...))",
            ),
            (
                [entry("a", "no.such.module:rule")],
                ["a"],
                f"a: 'no.such.module:rule' cannot be loaded: ModuleNotFoundError {LOADED_AS_FUNCTION}",
            ),
            (
                [entry("a", "test_routing_rules:gone")],
                ["a"],
                f"a: 'test_routing_rules:gone' cannot be loaded: AttributeError {LOADED_AS_FUNCTION}",
            ),
            (
                [entry("a", "test_routing_rules:EXITS")],
                ["a"],
                f"a: 'test_routing_rules:EXITS' cannot be loaded: SystemExit {LOADED_AS_FUNCTION}",
            ),
            (
                [entry("a"), entry("a"), entry("b", "test_routing_rules:gone"), entry("c", "test_routing_rules:KEYS")],
                ["a", "b", "c", "d"],
                (
                    "a: two packages bring a rule of this name (allowed: one); b: 'test_routing_rules:gone' cannot "
                    f"be loaded: AttributeError {LOADED_AS_FUNCTION}; c: list is no rule (allowed: a function of an "
                    "item and `at`); d: no package brings such a rule (allowed: a, b, c)"
                ),
            ),
        ],
    )
    def test_faults_are_named(self, found: list[EntryPoint], allow: list[str], fault: str) -> None:
        """Before any rule is used."""
        with pytest.raises(ConfigurationError) as refused:
            installed(allow=allow, found=found)

        assert fault == str(refused.value)

    @pytest.mark.parametrize(
        "raised", [SystemExit(0), GeneratorExit(), BaseException(), RecursionError(), ValueError()]
    )
    def test_others_load_where_one_fails(self, points: type[Point], raised: BaseException) -> None:
        """Whatever its code raises while it is imported, also what would end the program; the failure has its name."""
        points.raises["b"] = raised
        found = [points(name, "test_routing_rules:asylum", "ticontact.rules") for name in "abc"]
        failures: list[Fault] = []

        assert [*installed(allow=["a", "b", "c"], found=found, on_failure=failures.append)] == ["a", "c"]
        assert [(failure.path, failure.problem.split()[-1]) for failure in failures] == [("b", type(raised).__name__)]

    def test_an_interruption_is_heard(self, points: type[Point]) -> None:
        """Somebody who presses the keys to end the program does not hold a plug-in to be broken."""
        points.raises["a"] = KeyboardInterrupt()
        with pytest.raises(KeyboardInterrupt):
            installed(allow=["a"], found=[points("a", "test_routing_rules:asylum", "ticontact.rules")])

    def test_decisions_call_them_by_their_entry_point(self) -> None:
        """The function may have another name in its own package; the office knows the one that is installed."""
        rules = installed(allow=["a"], found=[entry("a", "test_routing_rules:broken")])
        dispatcher = Dispatcher(agents=[], rules=rules.values())

        assert [failure.rule for failure in dispatcher.arrive(work(), at=NINE).failures] == ["a"]

    def test_they_are_looked_for_in_their_own_group(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What other packages install for others is not loaded."""
        brought = {"ticontact.rules": [entry("a")]}
        module = sys.modules[installed.__module__]
        monkeypatch.setattr(module, "entry_points", lambda *, group: brought.get(group, []))

        assert [*installed(allow=["a"])] == ["a"]

    def test_without_any_package_there_are_none(self) -> None:
        """What is installed is asked for only now."""
        assert dict(installed(allow=[])) == {}


class TestNamed:
    """Rules by name, wherever they come from."""

    def test_names_are_kept_in_order(self) -> None:
        """Functions, tables and others; what has its name already stays what it is."""
        rules = named(asylum, *load(ASYLUM.replace('"asylum"', '"table"')), **{"by-night": broken})

        assert [*rules] == ["asylum", "table", "by-night"]
        assert rules["asylum"] is asylum
        assert rules["by-night"] == NamedRule("by-night", broken)

    @pytest.mark.parametrize(
        ("rules", "others", "fault"),
        [
            ([asylum, asylum], {}, "asylum: two rules have this name (allowed: a name once)"),
            ([asylum, *load(ASYLUM)], {}, "asylum: two rules have this name (allowed: a name once)"),
            ([asylum], {"asylum": broken}, "asylum: two rules have this name (allowed: a name once)"),
            (
                [lambda item, /, *, at: any_agent],  # noqa: ARG005 - the shape of a rule
                {},
                "<lambda>: it has no name (allowed: a name before it: night=lambda ...)",
            ),
            (
                ["asylum"],
                {"b": work},
                (
                    "str: str is no rule (allowed: a function of an item and `at`); b: it cannot be called "
                    "as a rule: too many positional arguments (allowed: rule(item, at=...))"
                ),
            ),
        ],
    )
    def test_faults(self, rules: Any, others: Any, fault: str) -> None:
        """All of them at once."""
        with pytest.raises(ConfigurationError) as refused:
            named(*rules, **others)

        assert fault == str(refused.value)
