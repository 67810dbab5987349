"""A step of a ticket, its memory, its replay, its clocks and deadlines, beside other state machines."""

import functools
import importlib
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import attrs
import pendulum
from measuring import Row, best_of

from ticontact.contacts import ContactRef, Direction
from ticontact.hours import BusinessCalendar, Week
from ticontact.tickets import Category, Edge, Lifecycle, State, Ticket, fact, replay, shipped
from ticontact.tickets.commands import FireTrigger, OpenTicket, Receive, Reply
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import Deadlines, SlaMetric, SlaPolicy, Target, clocks

__all__ = ["measure"]

AT = datetime(2026, 3, 18, 9, tzinfo=UTC)
IN_ZURICH = pendulum.datetime(2026, 3, 18, 10, tz="Europe/Zurich")
CALL = ContactRef("c", "voice", direction=Direction.INBOUND)
WALK = ("answer", "ask_citizen", "resume", "hold", "resume", "solve", "reopen", "solve")
LIFECYCLE = shipped.contact_centre
FACTS = {"may_answer": True}
GUARDED = Lifecycle(
    "guarded",
    [State("new", Category.NEW), State("taken", Category.OPEN)],
    edges=[Edge("answer", "new", target="taken", guards="may_answer"), Edge("back", "taken", target="new")],
    initial="new",
    guards={"may_answer": fact("may_answer")},
)


def measure() -> Iterator[Row]:
    """The rows of this area."""
    ticket = GUARDED.apply(None, OpenTicket(id="t", about=CALL), at=AT).ticket
    answer = FireTrigger("answer")
    yield Row(
        "a step: guard asked, event made, state changed",
        best_of(lambda: GUARDED.apply(ticket, answer, at=AT, by="anna", facts=FACTS)),
        _steps(),
        "s",
    )
    yield Row(
        "the same at an instant of pendulum in Zurich",
        best_of(lambda: GUARDED.apply(ticket, answer, at=IN_ZURICH, by="anna", facts=FACTS)),
        {},
        "s",
    )
    yield Row(
        "a refusal that says what is allowed",
        best_of(lambda: LIFECYCLE.decide(ticket, FireTrigger("close"), at=AT)),
        {},
        "s",
    )
    yield from _memory()
    history = _history("t", 125)
    yield Row("replay", len(history) / best_of(lambda: replay(history)), {}, "events/s")
    yield from _clocks()


def _history(name: str, walks: int) -> tuple[TicketEvent, ...]:
    """A ticket that goes through its lifecycle, again and again."""
    done = LIFECYCLE.apply(None, OpenTicket(id=name, about=CALL, queue="permits", language="it"), at=AT)
    ticket, history = done.ticket, [*done.events]
    triggers = [*WALK, *("reopen", *WALK[1:]) * (walks - 1)]
    for number, trigger in enumerate(triggers):
        at = AT + timedelta(seconds=number + 1)
        done = LIFECYCLE.apply(ticket, FireTrigger(trigger, reason="why"), at=at, by="anna")
        ticket, history = done.ticket, [*history, *done.events]
    return tuple(history)


def _memory(count: int = 20_000) -> Iterator[Row]:
    """Bytes a kept event, and a ticket beside its history, counted by the allocator; ids are the department's."""
    names = [f"t-{number}" for number in range(count)]
    histories: list[tuple[TicketEvent, ...]] = []
    size = _bytes(lambda: histories.extend(_history(name, 1) for name in names))
    yield Row("memory of a kept event", size / count / len(histories[0]), {}, "B")
    tickets: list[Ticket] = []
    size = _bytes(lambda: tickets.extend(map(replay, histories)))
    yield Row("memory of a ticket beside its history", size / count, _models(), "B")


def _bytes(build: Callable[[], object]) -> float:
    tracemalloc.start()
    build()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size


def _models(count: int = 300) -> dict[str, float]:
    """What `transitions` needs for each model, as its documentation registers them."""
    machine = LIFECYCLE.machine(initial="new")
    models: list[object] = []

    class Model:
        state = ""

    def register() -> None:
        models.extend(Model() for _ in range(count))
        for model in models:
            machine.add_model(model)

    return {"transitions, models": _bytes(register) / count}


# Steps of the peers --------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Moved:
    """What every peer leaves of a step, as ticontact does: which ticket, when, by whom, why, whither."""

    ticket: str
    version: int
    at: datetime
    by: str
    reason: str
    trigger: str
    state: str


class _Desk:
    """A model as applications write it: a state, a guard, and a record of each step. It is mutable."""

    def __init__(self) -> None:
        self.state, self.version = "new", 0
        self.last: _Moved | None = None

    def moved(self, state: str) -> None:
        """Record the step."""
        self.version += 1
        self.last = _Moved(ticket="t", version=self.version, at=AT, by="anna", reason="", trigger="answer", state=state)


Method = Callable[[Any, Mapping[str, object]], None]


def _steps() -> dict[str, float]:
    """The same work: a guard that looks at the facts, a step, a frozen record of it."""
    figures = {
        "a dict and a record": best_of(_plain()),
        "decorated methods, as django-fsm has": best_of(_decorated()),
        "transitions, a model": best_of(_transitions()),
        "transitions, no models": best_of(_stateless()),
    }
    for name, build in {"python-statemachine": _statemachine, "automat": _automat}.items():
        try:
            figures[name] = best_of(build())
        except ImportError:
            continue
    return figures


