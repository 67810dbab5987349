"""The desk, simulated, against the formulas: six loads, and a day whose load changes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from math import sqrt

import pytest
from staffing_kit import WEDNESDAY, always_open, minutes, seconds
from test_staffing_expectation import ORACLES

from ticontact.hours import Stretch
from ticontact.measures import ServiceLevel, WorkRecord
from ticontact.staffing import Arrivals, DayDemand, Demand, Patience, Traffic, expect, generate
from ticontact.staffing._simulated_day import Shifts, alike, simulate
from ticontact.testing import instant

MIDNIGHT = instant("2026-03-18 00:00")
HALF_HOUR = minutes(30)
TWENTY = seconds(20)
SETTLING = minutes(30)
DAYS = 12

STEPS = Patience.steps(
    {seconds(time): share for time, share in ORACLES["mmn_km"][0]["survival_steps"]}, tail=seconds(900)
)
LOADS = [
    pytest.param(60, 206.3, 8, STEPS, id="steps"),
    pytest.param(60, 206.3, 6, STEPS, id="steps, too few agents"),
    pytest.param(30, 300, 5, STEPS, id="steps, long calls"),
    pytest.param(40, 180, 5, Patience.exponential(seconds(369)), id="exponential"),
    pytest.param(20, 180, 3, Patience.endless(), id="endless"),
    pytest.param(100, 120, 8, Patience.exponential(seconds(120)), id="short patience"),
]


def simulated(
    slots: Sequence[tuple[timedelta, float]], *, handle: timedelta, patience: Patience, shifts: Sequence[Shifts]
) -> list[list[WorkRecord]]:
    """What became of the calls of each day."""
    start, cut = MIDNIGHT, []
    for length, calls in slots:
        cut.append((Stretch(start, start + length), Demand(calls)))
        start += length
    arrivals = Arrivals(
        entry="general", demand=DayDemand(day=WEDNESDAY, slots=tuple(cut), handle=handle), patience=patience
    )
    staff = alike(["general"], shifts)
    return [
        [*simulate(contacts, department=always_open(), staff=staff).records]
        for contacts in generate([arrivals], days=DAYS, seed="formulas")
    ]


def since_midnight(amount: timedelta) -> int:
    """An instant of the day in microseconds since the epoch."""
    return int(MIDNIGHT.timestamp()) * 1_000_000 + amount // timedelta(microseconds=1)


def errors_off(told: list[list[WorkRecord]], value: Callable[[WorkRecord], float], expected: float) -> float:
    """How many standard errors the mean of a value lies off, where each day is one observation."""
    sums = [sum(map(value, records)) for records in told]
    counts = [len(records) for records in told]
    mean = sum(sums) / sum(counts)
    squares = sum((each - mean * count) ** 2 for each, count in zip(sums, counts, strict=True))
    error = sqrt(squares * len(told) / (len(told) - 1)) / sum(counts)
    return abs(mean - expected) / error if error else abs(mean - expected)


def waited(record: WorkRecord) -> float:
    """How long a call waited, in seconds."""
    return 0.0 if record.waited is None else record.waited.total_seconds()


@pytest.mark.parametrize(("calls", "handle", "agents", "patience"), LOADS)
def test_six_loads(calls: float, handle: float, agents: int, patience: Patience) -> None:
    """Waits, service level, those who wait and those who give up: within three standard errors."""
    length = minutes(180)
    shift = ((since_midnight(timedelta(0)), since_midnight(SETTLING + length)),)
    told = simulated(
        [(SETTLING + length, calls * ((SETTLING + length) / HALF_HOUR))],
        handle=seconds(handle),
        patience=patience,
        shifts=[shift] * agents,
    )
    settled = [[record for record in day if record.offered_at >= since_midnight(SETTLING)] for day in told]
    work = Traffic(calls=calls, per=HALF_HOUR, handle=seconds(handle))
    expected = expect(work, agents=agents, within=ServiceLevel(within=TWENTY), patience=patience)

    assert errors_off(settled, lambda record: record.is_answered and waited(record) <= 20, expected.service_level) < 3
    assert errors_off(settled, lambda record: record.is_abandoned, expected.abandonment) < 3
    assert errors_off(settled, lambda record: waited(record) > 0, expected.waiting) < 3
    assert errors_off(settled, waited, expected.waits.total_seconds()) < 3


def test_a_day_whose_load_changes() -> None:
    """From empty, with patience and handle times of one mean: the exact half-hours of the oracle."""
    case = ORACLES["time_varying_theta_equals_mu"]
    mean = seconds(case["service_and_patience_mean_s"])
    rows = case["rows"]
    most = max(row["agents"] for row in rows)
    shifts = [
        tuple(
            (since_midnight(HALF_HOUR * row["half_hour"]), since_midnight(HALF_HOUR * (row["half_hour"] + 1)))
            for row in rows
            if row["agents"] > agent
        )
        for agent in range(most)
    ]
    joined = [((each[0][0], each[-1][1]),) for each in shifts]
    told = simulated(
        [(HALF_HOUR, row["calls"]) for row in rows], handle=mean, patience=Patience.exponential(mean), shifts=joined
    )
    for row in rows:
        start, end = (since_midnight(HALF_HOUR * (row["half_hour"] + step)) for step in (0, 1))
        inside = [[record for record in day if start <= record.offered_at < end] for day in told]

        assert errors_off(inside, lambda record: waited(record) > 0, float(row["mean_p_wait"])) < 3
