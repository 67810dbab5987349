"""Lifecycles: what is wrong with them, what they allow, and that their table answers as `transitions` does."""

import pickle
from collections.abc import Mapping
from copy import copy
from datetime import timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tickets_office import NINE, OFFICE
from transitions import Machine, MachineError

from ticontact.contacts import HandOver
from ticontact.errors import BrokenHistory, ConfigurationError
from ticontact.i18n import LANGUAGES
from ticontact.tickets import Category, Edge, Lifecycle, Refusal, State, StateMap, Ticket, Timer, evolve, fact, shipped
from ticontact.tickets.commands import FireTrigger, HandOverTo, Note, OpenTicket
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import working_days

NEW, OPEN, CLOSED = (State(each.value, each) for each in (Category.NEW, Category.OPEN, Category.CLOSED))


def build(**changes: Any) -> Lifecycle:
    """A sound lifecycle of three states, with changes that may spoil it."""
    described: dict[str, Any] = {
        "states": [NEW, OPEN, CLOSED],
        "edges": [Edge("take", "new", target="open"), Edge("close", "open", target="closed")],
        "initial": "new",
    }
    return Lifecycle("small", **(described | changes))


TAKE, CLOSE = Edge("take", "new", target="open"), Edge("close", "open", target="closed")

FAULTS = [
    pytest.param(
        {"initial": "old"}, ["initial: no state 'old' (allowed: closed, new, open)"], id="unknown first state"
    ),
    pytest.param(
        {"edges": [TAKE, CLOSE, Edge("x", "gone", target="open")]},
        ["edge[3] (x).sources: no state 'gone' (allowed: closed, new, open)"],
        id="unknown source",
    ),
    pytest.param(
        {"edges": [TAKE, CLOSE, Edge("x", "open", target="gone")]},
        ["edge[3] (x).target: no state 'gone' (allowed: closed, new, open)"],
        id="unknown target",
    ),
    pytest.param(
        {"edges": [TAKE, Edge("close", "open", target="closed", guards="may_close")]},
        ["edge[2] (close).guards: no guard 'may_close' (allowed: none are declared)"],
        id="unknown guard",
    ),
    pytest.param(
        {"edges": [TAKE, CLOSE, Edge("close", "open", target="new", guards="g")], "guards": {"g": fact("g")}},
        [
            (
                "edge[3] (close): never taken from 'open': an earlier edge of this trigger always is"
                " (allowed: guards that differ)"
            ),
        ],
        id="ambiguous edge",
    ),
    pytest.param(
        {"edges": [TAKE, *[Edge("close", "open", target="closed", guards="g")] * 2], "guards": {"g": fact("g")}},
        [
            (
                "edge[3] (close): never taken from 'open': an earlier edge of this trigger always is"
                " (allowed: guards that differ)"
            )
        ],
        id="edge twice",
    ),
    pytest.param(
        {
            "edges": [TAKE, *(Edge("close", "open", target="closed", guards=f"g{number}") for number in range(102))],
            "guards": {f"g{number}": fact(f"g{number}") for number in range(102)},
        },
        [
            f"edge[{number}] (close): 100 edges of this trigger lead out of 'open' already (allowed: fewer)"
            for number in (102, 103)
        ],
        id="too many alternatives",
    ),
    pytest.param(
        {"states": [NEW, OPEN], "edges": [TAKE]},
        ["state[2]: no edge leads out of 'open' (allowed: an edge, or a final category)"],
        id="dead end of two states",
    ),
    pytest.param(
        {"edges": [Edge("stay", "new", target="new"), CLOSE]},
        [
            "state[2]: 'open' cannot be reached (allowed: an edge that leads to it)",
            "state[3]: 'closed' cannot be reached (allowed: an edge that leads to it)",
        ],
        id="reached from what cannot be reached",
    ),
    pytest.param(
        {"states": [NEW, NEW, OPEN, CLOSED]}, ["state[2]: 'new' stands twice (allowed: a name once)"], id="state twice"
    ),
    pytest.param(
        {"timers": [Timer(id="z", states="new", after=timedelta(days=1))] * 2},
        ["timer[2]: 'z' stands twice (allowed: a name once)"],
        id="timer twice",
    ),
    pytest.param(
        {"edges": [TAKE, Edge("close", "new", target="closed")]},
        ["state[2]: no edge leads out of 'open' (allowed: an edge, or a final category)"],
        id="dead end",
    ),
    pytest.param(
        {"edges": [TAKE, Edge("back", "open", target="new")]},
        ["state[3]: 'closed' cannot be reached (allowed: an edge that leads to it)"],
        id="unreachable",
    ),
    pytest.param(
        {"occasions": {"sung": "take"}},
        ["occasions: no occasion 'sung' (allowed: handed_back, handed_over, merged, received, replied)"],
        id="unknown occasion",
    ),
    pytest.param(
        {"occasions": {"received": "y"}},
        ["occasions.received: no trigger 'y' (allowed: close, take)"],
        id="unknown trigger",
    ),
    pytest.param(
        {"timers": [Timer(id="z", states="gone", after=timedelta(days=1), trigger="y")]},
        [
            "timer z.states: no state 'gone' (allowed: closed, new, open)",
            "timer z.trigger: no trigger 'y' (allowed: close, take)",
        ],
        id="timer of unknown things",
    ),
    pytest.param(
        {"timers": [Timer(id="z", states="new", after=working_days(3))]},
        ["timer z.calendar: missing (allowed: the calendar that says which days are working days)"],
        id="working days without a calendar",
    ),
    pytest.param(
        {"timers": [Timer(id="z", states=("new", "open"), after=timedelta(days=1), trigger="close")]},
        ["timer z.trigger: 'close' does not lead out of 'new' (allowed: take)"],
        id="timer that could never go off",
    ),
    pytest.param(
        {
            "edges": [TAKE, CLOSE, Edge("drop", "open", target="closed")],
            "timers": [Timer(id="z", states=("open", "closed"), after=timedelta(days=1), trigger="take")],
        },
        [
            "timer z.trigger: 'take' does not lead out of 'closed' (allowed: no trigger does)",
            "timer z.trigger: 'take' does not lead out of 'open' (allowed: close, drop)",
        ],
        id="timer of a final state",
    ),
    pytest.param(
        {"timers": [Timer(id="z", states="new", after=timedelta(microseconds=-1))]},
        ["timer z.after: negative (allowed: zero or more)"],
        id="timer before its beginning",
    ),
    pytest.param(
        {"reopening_within": working_days(5)},
        ["reopening_calendar: missing (allowed: the calendar that says which days are working days)"],
        id="reopening in working days without a calendar",
    ),
    pytest.param(
        {"reopening_within": working_days(5), "reopening_calendar": "office", "calendars": {"counter": OFFICE}},
        ["reopening_calendar: no calendar 'office' (allowed: counter)"],
        id="reopening by an unknown calendar",
    ),
    pytest.param(
        {"reopening_within": timedelta(microseconds=-1)},
        ["reopening_within: negative (allowed: zero or more)"],
        id="reopening before the closing",
    ),
]


