"""Who stands in an address field?

One pass over the characters knows four places: outside, in a quoted string, in a comment, in angle brackets. So a comma
in a name, a bracket in a comment or a quote that is never closed cannot move an address to somebody else. What is no
valid address keeps its cleaned text and gets none: an answer never goes to a guess.
"""

import re
from collections.abc import Iterator
from typing import Final

import attrs

from ticontact.contacts._email import EmailAddress
from ticontact.contacts._message import Mailbox
from ticontact.contacts.readers._fields import words
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.errors import InvalidEmailAddress

__all__ = ["mailboxes"]

_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[(),;:<>]|[^"\\(),;:<>]+|.', re.DOTALL)
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|\\.', re.DOTALL)  # no quote begins in a pair
_LONGEST: Final = 1_000_000  # characters of one field


@attrs.define(repr=False)  # what it holds is as it was written
class _Entry:
    """What was gathered of one mailbox. It is mutable: it grows piece by piece, which texts would do in square time."""

    outsides: list[str] = attrs.Factory(list)
    angleds: list[str] = attrs.Factory(list)
    comments: list[str] = attrs.Factory(list)
    has_angle: bool = False
    has_at: bool = False

    def add(self, piece: str) -> None:
        """Add a piece that stands outside of everything."""
        self.outsides.append(piece)
        self.has_at = self.has_at or "@" in piece

    @property
    def outside(self) -> str:
        """What stands outside of everything."""
        return "".join(self.outsides)


def mailboxes(text: str, *, where: str, most: int, findings: Findings) -> tuple[Mailbox, ...]:
    """The mailboxes of a field such as To.

    Args:
        text: The unfolded field.
        where: The name of the field, for findings.
        most: How many are read.
        findings: Where oddities are written down.
    """
    if len(text) > _LONGEST:
        findings.add(where, FindingKind.CUT)
        text = text[:_LONGEST]
    found: list[Mailbox] = []
    names: list[str] = []
    for entry in _entries(text):
        if not entry.has_angle and not entry.has_at:
            part = entry.outside.strip()
            names += [part] if part else []
            continue
        if len(found) == most:
            findings.add(where, FindingKind.CUT)
            break
        found.append(_mailbox(entry, "".join(f"{part}, " for part in names), where, findings))
        names = []
    if written := ", ".join(names).rstrip(", "):
        findings.add(where, FindingKind.INVALID_ADDRESS)
        found.append(Mailbox(written=words(written, where=where, findings=findings)))
    return tuple(found)


def _entries(text: str) -> Iterator[_Entry]:
    entry, depth, angle, opened = _Entry(), 0, False, text.count(")")
    for piece in _PIECE.findall(text):
        if piece == "(" and not angle and (depth or opened):
            depth += 1
        elif piece == ")" and depth:
            depth -= 1
        elif depth:
            entry.comments.append(piece)
        elif piece == "<" and not angle:
            angle = entry.has_angle = True
        elif piece == ">" and angle:
            angle = False
        elif angle:
            entry.angleds.append(piece)
        elif piece == ":" and not entry.has_at:
            entry.outsides.clear()  # the name of a group
        elif piece in ",;":
            yield entry
            entry = _Entry()
        else:
            entry.add(piece)
        opened -= piece == ")"
    yield entry


def _mailbox(entry: _Entry, name_before: str, where: str, findings: Findings) -> Mailbox:
    written = "".join(entry.angleds if entry.has_angle else entry.outsides).strip()
    name = _name(name_before + entry.outside if entry.has_angle else "".join(entry.comments), where, findings)
    try:
        return Mailbox(name, EmailAddress.parse(written.removeprefix("mailto:")))
    except InvalidEmailAddress:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return Mailbox(name, written=words(written, where=where, findings=findings))


def _name(text: str, where: str, findings: Findings) -> str:
    """A display name without its quotes; quoted pairs and encoded words are read."""
    unquoted = _QUOTED.sub(lambda found: found[0] if found[1] is None else re.sub(r"\\(.)", r"\1", found[1]), text)
    return words(unquoted, where=where, findings=findings).strip("' ")
