"""Rows of the "Anonymous Bank" record, read one by one; a row that cannot be right is reported and the rest goes on.

The record is tab-separated with 17 named fields. Clock times are `H:MM:SS` of one day, spans are seconds, and `0:00:00`
stands for "did not happen". Each span is written beside its two ends, so a shifted or damaged row gives itself away: a
span that is not the difference of its ends (over midnight, where the record wraps) is a fault. In about one row of a
thousand the announcement ends some seconds before it begins; such a row is whole, and its call arrives when the
announcement ends.

Source: I. Guedj, A. Mandelbaum, "Anonymous Bank" call-centre data, Technion, Haifa, documentation of 9 February 2000.
"""

import enum
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

import attrs

from ticontact._time import to_epoch, zone_named
from ticontact.errors import UnreadableRecord
from ticontact.plain import checked

__all__ = ["Record", "RecordedCall", "RecordedOutcome", "RowFault", "midnight", "read_record"]

_FIELDS: Final = (
    "vru+line", "call_id", "customer_id", "priority", "type", "date", "vru_entry", "vru_exit", "vru_time", "q_start",
    "q_exit", "q_time", "outcome", "ser_start", "ser_exit", "ser_time", "server",
)  # fmt: skip
_HEADER: Final = "\t".join(_FIELDS)
_KINDS: Final = frozenset({"PS", "PE", "IN", "NE", "NW", "TT"})
_PRIORITIES: Final = frozenset({"0", "1", "2"})
_DAY: Final = 86_400
_NOBODY: Final = "NO_SERVER"
_DIGITS: Final = 20