class TestFaults:
    """A lifecycle is checked as a whole when it is made."""

    @pytest.mark.parametrize(("changes", "expected"), FAULTS)
    def test_each_fault_is_named(self, changes: dict[str, Any], expected: list[str]) -> None:
        """A fault says its place and what would be right."""
        with pytest.raises(ConfigurationError) as refused:
            build(**changes)

        assert expected == [str(fault) for fault in refused.value.faults]

    def test_all_faults_come_at_once(self) -> None:
        """Whoever mends a file wants the whole list."""
        with pytest.raises(ConfigurationError) as refused:
            build(initial="old", occasions={"sung": "take"}, edges=[TAKE, CLOSE, Edge("x", "gone", target="gone")])

        assert [fault.path for fault in refused.value.faults] == [
            "initial",
            "edge[3] (x).sources",
            "edge[3] (x).target",
            "occasions",
        ]

    def test_sound_lifecycle_has_none(self) -> None:
        """What is right is taken; a timer may go off at once, and a window be as short as nothing."""
        at_once = Timer(id="z", states="new", after=timedelta(0), trigger="take")
        sound = build(timers=[at_once], reopening_within=timedelta(0))

        assert sound.triggers("new") == ("take",)

    def test_guards_that_differ_are_no_ambiguity(self) -> None:
        """Nor are edges of other triggers, or from other states."""
        guards = {"g": fact("g"), "h": fact("h")}
        edges = [
            TAKE,
            Edge("close", "open", target="closed", guards="g"),
            Edge("close", "open", target="new", guards="h"),
        ]
        others = [Edge("take", "open", target="open"), Edge("end", "open", target="closed")]

        assert build(edges=[*edges, *others], guards=guards).triggers("open") == ("close", "take", "end")

    def test_far_states_are_reached(self) -> None:
        """However many steps away, and in whatever order the edges stand."""
        names = [f"s{number}" for number in range(6)]
        edges = [Edge("on", before, target=after) for before, after in pairwise(names)][::-1]
        states = [State(name, Category.SOLVED) for name in names]

        assert len(Lifecycle("far", states, edges=edges, initial="s0").states) == 6

    @pytest.mark.parametrize(
        ("source", "target", "expected"),
        [("solved", "open", True), ("closed", "open", True), ("solved", "closed", False), ("new", "open", False)],
    )
    def test_steps_that_reopen(self, source: str, target: str, expected: bool) -> None:  # noqa: FBT001 - a row
        """From done to not done; where there is a window at all, and never at an opening."""
        described: dict[str, Any] = {
            "states": [NEW, OPEN, State("solved", Category.SOLVED), CLOSED],
            "edges": [
                Edge("come", "", target="open"),
                Edge("a", "new", target="solved"),
                Edge("b", "solved", target="closed"),
                Edge("c", "open", target="solved"),
                Edge("x", source, target=target),
            ],
            "initial": "new",
        }
        windowed = Lifecycle("w", **described, reopening_within=timedelta(days=1))
        always = Lifecycle("a", **described)

        assert [step.reopens for step in windowed.steps][-1] is expected
        assert not any(step.reopens for step in [*windowed.steps][:-1])
        assert not any(step.reopens for step in always.steps)

    def test_reopening_ends(self) -> None:
        """With the window, that instant included; never without one."""
        windowed = build(reopening_within=timedelta(seconds=2))

        assert (windowed.reopening_ends(5), build().reopening_ends(5)) == (2_000_005, None)

    def test_single_state_is_allowed(self) -> None:
        """A lifecycle of one state is small, not wrong."""
        assert Lifecycle("one", [OPEN], edges=[], initial="open").triggers("open") == ()

    def test_map_knows_both_lifecycles(self) -> None:
        """A map that speaks of unknown states is refused, on both sides."""
        with pytest.raises(ConfigurationError) as refused:
            StateMap(build(), build(), states={"new": "gone", "lost": "open"})

        assert [str(fault) for fault in refused.value.faults] == [
            "states: small has no state 'lost' (allowed: new, open, closed)",
            "states: small has no state 'gone' (allowed: new, open, closed)",
        ]


