"""Everything that can be wrong with the graph of a lifecycle, found in one pass and told at its place."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final, Protocol

from ticontact._bounded import listed
from ticontact._time import WorkingDays
from ticontact.errors import Fault
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.tickets._lifecycle.graph import NOWHERE, OCCASIONS, Edge, Guard, State, Timer

__all__ = ["Graph", "faults"]

_MOST_ALTERNATIVES: Final = 100
"""Edges of one trigger out of one state: each is held against all before it."""


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
    known = listed(sorted(names))
    if graph.initial not in names:
        yield Fault("initial", f"no state {graph.initial!r}", known)
    for number, edge in enumerate(graph.edges, start=1):
        place = f"edge[{number}] ({edge.trigger})"
        for source in edge.sources:
            if source not in names and source != NOWHERE:
                yield Fault(f"{place}.sources", f"no state {source!r}", known)
        if edge.target not in names:
            yield Fault(f"{place}.target", f"no state {edge.target!r}", known)
        yield from _unknown(f"{place}.guards", "guard", edge.guards, graph.guards)
    yield from _ambiguous(graph.edges)
    yield from _hanging(graph, names)
    yield from _unconnected(graph, names)


def _repeated(kind: str, names: list[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, name in enumerate(names, start=1):
        if name in seen:
            yield Fault(f"{kind}[{number}]", f"{name!r} stands twice", "a name once")
        seen.add(name)


def _unknown(place: str, kind: str, given: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    for name in given:
        if name not in known:
            yield Fault(place, f"no {kind} {name!r}", listed(sorted(known), otherwise="none are declared"))


def _ambiguous(edges: tuple[Edge, ...]) -> Iterator[Fault]:
    """An edge behind one that is always taken, or behind one with the same guards, is never taken."""
    seen: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for number, edge in enumerate(edges, start=1):
        for source in edge.sources:
            earlier = seen.setdefault((source, edge.trigger), [])
            if len(earlier) == _MOST_ALTERNATIVES:
                problem = f"{_MOST_ALTERNATIVES} edges of this trigger lead out of {source!r} already"
                yield Fault(f"edge[{number}] ({edge.trigger})", problem, "fewer")
                continue
            if any(set(guards) <= set(edge.guards) for guards in earlier):
                yield Fault(
                    f"edge[{number}] ({edge.trigger})",
                    f"never taken from {source!r}: an earlier edge of this trigger always is",
                    "guards that differ",
                )
            earlier.append(edge.guards)


def _hanging(graph: Graph, names: set[str]) -> Iterator[Fault]:
    triggers = {edge.trigger for edge in graph.edges}
    ways: dict[str, dict[str, None]] = {}
    for edge in graph.edges:
        for source in edge.sources:
            ways.setdefault(source, {})[edge.trigger] = None
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
            yield from _stuck(timer, names, ways)


def _timed(timer: Timer) -> Iterator[Fault]:
    if isinstance(timer.after, WorkingDays) and not timer.calendar:
        yield Fault(f"timer {timer.id}.calendar", "missing", "the calendar that says which days are working days")
    if isinstance(timer.after, timedelta) and timer.after < timedelta(0):
        yield Fault(f"timer {timer.id}.after", "negative", "zero or more")


def _stuck(timer: Timer, names: set[str], ways: Mapping[str, Mapping[str, None]]) -> Iterator[Fault]:
    """A timer whose trigger does not lead out of its state would be refused for ever."""
    for state in sorted(timer.states & names):
        triggers = ways.get(state, {})
        if timer.trigger not in triggers:
            problem = f"{timer.trigger!r} does not lead out of {state!r}"
            yield Fault(f"timer {timer.id}.trigger", problem, listed(triggers, otherwise="no trigger does"))


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
    onward: dict[str, list[str]] = {}
    for edge in graph.edges:
        for source in edge.sources:
            onward.setdefault(source, []).append(edge.target)
    reached, waiting = {graph.initial, NOWHERE}, [graph.initial, NOWHERE]
    while waiting:
        for target in onward.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
