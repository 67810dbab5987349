"""The recurrence rules of iCalendar, against python-dateutil and by hand."""

from datetime import date, datetime, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ticontact.hours import Break, Closure
from ticontact.hours.notation import ical

LAST = date(2030, 12, 31)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def feed(*events: str) -> str:
    """A calendar of some events of one UID."""
    bodies = "".join(f"BEGIN:VEVENT\r\nUID:a\r\n{each}\r\nEND:VEVENT\r\n" for each in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{bodies}END:VCALENDAR\r\n"


def days(*events: str, last: date | None = LAST) -> list[date]:
    """The days of closures, written one by one."""
    found = ical.read_closures(feed(*events), zone="Europe/Zurich", last=last)
    return sorted(
        each.start + timedelta(days=number)
        for each in found
        if isinstance(each, Closure)
        for number in range((each.end - each.start).days + 1)
    )


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule of any kind that is read."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    by_month = frequency in {"MONTHLY", "YEARLY"}
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    month_days = draw(st.lists(st.sampled_from([1, 13, 28, 29, 30, 31, -1, -3]), max_size=3, unique=True))
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True))
    which = st.sampled_from(["", "1", "2", "5", "-1", "-2"]) if by_month else st.just("")
    if months:
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    if month_days and frequency != "WEEKLY":
        parts.append("BYMONTHDAY=" + ",".join(map(str, month_days)))
    if weekdays:
        parts.append("BYDAY=" + ",".join(draw(which) + each for each in weekdays))
    if by_month and len(parts) > 2 and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if frequency == "WEEKLY":
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    end = draw(st.sampled_from(["", "COUNT=7", "UNTIL=20271001"]))
    return ";".join([*parts, end] if end else parts)


