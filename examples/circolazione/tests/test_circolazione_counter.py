"""The counter in Camorino: by priority, kind and time."""

from circolazione import SERIES, Service, counter, medical, office, queues, service, visit

from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    Appointment,
    CloseReason,
    Dispatcher,
    Overflowed,
    TicketSeries,
    WorkClosed,
    WorkItem,
)
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
OFFICE = office()


def clerk(name: str) -> Agent:
    """Somebody at a window, who knows vehicles and licences."""
    return Agent(id=name, skills={"registrations": 5, "drivers": 5}, sites=["Camorino"])


def counters(*clerks: str) -> Dispatcher:
    """The counter with so many windows; nobody has come yet."""
    return Dispatcher(
        agents=[clerk(name) for name in clerks],
        rules=[service, counter, medical],
        queues=queues(OFFICE),
        head_start=OFFICE.head_start,
    )


def called(*arrivals: tuple[int, WorkItem]) -> list[str]:
    """In which order one window calls them, which opens when all are there, at a quarter past nine.

    Args:
        arrivals: The minute after nine at which each comes.
    """
    dispatcher = counters("gina")
    for minute, item in sorted(arrivals, key=lambda arrival: arrival[0]):
        dispatcher.arrive(item, at=NINE.add(minutes=minute))
    at = NINE.add(minutes=15)
    decision = dispatcher.sign_in("gina", at=at)
    order = []
    while decision.offers:
        [offer] = decision.offers
        order.append(offer.item)
        dispatcher.accept(offer, at=at)
        at = at.add(minutes=1)
        decision = dispatcher.complete(offer.item, at=at)
    return order


def drawn(number: int, service: Service, *, priority: Priority = Priority.NORMAL) -> WorkItem:
    """Whoever has drawn the ticket of that number."""
    ticket, _ = TicketSeries(SERIES[service].letter, number - 1).draw()
    return visit(ticket, service, priority=priority)


def booked(reference: str, slot: int, *, come: int = 0, clerk: str = "") -> WorkItem:
    """Whoever has an appointment for a licence, so many minutes after nine, and comes so many minutes after nine."""
    work = visit(reference, "conducenti", clerk=clerk)
    return Appointment(slot=NINE.add(minutes=slot)).item(work, at=NINE.add(minutes=come))


class TestOrder:
    """Who is called next."""

    def test_time(self) -> None:
        """Of two tickets drawn the earlier one, in whatever series."""
        assert called((1, drawn(7, "conducenti")), (0, drawn(42, "immatricolazioni"))) == ["A042", "B007"]

    def test_priority(self) -> None:
        """A stated need is worth fifteen minutes of waiting, not more."""
        early, soon = drawn(1, "conducenti"), drawn(2, "conducenti")
        urgent = drawn(3, "conducenti", priority=Priority.HIGH)

        assert called((0, early), (2, soon), (14, urgent)) == ["B003", "B001", "B002"]

    def test_kind(self) -> None:
        """Once its time has come an appointment goes before every ticket drawn, an urgent one too."""
        appointment = booked("T-1", 10)
        urgent = drawn(1, "conducenti", priority=Priority.URGENT)

        assert called((0, urgent), (5, appointment)) == ["T-1", "B001"]

    def test_appointments_among_themselves(self) -> None:
        """The earlier slot first, whoever came first."""
        later = booked("T-2", 10)
        sooner = booked("T-1", 5)

        assert called((0, later), (3, sooner)) == ["T-1", "T-2"]


