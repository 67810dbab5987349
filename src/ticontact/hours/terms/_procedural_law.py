"""What a procedural law says about terms, as data: each rule with its source and the day from which it holds.

A `ProceduralLaw` is a value. Those that ship stand in `_shipped_laws`; a department writes its own, or changes one with
`attrs.evolve`.
"""

import enum
from datetime import date
from typing import Annotated, Final

import attrs

from ticontact.errors import HoursError
from ticontact.hours._explanation import as_text
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.terms._law_readings import MonthRule
from ticontact.hours.terms._term_suspension import TermSuspension, days_a_year
from ticontact.i18n import Text
from ticontact.plain import Bounds, checked

__all__ = ["DeemedDelivery", "Exemption", "MonthTerms", "ProceduralLaw", "Procedure"]

_ALWAYS: Final = date(1, 1, 1)
_FOREVER: Final = date(9000, 12, 31)
_MOST_DAYS_A_YEAR: Final = 300
_MOST_DAYS: Final = 30
"""The most days until mail counts as delivered, and after a recess."""


class Procedure(enum.Enum):
    """The kind of procedure a term belongs to; it decides whether the term is suspended."""

    APPEAL = "appeal"
    FIRST_INSTANCE = "first-instance"
    PROVISIONAL = "provisional"
    PROCUREMENT = "procurement"
    POLITICAL_RIGHTS = "political-rights"
    BILLS_OF_EXCHANGE = "bills-of-exchange"
    MUTUAL_ASSISTANCE = "mutual-assistance"
    CONCILIATION = "conciliation"
    SUMMARY = "summary"

    def __repr__(self) -> str:
        return f"Procedure.{self.name}"


class MonthTerms(enum.Enum):
    """What a suspension does to a term in months."""

    NOT_SUSPENDED = "only terms in days are suspended"
    SUSPENDED = "the days of the suspension are added at the end"
    UNSETTLED = "the sources do not say"

    def __repr__(self) -> str:
        return f"MonthTerms.{self.name}"


@attrs.frozen(field_transformer=checked)
class DeemedDelivery:
    """When registered mail that nobody collects counts as delivered.

    Attributes:
        days: How many days after the first attempt without success, at the latest.
        source: The article.
        since: The first day for which the rule is known in this form.
    """

    days: Annotated[int, Bounds(least=0, most=_MOST_DAYS)]
    source: str = attrs.field(kw_only=True)
    since: date = attrs.field(default=_ALWAYS, kw_only=True)


@attrs.frozen(field_transformer=checked)
class Exemption:
    """A kind of procedure in which terms are not suspended.

    Attributes:
        procedure: The kind.
        source: The article.
        since: The first day for which the rule is known in this form.
        settled: Whether the sources agree; if not, the answer is flagged.
    """

    procedure: Procedure
    source: str = attrs.field(kw_only=True)
    since: date = attrs.field(default=_ALWAYS, kw_only=True)
    settled: bool = attrs.field(default=True, kw_only=True)


def _not_before_since(law: "ProceduralLaw", field: "attrs.Attribute[date]", value: date) -> None:
    if value < law.since:
        raise HoursError(f"{field.name}: {value} is before the law's first day {law.since}", field=field.name)


def _leaves_days(
    _: "ProceduralLaw", field: "attrs.Attribute[tuple[TermSuspension, ...]]", value: tuple[TermSuspension, ...]
) -> None:
    if days_a_year(value) > _MOST_DAYS_A_YEAR:
        raise HoursError(
            f"{field.name}: they take {days_a_year(value)} days a year; allowed: {_MOST_DAYS_A_YEAR}", field=field.name
        )


def _once_each(
    _: "ProceduralLaw", field: "attrs.Attribute[tuple[Exemption, ...]]", value: tuple[Exemption, ...]
) -> None:
    procedures = [exemption.procedure for exemption in value]
    twice = [each.value for each in Procedure if procedures.count(each) > 1]
    if twice:
        raise HoursError(
            f"{field.name}: {', '.join(twice)} stands there twice; allowed: one for each procedure", field=field.name
        )


