"""The lifecycle of a department's tickets: what may happen next, and what does when it is asked."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

import attrs

from ticontact._time import to_epoch
from ticontact.errors import BrokenHistory, StaleTicket
from ticontact.tickets._drafts import applied
from ticontact.tickets._fold import evolve, replay
from ticontact.tickets._lifecycle.command_context import Scene, available
from ticontact.tickets._lifecycle.decide import Decision, decided, fired
from ticontact.tickets._lifecycle.graph import State
from ticontact.tickets._lifecycle.graph_check import Chart
from ticontact.tickets._lifecycle.step import Facts
from ticontact.tickets._refusal import Refusal
from ticontact.tickets._ticket import Applied, Ticket
from ticontact.tickets.commands import Command, Fire
from ticontact.tickets.events import Opened, TicketEvent, Transferred, Triggered

__all__ = ["Lifecycle"]

_NO_FACTS: Final[Facts] = MappingProxyType({})


@attrs.frozen(eq=False, repr=False)
class Lifecycle(Chart):
    """The lifecycle of a department's tickets, as data, and the questions and commands it answers.

    It is a `Chart` (states, edges, guards, timers, occasions) that was checked as a whole when it was made. The first
    question compiles it into a table with `transitions`.
    """

    def __repr__(self) -> str:
        return f"Lifecycle({self.name!r}, {len(self.states)} states, {len(self.edges)} edges)"

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

    def available(
        self, ticket: Ticket | None, facts: Facts = _NO_FACTS, *, at: datetime | None = None
    ) -> tuple[str, ...]:
        """The triggers whose guards pass now.

        Args:
            ticket: The ticket; None for the ways to open one.
            facts: What the guards may ask.
            at: The instant, for the reopening window; it is not looked at if None.
        """
        return available(self, ticket, facts, instant=None if at is None else to_epoch(at))

    def decide(
        self,
        ticket: Ticket | None,
        command: Command,
        *,
        at: datetime,
        by: str = "",
        facts: Facts = _NO_FACTS,
        expected: int | None = None,
    ) -> Decision:
        """What follows from a command: the events, or a refusal. Nothing is changed.

        Args:
            ticket: The ticket as it is; None to open one.
            command: What is asked.
            at: When.
            by: The id of who asks.
            facts: What the guards may ask.
            expected: The version the writer has read; another one is refused.

        Raises:
            NaiveTime: If an instant has no zone.
            InvalidInstant: If something came in later than it is recorded.
            UnknownLanguage: If a ticket is opened in a language that ticontact has no texts in.
            StaleTicket: If the ticket has another version than the expected one.
            BrokenHistory: If the instant lies before the ticket's last event, or its state is unknown here.
        """
        instant = to_epoch(at)
        if ticket is not None and (
            instant < ticket.changed
            or (expected is not None and expected != ticket.version)
            or ticket.state not in self.by_name
        ):
            self._check(ticket, instant, expected)
        if type(command) is Fire:  # the frequent one, on the shortest way
            return fired(self, ticket, command, instant=instant, by=by, facts=facts)
        return decided(Scene(self, ticket, instant, by, facts), command)

    def apply(
        self,
        ticket: Ticket | None,
        command: Command,
        *,
        at: datetime,
        by: str = "",
        facts: Facts = _NO_FACTS,
        expected: int | None = None,
    ) -> Applied:
        """The ticket after a command. The arguments are those of `decide`.

        Raises:
            TransitionRefused: If the command is refused.
            NaiveTime: If an instant has no zone.
            StaleTicket: If the ticket has another version than the expected one.
            BrokenHistory: If the instant lies before the ticket's last event, or its state is unknown here.
        """
        decision = self.decide(ticket, command, at=at, by=by, facts=facts, expected=expected)
        if type(decision) is Refusal:
            raise decision.error()
        after = ticket
        for event in decision:
            after = evolve(after, event)
        assert after is not None  # noqa: S101 - a decision has at least one event
        return applied(after, decision)

    def apply_all(
        self,
        ticket: Ticket | None,
        commands: Iterable[Command],
        *,
        at: datetime,
        by: str = "",
        facts: Facts = _NO_FACTS,
        expected: int | None = None,
    ) -> Applied:
        """The ticket after several commands at one instant: all of them, or none and the first refusal's error.

        Raises:
            TransitionRefused: If one is refused; nothing has happened then.
            BrokenHistory: If there is neither a ticket nor a command.
        """
        history: list[TicketEvent] = []
        for command in commands:
            done = self.apply(ticket, command, at=at, by=by, facts=facts, expected=expected)
            ticket, expected = done.ticket, None
            history.extend(done.events)
        return Applied(replay(()) if ticket is None else ticket, tuple(history))

    def decide_each(
        self, tickets: Iterable[Ticket], command: Command, *, at: datetime, by: str = "", facts: Facts = _NO_FACTS
    ) -> Mapping[str, Decision]:
        """What follows from one command for each of many tickets, by id; the arguments are those of `decide`."""
        return {ticket.id: self.decide(ticket, command, at=at, by=by, facts=facts) for ticket in tickets}

    def replay(self, history: Iterable[TicketEvent]) -> Ticket:
        """The ticket that a stored history adds up to, its states being those of this lifecycle.

        Events from before a transfer belong to the lifecycle of then, and are taken as they are.

        Raises:
            BrokenHistory: If they are not the events of one ticket in order, or speak of a state that is unknown here.
        """
        past = tuple(history)
        for event in reversed(past):
            if isinstance(event, Opened | Triggered | Transferred) and event.state not in self.by_name:
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
            if isinstance(event, Opened | Triggered):
                steps = self.table.get(state, {}).get(event.trigger, ())
                names += [hook for step in steps if step.target == event.state for hook in step.hooks]
            if isinstance(event, Opened | Triggered | Transferred):
                state = event.state
        return tuple(names)

    def _check(self, ticket: Ticket, instant: int, expected: int | None) -> None:
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
        self.state(ticket.state)
