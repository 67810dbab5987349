"""Everything that can be wrong with the graph of a lifecycle, found in one pass and told at its place."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ticontact._time import WorkingDays
from ticontact.errors import Fault
from ticontact.tickets._lifecycle.graph import NOWHERE, OCCASIONS, Edge, Timer

if TYPE_CHECKING:
    from ticontact.tickets._lifecycle.lifecycle import Lifecycle

__all__ = ["faults"]


def faults(lifecycle: "Lifecycle") -> Iterator[Fault]:
    """Every fault of a graph, each with its place and what is allowed there.

    Args:
        lifecycle: The lifecycle, whose parts are set and may be wrong.
    """
    yield from _repeated("state", [state.name for state in lifecycle.states])
    yield from _repeated("timer", [timer.id for timer in lifecycle.timers])
    names = {state.name for state in lifecycle.states}
    known = ", ".join(sorted(names))
    if lifecycle.initial not in names:
        yield Fault("initial", f"no state {lifecycle.initial!r}", known)
    for number, edge in enumerate(lifecycle.edges, start=1):
        place = f"edge[{number}] ({edge.trigger})"
        for source in edge.sources:
            if source not in names | {NOWHERE}:
                yield Fault(f"{place}.sources", f"no state {source!r}", known)
        if edge.target not in names:
            yield Fault(f"{place}.target", f"no state {edge.target!r}", known)
        yield from _unknown(f"{place}.guards", "guard", edge.guards, lifecycle.guards)
    yield from _ambiguous(lifecycle.edges)
    yield from _hanging(lifecycle, names)
    yield from _unconnected(lifecycle, names)


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


def _hanging(lifecycle: "Lifecycle", names: set[str]) -> Iterator[Fault]:
    triggers = {edge.trigger for edge in lifecycle.edges}
    yield from _unknown("occasions", "occasion", lifecycle.occasions, OCCASIONS)
    for occasion, trigger in lifecycle.occasions.items():
        yield from _unknown(f"occasions.{occasion}", "trigger", [trigger], triggers)
    yield from _window(lifecycle)
    for timer in lifecycle.timers:
        yield from _unknown(f"timer {timer.id}.states", "state", timer.states, names)
        yield from _timed(timer)
        if timer.trigger and timer.trigger not in triggers:
            yield from _unknown(f"timer {timer.id}.trigger", "trigger", [timer.trigger], triggers)
        elif timer.trigger:
            yield from _stuck(lifecycle, timer, names)


def _timed(timer: Timer) -> Iterator[Fault]:
    if isinstance(timer.after, WorkingDays) and not timer.calendar:
        yield Fault(f"timer {timer.id}.calendar", "missing", "the calendar that says which days are working days")
    if isinstance(timer.after, timedelta) and timer.after < timedelta(0):
        yield Fault(f"timer {timer.id}.after", "negative", "zero or more")


def _stuck(lifecycle: "Lifecycle", timer: Timer, names: set[str]) -> Iterator[Fault]:
    """A timer whose trigger does not lead out of its state would be refused for ever."""
    for state in sorted(timer.states & names):
        ways = dict.fromkeys(edge.trigger for edge in lifecycle.edges if state in edge.sources)
        if timer.trigger not in ways:
            problem = f"{timer.trigger!r} does not lead out of {state!r}"
            yield Fault(f"timer {timer.id}.trigger", problem, ", ".join(ways) or "no trigger does")


def _window(lifecycle: "Lifecycle") -> Iterator[Fault]:
    named = [lifecycle.reopening_calendar] if lifecycle.reopening_calendar else []
    yield from _unknown("reopening_calendar", "calendar", named, lifecycle.calendars)
    if isinstance(lifecycle.reopening_within, WorkingDays) and not named:
        yield Fault("reopening_calendar", "missing", "the calendar that says which days are working days")
    if isinstance(lifecycle.reopening_within, timedelta) and lifecycle.reopening_within < timedelta(0):
        yield Fault("reopening_within", "negative", "zero or more")


def _unconnected(lifecycle: "Lifecycle", names: set[str]) -> Iterator[Fault]:
    reached = _reached(lifecycle)
    leaving = {source for edge in lifecycle.edges for source in edge.sources}
    for number, state in enumerate(lifecycle.states, start=1):
        if lifecycle.initial in names and state.name not in reached:
            yield Fault(f"state[{number}]", f"{state.name!r} cannot be reached", "an edge that leads to it")
        if state.name not in leaving and not state.category.is_done and len(names) > 1:
            yield Fault(f"state[{number}]", f"no edge leads out of {state.name!r}", "an edge, or a final category")


def _reached(lifecycle: "Lifecycle") -> set[str]:
    reached = {lifecycle.initial, NOWHERE}
    grown = True
    while grown:
        onward = {edge.target for edge in lifecycle.edges if reached & set(edge.sources)}
        grown = not onward <= reached
        reached |= onward
    return reached
