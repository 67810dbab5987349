"""How is what somebody typed taken over: kept where it can be read, a finding where it cannot?"""

from typing import Final

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import PhoneNumber, ShortNumber, parse_caller
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld, absent
from ticontact.contacts._contact import Contact, LanguageBasis
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.errors import ConfigurationError, InvalidEmailAddress, InvalidPhoneNumber
from ticontact.i18n._text import language_named

__all__ = ["email_of", "phone_of", "speaking"]

_LONGEST_CODE: Final = 100  # characters, with the spaces around it


def speaking(contact: Contact, language: str, findings: Findings) -> Contact:
    """The contact in the language that somebody has chosen, such as `de` or `de-CH`."""
    if not language:
        return contact
    try:
        code = language[:_LONGEST_CODE].strip().lower()[:2]
        return contact.speaking(language_named(code), LanguageBasis.STATED)
    except ConfigurationError:
        findings.add("language", FindingKind.UNKNOWN_LANGUAGE)
    return contact


def phone_of(text: str, where: str, findings: Findings) -> PhoneNumber | ShortNumber | Withheld | Unknown | None:
    """The number of a text, or what stands in its place; None if there is none, or none that can be."""
    if not text.strip():
        findings.add(where, FindingKind.MISSING)
        return None
    try:
        return parse_caller(text)
    except InvalidPhoneNumber:
        findings.add(where, FindingKind.INVALID_ADDRESS)
    return None


def email_of(text: str, where: str, findings: Findings) -> EmailAddress | Withheld | Unknown | None:
    """The address of a text, or what stands in its place; None if there is none, or none that can be."""
    if not text.strip():
        findings.add(where, FindingKind.MISSING)
        return None
    try:
        return EmailAddress.parse(text)
    except InvalidEmailAddress:
        said = absent(text)
        if said is None:
            findings.add(where, FindingKind.INVALID_ADDRESS)
    return said
