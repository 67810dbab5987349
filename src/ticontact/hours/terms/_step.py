"""One step from a delivery to the last day: data, and its words."""

import enum
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.hours.terms._length import Length
from ticontact.i18n import Text
from ticontact.i18n._text import Form
from ticontact.i18n.terms import (
    BEGINS,
    COUNTED,
    DEEMED,
    DELIVERED_LATER,
    ENDS,
    NOTIFIED,
    STANDS_STILL,
    WITH_HOLIDAY,
    day_and_date,
    from_day,
    from_to,
    on_day,
    ordinal,
)

__all__ = ["Step", "StepKind"]


class StepKind(enum.Enum):
    """What a step of the count says."""

    NOTIFIED = "notified"
    DEEMED = "deemed"
    DELIVERED_LATER = "delivered_later"
    BEGINS = "begins"
    STANDS_STILL = "stands_still"
    COUNTED = "counted"
    ENDS = "ends"

    def __repr__(self) -> str:
        return f"StepKind.{self.name}"


_SENTENCES: Final[Mapping[StepKind, Text]] = MappingProxyType({
    StepKind.NOTIFIED: NOTIFIED,
    StepKind.DEEMED: DEEMED,
    StepKind.DELIVERED_LATER: DELIVERED_LATER,
    StepKind.BEGINS: BEGINS,
    StepKind.STANDS_STILL: STANDS_STILL,
    StepKind.ENDS: ENDS,
})  # fmt: skip


@attrs.frozen
class Step:
    """One step from the delivery to the last day.

    Attributes:
        kind: What it says.
        day: The day it speaks of.
        source: The articles it rests on, parted by semicolons; may be empty in a regime of your own.
        other_day: The last day of a standstill; the first attempt of a deemed delivery; the day itself in other steps.
        length: What has been counted when the count ends, or until mail counts as delivered; None in other steps.
        holiday: The name of the holiday on which the count ends; None if it ends on none.
        with_year: Whether the year is to be named.
    """

    kind: StepKind
    day: date
    source: str = attrs.field(default="", kw_only=True)
    other_day: date = attrs.field(default=attrs.Factory(lambda self: self.day, takes_self=True), kw_only=True)
    length: Length | None = attrs.field(default=None, kw_only=True)
    holiday: Text | None = attrs.field(default=None, kw_only=True)
    with_year: bool = attrs.field(default=False, kw_only=True)

    @property
    def words(self) -> Text:
        """The step for people."""
        words = self._sentence().fill(
            {
                "on": on_day(self.day, with_year=self.with_year),
                "attempt": on_day(self.other_day, with_year=self.with_year),
                "since": from_day(self.day, with_year=self.with_year),
                "span": from_to(self.day, self.other_day, with_year=self.with_year),
                "day": day_and_date(self.day, with_year=self.with_year),
                "count": 0 if self.length is None else self.length.count,
                "ordinal": ordinal(0 if self.length is None else self.length.count),
            }
        )
        return words if self.holiday is None else WITH_HOLIDAY.fill({"sentence": words, "holiday": self.holiday})

    def _sentence(self) -> Text:
        if self.kind is StepKind.COUNTED and self.length is not None:
            return COUNTED[self.length.unit.value]
        return _SENTENCES[self.kind]

    def text(self, language: str, *, form: Form = "written") -> str:
        """The step in a language.

        Raises:
            UnknownLanguage: If ticontact has no texts in it.
        """
        return self.words.text(language, form=form)
