"""A contact as a vCon, the conversation container of the IETF.

The form is the draft's `0.4.0` (draft-ietf-vcon-vcon-core), with the roles of its contact-centre extension. A vCon
knows no counter, no letter and no instants with zones, so our own document goes along as an attachment of the purpose
`ticontact contact`: what we write, we read back whole from our own store. A conversation that was not recorded stands
there without content, which the draft advises against and allows.
"""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from ticontact.contacts._addresses.contact_point import Address, SipAddress
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import PhoneNumber, ShortNumber
from ticontact.contacts._contact import Contact
from ticontact.contacts._leg import Leg
from ticontact.contacts._message import Mailbox, Message
from ticontact.contacts._outcome import Outcome
from ticontact.contacts._party import Party, Role
from ticontact.errors import UnreadableRecord
from ticontact.plain import to_dict

__all__ = ["DISPOSITIONS", "PURPOSE", "ROLES", "is_uuid", "to_vcon"]

PURPOSE: Final = "ticontact contact"
ROLES: Final[Mapping[Role, str]] = {
    Role.CITIZEN: "customer",
    Role.OPERATOR: "agent",
    Role.OFFICIAL: "sme",
}
DISPOSITIONS: Final[Mapping[str, str]] = {
    "no_answer": "no-answer",
    "busy": "busy",
    "failed": "failed",
    "congestion": "congestion",
}
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID in lower case."""
    return _UUID.fullmatch(text) is not None


def to_vcon(contact: Contact, *, uuid: str | UUID) -> dict[str, object]:
    """The vCon of a contact. It holds personal values in the clear: whoever stores it must protect it.

    Args:
        contact: The contact.
        uuid: The id of the vCon, in lower case; the draft recommends version 8.

    Raises:
        UnreadableRecord: If the id is none.
    """
    if not is_uuid(str(uuid)):
        raise UnreadableRecord("vcon.uuid: allowed: a UUID in lower case", given=uuid, field="vcon.uuid")
    start = contact.created_at.isoformat()
    parties = _Parties(contact)
    dialogs = [_spoken(leg, len(contact.parties)) for leg in contact.legs]
    dialogs += [_written(message, parties, start) for message in contact.messages]
    subject = next((message.subject for message in contact.messages if message.subject), "")
    return {
        "vcon": "0.4.0",
        "uuid": str(uuid),
        "extensions": ["CC"],
        "created_at": start,
        **({"subject": subject} if subject else {}),
        "parties": parties.all or [{}],
        "dialog": dialogs or [_nothing_captured(contact)],
        "attachments": [_attachment(contact, start)],
    }


def _attachment(contact: Contact, start: str) -> dict[str, object]:
    """Our own document, so that nothing is lost."""
    about = {"purpose": PURPOSE, "start": start, "party": 0, "dialog": 0}
    return {**about, "mediatype": "application/json", "encoding": "json", "body": to_dict(contact)}


class _Parties:
    """The parties by their place: those of the contact, then whoever else a message names. It is mutable: it grows."""

    def __init__(self, contact: Contact) -> None:
        self.all = [_party(party) for party in contact.parties]
        self._places = {
            party.address.match_key: place
            for place, party in reversed([*enumerate(contact.parties)])
            if isinstance(party.address, EmailAddress)
        }

    def of(self, message: Message) -> list[int]:
        """From first, then To and Cc, as the draft has it for mail; the first party where nobody is named."""
        named = [*([message.sender] if message.sender else []), *message.to, *message.copied]
        return [*dict.fromkeys(self._place(mailbox) for mailbox in named)] or [0]

    def _place(self, mailbox: Mailbox) -> int:
        key = mailbox.address.match_key if mailbox.address else f"{mailbox.name} {mailbox.written}"
        if key not in self._places:
            self._places[key] = len(self.all)
            self.all.append(_filled({**_address(mailbox.address), "name": mailbox.name}))
        return self._places[key]


def _party(party: Party) -> dict[str, object]:
    return _filled(
        {
            **_address(party.address),
            "name": party.name,
            "org": party.organisation,
            "type": "bot" if party.role is Role.SYSTEM else "person",
            "role": ROLES.get(party.role, "thirdparty"),
            "validation": _validation(party),
        }
    )


def _validation(party: Party) -> str:
    """How the identity was checked; where a name is given, the draft wants it said that it was not."""
    if party.verification:
        return party.verification.method
    return "none" if party.name else ""


def _filled(fields: Mapping[str, str]) -> dict[str, object]:
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
            return {"sip": address.uri}
    return {}


def _spoken(leg: Leg, parties: int) -> dict[str, object]:
    """A conversation that was not recorded, or that did not come about."""
    end = leg.ended_at
    base = {"start": leg.started_at.isoformat(), "parties": list(range(parties)) or [0]}
    if leg.end in DISPOSITIONS:
        return {"type": "incomplete", **base, "disposition": DISPOSITIONS[leg.end]}
    duration = {"duration": (end - leg.started_at).total_seconds()} if end else {}
    return {"type": "recording", **base, **duration}


def _written(message: Message, parties: _Parties, start: str) -> dict[str, object]:
    return {
        "type": "text",
        "start": message.sent_at.isoformat() if message.sent_at else start,
        "parties": parties.of(message),
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
