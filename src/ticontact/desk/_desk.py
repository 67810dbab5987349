"""One office at work: events in, effects out.

Theory of operation. A desk joins what the rooms below it answer alone: the calendar of the queue says whether a contact
is in time, the dispatcher who takes it, the lifecycle what becomes of its ticket. It owns four collaborators:

- `Conversations`: where each contact stands (`Line`);
- `Dispatcher`: who waits for whom, and who has what in hand;
- `TicketBook`: the tickets and their histories;
- `Words`: what is said to citizens.

It owns no clock: `handle` is told the instant, brings the desk there deadline by deadline, takes the event and answers
what is to be done. `next_deadline` says when to call again if nothing happens until then.

Each event has one verb, and the table at the end of the verbs says which, and where its contact must stand. The verbs
follow each other as a call meets them. Each goes the same way:

1. look: what the event may not do is refused here, and what a lifecycle may refuse is planned (`TicketBook.finishing`
   and its like), while nothing has changed;
2. ask the dispatcher, which takes the event whole or refuses it whole;
3. write down: the line by one of its own methods, the ticket by `TicketBook.write` and its like;
4. follow: say what else the dispatcher's decision means for whom (`_follow`), as deadlines do too.

So a verb changes something in four named places: a `Line` method (or `Conversations.add`), a writing method of the
ticket book, one call of the dispatcher, and `_decisions`, which only keeps why offers were made. Whoever makes verbs
undo themselves hooks in there: the line comes from `Conversations.at` or `[...]`, so a copy of it taken there, the
length of the ticket's history, and the dispatcher's own undo are all there is. What can still fail after step 2 is in
`_follow` and in the writing that was not planned: the calendar and the words of a queue whose line is let go of, and
the lifecycle where a ticket is opened, answered or handed over.

An event that was taken already changes nothing and has no effects. An event that makes no sense raises and changes
nothing but the time. What followed from deadlines in between is not lost with it: it waits in the outbox for the next
event.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Final, Protocol, cast

import pendulum

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact._typed import UNREADABLE
from ticontact.contacts import Contact, HandOver, Outcome
from ticontact.departments import Department, Fallback, ServicePoint
from ticontact.desk._conversations import Conversations, Line, Stage
from ticontact.desk._ticket_book import TicketBook
from ticontact.desk._words import Words
from ticontact.desk.effects import (
    Announce,
    Connect,
    ConsultReturned,
    ConsultTransferred,
    CounterRecalled,
    Effect,
    Enqueued,
    OfferIssued,
    OfferRevoked,
    SupervisorActed,
    WorkResumed,
    WorkSuspended,
)
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    AgentSignedOut,
    AgentStatusChanged,
    AssignedManually,
    CallbackRequested,
    CallbackUnanswered,
    CallerLeft,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    MergedInto,
    NoShow,
    OfferAccepted,
    OfferDeclined,
    PriorityChanged,
    QueueChanged,
    QueueClosedByHand,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import ConfigurationError, DeskError, Fault, TimeWentBack
from ticontact.hours import ClosingRule
from ticontact.i18n import Language
from ticontact.routing import (
    Agent,
    AgentStatus,
    Dispatcher,
    Overflowed,
    Queue,
    Requirement,
    RoutingDecision,
    RoutingExplanation,
    RoutingRule,
    WaitingReason,
    WorkItem,
    require,
    require_language,
)
from ticontact.tickets import Ticket

__all__ = ["Desk"]

_SCHEMA: Final = 3
"""The number of a snapshot's form; it rises when an older desk could not read it."""

_PARTS: Final = frozenset({"now", "taken", "lines", "tickets", "dispatcher"})
"""What a snapshot consists of."""

_LONGEST_ANNOUNCEMENT: Final = timedelta(minutes=10)

_NO_PAUSES: Final = frozenset({AgentStatus.AVAILABLE, AgentStatus.NOT_RESPONDING, AgentStatus.OFFLINE})
_PAUSES: Final = tuple(status.name for status in AgentStatus if status not in _NO_PAUSES)


class _AboutAContact(Protocol):
    """An event about a contact that is at the desk."""

    @property
    def contact(self) -> str:
        """The contact's id."""
        ...


