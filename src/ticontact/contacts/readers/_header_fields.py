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
from ticontact.contacts.readers._charsets import decode
from ticontact.contacts.readers._findings import FindingKind, Findings

__all__ = ["base64_bytes", "date_time", "message_ids", "parameters", "words"]

_WORD: Final = re.compile(r"=\?([^?*\s]{1,40}+)(?:\*[^?\s]*+)?\?([BbQq])\?([^?]*+)\?=")
_PARAMETER: Final = re.compile(r';\s*+([^\s=;"]{1,80}+)\s*+=\s*+("(?:[^"\\]|\\.)*+"|[^;]*+)')
_LONGEST: Final = 5_000  # characters of a field whose parameters are read
_SEGMENT: Final = re.compile(r"([^*]++)(?:\*([0-9]{1,3}))?(\*)?")
_BASE64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64: Final = bytes(each for each in range(256) if each not in _BASE64)
_IDS: Final = re.compile(r"<\s*+([^<>\s]{1,998}+)\s*+>")
_MOST_IDS: Final = 5_000
_LONGEST_DATE: Final = 1_000  # characters
_YEARS: Final = range(1900, 3000)  # RFC 5322, section 3.3; and what a calendar can show in every zone
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE: Final = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s++)?(\d{1,2})\s++([a-z]{3})[a-z]*+\s++(\d{2,4})\s++(\d{1,2}):(\d\d)(?::(\d\d))?"
    r"\s*+([+-]\d\d:?\d\d|[a-z]{1,5})?",
    re.ASCII,
)
# RFC 5322, section 4.3, and the two zones of Swiss mail programs; other letters say nothing, so UTC.
_ZONES: Final[Mapping[str, int]] = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "cet": 1, "cest": 2,
    "met": 1, "mest": 2,
}  # fmt: skip


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
        pending.append(_word_bytes(word[2], word[3]))
        position = word.end()
    if pending:
        yield decode(b"".join(pending), charset, where=where, findings=findings)
    yield text[position:]


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding in "Bb":
        return base64_bytes(data)
    return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)


def base64_bytes(data: bytes) -> bytes:
    """The bytes of a Base64 text; what does not belong there is passed over, a lone last character is dropped."""
    kept = data.translate(None, _NOT_BASE64)
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def parameters(text: str, *, where: str, findings: Findings) -> tuple[str, dict[str, str]]:
    """The value of a field such as Content-Type, in lower case, and its parameters by lower-case name."""
    if len(text) > _LONGEST:
        findings.add(where, FindingKind.CUT)
        text = text[:_LONGEST]
    found: dict[str, list[tuple[int, bool, str]]] = {}
    for name, value in _PARAMETER.findall(text):
        if segment := _SEGMENT.fullmatch(name.lower()):
            found.setdefault(segment[1], []).append((int(segment[2] or 0), segment[3] is not None, _unquoted(value)))
    joined = {name: _joined(sorted(segments), where, findings) for name, segments in found.items()}
    return clean(text.partition(";")[0]).lower(), joined


def _unquoted(value: str) -> str:
    value = value.strip()
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if len(value) > 1 and value[0] == value[-1] == '"' else value


def _joined(segments: list[tuple[int, bool, str]], where: str, findings: Findings) -> str:
    """One value of its continuations; the first encoded one names the character set (RFC 2231, section 4)."""
    encoded = [text for _, is_encoded, text in segments if is_encoded]
    if not encoded:
        return words("".join(text for _, _, text in segments), where=where, findings=findings)
    charset, mark, _ = encoded[0].partition("'")
    data = b"".join(
        unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "replace") for _, is_encoded, text in segments
    )
    data = data.split(b"'", 2)[-1] if mark else data
    return clean(decode(data, charset if mark else "", where=where, findings=findings))


def message_ids(text: str) -> tuple[str, ...]:
    """The message ids in a field, without their brackets, each once."""
    found: dict[str, None] = {}
    for written in _IDS.finditer(clean(text)):
        found[written[1]] = None
        if len(found) == _MOST_IDS:
            break
    return tuple(found)


def date_time(text: str) -> datetime | None:
    """The instant of a Date field with its own offset; None if it cannot be read.

    A date without a zone, or with `-0000`, is taken as UTC (RFC 5322, section 3.3).
    """
    found = _DATE.match(clean(re.sub(r"\([^()]*+\)", " ", text[:_LONGEST_DATE])).lower())
    if found is None or found[2] not in _MONTHS or _year(found[3]) not in _YEARS:
        return None
    month, hour, minute, second = _MONTHS.index(found[2]) + 1, int(found[4]), int(found[5]), int(found[6] or 0)
    try:
        zone = _zone(found[7])
        return datetime(_year(found[3]), month, int(found[1]), hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        return None


def _year(digits: str) -> int:
    """Two and three digits as RFC 5322, section 4.3, reads them."""
    year = int(digits)
    if len(digits) == len("1999"):
        return year
    return year + (2000 if len(digits) == len("99") and year < 50 else 1900)  # noqa: PLR2004 - the section's own border


def _zone(text: str | None) -> timezone:
    if text is None or text[0] not in "+-":
        return timezone(timedelta(hours=_ZONES.get(text or "", 0)))
    amount = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-amount if text[0] == "-" else amount)
