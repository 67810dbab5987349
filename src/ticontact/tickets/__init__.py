"""Tickets: what is owed to a citizen, in which state it is, and until when.

A `Lifecycle` is a department's own graph of states, as data. A `Ticket` is what its events add up to. Commands
(`ticontact.tickets.commands`) lead to events (`ticontact.tickets.events`), or to a `Refusal` that says what would be
allowed. Service levels (`ticontact.tickets.sla`) are clocks, and a clock is a pure function of the history, the policy,
the calendar and the instant one asks about.
"""

from ticontact.tickets._category import Category
from ticontact.tickets._continuation import Continue, Evidence, OpenNew, Propose, continue_or_open
from ticontact.tickets._history_redaction import REDACTED, events_about, redact
from ticontact.tickets._lifecycle.diagram import graphviz, mermaid
from ticontact.tickets._lifecycle.due_timers import DueTimer, due_timers, next_timer
from ticontact.tickets._lifecycle.graph import Edge, Guard, State, Timer, fact
from ticontact.tickets._lifecycle.lifecycle import Lifecycle, TicketDecision
from ticontact.tickets._lifecycle.state_map import StateMap
from ticontact.tickets._lifecycle_toml import load_lifecycle, load_policies
from ticontact.tickets._merge import MergeResult, SplitResult, merge, resolve_merged, split, unmerge
from ticontact.tickets._priority_matrix import PriorityMatrix
from ticontact.tickets._promise import Promise, PromiseState
from ticontact.tickets._ticket.fold import evolve, replay
from ticontact.tickets._ticket.refusal import Refusal, RefusalReason
from ticontact.tickets._ticket.ticket import CommandResult, Link, Ticket
from ticontact.tickets._ticket.ticket_history import TicketHistory

__all__ = [
    "REDACTED",
    "Category",
    "CommandResult",
    "Continue",
    "DueTimer",
    "Edge",
    "Evidence",
    "Guard",
    "Lifecycle",
    "Link",
    "MergeResult",
    "OpenNew",
    "PriorityMatrix",
    "Promise",
    "PromiseState",
    "Propose",
    "Refusal",
    "RefusalReason",
    "SplitResult",
    "State",
    "StateMap",
    "Ticket",
    "TicketDecision",
    "TicketHistory",
    "Timer",
    "continue_or_open",
    "due_timers",
    "events_about",
    "evolve",
    "fact",
    "graphviz",
    "load_lifecycle",
    "load_policies",
    "merge",
    "mermaid",
    "next_timer",
    "redact",
    "replay",
    "resolve_merged",
    "split",
    "unmerge",
]