class TestShipped:
    """The lifecycle of an office with a first and a second level."""

    @pytest.fixture
    def lifecycle(self, fresh_lifecycle: Lifecycle) -> Lifecycle:
        """Described anew for each test."""
        return fresh_lifecycle

    def test_it_is_the_one_that_is_shipped(self, lifecycle: Lifecycle) -> None:
        """What these tests say of it is true of the shipped one."""
        assert (shipped.contact_centre.states, shipped.contact_centre.edges) == (lifecycle.states, lifecycle.edges)
        assert (shipped.contact_centre.timers, shipped.contact_centre.occasions) == (
            lifecycle.timers,
            lifecycle.occasions,
        )

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("new", "answer hand_over solve discard merge"),
            ("first_level", "hand_over ask_citizen ask_for_documents ask_authority hold solve discard merge"),
            ("with_official", "hand_back ask_citizen ask_for_documents ask_authority hold solve merge"),
            ("waiting_for_citizen", "hand_over resume citizen_wrote solve merge"),
            ("waiting_for_documents", "hand_over resume citizen_wrote solve merge"),
            ("waiting_for_authority", "hand_over resume solve merge"),
            ("on_hold", "hand_over resume solve merge"),
            ("solved", "citizen_wrote reopen close"),
            ("closed", "citizen_wrote reopen"),
            ("merged", ""),
        ],
    )
    def test_triggers_of_every_state(self, lifecycle: Lifecycle, state: str, expected: str) -> None:
        """The whole table, in the order of declaration."""
        assert tuple(expected.split()) == lifecycle.triggers(state)

    def test_table_names_every_state(self, lifecycle: Lifecycle) -> None:
        """The table above forgets none: only the end of a merge has no way out."""
        assert {state.name for state in lifecycle.states} - lifecycle.table.keys() == {"merged"}

    def test_every_state_and_trigger_answers_as_transitions(self, lifecycle: Lifecycle, ticket: Ticket) -> None:
        """Each of the ten states times each of the fourteen triggers, at the first level and with an official."""
        machine = lifecycle.machine()
        triggers = {edge.trigger for edge in lifecycle.edges}
        for state in lifecycle.by_name:
            for trigger in triggers:
                expected = stepped(machine, state, trigger, ticket=ticket, facts={})
                actual = by_table(lifecycle, state, trigger, ticket, {})
                assert (state, trigger, expected) == (state, trigger, actual)

    def test_a_person_can_read_every_word(self, lifecycle: Lifecycle) -> None:
        """States and triggers have words of their own in each language; none is a name for programs."""
        words = [state.label for state in lifecycle.states] + [edge.label for edge in lifecycle.edges]
        for language in LANGUAGES:
            assert not [word.text(language) for word in words if "_" in word.text(language)]
        assert [
            lifecycle.labels.state("with_official").text("it"),
            lifecycle.labels.trigger("hand_over").text("it"),
        ] == ["presso il funzionario", "consegnare al funzionario"]

    @pytest.mark.parametrize(
        ("name", "states", "after", "trigger"),
        [
            ("remind_citizen", "waiting_for_citizen waiting_for_documents", timedelta(days=10), ""),
            ("term_is_over", "waiting_for_citizen waiting_for_documents", None, "resume"),
            ("close_solved", "solved", timedelta(days=30), "close"),
        ],
    )
    def test_timers(self, lifecycle: Lifecycle, name: str, states: str, after: timedelta | None, trigger: str) -> None:
        """A reminder, the term that was set, the closing."""
        timer = lifecycle.timers_by_id[name]

        assert (frozenset(states.split()), after, trigger) == (timer.states, timer.after, timer.trigger)
        assert (timer.raises_priority, timer.calendar) == (False, "")

    def test_reasons_are_asked_where_somebody_else_wants_to_know(self, lifecycle: Lifecycle) -> None:
        """Whoever gets it back, waits, or sees it closed or open again."""
        asked = {edge.trigger for edge in lifecycle.edges if edge.needs_reason}
        ways = [(edge.trigger, edge.needs_reason) for edge in lifecycle.edges]

        assert [way for way in ways if way[0] == "reopen"] == [("reopen", True)] * 2
        assert [way for way in ways if way[0] == "resume"] == [("resume", False)] * 2
        assert [way for way in ways if way[0] == "citizen_wrote"] == [("citizen_wrote", False)] * 2
        assert {"hand_back", "ask_authority", "hold", "reopen", "discard"} == asked
        assert (timedelta(days=30), "contact_centre") == (lifecycle.reopening_within, lifecycle.name)
        assert {"an_official_has_it"} == {guard for edge in lifecycle.edges for guard in edge.guards}

    def test_categories(self, lifecycle: Lifecycle) -> None:
        """What clocks go by: an authority is no citizen."""
        assert [state.category.value for state in lifecycle.states] == [
            "new",
            "open",
            "open",
            "pending",
            "pending",
            "on_hold",
            "on_hold",
            "solved",
            "closed",
            "closed",
        ]

    def test_repr_says_how_large_it_is(self, lifecycle: Lifecycle) -> None:
        """Not the whole graph."""
        assert repr(lifecycle) == "Lifecycle('contact_centre', 10 states, 17 edges)"

    def test_it_can_be_pickled(self) -> None:
        """By what it was made of; what was compiled is compiled again, and is not stored."""
        lifecycle = build()
        before = pickle.dumps(lifecycle)
        asked = lifecycle.triggers("open")

        assert before == pickle.dumps(lifecycle)
        assert asked == pickle.loads(before).triggers("open")  # noqa: S301 - our own
        assert asked == copy(lifecycle).triggers("open")


