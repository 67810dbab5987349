"""All states that a small dispatcher can reach, one after the other; `python tests/routing/exhaustive.py --items 5`.

Three agents (two alike, who have a skill, and one without it) and some items of two kinds (one asks for the skill).
What happens: an item arrives, is accepted, declined, completed or cancelled, or is given back where that is asked for;
an agent signs in or out; an offer expires; a decline is over.

A state holds no instants and no counters, only the order of instants: who has been idle longer, which item is older.
So there are finitely many, although a day is endless. What makes no difference is left out:

* items have no names: two of one kind, age and place are one; the two agents who are alike may be exchanged;
* which offer expires first, and of which item a decline is over first: each may;
* what is in hand was of some kind, has an age and was declined: it only ends, unless it may be given back;
* not to respond and to be signed out: both end by signing in;
* that it rang in vain at somebody who is not there: coming back forgets it.

From each state a real dispatcher is built, in which the same order holds; every verb is tried in it, and what comes
out is a state again.
"""

import argparse
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from typing import Final, Literal

import attrs
import pendulum
from engine_room import (
    ActiveWork,
    AssignmentRequest,
    CurrentRequirement,
    VainOffer,
    engine_of,
    put_in_place,
    ring_until,
)

from ticontact.contacts import Channel
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Assignment,
    AssignmentState,
    Dispatcher,
    Offer,
    WorkItem,
    any_agent,
    require,
)
from ticontact.testing import instant

__all__ = ["Explored", "Office", "State", "explore"]

_NINE: Final = instant("2026-03-18 09:00")
_NOW: Final = int(_NINE.timestamp()) * 1_000_000
_SECOND: Final = 1_000_000
_RING_FOR: Final = timedelta(seconds=10_000)
_VOICE: Final = Channel.named("voice")
_KINDS: Final = (any_agent, require("tax"))
AGENTS: Final = (Agent(id="anna", skills=["tax"]), Agent(id="bruno", skills=["tax"]), Agent(id="carla"))
_FITS: Final = ((True, True, True), (True, True, False))
"""Whether an item of a kind fits an agent."""


@attrs.frozen(order=True)
class Piece:
    """One item.

    Attributes:
        kind: 0 asks nothing, 1 asks for the skill.
        place: `waiting`, `ringing` or `talking`.
        agent: The number of the agent who has it; -1 for nobody.
        age: Its rank among those that wait or ring, the oldest 0; -1 in a conversation, where it does not matter.
        vain: At whom it rang in vain, in this order, each with whether that was a decline that stands.
    """

    kind: int
    place: Literal["waiting", "offered", "active"]
    agent: int = -1
    age: int = -1
    vain: tuple[tuple[int, bool], ...] = ()

    @property
    def stands(self) -> bool:
        """Whether a decline of it stands."""
        return any(stands for _, stands in self.vain)


@attrs.frozen(order=True)
class State:
    """Where everything stands.

    Attributes:
        agents: For each agent the presence, the rank by idle time where that matters, or -1, and the misses in a row.
        pieces: The items, sorted.
    """

    agents: tuple[tuple[str, int, int], ...]
    pieces: tuple[Piece, ...] = ()


@attrs.define
class Explored:
    """What has been found. It is mutable.

    Attributes:
        states: How many states.
        steps: How many times something happened.
        wrong: What broke a law, each with the state before it.
    """

    states: int = 0
    steps: int = 0
    wrong: list[str] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class Office:
    """What is visited.

    Attributes:
        misses_allowed: After how many misses in a row an agent counts as not responding.
        gives_back: Whether what is in hand may be given back.
    """

    misses_allowed: int = 1
    gives_back: bool = False

    @property
    def dispatcher(self) -> Dispatcher:
        """A fresh one."""
        return Dispatcher(agents=AGENTS, ring_for=_RING_FOR, explaining=False, misses_allowed=self.misses_allowed)


_ONE_MISS: Final = Office()


