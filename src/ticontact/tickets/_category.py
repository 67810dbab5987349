"""What a state means, whatever a department calls it."""

import enum

__all__ = ["Category"]


class Category(enum.Enum):
    """What a state means, whatever a department calls it."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def is_done(self) -> bool:
        """Whether the office has nothing left to do: solved or closed."""
        return self is Category.SOLVED or self is Category.CLOSED  # no set: members hash slowly
