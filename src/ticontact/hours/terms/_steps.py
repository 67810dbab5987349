"""The steps from the delivery to the last day, in words."""

from collections.abc import Iterator
from datetime import date

from ticontact.hours.terms._answer import Step, StepKind
from ticontact.hours.terms._course import Course
from ticontact.hours.terms._holidays import DaysOff
from ticontact.hours.terms._length import Unit
from ticontact.hours.terms._question import Question
from ticontact.hours.terms._standstill import Span
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
)

__all__ = ["steps_of"]


def steps_of(question: Question, course: Course) -> Iterator[Step]:
    """The steps of a term in the order in which they are told."""
    several_years = course.last.year - course.served.year > 1
    yield from _delivery(question, course)
    before = [span for span in course.suspended if span.first <= course.first]
    yield from (_standstill(question, span, with_year=several_years) for span in before)
    yield _begin(question, course, with_year=several_years)
    after = [span for span in course.suspended if span.first > course.first]
    yield from (_standstill(question, span, with_year=several_years) for span in after)
    yield _count(question, course, question.days_off, with_year=several_years)
    words = ENDS.fill({"day": day_and_date(course.last, with_year=True)})
    yield Step(StepKind.ENDS, course.last, words, source=question.regime.end)


def _delivery(question: Question, course: Course) -> Iterator[Step]:
    served = question.served
    on = on_day(served, with_year=True)
    if question.first_attempt is not None and question.regime.deemed is not None and served == question.deemed:
        attempt = on_day(question.first_attempt, with_year=True)
        deemed = question.regime.deemed
        words = DEEMED.fill({"attempt": attempt, "on": on, "days": deemed.days})
        yield Step(StepKind.DEEMED, served, words, source=deemed.source)
    else:
        yield Step(StepKind.NOTIFIED, served, NOTIFIED.fill({"on": on}), source=question.regime.start)
    if course.served != served:
        words = DELIVERED_LATER.fill({"on": on_day(course.served, with_year=True)})
        yield Step(StepKind.DELIVERED_LATER, course.served, words, source=question.regime.weekend_act)


def _begin(question: Question, course: Course, *, with_year: bool) -> Step:
    regime = question.regime
    at_once = (course.first - course.served).days == 1
    words = BEGINS.fill({"since": from_day(course.first, with_year=with_year)})
    return Step(StepKind.BEGINS, course.first, words, source=regime.start if at_once else regime.resumption)


def _standstill(question: Question, span: Span, *, with_year: bool) -> Step:
    source = next(each.source for each in question.regime.standstills if each.in_year(span.first.year) == span)
    words = STANDS_STILL.fill({"span": from_to(span.first, span.last, with_year=with_year)})
    return Step(StepKind.STANDS_STILL, span.first, words, source=source)


def _count(question: Question, course: Course, days_off: DaysOff, *, with_year: bool) -> Step:
    length = question.length
    day = day_and_date(course.counted, with_year=with_year)
    words = COUNTED[length.unit.value].fill({"count": length.count, "day": day})
    holiday = days_off.holiday(course.counted)
    if holiday is not None:
        words = WITH_HOLIDAY.fill({"sentence": words, "holiday": holiday.name})
    return Step(StepKind.COUNTED, course.counted, words, source=_source_of_count(question, course.counted))


def _source_of_count(question: Question, counted: date) -> str:
    """What the count itself rests on: why it does not stand still, or how its unit is counted."""
    regime, exemption = question.regime, question.exemption
    by_unit = {Unit.DAYS: "", Unit.WORKING_DAYS: regime.working_days, Unit.MONTHS: regime.months_source}
    return by_unit[question.length.unit] or ("" if exemption is None else exemption.source)