def build(office: Office, state: State, *, first: int = 0, verb: str = "") -> Dispatcher:
    """A dispatcher in a state, at nine o'clock.

    Args:
        office: What is visited.
        state: The state.
        first: The number of the item whose offer expires first, or of which a decline is over first.
        verb: What is to happen.
    """
    dispatcher = office.dispatcher
    states, works = [], []
    for number, (agent, (status, idle, misses)) in enumerate(zip(AGENTS, state.agents, strict=True)):
        assignments = tuple(
            Assignment(f"item-{index}", "voice", 1, AssignmentState(piece.place), _NOW - _SECOND)
            for index, piece in enumerate(state.pieces)
            if piece.agent == number
        )
        idle_since = _NOW - 1000 * _SECOND + idle * _SECOND
        busy_since = _NOW - _SECOND if assignments else None
        agent_state = AgentState(agent=agent, status=AgentStatus(status), idle_since=idle_since, busy_since=busy_since)
        states.append(attrs.evolve(agent_state, assignments=assignments, misses=misses))
    for index, piece in enumerate(state.pieces):
        lasts = 4_000 if index == first else 5_000
        over = 1_000 if index == first and verb == "again" else 6_000
        works.append(_work(f"item-{index}", piece, _NINE.add(seconds=lasts), over=_NOW + over * _SECOND))
        if works[-1].request.offers:
            ring_until(dispatcher, works[-1].item, _NOW + lasts * _SECOND, epoch=1)
        for each in works[-1].request.vain:
            if each.until is not None and each.has_declined and piece.place != "active":
                ring_until(dispatcher, works[-1].item, each.until, epoch=0, kind="again")
    put_in_place(dispatcher, now=_NOW, states=states, works=works)
    return dispatcher


def _work(name: str, piece: Piece, until: pendulum.DateTime, *, over: int) -> ActiveWork:
    item = WorkItem(id=name, channel=_VOICE, requirement=_KINDS[piece.kind])
    entered = _NOW + (piece.age - 500) * _SECOND
    agent = AGENTS[piece.agent].id if piece.agent >= 0 else ""
    current = CurrentRequirement(
        item=item,
        requirement=item.requirement,
        condition=item.requirement.condition,
        declined=frozenset(AGENTS[each].id for each, stands in piece.vain if stands),
        asked=tuple(AGENTS[each].id for each, _ in piece.vain),
    )
    request = AssignmentRequest(
        item=item,
        purpose="contact",
        requirement=item.requirement,
        entered=entered,
        key=(0, entered, entered, name),
        clock="",
        current=current,
        state="over" if piece.place == "active" else piece.place,
        vain=tuple(
            VainOffer(AGENTS[each].id, stands, over + number * _SECOND if stands else _NOW - _SECOND)
            for number, (each, stands) in enumerate(piece.vain)
        ),
    )
    if piece.place == "offered":
        request.offers = (Offer(name, agent, 1, until),)
    return ActiveWork(item=item, request=request, epoch=1, agent=agent if piece.place == "active" else "")


