"""When does the clock of a metric start, and when does it stop? Once, or again and again."""

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

from ticontact.tickets.sla._policy import SlaMetric, SlaPolicy, Target
from ticontact.tickets.sla._ticket_history import Arrival, Story

__all__ = ["Bounds", "bounds"]

Bounds = tuple[int, int | None]
"""The start and the stop of one cycle; None while it has not stopped."""


def bounds(story: Story, policy: SlaPolicy, target: Target, zone: ZoneInfo) -> tuple[Bounds, ...]:
    """The cycles of a target, in order.

    Args:
        story: What has happened.
        policy: The policy that the target belongs to.
        target: The target.
        zone: The zone in which a day of receipt begins.
    """
    found = _BOUNDS.get(target.metric, _sum)(story, policy, target, zone)
    if not target.from_change:
        return tuple(found)
    since = _fits_since(story, policy)
    return tuple((max(start, since), stop) for start, stop in found if stop is None or stop > since)


def _fits_since(story: Story, policy: SlaPolicy) -> int:
    """Since when the policy has fitted the ticket without a break."""
    fitted = takewhile(lambda step: policy.fits(step[1]), reversed(story.steps))
    *_, (first, _ticket) = fitted
    return first.instant


def _answered(story: Story, zone: ZoneInfo) -> Iterator[Bounds]:
    """From the oldest unanswered message to the answer; the oldest came first, whichever was recorded first."""
    waiting: int | None = None
    for said in story.said():
        if isinstance(said, Arrival):
            start = said.start(zone)
            waiting = start if waiting is None else min(waiting, start)
        elif waiting is not None:
            yield waiting, said
            waiting = None
    if waiting is not None:
        yield waiting, None


def _first_response(story: Story, _policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    for first in _answered(story, zone):
        yield first
        return


def _next_response(story: Story, policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    """Only after the first response, where the policy promises one."""
    cycles = _answered(story, zone)
    if any(each.metric is SlaMetric.FIRST_RESPONSE for each in policy.targets):
        next(cycles, None)
    yield from cycles


def _periodic_update(story: Story, _policy: SlaPolicy, _target: Target, _zone: ZoneInfo) -> Iterator[Bounds]:
    """From each word of the office, or from a reopening, to the next word or the end."""
    start: int | None = None
    for instant, done in story.words_and_ends():
        if start is not None:
            yield start, instant
        start = None if done else instant
    if start is not None:
        yield start, None


def _beginning(story: Story, zone: ZoneInfo) -> int:
    """The citizen's first contact, or the opening if that was before."""
    return min([story.opened, *(said.start(zone) for said in story.said() if isinstance(said, Arrival))])


def _resolution(story: Story, _policy: SlaPolicy, target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    start = _beginning(story, zone)
    stop: int | None = None
    for stay in story.stays:
        if stay.category.is_done:
            stop = stay.start if stop is None else stop
        elif stop is not None and target.when_reopened == "stay_stopped":
            break
        elif stop is not None:
            if target.when_reopened == "restart":
                yield start, stop
                start = stay.start
            stop = None
    yield start, stop


def _sum(story: Story, _policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterator[Bounds]:
    yield _beginning(story, zone), None


_BOUNDS: Final[Mapping[SlaMetric, Callable[[Story, SlaPolicy, Target, ZoneInfo], Iterator[Bounds]]]] = {
    SlaMetric.FIRST_RESPONSE: _first_response,
    SlaMetric.NEXT_RESPONSE: _next_response,
    SlaMetric.PERIODIC_UPDATE: _periodic_update,
    SlaMetric.RESOLUTION: _resolution,
}
