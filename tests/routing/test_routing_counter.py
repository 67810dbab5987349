"""The counter: tickets drawn, appointments, and people who do not come."""

from datetime import timedelta
from typing import Any

import pytest
from routing_office import NINE, agent, fresh_copy, in_hand, item, offered, signed_in

from ticontact.contacts import Outcome
from ticontact.errors import ConfigurationError, InvalidValue, RoutingError
from ticontact.routing import (
    Appointment,
    Callback,
    CloseReason,
    CounterCallPolicy,
    Dispatcher,
    Queue,
    TicketSeries,
    WorkClosed,
)

TEN = NINE.add(hours=1)


class TestSeries:
    """Tickets are numbered as they are drawn."""

    @pytest.mark.parametrize(
        ("series", "expected"),
        [
            (TicketSeries("A"), ["A001", "A002", "A003"]),
            (TicketSeries("B", 998), ["B999", "B001", "B002"]),
            (TicketSeries("C", 1, highest=2), ["C002", "C001", "C002"]),
        ],
    )
    def test_drawing(self, series: TicketSeries, expected: list[str]) -> None:
        """After the highest number it begins anew."""
        drawn = []
        for _ in expected:
            ticket, series = series.draw()
            drawn.append(ticket)

        assert expected == drawn

    @pytest.mark.parametrize(("last", "highest"), [(-1, 999), (1000, 999), (0, 0)])
    def test_a_number_outside_is_refused(self, last: int, highest: int) -> None:
        """The error says which are allowed."""
        with pytest.raises(ConfigurationError) as refused:
            TicketSeries("A", last, highest=highest)

        assert str(refused.value) == f"series.last: {last} was given (allowed: 0 to {highest})"

    def test_a_series_of_one(self) -> None:
        """The only number is drawn over and over."""
        ticket, series = TicketSeries("A", 0, highest=1).draw()

        assert (ticket, series.draw()[0]) == ("A001", "A001")


class TestAppointments:
    """A time that was agreed on."""

    @pytest.mark.parametrize(
        ("minutes", "expected"), [(-1, "early"), (0, "on_time"), (10, "on_time"), (11, "late"), (600, "late")]
    )
    def test_punctuality(self, minutes: int, expected: str) -> None:
        """The end of the grace is on time."""
        assert expected == Appointment(slot=TEN).punctuality(at=TEN.add(minutes=minutes))

    def test_it_goes_before_all_tickets_from_its_slot_on(self) -> None:
        """Who came at nine without one waits for who has ten o'clock."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("busy", "counter"))
        dispatcher.arrive(item("A001", "counter"), at=NINE)
        booked = Appointment(slot=TEN).item(item("booked", "counter"), at=TEN.subtract(minutes=5))
        dispatcher.arrive(booked, at=TEN.subtract(minutes=5))

        assert offered(dispatcher.complete("busy", at=TEN)) == [("booked", "anna")]

    def test_before_its_slot_it_is_not_called(self) -> None:
        """Unless a few minutes do not matter."""
        exact, early = Appointment(slot=TEN), Appointment(slot=TEN, early=timedelta(minutes=5))
        for appointment, expected in ((exact, []), (early, [("booked", "anna")])):
            dispatcher = signed_in(agent("anna"))
            booked = appointment.item(item("booked", "counter"), at=NINE)
            dispatcher.arrive(booked, at=NINE)

            assert expected == offered(dispatcher.advance(at=TEN.subtract(minutes=5)))

    def test_who_comes_late_waits_like_others(self) -> None:
        """The rank is lost, the visit is not."""
        visit = item("booked", "counter")

        assert Appointment(slot=TEN).item(visit, at=TEN.add(minutes=11)) is visit

    def test_two_appointments_keep_the_order_of_their_slots(self) -> None:
        """Whoever came first."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("busy", "counter"))
        for name, slot in (("later", TEN.add(minutes=10)), ("sooner", TEN)):
            dispatcher.arrive(Appointment(slot=slot).item(item(name, "counter"), at=NINE), at=NINE)
        dispatcher.advance(at=TEN.add(minutes=10))

        assert dispatcher.waiting() == ("sooner", "later")

    @pytest.mark.parametrize("name", ["grace", "early", "outranks"])
    def test_a_negative_amount_is_refused(self, name: str) -> None:
        """The error names it."""
        amounts: dict[str, Any] = {name: timedelta(minutes=-1)}
        with pytest.raises(ConfigurationError) as refused:
            Appointment(slot=TEN, **amounts)

        assert str(refused.value) == f"appointment.{name}: -1 day, 23:59:00 was given (allowed: 0 or more)"

    def test_a_slot_without_a_zone_is_refused(self) -> None:
        """Nobody knows when it is."""
        with pytest.raises(InvalidValue, match=r"^Appointment\.slot: "):
            Appointment(slot=TEN.naive())


