"""At which kinds of address can somebody be reached?"""

from ticontact.contacts._caller import Unknown, Withheld
from ticontact.contacts._email import EmailAddress
from ticontact.contacts._phone import PhoneNumber, ShortNumber

__all__ = ["Address"]

Address = PhoneNumber | ShortNumber | EmailAddress | Withheld | Unknown
"""Any number or address, or what stands in its place."""
