"""Business days, deadlines in working days, closings, and hours that change."""

from datetime import date, timedelta

import pytest

from ticontact.errors import InvalidAmount
from ticontact.hours import BusinessCalendar, Closing, ClosingRule, Closure, Week
from ticontact.testing import instant

MINUTE = timedelta(minutes=1)


class TestDates:
    """Stepping over dates that have hours."""

    def test_membership(self, office: BusinessCalendar) -> None:
        """A date is a business day if something opens on it."""
        assert [date(2026, *day) in office.days for day in ((3, 18), (3, 19), (12, 24), (3, 21))] == [
            True,
            False,
            True,
            False,
        ]

    @pytest.mark.parametrize(
        ("nth", "following", "before"), [(0, "03-18", "03-18"), (1, "03-20", "03-17"), (3, "03-24", "03-13")]
    )
    def test_next_and_previous(self, office: BusinessCalendar, nth: int, following: str, before: str) -> None:
        """The Nth business day after and before a date; San Giuseppe and the weekend are none."""
        day = date(2026, 3, 18)

        assert following == f"{office.days.next(day, nth=nth):%m-%d}"
        assert before == f"{office.days.previous(day, nth=nth):%m-%d}"

    def test_on_or_after(self, office: BusinessCalendar) -> None:
        """A business day stays; another date moves on."""
        assert date(2026, 3, 18) == office.days.on_or_after(date(2026, 3, 18))
        assert date(2026, 3, 20) == office.days.on_or_after(date(2026, 3, 19))

    def test_between(self, office: BusinessCalendar) -> None:
        """The first date is not counted, the last one is; the sign follows the direction."""
        start, end = date(2026, 3, 18), date(2026, 3, 24)

        assert (
            office.days.between(start, end),
            office.days.between(end, start),
            office.days.between(start, start),
        ) == (3, -3, 0)

    def test_negative(self, office: BusinessCalendar) -> None:
        """A negative number of days is refused."""
        with pytest.raises(InvalidAmount, match="negative"):
            office.days.next(date(2026, 3, 18), nth=-1)


class TestInstants:
    """The same time of day some business days later."""

    @pytest.mark.parametrize(
        ("at", "days", "opened", "same_time"),
        [
            ("2026-03-18 16:10", 1, "2026-03-20 16:10", "2026-03-20 16:10"),
            ("2026-03-18 12:30", 1, "2026-03-20 13:30", "2026-03-20 12:30"),
            ("2026-03-18 18:00", 1, "2026-03-23 08:00", "2026-03-20 18:00"),
            ("2026-03-19 10:00", 0, "2026-03-20 08:00", "2026-03-19 10:00"),
            ("2026-03-18 16:10:00.000001", 2, "2026-03-23 16:10:00.000001", "2026-03-23 16:10:00.000001"),
        ],
    )
    def test_add(self, office: BusinessCalendar, at: str, days: int, opened: str, same_time: str) -> None:
        """The wall time is kept; what is closed then moves to the next opening, or stays where that is asked for."""
        asked = instant(at)

        assert instant(opened) == office.days.add(days, at=asked)
        assert instant(same_time) == office.days.add(days, at=asked, landing="same_time")

    @pytest.mark.parametrize(
        ("at", "days", "opened", "same_time"),
        [
            ("2026-03-20 16:10", 1, "2026-03-18 16:10", "2026-03-18 16:10"),
            ("2026-03-20 12:30", 1, "2026-03-18 12:00", "2026-03-18 12:30"),
            ("2026-03-20 07:00", 1, "2026-03-17 17:00", "2026-03-18 07:00"),
        ],
    )
    def test_subtract(self, office: BusinessCalendar, at: str, days: int, opened: str, same_time: str) -> None:
        """Backward it moves to the closing before."""
        asked = instant(at)

        assert instant(opened) == office.days.subtract(days, at=asked)
        assert instant(same_time) == office.days.subtract(days, at=asked, landing="same_time")


