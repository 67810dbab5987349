"""The steps from a delivery to the last day: data, the words of each, and the order in which they are told."""

import enum
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.hours.terms._term_course import Course
from ticontact.hours.terms._term_length import Length, Unit
from ticontact.hours.terms._term_question import Question
from ticontact.hours.terms._term_suspension import DateRange
from ticontact.i18n import Text
from ticontact.i18n._text import Form
from ticontact.i18n._texts.terms import (
    BEGINS,
    COUNTED,
    DEEMED,
    DELIVERED_LATER,
    ENDS,
    EXTENDED,
    NOTIFIED,
    SUSPENDED,
    WITH_HOLIDAY,
    day_and_date,
    from_day,
    from_to,
    on_day,
    ordinal,
)
from ticontact.plain import checked

__all__ = ["Step", "StepKind", "steps_of"]


class StepKind(enum.Enum):
    """What a step of the count says."""

    NOTIFIED = "notified"
    DEEMED = "deemed"
    DELIVERED_LATER = "delivered_later"
    BEGINS = "begins"
    SUSPENDED = "stands_still"
    COUNTED = "counted"
    EXTENDED = "extended"
    ENDS = "ends"

    def __repr__(self) -> str:
        return f"StepKind.{self.name}"


_SENTENCES: Final[Mapping[StepKind, Text]] = MappingProxyType({
    StepKind.NOTIFIED: NOTIFIED,
    StepKind.DEEMED: DEEMED,
    StepKind.DELIVERED_LATER: DELIVERED_LATER,
    StepKind.BEGINS: BEGINS,
    StepKind.SUSPENDED: SUSPENDED,
    StepKind.EXTENDED: EXTENDED,
    StepKind.ENDS: ENDS,
})  # fmt: skip


@attrs.frozen(field_transformer=checked)
class Step:
    """One step from the delivery to the last day.

    Attributes:
        kind: What it says.
        day: The day it speaks of.
        source: The articles it rests on, parted by semicolons; may be empty in a law of your own.
        other_day: The last day of a suspension or a recess; the first attempt of a deemed delivery; the day itself in
            other steps.
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
            ConfigurationError: If ticontact has no texts in it.
        """
        return self.words.text(language, form=form)


def steps_of(question: Question, course: Course) -> Iterator[Step]:
    """The steps of a term: delivery, begin, suspensions, the end of the count, the last day.

    A suspension that the term begins in is told before its begin, and another one after it.
    """
    with_year = course.last.year - course.served.year > 1
    yield from _delivery(question, course)
    for span in course.suspended:
        if span.first <= course.first:
            yield _suspension(question, span, with_year=with_year)
    yield _begin(question, course, with_year=with_year)
    for span in course.suspended:
        if span.first > course.first:
            yield _suspension(question, span, with_year=with_year)
    yield _count(question, course, with_year=with_year)
    if course.recess is not None:
        first, last = course.recess.first, course.recess.last
        source = question.law.recess_source
        yield Step(StepKind.EXTENDED, first, source=source, other_day=last, with_year=with_year)
    yield Step(StepKind.ENDS, course.last, source=question.law.end, with_year=True)


def _delivery(question: Question, course: Course) -> Iterator[Step]:
    served, rule = question.served, question.law.deemed
    if question.first_attempt is not None and rule is not None and served == question.deemed:
        yield Step(
            StepKind.DEEMED,
            served,
            source=rule.source,
            other_day=question.first_attempt,
            length=Length(rule.days, Unit.DAYS),
            with_year=True,
        )
    else:
        yield Step(StepKind.NOTIFIED, served, source=question.law.start, with_year=True)
    if course.served != served:
        yield Step(StepKind.DELIVERED_LATER, course.served, source=question.law.weekend_act, with_year=True)


def _begin(question: Question, course: Course, *, with_year: bool) -> Step:
    at_once = (course.first - course.served).days == 1
    source = question.law.start if at_once else question.law.resumption
    return Step(StepKind.BEGINS, course.first, source=source, with_year=with_year)


def _suspension(question: Question, span: DateRange, *, with_year: bool) -> Step:
    year = span.first.year
    source = next(rule.source_in(year) for rule in question.law.suspensions if rule.in_year(year) == span)
    return Step(StepKind.SUSPENDED, span.first, source=source, other_day=span.last, with_year=with_year)


def _count(question: Question, course: Course, *, with_year: bool) -> Step:
    holiday = question.days_off.holiday(course.counted)
    return Step(
        StepKind.COUNTED,
        course.counted,
        source=_source_of_count(question),
        length=question.length,
        holiday=None if holiday is None else holiday.name,
        with_year=with_year,
    )


def _source_of_count(question: Question) -> str:
    """What the count itself rests on: how its unit is counted, or why it is not suspended."""
    law, exemption = question.law, question.exemption
    by_unit = {Unit.DAYS: "", Unit.WORKING_DAYS: law.working_days, Unit.MONTHS: law.months_source}
    return by_unit[question.length.unit] or ("" if exemption is None else exemption.source)
