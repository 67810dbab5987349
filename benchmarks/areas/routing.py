"""Decisions per second: an agent becomes free beside a long line, a contact arrives; and optimal assignment.

The peers are other ways of doing it: the full scan that looks at everything that waits or at everybody who works, as
most routers do, and scipy's assignment. The office is invented: fifty skills of unequal popularity, three to eight in
each of forty profiles, and two hundred requirements. The rows show how the figures grow: with what waits, with the
agents, and with explanations.

Only what the row names is measured: contacts are made before, and what was offered is taken or cancelled outside.
"""

import gc
import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import count
from time import perf_counter

import pendulum
from measuring import Row, best_of

from ticontact.contacts import Channel
from ticontact.routing import (
    Agent,
    AgentState,
    AgentStatus,
    Dispatcher,
    Offer,
    Requirement,
    WorkItem,
    best_match,
    require,
)
from ticontact.routing.strategies import longest_idle

_VOICE = Channel.named("voice")
_NINE = pendulum.datetime(2026, 3, 18, 9, tz="Europe/Zurich")
_TEN = _NINE.add(hours=1)
_PROFILES, _REQUIREMENTS = 40, 200
_BATCH, _ROUNDS = 20, 15

Batch = Iterable[Callable[[], object]]


def measure() -> Iterable[Row]:
    """The rows."""
    for agents, waiting in ((1_000, 1_000), (1_000, 10_000), (1_000, 100_000), (100, 10_000), (10_000, 10_000)):
        office = _Office(agents, waiting)
        what = f"agent becomes free, {agents:,} agents, {waiting:,} waiting"
        peers = {"full scan": 1 / best_of(office.scan, rounds=1)}
        yield Row(what, _per_second(office.completing), peers, "decisions/s")
    office = _Office(1_000, 10_000, explaining=True)
    yield Row("... explained, 1,000 agents, 10,000 waiting", _per_second(office.completing), {}, "decisions/s")
    office = _Office(1_000, 10_000)
    yield Row("agent takes what is offered, 1,000 agents", _per_second(office.taking), {}, "decisions/s")
    for agents in (100, 1_000, 10_000):
        desk = _Entrance(agents)
        peers = {"full scan": 1 / best_of(desk.scan, rounds=1)}
        yield Row(f"contact arrives, {agents:,} agents", _per_second(desk.arriving), peers, "decisions/s")
    yield Row("... explained, 1,000 agents", _per_second(_Entrance(1_000, explaining=True).arriving), {}, "decisions/s")
    for size in (20, 100, 200):
        yield _matching(size)


def _per_second(batches: Callable[[], Iterator[Batch]]) -> float:
    """How many calls a second: the best of some batches, each of calls that cannot be repeated."""
    best = 0.0
    gc.collect()
    for batch in batches():
        calls = list(batch)
        start = perf_counter()
        for call in calls:
            call()
        best = max(best, len(calls) / (perf_counter() - start))
    return best


def _numbers(seed: int) -> Iterator[int]:
    """Numbers that look like chance and are always the same."""
    state = seed
    while True:
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        yield state >> 33


def _seconds() -> Iterator[pendulum.DateTime]:
    """One instant after another."""
    return (_TEN.add(seconds=second) for second in count())


def _skill(numbers: Iterator[int]) -> str:
    """One of fifty skills, the first ones more often."""
    return f"s{int(50 * (next(numbers) % 10_000 / 10_000) ** 2)}"


def _agents(number: int) -> list[Agent]:
    numbers = _numbers(1)
    profiles = [
        {_skill(numbers): 1 + next(numbers) % 5 for _ in range(3 + next(numbers) % 6)} for _ in range(_PROFILES)
    ]
    return [Agent(id=f"a{each:05}", skills=profiles[each % _PROFILES]) for each in range(number)]


def _requirements() -> list[Requirement]:
    numbers = _numbers(2)
    return [require(_skill(numbers), level=1 + next(numbers) % 5) for _ in range(_REQUIREMENTS)]


def _items(number: int, seed: int) -> list[WorkItem]:
    wishes, numbers = _requirements(), _numbers(seed)
    return [
        WorkItem(
            id=f"c{seed}-{each:07}",
            channel=_VOICE,
            requirement=wishes[next(numbers) % _REQUIREMENTS],
            entered_at=_NINE.add(microseconds=each),
        )
        for each in range(number)
    ]


