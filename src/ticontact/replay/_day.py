"""A recorded day at a department: what the record says, what the replay gives, side by side."""

from collections.abc import Iterable, Mapping
from datetime import date, time

import attrs
import pendulum

from ticontact._time import MICROSECONDS, from_epoch, zone_named
from ticontact.departments import Department
from ticontact.measures import Fact, HalfHour, ServiceLevel, by_half_hour, by_queue, half_hours
from ticontact.replay._clock import midnight
from ticontact.replay._figures import Figures, figures
from ticontact.replay._journal import Journal, Story
from ticontact.replay._record import RecordedCall
from ticontact.replay._recorded import recorded_facts
from ticontact.replay._run import Progress, replay
from ticontact.replay._staff import PresenceRule

__all__ = ["Comparison", "DayReplay", "compared", "replay_day"]


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
    recorded: tuple[Fact, ...]

    @property
    def live(self) -> Comparison:
        """The figures of all live channels together."""
        return self._compared(
            [fact for fact in self.recorded if fact.is_live], [fact for fact in self.journal.facts if fact.is_live]
        )

    @property
    def by_queue(self) -> Mapping[str, Comparison]:
        """The figures of each queue that had contacts, in the department's own order."""
        recorded, replayed = by_queue(self.recorded), by_queue(self.journal.facts)
        return {
            name: self._compared(recorded[name], replayed[name]) for name in self.department.queues if name in replayed
        }

    @property
    def by_half_hour(self) -> Mapping[str, Comparison]:
        """The figures of the live channels in opening hours, by half-hour of arrival, each named by its beginning."""
        recorded, replayed = (
            by_half_hour((fact for fact in told if fact.is_live and fact.in_hours), zone=self.department.zone)
            for told in (self.recorded, self.journal.facts)
        )
        return {
            f"{start.hour:02}:{start.minute:02}": self._compared(recorded[start], replayed[start]) for start in replayed
        }

    def half_hours(self, queue: str | None = None) -> tuple[HalfHour, ...]:
        """The half-hour table of the live channels in opening hours, as replayed.

        Args:
            queue: The name of a queue; None for all. The agents are those of the office, whatever the queue: only the
                table of all queues tells how occupied they were.
        """
        told = (fact for fact in self.journal.facts if fact.is_live and fact.in_hours)
        return half_hours(
            (fact for fact in told if queue in (None, fact.queue)),
            definition=ServiceLevel(within=self.department.service_level.within),
            present=self.journal.shifts,
            zone=self.department.zone,
        )

    @property
    def most_telling(self) -> Story | None:
        """The live contact whose explanation has the most kinds of reasons, the first of several; None without any."""
        explained = [story for story in self._live if story.fact.item in self.journal.explanations]
        return max(explained, key=self._kinds_of_reasons, default=None)

    def first_at(self, clock: time) -> Story | None:
        """The first live contact that arrived at or after a time of day; None if none did."""
        seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
        since = midnight(self.day, self.department.zone) + seconds * MICROSECONDS
        return next((story for story in self._live if story.fact.offered_at >= since), None)

    def arrival(self, story: Story) -> pendulum.DateTime:
        """When a contact reached the office, in the department's zone."""
        return from_epoch(story.fact.offered_at, zone_named(self.department.zone))

    @property
    def _live(self) -> list[Story]:
        return [story for story in self.journal.stories if story.fact.is_live]

    def _kinds_of_reasons(self, story: Story) -> int:
        return len({verdict.reason.why for verdict in self.journal.explanations[story.fact.item].verdicts})

    def _compared(self, recorded: Iterable[Fact], replayed: Iterable[Fact]) -> Comparison:
        return compared(recorded, replayed, self.department)


def compared(recorded: Iterable[Fact], replayed: Iterable[Fact], department: Department) -> Comparison:
    """The figures of recorded and of replayed contacts, by the service level of a department."""
    within = department.service_level.within
    return Comparison(figures(recorded, within=within), figures(replayed, within=within))


def replay_day(
    calls: Iterable[RecordedCall],
    *,
    department: Department,
    day: date,
    presence: PresenceRule | None = None,
    progress: Progress | None = None,
    explaining: bool = True,
) -> DayReplay:
    """Drive the calls of one recorded day through a department, and keep the record beside it.

    Args:
        calls: The calls of the day, in any order.
        department: The office they are taken to reach.
        day: The date they are moved to; their clock times stay.
        presence: When an agent counts as present.
        progress: Called as contacts end, for who wants to show it.
        explaining: Whether what is needed to explain decisions is kept, which takes time and memory.

    Raises:
        ConfigurationError: If the department does not say what one of the recorded kinds stands for.
    """
    told = list(calls)
    rule = presence or PresenceRule(wrap_up=department.wrap_up)
    return DayReplay(
        department=department,
        day=day,
        presence=rule,
        journal=replay(told, department=department, day=day, presence=rule, progress=progress, explaining=explaining),
        recorded=recorded_facts(told, department=department, day=day),
    )
