"""The commands of a supervisor: done at once, and written down."""

from datetime import timedelta
from typing import Any

import pendulum
import pytest
from routing_office import NINE, agent, in_hand, item, offered, office, signed_in, states

from ticontact.errors import ConfigurationError, RoutingError, UnknownAgent
from ticontact.priority import Priority
from ticontact.routing import (
    AssignmentState,
    Overflowed,
    Requirement,
    SupervisorAction,
    WorkItem,
    any_agent,
    exclude,
    prefer,
    require,
)

LATER = NINE.add(minutes=1)
BY: dict[str, Any] = {"by": "sara", "because": "the network is down", "at": LATER}
HEAD_START = {Priority.HIGH: timedelta(minutes=5)}


def record(**more: Any) -> SupervisorAction:
    """What is written down."""
    return SupervisorAction(by="sara", because="the network is down", at=LATER, **more)


class TestCommands:
    """Each command, and its record."""

    def test_close_now(self) -> None:
        """Whoever waits goes to the fallback."""
        dispatcher = office(agent("anna"))
        dispatcher.arrive(item("call", queue="office"), at=NINE)

        decision = dispatcher.close_queue("office", **BY)

        assert decision.overflowed == (Overflowed("call", "call back", "closed_by_hand"),)
        assert decision.supervisor_actions == (
            record(command="close_queue", subject="office", before="1 waiting", after="0 waiting"),
        )

    def test_prioritise(self) -> None:
        """A need that becomes known in line counts from the entry."""
        dispatcher = signed_in(agent("anna"), head_start=HEAD_START)
        in_hand(dispatcher, item("busy"))
        dispatcher.arrive(item("first"), at=NINE)
        dispatcher.arrive(item("second"), at=LATER)

        decision = dispatcher.change_priority("second", Priority.HIGH, **BY)

        assert dispatcher.waiting() == ("second", "first")
        assert decision.supervisor_actions == (
            record(command="change_priority", subject="second", before="normal", after="high"),
        )

    def test_what_rings_is_asked_anew(self) -> None:
        """The old round is over."""
        dispatcher = signed_in(agent("anna"))
        [offer] = dispatcher.arrive(item("call"), at=NINE).offers

        decision = dispatcher.change_priority("call", Priority.HIGH, **BY)

        assert decision.revoked == (offer,)
        assert [each.epoch for each in decision.offers] == [2]

    def test_move_with_another_requirement(self) -> None:
        """What the other queue asks takes the place of what this one asked."""
        dispatcher = signed_in(agent("anna", skills=["asylum"]))
        dispatcher.arrive(item("call", queue="office", requirement=require("visas")), at=NINE)

        decision = dispatcher.change_queue("call", "asylum", requirement=require("asylum"), **BY)
        assert [offer.agent for offer in decision.offers] == ["anna"]

    def test_move(self) -> None:
        """The rules are asked anew, and the place is that of the entry."""

        def rule(work: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - the shape of a rule
            return require("asylum") if work.queue == "asylum" else any_agent

        dispatcher = signed_in(agent("anna"), agent("bruno", skills=["asylum"]), rules=[rule])
        in_hand(dispatcher, item("busy", requirement=exclude(["anna"])))
        in_hand(dispatcher, item("too", requirement=exclude(["bruno"])))
        dispatcher.arrive(item("call", queue="office"), at=NINE)

        decision = dispatcher.change_queue("call", "asylum", **BY)

        assert dispatcher.waiting("office") == ()
        assert dispatcher.waiting("asylum") == ("call",)
        assert decision.supervisor_actions == (
            record(command="change_queue", subject="call", before="office", after="asylum"),
        )
        assert dispatcher.complete("too", at=LATER).offers == ()
        assert offered(dispatcher.complete("busy", at=LATER)) == [("call", "bruno")]

    def test_give(self) -> None:
        """Whatever the call asks; who was rung before is told."""
        dispatcher = signed_in(agent("anna", skills=["asylum"]), agent("bruno"))
        [offer] = dispatcher.arrive(item("call", requirement=require("asylum")), at=NINE).offers

        decision = dispatcher.assign("call", "bruno", **BY)

        assert decision.revoked == (offer,)
        assert offered(decision) == [("call", "bruno")]
        assert decision.supervisor_actions == (record(command="assign", subject="call", before="anna", after="bruno"),)

    def test_what_is_given_may_be_declined(self) -> None:
        """Then it is asked as before."""
        dispatcher = signed_in(agent("anna", skills=["asylum"]), agent("bruno"))
        dispatcher.arrive(item("call", requirement=require("asylum")), at=NINE)
        [offer] = dispatcher.assign("call", "bruno", **BY).offers

        assert offered(dispatcher.decline(offer, at=LATER)) == [("call", "anna")]

    def test_give_what_waits(self) -> None:
        """Nobody could take it, so nobody was rung."""
        dispatcher = signed_in(agent("anna"))
        dispatcher.arrive(item("call", requirement=require("asylum")), at=NINE)

        [offer] = dispatcher.assign("call", "anna", **BY).offers
        dispatcher.accept(offer, at=LATER)

        assert states(dispatcher, "anna") == {"call": AssignmentState.ACTIVE}

    def test_change_agent(self) -> None:
        """Anna helps out today, and the backlog notices at once."""
        dispatcher = signed_in(agent("anna", languages=["it"]))
        dispatcher.arrive(item("call", requirement=require("asylum")), at=NINE)

        decision = dispatcher.change_agent(agent("anna", skills={"asylum": 3}, limits={"post": 0}), **BY)

        assert offered(decision) == [("call", "anna")]
        [line] = decision.supervisor_actions
        assert (line.before, line.after) == (
            "it 10, capacity 1, wrap-up none",
            "asylum 3, post at most 0, capacity 1, wrap-up none",
        )

    def test_who_has_lost_the_skill_keeps_what_is_in_hand(self) -> None:
        """But what was kept for the agent is no longer."""
        dispatcher = signed_in(agent("anna", skills=["asylum"]), agent("bruno", skills=["asylum"]))
        in_hand(dispatcher, item("busy", requirement=require("asylum") & prefer("anna")))
        kept = require("asylum") & prefer("anna", reserve_for=timedelta(hours=1))
        assert dispatcher.arrive(item("kept", requirement=kept), at=NINE).offers == ()

        decision = dispatcher.change_agent(agent("anna"), **BY)

        assert states(dispatcher, "anna") == {"busy": AssignmentState.ACTIVE}
        assert offered(decision) == [("kept", "bruno")]

    def test_who_was_rung_before_is_named(self) -> None:
        """All of them."""
        dispatcher = signed_in(*(agent(name) for name in ("anna", "bruno", "carla")), offers_at_once=2)
        dispatcher.arrive(item("call"), at=NINE)
        [line] = dispatcher.assign("call", "carla", **BY).supervisor_actions

        assert (line.before, line.after) == ("anna, bruno", "carla")

    def test_who_has_declined_is_asked_anew_as_somebody_else(self) -> None:
        """The agent who can do more now may think otherwise."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        in_hand(dispatcher, item("busy", requirement=exclude(["anna"])))
        [offer] = dispatcher.arrive(item("call"), at=NINE).offers
        assert dispatcher.decline(offer, at=NINE).offers == ()

        assert offered(dispatcher.change_agent(agent("anna", skills=["asylum"]), **BY)) == [("call", "anna")]


class TestRefusals:
    """A command that cannot be carried out changes nothing."""

    @pytest.mark.parametrize(("by", "because", "faults"), [("", "why", ["by"]), ("sara", " ", ["because"])])
    @pytest.mark.parametrize("verb", ["close_queue", "change_priority", "change_queue", "assign", "change_agent"])
    def test_somebody_orders_it_for_a_reason(self, verb: str, by: str, because: str, faults: list[str]) -> None:
        """Each of them."""
        dispatcher = signed_in(agent("anna"))
        dispatcher.arrive(item("call", queue="office"), at=NINE)
        before = dispatcher.snapshot()
        arguments: dict[str, tuple[Any, ...]] = {
            "close_queue": ("office",),
            "change_priority": ("call", Priority.HIGH),
            "change_queue": ("call", "other"),
            "assign": ("call", "anna"),
            "change_agent": (agent("anna"),),
        }

        with pytest.raises(ConfigurationError) as refused:
            getattr(dispatcher, verb)(*arguments[verb], by=by, because=because, at=LATER)

        allowed = {"by": "who orders it", "because": "why"}
        assert [f"{name}: nothing was given (allowed: {allowed[name]})" for name in faults] == [
            str(fault) for fault in refused.value.faults
        ]
        assert before == dispatcher.snapshot()

    def test_nobody_is_given_what_does_not_fit(self) -> None:
        """Nor one who is not there, nor one who is rung already."""
        dispatcher = signed_in(agent("anna"), agent("bruno"))
        in_hand(dispatcher, item("busy", requirement=exclude(["bruno"])))
        dispatcher.arrive(item("call"), at=NINE)
        for name, words in (("anna", "there is no room for 'call'"), ("bruno", "it rings at 'bruno' already")):
            with pytest.raises(RoutingError, match=words):
                dispatcher.assign("call", name, **BY)
        dispatcher.sign_out("bruno", at=LATER)
        with pytest.raises(RoutingError, match="there is no room"):
            dispatcher.assign("call", "bruno", **BY)

    def test_names_must_be_known(self) -> None:
        """Of agents and of work."""
        dispatcher = signed_in(agent("anna"))
        dispatcher.arrive(item("call"), at=NINE)
        with pytest.raises(UnknownAgent):
            dispatcher.assign("call", "zora", **BY)
        with pytest.raises(UnknownAgent):
            dispatcher.change_agent(agent("zora"), **BY)
        with pytest.raises(RoutingError):
            dispatcher.change_queue("none", "office", **BY)

    def test_the_reason_does_not_show(self) -> None:
        """It may name a citizen."""
        dispatcher = office(agent("anna"))

        assert "network" not in repr(dispatcher.close_queue("office", **BY))
