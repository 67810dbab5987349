"""Why work waits, what would help, and who is told what."""

from datetime import timedelta
from typing import Any

import pendulum
import pytest
from routing_office import NINE, after

from ticontact.contacts import Channel
from ticontact.errors import ConfigurationError
from ticontact.hours import BusinessCalendar, Week
from ticontact.i18n import LANGUAGES, Language
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Assignment,
    AssignmentState,
    Callback,
    Dispatcher,
    EligibilityReason,
    IneligibleReason,
    Preference,
    Queue,
    Remedy,
    Requirement,
    RoutingExplanation,
    WaitingReason,
    WorkItem,
    WrapUp,
    any_agent,
    decide,
    exclude,
    prefer,
    require,
    require_language,
)
from ticontact.routing._work.queue import OpenTime

BY_TIME = {"begins", "reservation_ends", "step"}
VOICE, EMAIL = Channel.named("voice"), Channel.named("email")


def seconds(number: float) -> timedelta:
    """An amount of time."""
    return timedelta(seconds=number)


def call(name: str = "c-1", requirement: Requirement = any_agent, *, not_before: float | None = None) -> WorkItem:
    """A call, which is offered not before so many seconds after nine."""
    due = None if not_before is None else after(not_before)
    return WorkItem(id=name, channel=VOICE, requirement=requirement, not_before=due)


