"""Letters, faxes, counter visits and web forms, from the few facts that somebody or something has entered."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

import attrs

from ticontact.contacts._case import CaseRef
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact, Dates, LanguageBasis
from ticontact.contacts._direction import Direction
from ticontact.contacts._email import EmailAddress
from ticontact.contacts._message import Attachment, Mailbox, Message
from ticontact.contacts._party import Party, Role
from ticontact.contacts._phone import parse_phone
from ticontact.contacts._points import Address, CounterDesk
from ticontact.contacts._text import clean, plain
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.errors import InvalidEmailAddress, InvalidPhoneNumber, InvalidReference, UnknownLanguage
from ticontact.i18n import Language, language_named

__all__ = ["FormNames", "counter_visit", "fax", "letter", "web_form"]

_LONGEST: Final = 100_000


def letter(
    *,
    id: str,  # noqa: A002 - the contact's own field
    at: datetime,
    received: date,
    posted: date | None = None,
    scanned: date | None = None,
    sender: Party | None = None,
    cases: Iterable[CaseRef] = (),
    attachments: Iterable[Attachment] = (),
    formal_act: bool = False,
    language: Language = "it",
) -> Imported:
    """A letter that was entered. Its days stay days: no clock time is invented for them.

    Args:
        id: The id of the contact.
        at: When it was entered into the system.
        received: The date of the entry stamp.
        posted: The date of the postmark; it decides whether a term was kept.
        scanned: The date of the scan.
        sender: Who wrote it; None if nobody is named.
        cases: The cases it is about.
        attachments: The scanned pages and what was enclosed.
        formal_act: Whether it may be a formal act, such as an appeal.
        language: The language it is written in.

    Returns:
        The contact; a missing postmark, or days that contradict one another, are findings.
    """
    findings = Findings()
    if posted is None:
        findings.add("posted", FindingKind.MISSING)
    days = [day for day in (posted, received, scanned) if day]
    if days != sorted(days):
        findings.add("dates", FindingKind.CONTRADICTION)
    contact = Contact(
        id=id,
        channel=Channel.named("post"),
        direction=Direction.INBOUND,
        parties=[sender] if sender else [],
        cases=cases,
        messages=[Message(attachments=attachments)],
        dates=Dates(posted=posted, received=received, scanned=scanned),
        formal_act=formal_act,
        language=language,
        language_basis=LanguageBasis.STATED,
        created_at=at,
    )
    return Imported(contact, findings.all)


def fax(
    *,
    id: str,  # noqa: A002 - the contact's own field
    at: datetime,
    sender: str,
    reached: str,
    attachments: Iterable[Attachment] = (),
) -> Imported:
    """A fax that was received.

    Args:
        id: The id of the contact.
        at: When it was received.
        sender: The number it came from, as the machine gives it.
        reached: Our number that it reached.
        attachments: The pages.
    """
    findings = Findings()
    contact = Contact(
        id=id,
        channel=Channel.named("fax"),
        direction=Direction.INBOUND,
        reached=_phone(reached, "reached", findings),
        parties=[Party(Role.CITIZEN, _phone(sender, "sender", findings))],
        messages=[Message(attachments=attachments)],
        created_at=at,
    )
    return Imported(contact, findings.all)


def counter_visit(
    *,
    id: str,  # noqa: A002 - the contact's own field
    at: datetime,
    desk: CounterDesk,
    visitor: Party | None = None,
    language: str = "",
) -> Imported:
    """Somebody who came in person; nobody needs to know who.

    Args:
        id: The id of the contact.
        at: When they drew a ticket or came to the desk.
        desk: Where.
        visitor: Who; None for an anonymous visit.
        language: What they chose at the ticket machine; empty if they did not.
    """
    findings = Findings()
    contact = Contact(
        id=id,
        channel=Channel.named("counter"),
        direction=Direction.INBOUND,
        reached=desk,
        parties=[visitor] if visitor else [Party(Role.CITIZEN)],
        created_at=at,
    )
    return Imported(_speaking(contact, language, findings), findings.all)


@attrs.frozen(kw_only=True)
class FormNames:
    """Under which names a form sends what.

    Attributes:
        name: The person's name.
        email: The e-mail address.
        phone: The telephone number.
        subject: The subject.
        text: The message.
        language: The language of the form, as a code.
        case: The case number.
    """

    name: str = "name"
    email: str = "email"
    phone: str = "phone"
    subject: str = "subject"
    text: str = "message"
    language: str = "language"
    case: str = "case"


_DEFAULT: Final = FormNames()


def web_form(
    fields: Mapping[str, str],
    *,
    id: str,  # noqa: A002 - the contact's own field
    at: datetime,
    names: FormNames = _DEFAULT,
    case_scheme: str = "case",
    office: str = "",
) -> Imported:
    """A form of the web site. What is no valid number or address is a finding; fields of other names go to the text.

    Args:
        fields: What was sent, by field name.
        id: The id of the contact.
        at: When it was sent.
        names: Under which names the form sends what.
        case_scheme: The numbering that the case number belongs to.
        office: The office that keeps the case.
    """
    findings = Findings()
    given = {name: str(value)[:_LONGEST] for name, value in fields.items()}
    email = _email(given.get(names.email, ""), names.email, findings)
    number = _phone(given.get(names.phone, ""), names.phone, findings)
    name = clean(given.get(names.name, ""))
    contact = Contact(
        id=id,
        channel=Channel.named("web_form"),
        direction=Direction.INBOUND,
        parties=[_person(name, email, number)],
        cases=_case(clean(given.get(names.case, "")), case_scheme, office, names.case, findings),
        messages=[_message(given, names, Mailbox(name, email))],
        created_at=at,
    )
    return Imported(_speaking(contact, given.get(names.language, ""), findings), findings.all)


def _person(name: str, *given: Address | None) -> Party:
    """The one person behind a form, with the first address that there is, and the others."""
    addresses = [address for address in given if address]
    return Party(Role.CITIZEN, next(iter(addresses), None), name=name, further=addresses[1:])


def _message(given: Mapping[str, str], names: FormNames, sender: Mailbox) -> Message:
    known = set(attrs.astuple(names))
    others = [f"{clean(name)}: {clean(value)}" for name, value in given.items() if name not in known and value.strip()]
    text = plain(given.get(names.text, "")).strip()
    return Message(
        subject=clean(given.get(names.subject, "")),
        text="\n\n".join(each for each in (text, "\n".join(others)) if each),
        sender=sender,
    )


def _speaking(contact: Contact, language: str, findings: Findings) -> Contact:
    if not language:
        return contact
    try:
        return contact.speaking(language_named(language.strip().lower()[:2]), LanguageBasis.STATED)
    except UnknownLanguage:
        findings.add("language", FindingKind.UNKNOWN_LANGUAGE)
    return contact


def _phone(text: str, where: str, findings: Findings) -> Address | None:
    if not text.strip():
        findings.add(where, FindingKind.MISSING)
        return None
    try:
        return parse_phone(text)
    except InvalidPhoneNumber:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return None


def _email(text: str, where: str, findings: Findings) -> EmailAddress | None:
    if not text.strip():
        findings.add(where, FindingKind.MISSING)
        return None
    try:
        return EmailAddress.parse(text)
    except InvalidEmailAddress:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return None


def _case(number: str, scheme: str, office: str, where: str, findings: Findings) -> list[CaseRef]:
    try:
        return [CaseRef(scheme, number, office=office)] if number else []
    except InvalidReference:
        findings.add(where, FindingKind.BROKEN_FIELD)
    return []
