"""Days of 1,100 calls on which much goes wrong; `python tests/routing/faulty_days.py --seeds 1000`.

Twelve agents answer, decline or do not hear the telephone, have their breaks, write e-mails that calls preempt,
and lose their line in mid-call. Callers lose patience, or hang up to be called back, and then do not answer; at the
end of the day the office closes. The exchange tells things twice, or of the past; answers come late; the clock jumps
forward; a supervisor gives orders; and one rule of the department raises or returns nonsense. `faulty_witness.py` says
what holds after every event.
"""

import argparse
import random  # noqa: TID251 - a seeded day of the tests; the core has no chance
from collections.abc import Callable
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final

import attrs
import pendulum
from faulty_witness import EIGHT, HEAD_START, RING_FOR, SKILLED, Call, Witness, opening

from ticontact.contacts import CHANNELS
from ticontact.errors import RoutingError, StaleOffer, TimeWentBack
from ticontact.hours import BusinessCalendar, ClosingRule, Week
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentStatus,
    AssignmentState,
    Callback,
    Dispatcher,
    Offer,
    Queue,
    Requirement,
    RoutingDecision,
    WorkItem,
    WrapUp,
    any_agent,
    require,
)

__all__ = ["CALLS", "EMAILS", "Day"]

CALLS: Final = 1_100
EMAILS: Final = 60
_LENGTH: Final = 33_600
_SPACING: Final = 600
_TOPICS: Final = ("", "", "tax", "residence", "boom", "nonsense")
_ORDER: Final = {"by": "sara", "because": "a drill"}
_QUEUES: Final = tuple(
    Queue(
        id="office",
        calendar=BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Su 08:00-17:00")),
        closing=ClosingRule(last_entry=timedelta(minutes=5), drain=timedelta(minutes=10)),
        fallback="message",
        overflow_when_declined=overflows,
    )
    for overflows in (False, True)
)
"""On every other day the queue lets go of what everybody has declined."""


