"""Any day at the desk: whatever happens in whatever order, nobody is lost, and nobody is served twice."""

import json
from collections import Counter as Count
from contextlib import suppress
from datetime import timedelta
from typing import Final

import attrs
import pendulum
from desk_office import NINE, OFFICE, people, reaching
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ticontact.contacts import Outcome
from ticontact.desk import Desk
from ticontact.desk.effects import (
    Announce,
    Connect,
    ConsultReturned,
    ConsultTransferred,
    ContactClosed,
    Effect,
    Enqueued,
    OfferIssued,
    OfferRevoked,
    Requeued,
    SupervisorActed,
    TicketChanged,
)
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    AgentSignedOut,
    AgentStatusChanged,
    CallbackRequested,
    CallbackUnanswered,
    CallerLeft,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    MergedInto,
    OfferAccepted,
    OfferDeclined,
    QueueClosedByHand,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError, RoutingError, TicketError
from ticontact.routing import AgentStatus, Callback, Offer

NOON: Final = NINE.at(12)
DRAIN: Final = {"general": timedelta(minutes=5), "advice": timedelta(0)}
"""How long after noon the two queues of the telephone are served; the others have no such end."""


@attrs.define
class Citizen:
    """What a naive bookkeeper knows of one contact. It is mutable: the day goes on."""

    entry: str
    arrived: pendulum.DateTime
    stage: str = "announced"
    served_by: str = ""
    consult: str = "none"
    outcome: Outcome | None = None
    is_declined: bool = False
    is_called_back: bool = False
    is_closed_now: bool = False
    ended: pendulum.DateTime | None = None
    is_forgotten: bool = False


