"""The recorded staff at a department: what each can do there, and when each is there."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import attrs

from ticontact._time import MICROSECONDS, to_epoch
from ticontact.departments import Department
from ticontact.replay._clock import midnight
from ticontact.replay._staff import StaffMember
from ticontact.routing import Agent, WrapUp

__all__ = ["Rostered", "roster"]

_MICROSECOND = timedelta(microseconds=1)
_FLUENT = 10
"""The record does not say how well; who served a language speaks it."""


@attrs.frozen
class Rostered:
    """One agent of the replayed day.

    Attributes:
        agent: Who it is, with skills and languages.
        shifts: Times of presence, half-open, in microseconds since the epoch, in order and apart.
    """

    agent: Agent
    shifts: tuple[tuple[int, int], ...]


def roster(staff: Iterable[StaffMember], *, department: Department, day: date) -> tuple[Rostered, ...]:
    """The recorded staff, as agents of a department on a day.

    An agent has the skills of the queues, and the languages, that the kinds served stand for; who served a kind that
    the department names for it is an official too. Presence is the recorded one as far as the department is staffed:
    from each opening to the end of the drain after closing.
    """
    staffed = tuple(_staffed(department, day))
    start = midnight(day, department.zone)
    return tuple(
        Rostered(
            _agent(member, department),
            tuple(_within([_instants(shift, start) for shift in member.shifts], staffed)),
        )
        for member in staff
    )


def _agent(member: StaffMember, department: Department) -> Agent:
    stand_ins = [department.stand_in(kind) for kind in sorted(member.kinds)]
    skills = [department.queue_of(each.entry).skill for each in stand_ins]
    rule = department.recorded_hand_over
    if rule is not None and rule.officials & member.kinds:
        skills.append(department.second_level)
    return Agent(
        id=member.id,
        skills=dict.fromkeys(skills, 1),
        languages={each.language: _FLUENT for each in stand_ins},
        wrap_up=WrapUp.timed(department.wrap_up),
    )


def _instants(shift: tuple[int, int], start: int) -> tuple[int, int]:
    return start + shift[0] * MICROSECONDS, start + shift[1] * MICROSECONDS


def _staffed(department: Department, day: date) -> Iterator[tuple[int, int]]:
    """When anybody serves any queue: its windows of that day, each with its drain, joined where they meet."""
    windows = sorted(
        (to_epoch(window.opening), to_epoch(window.closing) + queue.drain // _MICROSECOND)
        for queue in department.queues.values()
        for window in queue.calendar.windows(day)
    )
    joined: list[tuple[int, int]] = []
    for start, end in windows:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    yield from joined


def _within(shifts: Iterable[tuple[int, int]], windows: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    for start, end in shifts:
        for opening, closing in windows:
            if max(start, opening) < min(end, closing):
                yield max(start, opening), min(end, closing)
