"""What one office looks like: how people reach it, who waits for whom, when somebody is there."""

import enum
from collections.abc import Mapping

import attrs

from ticontact._value_bounds import Count, TimerAmount
from ticontact.contacts import Address, Channel
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import BusinessCalendar
from ticontact.i18n import Language, Text
from ticontact.plain import checked, form
from ticontact.priority import Priority
from ticontact.tickets import Lifecycle

__all__ = ["Department", "EntryPoint", "Fallback", "HandOverRule", "RecordedKind", "ServiceLevelTarget", "ServicePoint"]


class Fallback(enum.Enum):
    """What happens to whoever is still in line when the staff is let go after closing."""

    CALLBACK = "callback"
    """The office calls back: a ticket is opened."""
    CALL_AGAIN = "call_again"
    """The person is asked to call again."""
    STAYS = "stays"
    """It waits for the next opening: right for what is written, impossible for who is on the telephone."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class EntryPoint:
    """One way to reach the office. The number or address that was reached decides the queue.

    Attributes:
        id: Its name in the description.
        channel: The channel it belongs to.
        address: The number or address that people reach; None if it is not known.
        queue: The queue that its contacts join.
    """

    id: str
    channel: Channel
    address: Address | None
    queue: str


@attrs.frozen(kw_only=True, field_transformer=checked)
class ServicePoint:
    """A queue of the office with its hours.

    Attributes:
        id: The queue's name.
        calendar: When it is served.
        skill: What an agent must be able to do to serve it.
        drain: How long after closing those in line are still served.
        fallback: What happens to whoever is in line then.
    """

    id: str
    calendar: BusinessCalendar
    skill: str
    drain: TimerAmount
    fallback: Fallback


@attrs.frozen(kw_only=True, field_transformer=checked)
class ServiceLevelTarget:
    """The share of offered contacts that shall be answered within a time.

    Attributes:
        within: The time from joining the queue.
        percent: The share, in percent.
    """

    within: TimerAmount
    percent: Count


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordedKind:
    """What a kind of recorded call becomes at this office.

    Attributes:
        kind: The kind in the record.
        entry: The entry point it reaches here.
        language: The language it is held in.
    """

    kind: str
    entry: str
    language: Language


@attrs.frozen(kw_only=True, field_transformer=checked)
class HandOverRule:
    """How a record without a second level is told with one.

    Attributes:
        longer_than: A longer service counts as one that an official took over.
        after: How long the operator talks before asking an official.
        briefing: How long operator and official talk before the official takes over.
        officials: Who served one of these kinds is an official.
    """

    longer_than: TimerAmount
    after: TimerAmount
    briefing: TimerAmount
    officials: frozenset[str]


@form("office")
@attrs.frozen(kw_only=True, field_transformer=checked)
class Department:
    """One office, complete and checked.

    Attributes:
        id: Its short name.
        name: Its name in five languages.
        zone: Its time zone.
        entries: The ways to reach it, by id.
        queues: Its queues with their hours, by id.
        lifecycle: The lifecycle of its tickets.
        head_start: The waiting time that a priority is worth.
        wrap_up: The work after a call.
        service_level: What it promises itself.
        second_level: The skill of the officials; empty if there is no second level.
        recorded_kinds: What the kinds of a recorded day become, by kind.
        recorded_hand_over: How a recorded day is told with a second level; None if it is not.
    """

    id: str
    name: Text
    zone: str
    entries: Mapping[str, EntryPoint]
    queues: Mapping[str, ServicePoint]
    lifecycle: Lifecycle
    head_start: Mapping[Priority, TimerAmount]
    wrap_up: TimerAmount
    service_level: ServiceLevelTarget
    second_level: str = ""
    recorded_kinds: Mapping[str, RecordedKind] = attrs.field(factory=dict)
    recorded_hand_over: HandOverRule | None = None

    def entry(self, name: str) -> EntryPoint:
        """The entry point of this name.

        Raises:
            ConfigurationError: If the office has none of this name.
        """
        if name not in self.entries:
            raise ConfigurationError([Fault("entry", f"no entry point {name!r}", ", ".join(self.entries))])
        return self.entries[name]

    def queue_of(self, entry: str) -> ServicePoint:
        """The queue that an entry point leads to.

        Raises:
            ConfigurationError: If the office has no entry point of this name.
        """
        return self.queues[self.entry(entry).queue]

    def recorded_kind(self, kind: str) -> RecordedKind:
        """What a kind of recorded call becomes here.

        Raises:
            ConfigurationError: If the description does not say.
        """
        if kind not in self.recorded_kinds:
            raise ConfigurationError(
                [Fault("recorded_kind", f"nothing stands for {kind!r}", ", ".join(self.recorded_kinds))]
            )
        return self.recorded_kinds[kind]
