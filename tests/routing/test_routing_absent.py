"""A step that need not wait for people who are not there."""

import json
from datetime import timedelta
from typing import Any

import pytest
from engine_room import waits_for_agents
from routing_office import NINE, after

from ticontact.contacts import Channel
from ticontact.errors import ConfigurationError
from ticontact.hours import BusinessCalendar, Week
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Dispatcher,
    Queue,
    Requirement,
    RoutingDecision,
    WorkItem,
    any_agent,
    decide,
    exclude,
    prefer,
    require,
    require_language,
    widen,
)
from ticontact.routing.rules import load

MINUTE = timedelta(minutes=1)
GOLD = require("gold").relax(after=MINUTE, to=require("all"), or_if_absent=True)
VOICE = Channel.named("voice")
PEOPLE = [
    Agent(id="gina", skills=["gold", "all"]),
    Agent(id="hugo", skills=["all"]),
    Agent(id="ines", skills=["gold"], limits={"voice": 0}),
]


def call(name: str = "c", wish: Requirement = GOLD) -> WorkItem:
    """A call that asks for something."""
    return WorkItem(id=name, channel=VOICE, requirement=wish)


def office(*present: str, people: list[Agent] = PEOPLE, **arguments: Any) -> Dispatcher:
    """An office in which some are there, the first one longest."""
    dispatcher = Dispatcher(agents=people, **arguments)
    for number, name in enumerate(present):
        dispatcher.sign_in(name, at=after(-90 + number))
    return dispatcher


def asked(decision: RoutingDecision) -> list[tuple[str, str]]:
    """Who is asked for what."""
    return [(offer.agent, offer.item) for offer in decision.offers]


