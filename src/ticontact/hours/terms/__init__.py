"""Legal terms: which day is the last? Pure date arithmetic on the statutory holidays, apart from opening hours.

Only what a named source says is computed. What the law leaves open is a choice in `Reading`, flagged in the answer
wherever it matters, or a refusal. The decision itself is authoritative; every explanation says so.
"""

from ticontact.hours.terms._deadline import Deadline, Timeliness, deadline, is_in_time
from ticontact.hours.terms._law_readings import (
    BeforeStandstill,
    Delivery,
    FirstInstance,
    HalfHoliday,
    MonthRule,
    Reading,
    WorkingDayRule,
)
from ticontact.hours.terms._length import Length, Unit
from ticontact.hours.terms._open_questions import OpenPoint, OpenQuestion
from ticontact.hours.terms._regime import DeemedDelivery, Exemption, MonthTerms, Procedure, Regime
from ticontact.hours.terms._shipped_laws import ASYLUM, FEDERAL, SOCIAL_INSURANCE, SUPREME_COURT, TICINO, regime_named
from ticontact.hours.terms._standstill import Span, Standstill
from ticontact.hours.terms._steps import Step, StepKind

__all__ = [
    "ASYLUM",
    "FEDERAL",
    "SOCIAL_INSURANCE",
    "SUPREME_COURT",
    "TICINO",
    "BeforeStandstill",
    "Deadline",
    "DeemedDelivery",
    "Delivery",
    "Exemption",
    "FirstInstance",
    "HalfHoliday",
    "Length",
    "MonthRule",
    "MonthTerms",
    "OpenPoint",
    "OpenQuestion",
    "Procedure",
    "Reading",
    "Regime",
    "Span",
    "Standstill",
    "Step",
    "StepKind",
    "Timeliness",
    "Unit",
    "WorkingDayRule",
    "deadline",
    "is_in_time",
    "regime_named",
]
