"""Days of 1,100 calls on which much goes wrong; `python tests/routing/faulty_days.py --seeds 1000`.

Twelve agents answer, decline or do not hear the telephone, have their breaks and lose their line in mid-call; callers
lose patience; the exchange tells things twice, or of the past; answers come late; the clock jumps forward; and one rule
of the department raises or returns nonsense. A witness beside the dispatcher writes down what it is told, and holds
after every event that

* nothing is lost: everybody is where the witness has written;
* a call has one live offer at the most, and it rings at nobody else;
* no call waits beside a free agent who may take it and has not refused it;
* nobody starves: a call is passed over only for one that entered less than the head start (90 s) after it;
* what is refused changes nothing.
"""

import argparse
import random  # noqa: TID251 - a seeded day of the tests; the core has no chance
from collections.abc import Callable, Iterable
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final

import attrs
import pendulum

from ticontact.contacts import Channel
from ticontact.errors import DuplicateItem, StaleOffer, TicontactError, TimeWentBack, UnknownItem
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    Decision,
    Dispatcher,
    Offer,
    Phase,
    Presence,
    Requirement,
    WorkItem,
    WrapUp,
    anyone,
    require,
)
from ticontact.testing import instant

__all__ = ["CALLS", "HEAD_START", "Day"]

CALLS: Final = 1_100
HEAD_START: Final = 90
_RING_FOR: Final = 20
_EIGHT: Final = instant("2026-03-18 08:00")
_VOICE: Final = Channel.named("voice")
_TOPICS: Final = ("", "", "tax", "residence", "boom", "nonsense")
_SKILLED: Final = {"tax", "residence"}


