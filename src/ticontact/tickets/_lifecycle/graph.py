"""The parts of a lifecycle's graph: states, the edges between them, the timers in them, and their compiled form."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import attrs

from ticontact._limits import TimerAmount
from ticontact._time import WorkingDays
from ticontact.errors import InvalidValue
from ticontact.i18n import Text
from ticontact.plain import checked
from ticontact.tickets._category import Category
from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["NOWHERE", "OCCASIONS", "Edge", "Facts", "FailedGuard", "Guard", "State", "Step", "Table", "Timer", "fact"]

OCCASIONS: Final = ("received", "replied", "handed_over", "handed_back", "merged")
"""What happens to a ticket on which a lifecycle may fire a trigger by itself."""

NOWHERE: Final = ""
"""The name that stands for "before the ticket exists"."""


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _same(name: str) -> Text:
    """A name as its own label; what is no name is refused with its own field."""
    try:
        return Text.same(name)
    except InvalidValue:
        return Text.same("")


def _name_set(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset(_names(names))


@attrs.frozen(field_transformer=checked)
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
        default=attrs.Factory(lambda self: _same(self.name), takes_self=True), kw_only=True, repr=False
    )


@attrs.frozen(field_transformer=checked)
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
        default=attrs.Factory(lambda self: _same(self.trigger), takes_self=True), kw_only=True, repr=False
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Timer:
    """After a time in a state: a reminder, a trigger, a higher priority. It goes off once in each stay in the state.

    Attributes:
        id: Its name.
        states: The states in which it runs; entering another state of them starts it anew.
        after: The time since the state was entered; None for the instant until which the ticket was set to wait.
        calendar: The name of the calendar in whose open time `after` is counted; elapsed time if empty.
        trigger: The trigger that it fires; none if empty.
        raises_priority: Whether it raises the priority by one step, up to urgent.

    A timer without a trigger that raises nothing is a reminder: it leaves an event, and the department acts on it.
    """

    id: str
    states: frozenset[str] = attrs.field(converter=_name_set)
    after: TimerAmount | WorkingDays | None
    calendar: str = ""
    trigger: str = ""
    raises_priority: bool = False


Facts = Mapping[str, object]
"""What the department knows about a ticket at this moment and the ticket does not: rights, open children, and so on."""

Guard = Callable[[Ticket | None, Facts], bool]
"""Whether a ticket (None before it exists) may go a way, given the facts. It must be pure."""


FailedGuard = tuple[str, str]
"""The name of a guard that did not pass, and of the error that it raised; that is empty if it said no."""


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

    def failed_guard(self, ticket: Ticket | None, facts: Facts) -> FailedGuard | None:
        """The first guard that does not pass, and the name of the error that it raised, if it did; None if all pass.

        A guard that raises has not passed: the fault is in the department's own function, and whoever asks what is
        possible must get an answer all the same.
        """
        for name, guard in self.guards:
            try:
                passes = bool(guard(ticket, facts))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told by name
                return name, type(error).__name__
            if not passes:
                return name, ""
        return None


Table = Mapping[str, Mapping[str, tuple[Step, ...]]]
"""For each state, for each trigger in the order of declaration, the steps in the order in which they are tried."""


@attrs.frozen
class _Fact:
    """A guard that can be compared and pickled, which a function in a function cannot."""

    name: str

    def __call__(self, _ticket: Ticket | None, facts: Facts) -> bool:
        return bool(facts.get(self.name))


def fact(name: str) -> Guard:
    """The guard that passes if a fact of this name is true.

    Args:
        name: The fact's name.
    """
    return _Fact(name)
