"""A desk that is restored from its snapshot has the same future."""

import json
from datetime import date
from importlib.resources import files
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact.contacts import CaseRef, Channel, Contact, Direction
from ticontact.departments import load
from ticontact.desk import Desk
from ticontact.desk.effects import Effect, OfferIssued
from ticontact.desk.events import (
    AgentDisconnected,
    AgentSignedIn,
    AgentSignedOut,
    AgentStatusChanged,
    CallbackRequested,
    CallbackUnanswered,
    CallerLeft,
    ConsultCompleted,
    ConsultRequested,
    ContactArrived,
    ContactEnded,
    DeskEvent,
    OfferAccepted,
    PriorityChanged,
    QueueClosedByHand,
    QueueJoined,
    TimeAdvanced,
)
from ticontact.errors import DeskError
from ticontact.priority import Priority
from ticontact.routing import Agent, AgentStatus, Callback, WrapUp
from ticontact.testing import instant

OFFICE = load((files("ticontact.replay") / "data" / "migrazione.toml").read_text())
AGENTS = [
    Agent(id="anna", skills={"general": 5}, languages={"it": 10}, wrap_up=WrapUp.timed(OFFICE.wrap_up)),
    Agent(id="ivo", skills={"official": 5, "written": 5}, languages={"it": 10}, capacity=2),
]
NOON = instant("2026-03-18 11:58")


def call(number: int, *, channel: str = "voice") -> Contact:
    """A contact about a case."""
    return Contact(
        id=f"c-{number}",
        channel=Channel.named(channel),
        direction=Direction.INBOUND,
        cases=[CaseRef("permit", f"2026/{number}", office="migrazione")],
        created_at=NOON,
    )


def a_busy_noon() -> list[tuple[int, DeskEvent]]:
    """Seconds after 11.58 and what happens then: an offer, a consult, a hand-over, a letter, the end of the drain."""
    return [
        (0, AgentSignedIn(id="1", agent="anna")),
        (0, AgentSignedIn(id="2", agent="ivo")),
        (1, ContactArrived(id="3", contact=call(1), entry="general")),
        (5, QueueJoined(id="4", contact="c-1")),
        (6, ContactArrived(id="5", contact=call(2), entry="general")),
        (9, QueueJoined(id="6", contact="c-2")),
        (20, ContactArrived(id="7", contact=call(3, channel="email"), entry="e-mail")),
        (20, QueueJoined(id="8", contact="c-3")),
        (60, ConsultRequested(id="9", contact="c-1", summary="a permit that expires")),
        (90, ConsultCompleted(id="10", contact="c-1")),
        (100, ContactEnded(id="11", contact="c-1")),
        (105, ContactArrived(id="12", contact=call(4), entry="general")),
        (110, QueueJoined(id="13", contact="c-4")),
        (115, CallerLeft(id="14", contact="c-4")),
        (800, TimeAdvanced(id="15")),
    ]


def a_bad_day() -> list[tuple[int, DeskEvent]]:
    """The same, with lost agents, a pause, callbacks and orders."""
    promised = Callback.promised(NOON.add(minutes=40), attempts=2)
    return [
        (0, AgentSignedIn(id="1", agent="anna")),
        (0, AgentSignedIn(id="2", agent="ivo")),
        (1, ContactArrived(id="3", contact=call(1), entry="general")),
        (5, QueueJoined(id="4", contact="c-1")),
        (6, ContactArrived(id="5", contact=call(2), entry="general")),
        (9, QueueJoined(id="6", contact="c-2")),
        (10, ContactArrived(id="7", contact=call(3), entry="general")),
        (11, QueueJoined(id="8", contact="c-3")),
        (12, CallbackRequested(id="9", contact="c-2", callback=promised)),
        (13, CallerLeft(id="10", contact="c-2")),
        (14, PriorityChanged(id="11", contact="c-3", priority=Priority.HIGH, by="sonja", because="a term")),
        (20, ConsultRequested(id="12", contact="c-1", summary="a permit that expires")),
        (30, AgentDisconnected(id="13", agent="anna")),
        (35, AgentDisconnected(id="14", agent="ivo")),
        (40, AgentStatusChanged(id="15", agent="anna", because=AgentStatus.BREAK)),
        (60, AgentSignedIn(id="16", agent="anna")),
        (70, ContactEnded(id="17", contact="c-1")),
        (75, CallbackUnanswered(id="18", contact="c-2")),
        (100, ContactEnded(id="19", contact="c-3")),
        (119, ContactArrived(id="20", contact=call(4), entry="general")),
        (125, QueueJoined(id="21", contact="c-4")),
        (130, QueueClosedByHand(id="22", queue="general", by="sonja", because="smoke")),
        (80_000, TimeAdvanced(id="23")),
    ]


