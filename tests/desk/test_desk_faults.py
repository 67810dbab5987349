"""Whatever fails, and wherever: an event is taken whole or not at all, and the department's fault stops no office."""

import inspect
import json
import os
from collections import Counter as Count
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import wraps
from threading import Event, Thread
from typing import Any, Final

import attrs
import pytest
from desk_office import NINE, OFFICE, Counter, after, call, kinds, offers, people, reaching

from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.desk import Desk, DeskRecorder
from ticontact.desk._conversations import Conversations
from ticontact.desk._ticket_book import TicketBook
from ticontact.desk._words import Words
from ticontact.desk.effects import (
    Announce,
    ClockSkew,
    Connect,
    ContactClosed,
    Effect,
    OfferIssued,
    OfferRevoked,
    PartFailed,
    TicketChanged,
)
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    AgentSignedOut,
    AgentStatusChanged,
    AssignedManually,
    CallbackRequested,
    CallbackUnanswered,
    CallerLeft,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    MergedInto,
    OfferAccepted,
    OfferDeclined,
    PriorityChanged,
    QueueChanged,
    QueueClosedByHand,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError, TicontactError, TimeWentBack
from ticontact.hours import BusinessCalendar
from ticontact.priority import Priority
from ticontact.routing import AgentStatus, Callback, Dispatcher, Requirement, WorkItem, any_agent
from ticontact.testing import instant
from ticontact.tickets import Lifecycle
from ticontact.tickets.events import Received

SAMPLES: Final = int(os.environ.get("FAULTS", "40"))
NOON: Final = NINE.at(12)
FALLIBLE: Final = (Desk, Conversations, TicketBook, Words, Dispatcher)
_UNDOING: Final = frozenset({"take_back", "_take_back", "keep", "announced", "transaction"})


class Broken(BaseException):
    """A fault of the tests, which nobody takes for one of the department."""


class Unwell(Exception):
    """A department's code has failed."""


