"""Which number names one person or one organisation?

Numbers with a public rule are checked by it; for the others a department plugs in a check of its own, or none.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ClassVar, Final

import attrs

from ticontact.contacts._field_class import IDENTIFIER, hide
from ticontact.contacts._field_types import is_a
from ticontact.contacts._text import has_unsafe
from ticontact.errors import ContactError

__all__ = ["AhvNumber", "ExternalId", "Identifier", "Uid"]

_AHV: Final = re.compile(r"756[. -]?(\d{4})[. -]?(\d{4})[. -]?(\d{2})", re.ASCII)
_UID: Final = re.compile(
    r"CHE[ -]?(\d{3})[. ]?(\d{3})[. ]?(\d{3})(?: (?:MWST|TVA|IVA|TPV|HR|RC))?", re.ASCII | re.IGNORECASE
)
_UID_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4)
_LONGEST: Final = 100

NO_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType({})


def _is_ahv(_number: object, _attribute: object, digits: str) -> None:
    """The check digit of EAN-13."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) if _is_number(digits) else 1
    if total % 10 or not _is_number(digits) or len(digits) != len("7569217076985") or not digits.startswith("756"):
        raise ContactError(
            "AHV number: allowed: 756.nnnn.nnnn.nn with its check digit", given=digits, field="AHV number"
        )


def _is_uid(_number: object, _attribute: object, digits: str) -> None:
    """The check digit modulo 11, of weights that the Federal Statistical Office publishes."""
    total = (
        sum(weight * int(digit) for weight, digit in zip(_UID_WEIGHTS, digits, strict=False))
        if _is_number(digits)
        else 0
    )
    if not _is_number(digits) or len(digits) != len("116281710") or str(-total % 11) != digits[-1]:
        raise ContactError("UID: allowed: CHE-nnn.nnn.nnn with its check digit", given=digits, field="UID")


def _is_number(digits: str) -> bool:
    return is_a(digits, str) and digits.isascii() and digits.isdecimal()


@attrs.frozen(field_transformer=hide)
class AhvNumber:
    """A number of the old-age insurance (AHV, AVS). `AhvNumber.parse` makes it.

    Its use by authorities is regulated (AHVG, SR 831.10, art. 153b ff.); whether you may keep it is for you to know.

    Attributes:
        digits: The 13 digits.

    >>> AhvNumber.parse("756.9217.0769.85").formatted
    '756.9217.0769.85'
    """

    scheme: ClassVar[str] = "ahv"
    digits: str = attrs.field(validator=_is_ahv, metadata=IDENTIFIER)

    @classmethod
    def parse(cls, text: str) -> "AhvNumber":
        """Read a number, grouped by points, hyphens or spaces, or not at all.

        Raises:
            ContactError: If the form or the check digit (EAN-13) is wrong.
        """
        found = _AHV.fullmatch(text.strip()) if is_a(text, str) else None
        return cls("756" + "".join(found.groups()) if found else "")

    @property
    def formatted(self) -> str:
        """The form for readers: `756.9217.0769.85`."""
        return f"{self.digits[:3]}.{self.digits[3:7]}.{self.digits[7:11]}.{self.digits[11:]}"


@attrs.frozen(field_transformer=hide)
class Uid:
    """A business identification number (UIDG, SR 431.03). `Uid.parse` makes it.

    Attributes:
        digits: The nine digits, without `CHE`.

    >>> Uid.parse("CHE-116.281.710 IVA").formatted
    'CHE-116.281.710'
    """

    scheme: ClassVar[str] = "uid"
    digits: str = attrs.field(validator=_is_uid, metadata=IDENTIFIER)

    @classmethod
    def parse(cls, text: str) -> "Uid":
        """Read a number with its `CHE`; a suffix for value-added tax or the commercial register is dropped.

        Raises:
            ContactError: If the form or the check digit (modulo 11) is wrong.
        """
        found = _UID.fullmatch(text.strip()) if is_a(text, str) else None
        return cls("".join(found.groups()) if found else "")

    @property
    def formatted(self) -> str:
        """The form for readers: `CHE-116.281.710`."""
        return f"CHE-{self.digits[:3]}.{self.digits[3:6]}.{self.digits[6:]}"


def _readable(_identifier: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    if not is_a(value, str) or not 0 < len(value) <= _LONGEST or has_unsafe(value) or value != value.strip():
        raise ContactError(
            f"external id, {attribute.name}: allowed: 1 to {_LONGEST} characters",
            given=value,
            field=f"external id, {attribute.name}",
        )


@attrs.frozen(field_transformer=hide)
class ExternalId:
    """A number of somebody in another register. `ExternalId.checked` makes it, by the department's own check.

    Attributes:
        scheme: The register, such as `zemis`.
        value: The number there.
    """

    scheme: str = attrs.field(validator=_readable)
    value: str = attrs.field(validator=_readable, metadata=IDENTIFIER)

    @classmethod
    def checked(
        cls, scheme: str, value: str, *, checks: Mapping[str, Callable[[str], bool]] = NO_CHECKS
    ) -> "ExternalId":
        """An id that the department's own check, if there is one for the register, agrees to.

        Args:
            scheme: The register.
            value: The number there; outer white space is dropped.
            checks: The check by register: whether it agrees to the number. A `ValueError`, a `LookupError` and an
                `ArithmeticError` are a no: that is how a check of digits fails on other text.

        Raises:
            ContactError: If it is empty, too long or refused by the check.
        """
        made = cls(scheme, value.strip() if is_a(value, str) else value)
        if not _agrees(checks.get(scheme, bool), made.value):
            raise ContactError(
                f"external id, {scheme}: allowed: a number of that register",
                given=value,
                field=f"external id, {scheme}",
            )
        return made


def _agrees(check: Callable[[str], bool], number: str) -> bool:
    try:
        return bool(check(number))
    except (ValueError, LookupError, ArithmeticError):  # which would quote the number
        return False


Identifier = AhvNumber | Uid | ExternalId
"""Any number that names one person or organisation."""
