"""schema.org, iCalendar and TOML tables, read and written."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact._description import read_toml
from ticontact.errors import ConfigurationError, HoursError, InvalidNotation, TicontactError
from ticontact.hours import (
    Break,
    BusinessCalendar,
    Canton,
    Closure,
    DayOverride,
    HolidayCalendar,
    TimeWindow,
    Week,
    swiss,
)
from ticontact.hours.notation import ical, schema_org, toml
from ticontact.testing import instant

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def entry(days: Any, opens: str, closes: str, **more: str) -> dict[str, Any]:
    """One OpeningHoursSpecification."""
    return {"dayOfWeek": days, "opens": opens, "closes": closes} | more


class TestSchemaOrg:
    """openingHoursSpecification and specialOpeningHoursSpecification."""

    def test_written(self, office: BusinessCalendar) -> None:
        """Standing hours day by day, exceptions with their date."""
        found = schema_org.write(office, first=date(2026, 3, 16), last=date(2026, 3, 22))

        assert found["openingHoursSpecification"][0] == {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": "https://schema.org/Monday",
            "opens": "08:00",
            "closes": "12:00",
        }
        assert [
            (each["validFrom"], each["opens"], each["closes"]) for each in found["specialOpeningHoursSpecification"]
        ] == [("2026-03-19", "00:00", "00:00")]

    @pytest.mark.parametrize(
        "week", [Week.always(), Week.closed(), Week.parse("Fr 22:00-06:00; Sa 20:00-24:00; Su 00:00-12:00")], ids=str
    )
    def test_weeks(self, week: Week) -> None:
        """Around the clock, over midnight, until midnight and never are kept."""
        calendar = BusinessCalendar(zone="Europe/Zurich", week=week)
        again = schema_org.read(schema_org.write(calendar, first=FIRST, last=LAST), zone="Europe/Zurich")

        assert calendar == again

    def test_round_trip(self, busy: BusinessCalendar) -> None:
        """Within the dates that were written every answer is kept."""
        again = schema_org.read(schema_org.write(busy, first=FIRST, last=LAST), zone=busy.zone, name="again")
        start, end = instant("2026-01-01"), instant("2027-01-01")

        assert list(busy.intervals(start, end)) == list(again.intervals(start, end))

    def test_ranges(self) -> None:
        """Several dates are a season, or a closure where they are closed; other spellings are read."""
        calendar = schema_org.read(
            {
                "openingHoursSpecification": [
                    entry(["Monday", "http://schema.org/Tuesday"], "08:00", "12:00"),
                    entry("Monday", "07:00", "13:00", validFrom="2026-07-01", validThrough="2026-07-31"),
                    {
                        "opens": "00:00",
                        "closes": "00:00",
                        "validFrom": "2026-08-01",
                        "validThrough": "2026-08-15T23:59",
                    },
                ],
                "specialOpeningHoursSpecification": entry("Monday", "09:00:00", "10:00:00", validFrom="2026-03-16"),
            },
            zone="Europe/Zurich",
        )
        days = [(3, 16), (3, 17), (7, 6), (7, 7), (8, 3), (8, 17)]

        assert [" ".join(f"{a:%H}-{b:%H}" for a, b in calendar.windows(date(2026, *day))) for day in days] == [
            "09-10",
            "08-12",
            "07-13",
            "",
            "",
            "08-12",
        ]

    @pytest.mark.parametrize(
        ("document", "position", "says"),
        [
            ({"openingHoursSpecification": ["x"]}, 1, "no object"),
            (
                {"openingHoursSpecification": [entry("Monday", "08:00", "12:00"), entry("Xday", "08:00", "12:00")]},
                2,
                "Xday",
            ),
            ({"openingHoursSpecification": entry("Monday", "eight", "12:00")}, 1, "opens"),
            ({"openingHoursSpecification": {"dayOfWeek": "Monday", "closes": "12:00"}}, 1, "opens"),
            ({"openingHoursSpecification": entry("Monday", "08:00", "08:00")}, 1, "ends when it starts"),
            ({"openingHoursSpecification": entry("Monday", "08:00", "09:00", validFrom="soon")}, 1, "validFrom"),
            (
                {
                    "openingHoursSpecification": entry(
                        "Monday", "08:00", "09:00", validFrom="2026-02-01", validThrough="2026-01-01"
                    )
                },
                1,
                "before validFrom",
            ),
            (
                {"openingHoursSpecification": [entry("Monday", "08:00", "12:00"), entry("Monday", "11:00", "13:00")]},
                2,
                "overlap",
            ),
            (
                {
                    "openingHoursSpecification": [
                        entry("Monday", "08:00", "12:00", validFrom="2026-03-16"),
                        entry("Monday", "11:00", "13:00", validFrom="2026-03-16"),
                    ]
                },
                2,
                "overlap",
            ),
            (
                {
                    "openingHoursSpecification": [
                        entry("Monday", "08:00", "12:00", validFrom="2026-03-16", validThrough="2026-03-16"),
                        entry("Monday", "11:00", "13:00", validFrom="2026-03-16", validThrough="2026-03-16"),
                    ]
                },
                2,
                "overlap",
            ),
        ],
        ids=["shape", "day", "clock", "missing", "length", "date", "order", "week", "from a date on", "one date"],
    )
    def test_faults(self, document: Any, position: int, says: str) -> None:
        """An entry that cannot be read is named by its number."""
        with pytest.raises(InvalidNotation, match=says) as caught:
            schema_org.read(document, zone="Europe/Zurich")

        assert position == caught.value.position

    def test_losses_of_rules(self) -> None:
        """Neither where a rule comes from nor that its end is open can be said."""
        plain = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00"))

        assert schema_org.losses(plain) == ()
        assert schema_org.losses(plain.adding(Closure(FIRST, source="decision 3"))) == ("the sources of rules",)
        assert schema_org.losses(plain.adding(Closure.until_further_notice(FIRST))) == (
            "that a closure holds until further notice: it ends with the dates that are written",
        )

    def test_what_cannot_be_said(self, office: BusinessCalendar) -> None:
        """Combinations, and windows of more than a day, are refused."""
        long = BusinessCalendar(
            zone="UTC", week=Week.closed(), overrides=[DayOverride(FIRST, [TimeWindow(8 * 3600, 40 * 3600)])]
        )
        with pytest.raises(InvalidNotation, match="combination"):
            schema_org.write(office | office, first=FIRST, last=LAST)
        with pytest.raises(InvalidNotation, match="longer than two"):
            schema_org.write(long, first=FIRST, last=LAST)


def events(*bodies: str) -> str:
    """A calendar of some events."""
    inside = "".join(f"BEGIN:VEVENT\r\nUID:{number}\r\n{body}\r\nEND:VEVENT\r\n" for number, body in enumerate(bodies))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{inside}END:VCALENDAR\r\n"


class TestICalendar:
    """Closures in, closures and opening times out."""

    def test_whole_days(self) -> None:
        """All-day events are closures; the end date of iCalendar is not part of them."""
        text = events(
            "DTSTART;VALUE=DATE:20260806\r\nDTEND;VALUE=DATE:20260809\r\nSUMMARY:works",
            "DTSTART;VALUE=DATE:20260901",
            "DTSTART;VALUE=DATE:20260910\r\nDURATION:P2D",
        )
        found = ical.read_closures(text, zone="Europe/Zurich")

        assert (
            Closure(date(2026, 8, 6), date(2026, 8, 8), reason="works", id="0"),
            Closure(date(2026, 9, 1), id="1"),
            Closure(date(2026, 9, 10), date(2026, 9, 11), id="2"),
        ) == found.rules

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("DTSTART:20260318T090000", "DTEND:20260318T100000"),
            ("DTSTART:20260318T080000Z", "DTEND:20260318T090000Z"),
            ("DTSTART;TZID=Europe/Rome:20260318T090000", "DURATION:PT1H"),
        ],
    )
    def test_hours(self, office: BusinessCalendar, start: str, end: str) -> None:
        """Events with hours are breaks, whatever zone they are written in."""
        found = ical.read_closures(events(f"{start}\r\n{end}\r\nSUMMARY:meeting"), zone="Europe/Zurich")
        cut = office.adding(*found)

        assert [cut.is_open(at=instant(f"2026-03-18 {clock}")) for clock in ("08:59", "09:00", "09:59", "10:00")] == [
            True,
            False,
            False,
            True,
        ]

    def test_over_midnight(self, night_desk: BusinessCalendar) -> None:
        """An event over midnight cuts the shift of the night before, too."""
        text = events("DTSTART:20260319T233000\r\nDTEND:20260320T010000")
        cut = night_desk.adding(*ical.read_closures(text, zone="Europe/Zurich"))

        assert [
            f"{a:%H:%M}-{b:%H:%M}" for a, b in cut.intervals(instant("2026-03-19 12:00"), instant("2026-03-20 12:00"))
        ] == ["22:00-23:30", "01:00-06:00"]

    def test_until_midnight(self) -> None:
        """An event that ends at midnight leaves the next date alone."""
        found = ical.read_closures(events("DTSTART:20260319T220000\r\nDTEND:20260320T000000"), zone="Europe/Zurich")

        assert {date(2026, 3, 18), date(2026, 3, 19)} == {each.day for each in found if isinstance(each, Break)}

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("nonsense", "cannot be read"),
            ("", "cannot be read"),
            ("x" * 1_000_001, "characters"),
        ],
        ids=["text", "nothing", "long"],
    )
    def test_faults(self, text: str, says: str) -> None:
        """What cannot be read is refused by a typed error."""
        with pytest.raises(InvalidNotation, match=says):
            ical.read_closures(text, zone="Europe/Zurich")

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ("DTSTART:20260318T090000\r\nDTEND:20260318T100000Z", "no dates"),
            ("DTSTART:20260318T090000Z\r\nDTEND:20260318T100000", "no dates"),
            ("DTSTART;VALUE=DATE:20260319\r\nDTEND;VALUE=DATE:20260318", "ends before it starts"),
        ],
        ids=["start of no zone", "end of no zone", "dates"],
    )
    def test_findings(self, body: str, says: str) -> None:
        """An event whose ends contradict each other is left out, and said; the others are read."""
        found = ical.read_closures(events(body, "DTSTART;VALUE=DATE:20260901"), zone="Europe/Zurich")

        assert found.rules == (Closure(date(2026, 9, 1), id="1"),)
        assert [(each.event, says in each.problem) for each in found.findings] == [(1, True)]

    @given(st.text(max_size=40), st.text(alphabet="DTSTARTEND:;=VALUE2026T01Z\r\n-+P", max_size=60))
    def test_fuzz(self, text: str, body: str) -> None:
        """Any text is read or refused, nothing else."""
        for each in (text, events(body)):
            try:
                found = ical.read_closures(each, zone="Europe/Zurich")
            except TicontactError:
                continue
            assert all(isinstance(rule, Closure | Break) for rule in found)

    def test_closures_out_and_in(self, office: BusinessCalendar) -> None:
        """Written closures read back as whole days with their reasons."""
        text = ical.write_closures(office, first=FIRST, last=LAST, at=MADE)
        found = ical.read_closures(text, zone="Europe/Zurich")
        named = {each.start: each.reason.it for each in found if isinstance(each, Closure)}

        assert named[date(2026, 3, 19)] == "San Giuseppe"
        assert len(named) == len([each for each in swiss.holidays(Canton.TI).in_year(2026) if each.day.weekday() < 5])
        assert "BEGIN:VEVENT\r\nSUMMARY" in text

    def test_openings_out(self, office: BusinessCalendar) -> None:
        """Each stretch is an event in UTC, under the calendar's name or what it is."""
        plain = ical.write_openings(office, first=date(2026, 3, 18), last=date(2026, 3, 20), at=MADE)
        named = ical.write_openings(office.named("Sportello"), first=date(2026, 3, 18), last=date(2026, 3, 18), at=MADE)

        assert plain.count("BEGIN:VEVENT") == 4
        assert "DTSTART:20260318T070000Z" in plain
        assert "SUMMARY:orario normale" in plain
        assert "SUMMARY:Sportello" in named

    def test_combination(self, office: BusinessCalendar) -> None:
        """A combination has no closures of its own; its openings can be written."""
        with pytest.raises(InvalidNotation, match="combination"):
            ical.write_closures(office & office, first=FIRST, last=LAST, at=MADE)
        assert "VEVENT" in ical.write_openings(office & office, first=FIRST, last=LAST, at=MADE)


