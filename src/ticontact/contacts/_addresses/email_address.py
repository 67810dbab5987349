"""Is this text one e-mail address, to which form is it sent, and by which form is it compared?

Only the syntax is asked, never the DNS. `email_validator` does the reading and is loaded at the first address.
"""

import unicodedata
from types import ModuleType
from typing import TYPE_CHECKING, Final

import attrs

from ticontact.contacts._field_class import PERSONAL, hide
from ticontact.contacts._field_types import is_a
from ticontact.contacts._text import has_unsafe, outer_trimmed
from ticontact.errors import InvalidEmailAddress

if TYPE_CHECKING:
    import email_validator

__all__ = ["EmailAddress"]

_LONGEST: Final = 1000  # octets: far above the 254 of RFC 5321, and enough to keep odd input cheap


def _is_safe(_address: object, _attribute: object, value: str) -> None:
    if not is_a(value, str) or not 0 < len(value) <= _LONGEST or has_unsafe(value) or "@" in value or " " in value:
        raise _refusal("not a part of an address", value)


@attrs.frozen(repr=False, field_transformer=hide)
class EmailAddress:
    """An e-mail address of valid syntax. `EmailAddress.parse` makes it.

    Two addresses are equal if their `normalized` forms are; to ask whether they reach the same person compare
    `match_key`, or ask `matches`. Neither `repr` nor `str` shows the address.

    Attributes:
        local: The part before the `@`, as it is sent.
        domain: The domain in Unicode.
        ascii_domain: The domain as the DNS knows it (RFC 5891).

    >>> address = EmailAddress.parse("Anna.Verdi@EXAMPLE.org")
    >>> address.normalized, address.match_key
    ('Anna.Verdi@example.org', 'anna.verdi@example.org')
    >>> print(address)
    EmailAddress(…)
    """

    local: str = attrs.field(validator=_is_safe, metadata=PERSONAL)
    domain: str = attrs.field(validator=_is_safe, metadata=PERSONAL)
    ascii_domain: str = attrs.field(kw_only=True, eq=False, validator=_is_safe, metadata=PERSONAL)

    def __repr__(self) -> str:
        return "EmailAddress(…)"

    @classmethod
    def parse(cls, text: str) -> "EmailAddress":
        """Read one bare address; a display name, a comment or a quoted local part is refused.

        Args:
            text: The address; outer white space is trimmed.

        Raises:
            InvalidEmailAddress: If the text is not one valid address.
        """
        if not isinstance(text, str):
            raise _refusal(f"{type(text).__name__} was given, not a text", text)
        if len(text) > _LONGEST:
            raise _refusal(f"more than {_LONGEST} characters", text)
        found = _validated(outer_trimmed(text), text)
        return cls(found.local_part, found.domain, ascii_domain=found.ascii_domain)

    @property
    def normalized(self) -> str:
        """The form to send to: the case of the local part is kept, but for the names of RFC 2142 (`postmaster`)."""
        return f"{self.local}@{self.domain}"

    @property
    def match_key(self) -> str:
        """The form to compare: NFC and lower case of the whole; plus tags and dots are kept."""
        return unicodedata.normalize("NFC", self.normalized.lower())

    @property
    def ascii(self) -> str | None:
        """The form for servers without SMTPUTF8 (RFC 6531); None if the local part has no such form."""
        return None if self.needs_smtputf8 else f"{self.local}@{self.ascii_domain}"

    @property
    def needs_smtputf8(self) -> bool:
        """Whether only a server with SMTPUTF8 (RFC 6531) can take it."""
        return not self.local.isascii()

    def matches(self, other: "EmailAddress") -> bool:
        """Whether both are taken for the same mailbox."""
        return self.match_key == other.match_key


def _validated(text: str, given: str) -> "email_validator.ValidatedEmail":
    """What the library makes of a text; its own error, which quotes the text, does not get out."""
    library = _library()
    try:
        found: email_validator.ValidatedEmail | None = library.validate_email(text, check_deliverability=False)
    except ValueError:  # its own errors, and those of the codecs that it asks
        found = None
    if found is None:
        raise _refusal("not a valid address", given)
    return found


def _library() -> ModuleType:
    import email_validator  # noqa: PLC0415 - 58 ms that only who reads an address shall pay

    return email_validator


def _refusal(problem: str, given: object) -> InvalidEmailAddress:
    return InvalidEmailAddress(
        f"e-mail address: {problem}; allowed: one address such as name@example.org", given=given, field="e-mail address"
    )
