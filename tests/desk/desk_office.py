"""A small office for the tests of the desk: four queues, three people, and short ways to say what happens."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import count

import pendulum

from ticontact.contacts import CaseRef, Channel, Contact, Direction
from ticontact.departments import Department, load
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
    OfferIssued,
    OfferRevoked,
    PartFailed,
    Requeued,
    SupervisorActed,
    TicketChanged,
    WorkResumed,
    WorkSuspended,
)
from ticontact.desk.events import ContactArrived, DeskEvent
from ticontact.i18n import Language
from ticontact.routing import Agent, Offer, WrapUp
from ticontact.testing import instant

OFFICE: Department = load("""
id = "valle"
zone = "Europe/Zurich"
lifecycle = "contact_centre"
[name]
it = "Ufficio Valle"
de = "Amt Valle"
fr = "Office Valle"
rm = "Uffizi Valle"
en = "Valle Office"
[hours.morning]
week = "Mo-Fr 08:00-12:00"
[hours.always]
week = "Mo-Su 00:00-24:00"
[[entry]]
id = "general"
channel = "voice"
queue = "general"
[[entry]]
id = "advice"
channel = "voice"
queue = "advice"
[[entry]]
id = "emergency"
channel = "voice"
queue = "emergency"
[[entry]]
id = "letters"
channel = "email"
queue = "letters"
[[queue]]
id = "general"
hours = "morning"
skill = "general"
drain = "5min"
fallback = "callback"
[[queue]]
id = "advice"
hours = "morning"
skill = "advice"
drain = "0s"
fallback = "call_again"
[[queue]]
id = "emergency"
hours = "always"
skill = "general"
fallback = "call_again"
[[queue]]
id = "letters"
hours = "morning"
skill = "written"
fallback = "stays"
[head_start]
high = "90s"
[wrap_up]
mode = "timed"
length = "20s"
[service_level]
within = "20s"
percent = 80
[second_level]
skill = "official"
""")

NINE = instant("2026-03-18 09:00")
"""A Wednesday morning, in opening hours."""

_LETTERS = {
    Announce: "say",
    ClockSkew: "skew",
    PartFailed: "failed",
    OfferIssued: "offer",
    OfferRevoked: "withdraw",
    Connect: "connect",
    ConsultReturned: "returned",
    TicketChanged: "ticket",
    ContactClosed: "over",
    Requeued: "back",
    ConsultTransferred: "takeover",
    CounterRecalled: "again",
    WorkSuspended: "aside",
    WorkResumed: "up",
    SupervisorActed: "audit",
}


def people() -> list[Agent]:
    """Two operators and an official; operators need 20 s after a call."""
    operator = {"general": 5, "advice": 5, "written": 5}
    return [
        Agent(id="anna", skills=operator, languages={"it": 10, "de": 10}, wrap_up=WrapUp.timed(timedelta(seconds=20))),
        Agent(id="bruno", skills=operator, languages={"it": 10}, wrap_up=WrapUp.timed(timedelta(seconds=20))),
        Agent(id="otto", skills={"official": 5}, languages={"it": 10, "de": 10}),
    ]


def call(name: str, at: datetime, *, language: Language = "it", case: str = "", channel: str = "voice") -> Contact:
    """A contact that begins at an instant."""
    return Contact(
        id=name,
        channel=Channel.named(channel),
        direction=Direction.INBOUND,
        language=language,
        cases=[CaseRef("permit", case)] if case else [],
        created_at=at,
    )


def reaching(entry: str, name: str, at: datetime, *, case: str = "") -> Contact:
    """A contact on the channel of an entry point."""
    return call(name, at, channel=OFFICE.entry(entry).channel.name, case=case)


def kinds(effects: Iterable[Effect]) -> str:
    """The kinds of effects in one line, such as `connect ticket ticket`; `-` for none."""
    return " ".join(_LETTERS[type(effect)] for effect in effects) or "-"


def offers(effects: Iterable[Effect]) -> list[Offer]:
    """The offers among effects."""
    return [effect.offer for effect in effects if isinstance(effect, OfferIssued)]


class Counter:
    """A desk with everybody around it: it gives every event an id. It is mutable, as the desk is."""

    def __init__(self, *more: Agent, office: Department = OFFICE, preempting: bool = False) -> None:
        self.desk = Desk(office, agents=[*people(), *more], preempting=preempting)
        self._numbers = count()

    def tell(self, kind: Callable[..., DeskEvent], at: datetime, **fields: object) -> tuple[Effect, ...]:
        """Tell the desk an event, and hear what it wants done."""
        return self.desk.handle(kind(id=f"event-{next(self._numbers)}", **fields), at=at)

    def arrive(self, name: str, at: datetime, entry: str = "general", *, case: str = "") -> tuple[Effect, ...]:
        """Let a contact reach an entry point."""
        return self.tell(ContactArrived, at, contact=reaching(entry, name, at, case=case), entry=entry)


def after(seconds: float) -> pendulum.DateTime:
    """So many seconds after nine."""
    return NINE.add(microseconds=round(seconds * 1_000_000))


def microseconds(at: pendulum.DateTime) -> int:
    """An instant as records keep it: since the epoch."""
    return at.int_timestamp * 1_000_000 + at.microsecond
