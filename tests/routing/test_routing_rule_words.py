"""The words of a rule, each held to its definition: `first_of`, `veto`, `weighted`, `widen` and `relax`."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import Channel
from ticontact.errors import ConfigurationError, InvalidValue
from ticontact.routing import (
    Agent,
    AgentState,
    Dispatcher,
    Preference,
    Requirement,
    RoutingDecision,
    RoutingRule,
    WorkItem,
    any_agent,
    at_site,
    decide,
    exclude,
    first_of,
    prefer,
    require,
    require_language,
    require_permission,
    veto,
    weighted,
    widen,
    with_attribute,
)
from ticontact.routing.strategies import ring_by_ring
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
MINUTE = timedelta(minutes=1)
VOICE = Channel.named("voice")

SKILLS = ("a", "b", "trainee")
STAFF = [
    Agent(id="anna", skills={"a": 3}, languages={"it": 10}, sites=["Lugano"]),
    Agent(id="bruno", skills={"a": 1, "b": 2}, languages={"it": 10, "de": 5}),
    Agent(id="carla", skills={"b": 5, "trainee": 1}, languages={"de": 10}),
    Agent(id="dario", permissions=["sign"], attributes={"office": "Camorino"}),
]


def work(**fields: Any) -> WorkItem:
    """A call."""
    return WorkItem(**{"id": "c-1", "channel": VOICE, "queue": "general", **fields})


def rule(answer: Requirement) -> RoutingRule:
    """A rule that asks this of everybody's work."""
    return lambda _, /, *, at: answer  # noqa: ARG005 - the shape of a rule


def fit(requirement: Requirement, *, minutes: int = 0, staff: list[Agent] | None = None) -> list[str]:
    """Who may take work after some minutes of waiting, by id."""
    people = staff or STAFF
    call = work(requirement=requirement, entered_at=NINE - minutes * MINUTE)
    eligibilities = decide([call], [AgentState(agent=agent) for agent in people], at=NINE).explain().eligibilities
    fitting = {eligibility.agent for eligibility in eligibilities if eligibility.is_fit}
    return [agent.id for agent in people if agent.id in fitting]


def signed_in(*rules: RoutingRule, **terms: Any) -> Dispatcher:
    """A dispatcher with all the staff at work."""
    dispatcher = Dispatcher(agents=STAFF, rules=rules, **terms)
    for agent in STAFF:
        dispatcher.sign_in(agent.id, at=NINE)
    return dispatcher


def asked_in_turn(dispatcher: Dispatcher, item: WorkItem) -> list[str]:
    """Whom a call reaches when each declines it, without time passing."""
    decision: RoutingDecision = dispatcher.arrive(item, at=NINE)
    reached = []
    while decision.offers:
        reached.append(decision.offers[0].agent)
        decision = dispatcher.decline(decision.offers[0], at=NINE)
    return reached


conditions = st.recursive(
    st.sampled_from(
        [
            any_agent,
            require("a"),
            require("a", level=3),
            require("b", level=2),
            require_language("it"),
            require_language("de", "it"),
            at_site("Lugano"),
            require_permission("sign"),
            with_attribute("office", "Camorino"),
            exclude(skill="trainee"),
        ]
    ),
    lambda below: st.one_of(
        st.tuples(below, below).map(lambda pair: pair[0] & pair[1]),
        st.tuples(below, below).map(lambda pair: pair[0] | pair[1]),
    ),
    max_leaves=4,
)


def _widened(parts: tuple[Requirement, Requirement, int, str]) -> Requirement:
    before, to, minutes, clock = parts
    try:
        return before.relax(after=minutes * MINUTE, to=to, clock=cast("Any", clock))
    except ConfigurationError:  # not later than the step before
        return before


