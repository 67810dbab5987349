"""An agent's line drops, an agent pauses, work gives way: nobody is lost with it."""

import pendulum
import pytest
from desk_office import NINE, OFFICE, Counter, after, kinds, offers, people

from ticontact.contacts import Outcome
from ticontact.desk import Desk
from ticontact.desk.effects import (
    ConsultTransferred,
    ContactClosed,
    Effect,
    Requeued,
    TicketChanged,
    WorkResumed,
    WorkSuspended,
)
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    AgentStatusChanged,
    CallerLeft,
    ConsultCompleted,
    ConsultRequested,
    ContactEnded,
    OfferAccepted,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError
from ticontact.routing import AgentStatus

NOON = NINE.at(12)


def in_conversation(told: Counter, second: float = 0) -> None:
    """Anna talks to a caller about a case."""
    told.arrive("c", after(second), case="4711")
    told.tell(QueueJoined, after(second), contact="c")
    (offer,) = offers(told.tell(AgentSignedIn, after(second + 5), agent="anna"))
    told.tell(OfferAccepted, after(second + 5), offer=offer)


def written(effects: tuple[Effect, ...]) -> list[str]:
    """The kinds of ticket events among effects."""
    changed = [effect for effect in effects if isinstance(effect, TicketChanged)]
    return [type(event).__name__ for effect in changed for event in effect.events]


class TestLost:
    """The citizen is still on the line, and is not counted twice."""

    def test_a_caller_goes_back_to_the_front(self) -> None:
        """The place is that of the first entry, the ticket stays open, and the next answer is written down too."""
        told = Counter()
        in_conversation(told)
        told.arrive("d", after(20))
        told.tell(QueueJoined, after(20), contact="d")
        back = told.tell(AgentDisconnected, after(60), agent="anna")
        assert back == (Requeued(contact="c", agent="anna"),)
        assert told.desk.tickets["c"].state == "first_level"

        (offer,) = offers(told.tell(AgentSignedIn, after(70), agent="bruno"))
        assert offer.item == "c"
        assert written(told.tell(OfferAccepted, after(71), offer=offer)) == ["Replied"]
        ended = told.tell(ContactEnded, after(90), contact="c")
        assert [effect.outcome for effect in ended if isinstance(effect, ContactClosed)] == [Outcome.ANSWERED]

    def test_somebody_free_is_offered_at_once(self) -> None:
        """First the citizen is back in line, then it rings elsewhere."""
        told = Counter()
        in_conversation(told)
        told.tell(AgentSignedIn, after(30), agent="bruno")

        assert kinds(told.tell(AgentDisconnected, after(60), agent="anna")) == "back offer"

    def test_the_official_who_has_joined_has_the_citizen(self) -> None:
        """With the case and the summary, as in a hand-over."""
        told = Counter()
        in_conversation(told)
        told.tell(AgentSignedIn, after(10), agent="otto")
        (offer,) = offers(told.tell(ConsultRequested, after(20), contact="c", summary="A question."))
        told.tell(OfferAccepted, after(21), offer=offer)
        taken, changed = told.tell(AgentDisconnected, after(60), agent="anna")

        assert taken == ConsultTransferred(contact="c", agent="otto")
        assert written((changed,)) == ["HandedOver", "Transitioned"]
        assert told.desk.tickets["c"].state == "with_official"
        assert written(told.tell(ContactEnded, after(90), contact="c")) == ["Transitioned", "Transitioned"]

    def test_what_an_official_was_told_is_not_told_of_the_next_conversation(self) -> None:
        """Whoever gets the citizen back must ask anew before anything can be handed over."""
        told = Counter()
        in_conversation(told)
        told.tell(ConsultRequested, after(20), contact="c", summary="A question.")
        told.tell(AgentDisconnected, after(60), agent="anna")
        (offer,) = offers(told.tell(AgentSignedIn, after(70), agent="bruno"))
        told.tell(OfferAccepted, after(71), offer=offer)

        with pytest.raises(DeskError, match="contact 'c': nobody was asked to join"):
            told.tell(ConsultCompleted, after(80), contact="c")

    def test_an_official_alone_is_lost(self) -> None:
        """The citizen is back in the queue; the ticket is still with the second level."""
        told = Counter()
        in_conversation(told)
        told.tell(AgentSignedIn, after(10), agent="otto")
        (offer,) = offers(told.tell(ConsultRequested, after(20), contact="c", summary="A question."))
        told.tell(OfferAccepted, after(21), offer=offer)
        told.tell(ConsultCompleted, after(30), contact="c")

        assert kinds(told.tell(AgentDisconnected, after(60), agent="otto")) == "back offer"
        assert told.desk.tickets["c"].state == "with_official"

    @pytest.mark.parametrize(
        ("at", "until"),
        [
            (NOON.add(minutes=2), NOON.add(minutes=5)),
            (NOON.add(minutes=7), NOON.add(minutes=12)),
            (NOON.subtract(minutes=1), NOON.add(minutes=5)),
        ],
        ids=["in the drain", "after the drain", "before closing"],
    )
    def test_around_closing(self, at: pendulum.DateTime, until: pendulum.DateTime) -> None:
        """Who came in time is in line until the end of the drain or, after that, for as long as one takes."""
        told = Counter()
        in_conversation(told)
        told.tell(AgentDisconnected, at, agent="anna")
        assert told.desk.next_deadline() == until

        ended = told.tell(TimeAdvanced, until)
        assert kinds(ended) == "say over"
        assert told.desk.tickets["c"].state == "first_level"

    def test_twice_lost_is_once_lost(self) -> None:
        """The second time there is nothing to lose."""
        told = Counter()
        in_conversation(told)
        told.tell(AgentDisconnected, after(60), agent="anna")

        assert told.tell(AgentDisconnected, after(61), agent="anna") == ()


