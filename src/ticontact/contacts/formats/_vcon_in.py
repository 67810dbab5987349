"""A vCon, the conversation container of the IETF, as a contact.

What a vCon says of itself proves nothing: anybody can write our own document into an attachment, call a party an agent,
or take the id of another vCon. So the caller says whether it is believed (`Trust`). Of a stranger's vCon, also
of one of an earlier draft, the parties, the texts and the conversations are read. Others validate less, so what cannot
be is left out, with a finding.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from ticontact._foreign import checked_plain, parse_json
from ticontact.contacts._addresses.contact_point import Address, SipAddress
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import parse_phone
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._message import Message
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import clean, plain
from ticontact.contacts.formats._trust import Trust
from ticontact.contacts.formats._vcon_out import DISPOSITIONS, PURPOSE, ROLES, is_uuid
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import ContactError, HoursError, UnreadableRecord
from ticontact.plain import from_dict

__all__ = ["from_vcon"]

_FROM_ROLES: Final = {name: role for role, name in ROLES.items()}
_ENDS: Final = {name: end for end, name in DISPOSITIONS.items()}
_LONGEST: Final = 1_000_000  # characters of one text
_LONGEST_LINE: Final = 998  # characters of a name, a subject or an id; RFC 5322 has as many on a line
_LONGEST_CALL: Final = 10_000_000  # seconds
_MOST: Final = 1_000  # parties, or pieces of a conversation: each costs far more memory than its few characters of JSON
_CHANGED: Final = ("redacted", "amended", "appended", "group")
"""What says that a vCon is another one with parts gone or added: so it is not what ticontact wrote."""


def from_vcon(document: Mapping[str, object] | str | bytes, *, trust: Trust = Trust.FOREIGN) -> Imported:
    """The contact of a vCon: its parties, its texts and its conversations.

    A stranger's vCon identifies nobody. No party has a person's key, an identifier, a verification or a consent; who
    claims to be an agent or a machine of an office is a person like others, and stands behind them. The contact is
    about no case, and neither answered nor over. Its id is `vcon-` and a hash of the document, as a stranger may take
    the `uuid` of another one. Nothing that the vCon points to is fetched.

    One that comes from the department's own store is believed. What ticontact wrote comes back whole then, unless
    the vCon says that it was redacted or amended since.

    Args:
        document: The vCon, unsigned and unencrypted: its text, or what a parser of JSON made of it.
        trust: Whether it comes from the department's own store. That is for the caller to know, and never for the
            document to say.

    Returns:
        The contact, and what could not be taken over: numbers that are none, roles that are not believed, transfers,
        the files that go along.

    Raises:
        ContactError: If it cannot be one; the error names the place. `MessageTooLarge`, if it is a text of more than
            50,000,000 characters, or nests deeper than 32.
        InvalidValue: If it is believed, and the contact in it is none of ticontact.
    """
    whole = _mapping(_parsed(document), "vcon")
    is_believed = trust is Trust.STORED
    attachments = _mappings(whole, "attachments")
    if is_believed and not any(name in whole for name in _CHANGED):
        for attachment in attachments:
            if attachment.get("purpose") == PURPOSE:
                body = _mapping(attachment.get("body"), "vcon.attachments.body")
                return Imported(from_dict(Contact, body))
    findings = Findings()
    return Imported(_contact(whole, findings, is_believed=is_believed), findings.all)


def _parsed(document: object) -> object:
    """The data of a text; data that somebody else has parsed is held to the same."""
    if isinstance(document, str | bytes):
        return parse_json(document, place="vcon")
    checked_plain(document, place="vcon")
    return document


def _contact(document: Mapping[str, object], findings: Findings, *, is_believed: bool) -> Contact:
    dialogs = _first(document, "dialog", findings)
    texts = [dialog for dialog in dialogs if dialog.get("type") == "text"]
    calls = [dialog for dialog in dialogs if dialog.get("type") in ("recording", "incomplete")]
    if len(texts) + len(calls) < len(dialogs):
        findings.add("vcon.dialog", FindingKind.LEFT_OUT)
    for name in ("attachments", *_CHANGED):
        if document.get(name):
            findings.add(f"vcon.{name}", FindingKind.LEFT_OUT)
    parties = [_read_party(party, findings, is_believed=is_believed) for party in _first(document, "parties", findings)]
    subject = _line(document, "subject", findings, "vcon.subject")
    return Contact(
        id=_id(document, is_believed=is_believed),
        channel=Channel.named(_channel(texts)),
        direction=Direction.INBOUND,
        parties=[party for party, is_claim in sorted(parties, key=lambda pair: pair[1])],
        legs=[_read_call(dialog, findings) for dialog in calls],
        messages=[_read_text(dialog, subject, findings, is_believed=is_believed) for dialog in texts],
        created_at=_moment(document.get("created_at"), "vcon.created_at"),
    )


def _id(document: Mapping[str, object], *, is_believed: bool) -> str:
    """The vCon's own id where it is believed, else a hash over all it says: the same file has the same id again."""
    uuid = document.get("uuid")
    if is_believed and isinstance(uuid, str) and is_uuid(uuid):
        return f"vcon-{uuid}"
    canonical = json.dumps(document, sort_keys=True, default=_as_json)
    return f"vcon-{hashlib.sha256(canonical.encode()).hexdigest()}"


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise UnreadableRecord(
        f"vcon: {type(value).__name__} was given; allowed: JSON's own types", given=value, field="vcon"
    )


