"""Service-level clocks: when they start, pause, stop, and what they owe."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tickets_office import HOUR, NEVER, OFFICE, epoch

from ticontact.contacts import ContactRef, Direction, HandOver
from ticontact.errors import BrokenHistory, ConfigurationError, InvalidValue, NaiveTime, NeverOpen
from ticontact.hours import BusinessCalendar, Closure, DayOverride, Week
from ticontact.i18n import LANGUAGES
from ticontact.priority import Priority
from ticontact.testing import instant
from ticontact.tickets import Category, shipped
from ticontact.tickets.commands import Assign, OpenTicket, Receive
from ticontact.tickets.events import (
    Assigned,
    HandedOver,
    Merged,
    Noted,
    Opened,
    Prioritised,
    Received,
    Replied,
    Tagged,
    TicketEvent,
    Transitioned,
)
from ticontact.tickets.sla import Clock, ClockPhase, SlaMetric, SlaPolicy, Target, check_policies, clocks, working_days

EMAIL = ContactRef("c-1", "email", direction=Direction.INBOUND)

ZONES = ("Europe/Zurich", "Asia/Tokyo")
STATES = {
    "new": Category.NEW,
    "open": Category.OPEN,
    "pending": Category.PENDING,
    "authority": Category.ON_HOLD,
    "solved": Category.SOLVED,
    "closed": Category.CLOSED,
}


def history(*steps: tuple[str, str]) -> tuple[TicketEvent, ...]:
    """A history on 18 March 2026 and after, told as pairs of a time and a word.

    A time is `09:00`, or `19 09:00` for another day of the month. A word is a state, `citizen`, `reply`, `robot`
    (an automatic answer), `update` (a public note), `note`, `urgent`, `merged`; the first opens the ticket in a state.
    """
    return tuple(step(version, epoch(moment(when)), word) for version, (when, word) in enumerate(steps, start=1))


def step(version: int, at: int, word: str) -> TicketEvent:
    """The event of a word."""
    common: dict[str, Any] = {"ticket": "t", "version": version, "instant": at}
    if word in STATES:
        moved: dict[str, Any] = {"state": word, "category": STATES[word]}
        return Opened(**common, **moved) if version == 1 else Transitioned(**common, trigger="go", **moved)
    kinds: dict[str, tuple[type[TicketEvent], dict[str, Any]]] = {
        "citizen": (Received, {"contact": EMAIL, "since": at}),
        "robot mail": (Received, {"contact": EMAIL, "since": at, "automatic": True}),
        "reply": (Replied, {}),
        "robot": (Replied, {"automatic": True}),
        "update": (Noted, {"text": "news", "public": True}),
        "note": (Noted, {"text": "news"}),
        "urgent": (Prioritised, {"priority": Priority.URGENT}),
        "normal": (Prioritised, {"priority": Priority.NORMAL}),
        "merged": (Merged, {"into": "t-2"}),
        "owner": (Assigned, {"owner": "ivo"}),
        "nobody": (Assigned, {"owner": ""}),
        "official": (HandedOver, {"hand_over": HandOver(None, "renewal"), "to": "ivo"}),
        "some official": (HandedOver, {"hand_over": HandOver(None, "renewal")}),
    }
    kind, fields = kinds[word]
    return kind(**common, **fields)


def moment(when: str) -> Any:
    """The instant of `09:00` or `19 09:00`, in March 2026."""
    day, _, clock = when.rpartition(" ")
    return instant(f"2026-03-{day or '18'} {clock}")


def ask(events: Sequence[TicketEvent], target: Target, asked: str, **others: Any) -> Clock:
    """The clock of one target."""
    (clock,) = clocks(
        events, [SlaPolicy("citizens", [target], **others)], calendars={"office": OFFICE}, at=moment(asked)
    )
    return clock


def shown(at: Any) -> str | None:
    """An answer as `18 09:00`."""
    return None if at is None else f"{at.in_timezone('Europe/Zurich'):%d %H:%M}"


FIRST = Target(SlaMetric.FIRST_RESPONSE, 2 * HOUR)
NEXT = Target(SlaMetric.NEXT_RESPONSE, 2 * HOUR)
UPDATE = Target(SlaMetric.PERIODIC_UPDATE, 2 * HOUR)
SOLVED = Target(SlaMetric.RESOLUTION, 4 * HOUR)
OPENED, ASKED = ("09:00", "new"), ("09:00", "citizen")


class TestPhases:
    """Not started, running, paused, stopped: apart from met and breached."""

    @pytest.mark.parametrize(
        ("target", "steps", "when", "phase", "due", "verdict"),
        [
            (FIRST, [OPENED, ASKED], "10:00", "running", "18 11:00", ""),
            (FIRST, [OPENED, ASKED], "11:00", "running", "18 11:00", ""),
            (FIRST, [OPENED, ASKED], "11:01", "running", "18 11:00", "breached"),
            (FIRST, [OPENED, ASKED, ("10:00", "reply")], "12:00", "stopped", None, "met"),
            (FIRST, [OPENED, ASKED, ("11:00", "reply")], "12:00", "stopped", None, "met"),
            (FIRST, [OPENED, ASKED, ("11:01", "reply")], "12:00", "stopped", None, "breached"),
            (FIRST, [OPENED, ASKED, ("10:00", "robot")], "10:30", "running", "18 11:00", ""),
            (FIRST, [OPENED, ASKED, ("10:00", "update")], "10:30", "running", "18 11:00", ""),
            (FIRST, [OPENED], "12:00", "not_started", None, ""),
            (FIRST, [OPENED, ("09:30", "robot mail")], "12:00", "not_started", None, ""),
            (FIRST, [OPENED, ("09:30", "reply")], "12:00", "not_started", None, ""),
            (FIRST, [OPENED, ("09:30", "reply"), ("10:00", "citizen")], "10:30", "running", "18 12:00", ""),
            (FIRST, [OPENED, ASKED, ("09:30", "pending")], "10:00", "paused", None, ""),
            (FIRST, [OPENED, ASKED, ("09:30", "pending"), ("15:00", "open")], "15:30", "running", "18 16:30", ""),
            (FIRST, [OPENED, ASKED, ("11:30", "pending")], "12:00", "paused", None, "breached"),
            (FIRST, [OPENED, ASKED, ("09:30", "authority")], "10:00", "running", "18 11:00", ""),
            (FIRST, [OPENED, ASKED, ("09:00", "reply"), ("09:00", "pending")], "09:00", "stopped", None, "met"),
            (NEXT, [OPENED, ASKED], "10:00", "running", "18 11:00", ""),
            (NEXT, [OPENED, ASKED, ("09:30", "citizen")], "10:00", "running", "18 11:00", ""),
            (NEXT, [OPENED, ASKED, ("09:30", "reply")], "10:00", "stopped", None, "met"),
            (NEXT, [OPENED, ASKED, ("09:30", "reply"), ("10:00", "citizen")], "10:30", "running", "18 12:00", ""),
            (NEXT, [OPENED], "10:00", "not_started", None, ""),
            (UPDATE, [OPENED, ASKED], "10:00", "not_started", None, ""),
            (UPDATE, [OPENED, ASKED, ("09:30", "reply")], "10:00", "running", "18 11:30", ""),
            (UPDATE, [OPENED, ASKED, ("09:30", "reply"), ("10:00", "update")], "10:30", "running", "18 12:00", ""),
            (UPDATE, [OPENED, ASKED, ("09:30", "reply"), ("10:00", "note")], "10:30", "running", "18 11:30", ""),
            (UPDATE, [OPENED, ("09:30", "reply"), ("10:00", "solved")], "10:30", "stopped", None, "met"),
            (
                UPDATE,
                [OPENED, ("09:30", "reply"), ("10:00", "solved"), ("10:30", "reply")],
                "11:00",
                "stopped",
                None,
                "met",
            ),
            (
                UPDATE,
                [OPENED, ("09:30", "reply"), ("10:00", "solved"), ("11:00", "open")],
                "11:30",
                "running",
                "18 13:00",
                "",
            ),
            (SOLVED, [OPENED, ASKED], "10:00", "running", "18 13:00", ""),
            (SOLVED, [OPENED], "10:00", "running", "18 13:00", ""),
            (SOLVED, [OPENED, ("10:00", "solved")], "11:00", "stopped", None, "met"),
            (SOLVED, [OPENED, ("10:00", "solved"), ("12:00", "closed")], "23:00", "stopped", None, "met"),
            (SOLVED, [OPENED, ("13:01", "solved")], "23:00", "stopped", None, "breached"),
            (SOLVED, [OPENED, ("10:00", "solved"), ("15:00", "open")], "15:30", "running", "18 18:00", ""),
        ],
    )
    def test_table(
        self, *, target: Target, steps: list[tuple[str, str]], when: str, phase: str, due: str | None, verdict: str
    ) -> None:
        """The phase, the due instant while it runs, and the verdict; at the due instant it is met."""
        clock = ask(history(*steps), target, when)
        actual = "breached" if clock.breached else "met" if clock.met else ""

        assert (phase, due, verdict) == (clock.phase.value, shown(clock.due), actual)
        assert clock.running is (phase == "running")

    def test_half_past_is_asked_of_the_past(self) -> None:
        """What happens later is not looked at."""
        events = history(OPENED, ASKED, ("10:00", "reply"))

        assert ask(events, FIRST, "09:59") == ask(events[:2], FIRST, "09:59")

    def test_before_its_opening_there_is_nothing(self) -> None:
        """No ticket, no clock."""
        assert clocks(history(OPENED), [SlaPolicy("p", [SOLVED])], at=moment("08:59")) == ()

    def test_merged_ticket_has_no_clocks(self) -> None:
        """They go on in the other one."""
        events = history(OPENED, ASKED, ("10:00", "merged"))

        assert clocks(events, [SlaPolicy("p", [SOLVED])], at=moment("10:00")) == ()
        assert len(clocks(events, [SlaPolicy("p", [SOLVED])], at=moment("09:59"))) == 1


class TestArrival:
    """The clock starts when the citizen reached the office, whoever recorded it when."""

    def test_call_enters_the_queue_before_it_is_recorded(self) -> None:
        """A call that waited twenty seconds has used twenty seconds."""
        opened, received = history(OPENED, ASKED)
        assert isinstance(received, Received)
        early = attrs.evolve(received, since=received.instant - 20_000_000)

        assert ask([opened, early], FIRST, "09:00").elapsed == timedelta(seconds=20)
        assert ask([opened, early], SOLVED, "09:00").elapsed == timedelta(seconds=20)

    def test_letter_counts_from_the_day_of_its_stamp(self) -> None:
        """The whole open time of that day counts; in time as it passes, from midnight."""
        opened, received = history(("19 09:00", "new"), ("19 09:00", "citizen"))
        assert isinstance(received, Received)
        letter = ContactRef("l", "post", direction=Direction.INBOUND, received=moment("09:00").date())
        stamped = [opened, attrs.evolve(received, contact=letter)]

        assert (
            shown(ask(stamped, Target(SlaMetric.FIRST_RESPONSE, HOUR, calendar="office"), "19 09:00").due) == "18 09:00"
        )
        assert shown(ask(stamped, FIRST, "19 09:00").due) == "18 02:00"
        assert shown(ask(stamped, NEXT, "19 09:00").due) == "18 02:00"
        assert ask(stamped, Target(SlaMetric.TOTAL), "19 09:00").elapsed == 33 * HOUR

    def test_second_letter_counts_from_its_day_too(self) -> None:
        """Where the first response is promised, and given."""
        policy = SlaPolicy("p", [FIRST, NEXT])
        events = history(OPENED, ASKED, ("10:00", "reply"), ("20 09:00", "citizen"))
        last = events[-1]
        assert isinstance(last, Received)
        letter = ContactRef("l", "post", direction=Direction.INBOUND, received=moment("19 00:00").date())
        found = clocks([*events[:3], attrs.evolve(last, contact=letter)], [policy], at=moment("20 09:00"))

        assert [shown(clock.start) for clock in found] == ["18 09:00", "19 00:00"]

    def test_next_response_waits_for_the_first(self) -> None:
        """Where the policy promises a first response, the first message opens no cycle of the next one."""
        policy = SlaPolicy("p", [FIRST, NEXT])
        first, following = clocks(history(OPENED, ASKED), [policy], at=moment("10:00"))

        assert (first.phase, following.phase) == (ClockPhase.RUNNING, ClockPhase.NOT_STARTED)

    def test_cycles_are_all_reported(self) -> None:
        """What the clock says of itself is of the last one; what was before is not forgotten."""
        events = history(OPENED, ASKED, ("12:00", "reply"), ("12:05", "citizen"), ("12:10", "reply"))
        clock = ask(events, NEXT, "13:00")

        assert [cycle.elapsed for cycle in clock.cycles] == [3 * HOUR, timedelta(minutes=5)]
        assert clock.worst == clock.cycles[0]
        assert [(cycle.number, cycle.breached, cycle.met) for cycle in clock.cycles] == [
            (1, True, False),
            (2, False, True),
        ]
        assert clock.cycle == clock.cycles[1]
        assert (clock.breached, clock.met, clock.elapsed) == (False, True, timedelta(minutes=5))
        assert clock.ever_breached

    def test_restarted_clock_speaks_of_its_present_cycle(self) -> None:
        """Solved late, opened again, and well in time since: it is not overdue."""
        target = Target(SlaMetric.RESOLUTION, 2 * HOUR, when_reopened="restart")
        events = history(OPENED, ("12:00", "solved"), ("14:00", "open"))
        late, again = ask(events, target, "13:00"), ask(events, target, "14:30")

        assert (late.breached, late.met, late.explain().verdict) == (True, False, "late")
        assert (again.breached, again.ever_breached, again.met, again.explain().verdict) == (False, True, False, "due")
        assert (shown(again.due), [cycle.number for cycle in again.cycles]) == ("18 16:00", [1, 2])

    def test_no_cycle_no_worst(self) -> None:
        """Nothing has started."""
        clock = ask(history(OPENED), NEXT, "13:00")

        assert (clock.worst, clock.start, clock.remaining, clock.elapsed) == (None, None, None, timedelta(0))


class TestRecordedLate:
    """What reached the office first counts, not what was recorded first."""

    @pytest.fixture
    def events(self) -> tuple[TicketEvent, ...]:
        """A call at nine; then a letter that has lain since the day before; then an answer, and another letter."""
        letters = [attrs.evolve(EMAIL, channel="post", received=date(2026, 3, day)) for day in (17, 18)]
        opened, called, second, replied, third, again = history(
            ("09:00", "new"),
            ("09:00", "citizen"),
            ("09:30", "citizen"),
            ("10:00", "reply"),
            ("11:00", "citizen"),
            ("12:00", "reply"),
        )
        assert isinstance(second, Received)
        assert isinstance(third, Received)
        old, new = attrs.evolve(second, contact=letters[0]), attrs.evolve(third, contact=letters[1])
        return (opened, called, old, replied, new, again)

    def test_first_response(self, events: tuple[TicketEvent, ...]) -> None:
        """From the day of the letter, once it is recorded; of nine o'clock it is said what was known then."""
        then, now = ask(events[:3], FIRST, "09:10"), ask(events, FIRST, "12:00")

        assert (shown(then.start), shown(now.start)) == ("18 09:00", "17 00:00")
        assert (then.breached, now.breached) == (False, True)

    def test_resolution(self, events: tuple[TicketEvent, ...]) -> None:
        """The citizen's first contact, whichever it was."""
        assert shown(ask(events, Target(SlaMetric.RESOLUTION), "12:00").start) == "17 00:00"

    def test_answered_letter_of_a_day(self, events: tuple[TicketEvent, ...]) -> None:
        """A cycle that has ended began with the day of the letter too."""
        clock = ask(events, NEXT, "12:00")

        assert [(shown(cycle.start), shown(cycle.stop)) for cycle in clock.cycles] == [
            ("17 00:00", "18 10:00"),
            ("18 00:00", "18 12:00"),
        ]


