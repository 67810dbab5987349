"""Which open questions of the law touch a term, and what its last day would be by the other reading."""

import enum
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.hours._holiday import HolidayCalendar
from ticontact.hours.terms._days_off import COMMONLY_KEPT, DaysOff, local_holidays, statutory_holidays
from ticontact.hours.terms._law_readings import (
    BeforeSuspension,
    Delivery,
    FirstInstance,
    HalfHoliday,
    MonthRule,
    Reading,
    WorkingDayRule,
)
from ticontact.hours.terms._term_course import Course, course_of
from ticontact.hours.terms._term_length import Unit
from ticontact.hours.terms._term_question import Question
from ticontact.i18n import Text
from ticontact.i18n._texts.terms import OPEN_QUESTIONS, OTHERWISE, day_and_date
from ticontact.plain import checked

__all__ = ["OpenPoint", "OpenQuestion", "open_points", "range_of"]

_WEEKEND_ACT_PASSED: Final = date(2025, 9, 26)


class OpenQuestion(enum.Enum):
    """The questions that the sources leave open."""

    BEFORE_SUSPENSION = "before_suspension"
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


@attrs.frozen(field_transformer=checked)
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
    """What is asked, the days that count as off, and the course that the chosen reading gives."""

    question: Question
    days_off: DaysOff
    chosen: Course

    @property
    def reading(self) -> Reading:
        """The reading of the question."""
        return self.question.reading

    def read(self, reading: Reading) -> "_Setting":
        """The same setting by another reading."""
        return attrs.evolve(self, question=attrs.evolve(self.question, reading=reading))

    def keep(self, calendar: HolidayCalendar) -> "_Setting":
        """The same setting with more holidays; itself where they cannot matter."""
        by_day = self.question.length.unit is Unit.WORKING_DAYS or self.question.delivery is Delivery.UNSIGNED
        if not by_day and calendar.on(self.chosen.last) is None:
            return self
        return attrs.evolve(self, days_off=self.days_off | calendar)

    def last_day(self) -> date:
        """The last day of the term in this setting."""
        return course_of(self.question, self.days_off).last


def _before_suspension(setting: _Setting) -> _Setting:
    if setting.chosen.counted == setting.chosen.last:
        return setting
    after = setting.reading.before_suspension is BeforeSuspension.AFTER_SUSPENSION
    other = BeforeSuspension.NEXT_WORKING_DAY if after else BeforeSuspension.AFTER_SUSPENSION
    return setting.read(attrs.evolve(setting.reading, before_suspension=other))


def _first_instance(setting: _Setting) -> _Setting:
    exemption = setting.question.law.exemption(setting.question.procedure)
    if exemption is None or exemption.settled:
        return setting
    runs = setting.reading.first_instance is FirstInstance.RUNS
    other = FirstInstance.SUSPENDED if runs else FirstInstance.RUNS
    return setting.read(attrs.evolve(setting.reading, first_instance=other))


def _half_holiday(setting: _Setting) -> _Setting:
    if not setting.days_off.has_half_days:
        return setting
    half_days = setting.reading.half_holiday is not HalfHoliday.HOLIDAY
    return attrs.evolve(setting, days_off=attrs.evolve(setting.days_off, half_days=half_days))


def _common_holiday(setting: _Setting) -> _Setting:
    return setting.keep(COMMONLY_KEPT)


def _local_holiday(setting: _Setting) -> _Setting:
    question = setting.question
    return setting if question.place is not None else setting.keep(local_holidays(question.canton))


def _party_elsewhere(setting: _Setting) -> _Setting:
    party = setting.question.party_canton
    if party is None or party is setting.question.canton or setting.question.law.at_court:
        return setting
    return setting.keep(statutory_holidays(party))


def _month_rule(setting: _Setting) -> _Setting:
    if setting.question.length.unit is not Unit.MONTHS:
        return setting
    if setting.question.law.month_rule is not None:
        return setting  # a court has settled it
    first_day = setting.reading.month_rule is MonthRule.FIRST_DAY
    other = MonthRule.NOTIFICATION_DAY if first_day else MonthRule.FIRST_DAY
    return setting.read(attrs.evolve(setting.reading, month_rule=other))


def _working_day(setting: _Setting) -> _Setting:
    if setting.question.length.unit is not Unit.WORKING_DAYS:
        return setting
    whole_weeks = setting.reading.working_day is WorkingDayRule.MONDAY_TO_FRIDAY
    other = WorkingDayRule.WITHOUT_HOLIDAYS if whole_weeks else WorkingDayRule.MONDAY_TO_FRIDAY
    return setting.read(attrs.evolve(setting.reading, working_day=other))


def _weekend_delivery(setting: _Setting) -> _Setting:
    question = setting.question
    since = question.weekend_act_since
    mailed = question.delivery is not Delivery.SIGNED and question.first_attempt is None
    unknown = since is None or question.delivery is Delivery.UNSAID
    if not (mailed and unknown and question.served >= (question.law.weekend_act_since or _WEEKEND_ACT_PASSED)):
        return setting
    unsigned = attrs.evolve(setting, question=attrs.evolve(question, delivery=Delivery.UNSIGNED))
    return unsigned.read(attrs.evolve(setting.reading, weekend_act_since=since or _WEEKEND_ACT_PASSED))


_OTHER_READINGS: Final[Mapping[OpenQuestion, Callable[[_Setting], _Setting]]] = MappingProxyType({
    OpenQuestion.BEFORE_SUSPENSION: _before_suspension,
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
    setting = _Setting(question, question.days_off, course)
    points = []
    for kind, change in _OTHER_READINGS.items():
        other = change(setting)
        last = course.last if other is setting else other.last_day()
        if last != course.last:
            points.append(OpenPoint(kind, last))
    if setting.days_off.projected(course.last.year):
        points.append(OpenPoint(OpenQuestion.PROJECTED_HOLIDAYS))
    return tuple(points)


def range_of(question: Question, course: Course, points: tuple[OpenPoint, ...]) -> tuple[date, date]:
    """The earliest and the latest last day that the open questions leave possible, alone and together."""
    others = {point.question: point.otherwise for point in points if point.otherwise is not None}
    earlier = [kind for kind, last in others.items() if last < course.last]
    later = [kind for kind, last in others.items() if last > course.last]
    setting = _Setting(question, question.days_off, course)
    together = [_all_together(setting, kinds) for kinds in (earlier, later) if len(kinds) > 1]
    days = [course.last, *others.values(), *together]
    return min(days), max(days)


def _all_together(setting: _Setting, kinds: Iterable[OpenQuestion]) -> date:
    for kind in kinds:
        setting = _OTHER_READINGS[kind](setting)
    return setting.last_day()
