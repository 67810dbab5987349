"""What happens, written down, and what it comes to: whatever the order, however often it is told."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures_kit import NINE, VOICE, at, ended, microseconds, reached, seconds

from ticontact.contacts import Channel, Outcome
from ticontact.errors import ConfigurationError, InvalidValue
from ticontact.measures import (
    DispatchRecorder,
    Ratio,
    Recorder,
    RoutingEvent,
    StaffTime,
    WorkRecord,
    callbacks,
    outcome_counts,
)
from ticontact.routing import (
    Agent,
    Callback,
    ConsultTransfer,
    CounterCallPolicy,
    Dispatcher,
    Offer,
    Overflowed,
    Queue,
    Requirement,
    RoutingDecision,
    WorkItem,
    WrapUp,
    any_agent,
    require,
)


def event(what: Any, second: float, *, agent: str = "", wrap_up: float | None = None) -> RoutingEvent:
    """Something that happened to the one call of these tests."""
    length = None if wrap_up is None else seconds(wrap_up)
    return RoutingEvent(item="c-1", what=what, at=at(second), agent=agent, wrap_up=length)


def record_of(*events: RoutingEvent) -> WorkRecord:
    """The one record that some events come to."""
    [record] = Recorder(events).records
    return record


def split(record: WorkRecord) -> tuple[float, float, float]:
    """Talk, hold and wrap-up in seconds."""
    return record.talk.total_seconds(), record.hold.total_seconds(), record.wrap_up.total_seconds()


HANDED_OVER = (
    reached(),
    event("joined", 8),
    event("answered", 20, agent="anna", wrap_up=30),
    event("held", 80),
    event("retrieved", 95),
    event("held", 100),
    event("handed_over", 140, agent="ivo"),
    event("wrapped_up", 150, agent="anna"),
    ended("c-1", 300),
    event("wrapped_up", 345, agent="ivo"),
)
"""Anna talks 60 s and 5 s, holds 15 s and 40 s, wraps up 10 s; Ivo talks 160 s and wraps up 45 s."""


class TestFacts:
    """Every second once."""

    def test_a_whole_call(self) -> None:
        """Anna holds twice and hands over; her wrap-up was cut short."""
        assert record_of(*HANDED_OVER) == WorkRecord(
            item="c-1",
            queue="general",
            channel="voice",
            offered_at=at(0),
            entered_at=at(8),
            answered_at=at(20),
            handed_over_at=at(140),
            left_at=at(300),
            outcome=Outcome.ANSWERED,
            talk=seconds(225),
            hold=seconds(55),
            wrap_up=seconds(55),
        )

    def test_what_it_is_goes_with_it(self) -> None:
        """Queue, channel, hours, promise and case."""
        told = RoutingEvent.reached(
            "c-1", queue="q", channel="post", at=0, is_live=False, in_hours=False, due_at=5_000_000, case="secret"
        )
        [record] = Recorder([told]).records

        assert (record.queue, record.channel, record.is_live, record.in_hours) == ("q", "post", False, False)
        assert (record.due_at, record.case, record.outcome) == (5_000_000, "secret", None)
        assert "secret" not in repr(told) + repr(record)

    @given(st.permutations(HANDED_OVER), st.lists(st.sampled_from(HANDED_OVER)))
    def test_order_and_repetition_do_not_matter(
        self, told: Sequence[RoutingEvent], again: Sequence[RoutingEvent]
    ) -> None:
        """Late or twice, it comes to the same."""
        recorder = Recorder()
        for each in [*told, *again]:
            recorder.note(each)
            assert len(recorder.records) <= 1

        assert recorder.records == (record_of(*HANDED_OVER),)
        assert recorder.staff_figures(purpose="a test").by_agent == {
            "anna": StaffTime(contacts=1, talk=seconds(65), hold=seconds(55), wrap_up=seconds(10)),
            "ivo": StaffTime(contacts=1, talk=seconds(160), wrap_up=seconds(45)),
        }

    @given(st.integers(0, len(HANDED_OVER)))
    def test_what_was_stored_can_be_told_again(self, cut: int) -> None:
        """After a restart, with what comes then."""
        before = Recorder(HANDED_OVER[:cut])
        after = Recorder([*before.events, *HANDED_OVER])

        assert after.records == Recorder(HANDED_OVER).records

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ([event("answered", 5, agent="anna")], (0, 0, 0)),
            ([event("answered", 5, agent="anna"), event("held", 15)], (10, 0, 0)),
            ([event("answered", 5, agent="anna"), ended("c-1", 25)], (20, 0, 0)),
            ([event("answered", 5, agent="anna", wrap_up=30), ended("c-1", 25)], (20, 0, 30)),
            ([event("held", 5), ended("c-1", 25, Outcome.ABANDONED_LONG)], (0, 0, 0)),
            ([event("wrapped_up", 5, agent="anna")], (0, 0, 0)),
        ],
        ids=["talking", "held", "no wrap-up known", "timed wrap-up", "held by nobody", "no wrap-up going on"],
    )
    def test_what_is_counted_when(self, told: list[RoutingEvent], expected: tuple[float, float, float]) -> None:
        """What goes on is counted when it is over, and a wrap-up that ends by itself at once."""
        assert split(record_of(reached(), *told)) == expected

    def test_a_wrap_up_is_no_longer_than_it_can_be(self) -> None:
        """It had ended by itself when its end was told."""
        told = (event("answered", 5, agent="anna", wrap_up=30), ended("c-1", 25))

        assert split(record_of(reached(), *told, event("wrapped_up", 99, agent="anna"))) == (20, 0, 30)

    def test_requeued_and_answered_by_another(self) -> None:
        """The first answer counts for the wait; both talk; the time in line between them is nobody's work."""
        record = record_of(
            reached(),
            event("joined", 0),
            event("answered", 10, agent="anna", wrap_up=5),
            event("requeued", 40),
            event("answered", 70, agent="bea", wrap_up=5),
            ended("c-1", 100),
        )

        assert (record.waited, split(record)) == (seconds(10), (60, 0, 10))

    def test_joining_again_is_not_joining(self) -> None:
        """The first time counts."""
        record = record_of(reached(), event("joined", 3), event("joined", 9), reached(second=1))

        assert (record.offered_at, record.entered_at) == (microseconds(at(0)), microseconds(at(3)))

    def test_of_two_ends_the_earlier_is_right(self) -> None:
        """The caller hung up at 40; a bridge that says so late, or something else later, changes nothing."""
        record = record_of(reached(), ended("c-1", 50), ended("c-1", 40, Outcome.ABANDONED_LONG), event("answered", 45))

        assert (record.outcome, record.is_answered) == (Outcome.ABANDONED_LONG, False)

    def test_at_one_instant_the_order_is_that_of_the_work(self) -> None:
        """Held and back in the same moment is not held; handed over in it, the official talks."""
        start = (reached(), event("answered", 0, agent="anna"))
        back = (event("held", 10), event("retrieved", 10))
        over = (event("held", 10), event("handed_over", 10, agent="ivo"))

        assert split(record_of(*start, *back, ended("c-1", 30))) == (30, 0, 0)
        assert split(record_of(*start, *over, ended("c-1", 30))) == (30, 0, 0)

    def test_of_two_words_on_what_it_is_the_first_counts(self) -> None:
        """Told at one instant."""
        other = reached(queue="other", channel="post")

        assert record_of(reached(), other).queue == "general"
        assert record_of(other, reached()).queue == "other"

    def test_records_come_in_the_order_of_arrival(self) -> None:
        """Of one instant, by id."""
        told = [reached(name, second) for name, second in (("b", 5), ("a", 5), ("c", 1))]

        assert [record.item for record in Recorder(told).records] == ["c", "a", "b"]


