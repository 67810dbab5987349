"""Arriving closed, at the edge of closing, and still being in line when the staff is let go."""

import pytest
from desk_office import NINE, Counter, kinds, offers

from ticontact.contacts import Outcome
from ticontact.desk.effects import Announce, ContactClosed, Effect, TicketChanged
from ticontact.desk.events import AgentSignedIn, CallerLeft, ContactEnded, OfferAccepted, QueueJoined, TimeAdvanced
from ticontact.testing import instant

NOON = NINE.at(12)


def heard(effects: tuple[Effect, ...], language: str = "en") -> list[str]:
    """What is said to citizens among effects."""
    texts = [effect.text for effect in effects if isinstance(effect, Announce)]
    return [text.en if language == "en" else text.it for text in texts]


def outcomes(effects: tuple[Effect, ...]) -> list[Outcome]:
    """How contacts ended among effects."""
    return [effect.outcome for effect in effects if isinstance(effect, ContactClosed)]


class TestArriving:
    """What a caller hears depends on the minute."""

    @pytest.mark.parametrize(
        ("at", "said"),
        [
            ("2026-03-18 08:00", "Valle Office, good day. One of us will answer you as soon as possible."),
            ("2026-03-18 11:49:59", "Valle Office, good day. One of us will answer you as soon as possible."),
            (
                "2026-03-18 11:50",
                "Valle Office, good day. We close at 12:00; whoever is on the line then is still served.",
            ),
            (
                "2026-03-18 11:58",
                "Valle Office, good day. We close at 12:00; whoever is on the line then is still served.",
            ),
            ("2026-03-18 12:00", "Closed: outside opening hours; we reopen on Thursday, 19 March at 08:00."),
            ("2026-03-18 07:59:59", "Closed: outside opening hours; we reopen today at 08:00."),
            ("2026-03-20 12:05", "Closed: outside opening hours; we reopen on Monday, 23 March at 08:00."),
        ],
    )
    def test_the_telephone(self, at: str, said: str) -> None:
        """Welcome, closing soon from ten minutes before, or why it is closed and when it opens."""
        effects = Counter().arrive("c", instant(at))

        assert [said] == heard(effects)

    @pytest.mark.parametrize(
        ("at", "said"),
        [
            ("2026-03-18 11:58", "We have received your message and will answer as soon as possible."),
            (
                "2026-03-18 12:00",
                (
                    "We have received your message. Closed: outside opening hours;"
                    " we reopen on Thursday, 19 March at 08:00."
                ),
            ),
        ],
    )
    def test_writing(self, at: str, said: str) -> None:
        """Who writes gets an acknowledgement, out of hours with the next opening."""
        effects = Counter().arrive("m", instant(at), "letters")

        assert [said] == heard(effects)

    def test_a_caller_out_of_hours_is_over_at_once(self) -> None:
        """The contact ends as closed, without a ticket, and nothing is due."""
        told = Counter()
        effects = told.arrive("c", NOON)

        assert kinds(effects) == "say over"
        assert outcomes(effects) == [Outcome.CLOSED]
        assert (dict(told.desk.tickets), told.desk.next_deadline()) == ({}, None)

    def test_a_line_that_never_closes_lets_nobody_go(self) -> None:
        """Around the clock there is no end of the drain."""
        told = Counter()
        told.arrive("c", NINE, "emergency")
        told.tell(QueueJoined, NINE, contact="c")

        assert told.desk.next_deadline() is None


