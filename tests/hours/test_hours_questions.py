"""The questions to a calendar, one by one."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ticontact._time import to_epoch
from ticontact.errors import HoursError, NaiveTime, NeverOpen
from ticontact.hours import BusinessCalendar, Closed, Open, Season, Stretch, Week
from ticontact.testing import instant

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)


class TestState:
    """Open until when, or closed because of what and until when."""

    @pytest.mark.parametrize(
        ("at", "opening", "until"),
        [
            ("2026-03-18 07:59:59.999999", False, "2026-03-18 08:00"),
            ("2026-03-18 08:00", True, "2026-03-18 12:00"),
            ("2026-03-18 11:59:59.999999", True, "2026-03-18 12:00"),
            ("2026-03-18 12:00", False, "2026-03-18 13:30"),
            ("2026-03-18 13:30", True, "2026-03-18 17:00"),
            ("2026-03-18 17:00", False, "2026-03-20 08:00"),
            ("2026-03-19 10:00", False, "2026-03-20 08:00"),
            ("2026-12-31 11:00", True, "2026-12-31 12:00"),
            ("2026-12-31 12:00", False, "2027-01-04 08:00"),
        ],
    )
    def test_until(self, office: BusinessCalendar, at: str, opening: bool, until: str) -> None:  # noqa: FBT001 - a table
        """The opening instant is open, the closing instant is not; the answer says when that changes."""
        answer = office.state(at=instant(at))

        assert (opening, instant(until)) == (isinstance(answer, Open), answer.until)
        assert opening == office.is_open(at=instant(at))

    def test_matching(self, office: BusinessCalendar) -> None:
        """The answers are made for `match`."""
        match office.state(at=instant("2026-03-19 10:00")):
            case Closed(because=reason, until=opening):
                assert ("San Giuseppe", instant("2026-03-20 08:00")) == (reason.text("it"), opening)

    def test_law(self, office: BusinessCalendar) -> None:
        """A holiday names its law."""
        answer = office.state(at=instant("2026-03-19 10:00"))

        assert isinstance(answer, Closed)
        assert answer.because.source.startswith("RL 10.1.1.1.2 art. 1")
        assert not answer.because.projected

    def test_projected(self, office: BusinessCalendar) -> None:
        """A year that the source does not cover is answered and marked."""
        answer = office.state(at=instant("2031-03-19 10:00"))

        assert isinstance(answer, Closed)
        assert answer.because.projected

    def test_answers_in_the_zone_of_the_calendar(self, office: BusinessCalendar) -> None:
        """Whatever zone a question comes in, the answer is in the calendar's."""
        asked = datetime(2026, 3, 18, 15, 10, tzinfo=UTC)
        answer = office.state(at=asked)

        assert answer.until is not None
        assert (answer.until.timezone_name, answer.until.hour) == ("Europe/Zurich", 17)

    @pytest.mark.parametrize("zone", [UTC, ZoneInfo("Europe/Zurich"), ZoneInfo("Asia/Tokyo")])
    def test_any_aware_datetime(self, office: BusinessCalendar, zone: Any) -> None:
        """Datetimes of every library and zone give the same answer."""
        at = datetime(2026, 3, 18, 15, 10, tzinfo=UTC).astimezone(zone)

        assert office.is_open(at=at)
        assert office.state(at=at) == office.state(at=instant("2026-03-18 16:10"))

    def test_naive(self, office: BusinessCalendar) -> None:
        """A datetime without a zone is refused by every question."""
        naive = datetime(2026, 3, 18, 16, 10)  # noqa: DTZ001 - the fault itself
        for question in (
            lambda: office.is_open(at=naive),
            lambda: office.state(at=naive),
            lambda: office.add(HOUR, at=naive),
            lambda: office.between(naive, naive),
            lambda: office.explain(at=naive),
            lambda: office.days.add(1, at=naive),
        ):
            with pytest.raises(NaiveTime, match="without a time zone"):
                question()

    def test_no_instant(self, office: BusinessCalendar) -> None:
        """What is no datetime is refused, whatever it looks like."""
        text: Any = "2026-03-18"
        day: Any = date(2026, 3, 18)
        with pytest.raises(HoursError, match="str was given"):
            office.is_open(at=text)
        with pytest.raises(HoursError, match="date was given"):
            office.next_opening(at=day)