def tell(desk: Desk, event: DeskEvent, second: int, numbers: "count[int]") -> list[Effect]:
    """Tell an event and take every offer at once; what cannot happen any more is passed over."""
    try:
        effects = [*desk.handle(event, at=NOON.add(seconds=second))]
    except DeskError:
        return []
    for effect in [*effects]:
        if isinstance(effect, OfferIssued):
            effects += tell(desk, OfferAccepted(id=f"o-{next(numbers)}", offer=effect.offer), second, numbers)
    return effects


def _halves(
    day: list[tuple[int, DeskEvent]],
) -> st.SearchStrategy[tuple[list[tuple[int, DeskEvent]], list[tuple[int, DeskEvent]]]]:
    """A day cut somewhere."""
    return st.integers(0, len(day)).map(lambda position: (day[:position], day[position:]))


@settings(max_examples=60)
@given(st.sampled_from([a_busy_noon(), a_bad_day()]).flatmap(_halves))
def test_the_same_future_follows(halves: tuple[list[tuple[int, DeskEvent]], list[tuple[int, DeskEvent]]]) -> None:
    """Wherever the snapshot is taken, written as JSON and read again, the desk goes on as if nothing had happened."""
    desk, numbers = Desk(OFFICE, agents=AGENTS), count()
    before, after = halves
    for second, event in before:
        tell(desk, event, second, numbers)
    restored, again = Desk(OFFICE, agents=AGENTS), count(1000)
    restored.restore(json.loads(json.dumps(desk.snapshot())))

    assert restored.next_deadline() == desk.next_deadline()
    for second, event in after:
        expected = tell(desk, event, second, count(1000 + next(again) * 10))
        assert tell(restored, event, second, count(5000 + next(again) * 10)) == expected
    assert restored.tickets == desk.tickets


def test_what_was_taken_stays_taken() -> None:
    """An event that the first desk took is a no-op at the second."""
    desk = Desk(OFFICE, agents=AGENTS)
    desk.handle(AgentSignedIn(id="1", agent="anna"), at=NOON)
    restored = Desk(OFFICE, agents=AGENTS)
    restored.restore(desk.snapshot())

    assert restored.handle(AgentSignedIn(id="1", agent="anna"), at=NOON) == ()


def test_a_desk_that_has_begun_is_not_overwritten() -> None:
    """Only a fresh desk can be restored."""
    desk = Desk(OFFICE, agents=AGENTS)
    desk.handle(TimeAdvanced(id="1"), at=NOON)

    with pytest.raises(DeskError, match=r"^restore: something has happened here already; allowed: a fresh desk$"):
        desk.restore(desk.snapshot())


@pytest.mark.parametrize("damage", ["schema", "now", "taken", "lines", "tickets", "dispatcher"])
def test_what_is_no_snapshot_is_refused(damage: str) -> None:
    """Each part must be there; a refused desk is still fresh."""
    desk = Desk(OFFICE, agents=AGENTS)
    whole = desk.snapshot()
    part = {key: value for key, value in whole.items() if key != damage}

    with pytest.raises(DeskError, match="restore: no snapshot of form 4"):
        desk.restore(part)
    desk.restore(whole)


def test_a_queue_that_is_gone_is_named() -> None:
    """A snapshot of another department does not half-restore a desk."""
    desk = Desk(OFFICE, agents=AGENTS)
    desk.handle(ContactArrived(id="1", contact=call(1), entry="general"), at=NOON)
    other = json.loads(json.dumps(desk.snapshot()).replace('"queue": "general"', '"queue": "visas"'))

    with pytest.raises(DeskError, match="restore: no queue visas; allowed: general, asylum, e-mail, fax"):
        Desk(OFFICE, agents=AGENTS).restore(other)


