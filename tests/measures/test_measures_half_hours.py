"""The half-hour table, added up by hand beside; and promises kept."""

from datetime import timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures_kit import NINE, minutes

from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError
from ticontact.measures import (
    Callbacks,
    HandleTime,
    Ratio,
    ServiceLevel,
    WorkRecord,
    callbacks,
    first_contact,
    first_level,
    half_hours,
    no_show,
)
from ticontact.reports import half_hour_csv


def at(number: float) -> pendulum.DateTime:
    """So many minutes after nine."""
    return NINE.add(seconds=round(number * 60))


def call(
    name: str,
    minute: float,
    *,
    waited: float = 0,
    talk: float = 0,
    hold: float = 0,
    outcome: Outcome = Outcome.ANSWERED,
    joined: bool = True,
) -> WorkRecord:
    """A call, by minutes; an answered one has a wrap-up of a minute."""
    answered = outcome is Outcome.ANSWERED
    return WorkRecord(
        item=name,
        queue="general",
        channel="voice",
        offered_at=at(minute),
        entered_at=at(minute) if joined else None,
        answered_at=at(minute + waited) if answered else None,
        left_at=at(minute + waited + talk + hold),
        outcome=outcome,
        talk=minutes(talk),
        hold=minutes(hold),
        wrap_up=minutes(1) if answered else minutes(0),
    )


MORNING = [
    call("a", 1, waited=2, talk=10, hold=2),
    call("b", 5, waited=0.1, outcome=Outcome.ABANDONED_LONG),
    call("c", 6, waited=6, outcome=Outcome.ABANDONED_LONG),
    call("d", 7, outcome=Outcome.ABANDONED_ANNOUNCEMENT, joined=False),
    call("e", 25, waited=0, talk=20),
    call("f", 29.9, waited=0.2, talk=1),
]
COLUMNS = (
    "start,offered,answered,abandoned_short,abandoned_long,abandoned_announcement,longest_wait_seconds,service_level,"
    "talk_seconds,hold_seconds,wrap_up_seconds,handle_seconds,agents,occupancy"
)
"""The names of the columns, as the reference page explains them."""
WITHIN_A_MINUTE = ServiceLevel(within=minutes(1), short=timedelta(seconds=10))


