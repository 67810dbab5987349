"""What does one row of a call record say?

A row has local times without an offset. In the repeated hour they could be either pass; the lengths beside them decide:
only the pass fits in which the end is as far from the start as the row says. Where both fit, the first is taken, with a
finding. Source: Asterisk documentation, CDR variables.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import product
from typing import Final

import attrs

from ticontact._time import MICROSECONDS, to_epoch, zone_named
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts._text import has_unsafe
from ticontact.contacts.readers._exchange import Exchange
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.errors import UnreadableRecord

__all__ = ["CallRow", "read_row"]

_ENDS: Final[Mapping[str, str]] = {
    "ANSWERED": "answered",
    "NO ANSWER": "no_answer",
    "BUSY": "busy",
    "FAILED": "failed",
    "CONGESTION": "congestion",
}
_APPLICATIONS: Final[Mapping[str, str]] = {
    "voicemail": "voicemail",
    "receivefax": "received",
    "queue": "no_answer",
    "dial": "no_answer",
}
_LOCAL: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
_SECONDS: Final = re.compile(r"\d{1,9}", re.ASCII)
_LONGEST: Final = 1_000  # characters of a column: four times what Asterisk's own longest column holds
_LONGEST_LINK: Final = 150  # characters, which Asterisk's own column holds
_ROUNDING: Final = 1  # s: the exchange rounds each of its figures by itself


@attrs.frozen(kw_only=True, repr=False)  # what it holds is as it was written
class CallRow:
    """One row, checked.

    Attributes:
        link: The id that all rows of one call share.
        source: Who called, as written.
        target: Who was called, as written.
        caller_id: Name and number, as written; None where the exchange writes no such column.
        channel: The channel of the caller.
        agent: The extension that took part at the other end; empty if none did.
        application: The last application of the dial plan, in lower case.
        data: What that application was given.
        user_field: What the dial plan wrote down.
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
    agent: str
    application: str
    data: str
    user_field: str
    end: str
    started_at: Moment
    answered_at: Moment | None
    ended_at: Moment


def read_row(row: Mapping[str, str], exchange: Exchange, findings: Findings) -> CallRow:
    """Read one row.

    Args:
        row: The columns by their Asterisk names.
        exchange: What wrote it.
        findings: Where oddities are written down.

    Raises:
        UnreadableRecord: If a column is missing or contradicts another; the error names the column.
    """
    if not isinstance(row, Mapping):
        raise UnreadableRecord(
            f"call record: {type(row).__name__} was given; allowed: columns by name", given=row, field="call record"
        )
    end = _ENDS.get(_text(row, "disposition").upper())
    if end is None:
        raise _fault("disposition", ", ".join(_ENDS), row)
    started, answered, ended = _instants(row, exchange, findings, is_answered=end == "answered")
    agent = exchange.extension_of(_text(row, "dstchannel")) or exchange.extension_of(_text(row, "channel"))
    application = _text(row, "lastapp").lower()
    if end == "answered" and not agent:
        end = _APPLICATIONS.get(application, "announcement")
    return CallRow(
        link=_link(row),
        source=_text(row, "src"),
        target=_text(row, "dst"),
        caller_id=_text(row, "clid") if "clid" in row else None,
        channel=_text(row, "channel"),
        agent=agent,
        application=application,
        data=_text(row, "lastdata").partition(",")[0],
        user_field=_text(row, "userfield"),
        end=end,
        started_at=started,
        answered_at=answered,
        ended_at=ended,
    )


def _link(row: Mapping[str, str]) -> str:
    link = _text(row, "linkedid") or _text(row, "uniqueid")
    if not 0 < len(link) <= _LONGEST_LINK or has_unsafe(link):
        raise _fault("linkedid", f"1 to {_LONGEST_LINK} characters, or a uniqueid of as many", row)
    return link


def _text(row: Mapping[str, str], column: str) -> str:
    value = row.get(column, "")
    if not isinstance(value, str):
        raise _fault(column, "a text", row)
    if len(value) > _LONGEST:
        raise _fault(column, f"a text of up to {_LONGEST} characters", row)
    return value.strip()


def _seconds(row: Mapping[str, str], column: str) -> int:
    if _SECONDS.fullmatch(_text(row, column)) is None:
        raise _fault(column, "whole seconds", row)
    return int(_text(row, column))


def _instants(
    row: Mapping[str, str], exchange: Exchange, findings: Findings, *, is_answered: bool
) -> tuple[Moment, Moment | None, Moment]:
    """Start, answer and end: the one reading of the local times that fits the lengths."""
    duration, talk = _seconds(row, "duration"), _seconds(row, "billsec")
    if talk > duration:
        raise _fault("billsec", "at most the duration", row)
    starts, ends = _passes(row, "start", exchange), _passes(row, "end", exchange)
    answers = _passes(row, "answer", exchange) if is_answered else [None]
    fitting = [
        (start, answer, end)
        for start, end, answer in product(starts, ends, answers)
        if _apart(start, end, duration) and (answer is None or (start <= answer <= end and _apart(answer, end, talk)))
    ]
    if not fitting:
        raise _fault("end", "as many seconds after start and answer as duration and billsec say", row)
    start, answer, end = fitting[0]
    _note(row, exchange, findings, several=len(fitting) > 1)
    return _moment(start, exchange), None if answer is None else _moment(answer, exchange), _moment(end, exchange)


def _moment(seconds: int, exchange: Exchange) -> Moment:
    return Moment(seconds * MICROSECONDS, exchange.zone, source=TimeSource.EXCHANGE)


def _note(row: Mapping[str, str], exchange: Exchange, findings: Findings, *, several: bool) -> None:
    """Write down what is odd about the local times. In the skipped hour both readings are guesses."""
    if any(_is_skipped(row, column, exchange) for column in ("start", "end")):
        findings.add("start", FindingKind.SKIPPED_TIME)
    elif several:
        findings.add("start", FindingKind.AMBIGUOUS_TIME)


def _apart(first: int, last: int, seconds: int) -> bool:
    return first <= last and abs(last - first - seconds) <= _ROUNDING


def _passes(row: Mapping[str, str], column: str, exchange: Exchange) -> list[int]:
    """The instants that a local time can be, in seconds since the epoch: one, or two in the repeated hour."""
    local = _local(row, column)
    zone = zone_named(exchange.zone)
    return sorted({to_epoch(local.replace(tzinfo=zone, fold=fold)) // MICROSECONDS for fold in (0, 1)})


def _local(row: Mapping[str, str], column: str) -> datetime:
    text = _text(row, column)
    try:
        local = datetime.fromisoformat(text) if _LOCAL.fullmatch(text) else None
    except ValueError:
        local = None
    if local is None:
        raise _fault(column, "a local time such as 2026-03-18 09:00:00", row)
    return local


def _is_skipped(row: Mapping[str, str], column: str, exchange: Exchange) -> bool:
    """Whether the clock never showed that time."""
    local = _local(row, column)
    zone = zone_named(exchange.zone)
    offsets = [local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1)]
    return offsets[0] < offsets[1]


def _fault(column: str, allowed: str, row: Mapping[str, str]) -> UnreadableRecord:
    return UnreadableRecord(
        f"call record, {column}: allowed: {allowed}", given=row.get(column), field=f"call record, {column}"
    )
