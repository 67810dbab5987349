"""What a desk tells of a contact: to the citizen, to the router, to the ticket, and to an official."""

import json
from datetime import datetime
from typing import Final

import attrs
import pytest
from desk_office import NINE, OFFICE, Counter, after, call, microseconds, offers, people

from ticontact.contacts import CaseRef, Contact, HandOver
from ticontact.desk import Desk
from ticontact.desk.effects import Announce, Effect, OfferIssued, TicketChanged
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    CallbackRequested,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    OfferAccepted,
    QueueClosedByHand,
    QueueJoined,
)
from ticontact.hours import BusinessCalendar, Week
from ticontact.priority import Priority
from ticontact.routing import Agent, Callback, Requirement, WorkItem, any_agent
from ticontact.tickets.events import CaseAttached, Opened, Promised, PromiseEnded, Received, Replied, TicketEvent

GERMAN: Final = attrs.evolve(call("c", after(-30), case="4711"), language="de")
"""Somebody who speaks German calls about a case; the call began half a minute before it reached the office."""


def arrived(told: Counter, contact: Contact = GERMAN, *, at: datetime = NINE) -> tuple[Effect, ...]:
    """A contact reaches the office."""
    return told.tell(ContactArrived, at, contact=contact, entry="general", priority=Priority.HIGH)


def in_conversation(contact: Contact = GERMAN) -> tuple[Counter, tuple[Effect, ...]]:
    """Anna has it after twenty seconds; and what that brought about."""
    told = Counter()
    arrived(told, contact)
    told.tell(QueueJoined, after(5), contact="c")
    (offer,) = offers(told.tell(AgentSignedIn, after(25), agent="anna"))
    return told, told.tell(OfferAccepted, after(25), offer=offer)


def events(effects: tuple[Effect, ...]) -> list[TicketEvent]:
    """What was written into tickets."""
    return [event for effect in effects if isinstance(effect, TicketChanged) for event in effect.events]


class TestCitizen:
    """In the language of the citizen."""

    def test_everything_that_is_said(self) -> None:
        """The welcome, the callback that was agreed on, and the end."""
        told = Counter()
        said = [*arrived(told)]
        told.tell(QueueJoined, NINE, contact="c")
        said += told.tell(CallbackRequested, after(5), contact="c", callback=Callback.in_turn())
        other = attrs.evolve(GERMAN, id="d")
        said += arrived(told, other, at=after(6))
        told.tell(QueueJoined, after(6), contact="d")
        said += told.tell(QueueClosedByHand, after(7), queue="general", by="sonja", because="a drill")

        assert [(each.contact, each.language) for each in said if isinstance(each, Announce)] == [
            *(("c", "de"), ("c", "de"), ("d", "de"), ("d", "de"))
        ]

    def test_it_closes_at_a_quarter_to(self) -> None:
        """The minutes are said too."""
        hours = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-11:45"))
        queue = attrs.evolve(OFFICE.queues["general"], calendar=hours)
        told = Counter(office=attrs.evolve(OFFICE, queues={**OFFICE.queues, "general": queue}))
        [welcome] = arrived(told, at=NINE.at(11, 40))

        assert isinstance(welcome, Announce)
        assert "11:45" in welcome.text.text("en")


class TestRouter:
    """Everything that a department's rule may ask about."""

    def test_the_work_is_that_of_the_contact(self) -> None:
        """The wait counts from joining, and who reached the office in time did so before the announcement."""
        heard: list[WorkItem] = []

        def listening(item: WorkItem, /, *, at: datetime) -> Requirement:  # noqa: ARG001 - the shape of a rule
            heard.append(item)
            return any_agent

        desk = Desk(OFFICE, agents=people(), rules=[listening])
        event = ContactArrived(id="1", contact=GERMAN, entry="general", priority=Priority.HIGH)
        desk.handle(event, at=NINE)
        desk.handle(QueueJoined(id="2", contact="c"), at=after(5))
        [item] = heard

        assert (item.id, item.queue, item.channel.name, item.language) == ("c", "general", "voice", "de")
        assert (item.entered_at, item.reached_at) == (after(5), NINE)
        assert (item.priority, item.case) == (Priority.HIGH, CaseRef("permit", "4711"))

    def test_of_two_offers_each_is_explained(self) -> None:
        """One decision makes both."""
        told = Counter(Agent(id="mara", skills={"general": 1}, languages={"de": 5}, capacity=2))
        for name in ("c", "d"):
            arrived(told, attrs.evolve(GERMAN, id=name))
            told.tell(QueueJoined, NINE, contact=name)
        assert len(offers(told.tell(AgentSignedIn, after(1), agent="mara"))) == 2

        explained = [told.desk.explain(name) for name in ("c", "d")]
        assert [each.item for each in explained if each is not None] == ["c", "d"]


