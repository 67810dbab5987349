"""The index equals the scan: whatever the strategy, the dispatcher asks whom the pure function asks."""

from datetime import timedelta
from itertools import permutations

import pytest
from engine_room import engine_of, idle_entries
from hypothesis import given, settings
from hypothesis import strategies as st
from routing_office import HOURS

from ticontact.contacts import Channel
from ticontact.errors import ConfigurationError
from ticontact.routing import (
    Agent,
    Dispatcher,
    Queue,
    Requirement,
    WorkItem,
    any_agent,
    best_match,
    decide,
    prefer,
    require,
)
from ticontact.routing.strategies import STRATEGIES, Strategy, weighted_random
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
VOICE = Channel.named("voice")
STEPPED = require("a", level=3).relax(after=timedelta(seconds=1), to=require("a"))
ABSENT = (
    require("a", level=5)
    .relax(after=timedelta(seconds=500), to=require("a", level=3), or_if_absent=True)
    .relax(after=timedelta(seconds=900), to=require("b"), or_if_absent=True)
)
WISHES = [
    *(any_agent, require("a"), STEPPED, require("a") | require("b"), ~require("b"), prefer("anna") & prefer(skill="b")),
    ABSENT,
]
NAMES = ["anna", "bruno", "carla", "dario", "elena"]


def item(name: str, wish: Requirement = any_agent) -> WorkItem:
    """A call with people behind it."""
    return WorkItem(id=name, channel=VOICE, requirement=wish, case_owner="carla", last_agent="bruno")


@pytest.mark.parametrize("strategy", [*STRATEGIES.values(), weighted_random("1")], ids=lambda each: each.name)
@settings(max_examples=25)
@given(
    skills=st.lists(st.dictionaries(st.sampled_from("ab"), st.integers(1, 5)), min_size=5, max_size=5),
    past=st.lists(st.integers(1, 30), max_size=12),
    wishes=st.lists(st.sampled_from(WISHES), min_size=1, max_size=8),
    pause=st.integers(0, 99),
)
def test_index_equals_scan(
    strategy: Strategy, skills: list[dict[str, int]], past: list[int], wishes: list[Requirement], pause: int
) -> None:
    """After any past, with one call still in hand, and for several calls one after the other."""
    agents = [
        Agent(id=name, skills=known, capacity=2, position=-place, share=1 + place)
        for place, (name, known) in enumerate(zip(NAMES, skills, strict=True))
    ]
    dispatcher = Dispatcher(agents=agents, strategy=strategy)
    at = NINE
    for name in NAMES:
        dispatcher.sign_in(name, at=at)
    for number, talked in enumerate(past):
        [offer] = dispatcher.arrive(item(f"c-{number}"), at=at).offers
        dispatcher.accept(offer, at=at)
        at = at.add(seconds=talked)
        if number:
            dispatcher.complete(offer.item, at=at)
    at = at.add(seconds=pause)
    agent_states = [dispatcher.agent_state(name) for name in NAMES]
    calls = [item(f"new-{number}", wish) for number, wish in enumerate(wishes)]

    expected = decide(calls, agent_states, at=at, strategy=strategy).offers

    offers = [offer for call in calls for offer in dispatcher.arrive(call, at=at).offers]
    assert [(offer.item, offer.agent) for offer in expected] == [(offer.item, offer.agent) for offer in offers]


@pytest.mark.parametrize("strategy", [*STRATEGIES.values(), weighted_random("1")], ids=lambda each: each.name)
def test_who_has_declined_is_not_asked_again(strategy: Strategy) -> None:
    """Nor who is shut out: the others one after the other, whatever the order among them."""
    dispatcher = Dispatcher(agents=[Agent(id=name) for name in NAMES], strategy=strategy)
    for name in NAMES:
        dispatcher.sign_in(name, at=NINE)
    wish = Requirement(never=frozenset({"dario"}))
    offers, rung = dispatcher.arrive(item("c", wish), at=NINE.add(seconds=9)).offers, list[str]()
    while offers:
        rung += [offer.agent for offer in offers]
        offers = dispatcher.decline(offers[0], at=NINE.add(seconds=9)).offers

    assert sorted(rung) == ["anna", "bruno", "carla", "elena"]


