"""Rules that come again every year, weeks with some weeks only, and how far counts of working days go."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact.errors import ConfigurationError, HoursError, NeverOpen
from ticontact.hours import (
    Break,
    BusinessCalendar,
    ByAppointment,
    Closed,
    Closure,
    DayOverride,
    HolidayRule,
    Season,
    Week,
)
from ticontact.hours.notation import toml
from ticontact.testing import instant

ZURICH = "Europe/Zurich"
ALL_DAYS = Week.parse("Mo-Su 08:00-12:00")


def office(*rules: Closure | Break | DayOverride | Season) -> BusinessCalendar:
    """An office that is open every morning, and some rules."""
    return BusinessCalendar(zone=ZURICH, week=ALL_DAYS).adding(*rules)


def hours_on(calendar: BusinessCalendar, *days: str) -> list[str]:
    """The windows of some dates."""
    return [
        " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in calendar.windows(date.fromisoformat(day)))
        for day in days
    ]


class TestEveryYear:
    """`every_year`, from the year of the first day on."""

    @given(
        st.dates(date(2020, 1, 1), date(2029, 12, 31)),
        st.integers(0, 364),
        st.dates(date(2018, 1, 1), date(2035, 12, 31)),
    )
    def test_closures_by_hand(self, start: date, more: int, asked: date) -> None:
        """A date is closed if it lies in the range of one of the years, written out one by one."""
        end = start + timedelta(days=more)

        def edge(day: date, year: int, otherwise: tuple[int, int]) -> date:
            try:
                return day.replace(year=year)
            except ValueError:
                return date(year, *otherwise)

        over = end.year - start.year
        ranges = [(edge(start, y, (3, 1)), edge(end, y + over, (2, 28))) for y in range(start.year, 2037)]
        expected = any(first <= asked <= last for first, last in ranges)
        closed = office(Closure(start, end, every_year=True))

        assert expected is (closed.windows(asked) == ())

    def test_over_new_year(self) -> None:
        """Christmas holidays that end in the next year."""
        closed = office(Closure(date(2026, 12, 24), date(2027, 1, 2), every_year=True))

        assert hours_on(closed, "2026-01-01", "2026-12-24", "2027-01-02", "2027-01-03", "2031-12-31", "2032-01-02") == [
            "08:00-12:00",
            "",
            "",
            "08:00-12:00",
            "",
            "",
        ]

    def test_one_year_beats_every_year(self) -> None:
        """Hours, breaks and seasons of every year give way to what is written for one."""
        own = office(
            DayOverride(date(2025, 12, 24), "08:00-10:00", every_year=True),
            DayOverride(date(2027, 12, 24), "08:00-11:00"),
            Break(date(2026, 3, 18), "09:00-10:00", every_year=True),
            Break(date(2027, 3, 18), "11:00-12:00"),
            Season(date(2026, 7, 1), date(2026, 8, 31), week=Week.parse("Mo-Su 07:00-09:00"), every_year=True),
            Season(date(2027, 7, 10), date(2027, 7, 20), week=Week.parse("Mo-Su 10:00-11:00")),
        )

        assert hours_on(own, "2024-12-24", "2026-12-24", "2027-12-24", "2025-03-18", "2027-03-18") == [
            "08:00-12:00",
            "08:00-10:00",
            "08:00-11:00",
            "08:00-12:00",
            "08:00-09:00 10:00-11:00",
        ]
        assert hours_on(own, "2026-07-15", "2027-07-15", "2027-07-21") == ["07:00-09:00", "10:00-11:00", "07:00-09:00"]

    def test_leap_day(self) -> None:
        """A rule on 29 February alone holds in leap years."""
        leap = office(Closure(date(2024, 2, 29), every_year=True))

        assert hours_on(leap, "2028-02-29", "2027-02-28", "2027-03-01") == ["", "08:00-12:00", "08:00-12:00"]

    def test_many_years(self) -> None:
        """More years than are remembered answer alike when they are asked again."""
        closed = office(Closure(date(2000, 5, 5), every_year=True))
        asked = [date(year, 5, 5) for year in range(1999, 2040)]

        assert [closed.windows(day) == () for day in asked * 2] == [day.year >= 2000 for day in asked] * 2

    def test_refusals(self) -> None:
        """A year or more cannot come again every year, and one day has one set of other hours."""
        with pytest.raises(HoursError, match="a year or more"):
            Closure(date(2026, 1, 1), date(2027, 1, 1), every_year=True)
        with pytest.raises(HoursError, match="2026-03-18 is described twice"):
            office(
                DayOverride(date(2026, 3, 18), "", every_year=True),
                DayOverride(date(2027, 3, 18), "", every_year=True),
            )


class TestSomeWeeks:
    """`Th[1]`, `We[odd]`."""

    @given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
    def test_by_hand(self, day: date) -> None:
        """The windows of a date by its place in the month and its week."""
        week = Week.parse("Mo-Fr 08:00-12:00; Th[1,3] 14:00-18:00; Fr[-1] off; We[even] 09:00-10:00")
        nth, is_last = (day.day - 1) // 7 + 1, (day + timedelta(days=7)).month != day.month
        expected = "08:00-12:00" if day.weekday() < 5 else ""
        if day.weekday() == 3 and nth in {1, 3}:
            expected = "14:00-18:00"
        if day.weekday() == 4 and is_last:
            expected = ""
        if day.weekday() == 2 and day.isocalendar().week % 2 == 0:
            expected = "09:00-10:00"

        assert ",".join(map(str, week.on(day))) == expected

    @pytest.mark.parametrize("text", ["Th[1] 14:00-18:00", "Mo 08:00-09:00; Th[2,4] off", "Mo-We,Th[odd] 08:00-12:00"])
    def test_written(self, text: str) -> None:
        """It is written as it is read."""
        assert Week.parse(str(Week.parse(text))) == Week.parse(text)

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Th[0] 08:00-12:00", "1 to 5 of the month"),
            ("Th[6] 08:00-12:00", "1 to 5 of the month"),
            ("Th[-2] 08:00-12:00", "-1 for the last"),
            ("Th[1,1] 08:00-12:00", "1 to 5"),
            ("Th[1 08:00-12:00", "such as"),
            ("Th[1]x 08:00-12:00", "such as Th"),
            ("Mo-Fr[1] 08:00-12:00", "such as Th"),
            ("Th[1] 08:00-09:00; Th[1] 10:00-11:00", "described twice"),
            ("Th[1] off", "no day has any window"),
        ],
    )
    def test_refusals(self, text: str, says: str) -> None:
        """What cannot be meant is refused."""
        with pytest.raises(HoursError) as caught:
            Week.parse(text)

        assert says in str(caught.value)

    @pytest.mark.parametrize("language", ["it", "de", "fr", "rm", "en"])
    def test_in_words(self, language: str) -> None:
        """The first Thursday, odd weeks and the hours by appointment are told in every language, written and spoken."""
        counter = BusinessCalendar(
            zone=ZURICH,
            week=Week.parse("Mo 08:00-12:00; Th[1] 14:00-18:00; Su[-1] 10:00-11:00; We[odd] off"),
            by_appointment=Week.parse("Tu 14:00-16:00"),
        )
        written = counter.in_words(language, on=date(2026, 3, 5))

        assert written.count(";") == 4
        assert counter.in_words(language, on=date(2026, 3, 5), form="spoken") != written

    def test_only_by_appointment(self) -> None:
        """An office without open hours, and one that receives by appointment at any time."""
        only = BusinessCalendar(zone=ZURICH, week=Week.closed(), by_appointment=Week.parse("Tu 14:00-16:00"))
        always = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo 08:00-12:00"), by_appointment=Week.always())
        never = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo 08:00-12:00"), by_appointment=Week.closed())
        day = date(2026, 3, 3)

        assert only.in_words("it", on=day) == "Su appuntamento martedì 14.00-16.00"
        assert always.in_words("it", on=day) == "Lunedì 08.00-12.00; altrimenti su appuntamento"
        assert never.in_words("it", on=day) == "Lunedì 08.00-12.00"
        assert only.explain(at=instant("2026-03-03 15:00")).text("it") == "Solo su appuntamento."


class TestAppointments:
    """When people are received by appointment, and when not at all."""

    @pytest.mark.parametrize(
        ("at", "kind"),
        [
            ("2026-03-18 15:00", ByAppointment),
            ("2026-03-18 19:00", Closed),
            ("2026-03-19 15:00", Closed),  # a closure
            ("2026-03-20 10:00", ByAppointment),  # other hours on that date
        ],
    )
    def test_state(self, at: str, kind: type[object]) -> None:
        """Not where the office is closed as a whole; no open time runs in any case."""
        registry = BusinessCalendar(
            zone=ZURICH,
            week=ALL_DAYS,
            closures=[Closure(date(2026, 3, 19))],
            overrides=[DayOverride(date(2026, 3, 20), "08:00-09:00")],
            by_appointment=Week.parse("Mo-Fr 09:00-18:00"),
        )

        assert type(registry.state(at=instant(at))) is kind
        assert not registry.is_open(at=instant(at))


class TestHolidayRules:
    """Holidays of a department's own."""

    @pytest.mark.parametrize(
        "build",
        [
            lambda: HolidayRule.every_year(2, 30, "x"),
            lambda: HolidayRule.every_year(13, 1, "x"),
            lambda: HolidayRule.from_easter(81, "x"),
            lambda: HolidayRule.on_weekday(13, 1, 0, "x"),
            lambda: HolidayRule.on_weekday(1, 5, 0, "x"),
            lambda: HolidayRule.on_weekday(1, 1, 7, "x"),
            lambda: HolidayRule.on_weekday(1, 1, 0, "x", then=8),
            lambda: HolidayRule.every_year(1, 1, "x", closed_from="25:00"),
        ],
        ids=["day", "month", "Easter", "month of a weekday", "nth", "weekday", "then", "closed from"],
    )
    def test_refusals(self, build: Callable[[], object]) -> None:
        """Days that are none, and times that are none."""
        with pytest.raises(HoursError):
            build()

    @pytest.mark.parametrize(
        ("entry", "says"),
        [
            ("day = 2026-05-15", "name: missing"),
            ('name = "x"', "day: missing"),
            ('name = "x"\nnames = { it="a", de="a", fr="a", rm="a", en="a" }\nday = 2026-05-15', "stands beside names"),
            ('name = "x"\nday = 2026-05-15\nuntil = 2026-05-14', "a date from then on"),
            ('name = "x"\nday = 2026-05-15\nuntil = 2226-05-14', "100 years at the most"),
            ('name = "x"\neaster = 200', "80 or less"),
            ('name = "x"\neaster = 2\nmonth = 4', "month: it does not go with the other keys (allowed: easter, id"),
            ('name = "x"\nday = 2026-01-01\nuntil = 2026-01-05\nevery_year = true', "until: it does not go with"),
            ('name = "x"\nmonth = 13\nweekday = "Xx"\nnth = 9\nthen = 12', "12 or less"),
            ('name = "x"\nday = 2026-05-15\nclosed_from = "noon"', "closed_from"),
        ],
    )
    def test_toml_faults(self, entry: str, says: str) -> None:
        """Each fault is named at its place."""
        with pytest.raises(ConfigurationError) as caught:
            toml.read(f'[a]\nzone="UTC"\nweek="Mo 08:00-12:00"\n[[a.holiday]]\n{entry}')

        assert says in str(caught.value)
        assert "a.holiday[1]" in str(caught.value)

    @pytest.mark.parametrize(
        ("entry", "says"),
        [
            ('from = 2026-01-01\nuntil = "tomorrow"', "further notice"),
            ('from = 2026-01-01\nuntil = "further notice"\nevery_year = true', "every_year"),
            ("from = 2026-01-01\nuntil = 2027-01-01\nevery_year = true", "a year or more"),
        ],
    )
    def test_toml_closures(self, entry: str, says: str) -> None:
        """A closure without an end, and one of every year."""
        with pytest.raises(ConfigurationError) as caught:
            toml.read(f'[a]\nzone="UTC"\nweek="Mo 08:00-12:00"\n[[a.closure]]\n{entry}')

        assert says in str(caught.value)


