"""The dispatcher, story by story."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from routing_office import NINE, after, offered

from ticontact.contacts import CaseRef, Channel, HandOver
from ticontact.errors import (
    ConfigurationError,
    InvalidValue,
    RoutingError,
    StaleOffer,
    TimeWentBack,
    UnknownAgent,
)
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentStatus,
    AssignmentState,
    Dispatcher,
    Offer,
    Overflowed,
    Queue,
    Requirement,
    RoutingDecision,
    WorkItem,
    WrapUp,
    any_agent,
    exclude,
    prefer,
    require,
)

VOICE = Channel.named("voice")
EMAIL = Channel.named("email")


def agent(name: str, *skills: str, **more: Any) -> Agent:
    """An agent with skills."""
    return Agent(id=name, skills=list(skills), **more)


def call(name: str = "c-1", requirement: Requirement = any_agent, **more: Any) -> WorkItem:
    """A call."""
    return WorkItem(**{"id": name, "channel": VOICE, "requirement": requirement, **more})


def office(*agents: Agent, **arguments: Any) -> Dispatcher:
    """A dispatcher whose agents have signed in one after the other, a second apart, the last one just before nine."""
    dispatcher = Dispatcher(agents=agents, **arguments)
    for number, each in enumerate(agents):
        dispatcher.sign_in(each.id, at=after(number - len(agents)))
    return dispatcher


class TestOfferLife:
    """From the offer to its answer."""

    def test_a_call_rings_at_who_has_been_idle_longest(self) -> None:
        """Anna signed in before Bruno."""
        decision = office(agent("anna"), agent("bruno"), ring_for=timedelta(seconds=20)).arrive(call(), at=NINE)

        assert decision.offers == (Offer("c-1", "anna", 1, after(20)),)

    def test_declined_goes_on_to_the_next_and_keeps_its_place(self) -> None:
        """The decliner is free at once, and gets the next call instead."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [first] = dispatcher.arrive(call(), at=NINE).offers

        assert offered(dispatcher.decline(first, at=after(5))) == [("c-1", "bruno")]
        assert offered(dispatcher.arrive(call("c-2"), at=after(6))) == [("c-2", "anna")]

    def test_an_answer_to_an_older_round_is_refused_by_its_epoch(self) -> None:
        """The error names the live round, and nothing has changed."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [first] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.decline(first, at=after(1))
        before = dispatcher.snapshot()

        with pytest.raises(StaleOffer) as refused:
            dispatcher.accept(first, at=after(2))

        assert str(refused.value) == "offer of 'c-1' to 'anna': round 1 is over; allowed: an offer of the live round"

        assert refused.value.epoch == 2
        assert before == dispatcher.snapshot()

    def test_an_answer_at_the_deadline_is_in_time(self) -> None:
        """One microsecond later it is not."""
        dispatcher = office(agent("anna"), ring_for=timedelta(seconds=20))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        before = dispatcher.snapshot()

        with pytest.raises(StaleOffer) as refused:
            dispatcher.accept(offer, at=after(20).add(microseconds=1))

        assert str(refused.value) == "offer of 'c-1' to 'anna': it ended at 2026-03-18 09:00:20+01:00"

        assert before == dispatcher.snapshot()
        dispatcher.accept(offer, at=after(20))
        assert dispatcher.holder("c-1") == "anna"

    def test_a_telephone_that_connects_at_once_accepts_at_the_same_instant(self) -> None:
        """Ringing for no time at all still lets the answer come."""
        dispatcher = office(agent("anna"), agent("bruno"), ring_for=timedelta(0))
        [offer] = dispatcher.arrive(call(), at=NINE).offers

        dispatcher.accept(offer, at=NINE)

        assert dispatcher.holder("c-1") == "anna"

    def test_an_expired_offer_makes_the_agent_not_responding(self) -> None:
        """The call goes on to the next; the agent gets nothing until back by hand."""
        dispatcher = office(agent("anna"), agent("bruno"), ring_for=timedelta(seconds=20))
        [first] = dispatcher.arrive(call(), at=NINE).offers

        assert after(20) == dispatcher.next_deadline()
        decision = dispatcher.advance(at=after(20))

        assert decision.expired == (first,)
        assert offered(decision) == [("c-1", "bruno")]
        assert dispatcher.agent_state("anna").status is AgentStatus.NOT_RESPONDING
        assert offered(dispatcher.arrive(call("c-2"), at=after(21))) == []
        assert offered(dispatcher.sign_in("anna", at=after(22))) == [("c-2", "anna")]

    def test_several_misses_may_be_forgiven(self) -> None:
        """With two allowed, it rings at her again after the first one; an answer starts the count anew."""
        dispatcher = office(agent("anna"), ring_for=timedelta(seconds=20), misses_allowed=2)
        dispatcher.arrive(call(), at=NINE)

        [offer] = dispatcher.advance(at=after(20)).offers

        assert dispatcher.agent_state("anna").status is AgentStatus.AVAILABLE
        assert dispatcher.agent_state("anna").misses == 1
        dispatcher.accept(offer, at=after(31))
        assert dispatcher.agent_state("anna").misses == 0

    def test_work_kept_for_who_does_not_respond_goes_to_others(self) -> None:
        """The hold is released with the agent."""
        dispatcher = office(agent("anna"), agent("bruno", capacity=2), ring_for=timedelta(seconds=20))
        dispatcher.arrive(call(), at=NINE)

        kept = dispatcher.arrive(call("c-2", prefer("anna", reserve_for=timedelta(minutes=2))), at=after(1))

        assert offered(kept) == []
        assert ("c-2", "bruno") in offered(dispatcher.advance(at=after(20)))

    def test_going_away_takes_the_ringing_along(self) -> None:
        """The offer is revoked and goes to another."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [first] = dispatcher.arrive(call(), at=NINE).offers

        decision = dispatcher.sign_out("anna", at=after(1))

        assert decision.revoked == (first,)
        assert offered(decision) == [("c-1", "bruno")]

    def test_who_hangs_up_while_it_rings_frees_the_agent(self) -> None:
        """That is no miss of the agent's, and the idle time goes on."""
        dispatcher = office(agent("anna"))
        [first] = dispatcher.arrive(call(), at=NINE).offers
        idle = dispatcher.agent_state("anna").idle_since

        decision = dispatcher.cancel("c-1", at=after(3))

        assert decision.revoked == (first,)
        assert (dispatcher.agent_state("anna").misses, dispatcher.agent_state("anna").idle_since) == (0, idle)

    def test_of_several_rung_the_first_to_accept_gets_it(self) -> None:
        """The others are revoked, and free for what waits."""
        dispatcher = office(agent("anna"), agent("bruno"), agent("carla"), offers_at_once=3)
        anna, bruno, carla = dispatcher.arrive(call(), at=NINE).offers
        assert offered(dispatcher.arrive(call("c-2"), at=after(1))) == []

        decision = dispatcher.accept(bruno, at=after(2))

        assert decision.revoked == (anna, carla)
        assert offered(decision) == [("c-2", "anna"), ("c-2", "carla")]

    def test_of_several_rung_one_may_decline(self) -> None:
        """The round goes on with the others; only when all have declined it is over."""
        dispatcher = office(agent("anna"), agent("bruno"), agent("carla"), offers_at_once=2)
        anna, bruno = dispatcher.arrive(call(), at=NINE).offers

        assert offered(dispatcher.decline(anna, at=after(1))) == []
        assert offered(dispatcher.decline(bruno, at=after(2))) == [("c-1", "carla")]