def by_topic(item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - rules are called so
    """Tax and residence need their skill."""
    topic = item.attributes["topic"]
    return require(topic) if topic in SKILLED else any_agent


def unreliable(item: WorkItem, /, *, at: pendulum.DateTime) -> Requirement:  # noqa: ARG001 - rules are called so
    """A rule that raises for some calls, and returns nonsense for others."""
    topic = item.attributes["topic"]
    if topic == "boom":
        raise ValueError(topic)
    nonsense: Any = {"moon": "full"}
    return nonsense if topic == "nonsense" else any_agent


def _agents() -> list[Agent]:
    skills: tuple[list[str], ...] = (["tax"], ["residence"], ["tax", "residence"], [])
    wrap_up = WrapUp.timed(timedelta(seconds=20))
    return [Agent(id=f"agent-{number:02}", skills=skills[number % 4], wrap_up=wrap_up) for number in range(12)]


class Day(Witness):
    """One day, and the witness beside it. It is mutable.

    Args:
        seed: Which day.
        calls: How many calls.
        dispatcher: What is watched; one of its own unless given.
    """

    def __init__(self, seed: int, *, calls: int = CALLS, dispatcher: type[Dispatcher] = Dispatcher) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a day that can be told again
        agents = {agent.id: agent for agent in _agents()}
        watched = dispatcher(
            agents=agents.values(),
            rules=[by_topic, unreliable],
            queues=[_QUEUES[seed % 2]],
            head_start={Priority.HIGH: timedelta(seconds=HEAD_START)},
            ring_for=timedelta(seconds=RING_FOR),
            misses_allowed=2,
            preempting=True,
            explaining=False,
        )
        super().__init__(watched, agents)
        self.calls, self.emails = calls, EMAILS * calls // CALLS
        self.jumped = 0.0
        self._plan: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    # The day

    def run(self) -> "Day":
        """Let everything happen, and hold that it was right."""
        self._prepare()
        while self._plan or self.here:
            if not self._plan:  # at night nothing happens but what is due
                deadline = self.dispatcher.next_deadline()
                assert deadline is not None, f"nobody will ever care for {sorted(self.here)}"
                self._wait_until((deadline - EIGHT).total_seconds() + 1)
                continue
            due, _, happen = heappop(self._plan)
            self._wait_until(due + self.jumped)
            happen()
        assert self.calls + self.emails == sum(self.done.values())
        return self

    def _prepare(self) -> None:
        length = _LENGTH * self.calls / CALLS
        for number, name in enumerate(self.agents):
            self._at(number, self._present, name, AgentStatus.AVAILABLE)
            lunch = self.chance.uniform(0.35, 0.5) * length
            self._at(lunch, self._present, name, AgentStatus.BREAK)
            self._at(lunch + 1_800, self._present, name, AgentStatus.AVAILABLE)
        for number in range(self.calls):
            self._at(self.chance.uniform(0, length), self._arrive, f"call-{number:04}", "voice")
        for number in range(self.emails):
            self._at(self.chance.uniform(0, length), self._arrive, f"mail-{number:04}", "email")
        for _ in range(2):
            self._at(self.chance.uniform(0, length), self._jump)
        for _ in range(5):
            self._at(self.chance.uniform(60, length), self._tell_of_the_past)
        for _ in range(60):
            self._at(self.chance.uniform(60, length), self._order)

    def _at(self, due: float, happen: Callable[..., None], *about: Any) -> None:
        heappush(self._plan, (due, next(self._numbers), lambda: happen(*about)))

    def _after(self, seconds: float, happen: Callable[..., None], *about: Any) -> None:
        self._at(self.now - self.jumped + seconds, happen, *about)

    def _wait_until(self, due: float) -> None:
        """Time passes, with a call of `advance` at every deadline before the next event."""
        while (deadline := self.dispatcher.next_deadline()) is not None:
            seconds = (deadline - EIGHT).total_seconds()
            if seconds >= due:
                break
            self.now = max(self.now, seconds)
            self._follow(self.dispatcher.advance(at=self.instant()))
        self.now = max(self.now, due)

    def _follow(self, decision: RoutingDecision, *, gone: Offer | None = None) -> None:
        """Let the witness write it down, and plan what people do about it."""
        self.write(decision, gone=gone)
        for offer in decision.expired:
            self.count("nobody answers")
            self._after(self.chance.uniform(30, 200), self._present, offer.agent, AgentStatus.AVAILABLE)
        for offer in decision.offers:
            delay = self.chance.uniform(2, 12) if self.chance.random() > 0.04 else RING_FOR + 3
            self._after(delay, self._answer, offer)

    # What callers do

    def _arrive(self, name: str, channel: str) -> None:
        topic = self.chance.choice(_TOPICS) if channel == "voice" else ""
        priority = Priority.HIGH if self.chance.random() < 0.15 else Priority.NORMAL
        kind = CHANNELS.named(channel)
        item = WorkItem(id=name, channel=kind, queue="office", priority=priority, attributes={"topic": topic})
        self.here[name] = Call(item, self.now)
        decision = self.dispatcher.arrive(item, at=self.instant())
        assert [failure.rule for failure in decision.failures] == ["unreliable"] * (topic in {"boom", "nonsense"})
        self.count("a rule fails", len(decision.failures))
        self._follow(decision)
        if name in self.here and channel == "voice":
            self._after(self.chance.expovariate(1 / 400), self._lose_patience, name)
            if self.chance.random() < 0.1:
                self._after(self.chance.expovariate(1 / 60), self._ask_for_a_call, name)
        if name in self.here and self.chance.random() < 0.02:
            self.refused("arrives twice", RoutingError, lambda: self.dispatcher.arrive(item, at=self.instant()))

    def _lose_patience(self, name: str) -> None:
        call = self.here.get(name)
        if call is not None and not call.holder and not call.is_called_back:
            self.done_with(name, "abandoned")
            self._follow(self.dispatcher.cancel(name, at=self.instant()), gone=call.offer)

    def _ask_for_a_call(self, name: str) -> None:
        """Who waits hangs up, and is called in turn; the round begins anew."""
        call = self.here.get(name)
        if call is not None and not call.holder:
            self.count("is called back")
            call.is_called_back = True
            agreed = Callback.in_turn(attempts=2, spacing=timedelta(seconds=_SPACING))
            self._anew(call, self.dispatcher.request_callback(name, agreed, at=self.instant()))

    def _anew(self, call: Call, decision: RoutingDecision) -> None:
        """What waits goes on as another one; what was declined is declined still."""
        gone, call.offer, call.is_given = call.offer, None, False
        self._follow(decision, gone=gone)

    # What agents do

    def _answer(self, offer: Offer) -> None:
        call = self.here.get(offer.item)
        if call is None or call.offer != offer:
            if self.chance.random() < 0.5:
                accept = lambda: self.dispatcher.accept(offer, at=self.instant())  # noqa: E731 - said once
                self.refused("late answer", StaleOffer, accept)
        elif self.chance.random() < 0.05:
            call.offer, call.is_given = None, False
            call.decline(offer.agent, self.now)
            self._follow(self.dispatcher.decline(offer, at=self.instant()))
        else:
            self._accept(call, offer)

    def _accept(self, call: Call, offer: Offer) -> None:
        call.offer, call.holder, call.talk, call.is_given = None, offer.agent, call.talk + 1, False
        if call.is_live and not call.is_called_back:
            self.longest_wait = max(self.longest_wait, self.now - call.entered)
        self._follow(self.dispatcher.accept(offer, at=self.instant()))
        ends = self.chance.choices([self._complete, self._drop, self._pass_on], [96, 2, 2])[0]
        if call.is_called_back and self.chance.random() < 0.4:
            ends = self._nobody_there
        self._after(self.chance.lognormvariate(5.2, 0.7), ends, offer.item, call.talk)
        if self.chance.random() < 0.02:
            again = lambda: self.dispatcher.accept(offer, at=self.instant())  # noqa: E731 - said once
            self.refused("accepted twice", StaleOffer, again)

    def _complete(self, name: str, talk: int) -> None:
        call = self._in_hand(name, talk)
        if call is None:
            return
        if self._is_suspended(call):
            self._after(30, self._complete, name, talk)
            return
        self.done_with(name, "completed")
        self._follow(self.dispatcher.complete(name, at=self.instant()))
        if self.chance.random() < 0.02:
            again = lambda: self.dispatcher.complete(name, at=self.instant())  # noqa: E731 - said once
            self.refused("completed twice", RoutingError, again)

    def _nobody_there(self, name: str, talk: int) -> None:
        """The office has called in vain: later again, or not any more."""
        call = self._in_hand(name, talk)
        if call is not None:
            self.count("is not reached")
            call.attempts += 1
            call.holder = ""
            call.not_before = opening(self.now, _SPACING)
            self._follow(self.dispatcher.callback_unanswered(name, at=self.instant()))

    def _drop(self, name: str, talk: int) -> None:
        """The agent's line is gone in mid-call: told as one event, or as two."""
        call = self._in_hand(name, talk)
        if call is None or self._is_suspended(call):
            return self._complete(name, talk)
        self.count("agent drops in mid-call")
        agent = call.holder
        if self.chance.random() < 0.5:
            for each in self.here.values():
                if each.holder == agent:
                    each.holder = ""
            self._follow(self.dispatcher.disconnect(agent, at=self.instant()))
        else:
            self._follow(self.dispatcher.sign_out(agent, at=self.instant()))
            call.holder = ""
            call.decline(agent, self.now)
            self._follow(self.dispatcher.requeue(name, at=self.instant()))
        self._after(self.chance.uniform(60, 300), self._present, agent, AgentStatus.AVAILABLE)
        if call.is_live:
            self._after(self.chance.expovariate(1 / 400), self._lose_patience, name)
        return None

    def _pass_on(self, name: str, talk: int) -> None:
        """An agent sends a call on without waiting: to a colleague who is free, or back to its queue."""
        call = self._in_hand(name, talk)
        if call is None or self._is_suspended(call):
            return self._complete(name, talk)
        self.count("is transferred")
        giver, call.holder = call.holder, ""
        call.decline(giver, self.now)
        free = [each for each in self.agents if each != giver and self._may_be_given(call, each)]
        if free:
            decision = self.dispatcher.transfer(name, to_agent=self.chance.choice(free), at=self.instant())
            self._given(call, decision)
        else:
            self._follow(self.dispatcher.transfer(name, to_queue="office", at=self.instant()))
        if call.is_live:
            self._after(self.chance.expovariate(1 / 400), self._lose_patience, name)
        return None

    def _present(self, agent: str, status: AgentStatus) -> None:
        is_new = self.dispatcher.agent_state(agent).status is not AgentStatus.AVAILABLE
        if is_new and status is AgentStatus.AVAILABLE:  # who comes back is asked anew
            for call in self.here.values():
                call.declined.pop(agent, None)
        self._follow(self.dispatcher.set_status(agent, status, at=self.instant()))

    def _in_hand(self, name: str, talk: int) -> Call | None:
        """A piece of work, if the conversation of this number still goes on."""
        call = self.here.get(name)
        return call if call is not None and call.holder and call.talk == talk else None

    def _is_suspended(self, call: Call) -> bool:
        assignment = self.dispatcher.agent_state(call.holder).assignment(call.item.id)
        return assignment is not None and assignment.state is AssignmentState.SUSPENDED

    # What others do

    def _jump(self) -> None:
        """The clock jumps: all that comes is later by some minutes, and all that is due in between is due at once."""
        self.count("clock jumps forward")
        jump = self.chance.uniform(60, 900)
        self.jumped += jump
        self.now += jump
        self._follow(self.dispatcher.advance(at=self.instant()))

    def _tell_of_the_past(self) -> None:
        self._follow(self.dispatcher.advance(at=self.instant()))
        before = self.instant().subtract(seconds=30)
        self.refused("told of the past", TimeWentBack, lambda: self.dispatcher.advance(at=before))

    def _order(self) -> None:
        """A supervisor puts somebody first who waits, or gives the call to an agent who is free."""
        waiting = [name for name, call in self.here.items() if not call.holder and call.is_due(self.now)]
        if not waiting:
            return
        self.count("a supervisor orders")
        name = self.chance.choice(waiting)
        call = self.here[name]
        free = [each for each in self.agents if self._may_be_given(call, each)]
        if not free:
            call.item = attrs.evolve(call.item, priority=Priority.HIGH)
            decision = self.dispatcher.change_priority(name, Priority.HIGH, at=self.instant(), **_ORDER)
            self._anew(call, decision)
        else:
            agent = self.chance.choice(free)
            gone, call.offer, call.is_given = call.offer, None, True
            decision = self.dispatcher.assign(name, agent, at=self.instant(), **_ORDER)
            if gone is not None:
                assert gone in decision.revoked
            self._given(call, decision)
        [order] = decision.supervisor_actions
        assert (order.by, order.subject) == ("sara", name)

    def _given(self, call: Call, decision: RoutingDecision) -> None:
        """The new offer of what was given is not taken back with the old one."""
        self._follow(decision)
        call.is_given = call.offer is not None

    def _may_be_given(self, call: Call, agent: str) -> bool:
        agent_state = self.dispatcher.agent_state(agent)
        rings_there = call.offer is not None and call.offer.agent == agent
        return agent_state.status is AgentStatus.AVAILABLE and agent_state.room[0] >= 1 and not rings_there


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    faults: dict[str, int] = {}
    done: dict[str, int] = {}
    calls = events = 0
    longest = overtaking = 0.0
    for seed in range(given.first, given.first + given.seeds):
        day = Day(seed).run()
        calls, events = calls + day.calls, events + day.events
        longest, overtaking = max(longest, day.longest_wait), max(overtaking, day.worst_overtaking)
        for counted, that in ((faults, day.faults), (done, day.done)):
            for what, times in that.items():
                counted[what] = counted.get(what, 0) + times
        days = seed - given.first + 1
        if days % 10 == 0 or days == given.seeds:
            print(f"{days} days, {calls} calls, {events} events, all right; {done}; faults: {faults}")  # noqa: T201
            print(f"longest wait {longest:.0f} s, worst overtaking {overtaking:.1f} s", flush=True)  # noqa: T201


if __name__ == "__main__":
    _main()
