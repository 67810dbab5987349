"""The bounds that many values share: names, counts, and whatever becomes a timer.

Whatever becomes a timer lies within a century: an amount is at most 100 years of 365 days, and an instant is in the
years 1900 to 2199. So a sum of the two is always an instant that every zone and calendar can show. "For ever" is
`None`.
"""

from datetime import datetime, timedelta
from typing import Annotated, Final

from ticontact._bounded import CENTURY
from ticontact.plain import Bounds

__all__ = ["AnyAmount", "Count", "Id", "OptionalId", "TimerAmount", "TimerInstant"]

_LONGEST_ID: Final = 200
_SECONDS: Final = CENTURY * 86_400

Id = Annotated[str, Bounds(shortest=1, longest=_LONGEST_ID, is_line=True)]
"""The name of something, given by the department: 1 to 200 characters without control characters."""

OptionalId = Annotated[str, Bounds(longest=_LONGEST_ID, is_line=True)]
"""The same, or nothing."""

Count = Annotated[int, Bounds(least=0)]
"""How many."""

TimerAmount = Annotated[timedelta, Bounds(least=0, most=_SECONDS)]
"""An amount of time that something lasts."""

AnyAmount = Annotated[timedelta, Bounds(least=-_SECONDS, most=_SECONDS)]
"""An amount of time that may be less than nothing, or whose class says itself that it may not."""

TimerInstant = Annotated[datetime, Bounds(least=1900, most=2199)]
"""An instant at which something becomes due."""