class TestOfficeTime:
    """Targets in the open time of a calendar."""

    def test_lunch_and_night_do_not_count(self) -> None:
        """Four hours from ten past four on Wednesday: Thursday at noon less ten minutes, and after lunch."""
        clock = ask(history(("16:10", "new")), Target(SlaMetric.RESOLUTION, 4 * HOUR, calendar="office"), "19 10:00")

        assert shown(clock.due) == "19 11:10"
        assert clock.elapsed == timedelta(hours=2, minutes=50)
        assert (clock.remaining, clock.cycles[-1].gross) == (
            timedelta(hours=1, minutes=10),
            timedelta(hours=17, minutes=50),
        )

    def test_pause_counts_open_time_alone(self) -> None:
        """A pause over lunch takes what lunch does not."""
        events = history(("11:00", "new"), ("11:30", "pending"), ("14:00", "open"))
        clock = ask(events, Target(SlaMetric.RESOLUTION, 3 * HOUR, calendar="office"), "14:00")

        assert (clock.cycles[-1].paused, shown(clock.due)) == (HOUR, "18 16:30")

    def test_one_pause_may_have_several_states(self) -> None:
        """From one pausing state to another nothing runs; back to work it goes on."""
        events = history(OPENED, ("09:30", "pending"), ("10:00", "authority"), ("11:00", "open"))
        target = Target(SlaMetric.RESOLUTION, HOUR, paused_in=["pending", "authority"])

        assert shown(ask(events, target, "11:00").due) == "18 11:30"

    def test_projected_while_paused(self) -> None:
        """If it went on now: slides with the instant that is asked about."""
        events = history(OPENED, ("09:30", "pending"))
        target = Target(SlaMetric.RESOLUTION, HOUR)

        assert [shown(ask(events, target, when).projected_due) for when in ("10:00", "11:00")] == [
            "18 10:30",
            "18 11:30",
        ]
        assert ask(events, target, "10:00").target_due is None

    def test_target_due_of_a_stopped_clock(self) -> None:
        """For reports: when it would have been due."""
        clock = ask(history(OPENED, ("10:00", "solved")), SOLVED, "23:00")

        assert (shown(clock.target_due), clock.projected_due, clock.due) == ("18 13:00", None, None)
        assert clock.remaining == 3 * HOUR

    def test_target_used_up_before_the_pause(self) -> None:
        """It was due while it ran; the pause does not change that."""
        events = history(OPENED, ("10:30", "pending"))
        clock = ask(events, Target(SlaMetric.RESOLUTION, HOUR), "11:00")

        assert (shown(clock.target_due), clock.breached, clock.due) == ("18 10:00", True, None)

    def test_calendar_that_never_opens(self) -> None:
        """An error, not a silent round the clock."""
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, HOUR, calendar="never")])
        with pytest.raises(NeverOpen):
            clocks(history(OPENED), [policy], calendars={"never": NEVER}, at=moment("10:00"))

    def test_unknown_calendar(self) -> None:
        """Named with its place, and with those that are given."""
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, HOUR, calendar="counter")])

        with pytest.raises(
            ConfigurationError, match=r"p\.resolution\.calendar: no calendar 'counter' \(allowed: hall, office\)$"
        ):
            clocks(history(OPENED), [policy], calendars={"office": OFFICE, "hall": OFFICE}, at=moment("10:00"))
        with pytest.raises(ConfigurationError, match=r"\(allowed: none is given\)$"):
            clocks(history(OPENED), [policy], at=moment("10:00"))

    def test_exactly_used_up_when_the_pause_begins(self) -> None:
        """Due at that instant, not when time goes on."""
        events = history(OPENED, ("10:00", "pending"), ("11:00", "open"))
        clock = ask(events, Target(SlaMetric.RESOLUTION, HOUR), "11:00")

        assert (shown(clock.due), clock.breached) == ("18 10:00", True)

    def test_stop_is_the_first_done_state(self) -> None:
        """Closing a solved ticket moves nothing."""
        (cycle,) = ask(history(OPENED, ("10:00", "solved"), ("12:00", "closed")), SOLVED, "13:00").cycles

        assert (shown(cycle.start), shown(cycle.stop), cycle.gross) == ("18 09:00", "18 10:00", HOUR)

    def test_zone_of_answers(self) -> None:
        """That of the calendar, or the one that was asked for."""
        (clock,) = clocks(history(OPENED), [SlaPolicy("p", [SOLVED])], at=moment("10:00"), zone="Asia/Tokyo")

        assert (clock.at.timezone_name, clock.due and clock.due.hour) == ("Asia/Tokyo", 21)

    def test_zone_of_a_calendar(self) -> None:
        """Its own, whatever was asked for."""
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, HOUR, calendar="office")])
        asked = {"calendars": {"office": OFFICE}, "at": moment("10:00"), "zone": "Asia/Tokyo"}
        (clock,) = clocks(history(OPENED), [policy], **asked)

        assert clock.at.timezone_name == "Europe/Zurich"

    def test_target_to_the_microsecond(self) -> None:
        """An amount is taken as it is."""
        clock = ask(history(OPENED), Target(SlaMetric.RESOLUTION, timedelta(microseconds=1_500_001)), "09:00")

        assert moment("09:00") + timedelta(microseconds=1_500_001) == clock.due

    def test_broken_history_and_naive_instant(self) -> None:
        """Typed and named."""
        with pytest.raises(BrokenHistory):
            clocks(history(OPENED)[:0] + history(OPENED, ASKED)[1:], [], at=moment("10:00"))
        with pytest.raises(NaiveTime):
            clocks(history(OPENED), [], at=moment("10:00").naive())


