"""Offers that come to nothing: a miss is no decline, a decline stands for its time, and nothing waits for ever."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from engine_room import engine_of
from routing_office import HOURS, NINE, after, agent, fresh_copy, in_hand, item, offered, office, signed_in

from ticontact.errors import ConfigurationError, NeverOpen, RoutingError, UnknownAgent
from ticontact.hours import BusinessCalendar, ClosingRule
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Callback,
    Dispatcher,
    IneligibleReason,
    Offer,
    Queue,
    Remedy,
    WaitingReason,
    any_agent,
    decide,
    exclude,
    prefer,
    require,
)
from ticontact.routing.strategies import STRATEGIES
from ticontact.testing import instant

MINUTE = timedelta(minutes=1)
ORDER: dict[str, Any] = {"by": "sara", "because": "a drill"}
ANNA, BRUNO, CARLA = agent("anna"), agent("bruno"), agent("carla")


class Shut:
    """The hours of an office that has closed for good."""

    def add(self, _: timedelta, /, *, at: datetime) -> datetime:
        """Never."""
        raise NeverOpen(f"nothing opens after {at}", horizon=timedelta(days=365))

    def between(self, _: datetime, __: datetime, /) -> timedelta:
        """None."""
        return timedelta(0)


def rung(dispatcher: Dispatcher, work: Any, *, at: Any = NINE) -> Offer:
    """The one offer that follows when a piece of work arrives."""
    [offer] = dispatcher.arrive(work, at=at).offers
    return offer


class TestMisses:
    """Who has not answered is asked again, after all others, until the misses in a row are too many."""

    def test_it_rings_in_turn_until_nobody_responds(self) -> None:
        """Two agents, three misses each: six rings, and then it waits for somebody to come back."""
        dispatcher = signed_in(ANNA, BRUNO, ring_for=MINUTE, misses_allowed=3)
        rings = [rung(dispatcher, item("c")).agent]
        while (due := dispatcher.next_deadline()) is not None:
            rings += [offer.agent for offer in dispatcher.advance(at=due).offers]

        assert rings == ["anna", "bruno"] * 3
        assert dispatcher.waiting() == ("c",)
        assert offered(dispatcher.sign_in("bruno", at=NINE + timedelta(hours=1))) == [("c", "bruno")]

    def test_who_was_not_asked_yet_goes_first(self) -> None:
        """Also before somebody who is wished for and has not answered."""
        dispatcher = signed_in(ANNA, BRUNO, ring_for=MINUTE, misses_allowed=2)
        assert rung(dispatcher, item("c", requirement=prefer("anna"))).agent == "anna"

        decision = dispatcher.advance(at=NINE + MINUTE)

        assert offered(decision) == [("c", "bruno")]
        whys = {each.agent: each.reason.why for each in decision.explain("c").eligibilities}
        assert whys == {"bruno": IneligibleReason.CHOSEN, "anna": IneligibleReason.ASKED_BEFORE}
        assert "anna: free, but was offered it before: comes after the others" in decision.explain("c").text("en")

    def test_what_is_kept_for_one_rings_there_again(self) -> None:
        """A miss ends no reservation; not to respond does."""
        dispatcher = signed_in(ANNA, BRUNO, ring_for=MINUTE, misses_allowed=2)
        rung(dispatcher, item("c", requirement=prefer("anna", reserve_for=timedelta(hours=1))))

        assert offered(dispatcher.advance(at=NINE + MINUTE)) == [("c", "anna")]
        assert offered(dispatcher.advance(at=NINE + 2 * MINUTE)) == [("c", "bruno")]

    def test_several_at_once_are_the_fresh_ones_first(self) -> None:
        """Then those who were asked, who was asked longest ago first."""
        staff = (ANNA, BRUNO, CARLA)
        dispatcher = signed_in(*staff, ring_for=MINUTE, misses_allowed=5, offers_at_once=2)
        dispatcher.arrive(item("c"), at=NINE)
        rounds = [
            [offer.agent for offer in dispatcher.advance(at=NINE + number * MINUTE).offers] for number in range(1, 4)
        ]

        assert rounds == [["carla", "anna"], ["bruno", "carla"], ["anna", "bruno"]]

    def test_a_miss_is_not_forgotten_by_a_restart(self) -> None:
        """Who comes after the others does so afterwards too."""
        dispatcher = signed_in(ANNA, BRUNO, ring_for=MINUTE, misses_allowed=9)
        rung(dispatcher, item("c"))
        dispatcher.advance(at=NINE + MINUTE)
        copy = fresh_copy(dispatcher, ANNA, BRUNO, ring_for=MINUTE, misses_allowed=9)

        assert offered(copy.advance(at=NINE + 2 * MINUTE)) == [("c", "anna")]
        assert offered(copy.advance(at=NINE + 3 * MINUTE)) == [("c", "bruno")]


class TestDeclines:
    """A decline stands for its time or until that agent signs in anew, whatever others do."""

    @pytest.mark.parametrize(("channel", "minutes"), [("voice", 1), ("email", 30), ("chat", 1), ("post", 30)], ids=str)
    def test_it_stands_a_minute_or_half_an_hour(self, channel: str, minutes: int) -> None:
        """Of live work, and of deferred work."""
        dispatcher = signed_in(ANNA)
        dispatcher.decline(rung(dispatcher, item("c", channel)), at=NINE)

        assert dispatcher.next_deadline() == NINE + minutes * MINUTE
        assert offered(dispatcher.advance(at=NINE + minutes * MINUTE)) == [("c", "anna")]

    def test_half_an_hour_is_open_time(self) -> None:
        """Declined ten minutes before noon, it comes again twenty minutes after the office has opened again."""
        dispatcher = signed_in(ANNA)
        noon = NINE.at(12)
        dispatcher.decline(
            rung(dispatcher, item("m", "email", queue="office"), at=noon - 10 * MINUTE), at=noon - 10 * MINUTE
        )

        assert dispatcher.next_deadline() == NINE.at(13, 50)

    def test_in_an_office_that_never_opens_again_the_clock_on_the_wall_counts(self) -> None:
        """Who works on there is asked again all the same."""
        dispatcher = Dispatcher(agents=[ANNA], queues=[Queue(id="shut", calendar=Shut())])
        dispatcher.sign_in("anna", at=NINE)
        dispatcher.decline(rung(dispatcher, item("m", "email", queue="shut")), at=NINE)

        assert dispatcher.next_deadline() == NINE + 30 * MINUTE

    def test_deferred_work_that_is_due_soon_counts_as_live(self) -> None:
        """It was promoted."""
        dispatcher = signed_in(ANNA)
        dispatcher.decline(rung(dispatcher, item("m", "email", promote_at=NINE)), at=after(1))

        assert dispatcher.next_deadline() == after(61)

    @pytest.mark.parametrize("verb", ["sign_in", "sign_out", "disconnect", "break"])
    def test_what_others_do_does_not_end_it(self, verb: str) -> None:
        """They come, go, pause or are lost: Anna is not asked before her minute is over."""
        dispatcher = signed_in(ANNA, BRUNO)
        dispatcher.decline(rung(dispatcher, item("c", requirement=exclude(["bruno"]))), at=NINE)
        if verb == "break":
            dispatcher.set_status("bruno", AgentStatus.BREAK, at=after(5))
        else:
            getattr(dispatcher, verb)("bruno", at=after(5))

        assert dispatcher.advance(at=after(59)).offers == ()
        assert offered(dispatcher.advance(at=after(60))) == [("c", "anna")]

    @pytest.mark.parametrize("away", ["break", "offline", "lost"])
    def test_a_new_sign_in_of_the_agent_ends_it(self, away: str) -> None:
        """After a break too: she says that she takes work again."""
        dispatcher = signed_in(ANNA)
        dispatcher.decline(rung(dispatcher, item("c")), at=NINE)
        if away == "lost":
            dispatcher.disconnect("anna", at=after(5))
        else:
            dispatcher.set_status("anna", AgentStatus(away), at=after(5))

        assert offered(dispatcher.sign_in("anna", at=after(10))) == [("c", "anna")]

    def test_while_it_rings_elsewhere_too(self) -> None:
        """Anna comes back while it rings at Bruno; when he declines she is asked at once."""
        dispatcher = signed_in(ANNA, BRUNO)
        [second] = dispatcher.decline(rung(dispatcher, item("c")), at=NINE).offers
        dispatcher.set_status("anna", AgentStatus.BREAK, at=after(1))
        assert dispatcher.sign_in("anna", at=after(2)).offers == ()

        assert offered(dispatcher.decline(second, at=after(3))) == [("c", "anna")]

    @pytest.mark.parametrize("verb", ["prioritise", "move", "callback", "requeue", "lose"])
    def test_it_stands_through_all_that_becomes_of_the_work(self, verb: str) -> None:
        """Others take it and give it back, or a supervisor gives orders: that is nothing to Anna's minute."""
        dispatcher = signed_in(ANNA, BRUNO)
        [second] = dispatcher.decline(rung(dispatcher, item("c")), at=NINE).offers
        if verb in {"requeue", "lose"}:
            dispatcher.accept(second, at=after(10))
        else:
            dispatcher.set_status("bruno", AgentStatus.BREAK, at=after(10))
        told = {
            "prioritise": lambda: dispatcher.change_priority("c", Priority.HIGH, at=after(20), **ORDER),
            "move": lambda: dispatcher.change_queue("c", "other", at=after(20), **ORDER),
            "callback": lambda: dispatcher.request_callback("c", Callback.in_turn(), at=after(20)),
            "requeue": lambda: dispatcher.requeue("c", at=after(20)),
            "lose": lambda: dispatcher.disconnect("bruno", at=after(20)),
        }[verb]()

        assert told.offers == ()
        assert dispatcher.next_deadline() == after(60)
        copy = fresh_copy(dispatcher, ANNA, BRUNO)
        assert copy.snapshot() == dispatcher.snapshot()
        assert offered(copy.advance(at=after(60))) == [("c", "anna")]

    def test_it_ends_a_reservation_for_good(self) -> None:
        """When Anna may be asked again, the call is not kept for her alone any more."""
        dispatcher = signed_in(ANNA, agent("bruno", capacity=1))
        in_hand(dispatcher, item("x", requirement=exclude(["anna"])))
        dispatcher.decline(
            rung(dispatcher, item("c", requirement=prefer("anna", reserve_for=timedelta(hours=1)))), at=NINE
        )
        in_hand(dispatcher, item("y", requirement=exclude(["bruno"])))
        dispatcher.advance(at=after(61))

        assert offered(dispatcher.complete("x", at=after(70))) == [("c", "bruno")]

    def test_a_miss_after_a_decline_leaves_the_reservation_ended(self) -> None:
        """She was asked again and did not answer: it is still for everybody."""
        dispatcher = signed_in(ANNA, BRUNO, ring_for=MINUTE, misses_allowed=3)
        in_hand(dispatcher, item("x", requirement=exclude(["anna"])))
        wish = prefer("anna", reserve_for=timedelta(hours=1))
        dispatcher.decline(rung(dispatcher, item("c", requirement=wish)), at=NINE)
        assert offered(dispatcher.advance(at=after(60))) == [("c", "anna")]
        dispatcher.complete("x", at=after(70))

        assert offered(dispatcher.advance(at=after(120))) == [("c", "bruno")]

    def test_what_would_help_is_told(self) -> None:
        """Time alone, or somebody else."""
        dispatcher = signed_in(ANNA)
        dispatcher.decline(rung(dispatcher, item("c")), at=NINE)
        dispatcher.advance(at=after(5))
        why = dispatcher.explain("c")

        assert why.waits is not None
        assert why.waits.because is WaitingReason.DECLINED
        assert why.waits.remedies == (Remedy("decline_ends", within=timedelta(seconds=55), agents=("anna",)),)
        assert "in 55 s it may be offered to anna again" in why.text("en")

    def test_none_is_until_the_next_sign_in(self) -> None:
        """An office may want what its exchange did before."""
        dispatcher = signed_in(ANNA, offer_again_after=None, deferred_again_after=None)
        dispatcher.decline(rung(dispatcher, item("c")), at=NINE)
        dispatcher.decline(rung(dispatcher, item("m", "email")), at=NINE)

        assert dispatcher.next_deadline() is None
        assert {name for name, _ in offered(dispatcher.disconnect("anna", at=after(1)))} == set()
        assert offered(dispatcher.sign_in("anna", at=after(2))) == [("c", "anna")]

    def test_more_open_time_than_a_century_has(self) -> None:
        """No calendar is asked about so much, and nobody about the letter for a hundred years but who comes anew."""
        dispatcher = signed_in(ANNA, deferred_again_after=timedelta(days=40_000))
        [offer] = dispatcher.arrive(item("letter", "post", queue="office"), at=NINE).offers

        decision = dispatcher.decline(offer, at=NINE)
        later = dispatcher.advance(at=NINE + timedelta(days=36_525))

        assert (decision.offers, decision.failures, later.offers) == ((), (), ())
        dispatcher.sign_out("anna", at=later.at)
        assert offered(dispatcher.sign_in("anna", at=later.at)) == [("letter", "anna")]

    @pytest.mark.parametrize("name", ["offer_again_after", "deferred_again_after"])
    def test_no_time_at_all_is_refused(self, name: str) -> None:
        """It would ring again at the very instant."""
        more: dict[str, Any] = {name: timedelta(0)}
        with pytest.raises(ConfigurationError, match=f"{name}: 0:00:00 was given"):
            Dispatcher(agents=[], **more)

    def test_nothing_is_remembered_of_what_is_over(self) -> None:
        """The dispatcher keeps no request for its declines."""
        dispatcher = signed_in(agent("anna", skills=["tax"]), BRUNO)
        for number in range(10):
            name = f"c-{number}"
            offer = rung(dispatcher, item(name), at=after(number))
            for again in dispatcher.decline(offer, at=after(number)).offers:
                dispatcher.accept(again, at=after(number))
            if dispatcher.holder(name) == "bruno":
                [asked] = dispatcher.consult(name, require("tax"), at=after(number)).offers
                dispatcher.decline(asked, at=after(number))
            dispatcher.cancel(name, at=after(number))

        assert len(engine_of(dispatcher).vain_requests) == 0
        assert dispatcher.next_deadline() is None


