"""Differences of two rules on the same days: how large, how sure, and when one may stop looking.

Theory of operation. Where the number of days was fixed beforehand, the mean difference has Student's interval over
days. Whoever looks again and again, and stops at the first interval that leaves out zero, is wrong far more often than
that interval says: three to six times in ten instead of once in twenty, on days that now and then are bad. So looks
have statistics of their own. No shape of the differences is assumed: only whether a day's difference lies above or
below a value counts. If that value is the median, each day is a fair coin at best, and a stake on one of its sides
grows by chance to 1 / alpha with a probability of at most alpha, however long one plays (J. Ville, 1939; a "test
martingale", G. Shafer and others, Statistical Science 26, 2011). The stakes are put on several sizes of effect and both
sides at once. The values that have not yet been refuted in this way are an interval for the median that holds at all
looks together. A day that lies on the value counts against either stake, which can only shrink it.
"""

from collections.abc import Sequence
from math import ceil, exp, inf, log, sqrt
from typing import Final

from ticontact.staffing._distributions import student_quantile

__all__ = ["FIRST_LOOK", "days_for", "mean_interval", "median", "median_interval", "ratio_interval"]

FIRST_LOOK: Final = 10
"""No look before so many days: intervals of fewer are wrong more often than they say."""

_EFFECTS: Final = (0.6, 0.7, 0.8, 0.9, 0.97)
"""The shares of days above the median that stakes are put on."""


def mean_interval(values: Sequence[float], *, confidence: float) -> tuple[float, float]:
    """Student's interval of a mean; without bounds for fewer than two values.

    Source: Student, "The probable error of a mean", Biometrika 6 (1908).
    """
    count = len(values)
    if count < 2:  # noqa: PLR2004 - a spread takes two
        return -inf, inf
    mean = sum(values) / count
    spread = sqrt(sum((value - mean) ** 2 for value in values) / (count - 1) / count)
    half = spread * student_quantile((1 + confidence) / 2, freedom=count - 1)
    return mean - half, mean + half


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    low, high = (len(ordered) - 1) // 2, len(ordered) // 2
    return (ordered[low] + ordered[high]) / 2


def _evidence(above: int, below: int, days: int) -> float:
    """The logarithm of what the stakes have grown to against a value that so many days lie above and below.

    A day on the value itself counts against both sides: a median may have up to half of all days above it, and up to
    half below, whatever the number of days that lie on it.
    """
    stakes = [
        log(2 * effect) * count + log(2 * (1 - effect)) * (days - count)
        for effect in _EFFECTS
        for count in (above, below)
    ]
    largest = max(stakes)
    return largest + log(sum(exp(stake - largest) for stake in stakes) / len(stakes))


def median_interval(values: Sequence[float], *, confidence: float) -> tuple[float, float]:
    """The medians that are not refuted; with this confidence the true one is among them at all looks together.

    Returns:
        Two of the values, with as many below the one as above the other; without bounds for too few values.
    """
    ordered = sorted(values)
    days = len(ordered)
    limit = -log(1 - confidence)
    # A median with so few days on one side of it is refuted; what lies between two values has as many as its neighbour.
    outside = next(count for count in range(days + 1) if _evidence(days - count, count, days) < limit)
    if outside == 0:
        return -inf, inf
    return ordered[outside - 1], ordered[days - outside]


def ratio_interval(pairs: Sequence[tuple[int, int]], *, confidence: float) -> tuple[float, float] | None:
    """The interval of a share whose counts come in days, each of which counts as one observation.

    Args:
        pairs: How many of how many, on each day.
        confidence: How often such an interval is right.

    Returns:
        The interval; None of nothing.

    Source: W. G. Cochran, Sampling Techniques, chapter 2.11 (ratio estimator).
    """
    total = sum(every for _, every in pairs)
    if total == 0:
        return None
    share = sum(count for count, _ in pairs) / total
    days = len(pairs)
    if days < 2:  # noqa: PLR2004 - a spread takes two
        return 0.0, 1.0
    squares = sum((count - share * every) ** 2 for count, every in pairs)
    spread = sqrt(squares * days / (days - 1)) / total
    # Where every day says the same, the days tell no spread: then nothing contrary among so many is the rule of three.
    spread = max(spread, 1 / total) if share in (0.0, 1.0) else spread
    half = spread * student_quantile((1 + confidence) / 2, freedom=days - 1)
    return max(0.0, share - half), min(1.0, share + half)


def days_for(values: Sequence[float], *, within: float, confidence: float) -> int:
    """How many days make the interval of the mean so narrow, if further days are like these.

    Args:
        values: At least two of them.
        within: Half the width of the interval, above 0.
        confidence: How often such an interval is right.
    """
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    days = FIRST_LOOK
    for _ in range(5):  # Student's factor hangs on the number itself, and settles at once
        factor = student_quantile((1 + confidence) / 2, freedom=days - 1)
        days = max(FIRST_LOOK, ceil(variance * (factor / within) ** 2))
    return days