class TestMissing:
    """What cannot be counted is said, and not passed over."""

    def test_work_that_never_reached_the_office(self) -> None:
        """It is no record, and it is named until its arrival is told."""
        recorder = Recorder([ended("c-1", 5)])

        assert (recorder.records, recorder.unexplained) == ((), ("c-1",))

        recorder.note(reached())

        assert ([record.item for record in recorder.records], recorder.unexplained) == (["c-1"], ())

    def test_what_cannot_be_is_refused(self) -> None:
        """It was answered before it came."""
        recorder = Recorder([reached(second=10), event("answered", 5)])

        with pytest.raises(ConfigurationError) as refused:
            _ = recorder.records

        assert str(refused.value) == "c-1.answered_at: it is before offered_at (allowed: offered_at or later)"

    @pytest.mark.parametrize(
        ("what", "more", "message"),
        [
            ("reached", {}, "c-1.about: missing with 'reached' (allowed: it with 'reached')"),
            ("ended", {}, "c-1.outcome: missing with 'ended' (allowed: it with 'ended')"),
            (
                "held",
                {"outcome": Outcome.ANSWERED},
                "c-1.outcome: given with 'held' (allowed: it with 'ended')",
            ),
            ("held", {"about": reached().about}, "c-1.about: given with 'held' (allowed: it with 'reached')"),
        ],
        ids=str,
    )
    def test_a_happening_says_what_belongs_to_it(self, what: Any, more: Any, message: str) -> None:
        """And nothing else."""
        with pytest.raises(ConfigurationError) as refused:
            RoutingEvent(item="c-1", what=what, at=0, **more)

        assert message == str(refused.value)

    def test_what_happened_is_one_of_some_words(self) -> None:
        """In small letters."""
        wrong: Any = "Held"

        with pytest.raises(InvalidValue, match=r"^RoutingEvent\.what: str was given \(allowed: reached, joined, "):
            RoutingEvent(item="c-1", what=wrong, at=0)


