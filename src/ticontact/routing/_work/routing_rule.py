"""A department's rules: what each asks, joined; one that fails is passed over and named."""

import inspect
from collections.abc import Iterable
from typing import Any, Protocol

import attrs
import pendulum

from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked
from ticontact.routing._requirements.requirement import Requirement, any_agent
from ticontact.routing._work.work_item import WorkItem

__all__ = ["FirstOf", "RoutingRule", "RuleFailed", "apply_rules", "first_of", "rule_faults", "rule_name", "rule_title"]


class RoutingRule(Protocol):
    """What a department asks of the agent for a piece of work.

    A rule is a plain function: the same item at the same instant gives the same requirement, and nothing is changed.
    """

    def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:
        """What the rule asks for this item; `any_agent` if it has nothing to say."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class RuleFailed:
    """A department's rule that raised or returned nonsense, and was passed over. `str` says it in one sentence.

    Attributes:
        rule: The name of the rule.
        problem: What it did, such as `raised KeyError`.
        given: The rule's own error, or what it returned. It may name persons, so it shows in neither `str` nor `repr`,
            and does not count where two failures are compared.
    """

    rule: str
    problem: str
    given: Any = attrs.field(default=None, repr=False, eq=False)

    def __str__(self) -> str:
        return f"rule {self.rule}: it {self.problem}; allowed: a Requirement"


@attrs.frozen
class FirstOf:
    """A rule made of several: it gives the answer of the first that has something to say. Made by `first_of`.

    Attributes:
        rules: The rules, in the order in which they are asked.
    """

    rules: tuple[RoutingRule, ...]

    @property
    def name(self) -> str:
        """The names of its rules."""
        return f"first_of({', '.join(map(rule_name, self.rules))})"

    def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:
        """The first answer that is not `any_agent`; `any_agent` if there is none. What a rule raises is raised."""
        return next((answer for rule in self.rules if (answer := rule(item, at=at)) != any_agent), any_agent)


@attrs.frozen
class _Always:
    """A rule that asks the same of all work."""

    requirement: Requirement
    name: str = "always"

    def __call__(self, _: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG002 - the shape of a rule
        return self.requirement


def first_of(*rules: RoutingRule | Requirement) -> FirstOf:
    """A rule that gives the answer of the first of some rules that has something to say.

    To have something to say is to answer anything but `any_agent`. A requirement among the rules answers for all work:
    that is how to end the list. In a dispatcher, and in `decide`, a rule that fails has nothing to say: the decision
    names it, and the next one is asked. Called directly, what it raises is raised.

    Args:
        rules: The rules, in the order in which they are asked.

    Raises:
        ConfigurationError: If there is no rule, or one cannot be called.
    """
    if not rules:
        raise ConfigurationError([Fault("first_of", "no rule was given", "at least one")])
    asked = [_Always(rule) if isinstance(rule, Requirement) else rule for rule in rules]
    faults = [fault for number, rule in enumerate(asked, start=1) for fault in rule_faults(rule, f"first_of[{number}]")]
    if faults:
        raise ConfigurationError(faults)
    return FirstOf(tuple(asked))


def rule_faults(rule: object, path: str) -> list[Fault]:
    """What is wrong with something that should be a rule; nothing if it can be called as one.

    Args:
        rule: What was given.
        path: Its place or its name.
    """
    if not callable(rule):
        return [Fault(path, f"{type(rule).__name__} is no rule", "a function of an item and `at`")]
    try:
        inspect.signature(rule).bind(None, at=None)
    except TypeError as refused:
        return [Fault(path, f"it cannot be called as a rule: {refused}", "rule(item, at=...)")]
    except ValueError:  # something in C that does not say how it is called
        return []
    return []


def rule_name(rule: RoutingRule) -> str:
    """The name under which decisions speak of a rule."""
    return str(getattr(rule, "name", "") or getattr(rule, "__name__", "") or type(rule).__name__)


def rule_title(rule: RoutingRule) -> str:
    """The name of a rule, with its version if it has a `version`: by this a past decision can be retraced."""
    version = getattr(rule, "version", "")
    return f"{rule_name(rule)} {version}" if version else rule_name(rule)


def apply_rules(
    rules: Iterable[RoutingRule], item: WorkItem, *, at: pendulum.DateTime
) -> tuple[Requirement, tuple[RuleFailed, ...]]:
    """What the item and all rules ask together, and the rules that failed.

    A rule that raises, or returns no `Requirement`, asks nothing; the others still count.
    """
    asked = item.requirement
    failures: list[RuleFailed] = []
    asked_by: list[str] = []
    for rule in rules:
        source, answer = _answer(rule, item, at, failures)
        if answer != any_agent:
            asked = asked & answer
            asked_by.append(rule_title(source))
    return attrs.evolve(asked, asked_by=tuple(asked_by)) if asked_by else asked, tuple(failures)


def _answer(
    rule: RoutingRule, item: WorkItem, at: pendulum.DateTime, failures: list[RuleFailed]
) -> tuple[RoutingRule, Requirement]:
    """What a rule asks, and which rule of several that was; `any_agent` if it fails, which is written down."""
    if isinstance(rule, FirstOf):
        answers = (_answer(each, item, at, failures) for each in rule.rules)
        return next((told for told in answers if told[1] != any_agent), (rule, any_agent))
    try:
        answer: object = rule(item, at=at)
    except Exception as error:  # noqa: BLE001 - whatever a department's rule raises must not stop the telephone
        failures.append(_failed(rule, f"raised {type(error).__name__}", error))
        return rule, any_agent
    if isinstance(answer, Requirement):
        return rule, answer
    failures.append(_failed(rule, f"returned {type(answer).__name__}", answer))
    return rule, any_agent


def _failed(rule: RoutingRule, what: str, given: object) -> RuleFailed:
    return RuleFailed(rule=rule_name(rule), problem=what, given=given)
