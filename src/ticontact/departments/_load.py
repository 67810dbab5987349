"""A department's description, from TOML to a checked `Department`, with every fault at once."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final, TypeVar

from ticontact._bounded import quoted
from ticontact._description import Description, read_toml
from ticontact._time import zone_named
from ticontact.contacts import Address, Channel, EmailAddress, PhoneNumber
from ticontact.departments._model import (
    Department,
    EntryPoint,
    Fallback,
    HandOverRule,
    RecordedKind,
    ServiceLevelTarget,
    ServicePoint,
)
from ticontact.errors import ConfigurationError, Fault
from ticontact.hours import BusinessCalendar, Week
from ticontact.hours.notation.toml import calendar_of
from ticontact.i18n import LANGUAGES, Text
from ticontact.i18n._text import language_named
from ticontact.priority import Priority
from ticontact.tickets import shipped

__all__ = ["check", "load"]

_LIFECYCLES: Final = {"contact_centre": shipped.contact_centre}
_TELEPHONE: Final = frozenset({"voice", "video", "sms", "fax"})
_MAIL: Final = frozenset({"email"})
_NEVER: Final = BusinessCalendar(zone="UTC", week=Week.closed())
"""What stands in for hours that the description does not have, until its faults are raised."""
T = TypeVar("T", EntryPoint, ServicePoint)


def load(text: str) -> Department:
    """The department that a TOML text describes.

    Args:
        text: The description; see the reference page on department files for every key.

    Raises:
        ConfigurationError: With every fault, each with its path in the file, what was given and what is allowed.
    """
    description = read_toml(text)
    department = _department(description)
    description.finish()
    return department


def check(text: str) -> tuple[Fault, ...]:
    """The faults of a description; none if it can be loaded."""
    try:
        load(text)
    except ConfigurationError as refused:
        return refused.faults
    return ()


def _department(file: Description) -> Department:
    zone = file.read("zone", zone_named, zone_named("UTC")).name
    hours = _calendars(file, zone=zone)
    queues = _by_id(file, "queue", (_queue(table, hours) for table in file.tables("queue")))
    entries = _by_id(file, "entry", (_entry(table, queues) for table in file.tables("entry")))
    wrap_up = file.table("wrap_up")
    wrap_up.choice("mode", ["timed"], default="timed")
    target = file.table("service_level")
    return Department(
        id=file.text("id"),
        name=_name(file.table("name")),
        zone=zone,
        entries=entries,
        queues=queues,
        lifecycle=_LIFECYCLES[file.choice("lifecycle", _LIFECYCLES)],
        head_start=_head_start(file.table("head_start")),
        wrap_up=wrap_up.amount("length", default=timedelta(0)),
        service_level=ServiceLevelTarget(
            within=target.amount("within", default=timedelta(seconds=20)),
            percent=target.integer("percent", default=80, most=100),
        ),
        second_level=file.table("second_level").text("skill") if "second_level" in file else "",
        recorded_kinds={
            each.kind: each for each in (_recorded_kind(table, entries) for table in file.tables("recorded_kind"))
        },
        recorded_hand_over=_hand_over(file.table("recorded_hand_over")) if "recorded_hand_over" in file else None,
    )


def _by_id(file: Description, key: str, items: Iterable[T]) -> Mapping[str, T]:
    """Name the items; two of one name, or none at all, are a fault."""
    named: dict[str, T] = {}
    for item in items:
        if item.id in named:
            file.fault(key, f"{quoted(item.id)} stands twice", "a name once")
        named[item.id] = item
    if not named:
        file.fault(key, "missing", f"at least one [[{key}]]")
    return named


def _name(table: Description) -> Text:
    words = {language: table.text(language) for language in LANGUAGES}
    return Text(it=words["it"], de=words["de"], fr=words["fr"], rm=words["rm"], en=words["en"])


def _entry(table: Description, queues: Mapping[str, ServicePoint]) -> EntryPoint:
    channel = table.read("channel", Channel.named, Channel.named("voice"))
    return EntryPoint(
        id=table.text("id"),
        channel=channel,
        address=_address(table, channel) if "address" in table else None,
        queue=table.choice("queue", queues),
    )


def _address(table: Description, channel: Channel) -> Address | None:
    """The number or address of an entry point, read as its channel asks for."""
    if channel.name in _MAIL:
        return table.read("address", EmailAddress.parse, None)
    if channel.name in _TELEPHONE:
        return table.read("address", PhoneNumber.parse, None)
    table.text("address")
    table.fault("address", f"a {channel.name} has no address that is read here", "no address")
    return None


def _queue(table: Description, hours: Mapping[str, BusinessCalendar]) -> ServicePoint:
    return ServicePoint(
        id=table.text("id"),
        calendar=hours.get(table.choice("hours", hours), _NEVER),
        skill=table.text("skill"),
        drain=table.amount("drain", default=timedelta(0)),
        fallback=Fallback(table.choice("fallback", [each.value for each in Fallback])),
    )


def _head_start(table: Description) -> Mapping[Priority, timedelta]:
    return {Priority.named(name, path=table.path(name)): table.amount(name) for name in table}


def _recorded_kind(table: Description, entries: Mapping[str, EntryPoint]) -> RecordedKind:
    return RecordedKind(
        kind=table.text("kind"),
        entry=table.choice("entry", entries),
        language=language_named(table.choice("language", LANGUAGES, default="it")),
    )


def _hand_over(table: Description) -> HandOverRule:
    return HandOverRule(
        longer_than=table.amount("longer_than"),
        after=table.amount("after"),
        briefing=table.amount("briefing"),
        officials=frozenset(table.names("officials")),
    )


def _calendars(file: Description, *, zone: str) -> Mapping[str, BusinessCalendar]:
    """The calendars of `[hours.name]`, by name; each table is one of `ticontact.hours.notation.toml`.

    Args:
        file: The whole description.
        zone: The zone of those that name none.
    """
    named = {name: calendar_of(table, name=name, zone=zone) for name, table in file.named_tables("hours").items()}
    if not named:
        file.fault("hours", "missing", "at least one [hours.name]")
    return named
