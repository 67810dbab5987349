"""The deadlines of many tickets, in order: every warning and every breach, each told once.

Theory of operation. What a ticket's clocks and promises say of instants is turned into deadlines: the shares of a
target at which to warn, and the end of the target. Each is told at its moment: a warning at its instant, a breach at
the first instant after the due one, since what is met exactly then is met. What a clock says has been breached already
is a deadline too, whether it runs, stands still or has stopped: a breach is a fact, whoever looked when.

A ticket's deadlines that are still to be told wait in a table and in a heap; outdated ones stay in the heap until they
come to the top. Those that were told are remembered as long as the ticket is, so that the same clocks, put again, tell
nothing twice, and a due instant that moved is told at its new place.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import attrs
import pendulum

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact._typed import UNREADABLE
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked
from ticontact.tickets._promise import Promise
from ticontact.tickets._ticket.instant_range import FIRST, LAST
from ticontact.tickets.sla._policy import SlaMetric
from ticontact.tickets.sla._sla_clock import Clock

__all__ = ["Deadlines", "SlaDeadline", "next_due"]


_PROMISE: Final = "promise"
_METRICS: Final = frozenset({_PROMISE, *(metric.value for metric in SlaMetric)})
_FORM: Final = 1


@attrs.frozen(order=True, cache_hash=True, field_transformer=checked)
class SlaDeadline:
    """An instant of a ticket at which a target, or a share of it, is used up, or a promise is due.

    Attributes:
        instant: When, in microseconds since 1970-01-01T00:00Z.
        ticket: The ticket's id.
        policy: The name of the policy that it is due by, or of the promise.
        metric: The name of the metric; `promise` for a promise.
        share: How much of the target is used up then: 1 at its end, less at a warning.
    """

    instant: int
    ticket: str
    policy: str = attrs.field(kw_only=True)
    metric: str = attrs.field(kw_only=True)
    share: float = attrs.field(default=1.0, kw_only=True)

    @property
    def at(self) -> pendulum.DateTime:
        """When, in UTC."""
        return from_epoch(self.instant, zone_named("UTC"))

    @property
    def is_warning(self) -> bool:
        """Whether it only warns: the target is not used up then."""
        return self.share < 1

    @property
    def tell_at(self) -> pendulum.DateTime:
        """The first instant at which it can be told, in UTC: a breach is none yet at the due instant itself."""
        return from_epoch(_moment(self), zone_named("UTC"))

    @property
    def timed(self) -> SlaMetric | None:
        """The metric itself; None for a promise."""
        return None if self.metric == _PROMISE else SlaMetric(self.metric)


def _moment(deadline: SlaDeadline) -> int:
    """The first instant at which a deadline can be told."""
    return deadline.instant if deadline.is_warning else deadline.instant + 1


def next_due(ticket: str, clocks: Iterable[Clock], *, promises: Iterable[Promise] = ()) -> SlaDeadline | None:
    """The earliest due instant of what runs and of what is promised; None if nothing is due.

    It is what a list of tickets is sorted by. It does not change while time passes: only when the ticket, a policy or a
    calendar does.

    Args:
        ticket: The ticket's id.
        clocks: Its clocks; those that do not run have no due instant.
        promises: What was promised in it; what is kept or withdrawn is due no longer.
    """
    dues = [_of_clock(ticket, clock, clock.due) for clock in clocks if clock.due is not None]
    dues += [_of_promise(ticket, promise) for promise in promises if promise.is_open]
    return min(dues, default=None)


def _of_clock(ticket: str, clock: Clock, at: datetime, *, share: float = 1.0) -> SlaDeadline:
    return SlaDeadline(to_epoch(at), ticket, policy=clock.policy, metric=clock.metric.value, share=share)


def _of_promise(ticket: str, promise: Promise) -> SlaDeadline:
    return SlaDeadline(promise.due_instant, ticket, policy=promise.id, metric=_PROMISE)


def _of_all(ticket: str, clocks: Iterable[Clock], promises: Iterable[Promise]) -> Iterator[SlaDeadline]:
    """Everything that is to be told of a ticket, or was: what lies ahead as far as it is known, and what has been."""
    for clock in clocks:
        for cycle in clock.cycles:
            for share, at in zip(clock.warn_at, cycle.warnings, strict=False):
                yield _of_clock(ticket, clock, at, share=share)
            is_ahead = clock.running and cycle is clock.cycle
            if cycle.target_due is not None and (cycle.breached or is_ahead):
                yield _of_clock(ticket, clock, cycle.target_due)
    for promise in promises:
        ended = promise.ended_instant
        if ended is None or (ended > promise.due_instant and not promise.withdrawn):
            yield _of_promise(ticket, promise)


class Deadlines:
    """The deadlines of many tickets, in order, each told once. It is mutable: one owner keeps it up to date.

    A ticket's clocks are worked out when it changes, and handed over with `put`; no other ticket is looked at. A
    scheduler asks with `next` when to wake, and with `tell` what has come. What it knows can be kept with `snapshot`.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, set[SlaDeadline]] = {}
        self._told: dict[str, set[SlaDeadline]] = {}
        self._heap: list[tuple[int, SlaDeadline]] = []
        self._count = 0

    def __len__(self) -> int:
        """How many tickets have a deadline that is still to be told."""
        return len(self._waiting)

    def put(self, ticket: str, clocks: Iterable[Clock], *, promises: Iterable[Promise] = ()) -> SlaDeadline | None:
        """Take the clocks of a ticket instead of those it had; what was told of it is not told again.

        What the new clocks do not say any longer is forgotten: a policy that does not fit any more takes its deadlines
        with it.

        Args:
            ticket: The ticket's id.
            clocks: Its clocks.
            promises: What was promised in it.

        Returns:
            Its earliest due instant, as `next_due` answers it.
        """
        clocks, promises = tuple(clocks), tuple(promises)
        told = self._told.get(ticket, set())
        before = self._waiting.pop(ticket, set())
        waiting = {each for each in _of_all(ticket, clocks, promises) if each not in told}
        self._count += len(waiting) - len(before)
        if waiting:
            self._waiting[ticket] = waiting
        for deadline in waiting - before:
            heapq.heappush(self._heap, (_moment(deadline), deadline))
        self._tidy()
        return next_due(ticket, clocks, promises=promises)

    def drop(self, ticket: str) -> None:
        """Forget a ticket, and what was told of it; one that is unknown is none."""
        self._count -= len(self._waiting.pop(ticket, ()))
        self._told.pop(ticket, None)
        self._tidy()

    def next(self) -> SlaDeadline | None:
        """The deadline that is told next (at its `tell_at`); None if there is none."""
        while self._heap:
            if self._is_waiting(self._heap[0][1]):
                return self._heap[0][1]
            heapq.heappop(self._heap)
        return None

    def until(self, at: datetime) -> tuple[SlaDeadline, ...]:
        """Every deadline that has come by an instant and is still to be told, in order; nothing is changed.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        asked = to_epoch(at)
        return tuple(deadline for _, deadline in sorted(self._come(asked)))

    def tell(self, at: datetime) -> tuple[SlaDeadline, ...]:
        """Every deadline that has come by an instant, in order; none of them is told again.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        come = self.until(at)
        for deadline in come:
            self._mark(deadline)
        self._tidy()
        return come

    def told(self, ticket: str) -> tuple[SlaDeadline, ...]:
        """What was told of a ticket, in order."""
        return tuple(sorted(self._told.get(ticket, ())))

    def snapshot(self) -> dict[str, Any]:
        """All of it as plain data, ready for `json.dumps`; equal deadlines give equal bytes."""
        return {
            "form": _FORM,
            "waiting": [_plain(each) for each in sorted(deadline for of in self._waiting.values() for deadline in of)],
            "told": [_plain(each) for each in sorted(deadline for of in self._told.values() for deadline in of)],
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Take what a snapshot says instead of what is here. What cannot be read changes nothing.

        Raises:
            ConfigurationError: If it is no snapshot of this form; the place is named.
        """
        waiting, told = _read(snapshot)
        self._waiting, self._told, self._count = _by_ticket(waiting), _by_ticket(told), len(waiting)
        self._heap = sorted((_moment(each), each) for each in waiting)

    def _mark(self, deadline: SlaDeadline) -> None:
        waiting = self._waiting[deadline.ticket]
        waiting.remove(deadline)
        if not waiting:
            del self._waiting[deadline.ticket]
        self._count -= 1
        self._told.setdefault(deadline.ticket, set()).add(deadline)

    def _come(self, asked: int) -> Iterator[tuple[int, SlaDeadline]]:
        """Walk down the heap only as far as it lies before the instant; an entry that was put twice counts once."""
        seen: set[SlaDeadline] = set()
        places = [0]
        while places:
            place = places.pop()
            if place >= len(self._heap) or self._heap[place][0] > asked:
                continue
            places += [2 * place + 1, 2 * place + 2]
            deadline = self._heap[place][1]
            if self._is_waiting(deadline) and deadline not in seen:
                seen.add(deadline)
                yield self._heap[place]

    def _is_waiting(self, deadline: SlaDeadline) -> bool:
        return deadline in self._waiting.get(deadline.ticket, ())

    def _tidy(self) -> None:
        """Build the heap anew once most of it is outdated."""
        if len(self._heap) > 2 * self._count + 8:
            self._heap = sorted((_moment(each), each) for of in self._waiting.values() for each in of)


def _plain(deadline: SlaDeadline) -> dict[str, Any]:
    return {
        "at": deadline.instant,
        "ticket": deadline.ticket,
        "policy": deadline.policy,
        "metric": deadline.metric,
        "share": deadline.share,
    }


def _by_ticket(deadlines: Iterable[SlaDeadline]) -> dict[str, set[SlaDeadline]]:
    found: dict[str, set[SlaDeadline]] = {}
    for deadline in deadlines:
        found.setdefault(deadline.ticket, set()).add(deadline)
    return found


def _read(snapshot: Any) -> tuple[set[SlaDeadline], set[SlaDeadline]]:  # noqa: ANN401 - whatever was stored
    """What waits and what was told, held together."""
    if not isinstance(snapshot, Mapping) or {*snapshot} != {"form", "waiting", "told"} or snapshot["form"] != _FORM:
        raise _unreadable("snapshot", f"form {_FORM} with `waiting` and `told`")
    waiting, told = (_read_all(name, snapshot[name]) for name in ("waiting", "told"))
    if waiting & told:
        raise _unreadable("told", "deadlines that do not wait any longer")
    return waiting, told


def _read_all(name: str, stored: Any) -> set[SlaDeadline]:  # noqa: ANN401 - whatever was stored
    if not isinstance(stored, list):
        raise _unreadable(name, "a list")
    found: set[SlaDeadline] = set()
    for number, form in enumerate(stored, start=1):
        deadline = _deadline(form)
        if deadline is None or deadline in found:
            raise _unreadable(f"{name}[{number}]", "at, ticket, policy, metric and share of a deadline, each one once")
        found.add(deadline)
    return found


def _deadline(form: Any) -> SlaDeadline | None:  # noqa: ANN401 - whatever was stored
    """The deadline of a stored form; None if it is none."""
    try:
        at, ticket, policy, metric, share = (form[key] for key in ("at", "ticket", "policy", "metric", "share"))
        is_known = metric in _METRICS and all(isinstance(each, str) for each in (ticket, policy))
        is_one = type(at) is int and FIRST <= at <= LAST and type(share) in {int, float} and 0 < share <= 1
    except UNREADABLE:
        return None
    if not is_known or not is_one or len(form) != 5:  # noqa: PLR2004 - the keys that were just read
        return None
    return SlaDeadline(at, ticket, policy=policy, metric=metric, share=float(share))


def _unreadable(place: str, allowed: str) -> ConfigurationError:
    return ConfigurationError([Fault(place, "it cannot be read", allowed)])
