"""Patience, held against the estimates of lifelines."""

from datetime import timedelta

import lifelines
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.utils import median_survival_times
from test_staffing_patience import records

from ticontact.staffing import Patience

waits_and_ends = st.lists(st.tuples(st.integers(min_value=0, max_value=400), st.booleans()), min_size=60, max_size=200)


def theirs(told: list[tuple[int, bool]]) -> lifelines.KaplanMeierFitter:
    """The same calls in lifelines: how long, and whether the caller was seen to give up."""
    fitter = lifelines.KaplanMeierFitter()
    return fitter.fit([waited for waited, _ in told], [gave_up for _, gave_up in told])


@given(waits_and_ends)
@settings(max_examples=20)
def test_shares_and_intervals_are_theirs(told: list[tuple[int, bool]]) -> None:
    """At every step: the share, and both bounds of the interval."""
    calls = [*told, *[(57, True)] * 30]
    patience, fitted = Patience.of(records(calls)), theirs(calls)
    bounds = fitted.confidence_interval_
    for time, share in patience.shares:
        second = time.total_seconds()
        assert share == pytest.approx(float(fitted.predict(second)), abs=1e-12)
        if 0 < share < 1:
            assert patience.interval(time) == pytest.approx(tuple(bounds.loc[second]), abs=1e-10)


@given(waits_and_ends)
@settings(max_examples=20)
def test_medians_and_their_intervals_are_theirs(told: list[tuple[int, bool]]) -> None:
    """Where more than half give up at all; a bound that nobody saw is infinite there and None here."""
    calls = [*told, *[(57, True)] * 30]
    patience, fitted = Patience.of(records(calls), tail=None), theirs(calls)

    def shown(amount: timedelta | None) -> float:
        return float("inf") if amount is None else amount.total_seconds()

    assert shown(patience.median) == fitted.median_survival_time_
    low, high = median_survival_times(fitted.confidence_interval_).iloc[0]
    ours = tuple(map(shown, patience.median_interval()))
    assert ours == (low, high)
