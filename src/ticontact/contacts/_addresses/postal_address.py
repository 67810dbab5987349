"""Where does a letter go?

Fields and their lengths are those of eCH-0010 (postal address for natural and legal persons). Only the form is checked:
which towns and codes exist is licensed data that a department brings along.
"""

import enum
import re
from collections.abc import Callable
from types import NoneType
from typing import Final

import attrs

from ticontact.contacts._field_class import PERSONAL, hide
from ticontact.contacts._field_types import is_a, of_kind
from ticontact.contacts._text import has_unsafe
from ticontact.errors import InvalidAddress
from ticontact.i18n import Text
from ticontact.i18n._texts import contacts as texts

__all__ = ["PostalAddress", "Salutation"]

_SWISS_CODE: Final = re.compile(r"[1-9]\d{3}", re.ASCII)
_BOX: Final = re.compile(r"\d{1,8}|-", re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_BESIDE: Final = {
    "first_name": "last_name",
    "title": "last_name",
    "organisation_add_on1": "organisation",
    "organisation_add_on2": "organisation",
    "house_number": "street",
    "dwelling_number": "street",
    "post_office_box_text": "post_office_box",
    "swiss_code_add_on": "swiss_code",
}
"""What is there only beside something else."""
_AT_HOME: Final = frozenset({"CH", "LI"})  # Liechtenstein has Swiss postal codes


def _up_to(longest: int) -> Callable[[object, "attrs.Attribute[str]", str], None]:
    def check(_address: object, attribute: "attrs.Attribute[str]", value: str) -> None:
        if not is_a(value, str) or len(value) > longest or has_unsafe(value):
            raise _refusal(attribute.name, f"up to {longest} characters without control characters", value)

    return check


class Salutation(enum.Enum):
    """How somebody is addressed. eCH-0010 had a third, which has been given up (RFC 2019-43 of eCH)."""

    MRS = "mrs"
    MR = "mr"

    @property
    def label(self) -> Text:
        """The salutation in words."""
        return texts.SALUTATIONS[self.value]

    @property
    def ech0010(self) -> int:
        """Its number in eCH-0010."""
        return 1 if self is Salutation.MRS else 2


@attrs.frozen(kw_only=True, field_transformer=hide)
class PostalAddress:
    """A postal address in the terms of eCH-0010.

    Attributes:
        organisation: The office or firm.
        organisation_add_on1: An addition to its name, such as the department.
        organisation_add_on2: One more.
        salutation: How the person is addressed; None for nothing.
        title: The academic or professional title.
        first_name: The given names; only together with a last name.
        last_name: The family name.
        line1: A line above the street, such as `c/o`.
        line2: One more.
        street: The street without its number.
        house_number: The number of the house.
        dwelling_number: The number of the flat; it does not stand on the envelope.
        post_office_box: The number of the post-office box, or `-` for one without a number; empty if there is none.
        post_office_box_text: The word before it; empty for the one of the language.
        locality: The quarter or hamlet.
        town: The town.
        swiss_code: The Swiss postal code, 1000 to 9999.
        swiss_code_add_on: What the post adds to it inside; it does not stand on the envelope.
        foreign_code: The postal code abroad.
        country: The country, ISO 3166-1 alpha-2.
        country_name: The name of the country for the envelope; needed abroad.

    Raises:
        InvalidAddress: If a field is too long, or fields contradict one another; the error names the field.

    >>> PostalAddress(organisation="Ufficio", street="Via Lugano", house_number="4", swiss_code="6501",
    ...               town="Bellinzona").lines("it")
    ('Ufficio', 'Via Lugano 4', '6501 Bellinzona')
    """

    organisation: str = attrs.field(default="", validator=_up_to(60), metadata=PERSONAL)
    organisation_add_on1: str = attrs.field(default="", validator=_up_to(60), metadata=PERSONAL)
    organisation_add_on2: str = attrs.field(default="", validator=_up_to(60), metadata=PERSONAL)
    salutation: Salutation | None = attrs.field(
        default=None, validator=of_kind(Salutation, NoneType, error=InvalidAddress), metadata=PERSONAL
    )
    title: str = attrs.field(default="", validator=_up_to(50), metadata=PERSONAL)
    first_name: str = attrs.field(default="", validator=_up_to(30), metadata=PERSONAL)
    last_name: str = attrs.field(default="", validator=_up_to(30), metadata=PERSONAL)
    line1: str = attrs.field(default="", validator=_up_to(60), metadata=PERSONAL)
    line2: str = attrs.field(default="", validator=_up_to(60), metadata=PERSONAL)
    street: str = attrs.field(default="", validator=_up_to(60), metadata=PERSONAL)
    house_number: str = attrs.field(default="", validator=_up_to(12), metadata=PERSONAL)
    dwelling_number: str = attrs.field(default="", validator=_up_to(10), metadata=PERSONAL)
    post_office_box: str = attrs.field(default="", validator=_up_to(8), metadata=PERSONAL)
    post_office_box_text: str = attrs.field(default="", validator=_up_to(15), metadata=PERSONAL)
    locality: str = attrs.field(default="", validator=_up_to(40), metadata=PERSONAL)
    town: str = attrs.field(validator=_up_to(40), metadata=PERSONAL)
    swiss_code: str = attrs.field(default="", validator=_up_to(4), metadata=PERSONAL)
    swiss_code_add_on: str = attrs.field(default="", validator=_up_to(2), metadata=PERSONAL)
    foreign_code: str = attrs.field(default="", validator=_up_to(15), metadata=PERSONAL)
    country: str = attrs.field(default="CH", validator=_up_to(2))
    country_name: str = attrs.field(default="", validator=_up_to(50))

    def __attrs_post_init__(self) -> None:
        if not self.town:
            raise _refusal("town", "a name", self.town)
        for field, needs in _BESIDE.items():
            if getattr(self, field) and not getattr(self, needs):
                raise _refusal(needs, f"a value beside {field}", getattr(self, needs))
        if self.post_office_box and _BOX.fullmatch(self.post_office_box) is None:
            raise _refusal("post_office_box", "1 to 8 digits, or - for a box without a number", self.post_office_box)
        if _COUNTRY.fullmatch(self.country) is None:
            raise _refusal("country", "two capitals as in ISO 3166-1", self.country)
        if self.is_abroad:
            self._check_abroad()
        elif _SWISS_CODE.fullmatch(self.swiss_code) is None or self.foreign_code:
            raise _refusal("swiss_code", "1000 to 9999, and no foreign code beside it", self.swiss_code)

    def _check_abroad(self) -> None:
        if self.swiss_code:
            raise _refusal("swiss_code", "nothing abroad; the code goes to foreign_code", self.swiss_code)
        if not self.country_name:
            raise _refusal("country_name", "a name for the envelope", self.country_name)

    @property
    def is_abroad(self) -> bool:
        """Whether a letter there leaves the area of the Swiss postal codes."""
        return self.country not in _AT_HOME

    def lines(self, language: str) -> tuple[str, ...]:
        """The lines for the window of an envelope, without empty ones.

        Args:
            language: The language of the salutation and of the word for the post-office box.

        Raises:
            ConfigurationError: If ticontact has no texts in it.
        """
        lines = (
            self.organisation,
            self.organisation_add_on1,
            self.organisation_add_on2,
            self.salutation.label.text(language) if self.salutation else "",
            " ".join(filter(None, (self.title, self.first_name, self.last_name))),
            self.line1,
            self.line2,
            f"{self.street} {self.house_number}",
            self._box(language),
            self.locality,
            f"{self.swiss_code or self.foreign_code} {self.town}",
            self.country_name.upper() if self.is_abroad else "",
        )
        return tuple(line.strip() for line in lines if line.strip())

    def _box(self, language: str) -> str:
        if not self.post_office_box:
            return ""
        word = self.post_office_box_text or texts.POST_OFFICE_BOX.text(language)
        return word if self.post_office_box == "-" else f"{word} {self.post_office_box}"


def _refusal(field: str, allowed: str, given: str) -> InvalidAddress:
    return InvalidAddress(f"postal address, {field}: allowed: {allowed}", given=given, field=f"postal address, {field}")
