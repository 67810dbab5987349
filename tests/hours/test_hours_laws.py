"""Laws that hold for every calendar and every instant."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ticontact._time import from_epoch, to_epoch, zone_named
from ticontact.errors import NeverOpen
from ticontact.hours import Break, BusinessCalendar, Canton, Closure, DayOverride, Season, TimeWindow, Week, swiss

MICROSECOND = timedelta(microseconds=1)

FEW = settings(max_examples=25)  # each example compiles some years of one calendar or more

instants = st.integers(0, 3 * 365 * 86_400 * 1_000_000).map(
    lambda count: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(microseconds=count)
)
near_changes = st.builds(
    lambda day, seconds, micro: day + timedelta(seconds=seconds, microseconds=micro),
    st.sampled_from([datetime(2025, month, day, tzinfo=UTC) for month, day in ((3, 29), (10, 25), (12, 31))]),
    st.integers(0, 2 * 86_400),
    st.integers(0, 999_999),
)
moments = instants | near_changes
amounts = st.timedeltas(timedelta(0), timedelta(days=40))
days = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@st.composite
def windows(draw: st.DrawFn) -> tuple[TimeWindow, ...]:
    """Some windows of a day that do not overlap."""
    edges = sorted(draw(st.lists(st.integers(0, 26 * 4), min_size=0, max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(TimeWindow(start * 900, end * 900) for start, end in pairs)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """A standing week with at least one window and none over midnight into another one."""
    drawn = [tuple(window for window in draw(windows()) if window.end <= 24 * 3600) for _ in range(7)]
    assume(any(drawn))
    return Week.of(drawn)


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    """A calendar with rules of every kind."""
    starts = st.tuples(days, st.integers(0, 20))
    overrides = draw(st.dictionaries(days, windows(), max_size=3))
    return BusinessCalendar(
        zone=draw(st.sampled_from(["Europe/Zurich", "America/New_York", "Asia/Kathmandu", "UTC"])),
        week=draw(weeks()),
        holidays=draw(st.sampled_from([None, swiss.administration(Canton.TI), swiss.holidays(Canton.SO)])),
        closures=[Closure(day, day + timedelta(days=more)) for day, more in draw(st.lists(starts, max_size=3))],
        overrides=[DayOverride(day, found) for day, found in overrides.items()],
        breaks=[Break(day, found) for day, found in draw(st.lists(st.tuples(days, windows()), max_size=3))],
        seasons=[
            Season(day, day + timedelta(days=more), week=draw(weeks()))
            for day, more in draw(st.lists(starts, max_size=2))
        ],
    )


class TestInverse:
    """Adding, subtracting and measuring undo each other."""

    @FEW
    @given(calendars(), moments, amounts)
    def test_between_what_was_added(self, calendar: BusinessCalendar, at: datetime, amount: timedelta) -> None:
        """The open time between an instant and what was added to it is the amount, to the microsecond."""
        assert amount == calendar.between(at, calendar.add(amount, at=at))

    @FEW
    @given(calendars(), moments, amounts)
    def test_between_what_was_subtracted(self, calendar: BusinessCalendar, at: datetime, amount: timedelta) -> None:
        """The same backward."""
        assert amount == calendar.between(calendar.subtract(amount, at=at), at)

    @FEW
    @given(calendars(), moments, amounts)
    def test_landing_is_open_just_before(self, calendar: BusinessCalendar, at: datetime, amount: timedelta) -> None:
        """An amount ends inside open time or at a closing, never later."""
        assume(amount > timedelta(0))
        due = calendar.add(amount, at=at)

        assert calendar.is_open(at=due - MICROSECOND)
        assert calendar.is_open(at=calendar.add(amount, at=at, landing="next_opening"))

    @FEW
    @given(calendars(), moments, moments, moments)
    def test_between_adds_up(self, calendar: BusinessCalendar, a: datetime, b: datetime, c: datetime) -> None:
        """Open time is additive and changes its sign with its direction."""
        assert calendar.between(a, c) == calendar.between(a, b) + calendar.between(b, c)
        assert calendar.between(b, a) == -calendar.between(a, b)

    @FEW
    @given(calendars(), moments, amounts, amounts)
    def test_monotony(self, calendar: BusinessCalendar, at: datetime, one: timedelta, other: timedelta) -> None:
        """More is later."""
        less, more = sorted([one, other])

        assert to_epoch(calendar.add(less, at=at)) <= to_epoch(calendar.add(more, at=at))


class TestAgreement:
    """The questions agree with each other."""

    @FEW
    @given(calendars(), moments)
    def test_state_and_neighbours(self, calendar: BusinessCalendar, at: datetime) -> None:
        """Between an instant and its next change nothing changes."""
        until = calendar.state(at=at).until

        assert until is not None
        elapsed = timedelta(microseconds=to_epoch(until) - to_epoch(at))
        assert calendar.is_open(at=at) is calendar.is_open(at=until - MICROSECOND)
        assert calendar.is_open(at=at) is not calendar.is_open(at=until)
        assert calendar.between(at, until) == (elapsed if calendar.is_open(at=at) else timedelta(0))

    @FEW
    @given(calendars(), moments, moments)
    def test_intervals_sum_up(self, calendar: BusinessCalendar, one: datetime, other: datetime) -> None:
        """The stretches between two instants are as long as the open time between them."""
        start, end = sorted([one, min(other, one + timedelta(days=60))])
        found = list(calendar.intervals(start, end))

        assert calendar.between(start, end) == sum(
            (timedelta(microseconds=to_epoch(b) - to_epoch(a)) for a, b in found), timedelta(0)
        )
        assert all(calendar.is_open(at=opening) and not calendar.is_open(at=closing) for opening, closing in found[:-1])

    @FEW
    @given(calendars(), moments)
    def test_both_tables(self, calendar: BusinessCalendar, at: datetime) -> None:
        """The table by local date and the table by instant give the same answers."""
        local = from_epoch(to_epoch(at), zone_named(calendar.zone))
        calendar.is_open(at=at)  # compiles the year

        assert calendar.is_open(at=local) is calendar.is_open_epoch(to_epoch(at))
        assert calendar.timeline.instant(local) == to_epoch(at)

    @FEW
    @given(calendars(), days)
    def test_windows_are_open(self, calendar: BusinessCalendar, day: date) -> None:
        """What begins on a date is open from its opening to its closing."""
        for opening, closing in calendar.windows(day):
            assert calendar.is_open(at=opening)
            assert calendar.is_open(at=closing - MICROSECOND)

    @FEW
    @given(calendars(), moments)
    def test_reasons_are_known(self, calendar: BusinessCalendar, at: datetime) -> None:
        """Every instant has a reason, in every language."""
        explained = calendar.explain(at=at)

        assert all(explained.text(language, form="spoken") for language in ("it", "de", "fr", "rm", "en"))
        assert explained.because.id


class TestAlgebra:
    """Sets of instants."""

    @FEW
    @given(calendars(), calendars(), moments)
    def test_instants(self, a: BusinessCalendar, b: BusinessCalendar, at: datetime) -> None:
        """A combination is open where its definition says so, also across zones."""
        ours, theirs = a.is_open(at=at), b.is_open(at=at)

        assert (ours and theirs, ours or theirs, ours and not theirs) == (
            (a & b).is_open(at=at),
            (a | b).is_open(at=at),
            (a - b).is_open(at=at),
        )

    @FEW
    @given(calendars(), calendars(), moments, moments)
    def test_inclusion_and_exclusion(
        self, a: BusinessCalendar, b: BusinessCalendar, at: datetime, to: datetime
    ) -> None:
        """What is open in one or both is the sum of both less what they share."""
        assert (a | b).between(at, to) == a.between(at, to) + b.between(at, to) - (a & b).between(at, to)
        assert (a - b).between(at, to) == a.between(at, to) - (a & b).between(at, to)

    @FEW
    @given(calendars(), moments)
    def test_with_itself(self, a: BusinessCalendar, at: datetime) -> None:
        """With itself a calendar stays, or vanishes."""
        assert a.is_open(at=at) == (a & a).is_open(at=at) == (a | a).is_open(at=at)
        assert not (a - a).is_open(at=at)

    @FEW
    @given(calendars(), calendars(), calendars(), moments)
    def test_distribution(self, a: BusinessCalendar, b: BusinessCalendar, c: BusinessCalendar, at: datetime) -> None:
        """Both distributes over either."""
        assert (a & (b | c)).is_open(at=at) == ((a & b) | (a & c)).is_open(at=at)

    @FEW
    @given(calendars(), calendars(), moments, amounts)
    def test_arithmetic(self, a: BusinessCalendar, b: BusinessCalendar, at: datetime, amount: timedelta) -> None:
        """Arithmetic on a combination keeps the law of the inverse, or says that it never opens."""
        for combined in (a & b, a | b, a - b):
            try:
                due = combined.add(amount, at=at)
            except NeverOpen:
                continue
            assert amount == combined.between(at, due)
