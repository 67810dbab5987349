"""Time, and whole pieces of work from their arrival to their end."""

from datetime import timedelta
from typing import Final, cast

from ticontact.errors import TimeWentBack
from ticontact.i18n import routing as texts
from ticontact.routing._agents.agent_state import Phase
from ticontact.routing._decision.decision import Decision, Offer
from ticontact.routing._decision.effects import Effects
from ticontact.routing._engine.active_work import Consult, Job, Search
from ticontact.routing._engine.queue_hours import Opening
from ticontact.routing._engine.timers import Timer
from ticontact.routing._requirements.requirement import Requirement
from ticontact.routing._work.work_item import WorkItem

__all__ = ["Engine"]


_AT_ONCE: Final = timedelta(0)


class Engine(Opening):
    """What stands behind a dispatcher. It is mutable."""

    # Time

    def move_to(self, instant: int, *, answering: bool = False) -> None:
        """Let time pass, and everything happen that is due by then, each thing at its own instant.

        Args:
            instant: In microseconds since the epoch.
            answering: Whether an offer is being answered: an answer at the very deadline is still in time.

        Raises:
            TimeWentBack: If it is before the last operation.
        """
        if instant < self.now:
            raise TimeWentBack(
                f"at: {self.clocks.at(instant)} is before the last operation;"
                f" allowed: {self.clocks.at(self.now)} or later"
            )
        while (due := self.timers.next_due()) is not None and (due < instant if answering else due <= instant):
            self.clocks.turn_to(max(due, self.now))
            self._fire(self.timers.pop())
            self.settle()
        self.clocks.turn_to(instant)

    def _fire(self, timer: Timer) -> None:
        if timer.kind == "wrap_up":
            self.free(timer.subject, timer.about)
            return
        if timer.kind in {"drain", "window", "overflow"}:
            self.let_go(timer)
            return
        search = cast("Search", self.search_of(timer))  # a timer about a search that is no more does not matter
        if timer.kind == "offer":
            self.expire(search)
        else:
            self.review(search)

    # Whole pieces of work

    def admit(self, job: Job, *, estimated_wait: timedelta = _AT_ONCE) -> None:
        """Let a piece of work wait, or send it to the fallback of its queue if that is full, or closes."""
        self.jobs[job.item.id] = job
        queue = self.queues.get(job.item.queue)
        self.lengths[job.item.queue] += 1
        refused = self.refused(job, estimated_wait=estimated_wait)
        if queue is not None and queue.limit is not None and self.lengths[queue.id] > queue.limit:
            refused = refused or "limit"
        if queue is not None and refused is not None:
            self.divert(job, queue.fallback, refused)
        else:
            self.watch(job)
            self.begin(job.search)

    def resume(self, job: Job) -> None:
        """Take up a piece of work from a snapshot where it was left."""
        self.lengths[job.item.queue] += not job.agent
        for search in job.searches:
            if search.state == "waiting":
                self.go_past_the_absent(search)
                self.backlog.add(search)
                if search.asking.declined or search.asking.kept_for:
                    self.choosy[search] = None

    def wait_again(self, job: Job, requirement: Requirement, *, but_not: str = "", entered: int | None = None) -> None:
        """Let a piece of work in hand wait for an agent again.

        Args:
            job: The work.
            requirement: What it asks.
            but_not: The agent who gives it back, and is not asked in the next round.
            entered: From when its wait counts; None for its first entry.
        """
        job.agent = ""
        since = job.search.entered if entered is None else entered
        job.search = self.new_search(job.item, requirement, entered=since, purpose="contact")
        self.lengths[job.item.queue] += 1
        self.watch(job)
        self.begin(job.search)
        if but_not:
            self.wait(job.search, declined=frozenset({but_not}))

    def restate(self, job: Job, item: WorkItem, requirement: Requirement) -> None:
        """Let a piece of work that waits go on waiting as another one of the same id, at the place of its entry."""
        self.end(job.search)
        self.lengths[job.item.queue] -= 1
        self.lengths[item.queue] += 1
        job.item = item
        job.search = self.new_search(item, requirement, entered=job.search.entered, purpose="contact")
        self.watch(job)
        self.begin(job.search)

    def close(self, job: Job) -> None:
        """Take a piece of work away that is in hand, without any wrap-up; its agent is idle."""
        self.free(job.agent, job.item.id)
        self.end(job.search)
        del self.jobs[job.item.id]

    def finish(self, job: Job, *, wants_wrap_up: bool) -> None:
        """End a piece of work, wherever it is."""
        if job.agent:
            self.wrap_up(job.agent, job.item.id, is_wanted=wants_wrap_up)
        else:
            self.lengths[job.item.queue] -= 1
        self.end(job.search)
        del self.jobs[job.item.id]

    def take_over(self, job: Job, official: str) -> None:
        """Let the official who has joined be the one who talks to the citizen."""
        job.consult = None
        operator, job.agent, job.since = job.agent, official, self.now
        standing = self.floor.standings[job.agent]
        self.change(standing.turning(job.item.id, Phase.TALKING, at=self.now))
        self.wrap_up(operator, job.item.id, is_wanted=False)

    def leave_consult(self, consult: Consult, item_id: str) -> None:
        """Let an official go: into wrap-up after a conference, free at once after a talk among colleagues."""
        if consult.conference:
            self.wrap_up(consult.official, item_id, is_wanted=False)
        else:
            self.release(consult.official, item_id)

    def ringing_at(self, agent_id: str, item_id: str) -> tuple[Search, Offer]:
        """The search that rings at an agent, and its offer."""
        job = self.jobs[item_id]
        return next((search, offer) for search in job.searches for offer in search.offers if offer.agent == agent_id)

    def decision(self, about: str) -> Decision:
        """Bring together what has become free, and tell what has followed."""
        self.settle()
        self.tidy()
        effects = self.effects
        self.effects: Effects = Effects()
        warnings = (texts.WARNINGS["strict_priority"],) if self.terms.is_strict else ()
        return effects.decision(self.clocks.at(self.now), about=about, warnings=warnings)
