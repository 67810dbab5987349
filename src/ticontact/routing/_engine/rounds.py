"""The rounds of offers: what waits, what rings, what goes on when somebody declines or nobody answers.

Theory of operation. All work is found by a `Search`: one for the agent who talks to the citizen, and one for each
consult. A search waits in the backlog, rings at one or more agents, or is held until its time comes. Every operation
notes which agents have become freer and which searches have come to the backlog; `Pairing.settle` then brings the two
together. What follows from an operation (offers, revocations, ...) is collected until the caller gets it as a
`Decision`.
"""

import attrs

from ticontact._time import to_epoch
from ticontact.routing._agents.agent_state import Presence, Standing
from ticontact.routing._decision.decision import Because, Diverted, Offer, Purpose
from ticontact.routing._engine.active_work import Job, Search
from ticontact.routing._engine.clocks import ELAPSED
from ticontact.routing._engine.state import State
from ticontact.routing._matching.eligibility import Asking, comes_early, is_attended, next_step
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.work_item import WorkItem

__all__ = ["Rounds"]


class Rounds(State):
    """The rounds of offers. It is mutable."""

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
        search.key = self.now_asked.key(search)
        if self.is_held(search):
            search.state = "held"
            self.fresh.pop(search, None)
            self.choosy.pop(search, None)
            self.impatient.pop(search, None)
            return
        search.state = "waiting"
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


def _kind(asking: Asking) -> tuple[object, ...]:
    """What decides whether anybody is there for a piece of work; many ask the same, and are looked at once."""
    return asking.condition, asking.requirement.never, asking.declined, asking.kept_for, asking.item.channel.name