class TestAgainstDateutil:
    """The same days as the best known reader of such rules."""

    @settings(max_examples=150)
    @given(rules(), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
    def test_days(self, rule: str, near: date) -> None:
        """Any rule, from its own first day on; dateutil does not count a start that the rule does not mean."""
        try:
            every = iter(rrulestr(rule, dtstart=datetime(near.year, near.month, near.day)))  # noqa: DTZ001
            start = next(every).date()
        except (ValueError, StopIteration):
            assume(False)
            return
        again = rrulestr(rule, dtstart=datetime(start.year, start.month, start.day))  # noqa: DTZ001
        expected = [moment.date() for moment in takewhile(lambda moment: moment.date() <= LAST, again)]
        assume(expected[:1] == [start])
        bounded = rule if "COUNT" in rule or "UNTIL" in rule else f"{rule};UNTIL={LAST:%Y%m%d}"

        assert days(f"DTSTART;VALUE=DATE:{start:%Y%m%d}\r\nRRULE:{bounded}") == expected


class TestByHand:
    """What the other reader does not say."""

    def test_a_day_that_never_comes(self) -> None:
        """The 30th of February comes on the day of the event alone, and costs no search."""
        assert days("DTSTART;VALUE=DATE:20260318\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") == [date(2026, 3, 18)]

    def test_weeks_of_the_year(self) -> None:
        """BYWEEKNO, on the weekday of the event."""
        assert days("DTSTART;VALUE=DATE:20260511\r\nRRULE:FREQ=YEARLY;BYWEEKNO=20;COUNT=2") == [
            date(2026, 5, 11),
            date(2027, 5, 17),
        ]

    def test_nth_of_a_year(self) -> None:
        """The twentieth Monday of a year."""
        assert days("DTSTART;VALUE=DATE:20260518\r\nRRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=2") == [
            date(2026, 5, 18),
            date(2027, 5, 17),
        ]

    def test_exceptions_and_additions(self) -> None:
        """Days left out, days added, and one that another event takes the place of."""
        assert days(
            "DTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;VALUE=DATE:20260309,20260401\r\n"
            "RDATE;VALUE=DATE:20260312,20260302",
            "RECURRENCE-ID;VALUE=DATE:20260316\r\nDTSTART;VALUE=DATE:20260317",
        ) == [date(2026, 3, day) for day in (2, 12, 17, 23)]

    def test_hours_keep_their_clock(self) -> None:
        """A meeting at nine is at nine after the clock has changed; UNTIL is an instant."""
        found = ical.read_closures(
            feed(
                "DTSTART;TZID=Europe/Zurich:20260325T090000\r\nDTEND;TZID=Europe/Zurich:20260325T100000\r\n"
                "RRULE:FREQ=WEEKLY;UNTIL=20260408T065959Z\r\nRDATE;TZID=Europe/Zurich:20260410T110000"
            ),
            zone="Europe/Zurich",
        )
        own = [each for each in found if isinstance(each, Break) and each.windows[0].start < 86_400]

        assert [(each.day.day, str(each.windows[0])) for each in own] == [
            (25, "09:00-10:00"),
            (1, "09:00-10:00"),
            (10, "11:00-12:00"),
        ]

    def test_until_on_the_very_instant(self) -> None:
        """One that begins exactly then still is."""
        text = feed("DTSTART:20260325T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20260408T090000")

        assert len({each.day for each in ical.read_closures(text, zone="UTC") if isinstance(each, Break)}) == 6

    def test_every_day_is_until_further_notice(self) -> None:
        """A daily closure without an end is one closure without an end."""
        (closure,) = ical.read_closures(feed("DTSTART;VALUE=DATE:20260318\r\nRRULE:FREQ=DAILY"), zone="UTC")

        assert isinstance(closure, Closure)
        assert closure.is_until_further_notice

    def test_dates_of_interest(self) -> None:
        """What lies outside of them is left out; single events, too."""
        text = feed("DTSTART:20200106T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY", "DTSTART;VALUE=DATE:20200108")
        found = ical.read_closures(text, zone="UTC", first=date(2026, 3, 1), last=date(2026, 3, 15))

        assert {each.day for each in found if isinstance(each, Break)} == {date(2026, 3, day) for day in (1, 2, 8, 9)}
        assert found.findings == ()

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ("RRULE:FREQ=HOURLY", "FREQ=HOURLY"),
            ("RRULE:FREQ=DAILY;BYHOUR=9", "BYHOUR"),
            ("RRULE:FREQ=DAILY;COUNT=0", "COUNT outside"),
            ("RRULE:FREQ=DAILY;COUNT=x", "COUNT that is no number"),
            ("RRULE:FREQ=DAILY;INTERVAL=1,2", "INTERVAL that is no number"),
            ("RRULE:FREQ=DAILY;COUNT=1;UNTIL=20270101", "COUNT and UNTIL"),
            ("RRULE:FREQ=DAILY;UNTIL=soon", "no dates"),
            ("RRULE:FREQ=WEEKLY;BYDAY=1MO", "nth weekday"),
            ("RRULE:FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
            ("RRULE:FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "BYSETPOS"),
            ("RRULE:FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO"),
            ("RRULE:FREQ=DAILY;BYDAY=XX", "BYDAY"),
            ("RRULE:FREQ=MONTHLY;BYDAY=99MO", "BYDAY"),
            ("RRULE:FREQ=WEEKLY;WKST=1MO", "WKST"),
            ("RRULE:FREQ", "cannot be read"),
            ("RRULE:FREQ=DAILY;FREQ=DAILY", "cannot be read"),
            ("RRULE:" + "FREQ=DAILY;" * 60, "too long"),
            ("EXRULE:FREQ=DAILY", "EXRULE"),
            ("RDATE:20260318T090000", "another kind"),
            ("RDATE;VALUE=DATE:" + "20260318," * 20_000, "too long"),
            ("RRULE:FREQ=DAILY\r\nRRULE:FREQ=DAILY", "no dates"),
        ],
    )
    def test_what_is_not_read(self, body: str, says: str) -> None:
        """It is a finding, and the other events are read."""
        found = ical.read_closures(
            feed(f"DTSTART;VALUE=DATE:20260318\r\n{body}", "DTSTART;VALUE=DATE:20260319"), zone="UTC"
        )

        assert [each.start.day for each in found if isinstance(each, Closure)] == [19]
        assert says in str(found.findings[0])

    @pytest.mark.parametrize(
        ("rule", "events", "says"),
        [("FREQ=WEEKLY", 1, "read until 2056-12-31"), ("FREQ=DAILY;INTERVAL=2", 3, "more occurrences than are read")],
    )
    def test_where_it_ends(self, rule: str, events: int, says: str) -> None:
        """What goes on is followed within bounds, and the finding names them."""
        found = ical.read_closures(feed(*[f"DTSTART;VALUE=DATE:20260318\r\nRRULE:{rule}"] * events), zone="UTC")

        assert len(found) <= 3_100
        assert any(says in finding.problem for finding in found.findings)


class TestOpenings:
    """Opening times of others."""

    def test_long_and_short(self) -> None:
        """Nights, whole days and weeks become the hours of dates; what is longer than a year is cut."""
        text = feed(
            "DTSTART:20260318T220000\r\nDURATION:PT8H",
            "DTSTART;VALUE=DATE:20260401\r\nDTEND;VALUE=DATE:20260404",
            "DTSTART:20260501T080000\r\nDURATION:P2D",
            "DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20300101",
            "DTSTART;VALUE=DATE:20251231\r\nRRULE:FREQ=YEARLY\r\nDESCRIPTION:porte aperte",
        )
        found = ical.read_openings(text, zone="UTC")
        hours = {each.day: ",".join(map(str, each.windows)) for each in found}

        assert hours[date(2026, 3, 18)] == "22:00-06:00"
        assert [hours[date(2026, 4, day)] for day in (1, 2)] == ["00:00-24:00", "00:00-48:00"]
        assert [hours[date(2026, 5, day)] for day in (1, 2)] == ["08:00-24:00", "00:00-32:00"]
        assert [finding.event for finding in found.findings] == [4, 5]

    def test_dates_of_interest(self) -> None:
        """A stretch that began long before is opened from the first date of interest on."""
        text = feed("DTSTART:20200101T100000\r\nDURATION:P5000D", "DTSTART:20260317T200000\r\nDURATION:PT20H")
        found = ical.read_openings(text, zone="UTC", first=date(2026, 3, 18), last=date(2026, 3, 19))

        assert [each.day for each in found] == [date(2026, 3, 17), date(2026, 3, 18), date(2026, 3, 19)]
        assert found.findings == ()
