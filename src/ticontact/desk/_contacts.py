"""Every contact at the desk: where it stands, and what a decision of the dispatcher means for it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from ticontact.contacts import HandOver, Outcome
from ticontact.departments import Department, Fallback
from ticontact.desk import _words
from ticontact.desk._effects import (
    Announce,
    Audit,
    ConsultReturned,
    Effect,
    MakeOffer,
    SetAside,
    TakenOver,
    TakenUp,
    WithdrawOffer,
)
from ticontact.desk._line import Line, Stage
from ticontact.desk._snapshot import line_of, plain_line
from ticontact.desk._tickets import TicketBook
from ticontact.errors import DeskError
from ticontact.routing import Decision, Dispatcher, Diverted, Explanation, WaitsBecause

__all__ = ["Contacts"]


class Contacts:
    """The contacts of one desk. It is mutable: the desk owns it.

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

    def explain(self, contact: str) -> Explanation | None:
        """Why a contact waits, as everything stands now; once it is offered, who was chosen and why others were not."""
        line = self._lines.get(contact)
        if line is not None and line.stage is Stage.QUEUED:
            explanation = self._dispatcher.explain(contact)
            if explanation.waits is not None and explanation.waits.because is not WaitsBecause.ON_OFFER:
                return explanation
        decision = self._decisions.get(contact)
        return None if decision is None else decision.explain(contact)

    def plain(self) -> list[dict[str, Any]]:
        """Every contact as plain data, in the order of arrival."""
        return [plain_line(line) for line in self._lines.values()]

    def restore(self, data: Iterable[Mapping[str, Any]]) -> None:
        """Fill an empty desk from plain data; its dispatcher and its tickets are there already.

        Raises:
            DeskError: If one is of a queue that the department does not have, or they tell different things.
            UnreadableRecord: If a contact cannot be read.
        """
        told = list(data)
        unknown = {line["queue"] for line in told} - set(self._department.queues)
        if unknown:
            known = ", ".join(self._department.queues)
            raise DeskError(f"restore: no queue {', '.join(sorted(unknown))}; allowed: {known}")
        self._lines.update((line.contact.id, line) for line in (line_of(each, self._department) for each in told))
        here = {name: line.agent for name, line in self._lines.items() if line.stage in {Stage.QUEUED, Stage.CONNECTED}}
        routed = {**dict.fromkeys(self._dispatcher.waiting(), ""), **self._dispatcher.in_hand()}
        contradicted = sorted({name for name, _ in here.items() ^ routed.items()})
        if contradicted:
            names = ", ".join(map(repr, contradicted))
            raise DeskError(f"restore: lines and dispatcher do not agree on {names}; allowed: what `snapshot` gave")
        untold = sorted(name for name, agent in here.items() if agent and name not in self._book.tickets)
        if untold:
            raise DeskError(f"restore: no ticket of {', '.join(map(repr, untold))}; allowed: what `snapshot` gave")

    def forget(self, *, before: int) -> tuple[str, ...]:
        """Let go of the contacts that were over before an instant, with their tickets and explanations; their ids."""
        gone = tuple(name for name, line in self._lines.items() if line.stage is Stage.FINISHED and line.ended < before)
        for name in gone:
            del self._lines[name]
            self._decisions.pop(name, None)
            self._book.forget(name)
        return gone

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

    def follow(self, decision: Decision, at: datetime) -> list[Effect]:
        """What a decision means, as effects; why offers were made is kept."""
        effects: list[Effect] = [Audit(order=order) for order in decision.ordered]
        for diverted in sorted(decision.diverted, key=_by_item):
            effects += self._diverted(diverted, at)
        for over in decision.taken_over:
            effects += self._taken_over(self._lines[over.item], over.agent, at)
        effects += [WithdrawOffer(offer=offer) for offer in (*decision.revoked, *decision.expired)]
        effects += [SetAside(contact=work.item, agent=work.agent) for work in decision.interrupted]
        for offer in decision.offers:
            if self._explaining and offer.purpose == "contact":
                self._decisions[offer.item] = decision
            carrying = self._lines[offer.item].carried if offer.purpose == "consult" else None
            effects.append(MakeOffer(offer=offer, carrying=carrying))
        effects += [ConsultReturned(contact=contact) for contact in decision.returned]
        effects += [TakenUp(contact=work.item, agent=work.agent) for work in decision.resumed]
        return effects

    def _diverted(self, diverted: Diverted, at: datetime) -> list[Effect]:
        """Let go of who has waited in vain; the fallback of the queue says what becomes of it."""
        line = self._lines[diverted.item]
        contact, effects = line.contact, list[Effect]()
        if line.is_on_the_line:
            words = _words.let_go(line.queue, diverted, at=at)
            effects.append(Announce(contact=contact.id, text=words, language=contact.language))
        if line.queue.fallback is Fallback.CALL_BACK:
            effects += self.opened(line, at)
        return [*effects, line.finish(Outcome.FALLBACK, at=at)]

    def _taken_over(self, line: Line, official: str, at: datetime) -> list[Effect]:
        """The official has the citizen now, because the operator is lost."""
        told = cast("HandOver", line.carried)  # who has joined was asked to, and told why
        changed = self._book.hand_over(line.contact, told, by=line.agent, to=official, at=at)
        line.agent = official
        return [TakenOver(contact=line.contact.id, agent=official), changed]

    def opened(self, line: Line, at: datetime) -> list[Effect]:
        """The ticket of a contact, if there is none yet."""
        if line.contact.id in self._book.tickets:
            return []
        return [self._book.open(line.contact, queue=line.queue.id, priority=line.priority, at=at)]


def _by_item(diverted: Diverted) -> str:
    return diverted.item
