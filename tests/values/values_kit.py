"""What the laws of all values share: every public frozen class, found by itself, and values of each.

A value is made of the annotations of its class: a text, a number, an instant, whatever stands there. Where a class asks
for more than its annotations say, one entry of `MADE` says with what its values are made.
"""

import collections.abc
import enum
import importlib
import pkgutil
import types
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
import pendulum

import ticontact
from ticontact import contacts, hours, measures, routing, staffing, tickets
from ticontact.departments import Department, load
from ticontact.errors import TicontactError, UnreadableRecord
from ticontact.hours._yearly_dates import Easter
from ticontact.hours.terms import law_parts
from ticontact.i18n import Text
from ticontact.plain import Epoch, Zone
from ticontact.replay import DayRun, read_record, replay_day
from ticontact.testing import instant
from ticontact.tickets.events import Noted, TicketEvent

__all__ = [
    "FIRST_PASS",
    "SECOND_PASS",
    "Given",
    "filled",
    "given_of",
    "hints_of",
    "name_of",
    "public_values",
    "value_of",
]

Given = dict[str, Any]


FIRST_PASS: Final = instant("2026-10-25 02:30", fold=0)
SECOND_PASS: Final = instant("2026-10-25 02:30", fold=1)
"""Half past two in the night in which clocks go back, first and second pass."""

DAY: Final = date(2026, 10, 26)
NAMED: Final = Text(it="chiuso", de="geschlossen", fr="fermé", rm="serrà", en="closed")


@cache
def public_values() -> tuple[type, ...]:
    """Every public class of attrs, found by the names that public modules show."""
    found: dict[type, str] = {}
    for module in pkgutil.walk_packages(ticontact.__path__, "ticontact."):
        if any(part.startswith("_") for part in module.name.split(".")):
            continue
        shown = importlib.import_module(module.name)
        for name in getattr(shown, "__all__", ()):
            thing = getattr(shown, name)
            if isinstance(thing, type) and attrs.has(thing):
                found.setdefault(thing, f"{module.name}.{name}")
    return tuple(sorted(found, key=found.__getitem__))


def name_of(owner: type) -> str:
    """The name of a class, for a test's own name."""
    return f"{owner.__module__.split('.')[1]}.{owner.__name__}"


@cache
def hints_of(owner: type) -> dict[str, Any]:
    """The annotations of the fields by name."""
    return get_type_hints(owner, include_extras=True)


@cache
def office() -> Department:
    """An office."""
    return load((files("ticontact.replay") / "data" / "migrazione.toml").read_text())


@cache
def day_run() -> DayRun:
    """A day of that office with one call."""
    head = (
        "vru+line call_id customer_id priority type date vru_entry vru_exit vru_time q_start q_exit q_time"
        " outcome ser_start ser_exit ser_time server"
    )
    call = "AA0101 33116 9664491 2 PS 990101 9:00:31 9:00:36 5 9:00:36 9:01:09 33 AGENT 9:01:09 9:04:09 180 DORIT"
    rows = ["\t".join(row.split()) for row in (head, call)]
    return replay_day(read_record(rows).calls, department=office(), day=date(2026, 3, 18))


SIMPLE: Final[dict[Any, Any]] = {
    str: "a-1",
    int: 1,
    float: 0.5,
    bool: True,
    bytes: b"0123456789abcdef0123456789abcdef",
    object: "plain",
    Any: "anything",
    type(None): None,
    date: DAY,
    time: time(15),
    timedelta: timedelta(minutes=20),
    datetime: FIRST_PASS,
    pendulum.DateTime: FIRST_PASS,
    Epoch: 1_773_820_800_000_000,
    Zone: "Europe/Zurich",
}

