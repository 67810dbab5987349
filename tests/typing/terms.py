"""What a consumer's type checker sees of legal terms."""

from datetime import date
from typing import assert_type

import attrs

from ticontact.hours import Canton, HolidayRule
from ticontact.hours.terms import (
    TICINO,
    BeforeSuspension,
    Deadline,
    Delivery,
    MonthRule,
    OpenPoint,
    OpenQuestion,
    ProceduralLaw,
    Procedure,
    Reading,
    Step,
    StepKind,
    Timeliness,
    deadline,
    is_in_time,
    procedural_law_named,
)
from ticontact.hours.terms.law_parts import DateRange, TermSuspension
from ticontact.i18n import Text

term = deadline(TICINO, notified=date(2024, 12, 10), days=30)

assert_type(term, Deadline)
assert_type(term.last_day, date)
assert_type(term.canton, Canton)
assert_type(term.steps, tuple[Step, ...])
assert_type(term.steps[0].kind, StepKind)
assert_type(term.steps[0].words, Text)
assert_type(term.open_points, tuple[OpenPoint, ...])
assert_type(term.open_points[0].question, OpenQuestion)
assert_type(term.open_points[0].otherwise, date | None)
assert_type(term.timeliness(date(2025, 1, 27)), Timeliness)
assert_type(term.text("it", form="spoken"), str)
assert_type(term.explain("de"), str)
assert_type(is_in_time(date(2025, 1, 27), term), bool)

assert_type(procedural_law_named("pa"), ProceduralLaw)
assert_type(attrs.evolve(TICINO, until=date(2030, 12, 31)), ProceduralLaw)
assert_type(TermSuspension.yearly((7, 15), (8, 15)).in_year(2026), DateRange)

ours = Reading(
    before_suspension=BeforeSuspension.AFTER_SUSPENSION, month_rule=MonthRule.FIRST_DAY, also_holidays=["good_friday"]
)
assert_type(ours.also_holidays, tuple[str | HolidayRule, ...])
assert_type(
    deadline(
        procedural_law_named("pa"),
        registered_first_attempt=date(2026, 3, 6),
        months=1,
        party_canton="TI",
        procedure=Procedure.PROVISIONAL,
        delivery=Delivery.SIGNED,
        reading=ours,
    ),
    Deadline,
)
