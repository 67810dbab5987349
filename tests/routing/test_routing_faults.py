"""Whatever fails, and wherever: a verb is taken whole or not at all, and a department's fault stops no office."""

import inspect
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from functools import wraps
from threading import Event, Thread
from typing import Any, Final

import attrs
import pytest
from engine_room import FALLIBLE
from routing_office import NINE, after, item, offered, states
from scripted_day import WEEK, Call, Day, office, rules, strategy, tell

from ticontact.errors import HoursError, RoutingError, StaleOffer
from ticontact.hours import BusinessCalendar, ClosingRule
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Callback,
    CloseReason,
    Dispatcher,
    EligibilityReason,
    Preference,
    Queue,
    Requirement,
    RoutingDecision,
    WaitingReason,
    WorkItem,
    any_agent,
    decide,
    exclude,
    require,
)
from ticontact.routing._requirements.condition import AllOf, AnyOf, Condition, HasSkill, Profile
from ticontact.routing.rules import load, named
from ticontact.routing.strategies import STRATEGIES, Strategy

STEPS: Final = 150
SAMPLES: Final = int(os.environ.get("FAULTS", "60"))
_UNDOING: Final = frozenset({"take_back", "list_anew", "_take_up", "failed", "fail"})
"""What works while a verb is undone, or while a failure is told."""


class Broken(BaseException):
    """A fault of the tests, which nobody takes for one of the department."""


@attrs.define
class Fuse:
    """Blows at one call of many. Mutable."""

    at: int = 0
    calls: int = 0

    def pass_through(self) -> None:
        """Count a call, and fail if it is the one."""
        self.calls += 1
        if self.calls == self.at:
            raise Broken


@pytest.fixture(scope="module")
def calls() -> list[Call]:
    """What is told on a day on which nothing fails."""
    return Day(office()).run(STEPS)


def stored(dispatcher: Dispatcher) -> str:
    """The bytes of a snapshot."""
    return json.dumps(dispatcher.snapshot())


def test_the_day_uses_every_verb(calls: list[Call]) -> None:
    """And it is long enough."""
    verbs = {
        name
        for name, verb in inspect.getmembers(Dispatcher, inspect.isfunction)
        if not name.startswith("_") and "at" in inspect.signature(verb).parameters
    }

    assert {verb for verb, _, _ in calls} == verbs
    assert len(calls) >= 100


# A fault of our own, anywhere


