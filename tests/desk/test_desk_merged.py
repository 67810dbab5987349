"""What a citizen waits for goes on in another contact."""

import pytest
from desk_office import NINE, OFFICE, Counter, after, call, kinds, offers, people

from ticontact.contacts import Outcome
from ticontact.desk import Desk, DeskRecorder
from ticontact.desk.effects import ContactClosed, OfferRevoked, TicketChanged
from ticontact.desk.events import (
    AgentSignedIn,
    CallbackRequested,
    CallerLeft,
    ContactArrived,
    ContactEnded,
    MergedInto,
    OfferAccepted,
    QueueJoined,
)
from ticontact.errors import DeskError, TransitionRefused
from ticontact.measures import outcome_counts
from ticontact.routing import Callback
from ticontact.tickets import PromiseState


def in_line(told: Counter, name: str, second: float, entry: str = "general") -> None:
    """A contact arrives and joins its queue."""
    told.arrive(name, after(second), entry, case="4711")
    told.tell(QueueJoined, after(second), contact=name)


@pytest.fixture
def told() -> Counter:
    """Who is to be called between half past nine and ten has called again, and talks to Anna; somebody else waits."""
    told = Counter()
    in_line(told, "promised", 0)
    told.tell(CallbackRequested, after(5), contact="promised", callback=Callback.between(after(1800), after(3600)))
    told.tell(CallerLeft, after(6), contact="promised")
    in_line(told, "again", 60)
    (offer,) = offers(told.tell(AgentSignedIn, after(65), agent="anna"))
    assert offer.item == "again"
    told.tell(OfferAccepted, after(65), offer=offer)
    in_line(told, "waits", 70)
    return told


class TestMerged:
    """The old contact is over, and its ticket goes on in the new one."""

    def test_nobody_is_called_any_more(self, told: Counter) -> None:
        """The promise is withdrawn, and at ten nothing rings."""
        effects = told.tell(MergedInto, after(90), contact="promised", into="again")

        assert kinds(effects) == "ticket ticket ticket over"
        assert effects[-1] == ContactClosed(contact="promised", outcome=Outcome.MERGED)
        events = [type(event).__name__ for each in effects if isinstance(each, TicketChanged) for event in each.events]
        assert events[:2] == ["PromiseEnded", "Merged"]
        written = [event for each in effects if isinstance(each, TicketChanged) for event in each.events]
        by = {type(event).__name__: event.by for event in written}
        assert {by[name] for name in ("PromiseEnded", "Merged", "Absorbed")} == {"anna"}
        assert told.desk.tickets["promised"].record.promises[0].state(at=after(90)) is PromiseState.WITHDRAWN
        promised, again = told.desk.tickets["promised"], told.desk.tickets["again"]
        assert promised.merged_into == "again"
        assert {ref.id for ref in promised.contacts} <= {ref.id for ref in again.contacts}
        restored = Desk(OFFICE, agents=people())
        restored.restore(told.desk.snapshot())  # the histories hold together
        assert restored.tickets == told.desk.tickets
        told.tell(ContactEnded, after(120), contact="again")
        assert told.desk.explain("promised") is None
        assert {offer.item for offer in offers(told.tell(AgentSignedIn, NINE.add(hours=2), agent="bruno"))} == {"waits"}

    def test_what_rings_is_withdrawn(self) -> None:
        """A letter is on offer while its writer calls."""
        told = Counter()
        for name, entry in (("letter", "letters"), ("call", "general")):
            in_line(told, name, 0, entry)
        (offer,) = offers(told.tell(AgentSignedIn, after(1), agent="anna"))
        told.tell(OfferAccepted, after(1), offer=offer)
        (ringing,) = offers(told.tell(AgentSignedIn, after(2), agent="bruno"))
        assert (offer.item, ringing.item) == ("call", "letter")

        effects = told.tell(MergedInto, after(3), contact="letter", into="call")

        assert effects[-2:] == (
            ContactClosed(contact="letter", outcome=Outcome.MERGED),
            OfferRevoked(offer=ringing),
        )
        assert told.desk.tickets["call"].contacts[-1].id == "letter"

    def test_it_is_counted_once(self, told: Counter) -> None:
        """Neither answered nor given up."""
        recorder = DeskRecorder(OFFICE)
        at = after(90)
        arrived = ContactArrived(id="1", contact=call("promised", NINE), entry="general")
        recorder.follow(arrived, (), at=NINE)
        event = MergedInto(id="2", contact="promised", into="again")
        recorder.follow(event, told.desk.handle(event, at=at), at=at)

        assert [record.outcome for record in recorder.records] == [Outcome.MERGED]
        outcome_counts(recorder.records).check(offered=1)


class TestRefusals:
    """Nothing moves."""

    @pytest.mark.parametrize(
        ("contact", "into", "fault"),
        [
            ("waits", "again", "contact 'waits': somebody waits on the line; allowed: CallerLeft"),
            ("promised", "nobody", "contact 'nobody': there is no ticket of it here; allowed: a contact with a ticket"),
            ("promised", "waits", "contact 'waits': there is no ticket of it here; allowed: a contact with a ticket"),
            ("again", "promised", "contact 'again': it is connected; allowed: queued"),
            ("nobody", "again", "contact 'nobody': it is unknown here; allowed: queued"),
        ],
    )
    def test_what_makes_no_sense(self, told: Counter, contact: str, into: str, fault: str) -> None:
        """As for every event."""
        before = told.desk.snapshot()

        with pytest.raises(DeskError) as refused:
            told.tell(MergedInto, after(70), contact=contact, into=into)
        assert str(refused.value) == fault
        assert {**told.desk.snapshot(), "now": 0} == {**before, "now": 0}

    def test_nothing_goes_on_in_itself(self, told: Counter) -> None:
        """The lifecycle says so, and the promise still stands."""
        with pytest.raises(TransitionRefused):
            told.tell(MergedInto, after(70), contact="promised", into="promised")

        assert [promise.ended_instant for promise in told.desk.tickets["promised"].record.promises] == [None]
        assert told.desk.next_deadline() is not None