class TestEverybodyHasDeclined:
    """The next step, a consult that comes back, or the fallback where the queue lets go."""

    def test_the_next_step_comes_when_the_last_one_leaves_who_was_not_asked(self) -> None:
        """Anna has declined; Bruno, who was busy, goes home: Carla need not wait for the step."""
        wish = require("tax").relax(after=timedelta(hours=1), to=any_agent)
        dispatcher = signed_in(agent("anna", skills=["tax"]), agent("bruno", skills=["tax"]), CARLA)
        in_hand(dispatcher, item("x", requirement=require("tax") & exclude(["anna"])))
        assert dispatcher.decline(rung(dispatcher, item("c", requirement=wish)), at=NINE).offers == ()

        assert offered(dispatcher.sign_out("bruno", at=after(5))) == [("c", "carla")]

    def test_a_consult_comes_back_when_the_last_one_leaves_who_was_not_asked(self) -> None:
        """The operator is on the line, and need not wait for a minute to be over."""
        tax = ["tax"]
        dispatcher = signed_in(agent("op"), agent("emma", skills=tax), agent("fabio", skills=tax))
        in_hand(dispatcher, item("x", requirement=require("tax") & exclude(["emma"])))
        in_hand(dispatcher, item("c", requirement=exclude(["emma", "fabio"])))
        [asked] = dispatcher.consult("c", require("tax"), at=NINE).offers
        assert dispatcher.decline(asked, at=after(1)).returned == ()

        assert dispatcher.disconnect("fabio", at=after(5)).returned == ("c",)

    def test_it_needs_a_place_to_go(self) -> None:
        """As every overflow."""
        with pytest.raises(
            ConfigurationError, match=r"queue.q.fallback: missing \(allowed: a place for what everybody"
        ):
            Queue(id="q", overflow_when_declined=True)

    @pytest.mark.parametrize("status", [AgentStatus.BREAK, AgentStatus.NOT_RESPONDING])
    def test_who_is_signed_in_is_waited_for(self, status: AgentStatus) -> None:
        """On a break, or not responding: nobody has asked them."""
        queue = Queue(id="q", fallback="message", overflow_when_declined=True)
        dispatcher = Dispatcher(agents=[ANNA, BRUNO], queues=[queue])
        dispatcher.sign_in("anna", at=NINE)
        dispatcher.set_status("bruno", status, at=NINE)

        assert dispatcher.decline(rung(dispatcher, item("c", queue="q")), at=NINE).overflowed == ()
        assert [each.item for each in dispatcher.sign_out("bruno", at=after(1)).overflowed] == ["c"]

    def test_a_miss_lets_nobody_go(self) -> None:
        """Whatever the queue says, and however often."""
        queue = Queue(id="q", fallback="message", overflow_when_declined=True)
        dispatcher = Dispatcher(agents=[ANNA], queues=[queue], ring_for=MINUTE, misses_allowed=2)
        dispatcher.sign_in("anna", at=NINE)
        rung(dispatcher, item("c", queue="q"))
        for number in (1, 2, 60):
            assert dispatcher.advance(at=NINE + number * MINUTE).overflowed == ()

        assert dispatcher.waiting() == ("c",)