requirements = st.recursive(
    st.one_of(
        conditions,
        st.sampled_from(
            [
                exclude(["anna"]),
                veto(["bruno"]),
                veto(skill="b", level=4),
                widen(after=2 * MINUTE, to=require("trainee")),
                weighted({require("a"): 2, require("b"): 3}),
                prefer("anna"),
            ]
        ),
    ),
    lambda below: st.one_of(
        st.tuples(below, below).map(lambda pair: pair[0] & pair[1]),
        st.tuples(below, below).map(lambda pair: pair[0] | pair[1]),
        st.tuples(below, conditions, st.integers(1, 9), st.sampled_from(["elapsed", "open"])).map(_widened),
    ),
    max_leaves=6,
)


class TestLaws:
    """What holds of every requirement, however it was joined."""

    @given(requirements, st.integers(0, 9), st.integers(0, 9))
    def test_no_step_shuts_anybody_out(self, wish: Requirement, sooner: int, more: int) -> None:
        """Unless it says so, waiting longer only widens."""
        assert set(fit(wish, minutes=sooner)) <= set(fit(wish, minutes=sooner + more))

    @given(requirements, requirements, st.integers(0, 9))
    def test_and_narrows_and_or_widens(self, one: Requirement, other: Requirement, minutes: int) -> None:
        """Both means both, but for those whom `widen` lets in whatever else is asked."""
        both, either = (set(fit(each, minutes=minutes)) for each in (one & other, one | other))

        assert both <= either
        if not (one.widenings or other.widenings):
            assert both == set(fit(one, minutes=minutes)) & set(fit(other, minutes=minutes))

    @given(
        requirements,
        requirements,
        st.sampled_from([veto(["anna"]), veto(skill="trainee"), veto(who=require_language("it"))]),
    )
    def test_nothing_gets_round_a_veto(self, one: Requirement, other: Requirement, never: Requirement) -> None:
        """Not an alternative, not a step, not a preference, wherever the veto stands."""
        shut_out = set(fit(any_agent)) - set(fit(never))
        later = (one & never).relax(after=timedelta(hours=1), to=any_agent)

        for joined in (never | other, other | never, (one & never) | other, later | other, later & prefer("anna")):
            assert not shut_out & set(fit(joined, minutes=99))

    @given(requirements)
    def test_joined_to_itself_it_is_itself(self, wish: Requirement) -> None:
        """A rule that is named twice asks no more than once."""
        assert wish & wish == wish | wish == wish

    @given(requirements)
    def test_anyone_adds_nothing(self, wish: Requirement) -> None:
        """It is what a rule answers that has nothing to say."""
        assert wish & any_agent == any_agent & wish == wish

    @given(requirements)
    def test_plain_data_holds_all_of_it(self, wish: Requirement) -> None:
        """What is in a snapshot comes back the same, condition and all."""
        dispatcher, again = Dispatcher(agents=STAFF), Dispatcher(agents=STAFF)
        dispatcher.arrive(work(requirement=wish), at=NINE)
        data = json.loads(json.dumps(dispatcher.snapshot()))
        again.restore(data)

        assert again.snapshot() == data
        assert again.explain("c-1") == dispatcher.explain("c-1")

    @given(requirements, st.integers(0, 9), st.permutations(STAFF))
    def test_index_equals_scan(self, wish: Requirement, minutes: int, staff: list[Agent]) -> None:
        """The dispatcher asks whom the pure function asks, which looks at everybody."""
        entered = NINE.subtract(minutes=minutes)
        dispatcher = Dispatcher(agents=staff, rules=[rule(wish)])
        for agent in staff:
            dispatcher.sign_in(agent.id, at=NINE)
        agent_states = [dispatcher.agent_state(agent.id) for agent in staff]
        item = work(entered_at=entered)

        expected = decide([item], agent_states, at=NINE, rules=[rule(wish)]).offers

        offers = dispatcher.arrive(item, at=NINE).offers
        assert [offer.agent for offer in expected] == [offer.agent for offer in offers]


