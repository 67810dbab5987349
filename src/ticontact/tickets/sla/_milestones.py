"""The milestones of a ticket: when it was opened, begun, solved, closed, and how often it was opened again."""

from collections.abc import Iterable

import attrs
import pendulum

from ticontact._time import from_epoch, zone_named
from ticontact.plain import checked
from ticontact.tickets._category import Category
from ticontact.tickets._ticket.event_table import StateChange
from ticontact.tickets.events import Merged, TicketEvent, Unmerged

__all__ = ["Milestones", "milestones"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Milestones:
    """The instants of a ticket's life, in microseconds since 1970-01-01T00:00Z; None for what has not happened.

    Attributes:
        opened: When it was opened.
        started: When it first left the category new.
        solved: When it was last solved or closed; None if it was opened again since.
        closed: When it was last closed; None if it was opened again since.
        reopened: How often it was opened again.
    """

    opened: int | None = None
    started: int | None = None
    solved: int | None = None
    closed: int | None = None
    reopened: int = 0

    def at(self, milestone: str) -> pendulum.DateTime | None:
        """The instant of a milestone (`opened`, `started`, `solved`, `closed`), in UTC."""
        instant: int | None = getattr(self, milestone)
        return None if instant is None else from_epoch(instant, zone_named("UTC"))


def milestones(history: Iterable[TicketEvent]) -> Milestones:
    """The milestones of a history; a merge that was taken back is as if it had never been."""
    reached = before = Milestones()
    for event in history:
        if isinstance(event, Merged):
            before = reached
        elif isinstance(event, Unmerged):
            reached = before
        elif isinstance(event, StateChange):
            reached = _after(reached, event.category, event.instant)
    return reached


def _after(reached: Milestones, category: Category, instant: int) -> Milestones:
    done = category.is_done
    solved = instant if reached.solved is None else reached.solved
    return Milestones(
        opened=instant if reached.opened is None else reached.opened,
        started=instant if reached.started is None and category is not Category.NEW else reached.started,
        solved=solved if done else None,
        closed=instant if category is Category.CLOSED else None,
        reopened=reached.reopened + (reached.solved is not None and not done),
    )
