"""The one door to `transitions`: a lifecycle as a machine, and the table that is compiled from it.

Theory of operation. The machine has no models: `transitions` would keep every ticket for ever, decorate it with methods
and compare tickets by value. It has no automatic transitions, which would lead past the lifecycle. A ticket is stepped
by an event of the machine with a cursor that holds nothing but a state. Each transition has one condition, which is the
step itself; the table is read from the machine's own transitions, in the machine's order, so that both give the same
answers. A test over random graphs and walks holds them equal. A department that wants the callbacks of `transitions`
gets a machine of its own with `Lifecycle.machine`.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

import attrs

from ticontact.tickets._lifecycle.graph import Facts, Step, Table

if TYPE_CHECKING:
    from transitions import EventData
    from transitions import Machine as Machine  # noqa: PLC0414 - others see the type through this door

    from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["compiled", "machine_of"]

_NO_FACTS: Mapping[str, object] = {}


@attrs.frozen(eq=False)
class _Passes:
    """The condition of a transition: the guards of its step."""

    step: Step

    def __call__(self, event: "EventData") -> bool:
        ticket: Ticket | None = event.kwargs.get("ticket")
        facts: Facts = event.kwargs.get("facts", _NO_FACTS)
        return not self.step.failed_guard(ticket, facts)


def machine_of(steps: Iterable[Step], *, initial: str = "") -> "Machine":
    """A machine of `transitions` without models, for callbacks or for comparison.

    Args:
        steps: The edges, each from one state.
        initial: The state of a model that is added without one.

    Guards are asked with the keyword arguments `ticket=` and `facts=` that a trigger is given.
    """
    from transitions import Machine  # noqa: PLC0415 - loaded at first use

    edges = tuple(steps)
    states = dict.fromkeys(["", *(name for step in edges for name in (step.source, step.target))])
    machine = Machine(model=None, states=[*states], initial=initial, auto_transitions=False, send_event=True)
    for step in edges:
        machine.add_transition(step.trigger, step.source, step.target, conditions=[_Passes(step)])
    return machine


def compiled(steps: Iterable[Step]) -> Table:
    """The table of a lifecycle, read from its machine."""
    edges = tuple(steps)
    machine = machine_of(edges)
    order = dict.fromkeys((step.source, step.trigger) for step in edges)
    table: dict[str, dict[str, tuple[Step, ...]]] = {}
    for source, trigger in order:
        ways = machine.events[trigger].transitions[source]
        table.setdefault(source, {})[trigger] = tuple(cast("_Passes", way.conditions[0].func).step for way in ways)
    return table
