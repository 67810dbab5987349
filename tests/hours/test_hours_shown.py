"""How the values of hours show themselves."""

from datetime import date
from typing import Any

import pytest

from ticontact.hours import BusinessCalendar, Canton, RuleKind, Week, swiss
from ticontact.hours.notation import osm
from ticontact.testing import instant


class TestReprs:
    """Reprs are short and can be read."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (Canton.TI, "Canton.TI"),
            (RuleKind.HOLIDAY, "RuleKind.HOLIDAY"),
        ],
    )
    def test_enums(self, value: object, expected: str) -> None:
        """An enum shows its name alone."""
        assert expected == repr(value)

    def test_enums_of_plans(self, office: BusinessCalendar) -> None:
        """So do those that only a plan has."""
        combined: Any = (office & office).plan
        expression: Any = osm.read("08:00-12:00, Mo 13:00-14:00", zone="UTC").plan

        rule = expression.rules[1]

        assert [repr(each) for each in (combined.operator, rule.relation, rule.meaning)] == [
            "Operator.BOTH",
            "Relation.ADDS",
            "Meaning.OPEN",
        ]

    def test_combination(self, office: BusinessCalendar, night_desk: BusinessCalendar) -> None:
        """A combination shows its parts and how they are combined."""
        shown = repr(office.named("") - night_desk)

        assert shown.startswith("<BusinessCalendar (Mo-Fr 08:00-12:00,13:30-17:00, holidays TI administration) - (")


class TestWithOthers:
    """What cannot be combined."""

    @pytest.mark.parametrize("operator", ["__and__", "__or__", "__sub__"])
    def test_other_things(self, office: BusinessCalendar, operator: str) -> None:
        """A calendar combines with calendars alone."""
        other: Any = swiss.holidays(Canton.TI)

        assert getattr(office, operator)(other) is NotImplemented


class TestWindowsOfCombinations:
    """What is left of the stretches that begin on a date."""

    def test_both_and_without(self, office: BusinessCalendar, night_desk: BusinessCalendar) -> None:
        """The stretches are those of the first calendar, cut by the second."""
        thursday = date(2026, 3, 26)

        assert len((office | night_desk).windows(thursday)) == 3
        assert len((office - night_desk).windows(thursday)) == 2
        assert (office & night_desk).windows(thursday) == ()


class TestLookingBack:
    """A search backward ends at the horizon."""

    def test_in_the_middle_of_a_year(self) -> None:
        """The horizon is five years, whatever year it falls into."""
        week = Week.parse("Mo-Fr 08:00-12:00,13:30-17:00")
        ended = BusinessCalendar(zone="Europe/Zurich", week=week, until=date(2020, 6, 30))

        assert ended.previous_closing(at=instant("2025-06-29")) == instant("2020-06-30 17:00")
        assert ended.previous_closing(at=instant("2025-07-03")) is None
