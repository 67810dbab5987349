"""Calls that the office makes: in turn, in a window, as promised; never out of hours, and not for ever."""

from datetime import timedelta
from typing import Any

import pytest
from routing_office import NINE, agent, fresh_copy, in_hand, item, offered, signed_in

from ticontact.errors import ConfigurationError, NaiveTime, RoutingError
from ticontact.hours import BusinessCalendar, Week
from ticontact.routing import Callback, CloseReason, Dispatcher, Overflowed, Queue, WorkClosed, WorkItem
from ticontact.testing import instant

NOON = instant("2026-03-18 12:00")
AFTERNOON = instant("2026-03-18 13:30")
FRIDAY = instant("2026-03-20 08:00")


def call(name: str, callback: Callback | None = None, **more: Any) -> WorkItem:
    """A call in the queue of the office."""
    return item(name, queue="office", callback=callback, **more)


class TestKinds:
    """The three kinds."""

    def test_in_turn_keeps_the_place(self) -> None:
        """Who hangs up is called before those who came later."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("busy"))
        dispatcher.arrive(call("first"), at=NINE.add(minutes=1))
        dispatcher.arrive(call("second"), at=NINE.add(minutes=2))

        dispatcher.request_callback("first", Callback.in_turn(), at=NINE.add(minutes=3))

        assert dispatcher.waiting() == ("first", "second")
        assert offered(dispatcher.complete("busy", at=NINE.add(minutes=4))) == [("first", "anna")]

    def test_in_turn_takes_back_what_rings(self) -> None:
        """The round begins anew, because the agent is to call."""
        dispatcher = signed_in(agent("anna"))
        [offer] = dispatcher.arrive(call("first"), at=NINE).offers

        decision = dispatcher.request_callback("first", Callback.in_turn(), at=NINE)

        assert decision.revoked == (offer,)
        assert [each.epoch for each in decision.offers] == [2]

    def test_between_is_not_made_before_the_window(self) -> None:
        """The agent is idle until ten, though the call waits."""
        dispatcher = signed_in(agent("anna"))
        ten, eleven = NINE.add(hours=1), NINE.add(hours=2)

        assert dispatcher.arrive(call("window", Callback.between(ten, eleven)), at=NINE).offers == ()
        assert dispatcher.next_deadline() == ten
        assert offered(dispatcher.advance(at=ten)) == [("window", "anna")]

    def test_a_window_that_is_over_goes_to_the_fallback(self) -> None:
        """Also while it rings: the person is not there any more."""
        dispatcher = signed_in(agent("anna"))
        dispatcher.arrive(call("window", Callback.between(NINE, NINE.add(hours=1))), at=NINE)

        decision = dispatcher.advance(at=NINE.add(hours=1))

        assert decision.overflowed == (Overflowed("window", "call back", "window_over"),)
        assert decision.overflowed[0].text.en == "the time agreed on for the call is over"
        assert [offer.item for offer in decision.revoked] == ["window"]
        assert dispatcher.waiting() == ()

    def test_a_window_is_no_limit_for_a_conversation(self) -> None:
        """What is in hand goes on."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("window", Callback.between(NINE, NINE.add(hours=1))))

        assert dispatcher.advance(at=NINE.add(hours=2)).overflowed == ()
        assert dispatcher.holder("window") == "anna"

    def test_what_is_given_back_after_its_window_is_let_go_at_once(self) -> None:
        """It was in hand when the window ended."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("window", Callback.between(NINE, NINE.add(hours=1))))

        dispatcher.requeue("window", at=NINE.add(hours=1, minutes=1))

        assert dispatcher.next_deadline() == NINE.add(hours=1, minutes=1)
        gone = dispatcher.advance(at=NINE.add(hours=1, minutes=1))
        assert gone.overflowed == (Overflowed("window", "call back", "window_over"),)
        assert dispatcher.next_deadline() is None

    def test_another_arrangement_replaces_the_window(self) -> None:
        """Who keeps the place instead is not let go at its end."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("busy"))
        dispatcher.arrive(call("c", Callback.between(NINE, NINE.add(hours=1))), at=NINE)
        dispatcher.request_callback("c", Callback.in_turn(), at=NINE)

        assert dispatcher.advance(at=NINE.add(hours=2)).overflowed == ()
        assert dispatcher.waiting() == ("c",)

    def test_promised_is_deferred_work_until_shortly_before(self) -> None:
        """At ten a new call goes first; from eleven on the promise does."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("busy"))
        dispatcher.arrive(call("promise", Callback.promised(NOON)), at=NINE)
        dispatcher.arrive(call("new"), at=NINE.add(minutes=30))

        assert dispatcher.waiting() == ("new", "promise")
        dispatcher.advance(at=NOON.subtract(hours=1))
        assert dispatcher.waiting() == ("promise", "new")

    def test_both_a_slot_and_a_window_hold(self) -> None:
        """The later of the two decides."""
        window = Callback.between(NINE.add(minutes=10), NINE.add(hours=1))
        later = call("c", window, not_before=NINE.add(minutes=20))
        earlier = call("c", window, not_before=NINE)

        assert later.begins_at == NINE.add(minutes=20)
        assert earlier.begins_at == NINE.add(minutes=10)


class TestHours:
    """A call is never made out of hours."""

    def test_what_waits_at_noon_is_called_after_lunch(self) -> None:
        """The agent becomes free at 12.10, and gets it at 13.30."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("busy"))
        dispatcher.arrive(call("later", Callback.in_turn()), at=NINE)

        assert dispatcher.complete("busy", at=NOON.add(minutes=10)).offers == ()
        assert dispatcher.next_deadline() == AFTERNOON
        assert offered(dispatcher.advance(at=AFTERNOON)) == [("later", "anna")]

    def test_a_snapshot_over_lunch_forgets_nothing(self) -> None:
        """The restored dispatcher calls at 13.30 too."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("busy"))
        dispatcher.arrive(call("later", Callback.in_turn()), at=NINE)
        dispatcher.complete("busy", at=NOON.add(minutes=10))

        copy = fresh_copy(dispatcher, agent("anna"))

        assert copy.snapshot() == dispatcher.snapshot()
        assert offered(copy.advance(at=AFTERNOON)) == [("later", "anna")]

    def test_where_it_is_always_open_there_is_no_turn_to_wait_for(self) -> None:
        """Nothing is due, and the call is made as soon as somebody is there."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Su 00:00-24:00"))
        dispatcher = Dispatcher(agents=[agent("anna")], queues=[Queue(id="office", calendar=always)])
        dispatcher.arrive(call("later", Callback.in_turn()), at=NINE)

        assert dispatcher.next_deadline() is None
        assert offered(dispatcher.sign_in("anna", at=NINE)) == [("later", "anna")]

    def test_a_consult_about_it_may_last_into_lunch(self) -> None:
        """The person is on the line already."""
        dispatcher = signed_in(agent("anna"), agent("ivo"))
        in_hand(dispatcher, call("later", Callback.in_turn()))

        assert offered(
            dispatcher.consult("later", WorkItem(id="x", channel=call("x").channel).requirement, at=NOON)
        ) == [("later", "ivo")]


