"""A ticket's whole life, step by random step, against a naive model."""

from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tickets_office import NINE

from ticontact.contacts import CaseRef, ContactRef, Direction, HandOver
from ticontact.errors import TransitionRefused
from ticontact.plain import from_dict, to_dict
from ticontact.priority import Priority
from ticontact.tickets import Refusal, Ticket, due_timers, merge, next_timer, replay, shipped
from ticontact.tickets.commands import (
    Assign,
    AttachCase,
    Command,
    FireTimer,
    FireTrigger,
    HandBack,
    HandOverTo,
    MergeInto,
    Note,
    OpenTicket,
    Prioritise,
    Receive,
    Reply,
    Tag,
)
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import SlaMetric, SlaPolicy, Target, clocks, milestones

EMAIL = ContactRef("c", "email", direction=Direction.INBOUND)
HAND_OVER = HandOver(CaseRef("permit", "2026/4711"), "summary")
LIFECYCLE = shipped.contact_centre
WINDOW = timedelta(days=30)
POLICY = SlaPolicy("all", [Target(metric, timedelta(hours=8)) for metric in SlaMetric])

# The model: from some states, by a trigger, to a state; "work" is the official who has it, or else the first level.
WORK = ("first_level", "with_official")
WAITING = ("waiting_for_citizen", "waiting_for_documents", "waiting_for_authority")
UNDONE = ("new", *WORK, *WAITING, "on_hold")
MODEL = {
    "answer": (("new",), "first_level"),
    "hand_over": (("new", "first_level", *WAITING, "on_hold"), "with_official"),
    "hand_back": (("with_official",), "first_level"),
    "ask_citizen": (WORK, "waiting_for_citizen"),
    "ask_for_documents": (WORK, "waiting_for_documents"),
    "ask_authority": (WORK, "waiting_for_authority"),
    "hold": (WORK, "on_hold"),
    "resume": ((*WAITING, "on_hold"), "work"),
    "citizen_wrote": (("waiting_for_citizen", "waiting_for_documents", "solved", "closed"), "work"),
    "solve": (UNDONE, "solved"),
    "reopen": (("solved", "closed"), "work"),
    "close": (("solved",), "closed"),
    "discard": (("new", "first_level"), "closed"),
    "merge": (UNDONE, "merged"),
}
NEED_A_REASON = {"hand_back", "ask_authority", "hold", "reopen", "discard"}