class _Office:
    """Everybody talks, and many wait."""

    def __init__(self, agents: int, waiting: int, *, explaining: bool = False) -> None:
        people, self.clock = _agents(agents), _seconds()
        self.dispatcher = Dispatcher(agents=people, explaining=explaining)
        self.line = _items(waiting, seed=3)
        for item in self.line:
            self.dispatcher.arrive(item, at=_TEN)
        self.in_hand: list[str] = []
        for agent in people[: min(agents, waiting // 4)]:
            self._take(self.dispatcher.sign_in(agent.id, at=next(self.clock)).offers)
        self.agent_state = self.dispatcher.agent_state(people[-1].id)

    def completing(self) -> Iterator[Batch]:
        """An agent has ended a contact, and is offered the next one."""
        for _ in range(_ROUNDS):
            offered: list[Offer] = []
            batch, self.in_hand = self.in_hand[:_BATCH], self.in_hand[_BATCH:]
            yield (self._completion(each, offered) for each in batch)
            self._take(offered)

    def taking(self) -> Iterator[Batch]:
        """An agent takes what is offered."""
        for _ in range(_ROUNDS):
            offered: list[Offer] = []
            for _ in range(_BATCH):
                self._completion(self.in_hand.pop(0), offered)()
            yield (self._acceptance(offer) for offer in offered)
            self.in_hand += [offer.item for offer in offered]

    def scan(self) -> WorkItem | None:
        """The first of all that an agent may take, by looking at all."""
        profile = self.agent_state.agent.profile
        fit = (item for item in self.line if item.requirement.condition.lacks(profile) is None)
        return min(fit, key=lambda item: (item.entered_at, item.id), default=None)

    def _completion(self, item: str, offered: list[Offer]) -> Callable[[], object]:
        at = next(self.clock)
        return lambda: offered.extend(self.dispatcher.complete(item, at=at).offers)

    def _acceptance(self, offer: Offer) -> Callable[[], object]:
        at = next(self.clock)
        return lambda: self.dispatcher.accept(offer, at=at)

    def _take(self, offers: Iterable[Offer]) -> None:
        for offer in offers:
            self.dispatcher.accept(offer, at=next(self.clock))
            self.in_hand.append(offer.item)


class _Entrance:
    """Half of the agents are idle, and nobody waits."""

    def __init__(self, agents: int, *, explaining: bool = False) -> None:
        people = _agents(agents)
        self.dispatcher = Dispatcher(agents=people, strategy=longest_idle, explaining=explaining)
        for number, agent in enumerate(people[::2]):
            self.dispatcher.sign_in(agent.id, at=_NINE.add(microseconds=number))
        self.agent_states = [self.dispatcher.agent_state(agent.id) for agent in people]
        self.items = _items(_BATCH * _ROUNDS, seed=4)
        self.clock = _seconds()

    def arriving(self) -> Iterator[Batch]:
        """A contact arrives."""
        for number in range(_ROUNDS):
            batch = self.items[number * _BATCH : (number + 1) * _BATCH]
            yield (self._arrival(item) for item in batch)
            at = next(self.clock)
            for item in batch:
                self.dispatcher.cancel(item.id, at=at)

    def scan(self) -> AgentState | None:
        """The first of all who may take a contact, by looking at all."""
        wish = self.items[0].requirement.condition
        free = (each for each in self.agent_states if each.status is AgentStatus.AVAILABLE and each.room[0] > 0)
        fit = (each for each in free if wish.lacks(each.agent.profile) is None)
        return min(fit, key=lambda each: (each.idle_since, each.agent.id), default=None)

    def _arrival(self, item: WorkItem) -> Callable[[], object]:
        at = next(self.clock)
        return lambda: self.dispatcher.arrive(item, at=at)


def _matching(size: int) -> Row:
    numbers = _numbers(5)
    scores = {f"a{row}": {f"c{column}": float(next(numbers) % 1000) for column in range(size)} for row in range(size)}
    peers = {}
    with suppress(ImportError):
        assign = importlib.import_module("scipy.optimize").linear_sum_assignment
        table = [list(row.values()) for row in scores.values()]
        peers["scipy"] = best_of(lambda: assign(table, maximize=True), rounds=2)
    what = f"best match, {size} agents and {size} contacts"
    return Row(what, best_of(lambda: best_match(scores), rounds=1), peers, "s")
