"""How long will somebody wait at this place in line, by what others waited lately?

Theory of operation. No formula of the line is asked. If waits are alike, of `n` recent ones a further one is no longer
than the `k`-th smallest with probability `k / (n + 1)` (order statistics), whatever their distribution. A share that so
few waits cannot promise has no quantile.
"""

from collections.abc import Iterable
from datetime import timedelta

import attrs

from ticontact.measures._estimate import EstimateMethod, WaitEstimate, check_least, rounded_up

__all__ = ["RecentWaits", "estimate_by_recent_waits"]


def _waits(given: Iterable[timedelta]) -> tuple[timedelta, ...]:
    return tuple(sorted(given))


@attrs.frozen(kw_only=True)
class RecentWaits(WaitEstimate):
    """An estimate by what others waited lately.

    Attributes:
        position: The position.
        waits: What those waited who were at a like position, in order.
    """

    position: int
    waits: tuple[timedelta, ...] = attrs.field(converter=_waits)

    @property
    def method(self) -> EstimateMethod:
        """The waits of others."""
        return "recent_waits"

    @property
    def observed(self) -> int:
        """How many others."""
        return len(self.waits)

    @property
    def mean(self) -> timedelta:
        """Their mean wait, in whole seconds rounded up."""
        return rounded_up(sum(self.waits, timedelta(0)) / len(self.waits))

    def chance(self, within: timedelta) -> float:
        """The probability, at the least, that the wait is over within a time."""
        return sum(wait <= within for wait in self.waits) / (len(self.waits) + 1)


def estimate_by_recent_waits(
    *, position: int, recent: Iterable[tuple[int, timedelta]], near: int = 0
) -> RecentWaits | None:
    """The wait of who is at a position, from what others waited who joined at a like position.

    Args:
        position: The place in line; 1 is next.
        recent: For each of the others the position at joining and how long the wait for the answer was. Whoever gave up
            is not among them: the wait that it would have been is not known.
        near: By how much their position may differ.

    Returns:
        The estimate; None if none of them was at a like position.

    Raises:
        ConfigurationError: If a number is too small.
    """
    check_least(position=(position, 1), near=(near, 0))
    waits = tuple(wait for place, wait in recent if abs(place - position) <= near)
    return RecentWaits(position=position, waits=waits) if waits else None
