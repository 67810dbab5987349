"""The queue log of Asterisk to contacts, and to who was there: an office's own past, which every Asterisk keeps.

Each line has the second since 1970, the id of the call, the queue, the agent, the event and what belongs to it, with
`|` between. A call record says how long a call was; this log says how long its caller waited in the queue, which agents
were rung, who answered, and when agents signed in and paused.

Theory of operation. Lines go by call. A call opens with its first line; `CONNECT` begins a conversation, and whatever
ends it closes that leg. Times within a second stay in the order of the file. A log is cut somewhere: a call whose end
is not in it goes on, and one whose beginning is not in it begins with its first line, both with a finding. Events that
say nothing about a call or an agent are passed over, as Asterisk adds new ones.

Source: Asterisk documentation, Queue Logs; `app_queue.c`, for the fields of each event.
"""

import enum
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import attrs
import pendulum

from ticontact._time import MICROSECONDS
from ticontact.contacts._addresses.address_reader import AddressReader
from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.unknown_caller import Unknown
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._field_class import PERSONAL, SENSITIVE, conceal, hide
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._moment import Moment, moment
from ticontact.contacts._outcome import Outcome
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import clean, has_unsafe
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
    told,
)
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import UnreadableRecord
from ticontact.plain import checked

__all__ = ["AgentChange", "AgentChangeKind", "QueueLog", "queue_log"]

_DEFAULT: Final = Exchange()
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_LONGEST: Final = 2_000  # characters of one line
_MOST_REFUSED: Final = 1_000  # lines of which it is said what is wrong
_NONE: Final = frozenset({"", "NONE"})


class AgentChangeKind(enum.Enum):
    """What changed about an agent."""

    SIGNED_IN = "signed_in"
    """Began to take calls of a queue."""
    SIGNED_OUT = "signed_out"
    """Takes no more calls of it."""
    PAUSED = "paused"
    """Takes none for a while."""
    RESUMED = "resumed"
    """Takes calls again."""


@attrs.frozen(kw_only=True, field_transformer=hide)
class AgentChange:
    """One agent came, went, paused or went on.

    Attributes:
        agent: Who; staff are persons too, so it does not show.
        kind: What changed.
        queue: In which queue; empty for all of them.
        reason: Why, as the agent or the exchange says; empty if nobody did.
    """

    agent: str = attrs.field(metadata=PERSONAL)
    kind: AgentChangeKind
    queue: str = ""
    reason: str = attrs.field(default="", metadata=SENSITIVE)
    _at: Moment = attrs.field(alias="at", converter=moment)

    @property
    def at(self) -> pendulum.DateTime:
        """When."""
        return self._at.at


@attrs.frozen(kw_only=True, field_transformer=checked)
class QueueLog:
    """What a queue log holds.

    Attributes:
        calls: The calls, in the order in which they began.
        changes: What agents did, in the order of the log.
        refused: Why some lines could not be read, by their number, 1 for the first: of the first thousand.
        left_out: How many lines could not be read.
    """

    calls: tuple[Imported, ...]
    changes: tuple[AgentChange, ...]
    refused: Mapping[int, UnreadableRecord] = attrs.field(eq=told)
    left_out: int


@attrs.frozen(kw_only=True, repr=False, field_transformer=conceal)  # what it holds is as it was written
class _Line:
    """One line of the log: when, in microseconds; which call, queue and agent; what; and what belongs to it."""

    epoch: int
    call: str
    queue: str
    agent: str
    event: str
    data: tuple[str, ...]

    def text(self, place: int) -> str:
        """What belongs to the event, by its place from 0; empty if it is not there."""
        return self.data[place] if place < len(self.data) else ""

    def seconds(self, place: int) -> int | None:
        """A length among it, in microseconds; None if there is none."""
        text = self.text(place)
        return int(text) * MICROSECONDS if _NUMBER.fullmatch(text) else None


