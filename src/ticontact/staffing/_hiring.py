"""How many people to employ: the planned hours of weeks over what one person works in a week."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil

import attrs

from ticontact.errors import ConfigurationError, Fault
from ticontact.staffing._day_plan import Plan

__all__ = ["HiringPlan", "hiring_plan"]


@attrs.frozen(kw_only=True)
class HiringWeek:
    """One week of a hiring plan.

    Attributes:
        monday: The date of its Monday.
        hours: The scheduled time of all people together.
        peak: The most people that are scheduled at a time.
        positions: The hours over what one person works in a week.
    """

    monday: date
    hours: timedelta
    peak: int
    positions: float


@attrs.frozen(kw_only=True)
class HiringPlan:
    """How many people to employ.

    Attributes:
        weekly: What one person works in a week.
        weeks: The weeks that were planned, in order.
    """

    weekly: timedelta
    weeks: tuple[HiringWeek, ...]

    @property
    def people(self) -> int:
        """How many people the busiest week takes, full time: for its hours, and for its busiest half-hour."""
        return max((max(ceil(round(week.positions, 9)), week.peak) for week in self.weeks), default=0)

    @property
    def positions(self) -> float:
        """The full-time positions that the hours of an average week fill."""
        return sum(week.positions for week in self.weeks) / len(self.weeks) if self.weeks else 0.0


def hiring_plan(plans: Iterable[Plan], *, weekly: timedelta) -> HiringPlan:
    """How many people to employ, so that the plans of some days can be kept.

    Plans of one day (of several queues, say) are added: their people are different ones.

    Args:
        plans: The plans; absences are in them already, as far as they were planned with a `Shrinkage`.
        weekly: What one person works in a week, by contract.

    Raises:
        ConfigurationError: If nobody works.
    """
    if weekly <= timedelta(0):
        raise ConfigurationError([Fault("weekly", f"{weekly} was given", "a positive amount of time")])
    days: defaultdict[date, list[Plan]] = defaultdict(list)
    for each in plans:
        days[each.demand.day].append(each)
    hours: defaultdict[date, timedelta] = defaultdict(timedelta)
    peaks: defaultdict[date, int] = defaultdict(int)
    for day, told in days.items():
        monday = day - timedelta(days=day.weekday())
        hours[monday] += sum((each.hours for each in told), timedelta(0))
        peaks[monday] = max(peaks[monday], sum(each.peak for each in told))
    weeks = (
        HiringWeek(monday=monday, hours=hours[monday], peak=peaks[monday], positions=hours[monday] / weekly)
        for monday in sorted(hours)
    )
    return HiringPlan(weekly=weekly, weeks=tuple(weeks))
