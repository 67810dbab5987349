"""Commands: what follows from each, and when the answer is no."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
from tickets_office import NINE, epoch

from ticontact.contacts import CaseRef, ContactRef, Direction, HandOver
from ticontact.errors import (
    BrokenHistory,
    ConfigurationError,
    HoursError,
    NaiveTime,
    StaleTicket,
    TransitionRefused,
)
from ticontact.hours import BusinessCalendar
from ticontact.i18n import LANGUAGES
from ticontact.priority import Priority
from ticontact.testing import instant
from ticontact.tickets import (
    Category,
    CommandResult,
    Edge,
    Guard,
    Lifecycle,
    Link,
    PriorityMatrix,
    Promise,
    PromiseState,
    Refusal,
    RefusalReason,
    State,
    StateMap,
    Ticket,
    TicketHistory,
    Timer,
    evolve,
    fact,
    merge,
    replay,
    resolve_merged,
    split,
    unmerge,
)
from ticontact.tickets.commands import (
    Assign,
    AttachCase,
    Command,
    EndPromise,
    FireTimer,
    FireTrigger,
    GivePromise,
    HandBack,
    HandOverTo,
    LinkTo,
    MergeInto,
    Note,
    OpenTicket,
    Prioritise,
    Receive,
    Reply,
    SetFields,
    SetQueue,
    Tag,
    TransferTo,
    Unlink,
    WaitUntil,
)
from ticontact.tickets.events import Opened
from ticontact.tickets.sla import promises_kept, working_days

TEN = instant("2026-03-18 10:00")
NOON = instant("2026-03-20 12:00")
NAIVE = NOON.naive()
CASE = CaseRef("permit", "2026/4711")
HAND_OVER = HandOver(CASE, "employer changed")
MESSAGE = ContactRef("c-9", "email", direction=Direction.INBOUND)
PROMISE = GivePromise("call", "an official", what="calls back", due=NOON, fallback="the head of the team calls")


def after(lifecycle: Lifecycle, ticket: Ticket, *commands: Command) -> Ticket:
    """The ticket after some commands at ten."""
    return lifecycle.apply_all(ticket, commands, at=TEN, by="anna").ticket


def kinds(done: CommandResult) -> list[str]:
    """The kinds of the events that happened."""
    return [type(event).__name__ for event in done.events]


class TestOpening:
    """A ticket begins with a contact, or with the office itself."""

    def test_contact_is_received_in_it(self, lifecycle: Lifecycle, call: ContactRef) -> None:
        """The first contact, the case and the fields are events of their own."""
        opening = OpenTicket(
            id="t-1",
            about=call,
            since=NINE,
            case=CASE,
            priority=Priority.HIGH,
            queue="permits",
            language="de",
            possible_duplicate_of="t-0",
            follow_up_of="t-00",
            fields={"commune": "Bellinzona"},
            reason="asked at the counter",
        )
        done = lifecycle.apply(None, opening, at=TEN, by="anna")

        assert kinds(done) == ["Opened", "Received", "CaseAttached", "Linked", "FieldsSet"]
        assert [event.version for event in done.events] == [1, 2, 3, 4, 5]
        assert (done.ticket.state, done.ticket.version, done.ticket.queue) == ("new", 5, "permits")
        assert (done.ticket.priority, done.ticket.case, done.ticket.contacts) == (Priority.HIGH, CASE, (call,))
        assert (done.ticket.linked("follow_up_of"), done.ticket.linked("child")) == (("t-00",), ())
        assert (done.ticket.record.possible_duplicate_of, done.ticket.record.fields) == (
            "t-0",
            {"commune": "Bellinzona"},
        )
        assert (done.ticket.opened_at, done.ticket.since_at, done.events[0].at) == (TEN, TEN, TEN)

    def test_office_may_open_one_by_itself(self, lifecycle: Lifecycle) -> None:
        """Then nobody has written, and no response clock starts."""
        assert kinds(lifecycle.apply(None, OpenTicket(id="t"), at=NINE)) == ["Opened"]

    def test_arrival_is_the_opening_unless_said(self, lifecycle: Lifecycle, call: ContactRef) -> None:
        """A contact that is recorded at once came at that instant."""
        done = lifecycle.apply(None, OpenTicket(id="t", about=call), at=NINE)

        assert [getattr(event, "since", None) for event in done.events] == [None, done.events[0].instant]


class TestEvents:
    """What follows from each command on a ticket that is new."""

    @pytest.mark.parametrize(
        ("command", "expected", "state"),
        [
            (FireTrigger("answer"), "Transitioned", "first_level"),
            (FireTrigger("discard", reason="empty"), "Transitioned", "closed"),
            (Reply(), "Replied Transitioned", "first_level"),
            (Reply(MESSAGE, automatic=True), "Replied", "new"),
            (Receive(MESSAGE), "Received", "new"),
            (Receive(MESSAGE, since=NINE), "Received", "new"),
            (Note("called the commune"), "Noted", "new"),
            (Assign("ivo"), "Assigned", "new"),
            (Prioritise(Priority.URGENT), "Prioritised", "new"),
            (Tag(add={"b_permit"}), "Tagged", "new"),
            (SetFields({"commune": "Chiasso"}), "FieldsSet", "new"),
            (AttachCase(CASE), "CaseAttached", "new"),
            (HandOverTo(HAND_OVER, "ivo"), "HandedOver Transitioned", "with_official"),
            (LinkTo("parent", "t-2"), "Linked", "new"),
            (Unlink("parent", "t-2"), "Unlinked", "new"),
            (MergeInto("t-2"), "Merged Transitioned", "merged"),
            (PROMISE, "Promised", "new"),
            (WaitUntil(NOON), "WaitsUntil", "new"),
            (WaitUntil(None), "WaitsUntil", "new"),
            (SetQueue("asylum"), "QueueSet", "new"),
        ],
    )
    def test_each_command(
        self, lifecycle: Lifecycle, ticket: Ticket, command: Command, expected: str, state: str
    ) -> None:
        """Its events, in order, and the state after them."""
        done = lifecycle.apply(ticket, command, at=TEN, by="anna")

        assert (expected.split(), state) == (kinds(done), done.ticket.state)
        assert [event.version for event in done.events] == [3, 4][: len(done.events)]

    @pytest.mark.parametrize(
        ("command", "expected"),
        [
            (Receive(MESSAGE, automatic=True), {"contact": MESSAGE, "automatic": True}),
            (Receive(MESSAGE, courtesy=True), {"contact": MESSAGE, "automatic": True}),
            (Receive(MESSAGE, since=NINE), {"automatic": False, "since": int(NINE.timestamp()) * 1_000_000}),
            (Reply(MESSAGE, automatic=True), {"contact": MESSAGE, "automatic": True}),
            (Reply(MESSAGE), {"contact": MESSAGE, "automatic": False}),
            (Note("x", public=True), {"text": "x", "public": True}),
            (WaitUntil(NOON), {"until": int(NOON.timestamp()) * 1_000_000}),
            (Prioritise(Priority.LOW, impact="a", urgency="b"), {"impact": "a", "urgency": "b"}),
        ],
    )
    def test_what_the_command_says_is_in_the_event(
        self, lifecycle: Lifecycle, ticket: Ticket, command: Command, expected: dict[str, object]
    ) -> None:
        """Nothing is lost on the way."""
        event = lifecycle.apply(ticket, command, at=TEN).events[0]

        assert {name: getattr(event, name) for name in expected} == expected

    def test_actor_and_reason_are_kept(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Whoever did it is named; what the lifecycle does by itself has no actor."""
        done = lifecycle.apply(ticket, Reply(reason="by telephone"), at=TEN, by="anna")

        assert [(event.by, event.reason) for event in done.events] == [("anna", "by telephone"), ("", "")]

    def test_waiting_for_a_term(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """A trigger may set the instant until which the ticket waits; leaving the state forgets it."""
        waiting = after(lifecycle, ticket, FireTrigger("answer"), FireTrigger("ask_citizen", until=NOON))

        assert waiting.record.waits_until == int(NOON.timestamp() * 1_000_000)
        assert after(lifecycle, waiting, FireTrigger("resume")).record.waits_until is None


class TestRecord:
    """What a ticket says beside its state."""

    def test_owner(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """The last one counts."""
        assert after(lifecycle, ticket, Assign("anna"), Assign("ivo")).owner == "ivo"

    def test_queue(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Another queue of the same department: state, owner and stay are as they were."""
        moved = after(lifecycle, ticket, Assign("anna"), SetQueue("asylum"))

        assert (moved.queue, moved.owner, moved.state, moved.since) == ("asylum", "anna", "new", ticket.since)

    def test_tags(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Added and removed, in one command or several."""
        tagged = after(lifecycle, ticket, Tag(add={"a", "b"}), Tag(add={"c"}, remove={"a"}))

        assert tagged.record.tags == {"b", "c"}

    def test_fields(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """None removes one; the others stay."""
        set_twice = after(lifecycle, ticket, SetFields({"a": 1, "b": 2}), SetFields({"a": None, "c": 3}))

        assert set_twice.record.fields == {"b": 2, "c": 3}

    def test_links(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """The same link twice is one; undone, it is gone."""
        linked = after(lifecycle, ticket, LinkTo("parent", "a"), LinkTo("parent", "a"), LinkTo("child", "b"))

        assert linked.record.links == (Link("parent", "a"), Link("child", "b"))
        assert after(lifecycle, linked, Unlink("parent", "a")).record.links == (Link("child", "b"),)

    def test_case(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """A hand-over without a case leaves the one that is attached."""
        attached = after(lifecycle, ticket, AttachCase(CASE), HandOverTo(HandOver(None, "more")))

        assert attached.case == CASE

    def test_priority_by_impact_and_urgency(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """The matrix gives the command, and the event remembers both."""
        matrix = PriorityMatrix({"family": {"soon": Priority.HIGH, "now": Priority.URGENT}})
        done = lifecycle.apply(ticket, matrix.assess(impact="family", urgency="now", reason="school"), at=TEN)

        assert done.ticket.priority is Priority.URGENT
        assert done.events[0].reason == "school"
        assert matrix.assess(impact="family", urgency="soon") == Prioritise(
            Priority.HIGH, impact="family", urgency="soon"
        )
        assert (getattr(done.events[0], "impact", ""), getattr(done.events[0], "urgency", "")) == ("family", "now")


class TestMatrix:
    """Impact and urgency give a priority."""

    def test_gaps_are_faults(self) -> None:
        """Every impact knows every urgency."""
        with pytest.raises(ConfigurationError) as refused:
            PriorityMatrix({"a": {"x": Priority.LOW, "y": Priority.LOW}, "b": {"x": Priority.LOW}})

        assert str(refused.value) == "b.y: missing (allowed: a priority)"

    @pytest.mark.parametrize(
        ("impact", "urgency", "fault"),
        [
            ("b", "x", "impact: no impact 'b' (allowed: a, c)"),
            ("a", "z", "urgency: no urgency 'z' (allowed: x, y)"),
        ],
    )
    def test_unknown_words_are_named(self, impact: str, urgency: str, fault: str) -> None:
        """With what is allowed."""
        row = {"x": Priority.LOW, "y": Priority.LOW}
        with pytest.raises(ConfigurationError) as refused:
            PriorityMatrix({"a": row, "c": row}).priority(impact=impact, urgency=urgency)

        assert str(refused.value) == fault


class TestHandOver:
    """From the first level to an official, and back."""

    def test_official_keeps_the_ticket_while_it_waits(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """What comes back from waiting goes to the official who has it."""
        waiting = after(lifecycle, ticket, Reply(), HandOverTo(HAND_OVER, "ivo"), FireTrigger("ask_citizen"))

        assert after(lifecycle, waiting, Receive(MESSAGE)).state == "with_official"

    def test_first_level_keeps_its_own(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Without a hand-over it comes back to the first level."""
        waiting = after(lifecycle, ticket, Reply(), FireTrigger("ask_citizen"))

        assert after(lifecycle, waiting, Receive(MESSAGE)).state == "first_level"

    def test_handing_back_needs_a_reason(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """And forgets the official."""
        given = after(lifecycle, ticket, HandOverTo(HAND_OVER, "ivo"))
        back = after(lifecycle, given, HandBack(reason="a general question"))

        assert (given.owner, given.record.hand_over, given.case) == ("ivo", HAND_OVER, CASE)
        assert (back.owner, back.record.hand_over, back.state) == ("", None, "first_level")

    def test_lifecycle_without_levels(self) -> None:
        """Where no trigger belongs to a hand-over, it is an event alone."""
        plain = Lifecycle("plain", [State("open", Category.OPEN)], edges=[], initial="open")
        opened = plain.apply(None, OpenTicket(id="t"), at=NINE).ticket

        assert kinds(plain.apply(opened, HandOverTo(HAND_OVER), at=TEN)) == ["HandedOver"]


class TestReopening:
    """A solved ticket opens again when the citizen writes, for a time."""

    @pytest.mark.parametrize("days", [0, 30], ids=["at once", "last"])
    def test_window(self, lifecycle: Lifecycle, ticket: Ticket, days: int) -> None:
        """Thirty days, the last instant included."""
        solved = after(lifecycle, ticket, Reply(), FireTrigger("solve"))
        done = lifecycle.apply(solved, Receive(MESSAGE), at=TEN + timedelta(days=days))

        assert (done.ticket.state, done.ticket.contacts[-1]) == ("first_level", MESSAGE)

    def test_nothing_is_swallowed_after_the_window(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Later the message is refused, and a ticket follows up; what asks for no answer may still be kept."""
        solved = after(lifecycle, ticket, Reply(), FireTrigger("solve"))
        late = TEN + timedelta(days=30, microseconds=1)
        refusal = lifecycle.decide(solved, Receive(MESSAGE), at=late)

        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.state) == (RefusalReason.WINDOW, "solved")
        assert lifecycle.may_receive(solved, at=TEN + timedelta(days=30))
        assert not lifecycle.may_receive(solved, at=late)
        for quiet in (Receive(MESSAGE, courtesy=True), Receive(MESSAGE, automatic=True)):
            assert lifecycle.apply(solved, quiet, at=late).ticket.state == "solved"

    @pytest.mark.parametrize("occasions", [{}, {"received": "archive"}], ids=["no occasion", "no edge"])
    def test_what_never_opens_again_takes_nothing(self, occasions: dict[str, str]) -> None:
        """A lifecycle that says nothing of reopening refuses what comes in; while it is open it takes all."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [Edge("close", "open", target="closed"), Edge("archive", "open", target="closed")]
        final = Lifecycle("final", states, edges=edges, initial="open", occasions=occasions)
        opened = final.open(OpenTicket(id="t"), at=NINE)
        closed = final.apply(opened, FireTrigger("close"), at=NINE)
        refusal = final.decide(closed.ticket, Receive(MESSAGE), at=TEN)

        assert final.may_receive(opened.ticket, at=TEN)
        assert not final.may_receive(closed.ticket, at=TEN)
        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.trigger) == (RefusalReason.FOLLOW_UP, "Receive")
        with pytest.raises(TransitionRefused, match=r"does not open again; allowed: a new ticket that follows up"):
            merge(final, final.open(OpenTicket(id="u"), at=NINE), closed, at=TEN)

    def test_thanks_do_not_reopen(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Neither does a machine."""
        solved = after(lifecycle, ticket, Reply(), FireTrigger("solve"))

        assert after(lifecycle, solved, Receive(MESSAGE, courtesy=True)).state == "solved"
        assert after(lifecycle, solved, Receive(MESSAGE, automatic=True)).state == "solved"

    def test_window_is_told(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Asked for, the refusal says that the time is over, and nothing is available."""
        solved = after(lifecycle, ticket, Reply(), FireTrigger("solve"))
        late = TEN + timedelta(days=31)
        refusal = lifecycle.decide(solved, FireTrigger("reopen", reason="new facts"), at=late)

        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.allowed) == (RefusalReason.WINDOW, ("close",))
        assert lifecycle.available(solved, at=late) == ("close",)
        assert lifecycle.available(solved) == ("citizen_wrote", "reopen", "close")

    @pytest.mark.parametrize(
        ("window", "last", "first_late"),
        [
            pytest.param(working_days(3), "2026-03-24 17:00", "2026-03-24 17:01", id="working days"),
            pytest.param(timedelta(hours=9), "2026-03-20 10:30", "2026-03-20 10:31", id="open time"),
        ],
    )
    def test_window_in_time_of_the_office(
        self, office: BusinessCalendar, window: Any, last: str, first_late: str
    ) -> None:
        """In working days or in open time of a calendar: San Giuseppe and the weekend do not count."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [Edge("close", "open", target="closed"), Edge("again", "closed", target="open")]
        lifecycle = Lifecycle(
            "windowed",
            states,
            edges=edges,
            initial="open",
            reopening_within=window,
            reopening_calendar="office",
            calendars={"office": office},
        )
        opened = lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket
        closed = lifecycle.apply(opened, FireTrigger("close"), at=NINE).ticket
        refusal = lifecycle.decide(closed, FireTrigger("again"), at=instant(first_late))

        assert lifecycle.apply(closed, FireTrigger("again"), at=instant(last)).ticket.state == "open"
        assert isinstance(refusal, Refusal)
        assert refusal.cause is RefusalReason.WINDOW
        assert lifecycle.available(closed, at=instant(last)) == ("again",)


REFUSALS: Sequence[object] = [
    pytest.param([], FireTrigger("close"), RefusalReason.NO_EDGE, "close", id="no such edge"),
    pytest.param([], FireTrigger("discard"), RefusalReason.REASON, "discard", id="no reason"),
    pytest.param([], OpenTicket(id="t-1"), RefusalReason.EXISTS, "OpenTicket", id="opened already"),
    pytest.param([], HandBack(reason="why"), RefusalReason.NO_EDGE, "hand_back", id="nothing to hand back"),
    pytest.param([], MergeInto("t-1"), RefusalReason.ITSELF, "MergeInto", id="merged into itself"),
    pytest.param([], LinkTo("child", "t-1"), RefusalReason.ITSELF, "LinkTo", id="linked to itself"),
    pytest.param([], EndPromise("call"), RefusalReason.PROMISE, "EndPromise", id="no such promise"),
    pytest.param([PROMISE], PROMISE, RefusalReason.PROMISE, "GivePromise", id="promised already"),
    pytest.param([], FireTimer("gone"), RefusalReason.TIMER, "gone", id="unknown timer"),
    pytest.param([], FireTimer("close_solved"), RefusalReason.TIMER, "close_solved", id="timer of another state"),
    pytest.param([FireTrigger("solve")], MergeInto("t-2"), RefusalReason.DONE, "MergeInto", id="merged when done"),
    pytest.param([MergeInto("t-2")], Assign("ivo"), RefusalReason.MERGED, "Assign", id="command after a merge"),
    pytest.param([MergeInto("t-2")], FireTrigger("solve"), RefusalReason.MERGED, "solve", id="trigger after a merge"),
    pytest.param([MergeInto("t-2")], Receive(MESSAGE), RefusalReason.MERGED, "Receive", id="message after a merge"),
]


class TestRefusals:
    """The answer no is a value that says what would be allowed; nothing has changed."""

    @pytest.mark.parametrize(("before", "command", "cause", "trigger"), REFUSALS)
    def test_each_cause(
        self,
        *,
        lifecycle: Lifecycle,
        ticket: Ticket,
        before: list[Command],
        command: Command,
        cause: RefusalReason,
        trigger: str,
    ) -> None:
        """The value, the error with the same facts, and a sentence in every language."""
        ready = after(lifecycle, ticket, *before)
        refusal = lifecycle.decide(ready, command, at=TEN)
        with pytest.raises(TransitionRefused) as refused:
            lifecycle.apply(ready, command, at=TEN)

        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.trigger, refusal.state) == (cause, trigger, ready.state)
        assert refusal.allowed == lifecycle.available(ready, at=TEN)
        error = refused.value
        assert (error.state, error.trigger, error.allowed) == (ready.state, trigger, refusal.allowed)
        assert str(error).startswith(f"{trigger}: ")
        assert len({refusal.explain().text(language) for language in LANGUAGES}) == len(LANGUAGES)

    def test_people_and_programs_are_told_in_their_own_words(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Labels for people, names in the error; a name without a label stands for itself."""
        solved = after(lifecycle, ticket, FireTrigger("solve"))
        refusal = lifecycle.decide(solved, FireTrigger("fly"), at=TEN)

        assert isinstance(refusal, Refusal)
        assert refusal.explain().text("it") == (
            "fly: non possibile nello stato «evaso»; possibile: la persona ha risposto, riaprire, chiudere"
        )
        assert str(refusal.error()) == "fly: not possible in state solved; allowed: citizen_wrote, reopen, close"

    def test_nothing_is_shown_as_a_dash(self, lifecycle: Lifecycle) -> None:
        """No state yet, nothing allowed."""
        refusal = lifecycle.decide(None, OpenTicket(id="t", trigger="fly"), at=TEN)

        assert isinstance(refusal, Refusal)
        assert str(refusal.error()) == "fly: not possible in state -; allowed: -"

    @pytest.mark.parametrize("command", [FireTrigger("answer"), Note("x")])
    def test_ticket_must_be_opened_first(self, lifecycle: Lifecycle, command: Command) -> None:
        """Before that there is nothing to act on."""
        refusal = lifecycle.decide(None, command, at=NINE)

        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.state) == (RefusalReason.MISSING, "")

    def test_unknown_way_to_open(self, lifecycle: Lifecycle) -> None:
        """A trigger from nowhere that the lifecycle does not have."""
        refusal = lifecycle.decide(None, OpenTicket(id="t", trigger="fly_in"), at=NINE)

        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.trigger) == (RefusalReason.NO_EDGE, "fly_in")

    def test_guard_is_named(self) -> None:
        """The last one that said no, of the edges that were tried."""
        guarded = Lifecycle(
            "guarded",
            [State("open", Category.OPEN), State("closed", Category.CLOSED)],
            edges=[
                Edge("close", "open", target="closed", guards="may_close"),
                Edge("close", "open", target="open", guards="may_stay"),
            ],
            initial="open",
            guards={"may_close": fact("may_close"), "may_stay": fact("may_stay")},
        )
        ticket = guarded.apply(None, OpenTicket(id="t"), at=NINE).ticket
        refusal = guarded.decide(ticket, FireTrigger("close"), at=NINE, facts={"may_close": 0})

        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.guard, refusal.error().guard) == (RefusalReason.GUARD, "may_stay", "may_stay")

    @pytest.mark.parametrize(("reason", "accepted"), [("", False), ("boredom", False), ("duplicate", True)])
    def test_reasons_that_count(self, reason: str, accepted: bool) -> None:  # noqa: FBT001 - a row of the table
        """A department may list them."""
        listed = Lifecycle(
            "listed",
            [State("open", Category.OPEN), State("closed", Category.CLOSED)],
            edges=[Edge("close", "open", target="closed", reasons=["duplicate", "empty"])],
            initial="open",
        )
        ticket = listed.apply(None, OpenTicket(id="t"), at=NINE).ticket
        decision = listed.decide(ticket, FireTrigger("close", reason=reason), at=NINE)

        assert isinstance(decision, tuple) is accepted
        if isinstance(decision, Refusal):
            assert decision.reasons == ("duplicate", "empty")
            assert str(decision.error()) == "close: a reason is needed; allowed: duplicate, empty"

    def test_any_reason(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Where none are listed, a dash."""
        refusal = lifecycle.decide(ticket, FireTrigger("discard"), at=TEN)

        assert isinstance(refusal, Refusal)
        assert str(refusal.error()) == "discard: a reason is needed; allowed: -"

    def test_merged_ticket_may_be_noted_and_linked(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """What does not change its course is still possible."""
        merged = after(lifecycle, ticket, MergeInto("t-2"))

        assert after(lifecycle, merged, Note("by mistake"), LinkTo("see", "t-3"), Unlink("see", "t-3")).version == 7
        assert merged.merged_into == "t-2"

    def test_timer_goes_off_once(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """In one stay in a state; in the next stay again."""
        waiting = after(lifecycle, ticket, Reply(), FireTrigger("ask_citizen"))
        due, again = TEN + timedelta(days=10), TEN + timedelta(days=20)
        reminded = lifecycle.apply(waiting, FireTimer("remind_citizen"), at=due).ticket
        refusal = lifecycle.decide(reminded, FireTimer("remind_citizen"), at=due)
        back = [FireTrigger("resume"), FireTrigger("ask_citizen")]
        in_the_next = lifecycle.apply_all(reminded, back, at=due).ticket

        assert isinstance(refusal, Refusal)
        assert refusal.cause is RefusalReason.TIMER
        assert lifecycle.apply(in_the_next, FireTimer("remind_citizen"), at=again).ticket.record.elapsed == {
            "remind_citizen"
        }

    @pytest.mark.parametrize("timer", ["close_solved", "term_is_over"])
    def test_timer_before_its_time(self, lifecycle: Lifecycle, ticket: Ticket, timer: str) -> None:
        """A minute after it was solved nothing is closed, nor is a term over before its instant; then it is."""
        working = after(lifecycle, ticket, Reply())
        last = TEN + timedelta(days=30)
        step = FireTrigger("solve") if timer == "close_solved" else FireTrigger("ask_citizen", until=last)
        running = after(lifecycle, working, step)

        for early in (TEN + timedelta(minutes=1), last - timedelta(microseconds=1)):
            refusal = lifecycle.decide(running, FireTimer(timer), at=early)
            assert isinstance(refusal, Refusal)
            assert (refusal.cause, refusal.trigger) == (RefusalReason.EARLY, timer)
        assert lifecycle.apply(running, FireTimer(timer), at=last).ticket.state in {"closed", "first_level"}

    def test_timer_without_its_term(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Where no term was set, none is over; a merged ticket has no timers, and none that is missing either."""
        waiting = after(lifecycle, ticket, Reply(), FireTrigger("ask_citizen"))
        merged = after(lifecycle, ticket, MergeInto("t-2"))
        causes = [
            refusal.cause
            for refusal in (
                lifecycle.decide(waiting, FireTimer("term_is_over"), at=NOON),
                lifecycle.decide(merged, FireTimer("close_solved"), at=NOON),
                lifecycle.decide(None, FireTimer("close_solved"), at=NOON),
            )
            if isinstance(refusal, Refusal)
        ]

        assert causes == [RefusalReason.TIMER, RefusalReason.MERGED, RefusalReason.MISSING]

    def test_timer_counts_in_a_calendar_that_is_given(self, office: BusinessCalendar) -> None:
        """As `due_timers` does; without it nobody can say whether its time has come."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        ageing = Timer(id="ageing", states="open", after=working_days(1), calendar="office", raises_priority=True)
        edges = [Edge("close", "open", target="closed")]
        aged = Lifecycle("aged", states, edges=edges, initial="open", timers=[ageing])
        ticket = aged.apply(None, OpenTicket(id="t"), at=NINE).ticket
        due, given = instant("2026-03-20 17:00"), {"office": office}  # Thursday is San Giuseppe
        early = aged.decide_each([ticket], FireTimer("ageing"), at=due - timedelta(minutes=1), calendars=given)["t"]

        assert isinstance(early, Refusal)
        assert early.cause is RefusalReason.EARLY
        assert aged.apply(ticket, FireTimer("ageing"), at=due, calendars=given).ticket.priority is Priority.HIGH
        assert aged.apply_all(ticket, [FireTimer("ageing")], at=due, calendars=given).ticket.priority is Priority.HIGH
        with pytest.raises(ConfigurationError, match="no calendar 'office'"):
            aged.decide(ticket, FireTimer("ageing"), at=due)

    def test_timer_whose_trigger_is_refused(self) -> None:
        """Then the timer has not gone off either."""
        stuck = Lifecycle(
            "stuck",
            [State("open", Category.OPEN), State("closed", Category.CLOSED)],
            edges=[Edge("close", "open", target="closed", guards="g")],
            initial="open",
            guards={"g": fact("g")},
            timers=[Timer(id="end", states="open", after=timedelta(days=1), trigger="close")],
        )
        ticket = stuck.apply(None, OpenTicket(id="t"), at=NINE).ticket
        due = NINE + timedelta(days=1)

        assert isinstance(stuck.decide(ticket, FireTimer("end"), at=due), Refusal)
        assert stuck.apply(ticket, FireTimer("end"), at=due, facts={"g": True}).ticket.state == "closed"


@attrs.frozen
class Remark(Note):
    """A department's own kind of note."""


@attrs.frozen
class Escalate(FireTrigger):
    """A department's own kind of trigger."""


class TestAllowed:
    """A refusal says what would be allowed at that instant, with those facts, for that ticket."""

    @pytest.fixture
    def archive(self) -> Lifecycle:
        """Closed tickets may come back for a day, be kept if one may, or be archived with a reason."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED), State("archived", Category.CLOSED)]
        edges = [
            Edge("close", "open", target="closed"),
            Edge("again", "closed", target="open"),
            Edge("keep", "closed", target="closed", guards="may"),
            Edge("mine", "closed", target="closed", guards="of_permits"),
            Edge("archive", "closed", target="archived", needs_reason=True),
        ]
        return Lifecycle(
            "archive",
            states,
            edges=edges,
            initial="open",
            guards={
                "may": fact("may"),
                "of_permits": lambda ticket, _: ticket is not None and ticket.queue == "permits",
            },
            reopening_within=timedelta(days=1),
        )

    @pytest.mark.parametrize(
        ("trigger", "days", "facts", "cause", "allowed"),
        [
            ("archive", 0, {}, RefusalReason.REASON, "again mine archive"),
            ("archive", 2, {"may": True}, RefusalReason.REASON, "keep mine archive"),
            ("again", 2, {"may": True}, RefusalReason.WINDOW, "keep mine archive"),
            ("again", 2, {}, RefusalReason.WINDOW, "mine archive"),
            ("keep", 0, {}, RefusalReason.GUARD, "again mine archive"),
            ("keep", 2, {}, RefusalReason.GUARD, "mine archive"),
            ("fly", 2, {"may": True}, RefusalReason.NO_EDGE, "keep mine archive"),
            ("fly", 0, {}, RefusalReason.NO_EDGE, "again mine archive"),
        ],
    )
    def test_each_cause(
        self, *, archive: Lifecycle, trigger: str, days: int, facts: dict[str, bool], cause: RefusalReason, allowed: str
    ) -> None:
        """The whole refusal."""
        opening = OpenTicket(id="t", queue="permits")
        closed = archive.apply_all(None, [opening, FireTrigger("close")], at=NINE).ticket
        refusal = archive.decide(closed, FireTrigger(trigger), at=NINE + timedelta(days=days), facts=facts)

        assert isinstance(refusal, Refusal)
        assert ("closed", trigger, cause) == (refusal.state, refusal.trigger, refusal.cause)
        assert tuple(allowed.split()) == refusal.allowed
        assert ("may" if cause is RefusalReason.GUARD else "") == refusal.guard

    def test_of_a_command_that_is_no_trigger(self, archive: Lifecycle) -> None:
        """The window counts there too."""
        closed = archive.apply_all(None, [OpenTicket(id="t"), FireTrigger("close")], at=NINE).ticket
        for days, allowed in ((1, ("again", "archive")), (2, ("archive",))):
            refusal = archive.decide(closed, MergeInto("t-2"), at=NINE + timedelta(days=days))

            assert isinstance(refusal, Refusal)
            assert (RefusalReason.DONE, allowed) == (refusal.cause, refusal.allowed)

    @pytest.mark.parametrize(("command", "name"), [(FireTrigger("close"), "close"), (Note("x"), "Note")])
    def test_before_the_opening(self, archive: Lifecycle, command: Command, name: str) -> None:
        """What was asked is named, and no way leads on."""
        refusal = archive.decide(None, command, at=NINE)

        assert isinstance(refusal, Refusal)
        assert (RefusalReason.MISSING, "", name, ()) == (refusal.cause, refusal.state, refusal.trigger, refusal.allowed)

    def test_ways_to_open_are_allowed_before_the_opening(self) -> None:
        """Those whose guards pass, with the facts that are known."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [Edge("book", "", target="open", guards="may"), Edge("close", "open", target="closed")]
        booked = Lifecycle("b", states, edges=edges, initial="open", guards={"may": fact("may")})
        for command in (FireTrigger("close"), Note("x")):
            refusal = booked.decide(None, command, at=NINE, facts={"may": True})

            assert isinstance(refusal, Refusal)
            assert refusal.allowed == ("book",)

    def test_a_way_to_open_may_need_a_reason(self) -> None:
        """It is in the opening, and in no event that follows from it."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [Edge("book", "", target="open", needs_reason=True), Edge("close", "open", target="closed")]
        booked = Lifecycle("b", states, edges=edges, initial="open")
        opening = OpenTicket(id="t", about=MESSAGE, trigger="book", reason="at the counter")

        assert isinstance(booked.decide(None, OpenTicket(id="t", trigger="book"), at=NINE), Refusal)
        assert [event.reason for event in booked.apply(None, opening, at=NINE).events] == ["at the counter", ""]

    def test_occasion_asks_its_guard_with_the_facts(self) -> None:
        """What the citizen sends opens the ticket again if the department's facts say so."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [Edge("close", "open", target="closed"), Edge("again", "closed", target="open", guards="may")]
        lifecycle = Lifecycle(
            "o", states, edges=edges, initial="open", guards={"may": fact("may")}, occasions={"received": "again"}
        )
        closed = lifecycle.apply_all(None, [OpenTicket(id="t"), FireTrigger("close")], at=NINE).ticket

        assert lifecycle.apply(closed, Receive(MESSAGE), at=NINE, facts={"may": True}).ticket.state == "open"
        assert lifecycle.may_receive(closed, at=NINE, facts={"may": True})
        assert not lifecycle.may_receive(closed, at=NINE)
        refusal = lifecycle.decide(closed, Receive(MESSAGE), at=NINE)
        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.guard) == (RefusalReason.GUARD, "may")

    def test_term_is_set_by_the_same_person_for_the_same_reason(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Both events of one command say so; without a person both say nothing."""
        working = lifecycle.apply(ticket, FireTrigger("answer"), at=NINE).ticket
        command = FireTrigger("ask_citizen", until=NOON, reason="address")
        signed = lifecycle.apply(working, command, at=NINE, by="anna").events

        assert [(event.by, event.reason) for event in signed] == [("anna", "address")] * 2
        assert [event.by for event in lifecycle.apply(working, command, at=NINE).events] == ["", ""]
        undecided = lifecycle.decide(working, Note("x"), at=NINE)
        assert not isinstance(undecided, Refusal)
        assert undecided[0].by == ""


class TestGuardsThatRaise:
    """A fault in a department's own function is a refusal that names it, whoever asks for what."""

    @pytest.fixture
    def fee(self) -> Lifecycle:
        """An edge asks a fact that may be missing, another one divides; a third asks nothing."""
        states = [State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [
            Edge("go", "open", target="closed", guards="fee_paid"),
            Edge("go", "open", target="closed", guards="share"),
            Edge("drop", "open", target="closed"),
            Edge("book", "", target="open", guards="fee_paid"),
        ]
        guards: dict[str, Guard] = {
            "fee_paid": lambda _, facts: bool(facts["fee"]),
            "share": lambda _, facts: len(facts) / int(bool(facts)) < 1,
        }
        return Lifecycle("fee", states, edges=edges, initial="open", guards=guards)

    def test_refused_by_name(self, fee: Lifecycle) -> None:
        """In `decide`, in `apply`, and when a ticket is opened."""
        ticket = fee.apply(None, OpenTicket(id="t"), at=NINE).ticket
        refusals = [
            fee.decide(ticket, FireTrigger("go"), at=NINE),
            fee.decide(ticket, FireTrigger("go"), at=NINE, facts={"x": 1}),
            fee.decide(ticket, FireTrigger("go"), at=NINE, facts={"fee": 0}),
            fee.decide(None, OpenTicket(id="t", trigger="book"), at=NINE),
        ]

        assert [(each.cause, each.guard, each.failure) for each in refusals if isinstance(each, Refusal)] == [
            (RefusalReason.GUARD_FAILED, "share", "ZeroDivisionError"),
            (RefusalReason.GUARD, "share", ""),
            (RefusalReason.GUARD, "share", ""),
            (RefusalReason.GUARD_FAILED, "fee_paid", "KeyError"),
        ]
        with pytest.raises(TransitionRefused, match=r"^go: the guard share failed with ZeroDivisionError") as refused:
            fee.apply(ticket, FireTrigger("go"), at=NINE)
        assert (refused.value.guard, refused.value.allowed) == ("share", ("drop",))
        assert (refused.value.__cause__, refused.value.__context__) == (None, None)
        assert len({refusals[0].explain().text(each) for each in LANGUAGES if isinstance(refusals[0], Refusal)}) == 5

    def test_others_are_still_possible(self, fee: Lifecycle) -> None:
        """`available` answers, other triggers go their way, and their refusals say what is allowed."""
        ticket = fee.apply(None, OpenTicket(id="t"), at=NINE).ticket
        refusal = fee.decide(ticket, FireTrigger("nonsense"), at=NINE)

        assert (fee.available(ticket), fee.available(None)) == (("drop",), ())
        assert fee.available(ticket, {"fee": 1}) == ("go", "drop")
        assert fee.apply(ticket, FireTrigger("drop"), at=NINE).ticket.state == "closed"
        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.allowed) == (RefusalReason.NO_EDGE, ("drop",))

    def test_a_machine_of_it_goes_on(self, fee: Lifecycle) -> None:
        """There the edge is not taken either."""
        cursor = SimpleNamespace(state="open")
        machine = fee.machine()

        assert machine.events["go"].trigger(cursor, ticket=None) is False
        assert cursor.state == "open"


class TestCareless:
    """What a program may hand in by mistake."""

    @pytest.mark.parametrize("wrong", ["answer", Command(), None])
    def test_no_command(self, lifecycle: Lifecycle, ticket: Ticket, wrong: Any) -> None:
        """Refused by name, before and after the opening."""
        for before in (None, ticket):
            refusal = lifecycle.decide(before, wrong, at=NINE)

            assert isinstance(refusal, Refusal)
            assert (RefusalReason.UNKNOWN, type(wrong).__name__) == (refusal.cause, refusal.trigger)
            assert "this is no command" in str(refusal.error())

    def test_own_kind_of_a_command(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """It is that command."""
        noted = lifecycle.apply(ticket, Remark("seen"), at=NINE).events
        fired = lifecycle.apply(ticket, Escalate("answer"), at=NINE, by="anna").events

        assert (type(noted[0]).__name__, type(fired[0]).__name__, fired[0].by) == ("Noted", "Transitioned", "anna")

    def test_own_kind_of_a_trigger_asks_the_guards(self, call: ContactRef) -> None:
        """With the facts of the call."""
        states = [State("new", Category.NEW), State("open", Category.OPEN), State("closed", Category.CLOSED)]
        edges = [Edge("take", "new", target="open", guards="may"), Edge("close", "open", target="closed")]
        guarded = Lifecycle("g", states, edges=edges, initial="new", guards={"may": fact("may")})
        opened = guarded.apply(None, OpenTicket(id="t", about=call), at=NINE).ticket

        assert guarded.apply(opened, Escalate("take"), at=TEN, facts={"may": True}).ticket.state == "open"
        assert isinstance(guarded.decide(opened, Escalate("take"), at=TEN), Refusal)

    @pytest.mark.parametrize("wrong", [float("nan"), float("inf"), [1, -float("inf")], {"deep": (float("nan"),)}])
    def test_fields_that_could_not_be_read_back(self, wrong: object) -> None:
        """Numbers that are none are refused when the command is made, and all at once; others are not."""
        for fields in ({"a": wrong, "b": 1.5, "c": wrong}, {"c": wrong, "a": wrong}):
            for make in (SetFields, lambda given: OpenTicket(id="t", fields=given)):
                with pytest.raises(ConfigurationError) as refused:
                    make(fields)
                assert {fault.path for fault in refused.value.faults} == {"fields.a", "fields.c"}
        assert SetFields({"a": [1.5, {"b": None}, "inf"]}).fields["a"] == [1.5, {"b": None}, "inf"]

    def test_no_id(self, lifecycle: Lifecycle) -> None:
        """An empty id means "none" everywhere else."""
        refusal = lifecycle.decide(None, OpenTicket(id=""), at=NINE)

        assert isinstance(refusal, Refusal)
        assert (refusal.cause, refusal.trigger) == (RefusalReason.NAMELESS, "OpenTicket")

    def test_priority_by_its_name(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """As in files; an unknown one is refused when the command is made."""
        raised = lifecycle.apply(ticket, Prioritise("urgent"), at=NINE).ticket
        opened = lifecycle.apply(None, OpenTicket(id="t", priority="low"), at=NINE).ticket

        assert (raised.priority, opened.priority) == (Priority.URGENT, Priority.LOW)
        with pytest.raises(ConfigurationError, match="no priority 'hihg'"):
            Prioritise("hihg")

    def test_single_tag(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """A text is one tag, not its letters."""
        tagged = lifecycle.apply(ticket, Tag(add="renewal"), at=NINE).ticket

        assert {"renewal"} == tagged.record.tags
        assert frozenset() == lifecycle.apply(tagged, Tag(remove="renewal"), at=NINE).ticket.record.tags

    def test_unknown_language(self, lifecycle: Lifecycle) -> None:
        """Nobody could be answered in it."""
        language: Any = "la"
        with pytest.raises(ConfigurationError):
            lifecycle.decide(None, OpenTicket(id="t", language=language), at=NINE)

    @pytest.mark.parametrize("late", [timedelta(microseconds=1), timedelta(days=1)])
    def test_arrival_after_its_record(
        self, lifecycle: Lifecycle, ticket: Ticket, call: ContactRef, late: timedelta
    ) -> None:
        """What is recorded has come in; at the very instant it is right."""
        opening = OpenTicket(id="t", about=call, since=NINE + late)
        for before, command in ((ticket, Receive(call, since=NINE + late)), (None, opening)):
            with pytest.raises(HoursError, match=r"^since: later than the command") as refused:
                lifecycle.decide(before, command, at=NINE)
            assert NINE + late == refused.value.given
        assert lifecycle.apply(ticket, Receive(call, since=NINE), at=NINE).events


class TestWriters:
    """What guards a ticket against writers who do not know its last version, or the time."""

    def test_stale_version(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """The version that was read must be the one that is there."""
        with pytest.raises(StaleTicket) as stale:
            lifecycle.apply(ticket, FireTrigger("answer"), at=TEN, expected=1)

        assert (stale.value.expected, stale.value.found) == (1, 2)
        assert str(stale.value) == "ticket t-1: version 1 was expected, it has 2; read it again"
        assert lifecycle.apply(ticket, FireTrigger("answer"), at=TEN, expected=2).ticket.version == 3

    def test_several_commands_check_the_first_version(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """They are one write."""
        assert lifecycle.apply_all(ticket, [Note("a"), Note("b")], at=TEN, expected=2).ticket.version == 4
        with pytest.raises(StaleTicket):
            lifecycle.apply_all(ticket, [Note("a")], at=TEN, expected=1)

    def test_actor_and_facts_reach_every_command(self) -> None:
        """Of several to one ticket, and of one to several."""
        guarded = Lifecycle(
            "guarded",
            [State("open", Category.OPEN), State("closed", Category.CLOSED)],
            edges=[Edge("close", "open", target="closed", guards="may_close")],
            initial="open",
            guards={"may_close": fact("may_close")},
        )
        ticket = guarded.apply(None, OpenTicket(id="t"), at=NINE).ticket
        facts = {"may_close": True}
        done = guarded.apply_all(ticket, [Note("x"), FireTrigger("close")], at=TEN, by="anna", facts=facts)
        each = guarded.decide_each([ticket], FireTrigger("close"), at=TEN, by="anna", facts=facts)["t"]

        assert done.ticket.state == "closed"
        assert {event.by for event in done.events} == {"anna"}
        assert each == guarded.apply(ticket, FireTrigger("close"), at=TEN, by="anna", facts=facts).events
        assert guarded.apply_all(ticket, [Note("x")], at=TEN).events[0].by == ""
        unsigned = guarded.decide_each([ticket], Note("x"), at=TEN)["t"]
        assert not isinstance(unsigned, Refusal)
        assert unsigned[0].by == ""

    def test_one_refusal_refuses_all(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """All or nothing."""
        with pytest.raises(TransitionRefused, match="close"):
            lifecycle.apply_all(ticket, [Note("a"), FireTrigger("close")], at=TEN)

    def test_nothing_to_apply(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """No command leaves the ticket; no ticket and no command are nothing at all."""
        assert lifecycle.apply_all(ticket, [], at=TEN) == CommandResult(ticket, ())
        with pytest.raises(BrokenHistory, match="no event"):
            lifecycle.apply_all(None, [], at=TEN)

    def test_time_does_not_go_back(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """A command that is older than the last event is refused by name."""
        with pytest.raises(
            BrokenHistory, match=r"^ticket t-1: the command is older than version 2; allowed: its instant or later$"
        ) as broken:
            lifecycle.apply(ticket, FireTrigger("answer"), at=NINE - timedelta(microseconds=1))

        assert broken.value.version == 3

    def test_ticket_of_another_lifecycle(self, lifecycle: Lifecycle) -> None:
        """Is refused, though its state may be known here by the same name; nothing is available to it."""
        edges = [Edge("answer", "new", target="done")]
        other = Lifecycle(
            "other", [State("new", Category.NEW), State("done", Category.CLOSED)], edges=edges, initial="new"
        )
        odd = other.open(OpenTicket(id="t"), at=NINE)
        for command, trigger in ((Note("x"), "Note"), (FireTrigger("answer"), "answer")):
            refusal = lifecycle.decide(odd.ticket, command, at=TEN)
            assert isinstance(refusal, Refusal)
            assert (refusal.cause, refusal.trigger, refusal.allowed) == (RefusalReason.LIFECYCLE, trigger, ())
        assert lifecycle.available(odd.ticket) == ()
        assert not lifecycle.may_receive(odd.ticket, at=TEN)
        own = lifecycle.open(OpenTicket(id="u"), at=NINE)
        for source, target in ((odd, own), (own, odd)):
            with pytest.raises(TransitionRefused, match="follows another lifecycle"):
                merge(lifecycle, source, target, at=TEN)

    def test_unknown_state(self, lifecycle: Lifecycle) -> None:
        """A history of a lifecycle of this name, or of none, that speaks of a state it does not have."""
        for name in (lifecycle.name, ""):
            opened = Opened(
                ticket="t", version=1, instant=epoch(NINE), state="odd", category=Category.OPEN, lifecycle=name
            )
            for at in (NINE, TEN):
                with pytest.raises(BrokenHistory, match="no state 'odd'"):
                    lifecycle.apply(replay([opened]), Note("x"), at=at)

    @pytest.mark.parametrize("year", [1, 9999])
    def test_instants_out_of_all_reason(self, lifecycle: Lifecycle, ticket: Ticket, year: int) -> None:
        """The first and the last day that there are have no date in some zones; the argument is named."""
        far = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime(year, 12, 31, tzinfo=UTC)
        promise = GivePromise("p", "x", what="y", due=far)
        working = after(lifecycle, ticket, FireTrigger("answer"))
        for command, name in (
            (FireTrigger("ask_citizen", until=far), "until"),
            (Receive(MESSAGE, since=far), "since"),
            (WaitUntil(far), "until"),
            (promise, "due"),
        ):
            with pytest.raises(HoursError, match=f"^{name}: it has no date in some zones") as refused:
                lifecycle.decide(working, command, at=TEN)
            assert refused.value.given == far
        with pytest.raises(HoursError, match=r"^at: it has no date in some zones"):
            lifecycle.open(OpenTicket(id="t"), at=far)

    @pytest.mark.parametrize(
        ("command", "name"),
        [
            (FireTrigger("ask_citizen", until=NAIVE), "until"),
            (Receive(MESSAGE, since=NAIVE), "since"),
            (WaitUntil(NAIVE), "until"),
            (GivePromise("p", "x", what="y", due=NAIVE), "due"),
        ],
    )
    def test_naive_instants(self, lifecycle: Lifecycle, ticket: Ticket, command: Command, name: str) -> None:
        """Nobody can say which instant they are; the argument is named."""
        answered = after(lifecycle, ticket, FireTrigger("answer"))

        with pytest.raises(NaiveTime, match=f"^{name}: "):
            lifecycle.apply(answered, command, at=TEN)

    def test_naive_arrival_of_an_opening(self, lifecycle: Lifecycle, call: ContactRef) -> None:
        """The same for the first contact."""
        with pytest.raises(NaiveTime, match=r"^since: "):
            lifecycle.apply(None, OpenTicket(id="t", about=call, since=NAIVE), at=NINE)

    def test_many_tickets_at_once(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """One command, each ticket's own answer."""
        solved = lifecycle.apply(None, OpenTicket(id="t-2"), at=NINE).ticket
        solved = after(lifecycle, solved, FireTrigger("solve"))
        decisions = lifecycle.decide_each([ticket, solved], FireTrigger("close"), at=TEN)

        assert isinstance(decisions["t-1"], Refusal)
        assert isinstance(decisions["t-2"], tuple)


class TestTransfer:
    """To another department, by a declared map."""

    @pytest.fixture
    def other(self) -> Lifecycle:
        """The lifecycle of another department."""
        return Lifecycle(
            "circolazione",
            [State("inbox", Category.NEW), State("done", Category.CLOSED)],
            edges=[Edge("end", "inbox", target="done")],
            initial="inbox",
        )

    def test_state_is_mapped(self, lifecycle: Lifecycle, other: Lifecycle, ticket: Ticket) -> None:
        """The ticket goes on there, under nobody's hand yet."""
        states = {"waiting_for_citizen": "inbox"}
        over = TransferTo(StateMap(lifecycle, other, states=states), queue="licences", reason="not ours")
        waiting = after(lifecycle, ticket, HandOverTo(HAND_OVER, "ivo"), FireTrigger("ask_citizen", until=NOON))
        later = TEN + timedelta(days=10)
        moved = lifecycle.apply_all(waiting, [FireTimer("remind_citizen"), over], at=later).ticket

        assert (moved.state, moved.category, moved.record.lifecycle) == ("inbox", Category.NEW, "circolazione")
        assert (moved.queue, moved.owner, moved.record.hand_over) == ("licences", "", None)
        assert (moved.record.waits_until, moved.record.elapsed) == (None, frozenset())
        assert other.apply(moved, FireTrigger("end"), at=later).ticket.state == "done"

    def test_map_without_an_answer(self, lifecycle: Lifecycle, other: Lifecycle, ticket: Ticket) -> None:
        """Neither a state that it does not name, nor the way back."""
        gap = TransferTo(StateMap(lifecycle, other, states={"solved": "done"}))
        back = TransferTo(StateMap(other, lifecycle, states={"inbox": "new"}))
        refusals = [lifecycle.decide(ticket, each, at=TEN) for each in (gap, back)]

        assert [(each.cause, each.trigger) for each in refusals if isinstance(each, Refusal)] == [
            (RefusalReason.UNMAPPED, "TransferTo"),
            (RefusalReason.UNMAPPED, "TransferTo"),
        ]


class TestMerging:
    """Two tickets become one, one becomes two."""

    @pytest.fixture
    def history(self, lifecycle: Lifecycle, call: ContactRef) -> TicketHistory:
        """That of a ticket which a call has opened, all of it stored."""
        return lifecycle.open(OpenTicket(id="t-1", about=call), at=NINE).as_stored()

    def test_both_sides(self, lifecycle: Lifecycle, history: TicketHistory, call: ContactRef) -> None:
        """The source ends, the target has its contacts and opens again."""
        solved = lifecycle.apply(lifecycle.open(OpenTicket(id="t-2"), at=NINE), FireTrigger("solve"), at=TEN)
        merger = merge(lifecycle, history, solved.as_stored(), at=TEN, by="anna", reason="twice")

        assert (merger.source.ticket.state, merger.source.ticket.merged_into) == ("merged", "t-2")
        assert (merger.target.ticket.state, merger.target.ticket.contacts) == ("first_level", (call,))
        assert getattr(merger.target.new[0], "other", "") == "t-1"
        assert [each.new[0].reason for each in (merger.source, merger.target)] == ["twice", "twice"]
        assert [each.new[0].by for each in (merger.source, merger.target)] == ["anna", "anna"]
        assert [each.new[0].at for each in (merger.source, merger.target)] == [TEN, TEN]

    def test_target_must_be_alive(self, lifecycle: Lifecycle, history: TicketHistory) -> None:
        """Merges point one way: into a ticket that is itself."""
        gone = lifecycle.apply(lifecycle.open(OpenTicket(id="t-2"), at=NINE), MergeInto("t-3"), at=TEN)

        with pytest.raises(TransitionRefused, match="goes on in another one"):
            merge(lifecycle, history, gone, at=TEN)

    @pytest.mark.parametrize(
        ("ticket_id", "into", "expected"),
        [
            ("a", {}, "a"),
            ("a", {"a": "b"}, "b"),
            ("a", {"a": "b", "b": "c"}, "c"),
            ("a", {"a": "b", "b": "a"}, None),
            ("x", {"x": "a", "a": "b", "b": "a"}, None),
        ],
    )
    def test_chains_end_in_one(self, ticket_id: str, into: dict[str, str], expected: str | None) -> None:
        """However long; a circle has no end."""
        assert resolve_merged(ticket_id, into) == expected

    def test_split(self, lifecycle: Lifecycle, history: TicketHistory) -> None:
        """Each side is linked to the other."""
        opening = OpenTicket(id="t-2", queue="permits")
        both = split(lifecycle, history, opening, at=TEN, by="anna", reason="two matters")

        assert both.new.ticket.linked("split_from") == ("t-1",)
        assert both.source.ticket.linked("split_into") == ("t-2",)
        assert replay(both.new.events) == both.new.ticket
        assert [(event.by, event.at, event.reason) for event in (*both.new.new, *both.source.new)] == [
            ("anna", TEN, ""),
            ("anna", TEN, "two matters"),
            ("anna", TEN, "two matters"),
        ]

    def test_unsigned_merges_and_splits(self, lifecycle: Lifecycle, history: TicketHistory) -> None:
        """Who does it, and why, may be left open."""
        other = lifecycle.open(OpenTicket(id="t-2"), at=NINE)
        merger = merge(lifecycle, history, other, at=TEN)
        back = unmerge(lifecycle, merger.source, merger.target, at=TEN)
        both = split(lifecycle, history, OpenTicket(id="t-3"), at=TEN)
        sides = (back.source, back.target, both.source, both.new)

        assert {(event.by, event.reason) for each in sides for event in each} == {("", "")}

    @pytest.mark.parametrize(
        ("commands", "name", "message"),
        [
            (
                [FireTrigger("solve")],
                "t-2",
                "split: not possible for a ticket that is solved or closed (solved); allowed: close",
            ),
            ([], "t-1", "split: a ticket cannot refer to itself; allowed: another ticket"),
            ([MergeInto("t-5")], "t-2", "split: the ticket goes on in another one; allowed: to act on that one"),
        ],
        ids=["done", "same id", "merged"],
    )
    def test_split_refused(
        self, *, lifecycle: Lifecycle, history: TicketHistory, commands: list[Command], name: str, message: str
    ) -> None:
        """A ticket that is done has nothing left to split; two tickets have two ids."""
        ready = lifecycle.apply_all(history, commands, at=TEN)
        late = TEN + timedelta(days=31)

        with pytest.raises(TransitionRefused) as refused:
            split(lifecycle, ready, OpenTicket(id=name), at=late)

        assert str(refused.value) == message
        state, allowed = ready.ticket.state, lifecycle.available(ready.ticket, at=late)
        assert (refused.value.state, refused.value.allowed) == (state, allowed)


class TestPromises:
    """The citizen's real service level."""

    def test_promise_is_kept_in_the_ticket(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """With who, what, until when, and what happens otherwise."""
        (promise,) = after(lifecycle, ticket, PROMISE).record.promises

        assert (promise.id, promise.who, promise.what, promise.due) == ("call", "an official", "calls back", NOON)
        assert promise.fallback == "the head of the team calls"

    @pytest.mark.parametrize(
        ("ended", "withdrawn", "asked", "expected"),
        [
            (None, False, "2026-03-20 12:00", PromiseState.OPEN),
            (None, False, "2026-03-20 12:01", PromiseState.OVERDUE),
            ("2026-03-20 12:00", False, "2026-03-21 09:00", PromiseState.KEPT),
            ("2026-03-20 12:01", False, "2026-03-21 09:00", PromiseState.BROKEN),
            ("2026-03-20 12:01", False, "2026-03-20 12:00", PromiseState.OPEN),
            ("2026-03-20 11:00", True, "2026-03-20 11:00", PromiseState.WITHDRAWN),
        ],
    )
    def test_state_at_an_instant(
        self,
        *,
        lifecycle: Lifecycle,
        ticket: Ticket,
        ended: str | None,
        withdrawn: bool,
        asked: str,
        expected: PromiseState,
    ) -> None:
        """Fulfilled at the very due instant it is kept; the past can be asked about."""
        promised = after(lifecycle, ticket, PROMISE)
        if ended is not None:
            promised = lifecycle.apply(promised, EndPromise("call", withdrawn=withdrawn), at=instant(ended)).ticket
        (promise,) = promised.record.promises

        assert promise.state(at=instant(asked)) is expected

    def test_same_name_may_be_promised_again(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Once the first one is over; ending it ends the open one alone."""
        twice = after(lifecycle, ticket, PROMISE, EndPromise("call"), PROMISE, EndPromise("call", withdrawn=True))

        assert [each.withdrawn for each in twice.record.promises] == [False, True]

    def test_wording_does_not_show(self) -> None:
        """What was promised is about a person."""
        promise = Promise(id="p", who="w", what="secret", given_instant=0, due_instant=0)

        assert "secret" not in repr(promise)


class TestPromisesKept:
    """What becomes of promises, over many tickets."""

    @pytest.fixture
    def tickets(self, lifecycle: Lifecycle, ticket: Ticket) -> list[Ticket]:
        """Kept in a, broken in b, open and withdrawn in c, overdue in d."""

        def promised(name: str, *steps: tuple[str, Command]) -> Ticket:
            named = lifecycle.apply(None, OpenTicket(id=name), at=NINE).ticket
            for when, command in steps:
                named = lifecycle.apply(named, command, at=instant(when)).ticket
            return named

        def give(due: str, who: str = "ivo", name: str = "call") -> GivePromise:
            return GivePromise(name, who, what="calls back", due=instant(due))

        monday = "2026-03-16 09:00"
        assert ticket.opened_at == NINE
        return [
            promised("d", ("2026-03-18 10:00", give("2026-03-19 10:00", "anna"))),
            promised("a", ("2026-03-18 10:00", give("2026-03-19 12:00")), ("2026-03-19 12:00", EndPromise("call"))),
            promised("b", ("2026-03-18 10:00", give(monday)), ("2026-03-18 11:00", EndPromise("call"))),
            promised(
                "c",
                ("2026-03-18 10:00", give("2026-03-20 12:00", name="later")),
                ("2026-03-18 10:00", give("2026-03-20 12:00")),
                ("2026-03-18 11:00", EndPromise("call", withdrawn=True)),
            ),
        ]

    def test_each_state_is_counted(self, tickets: list[Ticket]) -> None:
        """The share is that of the kept ones among those that are decided or late; the late ones are named in order."""
        kept = promises_kept(tickets, at=instant("2026-03-19 13:00"))

        assert kept.counts == dict.fromkeys(PromiseState, 1)
        assert kept.share == 1 / 3
        assert [(name, promise.id) for name, promise in kept.late] == [("b", "call"), ("d", "call")]

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            pytest.param("2026-03-18 09:59", {}, id="nothing promised yet"),
            pytest.param("2026-03-18 10:00", {"open": 4, "overdue": 1}, id="all given"),
            pytest.param("2026-03-19 10:01", {"open": 2, "overdue": 1, "broken": 1, "withdrawn": 1}, id="some ended"),
        ],
    )
    def test_the_past_can_be_asked_about(self, tickets: list[Ticket], asked: str, expected: dict[str, int]) -> None:
        """What was promised later, or ended later, is not known then."""
        counts = promises_kept(tickets, at=instant(asked)).counts

        assert expected == {state.value: number for state, number in counts.items() if number}

    def test_of_one_person_and_of_a_time(self, tickets: list[Ticket]) -> None:
        """Those of one, those that were due from an instant on; the very instant counts."""
        asked = instant("2026-03-19 13:00")

        assert [(name, each.who) for name, each in promises_kept(tickets, at=asked, who="anna").late] == [("d", "anna")]
        assert [name for name, _ in promises_kept(tickets, at=asked, since=instant("2026-03-19 10:00")).late] == ["d"]
        assert promises_kept(tickets, at=asked, since=instant("2026-03-19 10:01")).late == ()

    def test_nothing_decided_has_no_share(self, tickets: list[Ticket]) -> None:
        """A share of nothing is no number."""
        assert promises_kept(tickets, at=NINE).share is None
        assert promises_kept([], at=NINE).late == ()

    def test_several_of_one_instant_stand_in_order(self, lifecycle: Lifecycle) -> None:
        """By ticket, then by name."""

        def promised(name: str) -> Ticket:
            gifts = [GivePromise(each, "ivo", what="calls", due=NOON) for each in ("z", "y")]
            opened = lifecycle.apply(None, OpenTicket(id=name), at=NINE).ticket
            return lifecycle.apply_all(opened, gifts, at=NINE).ticket

        late = promises_kept([promised("b"), promised("a")], at=NOON + timedelta(days=1)).late

        assert [(name, promise.id) for name, promise in late] == [("a", "y"), ("a", "z"), ("b", "y"), ("b", "z")]

    @pytest.mark.parametrize(
        ("wrong", "named"), [({"at": NINE.naive()}, "at"), ({"at": NINE, "since": NINE.naive()}, "since")]
    )
    def test_naive_instants(self, wrong: dict[str, Any], named: str) -> None:
        """Nobody can say which ones they are."""
        with pytest.raises(NaiveTime, match=rf"^{named}: "):
            promises_kept([], **wrong)

    def test_when_it_was_given(self, tickets: list[Ticket]) -> None:
        """A promise knows its beginning; a state has its words."""
        (promise,) = tickets[0].record.promises

        assert promise.given == instant("2026-03-18 10:00")
        assert PromiseState.KEPT.label.text("it") == "mantenuta"
        for state in PromiseState:
            assert len({state.label.text(language) for language in LANGUAGES}) > 1


class TestPrivacy:
    """Free text stays out of what is printed."""

    def test_events_and_commands_hide_free_text(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Notes, reasons, summaries, fields."""
        commands = [
            Note("secret", reason="secret"),
            SetFields({"name": "secret"}),
            HandOverTo(HandOver(None, "secret")),
            GivePromise("p", "x", what="secret", due=NOON),
        ]
        done = lifecycle.apply_all(ticket, commands, at=TEN)

        assert "secret" not in repr(done)
        assert "secret" not in repr(commands)
        assert "secret" not in repr(done.ticket.record)

    def test_evolve_is_what_apply_does(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """A decision can be stored first and folded later."""
        decision = lifecycle.decide(ticket, Reply(), at=TEN)
        later = ticket
        for event in decision if isinstance(decision, tuple) else ():
            later = evolve(later, event)

        assert later == lifecycle.apply(ticket, Reply(), at=TEN).ticket
