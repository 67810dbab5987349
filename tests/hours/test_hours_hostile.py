"""What strangers may write: opening hours in every notation, read or refused, within bounds."""

import contextlib
import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticontact.errors import ConfigurationError, HoursError, InvalidNotation, TicontactError
from ticontact.hours import Break, BusinessCalendar, Canton, Closure, TimeWindow, Week, swiss
from ticontact.hours.notation import ical, osm, schema_org, toml
from ticontact.testing import instant

AT = instant("2026-03-18 16:10")
TICINO = swiss.holidays(Canton.TI)
SPECIFICATION = "openingHoursSpecification"


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def events(*bodies: str) -> str:
    """A calendar of some events."""
    return "BEGIN:VCALENDAR\n" + "".join(f"BEGIN:VEVENT\n{body}\nEND:VEVENT\n" for body in bodies) + "END:VCALENDAR\n"


def answered(calendar: BusinessCalendar) -> None:
    """Ask a calendar whatever a page would show of it."""
    calendar.state(at=AT)
    calendar.explain(at=AT)
    calendar.windows(date(2026, 3, 18))
    calendar.between(AT, AT + timedelta(days=3))
    with contextlib.suppress(TicontactError):
        calendar.add(timedelta(hours=8), at=AT)


class TestWeek:
    """The standing week of a file or a form."""

    @pytest.mark.parametrize(
        "text", ["a" + " " * 1900 + "x", "Mo" + " -" * 900 + "08:00", "Mo " + ",-" * 900 + "x", "-" * 2000]
    )
    def test_runs(self, text: str) -> None:
        """Long runs of what may stand in both parts of a rule are refused at once."""
        with pytest.raises(HoursError):
            Week.parse(text)

    @given(st.text(alphabet="MoTuFrSaoffclosed08:.12345 ,;-–\t\n٠", max_size=120) | st.text(max_size=60))
    def test_any_text(self, text: str) -> None:
        """A text is a week or refused; a week reads back as itself."""
        try:
            week = Week.parse(text)
        except HoursError:
            return
        assert week == Week.parse(str(week)) if any(week.days) else week == Week.closed()

    @pytest.mark.parametrize("clock", [10**5_000, -1, 2 * 86_400 + 1], ids=["long", "below", "above"])
    def test_numbers(self, clock: int) -> None:
        """A number that is no time of day is refused, however long it is."""
        with pytest.raises(HoursError, match="48:00"):
            TimeWindow(0, clock)

    def test_longer_than_two_days(self) -> None:
        """A window that would end on the third day is refused."""
        with pytest.raises(HoursError, match="48:00"):
            TimeWindow(30 * 3600, 29 * 3600)

    def test_many_windows(self) -> None:
        """A date has a hundred windows at the most, since every year would hold them fifty times."""
        windows = [TimeWindow(start, start + 1) for start in range(0, 202, 2)]

        assert len(Week.of([windows[:100], *[""] * 6]).days[0]) == 100
        with pytest.raises(HoursError, match="100 a day"):
            Week.of([windows, *[""] * 6])


OSM_WORDS = [
    *[
        "Mo",
        "Tu-Fr",
        "Su",
        "PH",
        "SH",
        "[1]",
        "[-1]",
        "08:00-12:00",
        "22:00-06:00",
        "24:00-48:00",
        "00:00",
        "off",
        "closed",
        "open",
        "unknown",
        "easter",
    ],
    *[
        "+",
        "-",
        "1",
        "366",
        "day",
        "days",
        "Jan",
        "Feb",
        "29",
        "30",
        "31",
        "Dec",
        "week",
        "53",
        "/",
        "2",
        "0001",
        "0002",
        "2026",
        "9997",
        "9999",
        "24/7",
        ";",
        ",",
        "||",
        ":",
        "sunrise",
        "(",
    ],
    '"note"',
    "\x00",
    "é",
]