class TestAllHaveDeclined:
    """The next step comes at once; after the last one it waits, or overflows where its queue says so."""

    def test_the_next_step_comes_at_once(self) -> None:
        """Nobody waits five minutes for those who have said no already."""
        asylum = require("asylum").relax(after=timedelta(minutes=5), to=require("general"))
        dispatcher = office(agent("anna", "asylum"), agent("bruno", "general"))
        [first] = dispatcher.arrive(call(requirement=asylum), at=NINE).offers

        assert offered(dispatcher.decline(first, at=after(3))) == [("c-1", "bruno")]

    def test_after_the_last_step_it_overflows_where_its_queue_says_so(self) -> None:
        """The work leaves for the place that its queue names."""
        dispatcher = office(
            agent("anna"), queues=[Queue(id="general", fallback="callback", overflow_when_declined=True)]
        )
        [first] = dispatcher.arrive(call(queue="general"), at=NINE).offers

        decision = dispatcher.decline(first, at=after(3))

        assert decision.overflowed == (Overflowed("c-1", "callback", "all_declined"),)
        assert decision.overflowed[0].text.text("de") == "alle haben abgelehnt"
        assert dispatcher.waiting() == ()

    def test_without_a_fallback_it_waits_for_somebody_new(self) -> None:
        """Somebody who comes is asked, and not the one who has just declined."""
        dispatcher = office(agent("anna"), agent("bruno"))
        dispatcher.sign_out("bruno", at=NINE)
        [first] = dispatcher.arrive(call(), at=after(1)).offers

        assert offered(dispatcher.decline(first, at=after(2))) == []
        assert dispatcher.waiting() == ("c-1",)
        assert offered(dispatcher.sign_in("bruno", at=after(3))) == [("c-1", "bruno")]

    def test_who_is_busy_may_still_take_it(self) -> None:
        """Bruno has not declined: the call waits for him instead of going to the fallback."""
        queue = Queue(id="general", fallback="callback", overflow_when_declined=True)
        dispatcher = office(agent("anna"), agent("bruno"), queues=[queue])
        [taken] = dispatcher.arrive(call("c-0", exclude(["anna"])), at=NINE).offers
        dispatcher.accept(taken, at=NINE)
        [first] = dispatcher.arrive(call(queue="general"), at=after(1)).offers

        assert dispatcher.decline(first, at=after(2)).overflowed == ()
        assert offered(dispatcher.complete("c-0", at=after(3))) == [("c-1", "bruno")]

    def test_a_step_asks_who_is_new_first(self) -> None:
        """Anna has declined some minutes ago; when the step comes, Carla is asked, who could not take it before."""
        wish = require("asylum").relax(after=timedelta(minutes=5), to=require("general"))
        dispatcher = office(
            agent("anna", "asylum"), agent("bruno", "asylum"), agent("carla", "general"), offer_again_after=None
        )
        [taken] = dispatcher.arrive(call("c-0", require("asylum") & exclude(["anna"])), at=NINE).offers
        dispatcher.accept(taken, at=NINE)
        [first] = dispatcher.arrive(call(requirement=wish), at=NINE).offers
        dispatcher.decline(first, at=after(3))

        assert offered(dispatcher.advance(at=after(300))) == [("c-1", "carla")]

    def test_a_step_while_it_rings_forgets_no_decline(self) -> None:
        """Bruno is being rung when the step comes; then he declines, and Anna is asked a minute after her decline."""
        wish = require("asylum").relax(after=timedelta(seconds=10), to=require("general"))
        dispatcher = office(agent("anna", "asylum"), agent("bruno", "asylum"))
        [first] = dispatcher.arrive(call(requirement=wish), at=NINE).offers
        [second] = dispatcher.decline(first, at=after(1)).offers
        dispatcher.advance(at=after(10))

        assert offered(dispatcher.decline(second, at=after(11))) == []
        assert dispatcher.next_deadline() == after(61)
        assert offered(dispatcher.advance(at=after(61))) == [("c-1", "anna")]


