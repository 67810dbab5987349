"""What a calendar's open time comes from: something that can name it year by year, and say why.

Theory of operation. A calendar asks its plan three things: the open stretches of a local year, those that begin on a
local date, and the reason at an instant. Most plans think in local dates and wall-clock windows (`DayPlan`): a standing
week with its exceptions, or an OpenStreetMap expression. They are put on the zone's instants here, once for all. A
combination of calendars (`_combination`) is a plan that thinks in instants from the start.
"""

from abc import abstractmethod
from datetime import date, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from ticontact._time import MICROSECONDS
from ticontact.hours._explanation import Reason
from ticontact.hours._intervals import Spans, clip, merged
from ticontact.hours._wall_clock import (
    EPOCH_ORDINAL,
    closing_at,
    local_reading,
    midnight_offset,
    opening_at,
    year_start,
)
from ticontact.hours._window import DAY, TimeWindow, covers

__all__ = ["DayPlan", "Plan"]


class Plan(Protocol):
    """What a calendar's open time comes from."""

    def spans(self, zone: ZoneInfo, year: int) -> Spans:
        """The open stretches of a local year, cut at its ends."""

    def spans_on(self, zone: ZoneInfo, day: date) -> Spans:
        """The open stretches that begin on a local date."""

    def because(self, zone: ZoneInfo, instant: int) -> Reason:
        """The rule that makes an instant closed, or open."""


class DayPlan(Plan, Protocol):
    """A plan by local dates and wall-clock windows."""

    @abstractmethod
    def windows(self, day: date) -> tuple[TimeWindow, ...]:
        """The windows that begin on a date."""

    @abstractmethod
    def decided_by(self, day: date, second: int) -> Reason:
        """The rule that decides about a second of a date."""

    def spans(self, zone: ZoneInfo, year: int) -> Spans:
        """The open stretches of a local year, cut at its ends."""
        first, last = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        earliest = first - 2  # a window may run until 48:00
        offsets = [midnight_offset(zone, ordinal) for ordinal in range(earliest, last + 2)]
        found: Spans = []
        for index, ordinal in enumerate(range(earliest, last)):
            windows = self.windows(date.fromordinal(ordinal))
            if not windows:
                continue
            offset = offsets[index]
            if offset == offsets[index + 1] == offsets[index + 2]:
                midnight = ((ordinal - EPOCH_ORDINAL) * DAY - offset) * MICROSECONDS
                found += [
                    (midnight + window.start * MICROSECONDS, midnight + window.end * MICROSECONDS) for window in windows
                ]
            else:
                found += _spans_at_change(zone, ordinal, windows)
        return clip(merged(found), year_start(zone, year), year_start(zone, year + 1))

    def spans_on(self, zone: ZoneInfo, day: date) -> Spans:
        """The open stretches that begin on a local date; windows that touch are one stretch."""
        return merged(_spans_at_change(zone, day.toordinal(), self.windows(day)))

    def because(self, zone: ZoneInfo, instant: int) -> Reason:
        """The rule that makes an instant closed, or open."""
        day, second = local_reading(zone, instant)
        night_before = day - timedelta(days=1)
        if covers(self.windows(night_before), second + DAY) and not covers(self.windows(day), second):
            return self.decided_by(night_before, second + DAY)
        return self.decided_by(day, second)


def _spans_at_change(zone: ZoneInfo, ordinal: int, windows: tuple[TimeWindow, ...]) -> Spans:
    return [(opening_at(zone, ordinal, window.start), closing_at(zone, ordinal, window.end)) for window in windows]