def office(*agents: Agent, busy: bool = False) -> Dispatcher:
    """Everybody signed in at nine, and talking if the office is busy."""
    dispatcher = Dispatcher(agents=agents)
    for agent in agents:
        dispatcher.sign_in(agent.id, at=NINE)
    for agent in agents if busy else ():
        wish = Requirement(never=frozenset(each.id for each in agents if each is not agent))
        [offer] = dispatcher.arrive(call(f"with {agent.id}", wish), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
    return dispatcher


def waiting(dispatcher: Dispatcher, requirement: Requirement = any_agent) -> RoutingExplanation:
    """Why a call that comes a second after nine waits."""
    dispatcher.arrive(call(requirement=requirement), at=after(1))
    return dispatcher.explain("c-1")


def remedies(explanation: RoutingExplanation) -> list[Remedy]:
    """What would help."""
    assert explanation.waits is not None
    return list(explanation.waits.remedies)


def because(explanation: RoutingExplanation) -> WaitingReason:
    """Why it waits."""
    assert explanation.waits is not None
    return explanation.waits.because


ASYLUM_3 = Agent(id="anna", skills={"asylum": 3})
ASYLUM_1 = Agent(id="carlo", skills={"asylum": 1})


class TestWhyItWaits:
    """The first of the causes that somebody could do something about."""

    def test_all_are_busy(self) -> None:
        """Anna comes free: that would help."""
        told = waiting(office(Agent(id="anna"), busy=True))

        assert (because(told), remedies(told)) == (WaitingReason.BUSY, [Remedy("comes_free", agents=("anna",))])

    def test_nobody_can(self) -> None:
        """What is missing is the part that nobody signed in has."""
        told = waiting(
            office(Agent(id="anna", skills=["permits"])), require("permits") & require_language("de", level=6)
        )

        assert (because(told), remedies(told)) == (
            WaitingReason.NOBODY,
            [Remedy("somebody_with", asks=require_language("de", level=6).condition)],
        )

    def test_each_has_a_part_of_it(self) -> None:
        """What is missing is one who has all."""
        wish = require("permits") & require("asylum")
        told = waiting(office(Agent(id="anna", skills=["permits"]), Agent(id="bea", skills=["asylum"])), wish)

        assert remedies(told) == [Remedy("somebody_with", asks=wish.condition)]

    def test_who_can_is_not_at_work(self) -> None:
        """Signing in would help; what is missing among those at work is said too."""
        dispatcher = Dispatcher(agents=[ASYLUM_3, Agent(id="bea")])
        dispatcher.sign_in("bea", at=NINE)
        told = waiting(dispatcher, require("asylum"))

        assert because(told) is WaitingReason.NOBODY
        assert remedies(told) == [
            Remedy("signs_in", agents=("anna",)),
            Remedy("somebody_with", asks=require("asylum").condition),
        ]

    def test_who_can_takes_no_work(self) -> None:
        """Coming back would help."""
        dispatcher = office(ASYLUM_3)
        dispatcher.set_status("anna", AgentStatus.HEARING, at=NINE)
        told = waiting(dispatcher, require("asylum"))

        assert (because(told), remedies(told)) == (WaitingReason.AWAY, [Remedy("comes_back", agents=("anna",))])

    def test_who_can_has_declined(self) -> None:
        """Nobody else is there: the end of the decline would help."""
        dispatcher = office(Agent(id="anna"))
        [offer] = dispatcher.arrive(call(), at=NINE).offers
        dispatcher.decline(offer, at=after(1))
        told = dispatcher.explain("c-1")

        again = Remedy("decline_ends", within=timedelta(minutes=1), agents=("anna",))
        assert (because(told), remedies(told)) == (WaitingReason.DECLINED, [again])
        assert told.text("en").endswith("What would help: in 60 s it may be offered to anna again.")
        assert "somebody" in told.text("en", audience="citizen")

    def test_it_rings(self) -> None:
        """Answering would help, and the agent is named with this very offer, not with another one."""
        dispatcher = office(Agent(id="anna", capacity=2))
        dispatcher.arrive(call(), at=NINE)
        told = dispatcher.explain("c-1")

        assert (because(told), remedies(told)) == (WaitingReason.ON_OFFER, [Remedy("accepts", agents=("anna",))])
        assert [eligibility.reason for eligibility in told.eligibilities] == [EligibilityReason(IneligibleReason.ASKED)]

    def test_it_is_in_hand(self) -> None:
        """Then it does not wait."""
        dispatcher = office(Agent(id="anna", capacity=2), busy=True)

        told = dispatcher.explain("with anna")

        assert (told.waits, [eligibility.reason for eligibility in told.eligibilities]) == (
            None,
            [EligibilityReason(IneligibleReason.HAS_IT)],
        )

    def test_it_was_given_back(self) -> None:
        """Anna's wrap-up of it is not having it in hand."""
        dispatcher = office(Agent(id="anna", wrap_up=WrapUp.timed(seconds(20))), busy=True)
        dispatcher.requeue("with anna", at=after(5))

        assert because(dispatcher.explain("with anna")) is WaitingReason.DECLINED

    def test_it_goes_to_somebody(self) -> None:
        """Then it does not wait."""
        assert office(Agent(id="anna")).arrive(call(), at=NINE).explain().waits is None

    @pytest.mark.parametrize("status", [AgentStatus.NOT_RESPONDING, AgentStatus.BREAK, AgentStatus.TECHNICAL])
    def test_away_is_away(self, status: AgentStatus) -> None:
        """Whatever the reason."""
        agent_state = AgentState(agent=Agent(id="anna"), status=status)

        assert remedies(decide([call()], [agent_state], at=NINE).explain()) == [Remedy("comes_back", agents=("anna",))]

    def test_the_wait_for_another_offer(self) -> None:
        """Who has another offer comes free when it is answered."""
        ringing = Assignment("other", "voice", 1, AssignmentState.OFFERED, 0)
        agent_state = AgentState(agent=Agent(id="anna"), assignments=(ringing,))
        told = decide([call()], [agent_state], at=NINE).explain()

        assert (because(told), remedies(told)) == (WaitingReason.BUSY, [Remedy("comes_free", agents=("anna",))])

    def test_who_does_not_take_the_channel_is_no_help(self) -> None:
        """Nobody may take it, and nobody lacks a skill."""
        told = waiting(office(Agent(id="anna", limits={"voice": 0})))

        assert (because(told), remedies(told)) == (WaitingReason.NOBODY, [])


class TestTime:
    """What time brings about by itself comes first, the next thing first."""

    def test_a_step_names_who_may_take_it_then(self) -> None:
        """In 39 s level 1 will do, and Carlo has that."""
        wish = require("asylum", level=3).relax(after=seconds(40), to=require("asylum"))
        dispatcher = office(ASYLUM_3, ASYLUM_1)
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE)
        dispatcher.arrive(call(requirement=wish), at=after(1))
        dispatcher.advance(at=after(11))

        assert remedies(dispatcher.explain("c-1")) == [
            Remedy("step", within=seconds(30), asks=require("asylum").condition, agents=("carlo",)),
            Remedy("comes_back", agents=("anna",)),
        ]

    def test_a_step_that_holds_is_no_news(self) -> None:
        """It is part of what is asked."""
        wish = require("asylum", level=3).relax(after=seconds(40), to=require("asylum", level=2))
        dispatcher = office(ASYLUM_1)
        dispatcher.arrive(call(requirement=wish), at=NINE)
        assert [each.kind for each in remedies(dispatcher.explain("c-1"))] == ["step", "somebody_with"]

        dispatcher.advance(at=after(40))

        assert [each.kind for each in remedies(dispatcher.explain("c-1"))] == ["somebody_with"]

    def test_steps_come_in_the_order_of_time(self) -> None:
        """Whatever the order in which they were written."""
        wish = (require("x").relax(after=seconds(90), to=require("late"))) & (
            require("y").relax(after=seconds(30), to=require("early"))
        )
        told = waiting(office(Agent(id="anna")), wish)

        assert [each.within for each in remedies(told) if each.kind in BY_TIME] == [seconds(30), seconds(90)]

    def test_a_step_in_a_part_asks_the_other_parts_too(self) -> None:
        """Carlo has what the step asks, and lacks what the other part asks all along."""
        wish = require("asylum", level=3).relax(after=seconds(40), to=require("asylum")) & require("permits")
        told = waiting(office(ASYLUM_1), wish)

        assert remedies(told)[0] == Remedy("step", within=seconds(40), asks=require("asylum").condition)

    def test_a_step_that_narrows_is_told_only_if_it_helps(self) -> None:
        """It lets Carlo in, or nobody."""
        lets_in = require("permits").relax(after=seconds(40), to=require("asylum"), narrowing=True)
        shuts_out = require("permits").relax(after=seconds(40), to=require("permits", level=9), narrowing=True)

        assert [each.agents for each in remedies(waiting(office(ASYLUM_1), lets_in)) if each.kind in BY_TIME] == [
            ("carlo",)
        ]
        assert [each.kind for each in remedies(waiting(office(ASYLUM_1), shuts_out))] == ["somebody_with"]

    def test_who_was_excluded_is_not_let_in(self) -> None:
        """Nor who is not at work."""
        wish = require("asylum", level=3).relax(after=seconds(40), to=require("asylum")) & exclude(["carlo"])
        dispatcher = Dispatcher(agents=[ASYLUM_1, Agent(id="dora", skills=["asylum"]), Agent(id="eva")])
        for name in ("carlo", "eva"):
            dispatcher.sign_in(name, at=NINE)

        step = remedies(waiting(dispatcher, wish))[0]

        assert step == Remedy("step", within=seconds(40), asks=require("asylum").condition)

    def test_the_end_of_a_hold(self) -> None:
        """Then others may take it."""
        told = waiting(
            office(Agent(id="anna"), busy=True),
            prefer("bea", reserve_for=seconds(9)) & prefer("anna", reserve_for=seconds(99)),
        )

        assert (because(told), remedies(told)[0]) == (
            WaitingReason.KEPT,
            Remedy("reservation_ends", within=seconds(99), agents=("anna",)),
        )

    def test_a_step_names_who_may_take_it_also_while_it_is_kept(self) -> None:
        """Kept for Anna for a minute, for anybody who has the skill after half an hour."""
        dispatcher = office(Agent(id="anna", skills=["asylum"]), Agent(id="bea"), busy=True)
        wish = require("asylum").relax(after=timedelta(minutes=30), to=any_agent)
        told = waiting(dispatcher, wish & prefer("anna", reserve_for=seconds(60)))

        [step] = [each for each in remedies(told) if each.kind == "step"]
        assert step.agents == ("bea",)

    def test_its_own_time(self) -> None:
        """An appointment is not offered before."""
        dispatcher = office(Agent(id="anna"))
        dispatcher.arrive(call(not_before=300), at=NINE)
        told = dispatcher.explain("c-1")

        assert (because(told), remedies(told)) == (WaitingReason.NOT_YET, [Remedy("begins", within=seconds(300))])

        dispatcher.advance(at=after(300))

        assert because(dispatcher.explain("c-1")) is WaitingReason.ON_OFFER

    def test_a_callback_waits_for_its_window(self) -> None:
        """The office calls between ten and eleven."""
        dispatcher = office(Agent(id="anna"))
        window = Callback.between(after(3600), after(7200))
        dispatcher.arrive(WorkItem(id="c-1", channel=VOICE, callback=window), at=NINE)
        told = dispatcher.explain("c-1")

        assert (because(told), remedies(told)) == (WaitingReason.NOT_YET, [Remedy("begins", within=seconds(3600))])

    def test_a_step_that_holds_by_its_own_clock_is_no_news(self) -> None:
        """An hour has passed since half past eleven, of which half is open time; the other step is to come."""
        hours = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
        dispatcher = Dispatcher(agents=[Agent(id="anna")], queues=[Queue(id="q", calendar=hours)])
        wish = require("x").relax(after=timedelta(minutes=50), to=require("y"))
        wish = wish.relax(after=timedelta(minutes=50), to=require("z"), clock="open")
        dispatcher.arrive(WorkItem(id="c-1", channel=VOICE, queue="q", requirement=wish), at=NINE.at(11, 30))
        dispatcher.advance(at=NINE.at(12, 30))

        assert [each for each in remedies(dispatcher.explain("c-1")) if each.kind in BY_TIME] == [
            Remedy("step", within=timedelta(minutes=80), asks=require("z").condition)
        ]

    def test_a_step_in_open_time_says_when_it_really_comes(self) -> None:
        """An hour of open time from 11.30 is over at 14.00: the office closes for lunch."""
        calendar: OpenTime = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
        dispatcher = Dispatcher(agents=[ASYLUM_1], queues=[Queue(id="mail", calendar=calendar)])
        noon = NINE.set(hour=11, minute=30)
        dispatcher.sign_in("carlo", at=noon)
        wish = require("asylum", level=3).relax(after=timedelta(hours=1), to=require("asylum"), clock="open")
        dispatcher.arrive(WorkItem(id="c-1", channel=EMAIL, queue="mail", requirement=wish), at=noon)

        assert remedies(dispatcher.explain("c-1"))[0] == Remedy(
            "step", within=timedelta(hours=2, minutes=30), asks=require("asylum").condition, agents=("carlo",)
        )

    @pytest.mark.parametrize(
        ("wrap_up", "expected"),
        [
            (WrapUp.timed(seconds(20)), seconds(15)),
            (WrapUp("mandatory", seconds(30)), seconds(25)),
            (WrapUp("manual"), None),
        ],
        ids=lambda value: getattr(value, "mode", None),
    )
    def test_a_wrap_up_that_ends_by_itself_says_when(self, wrap_up: WrapUp, expected: timedelta | None) -> None:
        """In five seconds of it so many are left."""
        dispatcher = office(Agent(id="anna", wrap_up=wrap_up), busy=True)
        dispatcher.complete("with anna", at=after(60))
        dispatcher.arrive(call(), at=after(65))

        assert remedies(dispatcher.explain("c-1")) == [Remedy("comes_free", agents=("anna",), within=expected)]

    def test_the_soonest_counts(self) -> None:
        """Of two wrap-ups, and of one agent's two contacts."""
        dispatcher = office(
            Agent(id="anna", wrap_up=WrapUp.timed(seconds(50))),
            Agent(id="bea", wrap_up=WrapUp.timed(seconds(20))),
            Agent(id="carlo"),
            busy=True,
        )
        for name in ("anna", "bea"):
            dispatcher.complete(f"with {name}", at=after(60))
        dispatcher.arrive(call(), at=after(65))

        assert remedies(dispatcher.explain("c-1")) == [
            Remedy("comes_free", agents=("anna", "bea", "carlo"), within=seconds(15))
        ]

    def test_a_decision_without_a_dispatcher_foresees_too(self) -> None:
        """By elapsed time, from when the item entered."""
        wish = require("asylum", level=3).relax(after=seconds(40), to=require("asylum"))
        item = WorkItem(id="c-1", channel=VOICE, requirement=wish, entered_at=after(-25))

        told = decide([item], [AgentState(agent=ASYLUM_1)], at=NINE).explain()

        assert remedies(told)[0] == Remedy(
            "step", within=seconds(15), asks=require("asylum").condition, agents=("carlo",)
        )

    def test_a_restored_dispatcher_foresees_the_same(self) -> None:
        """What time will do is worked out when it is asked for."""
        agents = [ASYLUM_1]
        dispatcher = office(*agents)
        dispatcher.arrive(
            call(requirement=require("asylum", level=3).relax(after=seconds(40), to=require("asylum"))), at=NINE
        )
        again = Dispatcher(agents=agents)
        again.restore(dispatcher.snapshot())

        assert again.explain("c-1") == dispatcher.explain("c-1")


