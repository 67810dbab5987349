"""A department's rules by name, wherever they come from; a name stands for one rule."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

import attrs
import pendulum

from ticontact.errors import ConfigurationError, Fault
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.routing_rule import RoutingRule, rule_faults, rule_name
from ticontact.routing._work.work_item import WorkItem

__all__ = ["NamedRule", "named", "with_name"]


@attrs.frozen
class NamedRule:
    """A rule under another name than its own, by which decisions speak of it.

    Attributes:
        name: The name.
        rule: The rule.
    """

    name: str
    rule: RoutingRule

    @property
    def fails_closed(self) -> bool:
        """Whether it must not be passed over if it fails."""
        return bool(getattr(self.rule, "fails_closed", False))

    def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:
        """What the rule asks."""
        return self.rule(item, at=at)


def named(*rules: RoutingRule, **others: RoutingRule) -> Mapping[str, RoutingRule]:
    """The rules of a department by name, in the order given: `Dispatcher(rules=named(...).values())`.

    Args:
        rules: Rules that have a name: functions, tables.
        others: Rules by another name, such as those of `installed`; a lambda needs one.

    Raises:
        ConfigurationError: With every rule that cannot be called as one or has no name, and every name that stands
            twice.

    >>> from ticontact.routing import require
    >>> [*named(night=lambda item, /, *, at: require("night"))]
    ['night']
    """
    pairs = [*((rule_name(rule), rule) for rule in rules), *others.items()]
    faults = [fault for name, rule in pairs for fault in rule_faults(rule, name)]
    count = Counter(name for name, _ in pairs)
    faults += [Fault(name, "two rules have this name", "a name once") for name, times in count.items() if times > 1]
    if "<lambda>" in count:
        faults.append(Fault("<lambda>", "it has no name", "a name before it: night=lambda ..."))
    if faults:
        raise ConfigurationError(faults)
    return MappingProxyType({name: with_name(name, rule) for name, rule in pairs})


def with_name(name: str, rule: RoutingRule) -> RoutingRule:
    """A rule that decisions call by this name."""
    return rule if rule_name(rule) == name else NamedRule(name, rule)
