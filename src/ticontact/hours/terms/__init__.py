"""Legal terms: which day is the last? Pure date arithmetic on the statutory holidays, apart from opening hours.

Only what a named source says is computed. What the law leaves open is a choice in `Reading`, flagged in the answer
wherever it matters, or a refusal. The decision itself is authoritative; every explanation says so.
"""

from ticontact.hours.terms._law_readings import (
    BeforeSuspension,
    Delivery,
    FirstInstance,
    HalfHoliday,
    MonthRule,
    Reading,
    WorkingDayRule,
)
from ticontact.hours.terms._legal_deadline import Deadline, Timeliness, deadline, is_in_time
from ticontact.hours.terms._open_questions import OpenPoint, OpenQuestion
from ticontact.hours.terms._procedural_law import ProceduralLaw, Procedure
from ticontact.hours.terms._shipped_laws import (
    ASYLUM,
    CIVIL,
    DEBT_ENFORCEMENT,
    FEDERAL,
    SOCIAL_INSURANCE,
    SUPREME_COURT,
    TICINO,
    procedural_law_named,
)
from ticontact.hours.terms._term_steps import Step, StepKind

__all__ = [
    "ASYLUM",
    "CIVIL",
    "DEBT_ENFORCEMENT",
    "FEDERAL",
    "SOCIAL_INSURANCE",
    "SUPREME_COURT",
    "TICINO",
    "BeforeSuspension",
    "Deadline",
    "Delivery",
    "FirstInstance",
    "HalfHoliday",
    "MonthRule",
    "OpenPoint",
    "OpenQuestion",
    "ProceduralLaw",
    "Procedure",
    "Reading",
    "Step",
    "StepKind",
    "Timeliness",
    "WorkingDayRule",
    "deadline",
    "is_in_time",
    "procedural_law_named",
]