class Cursor:
    """A place on a walk through a machine of `transitions`, which writes the new state into it."""

    def __init__(self, state: str) -> None:
        self.state = state


def stepped(
    machine: Machine, state: str, trigger: str, *, ticket: Ticket | None, facts: Mapping[str, object]
) -> str | None:
    """The state to which `transitions` itself takes a trigger; None where it refuses it."""
    cursor = Cursor(state)
    try:
        moved = trigger in machine.events and machine.events[trigger].trigger(cursor, ticket=ticket, facts=facts)
    except MachineError:
        moved = False
    return cursor.state if moved else None


def by_table(
    lifecycle: Lifecycle, state: str, trigger: str, ticket: Ticket | None, facts: Mapping[str, object]
) -> str | None:
    """The state to which the compiled table takes a trigger."""
    steps = lifecycle.table.get(state, {}).get(trigger, ())
    return next((step.target for step in steps if not step.failed_guard(ticket, facts)), None)


@st.composite
def lifecycles(draw: st.DrawFn) -> Lifecycle:
    """A random graph of up to six states in which every state can be reached."""
    names = [f"s{number}" for number in range(draw(st.integers(2, 6)))]
    triggers = st.sampled_from(["a", "b", "c"])
    guards = st.sampled_from([(), ("g",), ("h",), ("g", "h")])
    path = [Edge(f"to {name}", before, target=name) for before, name in pairwise(names)]
    wild = st.builds(
        lambda trigger, source, target, guard: Edge(trigger, source, target=target, guards=guard),
        triggers,
        st.sampled_from(names),
        st.sampled_from(names),
        guards,
    )
    edges: list[Edge] = []
    taken: list[tuple[str, str, tuple[str, ...]]] = []
    for edge in draw(st.lists(wild, max_size=12)):
        (source,) = edge.sources
        earlier = [guard for known, trigger, guard in taken if (known, trigger) == (source, edge.trigger)]
        if not any(set(guard) <= set(edge.guards) for guard in earlier):
            edges.append(edge)
            taken.append((source, edge.trigger, edge.guards))
    return Lifecycle(
        "random",
        [State(name, Category.SOLVED) for name in names],
        edges=[*path, *edges],
        initial="s0",
        guards={"g": fact("g"), "h": fact("h")},
    )


