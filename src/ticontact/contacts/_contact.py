"""Who reached whom, when, in which language, about which case, and how did it end?

A `Contact` is a value that is replaced, never changed: `answered`, `ended` and `about` give the next state. Two
contacts are equal if their ids are, as it is one contact that grows. Instants are kept in the zone they were given in,
with their source, and compared as instants. What happened on a day without a clock time stays a date.
"""

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType, NoneType
from typing import Final, get_args

import attrs
import pendulum

from ticontact.contacts._addresses.contact_point import Address
from ticontact.contacts._case import CaseRef, FoundCase
from ticontact.contacts._channel import Channel
from ticontact.contacts._dates import Dates
from ticontact.contacts._direction import Direction
from ticontact.contacts._field_types import is_a, listed, of_kind
from ticontact.contacts._leg import Leg, LegKind
from ticontact.contacts._message import Message
from ticontact.contacts._moment import Moment, moment, moment_or_none, shown
from ticontact.contacts._outcome import Outcome
from ticontact.contacts._party import ConsentTo, Party
from ticontact.contacts._text import has_unsafe
from ticontact.errors import ContactError
from ticontact.i18n import LANGUAGES, Language
from ticontact.plain import ShownDay, checked_after, form

__all__ = ["Contact", "ContactRef", "LanguageBasis"]

_LONGEST_ID: Final = 200


class LanguageBasis(enum.Enum):
    """How the language of a contact is known; a later member outranks an earlier one."""

    ASSUMED = "assumed"
    DETECTED = "detected"
    STATED = "stated"


_RANKS = {basis: rank for rank, basis in enumerate(LanguageBasis)}


@attrs.frozen(field_transformer=checked_after)
class ContactRef:
    """The short reference to a contact that tickets keep; it holds no personal value.

    Attributes:
        id: The contact's id.
        channel: The name of its channel.
        direction: Who began.
        received: The day it was received, where it came without a clock time.
    """

    id: str
    channel: str
    direction: Direction = attrs.field(kw_only=True)
    received: ShownDay | None = attrs.field(default=None, kw_only=True)


def _parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    return listed(parties, "Contact.parties", Party)


def _cases(cases: Iterable[CaseRef]) -> tuple[CaseRef, ...]:
    return listed(cases, "Contact.cases", CaseRef)


def _found(found: Iterable[FoundCase]) -> tuple[FoundCase, ...]:
    return listed(found, "Contact.found_cases", FoundCase)


