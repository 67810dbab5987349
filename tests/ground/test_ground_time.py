"""Instants as integers, zones by name and amounts of time as text."""

import calendar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticontact._time import (
    MICROSECONDS,
    Amount,
    WorkingDays,
    amount_text,
    from_epoch,
    parse_amount,
    seconds_of,
    to_epoch,
    zone_named,
)
from ticontact.errors import ConfigurationError, HoursError, InvalidValue, NaiveTime

ZURICH = ZoneInfo("Europe/Zurich")
HOUR = 3600 * MICROSECONDS
YEARS = range(2015, 2036)

# Within the years that every zone of the database can show, so that no conversion runs over the edge of datetime.
instants = st.datetimes(datetime(1800, 1, 2), datetime(2200, 1, 1), timezones=st.timezones())  # noqa: DTZ001 - zones are added
epochs = st.integers(-5_000_000_000 * MICROSECONDS, 7_000_000_000 * MICROSECONDS)
zones = st.timezone_keys().map(ZoneInfo)


def by_the_calendar(at: datetime) -> int:
    """Microseconds since the epoch by way of the UTC calendar: the independent oracle."""
    utc = at.astimezone(UTC)
    return calendar.timegm(utc.utctimetuple()) * MICROSECONDS + utc.microsecond


def clock_change(year: int, month: int) -> int:
    """The change of the Swiss clock: 01.00 UTC on the last Sunday of the month (Sommerzeitverordnung, art. 2)."""
    last = max(week[calendar.SUNDAY] for week in calendar.monthcalendar(year, month))
    return calendar.timegm((year, month, last, 1, 0, 0)) * MICROSECONDS


class TestToEpoch:
    """The way in: any aware datetime becomes an integer."""

    @given(at=instants)
    def test_agrees_with_the_calendar(self, at: datetime) -> None:
        """Any aware datetime becomes the integer that counting days and seconds in UTC gives."""
        assert to_epoch(at) == by_the_calendar(at)

    @pytest.mark.parametrize(
        "at",
        [
            datetime(2026, 3, 18, 15, 10, tzinfo=UTC),
            datetime(2026, 3, 18, 16, 10, tzinfo=ZURICH),
            pendulum.datetime(2026, 3, 18, 16, 10, tz="Europe/Zurich"),
            pendulum.datetime(2026, 3, 18, 11, 10, tz="America/New_York"),
        ],
        ids=["utc", "zoneinfo", "pendulum", "another-zone"],
    )
    def test_library_and_zone_do_not_matter(self, at: datetime) -> None:
        """One instant is one integer."""
        assert to_epoch(at) == 1_773_846_600 * MICROSECONDS

    def test_naive_datetime_is_refused(self) -> None:
        """Without a zone nobody can say which instant it is; the error names the argument and keeps the value apart."""
        naive = datetime(1931, 3, 18, 16, 10)  # noqa: DTZ001 - what is refused

        with pytest.raises(NaiveTime) as refusal:
            to_epoch(naive, name="since")

        assert refusal.value.given is naive
        assert str(refusal.value) == (
            "since: a datetime without a time zone was given; allowed: an aware datetime, for example"
            " pendulum.datetime(2026, 3, 18, 16, 10, tz='Europe/Zurich')"
        )

    @pytest.mark.parametrize("wrong", ["2026-03-18", 1_773_846_600, None, pendulum.date(2026, 3, 18)])
    def test_anything_else_is_refused(self, wrong: datetime) -> None:
        """What is no datetime is refused by the name of its type alone."""
        with pytest.raises(HoursError, match=f"^at: {type(wrong).__name__} was given") as refusal:
            to_epoch(wrong)

        assert type(refusal.value) is HoursError
        assert refusal.value.given == wrong


class TestFromEpoch:
    """The way out: an integer becomes a pendulum value."""

    @given(instant=epochs, zone=zones)
    def test_instant_survives_the_way_out_and_back(self, instant: int, zone: ZoneInfo) -> None:
        """Shown in any zone, an instant stays the same."""
        assert to_epoch(from_epoch(instant, zone)) == instant

    @given(instant=epochs, zone=zones)
    def test_shows_what_the_standard_library_shows(self, instant: int, zone: ZoneInfo) -> None:
        """Wall clock and pass of a repeated hour are those of plain datetimes, and the value is pendulum's."""
        shown = from_epoch(instant, zone)

        plain = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).astimezone(zone)
        assert shown.replace(tzinfo=None) == plain.replace(tzinfo=None)
        assert (shown.fold, shown.utcoffset()) == (plain.fold, plain.utcoffset())
        assert type(shown) is pendulum.DateTime

    @pytest.mark.parametrize("year", YEARS)
    def test_spring_skips_an_hour(self, year: int) -> None:
        """On the last Sunday of March the clock goes from 02.00 to 03.00, to the microsecond."""
        change = clock_change(year, 3)

        assert from_epoch(change - 1, ZURICH).time().isoformat() == "01:59:59.999999"
        assert from_epoch(change, ZURICH).time().isoformat() == "03:00:00"

    @pytest.mark.parametrize("year", YEARS)
    def test_autumn_repeats_an_hour(self, year: int) -> None:
        """On the last Sunday of October 02.30 comes twice; both passes keep their place."""
        change = clock_change(year, 10)
        first, second = change - HOUR // 2, change + HOUR // 2

        passes = [from_epoch(first, ZURICH), from_epoch(second, ZURICH)]

        assert [shown.time().isoformat() for shown in passes] == ["02:30:00", "02:30:00"]
        assert [shown.fold for shown in passes] == [0, 1]
        assert [to_epoch(shown) for shown in passes] == [first, second]