class TestArrival:
    """Whether a step holds at once."""

    def test_nobody_is_waited_for_who_is_not_there(self) -> None:
        """No gold agent is at work: the second step holds from the start."""
        assert asked(office("hugo").arrive(call(), at=NINE)) == [("hugo", "c")]

    def test_who_is_there_is_waited_for_with_hands_full(self) -> None:
        """Gina talks: the step comes in its time."""
        dispatcher = office("gina", "hugo")
        [offer] = dispatcher.arrive(call("first"), at=after(-1)).offers
        dispatcher.accept(offer, at=after(-1))

        assert asked(dispatcher.arrive(call(), at=NINE)) == []
        assert asked(dispatcher.advance(at=after(59))) == []
        assert asked(dispatcher.advance(at=after(60))) == [("hugo", "c")]

    def test_a_step_that_does_not_say_so_waits_for_the_absent(self) -> None:
        """It is the step that says so, not the office."""
        wish = require("gold").relax(after=MINUTE, to=require("all"))

        assert asked(office("hugo").arrive(call(wish=wish), at=NINE)) == []

    @pytest.mark.parametrize("status", [AgentStatus.BREAK, AgentStatus.OFFLINE, AgentStatus.MEETING])
    def test_who_takes_no_work_is_not_there(self, status: AgentStatus) -> None:
        """To be signed in is not enough."""
        dispatcher = office("gina", "hugo")
        dispatcher.set_status("gina", status, at=after(-1))

        assert asked(dispatcher.arrive(call(), at=NINE)) == [("hugo", "c")]

    def test_who_does_not_take_the_channel_is_not_there_for_it(self) -> None:
        """Ines has the skill, and takes no calls."""
        assert asked(office("ines", "hugo").arrive(call(), at=NINE)) == [("hugo", "c")]

    @pytest.mark.parametrize(
        "also",
        [exclude(["gina"]), require_language("de"), require("asylum")],
        ids=["excluded", "language", "other skill"],
    )
    def test_all_that_is_asked_counts(self, also: Requirement) -> None:
        """Gina is there, and may not take this call: nobody is waited for, and the rest still holds."""
        people = [PEOPLE[0], Agent(id="hugo", skills=["all", "asylum"], languages=["de"])]

        assert asked(office("gina", "hugo", people=people).arrive(call(wish=GOLD & also), at=NINE)) == [("hugo", "c")]

    def test_steps_come_in_their_order(self) -> None:
        """A step that waits holds up a later one that would not; when its time has come, the later one comes too."""
        wish = (
            require("gold")
            .relax(after=MINUTE, to=require("silver"))
            .relax(after=2 * MINUTE, to=require("all"), or_if_absent=True)
        )
        dispatcher = office("hugo")

        assert asked(dispatcher.arrive(call(wish=wish), at=NINE)) == []
        assert asked(dispatcher.advance(at=after(59))) == []
        assert asked(dispatcher.advance(at=after(60))) == [("hugo", "c")]

    def test_several_steps_come_at_once(self) -> None:
        """Nobody has gold, nobody silver."""
        wish = (
            require("gold")
            .relax(after=MINUTE, to=require("silver"), or_if_absent=True)
            .relax(after=2 * MINUTE, to=require("all"), or_if_absent=True)
            .relax(after=3 * MINUTE, to=any_agent)
        )
        dispatcher = office("ines", "hugo", people=[*PEOPLE[1:2], Agent(id="ines")])
        decision = dispatcher.arrive(call(wish=wish), at=NINE)

        assert asked(decision) == [("hugo", "c")]
        assert {each.agent: each.is_fit for each in decision.explain().eligibilities} == {"hugo": True, "ines": False}

    def test_a_wish_that_anybody_meets_is_attended(self) -> None:
        """Where somebody may take it already, no step comes early."""
        wish = require("gold").relax(after=MINUTE, to=any_agent, or_if_absent=True)
        dispatcher = office("gina", "hugo")
        decision = dispatcher.arrive(call(wish=wish), at=NINE)

        assert asked(decision) == [("gina", "c")]
        assert {each.agent for each in decision.explain().eligibilities if each.is_fit} == {"gina"}

    def test_a_step_may_narrow_early(self) -> None:
        """What it lets in is all there is then."""
        wish = require("gold").relax(after=MINUTE, to=require("all"), or_if_absent=True, narrowing=True)

        assert asked(office("hugo").arrive(call(wish=wish), at=NINE)) == [("hugo", "c")]

    def test_by_open_time_too(self) -> None:
        """The time that is skipped is that of both clocks."""
        wish = require("gold").relax(after=MINUTE, to=require("all"), clock="open", or_if_absent=True)

        assert asked(office("hugo").arrive(call(wish=wish), at=NINE)) == [("hugo", "c")]

    def test_a_step_that_has_come_by_one_clock_makes_no_other_early(self) -> None:
        """In the queue's closed hours the first step comes in elapsed time, the second waits for open time."""
        closed = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Sa 08:00-12:00"))
        wish = (
            require("gold")
            .relax(after=MINUTE, to=require("silver"), or_if_absent=True)
            .relax(after=MINUTE, to=require("all"), clock="open")
        )
        people = [PEOPLE[0], Agent(id="hugo", skills=["all"], capacity=2)]
        dispatcher = office("gina", "hugo", people=people, queues=[Queue(id="calls", calendar=closed)])
        dispatcher.arrive(call("in hand"), at=after(-5))
        dispatcher.arrive(WorkItem(id="c", channel=VOICE, requirement=wish, queue="calls"), at=NINE)
        dispatcher.advance(at=after(61))

        assert asked(dispatcher.sign_out("gina", at=after(62))) == [("hugo", "in hand")]
        assert dispatcher.waiting() == ("in hand", "c")

    def test_the_whole_is_widened_early(self) -> None:
        """`widen` knows it too."""
        wish = require("gold") & widen(after=MINUTE, to=require("all"), or_if_absent=True)

        assert asked(office("hugo").arrive(call(wish=wish), at=NINE)) == [("hugo", "c")]
        assert asked(office("gina", "hugo").arrive(call(wish=wish), at=NINE)) == [("gina", "c")]

    def test_a_call_that_comes_late_looks_when_its_time_has_come(self) -> None:
        """Before the slot nobody is looked for, so nobody is missing."""
        dispatcher = office("gina", "hugo")
        item = WorkItem(id="c", channel=VOICE, requirement=GOLD, not_before=after(300))
        dispatcher.arrive(item, at=NINE)
        dispatcher.sign_out("gina", at=after(100))
        dispatcher.sign_in("gina", at=after(200))

        assert asked(dispatcher.advance(at=after(300))) == [("gina", "c")]