class TestStaff:
    """Figures about single members of staff."""

    @pytest.mark.parametrize("purpose", ["", "  "])
    def test_there_are_none_without_a_purpose(self, purpose: str) -> None:
        """Nor by accident."""
        with pytest.raises(ConfigurationError) as refused:
            Recorder(HANDED_OVER).staff_figures(purpose=purpose)

        assert str(refused.value) == "purpose: missing (allowed: what the figures about single persons are for)"

    def test_the_purpose_goes_with_them(self) -> None:
        """And all that an agent did is added up, agents in order."""
        other = [reached("c-2"), ended("c-2", 100)]
        taken = RoutingEvent(item="c-2", what="answered", at=at(40), agent="anna", wrap_up=seconds(1))
        figures = Recorder([*other, taken, *HANDED_OVER]).staff_figures(purpose="shares of a shift")

        assert (figures.purpose, list(figures.by_agent)) == ("shares of a shift", ["anna", "ivo"])
        assert figures.by_agent["anna"] == StaffTime(
            contacts=2, talk=seconds(125), hold=seconds(55), wrap_up=seconds(11)
        )

    def test_twice_the_same_agent(self) -> None:
        """Given back and taken again: two contacts, two talks and two wrap-ups, the second one cut short."""
        told = (
            reached(),
            event("answered", 10, agent="anna", wrap_up=5),
            event("requeued", 40),
            event("wrapped_up", 43, agent="anna"),
            event("answered", 70, agent="anna", wrap_up=5),
            ended("c-1", 100),
        )
        early = (*told, event("wrapped_up", 101, agent="anna"))
        times = StaffTime(contacts=2, talk=seconds(60), wrap_up=seconds(8))

        assert Recorder(told).staff_figures(purpose="a test").by_agent == {"anna": times}
        assert Recorder(early).staff_figures(purpose="a test").by_agent["anna"].wrap_up == seconds(4)

    def test_who_talks_has_not_yet_wrapped_up(self) -> None:
        """A wrap-up that only its agent ends is nothing until then."""
        told = (reached(), event("answered", 10, agent="anna"), ended("c-1", 40))

        assert Recorder(told).staff_figures(purpose="a test").by_agent == {
            "anna": StaffTime(contacts=1, talk=seconds(30))
        }

    def test_who_had_nothing_to_write_up_did_nothing(self) -> None:
        """A word of an agent whom nobody gave it to."""
        told = (reached(), event("wrapped_up", 5, agent="anna"))

        assert Recorder(told).staff_figures(purpose="a test").by_agent == {"anna": StaffTime()}

    def test_records_name_nobody(self) -> None:
        """Whoever reads them learns nothing about a person."""
        assert "anna" not in repr(Recorder(HANDED_OVER).records)


ANNA = Agent(id="anna", skills=["general"], wrap_up=WrapUp.timed(seconds(20)))
IVO = Agent(id="ivo", skills=["permits"], wrap_up=WrapUp("manual"))


