"""What is due when: one heap for everything that will happen by itself."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final, Literal

import attrs

__all__ = ["Timer", "TimerKind", "Timers"]

TimerKind = Literal["offer", "review", "wrap_up", "drain", "window", "overflow"]
"""An offer expires; what waits is looked at anew; a wrap-up ends; a queue has closed; the window of a call, or the
longest wait in a queue, is over."""

_BACK_IN_LINE: Final = frozenset({"offer", "review"})


@attrs.frozen(slots=False)  # as `Holding`
class Timer:
    """Something that is due.

    Attributes:
        due: When, in microseconds since the epoch.
        kind: What happens.
        subject: To whom or what.
        mark: What must still hold for it to matter, such as an epoch.
        about: A second subject, such as the item of a wrap-up.
    """

    due: int
    kind: TimerKind
    subject: str
    mark: int = 0
    about: str = ""


class Timers:
    """All timers of one dispatcher. It is mutable.

    Nobody takes a timer back: one that matters no more is recognised when it comes to the head of the heap, and
    dropped. Of two that are due at one instant goes first what brings work back to the line (an offer that expires, a
    step), so that an agent who comes free at that very instant finds it there; else the one that was set first.

    Args:
        matters: Whether a timer still matters.
    """

    def __init__(self, matters: Callable[[Timer], bool]) -> None:
        self._matters = matters
        self._heap: list[tuple[int, bool, int, Timer]] = []
        self._number = 0

    def set(self, due: int, kind: TimerKind, subject: str, *, mark: int = 0, about: str = "") -> None:
        """Let something happen at an instant."""
        self._number += 1
        heappush(self._heap, (due, kind not in _BACK_IN_LINE, self._number, Timer(due, kind, subject, mark, about)))

    def next_due(self) -> int | None:
        """When the next timer that matters is due."""
        heap = self._heap
        while heap and not self._matters(heap[0][3]):
            heappop(heap)
        return heap[0][0] if heap else None

    def pop(self) -> Timer:
        """The timer whose instant `next_due` has just named."""
        return heappop(self._heap)[3]

    def pending(self) -> list[Timer]:
        """The timers that matter, in their order."""
        return [timer for _, _, _, timer in sorted(self._heap) if self._matters(timer)]