def _plain() -> Callable[[], object]:
    """The least that can be: nothing is checked but the guard, and the state changes in place."""
    table = {("new", "answer"): ("taken", "may_answer")}
    desk = _Desk()

    def step() -> None:
        desk.state = "new"
        target, guard = table[desk.state, "answer"]
        if FACTS.get(guard):
            desk.state = target
            desk.moved(target)

    return step


def _decorated() -> Callable[[], object]:
    """A field, a decorator that checks sources and conditions, and a log: what django-fsm does without its database."""

    def transition(
        source: str, target: str, condition: Callable[[Mapping[str, object]], bool]
    ) -> Callable[[Method], Method]:
        def decorate(method: Method) -> Method:
            @functools.wraps(method)
            def change(desk: _Desk, facts: Mapping[str, object]) -> None:
                if desk.state != source or not condition(facts):
                    raise ValueError(desk.state)
                method(desk, facts)
                desk.state = target
                desk.moved(target)

            return change

        return decorate

    class Decorated(_Desk):
        @transition("new", "taken", lambda facts: bool(facts.get("may_answer")))
        def answer(self, facts: Mapping[str, object]) -> None:
            """Take it."""

    desk = Decorated()

    def step() -> None:
        desk.state = "new"
        desk.answer(FACTS)

    return step


def _transitions() -> Callable[[], object]:
    """As its documentation shows: a model with a guard and a callback after each change."""
    from transitions import Machine  # noqa: PLC0415 - a peer

    class Model(_Desk):
        def may_answer(self, event: Any) -> bool:  # noqa: ANN401
            """The guard."""
            return bool(event.kwargs["facts"].get("may_answer"))

        def record(self, _event: Any) -> None:  # noqa: ANN401
            """The callback."""
            self.moved(self.state)

    model: Any = Model()
    machine = Machine(
        model,
        states=["new", "taken"],
        initial="new",
        auto_transitions=False,
        send_event=True,
        after_state_change="record",
    )
    machine.add_transition("answer", "new", "taken", conditions="may_answer")

    def step() -> None:
        model.state = "new"
        model.answer(facts=FACTS)

    return step


def _stateless() -> Callable[[], object]:
    """Without models, which is its fastest; the record is made beside it."""
    event = GUARDED.machine().events["answer"]
    desk = _Desk()

    def step() -> None:
        desk.state = "new"
        if event.trigger(desk, facts=FACTS):
            desk.moved(desk.state)

    return step


def _statemachine() -> Callable[[], object]:
    library: Any = importlib.import_module("statemachine")
    desk = _Desk()
    new, taken = library.State(initial=True), library.State()
    body = {
        "new": new,
        "taken": taken,
        "answer": new.to(taken, cond="may_answer"),
        "back": taken.to(new),
        "may_answer": lambda _self, facts: bool(facts.get("may_answer")),
        "on_enter_taken": lambda _self: desk.moved("taken"),
    }
    machine = type("Machine", (library.StateMachine,), body)()

    def step() -> None:
        machine.answer(facts=FACTS)
        machine.back()

    return step


class _Office(Protocol):
    """What automat's machine understands."""

    def answer(self) -> None:
        """Take it."""

    def back(self) -> None:
        """Give it back."""


def _automat() -> Callable[[], object]:
    """It has no guards: whoever calls asks before."""
    library: Any = importlib.import_module("automat")
    builder = library.TypeMachineBuilder(_Office, _Desk)
    new, taken = builder.state("new"), builder.state("taken")

    def answer(_office: _Office, desk: _Desk) -> None:
        desk.moved("taken")

    new.upon(_Office.answer).to(taken)(answer)
    taken.upon(_Office.back).to(new).returns(None)
    machine = builder.build()(_Desk())

    def step() -> None:
        if FACTS.get("may_answer"):
            machine.answer()
            machine.back()

    return step


# Clocks --------------------------------------------------------------------------------------------------------------


def _clocks() -> Iterator[Row]:
    office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"))
    policy = SlaPolicy(
        "citizens",
        [
            Target(SlaMetric.FIRST_RESPONSE, timedelta(hours=4), calendar="office"),
            Target(SlaMetric.RESOLUTION, timedelta(hours=40), calendar="office"),
        ],
    )
    done = LIFECYCLE.apply(None, OpenTicket(id="t", about=CALL), at=AT)
    commands = [
        Reply(),
        FireTrigger("ask_citizen"),
        Receive(CALL),
        FireTrigger("ask_authority", reason="commune"),
        FireTrigger("resume"),
    ] * 2
    history = done.events + LIFECYCLE.apply_all(done.ticket, commands, at=AT + timedelta(hours=1)).events
    calendars = {"office": office}
    found = clocks(history, [policy], calendars=calendars, at=AT + timedelta(hours=2))
    asked = AT + timedelta(hours=2)
    yield Row(
        f"two clocks over {len(history)} events",
        best_of(lambda: clocks(history, [policy], calendars=calendars, at=asked)),
        {},
        "s",
    )
    deadlines = Deadlines()
    for number in range(100_000):
        deadlines.put(str(number), found)
    yield Row(
        "a ticket changes, next deadline of 100,000",
        best_of(lambda: (deadlines.put("7", found), deadlines.next())),
        {},
        "s",
    )
