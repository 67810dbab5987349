"""What work asks, how requirements join, and how they widen in time."""

from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.contacts import Channel
from ticontact.errors import ConfigurationError
from ticontact.i18n import LANGUAGES, Language
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Assignment,
    AssignmentState,
    Requirement,
    RoutingDecision,
    RoutingRule,
    Skill,
    WorkItem,
    any_agent,
    at_site,
    decide,
    exclude,
    prefer,
    require,
    require_language,
    require_permission,
    with_attribute,
)
from ticontact.routing.strategies import STRATEGIES, Strategy, weighted_random
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
MICROSECONDS = 1_000_000
EPOCH = int(NINE.timestamp()) * MICROSECONDS
VOICE = Channel.named("voice")


def agent_state(agent: Agent, *, idle: int = 0, status: AgentStatus = AgentStatus.AVAILABLE, **more: Any) -> AgentState:
    """An agent who has been idle for some seconds at nine."""
    return AgentState(agent=agent, status=status, idle_since=EPOCH - idle * MICROSECONDS, **more)


def assignment(state: AssignmentState, channel: str = "voice") -> Assignment:
    """Something in hand."""
    return Assignment("c-0", channel, 1, state, EPOCH)


def item(requirement: Requirement = any_agent, *, waited: int = 0) -> WorkItem:
    """A call that has waited for some seconds at nine."""
    return WorkItem(id="c-1", channel=VOICE, requirement=requirement, entered_at=NINE.subtract(seconds=waited))


def decided(requirement: Requirement, *agent_states: AgentState, waited: int = 0) -> RoutingDecision:
    """The decision on one call."""
    return decide([item(requirement, waited=waited)], agent_states, at=NINE)


def takes(requirement: Requirement, agent: Agent, *, waited: int = 0) -> bool:
    """Whether an agent who is free gets a call."""
    return decided(requirement, agent_state(agent), waited=waited).offers != ()


ANNA = Agent(
    id="anna",
    skills={"asylum": 3, "family": 1},
    languages={"it": 10, "de": 4},
    permissions=["reply"],
    sites=["Bellinzona"],
    attributes={"team": "blue"},
)


class TestSkills:
    """Levels from 1 to 10; higher is better."""

    def test_skills_are_written_in_several_ways(self) -> None:
        """A mapping, names, or values."""
        assert Agent(id="a", skills={"x": 1, "y": 2}) == Agent(id="a", skills=["x", Skill("y", 2)])

    @pytest.mark.parametrize("level", [0, 11, 2.5, True])
    def test_other_levels_are_refused(self, level: Any) -> None:
        """For a skill as for a requirement."""
        with pytest.raises(ConfigurationError, match=r"level: .* was given"):
            Skill("x", level)
        with pytest.raises(ConfigurationError, match=r"level: .* was given"):
            require("x", level=level)

    def test_agents_are_hashed_by_id(self) -> None:
        """They stand in sets although their skills are tables."""
        assert len({ANNA, Agent(id="anna")}) == 2
        assert hash(ANNA) == hash(Agent(id="anna"))


