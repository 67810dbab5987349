"""At which kinds of address can somebody be reached, for what use, and since when?"""

import enum
import re
from datetime import date
from typing import Final

import attrs

from ticontact.contacts._caller import Unknown, Withheld
from ticontact.contacts._classes import PERSONAL, PUBLIC, hide
from ticontact.contacts._email import EmailAddress
from ticontact.contacts._phone import PhoneNumber, ShortNumber
from ticontact.contacts._postal import PostalAddress
from ticontact.contacts._text import has_unsafe
from ticontact.errors import InvalidAddress

__all__ = ["Address", "ChatHandle", "ContactPoint", "CounterDesk", "PointUse", "SipAddress"]

_SIP: Final = re.compile(
    r"(sips?):(?:([\w.!~*'()&=+$,;?/%-]{1,128})@)?([a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?)(?::(\d{1,5}))?(?:;[\w.=;+-]*)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST: Final = 300
_LAST_PORT: Final = 65_535


@attrs.frozen(field_transformer=hide)
class SipAddress:
    """A SIP address (RFC 3261), without its parameters. `SipAddress.parse` makes it.

    Attributes:
        user: The part before the `@`; empty if there is none.
        host: The host, in lower case.
        port: The port; None for the usual one.
        secure: Whether it is a `sips:` address.
    """

    user: str = attrs.field(metadata=PERSONAL)
    host: str = attrs.field(metadata=PERSONAL)
    port: int | None = attrs.field(default=None, kw_only=True)
    secure: bool = attrs.field(default=False, kw_only=True)

    @classmethod
    def parse(cls, text: str) -> "SipAddress":
        """Read an address such as `sip:anna@pbx.example.org:5061`.

        Raises:
            InvalidAddress: If it is none.
        """
        found = _SIP.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        port = int(found[4]) if found and found[4] else None
        if found is None or (port is not None and not 0 < port <= _LAST_PORT):
            raise InvalidAddress("SIP address: allowed: such as sip:name@pbx.example.org", given=text)
        return cls(found[2] or "", found[3].lower(), port=port, secure=found[1].lower() == "sips")


def _named(owner: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    if not value or len(value) > _LONGEST or has_unsafe(value):
        place = f"{type(owner).__name__}.{attribute.name}"
        raise InvalidAddress(f"{place}: allowed: 1 to {_LONGEST} characters without control characters", given=value)


@attrs.frozen(field_transformer=hide)
class ChatHandle:
    """Somebody on a chat service.

    Attributes:
        service: The service, such as `web_chat`.
        handle: The name there.
    """

    service: str = attrs.field(validator=_named)
    handle: str = attrs.field(validator=_named, metadata=PERSONAL)


@attrs.frozen
class CounterDesk:
    """A desk where people come in person.

    Attributes:
        site: The site.
        desk: The desk there.
    """

    site: str = attrs.field(validator=_named, metadata=PUBLIC)
    desk: str = attrs.field(validator=_named, metadata=PUBLIC)


Address = (
    PhoneNumber
    | ShortNumber
    | EmailAddress
    | PostalAddress
    | SipAddress
    | ChatHandle
    | CounterDesk
    | Withheld
    | Unknown
)
"""Any number or address, or what stands in its place."""


class PointUse(enum.Enum):
    """What a contact point is used for: the categories of eCH-0046; they belong to the use, not to the number."""

    PRIVATE_PHONE = "private_phone"
    PRIVATE_MOBILE = "private_mobile"
    PRIVATE_FAX = "private_fax"
    PRIVATE_INTERNET_VOICE = "private_internet_voice"
    BUSINESS_CENTRAL = "business_central"
    BUSINESS_DIRECT = "business_direct"
    BUSINESS_MOBILE = "business_mobile"
    BUSINESS_FAX = "business_fax"
    BUSINESS_INTERNET_VOICE = "business_internet_voice"
    PAGER = "pager"
    PRIVATE_EMAIL = "private_email"
    BUSINESS_EMAIL = "business_email"
    POSTAL = "postal"

    @property
    def ech0046(self) -> int | None:
        """The number of the category in eCH-0046; None for post, which has none there."""
        return _CATEGORIES.get(self)


_PHONES: Final = tuple(PointUse)[:10]
_CATEGORIES: Final = {
    **{use: number for number, use in enumerate(_PHONES, start=1)},
    PointUse.PRIVATE_EMAIL: 1,
    PointUse.BUSINESS_EMAIL: 2,
}


@attrs.frozen(kw_only=True)
class ContactPoint:
    """An address of somebody with its use and the dates between which it holds.

    Attributes:
        address: The number or address.
        use: What it is used for.
        rank: 1 for the one to try first.
        valid_from: The first day it holds; None if it always did.
        valid_to: The last day it holds; None if no end is known.
    """

    address: Address
    use: PointUse | None = None
    rank: int = 1
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, *, on: date) -> bool:
        """Whether it holds on a day, the first and the last day included."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)