@attrs.define
class Nerve:
    """Fails at some calls. Mutable."""

    fails: Callable[[int], bool] = lambda _: False
    calls: int = 0

    def through(self, function: Callable[..., Any], error: type[BaseException] = Unwell) -> Callable[..., Any]:
        """The same function, which may fail."""

        @wraps(function)
        def nervous(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if self.fails(self.calls):
                raise error
            return function(*args, **kwargs)

        return nervous


Told = tuple[DeskEvent, datetime]


def day() -> list[Told]:  # noqa: C901, PLR0915 - a day is as long as it is
    """What is told to a desk on a day on which everything happens, with the offers that it makes then."""
    desk = Desk(OFFICE, agents=people())
    told: list[Told] = []
    live: dict[str, Any] = {}

    def say(kind: Callable[..., DeskEvent], second: float, **fields: Any) -> None:
        event = kind(id=f"event-{len(told)}", **fields)
        try:
            effects = desk.handle(event, at=after(second))
        except TicontactError:  # it made no sense, and has changed nothing
            return
        told.append((event, after(second)))
        live.update({effect.offer.item: effect.offer for effect in effects if isinstance(effect, OfferIssued)})

    def arrives(name: str, second: float, entry: str = "general") -> None:
        say(ContactArrived, second, contact=reaching(entry, name, after(second), case=name), entry=entry)

    order = {"by": "sonja", "because": "a drill"}
    for second, agent in enumerate(("anna", "bruno", "otto")):
        say(AgentSignedIn, second, agent=agent)
    arrives("mail", 5, "letters")
    say(QueueJoined, 5, contact="mail")
    say(OfferAccepted, 6, offer=live["mail"])
    arrives("one", 10)
    say(QueueJoined, 18, contact="one")
    say(OfferDeclined, 20, offer=live["one"])
    say(AgentStatusChanged, 21, agent="anna", because=AgentStatus.BREAK)
    say(ContactEnded, 30, contact="mail")
    say(AgentSignedIn, 31, agent="anna")
    say(TimeAdvanced, 60)
    say(AssignedManually, 61, contact="one", agent="bruno", **order)
    say(OfferAccepted, 90, offer=live["one"])
    say(ConsultRequested, 100, contact="one", summary="a question")
    say(OfferAccepted, 105, offer=live["one"])
    say(ConsultCompleted, 120, contact="one")
    for number in range(4):
        arrives(f"two-{number}", 130 + number)
        say(QueueJoined, 131 + number, contact=f"two-{number}")
    for name in ("two-0", "two-1"):
        if name in live:
            say(OfferAccepted, 140, offer=live[name])
    say(AgentDisconnected, 150, agent="anna")
    say(PriorityChanged, 151, contact="two-2", priority=Priority.HIGH, **order)
    say(QueueChanged, 152, contact="two-3", queue="emergency", **order)
    say(CallbackRequested, 153, contact="two-2", callback=Callback.in_turn(attempts=2))
    say(CallerLeft, 154, contact="two-2")
    say(ContactEnded, 160, contact="one")
    say(AgentSignedIn, 170, agent="anna")
    say(TimeAdvanced, 200)
    for name in ("two-2", "two-3", "two-0", "two-1"):
        if name in live:
            say(OfferAccepted, 201, offer=live[name])
    say(CallbackUnanswered, 210, contact="two-2")
    arrives("again", 215)
    say(QueueJoined, 216, contact="again")
    say(MergedInto, 217, contact="two-2", into="one")
    arrives("advice", 220, "advice")
    say(QueueJoined, 221, contact="advice")
    arrives("gone", 222)
    say(CallerLeft, 223, contact="gone")
    say(QueueClosedByHand, 230, queue="advice", **order)
    say(AgentSignedOut, 240, agent="bruno")
    for second in (300, 450, 600, 900, 2_000, 3_000, 4_000, 10_000):
        say(TimeAdvanced, second)
    arrives("late", 10_790)
    say(QueueJoined, 10_798, contact="late")
    arrives("too late", 10_810)
    for second in (11_000, 11_101, 11_200, 20_000):
        say(TimeAdvanced, second)
    return told


@pytest.fixture(scope="module")
def told() -> list[Told]:
    """What is told on a day on which nothing fails."""
    return day()


def stored(desk: Desk) -> str:
    """The bytes of a snapshot."""
    return json.dumps(desk.snapshot())


def test_the_day_is_long_enough(told: list[Told]) -> None:
    """And nearly every kind of event is in it."""
    assert len(told) >= 60
    assert len({type(event) for event, _ in told}) >= 18


# A fault of our own, anywhere


@contextmanager
def breaking(nerve: Nerve) -> Iterator[None]:
    """Let each function of the desk go through a nerve."""
    with pytest.MonkeyPatch.context() as patch:
        for part in FALLIBLE:
            for name, function in vars(part).items():
                if inspect.isfunction(function) and not name.startswith("__") and name not in _UNDOING:
                    patch.setattr(part, name, nerve.through(function, Broken))
        table = {kind: (nerve.through(verb, Broken), stages) for kind, (verb, stages) in Desk._VERBS.items()}
        patch.setattr(Desk, "_VERBS", table)
        yield


@pytest.mark.parametrize("part", range(SAMPLES))
def test_an_event_that_breaks_anywhere_has_changed_nothing(told: list[Told], part: int) -> None:
    """The snapshot is byte for byte as it was, and the day ends as it would."""
    broken = part * len(told) // SAMPLES
    desk, twin = Desk(OFFICE, agents=people()), Desk(OFFICE, agents=people())
    for event, at in told[:broken]:
        desk.handle(event, at=at)
        twin.handle(event, at=at)
    event, at = told[broken]
    assert (stored(twin), twin.next_deadline()) == (stored(desk), desk.next_deadline())
    counting = Nerve()
    with breaking(counting):
        expected = twin.handle(event, at=at)
    before, deadline = stored(desk), desk.next_deadline()

    for number in range(1, counting.calls + 1, 1 + counting.calls // 6):
        fails = number.__eq__
        with breaking(Nerve(fails)), pytest.raises(Broken):
            desk.handle(event, at=at)
        assert stored(desk) == before, number
        assert desk.next_deadline() == deadline

    assert desk.handle(event, at=at) == expected
    for event, at in told[broken + 1 :]:
        assert desk.handle(event, at=at) == twin.handle(event, at=at)
    assert stored(desk) == stored(twin)


@pytest.mark.parametrize("entry", ["general", "letters"])
def test_an_arrival_that_breaks_at_any_step_is_not_here(entry: str) -> None:
    """Not even at the last one, when all but its effects is there already: it may arrive as if for the first time."""
    arrived = ContactArrived(id="1", contact=reaching(entry, "c", NINE, case="4711"), entry=entry)
    desk, counting = Desk(OFFICE, agents=people()), Nerve()
    before = stored(desk)
    with breaking(counting):
        expected = Desk(OFFICE, agents=people()).handle(arrived, at=NINE)

    for number in range(1, counting.calls + 1):
        with breaking(Nerve(number.__eq__)), pytest.raises(Broken):
            desk.handle(arrived, at=NINE)
        assert (desk.announced, stored(desk)) == ((), before), number

    assert desk.handle(arrived, at=NINE) == expected
    assert desk.announced == ("c",)


# A fault of the department


def nervous(part: str, nerve: Nerve) -> Desk:
    """A desk, of whose office one part may fail."""
    office: Department = OFFICE
    rules: list[Any] = []
    if part == "rule":

        def rule(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            return any_agent

        rules = [nerve.through(rule)]
    elif part == "calendar":
        names = ("is_open", "next_closing", "next_opening", "between", "add", "explain")
        parts = {name: nerve.through(getattr(BusinessCalendar, name)) for name in names}
        kind: Any = type("Nervous", (BusinessCalendar,), parts)
        queues = {
            name: attrs.evolve(queue, calendar=_as(kind, queue.calendar)) for name, queue in OFFICE.queues.items()
        }
        office = attrs.evolve(OFFICE, queues=queues)
    elif part == "lifecycle":
        copy: Any = object.__new__(type("Nervous", (Lifecycle,), {"apply": nerve.through(Lifecycle.apply)}))
        for name in _fields_of(OFFICE.lifecycle):
            object.__setattr__(copy, name, getattr(OFFICE.lifecycle, name))
        office = attrs.evolve(OFFICE, lifecycle=copy)
    desk = Desk(office, agents=people(), rules=rules)
    if part == "text":
        words: Any = desk._words
        for name in ("open", "closed", "let_go"):
            setattr(words, name, nerve.through(getattr(words, name)))
    return desk


def _as(kind: Any, calendar: BusinessCalendar) -> BusinessCalendar:
    copy: BusinessCalendar = object.__new__(kind)
    for name in _fields_of(calendar):
        object.__setattr__(copy, name, getattr(calendar, name))
    return copy


def _fields_of(value: object) -> list[str]:
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    names = [*slots, *getattr(value, "__dict__", {})]
    return [name for name in names if not name.startswith("__") and hasattr(value, name)]


def live_through(desk: Desk, told: list[Told]) -> tuple[list[Effect], Count[str]]:
    """Tell the day; on such a day something may make no sense. What has followed, and how each contact ended."""
    effects: list[Effect] = []
    arrived: set[str] = set()
    numbers = iter(range(10_000))

    def tell(event: DeskEvent, at: datetime) -> None:
        with suppress(TicontactError):
            effects.extend(desk.handle(event, at=at))
            if isinstance(event, ContactArrived):
                arrived.add(event.contact.id)

    for event, at in told:
        tell(event, at)
    now = told[-1][1]
    for _ in range(200):
        over = {effect.contact for effect in effects if isinstance(effect, ContactClosed)}
        if over >= arrived:
            break
        now = max(now + timedelta(hours=1), desk.next_deadline() or now)
        for agent in ("anna", "bruno", "otto"):
            tell(AgentSignedIn(id=f"then-{next(numbers)}", agent=agent), now)
        for offer in offers(effects):
            tell(OfferAccepted(id=f"then-{next(numbers)}", offer=offer), now)
        for name in sorted(arrived - over):
            tell(ContactEnded(id=f"then-{next(numbers)}", contact=name), now)
            tell(QueueJoined(id=f"then-{next(numbers)}", contact=name), now)
    ended = Count(effect.contact for effect in effects if isinstance(effect, ContactClosed))
    assert set(ended) == arrived
    return effects, ended


@pytest.mark.parametrize("part", ["rule", "calendar", "lifecycle", "text"])
class TestADepartmentsFault:
    """It degrades, it is told, and the day goes on to its end, with every contact in one outcome."""

    @pytest.mark.parametrize("every", [1, 2, 5])
    def test_again_and_again(self, told: list[Told], part: str, every: int) -> None:
        """At all calls, or at some."""
        nerve = Nerve(lambda number: number % every == 0)
        desk = nervous(part, nerve)

        effects, ended = live_through(desk, told)

        failed = {effect.part for effect in effects if isinstance(effect, PartFailed)}
        assert failed - {"text"} == {part} - {"text"}  # a text may need the calendar
        assert set(ended.values()) == {1}
        assert part not in {"text", "rule"} or failed == {part}
        restored = nervous(part, Nerve())
        restored.restore(json.loads(stored(desk)))
        assert stored(restored) == stored(desk)

    def test_at_one_call(self, told: list[Told], part: str) -> None:
        """At one call of the day."""
        counting = Nerve()
        live_through(nervous(part, counting), told)
        for share in (0.2, 0.7):
            at = int(1 + counting.calls * share)

            effects, ended = live_through(nervous(part, Nerve(at.__eq__)), told)

            failed = [effect for effect in effects if isinstance(effect, PartFailed)]
            assert len(failed) == 1
            assert failed[0].part in {part, "text"}
            assert set(ended.values()) == {1}


def test_a_recorder_counts_who_came_when_the_calendar_failed() -> None:
    """As in hours, since that is what the desk took it for."""
    desk = nervous("calendar", Nerve(lambda _: True))
    recorder = DeskRecorder(desk._department)
    arrived = ContactArrived(id="1", contact=call("c", NOON.add(hours=1)), entry="general")

    recorder.follow(arrived, desk.handle(arrived, at=NOON.add(hours=1)), at=NOON.add(hours=1))

    assert [(record.item, record.in_hours) for record in recorder.records] == [("c", True)]


class TestALifecycleThatFails:
    """What has happened stays true, whatever becomes of the ticket."""

    def test_it_is_told_once_in_an_answer(self) -> None:
        """The ticket can neither be solved nor closed: that is one failure, and the call is over all the same."""
        told, nerve = Counter(), Nerve()
        told.desk = nervous("lifecycle", nerve)
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.arrive("c", NINE)
        [offer] = offers(told.tell(QueueJoined, after(1), contact="c"))
        told.tell(OfferAccepted, after(2), offer=offer)
        before, calls, nerve.fails = told.desk.tickets["c"], nerve.calls, lambda _: True

        failed, over = told.tell(ContactEnded, after(60), contact="c")

        assert nerve.calls == calls + 2
        assert failed == PartFailed(
            part="lifecycle", name=OFFICE.lifecycle.name, problem="raised Unwell", contact="c", at=after(60)
        )
        assert over == ContactClosed(contact="c", outcome=Outcome.ANSWERED, at=after(60))
        assert told.desk.tickets["c"] == before

    def test_what_cannot_be_merged_is_over_all_the_same(self) -> None:
        """The letter rings nowhere any more; both tickets are as they were, and the call goes on."""
        told, nerve = Counter(), Nerve()
        told.desk = nervous("lifecycle", nerve)
        told.tell(AgentSignedIn, NINE, agent="anna")
        for name, entry in (("call", "general"), ("letter", "letters")):
            told.arrive(name, NINE, entry)
        [offer] = offers(told.tell(QueueJoined, after(1), contact="call"))
        told.tell(OfferAccepted, after(2), offer=offer)
        told.tell(QueueJoined, after(3), contact="letter")
        before, nerve.fails = dict(told.desk.tickets), lambda _: True

        effects = told.tell(MergedInto, after(4), contact="letter", into="call")

        assert kinds(effects) == "failed over"
        assert effects[-1] == ContactClosed(contact="letter", outcome=Outcome.MERGED, at=after(4))
        assert told.desk.tickets == before
        nerve.fails = lambda _: False
        assert kinds(told.tell(AgentSignedIn, after(5), agent="bruno")) == "-"
        assert kinds(told.tell(ContactEnded, after(60), contact="call")) == "ticket ticket over"

    def test_what_could_not_be_opened_is_merged_without_a_ticket(self) -> None:
        """The letter is over, and the ticket of the call takes over nothing."""
        told, nerve = Counter(), Nerve(lambda _: True)
        told.desk = nervous("lifecycle", nerve)
        assert kinds(told.arrive("letter", NINE, "letters")) == "failed say"
        nerve.fails = lambda _: False
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.arrive("call", NINE)
        [offer] = offers(told.tell(QueueJoined, after(1), contact="call"))
        told.tell(OfferAccepted, after(2), offer=offer)
        told.tell(QueueJoined, after(3), contact="letter")
        before = dict(told.desk.tickets)

        effects = told.tell(MergedInto, after(4), contact="letter", into="call")

        assert effects == (ContactClosed(contact="letter", outcome=Outcome.MERGED, at=after(4)),)
        assert list(before) == ["call"]
        assert told.desk.tickets == before


def test_the_usual_texts(told: list[Told]) -> None:
    """Whatever fails, the citizen hears something that is true."""
    effects, _ = live_through(nervous("text", Nerve(lambda _: True)), told)
    said = {effect.text.text("en") for effect in effects if isinstance(effect, Announce)}

    assert {
        "Good day. One of us will answer you as soon as possible.",
        "We are closed at the moment. Please call again in opening hours.",
        "We have received your message.",
        "We are sorry that nobody can answer you at the moment. Please call again.",
        "We are sorry that nobody can answer you at the moment. We will call you back.",
    } <= said


def test_a_text_that_is_none() -> None:
    """It has failed like one that raises."""
    desk = Desk(OFFICE, agents=people())
    words: Any = desk._words
    words.open = lambda *_, **__: "good day"

    effects = desk.handle(ContactArrived(id="1", contact=call("c", NINE), entry="general"), at=NINE)

    assert kinds(effects) == "failed say"


# Clocks


class TestTwoClocks:
    """The owner's clock never goes back; when something happened is told by the exchange, within what is possible."""

    def test_an_exchange_that_is_five_minutes_ahead(self) -> None:
        """The contact counts from its arrival, which is told; it is answered and ends like any other."""
        told = Counter()
        told.tell(AgentSignedIn, NINE, agent="anna")
        ahead = call("c", after(300))

        effects = told.tell(ContactArrived, NINE, contact=ahead, entry="general")

        assert kinds(effects) == "skew say"
        skew = effects[0]
        assert isinstance(skew, ClockSkew)
        assert (skew.contact, skew.event, skew.given, skew.used) == ("c", "ContactArrived", after(300), NINE)
        [offer] = offers(told.tell(QueueJoined, after(8), contact="c"))
        effects = told.tell(OfferAccepted, after(12), offer=offer)
        assert kinds(effects) == "connect ticket ticket"
        changes = [event for each in effects if isinstance(each, TicketChanged) for event in each.events]
        assert [event.since for event in changes if isinstance(event, Received)] == [NINE.int_timestamp * 1_000_000]
        assert kinds(told.tell(ContactEnded, after(60), contact="c")) == "ticket ticket over"

    def test_it_waits_at_closing(self) -> None:
        """Nobody else is lost with it."""
        told = Counter()
        for name, second in (("a", 50), ("b", 40)):
            ahead, at = call(name, NOON.add(minutes=9)), NOON.subtract(seconds=second)
            told.tell(ContactArrived, at, contact=ahead, entry="general")
            told.tell(QueueJoined, at, contact=name)

        effects = told.tell(TimeAdvanced, NOON.add(minutes=5))

        assert kinds(effects) == "say ticket over say ticket over"
        restored = Desk(OFFICE, agents=people())
        restored.restore(told.desk.snapshot())

    def test_when_it_happened_counts(self) -> None:
        """Waits and service levels count from there, and no wait is negative."""
        told = Counter()
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.tell(ContactArrived, after(10), contact=call("c", NINE), entry="general", happened_at=after(2))
        [offer] = offers(told.tell(QueueJoined, after(20), contact="c", happened_at=after(8)))
        connected, *_ = told.tell(OfferAccepted, after(40), offer=offer, happened_at=after(30))

        assert connected.at == after(30)
        *_, replied = told.desk.snapshot()["tickets"][0]
        assert replied["instant"].startswith("2026-03-18T08:00:30")
        *_, over = told.tell(ContactEnded, after(90), contact="c", happened_at=after(80))
        assert over.at == after(90)

    @pytest.mark.parametrize(
        ("happened", "used"),
        [(-5, 0), (70, 60), (30, 30)],
        ids=["before it came in", "in the future", "as it was"],
    )
    def test_it_is_brought_within_what_is_possible(self, happened: float, used: float) -> None:
        """And told where that is another instant."""
        told = Counter()
        told.tell(ContactArrived, NINE, contact=call("c", NINE), entry="general")

        effects = told.tell(CallerLeft, after(60), contact="c", happened_at=after(happened))

        skews = [(effect.given, effect.used) for effect in effects if isinstance(effect, ClockSkew)]
        assert skews == ([] if happened == used else [(after(happened), after(used))])
        assert told.desk.snapshot()["lines"][0]["ended"] == after(used).int_timestamp * 1_000_000

    def test_what_ends_something_is_never_too_late(self) -> None:
        """A tick came between; refused, the call would hold its agent for ever."""
        told = Counter()
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.arrive("c", NINE)
        [offer] = offers(told.tell(QueueJoined, after(1), contact="c"))
        told.tell(OfferAccepted, after(2), offer=offer)
        told.tell(TimeAdvanced, after(60))

        effects = told.tell(ContactEnded, after(59), contact="c")

        assert kinds(effects) == "ticket ticket over"
        assert effects[-1].at == after(60)
        with pytest.raises(TimeWentBack):
            told.tell(AgentSignedIn, after(59), agent="bruno")

    def test_an_acceptance_that_is_told_late(self) -> None:
        """The exchange has connected the two already."""
        desk = Desk(OFFICE, agents=people(), ring_for=timedelta(seconds=20))
        numbers = iter(range(100))

        def say(kind: Callable[..., DeskEvent], second: float, **fields: Any) -> tuple[Effect, ...]:
            return desk.handle(kind(id=str(next(numbers)), **fields), at=after(second))

        say(AgentSignedIn, 0, agent="anna")
        say(AgentSignedIn, 0, agent="bruno")
        say(ContactArrived, 0, contact=call("c", NINE), entry="general")
        [offer] = offers(say(QueueJoined, 1, contact="c"))
        assert kinds(say(TimeAdvanced, 21)) == "withdraw offer"

        effects = say(OfferAccepted, 23, offer=offer, happened_at=after(20))

        assert kinds(effects) == "connect ticket ticket withdraw"
        connected, revoked = effects[0], effects[-1]
        assert isinstance(connected, Connect)
        assert isinstance(revoked, OfferRevoked)
        assert (connected.agent, revoked.offer.agent) == (offer.agent, ({"anna", "bruno"} - {offer.agent}).pop())

    def test_what_is_told_late_comes_after_what_the_ticket_knows(self) -> None:
        """The exchange says that the call was over before Otto had taken it over: no history goes back for that."""
        told = Counter()
        told.tell(AgentSignedIn, NINE, agent="anna")
        told.tell(AgentSignedIn, NINE, agent="otto")
        told.arrive("c", NINE)
        [offer] = offers(told.tell(QueueJoined, after(1), contact="c"))
        told.tell(OfferAccepted, after(2), offer=offer)
        [offer] = offers(told.tell(ConsultRequested, after(30), contact="c", summary="a question"))
        told.tell(OfferAccepted, after(40), offer=offer)
        told.tell(ConsultCompleted, after(80), contact="c")

        effects = told.tell(ContactEnded, after(90), contact="c", happened_at=after(70))

        assert kinds(effects) == "ticket ticket over"
        changes = [event for each in effects if isinstance(each, TicketChanged) for event in each.events]
        assert {event.instant for event in changes} == {after(80).int_timestamp * 1_000_000}
        assert told.desk.snapshot()["lines"][0]["ended"] == after(70).int_timestamp * 1_000_000
        restored = Desk(OFFICE, agents=people())
        restored.restore(told.desk.snapshot())
        assert restored.tickets == told.desk.tickets

    def test_the_driver_is_away_over_lunch(self) -> None:
        """Each effect has the instant at which it came about, so what is counted is right."""
        told = Counter()
        told.arrive("c", NOON.subtract(minutes=15))
        told.tell(QueueJoined, NOON.subtract(minutes=15), contact="c")

        effects = told.tell(TimeAdvanced, NOON.add(hours=1, minutes=25))

        assert {effect.at for effect in effects} == {NOON.add(minutes=5)}
        assert [effect.id for effect in effects] == ["event-2/1", "event-2/2", "event-2/3"]

    def test_and_the_recorder_counts_by_it(self) -> None:
        """Twenty minutes, not an hour and forty."""
        recorder, desk, quarter = DeskRecorder(OFFICE), Desk(OFFICE), NOON.subtract(minutes=15)
        arrived = ContactArrived(id="1", contact=call("c", quarter), entry="general")
        away = NOON.add(hours=1, minutes=25)
        events: list[Told] = [
            (arrived, quarter),
            (QueueJoined(id="2", contact="c"), quarter),
            (TimeAdvanced(id="3"), away),
        ]
        for event, at in events:
            recorder.follow(event, desk.handle(event, at=at), at=at)

        [record] = recorder.forget(before=NOON.add(hours=2))

        assert record.left_at == NOON.add(minutes=5).int_timestamp * 1_000_000


class TestOneAtATime:
    """Two threads at one desk break nothing: the second is told."""

    def test_a_second_thread(self) -> None:
        """While an event is taken, whatever it wants."""
        begun, may_end = Event(), Event()

        def slow(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            begun.set()
            may_end.wait()
            return any_agent

        desk = Desk(OFFICE, agents=people(), rules=[slow])
        desk.handle(ContactArrived(id="1", contact=call("c", NINE), entry="general"), at=NINE)
        first = Thread(target=lambda: desk.handle(QueueJoined(id="2", contact="c"), at=NINE))
        first.start()
        begun.wait()
        for wish in (
            lambda: desk.handle(TimeAdvanced(id="3"), at=NINE),
            desk.snapshot,
            lambda: desk.forget(before=NINE),
        ):
            with pytest.raises(DeskError, match="desk: another event is being taken; allowed: one after another"):
                wish()
        may_end.set()
        first.join()

        assert desk.handle(TimeAdvanced(id="3"), at=NINE) == ()


def test_many_days_are_no_larger_than_one() -> None:
    """With a `forget` each night neither the desk nor its snapshot grows, and all that arrives is closed."""
    desk, numbers = Desk(OFFICE, agents=people()), iter(range(100_000))
    arrived = closed = 0
    sizes = []
    for number in range(6):
        start = instant("2026-03-16 08:00").add(days=number % 5 + 7 * (number // 5))

        def tell(kind: Callable[..., DeskEvent], at: datetime, **fields: Any) -> tuple[Effect, ...]:
            return desk.handle(kind(id=f"e-{next(numbers):06}", **fields), at=at)

        for agent in ("anna", "bruno"):
            tell(AgentSignedIn, start, agent=agent)
        for each in range(40):
            at, name = start.add(minutes=each), f"{number}-{each:02}"
            arrived += 1
            tell(ContactArrived, at, contact=call(name, at), entry="general")
            for offer in offers(tell(QueueJoined, at, contact=name)):
                tell(OfferAccepted, at, offer=offer)
            with suppress(TicontactError):
                tell(ContactEnded, at, contact="nobody")
            closed += sum(isinstance(each, ContactClosed) for each in tell(ContactEnded, at, contact=name))
        tell(TimeAdvanced, start.at(23))
        desk.forget(before=start.at(23))
        sizes.append(len(stored(desk)))

    assert arrived == closed
    assert max(sizes) - min(sizes) < 20  # but for the length of some numbers
