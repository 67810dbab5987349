"""A dispatcher that looks at everybody, every time: slow, short, and the oracle of the fast one."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import attrs

from ticontact.priority import Priority
from ticontact.routing import Agent, Requirement, WorkItem, any_agent, exclude, prefer, require, require_language

__all__ = ["HEAD_START", "Model", "Wish", "Work", "Worker"]

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
    declined: set[str] = attrs.field(factory=set)
    kept_for: str = ""
    skipped: float = 0
    expires: float = 0
    rings: str = ""

    def key(self) -> tuple[bool, float, float, str]:
        """Its place: live before deferred, then by credited entry."""
        credit = HEAD_START.get(self.item.priority, timedelta(0)).total_seconds()
        return (not self.item.channel.synchronous, self.entered - credit, self.entered, self.item.id)


@attrs.define
class Worker:
    """One agent in the model."""

    agent: Agent
    present: str = "offline"
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

    def __init__(self, agents: Iterable[Agent], *, ring_for: float) -> None:
        self.ring_for = ring_for
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
            worker.idle_since = self.now
        else:
            for work in list(self.works.values()):
                if work.rings == agent:
                    self._refused(work, agent)
        self._released(worker)
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
        self.settle()

    def decline(self, item: str) -> None:
        """Whoever is rung does not take it."""
        work = self.works[item]
        self._refused(work, work.rings)
        self.settle()

    def complete(self, item: str) -> None:
        """It is over; the wrap-up begins."""
        work = self.works.pop(item)
        self._wrap_up(self.workers[work.at], item)
        self.settle()

    def requeue(self, item: str) -> None:
        """Whoever has it gives it back."""
        work = self.works[item]
        agent, work.at, work.state, work.skipped = work.at, "", "waiting", 0
        self._wrap_up(self.workers[agent], item)
        work.declined = {agent}
        self._keep(work)
        self.settle()

    def disconnect(self, agent: str) -> None:
        """The line of an agent is gone: what was in hand goes back to its place, and a wrap-up is over."""
        worker = self.workers[agent]
        worker.present = "offline"
        for work in list(self.works.values()):
            if work.rings == agent:
                self._refused(work, agent)
        for item, what in list(worker.hands.items()):
            del worker.hands[item]
            if what == "wrap_up":
                del worker.wraps[item]
                worker.idle_since = self.now
            else:
                self._anew(self.works[item])
        self._released(worker)
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
        for worker in self.workers.values():
            yield from worker.wraps.values()

    def _fire(self) -> None:
        """Everything due at this instant; things due together do not depend on one another's order."""
        for worker in self.workers.values():
            for item in [item for item, due in worker.wraps.items() if due == self.now]:
                del worker.wraps[item], worker.hands[item]
                worker.idle_since = self.now
        for work in list(self.works.values()):
            due = {work.entered + each for each in work.wish.times}
            if self.now in due and work.state in {"waiting", "offered"}:
                work.declined = set()
                if work.state == "waiting":
                    self._keep(work)
            if work.state == "offered" and work.expires == self.now:
                agent = work.rings
                self.workers[agent].present = "not_responding"
                self._refused(work, agent)
                self._release_holds(agent)
        self.settle()

    def _wrap_up(self, worker: Worker, item: str) -> None:
        length = worker.agent.wrap_up.length.total_seconds()
        if worker.agent.wrap_up.mode == "timed":
            worker.hands[item] = "wrap_up"
            worker.wraps[item] = self.now + length
        else:
            del worker.hands[item]
            worker.idle_since = self.now

    def _refused(self, work: Work, agent: str) -> None:
        del self.workers[agent].hands[work.item.id]
        work.rings, work.state = "", "waiting"
        work.declined.add(agent)
        self._keep(work)
        declined_here = any(self.workers[each].present == "available" for each in work.declined)
        if declined_here and self._is_unattended(work) and work.wish.relax_after > self._waited(work):
            work.skipped = work.wish.relax_after
            self._keep(work)

    def _is_unattended(self, work: Work) -> bool:
        return not any(each.present == "available" and self._may(work, each) for each in self.workers.values())

    def _anew(self, work: Work) -> None:
        work.at, work.rings, work.state, work.skipped, work.declined = "", "", "waiting", 0, set()
        self._keep(work)

    def _ring(self, work: Work, worker: Worker) -> None:
        work.state, work.rings, work.expires = "offered", worker.agent.id, self.now + self.ring_for
        worker.hands[work.item.id] = "offered"
        worker.wraps.pop(work.item.id, None)  # what was left of the same work is over

    def _released(self, worker: Worker) -> None:
        """Who may be asked has changed: nothing is kept for the absent, and what was refused is asked anew."""
        self._release_holds(worker.agent.id)
        for work in self.works.values():
            if work.state == "waiting" and (work.declined or work.kept_for) and self._fits(work, worker):
                work.declined = set()
                self._keep(work)

    def _release_holds(self, agent: str) -> None:
        for work in self.works.values():
            if work.state == "waiting" and work.kept_for == agent:
                self._keep(work)

    def _keep(self, work: Work) -> None:
        work.kept_for = ""
        owner = self.workers.get(work.wish.owner)
        if owner is not None and self._waited(work) < work.wish.hold and owner.present == "available":
            work.kept_for = owner.agent.id if self._may(work, owner) else ""

    def _waited(self, work: Work) -> float:
        return max(self.now - work.entered, work.skipped)

    def _fits(self, work: Work, worker: Worker) -> bool:
        return attrs.evolve(work.wish, never="").fits(worker.agent, self._waited(work))

    def _may(self, work: Work, worker: Worker) -> bool:
        return (
            work.wish.fits(worker.agent, self._waited(work))
            and worker.agent.id not in work.declined
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
        return sorted(free, key=lambda each: (each.agent.id != work.wish.owner, each.idle_since, each.agent.id))

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
