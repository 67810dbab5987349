"""What a supervisor orders: each order says by whom and why, and leaves an effect for the audit trail."""

from datetime import datetime

from ticontact.departments import ServicePoint
from ticontact.desk._contacts import Contacts
from ticontact.desk._effects import Effect
from ticontact.desk._events import ClosedNow, Given, Moved, Prioritised
from ticontact.desk._line import Line
from ticontact.desk._queues import takes_live
from ticontact.errors import DeskError
from ticontact.routing import require, speak

__all__ = ["Supervision"]


class Supervision(Contacts):
    """The orders of a supervisor. It is mutable."""

    def closed_now(self, event: ClosedNow, at: datetime) -> list[Effect]:
        """Whoever waits on the line of a queue is let go at once."""
        queue = self._queue(event.queue)
        if not takes_live(self._department, queue.id):
            raise DeskError(f"queue {queue.id!r}: what is written stays; allowed: a queue of live contacts")
        decision = self._dispatcher.close_now(queue.id, by=event.by, because=event.because, at=at)
        return self.follow(decision, at)

    def prioritised(self, line: Line, event: Prioritised, at: datetime) -> list[Effect]:
        """A contact in line gets another priority, and its ticket too."""
        contact, by, because = line.contact, event.by, event.because
        decision = self._dispatcher.prioritise(contact.id, event.priority, by=by, because=because, at=at)
        line.priority = event.priority
        changed = self._book.prioritise(contact, event.priority, by=by, because=because, at=at)
        return [*changed, *self.follow(decision, at)]

    def moved(self, line: Line, event: Moved, at: datetime) -> list[Effect]:
        """A contact in line waits in another queue, at the place of its entry."""
        contact, queue = line.contact, self._queue(event.queue)
        if contact.channel.synchronous and not takes_live(self._department, queue.id):
            raise DeskError(f"contact {contact.id!r}: nobody can wait on the line of {queue.id!r}")
        wanted = require(queue.skill) & speak(contact.language)
        decision = self._dispatcher.move(
            contact.id, queue.id, by=event.by, because=event.because, at=at, requirement=wanted
        )
        line.queue = queue
        return self.follow(decision, at)

    def given(self, line: Line, event: Given, at: datetime) -> list[Effect]:
        """A contact in line is offered to one agent."""
        decision = self._dispatcher.give(line.contact.id, event.agent, by=event.by, because=event.because, at=at)
        return self.follow(decision, at)

    def _queue(self, name: str) -> ServicePoint:
        queues = self._department.queues
        if name not in queues:
            raise DeskError(f"queue {name!r}: it is unknown here; allowed: {', '.join(queues)}")
        return queues[name]
