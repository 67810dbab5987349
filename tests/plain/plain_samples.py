"""One invented value of every class that has a form of its own, with something in every field."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import attrs

import ticontact
from ticontact._time import to_epoch
from ticontact.cli._desk import DeskInput, DeskOutput, DeskRefusal
from ticontact.contacts import (
    CaseRef,
    Channel,
    HandOver,
    Outcome,
)
from ticontact.departments import load
from ticontact.desk import effects, events
from ticontact.errors import Fault
from ticontact.hours import BusinessCalendar, Week
from ticontact.i18n import Text
from ticontact.measures import RoutingEvent, WorkRecord
from ticontact.measures._recorder import WorkInfo
from ticontact.plain import to_dict
from ticontact.priority import Priority
from ticontact.routing import (
    Agent,
    AgentStatus,
    Callback,
    Eligibility,
    EligibilityReason,
    IneligibleReason,
    Offer,
    Remedy,
    RoutingExplanation,
    SupervisorAction,
    WaitingExplanation,
    WaitingReason,
    WorkItem,
    WrapUp,
    any_agent,
    at_site,
    exclude,
    prefer,
    require,
    require_language,
    require_permission,
    veto,
    weighted,
    widen,
    with_attribute,
)
from ticontact.testing import instant
from ticontact.tickets._ticket.ticket import Link

__all__ = ["EMPTY", "NINE", "declared", "samples"]

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("contacts", "tickets", "builders")]

NINE: Final = instant("2026-03-18 09:00")
EMPTY: Final[tuple[object, ...]] = (None, "", (), {}, frozenset())
UNTIL: Final = instant("2026-03-18 09:00:20.25")
TEXT: Final = Text(it="chiuso", de="geschlossen", fr="fermé", rm="serrà", en="closed", spoken=Text.same("spoken"))
OFFER: Final = Offer("c-1", "anna", 2, UNTIL, "consult")
CALLBACK: Final = Callback.between(NINE, instant("2026-03-18 11:00"), attempts=2, spacing=timedelta(minutes=20))
CASE: Final = CaseRef("permit", "2026/4711", office="migration")
HAND_OVER: Final = HandOver(CASE, "renewal of a B permit", language="de", waited=timedelta(minutes=3, seconds=1.5))
ACTION: Final = SupervisorAction(
    command="change_priority", subject="c-1", by="luca", because="a term ends", before="normal", after="high", at=NINE
)


def declared() -> dict[str, type]:
    """Every class of ticontact that has a form of its own, by the name of the form."""
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(ticontact.__path__, "ticontact."):
        for thing in vars(importlib.import_module(module.name)).values():
            own = thing.__dict__.get("__plain_form__") if isinstance(thing, type) else None
            if own is not None and thing.__module__.startswith("ticontact."):
                assert found.setdefault(own.name, thing) is thing, own.name
    return dict(sorted(found.items()))


def _happened(event: Any) -> object:
    """The same event, which says when it happened."""
    return attrs.evolve(event, happened_at=ACTION.at)


def _numbered(effect: Any) -> object:
    """The same effect, as a desk gives it."""
    return attrs.evolve(effect, at=ACTION.at, id="e-1/1")


def _events() -> Iterator[object]:
    contact: Any = importlib.import_module("contacts_samples").full_contact()
    order: dict[str, Any] = {"id": "e-1", "by": "luca", "because": "a term ends"}
    yield events.ContactArrived(id="e-1", contact=contact, entry="voice", priority=Priority.HIGH)
    yield events.CallbackRequested(id="e-1", contact="c-1", callback=CALLBACK)
    yield events.MergedInto(id="e-1", contact="c-1", into="c-2")
    yield events.OfferAccepted(id="e-1", offer=OFFER)
    yield events.OfferDeclined(id="e-1", offer=OFFER)
    yield events.ConsultRequested(id="e-1", contact="c-1", summary="renewal")
    yield events.AgentStatusChanged(id="e-1", agent="anna", because=AgentStatus.BREAK)
    yield events.PriorityChanged(contact="c-1", priority=Priority.URGENT, **order)
    yield events.QueueChanged(contact="c-1", queue="asylum", **order)
    yield events.AssignedManually(contact="c-1", agent="anna", **order)
    yield events.QueueClosedByHand(queue="asylum", **order)
    yield events.TimeAdvanced(id="e-1")
    for contact_event in (
        *(events.QueueJoined, events.CallerLeft, events.ConsultCompleted, events.ContactEnded),
        *(events.CallbackUnanswered, events.NoShow),
    ):
        yield contact_event(id="e-1", contact="c-1")
    for agent_event in (events.AgentSignedIn, events.AgentSignedOut, events.AgentDisconnected):
        yield agent_event(id="e-1", agent="anna")


def _effects() -> Iterator[object]:
    yield effects.Announce(contact="c-1", text=TEXT, language="de")
    yield effects.OfferIssued(offer=OFFER, carrying=HAND_OVER)
    yield effects.OfferRevoked(offer=OFFER)
    yield effects.Connect(contact="c-1", agent="anna", joining=True)
    yield effects.ConsultReturned(contact="c-1")
    yield effects.Enqueued(contact="c-1")
    yield effects.TicketChanged(ticket="t-1", events=_life()[:3])
    yield effects.ContactClosed(contact="c-1", outcome=Outcome.ANSWERED)
    yield effects.SupervisorActed(order=ACTION)
    yield effects.PartFailed(part="rule", name="asylum", problem="raised KeyError", contact="c-1")
    yield effects.ClockSkew(contact="c-1", event="ContactEnded", given=ACTION.at, used=ACTION.at)
    for effect in (
        *(effects.Requeued, effects.ConsultTransferred, effects.CounterRecalled),
        *(effects.WorkSuspended, effects.WorkResumed),
    ):
        yield effect(contact="c-1", agent="anna")


def _routing() -> Iterator[object]:
    asylum = require("asylum", level=3) & prefer("anna", reserve_for=timedelta(minutes=2)) & exclude(["ivo"])
    wide = (asylum & veto(["eva"], skill="trainee")).relax(
        after=timedelta(minutes=5), to=require("asylum"), clock="open"
    )
    wish = (wide | require_language("de", "fr", level=7)) & require_permission("permits") & with_attribute("topic", "b")
    wish = wish & weighted({at_site("Lugano"): 2}) & ~require("letters") & widen(after=timedelta(hours=1), to=any_agent)
    requirement = attrs.evolve(wish, asked_by=("asylum 2026-01",))
    yield requirement
    yield ACTION
    yield Agent(
        id="anna",
        skills={"permits": 4},
        languages=["it", "de"],
        permissions=["permits"],
        sites=["Lugano"],
        attributes={"team": "b"},
        capacity=3,
        limits={"voice": 1},
        wrap_up=WrapUp.timed(timedelta(seconds=20)),
        position=2,
        share=3,
    )
    yield WorkItem(
        id="c-1",
        queue="permits",
        channel=Channel(name="kiosk", label=TEXT, synchronous=True),
        requirement=requirement,
        priority=Priority.HIGH,
        entered_at=NINE,
        reached_at=NINE,
        language="de",
        case=CASE,
        case_owner="anna",
        last_agent="ivo",
        cost=2,
        credit=timedelta(minutes=1),
        not_before=NINE,
        promote_at=UNTIL,
        callback=CALLBACK,
        attributes={"topic": "renewal"},
    )


def _office() -> Iterator[object]:
    office = load((files("ticontact.replay") / "data" / "migrazione.toml").read_text(encoding="utf-8"))
    yield office
    always = BusinessCalendar(zone="Europe/Zurich", week=Week.always(), name="x")
    yield (office.queues["general"].calendar & always).named("counter")


def _explained() -> RoutingExplanation:
    busy = EligibilityReason(IneligibleReason.LEVEL_TOO_LOW, {"skill": "permits", "level": 2, "needed": 3})
    first = EligibilityReason(IneligibleReason.CHOSEN, {"by": TEXT})
    remedy = Remedy("step", agents=("anna",), within=timedelta(minutes=4), asks=require("asylum").asked)
    waits = WaitingExplanation(WaitingReason.BUSY, (remedy,))
    return RoutingExplanation("c-1", (Eligibility("anna", busy), Eligibility("ivo", first)), ("asylum 1",), waits)


def _facts() -> Iterator[object]:
    about = WorkInfo(queue="permits", channel="voice", due_at=to_epoch(UNTIL), case="x-1")
    ended = RoutingEvent.ended("c-1", Outcome.ANSWERED, at=NINE)
    yield attrs.evolve(ended, agent="anna", wrap_up=timedelta(seconds=20))
    yield WorkRecord(
        item="c-1",
        queue=about.queue,
        channel=about.channel,
        offered_at=NINE,
        entered_at=NINE,
        answered_at=UNTIL,
        left_at=UNTIL,
        handed_over_at=UNTIL,
        due_at=UNTIL,
        outcome=Outcome.ANSWERED,
        talk=timedelta(minutes=3),
        hold=timedelta(seconds=4),
        wrap_up=timedelta(seconds=20),
        case="x-1",
    )
    office = BusinessCalendar(zone="Europe/Zurich", week=Week.parse("Mo-Fr 08:00-12:00"), name="counter")
    yield office.explain(at=NINE)
    yield DeskInput(at=to_epoch(NINE), event=events.TimeAdvanced(id="e-1"))
    yield DeskOutput(line=7, effects=(effects.ConsultReturned(contact="c-1"),), next_deadline=to_epoch(UNTIL))
    yield DeskRefusal(line=7, error="InvalidValue", message="x: y", faults=(Fault("x", "y", "z"),))


def _life() -> tuple[Any, ...]:
    """Ticket events of every kind, as a life brings them about."""
    life: Any = importlib.import_module("test_tickets_history")
    events_of_all_kinds: tuple[Any, ...] = life.all_kinds()
    return events_of_all_kinds


def _filled(event: Any) -> Any:
    """A ticket event with something in the fields that its life has left empty."""
    words = ("by", "fallback", "impact", "urgency", "to", "queue", "reason", "trigger", "owner", "lifecycle")
    fillings: dict[str, Any] = {
        **dict.fromkeys(words, "x"),
        "about": "c-1",
        "absorbed": ("t-2",),
        "added": frozenset({"a"}),
        "cases": (CASE,),
        "contacts": ("c-1",),
        "events": (1, 2),
        "language": "de",
        "links": (Link("see", "t-9"),),
        "possible_duplicate_of": "t-0",
        "removed": frozenset({"b"}),
        "tags": frozenset({"a"}),
        "tickets": ("t-2",),
        "until": to_epoch(NINE),
    }
    empty = [field.name for field in attrs.fields(type(event)) if getattr(event, field.name) in EMPTY]
    return attrs.evolve(event, **{name: fillings[name] for name in empty if name in fillings})


def samples() -> dict[str, Any]:
    """One value of every such class, by the name of its form."""
    documents: Any = importlib.import_module("contacts_samples").documents()
    happened, told = map(_happened, _events()), map(_numbered, _effects())
    others = (*_routing(), *_facts(), *_office(), *map(_filled, _life()))
    values = [*documents, OFFER, _explained(), *happened, *told, *others]
    return {to_dict(value)["type"]: value for value in values}