def after(ticket: Ticket, events: tuple[TicketEvent, ...]) -> Ticket:
    """The ticket after some events."""
    for event in events:
        ticket = evolve(ticket, event)
    return ticket


class TestParity:
    """The compiled table and `transitions` give the same answers."""

    @given(
        lifecycle=lifecycles(),
        facts=st.fixed_dictionaries({"g": st.booleans(), "h": st.booleans()}),
    )
    def test_every_walk_on_random_graphs_agrees(self, lifecycle: Lifecycle, facts: dict[str, bool]) -> None:
        """All walks of three steps on each graph, 216 of them: the same states, and the same refusals."""
        machine = lifecycle.machine()
        opened = lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket
        for walk in product(("a", "b", "c", "to s1", "to s2", "nowhere"), repeat=3):
            ticket = opened
            for trigger in walk:
                expected = stepped(machine, ticket.state, trigger, ticket=ticket, facts=facts)
                decision = lifecycle.decide(ticket, FireTrigger(trigger), at=NINE, facts=facts)
                actual = None if isinstance(decision, Refusal) else after(ticket, decision)
                assert expected == (actual and actual.state)
                ticket = actual or ticket

    def test_machine_has_no_way_past_the_lifecycle(self) -> None:
        """No models, and no `to_<state>` triggers: those would lead anywhere."""
        lifecycle = shipped.contact_centre
        machine = lifecycle.machine()

        assert machine.models == []
        assert machine.events.keys() == {edge.trigger for edge in lifecycle.edges}
        assert machine.states.keys() == {"", *lifecycle.by_name}
        assert machine.initial == ""

    def test_guards_of_the_machine_see_the_ticket(self, ticket: Ticket, hand_over: HandOver) -> None:
        """With an official it goes back to the official, by `transitions` as by the table."""
        lifecycle = shipped.contact_centre
        machine = lifecycle.machine()
        given = lifecycle.apply(ticket, HandOverTo(hand_over, "ivo"), at=NINE).ticket

        assert stepped(machine, "on_hold", "resume", ticket=given, facts={}) == "with_official"
        assert stepped(machine, "on_hold", "resume", ticket=ticket, facts={}) == "first_level"
        assert stepped(machine, "on_hold", "fly", ticket=ticket, facts={}) is None

    def test_guards_without_facts(self) -> None:
        """A trigger that is fired without facts has none."""
        guarded = build(
            edges=[TAKE, Edge("close", "open", target="closed", guards="seen")],
            guards={"seen": lambda ticket, facts: ticket is None and facts == {}},
        )

        class Model:
            state = "open"

        model = Model()
        assert guarded.machine().events["close"].trigger(model)
        assert model.state == "closed"

    def test_machine_may_have_callbacks(self, ticket: Ticket) -> None:
        """A department that wants the callbacks of `transitions` gets a machine of its own."""
        seen: list[str] = []

        class Model:
            state = ""

        machine = shipped.contact_centre.machine(initial="new")
        machine.after_state_change = [lambda event: seen.append(event.model.state)]
        model = Model()
        machine.add_model(model)
        machine.events["answer"].trigger(model, ticket=ticket, facts={})

        assert seen == ["first_level"]


