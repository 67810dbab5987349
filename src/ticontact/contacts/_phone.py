"""Is this text one telephone number, and which?

Theory of operation. `phonenumbers` knows every numbering plan, but reads too kindly for a public office: it maps
letters to digits, takes a remark for more digits, calls numbers possible that no exchange connects, and gives a short
number an international form. So the text is brought into a strict shape first (white space, extension, leading label),
the library parses it, and only what it calls valid becomes a `PhoneNumber`. The library is loaded at the first number.
"""

import enum
import re
from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Final

import attrs

from ticontact.contacts._classes import PERSONAL, PUBLIC
from ticontact.contacts._kinds import is_a
from ticontact.contacts._text import collapse, has_unsafe, without_marks
from ticontact.errors import ConfigurationError, Fault, InvalidPhoneNumber

if TYPE_CHECKING:
    import phonenumbers

__all__ = ["CallCost", "PhoneKind", "PhoneNumber", "ShortNumber", "parse_phone"]

_LONGEST: Final = 250  # the limit of phonenumbers itself
_PLAIN: Final = re.compile(r"\+?\d[\d ]{1,20}\d", re.ASCII)  # the usual form, which needs no cleaning
_RFC_3966: Final = re.compile(r"tel:[+\d().-]+(?:;[\w-]+=[\w.+-]+)*", re.IGNORECASE)
_VANITY: Final = re.compile(r"(?:0800|(?:\+|00)41 ?(?:\(0\) ?)?800)[ \d.-]*[A-Z][ \dA-Z.-]*", re.IGNORECASE)
_LABEL: Final = re.compile(r"(?:[^\W\d_]+[.:°º]* ?){1,3}(?=[+＋(\d])")
_DIGITS: Final = re.compile(r"[(\[]?[+＋]*[\d ().\-/\[\]\u2010-\u2015\u2212\uff0d\uff0e]+")
_EXTENSION: Final = re.compile(
    r"[ ,;(]*(?:(?<![^\W\d_])(?:interno|interne|intern|int|poste|durchwahl|nst|extension|ext|anexo)(?![^\W\d_])\.?|x|#)"
    r" ?[.:=]? ?(\d{1,7})\)?$",
    re.IGNORECASE,
)
_AROUND: Final = " \"'<>,;:«»“”‘’"
_INVISIBLE: Final = {ord(mark): None for mark in "\u00ad\u200b\u2060"}  # soft hyphen, zero-width space, word joiner
_E164: Final = re.compile(r"\+[1-9]\d{2,14}", re.ASCII)
_SHORT: Final = re.compile(r"1[\d ]{2,9}")


class CallCost(enum.Enum):
    """What calling a number costs the caller, in classes."""

    FREE = "free"
    NORMAL = "normal"
    SHARED = "shared"
    PREMIUM = "premium"


class PhoneKind(enum.Enum):
    """What kind of number it is, in the terms of libphonenumber."""

    FIXED_LINE = "fixed_line"
    MOBILE = "mobile"
    FIXED_LINE_OR_MOBILE = "fixed_line_or_mobile"
    TOLL_FREE = "toll_free"
    PREMIUM_RATE = "premium_rate"
    SHARED_COST = "shared_cost"
    VOIP = "voip"
    PERSONAL_NUMBER = "personal_number"
    PAGER = "pager"
    UAN = "uan"
    """A company's own number, such as 058 of the Confederation."""
    VOICEMAIL = "voicemail"
    UNKNOWN = "unknown"


_COSTS: Final[Mapping[PhoneKind, CallCost]] = {
    PhoneKind.TOLL_FREE: CallCost.FREE,
    PhoneKind.SHARED_COST: CallCost.SHARED,
    PhoneKind.PREMIUM_RATE: CallCost.PREMIUM,
}
_KINDS: Final = dict(enumerate(kind for kind in PhoneKind if kind is not PhoneKind.UNKNOWN))
"""The kinds by libphonenumber's own numbers, which go from 0 in this order."""
_NOBODY_ANSWERS: Final = frozenset({PhoneKind.PAGER, PhoneKind.VOICEMAIL})