class TestOpenStreetMap:
    """Expressions of an open map."""

    @settings(max_examples=400)
    @given(st.lists(st.sampled_from(OSM_WORDS), max_size=25).map(" ".join) | st.text(max_size=40))
    def test_any_text(self, text: str) -> None:
        """An expression is read and answers, or is refused."""
        try:
            calendar = osm.read(text, zone="Europe/Zurich", holidays=TICINO)
        except InvalidNotation:
            return
        answered(calendar)
        assert osm.write(calendar) == text

    @pytest.mark.parametrize(
        "rule",
        [
            "easter +1 day off;",
            "Mo;",
            "PH off;",
            "week 1;",
            "Mo[1,-1];",
            "Jan 1-Feb 2;",
            "Mo||",
            "off;",
            "Mo 08:00-09:00,",
        ],
    )
    def test_ten_kilobytes(self, rule: str) -> None:
        """The longest expression that is taken asks each of its rules once a year, not once a day."""
        answered(osm.read((rule * 5_000)[: 9_990 // len(rule) * len(rule)], zone="Europe/Zurich", holidays=TICINO))

    @pytest.mark.parametrize(
        "text",
        [
            "9999 easter +300 days off",
            "0001 easter -300 days off",
            "9999 Dec 31-Jan 5 off",
            "9999 Dec 31-easter off",
            "0001 Jan 1-9999 Dec 31 off",
            "easter -366 days-easter +366 days off",
        ],
    )
    def test_edges_of_time(self, text: str) -> None:
        """Dates beyond the calendar's years are nowhere, and no error."""
        calendar = osm.read(f"00:00-24:00; {text}", zone="Europe/Zurich")

        for year in (3, 2026, 9996):
            answered(calendar)
            calendar.is_open(at=datetime(year, 6, 1, tzinfo=UTC))

    @pytest.mark.parametrize(
        ("days", "holds"),
        [
            ("Mo-Fr", lambda day: day.weekday() < 5),
            ("Sa-Mo", lambda day: day.weekday() in {5, 6, 0}),
            ("We[3]", lambda day: day.weekday() == 2 and 15 <= day.day <= 21),
            ("Fr[-1]", lambda day: day.weekday() == 4 and (day + timedelta(days=7)).month != day.month),
            ("Su[5]", lambda day: day.weekday() == 6 and day.day > 28),
            ("week 1-53/2", lambda day: day.isocalendar().week % 2 == 1),
            ("week 53", lambda day: day.isocalendar().week == 53),
            ("Feb 29", lambda day: (day.month, day.day) == (2, 29)),
            ("Feb 20-Feb 30", lambda day: day.month == 2 and day.day >= 20),
            ("Feb", lambda day: day.month == 2),
            ("Nov 15-Feb 3", lambda day: (day.month, day.day) >= (11, 15) or (day.month, day.day) <= (2, 3)),
            ("2024-2027/3", lambda day: day.year in {2024, 2027}),
            ("2024 Dec 20-Jan 6", lambda day: date(2024, 12, 20) <= day <= date(2025, 1, 6)),
            ("2026 Mar 30-2027 Feb 2", lambda day: date(2026, 3, 30) <= day <= date(2027, 2, 2)),
            ("PH", lambda day: TICINO.on(day) is not None),
            ("PH -1 day", lambda day: TICINO.on(day + timedelta(days=1)) is not None),
            ("PH,Mo", lambda day: TICINO.on(day) is not None or day.weekday() == 0),
            ("Mar We", lambda day: day.month == 3 and day.weekday() == 2),
        ],
    )
    def test_days_of_a_year(self, days: str, holds: Any) -> None:
        """The days of a rule are those that a plain reading of each date gives."""
        calendar = osm.read(f"{days} 08:00-12:00", zone="UTC", holidays=TICINO)
        dates = [
            date.fromordinal(ordinal) for ordinal in range(date(2023, 12, 30).toordinal(), date(2028, 1, 3).toordinal())
        ]

        assert [day for day in dates if holds(day)] == [day for day in dates if calendar.windows(day)]

    def test_half_days_of_some_weekdays(self) -> None:
        """A rule about holidays on Mondays leaves those on other days alone."""
        solothurn = swiss.holidays(Canton.SO)
        calendar = osm.read("Mo-Su 08:00-17:00; PH Mo off", zone="Europe/Zurich", holidays=solothurn)

        assert [f"{closing:%H}" for year in (2026, 2028) for _, closing in calendar.windows(date(year, 5, 1))] == [
            "17",
            "12",
        ]

    def test_many_times(self) -> None:
        """Hours that are added join those that they meet."""
        added = ",".join(f"{hour:02}:00-{hour:02}:30" for hour in range(8, 18))
        one_by_one = osm.read("08:30-12:00" + "".join(f", Mo-Su {each}" for each in added.split(",")), zone="UTC")
        together = osm.read(f"08:30-12:00, Mo-Su {added}", zone="UTC")

        assert one_by_one.windows(date(2026, 3, 18)) == together.windows(date(2026, 3, 18))
        assert len(together.windows(date(2026, 3, 18))) == 6

    def test_pickled(self) -> None:
        """An expression goes without the years that it was asked for."""
        calendar = osm.read("Mo 08:00-12:00", zone="UTC")
        answered(calendar)

        assert calendar == pickle.loads(pickle.dumps(calendar))  # noqa: S301 - written a moment ago

    def test_half_day_that_ends_before_it_begins(self) -> None:
        """A rule that closes the morning leaves a holiday whose afternoon alone is off as it was."""
        solothurn = swiss.holidays(Canton.SO)
        calendar = osm.read("Mo-Su 08:00-17:00; PH 08:00-10:00 off", zone="Europe/Zurich", holidays=solothurn)

        assert [f"{opening:%H}-{closing:%H}" for opening, closing in calendar.windows(date(2026, 5, 1))] == ["08-17"]


ICAL_LINES = [
    *[
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "UID:x",
        "RRULE:FREQ=DAILY",
        ":",
        ";",
    ],
    *["DTSTART:20260318T090000", "DTSTART;VALUE=DATE:20260318", "DTSTART:00010101T000000", "DTSTART:99991231"],
    *["DTSTART;TZID=Europe/Rome:20260318T090000", "DTSTART:20260318T256161", "DTEND:20260318T100000"],
    *["DTEND;VALUE=DATE:20260319", "DTEND:99971231T235959Z", "DURATION:PT1H", "DURATION:P999999W", "DURATION:-P1D"],
    'DTSTART;TZID="Europe/Rome":20260318T090000Z',
    'SUMMARY;X="a:b":c',
    "SUMMARY:a\\, b\\n",
    " folded",
    "",
    '"',
    "\x00",
]


class TestToml:
    """A description is the department's own, and bounded all the same."""

    def test_many_calendars(self) -> None:
        """Each costs a hundred times its text: five thousand are read, one more is refused before any is made."""
        table = '[c{}]\nzone = "UTC"\nweek = "closed"\n'
        text = "".join(table.format(number) for number in range(5_000))

        assert len(toml.read(text)) == 5_000
        with pytest.raises(ConfigurationError, match=r"^file: 5001 calendars were given \(allowed: 5000"):
            toml.read(f"x = 1\n{text}")


class TestICalendar:
    """Calendars that come by mail."""

    @settings(max_examples=400)
    @given(st.lists(st.sampled_from(ICAL_LINES), max_size=12), st.sampled_from(["\n".join, "\r\n".join]))
    def test_any_lines(self, lines: list[str], join: Any) -> None:
        """Lines are read or refused."""
        text = join(lines) if lines[:1] == ["BEGIN:VCALENDAR"] else events(join(lines))
        try:
            found = ical.read_closures(text, zone="Europe/Zurich")
        except InvalidNotation:
            return
        assert all(isinstance(rule, Closure | Break) for rule in found)

    @given(st.integers(0, 12 * 1440), st.integers(1, 12 * 1440))
    def test_span(self, start: int, minutes: int) -> None:
        """An event closes its own time, whatever windows lie there, and nothing else."""
        first = datetime(2026, 3, 20, tzinfo=UTC) + timedelta(minutes=start)
        last = first + timedelta(minutes=minutes)
        rules = ical.read_closures(events(f"DTSTART:{first:%Y%m%dT%H%M%SZ}\nDTEND:{last:%Y%m%dT%H%M%SZ}"), zone="UTC")
        around = (first - timedelta(days=4), last + timedelta(days=4))

        for week in (Week.always(), Week.parse("Mo-Su 22:00-21:00")):
            office = BusinessCalendar(zone="UTC", week=week)
            cut = office.adding(*rules)
            assert cut.between(first, last) == timedelta(0)
            assert cut.between(*around) == office.between(*around) - office.between(first, last)

    def test_two_hundred_years(self) -> None:
        """A long event is a closure between two cut ends."""
        found = ical.read_closures(events("DTSTART:19000101T100000\nDTEND:21000101T120000"), zone="Europe/Zurich")

        assert len(found) == 5
        assert [rule for rule in found if isinstance(rule, Closure)] == [Closure(date(1900, 1, 2), date(2099, 12, 30))]

    @pytest.mark.parametrize(
        "name", ["Europe", "", "../../etc/passwd", "a" * 900, "\x00", "No Such Standard Time", "/x/y"]
    )
    def test_zones_that_are_none(self, name: str) -> None:
        """A TZID is a name of the database, no file and no folder."""
        found = ical.read_closures(
            events("DTSTART:20260318", f"DTSTART;TZID={name}:20260318T090000\nDURATION:PT1H"), zone="UTC"
        )

        assert (len(found), [finding.event for finding in found.findings]) == (1, [2])
        assert "time-zone database" in found.findings[0].problem

    @pytest.mark.parametrize(
        "name", ["Europe/Zurich", '"Europe/Zurich"', "W. Europe Standard Time", "/x.org/2026/Europe/Zurich"]
    )
    def test_zones(self, name: str) -> None:
        """The database's names, those of Windows, and those with a program's own name before them."""
        (first, _) = ical.read_closures(
            events(f"DTSTART;TZID={name}:20260318T090000\nDTEND;TZID={name}:20260318T100000"), zone="Europe/Zurich"
        )

        assert isinstance(first, Break)
        assert [str(window) for window in first.windows] == ["33:00-34:00"]

    @pytest.mark.parametrize(
        "body",
        [
            "DTSTART:00010101",
            "DTSTART:99991231",
            "DTSTART:99991231T235959\nDURATION:PT1S",
            "DTSTART:00010101T000000Z\nDTEND:00010101T010000Z",
            "DTSTART:99961231\nDURATION:P999999W",
            "DTSTART:99971230T120000\nDURATION:PT999999H",
            "DTSTART:20260318\nDURATION:P" + "9" * 5_000 + "D",
            "DTSTART:20260318T250000\nDURATION:PT1H",
            "DTSTART:20260318\nDURATION:P999999W",
            "DTSTART:20260318\nDURATION:nonsense",
            "DTSTART:20260318\nDURATION:P415960W",
            "DTSTART:20260318\nDTSTART:20260319",
            "DTSTART" + ";A=b" * 10_000 + ":20260318",
            'DTSTART;TZID="Europe/Zurich:20260318',
            "DTSTART",
        ],
    )
    def test_times_that_are_none(self, body: str) -> None:
        """Times beyond the calendar's years, times that are none, and times that stand there twice."""
        found = ical.read_closures(events(body), zone="Europe/Zurich")

        assert (len(found), len(found.findings)) == (0, 1)
        assert "no dates" in str(found.findings[0])

    @pytest.mark.parametrize(
        ("end", "says"),
        [
            ("DTEND:20260318T100000", "no length"),
            ("DTEND:20260318T090000", "ends before"),
            ("DURATION:PT0S", "no length"),
            ("SUMMARY:from ten on", "no length"),
        ],
    )
    def test_no_time_at_all(self, end: str, says: str) -> None:
        """An event with hours lasts some time; one without an end takes none (RFC 5545, 3.6.1)."""
        found = ical.read_closures(events(f"DTSTART:20260318T100000\n{end}"), zone="Europe/Zurich")

        assert (len(found), len(found.findings)) == (0, 1)
        assert says in found.findings[0].problem

    def test_hours_pass_exactly(self) -> None:
        """A duration in hours is elapsed time, one in days is of the calendar, over a change of the clock, too."""
        hours = ical.read_closures(events("DTSTART:20260328T120000\nDURATION:PT24H"), zone="Europe/Zurich")
        days = ical.read_closures(events("DTSTART:20260328T120000\nDURATION:P1D"), zone="Europe/Zurich")
        ends = [
            max(rule.windows[-1].end for rule in found if isinstance(rule, Break) and rule.day.day == 29)
            for found in (hours, days)
        ]

        assert ends == [13 * 3600, 12 * 3600]

    @pytest.mark.parametrize(
        "text", ["END:VCALENDAR", "BEGIN:VCALENDAR\n" * 50_000, "BEGIN:VCALENDAR\nEND:VEVENT", "\n" * 9]
    )
    def test_components(self, text: str) -> None:
        """Components that do not end, or end twice, are refused without recursion."""
        with pytest.raises(InvalidNotation, match="cannot be read"):
            ical.read_closures(text, zone="UTC")

    def test_alarms(self) -> None:
        """What an alarm says is not the event's, and several calendars may stand in one text."""
        alarm = "BEGIN:VALARM\nSUMMARY:wake\nDURATION:PT5M\nEND:VALARM"
        text = events(f"DTSTART:20260318\n{alarm}\nSUMMARY;LANGUAGE=it:festa\\, ponte\\\\") * 2

        assert [Closure(date(2026, 3, 18), reason="festa, ponte\\")] * 2 == list(ical.read_closures(text, zone="UTC"))

    def test_many_events(self) -> None:
        """Ten thousand events are taken."""
        with pytest.raises(InvalidNotation, match="10000 events"):
            ical.read_closures(events(*["DTSTART:20260318"] * 10_001), zone="UTC")

    def test_written_dates(self, office: BusinessCalendar) -> None:
        """No more than a hundred years are written, in either format."""
        span: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2127, 1, 1)}

        with pytest.raises(HoursError, match="100 years"):
            ical.write_closures(office, at=AT, **span)
        with pytest.raises(HoursError, match="100 years"):
            ical.write_openings(office, at=AT, **span)
        with pytest.raises(HoursError, match="100 years"):
            schema_org.write(office, **span)
        with pytest.raises(HoursError, match="allowed: 2 to 9997"):
            schema_org.write(office, first=date(1, 1, 1), last=date(2, 1, 1))


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["08:00", "24:00", "2026-03-18", "Monday"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


class TestSchemaOrg:
    """JSON-LD of a web page."""

    @settings(max_examples=300)
    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "opens": values | st.sampled_from(["08:00", "00:00"]),
                "closes": values | st.sampled_from(["12:00", "00:00"]),
                "dayOfWeek": values | st.just("Monday"),
                "validFrom": values | st.just("2026-03-18"),
                "validThrough": values | st.just("2026-03-20"),
            },
        )
    )
    def test_any_entry(self, entry: dict[str, Any]) -> None:
        """An entry is read and answers, or is refused."""
        try:
            calendar = schema_org.read({SPECIFICATION: [entry]}, zone="Europe/Zurich")
        except InvalidNotation:
            return
        answered(calendar)

    @pytest.mark.parametrize("document", [None, [], "x", 1, {SPECIFICATION: nested(100_000)}])
    def test_any_document(self, document: Any) -> None:
        """What is no place is refused."""
        with pytest.raises(InvalidNotation):
            schema_org.read(document, zone="Europe/Zurich")

    def test_deep_document(self) -> None:
        """Hours are looked for in objects within objects, but not without end."""
        hours: Any = {SPECIFICATION: {"dayOfWeek": "Monday", "opens": "08:00", "closes": "12:00"}}
        for _ in range(32):
            hours = {"department": hours}
        answered(schema_org.read(hours, zone="Europe/Zurich"))

        with pytest.raises(InvalidNotation, match="more than 32 deep"):
            schema_org.read({"department": hours}, zone="Europe/Zurich")

    @pytest.mark.parametrize("key", ["opens", "closes", "dayOfWeek", "validFrom", "validThrough"])
    @pytest.mark.parametrize("value", [nested(100_000), "0" * 1_000_000, 10**5_000], ids=["deep", "long", "number"])
    def test_any_value(self, key: str, value: Any) -> None:
        """No value is turned into text before it is known what it is."""
        entry = {"dayOfWeek": "Monday", "opens": "08:00", "closes": "12:00", key: value}
        with pytest.raises(InvalidNotation):
            schema_org.read({SPECIFICATION: entry}, zone="Europe/Zurich")

    def test_many_entries(self) -> None:
        """A hundred thousand entries are taken, and rules that lie over each other are not gone through."""
        closed = {"dayOfWeek": "Monday", "opens": "00:00", "closes": "00:00"}
        days = [(date(1900, 1, 1) + timedelta(days=number)).isoformat() for number in range(20_000)]
        answered(
            schema_org.read(
                {SPECIFICATION: [closed | {"validFrom": day, "validThrough": "2100-01-01"} for day in days]}, zone="UTC"
            )
        )

        with pytest.raises(InvalidNotation, match="100000 entries"):
            schema_org.read({SPECIFICATION: [closed] * 100_001}, zone="UTC")