def test_a_snapshot_can_always_be_taken() -> None:
    """After a refused event, too: what was due before it is still due."""
    desk = Desk(OFFICE, agents=[])
    desk.handle(ContactArrived(id="1", contact=call(1), entry="general"), at=NOON)
    desk.handle(QueueJoined(id="2", contact="c-1"), at=NOON)
    before, deadline, late = desk.snapshot(), desk.next_deadline(), NOON.add(hours=1)
    with pytest.raises(DeskError):
        desk.handle(ContactEnded(id="3", contact="nobody"), at=late)

    assert desk.snapshot() == before
    assert desk.next_deadline() == deadline
    assert desk.handle(TimeAdvanced(id="4"), at=late) != ()


@pytest.mark.parametrize("form", [1, 2, 3, "4", None])
def test_another_form_is_refused(form: Any) -> None:
    """Only the form of now is read."""
    other = {**Desk(OFFICE, agents=AGENTS).snapshot(), "schema": form}

    with pytest.raises(DeskError, match="restore: no snapshot of form 4"):
        Desk(OFFICE, agents=AGENTS).restore(other)


def test_days_later_it_is_read_again() -> None:
    """The instants of a snapshot are instants: the restored desk knows when the office opens next."""
    desk = Desk(OFFICE, agents=AGENTS)
    desk.handle(ContactArrived(id="1", contact=call(1, channel="email"), entry="e-mail"), at=NOON)
    restored = Desk(OFFICE, agents=AGENTS, longest_announcement=None)
    restored.restore(desk.snapshot())

    restored.handle(TimeAdvanced(id="2"), at=NOON.add(days=1))
    assert restored.tickets["c-1"].opened_at.date() == date(2026, 3, 18)


class TestWithoutWhatIsOver:
    """Whoever stores a snapshot after every event stores what goes on, and no more."""

    @staticmethod
    def office() -> Desk:
        """A desk with a contact that is over, one in line, and an agent."""
        desk = Desk(OFFICE, agents=AGENTS)
        desk.handle(ContactArrived(id="1", contact=call(1), entry="general"), at=NOON)
        desk.handle(CallerLeft(id="2", contact="c-1"), at=NOON)
        desk.handle(ContactArrived(id="3", contact=call(2, channel="email"), entry="e-mail"), at=NOON)
        desk.handle(QueueJoined(id="4", contact="c-2"), at=NOON)
        desk.handle(AgentSignedOut(id="5", agent=AGENTS[0].id), at=NOON)
        desk.handle(TimeAdvanced(id="6"), at=NOON)
        return desk

    def test_it_holds_what_goes_on(self) -> None:
        """The contacts that are not over, their tickets, and the ids of events about them and about agents."""
        told = self.office().snapshot(over=False)

        assert [line["contact"]["id"] for line in told["lines"]] == ["c-2"]
        assert [history[0]["ticket"] for history in told["tickets"]] == ["c-2"]
        assert [*told["taken"]] == ["3", "4", "5"]

    def test_it_has_the_same_future(self) -> None:
        """The next deadline, and who waits."""
        desk, restored = self.office(), Desk(OFFICE, agents=AGENTS)
        restored.restore(desk.snapshot(over=False))

        assert restored.next_deadline() == desk.next_deadline()
        assert restored.snapshot(over=False) == desk.snapshot(over=False)
        assert [*restored.tickets] == ["c-2"]

    def test_it_does_not_grow(self) -> None:
        """With the number of contacts that are over."""
        desk = self.office()
        sizes = []
        for number in range(10, 40):
            desk.handle(ContactArrived(id=f"a-{number}", contact=call(number), entry="general"), at=NOON)
            desk.handle(CallerLeft(id=f"b-{number}", contact=f"c-{number}"), at=NOON)
            sizes.append(len(json.dumps(desk.snapshot(over=False))))

        assert len(set(sizes)) == 1
