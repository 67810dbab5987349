"""Business days, deadlines in working days, closings, and hours that change."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ticontact.errors import HoursError, InvalidValue, NeverOpen
from ticontact.hours import BusinessCalendar, CalendarHistory, Closing, ClosingRule, Closure, Week
from ticontact.testing import instant
from ticontact.tickets import shipped
from ticontact.tickets.commands import OpenTicket
from ticontact.tickets.sla import SlaMetric, SlaPolicy, Target, clocks, working_days

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
        with pytest.raises(HoursError, match="negative"):
            office.days.next(date(2026, 3, 18), nth=-1)

    def test_the_ends_of_the_calendar(self, office: BusinessCalendar) -> None:
        """No date lies beside the first and the last one."""
        with pytest.raises(HoursError, match="no date beside 9999-12-31"):
            office.days.next(date.max)
        with pytest.raises(HoursError, match="no date beside 0001-01-01"):
            office.days.previous(date.min)


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
            ("2026-03-18 16:00", 1, "2026-03-20 17:00", "2026-03-20 17:00"),
            ("2026-03-18 16:00:00.000001", 1, "2026-03-20 17:00", "2026-03-23 17:00"),
            ("2026-03-18 16:00:01", 1, "2026-03-20 17:00", "2026-03-23 17:00"),
            ("2026-03-18 15:59:59", 1, "2026-03-20 17:00", "2026-03-20 17:00"),
            ("2026-03-21 10:00", 1, "2026-03-23 17:00", "2026-03-24 17:00"),
            ("2026-03-18 10:00", 0, "2026-03-18 17:00", "2026-03-18 17:00"),
            ("2026-03-19 10:00", 0, "2026-03-20 17:00", "2026-03-20 17:00"),
            ("2026-12-23 10:00", 1, "2026-12-24 12:00", "2026-12-24 12:00"),
            ("2026-12-24 12:00", 1, "2026-12-28 17:00", "2026-12-28 17:00"),
            ("2026-12-24 12:30", 1, "2026-12-28 17:00", "2026-12-29 17:00"),
            ("2026-12-24 12:30", 0, "2026-12-24 12:00", "2026-12-28 17:00"),
        ],
    )
    def test_due(self, office: BusinessCalendar, at: str, days: int, plain: str, cut_off: str) -> None:
        """The day it came in is not counted; after the cut-off it came in on the next business day."""
        asked = instant(at)

        assert instant(plain) == office.days.deadline(days, at=asked)
        assert instant(cut_off) == office.days.deadline(days, at=asked, cut_off="16:00")

    def test_a_time_or_a_text(self, office: BusinessCalendar) -> None:
        """A cut-off is a time of day, given as such or as text."""
        asked = instant("2026-03-18 16:30")

        assert office.days.deadline(1, at=asked, cut_off=time(16)) == office.days.deadline(1, at=asked, cut_off="16:00")

    @pytest.mark.parametrize("at", ["2026-03-18 10:00", "2026-03-21 10:00"])
    def test_no_time_of_day(self, office: BusinessCalendar, at: str) -> None:
        """Anything else is refused, on a day without windows too."""
        with pytest.raises(HoursError, match="time of day"):
            office.days.deadline(1, at=instant(at), cut_off="late")

    @pytest.mark.parametrize("at", ["2026-03-18 10:00", "2026-03-21 10:00"])
    def test_a_negative_number(self, office: BusinessCalendar, at: str) -> None:
        """It is refused, on a day without windows too."""
        with pytest.raises(HoursError, match="days: a negative number"):
            office.days.deadline(-1, at=instant(at), cut_off="16:00")

    def test_no_working_day_ahead(self) -> None:
        """After the horizon the search gives up, and says so."""
        never = BusinessCalendar(zone="Europe/Zurich", week=Week.closed(), horizon=timedelta(days=400))

        with pytest.raises(NeverOpen, match="no working day within its horizon of 400 days"):
            never.days.deadline(0, at=instant("2026-03-18 10:00"))


ZURICH = ZoneInfo("Europe/Zurich")
CLOCKS_GO_BACK = datetime(2026, 10, 23, tzinfo=UTC)
CLOCKS_GO_FORWARD = datetime(2026, 3, 27, tzinfo=UTC)
"""Each a Friday two days before the clocks change; so is the Friday of any other week for the law."""

CLOCK = {"at_same_clock": True}
LAST = {"at_same_clock": False}


def utc(*texts: str) -> tuple[datetime, ...]:
    """Some instants of UTC."""
    return tuple(datetime.fromisoformat(text).replace(tzinfo=UTC) for text in texts)


OFFICES = {
    "split days": "Mo-Fr 08:00-12:00,13:30-17:00",
    "a half day": "Mo-We 08:00-17:00; Th 08:00-12:00; Sa 09:00-11:00",
    "early on Sunday": "Mo-Fr 08:00-12:00; Su 01:30-03:30",
    "through the night": "Mo-Fr 22:00-24:00; Sa-Su 00:30-06:00",
}


@st.composite
def terms(draw: st.DrawFn) -> tuple[str, dict[str, Any], int, datetime, datetime]:
    """An office, how it counts, a number of days, and two arrivals, the earlier one first."""
    friday = draw(st.sampled_from([CLOCKS_GO_BACK, CLOCKS_GO_FORWARD, datetime(2026, 6, 5, tzinfo=UTC)]))
    minutes = st.integers(0, 4 * 24 * 60)
    first, second = sorted([draw(minutes), draw(minutes)])
    options: dict[str, Any] = {"at_same_clock": draw(st.booleans())}
    cut_off = draw(st.sampled_from(["", "02:30", "11:00", "15:00", "23:30"]))
    if cut_off:
        options["cut_off"] = cut_off
    micro = draw(st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(seconds=59)]))
    return (
        draw(st.sampled_from(sorted(OFFICES))),
        options,
        draw(st.integers(0, 4)),
        friday + first * MINUTE + micro,
        friday + second * MINUTE + micro,
    )


def due(calendar: BusinessCalendar, options: dict[str, Any], days: int, at: datetime) -> datetime:
    """When a term of working days ends, by the clock of a ticket that was opened at an instant."""
    opened = shipped.contact_centre.apply(None, OpenTicket(id="t"), at=at)
    policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, working_days(days), calendar="office", **options)])
    (clock,) = clocks(opened.events, [policy], calendars={"office": calendar}, at=at)
    assert clock.due is not None
    return clock.due.astimezone(UTC)


def naive_due(week: str, options: dict[str, Any], days: int, at: datetime) -> datetime:
    """The same, counted by hand: day by day, over opening hours that are read anew, on readings of the wall clock.

    It knows nothing of clock changes, and is asked about days without one.
    """
    local = at.astimezone(ZURICH).replace(tzinfo=None)
    day, came = local.date(), local.time()
    hours = day_hours(week, day)
    limits = [closing for _, closing in hours[-1:]]
    if "cut_off" in options and hours:
        limits.append(time.fromisoformat(options["cut_off"]))
    watched = len(options) > 1 or options["at_same_clock"]
    if watched and (not hours or came > min(limits)):
        day = next_open(week, day)
        came = day_hours(week, day)[0][0]
    elif options["at_same_clock"]:
        came = max(came, hours[0][0])
    left = days
    if left == 0 and not day_hours(week, day):
        left = 1
    for _ in range(left):
        day = next_open(week, day)
    ends = came if options["at_same_clock"] else day_hours(week, day)[-1][1]
    return datetime.combine(day, ends, tzinfo=ZURICH).astimezone(UTC)


def day_hours(week: str, day: date) -> list[tuple[time, time]]:
    """The openings and closings of a date, from the text of a week."""
    names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    for part in week.split("; "):
        span, _, windows = part.partition(" ")
        first, _, last = span.partition("-")
        if names.index(first) <= day.weekday() <= names.index(last or first):
            pairs = [window.split("-") for window in windows.split(",")]
            return [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs]
    return []


def next_open(week: str, day: date) -> date:
    """The first date after another on which something opens."""
    day += timedelta(days=1)
    while not day_hours(week, day):
        day += timedelta(days=1)
    return day


class TestTheOneCount:
    """Working days are counted once, for deadlines of calendars and for clocks of tickets."""

    @example(("early on Sunday", CLOCK, 1, *utc("2026-10-25 00:45", "2026-10-25 01:15")))
    @example(("early on Sunday", {**CLOCK, "cut_off": "02:30"}, 1, *utc("2026-10-25 00:45", "2026-10-25 01:15")))
    @example(("early on Sunday", {**LAST, "cut_off": "02:30"}, 1, *utc("2026-10-25 00:45", "2026-10-25 01:15")))
    @example(("through the night", CLOCK, 1, *utc("2026-03-28 01:59:59.900", "2026-03-28 02:00:00.100")))
    @given(terms())
    def test_whoever_arrives_later_is_never_due_earlier(
        self, term: tuple[str, dict[str, Any], int, datetime, datetime]
    ) -> None:
        """Whatever the office, the cut-off, the number of days and the change of the clocks."""
        name, options, days, first, second = term
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse(OFFICES[name]))

        assert due(office, options, days, first) <= due(office, options, days, second)

    @given(terms())
    def test_calendars_and_tickets_agree(self, term: tuple[str, dict[str, Any], int, datetime, datetime]) -> None:
        """The deadline of a calendar is the due instant of a ticket's clock."""
        name, options, days, first, _ = term
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse(OFFICES[name]))
        cut_off = options.get("cut_off")
        expected = due(office, {**options, "at_same_clock": False}, days, first)

        assert expected == office.days.deadline(days, at=first, cut_off=cut_off)

    @given(terms())
    def test_counted_by_hand(self, term: tuple[str, dict[str, Any], int, datetime, datetime]) -> None:
        """A loop over dates and readings of the clock finds the same, in weeks in which the clocks do not change."""
        name, options, days, first, _ = term
        if name == "through the night":
            name = "split days"
        week, summer = (
            OFFICES[name],
            first - (first - datetime(2026, 6, 5, tzinfo=UTC)) // timedelta(days=7) * timedelta(days=7),
        )
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse(week))

        assert naive_due(week, options, days, summer) == due(office, options, days, summer)

    @pytest.mark.parametrize(("at", "day"), [("00:45", 26), ("01:30", 26), ("01:30:00.000001", 27)])
    def test_a_cut_off_that_comes_twice(self, at: str, day: int) -> None:
        """Where the clocks go back, its second pass counts: 02:45 in the first pass is before it."""
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse(OFFICES["early on Sunday"]))
        (arrival,) = utc(f"2026-10-25 {at}")

        assert date(2026, 10, day) == office.days.deadline(1, at=arrival, cut_off="02:30").date()

    @pytest.mark.parametrize("changes", [{}, {date(2027, 1, 1): OFFICES["split days"]}], ids=["none", "later"])
    def test_calendars_that_follow_one_another(self, changes: dict[date, str]) -> None:
        """They are counted as one calendar is."""
        week = OFFICES["split days"]
        office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse(week))
        later = {day: BusinessCalendar(zone="Europe/Zurich", week=Week.parse(text)) for day, text in changes.items()}
        opened = shipped.contact_centre.apply(None, OpenTicket(id="t"), at=instant("2026-03-20 15:01"))
        target = Target(SlaMetric.RESOLUTION, working_days(1), calendar="office", cut_off="15:00")
        (clock,) = clocks(
            opened.events,
            [SlaPolicy("p", [target])],
            calendars={"office": CalendarHistory(office, later)},
            at=instant("2026-03-20 16:00"),
        )

        assert office.days.deadline(1, at=instant("2026-03-20 15:01"), cut_off="15:00") == clock.due


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
        with pytest.raises(HoursError, match="drain"):
            ClosingRule(drain=-MINUTE)

    def test_no_amount(self) -> None:
        """What is no amount of time is refused with its type."""
        minutes: Any = 10
        with pytest.raises(InvalidValue, match=r"ClosingRule\.drain: int was given"):
            ClosingRule(drain=minutes)


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