class TestConditions:
    """Who may take it."""

    @pytest.mark.parametrize(
        ("requirement", "why"),
        [
            (any_agent, ""),
            (require("asylum"), ""),
            (require("asylum", level=3), ""),
            (require("asylum", level=4), "asylum only at level 3, 4 is needed"),
            (require("permits"), "lacks permits"),
            (require("asylum") & require("permits"), "lacks permits"),
            (require("permits") | require("asylum"), ""),
            (require("permits") | require("driving"), "lacks driving"),
            (~require("permits"), ""),
            (~require("asylum"), "excluded by the rule"),
            (require_language("fr", "it"), ""),
            (require_language("it", level=10), ""),
            (require_language("de", level=5), "does not speak de"),
            (require_language("fr", "en"), "does not speak fr/en"),
            (require_permission("reply"), ""),
            (require_permission("sign"), "lacks the permission sign"),
            (at_site("Bellinzona"), ""),
            (at_site("Lugano"), "does not work at Lugano"),
            (with_attribute("team", "red", "blue"), ""),
            (with_attribute("team", "red"), "team is not red"),
            (exclude(["anna"]), "excluded by the rule"),
            (exclude(["bruno"]), ""),
            (exclude(skill="asylum"), "excluded by the rule"),
            (exclude(skill="asylum", level=4), ""),
            (exclude(["anna"]) | any_agent, ""),
            (exclude(["anna"]) | exclude(["anna"]), "excluded by the rule"),
        ],
    )
    def test_fit(self, requirement: Requirement, why: str) -> None:
        """The first reason why not; none if the agent may."""
        decision = decided(requirement, agent_state(ANNA))
        [eligibility] = decision.explain().eligibilities

        assert bool(decision.offers) == (why == "")
        assert eligibility.is_chosen or eligibility.reason.text.en == why

    @pytest.mark.parametrize(
        "requirement",
        [prefer("anna"), exclude(["anna"]), require("a").relax(after=timedelta(seconds=1), to=any_agent)],
    )
    def test_only_conditions_are_turned_round(self, requirement: Requirement) -> None:
        """Nobody can say what the opposite of a preference is."""
        with pytest.raises(ConfigurationError) as refused:
            _ = ~requirement

        assert (
            str(refused.value)
            == "requirement: ~ of steps, preferences, excluded agents or vetoes (allowed: ~ of conditions alone)"
        )

    def test_some_language_must_be_named(self) -> None:
        """To speak none is no requirement."""
        with pytest.raises(ConfigurationError) as refused:
            require_language()

        assert str(refused.value) == "require_language: no language was given (allowed: at least one)"

    def test_everybody_is_the_neutral_one(self) -> None:
        """`any_agent` joined with something is that thing; or anyone, is anyone."""
        asylum = require("asylum")

        assert asylum & any_agent == asylum == any_agent & asylum
        assert (asylum | any_agent).condition == any_agent.condition
        assert prefer(None) == any_agent

    def test_levels_count_where_they_are_asked(self) -> None:
        """Of a language as of a skill, also of one that must not be there."""
        weak, strong = (Agent(id="a", skills={"x": level}, languages={"it": level}).profile for level in (2, 6))

        for wish, expected in (
            (require("x", level=5), (False, True)),
            (require_language("it", level=5), (False, True)),
            (require_language("de", "it", level=5), (False, True)),
            (exclude(skill="x", level=5), (True, False)),
        ):
            assert tuple(wish.condition.lacks(profile) is None for profile in (weak, strong)) == expected


class TestSteps:
    """Requirements widen as time goes by."""

    WISH = (
        require("permits")
        .relax(after=timedelta(minutes=1), to=require("asylum", level=4))
        .relax(after=timedelta(minutes=2), to=require("family"))
    )

    @pytest.mark.parametrize(("waited", "expected"), [(0, False), (60, False), (119, False), (120, True), (999, True)])
    def test_each_step_has_its_time(self, waited: int, expected: bool) -> None:  # noqa: FBT001 - a row of the table
        """From the entry into the queue, due at the very second."""
        assert takes(self.WISH, ANNA, waited=waited) is expected

    def test_a_step_shuts_nobody_out(self) -> None:
        """Who fitted before still fits, even if the step asks for something else."""
        wish = require("asylum").relax(after=timedelta(minutes=1), to=require("permits"))

        assert takes(wish, ANNA, waited=60)

    def test_before_any_step_the_first_wish_counts(self) -> None:
        """Asked without a time, a stepped condition answers for its beginning."""
        assert self.WISH.condition.lacks(ANNA.profile) == require("permits").condition.lacks(ANNA.profile)

    def test_unless_it_says_so(self) -> None:
        """A narrowing step replaces what was asked before."""
        wish = require("asylum").relax(after=timedelta(minutes=1), to=require("permits"), narrowing=True)

        assert takes(wish, ANNA, waited=59)
        assert not takes(wish, ANNA, waited=60)

    def test_joined_requirements_widen_each_on_its_own(self) -> None:
        """Both have to hold at every moment."""
        first = require("permits").relax(after=timedelta(minutes=1), to=require("asylum"))
        second = require_language("fr").relax(after=timedelta(minutes=2), to=require_language("it"))

        assert [takes(first & second, ANNA, waited=waited) for waited in (0, 60, 120)] == [False, False, True]

    def test_alternatives_widen_too(self) -> None:
        """One of them is enough."""
        first = require("permits").relax(after=timedelta(minutes=1), to=require("asylum"))

        assert [takes(first | require("driving"), ANNA, waited=waited) for waited in (0, 60)] == [False, True]

    @pytest.mark.parametrize("after", [timedelta(0), timedelta(minutes=1), timedelta(minutes=-1)])
    def test_steps_come_one_after_the_other(self, after: timedelta) -> None:
        """Two at one time, or one in the past, are a slip."""
        wish = require("a").relax(after=timedelta(minutes=1), to=any_agent)

        with pytest.raises(ConfigurationError, match=r"relax\.after"):
            wish.relax(after=after, to=any_agent)

    def test_steps_of_two_clocks_are_apart(self) -> None:
        """One minute of open time after five of elapsed time is no contradiction."""
        wish = require("a").relax(after=timedelta(minutes=5), to=require("b"))

        both = wish.relax(after=timedelta(minutes=1), to=require("c"), clock="open")

        assert [(step.clock, step.after) for step in both.condition.steps] == [
            ("elapsed", timedelta(minutes=5)),
            ("open", timedelta(minutes=1)),
        ]

    @given(
        st.lists(
            st.tuples(st.sampled_from("abc"), st.integers(1, 3), st.integers(1, 50)),
            max_size=4,
            unique_by=lambda s: s[2],
        ),
        st.dictionaries(st.sampled_from("abc"), st.integers(1, 3)),
        st.integers(0, 60),
        st.integers(0, 60),
    )
    def test_waiting_longer_never_loses_anybody(
        self, steps: list[tuple[str, int, int]], skills: dict[str, int], waited: int, more: int
    ) -> None:
        """Whatever the steps: relaxing never shrinks the set of those who may take it."""
        wish = require("a", level=3)
        for skill, level, after in sorted(steps, key=lambda step: step[2]):
            wish = wish.relax(after=timedelta(seconds=after), to=require(skill, level=level))
        agent = Agent(id="x", skills=skills)
        oracle = skills.get("a", 0) >= 3 or any(
            skills.get(skill, 0) >= level for skill, level, after in steps if waited >= after
        )

        assert takes(wish, agent, waited=waited) is oracle
        assert takes(wish, agent, waited=waited) <= takes(wish, agent, waited=waited + more)


