"""What the engine does not do: the work that grows with what it is not about. Operations are counted, time is not."""

import copy
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from engine_room import AgentIndex, Engine, WaitingIndex, engine_of
from routing_office import HOURS, NINE, agent, item, offered, office, signed_in

from ticontact.hours import ClosingRule
from ticontact.routing import AgentStatus, Callback, Dispatcher, Queue, any_agent, prefer, require

MINUTE = timedelta(minutes=1)


class Counted:
    """Counts the calls of some methods."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *methods: tuple[type, str]) -> None:
        self.times: Counter[str] = Counter()
        for kind, name in methods:
            monkeypatch.setattr(kind, name, self._counting(name, getattr(kind, name)))

    def _counting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **more: Any) -> Any:
            self.times[name] += 1
            return method(*args, **more)

        return counted


class TestShortCuts:
    """What is served at once."""

    def test_a_call_for_an_idle_agent_does_not_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It never enters the waiting index; one that nobody can take does."""
        dispatcher = signed_in(agent("anna"))
        counted = Counted(monkeypatch, (WaitingIndex, "add"))
        dispatcher.arrive(item("first"), at=NINE)
        assert counted.times["add"] == 0
        dispatcher.arrive(item("second"), at=NINE)

        assert counted.times["add"] == 1

    def test_a_single_freed_agent_is_the_choice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody else is looked at."""
        dispatcher = signed_in(agent("anna"), agent("bruno", skills=["x"]))
        [offer] = dispatcher.arrive(item("first", requirement=~require("x")), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.arrive(item("second", requirement=~require("x")), at=NINE)
        counted = Counted(monkeypatch, (AgentIndex, "pick"))

        assert offered(dispatcher.complete("first", at=NINE)) == [("second", "anna")]
        assert counted.times["pick"] == 0

    def test_what_is_new_takes_its_turn_with_a_freed_agent(self) -> None:
        """Anna misses the first call just when the second one may begin: the older one is offered first."""
        dispatcher = signed_in(agent("anna"), agent("bruno"), ring_for=MINUTE, misses_allowed=2)
        dispatcher.sign_out("bruno", at=NINE)
        dispatcher.arrive(item("older"), at=NINE)
        dispatcher.arrive(item("later", not_before=NINE + MINUTE), at=NINE)

        assert offered(dispatcher.advance(at=NINE + MINUTE)) == [("older", "anna")]


class TestTimers:
    """A timer is asked whether it matters once its instant has come."""

    def test_no_timer_is_asked_early(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hundred calls with steps, and ten that come and go before any is due."""
        dispatcher = office(agent("anna"))
        for number in range(100):
            dispatcher.arrive(item(f"c-{number}", requirement=require("x").relax(after=MINUTE, to=any_agent)), at=NINE)
        counted = Counted(monkeypatch, (type(engine_of(dispatcher).hours), "overflows_at"), (Engine, "_request_of"))
        for number in range(10):
            dispatcher.arrive(item(f"d-{number}"), at=NINE)
            dispatcher.cancel(f"d-{number}", at=NINE)

        assert counted.times["_request_of"] == 0

    def test_a_review_belongs_to_the_request_that_has_set_it(self) -> None:
        """Work that was given back with another requirement is not looked at when the old one would have had a step."""
        dispatcher = signed_in(agent("anna"), offer_again_after=None)
        [offer] = dispatcher.arrive(item("c", requirement=any_agent.relax(after=MINUTE, to=any_agent)), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        assert dispatcher.requeue("c", at=NINE, requirement=any_agent).offers == ()

        assert dispatcher.next_deadline() is None
        assert dispatcher.advance(at=NINE + MINUTE).offers == ()

    def test_a_decline_has_its_timer_again_when_the_work_comes_back(self) -> None:
        """It is gone while the work is in hand, and needed once it waits beside who has declined it."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        [first] = dispatcher.arrive(item("c"), at=NINE).offers
        [second] = dispatcher.decline(first, at=NINE).offers
        dispatcher.accept(second, at=NINE)
        assert dispatcher.next_deadline() is None
        dispatcher.requeue("c", at=NINE + MINUTE / 2)

        assert dispatcher.next_deadline() == NINE + MINUTE
        assert offered(dispatcher.advance(at=NINE + MINUTE)) == [("c", "anna")]

    def test_a_callback_has_one_timer_for_each_opening(self) -> None:
        """However often it is looked at."""
        dispatcher = office(agent("anna"))
        dispatcher.arrive(item("c", queue="office", callback=Callback.in_turn()), at=NINE)
        for second in range(10):
            dispatcher.sign_in("anna", at=NINE.add(seconds=second))
            dispatcher.sign_out("anna", at=NINE.add(seconds=second))

        assert len(dispatcher.snapshot()["timers"]) == 1

    def test_a_window_ends_only_where_there_is_a_fallback(self) -> None:
        """Work that was moved to a queue without one waits on."""
        dispatcher = office(agent("anna"))
        window = Callback.between(NINE, NINE + MINUTE)
        dispatcher.arrive(item("c", queue="office", callback=window), at=NINE)
        dispatcher.change_queue("c", "elsewhere", by="sara", because="a mistake", at=NINE)

        assert dispatcher.advance(at=NINE + 2 * MINUTE).overflowed == ()
        assert dispatcher.waiting() == ("c",)


class TestPresence:
    """An agent comes or goes."""

    def test_what_is_kept_for_others_is_not_looked_at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hundred letters are kept for Anna, who is busy; Bruno comes and goes."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        in_hand = dispatcher.arrive(item("call", requirement=prefer("anna", reserve_for=MINUTE)), at=NINE).offers
        dispatcher.accept(in_hand[0], at=NINE)
        for number in range(100):
            wish = prefer("anna", reserve_for=timedelta(days=2))
            assert dispatcher.arrive(item(f"l-{number}", "email", requirement=wish), at=NINE).offers == ()
        counted = Counted(monkeypatch, (Engine, "wait"))
        dispatcher.set_status("bruno", AgentStatus.BREAK, at=NINE)
        dispatcher.set_status("bruno", AgentStatus.AVAILABLE, at=NINE)
        assert counted.times["wait"] == 0

        assert offered(dispatcher.sign_out("anna", at=NINE)) == [("l-0", "bruno")]
        assert counted.times["wait"] == 100

    def test_whoever_is_named_first_gets_what_was_kept_for_another(self) -> None:
        """Carla was not there when the letter came, and goes before Anna in its wish."""
        wish = prefer("carla", reserve_for=timedelta(days=1)) & prefer("anna", reserve_for=timedelta(days=1))
        dispatcher = Dispatcher(agents=[agent("anna"), agent("bruno"), agent("carla")])
        for name in ("anna", "bruno"):
            dispatcher.sign_in(name, at=NINE)
        [offer] = dispatcher.arrive(item("call", requirement=prefer("anna")), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.arrive(item("letter", "email", requirement=wish), at=NINE)
        dispatcher.sign_in("carla", at=NINE)

        assert dispatcher.agent_state("carla").assignments[0].item == "letter"


class TestWishes:
    """Who is wished for by name."""

    def test_nobody_is_offered_the_same_work_twice(self) -> None:
        """Anna is wished for, and two are rung."""
        dispatcher = signed_in(agent("bruno"), agent("anna"), agent("carla"), offers_at_once=2)

        decision = dispatcher.arrive(item("c", requirement=prefer("anna")), at=NINE)
        assert offered(decision) == [("c", "anna"), ("c", "bruno")]

    def test_a_reservation_beside_a_wish_for_a_skill(self) -> None:
        """The letter is kept for Anna; when she goes, whoever has the skill is asked first."""
        wish = prefer("anna", reserve_for=timedelta(days=1)) & prefer(skill="x")
        dispatcher = signed_in(agent("anna"), agent("bruno"), agent("carla", skills=["x"]))
        [offer] = dispatcher.arrive(item("call", requirement=prefer("anna")), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        assert dispatcher.arrive(item("letter", "email", requirement=wish), at=NINE).offers == ()

        assert offered(dispatcher.sign_out("anna", at=NINE)) == [("letter", "carla")]


class TestQueues:
    """What waits is counted by queue."""

    def test_closing_looks_at_its_own_queue(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Fifty queues close at noon, two calls in each."""
        closing = ClosingRule(last_entry=timedelta(0), drain=timedelta(0))
        queues = [Queue(id=f"q-{each}", calendar=HOURS, fallback="x", closing=closing) for each in range(50)]
        dispatcher = Dispatcher(agents=[agent("anna")], queues=queues)
        for number in range(100):
            dispatcher.arrive(item(f"c-{number}", queue=f"q-{number % 50}"), at=NINE)
        counted = Counted(monkeypatch, (Engine, "urgency"))

        assert len(dispatcher.advance(at=NINE.add(hours=3)).overflowed) == 100
        assert counted.times["urgency"] == 100


class TestDecisions:
    """A decision is a value like any other."""

    def test_its_instant_is_worked_out_once_and_kept(self) -> None:
        """It is equal to its copy, and what it has not is not there."""
        decision = signed_in(agent("anna")).arrive(item("c"), at=NINE)
        again = copy.copy(decision)

        assert again == decision
        assert again.at is again.at
        assert (again.at, repr(again)) == (NINE, repr(decision))
        assert not hasattr(decision, "until")


class TestMoments:
    """The states of all agents when something was decided, kept as one link of the chain of changes."""

    def test_an_explanation_stays_as_it_was(self) -> None:
        """Whatever the agents do afterwards."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        decision = dispatcher.arrive(item("c"), at=NINE)
        before = decision.explain().to_dict()
        dispatcher.accept(decision.offers[0], at=NINE)
        dispatcher.sign_out("bruno", at=NINE)
        dispatcher.complete("c", at=NINE.add(hours=1))

        assert decision.explain().to_dict() == before

    def test_the_states_are_a_mapping(self) -> None:
        """By id, in the order of the agents; a copy of it stands on its own."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        states = engine_of(dispatcher).agents.moment()
        expected = {name: dispatcher.agent_state(name) for name in ("anna", "bruno")}
        dispatcher.sign_out("anna", at=NINE)
        dispatcher.sign_in("anna", at=NINE.add(seconds=1))

        assert [*states] == ["anna", "bruno"]
        assert len(states) == 2
        assert states["anna"] == expected["anna"] != dispatcher.agent_state("anna")
        assert dict(states) == copy.copy(states) == expected

    def test_nothing_is_copied_for_what_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The states are worked out when somebody looks."""
        dispatcher = office(*(agent(f"a-{number}") for number in range(50)))
        counted = Counted(monkeypatch, (type(engine_of(dispatcher).agents.moment()), "_states"))
        decisions = [dispatcher.arrive(item(f"c-{number}"), at=NINE) for number in range(50)]
        assert counted.times["_states"] == 0

        assert len(decisions[0].explain().eligibilities) == 50
        assert counted.times["_states"] == 1

    def test_a_long_chain_is_let_go_without_recursion(self) -> None:
        """Ten thousand changes behind one decision."""
        dispatcher = signed_in(agent("anna"))
        decision = dispatcher.arrive(item("c"), at=NINE)
        for _ in range(5_000):
            dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE)
            dispatcher.set_status("anna", AgentStatus.AVAILABLE, at=NINE)
        assert decision.explain().eligibilities[0].is_chosen
        del decision, dispatcher