class Office:
    """A dispatcher with a recorder beside it."""

    def __init__(
        self, *agents: Agent, short: float = 0, queues: Sequence[Queue] = (), preempting: bool = False
    ) -> None:
        everybody = agents or (ANNA,)
        self.dispatcher = Dispatcher(agents=everybody, queues=queues, ring_for=seconds(15), preempting=preempting)
        self.recorder = DispatchRecorder(everybody, short=seconds(short))
        for agent in agents:
            self.sign_in(agent, 0)

    def sign_in(self, agent: Agent, second: float) -> RoutingDecision:
        """An agent comes."""
        decision = self.dispatcher.sign_in(agent.id, at=at(second))
        self.recorder.decided(decision)
        return decision

    def call(self, name: str = "c-1", requirement: Requirement = any_agent, *, second: float = 0) -> list[Offer]:
        """A call comes in after an announcement of five seconds."""
        item = WorkItem(id=name, channel=VOICE, requirement=requirement, queue="general")
        decision = self.dispatcher.arrive(item, at=at(second))
        self.recorder.arrived(item, decision, offered_at=at(second - 5))
        return list(decision.offers)

    def take(self, offer: Offer, second: float) -> None:
        """An agent takes an offer."""
        self.recorder.accepted(offer, self.dispatcher.accept(offer, at=at(second)))

    def consult(self, second: float) -> Offer:
        """The operator asks for an official."""
        decision = self.dispatcher.consult("c-1", require("permits"), at=at(second))
        self.recorder.consulted("c-1", decision)
        return decision.offers[0]

    def complete(self, second: float) -> None:
        """The call is over."""
        self.recorder.completed("c-1", self.dispatcher.complete("c-1", at=at(second)))

    def is_nothing_kept(self) -> bool:
        """Whether nothing names a call any more, once all that is over is forgotten."""
        self.recorder.decided(self.dispatcher.advance(at=at(3600)))
        self.recorder.forget(before=at(3600))
        return "c-" not in repr(vars(self.recorder))

    def record(self, name: str = "c-1") -> WorkRecord:
        """What became of a call."""
        return next(record for record in self.recorder.records if record.item == name)


