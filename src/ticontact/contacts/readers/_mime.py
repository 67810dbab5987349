"""Which parts does a message consist of?

Theory of operation. The parser of the standard library differs from patch level to patch level and raises untyped
errors on odd bytes, so the few rules of RFC 5322 and RFC 2046 that matter are read here. Nothing is copied or decoded
that is not asked for: a part knows where it begins and ends in the one message, so that parts inside parts cost no
memory, and only the fields that somebody asks for are kept. Each level looks for its border once, from line to line;
levels, parts and fields are limited, so time stays in proportion to size.

A header that gateways, mailbox files and editors have damaged is read as what it was: a blank line above it, a byte
order mark, a line `From ` of a mailbox file, a line that is no field, a blank line in the middle, a continuation that
lost its blank. Which lines of a doubtful header are fields is asked once, of the lines down to the next empty one.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

import attrs

from ticontact.contacts._automatic_message import MARKS
from ticontact.contacts._field_class import conceal
from ticontact.contacts.readers._base64 import base64_bytes, base64_text
from ticontact.contacts.readers._charsets import decode, is_utf8, is_wide
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.contacts.readers._header_fields import parameters
from ticontact.contacts.readers._limits import Limits
from ticontact.errors import MessageTooLarge

__all__ = ["Part", "read_header", "read_parts"]

_BYTE_ORDER_MARKS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_FIELD_END: Final = re.compile(rb"\r\n(?![ \t])|\r(?![ \t\n])|\n(?![ \t])")  # a line that begins with a blank goes on
_FIELD: Final = re.compile(rb"([!-9;-~]{1,200}+)[ \t]*+:")
_USUAL_FIELD: Final = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|received|return-path|delivered-to|reply-to|sender|mime-version|references"
    rb"|in-reply-to|precedence|auto-submitted|content-[a-z-]{4,30}|list-[a-z-]{2,30}|x-[!-9;-~]{1,80}+)[ \t]*+:",
    re.IGNORECASE,
)
"""A field that stands at the top of real messages, and hardly ever in a letter."""
_MAILBOX_LINE: Final = re.compile(rb">?From ")
_GOES_ON: Final = re.compile(rb"[A-Za-z*0-9-]{1,60}+=")
_BLANK_LINE: Final = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")
_BORDER_END: Final = re.compile(rb"(--)?[ \t]*+(?=[\r\n]|\Z)")
_AS_IT_IS: Final = frozenset({"", "7bit", "8bit", "binary"})
_LONGEST_BOUNDARY: Final = 1_000  # bytes; RFC 2046, section 5.1.1, allows 70
_LONGEST_VALUE: Final = 2_000_000  # bytes of one field
_LONGEST_LOOK: Final = 50_000  # bytes below a broken line in which the rest of a header is looked for
_MOST_STRAY_LINES: Final = 20
_ONCE: Final = frozenset({"from", "sender", "reply-to", "date", "message-id", "subject"})
"""Fields of which a message has one (RFC 5322, section 3.6)."""
_TELLS: Final = frozenset({"from", "subject", "date"})
"""Fields without which a header has hardly ended."""
_PARAMETRIC: Final = frozenset({"content-type", "content-disposition"})
_MOST_OF_A_NAME: Final = 1_000  # fields; RFC 5322, section 3.6, allows one of nearly all
_KEPT: Final = MARKS | {
    *("from", "sender", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references"),
    *("content-disposition", "content-transfer-encoding", "content-id"),
    *("list-post", "x-original-from", "x-original-sender"),
    *("original-recipient", "final-recipient", "action", "status"),  # of a delivery report, RFC 3464
}


@attrs.frozen(repr=False, field_transformer=conceal)  # what it holds is as it was written
class Part:
    """One part of a message, or the whole.

    Attributes:
        fields: The header fields that are asked for: lower-case name and unfolded value, in order.
        content_type: Such as `text/plain`.
        parameters: The parameters of the content type.
        disposition: `inline`, `attachment` or empty.
        name: The file name as it was written, decoded; empty if there is none.
        raw: The whole message.
        start: Where in it the body begins.
        end: Where it ends.
        parts: The parts it consists of.
    """

    fields: tuple[tuple[str, str], ...]
    content_type: str
    parameters: Mapping[str, str]
    disposition: str
    name: str
    raw: bytes
    start: int
    end: int
    parts: "tuple[Part, ...]" = ()

    @property
    def body(self) -> bytes:
        """The bytes of the body, as they were sent."""
        return self.raw[self.start : self.end]

    def field(self, name: str) -> str:
        """The first header field of this name; empty if there is none."""
        return next((value for key, value in self.fields if key == name), "")

    def leaves(self) -> "Iterator[Part]":
        """The parts that consist of no parts, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    @property
    def encoding(self) -> str:
        """The transfer encoding, in lower case and without what some write around it."""
        return self.field("content-transfer-encoding").partition(";")[0].strip(" \t\"'.").lower()

    def content(self, findings: Findings) -> bytes:
        """The bytes, decoded from their transfer encoding."""
        encoding = self.encoding
        if encoding == "base64":
            return self._from_base64(findings)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding not in _AS_IT_IS:
            findings.add("content-transfer-encoding", FindingKind.UNKNOWN_ENCODING)
        return self.body

    def _from_base64(self, findings: Findings) -> bytes:
        charset = self.parameters.get("charset", "")
        if not self.content_type.startswith("text/") or is_wide(charset):
            return base64_bytes(self.body)
        data, is_as_promised = base64_text(self.body, is_utf8=is_utf8(charset))
        if not is_as_promised:
            findings.add("content-transfer-encoding", FindingKind.CONTRADICTION)
        return data


