"""Whatever becomes a timer lies within a century: every amount and instant of every public class, found by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, get_args

import attrs
import pendulum
import pytest
from values_kit import MAKERS, given_of, hints_of, name_of, public_values

from ticontact.errors import TicontactError

CENTURY: Final = timedelta(days=36_500)
A_DAY: Final = timedelta(days=1)
IN_TIME: Final = (datetime(1900, 1, 2, tzinfo=UTC), datetime(2199, 12, 30, tzinfo=UTC))
OUT_OF_TIME: Final = (datetime(1899, 12, 31, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))

TOLD: Final = {
    *("measures.WorkRecord", "measures.RoutingEvent", "measures.Distribution", "measures.HalfHour"),
    *("measures.HandleTime", "measures.StaffTime", "measures.ServiceLevel", "replay.Figures"),
    *("routing.Offer", "routing.Remedy", "routing.RoutingDecision", "routing.SupervisorAction"),
    *("hours.Closed", "hours.Closing", "hours.Explanation", "hours.Open"),
    *("tickets.ClockExplanation", "tickets.Clock", "tickets.Cycle"),
    *("contacts.Exchange", "contacts.HandOver", "hours.ByAppointment"),
}
"""Classes that tell what was or what the engine has worked out, and start no timer."""

MAY_BE_NEGATIVE: Final = {"routing.WorkItem.credit", "tickets.Timer.after"}
"""Who is served after others; what the lifecycle refuses, with the names of its timers."""


def _is_told(owner: type) -> bool:
    """Whether it starts no timer; effects, and plans and forecasts of staff, start none."""
    is_effect = owner.__module__ == "ticontact.desk.effects"
    return is_effect or name_of(owner) in TOLD or name_of(owner).startswith("staffing.")


def _mentions(hint: Any, kind: type) -> bool:
    if isinstance(hint, type):
        return issubclass(hint, kind)
    return any(_mentions(each, kind) for each in get_args(hint))


def _fields(kind: type) -> list[Any]:
    """Each field of each public class in which such a value may stand by itself or as the only one of a collection."""
    return [
        pytest.param(owner, field, id=f"{name_of(owner)}.{field.alias}")
        for owner in public_values()
        if owner not in MAKERS
        for field in attrs.fields(owner)
        if field.init and _mentions(hints_of(owner)[field.name], kind)
    ]


def _built(owner: type, field: Any, value: Any) -> Any:
    """A value with something in one field, in whatever the field keeps it in."""
    given = given_of(owner)
    if isinstance(given.get(field.alias), dict):
        value = dict.fromkeys(given[field.alias], value)
    elif isinstance(given.get(field.alias), tuple):
        value = (value,)
    return owner(**given | {field.alias: value})


def _is_built(owner: type, field: Any, value: Any) -> bool:
    text = ""
    try:
        _built(owner, field, value)
    except TicontactError as refused:
        text = str(refused)
    assert not text or field.alias in text, value
    return not text


class TestAmounts:
    """How long something lasts."""

    def test_they_are_found(self) -> None:
        """Enough of them."""
        assert len(_fields(timedelta)) > 30

    @pytest.mark.parametrize(("owner", "field"), _fields(timedelta))
    def test_none_is_beyond_all_bounds(self, owner: type, field: Any) -> None:
        """Which would end in an error of a clock, somewhere and some time."""
        assert not _is_built(owner, field, timedelta.max)
        assert not _is_built(owner, field, timedelta.min)

    @pytest.mark.parametrize(("owner", "field"), _fields(timedelta))
    def test_what_becomes_a_timer_lasts_a_century(self, owner: type, field: Any) -> None:
        """And no day longer; what only tells the past may."""
        if not _is_told(owner):
            assert _is_built(owner, field, CENTURY)
            assert not _is_built(owner, field, CENTURY + A_DAY)
            is_signed = f"{name_of(owner)}.{field.alias}" in MAY_BE_NEGATIVE
            assert _is_built(owner, field, -A_DAY) == is_signed
            _is_built(owner, field, timedelta(0))


class TestInstants:
    """When something becomes due."""

    def test_they_are_found(self) -> None:
        """Enough of them."""
        assert len(_fields(datetime)) > 20

    @pytest.mark.parametrize(("owner", "field"), _fields(datetime))
    def test_none_is_without_a_zone_or_beyond_all_bounds(self, owner: type, field: Any) -> None:
        """Nobody can say which instant it is, or no zone can show it."""
        assert not _is_built(owner, field, pendulum.naive(2026, 3, 18))
        for year in (1, 9999):
            assert not _is_built(owner, field, pendulum.datetime(year, 6, 1))

    @pytest.mark.parametrize(("owner", "field"), _fields(datetime))
    def test_what_becomes_a_timer_is_near(self, owner: type, field: Any) -> None:
        """From 1900 to 2199; what only tells the past may be any."""
        if not _is_told(owner):
            assert [_is_built(owner, field, at) for at in IN_TIME] == [True, True]
            assert [_is_built(owner, field, at) for at in OUT_OF_TIME] == [False, False]
