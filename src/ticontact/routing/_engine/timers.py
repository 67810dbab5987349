"""The timers: one heap for everything that will happen by itself."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any, Final, Literal

import attrs

__all__ = ["LATEST", "Timer", "TimerKind", "Timers"]

TimerKind = Literal["offer", "review", "again", "rules", "never", "wrap_up", "drain", "window", "overflow"]
"""An offer expires; waiting work is looked at anew; a decline is over; the rules are others; a call can never be made;
a wrap-up ends; a queue has closed; the window of a call, or the longest wait in a queue, is over."""

LATEST: Final = 221_845_392_000_000_000
"""The beginning of the year 9000, in microseconds since the epoch: no calendar or zone has to know what is later."""

_REQUEUES: Final = frozenset({"offer", "review", "again"})


Entry = tuple[int, bool, int, "Timer"]
"""The instant of a timer, its place among those of that instant, its number, and the timer."""


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
        log: The inverses of what the verb that goes on has changed (see `transaction`).

    Attributes:
        last_number: The number of the timer that was set last.
        heap: All timers, the first one at the head; each with its instant and its place among those of that instant.
    """

    def __init__(
        self, matters: Callable[[Timer], bool], dropped: Callable[[Timer], None], log: list[tuple[Any, ...]]
    ) -> None:
        self._matters = matters
        self._dropped = dropped
        self._log = log
        self.heap: list[Entry] = []
        self.last_number: int = 0

    def set(self, due: int, kind: TimerKind, subject: str, *, mark: int = 0, about: str = "") -> None:
        """Let something happen at an instant. What is due after the year 9000 never happens."""
        if due > LATEST:
            return
        self.last_number += 1
        heappush(self.heap, (due, kind not in _REQUEUES, self.last_number, Timer(due, kind, subject, mark, about)))

    def next_due(self) -> int | None:
        """Drop the first timers that no longer matter, and return the instant of the next one; None without any."""
        heap = self.heap
        while heap and not self._matters(heap[0][3]):
            self._dropped(self.pop())
        return heap[0][0] if heap else None

    def pop(self) -> Timer:
        """Return the timer at the head of the heap; it is no longer set."""
        entry = heappop(self.heap)
        self._log.append((heappush, self.heap, entry))
        return entry[3]

    def take_back(self, number: int) -> None:
        """Forget the timers that were set after the one of this number."""
        self.heap[:] = sorted(entry for entry in self.heap if entry[2] <= number)

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