COMPLETE = """
[office]
zone = "Europe/Zurich"
week = "Mo-Fr 08:00-12:00,13:30-17:00"
holidays = "TI administration"
from = 2015-01-19
until = 2029-12-31

[[office.closure]]
from = 2026-12-28
until = 2026-12-31
reason = "between the years"
source = "decision 7"

[[office.closure]]
from = 2026-05-15

[[office.override]]
day = 2026-03-28
windows = "09:00-11:00"
reasons = { it = "voto", de = "Abstimmung", fr = "votation", rm = "votaziun", en = "vote" }

[[office.break]]
day = 2026-03-18
windows = "10:00-10:30"

[[office.season]]
from = 2026-07-01
until = 2026-08-31
week = "Mo-Fr 07:00-13:00"

[branch]
zone = "Europe/Zurich"
week = "closed"
"""


@st.composite
def small_calendars(draw: st.DrawFn) -> BusinessCalendar:
    """A calendar with a few rules, in the year that is written."""
    hours = st.sampled_from(["", "08:00-12:00", "08:00-12:00,13:30-17:00", "20:00-24:00", "00:00-24:00"])
    days = st.dates(FIRST, LAST)
    drawn = draw(st.lists(hours, min_size=7, max_size=7))
    return BusinessCalendar(
        zone="Europe/Zurich",
        week=Week.of(drawn) if any(drawn) else Week.closed(),
        holidays=draw(st.sampled_from([None, swiss.holidays(Canton.TI), swiss.administration(Canton.TI)])),
        closures=[Closure(day) for day in draw(st.lists(days, max_size=2))],
        overrides=[
            DayOverride(day, windows) for day, windows in draw(st.dictionaries(days, hours, max_size=2)).items()
        ],
        breaks=[Break(day, "09:00-10:00") for day in draw(st.lists(days, max_size=2))],
    )


