"""Redaction: personal content is taken out of a history, so that what happened can still be shown."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from ticontact._time import to_epoch
from ticontact.contacts import HandOver
from ticontact.tickets._ticket.fold import replay
from ticontact.tickets.events import Redacted, TicketEvent

__all__ = ["REDACTED", "redact"]

REDACTED: Final = "[redacted]"
"""What stands where something was taken out."""


def redact(
    history: Iterable[TicketEvent], *, at: datetime, by: str, reason: str, versions: Collection[int] | None = None
) -> tuple[TicketEvent, ...]:
    """The history without its free text, and with one event more that says so.

    Notes, summaries, promises' wording, the department's fields and free reasons are taken out. Kinds, instants,
    actors, states and references stay: the audit trail and every clock are as they were.

    Args:
        history: The events of one ticket.
        at: When it is redacted.
        by: Who does it.
        reason: Why, such as the article of the law.
        versions: The numbers of the events to redact; all if None.

    Raises:
        BrokenHistory: If they are not the events of one ticket in order, or the instant is before the last.
        NaiveTime: If the instant has no zone.
    """
    pairs = [(each, _without(each) if versions is None or each.version in versions else each) for each in history]
    before, after = [old for old, _ in pairs], [new for _, new in pairs]
    changed = tuple(old.version for old, new in pairs if old != new)
    ticket = replay(before)
    mark = Redacted(
        ticket=ticket.id, version=ticket.version + 1, instant=to_epoch(at), by=by, reason=reason, events=changed
    )
    replay((*before, mark))
    return (*after, mark)


def _without(event: TicketEvent) -> TicketEvent:
    """The event without what stands in the fields that are declared as personal."""
    if isinstance(event, Redacted):
        return event  # its reason names the article of the law, and stays
    taken = {
        field.name: _redacted(value)
        for field in attrs.fields(type(event))
        if field.metadata.get("personal") and (value := getattr(event, field.name)) != field.default
    }
    return attrs.evolve(event, **taken) if taken else event


def _redacted(value: Any) -> Any:  # noqa: ANN401 - any value of a field
    """What stands where a text, a hand-over, or some fields stood."""
    match value:
        case HandOver():
            return attrs.evolve(value, summary=REDACTED)
        case Mapping():
            return dict.fromkeys(value, REDACTED)
    return REDACTED