class DeskMachine(RuleBasedStateMachine):
    """A desk beside a bookkeeper who keeps a plain list and knows neither queues nor skills. It is mutable."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(OFFICE, agents=people())
        self.citizens: dict[str, Citizen] = {}
        self.offers: dict[tuple[str, str], Offer] = {}
        self.dead: list[Offer] = []
        self.finished: list[ContactClosed] = []
        self.tickets: set[str] = set()
        self.taken: list[tuple[DeskEvent, tuple[Effect, ...]]] = []
        self.now = NOON.subtract(minutes=1)
        self.number = 0

    # What the bookkeeper does

    def tell(self, event: DeskEvent) -> None:
        """Tell the desk an event, and write its effects down."""
        effects = self.desk.handle(event, at=self.now)
        self.taken.append((event, effects))
        assert [effect.id for effect in effects] == [f"{event.id}/{number + 1}" for number in range(len(effects))]
        for effect in effects:
            assert effect.at is not None
            assert effect.at <= self.now
            match effect:
                case OfferIssued(offer=offer):
                    self.offers_made(offer)
                case OfferRevoked(offer=offer):
                    del self.offers[offer.item, offer.purpose]
                    self.dead.append(offer)
                case Connect():
                    self.connected(effect)
                case ContactClosed():
                    self.over(effect)
                case TicketChanged(ticket=ticket):
                    self.tickets.add(ticket)
                case Announce(contact=contact):
                    assert contact in self.citizens
                case _:
                    self.disturbed(effect)

    def disturbed(self, effect: Effect) -> None:
        """A conversation goes another way, or a supervisor has ordered something."""
        match effect:
            case Enqueued(contact=contact):
                citizen = self.citizens[contact]
                assert (citizen.stage, citizen.entry) == ("announced", "letters")
                assert self.now >= citizen.arrived.add(minutes=10)
                citizen.stage = "queued"
            case Requeued(contact=contact):
                citizen = self.citizens[contact]
                assert citizen.stage == "connected"
                citizen.stage, citizen.served_by, citizen.consult = "queued", "", "none"
            case ConsultTransferred(contact=contact, agent=official):
                citizen = self.citizens[contact]
                assert citizen.consult == official
                citizen.served_by, citizen.consult = official, "gave over"
            case ConsultReturned(contact=contact):
                self.citizens[contact].consult = "none"
            case SupervisorActed(order=order):
                assert (order.by, order.because) == ("sonja", "an order")
            case _:
                raise AssertionError(f"nobody expects {effect!r}")

    def offers_made(self, offer: Offer) -> None:
        """An offer is made for who is in line, or to join a conversation; one at a time."""
        citizen = self.citizens[offer.item]
        wanted = {"contact": "queued", "consult": "connected"}[offer.purpose]
        assert citizen.stage == wanted
        assert (offer.item, offer.purpose) not in self.offers
        assert offer.agent not in {each.agent for each in self.offers.values()}
        self.offers[offer.item, offer.purpose] = offer

    def connected(self, effect: Connect) -> None:
        """A citizen is connected to one agent, once; an official joins and does not replace."""
        citizen = self.citizens[effect.contact]
        if effect.joining:
            assert citizen.stage == "connected"
            citizen.consult = effect.agent
        else:
            assert citizen.stage == "queued"
            citizen.stage, citizen.served_by = "connected", effect.agent

    def over(self, effect: ContactClosed) -> None:
        """A contact ends once, in the outcome that its stage allows."""
        citizen = self.citizens[effect.contact]
        allowed = {
            "announced": {Outcome.CLOSED, Outcome.ABANDONED_ANNOUNCEMENT},
            "queued": {Outcome.ABANDONED_LONG, Outcome.FALLBACK, Outcome.MERGED},
            "connected": {Outcome.CALLED_BACK, Outcome.NOT_REACHED} if citizen.is_called_back else {Outcome.ANSWERED},
        }
        assert effect.outcome in allowed[citizen.stage]
        if effect.outcome is Outcome.FALLBACK and not citizen.is_declined and not citizen.is_closed_now:
            assert self.now >= NOON + DRAIN[citizen.entry]
            assert not citizen.is_called_back
        citizen.stage, citizen.outcome, citizen.ended = "over", effect.outcome, self.now
        self.finished.append(effect)

    def id(self) -> str:
        """An id that no event had before."""
        self.number += 1
        return f"event-{self.number}"

    def names(self, stage: str) -> list[str]:
        """The contacts that stand at a stage."""
        return [name for name, citizen in self.citizens.items() if citizen.stage == stage]

    def try_anything(self, event: DeskEvent, *, makes_sense: bool) -> None:
        """Tell an event; if it makes no sense it must be refused."""
        if makes_sense:
            self.tell(event)
            return
        before, deadline = self.desk.snapshot(), self.desk.next_deadline()
        try:
            effects = self.desk.handle(event, at=self.now.add(hours=1))
        except (DeskError, RoutingError, TicketError):
            assert self.desk.snapshot() == before
            assert self.desk.next_deadline() == deadline
        else:
            raise AssertionError(f"taken, though it makes no sense: {event!r}, {effects!r}")

    # What may happen

    @initialize(present=st.sets(st.sampled_from(["anna", "bruno", "otto"])))
    def morning(self, present: set[str]) -> None:
        """Some of the staff are there already."""
        for agent in sorted(present):
            self.tell(AgentSignedIn(id=self.id(), agent=agent))

    @rule(seconds=st.sampled_from([0, 1, 15, 20, 60, 330]))
    def time_passes(self, seconds: int) -> None:
        """The desk is called whenever it asked to be, and then at the end."""
        until = self.now.add(seconds=seconds)
        while (deadline := self.desk.next_deadline()) is not None and deadline <= until:
            assert deadline >= self.now
            self.now = deadline
            self.tell(TimeAdvanced(id=self.id()))
        self.now = until
        self.tell(TimeAdvanced(id=self.id()))

    @rule(seconds=st.sampled_from([1, 20, 330]))
    def time_passes_unseen(self, seconds: int) -> None:
        """Nobody calls the desk when it asked; the next event comes late."""
        self.now = self.now.add(seconds=seconds)
        self.tell(TimeAdvanced(id=self.id()))

    @rule(entry=st.sampled_from(["general", "advice", "emergency", "letters"]))
    def somebody_arrives(self, entry: str) -> None:
        """By telephone or in writing; out of hours a call is over at once."""
        name = f"c{len(self.citizens)}"
        self.citizens[name] = Citizen(entry, self.now)
        self.tell(ContactArrived(id=self.id(), contact=reaching(entry, name, self.now), entry=entry))
        closed = entry in DRAIN and self.now >= NOON
        assert (self.citizens[name].outcome is Outcome.CLOSED) == closed
        assert (name in self.desk.tickets) == (entry == "letters")

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def somebody_joins(self, data: st.DataObject) -> None:
        """The announcement is over; for anybody else that makes no sense."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        makes_sense = self.citizens[name].stage == "announced"
        if makes_sense:
            self.citizens[name].stage = "queued"
        self.try_anything(QueueJoined(id=self.id(), contact=name), makes_sense=makes_sense)
        self.tell(TimeAdvanced(id=self.id()))  # who joins after the drain is let go at this very instant

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def somebody_hangs_up(self, data: st.DataObject) -> None:
        """From anywhere but the end; then it is over. A letter has no line, and who is called back was gone already."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        citizen = self.citizens[name]
        stays = citizen.entry == "letters" or (citizen.stage == "queued" and citizen.is_called_back)
        before = citizen.stage
        makes_sense = citizen.entry != "letters" and citizen.stage != "over"
        self.try_anything(CallerLeft(id=self.id(), contact=name), makes_sense=makes_sense)
        assert citizen.stage == (before if stays else "over")

    @precondition(lambda self: self.offers)
    @rule(data=st.data(), takes=st.booleans())
    def an_offer_is_answered(self, data: st.DataObject, *, takes: bool) -> None:
        """Accepted or declined, an offer is dead afterwards."""
        place = data.draw(st.sampled_from(sorted(self.offers)))
        offer = self.offers.pop(place)
        self.dead.append(offer)
        if offer.purpose == "consult" and not takes:
            self.citizens[offer.item].consult = "none"  # there is one official: nobody else can be asked
        if offer.purpose == "contact" and not takes:
            self.citizens[offer.item].is_declined = True
        self.tell(OfferAccepted(id=self.id(), offer=offer) if takes else OfferDeclined(id=self.id(), offer=offer))

    @precondition(lambda self: self.dead)
    @rule(data=st.data(), takes=st.booleans())
    def a_dead_offer_is_answered(self, data: st.DataObject, *, takes: bool) -> None:
        """Nobody gets a contact by an offer that was answered or withdrawn."""
        offer = data.draw(st.sampled_from(self.dead))
        event = OfferAccepted(id=self.id(), offer=offer) if takes else OfferDeclined(id=self.id(), offer=offer)
        self.try_anything(event, makes_sense=False)

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def an_official_is_asked(self, data: st.DataObject) -> None:
        """In a conversation, and again after a hand-over or a refusal; while one is asked it makes no sense."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        citizen = self.citizens[name]
        makes_sense = citizen.stage == "connected" and citizen.consult in {"none", "gave over"}
        if makes_sense:
            citizen.consult = "asked"
        self.try_anything(ConsultRequested(id=self.id(), contact=name, summary="A question."), makes_sense=makes_sense)

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def the_official_takes_over(self, data: st.DataObject) -> None:
        """Only who has joined can take over."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        citizen = self.citizens[name]
        makes_sense = citizen.stage == "connected" and citizen.consult not in {"none", "asked", "gave over"}
        if makes_sense:
            citizen.served_by, citizen.consult = citizen.consult, "gave over"
        self.try_anything(ConsultCompleted(id=self.id(), contact=name), makes_sense=makes_sense)
        assert not makes_sense or self.desk.tickets[name].state == "with_official"

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def a_conversation_ends(self, data: st.DataObject) -> None:
        """It ends answered, and its ticket is closed."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        makes_sense = self.citizens[name].stage == "connected"
        self.try_anything(ContactEnded(id=self.id(), contact=name), makes_sense=makes_sense)
        assert not makes_sense or self.desk.tickets[name].state == "closed"

    @rule(agent=st.sampled_from(["anna", "bruno", "otto"]))
    def an_agent_signs_in(self, agent: str) -> None:
        """Whoever waits is offered at once."""
        self.tell(AgentSignedIn(id=self.id(), agent=agent))

    @rule(agent=st.sampled_from(["anna", "bruno", "otto"]))
    def an_agent_signs_out(self, agent: str) -> None:
        """What rang is withdrawn; what is in hand is finished."""
        self.tell(AgentSignedOut(id=self.id(), agent=agent))
        assert agent not in {offer.agent for offer in self.offers.values()}

    @rule(agent=st.sampled_from(["anna", "bruno", "otto"]))
    def an_agent_pauses(self, agent: str) -> None:
        """As good as signed out, for now."""
        self.tell(AgentStatusChanged(id=self.id(), agent=agent, because=AgentStatus.BREAK))
        assert agent not in {offer.agent for offer in self.offers.values()}

    @rule(agent=st.sampled_from(["anna", "bruno", "otto"]))
    def an_agent_is_lost(self, agent: str) -> None:
        """Nobody is left with an agent who is not there, and no contact is over for it."""
        over = self.names("over")
        self.tell(AgentDisconnected(id=self.id(), agent=agent))
        assert agent not in {citizen.served_by for citizen in self.citizens.values() if citizen.stage == "connected"}
        assert self.names("over") == over

    @precondition(lambda self: self.citizens)
    @rule(data=st.data(), promised=st.booleans())
    def somebody_wants_a_callback(self, data: st.DataObject, *, promised: bool) -> None:
        """Who waits on the telephone may; the ticket is there from then on."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        citizen = self.citizens[name]
        agreed = Callback.promised(self.now.add(hours=2)) if promised else Callback.in_turn(attempts=2)
        makes_sense = citizen.stage == "queued" and citizen.entry != "letters"
        self.try_anything(CallbackRequested(id=self.id(), contact=name, callback=agreed), makes_sense=makes_sense)
        if makes_sense:
            citizen.is_called_back = True
            assert name in self.desk.tickets

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def nobody_answers(self, data: st.DataObject) -> None:
        """Only who is called back can be called in vain."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        citizen = self.citizens[name]
        makes_sense = citizen.stage == "connected" and citizen.is_called_back
        self.try_anything(CallbackUnanswered(id=self.id(), contact=name), makes_sense=makes_sense)

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def it_goes_on_in_another(self, data: st.DataObject) -> None:
        """Only what waits without anybody on the line, and only where there is a ticket that goes on."""
        name, into = (data.draw(st.sampled_from(sorted(self.citizens))) for _ in range(2))
        citizen = self.citizens[name]
        waits = citizen.stage == "queued" and (citizen.is_called_back or citizen.entry == "letters")
        goes_on = into in self.tickets and not self.desk.tickets[into].merged_into
        self.try_anything(
            MergedInto(id=self.id(), contact=name, into=into), makes_sense=waits and goes_on and into != name
        )

    @rule(queue=st.sampled_from(["general", "advice", "emergency", "letters"]))
    def a_queue_is_closed_now(self, queue: str) -> None:
        """Nobody waits on its line any more; what is written stays, and who is to be called back."""
        for name in self.names("queued"):
            self.citizens[name].is_closed_now = self.citizens[name].entry == queue
        event = QueueClosedByHand(id=self.id(), queue=queue, by="sonja", because="an order")
        self.try_anything(event, makes_sense=queue != "letters")
        left = [self.citizens[name] for name in self.names("queued")]
        assert queue == "letters" or not [each for each in left if each.entry == queue and not each.is_called_back]

    @precondition(lambda self: self.taken)
    @rule(data=st.data())
    def an_event_is_told_again(self, data: st.DataObject) -> None:
        """It changes nothing, and answers the same; with another content it is refused."""
        event, effects = data.draw(st.sampled_from(self.taken))
        before = self.desk.snapshot()
        known = event.id in before["taken"]
        if known:
            assert self.desk.handle(event, at=self.now) in (effects, ())
            with suppress(DeskError):
                self.desk.handle(TimeAdvanced(id=event.id, happened_at=NINE), at=self.now)
                raise AssertionError("it was taken for the other one")
        assert self.desk.snapshot() == before

    @precondition(lambda self: self.names("connected"))
    @rule(data=st.data())
    def an_end_is_told_late(self, data: st.DataObject) -> None:
        """What ends something is never refused for that."""
        name = data.draw(st.sampled_from(self.names("connected")))
        event = ContactEnded(id=self.id(), contact=name)
        effects = self.desk.handle(event, at=self.now.subtract(seconds=1))
        self.taken.append((event, effects))
        for effect in effects:
            match effect:
                case ContactClosed():
                    self.over(effect)
                case OfferIssued(offer=offer):
                    self.offers_made(offer)
                case OfferRevoked(offer=offer):
                    del self.offers[offer.item, offer.purpose]
                    self.dead.append(offer)
        assert self.citizens[name].stage == "over"

    @rule()
    def the_desk_is_restarted(self) -> None:
        """The same future: the snapshot is the same, byte for byte."""
        stored = json.dumps(self.desk.snapshot())
        self.desk = Desk(OFFICE, agents=people())
        assert self.desk.restore(json.loads(stored)) == ()
        assert json.dumps(self.desk.snapshot()) == stored

    @rule()
    def what_is_over_is_forgotten(self) -> None:
        """Its tickets too; nobody else goes. What is told of it from now on makes no sense."""
        gone = set(self.desk.forget(before=self.now))
        for name in gone:
            assert self.citizens[name].stage == "over"
            assert not self.citizens[name].is_forgotten
            self.citizens[name].is_forgotten = True
        self.tickets -= gone
        known = (self.citizens[name] for name in self.names("over"))
        assert all(citizen.ended == self.now for citizen in known if not citizen.is_forgotten)

    # What always holds

    @invariant()
    def everybody_ends_once(self) -> None:
        """Contacts that are over and contacts that are not add up to all."""
        ended = Count(effect.contact for effect in self.finished)
        going_on = [name for name, citizen in self.citizens.items() if citizen.stage != "over"]

        assert set(ended.values()) <= {1}
        assert len(ended) + len(going_on) == len(self.citizens)

    @invariant()
    def whoever_is_in_the_announcement_is_listed(self) -> None:
        """In the order of arrival, and nobody for longer than ten minutes."""
        announced = self.names("announced")

        assert self.desk.announced == tuple(announced)
        assert all(self.citizens[name].arrived.add(minutes=10) > self.now for name in announced)

    @invariant()
    def an_agent_talks_with_one_citizen(self) -> None:
        """Nobody serves two, and nobody who is served has an agent who is rung at."""
        busy = [self.citizens[name].served_by for name in self.names("connected")]
        busy += [
            self.citizens[name].consult
            for name in self.names("connected")
            if self.citizens[name].consult not in {"none", "asked", "gave over"}
        ]

        assert len(busy) == len(set(busy))
        assert not set(busy) & {offer.agent for offer in self.offers.values()}

    @invariant()
    def tickets_are_told(self) -> None:
        """Every ticket was announced by an effect, and who was served has one."""
        assert self.tickets == set(self.desk.tickets)
        assert set(self.names("connected")) <= self.tickets

    def teardown(self) -> None:
        """At midnight nobody is left in a line that closed at noon, and who ended was counted once."""
        self.now = max(self.now, NINE.at(23))
        self.tell(TimeAdvanced(id=self.id()))

        left = [self.citizens[name] for name in self.names("queued")]
        assert not [each for each in left if each.entry in DRAIN and not each.is_called_back]
        counted = Count(effect.outcome for effect in self.finished)
        going_on = len(self.citizens) - len(self.names("over"))
        assert sum(counted.values()) + going_on == len(self.citizens)


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=100, stateful_step_count=50)
