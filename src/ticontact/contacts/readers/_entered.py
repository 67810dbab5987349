"""How is what somebody typed taken over: kept where it can be read, a finding where it cannot?"""

from ticontact.contacts._contact import Contact, LanguageBasis
from ticontact.contacts._email import EmailAddress
from ticontact.contacts._phone import PhoneNumber, ShortNumber, parse_phone
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.errors import InvalidEmailAddress, InvalidPhoneNumber, UnknownLanguage
from ticontact.i18n import language_named

__all__ = ["email_of", "phone_of", "speaking"]


def speaking(contact: Contact, language: str, findings: Findings) -> Contact:
    """The contact in the language that somebody has chosen, such as `de` or `de-CH`."""
    if not language:
        return contact
    try:
        return contact.speaking(language_named(language.strip().lower()[:2]), LanguageBasis.STATED)
    except UnknownLanguage:
        findings.add("language", FindingKind.UNKNOWN_LANGUAGE)
    return contact


def phone_of(text: str, where: str, findings: Findings) -> PhoneNumber | ShortNumber | None:
    """The number of a text; None if there is none, or none that can be."""
    if not text.strip():
        findings.add(where, FindingKind.MISSING)
        return None
    try:
        return parse_phone(text)
    except InvalidPhoneNumber:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return None


def email_of(text: str, where: str, findings: Findings) -> EmailAddress | None:
    """The address of a text; None if there is none, or none that can be."""
    if not text.strip():
        findings.add(where, FindingKind.MISSING)
        return None
    try:
        return EmailAddress.parse(text)
    except InvalidEmailAddress:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return None