def observe(office: Office, dispatcher: Dispatcher) -> State:
    """The state of a dispatcher, under the names and numbers of this module."""
    engine = engine_of(dispatcher)
    numbers = {agent.id: number for number, agent in enumerate(AGENTS)}
    agent_states = [engine.agents.states[agent.id] for agent in AGENTS]
    talking = {
        each.item
        for agent_state in agent_states
        for each in agent_state.assignments
        if each.state is AssignmentState.ACTIVE
    }
    here = [
        agent_state.status is AgentStatus.AVAILABLE
        and not any(each.item in talking for each in agent_state.assignments)
        for agent_state in agent_states
    ]
    idle = _ranks([agent_state.idle_since for agent_state, matters in zip(agent_states, here, strict=True) if matters])
    agents = tuple(
        (
            "available" if agent_state.status is AgentStatus.AVAILABLE else "offline",
            idle[agent_state.idle_since] if matters else -1,
            agent_state.misses if agent_state.status is AgentStatus.AVAILABLE else 0,
        )
        for agent_state, matters in zip(agent_states, here, strict=True)
    )
    works = list(engine.works.values())
    ages = _ranks([work.request.entered for work in works if office.gives_back or not work.agent])
    pieces = []
    for work in works:
        kind, offers = _KINDS.index(work.item.requirement), work.request.offers
        if work.agent and not office.gives_back:
            pieces.append(Piece(0, "active", numbers[work.agent]))
            continue
        asked = [(numbers[each.agent], each.stands(at=engine.clocks.now)) for each in work.request.vain]
        vain = tuple(each for each in asked if agents[each[0]][0] == "available")
        age = ages[work.request.entered]
        if work.agent:
            pieces.append(Piece(kind, "active", numbers[work.agent], age, vain))
        elif offers:
            pieces.append(Piece(kind, "offered", numbers[offers[0].agent], age, vain))
        else:
            pieces.append(Piece(kind, "waiting", -1, age, vain))
    return _canonical(State(agents, tuple(sorted(pieces))))


def _ranks(values: list[int]) -> dict[int, int]:
    return {value: rank for rank, value in enumerate(sorted(set(values)))}


_SWAPPED: Final = {-1: -1, 0: 1, 1: 0, 2: 2}


def _canonical(state: State) -> State:
    """The smaller of the state and the one in which the two who are alike have changed places."""
    anna, bruno, carla = state.agents
    pieces = tuple(
        sorted(
            attrs.evolve(
                piece,
                agent=_SWAPPED[piece.agent],
                vain=tuple((_SWAPPED[each], stands) for each, stands in piece.vain),
            )
            for piece in state.pieces
        )
    )
    return min(state, State((bruno, anna, carla), pieces))


def moves(office: Office, state: State, items: int, refusals: int) -> Iterator[tuple[str, str]]:
    """All that can happen in a state: the verb, and what it is about."""
    may_refuse = sum(len(piece.vain) for piece in state.pieces) < refusals
    for agent, (status, _, _) in zip(AGENTS, state.agents, strict=True):
        yield ("sign_out" if status == "available" else "sign_in"), agent.id
    for index, piece in enumerate(state.pieces):
        name = f"item-{index}"
        yield "cancel", name
        if piece.place == "active":
            yield "complete", name
            if office.gives_back and may_refuse:
                yield "requeue", name
        if piece.place == "offered":
            yield "accept", name
        if piece.place == "offered" and may_refuse:
            yield "decline", name
            yield "expire", name
        if piece.place != "active" and piece.stands:
            yield "again", name
    if len(state.pieces) < items:
        yield "arrive", "0"
        yield "arrive", "1"


def make(dispatcher: Dispatcher, verb: str, about: str) -> set[str]:
    """Let something happen, a second past nine; the ids of the items that must be there afterwards."""
    at: pendulum.DateTime = _NINE.add(seconds=1)
    items = set(engine_of(dispatcher).works)
    if verb in {"expire", "again"}:
        due = dispatcher.next_deadline()
        dispatcher.advance(at=_NINE if due is None else due)
    elif verb in {"accept", "decline"}:
        getattr(dispatcher, verb)(engine_of(dispatcher).works[about].request.offers[0], at=at)
    elif verb == "arrive":
        dispatcher.arrive(WorkItem(id="item-new", channel=_VOICE, requirement=_KINDS[int(about)]), at=at)
        items.add("item-new")
    else:
        getattr(dispatcher, verb)(about, at=at)
    return items - {about} if verb in {"cancel", "complete"} else items


