"""An official joins, hears what the citizen has said already, and takes over."""

from datetime import timedelta

import attrs
import pytest
from desk_office import NINE, OFFICE, Counter, after, kinds, offers, people

from ticontact.contacts import CaseRef, HandOver
from ticontact.desk import Desk
from ticontact.desk.effects import Connect, ConsultReturned, OfferIssued, TicketChanged
from ticontact.desk.events import (
    AgentSignedIn,
    ConsultCompleted,
    ConsultRequested,
    ContactEnded,
    OfferAccepted,
    OfferDeclined,
    QueueJoined,
)
from ticontact.errors import DeskError, RoutingError
from ticontact.tickets.events import HandedOver as TicketHandedOver


def in_conversation(case: str = "4711") -> Counter:
    """Anna talks with a citizen who waited 25 s, and Otto is there."""
    told = Counter()
    told.arrive("c", NINE, case=case)
    told.tell(QueueJoined, after(5), contact="c")
    (offer,) = offers(told.tell(AgentSignedIn, after(30), agent="anna"))
    told.tell(OfferAccepted, after(30), offer=offer)
    told.tell(AgentSignedIn, after(40), agent="otto")
    return told


def handed_over(told: Counter, *, since: float = 60) -> TicketHandedOver:
    """Otto is asked, joins and takes over; the event on the ticket."""
    (offer,) = offers(told.tell(ConsultRequested, after(since), contact="c", summary="The permit ends on Friday."))
    told.tell(OfferAccepted, after(since + 5), offer=offer)
    (changed,) = told.tell(ConsultCompleted, after(since + 20), contact="c")
    assert isinstance(changed, TicketChanged)
    event = changed.events[0]
    assert isinstance(event, TicketHandedOver)
    return event


@pytest.mark.parametrize(
    ("case", "reference"), [("4711", CaseRef("permit", "4711")), ("", None)], ids=["with a case", "without a case"]
)
def test_the_citizen_tells_it_once(case: str, reference: CaseRef | None) -> None:
    """The case, what was said, the language and the time waited in line go along."""
    event = handed_over(in_conversation(case))

    expected = HandOver(reference, "The permit ends on Friday.", language="it", waited=timedelta(seconds=25))
    assert expected == event.hand_over


def test_the_official_reads_it_before_answering() -> None:
    """It comes with the offer; an offer to take a contact carries nothing."""
    told = in_conversation()
    (asked,) = told.tell(ConsultRequested, after(60), contact="c", summary="The permit ends on Friday.")
    told.arrive("d", after(61))
    told.tell(AgentSignedIn, after(62), agent="bruno")
    (offered,) = told.tell(QueueJoined, after(62), contact="d")

    assert isinstance(asked, OfferIssued)
    assert asked.carrying == HandOver(
        CaseRef("permit", "4711"), "The permit ends on Friday.", language="it", waited=timedelta(seconds=25)
    )
    assert isinstance(offered, OfferIssued)
    assert offered.carrying is None
    assert "Friday" not in repr(asked)


def test_the_ticket_goes_to_the_official() -> None:
    """It is with the official from then on, and closed by the official."""
    told = in_conversation()
    event = handed_over(told)
    ticket = told.desk.tickets["c"]
    ended = told.tell(ContactEnded, after(300), contact="c")

    assert (event.by, ticket.state, ticket.owner) == ("anna", "with_official", "otto")
    assert [each.by for effect in ended if isinstance(effect, TicketChanged) for each in effect.events] == ["otto"] * 2


def test_the_official_joins_a_conversation_that_goes_on() -> None:
    """The bridge is told to add, not to replace."""
    told = in_conversation()
    (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="A question."))

    assert offer.purpose == "consult"
    assert told.tell(OfferAccepted, after(65), offer=offer) == (Connect(contact="c", agent="otto", joining=True),)


def test_the_explanation_stays_that_of_the_citizens_agent() -> None:
    """Asking an official does not change why Anna was chosen."""
    told = in_conversation()
    before = told.desk.explain("c")
    handed_over(told)

    assert before == told.desk.explain("c")


def test_the_operator_is_free_after_the_work_that_follows() -> None:
    """Twenty seconds after the hand-over at 80 s Anna takes the next call, while Otto talks on."""
    told = in_conversation()
    handed_over(told)
    told.arrive("d", after(85))
    told.tell(QueueJoined, after(85), contact="d")

    assert told.desk.next_deadline() == after(100)


def test_an_official_who_declines_leaves_the_operator_in_the_conversation() -> None:
    """There is nobody to hand over to: the operator is told, goes on and ends it."""
    told = in_conversation()
    (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="A question."))
    assert told.tell(OfferDeclined, after(61), offer=offer) == (ConsultReturned(contact="c"),)

    with pytest.raises(RoutingError):
        told.tell(ConsultCompleted, after(62), contact="c")
    ended = told.tell(ContactEnded, after(70), contact="c")
    assert kinds(ended) == "ticket ticket over"
    assert told.desk.tickets["c"].state == "closed"


def test_an_office_without_a_second_level_says_so() -> None:
    """Nobody waits for an official who does not exist."""
    told = in_conversation()
    alone = attrs.evolve(OFFICE, second_level="")
    desk = Desk(alone, agents=people())
    desk.restore(told.desk.snapshot())

    with pytest.raises(DeskError, match="contact 'c': this office has no second level; allowed: to go on alone"):
        desk.handle(ConsultRequested(id="new", contact="c", summary="A question."), at=after(60))


def test_an_official_may_be_asked_again() -> None:
    """Who declined a minute ago may have time now; the new summary is the one that goes along."""
    told = in_conversation()
    (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="Busy?"))
    told.tell(OfferDeclined, after(61), offer=offer)

    assert handed_over(told, since=120).hand_over.summary == "The permit ends on Friday."


def test_a_refused_question_does_not_change_the_first_one() -> None:
    """Asked twice, the second time is refused, and its summary once replaced the first nevertheless."""
    told = in_conversation()
    (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="What was said."))
    with pytest.raises(RoutingError):
        told.tell(ConsultRequested, after(61), contact="c", summary="Something else.")
    told.tell(OfferAccepted, after(62), offer=offer)
    (changed,) = told.tell(ConsultCompleted, after(63), contact="c")

    assert isinstance(changed, TicketChanged)
    event = changed.events[0]
    assert isinstance(event, TicketHandedOver)
    assert event.hand_over.summary == "What was said."


def test_what_was_said_shows_in_no_event() -> None:
    """The summary may hold anything: it stays out of every `repr`."""
    event = ConsultRequested(id="e", contact="c", summary="Secret")

    assert "Secret" not in repr(event)
    assert "Secret" not in repr(handed_over(in_conversation()))
