"""Exactly at a limit, and what is counted against it: units, places in a queue, wrap-ups that nobody asked for."""

from datetime import timedelta
from typing import Any

import attrs
import pytest
from routing_office import NINE, agent, in_hand, item, offered, signed_in, states

from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Assignment,
    AssignmentState,
    CounterCallPolicy,
    Dispatcher,
    IneligibleReason,
    Offer,
    Queue,
    Requirement,
    RoutingExplanation,
    RoutingRule,
    WorkItem,
    WrapUp,
    any_agent,
    best_match,
    decide,
    first_of,
    prefer,
    require,
    require_language,
)
from ticontact.routing.strategies import least_occupied, occupancy, ring_by_ring, round_robin, weighted_random

LATER = NINE.add(minutes=1)
OPTIONAL = WrapUp("optional", timedelta(minutes=5))


class TestPlacesInAQueue:
    """Every way into a queue and out of it is counted against its limit."""

    def office(self, *, limit: int) -> Dispatcher:
        """Two agents, a queue that is short, and another one."""
        queues = [Queue(id="q", limit=limit, fallback="f"), Queue(id="other")]
        dispatcher = Dispatcher(agents=[agent("anna"), agent("bruno")], queues=queues)
        for name in ("anna", "bruno"):
            dispatcher.sign_in(name, at=NINE)
        return dispatcher

    def test_what_is_given_back_takes_a_place(self) -> None:
        """Two given back fill a queue of two."""
        dispatcher = self.office(limit=2)
        for name in ("one", "two"):
            in_hand(dispatcher, item(name, queue="q"))
        for name in ("anna", "bruno"):
            dispatcher.sign_out(name, at=LATER)
        for name in ("one", "two"):
            dispatcher.requeue(name, at=LATER)

        assert [each.because for each in dispatcher.arrive(item("three", queue="q"), at=LATER).overflowed] == ["limit"]

    def test_what_is_given_back_takes_one_place(self) -> None:
        """Another one may wait beside it."""
        dispatcher = self.office(limit=2)
        in_hand(dispatcher, item("one", queue="q"))
        for name in ("anna", "bruno"):
            dispatcher.sign_out(name, at=LATER)
        dispatcher.requeue("one", at=LATER)

        assert dispatcher.arrive(item("two", queue="q"), at=LATER).overflowed == ()

    def test_each_that_is_moved_takes_one_place(self) -> None:
        """Two of three places are taken then."""
        dispatcher = self.office(limit=3)
        for name in ("anna", "bruno"):
            dispatcher.sign_out(name, at=NINE)
        for name in ("one", "two"):
            dispatcher.arrive(item(name, queue="other"), at=NINE)
        for name in ("one", "two"):
            dispatcher.change_queue(name, "q", by="carla", because="wrong queue", at=LATER)

        assert dispatcher.arrive(item("three", queue="q"), at=LATER).overflowed == ()
        assert len(dispatcher.arrive(item("four", queue="q"), at=LATER).overflowed) == 1

    def test_what_is_moved_leaves_its_place(self) -> None:
        """One more may wait, and not two; where it goes it takes one."""
        dispatcher = self.office(limit=1)
        for name in ("anna", "bruno"):
            dispatcher.sign_out(name, at=NINE)
        dispatcher.arrive(item("one", queue="q"), at=NINE)
        dispatcher.change_queue("one", "other", by="carla", because="wrong queue", at=LATER)

        assert dispatcher.arrive(item("two", queue="q"), at=LATER).overflowed == ()
        assert len(dispatcher.arrive(item("three", queue="q"), at=LATER).overflowed) == 1

        dispatcher.cancel("two", at=LATER)
        dispatcher.change_queue("one", "q", by="carla", because="right after all", at=LATER)
        assert len(dispatcher.arrive(item("four", queue="q"), at=LATER).overflowed) == 1


def test_a_timed_wrap_up_is_timed() -> None:
    """The short way to say it says the same."""
    assert WrapUp.timed(timedelta(seconds=20)) == WrapUp("timed", timedelta(seconds=20))


