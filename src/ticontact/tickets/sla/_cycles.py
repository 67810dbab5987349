"""The cycles of a metric: when its clock starts and when it stops, once or again and again."""

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

from ticontact.tickets.sla._policy import SlaMetric, SlaPolicy, Target
from ticontact.tickets.sla._ticket_history import Arrival, TicketHistory

__all__ = ["Bounds", "bounds"]

Bounds = tuple[int, int | None]
"""The start and the stop of one cycle; None while it has not stopped."""


def bounds(history: TicketHistory, policy: SlaPolicy, target: Target, zone: ZoneInfo) -> tuple[Bounds, ...]:
    """The cycles of a target, in order.

    Args:
        history: What has happened.
        policy: The policy that the target belongs to.
        target: The target.
        zone: The zone in which a day of receipt begins.
    """
    found = _BOUNDS.get(target.metric, _sum)(history, policy, target, zone)
    if not target.from_change:
        return tuple(found)
    since = _fits_since(history, policy)
    return tuple((max(start, since), stop) for start, stop in found if stop is None or stop > since)


def _fits_since(history: TicketHistory, policy: SlaPolicy) -> int:
    """Since when the policy has fitted the ticket without a break."""
    fitted = takewhile(lambda step: policy.fits(step[1]), reversed(history.steps))
    *_, (first, _ticket) = fitted
    return first.instant


def _answered(history: TicketHistory, zone: ZoneInfo) -> Iterator[Bounds]:
    """From the oldest unanswered message to the answer; the oldest came first, whichever was recorded first."""
    waiting: int | None = None
    for said in history.said():
        if isinstance(said, Arrival):
            start = said.start(zone)
            waiting = start if waiting is None else min(waiting, start)
        elif waiting is not None:
            yield waiting, said
            waiting = None
    if waiting is not None:
        yield waiting, None


def _first_response(history: TicketHistory, _policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    for first in _answered(history, zone):
        yield first
        return


def _next_response(history: TicketHistory, policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    """Only after the first response, where the policy promises one."""
    cycles = _answered(history, zone)
    if any(each.metric is SlaMetric.FIRST_RESPONSE for each in policy.targets):
        next(cycles, None)
    yield from cycles


def _periodic_update(history: TicketHistory, _policy: SlaPolicy, _target: Target, _zone: ZoneInfo) -> Iterator[Bounds]:
    """From each word of the office, or from a reopening, to the next word or the end."""
    start: int | None = None
    for instant, done in history.words_and_ends():
        if start is not None:
            yield start, instant
        start = None if done else instant
    if start is not None:
        yield start, None


def _beginning(history: TicketHistory, zone: ZoneInfo) -> int:
    """The citizen's first contact, or the opening if that was before."""
    return min([history.opened, *(said.start(zone) for said in history.said() if isinstance(said, Arrival))])


def _resolution(history: TicketHistory, _policy: SlaPolicy, target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    """From the first contact until the ticket is solved; what a reopening does is the target's choice.

    `stop` is the instant of solving while the walk is in a stretch of done stays, and None elsewhere.
    """
    start = _beginning(history, zone)
    stop: int | None = None
    for stay in history.stays:
        if stay.category.is_done:
            # Solved counts, and not the closing that follows: of several done stays the first one stops the clock.
            stop = stay.start if stop is None else stop
        elif stop is not None:
            # Opened again. The first stop stands, or a new cycle begins, or the cycle goes on as if it had never
            # stopped: then the done stays lie inside it, and are left out as any state that pauses is.
            if target.when_reopened == "stay_stopped":
                break
            if target.when_reopened == "restart":
                yield start, stop
                start = stay.start
            stop = None
    yield start, stop


def _sum(history: TicketHistory, _policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    yield _beginning(history, zone), None


_BOUNDS: Final[Mapping[SlaMetric, Callable[[TicketHistory, SlaPolicy, Target, ZoneInfo], Iterator[Bounds]]]] = {
    SlaMetric.FIRST_RESPONSE: _first_response,
    SlaMetric.NEXT_RESPONSE: _next_response,
    SlaMetric.PERIODIC_UPDATE: _periodic_update,
    SlaMetric.RESOLUTION: _resolution,
}
