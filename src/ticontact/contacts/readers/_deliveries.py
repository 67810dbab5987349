"""Whom did a message not reach? What a mail system reports of each recipient (RFC 3464)."""

import re
from collections.abc import Iterator
from typing import Final

from ticontact.contacts._message import DeliveryStatus, Mailbox
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.contacts.readers._header_fields import message_ids
from ticontact.contacts.readers._limits import Limits
from ticontact.contacts.readers._mailboxes import mailboxes
from ticontact.contacts.readers._mime import Part, read_header

__all__ = ["deliveries"]

_STATUS_PARTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED: Final = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})
_BETWEEN: Final = re.compile(rb"(?:\r\n?+|\n)(?:[ \t]*+(?:\r\n?+|\n))++")  # CR LF is one line end
_ACTION: Final = re.compile(r"[a-z]{1,20}+")
_STATUS: Final = re.compile(r"[245]\.\d{1,3}+\.\d{1,3}+", re.ASCII)
_LARGEST: Final = 1_000_000  # bytes of one report
_MOST: Final = 1_000  # recipients


def deliveries(whole: Part, limits: Limits, findings: Findings) -> list[DeliveryStatus]:
    """What a delivery report tells of the recipients; nothing if the message is none.

    Args:
        whole: The message.
        limits: How many addresses are read.
        findings: Where oddities are written down.
    """
    parts = [part for part in whole.leaves() if part.content_type in _STATUS_PARTS]
    number = _returned_id(whole, findings) if parts else ""
    found = [each for part in parts for each in _statuses(part, number, limits, findings)]
    if not found and (failed := whole.field("x-failed-recipients")):
        listed = mailboxes(failed, where="x-failed-recipients", most=limits.mailboxes, findings=findings)
        found = [DeliveryStatus(recipient=each, action="failed") for each in listed]
    return found


def _statuses(part: Part, number: str, limits: Limits, findings: Findings) -> Iterator[DeliveryStatus]:
    content = part.content(findings)
    if len(content) > _LARGEST:
        findings.add(part.content_type, FindingKind.CUT)
    start, taken = 0, 0
    content = content[:_LARGEST]
    while start < len(content) and taken < _MOST:
        between = _BETWEEN.search(content, start)
        block = content[start : between.start() if between else len(content)].strip()
        start = between.end() if between else len(content)
        if not block:
            continue
        fields = read_header(block, findings=findings, is_block=True)
        if recipient := _recipient(fields, limits, findings):
            taken += 1
            action = _ACTION.match(fields.field("action").lower())
            status = _STATUS.match(fields.field("status"))
            yield DeliveryStatus(
                recipient=recipient,
                action=action[0] if action else "",
                status=status[0] if status else "",
                message_id=number,
            )
    if start < len(content):
        findings.add(part.content_type, FindingKind.CUT)


def _recipient(fields: Part, limits: Limits, findings: Findings) -> Mailbox | None:
    """The recipient as the sender wrote it, where the report says that too: else the one that the mail system knows."""
    for name in ("original-recipient", "final-recipient"):
        kind, mark, address = fields.field(name).partition(";")
        listed = mailboxes(address if mark else kind, where=name, most=limits.mailboxes, findings=findings)
        if listed:
            return listed[0]
    return None


def _returned_id(whole: Part, findings: Findings) -> str:
    """The id of the message that came back, from the first copy of it or of its header."""
    for part in whole.leaves():
        if part.content_type in _RETURNED:
            returned = read_header(part.content(findings), findings=findings)
            return next(iter(message_ids(returned.field("message-id"))), "")
    return ""
