"""The record itself, told as facts about a department's contacts, to be held against the replayed ones."""

from collections.abc import Iterable
from datetime import date, timedelta

from ticontact._time import MICROSECONDS, from_epoch, zone_named
from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.measures import Fact
from ticontact.replay._clock import midnight
from ticontact.replay._record import RecordedCall, RecordedOutcome
from ticontact.replay._script import ScriptedContact, script

__all__ = ["recorded_facts"]


def recorded_facts(calls: Iterable[RecordedCall], *, department: Department, day: date) -> tuple[Fact, ...]:
    """What the record says became of each call, in the queues and hours of a department.

    Args:
        calls: The calls of one day; phantoms are left out.
        department: Whose queues and hours they are sorted by.
        day: The date they are moved to; their clock times stay.

    Returns:
        The facts in the order of arrival. Every recorded contact was a call, also where it stands for a letter here.
    """
    start = midnight(day, department.zone)
    return tuple(_fact(scripted, department, start) for scripted in script(calls, department=department))


def _fact(scripted: ScriptedContact, department: Department, start: int) -> Fact:
    call = scripted.call
    entry = department.entry(scripted.stand_in.entry)
    arrived, joined = start + call.arrived * MICROSECONDS, start + call.entered * MICROSECONDS
    left = joined + call.wait * MICROSECONDS
    answered = call.outcome is RecordedOutcome.ANSWERED
    ended = left + (call.service or 0) * MICROSECONDS
    at = from_epoch(arrived, zone_named(department.zone))
    return Fact(
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
