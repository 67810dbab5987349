"""The rooms of requirements and of words, from inside: conditions that no public word makes, and how all are said."""

from datetime import timedelta

import pytest

from ticontact.contacts import Channel
from ticontact.routing import (
    Agent,
    AgentState,
    EligibilityReason,
    IneligibleReason,
    Requirement,
    WorkItem,
    any_agent,
    at_site,
    decide,
    exclude,
    require,
    require_language,
    require_permission,
    with_attribute,
)
from ticontact.routing._decision.wording import in_words, one_of, span
from ticontact.routing._requirements.condition import AllOf, AnyOf, Condition, Profile, Waited
from ticontact.testing import instant

MINUTE = timedelta(minutes=1)


class TestConditionsInWords:
    """What is asked, as a phrase."""

    @pytest.mark.parametrize(
        ("requirement", "expected"),
        [
            (require("asylum"), "asylum"),
            (require("asylum", level=3), "asylum ≥ 3"),
            (require_language("it"), "it"),
            (require_language("it", "de", level=6), "it or de ≥ 6"),
            (require_permission("sign"), "permission sign"),
            (at_site("Chiasso"), "site Chiasso"),
            (with_attribute("team", "a", "b"), "team = a/b"),
            (exclude(skill="trainee"), "not trainee"),
            (any_agent, "anybody"),
            (Requirement(AnyOf()), "nobody"),
            (require("x") & (require("y") | require_language("it", "de")), "x and (y or (it or de))"),
            (~(require("x") & require("y")), "not (x and y)"),
            (require("x") & ~require_language("it"), "x and not it"),
            (require("x") & Requirement(AllOf((AnyOf(),))), "x and nobody"),
            (require("x", level=2).relax(after=timedelta(seconds=1), to=any_agent), "x ≥ 2"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_in_words(self, requirement: Requirement, expected: str) -> None:
        """Short, and with brackets where they are needed."""
        assert in_words(requirement.condition).en == expected

    def test_a_condition_of_somebody_else(self) -> None:
        """It is called by its class."""

        class Left(Condition):
            """A condition of a department's own."""

            def lacks(self, profile: Profile) -> EligibilityReason | None:
                return EligibilityReason(IneligibleReason.EXCLUDED, {"given": str(profile)})

        assert in_words(Left()).it == "Left"

    @pytest.mark.parametrize(
        ("names", "expected"), [("a", "a"), ("abc", "a or b or c"), ("abcd", "a or b or c or one of 1 others")]
    )
    def test_one_of(self, names: str, expected: str) -> None:
        """Three are named."""
        assert one_of(names).en == expected

    @pytest.mark.parametrize(
        ("amount", "expected"),
        [(0, "0 s"), (0.2, "1 s"), (99, "99 s"), (99.5, "2 min"), (121, "3 min"), (5941, "2 h"), (7201, "3 h")],
    )
    def test_time_to_come_is_rounded_up(self, amount: float, expected: str) -> None:
        """Nothing is promised too early."""
        assert span(timedelta(seconds=amount), to_come=True) == expected

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [
            (0, "0 s"),
            (99, "99 s"),
            (100, "1 min"),
            (99 * 60, "99 min"),
            (5_999, "99 min"),
            (6_000, "1 h"),
            (7_200, "2 h"),
        ],
    )
    def test_time_that_has_passed_is_rounded_down(self, seconds: int, expected: str) -> None:
        """Nothing is claimed that is not so yet: ninety-nine of a unit, and then the next one."""
        assert expected == span(timedelta(seconds=seconds), to_come=False)


class TestClocks:
    """Each step has its own clock."""

    def test_a_step_goes_by_its_own_clock(self) -> None:
        """Five minutes have passed, in which the office was closed; a step within what a step admits, too."""
        closed = Waited(5 * MINUTE, timedelta(0))
        inner = any_agent.relax(after=MINUTE, to=require("b"), clock="open")
        wish = require("a").relax(after=MINUTE, to=any_agent, clock="open")
        outer = require("a").relax(after=MINUTE, to=require("b").relax(after=2 * MINUTE, to=any_agent, clock="open"))

        assert wish.condition.at(closed) == require("a").condition
        assert inner.condition.at(closed) == any_agent.condition
        assert outer.condition.at(closed) == (require("a") | require("b")).condition

    def test_steps_of_two_clocks_need_no_order(self) -> None:
        """A minute of open time may come before or after a minute."""
        wish = require("a").relax(after=MINUTE, to=require("b")).relax(after=MINUTE, to=any_agent, clock="open")

        assert wish.condition.at(Waited(MINUTE, timedelta(0))).lacks(Profile()) is not None
        assert wish.condition.at(Waited(timedelta(0), MINUTE)).lacks(Profile()) is None


class TestAlternatives:
    """None at all."""

    def test_without_any_alternative_nobody_fits(self) -> None:
        """A step that replaces everything by nothing is legal, and says what it does."""
        item = WorkItem(id="c", channel=Channel.named("voice"), requirement=Requirement(AnyOf()))
        decision = decide([item], [AgentState(agent=Agent(id="anna"))], at=instant("2026-03-18 09:00"))
        [eligibility] = decision.explain().eligibilities

        assert eligibility.reason.text.en == "the rule allows nobody"