class TestDeadlines:
    """Due at the last closing of the Nth business day."""

    @pytest.mark.parametrize(
        ("at", "days", "plain", "cut_off"),
        [
            ("2026-03-18 10:00", 1, "2026-03-20 17:00", "2026-03-20 17:00"),
            ("2026-03-18 16:00", 1, "2026-03-20 17:00", "2026-03-23 17:00"),
            ("2026-03-18 15:59:59", 1, "2026-03-20 17:00", "2026-03-20 17:00"),
            ("2026-03-21 10:00", 1, "2026-03-23 17:00", "2026-03-24 17:00"),
            ("2026-03-18 10:00", 0, "2026-03-18 17:00", "2026-03-18 17:00"),
            ("2026-03-19 10:00", 0, "2026-03-20 17:00", "2026-03-20 17:00"),
            ("2026-12-23 10:00", 1, "2026-12-24 12:00", "2026-12-24 12:00"),
        ],
    )
    def test_due(self, office: BusinessCalendar, at: str, days: int, plain: str, cut_off: str) -> None:
        """The day it came in is not counted; from the cut-off on it came in on the next business day."""
        asked = instant(at)

        assert instant(plain) == office.days.deadline(days, at=asked)
        assert instant(cut_off) == office.days.deadline(days, at=asked, cut_off="16:00")

    def test_later_is_never_due_earlier(self, office: BusinessCalendar) -> None:
        """With a cut-off, what comes in later is never due earlier, over a weekend and a holiday too."""
        start = instant("2026-03-18 00:00")
        due = [office.days.deadline(2, at=start.add(hours=hour), cut_off="16:00") for hour in range(9 * 24)]

        assert sorted(due) == due


class TestClosings:
    """Last entry, drain, release."""

    def test_three_instants(self, office: BusinessCalendar) -> None:
        """Each is counted from the closing; the staff never goes before the drain ends."""
        rule = ClosingRule(last_entry=10 * MINUTE, drain=20 * MINUTE, release=15 * MINUTE)
        expected = Closing(
            last_entry=instant("2026-03-18 16:50"),
            closes=instant("2026-03-18 17:00"),
            drain_until=instant("2026-03-18 17:20"),
            released=instant("2026-03-18 17:20"),
        )

        assert expected == rule.next(office, at=instant("2026-03-18 14:00"))

    @pytest.mark.parametrize(
        ("at", "wait", "admitted"),
        [
            ("2026-03-18 16:49", 0, True),
            ("2026-03-18 16:50", 0, False),
            ("2026-03-18 16:49", 30, False),
            ("2026-03-18 16:29", 30, True),
            ("2026-03-18 18:00", 0, False),
        ],
    )
    def test_admission(self, office: BusinessCalendar, at: str, wait: int, admitted: bool) -> None:  # noqa: FBT001
        """Nobody is let in who cannot be served before the closing."""
        rule = ClosingRule(last_entry=10 * MINUTE)

        assert admitted is rule.admits(office, at=instant(at), estimated_wait=wait * MINUTE)

    def test_what_never_closes(self) -> None:
        """Around the clock everybody is let in."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.always())

        assert ClosingRule().next(always, at=instant("2026-03-18")) is None
        assert ClosingRule(last_entry=MINUTE).admits(always, at=instant("2026-03-18"))

    def test_negative(self) -> None:
        """Amounts are not negative."""
        with pytest.raises(InvalidAmount, match="drain"):
            ClosingRule(drain=-MINUTE)


class TestRebasing:
    """Deadlines when the hours change."""

    def test_the_rest_counts_anew(self, office: BusinessCalendar) -> None:
        """The time used is kept; what is left counts on the new hours."""
        changed = office.adding(Closure(date(2026, 3, 20), reason="strike"))
        due = office.add(timedelta(hours=4), at=instant("2026-03-18 16:10"))

        assert instant("2026-03-23 11:10") == changed.rebase(due, before=office, at=instant("2026-03-18 17:00"))

    def test_what_is_over_stays(self, office: BusinessCalendar) -> None:
        """A deadline that has passed, or has no open time left, does not move."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.always())
        due = instant("2026-03-18 12:00")

        assert due == always.rebase(due, before=office, at=instant("2026-03-18 12:00"))
        assert due == always.rebase(due, before=office, at=instant("2026-03-20 12:00"))
