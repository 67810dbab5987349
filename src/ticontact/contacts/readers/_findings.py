"""What could not be read as it should be, although something was kept."""

import enum

import attrs

from ticontact.contacts._contact import Contact
from ticontact.plain import checked

__all__ = ["Finding", "FindingKind", "Findings", "Imported"]


class FindingKind(enum.Enum):
    """What kind of oddity."""

    NO_FIELDS = "no_fields"
    """The message has no header at all."""
    BROKEN_FIELD = "broken_field"
    """A line in the header is no header field; where no more fields stand below it, the text begins there."""
    BROKEN_PARTS = "broken_parts"
    """A message of several parts whose borders are not there; taken as one text."""
    UNKNOWN_ENCODING = "unknown_encoding"
    """A transfer encoding that nobody knows; the bytes are taken as they are."""
    UNKNOWN_CHARSET = "unknown_charset"
    """A character set that nobody knows; the text is guessed."""
    INVALID_ADDRESS = "invalid_address"
    """What stands there is no valid e-mail address or number."""
    NO_SENDER = "no_sender"
    """Nobody says who wrote it."""
    RELAYED = "relayed"
    """It came from a mailbox that many share; who wrote it was found elsewhere in the message."""
    UNKNOWN_WRITER = "unknown_writer"
    """It came from a mailbox that many share, and the message does not agree with itself on who wrote it."""
    UNREADABLE_DATE = "unreadable_date"
    """The date cannot be read."""
    CUT = "cut"
    """More than the limit stood there; the rest was left out."""
    UNREADABLE_PART = "unreadable_part"
    """A part whose content only another program can read: encrypted, signed as a whole, or in a form of its own."""
    SEVERAL = "several"
    """Several numbers or addresses in the place of one; each was read."""
    REMARK = "remark"
    """Words stand beside a number; the number was read, and what was written is kept."""
    ASSUMED_REGION = "assumed_region"
    """A number without country code that is none of the office's own country; it was read as one of a neighbour."""
    UNKNOWN_WAIT = "unknown_wait"
    """The exchange answered before the queue did, so nobody can tell how long the citizen waited."""
    AMBIGUOUS_TIME = "ambiguous_time"
    """A local time in the repeated hour that could be either pass; the first was taken."""
    ASSUMED_ZONE = "assumed_zone"
    """A local time without a zone; it was taken in the zone of the document's own time."""
    SKIPPED_TIME = "skipped_time"
    """A local time in the hour that was skipped."""
    CONTRADICTION = "contradiction"
    """Two facts cannot both be right."""
    UNKNOWN_LANGUAGE = "unknown_language"
    """A language that ticontact has no texts in."""
    LEFT_OUT = "left_out"
    """Something that a contact has no place for."""
    MISSING = "missing"
    """Something that is usually there is not."""


@attrs.frozen(order=True, field_transformer=checked)
class Finding:
    """One oddity, without any personal value.

    Attributes:
        where: The header field, column or part.
        kind: What kind of oddity.
    """

    where: str
    kind: FindingKind = attrs.field(order=lambda kind: kind.value)


class Findings:
    """The oddities found while reading. It is mutable: it grows as the reading goes on."""

    def __init__(self) -> None:
        self._found: dict[Finding, None] = {}

    def add(self, where: str, kind: FindingKind) -> None:
        """Write an oddity down, once."""
        self._found[Finding(where, kind)] = None

    @property
    def all(self) -> tuple[Finding, ...]:
        """The oddities in the order they were found."""
        return tuple(self._found)


@attrs.frozen(field_transformer=checked)
class Imported:
    """What a reader made of something from outside.

    Attributes:
        contact: The contact.
        findings: What was odd about it; empty if nothing was.
    """

    contact: Contact
    findings: tuple[Finding, ...] = ()
