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
follow each other as a call meets them. Each looks whether the event makes sense, asks the dispatcher, writes down what
has become of the line and of the ticket, and says what else the dispatcher's decision means for whom (`_follow`), as
deadlines do too.

*An event is a transaction*, with the deadlines that were due before it. The dispatcher, the lines, the tickets and the
desk's own few fields are taken back together if anything raises (`_take_back`): the dispatcher by its own transaction,
around which this one is built; the lines and the tickets by what they have kept of before. So an event that makes no
sense changes nothing, no clock moves, and a deadline that was due stays due. All that is the caller's fault is refused
like that.

What is the department's fault is not: a rule, a strategy and a calendar are looked after by the dispatcher, a lifecycle
by the ticket book, and texts and the hours of an arrival here (`_say`, `_look_whether_open`). Each gives way to
something that cannot fail, and that is told (`PartFailed`).

*Time.* The desk's clock is its owner's (`at`), and never goes back. When something happened by the clock of the
exchange is `happened_at`, which is brought between what is known already and now (`_when`). What ends something is
taken even if its `at` is late: it happened, and whoever holds on to it holds an agent.

*Repeats.* An event that was taken already changes nothing and answers the effects of the first time, while they are
known; by its id and its content, so that a bridge that counts from one again is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, Final, Protocol, cast