@attrs.frozen(field_transformer=checked)
class ProceduralLaw:
    """How one law counts terms. Notifications outside `since` and `until` are refused.

    Attributes:
        id: Its name for programs, such as `ti`.
        name: The law's name for people.
        since: The first day of notification for which these data hold.
        until: The last such day.
        start: The source of the rule that a term runs from the day after its notification.
        end: The source of the rule that moves a last day from a weekend or holiday to the next working day.
        resumption: The source of the rule that the first day after a suspension counts.
        suspensions: The parts of the year in which terms do not run; none at all if empty.
        exemptions: The procedures in which they run all the same.
        deemed: The rule for registered mail that nobody collects; None if there is none.
        months: What a suspension does to a term in months.
        months_source: The source of that.
        working_days: The source of terms in working days; empty if the law knows none.
        weekend_act: The source that changes unsigned mail on a weekend or holiday; empty if this law is not concerned.
        weekend_act_since: From which day of delivery that holds; None if it is not known.
        month_rule: On which day a term in months ends, where a court has settled that; None where it is open.
        recesses: The parts of the year in which a term runs but cannot end.
        recess_days: On which working day after a recess such a term ends.
        recess_source: The source of that.
        holidays_of: The canton whose holidays count; None if it is the canton of the party, or that of the court.
        at_court: Whether the holidays at the seat of the court or the office count, and not those of the party.

    Raises:
        HoursError: If the last day is before the first, if the suspensions leave hardly a day of the year, or if a
            procedure is exempt twice.
    """

    id: str
    name: Text = attrs.field(converter=as_text)
    since: date = attrs.field(default=_ALWAYS, kw_only=True)
    until: date = attrs.field(default=_FOREVER, kw_only=True, validator=_not_before_since)
    start: str = attrs.field(kw_only=True)
    end: str = attrs.field(kw_only=True)
    resumption: str = attrs.field(default="", kw_only=True)
    suspensions: tuple[TermSuspension, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple[TermSuspension, ...], validator=_leaves_days
    )
    exemptions: tuple[Exemption, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple[Exemption, ...], validator=_once_each
    )
    deemed: DeemedDelivery | None = attrs.field(default=None, kw_only=True)
    months: MonthTerms = attrs.field(default=MonthTerms.UNSETTLED, kw_only=True)
    months_source: str = attrs.field(default="", kw_only=True)
    working_days: str = attrs.field(default="", kw_only=True)
    weekend_act: str = attrs.field(default="", kw_only=True)
    weekend_act_since: date | None = attrs.field(default=None, kw_only=True)
    month_rule: MonthRule | None = attrs.field(default=None, kw_only=True)
    recesses: tuple[TermSuspension, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple[TermSuspension, ...], validator=_leaves_days
    )
    recess_days: Annotated[int, Bounds(least=1, most=_MOST_DAYS)] = attrs.field(default=3, kw_only=True)
    recess_source: str = attrs.field(default="", kw_only=True)
    holidays_of: Canton | None = attrs.field(default=None, kw_only=True)
    at_court: bool = attrs.field(default=False, kw_only=True)

    def exemption(self, procedure: Procedure) -> Exemption | None:
        """Why terms of a procedure are not suspended; None if they do."""
        return next((each for each in self.exemptions if each.procedure is procedure), None)

    def require(self, day: date, *, since: date, what: str) -> None:
        """Refuse a day for which a rule of this law is not known.

        Raises:
            HoursError: If the day lies before `since`, or after the law's end.
        """
        until = min(self.until, _FOREVER)  # a term that begins later might end where there are no dates any more
        if not since <= day <= until:
            raise HoursError(
                f"{what}: {day} was given; allowed in the law {self.id!r}: {since} to {until}",
                since=since,
                until=until,
                field=what,
            )
