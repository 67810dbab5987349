"""The queue of callers who may give up (M/M/n+G), as an exact finite sum over the steps of their patience.

Theory of operation. Arrivals are Poisson with rate `lam`, handle times exponential with rate `mu`, there are `n`
agents, and `S(x)` is the share of callers who would still wait after the time `x`. A caller who finds everybody busy
would have to wait a time `V`, whose density at `x > 0` is proportional to

    E(x) = exp(lam * H(x) - n * mu * x),    H(x) = integral of S from 0 to x,

and everything follows from integrals of `E` (F. Baccelli and G. Hebuterne, 1981; S. Zeltyn and A. Mandelbaum, "Call
centers with impatient customers: many-server asymptotics of the M/M/n+G queue", Queueing Systems 51, 2005). Kaplan and
Meier's estimate of `S` is constant between its steps, so that the exponent is linear there and each integral is a term
of elementary functions: the sum over the steps is exact. After the last step either everybody who is left waits for
ever, or patience is exponential from there on; then the integral is a confluent hypergeometric series with positive
terms. The same code therefore gives Erlang C (nobody gives up), Erlang A (exponential patience) and the office's own
patience.

Two things keep the digits. Every result is written as a sum of positive terms (the abandoned are `lam * integral of
(1 - S) * E`, and not the difference of two large numbers). And exponentials are kept apart from their factors until the
greatest of them is known, so that nothing overflows, whatever the load.

`1 / B(n - 1)` weighs the states in which somebody is free, by Erlang's recursion upwards (`I(k) = 1 + k / a * I(k-1)`),
which only adds; for a fractional number of agents it starts from the integral form of Erlang B.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp, expm1, floor, gamma, inf, log
from typing import Final, NamedTuple

import attrs

from ticontact.errors import Unstable
from ticontact.staffing._distributions import upper_gamma_fraction

__all__ = ["Curve", "Waits", "inverse_blocking", "waits"]

_SMALL: Final = 0.5
_CLOSE: Final = 1e-18
_LARGE: Final = 1e200


@attrs.frozen
class Curve:
    """How long callers are willing to wait: the share that still waits, in steps. Times are in seconds.

    Attributes:
        times: When the share changes, from 0 on.
        shares: The share from each of these times on.
        tail: The mean of the exponential patience after the last step; None if whoever is left never gives up.
    """

    times: tuple[float, ...]
    shares: tuple[float, ...]
    tail: float | None

    def share(self, time: float, *, just_before: bool = False) -> float:
        """The share that still waits after a time, or just before it."""
        share = 1.0
        last = 0.0
        for at, each in zip(self.times, self.shares, strict=True):
            if at > time or (just_before and at == time):
                break
            share, last = each, at
        if self.tail is not None and last == self.times[-1] and time > last:
            share *= exp(-(time - last) / self.tail)
        return share

    def area(self) -> float:
        """The mean patience; infinite if some never give up."""
        steps = zip(self.times, self.times[1:], self.shares, strict=False)
        total = sum(share * (end - start) for start, end, share in steps)
        if self.shares[-1] == 0:
            return total
        return inf if self.tail is None else total + self.shares[-1] * self.tail


@attrs.frozen(kw_only=True)
class Waits:
    """What callers meet in the long run: shares of all callers between 0 and 1, times in seconds.

    Attributes:
        waiting: Those who find everybody busy.
        abandoned: Those who give up.
        mean: The mean wait of all, whether they are answered or give up.
        mean_answered: The mean wait of the answered.
        in_line: The mean number in line.
        occupancy: The share of the agents' time that is spent on callers.
        answered_within: Those who are answered within the time.
        abandoned_within: Those who give up within the time.
        abandoned_before: Those who give up before the short time.
    """

    waiting: float
    abandoned: float
    mean: float
    mean_answered: float
    in_line: float
    occupancy: float
    answered_within: float
    abandoned_within: float
    abandoned_before: float


def inverse_blocking(load: float, agents: float) -> float:
    """1 / B(agents, load), which grows with the agents; infinite where B is nothing.

    Args:
        load: In erlangs, above 0.
        agents: Their number, whole or not, from 0 on.
    """
    whole = floor(agents)
    part = agents - whole
    inverse = _inverse_blocking_of_part(load, part) if part else 1.0
    for step in range(1, whole + 1):
        inverse = 1 + (part + step) / load * inverse
    return inverse


def _inverse_blocking_of_part(load: float, part: float) -> float:
    """The same for less than one agent: load * integral of exp(-load * t) * (1 + t) ** part (A. A. Jagerman, 1974)."""
    shape = part + 1
    if load >= shape + 1:
        return load * upper_gamma_fraction(shape, load)
    term = total = 1 / shape  # the lower incomplete gamma function by its series
    at = shape
    while term > total * _CLOSE:
        at += 1
        term *= load / at
        total += term
    return exp(load + (1 - shape) * log(load)) * gamma(shape) - load * total


class _Sum(NamedTuple):
    """Integrals over a stretch of time, each to be multiplied by exp(scale)."""

    scale: float
    e: float  # of E
    se: float  # of S * E
    he: float  # of H * E
    xse: float  # of x * S * E


def _ramp(q: float) -> float:
    """The integral of v * exp(q * v) over v from 0 to 1, divided by exp(q) where q is positive."""
    if abs(q) < _SMALL:
        term, total, k = 1.0, 0.5, 0
        while abs(term) > _CLOSE:
            k += 1
            term *= q / k
            total += term / (k + 2)
        return total * exp(-max(q, 0.0))
    if q < 0:
        return (q * exp(q) - expm1(q)) / q**2
    return (q + expm1(-q)) / q**2


def _flat(q: float) -> float:
    """The integral of exp(q * v) over v from 0 to 1, divided by exp(q) where q is positive."""
    if q == 0:
        return 1.0
    return expm1(-abs(q)) / -abs(q)


@attrs.frozen
class _Walk:
    """A walk along the curve: at each place the time, the share from there on, H and the exponent of E."""

    curve: Curve
    lam: float
    work: float  # n * mu

    def cells(self, marks: Sequence[float]) -> Iterator[tuple[float, _Sum]]:
        """The stretches from 0 on, each with its beginning, cut at the steps and at the marks; the tail is the last."""
        times, shares = self.curve.times, self.curve.shares
        cuts = sorted({*times, *(mark for mark in marks if mark < times[-1])})
        h = phi = 0.0
        step = 0
        for start, end in pairwise(cuts):
            if step + 1 < len(times) and times[step + 1] <= start:
                step += 1
            share, length = shares[step], end - start
            q = (self.lam * share - self.work) * length
            e, ramp = length * _flat(q), length**2 * _ramp(q)
            yield (
                start,
                _Sum(phi + max(q, 0.0), e, share * e, h * e + share * ramp, share * (start * e + ramp)),
            )
            h, phi = h + share * length, phi + q
        beyond = sorted({times[-1], *(mark for mark in marks if mark > times[-1])})
        tails = [self._tail(time, times[-1], shares[-1], h, phi) for time in beyond]
        for number, tail in enumerate(tails[:-1]):
            yield beyond[number], _less(tail, tails[number + 1])
        yield beyond[-1], tails[-1]

    def _tail(self, time: float, last: float, share: float, h: float, phi: float) -> _Sum:
        """The integrals from a time after the last step on."""
        ahead, mean = time - last, self.curve.tail
        if share == 0 or mean is None:
            excess = self.work - self.lam * share
            if excess <= 0:
                load = self.lam * share / self.work
                raise Unstable(load=load, agents=1.0, least=floor(load) + 1)  # in units of all agents; see `waits`
            phi, h = phi - excess * ahead, h + share * ahead
            e, ramp = 1 / excess, 1 / excess**2
            return _Sum(phi, e, share * e, h * e + share * ramp, share * (time * e + ramp))
        patient = share * -expm1(-ahead / mean) * mean
        phi, h = phi + self.lam * patient - self.work * ahead, h + patient
        share *= exp(-ahead / mean)
        scale, k0, k1, less, log_mean = _kummer(self.work * mean, self.lam * share * mean)
        se = share * mean * k1
        return _Sum(
            phi + scale,
            mean * k0,
            se,
            h * mean * k0 + share * mean**2 * less,
            time * se + share * mean**2 * log_mean,
        )


def _less(one: _Sum, other: _Sum) -> _Sum:
    factor = exp(other.scale - one.scale)
    return _Sum(one.scale, *(a - factor * b for a, b in zip(one[1:], other[1:], strict=True)))


def _kummer(a: float, z: float) -> tuple[float, float, float, float, float]:
    """Integrals over y from 0 to 1 of exp(z * (1 - y)) times y^(a-1), y^a, their difference, and -log(y) * y^a.

    Each is a series of positive terms in which z^m / (a * ... * (a + m)) is the first one's; the others differ by a
    factor that is known (for the last a sum of reciprocals). The first value that is answered is the scale.
    """
    scale = 0.0
    term = 1 / a
    k0 = k1 = less = log_mean = 0.0
    harmonic = 0.0
    m = 0
    while True:
        harmonic += 1 / (a + 1 + m)
        k0 += term
        second = term * a / (a + m + 1)
        k1 += second
        less += term * (m + 1) / (a + m + 1)
        log_mean += second * harmonic
        ratio = z / (a + m + 1)
        if ratio < 1 and term * ratio <= _CLOSE * k0 * (1 - ratio):
            return scale, k0, k1, less, log_mean
        term *= ratio
        m += 1
        if term > _LARGE:
            step = log(term)
            scale += step
            term, k0, k1, less, log_mean = (each * exp(-step) for each in (term, k0, k1, less, log_mean))


def waits(*, arrivals: float, handle: float, agents: float, curve: Curve, within: float, short: float) -> Waits:
    """What callers meet in the long run.

    Args:
        arrivals: How many come a second, above 0.
        handle: The mean handle time in seconds.
        agents: How many there are, above 0; a part of one is allowed.
        curve: How long callers are willing to wait.
        within: The time of the service level, in seconds.
        short: Who gives up before this time is counted in `abandoned_before`.

    Raises:
        Unstable: If more callers come than can be served, and those who are left never give up.
    """
    load = arrivals * handle
    work = agents / handle
    try:
        cells = [*_Walk(curve, arrivals, work).cells((within, short))]
    except Unstable as unstable:
        lasting = unstable.load * agents
        raise Unstable(load=lasting, agents=agents, least=floor(lasting) + 1) from None
    # Less than one agent has no predecessor, so the recursion is gone down instead of up.
    below_one = agents < 1
    free = (inverse_blocking(load, agents) - 1) * load / agents if below_one else inverse_blocking(load, agents - 1)
    level = max(each.scale for _, each in cells)
    if free == inf or log(free) > level:
        level = log(free) if free < inf else inf
    weights = [exp(each.scale - level) if level < inf else 0.0 for _, each in cells]
    idle = 1.0 if free == inf else exp(log(free) - level)

    def total(field: int, since: float = 0.0) -> float:
        told = zip(cells, weights, strict=True)
        return sum(weight * float(each[field]) for (start, each), weight in told if start >= since)

    e, se, he, xse = (total(field) for field in (1, 2, 3, 4))
    everything = idle + arrivals * e
    e_after, se_after = total(1, within), total(2, within)
    early, se_early = total(1, short), total(2, short)
    answered = (idle + arrivals * se) / everything
    share, share_before = curve.share(within), curve.share(short, just_before=True)
    mean = arrivals * he / everything
    return Waits(
        waiting=arrivals * e / everything,
        abandoned=max(0.0, arrivals * (e - se) / everything),
        mean=mean,
        mean_answered=arrivals * xse / everything / answered,
        in_line=arrivals * mean,
        occupancy=min(1.0, load * answered / agents),
        answered_within=(idle + arrivals * max(0.0, se - se_after)) / everything,
        abandoned_within=arrivals * max(0.0, (e - e_after) - (se - se_after) + (1 - share) * e_after) / everything,
        abandoned_before=arrivals * max(0.0, (e - early) - (se - se_early) + (1 - share_before) * early) / everything,
    )
