"""Call records in ticontact's own terms."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from conformance_kit import NotBuilt

from ticontact.contacts import (
    Address,
    Contact,
    Direction,
    LegKind,
    PhoneNumber,
    ShortNumber,
    Unknown,
    Withheld,
)
from ticontact.contacts.readers import Exchange, call_record
from ticontact.errors import UnreadableRecord

FILE = "cdr_cases.json"
TRANSFERRED = {LegKind.HANDED_OVER, LegKind.BLIND_TRANSFER}


def cases(document: Any) -> Iterable[tuple[str, Any]]:
    """Every case with its id."""
    return ((case["id"], case) for case in document["cases"])


def check(case: Any, document: Any) -> None:
    """The facts of the call are the expected ones, or the rows are refused."""
    config = document["config"]
    exchange = Exchange(
        zone=config["timezone"],
        region=config["default_region"],
        trunks=tuple(config["trunk_channel_prefixes"]),
        extensions=config["internal_extension_regex"],
    )
    rows = [{**row["fields"], "linkedid": row["linkedid"]} for row in case["rows"]]
    if case["expect"] == "refuse":
        _check_refusal(rows, exchange)
        return
    contact = call_record(rows, exchange=exchange).contact
    expected = {key: value for key, value in case["expect"].items() if key in FACTS}

    assert expected == {key: FACTS[key](contact) for key in expected}
    if unknown := case["expect"].keys() - expected.keys():
        raise NotBuilt(", ".join(sorted(unknown)))


def _check_refusal(rows: list[dict[str, str]], exchange: Exchange) -> None:
    try:
        answer: object = call_record(rows, exchange=exchange)
    except UnreadableRecord as error:
        answer = error
    assert isinstance(answer, UnreadableRecord)
    assert not any(row["src"] in str(answer) for row in rows)


def _utc(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _number(address: Address | None) -> str | None:
    if isinstance(address, PhoneNumber):
        return address.e164
    return address.number if isinstance(address, ShortNumber) else None


def _theirs(contact: Contact) -> Address | None:
    return contact.citizen.address if contact.citizen else None


def _target(contact: Contact) -> Address | None:
    return contact.reached if contact.direction is Direction.INBOUND else _theirs(contact)


def _from(contact: Contact) -> str | None:
    staff = [party.person for party in contact.parties if party.role.is_staff]
    return _number(_theirs(contact)) if contact.direction is Direction.INBOUND else staff[0]


def _to(contact: Contact) -> str | None:
    return contact.parties[1].person if contact.direction is Direction.INTERNAL else _number(_target(contact))


def _wait(contact: Contact) -> float:
    leg = contact.legs[0]
    until = leg.answered_at or leg.ended_at or leg.started_at
    return (until - leg.started_at).total_seconds()


def _kind(contact: Contact) -> str | None:
    target = _target(contact)
    return target.kind.value if isinstance(target, PhoneNumber) else None


FACTS: Mapping[str, Callable[[Contact], Any]] = {
    "channel": lambda contact: contact.channel.name,
    "direction": lambda contact: contact.direction.value,
    "from": _from,
    "to": _to,
    "to_type": _kind,
    "to_is_short_number": lambda contact: isinstance(_target(contact), ShortNumber),
    "caller_name": lambda contact: contact.citizen.name if contact.citizen else None,
    "caller_withheld": lambda contact: isinstance(_theirs(contact), Withheld),
    "caller_unknown": lambda contact: isinstance(_theirs(contact), Unknown),
    "started_at": lambda contact: _utc(contact.created_at),
    "answered_at": lambda contact: _utc(contact.legs[0].answered_at),
    "ended_at": lambda contact: _utc(contact.ended_at),
    "outcome": lambda contact: contact.legs[-1].end,
    "wait_seconds": _wait,
    "talk_seconds": lambda contact: contact.talk.total_seconds(),
    "message_seconds": lambda contact: contact.legs[0].talk.total_seconds(),
    "abandoned_in_queue": lambda contact: contact.legs[0].queue,
    "agent_extension": lambda contact: contact.agents[0],
    "agents": lambda contact: list(contact.agents),
    "legs": lambda contact: len(contact.legs),
    "transferred_to": lambda contact: next((leg.agent for leg in contact.legs[::-1] if leg.kind in TRANSFERRED), None),
    "case_reference": lambda contact: contact.found_cases[0].case.value,
}
