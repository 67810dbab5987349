"""What an office has promised a citizen, and whether it was kept."""

import enum
from datetime import datetime

import attrs
import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named

__all__ = ["Promise", "PromiseState"]


class PromiseState(enum.Enum):
    """How a promise stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@attrs.frozen(kw_only=True)
class Promise:
    """A promise such as "an official calls you by Friday noon": the citizen's real service level, with its own clock.

    Attributes:
        id: Its name within the ticket.
        who: Who will do it: a person's id or a role.
        what: What was promised.
        due_instant: By when, in microseconds since 1970-01-01T00:00Z.
        fallback: What happens if it is not kept.
        ended_instant: When it was fulfilled or withdrawn; None while it is open.
        withdrawn: Whether it was given up.
    """

    id: str
    who: str
    what: str = attrs.field(repr=False)
    due_instant: int
    fallback: str = ""
    ended_instant: int | None = None
    withdrawn: bool = False

    @property
    def due(self) -> pendulum.DateTime:
        """By when, in UTC."""
        return from_epoch(self.due_instant, zone_named("UTC"))

    def state(self, *, at: datetime) -> PromiseState:
        """How it stands at an instant; fulfilled at the very due instant it is kept.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        asked = to_epoch(at)
        if self.ended_instant is None or self.ended_instant > asked:
            return PromiseState.OVERDUE if asked > self.due_instant else PromiseState.OPEN
        if self.withdrawn:
            return PromiseState.WITHDRAWN
        return PromiseState.KEPT if self.ended_instant <= self.due_instant else PromiseState.BROKEN