class TestTable:
    """Where each contact and each minute of work belongs."""

    def test_a_morning(self) -> None:
        """Half past nine: nothing came, but the work of two calls went on, and one agent was there for ten minutes."""
        first, second = half_hours(
            MORNING, definition=WITHIN_A_MINUTE, present=[(at(0), at(30)), (at(10), at(40)), (at(0), at(10))]
        )

        assert (first.start, second.start) == (at(0), at(30))
        assert (first.offered, first.answered) == (6, 3)
        assert (first.abandoned_short, first.abandoned_long, first.abandoned_announcement) == (1, 1, 1)
        assert (first.longest_wait, first.service_level) == (minutes(6), Ratio(2, 4))
        assert first.handle_time == HandleTime(talk=minutes(31) / 3, hold=minutes(2) / 3, wrap_up=minutes(1), count=3)
        assert (first.staffed, first.worked, first.agents) == (minutes(60), minutes(18), 2.0)
        assert first.occupancy == 0.3
        assert (second.offered, second.longest_wait, second.service_level) == (0, None, Ratio(0, 0))
        assert (second.staffed, second.worked) == (minutes(10), minutes(16 + 2))

    @pytest.mark.parametrize(("waited", "expected"), [(9, (1, 0)), (10, (0, 1)), (11, (0, 1))], ids=str)
    def test_the_threshold_itself_is_not_short(self, waited: int, expected: tuple[int, int]) -> None:
        """As in the service level."""
        [row] = half_hours(
            [call("a", 1, waited=waited / 60, outcome=Outcome.ABANDONED_LONG)], definition=WITHIN_A_MINUTE
        )

        assert (row.abandoned_short, row.abandoned_long) == expected

    def test_who_gave_up_without_having_joined_has_not_waited(self) -> None:
        """Whoever told the outcome that way: it was short."""
        [row] = half_hours([call("a", 1, outcome=Outcome.ABANDONED_LONG, joined=False)], definition=WITHIN_A_MINUTE)

        assert (row.abandoned_short, row.abandoned_long) == (1, 0)

    def test_nobody_there_is_no_occupancy(self) -> None:
        """Nothing is divided by nothing."""
        [row] = half_hours([call("a", 1)], definition=WITHIN_A_MINUTE)

        assert (row.occupancy, row.agents) == (None, 0.0)

    def test_a_half_hour_in_which_somebody_is_only_there(self) -> None:
        """It is in the table: nobody came."""
        rows = half_hours([], definition=WITHIN_A_MINUTE, present=[(at(45), at(70))])

        assert [(row.start, row.offered, row.staffed) for row in rows] == [
            (at(30), 0, minutes(15)),
            (at(60), 0, minutes(10)),
        ]

    def test_the_zone_is_the_offices(self) -> None:
        """The same instants, told elsewhere."""
        [row] = half_hours([call("a", 1)], definition=WITHIN_A_MINUTE, zone="UTC")

        assert row.start.isoformat() == "2026-03-18T08:00:00+00:00"

    def test_a_shift_that_ends_before_it_begins(self) -> None:
        """It is named by its place."""
        with pytest.raises(ConfigurationError) as refused:
            half_hours([], definition=WITHIN_A_MINUTE, present=[(at(0), at(5)), (at(6), at(5))])

        assert str(refused.value) == "present[1]: it ends before it begins (allowed: begin, end)"

    @given(
        st.lists(
            st.tuples(st.integers(0, 200), st.integers(0, 90), st.integers(0, 90)).map(
                lambda drawn: (drawn[0], drawn[1] / 3, drawn[2] / 3)
            )
        ),
        st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)).map(sorted)),
    )
    def test_nothing_is_lost_between_half_hours(
        self, calls: list[tuple[int, float, float]], shifts: list[list[int]]
    ) -> None:
        """All calls, all work and all presence are somewhere, and once; no half-hour holds more than its agents."""
        records = [
            call(str(number), minute, waited=waited, talk=talk) for number, (minute, waited, talk) in enumerate(calls)
        ]
        rows = half_hours(records, definition=WITHIN_A_MINUTE, present=[(at(start), at(end)) for start, end in shifts])

        assert sum(row.offered for row in rows) == len(records)
        assert sum((row.worked for row in rows), minutes(0)) == sum(
            (record.talk + record.hold + record.wrap_up for record in records), minutes(0)
        )
        assert sum((row.staffed for row in rows), minutes(0)) == minutes(sum(end - start for start, end in shifts))
        assert [row for row in rows if row.staffed > minutes(30) * len(shifts)] == []
        assert [row.start for row in rows] == sorted({row.start for row in rows})


class TestCsv:
    """For a spreadsheet."""

    def test_lines(self) -> None:
        """Empty where there is nothing; one line end as RFC 4180 says."""
        rows = half_hours(MORNING, definition=WITHIN_A_MINUTE, present=[(at(0), at(40))])

        assert half_hour_csv(rows).split("\r\n") == [
            COLUMNS,
            "2026-03-18T09:00:00+01:00,6,3,1,1,1,360,0.5000,620.0,40.0,60.0,720.0,1.00,0.6000",
            "2026-03-18T09:30:00+01:00,0,0,0,0,0,,,,,,,0.33,1.8000",
            "",
        ]

    def test_nothing(self) -> None:
        """The names of the columns."""
        assert half_hour_csv([]) == f"{COLUMNS}\r\n"


