"""Who is it?

Strong identifiers (AHV number, UID, a register's number) outrank contact points, for a telephone is shared by a family
and a mailbox by a firm. Where strong identifiers contradict one another nobody matches. Nothing is ever merged: that
two entries are one person is a link with its evidence, which can be revoked.
"""

import enum
from collections.abc import Iterable
from datetime import date, datetime
from itertools import combinations
from typing import get_args

import attrs
import pendulum

from ticontact.contacts._addresses.contact_point import Address, ContactPoint, SipAddress
from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._addresses.phone_number import ShortNumber
from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld, absent
from ticontact.contacts._contact import Contact
from ticontact.contacts._field_class import IDENTIFIER, SENSITIVE, hide
from ticontact.contacts._field_types import listed, unique
from ticontact.contacts._identifiers import Identifier
from ticontact.contacts._moment import Moment, moment, moment_or_none, shown
from ticontact.contacts._party import Party, Role
from ticontact.contacts._shared import is_shared
from ticontact.errors import ContactError
from ticontact.i18n import Text
from ticontact.i18n._texts import contact_reasons as texts
from ticontact.plain import checked, form

__all__ = [
    "Ambiguous",
    "Conflict",
    "IdentityBasis",
    "Match",
    "NoMatch",
    "Person",
    "Resolution",
    "SamePerson",
    "resolve_identity",
    "same_person",
]


def _identifiers(identifiers: Iterable[Identifier]) -> frozenset[Identifier]:
    return unique(identifiers, "Person.identifiers", *get_args(Identifier))