class RecordedOutcome(enum.Enum):
    """How the record says a call ended."""

    ANSWERED = "AGENT"
    HUNG_UP = "HANG"
    PHANTOM = "PHANTOM"
    """To be ignored, says the documentation: no caller stands behind it."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class RecordedCall:
    """One row of the record. Clock times are seconds since that day's midnight, spans are seconds.

    Attributes:
        line: The line of the file, 1 for the header.
        id: Line of the telephone system and running number, unique in a month.
        customer: The neutral number of the customer; None where nobody was identified, as in calls that did not queue.
        priority: 0 or 1 for regular customers, 2 for priority customers; known only where the call queued.
        kind: The service asked for: PS, PE, IN, NE, NW or TT.
        day: The date.
        arrived: When the announcement began.
        entered: When the announcement ended: the caller joins the queue, is answered at once, or is gone.
        queued: Whether the call waited in a queue, if only for a moment.
        wait: How long it waited there.
        outcome: How it ended.
        service_start: When the service began; None where it did not, or was not recorded.
        service: How long it took; None where there was none, or it was not recorded.
        server: Who served; None where nobody did, or it was not recorded.
    """

    line: int
    id: str
    customer: str | None
    priority: int
    kind: str
    day: date
    arrived: int
    entered: int
    queued: bool
    wait: int
    outcome: RecordedOutcome
    service_start: int | None
    service: int | None
    server: str | None


@attrs.frozen
class RowFault:
    """A row that was left out, and why.

    Attributes:
        line: The line of the file, 1 for the header.
        problem: What is wrong with it.
    """

    line: int
    problem: str


@attrs.frozen(field_transformer=checked)
class Record:
    """What a file held: the calls that could be read, and the rows that could not."""

    calls: tuple[RecordedCall, ...]
    faults: tuple[RowFault, ...]

    @property
    def rows(self) -> int:
        """All rows below the header: each is a call or a fault."""
        return len(self.calls) + len(self.faults)


def read_record(lines: Iterable[str]) -> Record:
    """Read a record, header first.

    Args:
        lines: The lines of the file, with or without their line ends; empty lines are passed over.

    Returns:
        The calls in the order of the file, and a fault for every row that was left out.

    Raises:
        UnreadableRecord: If the first line is not the record's header: then this is some other file.
    """
    calls: dict[str, RecordedCall] = {}
    faults: list[RowFault] = []
    numbered = enumerate((line.rstrip("\r\n") for line in lines), start=1)
    header = next(numbered, (1, ""))[1]
    if header != _HEADER:
        raise UnreadableRecord(
            f"line 1: not the header of a recorded day; allowed: the {len(_FIELDS)} fields {', '.join(_FIELDS)}",
            field="line 1",
        )
    for number, line in numbered:
        if not line:
            continue
        try:
            call = _call(number, line.split("\t"))
        except ValueError as problem:
            faults.append(RowFault(number, str(problem)))
            continue
        if calls.setdefault(call.id, call) is not call:
            faults.append(RowFault(number, f"call_id: {call.id} stands in line {calls[call.id].line} already"))
    return Record(tuple(calls.values()), tuple(faults))


def _call(number: int, fields: list[str]) -> RecordedCall:
    """The call of a row; raises ValueError with the problem in words."""
    if len(fields) != len(_FIELDS):
        raise ValueError(f"{len(fields)} fields instead of {len(_FIELDS)}")
    row = dict(zip(_FIELDS, fields, strict=True))
    arrived, entered = _span(row, "vru_entry", "vru_exit", "vru_time")
    queue_start, wait = _forward(row, "q_start", "q_exit", "q_time")
    service_start, service = _forward(row, "ser_start", "ser_exit", "ser_time")
    answered = _one_of(row, "outcome", {each.value for each in RecordedOutcome}) == RecordedOutcome.ANSWERED.value
    served = answered and service_start > 0
    return RecordedCall(
        line=number,
        id=f"{row['vru+line']}-{row['call_id']}",
        customer=_customer(row["customer_id"]),
        priority=int(_one_of(row, "priority", _PRIORITIES)),
        kind=_one_of(row, "type", _KINDS),
        day=_day(row["date"]),
        arrived=min(arrived, entered),
        entered=entered,
        queued=queue_start > 0,
        wait=wait,
        outcome=RecordedOutcome(row["outcome"]),
        service_start=service_start if served else None,
        service=service if served else None,
        server=_server(row["server"]) if answered else None,
    )


def _span(row: dict[str, str], start: str, end: str, length: str) -> tuple[int, int]:
    """Both ends of a span, checked against its length."""
    first, last = _clock(row, start), _clock(row, end)
    if not row[length].removeprefix("-").isdecimal():
        raise ValueError(f"{length}: {row[length]!r} is no number of seconds")
    if (last - first) % _DAY != int(row[length]) % _DAY:
        raise ValueError(f"{length}: {row[length]} s is not the time from {row[start]} to {row[end]}")
    return first, last


def _forward(row: dict[str, str], start: str, end: str, length: str) -> tuple[int, int]:
    """Start and length of a span that cannot run backward."""
    first, _ = _span(row, start, end, length)
    if int(row[length]) < 0:
        raise ValueError(f"{length}: {row[length]} s is less than nothing")
    return first, int(row[length])


def _customer(number: str) -> str | None:
    if not number.isdecimal() or len(number) > _DIGITS:
        raise ValueError(f"customer_id: not a number of at most {_DIGITS} digits")
    return None if number == "0" else number


def _server(name: str) -> str | None:
    if not name:
        raise ValueError("server: nothing stands here")
    return None if name == _NOBODY else name


def _clock(row: dict[str, str], name: str) -> int:
    hours, _, rest = row[name].partition(":")
    minutes, _, seconds = rest.partition(":")
    try:
        clock = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    except ValueError:
        clock = -1
    if not 0 <= clock <= _DAY or int(minutes) >= 60 or int(seconds) >= 60:  # noqa: PLR2004 - a clock face
        raise ValueError(f"{name}: {row[name]!r} is no time of day")
    return clock


def _one_of(row: dict[str, str], name: str, allowed: Iterable[str]) -> str:
    value = row[name]
    if value not in allowed:
        raise ValueError(f"{name}: {value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _day(text: str) -> date:
    """The date of a `yymmdd`: the record is of 1999."""
    if len(text) != len("990104") or not text.isdecimal():
        raise ValueError(f"date: {text!r} is no date of the form yymmdd")
    try:
        return date(1900 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        raise ValueError(f"date: {text!r} is no date of the form yymmdd") from None


def midnight(day: date, zone: str) -> int:
    """The first instant of a date in a zone, in microseconds since the epoch: what clock times are counted from.

    Raises:
        HoursError: If the time-zone database has no such zone.
    """
    return to_epoch(datetime.combine(day, time(), tzinfo=zone_named(zone)))
