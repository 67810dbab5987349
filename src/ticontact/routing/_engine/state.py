"""What stands: who has what in hand, what waits, and what is due."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ticontact._time import microseconds, to_epoch
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.agent_state import Phase, Standing
from ticontact.routing._decision.effects import Effects
from ticontact.routing._engine.active_work import Job, Search
from ticontact.routing._engine.agent_index import Floor
from ticontact.routing._engine.clocks import Clocks
from ticontact.routing._engine.overflow import overflows_at
from ticontact.routing._engine.requirement_clock import Present
from ticontact.routing._engine.settings import Terms
from ticontact.routing._engine.timers import Timer, Timers
from ticontact.routing._engine.waiting_index import Backlog
from ticontact.routing._work.queue import Queue

__all__ = ["State"]


class State:
    """The state of a dispatcher. It is mutable.

    Args:
        agents: Who works here.
        queues: The queues, by name; a queue that is not among them has no limit and no fallback.
        terms: How it decides.
        zone: The zone of the instants that come out.

    Attributes:
        jobs: All work, by id.
        lengths: How many wait in each queue.
        drains: When each queue lets go of who is on its line, where somebody is.
        turns: How many offers were made.
        freed: The agents who have become freer since the last pairing.
        fresh: The searches that have come to the backlog since then.
        choosy: Those that wait, and that somebody has declined or that are kept for one agent.
        impatient: Those that wait, and whose next step comes early if the people asked for are not there.
        now_asked: What a search asks at the present moment.
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

    def tidy(self) -> None:
        """Once it may be much, forget what was asked or known and is so no more: no decision depends on it."""
        if self.now_asked.is_crowded or self.floor.is_crowded:
            searches = [search for job in self.jobs.values() for search in job.searches]
            asked = {each.condition for search in searches for each in (search.asking, search.requirement)}
            self.now_asked.keep(asked)
            self.floor.keep(asked)
            self.backlog.keep(self.floor.profiles)

    # In hand

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

    # What is due

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