def _points(points: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    return listed(points, "Person.points", ContactPoint)


@form("person", 3)
@attrs.frozen(kw_only=True, field_transformer=hide)
class Person:
    """What a department has on file of one person, natural or legal.

    Two entries are equal if key and office are: it is one person whose numbers change.

    Attributes:
        key: The department's own key.
        office: The office that keeps the entry; the same key of another office is somebody else.
        identifiers: The strong identifiers.
        points: The numbers and addresses, each with its dates.
    """

    key: str = attrs.field(metadata=IDENTIFIER)
    office: str = ""
    identifiers: frozenset[Identifier] = attrs.field(default=frozenset(), eq=False, converter=_identifiers)
    points: tuple[ContactPoint, ...] = attrs.field(default=(), eq=False, converter=_points)

    def __attrs_post_init__(self) -> None:
        if not self.key:
            raise ContactError("Person.key: allowed: the department's own key", field="Person.key")


class IdentityBasis(enum.Enum):
    """What an identity rests on."""

    IDENTIFIER = "identifier"
    POINT = "point"
    CONTRADICTION = "contradiction"
    SEVERAL_POINTS = "several_points"
    NOTHING_KNOWN = "nothing_known"
    NOTHING_GIVEN = "nothing_given"

    @property
    def reason(self) -> Text:
        """The reason in words."""
        return texts.IDENTITIES[self.value]


@attrs.frozen(field_transformer=hide)
class Match:
    """One person fits. By a contact point alone it is a hint, never a proof: see `because`."""

    person: str = attrs.field(metadata=IDENTIFIER)
    because: IdentityBasis


@attrs.frozen(field_transformer=hide)
class Ambiguous:
    """Several persons fit equally well; a person decides."""

    people: tuple[str, ...] = attrs.field(metadata=IDENTIFIER)
    because: IdentityBasis = IdentityBasis.SEVERAL_POINTS


@attrs.frozen(field_transformer=hide)
class Conflict:
    """Strong identifiers contradict one another; nobody is taken."""

    people: tuple[str, ...] = attrs.field(metadata=IDENTIFIER)
    because: IdentityBasis = IdentityBasis.CONTRADICTION


@attrs.frozen(field_transformer=checked)
class NoMatch:
    """Nobody on file fits."""

    because: IdentityBasis


Resolution = Match | Ambiguous | Conflict | NoMatch
"""Any answer to the question who it is."""


def resolve_identity(
    contact: Contact, people: Iterable[Person], *, office: str, at: datetime, links: "Iterable[SamePerson]" = ()
) -> Resolution:
    """Who the first person on the citizen's side is.

    Args:
        contact: The contact.
        people: What the department has on file.
        office: The office that asks; entries of others are not looked at.
        at: When, an aware datetime; contact points hold by the day in its zone.
        links: Which entries are one person; those of other offices, and those that do not hold then, do not count.

    Returns:
        `Match`, `Ambiguous`, `Conflict` or `NoMatch`, each with its reason; the order of `people` does not matter.
        Of several entries that are one person, the one is named whose key sorts first.

    Raises:
        NaiveTime: If `at` has no zone.
    """
    local = moment(at).at
    day = date(local.year, local.month, local.day)
    party = contact.citizen or Party(Role.CITIZEN)
    ours = sorted((person for person in people if person.office == office), key=lambda person: person.key)
    holding = [link for link in links if link.office == office and link.holds(at=at)]
    return _by_identifier(party, ours, holding) or _by_point(party, ours, day, holding)


def _by_identifier(party: Party, people: list[Person], links: "list[SamePerson]") -> Resolution | None:
    fitting = [person for person in people if person.identifiers & party.identifiers]
    if not fitting:
        return None
    if not _are_one(fitting, links) or any(_contradict(party, person) for person in fitting):
        return Conflict(tuple(person.key for person in fitting))
    return Match(fitting[0].key, IdentityBasis.IDENTIFIER)


def _are_one(people: list[Person], links: "list[SamePerson]") -> bool:
    """Whether some entries are one person, by links that hold and that no strong identifier contradicts."""
    linked = {person.key for person in people} <= _reached(people[0].key, links)
    return linked and not any(_contradict(one, other) for one, other in combinations(people, 2))


def _contradict(party: Party | Person, person: Person) -> bool:
    """Whether both have an identifier of one scheme, and none of them is the same."""
    given, known = _by_scheme(party.identifiers), _by_scheme(person.identifiers)
    return any(not given[scheme] & known[scheme] for scheme in given.keys() & known.keys())


def _by_scheme(identifiers: Iterable[Identifier]) -> dict[str, set[Identifier]]:
    schemes: dict[str, set[Identifier]] = {}
    for identifier in identifiers:
        schemes.setdefault(identifier.scheme, set()).add(identifier)
    return schemes


def _by_point(party: Party, people: list[Person], day: date, links: "list[SamePerson]") -> Resolution:
    given = {_key(address) for address in (party.address, *party.further)} - {None}
    if not given and not party.identifiers:
        return NoMatch(IdentityBasis.NOTHING_GIVEN)
    fitting = [
        person
        for person in people
        if any(_key(point.address) in given and point.holds(on=day) for point in person.points)
    ]
    certain = [person for person in fitting if not _contradict(party, person)]
    if fitting and not certain:
        return Conflict(tuple(person.key for person in fitting))
    if certain and not _are_one(certain, links):
        return Ambiguous(tuple(person.key for person in certain))
    return Match(certain[0].key, IdentityBasis.POINT) if certain else NoMatch(IdentityBasis.NOTHING_KNOWN)


def _key(address: Address | None) -> object:
    """What two addresses of one mailbox or line have in common; None for what names nobody."""
    if isinstance(address, Withheld | Unknown | ShortNumber):
        return None
    if isinstance(address, SipAddress):
        return None if absent(address.uri) else address
    if isinstance(address, EmailAddress):
        is_nobody = is_shared(address.local) or absent(f"mailto:{address.normalized}")
        return None if is_nobody else address.match_key
    return address


@form("same_person", 3)
@attrs.frozen(kw_only=True, field_transformer=hide)
class SamePerson:
    """Two entries are one person, somebody says, and why. Both entries stay as they are.

    Attributes:
        one: The key of an entry.
        other: The key of the other.
        office: The office that keeps both entries.
        evidence: What it rests on.
        by: Who says so.
    """

    one: str = attrs.field(metadata=IDENTIFIER)
    other: str = attrs.field(metadata=IDENTIFIER)
    office: str = ""
    evidence: str = attrs.field(metadata=SENSITIVE)
    by: str = attrs.field(metadata=IDENTIFIER)
    _at: Moment = attrs.field(alias="at", converter=moment)
    _revoked_at: Moment | None = attrs.field(alias="revoked_at", default=None, converter=moment_or_none)

    @property
    def at(self) -> pendulum.DateTime:
        """When it was said."""
        return self._at.at

    @property
    def revoked_at(self) -> pendulum.DateTime | None:
        """When it was taken back; None while it holds."""
        return shown(self._revoked_at)

    def revoked(self, *, at: datetime) -> "SamePerson":
        """The same link, taken back; the first time counts."""
        return self if self._revoked_at else attrs.evolve(self, revoked_at=at)

    def holds(self, *, at: datetime) -> bool:
        """Whether it was said by then, and not yet taken back."""
        now = moment(at)
        return self._at <= now and (self._revoked_at is None or now < self._revoked_at)


def same_person(key: str, links: Iterable[SamePerson], *, at: datetime, office: str = "") -> frozenset[str]:
    """All entries of an office that are one person with this one, by the links that hold; itself is among them."""
    return _reached(key, [link for link in links if link.office == office and link.holds(at=at)])


def _reached(key: str, holding: list[SamePerson]) -> frozenset[str]:
    beside: dict[str, list[str]] = {}
    for link in holding:
        beside.setdefault(link.one, []).append(link.other)
        beside.setdefault(link.other, []).append(link.one)
    found, fresh = {key}, [key]
    while fresh:  # each link is followed once from each end, however long the chain is
        further = {end for end in beside.get(fresh.pop(), ()) if end not in found}
        found |= further
        fresh += further
    return frozenset(found)
