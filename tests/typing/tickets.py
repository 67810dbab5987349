"""What a consumer's type checker sees of lifecycles, tickets, clocks and deadlines."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, assert_type

import pendulum

from ticontact.contacts import Contact, ContactRef, HandOver
from ticontact.hours import BusinessCalendar, CalendarHistory
from ticontact.i18n import Text
from ticontact.plain import from_dict, to_dict
from ticontact.priority import Priority
from ticontact.tickets import (
    Category,
    CommandResult,
    Continue,
    DueTimer,
    Lifecycle,
    MergeResult,
    OpenNew,
    Promise,
    PromiseState,
    Propose,
    Refusal,
    State,
    Ticket,
    TicketHistory,
    continue_or_open,
    due_timers,
    events_about,
    load_lifecycle,
    load_policies,
    merge,
    mermaid,
    next_timer,
    redact,
    replay,
    resolve_merged,
    shipped,
    unmerge,
)
from ticontact.tickets.commands import FireTrigger, HandOverTo, OpenTicket, Reply
from ticontact.tickets.events import TicketEvent
from ticontact.tickets.sla import (
    Clock,
    ClockPhase,
    Clocks,
    Deadlines,
    Milestones,
    PromisesKept,
    SlaDeadline,
    SlaMetric,
    SlaPolicy,
    Target,
    check_policies,
    clocks,
    milestones,
    next_due,
    promises_kept,
    working_days,
)

assert_type(shipped.contact_centre, Lifecycle)
assert_type(shipped.contact_centre.triggers("new"), tuple[str, ...])
assert_type(shipped.contact_centre.state("new"), State)
assert_type(load_lifecycle("", guards={"asks": lambda ticket, facts: bool(facts) and ticket is not None}), Lifecycle)
assert_type(load_policies(""), tuple[SlaPolicy, ...])
assert_type(mermaid(shipped.contact_centre, language="it"), str)

policy = SlaPolicy(
    "citizens",
    [
        Target(SlaMetric.FIRST_RESPONSE, timedelta(hours=4), calendar="office", warn_at=0.75),
        Target(SlaMetric.RESOLUTION, working_days(10), calendar="office", paused_in={"waiting_for_citizen"}),
    ],
    when={"priority": Priority.HIGH, "queue": ["permits", "asylum"]},
)


def life(lifecycle: Lifecycle, call: ContactRef, hand_over: HandOver, at: datetime) -> Ticket:
    """Commands in, tickets and events out; a refusal is a value or an error."""
    opened = lifecycle.apply(None, OpenTicket(id="t", about=call), at=at)
    assert_type(opened, CommandResult)
    assert_type(opened.ticket, Ticket)
    assert_type(opened.events, tuple[TicketEvent, ...])
    answered = lifecycle.apply_all(opened.ticket, [Reply(call), HandOverTo(hand_over, "ivo")], at=at, by="anna")
    match lifecycle.decide(answered.ticket, FireTrigger("solve"), at=at, facts={"may_solve": True}, expected=3):
        case Refusal() as refusal:
            assert_type(refusal.allowed, tuple[str, ...])
            assert_type(refusal.explain(), Text)
        case events:
            assert_type(events, tuple[TicketEvent, ...])
    return answered.ticket


def described(ticket: Ticket, at: datetime) -> None:
    """A ticket is a plain value."""
    assert_type(ticket.state, str)
    assert_type(ticket.category, Category)
    assert_type(ticket.version, int)
    assert_type(ticket.priority, Priority)
    assert_type(ticket.opened_at, pendulum.DateTime)
    assert_type(ticket.contacts, tuple[ContactRef, ...])
    assert_type(ticket.record.promises, tuple[Promise, ...])
    for promise in ticket.record.promises:
        assert_type(promise.state(at=at), PromiseState)
    kept_promises = promises_kept([ticket], at=at, who="ivo")
    assert_type(kept_promises, PromisesKept)
    assert_type(kept_promises.share, float | None)
    assert_type(kept_promises.late, tuple[tuple[str, Promise], ...])
    assert_type(due_timers(shipped.contact_centre, ticket, at=at), tuple[DueTimer, ...])
    assert_type(next_timer(shipped.contact_centre, ticket), DueTimer | None)


def owed(history: list[TicketEvent], office: BusinessCalendar, at: datetime) -> SlaDeadline | None:
    """Clocks are values too."""
    found = clocks(history, [policy], calendars={"office": office}, at=at)
    assert_type(found, Clocks)
    assert_type(found.of(SlaMetric.RESOLUTION), Clock | None)
    for clock in found:
        assert_type(clock.phase, ClockPhase)
        assert_type(clock.due, pendulum.DateTime | None)
        assert_type(clock.remaining, timedelta | None)
        assert_type(clock.breached, bool)
        assert_type(clock.explain().text("it"), str)
    hours = CalendarHistory(office, {at.date(): office})
    assert_type(clocks(history, [policy], calendars={"office": hours}, at=at), Clocks)
    check_policies([policy], lifecycle=shipped.contact_centre, calendars={"office": hours})
    deadlines = Deadlines()
    deadlines.put("t", found)
    assert_type(deadlines.until(at), tuple[SlaDeadline, ...])
    assert_type(deadlines.tell(at), tuple[SlaDeadline, ...])
    assert_type(next_due("t", found), SlaDeadline | None)
    return deadlines.next()


def kept(history: list[TicketEvent], at: datetime) -> None:
    """Stored, read back, redacted, summed up."""
    stored = [to_dict(event) for event in history]
    assert_type(stored, list[dict[str, Any]])
    assert_type(replay(from_dict(TicketEvent, each) for each in stored), Ticket)
    assert_type(redact(history, at=at, by="anna", reason="asked"), tuple[TicketEvent, ...])
    assert_type(milestones(history), Milestones)


def continued(contact: Contact, tickets: Mapping[str, Ticket]) -> str:
    """The three answers are types of their own."""
    match continue_or_open(contact, tickets.values(), lifecycles=shipped.contact_centre, same_person={"t"}):
        case Continue(ticket=ticket):
            assert_type(ticket, str)
            return ticket
        case Propose(tickets=several):
            assert_type(several, tuple[str, ...])
            return several[0]
        case OpenNew(follow_up_of=earlier):
            assert_type(earlier, str)
            return earlier


def merged(opening: OpenTicket, target: TicketHistory, at: datetime) -> str | None:
    """Two become one, and two again; a history goes in, and a history comes out."""
    source = shipped.contact_centre.open(opening, at=at)
    assert_type(source, TicketHistory)
    noted = shipped.contact_centre.apply(source, Reply(), at=at)
    assert_type(noted, TicketHistory)
    assert_type(shipped.contact_centre.apply_all(noted, [Reply()], at=at), TicketHistory)
    assert_type(shipped.contact_centre.apply(noted.ticket, Reply(), at=at), CommandResult)
    assert_type(noted.unanswered, tuple[ContactRef, ...])
    merger = merge(shipped.contact_centre, noted, target, at=at)
    assert_type(merger, MergeResult)
    assert_type(merger.source.ticket.merged_into, str)
    assert_type(unmerge(shipped.contact_centre, merger.source, merger.target, at=at), MergeResult)
    assert_type(events_about(merger.target, {"c"}), tuple[TicketEvent, ...])
    return resolve_merged(source.ticket.id, {source.ticket.id: target.ticket.id})