class TestOrder:
    """Who goes first of those who wait."""

    def backlog(self, dispatcher: Dispatcher, *items: WorkItem) -> list[str]:
        """In which order one agent gets them."""
        for item in items:
            dispatcher.arrive(item, at=NINE)
        order = []
        decision = dispatcher.sign_in("anna", at=after(1))
        for second in range(len(items)):
            [offer] = decision.offers
            order.append(offer.item)
            dispatcher.accept(offer, at=after(2 + second))
            decision = dispatcher.complete(offer.item, at=after(2 + second))
        return order

    @pytest.mark.parametrize(
        ("items", "expected"),
        [
            ([call("b", entered_at=after(-9)), call("a", entered_at=after(-5))], ["b", "a"]),
            ([call("b"), call("a")], ["a", "b"]),
            ([call("b", entered_at=after(-89)), call("a", priority=Priority.HIGH)], ["a", "b"]),
            ([call("b", entered_at=after(-91)), call("a", priority=Priority.HIGH)], ["b", "a"]),
            ([call("a", channel=EMAIL, entered_at=after(-9999)), call("b")], ["b", "a"]),
            ([call("a", channel=EMAIL, entered_at=after(-9999), promote_at=NINE), call("b")], ["a", "b"]),
            ([call("a", credit=timedelta(seconds=50)), call("b", entered_at=after(-49))], ["a", "b"]),
        ],
        ids=["first come", "by id", "head start", "older than the head start", "live first", "promoted", "credit"],
    )
    def test_line(self, items: list[WorkItem], expected: list[str]) -> None:
        """Live work first, then by entry minus head start and credit, then by entry, then by id."""
        head_start = {Priority.HIGH: timedelta(seconds=90)}

        assert expected == self.backlog(Dispatcher(agents=[agent("anna")], head_start=head_start), *items)

    def test_strict_priority_says_that_it_can_starve(self) -> None:
        """However long somebody has waited, a higher priority goes first; the decision warns."""
        dispatcher = Dispatcher(agents=[agent("anna")], priorities="strict")
        dispatcher.arrive(call("old", entered_at=after(-9999)), at=NINE)
        dispatcher.arrive(call("mail", channel=EMAIL, priority=Priority.URGENT), at=NINE)
        dispatcher.arrive(call("new", priority=Priority.HIGH), at=NINE)

        decision = dispatcher.sign_in("anna", at=after(1))

        assert dispatcher.waiting() == ("new", "old", "mail")
        assert offered(decision) == [("new", "anna")]
        assert [warning.en for warning in decision.warnings] == ["strict priority can leave somebody waiting for ever"]

    def test_promotion_comes_in_time(self) -> None:
        """An e-mail that is due soon passes the calls behind it from then on."""
        dispatcher = Dispatcher(agents=[agent("anna")])
        dispatcher.arrive(call("mail", channel=EMAIL, promote_at=after(60)), at=NINE)
        dispatcher.arrive(call("call"), at=after(1))
        assert dispatcher.waiting() == ("call", "mail")

        dispatcher.advance(at=after(60))

        assert dispatcher.waiting() == ("mail", "call")

    def test_an_appointment_is_not_offered_before_its_slot(self) -> None:
        """Its waiting counts from the slot, not from the early arrival."""
        dispatcher = office(agent("anna"))

        assert offered(dispatcher.arrive(call(not_before=after(600)), at=NINE)) == []
        assert after(600) == dispatcher.next_deadline()
        assert offered(dispatcher.advance(at=after(600))) == [("c-1", "anna")]

    def test_lines_of_one_queue(self) -> None:
        """Asked for one queue, only its items are named."""
        dispatcher = Dispatcher(agents=[])
        dispatcher.arrive(call("a", queue="one"), at=NINE)
        dispatcher.arrive(call("b", queue="two"), at=NINE)

        assert dispatcher.waiting("two") == ("b",)


class OfficeHours:
    """A calendar that is open from eight to nine and from ten to eleven on the day of the tests."""

    WINDOWS = ((after(-3600), NINE), (after(3600), after(7200)))

    def add(self, amount: timedelta, /, *, at: Any) -> Any:
        """The instant at which an amount of open time is over."""
        for opening, closing in self.WINDOWS:
            start = max(opening, at)
            if start < closing:
                if start + amount <= closing:
                    return start + amount
                amount -= closing - start
        raise AssertionError

    def between(self, start: Any, end: Any, /) -> timedelta:
        """The open time between two instants."""
        spans = (min(end, closing) - max(start, opening) for opening, closing in self.WINDOWS)
        return sum((timedelta(seconds=max(span.total_seconds(), 0)) for span in spans), timedelta(0))


class TestOpenTime:
    """Deferred work ages while the office is open."""

    def test_an_e_mail_does_not_age_while_the_office_is_closed(self) -> None:
        """One written a minute before closing is a minute old when the office opens; one from elsewhere is an hour."""
        queues = [Queue(id="slow", calendar=OfficeHours()), Queue(id="fast")]
        dispatcher = Dispatcher(agents=[agent("anna", capacity=2)], queues=queues)
        dispatcher.arrive(call("slow", channel=EMAIL, queue="slow", entered_at=after(-60)), at=NINE)
        dispatcher.arrive(call("fast", channel=EMAIL, queue="fast", entered_at=NINE), at=NINE)

        assert dispatcher.waiting() == ("slow", "fast")
        dispatcher.advance(at=after(3600))
        assert dispatcher.waiting() == ("fast", "slow")
        assert offered(dispatcher.sign_in("anna", at=after(3601))) == [("fast", "anna"), ("slow", "anna")]

    def test_a_step_may_count_open_time(self) -> None:
        """Two minutes of open time, one before closing and one after."""
        wish = require("rare").relax(after=timedelta(minutes=2), to=any_agent, clock="open")
        dispatcher = office(agent("anna"), queues=[Queue(id="q", calendar=OfficeHours())])
        dispatcher.arrive(call(requirement=wish, queue="q", entered_at=after(-60)), at=NINE)

        assert after(3660) == dispatcher.next_deadline()
        assert offered(dispatcher.advance(at=after(3660))) == [("c-1", "anna")]


