"""Skills and presence are inferred from whom an agent served, and when."""

from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from replay_calls import CALL, MONDAY

from ticontact.departments import Department
from ticontact.hours import BusinessCalendar, Week
from ticontact.replay import PresenceRule, RecordedCall
from ticontact.replay._inferred_staff import StaffMember, infer_staff, roster
from ticontact.testing import instant

RULE = PresenceRule(gap=timedelta(seconds=300), wrap_up=timedelta(seconds=20))


def served(start: int | None, length: int | None, *, by: str | None = "AGENT01", kind: str = "PS") -> RecordedCall:
    """An answered call of which only the service matters."""
    return attrs.evolve(CALL, kind=kind, service_start=start, service=length, server=by)


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


class TestRoster:
    """The recorded staff as agents of an office."""

    def test_presence_is_cut_to_hours_and_drain(self, office: Department) -> None:
        """From 8.00 to 12.10 and from 13.30 to 17.10; a shift over noon becomes two."""
        member = StaffMember("ANNA", frozenset({"PS"}), ((7 * 3600, 18 * 3600), (18 * 3600, 19 * 3600)))
        ((_, shifts),) = roster([member], department=office, day=MONDAY)

        hours = [("08:00", "12:10"), ("13:30", "17:10")]
        expected = tuple(
            tuple(int(instant(f"2015-01-19 {edge}").timestamp()) * 1_000_000 for edge in shift) for shift in hours
        )
        assert shifts == expected

    @pytest.mark.parametrize("opening", ["12:05", "12:10"], ids=["in the drain", "at its end"])
    def test_windows_that_meet_in_the_drain_are_one(self, office: Department, opening: str) -> None:
        """Where one queue still drains as another opens, nobody goes home in between."""
        late = BusinessCalendar(zone="Europe/Zurich", week=Week.parse(f"Mo-Fr {opening}-13:00"))
        queues = dict(office.queues)
        queues["asylum"] = attrs.evolve(queues["asylum"], calendar=late)
        queues["fax"] = attrs.evolve(queues["fax"], drain=timedelta(0))
        member = StaffMember("ANNA", frozenset({"PS"}), ((11 * 3600, 13 * 3600),))
        ((_, shifts),) = roster([member], department=attrs.evolve(office, queues=queues), day=MONDAY)

        assert [(end - start) // 1_000_000 for start, end in shifts] == [7200]

    def test_skills_and_languages_come_from_the_kinds(self, office: Department, bank: Department) -> None:
        """Who served a kind that officials serve is an official too; the bank has none."""
        member = StaffMember("ANNA", frozenset({"PE", "NE"}), ())
        ((at_the_office, _),) = roster([member], department=office, day=MONDAY)
        ((at_the_bank, _),) = roster([member], department=bank, day=MONDAY)

        assert dict(at_the_office.skills) == {"asylum": 1, "general": 1, "official": 1}
        assert dict(at_the_office.languages) == {"en": 10, "it": 10}
        assert set(at_the_bank.skills) == {"NE", "PE"}

    def test_who_served_other_kinds_is_no_official(self, office: Department) -> None:
        """Only the kinds that the description names make one."""
        ((agent, _),) = roster([StaffMember("ANNA", frozenset({"PS"}), ())], department=office, day=MONDAY)

        assert dict(agent.skills) == {"general": 1}
