"""Several queues, and groups of agents with several skills."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from staffing_kit import minutes, office, seconds

from ticontact.errors import ConfigurationError, Unreachable
from ticontact.measures import ServiceLevel
from ticontact.staffing import Patience, Target, Traffic, needed, staff_skills
from ticontact.staffing._skill_groups import SkillStaffing

HOUR = minutes(60)
TARGET = Target(level=ServiceLevel(within=seconds(30)), percent=80)
PATIENCE = Patience.exponential(minutes(5))
WORK = {
    "general": Traffic(calls=24, per=HOUR, handle=minutes(4)),
    "asylum": Traffic(calls=12, per=HOUR, handle=minutes(6)),
}
BOTH = ["general", "asylum"]


def staffed(groups: dict[str, list[str]], *, most: int | None = None, percent: float = 80) -> SkillStaffing:
    """The two queues of the office with these groups."""
    target = Target(level=TARGET.level, percent=percent)
    return staff_skills(
        office(), WORK, groups, target=target, patience=PATIENCE, seed="skills", days=3, hours=minutes(180), most=most
    )


class TestBounds:
    """What formulas tell."""

    @given(st.floats(min_value=1, max_value=60), st.floats(min_value=1, max_value=60))
    @settings(max_examples=25)
    def test_one_line_is_never_worse_than_two(self, one: float, other: float) -> None:
        """The same handle times: pooled needs no more, parts added no more than whole people added."""
        each = [Traffic(calls=calls, per=HOUR, handle=minutes(4)) for calls in (one, other)]
        both = Traffic(calls=one + other, per=HOUR, handle=minutes(4))
        needs = [needed(work, TARGET, patience=PATIENCE) for work in each]

        assert needed(both, TARGET, patience=PATIENCE).exact <= sum(need.exact for need in needs) + 1e-6
        assert sum(need.exact for need in needs) <= sum(need.agents for need in needs)


class TestSearch:
    """What the desk tells."""

    def test_two_skills_are_nearly_as_good_as_all(self) -> None:
        """Everybody does both, or a few do: near the lower bound. Each for themselves: the upper one."""
        everybody = staffed({"all": BOTH})
        some = staffed({"general": ["general"], "asylum": ["asylum"], "both": BOTH})

        assert everybody.pooled <= everybody.blended <= everybody.separate
        assert everybody.pooled <= everybody.total <= everybody.separate
        assert everybody.total <= some.total <= some.separate
        for found in (everybody, some):
            assert {queue for queue, level in found.service_levels.items() if (level.ratio or 0) < 0.8} == set()

    def test_whoever_can_be_spared_is_sent_home(self) -> None:
        """One more who does nothing that others cannot do is not kept."""
        found = staffed({"all": BOTH, "idle": []}, percent=50)

        assert found.agents == {"all": found.total, "idle": 0}

    def test_agents_are_added_until_the_worst_queue_is_well_off(self) -> None:
        """Separate groups need what separate queues need, about."""
        found = staffed({"general": ["general"], "asylum": ["asylum"]}, most=12)

        assert abs(found.total - found.separate) <= 1


class TestRefusals:
    """What cannot be tried."""

    def test_limits_are_kept(self) -> None:
        """By the bound alone, and where the groups cannot do it."""
        with pytest.raises(Unreachable, match=r"most: .* would be needed if everybody could do everything"):
            staffed({"all": BOTH}, most=2)
        with pytest.raises(Unreachable, match=r"most: .* in these groups"):
            staffed({"general": ["general"], "asylum": ["asylum"]}, most=5)

    @pytest.mark.parametrize(
        ("work", "groups", "days", "path"),
        [
            (WORK, {"g": ["general"]}, 3, r"groups\[asylum\]"),
            (WORK, {"g": ["general", "counter"]}, 3, "no queue 'counter'"),
            ({"nobody calls": WORK["general"]}, {"g": ["nobody calls"]}, 3, r"traffic\[nobody calls\]"),
            ({}, {"g": ["general"]}, 3, "nothing comes in"),
            (WORK, {"g": BOTH}, 0, "days: 0 of"),
        ],
    )
    def test_the_place_is_named(
        self, work: dict[str, Traffic], groups: dict[str, list[str]], days: int, path: str
    ) -> None:
        """A queue that nobody serves, or that there is not, or that nobody reaches; no work; no days."""
        with pytest.raises(ConfigurationError, match=path):
            staff_skills(office(), work, groups, target=TARGET, patience=PATIENCE, seed="x", days=days)
