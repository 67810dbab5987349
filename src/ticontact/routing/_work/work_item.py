"""What waits for somebody: one piece of work."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import attrs

from ticontact._limits import AnyAmount, Id, OptionalId, TimerInstant
from ticontact._time import microseconds, to_epoch
from ticontact.contacts import CaseRef, Channel
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked, form
from ticontact.priority import Priority
from ticontact.routing._requirements.requirement import Requirement, any_agent
from ticontact.routing._requirements.skill import attributes_of
from ticontact.routing._work.callback import Callback

__all__ = ["WorkItem", "credited"]

_NOTHING: Final = timedelta(0)


def _one_or_more(_: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    if value < 1:
        raise ConfigurationError([Fault(attribute.name, f"{value} was given", "1 or more")])


def _aware(_: object, attribute: "attrs.Attribute[datetime | None]", value: datetime | None) -> None:
    if value is not None:
        to_epoch(value, name=attribute.name)


@form("work_item")
@attrs.frozen(kw_only=True, hash=False, field_transformer=checked)
class WorkItem:
    """One piece of work that waits for somebody.

    Attributes:
        id: The caller's own id, unique among all that waits or is in hand.
        queue: The name of its queue.
        channel: On which channel it came; its trait `synchronous` makes it live work.
        requirement: What it asks of the agent, beside what the department's rules ask.
        priority: The stated need behind it.
        entered_at: When it entered the queue; None for the moment of its arrival at the dispatcher.
        reached_at: When the person reached the office, where something was heard before the queue; who did so in time
            is let in and served until the drain ends, even if the queue has closed meanwhile. None for the arrival.
        language: The language spoken; empty if it is not known. It asks nothing by itself: rules do.
        case: The case that it is about.
        case_owner: The id of the agent who keeps that case.
        last_agent: The id of the agent who spoke with the person last.
        cost: The units of capacity that it takes.
        credit: Waiting time credited on top of the priority's head start, for one who has waited elsewhere already.
        not_before: It is offered to nobody before this instant (an appointment's slot, a promised callback).
        promote_at: From this instant on, deferred work is served as live work is, because it is due soon.
        callback: That the office calls, and when; None if somebody waits, or has written.
        attributes: Anything else that the department's rules ask about, such as a topic.
        is_live: Whether somebody waits on the line or at the counter, or has kept the place there.
        is_timed: Whether an instant matters to it: a slot, a promotion, a call of the office.
    """

    id: Id
    channel: Channel
    queue: OptionalId = ""
    requirement: Requirement = any_agent
    priority: Priority = Priority.NORMAL
    entered_at: TimerInstant | None = attrs.field(default=None, validator=_aware)
    reached_at: TimerInstant | None = attrs.field(default=None, validator=_aware)
    language: str = ""
    case: CaseRef | None = None
    case_owner: Id | None = None
    last_agent: Id | None = None
    cost: int = attrs.field(default=1, validator=_one_or_more)
    credit: AnyAmount = timedelta(0)
    not_before: TimerInstant | None = attrs.field(default=None, validator=_aware)
    promote_at: TimerInstant | None = attrs.field(default=None, validator=_aware)
    callback: Callback | None = None
    attributes: Mapping[str, str] = attrs.field(factory=dict, converter=attributes_of)
    is_live: bool = attrs.field(init=False, repr=False)
    is_timed: bool = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        # Worked out once: the engine reads both several times for all that arrives.
        is_kept = self.callback is None or self.callback.urgent_from is None
        object.__setattr__(self, "is_live", self.channel.synchronous and is_kept)
        is_timed = self.not_before is not None or self.promote_at is not None or self.callback is not None
        object.__setattr__(self, "is_timed", is_timed)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def begins_at(self) -> datetime | None:
        """Before this instant it is offered to nobody; None if it may be at once."""
        opens = self.callback.opens if self.callback is not None else None
        if opens is None or self.not_before is None:
            return self.not_before if opens is None else opens
        return max(opens, self.not_before, key=to_epoch)

    @property
    def live_from(self) -> datetime | None:
        """From this instant on deferred work is served as live work is; None if it never is."""
        return self.callback.urgent_from if self.callback is not None else self.promote_at


def credited(item: WorkItem, *, entered: int, head_start: Mapping[Priority, timedelta]) -> int:
    """The instant from which an item's waiting counts in its tier: `entered - head start - credit`, in microseconds.

    Since everybody ages at the same rate, the order of two items never changes, and this key is exact for ever.
    """
    ahead = head_start.get(item.priority, _NOTHING) + item.credit
    return entered - microseconds(ahead) if ahead else entered