class Desk:
    """One office at work. It is mutable and has one owner; see the theory of operation above.

    Args:
        department: The office.
        agents: Everybody who may sign in.
        rules: The department's own rules of routing, on top of what its queues ask for.
        preempting: Whether work in hand that may be interrupted (a letter, say) is suspended for a call that finds
            nobody idle.
        explaining: Whether what is needed to explain decisions is kept.
        longest_announcement: How long a contact may be in the announcement (`announced`). If its bridge has not let it
            join its queue by then, who was on the line counts as gone, and what was written joins by itself. None for
            any time.

    Raises:
        ConfigurationError: If the longest announcement is not more than 0.
    """

    def __init__(
        self,
        department: Department,
        *,
        agents: Iterable[Agent] = (),
        rules: Iterable[RoutingRule] = (),
        preempting: bool = False,
        explaining: bool = True,
        longest_announcement: timedelta | None = _LONGEST_ANNOUNCEMENT,
    ) -> None:
        if longest_announcement is not None and longest_announcement <= timedelta(0):
            given = f"{longest_announcement} was given"
            raise ConfigurationError([Fault("longest_announcement", given, "more than 0, or none")])
        self._longest_announcement = longest_announcement
        self._zone = zone_named(department.zone)
        self._department = department
        self._words = Words(department)
        self._explaining = explaining
        self._new_dispatcher = partial(
            Dispatcher,
            agents=tuple(agents),
            rules=tuple(rules),
            queues=tuple(_queue(department, queue) for queue in department.queues.values()),
            head_start=department.head_start,
            preempting=preempting,
            explaining=explaining,
            zone=department.zone,
        )
        self._conversations = Conversations()
        # Who is in the announcement, in the order of arrival: the first one is the first whose time is over.
        self._announced: dict[str, Line] = {}
        self._dispatcher = self._new_dispatcher()
        self._book = TicketBook(department.lifecycle)
        self._decisions: dict[str, RoutingDecision] = {}
        # What work asks for is put together once for each skill and language: they are few, and it takes as long as a
        # quarter of joining.
        self._requirements: dict[tuple[str, Language], Requirement] = {}
        self._taken: dict[str, int] = {}
        self._outbox: list[Effect] = []
        self._now: int | None = None
        # Who drives a desk asks for the deadline, and so does the desk before each event: the same one, until something
        # happens.
        self._deadline: pendulum.DateTime | None = None
        self._deadline_is_known = False

    @property
    def tickets(self) -> Mapping[str, Ticket]:
        """The tickets by id, in the order in which they were opened. A contact's ticket has the contact's id."""
        return self._book.tickets

    @property
    def announced(self) -> tuple[str, ...]:
        """The ids of the contacts that have arrived and not joined their queue yet, in the order of their arrival."""
        return tuple(self._announced)

    def explain(self, contact: str) -> RoutingExplanation | None:
        """Why a contact waits and what would help, as everything stands now; or who was chosen when it was offered.

        Returns:
            The explanation; None of a contact that has not joined its queue, or left it without an offer. A desk that
            does not keep explanations has none of what was offered.
        """
        line = self._conversations.find(contact)
        if line is not None and line.stage is Stage.QUEUED:
            explanation = self._dispatcher.explain(contact)
            if explanation.waits is not None and explanation.waits.because is not WaitingReason.ON_OFFER:
                return explanation
        # While it rings, and afterwards, it is asked who was chosen.
        decision = self._decisions.get(contact)
        return None if decision is None else decision.explain(contact)

    def next_deadline(self) -> pendulum.DateTime | None:
        """When to call `handle` again (with `TimeAdvanced`) if nothing happens until then; None if never."""
        if not self._deadline_is_known:
            self._deadline = self._dispatcher.next_deadline()
            ends = self._announcement_ends()
            if ends is not None and (self._deadline is None or ends < to_epoch(self._deadline)):
                self._deadline = from_epoch(ends, self._zone)
            self._deadline_is_known = True
        return self._deadline

    def _announcement_ends(self) -> int | None:
        """When somebody has been in the announcement for too long; None if nobody ever is."""
        if self._longest_announcement is None or not self._announced:
            return None
        return next(iter(self._announced.values())).reached + microseconds(self._longest_announcement)

    # Events.

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
            DeskError: If the contact is not where the event says, or it is no event of a desk.
            ConfigurationError: If the contact arrived at an entry point that the office does not have.
            RoutingError: If the agent or the offer is unknown or stale.
        """
        instant = to_epoch(at)
        row = self._VERBS.get(type(event))
        if row is None:
            raise DeskError(
                f"event: {type(event).__name__} was given; allowed: an event of ticontact.desk.events",
                event=type(event).__name__,
                allowed=tuple(kind.__name__ for kind in self._VERBS),
            )
        if event.id in self._taken:
            return ()
        if self._now is not None and instant < self._now:
            raise TimeWentBack(
                f"at: {at.isoformat()} is before the desk's own time, {from_epoch(self._now, self._zone).isoformat()}",
                event=type(event).__name__,
            )
        self._catch_up(instant)
        verb, stages = row
        if not isinstance(event, TimeAdvanced):
            self._deadline_is_known = False
        if stages:
            line = self._conversations.at(cast("_AboutAContact", event).contact, *stages, event=type(event).__name__)
            self._outbox += verb(self, event, line, at)
        else:
            self._outbox += verb(self, event, at)
        self._taken[event.id] = instant
        effects, self._outbox = tuple(self._outbox), []
        return effects

    def _catch_up(self, until: int) -> None:
        """Let every deadline pass that is due, each at its own instant, the earliest first."""
        while (deadline := self.next_deadline()) is not None and (now := to_epoch(deadline)) <= until:
            self._now = now
            self._deadline_is_known = False
            self._outbox += self._follow(self._dispatcher.advance(at=deadline), deadline)
            while (ends := self._announcement_ends()) is not None and ends <= now:
                self._outbox += self._leave_announcement(next(iter(self._announced.values())), deadline)
        self._now = until

    def _leave_announcement(self, line: Line, at: datetime) -> list[Effect]:
        """A contact was left in the announcement: nobody is on the line any more, and what was written joins."""
        if line.is_on_the_line:
            del self._announced[line.contact.id]
            return [line.finish(Outcome.ABANDONED_ANNOUNCEMENT, at=at)]
        return [Enqueued(contact=line.contact.id), *self._join(line, at)]

    # Verbs: a contact arrives and waits.

    def _arrived(self, event: ContactArrived, at: datetime) -> list[Effect]:
        """A contact reaches the office: it is told whether somebody is there."""
        contact = event.contact
        if contact.id in self._conversations:
            raise DeskError(
                f"contact {contact.id!r}: it has arrived already; allowed: a new id",
                contact=contact.id,
                event=type(event).__name__,
                stage=self._conversations[contact.id].stage.value,
            )
        entry = self._department.entry(event.entry)
        if contact.channel != entry.channel:
            raise DeskError(
                f"contact {contact.id!r}: it is {contact.channel.name}; allowed at {entry.id!r}: {entry.channel.name}",
                contact=contact.id,
                event=type(event).__name__,
                allowed=(entry.channel.name,),
            )
        queue = self._department.queues[entry.queue]
        is_open = queue.calendar.is_open(at=at)
        say = self._words.open if is_open else self._words.closed
        words = say(queue, contact.channel, at=at)
        effects: list[Effect] = [Announce(contact=contact.id, text=words, language=contact.language)]
        line = Line(contact=contact, queue=queue, priority=event.priority, reached=to_epoch(at))
        if not contact.channel.synchronous:
            # What is written stays, whether somebody is there or not: its ticket is opened at once.
            effects.append(self._book.open(contact, queue=queue.id, priority=line.priority, at=at))
        elif not is_open:
            effects.append(line.finish(Outcome.CLOSED, at=at))
        self._conversations.add(line)
        if line.stage is Stage.ANNOUNCEMENT:
            self._announced[contact.id] = line
        return effects

    def _joined(self, _: QueueJoined, line: Line, at: datetime) -> list[Effect]:
        """A contact joins its queue."""
        return self._join(line, at)

    def _join(self, line: Line, at: datetime) -> list[Effect]:
        """Let a contact wait in line from now on."""
        contact = line.contact
        item = WorkItem(
            id=contact.id,
            queue=line.queue.id,
            channel=contact.channel,
            requirement=self._wanted(line.queue.skill, contact),
            priority=line.priority,
            entered_at=at,
            reached_at=from_epoch(line.reached, self._zone),
            language=contact.language,
            case=contact.cases[0] if contact.cases else None,
        )
        decision = self._dispatcher.arrive(item, at=at)
        line.join(at=at)
        del self._announced[contact.id]
        return self._follow(decision, at)

    def _callback_asked(self, event: CallbackRequested, line: Line, at: datetime) -> list[Effect]:
        """Who waits hangs up, and is called instead; the ticket says so, and by when it was promised."""
        contact, agreed = line.contact, event.callback
        due = agreed.due if agreed.closes is None else agreed.closes
        if not contact.channel.synchronous:
            raise DeskError(
                f"contact {contact.id!r}: nobody waits on the line of {contact.channel.name}",
                contact=contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
            )
        if due is not None and to_epoch(due) <= to_epoch(at):
            raise DeskError(
                f"contact {contact.id!r}: a call was promised by {due}; allowed: a later instant",
                contact=contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
            )
        decision = self._dispatcher.request_callback(contact.id, agreed, at=at)
        words = self._words.callback(agreed)
        effects: list[Effect] = []
        if line.is_on_the_line:  # who is called back already may agree on another time, and hears nothing
            effects.append(Announce(contact=contact.id, text=words, language=contact.language))
        line.hang_up_to_be_called()
        effects += self._opened(line, at)
        effects += self._book.withdraw_promise(contact, at=at)
        if due is not None:
            what = words.text(contact.language)
            effects.append(self._book.promise(contact, what, who=line.queue.skill, due=due, at=at))
        return [*effects, *self._follow(decision, at)]

    def _merged(self, event: MergedInto, line: Line, at: datetime) -> list[Effect]:
        """What waits, and nobody on the line for it, goes on in another contact."""
        contact, other = line.contact, self._conversations.find(event.into)
        if line.is_on_the_line:
            raise DeskError(
                f"contact {contact.id!r}: somebody waits on the line; allowed: CallerLeft",
                contact=contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
                allowed=("CallerLeft",),
            )
        if other is None or event.into not in self._book.tickets:
            raise DeskError(
                f"contact {event.into!r}: there is no ticket of it here; allowed: a contact with a ticket",
                contact=event.into,
                event=type(event).__name__,
                stage="" if other is None else other.stage.value,
            )
        planned = self._book.merging(contact, other.contact, by=other.agent, at=at)
        decision = self._dispatcher.cancel(contact.id, at=at)
        return [*self._book.write(planned), line.finish(Outcome.MERGED, at=at), *self._follow(decision, at)]

    def _wanted(self, skill: str, contact: Contact) -> Requirement:
        """What an agent must be able to do: the skill, in the contact's language."""
        key = skill, contact.language
        wanted = self._requirements.get(key)
        if wanted is None:
            wanted = self._requirements[key] = require(skill) & require_language(contact.language)
        return wanted

    # Verbs: an agent takes it or not.

    def _accepted(self, event: OfferAccepted, at: datetime) -> list[Effect]:
        """An agent takes a contact, or joins a colleague."""
        offer = event.offer
        decision = self._dispatcher.accept(offer, at=at)
        line = self._conversations[offer.item]
        if offer.purpose == "consult":
            line.be_joined_by(offer.agent)
            return [Connect(contact=offer.item, agent=offer.agent, joining=True), *self._follow(decision, at)]
        line.answer(offer.agent, at=at)
        effects: list[Effect] = [Connect(contact=offer.item, agent=offer.agent), *self._opened(line, at)]
        if not line.is_called_back:  # nobody knows yet whether the citizen answers
            effects.append(self._book.answer(line.contact, by=offer.agent, at=at))
        return [*effects, *self._follow(decision, at)]

    def _declined(self, event: OfferDeclined, at: datetime) -> list[Effect]:
        """An agent does not take what was offered."""
        return self._follow(self._dispatcher.decline(event.offer, at=at), at)

    # Verbs: in conversation, with a colleague, and the end.

    def _consult_asked(self, event: ConsultRequested, line: Line, at: datetime) -> list[Effect]:
        """The operator asks the second level to join."""
        if not self._department.second_level:
            raise DeskError(
                f"contact {line.contact.id!r}: this office has no second level; allowed: to go on alone",
                contact=line.contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
            )
        wanted = self._wanted(self._department.second_level, line.contact)
        carried = line.told_so_far(event.summary)
        decision = self._dispatcher.consult(line.contact.id, wanted, carrying=carried, at=at)
        line.ask(carried)
        return self._follow(decision, at)

    def _handed_over(self, event: ConsultCompleted, line: Line, at: datetime) -> list[Effect]:
        """The official takes over."""
        if line.carried is None:
            raise DeskError(
                f"contact {line.contact.id!r}: nobody was asked to join; allowed: ConsultRequested first",
                contact=line.contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
                allowed=("ConsultRequested",),
            )
        decision = self._dispatcher.hand_over(line.contact.id, at=at)
        changed = self._book.hand_over(line.contact, line.carried, by=line.agent, to=line.official, at=at)
        line.go_over_to(line.official)
        return [changed, *self._follow(decision, at)]

    def _ended(self, _: ContactEnded | CallerLeft, line: Line, at: datetime) -> list[Effect]:
        """The conversation is over, or the answer is sent."""
        planned = self._book.finishing(line.contact, by=line.agent, at=at, called_back=line.is_called_back)
        decision = self._dispatcher.complete(line.contact.id, at=at)
        outcome = Outcome.CALLED_BACK if line.is_called_back else Outcome.ANSWERED
        return [*self._book.write(planned), line.finish(outcome, at=at), *self._follow(decision, at)]

    def _hung_up(self, event: CallerLeft, line: Line, at: datetime) -> list[Effect]:
        """The citizen is gone, wherever the contact was."""
        if not line.contact.channel.synchronous:
            raise DeskError(
                f"contact {line.contact.id!r}: nobody is on the line of {line.contact.channel.name};"
                " allowed: ContactEnded, once it is answered",
                contact=line.contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
                allowed=("ContactEnded",),
            )
        if line.stage is Stage.CONNECTED:
            return self._ended(event, line, at)
        if line.stage is Stage.ANNOUNCEMENT:
            del self._announced[line.contact.id]
            return [line.finish(Outcome.ABANDONED_ANNOUNCEMENT, at=at)]
        if line.is_called_back:
            return []  # who is called back hangs up, and keeps what was agreed
        decision = self._dispatcher.cancel(line.contact.id, at=at)
        return [line.finish(Outcome.ABANDONED_LONG, at=at), *self._follow(decision, at)]

    def _not_reached(self, event: CallbackUnanswered, line: Line, at: datetime) -> list[Effect]:
        """The office has called, and nobody has answered: later again, or not any more."""
        contact = line.contact
        if not line.is_called_back:
            raise DeskError(
                f"contact {contact.id!r}: the citizen has called; allowed: who is called back",
                contact=contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
            )
        outcome = Outcome.NOT_REACHED if self._dispatcher.is_last_call(contact.id) else None
        planned = self._book.called_in_vain(contact, by=line.agent, at=at, outcome=outcome)
        decision = self._dispatcher.callback_unanswered(contact.id, at=at)
        return [*self._book.write(planned), *self._called_in_vain(line, decision, at)]

    def _did_not_come(self, event: NoShow, line: Line, at: datetime) -> list[Effect]:
        """Who was called to the counter has not come: once more, back to the line, or not any more."""
        contact = line.contact
        if contact.channel.name != "counter":
            raise DeskError(
                f"contact {contact.id!r}: it is {contact.channel.name}; allowed: counter",
                contact=contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
                allowed=("counter",),
            )
        if line.is_called_back:
            raise DeskError(
                f"contact {contact.id!r}: the office calls back; allowed: CallbackUnanswered",
                contact=contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
                allowed=("CallbackUnanswered",),
            )
        is_last = self._dispatcher.is_last_call(contact.id)
        planned = self._book.giving_up(contact, Outcome.NO_SHOW, by=line.agent, at=at) if is_last else ()
        decision = self._dispatcher.no_show(contact.id, at=at)
        if contact.id in decision.called_again:
            return [CounterRecalled(contact=contact.id, agent=line.agent), *self._follow(decision, at)]
        return [*self._book.write(planned), *self._called_in_vain(line, decision, at)]

    def _called_in_vain(self, line: Line, decision: RoutingDecision, at: datetime) -> list[Effect]:
        for closed in decision.closed:
            return [line.finish(closed.reason.outcome, at=at), *self._follow(decision, at)]
        return [line.wait_again(), *self._follow(decision, at)]

    # Verbs: agents come, pause, go, or are lost in the middle of a conversation.

    def _signed_in(self, event: AgentSignedIn, at: datetime) -> list[Effect]:
        """An agent takes work from now on."""
        return self._follow(self._dispatcher.sign_in(event.agent, at=at), at)

    def _paused(self, event: AgentStatusChanged, at: datetime) -> list[Effect]:
        """An agent is there and takes no work for a while."""
        if event.because in _NO_PAUSES:
            raise DeskError(
                f"agent {event.agent!r}: {event.because.name} is no pause; allowed: {', '.join(_PAUSES)}",
                event=type(event).__name__,
                allowed=_PAUSES,
            )
        return self._follow(self._dispatcher.set_status(event.agent, event.because, at=at), at)

    def _signed_out(self, event: AgentSignedOut, at: datetime) -> list[Effect]:
        """An agent takes no more work."""
        return self._follow(self._dispatcher.sign_out(event.agent, at=at), at)

    def _lost(self, event: AgentDisconnected, at: datetime) -> list[Effect]:
        """An agent's line drops: whoever was on it is back in line, or an official's who had joined."""
        in_hand = self._in_hand(event.agent)
        decision = self._dispatcher.disconnect(event.agent, at=at)
        consult_transfers = {over.item for over in decision.consult_transfers}
        back: list[Effect] = [line.wait_again() for line in in_hand if line.contact.id not in consult_transfers]
        return [*back, *self._follow(decision, at)]

    def _in_hand(self, agent: str) -> list[Line]:
        """The contacts that an agent talks to, or works at."""
        held = [
            self._conversations.find(assignment.item) for assignment in self._dispatcher.agent_state(agent).assignments
        ]
        # What is only written up is over, and may be forgotten already.
        return [line for line in held if line is not None and line.stage is Stage.CONNECTED and line.agent == agent]

    # Verbs: what a supervisor orders. Each order says by whom and why, and leaves an effect for the audit trail.

    def _prioritised(self, event: PriorityChanged, line: Line, at: datetime) -> list[Effect]:
        """A contact in line gets another priority, and its ticket too."""
        contact, by, because = line.contact, event.by, event.because
        decision = self._dispatcher.change_priority(contact.id, event.priority, by=by, because=because, at=at)
        line.prioritise(event.priority)
        changed = self._book.prioritise(contact, event.priority, by=by, because=because, at=at)
        return [*changed, *self._follow(decision, at)]

    def _moved(self, event: QueueChanged, line: Line, at: datetime) -> list[Effect]:
        """A contact in line waits in another queue, at the place of its entry."""
        contact, queue = line.contact, self._queue(event, line)
        if contact.channel.synchronous and not _takes_live(self._department, queue.id):
            raise DeskError(
                f"contact {contact.id!r}: nobody can wait on the line of {queue.id!r}",
                contact=contact.id,
                event=type(event).__name__,
                stage=line.stage.value,
            )
        wanted = self._wanted(queue.skill, contact)
        decision = self._dispatcher.change_queue(
            contact.id, queue.id, by=event.by, because=event.because, at=at, requirement=wanted
        )
        line.move(queue)
        changed = self._book.move(contact, queue.id, by=event.by, at=at)
        return [*changed, *self._follow(decision, at)]

    def _given(self, event: AssignedManually, line: Line, at: datetime) -> list[Effect]:
        """A contact in line is offered to one agent."""
        decision = self._dispatcher.assign(line.contact.id, event.agent, by=event.by, because=event.because, at=at)
        return self._follow(decision, at)

    def _closed_now(self, event: QueueClosedByHand, at: datetime) -> list[Effect]:
        """Whoever waits on the line of a queue is let go at once."""
        queue = self._queue(event)
        if not _takes_live(self._department, queue.id):
            raise DeskError(
                f"queue {queue.id!r}: what is written stays; allowed: a queue of live contacts",
                event=type(event).__name__,
            )
        decision = self._dispatcher.close_queue(queue.id, by=event.by, because=event.because, at=at)
        return self._follow(decision, at)

    def _queue(self, event: QueueChanged | QueueClosedByHand, line: Line | None = None) -> ServicePoint:
        queues, name = self._department.queues, event.queue
        if name not in queues:
            raise DeskError(
                f"queue {name!r}: it is unknown here; allowed: {', '.join(queues)}",
                contact="" if line is None else line.contact.id,
                stage="" if line is None else line.stage.value,
                event=type(event).__name__,
                allowed=tuple(queues),
            )
        return queues[name]

    # Verbs: time has passed.

    def _ticked(self, _: TimeAdvanced, __: datetime) -> list[Effect]:
        """Nothing follows but what deadlines have brought about."""
        return []

    _VERBS: ClassVar[Mapping[type[DeskEvent], tuple[Callable[..., list[Effect]], tuple[Stage, ...]]]] = {
        ContactArrived: (_arrived, ()),
        QueueJoined: (_joined, (Stage.ANNOUNCEMENT,)),
        CallbackRequested: (_callback_asked, (Stage.QUEUED,)),
        MergedInto: (_merged, (Stage.QUEUED,)),
        OfferAccepted: (_accepted, ()),
        OfferDeclined: (_declined, ()),
        ConsultRequested: (_consult_asked, (Stage.CONNECTED,)),
        ConsultCompleted: (_handed_over, (Stage.CONNECTED,)),
        ContactEnded: (_ended, (Stage.CONNECTED,)),
        CallerLeft: (_hung_up, (Stage.ANNOUNCEMENT, Stage.QUEUED, Stage.CONNECTED)),
        CallbackUnanswered: (_not_reached, (Stage.CONNECTED,)),
        NoShow: (_did_not_come, (Stage.CONNECTED,)),
        AgentSignedIn: (_signed_in, ()),
        AgentStatusChanged: (_paused, ()),
        AgentSignedOut: (_signed_out, ()),
        AgentDisconnected: (_lost, ()),
        PriorityChanged: (_prioritised, (Stage.QUEUED,)),
        QueueChanged: (_moved, (Stage.QUEUED,)),
        AssignedManually: (_given, (Stage.QUEUED,)),
        QueueClosedByHand: (_closed_now, ()),
        TimeAdvanced: (_ticked, ()),
    }
    """Which verb takes which event, and where its contact must stand; no stages where it is about none that is here.

    A verb is called with the event, the contact's line where there are stages, and the instant.
    """

    # What a decision of the dispatcher means.

    def _follow(self, decision: RoutingDecision, at: datetime) -> list[Effect]:
        """What a decision means, as effects; why offers were made is kept.

        The order is the one in which it is carried out: first who is let go of or changes hands, then which offers are
        taken back, and new ones last, so that no agent is rung for two things at once.
        """
        effects: list[Effect] = [SupervisorActed(order=order) for order in decision.supervisor_actions]
        for overflowed in sorted(decision.overflowed, key=_by_item):
            effects += self._let_go(overflowed, at)
        for over in decision.consult_transfers:
            effects += self._taken_over(self._conversations[over.item], over.agent, at)
        effects += [OfferRevoked(offer=offer) for offer in (*decision.revoked, *decision.expired)]
        effects += [WorkSuspended(contact=work.item, agent=work.agent) for work in decision.suspended]
        for offer in decision.offers:
            if self._explaining and offer.purpose == "contact":
                self._decisions[offer.item] = decision
            carrying = self._conversations[offer.item].carried if offer.purpose == "consult" else None
            effects.append(OfferIssued(offer=offer, carrying=carrying))
        effects += [ConsultReturned(contact=contact) for contact in decision.returned]
        effects += [WorkResumed(contact=work.item, agent=work.agent) for work in decision.resumed]
        return effects

    def _let_go(self, overflowed: Overflowed, at: datetime) -> list[Effect]:
        """Let go of who has waited in vain; the fallback of the queue says what becomes of it."""
        line = self._conversations[overflowed.item]
        contact, effects = line.contact, list[Effect]()
        if line.is_on_the_line:
            words = self._words.let_go(line.queue, overflowed.because, at=at)
            effects.append(Announce(contact=contact.id, text=words, language=contact.language))
        if line.queue.fallback is Fallback.CALLBACK:
            effects += self._opened(line, at)
        return [*effects, line.finish(Outcome.FALLBACK, at=at)]

    def _taken_over(self, line: Line, official: str, at: datetime) -> list[Effect]:
        """The official has the citizen now, because the operator is lost."""
        told = cast("HandOver", line.carried)  # who has joined was asked to, and told why
        changed = self._book.hand_over(line.contact, told, by=line.agent, to=official, at=at)
        line.go_over_to(official)
        return [ConsultTransferred(contact=line.contact.id, agent=official), changed]

    def _opened(self, line: Line, at: datetime) -> list[Effect]:
        """The ticket of a contact, if there is none yet."""
        if line.contact.id in self._book.tickets:
            return []
        return [self._book.open(line.contact, queue=line.queue.id, priority=line.priority, at=at)]

    # Keeping small, and going on after a restart.

    def forget(self, *, before: datetime) -> tuple[str, ...]:
        """Let go of what was over before an instant, so that the desk and its snapshot stay as small as a day.

        A contact that was over goes with its ticket, open or closed, and with its explanation. Whoever drives the desk
        has had every event of the ticket (`TicketChanged`), and goes on with what is open by the same lifecycle. What
        is still at the desk stays, however old it is.

        The ids of events taken before the instant go too. If such an event is told once more, it is refused like any
        event about a contact that is not here; but an arrival would count as a new one. So choose an instant before
        which no bridge repeats itself.

        Args:
            before: The instant; any aware datetime.

        Returns:
            The ids of the contacts that are gone, in the order in which they had arrived.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        until = to_epoch(before)
        self._taken = {name: taken for name, taken in self._taken.items() if taken >= until}
        gone = self._conversations.forget(before=until)
        for contact in gone:
            self._decisions.pop(contact, None)
            self._book.forget(contact)
        return gone

    def snapshot(self) -> dict[str, Any]:
        """Everything that the desk's future depends on, as texts, numbers, lists and tables that JSON takes.

        It holds the contacts and their cases in the clear: whoever stores it must protect it. The department, the
        agents and the rules are configuration and are not in it.

        Raises:
            DeskError: If effects of deadlines still wait in the outbox; `TimeAdvanced` brings them out.
        """
        if self._outbox:
            raise DeskError(
                "snapshot: effects wait to be carried out; allowed: after `TimeAdvanced` has brought them out",
                allowed=("TimeAdvanced",),
            )
        return {
            "schema": _SCHEMA,
            "now": self._now,
            "taken": dict(sorted(self._taken.items())),
            "lines": self._conversations.plain(),
            "tickets": self._book.snapshot(),
            "dispatcher": self._dispatcher.snapshot(),
        }

    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on from a snapshot. The desk must be fresh, and made with the arguments of the one that is gone.

        Explanations of what was decided before the snapshot are gone.

        Raises:
            DeskError: If something has happened here already, or the data are no snapshot of this department's desk.
            TicontactError: If a contact, a history or the routing in it cannot be read. The desk is still fresh then.
        """
        if self._now is not None:
            raise DeskError("restore: something has happened here already; allowed: a fresh desk")
        try:
            if data.get("schema") != _SCHEMA or not set(data) >= _PARTS:
                raise DeskError(f"restore: no snapshot of form {_SCHEMA}; allowed: what `snapshot` gave")
            self._take_in(data)
        except UNREADABLE as failed:
            fault = type(failed).__name__
        else:
            return
        raise DeskError(f"restore: it cannot be read: {fault}; allowed: what `snapshot` gave")

    def _take_in(self, told: Mapping[str, Any]) -> None:
        """Read all of a snapshot, hold its parts against each other, and only then go on from it."""
        dispatcher, book = self._new_dispatcher(), TicketBook(self._department.lifecycle)
        dispatcher.restore(told["dispatcher"])
        book.restore(told["tickets"])
        conversations = Conversations.of(told["lines"], self._department)
        conversations.hold_against(dispatcher.waiting(), dispatcher.in_hand(), book.tickets)
        taken = {str(name): to_epoch(from_epoch(instant, self._zone)) for name, instant in told["taken"].items()}
        now = None if told["now"] is None else to_epoch(from_epoch(told["now"], self._zone))
        self._dispatcher, self._book, self._conversations = dispatcher, book, conversations
        self._announced = conversations.announced
        self._taken, self._now, self._deadline_is_known = taken, now, False


def _queue(department: Department, queue: ServicePoint) -> Queue:
    """A queue as the dispatcher wants to know it.

    A queue that live contacts reach lets go of them when its drain ends. One that is only written to has nothing to
    let go of: what waits there stays, even if everybody has declined it.
    """
    if not _takes_live(department, queue.id):
        return Queue(id=queue.id, calendar=queue.calendar)
    closing = ClosingRule(drain=queue.drain)
    return Queue(id=queue.id, calendar=queue.calendar, closing=closing, fallback=queue.fallback.value)


def _takes_live(department: Department, queue: str) -> bool:
    """Whether live contacts reach a queue."""
    return any(entry.channel.synchronous for entry in department.entries.values() if entry.queue == queue)


def _by_item(overflowed: Overflowed) -> str:
    return overflowed.item
