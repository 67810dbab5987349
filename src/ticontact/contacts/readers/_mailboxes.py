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
_LONGEST: Final = 1_000_000  # characters of one field


@attrs.define(repr=False)  # what it holds is as it was written
class _Entry:
    """What was gathered of one mailbox. It is mutable: it grows piece by piece."""

    outside: str = ""
    angled: str = ""
    comment: str = ""
    has_angle: bool = False


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
    name_before = ""
    for entry in _entries(text):
        if not entry.has_angle and "@" not in entry.outside:
            name_before += f"{entry.outside.strip()}, " if entry.outside.strip() else ""
            continue
        if len(found) == most:
            findings.add(where, FindingKind.CUT)
            break
        found.append(_mailbox(entry, name_before, where, findings))
        name_before = ""
    if name_before.strip(", "):
        findings.add(where, FindingKind.INVALID_ADDRESS)
        found.append(Mailbox(written=words(name_before.rstrip(", "), where=where, findings=findings)))
    return tuple(found)


def _entries(text: str) -> Iterator[_Entry]:
    entry, depth, angle, opened = _Entry(), 0, False, text.count(")")
    for piece in _PIECE.findall(text):
        if piece == "(" and not angle and (depth or opened):
            depth += 1
        elif piece == ")" and depth:
            depth -= 1
        elif depth:
            entry.comment += piece
        elif piece == "<" and not angle:
            angle = entry.has_angle = True
        elif piece == ">" and angle:
            angle = False
        elif angle:
            entry.angled += piece
        elif piece == ":" and "@" not in entry.outside:
            entry.outside = ""  # the name of a group
        elif piece in ",;":
            yield entry
            entry = _Entry()
        else:
            entry.outside += piece
        opened -= piece == ")"
    yield entry


def _mailbox(entry: _Entry, name_before: str, where: str, findings: Findings) -> Mailbox:
    written = (entry.angled if entry.has_angle else entry.outside).strip()
    name = _name(name_before + entry.outside if entry.has_angle else entry.comment, where, findings)
    try:
        return Mailbox(name, EmailAddress.parse(written.removeprefix("mailto:")))
    except InvalidEmailAddress:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return Mailbox(name, written=words(written, where=where, findings=findings))


def _name(text: str, where: str, findings: Findings) -> str:
    """A display name without its quotes; quoted pairs and encoded words are read."""
    unquoted = re.sub(r'"((?:[^"\\]|\\.)*)"', lambda found: re.sub(r"\\(.)", r"\1", found[1]), text)
    return words(unquoted, where=where, findings=findings).strip("' ")
