"""The two questions, which day is the last and is an act in time, and the answer to them."""

import enum
from collections.abc import Iterator
from datetime import date

import attrs

from ticontact.errors import UnsettledTerm
from ticontact.hours._wall_clock import require_date
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.terms._law_readings import Delivery, Reading
from ticontact.hours.terms._open_questions import OpenPoint, open_points, range_of
from ticontact.hours.terms._procedural_law import ProceduralLaw, Procedure
from ticontact.hours.terms._term_course import course_of
from ticontact.hours.terms._term_length import length_of
from ticontact.hours.terms._term_question import Question
from ticontact.hours.terms._term_steps import Step, steps_of
from ticontact.i18n import Text
from ticontact.i18n._text import Form
from ticontact.i18n._texts.terms import CAUTION, HOLIDAYS_OF, OPEN_QUESTION, SOURCES
from ticontact.plain import checked

__all__ = ["Deadline", "Timeliness", "deadline", "is_in_time"]


class Timeliness(enum.Enum):
    """Whether an act is in time, late, or in time by one reading of the law and late by another."""

    IN_TIME = "in_time"
    OPEN = "open"
    LATE = "late"

    def __repr__(self) -> str:
        return f"Timeliness.{self.name}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Deadline:
    """The last day of a term. An act is in time until midnight of it.

    Attributes:
        last_day: The last day, by the reading that was chosen.
        earliest: The earliest last day that the open questions leave possible; who acts by then is in time.
        latest: The latest such day; who acts after it is late.
        first_day: Day 1 of the term.
        served: The day that set the term going.
        law: The law.
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
    law: ProceduralLaw
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

        Raises:
            HoursError: If the day is no date.
        """
        require_date("act_date", act_date)
        if act_date <= self.earliest:
            return Timeliness.IN_TIME
        return Timeliness.OPEN if act_date <= self.latest else Timeliness.LATE

    def text(self, language: str, *, form: Form = "written") -> str:
        """The steps in one sentence.

        Raises:
            ConfigurationError: If ticontact has no texts in it.
        """
        return "; ".join(step.text(language, form=form) for step in self.steps)

    def explain(self, language: str) -> str:
        """Line by line: the law and the steps, whose holidays count, the sources, what is open, whose word counts.

        The last line says in every case that the decision itself is authoritative.

        Raises:
            ConfigurationError: If ticontact has no texts in it.
        """
        first = f"{self.law.name.text(language)}: {self.text(language)}"
        return "\n".join([first, *(line.text(language) for line in self._remarks())])

    def _remarks(self) -> Iterator[Text]:
        yield HOLIDAYS_OF.fill({"place": " ".join(filter(None, (self.canton.name, self.place)))})
        if self.sources:
            yield SOURCES.fill({"sources": "; ".join(self.sources)})
        for point in self.open_points:
            yield OPEN_QUESTION.fill({"question": point.words})
        yield CAUTION


def deadline(
    law: ProceduralLaw,
    *,
    notified: date | None = None,
    registered_first_attempt: date | None = None,
    days: int | None = None,
    working_days: int | None = None,
    months: int | None = None,
    party_canton: Canton | str | None = None,
    party_place: str | None = None,
    court_canton: Canton | str | None = None,
    court_place: str | None = None,
    procedure: Procedure = Procedure.APPEAL,
    delivery: Delivery = Delivery.UNSAID,
    reading: Reading | None = None,
) -> Deadline:
    """The last day of a legal term, with every step that leads to it.

    All dates are plain dates of the local calendar. The term begins on the day after the delivery, or after the
    suspension in which that day lies; weekends and holidays inside it count; a last day on one of them moves to the
    next working day.

    Args:
        law: The law, such as `TICINO`.
        notified: The day on which the decision was received; of the event, for a term that an event sets going.
        registered_first_attempt: The day on which the post first tried in vain to deliver registered mail. The decision
            counts as delivered on the seventh day after it, or on `notified` if that is earlier.
        days: The length in days.
        working_days: The length in working days, where the law knows such terms.
        months: The length in months; needs a `month_rule` in the reading. A year is twelve months.
        party_canton: The canton, or its two letters, where the party or its representative lives or has its seat.
        party_place: A part of that canton with holidays of its own, as `swiss.places(canton)` names it.
        court_canton: The canton, or its two letters, where the court or the office has its seat, for a law whose
            holidays are those of that place, such as `CIVIL`.
        court_place: A part of that canton with holidays of its own.
        procedure: The kind of procedure, which decides whether the term is suspended.
        delivery: Whether the mail was signed for; it matters only to a law that is not yet in force.
        reading: How the open questions of the law are read; cautiously by default.

    Raises:
        HoursError: If what is asked contradicts itself, or something is missing, or if the rules are not known for that
            time, or if there is no such canton, part of it, or feast.
        UnsettledTerm: If the law leaves open what is asked, and no reading was chosen.
        InvalidValue: If an argument is of another type, such as a text for a `Procedure`.

    >>> from ticontact.hours.terms import TICINO
    >>> deadline(TICINO, notified=date(2024, 12, 10), days=30).last_day
    datetime.date(2025, 1, 27)
    """
    # Before all else, since a datetime is a date to Python.
    for name, day in (("notified", notified), ("registered_first_attempt", registered_first_attempt)):
        if day is not None:
            require_date(name, day)
    question = Question(
        law=law,
        notified=notified,
        first_attempt=registered_first_attempt,
        length=length_of(days=days, working_days=working_days, months=months),
        procedure=procedure,
        delivery=delivery,
        party_canton=Canton.named(party_canton) if isinstance(party_canton, str) else party_canton,
        party_place=party_place,
        court_canton=Canton.named(court_canton) if isinstance(court_canton, str) else court_canton,
        court_place=court_place,
        reading=reading or Reading(),
    )
    return _answer(question)


def _answer(question: Question) -> Deadline:
    course = course_of(question)
    points = open_points(question, course)
    earliest, latest = range_of(question, course, points)
    return Deadline(
        last_day=course.last,
        earliest=earliest,
        latest=latest,
        first_day=course.first,
        served=course.served,
        law=question.law,
        canton=question.canton,
        place=question.place,
        steps=tuple(steps_of(question, course)),
        open_points=points,
    )


def is_in_time(act_date: date, term: Deadline) -> bool:
    """Whether an act of this day keeps a term.

    Args:
        act_date: The day on which it was done: handed to the authority or, before midnight, to the post.
        term: The term, as `deadline` answers it.

    Raises:
        HoursError: If the day is no date.
        UnsettledTerm: If it is in time by one reading of an open question and late by another; `term.timeliness`
            answers that as a value.

    >>> from ticontact.hours.terms import TICINO
    >>> is_in_time(date(2026, 3, 20), deadline(TICINO, notified=date(2026, 2, 17), days=30))
    True
    """
    timeliness = term.timeliness(act_date)
    if timeliness is Timeliness.OPEN:
        open_questions = ", ".join(point.question.value for point in term.open_points)
        raise UnsettledTerm(
            f"act_date: {act_date} is between {term.earliest} and {term.latest}, where the answer depends on an open"
            f" question ({open_questions}); allowed: a reading that decides it, or Deadline.timeliness",
            field="act_date",
        )
    return timeliness is Timeliness.IN_TIME
