"""One compiled way out of a state, and the table of all of them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import attrs

from ticontact.tickets._category import Category

if TYPE_CHECKING:
    from ticontact.tickets._ticket import Ticket

__all__ = ["Facts", "Guard", "Step", "Table", "fact"]

Facts = Mapping[str, object]
"""What the department knows about a ticket at this moment and the ticket does not: rights, open children, and so on."""

Guard = Callable[["Ticket | None", Facts], bool]
"""Whether a ticket (None before it exists) may go a way, given the facts. It must be pure."""


@attrs.frozen(kw_only=True, eq=False)
class Step:
    """An edge from one state, with its guards at hand.

    Attributes:
        trigger: What sends a ticket along it.
        source: The state it leaves.
        target: The state it leads to.
        category: What that state means.
        guards: The guards, each with its name.
        needs_reason: Whether a reason must be given.
        reasons: The reasons that count; any if empty.
        hooks: The names of what a department does afterwards.
        reopens: Whether it opens a solved or closed ticket again, so that the reopening window holds.
    """

    trigger: str
    source: str
    target: str
    category: Category
    guards: tuple[tuple[str, Guard], ...]
    needs_reason: bool
    reasons: tuple[str, ...]
    hooks: tuple[str, ...]
    reopens: bool

    def failed_guard(self, ticket: "Ticket | None", facts: Facts) -> str:
        """The name of the first guard that does not pass; empty if all do."""
        for name, guard in self.guards:
            if not guard(ticket, facts):
                return name
        return ""


Table = Mapping[str, Mapping[str, tuple[Step, ...]]]
"""For each state, for each trigger in the order of declaration, the steps in the order in which they are tried."""


def fact(name: str) -> Guard:
    """The guard that passes if a fact of this name is true.

    Args:
        name: The fact's name.
    """

    def passes(_ticket: "Ticket | None", facts: Facts) -> bool:
        return bool(facts.get(name))

    return passes
