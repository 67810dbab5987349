"""How the questions are read that the law leaves open: each has a name, a choice, and a cautious default.

The default is the reading with the earlier last day, so that whoever trusts it is not late. There are two exceptions.
A holiday is no working day, because PA/VwVG art. 20 para. 3 uses that word so; the answer is flagged where it matters.
And terms in months have no default at all: they are refused until a rule is chosen.
"""

import enum
from datetime import date

import attrs

from ticontact.hours._holiday import HolidayRule
from ticontact.plain import checked

__all__ = ["BeforeSuspension", "Delivery", "FirstInstance", "HalfHoliday", "MonthRule", "Reading", "WorkingDayRule"]


class Delivery(enum.Enum):
    """How a decision came: against a signature, or by mail that nobody signs for."""

    UNSAID = "unsaid"
    SIGNED = "signed"
    UNSIGNED = "unsigned"

    def __repr__(self) -> str:
        return f"Delivery.{self.name}"


class BeforeSuspension(enum.Enum):
    """A last day on a weekend or holiday just before a suspension: Saturday 14 July 2018."""

    NEXT_WORKING_DAY = "next-working-day"
    AFTER_SUSPENSION = "after-suspension"

    def __repr__(self) -> str:
        return f"BeforeSuspension.{self.name}"


class FirstInstance(enum.Enum):
    """Whether terms of a first instance are suspended where the sources differ, as in Ticino."""

    RUNS = "runs"
    SUSPENDED = "suspended"

    def __repr__(self) -> str:
        return f"FirstInstance.{self.name}"


class HalfHoliday(enum.Enum):
    """A day whose afternoon alone is a holiday: 1 May in Solothurn."""

    WORKING_DAY = "working-day"
    HOLIDAY = "holiday"

    def __repr__(self) -> str:
        return f"HalfHoliday.{self.name}"


class MonthRule(enum.Enum):
    """On which day a term in months ends: that with the number of the notification, or of the day after it.

    `NOTIFICATION_DAY` is art. 4 of the European Convention of 16 May 1972 (SR 0.221.122.3) and BGE 150 III 367, which
    decided so for the civil procedure code; `FIRST_DAY` is the wording of LPAmm art. 13.
    """

    NOTIFICATION_DAY = "notification-day"
    FIRST_DAY = "first-day"

    def __repr__(self) -> str:
        return f"MonthRule.{self.name}"


class WorkingDayRule(enum.Enum):
    """Which days a term in working days counts."""

    WITHOUT_HOLIDAYS = "without-holidays"
    MONDAY_TO_FRIDAY = "monday-to-friday"

    def __repr__(self) -> str:
        return f"WorkingDayRule.{self.name}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Reading:
    """The choices where the law is open.

    Attributes:
        before_suspension: What follows a last day on a weekend or holiday just before a suspension.
        first_instance: Whether terms of a first instance are suspended where that is not settled.
        half_holiday: Whether a day is a holiday whose afternoon alone is one.
        month_rule: When a term in months ends; None refuses such terms.
        working_day: Whether a term in working days passes over holidays.
        also_holidays: Ids of feasts, or rules of your own, that are treated as holidays without being any in the law,
            such as `good_friday` in Ticino: art. 5 of the European Convention of 16 May 1972; judgment 6B_730/2013.
        weekend_act_since: From which day of delivery the Federal Act of 26 September 2025 holds; None while its entry
            into force is not known.
    """

    before_suspension: BeforeSuspension = BeforeSuspension.NEXT_WORKING_DAY
    first_instance: FirstInstance = FirstInstance.RUNS
    half_holiday: HalfHoliday = HalfHoliday.WORKING_DAY
    month_rule: MonthRule | None = None
    working_day: WorkingDayRule = WorkingDayRule.WITHOUT_HOLIDAYS
    also_holidays: tuple[str | HolidayRule, ...] = attrs.field(default=(), converter=tuple[str | HolidayRule, ...])
    weekend_act_since: date | None = None
