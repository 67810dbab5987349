"""The graph of a lifecycle as data: its states and edges as a whole, and everything that can be wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property

import attrs

from ticontact._time import WorkingDays
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import OfficeCalendar
from ticontact.tickets._category import Category
from ticontact.tickets._lifecycle.graph import NOWHERE, OCCASIONS, Edge, State
from ticontact.tickets._lifecycle.labels import Labels
from ticontact.tickets._lifecycle.step import Guard, Step, Table
from ticontact.tickets._lifecycle.term import term_end
from ticontact.tickets._lifecycle.timer import Timer

__all__ = ["Chart"]


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
        reopening_calendar: The name of the calendar in whose open time or working days that is counted; time as it
            passes if empty.
        calendars: The calendars by name. Timers may name others, which are given when they are asked.

    Raises:
        ConfigurationError: With every fault: unknown or unreachable states, dead ends that are not final, unknown
            guards, calendars and occasions, ambiguous edges, names that stand twice.
    """

    name: str
    states: tuple[State, ...] = attrs.field(converter=tuple[State, ...], repr=False)
    edges: tuple[Edge, ...] = attrs.field(converter=tuple[Edge, ...], kw_only=True, repr=False)
    initial: str = attrs.field(kw_only=True, repr=False)
    guards: Mapping[str, Guard] = attrs.field(factory=dict, kw_only=True, repr=False)
    timers: tuple[Timer, ...] = attrs.field(default=(), converter=tuple[Timer, ...], kw_only=True, repr=False)
    occasions: Mapping[str, str] = attrs.field(factory=dict, kw_only=True, repr=False)
    reopening_within: timedelta | WorkingDays | None = attrs.field(default=None, kw_only=True, repr=False)
    reopening_calendar: str = attrs.field(default="", kw_only=True, repr=False)
    calendars: Mapping[str, OfficeCalendar] = attrs.field(factory=dict, kw_only=True, repr=False)

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
        from ticontact.tickets._lifecycle.transitions_door import compiled  # noqa: PLC0415 - loads transitions, at first use

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

    def reopening_ends(self, since: int) -> int | None:
        """Until when a ticket may be opened again that was solved or closed at an instant; None for ever.

        Args:
            since: That instant, in microseconds since 1970-01-01T00:00Z, as the answer.

        Raises:
            NeverOpen: If the window is counted in a calendar that stays closed for longer than its horizon.
        """
        if self.reopening_within is None:
            return None
        return term_end(self.reopening_within, self.calendars.get(self.reopening_calendar), start=since)

    def _category_of(self, name: str) -> Category:
        return self.by_name[name].category

    def _reopens(self, source: str, target: str) -> bool:
        if source == NOWHERE or self.reopening_within is None:
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
            if source not in names | {NOWHERE}:
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
    yield from _window(chart)
    for timer in chart.timers:
        yield from _unknown(f"timer {timer.id}.states", "state", timer.states, names)
        yield from _timed(timer)
        if timer.trigger and timer.trigger not in triggers:
            yield from _unknown(f"timer {timer.id}.trigger", "trigger", [timer.trigger], triggers)
        elif timer.trigger:
            yield from _stuck(chart, timer, names)


def _timed(timer: Timer) -> Iterator[Fault]:
    if isinstance(timer.after, WorkingDays) and not timer.calendar:
        yield Fault(f"timer {timer.id}.calendar", "missing", "the calendar that says which days are working days")
    if isinstance(timer.after, timedelta) and timer.after < timedelta(0):
        yield Fault(f"timer {timer.id}.after", "negative", "zero or more")


def _stuck(chart: Chart, timer: Timer, names: set[str]) -> Iterator[Fault]:
    """A timer whose trigger does not lead out of its state would be refused for ever."""
    for state in sorted(timer.states & names):
        ways = dict.fromkeys(edge.trigger for edge in chart.edges if state in edge.sources)
        if timer.trigger not in ways:
            problem = f"{timer.trigger!r} does not lead out of {state!r}"
            yield Fault(f"timer {timer.id}.trigger", problem, ", ".join(ways) or "no trigger does")


def _window(chart: Chart) -> Iterator[Fault]:
    named = [chart.reopening_calendar] if chart.reopening_calendar else []
    yield from _unknown("reopening_calendar", "calendar", named, chart.calendars)
    if isinstance(chart.reopening_within, WorkingDays) and not named:
        yield Fault("reopening_calendar", "missing", "the calendar that says which days are working days")
    if isinstance(chart.reopening_within, timedelta) and chart.reopening_within < timedelta(0):
        yield Fault("reopening_within", "negative", "zero or more")


def _unconnected(chart: Chart, names: set[str]) -> Iterator[Fault]:
    reached = _reached(chart)
    leaving = {source for edge in chart.edges for source in edge.sources}
    for number, state in enumerate(chart.states, start=1):
        if chart.initial in names and state.name not in reached:
            yield Fault(f"state[{number}]", f"{state.name!r} cannot be reached", "an edge that leads to it")
        if state.name not in leaving and not state.category.is_done and len(names) > 1:
            yield Fault(f"state[{number}]", f"no edge leads out of {state.name!r}", "an edge, or a final category")


def _reached(chart: Chart) -> set[str]:
    reached = {chart.initial, NOWHERE}
    grown = True
    while grown:
        onward = {edge.target for edge in chart.edges if reached & set(edge.sources)}
        grown = not onward <= reached
        reached |= onward
    return reached
