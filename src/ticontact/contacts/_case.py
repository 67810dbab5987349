"""Which case is it about, and what goes along when it is handed over?"""

from datetime import timedelta
from typing import Final

import attrs

from ticontact._limits import AnyAmount
from ticontact.contacts._field_class import IDENTIFIER, PERSONAL, SENSITIVE, hide
from ticontact.contacts._field_types import is_a, of_kind
from ticontact.contacts._text import has_unsafe
from ticontact.contacts._verification import Assurance
from ticontact.errors import ContactError
from ticontact.i18n import Language
from ticontact.plain import form

__all__ = ["CaseRef", "FoundCase", "HandOver"]

_LONGEST: Final = 100
_LONGEST_WAIT: Final = timedelta(days=36_525)


def _readable(reference: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    if not is_a(value, str) or not 0 < len(value) <= _LONGEST or has_unsafe(value):
        name = f"{type(reference).__name__}.{attribute.name}"
        raise ContactError(
            f"{name}: allowed: 1 to {_LONGEST} characters without control characters", given=value, field=name
        )


@attrs.frozen(field_transformer=hide)
class CaseRef:
    """The reference of a case (a *pratica*) in the department's own system. The case itself stays there.

    Attributes:
        scheme: Which numbering it belongs to, such as `permit`.
        value: The number of the case, as that system writes it.
        office: The office that keeps it; two offices may use the same number for different cases.

    >>> CaseRef("permit", "2026/4711", office="migration")
    CaseRef(scheme='permit', value=…, office='migration')
    """

    scheme: str = attrs.field(validator=_readable)
    value: str = attrs.field(validator=_readable, metadata=IDENTIFIER)
    office: str = attrs.field(default="", kw_only=True, validator=of_kind(str))


@attrs.frozen(field_transformer=hide)
class FoundCase:
    """What a look-up in the case system has found; looking it up is the department's own act, at any time.

    Attributes:
        case: The case.
        level: How sure it is that the contact is about it.
        by: What found it, such as `caller_number` or an operator.
    """

    case: CaseRef = attrs.field(validator=of_kind(CaseRef))
    level: Assurance = attrs.field(validator=of_kind(Assurance))
    by: str = attrs.field(default="", kw_only=True, metadata=PERSONAL)


def _possible_wait(_hand_over: object, _attribute: object, value: timedelta) -> None:
    if not is_a(value, timedelta) or not timedelta(0) <= value <= _LONGEST_WAIT:
        name = "HandOver.waited"
        raise ContactError(f"{name}: allowed: zero to a hundred years", given=value, field=name)


@form("hand_over", 3)
@attrs.frozen(field_transformer=hide)
class HandOver:
    """What the first level tells the second, so that the citizen tells it once.

    Attributes:
        case: The case it is about; None if none was found.
        summary: What was said so far, in a sentence or two.
        language: The language it was said in.
        waited: How long the citizen has waited until now, all waits together.

    Raises:
        ContactError: If a wait is negative, or longer than a hundred years.
    """

    case: CaseRef | None
    summary: str = attrs.field(metadata=SENSITIVE)
    language: Language = attrs.field(default="it", kw_only=True)
    waited: AnyAmount = attrs.field(default=timedelta(0), kw_only=True, validator=_possible_wait)
