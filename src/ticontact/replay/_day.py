"""A recorded day at a department: what the record says, what the replay gives, side by side."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time

import attrs
import pendulum

from ticontact._time import MICROSECONDS, from_epoch, zone_named
from ticontact.departments import Department
from ticontact.replay._clock import midnight
from ticontact.replay._figures import Figures, figures, figures_by
from ticontact.replay._journal import Journal, Story
from ticontact.replay._record import RecordedCall
from ticontact.replay._recorded import recorded_stories
from ticontact.replay._run import Progress, replay
from ticontact.replay._staff import PresenceRule

__all__ = ["Comparison", "DayReplay", "replay_day"]


@attrs.frozen
class Comparison:
    """The same figures twice: as recorded and as replayed."""

    recorded: Figures
    replayed: Figures


@attrs.frozen(kw_only=True)
class DayReplay:
    """A recorded day at a department.

    Attributes:
        department: The office.
        day: The date it was moved to.
        presence: The rule by which agents counted as present.
        journal: What happened in the replay.
        recorded: What the record says became of each contact.
    """

    department: Department
    day: date
    presence: PresenceRule
    journal: Journal
    recorded: tuple[Story, ...]

    @property
    def live(self) -> Comparison:
        """The figures of all live channels together."""
        recorded, replayed = ([story for story in told if story.is_live] for told in self._both)
        within = self.department.service_level.within
        return Comparison(figures(recorded, within=within), figures(replayed, within=within))

    @property
    def by_queue(self) -> Mapping[str, Comparison]:
        """The figures of each queue, in the department's own order."""
        by_name = self._by(lambda story: story.queue, self._both)
        return {queue: by_name[queue] for queue in self.department.queues if queue in by_name}

    @property
    def by_half_hour(self) -> Mapping[str, Comparison]:
        """The figures of the live channels by half-hour of arrival in opening hours, named like `08:00`."""
        recorded, replayed = ([story for story in told if story.is_live and story.in_hours] for told in self._both)
        return self._by(self._half_hour, (recorded, replayed))

    @property
    def most_telling(self) -> Story | None:
        """The live contact whose explanation has the most kinds of reasons, the first of several; None without any."""
        explained = [story for story in self.journal.stories if story.is_live and story.id in self.journal.explanations]
        return max(explained, key=self._kinds_of_reasons, default=None)

    def first_at(self, clock: time) -> Story | None:
        """The first live contact that arrived at or after a time of day; None if none did."""
        start = midnight(self.day, self.department.zone)
        since = start + ((clock.hour * 60 + clock.minute) * 60 + clock.second) * MICROSECONDS
        return next((story for story in self.journal.stories if story.is_live and story.arrived >= since), None)

    def shown(self, instant: int) -> pendulum.DateTime:
        """An instant of a story, in the department's zone."""
        return from_epoch(instant, zone_named(self.department.zone))

    def _kinds_of_reasons(self, story: Story) -> int:
        return len({verdict.reason.why for verdict in self.journal.explanations[story.id].verdicts})

    @property
    def _both(self) -> tuple[tuple[Story, ...], tuple[Story, ...]]:
        return self.recorded, self.journal.stories

    def _by(
        self, key: Callable[[Story], str], both: tuple[Iterable[Story], Iterable[Story]]
    ) -> Mapping[str, Comparison]:
        within = self.department.service_level.within
        recorded, replayed = (figures_by(key, told, within=within) for told in both)
        return {name: Comparison(recorded[name], replayed[name]) for name in recorded}

    def _half_hour(self, story: Story) -> str:
        at = self.shown(story.arrived)
        return f"{at.hour:02}:{at.minute // 30 * 30:02}"


def replay_day(
    calls: Iterable[RecordedCall],
    *,
    department: Department,
    day: date,
    presence: PresenceRule | None = None,
    progress: Progress | None = None,
) -> DayReplay:
    """Drive the calls of one recorded day through a department, and keep the record beside it.

    Args:
        calls: The calls of the day, in any order.
        department: The office they are taken to reach.
        day: The date they are moved to; their clock times stay.
        presence: When an agent counts as present.
        progress: Called as contacts end, for who wants to show it.

    Raises:
        ConfigurationError: If the department does not say what one of the recorded kinds stands for.
    """
    told = list(calls)
    rule = presence or PresenceRule(wrap_up=department.wrap_up)
    return DayReplay(
        department=department,
        day=day,
        presence=rule,
        journal=replay(told, department=department, day=day, presence=rule, progress=progress),
        recorded=recorded_stories(told, department=department, day=day),
    )
