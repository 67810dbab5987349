"""How can two contacts of one person be told to belong together, without saying whose they are?

By a keyed hash (HMAC, RFC 2104, with SHA-256). A plain hash of a telephone number is no secret: there are a thousand
million of them, and all are tried within minutes. The key makes the difference; who has it can ask again, nobody else.
"""

import hashlib
import hmac
from typing import Final

import attrs

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import PhoneNumber
from ticontact.contacts._case import CaseRef
from ticontact.contacts._field_class import IDENTIFIER, hide
from ticontact.contacts._field_types import is_a
from ticontact.contacts._identifiers import AhvNumber, ExternalId, Uid
from ticontact.errors import ConfigurationError, Fault

__all__ = ["PseudonymKey", "Pseudonymous"]

Pseudonymous = PhoneNumber | EmailAddress | AhvNumber | Uid | ExternalId | CaseRef
"""What has one canonical form, and so one pseudonym."""

_SHORTEST: Final = 32  # bytes: the length of the hash (RFC 2104, section 3)


@attrs.frozen(field_transformer=hide)
class PseudonymKey:
    """A secret key with its id, so that tokens of an old key are still told apart after a change of keys.

    Attributes:
        id: The id of the key; it stands in every token.
        secret: At least 32 bytes from a safe source.
    """

    id: str
    secret: bytes = attrs.field(metadata=IDENTIFIER)

    def __attrs_post_init__(self) -> None:
        if not is_a(self.secret, bytes) or len(self.secret) < _SHORTEST:
            raise ConfigurationError([Fault("secret", "no key, or too short a one", f"at least {_SHORTEST} bytes")])
        if not self.id or ":" in self.id:
            raise ConfigurationError([Fault("id", "no id of a key", "a text without a colon")])

    def pseudonym(self, value: Pseudonymous, *, purpose: str) -> str:
        """The pseudonym of a number, an address, an identifier or a case, by its canonical form.

        However a number was written, its pseudonym is the same; so is that of two addresses of one mailbox.

        Args:
            value: The value.
            purpose: What the pseudonym is for; tokens of two purposes cannot be joined.
        """
        scheme, canonical = _canonical(value)
        return self.token(scheme, canonical, purpose=purpose)

    def token(self, scheme: str, value: str, *, purpose: str) -> str:
        """The pseudonym of a value: the same for the same scheme, value and purpose, and unlike any other.

        Args:
            scheme: What kind of value it is, such as `phone`.
            value: The value in its one canonical form, such as the E.164 number.
            purpose: What the pseudonym is for; tokens of two purposes cannot be joined.
        """
        parts = [part.encode(errors="surrogatepass") for part in (purpose, scheme, value)]
        message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        return f"{self.id}:{hmac.new(self.secret, message, hashlib.sha256).hexdigest()[:32]}"


def _canonical(value: Pseudonymous) -> tuple[str, str]:
    """The kind of a value, and its one form."""
    match value:
        case PhoneNumber():
            return "phone", f"{value.e164};{value.extension}"
        case EmailAddress():
            return "email", value.match_key
        case CaseRef():
            return f"case:{value.office}:{value.scheme}", value.value
        case ExternalId():
            return f"external:{value.scheme}", value.value
    return value.scheme, value.digits