class TestOptionalWrapUp:
    """Where a wrap-up is optional, only who ends a conversation asks for it."""

    @pytest.mark.parametrize(
        ("verb", "more", "expected"),
        [
            ("complete", {"wants_wrap_up": True}, {"call": AssignmentState.WRAP_UP}),
            ("complete", {}, {}),
            ("cancel", {}, {}),
        ],
    )
    def test_at_the_end(self, verb: str, more: dict[str, Any], expected: dict[str, AssignmentState]) -> None:
        """Not when the citizen is gone, unless asked for."""
        dispatcher = signed_in(agent("anna", wrap_up=OPTIONAL))
        in_hand(dispatcher, item("call"))
        getattr(dispatcher, verb)("call", at=LATER, **more)

        assert expected == states(dispatcher, "anna")

    def test_when_it_is_given_back(self) -> None:
        """The agent is idle at once."""
        dispatcher = signed_in(agent("anna", wrap_up=OPTIONAL))
        in_hand(dispatcher, item("call"))
        dispatcher.requeue("call", at=LATER)

        assert states(dispatcher, "anna") == {}

    @pytest.mark.parametrize("verb", ["hand_over", "end_consult"])
    def test_at_the_end_of_a_conference(self, verb: str) -> None:
        """Neither for the operator who leaves nor for the official."""
        dispatcher = signed_in(agent("anna", wrap_up=OPTIONAL), agent("otto", skills=["law"], wrap_up=OPTIONAL))
        in_hand(dispatcher, item("call", requirement=any_agent))
        [offer] = dispatcher.consult("call", require("law"), at=LATER).offers
        dispatcher.accept(offer, at=LATER)
        dispatcher.confer("call", at=LATER)
        getattr(dispatcher, verb)("call", at=LATER)
        stays = {"hand_over": "otto", "end_consult": "anna"}[verb]

        assert {name: len(states(dispatcher, name)) for name in ("anna", "otto")} == {
            name: int(name == stays) for name in ("anna", "otto")
        }


class TestDecidingOnce:
    """`decide` gives each its offers as the stateful dispatcher would."""

    def agent_state(self, name: str, **more: Any) -> AgentState:
        """Somebody who is there."""
        return AgentState(agent=agent(name, **more), status=AgentStatus.AVAILABLE)

    def test_what_was_given_counts(self) -> None:
        """Against the units, and against the limit of a channel."""
        waiting = [item(f"call-{number}") for number in range(3)] + [item("mail", "email")]
        staff = [self.agent_state("anna", capacity=3, limits={"voice": 2})]

        assert offered(decide(waiting, staff, at=NINE)) == [("call-0", "anna"), ("call-1", "anna"), ("mail", "anna")]

    def test_in_turn(self) -> None:
        """Round robin goes round, among three with room for two."""
        staff = [self.agent_state(name, capacity=2) for name in ("anna", "bruno", "carla")]
        waiting = [item(f"c-{number}") for number in range(6)]
        names = [name for _, name in offered(decide(waiting, staff, at=NINE, strategy=round_robin))]

        assert names == ["anna", "bruno", "carla"] * 2

    def test_who_was_given_something_is_being_offered_it(self) -> None:
        """The second call hears so."""
        decision = decide([item("c-1"), item("c-2")], [self.agent_state("anna")], at=NINE)

        assert [eligibility.reason.why for eligibility in decision.explain("c-2").eligibilities] == [
            IneligibleReason.BEING_OFFERED
        ]
        assert decision.explain().item == "c-1"

    def test_a_step_that_comes_early_keeps_the_hold(self) -> None:
        """Nobody can do it at level 5, so level 1 will do at once; but it is kept for Bruno, who is busy."""
        wish = require("a", level=5).relax(after=timedelta(minutes=5), to=require("a"), or_if_absent=True)
        busy = Assignment("other", "voice", 1, AssignmentState.ACTIVE, 0)
        staff = [self.agent_state("anna", skills=["a"]), self.agent_state("bruno", skills=["a"])]
        staff[1] = attrs.evolve(staff[1], assignments=(busy,))
        kept = wish & prefer("bruno", reserve_for=timedelta(minutes=10))

        assert offered(decide([item("c-1", requirement=wish)], staff, at=NINE)) == [("c-1", "anna")]
        assert offered(decide([item("c-1", requirement=kept)], staff, at=NINE)) == []

    def test_at_the_very_instant_of_a_slot(self) -> None:
        """It is due; offers are those of a first round, and the decision bears the instant."""
        work = item("booked", not_before=NINE)
        decision = decide([work], [self.agent_state("anna")], at=NINE)

        assert decision.offers == (Offer("booked", "anna", 1),)
        assert (decision.at, decision.warnings) == (NINE, ())

    def test_a_rule_hears_the_instant(self) -> None:
        """In the zone of the office; so do rules in a list of rules."""
        heard: list[Any] = []

        def listening(_: WorkItem, /, *, at: Any) -> Requirement:
            heard.append(at)
            return any_agent

        rules: list[RoutingRule] = [listening, first_of(listening)]
        decide([item("c-1")], [self.agent_state("anna")], rules=rules, at=NINE)

        first_of(listening)(item("c-1"), at=NINE)

        assert heard == [NINE] * 3
        assert [each.timezone_name for each in heard] == ["Europe/Zurich"] * 3