class TestBesideADispatcher:
    """One call of the recorder beside each operation."""

    def test_a_call(self) -> None:
        """Offered before the announcement; Anna's wrap-up ends by itself."""
        office = Office(ANNA)
        [offer] = office.call()
        office.take(offer, 4)
        office.complete(64)

        assert office.record() == WorkRecord(
            item="c-1",
            queue="general",
            channel="voice",
            offered_at=at(-5),
            entered_at=at(0),
            answered_at=at(4),
            left_at=at(64),
            outcome=Outcome.ANSWERED,
            talk=seconds(60),
            wrap_up=seconds(20),
        )
        agent_state = office.dispatcher.agent_state("anna")
        assert agent_state.talked == office.record().talk // timedelta(microseconds=1)

    def test_a_wrap_up_that_was_cut_short(self) -> None:
        """It counts for as long as it lasted."""
        office = Office(ANNA)
        office.take(office.call()[0], 4)
        office.complete(64)
        office.recorder.finished_wrap_up("anna", "c-1", office.dispatcher.finish_wrap_up("anna", "c-1", at=at(70)))

        assert split(office.record()) == (60, 0, 6)

    @pytest.mark.parametrize(
        ("wrap_up", "expected"), [(WrapUp(), 0), (WrapUp("mandatory", seconds(9)), 9), (WrapUp("manual"), 0)], ids=str
    )
    def test_a_wrap_up_lasts_as_its_mode_says(self, wrap_up: WrapUp, expected: float) -> None:
        """One that only the agent ends is counted when it is ended."""
        office = Office(Agent(id="anna", wrap_up=wrap_up))
        office.take(office.call()[0], 0)
        office.complete(10)

        assert split(office.record()) == (10, 0, expected)

    def test_the_outcome_can_be_another(self) -> None:
        """Answered, and sent to another authority."""
        office = Office(ANNA)
        office.take(office.call()[0], 4)
        decision = office.dispatcher.complete("c-1", at=at(64))
        office.recorder.completed("c-1", decision, outcome=Outcome.TRANSFERRED_OUT)

        assert office.record().outcome is Outcome.TRANSFERRED_OUT

    def test_handed_over(self) -> None:
        """Held from asking to the taking over; both wrap up."""
        office = Office(ANNA, IVO)
        office.take(office.call(requirement=require("general"))[0], 0)
        office.take(office.consult(30), 40)
        office.recorder.handed_over("c-1", office.dispatcher.hand_over("c-1", at=at(60)))
        office.complete(100)
        office.recorder.finished_wrap_up("ivo", "c-1", office.dispatcher.finish_wrap_up("ivo", "c-1", at=at(103)))

        assert split(office.record()) == (70, 30, 23)
        assert office.record().handed_over_at == microseconds(at(60))
        assert office.recorder.staff_figures(purpose="a test").by_agent["ivo"] == StaffTime(
            contacts=1, talk=seconds(40), wrap_up=seconds(3)
        )

    def test_a_conference_is_no_hold(self) -> None:
        """All three talk."""
        office = Office(ANNA, IVO)
        office.take(office.call(requirement=require("general"))[0], 0)
        office.take(office.consult(30), 40)
        office.recorder.conferred("c-1", office.dispatcher.confer("c-1", at=at(45)))
        office.complete(100)

        assert split(office.record()) == (85, 15, 20)

    def test_a_consult_that_ends(self) -> None:
        """The operator is back."""
        office = Office(ANNA, IVO)
        office.take(office.call(requirement=require("general"))[0], 0)
        office.take(office.consult(30), 40)
        office.recorder.ended_consult("c-1", office.dispatcher.end_consult("c-1", at=at(50)))
        office.complete(100)

        assert split(office.record()) == (80, 20, 20)

    def test_a_consult_that_comes_to_nothing(self) -> None:
        """Ivo declines: the operator has the citizen back, and the recorder hears it from the decision alone."""
        office = Office(ANNA, IVO)
        office.take(office.call(requirement=require("general"))[0], 0)
        offer = office.consult(30)
        office.recorder.decided(office.dispatcher.decline(offer, at=at(42)))
        office.complete(100)

        assert split(office.record()) == (88, 12, 20)

    def test_requeued(self) -> None:
        """The wait that counts is the first one."""
        office = Office(ANNA, Agent(id="bea", skills=["permits"]))
        office.take(office.call(requirement=require("general"))[0], 4)
        decision = office.dispatcher.requeue("c-1", at=at(34), requirement=require("permits"))
        office.recorder.requeued("c-1", decision)
        office.take(decision.offers[0], 45)
        office.complete(55)

        assert (office.record().waited, split(office.record())) == (seconds(4), (40, 0, 20))

    def test_sent_on_without_waiting(self) -> None:
        """A blind transfer to one agent counts as one to a queue does."""
        office = Office(ANNA, Agent(id="bea", skills=["permits"]))
        office.take(office.call(requirement=require("general"))[0], 4)
        decision = office.dispatcher.transfer("c-1", to_agent="bea", at=at(34))
        office.recorder.transferred("c-1", decision)
        office.take(decision.offers[0], 45)
        office.complete(55)

        assert (office.record().waited, split(office.record())) == (seconds(4), (40, 0, 20))

    @pytest.mark.parametrize(
        ("second", "expected"), [(9.9, Outcome.ABANDONED_SHORT), (10, Outcome.ABANDONED_LONG)], ids=str
    )
    def test_who_hangs_up_in_line(self, second: float, expected: Outcome) -> None:
        """Shortly, or not: the threshold itself is not short."""
        office = Office(short=10)
        office.call()
        office.recorder.cancelled("c-1", office.dispatcher.cancel("c-1", at=at(second)))

        assert office.record().outcome is expected

    def test_who_hangs_up_while_talking_was_answered(self) -> None:
        """Also after having been given back once; unless somebody knows better."""
        office = Office(ANNA, short=99)
        office.take(office.call()[0], 4)
        office.recorder.cancelled("c-1", office.dispatcher.cancel("c-1", at=at(20)))
        assert (office.record().outcome, split(office.record())) == (Outcome.ANSWERED, (16, 0, 20))

        office = Office(ANNA)
        office.take(office.call()[0], 4)
        office.recorder.requeued("c-1", office.dispatcher.requeue("c-1", at=at(20)))
        office.recorder.cancelled("c-1", office.dispatcher.cancel("c-1", at=at(30)))
        assert office.record().outcome is Outcome.ABANDONED_LONG

        office = Office()
        office.call()
        decision = office.dispatcher.cancel("c-1", at=at(30))
        office.recorder.cancelled("c-1", decision, outcome=Outcome.NO_SHOW)
        assert office.record().outcome is Outcome.NO_SHOW

    def test_what_leaves_for_a_fallback(self) -> None:
        """Heard from the decision alone: the queue is full."""
        office = Office(queues=[Queue(id="general", limit=1, fallback="callback")])
        office.call("c-0")
        office.call("c-1", second=3)

        assert (office.record().outcome, office.record("c-0").outcome) == (Outcome.FALLBACK, None)
        outcome_counts(office.recorder.records).check(offered=2)

    def test_what_waited_elsewhere_before(self) -> None:
        """The instant of entry is the item's, and a promise goes with it."""
        dispatcher, recorder = Dispatcher(agents=[]), DispatchRecorder()
        item = WorkItem(id="c-1", channel=VOICE, entered_at=at(-100))
        recorder.arrived(item, dispatcher.arrive(item, at=NINE), due_at=at(60), in_hours=False)
        recorder.cancelled("c-1", dispatcher.cancel("c-1", at=at(20)))
        [record] = recorder.records

        assert (record.waited, record.in_hours, record.due_at) == (seconds(120), False, microseconds(at(60)))

    @pytest.mark.parametrize(
        ("callback", "named", "due"),
        [
            (Callback.promised(at(900)), None, at(900)),
            (Callback.promised(at(900)), at(60), at(60)),
            (Callback.in_turn(), None, None),
            (None, at(60), at(60)),
        ],
    )
    def test_by_when_it_is_due(self, callback: Callback | None, named: datetime | None, due: datetime | None) -> None:
        """A promised callback says it itself; what the caller names goes before."""
        dispatcher, recorder = Dispatcher(agents=[]), DispatchRecorder()
        item = WorkItem(id="c-1", channel=VOICE, callback=callback)
        recorder.arrived(item, dispatcher.arrive(item, at=NINE), due_at=named)

        assert recorder.records[0].due_at == (None if due is None else microseconds(due))

    def test_an_agent_that_the_recorder_does_not_know(self) -> None:
        """Talks all the same; nothing is known of the wrap-up."""
        dispatcher, recorder = Dispatcher(agents=[ANNA]), DispatchRecorder()
        dispatcher.sign_in("anna", at=NINE)
        item = WorkItem(id="c-1", channel=VOICE)
        decision = dispatcher.arrive(item, at=NINE)
        recorder.arrived(item, decision)
        [offer] = decision.offers
        recorder.accepted(offer, dispatcher.accept(offer, at=NINE))
        recorder.completed("c-1", dispatcher.complete("c-1", at=at(10)))

        assert split(recorder.records[0]) == (10, 0, 0)


