"""Service levels: what a department owes, in what time, and how its clocks stand.

A clock is a pure function of a ticket's history, the policies, the calendars and the instant one asks about.
"""

from ticontact.tickets.sla._clock import Clock, ClockPhase, Cycle
from ticontact.tickets.sla._clock_explanation import ClockExplanation
from ticontact.tickets.sla._clocks import clocks
from ticontact.tickets.sla._deadlines import Deadline, Deadlines
from ticontact.tickets.sla._milestones import Milestones, milestones
from ticontact.tickets.sla._policy import SlaMetric, SlaPolicy, Target, working_days
from ticontact.tickets.sla._policy_check import check_policies
from ticontact.tickets.sla._promises_kept import PromisesKept, promises_kept

__all__ = [
    "Clock",
    "ClockExplanation",
    "ClockPhase",
    "Cycle",
    "Deadline",
    "Deadlines",
    "Milestones",
    "PromisesKept",
    "SlaMetric",
    "SlaPolicy",
    "Target",
    "check_policies",
    "clocks",
    "milestones",
    "promises_kept",
    "working_days",
]
