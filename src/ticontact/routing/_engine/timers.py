"""The timers: one heap for everything that will happen by itself."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final, Literal

import attrs

__all__ = ["Timer", "TimerKind", "Timers"]

TimerKind = Literal["offer", "review", "again", "wrap_up", "drain", "window", "overflow"]
"""An offer expires; waiting work is looked at anew; a decline is over; a wrap-up ends; a queue has closed; the window
of a call, or the longest wait in a queue, is over."""

_REQUEUES: Final = frozenset({"offer", "review", "again"})


@attrs.frozen(slots=False)  # for speed, as `Assignment`
class Timer:
    """Something that is due.

    Attributes:
        due: The instant, in microseconds since the epoch.
        kind: What happens.
        subject: The id of the work, of the agent or of the queue.
        mark: What must still hold for the timer to matter, such as an epoch.
        about: A second subject, such as the item of a wrap-up.
    """

    due: int
    kind: TimerKind
    subject: str
    mark: int = 0
    about: str = ""


class Timers:
    """All timers of one dispatcher. Mutable.

    No timer is ever cancelled. One that no longer matters is recognised when it comes to the head of the heap, and
    dropped. Timers due at the same instant run in this order: those that requeue work (an offer that expires, a step,
    a decline that is over), so that an agent who becomes free at that very instant finds it waiting; then by insertion.

    Args:
        matters: Whether a timer still matters. It changes nothing.
        dropped: Is told each timer that was dropped.

    Attributes:
        heap: All timers, the first one at the head; each with its instant and its place among those of that instant.
    """

    def __init__(self, matters: Callable[[Timer], bool], dropped: Callable[[Timer], None]) -> None:
        self._matters = matters
        self._dropped = dropped
        self.heap: list[tuple[int, bool, int, Timer]] = []
        self._number = 0

    def set(self, due: int, kind: TimerKind, subject: str, *, mark: int = 0, about: str = "") -> None:
        """Let something happen at an instant."""
        self._number += 1
        heappush(self.heap, (due, kind not in _REQUEUES, self._number, Timer(due, kind, subject, mark, about)))

    def next_due(self) -> int | None:
        """Drop the first timers that no longer matter, and return the instant of the next one; None without any."""
        heap = self.heap
        while heap and not self._matters(heap[0][3]):
            self._dropped(heappop(heap)[3])
        return heap[0][0] if heap else None

    def pop(self) -> Timer:
        """Return the timer whose instant `next_due` has just named; it is no longer set."""
        return heappop(self.heap)[3]

    def pending(self) -> list[Timer]:
        """Drop all timers that no longer matter, and return the others in their order."""
        kept = []
        for entry in sorted(self.heap):
            if self._matters(entry[3]):
                kept.append(entry)
            else:
                self._dropped(entry[3])
        self.heap[:] = kept  # what is sorted is a heap
        return [entry[3] for entry in kept]
