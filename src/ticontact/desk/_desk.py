"""One office at work: events in, effects out.

Theory of operation. A desk joins what the rooms below it answer alone. The calendar of the queue says whether a contact
is in time, the dispatcher who takes it, the lifecycle what becomes of its ticket; the desk keeps only where each
contact stands (`Line`) and by when those in line must be served. It owns no clock: `handle` is told the instant, brings
the desk there deadline by deadline, takes the event and answers what is to be done. `next_deadline` says when to call
again if nothing happens until then.

An event that was taken already changes nothing and has no effects. An event that makes no sense raises and changes
nothing but the time: it is checked against the line and the dispatcher before anything is written down. What followed
from deadlines in between is not lost with it: it waits in the outbox for the next event.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, assert_never

import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.departments import Department
from ticontact.desk._effects import Effect
from ticontact.desk._events import (
    AgentSignedIn,
    AgentSignedOut,
    ConsultAsked,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    HandedOver,
    HungUp,
    OfferAccepted,
    OfferDeclined,
    QueueJoined,
    Ticked,
)
from ticontact.desk._line import Stage
from ticontact.desk._lines import Lines
from ticontact.desk._snapshot import SCHEMA
from ticontact.desk._tickets import TicketBook
from ticontact.errors import DeskError, TimeWentBack
from ticontact.routing import Agent, Decision, Dispatcher, Explanation, Queue, RoutingRule
from ticontact.tickets import Ticket

__all__ = ["Desk"]

_PARTS: Final = frozenset({"now", "taken", "lines", "tickets", "dispatcher"})
"""What a snapshot consists of."""


class Desk:
    """One office at work. It is mutable and has one owner; see the theory of operation above.

    Args:
        department: The office.
        agents: Everybody who may sign in.
        rules: The department's own rules of routing, on top of what its queues ask for.
        explaining: Whether what is needed to explain decisions is kept.
    """

    def __init__(
        self,
        department: Department,
        *,
        agents: Iterable[Agent] = (),
        rules: Iterable[RoutingRule] = (),
        explaining: bool = True,
    ) -> None:
        self._zone = zone_named(department.zone)
        self._dispatcher = Dispatcher(
            agents=agents,
            rules=rules,
            queues=[Queue(id=queue.id, calendar=queue.calendar) for queue in department.queues.values()],
            head_start=department.head_start,
            explaining=explaining,
            zone=department.zone,
        )
        self._book = TicketBook(department.lifecycle)
        self._lines = Lines(department, self._dispatcher, self._book, explaining=explaining)
        self._taken: set[str] = set()
        self._outbox: list[Effect] = []
        self._now: int | None = None

    @property
    def tickets(self) -> Mapping[str, Ticket]:
        """The tickets by id, in the order in which they were opened. A contact's ticket has the contact's id."""
        return self._book.tickets

    def explain(self, contact: str) -> Explanation | None:
        """Why a contact waits and what would help, as everything stands now; or who was chosen when it was offered.

        Returns:
            The explanation; None of a contact that has not joined its queue, or left it without an offer. A desk that
            does not keep explanations has none of what was offered.
        """
        return self._lines.explain(contact)

    def next_deadline(self) -> pendulum.DateTime | None:
        """When to call `handle` again (with `Ticked`) if nothing happens until then; None if never."""
        end_of_drain, routing = self._lines.next_end_of_drain(), self._dispatcher.next_deadline()
        if end_of_drain is None or (routing is not None and to_epoch(routing) <= end_of_drain):
            return routing
        return from_epoch(end_of_drain, self._zone)

    def handle(self, event: DeskEvent, *, at: datetime) -> tuple[Effect, ...]:
        """Take an event.

        Args:
            event: What happened. An event with an id that was taken already changes nothing.
            at: When it happened; not before any event taken so far.

        Returns:
            What is to be done, in this order; what follows from deadlines that have passed meanwhile comes first.

        Raises:
            NaiveTime: If the instant has no zone.
            TimeWentBack: If it is before the desk's own time.
            DeskError: If the contact is not where the event says.
            ConfigurationError: If the contact arrived at an entry point that the office does not have.
            RoutingError: If the agent or the offer is unknown or stale.
        """
        instant = to_epoch(at)
        if event.id in self._taken:
            return ()
        if self._now is not None and instant < self._now:
            raise TimeWentBack(
                f"at: {at.isoformat()} is before the desk's own time, {from_epoch(self._now, self._zone).isoformat()}"
            )
        self._catch_up(instant)
        self._outbox += self._take(event, at)
        self._taken.add(event.id)
        effects, self._outbox = tuple(self._outbox), []
        return effects

    def snapshot(self) -> dict[str, Any]:
        """Everything that the desk's future depends on, as texts, numbers, lists and tables that JSON takes.

        It holds the contacts and their cases in the clear: whoever stores it must protect it. The department, the
        agents and the rules are configuration and are not in it.

        Raises:
            DeskError: If effects of deadlines still wait in the outbox; `Ticked` brings them out.
        """
        if self._outbox:
            raise DeskError("snapshot: effects wait to be carried out; allowed: after `Ticked` has brought them out")
        return {
            "schema": SCHEMA,
            "now": self._now,
            "taken": sorted(self._taken),
            "lines": self._lines.plain(),
            "tickets": self._book.snapshot(),
            "dispatcher": self._dispatcher.snapshot(),
        }

    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on from a snapshot. The desk must be fresh, and made with the arguments of the one that is gone.

        Explanations of what was decided before the snapshot are gone.

        Raises:
            DeskError: If something has happened here already, or the data are no snapshot of this department's desk.
            TicontactError: If a contact, a history or the routing in it cannot be read.
        """
        if self._now is not None:
            raise DeskError("restore: something has happened here already; allowed: a fresh desk")
        if data.get("schema") != SCHEMA or not set(data) >= _PARTS:
            raise DeskError(f"restore: no snapshot of form {SCHEMA}; allowed: what `snapshot` gave")
        lines = self._lines.readable(data["lines"])
        self._dispatcher.restore(data["dispatcher"])
        self._book.restore(data["tickets"])
        self._lines.take_in(lines)
        self._taken = set(data["taken"])
        self._now = data["now"]

    def _catch_up(self, until: int) -> None:
        """Let every deadline pass that is due, each at its own instant, the earliest first."""
        while (deadline := self.next_deadline()) is not None and (now := to_epoch(deadline)) <= until:
            self._now = now
            self._outbox += self._lines.offered(self._dispatcher.advance(at=deadline))
            self._outbox += self._lines.end_drains(at=deadline)
        self._now = until

    def _take(self, event: DeskEvent, at: datetime) -> list[Effect]:
        match event:
            case Ticked():
                return []
            case AgentSignedIn() | AgentSignedOut() | OfferDeclined():
                return self._lines.offered(self._agent_says(event, at))
            case OfferAccepted():
                return self._lines.accepted(event.offer, at)
            case ContactArrived():
                return self._lines.arrived(event, at)
            case _:
                return self._go_on(event, at)

    def _agent_says(self, event: AgentSignedIn | AgentSignedOut | OfferDeclined, at: datetime) -> Decision:
        match event:
            case AgentSignedIn():
                return self._dispatcher.sign_in(event.agent, at=at)
            case AgentSignedOut():
                return self._dispatcher.sign_out(event.agent, at=at)
            case OfferDeclined():
                return self._dispatcher.decline(event.offer, at=at)
            case _:
                assert_never(event)

    def _go_on(
        self, event: QueueJoined | HungUp | ConsultAsked | HandedOver | ContactEnded, at: datetime
    ) -> list[Effect]:
        """What happens to a contact that is at the desk already."""
        match event:
            case QueueJoined():
                return self._lines.joined(self._lines.at(event.contact, Stage.ANNOUNCEMENT), at)
            case HungUp():
                return self._lines.hung_up(
                    self._lines.at(event.contact, Stage.ANNOUNCEMENT, Stage.QUEUED, Stage.CONNECTED), at
                )
            case ConsultAsked():
                return self._lines.consult(self._lines.at(event.contact, Stage.CONNECTED), event.summary, at)
            case HandedOver():
                return self._lines.handed_over(self._lines.at(event.contact, Stage.CONNECTED), at)
            case ContactEnded():
                return self._lines.ended(self._lines.at(event.contact, Stage.CONNECTED), at)
            case _:
                assert_never(event)