def told_in_full() -> RoutingExplanation:
    """A call that waits for many things."""
    wish = require("asylum", level=3).relax(after=seconds(41), to=require("asylum"))
    people = [ASYLUM_3, ASYLUM_1, *(Agent(id=f"x{number}", skills={"asylum": 4}) for number in range(5))]
    dispatcher = office(*people)
    dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE)
    for number in range(5):
        [offer] = dispatcher.arrive(call(f"busy {number}", require("asylum", level=4)), at=NINE).offers
        dispatcher.accept(offer, at=NINE)
    return waiting(dispatcher, wish)


class TestWords:
    """One explanation, three readers, five languages, three forms."""

    def test_a_supervisor_reads_names(self) -> None:
        """The agents, then why it waits, then what would help."""
        dispatcher = office(ASYLUM_3, ASYLUM_1)
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE)
        told = waiting(dispatcher, require("asylum", level=3).relax(after=seconds(40), to=require("asylum")))

        assert told.text("en") == (
            "anna: on a break. carlo: asylum only at level 1, 3 is needed."
            " Why it waits: those who may take it take no work just now."
            " What would help: in 40 s asylum will do, and then carlo may take it; anna is available again."
        )

    def test_a_citizen_reads_none(self) -> None:
        """Not in the text, not in the table, not in the data."""
        told = told_in_full()
        forms = [told.text(language, audience="citizen") for language in LANGUAGES]
        forms += [told.table(language, audience="citizen") for language in LANGUAGES]
        forms.append(str(told.to_dict(audience="citizen")))

        names = {"anna", "carlo", *(f"x{number}" for number in range(5))}

        assert [name for name in names for form in forms if name in form] == []

    def test_a_citizen_reads_how_it_stands(self) -> None:
        """So many people, why, and what would help."""
        assert told_in_full().table("it", audience="citizen").splitlines() == [
            "Persone  Situazione",
            "0        libere e adatte",
            "6        adatte, ma non libere",
            "1        non possono occuparsene",
            "Perché aspetta: chi può occuparsene è occupato.",
            (
                "Che cosa aiuterebbe: tra 41 s basta asylum, e allora qualcuno può occuparsene; qualcuno si libera;"
                " qualcuno torna disponibile."
            ),
        ]

    def test_many_names_are_counted(self) -> None:
        """Three are named."""
        assert "x0 or x1 or x2 or one of 2 others comes free" in told_in_full().text("en")

    def test_a_table_for_the_supervisor(self) -> None:
        """One line for each agent, and the rest below."""
        lines = told_in_full().table("en").splitlines()

        assert (len(lines), lines[1], lines[-2]) == (
            10,
            "anna   on a break",
            "Why it waits: those who may take it are busy.",
        )

    def test_data(self) -> None:
        """The kinds as names, times in seconds."""
        told = told_in_full().to_dict()

        assert told["waits"] == {
            "because": "busy",
            "remedies": [
                {"kind": "step", "agents": ["carlo"], "within_seconds": 41.0, "asks": "asylum"},
                {"kind": "comes_free", "agents": ["x0", "x1", "x2", "x3", "x4"], "within_seconds": None, "asks": None},
                {"kind": "comes_back", "agents": ["anna"], "within_seconds": None, "asks": None},
            ],
        }
        assert (told["item"], told["rules"]) == ("c-1", [])

    def test_data_for_a_citizen(self) -> None:
        """Counts in the place of names."""
        told = told_in_full().to_dict(audience="citizen")

        assert told["agents"] == {"free, and may take it": 0, "may take it, but not free": 6, "may not take it": 1}
        assert told["waits"] == {
            "because": "busy",
            "remedies": [
                {"kind": "step", "agents": 1, "within_seconds": 41.0, "asks": "asylum"},
                {"kind": "comes_free", "agents": 5, "within_seconds": None, "asks": None},
                {"kind": "comes_back", "agents": 1, "within_seconds": None, "asks": None},
            ],
        }

    def test_what_goes_to_somebody_says_nothing_about_waiting(self) -> None:
        """Neither in words nor in data."""
        told = office(Agent(id="anna")).arrive(call(), at=NINE).explain()

        assert (told.text("en"), told.to_dict()["waits"]) == ("anna: chosen, idle longest (0 s).", None)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_remedy_has_its_sentence(self, language: Language) -> None:
        """With a name for who may read it, and without one for who may not."""
        for each in (
            Remedy("reservation_ends", within=seconds(9), agents=("anna",)),
            Remedy("begins", within=seconds(9)),
            Remedy("step", within=seconds(9), asks=require("x").condition),
            Remedy("accepts", agents=("anna",)),
            Remedy("comes_free", agents=("anna",), within=seconds(20)),
            Remedy("signs_in", agents=("anna",)),
            Remedy("somebody_with", asks=require("x", level=2).condition),
        ):
            named, unnamed = (each.text(with_names=names).text(language) for names in (True, False))

            assert "{" not in named + unnamed
            assert "anna" not in unnamed

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            (Remedy("comes_free", agents=("anna",)), "anna comes free"),
            (Remedy("comes_free", agents=("anna",), within=seconds(20)), "anna comes free, in 20 s at the latest"),
            (Remedy("comes_back", agents=("anna",), within=seconds(20)), "anna is available again"),
            (Remedy("signs_in", agents=("anna", "bea")), "anna or bea signs in"),
            (Remedy("accepts", agents=("anna",)), "anna accepts"),
            (Remedy("begins", within=seconds(9)), "in 9 s it may be offered"),
            (Remedy("reservation_ends", within=seconds(9), agents=("anna",)), "in 9 s it is no longer kept for anna"),
            (Remedy("step", within=seconds(9), asks=require("x").condition), "in 9 s x will do"),
            (
                Remedy("step", within=seconds(9), asks=require("x").condition, agents=("anna",)),
                "in 9 s x will do, and then anna may take it",
            ),
            (Remedy("step", within=seconds(9), asks=any_agent.condition), "in 9 s anybody will do"),
            (Remedy("step", within=seconds(9)), "in 9 s anybody will do"),
            (Remedy("somebody_with", asks=require("x", level=2).condition), "somebody signs in with x ≥ 2"),
        ],
    )
    def test_each_remedy_says_what_it_is(self, told: Remedy, expected: str) -> None:
        """To a supervisor."""
        assert told.text(with_names=True).text("en") == expected

    def test_an_agent_who_comes_free_at_a_known_time(self) -> None:
        """In seconds, for programs."""
        told = Remedy("comes_free", agents=("anna",), within=seconds(1.5)).to_dict(with_names=True)

        assert told == {"kind": "comes_free", "agents": ["anna"], "within_seconds": 1.5, "asks": None}

    def test_data_for_a_supervisor(self) -> None:
        """Every agent with the reason, the free ones first."""
        told = told_in_full().to_dict()["agents"]

        assert isinstance(told, list)
        assert [each["agent"] for each in told] == ["anna", "carlo", *(f"x{number}" for number in range(5))]
        assert told[0] == {"agent": "anna", "why": "not_present", "values": {"status": "break"}}

    @pytest.mark.parametrize("audience", ["Citizen", "supervisors", ""])
    def test_nobody_else_reads_it(self, audience: Any) -> None:
        """Who mistypes `citizen` is not shown the names."""
        told = told_in_full()

        with pytest.raises(
            ConfigurationError, match=r"audience: '.*' was given \(allowed: citizen, supervisor, auditor"
        ):
            told.text("en", audience=audience)
        with pytest.raises(ConfigurationError, match="audience"):
            told.table("en", audience=audience)
        with pytest.raises(ConfigurationError, match="audience"):
            told.to_dict(audience=audience)

    def test_supervisors_are_those_who_read_if_nobody_is_named(self) -> None:
        """In each of the three forms."""
        told = told_in_full()

        assert told.text("it") == told.text("it", audience="supervisor")
        assert told.table("it") == told.table("it", audience="supervisor")
        assert told.to_dict() == told.to_dict(audience="supervisor")

    def test_the_chosen_go_first_then_the_free(self) -> None:
        """Each group by id."""
        dispatcher = office(*(Agent(id=name) for name in ("anna", "bea", "carlo", "dina")))
        dispatcher.set_status("anna", AgentStatus.BREAK, at=NINE)
        dispatcher.set_status("dina", AgentStatus.BREAK, at=NINE)
        for name in ("dina", "carlo", "bea"):  # carlo has been idle longest
            dispatcher.set_status(name, AgentStatus.BREAK, at=NINE)
        dispatcher.set_status("carlo", AgentStatus.AVAILABLE, at=NINE)
        dispatcher.set_status("bea", AgentStatus.AVAILABLE, at=after(5))
        told = dispatcher.arrive(call(), at=after(9)).explain()

        assert [each.agent for each in told.eligibilities] == ["carlo", "bea", "anna", "dina"]

    def test_data_of_the_other_remedies(self) -> None:
        """Each says its kind."""
        assert Remedy("somebody_with", asks=require("x").condition).to_dict(with_names=True) == {
            "kind": "somebody_with",
            "agents": [],
            "within_seconds": None,
            "asks": "x",
        }
        assert Remedy("begins", within=seconds(9)).to_dict(with_names=True) == {
            "kind": "begins",
            "agents": [],
            "within_seconds": 9.0,
            "asks": None,
        }