class TestHowFarCountsGo:
    """A hundred years, as everywhere."""

    @pytest.mark.parametrize("number", [36_526, 10**9, 10**4_000])
    def test_counts(self, number: int) -> None:
        """More working days than a hundred years have are refused at once."""
        days = office().days
        at = instant("2026-03-18 10:00")

        asks: list[Callable[[], object]] = [
            lambda: days.next(date(2026, 3, 18), nth=number),
            lambda: days.previous(date(2026, 3, 18), nth=number),
            lambda: days.add(number, at=at),
            lambda: days.subtract(number, at=at),
            lambda: days.deadline(number, at=at),
        ]
        for ask in asks:
            with pytest.raises(HoursError, match="as many as lie within 100 years"):
                ask()

    def test_sparse_days(self) -> None:
        """As many days, and few of them: it ends where a hundred years end, or at the horizon."""
        monthly = BusinessCalendar(zone=ZURICH, week=Week.parse("Th[1] 14:00-18:00"))
        once = BusinessCalendar(
            zone=ZURICH, week=Week.closed(), overrides=[DayOverride(date(2026, 3, 20), "08:00-09:00")]
        )

        assert monthly.days.next(date(2026, 1, 1), nth=1_199).year == 2125
        with pytest.raises(HoursError, match="within 100 years"):
            monthly.days.next(date(2026, 1, 1), nth=1_300)
        with pytest.raises(NeverOpen):
            once.days.next(date(2026, 1, 1), nth=2)

    def test_between(self) -> None:
        """Millennia are refused in both directions; a hundred years are counted."""
        days = office().days

        assert days.between(date(2026, 1, 1), date(2126, 1, 1)) == 36_524
        for first, last in ((date(1026, 1, 1), date(2026, 1, 1)), (date(2026, 1, 1), date(1026, 1, 1))):
            with pytest.raises(HoursError, match="100 years apart at the most"):
                days.between(first, last)
