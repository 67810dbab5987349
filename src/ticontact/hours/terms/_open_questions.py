"""Which open questions of the law touch a term, and what its last day would be by the other reading."""

import enum
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.hours.terms._course import Course, course_of
from ticontact.hours.terms._holidays import COMMONLY_KEPT, DaysOff, local_holidays, statutory_holidays
from ticontact.hours.terms._question import Question
from ticontact.hours.terms._reading import (
    BeforeStandstill,
    Delivery,
    FirstInstance,
    HalfHoliday,
    MonthRule,
    WorkingDayRule,
)
from ticontact.i18n import Text
from ticontact.i18n.terms import OPEN_QUESTIONS, OTHERWISE, day_and_date

__all__ = ["OpenPoint", "OpenQuestion", "open_points", "range_of"]

_WEEKEND_ACT_PASSED: Final = date(2025, 9, 26)


class OpenQuestion(enum.Enum):
    """The questions that the sources leave open."""

    BEFORE_STANDSTILL = "before_standstill"
    FIRST_INSTANCE = "first_instance"
    HALF_HOLIDAY = "half_holiday"
    COMMON_HOLIDAY = "common_holiday"
    LOCAL_HOLIDAY = "local_holiday"
    PARTY_ELSEWHERE = "party_elsewhere"
    MONTH_RULE = "month_rule"
    WORKING_DAY = "working_day"
    WEEKEND_DELIVERY = "weekend_delivery"
    PROJECTED_HOLIDAYS = "projected_holidays"

    def __repr__(self) -> str:
        return f"OpenQuestion.{self.name}"


@attrs.frozen
class OpenPoint:
    """An open question that touches a term.

    Attributes:
        question: Which one.
        otherwise: The last day by the other reading; None where there is no other day to name.
    """

    question: OpenQuestion
    otherwise: date | None = None

    @property
    def words(self) -> Text:
        """The question, and the other last day."""
        words = OPEN_QUESTIONS[self.question.value]
        if self.otherwise is None:
            return words
        return OTHERWISE.fill({"question": words, "day": day_and_date(self.otherwise, with_year=True)})


@attrs.frozen
class _Setting:
    question: Question
    days_off: DaysOff

    def reading(self, **choices: object) -> "_Setting":
        """The same setting with other choices."""
        return attrs.evolve(
            self, question=attrs.evolve(self.question, reading=attrs.evolve(self.question.reading, **choices))
        )

    def course(self) -> Course:
        """The course of the term in this setting."""
        return course_of(self.question, self.days_off)


def _before_standstill(setting: _Setting) -> _Setting:
    choices = BeforeStandstill
    after = setting.question.reading.before_standstill is choices.AFTER_STANDSTILL
    return setting.reading(before_standstill=choices.NEXT_WORKING_DAY if after else choices.AFTER_STANDSTILL)


def _first_instance(setting: _Setting) -> _Setting:
    runs = setting.question.reading.first_instance is FirstInstance.RUNS
    return setting.reading(first_instance=FirstInstance.STANDS_STILL if runs else FirstInstance.RUNS)


def _half_holiday(setting: _Setting) -> _Setting:
    half_days = setting.question.reading.half_holiday is not HalfHoliday.HOLIDAY
    return attrs.evolve(setting, days_off=attrs.evolve(setting.days_off, half_days=half_days))


def _common_holiday(setting: _Setting) -> _Setting:
    return attrs.evolve(setting, days_off=setting.days_off | COMMONLY_KEPT)


def _local_holiday(setting: _Setting) -> _Setting:
    question = setting.question
    if question.place is not None:
        return setting
    return attrs.evolve(setting, days_off=setting.days_off | local_holidays(question.canton))


def _party_elsewhere(setting: _Setting) -> _Setting:
    party = setting.question.party_canton
    if party is None or party is setting.question.canton:
        return setting
    return attrs.evolve(setting, days_off=setting.days_off | statutory_holidays(party))


def _month_rule(setting: _Setting) -> _Setting:
    first_day = setting.question.reading.month_rule is MonthRule.FIRST_DAY
    return setting.reading(month_rule=MonthRule.NOTIFICATION_DAY if first_day else MonthRule.FIRST_DAY)


def _working_day(setting: _Setting) -> _Setting:
    whole_weeks = setting.question.reading.working_day is WorkingDayRule.MONDAY_TO_FRIDAY
    return setting.reading(
        working_day=WorkingDayRule.WITHOUT_HOLIDAYS if whole_weeks else WorkingDayRule.MONDAY_TO_FRIDAY
    )


def _weekend_delivery(setting: _Setting) -> _Setting:
    question = setting.question
    since = question.reading.weekend_act_since
    mailed = question.delivery is not Delivery.SIGNED and question.first_attempt is None
    unknown = since is None or question.delivery is Delivery.UNSAID
    if not (mailed and unknown and question.served >= _WEEKEND_ACT_PASSED):
        return setting
    unsigned = attrs.evolve(setting, question=attrs.evolve(question, delivery=Delivery.UNSIGNED))
    return unsigned.reading(weekend_act_since=since or _WEEKEND_ACT_PASSED)


_OTHER_READINGS: Final[Mapping[OpenQuestion, Callable[[_Setting], _Setting]]] = MappingProxyType({
    OpenQuestion.BEFORE_STANDSTILL: _before_standstill,
    OpenQuestion.FIRST_INSTANCE: _first_instance,
    OpenQuestion.HALF_HOLIDAY: _half_holiday,
    OpenQuestion.COMMON_HOLIDAY: _common_holiday,
    OpenQuestion.LOCAL_HOLIDAY: _local_holiday,
    OpenQuestion.PARTY_ELSEWHERE: _party_elsewhere,
    OpenQuestion.MONTH_RULE: _month_rule,
    OpenQuestion.WORKING_DAY: _working_day,
    OpenQuestion.WEEKEND_DELIVERY: _weekend_delivery,
})  # fmt: skip


def open_points(question: Question, course: Course) -> tuple[OpenPoint, ...]:
    """The open questions that matter for a term: those whose other reading gives another last day.

    Args:
        question: What was asked.
        course: The course of the term by the reading that was chosen.
    """
    setting = _Setting(question, question.days_off)
    points = []
    for kind, change in _OTHER_READINGS.items():
        other = change(setting)
        last = course.last if other == setting else other.course().last
        if last != course.last:
            points.append(OpenPoint(kind, last))
    if setting.days_off.projected(course.last.year):
        points.append(OpenPoint(OpenQuestion.PROJECTED_HOLIDAYS))
    return tuple(points)


def range_of(question: Question, course: Course, points: tuple[OpenPoint, ...]) -> tuple[date, date]:
    """The earliest and the latest last day that the open questions leave possible, alone and together."""
    days = [course.last, *(point.otherwise for point in points if point.otherwise is not None)]
    for earlier in (True, False):
        setting = _Setting(question, question.days_off)
        for point in points:
            if point.otherwise is not None and (point.otherwise < course.last) == earlier:
                setting = _OTHER_READINGS[point.question](setting)
        days.append(setting.course().last)
    return min(days), max(days)
