"""Which queues of an office close, and how: as the dispatcher wants to know it."""

from ticontact.departments import Department, ServicePoint
from ticontact.hours import ClosingRule
from ticontact.routing import Queue

__all__ = ["queues_of", "takes_live"]


def queues_of(department: Department) -> list[Queue]:
    """The queues of an office.

    A queue that live contacts reach lets go of them when its drain ends. One that is only written to has nothing to
    let go of: what waits there stays, even if everybody has declined it.
    """
    return [_queue(queue, closes=takes_live(department, queue.id)) for queue in department.queues.values()]


def takes_live(department: Department, queue: str) -> bool:
    """Whether live contacts reach a queue."""
    return any(entry.channel.synchronous for entry in department.entries.values() if entry.queue == queue)


def _queue(queue: ServicePoint, *, closes: bool) -> Queue:
    if not closes:
        return Queue(id=queue.id, calendar=queue.calendar)
    closing = ClosingRule(drain=queue.drain)
    return Queue(id=queue.id, calendar=queue.calendar, closing=closing, fallback=queue.fallback.value)