def _legs(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    return listed(legs, "Contact.legs", Leg)


def _messages(messages: Iterable[Message]) -> tuple[Message, ...]:
    return listed(messages, "Contact.messages", Message)


def _reasons(reasons: Iterable[str]) -> tuple[str, ...]:
    return listed(reasons, "Contact.reasons", str)


def _is_id(_contact: object, _attribute: object, value: str) -> None:
    if not is_a(value, str) or not 0 < len(value) <= _LONGEST_ID or has_unsafe(value):
        raise ContactError(
            f"Contact.id: allowed: 1 to {_LONGEST_ID} characters without control characters",
            given=value,
            field="Contact.id",
        )


def _is_language(_contact: object, attribute: "attrs.Attribute[Language]", value: str) -> None:
    if value not in LANGUAGES:
        raise ContactError(
            f"Contact.{attribute.name}: allowed: {', '.join(LANGUAGES)}",
            given=value,
            field=f"Contact.{attribute.name}",
            allowed=LANGUAGES,
        )


@form("contact", 3)
@attrs.frozen(kw_only=True, eq=False, repr=False, field_transformer=checked_after)
class Contact:
    """One contact on any channel.

    Attributes:
        id: The id that the department gave it.
        channel: The channel it came on.
        direction: Who began.
        reached: The number or address of the office that was reached: it decides the queue.
        parties: Who takes part, the citizen's side first.
        language: The language spoken now.
        language_basis: How that is known.
        procedure_language: The language that the procedure is held in; appeals in Ticino are in Italian.
        cases: The cases it is about.
        found_cases: What look-ups have found, and how sure that is; a case becomes one of `cases` by a decision.
        legs: The conversations it consists of, in the order they began.
        messages: What was written, the first message first.
        reasons: Why the citizen came, as keys of the department's own dated tree.
        dates: What happened on a day without a clock time.
        formal_act: Whether it may be a formal act, such as an appeal; then `dates.posted` matters.
        outcome: How it ended; None while it goes on.
    """

    id: str = attrs.field(validator=_is_id)
    channel: Channel = attrs.field(validator=of_kind(Channel))
    direction: Direction = attrs.field(validator=of_kind(Direction))
    reached: Address | None = attrs.field(default=None, validator=of_kind(*get_args(Address), NoneType))
    parties: tuple[Party, ...] = attrs.field(default=(), converter=_parties)
    language: Language = attrs.field(default="it", validator=_is_language)
    language_basis: LanguageBasis = attrs.field(default=LanguageBasis.ASSUMED, validator=of_kind(LanguageBasis))
    procedure_language: Language = attrs.field(default="it", validator=_is_language)
    cases: tuple[CaseRef, ...] = attrs.field(default=(), converter=_cases)
    found_cases: tuple[FoundCase, ...] = attrs.field(default=(), converter=_found)
    legs: tuple[Leg, ...] = attrs.field(default=(), converter=_legs)
    messages: tuple[Message, ...] = attrs.field(default=(), converter=_messages)
    reasons: tuple[str, ...] = attrs.field(default=(), converter=_reasons)
    dates: Dates = attrs.field(default=Dates(), validator=of_kind(Dates))
    formal_act: bool = False
    outcome: Outcome | None = attrs.field(default=None, validator=of_kind(Outcome, NoneType))
    _created_at: Moment = attrs.field(alias="created_at", converter=moment)
    _answered_at: Moment | None = attrs.field(alias="answered_at", default=None, converter=moment_or_none)
    _ended_at: Moment | None = attrs.field(alias="ended_at", default=None, converter=moment_or_none)

    def __attrs_post_init__(self) -> None:
        known = [each.epoch for each in (self._created_at, self._answered_at, self._ended_at) if each is not None]
        if known != sorted(known):
            raise ContactError("contact: allowed: created_at <= answered_at <= ended_at", field="contact")

    def __repr__(self) -> str:
        end = self.outcome.value if self.outcome else "goes on"
        return f"Contact({self.id!r}, {self.channel.name}, {self.direction.value}, {end})"

    def __eq__(self, other: object) -> bool:
        return self.id == other.id if isinstance(other, Contact) else NotImplemented

    def __hash__(self) -> int:
        return hash((Contact, self.id))

    @property
    def ref(self) -> ContactRef:
        """The short reference that tickets keep."""
        return ContactRef(self.id, self.channel.name, direction=self.direction, received=self.dates.received)

    @property
    def created_at(self) -> pendulum.DateTime:
        """When the office's systems first knew of it: the call came in, the message arrived, the letter was entered."""
        return self._created_at.at

    @property
    def answered_at(self) -> pendulum.DateTime | None:
        """When a person first served the citizen; None if nobody has yet."""
        return shown(self._answered_at)

    @property
    def ended_at(self) -> pendulum.DateTime | None:
        """When it was over; None while it goes on."""
        return shown(self._ended_at)

    @property
    def moments(self) -> Mapping[str, Moment]:
        """The instants that are known, by name, each with its source: `contact.moments["created_at"].source`."""
        every = {"created_at": self._created_at, "answered_at": self._answered_at, "ended_at": self._ended_at}
        return MappingProxyType({name: each for name, each in every.items() if each is not None})

    @property
    def citizen(self) -> Party | None:
        """The first party on the citizen's side; None at an anonymous counter visit, say."""
        return next((party for party in self.parties if not party.role.is_staff), None)

    @property
    def wait(self) -> timedelta | None:
        """How long the citizen waited until answered, or until gone; None while it goes on."""
        until = self._answered_at or self._ended_at
        return None if until is None else timedelta(microseconds=until.epoch - self._created_at.epoch)

    @property
    def talk(self) -> timedelta:
        """How long the citizen talked with somebody of the office, all legs together; consults do not count."""
        return sum((leg.talk for leg in self.legs if leg.with_citizen), timedelta(0))

    @property
    def agents(self) -> tuple[str, ...]:
        """Who of the office took part, in the order they joined, each once; not who was rung and did not answer."""
        return tuple(dict.fromkeys(leg.agent for leg in self.legs if leg.agent and leg.kind is not LegKind.OFFERED))

    def agreed(self, to: ConsentTo) -> bool:
        """Whether everybody who takes part has agreed, staff included; nobody has where nobody takes part."""
        return bool(self.parties) and all(to in party.consents for party in self.parties)

    def answered(self, *, at: datetime | Moment) -> "Contact":
        """The contact once a person serves it; the first answer counts."""
        return self if self._answered_at else attrs.evolve(self, answered_at=at)

    def ended(self, outcome: Outcome, *, at: datetime | Moment) -> "Contact":
        """The contact once it is over; how it ended first, counts.

        Raises:
            ContactError: If that is before it began or was answered.
        """
        return self if self.outcome else attrs.evolve(self, outcome=outcome, ended_at=at)

    def about(self, case: CaseRef) -> "Contact":
        """The contact with one more case; a case that is known already changes nothing."""
        return self if case in self.cases else attrs.evolve(self, cases=(*self.cases, case))

    def speaking(self, language: Language, basis: LanguageBasis) -> "Contact":
        """The contact in a language, unless its language is known better already: stated beats detected."""
        if _RANKS[basis] < _RANKS[self.language_basis]:
            return self
        return attrs.evolve(self, language=language, language_basis=basis)

    def joined_by(self, party: Party) -> "Contact":
        """The contact with one more party."""
        return attrs.evolve(self, parties=(*self.parties, party))