class TestCalling:
    """People whom the office calls."""

    def office(self, **more: Any) -> tuple[Office, Offer]:
        """A callback that is offered to Anna at once."""
        office = Office(ANNA, queues=[Queue(id="general", **more)])
        work = WorkItem(id="c-1", channel=VOICE, queue="general", callback=Callback.in_turn(attempts=2))
        decision = office.dispatcher.arrive(work, at=NINE)
        office.recorder.arrived(work, decision)
        office.take(decision.offers[0], 0)
        return office, decision.offers[0]

    def test_reached_at_the_second_attempt(self) -> None:
        """The first attempt was 40 s of work and answered nobody; the answer is the second one."""
        office, _ = self.office()
        again = office.dispatcher.callback_unanswered("c-1", at=at(40))
        office.recorder.callback_unanswered("c-1", again)
        due = office.dispatcher.next_deadline()
        assert due is not None
        decision = office.dispatcher.advance(at=due)
        office.recorder.decided(decision)
        office.recorder.accepted(decision.offers[0], office.dispatcher.accept(decision.offers[0], at=due))
        done = office.dispatcher.complete("c-1", at=due.add(seconds=60))
        office.recorder.completed("c-1", done)

        assert (office.record().outcome, office.record().answered_at) == (Outcome.CALLED_BACK, microseconds(due))
        assert split(office.record()) == (100, 0, 20)
        assert office.recorder.staff_figures(purpose="a test").by_agent["anna"].contacts == 1

    def test_never_reached(self) -> None:
        """Two attempts, and nobody was answered; the last one tells the end by itself."""
        office, _ = self.office()
        office.recorder.callback_unanswered("c-1", office.dispatcher.callback_unanswered("c-1", at=at(40)))
        due = office.dispatcher.next_deadline()
        assert due is not None
        [offer] = office.dispatcher.advance(at=due).offers
        office.recorder.accepted(offer, office.dispatcher.accept(offer, at=due))
        office.recorder.callback_unanswered("c-1", office.dispatcher.callback_unanswered("c-1", at=due.add(seconds=30)))

        assert (office.record().outcome, office.record().is_answered) == (Outcome.NOT_REACHED, False)
        assert split(office.record()) == (70, 0, 0)
        assert callbacks(office.recorder.records).not_reached == Ratio(1, 1)

    def test_somebody_in_line_is_called_back(self) -> None:
        """The same, from then on."""
        office = Office()
        office.call()
        office.recorder.callback_requested(
            "c-1", office.dispatcher.request_callback("c-1", Callback.in_turn(), at=at(30))
        )
        [offer] = office.sign_in(ANNA, 40).offers
        office.take(offer, 41)
        office.complete(80)

        assert (office.record().outcome, office.record().waited) == (Outcome.CALLED_BACK, seconds(41))

    def test_a_no_show(self) -> None:
        """Called twice at the counter by the same agent, sent to the end of the line, called twice again."""
        office = Office(ANNA, queues=[Queue(id="general", calling=CounterCallPolicy(calls=2, returns=1))])
        work = WorkItem(id="c-1", channel=Channel.named("counter"), queue="general")
        decision = office.dispatcher.arrive(work, at=NINE)
        office.recorder.arrived(work, decision)
        offers = list(decision.offers)
        for second in (10, 40):
            office.take(offers.pop(), second)
            for number in (5, 20):
                decision = office.dispatcher.no_show("c-1", at=at(second + number))
                office.recorder.no_show("c-1", decision)
                offers += decision.offers

        assert (office.record().outcome, office.record().is_answered) == (Outcome.NO_SHOW, False)
        assert split(office.record()) == (40, 0, 0)

    def test_a_call_in_vain_undoes_no_earlier_answer(self) -> None:
        """Anna answered; Bea called in vain, later."""
        record = record_of(
            reached(),
            event("answered", 10, agent="anna"),
            event("requeued", 20),
            event("answered", 30, agent="bea"),
            event("in_vain", 35),
            event("in_vain", 36),
        )

        assert (record.answered_at, split(record)) == (microseconds(at(10)), (15, 0, 0))


