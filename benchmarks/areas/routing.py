"""Decisions per second: an agent becomes free beside a long line, a contact arrives; and optimal assignment.

The peers are other ways of doing it: the full scan that looks at everything that waits, as most routers do, and scipy's
assignment. The office is invented: fifty skills of unequal popularity, three to eight in each of forty profiles, and
two hundred requirements.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import count
from time import perf_counter

import pendulum
from measuring import Row, best_of

from ticontact.contacts import Channel
from ticontact.routing import Agent, Dispatcher, Requirement, Standing, WorkItem, best_match, longest_idle, require

_VOICE = Channel.named("voice")
_NINE = pendulum.datetime(2026, 3, 18, 9, tz="Europe/Zurich")
_PROFILES, _REQUIREMENTS = 40, 200


def measure() -> Iterable[Row]:
    """The rows, one for each size."""
    for agents, waiting in ((100, 1_000), (1_000, 1_000), (1_000, 100_000)):
        ours, scan = _freed(agents, waiting)
        what = f"agent becomes free, {agents} agents, {waiting} waiting"
        yield Row(what, ours, {"full scan": scan}, "decisions/s")
    for agents in (100, 1_000, 10_000):
        yield Row(f"contact arrives, {agents} agents", _arriving(agents), {}, "decisions/s")
    yield Row("contact arrives, 1000 agents, explained", _arriving(1_000, explaining=True), {}, "decisions/s")
    yield from _matching()


def _numbers(seed: int) -> Iterator[int]:
    """Numbers that look like chance and are always the same."""
    state = seed
    while True:
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        yield state >> 33


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


def _item(number: int, requirement: Requirement) -> WorkItem:
    return WorkItem(
        id=f"c{number:07}", channel=_VOICE, requirement=requirement, entered_at=_NINE.add(microseconds=number)
    )


def _freed(agents: int, waiting: int) -> tuple[float, float]:
    """Decisions a second when an agent completes and takes the first of the line, and the same by looking at all."""
    people, wishes = _agents(agents), _requirements()
    dispatcher = Dispatcher(agents=people, explaining=False)
    numbers, at = _numbers(3), _NINE.add(hours=1)
    for number in range(waiting):
        dispatcher.arrive(_item(number, wishes[next(numbers) % _REQUIREMENTS]), at=at)
    in_hand: list[str] = []
    for agent in people[: min(agents, waiting // 4)]:
        for offer in dispatcher.sign_in(agent.id, at=at).offers:
            dispatcher.accept(offer, at=at)
            in_hand.append(offer.item)
    line = [_item(number, wishes[next(numbers) % _REQUIREMENTS]) for number in range(waiting)]

    def one() -> None:
        for offer in dispatcher.complete(in_hand.pop(0), at=at).offers:
            dispatcher.accept(offer, at=at)
            in_hand.append(offer.item)

    standing = dispatcher.standing(people[-1].id)
    return _per_second(one), 1 / best_of(lambda: _scan(line, standing), rounds=1)


def _scan(line: Iterable[WorkItem], standing: Standing) -> WorkItem | None:
    """The first of all that the agent may take."""
    profile = standing.agent.profile
    fit = (item for item in line if item.requirement.condition.lacks(profile) is None)
    return min(fit, key=lambda item: (item.entered_at, item.id), default=None)


def _per_second(one: Callable[[], object]) -> float:
    """How often something that cannot be repeated without an end is done in a second."""
    best = 0.0
    for _ in range(3):
        start = perf_counter()
        for _ in range(200):
            one()
        best = max(best, 200 / (perf_counter() - start))
    return best


def _arriving(agents: int, *, explaining: bool = False) -> float:
    """Decisions a second when a contact arrives and half of the agents are idle."""
    people, wishes = _agents(agents), _requirements()
    dispatcher = Dispatcher(agents=people, strategy=longest_idle, explaining=explaining)
    for number, agent in enumerate(people[::2]):
        dispatcher.sign_in(agent.id, at=_NINE.add(microseconds=number))
    at, new, numbers = _NINE.add(hours=1), count(), _numbers(4)

    def one() -> None:
        name = next(new)
        dispatcher.arrive(_item(name, wishes[next(numbers) % _REQUIREMENTS]), at=at)
        dispatcher.cancel(f"c{name:07}", at=at)

    return _per_second(one)


def _matching() -> Iterator[Row]:
    numbers = _numbers(5)
    size = 100
    scores = {f"a{row}": {f"c{column}": float(next(numbers) % 1000) for column in range(size)} for row in range(size)}
    peers = {}
    with suppress(ImportError):
        assign = importlib.import_module("scipy.optimize").linear_sum_assignment
        table = [list(row.values()) for row in scores.values()]
        peers["scipy"] = best_of(lambda: assign(table, maximize=True), rounds=2)
    yield Row("best match, 100 agents and 100 contacts", best_of(lambda: best_match(scores), rounds=1), peers, "s")