ELSE: Final[dict[str, Any]] = {
    "Condition": lambda: routing.require("permits").asked,
    "OpenTime": lambda: value_of(hours.BusinessCalendar),
    "UnreadableRecord": lambda: UnreadableRecord("call: broken"),
    "_StateMap": lambda: value_of(tickets.StateMap),
    "_DayOfYear": lambda: law_parts.TermSuspension.yearly((7, 15), (8, 15)).first,
    "DateOf": lambda: Easter(1),
    "Plan": lambda: value_of(hours.BusinessCalendar).plan,
    "Stretch": lambda: hours.Stretch(FIRST_PASS, SECOND_PASS),
    "Fraction": lambda: Fraction(1, 2),
    "RoutingRule": lambda: routing.first_of(routing.require("permits")),
    "Recorder": lambda: day_run().journal.recorder,
}
"""What annotations mean that are no class of attrs."""


def some(hint: Any) -> Any:  # noqa: C901, PLR0911 - any annotation; one return for each kind
    """Some value of an annotation."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, TypeVar):
        return "any"
    if origin is Literal:
        return inner[0]
    if origin in {Annotated, Union, types.UnionType}:
        return some(inner[0])
    if origin is tuple:
        return (some(inner[0]),) if inner[-1] is Ellipsis else tuple(map(some, inner))
    if origin is frozenset:
        return frozenset({some(inner[0])})
    if origin is collections.abc.Mapping:
        return {some(inner[0]): some(inner[1])}
    if origin is collections.abc.Callable:
        return len
    if issubclass(hint, enum.Enum):
        return next(iter(hint))
    if hint is TicketEvent:
        return value_of(Noted)  # it stands for its kinds
    return value_of(hint) if attrs.has(hint) else ELSE[hint.__name__]()


def value_of(owner: type) -> Any:
    """A value of a class."""
    return MAKERS[owner]() if owner in MAKERS else owner(**given_of(owner))


def given_of(owner: type) -> Given:
    """With what a value of a class is made: what must be given, and what `MADE` says."""
    made = MADE[owner]() if owner in MADE else {}
    for field in attrs.fields(owner):
        if field.init and field.default is attrs.NOTHING and field.alias not in made:
            made[field.alias] = some(hints_of(owner)[field.name])
    return made


def filled(owner: type, **more: Any) -> Any:
    """A value in which as many fields hold something as may at once."""
    if owner in MAKERS:
        return MAKERS[owner]()
    given = given_of(owner) | more
    for field in attrs.fields(owner):
        if field.init and field.alias not in given:
            tried = given | {field.alias: some(hints_of(owner)[field.name])}
            try:
                owner(**tried)
            except TicontactError:
                continue
            given = tried
    return owner(**given)


MAKERS: Final[dict[type, Any]] = {
    hours.Week: lambda: hours.Week.parse("Mo-Fr 08:00-12:00"),
    hours.TimeWindow: lambda: hours.TimeWindow("08:00", "12:00"),
    hours.BusinessCalendar: lambda: hours.BusinessCalendar(
        zone="Europe/Zurich", week=value_of(hours.Week), closures=[hours.Closure(DAY)]
    ),
    Department: office,
    DayRun: day_run,
}
"""How values are made whose class takes other arguments than its fields."""

MADE: Final[dict[type, Any]] = {
    contacts.AhvNumber: lambda: {"digits": "7569217076985"},
    contacts.Uid: lambda: {"digits": "109322551"},
    contacts.PhoneNumber: lambda: {"e164": "+41918145500", "extension": "12"},
    contacts.ShortNumber: lambda: {"number": "117"},
    contacts.PostalAddress: lambda: {"last_name": "Verdi", "swiss_code": "6501", "town": "Bellinzona", "country": "CH"},
    routing.Queue: lambda: {"fallback": "voicemail"},
    staffing.Patience: lambda: {"shares": ((timedelta(0), 1.0),)},
    staffing.Shift: lambda: {"start": time(9), "end": time(17)},
    tickets.TicketHistory: lambda: {"events": (value_of(tickets.events.Opened),)},
    measures.RoutingEvent: lambda: {"what": "joined", "at": SECOND_PASS},
}
"""With what values are made, where the annotations do not say enough."""
