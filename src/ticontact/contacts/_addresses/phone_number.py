"""Is this text one telephone number, and which?

Theory of operation. `phonenumbers` knows every numbering plan, but reads too kindly for a public office: it maps
letters to digits, takes a remark for more digits, calls numbers possible that no exchange connects, and gives a short
number an international form. So the text is brought into a strict shape first (white space, extension, leading label),
the library parses it, and only what it calls valid becomes a `PhoneNumber`. The library is loaded at the first number.
"""

import enum
import re
import unicodedata
from collections.abc import Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Final

import attrs

from ticontact.contacts._addresses.unknown_caller import Unknown, Withheld, absent, on_a_keypad
from ticontact.contacts._field_class import PERSONAL, PUBLIC, hide
from ticontact.contacts._field_types import is_a
from ticontact.contacts._text import collapse, has_unsafe, without_marks
from ticontact.errors import ConfigurationError, Fault, InvalidPhoneNumber
from ticontact.plain import checked_after

if TYPE_CHECKING:
    import phonenumbers

__all__ = ["CallCost", "PhoneKind", "PhoneNumber", "ShortNumber", "parse_caller", "parse_phone"]

_LONGEST: Final = 250  # the limit of phonenumbers itself
_PLAIN: Final = re.compile(r"\+?\d[\d ]{1,20}\d", re.ASCII)  # the usual form, which needs no cleaning
_TEL: Final = re.compile(r"tel:([+\d().-]+)((?:;[\w-]+=[\w.+%-]+)*)", re.IGNORECASE | re.ASCII)
_BETWEEN_DIGITS: Final = dict.fromkeys(map(ord, "-.()"))  # they are for the eye alone
_CONTEXT: Final = re.compile(r"\+[\d.-]{1,20}", re.ASCII)
_FREE: Final = re.compile(r"(?:0800|(?:\+|00)41 ?(?:\(0\) ?)?800)([ \w.-]+)", re.ASCII)
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_AFTER_A_WORD: Final = ".:°"
_WORDS_OF_A_LABEL: Final = 3
_DIGITS: Final = re.compile(r"[(\[]?[+＋]{0,3}[\d ().\-/\[\]\u2010-\u2015\u2212\uff0d\uff0e]+")
_EXTENSION: Final = re.compile(
    r"(?:(?<![^\W\d_])(?:interno|interne|intern|int|poste|durchwahl|dw|nst|extension|ext|anexo|x)(?![^\W\d_])"
    r"\.?(?: ?n[°º.])?|#) ?[.:=]? ?([0-9]{1,7})\)?\Z",
    re.IGNORECASE,
)
_GLUED: Final = frozenset({
    "cel", "cell", "f", "fax", "handy", "m", "mob", "mobil", "mobile", "natel", "p", "phone", "t", "tel", "telefon",
    "telefono", "telephone", "téléphone",
})  # fmt: skip
"""The labels that may touch the digits; other letters there are digits that somebody has mistyped."""
_ZERO_OR_ONE: Final = frozenset("OoIil|ОоІіӀӏΟοΙιՕօ")
_LIKE_DIGITS: Final = _ZERO_OR_ONE | frozenset("BbSsZzQDGВвЅѕЗзбΒβΖζß")
"""Letters that look like a digit, in the Latin, the Cyrillic, the Greek and the Armenian script."""
_APOSTROPHES: Final = re.compile(r"(?<=\d)['’](?=\d)")  # between groups, as with Swiss amounts
_AROUND: Final = " \"'<>,;:«»“”‘’"
_INVISIBLE: Final = {ord(mark): None for mark in "\u00ad\u200b\u2060"}  # soft hyphen, zero-width space, word joiner
_E164: Final = re.compile(r"\+[1-9]\d{2,14}", re.ASCII)
_SHORT: Final = re.compile(r"1[\d ]{2,9}", re.ASCII)
_LONGEST_EXTENSION: Final = 40  # digits
_SHORTEST_WORD: Final = 3  # letters of a free number that are dialled


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
    if (
        not is_a(value, str)
        or len(value) > _LONGEST_EXTENSION
        or (value and not (value.isascii() and value.isdecimal()))
    ):
        raise _refusal("an extension has digits alone", value)


