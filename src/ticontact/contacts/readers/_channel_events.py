"""The channel events of Asterisk (CEL) to contacts: what every telephone of a call did, instant by instant.

A call record has one row a conversation and guesses at transfers; the events say who was with whom, and since when. So
waits, consults and transfers come out as they were, also where the dial plan answers before the queue does.

Theory of operation. Events go by linked id. Every channel of the call has a beginning, an answer and an end, and is in
bridges for some time. The citizen's channel is the one that opened the call; an agent's is one with an extension of the
house. Who was in one bridge with the citizen has talked with the citizen; who was in bridges with colleagues alone has
been consulted; whoever was in none did not answer. Bridges have ids in new Asterisks (`extra`), and in older ones the
others in the bridge stand beside (`peer`).

Source: Asterisk documentation, Channel Event Logging; the order of events is that of its own test suite.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from ticontact.contacts._addresses.address_reader import AddressReader
from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld, absent
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._field_class import conceal
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._outcome import Outcome
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import clean, has_unsafe
from ticontact.contacts.readers._call_records import CallRecords
from ticontact.contacts.readers._exchange import Exchange
from ticontact.contacts.readers._exchange_log import (
    LONGEST_LINK,
    Lines,
    Row,
    abandoned,
    check_several,
    epoch_of,
    moment_of,
    text_in,
)
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import UnreadableRecord

__all__ = ["call_events"]

_DEFAULT: Final = Exchange()
_BRIDGE: Final = re.compile(r'"bridge_id"\s*+:\s*+"([0-9A-Za-z-]{1,80}+)"')
_MOST_CHANNELS: Final = 500  # of one call
_MOST_PEERS: Final = 20  # others named beside an event; one of them is enough to know the bridge
_BRIDGED: Final = frozenset({"BRIDGE_ENTER", "BRIDGE_START", "CONF_ENTER"})
_PARTED: Final = frozenset({"BRIDGE_EXIT", "BRIDGE_END", "CONF_EXIT"})
_OVER: Final = frozenset({"HANGUP", "CHAN_END"})


@attrs.frozen(kw_only=True, repr=False, field_transformer=conceal)  # what it holds is as it was written
class _Event:
    """One row: what happened, when, on which channel."""

    kind: str
    epoch: int
    channel: str
    unique: str
    link: str
    number: str
    name: str
    exten: str
    application: str
    data: str
    bridge: str
    peers: tuple[str, ...]


@attrs.define(repr=False, eq=False, field_transformer=conceal)
class _Line:
    """One channel of a call. It is mutable: it grows event by event."""

    first: _Event
    agent: str
    answered: int | None = None
    end: int | None = None
    stays: list[tuple[str, int, int]] = attrs.Factory(list)
    bridge: str = ""
    entered: int = 0

    @property
    def start(self) -> int:
        """When it began."""
        return self.first.epoch

    def enter(self, bridge: str, at: int) -> None:
        """Begin a stay in a bridge."""
        self.leave(at)
        self.bridge, self.entered = bridge, at

    def leave(self, at: int) -> None:
        """End the stay in a bridge, if there is one."""
        if self.bridge:
            self.stays.append((self.bridge, self.entered, at))
        self.bridge = ""


def call_events(
    rows: Iterable[Row], *, exchange: Exchange = _DEFAULT, addresses: AddressReader | None = None
) -> CallRecords:
    """Read channel events; a call whose events cannot be read is refused, and the rest goes on.

    Args:
        rows: The columns of each event by the names of the table `cel`: `eventtype`, `eventtime`, `cid_name`,
            `cid_num`, `exten`, `channame`, `appname`, `appdata`, `uniqueid`, `linkedid`, `peer`, `extra`.
        exchange: What wrote them; its `columns` are those of call records, and are not looked at.
        addresses: What reads the numbers. By default nothing is remembered.

    Returns:
        The calls with their legs, under the ids that `call_records` gives them.

    Raises:
        UnreadableRecord: If what is given are no rows at all.
        ConfigurationError: If the exchange names a country that there is not.
    """
    check_several(rows, "channel events", allowed="rows")
    reader = AddressReader() if addresses is None else addresses
    grouped: dict[str, list[_Event]] = {}
    refused: dict[str, UnreadableRecord] = {}
    for row in rows:
        link = _link(row)
        try:
            grouped.setdefault(link, []).append(_read(row, link, exchange))
        except UnreadableRecord as error:
            refused.setdefault(link, error.with_traceback(None))  # whose frames would keep the row
    calls = [_call(events, exchange, reader) for link, events in grouped.items() if link not in refused]
    return CallRecords(tuple(calls), refused)


def _link(row: object) -> str:
    found = (row.get("linkedid") or row.get("uniqueid")) if isinstance(row, Mapping) else ""
    return found if isinstance(found, str) else ""


def _read(row: object, link: str, exchange: Exchange) -> _Event:
    if not isinstance(row, Mapping):
        raise UnreadableRecord(
            f"channel event: {type(row).__name__} was given; allowed: columns by name", given=row, field="channel event"
        )
    if not 0 < len(link) <= LONGEST_LINK or has_unsafe(link):
        raise _fault("linkedid", f"1 to {LONGEST_LINK} characters, or a uniqueid of as many", row)
    text = {name: text_in(row, name, place=f"channel event, {name}") for name in _COLUMNS}
    epoch = epoch_of(text["eventtime"], exchange)
    if epoch is None:
        raise _fault("eventtime", "a local time such as 2026-03-18 09:00:00, or seconds since 1970", row)
    return _Event(
        kind=text["eventtype"].upper(),
        epoch=epoch,
        channel=text["channame"],
        unique=text["uniqueid"],
        link=link,
        number=text["cid_num"],
        name=text["cid_name"],
        exten=text["exten"],
        application=text["appname"].lower(),
        data=text["appdata"],
        bridge=_bridge(text["extra"]),
        peers=tuple(dict.fromkeys(filter(None, text["peer"].split(",")[:_MOST_PEERS]))),
    )


_COLUMNS: Final = (
    "eventtype", "eventtime", "channame", "uniqueid", "cid_num", "cid_name", "exten", "appname", "appdata", "extra",
    "peer",
)  # fmt: skip


def _bridge(extra: str) -> str:
    found = _BRIDGE.search(extra)
    return found[1] if found else ""


def _fault(column: str, allowed: str, row: Row) -> UnreadableRecord:
    return UnreadableRecord(
        f"channel event, {column}: allowed: {allowed}", given=row.get(column), field=f"channel event, {column}"
    )


def _call(events: list[_Event], exchange: Exchange, addresses: AddressReader) -> Imported:
    findings = Findings()
    events.sort(key=lambda event: event.epoch)
    channels = _channels(events, exchange, findings)
    first = next((line for line in channels.values() if line.first.unique == line.first.link), None)
    first = first or next(iter(channels.values()))
    lines = Lines(exchange, addresses, findings)
    if exchange.is_trunk(first.first.channel):
        direction, citizen = Direction.INBOUND, first
    elif exchange.is_extension(first.first.exten):
        direction, citizen = Direction.INTERNAL, first
    else:
        direction = Direction.OUTBOUND
        outside = (line for line in channels.values() if exchange.is_trunk(line.first.channel))
        citizen = next(outside, first)
    legs = _legs(citizen, channels, _queues(events, citizen), exchange)
    served = next((leg for leg in legs if leg.with_citizen), None)
    end = citizen.end
    if end is None:
        findings.add("CHAN_END", FindingKind.MISSING)
    outcome = _outcome(events, citizen, direction, exchange, is_served=served is not None)
    contact = Contact(
        id=f"call-{first.first.link}",
        channel=Channel.named("voice"),
        direction=direction,
        reached=lines.address(first.first.exten, "exten") if direction is Direction.INBOUND else None,
        parties=_parties(first, direction, lines),
        legs=legs,
        outcome=None if end is None else outcome,
        created_at=moment_of(first.start, exchange),
        answered_at=served.answered_at if served else None,
        ended_at=None if end is None else moment_of(max(end, first.start), exchange),
    )
    return Imported(contact, findings.all)


def _channels(events: list[_Event], exchange: Exchange, findings: Findings) -> dict[str, _Line]:
    """The channels of a call by name, each with its stays in bridges, in the order in which they began."""
    channels: dict[str, _Line] = {}
    for event in events:
        if event.channel not in channels:
            if len(channels) >= _MOST_CHANNELS:
                findings.add("channame", FindingKind.CUT)
                continue
            agent = "" if event.channel.startswith("Local/") else exchange.extension_of(event.channel)
            channels[event.channel] = _Line(event, clean(agent))
        _take(channels[event.channel], event, [channels[name] for name in event.peers if name in channels])
    last = events[-1].epoch
    for line in channels.values():
        line.leave(last)
    return channels


def _take(line: _Line, event: _Event, others: list[_Line]) -> None:
    """Let one channel do what an event says. Older Asterisks name the others in a bridge, which has no id then."""
    if event.kind == "ANSWER":
        line.answered = event.epoch if line.answered is None else line.answered
    elif event.kind in _BRIDGED:
        joined = next((other.bridge for other in others if other.bridge), "")
        line.enter(event.bridge or joined or event.channel, event.epoch)
        for other in others if event.kind == "BRIDGE_START" else ():
            other.enter(line.bridge, event.epoch)
    elif event.kind in _PARTED:
        for each in (line, *others) if event.kind == "BRIDGE_END" else (line,):
            each.leave(event.epoch)
    elif event.kind in _OVER:
        line.leave(event.epoch)
        line.end = event.epoch


def _joined_bridges(channels: Mapping[str, _Line]) -> Mapping[str, str]:
    """Bridges that a `Local` channel makes one, each under the name of the first: who is in one is in the other."""
    names: dict[str, str] = {}
    for name, line in channels.items():
        if name.startswith("Local/") and name.endswith(";1"):
            inner = channels.get(f"{name[:-1]}2")
            for bridge, _, _ in inner.stays if inner else ():
                names.setdefault(bridge, line.stays[0][0] if line.stays else bridge)
    return names


def _queues(events: list[_Event], citizen: _Line) -> list[tuple[int, str]]:
    """When the citizen entered which queue."""
    return [
        (event.epoch, clean(event.data.partition(",")[0]))
        for event in events
        if event.kind == "APP_START" and event.application == "queue" and event.channel == citizen.first.channel
    ]


def _legs(
    citizen: _Line, channels: Mapping[str, _Line], queues: list[tuple[int, str]], exchange: Exchange
) -> list[Leg]:
    joined = _joined_bridges(channels)
    theirs = [(joined.get(bridge, bridge), start, end) for bridge, start, end in citizen.stays]
    agents = [line for line in channels.values() if line.agent and line is not citizen]
    company: dict[str, set[str]] = {}
    for line in agents:
        for bridge, _, _ in line.stays:
            company.setdefault(joined.get(bridge, bridge), set()).add(line.first.channel)
    legs: list[Leg] = []
    consulted: set[str] = set()
    served: set[str] = set()
    # In the order in which they were rung: who was asked before the citizen came along is consulted, and gets the call
    # handed over; who comes in unasked after somebody else got it by a blind transfer.
    for line in agents:
        stays = [(joined.get(bridge, bridge), start, end) for bridge, start, end in line.stays]
        together = _together(stays, theirs)
        queue = next((name for at, name in reversed(queues) if at <= line.start), "")
        alone = next((stay for stay in stays if len(company[stay[0]]) > 1), None)
        is_asked = alone is not None and (not together or alone[1] < together[0]) and line.agent not in served
        if alone is not None and is_asked:
            until = together[0] if together else alone[2]
            legs.append(_leg(LegKind.CONSULT, line, "", (line.start, alone[1], until), exchange))
            consulted.add(line.agent)
        if together:
            kind = LegKind.HANDED_OVER if line.agent in consulted else LegKind.BLIND_TRANSFER
            kind = kind if served else LegKind.INITIAL
            start = together[0] if line.agent in consulted else line.start
            legs.append(_leg(kind, line, queue, (start, *together), exchange))
            served.add(line.agent)
        elif not stays and line.answered is None:
            end = line.start if line.end is None else line.end
            legs.append(_leg(LegKind.OFFERED, line, queue, (line.start, None, end), exchange))
    return sorted(legs, key=lambda leg: leg.started_at)


def _together(one: list[tuple[str, int, int]], other: list[tuple[str, int, int]]) -> tuple[int, int] | None:
    """From when until when two channels were in one bridge, from the first time to the last; None if they never were.

    The stays of a channel follow one another, so one pass over both finds every pair that overlaps.
    """
    first = last = None
    here = there = 0
    while here < len(one) and there < len(other):
        start, end = max(one[here][1], other[there][1]), min(one[here][2], other[there][2])
        is_brief = start == end and (one[here][1] == end == one[here][2] or other[there][1] == end == other[there][2])
        if one[here][0] == other[there][0] and (start < end or is_brief):  # not who leaves as the other comes
            first = start if first is None else first
            last = end
        if one[here][2] < other[there][2]:
            here += 1
        else:
            there += 1
    return None if first is None or last is None else (first, last)


def _leg(kind: LegKind, line: _Line, queue: str, times: tuple[int, int | None, int], exchange: Exchange) -> Leg:
    started, answered, ended = times
    return Leg(
        kind=kind,
        agent=line.agent,
        queue=queue,
        end="no_answer" if answered is None else "answered",
        started_at=moment_of(started, exchange),
        answered_at=None if answered is None else moment_of(max(started, answered), exchange),
        ended_at=moment_of(max(started, ended), exchange),
    )


def _parties(first: _Line, direction: Direction, lines: Lines) -> list[Party]:
    event = first.first
    if direction is Direction.INBOUND:
        name = clean(event.name)
        is_none = not any(letter.isalpha() for letter in name) or absent(name) is not None
        return [Party(Role.CITIZEN, _caller(event, lines), name="" if is_none else name)]
    operator = Party(Role.OPERATOR, person=first.agent)
    if direction is Direction.INTERNAL:
        return [operator, Party(Role.OPERATOR, person=clean(event.exten))]
    return [Party(Role.CITIZEN, lines.address(event.exten, "exten")), operator]


def _caller(event: _Event, lines: Lines) -> Address:
    if not event.number:
        return absent(event.name) or Unknown()
    address = lines.address(event.number, "cid_num")
    return Withheld() if absent(event.name) == Withheld() else address


def _outcome(
    events: list[_Event], citizen: _Line, direction: Direction, exchange: Exchange, *, is_served: bool
) -> Outcome:
    """The outcome by the published table: once a person has served the citizen, the contact is answered."""
    if is_served:
        return Outcome.ANSWERED
    if direction is not Direction.INBOUND:
        return Outcome.NOT_REACHED
    started = [event for event in events if event.kind == "APP_START" and event.channel == citizen.first.channel]
    applications = {event.application for event in started}
    if "voicemail" in applications:
        return Outcome.FALLBACK
    if "queue" not in applications and citizen.answered is not None:
        is_closed = any(event.data.partition(",")[0] in exchange.closed_announcements for event in started)
        return Outcome.CLOSED if is_closed else Outcome.INFORMED
    return abandoned((citizen.start if citizen.end is None else citizen.end) - citizen.start, exchange)
