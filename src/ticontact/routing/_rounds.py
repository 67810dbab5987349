"""The rounds of offers: what waits, what rings, what goes on when somebody declines or nobody answers.

Theory of operation. All work is found by a `Search`: one for the agent who talks to the citizen, and one for each
consult. A search waits in the backlog, rings at one or more agents, or is held until its time comes. Every operation
notes which agents have become freer and which searches have come to the backlog; `Pairing.settle` then brings the two
together. What follows from an operation (offers, revocations, ...) is collected until the caller gets it as a
`Decision`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from ticontact._time import to_epoch
from ticontact.routing._agent import Agent
from ticontact.routing._asking import Asking, comes_early, is_attended, next_step
from ticontact.routing._backlog import Backlog
from ticontact.routing._clocks import ELAPSED, Clocks, microseconds
from ticontact.routing._effects import Effects
from ticontact.routing._floor import Floor
from ticontact.routing._item import WorkItem
from ticontact.routing._offer import Because, Diverted, Offer, Purpose
from ticontact.routing._overflow import overflows_at
from ticontact.routing._present import Present
from ticontact.routing._queue import Queue
from ticontact.routing._requirement import Requirement
from ticontact.routing._search import Job, Search
from ticontact.routing._standing import Phase, Presence, Standing
from ticontact.routing._terms import Terms
from ticontact.routing._timers import Timer, Timers

__all__ = ["Rounds"]


class Rounds:
    """The state of a dispatcher, and the rounds of offers. It is mutable.

    Args:
        agents: Who works here.
        queues: The queues, by name; a queue that is not among them has no limit and no fallback.
        terms: How it decides.
        zone: The zone of the instants that come out.
    """

    def __init__(self, agents: Iterable[Agent], queues: Mapping[str, Queue], terms: Terms, zone: str) -> None:
        self.terms = terms
        self.queues = queues
        self.floor: Floor = Floor(agents, terms.strategy)
        self.backlog: Backlog = Backlog()
        self.timers: Timers = Timers(self.matters)
        self.clocks: Clocks = Clocks(queues, zone)
        self.jobs: dict[str, Job] = {}
        self.lengths: Counter[str] = Counter()
        self.effects: Effects = Effects()
        self.drains: dict[str, int] = {}
        self.turns: int = 0
        self.freed: dict[str, None] = {}
        self.fresh: dict[Search, None] = {}
        self.choosy: dict[Search, None] = {}
        self.impatient: dict[Search, None] = {}
        self.now_asked: Present = Present(self.clocks, self.floor, terms)

    @property
    def now(self) -> int:
        """The instant of the last operation, in microseconds since the epoch."""
        return self.clocks.now

    def next_turn(self) -> int:
        """The number of the next offer, counted over all agents."""
        self.turns += 1
        return self.turns

    # Searches

    def begin(self, search: Search) -> None:
        """Start a search: it waits, or is held until its time has come."""
        for due in self.now_asked.review_times(search):
            if due <= self.now:  # a search that begins late (a consult, say) is past its first steps already
                continue
            self.timers.set(due, "review", search.item.id, about=search.purpose)
        self.review(search)

    def new_search(self, item: WorkItem, requirement: Requirement, *, entered: int, purpose: Purpose) -> Search:
        """A search that has not begun."""
        clock = ELAPSED if item.is_live else self.clocks.clock_of(item.queue)
        asking = Asking(item=item, requirement=requirement, condition=self.now_asked.one(requirement.condition))
        return Search(
            item=item,
            purpose=purpose,
            requirement=requirement,
            entered=entered,
            key=(0, 0, 0, item.id),
            clock=clock,
            asking=asking,
            state="held",
        )

    def review(self, search: Search) -> None:
        """Look anew at what a search asks: a step, a hold, a slot or a promotion is due, or its round is over."""
        if search.state == "ringing":
            search.asking = attrs.evolve(search.asking, declined=frozenset())
            return
        self.wait(search, declined=frozenset())

    def wait(self, search: Search, *, declined: frozenset[str]) -> None:
        """Let a search wait, asking what it asks now; one whose time has not come is held until then."""
        self.backlog.remove(search)
        if self.is_held(search):
            search.state = "held"
            self.fresh.pop(search, None)
            self.choosy.pop(search, None)
            self.impatient.pop(search, None)
            return
        search.state = "waiting"
        search.key = self.now_asked.key(search)
        search.asking = self.now_asked.asking(search, declined, round_number=self.jobs[search.item.id].epoch)
        self.go_past_the_absent(search)
        self.backlog.add(search)
        self.fresh[search] = None
        if declined or search.asking.kept_for:
            self.choosy[search] = None
        else:
            self.choosy.pop(search, None)

    def go_past_the_absent(self, search: Search) -> None:
        """Let the next steps come early that need not wait for people who are not there."""
        if search.asking.condition == search.requirement.condition:  # there are no steps
            return
        while (early := comes_early(search.asking, self.now_asked.waited(search))) is not None:
            if is_attended(search.asking, self.floor.standings.values()):
                self.impatient[search] = None
                return
            search.skipped = early
            declined, round_number = search.asking.declined, search.asking.round
            search.asking = self.now_asked.asking(search, declined, round_number=round_number)
        self.impatient.pop(search, None)

    def is_held(self, search: Search) -> bool:
        """Whether its time has not come: a slot is in the future, or a call-back is out of hours."""
        begins_at = search.item.begins_at
        if begins_at is not None and self.now < to_epoch(begins_at):
            return True
        queue = self.queues.get(search.item.queue)
        if search.item.call_back is None or search.purpose == "consult" or queue is None or queue.hours is None:
            return False
        at = self.clocks.at(self.now)
        is_open = queue.hours.is_open(at=at)
        turn = queue.hours.next_closing(at=at) if is_open else queue.hours.next_opening(at=at)
        if turn is not None:
            self.timers.set(to_epoch(turn), "review", search.item.id, about=search.purpose)
        return not is_open

    def end(self, search: Search) -> None:
        """End a search; whoever it rings at is freed."""
        self.backlog.remove(search)
        self.choosy.pop(search, None)
        self.impatient.pop(search, None)
        self.fresh.pop(search, None)
        self.revoke(search)
        search.state = "over"

    def revoke(self, search: Search, *, but: str = "") -> None:
        """Take the live offers of a search back, except one agent's."""
        for offer in search.offers:
            if offer.agent != but:
                self.release(offer.agent, offer.item)
                self.effects.revoked.append(offer)
        search.offers = tuple(offer for offer in search.offers if offer.agent == but)

    def refuse(self, search: Search, offer: Offer) -> None:
        """One agent does not take an offer: others of the round may, or the search goes on."""
        self.release(offer.agent, offer.item)
        search.offers = tuple(each for each in search.offers if each.agent != offer.agent)
        search.asking = attrs.evolve(search.asking, declined=search.asking.declined | {offer.agent})
        if not search.offers:
            self._go_on(search)

    def expire(self, search: Search) -> None:
        """Nobody has answered: whoever was rung has missed it, and the search goes on."""
        for offer in search.offers:
            self.effects.expired.append(offer)
            standing = self.floor.standings[offer.agent]
            missed = attrs.evolve(standing, misses=standing.misses + 1)
            if missed.misses >= self.terms.misses_allowed and missed.presence is Presence.AVAILABLE:
                missed = attrs.evolve(missed, presence=Presence.NOT_RESPONDING)
            self.floor.put(missed, at=self.now)
            self.refuse(search, offer)
            self.release_holds(offer.agent)

    def _go_on(self, search: Search) -> None:
        """Let a search wait again after a round; if nobody is left to ask, its next step comes at once, or it ends."""
        self.wait(search, declined=search.asking.declined)
        while search.state == "waiting" and self._is_exhausted(search):
            after = next_step(search.asking, self.now_asked.waited(search))
            if after is None:
                self._give_up(search)
                return
            search.skipped = after
            self.wait(search, declined=search.asking.declined)

    def _is_exhausted(self, search: Search) -> bool:
        standings = self.floor.standings
        is_declined = any(standings[agent].presence is Presence.AVAILABLE for agent in search.asking.declined)
        return is_declined and not is_attended(search.asking, standings.values())

    def _give_up(self, search: Search) -> None:
        job = self.jobs[search.item.id]
        if search.purpose == "consult":
            self.end(search)
            job.consult = None
            self.effects.returned.append(job.item.id)
            return
        queue = self.queues.get(search.item.queue)
        if queue is not None and queue.fallback:
            self.divert(job, queue.fallback, "all_declined")

    def divert(self, job: Job, to: str, because: Because) -> None:
        """Let a piece of work that waits leave for a fallback."""
        self.end(job.search)
        self.lengths[job.item.queue] -= 1
        del self.jobs[job.item.id]
        self.effects.diverted.append(Diverted(job.item.id, to, because))

    # Agents

    def release(self, agent_id: str, item_id: str) -> None:
        """Take a piece of work out of an agent's hands; nothing else about the agent changes."""
        self.change(self.floor.standings[agent_id].releasing(item_id, at=self.now))

    def free(self, agent_id: str, item_id: str) -> None:
        """The same, and the agent is idle from now on."""
        self.change(self.floor.standings[agent_id].freeing(item_id, at=self.now))

    def change(self, standing: Standing) -> None:
        """Remember how an agent stands who may have become freer."""
        self.floor.put(standing, at=self.now)
        self.freed[standing.agent.id] = None

    def wrap_up(self, agent_id: str, item_id: str, *, is_wanted: bool) -> None:
        """Let an agent end a conversation: the wrap-up begins, or the agent is idle at once.

        Args:
            agent_id: The agent.
            item_id: The work that ends.
            is_wanted: Whether the agent asks for a wrap-up where it is optional.
        """
        standing = self.floor.standings[agent_id]
        holding = standing.holding(item_id)
        if holding is None or holding.phase is Phase.SUSPENDED:
            self.release(agent_id, item_id)
            return
        mode = standing.agent.wrap_up
        done = standing.counting(holding, at=self.now)
        if mode.mode == "none" or (mode.mode == "optional" and not is_wanted):
            self.change(done.freeing(item_id, at=self.now))
            return
        self.floor.put(done.turning(item_id, Phase.WRAP_UP, at=self.now), at=self.now)
        if mode.mode != "manual":
            due = self.now + microseconds(mode.length)
            self.timers.set(due, "wrap_up", agent_id, mark=self.now, about=item_id)

    def end_rounds(self, standing: Standing) -> None:
        """The set of those who may take something has changed: what this agent may take is asked anew of everybody."""
        for search in list(self.choosy):
            if search.state == "waiting" and search.asking.condition.lacks(standing.agent.profile) is None:
                self.wait(search, declined=frozenset())

    def release_holds(self, agent_id: str) -> None:
        """Keep nothing any longer for an agent who is not there, and let no step wait for that agent."""
        for search in list(self.choosy):
            if search.asking.kept_for == agent_id:
                self.wait(search, declined=search.asking.declined)
        attended: dict[tuple[object, ...], bool] = {}
        for search in list(self.impatient):
            kind = _kind(search.asking)
            if kind not in attended:
                attended[kind] = is_attended(search.asking, self.floor.standings.values())
            if not attended[kind]:
                self.wait(search, declined=search.asking.declined)

    # Timers

    def matters(self, timer: Timer) -> bool:
        """Whether a timer still matters."""
        if timer.kind == "wrap_up":
            holding = self.floor.standings[timer.subject].holding(timer.about)
            return holding is not None and holding.phase is Phase.WRAP_UP and holding.since == timer.mark
        if timer.kind == "drain":
            return self._drains(timer)
        search = self.search_of(timer)
        if search is None or search.state == "over":
            return False
        if timer.kind == "overflow":
            return overflows_at(self.jobs[timer.subject], self.queues, self.clocks) == timer.mark
        if timer.kind == "window":
            call_back = search.item.call_back
            closes = call_back.closes if call_back is not None else None
            return closes is not None and to_epoch(closes) == timer.mark
        return timer.kind == "review" or (search.state == "ringing" and self.jobs[timer.subject].epoch == timer.mark)

    def _drains(self, timer: Timer) -> bool:
        """Whether the end of a drain lets go of anybody; who comes to an empty queue later sets a timer anew."""
        if self.drains.get(timer.subject) == timer.mark and not self.lengths[timer.subject]:
            del self.drains[timer.subject]
        return self.drains.get(timer.subject) == timer.mark

    def search_of(self, timer: Timer) -> Search | None:
        """The search that a timer is about; None if it is no more."""
        job = self.jobs.get(timer.subject)
        if job is None or timer.about == "contact":
            return job.search if job else None
        return job.consult.search if job.consult else None


def _kind(asking: Asking) -> tuple[object, ...]:
    """What decides whether anybody is there for a piece of work; many ask the same, and are looked at once."""
    return asking.condition, asking.requirement.never, asking.declined, asking.kept_for, asking.item.channel.name
