"""One assignment: a piece of work that holds a part of an agent's capacity, and what the agent does with it."""

import enum

import attrs

from ticontact.plain import checked

__all__ = ["Assignment", "AssignmentState"]


class AssignmentState(enum.Enum):
    """What an agent does with a piece of work in hand."""

    OFFERED = "offered"
    ACTIVE = "active"
    CONSULTING = "consulting"
    SUSPENDED = "suspended"
    WRAP_UP = "wrap_up"


# Made for every event, which without slots takes two thirds of the time.
@attrs.frozen(slots=False, field_transformer=checked)
class Assignment:
    """One piece of work that holds an agent's capacity.

    Attributes:
        item: Its id.
        channel: The name of its channel.
        cost: The units it holds.
        state: What the agent does with it. What is suspended for live work holds no capacity.
        since: Since when, in microseconds since the epoch.
        before: How long the agent had been at it before it was suspended, in microseconds.
        is_interruptible: Whether it may be suspended.
    """

    item: str
    channel: str
    cost: int
    state: AssignmentState
    since: int
    before: int = 0
    is_interruptible: bool = False

    def turned(self, state: AssignmentState, *, at: int) -> "Assignment":
        """The same piece of work, with which the agent does something else from an instant on."""
        done = self.before + at - self.since if self.state is AssignmentState.ACTIVE else self.before
        return Assignment(self.item, self.channel, self.cost, state, at, done, self.is_interruptible)

    @property
    def gives_way(self) -> bool:
        """Whether it would be suspended for live work now."""
        return self.is_interruptible and self.state is AssignmentState.ACTIVE

    def worked(self, *, at: int) -> int:
        """How long the agent has talked, or been at it, in microseconds."""
        return self.before + (at - self.since if self.state is AssignmentState.ACTIVE else 0)