class TestRules:
    """Which rules asked is part of the explanation."""

    @staticmethod
    def asks(item: WorkItem, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG004 - the shape of a rule
        """Asylum."""
        return require("asylum")

    @staticmethod
    def silent(item: WorkItem, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG004
        """Nothing."""
        return any_agent

    def explained(self) -> RoutingExplanation:
        """A call that two rules have something to say about, one of them with a version, and one has not."""

        class Versioned:
            """A rule with a version."""

            name, version = "permits", "2026-01"

            def __call__(self, item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG002
                return require("permits")

        return decide(
            [call()], [AgentState(agent=ASYLUM_3)], at=NINE, rules=[self.silent, Versioned(), self.asks]
        ).explain()

    def test_those_that_asked_are_named_with_their_version(self) -> None:
        """In the order in which they were asked; one without a version by its name."""
        assert self.explained().rules == ("permits 2026-01", "asks")
        assert self.explained().to_dict()["rules"] == ["permits 2026-01", "asks"]

    def test_an_auditor_reads_them_where_nothing_would_help(self) -> None:
        """The one who is there has all that is asked, and is excluded: there is no remedy to tell."""
        dispatcher = Dispatcher(agents=[ASYLUM_1], rules=[self.asks])
        dispatcher.sign_in("carlo", at=NINE)
        told = waiting(dispatcher, exclude(["carlo"]))

        assert (because(told), remedies(told)) == (WaitingReason.NOBODY, [])
        assert told.text("en", audience="auditor").endswith(" Why it waits: nobody at work may take it. Rules: asks.")

    def test_an_auditor_reads_them(self) -> None:
        """Others have no use for them."""
        assert self.explained().text("en", audience="auditor").endswith(" Rules: permits 2026-01, asks.")
        assert "Rules" not in self.explained().text("en")

    def test_they_make_no_difference_between_requirements(self) -> None:
        """Nor to the index of the dispatcher."""
        assert Requirement(asked_by=("a",)) == Requirement(asked_by=("b",))
        assert hash(Requirement(asked_by=("a",))) == hash(Requirement())

    def test_a_snapshot_keeps_them(self) -> None:
        """A decision can be retraced after a restart too."""
        dispatcher = Dispatcher(agents=[ASYLUM_1], rules=[self.asks])
        dispatcher.arrive(call(), at=NINE)
        again = Dispatcher(agents=[ASYLUM_1], rules=[self.asks])
        again.restore(dispatcher.snapshot())

        assert again.explain("c-1").rules == ("asks",)


class TestPreferences:
    """What is only preferred."""

    def test_a_preference_is_no_condition(self) -> None:
        """What is only preferred is not said to be missing."""
        wish = Requirement(preferences=(Preference(condition=require("x").condition),))

        assert remedies(waiting(office(Agent(id="anna"), busy=True), wish)) == [Remedy("comes_free", agents=("anna",))]
