"""The longest wait in a queue: who still waits then goes to the fallback."""

import json
from datetime import timedelta
from typing import Any

import pytest
from routing_office import HOURS, NINE, agent, in_hand, item, offered

from ticontact.errors import ConfigurationError
from ticontact.priority import Priority
from ticontact.routing import Callback, Dispatcher, Overflowed, Queue, RoutingDecision, any_agent, require

FIVE = timedelta(minutes=5)
QUEUES = [
    Queue(id="calls", longest_wait=FIVE, fallback="call back", calendar=HOURS),
    Queue(id="other", longest_wait=2 * FIVE, fallback="other fallback"),
]
GONE = (Overflowed("c", "call back", "waited_too_long"),)


def after(minutes: float) -> Any:
    """An instant some minutes after nine."""
    return NINE.add(seconds=round(minutes * 60))


def office(*present: str, **arguments: Any) -> Dispatcher:
    """An office in which some are there."""
    dispatcher = Dispatcher(agents=[agent("anna"), agent("bruno")], queues=QUEUES, **arguments)
    for name in present:
        dispatcher.sign_in(name, at=after(-1))
    return dispatcher


def gone(decision: RoutingDecision) -> tuple[Overflowed, ...]:
    """Who has left for a fallback."""
    return decision.overflowed


