"""The counter: tickets drawn by series, appointments, and people who are called and do not come."""

from datetime import datetime, timedelta
from typing import Final, Literal

import attrs

from ticontact._limits import AnyAmount, TimerInstant
from ticontact._time import to_epoch
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked
from ticontact.routing._work.work_item import WorkItem

__all__ = ["Appointment", "CounterCallPolicy", "Punctuality", "TicketSeries"]

Punctuality = Literal["early", "on_time", "late"]
"""Before the slot, within its grace, or after it."""

_DIGITS: Final = 3
_NOTHING: Final = timedelta(0)
_A_DAY: Final = timedelta(hours=24)  # more than any counter is open: an appointment goes before every ticket drawn


@attrs.frozen(field_transformer=checked)
class TicketSeries:
    """The tickets of one service, numbered as they are drawn.

    Attributes:
        letter: What stands before the number.
        last: The number drawn last; 0 before the first.
        highest: After this number the series begins anew with 1.

    >>> ticket, later = TicketSeries("A", 41).draw()
    >>> ticket, later.last
    ('A042', 42)
    """

    letter: str
    last: int = 0
    highest: int = attrs.field(default=999, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.highest < 1 or not 0 <= self.last <= self.highest:
            raise ConfigurationError([Fault("series.last", f"{self.last} was given", f"0 to {self.highest}")])

    def draw(self) -> tuple[str, "TicketSeries"]:
        """The next ticket, and the series after it."""
        number = self.last % self.highest + 1
        return f"{self.letter}{number:0{_DIGITS}}", attrs.evolve(self, last=number)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Appointment:
    """A time at the counter that was agreed on.

    Attributes:
        slot: When.
        grace: For how long after the slot who comes still counts as on time.
        early: How long before the slot the person may be called, if everybody is there.
        outranks: The waiting time that it is worth, from its slot on, beside those who have drawn a ticket. By default
            more than a day, so that it goes before all of them.
    """

    slot: TimerInstant
    grace: AnyAmount = timedelta(minutes=10)
    early: AnyAmount = _NOTHING
    outranks: AnyAmount = _A_DAY

    def __attrs_post_init__(self) -> None:
        to_epoch(self.slot, name="slot")
        faults = [
            Fault(f"appointment.{name}", f"{getattr(self, name)} was given", "0 or more")
            for name in ("grace", "early", "outranks")
            if getattr(self, name) < _NOTHING
        ]
        if faults:
            raise ConfigurationError(faults)

    def punctuality(self, *, at: datetime) -> Punctuality:
        """Whether who comes at an instant is early, on time or late; the end of the grace is on time.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        here = to_epoch(at)
        if here < to_epoch(self.slot):
            return "early"
        return "on_time" if here <= to_epoch(self.slot + self.grace) else "late"

    def item(self, item: WorkItem, *, at: datetime) -> WorkItem:
        """A visit with this appointment, when the person is there.

        The wait counts from the slot, or from the arrival if that is later. Who comes late has lost the rank, and waits
        as one who has drawn a ticket.

        Args:
            item: The visit.
            at: When the person is there.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        if self.punctuality(at=at) == "late":
            return item
        return attrs.evolve(item, not_before=self.slot - self.early, credit=item.credit + self.outranks)


@attrs.frozen(kw_only=True, field_transformer=checked)
class CounterCallPolicy:
    """What becomes of somebody who is called to the counter and does not come.

    Attributes:
        calls: How often the person is called in a row.
        returns: How often the person then goes to the end of the line, before it counts as a no-show.
    """

    calls: int = 2
    returns: int = 1

    def __attrs_post_init__(self) -> None:
        faults = []
        if self.calls < 1:
            faults.append(Fault("calling.calls", f"{self.calls} was given", "1 or more"))
        if self.returns < 0:
            faults.append(Fault("calling.returns", f"{self.returns} was given", "0 or more"))
        if faults:
            raise ConfigurationError(faults)
