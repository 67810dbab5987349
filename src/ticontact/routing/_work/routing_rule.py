"""A department's rules: what each asks, joined; one that fails is passed over and named."""

import inspect
from collections.abc import Iterable
from typing import Final, Literal, Protocol

import attrs
import pendulum

from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked
from ticontact.routing._requirements.condition import check_known
from ticontact.routing._requirements.requirement import Requirement, any_agent
from ticontact.routing._work.work_item import WorkItem

__all__ = [
    "FirstOf",
    "Part",
    "RoutingRule",
    "RuleFailed",
    "apply_rules",
    "check_usable",
    "first_of",
    "rule_faults",
    "rule_name",
    "rule_title",
    "safe_title",
]


class RoutingRule(Protocol):
    """What a department asks of the agent for a piece of work.

    A rule is a plain function: the same item at the same instant gives the same requirement, and nothing is changed.

    A rule that fails is passed over. That would be wrong for a veto, or for a permission: whoever must not take the
    work would get it. A rule with an attribute `fails_closed` that is true is never passed over: its work waits until
    it answers. A rule that was written as a table, and shuts somebody out or asks for a permission, is such a one.
    """

    def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:
        """What the rule asks for this item; `any_agent` if it has nothing to say."""


Part = Literal["rule", "strategy", "calendar"]
"""What a department brings, and what may fail."""

_IN_ITS_PLACE: Final[dict[Part, str]] = {
    "rule": "allowed: a Requirement",
    "strategy": "the agent who has been idle longest comes first",
    "calendar": "the queue counts as open, and its time as elapsed time",
}


@attrs.frozen(kw_only=True, field_transformer=checked)
class RuleFailed:
    """Something of the department that has failed, and what counts in its place. `str` says it in one sentence.

    A rule that raises or returns nonsense is passed over, and the next one is asked. One that must not be passed over
    holds the work back (`closes`). A strategy gives way to `longest_idle`; a calendar counts as open.

    Attributes:
        rule: The name of the rule, the strategy, or the queue of the calendar.
        problem: What it did, such as `raised KeyError`.
        part: What it is.
        item: The id of the work that is held back; empty if none is.
        given: The rule's own error, or what it returned. It may name persons, so it shows in neither `str` nor `repr`,
            and does not count where two failures are compared.
    """

    rule: str
    problem: str
    part: Part = "rule"
    item: str = ""
    given: object = attrs.field(default=None, repr=False, eq=False)

    def __str__(self) -> str:
        return f"{self.part} {self.rule}: it {self.problem}; {_IN_ITS_PLACE[self.part]}"


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


def safe_title(rule: RoutingRule) -> str:
    """The title of a rule, or the name of its class if that fails."""
    try:
        return rule_title(rule)
    except Exception:  # noqa: BLE001 - a rule may fail wherever it is looked at
        return type(rule).__name__


def apply_rules(
    rules: Iterable[RoutingRule], item: WorkItem, *, at: pendulum.DateTime
) -> tuple[Requirement, tuple[RuleFailed, ...]]:
    """What the item and all rules ask together, and the rules that failed.

    A rule that raises, or returns what is no `Requirement` or cannot be worked with, asks nothing; the others still
    count. A failure with an item says that the rule must not be passed over.
    """
    asked = item.requirement
    failures: list[RuleFailed] = []
    asked_by: list[str] = []
    for rule in rules:
        source, answer, title = _answer(rule, item, at, failures)
        if not title:
            continue
        try:
            asked = asked & answer
        except ConfigurationError as error:  # together they are too large
            failures.append(_failed(source, item, f"raised {type(error).__name__}", error))
            continue
        asked_by.append(title)
    return attrs.evolve(asked, asked_by=tuple(asked_by)) if asked_by else asked, tuple(failures)


def _answer(
    rule: RoutingRule, item: WorkItem, at: pendulum.DateTime, failures: list[RuleFailed]
) -> tuple[RoutingRule, Requirement, str]:
    """What a rule asks, which one of several that was, and its title; no title if it has nothing to say, or fails.

    A failure is written down.
    """
    if isinstance(rule, FirstOf):
        answers = (_answer(each, item, at, failures) for each in rule.rules)
        return next((told for told in answers if told[2]), (rule, any_agent, ""))
    try:
        answer: object = rule(item, at=at)
        if isinstance(answer, Requirement):
            if answer == any_agent:
                return rule, any_agent, ""
            check_usable(answer)
            return rule, answer, rule_title(rule)
    except Exception as error:  # noqa: BLE001 - whatever a department's rule raises must not stop the telephone
        failures.append(_failed(rule, item, f"raised {type(error).__name__}", error))
    else:
        failures.append(_failed(rule, item, f"returned {type(answer).__name__}", answer))
    return rule, any_agent, ""


def check_usable(answer: Requirement) -> None:
    """Try what will be done with a requirement later, so that it fails here if it does.

    Raises:
        TypeError: If something in it cannot be a key, or is a condition that nobody can store.
    """
    hash(answer)
    check_known(answer.condition)
    for preference in answer.preferences:
        if preference.condition is not None:
            check_known(preference.condition)


def _failed(rule: RoutingRule, item: WorkItem, what: str, given: object) -> RuleFailed:
    """The failure of a rule, whose name and whose own word on how it fails may fail in turn."""
    try:
        name = rule_name(rule)
    except Exception:  # noqa: BLE001 - as above
        name = type(rule).__name__
    try:
        closes = bool(getattr(rule, "fails_closed", False))
    except Exception:  # noqa: BLE001 - as above
        closes = True
    return RuleFailed(rule=name, problem=what, item=item.id if closes else "", given=given)