class Life(RuleBasedStateMachine):
    """The model knows a state, since when, whether an official has it, and how many events there were."""

    @initialize()
    def open(self) -> None:
        """A call opens the ticket."""
        self.now = NINE
        self.history = LIFECYCLE.open(OpenTicket(id="t", about=EMAIL), at=NINE)
        self.state, self.since, self.official, self.merged = "new", NINE, False, False
        self.reports: list[tuple[datetime, object]] = []

    def target(self, trigger: str, reason: str) -> str | None:
        """Where the model goes by a trigger; None where it stays."""
        sources, target = MODEL[trigger]
        if self.state not in sources or (trigger in NEED_A_REASON and not reason):
            return None
        done = self.state in {"solved", "closed"}
        if done and target == "work" and self.now - self.since > WINDOW:
            return None
        return target if target != "work" else "with_official" if self.official else "first_level"

    def act(self, command: Command) -> bool:
        """Ask the lifecycle; whether it did what was asked."""
        decision = LIFECYCLE.decide(self.ticket, command, at=self.now, by="anna", expected=self.ticket.version)
        if isinstance(decision, Refusal):
            return False
        self.history = LIFECYCLE.apply(self.history, command, at=self.now, by="anna")
        assert self.history.events[-len(decision) :] == decision
        return True

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is."""
        return self.history.ticket

    @property
    def is_over(self) -> bool:
        """Whether it is merged, or solved or closed for so long that nothing opens it again."""
        return self.merged or (self.state in {"solved", "closed"} and self.target("citizen_wrote", "") is None)

    def moved(self, target: str | None) -> None:
        """The model moves."""
        if target is not None:
            self.state, self.since = target, self.now

    @rule(minutes=st.sampled_from([0, 1, 60, 24 * 60, 20 * 24 * 60]))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.now += timedelta(minutes=minutes)

    @rule(trigger=st.sampled_from(sorted(MODEL)), reason=st.sampled_from(["", "new facts"]))
    def fire(self, trigger: str, reason: str) -> None:
        """A trigger by hand."""
        target = self.target(trigger, reason)

        assert self.act(FireTrigger(trigger, reason=reason)) is (target is not None)
        self.moved(target)

    @rule(quiet=st.booleans())
    def receive(self, *, quiet: bool) -> None:
        """The citizen writes, or a machine does."""
        target = None if quiet else self.target("citizen_wrote", "")

        refused = self.merged if quiet else self.is_over
        assert LIFECYCLE.may_receive(self.ticket, at=self.now) is not self.is_over
        assert self.act(Receive(EMAIL, automatic=quiet)) is not refused
        if not refused:
            self.moved(target)
            assert quiet or not self.ticket.category.is_done  # what came in shows

    @rule()
    def reply(self) -> None:
        """The office answers."""
        target = self.target("answer", "")

        assert self.act(Reply()) is not self.merged
        if not self.merged:
            self.moved(target)

    @rule()
    def hand_over(self) -> None:
        """The operator asks an official."""
        target = None if self.merged else self.target("hand_over", "")

        assert self.act(HandOverTo(HAND_OVER, "ivo")) is (target is not None)
        self.official = self.official or target is not None
        self.moved(target)

    @rule(reason=st.sampled_from(["", "a general question"]))
    def hand_back(self, reason: str) -> None:
        """The official gives it back."""
        target = None if self.merged else self.target("hand_back", reason)

        assert self.act(HandBack(reason=reason)) is (target is not None)
        self.official = self.official and target is None
        self.moved(target)

    @rule()
    def merge(self) -> None:
        """It goes on elsewhere."""
        possible = not self.merged and self.state in {*UNDONE}

        assert self.act(MergeInto("t-2")) is possible
        if possible:
            self.merged = True
            self.moved("merged")

    @rule(
        command=st.sampled_from(
            [Assign("ivo"), Prioritise(Priority.HIGH), Tag(add={"a"}), AttachCase(CaseRef("permit", "1"))]
        )
    )
    def describe(self, command: Command) -> None:
        """What does not move it."""
        assert self.act(command) is not self.merged

    @rule()
    def note(self) -> None:
        """Always possible."""
        assert self.act(Note("seen"))

    @rule()
    def absorb(self) -> None:
        """Another ticket goes on in this one; that is as if its citizen had written."""
        target = self.target("citizen_wrote", "")
        source = LIFECYCLE.open(OpenTicket(id="t-3", about=EMAIL), at=self.now)

        if self.is_over:
            with pytest.raises(TransitionRefused):
                merge(LIFECYCLE, source, self.history, at=self.now, by="anna")
        else:
            self.history = merge(LIFECYCLE, source, self.history, at=self.now, by="anna").target
            self.moved(target)

    @rule()
    def timers(self) -> None:
        """Whatever is due goes off, and nothing else; a solved ticket is closed after thirty days."""
        running = next_timer(LIFECYCLE, self.ticket)
        if running is not None and running.at > self.now:
            assert not self.act(FireTimer(running.timer))
        for due in due_timers(LIFECYCLE, self.ticket, at=self.now):
            assert self.act(FireTimer(due.timer))
            if due.timer == "close_solved":
                assert self.now - self.since >= WINDOW
                self.moved("closed")

    @rule()
    def report(self) -> None:
        """Remember what the clocks say now."""
        self.reports.append((self.now, clocks(self.history.events, [POLICY], at=self.now)))

    @invariant()
    def model_and_ticket_agree(self) -> None:
        """State, and since when."""
        assert (self.state, self.since) == (self.ticket.state, self.ticket.since_at)
        assert self.official == (self.ticket.record.hand_over is not None)

    @invariant()
    def history_is_the_ticket(self) -> None:
        """Replayed as it is, and through storage."""
        assert replay(self.history.events) == self.ticket
        assert LIFECYCLE.replay(from_dict(TicketEvent, to_dict(event)) for event in self.history.events) == self.ticket

    @invariant()
    def past_does_not_change(self) -> None:
        """Every report could be written again today; once merged, the clocks of before the merge still stand."""
        for at, reported in self.reports[-3:]:
            then = [event for event in self.history if event.at <= at]
            if clocks(then, [POLICY], at=at) == reported:  # nothing else happened at the very instant of the report
                assert clocks(self.history.events, [POLICY], at=at) == reported

    @invariant()
    def milestones_fit(self) -> None:
        """Solved is where the office has nothing left to do."""
        assert (milestones(self.history.events).solved is not None) is self.ticket.category.is_done


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=30)