class TestWho:
    """Who leaves the queue, and when."""

    def test_who_still_waits_goes_to_the_fallback(self) -> None:
        """At five minutes, not before; and the reason is said."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="calls"), at=NINE)
        assert dispatcher.next_deadline() == after(5)
        assert gone(dispatcher.advance(at=after(4.9))) == ()

        left = gone(dispatcher.advance(at=after(5)))

        assert left == GONE
        assert left[0].text.en == "the longest wait of this queue is over"
        assert dispatcher.waiting() == ()
        assert dispatcher.next_deadline() is None

    def test_it_leaves_while_it_rings(self) -> None:
        """The offer is taken back, and Anna is free; an answer at the very instant is still in time."""
        dispatcher = office("anna")
        [offer] = dispatcher.arrive(item("c", queue="calls"), at=NINE).offers
        decision = dispatcher.advance(at=after(5))

        assert (decision.revoked, decision.overflowed) == ((offer,), GONE)
        assert dispatcher.agent_state("anna").assignments == ()

        in_time = office("anna")
        [offer] = in_time.arrive(item("c", queue="calls"), at=NINE).offers
        in_time.accept(offer, at=after(5))

        assert in_time.holder("c") == "anna"

    def test_a_place_in_the_queue_is_free_again(self) -> None:
        """The limit counts who is there."""
        queue = Queue(id="calls", longest_wait=FIVE, limit=1, fallback="call back")
        dispatcher = Dispatcher(agents=[agent("anna")], queues=[queue])
        dispatcher.arrive(item("c", queue="calls"), at=NINE)
        assert [each.because for each in dispatcher.arrive(item("d", queue="calls"), at=after(1)).overflowed] == [
            "limit"
        ]
        dispatcher.advance(at=after(5))

        assert gone(dispatcher.arrive(item("e", queue="calls"), at=after(5))) == ()

    def test_who_has_been_with_an_agent_stays(self) -> None:
        """Given back, it waits again, and nobody who was connected already is sent away."""
        dispatcher = office("anna")
        in_hand(dispatcher, item("c", queue="calls"))
        dispatcher.requeue("c", at=after(1), requirement=require("nobody"))

        assert gone(dispatcher.advance(at=after(60))) == ()
        assert dispatcher.waiting() == ("c",)

    def test_calls_of_the_office_have_windows_of_their_own(self) -> None:
        """A promise is kept, however long it takes; so is the place of somebody who hangs up to be called."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="calls", callback=Callback.in_turn()), at=NINE)
        dispatcher.arrive(item("d", queue="calls"), at=NINE)
        dispatcher.request_callback("d", Callback.in_turn(), at=after(1))

        assert gone(dispatcher.advance(at=after(60))) == ()

    def test_deferred_work_counts_open_time(self) -> None:
        """An e-mail of five to twelve has waited for five open minutes at noon; one minute later it is lunch."""
        dispatcher = office()
        dispatcher.arrive(item("c", "email", queue="calls"), at=after(176))

        assert gone(dispatcher.advance(at=after(180 + 89))) == ()
        assert gone(dispatcher.advance(at=after(180 + 91))) == GONE

    def test_a_slot_counts_from_its_instant(self) -> None:
        """Nobody waits before the slot."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="calls", not_before=after(30)), at=NINE)

        assert gone(dispatcher.advance(at=after(34.9))) == ()
        assert gone(dispatcher.advance(at=after(35))) == GONE

    def test_who_has_waited_elsewhere_already(self) -> None:
        """The wait counts from the entry; where that is too long ago, there is no waiting at all, nor any offer."""
        dispatcher = office("anna")
        decision = dispatcher.arrive(item("c", queue="calls", entered_at=after(-5)), at=NINE)

        assert (decision.offers, decision.overflowed) == ((), GONE)
        assert gone(dispatcher.arrive(item("c", queue="calls", entered_at=after(-4.9)), at=NINE)) == ()

    def test_a_step_comes_before(self) -> None:
        """The last step is the way out."""
        dispatcher = office("anna")
        wish = require("gold").relax(after=timedelta(minutes=4), to=any_agent)
        dispatcher.arrive(item("c", queue="calls", requirement=wish), at=NINE)

        assert offered(dispatcher.advance(at=after(4))) == [("c", "anna")]


class TestChanges:
    """What happens to the wait in the meantime."""

    def test_another_queue_has_a_wait_of_its_own(self) -> None:
        """Counted from the first entry."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="calls"), at=NINE)
        dispatcher.change_queue("c", "other", by="sup", because="too full", at=after(2))

        assert gone(dispatcher.advance(at=after(9.9))) == ()
        assert gone(dispatcher.advance(at=after(10))) == (Overflowed("c", "other fallback", "waited_too_long"),)

    def test_moved_too_late(self) -> None:
        """It leaves the new queue at once."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="other"), at=NINE)
        dispatcher.change_queue("c", "calls", by="sup", because="wrong queue", at=after(7))

        assert dispatcher.next_deadline() == after(7)
        assert gone(dispatcher.advance(at=after(7))) == GONE

    def test_another_priority_changes_nothing_about_it(self) -> None:
        """The place of the entry stays, and so does the wait."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="calls"), at=NINE)
        dispatcher.change_priority("c", Priority.HIGH, by="sup", because="permit expires", at=after(3))

        assert gone(dispatcher.advance(at=after(5))) == GONE

    def test_one_id_a_second_time(self) -> None:
        """The wait of the first call is not that of the second."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="calls"), at=NINE)
        dispatcher.cancel("c", at=after(1))
        dispatcher.arrive(item("c", queue="calls"), at=after(3))

        assert gone(dispatcher.advance(at=after(7.9))) == ()
        assert gone(dispatcher.advance(at=after(8))) == GONE

    def test_a_snapshot_knows_it(self) -> None:
        """The restored dispatcher lets it go at the same instant."""
        dispatcher = office()
        dispatcher.arrive(item("c", queue="calls"), at=NINE)
        copy = Dispatcher(agents=[agent("anna"), agent("bruno")], queues=QUEUES)
        copy.restore(json.loads(json.dumps(dispatcher.snapshot())))

        assert copy.next_deadline() == after(5)
        assert gone(copy.advance(at=after(5))) == GONE


class TestFaults:
    """What cannot be."""

    def test_it_needs_a_place_to_go(self) -> None:
        """A longest wait without a fallback would drop people."""
        with pytest.raises(ConfigurationError) as refused:
            Queue(id="q", longest_wait=FIVE)

        assert str(refused.value) == "queue.q.fallback: missing (allowed: a place to go after the longest wait)"

    @pytest.mark.parametrize("wait", [timedelta(0), timedelta(minutes=-1)])
    def test_it_is_more_than_nothing(self, wait: timedelta) -> None:
        """A queue in which nobody may wait has a limit of 0."""
        with pytest.raises(ConfigurationError, match=r"longest_wait: .* was given \(allowed: more than 0, or none"):
            Queue(id="q", longest_wait=wait, fallback="f")
