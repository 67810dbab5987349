"""When a queue closes, and when a window or the longest wait is over: who is let in, and who is let go."""

from datetime import timedelta

from ticontact._time import microseconds, to_epoch
from ticontact.hours import BusinessCalendar, ClosingRule
from ticontact.routing._decision.decision import Because
from ticontact.routing._engine.active_work import Job
from ticontact.routing._engine.overflow import overflows_at
from ticontact.routing._engine.pairing import Pairing
from ticontact.routing._engine.timers import Timer

__all__ = ["Opening"]


class Opening(Pairing):
    """The hours of the queues. It is mutable.

    Only live work in which somebody waits is let in or let go: what was written waits for the next day, and so does a
    call that the office makes. A drain that lasts until the next opening lets go of nobody: the office is there again.
    """

    def refused(self, job: Job, *, estimated_wait: timedelta) -> Because | None:
        """Why a piece of work is not let in just now; None if it is.

        Args:
            job: The work.
            estimated_wait: How long it is expected to wait; past the last entry that leaves no time, it is not let in.
        """
        queue, overflow = self.queues.get(job.item.queue), overflows_at(job, self.queues, self.clocks)
        if overflow is not None and overflow <= self.now:
            return "waited_too_long"
        if queue is None or queue.closing is None or queue.hours is None or not _is_waited_for(job):
            return None
        at = job.item.reached_at or self.clocks.at(self.now)
        if not queue.hours.is_open(at=at):
            return "closed"
        if not queue.closing.last_entry and not estimated_wait:
            return None  # the last entry is the closing itself, and need not be looked up
        is_in_time = queue.closing.admits(queue.hours, at=at, estimated_wait=estimated_wait)
        return None if is_in_time else "last_entry"

    def watch(self, job: Job) -> None:
        """Set the timers by which a piece of work is let go that still waits then."""
        item, queue = job.item, self.queues.get(job.item.queue)
        closes = item.call_back.closes if item.call_back is not None else None
        overflow = overflows_at(job, self.queues, self.clocks)
        if overflow is not None:
            self.timers.set(max(overflow, self.now), "overflow", item.id, mark=overflow, about="contact")
        if closes is not None and queue is not None and queue.fallback:
            due = to_epoch(closes)
            self.timers.set(max(due, self.now), "window", item.id, mark=due, about="contact")
        self._watch_closing(job)

    def let_go(self, timer: Timer) -> None:
        """Send to the fallback whoever still waits when a drain, a window or the longest wait ends."""
        if timer.kind != "drain":
            job = self.jobs[timer.subject]
            because: Because = "window_over" if timer.kind == "window" else "waited_too_long"
            self.divert(job, self.queues[job.item.queue].fallback, because)
            return
        del self.drains[timer.subject]
        hours = self.queues[timer.subject].hours
        if hours is None or not hours.is_open(at=self.clocks.at(self.now)):
            self.let_go_of_all(timer.subject, "closing")
            return
        for item_id in self.on_the_line(timer.subject):
            self._watch_closing(self.jobs[item_id])

    def let_go_of_all(self, queue_id: str, because: Because) -> None:
        """Send everybody to the fallback of a queue who waits on its line."""
        for item_id in self.on_the_line(queue_id):
            self.divert(self.jobs[item_id], self.queues[queue_id].fallback, because)

    def on_the_line(self, queue_id: str) -> tuple[str, ...]:
        """The ids of the live work of a queue in which somebody waits, in the order in which it is served."""
        return tuple(item_id for item_id in self.waiting(queue_id) if _is_waited_for(self.jobs[item_id]))

    def _watch_closing(self, job: Job) -> None:
        """Set the timer by which the queue of a piece of work lets go, unless it is set already."""
        queue = self.queues.get(job.item.queue)
        if queue is None or queue.closing is None or queue.hours is None or not _is_waited_for(job):
            return
        if queue.id in self.drains:
            return
        ends = self._drain_ends(job, queue.closing, queue.hours)
        if ends is not None:
            self.drains[queue.id] = ends
            self.timers.set(ends, "drain", queue.id, mark=ends)

    def _drain_ends(self, job: Job, closing: ClosingRule, hours: BusinessCalendar) -> int | None:
        """When who waits from now on is let go.

        Out of hours, who reached the office in time is still in that day's line; who was served and is given back when
        that is over has as long as a drain takes.
        """
        came = now = self.clocks.at(self.now)
        if not hours.is_open(at=now):
            came = self.clocks.at(job.search.entered if job.item.reached_at is None else to_epoch(job.item.reached_at))
            if not hours.is_open(at=came):
                return self.now + microseconds(closing.drain)
        coming = closing.next(hours, at=came)
        if coming is None:
            return None
        ends = to_epoch(coming.drain_until)
        if ends > self.now:
            return ends
        return self.now + microseconds(closing.drain) if job.since else self.now


def _is_waited_for(job: Job) -> bool:
    return job.item.channel.synchronous and job.item.call_back is None
