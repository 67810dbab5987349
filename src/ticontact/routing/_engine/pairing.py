"""Who is offered what, when an agent becomes free or work comes in or time passes.

Theory of operation. `settle` brings freed agents and fresh searches together, in this order:

1. of all that the freed agents may take, what goes first by its key, to the best of all idle agents, until nothing is
   left;
2. the searches that came in, by key, each to the best of all idle agents.

Before an operation no idle agent stands beside a search that the agent may take, so nobody else has to be looked at.

Where the dispatcher interrupts, live work that finds nobody idle goes to the best of those whose deferred work may give
way. That work is suspended, stays with its agent, and comes back as soon as no live work is left for that agent. All
agents are looked at for this, but only when nobody is idle.
"""

from ticontact._time import microseconds
from ticontact.routing._agents.agent_state import Holding, Phase, Presence, Standing
from ticontact.routing._decision.decision import Assessment, Interrupted, Offer
from ticontact.routing._engine.active_work import Search
from ticontact.routing._engine.requirement_clock import LIVE
from ticontact.routing._engine.rounds import Rounds
from ticontact.routing._matching.eligibility import fits_in, rank, unfit
from ticontact.routing._work.work_item import WorkItem

__all__ = ["Pairing"]


class Pairing(Rounds):
    """The offers. It is mutable."""

    def settle(self) -> None:
        """Bring freed agents and fresh work together."""
        while (search := self._first_of_the_freed()) is not None:
            self._offer(search)
        for search in sorted(self.fresh, key=self.urgency):
            if search.state == "waiting":
                self._offer(search)
        self.fresh.clear()

    def urgency(self, search: Search) -> tuple[int, int, int, str]:
        """The order in which searches are served at the present moment."""
        tier, credited, entered, name = search.key
        return tier, credited - self.clocks[search.clock], entered, name

    def waiting(self, queue: str | None) -> tuple[str, ...]:
        """The ids of what waits or rings, in the order in which it is served."""
        searches = (job.search for job in self.jobs.values() if not job.agent and queue in (None, job.item.queue))
        return tuple(search.item.id for search in sorted(searches, key=self.urgency))

    def _first_of_the_freed(self) -> Search | None:
        found: list[Search] = []
        for agent in list(self.freed):
            search = self._first_for(agent)
            if search is None:
                del self.freed[agent]
            else:
                found.append(search)
        return found[0] if len(found) == 1 else min(found, key=self.urgency, default=None)

    def _first_for(self, agent: str) -> Search | None:
        """What an agent takes first who has become freer: live work, what has given way to it, other work."""
        standing = self.floor.standings[agent]
        is_there = standing.presence is Presence.AVAILABLE
        search = self._first_in_line(standing) if is_there and standing.room[0] > 0 else None
        if search is not None and search.key[0] == LIVE:
            return search
        giving_way = standing.giving_way() if is_there and self.terms.is_interrupting else standing
        if giving_way is not standing:
            urgent = self._first_in_line(giving_way)
            if urgent is not None and urgent.item.is_live:
                return urgent
        return self._first_for(agent) if self._resumes(standing) else search

    def _first_in_line(self, standing: Standing) -> Search | None:
        return self.backlog.first_for(standing, self.floor.profile_of(standing.agent.id), self.clocks)

    def _resumes(self, standing: Standing) -> bool:
        """Whether work that has given way comes back to an agent who has room for it again."""
        units, limits = standing.room
        left = dict(limits)
        for holding in standing.holdings:
            if holding.phase is Phase.SUSPENDED and holding.cost <= units and left.get(holding.channel, 1) > 0:
                self.change(standing.turning(holding.item, Phase.TALKING, at=self.now))
                self.effects.resumed.append(Interrupted(holding.item, standing.agent.id))
                return True
        return False

    def _make_room(self, search: Search) -> list[Standing]:
        """The agent for whom deferred work gives way to live work that finds nobody idle; nobody if none can."""
        asking = search.asking
        able = [
            standing
            for standing in self.floor.standings.values()
            if standing.presence is Presence.AVAILABLE
            and (free := standing.giving_way()) is not standing
            and fits_in(free.room, search.item)
            and unfit(asking, standing) is None
        ]
        if not able:
            return []
        chosen = min(able, key=lambda standing: rank(asking, standing, self.terms.strategy, at=self.now))
        while not fits_in(chosen.room, search.item):
            last = max((each for each in chosen.holdings if each.gives_way), key=lambda each: (each.since, each.item))
            chosen = chosen.turning(last.item, Phase.SUSPENDED, at=self.now)
            self.effects.interrupted.append(Interrupted(last.item, chosen.agent.id))
        self.floor.put(chosen, at=self.now)
        return [chosen]

    def _offer(self, search: Search) -> None:
        chosen = self.floor.pick(search.asking, at=self.now, count=self.terms.offers_at_once)
        if not chosen and self.terms.is_interrupting and search.item.is_live:
            chosen = self._make_room(search)
        self._assess(search, chosen)
        if chosen:
            self.ring(search, chosen)

    def ring(self, search: Search, chosen: list[Standing]) -> None:
        """Begin a round of offers at some agents, who have room."""
        job = self.jobs[search.item.id]
        job.epoch += 1
        self.backlog.remove(search)
        self.choosy.pop(search, None)
        self.impatient.pop(search, None)
        search.state = "ringing"
        until = None
        if self.terms.ring_for is not None:
            due = self.now + microseconds(self.terms.ring_for)
            until = self.clocks.at(due)
            self.timers.set(due, "offer", search.item.id, mark=job.epoch, about=search.purpose)
        search.offers = tuple(Offer(search.item.id, each.agent.id, job.epoch, until, search.purpose) for each in chosen)
        self.effects.offers.extend(search.offers)
        for standing in chosen:
            self._ring(standing, search.item)

    def _ring(self, standing: Standing, item: WorkItem) -> None:
        holding = Holding(
            item.id, item.channel.name, item.cost, Phase.RINGING, self.now, is_interruptible=item.channel.interruptible
        )
        self.floor.put(standing.taking(holding, turn=self.next_turn()), at=self.now)

    def _assess(self, search: Search, chosen: list[Standing]) -> None:
        if self.terms.is_explained:
            search.assessment = self.effects.assessments[search.item.id] = self.assessed(search, chosen)

    def assessed(self, search: Search, chosen: list[Standing]) -> Assessment:
        """How everything stands for a search at the present moment."""
        return Assessment(
            asking=search.asking if chosen else self.now_asked.foreseen(search),
            standings=dict(self.floor.standings),
            chosen=tuple(each.agent.id for each in chosen),
            strategy=self.terms.strategy,
            at=self.now,
        )
