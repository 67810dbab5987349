"""What do we owe a citizen, in which state is it, and until when?

A `Lifecycle` is a department's own graph of states, as data. A `Ticket` is what its events add up to. Commands lead to
events or to a `Refusal` that says what would be allowed. Service levels are clocks, and a clock is a pure function of
the history, the policy, the calendar and the instant one asks about.
"""

from ticontact.tickets import shipped
from ticontact.tickets._category import Category
from ticontact.tickets._continuation import Continuation, Continue, Evidence, Open, Propose, continue_or_open
from ticontact.tickets._event_table import Link, Record
from ticontact.tickets._fold import evolve, replay
from ticontact.tickets._lifecycle.decide import Decision
from ticontact.tickets._lifecycle.diagram import graphviz, mermaid
from ticontact.tickets._lifecycle.due_timers import DueTimer, due_timers, next_timer
from ticontact.tickets._lifecycle.graph import Edge, State
from ticontact.tickets._lifecycle.graph_check import Chart
from ticontact.tickets._lifecycle.lifecycle import Lifecycle
from ticontact.tickets._lifecycle.state_map import StateMap
from ticontact.tickets._lifecycle.step import Facts, Guard, fact
from ticontact.tickets._lifecycle.timer import Timer
from ticontact.tickets._lifecycle.transitions_door import machine_of
from ticontact.tickets._merge import Merger, Split, merge, resolve_merged, split
from ticontact.tickets._notation import load_lifecycle, load_policies
from ticontact.tickets._priority_matrix import PriorityMatrix
from ticontact.tickets._promise import Promise, PromiseState
from ticontact.tickets._redaction import REDACTED, redact
from ticontact.tickets._refusal import Cause, Refusal
from ticontact.tickets._storage import Upcaster, from_dict, to_dict
from ticontact.tickets._ticket import Applied, Ticket
from ticontact.tickets.commands import (
    Absorb,
    Assign,
    AttachCase,
    Command,
    Elapse,
    EndPromise,
    Fire,
    GivePromise,
    HandBack,
    HandOverTo,
    LinkTo,
    MergeInto,
    Note,
    OpenTicket,
    Prioritise,
    Receive,
    Reply,
    SetFields,
    Tag,
    TransferTo,
    Unlink,
    WaitUntil,
)
from ticontact.tickets.events import (
    Absorbed,
    Assigned,
    CaseAttached,
    FieldsSet,
    HandedBack,
    HandedOver,
    Linked,
    Merged,
    Noted,
    Opened,
    Prioritised,
    Promised,
    PromiseEnded,
    Received,
    Redacted,
    Replied,
    Tagged,
    TicketEvent,
    TimerElapsed,
    Transferred,
    Triggered,
    Unlinked,
    WaitsUntil,
)
from ticontact.tickets.sla._clock import Clock, ClockPhase, Cycle
from ticontact.tickets.sla._clock_explanation import ClockExplanation
from ticontact.tickets.sla._clocks import clocks
from ticontact.tickets.sla._deadlines import Deadline, Deadlines
from ticontact.tickets.sla._milestones import Milestones, milestones
from ticontact.tickets.sla._policy import SlaMetric, SlaPolicy, Target, working_days
from ticontact.tickets.sla._policy_check import check_policies
from ticontact.tickets.sla._promises_kept import PromisesKept, promises_kept

__all__ = [
    "REDACTED",
    "Absorb",
    "Absorbed",
    "Applied",
    "Assign",
    "Assigned",
    "AttachCase",
    "CaseAttached",
    "Category",
    "Cause",
    "Chart",
    "Clock",
    "ClockExplanation",
    "ClockPhase",
    "Command",
    "Continuation",
    "Continue",
    "Cycle",
    "Deadline",
    "Deadlines",
    "Decision",
    "DueTimer",
    "Edge",
    "Elapse",
    "EndPromise",
    "Evidence",
    "Facts",
    "FieldsSet",
    "Fire",
    "GivePromise",
    "Guard",
    "HandBack",
    "HandOverTo",
    "HandedBack",
    "HandedOver",
    "Lifecycle",
    "Link",
    "LinkTo",
    "Linked",
    "MergeInto",
    "Merged",
    "Merger",
    "Milestones",
    "Note",
    "Noted",
    "Open",
    "OpenTicket",
    "Opened",
    "Prioritise",
    "Prioritised",
    "PriorityMatrix",
    "Promise",
    "PromiseEnded",
    "PromiseState",
    "Promised",
    "PromisesKept",
    "Propose",
    "Receive",
    "Received",
    "Record",
    "Redacted",
    "Refusal",
    "Replied",
    "Reply",
    "SetFields",
    "SlaMetric",
    "SlaPolicy",
    "Split",
    "State",
    "StateMap",
    "Tag",
    "Tagged",
    "Target",
    "Ticket",
    "TicketEvent",
    "Timer",
    "TimerElapsed",
    "TransferTo",
    "Transferred",
    "Triggered",
    "Unlink",
    "Unlinked",
    "Upcaster",
    "WaitUntil",
    "WaitsUntil",
    "check_policies",
    "clocks",
    "continue_or_open",
    "due_timers",
    "evolve",
    "fact",
    "from_dict",
    "graphviz",
    "load_lifecycle",
    "load_policies",
    "machine_of",
    "merge",
    "mermaid",
    "milestones",
    "next_timer",
    "promises_kept",
    "redact",
    "replay",
    "resolve_merged",
    "shipped",
    "split",
    "to_dict",
    "working_days",
]
