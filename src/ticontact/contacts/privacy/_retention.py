"""What is due for deletion, and why is it not?

A plan, not a deed: the office says how long each channel's contacts are kept, because no law says it for all of them,
and carries the plan out itself. A legal hold (an open appeal, the archiving law) keeps whatever it covers.
"""

import enum
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Final

import attrs
import pendulum

from ticontact._time import MICROSECONDS, from_epoch, to_epoch, zone_named
from ticontact.contacts._case import CaseRef
from ticontact.contacts._contact import Contact
from ticontact.contacts._field_types import is_a
from ticontact.contacts._moment import Moment, moment
from ticontact.contacts._verification import Assurance
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked, form

__all__ = ["DueAction", "DueItem", "RetentionRule", "Tombstone", "due", "tombstone"]

_DAY: Final = 86_400 * MICROSECONDS
_LAST: Final = to_epoch(datetime(9999, 12, 31, tzinfo=UTC))


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RetentionRule:
    """How long some contacts are kept. How long that is, and on what basis, the department has to decide.

    Attributes:
        days: Whole days of 24 hours after the end of the contact.
        channels: The channels it holds for, by name; empty for all that no rule before it covers.
        anonymise: Whether the contact is then kept without its personal values, rather than deleted.
        basis: What it rests on, such as the article of a regulation.

    Raises:
        ConfigurationError: If the days are negative or the basis is missing.
    """

    days: int
    channels: frozenset[str] = attrs.field(default=frozenset(), converter=_names)
    anonymise: bool = False
    basis: str

    def __attrs_post_init__(self) -> None:
        if not is_a(self.days, int) or self.days < 0:
            raise ConfigurationError([Fault("retention.days", "no number of days", "0 and more")])
        if not self.basis:
            raise ConfigurationError([Fault("retention.basis", "no basis", "such as the article of a regulation")])


class DueAction(enum.Enum):
    """What is to be done with a contact."""

    KEEP = "keep"
    """Its time has not come, or it goes on."""
    HOLD = "hold"
    """Its time has come, and a legal hold keeps it."""
    NO_RULE = "no_rule"
    """No rule covers it: the office has to decide."""
    DELETE = "delete"
    ANONYMISE = "anonymise"


@attrs.frozen(kw_only=True, field_transformer=checked)
class DueItem:
    """What is to be done with one contact, and why.

    Attributes:
        contact: The contact's id.
        action: What is to be done.
        basis: The basis of the rule; empty if there is none.
        on: The day it is due, in UTC; None while that is open, or if no calendar has it.
    """

    contact: str
    action: DueAction
    basis: str = ""
    on: date | None = None


def due(
    contacts: Iterable[Contact],
    rules: Iterable[RetentionRule],
    *,
    at: datetime,
    held: Collection[str] = (),
    held_cases: Collection[CaseRef] = (),
) -> tuple[DueItem, ...]:
    """What is to be done with each contact at an instant.

    Args:
        contacts: The contacts.
        rules: How long they are kept; the first rule that covers a contact counts.
        at: When, an aware datetime.
        held: The ids of contacts that a legal hold keeps.
        held_cases: Cases that a legal hold keeps, such as one under appeal: every contact about them is kept, also
            one that only claims to be.

    Raises:
        NaiveTime: If `at` has no zone.
    """
    known, now = tuple(rules), moment(at)
    return tuple(
        _item(contact, known, now, is_held=contact.id in held or any(case in held_cases for case in _cases(contact)))
        for contact in contacts
    )


def _cases(contact: Contact) -> list[CaseRef]:
    """The cases that a contact is about, or says it is: a hold must not miss an appeal that nobody has looked at."""
    return [*contact.cases, *(found.case for found in contact.found_cases if found.level is Assurance.CLAIMED)]


def _item(contact: Contact, rules: tuple[RetentionRule, ...], now: Moment, *, is_held: bool) -> DueItem:
    rule = next((rule for rule in rules if not rule.channels or contact.channel.name in rule.channels), None)
    if rule is None:
        return DueItem(contact=contact.id, action=DueAction.NO_RULE)
    if contact.ended_at is None:
        return DueItem(contact=contact.id, action=DueAction.KEEP, basis=rule.basis)
    end = moment(contact.ended_at).epoch + rule.days * _DAY
    day = from_epoch(end, zone_named("UTC")) if end <= _LAST else None  # what is due later has no date
    action = DueAction.ANONYMISE if rule.anonymise else DueAction.DELETE
    if now.epoch < end:
        action = DueAction.KEEP
    elif is_held:
        action = DueAction.HOLD
    return DueItem(contact=contact.id, action=action, basis=rule.basis, on=day and date(day.year, day.month, day.day))


@form("tombstone", 3)
@attrs.frozen(kw_only=True, field_transformer=checked)
class Tombstone:
    """What stays of a contact that was erased: that it was there, when it went and why. No personal value.

    Attributes:
        contact: The contact's id.
        channel: The name of its channel.
        basis: What the erasure rests on.
    """

    contact: str
    channel: str
    basis: str
    _erased_at: Moment = attrs.field(alias="erased_at", converter=moment)

    @property
    def erased_at(self) -> pendulum.DateTime:
        """When it was erased."""
        return self._erased_at.at


def tombstone(contact: Contact, *, basis: str, at: datetime) -> Tombstone:
    """The tombstone of a contact; erasing the contact itself is the store's own act."""
    return Tombstone(contact=contact.id, channel=contact.channel.name, basis=basis, erased_at=at)
