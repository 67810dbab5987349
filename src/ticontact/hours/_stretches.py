"""Openings, closings, and the stretches of open time between them."""

from collections.abc import Iterator
from datetime import date, datetime

import pendulum

from ticontact._time import from_epoch
from ticontact.hours._answers import Stretch
from ticontact.hours._epochs import EpochQuestions
from ticontact.hours._intervals import Span

__all__ = ["StretchQuestions"]


class StretchQuestions(EpochQuestions):
    """The questions to a calendar about its openings and closings."""

    __slots__ = ()

    def next_opening(self, *, at: datetime) -> pendulum.DateTime | None:
        """The first opening after an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        timeline = self.timeline
        instant = timeline.instant(at)
        found = timeline.next_opening(instant, instant + self.reach)
        return None if found is None else from_epoch(found, timeline.zone)

    def next_closing(self, *, at: datetime) -> pendulum.DateTime | None:
        """The first closing after an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return self._shown(self.next_closing_epoch(self.timeline.instant(at)))

    def previous_opening(self, *, at: datetime) -> pendulum.DateTime | None:
        """The last opening before an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return self._shown(self.previous_opening_epoch(self.timeline.instant(at)))

    def previous_closing(self, *, at: datetime) -> pendulum.DateTime | None:
        """The last closing before an instant; None if there is none within the horizon.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return self._shown(self.previous_closing_epoch(self.timeline.instant(at)))

    def windows(self, day: date) -> tuple[Stretch, ...]:
        """The stretches of open time that begin on a local date.

        Raises:
            InvalidInstant: If the year is outside the years that can be computed.
        """
        return tuple(map(self._stretch, self.spans_on(day)))

    def intervals(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The stretches of open time between two instants, cut at both; computed as they are asked for.

        Raises:
            NaiveTime: If an instant has no zone.
        """
        first, last = self.timeline.instant(start, name="start"), self.timeline.instant(end, name="end")
        return map(self._stretch, self.timeline.within(first, last))

    def upcoming(self, *, at: datetime) -> Iterator[Stretch]:
        """The stretches from an instant on, the first one cut at it; computed as they are asked for.

        They end where nothing opens within the horizon; a stretch that does not close within it is cut there.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return map(self._stretch, self._walk_forward(self.timeline.instant(at)))

    def past(self, *, at: datetime) -> Iterator[Stretch]:
        """The stretches before an instant, the latest first, the first one cut at it.

        They end where nothing was open within the horizon; a stretch that has not opened within it is cut there.

        Raises:
            NaiveTime: If the instant has no zone.
        """
        return map(self._stretch, self._walk_backward(self.timeline.instant(at)))

    def _shown(self, instant: int | None) -> pendulum.DateTime | None:
        return None if instant is None else from_epoch(instant, self.timeline.zone)

    def _stretch(self, span: Span) -> Stretch:
        return Stretch(from_epoch(span[0], self.timeline.zone), from_epoch(span[1], self.timeline.zone))