class TestAppointments:
    """They keep their time."""

    def test_nobody_is_called_before_the_slot(self) -> None:
        """Though a window is free."""
        dispatcher = counters("gina")
        dispatcher.sign_in("gina", at=NINE)
        early = dispatcher.arrive(booked("T-1", 10), at=NINE)

        assert early.offers == ()
        assert dispatcher.next_deadline() == NINE.add(minutes=10)
        assert [offer.item for offer in dispatcher.advance(at=NINE.add(minutes=10)).offers] == ["T-1"]

    def test_it_is_kept_for_whom_it_was_booked_with(self) -> None:
        """For five minutes from the slot; then any window will do."""
        dispatcher = counters("gina", "hugo")
        for name in ("gina", "hugo"):
            dispatcher.sign_in(name, at=NINE)
        walk_in = dispatcher.arrive(drawn(1, "conducenti"), at=NINE).offers[0]
        dispatcher.accept(walk_in, at=NINE)
        booking = booked("T-1", 10, clerk=walk_in.agent)
        dispatcher.arrive(booking, at=NINE.add(minutes=1))

        assert dispatcher.advance(at=NINE.add(minutes=10)).offers == ()
        assert [offer.item for offer in dispatcher.advance(at=NINE.add(minutes=15)).offers] == ["T-1"]

    def test_who_comes_too_late_waits_with_the_tickets_drawn(self) -> None:
        """Ten minutes are forgiven."""
        on_time, late = booked("T-1", 0, come=10), booked("T-2", 0, come=11)

        assert called((9, drawn(1, "conducenti")), (10, on_time), (11, late)) == ["T-1", "B001", "T-2"]


class TestComing:
    """Those who are called, and the end of the day."""

    def test_who_does_not_come_goes_to_the_end_of_the_line_once(self) -> None:
        """Called twice, then once more in turn, then it is a no-show."""
        dispatcher = counters("gina")
        dispatcher.sign_in("gina", at=NINE)
        [offer] = dispatcher.arrive(drawn(1, "conducenti"), at=NINE).offers
        dispatcher.accept(offer, at=NINE)

        assert dispatcher.no_show("B001", at=NINE.add(minutes=1)).called_again == ("B001",)
        [offer] = dispatcher.no_show("B001", at=NINE.add(minutes=2)).offers
        dispatcher.accept(offer, at=NINE.add(minutes=2))
        dispatcher.no_show("B001", at=NINE.add(minutes=3))
        gone = dispatcher.no_show("B001", at=NINE.add(minutes=4))
        assert gone.closed == (WorkClosed("B001", CloseReason.NO_SHOW),)

    def test_who_is_in_line_at_four_is_served_for_twenty_minutes(self) -> None:
        """Then the person is asked to come again; after four the door is shut."""
        four = instant("2026-03-18 16:00")
        dispatcher = counters()
        dispatcher.arrive(drawn(1, "conducenti"), at=four.subtract(minutes=1))

        shut = dispatcher.arrive(drawn(2, "conducenti"), at=four)
        over = dispatcher.advance(at=four.add(minutes=20))

        assert shut.overflowed == (Overflowed("B002", "call_again", "closed"),)
        assert over.overflowed == (Overflowed("B001", "call_again", "closing"),)


def test_somebody_elsewhere_is_not_asked() -> None:
    """People stand in Camorino."""
    elsewhere = Agent(id="ugo", skills={"drivers": 9}, sites=["Bellinzona"])
    dispatcher = Dispatcher(agents=[elsewhere], rules=[service, counter])
    dispatcher.sign_in("ugo", at=NINE)

    assert dispatcher.arrive(drawn(1, "conducenti"), at=NINE).offers == ()


class TestOffice:
    """The office as data."""

    def test_numbers_and_addresses_lead_to_their_queues(self) -> None:
        """The number or address that was reached decides the queue."""
        reached = {entry.id: entry.queue for entry in OFFICE.entries.values()}

        assert reached == {
            "general-number": "centralino",
            "registrations-mail": "immatricolazioni",
            "drivers-mail": "conducenti",
            "shipping": "spedizioni",
            "ticket-machine": "sportello",
        }

    def test_the_counter_is_open_over_lunch(self) -> None:
        """The telephone is not."""
        noon = instant("2026-03-18 12:30")

        assert OFFICE.queues["sportello"].calendar.is_open(at=noon)
        assert not OFFICE.queues["centralino"].calendar.is_open(at=noon)