class TestVeto:
    """Never these agents."""

    @pytest.mark.parametrize(
        ("never", "expected"),
        [
            (veto(["anna", "carla"]), ["bruno", "dario"]),
            (veto(skill="a"), ["carla", "dario"]),
            (veto(skill="a", level=2), ["bruno", "carla", "dario"]),
            (veto(who=at_site("Lugano")), ["bruno", "carla", "dario"]),
            (veto(who=~require_language("it")), ["anna", "bruno"]),
            (veto(who=require_language("it", "de")), ["dario"]),
            (veto(["dario"], skill="trainee", who=require("a", level=3)), ["bruno"]),
        ],
    )
    def test_by_id_by_skill_and_by_condition(self, never: Requirement, expected: list[str]) -> None:
        """Each is enough to be shut out."""
        assert expected == fit(never)

    def test_excluding_is_weaker(self) -> None:
        """An alternative brings back whom `exclude` shuts out; a veto holds for the whole."""
        assert fit(exclude(skill="trainee")) == ["anna", "bruno", "dario"]
        assert fit((require("a") & exclude(["anna"])) | require("a", level=3)) == ["anna", "bruno"]
        assert fit((require("a") & veto(["anna"])) | require("a", level=3)) == ["bruno"]

    def test_the_vetoes_of_both_hold(self) -> None:
        """Of what is asked together and of alternatives."""
        for joined in (veto(skill="trainee") & veto(skill="a", level=3), veto(["carla"]) | veto(["anna"])):
            assert fit(joined) == ["bruno", "dario"]

    def test_a_step_brings_nobody_back(self) -> None:
        """Where a step of `relax` drops an exclusion by skill, it leaves a veto."""
        excluding = (require("a") & exclude(skill="trainee")).relax(after=MINUTE, to=require("b"))
        vetoing = (require("a") & veto(skill="trainee")).relax(after=MINUTE, to=require("b"))

        assert fit(excluding, minutes=1) == ["anna", "bruno", "carla"]
        assert fit(vetoing, minutes=1) == ["anna", "bruno"]

    def test_a_hold_for_somebody_vetoed_keeps_nothing(self) -> None:
        """The keeper of the case must not take it: it goes to others at once."""
        dispatcher = signed_in(rule(prefer("anna", reserve_for=MINUTE)), rule(veto(["anna"])))

        assert [offer.agent for offer in dispatcher.arrive(work(), at=NINE).offers] == ["bruno"]

    def test_decisions_say_excluded(self) -> None:
        """Before anything that the agent lacks besides."""
        dispatcher = signed_in(rule(require("a", level=9) & veto(skill="trainee")))

        explained = dispatcher.arrive(work(), at=NINE).explain()
        eligibilities = {each.agent: each.reason.why.value for each in explained.eligibilities}
        assert eligibilities == {
            "anna": "level_too_low",
            "bruno": "level_too_low",
            "carla": "excluded",
            "dario": "lacks_skill",
        }

    @pytest.mark.parametrize(
        ("make", "fault"),
        [
            (veto, "veto: no agent, skill or condition was given (allowed: at least one)"),
            (lambda: veto([]), "veto: no agent, skill or condition was given (allowed: at least one)"),
            (lambda: veto("anna"), "veto.agents: one text was given (allowed: a list of ids)"),
            (lambda: exclude("anna"), "exclude.agents: one text was given (allowed: a list of ids)"),
            (lambda: veto(skill="a", level=11), "level: 11 was given (allowed: a whole number from 1 to 10)"),
            (lambda: veto(who=any_agent), "veto.who: everybody was given (allowed: a condition that somebody fails)"),
            (
                lambda: veto(who=exclude(["anna"])),
                "veto.who: steps, excluded agents or vetoes were given (allowed: conditions alone)",
            ),
            (
                lambda: veto(who=widen(after=MINUTE, to=any_agent)),
                "veto.who: steps, excluded agents or vetoes were given (allowed: conditions alone)",
            ),
            (
                lambda: ~veto(skill="a"),
                "requirement: ~ of steps, preferences, excluded agents or vetoes (allowed: ~ of conditions alone)",
            ),
            (
                lambda: ~veto(["anna"]),
                "requirement: ~ of steps, preferences, excluded agents or vetoes (allowed: ~ of conditions alone)",
            ),
            (
                lambda: ~require("a").relax(after=MINUTE, to=any_agent),
                "requirement: ~ of steps, preferences, excluded agents or vetoes (allowed: ~ of conditions alone)",
            ),
            (
                lambda: ~prefer("anna"),
                "requirement: ~ of steps, preferences, excluded agents or vetoes (allowed: ~ of conditions alone)",
            ),
            (lambda: with_attribute("office"), "with_attribute: no value was given (allowed: at least one)"),
            (require_language, "require_language: no language was given (allowed: at least one)"),
        ],
        ids=count(),
    )
    def test_faults(self, make: Callable[[], Requirement], fault: str) -> None:
        """A veto of nobody, of everybody, or of something that changes is a slip of the pen."""
        with pytest.raises(ConfigurationError) as refused:
            make()

        assert fault == str(refused.value)

    def test_types_are_checked(self) -> None:
        """By the place of the field."""
        with pytest.raises(InvalidValue, match=r"^Requirement\.asked: str was given \(allowed: has_skill, speaks, "):
            Requirement(cast("Any", "a"))
        with pytest.raises(InvalidValue, match=r"^Preference\.weight: float was given \(allowed: a whole number\)$"):
            Preference(agent="anna", weight=cast("Any", 1.5))


