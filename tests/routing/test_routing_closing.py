"""A queue closes: the last entry, the drain, and what goes on."""

from datetime import timedelta

import pytest
from routing_office import NINE, agent, fresh_copy, in_hand, item, offered, office, signed_in

from ticontact.errors import ConfigurationError
from ticontact.hours import BusinessCalendar, ClosingRule, Week
from ticontact.routing import Callback, Dispatcher, Overflowed, Queue, any_agent, require
from ticontact.testing import instant

NOON = instant("2026-03-18 12:00")


class TestEntry:
    """Who is let in."""

    @pytest.mark.parametrize(
        ("at", "because", "words"),
        [
            ("2026-03-18 11:54", None, ""),
            ("2026-03-18 11:55", "last_entry", "too late to be served before the closing"),
            ("2026-03-18 12:00", "closed", "the office is closed"),
            ("2026-03-19 10:00", "closed", "the office is closed"),
        ],
    )
    def test_by_the_clock(self, at: str, because: str | None, words: str) -> None:
        """Five minutes before the closing is the last entry; on San Giuseppe there is none."""
        decision = office(agent("anna"), drain=10).arrive(item("call", queue="office"), at=instant(at))

        assert [because] * (because is not None) == [each.because for each in decision.overflowed]
        assert [each.text.en for each in decision.overflowed] == ([words] if words else [])

    @pytest.mark.parametrize(("minutes", "expected"), [(59, 0), (61, 1)])
    def test_by_the_wait_that_is_expected(self, minutes: int, expected: int) -> None:
        """At eleven an hour is left; who would wait for longer is told so at once."""
        dispatcher = office(agent("anna"), drain=10)
        wait = timedelta(minutes=minutes)

        decision = dispatcher.arrive(item("call", queue="office"), at=NOON.subtract(hours=1), estimated_wait=wait)

        assert expected == len(decision.overflowed)

    @pytest.mark.parametrize(
        ("reached", "joins", "because"),
        [
            ("11:54:59", "11:56", None),
            ("11:54:59", "12:01", None),
            ("11:55", "11:56", "last_entry"),
            ("12:00", "12:01", "closed"),
        ],
    )
    def test_by_when_the_person_reached_the_office(self, reached: str, joins: str, because: str | None) -> None:
        """The announcement takes its time; who came in time is let in, and let go when the drain ends."""
        dispatcher = office(agent("anna"), drain=10)
        call = item("call", queue="office", reached_at=instant(f"2026-03-18 {reached}"))
        decision = dispatcher.arrive(call, at=instant(f"2026-03-18 {joins}"))

        assert [because] * (because is not None) == [each.because for each in decision.overflowed]
        assert dispatcher.next_deadline() == (None if because else NOON.add(minutes=10))

    def test_what_is_written_may_come_at_any_time(self) -> None:
        """A letter waits for the next day, and so does a call that the office makes."""
        dispatcher = office(agent("anna"), drain=10)
        dispatcher.arrive(item("letter", "post", queue="office"), at=NOON)
        dispatcher.arrive(item("call", queue="office", callback=Callback.in_turn()), at=NOON)

        assert sorted(dispatcher.waiting()) == ["call", "letter"]