def queue_log(
    lines: Iterable[str | Row], *, exchange: Exchange = _DEFAULT, addresses: AddressReader | None = None
) -> QueueLog:
    """Read a queue log: its calls, and when its agents came, paused and went.

    A contact has the id that `call_records` gives it, if the log has the linked id of the call: so both can be held
    side by side. Its legs are the conversations with agents, and the offers to agents who did not answer.

    Args:
        lines: The lines of `queue_log`; or rows of the table of the same name (`time`, `callid`, `queuename`, `agent`,
            `event`, `data1` to `data5`, or `data`).
        exchange: What wrote them. An agent is known by the extension, or by name where the log has names.
        addresses: What reads the numbers. By default nothing is remembered.

    Raises:
        UnreadableRecord: If what is given are no lines at all. A line that cannot be read is among `refused`.
        ConfigurationError: If the exchange names a country that there is not.
    """
    check_several(lines, "queue log", allowed="lines")
    reader = AddressReader() if addresses is None else addresses
    calls: dict[str, _Call] = {}
    changes: list[AgentChange] = []
    refused: dict[int, UnreadableRecord] = {}
    left_out = 0
    for number, given in enumerate(lines, start=1):
        if left_out > _MOST_REFUSED and isinstance(given, str) and "|" not in given:
            left_out += bool(given.strip())  # enough is told: an error takes longer than the line
            continue
        try:
            line = _read_line(given, exchange)
        except UnreadableRecord as error:
            left_out += 1
            if len(refused) < _MOST_REFUSED:
                refused[number] = error.with_traceback(None)  # whose frames would keep the line
            continue
        if line is None:
            continue
        if line.event in _CHANGES:
            changes.append(_change(line, exchange))
        elif line.event in _STEPS and line.call not in _NONE:
            if line.call not in calls:
                calls[line.call] = _Call(line, exchange, reader)
            calls[line.call].take(line)
    return QueueLog(
        calls=tuple(calls.pop(link).imported() for link in list(calls)),
        changes=tuple(changes),
        refused=refused,
        left_out=left_out,
    )


def _read_line(given: object, exchange: Exchange) -> _Line | None:
    """One line; None if it is empty."""
    if isinstance(given, Mapping):
        when, call, queue, agent, event, *data = _columns(given)
    elif isinstance(given, str):
        if len(given) > _LONGEST:
            raise _fault("line", f"up to {_LONGEST} characters", given)
        if not given.strip():
            return None
        when, call, queue, agent, event, *data = [*given.strip("\r\n").split("|"), "", "", "", ""]
    else:
        raise _fault("line", "a text, or columns by name", given)
    if len(call) > LONGEST_LINK or has_unsafe(call):
        raise _fault("callid", f"up to {LONGEST_LINK} characters", given)
    return _Line(
        epoch=_epoch(when, exchange, given),
        call=call.strip(),
        queue="" if queue.strip() in _NONE else clean(queue),
        agent=_agent(agent, exchange),
        event=event.strip().upper(),
        data=tuple(data),
    )


def _columns(row: Row) -> list[str]:
    names = ("time", "callid", "queuename", "agent", "event")
    found = [text_in(row, name, place=f"queue log, {name}") for name in names]
    parts = [text_in(row, f"data{place}", place=f"queue log, data{place}") for place in range(1, 6)]
    if not any(parts):
        parts = text_in(row, "data", place="queue log, data").split("|")
    return [*found, *parts]


def _epoch(text: str, exchange: Exchange, given: object) -> int:
    epoch = epoch_of(text.strip(), exchange)
    if epoch is None:
        raise _fault("time", "seconds since 1970, or a local time such as 2026-03-18 09:00:00", given)
    return epoch


def _agent(written: str, exchange: Exchange) -> str:
    text = written.strip()
    return "" if text in _NONE else clean(exchange.extension_of(text) or text)


def _fault(place: str, allowed: str, given: object) -> UnreadableRecord:
    return UnreadableRecord(f"queue log, {place}: allowed: {allowed}", given=given, field=f"queue log, {place}")


