"""A contact as a vCon, the conversation container of the IETF, and back.

The form is the draft's `0.4.0` (draft-ietf-vcon-vcon-core), with the roles of its contact-centre extension. A vCon
knows no counter, no letter and no instants with zones, so our own document goes along as an attachment of the purpose
`ticontact contact`: what we write, we read back whole. Of others' vCons the parties and the texts are read.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._email import EmailAddress
from ticontact.contacts._leg import Leg
from ticontact.contacts._message import Message
from ticontact.contacts._outcome import Outcome
from ticontact.contacts._party import Party, Role
from ticontact.contacts._phone import PhoneNumber, ShortNumber, parse_phone
from ticontact.contacts._points import Address, SipAddress
from ticontact.contacts._text import clean, plain
from ticontact.contacts.formats._document import from_dict, to_dict
from ticontact.errors import ContactError, UnreadableRecord

__all__ = ["from_vcon", "to_vcon"]

_PURPOSE: Final = "ticontact contact"
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ROLES: Final[Mapping[Role, str]] = {
    Role.CITIZEN: "customer",
    Role.OPERATOR: "agent",
    Role.OFFICIAL: "sme",
}
_FROM_ROLES: Final = {name: role for role, name in _ROLES.items()}
_DISPOSITIONS: Final[Mapping[str, str]] = {
    "no_answer": "no-answer",
    "busy": "busy",
    "failed": "failed",
    "congestion": "congestion",
}
_LONGEST: Final = 1_000_000


def to_vcon(contact: Contact, *, uuid: str) -> dict[str, object]:
    """The vCon of a contact. It holds personal values in the clear: whoever stores it must protect it.

    Args:
        contact: The contact.
        uuid: The id of the vCon, in lower case; the draft recommends version 8.

    Raises:
        UnreadableRecord: If the id is none.
    """
    if _UUID.fullmatch(uuid) is None:
        raise UnreadableRecord("vcon.uuid: allowed: a UUID in lower case", given=uuid)
    parties = [_party(party) for party in contact.parties] or [{}]
    start = contact.created_at.isoformat()
    dialogs = [_spoken(leg, len(parties)) for leg in contact.legs]
    dialogs += [_written(message, start) for message in contact.messages]
    subject = next((message.subject for message in contact.messages if message.subject), "")
    return {
        "vcon": "0.4.0",
        "uuid": uuid,
        "extensions": ["CC"],
        "created_at": start,
        **({"subject": subject} if subject else {}),
        "parties": parties,
        "dialog": dialogs or [_nothing_captured(contact)],
        "attachments": [
            {
                "purpose": _PURPOSE,
                "start": start,
                "party": 0,
                "dialog": 0,
                "mediatype": "application/json",
                "encoding": "json",
                "body": to_dict(contact),
            }
        ],
    }


def _party(party: Party) -> dict[str, object]:
    fields = {
        **_address(party.address),
        "name": party.name,
        "org": party.organisation,
        "type": "bot" if party.role is Role.SYSTEM else "person",
        "role": _ROLES.get(party.role, "thirdparty"),
        "validation": party.verification.method if party.verification else "",
    }
    return {name: value for name, value in fields.items() if value}


def _address(address: Address | None) -> dict[str, str]:
    match address:
        case PhoneNumber():
            return {"tel": address.rfc3966}
        case ShortNumber():
            return {"tel": f"tel:{address.number};phone-context=+41"} if address.region == "CH" else {}
        case EmailAddress():
            return {"mailto": address.normalized}
        case SipAddress():
            return {"sip": f"sip:{address.user}@{address.host}"}
    return {}


def _spoken(leg: Leg, parties: int) -> dict[str, object]:
    """A conversation that was not recorded, or that did not come about."""
    end = leg.ended_at
    base = {"start": leg.started_at.isoformat(), "parties": list(range(parties))}
    if leg.end in _DISPOSITIONS:
        return {"type": "incomplete", **base, "disposition": _DISPOSITIONS[leg.end]}
    duration = {"duration": (end - leg.started_at).total_seconds()} if end else {}
    return {"type": "recording", **base, **duration}


def _written(message: Message, start: str) -> dict[str, object]:
    return {
        "type": "text",
        "start": message.sent_at.isoformat() if message.sent_at else start,
        "parties": [0],
        "mediatype": "text/plain",
        "encoding": "none",
        "body": message.text,
        **({"message_id": message.id} if message.id else {}),
    }


def _nothing_captured(contact: Contact) -> dict[str, object]:
    """A dialog has to be there for an attachment to refer to."""
    base = {"start": contact.created_at.isoformat(), "parties": [0]}
    if contact.outcome in {None, Outcome.ANSWERED}:
        return {"type": "recording", **base}
    return {"type": "incomplete", **base, "disposition": "hung-up"}


def from_vcon(document: Mapping[str, object]) -> Contact:
    """The contact of a vCon: whole if ticontact wrote it, else its parties and its texts.

    Args:
        document: The vCon, unsigned and unencrypted.

    Raises:
        ContactError: If it cannot be one; the error names the place.
        ConfigurationError: If it is ours and names a channel that is not built in.
    """
    for attachment in _mappings(document, "attachments"):
        if attachment.get("purpose") == _PURPOSE:
            return from_dict(_mapping(attachment.get("body"), "vcon.attachments.body"))
    texts = [dialog for dialog in _mappings(document, "dialog") if dialog.get("type") == "text"]
    subject = clean(str(document.get("subject") or ""))
    return Contact(
        id=f"vcon-{document.get('uuid')}"[:100],
        channel=Channel.named(_channel(texts)),
        direction=Direction.INBOUND,
        parties=[_read_party(party) for party in _mappings(document, "parties")],
        messages=[_read_text(dialog, subject) for dialog in texts],
        created_at=_instant(document.get("created_at"), "vcon.created_at"),
    )


def _channel(texts: list[Mapping[str, object]]) -> str:
    if not texts:
        return "voice"
    return "email" if any(dialog.get("message_id") for dialog in texts) else "chat"


def _read_party(party: Mapping[str, object]) -> Party:
    """A party; what is no valid number or address is left out, for others validate less."""
    role = Role.SYSTEM if party.get("type") == "bot" else _FROM_ROLES.get(str(party.get("role")), Role.CITIZEN)
    addresses = [
        address
        for key, parse in (("tel", parse_phone), ("mailto", EmailAddress.parse), ("sip", SipAddress.parse))
        if (address := _read_address(party.get(key), parse)) is not None
    ]
    return Party(
        role,
        next(iter(addresses), None),
        name=clean(str(party.get("name") or "")),
        organisation=clean(str(party.get("org") or "")),
        further=addresses[1:],
    )


def _read_address(text: object, parse: Callable[[str], Address]) -> Address | None:
    if not isinstance(text, str):
        return None
    try:
        return parse(text.removeprefix("mailto:"))
    except ContactError:
        return None


def _read_text(dialog: Mapping[str, object], subject: str) -> Message:
    body = dialog.get("body")
    return Message(
        id=clean(str(dialog.get("message_id") or "")).strip("<>"),
        subject=subject,
        text=plain(body)[:_LONGEST] if isinstance(body, str) else "",
        sent_at=_instant(dialog.get("start"), "vcon.dialog.start"),
    )


def _instant(text: object, path: str) -> datetime:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise UnreadableRecord(f"{path}: allowed: an instant as in RFC 3339", given=text)
    return at


def _mappings(document: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    items = document.get(name) or []
    if not isinstance(items, list):
        raise UnreadableRecord(f"vcon.{name}: allowed: a list", given=items)
    return [_mapping(item, f"vcon.{name}[{place}]") for place, item in enumerate(items)]


def _mapping(data: object, path: str) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise UnreadableRecord(f"{path}: allowed: a mapping", given=data)
    return data