class TestNeighbours:
    """The openings and closings around an instant."""

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2026-03-18 08:00", ("03-18 13:30", "03-18 12:00", "03-17 13:30", "03-17 17:00")),
            ("2026-03-18 10:00", ("03-18 13:30", "03-18 12:00", "03-18 08:00", "03-17 17:00")),
            ("2026-03-18 12:00", ("03-18 13:30", "03-18 17:00", "03-18 08:00", "03-17 17:00")),
            ("2026-03-18 12:30", ("03-18 13:30", "03-18 17:00", "03-18 08:00", "03-18 12:00")),
            ("2026-03-19 10:00", ("03-20 08:00", "03-20 12:00", "03-18 13:30", "03-18 17:00")),
        ],
    )
    def test_strictly_before_and_after(self, office: BusinessCalendar, at: str, expected: tuple[str, ...]) -> None:
        """Each neighbour lies strictly after, or strictly before, the instant."""
        asked = instant(at)
        found = (
            office.next_opening(at=asked),
            office.next_closing(at=asked),
            office.previous_opening(at=asked),
            office.previous_closing(at=asked),
        )

        assert expected == tuple(f"{each:%m-%d %H:%M}" for each in found if each is not None)

    def test_over_new_year(self) -> None:
        """A shift over New Year is one stretch, though the tables are cut there."""
        night = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Su 20:00-04:00"))
        midnight, before = instant("2026-01-01"), instant("2025-12-31 21:00")

        assert instant("2026-01-01 04:00") == night.next_closing(at=before) == night.next_closing(at=midnight)
        assert instant("2026-01-01 20:00") == night.next_opening(at=before) == night.next_opening(at=midnight)
        assert instant("2025-12-31 20:00") == night.previous_opening(at=midnight)
        assert instant("2025-12-31 04:00") == night.previous_closing(at=midnight)
        assert [(before, instant("2026-01-01 03:00"))] == list(night.intervals(before, instant("2026-01-01 03:00")))

    def test_always(self) -> None:
        """Around the clock nothing closes and nothing opens."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.always())
        at = instant("2026-03-18 16:10")

        assert Open(None) == always.state(at=at)
        assert (
            always.next_opening(at=at),
            always.previous_opening(at=at),
            always.previous_closing(at=at),
        ) == (None, None, None)

    def test_never(self) -> None:
        """A calendar that never opens answers None, and arithmetic names its horizon."""
        never = BusinessCalendar(zone="Europe/Zurich", week=Week.closed())
        at = instant("2026-03-18 16:10")
        answer = never.state(at=at)

        assert answer.until is None
        assert (never.next_closing(at=at), never.previous_closing(at=at)) == (None, None)
        questions: list[Callable[[], object]] = [
            lambda: never.add(HOUR, at=at),
            lambda: never.add(timedelta(0), at=at),
            lambda: never.subtract(HOUR, at=at),
            lambda: never.subtract(timedelta(0), at=at),
            lambda: never.days.add(1, at=at),
            lambda: never.days.previous(date(2026, 1, 1)),
        ]
        for question in questions:
            with pytest.raises(NeverOpen, match="horizon") as caught:
                question()
            assert timedelta(days=1826) == caught.value.horizon


class TestTheHorizon:
    """How long a closed stretch may be before a search gives up."""

    @pytest.fixture
    def far_apart(self) -> BusinessCalendar:
        """Open on a Monday of 2020, and then not before the Mondays of 2027."""
        return BusinessCalendar(
            zone="Europe/Zurich",
            week=Week.closed(),
            seasons=[
                Season(date(2020, 1, 6), date(2020, 1, 6), week=Week.parse("Mo 08:00-09:00")),
                Season(date(2027, 1, 1), date(2027, 12, 31), week=Week.parse("Mo 08:00-09:00")),
            ],
        )

    def test_beyond_it(self, far_apart: BusinessCalendar) -> None:
        """An opening seven years away lies beyond five years, in both directions."""
        first, second = instant("2020-01-06 08:30"), instant("2027-01-04 08:30")

        assert far_apart.next_opening(at=first) is None
        assert far_apart.previous_closing(at=second) is None
        with pytest.raises(NeverOpen):
            far_apart.add(HOUR, at=first)
        with pytest.raises(NeverOpen):
            far_apart.subtract(HOUR, at=second)

    def test_within_it(self, far_apart: BusinessCalendar) -> None:
        """From within five years it is found, over years without any hour."""
        assert instant("2027-01-04 09:00") == far_apart.add(HOUR, at=instant("2022-06-01"))
        assert instant("2020-01-06 08:00") == far_apart.subtract(HOUR, at=instant("2024-06-01"))

    def test_gap_that_ends_in_the_next_year(self) -> None:
        """The horizon is exact: a gap is measured from where the last open time ended."""
        calendar = BusinessCalendar(
            zone="Europe/Zurich",
            week=Week.closed(),
            seasons=[
                Season(date(2024, 3, 4), date(2024, 3, 4), week=Week.parse("Mo 08:00-09:00")),
                Season(date(2025, 12, 1), date(2025, 12, 1), week=Week.parse("Mo 08:00-09:00")),
            ],
            horizon=timedelta(days=366),
        )
        with pytest.raises(NeverOpen):
            calendar.add(HOUR, at=instant("2024-03-04 08:30"))
        with pytest.raises(NeverOpen):
            calendar.subtract(HOUR, at=instant("2025-12-01 08:30"))

    def test_exactly_as_long(self) -> None:
        """A gap that is exactly as long as the horizon is still crossed, in both directions."""
        calendar = BusinessCalendar(
            zone="UTC",
            week=Week.closed(),
            seasons=[
                Season(date(2024, 1, 1), date(2024, 1, 1), week=Week.parse("Mo 08:00-09:00")),
                Season(date(2025, 1, 1), date(2025, 1, 1), week=Week.parse("We 09:00-10:00")),
            ],
            horizon=timedelta(days=366),
        )
        closing, opening = instant("2024-01-01 09:00", zone="UTC"), instant("2025-01-01 09:00", zone="UTC")
        half = HOUR / 2

        assert opening == calendar.next_opening(at=closing)
        assert closing == calendar.previous_closing(at=opening)
        assert opening + half == calendar.add(HOUR, at=closing - half)
        assert closing - half == calendar.subtract(HOUR, at=opening + half)
        assert calendar.next_opening(at=closing - MICROSECOND) is None
        assert calendar.previous_closing(at=opening + MICROSECOND) is None

    def test_walks_end(self, far_apart: BusinessCalendar) -> None:
        """A walk over stretches ends where nothing opens within the horizon."""
        assert [(instant("2020-01-06 08:30"), instant("2020-01-06 09:00"))] == list(
            far_apart.upcoming(at=instant("2020-01-06 08:30"))
        )
        assert list(far_apart.past(at=instant("2020-01-06 08:00"))) == []

    def test_walks_cut_what_never_closes(self) -> None:
        """A stretch without an end is cut at the horizon, and the walk ends with it."""
        always = BusinessCalendar(zone="UTC", week=Week.always(), horizon=timedelta(days=366))
        at = instant("2026-01-01", zone="UTC")

        assert [(at, instant("2027-01-02", zone="UTC"))] == list(always.upcoming(at=at))
        assert [(instant("2024-12-31", zone="UTC"), at)] == list(always.past(at=at))

    def test_the_ends_of_time(self) -> None:
        """At the last year that can be computed a search ends like anywhere else."""
        office = BusinessCalendar(zone="UTC", week=Week.parse("Mo 08:00-09:00"))

        assert office.next_opening(at=instant("9997-12-31", zone="UTC")) is None
        assert office.previous_closing(at=instant("0002-01-02", zone="UTC")) is None
        with pytest.raises(NeverOpen):
            office.add(HOUR, at=instant("9997-12-31", zone="UTC"))
        with pytest.raises(NeverOpen):
            office.subtract(HOUR, at=instant("0002-01-02", zone="UTC"))


class TestArithmetic:
    """Adding, subtracting and measuring open time."""

    @pytest.mark.parametrize(
        ("at", "hours", "closing", "next_opening"),
        [
            ("2026-03-18 16:10", 4, "2026-03-20 11:10", "2026-03-20 11:10"),
            ("2026-03-18 16:00", 1, "2026-03-18 17:00", "2026-03-20 08:00"),
            ("2026-03-18 11:00", 1, "2026-03-18 12:00", "2026-03-18 13:30"),
            ("2026-03-18 12:00", 0, "2026-03-18 13:30", "2026-03-18 13:30"),
            ("2026-03-18 11:00", 0, "2026-03-18 11:00", "2026-03-18 11:00"),
            ("2026-12-31 11:00", 2, "2027-01-04 09:00", "2027-01-04 09:00"),
        ],
    )
    def test_add(self, office: BusinessCalendar, at: str, hours: int, closing: str, next_opening: str) -> None:
        """Open time used up at a closing lands on it, or on the next opening where that is asked for."""
        asked, amount = instant(at), timedelta(hours=hours)

        assert instant(closing) == office.add(amount, at=asked)
        assert instant(next_opening) == office.add(amount, at=asked, landing="next_opening")

    @pytest.mark.parametrize(
        ("at", "hours", "opening", "previous_closing"),
        [
            ("2026-03-20 11:10", 4, "2026-03-18 16:10", "2026-03-18 16:10"),
            ("2026-03-20 09:00", 1, "2026-03-20 08:00", "2026-03-18 17:00"),
            ("2026-03-18 13:30", 0, "2026-03-18 12:00", "2026-03-18 12:00"),
            ("2026-03-18 12:00", 0, "2026-03-18 12:00", "2026-03-18 12:00"),
            ("2027-01-04 09:00", 2, "2026-12-31 11:00", "2026-12-31 11:00"),
        ],
    )
    def test_subtract(self, office: BusinessCalendar, at: str, hours: int, opening: str, previous_closing: str) -> None:
        """Backward is the mirror image: what is used up at an opening lands on it."""
        asked, amount = instant(at), timedelta(hours=hours)

        assert instant(opening) == office.subtract(amount, at=asked)
        assert instant(previous_closing) == office.subtract(amount, at=asked, landing="previous_closing")

    def test_to_the_microsecond(self, office: BusinessCalendar) -> None:
        """Nothing is rounded."""
        at = instant("2026-03-18 11:59:59.999999")
        due = office.add(2 * MICROSECOND, at=at)

        assert instant("2026-03-18 13:30:00.000001") == due
        assert office.between(at, due) == 2 * MICROSECOND

    @pytest.mark.parametrize("verb", ["add", "subtract"])
    def test_negative(self, office: BusinessCalendar, verb: str) -> None:
        """A negative amount is refused with the name of the other verb."""
        with pytest.raises(HoursError, match="subtract" if verb == "add" else "add"):
            getattr(office, verb)(-HOUR, at=instant("2026-03-18 11:00"))

    def test_between(self, office: BusinessCalendar) -> None:
        """Open time between two instants is signed."""
        start, end = instant("2026-03-18 11:00"), instant("2026-03-18 14:30")

        assert (office.between(start, end), office.between(end, start)) == (2 * HOUR, -2 * HOUR)

    @pytest.mark.parametrize(
        ("start", "end", "hours"),
        [("2015-01-01", "2026-01-01", 11), ("2014-06-01", "2031-06-01", 17), ("2026-01-01", "2025-01-01", -1)],
    )
    def test_between_years(self, start: str, end: str, hours: int) -> None:
        """The years between are summed once; the order in which they are asked for does not matter."""
        yearly = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo 00:00-01:00")) & BusinessCalendar(
            zone="Europe/Zurich", week=Week.always()
        )
        mondays = sum(1 for _ in yearly.intervals(*sorted([instant(start), instant(end)])))
        found = yearly.between(instant(start), instant(end))

        assert HOUR * mondays * (1 if hours > 0 else -1) == found
        assert HOUR * (len(list(yearly.intervals(instant("2010-01-01"), instant("2011-01-01"))))) == yearly.between(
            instant("2010-01-01"), instant("2011-01-01")
        )


class TestStretches:
    """The open time as a row of stretches."""

    def test_upcoming_is_lazy(self, office: BusinessCalendar) -> None:
        """A walk is computed as it is asked for, the first stretch cut at the instant."""
        found = list(islice(office.upcoming(at=instant("2026-03-18 16:10")), 2))

        assert [
            (instant("2026-03-18 16:10"), instant("2026-03-18 17:00")),
            (instant("2026-03-20 08:00"), instant("2026-03-20 12:00")),
        ] == found

    def test_past(self, office: BusinessCalendar) -> None:
        """Backward the latest comes first, cut at the instant."""
        found = list(islice(office.past(at=instant("2026-03-20 09:00")), 2))

        assert [
            (instant("2026-03-20 08:00"), instant("2026-03-20 09:00")),
            (instant("2026-03-18 13:30"), instant("2026-03-18 17:00")),
        ] == found

    @pytest.mark.parametrize(("start", "end"), [("2026-03-18 12:00", "2026-03-18 13:30"), ("2026-03-19", "2026-03-18")])
    def test_none(self, office: BusinessCalendar, start: str, end: str) -> None:
        """A span without open time, or one that ends before it starts, has no stretches."""
        assert list(office.intervals(instant(start), instant(end))) == []

    def test_pickled(self) -> None:
        """A stretch that ends in the repeated hour survives pickling, with the same instants."""
        nightly = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Su 00:00-02:30"))
        (stretch,) = nightly.windows(date(2025, 10, 26))
        twins = [pickle.loads(pickle.dumps(stretch)), copy.deepcopy(stretch)]  # noqa: S301 - our own bytes

        assert stretch.closing.fold == 1
        for twin in twins:
            assert isinstance(twin, Stretch)
            assert twin == stretch
            assert [to_epoch(moment) for moment in twin] == [to_epoch(moment) for moment in stretch]

    def test_windows_of_a_night(self, night_desk: BusinessCalendar) -> None:
        """The windows of a date are those that begin on it."""
        assert ((instant("2026-03-19 22:00"), instant("2026-03-20 06:00")),) == night_desk.windows(date(2026, 3, 19))
        assert night_desk.windows(date(2026, 3, 22)) == ()


class TestValue:
    """A calendar is a value."""

    def test_equality(self, office: BusinessCalendar) -> None:
        """Calendars are equal by their rules, not by what they have computed."""
        twin = pickle.loads(pickle.dumps(office))  # noqa: S301 - our own bytes
        twin.is_open(at=instant("2026-03-18 16:10"))

        assert office == twin == copy.deepcopy(office)
        assert hash(office) == hash(twin)
        assert office != office.named("counter")

    def test_repr(self, office: BusinessCalendar, busy: BusinessCalendar) -> None:
        """Its repr is one line that tells calendars apart."""
        assert (
            repr(office.named("counter"))
            == "<BusinessCalendar 'counter' Mo-Fr 08:00-12:00,13:30-17:00, holidays TI administration in Europe/Zurich>"
        )
        assert "10 rules for dates" in repr(busy)

    def test_pickled_answers_keep_their_pass(self) -> None:
        """An answer of the repeated hour survives pickling, which pendulum values alone do not."""
        nightly = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Su 00:00-02:30"))
        open_until = nightly.state(at=instant("2025-10-26 01:00"))
        closed_until = (BusinessCalendar(zone="Europe/Zurich", week=Week.always()) - nightly).state(
            at=instant("2025-10-26 01:00")
        )

        for answer in (open_until, closed_until):
            twin = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own bytes
            assert answer == twin
            assert answer.until is not None
            assert twin.until is not None
            assert to_epoch(answer.until) == to_epoch(twin.until)
            assert twin.until.fold == 1
        assert Open(None) == pickle.loads(pickle.dumps(Open(None)))  # noqa: S301 - our own bytes


class TestEpochs:
    """The same questions on integers."""

    def test_agree_with_the_questions_on_datetimes(self, office: BusinessCalendar) -> None:
        """Instants as integers give the same answers."""
        at, later = instant("2026-03-18 16:10"), instant("2026-03-20 11:10")
        one, other = to_epoch(at), to_epoch(later)

        assert office.are_open_epochs([one, to_epoch(instant("2026-03-19 10:00"))]) == [True, False]
        assert office.between_epochs([(one, other), (one, one)]) == [14_400_000_000, 0]
        assert [other] == office.add_epochs(14_400_000_000, [one])
        assert office.is_open_epoch(one)

    def test_refuse_negative_amounts(self, office: BusinessCalendar) -> None:
        """Negative amounts are refused there too."""
        with pytest.raises(HoursError, match="negative"):
            office.add_epochs(-1, [0])
