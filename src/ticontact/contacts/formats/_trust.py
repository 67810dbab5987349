"""How far is a document believed? What it says of itself is never a proof, so trust is an argument of its reader."""

import enum

__all__ = ["Trust"]


class Trust(enum.Enum):
    """Where a document comes from, as the program that reads it knows."""

    FOREIGN = "foreign"
    """From anybody: a citizen, another authority, a file that was sent. It is read, and proves nothing."""
    STORED = "stored"
    """From a store that only the department's own programs write, or checked to be signed by one. It is believed."""
