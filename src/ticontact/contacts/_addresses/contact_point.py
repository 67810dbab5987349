"""At which kinds of address can somebody be reached, for what use, and since when?"""

import enum
import re
from collections.abc import Iterable
from datetime import date
from types import NoneType
from typing import Final, get_args

import attrs

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import PhoneNumber, ShortNumber
from ticontact.contacts._addresses.postal_address import PostalAddress
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld
from ticontact.contacts._dates import holds_on, in_order, is_day
from ticontact.contacts._field_class import PERSONAL, PUBLIC, hide
from ticontact.contacts._field_types import is_a, of_kind
from ticontact.contacts._text import has_unsafe
from ticontact.errors import InvalidAddress
from ticontact.plain import checked_after

__all__ = ["Address", "ChatHandle", "ContactPoint", "CounterDesk", "PointUse", "SipAddress", "points_in_order"]

_SIP_USER: Final = re.compile(r"[\w.!~*'()&=+$,;?/%-]{0,128}", re.ASCII)
_SIP_HOST: Final = re.compile(r"[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?", re.ASCII)
_SIP: Final = re.compile(
    rf"(sips?):(?:({_SIP_USER.pattern})@)?({_SIP_HOST.pattern})(?::(\d{{1,5}}))?(?:;[\w.=;+-]*)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST: Final = 300
_LAST_PORT: Final = 65_535


def _no_sip(given: object) -> InvalidAddress:
    return InvalidAddress("SIP address: allowed: such as sip:name@pbx.example.org", given=given, field="SIP address")


def _in_sip(_address: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    pattern = _SIP_USER if attribute.name == "user" else _SIP_HOST
    if not is_a(value, str) or pattern.fullmatch(value) is None:
        raise _no_sip(value)


def _is_port(_address: object, _attribute: object, port: int | None) -> None:
    if port is not None and not (is_a(port, int) and 0 < port <= _LAST_PORT):
        raise _no_sip(port)


@attrs.frozen(field_transformer=hide)
class SipAddress:
    """A SIP address (RFC 3261), without its parameters. `SipAddress.parse` makes it.

    Neither `repr` nor `str` shows the address.

    Attributes:
        user: The part before the `@`; empty if there is none.
        host: The host, in lower case.
        port: The port; None for the usual one.
        secure: Whether it is a `sips:` address.
    """

    user: str = attrs.field(validator=_in_sip, metadata=PERSONAL)
    host: str = attrs.field(validator=_in_sip, metadata=PERSONAL)
    port: int | None = attrs.field(default=None, kw_only=True, validator=_is_port)
    secure: bool = attrs.field(default=False, kw_only=True)

    @classmethod
    def parse(cls, text: str) -> "SipAddress":
        """Read an address such as `sip:anna@pbx.example.org:5061`.

        Raises:
            InvalidAddress: If it is none.
        """
        found = _SIP.fullmatch(text.strip()) if is_a(text, str) and len(text) <= _LONGEST else None
        if found is None:
            raise _no_sip(text)
        port = int(found[4]) if found[4] else None
        return cls(found[2] or "", found[3].lower(), port=port, secure=found[1].lower() == "sips")

    @property
    def uri(self) -> str:
        """The form to call: `sip:anna@pbx.example.org:5061`."""
        user, port = f"{self.user}@" if self.user else "", f":{self.port}" if self.port else ""
        return f"{'sips' if self.secure else 'sip'}:{user}{self.host}{port}"


def _named(owner: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    if not is_a(value, str) or not 0 < len(value) <= _LONGEST or has_unsafe(value):
        place = f"{type(owner).__name__}.{attribute.name}"
        raise InvalidAddress(
            f"{place}: allowed: 1 to {_LONGEST} characters without control characters", given=value, field=place
        )


@attrs.frozen(field_transformer=hide)
class ChatHandle:
    """Somebody on a chat service.

    Attributes:
        service: The service, such as `web_chat`.
        handle: The name there.
    """

    service: str = attrs.field(validator=_named)
    handle: str = attrs.field(validator=_named, metadata=PERSONAL)


@attrs.frozen(field_transformer=checked_after)
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
_TELEPHONES: Final = (PhoneNumber, ShortNumber, Withheld, Unknown)
_INTERNET_VOICE: Final = (PhoneNumber, SipAddress, Withheld, Unknown)
_KINDS: Final[dict[PointUse, tuple[type, ...]]] = {
    **dict.fromkeys(_PHONES, _TELEPHONES),
    PointUse.PRIVATE_INTERNET_VOICE: _INTERNET_VOICE,
    PointUse.BUSINESS_INTERNET_VOICE: _INTERNET_VOICE,
    PointUse.PRIVATE_EMAIL: (EmailAddress, Unknown),
    PointUse.BUSINESS_EMAIL: (EmailAddress, Unknown),
    PointUse.POSTAL: (PostalAddress, Unknown),
}


@attrs.frozen(kw_only=True, field_transformer=checked_after)
class ContactPoint:
    """An address of somebody with its use and the dates between which it holds.

    Attributes:
        address: The number or address.
        use: What it is used for.
        other_use: A use in the department's own words, where none of eCH-0046 fits.
        rank: 1 for the one to try first.
        valid_from: The first day it holds; None if it always did.
        valid_to: The last day it holds; None if no end is known.

    Raises:
        InvalidAddress: If the use is not one of such an address, the rank is below 1, or the days are in no order.
    """

    address: Address = attrs.field(validator=of_kind(*get_args(Address), error=InvalidAddress))
    use: PointUse | None = attrs.field(default=None, validator=of_kind(PointUse, NoneType, error=InvalidAddress))
    other_use: str = attrs.field(default="", validator=of_kind(str, error=InvalidAddress))
    rank: int = attrs.field(default=1, validator=of_kind(int, error=InvalidAddress))
    valid_from: date | None = attrs.field(default=None, validator=is_day)
    valid_to: date | None = attrs.field(default=None, validator=is_day)

    def __attrs_post_init__(self) -> None:
        in_order("ContactPoint", self.valid_from, self.valid_to, InvalidAddress)
        if self.rank < 1:
            raise InvalidAddress("ContactPoint.rank: allowed: 1 and more", given=self.rank, field="ContactPoint.rank")
        if self.use and not isinstance(self.address, _KINDS[self.use]):
            raise InvalidAddress(
                f"ContactPoint.use: {self.use.value} is no use of a {type(self.address).__name__}",
                field="ContactPoint.use",
            )

    def holds(self, *, on: date) -> bool:
        """Whether it holds on a day, the first and the last day included."""
        return holds_on(on, self.valid_from, self.valid_to)


def points_in_order(points: Iterable[ContactPoint], *, on: date) -> tuple[ContactPoint, ...]:
    """The points that hold on a day, the one to try first first; of one rank in the order they are given."""
    return tuple(sorted((point for point in points if point.holds(on=on)), key=lambda point: point.rank))