class TestInterruptions:
    """What is set aside is nobody's work."""

    def test_an_email_gives_way_to_a_call(self) -> None:
        """Anna is at it for 10 s, then for 30 s after the call."""
        office = Office(Agent(id="anna"), preempting=True)
        mail = WorkItem(id="mail", channel=Channel.named("email"), queue="written")
        decision = office.dispatcher.arrive(mail, at=NINE)
        office.recorder.arrived(mail, decision)
        office.take(decision.offers[0], 0)
        office.take(office.call(second=10)[0], 10)
        office.complete(70)
        office.recorder.completed("mail", office.dispatcher.complete("mail", at=at(100)))

        assert split(office.record("mail")) == (40, 0, 0)
        assert split(office.record()) == (60, 0, 0)


class TestLostAgents:
    """The connection to an agent is gone."""

    def test_the_contact_waits_again(self) -> None:
        """Without a wrap-up, and without a loss."""
        office = Office(ANNA)
        office.take(office.call()[0], 0)
        office.recorder.disconnected("anna", office.dispatcher.disconnect("anna", at=at(30)))
        office.recorder.cancelled("c-1", office.dispatcher.cancel("c-1", at=at(50)))

        assert split(office.record()) == (30, 0, 0)
        assert office.record().outcome is Outcome.ABANDONED_LONG

    def test_a_wrap_up_is_over(self) -> None:
        """It counts up to then."""
        office = Office(ANNA)
        office.take(office.call()[0], 0)
        office.complete(30)
        office.recorder.disconnected("anna", office.dispatcher.disconnect("anna", at=at(37)))

        assert split(office.record()) == (30, 0, 7)

    def test_what_others_have_in_hand_goes_on(self) -> None:
        """Ivo talks all the while."""
        office = Office(ANNA, IVO)
        office.take(office.call(requirement=require("permits"))[0], 0)
        office.take(office.call("c-2")[0], 0)
        office.recorder.disconnected("anna", office.dispatcher.disconnect("anna", at=at(30)))
        office.complete(100)

        assert split(office.record()) == (100, 0, 0)
        assert split(office.record("c-2")) == (30, 0, 0)

    def test_without_a_wrap_up_there_is_none_to_end(self) -> None:
        """Whatever its length would be; the agent is lost a minute after the call."""
        office = Office(Agent(id="bea", wrap_up=WrapUp("none", seconds(9))))
        office.take(office.call()[0], 0)
        office.complete(30)
        office.recorder.disconnected("bea", office.dispatcher.disconnect("bea", at=at(90)))

        assert split(office.record()) == (30, 0, 0)

    def test_the_official_has_it(self) -> None:
        """From then on; the operator has no wrap-up."""
        office = Office(ANNA, IVO)
        office.take(office.call(requirement=require("general"))[0], 0)
        office.take(office.consult(30), 40)
        office.recorder.disconnected("anna", office.dispatcher.disconnect("anna", at=at(50)))
        office.complete(100)

        assert (split(office.record()), office.record().handed_over_at) == ((80, 20, 0), microseconds(at(50)))
        assert office.is_nothing_kept()


