"""The dispatcher against a model that looks at everybody, through random days with snapshots in between."""

import json
from datetime import timedelta
from typing import Any

import attrs
from engine_room import forget_what_is_gone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from routing_model import HEAD_START, Model, Wish

from ticontact.contacts import CHANNELS
from ticontact.priority import Priority
from ticontact.routing import Agent, AgentStatus, AssignmentState, Dispatcher, Offer, WorkItem, WrapUp
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
NAMES = ["anna", "bruno", "carla", "dario"]
RING_FOR = 19.7  # so that no chain of misses ends just when a decline does
MISSES_ALLOWED = 2
ORDER: dict[str, str] = {"by": "sara", "because": "a drill"}

AGENTS = st.lists(
    st.builds(
        Agent,
        id=st.sampled_from(NAMES),
        skills=st.dictionaries(st.sampled_from("ab"), st.integers(1, 3)),
        languages=st.lists(st.sampled_from(["it", "de"]), unique=True),
        capacity=st.integers(1, 3),
        limits=st.sampled_from([{}, {"voice": 1}, {"email": 0}]),
        wrap_up=st.sampled_from([WrapUp(), WrapUp.timed(timedelta(seconds=7))]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda agent: agent.id,
)
WISHES = st.builds(
    Wish,
    skill=st.sampled_from(["", "a", "b"]),
    level=st.integers(1, 3),
    language=st.sampled_from(["", "", "it"]),
    never=st.sampled_from(["", "", "anna"]),
    owner=st.sampled_from(["", "", "anna", "bruno"]),
    hold=st.sampled_from([0, 11]),
    relax_after=st.sampled_from([0, 31]),
    relax_level=st.integers(1, 2),
    or_if_absent=st.booleans(),
)


class Day(RuleBasedStateMachine):
    """Both are told the same; both must make the same offers.

    Every step is an odd while after the last one, so that no two things are due at one instant.
    """

    def __init__(self) -> None:
        super().__init__()
        self.offers: dict[str, Offer] = {}
        self.count = 0
        self.tick = 0

    @initialize(agents=AGENTS)
    def open_the_office(self, agents: list[Agent]) -> None:
        """Nobody is there yet."""
        self.agents = agents
        self.model = Model(agents, ring_for=RING_FOR, misses_allowed=MISSES_ALLOWED)
        self.dispatcher = self.fresh()

    def fresh(self) -> Dispatcher:
        """A dispatcher with this office's arguments."""
        return Dispatcher(
            agents=self.agents,
            head_start=HEAD_START,
            ring_for=timedelta(seconds=RING_FOR),
            misses_allowed=MISSES_ALLOWED,
        )

    @property
    def now(self) -> Any:
        """The model's instant, as the dispatcher sees it."""
        return NINE.add(microseconds=round(self.model.now * 1_000_000))

    def pass_time(self) -> None:
        """A step of time unlike all others, so that deadlines never meet."""
        self.tick += 1
        self.model.advance(1 / 64 + self.tick / 4096)
        self.take(self.dispatcher.advance(at=self.now))

    def take(self, decision: Any) -> None:
        """Remember the offers that are live."""
        for offer in (*decision.revoked, *decision.expired):
            if self.offers.get(offer.item) == offer:
                del self.offers[offer.item]
        gone = {*decision.revoked, *decision.expired}
        self.offers.update((offer.item, offer) for offer in decision.offers if offer not in gone)

    @rule(agent=st.sampled_from(NAMES), status=st.sampled_from(["available", "available", "break", "offline"]))
    def come_or_go(self, agent: str, status: str) -> None:
        """An agent comes, goes, or has a break."""
        if agent in self.model.workers:
            self.pass_time()
            self.model.sign(agent, status)
            self.take(self.dispatcher.set_status(agent, AgentStatus(status), at=self.now))

    @rule(
        wish=WISHES,
        channel=st.sampled_from(["voice", "email"]),
        priority=st.sampled_from([Priority.NORMAL, Priority.HIGH]),
        cost=st.integers(1, 2),
    )
    def arrive(self, wish: Wish, channel: str, priority: Priority, cost: int) -> None:
        """A piece of work comes in."""
        self.pass_time()
        self.count += 1
        item = WorkItem(
            id=f"c-{self.count:03}",
            channel=CHANNELS.named(channel),
            requirement=wish.requirement,
            priority=priority,
            cost=cost,
            entered_at=self.now,
        )
        self.model.arrive(item, wish)
        self.take(self.dispatcher.arrive(item, at=self.now))

    @precondition(lambda self: self.offers)
    @rule(data=st.data(), taken=st.sampled_from([True, True, False]))
    def answer(self, data: st.DataObject, taken: bool) -> None:  # noqa: FBT001 - Hypothesis calls by keyword
        """Somebody who is rung answers."""
        self.pass_time()
        if not self.offers:
            return
        offer = self.offers.pop(data.draw(st.sampled_from(sorted(self.offers))))
        if taken:
            self.model.accept(offer.item)
            self.take(self.dispatcher.accept(offer, at=self.now))
        else:
            self.model.decline(offer.item)
            self.take(self.dispatcher.decline(offer, at=self.now))

    @precondition(lambda self: any(work.at for work in self.model.works.values()))
    @rule(data=st.data(), verb=st.sampled_from(["complete", "requeue"]))
    def end(self, data: st.DataObject, verb: str) -> None:
        """A conversation ends, or goes back to the queue."""
        item = data.draw(st.sampled_from(sorted(name for name, work in self.model.works.items() if work.at)))
        self.pass_time()
        getattr(self.model, verb)(item)
        self.take(getattr(self.dispatcher, verb)(item, at=self.now))

    @precondition(lambda self: any(work.at for work in self.model.works.values()))
    @rule(data=st.data())
    def transfer(self, data: st.DataObject) -> None:
        """Somebody sends on what is in hand, to a colleague who has room, whatever it asks."""
        self.pass_time()
        able = [
            (name, worker.agent.id)
            for name, work in self.model.works.items()
            for worker in self.model.workers.values()
            if work.at
            and worker.present == "available"
            and name not in worker.hands
            and worker.has_room(work.item, self.model.items)
        ]
        if able:
            item, agent = data.draw(st.sampled_from(sorted(able)))
            self.model.transfer(item, agent)
            self.take(self.dispatcher.transfer(item, to_agent=agent, at=self.now))

    @precondition(lambda self: self.model.works)
    @rule(data=st.data())
    def hang_up(self, data: st.DataObject) -> None:
        """A citizen hangs up, wherever the call is."""
        item = data.draw(st.sampled_from(sorted(self.model.works)))
        self.pass_time()
        self.model.cancel(item)
        self.offers.pop(item, None)
        self.take(self.dispatcher.cancel(item, at=self.now))

    @rule(agent=st.sampled_from(NAMES))
    def disconnect(self, agent: str) -> None:
        """The line of an agent is gone, in the middle of whatever it was."""
        if agent in self.model.workers:
            self.pass_time()
            self.model.disconnect(agent)
            decision = self.dispatcher.disconnect(agent, at=self.now)
            self.take(decision)

    @precondition(lambda self: any(not work.at for work in self.model.works.values()))
    @rule(data=st.data(), priority=st.sampled_from([Priority.NORMAL, Priority.HIGH]))
    def change_priority(self, data: st.DataObject, priority: Priority) -> None:
        """A supervisor changes the priority of what waits."""
        item = data.draw(st.sampled_from(sorted(name for name, work in self.model.works.items() if not work.at)))
        self.pass_time()
        self.model.change_priority(attrs.evolve(self.model.works[item].item, priority=priority))
        self.take(self.dispatcher.change_priority(item, priority, at=self.now, **ORDER))

    @precondition(lambda self: any(not work.at for work in self.model.works.values()))
    @rule(data=st.data())
    def assign(self, data: st.DataObject) -> None:
        """A supervisor gives what waits to somebody who has room, whatever it asks."""
        self.pass_time()
        able = [
            (name, worker.agent.id)
            for name, work in self.model.works.items()
            for worker in self.model.workers.values()
            if not work.at
            and worker.present == "available"
            and work.rings != worker.agent.id
            and worker.has_room(work.item, self.model.items)
        ]
        if able:
            item, agent = data.draw(st.sampled_from(sorted(able)))
            self.model.assign(item, agent)
            self.take(self.dispatcher.assign(item, agent, at=self.now, **ORDER))

    @rule(seconds=st.sampled_from([1, 5, 19, 20, 33, 61, 1_801]))
    def wait(self, seconds: int) -> None:
        """Nothing but time passes."""
        self.model.advance(seconds)
        self.take(self.dispatcher.advance(at=self.now))

    @rule()
    def save_and_restore(self) -> None:
        """The process is started anew from a snapshot that went through JSON."""
        data = json.loads(json.dumps(self.dispatcher.snapshot()))
        self.dispatcher = self.fresh()
        self.dispatcher.restore(data)

        assert self.dispatcher.snapshot() == data

    @rule()
    def forget(self) -> None:
        """Everything is forgotten that nothing asks any longer, as happens once it is much."""
        forget_what_is_gone(self.dispatcher)
        self.take(self.dispatcher.advance(at=self.now))

    @invariant()
    def both_ring_at_the_same_agents(self) -> None:
        """The index chooses as the full scan does."""
        if hasattr(self, "model"):
            expected = {name: work.rings for name, work in self.model.works.items() if work.rings}

            assert expected == {offer.item: offer.agent for offer in self.offers.values()}

    @invariant()
    def a_timer_runs_for_whoever_has_declined(self) -> None:
        """No work waits for ever beside an idle agent who could take it."""
        for work in self.model.works.values() if hasattr(self, "model") else ():
            for name in self.model.beside(work) if work.state == "waiting" else ():
                due = self.dispatcher.next_deadline()

                assert due is not None
                assert due <= NINE.add(microseconds=round(work.declined[name] * 1_000_000))

    @invariant()
    def both_have_the_same_in_hand(self) -> None:
        """Everything in hand, in the same phase."""
        for worker in self.model.workers.values() if hasattr(self, "model") else ():
            agent_state = self.dispatcher.agent_state(worker.agent.id)

            assert worker.hands == {each.item: each.state.value for each in agent_state.assignments}
            assert (worker.present, worker.misses) == (agent_state.status.value, agent_state.misses)

    @invariant()
    def same_line(self) -> None:
        """What waits is served in the same order."""
        if hasattr(self, "model"):
            expected = [work.item.id for work in sorted(self.model.works.values(), key=lambda work: work.key())]

            assert tuple(each for each in expected if not self.model.works[each].at) == self.dispatcher.waiting()

    @invariant()
    def capacity_is_never_exceeded(self) -> None:
        """Neither in all nor for a channel; ringing counts."""
        for agent in self.agents if hasattr(self, "agents") else ():
            agent_state = self.dispatcher.agent_state(agent.id)

            assert agent_state.room[0] >= 0
            assert all(left >= 0 for _, left in agent_state.room[1])

    @invariant()
    def nobody_rings_twice_for_one_item(self) -> None:
        """At most one live offer for each piece of work."""
        if hasattr(self, "agents"):
            ringing = [
                assignment.item
                for agent in self.agents
                for assignment in self.dispatcher.agent_state(agent.id).assignments
                if assignment.state is AssignmentState.OFFERED
            ]

            assert len(set(ringing)) == len(ringing)


Day.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestDay = Day.TestCase
