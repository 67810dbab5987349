"""Skills and presence are inferred from whom an agent served, and when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.replay import PresenceRule, RecordedCall, RecordedOutcome, StaffMember, infer_staff

RULE = PresenceRule(gap=timedelta(seconds=300), wrap_up=timedelta(seconds=20))


def served(start: int | None, length: int | None, *, by: str | None = "AGENT01", kind: str = "PS") -> RecordedCall:
    """An answered call of which only the service matters."""
    return RecordedCall(
        line=2,
        id="x",
        customer=None,
        priority=0,
        kind=kind,
        day=date(1999, 1, 4),
        arrived=start or 0,
        entered=start or 0,
        queued=False,
        wait=0,
        outcome=RecordedOutcome.ANSWERED,
        service_start=start,
        service=length,
        server=by,
    )


@pytest.mark.parametrize(
    ("services", "shifts"),
    [
        ([(100, 50)], [(100, 170)]),
        ([(100, 50), (450, 10)], [(100, 480)]),
        ([(100, 50), (451, 10)], [(100, 170), (451, 481)]),
        ([(451, 10), (100, 50)], [(100, 170), (451, 481)]),
        ([(100, 500), (200, 10)], [(100, 620)]),
    ],
    ids=["one call", "gap of exactly 300 s", "gap of 301 s", "out of order", "one inside the other"],
)
def test_a_longer_gap_is_a_break(services: list[tuple[int, int]], shifts: list[tuple[int, int]]) -> None:
    """More than 300 s without a service end a shift, 20 s after the last call."""
    (agent,) = infer_staff([served(start, length) for start, length in services], rule=RULE)

    assert agent.shifts == tuple(shifts)


def test_skills_are_the_kinds_served() -> None:
    """An agent can take what the agent took on that day, and agents come by name."""
    staff = infer_staff([served(0, 10, by="B"), served(20, 10, by="A", kind="NE"), served(40, 10, by="A")], rule=RULE)

    assert staff == (
        StaffMember("A", frozenset({"NE", "PS"}), ((20, 70),)),
        StaffMember("B", frozenset({"PS"}), ((0, 30),)),
    )


@pytest.mark.parametrize("call", [served(5, 10, by=None), served(None, None), served(5, None)])
def test_a_service_that_nobody_recorded_tells_nothing(call: RecordedCall) -> None:
    """Without a name or a time there is no presence to infer."""
    assert infer_staff([call], rule=RULE) == ()


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 600)), min_size=1))
def test_shifts_cover_every_service_and_lie_apart(services: list[tuple[int, int]]) -> None:
    """Every service lies inside one shift; between two shifts there is a break of more than the gap."""
    (agent,) = infer_staff([served(start, length) for start, length in services], rule=RULE)

    assert all(any(a <= start and start + length + 20 <= b for a, b in agent.shifts) for start, length in services)
    assert all(
        later[0] - (earlier[1] - 20) > 300 for earlier, later in zip(agent.shifts, agent.shifts[1:], strict=False)
    )