class TestReopening:
    """What a reopening does to the resolution clock is the policy's choice."""

    EVENTS = history(OPENED, ("10:00", "solved"), ("12:00", "open"), ("12:30", "solved"), ("14:00", "open"))

    @pytest.mark.parametrize(
        ("choice", "when", "phase", "elapsed", "cycles"),
        [
            ("go_on", "12:15", "running", 75, 1),
            ("go_on", "14:30", "running", 120, 1),
            ("restart", "12:15", "running", 15, 2),
            ("restart", "14:30", "running", 30, 3),
            ("stay_stopped", "12:15", "stopped", 60, 1),
            ("stay_stopped", "14:30", "stopped", 60, 1),
        ],
    )
    def test_choices(self, *, choice: Any, when: str, phase: str, elapsed: int, cycles: int) -> None:
        """Goes on without the time in between, starts anew, or stays stopped."""
        clock = ask(self.EVENTS, Target(SlaMetric.RESOLUTION, 4 * HOUR, when_reopened=choice), when)

        assert (clock.phase.value, clock.elapsed, len(clock.cycles)) == (phase, timedelta(minutes=elapsed), cycles)


class TestSums:
    """Metrics that sum up time in states."""

    EVENTS = history(
        OPENED, ("10:00", "open"), ("11:00", "pending"), ("13:00", "authority"), ("13:30", "open"), ("14:30", "solved")
    )

    @pytest.mark.parametrize(
        ("metric", "minutes"),
        [
            (SlaMetric.REQUESTER_WAIT, 60 + 60 + 30 + 60),
            (SlaMetric.AGENT_WORK, 60 + 60 + 60),
            (SlaMetric.AGENT_WAIT, 120),
            (SlaMetric.ON_HOLD, 30),
            (SlaMetric.TOTAL, 330),
        ],
    )
    def test_each(self, metric: SlaMetric, minutes: int) -> None:
        """Measured alone, without a target."""
        clock = ask(self.EVENTS, Target(metric), "23:00")

        assert (clock.elapsed, clock.met, clock.breached) == (timedelta(minutes=minutes), False, False)

    def test_states_of_ones_own(self) -> None:
        """A sum may name the states that count."""
        clock = ask(self.EVENTS, Target(SlaMetric.TOTAL, HOUR, counted_in=["authority", "open"]), "23:00")

        assert (clock.elapsed, clock.breached, clock.phase) == (timedelta(minutes=150), True, ClockPhase.STOPPED)

    @pytest.mark.parametrize(
        ("metric", "within", "when", "phase", "verdict"),
        [
            (SlaMetric.AGENT_WORK, 3, "12:00", "paused", ""),
            (SlaMetric.AGENT_WORK, 3, "14:00", "running", ""),
            (SlaMetric.AGENT_WORK, 3, "14:30", "stopped", "met"),
            (SlaMetric.AGENT_WORK, 3, "23:00", "stopped", "met"),
            (SlaMetric.AGENT_WORK, 2, "13:00", "paused", ""),
            (SlaMetric.AGENT_WORK, 2, "14:00", "running", "breached"),
            (SlaMetric.AGENT_WORK, 2, "23:00", "stopped", "breached"),
            (SlaMetric.REQUESTER_WAIT, 4, "23:00", "stopped", "met"),
            (SlaMetric.AGENT_WAIT, 2, "23:00", "stopped", "met"),
            (SlaMetric.ON_HOLD, 1, "23:00", "stopped", "met"),
        ],
    )
    def test_met_once_the_ticket_is_over(
        self, *, metric: SlaMetric, within: int, when: str, phase: str, verdict: str
    ) -> None:
        """If the sum is within its target then; before that nobody knows."""
        clock = ask(self.EVENTS, Target(metric, within * HOUR), when)

        assert clock.is_sum
        assert (clock.phase.value, clock.met, clock.breached) == (phase, verdict == "met", verdict == "breached")

    def test_goes_on_when_opened_again(self) -> None:
        """What was met is open again; the time between does not count."""
        events = (*self.EVENTS, *reopened(self.EVENTS, ("16:00", "open"), ("16:30", "closed")))
        target = Target(SlaMetric.AGENT_WORK, 3 * HOUR)
        before, during, after = (ask(events, target, when) for when in ("15:00", "16:15", "23:00"))

        assert [(clock.phase.value, clock.met) for clock in (before, during, after)] == [
            ("stopped", True),
            ("running", False),
            ("stopped", False),
        ]
        assert (after.elapsed, after.breached, len(after.cycles)) == (timedelta(hours=3, minutes=30), True, 1)

    def test_a_done_state_may_count(self) -> None:
        """Then the sum is not over in it."""
        clock = ask(self.EVENTS, Target(SlaMetric.TOTAL, HOUR, counted_in=["solved"]), "16:00")

        assert (clock.phase.value, clock.elapsed, clock.breached) == ("running", timedelta(minutes=90), True)