def faults(dispatcher: Dispatcher, items: set[str]) -> Iterator[str]:
    """The laws that a dispatcher breaks."""
    engine = engine_of(dispatcher)
    if set(engine.works) != items:
        yield f"there is {sorted(engine.works)}, there should be {sorted(items)}"
    agent_states = [engine.agents.states[agent.id] for agent in AGENTS]
    held = [(each.item, each.state) for agent_state in agent_states for each in agent_state.assignments]
    for work in engine.works.values():
        name, offers = work.item.id, work.request.offers
        places = [state for item, state in held if item == name]
        expected = [AssignmentState.ACTIVE] if work.agent else [AssignmentState.OFFERED] * len(offers)
        if places != expected or len(offers) > 1 or (work.agent and offers):
            yield f"{name} is in {places}, and has {len(offers)} offers"
        if not work.agent and not offers:
            yield from _neglected(work, agent_states, dispatcher)
    if {item for item, _ in held} - set(engine.works):
        yield "somebody holds what is not there"
    if any(agent_state.used > agent_state.agent.capacity for agent_state in agent_states):
        yield "somebody has too much in hand"


def _neglected(work: ActiveWork, agent_states: list[AgentState], dispatcher: Dispatcher) -> Iterator[str]:
    """Free agents who may take what waits: only who has declined it may stand beside it, and a timer must run then."""
    stands = {each.agent: each.until for each in work.request.vain if each.stands(at=engine_of(dispatcher).clocks.now)}
    due = dispatcher.next_deadline()
    kind = _KINDS.index(work.item.requirement)
    for number, agent_state in enumerate(agent_states):
        is_free = agent_state.status is AgentStatus.AVAILABLE and not agent_state.assignments
        name = agent_state.agent.id
        if not is_free or not _FITS[kind][number]:
            continue
        until = stands.get(name)
        if until is None:
            yield f"{work.item.id} waits beside {name}"
        elif due is None or due.timestamp() * 1_000_000 > until:
            yield f"no timer will offer {work.item.id} to {name}"


def explore(items: int, *, refusals: int = 1_000, most: int = 10_000_000, office: Office = _ONE_MISS) -> Explored:
    """Visit every state that can be reached with so many items at a time.

    Args:
        items: How many items are there at a time, at most; there may be any number one after another.
        refusals: How many offers in vain may be remembered before nobody refuses any more; any number unless given.
        most: After how many states to give up.
        office: What is visited.
    """
    first = observe(office, office.dispatcher)
    seen, queue, explored = {first}, deque([first]), Explored()
    while queue and len(seen) <= most:
        state = queue.popleft()
        _check_restart(office, state, explored)
        for verb, about in moves(office, state, items, refusals):
            is_due = verb in {"expire", "again"}
            dispatcher = build(office, state, first=int(about[5:]) if is_due else 0, verb=verb)
            expected = make(dispatcher, verb, about)
            explored.steps += 1
            explored.wrong.extend(f"{state}: {verb} {about}: {each}" for each in faults(dispatcher, expected))
            after = observe(office, dispatcher)
            if after not in seen:
                seen.add(after)
                queue.append(after)
    explored.states = len(seen)
    return explored


def _check_restart(office: Office, state: State, explored: Explored) -> None:
    data = build(office, state).snapshot()
    again = office.dispatcher
    again.restore(data)
    if again.snapshot() != data or observe(office, again) != state:
        explored.wrong.append(f"{state}: it is another one after a restart")


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=5)
    parser.add_argument("--refusals", type=int, default=1_000)
    parser.add_argument("--misses", type=int, default=1)
    parser.add_argument("--giving-back", action="store_true")
    parser.add_argument("--most", type=int, default=10_000_000)
    given = parser.parse_args()
    office = Office(misses_allowed=given.misses, gives_back=given.giving_back)
    explored = explore(given.items, refusals=given.refusals, most=given.most, office=office)
    print(f"{explored.states} states, {explored.steps} steps, {len(explored.wrong)} wrong")  # noqa: T201
    for each in explored.wrong[:10]:
        print(each)  # noqa: T201


if __name__ == "__main__":
    _main()