class TestAgents:
    """Coming, going, and the work after a contact."""

    def test_who_leaves_while_working_finishes_and_gets_nothing_new(self) -> None:
        """The conversation goes on to its end."""
        dispatcher = office(agent("anna"))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.sign_out("anna", at=after(1))
        dispatcher.arrive(call("c-2"), at=after(2))

        assert offered(dispatcher.complete("c-1", at=after(60))) == []
        assert dispatcher.agent_state("anna").contacts == 1

    def test_coming_back_from_a_break_starts_the_idle_time_anew(self) -> None:
        """Anna was idle longer, but had a break."""
        dispatcher = office(agent("anna"), agent("bruno"))
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE)
        dispatcher.sign_in("anna", at=after(1))

        assert offered(dispatcher.arrive(call(), at=after(2))) == [("c-1", "bruno")]

    def test_saying_the_same_again_changes_nothing(self) -> None:
        """Anna's idle time goes on."""
        dispatcher = office(agent("anna"), agent("bruno"))
        dispatcher.sign_in("anna", at=NINE)

        assert offered(dispatcher.arrive(call(), at=after(2))) == [("c-1", "anna")]

    def talked(self, wrap_up: WrapUp, *, wants: bool = False) -> Dispatcher:
        """An office whose only agent has just ended a conversation, at 60 s; another call waits."""
        dispatcher = office(agent("anna", wrap_up=wrap_up))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.arrive(call("c-2"), at=after(1))
        dispatcher.complete("c-1", at=after(60), wants_wrap_up=wants)
        return dispatcher

    @pytest.mark.parametrize(
        ("wrap_up", "wants", "ends_by_itself"),
        [
            (WrapUp(), False, None),
            (WrapUp("optional", timedelta(seconds=20)), False, None),
            (WrapUp("optional", timedelta(seconds=20)), True, 80),
            (WrapUp.timed(timedelta(seconds=20)), False, 80),
            (WrapUp("mandatory", timedelta(seconds=20)), False, 80),
        ],
    )
    def test_wrap_up_ends_by_itself(self, wrap_up: WrapUp, wants: bool, ends_by_itself: int | None) -> None:  # noqa: FBT001 - a row of the table
        """Meanwhile the capacity is held; then the backlog comes first."""
        dispatcher = self.talked(wrap_up, wants=wants)
        if ends_by_itself is None:
            assert dispatcher.agent_state("anna").assignment("c-2") is not None
        else:
            assert after(ends_by_itself) == dispatcher.next_deadline()
            assert offered(dispatcher.advance(at=after(ends_by_itself))) == [("c-2", "anna")]

    def test_who_comes_free_when_an_offer_expires_finds_it_in_line(self) -> None:
        """Bruno's wrap-up ends when Anna's offer expires: he once got the younger call, as the older one still rang."""
        length = timedelta(seconds=20)
        dispatcher = office(agent("anna"), agent("bruno", wrap_up=WrapUp.timed(length)), ring_for=length)
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE)
        [offer] = dispatcher.arrive(call("first"), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.sign_in("anna", at=NINE)
        dispatcher.complete("first", at=NINE)
        dispatcher.arrive(call("old"), at=NINE)
        dispatcher.arrive(call("young"), at=after(1))

        decision = dispatcher.advance(at=after(20))
        assert [each.agent for each in decision.expired] == ["anna"]
        assert [(each.item, each.agent) for each in decision.offers] == [("old", "bruno")]

    @pytest.mark.parametrize("mode", ["timed", "manual"])
    def test_wrap_up_may_be_ended_by_hand(self, mode: Any) -> None:
        """The agent says when."""
        dispatcher = self.talked(WrapUp(mode, timedelta(seconds=20)))

        assert offered(dispatcher.finish_wrap_up("anna", "c-1", at=after(65))) == [("c-2", "anna")]
        dispatcher.advance(at=after(90))
        assert dispatcher.agent_state("anna").assignments[0].state is AssignmentState.OFFERED

    def test_a_mandatory_wrap_up_is_not_ended_by_hand(self) -> None:
        """It is refused, and lasts."""
        dispatcher = self.talked(WrapUp("mandatory", timedelta(seconds=20)))

        with pytest.raises(RoutingError) as refused:
            dispatcher.finish_wrap_up("anna", "c-1", at=after(65))

        assert str(refused.value) == "agent 'anna': the wrap-up ends by itself; allowed: to wait for it"

        assert dispatcher.agent_state("anna").assignments[0].state is AssignmentState.WRAP_UP

    def test_wrap_up_that_nobody_ends_has_no_deadline(self) -> None:
        """It is in the agent's hand alone."""
        assert self.talked(WrapUp("manual")).next_deadline() is None

    def test_what_is_done_is_counted(self) -> None:
        """Contacts, talk time and the time with work in hand."""
        dispatcher = self.talked(WrapUp.timed(timedelta(seconds=20)))
        dispatcher.cancel("c-2", at=after(61))
        dispatcher.advance(at=after(100))
        agent_state = dispatcher.agent_state("anna")

        assert (agent_state.contacts, agent_state.talked, agent_state.occupied) == (1, 60_000_000, 80_000_000)

    def test_capacity_is_held_in_units_and_by_channel(self) -> None:
        """Four units: one call at a time, e-mails of two units each."""
        dispatcher = office(agent("anna", capacity=4, limits={"voice": 1}))

        assert offered(dispatcher.arrive(call("v1"), at=NINE)) == [("v1", "anna")]
        assert offered(dispatcher.arrive(call("v2"), at=NINE)) == []
        assert offered(dispatcher.arrive(call("m1", channel=EMAIL, cost=2), at=NINE)) == [("m1", "anna")]
        assert offered(dispatcher.arrive(call("m2", channel=EMAIL, cost=2), at=NINE)) == []


class TestPreferences:
    """Who is asked first."""

    def test_work_is_kept_for_a_while_for_who_is_busy(self) -> None:
        """Then it goes to whoever is free."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [busy] = dispatcher.arrive(call("c-0"), at=NINE).offers
        dispatcher.accept(busy, at=NINE)
        wish = prefer("anna", reserve_for=timedelta(minutes=2))

        assert offered(dispatcher.arrive(call(requirement=wish), at=after(1))) == []
        assert after(121) == dispatcher.next_deadline()
        assert offered(dispatcher.advance(at=after(121))) == [("c-1", "bruno")]

    def test_kept_work_goes_first_to_whom_it_is_kept_for(self) -> None:
        """If that agent is free in time."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [busy] = dispatcher.arrive(call("c-0"), at=NINE).offers
        dispatcher.accept(busy, at=NINE)
        dispatcher.arrive(call(requirement=prefer("anna", reserve_for=timedelta(minutes=2))), at=after(1))

        assert offered(dispatcher.complete("c-0", at=after(60))) == [("c-1", "anna")]

    @pytest.mark.parametrize("wish", ["anna", "nobody"])
    def test_nothing_is_kept_for_who_is_not_there(self, wish: str) -> None:
        """Absent or unknown: it goes to others at once."""
        dispatcher = office(agent("anna"), agent("bruno"))
        dispatcher.sign_out("anna", at=NINE)
        item = call(requirement=prefer(wish, reserve_for=timedelta(minutes=2)))

        assert offered(dispatcher.arrive(item, at=after(1))) == [("c-1", "bruno")]

    def test_work_kept_for_who_leaves_goes_to_others(self) -> None:
        """At once, not when the hold ends."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [busy] = dispatcher.arrive(call("c-0"), at=NINE).offers
        dispatcher.accept(busy, at=NINE)
        dispatcher.arrive(call(requirement=prefer("anna", reserve_for=timedelta(minutes=2))), at=after(1))

        assert offered(dispatcher.sign_out("anna", at=after(2))) == [("c-1", "bruno")]

    def test_who_leaves_releases_nothing_that_is_kept_for_others(self) -> None:
        """Bruno's going is no reason to stop waiting for Anna."""
        dispatcher = office(agent("anna"), agent("bruno"), agent("carla"))
        [busy] = dispatcher.arrive(call("c-0"), at=NINE).offers
        dispatcher.accept(busy, at=NINE)
        dispatcher.arrive(call(requirement=prefer("anna", reserve_for=timedelta(minutes=2))), at=after(1))

        assert offered(dispatcher.sign_out("bruno", at=after(2))) == []
        assert (
            dispatcher.explain("c-1")
            .text("en")
            .startswith("anna: busy. bruno: kept for anna for now. carla: kept for anna for now.")
        )

    def test_among_the_free_the_preferred_skill_goes_first(self) -> None:
        """Anna has been idle longer, but Bruno has the skill."""
        dispatcher = office(agent("anna"), agent("bruno", "french"))

        assert offered(dispatcher.arrive(call(requirement=prefer(skill="french")), at=NINE)) == [("c-1", "bruno")]

    def test_excluded_agents_are_passed_over_at_the_head_of_the_line(self) -> None:
        """Anna would be first, and stays first for the next."""
        dispatcher = office(agent("anna"), agent("bruno"))

        assert offered(dispatcher.arrive(call(requirement=exclude(["anna"])), at=NINE)) == [("c-1", "bruno")]
        assert offered(dispatcher.arrive(call("c-2"), at=NINE)) == [("c-2", "anna")]


class TestQueues:
    """Limits and fallbacks."""

    def test_a_full_queue_sends_to_its_fallback(self) -> None:
        """What rings counts as waiting; what is answered does not."""
        dispatcher = office(agent("anna"), queues=[Queue(id="q", limit=1, fallback="callback")])
        [offer] = dispatcher.arrive(call(queue="q"), at=NINE).offers

        assert dispatcher.arrive(call("c-2", queue="q"), at=after(1)).overflowed == (
            Overflowed("c-2", "callback", "limit"),
        )
        dispatcher.accept(offer, at=after(2))
        assert dispatcher.arrive(call("c-3", queue="q"), at=after(3)).overflowed == ()
        dispatcher.cancel("c-3", at=after(4))
        assert dispatcher.arrive(call("c-4", queue="q"), at=after(5)).overflowed == ()

    def test_at_closing_those_who_wait_go_to_the_fallback(self) -> None:
        """What is in hand goes on, what rings stops ringing, and other queues are not concerned."""
        dispatcher = office(agent("anna"), agent("bruno"), queues=[Queue(id="q", fallback="callback")])
        [talks] = dispatcher.arrive(call("talks", queue="q"), at=NINE).offers
        dispatcher.accept(talks, at=NINE)
        [rings] = dispatcher.arrive(call("rings", queue="q"), at=NINE).offers
        dispatcher.arrive(call("waits", queue="q"), at=NINE)
        dispatcher.arrive(call("elsewhere"), at=NINE)

        decision = dispatcher.end_hours("q", at=after(60))

        assert [(each.item, each.because) for each in decision.overflowed] == [
            ("rings", "closing"),
            ("waits", "closing"),
        ]
        assert decision.revoked == (rings,)
        assert offered(decision) == [("elsewhere", "bruno")]
        assert dispatcher.holder("talks") == "anna"

    def test_a_person_in_charge_may_close_at_once(self) -> None:
        """The reason is another one, in words too."""
        dispatcher = office(queues=[Queue(id="q", fallback="callback")])
        dispatcher.arrive(call(queue="q"), at=NINE)

        [overflowed] = dispatcher.close_queue("q", by="sara", because="fire", at=NINE).overflowed

        assert overflowed.text.en == "closed by decision of the person in charge"

    @pytest.mark.parametrize("queue", ["q", "unknown"])
    def test_without_a_fallback_nothing_is_closed(self, queue: str) -> None:
        """Nobody is sent nowhere."""
        with pytest.raises(ConfigurationError) as refused:
            office(queues=[Queue(id="q")]).end_hours(queue, at=NINE)

        assert str(refused.value) == f"queue.{queue}.fallback: missing (allowed: a place for those who wait)"

    def test_what_waits_says_why(self) -> None:
        """As everything stands at that moment."""
        dispatcher = office(agent("anna"), agent("ivo", "permits"))
        dispatcher.set_status("ivo", AgentStatus.HEARING, at=NINE)
        dispatcher.arrive(call(requirement=require("permits")), at=after(1))

        assert dispatcher.explain("c-1").text("it").startswith("anna: manca permits. ivo: in audizione.")


class TestSecondLevel:
    """An official joins while the operator stays on the line."""

    CARRYING = HandOver(CaseRef("permit", "2026/4711"), "renewal of a B permit")

    def talking(self, *officials: Agent, **arguments: Any) -> Dispatcher:
        """An operator talks to a citizen since nine; officials are there."""
        wrap_up = WrapUp.timed(timedelta(seconds=20))
        dispatcher = office(agent("anna", "first-level", wrap_up=wrap_up), *officials, **arguments)
        [offer] = dispatcher.arrive(call(requirement=require("first-level")), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        return dispatcher

    def ask(self, dispatcher: Dispatcher, second: float = 60) -> RoutingDecision:
        """The operator asks for an official."""
        return dispatcher.consult("c-1", require("permits"), carrying=self.CARRYING, at=after(second))

    def join(self, dispatcher: Dispatcher) -> RoutingDecision:
        """An official is asked, and joins."""
        [offer] = self.ask(dispatcher).offers
        return dispatcher.accept(offer, at=after(75))

    def test_the_official_joins_and_takes_over(self) -> None:
        """The operator goes into wrap-up, the official has the citizen."""
        dispatcher = self.talking(agent("ivo", "permits"))
        self.join(dispatcher)
        assert dispatcher.holder("c-1") == "anna"
        assert dispatcher.agent_state("ivo").assignments[0].state is AssignmentState.CONSULTING

        dispatcher.hand_over("c-1", at=after(120))

        assert dispatcher.holder("c-1") == "ivo"
        assert dispatcher.agent_state("ivo").assignments[0].state is AssignmentState.ACTIVE
        assert dispatcher.agent_state("anna").assignments[0].state is AssignmentState.WRAP_UP
        dispatcher.complete("c-1", at=after(300))
        assert (dispatcher.agent_state("anna").contacts, dispatcher.agent_state("ivo").contacts) == (1, 1)

    def test_what_is_carried_can_be_read_while_the_consult_goes_on(self) -> None:
        """Before the official is asked there is nothing, and afterwards nothing is left."""
        dispatcher = self.talking(agent("ivo", "permits"))
        assert dispatcher.carried("c-1") is None
        self.join(dispatcher)
        assert dispatcher.carried("c-1") == self.CARRYING
        dispatcher.hand_over("c-1", at=after(120))

        assert dispatcher.carried("c-1") is None
        with pytest.raises(RoutingError, match="c-9"):
            dispatcher.carried("c-9")

    def test_offers_of_a_consult_say_so(self) -> None:
        """The official sees what for."""
        [offer] = self.ask(self.talking(agent("ivo", "permits"))).offers

        assert (offer.agent, offer.purpose, offer.epoch) == ("ivo", "consult", 2)

    def test_the_wait_counts_from_the_first_entry(self) -> None:
        """Asked for later, but waiting longer: the consult goes before a call that came after the first entry."""
        dispatcher = self.talking(agent("ivo", "permits"))
        dispatcher.sign_out("ivo", at=after(1))
        dispatcher.arrive(call("c-2", require("permits")), at=after(2))
        self.ask(dispatcher)

        assert offered(dispatcher.sign_in("ivo", at=after(61))) == [("c-1", "ivo")]

    def test_declined_by_all_it_comes_back_to_the_operator(self) -> None:
        """Never to the queue; the operator still has the citizen."""
        dispatcher = self.talking(agent("ivo", "permits"))
        [offer] = self.ask(dispatcher).offers

        decision = dispatcher.decline(offer, at=after(70))

        assert decision.returned == ("c-1",)
        assert dispatcher.holder("c-1") == "anna"
        assert dispatcher.waiting() == ()
        assert offered(self.ask(dispatcher, 80)) == [("c-1", "ivo")]

    def test_declined_by_one_it_goes_to_another_official(self) -> None:
        """As long as one is left."""
        dispatcher = self.talking(agent("ivo", "permits"), agent("lea", "permits"))
        [offer] = self.ask(dispatcher).offers

        assert offered(dispatcher.decline(offer, at=after(70))) == [("c-1", "lea")]

    def test_an_expired_consult_waits_for_another_official(self) -> None:
        """Ivo does not respond; nobody has declined, and the operator may end it."""
        dispatcher = self.talking(agent("ivo", "permits"), ring_for=timedelta(seconds=20))
        self.ask(dispatcher)

        decision = dispatcher.advance(at=after(80))

        assert [offer.agent for offer in decision.expired] == ["ivo"]
        assert decision.returned == ()
        dispatcher.end_consult("c-1", at=after(90))
        assert offered(dispatcher.sign_in("ivo", at=after(100))) == []

    def test_the_operator_is_not_asked_to_join(self) -> None:
        """Even with room for more, and the skill."""
        dispatcher = office(agent("anna", "permits", capacity=2))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)

        assert offered(self.ask(dispatcher)) == []

    @pytest.mark.parametrize("state", ["asked", "ringing", "joined"])
    @pytest.mark.parametrize("verb", ["cancel", "complete", "requeue"])
    def test_the_consult_ends_with_the_conversation(self, state: str, verb: str) -> None:
        """In whatever state it is: the official is free at once, without a wrap-up."""
        dispatcher = self.talking(agent("ivo", "permits", wrap_up=WrapUp.timed(timedelta(seconds=20))))
        if state == "asked":
            dispatcher.set_status("ivo", AgentStatus.HEARING, at=after(1))
        if state == "joined":
            self.join(dispatcher)
        else:
            self.ask(dispatcher)

        decision = getattr(dispatcher, verb)("c-1", at=after(130))

        assert dispatcher.agent_state("ivo").assignments == ()
        assert [offer.agent for offer in decision.revoked] == (["ivo"] if state == "ringing" else [])
        assert dispatcher.agent_state("anna").assignments[0].state is AssignmentState.WRAP_UP
        assert dispatcher.agent_state("ivo").contacts == 0

    def test_back_to_the_operator(self) -> None:
        """The official leaves and is free at once; another may be asked."""
        dispatcher = self.talking(agent("ivo", "permits"))
        self.join(dispatcher)

        dispatcher.end_consult("c-1", at=after(100))

        assert dispatcher.agent_state("ivo").assignments == ()
        assert dispatcher.holder("c-1") == "anna"

    def test_who_has_talked_with_the_citizen_has_a_wrap_up(self) -> None:
        """After a conference the official wraps up too."""
        dispatcher = self.talking(agent("ivo", "permits", wrap_up=WrapUp.timed(timedelta(seconds=20))))
        self.join(dispatcher)
        dispatcher.confer("c-1", at=after(80))

        dispatcher.complete("c-1", at=after(200))

        assert dispatcher.agent_state("ivo").assignments[0].state is AssignmentState.WRAP_UP

    def test_an_official_who_leaves_while_it_rings_is_replaced(self) -> None:
        """The offer is revoked, and goes to the next official."""
        dispatcher = self.talking(agent("ivo", "permits"), agent("lea", "permits"))
        self.ask(dispatcher)

        assert offered(dispatcher.sign_out("ivo", at=after(70))) == [("c-1", "lea")]

    def test_consults_widen_too(self) -> None:
        """A requirement with a step is relaxed from the first entry on."""
        dispatcher = self.talking(agent("ivo", "family"))
        wish = require("permits").relax(after=timedelta(minutes=2), to=require("family"))

        assert offered(dispatcher.consult("c-1", wish, at=after(60))) == []
        assert offered(dispatcher.advance(at=after(120))) == [("c-1", "ivo")]


class TestRequeue:
    """Back to the queue, with the age of the first entry."""

    def test_it_goes_first_and_to_somebody_else(self) -> None:
        """The agent who gave it back is in wrap-up, and counts as having declined."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)

        assert offered(dispatcher.requeue("c-1", at=after(60))) == [("c-1", "bruno")]

    def test_a_blind_transfer_asks_for_something_else(self) -> None:
        """And has waited since the first entry."""
        dispatcher = office(agent("anna"), agent("ivo", "permits"))
        dispatcher.set_status("ivo", AgentStatus.COUNTER, at=NINE)
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.arrive(call("c-2", require("permits")), at=after(1))
        dispatcher.requeue("c-1", at=after(60), requirement=require("permits"))

        assert dispatcher.waiting() == ("c-1", "c-2")
        assert offered(dispatcher.sign_in("ivo", at=after(61))) == [("c-1", "ivo")]

    def test_a_wrap_up_gives_way_to_the_same_work(self) -> None:
        """With room for two, the agent may get it again once the giving back stands no longer."""
        dispatcher = office(agent("anna", capacity=2, wrap_up=WrapUp.timed(timedelta(minutes=5))), agent("bruno"))
        dispatcher.sign_out("bruno", at=NINE)
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.requeue("c-1", at=after(60))
        dispatcher.advance(at=after(120))

        assert len(dispatcher.agent_state("anna").assignments) == 1
        assert dispatcher.agent_state("anna").assignments[0].state is AssignmentState.OFFERED

    def test_steps_that_are_over_begin_no_new_round(self) -> None:
        """Given back after its step, and declined by all: once the step itself came again, and rang for ever."""
        wish = require("rare").relax(after=timedelta(seconds=10), to=any_agent)
        dispatcher = office(agent("anna"), agent("bruno"))
        dispatcher.arrive(call(requirement=wish), at=NINE)
        [offer] = dispatcher.advance(at=after(10)).offers
        dispatcher.accept(offer, at=after(11))
        [second] = dispatcher.requeue("c-1", at=after(20)).offers
        dispatcher.decline(second, at=after(21))

        assert offered(dispatcher.advance(at=after(22))) == []


class TestRefusals:
    """Typed, named, and nothing has changed."""

    @pytest.mark.parametrize(
        ("verb", "error", "says"),
        [
            (lambda d: d.sign_in("zoe", at=after(5)), UnknownAgent, "agent: no agent 'zoe' here; allowed: anna, bruno"),
            (lambda d: d.agent_state("zoe"), UnknownAgent, "agent: no agent 'zoe' here; allowed: anna, bruno"),
            (
                lambda d: d.arrive(call("rings"), at=after(5)),
                RoutingError,
                "item: 'rings' is here already; allowed: an id of its own",
            ),
            (lambda d: d.cancel("zoe", at=after(5)), RoutingError, "item: nothing of the id 'zoe' waits or is in hand"),
            (
                lambda d: d.complete("zoe", at=after(5)),
                RoutingError,
                "item: nothing of the id 'zoe' waits or is in hand",
            ),
            (
                lambda d: d.complete("waits", at=after(5)),
                RoutingError,
                "item 'waits': nobody has it in hand; allowed: to accept an offer first",
            ),
            (
                lambda d: d.requeue("rings", at=after(5)),
                RoutingError,
                "item 'rings': nobody has it in hand; allowed: to accept an offer first",
            ),
            (
                lambda d: d.consult("rings", any_agent, at=after(5)),
                RoutingError,
                "item 'rings': nobody has it in hand; allowed: to accept an offer first",
            ),
            (
                lambda d: d.end_consult("talks", at=after(5)),
                RoutingError,
                "item 'talks': there is no consult; allowed: to ask for one first",
            ),
            (
                lambda d: d.confer("talks", at=after(5)),
                RoutingError,
                "item 'talks': there is no consult; allowed: to ask for one first",
            ),
            (
                lambda d: d.hand_over("talks", at=after(5)),
                RoutingError,
                "item 'talks': there is no consult; allowed: to ask for one first",
            ),
            (
                lambda d: d.finish_wrap_up("anna", "talks", at=after(5)),
                RoutingError,
                "agent 'anna': no wrap-up of 'talks' is going on",
            ),
            (
                lambda d: d.finish_wrap_up("anna", "zoe", at=after(5)),
                RoutingError,
                "agent 'anna': no wrap-up of 'zoe' is going on",
            ),
            (
                lambda d: d.accept(Offer("zoe", "anna", 1), at=after(5)),
                StaleOffer,
                "offer of 'zoe' to 'anna': round 1 is over; allowed: an offer of the live round",
            ),
            (
                lambda d: d.advance(at=after(-100)),
                TimeWentBack,
                (
                    "at: 2026-03-18 08:58:20+01:00 is before the last operation; allowed: 2026-03-18 "
                    "09:00:00+01:00 or later"
                ),
            ),
        ],
        ids=count(),
    )
    def test_it_is_refused(self, verb: Callable[[Dispatcher], object], error: type[Exception], says: str) -> None:
        """The error says what would be allowed."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [talks, rings] = [dispatcher.arrive(call(name), at=NINE).offers[0] for name in ("talks", "rings")]
        dispatcher.accept(talks, at=NINE)
        dispatcher.arrive(call("waits"), at=NINE)
        before = dispatcher.snapshot()

        with pytest.raises(error) as refused:
            verb(dispatcher)

        assert says == str(refused.value)

        assert before == dispatcher.snapshot()
        assert rings.item == "rings"

    @pytest.mark.parametrize(
        ("verb", "attributes"),
        [
            (lambda d: d.sign_in("zoe", at=after(5)), ("", "zoe", "", ("anna", "bruno"))),
            (lambda d: d.arrive(call("rings"), at=after(5)), ("rings", "", "offered", ())),
            (lambda d: d.arrive(call("talks"), at=after(5)), ("talks", "", "active", ())),
            (lambda d: d.complete("zoe", at=after(5)), ("zoe", "", "", ())),
            (lambda d: d.complete("waits", at=after(5)), ("waits", "", "waiting", ("accept",))),
            (lambda d: d.requeue("rings", at=after(5)), ("rings", "", "offered", ("accept",))),
            (lambda d: d.confer("talks", at=after(5)), ("talks", "", "active", ("consult",))),
            (lambda d: d.callback_unanswered("talks", at=after(5)), ("talks", "anna", "active", ("callback",))),
            (lambda d: d.finish_wrap_up("anna", "talks", at=after(5)), ("talks", "anna", "active", ("wrap_up",))),
            (lambda d: d.finish_wrap_up("anna", "zoe", at=after(5)), ("zoe", "anna", "", ("wrap_up",))),
            (
                lambda d: d.change_priority("talks", Priority.HIGH, by="sara", because="age", at=after(5)),
                ("talks", "anna", "active", ("waiting", "offered")),
            ),
            (
                lambda d: d.assign("rings", "bruno", by="sara", because="a friend", at=after(5)),
                ("rings", "bruno", "offered", ()),
            ),
            (
                lambda d: d.assign("waits", "bruno", by="sara", because="a friend", at=after(5)),
                ("waits", "bruno", "waiting", ()),
            ),
            (lambda d: d.accept(Offer("zoe", "anna", 1), at=after(5)), ("zoe", "anna", "", ())),
        ],
    )
    def test_attributes_say_to_a_program_what_the_text_says(
        self, verb: Callable[[Dispatcher], object], attributes: tuple[str, str, str, tuple[str, ...]]
    ) -> None:
        """Item, agent, stage, and what would be accepted; nothing of it has to be read out of the text."""
        dispatcher = office(agent("anna"), agent("bruno"))
        [talks, _] = [dispatcher.arrive(call(name), at=NINE).offers[0] for name in ("talks", "rings")]
        dispatcher.accept(talks, at=NINE)
        dispatcher.arrive(call("waits"), at=NINE)

        with pytest.raises(RoutingError) as refusal:
            verb(dispatcher)

        refused = refusal.value
        assert (refused.item, refused.agent, refused.stage, refused.allowed) == attributes

    def test_two_consults_at_once_are_refused(self) -> None:
        """And nobody joins who has not been asked."""
        dispatcher = office(agent("anna"))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        dispatcher.consult("c-1", any_agent, at=after(1))

        with pytest.raises(RoutingError, match="a consult goes on"):
            dispatcher.consult("c-1", any_agent, at=after(2))
        with pytest.raises(RoutingError, match="no official has joined yet"):
            dispatcher.hand_over("c-1", at=after(3))

    @pytest.mark.parametrize(
        ("build", "path"),
        [
            (
                lambda: Dispatcher(agents=[agent("anna"), agent("anna")]),
                "agents: 'anna' stands twice (allowed: an id once)",
            ),
            (
                lambda: Dispatcher(agents=[], queues=[Queue(id="q"), Queue(id="q")]),
                "queues: 'q' stands twice (allowed: an id once)",
            ),
            (lambda: Dispatcher(agents=[], offers_at_once=0), "offers_at_once: 0 was given (allowed: 1 or more)"),
            (lambda: Dispatcher(agents=[], misses_allowed=0), "misses_allowed: 0 was given (allowed: 1 or more)"),
            (
                lambda: Dispatcher(agents=[], ring_for=timedelta(seconds=-1)),
                "ring_for: -1 day, 23:59:59 was given (allowed: 0 or more)",
            ),
            (
                lambda: Queue(id="q", limit=3),
                "queue.q.fallback: missing (allowed: a place to go when the queue is full)",
            ),
            (lambda: Queue(id="q", limit=-1, fallback="x"), "limit: -1 was given (allowed: 0 or more, or none)"),
            (lambda: agent("anna", capacity=0), "capacity: 0 was given (allowed: 1 or more)"),
            (lambda: agent("anna", share=0), "share: 0 was given (allowed: 1 or more)"),
            (lambda: agent("anna", limits={"voice": -1}), "limits.voice: -1 was given (allowed: 0 or more)"),
            (
                lambda: Agent(id="anna", skills={"asylum": 11}),
                "asylum: 11 was given (allowed: a whole number from 1 to 10)",
            ),
            (
                lambda: Agent(id="anna", skills={"asylum": True}),
                "asylum: True was given (allowed: a whole number from 1 to 10)",
            ),
            (lambda: call(cost=0), "cost: 0 was given (allowed: 1 or more)"),
        ],
    )
    def test_wrong_arguments_name_their_place(self, build: Callable[[], object], path: str) -> None:
        """At once, not in the middle of a day."""
        with pytest.raises(ConfigurationError) as refused:
            build()

        assert path == str(refused.value)

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("strategy", "longest_idle"),
            ("head_start", {"high": timedelta(seconds=90)}),
            ("ring_for", 20),
            ("offers_at_once", 1.5),
            ("misses_allowed", "one"),
            ("offer_again_after", 60),
            ("deferred_again_after", timedelta.max),
            ("priorities", "strictly"),
            ("preempting", "no"),
            ("explaining", None),
        ],
    )
    def test_an_argument_of_another_type_is_named(self, name: str, given: object) -> None:
        """It once was taken, or ended in an error of Python."""
        more: dict[str, Any] = {name: given}
        with pytest.raises(InvalidValue, match=rf"^Settings\.{name}\b"):
            Dispatcher(agents=[], **more)

    def test_a_late_answer_leaves_the_expiry_to_come(self) -> None:
        """It is refused before anything moves; the next decision tells what has expired."""
        dispatcher = office(agent("anna"), ring_for=timedelta(seconds=20))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        with pytest.raises(StaleOffer):
            dispatcher.accept(offer, at=after(21))

        assert dispatcher.advance(at=after(21)).expired == (offer,)