def shipped_events() -> tuple[TicketEvent, ...]:
    """What happened under another lifecycle."""
    opened = shipped.contact_centre.apply(None, OpenTicket(id="t"), at=NINE)
    done = shipped.contact_centre.apply_all(opened.ticket, [FireTrigger("answer"), FireTrigger("solve")], at=NINE)
    return opened.events + done.events


class TestAnswers:
    """What a lifecycle says of itself."""

    def test_available_looks_at_guards(self) -> None:
        """`triggers` are the graph's edges, `available` those that would be accepted."""
        lifecycle = build(
            edges=[TAKE, Edge("close", "open", target="closed", guards="may_close")],
            guards={"may_close": fact("may_close")},
        )
        ticket = lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket
        opened = lifecycle.apply(ticket, FireTrigger("take"), at=NINE).ticket

        assert lifecycle.triggers("open") == ("close",)
        assert lifecycle.available(opened) == ()
        assert lifecycle.available(opened, {"may_close": True}) == ("close",)

    def test_ways_to_open_are_edges_from_nowhere(self) -> None:
        """A lifecycle may know several ways to open a ticket."""
        lifecycle = build(edges=[Edge("walk_in", "", target="open"), TAKE, CLOSE])

        assert lifecycle.available(None) == ("walk_in",)
        assert lifecycle.apply(None, OpenTicket(id="t", trigger="walk_in"), at=NINE).ticket.state == "open"

    def test_unknown_state_is_named(self) -> None:
        """A stored history may speak of a lifecycle that has changed."""
        with pytest.raises(BrokenHistory, match="no state 'gone'; allowed: new, open, closed"):
            build().state("gone")
        with pytest.raises(BrokenHistory) as broken:
            build().state("gone")
        assert broken.value.version == 0

    def test_known_state_is_found(self) -> None:
        """With its category and its name for people."""
        assert shipped.contact_centre.state("on_hold").label.text("de") == "zurückgestellt"

    def test_hooks_follow_committed_events(self) -> None:
        """Hooks go by name, and are called by whoever has stored the events."""
        lifecycle = build(
            edges=[Edge("take", "new", target="open", hooks=["tell_team", "start_chat"]), CLOSE],
            occasions={"replied": "take"},
        )
        opened = lifecycle.apply(None, OpenTicket(id="t"), at=NINE)
        taken = lifecycle.apply_all(opened.ticket, [FireTrigger("take"), Note("x"), FireTrigger("close")], at=NINE)

        assert lifecycle.hooks(taken.events, before=opened.ticket) == ("tell_team", "start_chat")
        assert lifecycle.hooks(opened.events + taken.events) == ("tell_team", "start_chat")
        assert build().hooks(shipped_events()) == ()

    def test_hooks_of_an_opening(self) -> None:
        """A way to open a ticket has hooks too; the plain way has none, and no other trigger's."""
        ways = [
            Edge("walk_in", "", target="new", hooks="call_number"),
            Edge("book", "", target="new", hooks="send_reminder"),
        ]
        lifecycle = build(edges=[*ways, TAKE, CLOSE])
        booked = lifecycle.apply(None, OpenTicket(id="t", trigger="book"), at=NINE)
        plain = lifecycle.apply(None, OpenTicket(id="t"), at=NINE)

        assert lifecycle.hooks(booked.events) == ("send_reminder",)
        assert lifecycle.hooks(plain.events) == ()

    def test_hooks_without_a_beginning(self) -> None:
        """Of a step whose state before is not told nothing can be said."""
        lifecycle = build(edges=[Edge("take", "new", target="open", hooks="tell_team"), CLOSE])
        opened = lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket
        taken = lifecycle.apply(opened, FireTrigger("take"), at=NINE)

        assert lifecycle.hooks(taken.events) == ()
