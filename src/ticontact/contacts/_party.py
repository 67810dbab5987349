"""Who takes part in a contact, in which role, in which languages, with which needs?"""

import enum
import re
from collections.abc import Iterable
from types import NoneType
from typing import Final, get_args

import attrs

from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._field_class import IDENTIFIER, PERSONAL, SENSITIVE, hide
from ticontact.contacts._field_types import is_a, listed, of_kind, unique
from ticontact.contacts._identifiers import Identifier
from ticontact.contacts._verification import Verification
from ticontact.errors import ContactError
from ticontact.i18n import Text
from ticontact.i18n._texts import contacts as texts

__all__ = ["ConsentTo", "Need", "Party", "Role"]

_TAG: Final = re.compile(r"[a-z]{2,8}(?:-[a-z\d]{1,8})*", re.IGNORECASE | re.ASCII)


class Role(enum.Enum):
    """What somebody is in a contact."""

    CITIZEN = "citizen"
    REPRESENTATIVE = "representative"
    EMPLOYER = "employer"
    COMMUNE = "commune"
    INTERPRETER = "interpreter"
    OPERATOR = "operator"
    OFFICIAL = "official"
    SYSTEM = "system"

    @property
    def label(self) -> Text:
        """The role in words."""
        return texts.ROLES[self.value]

    @property
    def is_staff(self) -> bool:
        """Whether the office acts in this role."""
        return self in _STAFF


_STAFF = frozenset({Role.OPERATOR, Role.OFFICIAL, Role.SYSTEM})


class Need(enum.Enum):
    """What a person needs to be served (BehiG, SR 151.3, art. 14). It belongs to the person, on every channel."""

    NO_TELEPHONE = "no_telephone"
    RELAY_SERVICE = "relay_service"
    SIGN_LANGUAGE = "sign_language"
    PLAIN_LANGUAGE = "plain_language"
    LARGE_PRINT = "large_print"
    INTERPRETER = "interpreter"

    @property
    def label(self) -> Text:
        """The need in words."""
        return texts.NEEDS[self.value]


class ConsentTo(enum.Enum):
    """What somebody has agreed to, in this contact."""

    RECORDING = "recording"
    """That the conversation is recorded (StGB, SR 311.0, art. 179bis and 179ter: everybody has to agree)."""
    TRANSCRIPT = "transcript"
    """That it is written down by a machine."""
    SURVEY = "survey"
    """That they are asked afterwards how it was."""

    @property
    def label(self) -> Text:
        """What it is, in words."""
        return texts.CONSENTS[self.value]


def _addresses(addresses: Iterable[Address]) -> tuple[Address, ...]:
    return listed(addresses, "Party.further", *get_args(Address))


def _tags(languages: Iterable[str]) -> tuple[str, ...]:
    return listed(languages, "Party.languages", str)


def _identifiers(identifiers: Iterable[Identifier]) -> frozenset[Identifier]:
    return unique(identifiers, "Party.identifiers", *get_args(Identifier))


def _needs(needs: Iterable[Need]) -> frozenset[Need]:
    return unique(needs, "Party.needs", Need)


def _consents(consents: Iterable[ConsentTo]) -> frozenset[ConsentTo]:
    return unique(consents, "Party.consents", ConsentTo)


def _are_tags(_party: object, _attribute: object, tags: tuple[str, ...]) -> None:
    if not all(is_a(tag, str) and _TAG.fullmatch(tag) for tag in tags):
        raise ContactError(
            "Party.languages, each: allowed: a BCP 47 tag such as it, de-CH or ti",
            given=tags,
            field="Party.languages, each",
        )


@attrs.frozen(field_transformer=hide)
class Party:
    """Somebody who takes part.

    Attributes:
        role: What they are in this contact.
        address: The number or address they were reached at, or came from. It is a hint, never a proof of who they are.
        name: The name as they gave it; names are not taken apart.
        person: The person's key in the department's own register; empty while nobody has identified them.
        identifiers: The strong identifiers that they gave.
        verification: How it was checked who they are; None if it was not.
        organisation: The office or firm they act for.
        further: Further numbers and addresses of theirs.
        languages: The languages they accept, the best first, as BCP 47 tags.
        needs: What they need to be served.
        consents: What they have agreed to; nothing by default.
    """

    role: Role = attrs.field(validator=of_kind(Role))
    address: Address | None = attrs.field(default=None, validator=of_kind(*get_args(Address), NoneType))
    name: str = attrs.field(default="", kw_only=True, validator=of_kind(str), metadata=PERSONAL)
    person: str = attrs.field(default="", kw_only=True, validator=of_kind(str), metadata=IDENTIFIER)
    identifiers: frozenset[Identifier] = attrs.field(default=frozenset(), kw_only=True, converter=_identifiers)
    verification: Verification | None = attrs.field(
        default=None, kw_only=True, validator=of_kind(Verification, NoneType)
    )
    organisation: str = attrs.field(default="", kw_only=True, validator=of_kind(str), metadata=PERSONAL)
    further: tuple[Address, ...] = attrs.field(default=(), kw_only=True, converter=_addresses)
    languages: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=_tags, validator=_are_tags)
    needs: frozenset[Need] = attrs.field(default=frozenset(), kw_only=True, converter=_needs, metadata=SENSITIVE)
    consents: frozenset[ConsentTo] = attrs.field(default=frozenset(), kw_only=True, converter=_consents)
