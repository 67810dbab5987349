"""OpenStreetMap expressions, read and written."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact.errors import InvalidNotation, TicontactError
from ticontact.hours import (
    BusinessCalendar,
    Canton,
    Closed,
    Closure,
    DayOverride,
    Holiday,
    HolidayCalendar,
    RuleKind,
    Season,
    TimeWindow,
    Week,
    swiss,
)
from ticontact.hours.notation import osm
from ticontact.testing import instant

TICINO = swiss.administration(Canton.TI)
SCHOOL = HolidayCalendar.of("school", [Holiday(date(2026, 7, day), "holidays") for day in range(1, 8)])


def read(text: str) -> BusinessCalendar:
    """An expression with the holidays of Ticino and some school holidays."""
    return osm.read(text, zone="Europe/Zurich", holidays=TICINO, school_holidays=SCHOOL)


def hours_on(text: str, day: str) -> str:
    """The windows of a date in the notation of the expression."""
    plan: Any = read(text).plan
    return ",".join(map(str, plan.windows(date.fromisoformat(day)))) or "off"


class TestDays:
    """Which days a rule is about."""

    @pytest.mark.parametrize(
        ("text", "day", "expected"),
        [
            # weekdays
            ("Mo-Fr 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("Mo-Fr 08:00-12:00", "2026-03-21", "off"),
            ("Sa-Mo 08:00-12:00", "2026-03-22", "08:00-12:00"),
            ("mo,we-fr 08:00-12:00", "2026-03-17", "off"),
            ("08:00-12:00", "2026-03-22", "08:00-12:00"),
            ("24/7", "2026-03-22", "00:00-24:00"),
            # the nth of a month
            ("We[3] 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("We[3] 08:00-12:00", "2026-03-25", "off"),
            ("We[-1] 08:00-12:00", "2026-03-25", "08:00-12:00"),
            ("We[1,3-4] 08:00-12:00", "2026-03-25", "08:00-12:00"),
            ("We[1,3-4] 08:00-12:00", "2026-03-11", "off"),
            ("Mo[-5] 08:00-12:00", "2026-03-02", "08:00-12:00"),
            # days after them, from the first and until the last date that there is
            ("Mo[1] +1 day 08:00-12:00", "0001-01-02", "08:00-12:00"),
            ("Tu[1] -1 day 08:00-12:00", "0001-12-31", "08:00-12:00"),
            ("Th[-1] +1 day 08:00-12:00", "9999-01-01", "08:00-12:00"),
            ("Fr[-1] -1 day 08:00-12:00", "9999-12-30", "08:00-12:00"),
            # before and after them there is none to count from
            ("Su[-1] +1 day 08:00-12:00", "0001-01-01", "off"),
            ("Sa[1] -1 day 08:00-12:00", "9999-12-31", "off"),
            # dates
            ("Mar 18 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("Mar 08:00-12:00", "2026-03-31", "08:00-12:00"),
            ("Dec-Feb 08:00-12:00", "2026-01-15", "08:00-12:00"),
            ("Dec-Feb 08:00-12:00", "2026-03-01", "off"),
            ("Mar 16-18,25 08:00-12:00", "2026-03-25", "08:00-12:00"),
            ("Mar 16-18,25 08:00-12:00", "2026-03-19", "off"),
            ("Mar 30-Apr 02 08:00-12:00", "2026-04-01", "08:00-12:00"),
            ("Mar 30-Apr 08:00-12:00", "2026-04-30", "08:00-12:00"),
            ("2026 Mar 18 08:00-12:00", "2027-03-18", "off"),
            ("2025 Dec 20-Jan 10 08:00-12:00", "2026-01-05", "08:00-12:00"),
            ("2025 Dec 20-Jan 10 08:00-12:00", "2026-12-25", "off"),
            ("2025 Dec 20-2026 Mar 18 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("2026 Mar 08:00-12:00", "2026-03-31", "08:00-12:00"),
            ("easter 08:00-12:00", "2026-04-05", "08:00-12:00"),
            ("easter -2 days-easter +1 day 08:00-12:00", "2026-04-06", "08:00-12:00"),
            ("easter -2 days 08:00-12:00", "2026-04-05", "off"),
            # years and weeks
            ("2026 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("2025-2029/2 08:00-12:00", "2026-03-18", "off"),
            ("2025-2029/2,2026 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("2027+ 08:00-12:00", "2026-03-18", "off"),
            ("2027+ 08:00-12:00", "2031-03-18", "08:00-12:00"),
            ("2026 Mo-Fr 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("2025-2026 Mar 08:00-12:00", "2027-03-18", "off"),
            ("week 12 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("week 1-53/2 Mo-Fr 08:00-12:00", "2026-03-18", "off"),
            ("week 11,12: Mo-Fr: 08:00-12:00", "2026-03-18", "08:00-12:00"),
            # holidays
            ("Mo-Fr 08:00-12:00; PH off", "2026-03-19", "off"),
            ("Mo-Fr 08:00-12:00; PH off", "2026-12-24", "08:00-12:00"),
            ("Mo-Fr 08:00-17:00; PH off", "2026-12-24", "08:00-12:00"),
            ("PH,Mo 08:00-12:00", "2026-03-19", "08:00-12:00"),
            ("PH -1 day 08:00-12:00", "2026-03-18", "08:00-12:00"),
            ("PH +1 day off; 08:00-12:00", "2026-03-20", "08:00-12:00"),
            ("08:00-12:00; PH +1 day off", "2026-03-20", "off"),
            ("SH Mo-Fr 08:00-12:00", "2026-07-03", "08:00-12:00"),
            ("SH Mo-Fr 08:00-12:00", "2026-07-04", "off"),
            # rules after each other
            ("Mo-Fr 08:00-12:00; We 14:00-18:00", "2026-03-18", "14:00-18:00"),
            ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2026-03-18", "08:00-12:00,14:00-18:00"),
            ("Mo-Fr 08:00-12:00,13:30-17:00", "2026-03-18", "08:00-12:00,13:30-17:00"),
            ("08:00-12:00; We off", "2026-03-18", "off"),
            ("08:00-12:00; 09:00-10:00 off", "2026-03-18", "08:00-09:00,10:00-12:00"),
            ("Mo 08:00-12:00 || 09:00-10:00", "2026-03-18", "09:00-10:00"),
            ("We 08:00-12:00 || 09:00-10:00", "2026-03-18", "08:00-12:00"),
            ("Mo-Fr 08:00-12:00;", "2026-03-18", "08:00-12:00"),
            ('Mo-Fr 08:00-12:00 open "by the door"', "2026-03-18", "08:00-12:00"),
            ('08:00-12:00; We "by appointment"', "2026-03-18", "off"),
            ('08:00-17:00, We 12:00-14:00 unknown "by appointment"', "2026-03-18", "08:00-12:00,14:00-17:00"),
            ("08:00-12:00; We unknown", "2026-03-18", "off"),
            ("Mo-Fr open", "2026-03-18", "00:00-24:00"),
            # times
            ("We 22:00-26:00", "2026-03-18", "22:00-02:00"),
            ("We 22:00-02:00", "2026-03-18", "22:00-02:00"),
            ("We 08:00-08:00", "2026-03-18", "08:00-32:00"),
            ("We 08:00-09:00 10:00-11:00", "2026-03-18", "08:00-09:00,10:00-11:00"),
            ("We 08:00–12:00", "2026-03-18", "08:00-12:00"),
        ],
    )
    def test_windows(self, text: str, day: str, expected: str) -> None:
        """An expression gives a date these windows."""
        assert expected == hours_on(text, day)


class TestFaults:
    """What cannot be read is refused, with its place."""

    @pytest.mark.parametrize(
        ("text", "position", "says"),
        [
            ("", 1, "ends too early"),
            ("Mo-Fr 08:00-12:00; ; PH off", 20, "days such as"),
            ("Mo-Fr 8-12", 7, "'8' was given"),
            ("Mo-Fr 08:00", 12, "closing time"),
            ("Mo-Fr 08:00+", 12, "open ends"),
            ("Mo-Fr 08:00-12:00+", 18, "open ends"),
            ("Mo-Fr 08:00-12:00/30", 18, "intervals"),
            ("Mo-Fr sunrise-sunset", 7, "sun times"),
            ("Mo-Fr 08:00-sunset", 13, "sun times"),
            ("Mo-Fr 08:00-12:00,sunset-22:00", 19, "sun times"),
            ("Mo-Fr 08:00-(sunset-01:00)", 13, "sun times"),
            ("Mo-Fr 08:60-12:00", 7, "a time from"),
            ("Mo-Fr 08:00-Tu", 13, "a time from"),
            ("Mo-Fr 49:00-50:00", 7, "a time from"),
            ("Mo-Fr 30:00-29:00", 18, "too long"),
            ("Mo-Xx 08:00-12:00", 4, "a weekday"),
            ("Xx 08:00-12:00", 1, "'Xx' was given"),
            ("Mo[0] 08:00-12:00", 4, "1 to 5"),
            ("Mo[1 08:00-12:00", 6, "]"),
            ("Jan 32 08:00-12:00", 5, "day of the month"),
            ("Jan-32 08:00-12:00", 5, "a month"),
            ("week 54 08:00-12:00", 6, "week of the year"),
            ("easter +900 days 08:00-12:00", 9, "number of days"),
            ("2026/x 08:00-12:00", 6, "step"),
            ("Mo-Fr 08:00-12:00 § PH off", 19, "cannot be read"),
            ('Mo-Fr "unfinished', 7, "cannot be read"),
        ],
    )
    def test_position(self, text: str, position: int, says: str) -> None:
        """The error names the position, what stands there and what may."""
        with pytest.raises(InvalidNotation, match="opening_hours") as caught:
            read(text)

        assert (position, True) == (caught.value.position, says in str(caught.value))

    @pytest.mark.parametrize("name", ["PH", "SH"])
    def test_holidays_without_a_meaning(self, name: str) -> None:
        """Holidays that nobody has named are refused rather than ignored."""
        with pytest.raises(InvalidNotation, match=f"{name} has no meaning here"):
            osm.read(f"Mo-Fr 08:00-12:00; {name} off", zone="Europe/Zurich")

    @pytest.mark.parametrize("text", ["Mo," * 400_000, " " * 1_000_000, "(" * 1_000_000, '"' * 999_999])
    def test_hostile_text(self, text: str) -> None:
        """A megabyte is refused for its length."""
        with pytest.raises(InvalidNotation, match="10000 at the most"):
            read(text)

    @given(st.text(alphabet='MoTuWeFrPHSHJanDec0123456789:;,-+/[]()|" eastrwkofy', max_size=60))
    def test_fuzz(self, text: str) -> None:
        """Any text is read or refused, nothing else."""
        try:
            calendar = read(text)
        except TicontactError:
            return
        assert text == osm.write(calendar)


class TestReasons:
    """Why an expression says closed."""

    @pytest.mark.parametrize(
        ("text", "at", "kind", "words"),
        [
            ("Mo-Fr 08:00-12:00; PH off", "2026-03-19 10:00", RuleKind.HOLIDAY, "San Giuseppe"),
            ('Mo-Fr 08:00-12:00; Mar 18 off "strike"', "2026-03-18 10:00", RuleKind.CLOSURE, "strike"),
            ("Mo-Fr 08:00-12:00; Mar 18 off", "2026-03-18 10:00", RuleKind.CLOSURE, "chiusura"),
            ("Mo-Fr 08:00-12:00; PH off", "2026-03-18 13:00", RuleKind.WEEK, "fuori orario"),
            ("Mo-Fr 08:00-12:00; PH,We off", "2026-03-18 09:00", RuleKind.WEEK, "è mercoledì"),
            ("Mo-Fr 08:00-12:00; PH +1 day off", "2026-03-20 09:00", RuleKind.CLOSURE, "chiusura"),
        ],
    )
    def test_closed(self, text: str, at: str, kind: RuleKind, words: str) -> None:
        """A holiday is named, a comment is told."""
        answer = read(text).state(at=instant(at))

        assert isinstance(answer, Closed)
        assert (kind, words) == (answer.because.kind, answer.because.text("it"))

    def test_open(self) -> None:
        """What is open is so by the expression."""
        because = read("Mo-Fr 08:00-12:00; PH off").explain(at=instant("2026-03-18 10:00")).because

        assert (because.text("it"), because.source) == ("orario normale", "Mo-Fr 08:00-12:00; PH off")

    def test_what_falls_back_says_nothing_of_what_is_open(self) -> None:
        """Where it is open already, the words of a rule after `||` are not told."""
        office = read('We 08:00-12:00 "counter" || 08:00-12:00 "phone"')
        days = ("2026-03-18 10:00", "2026-03-20 10:00")

        assert [office.explain(at=instant(day)).because.text("it") for day in days] == [
            "orario normale (counter)",
            "orario normale (phone)",
        ]


class TestWriting:
    """A calendar as an expression."""

    def test_every_rule(self, busy: BusinessCalendar) -> None:
        """The rules are written from the weakest to the strongest, and read back with the same answers."""
        again = osm.read(osm.write(busy), zone=busy.zone, holidays=TICINO)
        start, end = instant("2014-01-01"), instant("2031-01-01")

        assert list(busy.intervals(start, end)) == list(again.intervals(start, end))

    @pytest.mark.parametrize(
        ("week", "expected"),
        [
            (Week.always(), "00:00-24:00"),
            (Week.closed(), "off"),
            (Week.parse("Mo,Tu 08:00-12:00"), "Mo,Tu 08:00-12:00"),
            (Week.parse("Fr 22:00-06:00"), "Fr 22:00-30:00"),
        ],
        ids=str,
    )
    def test_weeks(self, week: Week, expected: str) -> None:
        """Weekdays that are alike are written together."""
        assert expected == osm.write(BusinessCalendar(zone="Europe/Zurich", week=week))

    def test_comments(self) -> None:
        """Reasons become comments in the language that is asked for; quotes in them become single."""
        closed = BusinessCalendar(
            zone="Europe/Zurich",
            week=Week.parse("Mo 08:00-12:00"),
            closures=[Closure(date(2026, 3, 2), reason='a "rest"')],
        )
        plain = closed.adding(Closure(date(2026, 3, 9)))

        assert "2026 Mar 02 off \"a 'rest'\"" in osm.write(closed)
        assert '2026 Mar 09 off "Betriebsschliessung"' in osm.write(plain, language="de")

    def test_until_further_notice(self) -> None:
        """A closure whose end nobody knows has a first day alone, and reads back as such."""
        flooded = BusinessCalendar(
            zone="Europe/Zurich",
            week=Week.parse("Mo 08:00-12:00"),
            closures=[Closure.until_further_notice(date(2026, 3, 16), reason="danni d'acqua")],
        )
        text = osm.write(flooded)
        at = instant("2026-03-23 10:00")

        assert text == 'Mo 08:00-12:00; 2026 Mar 16+ off "danni d\'acqua"'
        assert osm.read(text, zone="Europe/Zurich").explain(at=at).text("it") == flooded.explain(at=at).text("it")

    def test_a_season_without_hours(self) -> None:
        """It closes the weekdays that are open otherwise, and says nothing of the others."""
        resting = BusinessCalendar(
            zone="Europe/Zurich",
            week=Week.parse("Mo-Fr 08:00-12:00"),
            seasons=[Season(date(2026, 8, 3), date(2026, 8, 14), week=Week.closed(), reason="pausa")],
        )

        assert osm.write(resting) == 'Mo-Fr 08:00-12:00; 2026 Aug 03-2026 Aug 14 Mo-Fr off "orario stagionale (pausa)"'

    def test_what_was_read(self) -> None:
        """What was read from an expression is written as it was."""
        assert osm.write(read("Mo-Fr 08:00-12:00;PH off")) == "Mo-Fr 08:00-12:00;PH off"

    def test_shown(self) -> None:
        """A calendar from an expression shows it."""
        assert repr(read("Mo-Fr 08:00-12:00")) == "<BusinessCalendar Mo-Fr 08:00-12:00 in Europe/Zurich>"

    def test_what_cannot_be_said(self, office: BusinessCalendar) -> None:
        """Combinations and windows with seconds are refused by name."""
        seconds = BusinessCalendar(
            zone="Europe/Zurich",
            week=Week.closed(),
            overrides=[DayOverride(date(2026, 3, 2), [TimeWindow("08:00:30", "09:00")])],
        )
        with pytest.raises(InvalidNotation, match="combination"):
            osm.write(office & office)
        with pytest.raises(InvalidNotation, match="seconds"):
            osm.write(seconds)

    @settings(max_examples=40)
    @given(
        st.lists(
            st.sampled_from(["", "08:00-12:00", "13:30-17:00,18:00-19:00", "22:00-06:00", "00:00-24:00"]),
            min_size=7,
            max_size=7,
        ),
        st.dictionaries(
            st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(["", "10:00-11:00"]), max_size=3
        ),
        st.integers(0, 365 * 24 * 60),
    )
    def test_round_trip(self, days: list[str], overrides: dict[date, str], minute: int) -> None:
        """Written and read again, a calendar gives every answer as before."""
        try:
            week = Week.of(days) if any(days) else Week.closed()
        except TicontactError:
            week = Week.always()
        calendar = BusinessCalendar(
            zone="Europe/Zurich",
            week=week,
            holidays=TICINO,
            overrides=[DayOverride(day, windows) for day, windows in overrides.items()],
        )
        again = osm.read(osm.write(calendar), zone=calendar.zone, holidays=TICINO)
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)

        assert calendar.state(at=at).until == again.state(at=at).until
        assert calendar.is_open(at=at) is again.is_open(at=at)