_CHANGES: Final[Mapping[str, AgentChangeKind]] = {
    "ADDMEMBER": AgentChangeKind.SIGNED_IN,
    "AGENTLOGIN": AgentChangeKind.SIGNED_IN,
    "AGENTCALLBACKLOGIN": AgentChangeKind.SIGNED_IN,
    "REMOVEMEMBER": AgentChangeKind.SIGNED_OUT,
    "AGENTLOGOFF": AgentChangeKind.SIGNED_OUT,
    "AGENTCALLBACKLOGOFF": AgentChangeKind.SIGNED_OUT,
    "PAUSE": AgentChangeKind.PAUSED,
    "PAUSEALL": AgentChangeKind.PAUSED,
    "UNPAUSE": AgentChangeKind.RESUMED,
    "UNPAUSEALL": AgentChangeKind.RESUMED,
}
_HAS_REASON: Final = frozenset({"PAUSE", "PAUSEALL", "UNPAUSE", "UNPAUSEALL"})


def _change(line: _Line, exchange: Exchange) -> AgentChange:
    return AgentChange(
        agent=line.agent,
        kind=_CHANGES[line.event],
        queue=line.queue,
        reason=clean(line.text(0)) if line.event in _HAS_REASON else "",
        at=moment_of(line.epoch, exchange),
    )