class TestTransfer:
    """A blind transfer: to a queue or to an agent, at the place of the first entry."""

    def test_to_a_queue_the_rules_are_asked_anew(self) -> None:
        """They know the queue; what was asked before is asked beside them."""

        def by_queue(work: Any, /, *, at: Any) -> Any:  # noqa: ARG001 - rules are called so
            return require("tax") if work.queue == "tax" else any_agent

        staff = agent("anna"), agent("emma", skills=["tax"])
        dispatcher = Dispatcher(agents=staff, rules=[by_queue])
        for each in staff:
            dispatcher.sign_in(each.id, at=NINE)
        assert in_hand(dispatcher, item("c")) == "anna"

        assert offered(dispatcher.transfer("c", to_queue="tax", at=after(5))) == [("c", "emma")]
        assert dispatcher.waiting("tax") == ("c",)

    def test_what_was_given_away_with_a_requirement_keeps_it(self) -> None:
        """Sent on once more, until somebody says another one."""
        staff = agent("anna"), agent("emma", skills=["tax"]), agent("fabio", skills=["tax"])
        dispatcher = signed_in(*staff)
        in_hand(dispatcher, item("c"))
        [offer] = dispatcher.requeue("c", requirement=require("tax"), at=after(1)).offers
        dispatcher.accept(offer, at=after(2))

        assert offered(dispatcher.transfer("c", to_queue="far", at=after(3))) == [("c", "fabio")]
        moved = dispatcher.change_queue("c", "near", requirement=require("asylum"), at=after(100), **ORDER)
        assert moved.offers == ()
        dispatcher.change_priority("c", item("x").priority, at=after(101), **ORDER)
        whys = {each.reason.why for each in dispatcher.explain("c").eligibilities}
        assert whys == {IneligibleReason.LACKS_SKILL}

    def test_to_an_agent_and_not_taken(self) -> None:
        """It waits in its queue, asks what it asked, or what was said, and never rings at the giver at once."""
        dispatcher = signed_in(agent("anna"), agent("emma"), ring_for=MINUTE)
        in_hand(dispatcher, item("c"))
        wish = require("asylum")

        assert offered(dispatcher.transfer("c", to_agent="emma", requirement=wish, at=after(5))) == [("c", "emma")]
        assert dispatcher.advance(at=after(65)).offers == ()
        whys = {each.agent: each.reason.why for each in dispatcher.explain("c").eligibilities}
        assert whys == dict.fromkeys(("anna", "emma"), IneligibleReason.LACKS_SKILL)

    def test_a_consult_ends_with_it(self) -> None:
        """Whoever was asked to join is asked for nobody."""
        dispatcher = signed_in(agent("anna"), agent("emma", skills=["tax"]), agent("fabio"))
        in_hand(dispatcher, item("c"))
        dispatcher.consult("c", require("tax"), at=after(1))

        decision = dispatcher.transfer("c", to_agent="fabio", at=after(2))

        assert [offer.agent for offer in decision.revoked] == ["emma"]
        assert offered(decision) == [("c", "fabio")]

    @pytest.mark.parametrize(
        ("to", "error"),
        [
            ({}, ConfigurationError),
            ({"to_queue": "tax", "to_agent": "emma"}, ConfigurationError),
            ({"to_agent": "zora"}, UnknownAgent),
            ({"to_agent": "anna"}, RoutingError),
            ({"to_agent": "bruno"}, RoutingError),
            ({"to_agent": "emma"}, RoutingError),
        ],
        ids=["neither", "both", "unknown", "the giver", "offline", "the official"],
    )
    def test_what_cannot_be_is_refused_and_changes_nothing(self, to: dict[str, Any], error: type[Exception]) -> None:
        """Nobody is named, or somebody who is not free for it."""
        dispatcher = office(agent("anna"), agent("emma", skills=["tax"]), BRUNO)
        for name in ("anna", "emma"):
            dispatcher.sign_in(name, at=NINE)
        in_hand(dispatcher, item("c"))
        dispatcher.consult("c", require("tax"), at=NINE)
        before = dispatcher.snapshot()

        with pytest.raises(error):
            dispatcher.transfer("c", at=NINE, **to)
        assert dispatcher.snapshot() == before


