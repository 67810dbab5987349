"""Three independent oracles: minutes counted one by one, a walk with zoneinfo alone, and the data of others."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays as vacanza
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact.hours import BusinessCalendar, Canton, Week, swiss

ZURICH = ZoneInfo("Europe/Zurich")
FEW = settings(max_examples=40)
MINUTE = timedelta(minutes=1)

WEEKS = [
    Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"),
    Week.parse("Mo 07:00-24:00; We 00:00-24:00; Sa 09:15-11:45"),
    Week.parse("Fr-Su 22:00-06:00"),
    Week.always(),
]

minutes = st.integers(0, 60 * 24 * 365 * 12).map(lambda count: datetime(2015, 1, 1, tzinfo=UTC) + count * MINUTE)


def office(week: Week) -> BusinessCalendar:
    """An office with a week and the holidays of Ticino."""
    return BusinessCalendar(zone="Europe/Zurich", week=week, holidays=swiss.holidays(Canton.TI))


OFFICES = {week: office(week) for week in WEEKS}


@cache
def free_days(year: int) -> frozenset[date]:
    """The holidays of Ticino of a year, as the package `holidays` has them."""
    return frozenset(vacanza.country_holidays("CH", subdiv="TI", years=year))


def is_open_by_hand(week: Week, at: datetime) -> bool:
    """Whether an instant is open, from the wall clock alone (right outside the hours of a clock change)."""
    local = at.astimezone(ZURICH)
    today, second = local.date(), (local.hour * 60 + local.minute) * 60 + local.second
    before = today - timedelta(days=1)
    return any(
        day not in free_days(day.year)
        and any(window.start <= moment < window.end for window in week.days[day.weekday()])
        for day, moment in ((today, second), (before, second + 86_400))
    )


def openings_by_walking(week: Week, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    """The stretches that begin between two dates, put on instants by zoneinfo alone; not for edges in a change."""
    day = first
    while day <= last:
        for window in () if day in free_days(day.year) else week.days[day.weekday()]:
            midnight = datetime.combine(day, time())
            edges = (midnight + timedelta(seconds=edge) for edge in (window.start, window.end))
            opening, closing = (edge.replace(tzinfo=ZURICH).astimezone(UTC) for edge in edges)
            yield opening, closing
        day += timedelta(days=1)


class TestMinutesOneByOne:
    """A span is as open as the number of its open minutes."""

    @pytest.mark.parametrize("week", WEEKS, ids=str)
    @FEW
    @given(start=minutes, length=st.integers(0, 24 * 60))
    def test_between(self, week: Week, start: datetime, length: int) -> None:
        """Counting each minute gives the open time between two instants, also over a clock change."""
        counted = sum(is_open_by_hand(week, start + step * MINUTE) for step in range(length))

        assert counted * MINUTE == OFFICES[week].between(start, start + length * MINUTE)

    @pytest.mark.parametrize("week", WEEKS, ids=str)
    @FEW
    @given(at=minutes)
    def test_is_open(self, week: Week, at: datetime) -> None:
        """Each minute is open where the wall clock says so."""
        assert is_open_by_hand(week, at) == OFFICES[week].is_open(at=at)


class TestAWalkWithZoneinfo:
    """The stretches of twelve years, put on instants by the standard library."""

    @pytest.mark.parametrize("week", WEEKS[:3], ids=str)
    def test_stretches(self, week: Week) -> None:
        """Every opening and closing of 2015 to 2026 is the same."""
        first, last = date(2015, 1, 1), date(2026, 12, 31)
        walked = list(openings_by_walking(week, first, last))
        ours = OFFICES[week].intervals(walked[0][0], walked[-1][1])

        assert joined(walked) == [(opening.astimezone(UTC), closing.astimezone(UTC)) for opening, closing in ours]

    @pytest.mark.parametrize("hours", [1, 8, 80, 800])
    @FEW
    @given(start=minutes)
    def test_adding(self, hours: int, start: datetime) -> None:
        """Adding open time ends where walking over the stretches uses it up."""
        week = WEEKS[0]
        left = timedelta(hours=hours)
        local = start.astimezone(ZURICH).date()
        for opening, closing in openings_by_walking(week, local, local + timedelta(days=400)):
            begin = max(opening, start)
            if begin >= closing:
                continue
            if left <= closing - begin:
                assert begin + left == OFFICES[week].add(timedelta(hours=hours), at=start)
                return
            left -= closing - begin
        raise AssertionError("400 days hold 800 hours")


def joined(stretches: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The stretches with those that touch as one."""
    found: list[tuple[datetime, datetime]] = []
    for opening, closing in stretches:
        if found and found[-1][1] == opening:
            found[-1] = (found[-1][0], closing)
        else:
            found.append((opening, closing))
    return found