def reopened(events: Sequence[TicketEvent], *steps: tuple[str, str]) -> tuple[TicketEvent, ...]:
    """More steps of a history."""
    return tuple(
        step(version, epoch(moment(when)), word) for version, (when, word) in enumerate(steps, start=len(events) + 1)
    )


class TestTimeToOwn:
    """From the first contact until somebody is in charge."""

    OWN = Target(SlaMetric.TIME_TO_OWN, 2 * HOUR)

    @pytest.mark.parametrize(
        ("steps", "when", "phase", "verdict", "minutes"),
        [
            ([], "10:00", "running", "", 60),
            ([], "11:01", "running", "breached", 121),
            ([("10:00", "reply")], "10:30", "running", "", 90),
            ([("10:00", "owner")], "12:00", "stopped", "met", 60),
            ([("11:00", "owner")], "12:00", "stopped", "met", 120),
            ([("11:01", "owner")], "12:00", "stopped", "breached", 121),
            ([("10:00", "official")], "12:00", "stopped", "met", 60),
            ([("10:00", "some official")], "10:30", "running", "", 90),
            ([("10:00", "owner"), ("10:10", "nobody"), ("13:00", "owner")], "14:00", "stopped", "met", 60),
            ([("10:00", "nobody")], "10:30", "running", "", 90),
            ([("09:30", "pending")], "10:30", "paused", "", 30),
            ([("10:00", "solved")], "12:00", "stopped", "met", 60),
        ],
    )
    def test_table(self, *, steps: list[tuple[str, str]], when: str, phase: str, verdict: str, minutes: int) -> None:
        """Once; whoever is in charge later is no matter, and a ticket that is over needs nobody."""
        clock = ask(history(OPENED, ASKED, *steps), self.OWN, when)

        assert (clock.phase.value, clock.met, clock.breached) == (phase, verdict == "met", verdict == "breached")
        assert clock.elapsed == timedelta(minutes=minutes)

    def test_in_words(self) -> None:
        """As every clock."""
        text = ask(history(OPENED, ASKED, ("10:00", "owner")), self.OWN, "12:00").explain().text("en")

        assert text.startswith("Time to own: in time; it was due Wednesday, 18 March at 11:00")


class TestByMetric:
    """The clocks of a ticket, in order and by metric."""

    def test_of(self) -> None:
        """The first of a metric, or that of a policy."""
        policies = [SlaPolicy("citizens", [FIRST, SOLVED]), SlaPolicy("team", [Target(SlaMetric.RESOLUTION, HOUR)])]
        found = clocks(history(OPENED, ASKED), policies, at=moment("09:30"))

        assert [(clock.policy, clock.metric.value) for clock in found] == [
            ("citizens", "first_response"),
            ("citizens", "resolution"),
            ("team", "resolution"),
        ]
        assert found.of(SlaMetric.FIRST_RESPONSE) is found[0]
        assert found.of(SlaMetric.RESOLUTION) is found[1]
        assert found.of(SlaMetric.RESOLUTION, policy="team") is found[2]
        assert found.of(SlaMetric.TOTAL) is None
        assert found.of(SlaMetric.FIRST_RESPONSE, policy="team") is None


