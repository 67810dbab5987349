"""What is due when: one heap for everything that will happen by itself."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Literal

import attrs

__all__ = ["Timer", "TimerKind", "Timers"]

TimerKind = Literal["offer", "review", "wrap_up", "drain", "window"]
"""An offer expires; what waits is looked at anew; a wrap-up ends; a queue has closed; the window of a call is over."""


@attrs.frozen(order=True)
class Timer:
    """Something that is due.

    Attributes:
        due: When, in microseconds since the epoch.
        number: The order of setting, which decides among those due at one instant.
        kind: What happens.
        subject: To whom or what.
        mark: What must still hold for it to matter, such as an epoch.
        about: A second subject, such as the item of a wrap-up.
    """

    due: int
    number: int
    kind: TimerKind = attrs.field(order=False)
    subject: str = attrs.field(order=False)
    mark: int = attrs.field(default=0, order=False)
    about: str = attrs.field(default="", order=False)


class Timers:
    """All timers of one dispatcher. It is mutable.

    Nobody takes a timer back: one that matters no more is recognised when it comes to the head of the heap, and
        dropped.

    Args:
        matters: Whether a timer still matters.
    """

    def __init__(self, matters: Callable[[Timer], bool]) -> None:
        self._matters = matters
        self._heap: list[Timer] = []
        self._number = 0

    def set(self, due: int, kind: TimerKind, subject: str, *, mark: int = 0, about: str = "") -> None:
        """Let something happen at an instant."""
        self._number += 1
        heappush(self._heap, Timer(due, self._number, kind, subject, mark, about))

    def next_due(self) -> int | None:
        """When the next timer that matters is due."""
        while self._heap and not self._matters(self._heap[0]):
            heappop(self._heap)
        return self._heap[0].due if self._heap else None

    def pop(self) -> Timer:
        """The timer whose instant `next_due` has just named."""
        return heappop(self._heap)

    def pending(self) -> list[Timer]:
        """The timers that matter, in their order."""
        return sorted(timer for timer in self._heap if self._matters(timer))