class TestTicket:
    """What stands in its history."""

    def test_it_opens_with_what_is_known(self) -> None:
        """It counts from the contact's own beginning; the lifecycle opens it, and not a person."""
        _, effects = in_conversation()
        [opened] = [event for event in events(effects) if isinstance(event, Opened)]
        [received] = [event for event in events(effects) if isinstance(event, Received)]
        [attached] = [event for event in events(effects) if isinstance(event, CaseAttached)]

        assert (opened.by, opened.priority, opened.queue, opened.language) == ("", Priority.HIGH, "general", "de")
        assert received.contact == GERMAN.ref
        assert attached.case == CaseRef("permit", "4711")
        assert received.since == microseconds(GERMAN.created_at)

    def test_without_a_case_there_is_none(self) -> None:
        """Nothing is attached."""
        _, effects = in_conversation(attrs.evolve(GERMAN, cases=()))

        assert not [event for event in events(effects) if isinstance(event, CaseAttached)]

    def test_the_answer_is_the_conversation(self) -> None:
        """Given by the agent."""
        _, effects = in_conversation()
        [replied] = [event for event in events(effects) if isinstance(event, Replied)]

        assert (replied.contact, replied.by, replied.automatic) == (GERMAN.ref, "anna", False)

    def test_a_promise_is_the_offices(self) -> None:
        """No person gives it, or takes it back for another one."""
        told = Counter()
        arrived(told)
        told.tell(QueueJoined, NINE, contact="c")
        first, second = (
            told.tell(CallbackRequested, after(number), contact="c", callback=Callback.promised(NINE.add(hours=number)))
            for number in (1, 2)
        )
        given = [event for event in (*events(first), *events(second)) if isinstance(event, (Promised, PromiseEnded))]

        assert [(type(event).__name__, event.by) for event in given] == [
            *(("Promised", ""), ("PromiseEnded", ""), ("Promised", ""))
        ]


class TestOfficial:
    """What an official gets to read."""

    TOLD: Final = HandOver(
        CaseRef("permit", "4711"), "The permit ends on Friday.", language="de", waited=after(25) - after(5)
    )

    def asked(self, contact: Contact = GERMAN) -> tuple[Counter, OfferIssued]:
        """Otto is asked to join."""
        told, _ = in_conversation(contact)
        told.tell(AgentSignedIn, after(40), agent="otto")
        (offered,) = told.tell(ConsultRequested, after(60), contact="c", summary="The permit ends on Friday.")
        assert isinstance(offered, OfferIssued)
        return told, offered

    def test_it_goes_with_the_offer(self) -> None:
        """In the language of the citizen."""
        _, offered = self.asked()

        assert offered.carrying == self.TOLD

    def test_it_stands_at_the_dispatcher_too(self) -> None:
        """Word by word."""
        told, _ = self.asked()

        assert self.TOLD.summary in json.dumps(told.desk.snapshot()["dispatcher"])

    @pytest.mark.parametrize("cases", [GERMAN.cases, ()], ids=["with a case", "without a case"])
    def test_a_restored_desk_knows_it(self, cases: tuple[CaseRef, ...]) -> None:
        """To the last word, with a case or without."""
        told, offered = self.asked(attrs.evolve(GERMAN, cases=cases))
        stored = json.loads(json.dumps(told.desk.snapshot()))
        restored = Desk(OFFICE, agents=people())
        restored.restore(stored)
        assert json.loads(json.dumps(restored.snapshot())) == stored

        restored.handle(OfferAccepted(id="x", offer=offered.offer), at=after(65))
        [changed] = restored.handle(ConsultCompleted(id="y", contact="c"), at=after(70))
        [event, *_] = events((changed,))

        assert getattr(event, "hand_over", None) == attrs.evolve(self.TOLD, case=cases[0] if cases else None)

    def test_who_is_lost_takes_the_official_along(self) -> None:
        """Back in line, nobody has joined."""
        told, _ = self.asked()
        told.tell(AgentDisconnected, after(61), agent="anna")
        [line] = told.desk.snapshot()["lines"]

        assert (line["stage"], line["agent"], line["official"], line["carried"]) == ("QUEUED", "", "", None)