class TestAttempts:
    """Nobody answers."""

    def test_the_next_attempt_comes_after_the_spacing_in_open_time(self) -> None:
        """A call in vain at 11.50 is tried again at 13.50: lunch does not count."""
        dispatcher = signed_in(agent("anna"))
        at = NOON.subtract(minutes=10)
        in_hand(dispatcher, call("c", Callback.in_turn(spacing=timedelta(minutes=30))), at=at)

        decision = dispatcher.callback_unanswered("c", at=at)

        assert decision.offers == ()
        assert dispatcher.agent_state("anna").assignments == ()
        assert offered(dispatcher.advance(at=AFTERNOON.add(minutes=20))) == [("c", "anna")]

    def test_without_a_calendar_the_spacing_is_elapsed_time(self) -> None:
        """No queue is known."""
        dispatcher = Dispatcher(agents=[agent("anna")])
        dispatcher.sign_in("anna", at=NINE)
        in_hand(dispatcher, item("c", callback=Callback.in_turn()))

        dispatcher.callback_unanswered("c", at=NINE)

        assert dispatcher.next_deadline() == NINE.add(minutes=30)

    def test_the_last_attempt_ends_it(self) -> None:
        """It is counted as not reached, and gone."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("c", Callback.in_turn(attempts=2)))
        dispatcher.callback_unanswered("c", at=NINE)
        [offer] = dispatcher.advance(at=NINE.add(minutes=30)).offers
        dispatcher.accept(offer, at=NINE.add(minutes=30))

        decision = fresh_copy(dispatcher, agent("anna")).callback_unanswered("c", at=NINE.add(minutes=30))

        assert decision.closed == (WorkClosed("c", CloseReason.NOT_REACHED),)
        assert decision.offers == ()

    def test_its_agent_goes_on_with_the_next(self) -> None:
        """The agent is idle at once, without a wrap-up."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("c", Callback.in_turn(attempts=1)))
        dispatcher.arrive(call("next"), at=NINE)

        assert offered(dispatcher.callback_unanswered("c", at=NINE)) == [("next", "anna")]

    def test_only_a_callback_is_not_reached(self) -> None:
        """Somebody who has called cannot be."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("c"))

        with pytest.raises(RoutingError) as refused:
            dispatcher.callback_unanswered("c", at=NINE)

        assert str(refused.value) == "item 'c': the office does not call back here; allowed: a callback"

    def test_only_who_waits_is_called_back(self) -> None:
        """Who talks already has the agent."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, call("c"))

        with pytest.raises(RoutingError) as refused:
            dispatcher.request_callback("c", Callback.in_turn(), at=NINE)

        assert str(refused.value) == "item 'c': 'anna' has it in hand; allowed: while it waits"


