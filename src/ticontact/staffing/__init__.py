"""How many people, when, and why? Formulas, forecasts, plans, and their proof by the very same desk.

`ticontact.staffing.formulas` has the bare formulas, `ticontact.staffing.compare` holds two rules, rosters or office
files against each other on the same days.
"""

from ticontact.staffing._day_plan import HalfHourPlan, Plan, plan
from ticontact.staffing._demand import DayDemand, Demand, forecast
from ticontact.staffing._expectation import Expectation, Need, Target, Traffic, expect, needed
from ticontact.staffing._generated_days import Arrivals, SimulatedContact, generate
from ticontact.staffing._hiring import hiring_plan
from ticontact.staffing._patience import Patience
from ticontact.staffing._plan_check import CheckedPlan, check_plan
from ticontact.staffing._shift_schedule import Schedule, Shift, schedule
from ticontact.staffing._shrinkage import Shrinkage
from ticontact.staffing._skill_groups import staff_skills

__all__ = [
    "Arrivals",
    "CheckedPlan",
    "DayDemand",
    "Demand",
    "Expectation",
    "HalfHourPlan",
    "Need",
    "Patience",
    "Plan",
    "Schedule",
    "Shift",
    "Shrinkage",
    "SimulatedContact",
    "Target",
    "Traffic",
    "check_plan",
    "expect",
    "forecast",
    "generate",
    "hiring_plan",
    "needed",
    "plan",
    "schedule",
    "staff_skills",
]
