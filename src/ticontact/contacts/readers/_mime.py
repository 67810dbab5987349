"""Which parts does a message consist of?

Theory of operation. The parser of the standard library differs from patch level to patch level and raises untyped
errors on odd bytes, so the few rules of RFC 5322 and RFC 2046 that matter are read here. Nothing is decoded that is not
asked for: a part keeps its bytes. Each level looks for its border once, levels and parts are limited, so time stays in
proportion to size.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from ticontact.contacts.readers._charsets import decode
from ticontact.contacts.readers._fields import base64_bytes, parameters
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.contacts.readers._limits import Limits
from ticontact.errors import MessageTooLarge

__all__ = ["Part", "read_parts"]

_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_BORDER_END: Final = re.compile(rb"(--)?[ \t]*(?=[\r\n]|\Z)")
_AS_IT_IS: Final = frozenset({"", "7bit", "8bit", "binary"})


@attrs.frozen(repr=False)  # what it holds is as it was written
class Part:
    """One part of a message, or the whole.

    Attributes:
        fields: The header fields: lower-case name and unfolded value, in order.
        content_type: Such as `text/plain`.
        parameters: The parameters of the content type.
        disposition: `inline`, `attachment` or empty.
        name: The file name as it was written, decoded; empty if there is none.
        body: The bytes, as they were sent; empty for a part that consists of parts.
        parts: The parts it consists of.
    """

    fields: tuple[tuple[str, str], ...]
    content_type: str
    parameters: Mapping[str, str]
    disposition: str
    name: str
    body: bytes
    parts: "tuple[Part, ...]" = ()

    def field(self, name: str) -> str:
        """The first header field of this name; empty if there is none."""
        return next((value for key, value in self.fields if key == name), "")

    def leaves(self) -> "Iterator[Part]":
        """The parts that consist of no parts, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def content(self, findings: Findings) -> bytes:
        """The bytes, decoded from their transfer encoding."""
        encoding = self.field("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            return base64_bytes(self.body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding not in _AS_IT_IS:
            findings.add("content-transfer-encoding", FindingKind.UNKNOWN_ENCODING)
        return self.body


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
        raise MessageTooLarge(f"message: {len(raw)} bytes; allowed: {limits.size}")
    return _Reading(limits, findings).part(raw, depth=0)


class _Reading:
    """One reading of a message. It is mutable: it counts the parts."""

    def __init__(self, limits: Limits, findings: Findings) -> None:
        self._limits = limits
        self._findings = findings
        self._parts = 0

    def part(self, raw: bytes, *, depth: int, default: str = "text/plain") -> Part:
        self._parts += 1
        if depth > self._limits.depth:
            raise MessageTooLarge(f"message: parts inside parts; allowed: {self._limits.depth} levels")
        if self._parts > self._limits.parts:
            raise MessageTooLarge(f"message: too many parts; allowed: {self._limits.parts}")
        fields, start = self._header(raw)
        head = dict(reversed(fields))
        kind, about = self._parameters(head, "content-type")
        disposition, shown = self._parameters(head, "content-disposition")
        name = shown.get("filename") or about.get("name", "")
        body = raw[start:]
        parts: tuple[Part, ...] = ()
        if kind.startswith("multipart/"):
            parts = tuple(self._split(body, about.get("boundary", ""), kind, depth))
            kind, body = (kind, b"") if parts else ("text/plain", body)
        return Part(fields, kind if "/" in kind else default, about, disposition, name, body, parts)

    def _parameters(self, head: Mapping[str, str], name: str) -> tuple[str, dict[str, str]]:
        return parameters(head.get(name, ""), where=name, findings=self._findings)

    def _header(self, raw: bytes) -> tuple[tuple[tuple[str, str], ...], int]:
        """The header fields, and where the body begins: after the empty line, or where no field stands any more."""
        found: list[tuple[bytes, list[bytes]]] = []
        start = 0
        text, after = _line(raw, start)
        while text:
            if text[:1] in b" \t" and found:
                found[-1][1].append(text)
            elif field := _FIELD.fullmatch(text):
                found.append((field[1], [field[2]]))
            elif start or not text.startswith(b"From "):  # the line that mailbox files put before a message
                self._findings.add("header", FindingKind.BROKEN_FIELD if found else FindingKind.NO_FIELDS)
                return self._unfolded(found), start
            if len(found) > self._limits.fields:
                raise MessageTooLarge(f"message: too many header fields; allowed: {self._limits.fields}")
            start = after
            text, after = _line(raw, start)
        return self._unfolded(found), after

    def _unfolded(self, found: list[tuple[bytes, list[bytes]]]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (
                name.decode("ascii").lower(),
                decode(b"".join(lines), "", where="header", findings=self._findings).strip(),
            )
            for name, lines in found
        )

    def _split(self, body: bytes, boundary: str, kind: str, depth: int) -> Iterator[Part]:
        """The parts between the borders; what stands before the first and after the last is nobody's."""
        borders = list(_borders(body, b"--" + boundary.encode("utf-8", "replace"))) if boundary else []
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        if not borders:
            self._findings.add("content-type", FindingKind.BROKEN_PARTS)
        for number, (_, after, is_last) in enumerate(borders):
            if is_last:
                return
            end = borders[number + 1][0] if number + 1 < len(borders) else len(body)
            _, start = _line(body, after)
            yield self.part(body[start : max(start, end)], depth=depth + 1, default=default)


def _borders(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each border begins, with the line end before it, and ends; and whether it is the last one."""
    place = body.find(mark)
    while place >= 0:
        begin = place - (body[place - 2 : place] == b"\r\n") - (body[place - 1 : place] in {b"\r", b"\n"})
        if (rest := _BORDER_END.match(body, place + len(mark))) and (place == 0 or begin < place):
            yield begin, rest.end(), rest[1] is not None
        place = body.find(mark, place + 1)


def _line(raw: bytes, start: int) -> tuple[bytes, int]:
    """The line that begins there, and where the next one does."""
    end = _LINE_END.search(raw, start)
    return (raw[start:], len(raw)) if end is None else (raw[start : end.start()], end.end())
