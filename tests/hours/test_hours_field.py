"""What offices, feeds and other programs write, and what is told of it: situations from public reports.

Each case is known by an id, which groups them: `S` holidays, `O` OpenStreetMap, `G` schema.org, `I` iCalendar, `T`
terms, `P` departments, `W` files; people are invented. Where our answer is another one than the report asks for,
`POLICIES` says why.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from ticontact.errors import ConfigurationError, HoursError, InvalidNotation
from ticontact.hours import (
    Break,
    BusinessCalendar,
    Canton,
    Closure,
    DayOverride,
    Holiday,
    HolidayCalendar,
    Season,
    Week,
    swiss,
)
from ticontact.hours.notation import ical, osm, schema_org, toml
from ticontact.hours.terms import CIVIL, DEBT_ENFORCEMENT, FEDERAL, SOCIAL_INSURANCE, deadline, procedural_law_named
from ticontact.testing import instant

ZURICH = "Europe/Zurich"
TICINO = swiss.holidays(Canton.TI)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
POLICIES = {
    "O37": "asks for 'orario normale' in a season; P20 asks for the season's own name, which is the better answer",
    "O39": "asks for 'orario normale' on a date with hours of its own; a citizen is told that they are special",
    "P20": "asks for the season's name alone; so it is told where the name says hours, else behind 'seasonal hours'",
}


def sentence(calendar: BusinessCalendar, at: str, language: str) -> str:
    """What is told at an instant."""
    return calendar.explain(at=instant(at)).text(language)


def hours_on(calendar: BusinessCalendar, *days: str) -> list[str]:
    """The windows of some dates."""
    return [
        " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in calendar.windows(date.fromisoformat(day)))
        for day in days
    ]


def read_osm(text: str, **more: Any) -> BusinessCalendar:
    """An expression with the holidays of Ticino."""
    return osm.read(text, zone=ZURICH, holidays=TICINO, **more)


def entry(opens: str | None = None, closes: str | None = None, days: Any = WEEKDAYS, **more: str) -> dict[str, Any]:
    """An OpeningHoursSpecification; what is None is left out."""
    given = {"dayOfWeek": days, "opens": opens, "closes": closes} | more
    return {key: value for key, value in given.items() if value is not None}


def read_entries(*entries: dict[str, Any], **more: Any) -> BusinessCalendar:
    """A place with some entries."""
    return schema_org.read({"openingHoursSpecification": list(entries)}, zone=ZURICH, **more)


def feed(*events: str) -> str:
    """A calendar of some events."""
    bodies = "".join(f"BEGIN:VEVENT\r\nUID:{number}\r\n{each}\r\nEND:VEVENT\r\n" for number, each in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{bodies}END:VCALENDAR\r\n"


class TestHolidays:
    """S20, S21: communes, and school holidays."""

    def test_gallus_in_two_communes(self) -> None:
        """16 October is off in Morschach and in Hochwald, for a legal term, too."""
        gallus = date(2026, 10, 16)
        days_off = [
            swiss.holidays(canton, place=place).on(gallus) is not None
            for canton, place in ((Canton.SZ, "Morschach"), (Canton.SO, "Hochwald"), (Canton.SZ, None))
        ]
        term = deadline(FEDERAL, notified=date(2026, 9, 16), days=30, party_canton=Canton.SO, party_place="Hochwald")

        assert days_off == [True, True, False]
        assert term.last_day == date(2026, 10, 19)

    def test_what_is_not_known_is_said(self) -> None:
        """Of a commune that nobody has told of, it is not claimed that it has no holiday of its own."""
        with pytest.raises(HoursError, match="nothing is known; allowed: Morschach, or rules of your own"):
            swiss.holidays(Canton.SZ, place="Arth")

    def test_school_holidays_are_ranges(self) -> None:
        """Weeks without school are given by their first and last day."""
        school = HolidayCalendar.of(
            "TI school",
            [
                *Holiday.each_day(date(2026, 10, 31), date(2026, 11, 8), "Ognissanti"),
                *Holiday.each_day(date(2026, 12, 24), date(2027, 1, 6), "Natale"),
            ],
        )
        office = read_osm("We 13:30-17:00; SH off", school_holidays=school)

        assert hours_on(office, "2026-10-28", "2026-11-04", "2026-12-30", "2027-01-13") == [
            "13:30-17:00",
            "",
            "",
            "13:30-17:00",
        ]


class TestOpenStreetMap:
    """O: expressions of others."""

    @pytest.mark.parametrize(
        ("text", "at", "expected"),
        [
            # O03, O04: words of a fallback, or of a rule before, are not told while it is open
            (
                'Mo-Fr 08:00-16:00, Sa 09:00-14:00, PH off || "Outside office hours on appointment by phone"',
                "2026-03-18 09:00",
                "Open: regular hours; we close today at 16:00.",
            ),
            (
                '"Outside office hours on appointment by phone", Mo-Fr 08:00-16:00, Sa 09:00-14:00, PH off',
                "2026-03-18 09:00",
                "Open: regular hours; we close today at 16:00.",
            ),
            (
                'Mo-Fr 08:00-16:00, PH off || "Outside office hours on appointment by phone"',
                "2026-03-18 18:00",
                (
                    "By appointment only; we reopen on Friday, 20 March at 08:00."
                    " Note: Outside office hours on appointment by phone."
                ),
            ),
            # O30, O31: a rule that closed the day before hours were given to it is no reason for being open
            (
                "Mo-Fr 08:00-12:00; PH off; Mar 19 10:00-12:00",
                "2026-03-19 11:00",
                "Open: regular hours; we close today at 12:00.",
            ),
            ("Mo-Su off; Mo-Fr 08:00-12:00", "2026-03-18 11:00", "Open: regular hours; we close today at 12:00."),
            # P08
            (
                'Th 14:00-16:00; PH off || "su appuntamento"',
                "2018-07-12 15:00",
                "Open: regular hours; we close today at 16:00.",
            ),
            (
                'Th 14:00-16:00; PH off || "su appuntamento"',
                "2018-07-12 10:00",
                "By appointment only; we reopen today at 14:00.",
            ),
            # brothers: a comment of an open rule is told, a holiday keeps its name beside other hours
            (
                'Mo-Fr 08:00-12:00 "by the back door"',
                "2026-03-18 11:00",
                "Open: regular hours (by the back door); we close today at 12:00.",
            ),
            (
                "Mo-Fr 08:00-12:00; PH off; Mar 19 10:00-11:00",
                "2026-03-19 11:30",
                "Closed: Saint Joseph's Day; we reopen on Friday, 20 March at 08:00.",
            ),
            (
                "Mo-Fr 08:00-12:00; Mar 18 off",
                "2026-03-18 09:00",
                "Closed today; we reopen on Thursday, 19 March at 08:00.",
            ),
            ("Jul-Aug Mo-Fr 08:00-12:00", "2026-03-18 09:00", "Closed; we reopen on Wednesday, 1 July 2026 at 08:00."),
            ("Mo-Fr 08:00-12:00; We unknown", "2026-03-18 09:00", "Closed; we reopen on Thursday, 19 March at 08:00."),
            (
                'We "by appointment"; We 14:00-16:00',
                "2026-03-18 10:00",
                "Closed: outside opening hours; we reopen today at 14:00.",
            ),
            (
                'Mo-Fr 08:00-12:00; We "ask the caretaker"',
                "2026-03-18 09:00",
                "Closed: ask the caretaker; we reopen on Thursday, 19 March at 08:00.",
            ),
        ],
    )
    def test_sentences(self, text: str, at: str, expected: str) -> None:
        """Words stand where they were meant."""
        assert sentence(read_osm(text), at, "en") == expected

    @pytest.mark.parametrize(
        ("text", "days", "expected"),
        [
            # O11, O12, O13, O36
            (
                "Aug 02-Aug Mo[1] 08:00-09:00",
                ["2026-08-01", "2026-08-02", "2026-08-03", "2026-08-10"],
                ["", "08:00-09:00", "08:00-09:00", ""],
            ),
            ("Oct 1-Nov Su[-4] 09:00-12:00", ["2026-10-05", "2026-10-31"], ["09:00-12:00", "09:00-12:00"]),
            (
                "Jun 01-Oct Sa[-1]: Mo-Su,PH 07:00-02:00; Oct Su[-1]-May 31: Mo-Su,PH 07:00-22:00",
                ["2026-10-30", "2026-10-24", "2026-10-25", "2026-06-01"],
                ["07:00-22:00", "07:00-02:00", "07:00-22:00", "07:00-02:00"],
            ),
            ("Mo-Fr 08:00-12:00; Sep Su[1] +4 days off", ["2026-09-10", "2026-09-11"], ["", "08:00-12:00"]),
        ],
    )
    def test_ranges(self, text: str, days: list[str], expected: list[str]) -> None:
        """Ranges to the nth weekday, and days from one."""
        assert hours_on(read_osm(text), *days) == expected

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Mo-Fr 08:00-12:00; week 52-01 off", "52 or later"),  # O34
            ("2027-2026 Mo 08:00-12:00", "2027 or later"),
            ("Sa[4-2] 09:00-11:00", "4 or later"),  # O35
            ("Mo-Fr 08:00-12:00; Dec 24-02 off", "a range into another month names that"),
            ("2026 Dec 24-2025 Jan 02 off", "no earlier than the start"),
            ("Dec 24-2027 Jan 02 off", "no earlier than the start"),
            ("Feb 30 off", "Feb 30 is in no year"),
            ("Aug 02-Aug Mo[5] off", "1 to 4"),
            ("Mo-We[1] 08:00-12:00", "'[' was given"),
        ],
    )
    def test_what_nobody_can_mean(self, text: str, says: str) -> None:
        """It is refused, and not read as something that never holds, or holds for a year."""
        with pytest.raises(InvalidNotation) as caught:
            read_osm(text)

        assert says in str(caught.value)

    @pytest.mark.parametrize(
        ("rule", "at", "told", "told_in_german"),
        [
            (  # O37
                Season(date(2026, 7, 1), date(2026, 8, 31), week=Week.parse("Mo-Fr 07:00-13:00")),
                "2026-07-15 09:00",
                "Aperto: orario stagionale; chiudiamo oggi alle 13.00.",
                "Offen: saisonale Öffnungszeiten; wir schliessen heute um 13.00 Uhr.",
            ),
            (  # O38
                Break(date(2026, 6, 17), "10:00-11:00", reason="riunione"),
                "2026-06-17 10:30",
                "Chiuso: riunione; riapriamo oggi alle 11.00.",
                "Geschlossen: riunione; wir öffnen wieder heute um 11.00 Uhr.",
            ),
            (  # O39
                DayOverride(date(2026, 3, 19), "09:00-11:00"),
                "2026-03-19 10:00",
                "Aperto: orario speciale; chiudiamo oggi alle 11.00.",
                "Offen: besondere Öffnungszeiten; wir schliessen heute um 11.00 Uhr.",
            ),
        ],
        ids=["O37", "O38", "O39"],
    )
    def test_own_round_trip(self, rule: Any, at: str, told: str, told_in_german: str) -> None:
        """Written and read again the same is told; our own words in all languages, from a comment in one."""
        office = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"), holidays=TICINO)
        adapted = office.adding(rule)
        again = read_osm(osm.write(adapted))

        assert [sentence(each, at, "it") for each in (adapted, again)] == [told, told]
        assert [sentence(each, at, "de") for each in (adapted, again)] == [told_in_german, told_in_german]


class TestSchemaOrg:
    """G: JSON-LD of others."""

    def test_closed_without_opens(self) -> None:
        """G01, G02: an entry that says no hours closes its days."""
        season = read_entries(
            entry("08:00", "17:00"), entry(days=None, validFrom="2026-07-01", validThrough="2026-08-31")
        )
        day = read_entries(entry("08:00", "17:00"), entry(days=None, validFrom="2026-12-25", validThrough="2026-12-25"))

        assert hours_on(season, "2026-07-15", "2026-09-15") == ["", "08:00-17:00"]
        assert hours_on(day, "2026-12-25") == [""]

    @pytest.mark.parametrize(
        "document",
        [
            {"@graph": [{"@type": "WebSite"}, {"openingHoursSpecification": [entry("08:00", "12:00")]}]},  # G04
            {"@type": "ContactPoint", "hoursAvailable": [entry("08:00", "12:00")]},  # G13
            {"@type": "GovernmentOffice", "contactPoint": {"hoursAvailable": entry("08:00", "12:00")}},
            [{"@type": "Organization"}, {"openingHours": ["Mo-Fr 08:00-12:00"]}],
            {"openingHours": "Mo,Tu,We 08:00-12:00\nTh-Fr 08:00-12:00"},
            {"openingHours": "Mo-Su 10:00-11:00", "openingHoursSpecification": entry("08:00", "12:00")},
            {"@graph": [{"openingHoursSpecification": {"@id": "#a"}}, entry("08:00", "12:00") | {"@id": "#a"}]},
            {"openingHoursSpecification": entry("8.00", "12.00")},
            {"openingHoursSpecification": entry("8:00 AM", "12:00 p.m.")},
            {"openingHoursSpecification": entry("08:00:00+01:00", "12:00:00+02:00")},
        ],
    )
    def test_wherever_and_however_it_stands(self, document: Any) -> None:
        """Hours are found in a graph, at a contact point, as a text; and times in other spellings."""
        assert hours_on(schema_org.read(document, zone=ZURICH), "2026-03-18", "2026-03-21") == ["08:00-12:00", ""]

    @pytest.mark.parametrize("document", [{}, [], "x", None, {"@graph": [{"name": "office"}]}, {"openingHours": []}])
    def test_no_hours_are_no_closed_office(self, document: Any) -> None:
        """A document without hours is refused, and not read as an office that never opens."""
        with pytest.raises(InvalidNotation, match="nothing in it has opening hours"):
            schema_org.read(document, zone=ZURICH)

    def test_several_places(self) -> None:
        """Two places are told apart by their name or `@id`; the outermost of places within each other is meant."""
        counter = {"@id": "#counter", "openingHours": "Mo 08:00-09:00"}
        phone = {"name": "telephone", "openingHours": "Mo 10:00-11:00"}

        with pytest.raises(InvalidNotation, match="2 objects"):
            schema_org.read([counter, phone], zone=ZURICH)
        with pytest.raises(InvalidNotation, match="called 'fax'"):
            schema_org.read([counter, phone], zone=ZURICH, place="fax")
        assert [
            hours_on(schema_org.read([counter, phone], zone=ZURICH, place=place), "2026-03-16")
            for place in ("#counter", "telephone")
        ] == [["08:00-09:00"], ["10:00-11:00"]]
        assert hours_on(schema_org.read(counter | {"department": phone}, zone=ZURICH), "2026-03-16") == ["08:00-09:00"]

    def test_public_holidays(self) -> None:
        """G05: closed on the holidays that are given; without any the word has no meaning; open ones are refused."""
        closed = entry("00:00", "00:00", days="https://schema.org/PublicHolidays")
        office = read_entries(entry("08:00", "17:00"), closed, holidays=TICINO)

        assert hours_on(office, "2026-03-18", "2026-03-19") == ["08:00-17:00", ""]
        with pytest.raises(InvalidNotation, match=r"entry 2: .*holidays="):
            read_entries(entry("08:00", "17:00"), closed)
        with pytest.raises(InvalidNotation, match="entry 2: PublicHolidays with hours"):
            read_entries(entry("08:00", "17:00"), entry("09:00", "10:00", days="PublicHolidays"), holidays=TICINO)

    def test_one_sided_validity(self) -> None:
        """G08: hours that end, and hours that begin, each with one date."""
        old = entry("08:00", "12:00", validThrough="2026-05-31")
        new = entry("07:00", "11:00", validFrom="2026-06-01")

        assert hours_on(read_entries(old), "2026-05-29", "2026-06-01") == ["08:00-12:00", ""]
        assert hours_on(read_entries(old, new), "2026-05-29", "2026-06-01", "2031-06-02") == [
            "08:00-12:00",
            "07:00-11:00",
            "07:00-11:00",
        ]
        assert sentence(read_entries(new), "2026-06-01 09:00", "it").startswith("Aperto: orario normale")

    @pytest.mark.parametrize("closes", ["24:00", "24:00:00", "23:59", "23:59:59"])
    def test_end_of_day(self, closes: str) -> None:
        """G10: a day may end at 24:00."""
        around = read_entries(entry("00:00", closes, days="Wednesday"))

        assert around.between(instant("2026-03-18"), instant("2026-03-19")) == timedelta(hours=24)

    def test_a_weekend_of_a_season(self) -> None:
        """Closed weekends from July to August leave the weekdays of that season open."""
        office = read_entries(
            entry("08:00", "12:00", days=[*WEEKDAYS, "Saturday"]),
            entry("00:00", "00:00", days=["Saturday", "Sunday"], validFrom="2026-07-01", validThrough="2026-08-31"),
        )

        assert hours_on(office, "2026-07-15", "2026-07-18", "2026-09-19") == ["08:00-12:00", "", "08:00-12:00"]

    def test_instants_are_local_dates(self) -> None:
        """What a browser writes of midnight in Zurich is the next date in UTC, and not the one before."""
        office = read_entries(entry("08:00", "12:00"), entry("07:00", "11:00", validFrom="2026-06-30T22:00:00.000Z"))

        assert hours_on(office, "2026-06-30", "2026-07-01") == ["08:00-12:00", "07:00-11:00"]

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            (entry("08:00"), "closes is no time"),
            (entry("08:00Z", "12:00Z"), "opens is no time"),
            (entry("13:00 PM", "14:00"), "opens is no time"),
            (entry("08:75", "12:00"), "opens is no time"),
            (entry("08:00", "25:00"), "closes is no time"),
            (entry("08:00", "12:00", validFrom="0001-01-01"), "validFrom is no date"),
            (entry("08:00", "12:00", validFrom="2026-03-18", validThrough="2026-03-18", days="Monday"), "Wednesday"),
            (entry("08:00", "12:00", days="Xday"), "PublicHolidays"),
        ],
    )
    def test_refusals(self, given: dict[str, Any], says: str) -> None:
        """What contradicts itself is refused with the number of the entry."""
        with pytest.raises(InvalidNotation, match="entry 1") as caught:
            read_entries(given)

        assert says in str(caught.value)

    @pytest.mark.parametrize("line", ["Mo-Fr", "Mo-Fr 8-12", "Xx 08:00-12:00", "x" * 300, 5])
    def test_lines(self, line: Any) -> None:
        """A line of openingHours is weekdays and windows, or weekdays alone for around the clock."""
        if line == "Mo-Fr":
            office = schema_org.read({"openingHours": line}, zone=ZURICH)
            assert office.between(instant("2026-03-18"), instant("2026-03-19")) == timedelta(hours=24)
            return
        with pytest.raises(InvalidNotation, match=r"entry 1: .*line such as Mo-Fr"):
            schema_org.read({"openingHours": [line]}, zone=ZURICH)


class TestICalendar:
    """I: feeds of others."""

    def test_called_off(self) -> None:
        """I05: a cancelled event closes nothing."""
        found = ical.read_closures(feed("STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20261207"), zone=ZURICH)

        assert (len(found), found.findings) == (0, ())

    def test_every_year_but_one(self) -> None:
        """I06: 24 December each year but 2027; without the exception it is a rule of every year."""
        yearly = "DTSTART;VALUE=DATE:20251224\r\nRRULE:FREQ=YEARLY"
        but_one = ical.read_closures(feed(f"{yearly}\r\nEXDATE;VALUE=DATE:20271224"), zone=ZURICH)
        always = ical.read_closures(feed(yearly), zone=ZURICH)

        assert [each.start.year for each in but_one if isinstance(each, Closure)][:3] == [2025, 2026, 2028]
        assert [(each.start, each.every_year) for each in always if isinstance(each, Closure)] == [
            (date(2025, 12, 24), True)
        ]

    def test_byte_order_mark(self) -> None:
        """I08: a mark of some editors before the calendar; the other readers of text pass over it, too."""
        assert len(ical.read_closures("\ufeff" + feed("DTSTART;VALUE=DATE:20261207"), zone=ZURICH)) == 1
        assert hours_on(read_osm("\ufeffMo-Fr 08:00-12:00"), "2026-03-18") == ["08:00-12:00"]
        assert list(toml.read('\ufeff[a]\nzone = "UTC"\nweek = "Mo 08:00-12:00"')) == ["a"]

    def test_one_event_is_not_the_whole_feed(self) -> None:
        """What cannot be read is a finding with the number of its event; the rest is read."""
        found = ical.read_closures(
            feed(
                "DTSTART:20261207T100000",
                "DTSTART;VALUE=DATE:20261208\r\nDTEND;VALUE=DATE:20261208",
                "DTSTART;VALUE=DATE:20261209\r\nRRULE:FREQ=HOURLY",
                "DTSTART;VALUE=DATE:20261210",
            ),
            zone=ZURICH,
        )

        assert [each.start.day for each in found if isinstance(each, Closure)] == [8, 10]
        assert [finding.event for finding in found.findings] == [1, 3]


class TestTerms:
    """T05, T06, T07: an Easter of its own, debt enforcement, civil procedure."""

    def test_easter_of_2020(self) -> None:
        """Terms stood still from 21 March to 19 April 2020, and the step says why."""
        term = deadline(SOCIAL_INSURANCE, notified=date(2020, 3, 10), days=30, party_canton="GE")

        assert term.last_day == date(2020, 5, 11)
        assert any("AS 2020 849" in source for source in term.sources)
        assert deadline(SOCIAL_INSURANCE, notified=date(2021, 3, 10), days=30, party_canton="GE").is_settled

    def test_debt_enforcement(self) -> None:
        """A term that would end in the recess ends on the third working day after it."""
        term = deadline(DEBT_ENFORCEMENT, notified=date(2026, 7, 10), days=10, court_canton="TI")

        assert term.last_day == date(2026, 8, 5)
        assert "cade nelle ferie dal 15.7 al 31.7" in term.text("it")

    def test_civil_procedure(self) -> None:
        """The most asked for at the counters of courts has a law of its own, under both its names."""
        term = deadline(CIVIL, notified=date(2015, 12, 14), days=30, court_canton="TI")

        assert term.last_day == date(2016, 1, 29)
        assert procedural_law_named("cpc") is procedural_law_named("zpo") is CIVIL


class TestDepartments:
    """P, W: rules that an office writes."""

    def test_a_season_of_every_year(self) -> None:
        """P05: closed on Saturdays of July and August, also in a year that nobody has thought of."""
        library = BusinessCalendar(
            zone=ZURICH,
            week=Week.parse("Mo-Sa 09:00-16:00"),
            seasons=[
                Season(date(2026, 7, 1), date(2026, 8, 31), week=Week.parse("Mo-Fr 09:00-16:00"), every_year=True)
            ],
        )

        assert hours_on(library, "2025-07-12", "2026-07-18", "2028-07-15") == ["09:00-16:00", "", ""]
        assert library.in_words("it", on=date(2028, 7, 1)) == "Lunedì-venerdì 09.00-16.00"

    def test_a_bridge_day_in_toml(self) -> None:
        """P16: the Swiss holidays and a day of one's own are kept as both."""
        bridge = Holiday(date(2026, 5, 15), "ponte dell'Ascensione", id="ponte")
        holidays = swiss.administration(Canton.TI).plus(bridge)
        office = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo-Fr 08:00-12:00"), holidays=holidays, name="office")
        text = toml.write({"office": office})

        assert 'holidays = "TI administration"' in text
        assert toml.read(text)["office"] == office

    @pytest.mark.parametrize(
        ("reason", "at", "told"),
        [
            ("orario estivo", "2026-07-15 10:30", "Aperto: orario estivo; chiudiamo oggi alle 11.45."),
            ("orario estivo", "2026-07-15 14:30", "Chiuso: orario estivo; riapriamo giovedì 16 luglio alle 08.00."),
            ("orario estivo", "2026-07-15 20:00", "Chiuso: fuori orario; riapriamo giovedì 16 luglio alle 08.00."),
            ("lavori", "2026-07-15 10:30", "Aperto: orario stagionale (lavori); chiudiamo oggi alle 11.45."),
        ],
    )
    def test_what_a_season_is_called(self, reason: str, at: str, told: str) -> None:
        """P20: the season's hours are named while they hold, and where they keep closed what would be open."""
        office = BusinessCalendar(
            zone=ZURICH,
            week=Week.parse("Mo-Fr 08:00-11:45,14:00-16:00"),
            seasons=[Season(date(2026, 7, 1), date(2026, 8, 31), week=Week.parse("Mo-Fr 08:00-11:45"), reason=reason)],
        )

        assert sentence(office, at, "it") == told

    def test_the_hint_names_every_key(self) -> None:
        """W02: a key that is not known is answered with all that are, also those that stand for others."""
        text = '[x]\nzone="UTC"\nweek="Mo 08:00-12:00"\n[[x.season]]\nfrom=2026-07-01\nweek="closed"\nyearly=true'
        with pytest.raises(ConfigurationError) as caught:
            toml.read(text)
        (fault,) = caught.value.faults

        assert fault.allowed == "every_year, from, reason, reasons, source, until, week"