class TestNotComing:
    """Called, and not there."""

    def test_called_twice_then_to_the_end_of_the_line_once(self) -> None:
        """Then it is a no-show, and the agent goes on with the next."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("A001", "counter", queue="office"))
        dispatcher.arrive(item("A002", "counter", queue="office"), at=NINE)

        again = dispatcher.no_show("A001", at=NINE.add(minutes=1))
        assert again.called_again == ("A001",)
        assert dispatcher.holder("A001") == "anna"

        back = dispatcher.no_show("A001", at=NINE.add(minutes=2))
        assert offered(back) == [("A002", "anna")]
        assert dispatcher.waiting() == ("A002", "A001")

        [offer] = dispatcher.cancel("A002", at=NINE.add(minutes=3)).offers
        dispatcher.accept(offer, at=NINE.add(minutes=3))
        dispatcher = fresh_copy(dispatcher, agent("anna"))
        assert dispatcher.no_show("A001", at=NINE.add(minutes=4)).called_again == ("A001",)
        gone = dispatcher.no_show("A001", at=NINE.add(minutes=5))
        assert gone.closed == (WorkClosed("A001", CloseReason.NO_SHOW),)
        assert dispatcher.waiting() == ()
        assert dispatcher.agent_state("anna").assignments == ()

    def test_a_missed_appointment_outranks_nobody(self) -> None:
        """At the end of the line is behind those who have drawn a ticket."""
        dispatcher = signed_in(agent("anna"))
        booked = Appointment(slot=NINE).item(item("booked", "counter"), at=NINE)
        in_hand(dispatcher, booked)
        dispatcher.arrive(item("A001", "counter"), at=NINE.add(minutes=1))
        dispatcher.no_show("booked", at=NINE.add(minutes=2))

        assert offered(dispatcher.no_show("booked", at=NINE.add(minutes=3))) == [("A001", "anna")]

    def test_a_queue_has_a_rule_of_its_own(self) -> None:
        """Called once, and gone."""
        queue = Queue(id="desk", calling=CounterCallPolicy(calls=1, returns=0))
        dispatcher = Dispatcher(agents=[agent("anna")], queues=[queue])
        dispatcher.sign_in("anna", at=NINE)
        in_hand(dispatcher, item("A001", "counter", queue="desk"))

        assert dispatcher.no_show("A001", at=NINE).closed == (WorkClosed("A001", CloseReason.NO_SHOW),)

    @pytest.mark.parametrize("returns", [0, 1, 2])
    def test_as_often_to_the_end_of_the_line_as_the_rule_says(self, returns: int) -> None:
        """Called once each time; the next one in vain is a no-show."""
        dispatcher = Dispatcher(
            agents=[agent("anna")], queues=[Queue(id="q", calling=CounterCallPolicy(calls=1, returns=returns))]
        )
        dispatcher.sign_in("anna", at=NINE)
        in_hand(dispatcher, item("A001", "counter", queue="q"))
        ended = []
        for _ in range(returns + 1):
            decision = dispatcher.no_show("A001", at=NINE)
            ended.append(decision.closed != ())
            for offer in decision.offers:
                dispatcher.accept(offer, at=NINE)

        assert ended == [False] * returns + [True]

    def test_it_is_known_before_which_call_is_the_last(self) -> None:
        """Exactly the call in vain of which that was said ends the visit."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("A001", "counter"))
        said, ended = [], []
        for minute in range(1, 5):
            said.append(dispatcher.is_last_call("A001"))
            decision = dispatcher.no_show("A001", at=NINE.add(minutes=minute))
            ended.append(decision.closed != ())
            for offer in decision.offers:
                dispatcher.accept(offer, at=NINE.add(minutes=minute))

        assert said == ended == [False, False, False, True]

    def test_who_is_called_back_cannot_fail_to_come(self) -> None:
        """For the office's own calls there is `callback_unanswered`."""
        dispatcher = signed_in(agent("anna"))
        in_hand(dispatcher, item("call", callback=Callback.in_turn()))

        with pytest.raises(RoutingError) as refused:
            dispatcher.no_show("call", at=NINE)

        assert str(refused.value) == "item 'call': the office calls back here; allowed: callback_unanswered"
        assert dispatcher.holder("call") == "anna"

    @pytest.mark.parametrize(("name", "number"), [("calls", 0), ("returns", -1)])
    def test_a_rule_that_cannot_be_is_refused(self, name: str, number: int) -> None:
        """The error names the number."""
        numbers: dict[str, Any] = {name: number}
        with pytest.raises(ConfigurationError) as refused:
            CounterCallPolicy(**numbers)

        assert str(refused.value) == f"calling.{name}: {number} was given (allowed: {number + 1} or more)"


@pytest.mark.parametrize("reason", list(CloseReason))
def test_a_close_reason_is_counted_under_the_outcome_of_its_name(reason: CloseReason) -> None:
    """Work that is closed without a conversation has one outcome, and figures find it."""
    assert reason.outcome is Outcome[reason.name]
