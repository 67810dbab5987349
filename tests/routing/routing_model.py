"""A dispatcher that looks at everybody, every time: slow, short, and the oracle of the fast one."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import attrs

from ticontact.priority import Priority
from ticontact.routing import Agent, Requirement, WorkItem, any_agent, exclude, prefer, require, require_language

__all__ = ["AGAIN", "HEAD_START", "Model", "Wish", "Work", "Worker"]

AGAIN = {True: 60.0, False: 1_800.0}
"""How long a decline stands, in seconds: of live work, and of other work."""

HEAD_START = {Priority.NORMAL: timedelta(0), Priority.HIGH: timedelta(seconds=90)}


@attrs.frozen
class Wish:
    """What a piece of work asks, in the model's own terms."""

    skill: str = ""
    level: int = 1
    language: str = ""
    never: str = ""
    owner: str = ""
    hold: int = 0
    relax_after: int = 0
    relax_level: int = 1
    or_if_absent: bool = False

    @property
    def requirement(self) -> Requirement:
        """The same in the dispatcher's terms."""
        wish = require(self.skill, level=self.level) if self.skill else any_agent
        wish = wish & require_language(self.language) if self.language else wish
        if self.relax_after:
            after = timedelta(seconds=self.relax_after)
            to = require(self.skill or "a", level=self.relax_level)
            wish = wish.relax(after=after, to=to, or_if_absent=self.or_if_absent)
        wish = wish & exclude([self.never]) if self.never else wish
        return wish & prefer(self.owner, reserve_for=timedelta(seconds=self.hold)) if self.owner else wish

    @property
    def times(self) -> list[int]:
        """The waiting times after which something changes."""
        hold = self.hold if self.owner else 0
        return [each for each in (self.relax_after, hold) if each]

    def fits(self, agent: Agent, waited: float) -> bool:
        """Whether an agent may take it after some seconds of waiting, as far as skills go."""
        first = (not self.skill or agent.skills.get(self.skill, 0) >= self.level) and (
            not self.language or self.language in agent.languages
        )
        later = bool(self.relax_after) and waited >= self.relax_after
        relaxed = later and agent.skills.get(self.skill or "a", 0) >= self.relax_level
        return (first or relaxed) and agent.id != self.never


@attrs.define
class Work:
    """One search in the model."""

    item: WorkItem
    wish: Wish
    entered: float
    state: str = "waiting"
    at: str = ""
    asked: list[str] = attrs.field(factory=list)
    declined: dict[str, float] = attrs.field(factory=dict)
    kept_for: str = ""
    skipped: float = 0
    expires: float = 0
    rings: str = ""

    def stands(self, agent: str, now: float) -> bool:
        """Whether an agent has declined it, and is not to be asked yet."""
        return self.declined.get(agent, 0) > now

    def ask_later(self, agent: str) -> None:
        """An agent has not taken it, and comes after all others from now on."""
        self.asked = [*(each for each in self.asked if each != agent), agent]

    def place(self, agent: str) -> int:
        """The place of an agent among those to be asked: who was not asked yet, and then who was asked longest ago."""
        return self.asked.index(agent) + 1 if agent in self.asked else 0

    def key(self) -> tuple[bool, float, float, str]:
        """Its place: live before deferred, then by credited entry."""
        credit = HEAD_START.get(self.item.priority, timedelta(0)).total_seconds()
        return (not self.item.channel.synchronous, self.entered - credit, self.entered, self.item.id)


@attrs.define
class Worker:
    """One agent in the model."""

    agent: Agent
    present: str = "offline"
    misses: int = 0
    idle_since: float = 0
    hands: dict[str, str] = attrs.field(factory=dict)
    wraps: dict[str, float] = attrs.field(factory=dict)

    def has_room(self, item: WorkItem, all_items: Mapping[str, WorkItem]) -> bool:
        """Whether one more piece of work fits."""
        used = sum(all_items[each].cost for each in self.hands)
        same = sum(all_items[each].channel.name == item.channel.name for each in self.hands)
        limit = self.agent.limits.get(item.channel.name)
        return used + item.cost <= self.agent.capacity and (limit is None or same < limit)


