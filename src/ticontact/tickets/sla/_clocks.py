"""The service-level clocks of a ticket at an instant.

Theory of operation. A clock is a pure function of the history, the policies, the calendars and the instant. Nothing is
stored, so nothing can go stale: a changed priority, a new policy or another calendar is answered by asking again, and
any instant of the past can be asked about. A metric gives cycles (start, stop). Within a cycle the clock runs in those
stays of the ticket that its target does not pause; what it runs is a list of half-open stretches, and the last of them
has no end if it runs now. At one instant a stop counts before a pause, a pause before a resumption, and that before a
start, which half-open stretches give by themselves. The time used is the sum over the stretches, in the target's
measure; the due instant is the first by which that sum reaches the target.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from ticontact._time import to_epoch, zone_named
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import OfficeCalendar
from ticontact.tickets._ticket import Ticket
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla._clock import Clock
from ticontact.tickets.sla._policy import SlaPolicy, Target
from ticontact.tickets.sla._target_clock import TargetClock
from ticontact.tickets.sla._ticket_history import history_until

__all__ = ["clocks", "fitting"]

_NO_CALENDARS: Final[Mapping[str, OfficeCalendar]] = {}


def clocks(
    events: Iterable[TicketEvent],
    policies: Iterable[SlaPolicy],
    *,
    calendars: Mapping[str, OfficeCalendar] = _NO_CALENDARS,
    at: datetime,
    zone: str = "Europe/Zurich",
) -> tuple[Clock, ...]:
    """The clocks of a ticket at an instant: one for each target of each policy that fits it then.

    A ticket that was merged into another one, or that did not exist yet, has none; so has one that no policy fits.

    Args:
        events: The ticket's history; what lies after the instant is not looked at.
        policies: The policies, in their order.
        calendars: The calendars that targets name.
        at: The instant, past or present.
        zone: The zone of answers in time as it passes; others are in the zone of their calendar.

    Raises:
        NaiveTime: If the instant has no zone.
        BrokenHistory: If they are not the events of one ticket in order.
        ConfigurationError: If a target names a calendar that is not given.
        NeverOpen: If a target is counted in a calendar that never opens.
    """
    asked = to_epoch(at)
    history = history_until(events, until=asked)
    if history is None or history.ticket.merged_into:
        return ()
    found: list[Clock] = []
    for policy in fitting(policies, history.ticket):
        for target in policy.targets:
            calendar = _calendar(policy, target, calendars)
            shown_in = zone_named(zone if calendar is None else calendar.zone)
            clock = TargetClock(
                history=history, policy=policy, target=target, asked=asked, calendar=calendar, zone=shown_in
            )
            found.append(clock.clock())
    return tuple(found)


def fitting(policies: Iterable[SlaPolicy], ticket: Ticket) -> Iterator[SlaPolicy]:
    """The policies that fit a ticket: of each group the first, and all that stand alone."""
    groups: set[str] = set()
    for policy in policies:
        if policy.fits(ticket) and (not policy.group or policy.group not in groups):
            groups.add(policy.group)
            yield policy


def _calendar(policy: SlaPolicy, target: Target, calendars: Mapping[str, OfficeCalendar]) -> OfficeCalendar | None:
    if not target.calendar:
        return None
    if target.calendar not in calendars:
        place = f"{policy.name}.{target.metric.value}.calendar"
        known = ", ".join(sorted(calendars)) or "none is given"
        raise ConfigurationError([Fault(place, f"no calendar {target.calendar!r}", known)])
    return calendars[target.calendar]
