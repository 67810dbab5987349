"""Who stands in an address field?

One pass over the characters knows four places: outside, in a quoted string, in a comment, in angle brackets. So a comma
in a name, a bracket in a comment or a quote that is never closed cannot move an address to somebody else. What is no
valid address keeps its cleaned text and gets none: an answer never goes to a guess.
"""

import re
from collections.abc import Iterator
from typing import Final

import attrs

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._field_class import conceal
from ticontact.contacts._message import Mailbox
from ticontact.contacts._text import Pieces
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.contacts.readers._header_fields import words
from ticontact.errors import InvalidEmailAddress

__all__ = ["mailboxes"]

_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|\\.|[(),;:<>]|[^"\\(),;:<>]++|.', re.DOTALL)
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"|\\.', re.DOTALL)  # no quote begins in a pair
_LONGEST: Final = 1_000_000  # characters of one field
_LONGEST_NAME: Final = 10_000  # characters of one name, or of what stands in the place of an address


@attrs.define(repr=False, field_transformer=conceal)  # what it holds is as it was written
class _Entry:
    """What was gathered of one mailbox. It is mutable: it grows piece by piece, which texts would do in square time."""

    outsides: Pieces = attrs.Factory(Pieces)
    angleds: Pieces = attrs.Factory(Pieces)
    comments: Pieces = attrs.Factory(Pieces)
    has_angle: bool = False
    has_at: bool = False

    def add(self, piece: str) -> None:
        """Add a piece that stands outside of everything."""
        self.outsides.add(piece)
        self.has_at = self.has_at or "@" in piece

    def forget(self) -> None:
        """Drop what stands outside: it was the name of a group."""
        self.outsides = Pieces()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there: lists end with a comma, groups with a semicolon."""
        return not self.has_angle and not self.outside.strip()

    @property
    def outside(self) -> str:
        """What stands outside of everything."""
        return self.outsides.text


def mailboxes(text: str, *, where: str, most: int, findings: Findings) -> tuple[Mailbox, ...]:
    """The mailboxes of a field such as To.

    Args:
        text: The unfolded field.
        where: The name of the field, for findings.
        most: How many are read; of those in letters beyond ASCII, which cost ten times as much, a tenth.
        findings: Where oddities are written down.
    """
    if len(text) > _LONGEST:
        findings.add(where, FindingKind.CUT)
        text = text[:_LONGEST]
    found: list[Mailbox] = []
    names: list[str] = []
    book = _Book(where, most, findings)
    for entry in _entries(text):
        if len(found) + len(names) >= most and not entry.is_empty:
            findings.add(where, FindingKind.CUT)
            break
        if not entry.has_angle and not entry.has_at:
            part = entry.outside.strip()
            names += [part] if part else []
            continue
        if (mailbox := book.mailbox(entry, ", ".join([*names, ""]))) is None:
            break
        found.append(mailbox)
        names = []
    if written := ", ".join(names).rstrip(", "):
        findings.add(where, FindingKind.INVALID_ADDRESS)
        found.append(Mailbox(written=book.line(written)))
    return tuple(found)


def _entries(text: str) -> Iterator[_Entry]:
    entry, depth, angle, opened = _Entry(), 0, False, text.count(")")
    for found in _PIECE.finditer(text):
        piece = found[0]
        if piece == "(" and not angle and (depth or opened):
            depth += 1
        elif piece == ")" and depth:
            depth -= 1
        elif depth:
            entry.comments.add(piece)
        elif piece == "<" and not angle:
            angle = entry.has_angle = True
        elif piece == ">" and angle:
            angle = False
        elif angle:
            entry.angleds.add(piece)
        elif piece == ":" and not entry.has_at:
            entry.forget()
        elif piece in ",;":
            yield entry
            entry = _Entry()
        else:
            entry.add(piece)
        opened -= piece == ")"
    yield entry


class _Book:
    """Reads the single mailboxes of a field. It is mutable: it counts the addresses that are dear to read."""

    def __init__(self, where: str, most: int, findings: Findings) -> None:
        self._where = where
        self._most_foreign = max(1, most // 10)
        self._findings = findings

    def mailbox(self, entry: _Entry, name_before: str) -> Mailbox | None:
        """The mailbox of an entry; what is no valid address keeps its text. None if there are too many dear ones."""
        written = (entry.angleds if entry.has_angle else entry.outsides).text.strip().removeprefix("mailto:")
        if not written.isascii() or "xn--" in written.lower():
            self._most_foreign -= 1
        if self._most_foreign < 0:
            self._findings.add(self._where, FindingKind.CUT)
            return None
        name = self._name(name_before + entry.outside if entry.has_angle else entry.comments.text)
        try:
            return Mailbox(name, EmailAddress.parse(written))
        except InvalidEmailAddress:
            self._findings.add(self._where, FindingKind.INVALID_ADDRESS)
        return Mailbox(name, written=self.line(written))

    def _name(self, text: str) -> str:
        """A display name without its quotes; quoted pairs and encoded words are read."""
        unquoted = _QUOTED.sub(
            lambda found: found[0] if found[1] is None else re.sub(r"\\(.)", r"\1", found[1]), self._cut(text)
        )
        return words(unquoted, where=self._where, findings=self._findings).strip("' ")

    def line(self, text: str) -> str:
        """What was written in the place of an address, on one line."""
        return words(self._cut(text), where=self._where, findings=self._findings)

    def _cut(self, text: str) -> str:
        if len(text) > _LONGEST_NAME:
            self._findings.add(self._where, FindingKind.CUT)
        return text[:_LONGEST_NAME]
