"""A department's rules: as functions, as tables, and from other packages."""

from datetime import timedelta
from importlib.metadata import EntryPoint
from itertools import count
from typing import Any, cast

import pytest

from ticontact.contacts import CaseRef, Channel
from ticontact.errors import ConfigurationError
from ticontact.priority import Priority
from ticontact.routing import Requirement, WorkItem, anyone, at_site, exclude, permit, prefer, require, speak
from ticontact.routing.rules import installed, load
from ticontact.testing import exercise_rule, instant

NINE = instant("2026-03-18 09:00")
TICKET = count()

ASYLUM = """
[[rule]]
name = "asylum"
when.queue = "asylum"
then.require.asylum = 3
then.prefer = { case_owner = true, hold = "2min" }
then.relax = [{ after = "5min", require.asylum = 1 }]
"""


def asylum(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Asylum questions need level 3; who keeps the case is asked first; after 5 minutes level 1 will do."""
    if item.queue != "asylum":
        return anyone
    wish = require("asylum", level=3) & prefer(item.case_owner, hold=timedelta(minutes=2))
    return wish.relax(after=timedelta(minutes=5), to=require("asylum", level=1))


def work(**fields: Any) -> WorkItem:
    """A piece of work."""
    return WorkItem(**{"id": "c-1", "channel": Channel.named("voice"), "queue": "asylum", **fields})


def asked(then: str, item: WorkItem | None = None) -> Requirement:
    """What a rule with this `then` asks."""
    [rule] = load(f'[[rule]]\nname = "r"\n{then}')
    return rule(item or work(), at=NINE)


def holds(when: str, item: WorkItem) -> bool:
    """Whether a rule with this `when` holds."""
    return asked(f"{when}\nthen.require.x = 1", item) != anyone


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
        ],
    )
    def test_when(self, when: str, fields: dict[str, Any], expected: bool) -> None:  # noqa: FBT001 - a row of the table
        """Every key must hold; groups nest."""
        assert holds(when, work(**fields)) is expected

    @pytest.mark.parametrize(
        ("then", "expected"),
        [
            ("", anyone),
            ("then.require.asylum = 3", require("asylum", level=3)),
            ("then.require = { a = 1, b = 2 }", require("a") & require("b", level=2)),
            ('then.exclude = ["trainee"]', exclude(skill="trainee")),
            ('then.permit = ["sign"]', permit("sign")),
            ('then.site = "Lugano"', at_site("Lugano")),
            ('then.speak = ["de", "it"]', speak("de", "it")),
            ('then.speak = "item"', speak("fr")),
            ('then.prefer.agent = "anna"', prefer("anna")),
            ('then.prefer.skill = "family"', prefer(skill="family")),
            ("then.prefer.last_agent = true", prefer("bruno")),
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
        """`speak = "item"` waits until the language is known."""
        assert asked('then.speak = "item"') == anyone

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("then.require.a = 11", r"rule\[1\]\.then\.require\.a: 11 was given"),
            ("then.require.a = 0", r"rule\[1\]\.then\.require\.a: 0 was given"),
            ("then.speak = []", r"rule\[1\]\.then\.speak: no language is given"),
            ('then.speak = "it"', r"rule\[1\]\.then\.speak: 'it' was given \(allowed: item\)"),
            ('then.relax = [{ after = "5min" }, { after = "5min" }]', r"rule\[1\]\.then\.relax\[2\]\.after"),
            ('then.relax = [{ after = "soon" }]', r"rule\[1\]\.then\.relax\[1\]\.after: not an amount"),
            ('then.relax = [{ after = "1min", clock = "sun" }]', r"relax\[1\]\.clock: 'sun' was given"),
            ("when.queue.any = []", r"rule\[1\]\.when\.queue\.any: neither any nor none"),
            ('when.priority.min = "vip"', r"rule\[1\]\.when\.priority\.min: no priority 'vip'"),
            ('when.wether = "fine"', r"rule\[1\]\.when\.wether: not known here"),
            ("when.queue = 3", r"rule\[1\]\.when\.queue: int was given"),
        ],
    )
    def test_faults_name_their_place(self, text: str, fault: str) -> None:
        """At load, not when the telephone rings."""
        with pytest.raises(ConfigurationError, match=fault):
            asked(text)

    def test_all_faults_come_at_once(self) -> None:
        """With names that stand twice among them."""
        with pytest.raises(ConfigurationError) as refused:
            load('[[rule]]\nname = "a"\nthen.require.x = 99\n[[rule]]\nname = "a"\nwhen.moon = "full"')

        assert [fault.path for fault in refused.value.faults] == [
            "rule[1].then.require.x",
            "rule[2].name",
            "rule[2].when.moon",
        ]


def entry(name: str, target: str = "test_routing_rules:asylum") -> EntryPoint:
    """What an installed package declares."""
    return EntryPoint(name=name, value=target, group="ticontact.rules")


class TestInstalled:
    """Rules from other packages."""

    def test_they_come_by_name(self) -> None:
        """Sorted, whatever the order of installation."""
        rules = installed(found=[entry("b"), entry("a")])

        assert [*rules] == ["a", "b"]
        assert rules["a"](work(), at=NINE) == asylum(work(), at=NINE)

    def test_only_what_is_allowed_is_loaded(self) -> None:
        """The other one does not even exist."""
        assert [*installed(allow=["a"], found=[entry("a"), entry("b", "no.such.module:rule")])] == ["a"]

    @pytest.mark.parametrize(
        ("found", "allow", "fault"),
        [
            ([entry("a"), entry("a")], None, "a: two packages bring a rule of this name"),
            ([entry("a")], ["b"], r"b: no package brings such a rule \(allowed: a\)"),
            ([entry("a", "test_routing_rules:ASYLUM")], None, "a: str is no rule"),
        ],
    )
    def test_faults_are_named(self, found: list[EntryPoint], allow: list[str] | None, fault: str) -> None:
        """Before any rule is used."""
        with pytest.raises(ConfigurationError, match=fault):
            installed(allow=allow, found=found)

    def test_without_any_package_there_are_none(self) -> None:
        """What is installed is asked for only now."""
        assert dict(installed(allow=[])) == {}


class TestExerciseRule:
    """What a department's own tests call."""

    def test_a_good_rule_passes(self) -> None:
        """As a function and as a table."""
        exercise_rule(asylum, examples=10)
        exercise_rule(load(ASYLUM)[0], attributes={"topic": ["a", "b"]}, examples=10)

    def test_a_rule_that_narrows_and_says_so_passes(self) -> None:
        """The law of widening asks only the others."""
        exercise_rule(
            lambda _, /, *, at: require("asylum").relax(  # noqa: ARG005 - the shape of a rule
                after=timedelta(minutes=1), to=require("family"), narrowing=True
            ),
            examples=10,
        )

    @pytest.mark.parametrize(
        ("rule", "law"),
        [
            (lambda _, /, *, at: cast("Requirement", at), "law 'answers'"),
            (lambda item, /, *, at: require(item.attributes["topic"]), "law 'answers'"),  # noqa: ARG005 - a rule's shape
            (lambda _, /, *, at: require(str(next(TICKET))), "law 'deterministic'"),  # noqa: ARG005 - the same
        ],
        ids=["no requirement", "raises", "by chance"],
    )
    def test_a_bad_rule_is_told_which_law_it_broke(self, rule: Any, law: str) -> None:
        """And how."""
        with pytest.raises(AssertionError, match=law):
            exercise_rule(rule, examples=10)

    def test_a_rule_without_an_end_is_found(self) -> None:
        """A hundred steps are plenty."""

        def endless(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            wish = require("asylum")
            for second in range(1, 102):
                wish = wish.relax(after=timedelta(seconds=second), to=require("family"))
            return wish

        with pytest.raises(AssertionError, match="law 'bounded': it has 101 steps"):
            exercise_rule(endless, examples=1)
