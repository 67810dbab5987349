"""What does one row of a call record say?

A row has local times without an offset. In the repeated hour they could be either pass; the lengths beside them decide:
only the pass fits in which the end is as far from the start as the row says. Where both fit, the first is taken, with a
finding. What a row leaves out follows from what it says: FreePBX keeps the start and the lengths alone. Values of a
database driver (numbers, datetimes, nothing) are taken as the texts that a file would hold.

Source: Asterisk documentation, CDR variables; FreePBX, table `asteriskcdrdb.cdr`.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Final

import attrs

from ticontact._time import MICROSECONDS, zone_named
from ticontact.contacts._field_class import conceal
from ticontact.contacts._moment import Moment
from ticontact.contacts._text import has_unsafe
from ticontact.contacts.readers._exchange import Exchange
from ticontact.contacts.readers._exchange_log import (
    LONGEST_LINK,
    Row,
    exact,
    local_instants,
    local_time,
    moment_of,
    shown,
    text_in,
)
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.errors import UnreadableRecord

__all__ = ["CallRow", "link_of", "read_row"]

_ENDS: Final[Mapping[str, str]] = {
    "ANSWERED": "answered",
    "NO ANSWER": "no_answer",
    "BUSY": "busy",
    "FAILED": "failed",
    "CONGESTION": "congestion",
}
_ALSO: Final[Mapping[str, str]] = {
    "ANSWER": "answered",
    "NOANSWER": "no_answer",
    "CANCEL": "no_answer",
    "CHANUNAVAIL": "failed",
}
"""What dial plans and other exchanges write in their place: the values of DIALSTATUS."""
_APPLICATIONS: Final[Mapping[str, str]] = {
    "voicemail": "voicemail",
    "receivefax": "received",
    "queue": "no_answer",
    "dial": "no_answer",
}
_SECONDS: Final = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?", re.ASCII)
_ROUNDING: Final = MICROSECONDS  # 1 s: the exchange rounds each of its figures by itself


@attrs.frozen(kw_only=True, repr=False, field_transformer=conceal)  # what it holds is as it was written
class CallRow:
    """One row, checked.

    Attributes:
        link: The id that all rows of one call share.
        source: Who called, as written.
        target: Who was called, as written.
        caller_id: Name and number, as written; None where the exchange writes no such column.
        channel: The channel of the caller.
        agent_channel: The channel at the other end.
        agent: The extension that took part at the other end; empty if none did.
        application: The last application of the dial plan, in lower case.
        data: What that application was given.
        user_field: What the dial plan wrote down.
        is_answered: Whether somebody or something answered.
        end: How it ended: `answered`, `no_answer`, `busy`, `failed`, `congestion`, or, where no person took part,
            `announcement`, `voicemail`, `received`.
        started_at: When it began.
        answered_at: When somebody or something answered; None if nothing did.
        ended_at: When it ended.
    """

    link: str
    source: str
    target: str
    caller_id: str | None
    channel: str
    agent_channel: str
    agent: str
    application: str
    data: str
    user_field: str
    is_answered: bool
    end: str
    started_at: Moment
    answered_at: Moment | None
    ended_at: Moment


def read_row(row: Row, exchange: Exchange, findings: Findings) -> CallRow:
    """Read one row.

    Args:
        row: The columns by the names that the exchange gives them.
        exchange: What wrote it.
        findings: Where oddities are written down.

    Raises:
        UnreadableRecord: If a column is missing or contradicts another; the error names the column.
    """
    if not isinstance(row, Mapping):
        raise UnreadableRecord(
            f"call record: {type(row).__name__} was given; allowed: columns by name", given=row, field="call record"
        )
    columns = _Columns(row, exchange)
    disposition = columns.text("disposition").upper()
    end = _ENDS.get(disposition) or _ALSO.get(disposition)
    if end is None:
        raise columns.fault("disposition", ", ".join(_ENDS))
    is_answered = end == "answered"
    started, answered, ended = _instants(columns, exchange, findings, is_answered=is_answered)
    agent = exchange.extension_of(columns.text("dstchannel")) or exchange.extension_of(columns.text("channel"))
    application = columns.text("lastapp").lower()
    if is_answered and not agent:
        end = _APPLICATIONS.get(application, "announcement")
    return CallRow(
        link=_checked_link(columns, findings),
        source=columns.text("src"),
        target=columns.text("dst"),
        caller_id=columns.text("clid") if columns.has("clid") else None,
        channel=columns.text("channel"),
        agent_channel=columns.text("dstchannel"),
        agent=agent,
        application=application,
        data=columns.text("lastdata").partition(",")[0],
        user_field=columns.text("userfield"),
        is_answered=is_answered,
        end=end,
        started_at=started,
        answered_at=answered,
        ended_at=ended,
    )


def link_of(row: object, exchange: Exchange) -> str:
    """What tells one call from another; of a row without an id what it says; empty for what is no row."""
    if not isinstance(row, Mapping):
        return ""
    for column in (exchange.columns.linkedid, exchange.columns.uniqueid):
        value = row.get(column)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return shown(value)
    return _own_link(row)


def _own_link(row: Row) -> str:
    """An id for a row that has none, by all that it says: the same row has the same id again."""
    said = "\n".join(f"{name}={shown(value)}" for name, value in sorted(row.items(), key=lambda pair: str(pair[0])))
    return f"row-{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _checked_link(columns: "_Columns", findings: Findings) -> str:
    link = columns.text("linkedid") or columns.text("uniqueid")
    if not link:
        findings.add("uniqueid", FindingKind.MISSING)
        return _own_link(columns.row)
    if len(link) > LONGEST_LINK or has_unsafe(link):
        raise columns.fault("linkedid", f"1 to {LONGEST_LINK} characters, or a uniqueid of as many")
    return link


class _Columns:
    """The columns of one row by Asterisk's names, whatever the department calls them."""

    def __init__(self, row: Row, exchange: Exchange) -> None:
        self.row = row
        self._exchange = exchange

    def has(self, column: str) -> bool:
        """Whether the exchange writes such a column."""
        return self.row.get(self._name(column)) is not None

    def text(self, column: str) -> str:
        """A column as a text; empty if it is not there."""
        return text_in(self.row, self._name(column), place=f"call record, {column}")

    def value(self, column: str) -> object:
        """A column as it was given."""
        return self.row.get(self._name(column))

    def seconds(self, column: str) -> int:
        """A length in microseconds."""
        found = _SECONDS.fullmatch(self.text(column))
        if found is None:
            raise self.fault(column, "seconds")
        return exact(found[1], found[2])

    def instants(self, column: str) -> list[int]:
        """The instants that a time can be, in microseconds since the epoch: one, or two in the repeated hour."""
        value = self.value(column)
        found = local_instants(value if isinstance(value, datetime) else self.text(column), self._exchange.zone)
        if not found:
            raise self.fault(column, "a local time such as 2026-03-18 09:00:00")
        return found

    def fault(self, column: str, allowed: str) -> UnreadableRecord:
        """The error about a column."""
        return UnreadableRecord(
            f"call record, {column}: allowed: {allowed}", given=self.value(column), field=f"call record, {column}"
        )

    def _name(self, column: str) -> str:
        name: str = getattr(self._exchange.columns, column)
        return "calldate" if name == "start" and self.row.get(name) is None and "calldate" in self.row else name


