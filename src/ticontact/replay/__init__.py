"""Recorded days through the very same desk: what was recorded beside what the rules would have made of it."""

from ticontact.replay._day import (
    Comparison,
    DayResult,
    DayRun,
    Figures,
    RecordReplay,
    figures,
    replay_day,
    replay_record,
)
from ticontact.replay._journal import ContactTrace, Journal
from ticontact.replay._record import Record, RecordedCall, RecordedOutcome, read_record
from ticontact.replay._staff import PresenceRule, StaffMember, infer_staff

__all__ = [
    "Comparison",
    "ContactTrace",
    "DayResult",
    "DayRun",
    "Figures",
    "Journal",
    "PresenceRule",
    "Record",
    "RecordReplay",
    "RecordedCall",
    "RecordedOutcome",
    "StaffMember",
    "figures",
    "infer_staff",
    "read_record",
    "replay_day",
    "replay_record",
]