class TestPolicies:
    """Which targets a ticket has."""

    @pytest.mark.parametrize(
        ("when", "fits"),
        [
            ({}, True),
            ({"priority": Priority.NORMAL}, True),
            ({"priority": ["high", Priority.URGENT]}, False),
            ({"channel": "email"}, True),
            ({"channel": {"voice"}}, False),
            ({"queue": ""}, True),
            ({"language": ["it", "de"]}, False),
            ({"lifecycle": "permits"}, False),
            ({"owner": ""}, True),
            ({"tag": "vip"}, False),
            ({"tag": ["b_permit", "vip"]}, True),
            ({"commune": "Chiasso"}, False),
            ({"commune": None}, True),
            ({"channel": "email", "tag": "vip"}, False),
        ],
    )
    def test_conditions(self, when: Mapping[str, Any], fits: bool) -> None:  # noqa: FBT001 - a row of the table
        """By priority, channel, queue, language, lifecycle, owner, tag, or a field of the department's own."""
        events = history(OPENED, ASKED)
        tagged = Tagged(ticket="t", version=3, instant=events[-1].instant, added=frozenset({"b_permit"}))
        found = clocks([*events, tagged], [SlaPolicy("p", [SOLVED], when=when)], at=moment("10:00"))

        assert (len(found) == 1) is fits

    def test_first_of_a_group_counts(self) -> None:
        """Policies without a group stand beside one another."""
        policies = [
            SlaPolicy("urgent", [SOLVED], when={"priority": "urgent"}, group="citizens"),
            SlaPolicy("all", [SOLVED], group="citizens"),
            SlaPolicy("rest", [SOLVED], group="citizens"),
            SlaPolicy("team", [SOLVED]),
            SlaPolicy("head", [SOLVED]),
        ]
        events = history(OPENED, ASKED, ("10:00", "urgent"))

        assert [clock.policy for clock in clocks(events, policies, at=moment("09:30"))] == ["all", "team", "head"]
        assert [clock.policy for clock in clocks(events, policies, at=moment("10:30"))] == ["urgent", "team", "head"]

    def test_change_counts_from_the_start(self) -> None:
        """A ticket that becomes urgent after three hours has used three hours of the urgent target."""
        events = history(OPENED, ASKED, ("12:00", "urgent"))
        clock = ask(events, SOLVED, "12:00", when={"priority": "urgent"})

        assert (clock.elapsed, shown(clock.due)) == (3 * HOUR, "18 13:00")

    @pytest.mark.parametrize(
        ("steps", "due"),
        [
            ([("12:00", "urgent")], "18 16:00"),
            ([("12:00", "urgent"), ("12:30", "reply"), ("13:00", "urgent")], "18 16:00"),
            ([("12:00", "urgent"), ("13:00", "normal"), ("14:00", "urgent")], "18 18:00"),
        ],
    )
    def test_change_may_count_from_itself(self, steps: list[tuple[str, str]], due: str) -> None:
        """As between teams: since the policy has fitted without a break."""
        target = attrs.evolve(SOLVED, from_change=True)
        clock = ask(history(OPENED, ASKED, *steps), target, "14:30", when={"priority": "urgent"})

        assert shown(clock.due) == due

    def test_policy_that_always_fitted(self) -> None:
        """Then the change is the opening."""
        target = attrs.evolve(SOLVED, from_change=True)

        assert shown(ask(history(OPENED, ASKED), target, "10:00", when={"queue": ""}).due) == "18 13:00"

    def test_cycle_that_ends_with_the_change_is_left_out(self) -> None:
        """It lies before the change altogether."""
        target = Target(SlaMetric.NEXT_RESPONSE, HOUR, from_change=True)
        events = history(("09:00", "new"), ("09:00", "citizen"), ("10:00", "reply"), ("10:00", "urgent"))

        assert ask(events, target, "11:00", when={"priority": "urgent"}).cycles == ()

    def test_cycles_before_the_change_are_left_out(self) -> None:
        """An answer that was given before belongs to nobody's target of today."""
        events = history(OPENED, ASKED, ("10:00", "reply"), ("12:00", "urgent"))
        clock = ask(events, attrs.evolve(NEXT, from_change=True), "13:00", when={"priority": "urgent"})

        assert clock.phase is ClockPhase.NOT_STARTED

    @pytest.mark.parametrize(
        ("arguments", "fault"),
        [
            (
                {"within": working_days(3)},
                "calendar: missing (allowed: the calendar that says which days are working days)",
            ),
            ({"within": timedelta(seconds=-1)}, "within: negative (allowed: zero or more)"),
            ({"within": HOUR, "warn_at": 75}, "warn_at: a share outside 0 to 1 (allowed: shares such as 0.75)"),
            ({"within": HOUR, "warn_at": 1}, "warn_at: a share outside 0 to 1 (allowed: shares such as 0.75)"),
            ({"within": HOUR, "warn_at": [0.5, 0]}, "warn_at: a share outside 0 to 1 (allowed: shares such as 0.75)"),
        ],
    )
    def test_target_that_cannot_be(self, arguments: dict[str, Any], fault: str) -> None:
        """Refused when it is made."""
        with pytest.raises(ConfigurationError) as refused:
            Target(SlaMetric.RESOLUTION, **arguments)

        assert str(refused.value) == fault

    def test_conditions_that_fit(self) -> None:
        """The other way round: what a ticket has, under each key."""
        first, second = (
            ContactRef(name, channel, direction=Direction.INBOUND) for name, channel in (("a", "voice"), ("b", "email"))
        )
        opening = OpenTicket(id="t", about=first, queue="permits", language="de", fields={"commune": "Chiasso"})
        opened = shipped.contact_centre.apply(None, opening, at=moment("09:00"))
        later = shipped.contact_centre.apply_all(opened.ticket, [Receive(second), Assign("ivo")], at=moment("09:30"))
        fitting: list[Mapping[str, object]] = [
            {"language": "de"},
            {"lifecycle": "contact_centre"},
            {"owner": "ivo"},
            {"commune": ["Chiasso"]},
            {"channel": "voice"},
            {"queue": "permits"},
        ]

        assert all(SlaPolicy("p", [], when=when).fits(later.ticket) for when in fitting)
        assert not SlaPolicy("p", [], when={"channel": "email"}).fits(later.ticket)


class TestPoliciesThatCannotBe:
    """A policy that could fit no ticket, or whose target is none, is named when it is made."""

    @pytest.mark.parametrize(
        ("when", "fault"),
        [
            ({"priority": "hihg"}, "when.priority: no priority 'hihg' (allowed: low, normal, high, urgent)"),
            ({"language": ["it", "la"]}, "when.language: no language 'la' (allowed: it, de, fr, rm, en)"),
            ({"queue": []}, "when.queue: no value (allowed: the values that fit)"),
            ({"queue": [["permits"]]}, "when.queue: no value (allowed: the values that fit)"),
        ],
    )
    def test_conditions(self, when: dict[str, Any], fault: str) -> None:
        """With what there is."""
        with pytest.raises(ConfigurationError) as refused:
            SlaPolicy("p", [], when=when)

        assert [fault] == [str(each) for each in refused.value.faults]

    def test_all_conditions_at_once(self) -> None:
        """Each with its key."""
        with pytest.raises(ConfigurationError) as refused:
            SlaPolicy("p", [], when={"priority": ["b", "a"], "queue": ()})

        assert [fault.path for fault in refused.value.faults] == ["when.priority", "when.priority", "when.queue"]
        assert refused.value.faults[0].problem == "no priority 'a'"

    @pytest.mark.parametrize(("name", "value"), [("metric", "total"), ("within", 5), ("when_reopened", "again")])
    def test_targets(self, name: str, value: Any) -> None:
        """What a type checker says, to whom uses none."""
        with pytest.raises(InvalidValue, match=rf"^Target\.{name}: {type(value).__name__} was given"):
            Target(**({"metric": SlaMetric.TOTAL} | {name: value}))

    @pytest.mark.parametrize(
        ("value", "expected"),
        [("a", True), (["b", "a"], True), ({"a": 1}, True), ([["a"]], False), (None, False)],
    )
    def test_a_field_of_several_values(self, value: object, expected: bool) -> None:  # noqa: FBT001 - a row
        """One of them is enough; what cannot be compared fits nothing."""
        opening = OpenTicket(id="t", fields={"permits": value})
        ticket = shipped.contact_centre.apply(None, opening, at=moment("09:00")).ticket

        assert expected is SlaPolicy("p", [], when={"permits": "a"}).fits(ticket)

    def test_a_ticket_without_a_language(self) -> None:
        """The empty name fits it."""
        ticket = shipped.contact_centre.apply(None, OpenTicket(id="t"), at=moment("09:00")).ticket

        assert SlaPolicy("p", [], when={"language": ["", "rm"]}).fits(ticket)

    def test_held_against_lifecycle_and_calendars(self) -> None:
        """Every unknown name at once; what is right is taken."""
        wrong = SlaPolicy(
            "p",
            [
                Target(SlaMetric.RESOLUTION, HOUR, calendar="ofice", paused_in=["waiting", "on_hold", "asleep"]),
                Target(SlaMetric.TOTAL, counted_in=["open"]),
            ],
        )
        right = SlaPolicy("q", [Target(SlaMetric.RESOLUTION, HOUR, calendar="office", paused_in=["on_hold"])])
        states = ", ".join(shipped.contact_centre.by_name)
        check_policies([right], lifecycle=shipped.contact_centre, calendars={"office": OFFICE})
        with pytest.raises(ConfigurationError) as refused:
            check_policies([right, wrong], lifecycle=shipped.contact_centre, calendars=["office", "counter"])

        assert [
            "p.resolution.calendar: no calendar 'ofice' (allowed: counter, office)",
            f"p.resolution.paused_in: no state 'asleep' (allowed: {states})",
            f"p.resolution.paused_in: no state 'waiting' (allowed: {states})",
            f"p.total.counted_in: no state 'open' (allowed: {states})",
        ] == [str(fault) for fault in refused.value.faults]

    def test_held_against_no_calendar(self) -> None:
        """Then there is none to choose."""
        policy = SlaPolicy("q", [Target(SlaMetric.TOTAL, calendar="office")])
        with pytest.raises(ConfigurationError) as refused:
            check_policies([policy], lifecycle=shipped.contact_centre, calendars={})

        assert refused.value.faults[0].allowed == "none is given"