class TestRoundTrips:
    """Written and read again, a calendar keeps every answer."""

    @settings(max_examples=25)
    @given(small_calendars())
    def test_schema_org(self, calendar: BusinessCalendar) -> None:
        """Within the dates that were written, by schema.org."""
        again = schema_org.read(schema_org.write(calendar, first=FIRST, last=LAST), zone=calendar.zone)
        start, end = instant("2026-01-01"), instant("2027-01-01")

        assert list(calendar.intervals(start, end)) == list(again.intervals(start, end))

    @settings(max_examples=25)
    @given(small_calendars())
    def test_toml(self, calendar: BusinessCalendar) -> None:
        """For all time, by TOML."""
        again = toml.read(toml.write({"office": calendar}))["office"]

        assert calendar.named("office") == again

    @settings(max_examples=25)
    @given(small_calendars())
    def test_icalendar(self, calendar: BusinessCalendar) -> None:
        """The open time of the year, as what is taken out of a calendar that is always open."""
        text = ical.write_openings(calendar, first=FIRST, last=LAST, at=MADE)
        always = BusinessCalendar(zone=calendar.zone, week=Week.always())
        rest = always.adding(*ical.read_closures(text, zone=calendar.zone))
        start, end = instant("2026-01-01"), instant("2027-01-01")

        assert list((always - calendar).intervals(start, end)) == list(rest.intervals(start, end))


