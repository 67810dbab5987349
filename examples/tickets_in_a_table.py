"""Tickets in a table of a database: two writers, a refusal, and an old form that is still read.

Run it with `python examples/tickets_in_a_table.py`; it needs ticontact alone. SQLite stands for any database.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from ticontact.contacts import ContactRef, Direction
from ticontact.errors import TransitionRefused
from ticontact.plain import from_dict, to_dict
from ticontact.testing import instant
from ticontact.tickets import Lifecycle, Ticket, load_lifecycle
from ticontact.tickets.commands import FireTrigger, Note, OpenTicket
from ticontact.tickets.events import TicketEvent

LIFECYCLE = load_lifecycle("""
name = "licences"
initial = "new"
facts = ["fee_paid"]

[[state]]
name = "new"
category = "new"

[[state]]
name = "checking"
category = "open"

[[state]]
name = "closed"
category = "closed"

[[edge]]
trigger = "check"
from = ["new"]
to = "checking"

[[edge]]
trigger = "close"
from = ["checking"]
to = "closed"
guards = ["fee_paid"]
reasons = ["issued", "refused"]
""")
NINE = instant("2026-03-18 09:00")
OLD_FORM = {
    "type": "remark",
    "form": 1,
    "ticket": "l-1",
    "version": 3,
    "instant": "2026-03-18T08:05:00Z",
    "words": "urgent",
}


def remark_as_note(form: dict[str, Any]) -> dict[str, Any]:
    """What this department once stored as a remark is a note today; any other form is left as it is."""
    if form["type"] != "remark":
        return form
    kept = {key: value for key, value in form.items() if key != "words"}
    return {**kept, "type": "ticket_noted", "form": 2, "text": form["words"]}


class Tickets:
    """The events of all tickets in one table. It is mutable: it holds the connection.

    The primary key guards against two writers: the second one of a version is refused by the database.
    """

    def __init__(self, database: sqlite3.Connection, lifecycle: Lifecycle) -> None:
        self._database, self._lifecycle = database, lifecycle
        database.execute("CREATE TABLE event (ticket TEXT, version INTEGER, body TEXT, PRIMARY KEY (ticket, version))")

    def store(self, events: Iterable[TicketEvent]) -> None:
        """Store events, all or none."""
        self.store_forms(map(to_dict, events))

    def store_forms(self, forms: Iterable[dict[str, Any]]) -> None:
        """Store events in the form of today, or of then."""
        rows = [(form["ticket"], form["version"], json.dumps(form)) for form in forms]
        with self._database:
            self._database.executemany("INSERT INTO event VALUES (?, ?, ?)", rows)

    def load(self, ticket: str) -> Ticket:
        """The ticket that its events add up to."""
        rows = self._database.execute("SELECT body FROM event WHERE ticket = ? ORDER BY version", [ticket])
        forms = (remark_as_note(json.loads(body)) for (body,) in rows)
        return self._lifecycle.replay(from_dict(TicketEvent, form) for form in forms)


def main() -> None:
    """Open, write twice at once, be refused, go on."""
    tickets = Tickets(sqlite3.connect(":memory:"), LIFECYCLE)
    letter = ContactRef("c-1", "post", direction=Direction.INBOUND, received=NINE.date())
    tickets.store(LIFECYCLE.apply(None, OpenTicket(id="l-1", about=letter), at=NINE).events)
    tickets.store_forms([OLD_FORM])

    anna, ivo = tickets.load("l-1"), tickets.load("l-1")
    tickets.store(LIFECYCLE.apply(anna, FireTrigger("check"), at=NINE.add(minutes=10), by="anna").events)
    try:
        tickets.store(LIFECYCLE.apply(ivo, Note("seen"), at=NINE.add(minutes=10), by="ivo").events)
    except sqlite3.IntegrityError:
        ivo = tickets.load("l-1")
        print(f"somebody was faster; read again, it is {ivo.state} at version {ivo.version}")

    try:
        LIFECYCLE.apply(ivo, FireTrigger("close", reason="issued"), at=NINE.add(hours=1), by="ivo")
    except TransitionRefused as refused:
        print(f"refused by the guard {refused.guard}; allowed now: {', '.join(refused.allowed) or 'nothing'}")

    paid = {"fee_paid": True}
    closed = LIFECYCLE.apply(ivo, FireTrigger("close", reason="issued"), at=NINE.add(hours=2), by="ivo", facts=paid)
    tickets.store(closed.events)
    print(f"in the end: {tickets.load('l-1').state}")


if __name__ == "__main__":
    main()
