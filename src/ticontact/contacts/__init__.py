"""Who reached us, on which channel, how, and about which case?

One `Contact` for the telephone, the counter, letters, e-mail and every other channel. Nothing here shows a personal
value in `repr` or `str`; the clear value is behind a named attribute. Readers of messages and call records, privacy
tools and exchange formats are subpackages that are imported by name.
"""

from ticontact.contacts._addresses.address_reader import AddressReader
from ticontact.contacts._addresses.contact_point import (
    Address,
    ChatHandle,
    ContactPoint,
    CounterDesk,
    PointUse,
    SipAddress,
    points_in_order,
)
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import (
    CallCost,
    PhoneKind,
    PhoneNumber,
    ShortNumber,
    parse_caller,
    parse_phone,
)
from ticontact.contacts._addresses.postal_address import PostalAddress, Salutation
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld
from ticontact.contacts._answer_channels import answer_channels
from ticontact.contacts._automatic_message import (
    AutomaticKind,
    AutomaticMessage,
    automatic_message,
    may_answer_automatically,
)
from ticontact.contacts._case import CaseRef, FoundCase, HandOver
from ticontact.contacts._channel import CHANNELS, Channel
from ticontact.contacts._contact import Contact, ContactRef, LanguageBasis
from ticontact.contacts._dates import Dates
from ticontact.contacts._direction import Direction
from ticontact.contacts._disclosure import Disclosure, DisclosureBasis, Mandate, may_disclose
from ticontact.contacts._field_class import FieldClass
from ticontact.contacts._identifiers import AhvNumber, ExternalId, Uid
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._message import Attachment, DeliveryStatus, Mailbox, Message, RelayKind
from ticontact.contacts._moment import Moment, TimeSource
from ticontact.contacts._outcome import Outcome
from ticontact.contacts._party import ConsentTo, Need, Party, Role
from ticontact.contacts._quoted_text import new_text
from ticontact.contacts._reason_tree import ContactReason, ReasonTree
from ticontact.contacts._verification import Assurance, Verification

__all__ = [
    "CHANNELS",
    "Address",
    "AddressReader",
    "AhvNumber",
    "Assurance",
    "Attachment",
    "AutomaticKind",
    "AutomaticMessage",
    "CallCost",
    "CaseRef",
    "Channel",
    "ChatHandle",
    "ConsentTo",
    "Contact",
    "ContactPoint",
    "ContactReason",
    "ContactRef",
    "CounterDesk",
    "Dates",
    "DeliveryStatus",
    "Direction",
    "Disclosure",
    "DisclosureBasis",
    "EmailAddress",
    "ExternalId",
    "FieldClass",
    "FoundCase",
    "HandOver",
    "LanguageBasis",
    "Leg",
    "LegKind",
    "Mailbox",
    "Mandate",
    "Message",
    "Moment",
    "Need",
    "Outcome",
    "Party",
    "PhoneKind",
    "PhoneNumber",
    "PointUse",
    "PostalAddress",
    "ReasonTree",
    "RelayKind",
    "Role",
    "Salutation",
    "ShortNumber",
    "SipAddress",
    "TimeSource",
    "Uid",
    "Unknown",
    "Verification",
    "Withheld",
    "answer_channels",
    "automatic_message",
    "may_answer_automatically",
    "may_disclose",
    "new_text",
    "parse_caller",
    "parse_phone",
    "points_in_order",
]
