"""A stated need and a language decide who is served first, and by whom."""

import pytest
from desk_office import NINE, Counter, after, call, offers

from ticontact.desk.events import (
    AgentSignedIn,
    ConsultRequested,
    ContactArrived,
    OfferAccepted,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.i18n import Language
from ticontact.priority import Priority
from ticontact.routing import Agent, Offer


def arrives(told: Counter, name: str, second: float, *, language: Language = "it", need: Priority) -> list[Offer]:
    """A caller with a need joins the line at once; the offers that follow."""
    contact = call(name, after(second), language=language)
    told.tell(ContactArrived, after(second), contact=contact, entry="general", priority=need)
    return offers(told.tell(QueueJoined, after(second), contact=name))


@pytest.mark.parametrize(
    ("later_by", "first"), [(89, "urgent"), (90, "plain"), (91, "plain")], ids=["89 s", "90 s: a tie", "91 s"]
)
def test_a_stated_need_is_worth_ninety_seconds(later_by: int, first: str) -> None:
    """Who has a need goes before who came less than 90 s earlier; at a tie who came first."""
    told = Counter()
    arrives(told, "plain", 0, need=Priority.NORMAL)
    arrives(told, "urgent", later_by, need=Priority.HIGH)

    (offer,) = offers(told.tell(AgentSignedIn, after(200), agent="anna"))
    assert offer.item == first


@pytest.mark.parametrize("need", [Priority.NORMAL, Priority.HIGH])
def test_the_ticket_keeps_the_need(need: Priority) -> None:
    """Whether it is opened by the answer or by the end of the drain."""
    told = Counter()
    arrives(told, "answered", 0, need=need)
    arrives(told, "called-back", 1, need=need)
    (offer,) = offers(told.tell(AgentSignedIn, after(2), agent="anna"))
    told.tell(OfferAccepted, after(2), offer=offer)
    told.tell(TimeAdvanced, NINE.add(hours=4))

    assert {name: ticket.priority for name, ticket in told.desk.tickets.items()} == {
        "answered": need,
        "called-back": need,
    }


@pytest.mark.parametrize(("language", "agent"), [("it", "bruno"), ("de", "anna")])
def test_the_citizens_language_is_spoken(language: Language, agent: str) -> None:
    """Bruno has been idle longer and speaks Italian alone."""
    told = Counter()
    told.tell(AgentSignedIn, after(0), agent="bruno")
    told.tell(AgentSignedIn, after(1), agent="anna")
    contact = call("c", after(2), language=language)
    told.tell(ContactArrived, after(2), contact=contact, entry="general")

    (offer,) = offers(told.tell(QueueJoined, after(2), contact="c"))
    assert offer.agent == agent


@pytest.mark.parametrize(("language", "official"), [("it", "pia"), ("de", "otto")])
def test_the_official_speaks_it_too(language: Language, official: str) -> None:
    """Pia has been idle longer and speaks Italian alone."""
    told = Counter(Agent(id="pia", skills={"official": 5}, languages={"it": 10}))
    for second, agent in enumerate(("anna", "pia", "otto")):
        told.tell(AgentSignedIn, after(second), agent=agent)
    (to_anna,) = arrives(told, "c", 5, language=language, need=Priority.NORMAL)
    told.tell(OfferAccepted, after(6), offer=to_anna)

    (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="A question."))
    assert offer.agent == official
