"""The clocks: how long something has waited, and when a waiting time will be over, by elapsed and by open time."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pendulum

from ticontact._time import from_epoch, microseconds, to_epoch, zone_named
from ticontact.routing._requirements.condition import Clock, Waited
from ticontact.routing._work.queue import OpenTime, Queue

__all__ = ["ELAPSED", "Clocks"]

ELAPSED: Final = ""
"""The name of the clock that always runs; the others have the names of their queues."""

_ORIGIN: Final = pendulum.datetime(2015, 1, 19)  # any fixed instant will do: only differences count


class Clocks(Mapping[str, int]):
    """All clocks of a dispatcher, and what each shows now. Mutable.

    Args:
        queues: The queues, by name; each calendar is a clock.
        zone: The zone of the instants that come out.

    Attributes:
        now: The present instant, in microseconds since the epoch. It is changed by `turn_to` alone.
    """

    def __init__(self, queues: Mapping[str, Queue], zone: str) -> None:
        self.zone: ZoneInfo = zone_named(zone)
        self.now: int = 0
        self._calendars: dict[str, OpenTime] = {
            name: queue.calendar for name, queue in queues.items() if queue.calendar is not None
        }
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
        return microseconds(self._calendars[clock].between(_ORIGIN, self.at(instant)))

    def waited(self, queue: str, since: int, *, until: int | None = None) -> Waited:
        """Return how long something that entered a queue has waited, or will have waited at an instant."""
        end = self.now if until is None else until
        elapsed = timedelta(microseconds=end - since)
        if queue not in self._calendars:
            return Waited(elapsed, elapsed)
        return Waited(elapsed, self._calendars[queue].between(self.at(since), self.at(end)))

    def over_at(self, queue: str, since: int, amount: timedelta, clock: Clock) -> int:
        """Return the instant at which something that entered a queue has waited for an amount of time."""
        if clock == "open" and queue in self._calendars:
            return to_epoch(self._calendars[queue].add(amount, at=self.at(since)))
        return since + microseconds(amount)
