"""Everything that can be wrong with the graph of a lifecycle, found in one pass and told at its place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Protocol

from ticontact._time import WorkingDays
from ticontact.errors import Fault
from ticontact.hours import OfficeCalendar
from ticontact.tickets._lifecycle.graph import NOWHERE, OCCASIONS, Edge, Guard, State, Timer

__all__ = ["Graph", "faults"]


class Graph(Protocol):
    """The parts of a lifecycle, which may be wrong."""

    @property
    def states(self) -> tuple[State, ...]:
        """Its states."""

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Its edges."""

    @property
    def initial(self) -> str:
        """The state of a ticket that is opened."""

    @property
    def guards(self) -> Mapping[str, Guard]:
        """Its guards by name."""

    @property
    def timers(self) -> tuple[Timer, ...]:
        """What happens after a time in a state."""

    @property
    def occasions(self) -> Mapping[str, str]:
        """The trigger of each occasion."""

    @property
    def reopening_within(self) -> timedelta | WorkingDays | None:
        """How long a ticket may be opened again."""

    @property
    def reopening_calendar(self) -> str:
        """The name of the calendar in which that is counted."""

    @property
    def calendars(self) -> Mapping[str, OfficeCalendar]:
        """Its calendars by name."""


def faults(graph: Graph) -> Iterator[Fault]:
    """Every fault of a graph, each with its place and what is allowed there.

    Args:
        graph: The parts of a lifecycle.
    """
    yield from _repeated("state", [state.name for state in graph.states])
    yield from _repeated("timer", [timer.id for timer in graph.timers])
    names = {state.name for state in graph.states}
    known = ", ".join(sorted(names))
    if graph.initial not in names:
        yield Fault("initial", f"no state {graph.initial!r}", known)
    for number, edge in enumerate(graph.edges, start=1):
        place = f"edge[{number}] ({edge.trigger})"
        for source in edge.sources:
            if source not in names | {NOWHERE}:
                yield Fault(f"{place}.sources", f"no state {source!r}", known)
        if edge.target not in names:
            yield Fault(f"{place}.target", f"no state {edge.target!r}", known)
        yield from _unknown(f"{place}.guards", "guard", edge.guards, graph.guards)
    yield from _ambiguous(graph.edges)
    yield from _hanging(graph, names)
    yield from _unconnected(graph, names)


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


def _hanging(graph: Graph, names: set[str]) -> Iterator[Fault]:
    triggers = {edge.trigger for edge in graph.edges}
    yield from _unknown("occasions", "occasion", graph.occasions, OCCASIONS)
    for occasion, trigger in graph.occasions.items():
        yield from _unknown(f"occasions.{occasion}", "trigger", [trigger], triggers)
    yield from _window(graph)
    for timer in graph.timers:
        yield from _unknown(f"timer {timer.id}.states", "state", timer.states, names)
        yield from _timed(timer)
        if timer.trigger and timer.trigger not in triggers:
            yield from _unknown(f"timer {timer.id}.trigger", "trigger", [timer.trigger], triggers)
        elif timer.trigger:
            yield from _stuck(graph, timer, names)


def _timed(timer: Timer) -> Iterator[Fault]:
    if isinstance(timer.after, WorkingDays) and not timer.calendar:
        yield Fault(f"timer {timer.id}.calendar", "missing", "the calendar that says which days are working days")
    if isinstance(timer.after, timedelta) and timer.after < timedelta(0):
        yield Fault(f"timer {timer.id}.after", "negative", "zero or more")


def _stuck(graph: Graph, timer: Timer, names: set[str]) -> Iterator[Fault]:
    """A timer whose trigger does not lead out of its state would be refused for ever."""
    for state in sorted(timer.states & names):
        ways = dict.fromkeys(edge.trigger for edge in graph.edges if state in edge.sources)
        if timer.trigger not in ways:
            problem = f"{timer.trigger!r} does not lead out of {state!r}"
            yield Fault(f"timer {timer.id}.trigger", problem, ", ".join(ways) or "no trigger does")


def _window(graph: Graph) -> Iterator[Fault]:
    named = [graph.reopening_calendar] if graph.reopening_calendar else []
    yield from _unknown("reopening_calendar", "calendar", named, graph.calendars)
    if isinstance(graph.reopening_within, WorkingDays) and not named:
        yield Fault("reopening_calendar", "missing", "the calendar that says which days are working days")
    if isinstance(graph.reopening_within, timedelta) and graph.reopening_within < timedelta(0):
        yield Fault("reopening_within", "negative", "zero or more")


def _unconnected(graph: Graph, names: set[str]) -> Iterator[Fault]:
    reached = _reached(graph)
    leaving = {source for edge in graph.edges for source in edge.sources}
    for number, state in enumerate(graph.states, start=1):
        if graph.initial in names and state.name not in reached:
            yield Fault(f"state[{number}]", f"{state.name!r} cannot be reached", "an edge that leads to it")
        if state.name not in leaving and not state.category.is_done and len(names) > 1:
            yield Fault(f"state[{number}]", f"no edge leads out of {state.name!r}", "an edge, or a final category")


def _reached(graph: Graph) -> set[str]:
    reached = {graph.initial, NOWHERE}
    grown = True
    while grown:
        onward = {edge.target for edge in graph.edges if reached & set(edge.sources)}
        grown = not onward <= reached
        reached |= onward
    return reached
