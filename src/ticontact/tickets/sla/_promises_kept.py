"""The promises that were kept, counted, and those that were not."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from ticontact._time import to_epoch
from ticontact.plain import checked
from ticontact.tickets._promise import Promise, PromiseState
from ticontact.tickets._ticket.ticket import Ticket

__all__ = ["PromisesKept", "promises_kept"]

_LATE: Final = frozenset({PromiseState.OVERDUE, PromiseState.BROKEN})


@attrs.frozen(kw_only=True, field_transformer=checked)
class PromisesKept:
    """How some promises stood at an instant.

    Attributes:
        counts: How many there were in each state; every state has its number.
        late: The promises that are overdue or were broken, each with its ticket's id; what was due first comes first.
    """

    counts: Mapping[PromiseState, int]
    late: tuple[tuple[str, Promise], ...] = ()

    @property
    def share(self) -> float | None:
        """The share of kept ones among those that were kept, broken or overdue; None if there are none of these.

        What is still open counts for nothing yet, what was withdrawn for nothing any more.
        """
        kept = self.counts[PromiseState.KEPT]
        judged = kept + self.counts[PromiseState.BROKEN] + self.counts[PromiseState.OVERDUE]
        return kept / judged if judged else None


def promises_kept(
    tickets: Iterable[Ticket], *, at: datetime, since: datetime | None = None, who: str | None = None
) -> PromisesKept:
    """How the promises of some tickets stood at an instant, past or present; what was promised later is left out.

    Args:
        tickets: The tickets; those that are done count too, or a broken promise would vanish with its ticket.
        at: The instant.
        since: Leaves out what was due before, for the report of a month; nothing if None.
        who: Whose promises alone: a person's id or a role, as given; everybody's if None.

    Raises:
        NaiveTime: If an instant has no zone.
    """
    asked = to_epoch(at)
    first = None if since is None else to_epoch(since, name="since")
    found = [
        (ticket.id, promise, promise.state(at=at))
        for ticket in tickets
        for promise in ticket.record.promises
        if promise.given_instant <= asked
        and (first is None or promise.due_instant >= first)
        and (who is None or promise.who == who)
    ]
    late = [(ticket, promise) for ticket, promise, state in found if state in _LATE]
    return PromisesKept(
        counts={each: sum(state is each for _, _, state in found) for each in PromiseState},
        late=tuple(sorted(late, key=lambda each: (each[1].due_instant, each[0], each[1].id))),
    )