class TestSentences:
    """What people are told of an office of Ticino."""

    @pytest.mark.parametrize(
        ("at", "told"),
        [
            ("2026-12-24 12:30", "Chiuso: Vigilia di Natale; riapriamo lunedì 28 dicembre alle 08.00."),
            ("2026-12-25 12:30", "Oggi chiuso: Natale; riapriamo lunedì 28 dicembre alle 08.00."),
            ("2026-06-17 09:30", "Aperto: orario speciale (formazione interna); chiudiamo oggi alle 10.00."),
            (
                "2026-06-17 11:00",
                "Chiuso: orario speciale (formazione interna); riapriamo giovedì 18 giugno alle 08.00.",
            ),
            ("2026-06-19 11:00", "Oggi chiuso; riapriamo lunedì 22 giugno alle 08.00."),
            ("2014-12-31 11:00", "Chiuso: servizio non ancora aperto; apriamo lunedì 19 gennaio 2015 alle 08.00."),
        ],
    )
    def test_office(self, at: str, told: str) -> None:
        """`Today` only where nothing was open on the day, no closure for closure, and no reason for being open."""
        adapted = BusinessCalendar(
            zone=ZURICH,
            week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"),
            holidays=swiss.administration(Canton.TI),
            overrides=[DayOverride(date(2026, 6, 17), "08:00-10:00", reason="formazione interna")],
            closures=[Closure(date(2026, 6, 19))],
            since=date(2015, 1, 19),
        )

        assert sentence(adapted, at, "it") == told

    def test_combination(self, office: BusinessCalendar) -> None:
        """What is taken out is called by its name, and not said twice."""
        meeting = BusinessCalendar(zone=ZURICH, week=Week.parse("We 10:00-11:00"), name="riunione")

        assert sentence(office - meeting, "2026-03-18 10:30", "it") == "Chiuso: riunione; riapriamo oggi alle 11.00."

    @pytest.mark.parametrize(
        ("at", "written"),
        [("2026-03-17 21:00", "oggi alle 24.00"), ("2026-03-18 00:30", "oggi alle 24.00")],
    )
    def test_midnight_ends_its_day(self, at: str, written: str) -> None:
        """Closing at midnight is today; "Wednesday at midnight" would be a day too late."""
        bar = BusinessCalendar(zone=ZURICH, week=Week.parse("Mo-Su 18:00-24:00"))
        late = BusinessCalendar(
            zone=ZURICH, week=Week.parse("Mo-Su 00:00-24:00"), closures=[Closure(date(2026, 3, 19))]
        )
        explained = (bar if at.endswith("21:00") else late).explain(at=instant(at))

        assert written in explained.text("it")
        assert "oggi a mezzanotte" in explained.text("it", form="spoken")

    def test_until_further_notice(self, office: BusinessCalendar) -> None:
        """A closure without an end says so, and no open time is promised."""
        flooded = office.adding(Closure.until_further_notice(date(2026, 3, 16), reason="danni d'acqua"))
        plain = office.adding(Closure.until_further_notice(date(2026, 3, 16)))

        assert sentence(flooded, "2026-03-18 10:00", "it") == "Chiuso fino a nuovo avviso: danni d'acqua."
        assert sentence(plain, "2026-03-18 10:00", "en") == "Closed until further notice."
        assert flooded.next_opening(at=instant("2026-03-18 10:00")) is None
