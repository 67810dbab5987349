"""Any day at the desk: whatever happens in whatever order, nobody is lost, and nobody is served twice."""

from collections import Counter as Count
from datetime import timedelta
from typing import Final

import attrs
import pendulum
from desk_office import NINE, OFFICE, call, people
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ticontact.contacts import Outcome
from ticontact.desk import (
    AgentSignedIn,
    AgentSignedOut,
    Announce,
    Connect,
    ConsultAsked,
    ContactArrived,
    ContactEnded,
    Desk,
    DeskEvent,
    Finished,
    HandedOver,
    HungUp,
    MakeOffer,
    OfferAccepted,
    OfferDeclined,
    QueueJoined,
    Ticked,
    TicketChanged,
    WithdrawOffer,
)
from ticontact.errors import DeskError, RoutingError
from ticontact.routing import Offer

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


class DeskMachine(RuleBasedStateMachine):
    """A desk beside a bookkeeper who keeps a plain list and knows neither queues nor skills. It is mutable."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(OFFICE, agents=people())
        self.citizens: dict[str, Citizen] = {}
        self.offers: dict[tuple[str, str], Offer] = {}
        self.dead: list[Offer] = []
        self.finished: list[Finished] = []
        self.tickets: set[str] = set()
        self.now = NOON.subtract(minutes=1)
        self.number = 0

    # What the bookkeeper does

    def tell(self, event: DeskEvent) -> None:
        """Tell the desk an event, and write its effects down."""
        for effect in self.desk.handle(event, at=self.now):
            match effect:
                case MakeOffer(offer=offer):
                    self.offers_made(offer)
                case WithdrawOffer(offer=offer):
                    del self.offers[offer.item, offer.purpose]
                    self.dead.append(offer)
                case Connect():
                    self.connected(effect)
                case Finished():
                    self.over(effect)
                case TicketChanged(ticket=ticket):
                    self.tickets.add(ticket)
                case Announce(contact=contact):
                    assert contact in self.citizens

    def offers_made(self, offer: Offer) -> None:
        """An offer is made for who is in line, or to join a conversation; one at a time."""
        citizen = self.citizens[offer.item]
        wanted = {"contact": "in line", "consult": "connected"}[offer.purpose]
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
            assert citizen.stage == "in line"
            citizen.stage, citizen.served_by = "connected", effect.agent

    def over(self, effect: Finished) -> None:
        """A contact ends once, in the outcome that its stage allows."""
        citizen = self.citizens[effect.contact]
        allowed = {
            "announced": {Outcome.CLOSED, Outcome.ABANDONED_ANNOUNCEMENT},
            "in line": {Outcome.ABANDONED_LONG, Outcome.FALLBACK},
            "connected": {Outcome.ANSWERED},
        }
        assert effect.outcome in allowed[citizen.stage]
        if effect.outcome is Outcome.FALLBACK:
            assert self.now >= NOON + DRAIN[citizen.entry]
        citizen.stage, citizen.outcome = "over", effect.outcome
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
        before = dict(self.desk.tickets)
        try:
            effects = self.desk.handle(event, at=self.now)
        except (DeskError, RoutingError):
            assert before == self.desk.tickets
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
            self.tell(Ticked(id=self.id()))
        self.now = until
        self.tell(Ticked(id=self.id()))

    @rule(seconds=st.sampled_from([1, 20, 330]))
    def time_passes_unseen(self, seconds: int) -> None:
        """Nobody calls the desk when it asked; the next event comes late."""
        self.now = self.now.add(seconds=seconds)
        self.tell(Ticked(id=self.id()))

    @rule(entry=st.sampled_from(["general", "advice", "emergency", "letters"]))
    def somebody_arrives(self, entry: str) -> None:
        """By telephone or in writing; out of hours a call is over at once."""
        name = f"c{len(self.citizens)}"
        self.citizens[name] = Citizen(entry, self.now)
        channel = OFFICE.entry(entry).channel.name
        self.tell(ContactArrived(id=self.id(), contact=call(name, self.now, channel=channel), entry=entry))
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
            self.citizens[name].stage = "in line"
        self.try_anything(QueueJoined(id=self.id(), contact=name), makes_sense=makes_sense)
        self.tell(Ticked(id=self.id()))  # who joins after the drain is let go at this very instant

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def somebody_hangs_up(self, data: st.DataObject) -> None:
        """From anywhere but the end; then it is over."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        makes_sense = self.citizens[name].stage != "over"
        self.try_anything(HungUp(id=self.id(), contact=name), makes_sense=makes_sense)
        assert self.citizens[name].stage == "over"

    @precondition(lambda self: self.offers)
    @rule(data=st.data(), takes=st.booleans())
    def an_offer_is_answered(self, data: st.DataObject, *, takes: bool) -> None:
        """Accepted or declined, an offer is dead afterwards."""
        place = data.draw(st.sampled_from(sorted(self.offers)))
        offer = self.offers.pop(place)
        self.dead.append(offer)
        if offer.purpose == "consult" and not takes:
            self.citizens[offer.item].consult = "none"  # there is one official: nobody else can be asked
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
        self.try_anything(ConsultAsked(id=self.id(), contact=name, summary="A question."), makes_sense=makes_sense)

    @precondition(lambda self: self.citizens)
    @rule(data=st.data())
    def the_official_takes_over(self, data: st.DataObject) -> None:
        """Only who has joined can take over."""
        name = data.draw(st.sampled_from(sorted(self.citizens)))
        citizen = self.citizens[name]
        makes_sense = citizen.stage == "connected" and citizen.consult not in {"none", "asked", "gave over"}
        if makes_sense:
            citizen.served_by, citizen.consult = citizen.consult, "gave over"
        self.try_anything(HandedOver(id=self.id(), contact=name), makes_sense=makes_sense)
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

    # What always holds

    @invariant()
    def everybody_ends_once(self) -> None:
        """Contacts that are over and contacts that are not add up to all."""
        ended = Count(effect.contact for effect in self.finished)
        going_on = [name for name, citizen in self.citizens.items() if citizen.stage != "over"]

        assert set(ended.values()) <= {1}
        assert len(ended) + len(going_on) == len(self.citizens)

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
        self.tell(Ticked(id=self.id()))

        assert not [name for name in self.names("in line") if self.citizens[name].entry in DRAIN]
        counted = Count(effect.outcome for effect in self.finished)
        going_on = len(self.citizens) - len(self.names("over"))
        assert sum(counted.values()) + going_on == len(self.citizens)


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=100, stateful_step_count=50)
