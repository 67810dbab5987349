"""Who worked when, as far as a record of calls can tell.

The record names who served each call and when, and nothing else: neither skills nor presence. Both are inferred here by
rules that stand beside every figure that hangs on them:

* an agent can take the kinds of calls that the agent served on that day;
* an agent is present from the first service to the last, and on a break wherever more than `gap` pass without a
  service;
* after each call an agent needs `wrap_up` before the next.

A department then takes its staff from that (`roster`): skills and languages are what the kinds stand for there, and
presence is cut to the time in which the office is staffed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

import attrs

from ticontact._time import MICROSECONDS, microseconds, seconds_of, to_epoch
from ticontact._value_bounds import TimerAmount
from ticontact.departments import Department
from ticontact.plain import checked
from ticontact.replay._bank_record import RecordedCall, midnight
from ticontact.routing import Agent, WrapUp

__all__ = ["PresenceRule", "Shifts", "StaffMember", "infer_staff", "roster"]

_FLUENT: Final = 10
"""The record does not say how well; who served a language speaks it."""


Shifts = tuple[tuple[int, int], ...]
"""Times of presence, half-open, in microseconds since the epoch, in order and apart."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class PresenceRule:
    """When an agent counts as present.

    Attributes:
        gap: A longer time without a service is a break.
        wrap_up: The work after a call, during which the agent is present and busy.
    """

    gap: TimerAmount = timedelta(seconds=300)
    wrap_up: TimerAmount = timedelta(seconds=20)


@attrs.frozen
class StaffMember:
    """One agent of a recorded day.

    Attributes:
        id: The name in the record.
        kinds: The kinds of calls served on that day.
        shifts: Times of presence, half-open, in seconds since midnight, in order and apart.
    """

    id: str
    kinds: frozenset[str]
    shifts: tuple[tuple[int, int], ...]


def infer_staff(calls: Iterable[RecordedCall], *, rule: PresenceRule) -> tuple[StaffMember, ...]:
    """The agents of a day, by name.

    Args:
        calls: The calls of one day; those without a named agent or a recorded service tell nothing and are passed over.
        rule: When an agent counts as present.
    """
    services: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for call in calls:
        if call.server is None or call.service_start is None or call.service is None:
            continue
        services[call.server].append((call.service_start, call.service_start + call.service))
        kinds[call.server].add(call.kind)
    return tuple(
        StaffMember(name, frozenset(kinds[name]), _shifts(sorted(services[name]), rule)) for name in sorted(services)
    )


def _shifts(services: list[tuple[int, int]], rule: PresenceRule) -> tuple[tuple[int, int], ...]:
    gap, wrap_up = seconds_of(rule.gap), seconds_of(rule.wrap_up)
    shifts: list[tuple[int, int]] = []
    for start, end in services:
        if shifts and start - (shifts[-1][1] - wrap_up) <= gap:
            shifts[-1] = (shifts[-1][0], max(shifts[-1][1], end + wrap_up))
        else:
            shifts.append((start, end + wrap_up))
    return tuple(shifts)


def roster(staff: Iterable[StaffMember], *, department: Department, day: date) -> tuple[tuple[Agent, Shifts], ...]:
    """The recorded staff as agents of a department, and when each is there on a day.

    An agent has the skills of the queues, and the languages, that the kinds served stand for; who served a kind that
    the department names for it is an official too. Presence is the recorded one as far as the department is staffed:
    from each opening to the end of the drain after closing.
    """
    staffed = tuple(_staffed(department, day))
    start = midnight(day, department.zone)
    return tuple(
        (_agent(member, department), tuple(_within([_instants(shift, start) for shift in member.shifts], staffed)))
        for member in staff
    )


def _agent(member: StaffMember, department: Department) -> Agent:
    recorded_kinds = [department.recorded_kind(kind) for kind in sorted(member.kinds)]
    skills = [department.queue_of(each.entry).skill for each in recorded_kinds]
    rule = department.recorded_hand_over
    if rule is not None and rule.officials & member.kinds:
        skills.append(department.second_level)
    return Agent(
        id=member.id,
        skills=dict.fromkeys(skills, 1),
        languages={each.language: _FLUENT for each in recorded_kinds},
        wrap_up=WrapUp.timed(department.wrap_up),
    )


def _instants(shift: tuple[int, int], start: int) -> tuple[int, int]:
    return start + shift[0] * MICROSECONDS, start + shift[1] * MICROSECONDS


def _staffed(department: Department, day: date) -> Iterator[tuple[int, int]]:
    """When anybody serves any queue: its windows of that day, each with its drain, joined where they meet."""
    windows = sorted(
        (to_epoch(window.opening), to_epoch(window.closing) + microseconds(queue.drain))
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