class TestWeighted:
    """Soft wishes: the sum decides."""

    def test_the_highest_sum_goes_first(self) -> None:
        """Bruno has 6, Anna 5, Carla 4 and Dario nothing; nobody is shut out."""
        weights = weighted({require("a"): 2, require("b", level=2): 3, require_language("de"): 1, at_site("Lugano"): 3})

        assert asked_in_turn(signed_in(rule(weights)), work()) == ["bruno", "anna", "carla", "dario"]

    def test_equal_sums_leave_it_to_the_strategy(self) -> None:
        """Anna and Bruno are alike to it, so the one who has been idle longest goes first."""
        dispatcher = Dispatcher(agents=STAFF, rules=[rule(weighted({require("a"): 2}))])
        for minute, agent in enumerate(["carla", "bruno", "anna", "dario"]):
            dispatcher.sign_in(agent, at=NINE.subtract(minutes=10 - minute))

        assert asked_in_turn(dispatcher, work()) == ["bruno", "anna", "carla", "dario"]

    def test_weights_of_several_rules_add_up(self) -> None:
        """Whichever rule they come from, and in whatever order; the larger weight for one condition counts, once."""
        rules = [
            rule(weighted({require("a"): 2, at_site("Lugano"): 1})),
            rule(weighted({require("b"): 5})),
            rule(weighted({require("a"): 3})),
        ]

        for supervisor_actions in (rules, rules[::-1]):  # bruno 3 + 5, carla 5, anna 3 + 1, dario 0
            assert asked_in_turn(signed_in(*supervisor_actions), work()) == ["bruno", "carla", "anna", "dario"]

    def test_preferences_go_before_weights(self) -> None:
        """A named agent first, then a preferred skill, then the sum."""
        wish = weighted({require("a"): 9}) & prefer(skill="b") & prefer("dario")

        assert asked_in_turn(signed_in(rule(wish)), work()) == ["dario", "bruno", "carla", "anna"]

    @pytest.mark.parametrize(
        ("weights", "fault"),
        [
            ({}, "weighted: no condition was given (allowed: at least one)"),
            ({require("a"): 0}, "weighted: the weight 0 was given (allowed: a whole number, 1 or more)"),
            ({require("a"): -1}, "weighted: the weight -1 was given (allowed: a whole number, 1 or more)"),
            ({require("a"): 0.5}, "weighted: the weight 0.5 was given (allowed: a whole number, 1 or more)"),
            ({require("a"): True}, "weighted: the weight True was given (allowed: a whole number, 1 or more)"),
            ({require("a"): "3"}, "weighted: the weight '3' was given (allowed: a whole number, 1 or more)"),
            (
                {require("a"): -1, require("b"): "x"},
                (
                    "weighted: the weight -1 was given (allowed: a whole number, 1 or more); weighted: the "
                    "weight 'x' was given (allowed: a whole number, 1 or more)"
                ),
            ),
            ({veto(skill="a"): 1}, "weighted: steps, excluded agents or vetoes were given (allowed: conditions alone)"),
            (
                {exclude(["anna"]): 1},
                "weighted: steps, excluded agents or vetoes were given (allowed: conditions alone)",
            ),
            (
                {require("a").relax(after=MINUTE, to=any_agent): 1},
                "weighted: steps, excluded agents or vetoes were given (allowed: conditions alone)",
            ),
        ],
    )
    def test_faults(self, weights: Any, fault: str) -> None:
        """All faulty weights at once."""
        with pytest.raises(ConfigurationError) as refused:
            weighted(weights)

        assert fault == str(refused.value)

    @pytest.mark.parametrize(
        ("weight", "hold", "fault"),
        [
            (-1, 0, "weight: -1 was given (allowed: a whole number, 0 or more)"),
            (0, -1, "reserve_for: -1 day, 0:00:00 was given (allowed: 0 or more)"),
        ],
    )
    def test_a_preference_is_checked_too(self, weight: Any, hold: int, fault: str) -> None:
        """However it was made."""
        with pytest.raises(ConfigurationError) as refused:
            Preference(agent="anna", weight=weight, reserve_for=timedelta(hold))

        assert fault == str(refused.value)


