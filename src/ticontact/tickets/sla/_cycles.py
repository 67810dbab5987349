"""The cycles of a metric: when its clock starts and when it stops, once or again and again.

Theory of operation. Each metric walks along the course of the ticket (`_ticket_course`) and keeps the cycles that have
stopped and the one that has not. Where another ticket went on in this one, that ticket's course is walked in the same
way, its stopped cycles are this one's, and of two that have not stopped one is made, which counts from the earlier
start. So an answer stops what its own ticket held when it was given, and nothing else; what is owed by either is owed
by both together, in whatever order tickets were merged.

A cycle says on which tracks its time runs: the stays of the ticket itself, and until the merge those of the other. Its
time runs where it runs on either: what one office hand had let rest, the other still had to do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import attrs

from ticontact.tickets.sla._policy import SlaMetric, SlaPolicy, Target
from ticontact.tickets.sla._ticket_course import Arrival, Course, Owner, Stay, TicketPast, Word

__all__ = ["CycleBounds", "Track", "cycles_of"]


class Track(NamedTuple):
    """The stays of a ticket in which a clock may run.

    Attributes:
        course: The ticket's course.
        since: From when on its stays count; None from its beginning.
    """

    course: Course
    since: int | None = None


@attrs.frozen(eq=False)
class CycleBounds:
    """One cycle of a metric.

    Attributes:
        told: When it began to be known; of several cycles the one that was known first comes first.
        start: When it started.
        stop: When it stopped; None while it has not.
        stopped_by: Which event stopped it.
        tracks: Where its time runs.
    """

    told: int
    start: int
    stop: int | None = attrs.field(default=None, kw_only=True)
    stopped_by: tuple[str, int] | None = attrs.field(default=None, kw_only=True)
    tracks: tuple[Track, ...] = attrs.field(kw_only=True)

    def stopped(self, at: int, by: tuple[str, int]) -> "CycleBounds":
        """The cycle, stopped at an instant by an event."""
        return attrs.evolve(self, stop=at, stopped_by=by)

    def joined(self, other: "CycleBounds") -> "CycleBounds":
        """The cycle of both: it counts from the earlier start."""
        start, told = min(self.start, other.start), min(self.told, other.told)
        return attrs.evolve(self, start=start, told=told, tracks=(*self.tracks, *other.tracks))


class _Walk:
    """The cycles of one course as far as it was walked. It is mutable: it grows along the way.

    Attributes:
        stopped: The cycles that have stopped for good.
        present: The cycle that has not; one with a stop may still go on.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.stopped: list[CycleBounds] = []
        self.present: CycleBounds | None = None

    def begin(self, start: int, *, told: int) -> None:
        """Begin a cycle of the ticket itself."""
        self.present = CycleBounds(told, start, tracks=(Track(self.course),))

    def stop(self, at: int, by: tuple[str, int]) -> None:
        """Stop the present cycle, if there is one."""
        if self.present is not None:
            self.stopped.append(self.present.stopped(at, by))
            self.present = None

    def take(self, course: Course, walked: "_Walk") -> None:
        """Take over the cycles of a ticket that went on in this one."""
        self.stopped += walked.stopped
        theirs = walked.present
        if theirs is None:
            return
        own = self.present
        if own is None:
            # Its time runs on in this ticket from the merge on; a part that was nowhere by itself has been here always.
            here = Track(self.course, course.end if course.stays else None)
            self.present = attrs.evolve(theirs, tracks=(*theirs.tracks, here))
            return
        self.present = own.joined(theirs)

    @property
    def in_order(self) -> list[CycleBounds]:
        """Every cycle, in the order in which they were known.

        What one event stopped is one cycle: a split had made two of it, and a merge has brought both together again.
        """
        by_event: dict[tuple[str, int] | None, CycleBounds] = {}
        for cycle in self.stopped:
            earlier = by_event.get(cycle.stopped_by)
            by_event[cycle.stopped_by] = cycle if earlier is None else earlier.joined(cycle)
        found = [*by_event.values()] if self.present is None else [*by_event.values(), self.present]
        return sorted(found, key=lambda cycle: (cycle.told, cycle.start, cycle.stop is None, cycle.stop or 0))


def cycles_of(past: TicketPast, policy: SlaPolicy, target: Target, zone: ZoneInfo) -> tuple[CycleBounds, ...]:
    """The cycles of a target, the present or last one at the end.

    Args:
        past: What has happened.
        policy: The policy that the target belongs to.
        target: The target.
        zone: The zone in which a day of receipt begins.
    """
    found = _CYCLES.get(target.metric, _sum)(past.course, policy, target, zone)
    found = sorted(found, key=lambda cycle: (cycle.stop is None, cycle.stop or 0))
    if not target.from_change:
        return tuple(found)
    since = _fits_since(past, policy)
    return tuple(
        attrs.evolve(cycle, start=max(cycle.start, since))
        for cycle in found
        if cycle.stop is None or cycle.stop > since
    )


def _fits_since(past: TicketPast, policy: SlaPolicy) -> int:
    """Since when the policy has fitted the ticket without a break."""
    fitted = takewhile(lambda step: policy.fits(step[1]), reversed(past.steps))
    *_, (first, _ticket) = fitted
    return first.instant


