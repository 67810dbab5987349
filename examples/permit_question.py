"""A permit question from the first call to its closing, and what its clocks say in Italian.

Run it with `python examples/permit_question.py`; it needs ticontact alone.
"""

from datetime import timedelta

from ticontact.contacts import CaseRef, ContactRef, Direction, HandOver
from ticontact.hours import BusinessCalendar, Canton, Week, swiss
from ticontact.testing import instant
from ticontact.tickets import Refusal, Ticket, shipped
from ticontact.tickets.commands import (
    Command,
    EndPromise,
    FireTrigger,
    GivePromise,
    HandOverTo,
    OpenTicket,
    Receive,
    Reply,
)
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import SlaMetric, SlaPolicy, Target, clocks, promises_kept, working_days

OFFICE = BusinessCalendar(
    zone="Europe/Zurich",
    week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"),
    holidays=swiss.administration(Canton.TI),
)
CITIZENS = SlaPolicy(
    "citizens",
    [
        Target(SlaMetric.FIRST_RESPONSE, timedelta(minutes=5), calendar="office"),
        Target(SlaMetric.RESOLUTION, working_days(5), calendar="office"),
        Target(SlaMetric.REQUESTER_WAIT, calendar="office"),
    ],
)
CALL = ContactRef("c-1", "voice", direction=Direction.INBOUND)
LETTER = ContactRef("c-2", "post", direction=Direction.INBOUND, received=instant("2026-03-25 00:00").date())
TOLD = HandOver(CaseRef("permit", "2026/4711"), "renewal of a B permit, the employer has changed", language="it")
CALLED_BACK = GivePromise("call", "ivo", what="calls back", due=instant("2026-03-27 12:00"))

STORY: list[tuple[str, str, Command]] = [
    ("2026-03-18 16:10", "", OpenTicket(id="t-1", about=CALL, queue="permits", language="it")),
    ("2026-03-18 16:12", "anna", Reply(CALL)),
    ("2026-03-18 16:20", "anna", HandOverTo(TOLD, "ivo")),
    ("2026-03-18 16:45", "ivo", FireTrigger("ask_for_documents", until=instant("2026-04-02 17:00"))),
    ("2026-03-25 09:40", "post room", Receive(LETTER)),
    ("2026-03-25 11:00", "ivo", CALLED_BACK),
    ("2026-03-27 10:30", "ivo", Reply()),
    ("2026-03-27 10:30", "ivo", EndPromise("call")),
    ("2026-03-27 10:40", "ivo", FireTrigger("solve")),
    ("2026-04-27 08:00", "scheduler", FireTrigger("close")),
]


def main() -> None:
    """Tell the story, ask what would not have been possible, and read the clocks."""
    lifecycle = shipped.contact_centre
    ticket: Ticket | None = None
    history: list[TicketEvent] = []
    for when, by, command in STORY:
        done = lifecycle.apply(ticket, command, at=instant(when), by=by)
        ticket = done.ticket
        history += done.events
        print(f"{when}  {lifecycle.state(ticket.state).label.text('it')}")
    assert ticket is not None

    refusal = lifecycle.decide(ticket, FireTrigger("hold", reason="holidays"), at=instant("2026-04-27 09:00"))
    assert isinstance(refusal, Refusal)
    print(refusal.explain().text("it"))

    for asked in ("2026-03-26 09:00", "2026-03-27 17:00"):
        print(f"\n{asked}")
        for clock in clocks(history, [CITIZENS], calendars={"office": OFFICE}, at=instant(asked)):
            print(f"- {clock.explain().text('it')}")

    kept = promises_kept([ticket], at=instant("2026-03-31 17:00"))
    print(f"\npromises kept: {kept.share:.0%}")


if __name__ == "__main__":
    main()
