"""The queue of impatient callers and the distributions, held against integrals in forty digits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact.staffing import Patience
from ticontact.staffing._distributions import count_quantile, gamma_quantile, normal_quantile, student_quantile
from ticontact.staffing._impatient_queue import Curve, inverse_blocking, waits

mpmath.mp.dps = 40

CURVES = {
    "endless": Curve((0.0,), (1.0,), None),
    "exponential": Curve((0.0,), (1.0,), 240.0),
    "steps": Curve((0.0, 10.0, 60.0, 300.0), (1.0, 0.9, 0.6, 0.25), 500.0),
    "balking": Curve((0.0, 45.0), (0.8, 0.4), None),
    "gone": Curve((0.0, 30.0, 90.0), (1.0, 0.5, 0.0), None),
}


Weight = Callable[[Any, Any, Any], Any]
"""Of the time, the share that still waits, and the area below it."""


def integrals(curve: Curve, lam: Any, work: Any, marks: list[float]) -> Callable[[Weight, float], Any]:
    """How to integrate anything times E from a time on, piece by piece."""
    places = sorted({*curve.times, *marks})

    def share(x: Any) -> Any:
        last = max(number for number, time in enumerate(curve.times) if time <= x)
        whole = mpmath.mpf(curve.shares[last])
        if last + 1 < len(curve.times) or curve.tail is None:
            return whole
        return whole * mpmath.exp(-(x - curve.times[-1]) / curve.tail)

    def area(x: Any) -> Any:
        total = mpmath.mpf(0)
        for number, time in enumerate(curve.times):
            if time >= x:
                break
            end = min(x, curve.times[number + 1]) if number + 1 < len(curve.times) else x
            if number + 1 == len(curve.times) and curve.tail is not None:
                total += curve.shares[number] * curve.tail * -mpmath.expm1(-(end - time) / curve.tail)
            else:
                total += curve.shares[number] * (end - time)
        return total

    def density(x: Any) -> Any:
        return mpmath.exp(lam * area(x) - work * x)

    def over(weight: Weight, since: float) -> Any:
        cuts = [*[place for place in places if place >= since], *[2000.0 * 2**step for step in range(5)], mpmath.inf]
        return mpmath.quad(lambda x: weight(x, share(x), area(x)) * density(x), sorted({since, *cuts}))

    return over


@pytest.mark.parametrize("agents", [2.0, 7.5])
@pytest.mark.parametrize("name", sorted(CURVES))
@pytest.mark.parametrize("within", [20.0, 400.0])
def test_every_figure_is_its_integral(name: str, agents: float, within: float) -> None:
    """By the definitions of Baccelli and Hebuterne, in forty digits; to eleven."""
    curve, lam, handle = CURVES[name], 1 / 60, 200.0
    if name == "endless" and agents < 5:
        agents += 3
    load, work = mpmath.mpf(lam) * handle, mpmath.mpf(agents) / handle
    over = integrals(curve, mpmath.mpf(lam), work, [within])
    free = load * mpmath.quad(lambda t: mpmath.exp(-load * t) * (1 + t) ** (agents - 1), [0, 1, 10, mpmath.inf])
    everything = free + lam * over(lambda _x, _s, _h: 1, 0.0)
    answered = free + lam * over(lambda _x, s, _h: s, 0.0)
    told = waits(arrivals=lam, handle=handle, agents=agents, curve=curve, within=within, short=within)
    expected = {
        "waiting": lam * over(lambda _x, _s, _h: 1, 0.0) / everything,
        "abandoned": 1 - answered / everything,
        "mean": lam * over(lambda _x, _s, h: h, 0.0) / everything,
        "mean_answered": lam * over(lambda x, s, _h: x * s, 0.0) / answered,
        "answered_within": (answered - lam * over(lambda _x, s, _h: s, within)) / everything,
        "occupancy": load * answered / everything / agents,
    }

    for figure, value in expected.items():
        assert getattr(told, figure) == pytest.approx(float(value), rel=1e-11, abs=1e-12), figure
    after = lam * over(lambda _x, _s, _h: 1, within) / everything * curve.share(within)
    assert told.abandoned_within == pytest.approx(float(1 - after) - told.answered_within, abs=1e-11)


@given(st.floats(min_value=0.01, max_value=50), st.floats(min_value=0, max_value=40))
@settings(max_examples=25)
def test_parts_of_agents_are_the_integral(load: float, agents: float) -> None:
    """1 / B by Jagerman's integral, as mpmath's incomplete gamma function gives it."""
    a, n = mpmath.mpf(load), mpmath.mpf(agents)
    expected = a * mpmath.exp(a) * a ** (-n - 1) * mpmath.gammainc(n + 1, a)

    assert inverse_blocking(load, agents) == pytest.approx(float(expected), rel=1e-10)


@given(st.floats(min_value=0.001, max_value=0.999), st.floats(min_value=0.02, max_value=2))
@settings(max_examples=25)
def test_gamma_quantiles(share: float, cv: float) -> None:
    """What lies below is the share; also where the distribution is nearly normal."""
    x = gamma_quantile(share, mean=30.0, cv=cv)
    shape = 1 / mpmath.mpf(cv) ** 2

    assert float(mpmath.gammainc(shape, 0, x * shape / 30, regularized=True)) == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize("cv", [0.002, 0.009])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.99])
def test_gamma_quantiles_that_are_nearly_normal(share: float, cv: float) -> None:
    """By Wilson and Hilferty."""
    x = gamma_quantile(share, mean=1.0, cv=cv)
    shape = 1 / mpmath.mpf(cv) ** 2

    assert float(mpmath.gammainc(shape, 0, x * shape, regularized=True)) == pytest.approx(share, abs=1e-5)


@given(st.floats(min_value=0.501, max_value=0.9999), st.integers(min_value=1, max_value=300))
@settings(max_examples=25)
def test_student_quantiles(share: float, freedom: int) -> None:
    """What lies above is the rest."""
    x, v = mpmath.mpf(student_quantile(share, freedom=freedom)), mpmath.mpf(freedom)
    above = mpmath.betainc(v / 2, mpmath.mpf(1) / 2, 0, v / (v + x * x), regularized=True) / 2

    assert float(1 - above) == pytest.approx(share, abs=1e-11)


@given(st.floats(min_value=1e-6, max_value=1 - 1e-6))
@settings(max_examples=25)
def test_normal_quantiles(share: float) -> None:
    """What lies below is the share."""
    assert float(mpmath.ncdf(normal_quantile(share))) == pytest.approx(share, rel=1e-9)


@given(st.floats(min_value=0.01, max_value=0.99), st.floats(min_value=0.1, max_value=200), st.floats(0.0, 1.0))
@settings(max_examples=25)
def test_count_quantiles(share: float, mean: float, cv: float) -> None:
    """The smallest count that the share does not exceed."""
    count = count_quantile(share, mean=mean, cv=cv)

    def up_to(most: int) -> float:
        if most < 0:
            return 0.0
        if cv < 1e-6:
            return float(mpmath.gammainc(most + 1, mean, mpmath.inf, regularized=True))
        r = 1 / mpmath.mpf(cv) ** 2
        return float(mpmath.betainc(r, most + 1, 0, r / (r + mean), regularized=True))

    assert up_to(count - 1) - 1e-9 < share <= up_to(count) + 1e-9


def test_the_mean_patience_is_the_area() -> None:
    """Below the curve of the shares."""
    patience = Patience.steps({timedelta(seconds=60): 0.5}, tail=timedelta(seconds=100))

    assert patience.curve.area() == pytest.approx(110.0)
