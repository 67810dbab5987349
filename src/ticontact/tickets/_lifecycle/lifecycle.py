"""The lifecycle of a department's tickets: its graph as checked data, and what follows from a command.

Theory of operation. A `Lifecycle` is checked as a whole when it is made (`graph_check`). Its first question compiles
the graph into a table: for each state and trigger the steps, in the order in which they are tried (`transitions_door`).

A command is decided, and nothing is changed: `decide` answers the events that happen, or a `Refusal`. An event carries
the version that the ticket has after it, so a command that leads to several events numbers them on. For most commands
the row of the event table says everything: when the command is refused, and how the event's fields come from it. Where
something that happened may fire a trigger of the lifecycle (`occasions`), the trigger is tried on the ticket as it is
after the first event, and is left out where the state does not know it; but what leaves the office something to do is
refused by a ticket that is over and stays so, or it would be swallowed. Three commands ask the graph itself, and have a
method each: to open a ticket, to fire a trigger, to let a timer go off.

`apply` decides, raises the refusal as an error, and folds the events into the next ticket; given a whole history, it
answers the history that is longer by them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypedDict, overload

import attrs

from ticontact._time import WorkingDays, to_epoch
from ticontact._value_bounds import AnyAmount
from ticontact.errors import BrokenHistory, ConfigurationError, StaleTicket
from ticontact.hours._calendar_history import OfficeCalendar
from ticontact.plain import checked
from ticontact.priority import Priority
from ticontact.tickets._lifecycle.graph import NOWHERE, Edge, Facts, FailedGuard, Guard, State, Step, Table, Timer
from ticontact.tickets._lifecycle.graph_check import faults
from ticontact.tickets._lifecycle.term import is_over, term_end, timer_end
from ticontact.tickets._ticket.drafts import applied, triggered
from ticontact.tickets._ticket.event_table import EventRow, StateChange, arrival, row_for
from ticontact.tickets._ticket.fold import evolve, replay
from ticontact.tickets._ticket.instant_range import FIRST, LAST, usable
from ticontact.tickets._ticket.refusal import Labels, Refusal, RefusalReason
from ticontact.tickets._ticket.ticket import CommandResult, Ticket
from ticontact.tickets._ticket.ticket_history import TicketHistory
from ticontact.tickets.commands import Command, FireTimer, FireTrigger, OpenTicket
from ticontact.tickets.events import (
    CaseAttached,
    FieldsSet,
    Linked,
    Opened,
    Prioritised,
    Received,
    TicketEvent,
    TimerFired,
    Transferred,
    Transitioned,
    WaitsUntil,
)

if TYPE_CHECKING:
    from ticontact.tickets._lifecycle.transitions_door import Machine

__all__ = ["Lifecycle", "TicketDecision"]

TicketDecision = tuple[TicketEvent, ...] | Refusal
"""What a command leads to."""

_NO_FACTS: Final[Facts] = MappingProxyType({})
_NO_CALENDARS: Final[Mapping[str, OfficeCalendar]] = MappingProxyType({})
_NO_WAYS: Final[Mapping[str, tuple[Step, ...]]] = MappingProxyType({})


class _Following(TypedDict):
    """What an event that belongs to an opening says of itself."""

    ticket: str
    version: int
    instant: int
    by: str


# Without slots: cached properties of a slotted class need `__getattr__`, which makes every access on the way of a step
# slower, 0.15 of 2.1 microseconds in all; and there are few lifecycles.
@attrs.frozen(hash=False, repr=False, slots=False, field_transformer=checked)
class Lifecycle:
    """The lifecycle of a department's tickets, as data, and the questions and commands it answers.

    It is checked as a whole when it is made. The first question compiles it into a table with `transitions`.

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
    states: tuple[State, ...] = attrs.field(converter=tuple[State, ...])
    edges: tuple[Edge, ...] = attrs.field(converter=tuple[Edge, ...], kw_only=True)
    initial: str = attrs.field(kw_only=True)
    guards: Mapping[str, Guard] = attrs.field(factory=dict, kw_only=True)
    timers: tuple[Timer, ...] = attrs.field(default=(), converter=tuple[Timer, ...], kw_only=True)
    occasions: Mapping[str, str] = attrs.field(factory=dict, kw_only=True)
    reopening_within: AnyAmount | WorkingDays | None = attrs.field(default=None, kw_only=True)
    reopening_calendar: str = attrs.field(default="", kw_only=True)
    calendars: Mapping[str, OfficeCalendar] = attrs.field(factory=dict, kw_only=True)

    def __attrs_post_init__(self) -> None:
        found = tuple(faults(self))
        if found:
            raise ConfigurationError(found)

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"Lifecycle({self.name!r}, {len(self.states)} states, {len(self.edges)} edges)"

    def __getstate__(self) -> dict[str, object]:
        """Pickle and copy what it was made of; the table is compiled again."""
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}

    # The graph ------------------------------------------------------------------------------------------------------

    @cached_property
    def by_name(self) -> Mapping[str, State]:
        """The states by name."""
        return {state.name: state for state in self.states}

    @cached_property
    def timers_by_id(self) -> Mapping[str, Timer]:
        """The timers by id."""
        return {timer.id: timer for timer in self.timers}

    @cached_property
    def labels(self) -> Labels:
        """What people call the states and the triggers."""
        return Labels(
            {state.name: state.label for state in self.states}, {edge.trigger: edge.label for edge in self.edges}
        )

    @property
    def steps(self) -> Iterator[Step]:
        """Every edge, once for each of its sources."""
        for edge in self.edges:
            target = self.by_name[edge.target].category
            for source in edge.sources:
                is_done = source != NOWHERE and self.by_name[source].category.is_done
                yield Step(
                    trigger=edge.trigger,
                    source=source,
                    target=edge.target,
                    category=target,
                    guards=tuple((name, self.guards[name]) for name in edge.guards),
                    needs_reason=edge.needs_reason or bool(edge.reasons),
                    reasons=edge.reasons,
                    hooks=edge.hooks,
                    reopens=self.reopening_within is not None and is_done and not target.is_done,
                )

    @cached_property
    def table(self) -> Table:
        """The compiled graph: for each state and trigger the steps in the order in which they are tried."""
        from ticontact.tickets._lifecycle.transitions_door import compiled  # noqa: PLC0415 - heavy, at first use

        return compiled(self.steps)

    def machine(self, *, initial: str = "") -> "Machine":
        """A machine of `transitions` without models, for its callbacks or for comparison.

        Guards are asked with the keyword arguments `ticket=` and `facts=` that a trigger is given.

        Args:
            initial: The state of a model that is added without one.
        """
        from ticontact.tickets._lifecycle.transitions_door import machine_of  # noqa: PLC0415 - heavy, at first use

        return machine_of(self.steps, initial=initial)

    def state(self, name: str) -> State:
        """The state of this name.

        Raises:
            BrokenHistory: If the lifecycle has none; a stored history speaks of another one.
        """
        found = self.by_name.get(name)
        if found is None:
            raise BrokenHistory(
                f"lifecycle {self.name}: no state {name!r}; allowed: {', '.join(self.by_name)}", version=0
            )
        return found

    def triggers(self, state: str) -> tuple[str, ...]:
        """The triggers that lead out of a state, guards aside, in the order of their declaration.

        Args:
            state: The state's name; the empty name stands for "before the ticket exists".
        """
        return tuple(self.table.get(state, {}))

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

    # What is possible now -------------------------------------------------------------------------------------------

    def available(
        self, ticket: Ticket | None, facts: Mapping[str, object] = _NO_FACTS, *, at: datetime | None = None
    ) -> tuple[str, ...]:
        """The triggers whose guards pass now; none for a ticket of another lifecycle.

        A guard that raises an error has not passed.

        Args:
            ticket: The ticket; None for the ways to open one.
            facts: What the guards may ask.
            at: The instant, for the reopening window; it is not looked at if None.

        Raises:
            NaiveTime: If the instant has no zone.
            NeverOpen: If the window is counted in a calendar that stays closed for longer than its horizon.
        """
        return self._available(ticket, facts, None if at is None else to_epoch(at))

    def _available(self, ticket: Ticket | None, facts: Facts, instant: int | None) -> tuple[str, ...]:
        if ticket is not None and self._is_foreign(ticket):
            return ()
        ways = self.table.get("" if ticket is None else ticket.state, _NO_WAYS)
        return tuple(
            trigger
            for trigger, steps in ways.items()
            if any(
                not (step.guards and step.failed_guard(ticket, facts))
                and not (step.reopens and self._comes_too_late(ticket, instant))
                for step in steps
            )
        )

    def _is_foreign(self, ticket: Ticket) -> bool:
        """Whether a ticket says that it follows another lifecycle; a history written by hand may say nothing."""
        return ticket.record.lifecycle not in {self.name, ""}

    def _comes_too_late(self, ticket: Ticket | None, instant: int | None) -> bool:
        """Whether the reopening window of a ticket is over, for a step that would open it again."""
        if ticket is None or instant is None:
            return False
        calendar = self.calendars.get(self.reopening_calendar)
        return is_over(self.reopening_within, calendar, start=ticket.since, at=instant)

    def _way(self, ticket: Ticket | None, trigger: str, reason: str, instant: int, facts: Facts) -> Step | Refusal:
        """The step that a trigger takes: the first whose guards pass.

        The order of the checks decides which refusal is told. A guard that fails lets the next edge be tried, and is
        named only if none is left. A missing reason, and a window that is over, refuse at once: the edge is the right
        one, and a later edge must not be taken in its stead.
        """
        failed: FailedGuard | None = None
        for step in self.table.get("" if ticket is None else ticket.state, _NO_WAYS).get(trigger, ()):
            if step.guards and (no := step.failed_guard(ticket, facts)) is not None:
                failed = no
                continue
            if step.needs_reason and (not reason or (step.reasons and reason not in step.reasons)):
                return self._refusal(
                    ticket, RefusalReason.REASON, trigger, instant=instant, facts=facts, reasons=step.reasons
                )
            if step.reopens and self._comes_too_late(ticket, instant):
                return self._refusal(ticket, RefusalReason.WINDOW, trigger, instant=instant, facts=facts)
            return step
        if failed is not None:
            cause = RefusalReason.GUARD_FAILED if failed[1] else RefusalReason.GUARD
            return self._refusal(ticket, cause, trigger, instant=instant, facts=facts, failed=failed)
        is_merged = ticket is not None and ticket.merged_into
        cause = RefusalReason.MERGED if is_merged else RefusalReason.NO_EDGE
        return self._refusal(ticket, cause, trigger, instant=instant, facts=facts)

    def _refusal(
        self,
        ticket: Ticket | None,
        cause: RefusalReason,
        trigger: str,
        *,
        instant: int,
        facts: Facts,
        failed: FailedGuard = ("", ""),
        reasons: tuple[str, ...] = (),
    ) -> Refusal:
        """A refusal, with what would be allowed."""
        return Refusal(
            cause=cause,
            state="" if ticket is None else ticket.state,
            trigger=trigger,
            allowed=self._available(ticket, facts, instant),
            guard=failed[0],
            failure=failed[1],
            reasons=reasons,
            labels=self.labels,
        )

    # Commands -------------------------------------------------------------------------------------------------------

    def decide(  # noqa: PLR0911 - each kind of command by itself
        self,
        ticket: Ticket | None,
        command: Command,
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        expected: int | None = None,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> TicketDecision:
        """What follows from a command: the events, or a refusal. Nothing is changed.

        Args:
            ticket: The ticket as it is; None to open one.
            command: What is asked.
            at: When.
            by: The id of who asks.
            facts: What the guards may ask.
            expected: The version the writer has read; another one is refused.
            calendars: The calendars that timers name, beside those that the lifecycle has.

        Raises:
            NaiveTime: If an instant has no zone.
            HoursError: If something came in later than it is recorded, or an instant has no date in some zone.
            InvalidValue: If a field of the department's own is no plain data.
            ConfigurationError: If a timer that shall go off names a calendar that is not given.
            NeverOpen: If a timer, or the reopening window, is counted in a calendar that stays closed for longer than
                its horizon.
            StaleTicket: If the ticket has another version than the expected one.
            BrokenHistory: If the instant lies before the ticket's last event, or its state is unknown here.
        """
        instant = to_epoch(at)
        if instant > LAST or (ticket is None and instant < FIRST):
            usable(at, name="at")
        if ticket is not None and (
            instant < ticket.changed
            or (expected is not None and expected != ticket.version)
            or ticket.state not in self.by_name
            or ticket.record.lifecycle != self.name
        ):
            self._check(ticket, instant, expected)
            if self._is_foreign(ticket):
                trigger = command.trigger if isinstance(command, FireTrigger) else type(command).__name__
                return self._refusal(ticket, RefusalReason.LIFECYCLE, trigger, instant=instant, facts=facts)
            self.state(ticket.state)
        if type(command) is FireTrigger:  # the frequent one, on the shortest way
            return self._fired(ticket, command, instant=instant, by=by, facts=facts)
        row = row_for(command)
        if row is None:
            return self._refusal(ticket, RefusalReason.UNKNOWN, type(command).__name__, instant=instant, facts=facts)
        if isinstance(command, OpenTicket):
            return self._opened(ticket, command, instant=instant, by=by, facts=facts)
        if isinstance(command, FireTrigger):
            return self._fired(ticket, command, instant=instant, by=by, facts=facts)
        if isinstance(command, FireTimer) and ticket is not None and not ticket.record.merged_into:
            return self._timer_fired(ticket, command, instant=instant, by=by, facts=facts, calendars=calendars)
        return self._by_row(row, ticket, command, instant=instant, by=by, facts=facts)

    @overload
    def apply(
        self,
        ticket: TicketHistory,
        command: Command,
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        expected: int | None = None,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> TicketHistory: ...

    @overload
    def apply(
        self,
        ticket: Ticket | None,
        command: Command,
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        expected: int | None = None,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> CommandResult: ...

    def apply(
        self,
        ticket: Ticket | TicketHistory | None,
        command: Command,
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        expected: int | None = None,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> CommandResult | TicketHistory:
        """What a command makes of a ticket. The arguments and the errors are those of `decide`.

        Args:
            ticket: The ticket, or its whole history; None to open one.
            command: What is asked.
            at: When.
            by: The id of who asks.
            facts: What the guards may ask.
            expected: The version the writer has read; another one is refused.
            calendars: The calendars that timers name, beside those that the lifecycle has.

        Returns:
            For a history the history after the command. For a ticket the ticket after it, with the events that
            happened.

        Raises:
            TransitionRefused: If the command is refused.
        """
        if isinstance(ticket, TicketHistory):
            done = self.apply(ticket.ticket, command, at=at, by=by, facts=facts, expected=expected, calendars=calendars)
            return ticket.followed_by(done)
        decision = self.decide(ticket, command, at=at, by=by, facts=facts, expected=expected, calendars=calendars)
        if type(decision) is Refusal:
            raise decision.error()
        after = ticket
        for event in decision:
            after = evolve(after, event)
        assert after is not None  # noqa: S101 - a decision has at least one event
        return applied(after, decision)

    def open(
        self,
        opening: OpenTicket,
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
    ) -> TicketHistory:
        """The history of a ticket that is just opened. The arguments are those of `decide`.

        Raises:
            TransitionRefused: If the way to open it is refused.
            NaiveTime: If an instant has no zone.
            HoursError: If its first contact came in later than it is recorded, or the instant has no date in some zone.
            InvalidValue: If a field of the department's own is no plain data.
        """
        opened = self.apply(None, opening, at=at, by=by, facts=facts)
        return TicketHistory(opened.events, ticket=opened.ticket)

    @overload
    def apply_all(
        self,
        ticket: TicketHistory,
        commands: Iterable[Command],
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        expected: int | None = None,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> TicketHistory: ...

    @overload
    def apply_all(
        self,
        ticket: Ticket | None,
        commands: Iterable[Command],
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        expected: int | None = None,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> CommandResult: ...

    def apply_all(
        self,
        ticket: Ticket | TicketHistory | None,
        commands: Iterable[Command],
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        expected: int | None = None,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> CommandResult | TicketHistory:
        """What several commands at one instant make of a ticket: all of them, or none and the first refusal's error.

        The arguments, the answers and the other errors are those of `apply`.

        Raises:
            TransitionRefused: If one is refused; nothing has happened then.
            BrokenHistory: If there is neither a ticket nor a command.
        """
        if isinstance(ticket, TicketHistory):
            return ticket.followed_by(
                self.apply_all(
                    ticket.ticket, commands, at=at, by=by, facts=facts, expected=expected, calendars=calendars
                )
            )
        history: list[TicketEvent] = []
        for command in commands:
            done = self.apply(ticket, command, at=at, by=by, facts=facts, expected=expected, calendars=calendars)
            ticket, expected = done.ticket, None
            history.extend(done.events)
        return CommandResult(replay(()) if ticket is None else ticket, tuple(history))

    def decide_each(
        self,
        tickets: Iterable[Ticket],
        command: Command,
        *,
        at: datetime,
        by: str = "",
        facts: Mapping[str, object] = _NO_FACTS,
        calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    ) -> Mapping[str, TicketDecision]:
        """What follows from one command for each of many tickets, by id; the arguments are those of `decide`."""
        return {
            ticket.id: self.decide(ticket, command, at=at, by=by, facts=facts, calendars=calendars)
            for ticket in tickets
        }

    def may_receive(self, ticket: Ticket, *, at: datetime, facts: Mapping[str, object] = _NO_FACTS) -> bool:
        """Whether the ticket takes what the citizen sends: a ticket that is over may be past its reopening.

        Args:
            ticket: The ticket.
            at: When it would come in; before the last event of the ticket that event's instant counts.
            facts: What the guards may ask.

        Raises:
            NaiveTime: If the instant has no zone.
            NeverOpen: If the window is counted in a calendar that stays closed for longer than its horizon.
        """
        instant = max(to_epoch(at), ticket.changed)
        if ticket.record.merged_into or self._is_foreign(ticket):
            return False
        if not ticket.category.is_done:
            return True
        trigger = self.occasions.get("received")
        return trigger is not None and type(self._way(ticket, trigger, "", instant, facts)) is not Refusal

    def _check(self, ticket: Ticket, instant: int, expected: int | None) -> None:
        """Refuse a writer that has read another version, and an instant of the past."""
        if expected is not None and expected != ticket.version:
            raise StaleTicket(
                f"ticket {ticket.id}: version {expected} was expected, it has {ticket.version}; read it again",
                expected=expected,
                found=ticket.version,
            )
        if instant < ticket.changed:
            raise BrokenHistory(
                f"ticket {ticket.id}: the command is older than version {ticket.version};"
                " allowed: its instant or later",
                version=ticket.version + 1,
            )

    # What follows from a command ------------------------------------------------------------------------------------

    def _by_row(  # noqa: PLR0911 - each refusal by itself
        self, row: EventRow, ticket: Ticket | None, command: Command, *, instant: int, by: str, facts: Facts
    ) -> TicketDecision:
        """What the event table says: a refusal, or the event and perhaps the trigger that its occasion fires."""
        name = type(command).__name__
        if ticket is None:
            return self._refusal(None, RefusalReason.MISSING, name, instant=instant, facts=facts)
        cause: RefusalReason | None = None
        if ticket.record.merged_into and not row.when_merged:
            cause = RefusalReason.MERGED
        elif row.refused is not None:
            cause = row.refused(ticket, command, self)
        if cause is not None:
            return self._refusal(ticket, cause, name, instant=instant, facts=facts)
        first = row.happened(ticket, command, instant=instant, by=by)
        if getattr(first, "automatic", False) or getattr(command, "opening", False):
            return (first,)
        trigger = self.occasions.get(row.occasion)
        would_be_swallowed = row.owes and ticket.category.is_done
        if trigger is None:
            if would_be_swallowed:
                return self._refusal(ticket, RefusalReason.FOLLOW_UP, name, instant=instant, facts=facts)
            return (first,)
        after = evolve(ticket, first)
        step = self._way(after, trigger, first.reason, instant, facts)
        if type(step) is Refusal:
            # What was said or received has happened, whether or not the state knows the trigger. A hand-over has not,
            # and a message to a ticket that is over and stays so would be read by nobody.
            if would_be_swallowed and step.cause is RefusalReason.NO_EDGE:
                return self._refusal(ticket, RefusalReason.FOLLOW_UP, name, instant=instant, facts=facts)
            return step if row.must or would_be_swallowed else (first,)
        moved = triggered(
            after,
            step.trigger,
            step.target,
            step.category,
            version=first.version + 1,
            instant=instant,
            by="",
            reason="",
        )
        return (first, moved)

    def _fired(
        self, ticket: Ticket | None, command: FireTrigger, *, instant: int, by: str, facts: Facts
    ) -> TicketDecision:
        """What follows from a trigger: a step along an edge, and perhaps the instant until which the ticket waits."""
        if ticket is None:
            return self._refusal(None, RefusalReason.MISSING, command.trigger, instant=instant, facts=facts)
        step = self._way(ticket, command.trigger, command.reason, instant, facts)
        if type(step) is Refusal:
            return step
        version = ticket.version + 1
        moved = triggered(
            ticket,
            step.trigger,
            step.target,
            step.category,
            version=version,
            instant=instant,
            by=by,
            reason=command.reason,
        )
        if command.until is None:
            return (moved,)
        until = usable(command.until, name="until")
        waits = WaitsUntil(
            ticket=ticket.id, version=version + 1, instant=instant, by=by, reason=command.reason, until=until
        )
        return (moved, waits)

    def _opened(
        self, ticket: Ticket | None, command: OpenTicket, *, instant: int, by: str, facts: Facts
    ) -> TicketDecision:
        """The opening, and what is known of the ticket from the start, each as an event of its own.

        What is known belongs to the opening: it fires no trigger of an occasion, and nothing refuses it.
        """
        if ticket is not None:
            return self._refusal(ticket, RefusalReason.EXISTS, "OpenTicket", instant=instant, facts=facts)
        if not command.id:
            return self._refusal(None, RefusalReason.NAMELESS, "OpenTicket", instant=instant, facts=facts)
        state = self.initial
        if command.trigger:
            step = self._way(None, command.trigger, command.reason, instant, facts)
            if type(step) is Refusal:
                return step
            state = step.target
        history: list[TicketEvent] = [
            Opened(
                ticket=command.id,
                version=1,
                instant=instant,
                by=by,
                reason=command.reason,
                state=state,
                category=self.by_name[state].category,
                lifecycle=self.name,
                priority=command.priority,
                queue=command.queue,
                language=command.language or "",
                possible_duplicate_of=command.possible_duplicate_of,
                trigger=command.trigger,
            )
        ]

        def following() -> _Following:
            return {"ticket": command.id, "version": len(history) + 1, "instant": instant, "by": by}

        if command.about is not None:
            history.append(Received(contact=command.about, since=arrival(command.since, instant), **following()))
        if command.case is not None:
            history.append(CaseAttached(case=command.case, **following()))
        if command.follow_up_of:
            history.append(Linked(kind="follow_up_of", other=command.follow_up_of, **following()))
        if command.fields:
            history.append(FieldsSet(fields=dict(command.fields), **following()))
        return tuple(history)

    def _timer_fired(
        self,
        ticket: Ticket,
        command: FireTimer,
        *,
        instant: int,
        by: str,
        facts: Facts,
        calendars: Mapping[str, OfficeCalendar],
    ) -> TicketDecision:
        """The timer going off, and what it does: it fires its trigger, or raises the priority, or only reminds."""
        timer = self.timers_by_id.get(command.timer)
        end = None if timer is None else timer_end(timer, ticket, {**self.calendars, **calendars})
        if timer is None or end is None:
            return self._refusal(ticket, RefusalReason.TIMER, command.timer, instant=instant, facts=facts)
        if instant < end:
            return self._refusal(ticket, RefusalReason.EARLY, command.timer, instant=instant, facts=facts)
        elapsed = TimerFired(
            ticket=ticket.id,
            version=ticket.version + 1,
            instant=instant,
            by=by,
            reason=command.reason,
            timer=timer.id,
        )
        after = evolve(ticket, elapsed)
        if timer.trigger:
            trigger = FireTrigger(timer.trigger, reason=command.reason or timer.id)
            moved = self._fired(after, trigger, instant=instant, by="", facts=facts)
            return moved if type(moved) is Refusal else (elapsed, *moved)
        if timer.raises_priority and ticket.priority is not Priority.URGENT:
            raised = Prioritised(
                ticket=ticket.id,
                version=after.version + 1,
                instant=instant,
                reason=timer.id,
                priority=[*Priority][ticket.priority.rank + 1],
            )
            return (elapsed, raised)
        return (elapsed,)

    # Histories ------------------------------------------------------------------------------------------------------

    def replay(self, history: Iterable[TicketEvent]) -> Ticket:
        """The ticket that a stored history adds up to, its states being those of this lifecycle.

        Events from before a transfer belong to the lifecycle of then, and are taken as they are.

        Raises:
            BrokenHistory: If they are not the events of one ticket in order, or speak of a state that is unknown here.
        """
        past = tuple(history)
        for event in reversed(past):
            if isinstance(event, StateChange) and event.state not in self.by_name:
                raise BrokenHistory(
                    f"history of {event.ticket}: version {event.version} is in state {event.state!r}, unknown to"
                    f" lifecycle {self.name}; allowed: {', '.join(self.by_name)}",
                    version=event.version,
                )
            if isinstance(event, Transferred):
                break
        return replay(past)

    def hooks(self, events: Iterable[TicketEvent], *, before: Ticket | None = None) -> tuple[str, ...]:
        """The names of the hooks that committed events call for, in order.

        An event says trigger and state, not the edge: where several edges lead from one state to another by one
        trigger, the hooks of all of them are named.

        Args:
            events: What was stored.
            before: The ticket before them.
        """
        state = "" if before is None else before.state
        names: list[str] = []
        for event in events:
            if isinstance(event, Opened | Transitioned):
                steps = self.table.get(state, {}).get(event.trigger, ())
                names += [hook for step in steps if step.target == event.state for hook in step.hooks]
            if isinstance(event, StateChange):
                state = event.state
        return tuple(names)