class TestAvailability:
    """Why somebody who may take it cannot just now."""

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"status": AgentStatus.OFFLINE}, "absent"),
            ({"status": AgentStatus.BREAK}, "on a break"),
            ({"status": AgentStatus.HEARING}, "in a hearing"),
            ({"status": AgentStatus.NOT_RESPONDING}, "did not respond to an offer"),
            ({"assignments": (assignment(AssignmentState.OFFERED),)}, "has another offer already"),
            ({"assignments": (assignment(AssignmentState.WRAP_UP),)}, "in wrap-up"),
            ({"assignments": (assignment(AssignmentState.ACTIVE),)}, "busy"),
            ({"agent": Agent(id="anna", limits={"voice": 0})}, "voice: takes no more"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_reason(self, changes: dict[str, Any], why: str) -> None:
        """The first reason, in words."""
        values: dict[str, Any] = {"agent": ANNA, **changes}
        decision = decide([item()], [AgentState(**values)], at=NINE)

        assert decision.offers == ()
        assert decision.explain().eligibilities[0].reason.text.en.lower().replace("telephone", "voice") == why

    def test_kept_for_another(self) -> None:
        """Bruno is busy, but the work is kept for him."""
        bruno = AgentState(agent=Agent(id="bruno"), assignments=(assignment(AssignmentState.ACTIVE),))
        wish = prefer("bruno", reserve_for=timedelta(minutes=2))

        assert decided(wish, agent_state(ANNA), bruno).explain().table("en").splitlines()[1:3] == [
            "anna   kept for bruno for now",
            "bruno  busy",
        ]
        assert decided(wish, agent_state(ANNA), bruno, waited=120).offers[0].agent == "anna"


class TestDecide:
    """The pure function."""

    def test_it_deals_out_what_waits_in_its_order(self) -> None:
        """Live before deferred, head start before entry; an agent is used up."""
        waiting = [
            WorkItem(id="mail", channel=Channel.named("email"), entered_at=NINE.subtract(days=1)),
            WorkItem(id="slot", channel=VOICE, not_before=NINE.add(seconds=1)),
            WorkItem(id="old", channel=VOICE, entered_at=NINE.subtract(seconds=50)),
            WorkItem(id="high", channel=VOICE, priority=Priority.HIGH),
            WorkItem(id="due", channel=Channel.named("email"), entered_at=NINE.subtract(seconds=70), promote_at=NINE),
        ]
        agents = [agent_state(Agent(id=name)) for name in "abcd"]

        decision = decide(waiting, agents, at=NINE, head_start={Priority.HIGH: timedelta(seconds=60)})

        assert [(offer.item, offer.agent) for offer in decision.offers] == [
            ("due", "a"),
            ("high", "b"),
            ("old", "c"),
            ("mail", "d"),
        ]

    def test_the_order_of_its_arguments_is_of_no_consequence(self) -> None:
        """Ties are broken by keys."""
        waiting = [WorkItem(id=name, channel=VOICE, entered_at=NINE) for name in "xyz"]
        agents = [agent_state(Agent(id=name)) for name in "abc"]

        assert decide(waiting, agents, at=NINE) == decide(waiting[::-1], agents[::-1], at=NINE)

    def test_rules_are_asked_and_a_failing_one_is_passed_over(self) -> None:
        """The decision names it; what it raised stands in no message."""

        class Broken:
            def __call__(self, item: WorkItem, /, *, at: object) -> Requirement:
                raise ValueError(f"Mario Rossi, {item.id} at {at}")

        def nonsense(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            return cast("Requirement", "asylum")

        def asylum(_: WorkItem, /, *, at: object) -> Requirement:  # noqa: ARG001 - the shape of a rule
            return require("asylum")

        rules: list[RoutingRule] = [Broken(), nonsense, asylum]
        decision = decide([item()], [agent_state(Agent(id="a")), agent_state(ANNA)], at=NINE, rules=rules)

        assert decision.offers[0].agent == "anna"
        assert [(failure.rule, str(failure)) for failure in decision.failures] == [
            ("Broken", "rule Broken: it raised ValueError; allowed: a Requirement"),
            ("nonsense", "rule nonsense: it returned str; allowed: a Requirement"),
        ]
        assert [type(failure.given).__name__ for failure in decision.failures] == ["ValueError", "str"]


def ranked(strategy: Strategy, *agent_states: AgentState, work: WorkItem | None = None) -> str:
    """The ids of agents in the order in which a strategy asks them."""
    order, left = "", list(agent_states)
    while left:
        [offer] = decide([work or item()], left, at=NINE, strategy=strategy).offers
        order += offer.agent
        left = [each for each in left if each.agent.id != offer.agent]
    return order


class TestStrategies:
    """Each by its definition."""

    @pytest.mark.parametrize(
        ("name", "agent_states", "expected"),
        [
            ("longest_idle", [{"idle": 5}, {"idle": 30}, {"idle": 5}], "bac"),
            ("least_occupied", [{"occupied": 50, "signed_in_at": EPOCH - 100}, {"busy_since": EPOCH - 60}, {}], "cba"),
            ("round_robin", [{"turn": 2}, {"turn": 3}, {"turn": 0}], "cab"),
            ("fewest_contacts", [{"contacts": 5}, {"contacts": 1, "idle": 1}, {"contacts": 1, "idle": 2}], "cba"),
            ("least_talk_time", [{"talked": 9}, {"talked": 8}, {"talked": 7}], "cba"),
        ],
    )
    def test_by_what_was_done(self, name: str, agent_states: list[dict[str, Any]], expected: str) -> None:
        """Agents a, b and c with their pasts."""
        people = [agent_state(Agent(id=id_, capacity=2), **past) for id_, past in zip("abc", agent_states, strict=True)]

        assert expected == ranked(STRATEGIES[name], *people)

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("linear", "cba"),
            ("most_skilled", "bac"),
            ("least_skilled", "acb"),
            ("ring_by_ring", "bac"),
            ("percent_allocation", "bac"),
            ("case_owner_first", "cab"),
            ("last_agent_first", "bac"),
        ],
    )
    def test_by_what_they_can_do(self, name: str, expected: str) -> None:
        """A knows little, B much, C something in between."""
        people = [
            agent_state(Agent(id="a", skills={"x": 1}, position=3), contacts=2),
            agent_state(Agent(id="b", skills={"x": 5, "y": 1}, position=2, share=3), contacts=2),
            agent_state(Agent(id="c", skills={"x": 1, "y": 2, "z": 3}, position=1), contacts=4),
        ]
        wish = require("x", level=2).relax(after=timedelta(seconds=1), to=require("x"))
        work = WorkItem(
            id="c-1",
            channel=VOICE,
            requirement=wish if name == "ring_by_ring" else require("x"),
            entered_at=NINE.subtract(seconds=5),
            case_owner="c",
            last_agent="b",
        )

        assert expected == ranked(STRATEGIES[name], *people, work=work)

    @pytest.mark.parametrize("name", ["case_owner_first", "last_agent_first"])
    def test_without_a_name_longest_idle_decides(self, name: str) -> None:
        """Nobody keeps the case, nobody spoke before."""
        assert ranked(STRATEGIES[name], agent_state(Agent(id="a")), agent_state(Agent(id="b"), idle=9)) == "ba"

    def test_least_loaded_counts_units(self) -> None:
        """One of two is more than one of three."""
        people = [
            AgentState(agent=Agent(id="a", capacity=2), assignments=(assignment(AssignmentState.ACTIVE),)),
            AgentState(agent=Agent(id="b", capacity=3), assignments=(assignment(AssignmentState.ACTIVE),)),
        ]

        assert ranked(STRATEGIES["least_loaded"], *people) == "ba"

    def test_a_ring_without_steps_holds_everybody(self) -> None:
        """Then longest idle decides."""
        people = [agent_state(Agent(id="a")), agent_state(Agent(id="b"), idle=9)]

        assert ranked(STRATEGIES["ring_by_ring"], *people) == "ba"

    def test_a_lot_can_be_repeated(self) -> None:
        """The same seed draws the same; another seed another order, some time."""
        people = [agent_state(Agent(id=name)) for name in "abcdef"]

        assert ranked(weighted_random("1"), *people) == ranked(weighted_random("1"), *people)
        assert len({ranked(weighted_random(str(seed)), *people) for seed in range(9)}) > 1

    def test_a_lot_is_drawn_in_proportion(self) -> None:
        """Of 600 draws, three shares in four get about 450."""
        people = [agent_state(Agent(id="a", share=3)), agent_state(Agent(id="b"))]
        drawn = [ranked(weighted_random(str(seed)), *people)[0] for seed in range(600)]

        assert 410 < drawn.count("a") < 490


