"""A department's rules as tables in TOML."""

import attrs
import pendulum

from ticontact._description import Description, read_toml
from ticontact.routing._item import WorkItem
from ticontact.routing._requirement import Requirement, anyone
from ticontact.routing.rules._then import Wish, read_then
from ticontact.routing.rules._when import Test, read_when

__all__ = ["TableRule", "load", "read_rules"]


@attrs.frozen(eq=False)
class TableRule:
    """A rule that was written as a table; it is called like any other.

    Attributes:
        name: Its name in the description.
        holds: For which work it holds.
        wish: What it asks then.
    """

    name: str
    holds: Test = attrs.field(repr=False)
    wish: Wish = attrs.field(repr=False)

    def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG002 - the shape of a rule
        """What the rule asks for this item; `anyone` where it does not hold."""
        return self.wish(item) if self.holds(item) else anyone


def load(text: str) -> tuple[TableRule, ...]:
    """The rules of a TOML text, one for each `[[rule]]`, in their order.

    Args:
        text: The description.

    Raises:
        ConfigurationError: With every fault, each with its path, what was given and what is allowed.

    >>> [rule] = load('''
    ... [[rule]]
    ... name = "asylum"
    ... when.queue = "asylum"
    ... then.require.asylum = 3
    ... ''')
    >>> rule.name
    'asylum'
    """
    description = read_toml(text)
    rules = read_rules(description)
    description.finish()
    return rules


def read_rules(description: Description) -> tuple[TableRule, ...]:
    """The rules in a description that holds other things too; its faults are raised when that is finished.

    Args:
        description: The table in which `[[rule]]` stands.
    """
    rules = []
    names: set[str] = set()
    for table in description.tables("rule"):
        name = table.text("name")
        if name in names:
            table.fault("name", f"{name!r} stands twice", "a name once")
        names.add(name)
        rules.append(TableRule(name, read_when(table.table("when")), read_then(table.table("then"))))
    return tuple(rules)