class TestSnapshots:
    """Save, restore, go on."""

    def test_consults_and_all_kinds_of_values_survive(self) -> None:
        """Through JSON, in the middle of everything."""
        steps = require("asylum", level=3).relax(after=timedelta(minutes=5), to=~require("x") | require("y"))
        agents = [agent("anna", languages={"it": 9}), agent("ivo", "permits"), agent("lea", attributes={"team": "a"})]
        dispatcher = office(*agents)
        [offer] = dispatcher.arrive(call(case=CaseRef("permit", "1")), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        handing = HandOver(CaseRef("permit", "1"), "summary", waited=timedelta(seconds=3))
        [consult] = dispatcher.consult("c-1", require("permits"), carrying=handing, at=after(1)).offers
        dispatcher.accept(consult, at=after(2))
        dispatcher.arrive(call("c-2", steps, not_before=after(600)), at=after(3))
        dispatcher.arrive(call("c-3", exclude(["lea"]), attributes={"topic": "x"}), at=after(3))
        data = json.loads(json.dumps(dispatcher.snapshot()))

        again = Dispatcher(agents=agents)
        again.restore(data)

        assert data == again.snapshot()
        assert again.carried("c-1") == handing
        again.hand_over("c-1", at=after(10))
        assert again.holder("c-1") == "ivo"

    def test_holds_and_refusals_survive(self) -> None:
        """What is kept for Anna is kept for her after the restart, and goes on when she leaves."""
        agents = [agent("anna"), agent("bruno"), agent("ivo", "permits")]
        dispatcher = office(*agents)
        [busy] = dispatcher.arrive(call("c-0"), at=NINE).offers
        dispatcher.accept(busy, at=NINE)
        wish = ~require("permits") & prefer("anna", reserve_for=timedelta(minutes=2))
        dispatcher.arrive(call(requirement=wish), at=after(1))
        [refused] = dispatcher.arrive(call("c-2", require("permits")), at=after(2)).offers
        dispatcher.decline(refused, at=after(3))

        again = Dispatcher(agents=agents)
        again.restore(dispatcher.snapshot())

        assert offered(again.set_status("bruno", AgentStatus.BREAK, at=after(4))) == []
        again.sign_in("bruno", at=after(5))
        assert offered(again.sign_out("anna", at=after(6))) == [("c-1", "bruno")]
        again.sign_out("ivo", at=after(7))
        assert offered(again.sign_in("ivo", at=after(8))) == [("c-2", "ivo")]

    def test_only_a_fresh_dispatcher_is_restored(self) -> None:
        """Two pasts cannot be mixed."""
        data = office(agent("anna")).snapshot()

        with pytest.raises(ConfigurationError) as refused:
            office(agent("anna")).restore(data)

        assert str(refused.value) == "restore: something has happened here already (allowed: a fresh dispatcher)"

    def test_another_schema_is_refused(self) -> None:
        """It says which one is known."""
        with pytest.raises(ConfigurationError) as refused:
            Dispatcher(agents=[]).restore({"schema": 9})

        assert str(refused.value) == "schema: 9 was given (allowed: 3)"

    def test_an_unknown_type_is_refused(self) -> None:
        """It says which ones are known."""
        data = office(agent("anna")).snapshot()
        data["agents"][0]["type"] = "Robot"

        with pytest.raises(ConfigurationError) as refused:
            Dispatcher(agents=[]).restore(data)

        assert str(refused.value).startswith(
            "agents[1].type: 'Robot' was given (allowed: Agent, AgentState, AllOf, AnyOf, Assignment, AtSite, "
        )


class TestTwoAtOnce:
    """An agent with room for two."""

    def test_one_of_two_ends(self) -> None:
        """The time with work in hand goes on until both are over."""
        dispatcher = office(agent("anna", capacity=2))
        for name in ("c-1", "c-2"):
            [offer] = dispatcher.arrive(call(name), at=NINE).offers
            dispatcher.accept(offer, at=NINE)

        dispatcher.complete("c-1", at=after(10))
        assert dispatcher.agent_state("anna").occupied == 0
        dispatcher.complete("c-2", at=after(30))

        assert dispatcher.agent_state("anna").occupied == 30_000_000
