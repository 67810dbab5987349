"""How is what somebody typed taken over: read where it can mean one thing only, else kept as it was written?"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from ticontact.contacts._addresses.address_reader import AddressReader
from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import PhoneKind, PhoneNumber, ShortNumber
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld, absent
from ticontact.contacts._contact import Contact, LanguageBasis
from ticontact.contacts._text import clean
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.errors import ConfigurationError, InvalidEmailAddress, InvalidPhoneNumber
from ticontact.i18n._text import language_named

__all__ = ["Numbers", "emails_of", "speaking"]

_LONGEST_CODE: Final = 100  # characters, with the spaces around it
_LONGEST: Final = 300  # characters of what is looked at for several numbers or addresses
_LONGEST_WRITTEN: Final = 1_000  # characters of what is kept as it was written
_MOST: Final = 4  # numbers or addresses in one field
_BETWEEN: Final = re.compile(r"[/;,|\n]|(?<=\s)(?:e|ed|o|oppure|und|oder|bzw\.|et|ou|u|and|or|&)(?=\s)", re.IGNORECASE)
_REMARK: Final = re.compile(r"([+(]{0,2}\d[\d ()./'-]{4,30}\d)\s*+[(,;:–-]?\s*+([^\W\d][^\d]{0,200}+)")


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


def written(text: str) -> Unknown:
    """The place of an address that cannot be read, with what stands there."""
    return Unknown(written=clean(text[:_LONGEST_WRITTEN]))


class Numbers:
    """Reads the telephone numbers that people and machines write. It is mutable: its findings grow.

    Args:
        findings: Where oddities are written down.
        region: The country of numbers without country code.
        neighbours: Countries whose mobile numbers come without country code too.
        addresses: What reads the numbers; by default nothing is remembered.
    """

    def __init__(
        self,
        findings: Findings,
        *,
        region: str = "CH",
        neighbours: Collection[str] = (),
        addresses: AddressReader | None = None,
    ) -> None:
        self._findings = findings
        self._region = region
        self._neighbours = neighbours
        self._addresses = AddressReader() if addresses is None else addresses

    def one(self, text: str, where: str) -> PhoneNumber | ShortNumber | Withheld | Unknown:
        """The number of a text, or what stands in its place."""
        read = self._read(text, where)
        if read is None:
            self._findings.add(where, FindingKind.INVALID_ADDRESS)
        return read or written(text)

    def all(self, text: str, where: str) -> list[Address]:
        """The numbers that somebody typed into one field; nothing if the field is empty.

        Two numbers are read where each of them is complete, and a number with a remark (`079 123 45 67, mattino`)
        where the remark has no digit; both with a finding.
        """
        if not text.strip():
            self._findings.add(where, FindingKind.MISSING)
            return []
        if read := self._read(text, where):
            return [read]
        if len(text) <= _LONGEST:
            pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
            several = [self._read(piece, where) for piece in pieces] if 1 < len(pieces) <= _MOST else []
            numbers = [each for each in several if isinstance(each, PhoneNumber)]
            if numbers and len(numbers) == len(several):
                self._findings.add(where, FindingKind.SEVERAL)
                return list(dict.fromkeys(numbers))
            remark = _REMARK.fullmatch(text.strip())
            if remark and (read := self._read(remark[1], where)):
                self._findings.add(where, FindingKind.REMARK)
                return [read]
        self._findings.add(where, FindingKind.INVALID_ADDRESS)
        return [written(text)]

    def _read(self, text: str, where: str) -> PhoneNumber | ShortNumber | Withheld | Unknown | None:
        try:
            return self._addresses.caller(text, region=self._region)
        except InvalidPhoneNumber:
            pass  # of this region; it may be a number of a neighbour
        for region in self._neighbours:
            try:
                number = self._addresses.phone(text, region=region)
            except InvalidPhoneNumber:
                continue
            # Only mobiles: a Swiss number with a digit missing is somebody's fixed line in another country.
            if isinstance(number, PhoneNumber) and number.kind is PhoneKind.MOBILE:
                self._findings.add(where, FindingKind.ASSUMED_REGION)
                return number
        return None


def emails_of(text: str, where: str, findings: Findings) -> list[Address]:
    """The e-mail addresses of one field, or what stands in their place; nothing if the field is empty."""
    if not text.strip():
        findings.add(where, FindingKind.MISSING)
        return []
    if read := _email(text):
        return [read]
    if said := absent(text):
        return [said]
    pieces = re.split(r"[\s;,|]+", text.strip()) if len(text) <= _LONGEST else []
    several = list(_emails(pieces)) if 1 < len(pieces) <= _MOST else []
    if several and len(several) == len(pieces):
        findings.add(where, FindingKind.SEVERAL)
        return list(dict.fromkeys(several))
    findings.add(where, FindingKind.INVALID_ADDRESS)
    return [written(text)]


def _emails(pieces: Iterable[str]) -> Iterable[EmailAddress]:
    for piece in pieces:
        if read := _email(piece):
            yield read


def _email(text: str) -> EmailAddress | None:
    try:
        return EmailAddress.parse(text)
    except InvalidEmailAddress:
        return None
