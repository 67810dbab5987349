"""The deadlines of many tickets, in order."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import attrs
import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.plain import checked
from ticontact.tickets._ticket.promise import Promise
from ticontact.tickets.sla._policy import SlaMetric
from ticontact.tickets.sla._sla_clock import Clock

__all__ = ["Deadlines", "SlaDeadline"]


_PROMISE: Final = "promise"


@attrs.frozen(order=True, field_transformer=checked)
class SlaDeadline:
    """The next due instant of a ticket.

    Attributes:
        instant: When, in microseconds since 1970-01-01T00:00Z.
        ticket: The ticket's id.
        policy: The name of the policy that it is due by, or of the promise.
        metric: The name of the metric; `promise` for a promise.
    """

    instant: int
    ticket: str
    policy: str = attrs.field(kw_only=True)
    metric: str = attrs.field(kw_only=True)

    @property
    def at(self) -> pendulum.DateTime:
        """When, in UTC."""
        return from_epoch(self.instant, zone_named("UTC"))

    @property
    def timed(self) -> SlaMetric | None:
        """The metric itself; None for a promise."""
        return None if self.metric == _PROMISE else SlaMetric(self.metric)


class Deadlines:
    """The next deadlines of many tickets, in order. It is mutable: one owner keeps it up to date.

    A ticket's clocks are worked out when it changes, and handed over with `put`; no other ticket is looked at. A due
    instant that has passed stays until the ticket changes: a breach is not forgotten.

    Theory of operation. A heap of deadlines, in which outdated ones stay until they come to the top; what counts is
    the one that stands in the table under the ticket's id.
    """

    def __init__(self) -> None:
        self._current: dict[str, SlaDeadline] = {}
        self._heap: list[SlaDeadline] = []

    def __len__(self) -> int:
        return len(self._current)

    def put(self, ticket: str, clocks: Iterable[Clock], *, promises: Iterable[Promise] = ()) -> SlaDeadline | None:
        """Take the clocks of a ticket instead of those it had; the earliest due instant counts.

        Args:
            ticket: The ticket's id.
            clocks: Its clocks; those that do not run have no due instant.
            promises: What was promised in it; what is kept or withdrawn is due no more.
        """
        dues = [
            SlaDeadline(to_epoch(clock.due), ticket, policy=clock.policy, metric=clock.metric.value)
            for clock in clocks
            if clock.due is not None
        ]
        dues += [
            SlaDeadline(promise.due_instant, ticket, policy=promise.id, metric=_PROMISE)
            for promise in promises
            if promise.ended_instant is None
        ]
        if not dues:
            self.drop(ticket)
            return None
        first = min(dues)
        if self._current.get(ticket) != first:
            self._current[ticket] = first
            heapq.heappush(self._heap, first)
            self._tidy()
        return first

    def drop(self, ticket: str) -> None:
        """Forget a ticket; one that is unknown is none."""
        self._current.pop(ticket, None)

    def next(self) -> SlaDeadline | None:
        """The earliest deadline of all; None if there is none."""
        while self._heap:
            if self._is_current(self._heap[0]):
                return self._heap[0]
            heapq.heappop(self._heap)
        return None

    def until(self, at: datetime) -> tuple[SlaDeadline, ...]:
        """Every deadline up to an instant, that instant included, in order.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        asked = to_epoch(at)
        return tuple(sorted(self._due(asked)))

    def _due(self, asked: int) -> Iterator[SlaDeadline]:
        """Walk down the heap only as far as it lies before the instant; an entry that was put twice counts once."""
        seen: set[str] = set()
        waiting = [0]
        while waiting:
            place = waiting.pop()
            if place >= len(self._heap) or self._heap[place].instant > asked:
                continue
            waiting += [2 * place + 1, 2 * place + 2]
            deadline = self._heap[place]
            if self._is_current(deadline) and deadline.ticket not in seen:
                seen.add(deadline.ticket)
                yield deadline

    def _is_current(self, deadline: SlaDeadline) -> bool:
        return self._current.get(deadline.ticket) == deadline

    def _tidy(self) -> None:
        """Build the heap anew once most of it is outdated."""
        if len(self._heap) > 2 * len(self._current) + 8:
            self._heap = sorted(self._current.values())
