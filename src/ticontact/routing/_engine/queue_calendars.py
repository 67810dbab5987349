"""The calendars of the queues, which may fail: what is answered then, and that it is told.

A calendar is the department's. One that raises, or answers what is no answer, counts as one that is not there for that
question: the queue is open, and its time goes by as elapsed time does. A queue that never opens again within the
horizon of its calendar is no failure: the answer is None, and nobody waits for that instant.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeVar

from ticontact import _bounded
from ticontact._time import microseconds, to_epoch
from ticontact.errors import NeverOpen
from ticontact.hours import BusinessCalendar
from ticontact.routing._work.queue import OpenTime, Queue
from ticontact.routing._work.routing_rule import Part

__all__ = ["CENTURY", "Failed", "QueueCalendars"]

T = TypeVar("T")

Failed = Callable[[Part, str, BaseException], None]
"""Is told which part of the department has failed, by its name, and with what."""

CENTURY: Final = microseconds(timedelta(days=_bounded.CENTURY))
"""The same in microseconds: what is further away than this comes never, and no timer is set for it."""

_LONG: Final = CENTURY // 20


class QueueCalendars:
    """The calendars of the queues.

    Args:
        queues: The queues, by name.
        failed: Is told each failure.

    Attributes:
        calendars: The calendars, by the names of their queues.
        hours: Those of them that know when their queues open and close.
    """

    def __init__(self, queues: Mapping[str, Queue], failed: Failed) -> None:
        self._queues = queues
        self._failed = failed
        self.calendars: dict[str, OpenTime] = {
            name: queue.calendar for name, queue in queues.items() if queue.calendar is not None
        }
        self.hours: dict[str, BusinessCalendar] = {
            name: queue.hours for name, queue in queues.items() if queue.hours is not None
        }

    def _asked(self, queue: str, ask: Callable[[], T], otherwise: T) -> T:
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - whatever a calendar raises must not stop the telephone
            self._failed("calendar", queue, error)
            return otherwise

    def open_time(self, queue: str, start: datetime, end: datetime, *, otherwise: int) -> int:
        """Return the open time between two instants, in microseconds; the third amount if the calendar fails."""
        calendar = self.calendars[queue]
        return self._asked(queue, lambda: microseconds(calendar.between(start, end)), otherwise)

    def after(self, queue: str, amount: timedelta, at: datetime) -> int | None:
        """Return the instant at which an amount of open time is over; None if the queue is not open for so long."""
        since, calendar = to_epoch(at), self.calendars[queue]
        lasts = microseconds(amount)
        elapsed: int | None = since + lasts

        def ask() -> int | None:
            # Open hours are known quickly for a hundred years, and looked for window by window after that.
            if lasts > _LONG and microseconds(calendar.between(at, at + timedelta(microseconds=CENTURY))) < lasts:
                return None
            try:
                return to_epoch(calendar.add(amount, at=at))
            except (NeverOpen, OverflowError):  # it never opens again, or after the last year there is
                return None

        due = self._asked(queue, ask, elapsed)
        return None if due is None or due > since + CENTURY else due

    def is_open(self, queue: str, at: datetime) -> bool:
        """Return whether a queue is open; one without hours always is."""
        hours = self.hours.get(queue)
        return hours is None or self._asked(queue, lambda: bool(hours.is_open(at=at)), otherwise=True)

    def turn(self, queue: str, at: datetime) -> tuple[bool, int | None]:
        """Return whether a queue is open, and when it opens or closes next; None if never."""
        hours = self.hours[queue]

        def ask() -> tuple[bool, int | None]:
            is_open = bool(hours.is_open(at=at))
            turn = hours.next_closing(at=at) if is_open else hours.next_opening(at=at)
            return is_open, None if turn is None else to_epoch(turn)

        otherwise: tuple[bool, int | None] = (True, None)
        return self._asked(queue, ask, otherwise)

    def admits(self, queue: str, at: datetime, estimated_wait: timedelta) -> bool:
        """Return whether the last entry of a queue that closes is not over at an instant."""
        closing, hours = self._queues[queue].closing, self.hours[queue]
        return closing is None or self._asked(
            queue, lambda: closing.admits(hours, at=at, estimated_wait=estimated_wait), otherwise=True
        )

    def closing(self, queue: str, at: datetime) -> tuple[int, int] | None:
        """Return when a queue closes next, and until when it serves its line then; None if it never closes."""
        closing, hours = self._queues[queue].closing, self.hours[queue]

        def ask() -> tuple[int, int] | None:
            coming = None if closing is None else closing.next(hours, at=at)
            return None if coming is None else (to_epoch(coming.closes), to_epoch(coming.drain_until))

        return self._asked(queue, ask, None)
