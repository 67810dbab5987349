"""The hours of the queues: what is let in, and until when what waits may wait.

Only live work in which somebody waits is refused at closing, or overflows when a drain ends. Letters wait for the next
day, and so does a call that the office makes. A drain that lasts until the next opening ends nothing: the office is
there again.

A drain belongs to the work that has set it: each piece of work knows when it is let go of (`ActiveWork.drain`), and the
timer of a queue, which is one for its whole line, ends those alone whose time has come. It is set for the earliest of
them. That of a line that is gone may stay set; it ends nothing of a later line.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ticontact._time import microseconds, to_epoch
from ticontact.hours import ClosingRule
from ticontact.routing._decision.decision import Because
from ticontact.routing._engine.active_work import ActiveWork
from ticontact.routing._engine.clocks import Clocks
from ticontact.routing._engine.queue_calendars import QueueCalendars
from ticontact.routing._engine.timers import Timer, Timers
from ticontact.routing._work.queue import Queue

__all__ = ["QueueHours"]


class QueueHours:
    """The hours, the drains and the longest waits of the queues. Mutable.

    Args:
        queues: The queues, by name.
        clocks: The present moment.
        timers: The timers of the dispatcher.
        calendars: The calendars of the queues.
        log: The inverses of what the verb that goes on has changed (see `transaction`).

    Attributes:
        drains: For each queue with a drain timer, the instant for which it is set: not later than that of any work.
    """

    def __init__(
        self,
        queues: Mapping[str, Queue],
        clocks: Clocks,
        timers: Timers,
        *,
        calendars: QueueCalendars,
        log: list[tuple[Any, ...]],
    ) -> None:
        self.drains: dict[str, int] = {}
        # The closing that comes next in each queue: from when to when it is that one, and when its drain ends. Most of
        # a line comes within one, and a calendar takes long to say so.
        self._coming: dict[str, tuple[int, int, int]] = {}
        self._queues = queues
        self._clocks = clocks
        self._timers = timers
        self._calendars = calendars
        self._log = log

    def refusal(self, work: ActiveWork, *, estimated_wait: timedelta) -> Because | None:
        """Return why work is not let in at this moment; None if it is.

        Args:
            work: The work.
            estimated_wait: The wait that it can expect. After the last entry that leaves time for it, it is refused.
        """
        queue, overflow = self._queues.get(work.item.queue), self.overflows_at(work)
        if overflow is not None and overflow <= self._clocks.now:
            return "waited_too_long"
        if queue is None or queue.closing is None or queue.hours is None or not work.is_waited_for:
            return None
        at = work.item.reached_at or self._clocks.at(self._clocks.now)
        if not self._calendars.is_open(queue.id, at):
            return "closed"
        if not queue.closing.last_entry and not estimated_wait:
            return None  # the last entry is the closing itself, and need not be looked up
        return None if self._calendars.admits(queue.id, at, estimated_wait) else "last_entry"

    def overflows_at(self, work: ActiveWork) -> int | None:
        """Return when the longest wait of work is over, in microseconds since the epoch; None if never.

        Work that has been with an agent, and work that waits for a call of the office, stays.
        """
        queue = self._queues.get(work.item.queue)
        if queue is None or queue.longest_wait is None or work.since or work.item.callback is not None:
            return None
        clock = self._clocks
        return clock.over_at(
            queue.id, work.request.entered, queue.longest_wait, "elapsed" if work.item.is_live else "open"
        )

    def watch(self, work: ActiveWork) -> None:
        """Set the timers at which work overflows if it still waits then: longest wait, window of a call, closing."""
        item = work.item
        overflow = work.overflow = self.overflows_at(work)
        if overflow is not None:
            self._timers.set(max(overflow, self._clocks.now), "overflow", item.id, mark=overflow, about="contact")
        due = self.window_ends(work)
        if due is not None:
            self._timers.set(max(due, self._clocks.now), "window", item.id, mark=due, about="contact")
        self.watch_closing(work)

    def watch_closing(self, work: ActiveWork) -> None:
        """Say when some work is let go of because its queue closes, and set the timer if it is the first one then."""
        work.drain = 0
        queue = self._queues.get(work.item.queue)
        if queue is None or queue.closing is None or queue.hours is None or not work.is_waited_for:
            return
        ends = self._drain_ends(work, queue.id, queue.closing)
        if ends is not None:
            work.drain = ends
            self.wake(queue.id, ends)

    def wake(self, queue_id: str, due: int) -> None:
        """Set the timer of the drain of a queue, unless it is set for that instant or an earlier one."""
        before = self.drains.get(queue_id)
        if before is None or due < before:
            self.drains[queue_id] = due
            undo = (self.drains.pop, queue_id, None) if before is None else (self.drains.__setitem__, queue_id, before)
            self._log.append(undo)
            self._timers.set(due, "drain", queue_id, mark=due)

    def _drain_ends(self, work: ActiveWork, queue: str, closing: ClosingRule) -> int | None:
        """Return when work that waits from now on overflows; None if the queue never closes again.

        Out of hours, a caller that reached the office in time still belongs to that day's line. Work that was served
        and is requeued after the drain gets one more drain period.
        """
        now = self._clocks.now
        since, until, known = self._coming.get(work.item.queue, (0, 0, 0))
        if since <= now < until:
            return known
        came = at = self._clocks.at(now)
        is_open = self._calendars.is_open(queue, at)
        if not is_open:
            came = self._clocks.at(
                work.request.entered if work.item.reached_at is None else to_epoch(work.item.reached_at)
            )
            if not self._calendars.is_open(queue, came):
                return now + microseconds(closing.drain)
        coming = self._calendars.closing(queue, came)
        if coming is None:
            return None
        closes, ends = coming
        if is_open:
            self._coming[work.item.queue] = now, closes, ends
        if ends > now:
            return ends
        return now + microseconds(closing.drain) if work.since else now

    def window_ends(self, work: ActiveWork) -> int | None:
        """Return when the window of a call ends; None without one, and where its queue has no other place for it."""
        closes = work.item.callback.closes if work.item.callback is not None else None
        queue = self._queues.get(work.item.queue)
        return None if closes is None or queue is None or not queue.fallback else to_epoch(closes)

    def forget(self, timer: Timer) -> None:
        """Forget the drain of a queue, whose timer is gone: the next work that waits there sets another one."""
        if timer.kind == "drain" and self.drains.get(timer.subject) == timer.mark:
            del self.drains[timer.subject]
            self._log.append((self.drains.__setitem__, timer.subject, timer.mark))
