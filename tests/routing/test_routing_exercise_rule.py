"""`exercise_rule` finds for each law a rule that breaks it, says which law, and shows the simplest example."""

import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any, cast

import pytest

from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    EligibilityReason,
    IneligibleReason,
    Requirement,
    RoutingRule,
    WorkItem,
    any_agent,
    exclude,
    first_of,
    prefer,
    require,
    veto,
    weighted,
    widen,
)
from ticontact.routing._requirements.condition import Condition, HasSkill, Profile, Waited
from ticontact.routing.rules import load
from ticontact.testing import exercise_rule
from ticontact.testing._budget import Budget, BudgetSpent, within_budget

MINUTE = timedelta(minutes=1)

ASYLUM = """
[[rule]]
name = "asylum"
when.queue = "asylum"
when.topic.none = ["a"]
then.require.asylum = 3
then.prefer = { case_owner = true, reserve_for = "2min" }
then.relax = [{ after = "5min", require.asylum = 1 }]

[[rule]]
name = "later"
when.waited.min = "10min"
then.require_language = "item"
"""


def asylum(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Asylum questions need level 3; who keeps the case is asked first; after 5 minutes level 1 will do."""
    if item.queue != "asylum":
        return any_agent
    wish = require("asylum", level=3) & prefer(item.case_owner, reserve_for=timedelta(minutes=2))
    return wish.relax(after=timedelta(minutes=5), to=require("asylum", level=1))


def always(answer: Requirement) -> RoutingRule:
    """A rule that asks this of everybody's work."""
    return lambda _, /, *, at: answer  # noqa: ARG005 - the shape of a rule


class TestGoodRules:
    """They pass."""

    @pytest.mark.parametrize(
        "rule",
        [
            asylum,
            first_of(asylum, require("family")),
            always(veto(["agent-1"]) & weighted({require("asylum"): 2}) & widen(after=MINUTE, to=require("family"))),
            always(exclude(["agent-2"])),
            always(require("asylum").relax(after=MINUTE, to=require("family"), narrowing=True)),
        ],
        ids=["a function", "first_of", "the strong words", "excluding", "narrowing, and saying so"],
    )
    def test_functions(self, rule: RoutingRule) -> None:
        """Of whatever kind."""
        exercise_rule(rule, examples=20)

    @pytest.mark.parametrize("number", [0, 1])
    def test_tables(self, number: int) -> None:
        """Rules that were written in TOML are rules like any other."""
        exercise_rule(load(ASYLUM)[number], attributes={"topic": ["a", "b"]}, sites=["Lugano"], examples=20)

    def test_a_hundred_steps_are_allowed(self) -> None:
        """One more is not: see below."""
        exercise_rule(with_steps(100), examples=1)

    def test_what_a_department_forbids_is_asked_of_it(self) -> None:
        """A veto keeps what the department says."""
        exercise_rule(
            always(veto(skill="trainee").relax(after=MINUTE, to=any_agent)),
            skills=["trainee", "asylum"],
            permissions=["sign"],
            forbidden=lambda _, agent: "trainee" in agent.skills,
            examples=50,
        )

    def test_the_whole_week_is_tried(self) -> None:
        """A rule may look at the time: each day comes up, and hours of the night too."""
        seen: set[object] = set()

        def looks(item: WorkItem, /, *, at: Any) -> Requirement:  # noqa: ARG001 - the shape of a rule
            seen.update({at.weekday(), "by night" if at.hour < 8 else "by day"})
            return any_agent

        exercise_rule(looks, examples=200)

        assert seen == {*range(7), "by night", "by day"}


class ByChance(Condition):
    """A condition that is no function of the profile: it looks at how often it was asked."""

    asked = count()

    def lacks(self, profile: Profile) -> EligibilityReason | None:  # noqa: ARG002 - that is what is bad about it
        """By turns."""
        return None if next(self.asked) % 2 else EligibilityReason(IneligibleReason.EXCLUDED)


class Shrinking(Condition):
    """A condition that shuts everybody out after a minute, without saying that it narrows."""

    @property
    def steps(self) -> Any:
        """One that looks harmless."""
        return require("asylum").relax(after=MINUTE, to=any_agent).condition.steps

    def lacks(self, profile: Profile) -> EligibilityReason | None:  # noqa: ARG002 - the shape of a condition
        """Nothing at first."""
        return None

    def at(self, waited: Waited) -> Condition:
        """Nobody later."""
        return self if waited.elapsed < MINUTE else (~any_agent).asked


class Rumoured(HasSkill):
    """A kind of skill that somebody has made up; no snapshot could hold it."""


def by_the_last_one() -> RoutingRule:
    """A rule that remembers the work of another person: a round robin of its own."""
    memory = ["", ""]

    def rule(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
        if memory[-1] != item.id:
            memory.append(item.id)
        return require(memory[-2] or "nobody")

    return rule


def by_turns() -> RoutingRule:
    """A rule that counts."""
    turn = count()
    return lambda _, /, *, at: require(str(next(turn)))  # noqa: ARG005 - the shape of a rule


def changing(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """A rule that moves the work to another queue."""
    object.__setattr__(item, "queue", "elsewhere")
    return any_agent


def endless(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """A rule that never answers, and swallows what should stop it."""
    number = 0
    while True:
        try:
            number += 1
        except Exception:  # noqa: BLE001 - that is what is bad about it
            number = 0


def with_steps(number: int) -> RoutingRule:
    """A rule with a step each second."""

    def many_steps(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
        wish = require("asylum")
        for second in range(1, number + 1):
            wish = wish.relax(after=timedelta(seconds=second), to=require("family"))
        return wish

    return many_steps


def for_urgent_work_alone(item: WorkItem, /, *, at: object) -> Requirement:
    """A rule that fails in one case of many."""
    return cast("Requirement", at) if item.priority is Priority.URGENT else any_agent


class TestBadRules:
    """One for each law."""

    @pytest.mark.parametrize(
        ("make", "law"),
        [
            (lambda: lambda item, /, *, at: require(item.attributes["topic"]), r"'answers': .* it raised KeyError"),  # noqa: ARG005 - a rule's shape
            (lambda: always(cast("Requirement", None)), r"'answers': .* it gave None; allowed: a Requirement"),
            (lambda: endless, r"'bounded': .* it takes more than 100000 lines of Python to answer"),
            (lambda: with_steps(101), r"'bounded': .* it has 101 steps"),
            (lambda: changing, r"'changes nothing': .* the item is another one afterwards"),
            (
                by_turns,
                r"'deterministic': .* it asks Requirement\(asked=HasSkill\(name='\d+', level=1\)\), and asked again ",
            ),
            (by_the_last_one, r"'independent of order': .* after it was asked about WorkItem\(item-2, "),
            (
                lambda: lambda item, /, *, at: Requirement(cast("Any", Shrinking())),  # noqa: ARG005 - a rule's shape
                r"'answers': .* it raised InvalidValue",
            ),
            (
                lambda: always(require("asylum") & ~Requirement(Rumoured("family", 1))),
                r"'answers': .* a dispatcher passes it over: Rumoured is no condition of ticontact\.routing",
            ),
        ],
        ids=["raises", "nonsense", "endless", "many steps", "changes", "by turns", "remembers", "shrinks", "made up"],
    )
    def test_a_bad_rule_is_told_which_law_it_broke(self, make: Callable[[], RoutingRule], law: str) -> None:
        """And how."""
        with pytest.raises(AssertionError, match=f"^law {law}"):
            exercise_rule(make(), examples=20)

    def test_a_condition_that_is_no_function_of_the_profile_is_found(self) -> None:
        """It lets in by chance; no snapshot could hold it, so no requirement takes it."""

        def by_chance(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            return Requirement(cast("Any", ByChance()))

        with pytest.raises(AssertionError, match=r"^law 'answers': .* it raised InvalidValue"):
            exercise_rule(by_chance, examples=20)

    def test_whoever_must_never_get_it_is_named(self) -> None:
        """The rule excludes trainees, and forgets it after five minutes."""
        forgetful = always((require("asylum") & exclude(skill="trainee")).relax(after=5 * MINUTE, to=any_agent))

        with pytest.raises(AssertionError, match=r"^law 'never a forbidden agent': .*") as broken:
            exercise_rule(
                forgetful,
                skills=["trainee", "asylum"],
                forbidden=lambda item, agent: item.queue == "asylum" and "trainee" in agent.skills,
            )

        assert "after 0:05:00 it lets agent-1 have it; agents: agent-1 {'trainee': 1} {}" in str(broken.value)

    def test_the_example_is_the_simplest(self) -> None:
        """Nothing about the item is unusual but what breaks the law."""
        with pytest.raises(AssertionError) as broken:
            exercise_rule(for_urgent_work_alone)

        shown, _, _ = str(broken.value).partition(" it gave")
        assert (
            shown == "law 'answers': for WorkItem(item-2, voice, queue='asylum', priority=<Priority.URGENT: 'urgent'>)"
        )

    def test_a_rule_that_fails_once_and_never_again_is_not_deterministic(self) -> None:
        """What was seen cannot be shown again: that says enough."""
        calls = count()

        def now_and_then(_: WorkItem, /, *, at: object) -> Requirement:
            return cast("Requirement", at) if next(calls) == 10 else any_agent

        with pytest.raises(
            AssertionError, match=r"^law 'answers': .*; tried once more, the same example kept the law$"
        ):
            exercise_rule(now_and_then)


class TestBudget:
    """Work is counted in lines."""

    @staticmethod
    def three_lines() -> int:
        """The call itself is a line of its own."""
        number = 1
        number += 1
        return number

    def test_each_line_counts(self) -> None:
        """Calls and returns do not."""
        budget = Budget(1)

        assert budget.trace(None, "call", None) == budget.trace(None, "line", None) == budget.trace
        with pytest.raises(BudgetSpent):
            budget.trace(None, "line", None)

    def test_as_many_lines_as_allowed_are_allowed(self) -> None:
        """And one more is not."""
        assert within_budget(self.three_lines, lines=3) == 2
        with pytest.raises(BudgetSpent):
            within_budget(self.three_lines, lines=2)

    def test_the_tracer_that_was_at_work_is_so_again(self) -> None:
        """Whether the call returns or not."""

        def tracer(*_: object) -> None:
            """A debugger, say."""

        before = sys.gettrace()
        sys.settrace(tracer)
        try:
            within_budget(self.three_lines, lines=3)
            after = sys.gettrace()
            with pytest.raises(BudgetSpent):
                within_budget(self.three_lines, lines=0)
            after_failure = sys.gettrace()
        finally:
            sys.settrace(before)

        assert (after, after_failure) == (tracer, tracer)


def test_agents_of_the_examples_are_agents() -> None:
    """Their ids are those that owners of cases have."""
    seen: set[str] = set()

    def sees(_: WorkItem, agent: Agent) -> bool:
        seen.add(agent.id)
        return False

    exercise_rule(asylum, forbidden=sees, examples=50)

    assert {"agent-1", "agent-2"} <= seen