def _is_shown(_number: object, _attribute: object, value: str) -> None:
    if not is_a(value, str) or len(value) > _LONGEST or has_unsafe(value):
        raise _refusal("a national form is one line of text", value)


@attrs.frozen(repr=False, field_transformer=hide)
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
    national: str = attrs.field(kw_only=True, eq=False, validator=_is_shown, metadata=PERSONAL)
    kind: PhoneKind = attrs.field(kw_only=True, eq=False)

    def __repr__(self) -> str:
        return f"PhoneNumber({self.kind.value} …)"

    @classmethod
    def parse(cls, text: str, region: str | None = "CH") -> "PhoneNumber":
        """Read one complete number as people write it.

        Any Unicode space between digits, the usual punctuation, a label in front (`Tel.`), an extension at the end
        after a word of the official languages, and `tel:` addresses (RFC 3966) are understood. Letters elsewhere are
        refused, but for a word of a 0800 number: `+4I 79 123 45 67` is a typing error, not a number in Norway.

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
        if on_a_keypad(shaped.removeprefix("tel:").partition(";")[0]):
            raise _refusal("the word for a withheld or an unknown caller, typed on a keypad", text)
        number = _read(shaped, place, text)
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
        """The form with the country code, without the extension; the bare number if its country code is gone."""
        return _form(self.e164, "INTERNATIONAL") or self.e164

    @property
    def rfc3966(self) -> str:
        """The lossless form, with the extension: `tel:+41-91-814-55-00;ext=12`."""
        number = _form(self.e164, "RFC3966") or f"tel:{self.e164}"
        return f"{number};ext={self.extension}" if self.extension else number

    @property
    def cost(self) -> CallCost:
        """What calling it costs, in classes."""
        return _COSTS.get(self.kind, CallCost.NORMAL)

    @property
    def callable(self) -> bool:
        """Whether a call can reach a person there: neither a pager nor a mailbox."""
        return self.kind not in _NOBODY_ANSWERS


@attrs.frozen(field_transformer=checked_after)
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


def parse_caller(text: str, *, region: str | None = "CH") -> PhoneNumber | ShortNumber | Withheld | Unknown:
    """Read what a telephone, an exchange or a form gives as the caller: a number, or what stands in its place.

    Withheld is what says so in an official language or in English (`unterdrückt`, `numero privato`, `Restricted`), the
    SIP address of nobody (`sip:anonymous@anonymous.invalid`, RFC 3323), a privacy value (RFC 3325) and the word
    ANONYMOUS as gateways type it on a keypad (266696687); unknown is what says that (`Unavailable`, `sconosciuto`).
    Case, accents, outer spaces and quotes do not matter.

    Args:
        text: What was given; of a name with an address in angle brackets the address counts.
        region: The country that a number without country code belongs to; None if such a number is to be refused.

    Raises:
        ConfigurationError: If there is no such country.
        InvalidPhoneNumber: If it is no number either.

    >>> parse_caller("Numero privato"), parse_caller("unavailable"), parse_caller("117")
    (Withheld(), Unknown(), ShortNumber(number='117', region='CH', emergency=True))
    """
    said = absent(text) if is_a(text, str) else None
    return said or parse_phone(text, region=region)


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
    line = _APOSTROPHES.sub(" ", collapse(line).strip(_AROUND))
    return line if line.isascii() else _composed(line)


def _composed(line: str) -> str:
    """The line with letters and accents in one piece, and the digits of every script as 0 to 9."""
    composed = unicodedata.normalize("NFC", line)
    return "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in composed)


def _shape(line: str, given: str) -> tuple[str, str]:
    """The bare number and its extension; refuses remarks, second numbers and letters.

    What comes out has no letter, but for a word of a free number: the library would delete other letters, or dial them.
    """
    if _DIGITS.fullmatch(line):
        return line, ""
    if address := _TEL.fullmatch(line):
        return _of_address(address[1], address[2], given)
    found = _EXTENSION.search(line)
    before, extension = (line[: found.start()].rstrip(" ,;("), found[1]) if found else (line, "")
    bare = _without_label(before)
    if _DIGITS.fullmatch(bare) or _is_free_word(bare):
        return bare, extension
    if any(all(_looks_like(mark, _LIKE_DIGITS) for mark in word) for word in _WORD.findall(bare)):
        raise _refusal("a letter that looks like a digit stands among the digits", given)
    raise _refusal("something other than one number stands there", given)


def _of_address(number: str, parameters: str, given: str) -> tuple[str, str]:
    """The number and the extension of a `tel:` address (RFC 3966); other parameters change neither."""
    values = dict(reversed([each.split("=") for each in parameters.lower().split(";") if each]))
    extension = values.get("ext", "")
    if extension and not extension.isdecimal():
        raise _refusal("an extension has digits alone", given)
    context = values.get("phone-context", "")
    where = f";phone-context={context}" if _CONTEXT.fullmatch(context) else ""
    return f"tel:{number.translate(_BETWEEN_DIGITS)}{where}", extension


def _without_label(line: str) -> str:
    """The text without up to three words in front of the number, such as `Tel.` or `Numero di telefono`.

    One pass, word by word. Letters that touch the digits are a label only if they are a known one, and a word of
    nothing but letters that look like 0 or 1 is none: in `O79 123 45 67` somebody has typed a digit, and meant it.
    """
    start = at = int(line.startswith(("(", "[")))
    word, gap = "", ""
    for _ in range(_WORDS_OF_A_LABEL):
        found = _WORD.match(line, at)
        if found is None:
            break
        word, at = found[0], found.end()
        rest = line[at:].lstrip(_AFTER_A_WORD).removeprefix(" ")
        gap, at = line[at : len(line) - len(rest)], len(line) - len(rest)
    number = line[at:]
    typed = not word or (":" not in gap and all(_looks_like(mark, _ZERO_OR_ONE) for mark in word))
    touches = not gap and number[:1].isdecimal() and word.casefold() not in _GLUED
    is_number = number.startswith(("+", "＋", "(")) or number[:1].isdecimal()
    return line if typed or touches or not is_number else line[:start] + number


def _is_free_word(line: str) -> bool:
    """Whether it is a free number with a word to dial by the keypad, as in `0800 TICINO`, and not a typing error."""
    found = _FREE.fullmatch(line)
    if found is None or "_" in found[1]:
        return False
    rest = found[1]
    words = list(_LETTERS.finditer(rest))
    # The library dials letters from three on; fewer it would delete.
    return sum(len(word[0]) for word in words) >= _SHORTEST_WORD and not any(_is_typed(word, rest) for word in words)


def _is_typed(word: re.Match[str], rest: str) -> bool:
    """Whether letters of a free number are digits that somebody has mistyped, as in `0800 1O3 456`."""
    touches = rest[word.start() - 1 : word.start()].isdecimal() or rest[word.end() : word.end() + 1].isdecimal()
    return (touches and len(word[0]) < _SHORTEST_WORD) or all(_looks_like(mark, _LIKE_DIGITS) for mark in word[0])


def _looks_like(mark: str, marks: frozenset[str]) -> bool:
    """Whether a character is one of some, in whatever width or style."""
    return mark in marks or unicodedata.normalize("NFKC", mark) in marks


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


def _form(e164: str, form: str) -> str:
    """A number in some form; empty if no country has its code, as in a stored document of another time."""
    library = _library()
    try:
        shown: str = library.format_number(library.parse(e164), getattr(library.PhoneNumberFormat, form))
    except library.NumberParseException:
        shown = ""
    return shown


def _library() -> ModuleType:
    import phonenumbers  # noqa: PLC0415 - 40 ms that only who reads a number shall pay

    return phonenumbers


def _refusal(problem: str, given: object) -> InvalidPhoneNumber:
    return InvalidPhoneNumber(
        f"phone number: {problem}; allowed: one complete number such as 091 814 55 00 or +41 91 814 55 00",
        given=given,
        field="phone number",
    )