class TestLeaving:
    """What becomes of those who wait when somebody goes."""

    def waiting(self, *names: str, wish: Requirement = GOLD, **arguments: Any) -> Dispatcher:
        """Gina talks, and these calls wait for her."""
        dispatcher = office("gina", "hugo", **arguments)
        [offer] = dispatcher.arrive(call("in hand"), at=after(-5)).offers
        dispatcher.accept(offer, at=after(-5))
        for name in names:
            assert asked(dispatcher.arrive(call(name, wish), at=NINE)) == []
        return dispatcher

    def test_the_last_one_goes(self) -> None:
        """From that moment on nobody is waited for in vain."""
        dispatcher = self.waiting("c")

        assert asked(dispatcher.sign_out("gina", at=after(10))) == [("hugo", "c")]
        assert asked(dispatcher.sign_in("gina", at=after(11))) == []

    def test_the_last_one_is_lost(self) -> None:
        """What she had in hand comes first, and waits for nobody either."""
        dispatcher = self.waiting("c")
        dispatcher.disconnect("ines", at=after(5))
        [offer] = dispatcher.disconnect("gina", at=after(10)).offers
        dispatcher.accept(offer, at=after(11))

        assert (offer.agent, offer.item) == ("hugo", "in hand")
        assert asked(dispatcher.complete("in hand", at=after(12))) == [("hugo", "c")]

    def test_all_that_waits_is_let_in(self) -> None:
        """In its order, as far as there is room."""
        people = [PEOPLE[0], Agent(id="hugo", skills=["all"], capacity=2)]
        dispatcher = self.waiting("b", "c", "d", people=people)

        assert asked(dispatcher.set_status("gina", AgentStatus.BREAK, at=after(10))) == [("hugo", "b"), ("hugo", "c")]

    def test_somebody_else_is_still_there(self) -> None:
        """The step waits for the other one."""
        people = [*PEOPLE[:2], Agent(id="gino", skills=["gold"])]
        dispatcher = office("gina", "gino", "hugo", people=people)
        for name in ("one", "two"):
            [offer] = dispatcher.arrive(call(name), at=after(-5)).offers
            dispatcher.accept(offer, at=after(-5))
        dispatcher.arrive(call(), at=NINE)

        assert asked(dispatcher.sign_out("gina", at=after(10))) == []
        assert asked(dispatcher.sign_out("gino", at=after(20))) == [("hugo", "c")]

    def test_what_does_not_ask_the_same_is_looked_at_apart(self) -> None:
        """Of two calls one may go to Gino, who is there."""
        people = [*PEOPLE[:2], Agent(id="gino", skills=["gold"])]
        dispatcher = office("gina", "gino", "hugo", people=people)
        for name in ("one", "two"):
            [offer] = dispatcher.arrive(call(name), at=after(-5)).offers
            dispatcher.accept(offer, at=after(-5))
        dispatcher.arrive(call("gino may"), at=NINE)
        dispatcher.arrive(call("gino may not", GOLD & exclude(["gino"])), at=NINE)

        assert asked(dispatcher.sign_out("gina", at=after(10))) == [("hugo", "gino may not")]

    def test_a_step_that_has_come_stays(self) -> None:
        """Gina comes back, has her hands full at once, and Hugo may still take the call."""
        dispatcher = self.waiting("c", people=[*PEOPLE[:1], Agent(id="hugo", skills=["all"])])
        [offer] = dispatcher.sign_out("gina", at=after(10)).offers
        dispatcher.sign_in("gina", at=after(11))
        dispatcher.set_status("hugo", AgentStatus.BREAK, at=after(12))

        assert offer.agent == "hugo"
        assert asked(dispatcher.sign_in("hugo", at=after(13))) == [("hugo", "c")]

    def test_who_does_not_answer_is_not_there(self) -> None:
        """The offer expires, and with it Gina is not responding: the other call need not wait for her either."""
        people = [PEOPLE[0], Agent(id="hugo", skills=["all"], capacity=2)]
        dispatcher = office("gina", "hugo", people=people, ring_for=timedelta(seconds=20))
        dispatcher.arrive(call("b"), at=NINE)
        assert asked(dispatcher.arrive(call("c"), at=NINE)) == []

        assert asked(dispatcher.advance(at=after(20))) == [("hugo", "b"), ("hugo", "c")]

    def test_who_has_declined_counts_as_absent(self) -> None:
        """The next step comes at once, as it does whenever all have declined; given back, it is the same."""
        dispatcher = office("gina", "hugo")
        [offer] = dispatcher.arrive(call(), at=NINE).offers

        assert asked(dispatcher.decline(offer, at=after(5))) == [("hugo", "c")]

        dispatcher = office("gina", "hugo")
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)

        assert asked(dispatcher.requeue("c", at=after(5))) == [("hugo", "c")]

    def test_a_skill_is_taken_away(self) -> None:
        """The supervisor changes what Gina can do for today."""
        dispatcher = self.waiting("c")
        decision = dispatcher.change_agent(Agent(id="gina"), by="sup", because="first day", at=after(10))

        assert asked(decision) == [("hugo", "c")]

    def test_it_is_kept_for_somebody_who_goes(self) -> None:
        """The wish for Gina ends with her going, and so does the wait for gold."""
        dispatcher = self.waiting("c", wish=GOLD & prefer("gina", reserve_for=MINUTE))

        assert asked(dispatcher.sign_out("gina", at=after(10))) == [("hugo", "c")]

    def test_what_rings_or_is_over_waits_for_nobody(self) -> None:
        """Nothing is remembered of calls that do not wait any more."""
        dispatcher = self.waiting("gone", "taken")
        dispatcher.cancel("gone", at=after(1))
        dispatcher.complete("in hand", at=after(2))

        assert asked(dispatcher.sign_out("hugo", at=after(3))) == []
        assert waits_for_agents(dispatcher) == 0

    def test_a_step_whose_time_has_come_is_waited_for_no_more(self) -> None:
        """Nothing is remembered of it either."""
        dispatcher = self.waiting("c", people=PEOPLE[:2])
        [offer] = dispatcher.arrive(call("hugo's", require("all")), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        assert waits_for_agents(dispatcher) == 1
        dispatcher.advance(at=after(60))

        assert waits_for_agents(dispatcher) == 0

    def test_a_snapshot_knows_it(self) -> None:
        """The restored dispatcher waits for Gina, and not without her."""
        data = json.loads(json.dumps(self.waiting("c").snapshot()))
        dispatcher = Dispatcher(agents=PEOPLE)
        dispatcher.restore(data)

        assert dispatcher.snapshot() == data
        assert asked(dispatcher.sign_out("gina", at=after(10))) == [("hugo", "c")]

    def test_a_consult_goes_past_the_absent(self) -> None:
        """The search for an official is a search like any other."""
        dispatcher = office("hugo", "gina")
        [offer] = dispatcher.arrive(call("c", require("all") & ~require("gold")), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        wish = require("judge").relax(after=MINUTE, to=require("gold"), or_if_absent=True)

        assert asked(dispatcher.consult("c", wish, at=after(5))) == [("gina", "c")]

    def test_all_have_declined_and_there_is_a_fallback(self) -> None:
        """An early step is a step: the fallback comes after it, where the queue says so."""
        dispatcher = office("hugo", queues=[Queue(id="calls", fallback="call back", overflow_when_declined=True)])
        item = WorkItem(id="c", channel=VOICE, requirement=GOLD, queue="calls")
        [offer] = dispatcher.arrive(item, at=NINE).offers
        decision = dispatcher.decline(offer, at=after(5))

        assert [(each.item, each.because) for each in decision.overflowed] == [("c", "all_declined")]


class TestPureFunction:
    """`decide` looks at who is there, and knows of no past."""

    @pytest.mark.parametrize(
        ("status", "expected"), [(AgentStatus.OFFLINE, [("hugo", "c")]), (AgentStatus.AVAILABLE, [("gina", "c")])]
    )
    def test_who_is_there_counts(self, status: AgentStatus, expected: list[tuple[str, str]]) -> None:
        """Gina is there, or not."""
        agent_states = [AgentState(agent=PEOPLE[0], status=status), AgentState(agent=PEOPLE[1])]

        assert asked(decide([call()], agent_states, at=NINE)) == expected

    def test_the_explanation_says_what_holds(self) -> None:
        """What is still to come is counted from the entry, and what came early is no more to come."""
        wish = GOLD.relax(after=2 * MINUTE, to=any_agent)
        item = WorkItem(id="c", channel=VOICE, requirement=wish, entered_at=after(-30))
        [ines] = [AgentState(agent=PEOPLE[2])]
        waits = decide([item], [ines], at=NINE).explain("c").waits

        assert waits is not None
        assert [each.within for each in waits.remedies if each.kind == "step"] == [timedelta(seconds=90)]


class TestWords:
    """How it is said."""

    def test_in_toml(self) -> None:
        """A step of a rule says so."""
        [rule] = load(
            '[[rule]]\nname = "gold"\nthen = { require.gold = 1, relax = ['
            '{ after = "1min", require.all = 1, or_if_absent = true }, { after = "2min", require.x = 1 }] }'
        )

        assert GOLD.relax(after=2 * MINUTE, to=require("x")) == rule(call(), at=NINE)

    @pytest.mark.parametrize("narrowing", ["", "then.narrowing = true\n"])
    def test_a_rule_that_holds_after_some_waiting(self, narrowing: str) -> None:
        """Such a rule says so in its `then`."""
        [rule] = load(
            f'[[rule]]\nname = "later"\nwhen.waited.min = "1min"\n{narrowing}'
            "then.require.all = 1\nthen.or_if_absent = true"
        )
        expected = (
            any_agent.relax(after=MINUTE, to=require("all"), narrowing=True, or_if_absent=True)
            if narrowing
            else widen(after=MINUTE, to=require("all"), or_if_absent=True)
        )

        assert expected == rule(call(), at=NINE)

    def test_in_toml_it_is_true_or_false(self) -> None:
        """Anything else is a fault with its place."""
        with pytest.raises(ConfigurationError) as refused:
            load('[[rule]]\nname = "gold"\nthen.relax = [{ after = "1min", require.all = 1, or_if_absent = "yes" }]')

        assert str(refused.value) == "rule[1].then.relax[1].or_if_absent: str was given (allowed: true or false)"

    def test_it_makes_another_requirement(self) -> None:
        """Two steps that differ in this are two."""
        assert require("gold").relax(after=MINUTE, to=require("all")) != GOLD