def by_topic(item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - rules are called so
    """Tax and residence need their skill."""
    topic = item.attributes["topic"]
    return require(topic) if topic in _SKILLED else anyone


def unreliable(item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - rules are called so
    """A rule that raises for some calls, and returns nonsense for others."""
    topic = item.attributes["topic"]
    if topic == "boom":
        raise ValueError(topic)
    nonsense: Any = {"moon": "full"}
    return nonsense if topic == "nonsense" else anyone


def _agents() -> list[Agent]:
    skills: tuple[list[str], ...] = (["tax"], ["residence"], ["tax", "residence"], [])
    wrap_up = WrapUp.timed(timedelta(seconds=20))
    return [Agent(id=f"agent-{number:02}", skills=skills[number % 4], wrap_up=wrap_up) for number in range(12)]


@attrs.define
class Call:
    """What the witness knows of a call. It is mutable."""

    item: WorkItem
    entered: float
    holder: str = ""
    talk: int = 0
    offer: Offer | None = None
    refused: set[str] = attrs.field(factory=set)

    @property
    def credited(self) -> float:
        """From when its waiting counts."""
        return self.entered - HEAD_START * (self.item.priority is Priority.HIGH)

    def fits(self, agent: Agent) -> bool:
        """Whether an agent has what it needs."""
        topic = self.item.attributes["topic"]
        return topic not in _SKILLED or topic in agent.skills


class Day:
    """One day, and the witness beside it. It is mutable.

    Args:
        seed: Which day.
        calls: How many calls.
        dispatcher: What is watched; one of its own unless given.
    """

    def __init__(self, seed: int, *, calls: int = CALLS, dispatcher: type[Dispatcher] = Dispatcher) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a day that can be told again
        self.agents = {agent.id: agent for agent in _agents()}
        self.dispatcher = dispatcher(
            agents=self.agents.values(),
            rules=[by_topic, unreliable],
            head_start={Priority.HIGH: timedelta(seconds=HEAD_START)},
            ring_for=timedelta(seconds=_RING_FOR),
            explaining=False,
        )
        self.calls = calls
        self.now = 0.0
        self.jumped = 0.0
        self.here: dict[str, Call] = {}
        self.done = {"completed": 0, "abandoned": 0}
        self.faults: dict[str, int] = {}
        self.events = 0
        self.longest_wait = 0.0
        self.worst_overtaking = 0.0
        self._plan: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    # The day

    def run(self) -> "Day":
        """Let everything happen, and hold that it was right."""
        self._prepare()
        while self._plan:
            due, _, happen = heappop(self._plan)
            self._wait_until(due + self.jumped)
            happen()
        assert self.here == {}
        assert self.calls == sum(self.done.values())
        return self

    def _prepare(self) -> None:
        length = 36_000 * self.calls / CALLS
        for number, name in enumerate(self.agents):
            self._at(number, self._present, name, Presence.AVAILABLE)
            lunch = self.chance.uniform(0.35, 0.5) * length
            self._at(lunch, self._present, name, Presence.BREAK)
            self._at(lunch + 1_800, self._present, name, Presence.AVAILABLE)
        for number in range(self.calls):
            self._at(self.chance.uniform(0, length), self._arrive, f"call-{number:04}")
        for _ in range(2):
            self._at(self.chance.uniform(0, length), self._jump)
        for _ in range(5):
            self._at(self.chance.uniform(60, length), self._tell_of_the_past)

    def _at(self, due: float, happen: Callable[..., None], *about: Any) -> None:
        heappush(self._plan, (due, next(self._numbers), lambda: happen(*about)))

    def _after(self, seconds: float, happen: Callable[..., None], *about: Any) -> None:
        self._at(self.now - self.jumped + seconds, happen, *about)

    def _instant(self) -> pendulum.DateTime:
        return _EIGHT.add(microseconds=round(self.now * 1_000_000))

    def _wait_until(self, due: float) -> None:
        """Time passes, with a call of `advance` at every deadline before the next event."""
        while (deadline := self.dispatcher.next_deadline()) is not None:
            seconds = (deadline - _EIGHT).total_seconds()
            if seconds >= due:
                break
            self.now = max(self.now, seconds)
            self._follow(self.dispatcher.advance(at=self._instant()))
        self.now = max(self.now, due)

    # What happens

    def _arrive(self, name: str) -> None:
        topic = self.chance.choice(_TOPICS)
        priority = Priority.HIGH if self.chance.random() < 0.15 else Priority.NORMAL
        item = WorkItem(id=name, channel=_VOICE, priority=priority, attributes={"topic": topic})
        self.here[name] = Call(item, self.now)
        decision = self.dispatcher.arrive(item, at=self._instant())
        assert [failure.rule for failure in decision.failures] == ["unreliable"] * (topic in {"boom", "nonsense"})
        self._count("a rule fails", len(decision.failures))
        self._follow(decision)
        self._after(self.chance.expovariate(1 / 400), self._lose_patience, name)
        if self.chance.random() < 0.02:
            self._refused("arrives twice", DuplicateItem, lambda: self.dispatcher.arrive(item, at=self._instant()))

    def _lose_patience(self, name: str) -> None:
        call = self.here.get(name)
        if call is not None and not call.holder:
            del self.here[name]
            self.done["abandoned"] += 1
            self._follow(self.dispatcher.cancel(name, at=self._instant()), gone=call.offer)

    def _answer(self, offer: Offer) -> None:
        call = self.here.get(offer.item)
        if call is None or call.offer != offer:
            if self.chance.random() < 0.5:
                accept = lambda: self.dispatcher.accept(offer, at=self._instant())  # noqa: E731 - said once
                self._refused("late answer", StaleOffer, accept)
        elif self.chance.random() < 0.05:
            call.offer = None
            call.refused.add(offer.agent)
            self._follow(self.dispatcher.decline(offer, at=self._instant()))
        else:
            self._accept(call, offer)

    def _accept(self, call: Call, offer: Offer) -> None:
        call.offer, call.holder, call.talk = None, offer.agent, call.talk + 1
        self.longest_wait = max(self.longest_wait, self.now - call.entered)
        self._follow(self.dispatcher.accept(offer, at=self._instant()))
        ends = self._complete if self.chance.random() > 0.02 else self._drop
        self._after(self.chance.lognormvariate(5.2, 0.7), ends, offer.item, call.talk)
        if self.chance.random() < 0.02:
            again = lambda: self.dispatcher.accept(offer, at=self._instant())  # noqa: E731 - said once
            self._refused("accepted twice", StaleOffer, again)

    def _complete(self, name: str, talk: int) -> None:
        call = self.here.get(name)
        if call is not None and call.holder and call.talk == talk:
            del self.here[name]
            self.done["completed"] += 1
            self._follow(self.dispatcher.complete(name, at=self._instant()))
            if self.chance.random() < 0.02:
                again = lambda: self.dispatcher.complete(name, at=self._instant())  # noqa: E731 - said once
                self._refused("completed twice", UnknownItem, again)

    def _drop(self, name: str, talk: int) -> None:
        """The agent's line is gone in mid-call: told as one event, or as two."""
        call = self.here.get(name)
        if call is None or call.talk != talk or not call.holder:
            return
        self._count("agent drops in mid-call", 1)
        agent, call.holder = call.holder, ""
        if self.chance.random() < 0.5:
            self._follow(self.dispatcher.lose(agent, at=self._instant()))
        else:
            call.refused.add(agent)
            call.holder = agent
            self._follow(self.dispatcher.sign_out(agent, at=self._instant()))
            call.holder = ""
            self._follow(self.dispatcher.requeue(name, at=self._instant()))
        self._after(self.chance.uniform(60, 300), self._present, agent, Presence.AVAILABLE)
        self._after(self.chance.expovariate(1 / 400), self._lose_patience, name)

    def _present(self, agent: str, presence: Presence) -> None:
        self._follow(self.dispatcher.set_presence(agent, presence, at=self._instant()))

    def _jump(self) -> None:
        """The clock jumps: all that comes is later by some minutes, and all that is due in between is due at once."""
        self._count("clock jumps forward", 1)
        jump = self.chance.uniform(60, 900)
        self.jumped += jump
        self.now += jump
        self._follow(self.dispatcher.advance(at=self._instant()))

    def _tell_of_the_past(self) -> None:
        self._follow(self.dispatcher.advance(at=self._instant()))
        before = self._instant().subtract(seconds=30)
        self._refused("told of the past", TimeWentBack, lambda: self.dispatcher.advance(at=before))

    def _refused(self, what: str, kind: type[TicontactError], tell: Callable[[], Decision]) -> None:
        self._count(what, 1)
        before = self.dispatcher.snapshot()
        try:
            tell()
        except kind:
            assert before == self.dispatcher.snapshot(), what
        else:
            raise AssertionError(f"{what}: it was not refused")

    def _count(self, what: str, times: int) -> None:
        self.faults[what] = self.faults.get(what, 0) + times

    # The witness

    def _follow(self, decision: Decision, *, gone: Offer | None = None) -> None:
        """Write down what a decision says, plan what people do about it, and look whether all is right."""
        self.events += 1
        taken_back = {*decision.revoked, *decision.expired}
        assert gone is None or gone in decision.revoked
        for offer in taken_back:
            call = self.here.get(offer.item)
            if call is not None:
                assert call.offer in (offer, None) or call.offer.epoch < offer.epoch
                call.offer = None
                call.refused.add(offer.agent)
        for offer in decision.expired:
            self._count("nobody answers", 1)
            self._after(self.chance.uniform(30, 200), self._present, offer.agent, Presence.AVAILABLE)
        for offer in decision.offers:
            call = self.here[offer.item]
            assert call.offer is None, "two live offers"
            call.offer = offer
            delay = self.chance.uniform(2, 12) if self.chance.random() > 0.04 else _RING_FOR + 3
            self._after(delay, self._answer, offer)
        self._look(decision)

    def _look(self, decision: Decision) -> None:
        standings = [self.dispatcher.standing(name) for name in self.agents]
        for name, call in self.here.items():
            assert (call.holder or None) == self.dispatcher.holder(name), name
        ringing = {
            (each.item, standing.agent.id)
            for standing in standings
            for each in standing.holdings
            if each.phase is Phase.RINGING
        }
        assert ringing == {(name, call.offer.agent) for name, call in self.here.items() if call.offer is not None}
        waiting = [call for call in self.here.values() if not call.holder and call.offer is None]
        free = [each.agent for each in standings if each.presence is Presence.AVAILABLE and each.room[0] >= 1]
        for call in waiting:
            beside = [agent.id for agent in free if call.fits(agent) and agent.id not in call.refused]
            assert beside == [], f"{call.item.id} waits beside {beside}"
        self._nobody_is_passed_over(decision, waiting)

    def _nobody_is_passed_over(self, decision: Decision, waiting: Iterable[Call]) -> None:
        made_now = decision.at.add(seconds=_RING_FOR)
        for offer in decision.offers:
            served = self.here[offer.item]
            for call in waiting:
                if offer.until != made_now or not call.fits(self.agents[offer.agent]) or offer.agent in call.refused:
                    continue
                assert served.credited <= call.credited, f"{offer.item} overtakes {call.item.id}"
                overtaking = served.entered - call.entered
                assert overtaking <= HEAD_START
                self.worst_overtaking = max(self.worst_overtaking, overtaking)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    faults: dict[str, int] = {}
    calls = events = 0
    longest = overtaking = 0.0
    for seed in range(given.first, given.first + given.seeds):
        day = Day(seed).run()
        calls, events = calls + day.calls, events + day.events
        longest, overtaking = max(longest, day.longest_wait), max(overtaking, day.worst_overtaking)
        for what, times in day.faults.items():
            faults[what] = faults.get(what, 0) + times
        days = seed - given.first + 1
        if days % 10 == 0 or days == given.seeds:
            print(f"{days} days, {calls} calls, {events} events, all right; faults: {faults}")  # noqa: T201
            print(f"longest wait {longest:.0f} s, worst overtaking {overtaking:.1f} s", flush=True)  # noqa: T201


if __name__ == "__main__":
    _main()
