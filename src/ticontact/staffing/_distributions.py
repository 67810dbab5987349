"""Normal, gamma, Student and negative-binomial distributions by their series and continued fractions.

Theory of operation. The regularised incomplete gamma function is a power series below its mean and a continued fraction
above it (Lentz's way of going through it); the incomplete beta function is a continued fraction on the side where that
converges fast. Quantiles are found by halving an interval, which needs nothing but a distribution that rises. Counts
are summed term by term from so far below the mean that what lies before is nothing.

Sources: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.5.29, 6.5.31, 26.5.8; for gamma distributions that
are nearly normal E. B. Wilson and M. M. Hilferty, "The distribution of chi-square", PNAS 17 (1931).
"""

from collections.abc import Callable
from math import erfc, exp, inf, lgamma, log, log1p, sqrt
from typing import Final

from ticontact.errors import ConfigurationError, Fault

__all__ = [
    "check_share",
    "count_quantile",
    "gamma_quantile",
    "halved",
    "normal_quantile",
    "student_quantile",
]

_TINY: Final = 1e-300
_CLOSE: Final = 1e-16
_SETTLED: Final = 1e-15
"""A factor that is so close to 1 is 1, as far as floats go; closer it may never come."""
_NEARLY_NORMAL: Final = 10_000.0
"""From this shape on a gamma distribution is taken by Wilson and Hilferty; the error is below one in ten million."""
_NEARLY_CERTAIN: Final = 1e-6  # a coefficient of variation
_FAR: Final = 12  # standard deviations
_MANY: Final = 5_000.0


def check_share(share: float, *, name: str = "share") -> None:
    """Refuse what is no share that a quantile or an interval can be asked for.

    Raises:
        ConfigurationError: If it is not above 0 and below 1.
    """
    if not 0 < share < 1:
        raise ConfigurationError([Fault(name, f"{share} was given", "above 0 and below 1")])


def halved(rises: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Where a rising function reaches a target, between two bounds: as near as floats lie to one another."""
    middle = (low + high) / 2
    while low < middle < high:
        if rises(middle) < target:
            low = middle
        else:
            high = middle
        middle = (low + high) / 2
    return middle


def normal_cdf(x: float) -> float:
    """The share of a standard normal distribution up to a value."""
    return erfc(-x / sqrt(2)) / 2


def normal_quantile(share: float) -> float:
    """The value of a standard normal distribution that a share of it does not exceed."""
    if share > 1 / 2:  # the far tail keeps its digits below the middle only
        return -normal_quantile(1 - share)
    return halved(normal_cdf, share, -40.0, 0.0)


def _gamma_cdf(shape: float, x: float) -> float:
    """The share of a gamma distribution of unit scale up to a value."""
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        at = shape
        while term > total * _CLOSE:
            at += 1
            term *= x / at
            total += term
        return front * total
    return 1 - front * upper_gamma_fraction(shape, x)


def upper_gamma_fraction(shape: float, x: float) -> float:
    """The continued fraction of the upper incomplete gamma function, divided by `x ** shape * exp(-x)`.

    It converges for every positive `x`, fast where that is not small.
    """
    b = x + 1 - shape
    c = 1 / _TINY
    d = 1 / b if b else 1 / _TINY
    total = d
    step = 0
    while True:
        step += 1
        a = -step * (step - shape)
        b += 2
        d = a * d + b
        d = 1 / (d if abs(d) > _TINY else _TINY)
        c = b + a / c
        c = c if abs(c) > _TINY else _TINY
        factor = c * d
        total *= factor
        if abs(factor - 1) < _SETTLED:
            return total


def gamma_quantile(share: float, *, mean: float, cv: float) -> float:
    """The value of a gamma distribution that a share of it does not exceed.

    Args:
        share: Between 0 and 1, without both.
        mean: Its mean.
        cv: Its coefficient of variation; at (nearly) 0 the answer is the mean.
    """
    if cv < _NEARLY_CERTAIN or mean == 0:
        return mean
    shape = 1 / cv**2
    if shape > _NEARLY_NORMAL:
        ninth = 1 / (9 * shape)
        return mean * (1 - ninth + normal_quantile(share) * sqrt(ninth)) ** 3
    far = shape + 60 * sqrt(shape) + 800
    return mean * halved(lambda x: _gamma_cdf(shape, x), share, 0.0, far) / shape


def count_quantile(share: float, *, mean: float, cv: float) -> int:
    """The smallest count that at least this share of a gamma-Poisson (negative binomial) distribution does not exceed.

    Args:
        share: From 0 up to 1, without 1.
        mean: Its mean.
        cv: The coefficient of variation of the rate; at 0 the distribution is Poisson's.
    """
    if mean == 0:
        return 0
    spread = sqrt(mean + (cv * mean) ** 2)
    if spread > _MANY:  # one count more or less is nothing then, and nobody wants to sum millions of terms
        return round(gamma_quantile(share, mean=mean, cv=spread / mean))
    count = max(0, int(mean - _FAR * spread) - _FAR)
    below = 0.0
    while True:
        below += exp(log_of_count(count, mean, cv))
        if below >= share or count > mean + 100 * spread + 1000:
            return count
        count += 1


def log_of_count(count: int, mean: float, cv: float) -> float:
    """The logarithm of the probability of a count."""
    if cv < _NEARLY_CERTAIN:
        return count * log(mean) - mean - lgamma(count + 1)
    r = 1 / cv**2
    ways = lgamma(count + r) - lgamma(r) - lgamma(count + 1)
    return ways - r * log1p(mean / r) - count * log1p(r / mean)


def _beta_cdf(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function."""
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_cdf(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    total = d
    factor, step = inf, 0
    while abs(factor - 1) > _SETTLED:
        step += 1
        for top in (
            step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step)),
            -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1)),
        ):
            c, d = 1 + top / c, 1 / (1 + top * d)
            factor = c * d
            total *= factor
    return front * total


def student_quantile(share: float, *, freedom: int) -> float:
    """The value of Student's distribution that a share of it does not exceed.

    Args:
        share: Above one half and below 1.
        freedom: The degrees of freedom.
    """

    def cdf(x: float) -> float:
        return 1 - _beta_cdf(freedom / 2, 1 / 2, freedom / (freedom + x * x)) / 2

    high = 1.0
    while cdf(high) < share:
        high *= 2
    return halved(cdf, share, 0.0, high)
