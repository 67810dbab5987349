"""Who worked when, as far as a record of calls can tell.

The record names who served each call and when, and nothing else: neither skills nor presence. Both are inferred here by
rules that stand beside every figure that hangs on them:

* an agent can take the kinds of calls that the agent served on that day;
* an agent is present from the first service to the last, and on a break wherever more than `gap` pass without a
  service;
* after each call an agent needs `wrap_up` before the next.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import attrs

from ticontact._time import seconds_of
from ticontact.replay._record import RecordedCall

__all__ = ["PresenceRule", "StaffMember", "infer_staff"]


@attrs.frozen(kw_only=True)
class PresenceRule:
    """When an agent counts as present.

    Attributes:
        gap: A longer time without a service is a break.
        wrap_up: The work after a call, during which the agent is present and busy.
    """

    gap: timedelta = timedelta(seconds=300)
    wrap_up: timedelta = timedelta(seconds=20)


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
