"""The office calls: back by telephone, and to the counter."""

import attrs
import pytest
from desk_office import NINE, OFFICE, Counter, after, call, kinds, offers

from ticontact.contacts import Channel, Outcome
from ticontact.departments import Department, EntryPoint
from ticontact.desk.effects import (
    Announce,
    ContactClosed,
    CounterRecalled,
    Effect,
    OfferIssued,
    PartFailed,
    TicketChanged,
)
from ticontact.desk.events import (
    AgentSignedIn,
    CallbackRequested,
    CallbackUnanswered,
    CallerLeft,
    ContactArrived,
    ContactEnded,
    NoShow,
    OfferAccepted,
    OfferDeclined,
    QueueClosedByHand,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError
from ticontact.routing import Callback
from ticontact.tickets import Category, Edge, Lifecycle, PromiseState, State
from ticontact.tickets.events import Replied, Transitioned


def outcomes(effects: tuple[Effect, ...]) -> list[Outcome]:
    """How contacts ended among effects."""
    return [effect.outcome for effect in effects if isinstance(effect, ContactClosed)]


def written(effects: tuple[Effect, ...]) -> list[str]:
    """The kinds of ticket events among effects."""
    changed = [effect for effect in effects if isinstance(effect, TicketChanged)]
    return [type(event).__name__ for effect in changed for event in effect.events]


def in_line(told: Counter, name: str = "c", second: float = 0) -> None:
    """Let a caller wait."""
    told.arrive(name, after(second))
    told.tell(QueueJoined, after(second), contact=name)


def called(told: Counter, second: float, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Take the one offer among effects."""
    (offer,) = offers(effects)
    return told.tell(OfferAccepted, after(second), offer=offer)


class TestCallback:
    """Who waits may hang up and be called, in turn, within a window, or by a promised instant."""

    @pytest.mark.parametrize(
        ("agreed", "said", "due"),
        [
            (Callback.in_turn(), "We will call you back when it is your turn. You may hang up.", None),
            (
                Callback.between(after(3600), after(7200)),
                "We will call you back at the time agreed on. You may hang up.",
                after(7200),
            ),
            (
                Callback.promised(after(5400)),
                "We will call you back at the time agreed on. You may hang up.",
                after(5400),
            ),
        ],
        ids=["in turn", "window", "promised"],
    )
    def test_what_was_agreed_is_said_and_noted(self, agreed: Callback, said: str, due: object) -> None:
        """The ticket is opened, and has a promise where there is an instant."""
        told = Counter()
        in_line(told)
        effects = told.tell(CallbackRequested, after(10), contact="c", callback=agreed)

        assert [effect.text.en for effect in effects if isinstance(effect, Announce)] == [said]
        ticket = told.desk.tickets["c"]
        assert ticket.state == "new"
        assert [(promise.who, promise.due) for promise in ticket.record.promises] == ([("general", due)] if due else [])

    def test_the_place_in_line_stays(self) -> None:
        """Who came first is called first; until it answers, no clock has stopped."""
        told = Counter()
        in_line(told, "c", 0)
        in_line(told, "d", 1)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.in_turn())
        assert told.tell(CallerLeft, after(11), contact="c") == ()

        connected = called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))
        assert kinds(connected) == "connect"
        ended = told.tell(ContactEnded, after(90), contact="c")
        assert (kinds(ended), outcomes(ended)) == ("ticket ticket ticket over", [Outcome.CALLED_BACK])
        assert written(ended) == ["Replied", "Transitioned", "Transitioned", "Transitioned"]
        assert told.desk.tickets["c"].state == "closed"

    def test_a_promise_is_kept_by_the_call(self) -> None:
        """It ends with the conversation."""
        told = Counter()
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.promised(after(3600)))
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))
        told.tell(ContactEnded, after(90), contact="c")

        (promise,) = told.desk.tickets["c"].record.promises
        assert promise.state(at=after(90)) is PromiseState.KEPT

    def test_another_agreement_takes_the_place_of_the_first(self) -> None:
        """The first promise is withdrawn; nothing is said to who is not on the line."""
        told = Counter()
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.promised(after(3600)))
        again = told.tell(CallbackRequested, after(20), contact="c", callback=Callback.promised(after(7200)))

        assert kinds(again) == "ticket ticket"
        states = [promise.state(at=after(30)) for promise in told.desk.tickets["c"].record.promises]
        assert states == [PromiseState.WITHDRAWN, PromiseState.OPEN]

    def test_the_drain_does_not_let_go_of_who_is_called_back(self) -> None:
        """The call is made at the next opening."""
        told = Counter()
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.in_turn())
        told.tell(TimeAdvanced, NINE.add(hours=8))
        assert offers(told.tell(AgentSignedIn, NINE.add(hours=9), agent="anna")) == []

        (offer,) = offers(told.tell(TimeAdvanced, NINE.add(hours=23)))
        assert offer.item == "c"

    def test_a_window_that_is_over_ends_in_the_fallback(self) -> None:
        """Nobody is on the line to hear it; the ticket stays open and the promise is overdue."""
        told = Counter()
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.between(after(60), after(120)))
        over = told.tell(TimeAdvanced, after(120))

        assert (kinds(over), outcomes(over)) == ("over", [Outcome.FALLBACK])
        ticket = told.desk.tickets["c"]
        assert (ticket.state, ticket.record.promises[0].state(at=after(121))) == ("new", PromiseState.OVERDUE)

    def test_a_promise_in_the_past_is_refused(self) -> None:
        """At this very instant it is too late."""
        told = Counter()
        in_line(told)

        with pytest.raises(DeskError, match=r"contact 'c': a call was promised by .*; allowed: a later instant"):
            told.tell(CallbackRequested, after(10), contact="c", callback=Callback.promised(after(10)))
        assert dict(told.desk.tickets) == {}

    def test_nobody_waits_on_the_line_of_a_letter(self) -> None:
        """It is answered in writing."""
        told = Counter()
        told.arrive("m", NINE, "letters")
        told.tell(QueueJoined, NINE, contact="m")

        with pytest.raises(DeskError, match="contact 'm': nobody waits on the line of email"):
            told.tell(CallbackRequested, after(10), contact="m", callback=Callback.in_turn())


class TestNotReached:
    """A call in vain stops no clock; after the last one the contact is over."""

    def test_the_next_attempt_comes_later(self) -> None:
        """The agent is free at once, the contact is back in line, and half an hour later it is offered again."""
        told = Counter()
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.promised(after(7200), attempts=2))
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))
        vain = told.tell(CallbackUnanswered, after(70), contact="c")
        assert (kinds(vain), written(vain)) == ("ticket back", ["Replied"])
        assert told.desk.tickets["c"].state == "new"
        assert told.desk.next_deadline() == after(70 + 1800)

        called(told, 1870, told.tell(TimeAdvanced, after(1870)))
        last = told.tell(CallbackUnanswered, after(1880), contact="c")
        assert (kinds(last), outcomes(last)) == ("ticket ticket ticket ticket over", [Outcome.NOT_REACHED])
        ticket = told.desk.tickets["c"]
        assert (ticket.state, ticket.record.promises[0].state(at=after(1880))) == ("closed", PromiseState.KEPT)

    def test_the_ticket_says_who_reached_whom(self) -> None:
        """The answer is the call that the office made; the end has no reason beside it."""
        told = Counter()
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.in_turn())
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))
        over = told.tell(ContactEnded, after(90), contact="c")
        events = [event for effect in over if isinstance(effect, TicketChanged) for event in effect.events]
        (replied,) = [event for event in events if isinstance(event, Replied)]

        assert (replied.contact, replied.automatic) == (told.desk.tickets["c"].contacts[0], False)
        assert {event.reason for event in events if isinstance(event, Transitioned)} == {""}

    def test_the_ticket_says_who_called_in_vain(self) -> None:
        """And how it ended."""
        told = Counter()
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.in_turn(attempts=1))
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))
        last = told.tell(CallbackUnanswered, after(70), contact="c")
        events = [event for effect in last if isinstance(effect, TicketChanged) for event in effect.events]
        (replied,) = [event for event in events if isinstance(event, Replied)]

        assert (replied.contact, replied.automatic) == (told.desk.tickets["c"].contacts[0], True)
        assert {event.by for event in events} == {"anna"}
        assert [event.reason for event in events if isinstance(event, Transitioned)] == ["not_reached"] * 2

    def test_who_has_called_was_reached(self) -> None:
        """Only a call of the office can be in vain."""
        told = Counter()
        in_line(told)
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))

        with pytest.raises(DeskError, match="contact 'c': the citizen has called; allowed: who is called back"):
            told.tell(CallbackUnanswered, after(70), contact="c")


class TestCounter:
    """Who is called to the counter and does not come."""

    @pytest.fixture(name="told")
    def _told(self) -> Counter:
        """A visitor is called."""
        told = Counter(office=_with_a_counter())
        visit = call("v", NINE, channel="counter")
        told.tell(ContactArrived, NINE, contact=visit, entry="window")
        told.tell(QueueJoined, NINE, contact="v")
        called(told, 10, told.tell(AgentSignedIn, after(10), agent="anna"))
        return told

    def test_once_more_then_back_in_line_then_no_show(self, told: Counter) -> None:
        """Twice called, once to the end of the line, twice called again: a no-show, and the ticket is closed."""
        (again,) = told.tell(NoShow, after(20), contact="v")
        assert again == CounterRecalled(contact="v", agent="anna")
        back = told.tell(NoShow, after(30), contact="v")
        assert kinds(back) == "back offer"

        called(told, 31, back)
        told.tell(NoShow, after(40), contact="v")
        over = told.tell(NoShow, after(50), contact="v")
        assert (kinds(over), outcomes(over)) == ("ticket ticket over", [Outcome.NO_SHOW])
        assert told.desk.tickets["v"].state == "closed"
        events = [event for effect in over if isinstance(effect, TicketChanged) for event in effect.events]
        assert {(event.by, event.reason) for event in events} == {("anna", "no_show")}

    def test_who_is_called_back_cannot_fail_to_come(self) -> None:
        """A visitor who went home and is called there is not reached, or is."""
        told = Counter(office=_with_a_counter())
        told.tell(ContactArrived, NINE, contact=call("v", NINE, channel="counter"), entry="window")
        told.tell(QueueJoined, NINE, contact="v")
        told.tell(CallbackRequested, after(10), contact="v", callback=Callback.in_turn())
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))

        with pytest.raises(DeskError, match="contact 'v': the office calls back; allowed: CallbackUnanswered"):
            told.tell(NoShow, after(70), contact="v")

    def test_a_caller_cannot_fail_to_come(self) -> None:
        """That is for the counter alone."""
        told = Counter()
        in_line(told)
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))

        with pytest.raises(DeskError, match="contact 'c': it is voice; allowed: counter"):
            told.tell(NoShow, after(70), contact="c")


class TestALifecycleThatRefuses:
    """A department's lifecycle may refuse to close a ticket: what has happened stays true, and it stays open."""

    STUBBORN = Lifecycle(
        "stubborn",
        [State("new", Category.NEW), State("solved", Category.SOLVED), State("closed", Category.CLOSED)],
        edges=[Edge("solve", "new", target="solved"), Edge("close", "solved", target="closed", guards="never")],
        initial="new",
        guards={"never": lambda *_: False},
    )

    def refused(self, told: Counter, kind: type[ContactEnded | NoShow | CallbackUnanswered], second: float) -> None:
        """See that the contact is over all the same, and that it is told once what the lifecycle has refused."""
        effects = told.tell(kind, after(second), contact="c")

        failed = [effect for effect in effects if isinstance(effect, PartFailed)]
        assert failed == [
            PartFailed(part="lifecycle", name="stubborn", problem="raised TransitionRefused", contact="c")
        ]
        assert [effect.contact for effect in effects if isinstance(effect, ContactClosed)] == ["c"]
        assert told.desk.tickets["c"].state == "solved"
        told.desk.forget(before=after(second + 1))
        restored = Counter(office=attrs.evolve(OFFICE, lifecycle=self.STUBBORN))
        restored.desk.restore(told.desk.snapshot())

    def test_at_the_end_of_a_conversation(self) -> None:
        """The agent is free, and writes it up."""
        told = Counter(office=attrs.evolve(OFFICE, lifecycle=self.STUBBORN))
        in_line(told)
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))

        self.refused(told, ContactEnded, 70)

    def test_at_the_last_call_in_vain(self) -> None:
        """The first one is not refused: it closes nothing."""
        told = Counter(office=attrs.evolve(OFFICE, lifecycle=self.STUBBORN))
        in_line(told)
        told.tell(CallbackRequested, after(10), contact="c", callback=Callback.in_turn(attempts=2))
        called(told, 60, told.tell(AgentSignedIn, after(60), agent="anna"))
        assert kinds(told.tell(CallbackUnanswered, after(70), contact="c")) == "ticket back"
        called(told, 1870, told.tell(TimeAdvanced, after(1870)))

        self.refused(told, CallbackUnanswered, 1880)

    def test_at_the_last_call_to_the_counter(self) -> None:
        """The visitor does not come."""
        told = Counter(office=attrs.evolve(_with_a_counter(), lifecycle=self.STUBBORN))
        told.tell(ContactArrived, NINE, contact=call("c", NINE, channel="counter"), entry="window")
        told.tell(QueueJoined, NINE, contact="c")
        called(told, 10, told.tell(AgentSignedIn, after(10), agent="anna"))
        told.tell(NoShow, after(20), contact="c")
        called(told, 31, told.tell(NoShow, after(30), contact="c"))
        told.tell(NoShow, after(40), contact="c")

        self.refused(told, NoShow, 50)


