"""May this person be told about this case?

Official secrecy (art. 320 StGB, SR 311.0) leaves it to the operator, who needs the answer within seconds and a reason
to give. The answer hangs on who is on the line, how that was checked, whose case it is, and who speaks for whom. Whose
case it is, only the department's own case system knows: it comes in as an argument.
"""

import enum
from collections.abc import Collection, Iterable
from datetime import date, datetime

import attrs

from ticontact.contacts._case import CaseRef
from ticontact.contacts._contact import Contact
from ticontact.contacts._dates import holds_on, in_order, is_day
from ticontact.contacts._field_class import IDENTIFIER, hide
from ticontact.contacts._field_types import is_a, unique
from ticontact.contacts._moment import moment
from ticontact.contacts._party import Party, Role
from ticontact.contacts._verification import Assurance
from ticontact.errors import ContactError
from ticontact.i18n import Text
from ticontact.i18n._texts import contact_reasons as texts
from ticontact.plain import checked, form

__all__ = ["Disclosure", "DisclosureBasis", "Mandate", "may_disclose"]


def _cases(cases: Iterable[CaseRef]) -> frozenset[CaseRef]:
    return unique(cases, "Mandate.cases", CaseRef)


@form("mandate", 3)
@attrs.frozen(kw_only=True, field_transformer=hide)
class Mandate:
    """Somebody speaks for somebody else (a *procura*).

    Attributes:
        representative: The key of the person who speaks.
        principal: The key of the person who is spoken for.
        cases: The cases it covers; empty for all cases of the principal.
        valid_from: The first day it holds; None if it always did.
        valid_to: The last day it holds, also if it was revoked; None if no end is known.
    """

    representative: str = attrs.field(metadata=IDENTIFIER)
    principal: str = attrs.field(metadata=IDENTIFIER)
    cases: frozenset[CaseRef] = attrs.field(default=frozenset(), converter=_cases)
    valid_from: date | None = attrs.field(default=None, validator=is_day)
    valid_to: date | None = attrs.field(default=None, validator=is_day)

    def __attrs_post_init__(self) -> None:
        in_order("Mandate", self.valid_from, self.valid_to, ContactError)
        if not self.representative or not self.principal:
            raise ContactError("Mandate: allowed: the keys of a representative and of a principal", field="Mandate")

    def covers(self, case: CaseRef, *, on: date) -> bool:
        """Whether it covers a case on a day, the first and the last day included."""
        return holds_on(on, self.valid_from, self.valid_to) and (not self.cases or case in self.cases)


class DisclosureBasis(enum.Enum):
    """Why something may be told, or not."""

    CONCERNED = "concerned"
    MANDATED = "mandated"
    NOBODY = "nobody"
    NOT_IDENTIFIED = "not_identified"
    NOT_VERIFIED = "not_verified"
    NOT_CONCERNED = "not_concerned"
    OTHERS_LISTEN = "others_listen"

    @property
    def reason(self) -> Text:
        """The reason in words, as an operator can say it."""
        return texts.DISCLOSURES[self.value]


_YES = frozenset({DisclosureBasis.CONCERNED, DisclosureBasis.MANDATED})


@attrs.frozen(field_transformer=checked)
class Disclosure:
    """Whether something may be told, and why.

    Attributes:
        because: The reason.
    """

    because: DisclosureBasis

    @property
    def allowed(self) -> bool:
        """Whether it may be told."""
        return self.because in _YES


def may_disclose(
    contact: Contact,
    case: CaseRef,
    level: Assurance,
    *,
    concerned: Collection[str],
    at: datetime,
    mandates: Iterable[Mandate] = (),
) -> Disclosure:
    """Whether everybody on the citizen's side may be told about a case.

    Interpreters are bound to silence themselves and may listen. Every other person on the citizen's side has to be
    identified, verified at least at the level asked for, and concerned by the case or mandated for it; if the first of
    them is and another one is not, the answer says that others listen.

    Args:
        contact: The contact.
        case: The case.
        level: How sure the identity has to be.
        concerned: The keys of the persons whose case it is.
        at: When, an aware datetime; mandates hold by the day in its zone.
        mandates: Who speaks for whom.

    Raises:
        ContactError: If the level is none, or the keys are one text instead of several.
        NaiveTime: If `at` has no zone.
    """
    if not is_a(level, Assurance):
        raise ContactError(
            f"may_disclose, level: allowed: Assurance; {type(level).__name__} was given",
            given=level,
            field="may_disclose, level",
        )
    # One key given as a text would let in everybody whose key is a part of it.
    keys = unique(concerned, "may_disclose, concerned", str)
    local = moment(at).at
    day = date(local.year, local.month, local.day)
    speaking = {each.representative for each in mandates if each.principal in keys and each.covers(case, on=day)}
    persons = [party for party in contact.parties if not party.role.is_staff and party.role is not Role.INTERPRETER]
    if not persons:
        return Disclosure(DisclosureBasis.NOBODY)
    first, *others = [_basis(party, level, keys, speaking) for party in persons]
    if first in _YES and any(other not in _YES for other in others):
        return Disclosure(DisclosureBasis.OTHERS_LISTEN)
    return Disclosure(first)


def _basis(party: Party, level: Assurance, concerned: Collection[str], speaking: Collection[str]) -> DisclosureBasis:
    if not party.person:
        return DisclosureBasis.NOT_IDENTIFIED
    if party.verification is None or party.verification.level < level:
        return DisclosureBasis.NOT_VERIFIED
    if party.person in concerned:
        return DisclosureBasis.CONCERNED
    return DisclosureBasis.MANDATED if party.person in speaking else DisclosureBasis.NOT_CONCERNED
