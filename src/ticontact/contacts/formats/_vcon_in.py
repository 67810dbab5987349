"""A vCon, the conversation container of the IETF, as a contact.

What a vCon says of itself proves nothing: anybody can write our own document into an attachment, call a party an agent,
or take the id of another vCon. So the caller says whether it is believed (`Trust`). Of a stranger's vCon, also
of one of an earlier draft, the parties, the texts and the conversations are read. Others validate less, so what cannot
be is left out, with a finding.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Final

from ticontact._foreign import checked_plain, parse_json
from ticontact.contacts._addresses.contact_point import Address, SipAddress
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import parse_phone
from ticontact.contacts._addresses.unknown_caller import Unknown
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact
from ticontact.contacts._direction import Direction
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._message import Mailbox, Message, RelayKind
from ticontact.contacts._moment import Moment, TimeSource, moment
from ticontact.contacts._party import Party, Role
from ticontact.contacts._text import clean, plain
from ticontact.contacts.formats._trust import Trust
from ticontact.contacts.formats._vcon_out import DISPOSITIONS, PURPOSE, ROLES, is_uuid
from ticontact.contacts.readers._base64 import base64_bytes
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.contacts.readers._html import html_text
from ticontact.errors import ContactError, HoursError, UnreadableRecord
from ticontact.plain import from_dict

__all__ = ["from_vcon"]

_FROM_ROLES: Final = {name: role for role, name in ROLES.items()}
_ENDS: Final = {name: end for end, name in DISPOSITIONS.items()}
_LONGEST: Final = 1_000_000  # characters of one text
_LONGEST_LINE: Final = 998  # characters of a name, a subject or an id; RFC 5322 has as many on a line
_LONGEST_TIME: Final = 100  # characters
_FROM_URL: Final = bytes.maketrans(b"-_", b"+/")  # RFC 4648, section 5
_LONGEST_CALL: Final = 10_000_000  # seconds
_MOST: Final = 1_000  # parties, or pieces of a conversation: each costs far more memory than its few characters of JSON
_CHANGED: Final = ("redacted", "amended", "appended", "group")
"""What says that a vCon is another one with parts gone or added: so it is not what ticontact wrote."""


def from_vcon(
    document: Mapping[str, object] | str | bytes, *, trust: Trust = Trust.FOREIGN, at: datetime | None = None
) -> Imported:
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
        at: When it came, an aware datetime. It is the instant of a contact that has no other one.

    Returns:
        The contact, and what could not be taken over: numbers that are none, roles that are not believed, transfers,
        the files that go along. Who wrote a text is the first of its parties, as the draft has it; of a stranger's vCon
        that is a hint (`RelayKind.DOCUMENT`), with which nobody takes part in a thread. A time without a zone is in
        that of the vCon's own time, with a finding; without that one it is no instant.

    Raises:
        ContactError: If it cannot be one; the error names the place. `MessageTooLarge`, if it is a text of more than
            50,000,000 characters, or nests deeper than 32.
        NaiveTime: If `at` has no zone.
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
    came = None if at is None else moment(at)
    return Imported(_contact(whole, findings, came, is_believed=is_believed), findings.all)


def _parsed(document: object) -> object:
    """The data of a text; data that somebody else has parsed is held to the same."""
    if isinstance(document, str | bytes):
        return parse_json(document, place="vcon")
    checked_plain(document, place="vcon")
    return document


def _contact(document: Mapping[str, object], findings: Findings, came: Moment | None, *, is_believed: bool) -> Contact:
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
    created, zone = _times(document, findings)
    starts = [_moment(dialog.get("start"), zone, findings) for dialog in calls]
    messages = [
        _read_text(dialog, subject, zone, [party for party, _ in parties], findings, is_believed=is_believed)
        for dialog in texts
    ]
    begun = created or _earliest(starts, messages) or came
    if begun is None:
        raise UnreadableRecord(
            "vcon.created_at: allowed: an instant as in RFC 3339; or say when it came, by `at`",
            given=document.get("created_at"),
            field="vcon.created_at",
        )
    return Contact(
        id=_id(document, is_believed=is_believed),
        channel=Channel.named(_channel(texts)),
        direction=Direction.INBOUND,
        parties=[party for party, is_claim in sorted(parties, key=lambda pair: pair[1])],
        legs=[_read_call(dialog, start, findings) for dialog, start in zip(calls, starts, strict=True) if start],
        messages=messages,
        created_at=begun,
    )


def _times(document: Mapping[str, object], findings: Findings) -> tuple[Moment | None, tzinfo | None]:
    """When the vCon was made, and in which zone its own times are."""
    for name in ("created_at", "updated_at"):
        made = _instant(document.get(name))
        if made is not None and made.tzinfo is not None:
            try:
                instant = Moment.of(made, TimeSource.OTHER_SYSTEM)
            except HoursError:
                break
            if name == "created_at":
                return instant, made.tzinfo
            findings.add("vcon.created_at", FindingKind.MISSING)
            return None, made.tzinfo
    kind = FindingKind.UNREADABLE_DATE if document.get("created_at") else FindingKind.MISSING
    findings.add("vcon.created_at", kind)
    return None, None


def _earliest(starts: list[Moment | None], messages: list[Message]) -> Moment | None:
    sent = [Moment.of(message.sent_at, TimeSource.OTHER_SYSTEM) for message in messages if message.sent_at]
    return min([*filter(None, starts), *sent], default=None)


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
    in_order = sorted(addresses, key=lambda address: isinstance(address, Unknown))
    read = Party(
        role,
        next(iter(in_order), None),
        name=_line(party, "name", findings, "vcon.parties.name"),
        organisation=_line(party, "org", findings, "vcon.parties.org"),
        further=in_order[1:],
    )
    return read, is_claim


def _role(name: object) -> Role:
    return _FROM_ROLES.get(name, Role.CITIZEN) if isinstance(name, str) else Role.CITIZEN


def _read_address(text: object, parse: Callable[[str], Address], where: str, findings: Findings) -> Address | None:
    if text is None or text == "":
        return None
    read: Address | None = None
    if isinstance(text, str):
        try:
            read = parse(text[:_LONGEST_LINE].removeprefix("mailto:"))
        except ContactError:
            read = Unknown(written=clean(text[:_LONGEST_LINE]))
    if read is None or isinstance(read, Unknown):
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return read


def _read_text(
    dialog: Mapping[str, object],
    subject: str,
    zone: tzinfo | None,
    parties: list[Party],
    findings: Findings,
    *,
    is_believed: bool,
) -> Message:
    """A text. A stranger may quote the id of any message, and would be in its thread: such an id is left out."""
    writer, others = _correspondents(dialog, parties, findings)
    number = _line(dialog, "message_id", findings, "vcon.dialog.message_id").strip("<>")
    if number and not is_believed:
        findings.add("vcon.dialog.message_id", FindingKind.LEFT_OUT)
    return Message(
        id=number if is_believed else "",
        subject=subject,
        text=_body(dialog, findings),
        sender=writer,
        to=others,
        relayed=RelayKind.DOCUMENT if writer and not is_believed else None,
        written_by=None if is_believed else writer,
        sent_at=_moment(dialog.get("start"), zone, findings),
    )


def _body(dialog: Mapping[str, object], findings: Findings) -> str:
    """The text of a dialog: plain, HTML, or either in Base64 (`base64url`)."""
    body, encoding = dialog.get("body"), dialog.get("encoding", "none")
    if not isinstance(body, str) or encoding not in ("none", "base64url"):  # it may be anything, also a list
        findings.add("vcon.dialog.body", FindingKind.LEFT_OUT)
        return ""
    if len(body) > _LONGEST:
        findings.add("vcon.dialog.body", FindingKind.CUT)
    text = body[:_LONGEST]
    if encoding == "base64url":
        text = base64_bytes(text.encode("ascii", "replace").translate(_FROM_URL)).decode("utf-8", "replace")
    kind = dialog.get("mediatype", dialog.get("mimetype"))
    if isinstance(kind, str) and kind.lower().startswith("text/html"):
        text = html_text(text, findings=findings)
    return plain(text)


def _correspondents(
    dialog: Mapping[str, object], parties: list[Party], findings: Findings
) -> tuple[Mailbox | None, list[Mailbox]]:
    """Who wrote a text, and to whom: the first of its parties wrote it, unless another one is said to have."""
    given = dialog.get("parties")
    places = [place for place in (given if isinstance(given, list) else [given]) if place is not None]
    known = [place for place in places if _is_place(place, parties)]
    if len(known) < len(places):
        findings.add("vcon.dialog.parties", FindingKind.LEFT_OUT)
    first = dialog.get("originator")
    if not _is_place(first, parties):
        first = next(iter(known), None)
    boxes = {place: _mailbox(parties[place]) for place in known if isinstance(place, int)}
    if not isinstance(first, int):
        return None, []
    return _mailbox(parties[first]), [box for place, box in boxes.items() if place != first]


def _is_place(place: object, parties: list[Party]) -> bool:
    return isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(parties)


def _mailbox(party: Party) -> Mailbox:
    addresses = (address for address in (party.address, *party.further) if isinstance(address, EmailAddress))
    return Mailbox(party.name, next(addresses, None))


def _read_call(dialog: Mapping[str, object], start: Moment, findings: Findings) -> Leg:
    """A conversation: answered at once where there is a recording of it."""
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


def _moment(text: object, zone: tzinfo | None, findings: Findings) -> Moment | None:
    """The instant at which a dialog began; None, with a finding, where that says none."""
    local = _instant(text)
    try:
        if local is not None and local.tzinfo is not None:
            return Moment.of(local, TimeSource.OTHER_SYSTEM)
        if local is not None and zone is not None:
            findings.add("vcon.dialog.start", FindingKind.ASSUMED_ZONE)
            return Moment.of(local.replace(tzinfo=zone), TimeSource.OTHER_SYSTEM)
    except HoursError:  # a year that no calendar shows in every zone
        pass
    findings.add("vcon.dialog.start", FindingKind.UNREADABLE_DATE if text else FindingKind.MISSING)
    return None


def _instant(text: object) -> datetime | None:
    if not isinstance(text, str) or len(text) > _LONGEST_TIME:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


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