class TestWorkingDays:
    """The day of arrival is day 0; due at the end of the last window of day n."""

    @pytest.mark.parametrize(
        ("start", "days", "options", "due"),
        [
            ("09:00", 0, {}, "18 17:00"),
            ("09:00", 1, {}, "19 17:00"),
            ("09:00", 2, {}, "20 17:00"),
            ("09:00", 3, {}, "23 17:00"),
            ("18:00", 1, {}, "19 17:00"),
            ("21 11:00", 0, {}, "23 17:00"),
            ("21 11:00", 1, {}, "23 17:00"),
            ("21 11:00", 2, {}, "24 17:00"),
            ("09:00", 1, {"at_same_clock": True}, "19 09:00"),
            ("15:00", 1, {"cut_off": time(15)}, "19 17:00"),
            ("15:01", 1, {"cut_off": time(15)}, "20 17:00"),
            ("15:00:00.000001", 1, {"cut_off": "15:00"}, "20 17:00"),
            ("21 11:00", 1, {"cut_off": "15:00"}, "24 17:00"),
            ("21 16:00", 1, {"cut_off": time(15)}, "24 17:00"),
            ("17:30", 1, {"cut_off": "18:00"}, "20 17:00"),
            ("17:30", 1, {"at_same_clock": True}, "20 08:00"),
            ("07:30", 1, {"at_same_clock": True}, "19 08:00"),
            ("21 11:00", 1, {"at_same_clock": True}, "24 08:00"),
            ("15:01", 1, {"cut_off": "15:00", "at_same_clock": True}, "20 08:00"),
        ],
    )
    def test_table(self, *, start: str, days: int, options: dict[str, Any], due: str) -> None:
        """Working days from Wednesday 18 March; what comes on a closed day counts from the next open one."""
        target = Target(SlaMetric.RESOLUTION, working_days(days), calendar="office", **options)

        assert shown(ask(history((start, "new")), target, start).due) == due

    @pytest.mark.parametrize(
        ("steps", "when", "due", "projected"),
        [
            ([("10:00", "pending"), ("19 16:59", "open")], "19 17:00", "20 17:00", "20 17:00"),
            ([("10:00", "pending"), ("19 17:00", "open")], "19 17:00", "23 17:00", "23 17:00"),
            ([("10:00", "pending")], "20 09:00", None, "23 17:00"),
            ([("19 10:00", "pending")], "20 09:00", None, "20 17:00"),
            ([("19 08:00", "pending"), ("19 18:00", "open")], "19 18:00", "23 17:00", "23 17:00"),
        ],
    )
    def test_paused_days_do_not_count(
        self, *, steps: list[tuple[str, str]], when: str, due: str | None, projected: str
    ) -> None:
        """A working day counts if the clock ran in any of its open time."""
        clock = ask(history(OPENED, *steps), Target(SlaMetric.RESOLUTION, working_days(2), calendar="office"), when)

        assert (shown(clock.due), shown(clock.projected_due)) == (due, projected)

    def test_half_day_counts(self) -> None:
        """A morning is a working day; due at its end."""
        half = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-We 08:00-17:00; Th 08:00-12:00"))
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, working_days(1), calendar="half")])
        (clock,) = clocks(history(OPENED), [policy], calendars={"half": half}, at=moment("10:00"))

        assert shown(clock.due) == "19 12:00"
        assert clock.remaining == timedelta(hours=11)

    def test_stopped_in_time_and_late(self) -> None:
        """Met up to the end of the last window."""
        target = Target(SlaMetric.RESOLUTION, working_days(1), calendar="office")

        assert ask(history(OPENED, ("19 17:00", "solved")), target, "20 09:00").met
        assert ask(history(OPENED, ("19 16:00", "solved")), target, "20 09:00").remaining == HOUR
        assert ask(history(OPENED, ("20 08:00", "solved")), target, "20 09:00").breached

    def test_stopped_before_it_began(self) -> None:
        """A ticket that was opened solved has a target all the same."""
        target = Target(SlaMetric.RESOLUTION, working_days(1), calendar="office")
        clock = ask(history(("09:00", "solved")), target, "10:00")

        assert (clock.phase, shown(clock.target_due), clock.met) == (ClockPhase.STOPPED, "19 17:00", True)

    def test_paused_from_the_first_instant(self) -> None:
        """Nothing is used; it would be due as if it began now."""
        target = Target(SlaMetric.RESOLUTION, working_days(1), calendar="office")
        clock = ask(history(("09:00", "pending")), target, "10:00")

        assert (clock.target_due, shown(clock.projected_due)) == (None, "19 17:00")

    def test_calendar_without_working_days(self) -> None:
        """An error, after the calendar's horizon."""
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, working_days(1), calendar="never")])
        with pytest.raises(NeverOpen, match="no working day") as never:
            clocks(history(OPENED), [policy], calendars={"never": NEVER}, at=moment("10:00"))
        assert never.value.horizon == NEVER.horizon

    def test_last_day_of_the_horizon(self) -> None:
        """It is looked at, and the next one is not."""
        closed = BusinessCalendar(zone="Europe/Zurich", week=Week.closed(), horizon=timedelta(days=400))
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, working_days(1), calendar="rare")])
        far = date(2026, 3, 18) + timedelta(days=400)
        (clock,) = clocks(
            history(OPENED),
            [policy],
            calendars={"rare": closed.adding(DayOverride(far, "08:00-12:00"))},
            at=moment("10:00"),
        )

        assert clock.due is not None
        assert far == clock.due.date()
        with pytest.raises(NeverOpen):
            clocks(
                history(OPENED),
                [policy],
                calendars={"rare": closed.adding(DayOverride(far + timedelta(days=1), "08:00-12:00"))},
                at=moment("10:00"),
            )


