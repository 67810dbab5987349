"""What happens at a desk is counted by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from desk_office import NINE, OFFICE, Counter, after, call, microseconds, offers, people

from ticontact.contacts import Outcome
from ticontact.desk import Desk, DeskRecorder
from ticontact.desk.effects import Effect, OfferIssued
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
    OfferAccepted,
    OfferDeclined,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.measures import StaffTime, WorkRecord
from ticontact.routing import AgentStatus, Callback, WaitingReason


class Counted(Counter):
    """A desk with a recorder, which hears every event twice, the second time late. It is mutable."""

    def __init__(self, *, preempting: bool = False) -> None:
        super().__init__(preempting=preempting)
        self.recorder = DeskRecorder(OFFICE)
        self.ids = count()

    def tell(self, kind: Callable[..., DeskEvent], at: datetime, **fields: object) -> tuple[Effect, ...]:
        """Tell the desk and the recorder an event."""
        event = kind(id=f"told-{next(self.ids)}", **fields)
        effects = self.desk.handle(event, at=at)
        self.recorder.follow(event, effects, at=at)
        self.recorder.follow(event, self.desk.handle(event, at=at), at=at + timedelta(hours=1))
        return effects

    def is_nothing_kept(self) -> bool:
        """Whether nothing names the contact any more, once all that is over is forgotten."""
        self.recorder.forget(before=after(3600))
        return "'c'" not in repr(vars(self.recorder))

    def in_conversation(self) -> None:
        """A call joins after 5 s, Anna comes after 30 s and takes it."""
        self.arrive("c", NINE)
        self.tell(QueueJoined, after(5), contact="c")
        (offer,) = offers(self.tell(AgentSignedIn, after(30), agent="anna"))
        self.tell(OfferAccepted, after(30), offer=offer)
        self.tell(AgentSignedIn, after(40), agent="otto")

    @property
    def record(self) -> WorkRecord:
        """What became of the call."""
        [record] = self.recorder.records
        return record


@pytest.fixture(name="told")
def _told() -> Counted:
    """A desk at which a call is in conversation."""
    told = Counted()
    told.in_conversation()
    return told


def split(record: WorkRecord) -> tuple[float, float, float]:
    """Talk, hold and wrap-up in seconds."""
    return record.talk.total_seconds(), record.hold.total_seconds(), record.wrap_up.total_seconds()


class TestCalls:
    """Each second once, though everything is told twice."""

    def test_answered(self, told: Counted) -> None:
        """The wrap-up is as long as the office says."""
        told.tell(ContactEnded, after(90), contact="c")

        assert told.record == WorkRecord(
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
        (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="x"))
        told.tell(OfferAccepted, after(65), offer=offer)
        told.tell(ConsultCompleted, after(80), contact="c")
        told.tell(ContactEnded, after(200), contact="c")

        assert (split(told.record), told.record.handed_over_at) == ((150, 20, 40), microseconds(after(80)))
        assert told.recorder.staff_figures(purpose="a test").by_agent == {
            "anna": StaffTime(
                contacts=1, talk=timedelta(seconds=30), hold=timedelta(seconds=20), wrap_up=timedelta(seconds=20)
            ),
            "otto": StaffTime(contacts=1, talk=timedelta(seconds=120), wrap_up=timedelta(seconds=20)),
        }

    def test_a_colleague_who_declines(self, told: Counted) -> None:
        """The citizen is held until then, and talks with Anna again."""
        (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="x"))
        told.tell(OfferDeclined, after(70), offer=offer)
        told.tell(ContactEnded, after(100), contact="c")

        assert split(told.record) == (60, 10, 20)

    def test_what_was_written_and_left_in_the_announcement(self) -> None:
        """It joins by itself after ten minutes, and waits from then on, whenever the desk is called."""
        told = Counted()
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.arrive("m", NINE, "letters")
        (offer,) = offers(told.tell(TimeAdvanced, after(630)))
        told.tell(OfferAccepted, after(640), offer=offer)
        told.tell(ContactEnded, after(700), contact="m")

        assert (told.record.queue, told.record.outcome) == ("letters", Outcome.ANSWERED)
        assert (told.record.entered_at, told.record.answered_at) == (microseconds(after(600)), microseconds(after(640)))

    def test_hung_up_in_line(self) -> None:
        """Nobody worked."""
        told = Counted()
        told.arrive("c", NINE)
        told.tell(QueueJoined, after(5), contact="c")
        told.tell(CallerLeft, after(25), contact="c")

        assert (told.record.outcome, told.record.waited) == (Outcome.ABANDONED_LONG, timedelta(seconds=20))
        assert split(told.record) == (0, 0, 0)

    def test_out_of_hours(self) -> None:
        """It is known that nobody could be there."""
        told = Counted()
        told.arrive("c", NINE.add(hours=9))

        assert (told.record.outcome, told.record.in_hours) == (Outcome.CLOSED, False)

    def test_a_letter_is_no_live_work(self) -> None:
        """Its channel says so."""
        told = Counted()
        told.arrive("c", NINE, "letters")

        assert (told.record.is_live, told.record.channel, told.record.queue) == (False, "email", "letters")

    def test_nothing_happens(self) -> None:
        """Time alone is no contact."""
        told = Counted()
        told.tell(TimeAdvanced, NINE)

        assert told.recorder.records == ()


class TestLost:
    """Who is lost has no work after the call; the citizen waits twice and is answered once."""

    def test_a_call_that_goes_back(self, told: Counted) -> None:
        """Anna has 30 s of it and is lost, Bruno takes it after 20 s more and has 40 s and his wrap-up."""
        told.tell(AgentDisconnected, after(60), agent="anna")
        (offer,) = offers(told.tell(AgentSignedIn, after(80), agent="bruno"))
        told.tell(OfferAccepted, after(80), offer=offer)
        told.tell(ContactEnded, after(120), contact="c")

        assert told.record.outcome is Outcome.ANSWERED
        assert told.record.answered_at == microseconds(after(30))  # the citizen was answered the first time already
        assert split(told.record) == (70, 0, 20)
        staff = told.recorder.staff_figures(purpose="a test").by_agent
        assert [staff[name].talk.total_seconds() for name in ("anna", "bruno")] == [30, 40]

    def test_an_official_takes_over(self, told: Counted) -> None:
        """From being asked at 50 s to the loss at 90 s the citizen was held."""
        (offer,) = offers(told.tell(ConsultRequested, after(50), contact="c", summary="A question."))
        told.tell(OfferAccepted, after(60), offer=offer)
        told.tell(AgentDisconnected, after(90), agent="anna")
        told.tell(ContactEnded, after(120), contact="c")

        assert split(told.record) == (20 + 30, 40, 20)
        assert told.record.handed_over_at == microseconds(after(90))
        staff = told.recorder.staff_figures(purpose="a test").by_agent
        assert {name: time.talk.total_seconds() for name, time in staff.items()} == {"anna": 20, "otto": 30}

    def test_an_official_is_lost(self, told: Counted) -> None:
        """Who had joined is not the one who takes over later."""
        (offer,) = offers(told.tell(ConsultRequested, after(50), contact="c", summary="A question."))
        told.tell(OfferAccepted, after(60), offer=offer)
        told.tell(AgentDisconnected, after(90), agent="otto")
        told.tell(ContactEnded, after(120), contact="c")

        assert split(told.record) == (20 + 30, 40, 20)
        assert told.record.handed_over_at is None
        assert told.is_nothing_kept()

    def test_both_are_lost(self, told: Counted) -> None:
        """Back in line, nobody is left who had joined."""
        told.tell(ConsultRequested, after(50), contact="c", summary="A question.")
        told.tell(AgentDisconnected, after(60), agent="anna")

        assert told.record.answered_at == microseconds(after(30))
        told.tell(CallerLeft, after(70), contact="c")
        assert told.is_nothing_kept()

    def test_a_call_in_vain(self) -> None:
        """It was work, and answered nobody; the contact was called back in the end."""
        told = Counted()
        told.arrive("c", NINE)
        told.tell(QueueJoined, NINE, contact="c")
        told.tell(CallbackRequested, after(5), contact="c", callback=Callback.in_turn())
        (offer,) = offers(told.tell(AgentSignedIn, after(10), agent="anna"))
        told.tell(OfferAccepted, after(10), offer=offer)
        told.tell(CallbackUnanswered, after(20), contact="c")
        (offer,) = offers(told.tell(TimeAdvanced, after(1820)))
        told.tell(OfferAccepted, after(1820), offer=offer)
        told.tell(ContactEnded, after(1850), contact="c")

        assert told.record.outcome is Outcome.CALLED_BACK
        assert told.record.answered_at == microseconds(after(1820))

    def test_a_letter_that_gives_way(self) -> None:
        """The time of the call is not the letter's."""
        told = Counted(preempting=True)
        told.arrive("m", NINE, "letters")
        told.tell(QueueJoined, NINE, contact="m")
        (offer,) = offers(told.tell(AgentSignedIn, after(10), agent="anna"))
        told.tell(OfferAccepted, after(10), offer=offer)
        told.arrive("c", after(20))
        (offer,) = offers(told.tell(QueueJoined, after(20), contact="c"))
        told.tell(OfferAccepted, after(20), offer=offer)
        told.tell(ContactEnded, after(50), contact="c")
        told.tell(TimeAdvanced, after(70))
        told.tell(ContactEnded, after(100), contact="m")

        letter, _ = told.recorder.records
        assert split(letter) == (10 + 30, 0, 20)

    def test_shifts_with_a_pause_and_a_loss(self) -> None:
        """A pause is no end of a shift, and may begin one; a loss ends it."""
        told = Counted()
        told.tell(AgentStatusChanged, NINE, agent="anna", because=AgentStatus.TRAINING)
        told.tell(AgentSignedIn, after(30), agent="anna")
        told.tell(AgentDisconnected, after(60), agent="anna")

        assert told.recorder.shifts(until=after(100)) == ((microseconds(NINE), microseconds(after(60))),)

    def test_a_recorder_that_is_started_anew_in_a_consult(self) -> None:
        """It is told again what it was told, and knows nothing of who has joined: the official has the citizen."""
        told = Counted()
        told.in_conversation()
        (offer,) = offers(told.tell(ConsultRequested, after(60), contact="c", summary="a question"))
        told.tell(OfferAccepted, after(70), offer=offer)
        events, told.recorder = told.recorder.events, DeskRecorder(OFFICE)
        for event in events:
            told.recorder.note(event)

        told.tell(AgentDisconnected, after(80), agent="anna")
        told.tell(ContactEnded, after(100), contact="c")

        assert told.record.handed_over_at == microseconds(after(80))
        assert told.recorder.staff_figures(purpose="a test").by_agent["otto"].talk == timedelta(seconds=20)


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
            (microseconds(NINE), microseconds(after(100))),
            (microseconds(after(10)), microseconds(after(60))),
        )


