"""A queue: how many may wait in it, by which clock they age, and where those go who cannot stay."""

from datetime import datetime, timedelta
from typing import Protocol

import attrs

from ticontact.errors import ConfigurationError, Fault

__all__ = ["OpenTime", "Queue"]


class OpenTime(Protocol):
    """What a queue asks of a calendar; `ticontact.hours.BusinessCalendar` is one."""

    def add(self, amount: timedelta, /, *, at: datetime) -> datetime:
        """The instant at which an amount of open time is over."""

    def between(self, start: datetime, end: datetime, /) -> timedelta:
        """The open time between two instants."""


def _limit(_: object, attribute: "attrs.Attribute[int | None]", value: int | None) -> None:
    if value is not None and value < 0:
        raise ConfigurationError([Fault(attribute.name, f"{value} was given", "0 or more, or none")])


@attrs.frozen(kw_only=True, eq=False)
class Queue:
    """A queue.

    Attributes:
        id: Its name, as `WorkItem.queue` says it.
        limit: How many may wait in it; None for any number.
        fallback: Where those go who cannot wait, or whom everybody has declined. Without one there
            may be no limit, and what everybody has declined goes on waiting.
        calendar: Its opening hours. Deferred work ages in its open time; without a calendar, in elapsed time.
    """

    id: str
    limit: int | None = attrs.field(default=None, validator=_limit)
    fallback: str = ""
    calendar: OpenTime | None = None

    def __attrs_post_init__(self) -> None:
        if self.limit is not None and not self.fallback:
            raise ConfigurationError(
                [Fault(f"queue.{self.id}.fallback", "missing", "a place to go when the queue is full")]
            )
