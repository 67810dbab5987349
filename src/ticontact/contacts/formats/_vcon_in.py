"""A vCon, the conversation container of the IETF, as a contact.

What ticontact wrote comes back whole. Of others' vCons the parties, the texts and the conversations are read, also of
earlier drafts; others validate less, so what cannot be is left out, with a finding.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from ticontact.contacts._channel import CHANNELS, Channel, Channels
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._email import EmailAddress
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._message import Message
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts._party import Party, Role
from ticontact.contacts._phone import parse_phone
from ticontact.contacts._points import Address, SipAddress
from ticontact.contacts._text import clean, plain
from ticontact.contacts.formats._document import from_dict
from ticontact.contacts.formats._vcon_out import DISPOSITIONS, PURPOSE, ROLES
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import ContactError, InvalidInstant, UnreadableRecord

__all__ = ["from_vcon"]

_FROM_ROLES: Final = {name: role for role, name in ROLES.items()}
_ENDS: Final = {name: end for end, name in DISPOSITIONS.items()}
_LONGEST: Final = 1_000_000  # characters of one text
_LONGEST_CALL: Final = 10_000_000  # seconds


def from_vcon(document: Mapping[str, object], *, channels: Channels = CHANNELS) -> Imported:
    """The contact of a vCon: whole if ticontact wrote it, else its parties, its texts and its conversations.

    Args:
        document: The vCon, unsigned and unencrypted.
        channels: The department's channels, if it has more than the built-in ones.

    Returns:
        The contact, and what could not be taken over: numbers that are none, transfers, the files that go along.

    Raises:
        ContactError: If it cannot be one; the error names the place.
        ConfigurationError: If it is ours and names a channel that the department does not have.
    """
    whole = _mapping(document, "vcon")
    for attachment in _mappings(whole, "attachments"):
        if attachment.get("purpose") == PURPOSE:
            body = _mapping(attachment.get("body"), "vcon.attachments.body")
            return Imported(from_dict(body, channels=channels))
    findings = Findings()
    return Imported(_contact(whole, findings), findings.all)


def _contact(document: Mapping[str, object], findings: Findings) -> Contact:
    dialogs = _mappings(document, "dialog")
    texts = [dialog for dialog in dialogs if dialog.get("type") == "text"]
    calls = [dialog for dialog in dialogs if str(dialog.get("type")) in {"recording", "incomplete"}]
    if len(texts) + len(calls) < len(dialogs):
        findings.add("vcon.dialog", FindingKind.LEFT_OUT)
    if document.get("attachments"):
        findings.add("vcon.attachments", FindingKind.LEFT_OUT)
    subject = clean(str(document.get("subject") or ""))
    return Contact(
        id=f"vcon-{clean(str(document.get('uuid')))}"[:100],
        channel=Channel.named(_channel(texts)),
        direction=Direction.INBOUND,
        parties=[_read_party(party, findings) for party in _mappings(document, "parties")],
        legs=[_read_call(dialog, findings) for dialog in calls],
        messages=[_read_text(dialog, subject, findings) for dialog in texts],
        created_at=_moment(document.get("created_at"), "vcon.created_at"),
    )


def _channel(texts: list[Mapping[str, object]]) -> str:
    if not texts:
        return "voice"
    return "email" if any(dialog.get("message_id") for dialog in texts) else "chat"


def _read_party(party: Mapping[str, object], findings: Findings) -> Party:
    role = Role.SYSTEM if party.get("type") == "bot" else _FROM_ROLES.get(str(party.get("role")), Role.CITIZEN)
    addresses = [
        address
        for key, parse in (("tel", parse_phone), ("mailto", EmailAddress.parse), ("sip", SipAddress.parse))
        if (address := _read_address(party.get(key), parse, f"vcon.parties.{key}", findings)) is not None
    ]
    return Party(
        role,
        next(iter(addresses), None),
        name=clean(str(party.get("name") or "")),
        organisation=clean(str(party.get("org") or "")),
        further=addresses[1:],
    )


def _read_address(text: object, parse: Callable[[str], Address], where: str, findings: Findings) -> Address | None:
    if text is None or text == "":
        return None
    try:
        return parse(str(text).removeprefix("mailto:"))
    except ContactError:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return None


def _read_text(dialog: Mapping[str, object], subject: str, findings: Findings) -> Message:
    body = dialog.get("body")
    if not isinstance(body, str) or dialog.get("encoding", "none") != "none":
        findings.add("vcon.dialog.body", FindingKind.LEFT_OUT)
        body = ""
    if len(body) > _LONGEST:
        findings.add("vcon.dialog.body", FindingKind.CUT)
    return Message(
        id=clean(str(dialog.get("message_id") or "")).strip("<>"),
        subject=subject,
        text=plain(body)[:_LONGEST],
        sent_at=_moment(dialog.get("start"), "vcon.dialog.start"),
    )


def _read_call(dialog: Mapping[str, object], findings: Findings) -> Leg:
    """A conversation: answered at once where there is a recording of it."""
    start = _moment(dialog.get("start"), "vcon.dialog.start")
    if dialog.get("type") == "incomplete":
        return Leg(kind=LegKind.INITIAL, end=_ENDS.get(str(dialog.get("disposition")), ""), started_at=start)
    duration = dialog.get("duration")
    if isinstance(duration, bool) or not isinstance(duration, int | float) or not 0 <= duration <= _LONGEST_CALL:
        if duration is not None:
            findings.add("vcon.dialog.duration", FindingKind.CONTRADICTION)
        return Leg(kind=LegKind.INITIAL, started_at=start, answered_at=start)
    end = Moment.of(start.at + timedelta(seconds=duration), TimeSource.OTHER_SYSTEM)
    return Leg(kind=LegKind.INITIAL, end="answered", started_at=start, answered_at=start, ended_at=end)


def _moment(text: object, path: str) -> Moment:
    try:
        read = Moment.of(datetime.fromisoformat(text), TimeSource.OTHER_SYSTEM) if isinstance(text, str) else None
    except (ValueError, InvalidInstant):
        read = None
    if read is None:
        raise UnreadableRecord(f"{path}: allowed: an instant as in RFC 3339", given=text)
    return read


def _mappings(document: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    items = document.get(name) or []
    if not isinstance(items, list):
        raise UnreadableRecord(f"vcon.{name}: allowed: a list", given=items)
    return [_mapping(item, f"vcon.{name}[{place}]") for place, item in enumerate(items)]


def _mapping(data: object, path: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise UnreadableRecord(f"{path}: allowed: a mapping", given=data)
    return data