class TestForgetting:
    """Beside a desk that lets go of what is over."""

    def test_contacts_and_shifts(self, told: Counted) -> None:
        """What goes on stays: the call in hand, and who is still there."""
        told.tell(AgentSignedIn, after(41), agent="bruno")
        told.tell(AgentSignedOut, after(50), agent="bruno")
        told.arrive("d", after(60))
        told.tell(CallerLeft, after(61), contact="d")

        assert [record.item for record in told.recorder.forget(before=after(62))] == ["d"]
        assert told.record.item == "c"
        assert [since for since, _ in told.recorder.shifts(until=after(100))] == [
            microseconds(after(30)),
            microseconds(after(40)),
        ]

    def test_up_to_the_very_instant(self, told: Counted) -> None:
        """What ended then is not yet before, and an event of then is still known."""
        told.tell(AgentSignedOut, after(50), agent="otto")
        told.recorder.forget(before=after(50))
        assert len(told.recorder.shifts(until=after(100))) == 2
        repeated = AgentSignedIn(id="told-0", agent="bruno")
        latest = AgentSignedIn(id=f"told-{next(told.ids) - 1}", agent="bruno")

        told.recorder.follow(latest, (), at=after(51))
        assert len(told.recorder.shifts(until=after(100))) == 2
        told.recorder.follow(repeated, (), at=after(52))

        assert len(told.recorder.shifts(until=after(100))) == 3


def test_a_desk_that_does_not_explain() -> None:
    """It decides the same, and has nothing to say about why."""
    desk = Desk(OFFICE, agents=people(), explaining=False)
    desk.handle(AgentSignedIn(id="e-1", agent="anna"), at=NINE)
    desk.handle(ContactArrived(id="e-2", contact=call("c", NINE), entry="general"), at=NINE)
    (offered,) = desk.handle(QueueJoined(id="e-3", contact="c"), at=after(5))

    assert isinstance(offered, OfferIssued)
    assert desk.explain("c") is None

    desk.handle(AgentSignedOut(id="e-4", agent="anna"), at=after(6))
    waiting = desk.explain("c")

    assert waiting is not None  # what stands now can always be asked
    assert waiting.waits is not None


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
    assert before.waits.because is WaitingReason.NOBODY
    assert ringing is not None
    assert (ringing.waits, ringing.eligibilities[0].is_chosen) == (None, True)
    assert withdrawn is not None
    assert withdrawn.waits is not None
    assert withdrawn.waits.because is WaitingReason.NOBODY