def _instants(
    columns: _Columns, exchange: Exchange, findings: Findings, *, is_answered: bool
) -> tuple[Moment, Moment | None, Moment]:
    """Start, answer and end: the one reading of the local times that fits the lengths."""
    duration, talk = columns.seconds("duration"), columns.seconds("billsec")
    if talk > duration:
        raise columns.fault("billsec", "at most the duration")
    starts = columns.instants("start")
    ends = columns.instants("end") if columns.has("end") else [start + duration for start in starts]
    answers: list[int | None] = [None]
    if is_answered:
        answers = [*(columns.instants("answer") if columns.has("answer") else [end - talk for end in ends])]
    fitting = [
        (start, answer, end)
        for start, end, answer in product(starts, ends, answers)
        if _apart(start, end, duration) and (answer is None or (start <= answer <= end and _apart(answer, end, talk)))
    ]
    if not fitting:
        raise columns.fault("end", "as many seconds after start and answer as duration and billsec say")
    start, answer, end = fitting[0]
    if any(_is_skipped(columns, name, exchange) for name in ("start", "end") if columns.has(name)):
        findings.add("start", FindingKind.SKIPPED_TIME)  # both readings are guesses
    elif len(fitting) > 1:
        findings.add("start", FindingKind.AMBIGUOUS_TIME)
    return moment_of(start, exchange), None if answer is None else moment_of(answer, exchange), moment_of(end, exchange)


def _apart(first: int, last: int, length: int) -> bool:
    return first <= last and abs(last - first - length) <= _ROUNDING


def _is_skipped(columns: _Columns, column: str, exchange: Exchange) -> bool:
    """Whether the clock never showed that time."""
    value = columns.value(column)
    local = value if isinstance(value, datetime) else local_time(columns.text(column))
    if local is None or local.tzinfo is not None:
        return False
    zone = zone_named(exchange.zone)
    offsets = [local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1)]
    return offsets[0] < offsets[1]
