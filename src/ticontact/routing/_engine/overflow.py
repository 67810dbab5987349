"""When somebody has waited too long in a queue, and goes to its fallback."""

from collections.abc import Mapping

from ticontact.routing._engine.active_work import Job
from ticontact.routing._engine.clocks import Clocks
from ticontact.routing._work.queue import Queue

__all__ = ["overflows_at"]


def overflows_at(job: Job, queues: Mapping[str, Queue], clocks: Clocks) -> int | None:
    """When a piece of work leaves its queue if it still waits, in microseconds since the epoch; None if it stays.

    Whoever has been with an agent, or waits for a call of the office, stays.
    """
    queue = queues.get(job.item.queue)
    if queue is None or queue.longest_wait is None or job.since or job.item.call_back is not None:
        return None
    return clocks.over_at(queue.id, job.search.entered, queue.longest_wait, "elapsed" if job.item.is_live else "open")