def _is_e164(_number: object, _attribute: object, value: str) -> None:
    if not is_a(value, str) or _E164.fullmatch(value) is None:
        raise _refusal("not a number in the form of E.164", value)


def _is_extension(_number: object, _attribute: object, value: str) -> None:
    if not is_a(value, str) or (value and not (value.isascii() and value.isdecimal())):
        raise _refusal("an extension has digits alone", value)


@attrs.frozen(repr=False)
class PhoneNumber:
    """A telephone number that exists in its numbering plan. `PhoneNumber.parse` makes it.

    Two numbers are equal if both number and extension are. Neither `repr` nor `str` shows the number.

    Attributes:
        e164: The number in the form of ITU-T E.164, without the extension.
        extension: The extension inside the house; empty if there is none.
        national: The form for readers of its own country, without the extension.
        kind: What kind of number it is.

    >>> office = PhoneNumber.parse("+41 (0)91 814 55 00")
    >>> office.national, office.international, office.e164
    ('091 814 55 00', '+41 91 814 55 00', '+41918145500')
    >>> print(office)
    PhoneNumber(fixed_line …)
    """

    e164: str = attrs.field(validator=_is_e164, metadata=PERSONAL)
    extension: str = attrs.field(validator=_is_extension, metadata=PERSONAL)
    national: str = attrs.field(kw_only=True, eq=False, metadata=PERSONAL)
    kind: PhoneKind = attrs.field(kw_only=True, eq=False)

    def __repr__(self) -> str:
        return f"PhoneNumber({self.kind.value} …)"

    @classmethod
    def parse(cls, text: str, region: str | None = "CH") -> "PhoneNumber":
        """Read one complete number as people write it.

        Any Unicode space between digits, the usual punctuation, a leading label (`Tel.`), an extension after a word of
        the official languages and `tel:` addresses (RFC 3966) are understood; letters only in 0800 numbers.

        Args:
            text: The number.
            region: The country that a number without country code belongs to, in either case; None if such a number
                is to be refused.

        Raises:
            ConfigurationError: If there is no such country.
            InvalidPhoneNumber: If the text is not one valid number. A short number such as 117 is refused here: see
                `ShortNumber`, or `parse_phone` for both.
        """
        place = _region(region)
        shaped, extension = _shape(_line(text), text)
        number = _read(shaped, place, text)
        extension, number.extension = extension or number.extension or "", None
        library = _library()
        e164 = library.format_number(number, library.PhoneNumberFormat.E164)
        if not library.is_valid_number(number):
            raise _refusal("not a number of any numbering plan", text)
        return cls(
            e164,
            extension,
            national=library.format_number(number, library.PhoneNumberFormat.NATIONAL),
            kind=_KINDS.get(library.number_type(number), PhoneKind.UNKNOWN),
        )

    @property
    def international(self) -> str:
        """The form with the country code, without the extension."""
        return _format(_read(self.e164, None, self.e164), "INTERNATIONAL")

    @property
    def rfc3966(self) -> str:
        """The lossless form, with the extension: `tel:+41-91-814-55-00;ext=12`."""
        number = _format(_read(self.e164, None, self.e164), "RFC3966")
        return f"{number};ext={self.extension}" if self.extension else number

    @property
    def cost(self) -> CallCost:
        """What calling it costs, in classes."""
        return _COSTS.get(self.kind, CallCost.NORMAL)

    @property
    def callable(self) -> bool:
        """Whether a call can reach a person there: neither a pager nor a mailbox."""
        return self.kind not in _NOBODY_ANSWERS