class TestPauses:
    """An agent takes no work for a while, and says why."""

    def test_a_pause_and_its_end(self) -> None:
        """Nothing is offered until the agent is back."""
        told = Counter()
        told.tell(AgentSignedIn, after(0), agent="anna")
        told.tell(AgentStatusChanged, after(10), agent="anna", because=AgentStatus.BREAK)
        told.arrive("c", after(20))
        assert told.tell(QueueJoined, after(20), contact="c") == ()
        explained = told.desk.explain("c")
        assert explained is not None
        assert next(
            eligibility for eligibility in explained.eligibilities if eligibility.agent == "anna"
        ).reason.text.en.endswith("on a break")

        assert kinds(told.tell(AgentSignedIn, after(30), agent="anna")) == "offer"

    @pytest.mark.parametrize("because", [AgentStatus.AVAILABLE, AgentStatus.NOT_RESPONDING, AgentStatus.OFFLINE])
    def test_what_is_no_pause(self, because: AgentStatus) -> None:
        """Coming, going and not responding are something else."""
        with pytest.raises(DeskError) as refusal:
            Counter().tell(AgentStatusChanged, NINE, agent="anna", because=because)

        assert str(refusal.value) == (
            f"agent 'anna': {because.name} is no pause; allowed: BREAK, MEETING, TRAINING, HEARING, COUNTER, TECHNICAL"
        )


class TestGivingWay:
    """A letter in hand gives way to a call, and comes back."""

    def test_a_letter_is_set_aside_and_taken_up(self) -> None:
        """Only where the office wants it so."""
        told = Counter(preempting=True)
        told.arrive("m", NINE, "letters")
        told.tell(QueueJoined, NINE, contact="m")
        (offer,) = offers(told.tell(AgentSignedIn, after(5), agent="anna"))
        told.tell(OfferAccepted, after(5), offer=offer)
        told.arrive("c", after(20))
        aside = told.tell(QueueJoined, after(20), contact="c")
        assert WorkSuspended(contact="m", agent="anna") in aside

        (offer,) = offers(aside)
        told.tell(OfferAccepted, after(21), offer=offer)
        told.tell(ContactEnded, after(60), contact="c")
        assert told.tell(TimeAdvanced, after(80)) == (WorkResumed(contact="m", agent="anna"),)


class TestWithoutALine:
    """What is written has no line that could be hung up."""

    def test_unless_the_office_wants_it_nothing_is_set_aside(self) -> None:
        """A letter in hand is finished first."""
        told = Counter()
        told.desk = Desk(OFFICE, agents=people())
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.arrive("m", NINE, "letters")
        (offer,) = offers(told.tell(QueueJoined, NINE, contact="m"))
        told.tell(OfferAccepted, NINE, offer=offer)
        told.arrive("c", after(1))

        assert told.tell(QueueJoined, after(1), contact="c") == ()

    @pytest.mark.parametrize("stage", ["announced", "queued", "in hand"])
    def test_a_letter_cannot_hang_up(self, stage: str) -> None:
        """Refused with nothing changed: its ticket stays open, and it is answered."""
        told = Counter()
        told.arrive("m", NINE, "letters")
        if stage != "announced":
            told.tell(QueueJoined, NINE, contact="m")
        if stage == "in hand":
            (offer,) = offers(told.tell(AgentSignedIn, after(5), agent="anna"))
            told.tell(OfferAccepted, after(5), offer=offer)
        before = dict(told.desk.tickets)

        with pytest.raises(DeskError) as refusal:
            told.tell(CallerLeft, after(10), contact="m")
        assert str(refusal.value) == (
            "contact 'm': nobody is on the line of email; allowed: ContactEnded, once it is answered"
        )
        assert before == told.desk.tickets
