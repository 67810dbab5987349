"""Written in a notation and read again: the same hours and the same sentence, or the writer says what is lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact.errors import HoursError, InvalidNotation
from ticontact.hours import (
    Break,
    BusinessCalendar,
    Canton,
    Closure,
    DayOverride,
    Holiday,
    HolidayRule,
    Season,
    Week,
    swiss,
)
from ticontact.hours._standing_hours import StandingPlan
from ticontact.hours.notation import ical, osm, schema_org, toml
from ticontact.testing import instant

ZURICH = "Europe/Zurich"
TICINO = swiss.administration(Canton.TI)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
START, END = instant("2026-01-01"), instant("2027-01-01")
MADE = datetime(2026, 1, 1, tzinfo=UTC)
SHORT = timedelta(days=400)
FEW = settings(max_examples=25)

HOURS = st.sampled_from(["", "08:00-12:00", "08:00-12:00,13:30-17:00", "06:00-09:00", "14:00-18:00", "09:00-24:00"])
DAYS = st.dates(FIRST, LAST)
YEARLY = st.booleans()
REASONS = st.sampled_from(["riunione", "orario ridotto", "lavori al tetto", None])


def told(reason: str | None) -> dict[str, str]:
    """A reason, or none, as a rule takes it."""
    return {} if reason is None else {"reason": reason}


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """A week, with some weeks only here and there."""
    ordinary = [(name, draw(HOURS)) for name in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")]
    some = draw(
        st.dictionaries(st.sampled_from(["Th[1]", "We[odd]", "We[even]", "Sa[-1]", "Mo[2,4]"]), HOURS, max_size=2)
    )
    rules = [f"{name} {hours or 'off'}" for name, hours in [*ordinary, *some.items()]]
    try:
        return Week.parse("; ".join(rules))
    except HoursError:  # no hours at all
        return Week.closed()


@st.composite
def plain_weeks(draw: st.DrawFn) -> Week:
    """A week without some weeks only."""
    ordinary = draw(st.lists(HOURS, min_size=7, max_size=7))
    return Week.of(ordinary) if any(ordinary) else Week.closed()


@st.composite
def calendars(
    draw: st.DrawFn, *, partial: bool = True, weekly: st.SearchStrategy[Week] | None = None
) -> BusinessCalendar:
    """A calendar with a rule of every kind here and there.

    Args:
        draw: Draws.
        partial: Whether some rules may take a part of a day.
        weekly: The weeks.
    """
    weekly = weeks() if weekly is None else weekly
    overrides = draw(st.dictionaries(DAYS, st.tuples(HOURS, REASONS, YEARLY), max_size=3))
    closures = draw(st.lists(st.tuples(DAYS, st.integers(0, 20), REASONS, YEARLY), max_size=3))
    seasons = draw(st.lists(st.tuples(DAYS, st.integers(5, 90), plain_weeks(), REASONS, YEARLY), max_size=1))
    breaks = draw(st.lists(st.tuples(DAYS, REASONS, YEARLY), max_size=2)) if partial else []
    holidays = [None, TICINO] if partial else [None, swiss.holidays(Canton.TI)]
    return BusinessCalendar(
        zone=ZURICH,
        week=draw(weekly),
        holidays=draw(st.sampled_from(holidays)),
        closures=[
            Closure(day, day + timedelta(days=more), every_year=yearly, **told(reason))
            for day, more, reason, yearly in closures
        ],
        overrides=[
            DayOverride(day, hours, every_year=yearly, **told(reason))
            for day, (hours, reason, yearly) in overrides.items()
        ],
        breaks=[Break(day, "09:00-10:30", every_year=yearly, **told(reason)) for day, reason, yearly in breaks],
        seasons=[
            Season(day, day + timedelta(days=more), week=week, every_year=yearly, **told(reason))
            for day, more, week, reason, yearly in seasons
        ],
        horizon=SHORT,
        since=draw(st.sampled_from([None, date(2026, 2, 2)])),
        until=draw(st.sampled_from([None, date(2026, 11, 20)])),
        by_appointment=draw(st.sampled_from([None, Week.parse("Mo-Fr 07:00-20:00"), Week.always()]))
        if partial
        else None,
    )


def moments(seed: int) -> Iterator[datetime]:
    """Some moments of the year, spread over it."""
    for number in range(40):
        minute = (seed + number * 8761) % (365 * 24 * 60)
        yield datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)


def differences(before: BusinessCalendar, after: BusinessCalendar, seed: int, language: str) -> list[str]:
    """Where two calendars do not say the same."""
    pairs = ((each.explain(at=at).text(language) for each in (before, after)) for at in moments(seed))
    return [f"{one} / {other}" for one, other in pairs if one != other]


class TestOsm:
    """By OpenStreetMap, for all time."""

    @FEW
    @given(calendars(), st.integers(0, 500_000), st.sampled_from(["it", "de", "fr", "rm", "en"]))
    def test_hours_and_sentences(self, calendar: BusinessCalendar, seed: int, language: str) -> None:
        """In the language that was written, every sentence is kept."""
        again = osm.read(osm.write(calendar, language=language), zone=ZURICH, holidays=TICINO, horizon=SHORT)

        assert list(calendar.intervals(START, END)) == list(again.intervals(START, END))
        assert differences(calendar, again, seed, language) == []

    def test_what_is_lost(self) -> None:
        """The comments are of one language; sources, and double quotes in words, are not kept."""
        plain = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo 08:00-12:00"), closures=[Closure(FIRST)])
        rich = plain.adding(Closure(LAST, reason=TICINO.in_year(2026)[0].name, source="decision 3"))
        quoted = plain.adding(Closure(LAST, reason='the "rest"'))

        assert osm.losses(plain) == osm.losses(osm.read("Mo 08:00-12:00", zone=ZURICH)) == ()
        assert osm.losses(rich) == (
            "reasons in other languages than the one that is written",
            "the sources of rules",
        )
        assert osm.losses(quoted) == ("double quotes in reasons",)

    def test_written_shorter(self) -> None:
        """Weekdays with the same hours are one rule, and words that we know need no second language."""
        office = BusinessCalendar(
            zone=ZURICH,
            week=Week.parse("Mo-Th 08:00-12:00; Fr 08:00-11:00; Th[1] 14:00-18:00; Sa[odd] 09:00-10:00"),
            holidays=TICINO,
            closures=[Closure(date(2026, 12, 24), date(2027, 1, 2), every_year=True)],
            by_appointment=Week.always(),
        )

        assert osm.write(office) == (
            "Mo-Th 08:00-12:00; Fr 08:00-11:00; Th[1] 14:00-18:00; week 1-53/2 Sa 09:00-10:00; PH off;"
            ' 2026+ Dec 24-Dec 31 off "chiusura"; 2027+ Jan 01-Jan 02 off "chiusura" || "su appuntamento"'
        )

    def test_appointments_in_some_weeks(self) -> None:
        """Appointments in some weeks only are refused by name."""
        odd = BusinessCalendar(zone=ZURICH, week=Week.closed(), by_appointment=Week.parse("Mo[odd] 08:00-12:00"))

        with pytest.raises(InvalidNotation, match="some weeks only"):
            osm.write(odd)


class TestSchemaOrg:
    """By schema.org, within the dates that are written."""

    @FEW
    @given(calendars(partial=False, weekly=plain_weeks()), st.integers(0, 500_000), st.sampled_from(["it", "de", "rm"]))
    def test_hours_and_sentences(self, calendar: BusinessCalendar, seed: int, language: str) -> None:
        """Without hours taken out of a day, every sentence is kept in every language, and nothing is lost."""
        again = schema_org.read(schema_org.write(calendar, first=FIRST, last=LAST), zone=ZURICH)
        lasting = [
            (before, after)
            for at in moments(seed)
            if (before := calendar.explain(at=at)).because.words.text(language)
            != (after := again.explain(at=at)).because.words.text(language)
            or type(before.state) is not type(after.state)
        ]

        assert list(calendar.intervals(START, END)) == list(again.intervals(START, END))
        assert lasting == []
        assert schema_org.losses(calendar) == ()

    @FEW
    @given(calendars(), st.integers(0, 500_000))
    def test_what_is_lost(self, calendar: BusinessCalendar, seed: int) -> None:
        """The hours are kept in any case; where a sentence is not, it is said what is lost."""
        again = schema_org.read(schema_org.write(calendar, first=FIRST, last=LAST), zone=ZURICH)
        reasons = [
            at for at in moments(seed) if calendar.explain(at=at).because.words != again.explain(at=at).because.words
        ]

        assert list(calendar.intervals(START, END)) == list(again.intervals(START, END))
        assert not reasons or schema_org.losses(calendar) != ()


class TestICalendar:
    """By iCalendar, within the dates that are written."""

    @FEW
    @given(calendars(), st.integers(0, 500_000), st.sampled_from(["it", "de", "rm"]))
    def test_openings(self, calendar: BusinessCalendar, seed: int, language: str) -> None:
        """The hours are kept, and the sentence while it is open; why it is closed is lost, which is said."""
        text = ical.write_openings(calendar, first=FIRST - timedelta(days=1), last=LAST, at=MADE, language=language)
        feed = ical.read_openings(text, zone=ZURICH)
        again = BusinessCalendar(zone=ZURICH, week=Week.closed(), overrides=feed, horizon=SHORT)
        open_ones = [at for at in moments(seed) if calendar.is_open(at=at)]

        assert list(calendar.intervals(START, END)) == list(again.intervals(START, END))
        assert feed.findings == ()
        assert [calendar.explain(at=at).because.text(language) for at in open_ones] == [
            again.explain(at=at).because.text(language) for at in open_ones
        ]
        assert ical.losses(calendar)[0].startswith("why it is closed")

    @FEW
    @given(calendars(), st.integers(0, 500_000))
    def test_closures(self, calendar: BusinessCalendar, seed: int) -> None:
        """What is taken out of the standing hours is taken out again, whole days and hours, with its reason."""
        plan = calendar.plan
        assert isinstance(plan, StandingPlan)
        bare = BusinessCalendar(zone=ZURICH, week=plan.week, seasons=plan.seasons, horizon=SHORT)
        text = ical.write_closures(calendar, first=FIRST - timedelta(days=1), last=LAST, at=MADE)
        feed = ical.read_closures(text, zone=ZURICH)
        again = bare.adding(*feed)
        closed = [at for at in moments(seed) if bare.is_open(at=at) and not calendar.is_open(at=at)]

        assert list((calendar & bare).intervals(START, END)) == list(again.intervals(START, END))
        assert [calendar.explain(at=at).because.text("it") for at in closed] == [
            again.explain(at=at).because.text("it") for at in closed
        ]

    def test_losses(self) -> None:
        """What is by appointment is lost, too."""
        office = BusinessCalendar(zone=ZURICH, week=Week.closed(), by_appointment=Week.always())

        assert len(ical.losses(office)) == 2
        assert len(ical.losses(office & office)) == 1


class TestToml:
    """By TOML, for all time, in all languages, and as the same value."""

    @FEW
    @given(calendars())
    def test_same_value(self, calendar: BusinessCalendar) -> None:
        """What is written is read as an equal calendar."""
        named = calendar.named("office")
        again = toml.read(toml.write({"office": named}))["office"]

        assert BusinessCalendar.of(again.plan, zone=ZURICH, name="office", horizon=SHORT) == named

    def test_own_holidays(self) -> None:
        """Own rules of every kind, beside those of a canton or alone; days in a row are one entry."""
        own = [
            HolidayRule.every_year(8, 10, "San Lorenzo", id="patron", source="commune"),
            HolidayRule.every_year(2, 29, "leap day"),
            HolidayRule.from_easter(-47, "Carnevale", closed_from="12:00"),
            HolidayRule.on_weekday(9, 3, 6, "Bettag Monday", then=1),
            HolidayRule.on_weekday(5, 2, 6, TICINO.in_year(2026)[0].name),
            *TICINO.of("x", Holiday.each_day(date(2026, 10, 31), date(2026, 11, 8), "Ognissanti", id="school")).rules,
            *TICINO.of("x", [Holiday(date(2026, 5, 15), "ponte")]).rules,
        ]
        beside = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo-Su 08:00-12:00"), holidays=TICINO.plus(*own))
        alone = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo-Su 08:00-12:00"), holidays=TICINO.of("alone", own))
        text = toml.write({"beside": beside, "alone": alone})
        again = toml.read(text)

        assert text.count("[[") == 2 * 7
        for name, calendar in (("beside", beside), ("alone", alone)):
            for first, last in (("2026-01-01", "2027-01-01"), ("2028-01-01", "2029-01-01")):
                expected = list(calendar.intervals(instant(first), instant(last)))
                assert expected == list(again[name].intervals(instant(first), instant(last)))
        assert again["alone"].explain(at=instant("2026-08-10 09:00")).text("it").startswith("Oggi chiuso: San Lorenzo")

    def test_until_further_notice(self) -> None:
        """The end of a closure may be left open."""
        flooded = BusinessCalendar(
            zone=ZURICH, week=Week.parse("Mo 08:00-12:00"), closures=[Closure.until_further_notice(FIRST)], name="a"
        )
        text = toml.write({"a": flooded})

        assert 'until = "further notice"' in text
        assert toml.read(text)["a"] == flooded
