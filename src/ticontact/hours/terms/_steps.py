"""The steps from the delivery to the last day, in the order in which they are told."""

from collections.abc import Iterator

from ticontact.hours.terms._course import Course
from ticontact.hours.terms._length import Length, Unit
from ticontact.hours.terms._question import Question
from ticontact.hours.terms._standstill import Span
from ticontact.hours.terms._step import Step, StepKind

__all__ = ["steps_of"]


def steps_of(question: Question, course: Course) -> Iterator[Step]:
    """The steps of a term: delivery, begin, standstills, the end of the count, the last day.

    A standstill that the term begins in is told before its begin, and another one after it.
    """
    with_year = course.last.year - course.served.year > 1
    yield from _delivery(question, course)
    for span in course.suspended:
        if span.first <= course.first:
            yield _standstill(question, span, with_year=with_year)
    yield _begin(question, course, with_year=with_year)
    for span in course.suspended:
        if span.first > course.first:
            yield _standstill(question, span, with_year=with_year)
    yield _count(question, course, with_year=with_year)
    yield Step(StepKind.ENDS, course.last, source=question.regime.end, with_year=True)


def _delivery(question: Question, course: Course) -> Iterator[Step]:
    served, rule = question.served, question.regime.deemed
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
        yield Step(StepKind.NOTIFIED, served, source=question.regime.start, with_year=True)
    if course.served != served:
        yield Step(StepKind.DELIVERED_LATER, course.served, source=question.regime.weekend_act, with_year=True)


def _begin(question: Question, course: Course, *, with_year: bool) -> Step:
    at_once = (course.first - course.served).days == 1
    source = question.regime.start if at_once else question.regime.resumption
    return Step(StepKind.BEGINS, course.first, source=source, with_year=with_year)


def _standstill(question: Question, span: Span, *, with_year: bool) -> Step:
    source = next(rule.source for rule in question.regime.standstills if rule.in_year(span.first.year) == span)
    return Step(StepKind.STANDS_STILL, span.first, source=source, other_day=span.last, with_year=with_year)


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
    """What the count itself rests on: how its unit is counted, or why it does not stand still."""
    regime, exemption = question.regime, question.exemption
    by_unit = {Unit.DAYS: "", Unit.WORKING_DAYS: regime.working_days, Unit.MONTHS: regime.months_source}
    return by_unit[question.length.unit] or ("" if exemption is None else exemption.source)