class TestDrains:
    """A drain belongs to the work that has set it."""

    def test_the_end_of_an_earlier_line_ends_no_later_one(self) -> None:
        """The first is answered; the second, given back later, has its own ten minutes."""
        dispatcher = signed_in(agent("anna", capacity=3), drain=10)
        five = NINE.at(17)
        for name in ("a", "b"):
            in_hand(dispatcher, item(name, queue="office"), at=five - 10 * MINUTE)
        dispatcher.sign_out("anna", at=five + 20 * MINUTE)
        dispatcher.requeue("a", at=five + 20 * MINUTE)
        dispatcher.cancel("a", at=five + 21 * MINUTE)
        dispatcher.requeue("b", at=five + 25 * MINUTE)

        assert dispatcher.advance(at=five + 34 * MINUTE).overflowed == ()
        copy = fresh_copy(dispatcher, agent("anna", capacity=3), drain=10)
        assert [each.item for each in copy.advance(at=five + 35 * MINUTE).overflowed] == ["b"]

    def test_a_line_of_one_day_asks_its_calendar_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hundred callers come before one closing."""
        asked: list[datetime] = []
        next_closing = BusinessCalendar.next_closing

        def counted(calendar: BusinessCalendar, *, at: datetime) -> datetime | None:
            asked.append(at)
            return next_closing(calendar, at=at)

        monkeypatch.setattr(BusinessCalendar, "next_closing", counted)
        queue = Queue(id="office", calendar=HOURS, fallback="message", closing=ClosingRule(drain=10 * MINUTE))
        dispatcher = Dispatcher(agents=[], queues=[queue])
        for number in range(100):
            dispatcher.arrive(item(f"c-{number}", queue="office"), at=after(number))

        assert len(asked) == 1
        assert len(dispatcher.advance(at=NINE.at(12, 10)).overflowed) == 100


class TestDecide:
    """The pure function counts open time by the calendars that it is given."""

    def test_a_step_in_open_time(self) -> None:
        """An hour of it is not over at a quarter past one; without a calendar it is."""
        wish = require("tax").relax(after=timedelta(hours=1), to=any_agent, clock="open")
        work = item("m", "email", queue="office", requirement=wish, entered_at=NINE.at(11, 45))
        states = [AgentState(agent=ANNA)]
        queue = Queue(id="office", calendar=HOURS)

        assert decide([work], states, at=NINE.at(13, 15)).offers != ()
        decision = decide([work], states, at=NINE.at(13, 15), queues=[queue])
        assert decision.offers == ()
        waits = decision.explain("m").waits
        assert waits is not None
        [step] = [each for each in waits.remedies if each.kind == "step"]
        assert step.within == timedelta(hours=1)  # at a quarter past two
        assert decide([work], states, at=NINE.at(14, 15), queues=[queue]).offers != ()

    def test_deferred_work_ages_in_open_time(self) -> None:
        """A letter of the closed office is younger than one that came later where it is always open."""
        closed = item("closed", "post", queue="office", entered_at=NINE.at(11, 59))
        open_ = item("open", "post", entered_at=NINE.at(12, 30))
        queue = Queue(id="office", calendar=HOURS)

        def first(**more: Any) -> str:
            return decide([closed, open_], [AgentState(agent=ANNA)], at=NINE.at(13, 29), **more).offers[0].item

        assert (first(), first(queues=[queue])) == ("closed", "open")

    def test_nobody_is_called_back_out_of_hours(self) -> None:
        """The queue has hours, and the call is the office's."""
        back = item("back", queue="office", callback=Callback.in_turn())
        states = [AgentState(agent=ANNA)]
        queue = Queue(id="office", calendar=HOURS)

        assert decide([back], states, at=NINE.at(12, 30), queues=[queue]).offers == ()
        assert decide([back], states, at=NINE.at(12, 30)).offers != ()
        assert decide([back], states, at=NINE, queues=[queue]).offers != ()

    def test_it_knows_no_declines(self) -> None:
        """Whoever calls it says who is not to be asked."""
        states = [AgentState(agent=ANNA), AgentState(agent=BRUNO)]

        assert offered(decide([item("c", requirement=exclude(["anna"]))], states, at=NINE)) == [("c", "bruno")]


class TestTies:
    """Every strategy has one answer, whatever the order in which agents are given."""

    EARLY, LATE = int(instant("2026-03-18 08:00").timestamp()) * 1_000_000, int(NINE.timestamp()) * 1_000_000

    @pytest.mark.parametrize("name", sorted(STRATEGIES))
    def test_equals_go_by_longest_idle_and_then_by_id(self, name: str) -> None:
        """All but `round_robin`, which knows turns alone."""
        idle = [("c", self.LATE), ("b", self.EARLY), ("a", self.LATE), ("d", self.EARLY)]
        states = [AgentState(agent=Agent(id=each), idle_since=since) for each, since in idle]
        work = [item(f"w-{number}") for number in range(4)]
        expected = ["a", "b", "c", "d"] if name == "round_robin" else ["b", "d", "a", "c"]
        strategy = STRATEGIES[name]

        for given in (states, states[::-1]):
            assert [agent_id for _, agent_id in offered(decide(work, given, at=NINE, strategy=strategy))] == expected
