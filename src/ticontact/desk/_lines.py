"""Every contact at the desk: where it stands, and what happens to it next."""

import heapq
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ticontact._time import to_epoch
from ticontact.contacts import Outcome
from ticontact.departments import Department, Fallback
from ticontact.desk import _words
from ticontact.desk._effects import Announce, Connect, ConsultReturned, Effect, MakeOffer, WithdrawOffer
from ticontact.desk._events import ContactArrived
from ticontact.desk._line import Line, Stage
from ticontact.desk._snapshot import line_of, plain_line
from ticontact.desk._tickets import TicketBook
from ticontact.errors import DeskError
from ticontact.hours import ClosingRule
from ticontact.routing import Decision, Dispatcher, Explanation, Offer, WaitsBecause, WorkItem, require, speak

__all__ = ["Lines"]


class Lines:
    """The contacts of one desk. It is mutable: the desk owns it.

    Every method checks first, then asks the dispatcher, which refuses what cannot be, and only then changes anything.

    Args:
        department: The office.
        dispatcher: Who decides who takes what.
        book: Where the tickets are kept.
        explaining: Whether decisions are kept.
    """

    def __init__(self, department: Department, dispatcher: Dispatcher, book: TicketBook, *, explaining: bool) -> None:
        self._department = department
        self._dispatcher = dispatcher
        self._book = book
        self._explaining = explaining
        self._welcome = _words.Welcome(department)
        self._lines: dict[str, Line] = {}
        self._decisions: dict[str, Decision] = {}
        self._ends_of_drain: list[tuple[int, str]] = []

    def explain(self, contact: str) -> Explanation | None:
        """Why a contact waits, as everything stands now; once it is offered, who was chosen and why others were not."""
        line = self._lines.get(contact)
        if line is not None and line.stage is Stage.QUEUED:
            explanation = self._dispatcher.explain(contact)
            if explanation.waits is not None and explanation.waits.because is not WaitsBecause.ON_OFFER:
                return explanation
        decision = self._decisions.get(contact)
        return None if decision is None else decision.explain(contact)

    def next_end_of_drain(self) -> int | None:
        """When the next of those in line is let go, in microseconds since the epoch; None if nobody will be."""
        while self._ends_of_drain and self._lines[self._ends_of_drain[0][1]].stage is not Stage.QUEUED:
            heapq.heappop(self._ends_of_drain)
        return self._ends_of_drain[0][0] if self._ends_of_drain else None

    def end_drains(self, *, at: datetime) -> list[Effect]:
        """Let go of all whose time in line is over."""
        effects: list[Effect] = []
        while (end := self.next_end_of_drain()) is not None and end <= to_epoch(at):
            effects += self._let_go_of(self._lines[heapq.heappop(self._ends_of_drain)[1]], at)
        return effects

    def plain(self) -> list[dict[str, Any]]:
        """Every contact as plain data, in the order of arrival."""
        return [plain_line(line) for line in self._lines.values()]

    def readable(self, data: Iterable[Mapping[str, Any]]) -> list[Line]:
        """The lines of plain data, not yet taken in.

        Raises:
            DeskError: If one is of a queue that the department does not have.
            UnreadableRecord: If a contact cannot be read.
        """
        told = list(data)
        unknown = {line["queue"] for line in told} - set(self._department.queues)
        if unknown:
            known = ", ".join(self._department.queues)
            raise DeskError(f"restore: no queue {', '.join(sorted(unknown))}; allowed: {known}")
        return [line_of(line, self._department) for line in told]

    def take_in(self, lines: Iterable[Line]) -> None:
        """Fill an empty desk with what stood there."""
        for line in lines:
            self._lines[line.contact.id] = line
            self._wait_for_end_of_drain(line)

    def at(self, contact: str, *allowed: Stage) -> Line:
        """The line of a contact that is in one of some stages.

        Raises:
            DeskError: If it is elsewhere, or unknown.
        """
        line = self._lines.get(contact)
        if line is None or line.stage not in allowed:
            stage = "unknown here" if line is None else line.stage.value
            raise DeskError(f"contact {contact!r}: it is {stage}; allowed: {', '.join(each.value for each in allowed)}")
        return line

    def arrived(self, event: ContactArrived, at: datetime) -> list[Effect]:
        """A contact reaches the office: it is told whether somebody is there."""
        contact = event.contact
        if contact.id in self._lines:
            raise DeskError(f"contact {contact.id!r}: it has arrived already; allowed: a new id")
        entry = self._department.entry(event.entry)
        if contact.channel != entry.channel:
            raise DeskError(
                f"contact {contact.id!r}: it is {contact.channel.name}; allowed at {entry.id!r}: {entry.channel.name}"
            )
        queue = self._department.queue_of(event.entry)
        is_open = queue.calendar.is_open(at=at)
        say = self._welcome.words(queue, contact.channel, at=at) if is_open else None
        told = Announce(
            contact=contact.id,
            text=say or _words.closed(queue, contact.channel, at=at),
            language=contact.language,
        )
        line = Line(contact=contact, queue=queue, priority=event.priority)
        if not contact.channel.synchronous:
            opened = self._book.open(contact, queue=queue.id, priority=line.priority, at=at)
            self._lines[contact.id] = line
            return [told, opened]
        self._lines[contact.id] = line
        if not is_open:
            return [told, line.finish(Outcome.CLOSED)]
        closing = ClosingRule(drain=queue.drain).next(queue.calendar, at=at)
        line.served_until = None if closing is None else to_epoch(closing.drain_until)
        return [told]

    def joined(self, line: Line, at: datetime) -> list[Effect]:
        """A contact joins its queue."""
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
        self._wait_for_end_of_drain(line)
        return self.offered(decision)

    def accepted(self, offer: Offer, at: datetime) -> list[Effect]:
        """An agent takes a contact, or joins a colleague."""
        decision = self._dispatcher.accept(offer, at=at)
        line = self._lines[offer.item]
        if offer.purpose == "consult":
            line.official = offer.agent
            return [Connect(contact=offer.item, agent=offer.agent, joining=True), *self.offered(decision)]
        line.answer(offer.agent, at=at)
        effects: list[Effect] = [Connect(contact=offer.item, agent=offer.agent)]
        if offer.item not in self._book.tickets:
            effects.append(self._book.open(line.contact, queue=line.queue.id, priority=line.priority, at=at))
        effects.append(self._book.answer(line.contact, by=offer.agent, at=at))
        return [*effects, *self.offered(decision)]

    def consult(self, line: Line, summary: str, at: datetime) -> list[Effect]:
        """The operator asks the second level to join."""
        if not self._department.second_level:
            raise DeskError(f"contact {line.contact.id!r}: this office has no second level; allowed: to go on alone")
        wanted = require(self._department.second_level) & speak(line.contact.language)
        carried = line.told_so_far(summary)
        decision = self._dispatcher.consult(line.contact.id, wanted, carrying=carried, at=at)
        line.carried = carried
        return self.offered(decision)

    def handed_over(self, line: Line, at: datetime) -> list[Effect]:
        """The official takes over."""
        if line.carried is None:
            raise DeskError(f"contact {line.contact.id!r}: nobody was asked to join; allowed: ConsultAsked first")
        decision = self._dispatcher.hand_over(line.contact.id, at=at)
        changed = self._book.hand_over(line.contact, line.carried, by=line.agent, to=line.official, at=at)
        line.agent = line.official
        return [changed, *self.offered(decision)]

    def ended(self, line: Line, at: datetime) -> list[Effect]:
        """The conversation is over, or the answer is sent."""
        decision = self._dispatcher.complete(line.contact.id, at=at)
        closed = self._book.finish(line.contact, by=line.agent, at=at)
        return [*closed, line.finish(Outcome.ANSWERED), *self.offered(decision)]

    def hung_up(self, line: Line, at: datetime) -> list[Effect]:
        """The citizen is gone."""
        if line.stage is Stage.CONNECTED:
            return self.ended(line, at)
        if line.stage is Stage.ANNOUNCEMENT:
            return [line.finish(Outcome.ABANDONED_ANNOUNCEMENT)]
        decision = self._dispatcher.cancel(line.contact.id, at=at)
        return [line.finish(Outcome.ABANDONED_LONG), *self.offered(decision)]

    def offered(self, decision: Decision) -> list[Effect]:
        """The offers of a decision as effects; why they were made is kept."""
        effects: list[Effect] = [WithdrawOffer(offer=offer) for offer in (*decision.revoked, *decision.expired)]
        for offer in decision.offers:
            if self._explaining and offer.purpose == "contact":
                self._decisions[offer.item] = decision
            effects.append(MakeOffer(offer=offer))
        effects += [ConsultReturned(contact=contact) for contact in decision.returned]
        return effects

    def _let_go_of(self, line: Line, at: datetime) -> list[Effect]:
        """Let go of who is still in line when the staff is."""
        decision = self._dispatcher.cancel(line.contact.id, at=at)
        told = Announce(contact=line.contact.id, text=_words.let_go(line.queue, at=at), language=line.contact.language)
        effects: list[Effect] = [told]
        if line.queue.fallback is Fallback.CALL_BACK:
            effects.append(self._book.open(line.contact, queue=line.queue.id, priority=line.priority, at=at))
        return [*effects, line.finish(Outcome.FALLBACK), *self.offered(decision)]

    def _wait_for_end_of_drain(self, line: Line) -> None:
        if line.stage is Stage.QUEUED and line.served_until is not None:
            # A long announcement may end after that: then the contact is let go as soon as it joins.
            heapq.heappush(self._ends_of_drain, (max(line.served_until, line.joined), line.contact.id))