class TestDrain:
    """Who still waits when the drain ends."""

    def test_who_waits_is_let_go_and_who_talks_is_not(self) -> None:
        """At ten past twelve; the letter stays."""
        dispatcher = signed_in(agent("anna"), drain=10)
        for name, channel in (("talks", "voice"), ("waits", "voice"), ("letter", "post")):
            if name == "talks":
                in_hand(dispatcher, item(name, channel, queue="office"))
            else:
                dispatcher.arrive(item(name, channel, queue="office"), at=NINE)

        assert dispatcher.next_deadline() == NOON.add(minutes=10)
        decision = dispatcher.advance(at=NOON.add(minutes=10))

        assert decision.overflowed == (Overflowed("waits", "call back", "closing"),)
        assert dispatcher.waiting() == ("letter",)
        assert dispatcher.holder("talks") == "anna"

    def test_a_snapshot_keeps_the_end_of_the_drain(self) -> None:
        """The restored dispatcher lets go at the same instant, and no earlier."""
        dispatcher = office(agent("anna"), drain=10)
        dispatcher.arrive(item("waits", queue="office"), at=NINE)

        copy = fresh_copy(dispatcher, agent("anna"), drain=10)
        copy.arrive(item("later", queue="office"), at=NINE.add(seconds=1))

        assert copy.next_deadline() == NOON.add(minutes=10)
        assert [each.item for each in copy.advance(at=NOON.add(hours=1)).overflowed] == ["waits", "later"]

    def test_who_comes_back_after_the_drain_has_as_long_as_a_drain(self) -> None:
        """The agent is lost at quarter past twelve; in the afternoon the caller waits like everybody."""
        for minutes, until in ((15, NOON.add(minutes=25)), (120, instant("2026-03-18 17:10"))):
            dispatcher = signed_in(agent("anna"), drain=10)
            in_hand(dispatcher, item("call", queue="office", reached_at=NINE))
            dispatcher.disconnect("anna", at=NOON.add(minutes=minutes))

            assert dispatcher.next_deadline() == until

    def test_who_reached_the_office_in_time_and_joins_after_the_drain_is_let_go_at_once(self) -> None:
        """The announcement was longer than the drain."""
        dispatcher = office(agent("anna"), drain=10)
        dispatcher.arrive(item("late", queue="office", reached_at=NOON.subtract(minutes=6)), at=NOON.add(minutes=11))

        assert dispatcher.next_deadline() == NOON.add(minutes=11)
        [overflowed] = dispatcher.advance(at=NOON.add(minutes=11)).overflowed
        assert (overflowed.item, overflowed.because) == ("late", "closing")

    def test_a_line_that_is_empty_has_no_end(self) -> None:
        """Nothing will happen by itself; who comes later is let go when the drain ends all the same."""
        dispatcher = office(agent("anna"), drain=10)
        for name in ("first", "second"):
            dispatcher.arrive(item(name, queue="office"), at=NINE)
            assert dispatcher.next_deadline() == NOON.add(minutes=10)
            dispatcher.cancel(name, at=NINE)
            assert dispatcher.next_deadline() is None

    def test_the_afternoon_has_a_drain_of_its_own(self) -> None:
        """The morning's does not count twice."""
        dispatcher = office(agent("anna"), drain=10)
        dispatcher.arrive(item("morning", queue="office"), at=NINE)
        dispatcher.advance(at=NOON.add(minutes=10))
        dispatcher.arrive(item("afternoon", queue="office"), at=NOON.add(hours=2))

        assert dispatcher.next_deadline() == instant("2026-03-18 17:10")

    @pytest.mark.parametrize(("minutes", "expected"), [(5, 10), (10, 20), (20, 30)])
    def test_who_is_given_back_after_hours_does_not_wait_until_the_next_closing(
        self, minutes: int, expected: int
    ) -> None:
        """It once waited until ten past five; now until the drain ends, or as long as a drain takes if that is over."""
        dispatcher = signed_in(agent("anna"), drain=10)
        in_hand(dispatcher, item("talks", queue="office"))
        dispatcher.disconnect("anna", at=NOON.add(minutes=minutes))

        assert dispatcher.waiting() == ("talks",)
        assert dispatcher.next_deadline() == NOON.add(minutes=expected)
        gone = dispatcher.advance(at=NOON.add(minutes=expected))
        assert gone.overflowed == (Overflowed("talks", "call back", "closing"),)

    def test_who_is_moved_to_a_queue_that_is_closed_has_as_long_as_a_drain(self) -> None:
        """Both came at lunch time: nobody waits until ten past five for being sent on."""
        dispatcher = office(agent("anna"), drain=10)
        dispatcher.arrive(item("call", queue="night"), at=NOON.add(minutes=15))
        dispatcher.change_queue("call", "office", by="carla", because="wrong queue", at=NOON.add(minutes=20))

        assert dispatcher.next_deadline() == NOON.add(minutes=30)

    def test_a_drain_that_lasts_until_the_next_opening_lets_go_of_nobody(self) -> None:
        """Two hours are longer than the break: at two in the afternoon all who wait are simply in line."""
        dispatcher = office(agent("anna"), drain=120)
        dispatcher.arrive(item("morning", queue="office"), at=NINE)
        dispatcher.advance(at=NOON.add(minutes=90))
        dispatcher.arrive(item("afternoon", queue="office"), at=NOON.add(minutes=95))

        assert dispatcher.next_deadline() == NOON.add(minutes=120)
        assert dispatcher.advance(at=NOON.add(minutes=120)).overflowed == ()
        assert dispatcher.waiting() == ("morning", "afternoon")
        assert dispatcher.next_deadline() == instant("2026-03-18 19:00")

    def test_a_queue_without_a_closing_is_left_alone(self) -> None:
        """It has hours, by which deferred work ages, and nobody is let go."""
        dispatcher = office(agent("anna"))
        dispatcher.arrive(item("call", queue="office"), at=NINE)

        assert dispatcher.next_deadline() is None

    def test_a_queue_that_never_closes_has_no_drain(self) -> None:
        """Nobody is let go of a line that is open for ever."""
        always = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Su 00:00-24:00"))
        queue = Queue(id="q", calendar=always, closing=ClosingRule(drain=timedelta(minutes=10)), fallback="f")
        dispatcher = Dispatcher(agents=[], queues=[queue])

        assert dispatcher.arrive(item("call", queue="q"), at=NINE).overflowed == ()
        assert dispatcher.next_deadline() is None

    def test_open_time_stands_still_over_lunch(self) -> None:
        """An hour of it is over at two; whoever declines at one does not make the step come early."""
        wish = require("a").relax(after=timedelta(hours=1), to=any_agent, clock="open")
        staff = agent("anna", skills=["a"]), agent("carla", skills=["a"]), agent("bruno")
        dispatcher = signed_in(*staff, offer_again_after=None)
        for name in ("anna", "bruno"):
            dispatcher.sign_out(name, at=NINE)
        in_hand(dispatcher, item("busy"))
        dispatcher.arrive(item("call", queue="office", requirement=wish), at=NOON.subtract(minutes=30))
        dispatcher.sign_in("bruno", at=NOON)
        [offer] = dispatcher.sign_in("anna", at=NOON.add(minutes=50)).offers

        assert dispatcher.decline(offer, at=NOON.add(hours=1)).offers == ()
        assert offered(dispatcher.advance(at=NOON.add(hours=2))) == [("call", "bruno")]