class TestExplanation:
    """In words, as a table and as data."""

    EXPLANATION = decided(
        require("asylum"),
        agent_state(ANNA, idle=720),
        agent_state(Agent(id="ivo")),
        agent_state(Agent(id="lea", skills=["asylum"])),
    ).explain()

    def test_text(self) -> None:
        """The chosen one first, then who was free, then the others."""
        assert self.EXPLANATION.text("en") == (
            "anna: chosen, idle longest (12 min). lea: free, but not first: idle longest (0 s). ivo: lacks asylum."
        )

    def test_a_citizen_reads_no_names(self) -> None:
        """Agents are persons too."""
        assert self.EXPLANATION.text("it", audience="citizen") == "Persone che possono occuparsene: 2; libere ora: 2."

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_language_says_all(self, language: Language) -> None:
        """One sentence for each agent."""
        assert len(self.EXPLANATION.text(language).split(". ")) == 3

    def test_an_unknown_language_is_refused(self) -> None:
        """Rather than answered in another."""
        with pytest.raises(ConfigurationError):
            self.EXPLANATION.text(cast("Language", "es"))

    def test_table(self) -> None:
        """Two columns under their headings."""
        assert self.EXPLANATION.table("it").splitlines() == [
            "Persona  Decisione",
            "anna     scelto, libero da più tempo (12 min)",
            "lea      libero, ma non il primo: libero da più tempo (0 s)",
            "ivo      manca asylum",
        ]

    def test_data(self) -> None:
        """Kinds of reasons for programs."""
        assert self.EXPLANATION.eligibilities[2].to_dict() == {
            "agent": "ivo",
            "why": "lacks_skill",
            "values": {"skill": "asylum"},
        }

    def test_nobody_is_a_reason_too(self) -> None:
        """Of an office without agents."""
        assert decided(any_agent).explain().text("it") == "Nessuno è in servizio."

    def test_the_skill_of_a_later_step_counts_for_the_most_skilled(self) -> None:
        """Whoever has more of what any stage asks for is chosen, before the step as after it."""
        widening = require("asylum", level=3).relax(after=timedelta(minutes=5), to=require("permits"))
        plain = Agent(id="a", skills={"asylum": 5})
        both = Agent(id="b", skills={"asylum": 5, "permits": 5})

        decision = decide(
            [WorkItem(id="c-1", channel=VOICE, requirement=widening)],
            [AgentState(agent=plain), AgentState(agent=both)],
            at=NINE,
            strategy=STRATEGIES["most_skilled"],
        )

        assert [offer.agent for offer in decision.offers] == ["b"]

    def test_a_wish_is_named(self) -> None:
        """Not the idle time is why."""
        assert decided(prefer("anna"), agent_state(ANNA)).explain().text("en") == "anna: chosen, as wished."

    def test_long_times_are_said_in_hours(self) -> None:
        """Nobody counts 300 minutes."""
        assert "(5 h)" in decided(any_agent, agent_state(ANNA, idle=18000)).explain().text("en")

    def test_every_strategy_says_by_what(self) -> None:
        """In all languages, with its figure."""
        for strategy in (*STRATEGIES.values(), weighted_random("1")):
            decision = decide([item()], [agent_state(ANNA)], at=NINE, strategy=strategy)
            assert decision.explain().text("en").startswith("anna: chosen, ")

    def test_a_decision_about_nothing_explains_nothing(self) -> None:
        """An empty explanation, no error."""
        assert decide([], [], at=NINE).explain().eligibilities == ()