class TestZoneNamed:
    """Zones by their IANA name."""

    @pytest.mark.parametrize("name", ["Europe/Zurich", "UTC", "Europe/Busingen", "America/New_York"])
    def test_iana_names_are_known(self, name: str) -> None:
        """A zone of the database answers under its own name."""
        assert zone_named(name).key == name

    @pytest.mark.parametrize(
        "name",
        [
            *(
                "Europe/Bellinzona",
                "Europe",
                "",
                "../Europe/Zurich",
                "/etc/localtime",
                "a\0b",
                "a" * 70,
                "Europe/Zürich",
            ),
            *(
                "localtime",
                "posixrules",
                "Factory",
                "right/Europe/Zurich",
                "posix/Europe/Zurich",
                "Europe/../Europe/Rome",
            ),
            *(
                "Europe/./Zurich",
                "Europe//Zurich",
                "Europe/Zurich/",
                "Europe/Zurich\n",
                " UTC",
                "zone.tab",
                "leapseconds",
            ),
            *("tzdata.zi", "../../etc/passwd", "C:/x", "Europe\\Zurich", "-x", "posixrules/x", "localtime/x", None, 5),
        ],
    )
    def test_other_names_are_refused(self, name: object) -> None:
        """A name is a file's name: what is no zone, leads elsewhere, or is the machine's own choice is refused."""
        with pytest.raises(
            HoursError, match="is not in the time-zone database; allowed: a name such as 'Europe/Zurich'"
        ) as refusal:
            zone_named(name)

        assert repr(name) in str(refusal.value)
        assert refusal.value.__context__ is None

    def test_every_zone_of_the_database_is_known(self) -> None:
        """But for the two that say nothing of a place."""
        refused = set()
        for name in available_timezones():
            try:
                zone_named(name)
            except HoursError:
                refused.add(name)

        assert refused <= {"Factory", "localtime"}

    def test_refused_names_are_cut(self) -> None:
        """However long they are."""
        with pytest.raises(HoursError) as refusal:
            zone_named("a/" * 500_000)

        assert len(str(refusal.value)) < 200

    def test_a_zone_is_read_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Also where nobody holds it from one question to the next."""
        read: list[str] = []
        of_pendulum = pendulum.timezone

        def reading(name: str) -> object:
            read.append(name)
            return of_pendulum(name)

        monkeypatch.setattr(pendulum, "timezone", reading)

        for _ in range(3):
            zone_named("Pacific/Chatham")

        assert len(read) <= 1


amounts = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=999_999)).map(lambda amount: timedelta(seconds=seconds_of(amount))),
    st.integers(0, 9999).map(WorkingDays),
)


class TestAmounts:
    """Amounts of time, as text and back."""

    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("90s", timedelta(seconds=90)),
            ("5min", timedelta(minutes=5)),
            ("2h", timedelta(hours=2)),
            ("1h30min", timedelta(minutes=90)),
            ("1h0min5s", timedelta(hours=1, seconds=5)),
            ("0s", timedelta(0)),
            (" 4h ", timedelta(hours=4)),
            ("36h", timedelta(hours=36)),
            ("3 working days", WorkingDays(3)),
            ("1 working day", WorkingDays(1)),
            ("0 working days", WorkingDays(0)),
        ],
    )
    def test_files_state_amounts_in_words(self, text: str, amount: Amount) -> None:
        """Hours, minutes and seconds in this order, or working days."""
        assert parse_amount(text) == amount

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "5",
            "5 min",
            "min",
            "5m",
            "1d",
            "1 day",
            "2w",
            "30min1h",
            "-5min",
            "1.5h",
            "working days",
            "3 Working Days",
            "1234567s",
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        """Days and weeks are refused with the rest, for nobody knows whether they are open time; the path is named."""
        with pytest.raises(ConfigurationError) as refusal:
            parse_amount(text, path="queue[0].target")

        (fault,) = refusal.value.faults
        assert (fault.path, fault.problem) == ("queue[0].target", "not an amount of time")
        assert "'3 working days'" in fault.allowed

    def test_place_has_a_name_of_its_own(self) -> None:
        """Without a path the fault stands at `amount`."""
        with pytest.raises(ConfigurationError, match=r"^amount: not an amount of time \(allowed: '90s', "):
            parse_amount("soon")

    @given(amount=amounts)
    def test_text_reads_back_as_the_same_amount(self, amount: Amount) -> None:
        """Writing and reading are inverse."""
        assert parse_amount(amount_text(amount)) == amount

    @pytest.mark.parametrize(
        ("amount", "text"),
        [
            (timedelta(0), "0s"),
            (timedelta(milliseconds=900), "0s"),
            (timedelta(days=2, minutes=1), "48h1min"),
            (timedelta(seconds=3661), "1h1min1s"),
            (WorkingDays(1), "1 working day"),
            (WorkingDays(10), "10 working days"),
        ],
    )
    def test_text_is_the_shortest_one(self, amount: Amount, text: str) -> None:
        """Units that count nothing are left out, and fractions of a second too."""
        assert amount_text(amount) == text

    @pytest.mark.parametrize(
        ("amount", "seconds"),
        [
            (timedelta(days=1, seconds=1), 86_401),
            (timedelta(microseconds=999_999), 0),
            (timedelta(microseconds=-1), -1),
        ],
    )
    def test_seconds_are_rounded_down(self, amount: timedelta, seconds: int) -> None:
        """A second counts when it is full."""
        assert seconds_of(amount) == seconds

    def test_working_days_are_ordered_and_never_negative(self) -> None:
        """Working days compare by their number; fewer than none is refused."""
        assert WorkingDays(2) < WorkingDays(10)
        with pytest.raises(InvalidValue, match=r"^working_days\.days: int was given .*0 to 36500"):
            WorkingDays(-1)
