"""A department's rules as tables in TOML."""

from collections.abc import Collection

import attrs
import pendulum

from ticontact._bounded import quoted
from ticontact._description import Description, read_toml
from ticontact.routing._requirements.requirement import Requirement, any_agent
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.rules._known import Known
from ticontact.routing.rules._then import Then, read_then
from ticontact.routing.rules._when import Test, read_waiting, read_when

__all__ = ["TableRule", "load", "read_rules"]


@attrs.frozen(eq=False)
class TableRule:
    """A rule that was written as a table; it is called like any other.

    Attributes:
        name: Its name in the description.
        holds: For which work it holds.
        then: What it asks then.
        fails_closed: Whether it shuts somebody out, or asks for a permission: then it must not be passed over.
    """

    name: str
    holds: Test = attrs.field(repr=False)
    then: Then = attrs.field(repr=False)
    fails_closed: bool = attrs.field(default=False, repr=False, kw_only=True)

    def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:
        """What the rule asks for this item, which arrives at an instant; `any_agent` where it does not hold.

        Hours and weekdays are those of the zone in which the instant is given; a dispatcher gives it in its own.
        """
        return self.then(item, at) if self.holds(item, at) else any_agent


def load(
    text: str, *, skills: Collection[str] | None = None, queues: Collection[str] | None = None
) -> tuple[TableRule, ...]:
    """The rules of a TOML text, one for each `[[rule]]`, in their order.

    A rule is asked once, when work arrives, and all its `when` is about that moment. Only `when.waited.min` is about
    later: from that waiting time on whoever meets the `then` may take the work too, whatever else is asked (as
    `widen`); with `then.narrowing = true` it is asked in addition to all else from then on.

    Args:
        text: The description.
        skills: The skills that the department has; a rule that names another one is faulty. None if they are not known.
        queues: The queues that it has, likewise.

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
    rules = read_rules(description, known=Known(skills=skills, queues=queues))
    description.finish()
    return rules


def read_rules(description: Description, *, known: Known | None = None) -> tuple[TableRule, ...]:
    """The rules in a description that holds other things too; its faults are raised when that is finished.

    Args:
        description: The table in which `[[rule]]` stands.
        known: What the department has; None if that is not known.
    """
    rules = []
    names: set[str] = set()
    for table in description.tables("rule"):
        name = table.text("name")
        if name in names:
            table.fault("name", f"{quoted(name)} stands twice", "a name once")
        names.add(name)
        when = table.table("when")
        asked = table.table("then")
        then = read_then(asked, known or Known(), read_waiting(when))
        closes = "veto" in asked or "require_permission" in asked
        rules.append(TableRule(name, read_when(when, known or Known()), then, fails_closed=closes))
    return tuple(rules)
