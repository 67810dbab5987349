"""A snapshot is restored under another configuration: the arguments govern, and what is otherwise is answered."""

import json
from datetime import timedelta
from typing import Any, Final

import attrs
import pytest
from routing_office import HOURS, NINE, after, item, offered

from ticontact.errors import ConfigurationError, RoutingError, UnknownAgent
from ticontact.routing import (
    Agent,
    AgentStatus,
    Callback,
    Difference,
    Dispatcher,
    Queue,
    Requirement,
    WorkItem,
    any_agent,
    require,
)

ANNA: Final = Agent(id="anna", skills=["tax"], permissions=["asylum"])
BRUNO: Final = Agent(id="bruno", skills=["tax"])


OFFICE: Final = (Queue(id="office", calendar=HOURS),)


def made(*agents: Agent, rules: Any = (), queues: Any = OFFICE) -> Dispatcher:
    """A dispatcher."""
    return Dispatcher(agents=agents, rules=rules, queues=queues, ring_for=timedelta(minutes=5))


def restored(dispatcher: Dispatcher, fresh: Dispatcher, **more: Any) -> tuple[Difference, ...]:
    """Restore a fresh one from the snapshot of another."""
    return fresh.restore(json.loads(json.dumps(dispatcher.snapshot())), **more)


def by_tax(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """A rule."""
    return require("tax")


class TestAgents:
    """Who they are and what they may do comes from the arguments."""

    def test_nothing_is_otherwise(self) -> None:
        """The same future, byte for byte."""
        dispatcher, again = made(ANNA, BRUNO), made(ANNA, BRUNO)
        dispatcher.sign_in("anna", at=NINE)
        dispatcher.arrive(item("c-1"), at=NINE)

        assert restored(dispatcher, again) == ()
        assert again.snapshot() == dispatcher.snapshot()
        assert again.next_deadline() == dispatcher.next_deadline()

    def test_a_right_that_was_withdrawn(self) -> None:
        """Work that needs it goes to nobody."""
        dispatcher, again = made(ANNA), made(attrs.evolve(ANNA, skills=[]))
        dispatcher.sign_in("anna", at=NINE)

        assert restored(dispatcher, again) == (Difference("agent_changed", "anna"),)
        assert again.arrive(item("c-1", requirement=require("tax")), at=after(1)).offers == ()

    def test_a_new_skill(self) -> None:
        """What waits for it is offered at once."""
        dispatcher, again = made(ANNA), made(attrs.evolve(ANNA, skills=["tax", "permits"]))
        dispatcher.sign_in("anna", at=NINE)
        dispatcher.arrive(item("c-1", requirement=require("permits")), at=NINE)

        restored(dispatcher, again)

        assert again.next_deadline() == NINE
        assert offered(again.advance(at=NINE)) == [("c-1", "anna")]

    def test_what_was_changed_by_an_event_is_on_top(self) -> None:
        """For today she has another skill; a right that is withdrawn is withdrawn all the same."""
        dispatcher = made(ANNA)
        dispatcher.sign_in("anna", at=NINE)
        today = attrs.evolve(ANNA, skills=["permits"])
        dispatcher.change_agent(today, by="sonja", because="today", at=NINE)
        again = made(attrs.evolve(ANNA, permissions=[], languages=["it"]))

        assert restored(dispatcher, again) == (Difference("agent_changed", "anna"),)
        now = again.agent_state("anna").agent
        assert (dict(now.skills), now.permissions, dict(now.languages)) == ({"permits": 1}, frozenset(), {"it": 10})
        third = made(ANNA)
        restored(again, third)
        assert dict(third.agent_state("anna").agent.skills) == {"permits": 1}

    def test_who_is_new_is_signed_out(self) -> None:
        """And may sign in."""
        dispatcher, again = made(ANNA), made(ANNA, BRUNO)
        dispatcher.arrive(item("c-1"), at=NINE)

        assert restored(dispatcher, again) == (Difference("agent_new", "bruno"),)
        assert again.agent_state("bruno").status is AgentStatus.OFFLINE
        assert offered(again.sign_in("bruno", at=after(1))) == [("c-1", "bruno")]


class TestWhoIsGone:
    """What is in hand stays with its person; nothing new comes."""

    def test_a_conversation_stays(self) -> None:
        """And ends as it would."""
        dispatcher, again = made(ANNA, BRUNO), made(BRUNO)
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.accept(offer, at=NINE)

        assert restored(dispatcher, again) == (Difference("agent_gone", "anna"),)
        assert again.in_hand() == {"c-1": "anna"}
        again.sign_out("anna", at=after(1))
        with pytest.raises(UnknownAgent, match="agent 'anna': the agent is gone, and takes nothing new"):
            again.sign_in("anna", at=after(1))
        again.arrive(item("c-2"), at=after(1))
        with pytest.raises(RoutingError):
            again.assign("c-2", "anna", by="sonja", because="she is good", at=after(1))
        again.complete("c-1", at=after(2))
        assert again.agent_state("anna").assignments == ()

    def test_it_survives_another_restart(self) -> None:
        """Once gone, always gone."""
        dispatcher, again, third = made(ANNA), made(BRUNO), made(BRUNO)
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
        restored(dispatcher, again)
        again.advance(at=after(1))

        restored(again, third)

        assert third.snapshot() == again.snapshot()

    def test_what_rings_there_goes_to_others(self) -> None:
        """At once, and the offer is told as expired."""
        dispatcher, again = made(ANNA, BRUNO), made(BRUNO)
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers
        dispatcher.sign_in("bruno", at=NINE)

        restored(dispatcher, again)
        decision = again.advance(at=NINE)

        assert decision.expired == (offer,)
        assert offered(decision) == [("c-1", "bruno")]


class TestQueuesAndRules:
    """They come from the arguments, too."""

    def test_a_queue_that_is_gone_has_a_successor(self) -> None:
        """What waits there waits in it, at its place; without one the restore is refused, and the dispatcher fresh."""
        dispatcher = made(ANNA, queues=[Queue(id="old", calendar=HOURS), Queue(id="other")])
        dispatcher.arrive(item("m-1", "email", queue="old"), at=NINE)
        dispatcher.arrive(item("c-1", queue="old", callback=Callback.in_turn()), at=after(1))
        queues = [
            Queue(id="new", calendar=HOURS, longest_wait=timedelta(hours=1), fallback="message"),
            Queue(id="other"),
        ]
        again = made(ANNA, queues=queues)

        with pytest.raises(ConfigurationError) as refused:
            restored(dispatcher, again)
        assert str(refused.value) == "successors: queue 'old' is gone, and 2 wait there (allowed: new, other)"
        assert restored(dispatcher, again, successors={"old": "new"}) == (Difference("queue_gone", "old"),)
        assert set(again.waiting("new")) == {"m-1", "c-1"}
        assert offered(again.sign_in("anna", at=after(2))) == [("c-1", "anna")]
        again.sign_out("anna", at=after(3))
        assert [gone.item for gone in again.advance(at=after(3_700)).overflowed] == ["m-1"]

    def test_what_is_in_hand_stays(self) -> None:
        """A letter that an agent writes at, though its queue is gone."""
        dispatcher, again = made(ANNA), made(ANNA, queues=[Queue(id="new")])
        dispatcher.sign_in("anna", at=NINE)
        [offer] = dispatcher.arrive(item("m-1", "email", queue="office"), at=NINE).offers
        dispatcher.accept(offer, at=NINE)

        restored(dispatcher, again)

        assert again.in_hand() == {"m-1": "anna"}
        again.requeue("m-1", at=after(5))
        assert again.waiting("office") == ("m-1",)

    def test_other_rules_govern_what_waits(self) -> None:
        """They are asked anew; a round of offers goes on where they ask the same."""
        dispatcher, again = made(Agent(id="zoe"), ANNA), made(Agent(id="zoe"), ANNA, rules=[by_tax])
        dispatcher.sign_in("zoe", at=NINE)
        [offer] = dispatcher.arrive(item("c-1"), at=NINE).offers

        assert restored(dispatcher, again) == (Difference("rules_changed"),)
        decision = again.sign_in("anna", at=after(1))

        assert decision.revoked == (offer,)
        assert offered(decision) == [("c-1", "anna")]
        third = made(Agent(id="zoe"), ANNA, rules=[by_tax, lambda _, /, *, at: any_agent])  # noqa: ARG005
        assert restored(again, third) == (Difference("rules_changed"),)
        assert third.advance(at=after(2)).revoked == ()

    def test_a_dry_run(self) -> None:
        """It looks, and stays fresh."""
        dispatcher, again = made(ANNA), made(BRUNO, rules=[by_tax])
        dispatcher.sign_in("anna", at=NINE)
        expected = (Difference("agent_gone", "anna"), Difference("agent_new", "bruno"), Difference("rules_changed"))

        assert restored(dispatcher, again, dry_run=True) == expected
        assert again.snapshot() == made(BRUNO, rules=[by_tax]).snapshot()
        assert restored(dispatcher, again) == expected

    def test_a_rule_without_a_title(self) -> None:
        """Is known by its class."""

        class Odd:
            @property
            def version(self) -> str:
                raise KeyError

            def __call__(self, _: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG002 - the shape of a rule
                return any_agent

        assert made(rules=[Odd()]).snapshot()["rules"] == ["Odd"]


class TestExplanations:
    """They survive: whoever stores a row after each event keeps them."""

    def test_of_what_rings_and_of_what_is_in_hand(self) -> None:
        """Who was chosen, and why nobody else."""
        dispatcher, again = made(ANNA, BRUNO), made(ANNA, BRUNO)
        dispatcher.sign_in("anna", at=NINE)
        decision = dispatcher.arrive(item("c-1", requirement=require("tax")), at=after(5))
        expected = decision.explain("c-1")
        assert dispatcher.explain_choice("c-1") == expected

        restored(dispatcher, again)

        told = again.explain_choice("c-1")
        assert told is not None
        assert told.text("it") == expected.text("it")
        assert again.snapshot() == dispatcher.snapshot()
        [offer] = decision.offers
        assert again.accept(offer, at=after(6)).explain("c-1").text("de") == expected.text("de")
        third = made(ANNA, BRUNO)
        restored(again, third)
        assert third.explain_choice("c-1") == again.explain_choice("c-1")

    def test_of_what_waits(self) -> None:
        """It was never offered."""
        dispatcher = made(ANNA)
        dispatcher.arrive(item("c-1"), at=NINE)

        assert dispatcher.explain_choice("c-1") is None
