"""What does the office have on file of one person? The answer to a request for access, readable without a computer.

The right of access is in the data-protection act of the canton (in Ticino the LPDP, RL 163.100), for federal bodies in
art. 25 of the federal act (FADP, SR 235.1). Other people in the same contacts have rights too: of them only the role is
told. A text is its writer's, and that of whom the contact is about: an interpreter who took part in a conversation does
not get to read what the citizen wrote, nor why the citizen came.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from ticontact.contacts._addresses.contact_point import Address, ChatHandle, SipAddress
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import PhoneNumber
from ticontact.contacts._addresses.postal_address import PostalAddress
from ticontact.contacts._addresses.unknown_caller import Unknown
from ticontact.contacts._contact import Contact
from ticontact.contacts._identifiers import AhvNumber, Identifier, Uid
from ticontact.contacts._leg import Leg
from ticontact.contacts._message import Mailbox, Message
from ticontact.contacts._party import Party, Role
from ticontact.errors import ContactError
from ticontact.i18n import Language
from ticontact.i18n._text import language_named
from ticontact.i18n._texts import contacts as texts

__all__ = ["dossier"]


def dossier(person: str, contacts: Iterable[Contact], *, language: str) -> str:
    """What some contacts hold on a person, as a text. Clock times are in the zone that the contact has.

    Args:
        person: The person's key in the department's register, as `Party.person` has it.
        contacts: Any contacts; those without the person are passed over.
        language: The language of the text; it, de, fr, rm or en.

    Raises:
        ContactError: If the key is empty: it would be the dossier of everybody whom nobody has identified.
        ConfigurationError: If ticontact has no texts in it.
    """
    if not person:
        raise ContactError("dossier, person: allowed: the key of one person", field="dossier, person")
    words = language_named(language)
    ours = sorted((each for each in contacts if _parties(each, person)), key=lambda each: (each.created_at, each.id))
    lines = [texts.DOSSIER["title"].fill({"count": len(ours)}).text(words)]
    for contact in ours:
        lines += ["", *(f"{name}: {value}" for name, value in _facts(contact, person, words) if value)]
    return "\n".join(lines)


def _parties(contact: Contact, person: str) -> list[Party]:
    return [party for party in contact.parties if party.person == person]


def _facts(contact: Contact, person: str, language: Language) -> Iterator[tuple[str, str]]:
    label = {name: text.text(language) for name, text in texts.DOSSIER.items()}
    yield label["contact"], contact.id
    yield from _times(contact, label)
    yield label["channel"], f"{contact.channel.label.text(language)}, {contact.direction.label.text(language)}"
    yield label["language"], _language(contact.language, language)
    ours = _parties(contact, person)
    if any(_is_concerned(party) for party in ours):
        yield label["reasons"], ", ".join(contact.reasons)
        yield label["formal_act"], label["yes"] if contact.formal_act else ""
        yield label["outcome"], contact.outcome.label.text(language) if contact.outcome else ""
        yield label["cases"], ", ".join(f"{case.scheme} {case.value}" for case in contact.cases)
        found = (each.case for each in contact.found_cases)
        yield label["found_cases"], ", ".join(f"{case.scheme} {case.value}" for case in found)
        yield label["conversations"], "; ".join(_conversation(leg) for leg in contact.legs if leg.with_citizen)
    for party in ours:
        yield from _own(party, label, language)
    others = [party.role.label.text(language) for party in contact.parties if party.person != person]
    yield label["others"], ", ".join(others)
    for message in contact.messages:
        if _is_own(message, contact, ours):
            yield label["sent_from"], _mailboxes([message.author or message.sender])
            yield label["reply_to"], _mailboxes(message.reply_to)
            yield label["subject"], message.subject
            yield label["text"], message.text
            yield label["attachments"], ", ".join(attachment.written_name for attachment in message.attachments)


def _is_concerned(party: Party) -> bool:
    """Whether the contact is about them, or about whom they act for; an interpreter and staff only help."""
    return party.role is not Role.INTERPRETER and not party.role.is_staff


def _is_own(message: Message, contact: Contact, ours: list[Party]) -> bool:
    """Whether a person wrote a message, as far as its address tells; else it is the citizen's who came with it."""
    author = message.author.address if message.author else None
    writers = [party for party in contact.parties if author and _has(party, author)]
    if writers:
        return any(party in ours for party in writers)
    return contact.citizen is not None and contact.citizen in ours


def _has(party: Party, address: EmailAddress) -> bool:
    return any(isinstance(each, EmailAddress) and each.matches(address) for each in (party.address, *party.further))


def _mailboxes(mailboxes: Iterable[Mailbox | None]) -> str:
    shown = (f"{box.name} {box.address.normalized if box.address else box.written}".strip() for box in mailboxes if box)
    return ", ".join(each for each in shown if each)


def _conversation(leg: Leg) -> str:
    """When they spoke with the office, and in which queue they were; staff are persons too, and not named."""
    times = [_clock(at) for at in (leg.started_at, leg.answered_at, leg.ended_at) if at]
    return " ".join(filter(None, (" - ".join(dict.fromkeys((times[0], times[-1]))), leg.queue)))


def _times(contact: Contact, label: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield label["date"], _clock(contact.created_at)
    yield label["ended"], _clock(contact.ended_at) if contact.ended_at else ""
    for name in ("posted", "received", "scanned"):
        day: date | None = getattr(contact.dates, name)
        yield label[name], day.strftime("%d.%m.%Y") if day else ""


def _clock(at: datetime) -> str:
    return at.strftime("%d.%m.%Y, %H.%M")


def _language(tag: str, language: Language) -> str:
    """A language by its name where there is one, else by its tag."""
    name = texts.LANGUAGE_NAMES.get(tag.partition("-")[0].lower())
    return name.text(language) if name else tag


def _own(party: Party, label: dict[str, str], language: Language) -> Iterator[tuple[str, str]]:
    addresses = [_clear(address, language) for address in (party.address, *party.further)]
    yield label["role"], party.role.label.text(language)
    yield label["name"], party.name
    yield label["organisation"], party.organisation
    yield label["identifiers"], ", ".join(sorted(map(_number, party.identifiers)))
    yield label["addresses"], "; ".join(address for address in addresses if address)
    yield label["languages"], ", ".join(_language(tag, language) for tag in party.languages)
    yield label["needs"], ", ".join(sorted(need.label.text(language) for need in party.needs))
    yield label["consents"], ", ".join(sorted(consent.label.text(language) for consent in party.consents))
    if party.verification:
        yield label["verification"], f"{party.verification.level.label.text(language)}, {_clock(party.verification.at)}"


def _number(identifier: Identifier) -> str:
    """An identifier in the clear: the person has a right to see it."""
    if isinstance(identifier, AhvNumber | Uid):
        return identifier.formatted
    return f"{identifier.scheme} {identifier.value}"


def _clear(address: Address | None, language: Language) -> str:  # noqa: PLR0911 - one return for each kind
    """An address in the clear; empty for what names nobody."""
    match address:
        case PhoneNumber():
            return f"{address.international} {address.extension}".rstrip()
        case EmailAddress():
            return address.normalized
        case PostalAddress():
            return ", ".join(address.lines(language))
        case SipAddress():
            return address.uri
        case ChatHandle():
            return f"{address.service} {address.handle}"
        case Unknown():
            return address.written
    return ""
