"""Timers: what is due after a time in a state, and when the next thing happens."""

from datetime import timedelta

import pytest
from tickets_office import HOUR, NINE

from ticontact.errors import ConfigurationError
from ticontact.hours import BusinessCalendar
from ticontact.priority import Priority
from ticontact.tickets import Category, Edge, Lifecycle, State, Ticket, Timer, due_timers, next_timer
from ticontact.tickets.commands import FireTimer, FireTrigger, OpenTicket
from ticontact.tickets.sla import working_days


def office_with(*timers: Timer) -> tuple[Lifecycle, Ticket]:
    """A lifecycle with some timers, and a ticket that was opened on Wednesday at nine."""
    lifecycle = Lifecycle(
        "timed",
        [State("open", Category.OPEN), State("waiting", Category.PENDING), State("closed", Category.CLOSED)],
        edges=[
            Edge("wait", "open", target="waiting"),
            Edge("go_on", "waiting", target="open"),
            Edge("close", ["open", "waiting"], target="closed"),
        ],
        initial="open",
        timers=timers,
    )
    return lifecycle, lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket


class TestDue:
    """A timer is due at or after its time."""

    @pytest.mark.parametrize(
        ("timer", "expected"),
        [
            (Timer(id="x", states="open", after=HOUR), "18 10:00"),
            (Timer(id="x", states="open", after=4 * HOUR, calendar="office"), "18 14:30"),
            (Timer(id="x", states="open", after=8 * HOUR, calendar="office"), "20 09:30"),
            (Timer(id="x", states="open", after=working_days(1), calendar="office"), "20 17:00"),
            (Timer(id="x", states=["open", "waiting"], after=HOUR), "18 10:00"),
        ],
    )
    def test_instants(self, office: BusinessCalendar, timer: Timer, expected: str) -> None:
        """In time as it passes, in office time, in working days; Thursday is San Giuseppe."""
        lifecycle, ticket = office_with(timer)
        due = next_timer(lifecycle, ticket, calendars={"office": office})

        assert due is not None
        assert f"{due.at.in_timezone('Europe/Zurich'):%d %H:%M}" == expected
        just_before = due.at - timedelta(microseconds=1)
        assert due_timers(lifecycle, ticket, at=just_before, calendars={"office": office}) == ()
        assert due_timers(lifecycle, ticket, at=due.at, calendars={"office": office}) == (due,)

    def test_order_is_that_of_time(self) -> None:
        """However they are declared."""
        late, early = Timer(id="late", states="open", after=2 * HOUR), Timer(id="early", states="open", after=HOUR)
        lifecycle, ticket = office_with(late, early)

        assert [due.timer for due in due_timers(lifecycle, ticket, at=NINE + 3 * HOUR)] == ["early", "late"]

    def test_timers_of_other_states_do_not_run(self) -> None:
        """Nor does one that waits for an instant that was not set."""
        lifecycle, ticket = office_with(
            Timer(id="x", states="waiting", after=HOUR), Timer(id="term", states="open", after=None)
        )

        assert next_timer(lifecycle, ticket) is None

    def test_term_that_was_set(self) -> None:
        """Pending until: the instant belongs to this stay in the state."""
        lifecycle, ticket = office_with(Timer(id="term", states="waiting", after=None, trigger="go_on"))
        waiting = lifecycle.apply(ticket, FireTrigger("wait", until=NINE + 5 * HOUR), at=NINE).ticket
        (due,) = due_timers(lifecycle, waiting, at=NINE + 5 * HOUR)
        back = lifecycle.apply(waiting, FireTimer(due.timer), at=NINE + 5 * HOUR).ticket

        assert (due.at, back.state, back.record.waits_until) == (NINE + 5 * HOUR, "open", None)

    def test_time_in_a_state_starts_anew(self) -> None:
        """With each stay."""
        lifecycle, ticket = office_with(Timer(id="x", states="open", after=HOUR))
        gone = lifecycle.apply(ticket, FireTrigger("wait"), at=NINE + HOUR / 2).ticket
        back = lifecycle.apply(gone, FireTrigger("go_on"), at=NINE + HOUR).ticket
        due = next_timer(lifecycle, back)

        assert due is not None
        assert due.at == NINE + 2 * HOUR

    def test_unknown_calendar(self, office: BusinessCalendar) -> None:
        """Named with the timer."""
        lifecycle, ticket = office_with(Timer(id="x", states="open", after=HOUR, calendar="office"))

        with pytest.raises(ConfigurationError, match=r"timer x\.calendar: no calendar 'office' \(allowed: none"):
            next_timer(lifecycle, ticket)
        with pytest.raises(ConfigurationError, match=r"\(allowed: a, b\)"):
            next_timer(lifecycle, ticket, calendars={"b": office, "a": office})


class TestEffects:
    """What a timer does."""

    @pytest.mark.parametrize(
        ("priority", "expected"),
        [
            (Priority.LOW, Priority.NORMAL),
            (Priority.HIGH, Priority.URGENT),
            (Priority.URGENT, Priority.URGENT),
        ],
    )
    def test_priority_rises_by_age(self, priority: Priority, expected: Priority) -> None:
        """One step, up to urgent; who raised it is the timer."""
        lifecycle, _ = office_with(Timer(id="older", states="open", after=HOUR, raises_priority=True))
        ticket = lifecycle.apply(None, OpenTicket(id="t", priority=priority), at=NINE).ticket
        done = lifecycle.apply(ticket, FireTimer("older"), at=NINE + HOUR, by="scheduler")

        assert done.ticket.priority is expected
        assert [(event.by, event.reason) for event in done.events] == [
            ("scheduler", ""),
            *[("", "older")] * (priority is not Priority.URGENT),
        ]

    def test_trigger_is_fired(self) -> None:
        """By the lifecycle itself, for the timer's reason."""
        lifecycle, ticket = office_with(Timer(id="end", states="open", after=HOUR, trigger="close"))
        done = lifecycle.apply(ticket, FireTimer("end"), at=NINE + HOUR, by="scheduler")

        assert done.ticket.state == "closed"
        assert [(event.by, event.reason) for event in done.events] == [("scheduler", ""), ("", "end")]

    def test_reminder_is_an_event_alone(self) -> None:
        """The department acts on it."""
        lifecycle, ticket = office_with(Timer(id="remind", states="open", after=HOUR))
        reminded = lifecycle.apply(ticket, FireTimer("remind"), at=NINE + HOUR).ticket

        assert (reminded.state, reminded.record.elapsed, next_timer(lifecycle, reminded)) == (
            "open",
            frozenset({"remind"}),
            None,
        )