@contextmanager
def breaking(fuse: Fuse) -> Iterator[None]:
    """Let each function of the engine go through a fuse, before it does anything, and once more when it is done."""

    def through(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def fused(*args: Any, **kwargs: Any) -> Any:
            fuse.pass_through()
            answer = function(*args, **kwargs)
            fuse.pass_through()
            return answer

        return fused

    with pytest.MonkeyPatch.context() as patch:
        for part in FALLIBLE:
            for name, function in vars(part).items():
                if inspect.isfunction(function) and not name.startswith("__") and name not in _UNDOING:
                    patch.setattr(part, name, through(function))
        yield


@pytest.fixture(scope="module")
def clean_day(calls: list[Call]) -> tuple[list[RoutingDecision], list[int], str]:
    """The decisions of a day on which nothing fails, how many calls the engine had seen after each, and its end."""
    fuse, seen = Fuse(), []
    decisions = []
    with breaking(fuse):
        dispatcher = office()
        fuse.calls = 0
        for call in calls:
            decisions.append(tell(dispatcher, call))
            seen.append(fuse.calls)
    return decisions, seen, stored(dispatcher)


@pytest.mark.parametrize("part", range(SAMPLES))
def test_a_verb_that_breaks_anywhere_has_changed_nothing(
    calls: list[Call], clean_day: tuple[list[RoutingDecision], list[int], str], part: int
) -> None:
    """The snapshot is byte for byte as it was, the verb is taken when it is told again, and the day ends as usual."""
    decisions, seen, evening = clean_day
    at = 1 + (part * seen[-1]) // SAMPLES + part % 7
    broken = next(number for number, passed in enumerate(seen) if passed >= at)
    dispatcher = office()
    for call in calls[:broken]:
        tell(dispatcher, call)
    before, deadline, taken = stored(dispatcher), dispatcher.next_deadline(), list[RoutingDecision]()

    with breaking(Fuse(at - (seen[broken - 1] if broken else 0))), suppress(Broken):
        taken.append(tell(dispatcher, calls[broken]))
    if taken:  # it needed fewer calls than on the clean day
        assert taken == [decisions[broken]]
        return

    assert stored(dispatcher) == before
    assert dispatcher.next_deadline() == deadline
    assert [tell(dispatcher, call) for call in calls[broken:]] == decisions[broken:]
    assert stored(dispatcher) == evening


# A fault of the department


class Unwell(Exception):
    """A department's code has failed."""


@attrs.define
class Nerve:
    """Fails at some calls, or gives nonsense. Mutable.

    Attributes:
        fails: Whether a call of this number fails.
        nonsense: Whether it answers nonsense in the place of raising.
        calls: How many calls there were.
        failed: How many of them have failed.
    """

    fails: Callable[[int], bool]
    nonsense: bool = False
    calls: int = 0
    failed: int = 0

    def through(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, which may fail."""

        def nervous(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if not self.fails(self.calls):
                return function(*args, **kwargs)
            self.failed += 1
            if self.nonsense:
                return object()
            raise Unwell

        return nervous


def nervous_hours(nerve: Nerve) -> BusinessCalendar:
    """The hours of the office, which may fail at whatever they are asked."""

    def through(name: str) -> Callable[..., Any]:
        return nerve.through(getattr(BusinessCalendar, name))

    names = ("is_open", "next_closing", "next_opening", "between", "add")
    kind: Any = type("NervousHours", (BusinessCalendar,), {name: through(name) for name in names})
    calendar: BusinessCalendar = kind(zone="Europe/Zurich", week=WEEK)
    return calendar


def nervous_office(part: str, nerve: Nerve) -> Dispatcher:
    """The office, of which one part may fail."""
    if part == "rule":
        return office(asked=[nerve.through(rule) for rule in rules()])
    if part == "calendar":
        return office(calendar=nervous_hours(nerve))
    own = strategy()
    through = nerve.through
    order = Strategy(name="own", order=through(own.order), fit=through(own.fit), wishes=through(own.wishes))
    return office(order=order)


@attrs.define
class Ledger:
    """What has become of each piece of work. Mutable."""

    dispatcher: Dispatcher
    ended: dict[str, str] = attrs.field(factory=dict)
    arrived: set[str] = attrs.field(factory=set)
    failures: list[str] = attrs.field(factory=list)
    offers: dict[str, Any] = attrs.field(factory=dict)

    def tell(self, call: Call) -> None:
        """Tell the dispatcher something; on such a day it may make no sense."""
        verb, about, _ = call
        try:
            decision = tell(self.dispatcher, call)
        except RoutingError:
            return
        if verb == "arrive":
            self.arrived.add(about[0].id)
        if verb in {"complete", "cancel"}:
            self._end(about[0], verb)
        self.write(decision)

    def write(self, decision: RoutingDecision) -> None:
        """Write down what has ended, and what has failed."""
        self.failures += [failure.part for failure in decision.failures]
        for item_id in [*(gone.item for gone in decision.overflowed), *(gone.item for gone in decision.closed)]:
            self._end(item_id, "overflowed")
        for offer in (*decision.revoked, *decision.expired):
            self.offers.pop(offer.item, None)
        self.offers.update({offer.item: offer for offer in decision.offers})

    def _end(self, item: str, how: str) -> None:
        assert item not in self.ended, "it has ended twice"
        self.ended[item] = how

    def until_all_is_over(self, now: datetime) -> None:
        """Let the agents work off what is left, past every deadline."""
        for turn in range(2_000):
            if self.ended.keys() >= self.arrived:
                return
            deadline = self.dispatcher.next_deadline()
            now = max(now + timedelta(seconds=10), deadline if deadline is not None and turn % 3 == 0 else now)
            for name in ("anna", "bruno", "carla", "dora", "otto"):
                self.tell(("sign_in", (name,), {"at": now}))
            for offer in [*self.offers.values()]:
                self.tell(("accept", (offer,), {"at": now}))
            for name in self.dispatcher.in_hand():
                self.tell(("complete", (name,), {"at": now}))
            for name in ("bruno", "carla"):
                for each in self.dispatcher.agent_state(name).assignments:
                    self.tell(("finish_wrap_up", (name, each.item), {"at": now}))
        raise AssertionError(f"nobody will ever care for {sorted(self.arrived - set(self.ended))}")


def _live_through(part: str, calls: list[Call], nerve: Nerve) -> Ledger:
    ledger = Ledger(nervous_office(part, nerve))
    for number, call in enumerate(calls):
        ledger.tell(call)
        if number % 25 == 0:
            copy = nervous_office(part, Nerve(lambda _: False))
            copy.restore(json.loads(stored(ledger.dispatcher)))
            assert stored(copy) == stored(ledger.dispatcher)
    ledger.until_all_is_over(calls[-1][2]["at"])
    return ledger


@pytest.mark.parametrize("nonsense", [False, True], ids=["raises", "nonsense"])
@pytest.mark.parametrize("part", ["rule", "strategy", "calendar"])
class TestADepartmentsFault:
    """It degrades, it is told, and the day goes on to its end, with every contact in one outcome."""

    @pytest.mark.parametrize("share", [0.1, 0.6])
    def test_at_one_call(self, calls: list[Call], part: str, share: float, *, nonsense: bool) -> None:
        """At one call of the day."""
        usual = Nerve(lambda _: False)
        dispatcher = nervous_office(part, usual)
        for call in calls:
            tell(dispatcher, call)
        at = int(1 + usual.calls * share)

        ledger = _live_through(part, calls, Nerve(lambda number: number == at, nonsense=nonsense))

        # Nonsense may do no harm, and an explanation that asks a strategy in vain leaves that out.
        assert ledger.failures == [part] or (ledger.failures == [] and part == "strategy") or nonsense

    @pytest.mark.parametrize("every", [1, 3])
    def test_again_and_again(self, calls: list[Call], part: str, every: int, *, nonsense: bool) -> None:
        """At all calls, or at every third."""
        ledger = _live_through(part, calls, Nerve(lambda number: number % every == 0, nonsense=nonsense))

        assert set(ledger.failures) == {part}


class TestRulesThatMustNotBePassedOver:
    """A veto that fails closes: its work waits until the rule answers, and a supervisor may give it by hand."""

    @staticmethod
    def office(*, works: Callable[[], bool]) -> Dispatcher:
        """An office with a veto that may fail."""

        def veto(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            if works():
                return exclude(["bruno"])
            raise Unwell

        setattr(veto, "fails_closed", True)  # noqa: B010 - what a department writes as `veto.fails_closed = True`
        queue = Queue(id="q", longest_wait=timedelta(minutes=10), fallback="message")
        dispatcher = Dispatcher(agents=[Agent(id="anna"), Agent(id="bruno")], rules=[veto], queues=[queue])
        dispatcher.sign_in("bruno", at=NINE)
        return dispatcher

    def test_its_work_waits_and_says_so(self) -> None:
        """It is told once, and tried again every minute."""
        dispatcher = self.office(works=lambda: False)

        decision = dispatcher.arrive(item("c-1", queue="q"), at=NINE)

        assert [(failure.rule, failure.item) for failure in decision.failures] == [("veto", "c-1")]
        assert decision.offers == ()
        told = dispatcher.explain("c-1").waits
        assert told is not None
        assert told.because is WaitingReason.HELD_BACK
        assert dispatcher.next_deadline() == after(60)
        assert dispatcher.advance(at=after(60)).failures == ()
        assert dispatcher.next_deadline() == after(120)

    def test_it_goes_on_when_the_rule_answers(self) -> None:
        """At the next change: the veto holds then."""
        is_well = [False]
        dispatcher = self.office(works=lambda: is_well[0])
        dispatcher.arrive(item("c-1", queue="q"), at=NINE)
        is_well[0] = True

        decision = dispatcher.sign_in("anna", at=after(5))

        assert offered(decision) == [("c-1", "anna")]

    def test_it_is_held_after_a_restart_too(self) -> None:
        """The snapshot says what holds it."""
        dispatcher, again = self.office(works=lambda: False), self.office(works=lambda: True)
        dispatcher.arrive(item("c-1", queue="q"), at=NINE)
        again = Dispatcher(agents=[Agent(id="anna"), Agent(id="bruno")], queues=[Queue(id="q", fallback="message")])
        again.restore(json.loads(stored(dispatcher)))

        assert offered(again.advance(at=after(60))) == [("c-1", "bruno")]  # there is no such rule any more

    def test_limits_hold(self) -> None:
        """The longest wait ends it all the same."""
        dispatcher = self.office(works=lambda: False)
        dispatcher.arrive(item("c-1", queue="q"), at=NINE)

        assert [gone.because for gone in dispatcher.advance(at=after(600)).overflowed] == ["waited_too_long"]

    def test_a_supervisor_gives_it_by_hand(self) -> None:
        """Whatever it asks; if that agent declines, it is held again."""
        dispatcher = self.office(works=lambda: False)
        dispatcher.arrive(item("c-1", queue="q"), at=NINE)

        [offer] = dispatcher.assign("c-1", "bruno", by="sonja", because="she knows", at=after(1)).offers
        dispatcher.decline(offer, at=after(2))

        assert dispatcher.waiting() == ("c-1",)
        assert dispatcher.advance(at=after(59)).offers == ()

    def test_moved_or_called_back_it_is_held(self) -> None:
        """What a supervisor does to it changes nothing about the rule."""
        dispatcher = self.office(works=lambda: False)
        dispatcher.arrive(item("c-1", queue="q"), at=NINE)
        dispatcher.change_priority("c-1", Priority.HIGH, by="sonja", because="ill", at=after(1))
        dispatcher.request_callback("c-1", Callback.in_turn(), at=after(2))

        assert dispatcher.advance(at=after(3)).offers == ()

    def test_a_table_with_a_veto_is_such_a_rule(self) -> None:
        """And one that asks for a permission; others are not."""
        text = """
            [[rule]]
            name = "a"
            then.veto = ["trainee"]
            [[rule]]
            name = "b"
            then.require_permission = ["asylum"]
            [[rule]]
            name = "c"
            then.require.asylum = 1
        """
        assert [rule.fails_closed for rule in load(text)] == [True, True, False]

    def test_another_name_keeps_it(self) -> None:
        """A rule under another name fails as it does under its own."""

        class Veto:
            fails_closed = True

            def __call__(self, item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG002 - the shape of a rule
                raise Unwell

        [rule] = named(other=Veto()).values()

        assert getattr(rule, "fails_closed", None) is True
        decision = decide([item("c-1")], [AgentState(agent=Agent(id="anna"))], rules=[rule], at=NINE)
        assert (decision.offers, [failure.item for failure in decision.failures]) == ((), ["c-1"])


UNHASHABLE: Final[Any] = ["anna"]


class TestRulesThatReturnWhatFailsLater:
    """They fail at once, by name, and nothing follows."""

    @staticmethod
    def deep(levels: int) -> Requirement:
        """Conditions that stand in each other."""
        asked = require("a")
        for _ in range(levels):
            asked = ~asked
        return asked

    @pytest.mark.parametrize(
        "answer",
        [
            lambda: TestRulesThatReturnWhatFailsLater.deep(3_000),
            lambda: Requirement(AllOf(tuple(HasSkill(str(number)) for number in range(2_000)))),
            lambda: Requirement(HasSkill(UNHASHABLE)),
            lambda: Requirement(preferences=(Preference(agent=UNHASHABLE),)),
            lambda: Requirement(preferences=(Preference(condition=Foreign()),)),
            lambda: Requirement(Foreign()).relax(after=timedelta(minutes=1), to=require("b")),
            lambda: require("a").relax(after=timedelta(minutes=1), to=~Requirement(Foreign())),
            lambda: Requirement(HasSkillAtHome("a")),
            lambda: require("a").relax(after=timedelta(minutes=1), to=~Requirement(HasSkillAtHome("b"))),
            lambda: Requirement(preferences=(Preference(condition=HasSkillAtHome("a")),)),
        ],
        ids=[
            "deep",
            "large",
            "unhashable skill",
            "unhashable wish",
            "foreign wish",
            "foreign",
            "foreign later",
            "derived",
            "derived later",
            "derived wish",
        ],
    )
    def test_the_rule_is_passed_over(self, answer: Callable[[], Requirement]) -> None:
        """And named."""

        def rule(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            return answer()

        dispatcher = Dispatcher(agents=[Agent(id="anna")], rules=[rule])
        dispatcher.sign_in("anna", at=NINE)

        decision = dispatcher.arrive(item("c-1"), at=NINE)

        assert [failure.rule for failure in decision.failures] == ["rule"]
        assert offered(decision) == [("c-1", "anna")]

    def test_rules_that_are_too_large_together(self) -> None:
        """The last one is passed over."""
        half = Requirement(AnyOf(tuple(HasSkill(str(number)) for number in range(600))))
        other = Requirement(AnyOf(tuple(HasSkill(f"b{number}") for number in range(600))))
        decision = decide(
            [item("c-1")],
            [AgentState(agent=Agent(id="anna", skills=["5"]))],
            rules=named(one=lambda _, /, *, at: half, two=lambda _, /, *, at: other).values(),  # noqa: ARG005
            at=NINE,
        )

        assert [failure.rule for failure in decision.failures] == ["two"]
        assert offered(decision) == [("c-1", "anna")]

    @pytest.mark.parametrize("what", ["name", "version", "fails_closed"])
    def test_a_property_that_raises(self, what: str) -> None:
        """A rule may fail wherever it is looked at."""

        def raises(_: object) -> str:
            raise Unwell

        parts: dict[str, Any] = {"__call__": lambda _, item, /, *, at: require("x"), what: property(raises)}  # noqa: ARG005
        if what == "fails_closed":
            parts["__call__"] = raises
        rule = type("Rule", (), parts)()

        decision = decide([item("c-1")], [AgentState(agent=Agent(id="anna"))], rules=[rule], at=NINE)

        assert [failure.rule for failure in decision.failures] == ["Rule"]


class TestNeverAgainOpen:
    """That a queue never opens again is an answer: there is no timer."""

    CALENDAR: Final = BusinessCalendar(zone="Europe/Zurich", week=WEEK, until=date(2026, 3, 18))

    def office(self, **more: Any) -> Dispatcher:
        """An office on its last day."""
        queue = Queue(id="q", calendar=self.CALENDAR, fallback="message", **more)
        dispatcher = Dispatcher(agents=[Agent(id="anna")], queues=[queue])
        dispatcher.sign_in("anna", at=NINE)
        return dispatcher

    def test_no_attempt_is_left(self) -> None:
        """A call in vain was the last one, if the next would come after the last closing."""
        dispatcher = self.office()
        called = item("c-1", queue="q", callback=Callback.in_turn(spacing=timedelta(hours=9)))
        [offer] = dispatcher.arrive(called, at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        assert dispatcher.is_last_call("c-1")

        decision = dispatcher.callback_unanswered("c-1", at=after(60))

        assert [closed.reason for closed in decision.closed] == [CloseReason.NOT_REACHED]

    def test_a_call_that_can_never_be_made_goes_to_the_fallback(self) -> None:
        """And that is told at once."""
        dispatcher = self.office()
        evening = NINE.at(20)
        dispatcher.arrive(item("c-1", queue="q", callback=Callback.in_turn()), at=evening)

        assert dispatcher.next_deadline() == evening
        assert [gone.because for gone in dispatcher.advance(at=evening).overflowed] == ["never_open"]

    @pytest.mark.parametrize("days", [30, 36_000])
    def test_a_step_that_never_comes(self, days: int) -> None:
        """In open time that the queue does not have."""
        asked = require("x").relax(after=timedelta(days=days), to=any_agent, clock="open")
        dispatcher = self.office()

        dispatcher.arrive(item("m-1", "email", queue="q", requirement=asked), at=NINE)

        assert dispatcher.next_deadline() is None
        assert dispatcher.explain("m-1").waits is not None

    def test_a_longest_wait_that_never_ends(self) -> None:
        """The work waits on."""
        dispatcher = self.office(longest_wait=timedelta(hours=60))

        dispatcher.arrive(item("m-1", "email", queue="q", requirement=require("x")), at=NINE)

        assert dispatcher.next_deadline() is None


class TestForEver:
    """What is further away than a hundred years has no timer, and no error comes of it later."""

    @pytest.mark.parametrize("length", [timedelta(days=101 * 366), timedelta(days=250 * 365)])
    def test_a_ring_has_no_timer(self, length: timedelta) -> None:
        """It is a setting, and no value that could be refused where it is built."""
        dispatcher = Dispatcher(agents=[Agent(id="anna", skills=["x"])], queues=[Queue(id="q")], ring_for=length)
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("c-1", queue="q", requirement=require("x")), at=NINE).offers

        assert (offer.until, dispatcher.next_deadline()) == (None, None)
        assert json.loads(stored(dispatcher))["timers"] == []

    def test_the_year_9000_never_comes(self) -> None:
        """It is refused, and no clock moves."""
        dispatcher = Dispatcher(agents=[])

        with pytest.raises(HoursError, match="after the year 8999"):
            dispatcher.advance(at=NINE.replace(year=9_000))

        assert dispatcher.advance(at=NINE).at == NINE

    @pytest.mark.parametrize(("minutes", "comes"), [(30, True), (180, False)])
    def test_a_step_in_the_year_9000_has_no_timer(self, minutes: int, *, comes: bool) -> None:
        """The last evening before it is still counted."""
        evening, dispatcher = NINE.set(year=8_999, month=12, day=31, hour=23), Dispatcher(agents=[])
        wish = require("x").relax(after=timedelta(minutes=minutes), to=any_agent)
        dispatcher.arrive(attrs.evolve(item("c-1"), requirement=wish), at=evening)

        assert dispatcher.next_deadline() == (evening.add(minutes=minutes) if comes else None)
        assert len(json.loads(stored(dispatcher))["timers"]) == int(comes)


class TestRefusals:
    """What is refused leaves everything as it was, time included."""

    def test_what_was_due_stays_due(self) -> None:
        """A refused verb swallows no deadline, and moves no clock."""
        dispatcher = Dispatcher(agents=[Agent(id="anna")], ring_for=timedelta(seconds=20))
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        before = stored(dispatcher)

        with pytest.raises(RoutingError):  # it rings in vain before that, and the agent is free of it
            dispatcher.finish_wrap_up("anna", "c-1", at=NINE.replace(year=2062))
        with pytest.raises(StaleOffer):
            dispatcher.accept(offer, at=after(21))

        assert stored(dispatcher) == before
        assert dispatcher.next_deadline() == after(20)
        assert dispatcher.advance(at=after(20)).expired == (offer,)

    def test_it_may_become_senseless_while_time_passes(self) -> None:
        """Then what time has done is taken back too: here the end of the drain."""
        calendar = BusinessCalendar(zone="Europe/Zurich", week=WEEK)
        queue = Queue(id="q", calendar=calendar, closing=ClosingRule(), fallback="message")
        dispatcher = Dispatcher(agents=[Agent(id="anna")], queues=[queue])
        dispatcher.arrive(item("c-1", queue="q"), at=NINE)
        before = stored(dispatcher)

        with pytest.raises(RoutingError):
            dispatcher.change_priority("c-1", Priority.HIGH, by="sonja", because="ill", at=NINE.at(13))

        assert stored(dispatcher) == before
        assert dispatcher.waiting() == ("c-1",)
        assert [gone.because for gone in dispatcher.advance(at=NINE.at(13)).overflowed] == ["closing"]


class TestTransactions:
    """Several verbs that hold together."""

    def test_all_or_none(self) -> None:
        """What raises in the block undoes all of it, and what the caller has noted too, the last change first."""
        dispatcher = Dispatcher(agents=[Agent(id="anna")])
        dispatcher.sign_in("anna", at=NINE)
        before, undone = stored(dispatcher), list[int]()

        def change() -> None:
            with dispatcher.transaction() as transaction:
                dispatcher.arrive(item("c-1"), at=NINE)
                transaction.on_undo(undone.append, 1)
                dispatcher.arrive(item("c-2"), at=after(1))
                transaction.on_undo(undone.append, 2)
                raise Unwell

        with pytest.raises(Unwell):
            change()

        assert (stored(dispatcher), undone) == (before, [2, 1])

    def test_a_verb_in_it_is_refused_alone(self) -> None:
        """Whoever goes on in the block keeps what went before."""
        dispatcher = Dispatcher(agents=[Agent(id="anna")])
        with dispatcher.transaction(), dispatcher.transaction():
            dispatcher.sign_in("anna", at=NINE)
            dispatcher.arrive(item("c-1"), at=NINE)
            with pytest.raises(RoutingError):
                dispatcher.arrive(item("c-1"), at=after(1))
            dispatcher.cancel("c-1", at=after(2))

        assert dispatcher.waiting() == ()
        assert dispatcher.agent_state("anna").assignments == ()

    def test_a_rule_that_calls_its_dispatcher(self) -> None:
        """It has failed: one verb at a time."""
        inner: list[Dispatcher] = []

        def rule(item: WorkItem, /, *, at: datetime) -> Requirement:  # noqa: ARG001 - the shape of a rule
            inner[0].advance(at=at)
            return any_agent

        inner.append(Dispatcher(agents=[], rules=[rule]))

        [failure] = inner[0].arrive(item("c-1"), at=NINE).failures

        assert failure.problem == "raised RoutingError"

    def test_a_second_thread_is_told(self) -> None:
        """In the middle of a verb, and in the middle of a block."""
        begun, may_end, problems = Event(), Event(), list[str]()

        def slow(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            begun.set()
            may_end.wait()
            return any_agent

        dispatcher = Dispatcher(agents=[], rules=[slow])
        first = Thread(target=lambda: dispatcher.arrive(item("c-1"), at=NINE))
        first.start()
        begun.wait()
        with pytest.raises(RoutingError, match="another verb is going on"):
            dispatcher.arrive(item("c-2"), at=NINE)
        may_end.set()
        first.join()

        def second() -> None:
            try:
                dispatcher.arrive(item("c-3"), at=NINE)
            except RoutingError as error:
                problems.append(str(error))

        with dispatcher.transaction():
            other = Thread(target=second)
            other.start()
            other.join()

        assert len(problems) == 1
        assert dispatcher.waiting() == ("c-1",)


class TestFailuresAreSaid:
    """In one sentence, for whoever mends the cause."""

    @pytest.mark.parametrize("part", ["strategy", "calendar"])
    def test_what_counts_in_its_place(self, part: str, calls: list[Call]) -> None:
        """And what has failed."""
        dispatcher = nervous_office(part, Nerve(lambda _: True))
        said = {str(failure) for call in calls[:20] for failure in _failures_of(dispatcher, call)}

        assert said <= {
            "strategy own: it raised Unwell; the agent who has been idle longest comes first",
            *(
                f"calendar {queue}: it raised Unwell; the queue counts as open, and its time as elapsed time"
                for queue in ("office", "permits", "letters")
            ),
        }
        assert said

    def test_decide_has_the_same_order_then(self) -> None:
        """The longest idle agent comes first."""
        states = [AgentState(agent=Agent(id="anna"), idle_since=2), AgentState(agent=Agent(id="bruno"), idle_since=1)]
        order = Strategy(name="own", order=Nerve(lambda _: True).through(len))

        decision = decide([item("c-1")], states, strategy=order, at=NINE)

        assert offered(decision) == [("c-1", "bruno")]
        assert [failure.part for failure in decision.failures] == ["strategy"]

    def test_a_calendar_that_fails_in_decide(self) -> None:
        """The queue counts as open."""
        nerve = Nerve(lambda _: True)
        waiting = [item("c-1", queue="q", callback=Callback.in_turn())]
        states = [AgentState(agent=Agent(id="anna"))]

        decision = decide(waiting, states, queues=[Queue(id="q", calendar=nervous_hours(nerve))], at=NINE)

        assert offered(decision) == [("c-1", "anna")]
        assert [failure.part for failure in decision.failures] == ["calendar"]


def _failures_of(dispatcher: Dispatcher, call: Call) -> tuple[object, ...]:
    try:
        return tell(dispatcher, call).failures
    except RoutingError:
        return ()


class Foreign(Condition):
    """A condition of a department's own."""

    def lacks(self, profile: Profile) -> EligibilityReason | None:  # noqa: ARG002 - the shape of a condition
        """Nothing."""
        return None


class HasSkillAtHome(HasSkill):
    """A condition derived from one of ours: a snapshot would give back another one."""


class TestALateAcceptance:
    """The exchange has connected the two already, and only tells it late."""

    @staticmethod
    def office(**more: Any) -> Dispatcher:
        """Two agents, of whom the first is rung first."""
        agents = [Agent(id="anna", position=1), Agent(id="bruno", position=2)]
        dispatcher = Dispatcher(agents=agents, ring_for=timedelta(seconds=20), strategy=STRATEGIES["linear"], **more)
        for agent in agents:
            dispatcher.sign_in(agent.id, at=NINE)
        return dispatcher

    def test_it_wins_over_the_expiry(self) -> None:
        """It rings at nobody else any more, and the agent has not missed anything."""
        dispatcher = self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        [other] = dispatcher.advance(at=after(20)).offers

        decision = dispatcher.accept(offer, at=after(22), happened_at=after(19))

        assert decision.revoked == (other,)
        assert dispatcher.in_hand() == {"c-1": "anna"}
        assert dispatcher.agent_state("anna").status is AgentStatus.AVAILABLE
        assert dispatcher.agent_state("anna").misses == 0

    def test_in_one_step(self) -> None:
        """The expiry is told, and overtaken."""
        dispatcher = self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers

        decision = dispatcher.accept(offer, at=after(22), happened_at=after(20))

        assert (decision.expired, decision.offers) == ((offer,), ())
        assert dispatcher.in_hand() == {"c-1": "anna"}

    def test_after_a_restart(self) -> None:
        """The snapshot knows the offers that have expired."""
        dispatcher, again = self.office(), self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.advance(at=after(20))
        again = Dispatcher(agents=[Agent(id="anna"), Agent(id="bruno")], ring_for=timedelta(seconds=20))
        again.restore(json.loads(stored(dispatcher)))

        again.accept(offer, at=after(22), happened_at=after(19))

        assert again.in_hand() == {"c-1": "anna"}

    @pytest.mark.parametrize("happened", [20.5, 22])
    def test_what_happened_too_late(self, happened: float) -> None:
        """It is refused, as ever."""
        dispatcher = self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers

        with pytest.raises(StaleOffer):
            dispatcher.accept(offer, at=after(22), happened_at=after(happened))

    def test_somebody_else_has_accepted(self) -> None:
        """Then it is theirs."""
        dispatcher = self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        [other] = dispatcher.advance(at=after(20)).offers
        dispatcher.accept(other, at=after(21))

        with pytest.raises(StaleOffer):
            dispatcher.accept(offer, at=after(22), happened_at=after(19))

    def test_it_is_over(self) -> None:
        """Nobody is there any more."""
        dispatcher = self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.cancel("c-1", at=after(21))

        with pytest.raises(StaleOffer):
            dispatcher.accept(offer, at=after(22), happened_at=after(19))

    def test_the_agent_talks_to_somebody_else(self) -> None:
        """Nobody talks to two at a time."""
        dispatcher = self.office(misses_allowed=2)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.sign_out("bruno", at=after(1))
        [other] = dispatcher.arrive(item("c-2", not_before=after(20)), at=after(2)).offers or (None,)
        assert other is None
        for live in dispatcher.advance(at=after(20)).offers:
            dispatcher.accept(live, at=after(21))
        [talking] = dispatcher.in_hand()

        with pytest.raises(StaleOffer):
            dispatcher.accept(
                offer if talking == "c-2" else attrs.evolve(offer, item="c-2"), at=after(22), happened_at=NINE
            )

    def test_what_rings_at_the_agent_goes_to_others(self) -> None:
        """A telephone that rings is no work in hand."""
        dispatcher = self.office(misses_allowed=2)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        [_] = dispatcher.arrive(item("c-2"), at=after(10)).offers  # it rings at the other one
        dispatcher.advance(at=after(25))  # the first one rings at anna again, or waits

        decision = dispatcher.accept(offer, at=after(26), happened_at=after(19))

        assert dispatcher.in_hand() == {"c-1": "anna"}
        assert offer not in decision.offers

    def test_other_work_that_rings_at_the_agent_goes_to_the_one_who_is_free_now(self) -> None:
        """Both telephones ring, and the one of the agent who talks already stops."""
        dispatcher = self.office(misses_allowed=2)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        [again] = dispatcher.advance(at=after(20)).offers
        [ringing] = dispatcher.arrive(item("c-2"), at=after(21)).offers
        assert (again.agent, ringing.agent) == ("bruno", "anna")

        decision = dispatcher.accept(offer, at=after(22), happened_at=after(19))

        assert set(decision.revoked) == {again, ringing}
        assert offered(decision) == [("c-2", "bruno")]
        assert dispatcher.in_hand() == {"c-1": "anna"}
        assert list(states(dispatcher, "anna")) == ["c-1"]

    def test_what_the_agent_has_in_hand_stays_in_hand(self) -> None:
        """There is room for both."""
        dispatcher = Dispatcher(agents=[Agent(id="anna", capacity=2)], ring_for=timedelta(seconds=20))
        dispatcher.sign_in("anna", at=NINE)
        [first] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.accept(first, at=NINE)
        [offer] = dispatcher.arrive(item("c-2"), at=NINE).offers
        dispatcher.advance(at=after(20))

        assert dispatcher.accept(offer, at=after(22), happened_at=after(19)).revoked == ()
        assert dispatcher.in_hand() == {"c-1": "anna", "c-2": "anna"}

    def test_an_offer_of_an_unknown_agent(self) -> None:
        """It is stale, however it is told."""
        dispatcher = self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers

        with pytest.raises(StaleOffer):
            dispatcher.accept(attrs.evolve(offer, agent="zoe"), at=after(22), happened_at=after(19))

    def test_an_official_joins_late(self) -> None:
        """A consult, too."""
        dispatcher = self.office()
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.accept(offer, at=after(1))
        [asked] = dispatcher.consult("c-1", any_agent, at=after(2)).offers

        dispatcher.advance(at=after(22))
        dispatcher.accept(asked, at=after(23), happened_at=after(21))

        assert dispatcher.agent_state("bruno").assignment("c-1") is not None
