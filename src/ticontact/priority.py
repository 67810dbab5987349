"""Priorities, by name.

In a public office a priority is a stated need (a permit that expires, a legal term, a promised callback), never the
worth of a person. What a priority is worth in waiting time is the department's own decision: see `ticontact.routing`.
"""

import enum
from functools import total_ordering

from ticontact._bounded import quoted
from ticontact.errors import ConfigurationError, Fault

__all__ = ["Priority"]


@total_ordering
class Priority(enum.Enum):
    """How urgent something is; later members are more urgent, and compare as greater.

    >>> Priority.HIGH > Priority.NORMAL
    True
    >>> Priority.named("urgent")
    <Priority.URGENT: 'urgent'>
    """

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Priority):
            return NotImplemented
        return self.rank < other.rank

    @property
    def rank(self) -> int:
        """0 for the least urgent, rising by one."""
        return _RANKS[self]

    @classmethod
    def named(cls, name: str, *, path: str = "priority") -> "Priority":
        """The priority of this name.

        Args:
            name: One of `low`, `normal`, `high`, `urgent`.
            path: The place in the file, for the error.

        Raises:
            ConfigurationError: If there is none of this name.
        """
        for priority in cls:
            if priority.value == name:
                return priority
        raise ConfigurationError([Fault(path, f"no priority {quoted(name)}", ", ".join(each.value for each in cls))])


_RANKS = {priority: rank for rank, priority in enumerate(Priority)}
