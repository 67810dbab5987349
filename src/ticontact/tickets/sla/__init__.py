"""Service levels: what a department owes, in what time, and how its clocks stand.

A clock is a pure function of a ticket's history, the policies, the calendars and the instant one asks about.
"""

from ticontact.tickets.sla._clock_explanation import ClockExplanation
from ticontact.tickets.sla._deadlines import Deadlines, SlaDeadline, next_due
from ticontact.tickets.sla._milestones import Milestones, milestones
from ticontact.tickets.sla._policy import SlaMetric, SlaPolicy, Target, check_policies, working_days
from ticontact.tickets.sla._promises_kept import PromisesKept, promises_kept
from ticontact.tickets.sla._sla_clock import Clock, ClockPhase, Clocks, Cycle
from ticontact.tickets.sla._target_clock import clocks

__all__ = [
    "Clock",
    "ClockExplanation",
    "ClockPhase",
    "Clocks",
    "Cycle",
    "Deadlines",
    "Milestones",
    "PromisesKept",
    "SlaDeadline",
    "SlaMetric",
    "SlaPolicy",
    "Target",
    "check_policies",
    "clocks",
    "milestones",
    "next_due",
    "promises_kept",
    "working_days",
]