class TestRefusals:
    """What cannot be a callback."""

    @pytest.mark.parametrize(
        ("made", "fault"),
        [
            (lambda: Callback.in_turn(attempts=0), "callback.attempts: 0 was given (allowed: 1 or more)"),
            (
                lambda: Callback.in_turn(spacing=timedelta(-1)),
                "callback.spacing: -1 day, 0:00:00 was given (allowed: 0 or more)",
            ),
            (
                lambda: Callback.between(NINE, NINE),
                "callback.closes: it is not after the opening of the window (allowed: a later instant)",
            ),
        ],
    )
    def test_it_names_the_fault(self, made: Any, fault: str) -> None:
        """And what is allowed."""
        with pytest.raises(ConfigurationError) as refused:
            made()

        assert fault == str(refused.value)

    def test_a_promise_has_a_zone(self) -> None:
        """Nobody knows when it is due."""
        with pytest.raises(NaiveTime, match=r"^by:"):
            Callback.promised(NINE.naive())

    @pytest.mark.parametrize(
        ("made", "kind"),
        [
            (Callback.in_turn, "keeps_place"),
            (lambda **more: Callback.between(NINE, NINE.add(hours=1), **more), "window"),
            (lambda **more: Callback.promised(NINE, **more), "promised"),
        ],
        ids=["in turn", "between", "promised"],
    )
    def test_what_was_agreed_on_is_kept(self, made: Any, kind: str) -> None:
        """Its kind, how often it is tried, and after what time: by default three times, half an hour apart."""
        usual, said = made(), made(attempts=2, spacing=timedelta(0))

        assert (usual.kind, usual.attempts, usual.spacing) == (kind, 3, timedelta(minutes=30))
        assert (said.kind, said.attempts, said.spacing) == (kind, 2, timedelta(0))

    def test_only_a_promise_is_due(self) -> None:
        """It keeps its word, and the hour before it in which it is live work."""
        ten = NINE.add(hours=1)
        kinds = [Callback.promised(ten), Callback.in_turn(), Callback.between(NINE, ten)]

        assert [(each.due, each.urgent_from) for each in kinds] == [(ten, NINE), (None, None), (None, None)]

    def test_a_promise_without_a_zone_is_refused(self) -> None:
        """Nobody could keep it."""
        with pytest.raises(NaiveTime):
            Callback.promised(NINE.naive())

    def test_a_window_without_a_fallback_is_still_tried(self) -> None:
        """Better late than never."""
        dispatcher = Dispatcher(agents=[agent("anna")], queues=[Queue(id="office")])
        dispatcher.arrive(call("c", Callback.between(NINE, NINE.add(hours=1))), at=NINE)

        assert offered(dispatcher.sign_in("anna", at=NINE.add(hours=2))) == [("c", "anna")]
