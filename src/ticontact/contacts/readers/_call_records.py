"""Rows of a telephone exchange to contacts with legs.

Rows that share a linked id are one contact. The first row says who reached whom; a row of the same caller's channel is
a further leg of the citizen, a row of another channel inside the house is a consult.

Theory of operation. A queue writes a row for each agent it rings, and only one of them answers: the others are offers,
whatever the order of the rows. An agent behind a `Local` channel has two rows, for the channel has two halves; the
inner one tells who it was and is no conversation of its own. Before somebody of the office has answered, nobody can
have handed the call on, so every leg until then is an initial one.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ticontact.contacts._addresses.address_reader import AddressReader
from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld, absent
from ticontact.contacts._case import CaseRef, FoundCase
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._outcome import Outcome
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import clean
from ticontact.contacts._verification import Assurance
from ticontact.contacts.readers._call_row import CallRow, link_of, read_row
from ticontact.contacts.readers._exchange import Exchange
from ticontact.contacts.readers._exchange_log import NO_NUMBER, Lines, Row, abandoned, check_several, told
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import ContactError, UnreadableRecord
from ticontact.plain import checked

__all__ = ["CallRecords", "call_record", "call_records"]

_DEFAULT: Final = Exchange()
_ENDS: Final[Mapping[str, Outcome]] = {
    "answered": Outcome.ANSWERED,
    "busy": Outcome.BLOCKED,
    "failed": Outcome.BLOCKED,
    "congestion": Outcome.BLOCKED,
    "announcement": Outcome.INFORMED,
    "voicemail": Outcome.FALLBACK,
}


@attrs.frozen(field_transformer=checked)
class CallRecords:
    """What many rows hold.

    Attributes:
        calls: The calls that could be read, in the order they began in the rows.
        refused: Why each of the others could not, by linked id; by its content, where a row has no id.
    """

    calls: tuple[Imported, ...]
    refused: Mapping[str, UnreadableRecord] = attrs.field(eq=told)


def call_records(
    rows: Iterable[Row], *, exchange: Exchange = _DEFAULT, addresses: AddressReader | None = None
) -> CallRecords:
    """Read many rows; a call whose rows contradict themselves is refused, and the rest goes on.

    Args:
        rows: The columns of each row by name, such as `csv.DictReader` or a database driver gives them.
        exchange: What wrote them, and under which names.
        addresses: What reads the numbers; one that remembers is faster. By default nothing is remembered.

    Returns:
        The calls. A row without any id, as Asterisk writes `Master.csv` by default, is a call by itself, with a
        finding: nobody can tell which rows belong together.

    Raises:
        UnreadableRecord: If what is given are no rows at all.
        ConfigurationError: If the exchange names a country that there is not.
    """
    check_several(rows, "call records", allowed="rows")
    reader = AddressReader() if addresses is None else addresses
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(link_of(row, exchange), []).append(row)
    calls: list[Imported] = []
    refused: dict[str, UnreadableRecord] = {}
    for link, of_one_call in grouped.items():
        try:
            calls.append(call_record(of_one_call, exchange=exchange, addresses=reader))
        except UnreadableRecord as error:
            refused[link] = error.with_traceback(None)  # whose frames would keep the rows
    return CallRecords(tuple(calls), refused)


def call_record(
    rows: Iterable[Row], *, exchange: Exchange = _DEFAULT, addresses: AddressReader | None = None
) -> Imported:
    """Read the rows of one call.

    Args:
        rows: At least one row; all of them share a linked id.
        exchange: What wrote them, and under which names.
        addresses: What reads the numbers. By default nothing is remembered.

    Returns:
        The contact, and what was odd about it. A received fax has no outcome yet: the work on it begins. A case number
        that the dial plan wrote down is among `found_cases`, as a claim: a caller may have typed it. Where the dial
        plan answers before the queue does, the row cannot tell how long the citizen waited: the finding is
        `UNKNOWN_WAIT`.

    Raises:
        UnreadableRecord: If there is no row, or a row contradicts itself.
        ConfigurationError: If the exchange names a country that there is not.
    """
    check_several(rows, "call record", allowed="rows")
    findings = Findings()
    read = sorted((read_row(row, exchange, findings) for row in rows), key=lambda row: row.started_at)
    if not read:
        raise UnreadableRecord("call record: no row; allowed: at least one", field="call record")
    lines = Lines(exchange, addresses, findings)
    return Imported(_contact(_whole_channels(read), exchange, lines, findings), findings.all)


def _contact(rows: list[CallRow], exchange: Exchange, lines: Lines, findings: Findings) -> Contact:
    first = rows[0]
    direction = _direction(first, exchange)
    legs = _legs(rows)
    ours = [row for row in rows if row.channel == first.channel]
    served = next((row for row in ours if row.end == "answered"), None)
    is_from_queue = served is not None and direction is Direction.INBOUND and served.application == "queue"
    if served and is_from_queue and served.answered_at == served.started_at:
        findings.add("answer", FindingKind.UNKNOWN_WAIT)
    return Contact(
        id=f"call-{first.link}",
        channel=Channel.named("fax" if first.end == "received" else "voice"),
        direction=direction,
        reached=lines.address(first.target, "dst") if direction is Direction.INBOUND else None,
        parties=_parties(first, direction, exchange, lines),
        found_cases=_cases(first, exchange, findings),
        legs=legs,
        outcome=_outcome(ours[-1], direction, exchange, is_answered=served is not None),
        created_at=first.started_at,
        answered_at=served.answered_at if served else None,
        ended_at=max(row.ended_at for row in ours),
    )


def _direction(row: CallRow, exchange: Exchange) -> Direction:
    if exchange.is_trunk(row.channel):
        return Direction.INBOUND
    return Direction.INTERNAL if exchange.is_extension(row.target) else Direction.OUTBOUND


def _whole_channels(rows: list[CallRow]) -> list[CallRow]:
    """The rows without the inner halves of `Local` channels; the outer ones learn from them who it was."""
    outer = {row.agent_channel[:-2] for row in rows if row.agent_channel.endswith(";1")}
    inner: dict[str, CallRow] = {}
    for row in rows:
        if row.channel.endswith(";2") and row.channel[:-2] in outer:
            inner.setdefault(row.channel[:-2], row)
    if not inner:
        return rows
    kept = [row for row in rows if not (row.channel.endswith(";2") and row.channel[:-2] in inner)]
    return [_joined(row, inner.get(row.agent_channel[:-2])) for row in kept or rows]


def _joined(row: CallRow, inner: CallRow | None) -> CallRow:
    if inner is None or row.agent or not inner.agent:
        return row
    return attrs.evolve(row, agent=inner.agent, end="answered" if row.is_answered else row.end)


def _legs(rows: list[CallRow]) -> list[Leg]:
    legs: list[Leg] = []
    consulted: set[str] = set()  # kept along the way: to look back at every leg would be quadratic
    is_served = False
    own_rows = sum(row.channel == rows[0].channel for row in rows)
    is_served_ever = any(row.end == "answered" for row in rows if row.channel == rows[0].channel)
    for row in rows:
        if row.channel != rows[0].channel:
            kind = LegKind.CONSULT
            consulted.add(row.agent)
        elif row.agent and row.end != "answered" and own_rows > 1 and (is_served_ever or legs):
            kind = LegKind.OFFERED
        elif not is_served:
            kind = LegKind.INITIAL
        else:
            kind = LegKind.HANDED_OVER if row.agent in consulted else LegKind.BLIND_TRANSFER
        is_served = is_served or (kind is not LegKind.CONSULT and row.end == "answered")
        legs.append(
            Leg(
                kind=kind,
                agent=row.agent,
                queue=clean(row.data) if row.application == "queue" else "",
                end=row.end,
                started_at=row.started_at,
                answered_at=row.answered_at,
                ended_at=row.ended_at,
            )
        )
    return legs


def _parties(row: CallRow, direction: Direction, exchange: Exchange, lines: Lines) -> list[Party]:
    if direction is Direction.INBOUND:
        return [Party(Role.CITIZEN, _caller(row, lines), name=_name(row))]
    # Whom a row calls its source is whatever it shows outside; only an extension of the house is one of the staff.
    own = row.source if exchange.is_extension(row.source) else exchange.extension_of(row.channel)
    operator = Party(Role.OPERATOR, person=clean(own))
    if direction is Direction.INTERNAL:
        return [operator, Party(Role.OPERATOR, person=clean(row.target))]
    return [Party(Role.CITIZEN, lines.address(row.target, "dst")), operator]


def _caller(row: CallRow, lines: Lines) -> Address:
    """Who called: the number, unless the caller id beside it says that it is not to be shown.

    A column without number and an empty caller id are what a caller leaves who hides both; without a column for the
    caller id nobody can tell, and the number is unknown.
    """
    shown = row.caller_id
    if not row.source:
        if shown is not None and not any(mark.isalnum() for mark in shown):
            return Withheld()
        return absent(shown or "") or Unknown()
    address = lines.address(row.source, "src")
    _, bracket, number = (shown or "").rpartition("<")
    is_hidden = bracket and absent(number.rstrip(" >")) == Withheld()
    return Withheld() if is_hidden and not isinstance(address, Unknown) else address


def _name(row: CallRow) -> str:
    """The name in the caller's id; none if it only repeats the number or says that it is withheld."""
    written = (row.caller_id or "").rpartition("<")[0]
    name = clean(written).strip().removeprefix('"').removesuffix('"').replace('""', '"')
    is_none = not any(letter.isalpha() for letter in name) or name.lower() in NO_NUMBER or absent(name)
    return "" if is_none else name


def _cases(row: CallRow, exchange: Exchange, findings: Findings) -> list[FoundCase]:
    """The case numbers that the dial plan has written down: claims, as the caller may have typed them."""
    found = re.findall(rf"(?:^|[;,&\s]){re.escape(exchange.case_key)}=([^;,&\s]+)", row.user_field)
    try:
        cases = [CaseRef(exchange.case_key, number, office=exchange.office) for number in dict.fromkeys(found)]
        return [FoundCase(case, Assurance.CLAIMED, by="dial_plan") for case in cases]
    except ContactError:
        findings.add("userfield", FindingKind.BROKEN_FIELD)
    return []


def _outcome(last: CallRow, direction: Direction, exchange: Exchange, *, is_answered: bool) -> Outcome | None:
    """The outcome by the published table: once a person has served the citizen, the contact is answered."""
    if is_answered:
        return Outcome.ANSWERED
    if direction is not Direction.INBOUND:
        return Outcome.NOT_REACHED
    if last.end == "announcement" and last.data in exchange.closed_announcements:
        return Outcome.CLOSED
    if last.end == "no_answer":
        return abandoned(last.ended_at.epoch - last.started_at.epoch, exchange)
    return _ENDS.get(last.end)