class TestToml:
    """Calendars as tables of a TOML file."""

    def test_complete(self) -> None:
        """Every rule is read."""
        calendars = toml.read(COMPLETE)
        office = calendars["office"]
        days = [(12, 29), (5, 15), (3, 28), (3, 18), (7, 1), (3, 19)]

        assert list(calendars) == ["office", "branch"]
        assert [" ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in office.windows(date(2026, *day))) for day in days] == [
            "",
            "",
            "09:00-11:00",
            "08:00-10:00 10:30-12:00 13:30-17:00",
            "07:00-13:00",
            "",
        ]
        assert (
            office.explain(at=instant("2026-03-28 10:00")).because.text("de") == "besondere Öffnungszeiten (Abstimmung)"
        )
        assert office.explain(at=instant("2026-12-29 12:00")).because.source == "decision 7"
        assert calendars["branch"].next_opening(at=instant("2026-03-18")) is None

    def test_round_trip(self, busy: BusinessCalendar) -> None:
        """Written and read again, calendars are equal but for the ids of their rules."""
        first = toml.read(COMPLETE)
        again = toml.read(toml.write({"busy": busy}))["busy"]
        start, end = instant("2014-01-01"), instant("2031-01-01")

        assert first == toml.read(toml.write(first))
        assert list(busy.intervals(start, end)) == list(again.intervals(start, end))

    def test_all_faults_at_once(self) -> None:
        """Every fault is reported with its path."""
        text = """
        [office]
        week = "Mo-Fr 8-12"
        holidays = "XX"
        from = 2026-01-01
        until = 2025-01-01
        colour = "red"
        [[office.closure]]
        until = 2026-01-01
        [[office.closure]]
        from = 2026-02-01
        until = 2026-01-01
        [[office.override]]
        day = 2026-01-01
        windows = "08:00-08:00"
        [[office.override]]
        day = 2026-01-01
        windows = ""
        [[office.season]]
        from = "tomorrow"
        week = "closed"
        """
        with pytest.raises(ConfigurationError) as caught:
            toml.read(text)

        assert {
            "office.zone",
            "office.week",
            "office.holidays",
            "office.until",
            "office.colour",
            "office.closure[1].from",
            "office.closure[2].until",
            "office.override[1].windows",
            "office.override[2].day",
            "office.season[1].from",
        } == {fault.path for fault in caught.value.faults}

    def test_zone_of_the_whole_file(self) -> None:
        """A table without a zone takes the one it is given."""
        table = read_toml('week = "Mo 08:00-09:00"')

        assert toml.calendar_of(table, zone="Europe/Zurich").zone == "Europe/Zurich"

    @pytest.mark.parametrize(
        ("words", "calendar"),
        [
            ("TI", swiss.holidays(Canton.TI)),
            ("TI holidays", swiss.holidays(Canton.TI)),
            ("AG Baden", swiss.holidays(Canton.AG, place="Baden")),
            ("TI administration", swiss.administration(Canton.TI)),
            ("TI administration with Good Friday", swiss.administration(Canton.TI, good_friday=True)),
        ],
    )
    def test_holidays_by_name(self, words: str, calendar: HolidayCalendar) -> None:
        """Swiss calendars go by their names."""
        assert calendar == toml.holidays_named(words)

    def test_unknown_place(self) -> None:
        """A place without rules of its own is refused."""
        with pytest.raises(HoursError, match="Baden"):
            toml.holidays_named("AG Atlantis")

    def test_what_cannot_be_said(self, office: BusinessCalendar) -> None:
        """Combinations, holidays on days that no table can say, and windows of more than a day are refused by name."""
        moved = swiss.holidays(Canton.UR).without("new_year")  # 26 December is none there in some years
        long = DayOverride(FIRST, [TimeWindow(8 * 3600, 40 * 3600)])
        for calendar, says in (
            (office & office, "combination"),
            (BusinessCalendar(zone="UTC", week=Week.always(), holidays=moved), "the holiday 'stephen'"),
            (BusinessCalendar(zone="UTC", week=Week.always(), overrides=[long]), "longer than two"),
            (BusinessCalendar(zone="UTC", week=Week(monday=[TimeWindow(0, 30 * 3600)])), "longer than two"),
        ):
            with pytest.raises(InvalidNotation, match=says):
                toml.write({"office": calendar})
