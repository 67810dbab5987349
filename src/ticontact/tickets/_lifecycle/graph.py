"""The parts of a lifecycle's graph: states, the ways between them, and what may fire a trigger by itself."""

from collections.abc import Iterable
from typing import Final

import attrs

from ticontact.i18n import Text
from ticontact.tickets._category import Category

__all__ = ["NOWHERE", "OCCASIONS", "Edge", "State"]

OCCASIONS: Final = ("received", "replied", "handed_over", "handed_back", "merged")
"""What happens to a ticket on which a lifecycle may fire a trigger by itself."""

NOWHERE: Final = ""
"""The name that stands for "before the ticket exists"."""


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


@attrs.frozen
class State:
    """A state that a ticket can be in.

    Attributes:
        name: Its name for programs.
        category: What it means.
        label: Its name for people; the name itself by default.
    """

    name: str
    category: Category
    label: Text = attrs.field(
        default=attrs.Factory(lambda self: Text.same(self.name), takes_self=True), kw_only=True, repr=False
    )


@attrs.frozen
class Edge:
    """A way from some states to another one.

    Attributes:
        trigger: What sends a ticket along it.
        sources: The states it leaves from; the empty name stands for "before the ticket exists".
        target: The state it leads to.
        guards: The names of the guards that must all pass.
        needs_reason: Whether a reason must be given.
        reasons: The reasons that count; any if empty.
        hooks: The names of what a department does once the event is committed.
        label: The trigger's name for people; the name itself by default.

    Of several edges of one trigger and state the first whose guards pass is taken.
    """

    trigger: str
    sources: tuple[str, ...] = attrs.field(converter=_names)
    target: str = attrs.field(kw_only=True)
    guards: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)
    needs_reason: bool = attrs.field(default=False, kw_only=True)
    reasons: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)
    hooks: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)
    label: Text = attrs.field(
        default=attrs.Factory(lambda self: Text.same(self.trigger), takes_self=True), kw_only=True, repr=False
    )