def read_parts(raw: bytes, *, limits: Limits, findings: Findings) -> Part:
    """The parts of a message.

    Args:
        raw: The message.
        limits: How much is taken.
        findings: Where oddities are written down.

    Raises:
        MessageTooLarge: If the message is beyond the limits.
    """
    if len(raw) > limits.size:
        raise MessageTooLarge(f"message: {len(raw)} bytes; allowed: {limits.size}", field="message")
    whole = _without_mark(raw)
    return _Reading(whole, limits, findings).part(0, len(whole), depth=0)


def read_header(raw: bytes, *, findings: Findings, is_block: bool = False) -> Part:
    """The fields of a message alone, such as of an enclosed one; its parts are not looked for.

    Args:
        raw: The message, or a block of fields.
        findings: Where oddities are written down.
        is_block: Whether it is one block of a report, in which nothing but fields is looked for.

    Raises:
        MessageTooLarge: If there are too many fields.
    """
    fields, start = _Reading(raw, Limits(), Findings() if is_block else findings).header(0, len(raw))
    return Part(fields, "", {}, "", "", raw, start, len(raw))


def _without_mark(raw: bytes) -> bytes:
    """The message without the byte order mark that an editor has put above it, and in bytes of UTF-8 then."""
    for mark, codec in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :] if codec == "utf-8" else raw[len(mark) :].decode(codec, "replace").encode()
    return raw


