"""What signing in, a break and an answer do to how an agent stands, and what a decision says of it."""

from datetime import datetime, timedelta
from typing import Any

from routing_office import NINE, agent, in_hand, item, offered, office, signed_in

from ticontact._time import to_epoch
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Dispatcher,
    Queue,
    Requirement,
    WorkItem,
    any_agent,
    prefer,
    require,
    weighted,
)

MINUTE = timedelta(minutes=1)


class TestOccupancy:
    """It is counted since the agent came."""

    def worked(self) -> Dispatcher:
        """Anna is there since nine, and had a call for a minute."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("first"))
        dispatcher.complete("first", at=NINE + MINUTE)
        return dispatcher

    def counted(self, agent_state: AgentState) -> tuple[int, int]:
        """Since when the agent is there, and for how long there was work in hand."""
        return agent_state.signed_in_at, agent_state.occupied

    def test_a_new_day_begins_anew(self) -> None:
        """Who has gone and comes again has had no work yet."""
        dispatcher = self.worked()
        dispatcher.sign_out("anna", at=NINE + 2 * MINUTE)
        dispatcher.sign_in("anna", at=NINE + 3 * MINUTE)

        assert self.counted(dispatcher.agent_state("anna")) == (to_epoch(NINE + 3 * MINUTE), 0)

    def test_after_a_break_the_day_goes_on(self) -> None:
        """The agent was there all the while."""
        dispatcher = self.worked()
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE + 2 * MINUTE)
        dispatcher.set_status("anna", AgentStatus.AVAILABLE, at=NINE + 3 * MINUTE)

        assert self.counted(dispatcher.agent_state("anna")) == (to_epoch(NINE), 60_000_000)

    def test_who_comes_back_may_miss_as_many_offers_as_before(self) -> None:
        """One missed, a break, and one more missed are not two in a row."""
        dispatcher = signed_in(agent("anna"), ring_for=MINUTE, misses_allowed=2)
        dispatcher.arrive(item("call"), at=NINE)
        dispatcher.advance(at=NINE + MINUTE)
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE + MINUTE)
        dispatcher.set_status("anna", AgentStatus.AVAILABLE, at=NINE + MINUTE)
        dispatcher.advance(at=NINE + 2 * MINUTE)

        assert dispatcher.agent_state("anna").status is AgentStatus.AVAILABLE
        assert dispatcher.agent_state("anna").misses == 1


class TestDecisions:
    """What a decision says beside its offers."""

    def test_who_accepts_hears_why(self) -> None:
        """The explanation of the offer comes with the answer once more."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        decision = dispatcher.arrive(item("call"), at=NINE)
        accepted = dispatcher.accept(decision.offers[0], at=NINE + MINUTE)

        assert accepted.explain("call") == decision.explain("call")
        assert [eligibility.agent for eligibility in accepted.explain().eligibilities] == ["anna", "bruno"]

    def test_a_rule_hears_when(self) -> None:
        """In the zone of the office."""
        heard: list[datetime] = []

        def listening(_: WorkItem, /, *, at: Any) -> Requirement:
            heard.append(at)
            return any_agent

        office(agent("anna"), rules=[listening]).arrive(item("call"), at=NINE.in_timezone("UTC"))

        assert heard == [NINE]
        assert [getattr(at, "timezone_name", "") for at in heard] == ["Europe/Zurich"]

    def test_a_letter_has_no_drain(self) -> None:
        """Nothing will happen to it by itself when its queue closes."""
        dispatcher = office(agent("anna"), drain=10)
        dispatcher.arrive(item("letter", "post", queue="office"), at=NINE)

        assert dispatcher.next_deadline() is None

    def test_a_consult_that_begins_late_has_its_later_steps(self) -> None:
        """A minute after the first entry the step of half a minute is over; that of two minutes comes."""
        people = [agent("anna", skills=["first"]), agent("ivo", skills={"law": 1})]
        dispatcher = Dispatcher(agents=people, queues=[Queue(id="q")])
        for each in people:
            dispatcher.sign_in(each.id, at=NINE)
        in_hand(dispatcher, item("call", queue="q", requirement=require("first")))
        wish = require("law", level=5).relax(after=MINUTE / 2, to=require("law", level=3))
        wish = wish.relax(after=2 * MINUTE, to=require("law"))
        assert dispatcher.consult("call", wish, at=NINE + MINUTE).offers == ()

        assert dispatcher.next_deadline() == NINE + 2 * MINUTE
        assert offered(dispatcher.advance(at=NINE + 2 * MINUTE)) == [("call", "ivo")]


class TestWishes:
    """What is asked, put together."""

    def test_alternatives_lie_side_by_side(self) -> None:
        """However they were joined."""
        one, two, three = (require(name) for name in "abc")

        assert ((one | two) | three).condition == (one | (two | three)).condition
        assert (one | two | one).condition == (one | two).condition

    def test_a_preference_and_a_weight_for_the_same_are_two_things(self) -> None:
        """The preference decides before the sum, in which the other skill would win."""
        wish = prefer(skill="a") & weighted({require("a"): 3, require("b"): 4})
        people = [Agent(id="bruno", skills=["b"]), Agent(id="anna", skills=["a"])]
        dispatcher = signed_in(*people)

        assert offered(dispatcher.arrive(item("call", requirement=wish), at=NINE)) == [("call", "anna")]