class TestSteps:
    """`relax` widens one wish, `widen` the whole."""

    def test_relax_leaves_other_rules_in_force(self) -> None:
        """After a minute level 1 will do, in Italian still."""
        wish = require("a", level=3).relax(after=MINUTE, to=require("b")) & require_language("it")

        assert fit(wish) == ["anna"]
        assert fit(wish, minutes=1) == ["anna", "bruno"]

    def test_preferences_of_the_whole_and_of_the_step_hold(self) -> None:
        """First who was preferred before."""
        wish = (require("a") & prefer("anna")).relax(after=MINUTE, to=require("b") & prefer("bruno"))

        assert wish.preferences == (*prefer("anna").preferences, *prefer("bruno").preferences)

    def test_what_a_widening_prefers_is_preferred(self) -> None:
        """From the start."""
        assert widen(after=MINUTE, to=require("b") & prefer("bruno")).preferences == prefer("bruno").preferences

    def test_which_values_would_do_is_said(self) -> None:
        """All of them."""
        reason = with_attribute("office", "Lugano", "Locarno").condition.lacks(STAFF[3].profile)

        assert reason is not None
        assert reason.values == {"attribute": "office", "value": "Lugano/Locarno"}

    def test_widen_does_not(self) -> None:
        """After a minute whoever has b may take it, in whatever language; the veto holds."""
        wish = widen(after=MINUTE, to=require("b")) & require("a", level=3) & require_language("it")

        assert fit(wish) == ["anna"]
        assert fit(wish, minutes=1) == ["anna", "bruno", "carla"]
        assert fit(wish & veto(skill="trainee"), minutes=1) == ["anna", "bruno"]

    def test_each_widening_holds_from_its_time(self) -> None:
        """Of what is asked together and of alternatives."""
        sooner, later = (
            widen(after=MINUTE, to=require("b", level=5)),
            widen(after=2 * MINUTE, to=require_permission("sign")),
        )

        for joined in (require("a", level=3) & sooner & later, (require("a", level=3) & sooner) | (~any_agent & later)):
            assert [fit(joined, minutes=minutes) for minutes in range(3)] == [
                ["anna"],
                ["anna", "carla"],
                ["anna", "carla", "dario"],
            ]

    def test_widen_alone_is_anyone_in_effect(self) -> None:
        """There is nothing to widen."""
        assert fit(widen(after=MINUTE, to=require("b"))) == fit(any_agent)

    def test_widening_happens_in_the_dispatcher(self) -> None:
        """At the minute, and not before; the work itself asked for more than anybody has."""
        dispatcher = signed_in(rule(widen(after=MINUTE, to=require("b", level=5))))
        dispatcher.arrive(work(requirement=require("a", level=9)), at=NINE)

        assert dispatcher.next_deadline() == NINE.add(minutes=1)
        assert dispatcher.advance(at=NINE.add(seconds=59)).offers == ()
        assert [offer.agent for offer in dispatcher.advance(at=NINE.add(minutes=1)).offers] == ["carla"]

    def test_narrowing_says_so(self) -> None:
        """Then it may shut somebody out."""
        wish = require("a").relax(after=MINUTE, to=require("b"), narrowing=True)

        assert (fit(wish), fit(wish, minutes=1)) == (["anna", "bruno"], ["bruno", "carla"])

    def test_rings_are_counted_over_all_rules(self) -> None:
        """With a second rule beside it, whoever fits the first ring still goes first when all rings are open."""
        rings = require("a", level=3).relax(after=MINUTE, to=require("a")).relax(after=2 * MINUTE, to=any_agent)
        dispatcher = signed_in(rule(rings), rule(~require("trainee") & veto(skill="trainee")), strategy=ring_by_ring)

        late = work(entered_at=NINE.subtract(minutes=9))
        assert asked_in_turn(dispatcher, late) == ["anna", "bruno", "dario"]

    @pytest.mark.parametrize(
        ("make", "fault"),
        [
            (
                lambda: any_agent.relax(after=timedelta(0), to=any_agent),
                "relax.after: 0:00:00 was given (allowed: more than 0)",
            ),
            (lambda: widen(after=timedelta(0), to=any_agent), "relax.after: 0:00:00 was given (allowed: more than 0)"),
            (
                lambda: widen(after=-MINUTE, to=any_agent),
                "relax.after: -1 day, 23:59:00 was given (allowed: more than 0)",
            ),
            (
                lambda: any_agent.relax(after=MINUTE, to=any_agent, clock=cast("Any", "sun")),
                "relax.clock: 'sun' was given (allowed: elapsed, open)",
            ),
            (
                lambda: any_agent.relax(after=MINUTE, to=exclude(["anna"])),
                "relax.to: excluded agents, vetoes or widenings were given (allowed: conditions, preferences)",
            ),
            (
                lambda: any_agent.relax(after=MINUTE, to=veto(skill="a"), narrowing=True),
                "relax.to: excluded agents, vetoes or widenings were given (allowed: conditions, preferences)",
            ),
            (
                lambda: any_agent.relax(after=MINUTE, to=widen(after=MINUTE, to=any_agent)),
                "relax.to: excluded agents, vetoes or widenings were given (allowed: conditions, preferences)",
            ),
            (
                lambda: widen(after=MINUTE, to=veto(["anna"])),
                "relax.to: excluded agents, vetoes or widenings were given (allowed: conditions, preferences)",
            ),
            (
                lambda: any_agent.relax(after=MINUTE, to=any_agent).relax(after=MINUTE, to=any_agent),
                "relax.after: 0:01:00 was given (allowed: more than 0:01:00)",
            ),
        ],
        ids=count(),
    )
    def test_faults(self, make: Callable[[], Requirement], fault: str) -> None:
        """A step that would be lost, or that would shut somebody out by the way, is refused."""
        with pytest.raises(ConfigurationError) as refused:
            make()

        assert fault == str(refused.value)


