"""Letters, faxes and counter visits, from the few facts that somebody or something has entered."""

from collections.abc import Iterable
from datetime import date, datetime

from ticontact.contacts._addresses.contact_point import CounterDesk
from ticontact.contacts._addresses.unknown_caller import Unknown
from ticontact.contacts._case import CaseRef
from ticontact.contacts._channel import Channel
from ticontact.contacts._contact import Contact, LanguageBasis
from ticontact.contacts._dates import Dates
from ticontact.contacts._direction import Direction
from ticontact.contacts._message import Attachment, Message
from ticontact.contacts._party import Party, Role
from ticontact.contacts.readers._entered import Numbers, speaking
from ticontact.contacts.readers._findings import FindingKind, Findings, Imported
from ticontact.i18n import Language

__all__ = ["counter_visit", "fax", "letter"]


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

    Raises:
        ContactError: If one of the days has a clock time, or the language is none of ours.
        NaiveTime: If `at` has no zone.
    """
    findings = Findings()
    dates = Dates(posted=posted, received=received, scanned=scanned)
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
        dates=dates,
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
    sender: str = "",
    reached: str = "",
    cases: Iterable[CaseRef] = (),
    attachments: Iterable[Attachment] = (),
    language: str = "",
    region: str = "CH",
    neighbours: Iterable[str] = (),
) -> Imported:
    """A fax that was received. A machine that does not show its number is an unknown sender, with a finding.

    So is one whose number cannot be read; `Unknown.written` has what it sent.

    Args:
        id: The id of the contact.
        at: When it was received.
        sender: The number it came from, as the machine gives it.
        reached: Our number that it reached.
        cases: The cases it is about.
        attachments: The pages.
        language: The language it is written in, as a code; empty if nobody has looked.
        region: The country of numbers without country code.
        neighbours: Countries whose mobile numbers come without country code too, such as `IT` in Ticino.

    Raises:
        NaiveTime: If `at` has no zone.
        ConfigurationError: If there is no such country.
    """
    findings = Findings()
    numbers = Numbers(findings, region=region, neighbours=tuple(neighbours))
    ours, theirs = numbers.all(reached, "reached"), numbers.all(sender, "sender")
    contact = Contact(
        id=id,
        channel=Channel.named("fax"),
        direction=Direction.INBOUND,
        reached=next(iter(ours), None),
        parties=[Party(Role.CITIZEN, next(iter(theirs), Unknown()), further=theirs[1:])],
        cases=cases,
        messages=[Message(attachments=attachments)],
        created_at=at,
    )
    return Imported(speaking(contact, language, findings), findings.all)


def counter_visit(
    *,
    id: str,  # noqa: A002 - the contact's own field
    at: datetime,
    desk: CounterDesk,
    visitor: Party | None = None,
    cases: Iterable[CaseRef] = (),
    reasons: Iterable[str] = (),
    language: str = "",
) -> Imported:
    """Somebody who came in person; nobody needs to know who.

    Args:
        id: The id of the contact.
        at: When they drew a ticket or came to the desk.
        desk: Where.
        visitor: Who; None for an anonymous visit.
        cases: The cases it is about.
        reasons: Why they came, as keys of the department's own tree.
        language: What they chose at the ticket machine; empty if they did not.

    Raises:
        ContactError: If the desk or the visitor is something else.
        NaiveTime: If `at` has no zone.
    """
    findings = Findings()
    contact = Contact(
        id=id,
        channel=Channel.named("counter"),
        direction=Direction.INBOUND,
        reached=desk,
        parties=[visitor] if visitor else [Party(Role.CITIZEN)],
        cases=cases,
        reasons=reasons,
        created_at=at,
    )
    return Imported(speaking(contact, language, findings), findings.all)