class TestStrategies:
    """What a strategy compares, at its limits."""

    def test_at_the_instant_of_signing_in_nobody_is_occupied(self) -> None:
        """Who has just come goes before who has had work for half the time."""
        dispatcher = signed_in(agent("anna"), agent("bruno"), strategy=least_occupied)
        in_hand(dispatcher, item("first"))
        dispatcher.complete("first", at=LATER)
        dispatcher.sign_out("bruno", at=LATER)
        dispatcher.sign_in("bruno", at=LATER)

        assert offered(dispatcher.arrive(item("second"), at=LATER)) == [("second", "bruno")]

    def test_nobody_has_worked_so_the_longest_idle_goes_first(self) -> None:
        """However long each has been there."""
        dispatcher = signed_in(agent("anna"), agent("bruno"), strategy=least_occupied)
        dispatcher.sign_out("bruno", at=NINE)
        dispatcher.sign_in("bruno", at=NINE.add(seconds=10))
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE.add(seconds=20))
        dispatcher.set_status("anna", AgentStatus.AVAILABLE, at=NINE.add(seconds=20))

        assert offered(dispatcher.arrive(item("call"), at=LATER)) == [("call", "bruno")]

    def test_occupied_from_the_first_moment(self) -> None:
        """Of one microsecond, that one."""
        assert occupancy(AgentState(agent=agent("anna"), busy_since=0), 1) == 1.0

    def test_rings_by_open_time_are_rings(self) -> None:
        """The clocks of the steps are taken as one."""
        wish = require("a", level=5).relax(after=timedelta(seconds=30), to=require("a"), clock="open")
        profiles = [agent("x", skills={"a": level}).profile for level in (5, 1)]

        assert [ring_by_ring.fit(profile, wish) for profile in profiles] == [(0,), (1,)]

    def test_who_fits_no_ring_comes_last(self) -> None:
        """A supervisor gives it to somebody who does not fit; the key is a number all the same."""
        wish = require("a", level=5).relax(after=timedelta(seconds=30), to=require("a"))
        profiles = [
            agent(name, skills=skills).profile for name, skills in (("x", {"a": 5}), ("y", {"a": 1}), ("z", {}))
        ]

        assert [ring_by_ring.fit(profile, wish) for profile in profiles] == [(0,), (1,), (2,)]

    @pytest.mark.parametrize("seed", ["", "s"])
    def test_a_lottery_can_be_repeated(self, seed: str) -> None:
        """The draw is by name, by seed and by item, lies between -1 and 0, and changes from item to item."""
        strategy = weighted_random(seed)
        agent_state = AgentState(agent=agent("anna"), status=AgentStatus.AVAILABLE)
        draws = [strategy.order(agent_state, f"c-{number}", 0)[0] for number in range(50)]

        assert (strategy.name, strategy.steady) == ("weighted_random", False)
        assert all(-1 <= draw < 0 for draw in draws)
        assert len(set(draws)) == len(draws)

    def test_twice_the_share_wins_twice_as_often(self) -> None:
        """Of three thousand draws two thousand, but for chance."""
        strategy = weighted_random("s")
        staff = [AgentState(agent=agent(name, share=share)) for name, share in (("anna", 1), ("bruno", 2))]
        won = sum(
            min(staff, key=lambda each: strategy.order(each, f"c-{number}", 0)).agent.id == "bruno"
            for number in range(3_000)
        )

        assert 1_900 < won < 2_100

    def test_the_first_language_goes_first(self) -> None:
        """Who speaks the first of several, at the level asked for, before who speaks the second."""
        staff = [
            AgentState(agent=Agent(id="anna", languages={"de": 10, "it": 2}), status=AgentStatus.AVAILABLE),
            AgentState(agent=Agent(id="bruno", languages={"de": 10, "it": 6}), status=AgentStatus.AVAILABLE),
        ]
        decision = decide([item("c-1", requirement=require_language("it", "de", level=5))], staff, at=NINE)

        assert offered(decision) == [("c-1", "bruno")]