def _line(data: Mapping[str, object], name: str, findings: Findings, where: str) -> str:
    """One line of text; nothing where something else stands."""
    text = data.get(name)
    if not isinstance(text, str):
        return ""
    if len(text) > _LONGEST_LINE:
        findings.add(where, FindingKind.CUT)
    return clean(text[:_LONGEST_LINE])


def _channel(texts: list[Mapping[str, object]]) -> str:
    if not texts:
        return "voice"
    return "email" if any(dialog.get("message_id") for dialog in texts) else "chat"


def _read_party(party: Mapping[str, object], findings: Findings, *, is_believed: bool) -> tuple[Party, bool]:
    """A party, and whether it claims to act for an office without being believed."""
    role = Role.SYSTEM if party.get("type") == "bot" else _role(party.get("role"))
    is_claim = role.is_staff and not is_believed
    if is_claim:
        findings.add("vcon.parties.role", FindingKind.LEFT_OUT)
        role = Role.CITIZEN
    addresses = [
        address
        for key, parse in (("tel", parse_phone), ("mailto", EmailAddress.parse), ("sip", SipAddress.parse))
        if (address := _read_address(party.get(key), parse, f"vcon.parties.{key}", findings)) is not None
    ]
    read = Party(
        role,
        next(iter(addresses), None),
        name=_line(party, "name", findings, "vcon.parties.name"),
        organisation=_line(party, "org", findings, "vcon.parties.org"),
        further=addresses[1:],
    )
    return read, is_claim


def _role(name: object) -> Role:
    return _FROM_ROLES.get(name, Role.CITIZEN) if isinstance(name, str) else Role.CITIZEN


def _read_address(text: object, parse: Callable[[str], Address], where: str, findings: Findings) -> Address | None:
    if text is None or text == "":
        return None
    if isinstance(text, str) and len(text) <= _LONGEST_LINE:
        try:
            return parse(text.removeprefix("mailto:"))
        except ContactError:
            pass
    findings.add(where, FindingKind.INVALID_ADDRESS)
    return None


def _read_text(dialog: Mapping[str, object], subject: str, findings: Findings, *, is_believed: bool) -> Message:
    """A text. A stranger may quote the id of any message, and would be in its thread: such an id is left out."""
    body = dialog.get("body")
    if not isinstance(body, str) or dialog.get("encoding", "none") != "none":
        findings.add("vcon.dialog.body", FindingKind.LEFT_OUT)
        body = ""
    if len(body) > _LONGEST:
        findings.add("vcon.dialog.body", FindingKind.CUT)
    number = _line(dialog, "message_id", findings, "vcon.dialog.message_id").strip("<>")
    if number and not is_believed:
        findings.add("vcon.dialog.message_id", FindingKind.LEFT_OUT)
    return Message(
        id=number if is_believed else "",
        subject=subject,
        text=plain(body[:_LONGEST]),
        sent_at=_moment(dialog.get("start"), "vcon.dialog.start"),
    )


def _read_call(dialog: Mapping[str, object], findings: Findings) -> Leg:
    """A conversation: answered at once where there is a recording of it."""
    start = _moment(dialog.get("start"), "vcon.dialog.start")
    if dialog.get("type") == "incomplete":
        disposition = dialog.get("disposition")
        end = _ENDS.get(disposition, "") if isinstance(disposition, str) else ""
        return Leg(kind=LegKind.INITIAL, end=end, started_at=start)
    duration = dialog.get("duration")
    if isinstance(duration, bool) or not isinstance(duration, int | float) or not 0 <= duration <= _LONGEST_CALL:
        if duration is not None:
            findings.add("vcon.dialog.duration", FindingKind.CONTRADICTION)
        return Leg(kind=LegKind.INITIAL, started_at=start, answered_at=start)
    try:
        over = Moment.of(start.at + timedelta(seconds=duration), TimeSource.OTHER_SYSTEM)
    except (HoursError, OverflowError):  # after the last year that there is
        findings.add("vcon.dialog.duration", FindingKind.CONTRADICTION)
        return Leg(kind=LegKind.INITIAL, started_at=start, answered_at=start)
    return Leg(kind=LegKind.INITIAL, end="answered", started_at=start, answered_at=start, ended_at=over)


def _moment(text: object, path: str) -> Moment:
    try:
        read = Moment.of(datetime.fromisoformat(text), TimeSource.OTHER_SYSTEM) if isinstance(text, str) else None
    except (ValueError, HoursError):
        read = None
    if read is None:
        raise UnreadableRecord(f"{path}: allowed: an instant as in RFC 3339", given=text, field=path)
    return read


def _mappings(document: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    items = document.get(name) or []
    if not isinstance(items, list):
        raise UnreadableRecord(f"vcon.{name}: allowed: a list", given=items, field=f"vcon.{name}")
    return [_mapping(item, f"vcon.{name}[{place}]") for place, item in enumerate(items)]


def _first(document: Mapping[str, object], name: str, findings: Findings) -> list[Mapping[str, object]]:
    """The first ones of many."""
    items = _mappings(document, name)
    if len(items) > _MOST:
        findings.add(f"vcon.{name}", FindingKind.CUT)
    return items[:_MOST]


def _mapping(data: object, path: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise UnreadableRecord(f"{path}: allowed: a mapping", given=data, field=path)
    return data
