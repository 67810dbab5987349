"""The answer: the last day of a term, the steps that lead to it, and what the law leaves open."""

import enum
from collections.abc import Iterator
from datetime import date

import attrs

from ticontact.hours.swiss import Canton
from ticontact.hours.terms._open_questions import OpenPoint
from ticontact.hours.terms._regime import Regime
from ticontact.hours.terms._step import Step
from ticontact.i18n import Text
from ticontact.i18n._text import Form
from ticontact.i18n.terms import CAUTION, HOLIDAYS_OF, OPEN_QUESTION, SOURCES

__all__ = ["Deadline", "Timeliness"]


class Timeliness(enum.Enum):
    """Whether an act is in time, late, or in time by one reading of the law and late by another."""

    IN_TIME = "in_time"
    OPEN = "open"
    LATE = "late"

    def __repr__(self) -> str:
        return f"Timeliness.{self.name}"


@attrs.frozen(kw_only=True)
class Deadline:
    """The last day of a term. An act is in time until midnight of it.

    Attributes:
        last_day: The last day, by the reading that was chosen.
        earliest: The earliest last day that the open questions leave possible; who acts by then is in time.
        latest: The latest such day; who acts after it is late.
        first_day: Day 1 of the term.
        served: The day that set the term going.
        regime: The law.
        canton: The canton whose holidays count.
        place: The part of it that has holidays of its own; None if none was named.
        steps: How the last day comes about, in order.
        open_points: The open questions of the law that touch this term.
    """

    last_day: date
    earliest: date
    latest: date
    first_day: date
    served: date
    regime: Regime
    canton: Canton
    place: str | None
    steps: tuple[Step, ...]
    open_points: tuple[OpenPoint, ...]

    @property
    def is_settled(self) -> bool:
        """Whether no open question of the law touches the last day."""
        return self.open_points == ()

    @property
    def sources(self) -> tuple[str, ...]:
        """What the steps rest on, each once."""
        parts = (part for step in self.steps for part in step.source.split("; "))
        return tuple(dict.fromkeys(part for part in parts if part))

    def timeliness(self, act_date: date) -> Timeliness:
        """Whether an act of this day is in time.

        Args:
            act_date: The day on which it was done: handed to the authority or, before midnight, to the post.
        """
        if act_date <= self.earliest:
            return Timeliness.IN_TIME
        return Timeliness.OPEN if act_date <= self.latest else Timeliness.LATE

    def text(self, language: str, *, form: Form = "written") -> str:
        """The steps in one sentence.

        Raises:
            UnknownLanguage: If ticontact has no texts in it.
        """
        return "; ".join(step.text(language, form=form) for step in self.steps)

    def explain(self, language: str) -> str:
        """Line by line: the law and the steps, whose holidays count, the sources, what is open, whose word counts.

        The last line says in every case that the decision itself is authoritative.

        Raises:
            UnknownLanguage: If ticontact has no texts in it.
        """
        first = f"{self.regime.name.text(language)}: {self.text(language)}"
        return "\n".join([first, *(line.text(language) for line in self._remarks())])

    def _remarks(self) -> Iterator[Text]:
        yield HOLIDAYS_OF.fill({"place": " ".join(filter(None, (self.canton.name, self.place)))})
        if self.sources:
            yield SOURCES.fill({"sources": "; ".join(self.sources)})
        for point in self.open_points:
            yield OPEN_QUESTION.fill({"question": point.words})
        yield CAUTION