class TestWarnings:
    """At shares of the target."""

    def test_instants(self) -> None:
        """Known in advance while it runs; those that have come are told apart."""
        target = Target(SlaMetric.RESOLUTION, 4 * HOUR, warn_at=[0.5, 0.75])
        clock = ask(history(OPENED), target, "11:30")

        assert [shown(each) for each in clock.warnings] == ["18 11:00", "18 12:00"]
        assert [shown(each) for each in clock.warned] == ["18 11:00"]

    def test_paused_clock_warns_of_what_is_used(self) -> None:
        """The others are not known yet."""
        target = Target(SlaMetric.RESOLUTION, 4 * HOUR, warn_at=[0.5, 0.75])
        clock = ask(history(OPENED, ("11:30", "pending")), target, "15:00")

        assert [shown(each) for each in clock.warnings] == ["18 11:00"]

    def test_working_days(self) -> None:
        """A share of the open time until the due instant."""
        target = Target(SlaMetric.RESOLUTION, working_days(1), calendar="office", warn_at=0.5)
        clock = ask(history(("08:00", "new")), target, "08:00")

        assert [shown(each) for each in clock.warnings] == ["18 17:00"]

    def test_nothing_to_warn_of(self) -> None:
        """Without a target."""
        assert ask(history(OPENED), Target(SlaMetric.TOTAL, warn_at=0.5), "10:00").warnings == ()


class TestExplanations:
    """A clock says why it stands where it stands."""

    @pytest.mark.parametrize(
        ("target", "steps", "when", "expected"),
        [
            (FIRST, [OPENED], "10:00", "First response: not started yet."),
            (
                Target(SlaMetric.TOTAL),
                [OPENED],
                "10:00",
                "Total time: measured from Wednesday, 18 March at 09:00. Used so far: 1 h.",
            ),
            (
                Target(SlaMetric.RESOLUTION, 4 * HOUR, calendar="office"),
                [("16:10", "new")],
                "16:10",
                (
                    "Resolution: due Thursday, 19 March at 11:10; 4 h of office time from Wednesday, 18 March at 16:10."
                    " Used so far: 0 s."
                ),
            ),
            (
                FIRST,
                [OPENED, ASKED],
                "11:30",
                (
                    "First response: was due Wednesday, 18 March at 11:00; 2 h from Wednesday, 18 March at 09:00."
                    " Used so far: 2 h 30 min."
                ),
            ),
            (
                FIRST,
                [OPENED, ASKED, ("09:30", "pending")],
                "10:00",
                (
                    "First response: time stands still; if it went on now, it would be due Wednesday, 18 March at 11:30"
                    " (2 h from Wednesday, 18 March at 09:00). Paused: 30 min. Used so far: 30 min."
                ),
            ),
            (
                FIRST,
                [OPENED, ASKED, ("09:30", "reply")],
                "10:00",
                (
                    "First response: in time; it was due Wednesday, 18 March at 11:00 (2 h from Wednesday, 18 March at"
                    " 09:00). Used so far: 30 min."
                ),
            ),
            (
                FIRST,
                [OPENED, ASKED, ("11:30", "reply")],
                "12:00",
                (
                    "First response: late; it was due Wednesday, 18 March at 11:00 (2 h from Wednesday, 18 March at"
                    " 09:00). Used so far: 2 h 30 min."
                ),
            ),
            (
                Target(SlaMetric.AGENT_WORK, 2 * HOUR, calendar="office"),
                [OPENED, ("09:30", "pending"), ("20 09:00", "solved")],
                "20 10:00",
                "Office's turn: within the target of 2 h of office time. Paused: 14 h 30 min. Used so far: 30 min.",
            ),
            (
                Target(SlaMetric.TOTAL, 2 * HOUR),
                [OPENED, ("12:00", "solved")],
                "20 10:00",
                "Total time: over the target of 2 h. Used so far: 3 h.",
            ),
            (
                Target(SlaMetric.TOTAL),
                [OPENED, ("12:00", "solved")],
                "20 10:00",
                "Total time: measured from Wednesday, 18 March at 09:00. Used so far: 3 h.",
            ),
            (
                Target(SlaMetric.RESOLUTION, working_days(1), calendar="office"),
                [OPENED],
                "09:30",
                (
                    "Resolution: due Thursday, 19 March at 17:00; one working day from Wednesday, 18 March at 09:00."
                    " Used so far: 30 min."
                ),
            ),
            (
                Target(SlaMetric.RESOLUTION, working_days(2), calendar="office"),
                [OPENED],
                "09:30",
                (
                    "Resolution: due Friday, 20 March at 17:00; 2 working days from Wednesday, 18 March at 09:00."
                    " Used so far: 30 min."
                ),
            ),
        ],
    )
    def test_english(self, *, target: Target, steps: list[tuple[str, str]], when: str, expected: str) -> None:
        """Every verdict, in one sentence or two; all five languages have it."""
        explained = ask(history(*steps), target, when).explain()

        assert explained.text("en") == expected
        assert len({explained.text(language) for language in LANGUAGES}) == len(LANGUAGES)

    def test_holidays_are_named(self, office: BusinessCalendar) -> None:
        """San Giuseppe is why it is due on Friday."""
        policy = SlaPolicy("citizens", [Target(SlaMetric.RESOLUTION, 4 * HOUR, calendar="office")])
        (clock,) = clocks(history(("16:10", "new")), [policy], calendars={"office": office}, at=moment("20 08:30"))

        assert clock.explain().text("it") == (
            "Evasione: entro venerdì 20 marzo alle 11.10; 4 h d’orario d’ufficio da mercoledì 18 marzo alle 16.10."
            " Chiuso giovedì 19 marzo: San Giuseppe. Usato finora: 1 h 20 min."
        )
        assert [(day.day, reason.id) for day, reason in clock.explain().closed] == [(19, "joseph")]

    def test_clocks_are_equal_by_their_instants(self) -> None:
        """Another stop or another warning is another clock; another zone is not."""
        target = Target(SlaMetric.RESOLUTION, 2 * HOUR, warn_at=(0.5, 0.75))
        clock = ask(history(("09:00", "open")), target, "11:00")
        (cycle,) = ask(history(("09:00", "open"), ("10:00", "solved")), target, "11:00").cycles
        warnings = clock.warnings
        moved = tuple(warning.in_timezone("Asia/Tokyo") for warning in warnings)

        assert clock == attrs.evolve(clock, cycles=(attrs.evolve(clock.cycles[0], warnings=moved),))
        assert clock != attrs.evolve(clock, cycles=(attrs.evolve(clock.cycles[0], warnings=warnings[:1]),))
        assert clock != attrs.evolve(clock, cycles=(attrs.evolve(clock.cycles[0], warnings=(warnings[0],) * 2),))
        assert cycle != attrs.evolve(cycle, stop=moment("10:01"))
        assert cycle != attrs.evolve(cycle, stop=None)

    def test_explanations_are_equal_by_instant(self) -> None:
        """In whatever zone they are shown."""
        events = history(OPENED, ASKED)
        asked = {zone: clocks(events, [SlaPolicy("p", [FIRST, NEXT])], at=moment("10:00"), zone=zone) for zone in ZONES}
        here, there = ([clock.explain() for clock in found] for found in asked.values())

        assert here == there
        assert here[0] != attrs.evolve(here[0], start=moment("09:01"))
        assert asked["Europe/Zurich"] == asked["Asia/Tokyo"]

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            ("09:00", "Used so far: 0 s."),
            ("09:01", "Used so far: 1 min."),
            ("10:00", "Used so far: 1 h."),
            ("10:01", "Used so far: 1 h 1 min."),
            ("28 09:00", "Used so far: 240 h."),
        ],
    )
    def test_amounts(self, when: str, expected: str) -> None:
        """In hours and minutes; days are no unit of a clock."""
        explained = ask(history(OPENED), Target(SlaMetric.TOTAL), when).explain().text("en")

        assert explained == f"Total time: measured from Wednesday, 18 March at 09:00. {expected}"

    def test_amount_of_months(self) -> None:
        """Seventy days, less the hour that the clocks were put forward, are so many hours to the minute."""
        policy = SlaPolicy("citizens", [Target(SlaMetric.TOTAL)])
        (clock,) = clocks(history(OPENED), [policy], at=instant("2026-05-27 09:00"))

        assert clock.explain().text("en").endswith("Used so far: 1679 h.")

    def test_holiday_after_the_due_instant_is_not_named(self, office: BusinessCalendar) -> None:
        """Due on the eve of San Giuseppe, the feast explains nothing."""
        policy = SlaPolicy("citizens", [Target(SlaMetric.RESOLUTION, HOUR, calendar="office")])
        (clock,) = clocks(history(("09:00", "new")), [policy], calendars={"office": office}, at=moment("09:00"))

        assert clock.explain().closed == ()

    def test_weekends_need_no_word(self, office: BusinessCalendar) -> None:
        """Only what a holiday or a closure takes away is named."""
        policy = SlaPolicy("citizens", [Target(SlaMetric.RESOLUTION, 8 * HOUR, calendar="office")])
        (clock,) = clocks(history(("20 16:00", "new")), [policy], calendars={"office": office}, at=moment("20 16:00"))

        assert clock.explain().closed == ()


