"""A department's rules: what each asks, joined; one that fails is passed over and named."""

from collections.abc import Iterable
from typing import Protocol

import pendulum

from ticontact.errors import RuleFailed
from ticontact.routing._item import WorkItem
from ticontact.routing._requirement import Requirement, anyone

__all__ = ["RoutingRule", "apply_rules", "rule_name"]


class RoutingRule(Protocol):
    """What a department asks of the agent for a piece of work.

    A rule is a plain function: the same item at the same instant gives the same requirement, and nothing is changed.
    """

    def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:
        """What the rule asks for this item; `anyone` if it has nothing to say."""


def rule_name(rule: RoutingRule) -> str:
    """The name under which decisions speak of a rule."""
    return str(getattr(rule, "name", "") or getattr(rule, "__name__", "") or type(rule).__name__)


def apply_rules(
    rules: Iterable[RoutingRule], item: WorkItem, *, at: pendulum.DateTime
) -> tuple[Requirement, tuple[RuleFailed, ...]]:
    """What the item and all rules ask together, and the rules that failed.

    A rule that raises, or returns no `Requirement`, asks nothing; the others still count.
    """
    asked, failures = item.requirement, []
    for rule in rules:
        try:
            answer = rule(item, at=at)
        except Exception as error:  # noqa: BLE001 - whatever a department's rule raises must not stop the telephone
            failures.append(_failed(rule, f"raised {type(error).__name__}", error))
            continue
        if isinstance(answer, Requirement):
            asked = asked & answer if answer != anyone else asked
        else:
            failures.append(_failed(rule, f"returned {type(answer).__name__}", answer))
    return asked, tuple(failures)


def _failed(rule: RoutingRule, what: str, given: object) -> RuleFailed:
    name = rule_name(rule)
    failed = RuleFailed(f"rule {name}: it {what}; allowed: a Requirement", rule=name)
    failed.given = given  # the rule's own error may name persons, so it stands in no message
    return failed