def italian(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Italian for who speaks it."""
    return require_language("it") if item.language == "it" else any_agent


def broken(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the same
    """A rule with a slip of the pen."""
    return require(item.attributes["topic"])


def nonsense(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the same
    """A rule that forgot to say what it asks."""
    return cast("Requirement", None)


def veto_of_nobody(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the same
    """A rule that says what cannot be said."""
    return veto([])


class TestFirstOf:
    """The first rule that has something to say."""

    def test_the_first_answer_counts_alone(self) -> None:
        """The others are not joined to it."""
        whole = first_of(italian, rule(require("a")), require("b"))

        assert whole(work(language="it"), at=NINE) == require_language("it")
        assert whole(work(), at=NINE) == require("a")

    def test_a_requirement_ends_the_list(self) -> None:
        """It answers for all work."""
        assert first_of(italian, require("b"))(work(), at=NINE) == require("b")

    def test_without_an_answer_it_has_nothing_to_say(self) -> None:
        """So it may stand in another one."""
        assert first_of(italian)(work(), at=NINE) == any_agent
        assert first_of(first_of(italian), require("b"))(work(), at=NINE) == require("b")

    def test_a_rule_that_fails_is_named_and_the_next_one_asked(self) -> None:
        """The telephone goes on, and the decision says which rule it was."""
        dispatcher = signed_in(first_of(broken, nonsense, first_of(italian), require("b")))

        decision = dispatcher.arrive(work(), at=NINE)

        assert [offer.agent for offer in decision.offers] == ["bruno"]
        assert [str(failure) for failure in decision.failures] == [
            "rule broken: it raised KeyError; allowed: a Requirement",
            "rule nonsense: it returned NoneType; allowed: a Requirement",
        ]
        assert [failure.rule for failure in decision.failures] == ["broken", "nonsense"]

    def test_called_directly_it_raises(self) -> None:
        """As any rule does."""
        with pytest.raises(KeyError):
            first_of(broken)(work(), at=NINE)

    def test_its_name_tells_its_rules(self) -> None:
        """For the decision that speaks of it."""
        assert first_of(italian, require("b")).name == "first_of(italian, always)"

    @pytest.mark.parametrize(
        ("rules", "fault"),
        [
            ([], "first_of: no rule was given (allowed: at least one)"),
            ([italian, "italian"], "first_of[2]: str is no rule (allowed: a function of an item and `at`)"),
            (
                [italian, lambda item: item],
                (
                    "first_of[2]: it cannot be called as a rule: got an unexpected keyword argument 'at' "
                    "(allowed: rule(item, at=...))"
                ),
            ),
            (
                [3, None],
                (
                    "first_of[1]: int is no rule (allowed: a function of an item and `at`); first_of[2]: "
                    "NoneType is no rule (allowed: a function of an item and `at`)"
                ),
            ),
        ],
    )
    def test_faults(self, rules: Any, fault: str) -> None:
        """Before any work arrives."""
        with pytest.raises(ConfigurationError) as refused:
            first_of(*rules)

        assert fault == str(refused.value)

    def test_what_does_not_say_how_it_is_called_may_be_a_rule(self) -> None:
        """Some things written in C have no signature."""
        assert first_of(cast("Any", min)).name == "first_of(min)"


class TestIsolation:
    """A rule that fails asks nothing."""

    @pytest.mark.parametrize("at_fault", [broken, nonsense, veto_of_nobody])
    def test_the_state_is_as_if_it_were_not_there(self, at_fault: RoutingRule) -> None:
        """Snapshots with and without it are equal after the same events, but for the names of the rules."""
        with_it, without = signed_in(italian, at_fault), signed_in(italian)

        failed = with_it.arrive(work(language="it"), at=NINE)
        went_well = without.arrive(work(language="it"), at=NINE)

        assert (failed.offers, len(failed.failures)) == (went_well.offers, 1)
        named = {"rules": ["italian", failed.failures[0].rule]}
        assert with_it.snapshot() == without.snapshot() | named

    def test_what_it_raised_is_for_the_program_alone(self) -> None:
        """Its own words may name a person."""

        def tells(item: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            raise ValueError("Anna Bernasconi")

        [failure] = decide([work()], [AgentState(agent=STAFF[0])], at=NINE, rules=[tells]).failures

        assert "Bernasconi" not in f"{failure} {failure!r}"
        assert isinstance(failure.given, ValueError)