WORDS = st.sampled_from(["open", "pending", "authority", "solved", "citizen", "reply", "note", "urgent"])


@st.composite
def random_histories(draw: st.DrawFn) -> tuple[TicketEvent, ...]:
    """A history of up to ten steps within three days, on whole minutes."""
    minutes = sorted(draw(st.lists(st.integers(0, 3 * 1440 - 1), min_size=1, max_size=10)))
    words = draw(st.lists(WORDS, min_size=len(minutes), max_size=len(minutes)))
    told = [
        (f"{16 + minute // 1440} {minute // 60 % 24:02}:{minute % 60:02}", word)
        for minute, word in zip(minutes, words, strict=True)
    ]
    return history((told[0][0], "new"), *told)


class TestAgainstCounting:
    """The oracle: every single minute is looked at."""

    @given(
        events=random_histories(),
        asked=st.integers(0, 4 * 1440 - 1),
        calendar=st.sampled_from(["", "office"]),
        hours=st.integers(0, 20),
    )
    def test_time_used_and_due(self, *, events: tuple[TicketEvent, ...], asked: int, calendar: str, hours: int) -> None:
        """Elapsed is the count of minutes that are open, not paused, not done; due is where the count reaches it."""
        at = moment("16 00:00") + timedelta(minutes=asked)
        found = clocks(
            events,
            [SlaPolicy("p", [Target(SlaMetric.RESOLUTION, hours * HOUR, calendar=calendar)])],
            calendars={"office": OFFICE},
            at=at,
        )
        known = [event for event in events if event.instant <= epoch(at)]
        if not known:
            assert found == ()
            return
        counted = minutes_counted(known, epoch(at), calendar)

        assert found[0].elapsed == timedelta(minutes=len(counted))
        if found[0].due is not None and hours and len(counted) >= hours * 60:
            assert epoch(found[0].due) == counted[hours * 60 - 1] + 60_000_000

    @given(events=random_histories(), at=st.integers(0, 4 * 1440 - 1))
    def test_past_is_what_was_reported_then(self, events: tuple[TicketEvent, ...], at: int) -> None:
        """Asked later about a past instant, the answer is the one of then."""
        asked = moment("16 00:00") + timedelta(minutes=at)
        policy = SlaPolicy("p", [FIRST, NEXT, UPDATE, SOLVED])
        then = [event for event in events if event.instant <= epoch(asked)]

        assert clocks(events, [policy], at=asked) == clocks(then, [policy], at=asked)

    @given(events=random_histories(), calendar=st.sampled_from(["", "office"]))
    def test_running_clock_is_due_where_it_says(self, events: tuple[TicketEvent, ...], calendar: str) -> None:
        """At its due instant it has used exactly its target, and is breached only after it."""
        last = events[-1].at
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, 30 * HOUR, calendar=calendar)])
        (clock,) = clocks(events, [policy], calendars={"office": OFFICE}, at=last)
        if clock.due is None or clock.due < last:
            return
        (then,) = clocks(events, [policy], calendars={"office": OFFICE}, at=clock.due)
        (after,) = clocks(events, [policy], calendars={"office": OFFICE}, at=clock.due + timedelta(microseconds=1))

        assert (then.elapsed, then.breached, after.breached) == (30 * HOUR, False, True)


class TestChanges:
    """Whatever changes is answered by asking again."""

    @given(events=random_histories(), days=st.sets(st.integers(16, 22), min_size=1, max_size=4))
    def test_closure_entered_late(self, events: tuple[TicketEvent, ...], days: set[int]) -> None:
        """A calendar with more closed days never gives an earlier due instant, nor more time used."""
        closed = OFFICE.adding(*(Closure(date(2026, 3, day)) for day in sorted(days)))
        policy = SlaPolicy("p", [Target(SlaMetric.RESOLUTION, 9 * HOUR, calendar="office")])
        before, after = (
            clocks(events, [policy], calendars={"office": calendar}, at=moment("23 12:00"))[0]
            for calendar in (OFFICE, closed)
        )

        assert after.elapsed <= before.elapsed
        assert after.breached <= before.breached
        assert before.due is None or (after.due is not None and after.due >= before.due)

    @given(events=random_histories(), minute=st.integers(0, 4 * 1440))
    def test_priority_changes_the_target_alone(self, events: tuple[TicketEvent, ...], minute: int) -> None:
        """What is used does not depend on when the ticket became urgent, only what is owed."""
        at = moment("16 00:00") + timedelta(minutes=minute)
        policies = [
            SlaPolicy("urgent", [Target(SlaMetric.RESOLUTION, HOUR)], when={"priority": "urgent"}, group="g"),
            SlaPolicy("usual", [Target(SlaMetric.RESOLUTION, 8 * HOUR)], group="g"),
        ]
        known = [event for event in events if event.instant <= epoch(at)]
        urgent = any(isinstance(event, Prioritised) for event in known)
        found = clocks(events, policies, at=at)

        assert [clock.policy for clock in found] == (["urgent" if urgent else "usual"] if known else [])
        assert [clock.elapsed for clock in found] == [
            clock.elapsed for clock in clocks(events, [attrs.evolve(policies[1], group="")], at=at)
        ]

    @given(events=random_histories())
    def test_reopening_gaps_are_left_out(self, events: tuple[TicketEvent, ...]) -> None:
        """Going on never uses more than starting at the beginning without a stop, nor less than each part."""
        asked = moment("20 12:00")
        going_on, restarted = (
            ask(events, Target(SlaMetric.RESOLUTION, when_reopened=choice), "20 12:00")
            for choice in ("go_on", "restart")
        )

        assert going_on.elapsed == sum((cycle.elapsed for cycle in restarted.cycles), timedelta(0))
        assert going_on.elapsed <= asked - events[0].at


def minutes_counted(known: Sequence[TicketEvent], until: int, calendar: str) -> list[int]:
    """The first instants of the minutes in which a resolution clock runs, counted one by one."""
    counted = []
    for minute in range(known[0].instant, until, 60_000_000):
        category = [
            event.category for event in known if isinstance(event, Opened | Transitioned) and event.instant <= minute
        ][-1]
        waits = category.is_done or category is Category.PENDING
        if not waits and (not calendar or OFFICE.is_open_epoch(minute)):
            counted.append(minute)
    return counted