class TestAgentIndex:
    """The index keeps itself small."""

    def test_coming_and_going_leaves_nothing_behind(self) -> None:
        """After a hundred breaks of one agent the line of the idle is still short."""
        dispatcher = Dispatcher(agents=[Agent(id="anna")])
        for second in range(100):
            dispatcher.sign_in("anna", at=NINE.add(seconds=second))
            dispatcher.sign_out("anna", at=NINE.add(seconds=second))
        dispatcher.sign_in("anna", at=NINE.add(seconds=100))

        assert [offer.agent for offer in dispatcher.arrive(item("c"), at=NINE.add(seconds=100)).offers] == ["anna"]
        assert idle_entries(dispatcher, Agent(id="anna")) < 50

    def test_without_explanations_decisions_are_the_same(self) -> None:
        """Only the explanation is empty."""
        dispatcher = Dispatcher(agents=[Agent(id="anna")], explaining=False)
        dispatcher.sign_in("anna", at=NINE)
        decision = dispatcher.arrive(item("c"), at=NINE)

        accepted = dispatcher.accept(decision.offers[0], at=NINE)

        assert decision.offers[0].agent == "anna"
        assert decision.explain("c").eligibilities == accepted.explain("c").eligibilities == ()

    def test_a_new_profile_joins_the_conditions_known(self) -> None:
        """Bruno's skills were never seen when the first call came."""
        dispatcher = Dispatcher(
            agents=[Agent(id="anna"), Agent(id="bruno", skills=["a"]), Agent(id="ivo", skills=["b"])]
        )
        dispatcher.sign_in("anna", at=NINE)
        dispatcher.arrive(item("c", require("a")), at=NINE)
        assert dispatcher.sign_in("ivo", at=NINE).offers == ()

        assert [offer.agent for offer in dispatcher.sign_in("bruno", at=NINE).offers] == ["bruno"]
        assert dispatcher.arrive(item("d", require("a")), at=NINE).offers == ()

    def test_every_clock_has_a_name(self) -> None:
        """There is the one that runs always, and one for each queue with a calendar."""
        lobby, queue = Queue(id="lobby"), Queue(id="office", calendar=HOURS)
        bare, full = Dispatcher(agents=[]), Dispatcher(agents=[], queues=[lobby, queue])

        assert [*engine_of(bare).clocks] == [""]
        assert [*engine_of(full).clocks] == ["", "office"]
        assert [len(engine_of(each).clocks) for each in (bare, full)] == [1, 2]


class TestBestMatch:
    """The highest sum of scores."""

    @given(
        st.integers(0, 4).flatmap(
            lambda agents: st.integers(1, 4).flatmap(
                lambda items: st.lists(
                    st.lists(st.integers(-9, 9), min_size=items, max_size=items), min_size=agents, max_size=agents
                )
            )
        )
    )
    def test_it_equals_trying_everything(self, table: list[list[int]]) -> None:
        """The oracle tries every permutation."""
        scores = {
            f"a{row}": {f"i{column}": float(value) for column, value in enumerate(values)}
            for row, values in enumerate(table)
        }
        width = len(table[0]) if table else 0
        pairs = best_match(scores)
        if len(table) <= width:
            sums = [
                sum(table[row][column] for row, column in enumerate(p)) for p in permutations(range(width), len(table))
            ]
        else:
            sums = [
                sum(table[row][column] for column, row in enumerate(p)) for p in permutations(range(len(table)), width)
            ]

        assert max(sums) == sum(scores[agent][work] for agent, work in pairs.items())
        assert len(set(pairs.values())) == len(pairs) == min(len(table), width)

    @given(st.lists(st.lists(st.integers(0, 99), min_size=6, max_size=6), min_size=6, max_size=6))
    @settings(max_examples=60)
    def test_long_chains_of_exchanges_are_found(self, table: list[list[int]]) -> None:
        """Six for six: what one gets may change what all others get."""
        names = [str(number) for number in range(6)]
        scores = {name: dict(zip(names, map(float, row), strict=True)) for name, row in zip(names, table, strict=True)}
        best = max(sum(table[row][column] for row, column in enumerate(p)) for p in permutations(range(6)))

        assert best == sum(scores[agent][work] for agent, work in best_match(scores).items())

    @pytest.mark.parametrize("size", [8, 9])
    def test_a_chain_through_everybody(self, size: int) -> None:
        """Each would do best what the next one must have: the last one can do nothing but the first."""
        scores = {
            str(row): {
                str(column): float(100 - row if column == row else 99 - row if column == row + 1 else 0)
                for column in range(size)
            }
            for row in range(size)
        }
        scores[str(size - 1)] = {str(column): float(500 * (column == 0)) for column in range(size)}
        expected = {str(row): str((row + 1) % size) for row in range(size)}

        assert expected == dict(best_match(scores))

    def test_the_order_of_the_tables_is_of_no_consequence(self) -> None:
        """Ties are broken by the ids."""
        even = {name: dict.fromkeys("xyz", 1.0) for name in "abc"}
        turned = {name: dict.fromkeys("zyx", 1.0) for name in "cba"}

        assert best_match(even) == best_match(turned)

    def test_everybody_has_a_score_for_everything(self) -> None:
        """A hole is not a zero."""
        with pytest.raises(ConfigurationError) as refused:
            best_match({"a": {"x": 1, "y": 2}, "b": {"x": 1}})

        assert str(refused.value) == "b: other items than the first agent's (allowed: x, y)"
