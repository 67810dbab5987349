"""The record itself, told as the stories of a department's contacts, to be held against the replayed ones."""

from collections.abc import Iterable
from datetime import date

from ticontact._time import MICROSECONDS, from_epoch, zone_named
from ticontact.contacts import Outcome
from ticontact.departments import Department
from ticontact.replay._clock import midnight
from ticontact.replay._journal import Story
from ticontact.replay._record import RecordedCall, RecordedOutcome
from ticontact.replay._script import script

__all__ = ["recorded_stories"]


def recorded_stories(calls: Iterable[RecordedCall], *, department: Department, day: date) -> tuple[Story, ...]:
    """What the record says became of each call, in the queues and hours of a department.

    Args:
        calls: The calls of one day.
        department: Whose queues and hours they are sorted by.
        day: The date they are moved to; their clock times stay.

    Returns:
        The stories in the order of arrival. Every recorded contact was a call, also where it stands for a letter here.
    """
    start, zone = midnight(day, department.zone), zone_named(department.zone)
    stories = []
    for scripted in script(calls, department=department):
        call = scripted.call
        entry = department.entry(scripted.stand_in.entry)
        arrived, joined = start + call.arrived * MICROSECONDS, start + call.entered * MICROSECONDS
        left = joined + call.wait * MICROSECONDS
        answered = call.outcome is RecordedOutcome.ANSWERED
        stories.append(
            Story(
                id=call.id,
                queue=entry.queue,
                channel=entry.channel.name,
                is_live=entry.channel.synchronous,
                arrived=arrived,
                in_hours=department.queues[entry.queue].calendar.is_open(at=from_epoch(arrived, zone)),
                language=scripted.stand_in.language,
                joined=joined if answered or call.queued else None,
                answered=left if answered else None,
                agent=call.server or "",
                ended=left,
                outcome=_outcome(call),
            )
        )
    return tuple(stories)


def _outcome(call: RecordedCall) -> Outcome:
    if call.outcome is RecordedOutcome.ANSWERED:
        return Outcome.ANSWERED
    return Outcome.ABANDONED_LONG if call.queued else Outcome.ABANDONED_ANNOUNCEMENT
