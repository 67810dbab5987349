"""Deferred work is suspended for live work, and resumed."""

from datetime import timedelta
from typing import Any

import pytest
from routing_office import NINE, agent, fresh_copy, in_hand, item, offered, signed_in, states

from ticontact.errors import RoutingError
from ticontact.routing import Agent, AgentStatus, AssignmentState, Dispatcher, Suspended, WrapUp, require
from ticontact.routing.strategies import least_occupied

LATER = NINE.add(minutes=5)


def blended(*agents: Agent) -> Dispatcher:
    """Everybody is there, and e-mails are suspended for calls."""
    return signed_in(*agents, preempting=True, ring_for=timedelta(seconds=20))


class TestGivingWay:
    """A call finds nobody idle."""

    def test_an_e_mail_gives_way_to_a_call_and_comes_back(self) -> None:
        """The e-mail stays with its agent."""
        dispatcher = blended(agent("anna"))
        in_hand(dispatcher, item("mail", "email"))

        decision = dispatcher.arrive(item("call"), at=LATER)

        assert decision.suspended == (Suspended("mail", "anna"),)
        assert offered(decision) == [("call", "anna")]
        assert states(dispatcher, "anna") == {"mail": AssignmentState.SUSPENDED, "call": AssignmentState.OFFERED}
        dispatcher.accept(decision.offers[0], at=LATER)
        done = dispatcher.complete("call", at=LATER.add(minutes=1))
        assert done.resumed == (Suspended("mail", "anna"),)
        assert states(dispatcher, "anna") == {"mail": AssignmentState.ACTIVE}

    @pytest.mark.parametrize("answer", ["decline", "expire", "hang up"])
    def test_it_comes_back_when_nothing_came_of_the_call(self, answer: str) -> None:
        """Whatever the reason."""
        dispatcher = blended(agent("anna"))
        in_hand(dispatcher, item("mail", "email"))
        [offer] = dispatcher.arrive(item("call"), at=LATER).offers

        match answer:
            case "decline":
                decision = dispatcher.decline(offer, at=LATER)
            case "expire":
                decision = dispatcher.advance(at=LATER.add(seconds=20))
            case _:
                decision = dispatcher.cancel("call", at=LATER)

        assert decision.resumed == (Suspended("mail", "anna"),)
        assert states(dispatcher, "anna") == {"mail": AssignmentState.ACTIVE}

    def test_who_is_idle_is_asked_first(self) -> None:
        """Nothing is suspended while somebody is free."""
        dispatcher = blended(agent("anna"), agent("bruno"))
        holder = in_hand(dispatcher, item("mail", "email"))

        decision = dispatcher.arrive(item("call"), at=LATER)

        assert decision.suspended == ()
        assert offered(decision) != [("call", holder)]

    def test_a_call_never_gives_way(self) -> None:
        """Nor does an e-mail to another e-mail."""
        dispatcher = blended(agent("anna"), agent("bruno"))
        in_hand(dispatcher, item("call"))
        in_hand(dispatcher, item("mail", "email"))

        assert dispatcher.arrive(item("other mail", "email"), at=LATER).suspended == ()
        assert len(dispatcher.arrive(item("second"), at=LATER).suspended) == 1
        assert dispatcher.arrive(item("third"), at=LATER).offers == ()

    def test_only_who_may_take_the_call_is_interrupted(self) -> None:
        """Skills decide as ever."""
        dispatcher = blended(agent("anna"), agent("bruno", skills=["asylum"]))
        in_hand(dispatcher, item("one", "email"))
        in_hand(dispatcher, item("two", "email"))

        assert offered(dispatcher.arrive(item("call", requirement=require("asylum")), at=LATER)) == [("call", "bruno")]

    def test_of_two_the_one_who_has_been_idle_longest_is_interrupted(self) -> None:
        """By the strategy of the office, and not by name."""
        dispatcher = Dispatcher(agents=[agent("anna"), agent("bruno")], preempting=True)
        for minute, name in enumerate(("bruno", "anna")):
            dispatcher.sign_in(name, at=NINE.subtract(minutes=5 - minute))
        for name in ("one", "two"):
            in_hand(dispatcher, item(name, "email"))

        decision = dispatcher.arrive(item("call"), at=NINE)
        assert offered(decision) == [("call", "bruno")]
        assert [each.agent for each in decision.suspended] == ["bruno"]

    def test_by_a_strategy_that_looks_at_the_time(self) -> None:
        """Who has had work for the smaller share of the time is interrupted."""
        dispatcher = signed_in(agent("anna"), agent("bruno"), preempting=True, strategy=least_occupied)
        in_hand(dispatcher, item("one", "email"))
        in_hand(dispatcher, item("two", "email"), at=NINE.add(minutes=1))

        assert offered(dispatcher.arrive(item("call"), at=LATER)) == [("call", "bruno")]

    def test_no_more_gives_way_than_has_to(self) -> None:
        """One unit of four is free, so for a call that costs two the e-mail begun last makes room."""
        dispatcher = blended(agent("anna", capacity=4))
        for number in range(3):
            in_hand(dispatcher, item(f"mail-{number}", "email"), at=NINE.add(seconds=number))

        decision = dispatcher.arrive(item("call", cost=2), at=LATER)

        assert decision.suspended == (Suspended("mail-2", "anna"),)

    def test_live_work_goes_before_what_has_given_way_and_that_before_new_deferred_work(self) -> None:
        """A second call, then the old e-mail; the new one waits."""
        dispatcher = blended(agent("anna"))
        in_hand(dispatcher, item("old", "email"))
        [offer] = dispatcher.arrive(item("first"), at=LATER).offers
        dispatcher.accept(offer, at=LATER)
        dispatcher.arrive(item("new", "email"), at=LATER)
        dispatcher.arrive(item("second"), at=LATER)

        [offer] = dispatcher.complete("first", at=LATER).offers
        assert offer.item == "second"
        dispatcher.accept(offer, at=LATER)
        last = dispatcher.complete("second", at=LATER)

        assert last.resumed == (Suspended("old", "anna"),)
        assert last.offers == ()
        assert dispatcher.waiting() == ("new",)

    def test_a_call_that_waits_gets_the_agent_who_begins_an_e_mail(self) -> None:
        """It came while the e-mail rang, which cannot be suspended."""
        dispatcher = blended(agent("anna"))
        [mail] = dispatcher.arrive(item("mail", "email"), at=NINE).offers
        assert dispatcher.arrive(item("call"), at=NINE).offers == ()

        decision = dispatcher.accept(mail, at=NINE)

        assert decision.suspended == (Suspended("mail", "anna"),)
        assert offered(decision) == [("call", "anna")]

    def test_nothing_gives_way_unless_the_office_wants_it(self) -> None:
        """The call waits."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("mail", "email"))

        assert dispatcher.arrive(item("call"), at=LATER).offers == ()


class TestWhileItIsSuspended:
    """What can be done with suspended work."""

    def suspended(self, **more: Any) -> Dispatcher:
        """Anna talks, and an e-mail waits for her."""
        dispatcher = blended(agent("anna", **more))
        in_hand(dispatcher, item("mail", "email"))
        [offer] = dispatcher.arrive(item("call"), at=LATER).offers
        dispatcher.accept(offer, at=LATER)
        return dispatcher

    @pytest.mark.parametrize("verb", ["complete", "requeue"])
    def test_nobody_works_at_it(self, verb: str) -> None:
        """It can neither be finished nor given back."""
        with pytest.raises(RoutingError) as refused:
            getattr(self.suspended(), verb)("mail", at=LATER)

        assert str(refused.value) == "item 'mail': it is suspended for live work; allowed: when it is resumed"

    def test_it_can_be_withdrawn(self) -> None:
        """The citizen writes that it is settled; there is no wrap-up."""
        dispatcher = self.suspended(wrap_up=WrapUp.timed(timedelta(minutes=1)))

        dispatcher.cancel("mail", at=LATER)

        assert states(dispatcher, "anna") == {"call": AssignmentState.ACTIVE}

    def test_time_at_it_is_counted_without_the_pause(self) -> None:
        """Five minutes before the call and two after it."""
        dispatcher = self.suspended()
        dispatcher.complete("call", at=LATER.add(minutes=10))
        dispatcher.complete("mail", at=LATER.add(minutes=12))

        assert dispatcher.agent_state("anna").talked == (10 + 5 + 2) * 60_000_000

    def test_a_snapshot_knows_it(self) -> None:
        """And brings it back."""
        dispatcher = self.suspended()

        copy = fresh_copy(dispatcher, agent("anna"), preempting=True, ring_for=timedelta(seconds=20))

        assert copy.snapshot() == dispatcher.snapshot()
        assert copy.complete("call", at=LATER).resumed == (Suspended("mail", "anna"),)

    def test_who_goes_on_a_break_finishes_it_first(self) -> None:
        """It comes back also to who takes nothing new."""
        dispatcher = self.suspended()
        dispatcher.set_status("anna", AgentStatus.BREAK, at=LATER)

        assert dispatcher.complete("call", at=LATER).resumed == (Suspended("mail", "anna"),)

    def test_a_lost_agent_loses_both(self) -> None:
        """The call and the e-mail wait for somebody else."""
        dispatcher = self.suspended()

        dispatcher.disconnect("anna", at=LATER)

        assert dispatcher.waiting() == ("call", "mail")

    def test_a_limit_of_its_channel_holds(self) -> None:
        """Once it is back, it is the only e-mail there may be."""
        dispatcher = blended(agent("anna", capacity=2, limits={"email": 1}))
        in_hand(dispatcher, item("mail", "email"))
        in_hand(dispatcher, item("one"))
        [offer] = dispatcher.arrive(item("two"), at=LATER).offers
        dispatcher.accept(offer, at=LATER)
        dispatcher.complete("one", at=LATER)

        assert dispatcher.arrive(item("other", "email"), at=LATER).offers == ()
        assert states(dispatcher, "anna")["mail"] is AssignmentState.ACTIVE
