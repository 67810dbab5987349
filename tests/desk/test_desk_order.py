"""Time goes forward, an event is taken once, and nothing that follows from time is lost."""

from datetime import UTC, datetime

import attrs
import pytest
from desk_office import NINE, OFFICE, Counter, after, call, kinds, offers

from ticontact.contacts import Need, Outcome, Party, Role
from ticontact.desk import Desk
from ticontact.desk.effects import ContactClosed, OfferIssued, OfferRevoked
from ticontact.desk.events import (
    AgentSignedIn,
    AgentSignedOut,
    CallerLeft,
    ContactArrived,
    ContactEnded,
    OfferAccepted,
    OfferDeclined,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError, NaiveTime, TimeWentBack


@pytest.fixture(name="told")
def _told() -> Counter:
    """An empty desk at nine in the morning."""
    return Counter()


class TestTheSameEventTwice:
    """An event is known by its id and its content: the second time it changes nothing, whenever it comes."""

    def test_the_second_time_it_answers_the_same(self) -> None:
        """A bridge that repeats itself does no harm, and an outbox knows the effects by their ids."""
        desk = Desk(OFFICE)
        event = ContactArrived(id="e-1", contact=call("c", NINE, channel="email"), entry="letters")
        first = desk.handle(event, at=NINE)
        tickets = dict(desk.tickets)

        assert kinds(first) == "say ticket"
        assert [desk.handle(event, at=after(second)) for second in (0, 10, -10)] == [first, first, first]
        assert [effect.id for effect in first] == ["e-1/1", "e-1/2"]
        assert desk.tickets == tickets

    def test_a_bridge_that_counts_from_one_again(self) -> None:
        """An event of other content is another event, and its id is refused; by its content alone it is the same."""
        desk = Desk(OFFICE)
        first = desk.handle(
            ContactArrived(id="e-1", contact=call("c", NINE, channel="email", case="7"), entry="letters"), at=NINE
        )
        again = ContactArrived(id="e-1", contact=call("c", NINE, channel="email", case="7"), entry="letters")
        other = ContactArrived(id="e-1", contact=call("c", NINE, channel="email", case="8"), entry="letters")
        restored = Desk(OFFICE)
        restored.restore(desk.snapshot())

        assert desk.handle(again, at=NINE) == first
        assert restored.handle(again, at=NINE) == ()
        for each in (desk, restored):
            with pytest.raises(DeskError, match="event 'e-1': an event of other content had this id"):
                each.handle(other, at=NINE)

    def test_what_has_no_order_is_told_in_any(self) -> None:
        """The needs of a citizen are the same ones however they are listed; another need is another event."""

        def arrives(*needs: Need) -> ContactArrived:
            citizen = Party(Role.CITIZEN, needs=needs)
            return ContactArrived(id="e-1", contact=attrs.evolve(call("c", NINE), parties=[citizen]), entry="general")

        desk = Desk(OFFICE)
        first = desk.handle(arrives(*Need), at=NINE)
        restored = Desk(OFFICE)
        restored.restore(desk.snapshot())

        assert desk.handle(arrives(*reversed(Need)), at=NINE) == first
        assert restored.handle(arrives(*reversed(Need)), at=NINE) == ()
        for each in (desk, restored):
            with pytest.raises(DeskError, match="event 'e-1': an event of other content had this id"):
                each.handle(arrives(Need.LARGE_PRINT), at=NINE)

    def test_a_repetition_does_not_move_time(self) -> None:
        """What was taken is not taken later instead."""
        desk = Desk(OFFICE)
        desk.handle(TimeAdvanced(id="e-1"), at=NINE)
        desk.handle(TimeAdvanced(id="e-1"), at=after(60))

        assert desk.handle(TimeAdvanced(id="e-2"), at=after(1)) == ()

    def test_a_refused_event_may_come_again(self) -> None:
        """It was not taken: when it makes sense, it is."""
        desk = Desk(OFFICE)
        joins = QueueJoined(id="e-1", contact="c")
        with pytest.raises(DeskError):
            desk.handle(joins, at=NINE)
        desk.handle(ContactArrived(id="e-2", contact=call("c", NINE), entry="general"), at=NINE)
        desk.handle(joins, at=after(5))

        (ended,) = desk.handle(CallerLeft(id="e-3", contact="c"), at=after(6))
        assert ended == ContactClosed(contact="c", outcome=Outcome.ABANDONED_LONG)


class TestTime:
    """The desk has no clock; the time it is told never goes back."""

    @pytest.mark.parametrize("event", [TimeAdvanced(id="e-2"), AgentSignedIn(id="e-2", agent="anna")])
    def test_time_that_goes_back_is_refused(self, event: TimeAdvanced | AgentSignedIn) -> None:
        """By as little as a microsecond, and the message names both instants."""
        desk = Desk(OFFICE)
        desk.handle(TimeAdvanced(id="e-1"), at=NINE)

        with pytest.raises(TimeWentBack) as refusal:
            desk.handle(event, at=after(-1e-6))
        assert str(refusal.value) == (
            "at: 2026-03-18T08:59:59.999999+01:00 is before the desk's own time, 2026-03-18T09:00:00+01:00"
        )

    def test_the_same_instant_again_is_no_step_back(self, told: Counter) -> None:
        """Many things happen in one microsecond, told in any zone."""
        told.tell(TimeAdvanced, NINE)

        assert told.tell(TimeAdvanced, NINE.astimezone(UTC)) == ()

    def test_a_naive_instant_is_refused(self, told: Counter) -> None:
        """Without a zone nobody can say when it was."""
        with pytest.raises(NaiveTime):
            told.tell(TimeAdvanced, datetime(2026, 3, 18, 9))  # noqa: DTZ001 - that is what is refused
        assert told.tell(TimeAdvanced, after(-3600)) == ()

    def test_a_refused_event_has_not_moved_time(self, told: Counter) -> None:
        """A bridge whose clock is mad does not take the desk with it."""
        with pytest.raises(DeskError):
            told.tell(CallerLeft, after(60), contact="c")

        assert told.tell(TimeAdvanced, after(59)) == ()


class TestDeadlines:
    """What time brings about comes at its own instant, first of all, and is never lost."""

    def test_an_empty_desk_has_nothing_ahead(self, told: Counter) -> None:
        """Nobody needs to call it."""
        assert told.desk.next_deadline() is None

    def test_the_work_after_a_call_is_one(self, told: Counter) -> None:
        """Twenty seconds after the call the agent is free, and whoever waits is offered."""
        self._second_call_waits(told)

        assert after(50) == told.desk.next_deadline()
        (offered,) = told.tell(TimeAdvanced, after(50))
        assert isinstance(offered, OfferIssued)
        assert (offered.offer.item, offered.offer.agent) == ("d", "anna")
        assert told.desk.next_deadline() == after(3 * 3600 + 300)

    def test_what_came_due_stands_before_what_happened(self, told: Counter) -> None:
        """A late event finds the world as it is by then."""
        self._second_call_waits(told)

        effects = told.arrive("e", after(60))
        assert kinds(effects) == "offer say"

    def test_nothing_is_lost_with_a_refused_event(self, told: Counter) -> None:
        """The offer that came due before a senseless event comes with the next one."""
        self._second_call_waits(told)
        with pytest.raises(DeskError):
            told.tell(ContactEnded, after(60), contact="nobody")

        assert kinds(told.tell(TimeAdvanced, after(61))) == "offer"

    def test_dispatcher_and_desk_take_turns_by_time(self, told: Counter) -> None:
        """One queue lets go at noon, ten seconds later the agent is free, five minutes after noon the other lets go."""
        noon = NINE.at(12)
        told.tell(AgentSignedIn, noon.subtract(minutes=5), agent="anna")
        for name, entry in (("first", "general"), ("no-drain", "advice"), ("drain", "general")):
            told.arrive(name, noon.subtract(minutes=2), entry)
        (offer,) = offers(told.tell(QueueJoined, noon.subtract(minutes=2), contact="first"))
        told.tell(OfferAccepted, noon.subtract(minutes=2), offer=offer)
        for name in ("no-drain", "drain"):
            told.tell(QueueJoined, noon.subtract(minutes=1), contact=name)
        told.tell(ContactEnded, noon.subtract(seconds=10), contact="first")

        effects = told.tell(TimeAdvanced, noon.add(hours=1))
        assert kinds(effects) == "say over offer say ticket over withdraw"
        assert [effect.contact for effect in effects if isinstance(effect, ContactClosed)] == ["no-drain", "drain"]

    @staticmethod
    def _second_call_waits(told: Counter) -> None:
        """Anna's first call ends at 30 s, and a second one waits for her."""
        told.tell(AgentSignedIn, after(0), agent="anna")
        told.arrive("c", after(0))
        (offer,) = offers(told.tell(QueueJoined, after(5), contact="c"))
        told.tell(OfferAccepted, after(5), offer=offer)
        told.arrive("d", after(10))
        told.tell(QueueJoined, after(15), contact="d")
        told.tell(ContactEnded, after(30), contact="c")


class TestOffers:
    """One agent at a time is asked for a contact; who declines is not asked again in the same round."""

    def test_a_declined_contact_goes_to_the_next(self, told: Counter) -> None:
        """It keeps its place, and the explanation says who was chosen in the end."""
        for agent in ("anna", "bruno"):
            told.tell(AgentSignedIn, after(0), agent=agent)
        told.arrive("c", after(1))
        assert told.desk.explain("c") is None
        (to_anna,) = offers(told.tell(QueueJoined, after(2), contact="c"))
        (to_bruno,) = offers(told.tell(OfferDeclined, after(3), offer=to_anna))
        explanation = told.desk.explain("c")

        assert (to_anna.agent, to_bruno.agent) == ("anna", "bruno")
        assert explanation is not None
        assert [eligibility.agent for eligibility in explanation.eligibilities if eligibility.is_chosen] == ["bruno"]

    def test_who_signs_out_while_it_rings_loses_the_offer(self, told: Counter) -> None:
        """It is withdrawn and made to somebody else, in this order."""
        for agent in ("anna", "bruno"):
            told.tell(AgentSignedIn, after(0), agent=agent)
        told.arrive("c", after(1))
        (to_anna,) = offers(told.tell(QueueJoined, after(2), contact="c"))

        withdrawn, made = told.tell(AgentSignedOut, after(3), agent="anna")
        assert withdrawn == OfferRevoked(offer=to_anna)
        assert isinstance(made, OfferIssued)
        assert made.offer.agent == "bruno"


def test_a_contact_reaches_an_entry_point_of_its_channel() -> None:
    """A letter does not come in by telephone: it is refused, and its id is free for the right one."""
    desk = Desk(OFFICE)
    entry = next(name for name, each in OFFICE.entries.items() if each.channel.name == "voice")

    with pytest.raises(DeskError, match=f"contact 'c': it is post; allowed at '{entry}': voice"):
        desk.handle(ContactArrived(id="1", contact=call("c", NINE, channel="post"), entry=entry), at=NINE)
    assert kinds(desk.handle(ContactArrived(id="1", contact=call("c", NINE), entry=entry), at=NINE)) == "say"