class TestMatching:
    """Whole batches, at their edges."""

    @pytest.mark.parametrize(
        ("scores", "expected"),
        [
            ({}, {}),
            ({"anna": {}}, {}),
            ({"anna": {"x": 1.0}, "bruno": {"x": 1.0}}, {"anna": "x"}),
            ({"anna": {"x": 9.0, "y": 8.0}, "bruno": {"x": 8.0, "y": 1.0}}, {"anna": "y", "bruno": "x"}),
        ],
        ids=["nobody", "nothing", "more agents than items", "as many"],
    )
    def test_small_ones(self, scores: dict[str, dict[str, float]], expected: dict[str, str]) -> None:
        """Nobody, nothing, and one too many."""
        assert expected == dict(best_match(scores))


class TestExplaining:
    """Exactly where the words change."""

    def test_the_chosen_then_the_free_then_the_others(self) -> None:
        """Each group by id, whatever the order of the names."""
        staff = [agent("zora"), agent("anna"), agent("bruno"), agent("carla"), agent("dario")]
        dispatcher = Dispatcher(agents=staff)
        for name in ("zora", "dario", "bruno"):
            dispatcher.sign_in(name, at=NINE)
        decision = dispatcher.arrive(item("c-1"), at=NINE)
        [offer] = decision.offers

        eligibilities = decision.explain().eligibilities
        free = sorted({"zora", "dario", "bruno"} - {offer.agent})
        assert [each.agent for each in eligibilities] == [offer.agent, *free, "anna", "carla"]
        assert [each.to_dict()["why"] for each in eligibilities] == ["chosen", *["not_first"] * 2, *["not_present"] * 2]

    def test_who_was_not_first_hears_by_what(self) -> None:
        """By what the strategy compares."""
        staff = [AgentState(agent=agent(name), status=AgentStatus.AVAILABLE) for name in ("anna", "bruno")]
        for strategy in (round_robin, weighted_random("s")):
            explanation = decide([item("c-1")], staff, at=NINE, strategy=strategy).explain()
            told = [each for each in explanation.eligibilities if not each.is_chosen]

            assert [(each.reason.why.value, set(each.reason.values)) for each in told] == [("not_first", {"by"})]

    def test_a_strategy_of_a_department_is_called_by_its_name(self) -> None:
        """There are no words of ours for it."""
        mine = attrs.evolve(round_robin, name="by the calendar")
        staff = [AgentState(agent=agent("anna"), status=AgentStatus.AVAILABLE)]
        [eligibility] = decide([item("c-1")], staff, at=NINE, strategy=mine).explain().eligibilities

        assert eligibility.to_dict()["values"] == {"by": "by the calendar"}

    def test_occupancy_is_said_in_percent(self) -> None:
        """In each language's way."""
        staff = [AgentState(agent=agent("anna"), status=AgentStatus.AVAILABLE)]
        decision = decide([item("c-1")], staff, at=NINE, strategy=least_occupied)
        [eligibility] = decision.explain().eligibilities
        by: Any = eligibility.reason.values["by"]

        assert [
            ("0" in by.text(language), "None" in by.text(language)) for language in ("it", "de", "fr", "rm", "en")
        ] == [(True, False)] * 5

    @pytest.mark.parametrize("verb", ["requeue", "no_show", "decline"])
    def test_a_decision_explains_first_what_it_is_about(self, verb: str) -> None:
        """Not the other piece of work, which the agent who comes free gets at the same instant."""
        queue = Queue(id="desk", calling=CounterCallPolicy(calls=1))
        dispatcher = Dispatcher(agents=[agent("anna")], queues=[queue])
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("about", "counter", queue="desk"), at=NINE).offers
        dispatcher.arrive(item("other", "counter", queue="desk"), at=NINE)
        if verb == "decline":
            decision = dispatcher.decline(offer, at=LATER)
        else:
            dispatcher.accept(offer, at=NINE)
            decision = getattr(dispatcher, verb)("about", at=LATER)

        assert offered(decision) == [("other", "anna")]
        assert [*decision.assessments] == ["about", "other"]
        assert decision.explain().item == "about"

    def test_a_decision_about_nothing_explains_nothing(self) -> None:
        """Nobody is named."""
        decision = Dispatcher(agents=[]).advance(at=NINE)

        assert decision.explain() == RoutingExplanation(item="", eligibilities=())
        assert decision.explain("c-9") == RoutingExplanation(item="c-9", eligibilities=())