@attrs.frozen
class ShortNumber:
    """A short number such as 117 or 144. `ShortNumber.parse` makes it. It has no international form.

    Attributes:
        number: The bare digits.
        region: The country it is dialled in, in capitals.
        emergency: Whether it is an emergency number there.

    >>> ShortNumber.parse("1 1 7")
    ShortNumber(number='117', region='CH', emergency=True)
    """

    number: str = attrs.field(metadata=PUBLIC)
    region: str = attrs.field(metadata=PUBLIC)
    emergency: bool = attrs.field(kw_only=True, eq=False)

    @classmethod
    def parse(cls, text: str, region: str = "CH") -> "ShortNumber":
        """Read a short number in its bare form; only numbers that start with 1 are for the voice.

        Args:
            text: The number.
            region: The country it is dialled in, in either case.

        Raises:
            ConfigurationError: If there is no such country.
            InvalidPhoneNumber: If no such short number is in use there.
        """
        place = _region(region) or ""
        line = _line(text)
        digits = line.replace(" ", "")
        library = _library()
        if _SHORT.fullmatch(line) is None or not library.is_valid_short_number_for_region(
            _read(digits, place, text), place
        ):
            raise _refusal("not a short number", text)
        return cls(digits, place, emergency=library.is_emergency_number(digits, place))

    @property
    def national(self) -> str:
        """The form for readers: the bare digits."""
        return self.number


def parse_phone(text: str, *, region: str | None = "CH") -> PhoneNumber | ShortNumber:
    """Read a number of either kind: a short number in its bare form, or a complete one.

    Args:
        text: The number.
        region: The country that a number without country code belongs to; None if such a number is to be refused.

    Raises:
        ConfigurationError: If there is no such country.
        InvalidPhoneNumber: If it is neither.
    """
    if region is not None and _SHORT.fullmatch(_line(text)):
        return ShortNumber.parse(text, region)
    return PhoneNumber.parse(text, region)


def _region(region: str | None) -> str | None:
    """The country in capitals; the department's own mistake is no fault of a citizen's number."""
    if region is None:
        return None
    place = region.upper() if is_a(region, str) else ""
    if place not in _library().SUPPORTED_REGIONS:
        raise ConfigurationError([Fault("region", "no country with telephone numbers", "such as CH, or None")])
    return place


def _line(text: str) -> str:
    """The text with single spaces, once it may be a number at all."""
    if not isinstance(text, str):
        raise _refusal(f"{type(text).__name__} was given, not a text", text)
    if _PLAIN.fullmatch(text):
        return text
    if len(text) > _LONGEST:
        raise _refusal(f"more than {_LONGEST} characters", text)
    line = without_marks(text.strip()).translate(_INVISIBLE)
    if has_unsafe(line):
        raise _refusal("a control character stands in it", text)
    return collapse(line).strip(_AROUND)


def _shape(line: str, given: str) -> tuple[str, str]:
    """The bare number and its extension; refuses remarks, second numbers and letters."""
    if _DIGITS.fullmatch(line):
        return line, ""
    if _RFC_3966.fullmatch(line) or _VANITY.fullmatch(line):
        return line, ""
    found = _EXTENSION.search(line)
    extension = found[1] if found else ""
    bare = _LABEL.sub("", line[: found.start()] if found else line, count=1)
    if _DIGITS.fullmatch(bare) is None:
        raise _refusal("something other than one number stands there", given)
    return bare, extension


def _read(text: str, region: str | None, given: str) -> "phonenumbers.PhoneNumber":
    """What the library makes of a text; its own error, which quotes the text, does not get out."""
    library = _library()
    try:
        number: phonenumbers.PhoneNumber | None = library.parse(text, region)
    except library.NumberParseException:
        number = None
    if number is None:
        raise _refusal("not a telephone number", given)
    return number


def _format(number: "phonenumbers.PhoneNumber", form: str) -> str:
    library = _library()
    shown: str = library.format_number(number, getattr(library.PhoneNumberFormat, form))
    return shown


def _library() -> ModuleType:
    import phonenumbers  # noqa: PLC0415 - 40 ms that only who reads a number shall pay

    return phonenumbers


def _refusal(problem: str, given: object) -> InvalidPhoneNumber:
    return InvalidPhoneNumber(
        f"phone number: {problem}; allowed: one complete number such as 091 814 55 00 or +41 91 814 55 00", given=given
    )
