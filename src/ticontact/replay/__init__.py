"""Recorded days through the very same desk: what was recorded beside what the rules would have made of it."""

from ticontact.replay._bank_record import Record, RecordedCall, RecordedOutcome, read_record
from ticontact.replay._day_journal import ContactTrace, Journal
from ticontact.replay._inferred_staff import PresenceRule, StaffMember, infer_staff
from ticontact.replay._recorded_days import (
    Comparison,
    DayResult,
    DayRun,
    Figures,
    RecordReplay,
    figures,
    replay_day,
    replay_record,
)

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