class TestWhatIsOver:
    """Nothing is kept of it but what was told."""

    def test_after_an_end_nothing_is_remembered(self) -> None:
        """Answered with a consult that came to nothing, called back in vain, hung up, let go."""
        office = Office(ANNA, IVO)
        office.take(office.call(requirement=require("general"))[0], 0)
        office.take(office.consult(10), 12)
        office.recorder.ended_consult("c-1", office.dispatcher.end_consult("c-1", at=at(15)))
        office.take(office.consult(20), 22)
        office.complete(30)
        office.call("c-2", require("nobody"), second=40)
        agreed = Callback.in_turn(attempts=1)
        office.recorder.callback_requested("c-2", office.dispatcher.request_callback("c-2", agreed, at=at(41)))
        office.recorder.cancelled("c-2", office.dispatcher.cancel("c-2", at=at(45)))

        assert office.is_nothing_kept()

    def test_who_is_not_reached_and_gives_up_was_not_answered(self) -> None:
        """The office calls in vain, and then the citizen writes that it is settled."""
        office = Office(ANNA)
        office.sign_in(ANNA, 0)
        busy = office.call("c-0")[0]
        office.take(busy, 0)
        office.call(second=1)
        agreed = Callback.in_turn(attempts=2)
        office.recorder.callback_requested("c-1", office.dispatcher.request_callback("c-1", agreed, at=at(2)))
        office.recorder.completed("c-0", office.dispatcher.complete("c-0", at=at(10)))
        decision = office.dispatcher.advance(at=at(30))
        office.recorder.decided(decision)
        office.take(decision.offers[0], 30)
        office.recorder.callback_unanswered("c-1", office.dispatcher.callback_unanswered("c-1", at=at(40)))
        office.recorder.cancelled("c-1", office.dispatcher.cancel("c-1", at=at(50)))

        assert office.record().outcome is Outcome.ABANDONED_LONG

    def test_work_that_is_not_live(self) -> None:
        """A letter does not wait on a line."""
        office = Office(ANNA)
        letter = WorkItem(id="c-1", channel=Channel.named("post"), queue="written")
        office.recorder.arrived(letter, office.dispatcher.arrive(letter, at=NINE))

        assert (office.record().channel, office.record().is_live) == ("post", False)


class TestWhatElseADecisionSays:
    """Whatever the operation, all that its decision says is written down."""

    def test_an_official_has_it_of_whom_nobody_was_told(self) -> None:
        """The decision alone says so."""
        recorder = DispatchRecorder([IVO])
        recorder.note(reached())
        recorder.decided(RoutingDecision(at=at(5), consult_transfers=(ConsultTransfer("c-1", "ivo"),)))
        recorder.completed("c-1", RoutingDecision(at=at(25)))

        assert recorder.staff_figures(purpose="a test").by_agent == {"ivo": StaffTime(contacts=1, talk=seconds(20))}

    @pytest.mark.parametrize(
        "operation",
        [
            "arrived", "accepted", "joined", "consulted", "conferred", "ended_consult", "handed_over", "requeued",
            "callback_requested", "callback_unanswered", "no_show", "called_again", "completed", "cancelled",
            "finished_wrap_up", "disconnected", "decided",
        ],
    )  # fmt: skip
    def test_somebody_else_leaves_for_a_fallback(self, operation: str) -> None:
        """In the same moment."""
        again = ("c-1",) if operation == "called_again" else ()
        decision = RoutingDecision(
            at=at(9), overflowed=(Overflowed("other", "callback", "window_over"),), called_again=again
        )
        recorder = DispatchRecorder()
        recorder.note(reached("other"))
        operations: dict[str, Callable[[], None]] = {
            "arrived": lambda: recorder.arrived(WorkItem(id="c-1", channel=VOICE), decision),
            "accepted": lambda: recorder.accepted(Offer("c-1", "anna", 1), decision),
            "joined": lambda: recorder.accepted(Offer("c-1", "ivo", 1, None, "consult"), decision),
            "finished_wrap_up": lambda: recorder.finished_wrap_up("anna", "c-1", decision),
            "called_again": lambda: recorder.no_show("c-1", decision),
            "disconnected": lambda: recorder.disconnected("anna", decision),
            "decided": lambda: recorder.decided(decision),
        }
        if operation in operations:
            operations[operation]()
        else:
            getattr(recorder, operation)("c-1", decision)

        assert [record.outcome for record in recorder.records if record.item == "other"] == [Outcome.FALLBACK]
