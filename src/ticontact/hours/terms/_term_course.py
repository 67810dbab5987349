"""The course of a term under one reading of the law: when it begins, where it is suspended, when it ends."""

from datetime import date, timedelta
from itertools import takewhile
from typing import Final

import attrs

from ticontact.errors import UnsettledTerm
from ticontact.hours.terms._day_count import first_running_day, month_end, next_working_day, running_end, working_end
from ticontact.hours.terms._days_off import DaysOff
from ticontact.hours.terms._law_readings import BeforeSuspension, Delivery, MonthRule, WorkingDayRule
from ticontact.hours.terms._procedural_law import MonthTerms
from ticontact.hours.terms._term_length import Unit
from ticontact.hours.terms._term_question import Question
from ticontact.hours.terms._term_suspension import DateRange, covering, spans_from

__all__ = ["Course", "course_of"]

_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Course:
    """The days of a term.

    Attributes:
        served: The day that sets the term going.
        first: Day 1.
        suspended: The suspensions that the term meets.
        counted: The day on which the count ends.
        last: The last day to act.
        recess: The recess in which the term would have ended, so that it ends after it; None if it does not.
    """

    served: date
    first: date
    suspended: tuple[DateRange, ...]
    counted: date
    last: date
    recess: DateRange | None = None


def course_of(question: Question, days_off: DaysOff | None = None) -> Course:
    """The course of a term.

    Args:
        question: What is asked, with the reading of the law.
        days_off: The days that cannot be a last day; those of the question by default.

    Raises:
        UnsettledTerm: If the law leaves open what is asked.
        HoursError: If it meets a time for which a rule is not known.
    """
    off = question.days_off if days_off is None else days_off
    served = _served(question, off)
    counted = _counted(question, served, off)
    recess = _recess_met(question, counted, off)
    last = _moved(question, counted, off) if recess is None else _after_recess(recess, question, off)
    question.require_known(last)
    return Course(
        served=served,
        first=first_running_day(served + _DAY, question.suspensions),
        suspended=_suspended(question, served, counted, last),
        counted=counted,
        last=last,
        recess=recess,
    )


def _suspended(question: Question, served: date, counted: date, last: date) -> tuple[DateRange, ...]:
    """The suspensions that hold the term up; not one that begins after its count and leaves the last day as it is."""
    ahead = takewhile(lambda span: span.first <= last, spans_from(served + _DAY, question.suspensions))
    return tuple(span for span in ahead if span.first <= counted or span.last < last)


def _served(question: Question, off: DaysOff) -> date:
    since = question.weekend_act_since
    served = question.served
    holds = since is not None and served >= since and question.law.weekend_act
    if holds and question.delivery is Delivery.UNSIGNED:
        return next_working_day(served, off.__contains__)
    return served


def _counted(question: Question, served: date, off: DaysOff) -> date:
    count, suspensions = question.length.count, question.suspensions
    match question.length.unit:
        case Unit.DAYS:
            return running_end(served + _DAY, count, suspensions)
        case Unit.WORKING_DAYS:
            whole_weeks = question.reading.working_day is WorkingDayRule.MONDAY_TO_FRIDAY
            return working_end(served + _DAY, count, suspensions, (DaysOff(()) if whole_weeks else off).__contains__)
    return _months_counted(question, served)


def _months_counted(question: Question, served: date) -> date:
    """The end of a term in months; the days of suspensions are added to it (BGE 131 V 314 E. 4.6)."""
    first_day = question.month_rule is MonthRule.FIRST_DAY
    end = month_end(served + _DAY if first_day else served, question.length.count)
    met = next(spans_from(served + _DAY, question.suspensions), None)
    if met is not None and met.first <= end and question.law.months is MonthTerms.UNSETTLED:
        raise UnsettledTerm(
            f"months: no source says what the suspension of {met.first} to {met.last} does to a term in months;"
            " allowed: days",
            field="months",
        )
    if met is not None and served + _DAY in met:
        raise UnsettledTerm(
            f"months: no source says how a term in months begins that is notified on {served}, in a suspension;"
            " allowed: days",
            field="months",
        )
    return running_end(served + _DAY, (end - served).days, question.suspensions)


def _recess_met(question: Question, counted: date, off: DaysOff) -> DateRange | None:
    """The recess that the end of a term falls into: its count, or by one reading also the day that this moves to."""
    met = covering(counted, question.recesses)
    if met is None and question.reading.before_suspension is BeforeSuspension.AFTER_SUSPENSION:
        met = covering(next_working_day(counted, off.__contains__), question.recesses)
    return met


def _after_recess(recess: DateRange, question: Question, off: DaysOff) -> date:
    """The third working day after a recess (SchKG/LEF art. 63), or as many as the law says."""
    return working_end(recess.last + _DAY, question.law.recess_days, (), off.__contains__)


def _moved(question: Question, counted: date, off: DaysOff) -> date:
    """The counted day, or the next working day; which may lie in a suspension that begins in between."""
    last = next_working_day(counted, off.__contains__)
    if question.reading.before_suspension is BeforeSuspension.NEXT_WORKING_DAY:
        return last
    while (suspension := covering(last, question.suspensions)) is not None:
        last = next_working_day(suspension.last + _DAY, off.__contains__)
    return last