class TestByHand:
    """Somebody closes a queue."""

    @pytest.mark.parametrize("by_order", [False, True])
    def test_who_is_on_the_line_goes_and_what_can_wait_stays(self, by_order: bool) -> None:  # noqa: FBT001 - a row
        """A letter and a call that the office makes are for later."""
        dispatcher = office(agent("anna"))
        dispatcher.arrive(item("call", queue="office"), at=NINE)
        dispatcher.arrive(item("letter", "post", queue="office"), at=NINE)
        dispatcher.arrive(item("back", queue="office", callback=Callback.in_turn()), at=NINE)
        if by_order:
            decision = dispatcher.close_queue("office", by="carla", because="no network", at=NINE)
        else:
            decision = dispatcher.end_hours("office", at=NINE)

        [gone] = decision.overflowed
        assert (gone.item, gone.to) == ("call", "call back")
        assert gone.because == ("closed_by_hand" if by_order else "closing")
        assert dispatcher.waiting() == ("back", "letter")
        changes = [(order.before, order.after) for order in decision.supervisor_actions]
        assert changes == [("3 waiting", "2 waiting")] * by_order


class TestRefusals:
    """What a queue cannot be."""

    def test_every_fault_is_named(self) -> None:
        """A closing needs hours and a fallback."""
        with pytest.raises(ConfigurationError) as refused:
            Queue(id="q", limit=3, closing=ClosingRule())

        assert [str(fault) for fault in refused.value.faults] == [
            "queue.q.fallback: missing (allowed: a place to go when the queue is full)",
            "queue.q.fallback: missing (allowed: a place to go when the queue closes)",
            "queue.q.calendar: missing (allowed: a BusinessCalendar, which says when it closes)",
        ]

    @pytest.mark.parametrize("limit", [0, 1])
    def test_as_many_may_wait_as_the_limit_says(self, limit: int) -> None:
        """Even nobody."""
        dispatcher = Dispatcher(agents=[], queues=[Queue(id="q", limit=limit, fallback="f")])
        gone = [dispatcher.arrive(item(f"c-{number}", queue="q"), at=NINE).overflowed for number in range(limit + 1)]

        assert [bool(each) for each in gone] == [False] * limit + [True]
