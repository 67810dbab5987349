"""What does a header field say, decoded?

Encoded words (RFC 2047), also where they should not be, such as in quoted strings and file names; parameters with their
continuations and character sets (RFC 2231); dates (RFC 5322). Every text comes out on one line and without control
characters.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Final
from urllib.parse import unquote_to_bytes

from ticontact.contacts._text import clean
from ticontact.contacts.readers._base64 import base64_bytes
from ticontact.contacts.readers._charsets import decode, encode
from ticontact.contacts.readers._findings import FindingKind, Findings

__all__ = ["date_time", "message_ids", "parameters", "words"]

_WORD: Final = re.compile(r"=\?([^?*\s]{1,40}+)(?:\*[^?\s]*+)?\?([BbQq])\?([^?]*+)\?=")
_PARAMETER: Final = re.compile(r';\s*+([^\s=;"]{1,80}+)\s*+=\s*+("(?:[^"\\]|\\.)*+"|[^;]*+)')
_LONGEST: Final = 5_000  # characters of a field whose parameters are read
_SEGMENT: Final = re.compile(r"([^*]++)(?:\*([0-9]{1,3}))?(\*)?")
_IDS: Final = re.compile(r"<\s*+([^<>\s]{1,998}+)\s*+>")
_BARE_ID: Final = r"[^<>\s,;:()\"@]{1,300}+@[^<>\s,;()\"@]{1,300}+"
_BARE_IDS: Final = re.compile(rf"{_BARE_ID}(?:[, ]++{_BARE_ID})*+")
_LONGEST_BARE: Final = 10_000
_MOST_IDS: Final = 5_000
_LONGEST_DATE: Final = 1_000  # characters
_YEARS: Final = range(1900, 3000)  # RFC 5322, section 3.3; and what a calendar can show in every zone
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE: Final = re.compile(
    r"(?:[a-z]{2,9}\.?+\s*+,?+\s*+)?+(\d{1,2})[\s-]++([a-z]{3})[a-z]*+\.?+[\s-]++(\d{2,4})\s++"
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?+)?+\s*+([ap]\.?m\.?(?![a-z]))?+\s*+(.*+)",
    re.ASCII,
)
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[t ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?+)?+\s*+(z|[+-]\d\d:?\d\d)", re.ASCII
)
_OFFSET: Final = re.compile(r"(?:(?:gmt|utc?|z)\s*+)?+([+-])(?:(\d\d?):(\d\d)|(\d{1,2})(\d\d)?+)(?![\d:])", re.ASCII)
_ZONE_NAME: Final = re.compile(r"[a-z]{1,5}(?![a-z0-9+-])", re.ASCII)
_MINUTES: Final = 60
_NOON: Final = 12  # o'clock
_ZONES: Final[Mapping[str, int]] = {
    "z": 0, "ut": 0, "gmt": 0, "utc": 0, "wet": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "met": 1, "mest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3,
}  # fmt: skip
"""RFC 5322, section 4.3, and the zones of European mail programs, in hours. Other names say no instant."""


def words(text: str, *, where: str, findings: Findings) -> str:
    """A text with its encoded words decoded, on one line."""
    return clean("".join(_decoded(text, where, findings))) if "=?" in text else clean(text)


def _decoded(text: str, where: str, findings: Findings) -> Iterator[str]:
    """The pieces of a text. Neighbouring words are joined as bytes: a character may begin in one, end in the next."""
    position, charset = 0, ""
    pending: list[bytes] = []
    for word in _WORD.finditer(text):
        between = text[position : word.start()]
        if pending and (between.strip() or word[1].lower() != charset):
            yield decode(b"".join(pending), charset, where=where, findings=findings)
            pending = []
            between = between if between.strip() else ""
        elif pending:
            between = ""
        yield between
        charset = word[1].lower()
        pending.append(_word_bytes(word[2], word[3], charset))
        position = word.end()
    if pending:
        yield decode(b"".join(pending), charset, where=where, findings=findings)
    yield text[position:]


def _word_bytes(encoding: str, text: str, charset: str) -> bytes:
    """The bytes of an encoded word; letters that somebody left as they were are put into its character set."""
    data = text.encode("utf-8", "replace") if text.isascii() else encode(text, charset)
    if encoding in "Bb":
        return base64_bytes(data)
    return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)


def parameters(text: str, *, where: str, findings: Findings) -> tuple[str, dict[str, str]]:
    """The value of a field such as Content-Type, in lower case, and its parameters by lower-case name."""
    if len(text) > _LONGEST:
        findings.add(where, FindingKind.CUT)
        text = text[:_LONGEST]
    simple: dict[str, str] = {}
    found: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, value in _PARAMETER.findall(text):
        if segment := _SEGMENT.fullmatch(name.lower()):
            if segment[2] is None and segment[3] is None:
                simple.setdefault(segment[1], _unquoted(value))
            else:
                place = found.setdefault(segment[1], {})
                place.setdefault(int(segment[2] or 0), (segment[3] is not None, _unquoted(value)))
    # Many write a name both ways, for old readers and for new ones: the new way counts (RFC 6266, section 4.3).
    joined = {name: words(value, where=where, findings=findings) for name, value in simple.items()}
    joined |= {
        name: _joined([segments[place] for place in sorted(segments)], where, findings)
        for name, segments in found.items()
    }
    return clean(text.partition(";")[0]).strip("\"' ").lower(), joined


def _unquoted(value: str) -> str:
    """A value without its quotes, also if one of them is missing; a backslash stays but before a quote or another."""
    value = value.strip()
    if value[:1] != '"' and value[-1:] != '"':
        return value
    return re.sub(r'\\(["\\])', r"\1", value.removeprefix('"').removesuffix('"'))


def _joined(segments: list[tuple[bool, str]], where: str, findings: Findings) -> str:
    """One value of its continuations; the first encoded one names the character set (RFC 2231, section 4)."""
    encoded = [text for is_encoded, text in segments if is_encoded]
    if not encoded:
        return words("".join(text for _, text in segments), where=where, findings=findings)
    charset, mark, _ = encoded[0].partition("'")
    data = b"".join(
        unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "replace") for is_encoded, text in segments
    )
    data = data.split(b"'", 2)[-1] if mark else data
    return clean(decode(data, charset if mark else "", where=where, findings=findings))


def message_ids(text: str) -> tuple[str, ...]:
    """The message ids in a field, without their brackets, each once.

    Some programs leave the brackets out; then the field is of ids alone, or it is prose.
    """
    line = clean(text)
    found: dict[str, None] = {}
    for written in _IDS.finditer(line):
        found[written[1]] = None
        if len(found) == _MOST_IDS:
            break
    if not found and _BARE_IDS.fullmatch(line[:_LONGEST_BARE]):
        found = dict.fromkeys(line.replace(",", " ").split())
    return tuple(found)


def date_time(text: str) -> datetime | None:
    """The instant of a Date field with its own offset; None if it cannot be read, or says no instant.

    Beside RFC 5322, section 3.3, what mail programs write is read where it can mean one thing only: `+01:00`, `-600`,
    `GMT+1`, `9:00 PM`, fractions of a second, RFC 3339. A clock time without a zone, or with one that nobody knows, is
    no instant: it may be any of a day.
    """
    line = clean(re.sub(r"\([^()]*+\)", " ", text[:_LONGEST_DATE])).lower()
    if found := _ISO.fullmatch(line):
        date, clock = (int(found[1]), int(found[2]), int(found[3])), (int(found[4]), int(found[5]), int(found[6] or 0))
        return _instant(date, clock, found[7])
    found = _DATE.fullmatch(line)
    if found is None or found[2] not in _MONTHS:
        return None
    hour = _hour(int(found[4]), found[7])
    return _instant(
        (_year(found[3]), _MONTHS.index(found[2]) + 1, int(found[1])),
        (hour, int(found[5]), int(found[6] or 0)),
        found[8],
    )


def _instant(date: tuple[int, int, int], clock: tuple[int, int, int], zone: str) -> datetime | None:
    offset = _zone(zone)
    if offset is None or date[0] not in _YEARS:
        return None
    hour, minute, second = clock
    try:
        return datetime(*date, hour, minute, min(second, 59), tzinfo=offset)
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day; one that no clock of twelve hours shows stays what it is, with a sign too many."""
    if half is None or not 0 < hour <= _NOON:
        return hour
    return hour % _NOON + (_NOON if half[0] == "p" else 0)


def _year(digits: str) -> int:
    """Two and three digits as RFC 5322, section 4.3, reads them."""
    year = int(digits)
    if len(digits) == len("1999"):
        return year
    return year + (2000 if len(digits) == len("99") and year < 50 else 1900)  # noqa: PLR2004 - the section's own border


def _zone(text: str) -> timezone | None:
    if found := _OFFSET.match(text):
        hours, minutes = int(found[2] or found[4]), int(found[3] or found[5] or 0)
        if minutes >= _MINUTES or hours > _NOON + 3:
            return None
        amount = timedelta(hours=hours, minutes=minutes)
        return timezone(-amount if found[1] == "-" else amount)
    name = _ZONE_NAME.match(text)
    if name is None or name[0] not in _ZONES:
        return None
    return timezone(timedelta(hours=_ZONES[name[0]]))