class TestCallbacks:
    """Kept, in time, or in vain."""

    @staticmethod
    def callback(name: str, outcome: Outcome, *, answered: float | None = None, due: float | None = None) -> WorkRecord:
        """A callback, by minutes."""
        return WorkRecord(
            item=name,
            queue="callbacks",
            channel="voice",
            offered_at=NINE,
            answered_at=None if answered is None else at(answered),
            left_at=at(50),
            due_at=None if due is None else at(due),
            outcome=outcome,
        )

    def test_kept(self) -> None:
        """At the very minute is in time; one without a time is kept, and neither in time nor late."""
        records = [
            self.callback("in time", Outcome.CALLED_BACK, answered=30, due=30),
            self.callback("late", Outcome.CALLED_BACK, answered=31, due=30),
            self.callback("ended in time", Outcome.CALLED_BACK, due=50),
            self.callback("no time", Outcome.CALLED_BACK, answered=5),
            self.callback("in vain", Outcome.NOT_REACHED, due=60),
            call("another", 1),
        ]

        assert callbacks(records) == Callbacks(kept=Ratio(4, 5), in_time=Ratio(2, 4), not_reached=Ratio(1, 5))

    def test_one_without_an_end_is_not_in_time(self) -> None:
        """Nobody knows when it was."""
        record = WorkRecord(
            item="a", queue="q", channel="voice", offered_at=NINE, due_at=at(5), outcome=Outcome.CALLED_BACK
        )

        assert callbacks([record]).in_time == Ratio(0, 1)

    def test_no_show(self) -> None:
        """Of those who were called; one who gave up waiting was not."""
        records = [
            call("a", 1),
            call("b", 2, outcome=Outcome.NO_SHOW),
            call("c", 3, outcome=Outcome.ABANDONED_LONG),
            call("d", 4),
        ]

        assert no_show(records) == Ratio(1, 3)


class TestFirst:
    """Whether one level, and one contact, was enough."""

    def test_first_level(self) -> None:
        """Not handed over, not sent elsewhere; what goes on is not counted, nor what nobody answered."""
        handed_over = WorkRecord(
            item="h",
            queue="q",
            channel="voice",
            offered_at=NINE,
            answered_at=NINE,
            handed_over_at=at(1),
            left_at=at(2),
            outcome=Outcome.ANSWERED,
        )
        sent = WorkRecord(
            item="s",
            queue="q",
            channel="voice",
            offered_at=NINE,
            answered_at=NINE,
            left_at=at(2),
            outcome=Outcome.TRANSFERRED_OUT,
        )
        going_on = WorkRecord(item="g", queue="q", channel="voice", offered_at=NINE, answered_at=NINE)
        lost = call("lost", 1, outcome=Outcome.ABANDONED_LONG)

        assert first_level([handed_over, sent, going_on, lost, call("a", 1), call("b", 2)]) == Ratio(2, 4)

    @staticmethod
    def about(case: str, day: float, *, outcome: Outcome = Outcome.ANSWERED, is_over: bool = True) -> WorkRecord:
        """A contact about a case on a day, which takes an hour."""
        start = NINE.add(hours=round(day * 24))
        answered = outcome is Outcome.ANSWERED
        return WorkRecord(
            item=f"{case} {day} {outcome.value}",
            queue="q",
            channel="voice",
            offered_at=start,
            answered_at=start if answered else None,
            left_at=start.add(hours=1) if is_over else None,
            outcome=outcome if is_over else None,
            case=case,
        )

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            ([0], Ratio(1, 1)),
            ([0, 3], Ratio(0, 1)),
            ([0, 3, 12], Ratio(1, 2)),
            ([0, 7 + 1 / 24], Ratio(0, 1)),
            ([0, 7 + 2 / 24], Ratio(2, 2)),
            ([0, 12, 13], Ratio(1, 2)),
            ([25], Ratio(0, 0)),
            ([30 - 7 - 1 / 24], Ratio(1, 1)),
            ([30 - 7], Ratio(0, 0)),
        ],
        ids=str,
    )
    def test_first_contact(self, days: list[float], expected: Ratio) -> None:
        """Enough is one after which seven days pass without another; known until the thirtieth day."""
        records = [self.about("x", day) for day in reversed(days)]

        assert first_contact(records, within=timedelta(days=7), known_until=NINE.add(hours=30 * 24)) == expected

    def test_who_asks_again_in_vain_has_asked_again(self) -> None:
        """And what nobody answered, or goes on, or has no case, is not counted itself."""
        records = [
            self.about("x", 0),
            self.about("x", 1, outcome=Outcome.ABANDONED_LONG),
            self.about("y", 0, outcome=Outcome.ABANDONED_LONG),
            self.about("y", 1),
            self.about("z", 0, is_over=False),
            self.about("z", 1),
            self.about("", 0),
            self.about("w", 0),
        ]

        assert first_contact(records, within=timedelta(days=7), known_until=NINE.add(hours=30 * 24)) == Ratio(1, 2)
