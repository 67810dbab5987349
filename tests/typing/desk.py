"""What a consumer's type checker sees of a desk, a replayed day and its report."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import assert_type

import pendulum

from ticontact.contacts import Contact, Outcome
from ticontact.departments import Department
from ticontact.desk import Desk
from ticontact.desk.effects import (
    Announce,
    ClockSkew,
    Connect,
    ConsultReturned,
    ConsultTransferred,
    ContactClosed,
    CounterRecalled,
    Effect,
    Enqueued,
    OfferIssued,
    OfferRevoked,
    PartFailed,
    Requeued,
    SupervisorActed,
    TicketChanged,
    WorkResumed,
    WorkSuspended,
)
from ticontact.desk.events import ContactArrived, DeskEvent, QueueJoined
from ticontact.i18n import Language, Text
from ticontact.measures import WorkRecord
from ticontact.replay import ContactTrace, DayRun, Journal, Record, RecordedCall, figures, read_record, replay_day
from ticontact.replay._inferred_staff import infer_staff
from ticontact.replay._recorded_days import Comparison
from ticontact.reports import day_data, day_report
from ticontact.routing import Agent, Offer, RoutingExplanation, SupervisorAction
from ticontact.tickets import Ticket
from ticontact.tickets.events import TicketEvent


def run_a_desk(office: Department, agents: list[Agent], contact: Contact, at: datetime) -> None:
    """Events go in as values, effects come out as a union that a `match` can exhaust."""
    desk = Desk(office, agents=agents)
    arrived: DeskEvent = ContactArrived(id="1", contact=contact, entry="general")

    assert_type(desk.handle(arrived, at=at), tuple[Effect, ...])
    assert_type(desk.next_deadline(), pendulum.DateTime | None)
    assert_type(desk.explain("c-1"), RoutingExplanation | None)
    assert_type(desk.tickets, Mapping[str, Ticket])
    for effect in desk.handle(QueueJoined(id="2", contact=contact.id), at=at):
        assert_type(describe(effect), str)


def describe(effect: Effect) -> str:
    """Every kind of effect has its own fields; none is left over."""
    match effect:
        case Announce():
            assert_type(effect.text, Text)
            assert_type(effect.language, Language)
            return effect.text.text(effect.language)
        case OfferIssued() | OfferRevoked():
            assert_type(effect.offer, Offer)
            return effect.offer.agent
        case Connect():
            assert_type(effect.joining, bool)
            return effect.agent
        case TicketChanged():
            assert_type(effect.events, tuple[TicketEvent, ...])
            return effect.ticket
        case ContactClosed():
            assert_type(effect.outcome, Outcome)
            return effect.contact
        case _:
            return describe_further(effect)


def describe_further(
    effect: ConsultReturned
    | Enqueued
    | Requeued
    | ConsultTransferred
    | CounterRecalled
    | WorkSuspended
    | WorkResumed
    | SupervisorActed
    | PartFailed
    | ClockSkew,
) -> str:
    """The same of what is rarer."""
    match effect:
        case ConsultReturned() | Enqueued():
            return effect.contact
        case Requeued() | ConsultTransferred() | CounterRecalled() | WorkSuspended() | WorkResumed():
            return effect.contact + effect.agent
        case SupervisorActed():
            assert_type(effect.order, SupervisorAction)
            return effect.order.because
        case PartFailed():
            return effect.name
        case ClockSkew():
            assert_type(effect.used, pendulum.DateTime)
            return effect.event


def replay_a_day(lines: list[str], office: Department) -> str:
    """From a file's lines to a report."""
    record = read_record(lines)
    assert_type(record, Record)
    assert_type(record.calls, tuple[RecordedCall, ...])
    assert_type(record.faults[0].problem, str)
    day = replay_day(record.calls, department=office, day=date(2015, 1, 19))
    assert_type(day, DayRun)
    assert_type(day.live, Comparison)
    assert_type(day.live.replayed.mean_wait, timedelta | None)
    assert_type(day.by_queue, Mapping[str, Comparison])
    assert_type(day.most_telling, ContactTrace | None)
    assert_type(day.journal.records, tuple[WorkRecord, ...])
    assert_type(day.journal, Journal)
    assert_type(figures(day.recorded, within=timedelta(seconds=20)).answered, int)
    assert_type(
        [member.shifts for member in infer_staff(record.calls, rule=day.presence)], list[tuple[tuple[int, int], ...]]
    )
    assert_type(day_data(record, day), dict[str, object])
    return day_report(day, "it")
