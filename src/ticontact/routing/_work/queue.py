"""A queue: how many may wait in it, by which clock they age, and where those go who cannot stay."""

from datetime import datetime, timedelta
from typing import Protocol

import attrs

from ticontact._limits import AnyAmount, Id, OptionalId
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import BusinessCalendar, ClosingRule
from ticontact.plain import checked
from ticontact.routing._work.counter import CounterCallPolicy

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


def _longest(_: object, attribute: "attrs.Attribute[timedelta | None]", value: timedelta | None) -> None:
    if value is not None and value <= timedelta(0):
        raise ConfigurationError([Fault(attribute.name, f"{value} was given", "more than 0, or none")])


@attrs.frozen(kw_only=True, hash=False, field_transformer=checked)
class Queue:
    """A queue.

    Attributes:
        id: Its name, as `WorkItem.queue` says it.
        limit: How many may wait in it; None for any number.
        longest_wait: How long anybody waits in it for a first agent, counted from the entry as steps are: by elapsed
            time, deferred work by open time. Who still waits then goes to the fallback. None for any time. Calls that
            the office makes have windows of their own.
        fallback: Where those go who cannot wait. Without one there may be no limit and no longest wait.
        overflow_when_declined: Whether work goes to the fallback once all that are signed in and may take it, those on
            a break too, have declined it. Otherwise it waits, and each is asked again after a time
            (`Dispatcher.offer_again_after`). A missed offer is no decline.
        calendar: Its opening hours. Deferred work ages in its open time; without a calendar, in elapsed time.
        closing: How it closes. Live work that comes after the last entry goes to the fallback, and so does what still
            waits when the drain ends; what is in hand goes on. None if the dispatcher is not to look after it.
        calling: What becomes of somebody who is called and does not come.
    """

    id: Id
    limit: int | None = attrs.field(default=None, validator=_limit)
    longest_wait: AnyAmount | None = attrs.field(default=None, validator=_longest)
    fallback: OptionalId = ""
    overflow_when_declined: bool = False
    calendar: OpenTime | None = None
    closing: ClosingRule | None = None
    calling: CounterCallPolicy = attrs.field(factory=CounterCallPolicy)

    def __attrs_post_init__(self) -> None:
        faults = []
        if self.limit is not None and not self.fallback:
            faults.append(Fault(f"queue.{self.id}.fallback", "missing", "a place to go when the queue is full"))
        if self.longest_wait is not None and not self.fallback:
            faults.append(Fault(f"queue.{self.id}.fallback", "missing", "a place to go after the longest wait"))
        if self.overflow_when_declined and not self.fallback:
            faults.append(Fault(f"queue.{self.id}.fallback", "missing", "a place for what everybody has declined"))
        if self.closing is not None and not self.fallback:
            faults.append(Fault(f"queue.{self.id}.fallback", "missing", "a place to go when the queue closes"))
        if self.closing is not None and not isinstance(self.calendar, BusinessCalendar):
            faults.append(
                Fault(f"queue.{self.id}.calendar", "missing", "a BusinessCalendar, which says when it closes")
            )
        if faults:
            raise ConfigurationError(faults)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def hours(self) -> BusinessCalendar | None:
        """The calendar, if it knows when the queue opens and closes."""
        return self.calendar if isinstance(self.calendar, BusinessCalendar) else None
