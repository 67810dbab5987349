"""Who takes it, and why? Skill-based routing that a department can explain."""

from ticontact.routing._agents.agent import Agent, WrapUp
from ticontact.routing._agents.agent_state import Presence, Standing
from ticontact.routing._agents.assignment import Holding, Phase
from ticontact.routing._decide import decide
from ticontact.routing._decision.decision import Decision, Diverted, Ended, Interrupted, Offer, TakenOver
from ticontact.routing._decision.explanation import Explanation, Verdict
from ticontact.routing._decision.remedy import AgentHelp, Help, SkillHelp, TimeHelp
from ticontact.routing._decision.supervisor_action import Ordered
from ticontact.routing._decision.waiting_explanation import Waits, WaitsBecause
from ticontact.routing._dispatcher import Dispatcher
from ticontact.routing._matching.best_match import best_match
from ticontact.routing._requirements.overall import veto, weighted, widen
from ticontact.routing._requirements.reason import Reason, Why
from ticontact.routing._requirements.requirement import (
    Preference,
    Requirement,
    anyone,
    at_site,
    exclude,
    permit,
    prefer,
    require,
    speak,
    with_attribute,
)
from ticontact.routing._requirements.skill import Skill
from ticontact.routing._work.callback import CallBack
from ticontact.routing._work.counter import Appointment, Calling, Series
from ticontact.routing._work.queue import OpenTime, Queue
from ticontact.routing._work.routing_rule import RoutingRule, first_of
from ticontact.routing._work.work_item import WorkItem
from ticontact.routing.strategies import Strategy

__all__ = [
    "Agent",
    "AgentHelp",
    "Appointment",
    "CallBack",
    "Calling",
    "Decision",
    "Dispatcher",
    "Diverted",
    "Ended",
    "Explanation",
    "Help",
    "Holding",
    "Interrupted",
    "Offer",
    "OpenTime",
    "Ordered",
    "Phase",
    "Preference",
    "Presence",
    "Queue",
    "Reason",
    "Requirement",
    "RoutingRule",
    "Series",
    "Skill",
    "SkillHelp",
    "Standing",
    "Strategy",
    "TakenOver",
    "TimeHelp",
    "Verdict",
    "Waits",
    "WaitsBecause",
    "Why",
    "WorkItem",
    "WrapUp",
    "anyone",
    "at_site",
    "best_match",
    "decide",
    "exclude",
    "first_of",
    "permit",
    "prefer",
    "require",
    "speak",
    "veto",
    "weighted",
    "widen",
    "with_attribute",
]