class _Reading:
    """One reading of a message. It is mutable: it counts the parts."""

    def __init__(
        self, raw: bytes, limits: Limits, findings: Findings, *, parts: int = 0, is_decoded: bool = False
    ) -> None:
        self._raw = raw
        self._limits = limits
        self._findings = findings
        self._parts = parts
        self._is_decoded = is_decoded

    def part(self, start: int, end: int, *, depth: int, default: str = "text/plain") -> Part:
        self._parts += 1
        if depth > self._limits.depth:
            raise MessageTooLarge(f"message: parts inside parts; allowed: {self._limits.depth} levels", field="message")
        if self._parts > self._limits.parts:
            raise MessageTooLarge(f"message: too many parts; allowed: {self._limits.parts}", field="message")
        fields, start = self.header(start, end)
        head = dict(reversed(fields))
        kind, about = self._parameters(head, "content-type")
        disposition, shown = self._parameters(head, "content-disposition")
        name = shown.get("filename") or about.get("name", "")
        parts: tuple[Part, ...] = ()
        if kind.startswith("multipart/"):
            boundary = about.get("boundary", "")
            parts = tuple(self._split(start, end, boundary, kind, depth)) or self._encoded(
                fields, start, end, boundary, kind
            )
            if not parts:
                self._findings.add("content-type", FindingKind.BROKEN_PARTS)
            kind = kind if parts else "text/plain"
        return Part(fields, kind if "/" in kind else default, about, disposition, name, self._raw, start, end, parts)

    def _parameters(self, head: Mapping[str, str], name: str) -> tuple[str, dict[str, str]]:
        return parameters(head.get(name, ""), where=name, findings=self._findings)

    def header(self, start: int, end: int) -> tuple[tuple[tuple[str, str], ...], int]:
        """The header fields, and where the body begins: after the empty line, or where no field stands any more."""
        raw = self._raw
        is_whole = start == 0  # a part may begin with its text, and that with what looks like a header
        start = self._first_field(end) if is_whole else start
        found: list[tuple[str, str]] = []
        counts: dict[str, int] = {}
        fields = stray = 0
        has_gap = is_mended = False
        while start < end:
            line_end, after = _line(raw, start, end)
            if line_end == start:
                # An empty line in the middle of a header: who wrote, and what about, stands below it.
                is_over = has_gap or not fields or not is_whole or bool(_TELLS & counts.keys())
                if is_over or not self._goes_on(after, end):
                    return tuple(found), after
                self._findings.add("header", FindingKind.BROKEN_FIELD)
                has_gap = True
                start = after
                continue
            if field := _FIELD.match(raw, start, line_end):
                fields += 1
                if fields > self._limits.fields:
                    raise MessageTooLarge(
                        f"message: too many header fields; allowed: {self._limits.fields}", field="message"
                    )
                value_end, after = _end(_FIELD_END, raw, line_end, end)
                name = field[1].decode("ascii").lower()
                if name in _KEPT:
                    counts[name] = counts.get(name, 0) + 1
                    found += self._kept(name, raw[field.end() : value_end], counts[name])
            elif not _MAILBOX_LINE.match(raw, start):  # the line of mailbox files before a message
                self._findings.add("header", FindingKind.BROKEN_FIELD if fields else FindingKind.NO_FIELDS)
                last = found[-1] if found else ("", "")
                stray += 1
                goes_on = last[0] in _PARAMETRIC and last[1].endswith(";") and _GOES_ON.match(raw, start)
                if goes_on and stray <= _MOST_STRAY_LINES:
                    value_end, after = _end(_FIELD_END, raw, line_end, end)
                    found[-1:] = self._kept(last[0], last[1].encode() + b" " + raw[start:value_end], 1)
                elif stray > _MOST_STRAY_LINES or not (is_mended or (is_whole and self._goes_on(after, end))):
                    return tuple(found), start
                else:
                    is_mended = True
            start = after
        return tuple(found), end

    def _first_field(self, end: int) -> int:
        """Where the header of the message begins: some put empty lines above it, and a text may begin with some."""
        place = 0
        while place < min(end, _LONGEST_LOOK):
            line_end, after = _line(self._raw, place, end)
            if line_end > place:
                is_field = place and _USUAL_FIELD.match(self._raw, place) is not None
                return place if is_field and self._goes_on(place, end) else 0
            place = after
        return 0

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether a header goes on below: of the lines down to the next empty one most are fields, one a usual one."""
        blank = _BLANK_LINE.search(self._raw, start, min(end, start + _LONGEST_LOOK))
        if blank is None:
            return False
        usual = others = 0
        while start < blank.start():
            line_end, after = _line(self._raw, start, end)
            if _USUAL_FIELD.match(self._raw, start, line_end):
                usual += 1
            elif not self._raw.startswith((b" ", b"\t"), start) and not _FIELD.match(self._raw, start, line_end):
                others += 1
            start = after
        return usual > others

    def _encoded(
        self, fields: tuple[tuple[str, str], ...], start: int, end: int, boundary: str, kind: str
    ) -> "tuple[Part, ...]":
        """The parts of a body that somebody has encoded as a whole, although RFC 2045, section 6.4, forbids it."""
        whole = Part(fields, "", {}, "", "", self._raw, start, end)
        if self._is_decoded or whole.encoding != "base64":  # once, so that nobody sends an onion
            return ()
        data = base64_bytes(whole.body)
        inner = _Reading(data, self._limits, self._findings, parts=self._parts, is_decoded=True)
        parts = tuple(inner._split(0, len(data), boundary, kind, 0))
        self._parts = inner._parts
        if parts:
            self._findings.add("content-transfer-encoding", FindingKind.CONTRADICTION)
        return parts

    def _kept(self, name: str, value: bytes, count: int) -> list[tuple[str, str]]:
        """A field with its value on one line; of far too many or far too long ones what is allowed."""
        if count > _MOST_OF_A_NAME or len(value) > _LONGEST_VALUE:
            self._findings.add(name, FindingKind.CUT)
        if count == 2 and name in _ONCE:  # noqa: PLR2004 - one too many
            self._findings.add(name, FindingKind.CONTRADICTION)
        if count > _MOST_OF_A_NAME:
            return []
        line = value[:_LONGEST_VALUE].translate(None, b"\r\n")
        return [(name, decode(line, "", where="header", findings=self._findings).strip())]

    def _split(self, start: int, end: int, boundary: str, kind: str, depth: int) -> Iterator[Part]:
        """The parts between the borders; what stands before the first and after the last is nobody's."""
        mark = b"--" + boundary.encode("utf-8", "replace")
        is_one = boundary and len(mark) <= _LONGEST_BOUNDARY
        borders = list(islice(_borders(self._raw, start, end, mark), self._limits.parts + 1)) if is_one else []
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        for number, (_, after, is_last) in enumerate(borders):
            if is_last:
                return
            part_end = borders[number + 1][0] if number + 1 < len(borders) else end
            _, part_start = _line(self._raw, after, end)
            yield self.part(part_start, max(part_start, part_end), depth=depth + 1, default=default)


def _borders(raw: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each border begins, with the line end before it, and ends; and whether it is the last one."""
    place = raw.find(mark, start, end)
    while place >= 0:
        before = raw[max(start, place - 2) : place]
        begin = place - (before == b"\r\n") - (before[-1:] in {b"\r", b"\n"})
        after = place + len(mark)
        if (rest := _BORDER_END.match(raw, after, end)) and (place == start or begin < place):
            yield begin, rest.end(), rest[1] is not None
            if rest[1]:
                return
            after = rest.end()
        line_end, _ = _line(raw, after, end)  # no border begins within a line
        place = raw.find(mark, line_end, end)


def _line(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the line that begins there ends, and where the next one begins."""
    return _end(_LINE_END, raw, start, end)


def _end(pattern: "re.Pattern[bytes]", raw: bytes, start: int, end: int) -> tuple[int, int]:
    found = pattern.search(raw, start, end)
    return (end, end) if found is None else found.span()
