"""The clocks: how long something has waited, and when a waiting time will be over, by elapsed and by open time."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pendulum

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact.routing._engine.queue_calendars import QueueCalendars
from ticontact.routing._requirements.condition import Clock, Waited

__all__ = ["ELAPSED", "Clocks"]

ELAPSED: Final = ""
"""The name of the clock that always runs; the others have the names of their queues."""

_ORIGIN_AT: Final = pendulum.datetime(2015, 1, 19)  # any fixed instant will do: only differences count
_ORIGIN: Final = to_epoch(_ORIGIN_AT)


class Clocks(Mapping[str, int]):
    """All clocks of a dispatcher, and what each shows now. Mutable.

    Args:
        zone: The zone of the instants that come out.
        calendars: The calendars of the queues.

    Attributes:
        now: The present instant, in microseconds since the epoch. It is changed by `turn_to` alone.
    """

    def __init__(self, zone: str, calendars: QueueCalendars) -> None:
        self.zone: ZoneInfo = zone_named(zone)
        self.now: int = 0
        self._asked = calendars
        self._calendars = calendars.calendars
        # For each clock the last reading, from which a calendar that fails is carried on.
        self._read: dict[str, tuple[int, int]] = {}
        self._shown: dict[str, int] = {}
        self._at_now: pendulum.DateTime | None = None

    def __getitem__(self, clock: str) -> int:
        if clock == ELAPSED:
            return self.now
        if clock not in self._shown:
            self._shown[clock] = self.reading(clock, self.now)
        return self._shown[clock]

    def __iter__(self) -> Iterator[str]:
        return iter((ELAPSED, *self._calendars))

    def __len__(self) -> int:
        return 1 + len(self._calendars)

    def turn_to(self, instant: int) -> None:
        """Let all clocks show another instant."""
        if instant != self.now:
            self.now = instant
            self._at_now = None
            if self._shown:
                self._shown = {}

    def clock_of(self, queue: str) -> str:
        """Return the clock by which deferred work of a queue ages."""
        return queue if queue in self._calendars else ELAPSED

    def at(self, instant: int) -> pendulum.DateTime:
        """Return an instant as callers see it."""
        if instant != self.now:
            return from_epoch(instant, self.zone)
        if self._at_now is None:
            self._at_now = from_epoch(instant, self.zone)
        return self._at_now

    def reading(self, clock: str, instant: int) -> int:
        """Return what the clock of a queue shows at an instant, in microseconds."""
        since, shown = self._read.get(clock, (_ORIGIN, 0))
        reading = self._asked.open_time(clock, _ORIGIN_AT, self.at(instant), otherwise=shown + instant - since)
        self._read[clock] = instant, reading
        return reading

    def waited(self, queue: str, since: int, *, until: int | None = None) -> Waited:
        """Return how long something that entered a queue has waited, or will have waited at an instant."""
        end = self.now if until is None else until
        elapsed = timedelta(microseconds=end - since)
        if queue not in self._calendars:
            return Waited(elapsed, elapsed)
        open_time = self._asked.open_time(queue, self.at(since), self.at(end), otherwise=end - since)
        return Waited(elapsed, timedelta(microseconds=open_time))

    def over_at(self, queue: str, since: int, amount: timedelta, clock: Clock) -> int | None:
        """Return the instant at which something that entered a queue has waited for an amount of time; None if never.

        Never is also what is more than 100 years away, as much open time may be.
        """
        if clock == "open" and queue in self._calendars:
            return self._asked.after(queue, amount, self.at(since))
        return since + microseconds(amount)