def _answered(course: Course, zone: ZoneInfo) -> _Walk:
    """From the oldest unanswered message to the answer; the oldest came first, whichever was recorded first."""
    walk = _Walk(course)
    for each in course.happened:
        match each:
            case Arrival():
                start = each.start(zone)
                if walk.present is None:
                    walk.begin(start, told=each.at)
                elif start < walk.present.start:
                    walk.present = attrs.evolve(walk.present, start=start)
            case Word(is_answer=True):
                walk.stop(each.at, each.event)
            case Course():
                walk.take(each, _answered(each, zone))
    return walk


def _first_response(course: Course, _policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterable[CycleBounds]:
    return _answered(course, zone).in_order[:1]


def _next_response(course: Course, policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterable[CycleBounds]:
    """Only after the first response, where the policy promises one."""
    found = _answered(course, zone).in_order
    promised = any(each.metric is SlaMetric.FIRST_RESPONSE for each in policy.targets)
    return found[1:] if promised else found


def _periodic_update(course: Course, _policy: SlaPolicy, _target: Target, _zone: ZoneInfo) -> Iterable[CycleBounds]:
    """From each word of the office, or from a reopening, to the next word or the end."""
    return _updated(course).in_order


def _updated(course: Course) -> _Walk:
    walk = _Walk(course)
    is_done = False
    for each in course.happened:
        match each:
            case Word():
                walk.stop(each.at, each.event)
                if not is_done:
                    walk.begin(each.at, told=each.at)
            case Stay() if each.category.is_done != is_done:
                is_done = each.category.is_done
                if is_done:
                    walk.stop(each.start, each.event)
                elif walk.present is None:
                    walk.begin(each.start, told=each.start)
            case Course():
                walk.take(each, _updated(each))
    return walk


def _resolution(course: Course, _policy: SlaPolicy, target: Target, zone: ZoneInfo) -> Iterable[CycleBounds]:
    """From the first contact until the ticket is solved; what a reopening does is the target's choice."""
    return _solved(course, target, zone).in_order


def _sum(course: Course, _policy: SlaPolicy, target: Target, zone: ZoneInfo) -> Iterable[CycleBounds]:
    """From the first contact until the ticket is over; opened again, it goes on."""
    return _solved(course, target, zone).in_order


def _solved(course: Course, target: Target, zone: ZoneInfo) -> _Walk:
    """The walk of both: the present cycle has a stop while the ticket is over, and may go on."""
    walk = _Walk(course)
    if not course.stays:
        return walk  # its messages count where it was: see `Course.beginning`
    beginning = course.beginning(zone)
    walk.begin(beginning, told=beginning)
    for each in course.happened:
        if isinstance(each, Course):
            theirs = _solved(each, target, zone)
            is_over = walk.present is not None and walk.present.stop is not None
            if is_over and theirs.present is not None:
                _reopen(walk, target, start=None)
            walk.take(each, theirs)
        elif isinstance(each, Stay) and walk.present is not None:
            is_over = each.category.is_done and target.pauses(each.state, each.category)
            if is_over and walk.present.stop is None:
                # Solved counts, and not the closing that follows: of several done stays the first one stops the clock.
                walk.present = walk.present.stopped(each.start, each.event)
            elif not is_over and walk.present.stop is not None:
                _reopen(walk, target, start=each.start)
    return walk


def _reopen(walk: _Walk, target: Target, *, start: int | None) -> None:
    """Open a ticket again that was over: the first stop stands, or a new cycle begins, or the cycle goes on.

    If it goes on, the done stays lie inside it, and are left out as any state that pauses is. With a merge no cycle
    begins by itself (`start` is None): the other ticket has one that has not stopped.
    """
    present = walk.present
    assert present is not None  # noqa: S101 - both callers have looked
    if target.metric is not SlaMetric.RESOLUTION or target.when_reopened == "go_on":
        walk.present = attrs.evolve(present, stop=None)
        return
    walk.stopped.append(present)
    walk.present = None
    if target.when_reopened == "restart" and start is not None:
        walk.begin(start, told=start)


def _time_to_own(course: Course, _policy: SlaPolicy, _target: Target, zone: ZoneInfo) -> Iterable[CycleBounds]:
    """From the first contact until somebody is in charge, or the ticket is over; once, whoever is in charge later."""
    tracks = tuple(map(Track, _with_stays(course)))
    start = min(track.course.beginning(zone) for track in tracks)
    owned = (at for track in tracks for at in _owned(track.course))
    yield CycleBounds(start, start, stop=min(owned, default=None), tracks=tracks)


def _with_stays(course: Course) -> Iterator[Course]:
    """The course of the ticket itself, and those of all that went on in it."""
    if course.stays:
        yield course
    for each in course.happened:
        if isinstance(each, Course):
            yield from _with_stays(each)


def _owned(course: Course) -> Iterator[int]:
    """When somebody was put in charge of this very ticket, or it was over."""
    for each in course.happened:
        if isinstance(each, Owner) and each.owner:
            yield each.at
        elif isinstance(each, Stay) and each.category.is_done:
            yield each.start


_CYCLES: Final[Mapping[SlaMetric, Callable[[Course, SlaPolicy, Target, ZoneInfo], Iterable[CycleBounds]]]] = {
    SlaMetric.FIRST_RESPONSE: _first_response,
    SlaMetric.NEXT_RESPONSE: _next_response,
    SlaMetric.PERIODIC_UPDATE: _periodic_update,
    SlaMetric.RESOLUTION: _resolution,
    SlaMetric.TIME_TO_OWN: _time_to_own,
}
