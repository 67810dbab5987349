"""The graph of a lifecycle as data: its states, its edges, and everything that can be wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from ticontact._time import WorkingDays
from ticontact.errors import ConfigurationError, Fault
from ticontact.i18n import Text
from ticontact.tickets._category import Category
from ticontact.tickets._labels import Labels
from ticontact.tickets._step import Guard, Step, Table
from ticontact.tickets._timer import Timer

if TYPE_CHECKING:
    from datetime import timedelta

__all__ = ["OCCASIONS", "Chart", "Edge", "State"]

OCCASIONS: Final = ("received", "replied", "handed_over", "handed_back", "merged")
"""What happens to a ticket on which a lifecycle may fire a trigger by itself."""

_NOWHERE: Final = ""


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


@attrs.frozen(eq=False)
class Chart:
    """States, edges and what hangs on them, checked as a whole.

    Attributes:
        name: The lifecycle's name.
        states: Its states.
        edges: Its edges, in the order in which they are tried and listed.
        initial: The state of a ticket that is opened without a trigger of its own.
        guards: The guards by name.
        timers: What happens after a time in a state.
        occasions: The trigger that is fired when something happens to the ticket, by the name of the occasion:
            `received`, `replied`, `handed_over`, `handed_back`, `merged`.
        reopening_within: How long after it was solved or closed a ticket may be opened again; for ever if None.

    Raises:
        ConfigurationError: With every fault: unknown or unreachable states, dead ends that are not final, unknown
            guards and occasions, ambiguous edges, names that stand twice.
    """

    name: str
    states: tuple[State, ...] = attrs.field(converter=tuple[State, ...], repr=False)
    edges: tuple[Edge, ...] = attrs.field(converter=tuple[Edge, ...], kw_only=True, repr=False)
    initial: str = attrs.field(kw_only=True, repr=False)
    guards: Mapping[str, Guard] = attrs.field(factory=dict, kw_only=True, repr=False)
    timers: tuple[Timer, ...] = attrs.field(default=(), converter=tuple[Timer, ...], kw_only=True, repr=False)
    occasions: Mapping[str, str] = attrs.field(factory=dict, kw_only=True, repr=False)
    reopening_within: "timedelta | None" = attrs.field(default=None, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise ConfigurationError(faults)

    @cached_property
    def by_name(self) -> Mapping[str, State]:
        """The states by name."""
        return {state.name: state for state in self.states}

    @cached_property
    def labels(self) -> Labels:
        """What people call the states and the triggers."""
        return Labels(
            {state.name: state.label for state in self.states}, {edge.trigger: edge.label for edge in self.edges}
        )

    @cached_property
    def table(self) -> Table:
        """The compiled graph: for each state and trigger the steps in the order in which they are tried."""
        from ticontact.tickets._machine import compiled  # noqa: PLC0415 - loads transitions, at first use

        return compiled(self.steps)

    @cached_property
    def timers_by_id(self) -> Mapping[str, Timer]:
        """The timers by id."""
        return {timer.id: timer for timer in self.timers}

    @property
    def steps(self) -> Iterator[Step]:
        """Every edge, once for each of its sources."""
        for edge in self.edges:
            for source in edge.sources:
                yield Step(
                    trigger=edge.trigger,
                    source=source,
                    target=edge.target,
                    category=self._category_of(edge.target),
                    guards=tuple((name, self.guards[name]) for name in edge.guards),
                    needs_reason=edge.needs_reason or bool(edge.reasons),
                    reasons=edge.reasons,
                    hooks=edge.hooks,
                    reopens=self._reopens(source, edge.target),
                )

    def _category_of(self, name: str) -> Category:
        return self.by_name[name].category

    def _reopens(self, source: str, target: str) -> bool:
        if source == _NOWHERE or self.reopening_within is None:
            return False
        return self._category_of(source).is_done and not self._category_of(target).is_done


def _faults(chart: Chart) -> Iterator[Fault]:
    yield from _repeated("state", [state.name for state in chart.states])
    yield from _repeated("timer", [timer.id for timer in chart.timers])
    names = {state.name for state in chart.states}
    known = ", ".join(sorted(names))
    if chart.initial not in names:
        yield Fault("initial", f"no state {chart.initial!r}", known)
    for number, edge in enumerate(chart.edges, start=1):
        place = f"edge[{number}] ({edge.trigger})"
        for source in edge.sources:
            if source not in names | {_NOWHERE}:
                yield Fault(f"{place}.sources", f"no state {source!r}", known)
        if edge.target not in names:
            yield Fault(f"{place}.target", f"no state {edge.target!r}", known)
        yield from _unknown(f"{place}.guards", "guard", edge.guards, chart.guards)
    yield from _ambiguous(chart.edges)
    yield from _hanging(chart, names)
    yield from _unconnected(chart, names)


def _repeated(kind: str, names: list[str]) -> Iterator[Fault]:
    for number, name in enumerate(names, start=1):
        if name in names[: number - 1]:
            yield Fault(f"{kind}[{number}]", f"{name!r} stands twice", "a name once")


def _unknown(place: str, kind: str, given: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    allowed = sorted(known)
    for name in given:
        if name not in allowed:
            yield Fault(place, f"no {kind} {name!r}", ", ".join(allowed) or "none are declared")


def _ambiguous(edges: tuple[Edge, ...]) -> Iterator[Fault]:
    """An edge behind one that is always taken, or behind one with the same guards, is never taken."""
    seen: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for number, edge in enumerate(edges, start=1):
        for source in edge.sources:
            earlier = seen.setdefault((source, edge.trigger), [])
            if any(set(guards) <= set(edge.guards) for guards in earlier):
                yield Fault(
                    f"edge[{number}] ({edge.trigger})",
                    f"never taken from {source!r}: an earlier edge of this trigger always is",
                    "guards that differ",
                )
            earlier.append(edge.guards)


def _hanging(chart: Chart, names: set[str]) -> Iterator[Fault]:
    triggers = {edge.trigger for edge in chart.edges}
    yield from _unknown("occasions", "occasion", chart.occasions, OCCASIONS)
    for occasion, trigger in chart.occasions.items():
        yield from _unknown(f"occasions.{occasion}", "trigger", [trigger], triggers)
    for timer in chart.timers:
        yield from _unknown(f"timer {timer.id}.states", "state", timer.states, names)
        if isinstance(timer.after, WorkingDays) and not timer.calendar:
            yield Fault(f"timer {timer.id}.calendar", "missing", "the calendar that says which days are working days")
        yield from _unknown(f"timer {timer.id}.trigger", "trigger", [timer.trigger] if timer.trigger else [], triggers)


def _unconnected(chart: Chart, names: set[str]) -> Iterator[Fault]:
    reached = _reached(chart)
    leaving = {source for edge in chart.edges for source in edge.sources}
    for number, state in enumerate(chart.states, start=1):
        if chart.initial in names and state.name not in reached:
            yield Fault(f"state[{number}]", f"{state.name!r} cannot be reached", "an edge that leads to it")
        if state.name not in leaving and not state.category.is_done and len(names) > 1:
            yield Fault(f"state[{number}]", f"no edge leads out of {state.name!r}", "an edge, or a final category")


def _reached(chart: Chart) -> set[str]:
    reached = {chart.initial, _NOWHERE}
    grown = True
    while grown:
        onward = {edge.target for edge in chart.edges if reached & set(edge.sources)}
        grown = not onward <= reached
        reached |= onward
    return reached
