"""Which rule decides about a date, and what it says."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ticontact.errors import HoursError
from ticontact.hours import (
    Break,
    BusinessCalendar,
    Closed,
    Closure,
    DayOverride,
    Holiday,
    HolidayCalendar,
    RuleKind,
    Season,
    TimeWindow,
    Week,
)
from ticontact.i18n import Text
from ticontact.testing import instant

WEEK = Week.parse("Mo-Fr 08:00-12:00")


def hours_on(calendar: BusinessCalendar, day: date) -> str:
    """The windows of a date in one line."""
    return " ".join(f"{opening:%H:%M}-{closing:%H:%M}" for opening, closing in calendar.windows(day)) or "closed"


class TestPrecedence:
    """Closure, break, other hours, holiday, season, standing week."""

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2026-06-26", "08:00-12:00 13:30-17:00"),  # a Friday of the standing week
            ("2026-06-27", "closed"),  # a Saturday
            ("2026-06-29", "10:00-11:00"),  # San Pietro e Paolo: other hours beat the holiday
            ("2026-06-30", "08:00-09:00 10:00-12:00 14:00-17:00"),  # two breaks cut the standing week
            ("2026-07-01", "07:00-13:00"),  # the summer
            ("2026-07-06", "closed"),  # works beat the summer
            ("2026-07-07", "closed"),  # works beat other hours
            ("2026-07-10", "closed"),  # other hours that are none
            ("2026-07-20", "09:00-10:00"),  # three seasons: the one that starts later, then the one written later
            ("2026-07-23", "closed"),  # the festival has hours on Monday alone
            ("2026-08-03", "07:00-13:00"),
            ("2026-12-24", "08:00-12:00"),  # a half-day holiday
            ("2026-12-25", "closed"),
            ("2015-01-16", "closed"),  # before its life
            ("2015-01-19", "08:00-12:00 13:30-17:00"),  # its first day
            ("2030-01-07", "closed"),  # after its life
        ],
    )
    def test_hours_of_a_date(self, busy: BusinessCalendar, day: str, expected: str) -> None:
        """The strongest rule of a date gives its hours."""
        assert expected == hours_on(busy, date.fromisoformat(day))

    @pytest.mark.parametrize(
        ("at", "kind", "words"),
        [
            ("2015-01-16 09:00", RuleKind.VALIDITY, "not yet in service"),
            ("2030-01-07 09:00", RuleKind.VALIDITY, "no longer in service"),
            ("2026-07-07 10:30", RuleKind.CLOSURE, "works"),
            ("2026-07-08 10:30", RuleKind.CLOSURE, "strike"),
            ("2026-06-30 09:30", RuleKind.BREAK, "staff meeting"),
            ("2026-06-30 13:45", RuleKind.BREAK, "fire drill"),
            ("2026-06-30 13:00", RuleKind.WEEK, "outside opening hours"),
            ("2026-06-29 09:00", RuleKind.HOLIDAY, "Saints Peter and Paul"),
            ("2026-07-10 09:00", RuleKind.OVERRIDE, "closure"),
            ("2026-12-24 12:00", RuleKind.HOLIDAY, "Christmas Eve"),
            ("2026-12-24 15:00", RuleKind.HOLIDAY, "Christmas Eve"),
            ("2026-12-24 07:00", RuleKind.WEEK, "outside opening hours"),
            ("2026-12-25 09:00", RuleKind.HOLIDAY, "Christmas Day"),
            ("2026-07-23 09:00", RuleKind.SEASON, "seasonal hours (festival)"),
            ("2026-07-21 09:00", RuleKind.SEASON, "seasonal hours (last word)"),
            ("2026-07-02 14:00", RuleKind.SEASON, "seasonal hours (summer)"),
            ("2026-07-02 20:00", RuleKind.WEEK, "outside opening hours"),
            ("2026-06-27 09:00", RuleKind.WEEK, "it is Saturday"),
            ("2026-06-26 20:00", RuleKind.WEEK, "outside opening hours"),
        ],
    )
    def test_reason(self, busy: BusinessCalendar, at: str, kind: RuleKind, words: str) -> None:
        """A closed instant names the rule that closes it."""
        answer = busy.state(at=instant(at))

        assert isinstance(answer, Closed)
        assert (kind, words) == (answer.because.kind, answer.because.text("en"))

    @pytest.mark.parametrize(
        ("at", "kind", "words"),
        [
            ("2026-06-26 09:00", RuleKind.WEEK, "regular hours"),
            ("2026-07-02 09:00", RuleKind.SEASON, "seasonal hours (summer)"),
            ("2026-06-29 10:30", RuleKind.OVERRIDE, "special hours (registration day)"),
            ("2026-12-24 09:00", RuleKind.WEEK, "regular hours"),
        ],
    )
    def test_reason_for_being_open(self, busy: BusinessCalendar, at: str, kind: RuleKind, words: str) -> None:
        """An open instant names the rule that opens it."""
        because = busy.explain(at=instant(at)).because

        assert (kind, words) == (because.kind, because.text("en"))

    def test_source_and_id(self, busy: BusinessCalendar) -> None:
        """A rule carries the id and the source that the department gave it."""
        because = busy.explain(at=instant("2026-07-06 09:00")).because

        assert (because.id, because.source) == ("works", "decision 12")


class TestTheNightBefore:
    """A rule on a date governs the windows that begin on it."""

    def test_a_closure_leaves_the_shift_of_the_day_before(self, night_desk: BusinessCalendar) -> None:
        """The shift that began on Thursday is worked to its end on a Friday that is closed."""
        closed_friday = night_desk.adding(Closure(date(2026, 3, 20)))

        assert closed_friday.is_open(at=instant("2026-03-20 05:00"))
        assert not closed_friday.is_open(at=instant("2026-03-20 23:00"))
        assert not closed_friday.is_open(at=instant("2026-03-21 05:00"))

    def test_its_reason_is_that_of_the_day_before(self, night_desk: BusinessCalendar) -> None:
        """What is open after midnight is open by the rule of the date on which the shift began."""
        closed_friday = night_desk.adding(Closure(date(2026, 3, 20)))

        assert RuleKind.WEEK is closed_friday.explain(at=instant("2026-03-20 05:00")).because.kind

    def test_a_break_after_midnight(self, night_desk: BusinessCalendar) -> None:
        """A break may cut the hours after midnight; it stands on the date on which the shift began."""
        paused = night_desk.adding(Break(date(2026, 3, 19), [a_window(26, 27)], reason="update"))
        answer = paused.state(at=instant("2026-03-20 02:30"))

        assert isinstance(answer, Closed)
        assert ("update", instant("2026-03-20 03:00")) == (answer.because.text("it"), answer.until)


def a_window(start: int, end: int) -> TimeWindow:
    """A window in whole hours after midnight."""
    return TimeWindow(start * 3600, end * 3600)


class TestRefusals:
    """A rule that contradicts itself is refused when it is written."""

    @pytest.mark.parametrize(
        "build",
        [
            lambda: Closure(date(2026, 5, 2), date(2026, 5, 1)),
            lambda: Closure(datetime(2026, 5, 2)),  # noqa: DTZ001 - the fault itself
            lambda: Season(date(2026, 5, 2), date(2026, 5, 1), week=WEEK),
            lambda: BusinessCalendar(
                zone="Europe/Zurich",
                week=WEEK,
                overrides=[DayOverride(date(2026, 5, 2), ""), DayOverride(date(2026, 5, 2), "08:00-09:00")],
            ),
            lambda: BusinessCalendar(zone="Europe/Zurich", week=WEEK, since=date(2026, 5, 2), until=date(2026, 5, 1)),
            lambda: BusinessCalendar(zone="Europe/Zurich", week=WEEK, horizon=timedelta(days=365)),
        ],
        ids=["closure", "moment", "season", "overrides", "life", "horizon"],
    )
    def test_rules(self, build: Callable[[], object]) -> None:
        """The error says which value is wrong."""
        with pytest.raises(HoursError, match=r"end|start|overrides|until|horizon"):
            build()

    @pytest.mark.parametrize(
        ("kind", "says"),
        [
            ("closures", "closures: DayOverride was given; allowed: each Closure"),
            ("breaks", "breaks: DayOverride was given; allowed: each Break"),
            ("seasons", "seasons: DayOverride was given; allowed: each Season"),
        ],
    )
    def test_rules_of_another_kind(self, kind: str, says: str) -> None:
        """A rule must stand where those of its kind do."""
        rules: Any = {kind: [DayOverride(date(2026, 5, 2), "08:00-09:00")]}
        with pytest.raises(HoursError, match=says) as caught:
            BusinessCalendar(zone="Europe/Zurich", week=WEEK, **rules)

        assert caught.value.field == kind

    def test_windows_that_overlap(self) -> None:
        """Other hours must not overlap."""
        with pytest.raises(HoursError, match="overlap"):
            DayOverride(date(2026, 5, 2), "08:00-12:00,11:00-13:00")

    def test_unknown_zone(self) -> None:
        """A zone must be in the time-zone database."""
        with pytest.raises(HoursError, match="Bellinzona"):
            BusinessCalendar(zone="Europe/Bellinzona", week=WEEK)

    @pytest.mark.parametrize("year", [1, 9998])
    def test_years_that_cannot_be_computed(self, office: BusinessCalendar, year: int) -> None:
        """Years at the ends of the calendar of the standard library are refused by name."""
        with pytest.raises(HoursError, match=str(year)):
            office.windows(date(year, 6, 1))
        with pytest.raises(HoursError, match=str(year)):
            office.is_open(at=instant(f"{year:04}-06-01 12:00"))


class TestAdding:
    """A calendar and some rules more."""

    def test_rules_of_every_kind(self) -> None:
        """Each rule finds its place, and the calendar itself is left as it was."""
        plain = BusinessCalendar(zone="Europe/Zurich", week=WEEK)
        more = plain.adding(
            Closure(date(2026, 3, 2)),
            Break(date(2026, 3, 3), "08:00-09:00"),
            DayOverride(date(2026, 3, 4), "08:00-09:00"),
            Season(date(2026, 3, 5), date(2026, 3, 6), week=Week.parse("Mo-Fr 10:00-11:00")),
        )
        days = [date(2026, 3, day) for day in (2, 3, 4, 5)]

        assert [hours_on(more, day) for day in days] == ["closed", "09:00-12:00", "08:00-09:00", "10:00-11:00"]
        assert {"08:00-12:00"} == {hours_on(plain, day) for day in days}

    @pytest.mark.parametrize("rule", [Holiday(date(2026, 3, 2), "bridge day"), "closed", None])
    def test_what_is_no_rule(self, rule: Any) -> None:
        """It is refused, or nobody would see that it closes nothing; a holiday has its own place."""
        plain = BusinessCalendar(zone="Europe/Zurich", week=WEEK)

        with pytest.raises(HoursError, match=f"rules: {type(rule).__name__} was given; allowed: Closure, Break"):
            plain.adding(Closure(date(2026, 3, 2)), rule)

    def test_a_combination_has_no_rules(self, office: BusinessCalendar, night_desk: BusinessCalendar) -> None:
        """A combination takes no rules; the calendars it is made of do."""
        with pytest.raises(HoursError, match="made of"):
            (office & night_desk).adding(Closure(date(2026, 3, 2)))

    def test_reason_in_five_languages(self) -> None:
        """A reason may be one text for all languages, or one for each."""
        words = Text(it="sciopero", de="Streik", fr="grève", rm="chauma", en="strike")
        closure = Closure(date(2026, 3, 2), reason=words)

        assert (closure.because().text("de"), closure.because().text("it")) == ("Streik", "sciopero")

    def test_holiday_calendar_of_its_own(self) -> None:
        """Any calendar of holidays can be given, also an empty one."""
        calendar = BusinessCalendar(zone="Europe/Zurich", week=WEEK, holidays=HolidayCalendar("none", ()))

        assert hours_on(calendar, date(2026, 1, 1)) == "08:00-12:00"
