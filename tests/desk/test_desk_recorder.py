"""What happens at a desk is counted by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from desk_office import NINE, OFFICE, Counter, after, call, offers, people

from ticontact.contacts import Outcome
from ticontact.desk import (
    AgentSignedIn,
    AgentSignedOut,
    ConsultAsked,
    ContactArrived,
    ContactEnded,
    Desk,
    DeskEvent,
    DeskRecorder,
    Effect,
    HandedOver,
    HungUp,
    MakeOffer,
    OfferAccepted,
    OfferDeclined,
    QueueJoined,
    Ticked,
)
from ticontact.routing import WaitsBecause
from ticontact.routing.measures import Fact, StaffTime, instant_of


class Counted(Counter):
    """A desk with a recorder, which hears every event twice, the second time late. It is mutable."""

    def __init__(self) -> None:
        super().__init__()
        self.recorder = DeskRecorder(OFFICE)
        self._ids = count()

    def tell(self, kind: Callable[..., DeskEvent], at: datetime, **fields: object) -> tuple[Effect, ...]:
        """Tell the desk and the recorder an event."""
        event = kind(id=f"told-{next(self._ids)}", **fields)
        effects = self.desk.handle(event, at=at)
        self.recorder.follow(event, effects, at=at)
        self.recorder.follow(event, self.desk.handle(event, at=at), at=at + timedelta(hours=1))
        return effects

    def in_conversation(self) -> None:
        """A call joins after 5 s, Anna comes after 30 s and takes it."""
        self.arrive("c", NINE)
        self.tell(QueueJoined, after(5), contact="c")
        (offer,) = offers(self.tell(AgentSignedIn, after(30), agent="anna"))
        self.tell(OfferAccepted, after(30), offer=offer)
        self.tell(AgentSignedIn, after(40), agent="otto")

    @property
    def fact(self) -> Fact:
        """What became of the call."""
        [fact] = self.recorder.facts
        return fact


@pytest.fixture(name="told")
def _told() -> Counted:
    """A desk at which a call is in conversation."""
    told = Counted()
    told.in_conversation()
    return told


def split(fact: Fact) -> tuple[float, float, float]:
    """Talk, hold and wrap-up in seconds."""
    return fact.talk.total_seconds(), fact.hold.total_seconds(), fact.wrap_up.total_seconds()


class TestCalls:
    """Each second once, though everything is told twice."""

    def test_answered(self, told: Counted) -> None:
        """The wrap-up is as long as the office says."""
        told.tell(ContactEnded, after(90), contact="c")

        assert told.fact == Fact(
            item="c",
            queue="general",
            channel="voice",
            offered_at=NINE,
            entered_at=after(5),
            answered_at=after(30),
            left_at=after(90),
            outcome=Outcome.ANSWERED,
            talk=timedelta(seconds=60),
            wrap_up=timedelta(seconds=20),
        )

    def test_handed_over(self, told: Counted) -> None:
        """Held from asking until Otto takes over; Anna and Otto wrap up."""
        (offer,) = offers(told.tell(ConsultAsked, after(60), contact="c", summary="x"))
        told.tell(OfferAccepted, after(65), offer=offer)
        told.tell(HandedOver, after(80), contact="c")
        told.tell(ContactEnded, after(200), contact="c")

        assert (split(told.fact), told.fact.handed_over_at) == ((150, 20, 40), instant_of(after(80)))
        assert told.recorder.staff_figures(purpose="a test").by_agent == {
            "anna": StaffTime(
                contacts=1, talk=timedelta(seconds=30), hold=timedelta(seconds=20), wrap_up=timedelta(seconds=20)
            ),
            "otto": StaffTime(contacts=1, talk=timedelta(seconds=120), wrap_up=timedelta(seconds=20)),
        }

    def test_a_colleague_who_declines(self, told: Counted) -> None:
        """The citizen is held until then, and talks with Anna again."""
        (offer,) = offers(told.tell(ConsultAsked, after(60), contact="c", summary="x"))
        told.tell(OfferDeclined, after(70), offer=offer)
        told.tell(ContactEnded, after(100), contact="c")

        assert split(told.fact) == (60, 10, 20)

    def test_hung_up_in_line(self) -> None:
        """Nobody worked."""
        told = Counted()
        told.arrive("c", NINE)
        told.tell(QueueJoined, after(5), contact="c")
        told.tell(HungUp, after(25), contact="c")

        assert (told.fact.outcome, told.fact.waited) == (Outcome.ABANDONED_LONG, timedelta(seconds=20))
        assert split(told.fact) == (0, 0, 0)

    def test_out_of_hours(self) -> None:
        """It is known that nobody could be there."""
        told = Counted()
        told.arrive("c", NINE.add(hours=9))

        assert (told.fact.outcome, told.fact.in_hours) == (Outcome.CLOSED, False)

    def test_a_letter_is_no_live_work(self) -> None:
        """Its channel says so."""
        told = Counted()
        told.arrive("c", NINE, "letters")

        assert (told.fact.is_live, told.fact.channel, told.fact.queue) == (False, "email", "letters")

    def test_nothing_happens(self) -> None:
        """Time alone is no contact."""
        told = Counted()
        told.tell(Ticked, NINE)

        assert told.recorder.facts == ()


class TestShifts:
    """From when to when somebody was there; not who."""

    def test_shifts(self) -> None:
        """One that goes on is cut; one who leaves without having come was not there; twice in is once in."""
        told = Counted()
        told.tell(AgentSignedIn, NINE, agent="bruno")
        told.tell(AgentSignedIn, after(10), agent="anna")
        told.tell(AgentSignedIn, after(20), agent="anna")
        told.tell(AgentSignedOut, after(60), agent="anna")
        told.tell(AgentSignedOut, after(70), agent="otto")

        assert told.recorder.shifts(until=after(100)) == (
            (instant_of(NINE), instant_of(after(100))),
            (instant_of(after(10)), instant_of(after(60))),
        )


def test_a_desk_that_does_not_explain() -> None:
    """It decides the same, and has nothing to say about why."""
    desk = Desk(OFFICE, agents=people(), explaining=False)
    desk.handle(AgentSignedIn(id="e-1", agent="anna"), at=NINE)
    desk.handle(ContactArrived(id="e-2", contact=call("c", NINE), entry="general"), at=NINE)
    (offered,) = desk.handle(QueueJoined(id="e-3", contact="c"), at=after(5))

    assert isinstance(offered, MakeOffer)
    assert desk.explain("c") is None


def test_a_desk_says_why_somebody_waits() -> None:
    """As everything stands now, also after an offer that was withdrawn; while it rings, who was chosen."""
    told = Counted()
    told.arrive("c", NINE)
    assert told.desk.explain("c") is None

    told.tell(QueueJoined, after(5), contact="c")
    before = told.desk.explain("c")
    told.tell(AgentSignedIn, after(30), agent="anna")
    ringing = told.desk.explain("c")
    told.tell(AgentSignedOut, after(40), agent="anna")
    withdrawn = told.desk.explain("c")

    assert before is not None
    assert before.waits is not None
    assert before.waits.because is WaitsBecause.NOBODY
    assert ringing is not None
    assert (ringing.waits, ringing.verdicts[0].is_chosen) == (None, True)
    assert withdrawn is not None
    assert withdrawn.waits is not None
    assert withdrawn.waits.because is WaitsBecause.NOBODY
