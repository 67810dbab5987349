"""What the department asks, on its telephone and at its desks."""

from datetime import timedelta
from typing import Any

import pytest
from circolazione import counter, language, medical, service

from ticontact.contacts import CHANNELS
from ticontact.routing import Agent, Dispatcher, RoutingRule, WorkItem
from ticontact.testing import exercise_rule, instant

NINE = instant("2026-03-18 09:00")
RULES: list[RoutingRule] = [service, counter, medical, language]
STAFF = [
    Agent(id="alma", skills={"first-level": 4}, languages=["it", "de"], sites=["Bellinzona"]),
    Agent(id="berto", skills={"registrations": 5}, languages=["it"], sites=["Camorino"]),
    Agent(id="cleo", skills={"registrations": 1, "shipping": 2}, languages=["it", "fr"], sites=["Camorino"]),
    Agent(id="dino", skills={"drivers": 2}, languages=["it", "de"], sites=["Camorino"]),
    Agent(
        id="elsa",
        skills={"drivers": 6, "examinations": 3},
        languages=["it"],
        sites=["Camorino"],
        permissions=["medical-data"],
    ),
]


def reached(item: WorkItem, *, within: timedelta = timedelta(hours=1)) -> list[tuple[int, str]]:
    """After how many seconds whom a contact reaches, if each declines it at once."""
    # A decline stands until the agent signs in anew, so that each is asked once.
    dispatcher = Dispatcher(agents=STAFF, rules=RULES, offer_again_after=None, deferred_again_after=None)
    for agent in STAFF:
        dispatcher.sign_in(agent.id, at=NINE)
    decision, at, asked = dispatcher.arrive(item, at=NINE), NINE, []
    while True:
        while decision.offers:
            asked.append((int((at - NINE).total_seconds()), decision.offers[0].agent))
            decision = dispatcher.decline(decision.offers[0], at=at)
        due = dispatcher.next_deadline()
        if due is None or due > NINE + within or len(asked) > len(STAFF):
            return asked
        at = due
        decision = dispatcher.advance(at=at)


def work(queue: str, channel: str = "email", **fields: Any) -> WorkItem:
    """A contact in one of the queues."""
    return WorkItem(id="w", channel=CHANNELS.named(channel), queue=queue, **fields)


class TestServices:
    """Each by those who know it."""

    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            (work("immatricolazioni"), "berto"),
            (work("conducenti"), "elsa"),
            (work("spedizioni"), "cleo"),
            (work("centralino", "voice"), "alma"),
        ],
        ids=lambda value: value.queue if isinstance(value, WorkItem) else value,
    )
    def test_who_is_asked_first(self, item: WorkItem, expected: str) -> None:
        """At once, and nobody else at that moment but for want of a better one."""
        assert reached(item)[0] == (0, expected)

    def test_licences_go_to_who_knows_most(self) -> None:
        """Elsa has the level and the examinations; Dino, who was free as long, comes next."""
        assert [name for _, name in reached(work("conducenti"))] == ["elsa", "dino"]

    def test_when_the_experts_have_declined_the_next_step_comes_at_once(self) -> None:
        """Nobody waits five minutes for people who are not going to take it."""
        assert [name for _, name in reached(work("immatricolazioni"))][:2] == ["berto", "cleo"]


class TestMedical:
    """Medical data are for those who may read them."""

    def test_nobody_else_is_ever_asked(self) -> None:
        """Dino may not, however long it waits and whoever declines."""
        item = work("conducenti", attributes={"topic": "medical"})

        assert [name for _, name in reached(item)] == ["elsa"]


class TestLanguage:
    """A table in TOML among the functions."""

    def test_who_speaks_it_is_asked(self) -> None:
        """Dino speaks German; Elsa, who knows more about licences, does not."""
        assert reached(work("conducenti", language="de"))[0] == (0, "dino")

    def test_italian_asks_nothing(self) -> None:
        """Everybody speaks it here."""
        assert reached(work("conducenti", language="it"))[0] == (0, "elsa")


@pytest.mark.parametrize("rule", RULES, ids=["service", "counter", "medical", "language"])
def test_the_rules_keep_the_laws(rule: RoutingRule) -> None:
    """And nobody gets medical matters who may not read them."""
    exercise_rule(
        rule,
        queues=["centralino", "immatricolazioni", "conducenti", "spedizioni", "sportello"],
        skills=["first-level", "registrations", "drivers", "examinations", "shipping"],
        sites=["Camorino", "Bellinzona"],
        permissions=["medical-data"],
        attributes={
            "service": ["immatricolazioni", "conducenti", "spedizioni"],
            "topic": ["medical"],
            "booked_with": ["agent-1"],
        },
        forbidden=lambda item, agent: (
            rule is medical and item.attributes.get("topic") == "medical" and "medical-data" not in agent.permissions
        ),
        examples=50,
    )