class TestFallback:
    """Before closing, too, somebody may be let go: what is said depends on the queue."""

    @pytest.mark.parametrize(
        ("entry", "said", "has_ticket"),
        [
            ("general", "We are sorry that nobody can answer you at the moment. We will call you back.", True),
            ("emergency", "We are sorry that nobody can answer you at the moment. Please call again.", False),
        ],
    )
    def test_who_is_let_go_before_closing(self, entry: str, said: str, *, has_ticket: bool) -> None:
        """The person in charge closes."""
        told = Counter()
        told.arrive("c", NINE, entry)
        told.tell(QueueJoined, NINE, contact="c")
        told.tell(AgentSignedIn, after(5), agent="anna")

        effects = told.tell(QueueClosedByHand, after(6), queue=entry, by="sonja", because="smoke")

        assert [effect.text.en for effect in effects if isinstance(effect, Announce)] == [said]
        assert (outcomes(effects), "c" in told.desk.tickets) == ([Outcome.FALLBACK], has_ticket)

    def test_a_caller_whom_all_decline_waits_on(self) -> None:
        """A decline ends no contact; after a minute it rings again."""
        told = Counter()
        told.arrive("c", NINE)
        told.tell(QueueJoined, NINE, contact="c")
        (offer,) = offers(told.tell(AgentSignedIn, after(5), agent="anna"))

        assert told.tell(OfferDeclined, after(6), offer=offer) == ()
        assert told.desk.next_deadline() == after(66)
        (again,) = offers(told.tell(TimeAdvanced, after(66)))
        assert (again.item, again.agent) == ("c", "anna")

    def test_a_letter_that_all_decline_stays(self) -> None:
        """Nobody waits for it on a line: the next who comes gets it."""
        told = Counter()
        told.arrive("m", NINE, "letters")
        told.tell(QueueJoined, NINE, contact="m")
        (offer,) = offers(told.tell(AgentSignedIn, after(5), agent="anna"))

        assert told.tell(OfferDeclined, after(6), offer=offer) == ()
        (again,) = told.tell(AgentSignedIn, after(7), agent="bruno")
        assert isinstance(again, OfferIssued)


def _with_a_counter() -> Department:
    """The office with a window where people come."""
    window = EntryPoint(id="window", channel=Channel.named("counter"), address=None, queue="general")
    return attrs.evolve(OFFICE, entries={**OFFICE.entries, "window": window})