import pendulum

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact._typed import UNREADABLE, built
from ticontact.contacts import Contact, HandOver, Outcome
from ticontact.departments import Department, Fallback, ServicePoint
from ticontact.desk._conversations import Conversations, Line, Stage
from ticontact.desk._taken import Taken
from ticontact.desk._ticket_book import TicketBook, Written
from ticontact.desk._words import Words
from ticontact.desk.effects import (
    Announce,
    ClockSkew,
    Connect,
    ConsultReturned,
    ConsultTransferred,
    CounterRecalled,
    Effect,
    Enqueued,
    FailedPart,
    OfferIssued,
    OfferRevoked,
    PartFailed,
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
from ticontact.i18n import Language, Text
from ticontact.routing import (
    Agent,
    AgentStatus,
    Difference,
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

_SCHEMA: Final = 4
"""The number of a snapshot's form; it rises when an older desk could not read it."""

_NONE: Final[Mapping[str, str]] = MappingProxyType({})

_PARTS: Final = frozenset({"now", "taken", "lines", "tickets", "dispatcher"})
"""What a snapshot consists of."""

_LONGEST_ANNOUNCEMENT: Final = timedelta(minutes=10)

_NO_PAUSES: Final = frozenset({AgentStatus.AVAILABLE, AgentStatus.NOT_RESPONDING, AgentStatus.OFFLINE})
_PAUSES: Final = tuple(status.name for status in AgentStatus if status not in _NO_PAUSES)


_ENDS_SOMETHING: Final = frozenset(
    {
        AgentDisconnected,
        AgentSignedOut,
        CallbackUnanswered,
        CallerLeft,
        ContactEnded,
        NoShow,
        OfferDeclined,
    }
)
"""What is never refused because it is told late: refused, it would leave somebody who is gone holding on."""

_Row = tuple[Callable[..., list[Effect]], tuple[Stage, ...]]
"""A verb of the desk, and where its contact must stand."""


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
        ring_for: How long an offer stands; None for as long as it takes.
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
        ring_for: timedelta | None = None,
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
            ring_for=ring_for,
            zone=department.zone,
        )
        self._conversations = Conversations()
        # Who is in the announcement, in the order of arrival: the first one is the first whose time is over.
        self._announced: dict[str, Line] = {}
        self._dispatcher = self._new_dispatcher()
        self._book = TicketBook(department.lifecycle, self._lifecycle_failed)
        self._decisions: dict[str, RoutingDecision] = {}
        # What work asks for is put together once for each skill and language: they are few, and it takes as long as a
        # quarter of joining.
        self._requirements: dict[tuple[str, Language], Requirement] = {}
        self._taken: dict[str, Taken] = {}
        # What was told on the way while an event is taken, and comes first in what follows from it.
        self._told: list[Effect] = []
        # When the present event happened, as it was told; None for when it is told.
        self._happened: datetime | None = None
        # A token that one event has at a time; taking it out of a list is one step, even for several threads.
        self._turn = [None]
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
        if decision is not None:
            return decision.explain(contact)
        if line is None or line.stage not in {Stage.QUEUED, Stage.CONNECTED}:
            return None
        return self._dispatcher.explain_choice(contact)  # of before a restart

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
        instant, kind = to_epoch(at), type(event)
        row = self._VERBS.get(kind)
        if row is None:
            raise DeskError(
                f"event: {kind.__name__} was given; allowed: an event of ticontact.desk.events",
                event=kind.__name__,
                allowed=tuple(each.__name__ for each in self._VERBS),
            )
        with self._one_at_a_time(kind.__name__):
            taken = self._taken.get(event.id)
            if taken is not None:
                return taken.again(event)
            self._happened = event.happened_at
            if self._now is not None and instant < self._now:
                now = from_epoch(self._now, self._zone)
                if kind not in _ENDS_SOMETHING:
                    raise TimeWentBack(
                        f"at: {at.isoformat()} is before the desk's own time, {now.isoformat()}", event=kind.__name__
                    )
                self._happened = at if self._happened is None else self._happened
                at, instant = now, self._now
            with self._dispatcher.transaction() as transaction:
                transaction.on_undo(self._take_back, self._now, self._deadline, self._deadline_is_known)
                self._undo = transaction.on_undo
                effects = self._numbered(event, [*self._catch_up(instant), *self._take(event, row, at)])
                self._taken[event.id] = Taken(instant, _contact_of(event), event=event, effects=effects)
            self._conversations.keep()
            self._book.keep()
            return effects

    def _take(self, event: DeskEvent, row: _Row, at: datetime) -> list[Effect]:
        """Let an event happen, after all that was due before it."""
        verb, stages = row
        if not isinstance(event, TimeAdvanced):
            self._deadline_is_known = False
        if stages:
            line = self._conversations.at(cast("_AboutAContact", event).contact, *stages, event=type(event).__name__)
            return self._at(at, verb(self, event, line, at))
        return self._at(at, verb(self, event, at))

    def _catch_up(self, until: int) -> list[Effect]:
        """Let every deadline pass that is due, each at its own instant, the earliest first."""
        effects: list[Effect] = []
        while (deadline := self.next_deadline()) is not None and (now := to_epoch(deadline)) <= until:
            self._now = now
            self._deadline_is_known = False
            effects += self._at(deadline, self._follow(self._dispatcher.advance(at=deadline), deadline))
            while (ends := self._announcement_ends()) is not None and ends <= now:
                line = self._conversations[next(iter(self._announced))]
                effects += self._at(deadline, self._leave_announcement(line, deadline))
        self._now = until
        return effects

    def _leave_announcement(self, line: Line, at: datetime) -> list[Effect]:
        """A contact was left in the announcement: nobody is on the line any more, and what was written joins."""
        if line.is_on_the_line:
            del self._announced[line.contact.id]
            return [line.finish(Outcome.ABANDONED_ANNOUNCEMENT, at=at)]
        return [Enqueued(contact=line.contact.id), *self._join(line, at, since=at)]

    def _at(self, at: datetime, effects: list[Effect]) -> list[Effect]:
        """Give effects their instant, unless they have one of their own; what was told on the way comes first."""
        told, self._told = self._told, []
        shown = from_epoch(to_epoch(at), self._zone)
        for effect in (*told, *effects):
            if effect.at is None:
                object.__setattr__(effect, "at", shown)  # nobody has seen it yet
        return [*told, *effects]

    @staticmethod
    def _numbered(event: DeskEvent, effects: list[Effect]) -> tuple[Effect, ...]:
        """Give effects their ids: that of the event, and a number."""
        for number, effect in enumerate(effects, start=1):
            object.__setattr__(effect, "id", f"{event.id}/{number}")
        return tuple(effects)

    @contextmanager
    def _one_at_a_time(self, what: str) -> Iterator[None]:
        """Let nothing else happen at the desk meanwhile.

        Raises:
            DeskError: If something does, in another thread, or around this call.
        """
        try:
            token = self._turn.pop()
        except IndexError:
            raise DeskError("desk: another event is being taken; allowed: one after another", event=what) from None
        try:
            yield
        finally:
            self._turn.append(token)

    def _take_back(self, now: int | None, deadline: pendulum.DateTime | None, is_known: bool) -> None:  # noqa: FBT001 - called by the transaction
        """Let the desk be as it was before an event that is refused; the dispatcher takes itself back."""
        self._now, self._deadline, self._deadline_is_known = now, deadline, is_known
        self._told = []
        self._book.take_back()
        if self._conversations.take_back():
            self._announced = self._conversations.announced

    # What is the department's, and may fail.

    def _failed(self, part: FailedPart, name: str, error: Exception, contact: str) -> None:
        """Tell once in an answer that something of the department has failed."""
        effect = PartFailed(part=part, name=name, problem=f"raised {type(error).__name__}", contact=contact)
        if effect not in self._told:
            self._told.append(effect)

    def _lifecycle_failed(self, contact: str, error: Exception) -> None:
        self._failed("lifecycle", self._department.lifecycle.name, error, contact)

    def _say(self, contact: Contact, queue: ServicePoint, words: Callable[[], Text], otherwise: Text) -> Announce:
        """Tell the citizen something, or the usual text if that fails."""
        try:
            text = words()
            if not isinstance(text, Text):
                raise TypeError(type(text).__name__)  # noqa: TRY301 - it fails like any other
        except Exception as error:  # noqa: BLE001 - whatever fails, the citizen hears something
            self._failed("text", queue.id, error, contact.id)
            text = otherwise
        return Announce(contact=contact.id, text=text, language=contact.language)

    def _look_whether_open(self, queue: ServicePoint, contact: Contact, at: datetime) -> bool:
        """Whether a queue is open; one whose calendar fails counts as open."""
        try:
            return bool(queue.calendar.is_open(at=at))
        except Exception as error:  # noqa: BLE001 - whatever a calendar raises must not stop the telephone
            self._failed("calendar", queue.id, error, contact.id)
            return True

    def _when(self, event: DeskEvent, at: datetime, *, since: int, given: datetime | None = None) -> pendulum.DateTime:
        """When an event happened, brought between what is known already and now; told where that is another instant.

        Args:
            event: The event.
            at: When it is told.
            since: It cannot have happened before this instant, in microseconds since the epoch.
            given: When it happened; None for what the event says.
        """
        given = self._happened if given is None else given
        latest = to_epoch(at)
        instant = latest if given is None else to_epoch(given)
        used = from_epoch(min(max(instant, since), latest), self._zone)
        if to_epoch(used) != instant and given is not None:
            skew = ClockSkew(
                contact=_contact_of(event),
                event=type(event).__name__,
                given=from_epoch(instant, self._zone),
                used=used,
            )
            self._told.append(skew)
        return used

    # Verbs: a contact arrives and waits.

    def _arrived(self, event: ContactArrived, at: datetime) -> list[Effect]:
        """A contact reaches the office: it is told whether somebody is there."""
        contact = event.contact
        if contact.id in self._conversations:
            raise _out_of_place(event, self._conversations[contact.id], "it has arrived already; allowed: a new id")
        entry = self._department.entry(event.entry)
        if contact.channel != entry.channel:
            raise DeskError(
                f"contact {contact.id!r}: it is {contact.channel.name}; allowed at {entry.id!r}: {entry.channel.name}",
                contact=contact.id,
                event=type(event).__name__,
                allowed=(entry.channel.name,),
            )
        queue = self._department.queues[entry.queue]
        began = to_epoch(contact.created_at)
        if began > to_epoch(at):  # the clock of the exchange is ahead
            self._when(event, at, since=0, given=contact.created_at)
        reached = self._when(event, at, since=min(began, to_epoch(at)))
        is_open = self._look_whether_open(queue, contact, reached)
        say = self._words.open if is_open else self._words.closed
        usual = self._words.usual(contact.channel, is_open=is_open)
        effects: list[Effect] = [self._say(contact, queue, lambda: say(queue, contact.channel, at=reached), usual)]
        line = Line(contact=contact, queue=queue, priority=event.priority, reached=to_epoch(reached))
        if not contact.channel.synchronous:
            # What is written stays, whether somebody is there or not: its ticket is opened at once.
            effects += self._book.open(contact, queue=queue.id, priority=line.priority, reached=reached, at=at)
        elif not is_open:
            effects.append(line.finish(Outcome.CLOSED, at=at))
        self._conversations.add(line)
        if line.stage is Stage.ANNOUNCEMENT:
            self._announced[contact.id] = line
        return effects

    def _joined(self, event: QueueJoined, line: Line, at: datetime) -> list[Effect]:
        """A contact joins its queue."""
        return self._join(line, at, since=self._when(event, at, since=line.reached))

    def _join(self, line: Line, at: datetime, *, since: datetime) -> list[Effect]:
        """Let a contact wait in line from an instant on."""
        contact = line.contact
        item = WorkItem(
            id=contact.id,
            queue=line.queue.id,
            channel=contact.channel,
            requirement=self._wanted(line.queue.skill, contact),
            priority=line.priority,
            entered_at=since,
            reached_at=from_epoch(line.reached, self._zone),
            language=contact.language,
            case=contact.cases[0] if contact.cases else None,
        )
        decision = self._dispatcher.arrive(item, at=at)
        line.join(at=since)
        del self._announced[contact.id]
        return self._follow(decision, at)

    def _callback_asked(self, event: CallbackRequested, line: Line, at: datetime) -> list[Effect]:
        """Who waits hangs up, and is called instead; the ticket says so, and by when it was promised."""
        contact, agreed = line.contact, event.callback
        due = agreed.due if agreed.closes is None else agreed.closes
        if not contact.channel.synchronous:
            raise _out_of_place(event, line, f"nobody waits on the line of {contact.channel.name}")
        if due is not None and to_epoch(due) <= to_epoch(at):
            raise _out_of_place(event, line, f"a call was promised by {due}; allowed: a later instant")
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
            effects += self._book.promise(contact, what, who=line.queue.skill, due=due, at=at)
        return [*effects, *self._follow(decision, at)]

    def _merged(self, event: MergedInto, line: Line, at: datetime) -> list[Effect]:
        """What waits, and nobody on the line for it, goes on in another contact."""
        contact, other = line.contact, self._conversations.find(event.into)
        if line.is_on_the_line:
            raise _out_of_place(event, line, "somebody waits on the line; allowed: CallerLeft", "CallerLeft")
        if other is None or event.into not in self._book.tickets:
            raise DeskError(
                f"contact {event.into!r}: there is no ticket of it here; allowed: a contact with a ticket",
                contact=event.into,
                event=type(event).__name__,
                stage="" if other is None else other.stage.value,
            )
        merged = self._book.merge(contact, other.contact, by=other.agent, at=at)
        decision = self._dispatcher.cancel(contact.id, at=at)
        return [*merged, line.finish(Outcome.MERGED, at=at), *self._follow(decision, at)]

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
        decision = self._dispatcher.accept(offer, at=at, happened_at=self._happened)
        line = self._conversations[offer.item]
        answered = self._when(event, at, since=line.joined)
        if offer.purpose == "consult":
            line.be_joined_by(offer.agent)
            return [Connect(contact=offer.item, agent=offer.agent, joining=True), *self._follow(decision, at)]
        line.answer(offer.agent, at=answered)
        effects: list[Effect] = [
            Connect(contact=offer.item, agent=offer.agent, at=answered),
            *self._opened(line, answered),
        ]
        if not line.is_called_back:  # nobody knows yet whether the citizen answers
            effects += self._book.answer(line.contact, by=offer.agent, at=answered)
        return [*effects, *self._follow(decision, at)]

    def _declined(self, event: OfferDeclined, at: datetime) -> list[Effect]:
        """An agent does not take what was offered."""
        return self._follow(self._dispatcher.decline(event.offer, at=at), at)

    # Verbs: in conversation, with a colleague, and the end.

    def _consult_asked(self, event: ConsultRequested, line: Line, at: datetime) -> list[Effect]:
        """The operator asks the second level to join."""
        if not self._department.second_level:
            raise _out_of_place(event, line, "this office has no second level; allowed: to go on alone")
        wanted = self._wanted(self._department.second_level, line.contact)
        carried = line.told_so_far(event.summary)
        decision = self._dispatcher.consult(line.contact.id, wanted, carrying=carried, at=at)
        line.ask(carried)
        return self._follow(decision, at)

    def _handed_over(self, event: ConsultCompleted, line: Line, at: datetime) -> list[Effect]:
        """The official takes over."""
        if line.carried is None:
            why = "nobody was asked to join; allowed: ConsultRequested first"
            raise _out_of_place(event, line, why, "ConsultRequested")
        decision = self._dispatcher.hand_over(line.contact.id, at=at)
        changed = self._book.hand_over(line.contact, line.carried, by=line.agent, to=line.official, at=at)
        line.go_over_to(line.official)
        return [*changed, *self._follow(decision, at)]

    def _ended(self, event: ContactEnded | CallerLeft, line: Line, at: datetime) -> list[Effect]:
        """The conversation is over, or the answer is sent."""
        ended = self._when(event, at, since=line.answered)
        finished = self._book.finish(line.contact, by=line.agent, at=ended, called_back=line.is_called_back)
        decision = self._dispatcher.complete(line.contact.id, at=at)
        outcome = Outcome.CALLED_BACK if line.is_called_back else Outcome.ANSWERED
        return [*finished, line.finish(outcome, at=ended), *self._follow(decision, at)]

    def _hung_up(self, event: CallerLeft, line: Line, at: datetime) -> list[Effect]:
        """The citizen is gone, wherever the contact was."""
        if not line.contact.channel.synchronous:
            channel = line.contact.channel.name
            why = f"nobody is on the line of {channel}; allowed: ContactEnded, once it is answered"
            raise _out_of_place(event, line, why, "ContactEnded")
        if line.stage is Stage.CONNECTED:
            return self._ended(event, line, at)
        if line.stage is Stage.ANNOUNCEMENT:
            del self._announced[line.contact.id]
            return [line.finish(Outcome.ABANDONED_ANNOUNCEMENT, at=self._when(event, at, since=line.reached))]
        if line.is_called_back:
            return []  # who is called back hangs up, and keeps what was agreed
        left = self._when(event, at, since=line.joined)
        decision = self._dispatcher.cancel(line.contact.id, at=at)
        return [line.finish(Outcome.ABANDONED_LONG, at=left), *self._follow(decision, at)]

    def _not_reached(self, event: CallbackUnanswered, line: Line, at: datetime) -> list[Effect]:
        """The office has called, and nobody has answered: later again, or not any more."""
        contact = line.contact
        if not line.is_called_back:
            raise _out_of_place(event, line, "the citizen has called; allowed: who is called back")
        agent, decision = line.agent, self._dispatcher.callback_unanswered(contact.id, at=at)
        outcome = next((closed.reason.outcome for closed in decision.closed), None)
        called = self._book.call_in_vain(contact, by=agent, at=at, outcome=outcome)
        return [*called, *self._called_in_vain(line, decision, at)]

    def _did_not_come(self, event: NoShow, line: Line, at: datetime) -> list[Effect]:
        """Who was called to the counter has not come: once more, back to the line, or not any more."""
        contact = line.contact
        if contact.channel.name != "counter":
            raise _out_of_place(event, line, f"it is {contact.channel.name}; allowed: counter", "counter")
        if line.is_called_back:
            raise _out_of_place(event, line, "the office calls back; allowed: CallbackUnanswered", "CallbackUnanswered")
        decision = self._dispatcher.no_show(contact.id, at=at)
        if contact.id in decision.called_again:
            return [CounterRecalled(contact=contact.id, agent=line.agent), *self._follow(decision, at)]
        given_up: Written = ()
        if decision.closed:
            given_up = self._book.give_up(contact, Outcome.NO_SHOW, by=line.agent, at=at)
        return [*given_up, *self._called_in_vain(line, decision, at)]

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
            raise _out_of_place(event, line, f"nobody can wait on the line of {queue.id!r}")
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

    _VERBS: ClassVar[Mapping[type[DeskEvent], _Row]] = {
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
        effects: list[Effect] = [
            PartFailed(part=each.part, name=each.rule, problem=each.problem, contact=each.item)
            for each in decision.failures
        ]
        effects += [SupervisorActed(order=order) for order in decision.supervisor_actions]
        for overflowed in sorted(decision.overflowed, key=_by_item):
            effects += self._let_go(overflowed, at)
        for over in decision.consult_transfers:
            effects += self._taken_over(self._conversations[over.item], over.agent, at)
        effects += [OfferRevoked(offer=offer) for offer in (*decision.revoked, *decision.expired)]
        effects += [WorkSuspended(contact=work.item, agent=work.agent) for work in decision.suspended]
        for offer in decision.offers:
            if self._explaining and offer.purpose == "contact":
                before = self._decisions.get(offer.item)
                self._undo(_set_again, self._decisions, offer.item, before)
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
            words = partial(self._words.let_go, line.queue, overflowed.because, at=at)
            effects.append(self._say(contact, line.queue, words, self._words.nobody(line.queue)))
        if line.queue.fallback is Fallback.CALLBACK:
            effects += self._opened(line, at)
        return [*effects, line.finish(Outcome.FALLBACK, at=at)]

    def _taken_over(self, line: Line, official: str, at: datetime) -> list[Effect]:
        """The official has the citizen now, because the operator is lost."""
        told = cast("HandOver", line.carried)  # who has joined was asked to, and told why
        changed = self._book.hand_over(line.contact, told, by=line.agent, to=official, at=at)
        line.go_over_to(official)
        return [ConsultTransferred(contact=line.contact.id, agent=official), *changed]

    def _opened(self, line: Line, at: datetime) -> list[Effect]:
        """The ticket of a contact, if there is none yet."""
        if line.contact.id in self._book.tickets:
            return []
        reached = from_epoch(line.reached, self._zone)
        return [*self._book.open(line.contact, queue=line.queue.id, priority=line.priority, reached=reached, at=at)]

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
        with self._one_at_a_time("forget"):
            self._taken = {name: taken for name, taken in self._taken.items() if taken.instant >= until}
            gone = self._conversations.forget(before=until)
            for contact in gone:
                self._decisions.pop(contact, None)
                self._book.forget(contact)
            return gone

    def snapshot(self, *, over: bool = True) -> dict[str, Any]:
        """Everything that the desk's future depends on, as texts, numbers, lists and tables that JSON takes.

        It holds the contacts and their cases in the clear: whoever stores it must protect it. The department, the
        agents and the rules are configuration and are not in it. Equal desks have equal snapshots.

        Args:
            over: Whether what is over is in it: the contacts that are over, with their tickets and the ids of the
                events about them, and the ids of `TimeAdvanced`. Without it the snapshot is as small as what goes on.
                So it is for whoever stores it after every event, has stored the tickets (`TicketChanged`), and has an
                inbox that knows the ids of all events.
        """
        with self._one_at_a_time("snapshot"):
            gone = frozenset[str]() if over else self._conversations.over
            taken = {
                name: [each.instant, each.digest, each.contact]
                for name, each in sorted(self._taken.items())
                if over or (each.contact not in gone and (each.contact or not isinstance(each.event, TimeAdvanced)))
            }
            return {
                "schema": _SCHEMA,
                "now": self._now,
                "taken": taken,
                "lines": self._conversations.plain(but_not=gone),
                "tickets": self._book.snapshot(but_not=gone),
                "dispatcher": self._dispatcher.snapshot(),
            }

    def restore(
        self, data: Mapping[str, Any], *, successors: Mapping[str, str] = _NONE, dry_run: bool = False
    ) -> tuple[Difference, ...]:
        """Go on from a snapshot, and return what is otherwise now. The desk must be fresh.

        The department, the agents and the rules are those of the arguments, and govern what waits and what comes (see
        `Dispatcher.restore`). Events that were taken are known by their ids and contents; what had followed from them
        is not.

        Args:
            data: What `snapshot` gave.
            successors: For queues that are gone, the queues to which their contacts belong from now on.
            dry_run: Whether to look only, and stay fresh.

        Raises:
            DeskError: If something has happened here already, or the data are no snapshot of this department's desk.
            TicontactError: If a contact, a history or the routing in it cannot be read. The desk is still fresh then.
        """
        if self._now is not None:
            raise DeskError("restore: something has happened here already; allowed: a fresh desk")
        try:
            if data.get("schema") != _SCHEMA or not set(data) >= _PARTS:
                raise DeskError(f"restore: no snapshot of form {_SCHEMA}; allowed: what `snapshot` gave")
            return self._take_in(data, successors, dry_run=dry_run)
        except UNREADABLE as failed:
            fault = type(failed).__name__
        raise DeskError(f"restore: it cannot be read: {fault}; allowed: what `snapshot` gave")

    def _take_in(
        self, told: Mapping[str, Any], successors: Mapping[str, str], *, dry_run: bool
    ) -> tuple[Difference, ...]:
        """Read all of a snapshot, hold its parts against each other, and only then go on from it."""
        dispatcher, book = self._new_dispatcher(), TicketBook(self._department.lifecycle, self._lifecycle_failed)
        differences = dispatcher.restore(told["dispatcher"], successors=successors)
        book.restore(told["tickets"])
        lines = [{**line, "queue": successors.get(line["queue"], line["queue"])} for line in told["lines"]]
        conversations = Conversations.of(lines, self._department)
        conversations.hold_against(dispatcher.waiting(), dispatcher.in_hand())
        taken = {
            str(name): built(
                Taken, {"instant": to_epoch(from_epoch(instant, self._zone)), "contact": contact, "known": known}
            )
            for name, (instant, known, contact) in told["taken"].items()
        }
        now = None if told["now"] is None else to_epoch(from_epoch(told["now"], self._zone))
        if dry_run:
            return differences
        self._dispatcher, self._book, self._conversations = dispatcher, book, conversations
        self._announced = conversations.announced
        self._taken, self._now, self._deadline_is_known = taken, now, False
        return differences


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


def _out_of_place(event: DeskEvent, line: Line, why: str, *allowed: str) -> DeskError:
    """The error of an event that makes no sense where its contact stands."""
    return DeskError(
        f"contact {line.contact.id!r}: {why}",
        contact=line.contact.id,
        event=type(event).__name__,
        stage=line.stage.value,
        allowed=allowed,
    )


def _set_again(table: dict[str, RoutingDecision], name: str, before: RoutingDecision | None) -> None:
    """Undo that something was set in a table."""
    if before is None:
        del table[name]
    else:
        table[name] = before


def _contact_of(event: DeskEvent) -> str:
    """The id of the contact that an event is about; empty if it is about none."""
    match event:
        case ContactArrived(contact=contact):
            return contact.id
        case OfferAccepted(offer=offer) | OfferDeclined(offer=offer):
            return offer.item
    return str(getattr(event, "contact", ""))


def _by_item(overflowed: Overflowed) -> str:
    return overflowed.item
