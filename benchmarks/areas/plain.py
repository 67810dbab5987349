"""Values as plain data, beside `json` on the same documents."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from measuring import Row, best_of

from ticontact.contacts import Contact
from ticontact.contacts.readers import email_message
from ticontact.desk.events import AgentStatusChanged, DeskEvent, OfferAccepted
from ticontact.plain import from_dict, to_dict
from ticontact.routing import AgentStatus, Offer
from ticontact.testing import instant
from ticontact.tickets import Category
from ticontact.tickets.events import TicketEvent, Transitioned

__all__ = ["measure"]

NINE = instant("2026-03-18 09:00")
MAIL = b"From: Anna <anna@example.org>\nTo: ufficio@example.org\nSubject: Permesso B\nMessage-ID: <1@x.org>\n\nciao\n"
MICROSECOND = 1e-6


def measure() -> Iterator[Row]:
    """The rows of this area: the time of a call, beside what `json` takes for the text."""
    contact = email_message(MAIL, at=NINE).contact
    offered = OfferAccepted(id="e-1", offer=Offer("c-1", "anna", 2, NINE))
    paused = AgentStatusChanged(id="e-2", agent="anna", because=AgentStatus.BREAK)
    moved = Transitioned(ticket="t-1", version=2, instant=0, trigger="solve", state="solved", category=Category.SOLVED)
    yield from _rows("a contact", contact, Contact)
    yield from _rows("an offer accepted", offered, DeskEvent)
    yield from _rows("an agent paused", paused, DeskEvent)
    yield from _rows("a ticket event", moved, TicketEvent)


def _rows(what: str, value: object, kind: Any) -> Iterator[Row]:  # noqa: ANN401 - a class or a union
    document = to_dict(value)
    text = json.dumps(document)
    yield _row(f"{what}, written", lambda: to_dict(value), {"json.dumps": lambda: json.dumps(document)})
    yield _row(f"{what}, read", lambda: from_dict(kind, document), {"json.loads": lambda: json.loads(text)})


def _row(what: str, ours: Callable[[], object], peers: dict[str, Callable[[], object]]) -> Row:
    figures = {name: best_of(peer) / MICROSECOND for name, peer in peers.items()}
    return Row(what=what, ours=best_of(ours) / MICROSECOND, peers=figures, unit="us")
