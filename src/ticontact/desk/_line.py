"""One contact at the desk: where it stands between reaching the office and its outcome."""

import enum
from datetime import datetime, timedelta

import attrs

from ticontact._time import to_epoch
from ticontact.contacts import Contact, HandOver, Outcome
from ticontact.departments import ServicePoint
from ticontact.desk._effects import BackInLine, Finished
from ticontact.priority import Priority

__all__ = ["Line", "Stage"]


class Stage(enum.Enum):
    """Where a contact stands."""

    ANNOUNCEMENT = "in the announcement"
    QUEUED = "in line"
    CONNECTED = "connected"
    FINISHED = "over"


@attrs.define(kw_only=True)
class Line:
    """A contact's way through the desk. It is mutable: it changes as the contact goes on.

    Attributes:
        contact: The contact.
        queue: The queue that its entry point leads to.
        priority: How urgent it is.
        stage: Where it stands.
        reached: When it reached the office, in microseconds since the epoch.
        joined: When it joined the queue, in microseconds since the epoch; 0 before that.
        answered: When somebody took it, in the same unit; 0 before that.
        agent: Who serves the citizen; empty before that.
        official: Who of the second level was connected; empty before that.
        carried: What the official was told; None before that.
        is_called_back: Whether the citizen has hung up, and the office calls.
        ended: When it was over, in microseconds since the epoch; 0 before that.
    """

    contact: Contact
    queue: ServicePoint
    priority: Priority
    reached: int
    stage: Stage = Stage.ANNOUNCEMENT
    joined: int = 0
    answered: int = 0
    agent: str = ""
    official: str = ""
    carried: HandOver | None = None
    is_called_back: bool = False
    ended: int = 0

    @property
    def is_on_the_line(self) -> bool:
        """Whether the citizen waits on the line or at the counter, and hears what is said."""
        return self.contact.channel.synchronous and not self.is_called_back

    def answer(self, agent: str, *, at: datetime) -> None:
        """Somebody takes the contact."""
        self.stage, self.agent, self.answered = Stage.CONNECTED, agent, to_epoch(at)

    def wait_again(self) -> BackInLine:
        """Nobody serves the contact any more: it is back in line."""
        lost, self.agent, self.official, self.carried = self.agent, "", "", None
        self.stage = Stage.QUEUED
        return BackInLine(contact=self.contact.id, agent=lost)

    def finish(self, outcome: Outcome, *, at: datetime) -> Finished:
        """The contact is over."""
        self.stage, self.ended = Stage.FINISHED, to_epoch(at)
        return Finished(contact=self.contact.id, outcome=outcome)

    def told_so_far(self, summary: str) -> HandOver:
        """What an official is told who is asked to join: the wait counts from the very first."""
        waited = timedelta(microseconds=self.answered - self.joined)
        case = self.contact.cases[0] if self.contact.cases else None
        return HandOver(case, summary, language=self.contact.language, waited=waited)
