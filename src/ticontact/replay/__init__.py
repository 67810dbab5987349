"""Recorded days through the very same desk: what was recorded beside what the rules would have made of it."""

from ticontact.replay._agreement import READINGS, Agreement, MayTake, agreement
from ticontact.replay._day import Comparison, DayReplay, replay_day
from ticontact.replay._days import RecordReplay, ReplayedDay, replay_record
from ticontact.replay._figures import Figures, figures
from ticontact.replay._journal import Journal, Story
from ticontact.replay._record import Record, RecordedCall, RecordedOutcome, RowFault, read_record
from ticontact.replay._recorded import recorded_facts
from ticontact.replay._run import Progress, replay
from ticontact.replay._staff import PresenceRule, StaffMember, infer_staff

__all__ = [
    "READINGS",
    "Agreement",
    "Comparison",
    "DayReplay",
    "Figures",
    "Journal",
    "MayTake",
    "PresenceRule",
    "Progress",
    "Record",
    "RecordReplay",
    "RecordedCall",
    "RecordedOutcome",
    "ReplayedDay",
    "RowFault",
    "StaffMember",
    "Story",
    "agreement",
    "figures",
    "infer_staff",
    "read_record",
    "recorded_facts",
    "replay",
    "replay_day",
    "replay_record",
]