class TestDrain:
    """Who is in line at closing is served until the drain is over, and ends in the fallback then."""

    @pytest.mark.parametrize(
        ("entry", "until", "effects", "said"),
        [
            ("general", NOON.add(minutes=5), "say ticket over", "We will call you back."),
            ("advice", NOON, "say over", "Please call again."),
        ],
        ids=["call back after five minutes", "call again at once"],
    )
    def test_the_end_of_the_drain(self, entry: str, until: object, effects: str, said: str) -> None:
        """A callback opens a ticket, asking to call again does not; both say when the office opens."""
        told = Counter()
        told.arrive("c", NOON.subtract(seconds=10), entry)
        told.tell(QueueJoined, NOON.subtract(seconds=2), contact="c")
        deadline = told.desk.next_deadline()
        assert deadline is not None
        ended = told.tell(TimeAdvanced, deadline)

        assert until == deadline
        assert (kinds(ended), outcomes(ended)) == (effects, [Outcome.FALLBACK])
        (sentence,) = heard(ended)
        assert f"before closing. {said} Closed: outside opening hours; we reopen on Thursday" in sentence
        assert ("c" in told.desk.tickets) == ("ticket" in effects)
        assert told.desk.next_deadline() is None

    def test_a_callback_waits_as_an_open_ticket(self) -> None:
        """It counts from the moment the citizen first called."""
        told = Counter()
        told.arrive("c", NOON.subtract(minutes=10))
        told.tell(QueueJoined, NOON.subtract(minutes=9), contact="c")
        told.tell(TimeAdvanced, NOON.add(minutes=5))
        ticket = told.desk.tickets["c"]

        assert (ticket.state, ticket.queue) == ("new", "general")

    def test_within_the_drain_a_free_agent_still_takes_the_line(self) -> None:
        """Who came at one minute to noon is answered at four past, and is not let go in the conversation."""
        told = Counter()
        told.arrive("c", NOON.subtract(minutes=1))
        told.tell(QueueJoined, NOON.subtract(seconds=50), contact="c")
        (offer,) = offers(told.tell(AgentSignedIn, NOON.add(minutes=4), agent="anna"))
        told.tell(OfferAccepted, NOON.add(minutes=4), offer=offer)
        assert told.desk.next_deadline() is None

        assert told.tell(TimeAdvanced, NOON.add(minutes=6)) == ()
        ended = told.tell(ContactEnded, NOON.add(minutes=7), contact="c")
        assert outcomes(ended) == [Outcome.ANSWERED]

    def test_two_in_line_where_one_is_served(self) -> None:
        """The end of the drain lets go of the one who waits and leaves the other in the conversation."""
        told = Counter()
        for name in ("waits", "zoe"):
            told.arrive(name, NOON.subtract(minutes=2))
            told.tell(QueueJoined, NOON.subtract(minutes=2), contact=name)
        (offer,) = offers(told.tell(AgentSignedIn, NOON.subtract(minutes=1), agent="anna"))
        assert offer.item == "waits"
        told.tell(CallerLeft, NOON.subtract(seconds=30), contact="waits")
        told.arrive("a", NOON.subtract(seconds=29))
        told.tell(QueueJoined, NOON.subtract(seconds=29), contact="a")

        # The hang-up freed Anna for Zoe, whose offer the bridge never answered.
        ended = told.tell(TimeAdvanced, NOON.add(minutes=5))
        assert [effect.contact for effect in ended if isinstance(effect, ContactClosed)] == ["a", "zoe"]

    def test_the_last_of_equals_may_be_served(self) -> None:
        """Two are due at the same instant; the second in order of names is in conversation and stays so."""
        told = Counter()
        told.tell(AgentSignedIn, NOON.subtract(minutes=3), agent="anna")
        told.arrive("zoe", NOON.subtract(minutes=2))
        (offer,) = offers(told.tell(QueueJoined, NOON.subtract(minutes=2), contact="zoe"))
        told.tell(OfferAccepted, NOON.subtract(minutes=2), offer=offer)
        told.arrive("ada", NOON.subtract(minutes=1))
        told.tell(QueueJoined, NOON.subtract(minutes=1), contact="ada")

        ended = told.tell(TimeAdvanced, NOON.add(minutes=5))
        assert [effect.contact for effect in ended if isinstance(effect, ContactClosed)] == ["ada"]

    def test_who_joins_after_the_drain_is_let_go_at_once(self) -> None:
        """An announcement that outlasts the drain once left the desk with a deadline in its past, and stuck."""
        told = Counter()
        told.arrive("c", NOON.subtract(seconds=2), "advice")
        told.tell(QueueJoined, NOON.add(seconds=6), contact="c")

        assert told.desk.next_deadline() == NOON.add(seconds=6)
        assert outcomes(told.tell(TimeAdvanced, NOON.add(seconds=6))) == [Outcome.FALLBACK]

    def test_who_reached_the_office_in_time_is_in_line(self) -> None:
        """The announcement ends after closing: as it was told, who was on the line then is served, in the drain."""
        told = Counter()
        told.arrive("c", NOON.subtract(seconds=2))
        assert told.tell(QueueJoined, NOON.add(seconds=6), contact="c") == ()
        assert told.desk.next_deadline() == NOON.add(minutes=5)

        assert kinds(told.tell(AgentSignedIn, NOON.add(minutes=1), agent="anna")) == "offer"

    def test_a_line_that_became_empty_is_closed_again(self) -> None:
        """The end of the drain is forgotten with the last who waits, and set by the next."""
        told = Counter()
        for minute, name in ((10, "a"), (5, "b")):
            told.arrive(name, NOON.subtract(minutes=minute))
            told.tell(QueueJoined, NOON.subtract(minutes=minute), contact=name)
            assert told.desk.next_deadline() == NOON.add(minutes=5)
            if name == "a":
                told.tell(CallerLeft, NOON.subtract(minutes=minute), contact=name)
                assert told.desk.next_deadline() is None

    def test_the_end_of_the_announcement_may_never_come(self) -> None:
        """Who hangs up in the announcement is no part of the line, and nothing is due."""
        told = Counter()
        told.arrive("c", NOON.subtract(minutes=1))
        ended = told.tell(CallerLeft, NOON.subtract(seconds=58), contact="c")

        assert outcomes(ended) == [Outcome.ABANDONED_ANNOUNCEMENT]
        assert told.desk.next_deadline() is None


class TestWriting:
    """What is written opens its ticket on arrival and waits for the next opening."""

    def test_a_letter_waits_over_night(self) -> None:
        """It came at noon, nobody lets go of it, and the first who signs in next morning answers it."""
        told = Counter()
        arrived = told.arrive("m", NOON, "letters", case="4711")
        told.tell(QueueJoined, NOON, contact="m")
        assert (kinds(arrived), told.desk.next_deadline()) == ("say ticket", None)
        morning = NINE.add(days=1)
        assert told.desk.tickets["m"].state == "new"

        (offer,) = offers(told.tell(AgentSignedIn, morning, agent="anna"))
        accepted = told.tell(OfferAccepted, morning, offer=offer)
        ended = told.tell(ContactEnded, morning.add(minutes=10), contact="m")

        assert (kinds(accepted), kinds(ended)) == ("connect ticket", "ticket ticket over")
        assert outcomes(ended) == [Outcome.ANSWERED]
        assert told.desk.tickets["m"].state == "closed"

    def test_the_ticket_is_opened_once(self) -> None:
        """On the telephone the ticket is opened by the answer, in writing by the arrival."""
        told = Counter()
        told.arrive("m", NINE, "letters")
        told.tell(QueueJoined, NINE, contact="m")
        (offer,) = offers(told.tell(AgentSignedIn, NINE, agent="anna"))
        (_, changed) = told.tell(OfferAccepted, NINE, offer=offer)

        assert isinstance(changed, TicketChanged)
        assert [type(event).__name__ for event in changed.events] == ["Replied", "Transitioned"]
