"""What everybody will do on a replayed day, as far as the record tells: the script that the desk does not know.

Beside it stands the record itself, told as a `WorkRecord` of each of the department's contacts (`recorded_work`), to be
held against the replayed ones.

The record fixes when a caller arrives, how long the announcement lasts, how long the caller is willing to wait where
that was seen (a caller who was served would have waited longer; nobody knows how long), and how long the service takes.
What the record cannot know is filled in by stated rules, never by chance:

* a call that hung up in the record and is served in the replay gets the service time of the next call of its kind that
  was served (of the last one, if none follows); so does a served call whose times were not recorded;
* priority 2 of the record is a stated need (`Priority.HIGH`); everything else, and everything unknown, is normal.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import attrs

from ticontact._time import MICROSECONDS, from_epoch, seconds_of, zone_named
from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.departments._model import RecordedKind
from ticontact.measures import WorkRecord
from ticontact.priority import Priority
from ticontact.replay._bank_record import RecordedCall, RecordedOutcome, midnight

__all__ = ["ScriptedContact", "recorded_work", "script"]

_PRIORITY_CUSTOMER = 2


@attrs.frozen(kw_only=True)
class ScriptedContact:
    """One contact of the replayed day. Clock times are seconds since midnight, spans are seconds.

    Attributes:
        call: The row it comes from.
        recorded_kind: What its kind becomes at this office.
        announcement: How long the announcement lasts before the contact joins its queue.
        leaves_in_announcement: Whether the caller is gone before the announcement ends.
        patience: How long the caller waits in the queue before hanging up; None for as long as it takes.
        service: How long the service takes in all.
        hand_over_after: When, counted from the start of the service, an official is asked; None if never.
        priority: How urgent it is.
    """

    call: RecordedCall
    recorded_kind: RecordedKind
    announcement: int
    leaves_in_announcement: bool
    patience: int | None
    service: int
    hand_over_after: int | None
    priority: Priority


def script(calls: Iterable[RecordedCall], *, department: Department) -> tuple[ScriptedContact, ...]:
    """The contacts of a day at a department, in the order of their arrival.

    Args:
        calls: The calls of one day. Phantoms are left out: no caller stands behind them.
        department: Where they are taken to arrive; its recorded kinds name every kind of the record.
    """
    real = sorted(
        (call for call in calls if call.outcome is not RecordedOutcome.PHANTOM),
        key=lambda call: (call.arrived, call.id),
    )
    services = _service_times(real)
    return tuple(_scripted(call, services[call.id], department) for call in real)


def _scripted(call: RecordedCall, service: int, department: Department) -> ScriptedContact:
    recorded_kind = department.recorded_kind(call.kind)
    live = department.entry(recorded_kind.entry).channel.synchronous
    hung_up = live and call.outcome is RecordedOutcome.HUNG_UP
    rule = department.recorded_hand_over
    handed_over = rule is not None and live and service > seconds_of(rule.longer_than)
    return ScriptedContact(
        call=call,
        recorded_kind=recorded_kind,
        announcement=call.entered - call.arrived if live else 0,
        leaves_in_announcement=hung_up and not call.queued,
        patience=call.wait if hung_up and call.queued else None,
        service=service,
        hand_over_after=seconds_of(rule.after) if rule is not None and handed_over else None,
        priority=Priority.HIGH if call.priority == _PRIORITY_CUSTOMER else Priority.NORMAL,
    )


def _service_times(calls: Iterable[RecordedCall]) -> Mapping[str, int]:
    """The service time of every call, recorded or filled in from the next call of its kind."""
    served: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    in_order = sorted(calls, key=lambda call: (call.entered, call.id))
    for call in in_order:
        if call.service is not None:
            served[call.kind].append((call.entered, call.service))
    return {
        call.id: call.service if call.service is not None else _next_service(served[call.kind], call.entered)
        for call in in_order
    }


def _next_service(served: list[tuple[int, int]], entered: int) -> int:
    if not served:
        return 0
    position = bisect_left(served, (entered, -1))
    return served[min(position, len(served) - 1)][1]


def recorded_work(calls: Iterable[RecordedCall], *, department: Department, day: date) -> tuple[WorkRecord, ...]:
    """What the record says became of each call, in the queues and hours of a department.

    Args:
        calls: The calls of one day; phantoms are left out.
        department: Whose queues and hours they are sorted by.
        day: The date they are moved to; their clock times stay.

    Returns:
        The records in the order of arrival. Every recorded contact was a call, also where it stands for a letter here.
    """
    start = midnight(day, department.zone)
    return tuple(_work(scripted, department, start) for scripted in script(calls, department=department))


def _work(scripted: ScriptedContact, department: Department, start: int) -> WorkRecord:
    call = scripted.call
    entry = department.entry(scripted.recorded_kind.entry)
    arrived, joined = start + call.arrived * MICROSECONDS, start + call.entered * MICROSECONDS
    left = joined + call.wait * MICROSECONDS
    answered = call.outcome is RecordedOutcome.ANSWERED
    ended = left + (call.service or 0) * MICROSECONDS
    at = from_epoch(arrived, zone_named(department.zone))
    return WorkRecord(
        item=call.id,
        queue=entry.queue,
        channel=entry.channel.name,
        offered_at=arrived,
        entered_at=joined if answered or call.queued else None,
        answered_at=left if answered else None,
        left_at=ended,
        outcome=_outcome(call),
        talk=timedelta(seconds=call.service or 0),
        in_hours=department.queues[entry.queue].calendar.is_open(at=at),
        is_live=entry.channel.synchronous,
    )


def _outcome(call: RecordedCall) -> Outcome:
    if call.outcome is RecordedOutcome.ANSWERED:
        return Outcome.ANSWERED
    return Outcome.ABANDONED_LONG if call.queued else Outcome.ABANDONED_ANNOUNCEMENT
