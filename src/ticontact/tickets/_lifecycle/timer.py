"""What happens by itself after a time in a state."""

from collections.abc import Iterable
from datetime import timedelta

import attrs

from ticontact._time import WorkingDays

__all__ = ["Timer"]


def _names(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset((names,) if isinstance(names, str) else names)


@attrs.frozen(kw_only=True)
class Timer:
    """After a time in a state: a reminder, a trigger, a higher priority. It goes off once in each stay in the state.

    Attributes:
        id: Its name.
        states: The states in which it runs; entering another state of them starts it anew.
        after: The time since the state was entered; None for the instant until which the ticket was set to wait.
        calendar: The name of the calendar in whose open time `after` is counted; elapsed time if empty.
        trigger: The trigger that it fires; none if empty.
        raises_priority: Whether it raises the priority by one step, up to urgent.

    A timer without a trigger that raises nothing is a reminder: it leaves an event, and the department acts on it.
    """

    id: str
    states: frozenset[str] = attrs.field(converter=_names)
    after: timedelta | WorkingDays | None
    calendar: str = ""
    trigger: str = ""
    raises_priority: bool = False
