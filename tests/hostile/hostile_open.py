"""What does not keep the laws yet, and what looks like a reader and is none.

Each entry of `OPEN` must still break its law, so the list can only become shorter.
"""

__all__ = ["NO_READERS", "OPEN"]

OPEN: dict[tuple[str, str], set[str]] = {}
"""For a reader and a law, the kinds of families that break it."""

NO_READERS: dict[str, str] = {}
"""Public names that sound like readers, with the reason why they are none."""