class Model:
    """The naive dispatcher. Instants are seconds since its beginning. It is mutable."""

    def __init__(self, agents: Iterable[Agent], *, ring_for: float, misses_allowed: int) -> None:
        self.ring_for = ring_for
        self.misses_allowed = misses_allowed
        self.now = 0.0
        self.workers = {agent.id: Worker(agent) for agent in agents}
        self.works: dict[str, Work] = {}
        self.items: dict[str, WorkItem] = {}

    # What happens

    def sign(self, agent: str, status: str) -> None:
        """An agent comes, goes, or has a break."""
        worker = self.workers[agent]
        if worker.present == status:
            return
        worker.present = status
        if status == "available":
            worker.idle_since, worker.misses = self.now, 0
            self._ask_anew(agent)
        else:
            self._stop_ringing(agent)
            self._gone(agent)
        self.settle()

    def arrive(self, item: WorkItem, wish: Wish) -> None:
        """A piece of work comes in."""
        self.items[item.id] = item
        work = self.works[item.id] = Work(item, wish, self.now)
        self._keep(work)
        self.settle()

    def accept(self, item: str) -> None:
        """Whoever is rung takes it."""
        work = self.works[item]
        work.state, work.at, work.rings = "active", work.rings, ""
        self.workers[work.at].hands[item] = "active"
        self.workers[work.at].misses = 0
        self.settle()

    def decline(self, item: str) -> None:
        """Whoever is rung does not take it."""
        work = self.works[item]
        self._decline(work, work.rings)
        self._stopped(work, work.rings)
        self.settle()

    def complete(self, item: str) -> None:
        """It is over; the wrap-up begins."""
        work = self.works.pop(item)
        self._wrap_up(self.workers[work.at], item)
        self.settle()

    def requeue(self, item: str) -> None:
        """Whoever has it gives it back, which is a decline."""
        self._give_back(self.works[item])
        self.settle()

    def transfer(self, item: str, agent: str) -> None:
        """Whoever has it sends it on to an agent, where it rings."""
        self._give_back(self.works[item])
        self._ring(self.works[item], self.workers[agent])
        self.settle()

    def disconnect(self, agent: str) -> None:
        """The line of an agent is gone: what was in hand goes back to its place, and a wrap-up is over."""
        worker = self.workers[agent]
        worker.present = "offline"
        self._stop_ringing(agent)
        for item, what in list(worker.hands.items()):
            del worker.hands[item]
            if what == "wrap_up":
                del worker.wraps[item]
                worker.idle_since = self.now
            else:
                self._anew(self.works[item])
        self._gone(agent)
        self.settle()

    def change_priority(self, item: WorkItem) -> None:
        """What waits or rings goes on with another priority, and is asked anew of everybody."""
        self.items[item.id] = item
        work = self.works[item.id]
        if work.rings:
            del self.workers[work.rings].hands[item.id]
        work.item = item
        self._anew(work)
        self.settle()

    def assign(self, item: str, agent: str) -> None:
        """What waits, or rings at others, rings at one agent now."""
        work = self.works[item]
        if work.rings:
            del self.workers[work.rings].hands[item]
        self._ring(work, self.workers[agent])
        self.settle()

    def cancel(self, item: str) -> None:
        """The citizen is gone."""
        work = self.works[item]
        if work.at:
            self.complete(item)
            return
        if work.rings:
            del self.workers[work.rings].hands[item]
        del self.works[item]
        self.settle()

    def advance(self, seconds: float) -> None:
        """Time passes, from one thing that is due to the next."""
        end = self.now + seconds
        while (due := min((each for each in self._deadlines() if each > self.now), default=end + 1)) <= end:
            self.now = due
            self._fire()
        self.now = end

    # What follows

    def _deadlines(self) -> Iterable[float]:
        for work in self.works.values():
            if work.state == "offered":
                yield work.expires
            if work.state in {"waiting", "offered"}:
                yield from (work.entered + each for each in work.wish.times)
                yield from work.declined.values()
        for worker in self.workers.values():
            yield from worker.wraps.values()

    def _fire(self) -> None:
        """Everything due at this instant; things due together do not depend on one another's order."""
        for worker in self.workers.values():
            for item in [item for item, due in worker.wraps.items() if due == self.now]:
                del worker.wraps[item], worker.hands[item]
                worker.idle_since = self.now
        for work in list(self.works.values()):
            due = {*(work.entered + each for each in work.wish.times), *work.declined.values()}
            if self.now in due and work.state == "waiting":
                self._keep(work)
            if work.state == "offered" and work.expires == self.now:
                self._missed(work, self.workers[work.rings])
        self.settle()

    def _missed(self, work: Work, worker: Worker) -> None:
        worker.misses += 1
        work.ask_later(worker.agent.id)
        if worker.misses >= self.misses_allowed:
            worker.present = "not_responding"
        self._stopped(work, worker.agent.id)
        if worker.present == "not_responding":
            self._gone(worker.agent.id)

    def _wrap_up(self, worker: Worker, item: str) -> None:
        length = worker.agent.wrap_up.length.total_seconds()
        if worker.agent.wrap_up.mode == "timed":
            worker.hands[item] = "wrap_up"
            worker.wraps[item] = self.now + length
        else:
            del worker.hands[item]
            worker.idle_since = self.now

    def _decline(self, work: Work, agent: str) -> None:
        work.declined[agent] = self.now + AGAIN[work.item.channel.synchronous]
        work.ask_later(agent)

    def _give_back(self, work: Work) -> None:
        agent, work.at, work.state, work.skipped = work.at, "", "waiting", 0
        self._wrap_up(self.workers[agent], work.item.id)
        self._decline(work, agent)
        self._keep(work)

    def _stop_ringing(self, agent: str) -> None:
        for work in list(self.works.values()):
            if work.rings == agent:
                self._stopped(work, agent)

    def _stopped(self, work: Work, agent: str) -> None:
        del self.workers[agent].hands[work.item.id]
        work.rings, work.state = "", "waiting"
        self._keep(work)
        self._move_on(work)

    def _move_on(self, work: Work) -> None:
        """The next step comes at once where nobody is left to ask but who has declined."""
        declined_here = any(
            self.workers[each].present == "available" for each in work.declined if work.stands(each, self.now)
        )
        if declined_here and self._is_unattended(work) and work.wish.relax_after > self._waited(work):
            work.skipped = work.wish.relax_after
            self._keep(work)

    def _is_unattended(self, work: Work) -> bool:
        return not any(each.present == "available" and self._may(work, each) for each in self.workers.values())

    def _anew(self, work: Work) -> None:
        work.at, work.rings, work.state, work.skipped = "", "", "waiting", 0
        self._keep(work)

    def _ring(self, work: Work, worker: Worker) -> None:
        work.state, work.rings, work.expires = "offered", worker.agent.id, self.now + self.ring_for
        worker.hands[work.item.id] = "offered"
        worker.wraps.pop(work.item.id, None)  # what was left of the same work is over

    def _ask_anew(self, agent: str) -> None:
        """Who comes back is asked as if nothing had been."""
        for work in self.works.values():
            if agent in work.asked:
                work.asked.remove(agent)
                work.declined.pop(agent, None)
                if work.state == "waiting":
                    self._keep(work)

    def _gone(self, agent: str) -> None:
        """Nothing is kept for the absent, and nobody waits for them."""
        self._release_holds(agent)
        for work in self.works.values():
            if work.state == "waiting":
                self._move_on(work)

    def _release_holds(self, agent: str) -> None:
        for work in self.works.values():
            if work.state == "waiting" and work.kept_for == agent:
                self._keep(work)

    def _keep(self, work: Work) -> None:
        work.kept_for = ""
        owner = self.workers.get(work.wish.owner)
        if owner is not None and owner.agent.id in work.declined:  # a decline ends it, also one that is over
            return
        if owner is not None and self._waited(work) < work.wish.hold and owner.present == "available":
            work.kept_for = owner.agent.id if self._may(work, owner) else ""

    def _waited(self, work: Work) -> float:
        return max(self.now - work.entered, work.skipped)

    def _may(self, work: Work, worker: Worker) -> bool:
        return (
            work.wish.fits(worker.agent, self._waited(work))
            and not work.stands(worker.agent.id, self.now)
            and work.kept_for in ("", worker.agent.id)
            and worker.agent.limits.get(work.item.channel.name) != 0
        )

    def free_for(self, work: Work) -> list[Worker]:
        """Everybody who may take a piece of work and is free for it, the best first."""
        free = [
            worker
            for worker in self.workers.values()
            if worker.present == "available" and self._may(work, worker) and worker.has_room(work.item, self.items)
        ]
        return sorted(free, key=lambda each: self._rank(work, each))

    def _rank(self, work: Work, worker: Worker) -> tuple[int, bool, float, str]:
        name = worker.agent.id
        return work.place(name), name != work.wish.owner, worker.idle_since, name

    def beside(self, work: Work) -> list[str]:
        """Who could take what waits, but for a decline that stands: a timer must run for each of them."""
        return [
            worker.agent.id
            for worker in self.workers.values()
            if work.stands(worker.agent.id, self.now)
            and worker.present == "available"
            and work.wish.fits(worker.agent, self._waited(work))
            and worker.has_room(work.item, self.items)
        ]

    def settle(self) -> None:
        """All that waits, in its order, to the best of all who are free; what need not wait for the absent does not."""
        for work in self.works.values():
            is_next = work.wish.or_if_absent and work.wish.relax_after > self._waited(work)
            if work.state == "waiting" and is_next and self._is_unattended(work):
                work.skipped = work.wish.relax_after
                self._keep(work)
        for work in sorted(self.works.values(), key=Work.key):
            if work.state == "waiting" and (free := self.free_for(work)):
                self._ring(work, free[0])
