"""May a number or an address that was read be remembered?

Reading a number takes tens of microseconds, and an office's own numbers come again all day. But whoever remembers what
was read keeps personal data in memory beyond the question. So nothing is remembered by itself: a program that wants it
makes a reader of its own, says how many texts it may remember, and empties it when it likes.
"""

import functools

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import PhoneNumber, ShortNumber, parse_phone
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld, absent
from ticontact.contacts._field_types import is_a
from ticontact.errors import ConfigurationError, Fault

__all__ = ["AddressReader"]


def _phone(text: str, region: str | None) -> PhoneNumber | ShortNumber:
    return parse_phone(text, region=region)


class AddressReader:
    """Reads numbers and e-mail addresses, and remembers the last ones if it is told to. It is mutable then.

    What is refused is never remembered. Its representation shows how many it holds, and nothing of them.

    Args:
        remember: How many texts of each kind; none by default.

    Raises:
        ConfigurationError: If that is no number, or a negative one.

    >>> reader = AddressReader(remember=1_000)
    >>> reader.phone("091 814 55 00") is reader.phone("091 814 55 00")
    True
    >>> reader.clear()
    >>> reader
    AddressReader(remembers 0 of 1000)
    """

    def __init__(self, *, remember: int = 0) -> None:
        if not is_a(remember, int) or remember < 0:
            raise ConfigurationError([Fault("remember", "no number of texts", "0 and more")])
        self._most = remember
        self._phone = functools.lru_cache(maxsize=remember)(_phone)
        self._email = functools.lru_cache(maxsize=remember)(EmailAddress.parse)

    def __repr__(self) -> str:
        return f"AddressReader(remembers {self.remembered} of {self._most})"

    @property
    def remembered(self) -> int:
        """How many texts it remembers, of both kinds together."""
        return self._phone.cache_info().currsize + self._email.cache_info().currsize

    def phone(self, text: str, *, region: str | None = "CH") -> PhoneNumber | ShortNumber:
        """The number of a text, as `parse_phone` reads it.

        Raises:
            InvalidPhoneNumber: If it is none.
        """
        return self._phone(text, region) if is_a(text, str) else parse_phone(text, region=region)

    def caller(self, text: str, *, region: str | None = "CH") -> PhoneNumber | ShortNumber | Withheld | Unknown:
        """The caller of a text, as `parse_caller` reads it; only numbers are remembered.

        Raises:
            InvalidPhoneNumber: If it is no number, and nothing that stands in its place.
        """
        said = absent(text) if is_a(text, str) else None
        return said or self.phone(text, region=region)

    def email(self, text: str) -> EmailAddress:
        """The address of a text, as `EmailAddress.parse` reads it.

        Raises:
            InvalidEmailAddress: If it is none.
        """
        return self._email(text) if is_a(text, str) else EmailAddress.parse(text)

    def clear(self) -> None:
        """Forget everything."""
        self._phone.cache_clear()
        self._email.cache_clear()