class _Call:
    """One call of the log. It is mutable: it grows line by line. A month has many: it takes no more than it needs."""

    __slots__ = (
        "_addresses", "_answered", "_caller", "_exchange", "_findings", "_first", "_id", "_is_over", "_last", "_legs",
        "_open", "_outcome", "_queue", "_reached",
    )  # fmt: skip

    def __init__(self, first: _Line, exchange: Exchange, addresses: AddressReader) -> None:
        self._exchange = exchange
        self._findings = Findings()
        self._addresses = addresses
        self._first = self._last = first.epoch
        self._id = first.call
        self._queue = first.queue
        self._caller: Address = Unknown()
        self._reached: Address | None = None
        self._legs: list[Leg] = []
        self._open: tuple[str, str, int, int] | None = None  # agent, queue, rung, answered
        self._answered: int | None = None
        self._outcome: Outcome | None = None
        self._is_over = False
        if first.event not in {"DID", "ENTERQUEUE"}:
            self._findings.add("ENTERQUEUE", FindingKind.MISSING)
            waited = first.seconds(_WAITS[first.event]) if first.event in _WAITS else None
            self._first -= waited or 0

    def take(self, line: _Line) -> None:
        """Take the next line of the call."""
        if line.epoch < self._last:
            self._findings.add("time", FindingKind.CONTRADICTION)  # lines of two days, or a clock that was set back
        self._last = max(self._last, line.epoch)
        self._queue = line.queue or self._queue
        _STEPS[line.event](self, line)

    def did(self, line: _Line) -> None:
        """Learn which number was reached."""
        self._reached = self._address(line.text(0).strip(), "DID")

    def entered(self, line: _Line) -> None:
        """Learn who waits; a second time after a transfer back, or from another queue."""
        self._is_over, self._outcome = False, None if self._answered is None else Outcome.ANSWERED
        if text := line.text(1).strip():
            self._caller = self._address(text, "ENTERQUEUE")

    def connected(self, line: _Line) -> None:
        """An agent answers; `ringtime` says since when it rang."""
        self._close(self._last, "transferred")
        rung = max(self._first, self._last - (line.seconds(2) or 0))
        self._open = (line.agent, self._queue, rung, self._last)
        self._answered = self._last if self._answered is None else self._answered
        self._outcome = Outcome.ANSWERED

    def rang(self, line: _Line) -> None:
        """An agent did not answer; how long it rang is in milliseconds."""
        length = int(line.text(0)) * 1_000 if _NUMBER.fullmatch(line.text(0)) else 0
        start = max(self._first, self._last - length)
        self._legs.append(self._leg(LegKind.OFFERED, (line.agent, self._queue, start, None), self._last, "no_answer"))

    def completed(self, line: _Line) -> None:
        """The conversation is over; `calltime` says since when it went on, if the log did not say it."""
        if self._open is None and (talk := line.seconds(1)) is not None:
            begun = max(self._first, self._last - talk)
            self._open = (line.agent, self._queue, begun, begun)
            self._answered = begun if self._answered is None else self._answered
            self._outcome = Outcome.ANSWERED
        self._close(self._last, "answered")
        self._is_over = True

    def transferred(self, _line: _Line) -> None:
        """The agent has sent the call on; where it goes on, another line says, if it is a queue."""
        self._close(self._last, "transferred")
        self._is_over = True

    def abandoned(self, line: _Line) -> None:
        """The caller is gone."""
        waited = line.seconds(2)
        waited = self._last - self._first if waited is None else waited
        self._gone(abandoned(waited, self._exchange))

    def exited(self, _line: _Line) -> None:
        """The call leaves the queue for what the dial plan has beyond it."""
        self._gone(Outcome.FALLBACK)

    def _address(self, text: str, where: str) -> Address:
        return Lines(self._exchange, self._addresses, self._findings).address(text, where)

    def _gone(self, outcome: Outcome) -> None:
        """End the call in the queue; one that an agent had answered keeps that outcome."""
        if self._outcome is None:
            self._outcome = outcome
            self._legs.append(self._leg(LegKind.INITIAL, ("", self._queue, self._first, None), self._last, "no_answer"))
        self._is_over = True

    def _close(self, end: int | None, said: str) -> None:
        """End the conversation that goes on, if one does; at None it is left open."""
        if self._open is None:
            return
        is_first = not any(leg.with_citizen for leg in self._legs)
        kind = LegKind.INITIAL if is_first else LegKind.BLIND_TRANSFER
        self._legs.append(self._leg(kind, self._open, end, said))
        self._open = None

    def _leg(self, kind: LegKind, known: tuple[str, str, int, int | None], end: int | None, said: str) -> Leg:
        agent, queue, start, answered = known
        return Leg(
            kind=kind,
            agent=agent,
            queue=queue,
            end=said,
            started_at=moment_of(start, self._exchange),
            answered_at=None if answered is None else moment_of(answered, self._exchange),
            ended_at=None if end is None else moment_of(end, self._exchange),
        )

    def imported(self) -> Imported:
        """The contact, with what was odd about it."""
        self._close(None, "")  # the log was cut while somebody talked
        if not self._is_over:
            self._findings.add("end", FindingKind.MISSING)
        contact = Contact(
            id=f"call-{self._id}",
            channel=Channel.named("voice"),
            direction=Direction.INBOUND,
            reached=self._reached,
            parties=[Party(Role.CITIZEN, self._caller)],
            legs=sorted(self._legs, key=lambda leg: leg.started_at),
            outcome=self._outcome if self._is_over else None,
            created_at=moment_of(self._first, self._exchange),
            answered_at=None if self._answered is None else moment_of(self._answered, self._exchange),
            ended_at=moment_of(self._last, self._exchange) if self._is_over else None,
        )
        return Imported(contact, self._findings.all)


_STEPS: Final[Mapping[str, Callable[[_Call, _Line], None]]] = {
    "DID": _Call.did,
    "ENTERQUEUE": _Call.entered,
    "CONNECT": _Call.connected,
    "RINGNOANSWER": _Call.rang,
    "RINGCANCELED": _Call.rang,
    "COMPLETEAGENT": _Call.completed,
    "COMPLETECALLER": _Call.completed,
    "TRANSFER": _Call.transferred,
    "BLINDTRANSFER": _Call.transferred,
    "ATTENDEDTRANSFER": _Call.transferred,
    "ABANDON": _Call.abandoned,
    "EXITEMPTY": _Call.exited,
    "EXITWITHKEY": _Call.exited,
    "EXITWITHTIMEOUT": _Call.exited,
}
"""What each event does to its call."""
_WAITS: Final[Mapping[str, int]] = {"CONNECT": 0, "ABANDON": 2, "EXITEMPTY": 2, "EXITWITHTIMEOUT": 2}
"""At which place an event says how long the caller had waited."""
