"""Who takes it, and why? Skill-based routing that a department can explain."""

from ticontact.routing._agents.agent import Agent, WrapUp
from ticontact.routing._agents.agent_state import AgentState, AgentStatus
from ticontact.routing._agents.assignment import Assignment, AssignmentState
from ticontact.routing._decide import decide
from ticontact.routing._decision.decision import (
    CloseReason,
    ConsultTransfer,
    Offer,
    Overflowed,
    RoutingDecision,
    Suspended,
    WorkClosed,
)
from ticontact.routing._decision.explanation import Eligibility, RoutingExplanation
from ticontact.routing._decision.remedy import Remedy
from ticontact.routing._decision.supervisor_action import SupervisorAction
from ticontact.routing._decision.waiting_explanation import WaitingExplanation, WaitingReason
from ticontact.routing._dispatcher import Dispatcher
from ticontact.routing._matching.best_match import best_match
from ticontact.routing._requirements.eligibility_reason import EligibilityReason, IneligibleReason
from ticontact.routing._requirements.overall import veto, weighted, widen
from ticontact.routing._requirements.requirement import (
    Preference,
    Requirement,
    any_agent,
    at_site,
    exclude,
    prefer,
    require,
    require_language,
    require_permission,
    with_attribute,
)
from ticontact.routing._requirements.skill import Skill
from ticontact.routing._snapshot.difference import Difference
from ticontact.routing._work.callback import Callback
from ticontact.routing._work.counter import Appointment, CounterCallPolicy, TicketSeries
from ticontact.routing._work.queue import Queue
from ticontact.routing._work.routing_rule import RoutingRule, RuleFailed, first_of
from ticontact.routing._work.work_item import WorkItem

__all__ = [
    "Agent",
    "AgentState",
    "AgentStatus",
    "Appointment",
    "Assignment",
    "AssignmentState",
    "Callback",
    "CloseReason",
    "ConsultTransfer",
    "CounterCallPolicy",
    "Difference",
    "Dispatcher",
    "Eligibility",
    "EligibilityReason",
    "IneligibleReason",
    "Offer",
    "Overflowed",
    "Preference",
    "Queue",
    "Remedy",
    "Requirement",
    "RoutingDecision",
    "RoutingExplanation",
    "RoutingRule",
    "RuleFailed",
    "Skill",
    "SupervisorAction",
    "Suspended",
    "TicketSeries",
    "WaitingExplanation",
    "WaitingReason",
    "WorkClosed",
    "WorkItem",
    "WrapUp",
    "any_agent",
    "at_site",
    "best_match",
    "decide",
    "exclude",
    "first_of",
    "prefer",
    "require",
    "require_language",
    "require_permission",
    "veto",
    "weighted",
    "widen",
    "with_attribute",
]
