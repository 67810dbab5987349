"""Who comes to the counter in Camorino: by appointment, or with a ticket drawn.

People are called by priority, kind and time. Priority is a head start that the office grants to a stated need; of the
two kinds an appointment goes before all tickets drawn once its time has come; and within a kind whoever came first.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

from ticontact.contacts import CHANNELS
from ticontact.priority import Priority
from ticontact.routing import WorkItem

__all__ = ["Service", "booked", "drawn"]

Service = Literal["immatricolazioni", "conducenti", "spedizioni"]
"""What people come for: vehicles, licences, plates and documents to fetch."""

_SERIES: Final = {"immatricolazioni": "A", "conducenti": "B", "spedizioni": "C"}
_COUNTER: Final = CHANNELS.named("counter")
_A_DAY: Final = timedelta(hours=12)
"""More than a counter is open: with so much waiting time credited, an appointment goes before every ticket drawn."""


def drawn(
    number: int, service: Service, *, language: str = "", topic: str = "", priority: Priority = Priority.NORMAL
) -> WorkItem:
    """Whoever has drawn a ticket, such as A042.

    Args:
        number: The number in its series.
        service: What the person comes for.
        language: The language that was chosen at the machine.
        topic: The matter, where the machine asks for it.
        priority: The stated need, such as a licence that expires today.
    """
    return WorkItem(
        id=f"{_SERIES[service]}{number:03}",
        channel=_COUNTER,
        queue="sportello",
        language=language,
        priority=priority,
        attributes=_attributes(service=service, topic=topic),
    )


def booked(
    reference: str, service: Service, *, slot: datetime, language: str = "", topic: str = "", clerk: str = ""
) -> WorkItem:
    """Whoever has an appointment, and is there. The waiting counts from the slot, or from the arrival if that is later.

    Args:
        reference: The reference of the appointment.
        service: What the person comes for.
        slot: When.
        language: The language of the booking.
        topic: The matter.
        clerk: With whom, by id; empty for nobody in particular.
    """
    return WorkItem(
        id=reference,
        channel=_COUNTER,
        queue="sportello",
        language=language,
        not_before=slot,
        credit=_A_DAY,
        attributes=_attributes(service=service, topic=topic, booked_with=clerk),
    )


def _attributes(**given: str) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}
