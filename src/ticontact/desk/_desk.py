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

import heapq
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, assert_never

import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.contacts import Outcome
from ticontact.departments import Department, Fallback
from ticontact.desk import _words
from ticontact.desk._effects import Announce, Connect, Effect, MakeOffer, WithdrawOffer
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
from ticontact.desk._line import Line, Stage
from ticontact.desk._snapshot import SCHEMA, line_of, plain_line
from ticontact.desk._tickets import TicketBook
from ticontact.errors import DeskError, TimeWentBack
from ticontact.routing import (
    Agent,
    Decision,
    Dispatcher,
    Explanation,
    Offer,
    Queue,
    RoutingRule,
    WorkItem,
    require,
    speak,
)
from ticontact.tickets import Ticket

__all__ = ["Desk"]

_MICROSECOND: Final = timedelta(microseconds=1)


class Desk:
    """One office at work. It is mutable and has one owner; see the theory of operation above.

    Args:
        department: The office.
        agents: Everybody who may sign in.
        rules: The department's own rules of routing, on top of what its queues ask for.
    """

    def __init__(
        self, department: Department, *, agents: Iterable[Agent] = (), rules: Iterable[RoutingRule] = ()
    ) -> None:
        self._department = department
        self._zone = zone_named(department.zone)
        self._dispatcher = Dispatcher(
            agents=agents,
            rules=rules,
            queues=[Queue(id=queue.id, calendar=queue.calendar) for queue in department.queues.values()],
            head_start=department.head_start,
            zone=department.zone,
        )
        self._welcome = _words.Welcome(department)
        self._book = TicketBook(department.lifecycle)
        self._lines: dict[str, Line] = {}
        self._decisions: dict[str, Decision] = {}
        self._let_go: list[tuple[int, str]] = []
        self._taken: set[str] = set()
        self._outbox: list[Effect] = []
        self._now: int | None = None

    @property
    def tickets(self) -> Mapping[str, Ticket]:
        """The tickets by id, in the order in which they were opened. A contact's ticket has the contact's id."""
        return self._book.tickets

    def explain(self, contact: str) -> Explanation | None:
        """Who was chosen for a contact when it was offered last, and why the others were not; None before that."""
        decision = self._decisions.get(contact)
        return None if decision is None else decision.explain(contact)

    def next_deadline(self) -> pendulum.DateTime | None:
        """When to call `handle` again (with `Ticked`) if nothing happens until then; None if never."""
        routing = self._dispatcher.next_deadline()
        known = [to_epoch(routing)] if routing is not None else []
        while self._let_go and self._lines[self._let_go[0][1]].stage is not Stage.QUEUED:
            heapq.heappop(self._let_go)
        known += [instant for instant, _ in self._let_go[:1]]
        return from_epoch(min(known), self._zone) if known else None

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
            "lines": [plain_line(line) for line in self._lines.values()],
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
        lines = self._lines_of(data)
        self._book.restore(data["tickets"])
        self._dispatcher.restore(data["dispatcher"])
        self._lines = {line.contact.id: line for line in lines}
        self._let_go = [
            (line.served_until, contact)
            for contact, line in self._lines.items()
            if line.stage is Stage.QUEUED and line.served_until is not None
        ]
        heapq.heapify(self._let_go)
        self._taken = set(data["taken"])
        self._now = data["now"]

    def _lines_of(self, data: Mapping[str, Any]) -> list[Line]:
        """The lines of a snapshot; refused where it is none of this desk's."""
        missing = {"now", "taken", "lines", "tickets", "dispatcher"} - set(data)
        if data.get("schema") != SCHEMA or missing:
            raise DeskError(f"restore: no snapshot of form {SCHEMA}; allowed: what `snapshot` gave")
        unknown = {line["queue"] for line in data["lines"]} - set(self._department.queues)
        if unknown:
            raise DeskError(
                f"restore: no queue {', '.join(sorted(unknown))}; allowed: {', '.join(self._department.queues)}"
            )
        return [line_of(line, self._department) for line in data["lines"]]

    def _catch_up(self, until: int) -> None:
        """Let every deadline pass that is due, each at its own instant, the earliest first."""
        while (deadline := self.next_deadline()) is not None and (now := to_epoch(deadline)) <= until:
            self._now = now
            self._outbox += self._offered(self._dispatcher.advance(at=deadline))
            while self._let_go and self._let_go[0][0] <= now:
                self._outbox += self._end_of_drain(self._lines[heapq.heappop(self._let_go)[1]], deadline)
        self._now = until

    def _take(self, event: DeskEvent, at: datetime) -> list[Effect]:
        match event:
            case Ticked():
                return []
            case AgentSignedIn() | AgentSignedOut() | OfferDeclined():
                return self._offered(self._agent_says(event, at))
            case OfferAccepted():
                return self._accepted(event.offer, at)
            case ContactArrived():
                return self._arrived(event, at)
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
                return self._joined(self._line(event.contact, Stage.ANNOUNCEMENT), at)
            case HungUp():
                return self._hung_up(self._line(event.contact, Stage.ANNOUNCEMENT, Stage.QUEUED, Stage.CONNECTED), at)
            case ConsultAsked():
                return self._consult(self._line(event.contact, Stage.CONNECTED), event.summary, at)
            case HandedOver():
                return self._handed_over(self._line(event.contact, Stage.CONNECTED), at)
            case ContactEnded():
                return self._ended(self._line(event.contact, Stage.CONNECTED), at)
            case _:
                assert_never(event)

    def _line(self, contact: str, *allowed: Stage) -> Line:
        line = self._lines.get(contact)
        if line is None or line.stage not in allowed:
            stage = "unknown here" if line is None else line.stage.value
            raise DeskError(f"contact {contact!r}: it is {stage}; allowed: {', '.join(each.value for each in allowed)}")
        return line

    def _arrived(self, event: ContactArrived, at: datetime) -> list[Effect]:
        contact = event.contact
        if contact.id in self._lines:
            raise DeskError(f"contact {contact.id!r}: it has arrived already; allowed: a new id")
        queue = self._department.queues[self._department.entry(event.entry).queue]
        is_open = queue.calendar.is_open(at=at)
        say = self._welcome.words(queue, contact.channel, at=at) if is_open else None
        told = Announce(
            contact=contact.id,
            text=say or _words.closed(queue, contact.channel, at=at),
            language=contact.language,
        )
        line = Line(contact=contact, queue=queue, priority=event.priority)
        self._lines[contact.id] = line
        if not contact.channel.synchronous:
            return [told, self._book.open(contact, queue=queue.id, priority=line.priority, at=at)]
        if not is_open:
            return [told, line.finish(Outcome.CLOSED)]
        closing = queue.calendar.next_closing(at=at)
        if closing is not None:
            line.served_until = to_epoch(closing) + queue.drain // _MICROSECOND
        return [told]

    def _joined(self, line: Line, at: datetime) -> list[Effect]:
        contact = line.contact
        item = WorkItem(
            id=contact.id,
            queue=line.queue.id,
            channel=contact.channel,
            requirement=require(line.queue.skill) & speak(contact.language),
            priority=line.priority,
            entered_at=at,
            language=contact.language,
            case=contact.cases[0] if contact.cases else None,
        )
        decision = self._dispatcher.arrive(item, at=at)
        line.stage, line.joined = Stage.QUEUED, to_epoch(at)
        if line.served_until is not None:  # a long announcement may end after that: then it is let go at once
            heapq.heappush(self._let_go, (max(line.served_until, to_epoch(at)), contact.id))
        return self._offered(decision)

    def _accepted(self, offer: Offer, at: datetime) -> list[Effect]:
        decision = self._dispatcher.accept(offer, at=at)
        line = self._lines[offer.item]
        if offer.purpose == "consult":
            line.official = offer.agent
            return [Connect(contact=offer.item, agent=offer.agent, joining=True), *self._offered(decision)]
        line.answer(offer.agent, at=at)
        effects: list[Effect] = [Connect(contact=offer.item, agent=offer.agent)]
        if offer.item not in self._book.tickets:
            effects.append(self._book.open(line.contact, queue=line.queue.id, priority=line.priority, at=at))
        effects.append(self._book.answer(line.contact, by=offer.agent, at=at))
        return [*effects, *self._offered(decision)]

    def _consult(self, line: Line, summary: str, at: datetime) -> list[Effect]:
        wanted = require(self._department.second_level) & speak(line.contact.language)
        carried = line.told_so_far(summary)
        decision = self._dispatcher.consult(line.contact.id, wanted, carrying=carried, at=at)
        line.carried = carried
        return self._offered(decision)

    def _handed_over(self, line: Line, at: datetime) -> list[Effect]:
        if line.carried is None:
            raise DeskError(f"contact {line.contact.id!r}: nobody was asked to join; allowed: ConsultAsked first")
        decision = self._dispatcher.hand_over(line.contact.id, at=at)
        changed = self._book.hand_over(line.contact, line.carried, by=line.agent, to=line.official, at=at)
        line.agent = line.official
        return [changed, *self._offered(decision)]

    def _ended(self, line: Line, at: datetime) -> list[Effect]:
        decision = self._dispatcher.complete(line.contact.id, at=at)
        closed = self._book.finish(line.contact, by=line.agent, at=at)
        return [*closed, line.finish(Outcome.ANSWERED), *self._offered(decision)]

    def _hung_up(self, line: Line, at: datetime) -> list[Effect]:
        if line.stage is Stage.CONNECTED:
            return self._ended(line, at)
        if line.stage is Stage.ANNOUNCEMENT:
            return [line.finish(Outcome.ABANDONED_ANNOUNCEMENT)]
        decision = self._dispatcher.cancel(line.contact.id, at=at)
        return [line.finish(Outcome.ABANDONED_LONG), *self._offered(decision)]

    def _end_of_drain(self, line: Line, at: datetime) -> list[Effect]:
        """Let go of who is still in line when the staff is; who is served by now is not concerned."""
        if line.stage is not Stage.QUEUED:
            return []
        decision = self._dispatcher.cancel(line.contact.id, at=at)
        told = Announce(contact=line.contact.id, text=_words.let_go(line.queue, at=at), language=line.contact.language)
        effects: list[Effect] = [told]
        if line.queue.fallback is Fallback.CALL_BACK:
            effects.append(self._book.open(line.contact, queue=line.queue.id, priority=line.priority, at=at))
        return [*effects, line.finish(Outcome.FALLBACK), *self._offered(decision)]

    def _offered(self, decision: Decision) -> list[Effect]:
        """The offers of a decision as effects; why they were made is kept."""
        effects: list[Effect] = [WithdrawOffer(offer=offer) for offer in (*decision.revoked, *decision.expired)]
        for offer in decision.offers:
            if offer.purpose == "contact":
                self._decisions[offer.item] = decision
            effects.append(MakeOffer(offer=offer))
        return effects
