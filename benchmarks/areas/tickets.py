"""A step of a ticket, its memory, its replay, its clocks and deadlines, beside other state machines."""

import importlib
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Protocol

import pendulum
from measuring import Row, best_of

from ticontact.contacts import ContactRef, Direction
from ticontact.hours import BusinessCalendar, Week
from ticontact.tickets import (
    Deadlines,
    Fire,
    OpenTicket,
    Receive,
    Reply,
    SlaMetric,
    SlaPolicy,
    Target,
    Ticket,
    TicketEvent,
    Triggered,
    clocks,
    machine_of,
    replay,
    shipped,
)

__all__ = ["measure"]

AT = pendulum.datetime(2026, 3, 18, 9, tz="UTC")
CALL = ContactRef("c", "voice", direction=Direction.INBOUND)
WALK = ("answer", "ask_citizen", "resume", "hold", "resume", "solve", "reopen", "solve")
LIFECYCLE = shipped.contact_centre


def measure() -> Iterator[Row]:
    """The rows of this area."""
    ticket = LIFECYCLE.apply(None, OpenTicket(id="t", about=CALL), at=AT).ticket
    answer = Fire("answer")
    steps = _steps(ticket)
    yield Row(
        "a step, with guard, event and new ticket", best_of(lambda: LIFECYCLE.apply(ticket, answer, at=AT)), steps, "s"
    )
    yield Row(
        "a refusal that says what is allowed", best_of(lambda: LIFECYCLE.decide(ticket, Fire("close"), at=AT)), {}, "s"
    )
    yield from _memory()
    history = _history(1_000)
    yield Row("replay", len(history) / best_of(lambda: replay(history)), {}, "events/s")
    yield from _clocks()


def _history(length: int) -> tuple[TicketEvent, ...]:
    """A ticket that goes through its lifecycle again and again."""
    done = LIFECYCLE.apply(None, OpenTicket(id="t", about=CALL), at=AT)
    ticket, history = done.ticket, [*done.events]
    while len(history) < length:
        for trigger in WALK:
            if trigger in LIFECYCLE.available(ticket):
                done = LIFECYCLE.apply(ticket, Fire(trigger, reason="why"), at=AT)
                ticket, history = done.ticket, [*history, *done.events]
    return tuple(history[:length])


def _memory(count: int = 20_000) -> Iterator[Row]:
    """Bytes a ticket and a kept event, counted by the allocator."""

    def opened(number: int) -> Ticket:
        return LIFECYCLE.apply(None, OpenTicket(id=str(number)), at=AT + timedelta(seconds=number)).ticket

    yield Row("memory of a ticket", _bytes(lambda: [opened(number) for number in range(count)]) / count, _models(), "B")
    base = int(AT.timestamp()) * 1_000_000
    category = LIFECYCLE.state("first_level").category

    def event(number: int) -> TicketEvent:
        return Triggered(
            ticket="t",
            version=3,
            instant=base + number,
            by="anna",
            trigger="answer",
            state="first_level",
            category=category,
        )

    yield Row("memory of an event", _bytes(lambda: [event(number) for number in range(count)]) / count, {}, "B")


def _bytes(build: Callable[[], Sequence[object]]) -> float:
    tracemalloc.start()
    kept = build()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size if kept else 0


def _models(count: int = 300) -> dict[str, float]:
    """What `transitions` needs for each model, as its documentation registers them."""
    from transitions import Machine  # noqa: PLC0415 - a peer

    machine = machine_of(LIFECYCLE.steps, initial="new")
    assert isinstance(machine, Machine)

    class Model:
        state = ""

    def register() -> list[Model]:
        models = [Model() for _ in range(count)]
        for model in models:
            machine.add_model(model)
        return models

    return {"transitions, models": _bytes(register) / count}


# Steps of the peers --------------------------------------------------------------------------------------------------


def _steps(ticket: Ticket) -> dict[str, float]:
    """The same edge with a guard; most peers keep neither event nor actor, and change in place."""
    figures = {"a bare dict": best_of(_bare_dict()), "transitions, no models": best_of(_transitions(ticket))}
    for name, build in {"python-statemachine": _statemachine, "automat": _automat}.items():
        try:
            figures[name] = best_of(build())
        except ImportError:
            continue
    return figures


def _bare_dict() -> Callable[[], object]:
    table = {(step.source, step.trigger): step.target for step in LIFECYCLE.steps}
    ticket = {"state": "new"}

    def step() -> None:
        ticket["state"] = "new"
        ticket["state"] = table[ticket["state"], "answer"]

    return step


def _transitions(ticket: Ticket) -> Callable[[], object]:
    machine = machine_of(LIFECYCLE.steps)
    event = machine.events["answer"]

    class Cursor:
        state = "new"

    cursor = Cursor()

    def step() -> None:
        cursor.state = "new"
        event.trigger(cursor, ticket=ticket, facts={})

    return step


def _statemachine() -> Callable[[], object]:
    library: Any = importlib.import_module("statemachine")
    new, taken = library.State(initial=True), library.State()
    body = {"new": new, "taken": taken, "answer": new.to(taken), "back": taken.to(new)}
    machine = type("Machine", (library.StateMachine,), body)()

    def step() -> None:
        machine.answer()
        machine.back()

    return step


class _Office(Protocol):
    """What automat's machine understands."""

    def answer(self) -> None:
        """Take it."""

    def back(self) -> None:
        """Give it back."""


def _automat() -> Callable[[], object]:
    library: Any = importlib.import_module("automat")
    builder = library.TypeMachineBuilder(_Office, object)
    new, taken = builder.state("new"), builder.state("taken")
    new.upon(_Office.answer).to(taken).returns(None)
    taken.upon(_Office.back).to(new).returns(None)
    machine = builder.build()(object())

    def step() -> None:
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
        Fire("ask_citizen"),
        Receive(CALL),
        Fire("ask_authority", reason="commune"),
        Fire("resume"),
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
