"""Who comes to the counter in Camorino: by appointment, or with a ticket drawn.

People are called by priority, kind and time. Priority is a head start that the office grants to a stated need; of the
two kinds an appointment goes before all tickets drawn once its time has come; and within a kind whoever came first.
"""

from typing import Final, Literal

from ticontact.contacts import CHANNELS
from ticontact.priority import Priority
from ticontact.routing import TicketSeries, WorkItem

__all__ = ["SERIES", "Service", "visit"]

Service = Literal["immatricolazioni", "conducenti", "spedizioni"]
"""What people come for: vehicles, licences, plates and documents to fetch."""

SERIES: Final[dict[Service, TicketSeries]] = {
    "immatricolazioni": TicketSeries("A"),
    "conducenti": TicketSeries("B"),
    "spedizioni": TicketSeries("C"),
}
"""The tickets of each service in the morning, before anybody has drawn one."""

_COUNTER: Final = CHANNELS.named("counter")


def visit(
    name: str,
    service: Service,
    *,
    language: str = "",
    topic: str = "",
    clerk: str = "",
    priority: Priority = Priority.NORMAL,
) -> WorkItem:
    """Somebody at the counter. Who has an appointment passes this through `ticontact.routing.Appointment.item`.

    Args:
        name: The ticket drawn, such as A042, or the reference of the appointment.
        service: What the person comes for.
        language: The language that was chosen at the machine, or in the booking.
        topic: The matter, where somebody asks for it.
        clerk: With whom the appointment is, by id; empty for nobody in particular.
        priority: The stated need, such as a licence that expires today.
    """
    given = {"service": service, "topic": topic, "booked_with": clerk}
    return WorkItem(
        id=name,
        channel=_COUNTER,
        queue="sportello",
        language=language,
        priority=priority,
        attributes={key: value for key, value in given.items() if value},
    )
